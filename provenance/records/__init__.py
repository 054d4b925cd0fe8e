"""What people write down: a case with its claims, sources, documents, attributions and links.

- `attributions`: who is on record as saying what, from whom, where and when
- `case`: the case as a whole, and a registry of sources that cases share
- `claims`: claims, questions, and the links between them
- `consistency`: the rules that hold between records: references, signs, questions, voices
- `days`: the months by name, and how a date that people write is written in a case
- `record`: what a record is made of: ids, dates, numbers and degrees as people write them
- `sources`: who speaks, how far they are trusted, and what they gain by it
- `validation`: what every record has in common, and what is wrong with one, in our words
"""

from provenance.records.attributions import (
    Attribution,
    Basis,
    Document,
    Locator,
    RetractedBecause,
    SameVoice,
    Stance,
)
from provenance.records.case import Case, Registry
from provenance.records.claims import (
    Claim,
    ContradictsLink,
    EvidenceLink,
    ImpliesLink,
    Link,
    Question,
    Resolution,
)
from provenance.records.consistency import Called
from provenance.records.days import MONTHS, day_in_words
from provenance.records.record import Accuracy, Estimate, Grade, Outcomes, Record, Reference, Span
from provenance.records.sources import DatedGrade, Interest, Source, SourceKind, Stake, is_unnamed
from provenance.records.validation import path_of, shown

__all__ = [
    "MONTHS",
    "Accuracy",
    "Attribution",
    "Basis",
    "Called",
    "Case",
    "Claim",
    "ContradictsLink",
    "DatedGrade",
    "Document",
    "Estimate",
    "EvidenceLink",
    "Grade",
    "ImpliesLink",
    "Interest",
    "Link",
    "Locator",
    "Outcomes",
    "Question",
    "Record",
    "Reference",
    "Registry",
    "Resolution",
    "RetractedBecause",
    "SameVoice",
    "Source",
    "SourceKind",
    "Span",
    "Stake",
    "Stance",
    "day_in_words",
    "is_unnamed",
    "path_of",
    "shown",
]
