"""Interests: how much likelier a source is to say something when it does not track the truth."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from provenance.graph.bearings import Bearings
from provenance.records import Interest, Source
from provenance.scales import interest_ratio

__all__ = ["IdleInterest", "Interests"]


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
        if interest.everything:
            ways = frozenset((1,))
        else:
            named = interest.touched
            if named not in self._touched:
                self._touched[named] = self._bearings.touching(named)
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
