"""The book tells in bokmål what the check of the extract noticed."""

import pandas as pd
import pytest

from navbook.edition.schema import QUALITY_COLUMNS
from navbook.extract.report import _QUALITY
from navbook.extract.schema import all_tables
from navbook.gate.metadata.data_quality import in_bokmaal, load_wording


def told(code, text):
    reported = pd.DataFrame([(code, text, None, 7)], columns=["kode", "tekst", "enhetsnr", "antall"])
    return in_bokmaal(reported)["tekst"].item()


@pytest.mark.parametrize("code", sorted(_QUALITY))
def test_every_code_that_the_check_counts_has_a_sentence(code):
    assert code in load_wording().koder


def test_what_was_left_out_has_a_sentence_of_its_own():
    said = told("aap_uten_kontor", "ytelse: AAP spells without an office")
    assert said.startswith("Ytelser: AAP-forløp som passerte 26 uker uten at noen fulgte opp personen")


def test_every_table_of_an_extract_has_a_name():
    assert set(all_tables()) <= set(load_wording().tabeller)


def test_a_sentence_names_its_table_in_words():
    english = "fravaer_ansatte: the office has no row for months it was open"
    assert told("no_report", english) == (
        "Sykefravær blant ansatte: måneder der et kontor var åpent, men ikke har noen rad."
    )


def test_a_code_may_mean_something_of_its_own_in_a_table():
    assert told("no_report", "kontakt: nobody at the office had any contact in months") == (
        "Kontakt: måneder der ingen ved et kontor er registrert med kontakt."
    )


def test_only_the_text_is_changed():
    reported = pd.DataFrame(
        [("overlap", "ytelse: rows of one person_id and ytelse overlap", "9001", 12)],
        columns=["kode", "tekst", "enhetsnr", "antall"],
    )
    kept = [name for name in reported if name != "tekst"]
    assert in_bokmaal(reported)[kept].equals(reported[kept])
    assert set(reported) - {"enhetsnr"} <= set(QUALITY_COLUMNS)
