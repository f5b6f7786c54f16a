"""The part of the chapter on verdicts where nothing has changed: how often each rule says something false."""

from itertools import pairwise

from bench.truth.cells import cases, how_often, place
from bench.truth.chapter_rows import (
    BY_SIZE,
    FALSE,
    MOST_FALSE,
    WAY,
    WORST_FALSE,
    Found,
    in_percent,
    table,
)
from navbook.pages.format.numbers import number, percent

SAID = {"falskt_oppfylt": "«oppfylt»", "falskt_ikke_oppfylt": "«ikke oppfylt»"}


def false_verdicts(found: Found) -> list[str]:
    """Paragraphs and tables as Markdown."""
    return [*_false(found), *_fixed(found), *_way(found)]


def _false(found: Found) -> list[str]:
    rows, sizes, worst = [], [], []
    for name, kind, end in FALSE:
        values = [found.share(f"{word}{end}{which}", kind) for word in SAID for which in ("", "_hoyest")]
        met = [aim.met(value) for value, aim in zip(values, (MOST_FALSE, WORST_FALSE) * 2, strict=True)]
        rows.append((name, [*map(in_percent, values), "ja" if all(met) else "nei"]))
        for word, said in SAID.items():
            cell = found.highest(f"{word}{end}", kind)
            if cell is not None and cell["andel"]:
                cells = [how_often(cell), place(cell, found.sizes), cases(cell)]
                worst.append((f"{name}: {said}", cells))
        by_size = {word: found.by(f"{word}_etter_storrelse", kind, "klasse") for word in SAID}
        # where the same people are counted again the answers are hardly ever wrong, whatever the size
        if kind in BY_SIZE and not end:
            sizes += [
                (f"{name}: {said}", [_tried(by_size[word].get(size)) for size in found.sizes])
                for word, said in SAID.items()
            ]
    heads = ["Krav og tall", "«Oppfylt», snitt", "verste", "«Ikke oppfylt», snitt", "verste", "Målet nådd"]
    return [
        "## Når ingenting er endret",
        "Så mange av 100 kontor med minst 30 personer får «oppfylt» eller «ikke oppfylt» uten at noe er "
        "endret. Målet er høyst 3 hver vei i snitt og høyst 4 i verste tilfelle. Verste tilfelle er den "
        "kombinasjonen av nivå og størrelse der svaret oftest er feil.",
        table(heads, rows),
        "Her er svaret oftest feil. I parentes står 95-prosentsintervallet for selve prøven, som trekker et "
        "endelig antall tilfeller. Der svaret aldri var feil, står det ikke noe.",
        table(["Krav og tall", "Feil", "Nivå og størrelse", "Tilfeller"], worst),
        "Slik er det etter hvor mange andelen er regnet av, eller for antall hvor mange det er, for de to "
        "slagene tall der feil svar kommer oftest:",
        table(["Krav og tall", *(f"fra {number(size)}" for size in found.sizes)], sizes),
    ]


def _tried(share: float | None) -> str:
    return "ikke prøvd" if share is None else in_percent(share)


def _fixed(found: Found) -> list[str]:
    names = [f"fast_grense_{word}" for word in SAID]
    classes = found.of(names[0])
    edges = [*classes["klasse"], float("inf")]
    rows = []
    for (start, after), several in zip(pairwise(edges), classes["celler"], strict=True):
        cells = []
        for name in names:
            every, mine = found.of(f"{name}_hoyest"), found.of(name).set_index("klasse").at[start, "andel"]
            most = every[(every["klasse"] >= start) & (every["klasse"] < after)].iloc[0]
            worst = f"{in_percent(most['andel'])} ved {number(most['klasse'])}" if most["andel"] else "aldri"
            cells += [in_percent(mine), worst]
        rows.append((f"{number(start)}–{number(start + several - 1)}", cells))
    return [
        "Kravet om faste ansettelser fra målgruppene har en fast grense, 5 prosent, og vurderes bare for "
        "fylker og alle samlet. Ligger den sanne andelen akkurat på grensen, er både «oppfylt» og «ikke "
        "oppfylt» feil svar. Så ofte kommer de, i prosent, regnet nøyaktig for hvert antall ansettelser.",
        table(["Ansettelser", "«Oppfylt», snitt", "verste", "«Ikke oppfylt», snitt", "verste"], rows),
        *_at_the_limit(found, names[0]),
    ]


def _at_the_limit(found: Found, name: str) -> list[str]:
    most, average = found.highest(name, "uavhengige"), found.of(name)
    if most is None or WORST_FALSE.met(most["andel"]):
        return ["Det er innenfor målet på høyst 4."]
    often = average[[not MOST_FALSE.met(share) for share in average["andel"]]]
    below = (often["klasse"] + often["celler"]).max()
    also = f", og under {number(below)} er det mer enn 3 i snitt" if len(often) else ""
    return [
        f"Med {number(most['klasse'])} ansettelser er «oppfylt» feil {in_percent(most['andel'])} av 100 "
        f"ganger, oftere enn målet på høyst 4 i verste tilfelle{also}. Små andeler av få er skjevt "
        "fordelt, og intervallet som brukes for alle andeler av personer (Wilson), tar ikke helt høyde for "
        "det. Regelen er likevel den samme som for andre krav, så alle kan se svaret av intervallet. Der "
        "tilfeldigheter alene ville gitt et så høyt tall mer enn 3 av 100 ganger, står det ved svaret.",
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
            [in_percent(each.get(gap, float("nan"))) for each in (seen, of_all, said)],
        )
        for gap in sorted(of_all)
    ]
    heads = [
        "Sann avstand til nivået",
        "Avstanden ses",
        "«Oppfylt», av alle",
        "«Oppfylt», av dem der avstanden ses",
    ]
    return [
        "### På vei mot nivået i et tidligere år",
        "Et brev kan kreve at andelene beveger seg mot nivået i et tidligere år. Her er andelen den samme "
        "som året før, så «oppfylt» er feil svar. Boken vurderer bare der den ser en avstand til nivået. Er "
        "avstanden liten eller ingen, ses den helst der året før tilfeldigvis var dårlig, og etter et "
        "dårlig år kommer som regel et vanlig. Av de få som da vurderes, får derfor mange «oppfylt» uten "
        "grunn. Tallene er prosent av kontorene.",
        table(heads, rows),
    ]
