"""Citations as they were written: what is in hand, what is dropped by date, and circles cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

import attrs

from provenance.components import circles_among
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
    CIRCULAR = "circular"
    """It rests on itself: a citation inside a circle, or a member of one that cites nothing else."""
    INFERENCE = "inference"
    """It is its source's own inference, not testimony."""
    NO_COMMITMENT = "no-commitment"
    """Its words commit to nothing."""
    RELAYS_ONLY = "relays-only-ignored"
    """It relays only what is ignored."""
    NOT_IN_HAND = "not-in-hand"
    """It is not in hand, and nothing in hand depends on it."""

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
    Why.CIRCULAR: "it rests only on itself, in a circle of citations",
    Why.INFERENCE: "it is its source's own inference, not testimony",
    Why.NO_COMMITMENT: "its words commit to nothing",
    Why.RELAYS_ONLY: "it relays only what is ignored",
    Why.NOT_IN_HAND: "it is not in hand, and nothing in hand depends on it",
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


@attrs.frozen
class Cited:
    """What one citation names: an attribution, or one claim of it."""

    name: str
    """The name as it was written: `id` or `id/claim`."""
    attribution: int
    """The attribution's index in the case."""
    claim: str | None
    """The one claim that is cited, where the name says so."""


@attrs.frozen
class Citations:
    """Who cites whom, attribution by attribution, all by index into the case."""

    cited: tuple[tuple[Cited, ...], ...]
    """For every attribution, what it cites; one entry per pair."""
    gone: dict[int, Why]
    """Attributions that are ignored as a whole, each with the reason."""
    cut: frozenset[tuple[int, int]]
    """Citations inside a circle, as (citing, cited)."""
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
    case: Case
    """The case."""

    def is_in_hand(self, index: int, claim: str | None = None) -> bool:
        """Whether an attribution is in hand, or its part about one of several claims."""
        return index in self.raised or self.is_held(index, claim)

    def is_held(self, index: int, claim: str | None = None) -> bool:
        """Whether it is in hand by what is written or by default, circles aside."""
        stated = self.case.attributions[index].in_hand
        if stated is not None:
            return stated
        if index in self.published_by_source:
            return True
        return index not in self.cited_whole and (index, claim) not in self.cited_in_part


def citations_of(case: Case, as_of: date | None, said: Sequence[date | None]) -> Citations:
    """The citations of a case, after dates, with one entry per pair, and with circles cut.

    Args:
        as_of: the day as of which the case is seen, if any.
        said: for every attribution the day on which it was said, if that is known.
    """
    named = {
        name: (index, name[len(attribution.id) + 1 :] or None)
        for index, attribution in enumerate(case.attributions)
        for name in attribution.names
    }
    cited = tuple(
        tuple(Cited(name, *named[name]) for name in attribution.cited)
        for attribution in case.attributions
    )
    written = Citations(
        cited=cited,
        gone={},
        cut=frozenset(),
        circles=(),
        raised=frozenset(),
        named=named,
        case=case,
        published_by_source=_published_by_source(case),
        cited_whole=frozenset(
            each.attribution
            for index, row in enumerate(cited)
            for each in row
            if each.claim is None and each.attribution != index
        ),
        cited_in_part=frozenset(
            (each.attribution, each.claim)
            for row in cited
            for each in row
            if each.claim is not None
        ),
    )
    return _circles_cut(_dated(written, as_of, said))


def _published_by_source(case: Case) -> frozenset[int]:
    publisher = {document.id: document.publisher for document in case.documents}
    return frozenset(
        index
        for index, attribution in enumerate(case.attributions)
        if attribution.document is not None
        and publisher[attribution.document] == attribution.source
    )


def _dated(written: Citations, as_of: date | None, said: Sequence[date | None]) -> Citations:
    """Drop what is later or was withdrawn, and what relays only that."""
    gone: dict[int, Why] = {}
    for index, attribution in enumerate(written.case.attributions):
        why = _why_gone(attribution, said[index], as_of)
        if why is not None:
            gone[index] = why
    _drop_what_relays_only(gone, [_distinct(row) for row in written.cited])
    return attrs.evolve(written, gone=gone)


def _why_gone(attribution: Attribution, said: date | None, as_of: date | None) -> Why | None:
    if as_of is not None and said is not None and said > as_of:
        return Why.LATER
    withdrawn = attribution.retracted_on
    if withdrawn is not None and (as_of is None or withdrawn.first <= as_of):
        return Why.RETRACTED
    return None


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
