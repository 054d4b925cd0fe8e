"""The pairs of sources worth comparing, and the claims that they share."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.crowd import Told

__all__ = ["Overlap", "Pairs", "candidate_pairs", "overlaps"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Bounds on work and memory, far above what a thousand sources need.
MOST_LISTED = 8_000_000
MOST_PAIRS = 200_000
MOST_COMPARED = 30_000_000
ROWS_AT_ONCE = 2_000_000
# With less, no evidence could outweigh the prior odds of a pair, about one in fifty.
LEAST_SURPRISE = 3.9


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of sources to compare: the one with more assertions first, ties by code."""

    first: Ints
    """The source with more assertions."""
    second: Ints
    """The other one."""

    def __len__(self) -> int:
        return len(self.first)


@attrs.frozen(eq=False)
class Overlap:
    """What some of the pairs share."""

    pair: Ints
    """For every shared claim the pair that shares it."""
    one: Ints
    """The assertion of the pair's first source."""
    other: Ints
    """The assertion of the pair's second source."""
    compared: Ints
    """The pairs treated here."""
    objects: Ints
    """For each of them the objects of which both speak."""


def candidate_pairs(told: Told) -> Pairs:
    """Pairs that share contested values, found from the rarest values upwards.

    A value is contested when somebody says otherwise. Listing starts with the values that fewest
    sources share and stops at a bound, so the cost never grows with sources times objects.
    """
    sizes = np.bincount(told.claim, minlength=told.claims)
    voices = told.per_object(sizes.astype(np.float64))[told.object_of_claim]
    contested = np.flatnonzero((sizes >= 2) & (sizes < voices))
    contested = contested[np.argsort(sizes[contested], kind="stable")]
    listed = np.cumsum(sizes[contested] * (sizes[contested] - 1) // 2)
    contested = contested[listed <= MOST_LISTED]
    # How surprising it is that two sources agree on a value, given the others' votes.
    surprise = np.log(np.maximum(voices - 1.0, 0.5) / np.maximum(sizes - 1.5, 0.5))
    low, high, weight = _listed(told, sizes, contested, surprise)
    keys, place = np.unique(low * told.sources + high, return_inverse=True)
    total = np.bincount(place, weight, len(keys)).astype(np.float64)
    keep = total >= LEAST_SURPRISE
    keys, total = keys[keep], total[keep]
    return _most_surprising(told, keys, total)


def _listed(told: Told, sizes: Ints, claims: Ints, surprise: Floats) -> tuple[Ints, Ints, Floats]:
    """Every pair of sources behind each of some claims, the smaller code first."""
    order = np.argsort(told.claim, kind="stable")
    start = np.concatenate(([0], np.cumsum(sizes)))
    lows, highs, weights = [], [], []
    for size in np.unique(sizes[claims]):
        alike = claims[sizes[claims] == size]
        members = told.source[order[start[alike][:, None] + np.arange(size)]]
        one, other = np.triu_indices(int(size), 1)
        lows.append(np.minimum(members[:, one], members[:, other]).ravel())
        highs.append(np.maximum(members[:, one], members[:, other]).ravel())
        weights.append(np.repeat(surprise[alike], len(one)))
    if not lows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    return np.concatenate(lows), np.concatenate(highs), np.concatenate(weights)


def _most_surprising(told: Told, keys: Ints, total: Floats) -> Pairs:
    """The pairs with most surprise between them, as many as the bounds allow."""
    said = np.diff(told.first_of_source)
    low, high = keys // told.sources, keys % told.sources
    order = np.argsort(-total, kind="stable")[:MOST_PAIRS]
    cost = np.cumsum(np.minimum(said[low[order]], said[high[order]]))
    chosen = np.sort(order[cost <= MOST_COMPARED])
    low, high = low[chosen], high[chosen]
    swap = said[high] > said[low]
    first, second = np.where(swap, high, low), np.where(swap, low, high)
    by_first = np.lexsort((second, first))
    return Pairs(first[by_first], second[by_first])


def overlaps(told: Told, pairs: Pairs) -> Iterator[Overlap]:
    """What each pair shares, a bounded number of rows at a time.

    Cost: for every pair the assertions of its smaller source.
    """
    at_claim = np.full(told.claims, -1)
    speaks = np.zeros(told.objects, dtype=bool)
    said = np.diff(told.first_of_source)
    leading = _first_of_object(told)
    for source, begin, end in _blocks(pairs, said):
        own = np.arange(told.first_of_source[source], told.first_of_source[source + 1])
        at_claim[told.claim[own]], speaks[told.object[own]] = own, True
        chosen = np.arange(begin, end)
        partner = pairs.second[chosen]
        rows, lane = _ranges(told.first_of_source[partner], said[partner])
        both = np.bincount(lane, speaks[told.object[rows]] & leading[rows], len(chosen))
        one = at_claim[told.claim[rows]]
        shared = one >= 0
        yield Overlap(
            pair=chosen[lane[shared]],
            one=one[shared],
            other=rows[shared],
            compared=chosen,
            objects=both.astype(np.int64),
        )
        at_claim[told.claim[own]], speaks[told.object[own]] = -1, False


def _blocks(pairs: Pairs, said: Ints) -> Iterator[tuple[int, int, int]]:
    """Runs of pairs with one first source, each within the bound on rows."""
    begin = 0
    cost = np.cumsum(said[pairs.second])
    while begin < len(pairs):
        source = pairs.first[begin]
        end = int(np.searchsorted(pairs.first, source, side="right"))
        paid = cost[begin - 1] if begin else 0
        fits = int(np.searchsorted(cost, paid + ROWS_AT_ONCE, side="right"))
        end = min(end, max(fits, begin + 1))
        yield int(source), begin, end
        begin = end


def _ranges(start: Ints, length: Ints) -> tuple[Ints, Ints]:
    """The numbers of several ranges one after another, and the range each belongs to."""
    lane = np.repeat(np.arange(len(start)), length)
    offset = np.cumsum(length) - length
    return np.arange(len(lane)) - offset[lane] + start[lane], lane


def _first_of_object(told: Told) -> NDArray[np.bool_]:
    """Whether an assertion is the first of its source about its object."""
    first = np.ones(len(told.source), dtype=bool)
    first[1:] = (told.source[1:] != told.source[:-1]) | (told.object[1:] != told.object[:-1])
    return first
