"""Figures of many units: what they draw, where, in which colours, and the same bytes each time."""

import re
from pathlib import Path

import pytest

from navbook.disclosure.audit.svg_geometry import read_drawing
from navbook.pages.charts import (
    MOST_ROWS,
    FunnelPoint,
    Heading,
    HeatCell,
    Level,
    LimitLine,
    MonthPanel,
    Months,
    Spread,
    distribution_svg,
    gaps_between,
    heatmap_svg,
    month_panels,
    statistical_funnel,
)
from navbook.pages.charts.statistical.heatmap import MEANING
from navbook.pages.charts.statistical.style import ROLES, book_style, canvas
from navbook.pages.charts.statistical.ticks import per_cent_ticks, smooth_limits
from navbook.pages.templates import sentence, sources

SHEET = Path(__file__).parents[2] / "book" / "_static" / "nb.css"
SERIES = {"indikator": "ota_arbs", "gruppe": "alle"}


def distribution(marked=""):
    spread = Spread("Arbeidssøkere", [("9001", 0.40), ("9002", 0.40), ("9003", 0.60)], 0.45, SERIES)
    return distribution_svg([spread], "Tre kontor rundt 45 prosent", marked, "NAV Fjord")


def heatmap():
    rows = [Heading("NAV Fjord", {"enhet": "9001"}), Heading("NAV Fjell", {"enhet": "9002"})]
    columns = [
        Heading("Unge: Standard innsats", SERIES),
        Heading("Formidlinger", {"indikator": "formidlinger"}),
    ]
    cells = [
        [HeatCell("oppfylt", "+3,1"), HeatCell("ikke_oppfylt", "−2,0")],
        [HeatCell("uavgjort", "+0,4"), HeatCell("uten", "·")],
    ]
    return heatmap_svg(rows, columns, cells, "To kontor og to krav")


def test_the_name_of_every_requirement_stands_whole_over_its_column():
    keys = [key for key in sources() if key.startswith(("kontor.navn.", "figurer.kolonne."))]
    columns = [Heading(sentence(key)) for key in keys]
    svg = heatmap_svg([Heading("NAV Fjord")], columns, [[HeatCell("uten")] * len(columns)], "Kolonnene")
    assert len(columns) > 20
    for column in columns:
        assert f">{column.name}</text>" in svg


def test_a_long_text_on_a_cell_is_smaller_so_that_it_stays_inside():
    cells = [[HeatCell("oppfylt", "+10,9"), HeatCell("oppfylt", "+3,1")]]
    svg = heatmap_svg([Heading("NAV Fjord")], [Heading("A"), Heading("B")], cells, "To krav")
    before = [svg.split(f">{text}</text>")[0] for text in ("+10,9", "+3,1")]
    long, short = (float(re.findall(r'font-size="([\d.]+)"', part)[-1]) for part in before)
    assert long < short


def months():
    shared = Months(24, {0: "2021", 12: "2022"}, [(3, "Ny lov")], [[(k, 50.0) for k in range(24)]])
    runs = [[(k, 40.0) for k in range(6)], [(k, 44.0) for k in range(10, 24)]]
    levels = [Level(0, 11, 0.41, "41,0", "2021", False), Level(12, 23, 0.44, "44,0", "2022", True)]
    panel = MonthPanel("Et fylke", runs, levels, {**SERIES, "enhet": "9901"}, gaps_between(runs))
    other = MonthPanel("Et annet", [[(k, 60.0) for k in range(24)]], (), {**SERIES, "enhet": "9902"})
    return month_panels(shared, [panel, other])


POINTS = [
    FunnelPoint("9001", 40, 0.30, 0.20, 0.50, 0),
    FunnelPoint("9002", 160, 0.36, 0.27, 0.43, 0),
    FunnelPoint("9003", 640, 0.60, 0.31, 0.39, 1),
]
LINES = [LimitLine([(40, 0.2), (640, 0.31)], "95"), LimitLine([(40, 0.52), (640, 0.40)], "998")]


def funnel():
    return statistical_funnel(
        POINTS, 0.35, LINES, "Tre kontor", SERIES, own=["9002"], names={"9003": "NAV Fjell"}
    )


def every_figure():
    return {
        "distribution": distribution("9001"),
        "heatmap": heatmap(),
        "months": months()[0],
        "funnel": funnel(),
    }


FIGURES = pytest.mark.parametrize("name", ["distribution", "heatmap", "months", "funnel"])


def texts(svg):
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


