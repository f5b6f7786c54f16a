"""Countries in which a method has nothing to go by, through estimate and gate: each number is right or
missing with its reason, never wrong, and nothing fails or warns.
"""

import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from editions import MANIFEST, OFFICES, letter_in, register_of
from navbook.edition import Edition
from navbook.edition.schema import KEY
from navbook.estimate import estimate
from navbook.estimate.casemix import CaseMix, fit_patterns
from navbook.gate import Source, write_edition
from navbook.indicators import REGISTRY
from navbook.indicators.casemix import TRAITS
from navbook.runtime.periods import month_range, parse_period
from navbook.statistics import newcombe, wilson
from patterns import counts_of, invented_patterns

MONTHS = month_range("2019-01", "2022-12")
COUNTIES = {enhetsnr: county for enhetsnr, (county, _) in OFFICES.items()}
SHOWN = "vist"
VALUES = ["x", "n", "verdi", "nedre", "ovre", "endring", "vurdering", "forventet", "avvik"]

Change = Callable[[pd.DataFrame], pd.DataFrame]


def as_they_are(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


def told_by_traits(frame: pd.DataFrame) -> pd.DataFrame:
    """The traits tell the outcome: those with more schooling than months registered all get work, and nobody
    else does, though every level of either has both kinds."""
    works = frame["utdanning"] > frame["registrert"] % 3
    return frame.assign(x=np.where(works, frame["n"], 0.0))


def unknown_education(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(utdanning=TRAITS["utdanning"].index("ukjent"))


def the_same_every_month(frame: pd.DataFrame) -> pd.DataFrame:
    one = frame[frame["maned"] == "2019-01"].assign(n=40.0, x=16.0)
    return pd.concat([one.assign(maned=month) for month in MONTHS], ignore_index=True)


COUNTRIES: dict[str, tuple[Change, dict[str, str]]] = {
    "one office": (lambda frame: frame.assign(enhetsnr="9001"), {"9001": "9700"}),
    "one county": (as_they_are, dict.fromkeys(COUNTIES, "9700")),
    "a trait nobody knows": (unknown_education, COUNTIES),
    "an outcome told by the traits": (told_by_traits, COUNTIES),
    "nobody has the outcome": (lambda frame: frame.assign(x=0.0), COUNTIES),
    "everybody has the outcome": (lambda frame: frame.assign(x=frame["n"]), COUNTIES),
    "nobody at all": (lambda frame: frame.assign(n=0.0, x=0.0), COUNTIES),
    "the same every month": (the_same_every_month, COUNTIES),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Edition, CaseMix]]:
    """The edition of one of COUNTRIES with its case mix, each made once; a warning is an error."""

    @cache
    def make(name: str) -> tuple[Edition, CaseMix]:
        change, counties = COUNTRIES[name]
        frame = change(invented_patterns(5, rows=1500, months=MONTHS, persons=60))
        folder: Path = tmp_path_factory.mktemp("land")
        counts = counts_of(frame, MONTHS)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            casemix = fit_patterns(frame, MONTHS)
            found = estimate(
                counts[counts["enhetsnr"].isin(counties)],
                register_of(counties),
                MANIFEST,
                letter_in(2022),
                REGISTRY,
                parse_period("2022"),
                None,
                casemix,
            )
            private = folder.parent / f"{folder.name}-privat"
            written = write_edition(found, Source(MANIFEST), REGISTRY, folder, private)
        return Edition(written.folder), casemix

    return make


def of_leavers(edition: Edition) -> pd.DataFrame:
    tall = edition.tall
    return tall[tall["indikator"].str.startswith("ota_") & (tall["periode"] == "2022")]


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_number_is_right_or_missing(made, country):
    """The share of what is shown is x/n with Wilson's limits and the change Newcombe's; the rest is empty."""
    rows = of_leavers(made(country)[0])
    shown, other = rows[rows["status"] == SHOWN], rows[rows["status"] != SHOWN]

    assert len(rows) > 0
    assert other[VALUES].isna().all(axis=None)
    for name, limits in zip(("verdi", "nedre", "ovre"), wilson(shown["x"], shown["n"]), strict=True):
        np.testing.assert_allclose(shown[name], limits, atol=1e-6)
    base = made(country)[0].tall.set_index(list(KEY))[["x", "n"]]
    judged = shown.dropna(subset="endring")
    before = base.loc[list(judged[list(KEY)].assign(periode=judged["basis_periode"]).itertuples(index=False))]
    change = newcombe(judged["x"], judged["n"], before["x"].to_numpy(), before["n"].to_numpy())
    for name, limits in zip(("endring", "endring_nedre", "endring_ovre"), change, strict=True):
        np.testing.assert_allclose(judged[name], limits, atol=1e-6)


@pytest.mark.parametrize(
    "country", ["one office", "one county", "a trait nobody knows", "the same every month"]
)
def test_what_is_expected_of_the_whole_country_is_what_was_seen(made, country):
    """With one unit the country is that unit: what the model expects of all is right in the year of the fit,
    and every deviation has its limits around it."""
    edition, casemix = made(country)
    rows = of_leavers(edition).dropna(subset="forventet")

    assert not casemix.mangler
    assert len(rows) > 0
    assert (rows["avvik_nedre"] < rows["avvik"]).all()
    assert (rows["avvik"] < rows["avvik_ovre"]).all()
    np.testing.assert_allclose(rows["forventet"] + rows["avvik"], rows["verdi"], atol=2e-6)


def test_one_office_is_told_as_its_county_and_country(made):
    rows = (
        of_leavers(made("one office")[0]).set_index(["indikator", "gruppe", "niva"])[VALUES].unstack("niva")
    )

    for value in VALUES:
        for level in ("fylke", "landet"):
            pd.testing.assert_series_equal(rows[value][level], rows[value]["kontor"], check_names=False)


@pytest.mark.parametrize("country", ["one office", "nobody at all", "nobody has the outcome"])
def test_where_offices_cannot_be_compared_none_stands_out_and_none_is_alike(made, country):
    edition = made(country)[0]

    assert edition.further("trakt").empty
    assert edition.further("lignende").empty


@pytest.mark.parametrize(
    "country", ["an outcome told by the traits", "nobody has the outcome", "everybody has the outcome"]
)
def test_where_no_model_fits_the_reason_stands_in_place_of_what_is_expected(made, country):
    edition, casemix = made(country)
    table = edition.further("modell")

    assert set(casemix.mangler.values()) == {"lar_seg_ikke_tilpasse"}
    assert of_leavers(edition)["forventet"].isna().all()
    assert set(table["del"]) == {"mangler"}
    assert set(table["niva"]) == {"lar_seg_ikke_tilpasse"}


@pytest.mark.parametrize("country", ["nobody has the outcome", "everybody has the outcome", "nobody at all"])
def test_what_would_tell_of_all_or_none_is_withheld(made, country):
    assert set(of_leavers(made(country)[0])["status"]) == {"skjult"}


def test_a_constant_series_is_not_judged_to_have_changed(made):
    rows = of_leavers(made("the same every month")[0])
    shown = rows[rows["status"] == SHOWN]

    assert (shown["endring"].dropna() == 0).all()
    assert set(shown["vurdering"]) <= {"kan_ikke_avgjores", "for_fa", "ikke_relevant"}
    assert "kan_ikke_avgjores" in set(shown["vurdering"])
