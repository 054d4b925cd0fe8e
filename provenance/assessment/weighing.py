"""Weighing: from a case to an assessment of one of its claims, or of all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import get_args

import attrs

from provenance.assessment.assessment import Assessment
from provenance.assessment.reasons import strength
from provenance.assessment.values import Doubt, Interval, SourceTrust, StatementWeight
from provenance.errors import InvalidValue
from provenance.graph import Graph, Place, Story
from provenance.inference import Answer, Coupling, Parameter, weigh_story
from provenance.records import Case, Span

__all__ = [
    "as_day",
    "assessed",
    "at_prior",
    "checked",
    "reweighed_at",
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


def assessed(graph: Graph, claim: str, answer: Answer) -> Assessment:
    """An answer of the inference in the terms of the case."""
    story = answer.evaluation.story
    question = story.questions[answer.place.question]
    return Assessment(
        claim=claim,
        text=graph.texts[claim],
        probability=answer.probability,
        interval=Interval(answer.low, answer.high),
        prior=answer.prior,
        prior_stated=question.prior is not None,
        bits=answer.bits,
        statements=_statements(story, answer),
        doubts=tuple(
            Doubt(f"{doubt.parameter.kind}:{_name(story, doubt.parameter)}", doubt.share)
            for doubt in answer.doubts
        ),
        potentials=MappingProxyType(
            {story.witnesses[witness].id: p for witness, p in answer.potentials}
        ),
        ignored=graph.ignored,
        sources=_trusts(story, answer),
        as_of=graph.as_of,
        coupling=answer.evaluation.structure.coupling,
        graph=graph,
        answer=answer,
    )


def _statements(story: Story, answer: Answer) -> tuple[StatementWeight, ...]:
    found = [StatementWeight(story.statements[index].id, bits) for index, bits in answer.weights]
    return tuple(sorted(found, key=lambda each: (-strength(each.bits), each.attribution)))


def _name(story: Story, parameter: Parameter) -> str:
    if parameter.kind in ("reliability", "access"):
        return story.witnesses[parameter.index].id
    if parameter.kind == "prior":
        return story.questions[parameter.index].id
    return story.statements[parameter.index].id


def _trusts(story: Story, answer: Answer) -> tuple[SourceTrust, ...]:
    single = answer.evaluation.structure.coupling == "none"
    states = answer.evaluation.structure.network.states
    return tuple(
        SourceTrust(
            story.witnesses[trust.witness].id,
            trust.prior,
            trust.posterior,
            story.statements[state.statements[0]].id if single else None,
        )
        for trust, state in zip(answer.trusts, states, strict=True)
    )


def reweighed_at(assessment: Assessment, prior: float) -> Assessment:
    """The same evidence on another prior; see `Assessment.at_prior`."""
    if not 0.0 < prior < 1.0:
        raise InvalidValue(f"expected a prior above 0 and below 1, found {prior!r}")
    answer = assessment.answer
    story = at_prior(answer.evaluation.story, answer.place, prior)
    again = weigh_story(
        story, answer.place, answer.evaluation.structure.coupling, seed=answer.evaluation.seed
    )
    return assessed(assessment.graph, assessment.claim, again)


def at_prior(story: Story, place: Place, prior: float) -> Story:
    """A story with another prior at one value, the other values keeping their proportions."""
    question = story.questions[place.question]
    old = question.prior or (1.0 / question.size,) * question.size
    rest = 1.0 - old[place.value]
    shares: Iterable[float] = (
        prior if value == place.value else p * (1.0 - prior) / rest for value, p in enumerate(old)
    )
    changed = attrs.evolve(question, prior=tuple(shares), strength=math.inf)
    questions = list(story.questions)
    questions[place.question] = changed
    return attrs.evolve(story, questions=tuple(questions))
