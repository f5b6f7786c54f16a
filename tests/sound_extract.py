"""A small extract without any fault, for tests that break one thing in it."""

import copy
from typing import Any

from extracts import REQUIRED

Rows = list[dict[str, Any]]


def sound_tables(only: str | None = None) -> dict[str, Rows]:
    """One or two rows of every table of the contract; with `only`, of that one and the required ones."""
    return {
        name: copy.deepcopy(rows)
        for name, rows in _EVERY.items()
        if only is None or name in {*REQUIRED, only}
    }


_EVERY: dict[str, Rows] = {
    "kontor": [
        {"enhetsnr": "9001"},
        {"enhetsnr": "9002", "gyldig_tom": "2021-06-30", "etterfolger": "9001"},
    ],
    "person": [{"person_id": "p1"}, {"person_id": "p2"}],
    "oppfolging": [
        {"person_id": "p1", "fom": "2020-02-01", "tom": "2023-12-01"},
        {"person_id": "p2", "fom": "2023-12-01", "innsatsgruppe": None},
    ],
    "arbeidsforhold": [{"person_id": "p1", "fom": "2023-12-01"}],
    "lonn": [{"person_id": "p1", "maned": "2023-12"}],
    "tiltak": [{"person_id": "p1", "fom": "2023-11-01", "tom": "2023-12-01", "deltakerstatus": "FULLF"}],
    "aktivitet": [{"person_id": "p1", "fom": "2023-12-01"}],
    "kontakt": [{"person_id": "p1", "dato": "2023-12-01"}],
    "ytelse": [{"person_id": "p1", "fom": "2023-12-01"}],
    "sykmelding": [{"person_id": "p1", "sykmelding_id": "s1", "fom": "2023-12-01", "tom": "2023-12-10"}],
    "kandidatutfall": [{"id": 1, "person_id": "p1", "tidspunkt": "2023-12-01 10:00:00"}],
    "fravaer_ansatte": [
        {
            "enhetsnr": "9001",
            "maned": "2023-12",
            "avtalte_dagsverk": 200,
            "egenmeldt_dagsverk": 2.5,
            "legemeldt_dagsverk": 10,
            "ansatte": 11,
        }
    ],
    "nyansettelse": [{"dato": "2023-12-01"}],
    "serviceklage": [{"enhetsnr": "9001", "mottatt": "2023-12-01", "behandlet": None, "tema": "ventetid"}],
    "kvp": [{"person_id": "p1", "fom": "2023-12-01"}],
    "aktivitetskrav": [{"sykmelding_id": "s1", "vurdert": "2023-12-05"}],
}
