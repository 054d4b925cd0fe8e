"""Every method gives the figures of its slow and obvious twin, whatever its options."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import pytest

from provenance.learning import Assertions
from provenance.learning.estimates import Fit
from provenance.learning.methods.accu import accu, popaccu
from provenance.learning.methods.crh import catd, crh, gaussian_truth
from provenance.learning.methods.dawid_skene import coin_tables, dawid_skene, ibcc, pooled_ibcc
from provenance.learning.methods.ebcc import ebcc
from provenance.learning.methods.glad import glad
from provenance.learning.methods.ltm import latent_truth
from provenance.learning.methods.mace import mace
from provenance.learning.methods.one_coin import one_coin
from provenance.learning.methods.robust import robust
from provenance.learning.methods.voting import (
    average_log,
    investment,
    majority_vote,
    pooled_investment,
    sums,
    three_estimates,
    truth_finder,
    two_estimates,
    weighted_vote,
)
from tests.twins import amounts_twin, coins_twin, labels_twin, learning_twin
from tests.twins.amounts_twin import Amounts
from tests.twins.learning_twin import Table


def drawn(seed: int, *, kind: str = "categories", labels: int = 3, objects: int = 9) -> Assertions:
    """Six sources on some objects, whole voices and parts of voices."""
    chance = random.Random(seed)
    rows = [
        (f"s{s}", f"o{o}", f"v{v if chance.random() < 0.6 else chance.randrange(labels)}")
        for o in range(objects)
        for v in [o % labels]
        for s in range(6)
        if chance.random() < 0.6
        for _ in range(2 if kind == "sets" else 1)
    ]
    told = Assertions.of(rows, kind=kind)  # type: ignore[arg-type]
    if seed % 2:
        return told
    share = np.array([chance.choice((0.25, 0.5, 1.0, 1.0)) for _ in range(told.size)])
    return attrs.evolve(told, share=share)


def known_of(told: Assertions, seed: int) -> Any:
    """What is known of an object in three: its true value, or of one value that it is false."""
    known = np.full(told.claims, np.nan)
    if seed % 4 > 1:
        for about in range(0, len(told.objects), 3):
            mine = slice(told.first_claim[about], told.first_claim[about + 1])
            if about % 2:
                known[told.first_claim[about]] = 0.0
            else:
                known[mine] = 0.0
                known[told.first_claim[about + 1] - 1] = 1.0
    return known


def implied(one: int, other: int) -> float:
    """How far a value supports another: the next one somewhat, the others not at all or against."""
    return {1: 0.4, -1: -0.3}.get(other - one, 0.0)


def implies(one: str, other: str) -> float:
    return implied(int(one[1:]), int(other[1:]))


T = learning_twin
L = labels_twin
METHODS: dict[str, tuple[Callable[..., Fit], Callable[[Table], dict[str, Any]], dict[str, Any]]] = {
    "majority": (majority_vote, T.majority, {}),
    "weighted": (weighted_vote, T.weighted, {}),
    "sums": (sums, lambda t: T.sums(t, rounds=3), {"rounds": 3}),
    "average-log": (average_log, lambda t: T.average_log(t, rounds=3), {"rounds": 3}),
    "investment": (
        investment,
        lambda t: T.invested(t, growth=1.3, rounds=3, pooled=False),
        {"rounds": 3, "growth": 1.3},
    ),
    "pooled-investment": (
        pooled_investment,
        lambda t: T.invested(t, growth=1.7, rounds=3, pooled=True),
        {"rounds": 3, "growth": 1.7},
    ),
    "truth-finder": (
        truth_finder,
        lambda t: T.truth_finder(
            t, influence=0.7, dampening=0.2, start=0.8, implies=implied, rounds=2
        ),
        {"influence": 0.7, "dampening": 0.2, "start": 0.8, "implies": implies, "rounds": 2},
    ),
    "two-estimates": (
        two_estimates,
        lambda t: T.estimates(t, smoothing=0.8, rounds=2, hardness=False),
        {"smoothing": 0.8, "rounds": 2},
    ),
    "three-estimates": (
        three_estimates,
        lambda t: T.estimates(t, smoothing=0.7, rounds=2, hardness=True),
        {"smoothing": 0.7, "rounds": 2},
    ),
    "accu": (
        accu,
        lambda t: T.accu(t, false_values=5, start=0.7, rounds=3),
        {"false_values": 5, "start": 0.7, "rounds": 3},
    ),
    "popaccu": (
        popaccu,
        lambda t: T.popaccu(t, start=0.7, rounds=3),
        {"start": 0.7, "rounds": 3},
    ),
    "crh": (crh, lambda t: T.resolved(t, T.crh_weights, rounds=3), {"rounds": 3}),
    "catd": (
        catd,
        lambda t: T.resolved(t, amounts_twin.catd_weights(0.2), rounds=3),
        {"alpha": 0.2, "rounds": 3},
    ),
    "glad": (glad, lambda t: T.glad(t, rounds=2), {"rounds": 2}),
    "dawid-skene": (
        dawid_skene,
        lambda t: L.dawid_skene(t, dependence=0.3, rounds=3),
        {"dependence": 0.3, "rounds": 3},
    ),
    "ibcc": (
        ibcc,
        lambda t: L.ibcc(t, right=3.0, wrong=0.5, dependence=0.2, rounds=3),
        {"right": 3.0, "wrong": 0.5, "dependence": 0.2, "rounds": 3, "foretelling": True},
    ),
    "pooled-ibcc": (
        pooled_ibcc,
        lambda t: L.pooled_ibcc(t, dependence=0.2, rounds=3),
        {"dependence": 0.2, "rounds": 3, "foretelling": True},
    ),
    "coin-tables": (
        coin_tables,
        lambda t: L.coin_tables(t, dependence=0.2, rounds=3),
        {"dependence": 0.2, "rounds": 3, "foretelling": True},
    ),
    "coin-tables, pooled": (
        coin_tables,
        lambda t: L.coin_tables(t, dependence=0.2, rounds=3, sources="pooled"),
        {"dependence": 0.2, "rounds": 3, "sources": "pooled", "foretelling": True},
    ),
    "coin-tables, all alike": (
        coin_tables,
        lambda t: L.coin_tables(t, dependence=0.2, rounds=3, sources="alike"),
        {"dependence": 0.2, "rounds": 3, "sources": "alike", "foretelling": True},
    ),
    "coin-tables, labels equally common": (
        coin_tables,
        lambda t: L.coin_tables(t, dependence=0.0, rounds=3, same=True),
        {"dependence": 0.0, "rounds": 3, "even": True},
    ),
    "mace": (
        mace,
        lambda t: L.mace(t, tracks=(0.7, 0.4), habit=3.0, dependence=0.3, rounds=3),
        {"tracks": (0.7, 0.4), "habit": 3.0, "dependence": 0.3, "rounds": 3},
    ),
    "ebcc": (
        ebcc,
        lambda t: L.ebcc(t, subtypes=2, right=3.0, wrong=0.5, mixing=0.3, dependence=0.2, rounds=2),
        {"subtypes": 2, "right": 3.0, "wrong": 0.5, "mixing": 0.3, "dependence": 0.2, "rounds": 2},
    ),
}


def assert_same(found: Fit, expected: dict[str, Any]) -> None:
    """Every figure that the twin gives is that of the fit, which ends where nothing changes."""
    changes = expected.pop("changes", [])
    assert found.changes == pytest.approx(changes[: len(found.changes)], abs=1e-9)
    assert changes[len(found.changes) :] == pytest.approx(
        [0.0] * (len(changes) - len(found.changes)), abs=1e-9
    )
    for name, figures in expected.items():
        ours = getattr(found, name)
        if name == "foretold" and ours is None:
            continue
        assert ours == pytest.approx(np.array(figures), abs=1e-9), name


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", METHODS)
def test_every_figure_is_that_of_the_slow_twin(name: str, seed: int) -> None:
    method, twin, options = METHODS[name]
    told = drawn(seed)
    known = known_of(told, seed)

    found = method(told, known if seed > 1 else None, **options)

    assert_same(found, twin(Table.of(told, known)))


@pytest.mark.parametrize("seed", range(4))
def test_values_that_may_all_be_true_are_found_as_by_the_slow_twin(seed: int) -> None:
    told = drawn(seed, kind="sets")
    known = known_of(told, seed)
    options: dict[str, Any] = {
        "invents": (2.0, 7.0),
        "finds": (4.0, 3.0),
        "true": (1.5, 1.0),
        "rounds": 3,
    }

    found = latent_truth(told, known, **options)

    assert_same(found, T.latent_truth(Table.of(told, known), **options))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("variety", [None, 4.0])
@pytest.mark.parametrize("parties", [None, [0, 0, 1, 2, 0, 3]])
@pytest.mark.parametrize("objects", [5, 14])
@pytest.mark.parametrize("prior", [None, (3.0, 2.0)])
def test_coins_are_those_of_the_slow_twin(
    seed: int,
    variety: float | None,
    parties: list[int] | None,
    objects: int,
    prior: tuple[float, float] | None,
) -> None:
    told = drawn(seed, objects=objects)
    if parties is not None:
        told = attrs.evolve(told, party=np.array(parties))
    known = known_of(told, seed)
    options: dict[str, Any] = {
        "prior": prior,
        "variety": variety,
        "dependence": 0.3,
        "rounds": 2,
    }

    found = one_coin(told, known if seed > 1 else None, limit=0.0, **options)

    # Of fourteen objects the three values are taken for labels that all of them share.
    table = Table.of(told, known)
    assert_same(found, coins_twin.one_coin(table, shared=objects > 9, party=parties, **options))


@pytest.mark.parametrize("seed", [0, 1])
def test_coins_among_few_answers_are_those_of_the_slow_twin(seed: int) -> None:
    chance = np.random.default_rng(seed)
    said = (chance.random((8, 8)) > 0.5) * chance.integers(1, 3, (8, 8))
    rows = [(f"s{s}", o, f"{o}-{said[s, o]}") for s in range(8) for o in range(8)]
    # One of twenty-one objects has more values, so it has more that may be wrong.
    rows += [(f"s{s}", 99, f"odd-{s % 5}") for s in range(8)]
    rows += [(f"s{s}", 20 + o, f"{20 + o}-{(s + o) % 3 // 2}") for s in range(5) for o in range(12)]
    told = Assertions.of(rows)
    options: dict[str, Any] = {"prior": None, "variety": None, "dependence": 0.2, "rounds": 2}

    found = one_coin(told, limit=0.0, **options)

    table = Table.of(told)
    assert coins_twin.fitted_ways(table)[0] < 4.0
    assert_same(found, coins_twin.one_coin(table, **options))


def test_coins_start_where_they_are_told_to() -> None:
    told = drawn(1)
    start = np.linspace(0.1, 0.9, told.claims)
    options: dict[str, Any] = {"prior": (4.0, 1.0), "variety": 1.0, "dependence": 0.0, "rounds": 1}

    found = one_coin(told, start=start, **options)

    assert_same(found, coins_twin.one_coin(Table.of(told), start=start.tolist(), **options))


@pytest.mark.parametrize("seed", range(2))
def test_voices_of_unknown_lineage_are_put_in_line_four_times(seed: int) -> None:
    told = drawn(seed)
    options: dict[str, Any] = {"prior": (3.0, 2.0), "variety": 2.0, "dependence": 0.2, "rounds": 2}

    found = one_coin(told, lineage=1.2, limit=0.0, **options)

    expected = coins_twin.one_coin(Table.of(told), **options)
    for _ in range(4):
        both = zip(expected["right"], expected["wrong"], strict=True)
        part = coins_twin.in_line(Table.of(told), [r / (r + w) for r, w in both], 1.2)
        shared = attrs.evolve(told, share=told.weight * part)
        expected = coins_twin.one_coin(Table.of(shared), **options)
    assert_same(found, expected)


def drawn_numbers(seed: int) -> Assertions:
    """Six sources on twelve objects of all sizes: some are alone, some agree, some are far off."""
    chance = random.Random(seed)
    rows = []
    for o in range(12):
        size = (-1.0) ** (o % 5 == 3) * 10.0 ** (o % 4)
        for s in range(1 if o > 9 else 6):
            if chance.random() < 0.8 or o > 9:
                far = 40.0 if chance.random() < 0.1 else 1.0
                off = round(chance.gauss(0.0, 0.02 * (s + 1)) * far, 2) if o % 6 else 0.0
                rows.append((f"s{s if o < 11 else 5}", o, size * (1.0 + off)))
    told = Assertions.of(rows, kind="numbers")
    if seed % 2:
        return told
    share = np.array([chance.choice((0.25, 0.5, 1.0, 1.0)) for _ in range(told.size)])
    return attrs.evolve(told, share=share)


A = amounts_twin
NUMBERS: dict[
    str, tuple[Callable[..., Fit], Callable[[Amounts], dict[str, Any]], dict[str, Any]]
] = {
    "crh": (crh, lambda t: A.resolved(t, T.crh_weights, rounds=3), {"rounds": 3}),
    "catd": (
        catd,
        lambda t: A.resolved(t, A.catd_weights(0.2), rounds=3),
        {"alpha": 0.2, "rounds": 3},
    ),
    "gtm": (
        gaussian_truth,
        lambda t: A.gaussian_truth(t, prior_precision=0.3, shape=2.0, scale=0.5, rounds=3),
        {"prior_precision": 0.3, "shape": 2.0, "scale": 0.5, "rounds": 3},
    ),
    "robust": (robust, lambda t: A.robust(t, rounds=2), {"rounds": 2, "limit": 0.0}),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_is_that_of_the_slow_twin(name: str, seed: int) -> None:
    method, twin, options = NUMBERS[name]
    told = drawn_numbers(seed)
    known = known_of(told, seed)

    found = method(told, known if seed > 1 else None, **options)

    amounts = [float(told.value(c)) for c in range(told.claims)]
    assert_same(found, twin(Amounts(Table.of(told, known), amounts)))
