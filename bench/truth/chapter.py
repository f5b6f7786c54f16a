"""The chapter on how often the book is wrong: what drawing from known truths found, in plain words.

It is written from the committed result by the bench, and `tests/unit/test_reliability_chapter.py` holds the
two together. Every aim is next to its figure, met or not.
"""

import pandas as pd

from bench.truth.cells import cases, how_often, place
from bench.truth.chapter_false import false_verdicts
from bench.truth.chapter_rows import INTERVALS, LOWEST, WORLDS, Found, in_percent, table
from navbook.pages.format.numbers import number, percent
from navbook.pages.text.sentences import join_names


def chapter(result: pd.DataFrame) -> str:
    """The chapter as Markdown, from the table that `report.result` makes."""
    found = Found(result)
    parts = [
        "# Hvor ofte tar boken feil?",
        "Tallene i boken svinger, også når ingenting er endret. Boken setter derfor intervall på tallene og "
        "gir svaret «kan ikke avgjøres». Men holder det? For å vite det må en kjenne fasiten. Den finnes "
        "ikke i virkeligheten, så her er den laget: Vi trekker mange oppdiktede utgaver der vi har bestemt "
        "hva som er sant, regner dem ut på samme måte som boken, og ser hvor ofte svaret er riktig.",
        *false_verdicts(found),
        *_coverage(found),
        *_power(found),
        *_funnels(found),
        *_expected(found),
        *_planted(found),
        *_how(found),
    ]
    return "\n\n".join(parts) + "\n"


def _coverage(found: Found) -> list[str]:
    rows = []
    for name, measure, kind, aim in INTERVALS:
        mean, cell = found.mean(measure, kind), found.worst(measure, kind)
        lowest = [how_often(cell), place(cell, found.sizes), cases(cell)] if cell is not None else ["–"] * 3
        met = aim.met(mean) and cell is not None and LOWEST.met(cell["andel"])
        rows.append((name, [in_percent(mean), *lowest, str(aim), "ja" if met else "nei"]))
    heads = ["Intervall", "Snitt", "Laveste", "Nivå og størrelse", "Tilfeller", "Målet for snittet", "Nådd"]
    most = found.rows.loc[found.rows["mal"].str.endswith("_lavest"), "celler"].max()
    share, change = (found.lowest(measure) for measure in ("eksakt_andel", "eksakt_endring"))
    people = number(found.of("eksakt_andel")["celler"].iloc[0] + found.sizes[0] - 1)
    widths = [
        f"- Når {number(row.klasse)} prosent av personene er de samme neste måned, er intervallet "
        f"{number(row.andel, 1)} ganger så vidt som det måtte være."
        for row in found.of("bredde").itertuples()
    ]
    return [
        "## Holder intervallene?",
        "Et 95-prosentsintervall skal inneholde det sanne tallet 95 av 100 ganger. Så ofte gjør det det, i "
        "prosent. Laveste er den kombinasjonen av nivå og størrelse der det holder sjeldnest, med "
        f"95-prosentsintervallet for selve prøven i parentes. Den er den laveste av opptil {number(most)} og "
        f"blir lav også av ren tilfeldighet. Målet for den er minst {percent(LOWEST.low, 0)}.",
        table(heads, rows),
        "For andeler kan det også regnes ut nøyaktig, uten å trekke, for hvert antall fra "
        f"{number(found.sizes[0])} til {people} personer. Av nivåene fra 5 til 95 prosent holder intervallet "
        f"for andelen sjeldnest ved {place(share, ())} ({in_percent(share['andel'])}), og intervallet for "
        f"endringen sjeldnest ved {place(change, ())} ({in_percent(change['andel'])}).",
        "Der de samme personene telles hver måned, regner boken som om den bare hadde én måned. Da blir "
        "intervallene for vide, med vilje, og «kan ikke avgjøres» kommer oftere enn nødvendig:",
        "\n".join(widths),
    ]


def _power(found: Found) -> list[str]:
    rows = found.of("styrke")
    rows = rows[rows["slag"] == "uavhengige"]
    body = [
        (
            f"{percent(float(str(change)), 0)} prosentpoeng",
            [in_percent(part.loc[part["klasse"] == size, "andel"].mean()) for size in found.sizes],
        )
        for change, part in rows.groupby("endring")
    ]
    return [
        "## Når noe virkelig er bedre",
        "Små kontor kan bli mye bedre uten at tallene kan vise det. Det er grunnen til at svaret så ofte er "
        "«kan ikke avgjøres». Tabellen viser hvor mange av 100 kontor som får «oppfylt» når forbedringen er "
        "virkelig, etter hvor mange andelen er regnet av.",
        table(["Virkelig forbedring", *(f"fra {number(size)}" for size in found.sizes)], body),
    ]


