"""Analytic confidence: the rule, in one table, over facts of the case."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import attrs

from provenance.assessment.values import Confidence, Fact, Level
from provenance.graph import Lineage
from provenance.inference import Answer
from provenance.scales import error_in_words

__all__ = ["RULES", "ConfidenceRule", "confidence_of"]


@attrs.frozen
class ConfidenceFacts:
    """The facts that the rule looks at."""

    weight: float
    """|log2 odds of the answer less log2 odds of its prior|."""
    origins: float
    """Independent groups of judged origins on the side the evidence points to."""
    separate: float
    """1 if two of them, of known lineage, reach us by routes that share no source, else 0."""
    shared: float
    """How many sources stand on every route from an origin to what is in hand."""
    width: float
    """Width of the 90 % interval that doubts about sources alone would give."""
    unjudged: float
    """Share of the origins heard whose source cannot be judged."""
    unknown_lineage: float
    """Share of the judged origins that are not recorded as firsthand."""
    circles: float
    """Number of circles of citations that concern the claim."""
    error: float
    """Standard error of a simulated answer."""


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

    def allows(self, value: float) -> Level:
        """The highest level a value leaves room for."""
        if self._meets(value, self.high):
            return "high"
        return "moderate" if self._meets(value, self.moderate) else "low"

    def _meets(self, value: float, bound: float) -> bool:
        # Rounding noise in a sum of logarithms must not decide between two words.
        value = round(value, 9)
        return value >= bound if self.at_least else value <= bound


def _number(noun: str, nouns: str | None = None) -> Callable[[float], str]:
    def words(value: float) -> str:
        count = int(value)
        return f"{count or 'no'} {noun if count == 1 else nouns or noun + 's'}"

    return words


RULES: tuple[ConfidenceRule, ...] = (
    ConfidenceRule(
        "weight",
        1.0,
        2.0,
        True,
        lambda v: (
            "the evidence settles it" if v == math.inf else f"the evidence weighs {v:.1f} bits"
        ),
    ),
    ConfidenceRule(
        "origins",
        2,
        2,
        True,
        _number(
            "independent judged origin on the side of the evidence",
            "independent judged origins on the side of the evidence",
        ),
    ),
    ConfidenceRule(
        "separate",
        0,
        1,
        True,
        lambda v: (
            "two firsthand origins reach us by separate routes"
            if v
            else "no two firsthand origins reach us by separate routes"
        ),
    ),
    ConfidenceRule(
        "shared", 1, 0, False, _number("source on every route", "sources on every route")
    ),
    ConfidenceRule(
        "width",
        0.5,
        0.25,
        False,
        lambda v: f"doubts about the sources leave an interval {v:.2f} wide",
    ),
    ConfidenceRule(
        "unjudged",
        0.5,
        0.2,
        False,
        lambda v: f"{v:.0%} of the origins heard cannot be judged",
    ),
    ConfidenceRule(
        "unknown_lineage",
        1.0,
        0.5,
        False,
        lambda v: f"{v:.0%} of the judged origins are of unknown lineage",
    ),
    ConfidenceRule("circles", math.inf, 0, False, _number("circular report")),
    ConfidenceRule(
        "error",
        math.inf,
        0.0,
        False,
        lambda v: (
            f"the answer is simulated, give or take {error_in_words(v)}"
            if v
            else "the answer is exact"
        ),
    ),
)
"""The rule: confidence is the lowest level that any row allows (J: judgement, no data behind it)."""

_LEVELS: tuple[Level, ...] = ("low", "moderate", "high")


def confidence_of(answer: Answer, lineage: Lineage, circles: int) -> Confidence:
    """Apply the rule to an answer and where it comes from.

    What the doubt about the analyst's own priors contributes to the interval is left out of the
    width and reported apart: a hesitant analyst does not make the sources worse.
    """
    evidence = _evidence(answer, lineage, circles)
    found: dict[str, Any] = attrs.asdict(evidence)
    basis = tuple(
        Fact(
            rule.name, found[rule.name], rule.allows(found[rule.name]), rule.words(found[rule.name])
        )
        for rule in RULES
    )
    level = min((fact.allows for fact in basis), key=_LEVELS.index)
    prior_share = math.fsum(
        doubt.share for doubt in answer.doubts if doubt.parameter.kind == "prior"
    )
    return Confidence(level, basis, prior_share)


def _evidence(answer: Answer, lineage: Lineage, circles: int) -> ConfidenceFacts:
    supports = (answer.bits is None and answer.probability > 0.5) or (answer.bits or 0.0) > 0.0
    judged = [origin for origin in lineage.origins if origin.is_judged]
    unknown = [origin for origin in judged if not origin.lineage_known]
    return ConfidenceFacts(
        weight=math.inf if answer.bits is None else abs(answer.bits),
        origins=lineage.independent_origins if supports else lineage.opposing_origins,
        separate=float(
            lineage.has_separate_routes if supports else lineage.has_separate_routes_against
        ),
        shared=len(lineage.shared),
        width=answer.width_without_priors,
        unjudged=_share(len(lineage.origins) - len(judged), len(lineage.origins)),
        unknown_lineage=_share(len(unknown), len(judged)),
        circles=circles,
        error=answer.standard_error
        if answer.evaluation.is_exact
        else max(answer.standard_error, 1e-9),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
