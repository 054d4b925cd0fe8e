"""From drafts to stories: statements in order, as numbers, one set of linked questions at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from provenance.graph.drafts import Draft
from provenance.graph.groups import Groups
from provenance.graph.questions import Matters
from provenance.graph.statements import Statement, equal_merged
from provenance.graph.story import Link, Place, Question, Story, Witness
from provenance.graph.witnesses import unnamed_witness, witness_of
from provenance.records import Case

__all__ = ["joined", "joined_by_source", "split", "whole_story"]


def whole_story(
    case: Case, matters: Matters, drafts: Sequence[Draft], days: Mapping[str, date]
) -> Story:
    """The whole case as if it were one story, with equal statements merged.

    Args:
        drafts: what is kept, each after what it cites, in the order of the case beyond that.
        days: on which day each draft was said, by its id, where that is known.
    """
    numbers = {source.id: number for number, source in enumerate(case.sources)}
    witnesses = [witness_of(source) for source in case.sources]
    for draft in drafts:
        if draft.is_unnamed:
            numbers[draft.source] = len(witnesses)
            witnesses.append(unnamed_witness(draft.source))
    position: dict[Draft, int] = {}
    statements: list[Statement] = []
    for draft in _referred_to_first(drafts):
        position[draft] = len(statements)
        statements.append(_statement(draft, numbers[draft.source], position, days))
    return Story(
        questions=matters.questions,
        links=matters.links,
        witnesses=tuple(witnesses),
        statements=equal_merged(statements, days),
        resolved=matters.resolved,
    )


def _statement(
    draft: Draft, witness: int, position: Mapping[Draft, int], days: Mapping[str, date]
) -> Statement:
    voice = draft.kept_voice
    return Statement(
        id=draft.id,
        witness=witness,
        question=draft.place.question,
        value=draft.place.value,
        affirms=draft.affirms,
        cites=None if draft.cites is None else position[draft.cites],
        in_hand=draft.in_hand,
        skill=draft.skill,
        commitment=draft.commitment,
        interest=draft.interest,
        voice=None if voice is None else position[voice],
        voice_probability=0.0 if voice is None else draft.voice_probability,
        merged=tuple(sorted(draft.written, key=lambda name: (days.get(name, date.max), name))),
    )


def _referred_to_first(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, each after what it cites and may be the same voice as; else in their order.

    The case has been checked: there is no circle left to be caught in.
    """
    number = {draft: index for index, draft in enumerate(drafts)}
    dependents: list[list[int]] = [[] for _ in drafts]
    left = [0] * len(drafts)
    for index, draft in enumerate(drafts):
        for each in (draft.cites, draft.kept_voice):
            if each is not None:
                dependents[number[each]].append(index)
                left[index] += 1
    ready = [index for index, count in enumerate(left) if count == 0]
    while ready:
        index = heapq.heappop(ready)
        yield drafts[index]
        for other in dependents[index]:
            left[other] -= 1
            if left[other] == 0:
                heapq.heappush(ready, other)


def split(whole: Story, component: Sequence[int]) -> tuple[Story, ...]:
    """The stories of a case: its sets of linked questions, each with all that concerns it.

    Args:
        component: for every question, the number of its story.
    """
    parts = [_Part() for _ in range(max(component, default=-1) + 1)]
    for q, number in enumerate(component):
        parts[number].questions.append(q)
    for index, statement in enumerate(whole.statements):
        parts[component[statement.question]].statements.append(index)
    for link in whole.links:
        parts[component[link.first.question]].links.append(link)
    for resolution in whole.resolved:
        parts[component[resolution[0].question]].resolved.append(resolution)
    return tuple(part.taken_from(whole) for part in parts)


@attrs.frozen
class _Part:
    """What belongs to one story, still counted over the whole case."""

    questions: list[int] = attrs.field(factory=list)
    statements: list[int] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    resolved: list[tuple[Place, bool]] = attrs.field(factory=list)

    def taken_from(self, whole: Story) -> Story:
        """The story by itself, counted from 0."""
        question = {q: number for number, q in enumerate(self.questions)}
        statement = {index: number for number, index in enumerate(self.statements)}
        heard = sorted({whole.statements[index].witness for index in self.statements})
        witness = {w: number for number, w in enumerate(heard)}

        def moved(place: Place) -> Place:
            return Place(question[place.question], place.value)

        return Story(
            questions=tuple(whole.questions[q] for q in self.questions),
            links=tuple(
                attrs.evolve(link, first=moved(link.first), second=moved(link.second))
                for link in self.links
            ),
            witnesses=tuple(whole.witnesses[w] for w in heard),
            statements=tuple(
                attrs.evolve(
                    each,
                    witness=witness[each.witness],
                    question=question[each.question],
                    cites=None if each.cites is None else statement[each.cites],
                    voice=None if each.voice is None else statement[each.voice],
                )
                for each in (whole.statements[index] for index in self.statements)
            ),
            resolved=tuple((moved(place), truth) for place, truth in self.resolved),
        )


def joined(stories: Sequence[Story]) -> Story:
    """Several stories as one, with the sources that they share."""
    witnesses: dict[Witness, int] = {}
    questions: list[Question] = []
    statements: list[Statement] = []
    links: list[Link] = []
    resolved: list[tuple[Place, bool]] = []
    for story in stories:
        first_question, first_statement = len(questions), len(statements)
        number = [witnesses.setdefault(each, len(witnesses)) for each in story.witnesses]

        def moved(place: Place, by: int = first_question) -> Place:
            return Place(place.question + by, place.value)

        questions += story.questions
        statements += (
            attrs.evolve(
                each,
                witness=number[each.witness],
                question=each.question + first_question,
                cites=None if each.cites is None else each.cites + first_statement,
                voice=None if each.voice is None else each.voice + first_statement,
            )
            for each in story.statements
        )
        links += (
            attrs.evolve(link, first=moved(link.first), second=moved(link.second))
            for link in story.links
        )
        resolved += ((moved(place), truth) for place, truth in story.resolved)
    return Story(
        tuple(questions), tuple(links), tuple(witnesses), tuple(statements), tuple(resolved)
    )


def joined_by_source(stories: Sequence[Story]) -> tuple[int, ...]:
    """For every story the number of its set: those that share sources, directly or through others."""
    groups = Groups(len(stories))
    first: dict[str, int] = {}
    for number, story in enumerate(stories):
        for witness in story.witnesses:
            groups.join(number, first.setdefault(witness.id, number))
    return groups.numbered()
