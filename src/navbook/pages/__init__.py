"""What page notebooks call: figures, tables, sentences, number formats."""

from navbook.pages.chapters.all import chapters
from navbook.pages.page_kinds import fylke, indikator, kapittel, kontor, landet
from navbook.pages.warm_up import rehearse

__all__ = ["chapters", "fylke", "indikator", "kapittel", "kontor", "landet", "rehearse"]
