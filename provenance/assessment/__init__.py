"""Weighing a claim: how likely it is, how well founded that is, and why."""

from provenance.assessment.assessment import Assessment
from provenance.assessment.changes import Add, Change, Remove, read_change
from provenance.assessment.checking import Mentions, Weakness, check, mentions_of
from provenance.assessment.confidence import RULES, Rule
from provenance.assessment.curves import Curve, Point, over_priors
from provenance.assessment.leads import leads
from provenance.assessment.prospects import Lead, LeadOutcome, Leads
from provenance.assessment.sensitivity import (
    NextWord,
    Sensitivity,
    SourceSensitivity,
    sensitivity,
)
from provenance.assessment.stream import weigh_stream
from provenance.assessment.timeline import Entry, Timeline, timeline
from provenance.assessment.track_records import (
    Outcome,
    Passed,
    TrackRecord,
    graded,
    track_record,
)
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
    "Curve",
    "Doubt",
    "Entry",
    "Fact",
    "Interval",
    "Lead",
    "LeadOutcome",
    "Leads",
    "Mentions",
    "NextWord",
    "Outcome",
    "Passed",
    "Point",
    "Questioned",
    "Reason",
    "Remove",
    "Rule",
    "Sensitivity",
    "SourceSensitivity",
    "SourceTrust",
    "StatementWeight",
    "Timeline",
    "TrackRecord",
    "Weakness",
    "WhatIf",
    "as_data",
    "check",
    "graded",
    "leads",
    "mentions_of",
    "over_priors",
    "questioned",
    "read_change",
    "sensitivity",
    "timeline",
    "track_record",
    "weigh",
    "weigh_all",
    "weigh_stream",
    "what_if",
]
