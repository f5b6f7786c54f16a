"""An extract: reading it, checking it against the contract, and its tables as ibis expressions.

`check_extract` reports every problem of a folder; `open_extract` opens a valid one for counting. The data
dictionary (`schema`) and code lists (`codes`) say what is valid. `OfficeRegister` answers which offices are
valid on a day. `demo` makes synthetic extracts.
"""

from navbook.extract.check import check_extract
from navbook.extract.manifest import Manifest
from navbook.extract.opened import Extract, open_extract
from navbook.extract.register import OfficeRegister, OfficeRow, is_special_number
from navbook.extract.report import CheckReport, Problem

__all__ = [
    "CheckReport",
    "Extract",
    "Manifest",
    "OfficeRegister",
    "OfficeRow",
    "Problem",
    "check_extract",
    "is_special_number",
    "open_extract",
]
