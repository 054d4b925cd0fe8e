"""The canonical form of a case: its statements in stories, and what was left out on the way."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from provenance.components import Groups
from provenance.graph.citations import Circle, Citations, Ignored, Why, citations_of
from provenance.graph.questions import Interests, Matters
from provenance.graph.statements import (
    RawStatement,
    RawStatements,
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
    "Stories",
    "canonical_form",
    "joined",
    "joined_by_source",
    "stories_of",
]

# From drafts to stories: statements in order, as numbers, one set of linked questions at a time.


@attrs.frozen
class Stories:
    """The stories of a case, and where every question of the case stands in them."""

    stories: tuple[Story, ...]
    """Questions connected by links or by gates, with all that concerns them."""
    unused: tuple[str, ...]
    """The ids of what is not in hand and supports nothing that is."""
    places: tuple[tuple[int, int], ...]
    """For every question of the case its story and its index there."""


def stories_of(
    case: Case,
    matters: Matters,
    drafts: Sequence[RawStatement],
    days: Mapping[str, datetime],
    as_of: datetime | None,
) -> Stories:
    """The stories of a case: its sets of linked questions, joined by gates (model 1).

    Equal statements are merged, and hidden ones that support nothing we have are left out
    (model 3.7, 3.8). The gate of what is kept joins the story of what it gates with its own; it is
    no link.

    Args:
        drafts: what is kept, in the order of the case.
        days: when each draft was said, by its id, where that is known.
        as_of: the last moment that is seen, if not all is: it decides which grades hold.
    """
    count = max(matters.component, default=-1) + 1
    by_component: list[list[RawStatement]] = [[] for _ in range(count)]
    for draft in drafts:
        by_component[matters.component[draft.place.question]].append(draft)
    witnesses = _witnesses(case, drafts, as_of)
    kept: list[tuple[Statement, ...]] = []
    unused: list[str] = []
    groups = Groups(count)
    for number, members in enumerate(by_component):
        statements, names = _kept(members, witnesses, days)
        kept.append(statements)
        unused += names
        for gate in (gate for each in statements for gate in each.gates):
            groups.join(number, matters.component[gate.question])
    story_of = groups.numbered()
    parts = [_Part() for _ in range(max(story_of, default=-1) + 1)]
    places: list[tuple[int, int]] = []
    for q, number in enumerate(matters.component):
        part = parts[story_of[number]]
        places.append((story_of[number], len(part.questions)))
        part.questions.append(matters.questions[q])
    for number, statements in enumerate(kept):
        parts[story_of[number]].statements.append(statements)
    for link in matters.links:
        part = parts[places[link.first.question][0]]
        first, second = _moved(link.first, places), _moved(link.second, places)
        if first is not link.first or second is not link.second:
            link = attrs.evolve(link, first=first, second=second)
        part.links.append(link)
    for place, truth in matters.resolved:
        part = parts[places[place.question][0]]
        part.resolved.append((_moved(place, places), truth))
    ordered = [witness for _, witness in sorted(witnesses.values(), key=lambda each: each[0])]
    return Stories(
        tuple(part.story(ordered, places) for part in parts), tuple(unused), tuple(places)
    )


def _moved(place: Place, places: Sequence[tuple[int, int]]) -> Place:
    """A place of the case as one of its story; of a case of one story it is the same."""
    question = places[place.question][1]
    return place if question == place.question else Place(question, place.value)


def _kept(
    drafts: Sequence[RawStatement],
    witnesses: Mapping[str, tuple[int, Witness]],
    days: Mapping[str, datetime],
) -> tuple[tuple[Statement, ...], Iterator[str]]:
    """What is kept of some linked questions, still counted over the case, and the ids of the rest.

    Hidden statements on which nothing that we have depends are dropped (model 3.8).
    """
    position: dict[RawStatement, int] = {}
    drawn: list[Statement] = []
    for draft in _referred_to_first(drafts):
        position[draft] = len(drawn)
        drawn.append(_statement(draft, witnesses[draft.source][0], position, days))
    merged = equal_merged(drawn, days)
    used = needed(merged)
    unused = sorted(set(range(len(merged))).difference(used))
    return selected(merged, used), (name for index in unused for name in merged[index].merged)


def _witnesses(
    case: Case, drafts: Sequence[RawStatement], as_of: datetime | None
) -> dict[str, tuple[int, Witness]]:
    """Every source, numbered in the order of the case, then the unnamed ones behind hearsay."""
    found = [witness_of(source, as_of) for source in case.sources]
    found += (unnamed_witness(draft.source) for draft in drafts if draft.is_unnamed)
    return {witness.id: (number, witness) for number, witness in enumerate(found)}


@attrs.frozen
class _Part:
    """What belongs to one story."""

    questions: list[StoryQuestion] = attrs.field(factory=list)
    statements: list[tuple[Statement, ...]] = attrs.field(factory=list)
    links: list[Link] = attrs.field(factory=list)
    resolved: list[tuple[Place, bool]] = attrs.field(factory=list)

    def story(self, witnesses: Sequence[Witness], places: Sequence[tuple[int, int]]) -> Story:
        """The story, its sources and questions counted from 0."""
        heard = sorted({each.witness for row in self.statements for each in row})
        number = {witness: place for place, witness in enumerate(heard)}
        statements: list[Statement] = []
        for row in self.statements:
            first = len(statements)
            statements += (_settled(each, number, places, first) for each in row)
        return Story(
            questions=tuple(self.questions),
            links=tuple(self.links),
            witnesses=tuple(witnesses[witness] for witness in heard),
            statements=tuple(statements),
            resolved=tuple(self.resolved),
        )


def _settled(
    statement: Statement,
    number: Mapping[int, int],
    places: Sequence[tuple[int, int]],
    first: int,
) -> Statement:
    """A statement counted over the case, as one of its story, whose row begins at `first`."""
    witness, question = number[statement.witness], places[statement.question][1]
    stands = (first, witness, question) == (0, statement.witness, statement.question)
    if stands and not statement.gates:
        return statement
    return statement.moved(
        witness,
        question,
        None if statement.cites is None else statement.cites + first,
        None if statement.voice is None else statement.voice + first,
        tuple(sorted(_moved(gate, places) for gate in statement.gates)),
    )


def _statement(
    draft: RawStatement,
    witness: int,
    position: Mapping[RawStatement, int],
    days: Mapping[str, datetime],
) -> Statement:
    """A draft as a statement, its source and question still counted over the case."""
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
        merged=in_order(draft.written, days),
        day=draft.day,
        gates=tuple(sorted(draft.gates)),
        is_established=draft.is_established,
        silence=draft.silence,
    )


def _referred_to_first(drafts: Sequence[RawStatement]) -> Iterator[RawStatement]:
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
                tuple(moved(gate) for gate in each.gates),
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
    """For every story the number of its set: those that share sources, directly or through others.

    Two stories share a source where it is a witness in both, or a relay in both: what it says of
    its own and what it passes on are two things (model 2.2).
    """
    groups = Groups(len(stories))
    first: dict[tuple[str, bool], int] = {}
    for number, story in enumerate(stories):
        for each in story.statements:
            state = story.witnesses[each.witness].id, each.cites is not None
            groups.join(number, first.setdefault(state, number))
    return groups.numbered()


@attrs.frozen
class Canonical:
    """What a case comes to before inference."""

    stories: tuple[Story, ...]
    """The stories, in the order of the case."""
    places: tuple[tuple[int, int], ...]
    """For every question of the case its story and its index there."""
    ignored: tuple[Ignored, ...]
    """What is ignored, in the order of the case."""
    circles: tuple[Circle, ...]
    """The circles found among the attributions."""
    hidden_by_default: tuple[str, ...]
    """The attributions that nothing but a citation says are known only through others."""
    written: Mapping[str, int]
    """For every id in a statement's `merged`, the index of the attribution behind it."""
    said: tuple[datetime | None, ...]
    """For every attribution when it was said, where that is known."""
    cited: tuple[frozenset[int], ...]
    """For every attribution those that it cites, or of which it cites a part."""


