"""What an indicator is: a validated record that the count, the definition page and the table heads read."""

import warnings
from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from navbook.periods import add_months, first_day, last_day

# `register` names the registers a figure is made from; that it hides ABCMeta.register does not matter here.
warnings.filterwarnings("ignore", message='Field name "register"', category=UserWarning, module=__name__)

Merkelapp = Literal["OFFICIAL", "CODE", "PROPOSED", "UNSURE"]


class Record(BaseModel):
    """A declaration that cannot be changed and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Edge(Record):
    """One end of a window: the first or last day of a month near the counted one, moved by days."""

    anker: Literal["forste_dag", "siste_dag"] = "siste_dag"
    maneder: int = 0
    dager: int = 0

    def day(self, month: str) -> date:
        """The calendar day this edge falls on for the counted month."""
        near = add_months(month, self.maneder)
        day = first_day(near) if self.anker == "forste_dag" else last_day(near)
        return day + timedelta(days=self.dager)


class Window(Record):
    """The days that must be known before a month can be counted."""

    fom: Edge
    tom: Edge
    tekst: str


class Group(Record):
    """A breakdown of an indicator, with what disclosure control must know of how it overlaps others.

    `delmengde_av` names the group it is a part of, `deler_n_med` the group whose n it repeats. `gjentar`
    names the series (`indikator/gruppe`) that the group is once more: it stands in the count table only.
    `vindu` is the group's own where it differs from the indicator's.
    """

    id: str
    navn: str
    avgrensning: str = ""
    delmengde_av: str | None = None
    deler_n_med: str | None = None
    gjentar: str | None = None
    vindu: Window | None = None


class Sammenheng(Record):
    """A sum that holds for every unit and period: the terms of `helhet` are those of `deler` and a rest.

    A term is a group of the same indicator, or `indikator/gruppe`; with `:n` its denominator, `:x` its
    numerator alone. Without such an ending the sum holds for numerator and complement alike. `rest` names
    what is left over, so that another sum may speak of it; None if nothing is. What is left over is never
    shown, but may be worked out: disclosure control treats it as a cell. `nesten`: it holds but for very few
    people; where it does not, disclosure control is bound by nothing.
    """

    helhet: tuple[str, ...]
    deler: tuple[str, ...]
    rest: str | None = ""
    nesten: bool = False


class Indicator(Record):
    """The whole definition of an indicator, in the words that are printed beside it.

    `beholdning` marks a stock counted anew every month, so that a period's sum is read as a monthly mean.
    `maleenhet` is what x and n are numbers of: dagsverk are no independent cases. `lag` is in months;
    `tabeller` are the tables without which nothing is counted; `par` are the indicators that show the other
    side (process or outcome) for the same people. `sammenhenger` are the sums that bind its groups to each
    other and to other indicators, beyond `delmengde_av` and `deler_n_med`.

    `utenfor_styringsparametrene`: the letters name it outside their table, so nothing is required.
    `perioder`: `alle` as the contract has them; `hele` for an edition with the whole period and its base, and
    months for counties and the country only.
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
    par: tuple[str, ...] = ()
    sammenhenger: tuple[Sammenheng, ...] = ()
    utenfor_styringsparametrene: bool = False
    perioder: Literal["alle", "hele"] = "alle"
    innstillinger: dict[str, int | str] = {}

    def group(self, gruppe: str) -> Group:
        """The group of that id; KeyError if the indicator has none such."""
        for group in self.grupper:
            if group.id == gruppe:
                return group
        raise KeyError(f"{self.id} has no group {gruppe}")

    def window_of(self, gruppe: str) -> Window:
        """The window that holds for one group."""
        return self.group(gruppe).vindu or self.vindu
