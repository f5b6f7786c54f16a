"""Disclosure control: which cells may not be told, what goes with them, and the proof that it holds."""

from navbook.disclosure.cells import Cells, Equations
from navbook.disclosure.complement import hide_together
from navbook.disclosure.primary import too_few
from navbook.disclosure.published import Found, audit_site
from navbook.disclosure.settings import Settings, load_settings
from navbook.disclosure.verify import verify

__all__ = [
    "Cells",
    "Equations",
    "Found",
    "Settings",
    "audit_site",
    "hide_together",
    "load_settings",
    "too_few",
    "verify",
]
