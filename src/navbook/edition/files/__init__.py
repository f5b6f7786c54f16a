"""Files for readers, made from an edition: CSV with names, workbooks, JSON-stat 2, CSVW metadata and a column
guide.

`write_reader_files` writes those of the complete edition, which the gate lists in its manifest.
`write_page_files` writes those of one page. `file_guide` describes every file and every column.
"""

from navbook.edition.files.guide import file_guide
from navbook.edition.files.page_files import write_page_files
from navbook.edition.files.reader_files import READER_FILES, write_reader_files
from navbook.edition.files.results import named_results

__all__ = ["READER_FILES", "file_guide", "named_results", "write_page_files", "write_reader_files"]
