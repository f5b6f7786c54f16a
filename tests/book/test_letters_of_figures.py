"""The letters of every figure have room: none is cut by the edge, and no two stand on each other."""

import shutil
from pathlib import Path

import pytest
from browsing import opened
from playwright.sync_api import Browser

from navbook.pages.charts import (
    Calibration,
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
    calibration_svg,
    distribution_svg,
    funnel_svg,
    heatmap_svg,
    month_panels,
    observed_expected_svg,
    office_rows_svg,
    statistical_funnel,
    tile_grid_svg,
)

pytestmark = pytest.mark.browser
OFFICE = "NAV Øvre Wøllendal, NAV Mømlingdal og NAV Wammemo"
COUNTY = "Møre, Vestre Wøllendal og Nordmarkvidda"
REQUIREMENT = "Unge med kontakt siste 30 dager: Spesielt tilpasset innsats"
KEYS = {"indikator": "ota_arbs", "gruppe": "alle"}
PLACES = (0.02, 0.5, 0.98)
# Letters that the edge of their figure cuts, and pairs of level letters that overlap by over a unit.
FOUND = """() => [...document.querySelectorAll('main svg[role=img]')].flatMap(svg => {
  const edge = svg.getBoundingClientRect();
  const scale = edge.width / svg.viewBox.baseVal.width;
  const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim());
  const boxes = texts.map(text => text.getBoundingClientRect());
  const named = place => texts[place].textContent.trim();
  const cut = boxes.flatMap((box, place) =>
    Math.max(edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom)
      > 1.5 * scale ? [`${svg.getAttribute('class')}: cut ${named(place)}`] : []);
  const level = place => !texts[place].hasAttribute('transform');
  const covered = boxes.flatMap((box, first) => boxes.flatMap((other, second) =>
    first < second && level(first) && level(second)
      && Math.min(box.right, other.right) - Math.max(box.left, other.left) > scale
      && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 4 * scale
      ? [`${svg.getAttribute('class')}: ${named(first)} | ${named(second)}`] : []));
  return [...cut, ...covered];
})"""


def _funnels() -> list[str]:
    lines = [
        LimitLine([(n, 0.5 + side * z * 0.5 / n**0.5) for n in (30, 100, 1000, 5500)], css)
        for css, z in (("95", 1.96), ("998", 3.09))
        for side in (-1, 1)
    ]
    points = [
        FunnelPoint(f"90{k:02}", n, share, 0.4, 0.6, side)
        for k, (n, share, side) in enumerate([(30, 0.9, 1), (5000, 0.55, 1), (5000, 0.56, 1), (900, 0.5, 0)])
    ]
    names = {point.enhet: OFFICE for point in points}
    return [
        statistical_funnel(points, 0.5, lines, "Trakt", KEYS, ["9001"], names, COUNTY),
        funnel_svg(points, ["9001"], 0.5, lines, "Trakt"),
    ]


def _rows() -> list[str]:
    rows = [OfficeRow(f"90{k:02}", OFFICE, share, share, share, share) for k, share in enumerate(PLACES)]
    return [office_rows_svg(OfficeRows(rows, centre, COUNTY, KEYS, KEYS), "Rader") for centre in PLACES]


def _expected() -> list[str]:
    offices = [ExpectedOffice(f"90{k:02}", share, share, True) for k, share in enumerate(PLACES)]
    tenths = [(share, share) for share in PLACES]
    return [
        observed_expected_svg(offices, (0.5, 0.51), "Forventet", KEYS, (), COUNTY),
        calibration_svg(
            [Calibration("2019", tenths, KEYS), Calibration("2021-07..2022-06", tenths, KEYS)], "K"
        ),
    ]


def _months() -> list[str]:
    levels = [Level(0, 11, 1.0, "100,0", "2021", False), Level(12, 23, 1.0, "100,0", "2022", True)]
    panel = MonthPanel("Måneder", [[(k, 100.0) for k in range(24)]], levels, KEYS)
    events = [(place, "Koronatiltakene ble avsluttet over hele landet") for place in (0, 12, 23)]
    return month_panels(Months(24, {0: "jan. 2021", 23: "des. 2022"}, events), [panel])


def _grids() -> list[str]:
    columns = [Heading(REQUIREMENT, KEYS)] * 3
    heat = heatmap_svg(
        [Heading(OFFICE, {"enhet": "9001"})], columns, [[HeatCell("oppfylt", "+12,3")] * 3], "Kart"
    )
    tiles = [Tile(f"99{k:02}", COUNTY, "oppfylt", "48,6", "−12,3", {"enhet": f"99{k:02}"}) for k in range(4)]
    spreads = [
        distribution_svg(
            [Spread("", [("9001", share)], share, KEYS, COUNTY)], "Fordeling", "9001", OFFICE, (0.0, 100.0)
        )
        for share in PLACES
    ]
    return [heat, tile_grid_svg(tiles, "Fylkene"), *spreads]


def test_long_names_and_values_at_the_edge_have_room(site: Path, browser: Browser, tmp_path: Path) -> None:
    drawn = [*_funnels(), *_rows(), *_expected(), *_months(), *_grids()]
    shutil.copytree(site / "_static", tmp_path / "_static")
    sheets = "".join(
        f'<link rel="stylesheet" href="_static/{path.name}">'
        for path in sorted((site / "_static").glob("nb*.css"))
    )
    page_file = tmp_path / "figurer.html"
    boxes = "".join(f'<div class="nb-figur" style="width: 24rem">{svg}</div>' for svg in drawn)
    page_file.write_text(
        f'<!doctype html><html lang="nb"><meta charset="utf-8">{sheets}<main>{boxes}</main></html>',
        encoding="utf-8",
    )
    with opened(browser, 1280, "light") as (page, _):
        page.goto(page_file.as_uri())
        assert page.locator("svg[role=img]").count() == len(drawn)
        assert page.evaluate(FOUND) == []


def test_every_figure_of_the_book_has_room_for_its_letters(
    site: Path, pages: list[Path], browser: Browser
) -> None:
    found = {}
    with opened(browser, 1280, "light") as (page, _):
        for path in pages:
            if 'role="img"' in path.read_text(encoding="utf-8"):
                page.goto(path.as_uri())
                page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
                if faults := page.evaluate(FOUND):
                    found[path.relative_to(site).as_posix()] = faults
    assert found == {}
