"""Tables fit the screen of a phone and the column of an article: nobody scrolls sideways to read a number."""

from pathlib import Path

import pytest
from browsing import opened
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = (
    "landet",
    "fylke/9700",
    "kontor/9002",
    "plan/9002",
    "rapport/9700",
    "indikator/ota_arbs",
    "indikator/portefolje",
    "indikator/g13_kontakt",
    "kapittel/aap",
    "kapittel/oppfolging",
    "metode/brevet",
    "metode/fra-2021-til-2022",
    "slik-leser-du",
)
# the captions of the tables that are wider than their box, with everything unfolded
WIDE = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  return [...document.querySelectorAll(".nb-rull")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.getAttribute("aria-label"));
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_no_table_is_wider_than_its_box(site: Path, browser: Browser, width: int) -> None:
    with opened(browser, width, "light") as (page, _):
        for name in PAGES:
            page.goto((site / f"{name}.html").as_uri())
            assert page.evaluate(WIDE) == [], name
