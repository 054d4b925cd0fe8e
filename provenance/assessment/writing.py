"""An assessment as plain data: the object that `provenance weigh --json` prints."""

from __future__ import annotations

from importlib import metadata
from typing import Any

from provenance.assessment.assessment import Assessment
from provenance.casefiles import case_digest

__all__ = ["SCHEMA", "as_data", "library_version"]

SCHEMA = "claim-provenance/assessment/1"


def library_version() -> str:
    """The version of the installed distribution."""
    try:
        return metadata.version("claim-provenance")
    except metadata.PackageNotFoundError:
        return "unknown"


def as_data(assessment: Assessment, *, digest: str | None = None) -> dict[str, Any]:
    """An assessment as plain data that JSON can carry.

    Args:
        assessment: the assessment.
        digest: the digest of its case, where that has been worked out before.

    >>> from provenance import load_case, weigh
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [], "attributions": [],
    ... })
    >>> as_data(weigh(case, "sailed"))["interval"]
    [0.1, 0.1]
    """
    return {
        "schema": SCHEMA,
        "library": library_version(),
        "case_sha256": digest or case_digest(assessment.case),
        "as_of": None if assessment.as_of is None else assessment.as_of.isoformat(),
        "claim": assessment.claim,
        "text": assessment.text,
        "probability": assessment.probability,
        "interval": [assessment.interval.low, assessment.interval.high],
        "interval_level": 0.9,
        "prior": assessment.prior,
        "prior_stated": assessment.prior_stated,
        "bits": assessment.bits,
        "confidence": assessment.confidence.level,
        "confidence_basis": [
            {
                "fact": fact.name,
                "value": _finite(fact.value),
                "allows": fact.allows,
                "text": fact.text,
            }
            for fact in assessment.confidence.basis
        ],
        "credibility": assessment.credibility,
        "independent_origins": assessment.independent_origins,
        "opposing_origins": assessment.opposing_origins,
        "reasons": [
            {"source": each.source, "bits": each.bits, "statements": list(each.statements)}
            for each in assessment.reasons
        ],
        "statements": [
            {"attribution": each.attribution, "bits": each.bits} for each in assessment.statements
        ],
        "doubts": [{"about": each.about, "share": each.share} for each in assessment.doubts],
        "potentials": dict(assessment.potentials),
        "ignored": [
            {"attribution": each.attribution, "why": each.why.value} for each in assessment.ignored
        ],
        "sources": [
            {"source": each.source, "prior": each.prior, "posterior": each.posterior}
            for each in assessment.sources
        ],
        "opinion": {
            "belief": assessment.opinion.belief,
            "disbelief": assessment.opinion.disbelief,
            "uncertainty": assessment.opinion.uncertainty,
            "base_rate": assessment.opinion.base_rate,
        },
        "caveats": [{"kind": each.kind, "text": each.text} for each in assessment.caveats],
        "coupling": assessment.coupling,
        "approximate": assessment.approximate,
        "standard_error": assessment.standard_error,
    }


def _finite(value: float | bool) -> float | bool | None:
    """JSON has no infinity: a certainty's weight of evidence is written as null."""
    return None if value == float("inf") else value
