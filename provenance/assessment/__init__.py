"""Weighing a claim: how likely it is, how well founded that is, and why.

- `assessment`: the answer, its data, and how it shows itself
- `caveats`: what the reader of an answer should know about the case behind it
- `cautions`: what to be careful about, and what to do about it, in sentences
- `changes`: hypothetical changes to a case
- `checking`: what an editor would ask before trusting a case
- `confidence`: analytic confidence: one table of rules over facts of the case
- `costs`: what makes a case costly, and the budget within which it is asked
- `leads`: what to find out next, found in a case
- `lookalikes`: sources and claims that may be one and the same, by what they are called
- `names`: what people call what ids stand for
- `prospects`: something to find out, how it may turn out, and what that would do
- `responses`: the answer as a function of one source's reliability
- `sensitivity`: how the answer hangs on priors and on each source
- `stream`: a stream of cases, weighed in parallel
- `suppositions`: changes as a sentence supposes them, and why some move nothing
- `telling`: an answer in sentences, for three kinds of readers
- `timeline`: how an answer grew, day by day
- `track_records`: how what a source said turned out
- `upstream`: who may be repeating whom, in sentences
- `values`: what an assessment is made of
- `weaknesses`: what a check finds, and the answer in the case as it is probably meant
- `weighing`: from a case to an answer: `weigh`, `weigh_all`
- `what_if`: the same question with something changed
- `wordings`: hedges that change nothing or stand in the wrong place, and turned denials
"""

from provenance.assessment.assessment import Assessment, as_data, library_version, unread
from provenance.assessment.cautions import ADVICE, careful_of
from provenance.assessment.caveats import Mentions
from provenance.assessment.changes import Add, Change, Remove, read_change
from provenance.assessment.checking import check, mentions_of
from provenance.assessment.confidence import RULES, ConfidenceRule
from provenance.assessment.costs import bounded, kept_within, naming, told_within, why_costly
from provenance.assessment.leads import leads, leads_in
from provenance.assessment.names import Names, doubt_in_words, said_of, unweighed_of
from provenance.assessment.prospects import Lead, LeadOutcome, Leads, less_in_words
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
from provenance.assessment.stream import record_text, weigh_frame, weigh_stream
from provenance.assessment.suppositions import supposed_in_words
from provenance.assessment.telling import (
    Answered,
    Audience,
    Telling,
    is_established,
    telling_of,
    verdict_of,
    verdict_word,
)
from provenance.assessment.timeline import (
    Timeline,
    TimelineEntry,
    became_known,
    timeline,
    timeline_in,
)
from provenance.assessment.track_records import (
    Outcome,
    Passed,
    TrackRecord,
    graded,
    track_record,
)
from provenance.assessment.values import (
    AtPrior,
    Caveat,
    Confidence,
    Doubt,
    Fact,
    Interval,
    Reason,
    SourceTrust,
    StatementWeight,
)
from provenance.assessment.weaknesses import WEAKNESSES, Weakness
from provenance.assessment.weighing import as_day, checked, weigh, weigh_all
from provenance.assessment.what_if import Perhaps, Questioned, WhatIf, questioned, what_if

__all__ = [
    "ADVICE",
    "RULES",
    "WEAKNESSES",
    "Add",
    "Answered",
    "Assessment",
    "AtPrior",
    "Audience",
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
    "Names",
    "NextWord",
    "Outcome",
    "Passed",
    "Perhaps",
    "Point",
    "Questioned",
    "Reason",
    "Remove",
    "Sensitivity",
    "SourceSensitivity",
    "SourceTrust",
    "StatementWeight",
    "Telling",
    "Timeline",
    "TimelineEntry",
    "TrackRecord",
    "Weakness",
    "WhatIf",
    "as_data",
    "as_day",
    "became_known",
    "bounded",
    "careful_of",
    "check",
    "checked",
    "doubt_in_words",
    "graded",
    "is_established",
    "kept_within",
    "leads",
    "leads_in",
    "less_in_words",
    "library_version",
    "mentions_of",
    "naming",
    "over_priors",
    "priors_in",
    "questioned",
    "read_change",
    "record_text",
    "said_of",
    "sensitivity",
    "sensitivity_in",
    "supposed_in_words",
    "telling_of",
    "timeline",
    "timeline_in",
    "told_within",
    "track_record",
    "unread",
    "unweighed_of",
    "verdict_of",
    "verdict_word",
    "weigh",
    "weigh_all",
    "weigh_frame",
    "weigh_stream",
    "what_if",
    "why_costly",
]
