"""Parts protected by several processes: one that dies is a fault, not a verdict on the edition."""

import os
from multiprocessing import active_children
from typing import Any

import numpy as np
import pytest

from navbook.disclosure import crew
from navbook.errors import DisclosureRefused, NavbookError


class Deadly:
    """A part that ends the process it is sent to."""

    values = np.zeros(3)

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def test_a_process_that_was_killed_is_told_as_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "FEW", 0)
    with pytest.raises(NavbookError, match="protects small numbers was killed") as error:
        crew.protect_each({"one": Deadly(), "other": Deadly()}, 2)
    assert error.value.exit_code == 1
    assert not isinstance(error.value, DisclosureRefused)
    assert not active_children()
