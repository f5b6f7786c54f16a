"""The false discovery rate against the paper that proposed it."""

import pytest

from navbook.statistics import benjamini_hochberg

# Benjamini & Hochberg, J R Stat Soc B 1995;57:289-300, section 4.1: thrombolysis, fifteen comparisons
PAPER = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_paper_rejects_the_four_smallest_at_five_per_cent():
    assert benjamini_hochberg(PAPER, q=0.05).flags.tolist() == [True] * 4 + [False] * 11


def test_adjusted_p_values_of_the_paper_by_hand():
    """p * 15/rank, and never above the one after: 0.0298 * 15/7 holds down 0.0278 * 15/6."""
    adjusted = benjamini_hochberg(PAPER).adjusted

    assert adjusted[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert adjusted[4:7] == pytest.approx([0.0603, 0.0298 * 15 / 7, 0.0298 * 15 / 7])
    assert adjusted[-1] == 1.0
