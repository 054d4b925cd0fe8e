"""Analytic confidence: the rule, in one table, over facts of the case."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import attrs

from provenance.assessment.values import (
    BESIDES,
    Confidence,
    Fact,
    Level,
    Reason,
    weight_besides,
)
from provenance.graph import Lineage
from provenance.inference import Answer

__all__ = ["RULES", "ConfidenceRule", "confidence_of", "prior_decides"]


@attrs.frozen
class ConfidenceFacts:
    """The facts that the rule looks at."""

    weight: float
    """|log2 odds of the answer less log2 odds of its prior|."""
    origins: float
    """Groups of judged origins on the side that the evidence takes."""
    width: float
    """Width of the 90 % interval."""
    span: float
    """From the answer if all voices of unrecorded lineage were one to that if each were its own."""
    potentials: float
    """How many sources are heard that nobody has judged."""
    circles: float
    """Number of circles of citations that concern the claim."""
    separate: float
    """1 if two established origins on that side reach us by routes that share no source, else 0."""
    besides: float
    """The bits that are left on that side without the origin that weighs most."""
    against_prior: float
    """1 if the evidence points away from the prior and weighs less than it, so that the prior
    decides, else 0."""


@attrs.frozen
class ConfidenceRule:
    """One row of the table: a fact, and what it must be for moderate and for high confidence."""

    name: str
    """The fact."""
    moderate: float
    """The bound for moderate confidence."""
    high: float
    """The bound for high confidence."""
    at_least: bool
    """Whether the bounds are lower bounds, or upper ones."""
    words: Callable[[float], str]
    """The fact in words."""
    strict: bool = False
    """Whether a value at the bound for high confidence falls short of it."""

    def allows(self, value: float) -> Level:
        """The highest level a value leaves room for."""
        # Rounding noise in a sum of logarithms must not decide between two words.
        value = round(value, 9)
        if self._meets(value, self.high) and not (self.strict and value == self.high):
            return "high"
        return "moderate" if self._meets(value, self.moderate) else "low"

    def _meets(self, value: float, bound: float) -> bool:
        return value >= bound if self.at_least else value <= bound


def _number(noun: str) -> Callable[[float], str]:
    def words(value: float) -> str:
        count = int(value)
        return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"

    return words


def _of_weight(weight: float) -> str:
    return (
        "the evidence settles it"
        if weight == math.inf
        else f"the evidence weighs {weight:.1f} bits"
    )


def _of_origins(origins: float) -> str:
    return f"{_number('judged origin')(origins)} on the side of the evidence"


def _of_potentials(count: float) -> str:
    return f"{_number('source')(count)} heard that {'is' if count == 1 else 'are'} not judged"


def _of_separate(separate: float) -> str:
    number = "two" if separate else "no two"
    return f"{number} origins whose independence is on record reach us by separate routes"


def _of_besides(besides: float) -> str:
    if besides == math.inf:
        return "the evidence settles it"
    return f"without the origin that weighs most, {besides:.1f} bits are left"


def _of_prior(against_prior: float) -> str:
    if against_prior:
        return "the evidence points away from the prior and weighs less than it: the prior decides"
    return "the evidence decides, not the prior"


RULES: tuple[ConfidenceRule, ...] = (
    ConfidenceRule("weight", 1.0, 1.0, True, _of_weight),
    ConfidenceRule("origins", 2, 3, True, _of_origins),
    ConfidenceRule(
        "width", 0.5, 0.25, False, lambda v: f"the interval is {100 * v:.0f} points wide", True
    ),
    ConfidenceRule(
        "span",
        0.5,
        0.5,
        False,
        lambda v: f"{100 * v:.0f} points hang on whether voices have it from one another",
    ),
    ConfidenceRule("potentials", 0, 0, False, _of_potentials),
    ConfidenceRule("circles", 0, 0, False, _number("circular report")),
    ConfidenceRule("separate", 0, 1, True, _of_separate),
    ConfidenceRule("besides", 0.0, BESIDES, True, _of_besides),
    ConfidenceRule("against_prior", 1, 0, False, _of_prior),
)
"""The rule: every row sets an upper limit, the lowest one counts (J: judgement, no data behind it)."""

_LEVELS: tuple[Level, ...] = ("low", "moderate", "high")


def confidence_of(
    answer: Answer, lineage: Lineage, circles: int, reasons: Iterable[Reason]
) -> Confidence:
    """Apply the rule to an answer and where it comes from."""
    evidence = _evidence(answer, lineage, circles, reasons)
    found: tuple[tuple[ConfidenceRule, float], ...] = tuple(
        (rule, getattr(evidence, rule.name)) for rule in RULES
    )
    basis = tuple(
        Fact(rule.name, value, rule.allows(value), rule.words(value)) for rule, value in found
    )
    level = min((fact.allows for fact in basis), key=_LEVELS.index)
    prior_share = math.fsum(
        doubt.share for doubt in answer.doubts if doubt.parameter.kind == "prior"
    )
    return Confidence(level, basis, prior_share)


def _evidence(
    answer: Answer, lineage: Lineage, circles: int, reasons: Iterable[Reason]
) -> ConfidenceFacts:
    supports = (answer.bits is None and answer.probability > 0.5) or (answer.bits or 0.0) > 0.0
    separate = lineage.has_separate_routes if supports else lineage.has_separate_routes_against
    return ConfidenceFacts(
        weight=math.inf if answer.bits is None else abs(answer.bits),
        origins=lineage.independent_origins if supports else lineage.opposing_origins,
        width=answer.high - answer.low,
        span=abs(answer.if_independent - answer.if_one_voice),
        potentials=len(answer.potentials),
        circles=circles,
        separate=float(separate),
        besides=weight_besides(answer, reasons),
        against_prior=float(prior_decides(answer)),
    )


def prior_decides(answer: Answer) -> bool:
    """Whether the evidence points away from the prior and leaves the answer on the prior's side."""
    if answer.bits is None or not 0.0 < answer.prior < 1.0:
        return False
    prior = math.log2(answer.prior) - math.log1p(-answer.prior) / math.log(2.0)
    return prior * answer.bits < 0.0 and abs(answer.bits) < abs(prior)
