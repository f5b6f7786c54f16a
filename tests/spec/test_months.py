"""Which months have rows, which are provisional, and what --tom and --office leave out: contract 2."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from extracts import write_extract
from navbook.extract import Manifest, open_extract
from navbook.indicators import REGISTRY, SCHEMA, count, write_counts
from navbook.indicators.definition.known_months import computable
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import month_range
from stays import counts_of

COVER = {"dekker_fom": date(2020, 1, 1), "dekker_tom": date(2021, 12, 31), "uttrekksdato": date(2022, 3, 1)}


def months_of(folder: Path, manifest: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """First and last month of each series, which must have every month between."""
    seen: dict[tuple[str, str], set[str]] = {}
    for indikator, gruppe, _, maned in counts_of(folder, {}, manifest):
        seen.setdefault((indikator, gruppe), set()).add(maned)
    for months in seen.values():
        assert sorted(months) == list(month_range(min(months), max(months)))
    return {series: (min(months), max(months)) for series, months in seen.items()}


def test_a_month_has_rows_when_its_window_is_covered(tmp_path: Path) -> None:
    found = months_of(tmp_path, COVER)
    assert found["ota_arbs", "alle"] == (
        "2020-06",
        "2021-06",
    )  # d(m-5) = 31 January 2020, d(m+6) = 31 December
    assert found["ota_lg3", "fotnote5"] == ("2020-06", "2021-06")
    assert found["u30_aktivitet", "BATT_smal"] == ("2020-01", "2021-12")
    assert found["u30_kontakt30", "IKVAL"] == ("2020-01", "2021-12")  # 31 January - 29 days = 2 January
    assert found["portefolje", "alle"] == ("2020-01", "2021-12")
    assert found["portefolje", "langtid"] == ("2020-07", "2021-12")  # 31 July 2020 - 195 days = 18 January


EDGES = [
    ("ota_arbs", "alle", {}, ("2020-06", "2021-06")),
    ("ota_arbs", "alle", {"dekker_fom": date(2020, 1, 31)}, ("2020-06", "2021-06")),  # on d(m-5)
    ("ota_arbs", "alle", {"dekker_fom": date(2020, 2, 1)}, ("2020-07", "2021-06")),
    ("ota_arbs", "alle", {"dekker_tom": date(2021, 12, 30)}, ("2020-06", "2021-05")),  # before d(m+6)
    ("u30_kontakt30", "BATT", {"dekker_fom": date(2020, 1, 2)}, ("2020-01", "2021-12")),  # 31 - 29 days
    ("u30_kontakt30", "BATT", {"dekker_fom": date(2020, 1, 3)}, ("2020-02", "2021-12")),
    ("u30_aktivitet", "BATT", {"dekker_fom": date(2020, 1, 2)}, ("2020-02", "2021-12")),  # after f(m)
    ("u30_aktivitet", "BATT", {"dekker_tom": date(2021, 12, 30)}, ("2020-01", "2021-11")),
    ("portefolje", "alle", {"dekker_fom": date(2020, 1, 2)}, ("2020-02", "2021-12")),
    ("portefolje", "langtid", {"dekker_fom": date(2020, 1, 18)}, ("2020-07", "2021-12")),  # 31 July - 195
    ("portefolje", "langtid", {"dekker_fom": date(2020, 1, 19)}, ("2020-08", "2021-12")),
    ("langtid_aktivitet", "alle", {"dekker_fom": date(2020, 1, 18)}, ("2020-07", "2021-12")),
    ("langtid_aktivitet", "alle", {"dekker_fom": date(2020, 1, 19)}, ("2020-08", "2021-12")),
    ("tiltak_ota", "BATT", {}, ("2020-01", "2021-06")),  # from d(m) to d(m+6)
    ("tiltak_ota", "BATT", {"dekker_fom": date(2020, 2, 1)}, ("2020-02", "2021-06")),
    ("formidlinger", "alle", {"dekker_tom": date(2021, 12, 30)}, ("2020-01", "2021-11")),
    ("inkludering", "alle", {"dekker_fom": date(2020, 1, 2)}, ("2020-02", "2021-12")),
    ("sykefravaer_etat", "sum", {"uttrekksdato": date(2022, 1, 30)}, ("2020-01", "2021-11")),  # lag 1
    ("gradert_12u", "alle", {"dekker_fom": date(2020, 1, 21)}, ("2020-05", "2021-12")),  # 1 May - 101 days
    ("gradert_12u", "alle", {"dekker_fom": date(2020, 1, 22)}, ("2020-06", "2021-12")),
    ("aap_26u", "under30", {"dekker_fom": date(2020, 1, 17)}, ("2020-08", "2021-12")),  # 1 August - 197
    ("aap_26u", "under30", {"dekker_fom": date(2020, 1, 18)}, ("2020-09", "2021-12")),
    ("u30_8uker", "BFORM", {"dekker_fom": date(2020, 1, 3)}, ("2020-02", "2021-10")),  # 1 February - 29
    ("u30_8uker", "BFORM", {"dekker_fom": date(2020, 1, 4)}, ("2020-03", "2021-10")),
    ("u30_8uker", "BFORM", {"dekker_tom": date(2021, 12, 26)}, ("2020-02", "2021-10")),  # 31 October + 56
    ("u30_8uker", "BFORM", {"dekker_tom": date(2021, 12, 25)}, ("2020-02", "2021-09")),
]


@pytest.mark.parametrize(("indikator", "gruppe", "changed", "expected"), EDGES)
def test_the_window_to_the_day(
    indikator: str, gruppe: str, changed: dict[str, Any], expected: tuple[str, str]
) -> None:
    indicator = REGISTRY[indikator]
    cover = Manifest(kilde="test", syntetisk=True, **(COVER | changed))
    months = computable(indicator.window_of(gruppe), indicator.lag, cover)
    assert (months[0], months[-1]) == expected
    assert months == month_range(*expected)


def test_a_month_waits_for_its_lag() -> None:
    indicator = REGISTRY["ota_nedsatt"]
    cover = Manifest(kilde="test", syntetisk=True, **(COVER | {"uttrekksdato": date(2021, 11, 29)}))
    assert computable(indicator.vindu, indicator.lag, cover)[-1] == "2021-04"


def provisional_months(folder: Path, taken: date) -> dict[str, list[str]]:
    manifest = COVER | {"uttrekksdato": taken}
    with open_extract(write_extract(folder / "u", {}, manifest)) as extract:
        rows = count(extract, indicators=["ota_arbs", "u30_kontakt30"]).to_pylist()
    found: dict[str, set[str]] = {"ota_arbs": set(), "u30_kontakt30": set()}
    for row in rows:
        if row["forelopig"]:
            found[row["indikator"]].add(row["maned"])
    return {indikator: sorted(months) for indikator, months in found.items()}


def test_a_month_is_provisional_until_a_month_after_its_lag(tmp_path: Path) -> None:
    # ota of June 2021 is known on 31 December and settled on 31 January; contact of December likewise
    assert provisional_months(tmp_path / "a", date(2021, 12, 31)) == {
        "ota_arbs": ["2021-06"],
        "u30_kontakt30": ["2021-12"],
    }
    assert provisional_months(tmp_path / "b", date(2022, 1, 30)) == {
        "ota_arbs": ["2021-06"],
        "u30_kontakt30": ["2021-12"],
    }
    assert provisional_months(tmp_path / "c", date(2022, 1, 31)) == {"ota_arbs": [], "u30_kontakt30": []}


def test_offices_without_people_have_noughts_and_unknown_units_only_what_they_have(tmp_path: Path) -> None:
    found = counts_of(
        tmp_path,
        {
            "kontor": [
                {"enhetsnr": "9001"},
                {"enhetsnr": "9002", "gyldig_fom": "2021-03-31"},
                {"enhetsnr": "9083"},
            ],
            "oppfolging": [{"person_id": "p", "enhetsnr": "9002", "fom": "2021-02-01", "tom": "2021-02-28"}],
        },
        COVER,
        indicators=["portefolje"],
    )
    offices = {
        month: {key[2]: cell[0] for key, cell in found.items() if (key[1], key[3]) == ("alle", month)}
        for month in ("2021-01", "2021-02", "2021-03")
    }
    assert offices == {
        "2021-01": {"9001": 0, "9083": 0},
        "2021-02": {"9001": 0, "9002": 1, "9083": 0},  # 9002 is not valid yet, but someone is there
        "2021-03": {"9001": 0, "9002": 0, "9083": 0},  # valid on d(m)
    }


def test_types_and_order_of_the_table(tmp_path: Path) -> None:
    with open_extract(write_extract(tmp_path / "u", {}, COVER)) as extract:
        table = count(extract)
    assert [(field.name, str(field.type)) for field in table.schema] == [
        ("indikator", "string"), ("gruppe", "string"), ("enhetsnr", "string"), ("maned", "string"),
        ("x", "double"), ("n", "double"), ("forelopig", "bool"),
    ]  # fmt: skip
    keys = [tuple(row[name] for name in table.column_names[:4]) for row in table.to_pylist()]
    assert keys == sorted(set(keys))
    assert pa.parquet.read_table(write_counts(table, tmp_path / "new" / "counts.parquet")).equals(table)


def test_tom_and_office_leave_rows_out_and_change_no_other(tmp_path: Path) -> None:
    folder = write_extract(
        tmp_path / "u", {"oppfolging": [{"person_id": "p", "enhetsnr": "9002", "fom": "2020-01-01"}]}, COVER
    )
    with open_extract(folder) as extract:
        whole = count(extract).to_pylist()
        assert count(extract, tom="2021-03").to_pylist() == [
            row for row in whole if row["maned"] <= "2021-03"
        ]
        assert count(extract, offices=["9002"]).to_pylist() == [
            row for row in whole if row["enhetsnr"] == "9002"
        ]
        with pytest.raises(UsageError, match="9999"):
            count(extract, offices=["9001", "9999"])
        with pytest.raises(UsageError, match="no_such"):
            count(extract, indicators=["no_such"])


def test_a_cover_too_short_for_anything_gives_an_empty_table(tmp_path: Path) -> None:
    short = {
        "dekker_fom": date(2020, 1, 10),
        "dekker_tom": date(2020, 1, 20),
        "uttrekksdato": date(2020, 1, 20),
    }
    with open_extract(write_extract(tmp_path / "u", {}, short)) as extract:
        assert count(extract).schema == SCHEMA
        assert count(extract).num_rows == 0


def test_counts_only_extracts_are_passed_on_with_what_is_provisional(tmp_path: Path) -> None:
    rows = [
        {"indikator": "ota_arbs", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-06", "x": 2, "n": 5},
        {"indikator": "portefolje", "gruppe": "alle", "enhetsnr": "9001", "maned": "2021-06", "x": 50},
    ]
    manifest = COVER | {"uttrekksdato": date(2022, 1, 10)}
    with open_extract(write_extract(tmp_path / "u", {"tellinger": rows}, manifest)) as extract:
        assert count(extract).to_pylist() == [
            rows[0] | {"forelopig": True},
            rows[1] | {"n": None, "forelopig": False},
        ]