def canonical_form(
    case: Case, matters: Matters, interests: Interests, as_of: datetime | None
) -> Canonical:
    """Bring a case to canonical form: dates, circles, inferences and mergers, in a fixed order.

    The steps are those of model 3, in their order. The order of the attributions decides nothing
    but the order of what comes out. Linear in statements but for sorting; where attributions that
    cite several are cited themselves, there are more statements than attributions, one for each
    route.
    """
    said = said_on(case)
    citations = citations_of(case, matters, as_of, said)
    maker = RawStatements(case, matters, citations, interests, said)
    drafts = maker.made()
    _leave_out(citations, drafts)
    drafts = _with_unnamed_origins(citations, matters, maker, drafts)
    _settle_self_citations(drafts)
    named = {draft.id: draft for draft in drafts}
    kept = sorted(
        (each for each in drafts if each.is_kept),
        key=lambda each: (citations.owner[each.attribution], each.attribution),
    )
    days = {draft.id: draft.day for draft in drafts if draft.day is not None}
    found = stories_of(case, matters, kept, days, as_of)
    for name in found.unused:
        named[name].why = Why.NOT_IN_HAND
    return Canonical(
        stories=found.stories,
        places=found.places,
        ignored=tuple(_ignored(citations, maker)),
        circles=tuple(_circles(found, matters, citations, maker)),
        hidden_by_default=tuple(
            citations.attributions[index].id
            for index in citations.hidden_by_default
            if any(draft.is_kept and not draft.in_hand for draft in maker.by_attribution[index])
        ),
        written={
            draft.id: citations.owner[draft.attribution] for draft in drafts if not draft.is_unnamed
        },
        said=said,
        cited=tuple(
            frozenset([each.attribution for each in row])
            for row in citations.cited[: len(case.attributions)]
        ),
    )


