"""The gate: the wall between the private figures and the edition."""

from navbook.gate.decide import Decision, decide
from navbook.gate.write import Source, Written, write_edition

__all__ = ["Decision", "Source", "Written", "decide", "write_edition"]
