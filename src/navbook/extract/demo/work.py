"""Jobs before, during and after the spells, and the wages of those who have been in tiltak."""

from dataclasses import dataclass

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.people import NEDSATT, SYKMELDT, People
from navbook.extract.demo.settings import Jobs
from navbook.extract.demo.spells import Spells
from navbook.extract.demo.write import Sink, month_texts, person_ids

_PERCENT = [8, 20, 35, 50, 60, 80, 100, 100, 100, 100, 100, 100]


@dataclass
class Employment:
    """One element for each job; `part_time` marks the spells with a part-time job during them."""

    person: Ints
    fom: Ints
    tom: Ints
    percent: Ints
    part_time: Bools


def draw_jobs(settings: Jobs, calendar: Calendar, people: People, spells: Spells, dice: Dice) -> Employment:
    """All jobs of a block: exactly the spells that lead to a job have one on the day six months after."""
    size = spells.count
    next_start = np.where(spells.goes_on, NEVER, spells.next_start)
    first = np.append(True, spells.person[1:] != spells.person[:-1])[:size]
    reduced = spells.kind == NEDSATT
    part_time = dice.chance(
        np.where(reduced, settings.deltid["nedsatt"], settings.deltid["arbeidssoker"]), size
    )
    part_time &= ~spells.laid_off & (spells.end > spells.start + 20)
    parts = [
        _before(settings, spells, first, dice),
        _laid_off(spells, next_start, dice),
        _part_time_jobs(spells, part_time, next_start, dice),
        _after(settings, spells, next_start, dice),
        _short(spells, next_start, dice),
        _later(settings, spells, next_start, dice),
        _of_the_sick(people, calendar, dice),
    ]
    person, fom, tom, percent = (np.concatenate([part[k] for part in parts]) for k in range(4))
    tom = np.minimum(tom, people.gone[person] - 1)
    known = (fom <= tom) & (fom <= calendar.end) & (tom >= calendar.start)
    order = np.lexsort((fom[known], person[known]))
    rows = np.flatnonzero(known)[order]
    return Employment(person[rows], fom[rows], tom[rows], percent[rows], part_time=part_time)


_Rows = tuple[Ints, Ints, Ints, Ints]


def _percent(size: int, dice: Dice) -> Ints:
    return dice.ladder(_PERCENT, size)


def _before(settings: Jobs, spells: Spells, first: Bools, dice: Dice) -> _Rows:
    which = np.flatnonzero(first & ~spells.laid_off & dice.chance(settings.tidligere, spells.count))
    tom = spells.start[which] - 1 - dice.ladder([0, 0, 0, 20, 90], len(which))
    return (
        spells.person[which],
        tom - dice.ladder(settings.tidligere_lengde, len(which)),
        tom,
        _percent(len(which), dice),
    )


def _laid_off(spells: Spells, next_start: Ints, dice: Dice) -> _Rows:
    """The laid-off keep their job while they wait; it runs on if they are called back, else it ends.

    It began after the day on which the spell before was asked about: that answer stands.
    """
    which = np.flatnonzero(spells.laid_off)
    fom = spells.start[which] - dice.ladder([30, 200, 700, 1500, 3000], len(which))
    before = which[which > 0] - 1
    asked = np.zeros(len(which), dtype=np.int64)
    asked[which > 0] = np.where(
        spells.person[before] == spells.person[which[which > 0]], spells.target[before], 0
    )
    fom = np.maximum(fom, np.minimum(asked + 1, spells.start[which] - 1))
    back = spells.job[which]
    kept = np.minimum(
        spells.target[which] + dice.ladder([30, 200, 600, 1500], len(which)), next_start[which] - 1
    )
    gone = np.maximum(spells.end[which] - dice.ladder([0, 0, 20], len(which)), fom)
    return spells.person[which], fom, np.where(back, kept, gone), _percent(len(which), dice)


