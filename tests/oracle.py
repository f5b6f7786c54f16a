"""The contract's counting rules once more, day by day in plain Python, sharing no code with navbook.

Slow and simple on purpose: it answers "what state is this person in on this day" by looking through all rows,
and it is read beside the contract. Tables are lists of dicts as `tests/extracts.py` writes them.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
Counts = dict[tuple[str, str, str, str], tuple[float, float | None, bool]]

FOLLOWED_AS_IARBS = {"BATT", "BFORM", "IKVAL", "VURDU", "OPPFI", "VARIG"}
IN_TILTAK = {"GJENN", "FULLF", "DELAVB", "GJENN_AVB", "DELTAR", "HAR_SLUTTET", "FULLFORT", "AVBRUTT"}
WORK_ORIENTED = {
    "EGENAKTIVITET", "JOBBSOEKING", "STILLING", "SOKEAVTALE", "IJOBB", "STILLING_FRA_NAV", "EKSTERNAKTIVITET",
    "GRUPPEAKTIVITET", "UTDANNINGSAKTIVITET",
}  # fmt: skip
YOUTH_GROUPS = ("IKVAL", "BFORM", "BATT")
# Countries the tests use: landgruppe 3, and what footnote 5 adds and takes away.
LANDGRUPPE3 = {"SOM", "SYR", "ERI", "XXX", "XXK", "ALA", "BMU", "SPM"}
FOTNOTE5 = (LANDGRUPPE3 | {"AND", "CHE", "GBR", "GIB", "MCO", "SMR", "VAT"}) - {"ALA", "BMU", "SPM"}
ONE_DAY = timedelta(days=1)


def day_of(value: Any) -> date | None:
    if value in (None, ""):
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)


def month_plus(month: str, k: int) -> str:
    year, number = int(month[:4]), int(month[5:])
    number += k
    while number > 12:
        year, number = year + 1, number - 12
    while number < 1:
        year, number = year - 1, number + 12
    return f"{year:04d}-{number:02d}"


def f(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def d(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def age_on(born: date, day: date) -> int:
    """Whole years; one born on 29 February is a year older from 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def covers(row: Row, day: date) -> bool:
    fom, tom = day_of(row["fom"]), day_of(row.get("tom"))
    return fom <= day and (tom is None or day <= tom)


