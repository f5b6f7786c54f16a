"""The chapter on how often the book is wrong: what drawing from known truths found, in plain words.

It is written from the committed result by the bench, and `tests/unit/test_reliability_chapter.py` holds the
two together.
"""

from collections.abc import Sequence

import pandas as pd

from navbook.pages.numbers import number, percent
from navbook.pages.sentences import listed

KINDS = {
    "uavhengige": "Andeler av ulike personer eller saker",
    "beholdning": "Andeler der de samme personene telles hver måned",
    "antall": "Antall, som formidlinger",
    "snitt": "Gjennomsnitt over måneder, som sykefravær",
    "kurve": "8-ukerskurven ved dag 56",
    "avvik": "Avvik fra det modellen forventer",
}
WORLDS = {
    "ingen_endring": "Alle kontor er like",
    "spredning": "Kontorene er litt ulike",
    "plantet": "Kontorene er litt ulike, og noen få svært ulike",
}


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
        *_coverage(found),
        *_power(found),
        *_funnels(found),
        *_expected(found),
        *_how(found),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *("| " + " | ".join([name, *cells]) + " |" for name, cells in rows)])


class Found:
    """The rows of the result by what they measure (`mal`)."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows

    def of(self, measure: str) -> pd.DataFrame:
        """The rows of one measure, in the order of the result."""
        return self.rows[self.rows["mal"] == measure]

    def share(self, measure: str, kind: str) -> float:
        """The share of one measure and kind, nan if there is none."""
        rows = self.of(measure)
        values = rows.loc[rows["slag"] == kind, "andel"]
        return float(values.iloc[0]) if len(values) else float("nan")


def _share(value: float) -> str:
    return percent(value) if value == value else "–"


def _false(found: Found) -> list[str]:
    measures = [
        f"{word}{worst}" for word in ("falskt_oppfylt", "falskt_ikke_oppfylt") for worst in ("", "_hoyest")
    ]
    kinds = [kind for kind in KINDS if kind in set(found.of("falskt_oppfylt")["slag"])]
    rows = [(KINDS[kind], [_share(found.share(measure, kind)) for measure in measures]) for kind in kinds]
    most = 100 * max(float(found.of(measure)["andel"].max()) for measure in measures[::2])
    heads = ["Tall", "«Oppfylt», snitt", "verste tilfelle", "«Ikke oppfylt», snitt", "verste tilfelle"]
    return [
        "## Når ingenting er endret",
        f"Av 100 kontor med minst 30 personer får i snitt høyst {number(most)} «oppfylt», og like få «ikke "
        "oppfylt», uten at noe er endret. Målet er høyst 3 i snitt og 4 i verste tilfelle. Verste tilfelle "
        "er den kombinasjonen av nivå og størrelse der svaret oftest er feil.",
        "Feil svar når ingenting er endret, prosent av kontorene:",
        _table(heads, rows),
    ]


def _coverage(found: Found) -> list[str]:
    rows = []
    for kind, name in KINDS.items():
        cells = [
            found.share(f"{measure}{lowest}", kind)
            for measure in ("dekning_andel", "dekning_endring")
            for lowest in ("", "_lavest")
        ]
        if any(cell == cell for cell in cells):
            rows.append((name, [_share(cell) for cell in cells]))
    curve = found.of("dekning_kurve")["andel"]
    if len(curve):
        rows.append((KINDS["kurve"], [_share(curve.mean()), _share(curve.min()), "–", "–"]))
    widths = [
        f"- Når {number(row.klasse)} prosent av personene er de samme neste måned, er intervallet "
        f"{number(row.andel, 1)} ganger så vidt som det måtte være."
        for row in found.of("bredde").itertuples()
    ]
    return [
        "## Holder intervallene?",
        "Et 95-prosentsintervall skal holde det sanne tallet 95 av 100 ganger. Så ofte gjør det det, i "
        "prosent:",
        _table(["Tall", "Tallet, snitt", "laveste", "Endringen, snitt", "laveste"], rows),
        "Der de samme personene telles hver måned, regner boken som om den bare hadde én måned. Da blir "
        "intervallene for vide, med vilje, og «kan ikke avgjøres» kommer oftere enn nødvendig:",
        "\n".join(widths),
    ]


def _power(found: Found) -> list[str]:
    rows = found.of("styrke")
    rows = rows[rows["slag"] == "uavhengige"]
    sizes = sorted(rows["klasse"].unique())
    body = [
        (
            f"{percent(float(str(change)), 0)} prosentpoeng",
            [_share(part.loc[part["klasse"] == size, "andel"].mean()) for size in sizes],
        )
        for change, part in rows.groupby("endring")
    ]
    return [
        "## Når noe virkelig er bedre",
        "Små kontor kan bli mye bedre uten at tallene kan vise det. Det er grunnen til at svaret så ofte er "
        "«kan ikke avgjøres». Tabellen viser hvor mange av 100 kontor som får «oppfylt» når forbedringen er "
        "virkelig, etter hvor mange andelen er regnet av.",
        _table(["Virkelig forbedring", *(f"fra {number(size)}" for size in sizes)], body),
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
    return [
        "## Hvem traktene peker på",
        "Prosent av kontorene, og til slutt prosent av traktene:",
        _table(["Verden", *measures.values()], rows),
        f"Der noen få kontor var svært ulike, fant listen {percent(caught, 0)} prosent av dem. Av kontorene "
        f"på listen var {percent(real, 0)} prosent blant dem; resten var ulike av andre grunner, eller "
        "tilfeldige.",
    ]


def _expected(found: Found) -> list[str]:
    size = found.of("avvik_styrke")
    size = size[size["slag"] == "bedre_arbeid"].sort_values("klasse")
    powers = [f"{percent(row.andel, 0)} prosent fra {number(row.klasse)}" for row in size.itertuples()]
    held, above = (_share(found.share(name, "som_forventet")) for name in ("avvik_dekning", "avvik_over"))
    raised = _share(found.share("oppfylt_der_noe_er_ulikt", "lettere_brukere"))
    not_fooled = _share(found.share("avvik_over_der_noe_er_ulikt", "lettere_brukere"))
    return [
        "## Forventet ut fra hvem brukerne er",
        f"Når alle kontor gjør akkurat som brukerne deres tilsier, holder intervallet for avviket i {held} "
        f"av 100 tilfeller, og {above} av 100 kontor sies å ligge over det forventede uten å gjøre det.",
        f"Får et kontor brukere som lettere kommer i arbeid, uten å hjelpe noen av dem bedre, stiger "
        f"andelen: {raised} av 100 slike kontor får «oppfylt». Avviket lar seg ikke lure: {not_fooled} av "
        "100 sies å ligge over det forventede.",
        "Gjør et kontor det virkelig bedre med de samme brukerne, så mye at andelen stiger med om lag 12 "
        "prosentpoeng fra 50, blir det funnet for " + listed(powers) + " personer og opp.",
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
