"""Weighing a claim: how likely it is, how well founded that is, and why."""

from provenance.assessment.assessment import Assessment
from provenance.assessment.changes import Add, Change, Remove, read_change
from provenance.assessment.checking import Mentions, Weakness, check, mentions_of
from provenance.assessment.confidence import RULES, Rule
from provenance.assessment.timeline import Entry, Timeline, timeline
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
from provenance.assessment.what_if import Questioned, WhatIf, questioned, what_if
from provenance.assessment.writing import as_data

__all__ = [
    "RULES",
    "Add",
    "Assessment",
    "Caveat",
    "Change",
    "Confidence",
    "Doubt",
    "Entry",
    "Fact",
    "Interval",
    "Mentions",
    "Questioned",
    "Reason",
    "Remove",
    "Rule",
    "SourceTrust",
    "StatementWeight",
    "Timeline",
    "Weakness",
    "WhatIf",
    "as_data",
    "check",
    "mentions_of",
    "questioned",
    "read_change",
    "timeline",
    "weigh",
    "weigh_all",
    "what_if",
]
