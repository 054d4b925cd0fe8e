"""Calibrators mend what is wrong, leave alone what is right, and never turn two values round."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue
from provenance.learning.calibration import calibration, calibration_of_values
from provenance.learning.recalibration import METHODS, Calibrator, calibrate, pooled_levels


def expit(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def stretched(size: int, by: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Statements whose log-odds are `by` times what they should be."""
    rng = np.random.default_rng(seed)
    z = rng.normal(0.0, 2.0, size)
    return expit(by * z), (rng.random(size) < expit(z)).astype(int)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), min_size=1, max_size=9))
def test_pooling_finds_the_best_rising_steps(rows: list[tuple[int, int]]) -> None:
    places = sorted({x for x, _ in rows})
    levels = pooled_levels(*(np.array(c, float) for c in zip(*rows, strict=True)))

    # All ways to cut the places into blocks, each block at its mean, kept if they rise.
    best = min(
        sum((y - heights[x]) ** 2 for x, y in rows)
        for cuts in itertools.product([0, 1], repeat=len(places) - 1)
        if (heights := cut_into_means(rows, places, cuts)) is not None
    )
    ours = {
        place: mean
        for low, high, mean in zip(levels.low, levels.high, levels.mean, strict=True)
        for place in places
        if low <= place <= high
    }
    assert sum((y - ours[x]) ** 2 for x, y in rows) == pytest.approx(best)
    assert (np.diff(levels.mean) > 0).all()
    assert levels.count.sum() == len(rows)


def cut_into_means(rows, places: list[int], cuts) -> dict[int, float] | None:
    blocks = [[places[0]]]
    for place, cut in zip(places[1:], cuts, strict=True):
        if cut:
            blocks.append([])
        blocks[-1].append(place)
    means = [np.mean([y for x, y in rows if x in block]) for block in blocks]
    if any(a > b for a, b in itertools.pairwise(means)):
        return None
    return {place: mean for block, mean in zip(blocks, means, strict=True) for place in block}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30),
    st.sampled_from([*METHODS, "auto"]),
)
def test_no_method_turns_two_probabilities_round(rows, method: str) -> None:
    stated, came = (np.array(column, float) for column in zip(*rows, strict=True))

    mended = calibrate(stated, came, method)(np.linspace(0, 1, 101))

    assert ((mended >= 0) & (mended <= 1)).all()
    assert (np.diff(mended) >= -1e-12).all()


def test_the_temperature_of_calibrated_statements_is_one() -> None:
    (temperature,) = calibrate(*stretched(20_000, 1.0), "temperature").parameters

    # Twenty thousand statements fix it to about two parts in a hundred.
    assert temperature == pytest.approx(1.0, abs=0.06)


def test_a_temperature_takes_back_what_was_overstated() -> None:
    (temperature,) = calibrate(*stretched(20_000, 3.0), "temperature").parameters

    assert temperature == pytest.approx(3.0, rel=0.06)


def test_temperature_finds_the_least_loss_on_a_grid() -> None:
    stated, came = stretched(300, 2.0)
    (temperature,) = calibrate(stated, came, "temperature").parameters

    def loss(t: float) -> float:
        said = Calibrator("temperature", (t,))(stated)
        return -float(np.log(np.where(came > 0, said, 1 - said)).mean())

    grid = np.exp(np.linspace(-1, 2, 301))
    assert loss(temperature) <= min(map(loss, grid)) + 1e-5


def test_beta_takes_back_a_beta_distortion() -> None:
    rng = np.random.default_rng(2)
    stated = rng.random(40_000)
    right = expit(0.5 * np.log(stated) - 1.5 * np.log(1 - stated) + 0.3)
    came = rng.random(40_000) < right

    mended = calibrate(stated, came, "beta")(stated)

    assert np.abs(mended - right).max() < 0.03


def test_beta_never_falls_even_where_the_truth_runs_backwards() -> None:
    calibrator = calibrate([0.1, 0.2, 0.8, 0.9] * 20, [1, 1, 0, 0] * 20, "beta")

    assert min(calibrator.parameters[:2]) >= 0.0


@pytest.mark.parametrize("method", ["temperature", "beta", "isotonic", "auto"])
def test_mending_on_some_cases_helps_others(method: str) -> None:
    stated, came = stretched(4000, 2.5, seed=5)
    calibrator = calibrate(stated[:2000], came[:2000], method)

    before = calibration(stated[2000:], came[2000:], resamples=1)
    after = calibration(calibrator(stated[2000:]), came[2000:], resamples=1)

    assert after.ece < before.ece / 2
    assert after.log_score < before.log_score


def test_auto_leaves_calibrated_statements_alone() -> None:
    chosen = [calibrate(*stretched(500, 1.0, seed=s)).method for s in range(10)]

    assert chosen.count("none") >= 8


