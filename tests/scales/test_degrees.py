"""Degrees of belief, and reliability from accuracy against exact integration."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue
from provenance.scales import Degree


def exact_moment(right: int, wrong: int, power: int) -> Fraction:
    """E[max(0, 2p - 1)^power] for p ~ Beta(right, wrong), by integrating the polynomial."""
    # With u = 2p - 1 on [0, 1]: u^power ((1 + u) / 2)^(right - 1) ((1 - u) / 2)^(wrong - 1) / 2.
    polynomial = [0] * power + [1]
    for sign, times in ((1, right - 1), (-1, wrong - 1)):
        for _ in range(times):
            pairs = zip([*polynomial, 0], [0, *polynomial], strict=True)
            polynomial = [kept + sign * moved for kept, moved in pairs]
    integral = sum(
        (Fraction(coefficient, degree + 1) for degree, coefficient in enumerate(polynomial)),
        Fraction(0),
    )
    beta: Fraction = Fraction(
        math.factorial(right - 1) * math.factorial(wrong - 1), math.factorial(right + wrong - 1)
    )
    return integral / Fraction(2 ** (right + wrong - 1)) / beta


def exact_reliability(right: int, wrong: int) -> tuple[float, float]:
    mean = exact_moment(right, wrong, 1)
    variance = exact_moment(right, wrong, 2) - mean * mean
    return float(mean), float(mean * (1 - mean) / variance - 1)


counts = st.integers(1, 40)


@settings(max_examples=80)
@given(counts, counts)
def test_reliability_from_accuracy_equals_exact_integration(right: int, wrong: int) -> None:
    mean, strength = exact_reliability(right, wrong)

    degree = Degree.from_accuracy(right, wrong)

    assert degree.mean == pytest.approx(mean, rel=1e-11)
    assert degree.strength == pytest.approx(strength, rel=1e-9)


def test_a_source_that_is_almost_always_wrong_has_a_tiny_reliability_and_no_noise() -> None:
    mean, strength = exact_reliability(2, 40)

    degree = Degree.from_accuracy(2, 40)

    assert degree.mean == pytest.approx(mean, rel=1e-11)
    assert degree.mean == pytest.approx(4.764e-13, rel=1e-3)
    assert degree.strength == pytest.approx(strength, rel=1e-11)


def test_an_even_record_of_nothing_is_a_quarter_reliable() -> None:
    # p uniform: 2p - 1 is above 0 half the time and then uniform on [0, 1]: 1/2 * 1/2.
    assert Degree.from_accuracy(1, 1).mean == pytest.approx(0.25)


@settings(max_examples=60)
@given(
    st.floats(1e-3, 1e9),
    st.floats(1e-3, 1e9),
)
def test_reliability_from_accuracy_is_a_degree_whatever_the_counts(
    right: float, wrong: float
) -> None:
    degree = Degree.from_accuracy(right, wrong)

    assert 0.0 <= degree.mean <= 1.0
    assert degree.strength > 0.0


@settings(max_examples=60)
@given(st.floats(0.5, 500), st.floats(0.5, 500))
def test_one_more_right_answer_never_lowers_the_reliability(right: float, wrong: float) -> None:
    before = Degree.from_accuracy(right, wrong).mean

    assert Degree.from_accuracy(right + 1, wrong).mean >= before * (1 - 1e-12)


def test_many_observations_join_the_series_smoothly() -> None:
    few = Degree.from_accuracy(499_999.0, 499_999.0)
    many = Degree.from_accuracy(500_001.0, 500_001.0)

    assert many.mean == pytest.approx(few.mean, rel=1e-5)
    assert many.strength == pytest.approx(few.strength, rel=1e-5)


def test_a_source_hopelessly_below_even_is_not_reliable_at_all() -> None:
    assert Degree.from_accuracy(1e11, 1e12) == Degree(0.0)


def test_a_well_measured_good_source_is_known_well() -> None:
    # 2p - 1 with p = .9 and variance .09 / (n + 1): .8 and 4 times that.
    degree = Degree.from_accuracy(9e11, 1e11)

    assert degree.mean == pytest.approx(0.8)
    assert degree.variance == pytest.approx(4 * 0.09 / 1e12, rel=1e-6)


@pytest.mark.parametrize(
    ("right", "wrong"), [(0, 1), (1, 0), (-1, 1), (math.inf, 1), (1, math.nan)]
)
def test_counts_that_are_not_above_zero_and_finite_are_refused(right: float, wrong: float) -> None:
    with pytest.raises(InvalidValue, match="two counts above 0"):
        Degree.from_accuracy(right, wrong)


@pytest.mark.parametrize("mean", [-0.1, 1.1, math.nan])
def test_a_mean_outside_the_unit_interval_is_refused(mean: float) -> None:
    with pytest.raises(InvalidValue, match="between 0 and 1"):
        Degree(mean)


@pytest.mark.parametrize("strength", [0.0, -1.0, math.nan])
def test_a_strength_that_is_not_above_zero_is_refused(strength: float) -> None:
    with pytest.raises(InvalidValue, match="above 0"):
        Degree(0.5, strength)


def test_a_degree_known_exactly_has_no_variance() -> None:
    assert Degree(0.3).variance == 0.0


def test_the_variance_is_that_of_the_beta_distribution() -> None:
    # Beta(4, 4): 4 * 4 / (8^2 * 9)
    assert Degree(0.5, 8).variance == pytest.approx(16 / (64 * 9))