def _funnels(found: Found) -> list[str]:
    measures = {
        "trakt_utenfor_enkle_grenser": "Kontor utenfor de tynne 99,8 %-grensene",
        "trakt_utenfor_justerte_grenser": "utenfor de tykke",
        "trakt_kontor_pa_listen": "på listen over dem som skiller seg ut",
        "trakter_med_liste": "Trakter som har noen på listen",
    }
    rows = [
        (name, [in_percent(found.share(each, world)) for each in measures]) for world, name in WORLDS.items()
    ]
    caught, real = (
        found.share(name, "plantet") for name in ("trakt_plantede_funnet", "trakt_ekte_pa_listen")
    )
    against = in_percent(found.share("mot_summen", "uavhengige"))
    return [
        "## Hvem traktene peker på",
        "Prosent av kontorene, og til slutt prosent av traktene:",
        table(["Verden", *measures.values()], rows),
        "Når alle kontor er like, er målet at høyst 10 prosent av traktene har noen på listen. Utenfor de "
        "tykke grensene skulle 0,2 prosent ligge, men det er flere: Grensene er noe for smale, fordi de "
        "ytterste kontorene trekkes inn før spredningen mellom kontorene regnes ut. Det er gjort med vilje, "
        "så et svært ulikt kontor ikke gjør grensene så vide at det selv havner innenfor.",
        f"Der noen få kontor var svært ulike, fant listen {percent(caught, 0)} prosent av dem. Av kontorene "
        f"på listen var {percent(real, 0)} prosent blant dem; resten var ulike av andre grunner, eller "
        "tilfeldige.",
        f"Merket om at alle innsatsgruppene går mot summen, kommer ved {against} av 100 kontor når ingenting "
        "er endret. Det er et vink om å se på gruppene, ikke et funn.",
    ]


def _expected(found: Found) -> list[str]:
    size = found.of("avvik_styrke")
    size = size[size["slag"] == "bedre_arbeid"].sort_values("klasse")
    powers = [f"{percent(row.andel, 0)} prosent fra {number(row.klasse)}" for row in size.itertuples()]
    held, above, below, pointed = (
        in_percent(found.share(name, "som_forventet"))
        for name in ("avvik_dekning", "avvik_over", "avvik_under", "avvikstrakt_kontor_pa_listen")
    )
    cells = {side: found.highest(f"avvik_{side}", "som_forventet") for side in ("over", "under")}
    worst = " og ".join(
        f"{how_often(cell)} {side} ved {place(cell, found.sizes)}"
        for side, cell in cells.items()
        if cell is not None
    )
    raised = in_percent(found.share("oppfylt_der_noe_er_ulikt", "lettere_brukere"))
    chance = in_percent(found.share("falskt_oppfylt", "uavhengige"))
    not_fooled = in_percent(found.share("avvik_over_der_noe_er_ulikt", "lettere_brukere"))
    return [
        "## Forventet ut fra hvem brukerne er",
        f"Når alle kontor gjør akkurat som brukerne deres tilsier, holder intervallet for avviket i {held} "
        f"av 100 tilfeller. {above} av 100 kontor sies å ligge over det forventede uten å gjøre det, og "
        f"{below} under (målet er høyst 3). I verste tilfelle er det {worst} (målet er høyst 4). Trakten for "
        f"avvik peker på {pointed} av 100.",
        f"Får et kontor brukere som lettere kommer i arbeid, uten å hjelpe noen av dem bedre, stiger "
        f"andelen. Av slike kontor får {raised} av 100 «oppfylt», mot {chance} der ingenting er endret. "
        f"Avviket lar seg ikke lure: {not_fooled} av 100 sies å ligge over det forventede.",
        "Gjør et kontor det virkelig bedre med de samme brukerne, så mye at andelen stiger med om lag 12 "
        "prosentpoeng fra 50, blir det funnet for " + join_names(powers) + " personer og opp.",
    ]


def _planted(found: Found) -> list[str]:
    def said(role: str, word: str) -> str:
        return f"{found.of(f'demo_{word}').set_index('slag').filter(like=role, axis=0)['andel'].sum():.0f}"

    return [
        "## Kontorene med kjent fasit i prøvedataene",
        "I prøvedataene er det lagt inn ett kontor som er blitt virkelig bedre, og ett som bare har fått "
        "brukere som lettere kommer i arbeid. De har to tall hver: for arbeidssøkere og for dem med nedsatt "
        "arbeidsevne.",
        "Kontoret som er blitt bedre, ligger over det forventede i "
        f"{said('bedring', 'over')} av 2 og får «oppfylt» i {said('bedring', 'oppfylt')} av 2. Målet er at "
        "det blir funnet.",
        f"Det andre kontoret får «oppfylt» i {said('blanding', 'oppfylt')} av 2 og ligger over det "
        f"forventede i {said('blanding', 'over')} av 2. Målet er at det ikke kalles en forbedring når det er "
        "justert for hvem brukerne er.",
    ]


def _how(found: Found) -> list[str]:
    total = found.of("utgaver")["antall"].sum()
    return [
        "## Slik er det prøvd",
        f"Prøven trakk {number(total)} landsdekkende utgaver med kontorene i de oppdiktede prøvedataene og "
        "like mange personer som de har. Andelene var fra 5 til 95 prosent. Bare kontor med minst 30 "
        "personer er regnet med, for andre vurderes ikke. Oppsettet, startpunktet for trekningen og antallet "
        "utgaver ble skrevet ned før prøven ble kjørt. En tidel av den ble kjørt først. Den viste at "
        "grensene for det ventede og for innsatsgruppene samlet var for trange der det er få i telleren, og "
        "de ble rettet.",
        "Prøven sier ikke noe om feil i registrene, om definisjonene måler det de skal, eller om en endring "
        "skyldes noe kontoret har gjort.",
    ]
