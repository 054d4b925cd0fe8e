"""Citations as they were written: own words, what we have, dates, withdrawals, circles cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import attrs

from provenance.components import circles_among
from provenance.graph.questions import Matters
from provenance.graph.sayings import Sayings, commitment_of, turns_round
from provenance.records import Attribution, Case

__all__ = [
    "Circle",
    "Citations",
    "Cited",
    "Ignored",
    "Why",
    "citations_of",
]

# What is left out before weighing, each with its reason.


class Why(StrEnum):
    """Why an attribution, or one of its citations, is ignored: a closed set of reasons."""

    LATER = "later"
    """It was said after the date as of which the case is weighed."""
    RETRACTED = "retracted"
    """It was withdrawn."""
    PRESSURE = "pressure"
    """It takes back what its source later withdrew under pressure."""
    CIRCULAR = "circular"
    """It rests on itself: a citation inside a circle, or a member of one that cites nothing else."""
    INFERENCE = "inference"
    """It is its source's own inference, not testimony."""
    NO_COMMITMENT = "no-commitment"
    """Its words commit to nothing."""
    RELAYS_ONLY = "relays-only-ignored"
    """It relays only what is ignored."""
    NOT_IN_HAND = "not-in-hand"
    """It is not in hand, and nothing that we have depends on it."""

    @property
    def sentence(self) -> str:
        """The reason as a sentence about the attribution.

        >>> Why.INFERENCE.sentence
        "it is its source's own inference, not testimony"
        """
        return _SENTENCES[self]


_SENTENCES = {
    Why.LATER: "it was said after the date as of which the case is weighed",
    Why.RETRACTED: "it was withdrawn",
    Why.PRESSURE: "it takes back, under pressure, what its source had said before",
    Why.CIRCULAR: "it rests only on itself, in a circle of citations",
    Why.INFERENCE: "it is its source's own inference, not testimony",
    Why.NO_COMMITMENT: "its words commit to nothing",
    Why.RELAYS_ONLY: "it only passes on what has no weight",
    Why.NOT_IN_HAND: "we do not have it, and nothing that we have depends on it",
}


@attrs.frozen
class Ignored:
    """One attribution, or one of its citations, that has no weight, and why."""

    attribution: str
    """The attribution's id; `id/claim` or `id>cited` where only one of several is ignored."""
    why: Why
    """The reason."""


# Circular reporting: attributions that, by way of each other, cite themselves.


@attrs.frozen
class Circle:
    """Attributions each of which cites, by way of the others, itself."""

    members: tuple[str, ...]
    """The ids of the attributions, in the order of the case."""
    claims: tuple[str, ...]
    """The claims about which a member says something on outside authority; often none."""
    stories: tuple[int, ...]
    """The stories of those claims, as indices into the graph's; none means that all are concerned."""


class Cited(NamedTuple):
    """What one citation names: an attribution, or one claim of it."""

    name: str
    """The name as it was written: `id` or `id/claim`."""
    attribution: int
    """The attribution's index in the case."""
    claim: str | None
    """The one claim that is cited, where the name says so."""


@attrs.frozen
class Citations:
    """Who cites whom, attribution by attribution, all by index.

    The attributions are those of the case and, after them, the own words of relays.
    """

    attributions: tuple[Attribution, ...]
    """The attributions of the case, then those that relays with a basis of their own add."""
    owner: tuple[int, ...]
    """For every attribution the index, in the case, of the one that was written."""
    cited: tuple[tuple[Cited, ...], ...]
    """For every attribution, what it cites; one entry per pair (model 3.3)."""
    gone: dict[int, Why]
    """Attributions that are ignored as a whole, each with the reason."""
    gone_parts: dict[tuple[int, str], Why]
    """Single claims of attributions of several claims that are ignored, each with the reason."""
    caps: dict[tuple[int, str | None], float]
    """How far, at most, the words of a withdrawn statement that stands may commit: by claim, or
    under `None` for a relay."""
    cut: frozenset[tuple[int, int]]
    """Citations inside a circle, as (citing, cited); they are cut (model 3.4)."""
    circles: tuple[tuple[int, ...], ...]
    """The members of every circle."""
    cited_whole: frozenset[int]
    """The attributions that another one cites by their plain id."""
    cited_in_part: frozenset[tuple[int, str]]
    """The single claims that another attribution cites, as (attribution, claim)."""
    raised: frozenset[int]
    """Members of circles that are in hand because of their circle."""
    published_by_source: frozenset[int]
    """The attributions whose document was published by their own source."""
    named: Mapping[str, tuple[int, str | None]]
    """What every name leads to: an attribution, and the one claim of it where the name says so."""

    def is_in_hand(self, index: int, claim: str | None = None) -> bool:
        """Whether we have an attribution, or its part about one of several claims."""
        return index in self.raised or self.is_held(index, claim)

    def is_held(self, index: int, claim: str | None = None) -> bool:
        """Whether it is in hand by what is written or by default, circles aside."""
        stated = self.attributions[index].in_hand
        if self.attributions[index].is_silence:
            return True
        if stated is not None:
            return stated
        if index in self.published_by_source:
            return True
        return index not in self.cited_whole and (index, claim) not in self.cited_in_part

    @cached_property
    def hidden_by_default(self) -> tuple[int, ...]:
        """The attributions taken to be known only through others for want of anything written.

        Neither `in_hand` nor a document says so: only that somebody cites them (model 3.1).
        """
        cited = self.cited_whole.union(index for index, _ in self.cited_in_part)
        return tuple(
            index
            for index, each in enumerate(self.attributions)
            if index in cited
            and each.in_hand is None
            and each.document is None
            and not each.is_silence
        )


