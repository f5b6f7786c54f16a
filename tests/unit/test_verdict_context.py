"""What stands with a verdict: computed from shown rows, and worded in sentences that can be read alone."""

import math

import numpy as np
import pandas as pd
import pytest

from editions import MANIFEST, decided, letter_in, register_of, series_counts
from navbook.estimate import estimate
from navbook.gate.derived.published import series_rows
from navbook.gate.derived.standardised import against_the_total, standardised_totals
from navbook.gate.derived.verdict_context import verdict_context
from navbook.indicators import REGISTRY
from navbook.pages.text.verdict_notes import (
    VerdictContext,
    chance_sentence,
    context_sentence,
    furlough_sentence,
    limit_sentence,
)
from navbook.pages.view.cells import Cell
from navbook.pages.view.requirements import LetterSeries
from navbook.runtime.periods import month_range, parse_period
from navbook.statistics import expected_next, overdispersion
from navbook.statistics.verdict import smallest_detectable_change

COUNTIES = {f"9{place:03d}": "9700" if place % 2 else "9800" for place in range(1, 15)}
BEFORE = {enhet: (8.0 + place % 5, 20.0 + 2 * place) for place, enhet in enumerate(COUNTIES)}
AFTER = {enhet: (x + 1, n) for enhet, (x, n) in BEFORE.items()}


def told(now=AFTER, base=BEFORE, period="2022", indikator="ota_arbs", gruppe="alle"):
    """What the gate tells of one series with these monthly x and n; 2021 and 2022 are 2020 for the 2021
    letter."""
    year = int(period)
    counts = [
        series_counts(indikator, gruppe, month_range(f"{each}-01", f"{each}-12"), sizes)
        for each, sizes in ((2019, now), (year - 1, base), (year, now))
    ]
    frame = pd.concat(counts, ignore_index=True).drop_duplicates(["enhetsnr", "maned"])
    return tell(frame, period)


def tell(frame, period):
    register = register_of(COUNTIES)
    asked = parse_period(period)
    estimates = estimate(frame, register, MANIFEST, letter_in(asked.year), REGISTRY, asked)
    return series_rows(decided(frame, period, register).tall, estimates)


@pytest.fixture(scope="module")
def shown():
    return told()


@pytest.fixture(scope="module")
def beside(shown):
    return verdict_context(shown).set_index(["gruppe", "enhet"])


def test_the_smallest_change_is_that_of_the_counts(beside):
    (x1, n1), (x0, n0) = AFTER["9005"], BEFORE["9005"]

    expected = smallest_detectable_change(12 * x1, 12 * n1, 12 * x0, 12 * n0)

    assert beside.loc[("alle", "9005"), "minste_endring"] == pytest.approx(expected)


def test_what_to_expect_rests_on_the_offices_of_last_year(beside):
    x0, n0 = (12 * np.array([BEFORE[enhet][place] for enhet in COUNTIES]) for place in (0, 1))
    x1 = 12 * np.array([AFTER[enhet][0] for enhet in COUNTIES])
    target0, target1 = x0.sum() / n0.sum(), x1.sum() / n0.sum()
    tau2 = overdispersion(x0, n0, target0, winsorise=0.0).tau2
    place = list(COUNTIES).index("9005")

    row = beside.loc[("alle", "9005")]

    expected = expected_next(x0[place], n0[place], n0[place], target0, target1, tau2)
    assert tuple(row[["ventet", "ventet_nedre", "ventet_ovre"]]) == pytest.approx(expected)


def test_counties_and_the_country_are_no_offices(beside):
    for enhet in ("9700", "9800", "0000"):
        assert math.isnan(beside.loc[("alle", enhet), "ventet"])
        assert beside.loc[("alle", enhet), "minste_endring"] > 0


def test_with_nine_offices_nothing_is_expected():
    few = dict(list(AFTER.items())[:9])
    base = dict(list(BEFORE.items())[:9])

    assert verdict_context(told(few, base))["ventet"].isna().all()


