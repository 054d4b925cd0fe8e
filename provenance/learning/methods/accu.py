"""ACCU and POPACCU: sources with an accuracy, false values even or popular; copies discounted.

Dong, Berti-Equille and Srivastava, Integrating conflicting data: the role of source dependence,
VLDB 2009, sections 3 and 4; Dong, Saha and Srivastava, Less is more: selecting sources wisely for
integration, VLDB 2012/2013, for the popularity of false values.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
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
    iterated,
    over_object,
    softmax,
    vote_shares,
)

__all__ = [
    "accu",
    "accu_copy",
    "popaccu",
]

_CERTAIN = 1e-4


def accu(
    assertions: Assertions,
    known: Known = None,
    *,
    false_values: int = 10,
    start: float = 0.8,
    rounds: int = 100,
) -> Fit:
    """Vote counts log(n a / (1 - a)), with n even false values per object.

    The paper's iteration: accuracy is the mean probability of what a source says, and the values
    nobody stated keep their part of the probability.
    """

    def votes(trust: Floats) -> Floats:
        return np.asarray(np.log(false_values * trust / (1.0 - trust)))

    def scores(trust: Floats) -> tuple[Floats, Floats]:
        stated = by_claim(assertions, assertions.weight * votes(trust)[assertions.source])
        unseen = np.maximum(false_values + 1.0 - assertions.values_per_object, 0.0)
        return stated, unseen

    return _iterated(assertions, known, start, rounds, scores, votes)


def popaccu(
    assertions: Assertions, known: Known = None, *, start: float = 0.8, rounds: int = 100
) -> Fit:
    """ACCU whose wrong sources name a false value as often as it is named at all."""
    voices = by_claim(assertions, assertions.weight)
    rest = over_object(assertions, voices) - voices
    named = voices * np.log(voices)
    others = over_object(assertions, named) - named
    popularity = others - rest * np.log(np.maximum(rest, 1e-12))

    def votes(trust: Floats) -> Floats:
        return np.asarray(np.log(trust / (1.0 - trust)))

    def scores(trust: Floats) -> tuple[Floats, Floats]:
        stated = by_claim(assertions, assertions.weight * votes(trust)[assertions.source])
        return stated + popularity, np.zeros(len(assertions.objects))

    return _iterated(assertions, known, start, rounds, scores, votes)


def _iterated(
    assertions: Assertions,
    known: Known,
    start: float,
    rounds: int,
    scores: Callable[[Floats], tuple[Floats, Floats]],
    votes: Callable[[Floats], Floats],
) -> Fit:
    spoken = by_source(assertions, assertions.weight)

    def believed(trust: Floats) -> Floats:
        stated, unseen = scores(np.clip(trust, _CERTAIN, 1.0 - _CERTAIN))
        return held(_with_unseen(assertions, stated, unseen), known)

    def step(trust: Floats) -> Floats:
        right = by_source(assertions, assertions.weight * believed(trust)[assertions.claim])
        return right / spoken

    first = np.full(len(assertions.sources), start)
    trust, changes, converged = iterated(step, first, rounds, 1e-9)
    probability = believed(trust)
    left = 1.0 - np.add.reduceat(probability, assertions.first_claim[:-1])
    own = votes(np.clip(trust, _CERTAIN, 1.0 - _CERTAIN))[assertions.source] * assertions.weight
    fit = Fit(
        probability,
        spoken,
        spoken,
        changes,
        converged,
        unstated=np.maximum(left, 0.0) if left.max() > 1e-9 else None,
    )
    return with_credits(assertions, fit, left_out(assertions, probability, own), known)


def _with_unseen(assertions: Assertions, scores: Floats, unseen: Floats) -> Floats:
    """Softmax over the values stated and so many that nobody stated, each of score zero."""
    peaks = np.maximum(np.maximum.reduceat(scores, assertions.first_claim[:-1]), 0.0)
    weights = np.exp(scores - peaks[assertions.object_of_claim])
    totals = np.add.reduceat(weights, assertions.first_claim[:-1]) + unseen * np.exp(-peaks)
    return weights / totals[assertions.object_of_claim]


def accu_copy(
    assertions: Assertions,
    known: Known = None,
    *,
    discount: Callable[[Assertions, Floats, Floats], Floats] | None = None,
    method: Callable[..., Fit] = accu,
    rounds: int = 5,
) -> Fit:
    """A method run again and again on voices discounted for copying found with its own answers.

    `discount` takes assertions, probabilities of claims and accuracies of sources, and gives for
    every assertion the part that is the source's own; by default that of `independence`.
    """
    if discount is None:
        from provenance.learning.copying import own_part

        discount = own_part
    shares = vote_shares(assertions)
    spoken = by_source(assertions, assertions.weight)
    accuracy = by_source(assertions, assertions.weight * shares[assertions.claim]) / spoken
    probability = softmax(assertions, np.log(np.maximum(shares, 1e-300)))
    changes: list[float] = []
    estimate = None
    for _ in range(rounds):
        own = discount(assertions, probability, accuracy)
        voiced = attrs.evolve(assertions, share=assertions.weight * own)
        estimate = method(voiced, known)
        changes.append(float(np.max(np.abs(estimate.probability - probability))))
        probability, accuracy = estimate.probability, estimate.accuracy
        if changes[-1] <= 1e-6:
            break
    assert estimate is not None  # there is at least one round
    return attrs.evolve(estimate, changes=tuple(changes), converged=changes[-1] <= 1e-6)
