"""The demo: an invented country in the contract's format, with truths planted in it."""

import csv
import json
import subprocess
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from navbook.extract import check_extract
from navbook.extract.demo import DemoSummary, make_demo
from navbook.extract.demo.agency import easter, working_days
from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import lay_out
from navbook.extract.demo.country.roles import ROLES
from navbook.extract.demo.settings import demo_settings
from navbook.extract.manifest import read_manifest
from navbook.extract.register import is_special_number
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import PROJECT

TABLES = {
    "kontor", "person", "oppfolging", "arbeidsforhold", "lonn", "tiltak", "aktivitet", "kontakt", "ytelse",
    "sykmelding", "kandidatutfall", "fravaer_ansatte", "nyansettelse", "serviceklage", "kvp",
    "aktivitetskrav", "kontor_kommune", "kommunale_tall", "kommunale_mal",
    "arbeidsmarked",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoSummary:
    return make_demo(tmp_path_factory.mktemp("demo") / "uttrekk", offices=10, people=2500, fom="2021-01")


@pytest.fixture(scope="module")
def answers(demo: DemoSummary) -> dict:
    return json.loads((demo.folder / "fasit" / "fasit.json").read_text(encoding="utf-8"))


def rows(demo: DemoSummary, table: str, **equal: object) -> list[dict]:
    every = pq.read_table(demo.folder / f"{table}.parquet").to_pylist()
    return [row for row in every if all(row[column] == value for column, value in equal.items())]


def of_trap(demo: DemoSummary, answers: dict, table: str, trap: str) -> list[dict]:
    return rows(demo, table, person_id=answers["feller"]["personer"][trap])


def layout_of(offices: int, people: int = 60_000):
    return lay_out(demo_settings(), Calendar("2019-01", "2022-12"), offices, people, seed=1)


def test_every_table_of_the_contract_has_rows(demo: DemoSummary) -> None:
    assert set(demo.rows) == TABLES
    assert {table for table, count in demo.rows.items() if count == 0} == set()
    assert all(
        pq.ParquetFile(demo.folder / f"{t}.parquet").metadata.num_rows == n for t, n in demo.rows.items()
    )


def test_check_finds_nothing_that_makes_it_invalid(demo: DemoSummary) -> None:
    report = check_extract(demo.folder)
    assert [(p.table, p.column, p.code) for p in report.problems] == []


def test_the_cover_reaches_twelve_months_further_at_both_ends(demo: DemoSummary) -> None:
    manifest = yaml.safe_load((demo.folder / "uttrekk.yml").read_text(encoding="utf-8"))
    assert manifest["dekker_fom"] == date(2020, 1, 1)
    assert manifest["dekker_tom"] == date(2023, 12, 31)
    assert manifest["uttrekksdato"] > date(2023, 12, 31)
    assert manifest["syntetisk"] is True
    assert "frø 1" in manifest["kilde"]


@pytest.mark.parametrize(("offices", "counties"), [(1, 1), (3, 2), (8, 2), (40, 3), (264, 12)])
def test_counties_grow_with_offices(offices: int, counties: int) -> None:
    layout = layout_of(offices)
    assert set(layout.county.tolist()) == set(range(counties))
    assert len(layout.county_numbers) == len(set(layout.county_names)) == counties


def test_the_whole_country_has_a_county_of_one_office() -> None:
    assert (layout_of(264).county == 11).sum() == 1


def test_office_numbers_are_text_from_9001_and_never_those_of_special_units() -> None:
    layout = layout_of(800)
    numbers = [*layout.numbers[: layout.local], *layout.county_numbers]
    assert len(set(numbers) | set(layout.numbers)) == layout.count + len(layout.county_numbers)
    assert all(9001 <= int(number) <= 9999 for number in numbers)
    assert not [number for number in numbers if number[2:] in ("83", "87")]


def test_office_names_are_different_and_put_together_from_the_table() -> None:
    country = demo_settings().land
    names = layout_of(800).names[:800]
    made_up = {f"NAV {first}{last}" for first in country.navn_forste for last in country.navn_siste}
    assert len(set(names)) == 800
    assert set(names) <= made_up


def test_office_sizes_differ_by_a_factor_of_about_seventy() -> None:
    layout = layout_of(40)
    ordinary = [
        int(n) for o, n in enumerate(layout.people) if o not in (layout.role("tomt"), layout.role("for_lite"))
    ]
    assert 50 <= max(ordinary) / min(ordinary) <= 90
    assert int(layout.people.sum()) == 60_000


def test_every_part_is_played_by_another_office_and_mergers_stay_in_the_county() -> None:
    layout = layout_of(40)
    assert set(layout.roles) == set(ROLES)
    assert len(set(layout.roles.values())) == len(ROLES)
    for office in range(40):
        assert layout.county[layout.successor[office]] == layout.county[office]
        assert layout.closed[layout.successor[office]] == NEVER


def test_two_offices_close_one_mid_series_and_one_in_the_last_year(demo: DemoSummary, answers: dict) -> None:
    closed = {r["enhetsnr"]: r for r in rows(demo, "kontor") if r["gyldig_tom"]}
    merged, in_period = answers["kontor"]["slatt_sammen"], answers["kontor"]["stengt_i_perioden"]
    assert {number: row["gyldig_tom"] for number, row in closed.items()} == {
        merged: date(2021, 6, 30),
        in_period: date(2022, 3, 31),
    }
    assert closed[merged]["etterfolger"] == answers["kontor"]["etterfolger"]
    assert not [
        r
        for r in rows(demo, "oppfolging", enhetsnr=merged)
        if r["tom"] is None or r["tom"] > date(2021, 6, 30)
    ]


def test_one_office_has_nobody_and_one_hardly_anybody(demo: DemoSummary, answers: dict) -> None:
    assert rows(demo, "oppfolging", enhetsnr=answers["kontor"]["tomt"]) == []
    few = rows(demo, "oppfolging", enhetsnr=answers["kontor"]["for_lite"])
    assert 1 <= len({row["person_id"] for row in few}) <= 9


def test_one_report_is_missing(demo: DemoSummary, answers: dict) -> None:
    silent = answers["kontor"]["mangler_rapport"]
    reported = {row["maned"] for row in rows(demo, "fravaer_ansatte", enhetsnr=silent)}
    assert len(reported) == 47
    assert "2022-05" not in reported
    here = {row["person_id"] for row in rows(demo, "oppfolging", enhetsnr=silent)}
    elsewhere = {r["person_id"] for r in rows(demo, "oppfolging") if r["enhetsnr"] != silent}
    by_month = [
        r["dato"].strftime("%Y-%m") for r in rows(demo, "kontakt") if r["person_id"] in here - elsewhere
    ]
    assert by_month.count("2022-05") == 0
    assert by_month.count("2022-04") > 10


def test_equal_rows_are_planted(demo: DemoSummary, answers: dict) -> None:
    for table in ("person", "oppfolging", "kontakt", "aktivitet"):
        first, second = of_trap(demo, answers, table, "like_rader")
        assert first == second


def test_one_dies_between_leaving_and_the_status_month(demo: DemoSummary, answers: dict) -> None:
    (person,) = of_trap(demo, answers, "person", "dod_for_statusmaned")
    (spell,) = of_trap(demo, answers, "oppfolging", "dod_for_statusmaned")
    assert spell["tom"] == date(2022, 2, 28)
    assert spell["tom"] < person["dodsdato"] < date(2022, 8, 31)


def test_a_later_years_word_and_an_unknown_tiltak_are_planted(demo: DemoSummary, answers: dict) -> None:
    groups = [row["innsatsgruppe"] for row in of_trap(demo, answers, "oppfolging", "ny_kode_i_gammelt_ar")]
    assert groups == ["TRENGER_VEILEDNING", "SITUASJONSBESTEMT_INNSATS"]
    (unknown,) = of_trap(demo, answers, "tiltak", "ukjent_tiltakskode")
    assert unknown["tiltakskode"] == answers["ukjent_tiltakskode"]


def test_a_placement_is_set_back_the_next_day_on_the_same_list(demo: DemoSummary, answers: dict) -> None:
    first, second = sorted(
        of_trap(demo, answers, "kandidatutfall", "formidling_omgjort"), key=lambda row: row["id"]
    )
    assert (first["utfall"], second["utfall"]) == ("FATT_JOBBEN", "PRESENTERT")
    assert first["kandidatliste_id"] == second["kandidatliste_id"]
    assert (second["tidspunkt"] - first["tidspunkt"]).days == 1
    assert first["tidspunkt"].strftime("%Y-%m") == second["tidspunkt"].strftime("%Y-%m")


def test_the_answers_tell_of_every_office_and_year(demo: DemoSummary, answers: dict) -> None:
    with (demo.folder / "fasit" / "kontor.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, delimiter=";"))
    assert len(records) == 10 * 2
    improved = {r["ar"]: r for r in records if r["enhetsnr"] == answers["kontor"]["bedring"]}
    assert int(improved["2022"]["ventet_promille"]) - int(improved["2021"]["ventet_promille"]) > 50


def test_comments_and_targets_are_for_offices_that_exist(demo: DemoSummary) -> None:
    numbers = {row["enhetsnr"] for row in rows(demo, "kontor")}
    comments = list((demo.folder / "kommentarer").glob("*.md"))
    assert {path.stem for path in comments} < numbers
    assert not [path for path in comments if "<" in path.read_text(encoding="utf-8")]
    with (demo.folder / "lokale_mal.csv").open(encoding="utf-8", newline="") as file:
        assert {record["enhetsnr"] for record in csv.DictReader(file, delimiter=";")} < numbers


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "viktig.txt").write_text("behold", encoding="utf-8")
    with pytest.raises(UsageError, match="which no demo wrote"):
        make_demo(tmp_path, offices=2, people=20)
    assert [path.name for path in tmp_path.iterdir()] == ["viktig.txt"]


def test_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    make_demo(tmp_path, offices=9, people=200, fom="2022-01")
    smaller = make_demo(tmp_path, offices=1, people=20, fom="2022-01")
    assert len(rows(smaller, "kontor")) == 1
    assert not (tmp_path / "kommentarer").exists() or not list((tmp_path / "kommentarer").iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        {"offices": 0},
        {"offices": 5000},
        {"people": 0},
        {"seed": -1},
        {"fom": "2022-12", "tom": "2022-01"},
        {"fom": "2022"},
    ],
)
def test_a_country_that_cannot_be_made_is_refused_before_anything_is_written(
    tmp_path: Path, arguments: dict
) -> None:
    with pytest.raises(UsageError):
        make_demo(tmp_path / "ny", **arguments)
    assert not (tmp_path / "ny").exists()


