"""TruthFinder: a claim is true unless every one of its sources is wrong.

Yin, Han and Yu, Truth discovery with multiple conflicting information providers on the web,
KDD 2007, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
)

__all__ = ["truth_finder"]


def truth_finder(
    assertions: Assertions,
    known: Known = None,
    *,
    influence: float = 0.5,
    dampening: float = 0.3,
    start: float = 0.9,
    implies: Callable[[Any, Any], float] | None = None,
    rounds: int = 100,
) -> Estimate:
    """Confidence 1 / (1 + exp(-dampening * score)), score the sum of -log(1 - trust) of sources.

    Args:
        assertions: Who said what.
        known: Claims known true or false.
        influence: How much claims of one object lend each other, rho in the paper.
        dampening: The correction for sources that are not independent, gamma in the paper.
        start: Every source's trust at first.
        implies: How far one value supports another, in [-1, 1]; nothing by default.
        rounds: At most this many iterations.

    The confidences are scaled to sum to 1 over each object. Costs one pass per iteration, and
    with `implies` one call for each pair of values of an object.
    """
    support = [] if implies is None else _support(assertions, implies)
    spoken = by_source(assertions, assertions.weight)

    def confidence(trust: Floats) -> Floats:
        score = -np.log1p(-np.minimum(trust, 1.0 - 1e-12))
        scores = by_claim(assertions, assertions.weight * score[assertions.source])
        lent = np.zeros_like(scores)
        for giver, taker, strength in support:
            lent[taker] += strength * scores[giver]
        adjusted = np.clip(dampening * (scores + influence * lent), -500.0, 500.0)
        return held(1.0 / (1.0 + np.exp(-adjusted)), known)

    def step(trust: Floats) -> Floats:
        held_true = confidence(trust)[assertions.claim]
        return by_source(assertions, assertions.weight * held_true) / spoken

    trust, changes, converged = iterated(
        step, np.full(len(assertions.sources), start), rounds, 1e-9
    )
    probability = held(normalised(assertions, confidence(trust)), known)
    return Estimate(
        probability, trust * spoken + 1.0, (1.0 - trust) * spoken + 1.0, changes, converged
    )


def _support(
    assertions: Assertions, implies: Callable[[Any, Any], float]
) -> list[tuple[int, int, float]]:
    pairs = []
    for about in np.flatnonzero(assertions.values_per_object > 1).tolist():
        claims = range(int(assertions.first_claim[about]), int(assertions.first_claim[about + 1]))
        pairs += [
            (giver, taker, float(implies(assertions.value(giver), assertions.value(taker))))
            for giver in claims
            for taker in claims
            if giver != taker
        ]
    return [pair for pair in pairs if pair[2] != 0.0]