class TestWhatEveryFigureHas:
    @FIGURES
    def test_no_id_style_font_or_address(self, name):
        svg = every_figure()[name]
        assert not re.search(r'\bid="|style=|font-family|href|url\(|#', svg)

    @FIGURES
    def test_the_same_bytes_twice(self, name):
        assert every_figure()[name] == every_figure()[name]

    @FIGURES
    def test_an_alternative_text_that_is_escaped_and_a_size(self, name):
        svg = every_figure()[name]
        assert re.match(r'<svg role="img" aria-label="[^"]+" viewBox="0 0 \d+ \d+" class="nb-stat ', svg)

    def test_hostile_names_stay_text(self):
        svg = distribution_svg([Spread("<script>&", [("9001", 0.4)], 0.4)], '"><script>', "9001", "<b>")
        assert "<script" not in svg
        assert "<b>" not in svg

    def test_the_users_own_settings_of_matplotlib_change_nothing(self):
        import matplotlib

        before = funnel()
        with matplotlib.rc_context({"svg.hashsalt": None, "font.size": 30, "axes.facecolor": "black"}):
            assert funnel() == before

    def test_a_colour_without_a_role_is_an_error(self):
        from navbook.pages.charts.statistical.compact_svg import compact_svg

        with book_style():
            figure, axes = canvas((100, 100), (10, 10, 90, 90))
            axes.plot([0, 1], [0, 1], color="#123456")
            with pytest.raises(ValueError, match="has no role"):
                compact_svg(figure, "Feil")


class TestDistribution:
    def test_each_office_is_a_dot_at_its_share_and_is_named_for_the_audit(self):
        marks = [p for p in read_drawing(distribution()).points if p.mark and p.keys]
        # the axis goes from 35 to 65 per cent over 356 units from 12: 40 stands a sixth of the way
        assert [dict(p.keys)["enhet"] for p in marks] == ["9001", "9002", "9003"]
        assert marks[0].where[0] == pytest.approx(12 + 356 / 6, abs=0.06)
        assert marks[2].where[0] == pytest.approx(12 + 356 * 25 / 30, abs=0.06)

    def test_dots_that_would_overlap_are_stacked(self):
        first, second, third = [p.where[1] for p in read_drawing(distribution()).points if p.mark and p.keys]
        assert first == third
        assert first - second == pytest.approx(6)

    def test_the_country_is_written_at_its_line_and_the_marked_office_is_named(self):
        assert "landet 45,0" in texts(distribution())
        assert "NAV Fjord" in texts(distribution("9001"))
        assert "NAV Fjord" not in texts(distribution("9009"))

    def test_without_offices_there_is_nothing_to_draw(self):
        with pytest.raises(ValueError, match="no office to draw"):
            distribution_svg([Spread("Tom", [], 0.4)], "Tom")


class TestHeatmap:
    def test_rows_and_columns_keep_their_order_and_carry_their_keys(self):
        labels = [label for label in read_drawing(heatmap()).labels if label.keys]
        assert [label.text for label in labels] == [
            *("NAV Fjord", "NAV Fjell"),
            *("Unge", "Standard innsats", "Formidlinger"),
        ]
        assert dict(labels[0].keys) == {"enhet": "9001"}

    def test_each_verdict_has_its_fill_and_the_key_explains_all(self):
        svg = heatmap()
        for role in ("oppfylt", "ikke", "lik", "uten"):
            assert re.search(rf'class="nb-f-{role} ', svg)
        assert set(MEANING.values()) <= set(texts(svg))

    def test_the_largest_heatmap_is_at_most_sixty_kilobytes(self):
        rows = [Heading(f"NAV Regnbuemark {k}", {"enhet": f"90{k:02}"}) for k in range(MOST_ROWS)]
        columns = [Heading(f"Unge i aktivitet: Gruppe {k}", SERIES) for k in range(20)]
        codes = ("oppfylt", "ikke_oppfylt", "uavgjort", "uten")
        cells = [[HeatCell(codes[(k + n) % 4], "−12,3") for k in range(20)] for n in range(MOST_ROWS)]
        assert len(heatmap_svg(rows, columns, cells, "Mange").encode()) <= 60_000


