"""A yearly letter as a record: what `data/letters/<year>.yml` may hold."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from navbook.letters.report import Report
from navbook.letters.rule import JudgementRule, LetterRecord


class SeriesRef(LetterRecord):
    """One series of the count table that an entry puts in the edition.

    `wording` is the row's own wording, with its letter (a, b) where it has one; the book's own words where
    `supplement` is true: a series that the letter itself does not ask for. `judged`: the requirement holds.
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
    """A styringsparameter: `wording` and `requirement` exactly as the letter has them, the rest in bokmål."""

    id: str = Field(pattern=r"^SP\d\d$")
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


Status = Literal["beregnet", "finnes ikke i uttrekket", "former rapporten"]
Origin = Literal["brevet", "brevet, år ikke oppgitt", "annen kilde"]


class CatalogueEntry(LetterRecord):
    """A deadline (F), goal (G) or reporting duty (R) outside the table of styringsparametere.

    `quotes` are the letter's exact words, `what` is what one would measure, `status` whether the book does,
    `reason` why. `origin` says whether the words are known to be in this year's letter. None is judged.
    """

    id: str = Field(pattern=r"^[FGR]\d\d$")
    quotes: list[str] = Field(default_factory=list)
    what: str
    population: str = ""
    direction: str = ""
    status: Status
    reason: str
    origin: Origin = "brevet"
    series: list[SeriesRef] = Field(default_factory=list)

    rule: JudgementRule = JudgementRule()
    requirement: str = ""
    footnotes: list[Footnote] = Field(default_factory=list)

    @property
    def wording(self) -> str:
        """The letter's own words; several passages are joined so that «…» around them reads right."""
        return "»; «".join(self.quotes)


class LetterDefinition(LetterRecord):
    """What the letter means by a term (`quotes` are its exact words), and what that fixes or leaves open."""

    id: str = Field(pattern=r"^D\d\d$")
    quotes: list[str] = Field(default_factory=list)
    fixes: str
    footnote: int | None = None

    @property
    def wording(self) -> str:
        """The letter's own words; several passages are joined so that «…» around them reads right."""
        return "»; «".join(self.quotes)


class Semantics(LetterRecord):
    """One point on how a requirement is interpreted, printed with every verdict that follows it."""

    id: str = Field(pattern=r"^SEM\d$")
    text: str


class Change(LetterRecord):
    """One difference between this letter and the letter before it."""

    topic: str
    before: str
    now: str


class Letter(LetterRecord):
    """One year's mål- og disponeringsbrev."""

    year: int
    dated: date
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
