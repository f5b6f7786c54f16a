"""What an extract says does not depend on the order of its rows, nor on how often equal rows stand in it."""

import random
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extracts import write_extract
from navbook.extract import check_extract, open_extract

SPELLS = st.lists(
    st.fixed_dictionaries(
        {
            "person_id": st.sampled_from(["p1", "p2", "p3"]),
            "enhetsnr": st.sampled_from(["9001", "9002", "9009"]),
            "fom": st.sampled_from(["2021-01-01", "2021-02-01", "2023-11-15"]),
            "tom": st.sampled_from([None, "2021-01-31", "2023-12-31"]),
            "innsatsgruppe": st.sampled_from(["IKVAL", "STANDARD_INNSATS", "BATT", None, "UKJENT"]),
        }
    ),
    max_size=8,
)


def said(rows: list[dict[str, Any]]) -> tuple[Any, ...]:
    """The check's findings without row numbers, and the rows that would be counted."""
    with tempfile.TemporaryDirectory() as folder:
        write_extract(Path(folder), {"oppfolging": rows})
        report = check_extract(folder)
        with open_extract(folder) as extract:
            read = extract.table("oppfolging").to_pyarrow().to_pylist()
    problems = [(p.table, p.column, p.code, p.count, p.value) for p in (*report.problems, *report.reported)]
    return problems, sorted(read, key=str)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPELLS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[dict[str, Any]], shuffler: random.Random) -> None:
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    assert said(shuffled) == said(rows)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPELLS)
def test_rows_given_twice_are_read_once(rows: list[dict[str, Any]]) -> None:
    assert said(rows + rows)[1] == said(rows)[1]