def citations_of(
    case: Case,
    matters: Matters,
    as_of: datetime | None,
    said: Sequence[datetime | None],
) -> Citations:
    """The citations of a case, after dates, with one entry per pair, and with circles cut.

    Args:
        matters: the questions of the case.
        as_of: the last moment that is seen, if not all is.
        said: for every attribution of the case when it was said, if that is known.
    """
    named = {
        name: (index, name[len(attribution.id) + 1 :] or None)
        for index, attribution in enumerate(case.attributions)
        for name in attribution.names
    }
    cited = tuple(
        tuple([Cited(name, *named[name]) for name in attribution.cited])
        for attribution in case.attributions
    )
    parts = [(index, each) for index, row in enumerate(cited) for each in row]
    written = Citations(
        attributions=case.attributions,
        owner=tuple(range(len(case.attributions))),
        cited=cited,
        gone={},
        gone_parts={},
        caps={},
        cut=frozenset(),
        circles=(),
        raised=frozenset(),
        named=named,
        published_by_source=_published_by_source(case),
        cited_whole=frozenset(
            [each.attribution for i, each in parts if each.claim is None and each.attribution != i]
        ),
        cited_in_part=frozenset(
            [(each.attribution, each.claim) for _, each in parts if each.claim is not None]
        ),
    )
    sayings = Sayings(case)
    whole = _with_own_words(written, case, sayings)
    days = [said[index] for index in whole.owner]
    dated = _dated(whole, as_of, days)
    standing = _Withdrawals(dated, matters, sayings, as_of, days).settled()
    _drop_what_relays_only(standing.gone, [_distinct(row) for row in standing.cited])
    return _circles_cut(standing)


def _published_by_source(case: Case) -> frozenset[int]:
    publisher = {document.id: document.publisher for document in case.documents}
    return frozenset(
        index
        for index, attribution in enumerate(case.attributions)
        if attribution.document is not None
        and publisher[attribution.document] == attribution.source
    )


def _with_own_words(written: Citations, case: Case, sayings: Sayings) -> Citations:
    """Add what relays that saw or established it themselves say of their own (model 3).

    A relay is a relay, with any verb; only a basis of its own adds an origin, which says what
    the relay says with the relay's date, wording, interest, gate and document.
    """
    relays = [
        (index, each)
        for index, each in enumerate(case.attributions)
        if each.cites is not None and each.is_own_work
    ]
    if not relays:
        return written
    taken = {*written.named, *(source.id for source in case.sources)}
    found: list[Attribution] = []
    owner: list[int] = []
    for index, relay in relays:
        for said in sayings.said[relay.id]:
            name = f"{relay.id}/own" if said == sayings.said[relay.id][0] else None
            turned = commitment_of(relay.wording, sayings.sizes[said.claim]) < 0.0
            own = unused(name or f"{relay.id}/own/{said.claim}", taken)
            fields = {key: getattr(relay, key) for key in _CARRIED}
            found.append(
                Attribution.model_construct(
                    id=own,
                    claim=said.claim,
                    stance="affirms" if said.affirms != turned else "denies",
                    in_hand=written.is_held(index),
                    **fields,
                )
            )
            owner.append(index)
    return attrs.evolve(
        written,
        attributions=(*case.attributions, *found),
        owner=(*written.owner, *owner),
        cited=written.cited + ((),) * len(found),
    )


