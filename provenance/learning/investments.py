"""Trust passed back and forth between sources and claims: Sums, Average-Log, the Investments.

Pasternack and Roth, Knowing what to believe (when you already know something), COLING 2010,
section 3. Sources start even; claims start from the voting share. Beliefs are scaled by their
largest entry in every round, which changes no ranking and keeps numbers in range.
"""

from __future__ import annotations

from collections.abc import Callable

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
    over_object,
    vote_shares,
)

__all__ = ["average_log", "investment", "pooled_investment", "sums"]


def sums(assertions: Assertions, known: Known = None, *, rounds: int = 20) -> Estimate:
    """Hubs and authorities: trust is the sum of beliefs, belief the sum of trust."""
    return _passed(assertions, known, rounds, lambda believed, spoken: believed, _summed)


def average_log(assertions: Assertions, known: Known = None, *, rounds: int = 20) -> Estimate:
    """Trust is the logarithm of how much a source says times the mean belief in what it says."""

    def trust(believed: Floats, spoken: Floats) -> Floats:
        return np.log(np.maximum(spoken, 1.0)) * believed / spoken

    return _passed(assertions, known, rounds, trust, _summed)


def investment(
    assertions: Assertions, known: Known = None, *, growth: float = 1.2, rounds: int = 20
) -> Estimate:
    """Sources invest their trust evenly in what they say and are paid in proportion.

    `growth` is the exponent g by which a claim's belief outgrows what was invested in it.
    """
    return _invested(assertions, known, rounds, lambda stakes: stakes**growth)


def pooled_investment(
    assertions: Assertions, known: Known = None, *, growth: float = 1.4, rounds: int = 20
) -> Estimate:
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
) -> Estimate:
    spoken = by_source(assertions, assertions.weight)

    def step(beliefs: Floats) -> Floats:
        believed = by_source(assertions, assertions.weight * beliefs[assertions.claim])
        trusted = _scaled(trust(believed, spoken))
        return held(_scaled(belief(assertions, trusted)), known)

    start = _scaled(by_claim(assertions, assertions.weight))
    return _finished(assertions, known, *iterated(step, start, rounds, 1e-9))


def _invested(
    assertions: Assertions, known: Known, rounds: int, grown: Callable[[Floats], Floats]
) -> Estimate:
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
    return _finished(assertions, known, *iterated(step, start, rounds, 1e-9))


def _scaled(amounts: Floats) -> Floats:
    peak = float(amounts.max())
    return amounts / peak if peak > 0.0 else amounts


def _finished(
    assertions: Assertions,
    known: Known,
    beliefs: Floats,
    changes: tuple[float, ...],
    converged: bool,
) -> Estimate:
    probability = held(normalised(assertions, beliefs), known)
    spoken = by_source(assertions, assertions.weight)
    right = by_source(assertions, assertions.weight * probability[assertions.claim])
    return Estimate(probability, right + 1.0, spoken - right + 1.0, changes, converged)
