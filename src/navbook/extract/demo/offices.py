"""The layout of the country: counties, offices, their sizes, mergers and the roles of the planted truths."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar, day_number
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.settings import Country, DemoSettings, between
from navbook.extract.demo.write import Coded, Sink
from navbook.extract.register import is_special_number
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import add_months, first_day, last_day

ROLES = (
    "bedring", "blanding", "for_lite", "tomt", "slatt_sammen", "etterfolger", "stengt_i_perioden",
    "mangler_rapport",
)  # fmt: skip
"""The parts that offices play in the planted truths, the most needed first."""


@dataclass
class OfficeLayout:
    """Offices by position; all arrays have one element for each office, in number order."""

    numbers: list[str]
    names: list[str]
    county: Ints
    county_numbers: list[str]
    county_names: list[str]
    people: Ints
    effect: Ints
    immigrants: Ints
    opened: int
    closed: Ints
    successor: Ints
    roles: dict[str, int] = field(default_factory=dict)
    destinations: list[Ints] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.numbers)

    def coded(self, offices: Ints) -> Coded:
        """A column of office numbers."""
        return Coded(self.numbers, offices)

    def on(self, offices: Ints, days: Ints) -> Ints:
        """The office that has taken over by that day."""
        return np.where(days > self.closed[offices], self.successor[offices], offices)

    def role(self, name: str) -> int:
        """The office that plays the part, -1 if the country is too small for it."""
        return self.roles.get(name, -1)


def lay_out(settings: DemoSettings, calendar: Calendar, offices: int, people: int, seed: int) -> OfficeLayout:
    """The offices of the country with the number of people of each.

    Raises UsageError for more offices than there are names and numbers.
    """
    country, dice = settings.land, Dice(seed, 0)
    numbers = office_numbers(country, offices)
    county = _counties(settings, offices)
    counties = int(county[-1]) + 1
    ranks = dice.order(offices)
    layout = OfficeLayout(
        numbers=numbers,
        names=office_names(country, offices),
        county=county,
        county_numbers=county_numbers(country, counties),
        county_names=country.fylkesnavn[:counties],
        people=np.zeros(offices, dtype=np.int64),
        effect=np.asarray(country.kontoreffekt)[dice.below(len(country.kontoreffekt), offices)],
        immigrants=dice.ladder(country.innvandring, offices),
        opened=day_number(first_day(f"{int(calendar.first_month[:4]) - 12}-01")),
        closed=np.full(offices, NEVER, dtype=np.int64),
        successor=np.arange(offices),
    )
    sizes = _sizes(country.storrelse, ranks, people)
    layout.roles = _cast(layout, sizes)
    layout.people = _with_small_ones(layout, sizes, settings, people)
    _plan_mergers(layout, calendar)
    for role in ("bedring", "blanding"):
        if layout.role(role) >= 0:
            layout.effect[layout.role(role)] = 0
    layout.destinations = [_destinations(layout, office) for office in range(offices)]
    return layout


def _counties(settings: DemoSettings, offices: int) -> Ints:
    counties = max(1, min(offices, between(settings.land.fylker_knekk, offices)))
    if offices >= settings.land.ett_kontor_fylke_fra:
        return np.append(np.arange(offices - 1) * (counties - 1) // (offices - 1), counties - 1)
    return np.arange(offices) * counties // offices


def _sizes(ladder: list[int], ranks: Ints, people: int) -> Ints:
    """People per office: the ladder's value at the office's rank, scaled so that the sum is `people`."""
    steps = len(ladder) - 1
    last = max(1, len(ranks) - 1)
    places = [int(rank) * steps * 1000 // last for rank in ranks]
    weights = [between([(i * 1000, value) for i, value in enumerate(ladder)], place) for place in places]
    bounds = np.cumsum(np.array([0, *weights], dtype=np.int64)) * people // sum(weights)
    return np.diff(bounds)


def _cast(layout: OfficeLayout, sizes: Ints) -> dict[str, int]:
    """Who plays what: large offices where a truth must be found, small ones where it must not."""
    order = [int(office) for office in np.argsort(-sizes, kind="stable")]
    wanted: dict[str, int] = {}
    if layout.count < 2:
        return wanted
    for role in ROLES[:2]:
        wanted[role] = order.pop(0)
    alone = [o for o in order if int((layout.county == layout.county[o]).sum()) == 1]
    for role in ("tomt", "for_lite"):
        company = [o for o in order if o not in alone]
        if len(company) > 1:
            wanted[role] = company[-1]
            order.remove(company[-1])
    middle = order[len(order) // 4 :]
    for closing in middle:
        heirs = [o for o in order if o != closing and layout.county[o] == layout.county[closing]]
        if heirs:
            wanted |= {"slatt_sammen": closing, "etterfolger": heirs[0]}
            rest = [o for o in heirs[1:] if o in middle]
            if rest:
                wanted["stengt_i_perioden"] = rest[len(rest) // 2]
            break
    free = [o for o in order if o not in wanted.values()]
    if free:
        wanted["mangler_rapport"] = free[0]
    return wanted


def _with_small_ones(layout: OfficeLayout, sizes: Ints, settings: DemoSettings, people: int) -> Ints:
    """The sizes with nobody at the empty office and a handful at the one that is too small to show."""
    sizes = sizes.copy()
    for role, size in (("tomt", 0), ("for_lite", settings.fasit.for_lite_folk)):
        office = layout.role(role)
        if office >= 0:
            sizes[office] = min(size, sizes[office])
    sizes[int(np.argmax(sizes))] += people - int(sizes.sum())
    return sizes


def _plan_mergers(layout: OfficeLayout, calendar: Calendar) -> None:
    year = calendar.tom[:4]
    mid_series = last_day(add_months(f"{year}-06", -12))
    in_period = last_day(f"{year}-03")
    for role, day in (("slatt_sammen", mid_series), ("stengt_i_perioden", in_period)):
        office = layout.role(role)
        if office >= 0 and calendar.start < day_number(day) < calendar.end:
            layout.closed[office] = day_number(day)
            layout.successor[office] = layout.role("etterfolger")


def _destinations(layout: OfficeLayout, office: int) -> Ints:
    """Where people of the office may move: offices of the county that people's moves do not spoil."""
    kept_out = {layout.role(role) for role in ("tomt", "for_lite")} | {office}
    same = np.flatnonzero((layout.county == layout.county[office]) & (layout.closed == NEVER))
    open_to = same[~np.isin(same, sorted(kept_out))]
    return open_to if len(open_to) else np.full(1, office)


