"""Table lines scanned before without findings: a site has each row of the edition in up to four files."""

from collections import defaultdict

from navbook.disclosure.audit.withheld_index import KEY


class SeenLines:
    """The lines without findings, by the header line of their table.

    Only for plain tables with the complete key in each row and one row per line. In these, the findings of a
    line do not depend on its file or its position.
    """

    def __init__(self) -> None:
        self._clean: dict[bytes, set[bytes]] = defaultdict(set)

    def unseen(self, table: bytes) -> bytes | None:
        """Return the header and the lines not seen before; None if the table is not of that kind."""
        head, *lines = table.splitlines(keepends=True) or [b""]
        names = head.decode("utf-8-sig", errors="replace").strip().split(";")
        if b'"' in table or not table.endswith(b"\n") or not set(KEY) <= set(names):
            return None
        known = self._clean[head]
        new = [line for line in lines if line not in known]
        return head + b"".join(new) if all(line.count(b";") == len(names) - 1 for line in new) else None

    def mark_clean(self, table: bytes) -> None:
        """Record that a table returned by `unseen` had no findings."""
        head, *lines = table.splitlines(keepends=True)
        self._clean[head].update(lines)
