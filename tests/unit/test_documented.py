"""The documents agree with the program: commands, options, columns of the edition, and names of files."""

import re
import shlex
from pathlib import Path

import click
import pytest

from navbook.cli import main
from navbook.edition import schema
from navbook.runtime.paths import PROJECT

DOCUMENTS = [
    *(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "bench/README.md", "data/README.md")),
    *sorted((PROJECT / "docs").rglob("*.md")),
]
OPTIONS = [(name, option) for name, command in main.commands.items() for option in command.params]
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# files and folders of the project as documents name them, and those of them that a build makes
PLACE = re.compile(r"`((?:src|tests|data|docs|bench|notebooks|book)/[\w./-]*\w/?|[\w-]+\.(?:txt|toml))`")

MADE = {"book/sider/", "book/vart-fylke.md", "data/letters/2023.yml", "data/tall.csv"}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def command_lines(text: str) -> list[list[str]]:
    """The arguments of every `navbook …` in the shell blocks of a document."""
    lines = [line for block in SHELL.findall(text) for line in block.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines if "navbook" in line]
    return [line[1:] for line in words if line and Path(line[0]).name == "navbook"]


def unknown_in(arguments: list[str]) -> str:
    """What click does not know in a command line; empty if it knows all."""
    if not arguments or arguments[0] not in main.commands:
        return f"no command {arguments[:1]}"
    command = main.commands[arguments[0]]
    try:
        command.make_parser(click.Context(command)).parse_args(args=arguments[1:])
    except click.ClickException as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize("command", list(main.commands))
def test_the_readme_lists_every_command(command: str) -> None:
    assert f"`navbook {command}" in text_of(PROJECT / "README.md")


@pytest.mark.parametrize("command", list(main.commands))
def test_every_command_has_a_help_text(command: str) -> None:
    assert (main.commands[command].help or "").strip()


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_has_a_help_text(command: str, option: click.Parameter) -> None:
    assert isinstance(option, click.Argument) or getattr(option, "help", None), f"{command} {option.name}"


def test_commands_in_documents_are_commands_of_the_program() -> None:
    lines = [(path.name, line) for path in DOCUMENTS for line in command_lines(text_of(path))]
    assert len(lines) >= 20
    assert not [(name, line, fault) for name, line in lines if (fault := unknown_in(line))]


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    assert command_lines("```sh\nnavbook bild X # no\n.venv/bin/navbook build X\n```") == [
        ["bild", "X"],
        ["build", "X"],
    ]
    assert "no command" in unknown_in(["bild", "X"])
    assert "--peroid" in unknown_in(["build", "X", "--peroid", "2022"])
    assert not unknown_in(["build", "X", "--period", "2022"])


def test_the_reference_describes_every_column_and_file_of_an_edition() -> None:
    text = text_of(PROJECT / "docs" / "reference" / "edition.md")
    named = set(re.findall(r"`([^`]+)`", text))
    verdicts = {schema.OPPFYLT, schema.IKKE_OPPFYLT, schema.KAN_IKKE_AVGJORES, schema.FOR_FA}
    verdicts |= {schema.UTEN_GRUNNLAG, schema.BASIS_SKJULT, schema.BASIS_UKJENT, schema.NIVA_SKJULT}
    verdicts |= {schema.NIVA_UKJENT, schema.INGEN_AVSTAND, schema.KRAV_GJELDER, schema.UTEN_KRAV}
    verdicts |= {schema.IKKE_I_BREVET, schema.UTEN_BREV}
    states = {schema.VIST, schema.SKJULT, schema.IKKE_I_UTTREKKET, schema.IKKE_BEREGNBAR}
    must = {*schema.COLUMNS, *schema.FILES, schema.MANIFEST, schema.IKKE_RELEVANT} | verdicts | states
    assert not must - named


def test_files_and_folders_named_in_documents_exist() -> None:
    named = {
        (path.name, place) for path in DOCUMENTS for place in PLACE.findall(text_of(path)) if "<" not in place
    }
    assert not {(name, place) for name, place in named if place not in MADE and not _exists(place)}


def _exists(place: str) -> bool:
    # documents of a folder name what is in it
    folders = (PROJECT, PROJECT / "docs", PROJECT / "src" / "navbook", PROJECT / "bench", PROJECT / "data")
    return any((folder / place).exists() for folder in folders)


def test_the_table_of_rooms_lists_every_room() -> None:
    package = PROJECT / "src" / "navbook"
    rooms = {f"{path.parent.relative_to(package)}/" for path in package.glob("*/**/__init__.py")}
    listed = re.findall(r"^\| (?:– )?`([a-z_/]+/)` \|", text_of(PROJECT / "CONTRIBUTING.md"), re.MULTILINE)
    assert sorted(listed) == sorted(rooms)
