"""Formidlinger: candidates who got the job, by the last outcome of each list in the month."""

import ibis

from navbook.extract.codes import innsatsgrupper
from navbook.indicators.definition.declaration import Edge, Group, Indicator, Sammenheng, Window
from navbook.indicators.definition.tally import Counts, tally
from navbook.indicators.family import Family
from navbook.indicators.states.months import index_of, month_of
from navbook.indicators.states.states import States

GRUPPER = ("BFORM", "BATT")

FORMIDLINGER = Indicator(
    id="formidlinger",
    navn="Antall formidlinger",
    kortnavn="Formidlinger",
    familie="formidlinger",
    type="antall",
    lag=0,
    vindu=Window(fom=Edge(anker="forste_dag"), tom=Edge(), tekst="f(m) til d(m)"),
    grupper=(
        Group(id="alle", navn="Alle"),
        *(
            Group(
                id=kode,
                navn=innsatsgrupper()[kode],
                avgrensning="Under oppfølging med dette § 14 a-vedtaket den dagen utfallet ble registrert.",
                delmengde_av="alle",
            )
            for kode in GRUPPER
        ),
    ),
    populasjon="Kandidater på NAVs kandidatlister. Den samme personen kan stå på flere lister.",
    teller=(
        "Antall par av person og kandidatliste der det siste som ble registrert i måneden, er at kandidaten "
        "fikk jobben."
    ),
    nevner="Ingen: dette er et antall.",
    dato="Måneden utfallet ble registrert.",
    register="Kandidatutfall, og for innsatsgruppene oppfølging, person og ytelse (AAP).",
    merkelapp="CODE",
    kilde="Slik navikt/rekrutteringsbistand-statistikk-api teller presenterte og formidlede kandidater.",
    valg=(
        "Raden som ble registrert sist (høyest løpenummer), gjelder, også for hvilket kontor som får den.",
        "Et utfall som er rettet samme måned, telles ikke. Rettes det senere, blir formidlingen stående.",
        "Samme person på to lister som begge ga jobb, er to formidlinger.",
        "Fått jobben teller også uten at kandidaten først er registrert som presentert.",
    ),
    maler_ikke=(
        "Formidlinger som veilederen ikke registrerer.",
        "Hvor lenge jobben varte.",
        "Kontorets størrelse: store kontorer har flere å formidle. Se tallet sammen med porteføljen.",
    ),
    tabeller=("person", "oppfolging", "ytelse", "kandidatutfall"),
    sammenhenger=(Sammenheng(helhet=("alle",), deler=GRUPPER),),
)


def count(states: States, first: str, last: str) -> Counts:
    """x of every group for months from `first` to `last`; n is missing."""
    rows = states.extract.table("kandidatutfall")
    rows = rows.mutate(dag=rows.tidspunkt.date())
    rows = rows.mutate(m=month_of(rows.dag))
    rows = rows.filter(rows.m.between(index_of(first), index_of(last)))
    # ids are unique; the other columns keep the result independent of row order if they are not
    newest = ibis.window(
        group_by=["person_id", "kandidatliste_id", "m"],
        order_by=[ibis.desc("id"), ibis.desc("tidspunkt"), ibis.desc("utfall"), ibis.desc("enhetsnr")],
    )
    rows = rows.mutate(plass=ibis.row_number().over(newest))
    rows = rows.filter(rows.plass == 0, rows.utfall == "FATT_JOBBEN")
    rows = states.keep(f"formidlinger_{index_of(first)}_{index_of(last)}", rows.drop("plass"))
    stays = states.under_oppfolging.filter(states.under_oppfolging.innsatsgruppe.isin(GRUPPER))
    stays = stays.select("person_id", "innsatsgruppe", fom="fom", tom="tom")
    followed = rows.inner_join(stays, ["person_id", stays.fom <= rows.dag, stays.tom >= rows.dag])
    everyone = tally(rows, x={("formidlinger", "alle"): rows.person_id.notnull()})
    groups = {("formidlinger", kode): followed.innsatsgruppe == kode for kode in GRUPPER}
    return everyone + tally(followed, x=groups)


FAMILY = Family(id="formidlinger", navn="Formidlinger", indikatorer=(FORMIDLINGER,), query=count)
