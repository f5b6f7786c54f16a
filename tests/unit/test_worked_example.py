"""The worked example of docs/how-to/new-indicator.md: its two files do what the text says they do."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from navbook.extract import open_extract
from navbook.extract.demo import make_demo
from navbook.indicators import Family, andre_mal, checks, count, registry
from navbook.runtime.paths import PROJECT

DOCUMENT = PROJECT / "docs" / "how-to" / "new-indicator.md"
NAME = "x01_permitterte"


def code_blocks() -> list[str]:
    return re.findall(
        r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Family:
    """The example's family, found as any other because its file lies in the folder."""
    declaration, _ = code_blocks()
    folder = tmp_path / "andre_mal"
    folder.mkdir()
    (folder / f"{NAME}.py").write_text(declaration, encoding="utf-8")
    monkeypatch.setattr(andre_mal, "__path__", [*andre_mal.__path__, str(folder)])
    found = {family.id: family for family in registry.found_in_andre_mal()}
    monkeypatch.setitem(registry.FAMILIES, NAME, found[NAME])
    monkeypatch.setitem(registry.REGISTRY, NAME, found[NAME].indikatorer[0])
    return found[NAME]


def test_the_file_is_found_and_shares_the_notebook(family: Family) -> None:
    assert family.notebook == "andre_mal"
    assert family.indikatorer[0] in registry.indicators_of("andre_mal")
    assert [indicator.id for indicator in family.indikatorer] == [NAME]


@pytest.mark.usefixtures("family")
def test_its_own_test_passes(tmp_path: Path) -> None:
    module = ModuleType("example")
    exec(compile(code_blocks()[1], str(DOCUMENT), "exec"), module.__dict__)
    tests: list[Any] = [value for name, value in vars(module).items() if name.startswith("test_")]
    assert len(tests) == 1
    tests[0](tmp_path / "uttrekk")


@pytest.mark.usefixtures("family")
def test_it_counts_the_demo(tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "demo", offices=2, people=600, fom="2021-01").folder
    with open_extract(demo) as extract:
        table = count(extract, indicators=[NAME, "portefolje"])
    assert checks(table).avvik.sum() == 0
    rows = table.to_pandas().set_index(["indikator", "gruppe", "enhetsnr", "maned"])
    jobseekers = rows.loc["portefolje", "arbeidssoker"].x
    assert rows.loc[NAME, "alle"].n.to_dict() == jobseekers.to_dict()
    assert 0 < rows.loc[NAME, "alle"].x.sum() < jobseekers.sum()
