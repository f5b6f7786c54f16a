"""What offices report of themselves: staff absence, hires and service complaints."""

from datetime import date, timedelta

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.settings import Agency
from navbook.extract.demo.write import Coded, Sink, month_texts

_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
_EASTER_HOLIDAYS = (-3, -2, 1, 39, 50)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    shift = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + shift + 90) // 25
    return date(year, month, (h - m + shift + month + 19) % 32)


def working_days(year: int, month: int) -> int:
    """Mondays to Fridays of the month less Norwegian public holidays."""
    holidays = {date(year, *day) for day in _FIXED_HOLIDAYS}
    holidays |= {easter(year) + timedelta(days=shift) for shift in _EASTER_HOLIDAYS}
    days = (date(year, month, 1) + timedelta(days=k) for k in range(31))
    return sum(day.month == month and day.weekday() < 5 and day not in holidays for day in days)


def write_agency(
    sink: Sink,
    settings: Agency,
    calendar: Calendar,
    layout: OfficeLayout,
    staff: Ints,
    silent_month: int,
    dice: Dice,
) -> None:
    """Write the three tables; a closed office reports nothing, its staff report from the successor."""
    _write_absence(sink, settings, calendar, layout, staff, silent_month, dice)
    _write_hires(sink, settings, calendar, layout, staff, dice)
    _write_complaints(sink, settings, calendar, layout, dice)


def _open_months(calendar: Calendar, layout: OfficeLayout) -> tuple[Ints, Ints]:
    months = calendar.months()
    office = np.repeat(np.arange(layout.count), len(months))
    month = np.tile(months, layout.count)
    is_open = calendar.last_of(month) <= layout.closed[office]
    return office[is_open], month[is_open]


def _write_absence(
    sink: Sink,
    settings: Agency,
    calendar: Calendar,
    layout: OfficeLayout,
    staff: Ints,
    silent_month: int,
    dice: Dice,
) -> None:
    office, month = _open_months(calendar, layout)
    reported = ~((office == layout.role("mangler_rapport")) & (month == silent_month))
    office, month = office[reported], month[reported]
    days = {int(m): working_days(int(m) // 12, int(m) % 12 + 1) for m in calendar.months()}
    agreed = staff[office] * np.array([days[int(m)] for m in month]) * settings.stillingsandel
    season = np.asarray(settings.sesong)[month % 12]
    self_certified = agreed * dice.ladder(settings.egenmeldt, len(office)) * season // 100_000
    certified = agreed * dice.ladder(settings.legemeldt, len(office)) * season // 100_000
    sink.add(
        "fravaer_ansatte",
        enhetsnr=layout.coded(office),
        maned=month_texts(month),
        avtalte_dagsverk=agreed / 100,
        egenmeldt_dagsverk=self_certified / 100,
        legemeldt_dagsverk=certified / 100,
        ansatte=staff[office],
    )


def _write_hires(
    sink: Sink, settings: Agency, calendar: Calendar, layout: OfficeLayout, staff: Ints, dice: Dice
) -> None:
    office, month = _open_months(calendar, layout)
    twelfths = staff[office] * settings.ansettelser_per_ar + dice.below(12_000, len(office))
    hires = np.repeat(np.arange(len(office)), twelfths // 12_000)
    first = calendar.first_of(month[hires])
    sink.add(
        "nyansettelse",
        enhetsnr=layout.coded(office[hires]),
        dato=first + dice.below(calendar.last_of(month[hires]) - first + 1, len(hires)),
        fast=dice.chance(settings.fast, len(hires)),
        i_malgruppe=dice.chance(settings.i_malgruppe, len(hires)),
    )


def _write_complaints(
    sink: Sink, settings: Agency, calendar: Calendar, layout: OfficeLayout, dice: Dice
) -> None:
    office, month = _open_months(calendar, layout)
    yearly = layout.people[office] * settings.klager_per_ar // 4 + dice.below(12_000, len(office))
    rows = np.repeat(np.arange(len(office)), yearly // 12_000)
    first = calendar.first_of(month[rows])
    received = first + dice.below(calendar.last_of(month[rows]) - first + 1, len(rows))
    handled = received + dice.ladder(settings.behandlet, len(rows))
    unhandled = dice.chance(settings.ubehandlet, len(rows)) | (handled > calendar.end)
    sink.add(
        "serviceklage",
        enhetsnr=layout.coded(office[rows]),
        mottatt=received,
        behandlet=np.where(unhandled, NEVER, handled),
        tema=Coded(list(settings.klage_tema), dice.pick(settings.klage_tema, len(rows))),
    )
