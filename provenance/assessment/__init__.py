"""Weighing a claim: how likely it is, how well founded that is, and why."""

from provenance.assessment.assessment import Assessment
from provenance.assessment.confidence import RULES, Rule
from provenance.assessment.values import (
    Caveat,
    Confidence,
    Doubt,
    Fact,
    Interval,
    Reason,
    SourceTrust,
    StatementWeight,
)
from provenance.assessment.weighing import weigh, weigh_all

__all__ = [
    "RULES",
    "Assessment",
    "Caveat",
    "Confidence",
    "Doubt",
    "Fact",
    "Interval",
    "Reason",
    "Rule",
    "SourceTrust",
    "StatementWeight",
    "weigh",
    "weigh_all",
]
