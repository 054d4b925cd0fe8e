"""How likely a disputed claim is, by tracing every report back to the source that began it.

Verbs, the records that people write, and the errors stand here; what an answer is made of stands in
`provenance.assessment` and the other rooms.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from provenance.assessment import (
    Add,
    Assessment,
    Change,
    Remove,
    check,
    graded,
    leads,
    sensitivity,
    timeline,
    track_record,
    weigh,
    weigh_all,
    weigh_frame,
    weigh_stream,
    what_if,
)
from provenance.casefiles import (
    case_digest,
    case_schema,
    dump_case,
    load_case,
    load_seed,
    load_sources,
    merge_cases,
    save_case,
    shipped_seeds,
)
from provenance.errors import (
    Cancelled,
    CaseError,
    FormatError,
    ImpossibleEvidence,
    IncompatiblePriors,
    InvalidValue,
    MissingExtra,
    Problem,
    ProvenanceError,
    TableError,
    TooCostly,
    TooEntangled,
    UnknownName,
)
from provenance.graph import Graph
from provenance.records import (
    Accuracy,
    Attribution,
    Case,
    Claim,
    ContradictsLink,
    DatedGrade,
    Document,
    Estimate,
    EvidenceLink,
    ImpliesLink,
    Interest,
    Locator,
    Outcomes,
    Question,
    Reference,
    Registry,
    Resolution,
    SameVoice,
    Source,
    Span,
)
from provenance.scales import Degree, convert, in_words

if TYPE_CHECKING:
    from provenance.drafting import audit
    from provenance.exchange import from_tables
    from provenance.methods import compare
    from provenance.report import report_html

__all__ = [
    "Accuracy",
    "Add",
    "Assessment",
    "Attribution",
    "Cancelled",
    "Case",
    "CaseError",
    "Change",
    "Claim",
    "ContradictsLink",
    "DatedGrade",
    "Degree",
    "Document",
    "Estimate",
    "EvidenceLink",
    "FormatError",
    "Graph",
    "ImpliesLink",
    "ImpossibleEvidence",
    "IncompatiblePriors",
    "Interest",
    "InvalidValue",
    "Locator",
    "MissingExtra",
    "Outcomes",
    "Problem",
    "ProvenanceError",
    "Question",
    "Reference",
    "Registry",
    "Remove",
    "Resolution",
    "SameVoice",
    "Source",
    "Span",
    "TableError",
    "TooCostly",
    "TooEntangled",
    "UnknownName",
    "audit",
    "case_digest",
    "case_schema",
    "check",
    "compare",
    "convert",
    "dump_case",
    "from_tables",
    "graded",
    "in_words",
    "leads",
    "load_case",
    "load_seed",
    "load_sources",
    "merge_cases",
    "report_html",
    "save_case",
    "sensitivity",
    "shipped_seeds",
    "timeline",
    "track_record",
    "weigh",
    "weigh_all",
    "weigh_frame",
    "weigh_stream",
    "what_if",
]


def __getattr__(name: str) -> Any:
    # Rooms that few programs ask for are loaded when one of their names is first asked for.
    if name == "compare":
        found: Any = import_module("provenance.methods").compare
    elif name == "audit":
        found = import_module("provenance.drafting").audit
    elif name == "from_tables":
        found = import_module("provenance.exchange").from_tables
    elif name == "report_html":
        found = import_module("provenance.report").report_html
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
