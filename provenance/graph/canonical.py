"""The canonical form of a case: its statements in stories, and what was left out on the way."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from provenance.components import Groups
from provenance.graph.citations import Circle, Citations, Ignored, Why, citations_of
from provenance.graph.questions import Interests, Matters
from provenance.graph.statements import (
    Draft,
    Drafts,
    degree_of,
    said_on,
    unnamed_witness,
    witness_of,
)
from provenance.graph.story import (
    Link,
    Place,
    Statement,
    Story,
    StoryQuestion,
    Witness,
    equal_merged,
    in_order,
    needed,
    selected,
)
from provenance.records import Case
from provenance.scales import DEFAULT_COMPETENCE, DEFAULT_FIDELITY

__all__ = [
    "Canonical",
    "canonical_form",
    "joined",
    "joined_by_source",
    "stories_of",
]

# From drafts to stories: statements in order, as numbers, one set of linked questions at a time.


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

    questions: list[StoryQuestion] = attrs.field(factory=list)
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
    questions: list[StoryQuestion] = []
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


@attrs.frozen
class Canonical:
    """What a case comes to before inference."""

    stories: tuple[Story, ...]
    """The stories, in the order of the case."""
    ignored: tuple[Ignored, ...]
    """What is ignored, in the order of the case."""
    circles: tuple[Circle, ...]
    """The circles found among the attributions."""
    written: Mapping[str, int]
    """For every id in a statement's `merged`, the index of the attribution behind it."""
    said: tuple[date | None, ...]
    """For every attribution the day on which it was said, where that is known."""


def canonical_form(
    case: Case, matters: Matters, interests: Interests, as_of: date | None
) -> Canonical:
    """Bring a case to canonical form: dates, circles, inferences and mergers, in a fixed order.

    The order of the attributions decides nothing but the order of what comes out. Linear in
    statements but for sorting; where attributions that cite several are cited themselves, there
    are more statements than attributions, one for each route.
    """
    said = said_on(case)
    citations = citations_of(case, as_of, said)
    maker = Drafts(case, matters, citations, interests)
    drafts = maker.made()
    _leave_out(case, drafts)
    drafts = _with_unnamed_origins(case, matters, maker, drafts)
    _settle_self_citations(case, drafts)
    named = {draft.id: draft for draft in drafts}
    kept = sorted((each for each in drafts if each.is_kept), key=lambda each: each.attribution)
    stories = stories_of(case, matters, kept, _days(drafts, said))
    for _, unused in stories:
        for name in unused:
            named[name].why = Why.NOT_IN_HAND
    return Canonical(
        stories=tuple(story for story, _ in stories),
        ignored=tuple(_ignored(case, citations, maker)),
        circles=tuple(_circles(case, matters, citations, maker)),
        written={draft.id: draft.attribution for draft in drafts if not draft.is_unnamed},
        said=said,
    )


def _days(drafts: Iterable[Draft], said: Sequence[date | None]) -> dict[str, date]:
    days = ((draft.id, said[draft.attribution]) for draft in drafts)
    return {name: day for name, day in days if day is not None}


def _leave_out(case: Case, drafts: Iterable[Draft]) -> None:
    """Leave out inferences and words that commit to nothing, and what relays only them."""
    for draft in drafts:
        if case.attributions[draft.attribution].basis == "inference":
            draft.why = Why.INFERENCE
        elif draft.commitment == 0.0:
            draft.why = Why.NO_COMMITMENT
        elif draft.cites is not None and draft.cites.why is not None:
            draft.why = Why.RELAYS_ONLY


def _with_unnamed_origins(
    case: Case, matters: Matters, maker: Drafts, drafts: Sequence[Draft]
) -> list[Draft]:
    """Make of every secondhand origin a relay of someone unnamed, one per source and statement.

    Without this, leaving out a known upstream would turn hearsay into testimony.
    """
    found: list[Draft] = []
    unnamed: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        basis = case.attributions[draft.attribution].basis
        if basis == "secondhand" and draft.cites is None and draft.why is None:
            key = (draft.source, draft.place, draft.affirms)
            if key not in unnamed:
                unnamed[key] = _unnamed_origin(matters, maker, draft)
                found.append(unnamed[key])
            draft.cites, draft.skill = unnamed[key], DEFAULT_FIDELITY
        found.append(draft)
    return found


def _unnamed_origin(matters: Matters, maker: Drafts, relay: Draft) -> Draft:
    values = matters.questions[relay.place.question].values
    claim = values[relay.place.value]
    said = f"not {values[0]}" if claim is None else claim if relay.affirms else f"not {claim}"
    name = maker.unused(f"{relay.source}>unnamed: {said}")
    return attrs.evolve(
        relay,
        id=name,
        source=name,
        is_unnamed=True,
        in_hand=False,
        skill=DEFAULT_COMPETENCE,
        commitment=1.0,
        interest=1.0,
        voice=None,
        voice_probability=0.0,
        written=[],
    )


def _settle_self_citations(case: Case, drafts: Iterable[Draft]) -> None:
    """Merge a source's citation of itself into what it cites, or attach it to what that is about."""
    for draft in drafts:
        if draft.why is not None or draft.cites is None:
            continue
        cited = draft.cites = draft.cites.into or draft.cites
        if cited.source != draft.source:
            continue
        if draft.says_what(cited):
            draft.into = cited
            cited.in_hand = cited.in_hand or draft.in_hand
            cited.commitment = max(cited.commitment, draft.commitment)
            cited.interest = min(cited.interest, draft.interest)
            cited.written += draft.written
        else:
            draft.cites = cited.cites
            if cited.cites is None:
                # Now an origin: how well the source can tell, not how faithfully it passes on.
                competence = case.attributions[draft.attribution].competence
                draft.skill = degree_of(competence, DEFAULT_COMPETENCE)


def _ignored(case: Case, citations: Citations, maker: Drafts) -> Iterator[Ignored]:
    """What is ignored, in the order of the case; under its plain id where all of it is, alike."""
    uncited: dict[int, list[Ignored]] = {}
    for index, each in maker.uncited:
        uncited.setdefault(index, []).append(each)
    for index, attribution in enumerate(case.attributions):
        if index in citations.gone:
            yield Ignored(attribution.id, citations.gone[index])
            continue
        drafts = maker.by_attribution[index]
        found = uncited.get(index, [])
        found += (Ignored(draft.id, draft.why) for draft in drafts if draft.why is not None)
        reasons = {each.why for each in found}
        if len(reasons) == 1 and all(draft.why is not None for draft in drafts):
            yield Ignored(attribution.id, reasons.pop())
        else:
            yield from found


def _circles(case: Case, matters: Matters, citations: Citations, maker: Drafts) -> Iterator[Circle]:
    for members in citations.circles:
        about = {draft.claim for member in members for draft in maker.by_attribution[member]}
        claims = tuple(claim for claim in matters.places if claim in about)
        questions = (matters.places[claim].question for claim in claims)
        yield Circle(
            members=tuple(case.attributions[member].id for member in members),
            claims=claims,
            stories=tuple(sorted({matters.component[q] for q in questions})),
        )
