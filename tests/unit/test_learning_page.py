"""The learning chapter: pairs in number order with intervals, a warning of chance, and questions."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from navbook.edition.schema import DRIVERS, FURTHER
from navbook.pages.chapters.learning import learning_chapter
from navbook.pages.templates import sentence

DEFINITION = {"id": "ota_arbs", "navn": "Andel", "kortnavn": "Arbeidssøkere til arbeid", "grupper": []}


def edition_of(pairs: list[tuple]) -> SimpleNamespace:
    columns = list(FURTHER["laering"])
    laering = pd.DataFrame(
        [("ota_arbs", "alle", "2022", *pair, 40.0) for pair in pairs], columns=columns
    ).astype(dict.fromkeys(columns[5:], "float64"))
    lignende = pd.DataFrame(
        [(a, b, "under30 langtid", *[0.3] * len(DRIVERS)) for a, b, *_ in pairs],
        columns=list(FURTHER["lignende"]),
    )
    row = {
        "indikator": "ota_arbs", "gruppe": "alle", "niva": "kontor", "periode": "2022", "status": "vist",
        "x": 120.0, "n": 300.0, "verdi": 0.4, "nedre": 0.35, "ovre": 0.46, "forelopig": False,
    }  # fmt: skip
    fields = ["basis_periode", "basis_verdi", "endring", "endring_nedre", "endring_ovre", "krav", "vurdering"]
    fields += ["forventet", "avvik", "avvik_nedre", "avvik_ovre", "definisjon"]
    tall = pd.DataFrame(
        [row | dict.fromkeys(fields) | {"enhet": number} for number in ("9001", "9002", "9003")]
    )
    return SimpleNamespace(
        further={"laering": laering, "lignende": lignende}.__getitem__,
        definisjoner=[DEFINITION],
        tall=tall,
        enheter=pd.DataFrame({"enhet": ["9001", "9002", "9003"], "navn": ["NAV A", "NAV B", "NAV C"]}),
    )


@pytest.fixture
def chapter() -> str:
    pairs = [("9002", "9003", 0.1, 0.02, 0.18, 0.0), ("9001", "9003", -0.2, -0.3, -0.1, 1.0)]
    return learning_chapter(edition_of(pairs), "")


def test_pairs_stand_in_number_order_with_their_intervals(chapter):
    words = re.sub("<a[^>]*>|</a>", "", chapter)
    assert words.index("9001 NAV A og 9003 NAV C") < words.index("9002 NAV B og 9003 NAV C")
    assert "−20,0 <wbr>(−30,0 til −10,0)" in chapter
    assert "40,0 <wbr>(35,0–46,0)" in chapter


def test_it_says_how_many_pairs_chance_alone_would_give(chapter):
    assert "Vi har sett på 40 par" in chapter
    assert "om lag 2 av dem" in chapter
    assert "Ett av dem står seg" in chapter


def test_each_office_leads_to_its_page_and_its_own_words(chapter):
    assert '<a href="../kontor/9001.html">9001 NAV A</a> og <a href="../kontor/9003.html">' in chapter
    assert "«Kontorets egne ord»" in chapter


def test_it_asks_and_does_not_rank(chapter):
    assert "Den er ikke en rangering" in chapter
    assert chapter.count("?") >= 6


def test_an_edition_without_pairs_says_so():
    assert sentence("laering.ingen_par") in learning_chapter(edition_of([]), "")
