"""Whatever the counts: what is published adds up, nothing small is shown, nothing is alone in a sum."""

from datetime import date

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editions import MANIFEST, counts_frame, decided
from navbook.edition.schema import COLUMNS
from navbook.runtime.periods import month_range

# no months before those that are counted
COVER = MANIFEST.model_copy(update={"dekker_fom": date(2021, 1, 1)})
PERIOD = "2022"
PARTS = ("2022-T1", "2022-T2", "2022-T3")
STARTS = [f"{year}-{month}" for year in (2021, 2022) for month in ("01", "05", "09")]
MONTHS = month_range("2021-01", "2022-12")
SERIES = [("ota_arbs", "alle"), ("ota_arbs", "uten_permitterte")]

register = st.lists(st.integers(1, 4), min_size=1, max_size=3).map(
    lambda sizes: {f"9{k}{j:02d}": f"97{k:02d}" for k, size in enumerate(sizes) for j in range(1, size + 1)}
)


@st.composite
def counts(draw: st.DrawFn) -> tuple[dict[str, str], pd.DataFrame]:
    """Offices with their counties, and counts that are small in some tertials and large in others."""
    offices = draw(register)
    rows = []
    for enhetsnr in offices:
        for start in STARTS:
            n = draw(st.sampled_from([0, 2, 5, 9, 20, 80]))
            x = draw(st.integers(0, n))
            inside = draw(st.integers(0, n - x)) if n else 0
            for month in month_range(start, start[:5] + f"{int(start[5:]) + 3:02d}"):
                first = month == start
                rows.append(("ota_arbs", "alle", enhetsnr, month, x * first, n * first))
                rows.append(
                    ("ota_arbs", "uten_permitterte", enhetsnr, month, x * first, (x + inside) * first)
                )
    return offices, counts_frame(rows)


def shown(tall: pd.DataFrame, series: tuple[str, str], periods: tuple[str, ...]) -> pd.DataFrame:
    mine = (tall["indikator"] == series[0]) & (tall["gruppe"] == series[1]) & tall["periode"].isin(periods)
    return tall[mine & (tall["status"] != "ikke_i_uttrekket")]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts())
def test_the_gate(made: tuple[dict[str, str], pd.DataFrame]) -> None:
    offices, frame = made
    tall = decided(frame, PERIOD, offices, manifest=COVER).tall
    for series in SERIES:
        for period in (PERIOD, *PARTS, "2021"):
            cells = shown(tall, series, (period,)).set_index("enhet")
            for county in set(offices.values()):
                parts = cells.loc[[office for office in offices if offices[office] == county]]
                a_sum_holds_and_hides(cells.loc[county], parts)
            a_sum_holds_and_hides(cells.loc["0000"], cells.loc[sorted(set(offices.values()))])
        for unit in (*offices, *set(offices.values()), "0000"):
            mine = shown(tall, series, (PERIOD, *PARTS))
            mine = mine[mine["enhet"] == unit].set_index("periode")
            a_sum_holds_and_hides(mine.loc[PERIOD], mine.loc[list(PARTS)])
    nothing_small_is_shown(tall)
    nested_groups_differ_enough(tall)


def a_sum_holds_and_hides(total: pd.Series, parts: pd.DataFrame) -> None:
    hidden = parts["status"] == "skjult"
    if total["status"] == "skjult":
        assert hidden.any(), "a hidden total is what its shown parts add up to"
        return
    assert hidden.sum() != 1, "a lone hidden part is what is left of the total"
    for rest in (total["x"] - parts["x"].sum(), (total["n"] - total["x"]) - (parts["n"] - parts["x"]).sum()):
        assert rest >= 4 if hidden.any() else rest == 0


def nothing_small_is_shown(tall: pd.DataFrame) -> None:
    rows = tall[tall["status"] == "vist"]
    assert (rows["x"] >= 4).all()
    assert (rows["n"] - rows["x"] >= 4).all()
    hidden = tall[tall["status"] == "skjult"]
    keys = ["indikator", "gruppe", "niva", "enhet", "periode", "status"]
    assert hidden.drop(columns=keys).isna().all(axis=None)


def nested_groups_differ_enough(tall: pd.DataFrame) -> None:
    keys = ["enhet", "periode"]
    whole = tall[(tall["gruppe"] == "alle") & (tall["indikator"] == "ota_arbs") & (tall["status"] == "vist")]
    part = tall[(tall["gruppe"] == "uten_permitterte") & (tall["status"] == "vist")]
    both = whole.merge(part, on=keys, suffixes=("", "_inni"))
    assert (both["x"] - both["x_inni"] >= 4).all()
    assert ((both["n"] - both["x"]) - (both["n_inni"] - both["x_inni"]) >= 4).all()


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts(), st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(made: tuple[dict[str, str], pd.DataFrame], seed: int) -> None:
    offices, frame = made
    other = dict(sorted(offices.items(), reverse=True))
    first = decided(frame, PERIOD, offices, manifest=COVER).tall
    second = decided(frame.sample(frac=1.0, random_state=seed), PERIOD, other, manifest=COVER).tall
    pd.testing.assert_frame_equal(first[list(COLUMNS)], second[list(COLUMNS)])
