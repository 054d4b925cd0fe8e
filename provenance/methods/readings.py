"""A case read by one other method: subjective logic, possible worlds, or argument ranking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import attrs

from provenance.assessment.weighing import as_day
from provenance.graph import Graph, Place, Story
from provenance.inference import priors_of
from provenance.methods.arguments import CLAIM, arguments_of
from provenance.methods.ranking import Semantics, rank
from provenance.methods.subjective import Fusion, SubjectiveReading, read_subjectively
from provenance.methods.support import Support, support_of
from provenance.methods.trust import Discounting
from provenance.records import Case

__all__ = [
    "Ranking",
    "_effective_prior",
    "rank_arguments",
    "weigh_possible_worlds",
    "weigh_subjective",
]


def _effective_prior(story: Story, place: Place) -> float:
    """What links and stated priors make of a value before anyone is heard."""
    return priors_of(story).stated[place.question][place.value]


def weigh_subjective(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    discounting: Discounting = "base-rate",
    fusion: Fusion = "cumulative",
) -> SubjectiveReading:
    """A claim read by subjective logic over its chains: each discounted, all of them fused.

    The base rate is the effective prior of the claim; `warning` says which sources and statements
    stand on several routes, and are therefore counted more than once.

    Args:
        as_of: leave out what was said later; a day, or a text such as "2015-08".
        discounting: what is made of a source that is not believed, see `discount`.
        fusion: how the routes are put together: "cumulative", "averaging", "weighted",
            "constraint" or "compromise".

    Raises:
        UnknownName: no such claim.
        InvalidValue: an unknown form or fusion.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     sources=[{"id": "general", "reliability": "C"}, {"id": "paper", "reliability": "B"}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "report", "source": "paper", "cites": "tweet"},
    ...     ],
    ... )
    >>> print(weigh_subjective(case, "sailed").opinion)
    belief 0.330, disbelief 0.000, uncertainty 0.670, base rate 0.100
    """
    graph = Graph.of(case, as_day(as_of))
    story, place = graph.story(claim), graph.place(claim)
    prior = _effective_prior(story, place)
    return read_subjectively(story, place, prior, discounting=discounting, fusion=fusion)


def weigh_possible_worlds(
    case: Case, claim: str, *, as_of: date | str | None = None, seed: int = 0
) -> Support:
    """The possible-worlds support of a claim: what implies it, and what allows it.

    Exact up to 2^19 steps of its diagrams, beyond that sampled from the seed with a stated error.

    Raises:
        UnknownName: no such claim.
        ImpossibleEvidence: what is in hand contradicts itself in every world.
        InvalidValue: it does so in every sampled world.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed"}],
    ...     sources=[{"id": "general", "reliability": 0.5}, {"id": "captain", "reliability": 0.5}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "log", "source": "captain", "claim": "sailed"},
    ...     ],
    ... )
    >>> print(weigh_possible_worlds(case, "sailed"))
    between 0.750 and 1.000
    """
    graph = Graph.of(case, as_day(as_of))
    return support_of(graph.story(claim), graph.place(claim), seed=seed)


@attrs.frozen
class Ranking:
    """How strong a claim stands as an argument, and everything said about it."""

    strength: float
    """The strength of the claim, in [0, 1]."""
    prior: float
    """Its strength before anything is said."""
    arguments: Mapping[str, float]
    """The strength of every argument of its graph, by name."""


def rank_arguments(
    case: Case, claim: str, *, as_of: date | str | None = None, semantics: Semantics = "df-quad"
) -> Ranking:
    """A claim ranked as an argument, from what supports and attacks it.

    Raises:
        UnknownName: no such claim.
        InvalidValue: an unknown semantics.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     sources=[{"id": "captain", "reliability": 0.5}],
    ...     attributions=[{"id": "log", "source": "captain", "claim": "sailed"}],
    ... )
    >>> round(rank_arguments(case, "sailed").strength, 6)
    0.55
    """
    graph = Graph.of(case, as_day(as_of))
    story, place = graph.story(claim), graph.place(claim)
    prior = _effective_prior(story, place)
    strengths = rank(arguments_of(story, place, prior), semantics)
    return Ranking(strengths[CLAIM], prior, MappingProxyType(strengths))
