"""Lines of tables that were looked through before: a book holds each of its rows in up to four files."""

from collections import defaultdict

from navbook.disclosure.audit.withheld_index import KEY


class Lines:
    """The lines in which nothing was found, by the head of the table they stand under.

    Only of plain tables whose rows hold their whole key, each on a line of its own: there it does not matter
    in which file, or where in it, a line stands.
    """

    def __init__(self) -> None:
        self._clean: dict[bytes, set[bytes]] = defaultdict(set)

    def new_in(self, table: bytes) -> bytes | None:
        """The table with those of its lines only that are not known; None if it is not of that kind."""
        head, *lines = table.splitlines(keepends=True) or [b""]
        names = head.decode("utf-8-sig", errors="replace").strip().split(";")
        if b'"' in table or not table.endswith(b"\n") or not set(KEY) <= set(names):
            return None
        known = self._clean[head]
        new = [line for line in lines if line not in known]
        return head + b"".join(new) if all(line.count(b";") == len(names) - 1 for line in new) else None

    def found_clean(self, table: bytes) -> None:
        """Note that nothing was found in a table that `new_in` gave."""
        head, *lines = table.splitlines(keepends=True)
        self._clean[head].update(lines)
