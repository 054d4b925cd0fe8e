"""Drafts of statements: each attribution by claim and by citation, with its words made numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

import attrs

from provenance.bounds import spend
from provenance.errors import CaseError
from provenance.graph.citations import Citations, Cited, Ignored, Why, unused
from provenance.graph.questions import Interests, Matters
from provenance.graph.sayings import commitment_of
from provenance.graph.story import Place, Witness
from provenance.records import Accuracy, Attribution, Case, Estimate, Outcomes, Source
from provenance.scales import (
    DEFAULT_ACCESS,
    DEFAULT_COMPETENCE,
    DEFAULT_FIDELITY,
    Degree,
    grade,
    passing_on,
)

__all__ = [
    "RawStatement",
    "RawStatements",
    "degree_of",
    "passing_on_of",
    "reliability_of",
    "said_on",
    "unnamed_witness",
    "witness_of",
]

STATEMENTS_AT_MOST = 200_000
"""How many statements any case may come to: routes multiply where lists of citations are cited."""
_DRAFTING = 60  # operations for a statement
_NO_GATES: frozenset[Place] = frozenset()
STATEMENTS_EACH = 4
"""How many statements per attribution a large case may come to on average."""


@attrs.define(eq=False)
class RawStatement:
    """A statement in the making; it refers to others directly."""

    id: str
    """The id of what was written: `id`, `id/claim` or `id>cited`."""
    attribution: int
    """The attribution's index, own words of relays after those of the case."""
    source: str
    """The id of who says it."""
    claim: str
    """The claim that it is about."""
    denies: bool
    """Whether it says that the claim is not so."""
    place: Place
    """The value that it speaks of, in the questions of the case."""
    affirms: bool
    """Whether it says that this value is so; always true for questions of two."""
    cites: RawStatement | None
    """What it passes on."""
    in_hand: bool
    """Whether its document is in hand."""
    skill: Degree
    """Competence of an origin, fidelity of a relay."""
    commitment: float
    """How far its words commit; 0 where they do not."""
    interest: float
    """The ratio of interest with which it is said."""
    written: list[str]
    """The ids of all drafts for which it stands."""
    day: datetime | None
    """When it was said, if that is known; of several merged ones the earliest."""
    gates: frozenset[Place] = frozenset()
    """The values that must hold for it to count."""
    is_established: bool = False
    """Whether its source saw it, or established it by work of its own."""
    silence: float = 0.0
    """Of a silence: how likely the source would have spoken; else 0."""
    voice: RawStatement | None = None
    """What it may be the same voice as."""
    voice_probability: float = 0.0
    """How likely that is."""
    is_unnamed: bool = False
    """Whether it is what somebody unnamed must have said, behind hearsay."""
    why: Why | None = None
    """Why it is ignored."""
    into: RawStatement | None = None
    """The draft of the same source into which it was merged."""

    @property
    def is_kept(self) -> bool:
        """Whether it is a statement of its own."""
        return self.why is None and self.into is None

    @property
    def kept_voice(self) -> RawStatement | None:
        """What it may be the same voice as; a declaration about what is ignored is void."""
        if self.voice is None or self.voice.why is not None:
            return None
        return self.voice.into or self.voice

    def says_what(self, other: RawStatement) -> bool:
        """Whether it says what another draft says."""
        return self.place == other.place and self.affirms == other.affirms


def degree_of(written: float | Estimate | None, default: Degree) -> Degree:
    """A degree as it was written: a number is known exactly."""
    if written is None:
        return default
    if isinstance(written, Estimate):
        return Degree(written.mean, written.strength)
    return Degree(written)


