"""The closed list of what is published. A new file, column or key is a finding until it is added here.

The list is written apart from the code that writes the files, so that no change there publishes something
that nobody has decided to publish.
"""

from functools import cache
from typing import Any

import yaml

from navbook.runtime.paths import own_file

KEY = ("indikator", "gruppe", "niva", "enhet", "periode")
_CHANGE = ("endring", "endring_nedre", "endring_ovre")
_EXPECTED = ("forventet", "avvik", "avvik_nedre", "avvik_ovre")
_LIMITS = ("nedre", "ovre")
TALL = (
    *(*KEY, "x", "n", "verdi", *_LIMITS, "status", "basis_periode", "basis_verdi", *_CHANGE),
    *("krav", "vurdering", *_EXPECTED, "forelopig", "metode", "definisjon"),
)
NAMED = (*TALL, "enhetsnavn", "fylkesnavn", "indikatornavn", "gruppenavn", "fylke")
_STANDARD = tuple(f"standardisert{part}" for part in ("", "_nedre", "_ovre"))
_STANDARD_CHANGE = tuple(f"standardisert_endring{part}" for part in ("", "_nedre", "_ovre"))
_LINES = ("nedre_95", "ovre_95", "nedre_998", "ovre_998")

# The columns of each table in `data/`, by the name of the file. Tables of pages are parts of `tall.csv`.
COLUMNS: dict[str, tuple[str, ...]] = {
    "tall.csv": TALL,
    "tall.parquet": TALL,
    "landet.csv": NAMED,
    "resultater.csv": NAMED,
    "kolonner.csv": ("fil", "kolonne", "tittel", "forklaring", "type"),
    "enheter.csv": (
        *("enhet", "niva", "navn", "fylke", "gyldig_fom", "gyldig_tom", "etterfolger"),
        "storrelsesklasse",
    ),
    "hendelser.csv": ("id", "fom", "tom", "navn", "gjelder"),
    "kvalitet.csv": ("kode", "tekst", "niva", "enhet", "antall", "status"),
    "trakt.csv": (
        *(*KEY, "n", "verdi", *_LIMITS, "score", "utslag", "mal", "phi", "tau2", "vist", "utenfor"),
        "skiller_seg_ut",
    ),
    "traktlinjer.csv": (
        *("indikator", "gruppe", "periode", "n", *_LINES, *(f"smal_{line}" for line in _LINES)),
        *("nedre_fdr", "ovre_fdr"),
    ),
    "avvikstrakt.csv": (
        *(*KEY, "n", "avvik", *_LIMITS, "nedre_998", "ovre_998", "score", "utslag", "phi", "tau2"),
        *("vist", "utenfor"),
    ),
    "serier.csv": (
        *("indikator", "gruppe", "niva", "enhet", "diagram", "bedre", "svakere", "maneder", "snitt"),
        "rekkevidde",
    ),
    "modell.csv": (
        *("modell", "variant", "del", "periode", "faktor", "niva", "nr", "n", "x", "observert"),
        *(*_LIMITS, "forventet", "verdi"),
    ),
    "innsats.csv": (*KEY, *_EXPECTED, "landet"),
    "lignende.csv": (
        *("enhet", "lignende", "likest", "under30", "landgruppe3", "langtid", "nedsatt", "ota_arbs"),
        "ota_nedsatt",
    ),
    "laering.csv": (
        *("indikator", "gruppe", "periode", "enhet", "annen", "forskjell", *_LIMITS, "star", "par"),
    ),
    "tillegg.csv": (*KEY, "minste_endring", "niva_nadd", "ventet", "ventet_nedre", "ventet_ovre"),
    "samlet.csv": (
        *("indikator", "niva", "enhet", "periode", "basis_periode", "verdi", "verdi_nedre", "verdi_ovre"),
        *(*_CHANGE, *_STANDARD, *_STANDARD_CHANGE, "mot_summen"),
    ),
    "kurver.csv": (*KEY, "dag", "verdi", *_LIMITS),
    "grunner.csv": (*KEY, "grunn"),
    "lokale_mal.csv": ("enhet", "ar", "parameter", "mal"),
    "maloppnaelse.csv": ("enhet", "parameter", "indikator", "gruppe", "periode", "mal", "vurdering"),
    "kommuner.csv": ("enhet", "kommunenr", "kommune_navn", "delt_med"),
    "kommunale_tall.csv": ("enhet", "kommunenr", "tall", "tall_navn", "periode", "status", "verdi"),
    "kommunale_mal.csv": ("enhet", "kommunenr", "ar", "kommunens_mal", "frist"),
    "arbeidsmarked.csv": (
        *("niva", "enhet", "arbeidsmarkedsregion", "periode", "status"),
        *("arbeidsstyrke", "helt_ledige", "andel_helt_ledige", "ledige_stillinger"),
    ),
    "utsagn.csv": (*KEY, "utsagn"),
}
# names of columns of these tables; a number in another column of a row with a key may be any value
KNOWN_COLUMNS = frozenset(name for columns in COLUMNS.values() for name in columns) | {"felt"}

# files for readers, whose own scanners read them
WORKBOOKS = ("utgave.xlsx", "landet.xlsx")
METADATA = ("resultater.json", "csv-metadata.json")

# the guide that readers get: a table that it explains, with its columns, needs no entry in COLUMNS
_GUIDE = "data/filer.yml"


@cache
def guided_files() -> frozenset[str]:
    """The files of an edition that the guide explains."""
    return frozenset(str(name) for name in _guide()["filer"])


@cache
def guided_columns() -> frozenset[str]:
    """The columns that the guide explains."""
    own = (name for entry in _guide()["filer"].values() for name in entry.get("egne", {}))
    return frozenset(str(name) for name in (*_guide()["kolonner"], *own))


@cache
def _guide() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(own_file(_GUIDE).read_text(encoding="utf-8"))
    return content
