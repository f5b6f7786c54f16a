"""Values for the names in the book's words, and each sentence rendered with every combination of them."""

from itertools import product

from jinja2 import Environment, meta

from navbook.edition.schema import IKKE_OPPFYLT, KAN_IKKE_AVGJORES, OPPFYLT
from navbook.pages.templates import FILTERS, sentence, sources

VERDICTS = (OPPFYLT, IKKE_OPPFYLT, KAN_IKKE_AVGJORES)
ANSWERS = [sentence(f"kontor.endring.svar.{verdict}") for verdict in VERDICTS]
NAMES = [["Formidlinger"], ["Formidlinger", "Unge i aktivitet"], ["A", "B", "C"]]
# What each name may be: one and several, up and down, with and without.
SAMPLES: dict[str, list[object]] = {
    "alle": [True, False],
    "antall": [1, 2, 13],
    "ar": [2019, "utgangs"],
    "basis": ["2021"],
    "benevning": ["", " prosent", " per måned i snitt"],
    "borte": [0, 1, 3],
    "brev": ["brevet", "mål- og disponeringsbrevet for 2022"],
    "blant": ["svarene i tabellen"],
    "endring": [None, -3, 0, 3],
    "endret": [0, 1, 3],
    "enhet": ["9001"],
    "faa": [[], ["unge under 30"]],
    "flere": ["1", "174"],
    "forbehold": ["", ", men uten permitterte kan det ikke avgjøres"],
    "fra": ["54,3"],
    "fylke": ["", "Nordfylket"],
    "fotnote": ["18"],
    "grense": ["6,1"],
    "grensen": ["6,1 prosent"],
    "grenser": ["38–44"],
    "gruppe": ["Unge under 30"],
    "grupper": NAMES,
    "hele": ["hele landet", "hele Rogaland"],
    "hva": ["unge"],
    "hvor": ["i landet", "i Rogaland"],
    "hvem": ["langtidsledige"],
    "id": [["SP01"], ["SP01", "SP10"]],
    "kontorer": NAMES,
    "krav": ["Skal øke sammenlignet med 2021"],
    "maned": ["desember 2022"],
    "na": ["", "2,1"],
    "na_ord": ["kan ikke beregnes"],
    "da": ["", "3,4"],
    "da_ord": ["er skjult"],
    "region": ["Storvik"],
    "ledd": ["andelen unge under 30 som kom i arbeid,", "antallet formidlinger"],
    "navn": NAMES,
    "nedre": ["2"],
    "nye": [0, 1, 3],
    "opp": [True, False],
    "ordlyd": ["Andel arbeidssøkere med overgang til arbeid"],
    "over": [[], ["unge under 30"]],
    "ovre": ["7"],
    "periode": ["2022", "1. tertial 2022"],
    "prosent": ["12"],
    "rad": [2, 13],
    "side": [-1, 0, 1],
    "skjult": [True, False],
    "snitt": [True, False],
    "som_forventet": [[], ["unge under 30"]],
    "som_landet": [[], ["unge under 30"]],
    "substantiv": ["andelen", "antallet"],
    "storrelse": ["", "under 30"],
    "svar": ANSWERS,
    "tertialer": [["1. tertial 2022"], ["1. tertial 2022", "2. tertial 2022"]],
    "til": ["45,4"],
    "topp": ["landet", "Rogaland"],
    "vekt": ["", ", og brevet legger mest vekt på det (fotnote 18)"],
    "under": [[], ["unge under 30", "arbeidssøkere"]],
}
# where the figures of many units use a name for another kind of value
OF_FIGURES: dict[str, list[object]] = {
    "alle": [0, 19],
    "andel": ["45,2"],
    "antall": [1, 2, 264],
    "avvik": ["+0,4"],
    "endring": ["", "+1,2"],
    "enhet": ["kontor", "fylke"],
    "enheten": ["kontoret"],
    "enhetene": ["kontorene"],
    "faste": ["sykefravær"],
    "flere": [True, False],
    "forst": ["41,0"],
    "forst_maned": ["januar 2019"],
    "fylker": [["Nordfylket 45 prosent", "Sørfylket ikke vurdert"]],
    "grunn": ["skjult"],
    "hoy": ["52"],
    "hoy_ventet": ["51,8"],
    "hvor": ["den sjette tidelen"],
    "ikke": [0, 1, 4],
    "intervall": ["41–44"],
    "klare": [0, 1, 5],
    "lav": ["41"],
    "lav_ventet": ["40,2"],
    "med_topp": [0, 1, 3],
    "mest": ["", "9001 NAV Storvik"],
    "midt": ["47"],
    "navn": ["Unge i aktivitet"],
    "ned": [0, 1, 3],
    "nivaer": ["", "Hele 2022: 45 prosent."],
    "opp": [0, 1, 2],
    "oppfylt": [0, 1, 2],
    "sammenlignet": ["", "landet"],
    "sist": ["44,0"],
    "sist_maned": ["desember 2022"],
    "skjult": [0, 3],
    "storst": [1.0, 3.2],
    "storst_tekst": ["3,2"],
    "svar": ["", "Kravet er oppfylt."],
    "tittel": ["To svar er klare"],
    "toppen": ["landet", "Rogaland"],
    "uker": [1, 2, 8],
    "utenfor": [0, 1, 2],
    "uten_topp": [0, 1],
}
# where the funnels use a name for another kind of value
OF_FUNNELS: dict[str, list[object]] = {
    "andel": ["45,2"],
    "andre": [0, 1, 3],
    "antall": [0, 1, 264],
    "grenser": ["41,0–49,5"],
    "i_fylket": [True, False],
    "kontor": ["NAV Storvik"],
    "midt": ["47,0"],
    "navn": ["Unge i aktivitet"],
    "over": [[], ["9001 NAV Storvik"], ["9001 NAV Storvik", "9002 NAV Midtbygd"]],
    "skiller_seg": [True, False],
    "toppen": ["Landet", "Rogaland"],
    "toppens": ["landets", "Rogalands"],
    "under": [[], ["9003 NAV Lilleøy"]],
    "ut": [[], ["9001 NAV Storvik"], ["9001 NAV Storvik", "9002 NAV Midtbygd"]],
    "utenfor": [0, 1, 2],
}
# the chapters: on the model, on pairs of offices, on hidden rows
OF_MODEL: dict[str, list[object]] = {
    "ganger": ["74"],
    "grunn": ["Uttrekket har bare tellinger."],
    "grupper": ["fødeland: Norge (+4,1) og alder og kjønn: 30–39 (+2,0)"],
    "ingen": [True, False],
    "kontor": ["264"],
    "ledd": [["for A 74 av 100 ganger"], ["for A 74 av 100 ganger", "for B 71 av 100 ganger"]],
    "med": ["", "2,1"],
    "personer": ["arbeidssøkere"],
    "toppens": ["landets"],
    "ujustert": ["4,2"],
    "uten": ["3,1"],
}
OF_PAIRS: dict[str, list[object]] = {
    "funnet": [1, 37],
    "likest": ["under 30 år og nedsatt arbeidsevne"],
    "navn": ["Unge i aktivitet"],
    "par": [120.0],
    "sikker": [True, False],
    "sikre": [0, 1, 5],
    "ventet": [6.0],
}
# the parts of pages: their names for what others call otherwise
OF_PARTS: dict[str, list[object]] = {
    "andre": [0, 2],
    "antall": ["1 200"],
    "ar": [[], ["2021"], ["2021", "2022"]],
    "arver": ["2021"],
    "av": [1, 3],
    "avvik": ["+4,1 (+0,2 til +8,0)"],
    "basis": ["", "2021"],
    "brev": ["", "2022"],
    "dato": ["31. januar 2024"],
    "datert": ["", "3. mars 2022"],
    "eldre": [["2021 for A og B"], ["2021 for A", "2020 for B"]],
    "endring": ["+1,2"],
    "ferdige": [0, 1, 5],
    "flere": [True, False],
    "fylker": [["en i Nordfylket"], ["en i Nordfylket", "to i Sørfylket"]],
    "fylket": ["Nordfylket"],
    "gruppe": ["Under 30 år"],
    "grupper": [[], ["300 i gruppen «Under 30 år»"]],
    "grenser": ["", "38,0–44,0"],
    "grensene": ["Månedene ligger mellom 38 og 44."],
    "grunn": ["skjult"],
    "hva": ["bygger på for få personer til at de kan vurderes"],
    "hvem": ["kontoret"],
    "hvor": ["i landet"],
    "hvorfor": ["Ikke i uttrekket: A."],
    "hoy": ["44"],
    "hoyest": ["44,1 prosent i mars 2022"],
    "id": ["SP01"],
    "kilde": ["Uttrekk"],
    "lav": ["38"],
    "lavest": ["38,0 prosent i mai 2022"],
    "ledd": ["to er oppfylt"],
    "lenke": ["Slik regner vi"],
    "likest": ["under 30 år og nedsatt arbeidsevne"],
    "likt": [True, False],
    "maneder": [["mai 2022"], ["mai 2022", "juni 2022"]],
    "med": [0, 1, 2],
    "niva": ["kontor"],
    "nr": ["5"],
    "nye": [[], ["mai 2021"]],
    "over": [True, False],
    "overskrift": ["Ingen påvist endring"],
    "overskrifter": [12],
    "rader": [[], ["SP01"], ["SP01", "SP04"]],
    "rapporter": [True, False],
    "siden": ["siden for Nordfylket"],
    "skjult": [0, 1, 3],
    "standardisert": ["+1,0"],
    "storrelse": ["under 30"],
    "tittel": ["Unge i aktivitet"],
    "toppens": ["landets", "Rogalands"],
    "uvanlige": [[], ["uvanlig gode mai 2022"], ["uvanlig gode mai 2022", "uvanlig svake juni 2022"]],
    "vanlig": ["for få måneder til å si hva som er vanlig"],
    "vindu": ["d(m-5) til d(m+6)"],
} | {name: [name.capitalize()] for name in ("intervaller", "skjuling", "tilbakegang", "vurdering")}
OF_HIDDEN: dict[str, list[object]] = {
    name: [1, 1200] for name in ("andre", "celler", "deler", "holdt_tilbake", "sma", "summer", "vernet")
}
OF_FILE = {
    "plan": {"navn": ["NAV Storvik"], "tittel": ["", "Plan for 2022"]},
    "figurer": OF_FIGURES,
    "trakt": OF_FUNNELS,
    "modell": OF_MODEL,
    "laering": OF_PAIRS,
    "skjult": OF_HIDDEN,
    "avvik": {name: OF_PARTS[name] for name in ("fylker", "fylket", "lenke", "rapporter")},
    "brevene": OF_PARTS | {"brev": ["2022"], "ar": ["2021"], "fra": ["2021"], "til": ["2022"]},
    "definisjon": OF_PARTS | {"maneder": [0, 1, 6]},
    "endring": OF_PARTS | {"navn": ["NAV Storvik"]},
    "enheter": OF_PARTS | {"navn": ["Unge i aktivitet"], "endring": ["+1,2"]},
    "forventet": OF_PARTS,
    "kapittel": OF_PARTS | {"antall": [True, False], "navn": ["Unge i aktivitet"], "ar": ["2021"]},
    "lignende": OF_PARTS | {"navn": ["NAV Storvik"]},
    "nederst": OF_PARTS | {"navn": ["NAV Storvik"], "ar": ["2022"]},
    "rapport": OF_PARTS | {"antall": [11], "navn": ["året"], "fra": ["2022"]},
    "sammendrag": OF_PARTS
    | {"antall": [1, 2, 13], "brev": ["Brevet"], "ar": [["2021", "2022"]], "navn": ["landet"]},
    "topp": OF_PARTS | {"brev": ["2022"]},
    "utvikling": OF_PARTS
    | {"fra": ["41,0 prosent i januar 2019"], "til": ["42,0 prosent i mai 2022"], "navn": ["A"]},
}
# what passages use
OF_PASSAGES: dict[str, list[str]] = {
    "hele": ["hele landet", "hele Rogaland"],
    "topp": ["landet", "Rogaland"],
}
# keys where a name holds another kind of value
OF_KEY: dict[str, dict[str, list[object]]] = {
    "kontor.endring.grense": {"over": [True, False]},
    "kontor.krav.brev": {"ar": ["", "2022"]},
    "kontor.ledd.annet": {"navn": ["Formidlinger"]},
    "kontor.resultat.tellinger": {"navn": ["Formidlinger"]},
    "kontor.lignende.tittel": {"navn": ["NAV Storvik"]},
    "kontor.resultat.ordlyd": {"id": ["SP01"]},
    "figurer.varmekart.tomme": {"navn": NAMES},
    "figurer.kapittel.ved_siden": {
        "ledd": [["standard innsats 57,3 prosent"], ["brukeren 71 prosent", "NAV 68 prosent"]]
    },
    "definisjon.vindu": {"vindu": ["Fra d(m-5) til d(m+6)"]},
    "avvik.krav": {"krav": ["Skal øke"]},
    "brevene.uavklart": {"navn": NAMES},
    "enheter.resultater.ikke_i_uttrekket": {"navn": NAMES},
    "enheter.samlet.endring": {"grenser": ["+0,2 til +1,8"]},
    "enheter.samlet.pass_pa": {"navn": NAMES},
    "enheter.under.andeler": {"navn": NAMES},
    "kapittel.indikator.tabell_uten_krav": {"navn": NAMES},
    "setninger.mangler.i_brevet": {"brev": ["", "2022"]},
    "topp.eldre_periode": {"navn": NAMES},
    "topp.gjenbrukt": {"ar": ["2023"]},
    "setninger.grense.oppfylt": {"over": [True, False]},
    "setninger.grense.ikke_oppfylt": {"over": [True, False]},
    "setninger.tillegg.tilfeldig": {"antall": [0, 1, 2, 13]},
    **{
        f"avvik.siden.{key}": {"side": ["ikke høyere enn i samme måned året før"]}
        for key in ("ingen", "en", "en_minst", "flere", "flere_minst")
    },
}


def names_in(template: str) -> list[str]:
    environment = Environment()
    environment.filters.update(FILTERS)
    return sorted(meta.find_undeclared_variables(environment.parse(template)))


def every_rendering(key: str) -> list[str]:
    names = names_in(sources()[key])
    of_file = SAMPLES | OF_FILE.get(key.partition(".")[0], {})
    samples = [OF_KEY.get(key, {}).get(name) or of_file[name] for name in names]
    return [sentence(key, **dict(zip(names, values, strict=True))) for values in product(*samples)]
