"""Every sentence of a letter file in which the book promises something, and the page that keeps it."""

import re
from functools import cache

import pytest

from editions import make_small_edition
from navbook import pages
from navbook.edition import Edition
from navbook.indicators import REGISTRY
from navbook.letters import Letter, letter_for
from navbook.pages import edition_chapters

YEARS = (2021, 2022)
PROMISE = re.compile(r"\b(boken|vises)\b", re.I)
# the letter's own words promise nothing of the book's
QUOTED = ("quotes", "wording", "requirement", "text_of_letter", "english")
# sentences that tell what the book is or is not, and so need no page
NO_PROMISE = {
    "Vises ikke som eget tall, men kontorregisteret har gyldighet og etterfølgere, "
    "og seriene følger kontoret gjennom sammenslåinger.",
    "Vises ikke: uttrekket kjenner planlagt kontakt, men ikke om brukeren var med på å planlegge den.",
    "Boken er laget for en samtale, ikke bare som målekort.",
    "Vedlegget er ikke med i grunnlaget for boken.",
    "Boken kan lages når som helst.",
    "Boken har ikke noe tall for dem.",
}


@pytest.fixture(scope="module", autouse=True)
def _editions(tmp_path_factory):
    place = tmp_path_factory.mktemp("utgaver")
    for period in ("2021", "2022", "2023"):
        make_small_edition(place, period)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVBOOK_UTGAVER", str(place))
        chapter.cache_clear()
        yield place


@cache
def chapter(period, name):
    folder = pages.landet(period).view.edition.folder
    return edition_chapters(Edition(folder))[name]


def definition(indikator):
    return pages.indikator("2022", indikator).definisjon().html


def shows(period, indikator, gruppe, section="andre_tall", page=pages.fylke, enhet="9700"):
    html = getattr(page(period, enhet), section)().html
    return f'data-indikator="{indikator}" data-gruppe="{gruppe}"' in html


def first_group(indikator):
    return REGISTRY[indikator].grupper[0].id


