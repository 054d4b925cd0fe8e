"""LTM: several values of an object may be true; sources miss some and invent others.

Zhao, Rubinstein, Gemmell and Han, A Bayesian approach to discovering truth from conflicting
sources for data integration, VLDB 2012. Their Gibbs sampler is replaced by variational updates of
the same model, which are deterministic.
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
    digamma,
    held,
    sums_by,
)

__all__ = [
    "latent_truth",
]


def latent_truth(
    assertions: Assertions,
    known: Known = None,
    *,
    invents: tuple[float, float] = (1.0, 10.0),
    finds: tuple[float, float] = (5.0, 2.0),
    true: tuple[float, float] = (1.0, 1.0),
    rounds: int = 200,
    limit: float = 1e-7,
) -> Fit:
    """The probability that each claim is true, by itself: those of one object need not sum to 1.

    Args:
        assertions: Who said what. A source that speaks of an object and leaves a claim of it out
            counts as denying that claim.
        known: Claims known true or false.
        invents: Beta prior of stating a false claim (one minus specificity).
        finds: Beta prior of stating a true claim (sensitivity).
        true: Beta prior of a claim being true.
        rounds: At most this many iterations.
        limit: Stop when no probability changes by more.

    Costs three passes per iteration. `right` and `wrong` count a source's stated claims.
    """
    told = _Told(assertions)
    probability = held(np.clip(told.share, 0.05, 0.95), known)
    credit = probability[assertions.claim]
    changes: list[float] = []
    for _ in range(rounds):
        said_true, said_false, left_true, left_false = told.counts(probability, credit)
        found = _log_odds_terms(said_true + finds[0], left_true + finds[1])
        invented = _log_odds_terms(said_false + invents[0], left_false + invents[1])
        likely = float(probability.sum())
        share = digamma(np.array((true[0] + likely, true[1] + len(probability) - likely)))
        scores = share[0] - share[1] + told.evidence(found[0] - invented[0], found[1] - invented[1])
        after = held(1.0 / (1.0 + np.exp(-np.clip(scores, -500.0, 500.0))), known)
        # To have said it and not to have left it out: both are the source's own vote.
        own = (found[0] - invented[0])[assertions.source]
        credit = left_out(assertions, after, own)
        changes.append(float(np.max(np.abs(after - probability))))
        probability = after
        if changes[-1] <= limit:
            break
    fit = Fit(probability, said_true, said_false, tuple(changes), changes[-1] <= limit)
    return with_credits(assertions, fit, credit, known)


def _log_odds_terms(yes: Floats, no: Floats) -> tuple[Floats, Floats]:
    """Expected log of a Beta probability and of its complement."""
    both = digamma(yes + no)
    return digamma(yes) - both, digamma(no) - both


class _Told:
    """What each source said of each object it spoke of, and what it left out."""

    def __init__(self, assertions: Assertions) -> None:
        self.assertions = assertions
        pairs = assertions.object.astype(np.int64) * len(assertions.sources) + assertions.source
        seen = np.unique(pairs)
        self.pair_object = seen // len(assertions.sources)
        self.pair_source = seen % len(assertions.sources)
        voices = by_claim(assertions, np.ones(assertions.size))
        speakers = np.bincount(self.pair_object, minlength=len(assertions.objects))
        self.share: Floats = voices / speakers[assertions.object_of_claim]
        self.claims_of = np.diff(assertions.first_claim).astype(np.float64)

    def _over_pairs(self, of_object: Floats) -> Floats:
        return sums_by(self.pair_source, of_object[self.pair_object], len(self.assertions.sources))

    def counts(self, probability: Floats, credit: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Per source: said and true, said and false, left out and true, left out and false.

        What it said counts by the credit of every assertion, what it left out by the probability.
        """
        told = self.assertions
        said = by_source(told, np.ones(told.size))
        said_true = by_source(told, credit)
        truths = np.add.reduceat(probability, told.first_claim[:-1])
        all_true, everything = self._over_pairs(truths), self._over_pairs(self.claims_of)
        stated = by_source(told, probability[told.claim])
        left_true = np.maximum(all_true - stated, 0.0)
        said_false = said - said_true
        left_false = np.maximum(everything - said - left_true, 0.0)
        return said_true, said_false, left_true, left_false

    def evidence(self, if_said: Floats, if_left: Floats) -> Floats:
        """For every claim the sum over speakers of what they said or left out is worth."""
        told = self.assertions
        left = np.bincount(
            self.pair_object, weights=if_left[self.pair_source], minlength=len(told.objects)
        )
        return by_claim(told, (if_said - if_left)[told.source]) + left[told.object_of_claim]
