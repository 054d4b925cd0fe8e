"""Links between claims: evidence for, implies, contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from provenance.records.fields import Fraction, Id, Listed
from provenance.records.record import Record

__all__ = ["ContradictsLink", "EvidenceLink", "ImpliesLink", "Link"]


class EvidenceLink(Record, frozen=True):
    """One claim is a sign of another: how probable the sign is either way."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["evidence"] = "evidence"
    """The kind of the link."""
    claim: Id
    """The broader claim."""
    sign: Id
    """The claim that is a sign of it."""
    if_true: Fraction
    """How probable the sign is if the claim is so."""
    if_false: Fraction
    """How probable the sign is if the claim is not so."""

    @property
    def touches(self) -> tuple[str, ...]:
        """The ids of the claims that it links."""
        return (self.claim, self.sign)


class ImpliesLink(Record, frozen=True):
    """If one claim is so, another one is so too."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["implies"] = "implies"
    """The kind of the link."""
    claim: Id
    """The claim that implies the other."""
    implies: Id
    """The claim that it implies."""
    strength: Fraction = 1.0
    """How strictly: 1 rules out that only the first is so, 0 says nothing."""

    @property
    def touches(self) -> tuple[str, ...]:
        """The ids of the claims that it links."""
        return (self.claim, self.implies)


class ContradictsLink(Record, frozen=True):
    """Claims of which no two are so."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["contradicts"] = "contradicts"
    """The kind of the link."""
    claims: Annotated[tuple[Id, ...], Field(min_length=2), Listed]
    """The claims; every two of them contradict each other."""
    strength: Fraction = 1.0
    """How strictly: 1 rules out that two are so, 0 says nothing."""

    @property
    def touches(self) -> tuple[str, ...]:
        """The ids of the claims that it links."""
        return self.claims


def _kind(value: Any) -> str | None:
    kind = value.get("kind") if isinstance(value, Mapping) else getattr(value, "kind", None)
    return f"={kind}" if isinstance(kind, str) else None


Link = Annotated[
    Annotated[EvidenceLink, Tag("=evidence")]
    | Annotated[ImpliesLink, Tag("=implies")]
    | Annotated[ContradictsLink, Tag("=contradicts")],
    Discriminator(
        _kind,
        custom_error_type="not-one-of",
        custom_error_message="expected a link of kind evidence, implies or contradicts",
        custom_error_context={"fix": "write one of these as its kind"},
    ),
]
"""A link, told apart by its kind."""
