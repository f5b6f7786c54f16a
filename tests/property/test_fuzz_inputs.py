"""Hostile and damaged input of every kind: a command refuses it or works, soon, and never with a fault.

The time is for each kind of input, in seconds. A long run by hand:

NAVBOOK_FUZZ_SECONDS=120 python -m pytest -n 0 tests/property/test_fuzz_inputs.py
"""

import codecs
import itertools
import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from extracts import MANIFEST, write_extract
from navbook.book.documents.content import chapter_tree
from navbook.book.documents.docx_writer import docx_bytes
from navbook.cli import main
from navbook.estimate.units import roll_up
from navbook.extract import open_extract
from navbook.extract.written_texts import check_texts, read_texts
from navbook.gate.metadata import judged_goals, local_goals, municipal_tables
from navbook.letters import LetterError, letter_for, load_letter
from navbook.pages.chapters.reports import place_text
from navbook.pages.sections.comments import comment_html
from navbook.runtime.paths import DATA
from navbook.runtime.periods import parse_period
from norg2_exports import EXPORT
from sound_extract import sound_tables

SECONDS = float(os.environ.get("NAVBOOK_FUZZ_SECONDS", "4"))
SLOWEST = 5.0  # CPU seconds of one input
EXAMPLES_A_ROUND = 25
DONE, WRONG_USE, INVALID = 0, 2, 3
SOME_DAY = datetime(2022, 12, 31)
NOTHING_SHOWN = pd.DataFrame(columns=["indikator", "gruppe", "niva", "enhet", "periode", "status"])

ODD = [
    "", "0", "-1", "1e308", "NaN", "inf", "9" * 400, "0.5", "2022-02-30", "0000-00-00", "9999-12-31", "æøå",
    "\u202e", "\u200b", "\ufeff", "\x00", "\x0b", "\ufffe", "&#x202e;", "=1+1", "<b>", "true", "null", "~",
    "12:30:45", "0x10", "🧮",
    "x" * 5000,
]  # fmt: skip
YAML_SIGNS = [
    "{", "[", "}", "]", "- ", "? ", ": ", "&a ", "*a", "!!python/object:os.system ", "!!binary ", "|\n",
    ">\n", "\n", "  ", "\t", "#", "'", '"', "%YAML 9\n", "---\n", "...\n", "<<: ", "@", "`", "1:",
]  # fmt: skip
MARKDOWN_SIGNS = [
    "[", "]", "[a]: b\n", "](", "![", "<", ">", "`", "```\n", "*", "**", "_", "- ", "1. ", "|", "|-|\n",
    "\n", "\n\n", "    ", "\\", "&#x41;", "&amp;", "[^1]", "{% x %}", "{{x}}", ":::", "+++\n", "<!--", "# ",
    "\r",
]  # fmt: skip


