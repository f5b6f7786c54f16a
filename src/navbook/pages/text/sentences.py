"""Sentences on a cell: first what the figures did, then what can be concluded."""

from navbook.edition.schema import IKKE_FOR_NIVA, NESTEN_ALLE, NESTEN_INGEN, NESTEN_LIK, SLATT_SAMMEN
from navbook.pages.format import number, percent, period_text, range_text, signed, signed_points
from navbook.pages.templates import sentence, sentence_or, sources
from navbook.pages.view import FIXED_LIMIT, HIDDEN, NOT_COMPUTABLE, TOWARDS_LEVEL, Cell, LetterSeries

STATUS_WORDS = {
    HIDDEN: sentence("setninger.ord.skjult"),
    NOT_COMPUTABLE: sentence("setninger.ord.ikke_beregnbar"),
}
# what the edition says of a hidden row, in place of the word for hidden
STATEMENT_WORDS = {
    IKKE_FOR_NIVA: sentence("setninger.ord.ikke_for_niva"),
    NESTEN_LIK: sentence("setninger.ord.nesten_lik"),
    NESTEN_ALLE: sentence("setninger.ord.nesten_alle"),
    NESTEN_INGEN: sentence("setninger.ord.nesten_ingen"),
    SLATT_SAMMEN: sentence("setninger.ord.slatt_sammen"),
}


def status_word(status: str) -> str:
    """The word in place of a value that is not shown; each reason has its own."""
    return STATUS_WORDS.get(status) or sentence("setninger.ord.ikke_i_uttrekket")


def missing_word(cell: Cell) -> str:
    """The word in place of the value of a cell that is not shown: what is said of it, or its status."""
    return STATEMENT_WORDS.get(cell.statement) or status_word(cell.status)


def share_text(cell: Cell) -> str:
    """The share as per cent without the sign, or the word in its place."""
    if not cell.shown:
        return missing_word(cell)
    return percent(cell.share, cell.decimals) if cell.share is not None else "–"


def interval_text(cell: Cell) -> str:
    """The 95 % interval of the share, in per cent."""
    if cell.nedre is None or cell.ovre is None:
        return "–"
    return range_text(percent(cell.nedre, cell.decimals), percent(cell.ovre, cell.decimals))


def count_text(cell: Cell, value: float | None) -> str:
    """A count as printed: a stock as its monthly mean, others as they are."""
    return "–" if value is None else number(value / cell.divisor)


def change_text(cell: Cell) -> str:
    """The change from the base period with its interval: points for shares, cases for counts."""
    if cell.endring is None:
        return "–"
    if cell.is_count:
        limits = [cell.endring_nedre, cell.endring_ovre]
        text = signed(cell.endring / cell.divisor)
        parts = [signed(limit / cell.divisor) for limit in limits if limit is not None]
    else:
        limits = [cell.endring_nedre, cell.endring_ovre]
        text = signed_points(cell.endring, cell.decimals)
        parts = [signed_points(limit, cell.decimals) for limit in limits if limit is not None]
    return f"{text} ({range_text(*parts)})" if len(parts) == len(limits) else text


def _moved(noun: str, cell: Cell, before: str, after: str, unit: str) -> str:
    words = {
        "substantiv": noun,
        "til": after,
        "benevning": unit,
        "basis": period_text(cell.basis_periode),
        "periode": period_text(cell.periode),
    }
    if before == after:
        return sentence("setninger.tall.uendret", **words)
    return sentence("setninger.tall.endret", fra=before, opp=(cell.endring or 0) > 0, **words)


def figures_sentence(cell: Cell) -> str:
    """What the figures did, without a conclusion: «økte andelen fra 41,2 til 43,0 prosent»."""
    if not cell.shown:
        key = "setninger.status."
        return sentence_or(f"{key}{cell.status}", sentence(f"{key}ikke_i_uttrekket"))
    if cell.is_count:
        return _count_sentence(cell)
    now = share_text(cell)
    if cell.basis_verdi is None or cell.endring is None:
        return sentence("setninger.tall.andel", til=now, periode=period_text(cell.periode))
    before = percent(cell.base_share or cell.basis_verdi, cell.decimals)
    return _moved("andelen", cell, before, now, " prosent")


