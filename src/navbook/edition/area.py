"""What the top level of an edition is called: the whole country, or the part that the extract covers."""

from collections.abc import Collection
from dataclasses import dataclass

HELE_LANDET = "Hele landet"
# a name that ends in one of these sounds takes an apostrophe in the genitive
_SIBILANTS = ("s", "x", "z")


@dataclass(frozen=True)
class Area:
    """The forms of the name, for headings (`heading`), within a sentence (`name`, `whole`, `genitive`,
    `where`) and at its beginning (`subject`).

    >>> Area("Hele landet").genitive, Area("Troms").genitive
    ('landets', "Troms'")
    """

    heading: str

    @property
    def is_country(self) -> bool:
        """Whether the edition covers the whole country."""
        return self.heading == HELE_LANDET

    @property
    def name(self) -> str:
        """Within a sentence: «landet», «Rogaland»."""
        return "landet" if self.is_country else self.heading

    @property
    def subject(self) -> str:
        """At the beginning of a sentence: «Landet», «Rogaland»."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def whole(self) -> str:
        """All of it, within a sentence: «hele landet», «hele Rogaland»."""
        return f"hele {self.name}"

    @property
    def genitive(self) -> str:
        """«landets», «Rogalands», «Troms'»."""
        return self.name + self._ending

    @property
    def whole_genitive(self) -> str:
        """«hele landets», «hele Rogalands», «hele Troms'»."""
        return self.whole + self._ending

    @property
    def _ending(self) -> str:
        return "'" if self.name.endswith(_SIBILANTS) else "s"

    @property
    def where(self) -> str:
        """«i landet», «i Rogaland»."""
        return f"i {self.name}"


def area_name(omrade: str | None, counties: Collection[str]) -> str:
    """The name of the top level: what the extract says it covers, else its only county, else the country."""
    if omrade:
        return omrade[:1].upper() + omrade[1:]
    return next(iter(counties)) if len(counties) == 1 else HELE_LANDET
