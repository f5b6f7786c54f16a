"""The list of offices: by county first, then by size and by region where there are some to tell apart."""

from navbook.book.site.office_list import Findable, office_list

NORTH = Findable("NAV Nordfylket", "", "fylke/9700", ("9700",))


def office(number: str, name: str, size_class: str = "", region: str = "") -> Findable:
    return Findable(name, NORTH.name, f"kontor/{number}", (number,), size_class, region)


def view(page: str, heading: str) -> list[str]:
    """The lines with groups under a heading of the page."""
    (_, _, found) = page.partition(f"## {heading}\n")
    return [line for line in found.partition("\n## ")[0].splitlines() if line.startswith("**")]


OFFICES = [
    office("9001", "NAV Storvik", "50+", "Region 10"),
    office("9002", "NAV Midtbygd", "<30", "Region 2"),
    office("9003", "NAV Lilleøy", "<30", "Region 10"),
    office("9004", "NAV Ukjent"),
]


def test_offices_of_one_size_stand_together_the_smallest_first():
    assert view(office_list([NORTH, *OFFICES]), "Etter antall ansatte") == [
        "**Under 30 ansatte:** [NAV Midtbygd](kontor/9002.ipynb), [NAV Lilleøy](kontor/9003.ipynb)",
        "**50 ansatte og flere:** [NAV Storvik](kontor/9001.ipynb)",
    ]


def test_offices_of_one_region_stand_together_by_the_number_of_the_region():
    assert view(office_list([NORTH, *OFFICES]), "Etter arbeidsmarkedsregion") == [
        "**Region 2:** [NAV Midtbygd](kontor/9002.ipynb)",
        "**Region 10:** [NAV Storvik](kontor/9001.ipynb), [NAV Lilleøy](kontor/9003.ipynb)",
    ]


def test_every_office_stands_under_its_county():
    page = office_list([NORTH, *OFFICES])
    assert page.count("\n- ") == len(OFFICES)
    assert "- 9004 [NAV Ukjent](kontor/9004.ipynb)" in page


def test_a_view_with_one_group_or_none_is_left_out():
    for offices in ([], OFFICES[3:], [OFFICES[1], office("9005", "NAV Elvemo", "<30", "Region 2")]):
        page = office_list([NORTH, *offices])
        assert "Etter antall ansatte" not in page
        assert "Etter arbeidsmarkedsregion" not in page


def test_a_name_of_a_region_is_written_as_it_stands():
    offices = [office("9001", "NAV Storvik", region="*Indre*"), office("9002", "NAV Midtbygd", region="Ytre")]
    assert "**\\*Indre\\*:**" in office_list([NORTH, *offices])
