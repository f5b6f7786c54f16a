"""Its place puts `tests/` on the path, so that tests import the makers of small extracts by name."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# the tests of these folders share editions that take long to make, so one process runs them all
TOGETHER = (TESTS / "sentences",)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests of one file, or of one of the folders above, are run by the same process."""
    group = next((folder for folder in TOGETHER if folder in item.path.parents), item.path)
    item.add_marker(pytest.mark.xdist_group(group.relative_to(TESTS).as_posix()))


@pytest.fixture(scope="session", autouse=True)
def _results_of_the_gate_are_shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    from shared_results import RESULTS

    own = tmp_path_factory.getbasetemp()
    RESULTS.folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
