"""Contacts and activities of those under oppfølging."""

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Dice, Ints
from navbook.extract.demo.people import People
from navbook.extract.demo.settings import Activities, Contacts
from navbook.extract.demo.spells import GROUPS, Spells
from navbook.extract.demo.write import Coded, Sink, person_ids

_JULY = 6


def write_contacts(
    sink: Sink,
    settings: Contacts,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    spells: Spells,
    silent_month: int,
    dice: Dice,
) -> None:
    """Write the contacts: how often differs by person and innsatsgruppe; at most one a day, fewer in July.

    The office that plays the missing report has none in `silent_month`.
    """
    which, day = _days(settings, calendar, spells, dice)
    month = calendar.month_of(day)
    kept = np.append(True, (which[1:] != which[:-1]) | (day[1:] != day[:-1]))[: len(day)]
    kept &= ~((month % 12 == _JULY) & dice.chance(settings.fellesferie, len(day)))
    at_silent_office = spells.office_on(layout, which, day) == layout.role("mangler_rapport")
    kept &= ~(at_silent_office & (month == silent_month))
    which, day = which[kept], day[kept]
    size = len(day)
    kind = dice.pick(settings.typer, size)
    statuses = ["FULLFORT", "PLANLAGT", "AVBRUTT", ""]
    tables = [
        [0, 0, 0, 1000],
        _promille(settings.status_mote, statuses),
        _promille(settings.status_samtale, statuses),
    ]
    dialogue = kind == list(settings.typer).index("DIALOG")
    from_user = dialogue & dice.chance(settings.fra_bruker, size)
    sink.add(
        "kontakt",
        person_id=person_ids(people.ids(spells.person[which])),
        dato=day,
        type=Coded(list(settings.typer), kind),
        status=Coded(statuses, dice.pick_by(tables, kind)),
        fra_bruker=from_user,
        automatisk=dialogue & ~from_user & dice.chance(settings.automatisk, size),
    )


def _promille(weights: dict[str, int], texts: list[str]) -> list[int]:
    return [weights[text] for text in texts]


def _days(settings: Contacts, calendar: Calendar, spells: Spells, dice: Dice) -> tuple[Ints, Ints]:
    """The spell and day of each contact, by person and day."""
    start, end = np.maximum(spells.start, calendar.start), np.minimum(spells.end, calendar.end)
    length = end - start + 1
    intensity = dice.pick_by([settings.blanding[name] for name in GROUPS], spells.group)
    thousandths = length * np.asarray(settings.per_tusen_dager)[intensity] + dice.below(1000, spells.count)
    counts = thousandths // 1000
    which = np.repeat(np.arange(spells.count), counts)
    day = start[which] + dice.below(length[which], len(which))
    order = np.argsort(which * NEVER + day, kind="stable")
    return which, day[order]


def write_activities(
    sink: Sink, settings: Activities, calendar: Calendar, people: People, spells: Spells, dice: Dice
) -> None:
    """Write the activities of the plan: one soon after the start for most, further ones along the way."""
    size = spells.count
    length = np.minimum(spells.end, calendar.end) - spells.start + 1
    more = (length + dice.below(settings.dager_per, size)) // settings.dager_per
    with_first = dice.chance(settings.med_forste, size)
    which = np.concatenate([np.flatnonzero(with_first), np.repeat(np.arange(size), more)])
    first = spells.start + dice.ladder(settings.forste, size)
    later = spells.start[which] + dice.below(np.maximum(length[which], 1), len(which))
    start = np.where(np.arange(len(which)) < with_first.sum(), first[which], later)
    end = np.minimum(start + dice.ladder(settings.lengde, len(which)), spells.end[which])
    kind, status = dice.pick(settings.typer, len(which)), dice.pick(settings.status, len(which))
    running = end > calendar.end
    open_ended = running & dice.chance(500, len(which))
    in_progress = list(settings.status).index("GJENNOMFORES")
    status = np.where(running & (status == list(settings.status).index("FULLFORT")), in_progress, status)
    known = np.flatnonzero((start <= end) & (end >= calendar.start) & (start <= calendar.end))
    order = known[np.lexsort((start[known], which[known]))]
    same = (which[order][1:] == which[order][:-1]) & (start[order][1:] == start[order][:-1])
    order = order[np.append(True, ~same)[: len(order)]]
    sink.add(
        "aktivitet",
        person_id=person_ids(people.ids(spells.person[which[order]])),
        type=Coded(list(settings.typer), kind[order]),
        status=Coded(list(settings.status), status[order]),
        fom=start[order],
        tom=np.where(open_ended, NEVER, end)[order],
    )