def test_progress_ends_with_all_the_people(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    make_demo(
        tmp_path, offices=3, people=90, fom="2022-01", progress=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (90, 90)
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2019, date(2019, 4, 21)),
        (2021, date(2021, 4, 4)),
        (2022, date(2022, 4, 17)),
        (2024, date(2024, 3, 31)),
    ],
)
def test_easter_falls_where_the_calendar_has_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [
        (2022, 4, 18),  # 21 weekdays less Maundy Thursday, Good Friday and Easter Monday
        (2022, 5, 20),  # 22 less 17 May and Ascension Day; 1 May was a Sunday
        (2021, 5, 18),  # 21 less Ascension Day, 17 May and Whit Monday; 1 May was a Saturday
        (2022, 12, 21),  # 22 less 26 December; 25 December was a Sunday
    ],
)
def test_working_days_leave_out_public_holidays(year: int, month: int, days: int) -> None:
    assert working_days(year, month) == days


def plan_of(target: str) -> str:
    command = ["make", "-n", "-B", "-o", ".venv/bin/.runtime", target]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def test_make_report_makes_the_part_of_the_country_that_the_settings_name() -> None:
    part = demo_settings().rapport
    assert (part.kontor, part.folk) == (66, 300_000)
    wanted = f'--offices {part.kontor} --people {part.folk} --omrade "{part.omrade}"'
    assert wanted in plan_of("report")


