"""Tiltak: which, when, and with what status; also places that were offered and never begun."""

from dataclasses import dataclass

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.people import People
from navbook.extract.demo.settings import Measures
from navbook.extract.demo.spells import GROUPS, VARIG, Spells
from navbook.extract.demo.write import Coded, Sink, person_ids


@dataclass
class Places:
    """One element for each participation; `spell` is its place among the spells."""

    spell: Ints
    start: Ints
    end: Ints


def draw_places(settings: Measures, calendar: Calendar, spells: Spells, dice: Dice) -> Places:
    """Participations within the spells: most end near the end of the spell, long spells hold several."""
    parts = [*_first_and_next(settings, spells, dice), _along_the_way(settings, spells, dice)]
    spell, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    known = np.flatnonzero((start <= end) & (start <= calendar.end) & (end >= calendar.start))
    order = known[np.lexsort((end[known], start[known], spell[known]))]
    spell, start, end = spell[order], start[order], end[order]
    meets_last = np.append(False, (spell[1:] == spell[:-1]) & (start[1:] <= end[:-1]))[: len(spell)]
    kept = ~meets_last | dice.chance(settings.samtidig, len(spell))
    return Places(spell[kept], start[kept], end[kept])


_Rows = tuple[Ints, Ints, Ints]


def _first_and_next(settings: Measures, spells: Spells, dice: Dice) -> tuple[_Rows, _Rows]:
    size = spells.count
    chance = np.array([settings.sjanse[name] for name in GROUPS])[spells.group]
    length = dice.ladder(settings.lengde, size) * np.where(spells.group == VARIG, 4, 1)
    late = spells.end - dice.ladder([0, 0, 10, 30, 60], size) - length
    early = spells.start + dice.ladder([5, 20, 45, 90, 200], size)
    start = np.maximum(np.where(dice.chance(620, size), late, early), spells.start + 5)
    end = np.minimum(start + length, spells.end)
    taken = np.flatnonzero(dice.chance(chance, size) & (start <= end))
    again = taken[dice.chance(300, len(taken))]
    following = end[again] + 1 + dice.ladder([0, 0, 10, 60], len(again))
    length = dice.ladder(settings.lengde, len(again))
    second = (again, following, np.minimum(following + length, spells.end[again]))
    return (taken, start[taken], end[taken]), second


def _along_the_way(settings: Measures, spells: Spells, dice: Dice) -> _Rows:
    every = np.array([settings.dager_per.get(name, NEVER) for name in GROUPS])[spells.group]
    length = spells.end - spells.start + 1
    spell = np.repeat(np.arange(spells.count), (length + dice.below(every, spells.count)) // every)
    start = spells.start[spell] + 5 + dice.below(length[spell], len(spell))
    return spell, start, np.minimum(start + dice.ladder(settings.lengde, len(spell)), spells.end[spell])


def write_measures(
    sink: Sink,
    settings: Measures,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    places: Places,
    dice: Dice,
) -> None:
    codes = _codes(settings)
    statuses = list(
        dict.fromkeys([*settings.status_ferdig, *settings.status_lopende, *settings.status_aldri])
    )
    size = len(places.spell)
    group = spells.group[places.spell]
    running = places.end > calendar.end
    status = np.where(
        running,
        _positions(statuses, settings.status_lopende)[dice.pick(settings.status_lopende, size)],
        _positions(statuses, settings.status_ferdig)[dice.pick(settings.status_ferdig, size)],
    )
    outside = dice.chance(settings.utenfor, size) & ~running
    shift = np.where(outside, 200, 0)
    tom = np.where(running & dice.chance(500, size), NEVER, places.end)
    fom, tom = places.start - shift, np.where(tom < NEVER, tom - shift, tom)
    _add(sink, layout, people, spells, places.spell, fom, tom,
         Coded(codes, _code(settings, codes, group, dice)), Coded(statuses, status))  # fmt: skip
    _write_never_begun(sink, settings, layout, people, spells, codes, statuses, dice)


def _write_never_begun(
    sink: Sink,
    settings: Measures,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    codes: list[str],
    statuses: list[str],
    dice: Dice,
) -> None:
    never = np.flatnonzero(
        dice.chance(settings.aldri_andel // 2, spells.count) & (spells.end > spells.start + 60)
    )
    start = spells.start[never] + dice.ladder([10, 30, 60], len(never))
    status = _positions(statuses, settings.status_aldri)[dice.pick(settings.status_aldri, len(never))]
    code = _code(settings, codes, spells.group[never], dice)
    _add(sink, layout, people, spells, never, start, start + 90, Coded(codes, code), Coded(statuses, status))


def _add(
    sink: Sink,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    which: Ints,
    fom: Ints,
    tom: Ints,
    code: Coded,
    status: Coded,
) -> None:
    sink.add(
        "tiltak",
        person_id=person_ids(people.ids(spells.person[which])),
        enhetsnr=layout.coded(spells.office_on(layout, which, fom)),
        tiltakskode=code,
        deltakerstatus=status,
        fom=fom,
        tom=tom,
    )


def _codes(settings: Measures) -> list[str]:
    known = [code for weights in settings.koder.values() for code in weights]
    return list(dict.fromkeys([*known, *settings.nye_navn.values()]))


def _code(settings: Measures, codes: list[str], group: Ints, dice: Dice) -> Ints:
    code = np.zeros(len(group), dtype=np.int64)
    for place, name in enumerate(GROUPS):
        weights = settings.koder.get(name, settings.koder["BFORM"])
        drawn = _positions(codes, weights)[dice.pick(weights, len(group))]
        code = np.where(group == place, drawn, code)
    renamed = np.arange(len(codes))
    for old, new in settings.nye_navn.items():
        renamed[codes.index(old)] = codes.index(new)
    return np.where(dice.chance(settings.nye_navn_andel, len(group)), renamed[code], code)


def _positions(texts: list[str], weights: dict[str, int]) -> Ints:
    return np.array([texts.index(text) for text in weights])


def people_in_measures(people: People, spells: Spells, places: Places) -> Bools:
    """Who of the block was ever in a tiltak."""
    found = np.zeros(people.count, dtype=bool)
    found[spells.person[places.spell]] = True
    return found
