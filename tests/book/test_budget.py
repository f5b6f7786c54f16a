"""Every page keeps within the budget of its kind in bench/budget.yml; time is measured by bench/ only."""

from pathlib import Path

import pytest
import yaml

from navbook.book.execution.page_list import page_list
from navbook.book.execution.timings import count_figures, page_kind
from navbook.edition import Edition
from navbook.runtime.paths import PROJECT

BUDGET = yaml.safe_load((PROJECT / "bench" / "budget.yml").read_text(encoding="utf-8"))["sider"]


def built_pages(edition: Edition, site: Path, kind: str) -> list[Path]:
    return [site / f"{task.name}.html" for task in page_list(edition) if page_kind(task.name) == kind]


def test_the_budget_names_every_kind_of_page_and_no_other(edition: Edition) -> None:
    assert set(BUDGET) == {page_kind(task.name) for task in page_list(edition)}


@pytest.mark.parametrize("kind", sorted(BUDGET))
def test_no_page_of_the_kind_has_more_figures_or_bytes_than_its_budget(
    edition: Edition, site: Path, kind: str
) -> None:
    offices = len(built_pages(edition, site, "kontor"))
    limit = BUDGET[kind]["kb"] + BUDGET[kind]["kb_per_office"] * offices
    pages = built_pages(edition, site, kind)
    assert pages
    for page in pages:
        figures, kb = count_figures(page.read_text(encoding="utf-8")), page.stat().st_size / 1000
        assert figures <= BUDGET[kind]["figures"], f"{page.name}: {figures} figures"
        assert kb <= limit, f"{page.name}: {kb:.0f} kB"


@pytest.mark.parametrize("kind", ["landet", "fylke", "kapittel", "kontor", "indikator"])
def test_figures_are_really_counted_on_pages_that_have_some(edition: Edition, site: Path, kind: str) -> None:
    most = max(count_figures(page.read_text(encoding="utf-8")) for page in built_pages(edition, site, kind))
    assert most >= 1


def test_the_budget_allows_few_figures() -> None:
    """Four, and on the page of an office one for each of five priority groups and the folded funnels."""
    most = {kind: limits["figures"] for kind, limits in BUDGET.items()}
    assert most.pop("kontor") == 6
    assert all(figures <= 4 for figures in most.values())
