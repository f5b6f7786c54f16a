"""Who the people are: age, sex, country of birth, education, and who dies or leaves the country."""

from dataclasses import dataclass

import numpy as np

from navbook.extract.demo.calendar import NEVER
from navbook.extract.demo.dice import Bools, Dice, Ints
from navbook.extract.demo.settings import DemoSettings, Persons
from navbook.extract.demo.write import Coded, Sink, person_ids

ARBEIDSSOKER, NEDSATT, SYKMELDT = 0, 1, 2
_YEAR = 1461


@dataclass
class People:
    """One block of people from one office; arrays have one element for each person."""

    first: int
    home: int
    track: Ints
    birth: Ints
    sex: Ints
    country: Ints
    landgruppe: Ints
    education: Ints
    died: Ints
    emigrated: Ints
    easy: Bools

    @property
    def count(self) -> int:
        return len(self.track)

    def ids(self, persons: Ints) -> Ints:
        """Running numbers of people given by their place in the block."""
        return persons + self.first

    def age(self, persons: Ints, days: Ints) -> Ints:
        """Whole years, near enough for probabilities (the indicators count them exactly)."""
        return (days - self.birth[persons]) * 4 // _YEAR

    @property
    def gone(self) -> Ints:
        """The first day on which the person is no longer resident."""
        return np.minimum(self.died, self.emigrated)


def draw_tracks(settings: Persons, size: int, dice: Dice) -> Ints:
    return dice.pick(settings.spor, size)


def draw_people(
    settings: DemoSettings,
    dice: Dice,
    *,
    first: int,
    home: int,
    track: Ints,
    entry: Ints,
    immigrants: int,
    easy: Bools,
) -> People:
    """Attributes of a block; `entry` is each one's first day, `easy` marks those who shall be easy cases."""
    s, size = settings.folk, len(track)
    ages = np.choose(
        track,
        [dice.ladder(steps, size) for steps in (s.alder_arbeidssoker, s.alder_nedsatt, s.alder_sykmeldt)],
    )
    ages = np.where(easy, 25 + ages % 20, ages)
    groups = [origin.landgruppe for origin in s.fodeland]
    shares = [o.andel * immigrants // 100 if o.landgruppe in (1, 2, 3) else o.andel for o in s.fodeland]
    origin = np.where(easy, 0, dice.pick(shares, size))
    education = dice.pick(s.utdanning, size)
    highest = list(s.utdanning).index("HOYERE")
    return People(
        first=first,
        home=home,
        track=track,
        birth=entry - ages * _YEAR // 4 - dice.below(365, size),
        sex=dice.chance(s.kvinner, size).astype(np.int64),
        country=_countries(s, origin, dice),
        landgruppe=np.asarray(groups)[origin],
        education=np.where(easy, highest, education),
        died=np.full(size, NEVER),
        emigrated=np.full(size, NEVER),
        easy=easy,
    )


def _countries(s: Persons, origin: Ints, dice: Dice) -> Ints:
    country, start = np.zeros_like(origin), 0
    for place, group in enumerate(s.fodeland):
        drawn = dice.pick(group.land, len(origin))
        country = np.where(origin == place, start + drawn, country)
        start += len(group.land)
    return country


def let_some_go(people: People, settings: Persons, last_day: Ints, cover_end: int, dice: Dice) -> None:
    """Deaths and emigration some time after the last spell, so that nothing runs on beyond them."""
    size = people.count
    roll, delay = dice.below(1000, size), dice.ladder([0, 20, 60, 140, 300, 700], size)
    day = last_day + 1 + delay
    possible = day <= cover_end
    abroad = settings.utvandret * (1 + (people.landgruppe > 0)) // 2
    people.died = np.where(possible & (roll < settings.dod), day, NEVER)
    people.emigrated = np.where(
        possible & (roll >= settings.dod) & (roll < settings.dod + abroad), day, NEVER
    )


def write_people(sink: Sink, people: People, settings: Persons) -> None:
    countries = [code for origin in settings.fodeland for code in origin.land]
    sink.add(
        "person",
        person_id=person_ids(people.ids(np.arange(people.count))),
        fodselsdato=people.birth,
        kjonn=Coded(["M", "K"], people.sex),
        fodeland=Coded(countries, people.country),
        utdanning=Coded(list(settings.utdanning), people.education),
        dodsdato=people.died,
        utvandringsdato=people.emigrated,
    )
