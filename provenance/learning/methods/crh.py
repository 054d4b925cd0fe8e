"""CRH and CATD: sources weighted by how far they lie from the truths they are used to find.

Li, Li, Gao, Zhao, Fan and Han, Resolving conflicts in heterogeneous data by truth discovery and
source reliability estimation, SIGMOD 2014 (CRH); Li, Li, Gao, Su, Zhao, Demirbas, Fan and Han,
A confidence-aware approach for truth discovery on long-tail data, VLDB 2014 (CATD).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue
from provenance.learning.assertions import Assertions
from provenance.learning.crediting import checked_objects, others_shares, with_credits
from provenance.learning.encoding import Floats, numbers_in
from provenance.learning.estimates import (
    Fit,
    Known,
    by_claim,
    by_source,
    held,
    normalised,
    vote_shares,
)

__all__ = [
    "Scaled",
    "catd",
    "cell_probabilities",
    "credited_numbers",
    "crh",
    "gaussian_truth",
    "known_numbers",
    "weighted_medians",
]

# Numbers made comparable: every object's numbers around its own robust middle, outliers found.

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
        values = numbers_in([assertions.value(claim) for claim in true.tolist()])
        out[assertions.object_of_claim[true]] = values
    return out


def cell_probabilities(assertions: Assertions, number: Floats, spread: Floats) -> Floats:
    """For every claim the probability that the true number lies nearest to it among the claims.

    The true number is Normal around the estimate; the claims of an object share the line between
    them at the midpoints.
    """
    values = numbers_in(assertions.values)[assertions.value_of_claim]
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


_TINY = 1e-9


def crh(assertions: Assertions, known: Known = None, *, rounds: int = 100) -> Fit:
    """Weights -log(loss / largest loss); truths the weighted vote, or median of numbers."""

    def weights(loss: Floats, spoken: Floats) -> Floats:
        mean = loss / spoken + _TINY
        return np.asarray(np.log(mean.sum() / mean))

    return _resolved(assertions, known, rounds, weights, "crh")


def catd(
    assertions: Assertions, known: Known = None, *, alpha: float = 0.05, rounds: int = 100
) -> Fit:
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
) -> Fit:
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
    fit = Fit(shares, spoken, spoken, tuple(changes), changes[-1] <= 1e-9)
    return with_credits(assertions, fit, others_shares(assertions, voices), known)


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
) -> Fit:
    scaled = Scaled.of(assertions, method)
    heard = _heard(assertions, known)
    spoken = by_source(assertions, scaled.weight * heard) + _TINY
    fixed = (known_numbers(assertions, known) - scaled.middle) / scaled.scale
    truth = np.where(np.isnan(fixed), 0.0, fixed)
    changes: list[float] = []
    for _ in range(rounds):
        distance = np.abs(scaled.number - truth[assertions.object])
        loss = by_source(assertions, scaled.weight * heard * distance)
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
    settled = changes[-1] <= 1e-9
    fit = Fit(
        probability,
        np.zeros(0),
        np.zeros(0),
        tuple(changes),
        settled,
        number=number,
        spread=spread,
    )
    return credited_numbers(assertions, fit, known)


# GTM: numbers as truths with Gaussian noise, each source with its own variance.
#
# Zhao and Han, A probabilistic model for estimating real-valued truth from conflicting sources,
# QDB 2012. Numbers are scaled object by object around robust medians first, and outliers left out,
# because on raw and badly scaled numbers the means of the paper explode.


def gaussian_truth(
    assertions: Assertions,
    known: Known = None,
    *,
    prior_precision: float = 0.1,
    shape: float = 3.0,
    scale: float = 1.0,
    rounds: int = 200,
    limit: float = 1e-9,
) -> Fit:
    """The number of every object with its standard deviation, by EM.

    Args:
        assertions: Who said what; of kind `numbers`.
        known: Claims known true.
        prior_precision: One over the variance of a truth around the object's median, in spreads.
        shape: Shape of the inverse gamma prior of a source's variance.
        scale: Its scale.
        rounds: At most this many iterations.
        limit: Stop when no number moves by more, in spreads of its object.

    Costs two passes per iteration. Raises `InvalidValue` when the values are not numbers.
    """
    scaled = Scaled.of(assertions, "gtm")
    about, weight = assertions.object, scaled.weight
    heard = _heard(assertions, known)
    spoken = by_source(assertions, weight * heard)
    fixed = (known_numbers(assertions, known) - scaled.middle) / scaled.scale
    free = np.isnan(fixed)
    truth = np.where(free, 0.0, fixed)
    doubt = np.where(free, 1.0, 0.0)
    changes: list[float] = []
    for _ in range(rounds):
        square = (scaled.number - truth[about]) ** 2 + doubt[about]
        variance = (2.0 * scale + by_source(assertions, weight * heard * square)) / (
            2.0 * (shape + 1.0) + spoken
        )
        precision = weight / variance[assertions.source]
        total = prior_precision + np.bincount(about, precision, len(truth))
        mean = np.bincount(about, precision * scaled.number, len(truth)) / total
        after = np.where(free, mean, fixed)
        doubt = np.where(free, 1.0 / total, 0.0)
        changes.append(float(np.max(np.abs(after - truth))))
        truth = after
        if changes[-1] <= limit:
            break
    number = scaled.back(truth)
    spread = scaled.scale * np.sqrt(doubt)
    probability = held(cell_probabilities(assertions, number, spread), known)
    fit = Fit(
        probability,
        np.zeros(0),
        np.zeros(0),
        tuple(changes),
        changes[-1] <= limit,
        number=number,
        spread=spread,
    )
    return credited_numbers(assertions, fit, known)


def _heard(assertions: Assertions, known: Known) -> Floats:
    """For every assertion 1 where another source speaks of its object or it is known, else 0."""
    return checked_objects(assertions, known)[assertions.object].astype(np.float64)


def credited_numbers(assertions: Assertions, fit: Fit, known: Known) -> Fit:
    """The fit with its sources judged by how probable their numbers are, where anybody checks."""
    heard = attrs.evolve(assertions, share=assertions.weight * _heard(assertions, known))
    spoken = by_source(heard, heard.weight)
    possible = np.maximum(heard.values_per_object, 2)[heard.object]
    guessed = by_source(heard, heard.weight / possible)
    chance = np.where(spoken > 0.0, guessed / np.where(spoken > 0.0, spoken, 1.0), 0.5)
    credited = with_credits(heard, fit, fit.probability[heard.claim], known)
    return attrs.evolve(credited, chance=chance)
