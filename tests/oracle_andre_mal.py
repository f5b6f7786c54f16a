"""The goals outside the styringsparametere once more, day by day, by the words of their definitions.

Read beside `navbook.indicators.andre_mal`, with which it shares no code. Codes stand here as the letters and
the code lists have them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from oracle import IN_TILTAK, ONE_DAY, Row, age_on, covers, d, day_of, f, month_plus
from oracle_forlop import ALIAS, EventOracle, Member, cases, days_of

DECIDED = {"IKVAL", "BFORM", "BATT", "VARIG"}
HEALTH = {"AAP", "SP", "UFO"}
COURSES_AND_EDUCATION, EDUCATION = {"GRUPPEAMO", "HOYEREUTD"}, {"HOYEREUTD"}
ORDINARY_PLACE = {"ARBTREN", "VATIAROR", "MIDLONTIL", "MENTOR"}
SUPPORT = (
    ("g23_ips", "INDJOBSTOT", {"INDJOBSTOT"}), ("g23_ips", "IPSUNG", {"IPSUNG"}),
    ("g13_jobbklubb", "DIGIOPPARB", {"DIGIOPPARB"}), ("g13_jobbklubb", "JOBBK", {"JOBBK", "JOBBBONUS"}),
)  # fmt: skip
EVERYONE = ("alle", "IKVAL", "BFORM", "BATT", "VARIG", "landgruppe3", "AAP")
FORMS = {"dialog": "DIALOG", "mote": "MOTE", "samtale": "SAMTALE"}
GOALS = [
    ("f02_aktivitetskrav_8u", "med_arbeidsgiver"), ("f02_aktivitetskrav_8u", "uten_arbeidsgiver"),
    ("f05_avklart_12u", "alle"), ("f05_avklart_12u", "under30"),
    ("f06_aap_utlop", "alle"), ("f06_aap_utlop", "under30"),
    ("f09_serviceklager_frist", "alle"), ("f10_serviceklager", "alle"),
    ("g01_aap_varighet", "over_ett_ar"), ("g01_aap_varighet", "over_to_ar"), ("g01_aap_opphold", "alle"),
    ("g03_aap_til_ufor", "alle"),
    ("g04_behandling_aktivitet", "alle"), ("g05_unge_helseytelser", "alle"), ("g06_kvp", "alle"),
    ("g07_vta_ordinaer", "alle"), ("g09_kvalifiserende_tiltak", "alle"),
    ("g10_midlertidig_lonnstilskudd", "alle"), ("g11_ordinaert_arbeidsliv", "alle"),
    *[("g13_kontakt", group) for group in (*EVERYONE, "langtid")],
    *[("g13_bare_dialog", group) for group in ("alle", "IKVAL", "BFORM", "BATT", "VARIG")],
    *[("g13_aktivitet", group) for group in EVERYONE],
    *[("g13_kontaktform", form) for form in FORMS],
    ("g13_initiativ", "fra_bruker"), ("g13_initiativ", "fra_nav"),
    ("g13_mote_avbrutt", "alle"),
    *[("f14_unge_kontaktform", f"{group}_{form}") for group in ("BFORM", "BATT") for form in FORMS],
    ("g13_jobbklubb", "DIGIOPPARB"), ("g13_jobbklubb", "JOBBK"),
    ("g18_dagpenger_slutt", "hoyst_26"), ("g18_dagpenger_slutt", "under_26"),
    ("g23_ips", "INDJOBSTOT"), ("g23_ips", "IPSUNG"),
    *[("g16_gradert_kurve", f"uke{weeks}") for weeks in (4, 8, 12, 26)],
    ("g47_arbeid_utdanning", "alle"), ("g47_arbeid_utdanning", "under30"),
]  # fmt: skip
GOAL_LAGS = {
    "f02_aktivitetskrav_8u": 1, "f05_avklart_12u": 1, "f06_aap_utlop": 3, "f09_serviceklager_frist": 1,
    "g01_aap_opphold": 1, "g03_aap_til_ufor": 2, "g16_gradert_kurve": 1, "g47_arbeid_utdanning": 6,
}  # fmt: skip
THIRTY_DAYS = {
    "g13_kontakt", "g13_bare_dialog", "g13_kontaktform", "g13_initiativ", "g13_mote_avbrutt",
    "f14_unge_kontaktform",
}  # fmt: skip
PURE_GOALS = {
    "f10_serviceklager", "g06_kvp", "g09_kvalifiserende_tiltak", "g10_midlertidig_lonnstilskudd",
    "g13_jobbklubb", "g23_ips",
}  # fmt: skip


class GoalOracle(EventOracle):
    """The contract's series and those of the further goals."""

    def all_series(self) -> list[tuple[str, str]]:
        return [*super().all_series(), *GOALS]

    def lag_of(self, indikator: str) -> int:
        return GOAL_LAGS.get(indikator, super().lag_of(indikator))

    def is_pure(self, indikator: str) -> bool:
        return indikator in PURE_GOALS or super().is_pure(indikator)

    def _window(self, name: str, month: str, gruppe: str) -> tuple[date, date]:
        first, last = f(month), d(month)
        back = {
            ("f02_aktivitetskrav_8u", gruppe): first - timedelta(days=73),
            ("f05_avklart_12u", gruppe): first - timedelta(days=101),
            ("g01_aap_varighet", "over_ett_ar"): last - timedelta(days=378),
            ("g01_aap_varighet", "over_to_ar"): last - timedelta(days=743),
            ("g01_aap_opphold", gruppe): first - timedelta(days=183),
            ("g16_gradert_kurve", "uke4"): first - timedelta(days=45),
            ("g16_gradert_kurve", "uke8"): first - timedelta(days=73),
            ("g16_gradert_kurve", "uke12"): first - timedelta(days=101),
            ("g16_gradert_kurve", "uke26"): first - timedelta(days=199),
        }
        if (name, gruppe) in back:
            return back[name, gruppe], last
        if name in THIRTY_DAYS and gruppe != "langtid":
            return last - timedelta(days=29), last
        if name == "f06_aap_utlop":
            return last, d(month_plus(month, 2)) + timedelta(days=15)
        if name == "g03_aap_til_ufor":
            return first, last + timedelta(days=30)
        if name == "f09_serviceklager_frist":
            return first, last + timedelta(days=21)
        if name == "g47_arbeid_utdanning":
            return d(month_plus(month, -5)), d(month_plus(month, 6))
        return super()._window(name, month, gruppe)

    def happened(self, person: str, month: str) -> list[Member]:
        return [
            *super().happened(person, month),
            *self._sick_leave(person, month),
            *self._aap_ends(person, month),
            *self._aap_gaps(person, month),
            *self._aap_to_disability(person, month),
            *self._programme(person, month),
            *self._work_or_study(person, month),
            *self._stock(person, month),
        ]

    # --- sick leave ---

    def _sick_leave(self, person: str, month: str) -> Iterator[Member]:
        for employer in (True, False):
            rows = [
                row for row in self.rows_of("sykmelding", person) if bool(row["arbeidsgiver"]) == employer
            ]
            for case in cases(rows, 16):
                for days in (28, 56, 84, 182):
                    day = day_of(case[0]["fom"]) + timedelta(days=days)
                    covering = [row for row in case if covers(row, day)]
                    if covering and f(month) <= day <= d(month):
                        yield from self._passed(person, month, case, covering, day, days, employer)

    def _passed(
        self,
        person: str,
        month: str,
        case: list[Row],
        covering: list[Row],
        day: date,
        days: int,
        employer: bool,
    ) -> Iterator[Member]:
        office = max(covering, key=lambda row: (day_of(row["fom"]), row["enhetsnr"]))["enhetsnr"]
        if employer:
            grades = [
                row["grad"] for row in covering if row["type"] == "ORDINAER" and row["grad"] is not None
            ]
            yield "g16_gradert_kurve", f"uke{days // 7}", office, any(grade < 100 for grade in grades), 1
        if days == 56:
            own = {row["sykmelding_id"] for row in case}
            assessed = any(
                row["sykmelding_id"] in own and row["vurdert"] and day_of(row["vurdert"]) <= day
                for row in self.tables["aktivitetskrav"]
            )
            group = "med_arbeidsgiver" if employer else "uten_arbeidsgiver"
            yield "f02_aktivitetskrav_8u", group, office, assessed, 1
        if days == 84 and not employer:
            followed = self.followed_up(person, day)
            clarified = followed is not None and followed.get("innsatsgruppe") in DECIDED
            yield "f05_avklart_12u", "alle", office, clarified, 1
            if self._young(person, month):
                yield "f05_avklart_12u", "under30", office, clarified, 1

    # --- AAP ---

    def _aap_rows(self, person: str) -> list[Row]:
        return [row for row in self.by_person["ytelse"][person] if row["ytelse"] == "AAP"]

    def _aap_ends(self, person: str, month: str) -> Iterator[Member]:
        """Decisions are rows that overlap; the one of d(m) ends in the two months after."""
        followed = self.followed_up(person, d(month))
        decisions = [
            (day_of(case[0]["fom"]), max(day_of(row.get("tom")) or date.max for row in case))
            for case in cases(self._aap_rows(person), -1)
        ]
        current = [tom for fom, tom in decisions if fom <= d(month) <= tom]
        if followed is None or not current or not d(month) < current[0] <= d(month_plus(month, 2)):
            return
        again = any(1 <= (fom - current[0]).days <= 15 for fom, _ in decisions)
        yield "f06_aap_utlop", "alle", followed["enhetsnr"], again, 1
        if self._young(person, month):
            yield "f06_aap_utlop", "under30", followed["enhetsnr"], again, 1

    def _aap_gaps(self, person: str, month: str) -> Iterator[Member]:
        if not self._aap_rows(person):
            return
        for day in days_of(month):
            if not self.has_aap(person, day) or self.has_aap(person, day - ONE_DAY):
                continue
            gap = next((k for k in range(1, 183) if self.has_aap(person, day - ONE_DAY * (k + 1))), None)
            followed = self.followed_up(person, day)
            if gap is not None and followed is not None:
                yield "g01_aap_opphold", "alle", followed["enhetsnr"], gap > 14, 1

    def _aap_to_disability(self, person: str, month: str) -> Iterator[Member]:
        """The last day of AAP is followed by 15 days without."""
        if not self._aap_rows(person):
            return
        for day in days_of(month):
            after = [day + ONE_DAY * k for k in range(1, 31)]
            if not self.has_aap(person, day) or any(self.has_aap(person, later) for later in after[:15]):
                continue
            followed = self.followed_up(person, day)
            if followed is not None and self.resident(person, after[-1]):
                disabled = any(
                    row["ytelse"] == "UFO" and covers(row, later)
                    for row in self.by_person["ytelse"][person]
                    for later in after
                )
                yield "g03_aap_til_ufor", "alle", followed["enhetsnr"], disabled, 1

    def _days_on_aap(self, person: str, last: date) -> int:
        """Days on AAP up to `last`, gaps of at most 14 days included; nobody looks further than two years."""
        start, gap = last, 0
        while gap <= 14 and (last - start).days < 730:
            before = start - ONE_DAY * (gap + 1)
            if self.has_aap(person, before):
                start, gap = before, 0
            else:
                gap += 1
        return (last - start).days + 1

    # --- who is there on d(m) ---

    def _stock(self, person: str, month: str) -> Iterator[Member]:
        day = d(month)
        followed = self.followed_up(person, day)
        if followed is None:
            return
        office = followed["enhetsnr"]
        if self.has_aap(person, day):
            length = self._days_on_aap(person, day)
            yield "g01_aap_varighet", "over_ett_ar", office, length >= 365, 1
            yield "g01_aap_varighet", "over_to_ar", office, length >= 730, 1
            active = self.in_work(person, day) or self.in_tiltak(person, day)
            active = active or bool(self.activity_types(person, month))
            yield "g04_behandling_aktivitet", "alle", office, active and self._treated(person, month), 1
        if age_on(day_of(self.persons[person]["fodselsdato"]), day) <= 29:
            paid = any(
                row["ytelse"] in HEALTH and covers(row, day) for row in self.by_person["ytelse"][person]
            )
            yield "g05_unge_helseytelser", "alle", office, paid, 1
        yield from self._near_the_end(person, day, office)
        yield from self._measures(person, day, office)
        yield from self._looked_after(person, month, followed)

    def _near_the_end(self, person: str, day: date, office: str) -> Iterator[Member]:
        """Days left of ordinary dagpenger: seven for each week left at the end, and those until then."""
        taken = self.manifest["uttrekksdato"]
        left = [
            7 * row["uker_igjen"] + (min(day_of(row.get("tom")) or taken, taken) - day).days
            for row in self.by_person["ytelse"][person]
            if row["ytelse"] == "DAG"
            and row.get("uker_igjen") is not None
            and row["uker_igjen"] >= 0
            and covers(row, day)
        ]
        if left:
            yield "g18_dagpenger_slutt", "hoyst_26", office, min(left) <= 26 * 7, 1
            yield "g18_dagpenger_slutt", "under_26", office, min(left) < 26 * 7, 1

    # --- contact and activity ---

    def _looked_after(self, person: str, month: str, followed: Row) -> Iterator[Member]:
        """Contacts of the last 30 days, and activity, of one who is followed up on d(m)."""
        office, decision = followed["enhetsnr"], followed.get("innsatsgruppe")
        groups = [group for group in self._groups_of(person, month) if group in EVERYONE]
        real = [
            row
            for row in self.by_person["kontakt"][person]
            if 0 <= (d(month) - day_of(row["dato"])).days < 30 and not row.get("automatisk")
        ]
        held = [row for row in real if row.get("status") != "AVBRUTT"]
        kinds = {row["type"] for row in held}
        active = bool(self.activity_types(person, month)) or self.in_tiltak(person, d(month))
        active = active or self.in_work(person, d(month))
        for group in groups:
            yield "g13_kontakt", group, office, bool(held), 1
            yield "g13_aktivitet", group, office, active, 1
            if held and group in ("alle", *DECIDED):
                yield "g13_bare_dialog", group, office, kinds == {"DIALOG"}, 1
        if self.long_term(person, month):
            yield "g13_kontakt", "langtid", office, bool(held), 1
        for form, kind in FORMS.items():
            yield "g13_kontaktform", form, office, kind in kinds, 1
            if self._young(person, month) and decision in ("BFORM", "BATT"):
                yield "f14_unge_kontaktform", f"{decision}_{form}", office, kind in kinds, 1
        writers = {bool(row.get("fra_bruker")) for row in held if row["type"] == "DIALOG"}
        if writers:
            yield "g13_initiativ", "fra_bruker", office, True in writers, 1
            yield "g13_initiativ", "fra_nav", office, False in writers, 1
        meetings = [row for row in real if row["type"] == "MOTE"]
        if meetings:
            off = any(row.get("status") == "AVBRUTT" for row in meetings)
            yield "g13_mote_avbrutt", "alle", office, off, 1

    def _groups_of(self, person: str, month: str) -> set[str]:
        return {group for _, group, _, _ in self._portfolio(person, month)}

    def _treated(self, person: str, month: str) -> bool:
        for row in self.by_person["aktivitet"][person]:
            tom = day_of(row.get("tom"))
            if row["type"] == "BEHANDLING" and day_of(row["fom"]) <= d(month):
                if row["status"] == "GJENNOMFORES" and (tom is None or tom >= d(month)):
                    return True
                if row["status"] == "FULLFORT" and tom is not None and tom >= f(month):
                    return True
        return False

    def _codes(self, person: str, day: date) -> set[str]:
        return {
            ALIAS.get(row["tiltakskode"], row["tiltakskode"])
            for row in self.by_person["tiltak"][person]
            if row["deltakerstatus"] in IN_TILTAK and covers(row, day)
        }

    def _measures(self, person: str, day: date, office: str) -> Iterator[Member]:
        codes = self._codes(person, day)
        if not codes:
            return
        yield "g11_ordinaert_arbeidsliv", "alle", office, bool(codes & ORDINARY_PLACE), 1
        if codes & {"VASV", "VATIAROR"}:
            yield "g07_vta_ordinaer", "alle", office, "VATIAROR" in codes, 1
        if codes & COURSES_AND_EDUCATION:
            yield "g09_kvalifiserende_tiltak", "alle", office, 1, None
        if "MIDLONTIL" in codes:
            yield "g10_midlertidig_lonnstilskudd", "alle", office, 1, None
        for name, group, among in SUPPORT:
            if codes & among:
                yield name, group, office, 1, None

    def _programme(self, person: str, month: str) -> Iterator[Member]:
        rows = [row for row in self.rows_of("kvp", person) if covers(row, d(month))]
        if rows and self.resident(person, d(month)):
            newest = max(rows, key=lambda row: (day_of(row["fom"]), row["enhetsnr"]))
            yield "g06_kvp", "alle", newest["enhetsnr"], 1, None

    # --- six months after ---

    def _work_or_study(self, person: str, month: str) -> Iterator[Member]:
        outcome = d(month_plus(month, 6))
        groups = {"ota_arbs": "alle", "ota_nedsatt": "alle", "ota_u30": "under30"}
        for indikator, gruppe, office, works in self._ota(person, month):
            if indikator in groups and gruppe == "alle":
                success = works or self._studies(person, outcome)
                yield "g47_arbeid_utdanning", groups[indikator], office, success, 1

    def _studies(self, person: str, day: date) -> bool:
        activity = any(
            row["type"] == "UTDANNINGSAKTIVITET"
            and row["status"] in ("GJENNOMFORES", "FULLFORT")
            and covers(row, day)
            for row in self.by_person["aktivitet"][person]
        )
        return activity or bool(self._codes(person, day) & EDUCATION)

    # --- what offices report of themselves ---

    def reported(self, month: str) -> Iterator[Member]:
        yield from super().reported(month)
        for row in self.tables["serviceklage"]:
            if f(month) <= day_of(row["mottatt"]) <= d(month):
                handled = day_of(row["behandlet"])
                in_time = handled is not None and (handled - day_of(row["mottatt"])).days <= 21
                yield "f09_serviceklager_frist", "alle", row["enhetsnr"], in_time, 1
                yield "f10_serviceklager", "alle", row["enhetsnr"], 1, None
