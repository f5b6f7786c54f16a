"""Sick leave: cases of certificates that follow each other, their grades, and activity requirements."""

import numpy as np

from navbook.extract.demo.benefits import SP, Rows
from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.people import ARBEIDSSOKER, NEDSATT, SYKMELDT, People
from navbook.extract.demo.settings import SickLeave
from navbook.extract.demo.spells import Spells
from navbook.extract.demo.write import Coded, Numbered, Sink, person_ids

_CERTIFICATES_PER_PERSON = 1000
_LONGEST = 365

Cases = tuple[Ints, Ints, Ints, Ints]
"""Person, first day, last day, and whether there is an employer (0/1)."""


def draw_cases(settings: SickLeave, calendar: Calendar, people: People, spells: Spells, dice: Dice) -> Cases:
    """Sick-leave cases by person and start; those of one person never overlap."""
    person, start, end = (
        np.concatenate(part)
        for part in zip(
            *[_of_the_sick(settings, calendar, people, dice), *_around_spells(settings, spells, dice)],
            strict=True,
        )
    )
    employer = dice.chance(settings.arbeidsgiver, len(person)).astype(np.int64)
    end = np.minimum(end, people.gone[person] - 1)
    order = np.lexsort((start, person))
    person, start, end, employer = person[order], start[order], end[order], employer[order]
    for _ in range(6):
        clear = np.append(True, (person[1:] != person[:-1]) | (start[1:] > end[:-1] + 30))[: len(person)]
        known = clear & (start <= calendar.end) & (end >= calendar.start) & (start <= end)
        person, start, end, employer = person[known], start[known], end[known], employer[known]
    return person, start, end, employer


def _of_the_sick(
    settings: SickLeave, calendar: Calendar, people: People, dice: Dice
) -> tuple[Ints, Ints, Ints]:
    who = np.flatnonzero(people.track == SYKMELDT)
    person = np.repeat(who, dice.pick(settings.tilfeller, len(who)) + 1)
    span = calendar.end - calendar.start + 1
    start = calendar.start - 120 + dice.below(span + 120, len(person))
    return person, start, start + dice.ladder(settings.lengde, len(person)) - 1


def _around_spells(settings: SickLeave, spells: Spells, dice: Dice) -> list[tuple[Ints, Ints, Ints]]:
    """The year of sick leave before AAP, and short leaves among the unemployed."""
    before = np.flatnonzero((spells.kind == NEDSATT) & dice.chance(settings.for_nedsatt, spells.count))
    end = spells.start[before] - 1
    length = dice.ladder([60, 150, 300, 360, _LONGEST], len(before))
    during = np.flatnonzero((spells.kind == ARBEIDSSOKER) & dice.chance(settings.uten_arbeid, spells.count))
    start = spells.start[during] + 20
    return [
        (spells.person[before], end - length + 1, end),
        (spells.person[during], start, start + dice.ladder([7, 20, 60, 150], len(during))),
    ]


def sick_pay(cases: Cases) -> Rows:
    """Sick pay of the cases, for at most a year."""
    person, start, end, _ = cases
    return person, np.full(len(person), SP), start, np.minimum(end, start + _LONGEST - 1)


def write_sick_leave(
    sink: Sink,
    settings: SickLeave,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    cases: Cases,
    dice: Dice,
) -> None:
    """Write the certificates of each case, and when its activity requirement was assessed."""
    person, start, end, employer = cases
    step = np.asarray(settings.steg)[dice.below(len(settings.steg), len(person))]
    counts = (end - start) // step + 1
    case = np.repeat(np.arange(len(person)), counts)
    first_of_case = np.cumsum(counts) - counts
    number = np.arange(len(case)) - first_of_case[case]
    gap = np.array(list(settings.gap))[dice.pick(settings.gap, len(case))]
    fom = start[case] + number * step[case]
    fom = fom + np.where(number > 0, np.minimum(gap, step[case] - 1), 0)
    tom = np.minimum(start[case] + (number + 1) * step[case] - 1, end[case])
    kept = (fom <= tom) & (fom <= calendar.end) & (tom >= calendar.start)
    ids = (people.ids(person[case]) * _CERTIFICATES_PER_PERSON) + _running(person[case])
    case, fom, tom, ids = case[kept], fom[kept], tom[kept], ids[kept]
    kind = dice.pick(settings.typer, len(case))
    sink.add(
        "sykmelding",
        person_id=person_ids(people.ids(person[case])),
        sykmelding_id=Numbered("s", 10, ids),
        enhetsnr=layout.coded(layout.on(np.full(len(case), people.home), fom)),
        arbeidsgiver=employer[case] == 1,
        grad=_grade(settings, (fom - start[case]) // 7, kind, dice).astype(float),
        type=Coded(list(settings.typer), kind),
        fom=fom,
        tom=tom,
    )
    _write_assessments(sink, settings, calendar, cases, case, fom, tom, ids, dice)


def _running(person: Ints) -> Ints:
    """Numbers 0, 1, 2 … within each person, for rows sorted by person."""
    if len(person) == 0:
        return person
    new = np.append(True, person[1:] != person[:-1])
    starts = np.flatnonzero(new)
    return np.arange(len(person)) - starts[np.cumsum(new) - 1]


def _grade(settings: SickLeave, weeks: Ints, kind: Ints, dice: Dice) -> Ints:
    chance = np.minimum(settings.gradert_forst + settings.gradert_per_uke * weeks, settings.gradert_hoyst)
    graded = dice.chance(chance, len(weeks)) & (kind == list(settings.typer).index("ORDINAER"))
    return np.where(graded, np.asarray(settings.grader)[dice.below(len(settings.grader), len(weeks))], 100)


def _write_assessments(
    sink: Sink,
    settings: SickLeave,
    calendar: Calendar,
    cases: Cases,
    case: Ints,
    fom: Ints,
    tom: Ints,
    ids: Ints,
    dice: Dice,
) -> None:
    """One assessment for most cases that last so long, on the certificate that runs on the day."""
    _, start, _, _ = cases
    wait = dice.ladder(settings.vurdert, len(start))
    assessed = dice.chance(settings.vurdert_andel, len(start))
    day = (start + wait)[case]
    runs = np.flatnonzero(
        assessed[case] & (fom <= day) & (day <= tom) & (day <= calendar.end) & (day < NEVER)
    )
    sink.add("aktivitetskrav", sykmelding_id=Numbered("s", 10, ids[runs]), vurdert=day[runs])
