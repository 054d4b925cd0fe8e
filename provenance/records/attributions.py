"""Attributions: who is on record as saying what, from whom, where and when."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from provenance.errors import UnknownName
from provenance.records.record import (
    Fraction,
    FractionForm,
    Id,
    Listed,
    OneOrSeveral,
    Position,
    Positive,
    Record,
    Span,
    Text,
    as_tuple,
)
from provenance.scales import credence

__all__ = ["Attribution", "Basis", "Document", "Locator", "SameVoice", "Stance"]

Stance = Literal["affirms", "denies"]
"""Towards what is claimed or cited."""

Basis = Literal["firsthand", "secondhand", "inference", "unstated"]
"""How the source came to what it says."""


def _hedge(words: str) -> str:
    try:
        credence(words)
    except UnknownName as error:
        raise PydanticCustomError(
            "unknown-hedge",
            "expected a hedge of the table or a number, found {found}",
            {
                "found": repr(words[:60]),
                "fix": "write " + (" or ".join(map(repr, error.nearest)) or "a number in [0, 1]"),
            },
        ) from error
    return words


def _words_or_number(value: Any) -> str:
    return "=words" if isinstance(value, str) else "=number"


Wording = Annotated[
    Annotated[Fraction, Tag("=number")] | Annotated[Text, AfterValidator(_hedge), Tag("=words")],
    Discriminator(_words_or_number),
]
"""A credence in [0, 1], or a hedge."""

Page = Annotated[
    Annotated[Position, Tag("=number")] | Annotated[Text, Tag("=words")],
    Discriminator(_words_or_number),
]
"""The number or the label of a page."""


class Document(Record, frozen=True):
    """Something published that can be held in hand."""

    id: Id
    """The name of the document within the case."""
    publisher: Id | None = None
    """The source that published it."""
    title: Text | None = None
    """Its title."""
    url: Text | None = None
    """Where it is; never fetched."""
    published_on: Span | None = None
    """When it was published."""
    retrieved_on: Span | None = None
    """When it was retrieved."""
    sha256: Text | None = None
    """The SHA-256 of its text, in hexadecimal."""
    language: Text | None = None
    """Its language, as a tag: `en`, `ar`."""


class Locator(Record, frozen=True):
    """Where in its document an attribution stands."""

    paragraph: Position | None = None
    """The number of the paragraph."""
    exact: Text | None = None
    """The words quoted."""
    prefix: Text | None = None
    """The words just before them."""
    suffix: Text | None = None
    """The words just after them."""
    start: Position | None = None
    """The offset of the first character in the text of the document."""
    end: Position | None = None
    """The offset just after the last character."""
    page: Page | None = None
    """The page: a number or a label."""
    url: Text | None = None
    """Where this place is, if it has an address of its own."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise PydanticCustomError(
                "out-of-order",
                "expected an end at or after the start, found {start} to {end}",
                {"start": self.start, "end": self.end, "fix": "exchange start and end"},
            )
        return self


class SameVoice(Record, frozen=True):
    """That an attribution may be the same voice as another one."""

    attribution: Id
    """The attribution that it may be the same voice as."""
    probability: Fraction
    """How probable that is, in [0, 1]."""


def _stated(field: str, **more: Any) -> dict[str, Any]:
    return {"required": [field], "properties": {field: {"not": {"type": "null"}}}, **more}


# The rules of an attribution once more, for validators of JSON Schema.
_RULES: dict[str, Any] = {
    "oneOf": [_stated("claim"), _stated("cites")],
    "if": _stated("from"),
    "then": {"required": ["basis"], "properties": {"basis": {"const": "inference"}}},
}


class Attribution(Record, frozen=True):
    """A source on record as saying something: of its own (`claim`), or citing another (`cites`)."""

    model_config = ConfigDict(json_schema_extra=_RULES)

    id: Id
    """The name of the attribution within the case."""
    source: Id
    """Who says it."""
    claim: OneOrSeveral | None = None
    """What it says of its own: a claim, or several, which are one attribution each, named `id/claim`."""
    cites: OneOrSeveral | None = None
    """The attributions that it passes on: one, or several, which are one relay each."""
    stance: Stance = "affirms"
    """Whether it affirms or denies what is claimed or cited."""
    wording: Wording | None = None
    """How sure the speaker's own words are: a credence in [0, 1], or a hedge; 1 if absent."""
    verb: Text | None = None
    """The cue of the text ("claimed", "told the paper"); it has no weight."""
    basis: Basis = "unstated"
    """How the source came to it; an inference is ignored."""
    drawn_from: Annotated[
        OneOrSeveral | None, Field(validation_alias="from", serialization_alias="from")
    ] = None
    """Of an inference: the attributions that it was drawn from. Written `from` in a file."""
    in_hand: bool | None = None
    """Whether its document is held; if absent, true when the publisher is its own source or nothing else cites it."""
    competence: FractionForm | None = None
    """How well an origin can tell what it says; 1 if absent."""
    fidelity: FractionForm | None = None
    """How faithfully a relay passes on what it cites; mean .88, strength 30 if absent."""
    interest: Positive | None = None
    """How much likelier the source is to say this when it does not track the truth; overrides its interests."""
    same_voice_as: SameVoice | None = None
    """The attribution that this may be the same voice as."""
    document: Id | None = None
    """The document that it stands in."""
    locators: Annotated[tuple[Locator, ...], Listed] = ()
    """Where in the document: also headlines, captions and pull-quotes that repeat it."""
    said_on: Span | None = None
    """When it was said."""
    retracted_on: Span | None = None
    """When it was withdrawn."""

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that it makes of its own; empty for a relay."""
        return as_tuple(self.claim)

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the attributions that it passes on; empty for an origin."""
        return as_tuple(self.cites)

    @property
    def inferred_from(self) -> tuple[str, ...]:
        """The ids of the attributions that an inference was drawn from."""
        return as_tuple(self.drawn_from)

    @property
    def denies(self) -> bool:
        """Whether it says that what is claimed or cited is not so."""
        return self.stance == "denies"

    @property
    def names(self) -> tuple[str, ...]:
        """The ids by which it can be cited: its own, and `id/claim` where it makes several."""
        if len(self.claims) < 2:
            return (self.id,)
        return (self.id, *(f"{self.id}/{claim}" for claim in self.claims))

    @model_validator(mode="after")
    def _claims_or_cites(self) -> Self:
        if (self.claim is None) == (self.cites is None):
            found = "neither" if self.claim is None else "both"
            raise PydanticCustomError(
                "claim-or-cites",
                "expected either a claim or cites, found {found}",
                {"found": found, "fix": "write the one that it does"},
            )
        if self.drawn_from is not None and self.basis != "inference":
            raise PydanticCustomError(
                "from-without-inference",
                "expected `from` only where the basis is inference",
                {"fix": 'set basis to "inference", or use cites'},
            )
        return self
