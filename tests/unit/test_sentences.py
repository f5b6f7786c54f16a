"""Every verdict is told twice: what the figures did, and what can be said."""

import pandas as pd
import pytest

from navbook.pages.text.sentences import (
    change_interval_sentence,
    change_text,
    figures_sentence,
    interval_text,
    join_clauses,
    share_text,
    status_word,
    verdict_sentence,
)
from navbook.pages.view.cells import Cell, Cells
from navbook.pages.view.requirements import LetterSeries

HIGHER = {"kind": "higher_than_base", "polarity": 1}
TOWARDS_2019 = {"kind": "towards_level", "level_year": 2019, "polarity": 1}
BELOW_6_1 = {"kind": "fixed_limit", "operator": "<", "limit": 0.061, "polarity": -1}


def cell(**fields):
    usual = {
        "indikator": "ota_arbs",
        "gruppe": "alle",
        "enhet": "9001",
        "periode": "2022",
        "status": "vist",
        "x": 215.0,
        "n": 500.0,
        "verdi": 0.43,
        "nedre": 0.387302,
        "ovre": 0.473766,
        "basis_periode": "2021",
        "basis_verdi": 0.412,
        "endring": 0.018,
        "endring_nedre": -0.043064,
        "endring_ovre": 0.078875,
        "vurdering": "kan_ikke_avgjores",
    }
    return Cell(**(usual | fields))


def series(rule, judged=True):
    return LetterSeries("ota_arbs", "alle", judged=judged, rule=rule)


def test_the_figures_tell_what_they_did():
    assert figures_sentence(cell()) == "Fra 2021 til 2022 økte andelen fra 41,2 til 43,0 prosent."


def test_a_fall_is_told_as_a_fall():
    told = figures_sentence(cell(basis_verdi=0.45, endring=-0.02))
    assert told == "Fra 2021 til 2022 gikk andelen ned fra 45,0 til 43,0 prosent."


def test_the_base_is_rounded_once_from_its_counts():
    """20.94 of 3807.42 is 0.5499…, which `basis_verdi` holds as 0.0055; both shares are then 0,5."""
    frame = pd.DataFrame(
        [
            {
                **vars(cell(x=20.94, n=3807.42, verdi=0.0055, basis_verdi=0.0055, endring=0.0)),
                "forelopig": False,
            },
            {**vars(cell(periode="2021", x=20.94, n=3807.42, verdi=0.0055)), "forelopig": False},
        ]
    )
    compared = Cells(frame, []).get("ota_arbs", "alle", "9001", "2022")
    assert figures_sentence(compared) == "Andelen var 0,5 prosent både i 2021 og i 2022."


def test_a_share_without_limits_does_not_tell_on_which_side_of_the_limit_they_lie():
    """The limits of an amount are the spread between its months, and a single month has none."""
    told = verdict_sentence(cell(nedre=None, ovre=None, periode="2022-03"), series(BELOW_6_1))
    assert told == "Kan ikke avgjøres: én måned alene viser ikke hvor sikkert tallet er."


def test_figures_that_print_alike_have_not_moved():
    told = figures_sentence(cell(basis_verdi=0.43004, endring=-0.00004))
    assert told == "Andelen var 43,0 prosent både i 2021 og i 2022."


def test_without_a_base_only_the_level_is_told():
    told = figures_sentence(cell(basis_verdi=None, endring=None))
    assert told == "Andelen var 43,0 prosent i 2022."


@pytest.mark.parametrize(
    ("vurdering", "begins"),
    [
        ("oppfylt", "Kravet er oppfylt: økningen er større enn"),
        ("ikke_oppfylt", "Kravet er ikke oppfylt: nedgangen er større enn"),
        ("kan_ikke_avgjores", "Kan ikke avgjøres: endringen er ikke større enn"),
    ],
)
def test_the_rule_of_2022_has_its_own_words(vurdering, begins):
    assert verdict_sentence(cell(vurdering=vurdering), series(HIGHER)).startswith(begins)


@pytest.mark.parametrize(
    ("vurdering", "says"),
    [
        (
            "oppfylt",
            "Kravet er oppfylt: tallet har beveget seg mot 2019-nivået. 2019-nivået er 45,0 prosent.",
        ),
        ("ikke_oppfylt", "beveget seg bort fra 2019-nivået"),
        ("kan_ikke_avgjores", "ikke kan si om tallet har beveget seg mot 2019-nivået"),
        ("ikke_relevant", "Ingen avstand å ta igjen: 2020 lå ikke påviselig unna 2019-nivået."),
    ],
)
def test_the_rule_of_2021_has_its_own_words(vurdering, says):
    row = cell(periode="2021", basis_periode="2020", krav=0.45, vurdering=vurdering)
    assert says in verdict_sentence(row, series(TOWARDS_2019))


