"""Weighing a claim: how likely it is, how well founded that is, and why."""

from provenance.assessment.assessment import Assessment, as_data, drawn, library_version
from provenance.assessment.caveats import Mentions
from provenance.assessment.changes import Add, Change, Remove, read_change
from provenance.assessment.checking import WEAKNESSES, Weakness, check, mentions_of
from provenance.assessment.confidence import RULES, ConfidenceRule
from provenance.assessment.leads import Lead, LeadOutcome, Leads, leads, leads_in
from provenance.assessment.sensitivity import (
    Curve,
    NextWord,
    Point,
    Sensitivity,
    SourceSensitivity,
    over_priors,
    priors_in,
    sensitivity,
    sensitivity_in,
)
from provenance.assessment.stream import weigh_stream
from provenance.assessment.timeline import Timeline, TimelineEntry, timeline
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
from provenance.assessment.weighing import as_day, checked, weigh, weigh_all
from provenance.assessment.what_if import Questioned, WhatIf, questioned, what_if

__all__ = [
    "RULES",
    "WEAKNESSES",
    "Add",
    "Assessment",
    "Caveat",
    "Change",
    "Confidence",
    "ConfidenceRule",
    "Curve",
    "Doubt",
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
    "Sensitivity",
    "SourceSensitivity",
    "SourceTrust",
    "StatementWeight",
    "Timeline",
    "TimelineEntry",
    "TrackRecord",
    "Weakness",
    "WhatIf",
    "as_data",
    "as_day",
    "check",
    "checked",
    "drawn",
    "graded",
    "leads",
    "leads_in",
    "library_version",
    "mentions_of",
    "over_priors",
    "priors_in",
    "questioned",
    "read_change",
    "sensitivity",
    "sensitivity_in",
    "timeline",
    "track_record",
    "weigh",
    "weigh_all",
    "weigh_stream",
    "what_if",
]
