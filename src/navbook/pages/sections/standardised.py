"""The innsatsgrupper of an indicator together: plain, and with the same mix in both periods."""

from navbook.pages.format.fragments import Fragment, link, paragraph, text
from navbook.pages.format.numbers import between, percent, period_text, signed_points
from navbook.pages.format.tables import Column, Row, Value, table
from navbook.pages.sections.indicator import IndicatorView
from navbook.pages.text.sentences import listed
from navbook.pages.text.table_cells import in_two
from navbook.pages.view.view import Unit, UnitView, View

Record = dict[str, float | str]
# a difference smaller than this between the two changes is not worth a sentence
WORTH_TELLING = 0.01


def _records(view: View) -> list[Record]:
    return [{str(k): v for k, v in row.items()} for row in view.edition.further("samlet").to_dict("records")]


def mixed_table(view: IndicatorView) -> Fragment:
    """The country and the counties: the total of the groups and its change, plain and standardised."""
    every = {str(row["enhet"]): row for row in _records(view) if row["indikator"] == view.indikator}
    order = [unit for unit in view.units if unit.niva == "landet"]
    order += [unit for unit in view.units if unit.niva == "fylke"]
    rows = [_row(view, unit, every[unit.enhet]) for unit in order if unit.enhet in every]
    if not rows:
        return Fragment("", "samlet")
    method = f"{view.root}metode/standardisering.html"
    columns = [
        Column("Enhet"),
        *(
            Column(head, True, method)
            for head in ("Andel", "Endring", "Standardisert andel", "Standardisert endring")
        ),
    ]
    period = period_text(view.shown_period(view.indikator))
    shown = table(f"Innsatsgruppene samlet: prosent (95 % intervall), {period}", columns, rows, stacks=True)
    against = [unit.navn for unit in order if unit.enhet in every and every[unit.enhet]["mot_summen"]]
    return Fragment(shown + paragraph(_guide(view)) + _warning(against), "samlet")


def _guide(view: View) -> str:
    return (
        "Den standardiserte andelen regner som om innsatsgruppene var like store som i landet i perioden det "
        f"sammenlignes med. {link(view.root + 'metode/standardisering.html', 'Slik regner vi')}."
    )


def _warning(names: list[str]) -> str:
    if not names:
        return ""
    return paragraph(
        text(
            f"Pass på: For {listed(names)} går alle innsatsgruppene den andre veien enn summen av dem. "
            "Da har sammensetningen endret seg, og summen bør ikke brukes alene."
        ),
        "nb-merknad",
    )


def _row(view: IndicatorView, unit: Unit, row: Record) -> Row:
    address = "landet.html" if unit.niva == "landet" else f"{unit.niva}/{unit.enhet}.html"
    label = unit.navn if unit.niva == "landet" else f"{unit.enhet} {unit.navn}"
    values = [
        _share(row, "verdi"),
        _change(row, "endring"),
        _share(row, "standardisert"),
        _change(row, "standardisert_endring"),
    ]
    return Row(link(f"{view.root}{address}", label), values)


def _limits(row: Record, name: str) -> tuple[float, float, float] | None:
    value, lower, upper = (float(row[f"{name}{end}"]) for end in ("", "_nedre", "_ovre"))
    return None if value != value else (value, lower, upper)


def _share(row: Record, name: str) -> Value:
    found = _limits(row, name)
    if found is None:
        return Value("for få")
    value, lower, upper = (percent(each) for each in found)
    return Value(in_two(f"{value} ({between(lower, upper)})"))


def _change(row: Record, name: str) -> Value:
    found = _limits(row, name)
    if found is None:
        return Value("for få")
    value, lower, upper = (signed_points(each) for each in found)
    return Value(in_two(f"{value} ({between(lower, upper)})"))


def mixed_sentences(view: UnitView) -> list[str]:
    """Where the mix of innsatsgrupper matters to a unit's change, a sentence for each such indicator; safe
    HTML."""
    told = []
    for row in _records(view):
        if row["enhet"] != view.unit.enhet:
            continue
        plain, same_mix = _limits(row, "endring"), _limits(row, "standardisert_endring")
        name = view.definitions.get(str(row["indikator"])).kortnavn
        linked = view.indicator_link(str(row["indikator"]), name)
        if row["mot_summen"]:
            told.append(
                f"{linked}: Alle innsatsgruppene går den andre veien enn summen av dem, fordi "
                f"sammensetningen har "
                "endret seg. Se på gruppene hver for seg."
            )
        elif plain and same_mix and abs(plain[0] - same_mix[0]) >= WORTH_TELLING:
            limits = between(*(signed_points(each) for each in same_mix[1:]))
            told.append(
                f"{linked}: Innsatsgruppene samlet endret seg {signed_points(plain[0])} prosentpoeng. "
                f"Med samme "
                f"sammensetning som landet i begge perioder er endringen {signed_points(same_mix[0])} "
                f"({limits})."
            )
    return told
