"""Spells of oppfølging: when they begin, how long they last, what they are, whether they lead to a job."""

from dataclasses import dataclass, fields

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.people import ARBEIDSSOKER, NEDSATT, People
from navbook.extract.demo.settings import DemoSettings

GROUPS = ("IKVAL", "BFORM", "BATT", "VARIG", "INGEN", "ANNEN")
IKVAL, BFORM, BATT, VARIG, INGEN, ANNEN = range(6)
RETIREMENT_AGE = 67


@dataclass
class Spells:
    """One element for each spell; `person` is the place in the block, days are inclusive."""

    person: Ints
    kind: Ints
    start: Ints
    end: Ints
    laid_off: Bools
    group: Ints
    office: Ints
    moved: Ints
    moved_to: Ints
    target: Ints
    job: Bools
    chance: Ints
    goes_on: Bools

    @property
    def count(self) -> int:
        return len(self.person)

    def take(self, which: Ints | Bools) -> "Spells":
        return Spells(*(getattr(self, f.name)[which] for f in fields(self)))

    @staticmethod
    def joined(parts: list["Spells"]) -> "Spells":
        return Spells(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Spells)))

    @property
    def next_start(self) -> Ints:
        """The first day of the same person's next spell, NEVER if there is none; needs sorted spells."""
        following = np.append(self.start[1:], NEVER)
        same = np.append(self.person[1:] == self.person[:-1], False)
        return np.where(same, following, NEVER)

    def office_on(self, layout: OfficeLayout, which: Ints, days: Ints) -> Ints:
        """The office that follows the person of each spell in `which` on the day."""
        moved = days >= self.moved[which]
        return layout.on(np.where(moved, self.moved_to[which], self.office[which]), days)


