"""The rows of `oppfolging`: a spell is cut where the assessment, the office or the work status changes."""

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.measures import Places
from navbook.extract.demo.people import ARBEIDSSOKER, NEDSATT, People
from navbook.extract.demo.settings import Courses
from navbook.extract.demo.spells import ANNEN, GROUPS, INGEN, Spells
from navbook.extract.demo.write import Coded, Sink, person_ids

_CODES = ["IKVAL", "BFORM", "BATT", "VARIG", "", "BFORM", "IVURD", "BKART", "VURDU",
          "HAR_IKKE_GJELDENDE_14A_VEDTAK", "OPPFI"]  # fmt: skip
_UNASSESSED, _MAPPING, _SICK, _NO_DECISION, _HEALTH = 6, 7, 8, 9, 10
_NAMES_2017 = [
    "STANDARD_INNSATS",
    "SITUASJONSBESTEMT_INNSATS",
    "SPESIELT_TILPASSET_INNSATS",
    "VARIG_TILPASSET_INNSATS",
]
_FORMS = ["ARBS", "IARBS", "ISERV"]
_STATUSES = ["", "HELT_LEDIG", "DELVIS_LEDIG", "PA_TILTAK", "ANDRE"]
_CLOSING_DAYS = 28
assert len(GROUPS) <= _UNASSESSED


def write_followup(
    sink: Sink,
    settings: Courses,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    places: Places,
    part_time: Bools,
    dice: Dice,
) -> None:
    """Write the spells' rows and, after half of them, the 28 days of ISERV that close a period."""
    size = spells.count
    assessed = _assessed(settings, spells, dice)
    on_from, on_to = _first_places(spells, places)
    cuts = np.stack(
        [spells.start, assessed, spells.moved, on_from, on_to + 1, *_closing_cuts(layout, spells)]
    )
    spell, fom, tom = _rows(spells, cuts)
    known = (fom <= calendar.end) & (tom >= calendar.start)
    spell, fom, tom = spell[known], fom[known], tom[known]
    registered = (spells.kind == ARBEIDSSOKER) | dice.chance(settings.registrert, size)
    before = _before_assessment(spells, dice)
    group = np.where(spells.group == ANNEN, np.where(registered, ANNEN, _HEALTH), spells.group)
    group = np.where(group == INGEN, np.where(dice.chance(300, size), _NO_DECISION, INGEN), group)
    plain = np.where(dice.chance(100, size), 4, np.where(part_time, 2, 1))
    in_measure = (fom >= on_from[spell]) & (fom <= on_to[spell])
    status = np.where(in_measure, 3, plain[spell])
    codes = [*_CODES, *_NAMES_2017]
    shown = np.where(fom < assessed[spell], before[spell], group[spell])
    renamed = dice.chance(3, len(spell)) & (shown < len(_NAMES_2017))
    sink.add(
        "oppfolging",
        person_id=person_ids(people.ids(spells.person[spell])),
        enhetsnr=layout.coded(spells.office_on(layout, spell, fom)),
        fom=fom,
        tom=np.where(tom > calendar.end, NEVER, tom),
        formidlingsgruppe=Coded(_FORMS, np.where(registered[spell], 0, 1)),
        innsatsgruppe=Coded(codes, np.where(renamed, shown + len(_CODES), shown)),
        arbeidssokerstatus=Coded(_STATUSES, np.where(registered[spell], status, 0)),
        permittert=spells.laid_off[spell],
    )
    _write_closing(sink, calendar, layout, people, spells, dice)


def _write_closing(
    sink: Sink, calendar: Calendar, layout: OfficeLayout, people: People, spells: Spells, dice: Dice
) -> None:
    fom, tom = spells.end + 1, spells.end + _CLOSING_DAYS
    closes = dice.chance(500, spells.count) & (tom < spells.next_start) & (tom <= calendar.end)
    which = np.flatnonzero(closes & (fom > calendar.start) & (tom < people.gone[spells.person]))
    nothing = np.zeros(len(which), dtype=np.int64)
    office = spells.office_on(layout, which, fom[which])
    sink.add(
        "oppfolging",
        person_id=person_ids(people.ids(spells.person[which])),
        enhetsnr=layout.coded(office),
        fom=fom[which],
        tom=np.minimum(tom[which], layout.closed[office]),
        formidlingsgruppe=Coded(_FORMS, nothing + 2),
        innsatsgruppe=Coded(_CODES, nothing + _UNASSESSED),
        arbeidssokerstatus=Coded(_STATUSES, nothing),
        permittert=nothing > 0,
    )


def _assessed(settings: Courses, spells: Spells, dice: Dice) -> Ints:
    """The day from which the decision holds; the spell's first day for those assessed immediately."""
    wait = dice.ladder(settings.vurdert_etter, spells.count)
    at_once = dice.chance(settings.vurdert_ved_start, spells.count) | (spells.kind == NEDSATT) & dice.chance(
        500, spells.count
    )
    at_once |= (spells.group == INGEN) | spells.laid_off
    return np.where(at_once, spells.start, spells.start + wait)


def _before_assessment(spells: Spells, dice: Dice) -> Ints:
    jobseeker = np.where(dice.chance(200, spells.count), _MAPPING, _UNASSESSED)
    return np.where(spells.kind == NEDSATT, _SICK, jobseeker)


def _first_places(spells: Spells, places: Places) -> tuple[Ints, Ints]:
    """First and last day of the first tiltak of each spell; NEVER where there is none."""
    start, end = np.full(spells.count, NEVER), np.full(spells.count, NEVER)
    start[places.spell[::-1]], end[places.spell[::-1]] = places.start[::-1], places.end[::-1]
    return start, end


def _closing_cuts(layout: OfficeLayout, spells: Spells) -> tuple[Ints, Ints]:
    return tuple(  # type: ignore[return-value]
        np.where(layout.closed[office] < NEVER, layout.closed[office] + 1, NEVER)
        for office in (spells.office, spells.moved_to)
    )


def _rows(spells: Spells, cuts: Ints) -> tuple[Ints, Ints, Ints]:
    """The spell, first and last day of each row, from the days (cuts × spells) on which something changes."""
    inside = (cuts >= spells.start) & (cuts <= spells.end)
    days = np.sort(np.where(inside, cuts, NEVER), axis=0)
    distinct = np.vstack([np.ones((1, spells.count), dtype=bool), days[1:] != days[:-1]]) & (days < NEVER)
    spell, _ = np.nonzero(distinct.T)
    fom = days.T[distinct.T]
    last = np.append(spell[1:] != spell[:-1], True)
    tom = np.where(last, spells.end[spell], np.append(fom[1:], NEVER) - 1)
    return spell, fom, tom
