"""The chapter on how often the book is wrong: what drawing from known truths found, in plain words.

It is written from the committed result by the bench, and `tests/unit/test_reliability_chapter.py` holds the
two together. Every aim stands beside its figure, met or not.
"""

import pandas as pd

from bench.truth.chapter_rows import BY_SIZE, FALSE, INTERVALS, WAY, WORLDS, Aim, Found, table
from navbook.pages.numbers import number, percent
from navbook.pages.sentences import listed

MOST_FALSE, WORST_FALSE = Aim(high=0.03), Aim(high=0.04)


def chapter(result: pd.DataFrame) -> str:
    """The chapter as Markdown, from the table that `report.result` makes."""
    found = Found(result)
    parts = [
        "# Hvor ofte tar boken feil?",
        "Tallene i boken svinger, også når ingenting er endret. Boken setter derfor intervall på tallene og "
        "gir svaret «kan ikke avgjøres». Men holder det? For å vite det må en kjenne fasiten. Den finnes "
        "ikke i virkeligheten, så her er den laget: Vi trekker mange oppdiktede utgaver der vi har bestemt "
        "hva som er sant, regner dem ut på samme måte som boken, og ser hvor ofte svaret er riktig.",
        *_false(found),
        *_fixed(found),
        *_way(found),
        *_coverage(found),
        *_power(found),
        *_funnels(found),
        *_expected(found),
        *_planted(found),
        *_how(found),
    ]
    return "\n\n".join(parts) + "\n"


def _share(value: float) -> str:
    return percent(value) if value == value else "–"


def _false(found: Found) -> list[str]:
    words = ("falskt_oppfylt", "falskt_ikke_oppfylt")
    rows, sizes = [], []
    for name, kind, end in FALSE:
        values = [found.share(f"{word}{end}{worst}", kind) for word in words for worst in ("", "_hoyest")]
        if values[0] == values[0]:
            met = [aim.met(value) for value, aim in zip(values, (MOST_FALSE, WORST_FALSE) * 2, strict=True)]
            rows.append((name, [*map(_share, values), "ja" if all(met) else "nei"]))
        by_size = {word: found.by(f"{word}_etter_storrelse", kind, "klasse") for word in words}
        # where the same people are counted again the answers are hardly ever wrong, whatever the size
        if kind in BY_SIZE and not end:
            sizes += [
                (f"{name}: {said}", [_share(by_size[word].get(size, float("nan"))) for size in found.sizes])
                for word, said in zip(words, ("«oppfylt»", "«ikke oppfylt»"), strict=True)
            ]
    heads = ["Krav og tall", "«Oppfylt», snitt", "verste", "«Ikke oppfylt», snitt", "verste", "Målet nådd"]
    return [
        "## Når ingenting er endret",
        "Så mange av 100 kontor med minst 30 personer får «oppfylt» eller «ikke oppfylt» uten at noe er "
        "endret. Målet er høyst 3 hver vei i snitt og høyst 4 i verste tilfelle. Verste tilfelle er den "
        "kombinasjonen av nivå og størrelse der svaret oftest er feil. En strek betyr at trekningene er for "
        "få til å si det.",
        table(heads, rows),
        "Slik er det etter hvor mange andelen er regnet av, eller for antall hvor mange det er, for de to "
        "slagene tall der feil svar kommer oftest:",
        table(["Krav og tall", *(f"fra {number(size)}" for size in found.sizes)], sizes),
    ]


def _fixed(found: Found) -> list[str]:
    met, missed = (
        found.of(f"fast_grense_falskt_{word}").set_index("klasse") for word in ("oppfylt", "ikke_oppfylt")
    )
    rows = [
        (number(size), [_share(met.at[size, "andel"]), _share(missed.at[size, "andel"])])
        for size in met.index
    ]
    over = [number(size) for size in met.index if not WORST_FALSE.met(met.at[size, "andel"])]
    judged = (
        f"Med {listed(over)} ansettelser er det oftere enn målet på høyst 4: Så små andeler av så få er "
        "skjevt fordelt, og intervallet som brukes over alt i boken (Wilson), tar ikke helt høyde for det."
        if over
        else "Det er innenfor målet på høyst 4."
    )
    return [
        "Kravet om faste ansettelser fra målgruppene har en fast grense, 5 prosent, og vurderes bare for "
        "fylker og landet. Ligger den sanne andelen akkurat på grensen, er både «oppfylt» og «ikke oppfylt» "
        "feil svar. Så ofte kommer de, i prosent, etter hvor mange ansettelser det er. " + judged,
        table(["Ansettelser", "«Oppfylt»", "«Ikke oppfylt»"], rows),
    ]


