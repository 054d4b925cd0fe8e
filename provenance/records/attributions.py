"""Attributions: who is on record as saying what, from whom, where and when."""

from __future__ import annotations

from typing import Annotated, Any, Literal, LiteralString, Self

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from provenance.errors import UnknownName
from provenance.records.record import (
    NONE,
    NOT_KNOWN,
    Fraction,
    FractionForm,
    Id,
    Listed,
    OneOrSeveralIfAny,
    Position,
    Positive,
    Record,
    Several,
    Text,
    When,
    WouldSpeak,
    as_tuple,
)
from provenance.records.validation import number_in
from provenance.scales import credence, hedge_advice

__all__ = [
    "Attribution",
    "Basis",
    "Document",
    "Locator",
    "RetractedBecause",
    "SameVoice",
    "Stance",
]

Stance = Literal["affirms", "denies", "silent", "disowns"]
"""Of an origin: it affirms, denies, or was silent; of a relay: it passes on, or disowns, what it cites."""

RetractedBecause = Literal["error", "unknown", "pressure"]
"""Why a statement was withdrawn."""

Basis = Literal["firsthand", "own-inquiry", "secondhand", "inference", "unstated"]
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
                "fix": f"write {number}" if (number := number_in(words)) else hedge_advice(words),
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


class Document(Record, frozen=True, defer_build=True):
    """Something published that we can have a copy of."""

    id: Id
    """The name of the document within the case."""
    publisher: Id | None = None
    """The source that published it."""
    title: Text | None = None
    """Its title."""
    url: Text | None = None
    """Where it is; never fetched."""
    published_on: When = NOT_KNOWN
    """When it was published."""
    retrieved_on: When = NOT_KNOWN
    """When it was retrieved."""
    sha256: Text | None = None
    """The SHA-256 of its text, in hexadecimal."""
    language: Text | None = None
    """Its language, as a tag: `en`, `ar`."""


class Locator(Record, frozen=True, defer_build=True):
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


class SameVoice(Record, frozen=True, defer_build=True):
    """That an attribution may be the same voice as another one."""

    attribution: Id
    """The attribution that it may be the same voice as."""
    probability: Fraction
    """How probable that is, in [0, 1]."""


def _stated(field: str, **more: Any) -> dict[str, Any]:
    return {"required": [field], "properties": {field: {"not": {"type": "null"}}}, **more}


# What only a statement of its own has, and a silence has not.
_NOT_OF_SILENCE = ("wording", "competence", "same_voice_as")


def _check_stance(attribution: Attribution) -> None:
    """That the stance fits an origin or a relay, and that a silence is one."""
    is_relay = attribution.cites is not None
    stance = attribution.stance
    if is_relay and stance == "denies":
        raise _ill_formed(
            "denies-on-relay",
            "expected a relay that passes on or disowns what it cites, found one that denies it",
            "to report somebody's denial, leave the stance out; to answer that the claim is false, "
            'write claim instead of cites; to say that it was never said, write "disowns"',
        )
    if is_relay and stance == "silent":
        raise _ill_formed(
            "silent-on-relay",
            "expected a silence about a claim, found one that cites",
            "name the claim in `claim`",
        )
    if not is_relay and stance == "disowns":
        raise _ill_formed(
            "disowns-on-origin",
            "expected what is disowned in `cites`, found a claim",
            'cite the statement that was never made, or write "denies"',
        )
    if stance == "silent" and attribution.would_speak is None:
        raise _ill_formed(
            "would-speak-missing",
            "expected would_speak beside a silence, found none",
            "write how likely the source would have spoken had it known, above 0 and at most 1",
        )
    if stance != "silent" and attribution.would_speak is not None:
        raise _ill_formed(
            "would-speak-of-no-silence",
            'expected would_speak only where the stance is "silent"',
            'set stance to "silent", or leave would_speak out',
        )
    if stance == "silent":
        _check_silence(attribution)
    if attribution.retracted_because is not None and attribution.retracted_on is None:
        raise _ill_formed(
            "retracted-when",
            "expected retracted_on beside retracted_because, found none",
            "write when it was withdrawn",
        )


