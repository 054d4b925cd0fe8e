"""The most probable value of every object, with ties broken by structure, never by row order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import Floats

__all__ = ["leading_claims", "signatures"]

_TIED = 1e-9
_ROUNDS = 4
_MASK = np.uint64(0x9E3779B97F4A7C15)


def leading_claims(assertions: Assertions, probability: Floats) -> NDArray[np.int64]:
    """For every object its most probable claim.

    Probabilities within 1e-9 are tied, so that rounding decides nothing. Ties go to the claim
    with the larger signature: a number made from who stands where (how much each source says, who
    else says it, and so on, four steps out) that no renaming and no order of rows can change. Only
    claims alike in all of that are left to the order of their values.
    """
    first, about = assertions.first_claim[:-1], assertions.object_of_claim
    peaks = np.maximum.reduceat(probability, first)[about]
    leads = probability >= peaks - _TIED
    tied = bool((np.add.reduceat(leads.astype(np.int64), first) > 1).any())
    rank = signatures(assertions)[0] if tied else np.zeros(assertions.claims, dtype=np.uint64)
    rank = np.where(leads, rank, np.uint64(0))
    best = np.maximum.reduceat(rank, first)[about]
    candidates = np.flatnonzero(leads & (rank == best))
    _, where = np.unique(about[candidates], return_index=True)
    return candidates[where]


def signatures(assertions: Assertions) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Numbers for claims and for sources that say where they stand, whatever their names.

    Refinement in the manner of Weisfeiler and Leman over sources, claims, objects and values.
    """
    sources = np.bincount(assertions.source).astype(np.uint64)
    claims = np.bincount(assertions.claim).astype(np.uint64)
    for _ in range(_ROUNDS):
        objects = np.add.reduceat(_mixed(claims), assertions.first_claim[:-1])
        values = _summed(_mixed(claims), assertions.value_of_claim, len(assertions.values))
        of_claim = _summed(_mixed(sources)[assertions.source], assertions.claim, assertions.claims)
        around = _mixed(objects)[assertions.object_of_claim] + _mixed(values)[
            assertions.value_of_claim
        ] * np.uint64(3)
        claims = _mixed(claims * np.uint64(5) + of_claim + around)
        of_source = _summed(claims[assertions.claim], assertions.source, len(assertions.sources))
        sources = _mixed(sources * np.uint64(7) + of_source)
    return claims | np.uint64(1), sources


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers scrambled (splitmix64), so that their sums tell sets apart."""
    mixed = numbers + _MASK
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _summed(
    numbers: NDArray[np.uint64], groups: NDArray[np.int32], count: int
) -> NDArray[np.uint64]:
    """Sums by group in whole numbers, which come out the same in any order."""
    sums = np.zeros(count, dtype=np.uint64)
    np.add.at(sums, groups, numbers)
    return sums