def _way(found: Found) -> list[str]:
    seen, said = (
        found.by(mal, WAY, "endring")
        for mal in ("ser_avstand_mot_2019", "falskt_oppfylt_mot_2019_av_vurderte")
    )
    of_all = found.by("falskt_oppfylt_mot_2019_etter_avstand", WAY, "endring")
    rows = [
        (
            f"{percent(gap, 0)} prosentpoeng" if gap else "ingen",
            [_share(each.get(gap, float("nan"))) for each in (seen, of_all, said)],
        )
        for gap in sorted(of_all)
    ]
    heads = [
        "Sann avstand til 2019",
        "Avstanden ses",
        "«Oppfylt», av alle",
        "«Oppfylt», av dem der avstanden ses",
    ]
    return [
        "### På vei mot nivået i 2019",
        "Etter brevet for 2021 skulle andelene bevege seg mot nivået i 2019. Her er andelen i 2021 den samme "
        "som i 2020, så «oppfylt» er feil svar. Boken vurderer bare der den ser en avstand til 2019. Er "
        "avstanden liten eller ingen, ses den helst der 2020 tilfeldigvis var et dårlig år, og etter et "
        "dårlig år kommer som regel et vanlig. Av de få som da vurderes, får derfor mange «oppfylt» uten "
        "grunn. Tallene er prosent av kontorene.",
        table(heads, rows),
    ]


def _coverage(found: Found) -> list[str]:
    rows = []
    for name, measure, kind, aim in INTERVALS:
        mean, lowest = found.coverage(measure, kind)
        if mean == mean:
            rows.append((name, [_share(mean), _share(lowest), str(aim), "ja" if aim.met(mean) else "nei"]))
    widths = [
        f"- Når {number(row.klasse)} prosent av personene er de samme neste måned, er intervallet "
        f"{number(row.andel, 1)} ganger så vidt som det måtte være."
        for row in found.of("bredde").itertuples()
    ]
    share, change = (found.lowest(measure) for measure in ("eksakt_andel", "eksakt_endring"))
    return [
        "## Holder intervallene?",
        "Et 95-prosentsintervall skal holde det sanne tallet 95 av 100 ganger. Så ofte gjør det det, i "
        "prosent. Laveste er den kombinasjonen av nivå og størrelse der det holder sjeldnest. Målet gjelder "
        "snittet.",
        table(["Intervall", "Snitt", "Laveste", "Målet", "Nådd"], rows),
        "For andeler kan det også regnes ut nøyaktig, uten å trekke. Av nivåene fra 5 til 95 prosent og "
        "størrelsene fra 30 til 300 personer holder intervallet for andelen sjeldnest ved "
        f"{percent(share.sann, 0)} prosent av {number(share.klasse)} ({_share(share.andel)}), og intervallet "
        f"for endringen sjeldnest ved {percent(change.sann, 0)} prosent av {number(change.klasse)} "
        f"({_share(change.andel)}).",
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
            [_share(part.loc[part["klasse"] == size, "andel"].mean()) for size in found.sizes],
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
    rows = [(name, [_share(found.share(each, world)) for each in measures]) for world, name in WORLDS.items()]
    caught, real = (
        found.share(name, "plantet") for name in ("trakt_plantede_funnet", "trakt_ekte_pa_listen")
    )
    against = _share(found.share("mot_summen", "uavhengige"))
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
        _share(found.share(name, "som_forventet"))
        for name in ("avvik_dekning", "avvik_over", "avvik_under", "avvikstrakt_kontor_pa_listen")
    )
    raised = _share(found.share("oppfylt_der_noe_er_ulikt", "lettere_brukere"))
    chance = _share(found.share("falskt_oppfylt", "uavhengige"))
    not_fooled = _share(found.share("avvik_over_der_noe_er_ulikt", "lettere_brukere"))
    return [
        "## Forventet ut fra hvem brukerne er",
        f"Når alle kontor gjør akkurat som brukerne deres tilsier, holder intervallet for avviket i {held} "
        f"av 100 tilfeller. {above} av 100 kontor sies å ligge over det forventede uten å gjøre det, og "
        f"{below} under (målet er høyst 3). Trakten for avvik peker på {pointed} av 100.",
        f"Får et kontor brukere som lettere kommer i arbeid, uten å hjelpe noen av dem bedre, stiger "
        f"andelen. Av slike kontor får {raised} av 100 «oppfylt», mot {chance} der ingenting er endret. "
        f"Avviket lar seg ikke lure: {not_fooled} av 100 sies å ligge over det forventede.",
        "Gjør et kontor det virkelig bedre med de samme brukerne, så mye at andelen stiger med om lag 12 "
        "prosentpoeng fra 50, blir det funnet for " + listed(powers) + " personer og opp.",
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
        "utgaver ble skrevet ned før prøven ble kjørt.",
        "Prøven sier ikke noe om feil i registrene, om definisjonene måler det de skal, eller om en endring "
        "skyldes noe kontoret har gjort.",
    ]
