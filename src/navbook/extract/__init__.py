"""An extract of follow-up data: what it must look like, whether it does, and its tables ready to count."""

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
