"""Dated events that affect a series: marked by number in the figures and listed under them."""

from dataclasses import dataclass

import pandas as pd

from navbook.pages.format import month_text


@dataclass(frozen=True)
class Event:
    """An event: its number in the figures, month, name, the indicators it concerns (empty: all), and id."""

    number: int
    month: str
    name: str
    concerns: tuple[str, ...] = ()
    id: str = ""

    def bends(self, indikator: str) -> bool:
        """Whether the event is marked in the figures of an indicator."""
        return not self.concerns or indikator in self.concerns

    @property
    def text(self) -> str:
        return f"{self.number}: {self.name} ({month_text(self.month)})"


def dated_events(frame: pd.DataFrame) -> list[Event]:
    """The events of hendelser.csv, numbered by date."""
    ordered = sorted(
        (str(fom), str(key), str(navn), "" if gjelder != gjelder else str(gjelder))
        for key, fom, navn, gjelder in zip(
            frame["id"], frame["fom"], frame["navn"], frame["gjelder"], strict=True
        )
    )
    return [
        Event(place, fom[:7], navn, tuple(gjelder.split()), key)
        for place, (fom, key, navn, gjelder) in enumerate(ordered, start=1)
    ]
