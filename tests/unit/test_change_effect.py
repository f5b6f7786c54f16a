"""The analysis of a change on editions of hand-made rows: windows, comparison, answer, words, errors."""

from itertools import product

import pytest
from click.testing import CliRunner
from tests.plain_editions import SOURCE, plain_edition

from navbook.cli import main
from navbook.edition.change_effect import Question, analyse
from navbook.edition.change_effect.analysis import COMPOSITION, DECREASE, INCREASE, NONE_SHOWN
from navbook.extract.written_texts import check_texts
from navbook.pages.change_effect import gevinst, write_answer
from navbook.pages.change_effect.answer import headline
from navbook.pages.chapters.planning.plan_text import read_plan
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import month_range

OWN, OTHERS = "9001", ("9002", "9003", "9004")
MONTHS = month_range("2020-01", "2022-12")
SIMILAR = {OWN: OTHERS}


def months(enhet, share_of, n=200, indikator="ota_arbs"):
    """A row for each month of 2020 to 2022; `share_of(month)` is the share."""
    return [
        {"indikator": indikator, "enhet": enhet, "periode": month, "x": n * share_of(month), "n": float(n)}
        | {"verdi": share_of(month)}
        for month in MONTHS
    ]


def rising(month):
    return 0.55 if month >= "2022-01" else 0.40


def steady(month):  # noqa: ARG001
    return 0.40


def year_rows(enhet, before, after, expected=(None, None), n=1000):
    """The rows of 2021 and 2022: shares, and the deviation from the expected share where one is given."""
    rows = []
    for period, share, of_expected in (("2021", before, expected[0]), ("2022", after, expected[1])):
        row = {"indikator": "ota_arbs", "enhet": enhet, "periode": period, "x": share * n, "n": float(n)}
        row |= {"verdi": share, "basis_periode": "2021" if period == "2022" else None}
        if of_expected is not None:
            off = share - of_expected
            row |= {
                "forventet": of_expected,
                "avvik": off,
                "avvik_nedre": off - 0.03,
                "avvik_ovre": off + 0.03,
            }
        rows.append(row)
    return rows


def edition_of_months(folder, own=rising, others=steady, **of_rows):
    rows = months(OWN, own, **of_rows) + [row for other in OTHERS for row in months(other, others, **of_rows)]
    return plain_edition(folder, rows, similar=SIMILAR)


def ask(**changed):
    return Question(**{"kontor": (OWN,), "dato": "2022-01", "indikator": "ota_arbs"} | changed)


def test_the_year_before_and_the_year_after_are_compared_with_similar_offices(tmp_path):
    found = analyse(edition_of_months(tmp_path), ask())
    assert found.compared == OTHERS
    assert found.windows.before == month_range("2021-01", "2021-12")
    assert found.windows.after == month_range("2022-01", "2022-12")
    assert found.effect.value == pytest.approx(0.15)
    assert found.answer == INCREASE
    own = found.offices[found.offices["endret"]].iloc[0]
    assert (own["x0"], own["n0"], own["x1"], own["n1"]) == pytest.approx((960, 2400, 1320, 2400))


def test_every_placebo_date_ends_before_the_change_and_finds_nothing_where_nothing_happened(tmp_path):
    found = analyse(edition_of_months(tmp_path), ask())
    # windows of twelve months within 2020 and 2021: one date
    assert found.placebo["dato"].tolist() == ["2021-01"]
    assert found.placebo_finds == 0
    six = analyse(edition_of_months(tmp_path / "seks"), ask(vindu=6))
    assert six.placebo["dato"].tolist() == list(month_range("2020-07", "2021-07"))


def test_a_fall_is_a_decrease_and_equal_courses_are_none(tmp_path):
    falling = analyse(edition_of_months(tmp_path / "a", own=lambda m: 0.8 - rising(m)), ask())
    assert falling.answer == DECREASE
    assert analyse(edition_of_months(tmp_path / "b", own=steady), ask()).answer == NONE_SHOWN
    both = analyse(edition_of_months(tmp_path / "c", others=rising), ask())
    assert both.answer == NONE_SHOWN