def test_a_level_is_reached_where_the_share_is_there_again():
    """2020 fell from one half to a quarter; 2021 is at one half again, in the country of 14 times 12
    months."""
    level = dict.fromkeys(COUNTIES, (15.0, 30.0))
    fall = dict.fromkeys(COUNTIES, (7.5, 30.0))

    reached = verdict_context(told(level, fall, "2021")).set_index("enhet")["niva_nadd"]

    assert reached["0000"] == 1


def test_no_level_is_spoken_of_where_the_letter_asks_for_an_increase(beside):
    assert beside["niva_nadd"].isna().all()


# ---- groups together


def by_group(groups):
    """Counts of tiltak_ota by group: each a pair of (x, n) a month, in 2021 and 2022."""
    parts = []
    for gruppe, (before, after) in groups.items():
        for year, pair in ((2021, before), (2022, after)):
            months = month_range(f"{year}-01", f"{year}-12")
            parts.append(series_counts("tiltak_ota", gruppe, months, dict.fromkeys(COUNTIES, pair)))
    return pd.concat(parts, ignore_index=True)


def test_a_total_that_moves_against_all_its_groups_is_flagged_and_the_standardised_one_is_not():
    """Up in every group: 50 to 55 and 20 to 24 per cent. But the second grows from 100 to 400 in 500, so
    that the total falls from 44 to (0.55 * 100 + 0.24 * 400)/500 = 30.2 per cent. With the first year's mix
    it is 0.8 * 55 + 0.2 * 24 = 48.8.
    """
    counts = by_group({"BFORM": ((200, 400), (55, 100)), "BATT": ((20, 100), (96, 400))})

    found = standardised_totals(tell(counts, "2022")).set_index("enhet").loc["0000"]

    assert found["verdi"] == pytest.approx(0.302)
    assert found["endring"] == pytest.approx(0.302 - 0.44)
    assert found["standardisert"] == pytest.approx(0.488)
    assert found["standardisert_endring"] == pytest.approx(0.488 - 0.44)
    assert found["standardisert_endring_nedre"] > 0
    assert found["mot_summen"] == 1


def test_a_unit_with_a_hidden_group_has_no_total():
    counts = by_group({"BFORM": ((20, 50), (20, 50)), "BATT": ((20, 50), (20, 50))})
    counts.loc[(counts["enhetsnr"] == "9001") & (counts["gruppe"] == "BATT"), ["x", "n"]] = (0, 1)

    found = set(standardised_totals(tell(counts, "2022"))["enhet"])

    assert "9001" not in found
    assert "0000" in found


@pytest.mark.parametrize(
    ("groups", "total", "flag"),
    [([1, 2], -1, True), ([-1, -2], 1, True), ([1, -1], -1, False), ([1, 2], 1, False), ([1, 0], -1, False)],
)
def test_every_group_must_move_against_the_total(groups, total, flag):
    assert against_the_total(np.array([groups]), np.array([total]))[0] == flag


# ---- in words

JUDGED = LetterSeries("ota_arbs", "alle", judged=True, rule={"kind": "higher_than_base"})


def cell(vurdering, verdi=0.5, n=400.0):
    key = ("ota_arbs", "alle", "9001", "2022")
    counts = {"x": verdi * n, "n": n, "verdi": verdi}
    return Cell(*key, status="vist", **counts, basis_periode="2021", vurdering=vurdering)


def test_what_cannot_be_told_says_what_could_have_been():
    some = VerdictContext(0.0614, None, 0.4, 0.35, 0.45)

    assert context_sentence(cell("kan_ikke_avgjores"), JUDGED, some) == (
        "Endringen måtte vært minst om lag 6,1 prosentpoeng for å kunne påvises."
    )


