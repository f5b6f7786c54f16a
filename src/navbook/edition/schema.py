"""The files and columns of an edition, and the codes used in them."""

import pyarrow as pa

KEY = ("indikator", "gruppe", "niva", "enhet", "periode")
FLOATS = (
    "x",
    "n",
    "verdi",
    "nedre",
    "ovre",
    "basis_verdi",
    "endring",
    "endring_nedre",
    "endring_ovre",
    "krav",
    "forventet",
    "avvik",
    "avvik_nedre",
    "avvik_ovre",
)
VALUES = (
    "x",
    "n",
    "verdi",
    "nedre",
    "ovre",
    "status",
    "basis_periode",
    "basis_verdi",
    "endring",
    "endring_nedre",
    "endring_ovre",
    "krav",
    "vurdering",
    "forventet",
    "avvik",
    "avvik_nedre",
    "avvik_ovre",
    "forelopig",
    "metode",
    "definisjon",
)
COLUMNS = KEY + VALUES

KONTOR, FYLKE, LANDET = "kontor", "fylke", "landet"
COUNTRY = "0000"
# the special units of a county are published as one unit: the number of the county and this letter
SPECIAL = "S"

VIST, SKJULT = "vist", "skjult"
IKKE_I_UTTREKKET, IKKE_BEREGNBAR = "ikke_i_uttrekket", "ikke_beregnbar"

OPPFYLT, IKKE_OPPFYLT = "oppfylt", "ikke_oppfylt"
KAN_IKKE_AVGJORES, FOR_FA, IKKE_RELEVANT = "kan_ikke_avgjores", "for_fa", "ikke_relevant"
UTEN_GRUNNLAG = "uten_grunnlag"

# Why a row with `uten_grunnlag` has no verdict: its base, or the level it is to approach, is hidden or not
# known, or is counted by another definition. A row with `ikke_relevant` may have no gap to the level.
BASIS_SKJULT, BASIS_UKJENT = "basis_skjult", "basis_ukjent"
NIVA_SKJULT, NIVA_UKJENT = "niva_skjult", "niva_ukjent"
ENDRET_DEFINISJON, INGEN_AVSTAND = "endret_definisjon", "ingen_avstand"
# What the letter of a period requires of a series: a requirement, none, or there is no series or no letter.
KRAV_GJELDER, UTEN_KRAV = "gjelder", "uten_krav"
IKKE_I_BREVET, UTEN_BREV = "ikke_i_brevet", "uten_brev"

# What the edition says of a hidden row: the level does not have the series, another row counts nearly the
# same, or nearly everybody (over 90 per cent) or nearly nobody (under 10 per cent) has the outcome. The codes
# and their words have no digits: in the row of a hidden number these could by chance be that number.
IKKE_FOR_NIVA, NESTEN_LIK = "ikke_for_niva", "nesten_lik"
NESTEN_ALLE, NESTEN_INGEN = "nesten_alle", "nesten_ingen"
# the office is too small to be shown and counted in its `etterfolger`
SLATT_SAMMEN = "slatt_sammen"

UNIT_COLUMNS = (
    "enhet",
    "niva",
    "navn",
    "fylke",
    "gyldig_fom",
    "gyldig_tom",
    "etterfolger",
    "storrelsesklasse",
)
QUALITY_COLUMNS = ("kode", "tekst", "niva", "enhet", "antall", "status")
EVENT_COLUMNS = ("id", "fom", "tom", "navn", "gjelder")

