"""From drafts to stories: statements in order, as numbers, one set of linked questions at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from provenance.graph.drafts import Draft
from provenance.graph.groups import Groups
from provenance.graph.questions import Matters
from provenance.graph.statements import Statement, equal_merged, in_order, needed, selected
from provenance.graph.story import Link, Place, Question, Story, Witness
from provenance.graph.witnesses import unnamed_witness, witness_of
from provenance.records import Case

__all__ = ["joined", "joined_by_source", "stories_of"]


def stories_of(
    case: Case, matters: Matters, drafts: Sequence[Draft], days: Mapping[str, date]
) -> tuple[tuple[Story, tuple[str, ...]], ...]:
    """The stories of a case: its sets of linked questions, each with all that concerns it.

    Equal statements are merged, and hidden ones on which nothing in hand depends are left out;
    the ids of those come beside each story.

    Args:
        drafts: what is kept, in the order of the case.
        days: on which day each draft was said, by its id, where that is known.
    """
    parts = [_Part() for _ in range(max(matters.component, default=-1) + 1)]
    local = []
    for q, number in enumerate(matters.component):
        local.append(len(parts[number].questions))
        parts[number].questions.append(matters.questions[q])
    for draft in drafts:
        parts[matters.component[draft.place.question]].drafts.append(draft)
    for link in matters.links:
        ends = _moved(link.first, local), _moved(link.second, local)
        number = matters.component[link.first.question]
        parts[number].links.append(attrs.evolve(link, first=ends[0], second=ends[1]))
    for place, truth in matters.resolved:
        part = parts[matters.component[place.question]]
        part.resolved.append((_moved(place, local), truth))
    witnesses = _witnesses(case, drafts)
    return tuple(part.story(witnesses, local, days) for part in parts)


def _moved(place: Place, local: Sequence[int]) -> Place:
    return Place(local[place.question], place.value)


def _witnesses(case: Case, drafts: Sequence[Draft]) -> dict[str, tuple[int, Witness]]:
    """Every source, numbered in the order of the case, then the unnamed ones behind hearsay."""
    found = [witness_of(source) for source in case.sources]
    found += (unnamed_witness(draft.source) for draft in drafts if draft.is_unnamed)
    return {witness.id: (number, witness) for number, witness in enumerate(found)}


@attrs.frozen
class _Part:
    """What belongs to one story."""

    questions: list[Question] = attrs.field(factory=list)
    drafts: list[Draft] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    resolved: list[tuple[Place, bool]] = attrs.field(factory=list)

    def story(
        self,
        witnesses: Mapping[str, tuple[int, Witness]],
        local: Sequence[int],
        days: Mapping[str, date],
    ) -> tuple[Story, tuple[str, ...]]:
        """The story, and the ids of what is not in hand and supports nothing that is."""
        heard = sorted({witnesses[draft.source] for draft in self.drafts}, key=lambda each: each[0])
        number = {witness.id: place for place, (_, witness) in enumerate(heard)}
        position: dict[Draft, int] = {}
        drawn: list[Statement] = []
        for draft in _referred_to_first(self.drafts):
            position[draft] = len(drawn)
            drawn.append(_statement(draft, number[draft.source], local, position, days))
        merged = equal_merged(drawn, days)
        used = needed(merged)
        story = Story(
            questions=tuple(self.questions),
            links=tuple(self.links),
            witnesses=tuple(witness for _, witness in heard),
            statements=selected(merged, used),
            resolved=tuple(self.resolved),
        )
        unused = set(range(len(merged))).difference(used)
        names = tuple(name for index in sorted(unused) for name in merged[index].merged)
        return (_without_the_silent(story) if unused else story), names


def _statement(
    draft: Draft,
    witness: int,
    local: Sequence[int],
    position: Mapping[Draft, int],
    days: Mapping[str, date],
) -> Statement:
    voice = draft.kept_voice
    return Statement(
        id=draft.id,
        witness=witness,
        question=local[draft.place.question],
        value=draft.place.value,
        affirms=draft.affirms,
        cites=None if draft.cites is None else position[draft.cites],
        in_hand=draft.in_hand,
        skill=draft.skill,
        commitment=draft.commitment,
        interest=draft.interest,
        voice=None if voice is None else position[voice],
        voice_probability=0.0 if voice is None else draft.voice_probability,
        merged=in_order(draft.written, days),
    )


def _without_the_silent(story: Story) -> Story:
    """The story without witnesses that say nothing in it."""
    heard = sorted({each.witness for each in story.statements})
    number = {witness: place for place, witness in enumerate(heard)}
    return attrs.evolve(
        story,
        witnesses=tuple(story.witnesses[witness] for witness in heard),
        statements=tuple(
            each.moved(number[each.witness], each.question, each.cites, each.voice)
            for each in story.statements
        ),
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
            each.moved(
                number[each.witness],
                each.question + first_question,
                None if each.cites is None else each.cites + first_statement,
                None if each.voice is None else each.voice + first_statement,
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
