"""Sentences on a cell: first what the figures did, then what can be concluded."""

from navbook.edition.schema import IKKE_FOR_NIVA, NESTEN_ALLE, NESTEN_INGEN, NESTEN_LIK, SLATT_SAMMEN
from navbook.pages.format import number, percent, period_text, range_text, signed, signed_points
from navbook.pages.view import FIXED_LIMIT, HIDDEN, NOT_COMPUTABLE, TOWARDS_LEVEL, Cell, LetterSeries

STATUS_WORDS = {
    HIDDEN: "skjult",
    NOT_COMPUTABLE: "kan ikke beregnes",
}
# what the edition says of a hidden row, in place of the word for hidden
STATEMENT_WORDS = {
    IKKE_FOR_NIVA: "vises ikke her",
    NESTEN_LIK: "nesten som uten permitterte",
    NESTEN_ALLE: "nesten alle",
    NESTEN_INGEN: "nesten ingen",
    SLATT_SAMMEN: "talt sammen med et nabokontor",
}
STATUS_SENTENCES = {
    "skjult": "Tallet er skjult for å verne enkeltpersoner.",
    "ikke_i_uttrekket": "Tallet finnes ikke i uttrekket.",
    "ikke_beregnbar": "Tallet kan ikke beregnes for perioden, fordi minst én måned mangler.",
}


def status_word(status: str) -> str:
    """The word in place of a value that is not shown; each reason has its own."""
    return STATUS_WORDS.get(status, "ikke i uttrekket")


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


def monthly_count_text(cell: Cell) -> str:
    """A count as printed, with `i snitt … per måned` if it is a stock over several months."""
    text = count_text(cell, cell.x)
    return f"i snitt {text} per måned" if cell.divisor > 1 else text


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
    base, now = period_text(cell.basis_periode), period_text(cell.periode)
    if before == after:
        return f"{noun} var {after}{unit} både i {base} og i {now}."
    verb = "økte" if (cell.endring or 0) > 0 else "gikk"
    direction = "" if verb == "økte" else " ned"
    return f"Fra {base} til {now} {verb} {noun.lower()}{direction} fra {before} til {after}{unit}."


def figures_sentence(cell: Cell) -> str:
    """What the figures did, without a conclusion: «økte andelen fra 41,2 til 43,0 prosent»."""
    if not cell.shown:
        return STATUS_SENTENCES.get(cell.status, STATUS_SENTENCES["ikke_i_uttrekket"])
    if cell.is_count:
        return _count_sentence(cell)
    now = share_text(cell)
    if cell.basis_verdi is None or cell.endring is None:
        return f"Andelen var {now} prosent i {period_text(cell.periode)}."
    before = percent(cell.base_share or cell.basis_verdi, cell.decimals)
    return _moved("Andelen", cell, before, now, " prosent")


def _count_sentence(cell: Cell) -> str:
    if cell.endring is None or cell.x is None:
        return f"Antallet var {monthly_count_text(cell)} i {period_text(cell.periode)}."
    before = number((cell.x - cell.endring) / cell.divisor)
    monthly = " per måned i snitt" if cell.divisor > 1 else ""
    return _moved("Antallet", cell, before, count_text(cell, cell.x), monthly)


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
    what = "Økningen" if lower > 0 else "Nedgangen" if upper < 0 else "Endringen"
    sure = what != "Endringen"
    ends = sorted((abs(lower), abs(upper))) if sure else [lower, upper]
    if cell.is_count:
        printed = [(number if sure else signed)(end / cell.divisor) for end in ends]
        unit = " per måned" if cell.divisor > 1 else ""
    else:
        printed = [percent(end, cell.decimals) if sure else signed_points(end, cell.decimals) for end in ends]
        unit = " prosentpoeng"
    return f"{what} er trolig mellom {printed[0]} og {printed[1]}{unit}."


def _higher_than_base(cell: Cell, series: LetterSeries, qualified: str) -> str:
    better, worse = ("økningen", "nedgangen") if series.polarity > 0 else ("nedgangen", "økningen")
    chance = "tilfeldigheter alene"
    return {
        "oppfylt": f"Kravet er oppfylt: {better} er større enn det {chance} pleier å gi{qualified}.",
        "ikke_oppfylt": f"Kravet er ikke oppfylt: {worse} er større enn det {chance} pleier å gi{qualified}.",
        "kan_ikke_avgjores": f"Kan ikke avgjøres: endringen er ikke større enn det {chance} kan "
        f"gi{qualified}.",
    }.get(cell.vurdering, "Brevet stiller ikke krav til dette tallet.")


def _towards_level(cell: Cell, series: LetterSeries, qualified: str) -> str:
    year = series.rule.get("level_year") or "utgangs"
    at = f" {year}-nivået er {percent(cell.krav, cell.decimals)} prosent." if cell.krav is not None else ""
    if cell.is_count and cell.krav is not None:
        at = f" {year}-nivået er {number(cell.krav / cell.divisor)}."
    base = period_text(cell.basis_periode) if cell.basis_periode else "året før"
    return {
        "oppfylt": f"Kravet er oppfylt: tallet har beveget seg mot {year}-nivået{qualified}.{at}",
        "ikke_oppfylt": "Kravet er ikke oppfylt: tallet har beveget seg bort fra "
        f"{year}-nivået{qualified}.{at}",
        "kan_ikke_avgjores": f"Kan ikke avgjøres: endringen er så liten at vi ikke kan si om tallet har "
        f"beveget seg mot {year}-nivået{qualified}.{at}",
        "ikke_relevant": f"Ingen avstand å ta igjen: {base} lå ikke påviselig unna {year}-nivået.{at}",
    }.get(cell.vurdering, "Brevet stiller ikke krav til dette tallet.")


def _fixed_limit(cell: Cell, series: LetterSeries, qualified: str) -> str:
    limit = series.rule.get("limit")
    text = f"{percent(float(limit))} prosent" if limit is not None else "grensen"
    wanted, other = ("over", "under") if series.rule.get("operator") == ">" else ("under", "over")
    unclear = f"usikkerheten går på begge sider av {text}"
    if cell.nedre is None:  # limits come from the spread between months, and a single month has none
        unclear = "én måned alene viser ikke hvor sikkert tallet er"
    return {
        "oppfylt": f"Kravet er oppfylt: andelen ligger {wanted} {text}, også når vi regner med "
        f"usikkerheten{qualified}.",
        "ikke_oppfylt": f"Kravet er ikke oppfylt: andelen ligger {other} {text}, også når vi regner med "
        f"usikkerheten{qualified}.",
        "kan_ikke_avgjores": f"Kan ikke avgjøres: {unclear}{qualified}.",
    }.get(cell.vurdering, "Brevet stiller ikke krav til dette tallet.")
