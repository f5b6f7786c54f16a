"""The book's words: every sentence renders with each verdict, number and direction, and reads well."""

import re
from itertools import product
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from tests.template_samples import ANSWERS, OF_PASSAGES, every_rendering, names_in

from navbook.pages.templates import (
    FOLDER,
    html_sentence,
    part,
    passage,
    sentence,
    sentences_under,
    sources,
)


@pytest.mark.parametrize("key", sources())
def test_a_sentence_reads_well_with_every_value(key: str) -> None:
    for text in every_rendering(key):
        assert not re.search(r"[{}]|None|True|False|  | [,.:;?]|,,|,\.|\.\.(?!/)", text), text
        if text.endswith((".", "?")):
            assert re.match(r"(\*\*)?[A-ZÆØÅ0-9«[]", text), text
        if re.search(r"[a-zæøå][.?] [A-ZÆØÅ]", text):  # several sentences, so the last one ends too
            assert text.endswith((".", "?", ":")), text


@pytest.mark.parametrize("key", [key for key in sources() if key.startswith("kontor.endring.a")])
def test_each_verdict_stands_in_the_sentence_of_a_change(key: str) -> None:
    renderings = every_rendering(key)
    for answer in ANSWERS:
        assert any(answer in text for text in renderings)


@pytest.mark.parametrize(
    ("antall", "said"),
    [(1, "Ett tall er skjult"), (2, "To tall er skjult"), (13, "13 tall er skjult")],
)
def test_a_count_is_written_as_a_word_with_its_noun_in_number(antall: int, said: str) -> None:
    assert sentence("kontor.krav.skjult", antall=antall, navn=["X"] * antall).startswith(said)


@pytest.mark.parametrize(("antall", "said"), [(1, "ett klart utslag til"), (5, "fem klare utslag til")])
def test_clear_signals_are_counted_in_number(antall: int, said: str) -> None:
    assert said in sentence("kontor.endring.flere", antall=antall)


def test_a_clause_keeps_its_comma_before_the_verb() -> None:
    text = sentence("kontor.samtale.ned", ledd="andelen unge under 30 som kom i arbeid,")
    assert text.startswith("Andelen unge under 30 som kom i arbeid, gikk ned.")


def test_a_value_that_nobody_gives_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        sentence("kontor.endring.flere")


def test_an_unknown_sentence_is_an_error_that_names_its_file() -> None:
    with pytest.raises(KeyError, match=r"kontor\.yml"):
        sentence("kontor.finnes.ikke")


def test_text_in_a_part_of_a_page_is_escaped() -> None:
    html = part("kontor_topp", linje="<script>", root="../", enhet="9001", har_ark=True)
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_links_in_a_sentence_stay_links_and_text_is_escaped() -> None:
    over = [Markup('<a href="9001.html">NAV Storvik</a>'), Markup("<b>NAV Elvemo</b>")]
    said = html_sentence("trakt.utslag", over=over, under=["<script>"], andre=0)
    assert '<a href="9001.html">NAV Storvik</a> og <b>NAV Elvemo</b> ligger over' in said
    assert "&lt;script&gt; ligger under." in said


def test_every_file_of_words_is_read() -> None:
    files = sorted(path.stem for path in FOLDER.rglob("*.yml"))
    assert sorted({key.partition(".")[0] for key in sources()}) == files  # so no two have the same name


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.md.j2")), ids=lambda path: path.name)
def test_a_passage_reads_well_with_every_value(path: Path) -> None:
    names = names_in(path.read_text(encoding="utf-8"))
    for values in product(*(OF_PASSAGES[name] for name in names)):
        text = passage(path.name.partition(".")[0], **dict(zip(names, values, strict=True)))
        assert text.endswith("\n")
        assert not re.search(r"[{}]|None|True|False|[^\n ]  |[ ][,.:;?]|,,|,\.|\.\.(?!/)", text), text
        for paragraph in text.strip().split("\n\n"):
            assert paragraph.startswith("#") or paragraph.endswith((".", "?", ":", "»")), paragraph


def test_sentences_under_a_key_are_named_in_the_order_of_the_file() -> None:
    assert list(sentences_under("skjult.lengde").items())[:2] == [
        ("maned", "måneder"),
        ("tertial", "tertialer"),
    ]
