"""What is left out before weighing, each with its reason."""

from __future__ import annotations

from enum import StrEnum

import attrs

__all__ = ["Ignored", "Why"]


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
