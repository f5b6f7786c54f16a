"""Whatever the umask, the owner can read and enter what a command makes."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from navbook.cli import main


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o777, 0o327])
def test_the_owner_has_access_to_what_a_command_makes(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        result = CliRunner().invoke(main, ["ny", str(tmp_path / "bok")])
    finally:
        os.umask(before)
    assert result.exit_code == 0, result.output
    made = [tmp_path / "bok", *(tmp_path / "bok").rglob("*")]
    for path in made:
        mode = path.stat().st_mode & 0o777
        assert mode & 0o600 == 0o600, path
        assert mode & umask & 0o077 == 0, path
        assert not path.is_dir() or mode & 0o100, path
