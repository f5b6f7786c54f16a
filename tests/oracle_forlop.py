"""The contract's counting rules for what happens at a point in time: starts, passings, exits and placements.

Read beside the contract, like `oracle.py`: for each day of a month it asks whether the thing happens to the
person that day, by looking through all rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from oracle import IN_TILTAK, ONE_DAY, WORK_ORIENTED, Oracle, Row, age_on, covers, d, day_of, f, month_plus

Member = tuple[str, str, str, float, float | None]

ALIAS = {
    "VTA": "VASV", "VTA-O": "VATIAROR", "AFT": "ARBFORB", "ARBEIDSTRENING": "ARBTREN", "JOBBKLUBB": "JOBBK",
}  # fmt: skip
NO_EXIT = {"VASV", "VATIAROR", "FUNKSJASS", "EKSPEBIST", "INKLUTILS", "TILRETTEL", "VARLONTIL"}


def days_of(month: str) -> Iterator[date]:
    day = f(month)
    while day <= d(month):
        yield day
        day += ONE_DAY


def cases(rows: Sequence[Row], gap: int) -> list[list[Row]]:
    """The rows in spells: one joins if its fom - (latest tom so far) - 1 is at most `gap`."""
    found: list[list[Row]] = []
    latest: date | None = None
    for row in sorted(rows, key=lambda row: day_of(row["fom"])):
        tom = day_of(row.get("tom")) or date.max
        if latest is None or (day_of(row["fom"]) - latest).days - 1 > gap:
            found.append([])
            latest = tom
        found[-1].append(row)
        latest = max(latest, tom)
    return found


def passing(rows: Sequence[Row], gap: int, days: int, month: str) -> Iterator[tuple[date, list[Row]]]:
    """The day in the month on which a spell passes, with the rows of that spell that cover it."""
    for case in cases(rows, gap):
        day = day_of(case[0]["fom"]) + timedelta(days=days)
        covering = [row for row in case if covers(row, day)]
        if covering and f(month) <= day <= d(month):
            yield day, covering


class EventOracle(Oracle):
    """The series in which a person is counted when something happens, not for being there on d(m)."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], manifest: Mapping[str, Any]) -> None:
        super().__init__(tables, manifest)
        self.tables = tables
        self._rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for name, rows in tables.items():
            for row in rows:
                self._rows[name, row.get("person_id", "")].append(row)

    def members(self, month: str) -> Iterator[Member]:
        yield from super().members(month)
        for person in self.persons:
            yield from self.happened(person, month)
        yield from self.reported(month)

    def rows_of(self, table: str, person: str) -> list[Row]:
        return self._rows[table, person]

    def happened(self, person: str, month: str) -> list[Member]:
        """(indikator, gruppe, enhetsnr, x, n) of everything counted of the person in the month."""
        return [
            *self._tiltak(person, month),
            *self._formidlinger(person, month),
            *self._graded(person, month),
            *self._aap(person, month),
            *self._long_term(person, month),
            *self._starts(person, month),
        ]

    def _young(self, person: str, month: str) -> bool:
        return age_on(day_of(self.persons[person]["fodselsdato"]), d(month)) <= 29

    def _tiltak(self, person: str, month: str) -> Iterator[Member]:
        rows = [row for row in self.rows_of("tiltak", person) if row["deltakerstatus"] in IN_TILTAK]
        outcome = d(month_plus(month, 6))
        for code in sorted({ALIAS.get(row["tiltakskode"], row["tiltakskode"]) for row in rows} - NO_EXIT):
            own = [row for row in rows if ALIAS.get(row["tiltakskode"], row["tiltakskode"]) == code]
            there = [any(covers(row, d(month_plus(month, k))) for row in own) for k in (0, 1, 2)]
            if there != [True, False, False] or not self.resident(person, outcome):
                continue
            last = max(day_of(row["tom"]) for row in own if covers(row, d(month)))
            followed = self.followed_up(person, last) or self._earlier(person, last)
            if followed is None or followed.get("innsatsgruppe") not in ("BFORM", "BATT"):
                continue
            paid = any(
                row["maned"] == month_plus(month, 6) and (row["kroner"] or 0) > 0
                for row in self.rows_of("lonn", person)
            )
            works = paid and self.in_work(person, outcome)
            yield "tiltak_ota", followed["innsatsgruppe"], followed["enhetsnr"], works, 1

    def _earlier(self, person: str, day: date) -> Row | None:
        """The row that counts on the latest earlier day under oppfølging."""
        first = min((day_of(row["fom"]) for row in self.by_person["oppfolging"][person]), default=day)
        while (day := day - timedelta(days=1)) >= first:
            if row := self.followed_up(person, day):
                return row
        return None

    def _formidlinger(self, person: str, month: str) -> Iterator[Member]:
        rows = [
            row
            for row in self.rows_of("kandidatutfall", person)
            if f(month) <= date.fromisoformat(row["tidspunkt"][:10]) <= d(month)
        ]
        for candidate_list in sorted({row["kandidatliste_id"] for row in rows}):
            on_list = [row for row in rows if row["kandidatliste_id"] == candidate_list]
            last = max(on_list, key=lambda row: row["id"])
            if last["utfall"] != "FATT_JOBBEN":
                continue
            yield "formidlinger", "alle", last["enhetsnr"], 1, None
            state = self.followed_up(person, date.fromisoformat(last["tidspunkt"][:10]))
            if state and state.get("innsatsgruppe") in ("BFORM", "BATT"):
                yield "formidlinger", state["innsatsgruppe"], last["enhetsnr"], 1, None

    def _graded(self, person: str, month: str) -> Iterator[Member]:
        rows = [row for row in self.rows_of("sykmelding", person) if row["arbeidsgiver"]]
        for _, covering in passing(rows, 16, 84, month):
            ordinary = [row["grad"] for row in covering if row["type"] == "ORDINAER"]
            graded = any(grad is not None and grad < 100 for grad in ordinary)
            newest = max(covering, key=lambda row: (day_of(row["fom"]), row["enhetsnr"]))
            yield "gradert_12u", "alle", newest["enhetsnr"], graded, 1

    def _aap(self, person: str, month: str) -> Iterator[Member]:
        rows = [row for row in self.by_person["ytelse"][person] if row["ytelse"] == "AAP"]
        for day, _ in passing(rows, 14, 182, month):
            followed = self.followed_up(person, day)
            if followed is None:
                continue
            busy = self.in_work(person, day) or self.in_tiltak(person, day)
            yield "aap_26u", "alle", followed["enhetsnr"], busy, 1
            if self._young(person, month):
                yield "aap_26u", "under30", followed["enhetsnr"], busy, 1

    def _long_term(self, person: str, month: str) -> Iterator[Member]:
        if self.long_term(person, month):
            busy = self.in_tiltak(person, d(month)) or self.in_work(person, d(month))
            active = busy or bool(self.activity_types(person, month))
            yield "langtid_aktivitet", "alle", self.followed_up(person, d(month))["enhetsnr"], active, 1

    def _starts(self, person: str, month: str) -> Iterator[Member]:
        if not self.by_person["oppfolging"][person] or not self._young(person, month):
            return
        for start in days_of(month):
            row = self.followed_up(person, start)
            before = (start - timedelta(days=k) for k in range(1, 30))
            if row is None or any(self.followed_up(person, day) for day in before):
                continue
            active = self._active_in_eight_weeks(person, start)
            yield "u30_8uker", "alle", row["enhetsnr"], active, 1
            if row.get("innsatsgruppe") in ("BFORM", "BATT"):
                yield "u30_8uker", row["innsatsgruppe"], row["enhetsnr"], active, 1

    def _active_in_eight_weeks(self, person: str, start: date) -> bool:
        away = 0
        for k in range(57):
            day = start + timedelta(days=k)
            if self.followed_up(person, day) is None:
                away += 1
                if away > 28:
                    return False
                continue
            away = 0
            if self.in_work(person, day) or self.in_tiltak(person, day) or self._occupied(person, day):
                return True
        return False

    def _occupied(self, person: str, day: date) -> bool:
        return any(
            row["type"] in WORK_ORIENTED
            and row["status"] in ("GJENNOMFORES", "FULLFORT")
            and covers(row, day)
            for row in self.by_person["aktivitet"][person]
        )

    # --- what offices report of themselves ---

    def reported(self, month: str) -> Iterator[Member]:
        for row in self.tables.get("fravaer_ansatte", ()):
            if row["maned"] == month:
                own, doctors = row["egenmeldt_dagsverk"], row["legemeldt_dagsverk"]
                for group, x in (("sum", own + doctors), ("egenmeldt", own), ("legemeldt", doctors)):
                    yield "sykefravaer_etat", group, row["enhetsnr"], x, row["avtalte_dagsverk"]
        for row in self.tables.get("nyansettelse", ()):
            if row["fast"] and f(month) <= day_of(row["dato"]) <= d(month):
                yield "inkludering", "alle", row["enhetsnr"], row["i_malgruppe"], 1
