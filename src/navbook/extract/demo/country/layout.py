"""The layout of the country: counties, offices, their sizes, mergers and the roles of the planted truths."""

from dataclasses import dataclass, field

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar, day_number
from navbook.extract.demo.country.names import county_numbers, office_names, office_numbers
from navbook.extract.demo.country.roles import cast_roles
from navbook.extract.demo.country.sizes import county_of_offices, people_by_office, ranks_of_small_county
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.settings import Country, DemoSettings, between
from navbook.extract.demo.write import Coded, Sink
from navbook.runtime.periods import add_months, first_day, last_day


@dataclass
class OfficeLayout:
    """Units by position; all arrays have one element for each. The first `local` are local offices in number
    order, those after them special units.
    """

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
    local: int
    roles: dict[str, int] = field(default_factory=dict)
    destinations: list[Ints] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of units, special ones included."""
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
    """The offices and special units of the country with the number of people of each.

    Raises UsageError for more offices than there are names and numbers.
    """
    country, dice = settings.land, Dice(seed, 0)
    numbers = office_numbers(country, offices)
    county = county_of_offices(country, offices)
    counties = int(county[-1]) + 1
    ranks = ranks_of_small_county(country, county, dice.order(offices))
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
        local=offices,
    )
    special = _special_people(country, offices, people)
    sizes = people_by_office(country.storrelse, ranks, people - sum(special))
    layout.roles = cast_roles(layout.county, sizes)
    layout.people = _with_small_ones(layout, sizes, settings, people - sum(special))
    _plan_mergers(layout, calendar)
    for role in ("bedring", "blanding"):
        if layout.role(role) >= 0:
            layout.effect[layout.role(role)] = 0
    layout.destinations = [_destinations(layout, office) for office in range(offices)]
    _add_special_units(layout, country, special)
    return layout


def _special_people(country: Country, offices: int, people: int) -> list[int]:
    """People of each special unit; none in a country that is too small for such units."""
    if offices < country.store_fra:
        return []
    return [people * unit.promille // 1000 for unit in country.spesialenheter]


def _add_special_units(layout: OfficeLayout, country: Country, people: list[int]) -> None:
    """Put the special units after the offices: without effect, never closed, and nobody moves from them."""
    units = country.spesialenheter[: len(people)]
    first, size = layout.local, len(units)
    here = np.arange(first, first + size)
    layout.numbers += [unit.nummer for unit in units]
    layout.names += [unit.navn for unit in units]
    layout.county = np.append(layout.county, np.array([unit.fylke for unit in units], dtype=np.int64))
    layout.people = np.append(layout.people, np.array(people, dtype=np.int64))
    layout.effect = np.append(layout.effect, np.zeros(size, dtype=np.int64))
    layout.immigrants = np.append(layout.immigrants, np.full(size, 100))
    layout.closed = np.append(layout.closed, np.full(size, NEVER))
    layout.successor = np.append(layout.successor, here)
    layout.destinations += [np.full(1, unit) for unit in here]


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


def regions_of(layout: OfficeLayout, settings: DemoSettings) -> Coded:
    """The labour-market region of each unit; special units have none."""
    region = np.arange(layout.count) // settings.land.region_kontor
    names = [f"Region {r + 1}" for r in range(int(region[-1]) + 1)]
    return Coded(["", *names], np.where(np.arange(layout.count) >= layout.local, 0, region + 1))


def write_kontor(sink: Sink, layout: OfficeLayout, settings: DemoSettings) -> Ints:
    """Write the office register; returns the number of employees by office."""
    average = int(layout.people.sum()) // layout.local
    staff = np.maximum(3, layout.people // between(settings.etaten.folk_per_ansatt_knekk, average))
    special = np.arange(layout.count) >= layout.local
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
        arbeidsmarkedsregion=regions_of(layout, settings),
        ansatte=staff,
        ungdomsteam=(np.arange(layout.count) % 3 != 1) & ~special,
    )
    return staff