def test_a_fixed_limit_is_named():
    told = verdict_sentence(cell(vurdering="ikke_oppfylt"), series(BELOW_6_1))
    assert told.startswith("Kravet er ikke oppfylt: andelen ligger over 6,1 prosent")


def test_a_qualification_stands_inside_the_sentence_of_the_verdict():
    told = verdict_sentence(cell(vurdering="oppfylt"), series(HIGHER), ", men gruppen ble også større")
    assert told.count(".") == 1
    assert told.endswith("pleier å gi, men gruppen ble også større.")


def test_nothing_is_said_of_a_requirement_that_is_not_made():
    assert verdict_sentence(cell(vurdering="ikke_relevant"), series({}, judged=False)) == ""


def test_the_interval_of_a_change_is_in_percentage_points():
    assert change_interval_sentence(cell()) == "Endringen er trolig mellom \u22124,3 og +7,9 prosentpoeng."
    assert change_text(cell()) == "+1,8 (\u22124,3 til +7,9)"
    assert interval_text(cell()) == "38,7–47,4"


@pytest.mark.parametrize(
    ("lower", "upper", "sentence"),
    [
        (-0.133, -0.027, "Nedgangen er trolig mellom 2,7 og 13,3 prosentpoeng."),
        (0.027, 0.133, "Økningen er trolig mellom 2,7 og 13,3 prosentpoeng."),
        (0.0, 0.133, "Endringen er trolig mellom 0,0 og +13,3 prosentpoeng."),
    ],
)
def test_a_change_whose_sign_is_sure_is_called_a_rise_or_a_fall(lower, upper, sentence):
    assert change_interval_sentence(cell(endring_nedre=lower, endring_ovre=upper)) == sentence


def test_below_200_cases_everything_about_the_share_is_whole_per_cent():
    few = cell(x=43.0, n=100.0, nedre=0.337375, ovre=0.528, basis_verdi=0.412)
    assert share_text(few) == "43"
    assert interval_text(few) == "34–53"
    assert figures_sentence(few) == "Fra 2021 til 2022 økte andelen fra 41 til 43 prosent."


def test_a_stock_is_told_as_its_monthly_mean():
    portfolio = cell(stock=True, x=2412.0, n=None, verdi=None, endring=None)
    assert figures_sentence(portfolio) == "Antallet var i snitt 201 per måned i 2022."


def test_a_stock_of_one_month_is_told_as_it_is():
    of_march = cell(stock=True, periode="2022-03", x=201.0, n=None, verdi=None, endring=None)
    assert figures_sentence(of_march) == "Antallet var 201 i mars 2022."


def test_a_share_of_a_stock_is_printed_by_its_mean_monthly_cases():
    # 12 × 150 = 1 800 in the file, but 150 people: whole per cent
    assert share_text(cell(stock=True, x=774.0, n=1800.0)) == "43"


def test_a_count_is_told_without_per_cent():
    count = cell(x=131.0, n=None, verdi=None, basis_verdi=None, endring=11.0)
    assert figures_sentence(count) == "Fra 2021 til 2022 økte antallet fra 120 til 131."


def test_the_reasons_for_no_number_have_different_words():
    words = {status_word(status) for status in ("skjult", "ikke_i_uttrekket", "ikke_beregnbar")}
    assert len(words) == 3
    assert "0" not in words
    assert share_text(cell(x=0.0, n=500.0, verdi=0.0)) == "0,0"


@pytest.mark.parametrize("status", ["skjult", "ikke_i_uttrekket", "ikke_beregnbar"])
def test_a_row_that_is_not_shown_tells_no_number(status):
    hidden = Cell("ota_arbs", "alle", "9001", "2022", status=status)
    told = figures_sentence(hidden) + verdict_sentence(hidden, series(HIGHER)) + share_text(hidden)
    assert not any(sign.isdigit() for sign in told)


def test_clauses_have_a_comma_before_the_last():
    assert join_clauses(["ett er skjult"]) == "ett er skjult"
    assert join_clauses(["a er oppfylt", "b er skjult"]) == "a er oppfylt, og b er skjult"
    assert join_clauses(["a", "b", "c"]) == "a, b, og c"
