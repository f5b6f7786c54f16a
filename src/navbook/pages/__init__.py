"""What page notebooks call: figures, tables, sentences, number formats."""

from navbook.pages.chapters import chapters
from navbook.pages.rehearsal import rehearse
from navbook.pages.sider import fylke, indikator, kapittel, kontor, landet

__all__ = ["chapters", "fylke", "indikator", "kapittel", "kontor", "landet", "rehearse"]
