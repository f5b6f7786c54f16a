"""`check` on the tables that are not counted and on written texts, as CSV and as Parquet.

One broken rule in a sound extract gives the refusal of that rule and no other, for any value that breaks it;
any value at all gives a report and never a fault.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extracts import write_csv, write_extract
from navbook.extract import check_extract
from navbook.extract.report import render

QUICK = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
FORMATS = ("csv", "parquet")
Rows = list[dict[str, Any]]

SOUND: dict[str, Rows] = {
    "kontor_kommune": [
        {"enhetsnr": "9001", "kommunenr": "8001", "kommune_navn": "Storvik", "gyldig_fom": "2015-01-01",
         "gyldig_tom": None},
    ],
    "kommunale_tall": [{"kommunenr": "8001", "maned": "2023-12", "tall": "SOSIALHJELP", "verdi": 12.0}],
    "kommunale_mal": [{"kommunenr": "8001", "ar": 2022, "mal": "Flere unge i arbeid", "frist": None}],
    "lokale_mal": [{"enhetsnr": "9001", "ar": 2022, "parameter": "SP12", "mal": 0.058}],
    "arbeidsmarked": [
        {"arbeidsmarkedsregion": "Region 1", "maned": "2023-12", "arbeidsstyrke": 10000.0,
         "helt_ledige": 200.0, "ledige_stillinger": 90.0},
    ],
}  # fmt: skip
KONTOR = [{"enhetsnr": number, "arbeidsmarkedsregion": "Region 1"} for number in ("9001", "9002")]
TEXTS = {"kommentarer": "9001", "planer": "9001", "rapport": "9900"}


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(int(low), int(high)).map(float)


fractions = st.integers(0, 9_999_999).map(lambda n: n + 0.5) | st.sampled_from([0.02, 1.012, 1234.5])
# further below, a number is too large as well
below_zero = numbers(-10_000_000, -1)
too_many = numbers(10_000_001, 10**11)
no_number = st.sampled_from(["tolv", "1 200", "12 personer", "--", "1,2,3", "1.2.3"])
no_month = st.sampled_from(["2023-13", "2023-00", "desember", "2023", "12-2023", "2023-1-1-1"])
no_day = st.sampled_from(["2022-02-30", "i fjor", "2022-13-01", "99"])
not_four = st.from_regex(r"[0-9]{1,3}|[0-9]{5,7}|[a-zæøå]{4}", fullmatch=True)
html = st.from_regex(r"[a-z]{0,9}[<>][a-z]{0,9}", fullmatch=True)
unseen = st.sampled_from(["\u202e", "\u200b", "\x0b", "\u2066", "\ufeff"]).map(lambda c: f"Flere{c}unge")
two_lines = st.sampled_from(["\r\n", "\r\n\r\n# ", "\u2028"]).map(lambda c: f"Stor{c}vik")
others = st.from_regex(r"[B-Z][a-z]{3,9}", fullmatch=True)
too_long = st.integers(301, 2000).map("x".__mul__)
nothing = st.none()
years = st.integers(-5000, 1999) | st.integers(2101, 99999)

# by table: column, values that break one rule, and the code of its refusal
RULES: dict[str, list[tuple[str, st.SearchStrategy[Any], str]]] = {
    "kontor_kommune": [
        ("enhetsnr", st.sampled_from(["9876", "0001"]), "unknown_office"),
        ("enhetsnr", nothing, "empty"),
        ("kommune_navn", html, "not_plain_text"),
        ("kommune_navn", unseen, "invisible_characters"),
        ("kommune_navn", two_lines, "line_break"),
        ("kommune_navn", nothing, "empty"),
        ("gyldig_fom", no_day, "unreadable"),
        ("gyldig_fom", nothing, "empty"),
        ("gyldig_tom", st.sampled_from(["2014-12-31", "1999-01-01"]), "fom_after_tom"),
    ],
    "kommunale_tall": [
        ("kommunenr", st.sampled_from(["8009", "0301"]), "unknown_municipality"),
        ("kommunenr", nothing, "empty"),
        ("maned", no_month, "unreadable"),
        ("maned", nothing, "empty"),
        ("tall", others | st.just("sosialhjelp"), "unknown_code"),
        ("tall", nothing, "empty"),
        ("verdi", below_zero, "negative"),
        ("verdi", fractions, "not_whole"),
        ("verdi", too_many, "too_large"),
        ("verdi", no_number, "unreadable"),
        ("verdi", nothing, "empty"),
    ],
    "kommunale_mal": [
        ("kommunenr", st.sampled_from(["8009", "0301"]), "unknown_municipality"),
        ("ar", years, "out_of_range"),
        ("ar", nothing, "empty"),
        ("mal", html | too_long, "not_plain_text"),
        ("mal", unseen, "invisible_characters"),
        ("mal", nothing, "empty"),
        ("frist", no_day, "unreadable"),
    ],
    "lokale_mal": [
        ("enhetsnr", st.sampled_from(["9876", "0001"]), "unknown_office"),
        ("ar", years, "out_of_range"),
        ("parameter", others | st.just("sp12"), "unknown_parameter"),
        ("parameter", nothing, "empty"),
        ("mal", st.integers(2, 9999).map(float) | st.just(5.8), "wrong_scale"),
        ("mal", below_zero, "negative"),
        ("mal", no_number, "unreadable"),
        ("mal", nothing, "empty"),
    ],
    "arbeidsmarked": [
        ("arbeidsmarkedsregion", others, "unknown_region"),
        ("arbeidsmarkedsregion", nothing, "empty"),
        ("maned", no_month, "unreadable"),
        ("arbeidsstyrke", too_many, "too_large"),
        ("helt_ledige", numbers(10_001, 10**6), "x_over_n"),
        ("helt_ledige", below_zero, "negative"),
        ("helt_ledige", numbers(0, 9_998).map(lambda n: n + 0.5), "not_whole"),
        ("ledige_stillinger", below_zero, "negative"),
        ("ledige_stillinger", fractions, "not_whole"),
    ],
}  # fmt: skip
MOST_RULES = max(map(len, RULES.values()))


@dataclass(frozen=True)
class Found:
    """The codes of what makes an extract invalid, by table and column, and of what is reported of a table."""

    invalid: set[tuple[str, str, str]]
    reported: set[tuple[str, str]]


def write(folder: Path, form: str, tables: dict[str, Rows]) -> None:
    """A sound extract, and the tables that are not counted in one format."""
    write_extract(folder, {"kontor": KONTOR})
    for name, rows in tables.items():
        if form == "csv":
            write_csv(folder / f"{name}.csv", name, rows)
        else:
            columns = {key: typed([row[key] for row in rows]) for key in rows[0]}
            pq.write_table(pa.table(columns), folder / f"{name}.parquet")


def typed(values: list[Any]) -> pa.Array:
    """Numbers as numbers, all else as text."""
    if all(isinstance(value, int) for value in values):
        return pa.array(values)
    if all(isinstance(value, int | float) for value in values):
        return pa.array([float(value) for value in values])
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def check(folder: Path) -> Found:
    report = check_extract(folder)
    render(report).encode("utf-8")
    return Found(
        {(problem.table, problem.column, problem.code) for problem in report.problems},
        {(problem.table, problem.code) for problem in report.reported},
    )


@pytest.mark.parametrize("form", FORMATS)
def test_the_sound_tables_are_valid(form: str, tmp_path: Path) -> None:
    write(tmp_path, form, SOUND)
    found = check(tmp_path)
    assert not found.invalid
    assert not {(table, code) for table, code in found.reported if table in SOUND} - {
        ("arbeidsmarked", "starts_late")
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("place", range(MOST_RULES))
@settings(QUICK, max_examples=3)
@given(data=st.data())
def test_a_value_that_breaks_one_rule_is_refused_by_that_rule_alone(
    data: st.DataObject, form: str, place: int
) -> None:
    """One rule of each table is broken at a time, since tables do not change each other's rules."""
    tables, expected = dict(SOUND), set()
    for table, rules in RULES.items():
        column, values, code = rules[place % len(rules)]
        first, *rest = SOUND[table]
        tables[table] = [first | {column: data.draw(values)}, *rest]
        expected.add((table, code))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), form, tables)
        assert {(table, code) for table, _, code in check(Path(folder)).invalid} == expected


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["kontor_kommune", "kommunale_tall", "kommunale_mal"])
@settings(QUICK, max_examples=3)
@given(number=not_four)
def test_a_municipality_without_four_digits_is_refused(number: str, form: str, table: str) -> None:
    """It breaks the rule on forms, and as a key the link between the tables as well."""
    with tempfile.TemporaryDirectory() as folder:
        first, *rest = SOUND[table]
        write(Path(folder), form, SOUND | {table: [first | {"kommunenr": number}, *rest]})
        found = check(Path(folder))
    assert (table, "kommunenr", "not_four_digits") in found.invalid
    assert {code for *_, code in found.invalid} == {"not_four_digits", "unknown_municipality"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", SOUND)
def test_rows_of_one_key_that_differ_are_refused(form: str, table: str, tmp_path: Path) -> None:
    other = {"kontor_kommune": {"kommune_navn": "Vik"}, "kommunale_tall": {"verdi": 13.0},
             "kommunale_mal": {"frist": "2022-12-31"}, "lokale_mal": {"mal": 0.06},
             "arbeidsmarked": {"helt_ledige": 201.0}}[table]  # fmt: skip
    first = SOUND[table][0]
    write(tmp_path, form, SOUND | {table: [first, first | other]})
    assert {(where, code) for where, _, code in check(tmp_path).invalid} == {(table, "contradiction")}


def test_a_break_that_no_line_of_the_csv_file_ends_with_is_refused_with_the_line_ends(tmp_path: Path) -> None:
    (row,) = SOUND["kontor_kommune"]
    write(tmp_path, "csv", SOUND | {"kontor_kommune": [row | {"kommune_navn": "Stor\nvik"}]})
    assert {(table, code) for table, _, code in check(tmp_path).invalid} == {
        ("kontor_kommune", "unreadable_file")
    }


ANYTHING = st.one_of(
    st.none(), st.floats(), st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.sampled_from(["1e308", "nan", "9999-12-31", "0001-01-01", "0000", "8001", "9001", "\u202e", '"', ";"]),
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", SOUND)
@QUICK
@given(data=st.data())
def test_any_rows_end_with_a_report(data: st.DataObject, form: str, table: str) -> None:
    columns = st.fixed_dictionaries(dict.fromkeys(SOUND[table][0], ANYTHING))
    rows = data.draw(st.lists(columns, min_size=1, max_size=4))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), form, SOUND | {table: rows})
        check(Path(folder))


