"""Its place puts `tests/` on the path, so that tests import the makers of small extracts by name."""

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def _results_of_the_gate_are_shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    from shared_results import RESULTS

    own = tmp_path_factory.getbasetemp()
    RESULTS.folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
