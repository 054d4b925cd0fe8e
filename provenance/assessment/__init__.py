"""Weighing a claim: how likely it is, how well founded that is, and why."""

from provenance.assessment.assessment import Assessment
from provenance.assessment.checking import Mentions, Weakness, check, mentions_of
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
from provenance.assessment.writing import as_data

__all__ = [
    "RULES",
    "Assessment",
    "Caveat",
    "Confidence",
    "Doubt",
    "Fact",
    "Interval",
    "Mentions",
    "Reason",
    "Rule",
    "SourceTrust",
    "StatementWeight",
    "Weakness",
    "as_data",
    "check",
    "mentions_of",
    "weigh",
    "weigh_all",
]
