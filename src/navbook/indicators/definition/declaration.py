"""The declaration of an indicator: a validated record, read by the count, the pages and the table headers."""

import warnings
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from navbook.runtime.periods import add_months, first_day, last_day

# the field `register` names the source registers; that it hides ABCMeta.register is harmless here
warnings.filterwarnings("ignore", message='Field name "register"', category=UserWarning, module=__name__)

Merkelapp = Literal["OFFICIAL", "CODE", "PROPOSED", "UNSURE"]


class Record(BaseModel):
    """An immutable record that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Edge(Record):
    """One end of a window: the first or last day of the counted month, shifted by months and days."""

    anker: Literal["forste_dag", "siste_dag"] = "siste_dag"
    maneder: int = 0
    dager: int = 0

    def day(self, month: str) -> date:
        """The calendar day of this edge for a counted month (YYYY-MM)."""
        near = add_months(month, self.maneder)
        day = first_day(near) if self.anker == "forste_dag" else last_day(near)
        return day + timedelta(days=self.dager)


class Window(Record):
    """The days that must be known before a month can be counted."""

    fom: Edge
    tom: Edge
    tekst: str


class Group(Record):
    """A breakdown of an indicator, with the overlaps that disclosure control must know.

    `delmengde_av` names the group of which it is a subset, `deler_n_med` the group with the same n.
    `gjentar` names the series (`indikator/gruppe`) that the group repeats: the edition shows only that
    series. `vindu` is the window of the group if it differs from that of the indicator.

    The rest is table design: rows that are left out so that no small remainder arises. `ikke_for` are the
    levels at which the group has no figures, each with the reason in the book's words. `framfor` is a wider
    group that an office leaves out where it counts nearly the same persons as this one. `bare_sammen_med` is
    a group without which this one is not shown.
    """

    id: str
    navn: str
    avgrensning: str = ""
    delmengde_av: str | None = None
    deler_n_med: str | None = None
    gjentar: str | None = None
    vindu: Window | None = None
    ikke_for: dict[Literal["kontor", "fylke"], str] = {}
    framfor: str | None = None
    bare_sammen_med: str | None = None


class Sammenheng(Record):
    """A linear equation that holds for every unit and period: sum of `helhet` = sum of `deler` + rest.

    A term is a group of the same indicator, or `indikator/gruppe`; the ending `:n` means its denominator,
    `:x` its numerator. Without an ending the equation holds for numerator and complement alike. `rest` names
    the remainder, so that another equation can refer to it; None if there is none. The remainder is never
    published but can be computed, so disclosure control treats it as a cell. `nesten`: the equation holds
    except for very few persons; disclosure control skips it where it does not hold.
    """

    helhet: tuple[str, ...]
    deler: tuple[str, ...]
    rest: str | None = ""
    nesten: bool = False


class Indicator(Record):
    """The definition of an indicator, in the words that are printed with its figures.

    `beholdning` marks a stock counted anew every month, so that a period's sum is read as a monthly mean.
    `maleenhet` is what x and n are numbers of: dagsverk are no independent cases. `lag` is in months;
    `tabeller` are the tables without which nothing is counted, and `kolonner` their optional columns
    (`table.column`) without a value in which nothing is counted. `par` are the indicators that show the
    other side (process or outcome) for the same people. `sammenhenger` are the sums that bind its groups to
    each other and to other indicators, beyond `delmengde_av` and `deler_n_med`.

    `utenfor_styringsparametrene`: the letters name it outside their table, so nothing is required.
    `perioder`: `alle` as the contract has them; `hele` for an edition with the whole period and its base, and
    months for counties and the country only; `uten_maneder` for the whole period and its base at every level.
    """

    id: str
    versjon: int = 1
    navn: str
    kortnavn: str
    familie: str
    type: Literal["andel", "antall"]
    beholdning: bool = False
    polaritet: Literal[1, -1] = 1
    maleenhet: Literal["personer", "dagsverk"] = "personer"
    lag: int
    vindu: Window
    grupper: tuple[Group, ...]
    populasjon: str
    teller: str
    nevner: str
    dato: str
    register: str
    merkelapp: Merkelapp
    kilde: str
    valg: tuple[str, ...] = ()
    maler_ikke: tuple[str, ...] = ()
    endringer: tuple[str, ...] = ()
    tabeller: tuple[str, ...]
    kolonner: tuple[str, ...] = ()
    par: tuple[str, ...] = ()
    sammenhenger: tuple[Sammenheng, ...] = ()
    utenfor_styringsparametrene: bool = False
    perioder: Literal["alle", "hele", "uten_maneder"] = "alle"
    innstillinger: dict[str, int | str] = {}

    def group(self, gruppe: str) -> Group:
        """The group with that id. Raises KeyError if the indicator has none."""
        for group in self.grupper:
            if group.id == gruppe:
                return group
        raise KeyError(f"{self.id} has no group {gruppe}")

    def window_of(self, gruppe: str) -> Window:
        """The window of a group: its own, else the indicator's."""
        return self.group(gruppe).vindu or self.vindu