KEPT = {
    "Boken leser det slik: avstanden til nivået i samme periode i 2019 skal være mindre "
    "enn den var i 2020.": (lambda: "2019-nivået" in pages.fylke("2021", "9700").resultater().html),
    "under 30 år, som boken viser i tillegg": lambda: all(
        shows(period, "aap_26u", "under30") for period in ("2021", "2022")
    ),
    "Et kontor ansetter så få at andelen bare vises for fylke og land.": lambda: (
        set(inclusion().loc[inclusion()["niva"] == "kontor", "status"]) == {"skjult"}
    ),
    "Boken viser hvor mange som har hatt AAP lenge, ikke gjennomsnittet, "
    "og opphold mellom vedtak i stedet for venteperioder, som uttrekket ikke kjenner.": lambda: all(
        shows("2022", name, first_group(name)) for name in ("g01_aap_varighet", "g01_aap_opphold")
    ),
    "Boken viser hvor mange som har hatt AAP lenge, og opphold mellom vedtak.": lambda: all(
        shows("2022", name, first_group(name)) for name in ("g01_aap_varighet", "g01_aap_opphold")
    ),
    "Brevet sier ikke om varig lønnstilskudd er med; boken teller det midlertidige.": lambda: (
        "midlertidig lønnstilskudd" in definition("g10_midlertidig_lonnstilskudd")
    ),
    "Opphold mellom AAP-vedtak vises under G01.": lambda: (
        "G01" in pages.indikator("2022", "g01_aap_opphold").brevet().html
    ),
    "Boken viser hvor mange vedtak som snart løper ut, og hvor mange som får et nytt.": lambda: all(
        shows("2022", name, first_group(name)) for name in REGISTRY if name.startswith("f06_")
    ),
    "Er den samme som SP11 og vises der.": lambda: "SP11" in pages.fylke("2022", "9700").resultater().html,
    "Boken viser siste kjente periode, og sier det.": lambda: (
        "viser siste kjente periode" in pages.fylke("2023", "9700").topplinje().html
    ),
    "Tallene kan hentes fra boken; vurderingen skriver fylket.": lambda: (
        "data/fylke/9700.csv" in chapter("2022", "rapport/9700")
    ),
    "Derfor viser boken SP08 også for dem under 30 år.": lambda: (
        shows("2021", "aap_26u", "under30")
        and all(
            'data-indikator="aap_26u" data-gruppe="under30"' in chapter(period, "rapport/9700")
            for period in ("2021", "2022")
        )
    ),
    "Til et nytt brev kommer, gjelder det forrige, og boken sier det.": lambda: (
        "Brevet for 2023 er ikke lagt inn ennå" in pages.fylke("2023", "9700").topplinje().html
    ),
    "Boken har hvert sitt navn på dem.": lambda: (
        len({REGISTRY[name].kortnavn for name in ("u30_8uker", "f02_aktivitetskrav_8u", "gradert_12u")}) == 3
    ),
    "Boken viser hvor mange gruppen er.": lambda: all(
        shows(period, "g18_dagpenger_slutt", "hoyst_26") for period in ("2021", "2022")
    ),
    "Boken bruker den første og teller dem med.": lambda: (
        "nøyaktig 26 uker igjen, er med" in definition("g18_dagpenger_slutt")
    ),
    "Boken teller dem som har 26 uker eller mindre igjen, slik brevet for 2022 gjør.": lambda: (
        "26 uker eller mindre igjen" in definition("g18_dagpenger_slutt")
    ),
    "De kan peke hver sin vei, så boken viser to vurderinger.": lambda: all(
        shows("2022", "langtid_aktivitet", gruppe, "resultater") for gruppe in ("alle", "antall")
    ),
    "Vises som en hendelse i figurene, ikke som et eget tall.": lambda: (
        "AAP" in " ".join(pages.landet("2022").view.edition.hendelser["navn"])
    ),
    "Fotnoten står ved SP04, og boken bruker denne.": lambda: (
        "SP04, fotnote 19" in pages.fylke("2022", "9700").resultater().html
    ),
    "SP01 vises både med og uten permitterte.": lambda: all(
        shows("2022", "ota_arbs", gruppe, "resultater") for gruppe in ("alle", "uten_permitterte")
    ),
    "Boken teller 182 dager eller mer.": lambda: "182 dager" in definition("langtid_aktivitet"),
}


def inclusion():
    tall = Edition(pages.landet("2022").view.edition.folder).tall
    return tall[(tall["indikator"] == "inkludering") & (tall["periode"] == "2022")]


def promises(letter: Letter) -> set[str]:
    """Every sentence of the file that speaks of the book, the letter's own words left out."""
    found: set[str] = set()

    def read(value: object, name: str) -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                if key not in QUOTED:
                    read(part, key)
        elif isinstance(value, list):
            for part in value:
                read(part, name)
        elif isinstance(value, str) and name in ("reason", "fixes", "text", "silent", "breakdowns"):
            found.update(part for part in re.split(r"(?<=[.;:]) (?=[A-ZÆØÅ])", value) if PROMISE.search(part))

    read(letter.model_dump(mode="json"), "")
    return found


def test_every_promise_of_the_letters_is_listed_here():
    listed = set(KEPT) | NO_PROMISE
    made = set().union(*(promises(letter) for year in YEARS if (letter := letter_for(year))))
    assert made <= listed, made - listed


@pytest.mark.parametrize("promise", KEPT)
def test_every_promise_is_kept_by_a_page(promise):
    assert KEPT[promise]()


PARTLY = re.compile(r"sier ikke (?!hvor lang)|skiller ikke|, men |\bbare\b|står under|^Vises")


@pytest.mark.parametrize("year", YEARS)
def test_the_status_of_an_entry_does_not_contradict_its_reason(year):
    """What the extract has some of is not said to be missing in it."""
    entries = [e for e in letter_for(year).catalogue if e.status.endswith("i uttrekket")]
    partly = {entry.id for entry in entries if PARTLY.search(entry.reason)}
    assert {entry.id for entry in entries if entry.status == "bare delvis i uttrekket"} == partly
    ids = {entry.id for entry in letter_for(year).catalogue}
    assert {"G25", "G32", "G48", "G51"} & ids <= partly