# a text, and the code of what is wrong with it
WRITTEN: list[tuple[st.SearchStrategy[str], str]] = [
    (html.map(lambda words: f"<b>{words}"), "comment_html"),
    (st.from_regex(r"!\[[a-z]{0,5}\]\([a-z]{1,5}\.png\)", fullmatch=True), "comment_image"),
    (st.from_regex(r"\[[a-z]{1,5}\]\((https?|ftp):[a-z]{1,9}\)", fullmatch=True), "comment_link"),
    (unseen, "invisible_characters"),
    (st.integers(21, 60).map(lambda n: "[x]: b\n" * n), "comment_links"),
    (st.integers(20_001, 30_000).map("x".__mul__), "comment_unreadable"),
]  # fmt: skip


def codes_of_text(kind: str, name: str, content: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), "csv", SOUND)
        (Path(folder) / kind).mkdir()
        (Path(folder) / kind / name).write_bytes(content)
        return [code for *_, code in check(Path(folder)).invalid]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(("texts", "code"), WRITTEN)
@settings(QUICK, max_examples=2)
@given(data=st.data())
def test_a_text_that_breaks_one_rule_is_refused_by_that_rule(
    data: st.DataObject, texts: st.SearchStrategy[str], code: str, kind: str
) -> None:
    text = data.draw(texts)
    assert set(codes_of_text(kind, f"{TEXTS[kind]}.md", text.encode())) == {code}


@pytest.mark.parametrize("kind", TEXTS)
@QUICK
@given(content=st.binary(max_size=60) | ANYTHING.map(str).map(str.encode))
def test_any_text_ends_with_a_report(content: bytes, kind: str) -> None:
    codes_of_text(kind, f"{TEXTS[kind]}.md", content)


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", ["9876.md", "0000.md"])
def test_a_text_of_an_unknown_unit_is_refused(kind: str, name: str) -> None:
    assert codes_of_text(kind, name, b"Tekst") == ["unknown_office"]
