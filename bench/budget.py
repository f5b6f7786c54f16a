"""What a page of each kind may cost; the numbers are in `budget.yml`."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("budget.yml")


@dataclass(frozen=True)
class Budget:
    """The most that one page of a kind may cost: CPU seconds, figures, and kB of the built page."""

    cpu: float
    figures: int
    kb: float
    kb_per_office: float

    def kb_in(self, offices: int) -> float:
        """The kB that a page may have in a book of this many offices."""
        return self.kb + self.kb_per_office * offices


def read_budget() -> dict[str, Budget]:
    """Kind of page (landet, fylke, kapittel, kontor, indikator) → its budget."""
    given = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: Budget(**limits) for kind, limits in given["sider"].items()}