class RawStatements:
    """Makes the drafts of a case, those that are cited first."""

    def __init__(
        self,
        case: Case,
        matters: Matters,
        citations: Citations,
        interests: Interests,
        said: Sequence[datetime | None],
    ) -> None:
        self._case = case
        self._matters = matters
        self._citations = citations
        self._interests = interests
        self._sources: Mapping[str, Source] = {source.id: source for source in case.sources}
        self._said = [said[index] for index in citations.owner]
        self._excesses: dict[tuple[float | str | None, int], float] = {}
        self._is_plural = _plurals(citations)
        self._most = max(STATEMENTS_AT_MOST, STATEMENTS_EACH * len(case.attributions))
        self.uncited: list[tuple[int, Ignored]] = []
        self.by_attribution: list[list[RawStatement]] = [[] for _ in citations.attributions]

    def made(self) -> list[RawStatement]:
        """Every draft, in an order in which what is cited comes first."""
        found: list[RawStatement] = []
        order = list(self._in_order())
        self._expect_no_more_than_most(order)
        for index in order:
            attribution = self._citations.attributions[index]
            drafts = list(self._of(index, attribution))
            self.by_attribution[index] = drafts
            found += drafts
        self._join_voices()
        return found

    def _in_order(self) -> Iterator[int]:
        """The attributions that are kept, each after those that it cites."""
        gone, cut = self._citations.gone, self._citations.cut
        listeners: list[list[int]] = [[] for _ in self._citations.attributions]
        left = [0] * len(listeners)
        for index, row in enumerate(self._citations.cited):
            for each in {each.attribution for each in row}:
                if index not in gone and each not in gone and (index, each) not in cut:
                    listeners[each].append(index)
                    left[index] += 1
        waiting = [i for i, count in enumerate(left) if count == 0 and i not in gone]
        for index in waiting:
            yield index
            for other in listeners[index]:
                left[other] -= 1
                if left[other] == 0:
                    waiting.append(other)

    def _of(self, index: int, attribution: Attribution) -> Iterator[RawStatement]:
        several = len(attribution.claims) > 1
        for claim in attribution.claims:
            name = f"{attribution.id}/{claim}" if several else attribution.id
            draft = self._draft(name, index, attribution, claim, None)
            draft.why = self._citations.gone_parts.get((index, claim))
            yield draft
        targets: dict[str, RawStatement] = {}
        for cited in self._citations.cited[index]:
            why = self._why_uncited(index, cited)
            if why is not None:
                name = f"{attribution.id}>{cited.name}"
                self.uncited.append((index, Ignored(name, why)))
                continue
            for draft in self.by_attribution[cited.attribution]:
                if cited.claim is None or cited.claim == draft.claim:
                    targets.setdefault(draft.id, draft)
        for name, target in targets.items():
            if self._is_plural[index]:
                name = self.unused(f"{attribution.id}>{name}")
            else:
                name = attribution.id
            yield self._draft(name, index, attribution, target.claim, target)

    def _why_uncited(self, index: int, cited: Cited) -> Why | None:
        if (index, cited.attribution) in self._citations.cut:
            return Why.CIRCULAR
        return Why.RELAYS_ONLY if cited.attribution in self._citations.gone else None

    def _draft(
        self,
        name: str,
        index: int,
        attribution: Attribution,
        claim: str,
        target: RawStatement | None,
    ) -> RawStatement:
        spend(_DRAFTING, "listing every route by which a statement is passed on")
        place = self._matters.places[claim]
        size = self._matters.questions[place.question].size
        excess = self._excess(attribution.wording, size)
        denies = attribution.turns != (excess < 0.0)
        if target is not None:
            denies = denies != target.denies
            skill = degree_of(attribution.fidelity, DEFAULT_FIDELITY)
        else:
            skill = degree_of(attribution.competence, DEFAULT_COMPETENCE)
        # Always asked, so that an interest which an attribution overrides counts as touching it.
        # The interest of a silence is that of a denial (model 2.8).
        source = self._sources[attribution.source]
        ratio = self._interests.ratio(source, claim, denies or attribution.is_silence)
        if denies and size == 2:
            place = Place(place.question, 1 - place.value)
        part = claim if target is None else None
        return RawStatement(
            id=name,
            attribution=index,
            source=attribution.source,
            claim=claim,
            denies=denies,
            place=place,
            affirms=not denies or size == 2,
            cites=target,
            in_hand=self._citations.is_in_hand(index, claim),
            skill=skill,
            commitment=min(
                abs(excess) / (size - 1), self._citations.caps.get((index, part), 1.0), 1.0
            ),
            interest=ratio if attribution.interest is None else attribution.interest,
            written=[name],
            day=self._said[index],
            gates=self._gates(source, attribution),
            is_established=target is None and attribution.is_own_work,
            silence=attribution.would_speak or 0.0,
        )

    def _excess(self, wording: float | str | None, size: int) -> float:
        """k w - 1, looked up once for each hedge (model 2.3)."""
        key = (wording, size)
        if key not in self._excesses:
            self._excesses[key] = commitment_of(wording, size)
        return self._excesses[key]

    def _gates(self, source: Source, attribution: Attribution) -> frozenset[Place]:
        """What must be true for a statement to count, for its source's sake or its own."""
        if source.only_if is None and attribution.only_if is None:
            return _NO_GATES
        claims = {source.only_if, attribution.only_if} - {None}
        return frozenset(self._matters.places[claim] for claim in claims if claim is not None)

    @cached_property
    def _taken(self) -> set[str]:
        names = (name for each in self._citations.attributions for name in each.names)
        return {*names, *self._sources}

    def unused(self, name: str) -> str:
        """A name that no attribution and no source bears."""
        return unused(name, self._taken)

    def _expect_no_more_than_most(self, order: Iterable[int]) -> None:
        """Count the statements that attributions come to, in order, before any of them is made.

        Each passes on all that what it cites comes to, so that routes multiply; their number is summed
        along the citations, claim by claim, without listing one.
        """
        counts: dict[int, Counter[str]] = {}
        made = 0
        for index in order:
            attribution = self._citations.attributions[index]
            mine = Counter(attribution.claims)
            cited = self._citations.cited[index]
            # What is cited by two names, or whole and by a claim of it, is cited once.
            named = {
                (each.attribution, each.claim)
                for each in cited
                if self._why_uncited(index, each) is None
            }
            for each, claim in named:
                if claim is None:
                    mine.update(counts[each])
                elif (each, None) not in named:
                    mine[claim] += counts[each][claim]
            counts[index] = mine
            made += mine.total()
            if made > self._most:
                raise CaseError.of(
                    f"attributions[{index}].cites",
                    "too-many-routes",
                    f"expected at most {self._most} statements, found more: citing an "
                    "attribution that cites several passes on each of them, so that routes "
                    "multiply",
                    "cite the single attributions that are passed on",
                )

    def _join_voices(self) -> None:
        """Resolve declarations of the same voice, statement by statement on the same question."""
        for index, attribution in enumerate(self._case.attributions):
            declared = attribution.same_voice_as
            if declared is None:
                continue
            other, claim = self._citations.named[declared.attribution]
            for draft in self.by_attribution[index]:
                voice = _same_voice(draft, self.by_attribution[other], claim)
                if voice is not None:
                    draft.voice = voice
                    draft.voice_probability = declared.probability


