"""Random small extracts, drawn so that days fall on and beside every boundary of the counting rules."""

import random
from datetime import date, timedelta
from typing import Any

Rows = list[dict[str, Any]]

MANIFEST: dict[str, Any] = {
    "kilde": "Drawn at random for a test",
    "uttrekksdato": date(2022, 1, 20),
    "dekker_fom": date(2019, 12, 1),
    "dekker_tom": date(2021, 12, 31),
    "syntetisk": True,
    "versjon": 1,
}
KONTOR: Rows = [
    {"enhetsnr": "9001", "gyldig_tom": None},
    {"enhetsnr": "9002", "gyldig_tom": "2020-11-29", "etterfolger": "9001"},
    {"enhetsnr": "9003", "gyldig_fom": "2020-12-31", "gyldig_tom": None},
    {"enhetsnr": "9083", "gyldig_tom": None},
]
OFFICES = ["9001", "9001", "9002", "9003", "9083"]
LENGTHS = [0, 1, 13, 14, 15, 16, 28, 30, 31, 60, 61, 92, 181, 182, 183, 200, 365]
COUNTRIES = ["NOR", "SOM", "SYR", "XXX", "XXK", "", "GBR", "CHE", "AND", "ALA", "SPM", "USA"]
BIRTHS = [
    "1953-06-30", "1953-07-01", "1954-02-28", "1980-06-15", "1991-03-31", "1991-04-01", "1992-02-29",
    "1990-12-31", "2000-02-29", "2000-10-31", "2000-11-01", "1999-05-01", "2001-01-31",
]  # fmt: skip


def draw_tables(seed: int, persons: int = 40) -> dict[str, Rows]:
    """The tables of an extract with that many persons; the same seed gives the same rows."""
    dice = random.Random(seed)
    tables: dict[str, Rows] = {
        name: []
        for name in (
            "person", "oppfolging", "ytelse", "arbeidsforhold", "tiltak", "aktivitet", "kontakt", "lonn",
            "sykmelding", "kandidatutfall", "fravaer_ansatte", "nyansettelse",
        )
    }  # fmt: skip
    for number in range(persons):
        _draw_person(dice, f"p{number:03d}", tables)
        _draw_cases(dice, f"p{number:03d}", tables)
    _draw_staff(dice, tables)
    add_further(seed, tables)
    tables["kontor"] = [{"gyldig_fom": "2000-01-01", "etterfolger": None} | row for row in KONTOR]
    return tables


def _draw_person(dice: random.Random, person: str, tables: dict[str, Rows]) -> None:
    tables["person"].append(
        {
            "person_id": person, "fodselsdato": dice.choice(BIRTHS), "kjonn": "K", "utdanning": "UKJENT",
            "fodeland": dice.choice(COUNTRIES),
            "dodsdato": _day(dice) if dice.random() < 0.08 else None,
            "utvandringsdato": _day(dice) if dice.random() < 0.08 else None,
        }
    )  # fmt: skip
    taken = set()
    for _ in range(dice.randint(1, 7)):
        row = {"person_id": person, "enhetsnr": dice.choice(OFFICES), **_stay(dice)}
        if (row["fom"], row["enhetsnr"]) in taken:
            continue
        taken.add((row["fom"], row["enhetsnr"]))
        row |= {
            "formidlingsgruppe": dice.choice(["ARBS", "ARBS", "ARBS", "IARBS", "ISERV"]),
            "innsatsgruppe": dice.choice(
                ["IKVAL", "IKVAL", "BFORM", "BFORM", "BATT", "VARIG", "BKART", "OPPFI", None]
            ),
            "permittert": dice.random() < 0.2,
        }
        tables["oppfolging"] += [row] * dice.choice([1, 1, 1, 1, 2])
    for _ in range(dice.choice([0, 0, 1, 2])):
        tables["ytelse"].append(
            {"person_id": person, "ytelse": dice.choice(["AAP", "AAP", "DAG"]), **_stay(dice)}
        )
    for _ in range(dice.choice([0, 1, 1, 2])):
        percent = dice.choice([0.0, 20.0, 100.0])
        tables["arbeidsforhold"].append({"person_id": person, "stillingsprosent": percent, **_stay(dice)})
    for _ in range(dice.choice([0, 2, 5])):
        stay = _stay(dice)
        status = (
            "GJENN"
            if stay["tom"] is None
            else dice.choice(["GJENN", "FULLF", "IKKEM", "DELAVB", "HAR_SLUTTET"])
        )
        tables["tiltak"].append(
            {
                "person_id": person,
                "deltakerstatus": status,
                "tiltakskode": dice.choice(["ARBTREN", "ARBTREN", "AFT", "ARBFORB", "VTA", "NYTT"]),
                **stay,
            }
        )
    for _ in range(dice.choice([0, 1, 2])):
        tables["aktivitet"].append(
            {
                "person_id": person,
                "type": dice.choice(["EGENAKTIVITET", "IJOBB", "STILLING", "BEHANDLING", "MOTE"]),
                "status": dice.choice(["GJENNOMFORES", "FULLFORT", "PLANLAGT", "AVBRUTT"]),
                **_stay(dice),
            }
        )
    for _ in range(dice.choice([0, 4, 16])):
        tables["kontakt"].append(
            {
                "person_id": person, "dato": _day(dice), "type": dice.choice(["DIALOG", "MOTE", "SAMTALE"]),
                "status": dice.choice(["FULLFORT", "PLANLAGT", "AVBRUTT", None]),
                "fra_bruker": dice.random() < 0.5, "automatisk": dice.random() < 0.3,
            }
        )  # fmt: skip


