"""The documentation builds without a warning, fetches nothing, and has every public name and command."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import navbook.disclosure
import navbook.statistics
from navbook.cli import main
from navbook.indicators import REGISTRY
from navbook.runtime.errors import PageFailed, UsageError
from navbook.runtime.paths import DATA, PROJECT

DOCS = PROJECT / "docs"
FETCHED = re.compile(r"""(?:src|srcset|data|poster)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//""")


def build_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    module = build_module()
    folder = tmp_path_factory.mktemp("docs")
    module.build(folder / "site", folder / "doctrees")
    return folder / "site"


def page(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_every_page_of_the_contents_is_built(site: Path) -> None:
    written = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert written <= built


def test_no_page_fetches_anything_from_another_host(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    assert not [path.name for path in pages if FETCHED.search(path.read_text(encoding="utf-8"))]


def test_a_fetched_script_would_be_seen() -> None:
    assert FETCHED.search('<script src="https://example.org/x.js">')
    assert FETCHED.search('<link rel="stylesheet" href="//example.org/x.css">')
    assert not FETCHED.search('<a href="https://example.org/">')


@pytest.mark.parametrize("module", [navbook.statistics, navbook.disclosure])
def test_every_public_name_is_in_the_reference(site: Path, module: object) -> None:
    name = getattr(module, "__name__", "")
    text = page(site, f"reference/{name.rpartition('.')[2]}")
    public = getattr(module, "__all__", [])
    assert public
    assert not [each for each in public if f'id="{name}.{each}"' not in text]


def test_every_command_and_option_is_in_the_reference(site: Path) -> None:
    text = page(site, "reference/commands")
    for name, command in main.commands.items():
        assert f'id="navbook-{name}"' in text
        for option in command.params:
            if option.param_type_name == "option":
                assert option.opts[0] in text


def test_every_table_and_column_of_an_extract_is_in_the_reference(site: Path) -> None:
    text = page(site, "reference/extract")
    for table in yaml.safe_load((DATA / "datakatalog.yml").read_text(encoding="utf-8"))["tables"]:
        assert f'id="table-{table["name"]}"' in text
        assert not [column["name"] for column in table["columns"] if f">{column['name']}<" not in text]


def test_every_indicator_is_in_the_reference(site: Path) -> None:
    text = page(site, "reference/counts")
    assert not [id for id in REGISTRY if f">{id}<" not in text]


@pytest.mark.parametrize("place", ["site", "doctrees"])
def test_a_folder_with_something_else_is_left_as_it_is(place: str, tmp_path: Path) -> None:
    (tmp_path / place).mkdir()
    own = tmp_path / place / "index.html"
    own.write_text("mitt eget", encoding="utf-8")
    with pytest.raises(UsageError, match="move them away"):
        build_module().build(tmp_path / "site", tmp_path / "doctrees")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [own]
    assert own.read_text(encoding="utf-8") == "mitt eget"


def test_a_warning_stops_the_build(tmp_path: Path) -> None:
    from navbook.book.site.sphinx_build import run_sphinx

    book = tmp_path / "book"
    book.mkdir()
    (book / "_config.yml").write_text("title: t\nsphinx: {config: {language: en}}\n", encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    (book / "index.md").write_text("# T\n\n[nowhere](missing.md)\n", encoding="utf-8")
    with pytest.raises(PageFailed, match="missing"):
        run_sphinx(book, tmp_path / "site", tmp_path / "trees", source_date_epoch=0, pages=1)