def test_a_stock_counts_the_mean_of_its_months_and_so_is_less_sure(tmp_path):
    flow = analyse(edition_of_months(tmp_path / "a"), ask())
    stock_rows = {"indikator": "langtid_aktivitet"}
    stock = analyse(edition_of_months(tmp_path / "b", **stock_rows), ask(indikator="langtid_aktivitet"))
    assert stock.offices["n1"].tolist() == pytest.approx([200] * 4)
    assert stock.effect.value == pytest.approx(flow.effect.value)
    assert stock.effect.upper - stock.effect.lower > 3 * (flow.effect.upper - flow.effect.lower)


def test_a_hidden_month_leaves_out_its_counterpart_in_the_other_window(tmp_path):
    rows = months(OWN, rising) + [row for other in OTHERS for row in months(other, steady)]
    hidden = {"status": "skjult", "x": None, "n": None, "verdi": None}
    rows = [row | hidden if (row["enhet"], row["periode"]) == (OWN, "2022-05") else row for row in rows]
    found = analyse(plain_edition(tmp_path, rows, similar=SIMILAR), ask())
    assert "2022-05" not in found.windows.after
    assert "2021-05" not in found.windows.before
    assert len(found.windows.after) == 11


def test_an_office_that_hides_a_month_is_not_compared_with_and_is_named(tmp_path):
    rows = months(OWN, rising) + [row for other in OTHERS for row in months(other, steady)]
    rows = [row for row in rows if (row["enhet"], row["periode"]) != ("9003", "2021-02")]
    answer = gevinst(plain_edition(tmp_path, rows, similar=SIMILAR), OWN, "2022-01", "ota_arbs")
    assert answer.analysis.compared == ("9002", "9004")
    assert answer.analysis.left_out == ("9003",)
    assert "fordi tallene deres ikke vises: NAV 9003." in answer.markdown


def test_without_months_the_edition_s_own_period_and_its_base_are_compared(tmp_path):
    rows = year_rows(OWN, 0.40, 0.50) + [row for other in OTHERS for row in year_rows(other, 0.40, 0.40)]
    found = analyse(plain_edition(tmp_path, rows, similar=SIMILAR), ask())
    assert (found.windows.before, found.windows.after) == (("2021",), ("2022",))
    assert found.effect.value == pytest.approx(0.10)
    assert found.placebo.empty


def test_a_change_that_the_make_up_of_the_group_explains_is_not_called_an_improvement(tmp_path):
    # observed 0.40 to 0.50 where 0.40 to 0.50 was expected: nothing but other people
    rows = year_rows(OWN, 0.40, 0.50, expected=(0.40, 0.50))
    rows += [row for other in OTHERS for row in year_rows(other, 0.40, 0.40, expected=(0.40, 0.40))]
    answer = gevinst(plain_edition(tmp_path, rows, similar=SIMILAR), OWN, "2022-01", "ota_arbs")
    assert answer.analysis.answer == COMPOSITION
    assert answer.analysis.adjusted.value == pytest.approx(0)
    assert answer.headline == "Ingen påvist endring utover at andre personer gikk ut av oppfølging"