def _draw_cases(dice: random.Random, person: str, tables: dict[str, Rows]) -> None:
    """Chains of certificates and AAP with gaps about the limits, wages, and outcomes on candidate lists."""
    day = date.fromisoformat(_day(dice))
    for _ in range(dice.choice([0, 2, 4])):
        tom = day + timedelta(days=dice.choice([13, 20, 27, 40, 83, 84, 85]))
        tables["sykmelding"].append(
            {
                "person_id": person, "sykmelding_id": f"s{len(tables['sykmelding'])}",
                "enhetsnr": dice.choice(OFFICES), "arbeidsgiver": dice.random() < 0.9,
                "grad": dice.choice([50.0, 80.0, 100.0, 100.0, None]),
                "type": dice.choice(["ORDINAER", "ORDINAER", "ORDINAER", "AVVENTENDE", "REISETILSKUDD"]),
                "fom": str(day), "tom": str(tom) if dice.random() < 0.95 else None,
            }
        )  # fmt: skip
        day = tom + timedelta(days=dice.choice([-5, 1, 1, 16, 17, 18, 19]))
    day = date.fromisoformat(_day(dice))
    for _ in range(dice.choice([0, 2, 3])):
        tom = day + timedelta(days=dice.choice([60, 90, 181, 182, 183]))
        tables["ytelse"].append({"person_id": person, "ytelse": "AAP", "fom": str(day), "tom": str(tom)})
        day = tom + timedelta(days=dice.choice([-5, 1, 14, 15, 16, 17]))
    for month in dice.sample(range(24), dice.choice([0, 20, 24])):
        maned = f"{2020 + month // 12}-{month % 12 + 1:02d}"
        kroner = dice.choice([0.0, -100.0, 20_000.0, 20_000.0, 20_000.0, 20_000.0])
        tables["lonn"].append({"person_id": person, "maned": maned, "kroner": kroner})
    day = date.fromisoformat(_day(dice))
    for _ in range(dice.choice([0, 2, 5])):
        tables["kandidatutfall"].append(
            {
                "id": len(tables["kandidatutfall"]) + 1, "person_id": person,
                "kandidatliste_id": dice.choice(["L1", "L2"]),
                "utfall": dice.choice(["FATT_JOBBEN", "FATT_JOBBEN", "PRESENTERT", "IKKE_PRESENTERT"]),
                "enhetsnr": dice.choice(OFFICES),
                "tidspunkt": f"{day} {dice.choice(['00:00:00', '23:59:59'])}",
            }
        )  # fmt: skip
        day += timedelta(days=dice.choice([-1, 0, 1, 20]))


def _draw_staff(dice: random.Random, tables: dict[str, Rows]) -> None:
    for office in sorted(set(OFFICES)):
        for month in dice.sample(range(24), 20):
            maned = f"{2020 + month // 12}-{month % 12 + 1:02d}"
            own, doctors = dice.randrange(400) / 8, dice.randrange(800) / 8
            tables["fravaer_ansatte"].append(
                {
                    "enhetsnr": office, "maned": maned, "avtalte_dagsverk": 600.5,
                    "egenmeldt_dagsverk": own, "legemeldt_dagsverk": doctors, "ansatte": 30.0,
                }
            )  # fmt: skip
        for _ in range(12):
            hire = {"fast": dice.random() < 0.7, "i_malgruppe": dice.random() < 0.3}
            tables["nyansettelse"].append({"enhetsnr": office, "dato": _day(dice), **hire})


