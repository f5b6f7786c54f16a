"""Text files from outside are read within bounds: a hostile one is refused quickly, in half a sentence."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from navbook.runtime.bounded_text import TextRefused, load_json, load_yaml, read_text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{" * 20_000, "nested more than 20 levels"),
        ("[" * 20_000, "nested more than 20 levels"),
        ("- " * 10_000, "nested more than 20 levels"),
        ("? " * 10_000, "nested more than 20 levels"),
        ("{a: " * 5_000, "nested more than 20 levels"),
        ("1:" * 8_000 + "1", "more than 100 digits"),
        ("9" * 16_000, "more than 100 digits"),
        ("a: &a [1]\nb: *a", "line 2: an alias"),
        ("a: !!python/object:os.system x", "line 1: a tag"),
        ("tom: 2023-12-31\nkilde: x\ntom: 2022-12-31", "line 3: the key tom is given twice"),
        ("[a]: b\n" * 2_500, "a key must be a plain word"),
        ("a: 1\n---\nb: 2", "line 2"),
        ("\x00", "not YAML"),
        ("a: 1\nb: 2022-99-99", "line 2: 2022-99-99 is a day that does not exist"),
    ],
)  # fmt: skip
def test_yaml_that_is_no_plain_mapping_is_refused_with_its_reason(text: str, reason: str) -> None:
    began = time.monotonic()
    with pytest.raises(TextRefused, match=reason):
        load_yaml(text)
    assert time.monotonic() - began < 5


def test_plain_yaml_is_read_with_its_types() -> None:
    assert load_yaml("a: 1\nb: [true, x]\nc: {d: null}") == {"a": 1, "b": [True, "x"], "c": {"d": None}}
    assert load_yaml("") is None


def test_deep_json_is_refused() -> None:
    with pytest.raises(TextRefused, match="nested too deeply"):
        load_json("[" * 100_000)
    with pytest.raises(TextRefused, match="line 2 is not JSON"):
        load_json('{\n"a": }')


@pytest.mark.parametrize(("load", "form"), [(load_json, '{{"a": "{}"}}'), (load_yaml, 'a: "{}"')])
def test_half_a_character_is_refused(load: Callable[[str], object], form: str) -> None:
    """The second half of a pair alone cannot be written to any file."""
    for half in (r"\ud800", r"x\uDFFF"):
        with pytest.raises(TextRefused):
            load(form.format(half))
    assert load(form.format(r"\u00e5")) == {"a": "å"}


def test_a_character_in_two_halves_is_read() -> None:
    assert load_json(r'"\ud83d\ude00"') == "\U0001f600"


def test_a_long_file_and_a_file_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes("en\nblåbær\n".encode("latin-1"))
    with pytest.raises(TextRefused, match="line 2 is not UTF-8"):
        read_text(path, 100)
    path.write_text("x" * 101, encoding="utf-8")
    with pytest.raises(TextRefused, match="longer than"):
        read_text(path, 100)
    path.write_bytes(b"\xef\xbb\xbfok")
    assert read_text(path, 100) == "ok"