def entry_weights(settings: DemoSettings, calendar: Calendar) -> tuple[Ints, Ints, Ints]:
    """The months in which jobseekers enter, with weights for ordinary entries and for the laid-off."""
    s = settings.forlop
    months = np.arange(calendar.index(calendar.first_month) - 8, calendar.index(calendar.last_month) + 1)
    ordinary = np.array([s.maned_vekt[m % 12] * s.ar_vekt.get(int(m) // 12, 100) // 100 for m in months])
    laid_off = np.array([s.permittert_vekt.get(f"{m // 12:04d}-{m % 12 + 1:02d}", 0) for m in months])
    return months, ordinary, laid_off


def jobseeker_entries(
    settings: DemoSettings, calendar: Calendar, track: Ints, dice: Dice
) -> tuple[Ints, Bools]:
    """Days on which each person would enter as jobseeker, in order (NEVER: not), and which are lay-offs.

    Two arrays of people × spells. Drawn from the months' weights for each spell by itself, so that the inflow
    follows the seasons however many spells a person has.
    """
    s, size = settings.forlop, len(track)
    most = len(s.perioder)
    months, ordinary, laid_off = entry_weights(settings, calendar)
    drawn = dice.pick([*ordinary.tolist(), *laid_off.tolist()], size * most)
    month = months[drawn % len(months)]
    first = calendar.first_of(month)
    days = first + dice.below(calendar.last_of(month) - first + 1, size * most)
    furlough = (drawn >= len(months)) | dice.chance(s.permittert_ellers, size * most)
    used = (dice.pick(s.perioder, size)[:, None] >= np.arange(most)) & (track == ARBEIDSSOKER)[:, None]
    days = np.where(used, days.reshape(size, most), NEVER)
    order = np.argsort(days, axis=1, kind="stable")
    return np.take_along_axis(days, order, 1), np.take_along_axis(furlough.reshape(size, most), order, 1)


def newcomers_from(days: Ints, laid_off: Bools, chosen: Bools, turn: int) -> tuple[Ints, Bools]:
    """The entries without those before `turn` of the chosen people, who so become newcomers."""
    days = np.where(chosen[:, None] & (days < turn), NEVER, days)
    order = np.argsort(days, axis=1, kind="stable")
    return np.take_along_axis(days, order, 1), np.take_along_axis(laid_off, order, 1)


def reduced_capacity(settings: DemoSettings, calendar: Calendar, size: int, dice: Dice) -> tuple[Ints, Ints]:
    """Start and length of a spell with nedsatt arbeidsevne that reaches into the cover, for each person.

    Starts are even over the cover and the longest spell before it; those that end too early are drawn again,
    which gives the stock at the start of the cover its long spells.
    """
    ladder = settings.forlop.varighet_nedsatt
    earliest = calendar.start - ladder[-1]
    start = earliest + dice.below(calendar.end - earliest + 1, size)
    length = dice.ladder(ladder, size)
    for _ in range(8):
        too_early = start + length <= calendar.start
        again = earliest + dice.below(calendar.end - earliest + 1, size)
        start, length = (
            np.where(too_early, again, start),
            np.where(too_early, dice.ladder(ladder, size), length),
        )
    return start, np.maximum(length, calendar.start - start + 1)


class SpellMaker:
    """Makes the spells of one block, one wave after the other."""

    def __init__(
        self, settings: DemoSettings, calendar: Calendar, layout: OfficeLayout, people: People, dice: Dice
    ) -> None:
        self.settings, self.calendar, self.layout = settings, calendar, layout
        self.people, self.dice = people, dice
        self.free_from = np.full(people.count, -NEVER, dtype=np.int64)
        self._parts: list[Spells] = []

    def wave(
        self, kind: int, wanted: Bools, start: Ints, length: Ints, laid_off: Bools, leads_on: bool = False
    ) -> tuple[Bools, Ints]:
        """Add a spell for each wanted person who is free; returns who got one that goes on, and its end.

        With `leads_on` every spell keeps its exact length and goes over into another one.
        """
        size, s, dice = self.people.count, self.settings.forlop, self.dice
        start = np.where(wanted, start, self.calendar.start)
        end = start + np.maximum(length, 1) - 1
        snapped = self.calendar.last_of(self.calendar.month_of(end))
        end = np.where(dice.chance(0 if leads_on else s.maned_slutt, size), snapped, end)
        retired = self.people.birth + RETIREMENT_AGE * 1461 // 4
        end = np.minimum(end, retired)
        wanted = wanted & (start >= self.free_from) & (start <= self.calendar.end) & (start <= end)
        wanted &= end >= self.calendar.start
        goes_on = dice.chance(s.til_nedsatt if kind == ARBEIDSSOKER else s.fra_nedsatt, size) & ~laid_off
        spells = self._described(kind, start, end, laid_off, goes_on | leads_on)
        waits = np.where(spells.job, spells.target + 1, end + 1) + dice.ladder(s.opphold, size)
        self.free_from = np.where(wanted, np.where(spells.goes_on, end + 1, waits), self.free_from)
        self._parts.append(spells.take(wanted))
        return wanted & goes_on & (end < self.calendar.end), end

    def _described(self, kind: int, start: Ints, end: Ints, laid_off: Bools, goes_on: Bools) -> Spells:
        s, dice, size = self.settings.forlop, self.dice, self.people.count
        mix = s.innsats_arbeidssoker if kind == ARBEIDSSOKER else s.innsats_nedsatt
        group = np.array([GROUPS.index(name) for name in mix])[dice.pick(mix, size)]
        if kind == ARBEIDSSOKER:
            group = np.where(self.people.easy, IKVAL, group)
        home = np.full(size, self.people.home)
        choices = self.layout.destinations[self.people.home]
        moves = dice.chance(s.flytter, size) & (end > start)
        moved = np.where(moves, start + 1 + dice.below(np.maximum(end - start, 1), size), NEVER)
        spells = Spells(
            person=np.arange(size), kind=np.full(size, kind), start=start, end=end, laid_off=laid_off,
            group=group, office=home, moved=moved, moved_to=choices[dice.below(len(choices), size)],
            target=self.calendar.last_of(self.calendar.last_count(end) + 6),
            job=laid_off, chance=np.zeros(size, dtype=np.int64), goes_on=goes_on,
        )  # fmt: skip
        spells.chance = job_chance(self.settings, self.layout, self.calendar, self.people, spells)
        spells.job = dice.chance(spells.chance, size)
        return spells

    def finished(self) -> Spells:
        """All spells, by person and start."""
        spells = Spells.joined(self._parts)
        return spells.take(np.lexsort((spells.start, spells.person)))


def job_chance(
    settings: DemoSettings, layout: OfficeLayout, calendar: Calendar, people: People, spells: Spells
) -> Ints:
    """The true chance, in promille, of a job six months after each spell ends."""
    s = settings.jobb
    age = people.age(spells.person, spells.end)
    ages, age_adds = (np.array(column) for column in zip(*s.alder, strict=True))
    lengths, length_adds = (np.array(column) for column in zip(*s.varighet, strict=True))
    education = np.array(list(s.utdanning.values()))[people.education[spells.person]]
    groups = np.array([s.landgruppe.get(group, 0) for group in range(10)])
    person_adds = (
        age_adds[np.searchsorted(ages, age, side="right")]
        + education
        + groups[people.landgruppe[spells.person]]
        + np.array([s.innsats[name] for name in GROUPS])[spells.group]
        + length_adds[np.searchsorted(lengths, spells.end - spells.start, side="right")]
        + spells.laid_off * s.permittert
    )
    reduced = spells.kind == NEDSATT
    person_adds = np.where(reduced, person_adds * s.nedsatt_demping // 100, person_adds)
    base = np.where(reduced, s.grunn["nedsatt"], s.grunn["arbeidssoker"])
    improved = (spells.office == layout.role("bedring")) & (
        calendar.last_count(spells.end) // 12 == int(calendar.tom[:4])
    )
    office_adds = layout.effect[spells.office] + improved * settings.fasit.bedring
    chance = np.clip(base + person_adds + office_adds, 20, 950)
    return np.where(spells.goes_on, s.videre_registrert, chance)


def make_spells(
    settings: DemoSettings,
    calendar: Calendar,
    layout: OfficeLayout,
    people: People,
    entries: tuple[Ints, Bools, Ints, Ints],
    dice: Dice,
) -> Spells:
    """All spells of a block, from the entries of jobseekers and the spells with nedsatt arbeidsevne."""
    days, laid_off, reduced_start, reduced_length = entries
    s, size = settings.forlop, people.count
    maker = SpellMaker(settings, calendar, layout, people, dice)
    nobody = np.zeros(size, dtype=bool)
    reduced = people.track == NEDSATT
    before = reduced & dice.chance(s.forspill, size) & (reduced_start > calendar.start)
    lead = dice.ladder(s.varighet_arbeidssoker, size) + 1
    maker.wave(ARBEIDSSOKER, before, reduced_start - lead, lead, nobody, leads_on=True)
    on, end = maker.wave(NEDSATT, reduced, reduced_start, reduced_length, nobody)
    maker.wave(ARBEIDSSOKER, on, end + 1, dice.ladder(s.varighet_arbeidssoker, size), nobody)
    for k in range(days.shape[1]):
        off = laid_off[:, k]
        length = np.where(
            off, dice.ladder(s.varighet_permittert, size), dice.ladder(s.varighet_arbeidssoker, size)
        )
        on, end = maker.wave(ARBEIDSSOKER, days[:, k] < NEVER, days[:, k], length, off)
        maker.wave(NEDSATT, on, end + 1, dice.ladder(s.varighet_nedsatt, size), nobody)
    return maker.finished()