def add_further(seed: int, tables: dict[str, Rows]) -> None:
    """Add the rows that only the goals outside the styringsparametere look at."""
    dice = random.Random(10_000 + seed)
    tables |= {"kvp": [], "serviceklage": [], "aktivitetskrav": []}
    persons = [row["person_id"] for row in tables["person"]]
    for person in persons:
        _draw_goals(dice, person, tables)
    _draw_ends(random.Random(40_000 + seed), persons, tables)
    # two rows with one person, fom and enhetsnr that differ elsewhere would make the extract invalid
    taken = {
        r["person_id"] for r in tables["oppfolging"] if (r["fom"], r["enhetsnr"]) == ("2019-12-02", "9001")
    }
    for person in dice.sample([person for person in persons if person not in taken], 4):
        fom = date(2019, 12, 31) + timedelta(days=dice.choice([0, 1, 2, 3, 4]))
        tables["ytelse"].append({"person_id": person, "ytelse": "AAP", "fom": str(fom), "tom": None})
        row = {"person_id": person, "enhetsnr": "9001", "fom": "2019-12-02", "tom": None}
        tables["oppfolging"].append(row | {"formidlingsgruppe": "ARBS", "innsatsgruppe": "BATT"})
    for certificate in tables["sykmelding"]:
        if dice.random() < 0.5:
            day = date.fromisoformat(certificate["fom"]) + timedelta(
                days=dice.choice([0, 14, 28, 41, 55, 56, 57])
            )
            vurdert = str(day) if dice.random() < 0.9 else None
            tables["aktivitetskrav"].append(
                {"sykmelding_id": certificate["sykmelding_id"], "vurdert": vurdert}
            )
    for office in sorted(set(OFFICES)):
        for _ in range(30):
            day = date.fromisoformat(_day(dice))
            handled = str(day + timedelta(days=dice.choice([0, 5, 20, 21, 21, 22, 40])))
            tables["serviceklage"].append(
                {
                    "enhetsnr": office, "mottatt": str(day), "tema": dice.choice(["VENTETID", None]),
                    "behandlet": handled if dice.random() < 0.8 else None,
                }
            )  # fmt: skip


def _draw_goals(dice: random.Random, person: str, tables: dict[str, Rows]) -> None:
    for _ in range(dice.choice([0, 0, 1, 2])):
        stay = {"person_id": person, "enhetsnr": dice.choice(OFFICES), **_stay(dice)}
        tables["kvp"] += [stay] * dice.choice([1, 1, 2])
    for _ in range(dice.choice([0, 1, 2])):
        code = dice.choice(["VASV", "VTA-O", "MIDLONTIL", "HOYEREUTD", "GRUPPEAMO", "MENTOR"])
        tables["tiltak"].append(
            {"person_id": person, "tiltakskode": code, "deltakerstatus": "GJENN", **_stay(dice)}
        )
    for _ in range(dice.choice([0, 1, 2])):
        tables["aktivitet"].append(
            {
                "person_id": person,
                "type": dice.choice(["BEHANDLING", "BEHANDLING", "UTDANNINGSAKTIVITET"]),
                "status": dice.choice(["GJENNOMFORES", "GJENNOMFORES", "FULLFORT", "PLANLAGT"]),
                **_stay(dice),
            }
        )
    for _ in range(dice.choice([0, 1])):
        benefit = dice.choice(["SP", "UFO", "TP"])
        tables["ytelse"].append({"person_id": person, "ytelse": benefit, **_stay(dice)})


def _draw_ends(dice: random.Random, persons: list[str], tables: dict[str, Rows]) -> None:
    """Dagpenger with weeks left about 26, uføretrygd about 30 days after AAP, and jobbstøtte."""
    ends = [row for row in tables["ytelse"] if row["ytelse"] == "AAP" and row["tom"]]
    for row in dice.sample(ends, min(len(ends), len(persons) // 2)):
        fom = date.fromisoformat(row["tom"]) + timedelta(days=dice.choice([-9, 0, 1, 1, 15, 29, 30, 31]))
        tom = dice.choice([None, str(fom), str(fom + timedelta(days=9))])
        further = {"person_id": row["person_id"], "ytelse": "UFO", "fom": str(fom), "tom": tom}
        tables["ytelse"].append(further)
    for person in persons:
        if dice.random() < 0.5:
            stay = _stay(dice)
            left = {"uker_igjen": dice.choice([None, -1.0, 0.0, 13.5, 20.0, 25.0, 26.0, 27.0, 60.0])}
            kind = dice.choice(["DAG", "DAG", "DAG", "DAG_PERM"])
            tables["ytelse"].append({"person_id": person, "ytelse": kind, **stay, **left})
        if dice.random() < 0.15:
            code = dice.choice(["INDJOBSTOT", "IPSUNG", "DIGIOPPARB", "JOBBK", "JOBBKLUBB", "JOBBBONUS"])
            row = {"person_id": person, "tiltakskode": code, "deltakerstatus": "GJENN"}
            tables["tiltak"].append(row | _stay(dice))


def _day(dice: random.Random) -> str:
    """A day in or near the cover, most often at the edge of a month."""
    day = date(2019, 10, 1) + timedelta(days=dice.randrange(830))
    first = day.replace(day=1)
    return str(
        dice.choice(
            [day, first, first - timedelta(days=1), first - timedelta(days=2), first + timedelta(days=1)]
        )
    )


def _stay(dice: random.Random) -> dict[str, Any]:
    fom = _day(dice)
    if dice.random() < 0.15:
        return {"fom": fom, "tom": None}
    return {"fom": fom, "tom": str(date.fromisoformat(fom) + timedelta(days=dice.choice(LENGTHS)))}
