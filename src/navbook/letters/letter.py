"""A yearly letter as a record: what `data/letters/<year>.yml` may hold."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from navbook.letters.report import Report
from navbook.letters.rule import JudgementRule, LetterRecord
from navbook.letters.year_check import year_faults


class SeriesRef(LetterRecord):
    """One series of the count table that an entry puts in the edition.

    `wording` is the letter's wording of the row, or the book's own words where `supplement` is true: the
    letter does not ask for the series. `judged`: the requirement applies to the series.
    """

    indikator: str
    gruppe: str
    wording: str
    maal: Literal["andel", "antall"] = "andel"
    judged: bool = False
    supplement: bool = False


class Footnote(LetterRecord):
    """A footnote that the letter fixes to a parameter: its number and exact text."""

    number: int
    text: str


class Styringsparameter(LetterRecord):
    """A styringsparameter: `wording` and `requirement` exactly as the letter has them, the rest in bokmål.

    `tidligere` is the id of the same row in the letter before, where the row was renumbered. `ny_definisjon`:
    this letter means something else by the row than the letter before, so that its results are not compared
    with those of a period that an earlier letter covers. `uavklart`: what is here is last year's, and nobody
    has confirmed it.
    """

    id: str = Field(pattern=r"^SP\d\d$")
    tidligere: str = ""
    ny_definisjon: bool = False
    uavklart: bool = False
    wording: str
    gloss: str
    english: str
    population: str
    breakdowns: list[str] = Field(default_factory=list)
    baseline: str
    requirement: str
    rule: JudgementRule
    footnotes: list[Footnote] = Field(default_factory=list)
    silent: str
    series: list[SeriesRef] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_judged_by_a_rule(self) -> "Styringsparameter":
        if (self.rule.kind == "none") == any(series.judged for series in self.series):
            raise ValueError("series are judged if and only if rule.kind is not none")
        return self


Status = Literal["beregnet", "bare delvis i uttrekket", "finnes ikke i uttrekket", "former rapporten"]


class CatalogueEntry(LetterRecord):
    """A deadline (F), goal (G) or reporting duty (R) outside the table of styringsparametere.

    Either `ordlyd` has passages of this year's letter, word for word, or `omtale` says in our own words what
    the letter is about. `what` is what one would measure, `status` whether the book does, `reason` why. None
    is judged. `tidligere`, `ny_definisjon` and `uavklart` are as in Styringsparameter.
    """

    id: str = Field(pattern=r"^[FGR]\d\d$")
    tidligere: str = ""
    ny_definisjon: bool = False
    uavklart: bool = False
    ordlyd: list[str] = Field(default_factory=list)
    omtale: str = ""
    what: str
    population: str = ""
    direction: str = ""
    status: Status
    reason: str
    series: list[SeriesRef] = Field(default_factory=list)

    rule: JudgementRule = JudgementRule()
    requirement: str = ""
    footnotes: list[Footnote] = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_where_its_words_come_from(self) -> "CatalogueEntry":
        if bool(self.ordlyd) == bool(self.omtale):
            raise ValueError("give either ordlyd (word for word from this letter) or omtale (our own words)")
        if "«" in self.omtale:
            raise ValueError("omtale is in our own words and has no quotation marks")
        return self

    @property
    def wording(self) -> str:
        """The letter's own words; several passages are joined so that «…» around them reads right."""
        return "»; «".join(self.ordlyd)


class LetterDefinition(LetterRecord):
    """What the letter means by a term (`ordlyd` is word for word), and what that fixes or leaves open."""

    id: str = Field(pattern=r"^D\d\d$")
    uavklart: bool = False
    ordlyd: list[str] = Field(default_factory=list)
    fixes: str
    footnote: int | None = None

    @property
    def wording(self) -> str:
        """The letter's own words; several passages are joined so that «…» around them reads right."""
        return "»; «".join(self.ordlyd)


class Semantics(LetterRecord):
    """One point on how a requirement is interpreted, printed with every verdict that follows it."""

    id: str = Field(pattern=r"^SEM\d$")
    uavklart: bool = False
    text: str


class Change(LetterRecord):
    """One difference between this letter and the letter before it."""

    topic: str
    before: str
    now: str


TopField = Literal["dated", "title", "source", "header", "changes", "deadlines"]


class Letter(LetterRecord):
    """One year's mål- og disponeringsbrev.

    `arver` is the year of the letter that the file was completed from, `uavklart` the fields of the letter
    itself that nobody has confirmed, and `dated` is None only while it is one of them.
    """

    year: int
    arver: int | None = None
    uavklart: list[TopField] = Field(default_factory=list)
    dated: date | None = None
    title: str
    source: str
    header: str = ""
    parameters: list[Styringsparameter] = Field(min_length=1)
    catalogue: list[CatalogueEntry] = Field(default_factory=list)
    definitions: list[LetterDefinition] = Field(default_factory=list)
    semantics: list[Semantics] = Field(default_factory=list)
    changes: list[Change] = Field(default_factory=list)
    report: Report = Report()

    @model_validator(mode="after")
    def _names_each_thing_once(self) -> "Letter":
        _refuse_repeats("id", [p.id for p in self.parameters] + [entry.id for entry in self.catalogue])
        _refuse_repeats("id", [d.id for d in self.definitions] + [point.id for point in self.semantics])
        _refuse_repeats("series", (f"{ref.indikator}/{ref.gruppe}" for _, ref in self.series()))
        known = {point.id for point in self.semantics}
        for owner in self.parameters:
            if unknown := set(owner.rule.semantics) - known:
                raise ValueError(
                    f"{owner.id} rule.semantics names {sorted(unknown)[0]}, which semantics lacks"
                )
        return self

    @model_validator(mode="after")
    def _is_of_its_year(self) -> "Letter":
        if self.dated is None and "dated" not in self.uavklart:
            raise ValueError("dated is missing")
        if faults := year_faults(self):
            raise ValueError("; ".join(faults))
        return self

    def unconfirmed(self) -> list[str]:
        """Return the fields and the ids of entries that are still last year's."""
        entries: list[Styringsparameter | CatalogueEntry | LetterDefinition | Semantics]
        entries = [*self.parameters, *self.catalogue, *self.definitions, *self.semantics]
        return [*self.uavklart, *(entry.id for entry in entries if entry.uavklart)]

    def series(self) -> list[tuple[Styringsparameter | CatalogueEntry, SeriesRef]]:
        """Return every series of the edition with its entry: styringsparametere first, then the catalogue."""
        return list(self._all_series())

    def own_series(self) -> list[tuple[Styringsparameter, SeriesRef]]:
        """Return the series in the letter's own table, without the book's supplements."""
        return [(owner, ref) for owner in self.parameters for ref in owner.series if not ref.supplement]

    def _all_series(self) -> Iterator[tuple[Styringsparameter | CatalogueEntry, SeriesRef]]:
        owners: list[Styringsparameter | CatalogueEntry] = [*self.parameters, *self.catalogue]
        for owner in owners:
            for ref in owner.series:
                yield owner, ref


def _refuse_repeats(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name} is repeated")
        seen.add(name)
