"""What people write down: a case with its claims, sources, documents, attributions and links."""

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
from provenance.records.record import Accuracy, Estimate, Grade, Outcomes, Record, Reference, Span
from provenance.records.sources import DatedGrade, Interest, Source, SourceKind, Stake
from provenance.records.validation import path_of, shown

__all__ = [
    "Accuracy",
    "Attribution",
    "Basis",
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
    "path_of",
    "shown",
]
