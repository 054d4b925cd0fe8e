"""Outcomes: how something not yet known may turn out, each with its chance and what it would mean."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from provenance.assessment.beta import share_below
from provenance.assessment.prospects import LeadOutcome
from provenance.assessment.responses import Response
from provenance.assessment.what_if import expit
from provenance.inference import Evaluation
from provenance.inference.elimination import Table
from provenance.inference.sums import Sums
from provenance.scales import GRADES, Degree

__all__ = ["Masses", "against_rest", "by_value", "graded", "grades_expected", "outcomes", "two"]

Masses = Sequence[tuple[float, float]]
"""How likely each outcome is with the claim so, and with it not so, up to a common factor."""


def by_value(evaluation: Evaluation, sums: Sums, slot: int, size: int) -> list[tuple[float, float]]:
    """The masses of every value of the variable on the last axis of a table."""
    table: Table = evaluation.tables[slot]
    p = sums.probability

    def mass(flow: Table, value: int) -> float:
        return math.fsum(table[n] * flow[n] for n in range(value, len(table), size))

    return [
        (p * mass(sums.value_flows[slot], v), (1.0 - p) * mass(sums.rest_flows[slot], v))
        for v in range(size)
    ]


def two(masses: Masses, value: int, yes: str, no: str) -> Iterator[LeadOutcome]:
    """One value against all others."""
    return outcomes((yes, no), against_rest(masses, value))


def against_rest(masses: Masses, value: int) -> Masses:
    others = [each for v, each in enumerate(masses) if v != value]
    rest = (math.fsum(so for so, _ in others), math.fsum(not_so for _, not_so in others))
    return masses[value], rest


def outcomes(texts: Sequence[str], masses: Masses) -> Iterator[LeadOutcome]:
    total = math.fsum(so + not_so for so, not_so in masses)
    for text, (so, not_so) in zip(texts, masses, strict=True):
        if so + not_so > 0.0:
            yield LeadOutcome(text, (so + not_so) / total, so / (so + not_so))


def grades_expected(degree: Degree | None) -> Iterator[tuple[str, Degree, float]]:
    """Every grade and how likely it is before the evidence: by the nearest mean, or all alike."""
    known = sorted(
        ((label, each) for label, each in GRADES.items() if each is not None),
        key=lambda each: each[1].mean,
    )
    means = [each.mean for _, each in known]
    cuts = [0.0, *((a + b) / 2.0 for a, b in pairwise(means)), 1.0]
    for (label, each), (low, high) in zip(known, pairwise(cuts), strict=True):
        if degree is None:
            yield label, each, 1.0 / len(known)
        else:
            yield label, each, max(0.0, share_below(degree, high) - share_below(degree, low))


def graded(found: Sequence[tuple[str, float, Response | None]]) -> Iterator[LeadOutcome]:
    """The outcomes of a judgement, each grade as likely as the evidence leaves it."""
    possible = [(label, chance, each) for label, chance, each in found if each is not None]
    most = max(each.log_total for _, _, each in possible)
    weights = [chance * math.exp(each.log_total - most) for _, chance, each in possible]
    for (label, _, each), weight in zip(possible, weights, strict=True):
        yield LeadOutcome(
            f"it is of grade {label}", weight / math.fsum(weights), expit(each.log_odds)
        )
