"""A county's own text stands under the heading it was written under, and nothing of it is lost."""

from hypothesis import given
from hypothesis import strategies as st
from tests.editions import NORTH, write_small_edition

from navbook.edition import Edition, EditionWithoutComments
from navbook.pages import edition_chapters
from navbook.pages.chapters.reports import own_words, place_text

HEADINGS = ["2.1. Inkluderingsdugnaden:", "Innvandrere utenfor EØS", "Langtidsledige"]


def test_a_text_is_placed_by_its_heading_whatever_case_number_and_colon():
    text = "Først\n\n## inkluderingsdugnaden\nEn\n\n# 7 INNVANDRERE  utenfor EØS:\nTo\n"
    found = place_text(text, HEADINGS)
    assert found.before == "Først"
    assert found.placed == {HEADINGS[0]: "En", HEADINGS[1]: "To"}
    assert found.elsewhere == {}


def test_a_heading_may_be_given_by_its_words_before_the_comma_where_that_is_one_heading():
    headings = [
        "Langtidsledige, herunder personer med kort tid igjen",
        "Ungdom, herunder A",
        "Ungdom, herunder B",
    ]
    found = place_text("# Langtidsledige\nA\n# Ungdom\nB", headings)
    assert found.placed == {headings[0]: "A"}
    assert found.elsewhere == {"Ungdom": "B"}


def test_a_heading_that_the_letter_lacks_is_kept_elsewhere_and_a_repeated_one_has_both_parts():
    found = place_text("# Langtidsledige\nA\n# Ukjent\nB\n# Langtidsledige\nC", HEADINGS)
    assert found.placed == {"Langtidsledige": "A\n\nC"}
    assert found.elsewhere == {"Ukjent": "B"}


def test_a_sign_within_code_is_no_heading():
    found = place_text("# Langtidsledige\n```\n# ikke en overskrift\n```\nslutt", HEADINGS)
    assert found.placed["Langtidsledige"] == "```\n# ikke en overskrift\n```\nslutt"


def test_no_text_is_no_words():
    assert place_text("", HEADINGS).placed == {}
    assert own_words("", "NAV Nordfylket") == ""
    assert own_words(" \n", "NAV Nordfylket") == ""


def test_own_words_name_the_writer_and_escape_the_text():
    html = own_words("Vi <b>vil</b> mer", "NAV <Nord>")
    assert "Skrevet av NAV &lt;Nord&gt;." in html
    assert "<b>" not in html


@given(st.lists(st.tuples(st.sampled_from([*HEADINGS, "Ukjent", "Annet"]), st.text("abc æøå", max_size=20))))
def test_no_word_is_lost(parts):
    text = "\n".join(f"## {head}\n{body}" for head, body in parts)
    found = place_text(text, HEADINGS)
    kept = " ".join([found.before, *found.placed.values(), *found.elsewhere.values()]).split()
    assert sorted(kept) == sorted(word for _, body in parts for word in body.split())


def test_the_edition_keeps_what_units_wrote_and_the_report_shows_it_under_its_heading(tmp_path):
    source = {
        "report_texts": {NORTH: "## Langtidsledige\nVi fulgte opp tidlig.\n## Egen sak\nFlom.", "9999": "x"}
    }
    folder = write_small_edition(tmp_path, **source, plans={"9001": "Plan", "9999": "x"}).folder
    edition = Edition(folder)
    assert edition.tekster == {"planer": {"9001": "Plan"}, "rapport": {NORTH: source["report_texts"][NORTH]}}
    chapters = edition_chapters(EditionWithoutComments(folder))
    report = chapters[f"rapport/{NORTH}"]
    heading = next(line for line in report.splitlines() if line.startswith("#") and "Langtidsledige" in line)
    below = report[report.index(heading) + len(heading) :]
    assert "Vi fulgte opp tidlig." in below[: below.index("\n#")]
    assert "Flom." in report
    overview = chapters["rapport/oversikt"]
    assert "Egen sak" in overview
    assert ">1 av " in overview
    assert ">0 av " in overview