def test_make_report_national_makes_the_whole_country() -> None:
    national = demo_settings().nasjonal
    assert (national.kontor, national.folk, national.omrade) == (264, 1_200_000, "")
    plan = plan_of("report-national")
    assert f"--offices {national.kontor} --people {national.folk}\n" in plan
    assert "navbook build privat/uttrekk-nasjonal --period 2022" in plan


def test_the_part_and_the_country_have_offices_of_the_same_size() -> None:
    part, national = demo_settings().rapport, demo_settings().nasjonal
    assert part.folk / part.kontor == pytest.approx(national.folk / national.kontor)


@pytest.fixture(scope="module")
def part():
    return layout_of(demo_settings().rapport.kontor, demo_settings().rapport.folk)


def test_the_part_is_four_counties_of_which_one_has_a_single_office(part) -> None:
    assert [int((part.county[: part.local] == county).sum()) for county in range(4)] == [26, 20, 19, 1]
    assert part.local == 66
    assert int(part.people.sum()) == 300_000


def test_the_first_county_has_the_smallest_offices_and_one_town(part) -> None:
    """A ladder from 50 to 3,500 with mean 826 for 4,545 people an office: the lowest 26 of 66 places end near
    210 on the ladder, so at 210/826 of 4,545 people, which is 1,160.
    """
    sizes = sorted(int(n) for n in part.people[part.county == 0])
    assert sizes[24] < 1_300 < 3_000 < sizes[25]
    others = [int(n) for n in part.people[: part.local][part.county[: part.local] != 0]]
    assert min(others) >= sizes[24]


def test_special_units_come_after_the_offices_and_play_no_part(part) -> None:
    assert part.numbers[part.local :] == ["9183", "9187"]
    assert all(is_special_number(number) for number in part.numbers[part.local :])
    assert part.people[part.local :].tolist() == [900, 600]  # 3 and 2 promille of 300,000
    assert not set(part.roles.values()) & set(range(part.local, part.count))
    assert all(max(part.destinations[office]) < part.local for office in range(part.local))


def test_small_countries_have_no_special_units() -> None:
    assert len(layout_of(40).numbers) == 40


def test_the_name_of_the_part_stands_in_the_manifest(tmp_path: Path) -> None:
    make_demo(tmp_path, offices=2, people=20, fom="2022-01", area="Nord-Eventyr")
    assert read_manifest(tmp_path)[0].omrade == "Nord-Eventyr"
    make_demo(tmp_path, offices=2, people=20, fom="2022-01")
    assert read_manifest(tmp_path)[0].omrade is None
