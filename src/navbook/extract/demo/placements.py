"""Outcomes on candidate lists (kandidatutfall), held until the end, as ids run in order of registration."""

from dataclasses import dataclass, field

import numpy as np

from navbook.extract.demo.calendar import Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.people import People
from navbook.extract.demo.settings import Placements
from navbook.extract.demo.spells import GROUPS, Spells
from navbook.extract.demo.write import Coded, Numbered, Sink, person_ids

OUTCOMES = ["IKKE_PRESENTERT", "PRESENTERT", "FATT_JOBBEN"]
NOT_PRESENTED, PRESENTED, GOT_THE_JOB = range(3)
_DAY = 86_400


@dataclass
class Outcomes:
    """Rows collected over the blocks: person number, list number, outcome, office, second since 1970."""

    rows: list[tuple[Ints, Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def collect(
        self,
        settings: Placements,
        calendar: Calendar,
        layout: OfficeLayout,
        people: People,
        spells: Spells,
        dice: Dice,
    ) -> None:
        """Draw the lists on which the people of a block stand, and what came of it."""
        chance = np.array([settings.sjanse[name] for name in GROUPS])[spells.group]
        listed = dice.chance(chance, spells.count) & (spells.end > spells.start + 10)
        which = np.flatnonzero(listed & (spells.start >= calendar.start) & (spells.end <= calendar.end))
        size = len(which)
        length = spells.end[which] - spells.start[which]
        presented = spells.start[which] + dice.below(np.maximum(length - 5, 1), size)
        decided = np.minimum(presented + 2 + dice.ladder([0, 3, 10, 30], size), spells.end[which])
        hired = dice.chance(np.where(spells.job[which], settings.jobben * 2, settings.jobben // 3), size)
        decided = np.where(hired & dice.chance(700, size), spells.end[which], decided)
        undone = hired & dice.chance(settings.omgjort, size) & (decided + 1 <= calendar.end)
        only_noted = dice.chance(150, size) & ~hired
        lists = people.ids(spells.person[which]) * 100 + _running_number(spells, which)
        first = np.where(only_noted, NOT_PRESENTED, PRESENTED)
        everyone = np.ones(size, dtype=bool)
        for chosen, outcome, day in (
            (everyone, first, presented),
            (hired, np.full(size, GOT_THE_JOB), decided),
            (undone, np.full(size, PRESENTED), decided + 1),
        ):
            self._keep(layout, people, spells, which, lists, chosen, outcome, day, dice)

    def _keep(
        self,
        layout: OfficeLayout,
        people: People,
        spells: Spells,
        which: Ints,
        lists: Ints,
        chosen: Bools,
        outcome: Ints,
        day: Ints,
        dice: Dice,
    ) -> None:
        second = day * _DAY + 8 * 3600 + dice.below(8 * 3600, len(which))
        office = spells.office_on(layout, which, day)
        person = people.ids(spells.person[which])
        self.rows.append(tuple(column[chosen] for column in (person, lists, outcome, office, second)))  # type: ignore[arg-type]

    def write(self, sink: Sink, layout: OfficeLayout) -> None:
        """Write all rows in order of registration."""
        person, lists, outcome, office, second = (
            np.concatenate(column) for column in zip(*self.rows, strict=True)
        )
        order = np.lexsort((lists, person, second))
        sink.add(
            "kandidatutfall",
            id=np.arange(1, len(order) + 1),
            person_id=person_ids(person[order]),
            kandidatliste_id=Numbered("k", 9, lists[order]),
            utfall=Coded(OUTCOMES, outcome[order]),
            enhetsnr=layout.coded(office[order]),
            tidspunkt=second[order],
        )


def _running_number(spells: Spells, which: Ints) -> Ints:
    """The number of each spell among its person's spells."""
    new = np.append(True, spells.person[1:] != spells.person[:-1])[: spells.count]
    starts = np.flatnonzero(new)
    return (np.arange(spells.count) - starts[np.cumsum(new) - 1])[which]
