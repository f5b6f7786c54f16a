"""The command line: `interface` holds the commands with their options, `commands` what the smaller ones do.

`build` is in `navbook.pipeline`. Commands import what they call when they run: `navbook --help` stays quick.
"""

from navbook.cli.interface import command, main

__all__ = ["command", "main"]
