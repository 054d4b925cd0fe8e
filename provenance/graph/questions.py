"""What a case is about: its questions, the links between them, and which of them are linked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import combinations

import attrs

from provenance.bounds import affordable, spend, within
from provenance.components import joined
from provenance.errors import TooCostly, TooEntangled
from provenance.graph.story import Link, Place, StoryQuestion
from provenance.records import (
    Called,
    Case,
    Claim,
    ContradictsLink,
    EvidenceLink,
    ImpliesLink,
    Interest,
    Source,
)
from provenance.scales import interest_ratio

__all__ = [
    "Bearings",
    "IdleInterest",
    "Interests",
    "Matters",
    "Spoken",
    "matters_of",
]

PAIRS_AT_MOST = 500_000
"""How many pairs of claims the links of a case may put in contradiction."""


@attrs.frozen
class Matters:
    """Every question of a case, with places and links counted over the whole case."""

    questions: tuple[StoryQuestion, ...]
    """The questions, in the order of the case: each stands where its first claim stands."""
    places: Mapping[str, Place]
    """Where every claim stands."""
    links: tuple[Link, ...]
    """The links, a contradiction between several claims as its pairs."""
    component: tuple[int, ...]
    """For every question, the set of linked questions to which it belongs, numbered in order."""
    resolved: tuple[tuple[Place, bool], ...]
    """Claims whose truth has been found out."""


def matters_of(case: Case, as_of: datetime | None = None) -> Matters:
    """The questions and links of a case, with what has been resolved by a date.

    A resolution without a date counts from the start, as undated attributions do.
    Raises `TooEntangled` when contradictions between many claims run into too many pairs.
    """
    signs = {link.sign for link in case.links if isinstance(link, EvidenceLink)}
    questions = tuple(_questions(case, signs))
    places = {
        claim: Place(q, v)
        for q, question in enumerate(questions)
        for v, claim in enumerate(question.values)
        if claim is not None
    }
    links = tuple(_links(case, places))
    return Matters(
        questions=questions,
        places=places,
        links=links,
        component=joined(
            len(questions), ((link.first.question, link.second.question) for link in links)
        ),
        resolved=tuple(
            (places[claim.id], claim.resolved.value)
            for claim in case.claims
            if claim.resolved is not None
            and (as_of is None or claim.resolved.on is None or claim.resolved.on.begins <= as_of)
        ),
    )


def _questions(case: Case, signs: set[str]) -> Iterator[StoryQuestion]:
    asked = {claim: question for question in case.questions for claim in question.claims}
    done: set[str] = set()
    for claim in case.claims:
        question = asked.get(claim.id)
        if question is None:
            yield _plain(claim, claim.id in signs)
        elif question.id not in done:
            done.add(question.id)
            rest = () if question.exhaustive else (None,)
            prior = question.prior
            if prior is not None and not question.exhaustive:
                prior = (*prior, 1.0 - sum(prior))
            yield StoryQuestion(question.id, (*question.claims, *rest), prior)


def _plain(claim: Claim, is_sign: bool) -> StoryQuestion:
    values = (claim.id, None)
    n = claim.alternatives
    if is_sign or claim.prior is None:
        return StoryQuestion(claim.id, values, is_sign=is_sign, alternatives=n)
    if isinstance(claim.prior, float):
        return StoryQuestion(claim.id, values, (claim.prior, 1.0 - claim.prior), alternatives=n)
    mean, strength = claim.prior.mean, claim.prior.strength
    return StoryQuestion(claim.id, values, (mean, 1.0 - mean), strength, alternatives=n)


def _links(case: Case, places: Mapping[str, Place]) -> Iterator[Link]:
    pairs = 0
    for number, link in enumerate(case.links):
        if isinstance(link, EvidenceLink):
            true, false = link.if_true, link.if_false
            ends = places[link.claim], places[link.sign]
            yield Link(
                *ends, both=true, only_first=1.0 - true, only_second=false, neither=1.0 - false
            )
        elif isinstance(link, ImpliesLink):
            ends = places[link.claim], places[link.implies]
            yield Link(
                *ends, both=1.0, only_first=1.0 - link.strength, only_second=1.0, neither=1.0
            )
        else:
            pairs += len(link.claims) * (len(link.claims) - 1) // 2
            if pairs > PAIRS_AT_MOST:
                called = {each: Called(case).claim(each) for each in link.claims[:20]}
                raise TooEntangled(link.claims, pairs, PAIRS_AT_MOST, called)
            yield from _contradictions(number, link, places)


def _contradictions(
    number: int, link: ContradictsLink, places: Mapping[str, Place]
) -> Iterator[Link]:
    claims = dict.fromkeys(link.claims)
    crowd = number if len(claims) > 2 else None
    both = 1.0 - link.strength
    for one, other in combinations([places[claim] for claim in claims], 2):
        yield Link(one, other, both, 1.0, 1.0, 1.0, crowd)


# Which claims speak for or against which others, through any chain of links.

_SIGNS: Mapping[int, frozenset[int]] = {sign: frozenset((sign,)) for sign in (1, -1)}
_SIGNS_OF: Mapping[tuple[int, int], frozenset[int]] = {
    (1, 0): _SIGNS[1],
    (0, 1): _SIGNS[-1],
    (1, 1): frozenset((1, -1)),
}

REACHING = 10
"""Operations for a statement, or a value, of which it is found how it bears on a claim."""
_BITS_AT_ONCE = 1000  # values of which bits are combined as fast as of one

Reached = Mapping[Place, tuple[int, int]]
"""For places the bits of what speaks for what stands there, and of what speaks against it."""


@attrs.frozen
class Bearings:
    """For every claim, what bears on it directly: +1 for it, -1 against it."""

    matters: Matters
    """The questions of the case."""
    signs: Mapping[str, tuple[tuple[str, int], ...]]
    """The signs of a claim and what implies it; a sign likelier when it is false is against it."""
    crowds: tuple[tuple[str, ...], ...]
    """The claims of every contradiction."""
    crowds_of: Mapping[str, tuple[int, ...]]
    """The contradictions that a claim is among."""

    @classmethod
    def of(cls, case: Case, matters: Matters) -> Bearings:
        """What bears on what in a case."""
        signs: dict[str, list[tuple[str, int]]] = {}
        crowds: list[tuple[str, ...]] = []
        crowds_of: dict[str, list[int]] = {}
        for link in case.links:
            if isinstance(link, EvidenceLink):
                # Where both are as likely, the sign is none.
                if link.if_true != link.if_false:
                    sign = 1 if link.if_true > link.if_false else -1
                    signs.setdefault(link.claim, []).append((link.sign, sign))
            elif isinstance(link, ImpliesLink):
                signs.setdefault(link.implies, []).append((link.claim, 1))
            else:
                for claim in dict.fromkeys(link.claims):
                    crowds_of.setdefault(claim, []).append(len(crowds))
                crowds.append(tuple(dict.fromkeys(link.claims)))
        return cls(
            matters,
            {claim: tuple(found) for claim, found in signs.items()},
            tuple(crowds),
            {claim: tuple(found) for claim, found in crowds_of.items()},
        )

    def touching(self, claims: Iterable[str]) -> dict[str, frozenset[int]]:
        """The claims that are one of these, a sign of one, or imply one, through any chain of links.

        Each comes with the ways it counts: +1 as the claim itself, -1 the other way, or both where
        two chains disagree. Linear in the links that are reached.
        """
        found: dict[str, frozenset[int]] = {}
        waiting = [(claim, 1) for claim in claims]
        while waiting:
            claim, sign = waiting.pop()
            known = found.get(claim, frozenset())
            if sign in known:
                continue
            found[claim] = known | _SIGNS[sign]
            waiting += [(other, sign * each) for other, each in self.signs.get(claim, ())]
        return found

    @cached_property
    def borne_on(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """`signs` the other way round: for every claim, on which others it bears directly."""
        found: dict[str, list[tuple[str, int]]] = {}
        for claim, signs in self.signs.items():
            for other, sign in signs:
                found.setdefault(other, []).append((claim, sign))
        return {claim: tuple(each) for claim, each in found.items()}

    def towards(self, claim: str) -> dict[Place, frozenset[int]]:
        """The values whose truth speaks for a claim (+1) or against it (-1), as places in the case.

        For it: the claim, its signs and what implies it, and so on through links; against it: what
        contradicts it, and the other values of its question. Among several chains of links the
        shortest counts, because a value that excludes an alternative of a claim need not speak for
        the claim; where shortest chains disagree it counts both ways.
        Linear in the links of the claim's story.
        """
        start = self.matters.places[claim]
        found = {start: _SIGNS[1]}
        distance = {start: 0}
        spread: set[object] = set()
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            for other, sign in self._beside(place, found[place], spread):
                turned = frozenset(sign * each for each in found[place])
                if other not in distance:
                    distance[other] = distance[place] + 1
                    found[other] = turned
                    waiting.append(other)
                elif distance[other] == distance[place] + 1:
                    found[other] |= turned
        return found

    def reached_from(self, values: Sequence[Place]) -> Reached:
        """For every value, which of some others speak for it and which against it, as bits.

        `towards` of every claim in one walk from the other end: bit n of a place is set where the
        nth of the values is in the `towards` of what stands there. Takes a look at every place for
        every distance at which anything comes to it.
        """
        seen: dict[Place, int] = {}
        found: dict[Place, tuple[int, int]] = {}
        arriving = {place: (1 << bit, 0) for bit, place in enumerate(values)}
        each_look = REACHING * (1 + len(values) // _BITS_AT_ONCE)
        while arriving:
            spend(each_look * len(arriving), "finding what bears on a claim")
            for place, (pro, con) in arriving.items():
                seen[place] = seen.get(place, 0) | pro | con
                before = found.get(place, (0, 0))
                found[place] = (before[0] | pro, before[1] | con)
            onward: dict[Place, tuple[int, int]] = {}
            for place, pro, con in self._onward(arriving):
                new = ~seen.get(place, 0)
                if (pro | con) & new:
                    before = onward.get(place, (0, 0))
                    onward[place] = (before[0] | pro & new, before[1] | con & new)
            arriving = onward
        return found

    def _onward(self, arriving: Reached) -> Iterator[tuple[Place, int, int]]:
        """What stands at some places, a link further; what excludes each other is gone through once."""
        places, questions = self.matters.places, self.matters.questions
        crowds: dict[int, tuple[int, int]] = {}
        beside: dict[int, tuple[int, int]] = {}
        for place, (pro, con) in arriving.items():
            claim = questions[place.question].values[place.value]
            known = beside.get(place.question, (0, 0))
            beside[place.question] = (known[0] | pro, known[1] | con)
            if claim is None:
                continue
            for other, sign in self.borne_on.get(claim, ()):
                yield places[other], *((pro, con) if sign > 0 else (con, pro))
            for crowd in self.crowds_of.get(claim, ()):
                known = crowds.get(crowd, (0, 0))
                crowds[crowd] = (known[0] | pro, known[1] | con)
        # Whoever gave something to its crowd has it already, so that it comes back to nobody.
        for crowd, (pro, con) in crowds.items():
            yield from ((places[each], con, pro) for each in self.crowds[crowd])
        for question, (pro, con) in beside.items():
            for value in range(questions[question].size):
                yield Place(question, value), con, pro

    def _beside(
        self, place: Place, signs: frozenset[int], spread: set[object]
    ) -> Iterator[tuple[Place, int]]:
        """What bears directly on a value; what many exclude each other is gone through once.

        Values are looked at by their distance. The first one of a question, or of a contradiction,
        reaches all the others; a later one could add no more than another sign.
        """
        places = self.matters.places
        question = self.matters.questions[place.question]
        claim = question.values[place.value]
        if claim is not None:
            for other, sign in self.signs.get(claim, ()):
                yield places[other], sign
            for crowd in self.crowds_of.get(claim, ()):
                if (crowd, signs) not in spread:
                    spread.add((crowd, signs))
                    yield from ((places[other], -1) for other in self.crowds[crowd])
        if place.question not in spread:
            spread.add(place.question)
            for value in range(question.size):
                if value != place.value:
                    yield Place(place.question, value), -1


class Spoken:
    """What is spoken of, and how it bears on each claim.

    For the first claim of linked questions everything that bears on it is sought from the claim. For
    the others it is found for all of them at once, from what is spoken of, of which there mostly is
    less: every value that is spoken of walks back along the links, all of them together, each a bit
    of a number.

    Args:
        spoken: gives the values that are spoken of, where they are needed.
    """

    def __init__(self, bearings: Bearings, spoken: Callable[[], Iterable[Place]]) -> None:
        self._bearings = bearings
        self._values = spoken
        self._first: dict[int, str] = {}
        self._at_once: dict[int, Reached | None] = {}

    @cached_property
    def _spoken(self) -> Mapping[int, tuple[Place, ...]]:
        """The values that are spoken of, by the linked questions that they belong to."""
        found: dict[int, list[Place]] = {}
        for place in dict.fromkeys(self._values()):
            found.setdefault(self._bearings.matters.component[place.question], []).append(place)
        return {component: tuple(places) for component, places in found.items()}

    def towards(self, claim: str) -> dict[Place, frozenset[int]]:
        """Of `Bearings.towards` at least all that is spoken of."""
        place = self._bearings.matters.places[claim]
        component = self._bearings.matters.component[place.question]
        if self._first.setdefault(component, claim) != claim:
            spoken = self._spoken.get(component, ())
            if component not in self._at_once:
                self._at_once[component] = _within_half(self._bearings, spoken)
            reached = self._at_once[component]
            if reached is not None:
                pro, con = reached.get(place, (0, 0))
                return {
                    each: _SIGNS_OF[pro >> bit & 1, con >> bit & 1]
                    for bit, each in enumerate(spoken)
                    if (pro | con) >> bit & 1
                }
        return self._bearings.towards(claim)


def _within_half(bearings: Bearings, spoken: Sequence[Place]) -> Reached | None:
    """What values reach, where it takes at most half of what is left of the budget."""
    left = affordable()
    try:
        with within(None if left is None else max(1, left // 2)):
            return bearings.reached_from(spoken)
    except TooCostly:
        return None


# Interests: how much likelier a source is to say something when it does not track the truth.


@attrs.frozen
class IdleInterest:
    """An interest that touches no statement of its source, so that it changes nothing."""

    source: str
    """The id of the source."""
    claims: tuple[str, ...]
    """The claims that the interest names; empty for all of them."""
    stake: str
    """What the source would gain or lose."""


class Interests:
    """The interests of the sources of a case, looked up by what a source says.

    Chains of links are followed once per source and claim, and remembered.
    """

    def __init__(self, bearings: Bearings) -> None:
        self._bearings = bearings
        self._touched: dict[tuple[str, ...], Mapping[str, frozenset[int]]] = {}
        self._ratios: dict[tuple[str, str, bool], float] = {}
        self._used: set[tuple[str, int]] = set()

    def ratio(self, source: Source, claim: str, denies: bool) -> float:
        """The ratio with which a source's interests meet its affirming, or denying, a claim.

        Several interests combine as those of several statements do: max(1, largest) times
        min(1, smallest). 1 where none touches the claim.
        """
        if not source.interests:
            return 1.0
        key = (source.id, claim, denies)
        if key not in self._ratios:
            found = [
                interest_ratio(interest.stake, denies=(sign < 0) != denies)
                for number, interest in enumerate(source.interests)
                for sign in self._ways(source, number, interest, claim)
            ]
            self._ratios[key] = max(1.0, *found) * min(1.0, *found) if found else 1.0
        return self._ratios[key]

    def _ways(self, source: Source, number: int, interest: Interest, claim: str) -> frozenset[int]:
        """How a claim counts for an interest: the same way, the other way, both, or not at all."""
        named = interest.touched
        if named not in self._touched:
            claims = self._bearings.matters.places if interest.everything else named
            self._touched[named] = self._bearings.touching(claims)
        ways = self._touched[named].get(claim, frozenset())
        if ways:
            self._used.add((source.id, number))
        return ways

    def idle(self, sources: tuple[Source, ...]) -> tuple[IdleInterest, ...]:
        """The interests that have touched nothing so far, in the order of the case."""
        return tuple(
            IdleInterest(source.id, interest.touched, interest.stake)
            for source in sources
            for number, interest in enumerate(source.interests)
            if (source.id, number) not in self._used
        )
