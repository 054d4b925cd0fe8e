"""Counting voices, plainly or weighted by how often each source agrees with the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import left_out, others_shares, with_credits
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    Fit,
    Known,
    by_claim,
    by_source,
    held,
    iterated,
    normalised,
    over_object,
    vote_shares,
)

__all__ = [
    "average_log",
    "investment",
    "majority_vote",
    "pooled_investment",
    "sums",
    "three_estimates",
    "truth_finder",
    "two_estimates",
    "weighted_vote",
]


def majority_vote(assertions: Assertions, known: Known = None) -> Fit:
    """The share of voices each value has; ties stay ties.

    Costs one pass. The accuracy of a source is its mean share of agreement.

    >>> told = Assertions.of([("a", "x", 1), ("b", "x", 1), ("c", "x", 2)])
    >>> majority_vote(told).probability.round(2).tolist()
    [0.67, 0.33]
    """
    return _estimate(assertions, held(vote_shares(assertions), known), assertions.weight, known)


def weighted_vote(
    assertions: Assertions, known: Known = None, *, weights: Floats | None = None
) -> Fit:
    """The share of weighted voices; weights are given, or agreement with the plain vote.

    Agreement counts assertions that name the (or a) leading value of their object, as in the
    worker-agreement weighting of crowdsourcing platforms ("Wawa"). Costs two passes.
    """
    if weights is None:
        shares = held(vote_shares(assertions), known)
        leading = _leading(assertions, shares)
        spoken = by_source(assertions, assertions.weight)
        weights = by_source(assertions, assertions.weight * leading[assertions.claim]) / spoken
    voices = by_claim(assertions, assertions.weight * weights[assertions.source])
    each = assertions.weight * weights[assertions.source]
    return _estimate(assertions, held(normalised(assertions, voices), known), each, known)


def _leading(assertions: Assertions, shares: Floats) -> Floats:
    """For every claim its part among the leading claims of its object: 1 unless tied, else 0."""
    peaks = np.maximum.reduceat(shares, assertions.first_claim[:-1])
    leads = (shares >= peaks[assertions.object_of_claim] - 1e-12).astype(np.float64)
    return normalised(assertions, leads)


def _estimate(assertions: Assertions, probability: Floats, voices: Floats, known: Known) -> Fit:
    fit = Fit(probability, np.zeros(0), np.zeros(0))
    return with_credits(assertions, fit, others_shares(assertions, voices), known)


# Trust passed back and forth between sources and claims: Sums, Average-Log, the Investments.
#
# Pasternack and Roth, Knowing what to believe (when you already know something), COLING 2010,
# section 3. Sources start even; claims start from the voting share. Beliefs are scaled by their
# largest entry in every round, which changes no ranking and keeps numbers in range.


def sums(assertions: Assertions, known: Known = None, *, rounds: int = 20) -> Fit:
    """Hubs and authorities: trust is the sum of beliefs, belief the sum of trust."""
    return _passed(assertions, known, rounds, lambda believed, spoken: believed, _summed)


def average_log(assertions: Assertions, known: Known = None, *, rounds: int = 20) -> Fit:
    """Trust is the logarithm of how much a source says times the mean belief in what it says."""

    def trust(believed: Floats, spoken: Floats) -> Floats:
        return np.log(np.maximum(spoken, 1.0)) * believed / spoken

    return _passed(assertions, known, rounds, trust, _summed)


def investment(
    assertions: Assertions, known: Known = None, *, growth: float = 1.2, rounds: int = 20
) -> Fit:
    """Sources invest their trust evenly in what they say and are paid in proportion.

    `growth` is the exponent g by which a claim's belief outgrows what was invested in it.
    """
    return _invested(assertions, known, rounds, lambda stakes: stakes**growth)


def pooled_investment(
    assertions: Assertions, known: Known = None, *, growth: float = 1.4, rounds: int = 20
) -> Fit:
    """Investment whose gains are shared out among the values of one object."""

    def grown(stakes: Floats) -> Floats:
        rising = stakes**growth
        totals = over_object(assertions, rising)
        return stakes * rising / np.where(totals > 0.0, totals, 1.0)

    return _invested(assertions, known, rounds, grown)


def _summed(assertions: Assertions, trust: Floats) -> Floats:
    return by_claim(assertions, assertions.weight * trust[assertions.source])


def _passed(
    assertions: Assertions,
    known: Known,
    rounds: int,
    trust: Callable[[Floats, Floats], Floats],
    belief: Callable[[Assertions, Floats], Floats],
) -> Fit:
    spoken = by_source(assertions, assertions.weight)

    def step(beliefs: Floats) -> Floats:
        believed = by_source(assertions, assertions.weight * beliefs[assertions.claim])
        trusted = _scaled(trust(believed, spoken))
        return held(_scaled(belief(assertions, trusted)), known)

    start = _scaled(by_claim(assertions, assertions.weight))
    beliefs, changes, converged = iterated(step, start, rounds, 1e-9)
    believed = by_source(assertions, assertions.weight * beliefs[assertions.claim])
    trusted = _scaled(trust(believed, spoken))
    return _finished(assertions, known, beliefs, trusted, changes, converged)


def _invested(
    assertions: Assertions, known: Known, rounds: int, grown: Callable[[Floats], Floats]
) -> Fit:
    spoken = by_source(assertions, assertions.weight)

    def step(beliefs: Floats) -> Floats:
        stake = assertions.weight * (trust / spoken)[assertions.source]
        pot = by_claim(assertions, stake)
        paid = stake * (beliefs / np.where(pot > 0.0, pot, 1.0))[assertions.claim]
        earned = _scaled(by_source(assertions, paid))
        trust[:] = earned
        invested = by_claim(assertions, assertions.weight * (earned / spoken)[assertions.source])
        return held(_scaled(grown(invested)), known)

    trust = np.ones(len(assertions.sources))
    start = vote_shares(assertions)
    beliefs, changes, converged = iterated(step, start, rounds, 1e-9)
    return _finished(assertions, known, beliefs, trust, changes, converged)


def _scaled(amounts: Floats) -> Floats:
    peak = float(amounts.max())
    return amounts / peak if peak > 0.0 else amounts


def _finished(
    assertions: Assertions,
    known: Known,
    beliefs: Floats,
    trust: Floats,
    changes: tuple[float, ...],
    converged: bool,
) -> Fit:
    probability = held(normalised(assertions, beliefs), known)
    voices = assertions.weight * trust[assertions.source]
    fit = _estimate(assertions, probability, voices, known)
    return attrs.evolve(fit, changes=changes, converged=converged)


# TruthFinder: a claim is true unless every one of its sources is wrong.
#
# Yin, Han and Yu, Truth discovery with multiple conflicting information providers on the web,
# KDD 2007, sections 3 and 4.


def truth_finder(
    assertions: Assertions,
    known: Known = None,
    *,
    influence: float = 0.5,
    dampening: float = 0.3,
    start: float = 0.9,
    implies: Callable[[Any, Any], float] | None = None,
    rounds: int = 100,
) -> Fit:
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
    confidences = confidence(trust)
    probability = held(normalised(assertions, confidences), known)
    own = -dampening * np.log1p(-np.minimum(trust, 1.0 - 1e-12))[assertions.source]
    fit = Fit(probability, np.zeros(0), np.zeros(0), changes, converged)
    rest = left_out(assertions, confidences, assertions.weight * own)
    # A claim that nobody else makes has a confidence of 1/2 by the formula, and none by the others.
    alone = by_claim(assertions, assertions.weight)[assertions.claim] - assertions.weight <= 1e-12
    rest = np.where(alone, 0.0, rest)
    rivals = over_object(assertions, confidences)[assertions.claim] - confidences[assertions.claim]
    credit = np.where(rest > 0.0, rest / np.where(rest > 0.0, rest + rivals, 1.0), 0.0)
    return with_credits(assertions, fit, credit, known)


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


# 2-Estimates and 3-Estimates: every claim a source makes denies the object's other claims.
#
# Galland, Abiteboul, Marian and Senellart, Corroborating information from disagreeing views,
# WSDM 2010, sections 3.2 and 3.3, with their rescaling of estimates to fill [0, 1].


def two_estimates(
    assertions: Assertions, known: Known = None, *, smoothing: float = 0.5, rounds: int = 100
) -> Fit:
    """Truth of claims and error of sources, each the mean of the other over votes for and against.

    `smoothing` mixes stretching and rounding of the estimates after each update, as in
    the paper (lambda): 1 stretches them to fill [0, 1], 0 rounds what is stretched.
    """
    return _estimated(assertions, known, smoothing, rounds, with_difficulty=False)


def three_estimates(
    assertions: Assertions, known: Known = None, *, smoothing: float = 0.5, rounds: int = 100
) -> Fit:
    """2-Estimates with a third estimate: how hard each claim is to get right."""
    return _estimated(assertions, known, smoothing, rounds, with_difficulty=True)


def _estimated(
    assertions: Assertions, known: Known, smoothing: float, rounds: int, *, with_difficulty: bool
) -> Fit:
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
    beliefs = np.clip(truth, 0.0, 1.0)
    return _finished(assertions, known, beliefs, 1.0 - error, changes, converged)


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
