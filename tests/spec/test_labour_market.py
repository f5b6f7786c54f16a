"""The labour market of the regions: read and checked, under the gate, in the edition and on the pages."""

import csv
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions import NORTH, SOUTH, make_small_edition, office_row
from extracts import write_extract
from navbook.edition import Edition
from navbook.edition.write import write_further
from navbook.estimate.units import roll_up
from navbook.extract import check_extract, open_extract
from navbook.extract.register import OfficeRegister
from navbook.gate.metadata import labour_market
from navbook.pages.sections.planning import labour_market_section, labour_market_sentence
from navbook.pages.view import page_inputs, unit_view
from navbook.runtime.periods import month_range, parse_period

YEAR, MONTHS = parse_period("2022"), month_range("2021-01", "2022-12")
MINIMUM = 4
REGISTER = OfficeRegister(
    [
        office_row("9001", NORTH),
        office_row("9002", NORTH),
        office_row("9004", SOUTH),
        office_row("9005", SOUTH, tom="2022-03-31", successor="9004"),
    ]
)
# the region of Storvik has offices in both counties
REGIONS = {"9001": "Storvik", "9002": "Fjord", "9004": "Storvik"}
FORCE, UNEMPLOYED, JOBS = 10_000, 200, 90


def frame(storvik=None, fjord=None, jobs=True):
    """Rows of arbeidsmarked: 200 of 10,000 in every month, but for {month: (force, unemployed)}."""
    rows = [
        (region, month, *(changed or {}).get(month, (FORCE, UNEMPLOYED)), JOBS)
        for region, changed in (("Storvik", storvik), ("Fjord", fjord))
        if changed is not False
        for month in MONTHS
        if (changed or {}).get(month, ()) is not None
    ]
    columns = ["arbeidsmarkedsregion", "maned", "arbeidsstyrke", "helt_ledige", "ledige_stillinger"]
    made = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], float))
    return made if jobs else made.drop(columns="ledige_stillinger")


def table(given=None, regions=REGIONS, period=YEAR):
    estimates = SimpleNamespace(period=period, units=roll_up(REGISTER, REGISTER.offices, period))
    return labour_market(frame() if given is None else given, regions, estimates, MINIMUM)


def row(found, enhet, region, periode="2022"):
    rows = found[(found["enhet"] == enhet) & (found["arbeidsmarkedsregion"] == region)]
    (record,) = rows[rows["periode"] == periode].to_dict("records")
    return record


def status(found, enhet, region, periode="2022"):
    return row(found, enhet, region, periode)["status"]


class TestRegions:
    def test_an_office_has_the_region_it_lies_in(self):
        found = table()
        of_offices = found[found["niva"] == "kontor"].drop_duplicates(["enhet", "arbeidsmarkedsregion"])
        assert dict(zip(of_offices["enhet"], of_offices["arbeidsmarkedsregion"], strict=True)) == REGIONS

    def test_a_county_has_each_region_of_its_offices_once(self):
        found = table()
        of_county = found[(found["niva"] == "fylke") & (found["periode"] == "2022")]
        assert sorted(zip(of_county["enhet"], of_county["arbeidsmarkedsregion"], strict=True)) == [
            (NORTH, "Fjord"),
            (NORTH, "Storvik"),
            (SOUTH, "Storvik"),
        ]

    def test_the_country_has_every_region_and_their_sum(self):
        """400 of 20,000 in every month."""
        together = row(table(), "0000", "")
        assert (together["arbeidsstyrke"], together["helt_ledige"], together["ledige_stillinger"]) == (
            20_000,
            400,
            180,
        )
        assert together["andel_helt_ledige"] == pytest.approx(0.02)

    def test_an_office_without_a_region_has_no_figures_and_never_those_of_all(self):
        found = table(regions={"9001": "Storvik", "9004": "Storvik"})
        without = row(found, "9002", "")
        assert without["status"] == "ikke_i_uttrekket"
        assert pd.isna(without["helt_ledige"])

    def test_no_table_gives_no_rows(self):
        assert len(table(frame().iloc[:0])) == 0


