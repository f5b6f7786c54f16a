"""The hook for commit messages: what it accepts, what it refuses, and what pre-commit calls."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from navbook.runtime.paths import PROJECT

SCRIPT = PROJECT / ".ci" / "commit_subject.py"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("commit_subject", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = loaded()
faults, SCISSORS = hook.faults, hook.SCISSORS


@pytest.mark.parametrize(
    "message",
    [
        "gate: refuse an empty ledger",
        "pages: draw the funnel with seaborn\n\nThe marks were too small.\n",
        "gate/releases: process one grid at a time",
        "docs: " + "a" * 66,  # 72 characters
        "Merge branch 'main'",
        'Revert "gate: refuse an empty ledger"',
        "fixup! gate: refuse an empty ledger",
        "# a comment of git\n\nbook: bring back the search index",
        f"book: pass the page list on\n{SCISSORS}\ndiff --git a/x b/x",
    ],
)
def test_a_good_subject_passes(message: str) -> None:
    assert faults(message) == []


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("", "empty"),
        ("# only a comment\n", "empty"),
        ("Refuse an empty ledger", "no area"),
        ("Gate: refuse an empty ledger", "no area"),
        ("gate:refuse an empty ledger", "no area"),
        ("gate: refused an empty ledger", "imperative"),
        ("gate: refusing an empty ledger", "imperative"),
        ("gate: refuses an empty ledger", "imperative"),
        ("gate: refuse an empty ledger.", "full stop"),
        ("gate: refuse an empty ledger\nwhy", "second line"),
        ("docs: " + "a" * 67, "73 characters"),
    ],
)
def test_a_bad_subject_is_named(message: str, word: str) -> None:
    found = faults(message)
    assert len(found) == 1
    assert word in found[0]


def test_every_fault_is_listed_in_one_pass() -> None:
    assert len(faults("gate: " + "refused " * 10 + "it.\nwhy")) == 4


def test_pre_commit_calls_the_script_with_the_message_file(tmp_path: Path) -> None:
    settings = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert "commit-msg" in settings["default_install_hook_types"]
    hook = next(hook for hook in settings["repos"][0]["hooks"] if hook.get("stages") == ["commit-msg"])
    assert hook["entry"].split()[1] == str(SCRIPT.relative_to(PROJECT))
    message = tmp_path / "COMMIT_EDITMSG"
    message.write_text("Added things", encoding="utf-8")
    done = subprocess.run([sys.executable, SCRIPT, message], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no area" in done.stderr
    message.write_text("gate: add things", encoding="utf-8")
    assert subprocess.run([sys.executable, SCRIPT, message], check=False).returncode == 0