def _part_time_jobs(spells: Spells, part_time: Bools, next_start: Ints, dice: Dice) -> _Rows:
    """A part-time job during the spell: it continues if the spell leads to a job, else it ends with it."""
    which = np.flatnonzero(part_time)
    length = spells.end[which] - spells.start[which]
    fom = spells.start[which] + dice.below(np.maximum(length // 2, 1), len(which))
    tom = np.where(
        spells.job[which], np.minimum(spells.target[which] + 60, next_start[which] - 1), spells.end[which]
    )
    percent = dice.ladder([0, 10, 20, 30, 40, 50, 60], len(which))
    return spells.person[which], fom, tom, percent


def _after(settings: Jobs, spells: Spells, next_start: Ints, dice: Dice) -> _Rows:
    which = np.flatnonzero(spells.job & ~spells.laid_off)
    room = spells.target[which] - spells.end[which] - 1
    fom = spells.end[which] + 1 + np.minimum(dice.ladder(settings.ventetid, len(which)), room)
    tom = np.maximum(spells.target[which], fom + dice.ladder(settings.lengde, len(which)))
    return (
        spells.person[which],
        fom,
        np.minimum(tom, next_start[which] - 1),
        np.maximum(_percent(len(which), dice), 10),
    )


def _short(spells: Spells, next_start: Ints, dice: Dice) -> _Rows:
    """Jobs that do not last until the day on which the question is asked."""
    which = np.flatnonzero(~spells.job & dice.chance(150, spells.count))
    fom = spells.end[which] + 1 + dice.ladder([0, 10, 30], len(which))
    latest = np.minimum(spells.target[which], next_start[which]) - 1
    return (
        spells.person[which],
        fom,
        np.minimum(fom + dice.ladder([8, 30, 80], len(which)), latest),
        _percent(len(which), dice),
    )


def _later(settings: Jobs, spells: Spells, next_start: Ints, dice: Dice) -> _Rows:
    which = np.flatnonzero(~spells.job & dice.chance(300, spells.count))
    fom = spells.target[which] + 1 + dice.ladder([5, 60, 200], len(which))
    tom = np.minimum(fom + dice.ladder(settings.lengde, len(which)), next_start[which] - 1)
    return spells.person[which], fom, tom, _percent(len(which), dice)


def _of_the_sick(people: People, calendar: Calendar, dice: Dice) -> _Rows:
    """People on sick leave have an employer; one in fifty has none in the register all the same."""
    which = np.flatnonzero((people.track == SYKMELDT) & dice.chance(980, people.count))
    fom = calendar.start - dice.ladder([-300, 0, 300, 1500, 4000], len(which))
    return which, fom, np.full(len(which), NEVER), np.maximum(_percent(len(which), dice), 20)


def write_jobs(sink: Sink, calendar: Calendar, people: People, jobs: Employment) -> None:
    sink.add(
        "arbeidsforhold",
        person_id=person_ids(people.ids(jobs.person)),
        fom=jobs.fom,
        tom=np.where(jobs.tom > calendar.end, NEVER, jobs.tom),
        stillingsprosent=jobs.percent.astype(float),
    )


def write_wages(
    sink: Sink,
    settings: Jobs,
    calendar: Calendar,
    people: People,
    jobs: Employment,
    wanted: Bools,
    dice: Dice,
) -> None:
    """Wages by month of the wanted people, at most one row a month; some months in work are without."""
    chosen = np.flatnonzero(wanted[jobs.person] & (jobs.percent > 0))
    first = calendar.month_of(np.maximum(jobs.fom[chosen], calendar.start))
    last = calendar.month_of(np.minimum(jobs.tom[chosen], calendar.end))
    counts = last - first + 1
    job = np.repeat(chosen, counts)
    month = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(job))
    paid = ~dice.chance(settings.uten_lonn, len(job))
    job, month = job[paid], month[paid]
    _, once = np.unique(jobs.person[job] * 100_000 + month, return_index=True)
    job, month = job[once], month[once]
    kroner = jobs.percent[job] * (330 + dice.below(260, len(job)))
    sink.add(
        "lonn",
        person_id=person_ids(people.ids(jobs.person[job])),
        maned=month_texts(month),
        kroner=kroner.astype(float),
    )
