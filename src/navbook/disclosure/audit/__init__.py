"""Audit of a site as it will be served: is a withheld value in its bytes?

`audit_site` searches the files, reading each format with a scanner of its own (`scan_html`, `scan_charts`,
`scan_records`, `scan_containers`, `scan_text`, `scan_numbers`). `back_calculation` finds the values that
published numbers determine together. `WithheldIndex` holds the withheld values by key. `search_terms`,
`audit_digest` and `audited_files` let a build skip files that were audited before.
"""

from navbook.disclosure.audit.audit_site import (
    Finding,
    audit_digest,
    audit_site,
    audited_files,
    refuse_findings,
    search_terms,
)
from navbook.disclosure.audit.boilerplate_numbers import boilerplate_numbers
from navbook.disclosure.audit.withheld_index import WithheldIndex

__all__ = [
    "Finding",
    "WithheldIndex",
    "audit_digest",
    "audit_site",
    "audited_files",
    "boilerplate_numbers",
    "refuse_findings",
    "search_terms",
]
