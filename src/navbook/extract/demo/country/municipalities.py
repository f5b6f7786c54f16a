"""Invented municipalities: which offices serve them, their figures by month and their goals."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.settings import Municipalities
from navbook.extract.demo.write import Coded, Sink, month_texts

KVP = "KVP"
_SEVERAL = ("", "Nordre ", "Søndre ")
_OFFICES_OF_A_CITY = 2
_COUNTY_WITH_A_CITY = 4


@dataclass
class Programme:
    """Spells in the qualification programme, collected block by block: office, first and last day."""

    parts: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)

    def in_month(self, calendar: Calendar, layout: OfficeLayout) -> Ints:
        """The participants on the last day of each month of the cover, by office and month."""
        months = calendar.months()
        counts = np.zeros((layout.count, len(months)), dtype=np.int64)
        for office, fom, tom in self.parts:
            for place, day in enumerate(calendar.last_of(months)):
                np.add.at(counts[:, place], office[(fom <= day) & (day <= tom)], 1)
        return counts


@dataclass(frozen=True)
class Served:
    """Municipalities by position: the offices of each with its part of every office's people, in promille."""

    names: list[str]
    offices: list[list[int]]
    parts: list[int]


def serve(settings: Municipalities, layout: OfficeLayout) -> Served:
    """The two largest offices of a county share a city; every `smaa_samles`-th of the rest serves several."""
    names, offices, parts = [], [], []
    in_cities = _cities(layout)
    for city in in_cities:
        names.append(_place(layout, city[0]))
        offices.append(city)
        parts.append(1000)
    alone = [o for o in range(layout.local) if not any(o in city for city in in_cities)]
    for place, office in enumerate(alone):
        shares = settings.andeler if place % settings.smaa_samles == 1 else [1000]
        for prefix, share in zip(_SEVERAL, shares, strict=False):
            names.append(f"{prefix}{_place(layout, office)}")
            offices.append([office])
            parts.append(share)
    return Served(names, offices, parts)


def _cities(layout: OfficeLayout) -> list[list[int]]:
    """The largest offices of each county with some offices, of those that stay open."""
    found = []
    for county in range(len(layout.county_numbers)):
        here = [
            o
            for o in np.flatnonzero(layout.county[: layout.local] == county).tolist()
            if layout.closed[o] == NEVER
        ]
        if len(here) >= _COUNTY_WITH_A_CITY:
            found.append(sorted(here, key=lambda o: (-int(layout.people[o]), o))[:_OFFICES_OF_A_CITY])
    return found


def _place(layout: OfficeLayout, office: int) -> str:
    return layout.names[office].removeprefix("NAV ")


def write_municipal(
    sink: Sink,
    settings: Municipalities,
    calendar: Calendar,
    layout: OfficeLayout,
    programme: Programme,
    dice: Dice,
) -> None:
    """Write `kontor_kommune`, `kommunale_tall` and `kommunale_mal`."""
    served = serve(settings, layout)
    numbers = [f"{settings.numre_fra + place}" for place in range(len(served.names))]
    _write_links(sink, layout, served, numbers)
    _write_figures(sink, settings, calendar, layout, served, numbers, programme, dice)
    _write_goals(sink, settings, calendar, numbers)


def _write_links(sink: Sink, layout: OfficeLayout, served: Served, numbers: list[str]) -> None:
    """A closed office serves its municipality until it closes, its successor from the day after."""
    rows: list[tuple[Any, ...]] = []
    for number, name, offices in zip(numbers, served.names, served.offices, strict=True):
        for office in offices:
            closed, heir = int(layout.closed[office]), int(layout.successor[office])
            rows.append((layout.numbers[office], number, name, layout.opened, closed))
            if closed < NEVER:
                rows.append((layout.numbers[heir], number, name, closed + 1, NEVER))
    columns = ("enhetsnr", "kommunenr", "kommune_navn", "gyldig_fom", "gyldig_tom")
    sink.add("kontor_kommune", **dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))


def _write_figures(
    sink: Sink,
    settings: Municipalities,
    calendar: Calendar,
    layout: OfficeLayout,
    served: Served,
    numbers: list[str],
    programme: Programme,
    dice: Dice,
) -> None:
    months = calendar.months()
    in_programme = programme.in_month(calendar, layout)
    codes = [*settings.promille, KVP]
    for number, offices, part in zip(numbers, served.offices, served.parts, strict=True):
        people = int(layout.people[offices].sum()) * part // 1000
        series = [
            people
            * promille
            * (1000 - settings.maned_svinger + dice.below(2 * settings.maned_svinger + 1, len(months)))
            // 1_000_000
            for promille in settings.promille.values()
        ]
        series.append(in_programme[offices].sum(axis=0) * part // 1000)
        sink.add(
            "kommunale_tall",
            kommunenr=[number] * (len(codes) * len(months)),
            maned=month_texts(np.tile(months, len(codes))),
            tall=Coded(codes, np.repeat(np.arange(len(codes)), len(months))),
            verdi=np.concatenate(series).astype(float),
        )


def _write_goals(sink: Sink, settings: Municipalities, calendar: Calendar, numbers: list[str]) -> None:
    """Every second municipality has a goal in each of the last two years, every fourth has two."""
    year = int(calendar.tom[:4])
    deadline = int(calendar.last_of(np.array([calendar.index(f"{year}-10")]))[0])
    rows = [
        (number, ar, settings.mal[(place + k) % len(settings.mal)], deadline if k else NEVER)
        for place, number in enumerate(numbers)
        if place % 2 == 0
        for ar in (year - 1, year)
        for k in range(2 if place % 4 == 0 else 1)
    ]
    columns = ("kommunenr", "ar", "mal", "frist")
    sink.add("kommunale_mal", **dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))
