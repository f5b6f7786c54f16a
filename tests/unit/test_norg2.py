"""A NORG2 export as the table `kontor`: which units, from when to when, under which region."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extracts import write_extract
from navbook.cli import main
from navbook.extract import check_extract
from norg2_exports import EXPORT, unit
from sound_extract import sound_tables

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "norg2_enhet_eksempel.json"


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path) -> Run:
    def read(export: Any, *options: str) -> tuple[int, str, str]:
        file = tmp_path / "norg2.json"
        file.write_text(export if isinstance(export, str) else json.dumps(export), encoding="utf-8")
        result = CliRunner().invoke(main, ["kontor", "--norg2", str(file), *options])
        return result.exit_code, result.stdout, result.stderr

    return read


def lines(out: str) -> dict[str, list[str]]:
    """The rows of the table by office number."""
    return {line.split(";")[0]: line.split(";") for line in out.splitlines()[1:]}


def test_local_offices_and_special_units_become_rows_and_nothing_else_does(run: Run):
    code, out, _ = run(EXPORT)
    assert code == 0
    assert out.splitlines()[0] == (
        "enhetsnr;navn;fylke_enhetsnr;fylke_navn;gyldig_fom;gyldig_tom;etterfolger"
    )
    assert list(lines(out)) == ["9801", "9901", "9902", "9983", "9987"]
    assert lines(out)["9901"] == [
        *("9901", "NAV Oppdiktet 9901", "9900", "NAV Nordfylket", "2007-02-01", "", "")
    ]


def test_a_merged_office_ends_on_its_last_day_and_names_its_successor(run: Run):
    assert lines(run(EXPORT)[1])["9902"][5:] == ["2020-12-31", "9901"]


def test_a_closed_office_without_a_successor_is_told(run: Run):
    _, out, said = run([*EXPORT, unit("9903", status="Nedlagt", nedleggelsesdato="2019-12-31")])
    assert lines(out)["9903"][5:] == ["2019-12-31", ""]
    assert "closed without a successor (fill in etterfolger where they were merged): 9903" in said


def test_an_office_that_moved_between_regions_stands_twice_with_disjoint_validity(run: Run):
    moved = [unit("9904", nedleggelsesdato="2019-12-31"), unit("9904", "9800", aktiveringsdato="2020-01-01")]
    _, out, _ = run([*EXPORT, *moved])
    found = [line.split(";")[2:6] for line in out.splitlines() if line.startswith("9904")]
    assert found == [
        ["9900", "NAV Nordfylket", "2007-02-01", "2019-12-31"],
        ["9800", "NAV Sørfylket", "2020-01-01", ""],
    ]


def test_the_region_is_found_through_units_between(run: Run):
    between = [unit("9950", kind="ARK"), unit("9905", "9950")]
    assert lines(run([*EXPORT, *between])[1])["9905"][2] == "9900"


def test_an_office_under_nobody_lies_in_the_region_of_its_own_two_digits(run: Run):
    assert lines(run([*EXPORT, unit("9906", None)])[1])["9906"][2] == "9900"


def test_a_region_that_the_export_does_not_name_is_told(run: Run):
    code, out, said = run([unit("9701", "9700")])
    assert (code, lines(out)["9701"][2:4]) == (0, ["9700", "NAV-region 9700"])
    assert "regions without a name in the export (fill in fylke_navn): 9700" in said


def test_a_unit_closed_on_an_unknown_day_is_left_out_and_reported(run: Run):
    _, out, said = run([*EXPORT, unit("9907", status="Nedlagt")])
    assert "9907" not in lines(out)
    assert "the export has no validity dates for them: 9907" in said


def test_the_units_alone_are_read_as_well_as_the_whole_answer(run: Run):
    flat = [{**record["enhet"], "overordnetEnhet": record["overordnetEnhet"]} for record in EXPORT]
    assert run(flat)[1] == run(EXPORT)[1]


def test_a_number_keeps_its_leading_zero(run: Run):
    export = [unit("0300", None, "FYLKE", navn="NAV Hovedfylket"), unit("0301", "0300", enhetNr=301)]
    assert list(lines(run(export)[1])) == ["0301"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (unit("9910", navn=None), "9910 (it has no navn)"),
        (unit("9710", None), "9710 (it belongs to no region)"),
        (unit("9910", aktiveringsdato="1.2.2007"), "9910 (a day is not written YYYY-MM-DD)"),
        (unit("9910", nedleggelsesdato="2001-01-01"), "9910 (it closes before it opens)"),
        (unit("9901", navn="NAV Annet"), "9901 (has two rows on 2007-02-01)"),
        (unit("9910", etterfolger="9999"), "9910 (its successor 9999 is no office of the export)"),
        (unit("9910", etterfolger="9910"), "9910 → 9910 (circular successors)"),
    ],
)
def test_a_unit_that_cannot_be_an_office_is_refused_by_number(run: Run, broken, reason):
    code, out, said = run([*EXPORT, broken, unit("9911", navn="")])
    assert (code, out) == (3, "")
    assert reason in said
    assert "9911 (it has no navn)" in said  # all at once


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("kontor;navn", "is not JSON"),
        ("{}", "is not a list of units"),
        ("[]", "is not a list of units"),
        ('[{"navn": "NAV"}]', "unit 1 has no enhetNr"),
        ('[{"enhet": {"enhetNr": "9901", "status": "Aktiv"}}]', "no unit of the export has a type"),
    ],
)
def test_what_is_no_export_is_wrong_use(run: Run, content, reason):
    code, _, said = run(content)
    assert code == 2
    assert reason in said
    assert said.count("\n") == 1


def test_the_table_passes_the_check_of_an_extract(run: Run, tmp_path):
    extract = tmp_path / "uttrekk"
    tables = sound_tables()
    write_extract(extract, {name: rows for name, rows in tables.items() if name != "kontor"})
    (extract / "kontor.csv").unlink(missing_ok=True)
    (extract / "kontor.parquet").unlink(missing_ok=True)
    export = json.loads(json.dumps(EXPORT).replace("9901", "9001").replace("9902", "9002"))
    code, _, said = run(export, "--out", str(extract))
    assert (code, said) == (0, "")
    report = check_extract(extract)
    assert report.ok, report.problems


def test_a_file_that_is_there_already_is_not_written_over(run: Run, tmp_path):
    there = tmp_path / "kontor.csv"
    there.write_text("mine egne etterfolgere", encoding="utf-8")
    code, _, said = run(EXPORT, "--out", str(there))
    assert code == 2
    assert "exists already" in said
    assert there.read_text(encoding="utf-8") == "mine egne etterfolgere"


def test_the_folder_of_a_new_extract_is_made(run: Run, tmp_path):
    new = tmp_path / "uttrekk" / "kontor.csv"
    code, _, _ = run(EXPORT, "--out", str(new))
    assert code == 0
    assert set(lines(new.read_text(encoding="utf-8"))) == {"9901", "9902", "9983", "9987", "9801"}


@pytest.mark.skipif(not REFERENCE.exists(), reason="no shared reference files beside the project")
def test_a_real_answer_can_be_read(run: Run):
    code, out, _ = run(REFERENCE.read_text(encoding="utf-8"))
    assert code == 0
    assert lines(out)["1416"][2:6] == ["1400", "NAV-region 1400", "1970-01-01", ""]
