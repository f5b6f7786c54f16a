"""Metadata of the edition for the theme and the hand-written chapters: `sider.json`."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from navbook.book.execution.normalise import escaped
from navbook.book.execution.page_list import page_units, parent_pages
from navbook.book.site.office_list import Findable
from navbook.edition import Edition
from navbook.pages import front_page_texts
from navbook.pages.format import date_text, period_text

SYNTHETIC = "Dataene er syntetiske: kontorene og tallene er oppdiktet."
NO_LICENCE = "Det er ikke oppgitt noen lisens. Spør utgiveren før du bruker tallene videre."


def write_site_metadata(edition: Edition, path: Path, units: Collection[Findable] = ()) -> None:
    """Write the file that the Sphinx extension reads: `fakta`, `utgave`, `sider` (docname → parent pages),
    `rekkefolge` (the docnames of the indicators in the order of the letter) and `tidligere` (address → former
    names and numbers of the office, for the search).
    """
    manifest = edition.utgave
    facts = {
        "fakta": substitutions(edition),
        "utgave": {
            "periode": period_text(manifest["periode"]),
            "kilde": manifest["kilde"],
            "brev": edition.krav.get("brev"),
            "uttrekksdato": date_text(manifest["uttrekksdato"]),
            "syntetisk": manifest["syntetisk"],
            "mappe": manifest["periode"],
            "nettadresse": manifest.get("utgiver", {}).get("nettadresse", ""),
        },
        "sider": {
            f"book/sider/{page}": [f"book/sider/{name}" for name in parents]
            for page, parents in parent_pages(edition)
        },
        "rekkefolge": [f"book/sider/indikator/{definition['id']}" for definition in edition.definisjoner],
        "tidligere": {unit.address: unit.also[1:] for unit in units if unit.also[1:]},
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")


def publisher_texts(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What the pages on citing, licence and contact say of the publisher, with a sentence for what is not
    given.
    """
    given = manifest.get("utgiver", {})
    base = given.get("nettadresse", "")
    return {
        "eier": given.get("eier", "Utgiveren er ikke oppgitt"),
        "kontakt": given.get("kontakt", "Ta det opp med den i fylket som lager boken."),
        "lisens": given.get("lisens", NO_LICENCE),
        "utgaveadresse": f"{base}/{manifest['periode']}/" if base else f"…/{manifest['periode']}/",
        "nyesteadresse": f"{base}/siste/" if base else "…/siste/",
    }


def substitutions(edition: Edition) -> dict[str, str]:
    """The values of `{{ name }}` in the chapters of `book/`: escaped text, and links to the counties."""
    manifest = edition.utgave
    facts: dict[str, Any] = {name: manifest.get(name, "") for name in ("periode", "brev", "kilde")}
    facts |= {name: date_text(manifest[name]) for name in ("uttrekksdato", "dekker_fom", "dekker_tom")}
    levels = [unit["niva"] for unit in page_units(edition)]
    facts["antall_kontor"] = levels.count("kontor")
    facts["antall_fylker"] = levels.count("fylke")
    area = edition.area
    facts |= {
        "omrade": area.heading,
        "omradet": area.name,
        "hele_omradet": area.whole,
        "omradets": area.genitive,
    }
    facts |= publisher_texts(manifest)
    facts["periode_tekst"] = period_text(manifest["periode"])
    facts["syntetisk_setning"] = SYNTHETIC if manifest.get("syntetisk") else ""
    counties = [unit for unit in page_units(edition) if unit["niva"] == "fylke"]
    texts = front_page_texts(edition)
    facts["nytt_i_brevet"] = " ".join(texts["nytt_i_brevet"])
    three = "\n".join(f"- {escaped(line)}" for line in texts["tre_setninger"])
    links = [f"[{escaped(unit['navn'])}](sider/fylke/{unit['enhet']}.ipynb)" for unit in counties]
    return {name: escaped(str(value)) for name, value in facts.items()} | {
        "fylkelenker": ", ".join(links),
        "tre_setninger": three,
    }
