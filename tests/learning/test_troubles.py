"""Planted worlds of ten kinds of trouble: `auto` holds on each, and nobody is accused for nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from provenance.errors import UnknownName
from provenance.learning import TROUBLES, Assertions, learn, troubled
from provenance.learning.copying import Copying, copies_in

OF_VALUES = [kind for kind in TROUBLES if kind != "absurd numbers"]


def accuracy(rows: Any, truth: dict[str, Any], method: str) -> float:
    learned = learn(rows, method=method)
    return float(np.mean([learned.most_likely(about) == true for about, true in truth.items()]))


@pytest.mark.parametrize("kind", OF_VALUES)
def test_auto_is_never_far_below_voting(kind: str) -> None:
    world = troubled(kind, seed=1)

    ours = accuracy(world.rows, dict(world.truth), "auto")
    votes = accuracy(world.rows, dict(world.truth), "majority")

    assert ours >= votes - 0.01


def test_every_kind_of_trouble_is_drawn_from_its_seed() -> None:
    for kind in TROUBLES:
        assert troubled(kind, 3).rows == troubled(kind, 3).rows
        assert troubled(kind, 3).rows != troubled(kind, 4).rows
        assert {about for _, about, _ in troubled(kind, 3).rows} <= set(troubled(kind, 3).truth)
    with pytest.raises(UnknownName, match="spammers"):
        troubled("spammer")


@pytest.mark.parametrize("seed", [1, 2])
def test_absurd_numbers_carry_nobody_away(seed: int) -> None:
    world = troubled("absurd numbers", seed)
    voices: dict[str, int] = {}
    for _, about, _ in world.rows:
        voices[about] = voices.get(about, 0) + 1

    learned = learn(world.rows, kind="numbers")

    numbers = {about: learned.number_of(about) for about in voices}
    held = [abs(numbers[o][0] - world.truth[o]) <= 2.0 * numbers[o][1] for o in voices]
    several = [o for o in voices if voices[o] >= 3]
    off = [abs(numbers[o][0] / world.truth[o] - 1.0) for o in several]
    assert learned.method == "robust"
    assert 0.9 <= np.mean(held) <= 0.98
    assert np.mean(np.array(off) < 0.5) > 0.97


def able_and_poor(labels: int, poor: float, hard: float, density: float) -> list[Any]:
    """Fifty able people who take hard objects for the same wrong thing, and thirty poor ones."""
    random = np.random.default_rng(1)
    truth = random.integers(0, labels, 300)
    is_hard = random.random(300) < hard
    look = (truth + random.integers(1, labels, 300)) % labels
    able = np.arange(80) < 50
    right = np.where(able[:, None], np.where(is_hard, 0.3, 0.95), poor)
    wrong = (truth + random.integers(1, labels, (80, 300))) % labels
    alike = able[:, None] & is_hard & (random.random((80, 300)) < 0.95)
    wrong = np.where(alike, look, wrong)
    said = np.where(random.random((80, 300)) < right, truth, wrong)
    speaks = random.random((80, 300)) < density
    return [(f"s{s:02d}", f"o{o}", f"v{said[s, o]}") for s, o in zip(*np.nonzero(speaks), strict=True)]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "poor", "hard", "density"),
    [(2, 0.3, 0.1, 0.4), (2, 0.3, 0.3, 0.4), (4, 0.5, 0.2, 0.3), (8, 0.55, 0.3, 1.0)],
)
def test_people_who_share_hard_objects_are_not_accused(
    labels: int, poor: float, hard: float, density: float
) -> None:
    found = copies_in(Assertions.of(able_and_poor(labels, poor, hard, density)))

    assert found.pairs == ()
    assert (found.weights == 1.0).all()


def clones(part: float) -> tuple[list[Any], Copying]:
    random = np.random.default_rng(2)
    truth = random.random(300) < 0.5
    rows = [
        (f"s{s}", o, "yes" if t == (random.random() < 0.8) else "no")
        for s in range(8)
        for o, t in enumerate(truth.tolist())
    ]
    said = {o: v for s, o, v in rows if s == "s7"}
    for o, t in enumerate(truth.tolist()):
        own = "yes" if t == (random.random() < 0.8) else "no"
        rows.append(("clone", o, said[o] if random.random() < part else own))
    return rows, copies_in(Assertions.of(rows))


def test_near_total_agreement_on_rare_errors_counts_among_labels() -> None:
    rows, found = clones(1.0)

    (pair,) = found.pairs
    assert pair.discounted
    assert found.weights.min() < 0.6
    assert any("common voices are discounted" in note for note in learn(rows).notes)


def test_what_is_less_than_near_total_is_told_among_labels_and_not_discounted() -> None:
    rows, found = clones(0.75)

    (pair,) = found.pairs
    learned = learn(rows)

    assert not pair.discounted
    assert found.groups == ()
    assert (found.weights == 1.0).all()
    assert [each.discounted for each in learned.copying()] == [False]
    assert any("told and not discounted" in note for note in learned.notes)


# Copies that agree as well as honest people do: which of them copy is told by the whole table.


def mirrored(
    honest: int, mirrors: int, right: float, *, labels: bool, objects: int = 120, seed: int = 0
) -> tuple[list[Any], dict[str, Any]]:
    """Honest people, and mirrors of one source that is right two times in five."""
    random = np.random.default_rng([seed, honest, mirrors])
    truth = random.integers(0, 5, objects)
    shape = (honest + 1, objects)
    wrong = (truth + random.integers(1, 5, shape)) % 5
    often = np.where(np.arange(honest + 1)[:, None] < honest, right, 0.4)
    said = np.where(random.random(shape) < often, truth, wrong)
    said = np.concatenate([said[:honest], np.repeat(said[honest:], mirrors, axis=0)])
    speaks = random.random(said.shape) < 0.9

    def name(o: int, value: int) -> str:
        return f"v{value}" if labels else f"{o}-{value}"

    rows = [
        (f"{'mirror' if s >= honest else 'honest'} {s:02d}", f"o{o}", name(o, said[s, o]))
        for s, o in zip(*np.nonzero(speaks), strict=True)
    ]
    return rows, {f"o{o}": name(o, value) for o, value in enumerate(truth.tolist())}


@pytest.mark.parametrize("labels", [False, True])
@pytest.mark.parametrize(
    ("honest", "mirrors", "right"), [(8, 4, 0.92), (12, 4, 0.8), (14, 12, 0.75), (9, 5, 0.7)]
)
def test_mirrors_are_the_copies_and_not_those_who_are_right(
    honest: int, mirrors: int, right: float, labels: bool
) -> None:
    rows, truth = mirrored(honest, mirrors, right, labels=labels)

    learned = learn(rows)

    largest = max(learned.shared_origins(), key=len)
    assert sorted(largest) == [f"mirror {s:02d}" for s in range(honest, honest + mirrors)]
    votes = learn(rows, method="majority")
    silent = learn(rows, copies=False)
    turned = [note for note in learned.notes if "turns round what most say" in note]
    assert len(turned) == (accuracy(rows, truth, "majority") < 0.9)
    assert not any("turns round" in note for note in (*votes.notes, *silent.notes))
    right_now = np.mean([learned.most_likely(o) == value for o, value in truth.items()])
    assert right_now >= max(accuracy(rows, truth, "majority") - 0.02, 0.85)


def test_known_truths_tell_who_copies() -> None:
    # Ten mirrors of one and five honest people: without truth the fewer look like copies.
    rows, truth = mirrored(5, 10, 0.9, labels=False, objects=60, seed=3)
    known = dict(list(truth.items())[:25])

    learned = learn([*rows, ("honest 00", "alone", "x")], known)

    assert all(name.startswith("mirror") for group in learned.shared_origins() for name in group)
    later = [about for about in truth if about not in known]
    assert np.mean([learned.most_likely(about) == truth[about] for about in later]) > 0.85


def test_copies_are_discounted_among_labels_where_the_user_says_so() -> None:
    rows, _ = clones(0.75)

    told, counted, silent = (learn(rows, copies=each) for each in (None, True, False))

    assert [[pair.discounted for pair in each.copying()] for each in (told, counted)] == [[False], [True]]  # fmt: skip
    assert counted.shared_origins() == (("clone", "s7"),)
    assert any("common voices are discounted" in note for note in counted.notes)
    assert told.shared_origins() == ()
    assert silent.copies is None