def _leave_out(citations: Citations, drafts: Iterable[RawStatement]) -> None:
    """Leave out inferences and words that commit to nothing, and what relays only them."""
    for draft in drafts:
        if draft.why is not None:
            continue
        if citations.attributions[draft.attribution].basis == "inference":
            draft.why = Why.INFERENCE
        elif draft.commitment == 0.0:
            draft.why = Why.NO_COMMITMENT
        elif draft.cites is not None and draft.cites.why is not None:
            draft.why = Why.RELAYS_ONLY


def _with_unnamed_origins(
    citations: Citations, matters: Matters, maker: RawStatements, drafts: Sequence[RawStatement]
) -> list[RawStatement]:
    """Make of every secondhand origin a relay of someone unnamed, one per source and statement.

    Without this, leaving out a known upstream would turn hearsay into testimony (model 3.5).
    """
    found: list[RawStatement] = []
    unnamed: dict[tuple[object, ...], RawStatement] = {}
    for draft in drafts:
        basis = citations.attributions[draft.attribution].basis
        is_origin = draft.cites is None and not draft.silence
        if basis == "secondhand" and is_origin and draft.why is None:
            key = (draft.source, draft.place, draft.affirms)
            if key not in unnamed:
                unnamed[key] = _unnamed_origin(matters, maker, draft)
                found.append(unnamed[key])
            draft.cites, draft.skill = unnamed[key], DEFAULT_FIDELITY
        found.append(draft)
    return found


def _unnamed_origin(matters: Matters, maker: RawStatements, relay: RawStatement) -> RawStatement:
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
        day=None,
        gates=frozenset(),
        is_established=False,
    )


def _settle_self_citations(drafts: Sequence[RawStatement]) -> None:
    """Merge a source's citation of itself into what it cites, or set it beside that (model 3.6).

    Where it disowns that, or repeats it under another gate, it is about what that is about, with
    the skill of that. Neither makes an origin established.
    """
    for draft in drafts:
        if draft.why is not None or draft.cites is None:
            continue
        cited = draft.cites = draft.cites.into or draft.cites
        if cited.source != draft.source:
            continue
        if draft.says_what(cited) and draft.gates == cited.gates:
            draft.into = cited
            cited.in_hand = cited.in_hand or draft.in_hand
            cited.commitment = max(cited.commitment, draft.commitment)
            cited.interest = min(cited.interest, draft.interest)
            cited.day = min(
                (day for day in (cited.day, draft.day) if day is not None), default=None
            )
            cited.written += draft.written
            continue
        if draft.says_what(cited):
            draft.voice, draft.voice_probability = cited.voice, cited.voice_probability
        draft.cites, draft.skill = cited.cites, cited.skill
        draft.is_established = False


def _ignored(citations: Citations, maker: RawStatements) -> Iterator[Ignored]:
    """What is ignored, in the order of the case; under its plain id where all of it is, alike."""
    uncited: dict[int, list[Ignored]] = {}
    for index, each in maker.uncited:
        uncited.setdefault(index, []).append(each)
    owner = citations.owner
    concerned = {*citations.gone, *uncited}
    concerned.update(
        index
        for index, drafts in enumerate(maker.by_attribution)
        for draft in drafts
        if draft.why is not None
    )
    for index in sorted(concerned, key=lambda each: (owner[each], each)):
        attribution = citations.attributions[index]
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


def _circles(
    found: Stories, matters: Matters, citations: Citations, maker: RawStatements
) -> Iterator[Circle]:
    for members in citations.circles:
        about = {draft.claim for member in members for draft in maker.by_attribution[member]}
        claims = tuple(claim for claim in matters.places if claim in about)
        questions = (matters.places[claim].question for claim in claims)
        yield Circle(
            members=tuple(citations.attributions[member].id for member in members),
            claims=claims,
            stories=tuple(sorted({found.places[q][0] for q in questions})),
        )
