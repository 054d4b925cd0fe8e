"""Claims and questions: what may be true, and which claims are alternatives of each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, LiteralString, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from provenance.records.record import (
    NOT_KNOWN,
    Alternatives,
    Fraction,
    Id,
    Listed,
    PriorForm,
    Record,
    Several,
    SeveralIfAny,
    Text,
    When,
    WithinFraction,
)

__all__ = [
    "Claim",
    "ContradictsLink",
    "EvidenceLink",
    "ImpliesLink",
    "Link",
    "Question",
    "Resolution",
]

PRIOR_SLACK = 1e-6
"""How far the priors of an exhaustive question may be from summing to 1."""


class Resolution(Record, frozen=True, defer_build=True):
    """How a claim turned out."""

    value: bool
    """Whether the claim turned out to be true."""
    on: When = NOT_KNOWN
    """When that became known."""
    by: Text | None = None
    """Who or what settled it."""


class Claim(Record, frozen=True, defer_build=True):
    """One sentence that is either true or false."""

    id: Id
    """The name of the claim within the case."""
    text: Text
    """The claim in one sentence."""
    prior: PriorForm | None = None
    """How probable it was before any statement: a number in (0, 1), or a mean with a strength; 1/2 if absent and unlinked."""
    alternatives: Alternatives | None = None
    """How many things of this kind somebody who does not know could just as well have said, this one included: 2 to 200; 2 if absent."""
    resolved: Resolution | None = None
    """How it turned out, if that is known."""


# The number of answers once more, for validators of JSON Schema.
_ANSWERS: dict[str, Any] = {
    "if": {"required": ["exhaustive"], "properties": {"exhaustive": {"const": False}}},
    "else": {"properties": {"claims": {"minItems": 2}}},
}


class Question(Record, frozen=True, defer_build=True):
    """A question whose answers exclude each other, each of them a claim."""

    model_config = ConfigDict(json_schema_extra=_ANSWERS)

    id: Id
    """The name of the question within the case."""
    text: Text
    """The question in one sentence."""
    claims: Annotated[
        Several[Id], Field(min_length=1, json_schema_extra={"uniqueItems": True}), Listed
    ]
    """The claims that are its answers; at least two, or one where others are possible."""
    prior: SeveralIfAny[WithinFraction] = NOT_KNOWN
    """The prior of every claim, in their order; uniform if absent."""
    exhaustive: bool = True
    """Whether one of the claims must be true; false adds "none of these", which takes the rest of the prior."""

    @property
    def size(self) -> int:
        """How many values the question has, "none of these" included."""
        return len(self.claims) + (not self.exhaustive)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.size < 2:
            raise _ill_formed(
                "too-few-answers",
                "expected at least two answers, found one",
                "add an answer, or set exhaustive to false",
            )
        if len(set(self.claims)) < len(self.claims):
            raise _ill_formed(
                "repeated-answer", "expected every answer once, found one twice", "name it once"
            )
        if self.prior is None:
            return self
        if len(self.prior) != len(self.claims):
            raise _ill_formed(
                "unequal-priors",
                f"expected one prior for each of {len(self.claims)} claims, "
                f"found {len(self.prior)}",
                "write one prior per claim, in the order of the claims",
            )
        total = sum(self.prior)
        if self.exhaustive and abs(total - 1) > PRIOR_SLACK:
            raise _ill_formed(
                "prior-sum",
                f"expected priors that sum to 1, found {total:.7g}",
                "make them sum to 1, or set exhaustive to false",
            )
        if not self.exhaustive and total >= 1:
            raise _ill_formed(
                "prior-sum",
                f'expected priors that leave room for "none of these", found a sum of {total:.7g}',
                "make them sum to less than 1, or set exhaustive to true",
            )
        return self


def _ill_formed(code: LiteralString, message: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": message, "fix": fix})


# Links between claims: evidence for, implies, contradicts.


class EvidenceLink(Record, frozen=True, defer_build=True):
    """One claim is a sign of another: how probable the sign is either way."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["evidence"] = "evidence"
    """The kind of the link."""
    claim: Id
    """The broader claim."""
    sign: Id
    """The claim that is a sign of it."""
    if_true: Fraction
    """How probable the sign is if the claim is true."""
    if_false: Fraction
    """How probable the sign is if the claim is false."""

    @property
    def touches(self) -> tuple[str, ...]:
        """The ids of the claims that it links."""
        return (self.claim, self.sign)


class ImpliesLink(Record, frozen=True, defer_build=True):
    """If one claim is true, another one is true too."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["implies"] = "implies"
    """The kind of the link."""
    claim: Id
    """The claim that implies the other."""
    implies: Id
    """The claim that it implies."""
    strength: Fraction = 1.0
    """How strictly: 1 rules out that only the first is true, 0 says nothing."""

    @property
    def touches(self) -> tuple[str, ...]:
        """The ids of the claims that it links."""
        return (self.claim, self.implies)


class ContradictsLink(Record, frozen=True, defer_build=True):
    """Claims of which no two are so."""

    always_written: ClassVar[tuple[str, ...]] = ("kind",)
    kind: Literal["contradicts"] = "contradicts"
    """The kind of the link."""
    claims: Annotated[Several[Id], Field(min_length=2), Listed]
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
