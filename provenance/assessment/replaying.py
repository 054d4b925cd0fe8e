"""Replaying: a graph with other numbers in it, without going through its case again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from provenance.assessment.changes import Add, Change, Remove, place_of, revised
from provenance.assessment.saying import commitment_of
from provenance.graph import Graph
from provenance.graph.drafts import degree_of
from provenance.graph.story import Link, Question, Statement, Story
from provenance.graph.witnesses import witness_of
from provenance.records import Attribution, EvidenceLink, Source
from provenance.scales import DEFAULT_COMPETENCE, DEFAULT_FIDELITY, confirms

__all__ = ["replayed", "same_shape"]


def replayed(graph: Graph, changes: Iterable[Change | Remove | Add]) -> Graph | None:
    """The graph with some numbers changed; `None` where it has to be made from the case again.

    The case that it carries is still the old one. Raises `UnknownName` or `CaseError` for a change
    that the case does not allow.
    """
    stories = graph.stories
    records: dict[tuple[str, int], Any] = {}
    for change in changes:
        if not isinstance(change, Change) or change.kind not in _WAYS:
            return None
        section, position = where = place_of(graph.case, change)
        old = records.get(where, getattr(graph.case, section)[position])
        records[where] = record = revised(old, change)
        tried = _WAYS[change.kind](graph, stories, section, position, record)
        if tried is None:
            return None
        stories = tried
    return attrs.evolve(graph, stories=stories)


def same_shape(one: Story, other: Story) -> bool:
    """Whether two stories differ in numbers alone, so that one structure serves both."""
    return (
        [(q.values, q.is_sign) for q in one.questions]
        == [(q.values, q.is_sign) for q in other.questions]
        and list(map(_kind, one.links)) == list(map(_kind, other.links))
        and [w.id for w in one.witnesses] == [w.id for w in other.witnesses]
        and list(map(_bones, one.statements)) == list(map(_bones, other.statements))
    )


def _kind(link: Link) -> tuple[object, ...]:
    counted = link.crowd is not None
    return (link.first, link.second, link.is_conditional, link.crowd, counted and link.is_strict)


def _bones(each: Statement) -> tuple[object, ...]:
    return (
        each.witness,
        each.question,
        each.value,
        each.affirms,
        each.cites,
        each.in_hand,
        each.voice,
    )


_Stories = tuple[Story, ...]


def _source(
    graph: Graph, stories: _Stories, section: str, position: int, source: Source
) -> _Stories:
    witness = witness_of(source)
    return tuple(
        attrs.evolve(
            story,
            witnesses=tuple(witness if w.id == witness.id else w for w in story.witnesses),
        )
        if any(w.id == witness.id for w in story.witnesses)
        else story
        for story in stories
    )


def _prior(
    graph: Graph, stories: _Stories, section: str, position: int, record: Any
) -> _Stories | None:
    case = graph.case
    if section == "claims":
        in_question = any(record.id in question.claims for question in case.questions)
        is_sign = any(isinstance(k, EvidenceLink) and k.sign == record.id for k in case.links)
        if in_question or is_sign:
            return None
        prior, strength = _plain_prior(record.prior)
    else:
        prior, strength = record.prior, math.inf
        if prior is not None and not record.exhaustive:
            prior = (*prior, 1.0 - sum(prior))

    def evolved(question: Question) -> Question:
        if question.id != record.id:
            return question
        return attrs.evolve(question, prior=prior, strength=strength)

    return tuple(
        attrs.evolve(story, questions=tuple(map(evolved, story.questions)))
        if any(question.id == record.id for question in story.questions)
        else story
        for story in stories
    )


def _plain_prior(written: Any) -> tuple[tuple[float, ...] | None, float]:
    if written is None:
        return None, math.inf
    degree = degree_of(written, DEFAULT_COMPETENCE)
    return (degree.mean, 1.0 - degree.mean), degree.strength


def _of_statements(
    graph: Graph,
    stories: _Stories,
    position: int,
    change: Callable[[Statement, int], Statement | None],
) -> _Stories | None:
    """The stories with every statement of one attribution changed.

    `None` where one of them stands for several attributions, so that which number counts may change,
    or where `change` gives none.
    """
    names = {name for name, index in graph.written.items() if index == position}
    found: list[Story] = []
    for story in stories:
        statements: list[Statement] = []
        for each in story.statements:
            if names.isdisjoint(each.merged):
                statements.append(each)
                continue
            size = story.questions[each.question].size
            new = change(each, size) if len(each.merged) == 1 else None
            if new is None:
                return None
            statements.append(new)
        found.append(attrs.evolve(story, statements=tuple(statements)))
    return tuple(found)


def _skill(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    if record.basis == "secondhand":
        return None

    def evolved(each: Statement, size: int) -> Statement:
        if each.cites is None:
            skill = degree_of(record.competence, DEFAULT_COMPETENCE)
        else:
            skill = degree_of(record.fidelity, DEFAULT_FIDELITY)
        return attrs.evolve(each, skill=skill)

    return _of_statements(graph, stories, position, evolved)


def _interest(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    ratio = record.interest
    if ratio is None:
        return None
    return _of_statements(
        graph, stories, position, lambda each, size: attrs.evolve(each, interest=ratio)
    )


def _wording(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    old = graph.case.attributions[position].wording
    if _vouches(old) or _vouches(record.wording):
        return None

    def evolved(each: Statement, size: int) -> Statement | None:
        before, after = commitment_of(old, size), commitment_of(record.wording, size)
        if before * after <= 0.0:
            return None
        return attrs.evolve(each, commitment=min(1.0, abs(after) / (size - 1)))

    names = {name for name, index in graph.written.items() if index == position}
    heard = {name for story in stories for each in story.statements for name in each.merged}
    # What had no weight for its words may get some.
    return _of_statements(graph, stories, position, evolved) if names <= heard else None


def _vouches(wording: float | str | None) -> bool:
    return isinstance(wording, str) and confirms(wording)


_WAYS: dict[str, Callable[..., _Stories | None]] = {
    "reliability": _source,
    "access": _source,
    "prior": _prior,
    "competence": _skill,
    "fidelity": _skill,
    "interest": _interest,
    "wording": _wording,
}
