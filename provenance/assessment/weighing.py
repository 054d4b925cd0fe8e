"""Weighing: from a case to an assessment of one of its claims, or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

from provenance.assessment.assessment import (
    Assessment,
    assessed,
)
from provenance.assessment.costs import bounded
from provenance.bounds import Cancel, spend
from provenance.display import Answers
from provenance.errors import InvalidValue
from provenance.graph import Graph
from provenance.inference import Coupling, weigh_places, weigh_story
from provenance.records import Case, Claim, Span, shown
from provenance.scales import THETA

__all__ = [
    "as_claim",
    "as_day",
    "checked",
    "checked_theta",
    "weigh",
    "weigh_all",
    "weighed",
    "weighed_together",
]

_READING = 300  # operations for a statement: to lay it out, and to read its part of the answer off


@bounded
def weigh(
    case: Case,
    claim: str | Claim,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    theta: float = THETA,
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Assessment:
    """Weigh one claim of a case (the model's steps 1 to 4).

    The answer is exact unless the case is so interwoven that a table would exceed 2^18 entries, or
    2^24 where numpy is installed; then it is simulated from `seed`, with its standard error and a
    caveat. What is told beside the probability is worked out when it is first asked for.

    Args:
        case: what is on record.
        claim: the id of the claim, or the claim.
        as_of: leave out what was said later; a day, a moment, or a text such as "2015-08".
        coupling: which statements of a source stand or fall together: those of one "story", of the
            "source" everywhere, or "none".
        theta: how soon one more voice of unrecorded lineage is a new one, 0 or above: with n voices
            ahead of it, with chance theta / (theta + n) (Ewens 1972); 0 makes all of them one voice,
            infinity makes each its own. 1.5 is measured, see `DEFAULTS`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, counted alike on every machine, so that the same
            case is answered, simulated or refused everywhere; ten million or so take two
            seconds. If absent, 25 million and ten thousand for every record of the case.
        cancel: what to ask now and then whether to stop, such as a `threading.Event`.

    Raises:
        UnknownName: there is no such claim.
        InvalidValue: there is no such coupling or day, theta is not 0 or above, or `claim` can name
            no claim.
        ImpossibleEvidence: what we have cannot all be said under the certainties of the case.
        IncompatiblePriors: the stated priors cannot hold together under the links.
        TooEntangled: the links need a table over the limit.
        TooCostly: it takes more operations than the budget; the error says what makes it so.
        Cancelled: `cancel` was set.

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
    graph = Graph.kept(case, as_day(as_of))
    return weighed(graph, as_claim(claim), checked(coupling), seed, theta=checked_theta(theta))


@bounded
def weigh_all(
    case: Case,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    theta: float = THETA,
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Answers[Assessment]:
    """Weigh every claim of a case, in its order; see `weigh`.

    The case is brought to canonical form once. All claims of one story are read off one forward and
    one backward sum, so that they cost little more than one claim; claims in separate stories cost
    what they cost one by one. What is told of an answer beside its probability is worked out when it
    is first asked for.

    >>> from provenance import load_seed
    >>> for assessment in weigh_all(load_seed("egypt-arms-2015"))[:2]:
    ...     print(assessment.claim, round(assessment.probability, 2))
    armed 0.17
    sailed 0.06
    """
    graph = Graph.of(case, as_day(as_of))
    checked(coupling)
    checked_theta(theta)
    claims: dict[int, list[str]] = {}
    for claim in case.claims:
        claims.setdefault(graph.story_of[claim.id], []).append(claim.id)
    found: dict[str, Assessment] = {}
    for ids in claims.values():
        found.update(weighed_together(graph, ids, coupling, seed, theta=theta))
    return Answers(found[claim.id] for claim in case.claims)


def weighed_together(
    graph: Graph,
    claims: Sequence[str],
    coupling: Coupling = "story",
    seed: int = 0,
    *,
    theta: float = THETA,
) -> Iterator[tuple[str, Assessment]]:
    """Weigh some claims of one story of a graph, one after the other; all off one sum where it is exact."""
    story = graph.joined(claims[0]) if coupling == "source" else graph.story(claims[0])
    places = [story.places[each] for each in claims]
    answers = weigh_places(story, places, coupling, seed=seed, theta=theta)
    for claim, answer in zip(claims, answers, strict=True):
        yield claim, assessed(graph, claim, answer)


def as_claim(claim: str | Claim) -> str:
    """The id of a claim that is named by it or given; raises `InvalidValue` for anything else.

    >>> as_claim(Claim(id="sailed", text="The ship sailed"))
    'sailed'
    """
    if isinstance(claim, Claim):
        return claim.id
    if not isinstance(claim, str):
        raise InvalidValue(f"expected the id of a claim, or a claim, found {shown(claim)}")
    return claim


def as_day(as_of: date | str | None) -> date | None:
    """A day, or a minute in UTC, from either or from a text; of a span its end counts."""
    if as_of is None:
        return None
    span = Span.of(as_of)
    return span.ends if span.ends_on_a_minute else span.last


def checked_theta(theta: float) -> float:
    """The theta; raises `InvalidValue` unless it is a number, 0 or above."""
    if isinstance(theta, bool) or not isinstance(theta, int | float) or not theta >= 0.0:
        raise InvalidValue(f"expected a theta of 0 or above, found {theta!r}")
    return theta


def checked(coupling: Coupling) -> Coupling:
    """A coupling that there is; raises `InvalidValue` for any other word."""
    if coupling not in get_args(Coupling):
        raise InvalidValue(f"expected a coupling of story, source or none, found {coupling!r}")
    return coupling


def weighed(
    graph: Graph,
    claim: str,
    coupling: Coupling,
    seed: int,
    *,
    effort: float = 1.0,
    theta: float = THETA,
) -> Assessment:
    """Weigh one claim of a graph; `effort` is the share of the usual sweeps of a simulation."""
    story = graph.joined(claim) if coupling == "source" else graph.story(claim)
    place = story.places[claim]
    spend(_READING * len(story.statements), "weighing a claim")
    found = weigh_story(story, place, coupling, seed=seed, effort=effort, theta=theta)
    return assessed(graph, claim, found)
