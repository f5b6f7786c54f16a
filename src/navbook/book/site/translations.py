"""Bokmål for the theme's own texts: Sphinx's Norwegian catalogue, and what is missing there."""

import gettext
from pathlib import Path

import sphinx

SCRIPT_STRINGS = Path(__file__).with_name("translations.js")
OWN_STRINGS = {
    "Skip to main content": "Hopp til hovedinnholdet",
    "Search": "Søk",
    "Search...": "Søk …",
    "Color mode": "Fargevalg",
    "Light": "Lyst",
    "Dark": "Mørkt",
    "System Settings": "Som systemet",
    "On this page": "På denne siden",
    "Contents": "På denne siden",
    "Back to top": "Til toppen",
    "Error": "Feil",
    "Please activate JavaScript to enable the search functionality.": "Slå på JavaScript for å bruke søket.",
    "Link to this heading": "Lenke til denne overskriften",
    "Permalink to this heading": "Lenke til denne overskriften",
    "Link to this table": "Lenke til denne tabellen",
    "Link to this image": "Lenke til dette bildet",
    "Breadcrumb": "Brødsmulesti",
    "Announcement": "Kunngjøring",
    "Version warning": "Versjonsvarsel",
    "Copyright": "Opphavsrett",
}


class Bokmaal(gettext.NullTranslations):
    """Our own translation, else Sphinx's Norwegian one, else the English text."""

    def __init__(self) -> None:
        super().__init__()
        folder = Path(sphinx.__file__).parent / "locale"
        self.add_fallback(gettext.translation("sphinx", folder, ["nb_NO"], fallback=True))

    def gettext(self, message: str) -> str:
        """The bokmål text of an English message."""
        return OWN_STRINGS.get(message) or super().gettext(message) or message
