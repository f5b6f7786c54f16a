"""The pages of one edition that the tests read."""

from claims import Page
from facts import Facts
from made_editions import Made
from rendered import chapters, page

KINDS = (
    "landet",
    "fylke/9901",
    "kontor/9001",
    "kontor/9002",
    "kontor/9005",
    "kapittel/ungdom",
    "kapittel/oppfolging",
)
WRITTEN = ("rapport/avvik", "rapport/9901", "plan/oversikt", "plan/9001", "plan/9002", "plan/9005")
INDICATORS = ("ota_arbs", "tiltak_ota", "langtid_aktivitet", "sykefravaer_etat")


class Book:
    """The pages of one edition that the tests read."""

    def __init__(self, made: Made) -> None:
        self.facts = Facts(made.folder, made.letters)
        self.html = {
            address: page(made.folder, address)
            for address in (*KINDS, *(f"indikator/{indikator}" for indikator in INDICATORS))
        }
        written = chapters(made.folder)
        self.html |= {address: written[address] for address in WRITTEN if address in written}

    def page(self, address: str, html: str = "") -> Page:
        return Page(self.facts, address, html or self.html[address])