# What a relay's own word has from the relay.
_CARRIED = (
    "source",
    "wording",
    "verb",
    "basis",
    "competence",
    "interest",
    "only_if",
    "document",
    "said_on",
    "retracted_on",
    "retracted_because",
)


def unused(name: str, taken: set[str]) -> str:
    """A name that nothing else bears, which is then taken."""
    while name in taken:
        name += "'"
    taken.add(name)
    return name


def _dated(
    written: Citations, as_of: datetime | None, said: Sequence[datetime | None]
) -> Citations:
    """Drop what was said later (model 3.2)."""
    if as_of is None:
        return written
    gone = {index: Why.LATER for index, day in enumerate(said) if day is not None and day > as_of}
    return attrs.evolve(written, gone=gone)


# Withdrawals: what falls with them, what stands all the same, and what is said under pressure.

Side = tuple[int, frozenset[int]]
"""A question, and the values that something says it has one of."""


class _Withdrawals:
    """The withdrawals of a case, settled by why each was made (model 3.2)."""

    def __init__(
        self,
        dated: Citations,
        matters: Matters,
        sayings: Sayings,
        as_of: datetime | None,
        said: Sequence[datetime | None],
    ) -> None:
        self.dated = dated
        self.matters = matters
        self.sayings = sayings
        self.said = said
        self.gone: dict[tuple[int, str | None], Why] = {}
        self.caps: dict[tuple[int, str | None], float] = {}
        self.withdrawn = [
            part
            for index, each in enumerate(dated.attributions)
            if index not in dated.gone
            and each.retracted_on is not None
            and (as_of is None or each.retracted_on.begins <= as_of)
            for part in self._parts(index)
        ]

    def _parts(self, index: int) -> list[tuple[int, str | None]]:
        """An origin claim by claim; a relay as a whole."""
        return [(index, claim) for claim in self.dated.attributions[index].claims] or [
            (index, None)
        ]

    def settled(self) -> Citations:
        """The citations without what falls, and with what bounds the words of what stands."""
        if not self.withdrawn:
            return self.dated
        self.words = self._words_by_source()
        earliest_first = sorted(
            self.withdrawn,
            key=lambda part: (self.said[part[0]] or datetime.min, self._id(part)),
        )
        for part in self.withdrawn:
            if self._because(part) == "error":
                self.gone[part] = Why.RETRACTED
        for part in earliest_first:
            if self._because(part) == "pressure" and part not in self.gone:
                self.gone |= dict.fromkeys(self._contrary(part), Why.PRESSURE)
        for part in reversed(earliest_first):
            if self._because(part) == "unknown" and part not in self.gone:
                self._settle_unknown(part)
        return self._without_gone()

    def _id(self, part: tuple[int, str | None]) -> str:
        attribution, claim = self.dated.attributions[part[0]], part[1]
        several = len(attribution.claims) > 1
        return f"{attribution.id}/{claim}" if several else attribution.id

    def _because(self, part: tuple[int, str | None]) -> str:
        return self.dated.attributions[part[0]].retracted_because or "unknown"

    def _settle_unknown(self, part: tuple[int, str | None]) -> None:
        """It falls; or, where its source later says the contrary, both stand, it no stronger."""
        words = self._contrary(part)
        if not words:
            self.gone[part] = Why.RETRACTED
            return
        self.caps[part] = max(
            min(self.caps.get(word, 1.0), self._commitment(word)) for word in words
        )

    def _contrary(self, part: tuple[int, str | None]) -> list[tuple[int, str | None]]:
        """Later words of the same source, of its own, that say the contrary of a part."""
        index = part[0]
        attribution, day = self.dated.attributions[index], self.said[index]
        if attribution.is_silence or day is None:
            return []
        sides = self._sides(part)
        found = []
        for word in self.words.get(attribution.source, ()):
            later = self.said[word[0]]
            if word not in self.gone and later is not None and later > day:
                ((question, values),) = self._sides(word)
                every = frozenset(range(self.matters.questions[question].size))
                if (question, every - values) in sides:
                    found.append(word)
        return found

    def _words_by_source(self) -> dict[str, list[tuple[int, str | None]]]:
        """What each source that withdrew something says of its own and commits itself to."""
        sources = {self.dated.attributions[index].source for index, _ in self.withdrawn}
        found: dict[str, list[tuple[int, str | None]]] = {}
        for index, each in enumerate(self.dated.attributions):
            if each.source not in sources or index in self.dated.gone or each.is_silence:
                continue
            if each.basis != "inference":
                found.setdefault(each.source, []).extend(
                    (index, claim) for claim in each.claims if self._commitment((index, claim))
                )
        return found

    def _sides(self, part: tuple[int, str | None]) -> set[Side]:
        index, claim = part
        attribution = self.dated.attributions[index]
        if claim is None:
            said = self.sayings.said[attribution.id]
            return {self._side(each.claim, each.affirms) for each in said}
        size = self.sayings.sizes[claim]
        return {self._side(claim, not turns_round(attribution, size))}

    def _side(self, claim: str, affirms: bool) -> Side:
        place = self.matters.places[claim]
        size = self.matters.questions[place.question].size
        one = frozenset((place.value,))
        return place.question, one if affirms else frozenset(range(size)) - one

    def _commitment(self, word: tuple[int, str | None]) -> float:
        index, claim = word
        assert claim is not None
        size = self.sayings.sizes[claim]
        return abs(commitment_of(self.dated.attributions[index].wording, size)) / (size - 1)

    def _without_gone(self) -> Citations:
        gone = dict(self.dated.gone)
        parts: dict[tuple[int, str], Why] = {}
        for index in dict.fromkeys(index for index, _ in self.gone):
            whys = [self.gone.get(part) for part in self._parts(index)]
            if all(whys):
                gone[index] = next(filter(None, whys))
            else:
                parts |= {
                    (index, claim): why
                    for (each, claim), why in self.gone.items()
                    if each == index and claim is not None
                }
        return attrs.evolve(self.dated, gone=gone, gone_parts=parts, caps=self.caps)


