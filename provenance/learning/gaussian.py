"""GTM: numbers as truths with Gaussian noise, each source with its own variance.

Zhao and Han, A probabilistic model for estimating real-valued truth from conflicting sources,
QDB 2012. Numbers are scaled object by object around robust medians first, and outliers left out,
because on raw and badly scaled numbers the means of the paper explode.
"""

from __future__ import annotations

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import Estimate, Known, by_source, held
from provenance.learning.numbers import Scaled, cell_probabilities, known_numbers

__all__ = ["gaussian_truth"]


def gaussian_truth(
    assertions: Assertions,
    known: Known = None,
    *,
    prior_precision: float = 0.1,
    shape: float = 3.0,
    scale: float = 1.0,
    rounds: int = 200,
    limit: float = 1e-9,
) -> Estimate:
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
    spoken = by_source(assertions, weight)
    fixed = (known_numbers(assertions, known) - scaled.middle) / scaled.scale
    free = np.isnan(fixed)
    truth = np.where(free, 0.0, fixed)
    doubt = np.where(free, 1.0, 0.0)
    changes: list[float] = []
    for _ in range(rounds):
        square = (scaled.number - truth[about]) ** 2 + doubt[about]
        variance = (2.0 * scale + by_source(assertions, weight * square)) / (
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
    right = by_source(assertions, assertions.weight * probability[assertions.claim])
    wrong = by_source(assertions, assertions.weight) - right
    return Estimate(
        probability,
        right + 1.0,
        wrong + 1.0,
        tuple(changes),
        changes[-1] <= limit,
        number=number,
        spread=spread,
    )
