"""`python -m navbook` is the command `navbook`."""

from navbook.program import main

if __name__ == "__main__":
    main()