# Further tables, computed from the published rows of `tall` only (curves and the model have limits of their
# own). Their text columns come first; all others are numbers, shares 0-1.
FUNNEL_COLUMNS = (
    *KEY,
    *("n", "verdi", "nedre", "ovre", "score", "utslag"),
    *("mal", "phi", "tau2", "vist", "utenfor", "skiller_seg_ut"),
)
FUNNEL_LINE_COLUMNS = (
    *("indikator", "gruppe", "periode"),
    *("n", "nedre_95", "ovre_95", "nedre_998", "ovre_998"),
    *("smal_nedre_95", "smal_ovre_95", "smal_nedre_998", "smal_ovre_998", "nedre_fdr", "ovre_fdr"),
)
RUN_CHART_COLUMNS = (
    *("indikator", "gruppe", "niva", "enhet"),
    *("diagram", "bedre", "svakere"),
    *("maneder", "snitt", "rekkevidde"),
)
EXPECTED = ("forventet", "avvik", "avvik_nedre", "avvik_ovre")
MODEL_COLUMNS = (
    *("modell", "variant", "del", "periode", "faktor", "niva"),
    *("nr", "n", "x", "observert", "nedre", "ovre", "forventet", "verdi"),
)
# `landet` is the country's deviation in the model without innsatsgruppe
EFFORT_COLUMNS = (*KEY, *EXPECTED, "landet")
# what similar offices are chosen by: shares of the portfolio, and the expected outcome of those who left
DRIVERS = ("under30", "landgruppe3", "langtid", "nedsatt", "ota_arbs", "ota_nedsatt")
SIMILAR_COLUMNS = ("enhet", "lignende", "likest", *DRIVERS)
LEARNING_COLUMNS = (
    *("indikator", "gruppe", "periode", "enhet", "annen"),
    *("forskjell", "nedre", "ovre", "star", "par"),
)
VERDICT_CONTEXT_COLUMNS = (*KEY, "minste_endring", "niva_nadd", "ventet", "ventet_nedre", "ventet_ovre")
STANDARDISED_COLUMNS = (
    *("indikator", "niva", "enhet", "periode", "basis_periode"),
    *("verdi", "verdi_nedre", "verdi_ovre", "endring", "endring_nedre", "endring_ovre"),
    *("standardisert", "standardisert_nedre", "standardisert_ovre"),
    *("standardisert_endring", "standardisert_endring_nedre", "standardisert_endring_ovre"),
    "mot_summen",
)
EXPECTED_FUNNEL_COLUMNS = (
    *KEY,
    *("n", "avvik", "nedre", "ovre", "nedre_998", "ovre_998", "score", "utslag"),
    *("phi", "tau2", "vist", "utenfor"),
)
CURVE_COLUMNS = (*KEY, "dag", "verdi", "nedre", "ovre")
# why a row without a verdict has none, as a code
REASON_COLUMNS = (*KEY, "grunn")
STATEMENT_COLUMNS = (*KEY, "utsagn")
LOCAL_GOAL_COLUMNS = ("enhet", "ar", "parameter", "mal")
# the verdict on a local goal for each shown series of its parameter
GOAL_VERDICT_COLUMNS = ("enhet", "parameter", "indikator", "gruppe", "periode", "mal", "vurdering")
# the municipalities of each office with the names of their other offices, their figures as means of the
# months, and their goals in their own words
MUNICIPALITY_COLUMNS = ("enhet", "kommunenr", "kommune_navn", "delt_med")
MUNICIPAL_NUMBER_COLUMNS = ("enhet", "kommunenr", "tall", "tall_navn", "periode", "status", "verdi")
MUNICIPAL_GOAL_COLUMNS = ("enhet", "kommunenr", "ar", "kommunens_mal", "frist")
# the labour market of the region of each office, of the regions of a county, and of all regions together
LABOUR_MARKET_COLUMNS = (
    *("niva", "enhet", "arbeidsmarkedsregion", "periode", "status"),
    *("arbeidsstyrke", "helt_ledige", "andel_helt_ledige", "ledige_stillinger"),
)
FURTHER = {
    "trakt": FUNNEL_COLUMNS,
    "traktlinjer": FUNNEL_LINE_COLUMNS,
    "serier": RUN_CHART_COLUMNS,
    "modell": MODEL_COLUMNS,
    "innsats": EFFORT_COLUMNS,
    "lignende": SIMILAR_COLUMNS,
    "laering": LEARNING_COLUMNS,
    "tillegg": VERDICT_CONTEXT_COLUMNS,
    "samlet": STANDARDISED_COLUMNS,
    "kurver": CURVE_COLUMNS,
    "avvikstrakt": EXPECTED_FUNNEL_COLUMNS,
    "grunner": REASON_COLUMNS,
    "lokale_mal": LOCAL_GOAL_COLUMNS,
    "maloppnaelse": GOAL_VERDICT_COLUMNS,
    "kommuner": MUNICIPALITY_COLUMNS,
    "kommunale_tall": MUNICIPAL_NUMBER_COLUMNS,
    "kommunale_mal": MUNICIPAL_GOAL_COLUMNS,
    "arbeidsmarked": LABOUR_MARKET_COLUMNS,
    "utsagn": STATEMENT_COLUMNS,
}
TEXT_COLUMNS = (
    *(*KEY, "basis_periode", "diagram", "bedre", "svakere"),
    *("modell", "variant", "del", "faktor", "lignende", "likest", "annen"),
    *("ar", "parameter", "grunn", "utsagn"),
    *(
        "vurdering",
        "kommunenr",
        "kommune_navn",
        "delt_med",
        "tall",
        "tall_navn",
        "status",
        "kommunens_mal",
        "frist",
        "arbeidsmarkedsregion",
    ),
)

FILES = (
    "tall.parquet",
    "tall.csv",
    "definisjoner.json",
    "enheter.csv",
    "krav.json",
    "hendelser.csv",
    "kommentarer.json",
    "tekster.json",
    "kvalitet.csv",
    *(f"{name}.csv" for name in FURTHER),
)
MANIFEST = "utgave.json"


def arrow_type(column: str) -> pa.DataType:
    """The Parquet type of a column of `tall`: float64, boolean or text."""
    if column in FLOATS:
        return pa.float64()
    return pa.bool_() if column == "forelopig" else pa.string()


ARROW = pa.schema([(column, arrow_type(column)) for column in COLUMNS])
