"""The gate between the private estimates and the published edition.

`decide` chooses what is hidden and refuses what cannot be protected, `write_edition` writes the folder that
may be published, and `refuse_disclosed` attacks it together with earlier releases. Every published number
passes through here; nothing after it reads anything but the edition.
"""

from navbook.gate.decide import Decision, audit_table, decide
from navbook.gate.derived import DerivedFiles, derived_files, derived_tables
from navbook.gate.metadata import LABOUR_MARKET, MUNICIPAL_TABLES
from navbook.gate.releases import refuse_disclosed
from navbook.gate.suppression import EarlierReleases
from navbook.gate.write_edition import Source, Written, write_edition

__all__ = [
    "LABOUR_MARKET",
    "MUNICIPAL_TABLES",
    "Decision",
    "DerivedFiles",
    "EarlierReleases",
    "Source",
    "Written",
    "audit_table",
    "decide",
    "derived_files",
    "derived_tables",
    "refuse_disclosed",
    "write_edition",
]
