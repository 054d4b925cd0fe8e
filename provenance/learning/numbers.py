"""Numbers made comparable: every object's numbers around its own robust middle, outliers found."""

from __future__ import annotations

import math

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue
from provenance.learning.assertions import Assertions
from provenance.learning.estimates import Floats, Known

__all__ = ["Scaled", "cell_probabilities", "known_numbers", "weighted_medians"]

_FAR = 10.0


@attrs.frozen(eq=False)
class Scaled:
    """Numbers less the median of their object, over its spread."""

    number: Floats
    """For every assertion its scaled number."""
    middle: Floats
    """For every object its median."""
    scale: Floats
    """For every object its spread: the median distance to its median, never zero."""
    weight: Floats
    """For every assertion its voice; 0 for an outlier more than ten spreads from the middle."""

    @classmethod
    def of(cls, assertions: Assertions, method: str) -> Scaled:
        """The scaled numbers, or `InvalidValue` when the values are not numbers."""
        if assertions.number is None:
            raise InvalidValue(f"{method} needs numbers: say kind='numbers'")
        about, number = assertions.object, assertions.number
        middle = weighted_medians(assertions, number, assertions.weight)
        distance = np.abs(number - middle[about])
        own = weighted_medians(assertions, distance, assertions.weight)
        scale = _never_zero(assertions, own, distance, middle)
        scaled = (number - middle[about]) / scale[about]
        near = np.abs(scaled) <= _FAR
        return cls(scaled, middle, scale, assertions.weight * near)

    def back(self, scaled: Floats) -> Floats:
        """Numbers of objects on their own scale again."""
        return self.middle + self.scale * scaled


def _never_zero(assertions: Assertions, own: Floats, distance: Floats, middle: Floats) -> Floats:
    """Spreads, where zero replaced by the mean distance of the object or the typical spread."""
    voices = np.bincount(assertions.object, minlength=len(middle))
    mean = np.bincount(assertions.object, distance, len(middle)) / voices
    scale = np.where(own > 0.0, 1.4826 * own, mean)
    positive = scale[scale > 0.0]
    typical = float(np.median(positive)) if len(positive) else 1.0
    return np.where(scale > 0.0, scale, typical)


def weighted_medians(assertions: Assertions, numbers: Floats, weights: Floats) -> Floats:
    """For every object its weighted median: half of the weight lies on either side.

    Where the half is met exactly between two numbers it is the mean of the two.
    """
    order = np.lexsort((numbers, assertions.object))
    about, sorted_numbers = assertions.object[order], numbers[order]
    total = np.bincount(about, weights[order], len(assertions.objects))
    first = np.searchsorted(about, np.arange(len(assertions.objects)))
    running = np.cumsum(weights[order])
    before = np.concatenate(([0.0], running))[first]
    part = (running - before[about]) / np.where(total > 0.0, total, 1.0)[about]
    low = _first_with(part >= 0.5 - 1e-12, about, len(total))
    high = _first_with(part > 0.5 + 1e-12, about, len(total))
    high = np.where(high < 0, low, high)
    return np.asarray(0.5 * (sorted_numbers[low] + sorted_numbers[high]))


def _first_with(
    condition: NDArray[np.bool_], about: NDArray[np.int32], objects: int
) -> NDArray[np.int64]:
    """For every object the first place where a condition holds, -1 where it never does."""
    places = np.flatnonzero(condition)
    found, first = np.unique(about[places], return_index=True)
    out = np.full(objects, -1, dtype=np.int64)
    out[found] = places[first]
    return out


def known_numbers(assertions: Assertions, known: Known) -> Floats:
    """For every object its number where a claim is known true, NaN elsewhere."""
    out = np.full(len(assertions.objects), np.nan)
    if known is not None:
        true = np.flatnonzero(known == 1.0)
        values = [float(assertions.value(claim)) for claim in true.tolist()]
        out[assertions.object_of_claim[true]] = values
    return out


def cell_probabilities(assertions: Assertions, number: Floats, spread: Floats) -> Floats:
    """For every claim the probability that the true number lies nearest to it among the claims.

    The true number is Normal around the estimate; the claims of an object share the line between
    them at the midpoints.
    """
    values = np.array([float(value) for value in assertions.values])[assertions.value_of_claim]
    about = assertions.object_of_claim
    upper = np.full(len(values), np.inf)
    same = about[1:] == about[:-1]
    upper[:-1][same] = 0.5 * (values[1:] + values[:-1])[same]
    below = _normal((upper - number[about]) / np.maximum(spread[about], 1e-300))
    start = np.zeros(len(values))
    start[1:][same] = below[:-1][same]
    return np.maximum(below - start, 0.0)


def _normal(deviations: Floats) -> Floats:
    """The standard normal distribution function."""
    root = math.sqrt(0.5)
    return np.array([0.5 * math.erfc(-z * root) for z in deviations.tolist()])
