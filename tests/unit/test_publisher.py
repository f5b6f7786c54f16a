"""What an extract says of its publisher reaches edition and pages, and the book does without it."""

from pathlib import Path

import pytest

from editions import MANIFEST
from navbook.book.site.page_context import canonical
from navbook.book.site.site_metadata import publisher_texts
from navbook.extract.manifest import read_manifest

GIVEN = {
    "eier": "NAV Nordfylket",
    "kontakt": "analyse@example.no",
    "lisens": "CC BY 4.0",
    "nettadresse": "https://example.no/styring",
}
REQUIRED = "kilde: x\nuttrekksdato: 2023-01-31\ndekker_fom: 2021-01-01\ndekker_tom: 2022-12-31\n"


def written(folder: Path, lines: dict[str, str]) -> Path:
    text = REQUIRED + "syntetisk: true\nversjon: 1\n"
    text += "".join(f'{key}: "{value}"\n' for key, value in lines.items())
    (folder / "uttrekk.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_manifest_reads_who_publishes(tmp_path: Path) -> None:
    manifest, problems = read_manifest(
        written(tmp_path, GIVEN | {"nettadresse": "https://example.no/styring/"})
    )
    assert problems == []
    assert manifest is not None
    assert manifest.publisher == GIVEN


def test_an_extract_that_names_nobody_is_complete(tmp_path: Path) -> None:
    manifest, problems = read_manifest(written(tmp_path, {}))
    assert problems == []
    assert manifest is not None
    assert manifest.publisher == {}
    assert MANIFEST.publisher == {}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://example.no", "https://a b", 'https://x/"onload=']
)
def test_an_address_that_is_none_is_reported(tmp_path: Path, address: str) -> None:
    text = REQUIRED + f"syntetisk: true\nversjon: 1\nnettadresse: '{address}'\n"
    (tmp_path / "uttrekk.yml").write_text(text, encoding="utf-8")
    manifest, problems = read_manifest(tmp_path)
    assert manifest is None
    assert [problem.column for problem in problems] == ["nettadresse"]


def test_the_permanent_address_of_a_page_names_the_period() -> None:
    edition = {"nettadresse": "https://example.no/styring", "mappe": "2022"}
    assert canonical("kontor/9001", edition) == "https://example.no/styring/2022/kontor/9001.html"
    assert canonical("kontor/9001", edition | {"nettadresse": ""}) == "9001.html"


def test_pages_say_what_is_given_and_that_the_rest_is_not() -> None:
    texts = publisher_texts({"periode": "2022", "utgiver": GIVEN})
    assert texts["lisens"] == "CC BY 4.0"
    assert texts["utgaveadresse"] == "https://example.no/styring/2022/"
    assert texts["nyesteadresse"] == "https://example.no/styring/siste/"
    without = publisher_texts({"periode": "2022"})
    assert without["utgaveadresse"] == "…/2022/"
    assert "ikke oppgitt" in without["lisens"]
