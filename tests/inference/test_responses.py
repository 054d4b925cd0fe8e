"""Responses: what one uncertain number does to an answer, and that at its mean it does nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.inference import Parameter
from provenance.inference.intervals import linear_shift
from provenance.scales import Degree

PRIOR = Parameter("prior", "x")


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
