"""Sources: who speaks, how far they are trusted, and what they gain by saying so."""

from __future__ import annotations

from typing import Annotated, Literal

from provenance.records.record import (
    FractionForm,
    Id,
    Listed,
    OneOrSeveral,
    Record,
    ReliabilityForm,
    Span,
    Text,
    as_tuple,
)

__all__ = ["Interest", "Source", "SourceKind", "Stake"]

SourceKind = Literal[
    "person",
    "outlet",
    "agency",
    "organisation",
    "government",
    "collective",
    "unnamed",
    "document",
    "sensor",
    "model",
    "other",
]
"""What kind of source it is."""

Stake = Literal["gains", "gains strongly", "loses", "loses strongly", "says so whatever is true"]
"""What a source gains or loses when a claim is believed."""


class Interest(Record, frozen=True):
    """What a source gains or loses when some claims are believed."""

    claims: OneOrSeveral
    """The claims it touches: an id, several, or "all"."""
    stake: Stake
    """What the source gains or loses when they are believed."""

    @property
    def everything(self) -> bool:
        """Whether the interest touches every claim of the case."""
        return self.claims == "all"

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of the claims that are named; empty where it is all of them."""
        return () if self.everything else as_tuple(self.claims)


class Source(Record, frozen=True):
    """Someone or something that speaks: a person, an outlet, a government, a sensor."""

    id: Id
    """The name of the source within the case."""
    name: Text | None = None
    """What people call it."""
    kind: SourceKind = "other"
    """What kind of source it is; a collective such as "rebels" is one source."""
    described_as: Text | None = None
    """How the text describes a source that it does not name."""
    reliability: ReliabilityForm | None = None
    """How far it tracks the truth: a grade, a number, a mean with a strength, an accuracy or a track record; if absent it cannot be judged, as grade F."""
    access: FractionForm | None = None
    """Whether it could know: a number, or a mean with a strength; 1 if absent."""
    interests: Annotated[tuple[Interest, ...], Listed] = ()
    """What it gains or loses when claims are believed."""
    graded_by: Text | None = None
    """Who judged the reliability and the access."""
    graded_on: Span | None = None
    """When they were judged."""

    @property
    def title(self) -> str:
        """The name to show to people: its name, else how it is described, else its id."""
        return self.name or self.described_as or self.id
