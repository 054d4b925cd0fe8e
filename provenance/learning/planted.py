"""Made-up worlds with known truth, accuracies and copiers, to try learning on."""

from __future__ import annotations

import attrs
import numpy as np

from provenance.errors import InvalidValue
from provenance.learning.encoding import Floats, Ints

__all__ = ["World", "planted"]


@attrs.frozen(eq=False)
class World:
    """Assertions of a made-up world, with everything that made them.

    >>> world = planted(sources=10, objects=50, copiers=0.2, seed=4)
    >>> len(world.accuracy), len(world.truth), sum(map(len, world.groups))
    (10, 50, 3)
    """

    source: Ints
    """For every assertion its source."""
    object: Ints
    """For every assertion its object."""
    value: Ints
    """For every assertion its value."""
    time: Floats
    """For every assertion when it was made; copies come after their originals."""
    truth: Ints
    """For every object its true value."""
    accuracy: Floats
    """For every source how often it is right when it speaks for itself."""
    groups: tuple[tuple[int, ...], ...]
    """Every original with its copiers."""
    original: Ints
    """For every source the source it copies, -1 for those that copy nobody."""


def planted(
    *,
    sources: int = 30,
    objects: int = 400,
    values: int = 6,
    accuracy: tuple[float, float] = (0.6, 0.9),
    density: float = 0.7,
    copiers: float = 0.0,
    copy_rate: float = 0.8,
    originals: int = 1,
    experts: int = 0,
    expert_accuracy: float = 0.98,
    hardness: float = 0.0,
    favourites: float = 1.0,
    seed: int = 0,
) -> World:
    """Make a world: sources right with their own accuracy, some of them copying others.

    Args:
        sources: How many sources there are.
        objects: How many objects they may speak of.
        values: How many values every object has, at least 2.
        accuracy: The range from which accuracies are drawn evenly.
        density: How much of the objects a source speaks of on average, in (0, 1].
        copiers: The part of the sources that copy; each copies one original.
        copy_rate: The part of its original's assertions that a copier takes over.
        originals: How many sources are copied, in turn.
        experts: How many sources (the first ones) have `expert_accuracy`; they never copy.
        hardness: The standard deviation, in log-odds, of how hard an object is for all alike.
        favourites: How unevenly wrong values are spread: the k-th likeliest in proportion to
            1 / k ** favourites.
        seed: The seed of all draws.

    >>> world = planted(sources=4, objects=5, seed=1)
    >>> world.groups, len(world.truth)
    ((), 5)
    """
    if values < 2 or sources < 1 or objects < 1:
        raise InvalidValue("expected at least one source, one object and two values")
    rng = np.random.default_rng(seed)
    right = rng.uniform(*accuracy, size=sources)
    right[:experts] = expert_accuracy
    truth = rng.integers(values, size=objects)
    own = _own_values(rng, right, truth, values, hardness, favourites)
    low, high = max(0.05, density - 0.3), min(1.0, density + 0.3)
    speaks = rng.random((sources, objects)) < rng.uniform(low, high, size=sources)[:, None]
    when = rng.random((sources, objects))
    order = rng.permutation(np.arange(experts, sources))
    copied, copying = order[:originals], order[originals:][: round(copiers * sources)]
    original = np.full(sources, -1)
    for place, source in enumerate(copying):
        model = original[source] = copied[place % originals]
        takes = (rng.random(objects) < copy_rate) & speaks[model]
        own[source] = np.where(takes, own[model], own[source])
        when[source] = np.where(takes, when[model] + rng.random(objects), when[source])
        speaks[source] &= speaks[model] | (rng.random(objects) < 0.3)
    who, what = np.nonzero(speaks)
    groups = sorted(
        tuple(sorted([int(model), *np.flatnonzero(original == model).tolist()]))
        for model in np.unique(original[original >= 0])
    )
    return World(who, what, own[who, what], when[who, what], truth, right, tuple(groups), original)


def _own_values(
    rng: np.random.Generator,
    accuracy: Floats,
    truth: Ints,
    values: int,
    hardness: float,
    favourites: float,
) -> Ints:
    """What every source would say of every object by itself."""
    objects = len(truth)
    rank = rng.permuted(np.tile(np.arange(values), (objects, 1)), axis=1)
    liked = 1.0 / (rank + 1.0) ** favourites
    liked[np.arange(objects), truth] = 0.0
    upto = np.cumsum(liked / liked.sum(axis=1, keepdims=True), axis=1)
    sure = accuracy.clip(1e-9, 1 - 1e-9)
    odds = np.log(sure / (1.0 - sure))[:, None] + rng.normal(0.0, hardness, objects)
    hits = rng.random(odds.shape) < 1.0 / (1.0 + np.exp(-odds))
    draw = rng.random(odds.shape)
    wrong = np.zeros(odds.shape, dtype=np.int64)
    for value in range(values - 1):
        wrong += draw > upto[None, :, value]
    return np.where(hits, truth[None, :], wrong)