class Oracle:
    """Answers about one extract, one person and one day at a time."""

    def __init__(self, tables: Mapping[str, Sequence[Row]], manifest: Mapping[str, Any]) -> None:
        self.manifest = {
            key: day_of(value) if "dekker" in key or "dato" in key else value
            for key, value in manifest.items()
        }
        self.persons = {row["person_id"]: row for row in tables["person"]}
        self.kontor = tables["kontor"]
        self._found: dict[str, dict[tuple[str, str], list[tuple[str, float, float | None]]]] = {}
        self._followed: dict[tuple[str, date], Row | None] = {}
        self.by_person: dict[str, dict[str, list[Row]]] = {
            name: defaultdict(list)
            for name in ("oppfolging", "ytelse", "arbeidsforhold", "tiltak", "aktivitet", "kontakt")
        }
        for name, rows in self.by_person.items():
            for row in tables.get(name, ()):
                rows[row["person_id"]].append(row)

    # --- states on a day ---

    def resident(self, person: str, day: date) -> bool:
        row = self.persons[person]
        gone = [day_of(row.get("dodsdato")), day_of(row.get("utvandringsdato"))]
        return all(left is None or left > day for left in gone)

    def followed_up(self, person: str, day: date) -> Row | None:
        """The row that makes the person under oppfølging on the day."""
        if (person, day) not in self._followed:
            self._followed[person, day] = self._find_followed_up(person, day)
        return self._followed[person, day]

    def _find_followed_up(self, person: str, day: date) -> Row | None:
        if not self.resident(person, day):
            return None
        rows = [
            row for row in self.by_person["oppfolging"][person] if covers(row, day) and self.qualifies(row)
        ]
        return max(rows, key=lambda row: (day_of(row["fom"]), row["enhetsnr"])) if rows else None

    def qualifies(self, row: Row) -> bool:
        """Whether the row puts one who is resident under oppfølging on its days."""
        if row["formidlingsgruppe"] == "ARBS":
            return True
        return row["formidlingsgruppe"] == "IARBS" and row.get("innsatsgruppe") in FOLLOWED_AS_IARBS

    def has_aap(self, person: str, day: date) -> bool:
        return any(row["ytelse"] == "AAP" and covers(row, day) for row in self.by_person["ytelse"][person])

    def status(self, person: str, day: date) -> str:
        """N nedsatt arbeidsevne, A arbeidssøker, O otherwise under oppfølging, - none of them."""
        row = self.followed_up(person, day)
        if row is None:
            return "-"
        if row.get("innsatsgruppe") in ("BATT", "VARIG") or self.has_aap(person, day):
            return "N"
        return "A" if row["formidlingsgruppe"] == "ARBS" else "O"

    def in_work(self, person: str, day: date) -> bool:
        rows = self.by_person["arbeidsforhold"][person]
        return any(row["stillingsprosent"] > 0 and covers(row, day) for row in rows)

    def in_tiltak(self, person: str, day: date) -> bool:
        return any(
            row["deltakerstatus"] in IN_TILTAK and covers(row, day)
            for row in self.by_person["tiltak"][person]
        )

    def activity_types(self, person: str, month: str) -> set[str]:
        found = set()
        for row in self.by_person["aktivitet"][person]:
            tom = day_of(row.get("tom"))
            if row["type"] not in WORK_ORIENTED or day_of(row["fom"]) > d(month):
                continue
            running = row["status"] == "GJENNOMFORES" and (tom is None or tom >= d(month))
            finished = row["status"] == "FULLFORT" and tom is not None and tom >= f(month)
            if running or finished:
                found.add(row["type"])
        return found

    def long_term(self, person: str, month: str) -> bool:
        day = d(month)
        if self.status(person, day) != "A":
            return False
        start, gap = day, 0
        while gap <= 14 and (day - start).days + 1 < 182:
            before = start - ONE_DAY * (gap + 1)
            if self.status(person, before) == "A":
                start, gap = before, 0
            else:
                gap += 1
        return (day - start).days + 1 >= 182

    # --- months ---

    def known(self, fom: date, tom: date, month: str, lag: int) -> bool:
        return (
            self.manifest["dekker_fom"] <= fom
            and tom <= self.manifest["dekker_tom"]
            and d(month_plus(month, lag)) <= self.manifest["uttrekksdato"]
        )

    def months(self, indikator: str, gruppe: str) -> list[str]:
        first, last = self.manifest["dekker_fom"], self.manifest["dekker_tom"]
        month, known = f"{first.year:04d}-{first.month:02d}", []
        while f(month) <= last:
            if self._window_known(indikator, gruppe, month):
                known.append(month)
            month = month_plus(month, 1)
        return known

    def _window_known(self, indikator: str, gruppe: str, month: str) -> bool:
        fom, tom = self._window("langtid" if gruppe == "langtid" else indikator, month, gruppe)
        return self.known(fom, tom, month, self.lag_of(indikator))

    def _window(self, name: str, month: str, gruppe: str) -> tuple[date, date]:  # noqa: ARG002 - some need it
        first, last, half_a_year_on = f(month), d(month), d(month_plus(month, 6))
        if name.startswith("ota_"):
            return d(month_plus(month, -5)), half_a_year_on
        return {
            "tiltak_ota": (last, half_a_year_on),
            "gradert_12u": (first - timedelta(days=101), last),
            "aap_26u": (first - timedelta(days=197), last),
            "langtid": (last - timedelta(days=195), last),
            "langtid_aktivitet": (last - timedelta(days=195), last),
            "u30_kontakt30": (last - timedelta(days=29), last),
            "u30_8uker": (first - timedelta(days=29), last + timedelta(days=56)),
        }.get(name, (first, last))

    # --- indicators: the series a person adds to in a month ---

    def series_of(self, person: str, month: str) -> list[tuple[str, str, str, bool]]:
        """(indikator, gruppe, enhetsnr, success) for every series the person is counted in."""
        return [*self._ota(person, month), *self._youth(person, month), *self._portfolio(person, month)]

    def _ota(self, person: str, month: str) -> list[tuple[str, str, str, bool]]:
        status = {k: self.status(person, d(month_plus(month, k))) for k in range(-5, 3)}
        born = day_of(self.persons[person]["fodselsdato"])
        age, outcome = age_on(born, d(month)), d(month_plus(month, 6))
        left = status[0] in "AN" and status[1] != status[0] and status[2] != status[0]
        if not left or not 20 <= age <= 66 or not self.resident(person, outcome):
            return []
        row = self.followed_up(person, d(month))
        from_nedsatt = status[0] == "N" or any(status[k] == "N" for k in range(-5, 0))
        country = self.persons[person].get("fodeland") or ""
        series = [("ota_nedsatt", "alle")] if from_nedsatt else [("ota_arbs", "alle")]
        if not from_nedsatt and not row.get("permittert"):
            series.append(("ota_arbs", "uten_permitterte"))
        if age <= 29:
            series.append(("ota_u30", "alle"))
        if country in LANDGRUPPE3:
            series.append(("ota_lg3", "alle"))
        if country in FOTNOTE5:
            series.append(("ota_lg3", "fotnote5"))
        works = self.in_work(person, outcome)
        return [(*key, row["enhetsnr"], works) for key in series]

    def _youth(self, person: str, month: str) -> list[tuple[str, str, str, bool]]:
        row = self.followed_up(person, d(month))
        born = day_of(self.persons[person]["fodselsdato"])
        if row is None or age_on(born, d(month)) > 29 or row.get("innsatsgruppe") not in YOUTH_GROUPS:
            return []
        group, office = row["innsatsgruppe"], row["enhetsnr"]
        types = self.activity_types(person, month)
        narrow = self.in_tiltak(person, d(month)) or self.in_work(person, d(month)) or "IJOBB" in types
        contacts = [
            contact
            for contact in self.by_person["kontakt"][person]
            if not contact.get("automatisk")
            and contact.get("status") != "AVBRUTT"
            and d(month) - timedelta(days=30) < day_of(contact["dato"]) <= d(month)
        ]
        own = any(contact["type"] == "DIALOG" and contact.get("fra_bruker") for contact in contacts)
        return [
            ("u30_aktivitet", group, office, narrow or bool(types)),
            ("u30_aktivitet", f"{group}_smal", office, narrow),
            ("u30_kontakt30", group, office, bool(contacts)),
            ("u30_kontakt30", f"{group}_fra_bruker", office, own),
        ]

    def _portfolio(self, person: str, month: str) -> list[tuple[str, str, str, bool]]:
        row = self.followed_up(person, d(month))
        if row is None:
            return []
        status = self.status(person, d(month))
        groups = {
            "alle": True,
            "under30": age_on(day_of(self.persons[person]["fodselsdato"]), d(month)) <= 29,
            "landgruppe3": (self.persons[person].get("fodeland") or "") in LANDGRUPPE3,
            "langtid": self.long_term(person, month),
            "AAP": self.has_aap(person, d(month)),
            "arbeidssoker": status == "A",
            "nedsatt": status == "N",
        } | {code: row.get("innsatsgruppe") == code for code in ("IKVAL", "BFORM", "BATT", "VARIG")}
        return [("portefolje", group, row["enhetsnr"], True) for group, is_in in groups.items() if is_in]

    # --- the table ---

    def all_series(self) -> list[tuple[str, str]]:
        return ALL_SERIES

    def lag_of(self, indikator: str) -> int:
        return 6 if indikator.startswith("ota_") else LAGS.get(indikator, 0)

    def is_pure(self, indikator: str) -> bool:
        return indikator in PURE_COUNTS

    def counts(self) -> Counts:
        """Every row of the count table: key to (x, n, forelopig); n is None for pure counts."""
        tables: Counts = {}
        for indikator, gruppe in self.all_series():
            lag, pure = self.lag_of(indikator), self.is_pure(indikator)
            for month in self.months(indikator, gruppe):
                early = self.manifest["uttrekksdato"] < d(month_plus(month, lag + 1))
                cells: dict[str, list[float]] = {office: [0.0, 0.0] for office in self._valid(d(month))}
                for office, x, n in self._members(month)[indikator, gruppe]:
                    cell = cells.setdefault(office, [0.0, 0.0])
                    cell[0] += x
                    cell[1] += n or 0
                for office, (x, n) in cells.items():
                    tables[indikator, gruppe, office, month] = (x, None if pure else n, early)
        return tables

    def _members(self, month: str) -> dict[tuple[str, str], list[tuple[str, float, float | None]]]:
        """(enhetsnr, x, n) of all that is counted in each series of the month, found once per month."""
        if month not in self._found:
            members = defaultdict(list)
            for indikator, gruppe, office, x, n in self.members(month):
                members[indikator, gruppe].append((office, x, n))
            self._found[month] = members
        return self._found[month]

    def members(self, month: str) -> Iterator[tuple[str, str, str, float, float | None]]:
        """(indikator, gruppe, enhetsnr, x, n) of everyone counted on d(m)."""
        for person in self.persons:
            for indikator, gruppe, office, success in self.series_of(person, month):
                yield indikator, gruppe, office, success, 1

    def _valid(self, day: date) -> list[str]:
        valid = []
        for row in self.kontor:
            fom, tom = day_of(row["gyldig_fom"]), day_of(row.get("gyldig_tom"))
            if fom <= day and (tom is None or day <= tom):
                valid.append(row["enhetsnr"])
        return valid


