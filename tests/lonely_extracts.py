"""A random extract in which every person has offices of their own.

A count of an office and month is then about one person. What holds for the sum of many persons by chance
does not hold for each of them, so that the relations between the count columns that are left are those of
the definitions.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from extracts import write_extract
from navbook.extract import open_extract
from navbook.indicators import REGISTRY, count
from random_extracts import MANIFEST, OFFICES, Rows, draw_tables

# the cover is wide enough that every series is known from 2021-01 to 2022-06
COVER = MANIFEST | {
    "dekker_fom": date(2018, 6, 1),
    "dekker_tom": date(2022, 12, 31),
    "uttrekksdato": date(2023, 8, 20),
}
FIRST_NUMBER = 1000
SHARED = sorted(set(OFFICES))
REPEATED = [f"{each.id}/{group.id}" for each in REGISTRY.values() for group in each.grupper if group.gjentar]
TILTAK = ("ARBTREN", "ARBFORB", "GRUPPEAMO", "MIDLONTIL")


def lonely_tables(seed: int, persons: int) -> dict[str, Rows]:
    """The tables of such an extract; more of what is rare in `draw_tables`."""
    tables = draw_tables(seed, persons)
    dice = random.Random(20_000 + seed)
    for number in range(persons):
        _draw_more(dice, f"p{number:03d}", tables)
    _draw_meetings(random.Random(30_000 + seed), persons, tables)
    _draw_of_offices(dice, tables)
    numbers: dict[str, None] = {}
    for rows in tables.values():
        for place, row in enumerate(rows):
            if "person_id" in row and "enhetsnr" in row:
                own = len(SHARED) * int(row["person_id"][1:]) + SHARED.index(row["enhetsnr"])
                rows[place] = row | {"enhetsnr": str(FIRST_NUMBER + own)}
                numbers[rows[place]["enhetsnr"]] = None
    # an office that is closed has a count only where it has somebody
    closed = {"gyldig_fom": "2000-01-01", "gyldig_tom": "2000-01-02", "etterfolger": None}
    tables["kontor"] += [{"enhetsnr": number} | closed for number in numbers]
    return tables


def _draw_more(dice: random.Random, person: str, tables: dict[str, Rows]) -> None:
    """Steady jobs with wages, tiltak that end, AAP that has lasted for years when it ends, contact, and sick
    leave without an employer.
    """
    if dice.random() < 0.4:
        job = {"fom": "2019-10-01", "tom": None, "stillingsprosent": 100.0}
        tables["arbeidsforhold"].append({"person_id": person} | job)
        paid = {row["maned"] for row in tables["lonn"] if row["person_id"] == person}
        months = [f"{year}-{month:02d}" for year in range(2020, 2023) for month in range(1, 13)]
        wages = [{"person_id": person, "maned": month, "kroner": 20_000.0} for month in months]
        tables["lonn"] += [row for row in wages if row["maned"] not in paid]
    for _ in range(dice.choice([0, 1, 2])):
        fom = date(2020, 10, 1) + timedelta(days=dice.randrange(600))
        stay = {"fom": str(fom), "tom": str(fom + timedelta(days=dice.choice([40, 90, 150])))}
        code = {"tiltakskode": dice.choice(TILTAK), "deltakerstatus": "FULLF"}
        tables["tiltak"].append({"person_id": person} | code | stay)
    if dice.random() < 0.3:
        tom = date(2021, 1, 31) + timedelta(days=dice.randrange(500))
        fom = tom - timedelta(days=dice.choice([400, 500, 800, 900]))
        tables["ytelse"].append({"person_id": person, "ytelse": "AAP", "fom": str(fom), "tom": str(tom)})
    if dice.random() < 0.3:
        days = {"fom": f"2021-{dice.randint(1, 9):02d}-04", "tom": "2021-12-31"}
        row = {"grad": 100.0, "type": "ORDINAER", "arbeidsgiver": False, "enhetsnr": dice.choice(OFFICES)}
        number = {"person_id": person, "sykmelding_id": f"u{person}"}
        tables["sykmelding"].append(number | row | days)
        assessed = f"2021-{dice.randint(1, 12):02d}-20"
        tables["aktivitetskrav"].append({"sykmelding_id": f"u{person}", "vurdert": assessed})
    if dice.random() < 0.3:
        row = {"type": "DIALOG", "status": "FULLFORT", "fra_bruker": True, "automatisk": False}
        days = [f"2021-{month:02d}-28" for month in range(1, 13)]
        tables["kontakt"] += [{"person_id": person, "dato": day} | row for day in days]
    if dice.random() < 0.3:
        row = {"utfall": "FATT_JOBBEN", "kandidatliste_id": "L3", "enhetsnr": dice.choice(OFFICES)}
        for month in range(1, 13):
            number = {"id": len(tables["kandidatutfall"]) + 1, "person_id": person}
            tables["kandidatutfall"].append(number | row | {"tidspunkt": f"2021-{month:02d}-14"})


def _draw_meetings(dice: random.Random, persons: int, tables: dict[str, Rows]) -> None:
    """Meetings and conversations through a year, by dice of their own."""
    for number in range(persons):
        if dice.random() < 0.3:
            row = {"type": dice.choice(["MOTE", "SAMTALE"]), "status": "FULLFORT"}
            row |= {"person_id": f"p{number:03d}", "fra_bruker": False, "automatisk": False}
            tables["kontakt"] += [row | {"dato": f"2021-{month:02d}-27"} for month in range(1, 13)]


def _draw_of_offices(dice: random.Random, tables: dict[str, Rows]) -> None:
    """Sick leave of the staff that may be most of the agreed days, or none of them; recruits; complaints."""
    for row in tables["fravaer_ansatte"]:
        own, doctors = dice.choice([(0, 50), (100, 0), (100, 1000), (1000, 50)])
        row |= {"avtalte_dagsverk": 700.5, "egenmeldt_dagsverk": own / 2, "legemeldt_dagsverk": doctors / 2}
    for office in SHARED:
        for _ in range(60):
            day, other = (date(2021, 1, 1) + timedelta(days=dice.randrange(500)) for _ in range(2))
            hire = {"fast": True, "i_malgruppe": dice.random() < 0.5}
            tables["nyansettelse"] += dice.choice([1, 4]) * [{"enhetsnr": office, "dato": str(day), **hire}]
            handled = {"behandlet": str(other + timedelta(days=dice.choice([5, 40]))), "tema": None}
            tables["serviceklage"].append({"enhetsnr": office, "mottatt": str(other), **handled})


def lonely_counts(folder: Path, seed: int, persons: int) -> pd.DataFrame:
    """The count table of the extract, written to `folder`."""
    with open_extract(write_extract(folder, lonely_tables(seed, persons), COVER, fmt="parquet")) as extract:
        return count(extract).to_pandas()


def columns(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts by office and month (rows) and column: `indikator/gruppe` with `:x`, `:n` or `:n-x`.

    Only months in which every series is known. A group that repeats a series is left out: no edition has it.
    """
    series = counts["indikator"] + "/" + counts["gruppe"]
    counts, series = counts[~series.isin(REPEATED)], series[~series.isin(REPEATED)]
    fields: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
        "x": lambda rows: rows["x"],
        "n": lambda rows: rows["n"],
        "n-x": lambda rows: rows["n"] - rows["x"],
    }
    long = pd.concat(
        counts[["enhetsnr", "maned"]].assign(column=series + f":{name}", value=value(counts))
        for name, value in fields.items()
    ).dropna(subset="value")
    wide = long.pivot(index=["enhetsnr", "maned"], columns="column", values="value")
    known = long.groupby("maned")["column"].nunique()
    in_full = known.index[known == long["column"].nunique()]
    return wide[wide.index.get_level_values("maned").isin(in_full)].fillna(0.0)


