"""The tables that the gate publishes, attacked with sums written here from the contract, not taken from the
gate: no small count is known more closely than "fewer than 4" says, and no hidden one exactly.
"""

from datetime import date

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editions import MANIFEST, counts_frame, decided
from navbook.disclosure import attack
from navbook.runtime.periods import month_range

COVER = MANIFEST.model_copy(update={"dekker_fom": date(2022, 1, 1)})
MONTHS = month_range("2022-01", "2022-12")
TERTIALS = {"2022-T1": MONTHS[:4], "2022-T2": MONTHS[4:8], "2022-T3": MONTHS[8:]}
PERIODS = {"2022": MONTHS, **TERTIALS}
GROUPS = ("alle", "arbeidssoker", "nedsatt", "BATT", "AAP")
INDICATOR = "portefolje"
COUNTRY = "0000"


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[dict[str, str], pd.DataFrame]:
    """Offices with their counties, and how many they follow up in each month of a year."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    offices = {f"9{k}{j:02d}": f"97{k:02d}" for k, size in enumerate(sizes) for j in range(1, size + 1)}
    rows = []
    few = st.sampled_from([0, 1, 2, 5, 9, 40])
    for enhetsnr in offices:
        for start in range(0, 12, 4):
            seekers, batt, only_aap, both, others = (draw(few) for _ in range(5))
            both = min(both, batt)
            numbers = {
                "alle": seekers + batt + only_aap + others,
                "arbeidssoker": seekers,
                "nedsatt": batt + only_aap,
                "BATT": batt,
                "AAP": only_aap + both,
            }
            rows += [
                (INDICATOR, group, enhetsnr, month, float(number), None)
                for month in MONTHS[start : start + 4]
                for group, number in numbers.items()
            ]
    return offices, counts_frame(rows)


def true_sums(offices: dict[str, str], counts: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    """The sum of each group, unit and period."""
    by_month = counts.groupby(["gruppe", "enhetsnr", "maned"])["x"].sum().to_dict()
    units = {name: [name] for name in offices}
    units |= {c: [name for name in offices if offices[name] == c] for c in set(offices.values())}
    units[COUNTRY] = list(offices)
    periods = PERIODS | {month: (month,) for month in MONTHS}
    return {
        (group, unit, period): sum(by_month[group, each, month] for each in inside for month in months)
        for group in GROUPS
        for unit, inside in units.items()
        for period, months in periods.items()
    }


def published_sums(
    offices: dict[str, str], cells: set[tuple[str, str, str]]
) -> list[tuple[tuple, list[tuple]]]:
    """Total and parts of every sum that the contract's definitions make among the published cells."""
    counties = sorted(set(offices.values()))
    sums = []
    for group in GROUPS:
        for period in (*PERIODS, *MONTHS):
            sums.append(((group, COUNTRY, period), [(group, county, period) for county in counties]))
            for county in counties:
                inside = [name for name in offices if offices[name] == county]
                sums.append(((group, county, period), [(group, name, period) for name in inside]))
        for unit in (*offices, *counties, COUNTRY):
            sums.append(((group, unit, "2022"), [(group, unit, tertial) for tertial in TERTIALS]))
            sums += [((group, unit, t), [(group, unit, m) for m in months]) for t, months in TERTIALS.items()]
    for unit in (*offices, *counties, COUNTRY):
        for period in (*PERIODS, *MONTHS):
            rest = [("utenfor", unit, period)]
            sums.append(
                (("alle", unit, period), [(g, unit, period) for g in ("arbeidssoker", "nedsatt")] + rest)
            )
            sums.append((("nedsatt", unit, period), [("BATT", unit, period), ("bare AAP", unit, period)]))
            sums.append((("AAP", unit, period), [("bare AAP", unit, period), ("AAP og BATT", unit, period)]))
    named = set(GROUPS)
    return [
        (total, parts)
        for total, parts in sums
        if all(each in cells for each in (total, *parts) if each[0] in named)
    ]


