"""What the audit takes from the headings of a table."""

import pytest

from navbook.disclosure.audit.table_headings import TablePlace, keys_of_head

KNOWN = {"periode": {"2022"}, "indikator": {"ota_arbs"}}


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Andel i prosent", {"felt": "verdi"}),
        ("Teller", {"felt": "x"}),
        ("Nevner", {"felt": "n"}),
        ("95 % intervall", {"felt": "nedre ovre"}),
        ("Andel (95 % intervall)", {"felt": "nedre ovre"}),
        ("avvik", {"felt": "avvik"}),
        ("2022", {"periode": "2022"}),
        ("ota_arbs", {"indikator": "ota_arbs"}),
        ("Kontor", {}),
        ("", {}),
    ],
)
def test_a_heading_names_a_field_a_period_or_an_indicator(head: str, said: dict[str, str]) -> None:
    assert keys_of_head(head, KNOWN) == said


def test_each_cell_has_the_heading_of_its_column() -> None:
    place = TablePlace()
    place.start_row()
    for text in ("Kontor", "Andel"):
        assert place.start_cell() is None
        place.add_to_head(text)
    place.add_to_head("i prosent")
    place.start_row()
    assert [place.start_cell() for _ in range(3)] == ["Kontor", "Andel i prosent", None]
