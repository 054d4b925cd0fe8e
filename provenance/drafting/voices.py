"""One whom a document lets speak, as far as it tells of him; and whether other words can mean him."""

from __future__ import annotations

import re

import attrs

from provenance.drafting.antecedents import Gender, Subject, gender_of_pronoun
from provenance.drafting.articles import assembled
from provenance.drafting.cues import OUTLET_WORDS, PERSON_NOUNS
from provenance.drafting.drafts import DraftSource, Naming
from provenance.drafting.english import word_set
from provenance.drafting.mentions import is_agent, name_in
from provenance.records import SourceKind

__all__ = [
    "BODIES",
    "REPORTERS",
    "Meant",
    "Speaker",
    "can_be",
    "fits",
    "is_the_one",
    "label_of",
    "may_be_known",
    "names_itself",
    "short_names",
]

_SOLDIERS = word_set(
    """
    general officer commander colonel captain soldier lieutenant major
    """
)


@attrs.frozen
class Speaker:
    """Someone whom a document lets speak."""

    id: str
    """The id of the source in the draft."""
    name: str | None
    """What the document calls it, if it names it."""
    described_as: str | None
    """How the document describes it, at its first mention."""
    kind: SourceKind
    """What kind of source it seems to be."""
    naming: Naming
    """How far the document names it."""
    heads: frozenset[str]
    """The nouns by which it has been called: "general", "daily"."""
    traits: frozenset[str]
    """The other words that have described it: "retired", "pro-assad"."""
    plural: bool
    """Whether it is several."""
    last: int
    """The sentence in which it was last meant."""
    through: tuple[str, ...] = ()
    """The ids of those through whom it spoke last, outermost first."""
    voices: int = 1
    """How many it is, where the text counts them."""

    def heard(self, sentence: int, through: tuple[str, ...]) -> Speaker:
        """The speaker, who spoke in a sentence, and through whom."""
        if sentence == self.last and (not through or through == self.through):
            return self
        return Speaker(
            self.id,
            self.name,
            self.described_as,
            self.kind,
            self.naming,
            self.heads,
            self.traits,
            self.plural,
            sentence,
            through or self.through,
            self.voices,
        )

    def source(self, name: str) -> DraftSource:
        """The speaker as a source of the draft, under the id that it has there."""
        return assembled(
            DraftSource,
            id=name,
            name=self.name,
            described_as=self.described_as,
            kind=self.kind,
            naming=self.naming,
        )


@attrs.frozen
class Meant:
    """Who is meant by a mention, and why if the mention does not say so itself."""

    speaker: Speaker
    """Who is meant."""
    inferred: str | None = None
    """Why; None where the mention names or introduces the speaker."""
    fresh: bool = False
    """Whether it was introduced by this mention."""


BODIES = frozenset({"outlet", "agency", "organisation", "government", "document", "collective"})
"""Kinds that no person becomes by being named: a ministry is not its spokesman."""
_SHORT_NAME = re.compile(
    r"(?P<name>[A-Z][\w’'.-]*(?:\s(?:(?:of|for|and|the|on|&)\s){0,2}[A-Z][\w’'.-]*){1,7})\s"
    r"\((?:the\s)?(?P<short>[A-Z][A-Za-z&.-]{1,9})\)"
)


REPORTERS = word_set("reporter correspondent journalist")
_UNNAMED_PEOPLE = word_set("source insider informant somebody someone one")


def can_be(
    low: str, kind: SourceKind, plural: bool, gender: Gender | None, heads: frozenset[str]
) -> bool:
    """Whether a pronoun can mean somebody of a kind."""
    if low in ("it", "its"):
        return not plural and kind in ("outlet", "organisation", "government", "agency", "document")
    if low in ("they", "their", "them", "we", "our", "us"):
        return plural and kind not in ("outlet", "document")
    if plural or kind in BODIES or gender not in (None, gender_of_pronoun(low) or gender):
        return False
    people = heads & (PERSON_NOUNS | _UNNAMED_PEOPLE) or any(map(is_agent, heads))
    return kind != "unnamed" or not heads or bool(people)


def names_itself(speaker: Speaker) -> bool:
    """Whether a description names an outlet by its own name: "the Meridian agency"."""
    first, _, rest = (speaker.described_as or "").partition(" ")
    return first in ("The", "the") and rest[:1].isupper()


def may_be_known(subject: Subject) -> bool:
    """Whether "the minister" without a name may be another word for somebody told of before."""
    introduced = subject.about.startswith((", a ", ", an "))
    return (
        subject.words.startswith(("The ", "the ")) and not introduced and not name_in(subject.words)
    )


def is_the_one(speaker: Speaker) -> bool:
    """Whether somebody was described as the only one: "the regional governor"."""
    return (speaker.described_as or "").casefold().startswith("the ")


def short_names(text: str) -> dict[str, str]:
    """The short names that a text introduces: the Port Workers' Union (PWU); by themselves."""
    return {
        each["short"]: each["name"].casefold().removeprefix("the ")
        for each in (_SHORT_NAME.finditer(text) if "(" in text else ())
        if sum(map(str.isupper, each["short"])) > 1
    }


def fits(
    speaker: Speaker, heads: frozenset[str], traits: frozenset[str], plural: bool, *, bare: bool
) -> bool:
    """Whether a later mention such as "the former officer" can mean a speaker."""
    if speaker.plural != plural and speaker.kind != "outlet":
        return False
    if bare:  # "rebels", "officials": the same words mean the same voice
        return heads == speaker.heads and traits <= speaker.traits
    if speaker.heads & heads:
        telling = traits - _VAGUE
        if heads & _OFFICES and telling and speaker.traits and not telling & speaker.traits:
            return False  # "the Velmish prime minister" is not the foreign minister of Orrel
        return (
            not traits
            or bool(traits & speaker.traits)
            or speaker.name is not None
            or (traits <= {"same", "unnamed", "anonymous"})
        )
    if speaker.kind == "outlet" and heads & (OUTLET_WORDS | {"report", "article", "story"}):
        return True
    return bool(heads & _SOLDIERS and speaker.heads & _SOLDIERS)


_OFFICES = word_set(
    "minister secretary spokesman spokeswoman spokesperson governor mayor ambassador president chief "
    "director commissioner prosecutor"
)
"""Offices that several people hold, each of another thing."""
_VAGUE = word_set("former retired late senior veteran outgoing same unnamed anonymous")
"""Words that describe anybody."""


def label_of(speaker: Speaker) -> str:
    return speaker.name or speaker.described_as or speaker.id
