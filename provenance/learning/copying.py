"""Who copies whom: how likely, in which direction, and how many voices are left."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray

from provenance.errors import InvalidValue, UnknownName
from provenance.learning.citations import followed
from provenance.learning.copy_evidence import PRIOR_ODDS
from provenance.learning.copy_search import Search, searched
from provenance.learning.copying_pairs import CopyingPair, inferred_pairs, with_citations
from provenance.learning.crowd import Told
from provenance.learning.origin_groups import linked_groups
from provenance.learning.overlaps import Pairs

__all__ = ["Copying", "CopyingPair", "copying", "copying_between"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LIKELY = 0.5


@attrs.frozen(eq=False)
class Copying:
    """What is known of copying between sources; small and read-only.

    >>> from provenance.learning.planted import planted
    >>> world = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
    >>> found = copying(world.source, world.object, world.value)
    >>> found.groups, found.probability_of(6, 9) > 0.9, found.probability_of(0, 1) < 0.1
    (((6, 9),), True, True)
    """

    pairs: tuple[CopyingPair, ...]
    """The pairs at or above the threshold, likeliest first."""
    groups: tuple[tuple[int, ...], ...]
    """Sources that share an origin, by code; a source is in at most one group."""
    weights: Floats
    """For every assertion how much of an independent voice it is, in (0, 1]."""
    compared: int
    """Pairs that share enough contested values to be compared."""
    rate: float
    """The fitted part of the compared pairs that copy."""
    accuracy: Floats
    """For every source how often it is right, with copies discounted, in [0, 1]."""
    names: tuple[Any, ...] | None = None
    """The names of the sources by code, where known."""
    likelihoods: Mapping[tuple[int, int], float] = MappingProxyType({})
    """How likely each pair that was compared is not independent, smaller code first."""

    @functools.cached_property
    def by_pair(self) -> dict[tuple[int, int], CopyingPair]:
        """The pairs by the codes of their sources, smaller code first."""
        return {(min(p.first, p.second), max(p.first, p.second)): p for p in self.pairs}

    def probability_of(self, one: Any, other: Any) -> float:
        """How likely two sources, by name or code, are not independent.

        A pair that shares too little to be compared keeps what is believed before looking: .02.
        """
        low, high = sorted((self._code(one), self._code(other)))
        pair = self.by_pair.get((low, high))
        if pair is not None:
            return pair.probability
        return self.likelihoods.get((low, high), PRIOR_ODDS / (1.0 + PRIOR_ODDS))

    def independence_weights(self) -> Floats:
        """For every assertion the part of a voice it adds: 1 over the voices it stands among.

        Added up over a claim, they estimate how many sources state it independently.
        """
        return self.weights

    def _code(self, source: Any) -> int:
        if self.names is None:
            return int(source)
        if source not in self.names:
            raise UnknownName("source", str(source), map(str, self.names))
        return self.names.index(source)


def copying(
    source: ArrayLike,
    object: ArrayLike,  # noqa: A002 - the word of the subject
    value: ArrayLike,
    *,
    sources: int | None = None,
    time: ArrayLike | None = None,
    cited: ArrayLike | None = None,
    true: ArrayLike | None = None,
    accuracy: ArrayLike | None = None,
    threshold: float = LIKELY,
) -> Copying:
    """Find who copies whom from coded assertions, and how many independent voices remain.

    Two sources that agree where others do not are suspected. They are cleared where the value is
    popular with the others, or probably true and both are usually right; what is left is weighed
    over all pairs together, so that shared hard questions do not look like copying. The method
    and its limits are in the explanation of copying. Cost: for every pair that shares contested
    values, the assertions of its smaller source; bounded, and nothing grows with sources times
    objects. The same input gives the same output; there is no randomness.

    Args:
        source: For every assertion its source, from 0.
        object: For every assertion its object, any integers.
        value: For every assertion its value, any integers; a label has the same one everywhere.
        sources: How many sources there are; the largest code and one more if not given.
        time: For every assertion when it was made, in any unit; NaN where not known.
        cited: For every assertion the source from which it was taken on record, -1 where none.
            Such assertions are known copies: they are discounted, and not used for guessing.
        true: For every assertion 1 where its value is known to be true, 0 where known to be
            false, NaN where not known.
        accuracy: For every source how often it is right, in [0, 1], to use instead of learning it.
        threshold: The probability from which a pair is listed and discounted, in (0, 1).

    Raises:
        InvalidValue: Arrays of different lengths, codes below 0, or figures outside their range.

    >>> from provenance.learning.planted import planted
    >>> world = planted(sources=12, objects=300, copiers=0.25, seed=3)
    >>> found = copying(world.source, world.object, world.value)
    >>> found.groups == world.groups
    True
    """
    codes = _columns(source, object, value)
    count = int(codes[0].max(initial=-1)) + 1 if sources is None else sources
    if codes[0].max(initial=-1) >= count or codes[0].min(initial=0) < 0:
        raise InvalidValue(f"expected source codes from 0 to {count - 1}, found others")
    if not 0.0 < threshold < 1.0:
        raise InvalidValue(f"expected a threshold between 0 and 1, found {threshold!r}")
    size = len(codes[0])
    known = _known(true, size)
    when = None if time is None else _floats(time, size, "time")
    right = None if accuracy is None else _accuracy(accuracy, count)
    if not size:
        return Copying((), (), np.zeros(0), 0, 0.0, np.zeros(0) if right is None else right)
    told = Told.of(*codes, count)
    relays = None if cited is None else followed(told, _cited(cited, size, count)[told.row])
    free = told
    if relays is not None:
        rows = told.row[relays.origin == np.arange(len(told.row))]
        free = Told.of(codes[0][rows], codes[1][rows], codes[2][rows], count)
        free = attrs.evolve(free, row=rows[free.row])
    moment = None if when is None else when[free.row]
    search = searched(free, _of_claims(free, known), right, threshold, moment)
    of_free = np.ones(size)
    of_free[free.row] = search.weight
    weight = of_free[told.row] if relays is None else relays.weights(of_free[told.row])
    pairs = inferred_pairs(search, threshold)
    if relays is not None:
        pairs = with_citations(pairs, relays, told)
    return Copying(
        pairs=pairs,
        groups=_groups(pairs, search, threshold),
        weights=_by_row(codes, told, weight),
        compared=len(search.pairs),
        rate=search.rate,
        accuracy=search.accuracy,
        likelihoods=_likelihoods(search),
    )


def copying_between(
    assertions: Any,
    *,
    true: ArrayLike | None = None,
    accuracy: ArrayLike | None = None,
    threshold: float = LIKELY,
) -> Copying:
    """The same for a table of assertions by name; its times and citations are used.

    Args:
        assertions: What `Assertions.of` reads, or its result.
        true: As for `copying`, in the order of the assertions of `Assertions`.
        accuracy: As for `copying`, in the order of its sources.
        threshold: As for `copying`.

    >>> told = [("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")]
    >>> round(copying_between(told).probability_of("a", "b"), 3)
    0.02
    """
    from provenance.learning.assertions import Assertions

    table = Assertions.of(assertions)
    found = copying(
        table.source,
        table.object,
        table.value_of_claim[table.claim],
        sources=len(table.sources),
        time=table.time,
        cited=table.cited,
        true=true,
        accuracy=accuracy,
        threshold=threshold,
    )
    return attrs.evolve(found, names=table.sources)


def _likelihoods(search: Search) -> Mapping[tuple[int, int], float]:
    """The probability of every pair that was compared, by its codes, smaller first."""
    compared = search.pairs
    low = np.minimum(compared.first, compared.second).tolist()
    high = np.maximum(compared.first, compared.second).tolist()
    ends = zip(low, high, strict=True)
    return MappingProxyType(dict(zip(ends, search.probability.tolist(), strict=True)))


def _groups(
    pairs: tuple[CopyingPair, ...], search: Search, threshold: float
) -> tuple[tuple[int, ...], ...]:
    """Groups by average linkage, with pairs on record counted as certain."""
    probability = dict(_likelihoods(search))
    probability |= {(p.first, p.second): p.probability for p in pairs}
    ends = np.array(sorted(probability), dtype=np.int64).reshape(-1, 2)
    known = np.array([probability[a, b] for a, b in ends.tolist()], dtype=np.float64)
    return linked_groups(Pairs(ends[:, 0], ends[:, 1]), known, search.told.sources, threshold)


def _columns(*columns: ArrayLike) -> tuple[Ints, Ints, Ints]:
    """Three columns of integers of one length."""
    found = [np.asarray(column) for column in columns]
    for name, column in zip(("source", "object", "value"), found, strict=True):
        if column.ndim != 1 or (len(column) and column.dtype.kind not in "iu"):
            raise InvalidValue(
                f"expected {name} as one row of integer codes, "
                f"found {column.dtype} of shape {column.shape}"
            )
        if len(column) != len(found[0]):
            raise InvalidValue(
                f"expected {name} as long as source ({len(found[0])}), found {len(column)}"
            )
    source, about, what = (column.astype(np.int64) for column in found)
    return source, about, what


def _floats(column: ArrayLike, size: int, name: str) -> Floats:
    found = np.asarray(column, dtype=np.float64)
    if found.shape != (size,):
        raise InvalidValue(f"expected {name} with {size} entries, found shape {found.shape}")
    return found


def _known(true: ArrayLike | None, size: int) -> Floats:
    """For every row how many nats its value is known to be true, or false if negative."""
    if true is None:
        return np.zeros(size)
    found = _floats(true, size, "true")
    if not np.isin(found[~np.isnan(found)], (0.0, 1.0)).all():
        raise InvalidValue("expected true to hold 1, 0 or NaN only")
    return np.where(np.isnan(found), 0.0, np.where(found > 0.0, 30.0, -30.0))


def _of_claims(told: Told, known: Floats) -> Floats:
    of_claim = np.zeros(told.claims)
    of_claim[told.claim] = known[told.row]
    return of_claim


def _accuracy(accuracy: ArrayLike, sources: int) -> Floats:
    found = _floats(accuracy, sources, "accuracy")
    if not ((found >= 0.0) & (found <= 1.0)).all():
        raise InvalidValue("expected accuracies between 0 and 1")
    return found


def _cited(cited: ArrayLike, size: int, sources: int) -> Ints:
    found = np.asarray(cited)
    if found.shape != (size,) or found.dtype.kind not in "iu":
        raise InvalidValue(
            f"expected cited as {size} integer codes, found {found.dtype} of shape {found.shape}"
        )
    if found.max(initial=-1) >= sources:
        raise InvalidValue(
            f"expected cited sources below {sources}, found {int(found.max(initial=-1))}"
        )
    return found.astype(np.int64)


def _by_row(codes: tuple[Ints, Ints, Ints], told: Told, weight: Floats) -> Floats:
    """Weights by row again; equal rows share the weight of the one assertion they are."""
    rows = np.zeros(len(codes[0]))
    rows[told.row] = weight
    if len(told.row) == len(rows):
        return rows
    order = np.lexsort((codes[0], codes[2], codes[1]))
    fresh = np.zeros(len(rows), dtype=bool)
    fresh[told.row] = True
    run = np.cumsum(fresh[order]) - 1
    rows[order] = (rows[order][fresh[order]] / np.bincount(run))[run]
    return rows
