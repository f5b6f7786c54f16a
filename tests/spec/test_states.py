"""The derived states on a day, asked of the portfolio on 31 July 2020. Each case is a person of their own."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from stays import counts_of

OFFICES = ["9001", "9002"]
DAY, DAY_BEFORE, DAY_AFTER, LATER = "2020-07-31", "2020-07-30", "2020-08-01", "2020-09-01"
Rows = list[dict[str, Any]]


def row(fom: str = "2020-03-02", tom: str | None = None, **fields: Any) -> dict[str, Any]:
    return {"fom": fom, "tom": tom} | fields


OTHERS = ("IKVAL", "BFORM", "VURDU", "OPPFI")
IARBS = {"formidlingsgruppe": "IARBS"}
ISERV = {"formidlingsgruppe": "ISERV"}
EARLY, LATE = "2020-03-02", "2020-05-04"


class Case(NamedTuple):
    """`expected`: A arbeidssøker, N nedsatt, O under oppfølging as neither, - not; and at which office."""

    name: str
    oppfolging: Rows
    expected: str
    ytelse: tuple[dict[str, Any], ...] | Rows = ()
    person: dict[str, Any] | None = None


CASES = [
    Case("ARBS", [row()], "A 9001"),
    Case("ARBS without a decision", [row(innsatsgruppe=None)], "A 9001"),
    Case("ARBS with BKART", [row(innsatsgruppe="BKART")], "A 9001"),
    Case("ARBS with BATT", [row(innsatsgruppe="BATT")], "N 9001"),
    Case("ARBS with VARIG", [row(innsatsgruppe="VARIG")], "N 9001"),
    *[Case(f"IARBS with {g}", [row(innsatsgruppe=g) | IARBS], "O 9001") for g in OTHERS],
    *[Case(f"IARBS with {g}", [row(innsatsgruppe=g) | IARBS], "N 9001") for g in ("BATT", "VARIG")],
    *[Case(f"IARBS with {g}", [row(innsatsgruppe=g) | IARBS], "-") for g in ("BKART", "VURDI", None)],
    Case("IARBS and a word for none", [row(innsatsgruppe="HAR_IKKE_GJELDENDE_14A_VEDTAK") | IARBS], "-"),
    Case("the names from 2024 are the same groups", [row(innsatsgruppe="JOBBE_DELVIS") | IARBS], "N 9001"),
    Case("ISERV", [row() | ISERV], "-"),
    Case("ends on the day", [row(tom=DAY)], "A 9001"),
    Case("ended the day before", [row(tom=DAY_BEFORE)], "-"),
    Case("begins on the day", [row(fom=DAY)], "A 9001"),
    Case("begins the day after", [row(fom=DAY_AFTER)], "-"),
    Case("two rows: the latest fom", [row(EARLY, enhetsnr="9002"), row(LATE)], "A 9001"),
    Case("same fom: the highest enhetsnr", [row(enhetsnr="9002"), row(enhetsnr="9001")], "A 9002"),
    Case("the later row has ended", [row(EARLY), row(LATE, DAY_BEFORE, enhetsnr="9002")], "A 9001"),
    Case("the later row is nedsatt", [row(EARLY), row(LATE, innsatsgruppe="BATT")], "N 9001"),
    Case("a later ISERV displaces nobody", [row(EARLY), row(LATE, enhetsnr="9002") | ISERV], "A 9001"),
    Case("nor a later IARBS without a group", [row(EARLY), row(LATE, innsatsgruppe=None) | IARBS], "A 9001"),
    Case("three rows", [row("2020-01-01"), row(EARLY, enhetsnr="9002"), row(LATE, "2020-06-30")], "A 9002"),
    Case("equal rows count once", [row(), row()], "A 9001"),
    Case("AAP covers the day", [row()], "N 9001", [row("2020-07-01", DAY)]),
    Case("AAP ended the day before", [row()], "A 9001", [row("2020-07-01", DAY_BEFORE)]),
    Case("AAP begins the day after", [row()], "A 9001", [row(DAY_AFTER)]),
    Case("AAP is still running", [row()], "N 9001", [row("2019-01-01")]),
    Case("AAP makes an IARBS with BFORM nedsatt", [row(innsatsgruppe="BFORM") | IARBS], "N 9001", [row()]),
    Case("dagpenger do not", [row()], "A 9001", [row(ytelse="DAG")]),
    Case("AAP without oppfølging", [], "-", [row()]),
    Case("dies on the day", [row()], "-", [], {"dodsdato": DAY}),
    Case("dies the day after", [row()], "A 9001", [], {"dodsdato": DAY_AFTER}),
    Case("emigrated on the day", [row()], "-", [], {"utvandringsdato": DAY}),
    Case("emigrates the day after", [row()], "A 9001", [], {"utvandringsdato": DAY_AFTER}),
    Case("emigrated, then died", [row()], "-", [], {"utvandringsdato": DAY_BEFORE, "dodsdato": LATER}),
]  # fmt: skip


def test_there_are_cases_for_every_state() -> None:
    assert {case.expected[0] for case in CASES} == set("ANO-")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The state found for each case, in the notation of `expected`: each has two offices to itself."""
    tables: dict[str, Rows] = {"kontor": [], "person": [], "oppfolging": [], "ytelse": []}
    own = {case.name: {"9001": str(3000 + 2 * i), "9002": str(3001 + 2 * i)} for i, case in enumerate(CASES)}
    for case in CASES:
        tables["kontor"] += [{"enhetsnr": number} for number in own[case.name].values()]
        tables["person"].append({"person_id": case.name} | (case.person or {}))
        for stay in case.oppfolging:
            office = own[case.name][stay.get("enhetsnr", "9001")]
            tables["oppfolging"].append({"person_id": case.name} | stay | {"enhetsnr": office})
        tables["ytelse"] += [{"person_id": case.name} | stay for stay in case.ytelse]
    counts = counts_of(tmp_path_factory.mktemp("states"), tables, indicators=["portefolje"])
    found = {}
    for name, offices in own.items():
        cells = [
            f"{sign(counts, real)} {office}"
            for office, real in offices.items()
            if portfolio(counts, "alle", real)
        ]
        found[name] = ", ".join(cells) or "-"
    return found


def portfolio(counts: dict, gruppe: str, office: str) -> float:
    return counts["portefolje", gruppe, office, "2020-07"][0]


def sign(counts: dict, office: str) -> str:
    assert portfolio(counts, "alle", office) == 1
    signs = {"arbeidssoker": "A", "nedsatt": "N"}
    return "".join(sign for gruppe, sign in signs.items() if portfolio(counts, gruppe, office)) or "O"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_state_on_the_day(case: Case, counted: dict[str, str]) -> None:
    assert counted[case.name] == case.expected


def test_office_closed_by_the_day_has_a_row_only_if_someone_is_there(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "kontor": [
                {"enhetsnr": "9001", "gyldig_tom": DAY_BEFORE},
                {"enhetsnr": "9002", "gyldig_tom": DAY},
            ],
            "oppfolging": [{"person_id": "p", "fom": EARLY, "tom": DAY}],
        },
        indicators=["portefolje"],
    )
    cells = {
        office: cell for (_, gruppe, office, m), cell in found.items() if (gruppe, m) == ("alle", "2020-07")
    }
    assert cells == {"9001": (1, None), "9002": (0, None)}
    assert {office for (_, gruppe, office, m) in found if (gruppe, m) == ("IKVAL", "2020-08")} == set()
