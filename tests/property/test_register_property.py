"""However offices merge, close and move, every count stands in one office, its county and the country once.

The counts know an office by its own number: how many municipalities it serves, or how many offices share one,
changes nothing.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from editions import counts_frame, office_row
from navbook.estimate.cube import sum_up
from navbook.estimate.units import roll_up
from navbook.extract.register import OfficeRegister
from navbook.runtime.periods import parse_period

COUNTIES = ("9700", "9800", "9900")
NUMBERS = [f"90{place:02d}" for place in range(1, 9)]
YEAR, MONTH = parse_period("2022"), parse_period("2020-05")


@st.composite
def registers(draw: st.DrawFn) -> OfficeRegister:
    """Offices that stay, close, merge with one of a higher number, or move to another county."""
    rows = []
    for place, number in enumerate(NUMBERS):
        county, other = draw(st.permutations(COUNTIES))[:2]
        fate = draw(st.sampled_from(["stays", "closes", "merges", "moves"]))
        tom = draw(st.sampled_from(["2020-12-31", "2021-06-30", "2022-03-31"]))
        heirs = NUMBERS[place + 1 :]
        if fate == "moves":
            rows += [office_row(number, county, tom=tom), office_row(number, other, fom=_day_after(tom))]
        elif fate == "closes":
            rows.append(office_row(number, county, tom=tom))
        elif fate == "merges" and heirs:
            rows.append(office_row(number, county, tom=tom, successor=draw(st.sampled_from(heirs))))
        else:
            rows.append(office_row(number, county))
    return OfficeRegister(rows)


def _day_after(tom: str) -> str:
    return {"2020-12-31": "2021-01-01", "2021-06-30": "2021-07-01", "2022-03-31": "2022-04-01"}[tom]


@settings(max_examples=25, deadline=None)
@given(register=registers(), sizes=st.lists(st.integers(0, 50), min_size=8, max_size=8))
def test_every_count_stands_once_on_each_level(register: OfficeRegister, sizes: list[int]) -> None:
    rows = [
        ("ota_arbs", "alle", number, "2020-05", float(size), 100.0)
        for number, size in zip(NUMBERS, sizes, strict=True)
    ]
    units = roll_up(register, NUMBERS, YEAR)
    cube = sum_up(counts_frame(rows), [("ota_arbs", "alle")], units, [MONTH])
    sums = dict(zip(cube.units, cube.x[0, :, 0], strict=True))
    assert sums["0000"] == sum(sizes)
    placed = units.leaves.set_index("enhet")["fylke"]
    for county in units.counties:
        held = {leaf for leaf, fylke in placed.items() if fylke == county}
        own = [s for n, s in zip(NUMBERS, sizes, strict=True) if units.leaf_of[n] in held]
        assert sums[county] == sum(own)
    assert set(units.leaf_of) == set(NUMBERS)
