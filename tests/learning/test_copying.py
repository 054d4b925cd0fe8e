"""Copying is found where it was planted, and people who are merely right are left alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue, UnknownName
from provenance.learning.assertions import Assertions
from provenance.learning.copying import copying, copying_between, own_part
from provenance.learning.planted import World, planted

NOBODY = {
    "ordinary people": {},
    "people who are nearly always right": {"accuracy": (0.95, 0.999)},
    "hard questions": {"hardness": 2.0},
    "hard questions for good people": {"hardness": 3.0, "accuracy": (0.9, 0.99)},
    "yes or no": {"values": 2},
    "hard yes or no": {"values": 2, "hardness": 2.0},
    "few people": {"sources": 8, "objects": 100},
    "many people who say little": {"sources": 80, "objects": 120, "density": 0.3},
    "experts among amateurs": {"experts": 6, "accuracy": (0.4, 0.6), "values": 3},
}


def asked(world: World):
    return copying(world.source, world.object, world.value)


def planted_pairs(world: World) -> set[tuple[int, int]]:
    return {(a, b) for group in world.groups for a in group for b in group if a < b}


def found_pairs(found) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in found.pairs}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", sorted(NOBODY))
def test_nobody_is_accused_where_nobody_copies(kind: str, seed: int) -> None:
    found = asked(planted(seed=seed, **NOBODY[kind]))

    assert found.pairs == ()
    assert found.groups == ()
    assert (found.weights == 1.0).all()


@pytest.mark.parametrize("part", [0.05, 0.1, 0.2, 0.35, 0.5])
def test_planted_copiers_are_found_and_nobody_else(part: float) -> None:
    world = planted(copiers=part, originals=max(1, round(part * 8)), seed=5)

    found = asked(world)

    assert found_pairs(found) <= planted_pairs(world)
    together = {(a, b) for group in found.groups for a in group for b in group}
    copiers = [(c, model) for c, model in enumerate(world.original.tolist()) if model >= 0]
    missed = [pair for pair in copiers if pair not in together]
    # A copier that says little may go unnoticed.
    assert len(missed) <= len(copiers) // 10


def test_half_of_all_repeating_one_source_do_not_pass_for_the_truth() -> None:
    world = planted(copiers=0.5, copy_rate=0.9, seed=2)

    found = asked(world)

    assert found.groups == world.groups
    assert found_pairs(found) <= planted_pairs(world)


def test_copiers_are_told_from_experts() -> None:
    world = planted(experts=5, accuracy=(0.4, 0.6), values=3, copiers=0.2, seed=1)

    found = asked(world)

    assert found.groups == world.groups
    assert found.accuracy[:5].min() > found.accuracy[5:].max()


def test_people_with_the_same_habit_are_not_copies() -> None:
    rng = np.random.default_rng(4)
    source, about = (grid.ravel() for grid in np.indices((20, 200)))
    value = rng.integers(3, size=200)[about]
    lazy = source < 5
    value = np.where(rng.random(4000) < 0.15, rng.integers(3, size=4000), value)
    value = np.where(lazy & (rng.random(4000) < 0.95), 2, value)

    found = copying(source, about, value)

    assert found.pairs == ()


@pytest.mark.parametrize(("values", "together"), [(6, False), (2, True)])
def test_honest_people_among_liars_are_not_copies(values: int, together: bool) -> None:
    # Eight of twenty lie nine times in ten, each in its own way or all the same way.
    rng = np.random.default_rng(1)
    truth = rng.integers(values, size=200)
    source, about = (grid.ravel() for grid in np.indices((20, 200)))
    other = 1 + rng.integers(values - 1, size=200 if together else 4000)
    lie = (truth[about] + (other[about] if together else other)) % values
    slip = (truth[about] + 1 + rng.integers(values - 1, size=4000)) % values
    honest = np.where(rng.random(4000) < 0.85, truth[about], slip)
    value = np.where((source < 8) & (rng.random(4000) < 0.9), lie, honest)

    found = copying(source, about, value)

    assert not {pair for pair in found_pairs(found) if min(pair) >= 8}


def test_the_part_that_is_copied_is_estimated() -> None:
    world = planted(copiers=0.1, originals=3, copy_rate=0.7, seed=3)

    shares = {(p.first, p.second): p.share for p in asked(world).pairs}

    assert len(shares) == 3
    assert all(0.5 < share < 0.9 for share in shares.values())


def test_exact_copies_are_one_voice() -> None:
    world = planted(sources=12, copiers=0.25, copy_rate=1.0, seed=6)
    (group,) = world.groups

    found = asked(world)

    claim = world.object * 100 + world.value
    inside = np.isin(world.source, group)
    disputed = [c for c in np.unique(claim[inside]) if not (~inside & (claim == c)).any()]
    voices = [found.weights[inside & (claim == c)].sum() for c in disputed]
    sizes = [int((inside & (claim == c)).sum()) for c in disputed]
    assert max(sizes) >= 3
    assert all(voice == pytest.approx(1.0, abs=0.4) for voice in voices)


def test_with_times_the_later_one_is_the_copier() -> None:
    world = planted(copiers=0.2, originals=3, seed=4)

    found = copying(world.source, world.object, world.value, time=world.time)

    told = [p for p in found.pairs if p.copier is not None]
    direct = [p for p in told if world.original[p.copier] in (p.first, p.second)]
    assert len(direct) == (world.original >= 0).sum()
    assert all(p.copier_probability > 0.99 for p in direct)


def test_without_times_no_direction_is_claimed() -> None:
    found = asked(planted(copiers=0.2, seed=4))

    assert found.pairs
    assert all(p.copier is None and p.copier_probability is None for p in found.pairs)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_order_of_rows_and_names_do_not_matter(seed: int) -> None:
    world = planted(sources=10, objects=120, copiers=0.3, seed=7)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(world.source))
    who, what = rng.permutation(10), rng.permutation(120) * 12_345_678_901
    said = rng.permutation(6)
    plain = copying(world.source, world.object, world.value, time=world.time)

    other = copying(
        who[world.source][rows],
        what[world.object][rows],
        said[world.value][rows],
        time=world.time[rows],
    )

    renamed = {tuple(sorted((who[p.first], who[p.second]))): p for p in plain.pairs}
    assert renamed.keys() == {(p.first, p.second) for p in other.pairs}
    for pair in other.pairs:
        before = renamed[pair.first, pair.second]
        assert pair.probability == pytest.approx(before.probability, abs=1e-9)
        assert pair.copier == (None if before.copier is None else who[before.copier])
    np.testing.assert_allclose(other.weights, plain.weights[rows], atol=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_weights_are_parts_of_a_voice_and_groups_do_not_overlap(seed: int) -> None:
    world = planted(sources=8, objects=40, values=3, copiers=0.4, seed=seed)

    found = asked(world)

    assert ((found.weights > 0.0) & (found.weights <= 1.0)).all()
    members = [source for group in found.groups for source in group]
    assert len(members) == len(set(members))
    assert all(0.5 <= p.probability <= 1.0 and 0.0 <= p.share <= 1.0 for p in found.pairs)


def test_known_truth_convicts_those_who_share_errors() -> None:
    # Two pairs agree on ten disputed values each; what the first pair says is known to be wrong.
    rows = []
    for about in range(60):
        wrong = about % 3 == 0
        rows += [(0, about, 9 if wrong else 1), (1, about, 9 if wrong else 1)]
        rows += [(2, about, 1), (3, about, 1), (4, about, 1)]
    source, about, value = np.array(rows).T

    found = copying(source, about, value, true=np.where(value == 1, 1.0, 0.0))

    assert found.groups == ((0, 1),)


def test_certain_claims_count_as_known_and_likely_ones_do_not() -> None:
    rows = [
        (s, o, f"{o} {'wrong' if s < 2 and o % 3 == 0 else 'right'}")
        for o in range(60)
        for s in range(5)
    ]
    told = Assertions.of(rows)
    said = [str(told.value(claim)) for claim in range(told.claims)]
    even = np.full(told.claims, 0.5)
    certain = np.array([float(each.endswith("right")) for each in said])
    accuracy = np.full(5, 0.8)

    open_, settled = own_part(told, even, accuracy), own_part(told, certain, accuracy)

    known = np.where(told.values_per_object[told.object] > 1, certain[told.claim], np.nan)
    assert (settled == copying_between(told, true=known, accuracy=accuracy).weights).all()
    assert (open_ == copying_between(told, accuracy=accuracy).weights).all()
    assert not np.allclose(settled, open_)


def test_equal_rows_are_one_assertion() -> None:
    world = planted(sources=10, objects=120, copiers=0.3, seed=7)
    once = asked(world)

    twice = copying(*(np.tile(c, 2) for c in (world.source, world.object, world.value)))

    assert twice.pairs == once.pairs
    np.testing.assert_allclose(twice.weights[: len(once.weights)], once.weights / 2.0)


def test_no_assertions_are_no_copying() -> None:
    found = copying(np.array([], int), np.array([], int), np.array([], int), sources=3)

    assert (found.pairs, found.groups, len(found.weights)) == ((), (), 0)
    assert found.probability_of(0, 1) == pytest.approx(0.02)


@pytest.mark.parametrize(
    "rows",
    [
        [(0, 0, 0)],
        [(0, 0, 0), (1, 0, 0)],
        [(0, 0, 0), (0, 0, 1)],
        [(0, 0, 0), (1, 0, 1), (2, 0, 1)],
        [(0, a, 0) for a in range(5)],
    ],
)
def test_too_little_to_go_on_accuses_nobody(rows: list[tuple[int, int, int]]) -> None:
    found = copying(*np.array(rows).T)

    assert found.pairs == ()
    assert (found.weights == 1.0).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"object": np.array([1, 2])}, "as long as source"),
        ({"source": np.array([0.0, 1.0, 2.0])}, "integer codes"),
        ({"source": np.array([-1, 0, 1])}, "source codes"),
        ({"sources": 2}, "source codes"),
        ({"time": np.array([1.0])}, "time"),
        ({"true": np.array([0.5, 1.0, 1.0])}, "true"),
        ({"accuracy": np.array([0.5, 1.0])}, "accuracy"),
        ({"accuracy": np.array([0.5, 1.0, 1.5])}, "between 0 and 1"),
        ({"cited": np.array([0.5, 1.0, 1.5])}, "cited"),
        ({"cited": np.array([7, -1, -1])}, "below 3"),
        ({"threshold": 1.0}, "threshold"),
    ],
)
def test_a_bad_argument_is_named(change: dict[str, object], message: str) -> None:
    arguments = {
        "source": np.array([0, 1, 2]),
        "object": np.array([0, 0, 0]),
        "value": np.array([0, 0, 1]),
    } | change

    with pytest.raises(InvalidValue, match=message):
        copying(**arguments)


def test_names_may_be_used_instead_of_codes() -> None:
    world = planted(sources=10, objects=120, copiers=0.3, seed=7)
    rows = [
        (f"s{s}", f"o{o}", f"v{v}")
        for s, o, v in zip(world.source, world.object, world.value, strict=True)
    ]

    found = copying_between(rows)

    (group,) = world.groups
    assert found.probability_of(f"s{group[0]}", f"s{group[1]}") > 0.9
    assert found.independence_weights().shape == (len(rows),)
    with pytest.raises(UnknownName, match="'s77'"):
        found.probability_of("s77", "s1")


def test_a_world_needs_two_values() -> None:
    with pytest.raises(InvalidValue, match="two values"):
        planted(values=1)


def test_known_accuracies_are_used() -> None:
    world = planted(sources=10, objects=120, copiers=0.3, seed=7)

    found = copying(world.source, world.object, world.value, accuracy=world.accuracy)

    assert found.accuracy.tolist() == pytest.approx(world.accuracy.tolist())
    assert found.groups == world.groups
