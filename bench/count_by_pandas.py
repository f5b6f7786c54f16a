"""`ota_arbs` and `u30_kontakt30` in pandas, as one who knows pandas would write them: person by month.

Reads the contract, Parquet and nothing of navbook. Not tuned beyond what pandas makes natural.

    python -m bench.count_by_pandas EXTRACT FILE [INDICATOR …]
"""

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from bench.count_by_hand import GROUPS, LAG, ended, month_ending

ARENA = {
    "STANDARD_INNSATS": "IKVAL", "GODE_MULIGHETER": "IKVAL", "SITUASJONSBESTEMT_INNSATS": "BFORM",
    "TRENGER_VEILEDNING": "BFORM", "SPESIELT_TILPASSET_INNSATS": "BATT",
    "TRENGER_VEILEDNING_NEDSATT_ARBEIDSEVNE": "BATT", "VARIG_TILPASSET_INNSATS": "VARIG",
    "GRADERT_VARIG_TILPASSET_INNSATS": "VARIG", "LITEN_MULIGHET_TIL_A_JOBBE": "VARIG",
    "JOBBE_DELVIS": "VARIG",
}  # fmt: skip
FOLLOWED = ["BATT", "BFORM", "IKVAL", "VURDU", "OPPFI", "VARIG"]
KEY = ["person_id", "m"]


def month(day: pd.Series) -> pd.Series:
    return day.dt.year * 12 + day.dt.month - 1


def last_ended(day: pd.Series) -> pd.Series:
    return month(day + timedelta(days=1)) - 1


def reaching(born: pd.Series, age: int) -> pd.Series:
    """The first month on whose last day one is that old; born 29 February: 1 March of a common year."""
    year = born.dt.year + age
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    late = (born.dt.month == 2) & (born.dt.day == 29) & ~leap
    return month(born) + 12 * age + late.astype("int64")