def equalities(table: pd.DataFrame) -> list[pd.Series]:
    """The coefficients of linear equations that hold in every row: a reduced basis of the null space.

    Columns `n-x` take no part: they are differences by construction.
    """
    names = [name for name in table.columns if not name.endswith(":n-x")]
    _, size, vectors = np.linalg.svd(table[names].drop_duplicates().to_numpy(), full_matrices=True)
    rank = int((size > 1e-9 * size[0]).sum())
    basis = _reduced(vectors[rank:])
    return [pd.Series(row, names)[np.abs(row) > 1e-6] for row in basis]


def inequalities(table: pd.DataFrame) -> list[tuple[str, str]]:
    """The pairs (smaller, larger) of columns for which smaller <= larger in every row.

    Only those that do not follow from two others.
    """
    rows = table.drop_duplicates().to_numpy()
    below = np.array([(rows[:, [place]] <= rows + 1e-9).all(axis=0) for place in range(rows.shape[1])])
    equal = below & below.T
    first = equal.argmax(axis=0) == np.arange(len(below))
    strict = below & ~equal & first[:, None] & first[None, :]
    direct = strict & ~((strict.astype(int) @ strict.astype(int)) > 0)
    names = table.columns
    return [(names[small], names[large]) for small, large in zip(*np.nonzero(direct), strict=True)]


def _reduced(rows: np.ndarray) -> np.ndarray:
    """The rows in reduced echelon form, from the last column."""
    rows, done = rows.copy(), 0
    for column in reversed(range(rows.shape[1])):
        if done == len(rows):
            break
        pivot = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[pivot, column]) < 1e-8:
            continue
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] /= rows[done, column]
        for other in range(len(rows)):
            if other != done:
                rows[other] -= rows[other, column] * rows[done]
        done += 1
    return rows
