"""A release ledger in which a byte differs is refused: what it says decides what must be hidden."""

import random
from pathlib import Path

import pandas as pd
import pytest

from navbook.edition import ledger
from navbook.edition.ledger import COLUMNS, FILE, read_ledger
from navbook.runtime.errors import UsageError

NUMBERS = ("x", "n", "utgivelse")


def test_a_changed_byte_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / FILE
    rows = [{name: n if name in NUMBERS else f"a{n}" for name in COLUMNS} for n in range(500)]
    ledger._write(pd.DataFrame(rows), file)
    written, sound = read_ledger(file), file.read_bytes()
    places = random.Random(1).sample(range(len(sound)), 200)
    for place in places:
        damaged = bytearray(sound)
        damaged[place] ^= 1 << (place % 8)
        file.write_bytes(damaged)
        try:
            found = read_ledger(file)
        except UsageError:
            continue
        assert found.equals(written), f"byte {place} of {len(sound)}"


@pytest.mark.parametrize("content", [b"", b"noe annet", b"PAR1", b"PAR1" * 40])
def test_a_file_of_another_kind_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(UsageError, match="release ledger"):
        read_ledger(tmp_path / FILE)
