"""Its place puts this folder on the path; the editions are made once for all tests in it."""

import pytest
from books import Book
from made_editions import Made, make_editions


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """The editions, by the name of their case."""
    return make_editions(tmp_path_factory.mktemp("setninger"))


@pytest.fixture(scope="session")
def books(made: dict[str, Made]) -> dict[str, Book]:
    return {name: Book(edition) for name, edition in made.items()}
