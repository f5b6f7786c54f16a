"""What is known of those who left: each trait, at its edges, on the last day of the month they left.

Everyone left in July 2021: a person is followed up in whole months, and what follows is of that day.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest

from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators.casemix import TRAITS, leaver_patterns

FOM, TOM = date(2021, 5, 1), date(2021, 7, 31)
LONG = {"dekker_fom": "2019-01-01", "dekker_tom": "2022-12-31", "uttrekksdato": "2023-02-01"}


class Case(NamedTuple):
    name: str
    trait: str
    expected: str
    person: dict[str, Any] | None = None
    follow: dict[str, Any] | None = None
    job: tuple[date, date] | None = None
    benefits: tuple[str, ...] = ()


CASES = [
    Case("24 years", "alder_og_kjonn", "kvinner 20–24 år", {"fodselsdato": date(1996, 8, 1)}),
    Case("25 years", "alder_og_kjonn", "kvinner 25–29 år", {"fodselsdato": date(1996, 7, 31)}),
    Case("66, a man", "alder_og_kjonn", "menn 60–66 år", {"fodselsdato": date(1954, 8, 1), "kjonn": "M"}),
    Case("higher education", "utdanning", "høyere", {"utdanning": "HOYERE"}),
    Case("education not known", "utdanning", "ukjent", {"utdanning": "UKJENT"}),
    Case("born in Norway", "landgruppe", "Norge", {"fodeland": "NOR"}),
    Case("born in Sweden", "landgruppe", "landgruppe 1", {"fodeland": "SWE"}),
    Case("born in Poland", "landgruppe", "landgruppe 2", {"fodeland": "POL"}),
    Case("not stated is landgruppe 3", "landgruppe", "landgruppe 3", {"fodeland": "XXX"}),
    Case("country not known", "landgruppe", "ukjent", {"fodeland": None}),
    Case("registered two months before", "registrert", "0–2 måneder"),
    Case("registered three months before", "registrert", "3–5 måneder", follow={"fom": date(2021, 4, 30)}),
    Case("registered a year before", "registrert", "12 måneder eller mer", follow={"fom": date(2020, 7, 1)}),
    Case("no benefit", "ytelse", "ingen eller annen"),
    Case("dagpenger", "ytelse", "dagpenger", benefits=("DAG",)),
    Case("tiltakspenger tell of tiltak", "ytelse", "ingen eller annen", benefits=("TP",)),
    Case("AAP before dagpenger", "ytelse", "arbeidsavklaringspenger", benefits=("DAG", "AAP")),
    Case("a job before", "arbeid_for", "ja", job=(date(2020, 1, 1), date(2020, 9, 30))),
    Case("a job too long ago", "arbeid_for", "nei", job=(date(2019, 1, 1), date(2020, 7, 30))),
    Case("a job since then", "arbeid_for", "nei", job=(date(2021, 5, 31), date(2021, 6, 30))),
    Case("permittert", "permittert", "ja", follow={"permittert": True}),
    Case("the month", "kalendermaned", "juli"),
    Case("BFORM", "innsatsgruppe", "situasjonsbestemt innsats", follow={"innsatsgruppe": "BFORM"}),
    Case("no decision", "innsatsgruppe", "ingen", follow={"innsatsgruppe": None}),
]  # fmt: skip


def office_of(case: Case) -> str:
    return str(9101 + CASES.index(case))


def tables() -> dict[str, list]:
    made: dict[str, list] = {"person": [], "oppfolging": [], "arbeidsforhold": [], "ytelse": [], "kontor": []}
    for place, case in enumerate(CASES):
        who = {"person_id": f"p{place}"}
        made["kontor"].append({"enhetsnr": office_of(case)})
        made["person"].append(who | {"fodselsdato": date(1985, 1, 1)} | (case.person or {}))
        stay = {"enhetsnr": office_of(case), "fom": FOM, "tom": TOM, "formidlingsgruppe": "ARBS"}
        made["oppfolging"].append(who | stay | (case.follow or {}))
        if case.job:
            made["arbeidsforhold"].append(
                who | {"fom": case.job[0], "tom": case.job[1], "stillingsprosent": 100.0}
            )
        made["ytelse"] += [who | {"ytelse": code, "fom": FOM, "tom": TOM} for code in case.benefits]
    return made


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    with open_extract(write_extract(tmp_path_factory.mktemp("monstre") / "x", tables(), LONG)) as extract:
        return leaver_patterns(extract)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_trait_at_its_edge(case: Case, patterns: pd.DataFrame) -> None:
    row = patterns[patterns["enhetsnr"] == office_of(case)]
    assert row["n"].tolist() == [1.0]
    assert row["maned"].tolist() == ["2021-07"]
    assert TRAITS[case.trait][row[case.trait].iloc[0]] == case.expected


def test_what_the_cover_does_not_reach_is_not_known(tmp_path: Path) -> None:
    short = LONG | {"dekker_fom": "2020-12-01"}
    with open_extract(write_extract(tmp_path / "x", tables(), short)) as extract:
        found = leaver_patterns(extract)
    assert {TRAITS["arbeid_for"][place] for place in found["arbeid_for"]} == {"ukjent"}


def test_an_extract_of_counts_has_no_people(tmp_path: Path) -> None:
    with open_extract(write_extract(tmp_path / "x", {"tellinger": []})) as extract:
        found = leaver_patterns(extract)
    assert found.empty
    assert set(TRAITS) <= set(found.columns)
