"""What must hold of the expected after last year, and of totals with one mix, whatever the numbers are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navbook.statistics import directly_standardised, expected_next, wilson

quick = settings(max_examples=50, deadline=None)

sizes = st.integers(1, 3000)
shares = sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
middles = st.floats(0, 1)
spreads = st.floats(0, 0.1)
groups = st.lists(st.tuples(shares, st.integers(1, 1000)), min_size=1, max_size=5)


@quick
@given(shares, sizes, middles, middles, spreads)
def test_what_is_expected_lies_within_its_limits_and_they_within_0_and_1(share, n1, target0, target1, tau2):
    value, lower, upper = expected_next(*share, n1, target0, target1, tau2)

    assert 0 <= lower <= value <= upper <= 1


@quick
@given(shares, sizes, middles, middles, spreads)
def test_having_and_lacking_an_outcome_are_expected_alike(share, n1, target0, target1, tau2):
    x0, n0 = share
    value, lower, upper = expected_next(x0, n0, n1, target0, target1, tau2)

    mirrored = expected_next(n0 - x0, n0, n1, 1 - target0, 1 - target1, tau2)

    assert mirrored == pytest.approx((1 - value, 1 - upper, 1 - lower), abs=1e-9)


@quick
@given(groups, st.randoms(use_true_random=False))
def test_a_total_lies_between_its_groups_in_whatever_order_they_come(parts, random):
    def total(of):
        return directly_standardised(
            *([part[0][at] for part in of] for at in (0, 1)), [part[1] for part in of]
        )

    found = total(parts)
    limits = [wilson(*share) for share, _ in parts]
    random.shuffle(parts)

    assert total(parts) == pytest.approx(found, abs=1e-12)
    assert (
        min(each.value for each in limits) - 1e-12
        <= found.value
        <= max(each.value for each in limits) + 1e-12
    )
    assert min(each.lower for each in limits) - 1e-12 <= found.lower <= found.value <= found.upper
    assert found.upper <= max(each.upper for each in limits) + 1e-12
