"""Every command and every option is told of outside the program too."""

import click
import pytest

from navbook.cli import main
from navbook.paths import PROJECT

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
TOLD = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
OPTIONS = [
    (name, option.opts[0])
    for name, command in main.commands.items()
    for option in command.params
    if isinstance(option, click.Option) and not option.hidden
]


def part_about(command: str) -> str:
    """What docs/commands.md says of a command."""
    text = (PROJECT / "docs" / "commands.md").read_text(encoding="utf-8")
    return text.partition(f"## navbook {command}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", list(main.commands))
def test_a_command_stands_in_the_readme_or_the_docs(command: str) -> None:
    assert f"navbook {command}" in TOLD, f"describe navbook {command} in docs/commands.md"


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_an_option_stands_in_the_docs(command: str, option: str) -> None:
    assert option in part_about(command), f"describe {option} of navbook {command} in docs/commands.md"


def test_a_page_that_lacks_an_option_would_be_seen() -> None:
    assert "--ledger" in part_about("build")
    assert "--ledger" not in part_about("publish")
