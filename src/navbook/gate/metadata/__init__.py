"""What an edition says apart from its numbers: letter, data quality, provenance and local goals.

The functions return the content of krav.json, kvalitet.csv, lokale_mal.csv and the fingerprints of
utgave.json. Only the counts of data quality need protection, and they get it here.
"""

from navbook.gate.metadata.data_quality import in_bokmaal, quality_table
from navbook.gate.metadata.labour_market import LABOUR_MARKET, labour_market
from navbook.gate.metadata.letter import judged_by, requirements
from navbook.gate.metadata.local_goals import judged_goals, local_goals
from navbook.gate.metadata.municipal import MUNICIPAL_TABLES, municipal_tables
from navbook.gate.metadata.provenance import extract_fingerprints, public_sources

__all__ = [
    "LABOUR_MARKET",
    "MUNICIPAL_TABLES",
    "extract_fingerprints",
    "in_bokmaal",
    "judged_by",
    "judged_goals",
    "labour_market",
    "local_goals",
    "municipal_tables",
    "public_sources",
    "quality_table",
    "requirements",
]