def test_auto_takes_the_simplest_cure() -> None:
    calibrator = calibrate(*stretched(1000, 2.5))

    assert calibrator.method == "temperature"
    assert [name for name, _ in calibrator.losses] == list(METHODS)


def test_isotonic_claims_no_certainty_from_few_cases() -> None:
    mended = calibrate([0.2, 0.9, 0.9], [0, 1, 1], "isotonic")([0.0, 1.0])

    assert mended.tolist() == pytest.approx([1 / 3, 3 / 4])


def many_valued(by: float, size: int = 1500, seed: int = 0):
    """Objects of two to five values; log-probabilities `by` times what they should be."""
    rng = np.random.default_rng(seed)
    rows, first, truth = [], [0], []
    for _ in range(size):
        right = rng.dirichlet(np.ones(rng.integers(2, 6)))
        truth.append(int(rng.choice(len(right), p=right)))
        said = right**by
        rows.append(said / said.sum())
        first.append(first[-1] + len(right))
    return np.concatenate(rows), np.array(first), np.array(truth)


@pytest.mark.parametrize("method", ["temperature", "beta", "isotonic", "auto"])
def test_many_valued_objects_are_mended_within_themselves(method: str) -> None:
    stated, first, truth = many_valued(3.0)
    calibrator = calibrate(stated, truth, method, first=first)
    stated, first, truth = many_valued(3.0, seed=1)

    mended = calibrator(stated, first)

    before = calibration_of_values(stated, first, truth, resamples=1)
    after = calibration_of_values(mended, first, truth, resamples=1)
    assert np.add.reduceat(mended, first[:-1]) == pytest.approx(np.ones(len(truth)))
    assert after.most_likely.ece < before.most_likely.ece / 2
    assert after.log_score < before.log_score


def test_the_temperature_of_many_valued_objects_is_found() -> None:
    stated, first, truth = many_valued(2.0, size=4000)

    (temperature,) = calibrate(stated, truth, "temperature", first=first).parameters

    assert temperature == pytest.approx(2.0, rel=0.06)


def test_what_an_object_leaves_to_unnamed_values_is_kept() -> None:
    mended = Calibrator("temperature", (2.0,))([0.6, 0.2, 0.0], [0, 2, 3])

    assert mended.sum() == pytest.approx(0.8)
    assert mended[2] == 0.0


def test_objects_whose_truth_is_unknown_teach_nothing() -> None:
    stated, first, truth = many_valued(2.0, size=200)
    some = truth.copy()
    some[100:] = -2

    half = calibrate(stated[: first[100]], truth[:100], "temperature", first=first[:101])

    assert calibrate(stated, some, "temperature", first=first) == half


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30),
    st.sampled_from([*METHODS, "auto"]),
)
def test_a_calibrator_survives_json(rows, method: str) -> None:
    stated, came = (np.array(column, float) for column in zip(*rows, strict=True))
    calibrator = calibrate(stated, came, method)

    again = Calibrator.from_json(calibrator.to_json())

    assert again == calibrator
    assert again([0.1, 0.7]).tolist() == calibrator([0.1, 0.7]).tolist()


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "[]",
        '{"schema": "other"}',
        '{"schema": "provenance-calibrator-1", "method": "magic", "parameters": []}',
        '{"schema": "provenance-calibrator-1", "method": "temperature", "parameters": [0]}',
        '{"schema": "provenance-calibrator-1", "method": "temperature", "parameters": ["2"]}',
        '{"schema": "provenance-calibrator-1", "method": "temperature", "parameters": [NaN]}',
        '{"schema": "provenance-calibrator-1", "method": "beta", "parameters": [-1, 1, 0]}',
        '{"schema": "provenance-calibrator-1", "method": "isotonic", "parameters": [0, 1, 1, 0]}',
        '{"schema": "provenance-calibrator-1", "method": "none", "parameters": [1]}',
    ],
)
def test_a_broken_calibrator_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected"):
        Calibrator.from_json(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"method": "magic"}, "auto or one of"),
        ({"probabilities": [0.5]}, "as many truths"),
        ({"probabilities": [0.5, 1.5]}, "between 0 and 1"),
        ({"truth": [0, 2]}, "truths of 0 or 1"),
        ({"probabilities": [], "truth": []}, "at least one case"),
        ({"folds": 1}, "2 folds"),
        ({"first": [0, 2], "truth": [-2]}, "at least one case"),
    ],
)
def test_bad_cases_are_refused(change, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        calibrate(**({"probabilities": [0.5, 0.5], "truth": [0, 1]} | change))


def test_a_calibrator_refuses_what_is_no_probability() -> None:
    with pytest.raises(InvalidValue, match="between 0 and 1"):
        Calibrator("none")([2.0])
