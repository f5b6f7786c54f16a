"""The book's words: every sentence renders with each verdict, number and direction, and reads well."""

import re
from itertools import product
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, meta
from markupsafe import Markup

from navbook.edition.schema import IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
from navbook.pages.templates import (
    FILTERS,
    FOLDER,
    html_sentence,
    part,
    passage,
    sentence,
    sentences_under,
    sources,
)

VERDICTS = (OPPFYLT, IKKE_OPPFYLT, KAN_IKKE_AVGJORES)
ANSWERS = [sentence(f"kontor.endring.svar.{verdict}") for verdict in VERDICTS]
NAMES = [["Formidlinger"], ["Formidlinger", "Unge i aktivitet"], ["A", "B", "C"]]
# What each name may be: one and several, up and down, with and without.
SAMPLES: dict[str, list[object]] = {
    "alle": [True, False],
    "antall": [1, 2, 13],
    "ar": [2019, "utgangs"],
    "basis": ["2021"],
    "benevning": ["", " prosent", " per måned i snitt"],
    "borte": [0, 1, 3],
    "brev": ["brevet", "mål- og disponeringsbrevet for 2022"],
    "blant": ["svarene i tabellen"],
    "endring": [None, -3, 0, 3],
    "endret": [0, 1, 3],
    "enhet": ["9001"],
    "faa": [[], ["unge under 30"]],
    "flere": ["1", "174"],
    "forbehold": ["", ", men uten permitterte kan det ikke avgjøres"],
    "fra": ["54,3"],
    "fylke": ["", "Nordfylket"],
    "fotnote": ["18"],
    "grense": ["6,1"],
    "grensen": ["6,1 prosent"],
    "grenser": ["38–44"],
    "gruppe": ["Unge under 30"],
    "grupper": NAMES,
    "hele": ["hele landet", "hele Rogaland"],
    "hva": ["unge"],
    "hvor": ["i landet", "i Rogaland"],
    "hvem": ["langtidsledige"],
    "id": [["SP01"], ["SP01", "SP10"]],
    "kontorer": NAMES,
    "krav": ["Skal øke sammenlignet med 2021"],
    "maned": ["desember 2022"],
    "ledd": ["andelen unge under 30 som kom i arbeid,", "antallet formidlinger"],
    "navn": NAMES,
    "nedre": ["2"],
    "nye": [0, 1, 3],
    "opp": [True, False],
    "ordlyd": ["Andel arbeidssøkere med overgang til arbeid"],
    "over": [[], ["unge under 30"]],
    "ovre": ["7"],
    "periode": ["2022", "1. tertial 2022"],
    "prosent": ["12"],
    "rad": [2, 13],
    "side": [-1, 0, 1],
    "skjult": [True, False],
    "snitt": [True, False],
    "som_forventet": [[], ["unge under 30"]],
    "som_landet": [[], ["unge under 30"]],
    "substantiv": ["andelen", "antallet"],
    "storrelse": ["", "under 30"],
    "svar": ANSWERS,
    "tertialer": [["1. tertial 2022"], ["1. tertial 2022", "2. tertial 2022"]],
    "til": ["45,4"],
    "topp": ["landet", "Rogaland"],
    "vekt": ["", ", og brevet legger mest vekt på det (fotnote 18)"],
    "under": [[], ["unge under 30", "arbeidssøkere"]],
}
# where the figures of many units use a name for another kind of value
OF_FIGURES: dict[str, list[object]] = {
    "alle": [0, 19],
    "andel": ["45,2"],
    "antall": [1, 2, 264],
    "avvik": ["+0,4"],
    "endring": ["", "+1,2"],
    "enhet": ["kontor", "fylke"],
    "enheten": ["kontoret"],
    "enhetene": ["kontorene"],
    "faste": ["sykefravær"],
    "flere": [True, False],
    "forst": ["41,0"],
    "forst_maned": ["januar 2019"],
    "fylker": [["Nordfylket 45 prosent", "Sørfylket ikke vurdert"]],
    "grunn": ["skjult"],
    "hoy": ["52"],
    "hvor": ["den sjette tidelen"],
    "ikke": [0, 1, 4],
    "intervall": ["41–44"],
    "klare": [0, 1, 5],
    "lav": ["41"],
    "med_topp": [0, 1, 3],
    "mest": ["", "9001 NAV Storvik"],
    "midt": ["47"],
    "navn": ["Unge i aktivitet"],
    "ned": [0, 1, 3],
    "nivaer": ["", "Hele 2022: 45 prosent."],
    "opp": [0, 1, 2],
    "oppfylt": [0, 1, 2],
    "sammenlignet": ["", "landet"],
    "sist": ["44,0"],
    "sist_maned": ["desember 2022"],
    "skjult": [0, 3],
    "storst": [1.0, 3.2],
    "storst_tekst": ["3,2"],
    "svar": ["", "Kravet er oppfylt."],
    "tittel": ["To svar er klare"],
    "toppen": ["landet", "Rogaland"],
    "uker": [1, 2, 8],
    "utenfor": [0, 1, 2],
    "uten_topp": [0, 1],
}
# where the funnels use a name for another kind of value
OF_FUNNELS: dict[str, list[object]] = {
    "andel": ["45,2"],
    "andre": [0, 1, 3],
    "antall": [0, 1, 264],
    "grenser": ["41,0–49,5"],
    "i_fylket": [True, False],
    "kontor": ["NAV Storvik"],
    "midt": ["47,0"],
    "navn": ["Unge i aktivitet"],
    "over": [[], ["9001 NAV Storvik"], ["9001 NAV Storvik", "9002 NAV Midtbygd"]],
    "skiller_seg": [True, False],
    "toppen": ["Landet", "Rogaland"],
    "toppens": ["landets", "Rogalands"],
    "under": [[], ["9003 NAV Lilleøy"]],
    "ut": [[], ["9001 NAV Storvik"], ["9001 NAV Storvik", "9002 NAV Midtbygd"]],
    "utenfor": [0, 1, 2],
}
# the chapters: on the model, on pairs of offices, on hidden rows
OF_MODEL: dict[str, list[object]] = {
    "ganger": ["74"],
    "grunn": ["Uttrekket har bare tellinger."],
    "grupper": ["fødeland: Norge (+4,1) og alder og kjønn: 30–39 (+2,0)"],
    "ingen": [True, False],
    "kontor": ["264"],
    "ledd": [["for A 74 av 100 ganger"], ["for A 74 av 100 ganger", "for B 71 av 100 ganger"]],
    "med": ["", "2,1"],
    "personer": ["arbeidssøkere"],
    "toppens": ["landets"],
    "ujustert": ["4,2"],
    "uten": ["3,1"],
}
OF_PAIRS: dict[str, list[object]] = {
    "funnet": [1, 37],
    "likest": ["under 30 år og nedsatt arbeidsevne"],
    "navn": ["Unge i aktivitet"],
    "par": [120.0],
    "sikker": [True, False],
    "sikre": [0, 1, 5],
    "ventet": [6.0],
}
OF_HIDDEN: dict[str, list[object]] = {
    name: [1, 1200] for name in ("andre", "celler", "deler", "holdt_tilbake", "sma", "summer", "vernet")
}
OF_FILE = {
    "figurer": OF_FIGURES,
    "trakt": OF_FUNNELS,
    "modell": OF_MODEL,
    "laering": OF_PAIRS,
    "skjult": OF_HIDDEN,
}
# what passages use
OF_PASSAGES: dict[str, list[str]] = {
    "hele": ["hele landet", "hele Rogaland"],
    "topp": ["landet", "Rogaland"],
}
# keys where a name holds another kind of value
OF_KEY: dict[str, dict[str, list[object]]] = {
    "kontor.endring.grense": {"over": [True, False]},
    "kontor.krav.brev": {"ar": ["", "2022"]},
    "kontor.ledd.annet": {"navn": ["Formidlinger"]},
    "kontor.resultat.tellinger": {"navn": ["Formidlinger"]},
    "kontor.lignende.tittel": {"navn": ["NAV Storvik"]},
    "kontor.resultat.ordlyd": {"id": ["SP01"]},
    "figurer.varmekart.tomme": {"navn": NAMES},
    "setninger.grense.oppfylt": {"over": [True, False]},
    "setninger.grense.ikke_oppfylt": {"over": [True, False]},
    "setninger.tillegg.tilfeldig": {"antall": [0, 1, 2, 13]},
    **{
        f"avvik.siden.{key}": {"side": ["ikke høyere enn i samme måned året før"]}
        for key in ("ingen", "en", "en_minst", "flere", "flere_minst")
    },
}


def names_in(template: str) -> list[str]:
    environment = Environment()
    environment.filters.update(FILTERS)
    return sorted(meta.find_undeclared_variables(environment.parse(template)))


def every_rendering(key: str) -> list[str]:
    names = names_in(sources()[key])
    of_file = SAMPLES | OF_FILE.get(key.partition(".")[0], {})
    samples = [OF_KEY.get(key, {}).get(name) or of_file[name] for name in names]
    return [sentence(key, **dict(zip(names, values, strict=True))) for values in product(*samples)]


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
    html = part("kontor_topp", linje="<script>", root="../", enhet="9001")
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