class TestFigures:
    def test_means_in_whole_persons_and_the_share_of_the_sums(self):
        """Eleven months of 200 and one of 260 of 10,000: 2,460 / 12 = 205, and 2.05 per cent."""
        found = row(table(frame(storvik={"2022-06": (FORCE, 260)})), "9001", "Storvik")
        assert (found["helt_ledige"], found["arbeidsstyrke"]) == (205, 10_000)
        assert found["andel_helt_ledige"] == pytest.approx(0.0205)

    def test_the_year_before_stands_beside(self):
        found = table(frame(storvik={f"2021-{m:02}": (FORCE, 500) for m in range(1, 13)}))
        assert row(found, "9001", "Storvik", "2021")["andel_helt_ledige"] == pytest.approx(0.05)

    def test_a_month_missing_is_not_computable_and_neither_is_the_sum(self):
        found = table(frame(storvik={"2022-05": None}))
        assert status(found, "9001", "Storvik") == "ikke_beregnbar"
        assert status(found, "0000", "") == "ikke_beregnbar"
        assert status(found, "9002", "Fjord") == "vist"

    def test_a_region_without_rows_is_not_in_the_extract(self):
        found = table(frame(fjord=False))
        assert status(found, "9002", "Fjord") == "ikke_i_uttrekket"
        assert status(found, "0000", "") == "ikke_i_uttrekket"

    @pytest.mark.parametrize("few", [(FORCE, 0), (FORCE, 3), (10, 7), (3, 3)])
    def test_one_month_of_a_tiny_region_hides_its_period_and_the_sum(self, few):
        """With the sum and the other region shown, the hidden one would follow."""
        found = table(frame(fjord={"2022-05": few}))
        assert status(found, "9002", "Fjord") == "skjult"
        assert status(found, "0000", "") == "skjult"
        assert status(found, "9001", "Storvik") == "vist"
        assert status(found, "9002", "Fjord", "2021") == "vist"

    def test_a_hidden_region_goes_before_a_missing_one_in_the_sum(self):
        found = table(frame(storvik={"2022-05": None}, fjord={"2022-05": (FORCE, 2)}))
        assert status(found, "0000", "") == "skjult"

    def test_vacancies_may_be_unknown(self):
        found = row(table(frame(jobs=False)), "9001", "Storvik")
        assert found["status"] == "vist"
        assert pd.isna(found["ledige_stillinger"])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=12, max_size=12),
    st.lists(st.integers(0, 12), min_size=12, max_size=12),
)
def test_nothing_shown_holds_a_month_with_few_persons(storvik, fjord):
    """Every sum and difference of shown figures, here that of the regions from all, has 4 in each month."""
    months = [f"2022-{m:02}" for m in range(1, 13)]
    changed = [{m: (FORCE, x) for m, x in zip(months, values, strict=True)} for values in (storvik, fjord)]
    found = table(frame(*changed))
    for region, office, values in (("Storvik", "9001", storvik), ("Fjord", "9002", fjord)):
        assert (status(found, office, region) == "vist") == (min(values) >= MINIMUM)
    every = status(found, "0000", "") == "vist"
    assert every == (min(*storvik, *fjord) >= MINIMUM)


# ---- reading and checking

HEAD = ["arbeidsmarkedsregion", "maned", "arbeidsstyrke", "helt_ledige", "ledige_stillinger"]


def sound(region="Region 1", month="2023-12", **changed):
    values = [region, month, "10000", "200", "90"]
    return dict(zip(HEAD, values, strict=True)) | changed


def extract_with(folder, rows, regions=("Region 1", "Region 2")):
    """A sound extract in which the first offices lie in `regions`, with these rows of arbeidsmarked."""
    write_extract(folder, {})
    kontor = folder / "kontor.csv"
    with kontor.open(encoding="utf-8-sig", newline="") as file:
        dialect = csv.Sniffer().sniff(file.readline(), ";,")
        file.seek(0)
        offices = list(csv.DictReader(file, delimiter=dialect.delimiter))
    for place, office in enumerate(offices):
        office["arbeidsmarkedsregion"] = regions[min(place, len(regions) - 1)] if regions else ""
    _write(kontor, offices)
    _write(folder / "arbeidsmarked.csv", rows)
    return folder


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def problems(folder):
    """(column, code, severity) of what concerns the labour market."""
    found = check_extract(folder)
    return {
        (p.column, p.code, p.severity)
        for p in (*found.problems, *found.reported)
        if p.table == "arbeidsmarked" and p.code != "starts_late"
    }


BOTH = [sound(), sound("Region 2")]


def test_a_sound_table_is_read(tmp_path):
    folder = extract_with(tmp_path / "uttrekk", BOTH)
    assert problems(folder) == set()
    with open_extract(folder) as extract:
        found = extract.side_table("arbeidsmarked")
        assert found["helt_ledige"].tolist() == [200.0, 200.0]
        offices = extract.register.offices
        assert extract.register.region_of(offices[0], YEAR.last_day) == "Region 1"


def test_vacancies_are_optional(tmp_path):
    rows = [{k: v for k, v in row.items() if k != "ledige_stillinger"} for row in BOTH]
    assert problems(extract_with(tmp_path / "uttrekk", rows)) == set()


