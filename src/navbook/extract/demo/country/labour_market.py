"""The invented labour market: labour force, fully unemployed and vacancies of each region by month."""

import numpy as np

from navbook.extract.demo.calendar import Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.settings import LabourMarket
from navbook.extract.demo.write import Coded, Sink, month_texts


def write_labour_market(
    sink: Sink, settings: LabourMarket, calendar: Calendar, layout: OfficeLayout, regions: Coded, dice: Dice
) -> None:
    """Write `arbeidsmarked`; `regions` is the region of each unit. The regions follow the same years."""
    months = calendar.months()
    level = np.asarray(settings.ledige)[_year(settings, calendar, months)]
    season = np.asarray(settings.sesong)[months % 12]
    for place, name in enumerate(regions.texts):
        people = int(layout.people[regions.positions == place].sum())
        if not name or not people:
            continue
        force = np.full(len(months), people * settings.styrke_per_folk)
        own = 1000 - settings.region_svinger + int(dice.below(2 * settings.region_svinger + 1, 1)[0])
        swing = 1000 - settings.maned_svinger + dice.below(2 * settings.maned_svinger + 1, len(months))
        sink.add(
            "arbeidsmarked",
            arbeidsmarkedsregion=[name] * len(months),
            maned=month_texts(months),
            arbeidsstyrke=force.astype(float),
            helt_ledige=(force * level * season * own // 100_000_000 * swing // 1000).astype(float),
            ledige_stillinger=(force * settings.stillinger * swing // 1_000_000).astype(float),
        )


def _year(settings: LabourMarket, calendar: Calendar, months: Ints) -> Ints:
    """The place of each month's year among the levels, of which the last is of the year of `tom`."""
    last = len(settings.ledige) - 1
    return np.clip(last + months // 12 - int(calendar.tom[:4]), 0, last)
