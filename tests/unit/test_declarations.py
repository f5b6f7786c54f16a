"""Every declaration says all that a definition page prints, and refers only to what there is."""

import re

import pytest
from pydantic import ValidationError

from navbook.extract.schema import all_tables
from navbook.indicators import CALCULATIONS, FAMILIES, REGISTRY, Indicator, definitions
from navbook.indicators.registry import indicator_of
from navbook.runtime.errors import UsageError
from navbook.runtime.paths import NOTEBOOKS

INDICATORS = list(REGISTRY.values())


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
def test_a_definition_is_whole(indicator: Indicator) -> None:
    texts = ("navn", "kortnavn", "populasjon", "teller", "nevner", "dato", "register", "kilde")
    assert all(getattr(indicator, name).strip() for name in texts)
    assert indicator.valg
    assert indicator.maler_ikke
    assert indicator.vindu.tekst
    assert all(re.search(r"[.!?]$", text) for text in (*indicator.valg, *indicator.maler_ikke))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.id)
def test_a_definition_refers_to_what_there_is(indicator: Indicator) -> None:
    groups = {group.id for group in indicator.grupper}
    assert len(groups) == len(indicator.grupper)
    assert set(indicator.par) <= set(REGISTRY) - {indicator.id}
    assert set(indicator.tabeller) <= set(all_tables())
    for group in indicator.grupper:
        assert group.delmengde_av is None or group.delmengde_av in groups - {group.id}
        assert group.deler_n_med is None or group.deler_n_med in groups - {group.id}
    rests = {f"{each.id}/{bond.rest}" for each in INDICATORS for bond in each.sammenhenger if bond.rest}
    series = {f"{each.id}/{group.id}" for each in INDICATORS for group in each.grupper} | rests
    for bond in indicator.sammenhenger:
        for term in (*bond.helhet, *bond.deler):
            name = term.partition(":")[0]
            assert (name if "/" in name else f"{indicator.id}/{name}") in series


def test_every_indicator_belongs_to_the_family_that_names_it() -> None:
    for family in FAMILIES.values():
        assert {indicator.familie for indicator in family.indikatorer} == {family.id}


def test_every_family_has_a_calculation_notebook() -> None:
    assert {path.stem for path in (NOTEBOOKS / "beregning").glob("*.ipynb")} == set(CALCULATIONS)


def test_a_declaration_takes_no_unknown_field_and_cannot_be_changed() -> None:
    fields = REGISTRY["ota_arbs"].model_dump()
    with pytest.raises(ValidationError, match="tellr"):
        Indicator.model_validate(fields | {"tellr": "a slip of the pen"})
    with pytest.raises(ValidationError, match="frozen"):
        REGISTRY["ota_arbs"].lag = 0  # type: ignore[misc]


def test_a_declaration_survives_the_journey_to_json() -> None:
    for indicator in INDICATORS:
        assert Indicator.model_validate_json(indicator.model_dump_json()) == indicator


def test_an_unknown_indicator_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"'ota_alle'.*ota_arbs"):
        indicator_of("ota_alle")


def test_the_notebook_shows_every_definition_of_the_family() -> None:
    text = definitions("oppfolging_unge").data
    assert "u30_aktivitet" in text
    assert "u30_kontakt30" in text
    assert "Bokens egen regel" in text
