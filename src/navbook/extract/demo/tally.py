"""The true and the realised overgang til arbeid of each office, as the generator knows them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from navbook.extract.demo.calendar import Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.people import ARBEIDSSOKER, People
from navbook.extract.demo.spells import Spells

_FEWEST = 50


class ExitTally:
    """Exits of jobseekers by office in the last two years: number, jobs, sum and variance of true chances."""

    def __init__(self, calendar: Calendar, layout: OfficeLayout) -> None:
        self._calendar, self._layout = calendar, layout
        self.years = (int(calendar.tom[:4]) - 1, int(calendar.tom[:4]))
        self._sums = np.zeros((4, len(self.years), layout.count), dtype=np.int64)

    def add(self, people: People, spells: Spells) -> None:
        """Count the exits of one block; only near `ota_arbs`, which looks at counting dates."""
        month = self._calendar.last_count(spells.end)
        day = self._calendar.last_of(month)
        age = people.age(spells.person, day)
        exits = (spells.kind == ARBEIDSSOKER) & (day >= spells.start) & (age >= 20) & (age <= 66)
        for place, year in enumerate(self.years):
            which = np.flatnonzero(exits & (month // 12 == year))
            office = spells.office_on(self._layout, which, day[which])
            chance, job = spells.chance[which], spells.job[which].astype(np.int64)
            for row, value in enumerate((np.ones_like(chance), job, chance, chance * (1000 - chance))):
                np.add.at(self._sums[row, place], office, value)

    def frame(self) -> Iterator[dict[str, Any]]:
        """One record for each office and year, with the planted role and the true office effect."""
        roles = {office: role for role, office in self._layout.roles.items()}
        for office, number in enumerate(self._layout.numbers):
            for place, year in enumerate(self.years):
                n, jobs, chances, _ = (int(v) for v in self._sums[:, place, office])
                yield {
                    "enhetsnr": number,
                    "ar": year,
                    "rolle": roles.get(office, ""),
                    "kontoreffekt_promille": int(self._layout.effect[office]),
                    "folk": int(self._layout.people[office]),
                    "avgang": n,
                    "i_jobb": jobs,
                    "ventet_promille": chances // n if n else "",
                }

    def unlucky(self) -> int:
        """The office without effect that by chance alone seems to fall most; −1 if none is large enough."""
        n, jobs, chances, variance = self._sums
        spoken_for = set(self._layout.roles.values())
        free = [o for o in range(self._layout.local) if o not in spoken_for and self._layout.effect[o] == 0]
        large = [o for o in free if n[:, o].min() >= _FEWEST]
        if not large:
            return -1
        luck = (1000 * jobs - chances) / np.maximum(n, 1)
        spread = np.sqrt((variance / np.maximum(n, 1) ** 2).sum(axis=0))
        return min(large, key=lambda o: float((luck[1, o] - luck[0, o]) / max(float(spread[o]), 1.0)))
