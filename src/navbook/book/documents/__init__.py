"""Documents to write in (DOCX), made from the chapters of an edition with the same words and numbers."""

from navbook.book.documents.write import write_documents

__all__ = ["write_documents"]
