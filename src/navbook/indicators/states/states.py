"""The derived states of the contract, computed once per extract and used by all families.

A state is a table of disjoint intervals of days (`person_id, fom, tom`) or ranges of months (`fra, til`).
No state reaches past a person's death or emigration, or past the cover of the extract.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from weakref import WeakKeyDictionary, ref

import ibis
import ibis.expr.types as ir

from navbook.extract import Extract
from navbook.extract.codes import (
    arbeidsrettede_aktivitetstyper,
    deltakerstatus_deltar,
    innsatsgrupper_under_oppfolging,
    landgruppe3,
    landgruppe3_fotnote5,
)
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.states.intervals import (
    merged_with_neighbours,
    resolve_overlaps,
    split_by,
    with_overlaps,
    with_spell,
)
from navbook.indicators.states.months import (
    days_after,
    last_ended,
    literal_day,
    month_of,
    month_ranges,
    month_reaching,
    with_months,
)
from navbook.indicators.states.shared_tables import shared_table

_NEDSATT_BY_DECISION = ("BATT", "VARIG")


_made: WeakKeyDictionary[Extract, "States"] = WeakKeyDictionary()


def states_of(extract: Extract) -> "States":
    """The states of an extract; the same object for as long as the extract is open."""
    if extract not in _made:
        _made[extract] = States(extract)
    return _made[extract]


class States:
    """Lazy tables over one extract; tables that several families read are kept in its engine."""

    def __init__(self, extract: Extract) -> None:
        self._extract = ref(extract)
        self.siste_kjente_dag = extract.manifest.dekker_tom
        self._kept: dict[str, ir.Table] = {}

    @property
    def extract(self) -> Extract:
        """The extract the states are of."""
        extract = self._extract()
        if extract is None:
            raise ReferenceError("the extract of these states has been closed")
        return extract

    def shared(self, name: str, make: Callable[[], ir.Table]) -> ir.Table:
        """The state of that name: read from another process of this run, or computed here and kept."""
        return shared_table(self.extract, name, lambda: self.keep(name, make()))

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        """The same table, computed now and held in the engine until the extract is closed."""
        if name not in self._kept:
            self._kept[name] = self.extract.engine.keep(f"tilstand_{name}", table)
        return self._kept[name]

    @cached_property
    def personer(self) -> ir.Table:
        """Per person: the last day as resident (`siste_dag`), and the months that reach age limits."""
        return self.shared("person", self._personer)

    def _personer(self) -> ir.Table:
        # `distinct` also removes equal rows, so the cheaper `rows` is enough
        person = self.extract.rows("person")
        person = person.select("person_id", "fodselsdato", "dodsdato", "utvandringsdato").distinct()
        after = literal_day(self.siste_kjente_dag + timedelta(days=1))
        gone = ibis.least(ibis.coalesce(person.dodsdato, after), ibis.coalesce(person.utvandringsdato, after))
        last = days_after(ibis.least(gone, after), -1)
        born = person.fodselsdato
        return person.select(
            "person_id",
            siste_dag=last,
            bosatt_til=last_ended(last),
            fyller_yngste=month_reaching(born, SETTINGS.yngste_alder),
            fyller_ung=month_reaching(born, SETTINGS.ung_til_og_med + 1),
            fyller_eldste=month_reaching(born, SETTINGS.eldste_alder + 1),
        )

    def with_landgruppe(self, rows: ir.Table) -> ir.Table:
        """The rows with `landgruppe3` and `fotnote5`: whether the person was born there, by each reading."""
        born = self._fodt_i_landgruppe3.rename(hvem="person_id")
        marked = rows.left_join(born, rows.person_id == born.hvem)
        marks = {name: marked[name].fill_null(False) for name in ("landgruppe3", "fotnote5")}
        return marked.mutate(**marks).drop("hvem")

    @cached_property
    def _fodt_i_landgruppe3(self) -> ir.Table:
        """The persons born in landgruppe 3 by either reading; few indicators need this table."""
        return self.shared("fodt_i_landgruppe3", self._find_fodt_i_landgruppe3)

    def _find_fodt_i_landgruppe3(self) -> ir.Table:
        person = self.extract.rows("person").select("person_id", "fodeland")
        either = sorted(landgruppe3() | landgruppe3_fotnote5())
        person = person.filter(person.fodeland.isin(either)).distinct()
        return person.select(
            "person_id",
            landgruppe3=person.fodeland.isin(sorted(landgruppe3())),
            fotnote5=person.fodeland.isin(sorted(landgruppe3_fotnote5())),
        )

    def within_cover(self, rows: ir.Table) -> ir.Table:
        """The rows cut at the last day of the cover; an open `tom` becomes that day."""
        edge = literal_day(self.siste_kjente_dag)
        ended = rows.mutate(tom=ibis.least(ibis.coalesce(rows.tom, edge), edge))
        return ended.filter(ended.fom <= ended.tom)

    @cached_property
    def kvalifiserende(self) -> ir.Table:
        """The rows of `oppfolging` that put a resident under oppfølging; several may cover a day.

        Columns: person_id, fom, tom, enhetsnr, arbs, innsatsgruppe (empty text if none), permittert.
        """
        rows = self.within_cover(self.extract.rows("oppfolging"))
        rows = rows.mutate(innsatsgruppe=rows.innsatsgruppe.fill_null(""))
        arbs = rows.formidlingsgruppe == "ARBS"
        followed_up = (rows.formidlingsgruppe == "IARBS") & rows.innsatsgruppe.isin(
            sorted(innsatsgrupper_under_oppfolging())
        )
        rows = rows.filter(arbs | followed_up).mutate(arbs=arbs)
        return rows.select("person_id", "fom", "tom", "enhetsnr", "arbs", "innsatsgruppe", "permittert")

    @cached_property
    def under_oppfolging(self) -> ir.Table:
        """Disjoint intervals under oppfølging, split where AAP begins and ends.

        Columns: person_id, fom, tom, enhetsnr, innsatsgruppe (empty text if none), permittert, aap, nedsatt,
        arbeidssoker; fra and til, the first and the last month that ends in them (none if fra > til).
        """
        return self.shared("under_oppfolging", self._under_oppfolging)

    def _under_oppfolging(self) -> ir.Table:
        rows = self.kvalifiserende
        # only the few who die or emigrate are joined
        gone = self.personer.filter(self.personer.siste_dag < literal_day(self.siste_kjente_dag))
        gone = gone.select(borte="person_id", siste_dag="siste_dag")
        rows = rows.left_join(gone, rows.person_id == gone.borte)
        rows = rows.mutate(tom=ibis.coalesce(ibis.least(rows.tom, rows.siste_dag), rows.tom))
        rows = rows.drop("borte", "siste_dag")
        rows = self.keep("bosatte_rader", rows.filter(rows.fom <= rows.tom))
        won = resolve_overlaps(rows, self.keep("overlappende", with_overlaps(rows)))
        stays = split_by(won, self._perioder_med_aap, "aap")
        nedsatt = stays.aap | stays.innsatsgruppe.isin(_NEDSATT_BY_DECISION)
        stays = stays.mutate(nedsatt=nedsatt, arbeidssoker=stays.arbs & ~nedsatt).drop("arbs")
        return with_months(stays)

    @cached_property
    def aap(self) -> ir.Table:
        """Days covered by AAP, merged."""
        return self._perioder_med_aap.select("person_id", "fom", "tom")

    @cached_property
    def _perioder_med_aap(self) -> ir.Table:
        return self.shared("aap", self._aap)

    def _aap(self) -> ir.Table:
        rows = self.extract.rows("ytelse")
        rows = self.within_cover(rows.filter(rows.ytelse == "AAP").select("person_id", "fom", "tom"))
        return merged_with_neighbours(rows)

    @cached_property
    def maneder_under_oppfolging(self) -> ir.Table:
        """The stays that contain a counting date, as ranges of months; cheaper to recompute than to keep."""
        stays = self.under_oppfolging
        return stays.filter(stays.fra <= stays.til).drop("fom", "tom")

    @cached_property
    def arbeidssoker(self) -> ir.Table:
        """Ranges of months as arbeidssøker on the counting date."""
        ranges = self.maneder_under_oppfolging
        return ranges.filter(ranges.arbeidssoker)

    @cached_property
    def nedsatt(self) -> ir.Table:
        """Ranges of months with nedsatt arbeidsevne on the counting date."""
        ranges = self.maneder_under_oppfolging
        return ranges.filter(ranges.nedsatt)

    @cached_property
    def langtid(self) -> ir.Table:
        """Ranges of months as langtids on the counting date: the days from the 182nd of a run onwards."""
        return self.shared("langtid", self._langtid)

    def _langtid(self) -> ir.Table:
        days = self.under_oppfolging.filter(self.under_oppfolging.arbeidssoker)
        runs = with_spell(days, SETTINGS.langtid_hull)
        long_enough = days_after(runs.start, SETTINGS.langtid_dager - 1)
        runs = runs.mutate(fom=ibis.greatest(runs.fom, long_enough)).drop("start", "slutt")
        return month_ranges(runs.filter(runs.fom <= runs.tom)).drop("fom", "tom")

    @cached_property
    def i_arbeid(self) -> ir.Table:
        """Days with stillingsprosent above 0; several rows may cover a day, and rows may be equal."""
        rows = self.extract.rows("arbeidsforhold")
        return self.within_cover(rows.filter(rows.stillingsprosent > 0).select("person_id", "fom", "tom"))

    @cached_property
    def i_tiltak(self) -> ir.Table:
        """Days in a tiltak, whatever its code; several may cover a day."""
        return self.deltakelser.select("person_id", "fom", "tom")

    @cached_property
    def deltakelser(self) -> ir.Table:
        """Days in each tiltak: person_id, tiltakskode, fom, tom; several rows may cover a day."""
        rows = self.extract.table("tiltak")
        taking_part = rows.filter(rows.deltakerstatus.isin(sorted(deltakerstatus_deltar())))
        return self.within_cover(taking_part.select("person_id", "tiltakskode", "fom", "tom"))

    @cached_property
    def arbeidsrettet(self) -> ir.Table:
        """The rows of `aktivitet` of a type that counts, duplicates included; `smal` marks IJOBB."""
        rows = self.extract.rows("aktivitet")
        rows = rows.filter(rows.type.isin(sorted(arbeidsrettede_aktivitetstyper())))
        return rows.mutate(smal=rows.type == "IJOBB")

    @cached_property
    def dager_med_aktivitet(self) -> ir.Table:
        """Days in work, in tiltak or covered by an arbeidsrettet aktivitet that runs or is finished."""
        rows = self.arbeidsrettet
        begun = self.within_cover(rows.filter(rows.status.isin(("GJENNOMFORES", "FULLFORT"))))
        return self.i_arbeid.union(self.i_tiltak, begun.select("person_id", "fom", "tom"))

    @cached_property
    def maneder_med_aktivitet(self) -> ir.Table:
        """Ranges of months with arbeidsrettet aktivitet, work or tiltak; `smal` marks work, tiltak or IJOBB.

        A finished activity counts in every month it overlaps, a running one if it covers the counting date.
        """
        begun = self._months_begun(self.arbeidsrettet).select("person_id", "fra", "til", "smal")
        narrow = month_ranges(self.i_arbeid.union(self.i_tiltak)).mutate(smal=ibis.literal(True))
        return begun.union(narrow.select("person_id", "fra", "til", "smal"))

    @cached_property
    def maneder_med_behandling(self) -> ir.Table:
        """Ranges of months with medical treatment, by the same rule as an arbeidsrettet aktivitet."""
        rows = self.extract.table("aktivitet")
        return self._months_begun(rows.filter(rows.type == "BEHANDLING")).select("person_id", "fra", "til")

    def _months_begun(self, rows: ir.Table) -> ir.Table:
        """The rows of `aktivitet` with the months `fra` to `til` in which they run or are finished."""
        running = month_ranges(self.within_cover(rows.filter(rows.status == "GJENNOMFORES")))
        finished = self.within_cover(rows.filter((rows.status == "FULLFORT") & rows.tom.notnull()))
        finished = finished.mutate(fra=month_of(finished.fom), til=month_of(finished.tom))
        return running.union(finished)
