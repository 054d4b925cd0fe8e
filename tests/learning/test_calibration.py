"""Scores of stated probabilities agree with slow twins, and their bands hold what they promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue
from provenance.learning.calibration import calibration, calibration_of_values

pairs = st.lists(
    st.tuples(st.floats(0, 1, allow_subnormal=False), st.booleans()), min_size=1, max_size=40
)


def split(rows: list[tuple[float, bool]]) -> tuple[list[float], list[int]]:
    return [p for p, _ in rows], [int(y) for _, y in rows]


@settings(max_examples=80, deadline=None)
@given(pairs, st.integers(1, 12), st.sampled_from(["width", "mass"]))
def test_the_parts_of_the_brier_score_add_up(rows, bins: int, binning: str) -> None:
    score = calibration(*split(rows), bins=bins, binning=binning, resamples=1)

    parts = score.reliability - score.resolution + score.uncertainty + score.within_bins
    assert parts == pytest.approx(score.brier, abs=1e-12)
    assert score.brier == pytest.approx(sum((p - y) ** 2 for p, y in rows) / len(rows))


@settings(max_examples=80, deadline=None)
@given(pairs, st.integers(1, 12))
def test_calibration_error_is_the_one_worked_out_bin_by_bin(rows, bins: int) -> None:
    score = calibration(*split(rows), bins=bins, resamples=1)

    held: dict[int, list[tuple[float, bool]]] = {}
    edges = np.linspace(0, 1, bins + 1)
    for p, y in rows:
        place = max(k for k in range(bins) if edges[k] <= p)
        held.setdefault(place, []).append((p, y))
    slow = sum(abs(sum(p for p, _ in part) - sum(y for _, y in part)) for part in held.values())
    assert score.ece == pytest.approx(slow / len(rows), abs=1e-12)
    assert [b.count for b in score.bins] == [len(held[k]) for k in sorted(held)]


@settings(max_examples=60, deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_order_of_statements_changes_no_score(rows, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)

    one = calibration(*split(rows), binning="mass", resamples=1)
    other = calibration(*split(shuffled), binning="mass", resamples=1)

    assert other.ece == pytest.approx(one.ece, abs=1e-12)
    assert other.log_score == pytest.approx(one.log_score)
    assert [b.count for b in other.bins] == [b.count for b in one.bins]


def test_the_log_score_is_in_nats() -> None:
    # -log(0.8) and -log(1 - 0.5), halved.
    assert calibration([0.8, 0.5], [1, 0]).log_score == pytest.approx(
        -(math.log(0.8) + math.log(0.5)) / 2
    )


def test_a_certainty_that_failed_scores_infinity() -> None:
    assert calibration([1.0, 0.5], [0, 1]).log_score == math.inf


def test_murphys_parts_are_worked_out_by_hand() -> None:
    # Two bins: .25 stated four times, once true; .75 stated four times, three times true.
    score = calibration([0.25] * 4 + [0.75] * 4, [1, 0, 0, 0, 1, 1, 1, 0], bins=2)

    assert score.reliability == 0.0
    assert score.resolution == pytest.approx(0.0625)
    assert score.uncertainty == 0.25
    assert score.within_bins == 0.0
    assert score.brier == pytest.approx(0.1875)


def test_the_same_seed_gives_the_same_interval() -> None:
    rng = np.random.default_rng(1)
    p = rng.random(200)
    y = rng.random(200) < p

    assert calibration(p, y, seed=3) == calibration(p, y, seed=3)


def test_bars_hold_calibrated_statements_at_their_level() -> None:
    inside = total = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        p = rng.random(400)
        score = calibration(p, rng.random(400) < p, resamples=150, seed=seed)
        inside += sum(b.band[0] <= b.happened <= b.band[1] for b in score.bins)
        total += len(score.bins)

    # Whole numbers make bars slightly wider than their 90 %; binomial error of the check is 1.2 %.
    assert 0.87 <= inside / total <= 0.97


def test_right_probabilities_stay_below_the_error_chance_allows() -> None:
    below = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        p = rng.random(300)
        score = calibration(p, rng.random(300) < p, resamples=100, seed=seed)
        below += score.ece <= score.ece_by_chance

    assert 0.82 <= below / 120 <= 0.98


@pytest.mark.parametrize("stretch", [1.0, 1.5, 2.5])
def test_the_interval_of_the_error_covers_the_true_one(stretch: float) -> None:
    # The truth: what one is right to expect in every bin, from a million statements.
    def world(rng: np.random.Generator, size: int):
        z = rng.normal(0.0, 1.5, size)
        return 1 / (1 + np.exp(-stretch * z)), rng.random(size) < 1 / (1 + np.exp(-z))

    true = calibration(*world(np.random.default_rng(99), 1_000_000), resamples=1).ece
    true = 0.0 if stretch == 1.0 else true
    covered = 0
    for seed in range(100):
        score = calibration(*world(np.random.default_rng(seed), 500), resamples=100, seed=seed)
        low, high = score.ece_interval
        covered += low <= true <= high

    # 90 in a hundred are promised; the check itself is right to 3.
    assert covered >= 83


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4), min_size=1, max_size=8))
def test_many_valued_scores_agree_with_a_loop(shapes: list[list[int]]) -> None:
    rows = [[x / (sum(shape) + 1) for x in shape] for shape in shapes]
    truth = [sum(shape) % (len(shape) + 1) - 1 for shape in shapes]
    first = np.cumsum([0] + [len(row) for row in rows])

    score = calibration_of_values(np.concatenate(rows), first, truth, resamples=1)

    brier = log = accuracy = 0.0
    for row, t in zip(rows, truth, strict=True):
        rest = 1 - sum(row)
        brier += sum((p - (k == t)) ** 2 for k, p in enumerate(row)) + (rest - (t == -1)) ** 2
        log -= math.log(rest if t == -1 else row[t])
        best = [k for k, p in enumerate(row) if p == max(row)]
        accuracy += (t in best) / len(best)
    assert score.brier == pytest.approx(brier / len(rows))
    assert score.log_score == pytest.approx(log / len(rows))
    assert score.accuracy == pytest.approx(accuracy / len(rows))


def test_objects_without_known_truth_are_not_scored() -> None:
    score = calibration_of_values([0.7, 0.3, 1.0], [0, 2, 3], [0, -2])

    assert score.objects == 1
    assert score.every_value.count == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], []), "at least one"),
        (([0.5], [1, 0]), "as many outcomes"),
        (([1.5], [1]), "between 0 and 1"),
        (([float("nan")], [1]), "between 0 and 1"),
        (([0.5], [2]), "0 or 1"),
    ],
)
def test_bad_statements_are_refused(arguments, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        calibration(*arguments)


@pytest.mark.parametrize(
    "setting", [{"bins": 0}, {"level": 1.0}, {"resamples": 0}, {"binning": "odd"}]
)
def test_bad_settings_are_refused(setting) -> None:
    with pytest.raises(InvalidValue, match="expected"):
        calibration([0.5], [1], **setting)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0.9, 0.9], [0, 2], [0]), "add up"),
        (([0.9], [0, 2], [0]), "rise from 0"),
        (([0.9], [0.0, 1.0], [0]), "whole numbers"),
        (([2.0], [0, 1], [0]), "between 0 and 1"),
        (([0.9], [0, 1], [1]), "object 0"),
        (([0.9], [0, 1], [0, 0]), "one per object"),
        (([0.9], [0, 1], [-2]), "known truth"),
    ],
)
def test_bad_rows_are_refused(arguments, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        calibration_of_values(*arguments)
