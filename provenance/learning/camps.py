"""Whether those who are not believed tell one story of their own: then it may be the true one."""

from __future__ import annotations

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import Estimate, by_source, sums_by
from provenance.learning.leading import leading_claims

__all__ = ["Camp", "opposing_camp"]

_PART, _ONE_VOICE = 0.2, 0.8


@attrs.frozen
class Camp:
    """Sources that are mostly not believed, and mostly agree with each other where they are not."""

    sources: int
    """How many there are."""
    part: float
    """Their part of all assertions, in (0, 1]."""
    agreement: float
    """How often two of them agree where neither says what is believed, in [0, 1]."""
    objects: int
    """On how many objects two or more of them say what is not believed."""

    def __str__(self) -> str:
        return (
            f"{self.sources} sources with {self.part:.0%} of the assertions are mostly not "
            f"believed, yet agree with each other on {self.agreement:.0%} of what they say "
            f"against the rest ({self.objects} objects); should they be right, these answers turn "
            "around, and no probability here allows for that: a few known truths would tell"
        )


def opposing_camp(assertions: Assertions, estimate: Estimate) -> Camp | None:
    """The camp, if it has a fifth of the assertions and agrees in four cases of five.

    Which of two camps that contradict each other tells the truth is not in the table: it is taken
    to be the larger one. Costs a few passes.
    """
    if assertions.kind == "sets" or len(assertions.sources) < 4:
        return None
    believed = np.zeros(assertions.claims, dtype=bool)
    believed[leading_claims(assertions, estimate.probability)] = True
    against = ~believed[assertions.claim]
    said = by_source(assertions, np.ones(assertions.size))
    missed = by_source(assertions, against.astype(np.float64))
    outside = missed > 0.5 * said
    theirs = outside[assertions.source]
    if outside.sum() < 2 or theirs.mean() < _PART:
        return None
    votes = sums_by(assertions.claim, (against & theirs).astype(np.float64), assertions.claims)
    first = assertions.first_claim[:-1]
    total, alike = np.add.reduceat(votes, first), np.add.reduceat(votes * (votes - 1.0), first)
    pairs = total * (total - 1.0)
    if not pairs.any() or alike.sum() < _ONE_VOICE * pairs.sum():
        return None
    agreement = float(alike.sum() / pairs.sum())
    return Camp(int(outside.sum()), float(theirs.mean()), agreement, int((total >= 2.0).sum()))