def _check_silence(attribution: Attribution) -> None:
    stated = [name for name in _NOT_OF_SILENCE if getattr(attribution, name) is not None]
    if attribution.in_hand is False:
        stated.append("in_hand")
    if stated:
        raise _ill_formed(
            "not-of-silence",
            f"expected a silence, which has no {' and no '.join(stated)}",
            "leave this out",
        )


def _ill_formed(code: LiteralString, message: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": message, "fix": fix})


# The rules of an attribution once more, for validators of JSON Schema.
_RULES: dict[str, Any] = {
    "oneOf": [_stated("claim"), _stated("cites")],
    "if": _stated("from"),
    "then": {"required": ["basis"], "properties": {"basis": {"const": "inference"}}},
}


class Attribution(Record, frozen=True, defer_build=True):
    """A source on record as saying something: of its own (`claim`), or citing another (`cites`)."""

    model_config = ConfigDict(json_schema_extra=_RULES)

    id: Id
    """The name of the attribution within the case."""
    source: Id
    """Who says it."""
    claim: OneOrSeveralIfAny = NOT_KNOWN
    """What it says of its own: a claim, or several, which are one attribution each, named `id/claim`."""
    cites: OneOrSeveralIfAny = NOT_KNOWN
    """The attributions that it passes on: one, or several, which are one relay each."""
    stance: Stance = "affirms"
    """Of an origin: "affirms", "denies", or "silent" with `would_speak`; of a relay: "affirms", which passes on what is cited, a denial as a denial, or "disowns", which says that this was never said."""
    would_speak: WouldSpeak | None = None
    """Of a silence: how likely the source would have spoken had it known this to be true, in (0, 1]."""
    wording: Wording | None = None
    """How sure the speaker's own words are: a credence in [0, 1], or a hedge; 1 if absent."""
    verb: Text | None = None
    """The cue of the text ("claimed", "told the paper"); it has no weight."""
    basis: Basis = "unstated"
    """How the source came to it: "firsthand" and "own-inquiry" are its own work, which on a relay adds the source's own word; "unstated" is of unknown lineage; an inference is ignored."""
    drawn_from: Annotated[
        OneOrSeveralIfAny, Field(validation_alias="from", serialization_alias="from")
    ] = NOT_KNOWN
    """Of an inference: the attributions that it was drawn from. Written `from` in a file."""
    in_hand: bool | None = None
    """Whether its document is held; if absent, true when the publisher is its own source or nothing else cites it."""
    competence: FractionForm | None = None
    """How well an origin can tell what it says; 1 if absent."""
    fidelity: FractionForm | None = None
    """How faithfully a relay passes on what it cites: multiplies the source's `passing_on`; 1 if absent."""
    interest: Positive | None = None
    """How much likelier the source is to say this when it does not track the truth; overrides its interests."""
    only_if: Id | None = None
    """A claim: this statement counts only if that claim is true (a forged paper, an account taken over)."""
    same_voice_as: SameVoice | None = None
    """The attribution that this may be the same voice as."""
    document: Id | None = None
    """The document that it stands in."""
    locators: Annotated[Several[Locator], Listed] = NONE
    """Where in the document: also headlines, captions and pull-quotes that repeat it."""
    said_on: When = NOT_KNOWN
    """When it was said."""
    retracted_on: When = NOT_KNOWN
    """When it was withdrawn."""
    retracted_because: RetractedBecause | None = None
    """Why: "error", "pressure", or "unknown"; if absent, unknown where the source later says the contrary, else error."""

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
        """Whether it says of its own that what is claimed is false."""
        return self.stance == "denies"

    @property
    def is_silence(self) -> bool:
        """Whether it records that the source said nothing."""
        return self.stance == "silent"

    @property
    def turns(self) -> bool:
        """Whether it turns what it is about round: an origin that denies, a relay that disowns."""
        return self.stance in ("denies", "disowns")

    @property
    def is_own_work(self) -> bool:
        """Whether the source saw it, or established it by work of its own."""
        return self.basis in ("firsthand", "own-inquiry")

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
        _check_stance(self)
        if self.drawn_from is not None and self.basis != "inference":
            raise PydanticCustomError(
                "from-without-inference",
                "expected `from` only where the basis is inference",
                {"fix": 'set basis to "inference", or use cites'},
            )
        return self
