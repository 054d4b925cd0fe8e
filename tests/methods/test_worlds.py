"""Possible worlds against counting every world, and masses and rankings at their edges."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import ImpossibleEvidence, InvalidValue, UnknownName
from provenance.methods import ArgumentGraph, Chance, Masses, WorldRule, Worlds, combine, rank


def counted(worlds: Worlds, asked: str, evidence: dict[str, bool]) -> tuple[float, float]:
    """The slow twin: every world by itself, its least model found by going round and round."""
    joint = given_mass = 0.0
    ways = [
        [*chance.outcomes, (None, 1 - sum(p for _, p in chance.outcomes))]
        for chance in worlds.chances
    ]
    for world in itertools.product(*ways):
        mass = math.prod(probability for _, probability in world)
        held = least_model({name for name, _ in world if name is not None}, worlds.rules)
        if all((name in held) == so for name, so in evidence.items()):
            given_mass += mass
            joint += mass * (asked in held)
    return joint, given_mass


def least_model(held: set[str], rules: tuple[WorldRule, ...]) -> set[str]:
    # Rules with something in `unless` only look at chances here, so that one pass will do for them.
    found = set(held)
    while True:
        more = {
            rule.head
            for rule in rules
            if found.issuperset(rule.body) and held.isdisjoint(rule.unless)
        }
        if more <= found:
            return found
        found |= more


CHANCES = ["c0", "c1", "c2", "d0", "d1"]
HEADS = ["h0", "h1", "h2", "h3"]
probabilities = st.integers(0, 4).map(lambda quarter: quarter / 4)


@st.composite
def small_worlds(draw: st.DrawFn) -> Worlds:
    chances = [Chance.of(f"c{i}", draw(probabilities)) for i in range(3)]
    chances.append(Chance((("d0", draw(probabilities) / 2), ("d1", draw(probabilities) / 2))))
    rules = [
        WorldRule(
            draw(st.sampled_from(HEADS)),
            tuple(draw(st.lists(st.sampled_from(CHANCES + HEADS), max_size=3))),
            tuple(draw(st.lists(st.sampled_from(CHANCES), max_size=1))),
        )
        for _ in range(draw(st.integers(0, 7)))
    ]
    # Every head has a rule, if only one that leads nowhere.
    rules += [WorldRule(head, (head,)) for head in HEADS]
    return Worlds(tuple(chances), tuple(rules))


evidences = st.dictionaries(st.sampled_from(CHANCES + HEADS), st.booleans(), max_size=2)


@given(small_worlds(), st.sampled_from(CHANCES + HEADS), evidences)
def test_likelihoods_are_those_of_counting_every_world(
    worlds: Worlds, asked: str, evidence: dict[str, bool]
) -> None:
    joint, given_mass = counted(worlds, asked, evidence)

    if given_mass == 0:
        with pytest.raises(ImpossibleEvidence):
            worlds.likelihoods((asked,), evidence)
    else:
        found = worlds.likelihoods((asked,), evidence)
        assert found.is_exact
        assert found.evidence == pytest.approx(given_mass)
        assert found.probabilities[0] == pytest.approx(joint / given_mass)


@settings(max_examples=50)
@given(small_worlds(), st.sampled_from(HEADS), st.integers(0, 3))
def test_sampled_likelihoods_are_within_their_stated_error(
    worlds: Worlds, asked: str, seed: int
) -> None:
    joint, _ = counted(worlds, asked, {})

    found = worlds.likelihoods((asked,), seed=seed, room=0)

    assert not found.is_exact
    # Six standard errors: less than one miss in half a billion draws.
    assert abs(found.probabilities[0] - joint) < 6 * found.standard_error


def test_the_same_seed_draws_the_same_worlds() -> None:
    worlds = Worlds((Chance.of("heads", 0.3),))

    first, again, other = (
        worlds.likelihoods(("heads",), seed=seed, room=0).probabilities for seed in (1, 1, 2)
    )

    assert first == again != other


def test_a_chain_of_many_thousand_links_is_exact() -> None:
    links = range(5_000)
    worlds = Worlds(
        tuple(Chance.of(f"link {i}", 0.9999) for i in links),
        (WorldRule("at 0"), *(WorldRule(f"at {i + 1}", (f"at {i}", f"link {i}")) for i in links)),
    )

    found = worlds.likelihoods(("at 5000",))

    assert found.is_exact
    assert found.probabilities[0] == pytest.approx(0.9999**5_000)


def test_a_ring_of_many_thousand_statements_holds_only_from_outside() -> None:
    ring = range(5_000)
    rules = [WorldRule(f"says {i}", (f"says {(i + 1) % 5_000}",)) for i in ring]
    alone = Worlds((Chance.of("seen", 0.4),), tuple(rules))
    grounded = Worlds((Chance.of("seen", 0.4),), (*rules, WorldRule("says 17", ("seen",))))

    assert alone.probability("says 0") == 0.0
    assert grounded.probability("says 0") == pytest.approx(0.4)


def test_what_does_not_fit_is_sampled_and_says_so() -> None:
    # A random-looking tangle: every head needs three of forty coins.
    names = [f"c{i}" for i in range(40)]
    bodies = [(names[i % 40], names[(7 * i + 3) % 40], names[(11 * i + 5) % 40]) for i in range(40)]
    worlds = Worlds(
        tuple(Chance.of(name, 0.5) for name in names),
        tuple(WorldRule("any", body) for body in bodies),
    )

    found = worlds.likelihoods(("any",), room=2_000)

    assert not found.is_exact
    assert 0.0 < found.standard_error < 0.01


def test_a_sample_that_never_meets_what_is_given_is_an_error() -> None:
    worlds = Worlds((Chance.of("rare", 1e-9),))

    with pytest.raises(InvalidValue, match="none"):
        worlds.likelihoods(("rare",), {"rare": True}, room=0)


@pytest.mark.parametrize(
    ("broken", "error", "message"),
    [
        (lambda: Chance.of("x", 1.5), InvalidValue, "between 0 and 1 for 'x'"),
        (lambda: Chance((("x", 0.7), ("y", 0.7))), InvalidValue, "sum to at most 1"),
        (lambda: Worlds((Chance.of("x", 1.0),) * 2), InvalidValue, "'x'"),
        (lambda: Worlds((Chance.of("x", 1.0),), (WorldRule("x"),)), InvalidValue, "'x'"),
        (lambda: Worlds((), (WorldRule("x", (), ("x",)),)), InvalidValue, "its own absence"),
        (lambda: Worlds().probability("x"), UnknownName, "no statement 'x'"),
        (lambda: Masses.of({(): 1.0}), InvalidValue, "at least one answer"),
        (lambda: Masses.of({"a": 1.5, "b": -0.5}), InvalidValue, "between 0 and 1"),
        (lambda: Masses.of({"a": 0.5}), InvalidValue, "sum to 1"),
        (lambda: combine([]), InvalidValue, "found none"),
        (lambda: combine([Masses.of({"a": 1}), Masses.of({"b": 1})]), InvalidValue, "conflict"),
        (lambda: ArgumentGraph.of({"a": 2.0}), InvalidValue, "for 'a'"),
        (lambda: ArgumentGraph((("a", 0.5), ("a", 0.5))), InvalidValue, "more than once"),
        (lambda: ArgumentGraph.of({"a": 0.5}, [("b", "a")]), UnknownName, "no argument 'b'"),
        (lambda: rank(ArgumentGraph.of({}), "votes"), InvalidValue, "'votes'"),
    ],
)
def test_what_cannot_be_is_said_so(
    broken: Callable[[], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        broken()


def test_combining_too_many_sets_is_refused_before_it_costs_anything() -> None:
    def scattered(step: int) -> Masses:
        sets = {frozenset({str(i), str(i + step)}): 1 / 2_000 for i in range(2_000)}
        return Masses.of(sets)

    with pytest.raises(InvalidValue, match="at most 1048576 pairs"):
        combine([scattered(1), scattered(2)])


@given(
    st.lists(probabilities, min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=6),
)
def test_more_support_never_weakens_an_argument_without_circles(
    bases: list[float], attacks: list[tuple[int, int]], supports: list[tuple[int, int]]
) -> None:
    def graph(extra: list[tuple[str, str]]) -> ArgumentGraph:
        names = {str(i): base for i, base in enumerate(bases)} | {"new": 0.5}
        forward = [(str(a), str(b)) for a, b in attacks if a < b]
        backed = [(str(a), str(b)) for a, b in supports if a < b]
        return ArgumentGraph.of(names, forward, backed + extra)

    for semantics in ("df-quad", "quadratic energy", "euler"):
        before = rank(graph([]), semantics)
        after = rank(graph([("new", "3")]), semantics)
        assert all(0.0 <= strength <= 1.0 for strength in before.values())
        assert after["3"] >= before["3"] - 1e-12


def test_a_circle_that_never_comes_to_rest_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.methods.ranking.LARGEST_WORK", 10)
    circle = ArgumentGraph.of({"a": 0.5, "b": 0.9}, attacks=[("a", "b"), ("b", "a")])

    with pytest.raises(InvalidValue, match="a circle of 2"):
        rank(circle)


def test_an_argument_that_attacks_itself_settles_halfway() -> None:
    # s = 1 - s, so s = 1/2
    assert rank(ArgumentGraph.of({"a": 1.0}, attacks=[("a", "a")]))["a"] == pytest.approx(0.5)


def test_very_many_supporters_do_not_overflow() -> None:
    graph = ArgumentGraph.of(
        {"a": 0.5, **{str(i): 1.0 for i in range(2_000)}},
        supports=[(str(i), "a") for i in range(2_000)],
    )

    for semantics in ("df-quad", "quadratic energy", "euler"):
        assert rank(graph, semantics)["a"] == pytest.approx(1.0)
