"""The audit reads figures of many units: a withheld value that is planted in one is found, in every kind."""

import re

import pandas as pd
import pytest

from navbook.disclosure import audit_site
from navbook.pages.charts import (
    ExpectedOffice,
    FunnelPoint,
    Heading,
    HeatCell,
    Level,
    LimitLine,
    MonthPanel,
    Months,
    OfficeRow,
    OfficeRows,
    Spread,
    Tile,
    distribution_svg,
    heatmap_svg,
    month_panels,
    observed_expected_svg,
    office_rows_svg,
    statistical_funnel,
    tile_grid_svg,
)

SERIES = {"indikator": "ota_arbs", "gruppe": "alle", "periode": "2022"}
COLUMNS = ["indikator", "gruppe", "niva", "enhet", "periode", "felt", "verdi"]
# 31.37 per cent of 9003 is withheld; the other offices are published
SECRET = 0.3137


def withheld(enhet="9003", periode="2022", felt="verdi", value=SECRET):
    return pd.DataFrame([("ota_arbs", "alle", "kontor", enhet, periode, felt, value)], columns=COLUMNS)


def told(folder, svg, secrets, name="indikator/ota_arbs.html"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"<html><body><figure>{svg}</figure></body></html>", encoding="utf-8")
    return {finding.what for finding in audit_site(folder, secrets)}


HIT = {"ota_arbs/alle/9003/2022 verdi"}
SHARES = [("9001", 0.40), ("9002", 0.45), ("9004", SECRET)]  # another office may have the same share


def distribution(planted=()):
    return distribution_svg([Spread("Alle", [*SHARES, *planted], 0.42, SERIES)], "Fordeling")


def funnel(planted=()):
    offices = enumerate([*SHARES, *planted])
    points = [FunnelPoint(unit, 100 + k, share, 0.2, 0.6, 0) for k, (unit, share) in offices]
    lines = [LimitLine([(100, 0.3), (104, 0.31)], "95")]
    return statistical_funnel(points, 0.42, lines, "Trakt", SERIES)


@pytest.mark.parametrize("kind", [distribution, funnel])
class TestOfficesAsMarks:
    def test_shown_offices_are_no_finding(self, tmp_path, kind):
        assert told(tmp_path, kind(), withheld()) == set()

    def test_a_planted_office_is_found(self, tmp_path, kind):
        assert told(tmp_path, kind([("9003", SECRET)]), withheld()) == HIT

    def test_a_planted_office_of_another_value_is_none(self, tmp_path, kind):
        assert told(tmp_path, kind([("9003", 0.35)]), withheld()) == set()

    def test_a_mark_that_nobody_has_named_is_found(self, tmp_path, kind):
        """A drawing that adds a mark and forgets its unit is read against every withheld unit."""
        svg = kind([("9003", SECRET)]).replace(" 9003", "")
        assert told(tmp_path, svg, withheld()) == HIT

    def test_the_period_and_group_of_the_figure_count_not_those_of_the_page(self, tmp_path, kind):
        svg = kind([("9003", SECRET)])
        assert told(tmp_path, svg, withheld(periode="2021")) == set()
        assert told(tmp_path, svg.replace('periode="2022"', 'periode="2021"'), withheld(periode="2021")) == {
            "ota_arbs/alle/9003/2021 verdi"
        }


def heatmap(text):
    rows = [Heading("NAV Fjord", {"enhet": "9001"}), Heading("NAV Fjell", {"enhet": "9003"})]
    columns = [Heading("Unge", {**SERIES, "indikator": "ota_u30"}), Heading("Alle", SERIES)]
    cells = [[HeatCell("uavgjort", "+3,1")] * 2, [HeatCell("uavgjort", "+3,1"), HeatCell("uten", text)]]
    return heatmap_svg(rows, columns, cells, "Varmekart")


class TestCells:
    def test_a_planted_change_is_found_at_its_row_and_column(self, tmp_path):
        secrets = withheld(felt="endring", value=0.0314)
        found = told(tmp_path, heatmap("+3,1"), secrets, "fylke/9901.html")
        assert found == {"ota_arbs/alle/9003/2022 endring"}

    def test_the_same_number_in_other_cells_is_none(self, tmp_path):
        secrets = withheld(felt="endring", value=0.0314)
        assert told(tmp_path, heatmap("·"), secrets, "fylke/9901.html") == set()


