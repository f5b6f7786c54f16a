"""NORG2 exports with invented offices."""

from typing import Any


def unit(number: str, over: str | None = "9900", kind: str = "LOKAL", **said: Any) -> dict[str, Any]:
    """A unit in the shape of NORG2's answer, with invented names."""
    own = {
        "enhetId": 100000000 + int(number),
        "navn": f"NAV Oppdiktet {number}",
        "enhetNr": number,
        "status": "Aktiv",
        "orgNivaa": "EN",
        "type": kind,
        "underEtableringDato": "1970-01-01",
        "aktiveringsdato": "2007-02-01",
        "underAvviklingDato": None,
        "nedleggelsesdato": None,
        "sosialeTjenester": "Eksempeltekst",
    }
    own |= {name: value for name, value in said.items() if name != "overordnetEnhet"}
    return {"enhet": own, "overordnetEnhet": over, "habilitetskontor": []}


REGIONS = [
    unit("9900", None, "FYLKE", navn="NAV Nordfylket"),
    unit("9800", None, "FYLKE", navn="NAV Sørfylket"),
]
EXPORT = [
    *REGIONS,
    unit("9901"),
    unit("9902", nedleggelsesdato="2020-12-31", status="Nedlagt", etterfolger="9901"),
    unit("9983", kind="KO"),
    unit("9987", kind="TILTAK"),
    unit("9990", kind="ALS"),
    unit("9801", "9800"),
]