LAGS = {"tiltak_ota": 6, "gradert_12u": 1, "aap_26u": 1, "sykefravaer_etat": 1, "u30_8uker": 2}
PURE_COUNTS = {"formidlinger", "portefolje"}


ALL_SERIES = [
    ("ota_arbs", "alle"), ("ota_arbs", "uten_permitterte"), ("ota_nedsatt", "alle"), ("ota_u30", "alle"),
    ("ota_lg3", "alle"), ("ota_lg3", "fotnote5"),
    *[("u30_aktivitet", f"{group}{suffix}") for group in YOUTH_GROUPS for suffix in ("", "_smal")],
    *[("u30_kontakt30", f"{group}{suffix}") for group in YOUTH_GROUPS for suffix in ("", "_fra_bruker")],
    *[("portefolje", group) for group in (
        "alle", "IKVAL", "BFORM", "BATT", "VARIG", "under30", "landgruppe3", "langtid", "AAP", "arbeidssoker",
        "nedsatt",
    )],
    ("tiltak_ota", "BFORM"), ("tiltak_ota", "BATT"), ("gradert_12u", "alle"), ("langtid_aktivitet", "alle"),
    ("aap_26u", "alle"), ("aap_26u", "under30"), ("inkludering", "alle"),
    *[("sykefravaer_etat", group) for group in ("sum", "egenmeldt", "legemeldt")],
    *[(name, group) for name in ("formidlinger", "u30_8uker") for group in ("alle", "BFORM", "BATT")],
]  # fmt: skip
