"""A funnel draws the points it is given, marks the page's own, and tells in words what it shows."""

import re
import shutil

import pytest

from editions import make_small_edition
from navbook.disclosure import boilerplate_numbers
from navbook.edition import Edition
from navbook.pages.charts.funnel_svg import SIZES, FunnelPoint, LimitLine, funnel_svg, scale_of
from navbook.pages.sections.funnels import funnel_section_of_unit, read_funnels
from navbook.pages.view.page_inputs import page_inputs
from navbook.pages.view.unit_view import unit_view

POINTS = [
    FunnelPoint("9001", 40, 0.30, 0.20, 0.50, 0),
    FunnelPoint("9002", 160, 0.36, 0.27, 0.43, 0),
    FunnelPoint("9003", 640, 0.60, 0.31, 0.39, 1),
]


def drawn(own=()):
    return funnel_svg(POINTS, own, 0.35, [LimitLine([(40, 0.2), (640, 0.31)], "95")], "Tre kontor")


def marks(svg):
    return re.findall(r"M\d+ \d+h0", svg)


def test_each_office_is_one_mark_and_who_stands_out_is_a_square():
    assert len(marks(drawn())) == 2
    assert len(re.findall(r"h10v10h-10z", drawn())) == 1


def test_the_pages_own_office_is_drawn_larger_in_a_path_of_its_own():
    assert 'stroke-width="15"' not in drawn()
    assert drawn(["9002"]).count('stroke-width="15"') == 1
    assert "h15v15h-15z" in drawn(["9003"])


def test_the_words_are_the_alternative_text():
    assert 'role="img" aria-label="Tre kontor"' in drawn()


def test_sizes_stand_on_a_square_root_scale():
    """Roots of 40, 160 and 640 are 1 : 2 : 4, so the second stands a third of the way."""
    scale = scale_of(POINTS)
    first, second, third = (scale.x(point.n) for point in POINTS)

    assert (second - first) / (third - first) == pytest.approx(1 / 3)


def test_a_single_office_and_one_without_a_spread_can_be_drawn():
    assert len(marks(funnel_svg([POINTS[0]], ["9001"], 0.3, [], "Ett kontor"))) == 1


def test_the_numbers_of_the_axis_are_ordinary_to_the_audit():
    """A tick that equals a hidden count tells nobody anything, and must not stop a book."""
    assert {str(size) for size in SIZES if size >= 100} <= boilerplate_numbers()


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return Edition(make_small_edition(tmp_path_factory.mktemp("utgaver")))


def section(edition, enhet):
    return funnel_section_of_unit(unit_view(page_inputs(edition, "kontor", enhet), enhet, "kontor"))


def test_an_office_stands_among_the_others(edition):
    made = section(edition, "9001")

    assert made.figures == 1
    assert made.html.count('stroke-width="15"') >= 1


def test_only_offices_that_are_shown_are_drawn(edition):
    tall = edition.tall
    shown = tall[(tall["status"] == "vist") & (tall["periode"] == "2022")]
    told = set(shown[["indikator", "gruppe", "enhet"]].itertuples(index=False, name=None))
    drawn = {(*key, enhet) for key, funnel in read_funnels(edition).items() for enhet in funnel.by_office}

    assert drawn
    assert drawn <= told


def test_where_there_is_no_funnel_the_page_says_why(edition, tmp_path):
    folder = tmp_path / "2022"
    shutil.copytree(edition.folder, folder)
    (folder / "trakt.csv").unlink()

    made = section(Edition(folder), "9001")

    assert made.figures == 0
    assert "skjult" in made.html


def test_the_key_of_an_offices_page_rests_on_the_funnels(edition):
    """An office is drawn among the others: their points are part of what its page reads."""
    before = page_inputs(edition, "kontor", "9001").digest()
    other = Edition(edition.folder)
    other._further["trakt"].loc[0, "verdi"] = 0.123

    assert page_inputs(Edition(edition.folder), "kontor", "9001").digest() == before
    assert page_inputs(other, "kontor", "9001").digest() != before


def test_the_offices_of_an_edition_share_its_funnels_and_another_edition_has_its_own(edition, tmp_path):
    every = read_funnels(page_inputs(edition, "kontor", "9001"))
    another = Edition(make_small_edition(tmp_path))
    assert read_funnels(page_inputs(edition, "kontor", "9002")) is every
    assert read_funnels(another) is not every
    assert read_funnels(another).keys() == every.keys()
