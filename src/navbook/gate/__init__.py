"""The gate: the wall between the private figures and the edition."""

from navbook.gate.write import Source, Written, write_edition

__all__ = ["Source", "Written", "write_edition"]
