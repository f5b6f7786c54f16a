"""The series of an edition: what the letter in force asks for, joined to the definitions that count it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from navbook.indicators.definition.declaration import Group, Indicator
from navbook.letters import CatalogueEntry, JudgementRule, Letter, SeriesRef, Styringsparameter

NO_RULE = "none"
COUNT = "antall"
PERSONS = "personer"
ALL = "alle"
WHOLE_ONLY, WITHOUT_MONTHS = "hele", "uten_maneder"
PORTFOLIO = "portefolje"
# what a series is to the letter: a row of its table, a sub-group of one, the portfolio, or a further goal
Kind = Literal["brev", "del", "portefolje", "videre"]
# the two readings of landgruppe 3 overlap, and neither contains the other
_COMPARED_WITH_ALL = frozenset({"fotnote5"})


@dataclass(frozen=True)
class Series:
    """One line of the edition: an indicator and a group, and how it is measured.

    `judged`: the letter in force has a requirement for it; `Letters.requirement` says what holds in a period.
    `averaged` marks amounts whose limits are based on the spread of the months. `counted_as` is the group
    whose counts it uses (`alle` for the number that SP10 shows next to the share); `parent` is the group
    whose difference from this one may count few people; `shares_n` if both have the same n. With
    `whole_only` the edition has the complete period and its base, and months for counties and the country
    only; with `without_months` no level has months. `kind` says what the series is to the letter, which
    decides what is suppressed before it. `left_out_at` are the levels that the series has no figures for,
    `preferred_to` the group that is left out where it counts nearly the same, and `together_with` the group
    without which the series is not shown.
    """

    indikator: str
    gruppe: str
    count_only: bool
    judged: bool
    stock: bool
    polarity: int
    definition: str
    counted_as: str
    parent: str | None
    shares_n: bool
    declared: bool
    averaged: bool = False
    whole_only: bool = False
    without_months: bool = False
    kind: Kind = "brev"
    left_out_at: frozenset[str] = frozenset()
    preferred_to: str | None = None
    together_with: str | None = None

    @property
    def source(self) -> tuple[str, str]:
        return self.indikator, self.counted_as


def edition_series(letter: Letter | None, indicators: Mapping[str, Indicator]) -> list[Series]:
    """The series of an edition under `letter`, in the letter's order.

    Before the first letter (None) they are all groups of all indicators, and none of them is judged.
    """
    if letter is None:
        return [
            _series(
                indicator, indicator.id, group.id, indicator.type == COUNT, False, _kind_of(indicator, group)
            )
            for indicator in indicators.values()
            for group in indicator.grupper
            if group.gjentar is None
        ]
    series: dict[tuple[str, str], Series] = {}
    for entry, reference in letter.series():
        line = _series(
            indicators.get(reference.indikator),
            reference.indikator,
            reference.gruppe,
            reference.maal == COUNT,
            judging_rule(entry, reference) is not None,
            _kind_in_letter(entry, reference),
        )
        series.setdefault((line.indikator, line.gruppe), line)
    return list(series.values())


def judging_rule(owner: Styringsparameter | CatalogueEntry, reference: SeriesRef) -> JudgementRule | None:
    """The rule by which a letter judges a series of one of its entries; None if it does not judge it."""
    return owner.rule if reference.judged and owner.rule.kind != NO_RULE else None


def _kind_in_letter(owner: Styringsparameter | CatalogueEntry, reference: SeriesRef) -> Kind:
    if isinstance(owner, Styringsparameter):
        return "brev" if reference.judged or not reference.supplement else "del"
    return "portefolje" if reference.indikator == PORTFOLIO else "videre"


def _kind_of(indicator: Indicator, group: Group) -> Kind:
    if indicator.id == PORTFOLIO:
        return "portefolje"
    if indicator.utenfor_styringsparametrene:
        return "videre"
    return "brev" if group.delmengde_av is None else "del"


def _series(
    indicator: Indicator | None, name: str, group: str, count_only: bool, judged: bool, kind: Kind
) -> Series:
    groups = {each.id: each for each in indicator.grupper} if indicator else {}
    # a number shown next to a share has no counts of its own
    counted_as = ALL if count_only and group not in groups and ALL in groups else group
    parent = groups[group].delmengde_av if group in groups else None
    if parent is None and group in _COMPARED_WITH_ALL:
        parent = ALL
    design = groups.get(group)
    return Series(
        indikator=name,
        gruppe=group,
        count_only=count_only,
        judged=judged,
        stock=bool(indicator and indicator.beholdning),
        polarity=indicator.polaritet if indicator else 1,
        definition=f"{name} v{indicator.versjon}" if indicator else "",
        counted_as=counted_as,
        parent=parent,
        shares_n=group in groups and groups[group].deler_n_med is not None,
        declared=indicator is not None,
        averaged=bool(indicator and indicator.maleenhet != PERSONS),
        whole_only=bool(indicator and indicator.perioder in (WHOLE_ONLY, WITHOUT_MONTHS)),
        without_months=bool(indicator and indicator.perioder == WITHOUT_MONTHS),
        kind=kind,
        left_out_at=frozenset(design.ikke_for if design else ()),
        preferred_to=design.framfor if design else None,
        together_with=design.bare_sammen_med if design else None,
    )