def expanded(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per month from `fra` to `til`."""
    rows = rows[rows.fra <= rows.til]
    lengths = (rows.til - rows.fra + 1).to_numpy()
    long = rows.loc[rows.index.repeat(lengths)].drop(columns=["fra", "til"])
    offsets = np.arange(lengths.sum()) - np.repeat(lengths.cumsum() - lengths, lengths)
    return long.assign(m=np.repeat(rows.fra.to_numpy(), lengths) + offsets)


class Extract:
    """The tables of an extract with dates as timestamps, equal rows once, nothing past the cover."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = yaml.safe_load((folder / "uttrekk.yml").read_text(encoding="utf-8"))
        self.edge = pd.Timestamp(self.settings["dekker_tom"])

    def table(self, name: str, columns: list[str]) -> pd.DataFrame:
        rows = pd.read_parquet(self.folder / f"{name}.parquet", columns=columns).drop_duplicates()
        dates = [c for c in columns if c in {"fom", "tom", "dato"} or c.endswith(("dato", "_fom", "_tom"))]
        return rows.assign(**{name: pd.to_datetime(rows[name]) for name in dates})

    def spans(self, name: str, columns: list[str]) -> pd.DataFrame:
        rows = self.table(name, ["person_id", "fom", "tom", *columns])
        rows["tom"] = rows.tom.fillna(self.edge).clip(upper=self.edge)
        return rows[rows.fom <= rows.tom].assign(fra=lambda r: month(r.fom), til=lambda r: last_ended(r.tom))


def persons(extract: Extract) -> pd.DataFrame:
    rows = extract.table("person", ["person_id", "fodselsdato", "dodsdato", "utvandringsdato"])
    after = extract.edge + timedelta(days=1)
    gone = rows[["dodsdato", "utvandringsdato"]].min(axis=1).fillna(after).clip(upper=after)
    born = rows.fodselsdato
    return pd.DataFrame(
        {"person_id": rows.person_id, "bosatt": last_ended(gone - timedelta(days=1))}
        | {f"f{age}": reaching(born, age) for age in (20, 30, 67)}
    )


def states(extract: Extract, people: pd.DataFrame) -> pd.DataFrame:
    """Who is under oppfølging on the last day of each month, from the row that counts."""
    rows = extract.spans("oppfolging", ["enhetsnr", "formidlingsgruppe", "innsatsgruppe", "permittert"])
    rows["gruppe"] = rows.innsatsgruppe.replace(ARENA).fillna("")
    rows["arbs"] = rows.formidlingsgruppe == "ARBS"
    followed = (rows.formidlingsgruppe == "IARBS") & rows.gruppe.isin(FOLLOWED)
    rows = rows[rows.arbs | followed].merge(people[["person_id", "bosatt"]], on="person_id")
    rows["til"] = rows[["til", "bosatt"]].min(axis=1)
    rows["permittert"] = rows.permittert.fillna(False).astype(bool)
    columns = ["person_id", "fra", "til", "fom", "enhetsnr", "gruppe", "arbs", "permittert"]
    long = expanded(rows.sort_values(["person_id", "fom", "enhetsnr"])[columns])
    return long.drop_duplicates(KEY, keep="last")


def count_ota(
    extract: Extract, people: pd.DataFrame, status: pd.DataFrame, first: int, last: int
) -> pd.DataFrame:
    benefits = extract.spans("ytelse", ["ytelse"])
    aap = expanded(benefits.loc[benefits.ytelse == "AAP", ["person_id", "fra", "til"]]).drop_duplicates()
    status = status.merge(aap.assign(aap=True), on=KEY, how="left")
    reduced = status.gruppe.isin(["BATT", "VARIG"]) | status.aap.notna()
    seekers, reduced = status[status.arbs & ~reduced], status.loc[reduced, KEY]
    exits = seekers
    for k in (1, 2):
        exits = without(exits, seekers, k)
    exits = exits[exits.m.between(first, last)].merge(people, on="person_id")
    exits = exits[(exits.m >= exits.f20) & (exits.m < exits.f67) & (exits.bosatt >= exits.m + 6)]
    for k in range(-5, 0):
        exits = without(exits, reduced, k)
    jobs = extract.spans("arbeidsforhold", ["stillingsprosent"])
    jobs = jobs.loc[jobs.stillingsprosent > 0, ["person_id", "fra", "til"]]
    work = exits[KEY].merge(jobs, on="person_id")
    work = work.loc[(work.fra <= work.m + 6) & (work.til >= work.m + 6), KEY].drop_duplicates()
    exits = exits.merge(work.assign(x=1.0), on=KEY, how="left").assign(n=1.0).fillna({"x": 0.0})
    parts = {"alle": exits, "uten_permitterte": exits[~exits.permittert]}
    return summed("ota_arbs", parts)


def without(rows: pd.DataFrame, others: pd.DataFrame, k: int) -> pd.DataFrame:
    """The rows whose person is not among the others k months later."""
    moved = others[KEY].assign(m=others.m - k, finnes=True)
    return rows.merge(moved, on=KEY, how="left").query("finnes.isna()").drop(columns="finnes")


def count_contact(
    extract: Extract, people: pd.DataFrame, status: pd.DataFrame, first: int, last: int
) -> pd.DataFrame:
    young = status[status.gruppe.isin(["IKVAL", "BFORM", "BATT"]) & status.m.between(first, last)]
    young = young.merge(people[["person_id", "f30"]], on="person_id")
    young = young.loc[young.m < young.f30, [*KEY, "enhetsnr", "gruppe"]]
    rows = extract.table("kontakt", ["person_id", "dato", "type", "status", "fra_bruker", "automatisk"])
    rows = rows[~rows.automatisk.fillna(False).astype(bool) & (rows.status.fillna("") != "AVBRUTT")]
    user = (rows["type"] == "DIALOG") & rows.fra_bruker.fillna(False).astype(bool)
    spans = pd.DataFrame({"person_id": rows.person_id, "bruker": user, "fra": month(rows.dato)})
    spans["til"] = last_ended(rows.dato + timedelta(days=29))
    met = expanded(spans).groupby(KEY, as_index=False).bruker.max()
    young = young.merge(met, on=KEY, how="left").assign(n=1.0)
    parts = {}
    for group, members in young.groupby("gruppe"):
        parts[group] = members.assign(x=members.bruker.notna().astype(float))
        parts[f"{group}_fra_bruker"] = members.assign(x=(members.bruker == True).astype(float))  # noqa: E712
    return summed("u30_kontakt30", parts)


def summed(indicator: str, parts: dict[str, pd.DataFrame]) -> pd.DataFrame:
    frames = [
        rows.groupby(["enhetsnr", "m"], as_index=False)[["x", "n"]]
        .sum()
        .assign(indikator=indicator, gruppe=group)
        for group, rows in parts.items()
    ]
    return pd.concat(frames)


def table(extract: Extract, counts: pd.DataFrame, months: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """The contract's rows: valid offices without people too, and what is provisional."""
    offices = extract.table("kontor", ["enhetsnr", "gyldig_fom", "gyldig_tom"])
    grid = []
    for indicator, (first, last) in months.items():
        for m in range(first, last + 1):
            day = pd.Timestamp(m // 12, m % 12 + 1, 1) + pd.offsets.MonthEnd(0)
            valid = (offices.gyldig_fom <= day) & ~(offices.gyldig_tom < day)
            cells = offices.loc[valid, ["enhetsnr"]].drop_duplicates().assign(m=m, indikator=indicator)
            grid += [cells.assign(gruppe=group) for group in GROUPS[indicator]]
    key = ["indikator", "gruppe", "enhetsnr", "m"]
    rows = pd.concat(grid).merge(counts, on=key, how="outer").fillna({"x": 0.0, "n": 0.0})
    taken = extract.settings["uttrekksdato"]
    rows["forelopig"] = rows.m + rows.indikator.map(LAG) + 1 > ended(taken)
    rows["maned"] = rows.m.map(lambda m: f"{m // 12:04d}-{m % 12 + 1:02d}")
    order = ["indikator", "gruppe", "enhetsnr", "maned"]
    return rows[[*order, "x", "n", "forelopig"]].sort_values(order, ignore_index=True)


def count(folder: Path, out: Path, indicators: Sequence[str]) -> None:
    """Write the rows of the count table for these indicators."""
    extract = Extract(folder)
    first, taken = extract.settings["dekker_fom"], extract.settings["uttrekksdato"]
    last = min(ended(extract.settings["dekker_tom"]), ended(taken))
    months = {
        "ota_arbs": (month_ending(first) + 5, last - 6),
        "u30_kontakt30": (month_ending(first + timedelta(days=29)), last),
    }
    people = persons(extract)
    status = states(extract, people)
    ways = {"ota_arbs": count_ota, "u30_kontakt30": count_contact}
    counts = pd.concat([ways[name](extract, people, status, *months[name]) for name in indicators])
    table(extract, counts, {name: months[name] for name in indicators}).to_parquet(out, index=False)


if __name__ == "__main__":
    count(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or tuple(GROUPS))
