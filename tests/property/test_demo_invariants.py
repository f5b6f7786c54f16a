"""What holds for every demo, whatever its seed and size."""

import hashlib
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navbook.extract.demo import make_demo
from navbook.extract.demo.dice import Dice
from navbook.extract.demo.settings import Steps, between

SMALL = {"fom": "2021-07", "tom": "2022-06"}


def bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    for name in ("a", "b/c"):
        make_demo(tmp_path / name, offices=6, people=500, seed=7, **SMALL)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b" / "c")


def test_another_seed_gives_other_people_in_offices_of_the_same_names(tmp_path: Path) -> None:
    for seed in (1, 2):
        make_demo(tmp_path / str(seed), offices=6, people=500, seed=seed, **SMALL)
    one, two = bytes_of(tmp_path / "1"), bytes_of(tmp_path / "2")
    assert one["person.parquet"] != two["person.parquet"]
    names = [
        duckdb.sql(f"select enhetsnr, navn from '{tmp_path}/{seed}/kontor.parquet' order by all").fetchall()
        for seed in (1, 2)
    ]
    assert names[0] == names[1]


# What must be empty in every extract: text says what a row found would mean.
FORBIDDEN = {
    "a period that ends before it begins": """
        select 1 from oppfolging where fom > tom
        union all select 1 from arbeidsforhold where fom > tom
        union all select 1 from tiltak where fom > tom
        union all select 1 from aktivitet where fom > tom
        union all select 1 from ytelse where fom > tom
        union all select 1 from sykmelding where fom > tom
        union all select 1 from kvp where fom > tom""",
    "a person that is not in `person`": """
        select person_id from oppfolging union select person_id from arbeidsforhold
        union select person_id from lonn
        union select person_id from tiltak union select person_id from aktivitet
        union select person_id from kontakt
        union select person_id from ytelse union select person_id from sykmelding
        union select person_id from kandidatutfall union select person_id from kvp
        except select person_id from person""",
    "an office that is not in `kontor`": """
        select enhetsnr from oppfolging union select enhetsnr from tiltak
        union select enhetsnr from sykmelding
        union select enhetsnr from kandidatutfall union select enhetsnr from kvp
        union select enhetsnr from nyansettelse
        union select enhetsnr from serviceklage union select enhetsnr from fravaer_ansatte
        except select enhetsnr from kontor""",
    "a tiltak that has ended, or never begun, without a last day": """
        select 1 from tiltak where tom is null and deltakerstatus not in ('GJENN', 'DELTAR')""",
    "two rows of oppfolging with one key": """
        select person_id, fom, enhetsnr from (select distinct * from oppfolging)
        group by all having count(*) > 1""",
    "a certificate number used twice": """
        select sykmelding_id from sykmelding group by all having count(*) > 1""",
    "an assessment of a certificate that does not run on that day": """
        select 1 from aktivitetskrav k left join sykmelding s using (sykmelding_id)
        where s.fom is null or k.vurdert not between s.fom and s.tom""",
    "an id of kandidatutfall used twice": "select id from kandidatutfall group by all having count(*) > 1",
    "followed up after death or emigration": """
        select 1 from oppfolging o join person p using (person_id)
        where coalesce(o.tom, date '2099-12-31') >= least(p.dodsdato, p.utvandringsdato)""",
    "two wages in one month": "select 1 from lonn group by person_id, maned having count(*) > 1",
    "a last day beyond the cover": "select 1 from oppfolging where greatest(fom, tom) > date '2023-06-30'",
}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offices=st.integers(1, 14), people=st.integers(1, 600), seed=st.integers(0, 2**32))
def test_no_demo_holds_rows_that_contradict_the_contract(
    tmp_path_factory: pytest.TempPathFactory, offices: int, people: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder, offices=offices, people=people, seed=seed, **SMALL)
    with duckdb.connect() as connection:
        for path in folder.glob("*.parquet"):
            connection.execute(f"create view {path.stem} as select * from '{path}'")
        found = {what: connection.execute(query).fetchall() for what, query in FORBIDDEN.items()}
    assert {what: rows for what, rows in found.items() if rows} == {}


@given(weights=st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any), seed=st.integers(0, 2**32))
def test_a_pick_never_lands_on_a_weight_of_zero(weights: list[int], seed: int) -> None:
    picked = Dice(seed).pick(weights, 200)
    assert all(weights[place] > 0 for place in picked)


@given(steps=st.lists(st.integers(-500, 500), min_size=2, max_size=8).map(sorted), seed=st.integers(0, 2**32))
def test_a_ladder_stays_between_its_ends(steps: list[int], seed: int) -> None:
    drawn = Dice(seed).ladder(steps, 100)
    assert drawn.min() >= steps[0]
    assert drawn.max() <= steps[-1]


def test_half_of_the_draws_lie_below_the_middle_of_a_ladder() -> None:
    drawn = Dice(3).ladder([0, 10, 1000], 20_000)
    assert 0.48 < (drawn < 10).mean() < 0.52


@pytest.mark.parametrize(("value", "expected"), [(-5, 0), (0, 0), (5, 50), (10, 100), (15, 150), (99, 200)])
def test_a_line_between_points_is_flat_outside_them(value: int, expected: int) -> None:
    points: Steps = [(0, 0), (10, 100), (20, 200)]
    assert between(points, value) == expected
