"""The settings of disclosure control, read from data/personvern.yml."""

from itertools import product
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from navbook.runtime.errors import UsageError
from navbook.runtime.paths import own_file

FILE = "personvern.yml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Profile(_Frozen):
    """The threshold of the minimum frequency rule: every number below `minste_antall` is hidden."""

    minste_antall: int = Field(ge=1)


class IndicatorRule(_Frozen):
    """The rule of one indicator: never published for an office, or only for one with enough staff."""

    skjul_kontor: bool = False
    minste_ansatte: int | None = None


Level = Literal["kontor", "fylke", "landet"]
Length = Literal["maned", "tertial", "lengre"]
Kind = Literal["brev", "del", "portefolje", "videre"]
ROWS = tuple(product(get_args(Level), get_args(Length), get_args(Kind)))
# rows that no class may name: they are never given up for another row
NEVER = tuple(
    row for row in ROWS if row[0] == "landet" and row[1] != "maned" and row[2] in ("brev", "portefolje")
)


class RowClass(_Frozen):
    """A class of rows that are given up together: those of a level, some lengths of period and some kinds.

    `navn` is printed in the book. `linjer` are kinds of series: `brev` for rows of the letter's table, `del`
    for sub-groups of them, `portefolje`, and `videre` for goals outside the table. A field that is not set
    restricts nothing.
    """

    navn: str
    niva: Level
    periode: tuple[Length, ...] = get_args(Length)
    linjer: tuple[Kind, ...] = get_args(Kind)

    def covers(self, level: str, length: str, kind: str) -> bool:
        """Whether rows of that level, length of period and kind are in the class."""
        return level == self.niva and length in self.periode and kind in self.linjer


class DisclosureSettings(_Frozen):
    """The content of personvern.yml.

    The profiles, the rules by indicator, the indicators that share their denominators, whether hidden rows
    may say that nearly everybody or nobody has the outcome (`utsagn`), whether offices too small to be shown
    are counted with a neighbour (`slaa_sammen`), and the classes of rows in the order in which they are given
    up: no row is hidden for another while a row of an earlier class would do.
    """

    profiler: dict[str, Profile]
    regler: dict[str, IndicatorRule] = {}
    samme_nevner: tuple[tuple[str, ...], ...] = ()
    utsagn: bool = True
    slaa_sammen: bool = True
    rekkefolge: tuple[RowClass, ...] = ()

    @model_validator(mode="after")
    def _is_an_order(self) -> "DisclosureSettings":
        if not self.rekkefolge:
            return self
        names = [kind.navn for kind in self.rekkefolge]
        if repeated := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"rekkefolge: two lines are called {repeated[0]}")
        open_rows = set(ROWS)
        for kind in self.rekkefolge:
            here = {row for row in open_rows if kind.covers(*row)}
            if not here:
                raise ValueError(f"rekkefolge: every row of the line {kind.navn} is in an earlier line")
            if kept := sorted(here.intersection(NEVER)):
                raise ValueError(f"rekkefolge: the line {kind.navn} gives up {' '.join(kept[0])}")
            open_rows -= here
        if missing := sorted(open_rows.difference(NEVER)):
            raise ValueError(f"rekkefolge: no line has the rows {' '.join(missing[0])}")
        return self

    def row_class(self, level: str, length: str, kind: str) -> int | None:
        """The place in `rekkefolge` of rows of that level, length and kind; None if they are in no class."""
        return next(
            (place for place, each in enumerate(self.rekkefolge) if each.covers(level, length, kind)), None
        )

    def minimum(self, profile: str) -> int:
        """The smallest count published under `profile`; UsageError if there is no such profile."""
        if profile not in self.profiler:
            names = ", ".join(sorted(self.profiler))
            raise UsageError(f"'{profile}' is not a profile in data/{FILE}: choose one of {names}")
        return self.profiler[profile].minste_antall


def join_below(settings: DisclosureSettings, profile: str) -> int:
    """Offices with every number of the letter below this are counted with a neighbour; 0 for none."""
    return settings.minimum(profile) if settings.slaa_sammen else 0


def load_settings(path: Path | None = None) -> DisclosureSettings:
    """The settings in `path` (default: data/personvern.yml); UsageError names what is wrong with the file."""
    path = path or own_file(f"data/{FILE}")
    try:
        return DisclosureSettings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UsageError(
            f"{path.name} cannot be used as settings of disclosure control: {where} {fault['msg']}".strip()
        ) from error
    except (OSError, yaml.YAMLError) as error:
        first = str(error).splitlines()[0]
        raise UsageError(f"{path.name} cannot be used as settings of disclosure control: {first}") from error
