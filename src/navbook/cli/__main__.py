"""`python -m navbook.cli` is `navbook`."""

from navbook.cli import main

main()
