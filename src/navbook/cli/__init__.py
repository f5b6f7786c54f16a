"""The command line: `interface` holds the commands with their options, `commands` what the smaller ones do.

`build` is in `navbook.pipeline`. Commands import what they call when they run: `navbook --help` stays quick.
"""

from navbook.cli.interface import main
from navbook.cli.reported_errors import command

__all__ = ["command", "main"]
