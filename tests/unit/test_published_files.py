"""The audit's list of published files holds the tables of an edition, each with its columns."""

import pytest

from navbook.disclosure.audit.published.closed_schema import is_allowed
from navbook.disclosure.audit.published.files import COLUMNS, guided_columns, guided_files
from navbook.disclosure.audit.published.json_files import unknown_paths
from navbook.edition.schema import COLUMNS as TALL
from navbook.edition.schema import FURTHER
from navbook.pages.chapters.plan import chapter_plan


@pytest.mark.parametrize(("name", "columns"), [("tall", TALL), *FURTHER.items()])
def test_a_table_of_an_edition_is_on_the_list_with_its_columns(name: str, columns: tuple[str, ...]) -> None:
    file = f"{name}.csv"
    assert file in COLUMNS or file in guided_files()
    assert set(columns) <= set(COLUMNS.get(file, guided_columns()))


def test_a_number_cannot_be_added_to_a_file_of_texts() -> None:
    assert list(unknown_paths("definisjoner.json", [{"id": "a", "ny": "tekst"}])) == []
    assert list(unknown_paths("definisjoner.json", [{"id": "a", "ny": 2}])) == ["ny"]
    assert list(unknown_paths("definisjoner.json", [{"id": "a", "ny": "2"}])) == ["ny"]


@pytest.mark.parametrize(
    ("content", "unknown"),
    [
        ({"periode": "2022", "filer": {"tall.csv": "ab"}}, []),
        ({"utgiver": {"eier": "NAV Troms", "kontakt": None}}, []),
        ({"periode": "2022", "notat": 2}, ["notat"]),
        ({"filer": {"tall.csv": 2}}, ["filer.tall.csv"]),
        ({"perioder": {"aap_26u": {"vist": "2021", "x": 2}}}, ["perioder.aap_26u.x"]),
    ],
)
def test_a_key_that_is_on_no_list_is_named(content: dict, unknown: list[str]) -> None:
    assert list(unknown_paths("utgave.json", content)) == unknown


def test_the_texts_of_units_are_known_by_kind_and_number() -> None:
    assert list(unknown_paths("tekster.json", {"planer": {"9001": "a"}, "rapport": {"9701": "b"}})) == []
    assert list(unknown_paths("tekster.json", {"planer": {"9001": {"x": 2}}})) == ["planer.9001.x"]


@pytest.mark.parametrize("name", ["plan/oversikt.html", "plan/9701.html", "data/plan/9701.docx"])
def test_the_files_of_the_sheets_are_on_the_list(name: str) -> None:
    assert is_allowed(name, frozenset({"9701"}), frozenset())
    assert not is_allowed(
        name.replace("9701", "9999").replace("oversikt", "annet9"), frozenset(), frozenset()
    )


@pytest.mark.parametrize("name", ["rapport/oversikt.html", "rapport/9701.html", "data/rapport/9701.docx"])
def test_the_files_of_a_report_are_on_the_list(name: str) -> None:
    assert is_allowed(name, frozenset({"9701"}), frozenset())
    assert not is_allowed(name.replace("9701", "9999").replace("oversikt", "annet"), frozenset(), frozenset())


def test_every_chapter_of_the_plan_is_on_the_list() -> None:
    chapters = [chapter.id for chapter in chapter_plan()]
    assert "ungdom" in chapters
    nobody: frozenset[str] = frozenset()
    assert [name for name in chapters if not is_allowed(f"kapittel/{name}.html", nobody, nobody)] == []
