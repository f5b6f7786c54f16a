"""The settings of disclosure control, read from data/personvern.yml."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


class RowClass(_Frozen):
    """A class of rows: those of a level and a length of period.

    `gruppe` is `del` for groups that are part of another; `videre` is true for the further goals, which are
    no styringsparametere. A field that is not set restricts nothing. `pris` is the cost of hiding a row.
    """

    niva: Literal["kontor", "fylke", "landet"]
    periode: Literal["maned", "tertial", "lengre"] | None = None
    gruppe: Literal["del"] | None = None
    videre: bool = False
    pris: float = Field(gt=0)


class DisclosureSettings(_Frozen):
    """The content of personvern.yml.

    The profiles, the rules by indicator, the indicators that share their denominators, and the classes of
    rows in the order in which they are hidden where nothing else protects a cell.
    """

    profiler: dict[str, Profile]
    regler: dict[str, IndicatorRule] = {}
    samme_nevner: tuple[tuple[str, ...], ...] = ()
    rekkefolge: tuple[RowClass, ...] = ()

    def minimum(self, profile: str) -> int:
        """The smallest count published under `profile`; UsageError if there is no such profile."""
        if profile not in self.profiler:
            names = ", ".join(sorted(self.profiler))
            raise UsageError(f"'{profile}' is not a profile in data/{FILE}: choose one of {names}")
        return self.profiler[profile].minste_antall


def load_settings(path: Path | None = None) -> DisclosureSettings:
    """The settings in `path` (default: data/personvern.yml); UsageError names what is wrong with the file."""
    path = path or own_file(f"data/{FILE}")
    try:
        return DisclosureSettings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise UsageError(f"{path.name} cannot be used as settings of disclosure control: {first}") from error
