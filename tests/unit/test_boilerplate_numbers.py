"""A number of the book's own text discloses nothing: a withheld count that equals it is no finding there."""

from navbook.disclosure import boilerplate_numbers


def test_the_name_of_the_page_for_missing_addresses_is_no_count() -> None:
    assert "404" in boilerplate_numbers()
