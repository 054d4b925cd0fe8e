"""The search for copying: suspicion first, acquittal of those who are merely right after."""

from __future__ import annotations

import math

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.copy_evidence import (
    Evidence,
    Verdicts,
    chance_of_agreement,
    evidence,
    verdicts,
)
from provenance.learning.crowd import Consensus, Popularity, Told, consensus, popularity
from provenance.learning.origin_groups import reviewed
from provenance.learning.overlaps import Pairs, candidate_pairs, overlaps

__all__ = ["Search", "later_source", "searched"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Suspicion by popularity alone first, so that a large group of copies cannot vouch for itself.
SUSPICIONS, REVIEWS = 3, 2
# How often a source is taken to be right of which nothing is known.
UNJUDGED = 0.7


@attrs.frozen(eq=False)
class Search:
    """Where the search ended."""

    told: Told
    """The assertions that were searched."""
    pairs: Pairs
    """The pairs that were compared."""
    found: Evidence
    """What was found for each."""
    probability: Floats
    """For every pair how likely it is not independent."""
    share: Floats
    """For every pair the part that is copied, if any."""
    rate: float
    """The fitted part of pairs that copy."""
    weight: Floats
    """For every assertion how much of an independent voice it is."""
    accuracy: Floats
    """For every source how often it is right."""
    later: tuple[Ints, Ints]
    """For every pair the surprising agreements that its second, and its first, source made later."""


def searched(
    told: Told, prior: Floats, accuracy: Floats | None, threshold: float, time: Floats | None
) -> Search:
    """Look for copying in rounds, each with the copies found by the one before discounted."""
    if not len(told.source):
        return _nothing(told, accuracy)
    pairs = candidate_pairs(told)
    weight = np.ones(len(told.source))
    for turn in range(SUSPICIONS + REVIEWS):
        popular = popularity(told, weight)
        review = turn >= SUSPICIONS
        true = consensus(told, weight, prior, accuracy) if review else None
        found = evidence(told, pairs, popular, true, weight)
        judged = verdicts(found.likelihood)
        before = weight
        # Nobody is suspected, and a review only ever clears.
        if not (judged.probability >= threshold).any():
            weight = np.ones(len(told.source))
            break
        weight = discounted(told, pairs, judged, popular, true, before, threshold)
        if review:
            believed = consensus(told, weight, prior, accuracy)
            cleared = reviewed(told, believed, pairs, judged.probability, threshold)
            judged = attrs.evolve(judged, probability=cleared)
            weight = discounted(told, pairs, judged, popular, true, before, threshold)
    probability = judged.probability
    later = _later(told, pairs, probability >= threshold, popular, true, before, time)
    believed = consensus(told, weight, prior, accuracy)
    return Search(
        told, pairs, found, probability, judged.share, judged.rate, weight, believed.accuracy, later
    )


def _nothing(told: Told, accuracy: Floats | None) -> Search:
    """The search where every assertion is taken from another on record, so none may be guessed."""
    none, whole = np.zeros(0), np.zeros(0, np.int64)
    right = np.full(told.sources, UNJUDGED) if accuracy is None else accuracy
    found = Evidence(none.reshape(0, 0), whole, whole)
    pairs = Pairs(whole, whole)
    return Search(told, pairs, found, none, none, 0.0, none, right, (whole, whole))


def discounted(
    told: Told,
    pairs: Pairs,
    judged: Verdicts,
    popular: Popularity,
    true: Consensus | None,
    weight: Floats,
    threshold: float,
) -> Floats:
    """For every assertion one over the voices it stands among, itself counted as one.

    Two assertions stand together as far as one is a copy: the pair's probability times
    share / (share + (1 - share) * chance), so a popular value may have been found twice.
    """
    chosen = np.flatnonzero(judged.probability >= threshold)
    some = Pairs(pairs.first[chosen], pairs.second[chosen])
    probability, share = judged.probability[chosen], judged.share[chosen]
    company = np.ones(len(told.source))
    for overlap in overlaps(told, some):
        chance = chance_of_agreement(told, popular, true, weight, overlap)
        copied = share[overlap.pair]
        together = probability[overlap.pair] * copied / (copied + (1.0 - copied) * chance)
        company += np.bincount(overlap.one, together, len(company))
        company += np.bincount(overlap.other, together, len(company))
    return np.asarray(1.0 / company)


def _later(
    told: Told,
    pairs: Pairs,
    likely: NDArray[np.bool_],
    popular: Popularity,
    true: Consensus | None,
    weight: Floats,
    time: Floats | None,
) -> tuple[Ints, Ints]:
    """Who was later on the values that two independent sources would hardly share."""
    second, first = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
    chosen = np.flatnonzero(likely)
    if time is None or not len(chosen):
        return second, first
    some = Pairs(pairs.first[chosen], pairs.second[chosen])
    for overlap in overlaps(told, some):
        chance = chance_of_agreement(told, popular, true, weight, overlap)
        gap = time[overlap.other] - time[overlap.one]
        at = chosen[overlap.pair]
        second += np.bincount(at, (gap > 0) & (chance < 0.5), len(pairs)).astype(np.int64)
        first += np.bincount(at, (gap < 0) & (chance < 0.5), len(pairs)).astype(np.int64)
    return second, first


def later_source(later: int, earlier: int) -> float:
    """How likely it is that a source is later more often than not, from counts, on even priors.

    >>> round(later_source(9, 1), 3)
    0.994
    """
    total = later + earlier
    if total > 1000:
        return 0.5 * math.erfc(-(later - earlier) / math.sqrt(2.0 * (total + 3.0)))
    # Beta(later + 1, earlier + 1) above 1/2 is a binomial tail.
    below: int = sum(math.comb(total + 1, k) for k in range(later + 1))
    return float(below / 2 ** (total + 1))