@pytest.mark.parametrize(("verdi", "where"), [(0.50, "over"), (0.40, "innenfor"), (0.30, "under")])
def test_a_verdict_says_what_was_to_be_expected(verdi, where):
    told = context_sentence(cell("oppfylt", verdi), JUDGED, VerdictContext(0.06, None, 0.4, 0.35, 0.45))

    expected = "Ut fra tallet i 2021 og utviklingen i landet var 35,0–45,0 prosent å vente."
    assert told == f"{expected} Tallet ligger {where}."


def test_nothing_is_said_beside_what_is_hidden_or_not_judged():
    some = VerdictContext(0.06, True, 0.4, 0.35, 0.45)

    assert context_sentence(Cell("ota_arbs", "alle", "9001", "2022", status="skjult"), JUDGED, some) == ""
    assert context_sentence(cell("oppfylt"), LetterSeries("ota_arbs", "alle"), some) == ""
    assert context_sentence(cell("oppfylt"), JUDGED, None) == ""


def test_a_level_that_is_reached_is_told():
    rule = LetterSeries("ota_arbs", "alle", judged=True, rule={"kind": "towards_level", "level_year": 2019})

    reached = VerdictContext(None, True, None, None, None)

    assert context_sentence(cell("oppfylt"), rule, reached) == "2019-nivået er nådd."


LIMIT = LetterSeries("inkludering", "alle", judged=True, rule={"kind": "fixed_limit", "polarity": 1})


def at_limit(x, n, krav=0.05, vurdering="oppfylt"):
    key = ("inkludering", "alle", "9700", "2022")
    return Cell(*key, status="vist", x=x, n=n, verdi=x / n, krav=krav, vurdering=vurdering)


def test_a_verdict_at_a_fixed_limit_that_chance_gives_too_often_says_so():
    """4 or more of 31 at a true 5 per cent, by the binomial: 6.7 of 100; 8 or more of 69: 2.2."""
    assert sum(math.comb(31, k) * 0.05**k * 0.95 ** (31 - k) for k in range(4)) == pytest.approx(1 - 0.067124)

    assert limit_sentence(at_limit(4.0, 31.0), LIMIT) == (
        "Var den sanne andelen 5,0 prosent, ville tilfeldigheter alene gitt et så høyt tall "
        "6,7 av 100 ganger."
    )
    assert limit_sentence(at_limit(8.0, 69.0), LIMIT) == ""


def test_where_low_is_good_chance_is_that_of_so_few():
    """None of 50 at a true 6.1 per cent: 0.939^50 = 4.3 of 100; none of 60: 2.3."""
    low = LetterSeries("inkludering", "alle", judged=True, rule={"kind": "fixed_limit", "polarity": -1})

    assert "et så lavt tall 4,3 av 100 ganger" in limit_sentence(at_limit(0.0, 50.0, 0.061), low)
    assert limit_sentence(at_limit(0.0, 60.0, 0.061), low) == ""


def test_of_other_verdicts_and_other_rules_no_chance_is_told():
    assert limit_sentence(at_limit(4.0, 31.0, vurdering="kan_ikke_avgjores"), LIMIT) == ""
    assert limit_sentence(at_limit(4.0, 31.0), JUDGED) == ""


def test_the_two_series_of_footnote_18_are_held_together():
    assert "det samme" in furlough_sentence(cell("oppfylt"), cell("oppfylt"))
    assert "et annet" in furlough_sentence(cell("oppfylt"), cell("kan_ikke_avgjores"))
    assert furlough_sentence(cell("oppfylt"), cell("for_fa")) == ""


def test_clear_verdicts_by_chance_are_five_in_a_hundred():
    """Five per cent of 5, 20 and 264 are 0.25, 1 and 13.2."""
    assert "mindre enn ett klart svar" in chance_sentence([cell("oppfylt")] * 5, "svarene")
    assert "omtrent ett klart svar blant svarene" in chance_sentence([cell("oppfylt")] * 20, "svarene")
    assert "omtrent 13 klare svar" in chance_sentence([cell("kan_ikke_avgjores")] * 264, "svarene")
    assert chance_sentence([cell("for_fa"), cell("ikke_relevant")], "svarene") == ""
