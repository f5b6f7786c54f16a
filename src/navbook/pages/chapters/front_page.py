"""What the front page says of the edition: three sentences on the top level, and what the letter has new."""

from typing import Any

from navbook.edition import Edition
from navbook.edition.schema import COUNTRY
from navbook.pages.sections.portfolio import size_sentence
from navbook.pages.sections.summary import count_of_verdicts as verdicts
from navbook.pages.sections.summary import judged_requirements, nothing_clear, signal_requirements
from navbook.pages.templates import sentence
from navbook.pages.text import figures_sentence, full_verdict
from navbook.pages.view import UnitView, unit_view


def front_page_texts(edition: Edition) -> dict[str, list[str]]:
    """Plain sentences by the name of their place: `tre_setninger` and `nytt_i_brevet`.

    An edition whose letter is the first one has nothing new; its place then holds a sentence on that.
    """
    return {"tre_setninger": _three(unit_view(edition, COUNTRY, "landet")), "nytt_i_brevet": _new(edition)}


def _three(view: UnitView) -> list[str]:
    """The people followed up, what became of the requirements, and the first clear verdict."""
    judged = judged_requirements(view)
    lines = [size_sentence(view)]
    if judged:
        lines.append(verdicts(view, judged))
    clear = signal_requirements(view, judged)
    if clear:
        series, cell = clear[0]
        name = view.series_name(series)
        lines.append(f"{name}: {figures_sentence(cell)} {full_verdict(view, cell, series)}")
    elif judged:
        lines.append(nothing_clear(view, [cell for _, cell in judged]))
    return lines


def _new(edition: Edition) -> list[str]:
    transitions = edition.krav.get("overganger") or []
    if not transitions:
        return [sentence("forside.nytt.forste")]
    return [_transition(transition) for transition in transitions[-1:]]


def _transition(transition: dict[str, Any]) -> str:
    rows = transition["rader"]
    both = [row for row in rows if row["fra"] and row["til"]]
    return sentence(
        "forside.nytt.brev",
        fra=transition["fra"],
        til=transition["til"],
        nye=sum(not row["fra"] for row in rows),
        borte=sum(not row["til"] for row in rows),
        endret=sum(row["fra"]["krav"] != row["til"]["krav"] for row in both),
    )