def write_kontor(sink: Sink, layout: OfficeLayout, settings: DemoSettings) -> Ints:
    """Write the office register; returns the number of employees by office."""
    staff = np.maximum(3, layout.people // settings.etaten.folk_per_ansatt)
    region = np.arange(layout.count) // settings.land.region_kontor
    has_heir = layout.closed < NEVER
    sink.add(
        "kontor",
        enhetsnr=layout.numbers,
        navn=layout.names,
        fylke_enhetsnr=Coded(layout.county_numbers, layout.county),
        fylke_navn=Coded(layout.county_names, layout.county),
        gyldig_fom=np.full(layout.count, layout.opened),
        gyldig_tom=layout.closed,
        etterfolger=Coded(["", *layout.numbers], np.where(has_heir, layout.successor + 1, 0)),
        arbeidsmarkedsregion=[f"Region {r + 1}" for r in region],
        ansatte=staff,
        ungdomsteam=np.arange(layout.count) % 3 != 1,
    )
    return staff


# ---- invented names and numbers: none of them is a Norwegian place or a NAV unit


def _numbers(first: int) -> Iterator[str]:
    return (f"{n}" for n in range(first, 10_000) if not is_special_number(f"{n}"))


def county_numbers(country: Country, count: int) -> list[str]:
    """Unit numbers of the counties, never those of special units."""
    numbers = _numbers(country.fylkesnumre_fra)
    return [next(numbers) for _ in range(count)]


def office_numbers(country: Country, count: int) -> list[str]:
    """Office numbers in order, below those of the counties.

    Raises UsageError if there are not enough numbers or names for so many offices.
    """
    free = [n for n in _numbers(country.kontornumre_fra) if int(n) < country.fylkesnumre_fra]
    names = len(country.navn_forste) * len(country.navn_siste)
    most = min(len(free), names, country.fylker_knekk[-1][0])
    if not 1 <= count <= most:
        raise UsageError(
            f"--offices is {count}, and the demo has names and numbers for 1 to {most}: give fewer offices"
        )
    return free[:count]


def office_names(country: Country, count: int) -> list[str]:
    """Different names for the offices, the same for every seed."""
    endings = len(country.navn_siste)
    total = len(country.navn_forste) * endings
    places = (k * country.navn_skritt % total for k in range(count))
    return [f"NAV {country.navn_forste[p // endings]}{country.navn_siste[p % endings]}" for p in places]
