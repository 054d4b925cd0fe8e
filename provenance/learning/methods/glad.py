"""GLAD: the ability of sources and the ease of objects together decide who is right.

Whitehill, Ruvolo, Wu, Bergsma and Movellan, Whose vote should count more, NIPS 2009. A source is
right with probability sigmoid(ability * ease), ease above 0, and else names each other value of the
object evenly; abilities are Normal(1, 1) and log eases Normal(0, 1) a priori.
"""

from __future__ import annotations

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import left_out, with_credits
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    Fit,
    Known,
    by_claim,
    by_source,
    held,
    softmax,
    vote_shares,
)

__all__ = [
    "glad",
]

_STEPS = 3


def glad(
    assertions: Assertions, known: Known = None, *, rounds: int = 100, limit: float = 1e-5
) -> Fit:
    """Probabilities of values by EM; the M step climbs ability and ease in turn, three times each.

    The paper climbs both gradients at once; with one of the two held the target is concave in the
    ability and has a single peak in the log ease, so Newton steps are safe and need no step size.
    Costs about fourteen passes per iteration.
    """
    ability = np.ones(len(assertions.sources))
    ease = np.zeros(len(assertions.objects))
    probability = held(vote_shares(assertions), known)
    changes: list[float] = []
    for _ in range(rounds):
        for _ in range(_STEPS):
            ability = _abler(assertions, probability, ability, ease)
            ease = _easier(assertions, probability, ability, ease)
        after = held(softmax(assertions, _scores(assertions, ability, ease)), known)
        changes.append(float(np.max(np.abs(after - probability))))
        probability = after
        if changes[-1] <= limit:
            break
    own = assertions.weight * _each(assertions, ability, ease)
    fit = Fit(probability, np.zeros(0), np.zeros(0), tuple(changes), changes[-1] <= limit)
    return with_credits(assertions, fit, left_out(assertions, probability, own), known)


def _scores(assertions: Assertions, ability: Floats, ease: Floats) -> Floats:
    """For every claim the log-odds that its sources are right rather than wrong by chance."""
    return by_claim(assertions, assertions.weight * _each(assertions, ability, ease))


def _each(assertions: Assertions, ability: Floats, ease: Floats) -> Floats:
    """For every assertion what it adds to them."""
    odds = ability[assertions.source] * np.exp(ease)[assertions.object]
    others = np.maximum(assertions.values_per_object, 2)[assertions.object] - 1.0
    return np.asarray(odds + np.log(others))


def _surprise(
    assertions: Assertions, probability: Floats, ability: Floats, ease: Floats
) -> tuple[Floats, Floats, Floats]:
    """For every assertion its slope and curvature in the log-odds of being right, and the ease."""
    lift = np.exp(ease)[assertions.object]
    right = 1.0 / (1.0 + np.exp(-np.clip(ability[assertions.source] * lift, -30.0, 30.0)))
    slope = assertions.weight * (probability[assertions.claim] - right)
    return slope, assertions.weight * right * (1.0 - right), lift


def _abler(assertions: Assertions, probability: Floats, ability: Floats, ease: Floats) -> Floats:
    slope, curve, lift = _surprise(assertions, probability, ability, ease)
    gradient = by_source(assertions, slope * lift) - (ability - 1.0)
    curvature = by_source(assertions, curve * lift * lift) + 1.0
    return ability + np.clip(gradient / curvature, -1.0, 1.0)


def _easier(assertions: Assertions, probability: Floats, ability: Floats, ease: Floats) -> Floats:
    slope, curve, lift = _surprise(assertions, probability, ability, ease)
    pull = ability[assertions.source] * lift
    count = len(assertions.objects)
    gradient = np.bincount(assertions.object, slope * pull, count) - ease
    curvature = np.bincount(assertions.object, curve * pull * pull, count) + 1.0
    return np.asarray(np.clip(ease + np.clip(gradient / curvature, -1.0, 1.0), -3.0, 3.0))
