"""One coin per source: how often it is right, with the doubt about that carried through.

Every object has its own values. A source is right with its own probability, Beta distributed; when
wrong it names one of the object's other values, and wrong sources tend to name the same one. The
first part is the Bayesian one-coin model (variational, as in Liu, Peng and Ihler, Variational
inference for crowdsourcing, NIPS 2012); the second integrates the distribution of wrong values out
(Dirichlet with weight `spread` on each value), the fully Bayesian form of the popularity of false
values in POPACCU (Dong, Saha and Srivastava, VLDB 2013).
"""

from __future__ import annotations

import math

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.dependence import DEPENDENCE, tempering
from provenance.learning.estimates import (
    Estimate,
    Floats,
    Known,
    by_claim,
    by_source,
    held,
    vote_shares,
)
from provenance.learning.labels import label_names
from provenance.learning.special import digamma, log_gamma
from provenance.learning.sweeps import sweep

__all__ = ["PRIOR", "WrongWays", "one_coin"]

PRIOR = (4.0, 1.0)
"""Beta prior of every source's accuracy: right in four cases of five, worth five cases."""


def one_coin(
    assertions: Assertions,
    known: Known = None,
    *,
    prior: tuple[float, float] = PRIOR,
    spread: float = 0.5,
    dependence: float = DEPENDENCE,
    rounds: int = 200,
    limit: float = 1e-7,
    start: Floats | None = None,
) -> Estimate:
    """Probabilities of values from sources whose accuracy is a Beta distribution, not a number.

    Args:
        assertions: Who said what; `share` discounts voices (several values, copies).
        known: Claims known true or false, which then teach the sources.
        prior: Beta prior of every source's accuracy.
        spread: Dirichlet weight of each value that wrong sources of an object may name; small when
            wrong sources name the same value, infinite when they guess evenly.
        dependence: Correlation of errors within an object, see `dependence.tempering`. It tempers
            the final probabilities, not the fit, so sources are judged as if independent.
        rounds: At most this many iterations.
        limit: Stop when no source's expected accuracy changes by more.
        start: Probabilities to start from, the vote shares by default.

    Costs two passes over the assertions per iteration.

    >>> told = Assertions.of([(s, o, o) for s in "abc" for o in "wxyz"] + [("d", "w", "x")])
    >>> one_coin(told).probability[:2].round(2).tolist()
    [0.98, 0.01]
    """
    wrong_way = WrongWays.of(assertions, spread)
    believed_by = sweep(assertions, wrong_way.if_true, known)
    spoken = by_source(assertions, assertions.weight)
    first = held(vote_shares(assertions) if start is None else start, known)
    believed = by_source(assertions, assertions.weight * first[assertions.claim])
    changes: list[float] = []
    while True:
        right = prior[0] + believed
        wrong = prior[1] + np.maximum(spoken - believed, 0.0)
        trust = digamma(right) - digamma(wrong)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        after = believed_by(trust)
        changes.append(float(np.max(np.abs(after - believed) / (right + wrong))))
        believed = after
    # Only at the end: while sources are still being judged, a share of unstated values would let
    # doubt about sources and doubt about values feed each other until nobody is believed.
    voiced = by_claim(assertions, assertions.weight * trust[assertions.source])
    probability, unstated = wrong_way.shares(voiced, dependence)
    return Estimate(
        held(probability, known),
        right,
        wrong,
        tuple(changes),
        changes[-1] <= limit,
        chance=wrong_way.chance(),
        unstated=_open(assertions, unstated, known),
    )


def _open(assertions: Assertions, unstated: Floats, known: Known) -> Floats:
    """What is left for values nobody stated, where something is known of an object."""
    if known is None:
        return unstated
    true = np.add.reduceat(np.where(known == 1.0, 1.0, 0.0), assertions.first_claim[:-1])
    open_ = np.add.reduceat(np.where(np.isnan(known), 1.0, 0.0), assertions.first_claim[:-1])
    return np.where(true > 0.0, 0.0, np.where(open_ > 0.0, unstated, 1.0))


@attrs.frozen(eq=False)
class WrongWays:
    """How likely what was said of each object is, if a claim is true and the others are wrong."""

    assertions: Assertions
    """Who said what."""
    total: Floats
    """For every object its voices."""
    if_true: Floats
    """For every claim the log probability of what the others said, given that it is true."""
    if_none: Floats
    """For every object the same, given that nothing stated is true."""
    possible: Floats
    """For every object how many values it may have."""

    @classmethod
    def of(cls, assertions: Assertions, spread: float) -> WrongWays:
        """One unstated value besides those stated, or all labels where objects share them."""
        voices = by_claim(assertions, assertions.weight)
        total = np.add.reduceat(voices, assertions.first_claim[:-1])
        stated = assertions.values_per_object.astype(np.float64)
        labels = label_names(assertions)
        possible = stated + 1.0 if labels is None else np.full(len(stated), float(len(labels)))
        about = assertions.object_of_claim
        if math.isinf(spread):
            if_none = -total * np.log(possible - 1.0)
            if_true = -(total[about] - voices) * np.log(possible[about] - 1.0)
        else:
            base = log_gamma(np.full(1, spread))[0]
            each = log_gamma(spread + voices) - base
            pool = spread * (possible - 1.0)
            all_wrong = np.add.reduceat(each, assertions.first_claim[:-1])
            if_none = all_wrong + log_gamma(pool) - log_gamma(pool + total)
            rest = total[about] - voices
            if_true = (all_wrong + log_gamma(pool))[about] - each - log_gamma(pool[about] + rest)
        return cls(assertions, total, if_true, if_none, possible)

    def shares(self, trust: Floats, dependence: float) -> tuple[Floats, Floats]:
        """Probabilities of claims, and for every object that of all that nobody stated."""
        first, about = self.assertions.first_claim[:-1], self.assertions.object_of_claim
        temper = tempering(self.total, dependence)
        scores = temper[about] * (trust + self.if_true)
        none = temper * self.if_none
        peaks = np.maximum(np.maximum.reduceat(scores, first), none)
        weights = np.exp(scores - peaks[about])
        unheard = (self.possible - self.assertions.values_per_object) * np.exp(none - peaks)
        totals = np.add.reduceat(weights, first) + unheard
        return weights / totals[about], unheard / totals

    def chance(self) -> Floats:
        """For every source the mean over its assertions of one over the possible values."""
        told = self.assertions
        by_chance = told.weight / self.possible[told.object]
        return by_source(told, by_chance) / by_source(told, told.weight)
