"""Small ways to put a case together and to ask it something, for tests of theorems."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from provenance.assessment import Assessment, weigh
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence, IncompatiblePriors
from tests.twins.drawn_cases import drawn_cases

__all__ = [
    "SECOND_WORDS",
    "asked",
    "bases",
    "log_odds",
    "on_record",
    "one_claim",
    "with_more",
]

Written = dict[str, Any]

SECOND_WORDS = ("disowns", "gates", "source gates")
"""Features by which a source that cites itself may have one more word, of no recorded lineage."""


def asked(written: Mapping[str, Any], claim: str = "x", **how: Any) -> Assessment:
    """The assessment of one claim of a case as it is written."""
    return weigh(load_case(dict(written)), claim, **how)


def log_odds(written: Mapping[str, Any], claim: str = "x", **how: Any) -> float:
    """The natural log-odds of a claim."""
    p = asked(written, claim, **how).probability
    return math.log(p) - math.log1p(-p)


def one_claim(
    prior: object, sources: Mapping[str, object], *attributions: Written, **more: Any
) -> Written:
    """A case about the claim `x`; sources by id with their reliability."""
    return {
        "version": 1,
        "claims": [{"id": "x", "text": "that x", "prior": prior}],
        "sources": [{"id": name, "reliability": value} for name, value in sources.items()],
        "attributions": [{"id": f"a{n}"} | each for n, each in enumerate(attributions)],
    } | more


def with_more(
    written: Mapping[str, Any], sources: list[Written], *attributions: Written
) -> Written:
    """A case with more sources and more attributions."""
    return dict(written) | {
        "sources": [*written["sources"], *sources],
        "attributions": [*written["attributions"], *attributions],
    }


def on_record(written: Mapping[str, Any]) -> Written:
    """The case where every origin is known to speak for itself, so that nobody stands in a line."""
    return dict(written) | {
        "attributions": [
            each | {"basis": "firsthand"}
            if "claim" in each and each.get("basis", "unstated") == "unstated"
            else each
            for each in written["attributions"]
        ]
    }


@st.composite
def bases(
    draw: st.DrawFn, /, *, always: tuple[str, ...] = (), never: tuple[str, ...] = ()
) -> tuple[Written, str]:
    """Any case that is possible, and one of its claims that is not already certain.

    `always` and `never` name features of the twin's cases.
    """
    written = draw(drawn_cases(always=always, never=never))
    claim = draw(st.sampled_from([each["id"] for each in written["claims"]]))
    try:
        p = asked(written, claim).probability
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)
        raise
    assume(1e-6 < p < 1 - 1e-6)
    return written, claim