def attacked(offices: dict[str, str], counts: pd.DataFrame) -> pd.DataFrame:
    """What an attacker knows of every cell that is hidden or in no table: low, high, and how many months."""
    tall = decided(counts, "2022", offices, manifest=COVER).tall
    rows = tall[
        (tall["indikator"] == INDICATOR)
        & tall["gruppe"].isin(GROUPS)
        & tall["status"].isin(["vist", "skjult"])
    ]
    status = {(r.gruppe, r.enhet, r.periode): r.status == "skjult" for r in rows.itertuples()}
    shown = {(r.gruppe, r.enhet, r.periode): r.x for r in rows.itertuples()}
    sums = published_sums(offices, set(status))
    truth = true_sums(offices, counts)
    truth = _with_rests(truth, sums)
    names = dict.fromkeys(each for total, parts in sums for each in (total, *parts))
    hidden = {name: status.get(name, True) for name in names}
    for name in names:
        if not hidden[name]:
            assert shown[name] == truth[name]
    small = {name: truth[name] < 4 * _months(name) for name in names}
    cells = pd.DataFrame(
        {
            "cell": ["|".join(name) for name in names],
            "value": [truth[name] for name in names],
            "status": [1 if small[name] and hidden[name] else 2 if hidden[name] else 0 for name in names],
        }
    )
    terms = [
        (k, "|".join(name), sign)
        for k, (total, parts) in enumerate(sums)
        for name, sign in [(total, -1), *((part, 1) for part in parts)]
    ]
    found = attack(cells, pd.DataFrame(terms, columns=["equation", "cell", "coef"]))
    months = {"|".join(name): _months(name) for name in names}
    # what is in no table and large may be worked out
    secret = {"|".join(name): name in status or small[name] for name in names}
    return found.assign(
        months=found["cell"].map(months),
        secret=found["cell"].map(secret),
        primary=found["cell"].map({"|".join(name): small[name] for name in names}),
    )


def _months(name: tuple[str, str, str]) -> int:
    return len(PERIODS.get(name[2], (name[2],)))


def _with_rests(
    truth: dict[tuple[str, str, str], float], sums: list[tuple[tuple, list[tuple]]]
) -> dict[tuple[str, str, str], float]:
    truth = dict(truth)
    for total, parts in sums:
        for part in parts:
            if part not in truth:
                truth[part] = truth[total] - sum(truth[each] for each in parts if each != part)
    return truth


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(portfolios())
def test_no_secret_is_known_too_closely(made: tuple[dict[str, str], pd.DataFrame]) -> None:
    found = attacked(*made)
    width = found["high"] - found["low"]
    narrow = found[found["primary"] & found["secret"] & (width < 3 * found["months"] - 1e-6)]
    assert narrow.empty, narrow.to_string()
    exact = found[found["secret"] & (width < 1)]
    assert exact.empty, exact.to_string()


def test_who_is_in_neither_status_is_not_what_the_two_leave_over() -> None:
    """alle - arbeidssoker - nedsatt: one to three persons, in every office of a county and in no table."""
    offices = {f"90{k:02d}": "9700" for k in range(1, 6)}
    rows = [
        (INDICATOR, group, enhetsnr, month, float(number), None)
        for place, enhetsnr in enumerate(offices)
        for month in MONTHS
        for group, number in {
            "alle": 131 + 10 * place + place % 3,
            "arbeidssoker": 90,
            "nedsatt": 40 + 10 * place,
            "BATT": 20,
            "AAP": 25 + 10 * place,
        }.items()
    ]
    counts = counts_frame(rows)
    tall = decided(counts, "2022", offices, manifest=COVER).tall
    year = tall[(tall["indikator"] == INDICATOR) & (tall["periode"] == "2022")].set_index(["enhet", "gruppe"])
    for enhetsnr in offices:
        shown = [year.loc[(enhetsnr, group), "status"] == "vist" for group in GROUPS[:3]]
        assert not all(shown), "the three together tell how many are in neither"
    test = attacked(offices, counts)
    few = test[test["cell"].str.startswith("utenfor") & test["primary"]]
    assert len(few) > 0
    assert (few["high"] - few["low"] >= 3 * few["months"]).all()
