"""CRH and CATD: sources weighted by how far they lie from the truths they are used to find.

Li, Li, Gao, Zhao, Fan and Han, Resolving conflicts in heterogeneous data by truth discovery and
source reliability estimation, SIGMOD 2014 (CRH); Li, Li, Gao, Su, Zhao, Demirbas, Fan and Han,
A confidence-aware approach for truth discovery on long-tail data, VLDB 2014 (CATD).
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np

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
from provenance.learning.numbers import (
    Scaled,
    cell_probabilities,
    known_numbers,
    weighted_medians,
)

__all__ = ["catd", "crh"]

_TINY = 1e-9


def crh(assertions: Assertions, known: Known = None, *, rounds: int = 100) -> Estimate:
    """Weights -log(loss / largest loss); truths the weighted vote, or median of numbers."""

    def weights(loss: Floats, spoken: Floats) -> Floats:
        mean = loss / spoken + _TINY
        return np.asarray(np.log(mean.sum() / mean))

    return _resolved(assertions, known, rounds, weights, "crh")


def catd(
    assertions: Assertions, known: Known = None, *, alpha: float = 0.05, rounds: int = 100
) -> Estimate:
    """Weights chi2(alpha / 2, n) / loss: an upper bound of the variance of a source with n claims.

    The quantile is Wilson and Hilferty's approximation (1931), within a percent for n above 1.
    """
    below = NormalDist().inv_cdf(alpha / 2.0)

    def weights(loss: Floats, spoken: Floats) -> Floats:
        ninth = 2.0 / (9.0 * spoken)
        quantile = spoken * np.maximum(1.0 - ninth + below * np.sqrt(ninth), 1e-3) ** 3
        return np.asarray(quantile / (loss + _TINY * spoken + 1e-3))

    return _resolved(assertions, known, rounds, weights, "catd")


def _resolved(
    assertions: Assertions,
    known: Known,
    rounds: int,
    weights: Callable[[Floats, Floats], Floats],
    method: str,
) -> Estimate:
    if assertions.kind == "numbers":
        return _resolved_numbers(assertions, known, rounds, weights, method)
    spoken = by_source(assertions, assertions.weight)
    shares = held(vote_shares(assertions), known)
    changes: list[float] = []
    for _ in range(rounds):
        loss = by_source(assertions, assertions.weight * (1.0 - _truth(assertions, shares)))
        voices = assertions.weight * weights(loss, spoken)[assertions.source]
        after = held(normalised(assertions, by_claim(assertions, voices)), known)
        changes.append(float(np.max(np.abs(after - shares))))
        shares = after
        if changes[-1] <= 1e-9:
            break
    return Estimate(shares, spoken - loss + 1.0, loss + 1.0, tuple(changes), changes[-1] <= 1e-9)


def _truth(assertions: Assertions, shares: Floats) -> Floats:
    """For every assertion whether it leads its object; leaders that tie share the truth."""
    peaks = np.maximum.reduceat(shares, assertions.first_claim[:-1])
    leads = (shares >= peaks[assertions.object_of_claim] - 1e-12).astype(np.float64)
    return np.asarray(normalised(assertions, leads)[assertions.claim])


def _resolved_numbers(
    assertions: Assertions,
    known: Known,
    rounds: int,
    weights: Callable[[Floats, Floats], Floats],
    method: str,
) -> Estimate:
    scaled = Scaled.of(assertions, method)
    spoken = by_source(assertions, scaled.weight) + _TINY
    fixed = (known_numbers(assertions, known) - scaled.middle) / scaled.scale
    truth = np.where(np.isnan(fixed), 0.0, fixed)
    changes: list[float] = []
    for _ in range(rounds):
        distance = np.abs(scaled.number - truth[assertions.object])
        loss = by_source(assertions, scaled.weight * distance)
        voices = scaled.weight * weights(loss, spoken)[assertions.source]
        medians = weighted_medians(assertions, scaled.number, voices)
        after = np.where(np.isnan(fixed), medians, fixed)
        changes.append(float(np.max(np.abs(after - truth))))
        truth = after
        if changes[-1] <= 1e-9:
            break
    total = np.bincount(assertions.object, voices, len(truth))
    mean_loss = loss / spoken
    # The spread of a weighted mean of deviations, with each source's own mean loss.
    noise = np.bincount(
        assertions.object, voices**2 * mean_loss[assertions.source] ** 2, len(truth)
    )
    spread = scaled.scale * np.sqrt(noise) / np.maximum(total, _TINY) + _TINY
    number = scaled.back(truth)
    probability = held(cell_probabilities(assertions, number, spread), known)
    right = by_source(assertions, assertions.weight * probability[assertions.claim])
    wrong = by_source(assertions, assertions.weight) - right
    return Estimate(
        probability,
        right + 1.0,
        wrong + 1.0,
        tuple(changes),
        changes[-1] <= 1e-9,
        number=number,
        spread=spread,
    )