FAULTS = [
    ([*BOTH, sound(helt_ledige="201")], "arbeidsmarkedsregion, maned", "contradiction", "invalid"),
    ([*BOTH, sound("Region 3")], "arbeidsmarkedsregion", "unknown_region", "invalid"),
    ([*BOTH, sound("region 1")], "arbeidsmarkedsregion", "unknown_region", "invalid"),
    ([*BOTH, sound("")], "arbeidsmarkedsregion", "empty", "invalid"),
    ([*BOTH, sound("<b>Region 1</b>")], "arbeidsmarkedsregion", "not_plain_text", "invalid"),
    ([sound(helt_ledige="10001"), BOTH[1]], "helt_ledige", "x_over_n", "invalid"),
    ([sound(helt_ledige="-1"), BOTH[1]], "helt_ledige", "negative", "invalid"),
    ([sound(helt_ledige="0.02"), BOTH[1]], "helt_ledige", "not_whole", "invalid"),  # a share
    ([sound(helt_ledige="2.345"), BOTH[1]], "helt_ledige", "not_whole", "invalid"),  # thousands
    ([sound(helt_ledige=""), BOTH[1]], "helt_ledige", "empty", "invalid"),
    ([sound(arbeidsstyrke="-5"), BOTH[1]], "arbeidsstyrke", "negative", "invalid"),
    ([sound(arbeidsstyrke="10.5"), BOTH[1]], "arbeidsstyrke", "not_whole", "invalid"),
    ([sound(arbeidsstyrke="99999999"), BOTH[1]], "arbeidsstyrke", "too_large", "invalid"),
    ([sound(ledige_stillinger="1.5"), BOTH[1]], "ledige_stillinger", "not_whole", "invalid"),
    ([sound(ledige_stillinger="-1"), BOTH[1]], "ledige_stillinger", "negative", "invalid"),
    ([sound(maned="desember"), BOTH[1]], "maned", "unreadable", "invalid"),
    ([sound(maned="2023-13"), BOTH[1]], "maned", "unreadable", "invalid"),
    ([*BOTH, sound(maned="2035-01")], "maned", "after_extract", "reported"),
    ([sound()], "arbeidsmarkedsregion", "region_without_figures", "reported"),
    ([*BOTH, sound(maned="2023-11")], "maned", "region_months", "reported"),
]


@pytest.mark.parametrize(("rows", "column", "code", "severity"), FAULTS)
def test_faults_are_found(tmp_path, rows, column, code, severity):
    found = problems(extract_with(tmp_path / "uttrekk", rows))
    assert (column, code, severity) in found


def test_a_table_is_not_shown_where_no_office_has_a_region(tmp_path):
    folder = extract_with(tmp_path / "uttrekk", BOTH, regions=())
    assert ("arbeidsmarkedsregion", "no_regions", "reported") in problems(folder)


# ---- on the pages


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = make_small_edition(tmp_path_factory.mktemp("utgaver"))
    figures = ["arbeidsstyrke", "helt_ledige", "andel_helt_ledige", "ledige_stillinger"]
    columns = ["niva", "enhet", "arbeidsmarkedsregion", "periode", "status", *figures]
    shown = [
        ("kontor", "9001", "Storvik", "2022", "vist", 10_000, 205, 0.0205, 90),
        ("kontor", "9001", "Storvik", "2021", "vist", 10_000, 344, 0.0344, None),
        ("kontor", "9004", "Fjord", "2022", "vist", 900, 40, 0.0444, None),
        ("kontor", "9004", "Fjord", "2021", "skjult", None, None, None, None),
    ]
    country = [("landet", "0000", *rest) for _, _, *rest in shown]
    together = [
        ("landet", "0000", "", periode, "skjult", None, None, None, None) for periode in ("2022", "2021")
    ]
    write_further("arbeidsmarked", pd.DataFrame([*shown, *country, *together], columns=columns), folder)
    return Edition(folder)


def view(edition, office, niva="kontor"):
    return unit_view(page_inputs(edition, niva, office), office, niva)


def test_an_office_has_one_sentence(edition):
    assert labour_market_sentence(view(edition, "9001")) == (
        "I arbeidsmarkedsregionen Storvik var i snitt 2,1 prosent av arbeidsstyrken helt ledige i 2022, "
        "mot 3,4 prosent i 2021."
    )


def test_what_is_not_shown_has_its_reason(edition):
    assert labour_market_sentence(view(edition, "9004")) == (
        "I arbeidsmarkedsregionen Fjord var i snitt 4,4 prosent av arbeidsstyrken helt ledige i 2022. "
        "Tallet for 2021 er skjult."
    )


def test_an_office_without_figures_says_so_and_no_zero(edition):
    said = labour_market_sentence(view(edition, "9002"))
    assert said == "Ledigheten i arbeidsmarkedsregionen er ikke i uttrekket."


def test_the_country_lists_the_regions_after_their_sum(edition):
    html = labour_market_section(view(edition, "0000", "landet")).html
    assert html.index("Alle regionene") < html.index("Fjord") < html.index("Storvik")
    assert "ikke kjent" in html  # the vacancies of Fjord
    assert "skjult" in html