def months(value, level=0.44):
    runs = [[(k, value if k == 14 else 40.0 + k % 3) for k in range(24)]]
    shared = Months(24, {0: "2021", 12: "2022"})
    keys = {"indikator": "ota_arbs", "gruppe": "alle", "enhet": "9003"}
    panel = MonthPanel(
        "Måneder", runs, [Level(12, 23, level, "31,4" if level == SECRET else "44,0", "2022", True)], keys
    )
    return month_panels(shared, [panel])[0]


class TestMonths:
    def test_a_planted_month_is_found(self, tmp_path):
        # 31.37 per cent in March 2022, the fifteenth month
        found = told(tmp_path, months(31.37), withheld(periode="2022-03"))
        assert found == {"ota_arbs/alle/9003/2022-03 verdi"}

    def test_shown_months_are_no_finding(self, tmp_path):
        assert told(tmp_path, months(35.0), withheld(periode="2022-03")) == set()

    def test_a_planted_level_of_a_year_is_found(self, tmp_path):
        assert told(tmp_path, months(41.0, SECRET), withheld()) == HIT

    def test_the_level_is_found_by_its_line_without_its_label(self, tmp_path):
        svg = re.sub(r"<text[^>]*>31,4</text>", "", months(41.0, SECRET))
        assert told(tmp_path, svg, withheld()) == HIT


def rows_of_offices(share, lower):
    rows = [
        OfficeRow("9001", "NAV Fjord", 0.40, 0.35, 0.46, 0.41),
        OfficeRow("9003", "NAV Fjell", share, lower, 0.55),
    ]
    return office_rows_svg(OfficeRows(rows, 0.42, "landet 42,0", SERIES), "To kontor")


class TestRowsOfOffices:
    def test_a_planted_share_is_found(self, tmp_path):
        assert told(tmp_path, rows_of_offices(SECRET, 0.27), withheld()) == HIT

    def test_a_planted_limit_of_an_interval_is_found(self, tmp_path):
        secrets = withheld(felt="nedre", value=0.2741)
        assert told(tmp_path, rows_of_offices(0.40, 0.2741), secrets) == {"ota_arbs/alle/9003/2022 nedre"}

    def test_shown_offices_are_no_finding(self, tmp_path):
        assert told(tmp_path, rows_of_offices(0.40, 0.33), withheld()) == set()

    def test_a_published_share_that_equals_a_withheld_change_is_no_finding(self, tmp_path):
        secrets = withheld(felt="endring_ovre")
        drawn = rows_of_offices(SECRET, 0.27)
        assert told(tmp_path / "a", drawn, secrets) == {"ota_arbs/alle/9003/2022 endring_ovre"}
        table = "indikator;gruppe;enhet;periode;verdi\n"
        for folder, share, found in (("b", "0,3137", set()), ("c", "0,4", {"endring_ovre"})):
            data = tmp_path / folder / "data"
            data.mkdir(parents=True)
            data.joinpath("tall.csv").write_text(
                f"{table}ota_arbs;alle;9003;2022;{share}\n", encoding="utf-8"
            )
            hits = told(tmp_path / folder, drawn, secrets)
            assert {what.split()[-1] for what in hits if "endring" in what} == found


def observed(share):
    offices = [ExpectedOffice("9001", 0.40, 0.42), ExpectedOffice("9003", 0.45, share)]
    return observed_expected_svg(offices, (0.42, 0.43), "To kontor", SERIES)


class TestObservedAndExpected:
    def test_a_planted_office_is_found(self, tmp_path):
        assert told(tmp_path, observed(SECRET), withheld()) == HIT

    def test_a_planted_expected_share_is_found(self, tmp_path):
        secrets = withheld(felt="forventet", value=0.45)
        assert told(tmp_path, observed(0.40), secrets) == {"ota_arbs/alle/9003/2022 forventet"}

    def test_shown_offices_are_no_finding(self, tmp_path):
        assert told(tmp_path, observed(0.40), withheld()) == set()


class TestTiles:
    @pytest.mark.parametrize(("text", "found"), [("31,4", HIT), ("35,0", set())])
    def test_a_planted_share_is_found_in_its_tile(self, tmp_path, text, found):
        tile = Tile("9003", "Fjell", "uavgjort", text, "", {**SERIES, "enhet": "9003"})
        other = Tile("9001", "Fjord", "uavgjort", "31,4", "", {**SERIES, "enhet": "9001"})
        assert told(tmp_path, tile_grid_svg([other, tile], "To fylker"), withheld()) == found