def _distinct(row: Sequence[Cited]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each.attribution for each in row))


def _drop_what_relays_only(gone: dict[int, Why], cited: Sequence[Sequence[int]]) -> None:
    """Add to what is gone everything whose every citation is of something that is gone."""
    if not gone:
        return
    listeners: list[list[int]] = [[] for _ in cited]
    left = [len(row) for row in cited]
    for index, row in enumerate(cited):
        for each in row:
            listeners[each].append(index)
    waiting = list(gone)
    while waiting:
        for index in listeners[waiting.pop()]:
            left[index] -= 1
            if left[index] == 0 and index not in gone:
                gone[index] = Why.RELAYS_ONLY
                waiting.append(index)


def _circles_cut(dated: Citations) -> Citations:
    """Remove the citations inside circles, and the members that cite nothing else."""
    if all(each.attribution < index for index, row in enumerate(dated.cited) for each in row):
        # Who is cited stands before who cites, as in most files: there can be no circle.
        return dated
    gone = dict(dated.gone)
    live = [
        () if index in gone else tuple(each for each in _distinct(row) if each not in gone)
        for index, row in enumerate(dated.cited)
    ]
    circles = circles_among(live)
    if not circles:
        return dated
    circle_of = {member: number for number, members in enumerate(circles) for member in members}
    cut = {
        (index, each)
        for index in circle_of
        for each in live[index]
        if circle_of.get(each) == circle_of[index]
    }
    outside = [
        tuple(each for each in row if (index, each) not in cut) for index, row in enumerate(live)
    ]
    circular = {index: Why.CIRCULAR for index in circle_of if not outside[index]}
    _drop_what_relays_only(circular, outside)
    return attrs.evolve(
        dated,
        gone=gone | circular,
        cut=frozenset(cut),
        circles=circles,
        raised=_raised(dated, circles, circle_of),
    )


def _raised(
    dated: Citations, circles: Sequence[tuple[int, ...]], circle_of: dict[int, int]
) -> frozenset[int]:
    """The members of circles of which one is in hand, or which nothing outside cites.

    Who cites is read from the whole file, as for `in_hand` by default: a citation from outside
    that is dropped by date has not put the members into our hands.
    """
    known_elsewhere = {
        circle_of[each.attribution]
        for index, row in enumerate(dated.cited)
        for each in row
        if each.attribution in circle_of and circle_of.get(index) != circle_of[each.attribution]
    }
    return frozenset(
        member
        for number, members in enumerate(circles)
        if number not in known_elsewhere or any(dated.is_held(member) for member in members)
        for member in members
    )
