"""From how often a source is right to how often it tracks the truth, with the doubt about it.

In the testimony model a source tracks with probability rho and else says what it says anyway, so it
is right with p = rho + (1 - rho) g, where g is how often it would be right by chance. Hence rho =
max(0, (p - g) / (1 - g)): the accuracy corrected for chance.
"""

from __future__ import annotations

import numpy as np

from provenance.learning.encoding import Floats
from provenance.scales import Degree

__all__ = ["degrees", "tracking", "widened"]

_POINTS = 400


def tracking(right: Floats, wrong: Floats, chance: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of max(0, (p - g) / (1 - g)) for p ~ Beta(right, wrong), each an array.

    By the midpoint rule over nine standard deviations around the mean; good to about 1e-6.

    >>> mean, variance = tracking(np.array([9.0]), np.array([1.0]), np.array([0.5]))
    >>> round(float(mean[0]), 3)
    0.8
    """
    total = right + wrong
    centre = right / total
    width = 9.0 * np.sqrt(centre * (1.0 - centre) / (total + 1.0))
    low, high = np.maximum(centre - width, 0.0), np.minimum(centre + width, 1.0)
    steps = (np.arange(_POINTS) + 0.5) / _POINTS
    # Squeezed towards both ends, where a Beta with a count below 1 is steep.
    steps = steps * steps * (3.0 - 2.0 * steps)
    slopes = 6.0 * (np.arange(_POINTS) + 0.5) / _POINTS
    slopes = slopes * (1.0 - (np.arange(_POINTS) + 0.5) / _POINTS)
    points = low[:, None] + (high - low)[:, None] * steps
    logs = (right - 1.0)[:, None] * np.log(points) + (wrong - 1.0)[:, None] * np.log1p(-points)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True)) * slopes
    weights /= weights.sum(axis=1, keepdims=True)
    tracks = np.maximum(0.0, (points - chance[:, None]) / (1.0 - chance)[:, None])
    mean = (weights * tracks).sum(axis=1)
    return mean, (weights * (tracks - mean[:, None]) ** 2).sum(axis=1)


def widened(right: Floats, wrong: Floats, doubt: Floats) -> tuple[Floats, Floats]:
    """Beta counts of accuracy, widened because which assertions are right is itself in doubt.

    Args:
        right: For every source its count of right assertions, the prior's included.
        wrong: Likewise of wrong ones.
        doubt: For every source the sum of w^2 p (1 - p) over its assertions, with their voices w
            and the probabilities p that they are true.

    The variance is that given the truths plus that over truths: the doubt over the square of the
    counts.

    >>> right, wrong = widened(np.array([9.0]), np.array([1.0]), np.array([1.0]))
    >>> bool(right + wrong < 10.0), (right / (right + wrong)).round(6).tolist()
    (True, [0.9])
    """
    total = right + wrong
    mean = right / total
    spread = mean * (1.0 - mean)
    variance = spread / (total + 1.0) + doubt / total**2
    strength = np.maximum(spread / np.maximum(variance, 1e-300) - 1.0, 1e-3)
    return mean * strength, (1.0 - mean) * strength


def degrees(right: Floats, wrong: Floats, chance: Floats) -> tuple[Degree, ...]:
    """Reliabilities as `Source.reliability` takes them: a Beta of the same mean and variance."""
    means, variances = tracking(right, wrong, chance)
    return tuple(map(_degree, means.tolist(), variances.tolist(), (right + wrong).tolist()))


def _degree(mean: float, variance: float, worth: float) -> Degree:
    mean = min(1.0, max(0.0, mean))
    if variance <= 0.0 or mean in (0.0, 1.0):
        # Surely none, or all: but so many observations are no exact knowledge.
        return Degree(mean, worth)
    return Degree(mean, max(mean * (1.0 - mean) / variance - 1.0, 1e-6))
