"""Responses: what one uncertain number does to an answer, and that at its mean it does nothing."""

from __future__ import annotations

import math
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.inference import Parameter
from provenance.inference.intervals import CellMasses, Shift, ends_of, linear_shift, normal_shift
from provenance.scales import Degree

PRIOR = Parameter("prior", 0)


@given(
    at=st.floats(0.01, 0.99),
    flows=st.tuples(st.floats(-200.0, 200.0), st.floats(-200.0, 200.0)),
)
def test_a_number_that_is_all_but_known_shifts_nothing_however_steep_it_is(
    at: float, flows: tuple[float, float]
) -> None:
    # By a fitted prior both sums can fall so steeply that the straight line is below 0 at an end.
    shift = linear_shift(PRIOR, Degree(at, 1e12), flows, at)

    assert shift.mean == pytest.approx(0.0, abs=1e-2)


def test_where_nothing_is_bent_the_response_is_the_ratio_of_two_lines() -> None:
    shift = linear_shift(PRIOR, Degree(0.5, 4.0), (1.0, -1.0), 0.5)

    # At 0 the first sum is 1 - .5 and the second 1 + .5; at 1 the other way round.
    assert shift.edges[0] == pytest.approx(-math.log(3.0), abs=1e-2)
    assert shift.edges[-1] == pytest.approx(math.log(3.0), abs=1e-2)


def shift_of(edges: tuple[float, ...], masses: tuple[float, ...]) -> Shift:
    return Shift.of(PRIOR, edges, CellMasses.of(masses))


def slow_quantile(shift: Shift, share: float) -> float:
    """Cell by cell, from below."""
    left = share
    for (low, high), mass in zip(pairwise(shift.edges), shift.masses, strict=True):
        if left < mass:
            return low + (high - low) * left / mass
        left -= mass
    return shift.edges[-1]


steps = st.lists(st.tuples(st.sampled_from((0.0, 1e-9, 0.1, 3.0)), st.integers(1, 9)), min_size=1)


@given(steps)
def test_the_ends_of_one_response_leave_a_twentieth_outside_on_either_side(
    cells: list[tuple[float, int]],
) -> None:
    # Cells of no width are values that are taken with some chance of their own.
    edges = (-2.0, *accumulate((width for width, _ in cells), initial=-1.0))
    weights = (1, *(weight for _, weight in cells))
    shift = shift_of(edges, tuple(weight / sum(weights) for weight in weights))

    ends = ends_of([shift])

    assert ends[0] == pytest.approx(slow_quantile(shift, 0.05), abs=1e-9)
    assert ends[1] == pytest.approx(slow_quantile(shift, 0.95), abs=1e-9)


@pytest.mark.parametrize("count", [2, 5, 12])
def test_the_ends_of_many_normal_responses_are_those_of_their_sum(count: int) -> None:
    deviations = [0.1 * (number + 1) for number in range(count)]
    shifts = [normal_shift(Parameter("lineage", n), d) for n, d in enumerate(deviations)]

    low, high = ends_of(shifts)

    # 5 % of a normal distribution lie beyond 1.645 standard deviations.
    assert high == pytest.approx(1.645 * math.hypot(*deviations), rel=0.02)
    assert low == pytest.approx(-high, rel=0.02)


def share_below(shifts: list[Shift], place: float) -> float:
    """The chance that a sum stays below a point, every response laid out on one fine grid."""
    step = sum(abs(each.edges[-1] - each.edges[0]) for each in shifts) / 6000.0
    found, start = np.ones(1), 0.0
    for each in shifts:
        edges = sorted(each.edges)
        masses = each.masses if each.edges[0] <= each.edges[-1] else each.masses[::-1]
        grid = np.arange(edges[0], edges[-1] + 2.0 * step, step)
        below = np.interp(grid, edges, [0.0, *accumulate(masses)])
        found, start = np.convolve(found, np.diff(below)), start + edges[0]
    # Every mass stands in the middle of its step.
    middles = start + step * (np.arange(len(found)) + 0.5 * len(shifts))
    return float(np.interp(place, middles, np.cumsum(found) - 0.5 * found) / found.sum())


# Known well enough that no response piles up at an end, where a grid would be too coarse.
degrees = st.builds(Degree, st.sampled_from((0.3, 0.5, 0.7)), st.floats(8.0, 60.0))
responses = st.builds(
    lambda degree, one, other: linear_shift(PRIOR, degree, (one, other), degree.mean),
    degrees,
    st.floats(-0.9, 0.9),
    st.floats(-0.9, 0.9),
)


@given(st.lists(responses, min_size=2, max_size=6))
def test_the_ends_of_a_sum_leave_a_twentieth_outside_on_either_side(shifts: list[Shift]) -> None:
    shifts = [each for each in shifts if each.variance > 1e-6] or [normal_shift(PRIOR, 1.0)]

    low, high = ends_of(shifts)

    assert share_below(shifts, low) == pytest.approx(0.05, abs=0.01)
    assert share_below(shifts, high) == pytest.approx(0.95, abs=0.01)


def test_a_response_far_from_normal_keeps_its_shape_beside_a_wider_one() -> None:
    # Nine times in ten about nothing, else about one: its deviation alone would tell neither.
    near, far = [n / 200.0 - 0.1 for n in range(21)], [n / 200.0 + 0.9 for n in range(21)]
    edges = (*near, 0.2, 0.4, 0.6, *far)
    rare = shift_of(edges, (*[0.9 / 20] * 20, 0.0, 0.0, 0.0, 0.0, *[0.1 / 20] * 20))
    wide = normal_shift(Parameter("lineage", 0), 0.5)

    low, high = ends_of([rare, wide])

    assert share_below([rare, wide], low) == pytest.approx(0.05, abs=1e-3)
    assert share_below([rare, wide], high) == pytest.approx(0.95, abs=1e-3)


def test_what_hardly_moves_the_answer_moves_the_ends_by_its_mean() -> None:
    wide = normal_shift(Parameter("lineage", 0), 1.0)
    still = shift_of((0.3, 0.3 + 1e-7), (1.0,))

    low, high = ends_of([wide, still])

    assert [low, high] == pytest.approx([each + 0.3 for each in ends_of([wide])], abs=1e-6)


def test_a_sum_with_a_gap_in_it_has_ends_on_either_side_of_the_gap() -> None:
    # Half of it near 0 and half near 10, and nothing between: tangents lead nowhere there.
    halves = shift_of((0.0, 1e-6, 10.0, 10.0 + 1e-6), (0.5, 0.0, 0.5))
    small = normal_shift(Parameter("lineage", 0), 1e-3)

    low, high = ends_of([halves, small])

    assert low == pytest.approx(-0.00128, abs=1e-4)  # where a tenth of the near half is below it
    assert high == pytest.approx(10.00128, abs=1e-4)
