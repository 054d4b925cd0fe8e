"""What people write down: a case with its claims, sources, documents, attributions and links."""

from provenance.records.attributions import (
    Attribution,
    Basis,
    Document,
    Locator,
    SameVoice,
    Stance,
)
from provenance.records.belief import Accuracy, Estimate, Grade, Outcomes
from provenance.records.case import Case
from provenance.records.claims import Claim, Question, Resolution
from provenance.records.dates import Span
from provenance.records.links import ContradictsLink, EvidenceLink, ImpliesLink, Link
from provenance.records.record import Record, Reference
from provenance.records.registry import Registry
from provenance.records.sources import Interest, Source, SourceKind, Stake

__all__ = [
    "Accuracy",
    "Attribution",
    "Basis",
    "Case",
    "Claim",
    "ContradictsLink",
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
    "SameVoice",
    "Source",
    "SourceKind",
    "Span",
    "Stake",
    "Stance",
]
