"""Answers are true as often as they say in worlds of the model's own, and intervals hold them."""

from __future__ import annotations

import math

import pytest

from benchmarks.calibration_of_weigh import excess, furthest, outcomes, table
from benchmarks.interval_coverage import coverage


@pytest.fixture(scope="module")
def found() -> list[tuple[float, bool]]:
    return outcomes(400)


def test_as_many_claims_are_true_as_the_answers_add_up_to(found: list[tuple[float, bool]]) -> None:
    assert abs(excess(found)) < 2.5


def test_the_outcomes_are_as_even_as_those_of_a_calibrated_answer(
    found: list[tuple[float, bool]],
) -> None:
    # Kolmogorov's bound at one in two hundred.
    assert furthest(found) < 1.73


def test_nearly_every_band_of_answers_holds_what_happened(found: list[tuple[float, bool]]) -> None:
    outside = [each for each in table(found) if not each.band[0] <= each.happened <= each.band[1]]

    # Of ten bands of 90 %, four or more fail about once in a hundred.
    assert len(outside) <= 3


def test_intervals_hold_about_nine_in_ten() -> None:
    shares = [coverage(seed, 60)[0] for seed in range(16)]

    assert 0.86 < math.fsum(shares) / len(shares) < 0.94
