"""What every method returns, and the sums over objects that methods are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats

__all__ = [
    "DEPENDENCE",
    "Fit",
    "Known",
    "by_claim",
    "by_source",
    "digamma",
    "held",
    "iterated",
    "log_gamma",
    "normalised",
    "over_object",
    "softmax",
    "sums_by",
    "tempering",
    "vote_shares",
]


Known = NDArray[np.float64] | None
"""For every claim 1 where known true, 0 where known false, NaN where not known."""


@attrs.frozen(eq=False)
class Fit:
    """Probabilities of claims and accuracies of sources, with the course of the iteration.

    >>> estimate = Fit(np.array([0.8, 0.2]), right=np.array([4.0]), wrong=np.array([1.0]))
    >>> estimate.accuracy.tolist(), estimate.converged
    ([0.8], True)
    """

    probability: Floats
    """For every claim the probability that it is true."""
    right: Floats
    """For every source the first count of Beta(right, wrong), how often it is right."""
    wrong: Floats
    """For every source the second count."""
    changes: tuple[float, ...] = ()
    """The largest change of a probability (or score) in each iteration."""
    converged: bool = True
    """Whether the last change was below the limit."""
    chance: Floats | None = None
    """For every source how often it would be right by guessing; None: one over the values."""
    number: Floats | None = None
    """For every object its estimated number; None unless the method estimates numbers."""
    spread: Floats | None = None
    """For every object the standard deviation of its number."""
    unstated: Floats | None = None
    """For every object the probability that no stated value is true; None: not modelled."""
    labels: Floats | None = None
    """For every object and shared label its probability; None where labels are not shared."""
    confusions: Floats | None = None
    """For every source counts of what it says (column) when the row is true; for shared labels."""
    classes: Floats | None = None
    """For every shared label how common it is."""

    doubt: Floats | None = None
    """For every source the sum of w^2 p (1 - p) over its assertions, with their voices w and the
    probabilities p that the others give them; None: nothing is in doubt."""
    foretold: Floats | None = None
    """For every object the log probability of what each source says, given what others say."""
    dependence: float | None = None
    """The correlation of errors within an object that the method settled on; None: it was told."""
    bound: float | None = None
    """A lower bound of the log probability of all that was said; None: not told."""

    @property
    def confusion(self) -> Floats | None:
        """P(says the column | the row is true) for every source, where labels are shared."""
        counts = self.confusions
        return None if counts is None else counts / counts.sum(axis=2, keepdims=True)

    @property
    def accuracy(self) -> Floats:
        """For every source the expected share of its assertions that are right."""
        return self.right / (self.right + self.wrong)


def sums_by(groups: NDArray[Any], amounts: Floats, count: int) -> Floats:
    """Sums of amounts over each of so many groups."""
    return np.bincount(groups, amounts, count).astype(np.float64, copy=False)


def by_claim(assertions: Assertions, amounts: Floats) -> Floats:
    """Sums of amounts of assertions over each claim."""
    return sums_by(assertions.claim, amounts, assertions.claims)


def by_source(assertions: Assertions, amounts: Floats) -> Floats:
    """Sums of amounts of assertions over each source."""
    return sums_by(assertions.source, amounts, len(assertions.sources))


def over_object(assertions: Assertions, amounts: Floats) -> Floats:
    """For every claim the sum of amounts over all claims of its object."""
    totals = np.add.reduceat(amounts, assertions.first_claim[:-1])
    return np.asarray(totals[assertions.object_of_claim])


def softmax(assertions: Assertions, scores: Floats) -> Floats:
    """Probabilities proportional to exp(score) among the claims of each object."""
    peaks = np.maximum.reduceat(scores, assertions.first_claim[:-1])
    weights = np.exp(scores - peaks[assertions.object_of_claim])
    return weights / over_object(assertions, weights)


def normalised(assertions: Assertions, beliefs: Floats) -> Floats:
    """Beliefs divided by their sum over each object; equal shares where all are zero."""
    totals = over_object(assertions, beliefs)
    equal = 1.0 / assertions.values_per_object[assertions.object_of_claim]
    safe = np.where(totals > 0.0, totals, 1.0)
    return np.where(totals > 0.0, beliefs / safe, equal)


def vote_shares(assertions: Assertions) -> Floats:
    """For every claim its part of the voices on its object."""
    return normalised(assertions, by_claim(assertions, assertions.weight))


def held(probability: Floats, known: Known) -> Floats:
    """Probabilities with what is known put in."""
    return probability if known is None else np.where(np.isnan(known), probability, known)


def iterated(
    step: Callable[[Floats], Floats], start: Floats, rounds: int, limit: float
) -> tuple[Floats, tuple[float, ...], bool]:
    """A step repeated until nothing changes by more than `limit`, with the changes on the way."""
    changes: list[float] = []
    state = start
    for _ in range(rounds):
        after = step(state)
        changes.append(float(np.max(np.abs(after - state))))
        state = after
        if changes[-1] <= limit:
            return state, tuple(changes), True
    return state, tuple(changes), False


# The logarithm of the gamma function and its derivative, for arrays of positive numbers.

_SHIFT = 6
_HALF_LOG_TAU = 0.9189385332046727


def digamma(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of the logarithm of the gamma function, to about 1e-12 for numbers above 0.

    Recurrence by 6, then the asymptotic series (Abramowitz and Stegun, 6.3.18).

    >>> float(digamma(np.array([1.0]))[0].round(10))
    -0.5772156649
    """
    small = np.asarray(numbers, dtype=np.float64)
    below = sum(1.0 / (small + step) for step in range(_SHIFT))
    large = small + _SHIFT
    square = 1.0 / (large * large)
    series = square * (
        1 / 12
        - square
        * (
            1 / 120
            - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * 691 / 32760)))
        )
    )
    return np.asarray(np.log(large) - 0.5 / large - series - below)


def log_gamma(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the gamma function, to about 1e-12 for numbers above 0.

    Recurrence by 6, then Stirling's series (Abramowitz and Stegun, 6.1.41).

    >>> float(log_gamma(np.array([5.0]))[0].round(10))
    3.1780538303
    """
    small = np.asarray(numbers, dtype=np.float64)
    product = small
    for step in range(1, _SHIFT):
        product = product * (small + step)
    large = small + _SHIFT
    square = 1.0 / (large * large)
    series = (
        1 / 12
        - square
        * (
            1 / 360
            - square
            * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * 691 / 360360)))
        )
    ) / large
    return np.asarray(
        (large - 0.5) * np.log(large) - large + _HALF_LOG_TAU + series - np.log(product)
    )


# How much the voices on one object count together, when their errors are not independent.

DEPENDENCE = 0.25
"""Correlation of the errors on one object that no method models: judgement, not measurement.

Sources err on the same hard objects, so a crowd is never worth more than 1 / 0.25 = 4 independent
voices. It cannot be learned from assertions alone (errors made together look like truth); known
truths can correct it.
"""


def tempering(voices: Floats, dependence: float) -> Floats:
    """What evidence of so many voices counts, as a part of what it would if they were independent.

    Voices that err together with correlation r carry as much as n / (1 + (n - 1) r) independent
    ones (the design effect of Kish, Survey Sampling, 1965, section 8.2), never more than 1 / r.

    >>> tempering(np.array([1.0, 10.0]), 0.25).round(3).tolist()
    [1.0, 0.308]
    """
    return 1.0 / (1.0 + np.maximum(0.0, voices - 1.0) * dependence)
