"""Components protected by several processes: a process that dies is a fault, not a verdict."""

import os
import subprocess
import sys
import textwrap
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from navbook.disclosure.linked_tables import parallel
from navbook.runtime.errors import DisclosureRefused, NavbookError


class Deadly:
    """A part that ends the process it is sent to."""

    values = np.zeros(3)

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def test_a_killed_process_is_reported_as_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "MIN_PARALLEL_CELLS", 0)
    with pytest.raises(NavbookError, match="protects small numbers was killed") as error:
        parallel.protect_all({"one": (Deadly(), None), "other": (Deadly(), None)}, 2)
    assert error.value.exit_code == 1
    assert not isinstance(error.value, DisclosureRefused)
    assert not active_children()


def test_a_component_that_fails_ends_the_program_and_its_processes(tmp_path: Path) -> None:
    """More parts than the pipe to the processes holds, of which the first cannot be protected."""
    program = """
        from navbook.disclosure.linked_tables import parallel

        class Part:
            def __init__(self, cells):
                self.values = range(cells)
                self.text = "x" * 5_000_000

        if __name__ == "__main__":
            parallel.MIN_PARALLEL_CELLS = 0
            try:
                parallel.protect_all({f"part {k}": (Part(k), None) for k in range(12)}, 2)
            except AttributeError as error:
                print("reported:", error)
        """
    file = tmp_path / "program.py"
    file.write_text(textwrap.dedent(program))
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=60)
    assert "reported:" in done.stdout, done.stderr
    assert "Exception in thread" not in done.stderr
