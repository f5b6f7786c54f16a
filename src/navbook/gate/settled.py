"""What the gate's decision settles of an edition, whatever comments, goals and remarks stand beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from navbook.edition.write import further_as_csv, tall_files
from navbook.estimate import Estimates
from navbook.gate.further import further_tables, offices_in_funnels


@dataclass(frozen=True)
class Settled:
    """The files of `tall` and of the tables beside it, by name, and how many offices each funnel shows."""

    files: Mapping[str, bytes]
    funnels: Mapping[str, Mapping[str, int]]


def settled(tall: pd.DataFrame, estimates: Estimates) -> Settled:
    """What is settled when it has been decided to tell `tall` of these estimates."""
    further = further_tables(tall, estimates)
    beside = {f"{name}.csv": further_as_csv(name, rows) for name, rows in further.items()}
    return Settled(tall_files(tall) | beside, offices_in_funnels(further))
