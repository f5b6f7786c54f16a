"""Benefits and the qualification programme (kvp)."""

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar, day_number
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.measures import Places
from navbook.extract.demo.people import ARBEIDSSOKER, NEDSATT, People
from navbook.extract.demo.settings import Benefits
from navbook.extract.demo.spells import ANNEN, Spells
from navbook.extract.demo.write import Coded, Sink, person_ids

BENEFITS = ["DAG", "DAG_PERM", "DAG_FISK", "DAG_LONN", "AAP", "TP", "SP", "UFO", "ALD", "OG"]
DAG, DAG_PERM, DAG_FISK, DAG_LONN, AAP, TP, SP, UFO, ALD, OG = range(10)
_WEEKS = {DAG: 104, DAG_PERM: 49, DAG_FISK: 52, DAG_LONN: 26, AAP: 156}

Rows = tuple[Ints, Ints, Ints, Ints]
"""Person, benefit, first and last day."""


def draw_benefits(settings: Benefits, people: People, spells: Spells, places: Places, dice: Dice) -> Rows:
    """The benefits that follow from the spells; the order is that of the rules, not of the people."""
    parts = [
        _unemployment(settings, spells, dice),
        *_aap(settings, spells, dice),
        _during_measures(settings, spells, places, dice),
        *_afterwards(settings, people, spells, dice),
        _lone_parents(settings, people, spells, dice),
    ]
    return joined(parts)


def joined(parts: list[Rows]) -> Rows:
    """Several lists of benefits as one."""
    person, benefit, fom, tom = (np.concatenate([part[k] for part in parts]) for k in range(4))
    return person, benefit, fom, tom


def _rows(spells: Spells, which: Ints, benefit: Ints | int, fom: Ints, tom: Ints) -> Rows:
    return spells.person[which], np.broadcast_to(np.asarray(benefit), len(which)).astype(np.int64), fom, tom


def _unemployment(settings: Benefits, spells: Spells, dice: Dice) -> Rows:
    jobseeker = spells.kind == ARBEIDSSOKER
    chance = np.where(spells.laid_off, settings.dagpenger_permittert, settings.dagpenger)
    which = np.flatnonzero(jobseeker & dice.chance(chance, spells.count))
    ordinary = np.where(dice.chance(15, len(which)), DAG_LONN, DAG)
    laid_off = np.where(dice.chance(40, len(which)), DAG_FISK, DAG_PERM)
    benefit = np.where(spells.laid_off[which], laid_off, ordinary)
    fom = spells.start[which] + dice.ladder([0, 3, 8, 20], len(which))
    weeks = np.array([_WEEKS.get(code, 0) for code in range(len(BENEFITS))])[benefit]
    return _rows(spells, which, benefit, fom, np.minimum(spells.end[which], fom + 7 * weeks - 1))


def has_aap(settings: Benefits, spells: Spells, dice: Dice) -> Bools:
    """Four of five with nedsatt arbeidsevne; all of those whose decision alone does not say so."""
    return (spells.kind == NEDSATT) & (dice.chance(settings.aap, spells.count) | (spells.group == ANNEN))


def _aap(settings: Benefits, spells: Spells, dice: Dice) -> list[Rows]:
    """AAP in decisions of about a year, mostly without gaps; and a few where no one expects it."""
    which = np.flatnonzero(has_aap(settings, spells, dice))
    start, end = spells.start[which], spells.end[which]
    counts = (end - start) // settings.aap_vedtak + 1
    number = np.repeat(np.cumsum(counts) - counts, counts)
    number = np.arange(len(number)) - number
    owner = np.repeat(np.arange(len(which)), counts)
    gap = np.array(list(settings.aap_opphold))[dice.pick(settings.aap_opphold, len(owner))]
    fom = start[owner] + number * settings.aap_vedtak + np.where(number > 0, gap, 0)
    tom = np.minimum(start[owner] + (number + 1) * settings.aap_vedtak - 1, end[owner])
    odd = np.flatnonzero((spells.kind == ARBEIDSSOKER) & dice.chance(settings.motsigelse, spells.count))
    surprise = _rows(
        spells, odd, AAP, spells.start[odd] + 14, np.minimum(spells.start[odd] + 120, spells.end[odd])
    )
    return [_rows(spells, which[owner], AAP, fom, tom), surprise]


