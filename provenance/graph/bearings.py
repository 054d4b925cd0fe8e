"""Which claims speak for or against which others, through any chain of links."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

import attrs

from provenance.graph.questions import Matters
from provenance.graph.story import Place
from provenance.records import Case, EvidenceLink, ImpliesLink

__all__ = ["Bearings"]

_SIGNS: Mapping[int, frozenset[int]] = {sign: frozenset((sign,)) for sign in (1, -1)}


@attrs.frozen
class Bearings:
    """For every claim, what bears on it directly: +1 for it, -1 against it."""

    matters: Matters
    """The questions of the case."""
    signs: Mapping[str, tuple[tuple[str, int], ...]]
    """The signs of a claim and what implies it; a sign likelier when it is false is against it."""
    excludes: Mapping[str, tuple[str, ...]]
    """What contradicts a claim."""

    @classmethod
    def of(cls, case: Case, matters: Matters) -> Bearings:
        """What bears on what in a case."""
        signs: dict[str, list[tuple[str, int]]] = {}
        excludes: dict[str, dict[str, None]] = {}
        for link in case.links:
            if isinstance(link, EvidenceLink):
                sign = -1 if link.if_true < link.if_false else 1
                signs.setdefault(link.claim, []).append((link.sign, sign))
            elif isinstance(link, ImpliesLink):
                signs.setdefault(link.implies, []).append((link.claim, 1))
            else:
                for one, other in permutations(dict.fromkeys(link.claims), 2):
                    excludes.setdefault(one, {})[other] = None
        return cls(
            matters,
            {claim: tuple(found) for claim, found in signs.items()},
            {claim: tuple(found) for claim, found in excludes.items()},
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
        spread: set[int] = set()
        waiting = deque([start])
        while waiting:
            place = waiting.popleft()
            for other, sign in self._beside(place, spread):
                turned = frozenset(sign * each for each in found[place])
                if other not in distance:
                    distance[other] = distance[place] + 1
                    found[other] = turned
                    waiting.append(other)
                elif distance[other] == distance[place] + 1:
                    found[other] |= turned
        return found

    def _beside(self, place: Place, spread: set[int]) -> Iterator[tuple[Place, int]]:
        """What bears directly on a value; the other values of a question are given once."""
        places = self.matters.places
        question = self.matters.questions[place.question]
        claim = question.values[place.value]
        if claim is not None:
            for other, sign in self.signs.get(claim, ()):
                yield places[other], sign
            for other in self.excludes.get(claim, ()):
                yield places[other], -1
        if place.question not in spread:
            spread.add(place.question)
            for value in range(question.size):
                if value != place.value:
                    yield Place(place.question, value), -1
