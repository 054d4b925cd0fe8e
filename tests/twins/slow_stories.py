"""The slow canonical form of a case as stories, and how to compare stories whatever their order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date

import attrs

from provenance.graph import Link, Place, Statement, Story, StoryQuestion, Witness
from provenance.records import Case, ContradictsLink, EvidenceLink, ImpliesLink, Source
from provenance.records.record import Accuracy, Outcomes
from provenance.scales import Degree, grade
from tests.twins.slow_canonical import Node, degree_of, nodes_of

__all__ = ["signature", "stories_of"]


def _questions(case: Case) -> list[StoryQuestion]:
    signs = {link.sign for link in case.links if isinstance(link, EvidenceLink)}
    grouped = {claim: question for question in case.questions for claim in question.claims}
    found: dict[str, StoryQuestion] = {}
    for claim in case.claims:
        question = grouped.get(claim.id)
        if question is None:
            degree = None if claim.prior is None else degree_of(claim.prior, Degree(0.5))
            found[claim.id] = StoryQuestion(
                claim.id,
                (claim.id, None),
                None if degree is None else (degree.mean, 1.0 - degree.mean),
                float("inf") if degree is None else degree.strength,
                claim.id in signs,
            )
            continue
        values: tuple[str | None, ...] = question.claims
        prior = question.prior
        if not question.exhaustive:
            values = (*values, None)
            prior = None if prior is None else (*prior, 1.0 - sum(prior))
        found[question.id] = StoryQuestion(question.id, values, prior)
    return list(found.values())


def _links(case: Case, place: dict[str, Place]) -> list[Link]:
    found = []
    for link in case.links:
        if isinstance(link, EvidenceLink):
            yes, no = link.if_true, link.if_false
            found.append(Link(place[link.claim], place[link.sign], yes, 1 - yes, no, 1 - no))
        if isinstance(link, ImpliesLink):
            first, second = place[link.claim], place[link.implies]
            found.append(Link(first, second, 1.0, 1.0 - link.strength, 1.0, 1.0))
        if isinstance(link, ContradictsLink):
            for one, other in itertools.combinations(link.claims, 2):
                found.append(Link(place[one], place[other], 1.0 - link.strength, 1.0, 1.0, 1.0))
    return found


def stories_of(case: Case, as_of: date | None = None, *, whole: bool = False) -> list[Story]:
    """Every story of a case, or with `whole` all of them as one."""
    nodes = nodes_of(case, as_of)
    questions = _questions(case)
    place = {
        claim: Place(q, v)
        for q, question in enumerate(questions)
        for v, claim in enumerate(question.values)
        if claim is not None
    }
    links = _links(case, place)
    label = [0] * len(questions) if whole else list(range(len(questions)))
    for _ in questions:
        for link in links:
            low = min(label[link.first.question], label[link.second.question])
            label[link.first.question] = label[link.second.question] = low
    found = []
    for number in sorted(set(label)):
        inside = [q for q in range(len(questions)) if label[q] == number]
        here = [node for node in nodes if place[node.claim].question in inside]
        found.append(_story(case, questions, links, inside, _in_order(here), place, as_of))
    return found


def _in_order(nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    while len(found) < len(nodes):
        for node in nodes:
            before = [each for each in (node.cites, node.voice) if each is not None]
            if node not in found and all(each in found for each in before):
                found.append(node)
    return found


def _story(
    case: Case,
    questions: list[StoryQuestion],
    links: list[Link],
    inside: list[int],
    nodes: list[Node],
    place: dict[str, Place],
    as_of: date | None,
) -> Story:
    local = {q: index for index, q in enumerate(inside)}

    def moved(where: Place) -> Place:
        return Place(local[where.question], where.value)

    heard: list[object] = list(dict.fromkeys(node.source for node in nodes))
    witnesses = tuple(_witness(case, source) for source in heard)
    statements = []
    for node in nodes:
        where = moved(place[node.claim])
        value, affirms = where.value, node.asserts
        if questions[inside[where.question]].size == 2 and not affirms:
            value, affirms = 1 - value, True
        statements.append(
            Statement(
                id=node.id,
                witness=heard.index(node.source),
                question=where.question,
                value=value,
                affirms=affirms,
                cites=None if node.cites is None else nodes.index(node.cites),
                in_hand=node.in_hand,
                skill=node.skill,
                commitment=node.commitment,
                interest=node.interest,
                voice=None if node.voice is None else nodes.index(node.voice),
                voice_probability=node.tau,
            )
        )
    return Story(
        questions=tuple(questions[q] for q in inside),
        links=tuple(
            attrs.evolve(link, first=moved(link.first), second=moved(link.second))
            for link in links
            if link.first.question in inside
        ),
        witnesses=witnesses,
        statements=tuple(statements),
        resolved=tuple(
            (moved(place[claim.id]), claim.resolved.value)
            for claim in case.claims
            if claim.resolved is not None
            and place[claim.id].question in inside
            and (as_of is None or claim.resolved.on is None or claim.resolved.on.first <= as_of)
        ),
    )


def _witness(case: Case, source: object) -> Witness:
    for record in case.sources:
        if record.id == source:
            return Witness(record.id, _reliability(record), degree_of(record.access, Degree(1.0)))
    return Witness("unnamed", None, Degree(1.0))


def _reliability(source: Source) -> Degree | None:
    written = source.reliability
    if written is None:
        return None
    if isinstance(written, str):
        return grade(written)
    if isinstance(written, Accuracy):
        right, n = written.accuracy, written.strength
        return Degree.from_accuracy(right * n, (1.0 - right) * n)
    if isinstance(written, Outcomes):
        return Degree.from_accuracy(written.confirmed + 1.0, written.refuted + 1.0)
    return degree_of(written, Degree(0.0))


def signature(story: Story, known: Iterable[str]) -> tuple[object, ...]:
    """A story whatever the order of its parts and the names of sources that nobody named."""
    names = set(known)

    def place(where: Place) -> tuple[str, int]:
        return (story.questions[where.question].id, where.value)

    def number(value: float) -> float:
        return round(value, 9)

    def degree(value: Degree | None) -> tuple[float, float] | None:
        return None if value is None else (number(value.mean), number(value.strength))

    def told(index: int | None) -> str:
        if index is None:
            return "-"
        each = story.statements[index]
        witness = story.witnesses[each.witness]
        return repr(
            (
                witness.id if witness.id in names else "unnamed",
                place(Place(each.question, each.value)),
                each.affirms,
                told(each.cites),
                each.in_hand,
                degree(each.skill),
                number(each.commitment),
                number(each.interest),
                told(each.voice),
                number(each.voice_probability),
            )
        )

    def joined(link: Link) -> str:
        table = [link.both, link.only_first, link.only_second, link.neither]
        ends = [place(link.first), place(link.second)]
        if link.only_first == link.only_second:
            ends.sort()
        return repr((ends, [number(each) for each in table]))

    return (
        sorted(
            repr((q.id, q.values, q.prior and [number(p) for p in q.prior], q.strength, q.is_sign))
            for q in story.questions
        ),
        sorted(joined(link) for link in story.links),
        sorted(
            repr((w.id if w.id in names else "unnamed", degree(w.reliability), degree(w.access)))
            for w in story.witnesses
        ),
        sorted(told(index) for index in range(len(story.statements))),
        sorted((place(where), truth) for where, truth in story.resolved),
    )