def test_the_adjusted_effect_decides_where_there_is_one_by_hand(tmp_path):
    # own deviation 0 to +0.10, the others 0 to 0; each deviation has limits of 0.03 on both sides
    rows = year_rows(OWN, 0.40, 0.50, expected=(0.40, 0.40))
    rows += [row for other in OTHERS for row in year_rows(other, 0.40, 0.40, expected=(0.40, 0.40))]
    found = analyse(plain_edition(tmp_path, rows, similar=SIMILAR), ask())
    assert found.adjusted.value == pytest.approx(0.10)
    # two deviations at the office, and two over three at the others
    assert found.adjusted.upper - found.adjusted.value == pytest.approx(0.03 * (2 + 2 / 3) ** 0.5)
    assert found.adjusted_periods == ("2021", ("2022",))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (ask(kontor=("9099",)), "no office 9099"),
        (ask(indikator="ota_arb"), "no indicator 'ota_arb'"),
        (ask(gruppe="alla"), "has no group 'alla'"),
        (ask(dato="2022-13"), "not a month"),
        (ask(vindu=3), "a window of 3 months"),
        (ask(kontor=()), "no office is named"),
        (ask(sammenligning=(OWN,)), "cannot be compared with itself"),
        (ask(sammenligning=("9002",)), "name others"),
        (ask(kontor=("9002",)), "names no offices similar to 9002"),
        (ask(dato="2019-01"), "shows too little"),
        (ask(indikator="portefolje"), "no share of persons"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_question_that_cannot_be_answered_is_refused_in_one_sentence(tmp_path, question, said):
    portfolio = [{"indikator": "portefolje", "enhet": OWN, "periode": month, "x": 100.0} for month in MONTHS]
    rows = months(OWN, rising) + [row for other in OTHERS for row in months(other, steady)] + portfolio
    with pytest.raises(UsageError, match=said):
        analyse(plain_edition(tmp_path, rows, similar=SIMILAR), question)


def test_the_headline_says_which_way_both_sides_went(tmp_path):
    def said(own_after, others_after):
        folder = tmp_path / f"{own_after}-{others_after}"
        edition = edition_of_months(
            folder,
            lambda m: own_after if m >= "2022" else 0.40,
            lambda m: others_after if m >= "2022" else 0.40,
        )
        return headline(analyse(edition, ask()))

    assert said(0.60, 0.45) == "Andelen økte mer her enn ved kontorene vi sammenligner med"
    assert said(0.60, 0.35) == "Andelen økte her og falt ved kontorene vi sammenligner med"
    assert said(0.38, 0.20) == "Andelen falt mindre her enn ved kontorene vi sammenligner med"
    assert said(0.20, 0.38) == "Andelen falt mer her enn ved kontorene vi sammenligner med"
    assert said(0.20, 0.45) == "Andelen falt her og økte ved kontorene vi sammenligner med"
    assert said(0.42, 0.60) == "Andelen økte mindre her enn ved kontorene vi sammenligner med"
    assert said(0.40, 0.40) == "Ingen påvist endring"


def test_the_answer_prints_the_counts_and_the_change_by_hand(tmp_path):
    text = gevinst(edition_of_months(tmp_path), OWN, "2022-01", "ota_arbs").markdown
    assert "| **NAV 9001** | 40,0 (2\u202f400) | 55,0 (2\u202f400) | +15,0 |" in text
    assert "| NAV 9002 | 40,0 (2\u202f400) | 40,0 (2\u202f400) | 0,0 |" in text
    assert "Endringen var 15,0 prosentpoeng høyere her enn ved de andre kontorene." in text
    assert "Vi regnet på samme måte for 1 tidligere dato," in text
    assert "Ingen av dem ga et klart utslag." in text
    assert f"Kilde: {SOURCE} · uttrekk 31. januar 2023 · utgave 2022. Tallene er syntetiske." in text


@pytest.mark.parametrize(("own", "adjusted"), list(product([0.60, 0.40, 0.20], [True, False])))
def test_every_answer_is_complete_sentences(tmp_path, own, adjusted):
    expected = (0.40, own if own == 0.60 else 0.40) if adjusted else (None, None)
    rows = year_rows(OWN, 0.40, own, expected=expected)
    steady_expected = (0.40, 0.40) if adjusted else (None, None)
    rows += [row for other in OTHERS for row in year_rows(other, 0.40, 0.40, expected=steady_expected)]
    text = gevinst(plain_edition(tmp_path, rows, similar=SIMILAR), OWN, "2022-01", "ota_arbs").markdown
    assert "{" not in text
    assert "None" not in text
    assert "nan" not in text
    assert "Utgaven har ikke nok tidligere måneder" in text
    assert ("Vi kan ikke ta hensyn til hvem som er i gruppen" in text) is not adjusted


def test_the_figure_draws_both_sides_and_every_placebo_date(tmp_path):
    answer = gevinst(edition_of_months(tmp_path), OWN, "2022-01", "ota_arbs", vindu=6)
    top, bottom = answer.figure.axes
    drawn = {tuple(line.get_ydata()) for line in top.lines if len(line.get_ydata()) == len(MONTHS)}
    assert drawn == {tuple(100 * rising(m) for m in MONTHS), tuple(100 * steady(m) for m in MONTHS)}
    (points,) = [c for c in bottom.collections if len(c.get_offsets()) == len(answer.analysis.placebo)]
    assert points.get_offsets()[:, 1].tolist() == pytest.approx(list(100 * answer.analysis.placebo["verdi"]))


@pytest.mark.parametrize("name", ["svar.html", "svar.md"])
def test_the_page_is_written_once_and_the_same_each_time(tmp_path, name):
    answer = gevinst(edition_of_months(tmp_path), OWN, "2022-01", "ota_arbs")
    first = [path.read_bytes() for path in write_answer(answer, tmp_path / "a" / name)]
    second = [path.read_bytes() for path in write_answer(answer, tmp_path / "b" / name)]
    assert first == second
    assert b"aria-label" in b"".join(first)
    with pytest.raises(UsageError, match="exists already"):
        write_answer(answer, tmp_path / "a" / name)


def test_the_command_prints_the_answer_and_writes_it_on_request(tmp_path):
    edition = edition_of_months(tmp_path)
    common = ["gevinst", str(edition.folder), "--office", OWN, "--date", "2022-01", "--indicator", "ota_arbs"]
    printed = CliRunner().invoke(main, common)
    assert printed.exit_code == 0
    assert "# NAV 9001: Arbeidssøkere til arbeid, alle" in printed.output
    written = CliRunner().invoke(main, [*common, "--out", str(tmp_path / "svar.html")])
    assert written.exit_code == 0
    assert "Syntetiske tall" in (tmp_path / "svar.html").read_text(encoding="utf-8")
    refused = CliRunner().invoke(main, [*common, "--out", str(tmp_path / "svar.pdf")])
    assert refused.exit_code == 2


def test_an_answer_is_added_to_the_plan_of_the_office_and_read_from_it(tmp_path):
    edition = edition_of_months(tmp_path / "2022")
    plan = tmp_path / "planer" / f"{OWN}.md"
    plan.parent.mkdir()
    plan.write_text("# Plan for 2022\n\n## Unge under 30\n\nTiltak: Fast ungdomsteam.\n", encoding="utf-8")
    command = [
        "gevinst",
        str(edition.folder),
        "--office",
        OWN,
        "--date",
        "2022-01",
        "--indicator",
        "ota_arbs",
    ]
    done = CliRunner().invoke(main, [*command, "--plan", str(plan)])
    assert done.exit_code == 0, done.output
    read = read_plan(plan.read_text(encoding="utf-8"))
    assert read.groups["unge"][0].measures == ({"Tiltak": "Fast ungdomsteam."},)
    (added,) = read.groups["annet"]
    answer = gevinst(edition, OWN, "2022-01", "ota_arbs")
    assert answer.headline in added.text
    assert not added.measures
    assert "Kontorer å sammenligne med:" in added.text
    assert not list(check_texts(plan.parent.parent, frozenset({OWN}), frozenset()))[1:]
    again = CliRunner().invoke(main, [*command, "--plan", str(plan)])
    assert again.exit_code == 2
    assert "already" in again.output
    other = CliRunner().invoke(main, [*command, "--plan", str(tmp_path / "9002.md")])
    assert other.exit_code == 2
    assert f"{OWN}.md" in other.output
