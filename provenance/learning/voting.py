"""Counting voices, plainly or weighted by how often each source agrees with the others."""

from __future__ import annotations

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import (
    Estimate,
    Floats,
    Known,
    by_claim,
    by_source,
    held,
    normalised,
    vote_shares,
)

__all__ = ["majority_vote", "weighted_vote"]


def majority_vote(assertions: Assertions, known: Known = None) -> Estimate:
    """The share of voices each value has; ties stay ties.

    Costs one pass. The accuracy of a source is its mean share of agreement.

    >>> told = Assertions.of([("a", "x", 1), ("b", "x", 1), ("c", "x", 2)])
    >>> majority_vote(told).probability.round(2).tolist()
    [0.67, 0.33]
    """
    return _estimate(assertions, held(vote_shares(assertions), known))


def weighted_vote(
    assertions: Assertions, known: Known = None, *, weights: Floats | None = None
) -> Estimate:
    """The share of weighted voices; weights are given, or agreement with the plain vote.

    Agreement counts assertions that name the (or a) leading value of their object, as in the
    worker-agreement weighting of crowdsourcing platforms ("Wawa"). Costs two passes.
    """
    if weights is None:
        shares = held(vote_shares(assertions), known)
        leading = _leading(assertions, shares)
        spoken = by_source(assertions, assertions.weight)
        weights = by_source(assertions, assertions.weight * leading[assertions.claim]) / spoken
    voices = by_claim(assertions, assertions.weight * weights[assertions.source])
    return _estimate(assertions, held(normalised(assertions, voices), known))


def _leading(assertions: Assertions, shares: Floats) -> Floats:
    """For every claim its part among the leading claims of its object: 1 unless tied, else 0."""
    import numpy as np

    peaks = np.maximum.reduceat(shares, assertions.first_claim[:-1])
    leads = (shares >= peaks[assertions.object_of_claim] - 1e-12).astype(np.float64)
    return normalised(assertions, leads)


def _estimate(assertions: Assertions, probability: Floats) -> Estimate:
    spoken = by_source(assertions, assertions.weight)
    right = by_source(assertions, assertions.weight * probability[assertions.claim])
    return Estimate(probability, right + 1.0, spoken - right + 1.0)
