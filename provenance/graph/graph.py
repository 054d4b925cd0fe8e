"""The graph of a case: everything about who has what from whom, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

import attrs

from provenance.bounds import affordable, spend
from provenance.errors import InvalidValue
from provenance.graph.canonical import canonical_form, joined, joined_by_source
from provenance.graph.citations import Circle, Ignored, Why
from provenance.graph.denials import denials_in
from provenance.graph.lineage import Chain, Counting, Lineage, chains_of, lineage_of
from provenance.graph.questions import (
    REACHING,
    Bearings,
    IdleInterest,
    Interests,
    Spoken,
    matters_of,
)
from provenance.graph.rivals import Differing, differing_in
from provenance.graph.story import Place, Story
from provenance.records import Attribution, Called, Case, Source
from provenance.scales import in_a_sentence, isolated, quoted

__all__ = ["Graph", "moment_of"]

_FINDING = "finding what bears on a claim"


def moment_of(as_of: date | None) -> datetime | None:
    """The last minute that is seen as of a day or a minute.

    >>> moment_of(date(2015, 8, 28))
    datetime.datetime(2015, 8, 28, 23, 59)
    """
    if as_of is None or isinstance(as_of, datetime):
        return as_of
    return datetime.combine(as_of, time(23, 59))


@attrs.frozen
class Graph:
    """A case in canonical form: its stories, what is ignored, and where everything comes from.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed"}],
    ...     sources=[{"id": "general"}, {"id": "paper", "reliability": "B"}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "report", "source": "paper", "cites": "tweet"},
    ...     ],
    ... )
    >>> graph = Graph.of(case)
    >>> graph.chains("sailed")[0].ids
    ('tweet', 'report')
    """

    case: Case
    """The case."""
    as_of: date | None
    """The day, or in a story of one day the minute, as of which it is seen; `None` for all."""
    stories: tuple[Story, ...]
    """The stories: sets of questions connected by links, in the order of the case."""
    ignored: tuple[Ignored, ...]
    """What has no weight, and why, in the order of the case."""
    circles: tuple[Circle, ...]
    """Circles of citations among the attributions."""
    idle_interests: tuple[IdleInterest, ...]
    """Interests that touch no statement of their source."""
    story_of: Mapping[str, int]
    """For every claim the index of its story."""
    bearings: Bearings
    """Which claims speak for or against which others."""
    written: Mapping[str, int]
    """For every id in a statement's `merged`, the index of the attribution behind it."""
    said: tuple[datetime | None, ...]
    """For every attribution when it was said, where that is known."""
    cited: tuple[frozenset[int], ...]
    """For every attribution the indices of those that it cites, or of which it cites a part."""
    hidden_by_default: tuple[str, ...]
    """The attributions that nothing but a citation says are known only through others."""
    places: tuple[tuple[int, int], ...]
    """For every question of the case its story and its index there."""
    walks_alone: bool = attrs.field(default=False, eq=False)
    """Whether what bears on a claim is sought for each by itself, whatever was asked before."""

    @classmethod
    def of(cls, case: Case, as_of: date | None = None) -> Graph:
        """Bring a case to canonical form, once; a `Case` that exists is known to hold together.

        Linear in the statements of the case but for sorting. An attribution that cites several is
        several statements, and so is everything that cites it.

        Args:
            as_of: leave out what was said later, and see retractions and resolutions as they
                stood on that day.

        Raises:
            InvalidValue: it is not a case.
            CaseError: citations of lists of citations multiply into too many statements.
            TooEntangled: contradictions run into more than half a million pairs of claims.
        """
        if not isinstance(case, Case):
            raise InvalidValue(
                f"expected a Case, found {type(case).__name__}; load_case reads one from a path, "
                "a text, bytes or a mapping"
            )
        moment = moment_of(as_of)
        matters = matters_of(case, moment)
        bearings = Bearings.of(case, matters)
        interests = Interests(bearings)
        form = canonical_form(case, matters, interests, moment)
        return cls(
            case=case,
            as_of=as_of,
            stories=form.stories,
            ignored=form.ignored,
            circles=form.circles,
            idle_interests=interests.idle(case.sources),
            story_of={
                claim.id: form.places[matters.places[claim.id].question][0] for claim in case.claims
            },
            bearings=bearings,
            written=form.written,
            said=form.said,
            cited=form.cited,
            hidden_by_default=form.hidden_by_default,
            places=form.places,
        )

    @classmethod
    def kept(cls, case: Case, as_of: date | None = None) -> Graph:
        """The same, for a case that is asked about again and again, claim by claim.

        The last one is kept, so that bringing it to canonical form is done once, where somebody
        counts what that takes. It is spent again each time: whether an answer is within its budget
        never hangs on what was asked before. Raises what `of` does.
        """
        global _last
        last, left = _last, affordable()
        if last is not None and last.is_of(case, as_of) and last.operations <= (left or 0):
            spend(last.operations, _FINDING)
            return last.graph
        graph = attrs.evolve(cls.of(case, as_of), walks_alone=True)
        after = affordable()
        if left is not None and after is not None:
            _last = _Kept(graph, left - after)
        return graph

    def story(self, claim: str) -> Story:
        """The story to which a claim belongs; raises `UnknownName` for a claim that is not there."""
        return self.stories[self._story_number(claim)]

    def place(self, claim: str) -> Place:
        """Where a claim stands in its story."""
        return self.story(claim).places[claim]

    def joined(self, claim: str) -> Story:
        """Every story that shares a source with the claim's, directly or through others, as one."""
        return self._unions[self._union_of[self._story_number(claim)]]

    def chains(self, claim: str, most: int = 1000) -> tuple[Chain, ...]:
        """The paths from origins to what we have that bears on a claim, in the order of the case.

        There is one path to every statement that we have; `lineage(claim).routes` counts them all. At
        most `most` are given, and none once they run to 100 times as many statements.
        """
        return chains_of(self.story(claim), self._towards(claim), most)

    def lineage(self, claim: str) -> Lineage:
        """Where what is said about a claim comes from, and how it has reached us.

        Linear in the statements of the claim's story.
        """
        return lineage_of(self.story(claim), claim, self._towards(claim), self.attribution_of)

    def mentions(self, claim: str) -> tuple[int, int, int]:
        """How often a claim is mentioned, from how many groups of origins, through how many outlets.

        What `lineage` counts, without naming anybody: of many linked claims that is much less work.
        """
        number = self._story_number(claim)
        if number not in self._counting:
            self._counting[number] = Counting(self.stories[number], self.attribution_of)
        return self._counting[number].of(self._bearing_on(claim))

    def circles_of(self, claim: str) -> tuple[Circle, ...]:
        """The circles that concern a claim: those of its story, and those that reach no claim."""
        number = self._story_number(claim)
        return self._circles_by_story.get(number, ()) + self._circles_by_story.get(None, ())

    def undated(self, claim: str) -> tuple[str, ...]:
        """The ids of the attributions of a claim's story of which no date is known."""
        said, attributions = self.said, self.case.attributions
        names = (name for each in self.story(claim).statements for name in each.merged)
        return tuple(
            dict.fromkeys(
                attributions[index].id
                for index in map(self.written.__getitem__, names)
                if said[index] is None
            )
        )

    def stories_about(self, attribution: str) -> frozenset[int]:
        """The stories of the claims that an attribution says something of, silences included."""
        names = self._attributions.keys() & {attribution, attribution.partition("/")[0]}
        return frozenset(story for name in names for story in self._stories_of_one(name))

    def _stories_of_one(self, name: str) -> Iterable[int]:
        record = self._attributions[name]
        if record.cites is None:
            return map(self.story_of.__getitem__, record.claims)
        return self._stories_about[name]

    @cached_property
    def _attributions(self) -> dict[str, Attribution]:
        """Every attribution by its id."""
        return {each.id: each for each in self.case.attributions}

    @cached_property
    def _stories_about(self) -> dict[str, frozenset[int]]:
        """For every attribution the stories of its claims, and of those of what it passes on."""
        found: dict[str, frozenset[int]] = {}
        hearers: dict[str, list[str]] = {}
        waiting: list[tuple[str, frozenset[int]]] = []
        for each in self.case.attributions:
            for cited in each.cited:
                hearers.setdefault(cited, []).append(each.id)
            found[each.id] = frozenset(map(self.story_of.__getitem__, each.claims))
            if not each.is_silence:
                # An attribution of several claims may be cited for one of them.
                parts = zip(each.names[1:], each.claims, strict=False)
                waiting.append((each.id, found[each.id]))
                waiting += ((name, frozenset((self.story_of[c],))) for name, c in parts)
        while waiting:
            name, stories = waiting.pop()
            for hearer in hearers.get(name, ()):
                if not stories <= found[hearer]:
                    found[hearer] |= stories
                    waiting.append((hearer, stories))
        return found

    def _by_story(self, ids: Iterable[str]) -> dict[int, tuple[str, ...]]:
        """Some attributions by the stories of the claims that they say something of."""
        found: dict[int, list[str]] = {}
        for name in ids:
            for story in self.stories_about(name.partition(">")[0]):
                found.setdefault(story, []).append(name)
        return {story: tuple(names) for story, names in found.items()}

    @cached_property
    def hidden_in(self) -> Mapping[int, tuple[str, ...]]:
        """For every story what nothing but a citation says is known only through others."""
        return self._by_story(self.hidden_by_default)

    @cached_property
    def withdrawn_in(self) -> Mapping[int, tuple[str, ...]]:
        """For every story what was withdrawn, or said under pressure, of its claims."""
        gone = (Why.RETRACTED, Why.PRESSURE)
        return self._by_story(each.attribution for each in self.ignored if each.why in gone)

    @cached_property
    def drafts_in(self) -> Mapping[int, tuple[str, ...]]:
        """For every story what nobody has confirmed yet."""
        attributions = self.case.attributions
        return self._by_story(each.id for each in attributions if each.extensions.get("x-draft"))

    @cached_property
    def passing_on_stated(self) -> frozenset[str]:
        """The sources of which the case states how faithfully they pass on what others say."""
        return frozenset(each.id for each in self.case.sources if each.passing_on is not None)

    @cached_property
    def retracted(self) -> tuple[str, ...]:
        """The ids of the attributions that were withdrawn."""
        return tuple(each.attribution for each in self.ignored if each.why is Why.RETRACTED)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of every claim."""
        return {claim.id: claim.text for claim in self.case.claims}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """What kind of source each is."""
        return {source.id: source.kind for source in self.case.sources}

    @cached_property
    def is_dated(self) -> bool:
        """Whether it is known of any attribution when it was said."""
        return any(self.said)

    @cached_property
    def denials(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For every claim the pairs in which it looks like another story's denial, or is denied.

        The denial comes first in each pair.
        """
        return denials_in(self.texts, self.story_of)

    @cached_property
    def _differing(self) -> Differing:
        return differing_in(self.texts, self.story_of)

    @cached_property
    def coarser(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For every claim the pairs of which one says the other's number or date, more exactly.

        The more exact one comes first in each pair.
        """
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for finer, others in self._differing.coarser.items():
            for pair in ((finer, other) for other in others):
                for claim in pair:
                    found[claim] = (*found.get(claim, ()), pair)
        return found

    @cached_property
    def rivals(self) -> Mapping[str, tuple[str, ...]]:
        """For every claim those of other stories that say the same but for one phrase or value.

        What one source says side by side it does not take for rivals, and neither is it here.
        """
        alike = self._differing.rivals
        if not alike:
            return {}
        said: dict[str, set[str]] = {}
        for each in self.case.attributions:
            for claim in each.claims if each.stance == "affirms" else ():
                said.setdefault(claim, set()).add(each.source)
        found = {
            claim: tuple(
                other for other in others if said.get(claim, set()).isdisjoint(said.get(other, ()))
            )
            for claim, others in alike.items()
        }
        return {claim: others for claim, others in found.items() if others}

    @cached_property
    def titles(self) -> dict[str, str]:
        """What to call every source that is heard, unnamed ones included."""
        heard = (witness.id for story in self.stories for witness in story.witnesses)
        named = {source.id: source.title for source in self.case.sources}
        return {**{each: each for each in heard}, **named}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its id."""
        return {source.id: source for source in self.case.sources}

    def called(self, name: str) -> str:
        """What to call a source within a sentence: described where it has no name.

        A newspaper's article belongs to its name: "The Post", but "the mayor".
        """
        if name not in self._called:
            self._called[name] = self._called_anew(name)
        return self._called[name]

    @cached_property
    def _called(self) -> dict[str, str]:
        """What sources have been called so far."""
        return {}

    def _called_anew(self, name: str) -> str:
        source = self.sources.get(name)
        if source is None:
            return isolated(name)
        if source.name is None and source.described_as is not None:
            return f"the source called {quoted(source.described_as, 120)}"
        title = isolated(source.title)
        return title if source.kind == "outlet" else in_a_sentence(title)

    @cached_property
    def disowning(self) -> frozenset[str]:
        """The ids of the attributions by which a source disowns what is passed on as its word."""
        attributions = self.case.attributions
        return frozenset(each.id for each in attributions if each.stance == "disowns")

    @cached_property
    def disowned(self) -> frozenset[str]:
        """What is disowned by the one whose word it is said to be."""
        attributions = self.case.attributions
        return frozenset(
            name for each in attributions if each.id in self.disowning for name in each.cited
        )

    @cached_property
    def speakers(self) -> dict[str, str]:
        """The source behind every id by which a statement can be cited."""
        found = {name: each.source for each in self.case.attributions for name in each.names}
        return found | {each.id: each.source for each in self.case.attributions}

    @cached_property
    def declared_voices(self) -> tuple[tuple[str, str], ...]:
        """The sources of every two attributions of which it is on record that they may be one voice."""
        return tuple(
            (each.source, self.speakers[each.same_voice_as.attribution.partition("/")[0]])
            for each in self.case.attributions
            if each.same_voice_as is not None
        )

    @cached_property
    def asked_texts(self) -> dict[str, str]:
        """The text of every claim and of every question; a claim goes before a question of its id."""
        return {each.id: each.text for each in self.case.questions} | self.texts

    @cached_property
    def attribution_of(self) -> dict[str, str]:
        """For every id in a statement's `merged`, the id of the attribution behind it."""
        return {name: self.case.attributions[index].id for name, index in self.written.items()}

    def _towards(self, claim: str) -> dict[Place, frozenset[int]]:
        """What bears on a claim, as places of its story, for going through its statements."""
        # A statement is gone through again and again, for its origin, its group and its route.
        spend(3 * REACHING * len(self.story(claim).statements), _FINDING)
        return self._bearing_on(claim)

    def _bearing_on(self, claim: str) -> dict[Place, frozenset[int]]:
        towards = (self.bearings if self.walks_alone else self._spoken).towards(claim)
        spend(REACHING * len(towards), _FINDING)
        return {
            Place(self.places[place.question][1], place.value): signs
            for place, signs in towards.items()
        }

    @cached_property
    def _counting(self) -> dict[int, Counting]:
        """The stories of which it has been counted so far who says what."""
        return {}

    @cached_property
    def _spoken(self) -> Spoken:
        """How what is spoken of bears on each claim."""
        return Spoken(self.bearings, self._values_spoken_of)

    def _values_spoken_of(self) -> Iterator[Place]:
        asked: dict[int, list[int]] = {}
        for question, (number, _) in enumerate(self.places):
            asked.setdefault(number, []).append(question)
        for number, story in enumerate(self.stories):
            for each in story.statements:
                yield Place(asked[number][each.question], each.value)

    @cached_property
    def _circles_by_story(self) -> dict[int | None, tuple[Circle, ...]]:
        """The circles that concern each story; under `None` those that reach no claim."""
        found: dict[int | None, list[Circle]] = {}
        for circle in self.circles:
            for number in circle.stories or (None,):
                found.setdefault(number, []).append(circle)
        return {number: tuple(circles) for number, circles in found.items()}

    @cached_property
    def _union_of(self) -> tuple[int, ...]:
        return joined_by_source(self.stories)

    @cached_property
    def _unions(self) -> tuple[Story, ...]:
        members: list[list[Story]] = [[] for _ in range(max(self._union_of, default=-1) + 1)]
        for number, story in zip(self._union_of, self.stories, strict=True):
            members[number].append(story)
        return tuple(joined(each) if len(each) > 1 else each[0] for each in members)

    def _story_number(self, claim: str) -> int:
        if claim not in self.story_of:
            raise Called(self.case).unknown("claim", claim, self.story_of)
        return self.story_of[claim]


class _Kept(NamedTuple):
    """The graph that was asked for last, and what bringing its case to canonical form took."""

    graph: Graph
    operations: int

    def is_of(self, case: Case, as_of: date | None) -> bool:
        """Whether it is this very case, seen as of the same day."""
        return self.graph.case is case and self.graph.as_of == as_of


_last: _Kept | None = None
