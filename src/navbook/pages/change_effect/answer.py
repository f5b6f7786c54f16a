"""Turns a change analysis into Norwegian Markdown with a table, and keeps the rows behind it."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from navbook.edition import Edition, read_edition
from navbook.edition.change_effect import Analysis, Question, analyse
from navbook.pages.format import (
    count_word,
    date_text,
    month_text,
    number,
    percent,
    percent_decimals,
    period_text,
    signed_points,
)
from navbook.pages.templates import sentence
from navbook.runtime.paths import own_file

WORDS = own_file("data/gevinst.yml")
# one in twenty is expected by chance; above this share of the placebo dates the answer is doubtful
MANY_FINDS = 0.2
# a comparison of one time only: windows of months, or whole periods
_MONTH_LENGTH = len("2022-03")


@dataclass(frozen=True, repr=False)
class Answer:
    """An analysis with the edition it was made from: as Markdown, as a table of offices, as a figure."""

    edition: Edition
    analysis: Analysis

    def __repr__(self) -> str:
        return f"{self.name}: {self.headline}"

    def _repr_markdown_(self) -> str:
        return self.markdown

    @property
    def markdown(self) -> str:
        """The complete answer as Markdown, without the figure."""
        return template("svar.md.j2").render(**self._values())

    @property
    def for_plan(self) -> str:
        """The answer as a part of the office's plan, in Markdown: the answer, the comparison, the source."""
        return template("plan.md.j2").render(**self._values())

    @property
    def figure(self) -> Any:
        """The figure (matplotlib): the months of both sides, and the effect with its placebo dates."""
        from navbook.pages.change_effect.chart import draw  # here, since a text needs no matplotlib

        return draw(self.analysis, self.name, self.measure)

    def show(self) -> Any:
        """The figure as a notebook shows it: SVG with its alternative text."""
        from IPython.display import SVG  # here, since the command line needs no notebook

        return SVG(self.svg)

    @property
    def svg(self) -> str:
        """The figure as an `<svg>` element with its alternative text; equal answers give equal bytes."""
        from navbook.pages.change_effect.chart import as_svg

        label = html.escape(self.alt_text, quote=True)
        return as_svg(self.figure).replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

    @property
    def alt_text(self) -> str:
        """The main reading of the figure."""
        return sentence("endring.alt", overskrift=self.headline, navn=self.name)

    @property
    def name(self) -> str:
        """The names of the offices that made the change."""
        return _joined(self._names[office] for office in self.analysis.question.kontor)

    @property
    def measure(self) -> str:
        """The indicator and, where it has several groups, the group: `Arbeidssøkere til arbeid, alle`."""
        record = self._record
        groups = {group["id"]: group["navn"] for group in record["grupper"]}
        if len(groups) == 1:
            return str(record["kortnavn"])
        group = groups[self.analysis.question.gruppe]
        return f"{record['kortnavn']}, {group[0].lower()}{group[1:]}"

    @property
    def headline(self) -> str:
        """The answer in one line."""
        return headline(self.analysis)

    @property
    def offices(self) -> pd.DataFrame:
        """The rows behind the table: enhet, navn, endret, x0, n0, x1, n1 (means of months for stocks)."""
        table = self.analysis.offices
        return table.assign(navn=table["enhet"].map(self._names))

    @property
    def _record(self) -> dict[str, Any]:
        wanted = self.analysis.question.indikator
        return next(record for record in self.edition.definisjoner if record["id"] == wanted)

    @property
    def _names(self) -> dict[str, str]:
        rows = self.edition.units_with_figures
        return {str(k): str(v) for k, v in zip(rows["enhet"], rows["navn"], strict=True)}

    def _values(self) -> dict[str, Any]:
        analysis, finds = self.analysis, self.analysis.placebo_finds
        smallest = self.offices.loc[self.offices["endret"], ["n0", "n1"]].to_numpy().min()
        decimals = percent_decimals(smallest)
        return {
            "a": analysis,
            "svar": analysis.answer,
            "navn": self.name,
            "tittel": self.measure,
            "overskrift": self.headline,
            "forutsetninger": _words()["forutsetninger"],
            "poeng": lambda value: signed_points(value, decimals),
            "storrelse": lambda value: percent(abs(value), decimals),
            "dato": month_text(analysis.question.dato),
            "for": _span(analysis.windows.before),
            "etter": _span(analysis.windows.after),
            "kontorer": [_row(row) for row in self.offices.sort_values("enhet").to_dict("records")],
            "andre": _joined(self.offices.loc[~self.offices["endret"], "navn"]),
            "utelatt": _joined(self._names[office] for office in analysis.left_out),
            "beholdning": bool(self._record["beholdning"]),
            "funn": finds,
            "funn_ord": count_word(finds),
            "mange": finds > MANY_FINDS * len(analysis.placebo),
            "kilde": self._source(),
        }

    def _source(self) -> str:
        manifest = self.edition.utgave
        kind = " Tallene er syntetiske." if manifest["syntetisk"] else ""
        return (
            f"Kilde: {manifest['kilde']} · uttrekk {date_text(manifest['uttrekksdato'])} · "
            f"utgave {period_text(self.edition.navn)}.{kind}"
        )


def gevinst(
    utgave: str | Edition,
    kontor: str | Sequence[str],
    dato: str,
    indikator: str,
    gruppe: str = "alle",
    sammenligning: Sequence[str] = (),
    vindu: int = 12,
) -> Answer:
    """What changed at the office (or offices) from the month `dato`, against similar or named offices.

    Raises UsageError for a question that the edition cannot answer.
    """
    edition = read_edition(utgave) if isinstance(utgave, str) else utgave
    offices = (kontor,) if isinstance(kontor, str) else tuple(kontor)
    question = Question(offices, dato, indikator, gruppe, tuple(sammenligning), vindu)
    return Answer(edition, analyse(edition, question))


def headline(analysis: Analysis) -> str:
    """The answer in one line, by the directions in which the share moved at both sides."""
    of_answer = _words()["overskrift"][analysis.answer]
    if isinstance(of_answer, str):
        return of_answer
    own, others = analysis.effect.treated.value, analysis.effect.comparison.value
    return str(of_answer[f"{'opp' if own > 0 else 'ned'}_{'opp' if others > 0 else 'ned'}"])


def _row(row: Mapping[Any, Any]) -> dict[Any, Any]:
    decimals = percent_decimals(min(row["n0"], row["n1"]))

    def share(side: str) -> str:
        x, n = row[f"x{side}"], row[f"n{side}"]
        return f"{percent(x / n, decimals)} ({number(n)})"

    change = row["x1"] / row["n1"] - row["x0"] / row["n0"]
    return {**row, "for": share("0"), "etter": share("1"), "endring": signed_points(change, decimals)}


def _span(window: tuple[str, ...]) -> str:
    """The months or the period of a window in words."""
    if len(window) == 1:
        return period_text(window[0])
    return period_text(f"{window[0]}..{window[-1]}" if len(window[0]) == _MONTH_LENGTH else window[0])


def _joined(names: Any) -> str:
    *first, last = list(names) or [""]
    return f"{', '.join(first)} og {last}" if first else last


@cache
def _words() -> dict[str, Any]:
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


@cache
def template(name: str) -> Any:
    """A template of this folder; a name that it needs and does not get is an error."""
    environment = Environment(
        loader=PackageLoader("navbook.pages.change_effect", "."),
        undefined=StrictUndefined, autoescape=False, trim_blocks=False, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template(name)
