"""Values of one object that count as the same: numbers within a tolerance, texts of one meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions

__all__ = ["same_meaning", "within_tolerance"]


def within_tolerance(assertions: Assertions, tolerance: float) -> Assertions:
    """Assertions whose claims gather numbers around the best supported number of each object.

    The number with most assertions (of equal ones the nearest to the object's median, then the
    smaller) takes all numbers within `tolerance` of it, and so on with what is left: the bucketing
    of Li et al., Truth finding on the deep web (VLDB 2012), section 2.2. The claim keeps that
    number as its value. Costs a sort, and a loop over objects whose numbers differ by more than
    the tolerance.
    """
    numbers = np.array([float(value) for value in assertions.values])[assertions.value_of_claim]
    support = np.bincount(assertions.claim, minlength=assertions.claims)
    centre = np.arange(assertions.claims)
    for about in np.flatnonzero(assertions.values_per_object > 1).tolist():
        span = slice(int(assertions.first_claim[about]), int(assertions.first_claim[about + 1]))
        centre[span] = span.start + _centres(numbers[span], support[span], tolerance)
    return attrs.evolve(_regrouped(assertions, centre), tolerance=tolerance)


def _centres(
    numbers: NDArray[np.float64], support: NDArray[np.int64], tolerance: float
) -> NDArray[np.int64]:
    """For each of an object's numbers the position of the number that takes it."""
    order = np.argsort(numbers)
    cumulated = np.cumsum(support[order])
    median = numbers[order][np.searchsorted(cumulated, cumulated[-1] / 2)]
    ranked = np.lexsort((numbers, np.abs(numbers - median), -support))
    taken = np.full(len(numbers), -1)
    for best in ranked.tolist():
        if taken[best] < 0:
            near = (taken < 0) & (np.abs(numbers - numbers[best]) <= tolerance)
            taken[near] = best
    return taken


def same_meaning(assertions: Assertions, same: Callable[[Any, Any], bool]) -> Assertions:
    """Assertions whose claims gather values of one object for which `same` holds.

    Groups are chains: where `same(a, b)` and `same(b, c)`, all three are one claim, whatever
    `same(a, c)` says, so the answer does not depend on any order. The claim keeps its most stated
    value (of equal ones the first in order). Costs one call per pair of values of one object.
    """
    support = np.bincount(assertions.claim, minlength=assertions.claims)
    centre = np.arange(assertions.claims)
    for about in np.flatnonzero(assertions.values_per_object > 1).tolist():
        start, end = (int(place) for place in assertions.first_claim[about : about + 2])
        group = list(range(end - start))
        for left in range(end - start):
            for right in range(left + 1, end - start):
                if group[left] != group[right] and same(
                    assertions.value(start + left), assertions.value(start + right)
                ):
                    old, new = group[right], group[left]
                    group = [new if each == old else each for each in group]
        for name in set(group):
            members = [start + place for place, each in enumerate(group) if each == name]
            centre[members] = max(members, key=lambda claim: (support[claim], -claim))
    return _regrouped(assertions, centre)


def _regrouped(assertions: Assertions, centre: NDArray[np.int64]) -> Assertions:
    """Assertions with every claim replaced by the claim `centre` names for it."""
    rows = assertions.rows()
    value = assertions.value_of_claim[centre[assertions.claim]].astype(np.int64)
    made = Assertions.arranged(
        attrs.evolve(rows, value=value), assertions.kind, assertions.table_kind
    )
    # A source whose two numbers fall together has said one thing.
    return attrs.evolve(made, repeated=assertions.repeated + made.repeated)
