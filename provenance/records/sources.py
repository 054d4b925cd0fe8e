"""Sources: who speaks, how far they are trusted, and what they gain by saying so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from provenance.records.record import (
    NONE,
    NOT_KNOWN,
    Accuracy,
    Day,
    Estimate,
    Fraction,
    FractionForm,
    Grade,
    Id,
    Listed,
    OneOrSeveral,
    Outcomes,
    PassingOnForm,
    Record,
    ReliabilityForm,
    Several,
    Text,
    When,
    as_tuple,
    reliability_form,
)

__all__ = ["DatedGrade", "Interest", "Source", "SourceKind", "Stake", "is_unnamed"]

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


class Interest(Record, frozen=True, defer_build=True):
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


Reliability = str | float | Estimate | Accuracy | Outcomes
"""A reliability in one of its forms."""


class DatedGrade(Record, frozen=True, defer_build=True):
    """A reliability that held from some day on."""

    since: Annotated[Day, Field(validation_alias="from", serialization_alias="from")]
    """From when on it holds: the first day counts. Written `from` in a file."""
    reliability: ReliabilityForm
    """How far the source tracked the truth from then on, in any form but a list."""


def _dated_form(value: Any) -> str:
    return "=dated" if isinstance(value, list | tuple) else reliability_form(value)


if TYPE_CHECKING:
    from provenance.records.record import Given

    ReliabilityIfAny = Given[
        Reliability | tuple[DatedGrade, ...] | None, Reliability | Sequence[DatedGrade] | None
    ]
else:
    ReliabilityIfAny = (
        Annotated[
            Annotated[Grade, Tag("=grade")]
            | Annotated[Fraction, Tag("=number")]
            | Annotated[Estimate, Tag("=estimate")]
            | Annotated[Accuracy, Tag("=accuracy")]
            | Annotated[Outcomes, Tag("=outcomes")]
            | Annotated[tuple[DatedGrade, ...], Field(min_length=1), Listed, Tag("=dated")],
            Discriminator(_dated_form),
        ]
        | None
    )
    """A reliability in any form, or a list of those that held one after the other."""


class Source(Record, frozen=True, defer_build=True):
    """Someone or something that speaks: a person, an outlet, a government, a sensor."""

    id: Id
    """The name of the source within the case."""
    name: Text | None = None
    """What people call it."""
    kind: SourceKind = "other"
    """What kind of source it is; a collective such as "rebels" is one source."""
    described_as: Text | None = None
    """How the text describes a source that it does not name."""
    reliability: ReliabilityIfAny = NOT_KNOWN
    """How far it tracks the truth: a grade, a number, a mean with a strength, an accuracy or a track record, or a list of such with the dates from which they hold; if absent nobody has judged it, as with grade F."""
    passing_on: PassingOnForm | None = None
    """How faithfully it passes on what others say: a grade, a number, or a mean with a strength; if absent it follows from the reliability."""
    access: FractionForm | None = None
    """Whether it could know: a number, or a mean with a strength; 1 if absent."""
    interests: Annotated[Several[Interest], Listed] = NONE
    """What it gains or loses when claims are believed."""
    only_if: Id | None = None
    """A claim: everything from this source counts only if that claim is true (a fabricator, an account taken over)."""
    graded_by: Text | None = None
    """Who judged the reliability and the access."""
    graded_on: When = NOT_KNOWN
    """When they were judged."""

    def reliability_on(self, as_of: datetime | None = None) -> Reliability | None:
        """The reliability as it stood at a moment, or stands at the last; `None` if it is not known.

        Of dated grades the last one from on or before that moment holds.
        """
        if not isinstance(self.reliability, tuple):
            return self.reliability
        dated = sorted(self.reliability, key=lambda each: each.since.begins)
        held = [each for each in dated if as_of is None or each.since.begins <= as_of]
        return held[-1].reliability if held else None

    @property
    def title(self) -> str:
        """The name to show to people: its name, else how it is described, else its id."""
        return self.name or self.described_as or self.id


_PEOPLE = frozenset({"person", "collective", "other"})


def is_unnamed(source: Source) -> bool:
    """Whether readers outside are not to learn which source it is.

    That is every source of the kind `unnamed`, named or not, and every person, collective or
    source of the kind `other` that has no name: its id may be a name that nobody has published.
    The id of an outlet, an authority or a thing without a name counts as its name.

    >>> is_unnamed(Source(id="col-hariri", kind="person")), is_unnamed(Source(id="now", kind="outlet"))
    (True, False)
    """
    return source.kind == "unnamed" or (source.name is None and source.kind in _PEOPLE)
