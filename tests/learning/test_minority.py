"""The majority is not turned round: few possible answers, middling sources, nobody copies."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from provenance.learning import Assertions, learn
from provenance.learning.methods.one_coin import fitted_prior, one_coin
from provenance.learning.methods.wrong_values import MANY, Heard, fitted_ways

Rows = list[tuple[str, str, str]]


def world(
    right: list[float], options: int, objects: int = 300, density: float = 1.0, seed: int = 1
) -> tuple[Rows, dict[str, str]]:
    """Sources right with these probabilities, else at any other of the object's own answers."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, options, objects)
    shape = len(right), objects
    wrong = (truth + random.integers(1, options, shape)) % options
    said = np.where(random.random(shape) < np.array(right)[:, None], truth, wrong)
    who, what = np.nonzero(random.random(shape) < density)
    rows = [(f"s{s}", f"o{o}", f"{o}-{said[s, o]}") for s, o in zip(who, what, strict=True)]
    return rows, {f"o{o}": f"{o}-{t}" for o, t in enumerate(truth.tolist())}


def voting(rows: Rows, truth: dict[str, str]) -> float:
    """How often a leading value is right, ties shared out."""
    votes: dict[str, Counter[str]] = {}
    for _, about, value in rows:
        votes.setdefault(about, Counter())[value] += 1
    leading = [
        [value for value, count in said.items() if count == max(said.values())]
        for said in votes.values()
    ]
    shares = [(truth[o] in best) / len(best) for o, best in zip(votes, leading, strict=True)]
    return float(np.mean(shares))


def correct(rows: Rows, truth: dict[str, str]) -> float:
    learned = learn(rows)
    return float(np.mean([learned.most_likely(o) == truth[o] for o in learned.assertions.objects]))


@pytest.mark.parametrize(
    ("right", "options", "density"),
    [
        ([0.5] * 20, 4, 1.0),
        ([0.5] * 20, 3, 1.0),
        ([0.6] * 10, 4, 1.0),
        ([0.55] * 12, 3, 1.0),
        ([0.4] * 20, 4, 1.0),
        ([0.35] * 40, 6, 1.0),
        ([0.6] * 20, 4, 0.2),
        ([0.7] * 5, 2, 1.0),
    ],
)
def test_middling_sources_are_no_worse_than_their_votes(
    right: list[float], options: int, density: float
) -> None:
    rows, truth = world(right, options, density=density)

    assert correct(rows, truth) >= voting(rows, truth) - 0.02


def test_one_good_source_among_middling_ones_is_found() -> None:
    rows, truth = world([0.99] + [0.5] * 9, 4)

    learned = learn(rows)

    assert learned.reliability_of("s0").mean > 0.9
    assert learned.accuracy_of("s1").mean == pytest.approx(0.5, abs=0.06)
    assert correct(rows, truth) > voting(rows, truth) + 0.05


def test_known_truths_do_not_turn_it_round() -> None:
    rows, truth = world([0.5] * 20, 4)
    known = {about: truth[about] for about in list(truth)[:30]}

    learned = learn(rows, known)

    assert np.mean([learned.most_likely(o) == truth[o] for o in truth]) > 0.9


def test_one_object_with_many_answers_changes_nothing() -> None:
    rows, truth = world([0.5] * 20, 4)
    odd = [(f"s{s}", "odd", f"odd-{s}") for s in range(20)]

    learned = learn([*rows, *odd])

    assert np.mean([learned.most_likely(o) == truth[o] for o in truth]) > 0.9
    assert len(learned.probability("odd")) == 21


def test_a_tiny_world_by_hand() -> None:
    rows = [
        (f"s{s}", f"o{o}", f"{o}-{0 if (s + o) % 20 < 10 else 1 + (s + o) % 3}")
        for s in range(20)
        for o in range(40)
    ]

    fit = one_coin(Assertions.of(rows), dependence=0.0)

    assert fit.accuracy == pytest.approx(np.full(20, 0.5), abs=0.02)
    best = np.maximum.reduceat(fit.probability, np.arange(0, 160, 4))
    assert (best > 0.95).all()


def test_wrong_values_that_meet_by_liking_stay_endless() -> None:
    voices = np.tile([6.0, 4.0], 30)
    rare = np.tile([6.0, 1.0, 1.0, 1.0, 1.0], 30)

    alike = Heard.of(voices, np.full(30, 6.0), np.full(30, 4.0), np.full(30, 2.0))
    apart = Heard.of(rare, np.full(30, 6.0), np.full(30, 4.0), np.full(30, 5.0))

    assert fitted_ways(alike)[0] == 1.0
    assert fitted_ways(apart)[0] == MANY


def test_voices_in_parts_are_counted_as_whole_ones_are() -> None:
    voices, most = np.array([2.0, 1.0, 3.0]), np.array([2.0, 3.0])
    rest, stated = np.array([1.0, 0.0]), np.array([2.0, 1.0])

    whole = Heard.of(voices, most, rest, stated)
    parts = Heard.of(voices, most, rest + 0.5, stated)

    assert sorted(zip(whole.rest, whole.stated, whole.objects, strict=True)) == [
        (0.0, 1.0, 1.0),
        (1.0, 2.0, 1.0),
    ]
    assert sorted(zip(parts.rest, parts.stated, parts.objects, strict=True)) == [
        (0.5, 1.0, 1.0),
        (1.5, 2.0, 1.0),
    ]


def test_doubt_about_what_is_right_keeps_sources_apart() -> None:
    said = np.full(8, 50.0)

    sure = fitted_prior(np.full(8, 30.0), said, np.zeros(8), 5.0)
    doubtful = fitted_prior(np.full(8, 30.0), said, np.full(8, 30.0), 5.0)

    assert sum(sure) > 5 * sum(doubtful)


def test_few_sources_of_few_words_are_not_taken_to_be_alike() -> None:
    few = fitted_prior(np.full(5, 4.0), np.full(5, 4.0), np.zeros(5), 5.0)
    many = fitted_prior(np.full(20, 150.0), np.full(20, 300.0), np.zeros(20), 5.0)

    assert sum(few) == pytest.approx(5.0)
    assert sum(many) > 500.0