def repeated(signs: list[str]) -> st.SearchStrategy[str]:
    """Signs, some of them repeated thousands of times: what makes a reader slow."""
    part = st.tuples(st.sampled_from([*signs, *ODD]), st.sampled_from([1, 1, 1, 2, 50, 4000]))
    parts = st.lists(part, max_size=12)
    return parts.map(lambda chosen: "".join(sign * times for sign, times in chosen)[:200_000])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(ODD) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(ODD), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def changed(draw: st.DrawFn, text: str, signs: list[str]) -> str:
    """A sound text with one to four pieces replaced by signs."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 5, 50, 1000])))
        text = text[:start] + draw(repeated(signs)) + text[end:]
    return text


def fuzz(inputs: st.SearchStrategy[Any], run: Callable[[Any], None]) -> None:
    """Run examples, always the same ones in the same order, until the time is up."""
    ends = time.monotonic() + SECONDS

    for number in itertools.count():

        @seed(number)
        @settings(
            max_examples=EXAMPLES_A_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(inputs)
        def one_round(value: Any) -> None:
            if time.monotonic() > ends:
                return
            started = time.process_time()
            run(value)
            taken = time.process_time() - started
            assert taken < SLOWEST, f"{taken:.1f} s of CPU"

        one_round()
        if time.monotonic() > ends:
            return


def refused_or_done(*arguments: str | Path) -> int:
    """The exit code of a command: done, wrong use or an invalid extract."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code in (DONE, WRONG_USE, INVALID), result.output[-2000:]
    assert "Traceback" not in result.output
    return result.exit_code


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Counts only: the smallest extract that `check` reads."""
    monkeypatch.chdir(tmp_path)
    series = {"indikator": "aap_26u", "gruppe": "alle", "enhetsnr": "9001", "maned": "2022-01"}
    counts = [series | {"x": 3, "n": 9}, series | {"maned": "2022-02", "x": 0, "n": 0}]
    offices = [{"enhetsnr": "9001", "navn": "NAV Prøve æøå; «sør»"}, {"enhetsnr": "9002"}]
    return write_extract(tmp_path / "uttrekk", {"tellinger": counts, "kontor": offices})


def test_manifests(extract: Path) -> None:
    manifest = extract / "uttrekk.yml"
    sound = manifest.read_text(encoding="utf-8")
    keys = st.sampled_from([*MANIFEST, "omrade", "ukjent"])
    odd_values = st.dictionaries(keys, VALUES).map(
        lambda odd: yaml.safe_dump(MANIFEST | odd, allow_unicode=True)
    )
    texts = odd_values | changed(sound, YAML_SIGNS) | repeated(YAML_SIGNS)
    inputs = texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200)

    def run(content: bytes) -> None:
        manifest.write_bytes(content)
        refused_or_done("check", extract)

    fuzz(inputs, run)


WRITTEN = "## Ungdom\n\nVi har *mange* nye [1] brukere: 12 % i 2022.\n\n- en\n\n| a | b |\n|-|-|\n| 1 | 2 |\n"


@pytest.mark.parametrize(("kind", "unit"), [("kommentarer", "9001"), ("planer", "9001"), ("rapport", "9900")])
def test_written_texts(kind: str, unit: str, extract: Path) -> None:
    file = extract / kind / f"{unit}.md"
    file.parent.mkdir()

    def run(content: bytes) -> None:
        file.write_bytes(content)
        problems = list(check_texts(extract, frozenset({"9001"}), frozenset({"9900"})))
        if any(problem.severity == "invalid" for problem in problems):
            return
        placed = place_text(read_texts(extract, kind)[unit], ["Ungdom", "Sykefravær"])
        for words in (placed.before, *placed.placed.values(), *placed.elsewhere.values()):
            page = comment_html(words)
            docx_bytes(
                chapter_tree(f"```{{raw}} html\n<blockquote>{page}</blockquote>\n```\n"), "x", SOME_DAY
            )

    texts = repeated(MARKDOWN_SIGNS) | changed(WRITTEN, MARKDOWN_SIGNS)
    fuzz(texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200), run)


def test_norg2_exports(tmp_path: Path) -> None:
    export, out = tmp_path / "norg2.json", tmp_path / "kontor.csv"
    fields = st.sampled_from([*EXPORT[0]["enhet"], "overordnetEnhet", "etterfolger"])
    odd_units = st.lists(
        st.builds(
            lambda unit, odd: unit | {"enhet": unit["enhet"] | odd}, st.sampled_from(EXPORT),
            st.dictionaries(fields, VALUES, max_size=3),
        ) | VALUES,
        max_size=6,
    ).map(json.dumps)  # fmt: skip
    signs = ["[", "{", "}", "]", '"', ":", ",", "\\u0000", "\\ud800", "NaN", "1e999", "null", "\n"]
    texts = odd_units | changed(json.dumps(EXPORT), signs) | repeated(signs)

    def run(content: bytes) -> None:
        export.write_bytes(content)
        out.unlink(missing_ok=True)
        refused_or_done("kontor", "--norg2", export, "--out", out)

    fuzz(texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200), run)


CSV_SIGNS = [";", ",", "\t", "|", '"', '""', "\n", "\r", "\r\n", "sep=;\n", "#", "'", "\\", " ", "\xa0"]
ENCODINGS = ["utf-8", "utf-8-sig", "latin-1", "cp1252", "cp850", "utf-16", "utf-16-le", "utf-32", "mac-roman"]


def csv_files(text: str) -> st.SearchStrategy[bytes]:
    """A table in every dialect, sound and changed."""
    dialects = st.tuples(
        st.one_of(st.just(text), changed(text, CSV_SIGNS), repeated(CSV_SIGNS)),
        st.sampled_from([";", ",", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r", "\n\r", "\u2028"]),
        st.sampled_from(ENCODINGS), st.sampled_from([b"", codecs.BOM_UTF8, b"\n", b"sep=;\r\n", b"\x1a"]),
    )  # fmt: skip
    return dialects.map(
        lambda chosen: (
            chosen[4]
            + chosen[0].replace(";", chosen[1]).replace("\n", chosen[2]).encode(chosen[3], "replace")
        )
    )


@pytest.mark.parametrize("table", ["kontor", "tellinger"])
def test_dialects_of_counts(table: str, extract: Path) -> None:
    file = extract / f"{table}.csv"

    def run(content: bytes) -> None:
        file.write_bytes(content)
        refused_or_done("check", extract)

    fuzz(csv_files(file.read_text(encoding="utf-8")), run)


SIDE_TABLES = {
    "kontor_kommune": "enhetsnr;kommunenr;kommune_navn;gyldig_fom;gyldig_tom\n"
    "9001;8001;Storvik;2015-01-01;\n9002;8001;Storvik;2015-01-01;2022-03-31\n",
    "kommunale_tall": "kommunenr;maned;tall;verdi\n8001;2022-01;SOSIALHJELP;120\n8001;2022-01;KVP;9\n",
    "kommunale_mal": "kommunenr;ar;mal;frist\n8001;2022;Flere i arbeid;2022-12-31\n8001;2022;Mer;\n",
    "arbeidsmarked": "arbeidsmarkedsregion;maned;arbeidsstyrke;helt_ledige;ledige_stillinger\n"
    "Region 1;2022-01;10000;200;90\nRegion 1;2022-02;10000;210;\n",
    "lokale_mal": "enhetsnr;ar;parameter;mal\n9001;2022;SP01;0,4\n9002;2022;SP05;0,05\n",
}


@pytest.mark.parametrize("table", SIDE_TABLES)
def test_dialects_of_side_tables(table: str, extract: Path) -> None:
    for name, text in SIDE_TABLES.items():
        (extract / f"{name}.csv").write_text(text, encoding="utf-8")
    year = parse_period("2022")
    file = extract / f"{table}.csv"

    def run(content: bytes) -> None:
        file.write_bytes(content)
        if refused_or_done("check", extract) != DONE:
            return
        with open_extract(extract) as opened:
            units = roll_up(opened.register, opened.register.offices, year)
            estimates: Any = SimpleNamespace(period=year, units=units, letter=letter_for(2022))
            given = {name: opened.side_table(name) for name in SIDE_TABLES}
            municipal_tables(given, estimates, NOTHING_SHOWN, 5)
            judged_goals(local_goals(given["lokale_mal"], estimates), estimates, NOTHING_SHOWN)

    assert refused_or_done("check", extract) == DONE
    run(file.read_bytes())
    fuzz(csv_files(file.read_text(encoding="utf-8")), run)


def test_dialects_of_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    extract = write_extract(tmp_path / "uttrekk", sound_tables())
    sound = {path: path.read_bytes() for path in sorted(extract.glob("*.csv"))}
    changed_tables = st.sampled_from(list(sound)).flatmap(
        lambda path: st.tuples(st.just(path), csv_files(sound[path].decode("utf-8")))
    )

    def run(case: tuple[Path, bytes]) -> None:
        file, content = case
        file.write_bytes(content)
        refused_or_done("check", extract)
        file.write_bytes(sound[file])

    fuzz(changed_tables, run)


def test_letters(tmp_path: Path) -> None:
    file = tmp_path / "2022.yml"
    sound = (DATA / "letters" / "2022.yml").read_text(encoding="utf-8")
    content = yaml.safe_load(sound)
    odd_values = st.dictionaries(st.sampled_from([*content, "ukjent"]), VALUES, max_size=3).map(
        lambda odd: yaml.safe_dump(content | odd, allow_unicode=True)
    )
    texts = odd_values | changed(sound, YAML_SIGNS) | repeated(YAML_SIGNS)

    def run(content: bytes) -> None:
        file.write_bytes(content)
        try:
            load_letter(file)
        except LetterError as error:
            assert "\n" not in str(error)  # noqa: PT017 - it need not be raised

    fuzz(texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200), run)
