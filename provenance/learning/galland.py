"""2-Estimates and 3-Estimates: every claim a source makes denies the object's other claims.

Galland, Abiteboul, Marian and Senellart, Corroborating information from disagreeing views,
WSDM 2010, sections 3.2 and 3.3, with their rescaling of estimates to fill [0, 1].
"""

from __future__ import annotations

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import (
    Estimate,
    Floats,
    Known,
    by_claim,
    by_source,
    held,
    iterated,
    normalised,
    over_object,
)

__all__ = ["three_estimates", "two_estimates"]


def two_estimates(
    assertions: Assertions, known: Known = None, *, smoothing: float = 0.5, rounds: int = 100
) -> Estimate:
    """Truth of claims and error of sources, each the mean of the other over votes for and against.

    `smoothing` mixes stretching and rounding of the estimates after each update, as in
    the paper (lambda): 1 stretches them to fill [0, 1], 0 rounds what is stretched.
    """
    return _estimated(assertions, known, smoothing, rounds, with_difficulty=False)


def three_estimates(
    assertions: Assertions, known: Known = None, *, smoothing: float = 0.5, rounds: int = 100
) -> Estimate:
    """2-Estimates with a third estimate: how hard each claim is to get right."""
    return _estimated(assertions, known, smoothing, rounds, with_difficulty=True)


def _estimated(
    assertions: Assertions, known: Known, smoothing: float, rounds: int, *, with_difficulty: bool
) -> Estimate:
    votes = _Votes(assertions)
    error = np.full(len(assertions.sources), 0.4)
    hard = np.full(assertions.claims, 0.5 if with_difficulty else 1.0)

    def step(truth: Floats) -> Floats:
        nonlocal error, hard
        if with_difficulty:
            hard = _rescaled(votes.mean_by_claim(truth, 1.0 / np.maximum(error, 0.05)), smoothing)
        error = _rescaled(votes.mean_by_source(truth, 1.0 / np.maximum(hard, 0.05)), smoothing)
        return held(_rescaled(votes.truth(error, hard), smoothing), known)

    start = held(votes.truth(error, hard), known)
    truth, changes, converged = iterated(step, start, rounds, 1e-9)
    probability = held(normalised(assertions, np.clip(truth, 0.0, 1.0)), known)
    spoken = by_source(assertions, assertions.weight)
    right = by_source(assertions, assertions.weight * probability[assertions.claim])
    return Estimate(probability, right + 1.0, spoken - right + 1.0, changes, converged)


class _Votes:
    """Votes for the claims a source makes and against the other claims of the same objects."""

    def __init__(self, assertions: Assertions) -> None:
        self.assertions = assertions
        self.weight = assertions.weight
        others = assertions.values_per_object[assertions.object] - 1.0
        voices = over_object(assertions, by_claim(assertions, self.weight))
        self.cast_on_claim = voices
        self.cast_by_source = by_source(assertions, self.weight * (1.0 + others))

    def _for(self, of_source: Floats) -> Floats:
        return by_claim(self.assertions, self.weight * of_source[self.assertions.source])

    def truth(self, error: Floats, hard: Floats) -> Floats:
        """Mean over votes of 1 - error * hard where in favour and error * hard where against."""
        favour = self._for(np.ones_like(error))
        wrong = self._for(error)
        against = over_object(self.assertions, wrong) - wrong
        return (favour - wrong * hard + against * hard) / self.cast_on_claim

    def mean_by_claim(self, truth: Floats, inverse_error: Floats) -> Floats:
        """How hard each claim is: mean over votes of how wrong the vote was, over the error."""
        weight = self._for(inverse_error)
        against = over_object(self.assertions, weight) - weight
        return ((1.0 - truth) * weight + truth * against) / self.cast_on_claim

    def mean_by_source(self, truth: Floats, inverse_hard: Floats) -> Floats:
        """The error of each source: mean over its votes of how wrong the vote was."""
        in_favour = (1.0 - truth) * inverse_hard
        against = truth * inverse_hard
        rest = over_object(self.assertions, against) - against
        wrong = (in_favour + rest)[self.assertions.claim]
        return by_source(self.assertions, self.weight * wrong) / self.cast_by_source


def _rescaled(estimates: Floats, smoothing: float) -> Floats:
    """Estimates moved towards filling [0, 1], half by stretching and half by rounding."""
    low, high = float(estimates.min()), float(estimates.max())
    if high - low < 1e-12:
        return np.clip(estimates, 0.0, 1.0)
    stretched = (estimates - low) / (high - low)
    pulled = smoothing * stretched + (1.0 - smoothing) * np.round(stretched)
    return np.asarray(np.clip(pulled, 0.0, 1.0))
