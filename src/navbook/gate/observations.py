"""What the check reported, in the book's own language: data/kvalitet.yml has a sentence for each code."""

from functools import cache
from pathlib import Path

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict

from navbook.home import DATA

FILE = "kvalitet.yml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sentence(_Frozen):
    """The sentence of a code, and those of tables in which the code means something of their own."""

    tekst: str
    tabeller: dict[str, str] = {}


class Wording(_Frozen):
    """The names of the tables and the sentences of the codes."""

    tabeller: dict[str, str]
    koder: dict[str, Sentence]

    def sentence(self, code: str, told: str) -> str:
        """The sentence for a report `<table>: <what>` of that code; the report itself where it has none."""
        if code not in self.koder:
            return told
        table = told.partition(":")[0]
        name = self.tabeller.get(table, table)
        words = self.koder[code].tabeller.get(table, self.koder[code].tekst)
        return words.format(Tabell=name[:1].upper() + name[1:])


@cache
def load_wording(path: Path = DATA / FILE) -> Wording:
    """The wording in `path`."""
    return Wording.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def in_bokmaal(reported: pd.DataFrame) -> pd.DataFrame:
    """The reported observations (kode, tekst, enhetsnr, antall) with their text in bokmål."""
    wording = load_wording()
    texts = [
        wording.sentence(code, told) for code, told in zip(reported["kode"], reported["tekst"], strict=True)
    ]
    return reported.assign(tekst=texts)
