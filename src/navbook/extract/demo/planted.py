"""Made-by-hand people whose rows hold one trap each, and the file that says where the truths lie."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from navbook.extract.demo.calendar import NEVER, Calendar, day_number
from navbook.extract.demo.country.layout import OfficeLayout
from navbook.extract.demo.write import Sink
from navbook.runtime.periods import add_months, first_day, last_day

UNKNOWN_MEASURE = "UKJTILTAK"
LATER_VOCABULARY = "TRENGER_VEILEDNING"


@dataclass
class Traps:
    """Builds the rows of the hand-made people; `people` says for the answer file who carries which trap."""

    layout: OfficeLayout
    calendar: Calendar
    first_person: int
    office: int
    people: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def month(self, offset: int) -> str:
        """The month so many months from December of the last year asked for."""
        return add_months(f"{self.calendar.tom[:4]}-12", offset)

    def first(self, offset: int) -> int:
        return day_number(first_day(self.month(offset)))

    def last(self, offset: int) -> int:
        return day_number(last_day(self.month(offset)))

    def person(self, trap: str, born: int | None = None, **columns: Any) -> str:
        person_id = f"p{self.first_person + len(self.people):07d}"
        self.people[trap] = person_id
        usual = {
            "fodselsdato": day_number(last_day(self.month(-12 * 35))) if born is None else born,
            "kjonn": "K", "fodeland": "NOR", "utdanning": "VIDEREGAENDE",
            "dodsdato": NEVER, "utvandringsdato": NEVER,
        }  # fmt: skip
        self.row("person", person_id=person_id, **(usual | columns))
        return person_id

    def row(self, table: str, **columns: Any) -> None:
        self.rows.setdefault(table, []).append(columns)

    def follow(self, person_id: str, fom: int, tom: int, group: str | None = "IKVAL", **columns: Any) -> None:
        usual = {
            "enhetsnr": self.layout.numbers[self.office], "formidlingsgruppe": "ARBS", "innsatsgruppe": group,
            "arbeidssokerstatus": "HELT_LEDIG", "permittert": False,
        }  # fmt: skip
        self.row("oppfolging", person_id=person_id, fom=fom, tom=tom, **(usual | columns))

    def job(self, person_id: str, fom: int, tom: int, percent: float = 100.0) -> None:
        self.row("arbeidsforhold", person_id=person_id, fom=fom, tom=tom, stillingsprosent=percent)

    def write(self, sink: Sink) -> None:
        for table, rows in self.rows.items():
            columns = {name: [row[name] for row in rows] for name in rows[0]}
            sink.add(table, **columns)


def plant(layout: OfficeLayout, calendar: Calendar, first_person: int) -> Traps:
    """The hand-made people, all at one office that plays no other part if there is one.

    Months are counted from December of the last year: −10 is February.
    """
    free = [o for o in range(layout.local) if o not in layout.roles.values()] or [0]
    home = max(free, key=lambda office: (int(layout.people[office]), -office))
    traps = Traps(layout, calendar, first_person, home)
    _exits(traps)
    _registers(traps)
    _placements(traps)
    return traps


def _exits(traps: Traps) -> None:
    """Traps of overgang til arbeid; each leaves in February unless said otherwise."""
    dead = traps.person("dod_for_statusmaned", dodsdato=traps.first(-6) + 14)
    traps.follow(dead, traps.first(-15), traps.last(-10))
    traps.job(dead, traps.first(-9), traps.first(-6) + 13)
    gone = traps.person("utvandret_for_statusmaned", utvandringsdato=traps.first(-5))
    traps.follow(gone, traps.first(-15), traps.last(-10))
    gap = traps.person("en_maneds_opphold")
    traps.follow(gap, traps.first(-15), traps.last(-10) - 5)
    traps.follow(gap, traps.first(-8), traps.last(-7))
    moved = traps.person("omklassifisert")
    traps.follow(moved, traps.first(-20), traps.last(-12), "BATT")
    traps.follow(moved, traps.first(-11), traps.last(-10))
    traps.job(moved, traps.first(-8), NEVER)
    young = traps.person("nitten_ar", born=day_number(last_day(traps.month(-12 * 20))))
    traps.follow(young, traps.first(-15), traps.last(-10))
    traps.job(young, traps.first(-9), NEVER)
    leap = traps.person("fodt_29_februar", born=day_number(last_day("1992-02")))
    traps.follow(leap, traps.first(-15), traps.last(-10), "BFORM")
    traps.job(leap, traps.first(-9), NEVER)


def _registers(traps: Traps) -> None:
    """Codes of other years and rows that contradict or repeat each other."""
    later = traps.person("ny_kode_i_gammelt_ar")
    traps.follow(later, traps.first(-11), traps.last(-6), LATER_VOCABULARY)
    traps.follow(later, traps.first(-5), traps.last(-2), "SITUASJONSBESTEMT_INNSATS")
    none = traps.person("uten_14a_vedtak")
    traps.follow(none, traps.first(-11), traps.last(-6), "HAR_IKKE_GJELDENDE_14A_VEDTAK")
    for trap, country in (("fodeland_uoppgitt", "XXX"), ("fodeland_ukjent", None)):
        abroad = traps.person(trap, fodeland=country)
        traps.follow(abroad, traps.first(-15), traps.last(-10))
    odd = traps.person("ukjent_tiltakskode")
    traps.follow(odd, traps.first(-20), traps.last(-4), "BFORM")
    traps.row(
        "tiltak", person_id=odd, enhetsnr=traps.layout.numbers[traps.office], tiltakskode=UNKNOWN_MEASURE,
        deltakerstatus="GJENN", fom=traps.first(-18), tom=traps.last(-12),
    )  # fmt: skip
    full = traps.person("full_jobb_og_helt_ledig")
    traps.follow(full, traps.first(-15), traps.last(-3))
    traps.job(full, traps.first(-14), NEVER)
    aap = traps.person("aap_og_standard_innsats")
    traps.follow(aap, traps.first(-15), traps.last(-3))
    traps.row(
        "ytelse", person_id=aap, ytelse="AAP", fom=traps.first(-12), tom=traps.last(-8), uker_igjen=20.0
    )
    both = traps.person("to_kontor_samtidig")
    other = traps.layout.numbers[int(traps.layout.destinations[traps.office][0])]
    traps.follow(both, traps.first(-15), traps.last(-7))
    traps.follow(both, traps.first(-9), traps.last(-3), enhetsnr=other)
    twice = traps.person("like_rader")
    traps.rows["person"].append(traps.rows["person"][-1])
    for _ in range(2):
        traps.follow(twice, traps.first(-15), traps.last(-3), "BATT")
        traps.row(
            "kontakt", person_id=twice, dato=traps.first(-10), type="MOTE", status="FULLFORT",
            fra_bruker=False, automatisk=False,
        )  # fmt: skip
        traps.row(
            "aktivitet", person_id=twice, type="EGENAKTIVITET", status="FULLFORT",
            fom=traps.first(-10), tom=traps.last(-9),
        )  # fmt: skip


def _placements(traps: Traps) -> None:
    """Placements set back the next day, registered twice, and on two lists."""
    offices = traps.layout.numbers
    here, there = offices[traps.office], offices[int(traps.layout.destinations[traps.office][0])]
    day = traps.first(-7) + 9
    cases = {
        "formidling_omgjort": [("a", "FATT_JOBBEN", here, 0), ("a", "PRESENTERT", here, 1)],
        "formidling_to_ganger": [("a", "FATT_JOBBEN", here, 0), ("a", "FATT_JOBBEN", there, 2)],
        "formidling_to_lister": [("a", "FATT_JOBBEN", here, 0), ("b", "FATT_JOBBEN", here, 0)],
    }
    for trap, events in cases.items():
        person_id = traps.person(trap)
        traps.follow(person_id, traps.first(-15), traps.last(-3), "BFORM")
        for suffix, outcome, office, delay in events:
            traps.row(
                "kandidatutfall", person_id=person_id, kandidatliste_id=f"{trap}_{suffix}", utfall=outcome,
                enhetsnr=office, tidspunkt=(day + delay) * 86_400 + 36_000,
            )  # fmt: skip


def number_outcomes(traps: Traps, before: int) -> None:
    """Give the planted placements the ids after those of everyone else."""
    for k, row in enumerate(traps.rows["kandidatutfall"], start=1):
        row["id"] = before + k


def silent_month(calendar: Calendar) -> int:
    """The month whose report is missing: May of the last year."""
    return calendar.index(f"{calendar.tom[:4]}-05")


def truths(
    layout: OfficeLayout, calendar: Calendar, traps: Traps, unlucky: int, settings: dict[str, int]
) -> dict[str, Any]:
    """What was planted where, for the file `fasit/fasit.json`."""
    offices = {role: layout.numbers[office] for role, office in layout.roles.items()}
    if unlucky >= 0:
        offices["uheldig"] = layout.numbers[unlucky]
    closed = {
        layout.numbers[o]: {
            "sist_apen": str(np.datetime64(int(layout.closed[o]), "D")),
            "etterfolger": layout.numbers[int(layout.successor[o])],
        }
        for o in np.flatnonzero(layout.closed < NEVER)
    }
    return {
        "ar": int(calendar.tom[:4]),
        "kontor": offices,
        "bedring_promille": settings["bedring"],
        "blanding_promille": settings["blanding"],
        "nedlagte": closed,
        "manglende_rapport": f"{calendar.tom[:4]}-05",
        "ukjent_tiltakskode": UNKNOWN_MEASURE,
        "feller": {"kontor": layout.numbers[traps.office], "personer": traps.people},
    }