class TestMonths:
    def test_a_panel_has_its_own_lines_and_the_common_frame(self):
        first, second = months()
        assert len(first) != len(second)
        assert [dict(p.keys).get("enhet") for p in read_drawing(second).points if dict(p.keys)] == [
            "9902"
        ] * 24
        assert "Ny lov" in texts(first)
        assert "Ny lov" in texts(second)

    def test_withheld_months_are_a_gap_with_a_word(self):
        assert gaps_between([[(0, 1.0)], [(1, 1.0)], [(4, 1.0)]]) == [(2, 3)]
        assert texts(months()[0]).count("vises ikke") == 1
        assert "vises ikke" not in texts(months()[1])

    def test_the_judged_years_are_written_at_their_levels(self):
        assert {"41,0", "44,0"} <= set(texts(months()[0]))

    def test_panels_share_their_axes(self):
        first, second = (set(texts(svg)) for svg in months())
        assert {"2021", "2022", "40", "50", "60"} <= first & second


class TestFunnel:
    def test_each_office_is_drawn_once_and_named_for_the_audit(self):
        marks = [p for p in read_drawing(funnel()).points if p.mark]
        assert sorted(dict(p.keys)["enhet"] for p in marks) == ["9001", "9002", "9003"]

    def test_outliers_are_squares_and_the_pages_own_are_blue(self):
        svg = funnel()
        assert svg.count('stroke-linecap="square"') == 1
        assert len(re.findall(r'<path stroke-linecap="round" stroke-width="\d" class="nb-s-egen"', svg)) == 1
        assert "NAV Fjell" in texts(svg)

    def test_lines_have_their_name_beside_them(self):
        assert {"landet", "35,0", "99,8 av 100"} <= set(texts(funnel()))


class TestAxes:
    def test_limits_are_ticks_and_do_not_tell_the_outermost_value(self):
        assert smooth_limits([41.3, 57.9]) == (40, 60)
        assert smooth_limits([3.0, 97.0]) == (0, 100)
        assert smooth_limits([50.0, 50.1]) == (45, 55)

    def test_ticks_are_numbers_a_person_would_choose(self):
        assert per_cent_ticks(40, 60) == [40, 45, 50, 55, 60]
        assert per_cent_ticks(0, 100) == [0, 20, 40, 60, 80, 100]


def _themes():
    """The colours of each theme by variable, as the style sheet sets them."""
    sheet = SHEET.read_text(encoding="utf-8")
    found = {}
    for start in ('html:not([data-theme="dark"])', 'html[data-theme="dark"]'):
        block = sheet[sheet.index(start) :].partition("}")[0]
        found[start] = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]+);", block))
    return found


def _colour(css_class, prop, theme):
    sheet = SHEET.read_text(encoding="utf-8")
    rules = re.findall(rf"\.nb-stat \.{css_class}\b[^{{]*{{[^}}]*\b{prop}: var\((--[\w-]+)\)", sheet)
    assert rules, f"no rule gives .{css_class} a {prop}"
    return theme[rules[0]]


def _contrast(one, other):
    """WCAG 2.1: (lighter + 0.05) / (darker + 0.05) of the relative luminances."""

    def luminance(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


DECORATION = {"nb-s-nett", "nb-s-uten"}


@FIGURES
@pytest.mark.parametrize("theme", list(_themes()))
def test_marks_and_letters_stand_out_from_the_ground_in_both_themes(name, theme):
    colours = _themes()[theme]
    ground = colours["--nb-bakgrunn"]
    svg = every_figure()[name]
    for css in set(re.findall(r"nb-x-\w+", svg)) - {"nb-x-lys"}:
        assert _contrast(_colour(css, "fill", colours), ground) >= 4.5, css
    for css in set(re.findall(r"nb-s-\w+", svg)) - DECORATION:
        assert _contrast(_colour(css, "stroke", colours), ground) >= 3, css


@pytest.mark.parametrize("theme", list(_themes()))
def test_letters_on_cells_stand_out_from_their_fill(theme):
    colours = _themes()[theme]
    on = {"oppfylt": "lys", "ikke": "tekst", "lik": "tekst"}
    for fill, text in on.items():
        ground = _colour(f"nb-f-{fill}", "fill", colours)
        assert _contrast(_colour(f"nb-x-{text}", "fill", colours), ground) >= 4.5, fill


def test_every_role_has_its_colour_in_the_style_sheet():
    sheet = SHEET.read_text(encoding="utf-8")
    drawn = "".join(every_figure().values())
    used = set(re.findall(r"nb-[fsx]-\w+", drawn))
    assert {name.rpartition("-")[2] for name in used} <= set(ROLES.values())
    assert not [name for name in used if f".{name}" not in sheet]
