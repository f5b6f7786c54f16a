"""One synthetic extract from start to end, a block of people at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from navbook.extract.demo import (
    agency,
    benefits,
    contacts,
    followup,
    measures,
    sickness,
    spells,
    work,
)
from navbook.extract.demo.calendar import NEVER, Calendar, day_number
from navbook.extract.demo.country.labour_market import write_labour_market
from navbook.extract.demo.country.layout import OfficeLayout, lay_out, regions_of, write_kontor
from navbook.extract.demo.country.municipalities import Programme, write_municipal
from navbook.extract.demo.destination import replaced_demo
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.extras import write_answers, write_comments, write_manifest, write_targets
from navbook.extract.demo.people import NEDSATT, People, draw_people, draw_tracks, let_some_go, write_people
from navbook.extract.demo.placements import Outcomes
from navbook.extract.demo.planted import number_outcomes, plant, silent_month, truths
from navbook.extract.demo.settings import DemoSettings, between, demo_settings
from navbook.extract.demo.tally import ExitTally
from navbook.extract.demo.write import Sink
from navbook.runtime.errors import UsageError
from navbook.runtime.periods import first_day, parse_period

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DemoSummary:
    """What was made: `rows` by table, and `people` without the hand-made ones."""

    folder: Path
    seed: int
    offices: int
    counties: int
    people: int
    rows: dict[str, int]
    dekker_fom: date
    dekker_tom: date
    uttrekksdato: date


def make_demo(
    folder: Path,
    *,
    offices: int = 40,
    people: int | None = None,
    fom: str = "2019-01",
    tom: str = "2022-12",
    seed: int = 1,
    area: str | None = None,
    progress: Progress | None = None,
    settings: DemoSettings | None = None,
) -> DemoSummary:
    """Write a synthetic extract into `folder`, with every indicator computable from `fom` to `tom`.

    `area` is written as `omrade`: the name of a part of the country. The same arguments give the same bytes.
    `progress` is called with the people done and the people in all.
    Raises UsageError for months or numbers that make no country, and for a folder that holds
    files which no demo wrote.
    """
    settings = settings or demo_settings()
    _check_months(fom, tom)
    if people is None:
        people = (
            between(settings.land.folk_knekk, offices)
            if offices >= 40
            else offices * settings.land.folk_knekk[0][1]
        )
    if people < 1 or seed < 0:
        raise UsageError(
            f"--people {people} --seed {seed}: give at least one person and a seed that is not negative"
        )
    calendar = Calendar(fom, tom)
    layout = lay_out(settings, calendar, offices, people, seed)
    folder = Path(folder)
    maker = _Maker(settings, calendar, layout, seed, ExitTally(calendar, layout))
    with replaced_demo(folder) as unfinished:
        with Sink(unfinished) as sink:
            maker.write(sink, progress or (lambda _done, _total: None), people)
        write_targets(unfinished, calendar, layout)
        write_comments(unfinished, layout, settings.kommentarer)
        write_answers(unfinished, maker.answers, maker.tally)
        write_manifest(unfinished, calendar, seed, area)
    return DemoSummary(
        folder, seed, offices, len(layout.county_numbers), people, dict(sink.rows),
        calendar.dekker_fom, calendar.dekker_tom, calendar.uttrekksdato,
    )  # fmt: skip


def _check_months(fom: str, tom: str) -> None:
    first, last = parse_period(fom), parse_period(tom)
    if len(first.months) > 1 or len(last.months) > 1 or first > last:
        raise UsageError(
            f"--fom {fom} --tom {tom} is no run of months: write both as YYYY-MM, the earlier one first"
        )


class _Maker:
    def __init__(
        self, settings: DemoSettings, calendar: Calendar, layout: OfficeLayout, seed: int, tally: ExitTally
    ) -> None:
        self.settings, self.calendar, self.layout, self.seed, self.tally = (
            settings,
            calendar,
            layout,
            seed,
            tally,
        )
        self.outcomes = Outcomes()
        self.programme = Programme()
        self.silent = silent_month(calendar)
        self.regions = regions_of(layout, settings)

    def write(self, sink: Sink, progress: Progress, total: int) -> None:
        s = self.settings
        staff = write_kontor(sink, self.layout, s)
        agency.write_agency(
            sink, s.etaten, self.calendar, self.layout, staff, self.silent, Dice(self.seed, 1)
        )
        done = 0
        for office in range(self.layout.count):
            left, block = int(self.layout.people[office]), 0
            while left:
                size = min(left, s.land.folk_per_blokk)
                self._block(sink, office, block, size, done + 1)
                done, left, block = done + size, left - size, block + 1
                progress(done, total)
        self._plant(sink, done + 1)

    def _plant(self, sink: Sink, first_person: int) -> None:
        self.outcomes.write(sink, self.layout)
        s = self.settings.kommuner
        write_municipal(sink, s, self.calendar, self.layout, self.programme, Dice(self.seed, 3))
        market = self.settings.arbeidsmarked
        write_labour_market(sink, market, self.calendar, self.layout, self.regions, Dice(self.seed, 4))
        traps = plant(self.layout, self.calendar, first_person)
        number_outcomes(traps, sink.rows["kandidatutfall"])
        traps.write(sink)
        planted = self.settings.fasit.model_dump()
        self.answers = truths(self.layout, self.calendar, traps, self.tally.unlucky(), planted)

    def _block(self, sink: Sink, office: int, block: int, size: int, first: int) -> None:
        s, calendar, layout = self.settings, self.calendar, self.layout
        dice = (Dice(self.seed, 2, office, block, part) for part in range(20))
        track = draw_tracks(s.folk, size, next(dice))
        entry_dice = next(dice)
        days, laid_off = spells.jobseeker_entries(s, calendar, track, entry_dice)
        easy = self._easy(office, days, next(dice))
        days, laid_off = spells.newcomers_from(days, laid_off, easy, mix_turns(calendar))
        start, length = spells.reduced_capacity(s, calendar, size, entry_dice)
        entry = np.where(track == NEDSATT, start, np.where(days[:, 0] < NEVER, days[:, 0], calendar.start))
        folk = draw_people(
            s, next(dice), first=first, home=office, track=track, entry=entry,
            immigrants=int(layout.immigrants[office]), easy=easy,
        )  # fmt: skip
        spell = spells.make_spells(s, calendar, layout, folk, (days, laid_off, start, length), next(dice))
        self._let_go(folk, spell, next(dice))
        self.tally.add(folk, spell)
        write_people(sink, folk, s.folk)
        places = measures.draw_places(s.tiltak, calendar, spell, next(dice))
        jobs = work.draw_jobs(s.jobb, calendar, folk, spell, next(dice))
        followup.write_followup(
            sink, s.forlop, calendar, layout, folk, spell, places, jobs.part_time, next(dice)
        )
        work.write_jobs(sink, calendar, folk, jobs)
        wanted = measures.people_in_measures(folk, spell, places)
        work.write_wages(sink, s.jobb, calendar, folk, jobs, wanted, next(dice))
        measures.write_measures(sink, s.tiltak, calendar, layout, folk, spell, places, next(dice))
        contacts.write_activities(sink, s.aktivitet, calendar, folk, spell, next(dice))
        contacts.write_contacts(sink, s.kontakt, calendar, layout, folk, spell, self.silent, next(dice))
        cases = sickness.draw_cases(s.sykmelding, calendar, folk, spell, next(dice))
        sickness.write_sick_leave(sink, s.sykmelding, calendar, layout, folk, cases, next(dice))
        paid = benefits.draw_benefits(s.ytelse, folk, spell, places, next(dice))
        paid = benefits.joined([paid, sickness.sick_pay(cases)])
        benefits.write_benefits(sink, calendar, folk, paid)
        in_programme = benefits.write_programme(sink, s.ytelse, calendar, layout, folk, spell, next(dice))
        self.programme.parts.append(in_programme)
        self.outcomes.collect(s.formidling, calendar, layout, folk, spell, next(dice))

    def _easy(self, office: int, days: Ints, dice: Dice) -> Bools:
        """Who shall be an easy case: newcomers at the office whose mix turns favourable."""
        chosen = dice.chance(self.settings.fasit.blanding, len(days))
        entered = ((days >= mix_turns(self.calendar)) & (days < NEVER)).any(axis=1)
        return chosen & entered & (office == self.layout.role("blanding"))

    def _let_go(self, folk: People, spell: spells.Spells, dice: Dice) -> None:
        calendar = self.calendar
        last = calendar.start + dice.below(calendar.end - calendar.start, folk.count)
        last[spell.person] = calendar.start
        np.maximum.at(last, spell.person, spell.end)
        let_some_go(folk, self.settings.folk, last, calendar.end, dice)


def mix_turns(calendar: Calendar) -> int:
    """The day from which the mix of the mix office is favourable: 1 September of the year before the last."""
    return day_number(first_day(f"{int(calendar.tom[:4]) - 1}-09"))