def _count_sentence(cell: Cell) -> str:
    now, monthly = count_text(cell, cell.x), cell.divisor > 1
    if cell.endring is None or cell.x is None:
        return sentence("setninger.tall.antall", til=now, snitt=monthly, periode=period_text(cell.periode))
    before = number((cell.x - cell.endring) / cell.divisor)
    unit = f" {sentence('setninger.tall.per_maned')}" if monthly else ""
    return _moved("antallet", cell, before, now, unit)


def join_names(names: list[str]) -> str:
    """Names as a list in running text: `a, b og c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def join_clauses(clauses: list[str]) -> str:
    """Clauses as a list, with a comma before «og» as bokmål has between clauses."""
    return ", og ".join(filter(None, [", ".join(clauses[:-1]), clauses[-1]]))


def capitalised(words: str) -> str:
    """`words` with a capital first letter, otherwise unchanged."""
    return words[:1].upper() + words[1:]


def verdict_sentence(cell: Cell, series: LetterSeries, qualified: str = "") -> str:
    """The verdict on the requirement, in a sentence that can be read alone; empty without a verdict.

    `qualified` is a clause, with its comma, that goes into the same sentence.
    """
    if not cell.shown or not series.judged:
        return ""
    if series.kind == FIXED_LIMIT:
        return _fixed_limit(cell, series, qualified)
    if series.kind == TOWARDS_LEVEL:
        return _towards_level(cell, series, qualified)
    return _higher_than_base(cell, series, qualified)


def change_interval_sentence(cell: Cell) -> str:
    """The interval of the change in a sentence; empty if there is none.

    A change whose sign is sure is called a rise or a fall and printed without signs.
    """
    lower, upper = cell.endring_nedre, cell.endring_ovre
    if lower is None or upper is None:
        return ""
    what = "okning" if lower > 0 else "nedgang" if upper < 0 else "endring"
    sure = what != "endring"
    ends = sorted((abs(lower), abs(upper))) if sure else [lower, upper]
    if cell.is_count:
        printed = [(number if sure else signed)(end / cell.divisor) for end in ends]
        unit = " per måned" if cell.divisor > 1 else ""
    else:
        printed = [percent(end, cell.decimals) if sure else signed_points(end, cell.decimals) for end in ends]
        unit = " prosentpoeng"
    key = f"setninger.intervall.{what}"
    return sentence(key, nedre=printed[0], ovre=printed[1], benevning=unit)


def _verdict(rule: str, cell: Cell, **words: object) -> str:
    """The sentence of a verdict by a kind of rule; that there is no requirement, for another verdict."""
    key = f"setninger.{rule}.{cell.vurdering}"
    return sentence(key, **words) if key in sources() else sentence("setninger.uten_krav")


def _higher_than_base(cell: Cell, series: LetterSeries, qualified: str) -> str:
    rises = (series.polarity > 0) == (cell.vurdering != "ikke_oppfylt")
    return _verdict("hoyere", cell, opp=rises, forbehold=qualified)


def _towards_level(cell: Cell, series: LetterSeries, qualified: str) -> str:
    year = series.rule.get("level_year") or "utgangs"
    base = period_text(cell.basis_periode) if cell.basis_periode else sentence("kontor.krav.aret_for")
    told = _verdict("mot_niva", cell, ar=year, basis=base, forbehold=qualified)
    if cell.krav is None or told == sentence("setninger.uten_krav"):
        return told
    if cell.is_count:
        level, unit = number(cell.krav / cell.divisor), ""
    else:
        level, unit = percent(cell.krav, cell.decimals), " prosent"
    return f"{told} {sentence('setninger.mot_niva.er', ar=year, til=level, benevning=unit)}"


def _fixed_limit(cell: Cell, series: LetterSeries, qualified: str) -> str:
    if cell.nedre is None and cell.vurdering == "kan_ikke_avgjores":
        # limits come from the spread between months, and a single month has none
        return sentence("setninger.grense.en_maned", forbehold=qualified)
    limit = series.rule.get("limit")
    text = f"{percent(float(limit))} prosent" if limit is not None else "grensen"
    over = (series.rule.get("operator") == ">") == (cell.vurdering != "ikke_oppfylt")
    return _verdict("grense", cell, grensen=text, over=over, forbehold=qualified)
