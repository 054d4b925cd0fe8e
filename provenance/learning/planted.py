"""Made-up worlds with known truth, accuracies and copiers, to try learning on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue, UnknownName
from provenance.learning.encoding import Floats, Ints

__all__ = ["TROUBLES", "Planted", "World", "planted", "troubled"]


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


# Ten kinds of trouble, each a small world with its truth, to hold every method against.


@attrs.frozen(eq=False)
class Planted:
    """A table of assertions with the truth that made it.

    >>> world = troubled("experts", seed=1)
    >>> len(world.truth), world.rows[0]
    (200, ('s00', 'o001', 'v0'))
    """

    rows: tuple[tuple[str, str, Any], ...]
    """Source, object and value of every assertion."""
    truth: Mapping[str, Any]
    """For every object its true value."""
    numbers: bool = False
    """Whether the values are numbers."""


def troubled(kind: str, seed: int = 0) -> Planted:
    """A world of one of the kinds in `TROUBLES`, drawn from a seed.

    Raises:
        UnknownName: There is no such kind.

    >>> troubled("lone voices").truth == troubled("lone voices").truth
    True
    """
    if kind not in TROUBLES:
        raise UnknownName("kind of trouble", kind, TROUBLES)
    return TROUBLES[kind](np.random.default_rng([seed, sorted(TROUBLES).index(kind)]))


def _told(said: Ints, truth: Ints, speaks: NDArray[np.bool_]) -> Planted:
    """What each source (row) says of each object (column) it speaks of, under names."""
    who, what = np.nonzero(speaks)
    rows = tuple(
        (f"s{s:02d}", f"o{o:03d}", f"v{said[s, o]}")
        for s, o in zip(who.tolist(), what.tolist(), strict=True)
    )
    return Planted(rows, {f"o{o:03d}": f"v{value}" for o, value in enumerate(truth.tolist())})


def _picked(rng: np.random.Generator, sources: int, objects: int, voices: int) -> Any:
    """Which sources speak of which objects: so many voices for each, drawn evenly."""
    speaks = np.zeros((sources, objects), dtype=bool)
    for about in range(objects):
        speaks[rng.permutation(sources)[:voices], about] = True
    return speaks


def _judged(rng: np.random.Generator, right: Floats, truth: Ints, labels: int) -> Ints:
    """Right with these probabilities (sources by objects), else any other label."""
    shape = right.shape
    wrong = (truth[None, :] + rng.integers(1, labels, shape)) % labels
    return np.where(rng.random(shape) < right, truth[None, :], wrong)


def _spammers(rng: np.random.Generator) -> Planted:
    """Twelve of thirty answer one label always, or any."""
    truth = rng.choice(4, 300, p=(0.4, 0.3, 0.2, 0.1))
    said = _judged(rng, np.full((30, 300), 0.75), truth, 4)
    said[:6] = rng.integers(0, 4, (6, 1))
    said[6:12] = rng.integers(0, 4, (6, 300))
    return _told(said, truth, _picked(rng, 30, 300, 5))


def _experts(rng: np.random.Generator) -> Planted:
    """Three of thirty know nearly everything, the others little."""
    truth = rng.integers(0, 2, 200)
    right = np.full((30, 200), 0.58)
    right[:3] = 0.97
    return _told(_judged(rng, right, truth, 2), truth, _picked(rng, 30, 200, 10))


def _hard_objects(rng: np.random.Generator) -> Planted:
    """A quarter of the objects look to most like something else, the same to all."""
    truth = rng.integers(0, 3, 300)
    hard = rng.random(300) < 0.25
    look = (truth + rng.integers(1, 3, 300)) % 3
    ability = rng.normal(1.5, 0.7, (40, 1))
    right = 1.0 / (1.0 + np.exp(-(ability - np.where(hard, 2.0, 0.0))))
    said = _judged(rng, right, truth, 3)
    misled = hard & (said != truth) & (rng.random((40, 300)) < 0.8)
    return _told(np.where(misled, look, said), truth, _picked(rng, 40, 300, 7))


def _copiers(rng: np.random.Generator) -> Planted:
    """Eight of twenty-four take most of what they say from one that is often wrong."""
    truth = rng.integers(0, 8, 250)
    right = rng.uniform(0.6, 0.9, (24, 1)).repeat(250, axis=1)
    right[0] = 0.45
    said = _judged(rng, right, truth, 8)
    speaks = rng.random((24, 250)) < 0.6
    for copier in range(1, 9):
        takes = speaks[0] & (rng.random(250) < 0.9)
        said[copier] = np.where(takes, said[0], said[copier])
        speaks[copier] |= takes
    told = _told(said, truth, speaks)
    # Objects with values of their own: nobody's label means anything elsewhere.
    return Planted(
        tuple((s, o, f"{o}-{value}") for s, o, value in told.rows),
        {o: f"{o}-{value}" for o, value in told.truth.items()},
    )


def _camps(rng: np.random.Generator) -> Planted:
    """A third of the sources turn what is contested round, together."""
    truth = rng.integers(0, 2, 240)
    contested = rng.random(240) < 0.4
    said = _judged(rng, np.full((36, 240), 0.8), truth, 2)
    said[:12] = np.where(contested, 1 - truth, said[:12])
    return _told(said, truth, _picked(rng, 36, 240, 9))


def _lone_voices(rng: np.random.Generator) -> Planted:
    """Most objects have one voice; a few busy sources with little to check them by are poor."""
    truth = rng.integers(0, 3, 400)
    right = rng.uniform(0.75, 0.95, (25, 1)).repeat(400, axis=1)
    right[:4] = 0.35
    speaks = _picked(rng, 25, 400, 4)
    alone = rng.random(400) < 0.6
    speaks[:, alone] = False
    who = np.where(rng.random(400) < 0.5, rng.integers(0, 4, 400), rng.integers(4, 25, 400))
    speaks[who[alone], np.flatnonzero(alone)] = True
    return _told(_judged(rng, right, truth, 3), truth, speaks)


def _absurd_numbers(rng: np.random.Generator) -> Planted:
    """Sizes from hundreds to hundreds of millions, one to five voices, some typed wrong."""
    truth = np.exp(rng.uniform(np.log(200.0), np.log(3e8), 300)).round()
    noise = rng.choice((0.0, 0.01, 0.05, 0.2), 20)
    rows = []
    for about, true in enumerate(truth.tolist()):
        for source in rng.permutation(20)[: rng.integers(1, 6)].tolist():
            number = true * np.exp(rng.normal(0.0, noise[source]))
            if rng.random() < 0.04:
                number *= float(rng.choice((1e-3, 1e3, 1e12)))
            rows.append((f"s{source:02d}", f"o{about:03d}", float(round(number))))
    return Planted(tuple(rows), {f"o{o:03d}": v for o, v in enumerate(truth.tolist())}, True)


def _drifting(rng: np.random.Generator) -> Planted:
    """Half of the sources get worse from object to object, half better."""
    truth = rng.integers(0, 4, 300)
    along = np.linspace(0.0, 1.0, 300)
    starts = rng.uniform(0.55, 0.95, (20, 1))
    ends = 1.5 - starts
    return _told(
        _judged(rng, starts + (ends - starts) * along, truth, 4), truth, _picked(rng, 20, 300, 5)
    )


def _few_objects(rng: np.random.Generator) -> Planted:
    """A dozen objects: hardly anything to learn from."""
    truth = rng.integers(0, 3, 12)
    right = rng.uniform(0.4, 0.9, (15, 1)).repeat(12, axis=1)
    return _told(_judged(rng, right, truth, 3), truth, _picked(rng, 15, 12, 6))


def _many_labels(rng: np.random.Generator) -> Planted:
    """Twenty labels, of which neighbours are confused."""
    truth = rng.integers(0, 20, 450)
    right = rng.uniform(0.45, 0.9, (30, 1))
    shape = (30, 450)
    near = (truth[None, :] + rng.choice((-1, 1), shape)) % 20
    said = np.where(rng.random(shape) < 0.8, near, rng.integers(0, 20, shape))
    said = np.where(rng.random(shape) < right, truth[None, :], said)
    return _told(said, truth, _picked(rng, 30, 450, 5))


TROUBLES: Mapping[str, Callable[[np.random.Generator], Planted]] = {
    "spammers": _spammers,
    "experts": _experts,
    "hard objects": _hard_objects,
    "copiers": _copiers,
    "camps": _camps,
    "lone voices": _lone_voices,
    "absurd numbers": _absurd_numbers,
    "drifting sources": _drifting,
    "few objects": _few_objects,
    "many labels": _many_labels,
}
"""Every kind of trouble by name, with what draws a world of it."""