def _during_measures(settings: Benefits, spells: Spells, places: Places, dice: Dice) -> Rows:
    paid = np.flatnonzero(
        dice.chance(settings.tiltakspenger, len(places.spell)) & (spells.kind[places.spell] == ARBEIDSSOKER)
    )
    return _rows(spells, places.spell[paid], TP, places.start[paid], places.end[paid])


def _afterwards(settings: Benefits, people: People, spells: Spells, dice: Dice) -> list[Rows]:
    """Disability or old-age pension for those who leave without a job and for good."""
    age = people.age(spells.person, spells.end)
    leaves = (spells.next_start == NEVER) & ~spells.job & ~spells.goes_on
    disabled = leaves & (spells.kind == NEDSATT) & dice.chance(settings.ufor, spells.count)
    old = leaves & ~disabled & ((age >= 66) | ((age >= 62) & dice.chance(300, spells.count)))
    return [
        _rows(spells, which, benefit, spells.end[which] + 1, np.full(len(which), NEVER))
        for benefit, which in ((UFO, np.flatnonzero(disabled)), (ALD, np.flatnonzero(old)))
    ]


def _lone_parents(settings: Benefits, people: People, spells: Spells, dice: Dice) -> Rows:
    young = (people.sex[spells.person] == 1) & (people.age(spells.person, spells.start) < 40)
    which = np.flatnonzero(young & dice.chance(settings.overgangsstonad, spells.count))
    return _rows(spells, which, OG, spells.start[which] - 60, spells.end[which])


def write_benefits(sink: Sink, calendar: Calendar, people: People, rows: Rows) -> None:
    """Write the benefits; `uker_igjen` is what is left when the row ends, or on the day of the extract."""
    person, benefit, fom, tom = rows
    tom = np.minimum(tom, people.gone[person] - 1)
    known = np.flatnonzero((fom <= tom) & (fom <= calendar.end) & (tom >= calendar.start))
    order = known[np.lexsort((fom[known], benefit[known], person[known]))]
    person, benefit, fom, tom = person[order], benefit[order], fom[order], tom[order]
    granted = np.array([_WEEKS.get(code, -1) for code in range(len(BENEFITS))])[benefit]
    # what runs on after the cover is known on the day of the extract
    last = np.where(tom > calendar.end, day_number(calendar.uttrekksdato), tom)
    used = (last - fom + 1) // 7
    left = np.where(granted < 0, np.nan, np.maximum(granted - used, 0))
    sink.add(
        "ytelse",
        person_id=person_ids(people.ids(person)),
        ytelse=Coded(BENEFITS, benefit),
        fom=fom,
        tom=np.where(tom > calendar.end, NEVER, tom),
        uker_igjen=left,
    )


def write_programme(
    sink: Sink,
    settings: Benefits,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    dice: Dice,
) -> tuple[Ints, Ints, Ints]:
    """Write the qualification programme of some jobseekers from landgruppe 3; returns office, fom and tom."""
    eligible = (
        (people.landgruppe[spells.person] == 3)
        & (spells.kind == ARBEIDSSOKER)
        & (spells.end > spells.start + 60)
    )
    which = np.flatnonzero(eligible & dice.chance(settings.kvp, spells.count))
    fom = spells.start[which] + 30
    tom = np.minimum(
        fom + dice.ladder([90, 200, 365, 730], len(which)), people.gone[spells.person[which]] - 1
    )
    known = (fom <= calendar.end) & (tom >= calendar.start)
    which, fom, tom = which[known], fom[known], tom[known]
    office = spells.office_on(layout, which, fom)
    sink.add(
        "kvp",
        person_id=person_ids(people.ids(spells.person[which])),
        enhetsnr=layout.coded(office),
        fom=fom,
        tom=np.where(tom > calendar.end, NEVER, tom),
    )
    return office, fom, tom
