"""AAP at 26 weeks: the share in work or in tiltak of those whose AAP spell reaches 26 weeks."""

from pathlib import Path
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from navbook.extract import Extract
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Window
from navbook.indicators.definition.known_months import computable
from navbook.indicators.definition.settings import SETTINGS
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.private_paths import destination, make_private_parent
from navbook.indicators.states.follow_up_office import follow_up_office
from navbook.indicators.states.intervals import with_spell
from navbook.indicators.states.months import days_after, index_of, month_at, month_of
from navbook.indicators.states.states import States, states_of

if TYPE_CHECKING:
    import pandas as pd

AAP_26U = Indicator(
    id="aap_26u",
    navn="Andel AAP-mottakere som er i arbeid eller tiltak på 26-ukers-tidspunktet",
    kortnavn="AAP-mottakere i arbeid eller tiltak",
    familie="aap_26u",
    type="andel",
    lag=1,
    vindu=Window(
        fom=Edge(anker="forste_dag", dager=-SETTINGS.aap_dager - SETTINGS.aap_hull - 1),
        tom=Edge(),
        tekst="f(m)-197 til d(m)",
    ),
    grupper=(
        Group(id="alle", navn="Alle"),
        Group(
            id="under30",
            navn="Under 30 år",
            avgrensning="29 år eller yngre siste dag i måneden.",
            delmengde_av="alle",
        ),
    ),
    populasjon=(
        "Personer med AAP som når dag 182 i et AAP-forløp i måneden, som fortsatt har AAP den dagen, og som "
        "er under oppfølging."
    ),
    teller="De i nevneren som er i arbeid (stillingsprosent over 0) eller i tiltak den dagen.",
    nevner="Alle AAP-forløp som passerer 26 uker i måneden. Et forløp telles én gang.",
    dato="182 kalenderdager etter forløpets første dag. Måneden er den som dagen faller i.",
    register="Ytelse (AAP), oppfølging, arbeidsforhold, tiltak og person (alder, bosted).",
    merkelapp="PROPOSED",
    kilde="Regelen er bokens egen: brevet sier ikke hva 26-ukers-tidspunktet er.",
    valg=(
        "Vedtak med inntil 14 dager imellom er samme forløp. En person kan ha flere forløp.",
        "26 uker regnes én gang per forløp, ikke hver 26. uke.",
        "Den som ikke er under oppfølging den dagen, har ikke noe kontor og telles ikke.",
        "Kontoret er det som følger opp den dagen.",
    ),
    maler_ikke=(
        "De som har gått ut av AAP før 26 uker, også dem som har kommet i arbeid.",
        "Hvor mye de arbeider, eller om arbeid og tiltak er ett og samme sted.",
        "Om personen har helse til arbeid eller tiltak.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "arbeidsforhold", "tiltak"),
    innstillinger={
        "aap_dager": SETTINGS.aap_dager,
        "aap_hull": SETTINGS.aap_hull,
        "ung_til_og_med": SETTINGS.ung_til_og_med,
    },
)


def passeringer(states: States, first: str, last: str) -> ir.Table:
    """AAP spells that pass 26 weeks in the months from `first` to `last`: person_id, `dag` and month `m`."""
    spells = with_spell(states.aap, SETTINGS.aap_hull)
    spells = spells.mutate(dag=days_after(spells.start, SETTINGS.aap_dager))
    passed = spells.filter(spells.fom <= spells.dag, spells.tom >= spells.dag)
    passed = passed.select("person_id", "dag", m=month_of(passed.dag))
    return passed.filter(passed.m.between(index_of(first), index_of(last)))


def uten_kontor(extract: Extract) -> "pd.DataFrame":
    """The passings without an office, since the person is not under oppfølging that day.

    Columns `maned`, `passert` (all passings) and `uten_kontor`; one row for each computable month with a
    passing, in order. Empty for a counts-only extract.
    """
    import pandas as pd  # imported late: counting does not need it

    months = () if extract.counts_only else computable(AAP_26U.vindu, AAP_26U.lag, extract.manifest)
    if not months:
        return pd.DataFrame(columns=["maned", "passert", "uten_kontor"])
    states = states_of(extract)
    passed = passeringer(states, months[0], months[-1])
    known = follow_up_office(states, passed).select("person_id", "dag").mutate(kontor=ibis.literal(True))
    rows = passed.left_join(known, ["person_id", "dag"])
    by_month = rows.group_by("m").aggregate(passert=rows.count(), uten_kontor=rows.kontor.isnull().sum())
    found = by_month.order_by("m").to_pandas()
    return found.assign(maned=found.m.map(month_at).astype(str))[["maned", "passert", "uten_kontor"]]


def write_uten_kontor(left_out: "pd.DataFrame", counts: Path) -> Path:
    """Write the result of `uten_kontor` as `<stem>_utelatt.parquet` next to the counts; return its path."""
    path = destination(counts).with_name(f"{counts.stem}_utelatt.parquet")
    make_private_parent(path)
    left_out.to_parquet(path, index=False)
    return path


def count(states: States, first: str, last: str) -> Counts:
    """x and n of every group for months from `first` to `last`."""
    rows = follow_up_office(states, passeringer(states, first, last))
    rows = rows.inner_join(states.personer.select("person_id", "fyller_ung"), "person_id")
    rows = states.keep(f"aap_26u_{index_of(first)}_{index_of(last)}", rows)
    busy = states.i_arbeid.union(states.i_tiltak).select("person_id", b_fom="fom", b_tom="tom")
    on_the_day = ["person_id", busy.b_fom <= rows.dag, busy.b_tom >= rows.dag]
    active, idle = rows.semi_join(busy, on_the_day), rows.anti_join(busy, on_the_day)
    rows = active.mutate(i_gang=ibis.literal(True)).union(idle.mutate(i_gang=ibis.literal(False)))
    series = {
        ("aap_26u", "alle"): rows.person_id.notnull(),
        ("aap_26u", "under30"): rows.m < rows.fyller_ung,
    }
    return tally(rows, x={key: mask & rows.i_gang for key, mask in series.items()}, n=series)


FAMILY = Family(id="aap_26u", navn="AAP ved 26 uker", indikatorer=(AAP_26U,), query=count)