def _same_voice(
    draft: RawStatement, others: Sequence[RawStatement], claim: str | None
) -> RawStatement | None:
    """Of what an attribution says, the part that a draft may be the same voice as (model 2.6).

    That is the part on the same question; of several, one that says the same, else by value and id.
    """
    fitting = (
        other
        for other in others
        if other.place.question == draft.place.question and claim in (None, other.claim)
    )
    return min(
        fitting,
        key=lambda other: (not draft.says_what(other), other.place.value, other.id),
        default=None,
    )


def _plurals(citations: Citations) -> list[bool]:
    """Whether each attribution is, as written, several: of several claims, or by several citations.

    Read from the whole file, so that names do not change with the date as of which it is seen.
    """
    cited, attributions = citations.cited, citations.attributions
    known: dict[int, bool] = {}
    for start in range(len(cited)):
        path: list[int] = []
        index = start
        while index not in known:
            path.append(index)
            row = cited[index]
            if len(row) != 1:
                known[index] = len(row) > 1 or len(attributions[index].claims) > 1
            elif row[0].claim is not None:
                known[index] = False
            else:
                known[index] = False  # stands unless the walk below finds otherwise
                index = row[0].attribution
        for each in path:
            known[each] = known[each] or known[index]
    return [known[index] for index in range(len(cited))]


def said_on(case: Case) -> tuple[datetime | None, ...]:
    """When each attribution was said, or its document published; the first minute of a span."""
    published = {document.id: document.published_on for document in case.documents}
    spans = (
        attribution.said_on
        or (None if attribution.document is None else published[attribution.document])
        for attribution in case.attributions
    )
    return tuple(None if span is None else span.begins for span in spans)


# Sources as witnesses: grades, track records and estimates resolved into degrees.


def reliability_of(source: Source, as_of: datetime | None = None) -> Degree | None:
    """How reliably a source tracks what is so, in whatever form it was written.

    `None` when the source cannot be judged: grade F, or nothing written. Of dated grades the last
    one from on or before the moment holds (model 3.2).

    >>> reliability_of(Source(id="now", reliability="B"))
    Degree(mean=0.75, strength=12.0)
    >>> reliability_of(Source(id="someone")) is None
    True
    """
    written = source.reliability_on(as_of)
    if written is None:
        return None
    if isinstance(written, str):
        return grade(written)
    if isinstance(written, Accuracy):
        if written.accuracy in (0.0, 1.0):
            return Degree(written.accuracy)
        right, wrong = written.accuracy, 1.0 - written.accuracy
        return Degree.from_accuracy(right * written.strength, wrong * written.strength)
    if isinstance(written, Outcomes):
        return Degree.from_accuracy(written.confirmed + 1.0, written.refuted + 1.0)
    if isinstance(written, Estimate):
        return Degree(written.mean, written.strength)
    return Degree(written)


def passing_on_of(source: Source, as_of: datetime | None = None) -> Degree:
    """How faithfully a source passes on what others say: as stated, else by its reliability.

    >>> passing_on_of(Source(id="now", reliability="B")).mean, passing_on_of(Source(id="x")).mean
    (0.97, 0.4)
    """
    stated = source.passing_on
    if stated is None:
        written = source.reliability_on(as_of)
        letter = written if isinstance(written, str) else None
        return passing_on(letter or reliability_of(source, as_of))
    return passing_on(stated) if isinstance(stated, str) else degree_of(stated, DEFAULT_FIDELITY)


def witness_of(source: Source, as_of: datetime | None = None) -> Witness:
    """A source with its reliability, its access and its passing-on as degrees.

    >>> witness_of(Source(id="now", reliability=0.95)).passing_on.mean
    0.99
    """
    return Witness(
        source.id,
        reliability_of(source, as_of),
        degree_of(source.access, DEFAULT_ACCESS),
        passing_on_of(source, as_of),
        source.kind == "sensor",
    )


def unnamed_witness(name: str) -> Witness:
    """The someone behind a secondhand statement, who cannot be judged."""
    return Witness(name, None, DEFAULT_ACCESS, passing_on(None))
