"""Weighing: from a case to an assessment of one of its claims, or of all."""

from __future__ import annotations

from datetime import date
from typing import get_args

from provenance.assessment.assessment import (
    Assessment,
    assessed,
)
from provenance.errors import InvalidValue
from provenance.graph import Graph
from provenance.inference import Coupling, weigh_story
from provenance.records import Case, Span

__all__ = [
    "as_day",
    "checked",
    "weigh",
    "weigh_all",
    "weighed",
]


def weigh(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
) -> Assessment:
    """Weigh one claim of a case.

    The answer is exact unless the case is so interwoven that a table would exceed 2^18 entries;
    then it is simulated from `seed`, with its standard error and a caveat.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: leave out what was said later; a day, or a text such as "2015-08".
        coupling: which statements of a source stand or fall together: those of one "story", of the
            "source" everywhere, or "none".
        seed: where simulation starts, if there is any.

    Raises:
        UnknownName: there is no such claim.
        ImpossibleEvidence: what is in hand cannot all be said under the certainties of the case.
        IncompatiblePriors: the stated priors cannot hold together under the links.
        TooEntangled: the links need a table over the limit.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> assessment = weigh(case, "sailed")
    >>> round(assessment.probability, 3), assessment.independent_origins
    (0.25, 1)
    """
    return weighed(Graph.of(case, as_day(as_of)), claim, checked(coupling), seed)


def weigh_all(
    case: Case,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
) -> tuple[Assessment, ...]:
    """Weigh every claim of a case, in its order; see `weigh`.

    The case is brought to canonical form once, so that claims in separate stories cost no more
    together than one by one.

    >>> from provenance import load_seed
    >>> for assessment in weigh_all(load_seed("egypt-arms-2015"))[:2]:
    ...     print(assessment.claim, round(assessment.probability, 2))
    armed 0.17
    sailed 0.06
    """
    graph = Graph.of(case, as_day(as_of))
    checked(coupling)
    return tuple(weighed(graph, claim.id, coupling, seed) for claim in case.claims)


def as_day(as_of: date | str | None) -> date | None:
    """A day from a day, or from a text, of whose span the last day counts."""
    return None if as_of is None else Span.of(as_of).last


def checked(coupling: Coupling) -> Coupling:
    """The coupling; raises `InvalidValue` where there is no such one."""
    if coupling not in get_args(Coupling):
        raise InvalidValue(f"expected a coupling of story, source or none, found {coupling!r}")
    return coupling


def weighed(
    graph: Graph, claim: str, coupling: Coupling, seed: int, *, effort: float = 1.0
) -> Assessment:
    """Weigh one claim of a graph; `effort` is the share of the usual sweeps of a simulation."""
    story = graph.joined(claim) if coupling == "source" else graph.story(claim)
    place = story.places[claim]
    return assessed(graph, claim, weigh_story(story, place, coupling, seed=seed, effort=effort))
