"""Who is meant by a mention: names, roles, pronouns and "the daily", over a whole document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.articles import SourceDocument, assembled, slug
from provenance.drafting.credits import AGENCIES, agency_named
from provenance.drafting.cues import (
    OUTLET_NAMES,
    OUTLET_WORDS,
)
from provenance.drafting.drafts import DraftSource, Naming
from provenance.drafting.english import word_set
from provenance.drafting.mentions import (
    COUNTABLE,
    bare_name,
    counted_in,
    description_in,
    heads_in,
    initials_of,
    is_plural,
    kind_of,
    name_in,
    naming_of,
    opening_name,
    plain_words,
    same_outlet,
)
from provenance.records import SourceKind

__all__ = ["Meant", "Speaker", "Speakers"]

_PERSONAL = word_set("he she his her him i my me they their them we our us it its")
_MEMBER = re.compile(r"(?:one|another|some|many|several|two|three|both) of (?=them\b|the\b)", re.I)
_SOLDIERS = word_set(
    """
    general officer commander colonel captain soldier lieutenant major
    """
)
_NEWNESS = word_set(
    """
    a an another some one two three four several many other few most
    """
)


NEAREST = 40
"""Among how many of those who spoke last, or came last, somebody is looked for."""


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
    one_of_them: bool = False
    """Whether only one of several is meant."""


class Speakers:
    """The speakers of one document, as far as it has been read."""

    def __init__(self, document: SourceDocument, outlets: frozenset[str] = frozenset()) -> None:
        self.document = document
        self._outlets = {each.casefold().removeprefix("the ") for each in outlets}
        self.all: dict[str, Speaker] = {}
        self._recent: list[str] = []
        self._numbers: dict[str, int] = {}
        self._surnames: dict[str, str] = {}
        self._called: dict[str, tuple[int, str]] = {}
        self._short = _short_names(document.text)
        self._agencies: set[str] = set()
        publisher = document.publisher
        self.publisher = Speaker(
            document.publisher_id,
            publisher,
            None,
            "outlet",
            "named",
            frozenset({"outlet", "newspaper"}),
            frozenset(),
            plural=False,
            last=-1,
        )
        self.all[self.publisher.id] = self.publisher

    def meant(
        self, mention: str, sentence: int, before: Sequence[str] = (), within: str | None = None
    ) -> Meant:
        """Who a mention means.

        Args:
            mention: the words.
            sentence: the number of the sentence they stand in.
            before: the sentences before it, the nearest first, where nobody has spoken yet.
            within: the id of the one in whose own words the mention stands.
        """
        words = plain_words(mention)
        if not words:
            return self._nobody("…", sentence)
        low = words.casefold()
        if within is not None and low in _PERSONAL:
            speaker = self.all[within]
            if speaker.plural == (low in ("they", "their")):
                return Meant(speaker, f"“{low}” is taken to mean {_label(speaker)}, who says it")
        if low in _PERSONAL:
            return self._pronoun(low, sentence, before)
        member = _MEMBER.match(words)
        if member is not None:
            found = self.meant(words[member.end() :], sentence)
            one = member[0].casefold().startswith(("one", "another"))
            if found.fresh:
                return attrs.evolve(found, one_of_them=one)
            why = f"“{words}” is taken to be of {_label(found.speaker)}"
            return Meant(found.speaker, why, one_of_them=one)
        name = name_in(words)
        if name is not None:
            return self._named(words, name, sentence)
        return self._described(words, sentence)

    def is_outlet(self, name: str) -> bool:
        """Whether a name is that of the publisher of another document of the same draft."""
        return name.casefold().removeprefix("the ") in self._outlets

    def agency(self, name: str) -> Speaker:
        """The agency to which a text is credited."""
        self._agencies.add(name.casefold())
        return self.meant(name, 0).speaker

    def touch(self, speaker: Speaker, sentence: int, through: tuple[str, ...]) -> Speaker:
        """Note that a speaker spoke in a sentence, and through whom."""
        updated = speaker.heard(sentence, through)
        self.all[speaker.id] = updated
        if self._recent and self._recent[-1] == speaker.id:
            return updated
        self._recent.append(speaker.id)
        return updated

    def latest(self) -> Iterator[Speaker]:
        """Those who spoke, the last first; each once."""
        seen: set[str] = set()
        for name in reversed(self._recent[-NEAREST:]):
            if name not in seen:
                seen.add(name)
                yield self.all[name]

    # --- how they are told apart

    def _pronoun(self, low: str, sentence: int, before: Sequence[str]) -> Meant:
        """Who a pronoun means: who spoke last, else whom the sentences before begin with."""
        found: Meant | None
        if low in ("it", "its"):
            found = self._thing(low, sentence)
        else:
            plural = low in ("they", "their", "them", "we", "our", "us")
            found = self._recent_one(low, sentence, plural=plural)
            nearer = found is not None and found.speaker.last < sentence - 1
            looked = () if plural else before[:1] if nearer else () if found else before
            for opening in looked:
                name = opening_name(opening) or self._known_in(opening)
                if name is not None:
                    speaker = self._named(name, name, sentence).speaker
                    label = _label(speaker)
                    why = f"“{low}” is taken to mean {label}, with whom a sentence before begins"
                    return Meant(speaker, why)
        return found or self._nobody(low, sentence)

    def _known_in(self, opening: str) -> str | None:
        """The surname of a person told of before with which a sentence begins."""
        first = opening.partition(" ")[0].strip(",.")
        known = self.all.get(self._surnames.get(first.casefold(), ""))
        return first if known is not None and known.kind == "person" else None

    def _nobody(self, low: str, sentence: int) -> Meant:
        """A pronoun of which the text does not show whom it means."""
        name = self._fresh_id(f"unresolved {low}", unnamed=True)
        speaker = Speaker(
            name,
            None,
            f"“{low}”, of whom the text does not show who it is",
            "unnamed",
            "sources say",
            frozenset(),
            frozenset(),
            plural=low in ("they", "their"),
            last=sentence,
        )
        self.all[name] = speaker
        return Meant(speaker, f"nobody before “{low}” could be meant")

    def _recent_one(self, pronoun: str, sentence: int, *, plural: bool) -> Meant | None:
        for each in self.latest():
            if sentence - each.last > 12:
                break
            if each.kind in ("outlet", "document") or each.plural != plural:
                continue
            if each.kind in _BODIES and pronoun in ("he", "she", "his", "her", "him"):
                continue
            return Meant(each, f"“{pronoun}” is taken to mean {_label(each)}, who spoke last")
        return None

    def _thing(self, pronoun: str, sentence: int) -> Meant | None:
        for each in self.latest():
            if sentence - each.last > 6:
                break
            if each.kind in ("outlet", "organisation", "government", "agency", "document"):
                return Meant(each, f"“{pronoun}” is taken to mean {_label(each)}")
        return None

    def _named(self, words: str, name: str, sentence: int) -> Meant:
        bare = bare_name(name)
        key = bare.casefold()
        if same_outlet(bare, self.document.publisher):
            return Meant(self.publisher)
        known = self._surnames.get(key) or self._surnames.get(self._short.get(bare, key))
        if known is not None:
            speaker = self.all[known]
            full = speaker.name is not None and (
                speaker.name.casefold() == key
                or initials_of(speaker.name) == bare
                or agency_named(speaker.name) is not None
            )
            why = None if full else f"“{name}” is taken to mean {_label(speaker)}"
            return Meant(self._with_traits(speaker, words, name), why)
        kind: SourceKind = "agency" if key in self._agencies else kind_of(words, bare)
        if kind == "person" and self.is_outlet(bare):
            kind = "outlet"
        heads, traits = heads_in(words, bare)
        described = description_in(words, bare)
        merged = self._introduced_before(kind, heads, traits, sentence)
        if merged is not None:
            speaker = attrs.evolve(
                merged,
                name=bare,
                kind=kind,
                naming="named",
                heads=merged.heads | heads,
                traits=merged.traits | traits,
            )
            self.all[merged.id] = speaker
            self._know(speaker, bare)
            why = f"{bare} is taken to be “{merged.described_as}”, told of just before"
            return Meant(speaker, why)
        speaker = Speaker(
            self._fresh_id(bare),
            bare,
            described,
            kind,
            "named",
            heads | ({"newspaper"} if kind == "outlet" else frozenset()),
            traits,
            plural=False,
            last=sentence,
        )
        self._add(speaker)
        self._know(speaker, bare)
        return Meant(speaker, fresh=True)

    def _introduced_before(
        self, kind: SourceKind, heads: frozenset[str], traits: frozenset[str], sentence: int
    ) -> Speaker | None:
        """Somebody described shortly before being named: a retired general, then his name."""
        near = dict.fromkeys((*self._recent[-NEAREST:], *self._newest()))
        waiting = [
            each
            for each in map(self.all.__getitem__, near)
            if each.name is None
            and not each.plural
            and 0 <= sentence - each.last <= 3
            and (each.kind in _BODIES) == (kind in _BODIES)
        ]
        if kind == "outlet":
            papers = [each for each in waiting if each.kind == "outlet"]
            return papers[0] if len(papers) == 1 else None
        alike = [
            each
            for each in waiting
            if each.heads & heads and (not each.traits or each.traits & traits)
        ]
        return alike[0] if len(alike) == 1 else None

    def _add(self, speaker: Speaker) -> None:
        """Note a new speaker, and by which single word it is called."""
        if speaker.described_as is not None:
            first = (len(self.all), speaker.id)
            self._called.setdefault(speaker.described_as.casefold(), first)
        self.all[speaker.id] = speaker

    def _know(self, speaker: Speaker, name: str) -> None:
        self._surnames[name.casefold()] = speaker.id
        agency = agency_named(name)
        for other in (agency, *AGENCIES[agency]) if agency else (initials_of(name),):
            if other and (agency or speaker.kind != "person"):
                self._surnames.setdefault(other.casefold(), speaker.id)
                self._surnames.setdefault(f"the {other.casefold()}", speaker.id)
        parts = name.split()
        short = speaker.kind == "person" or parts[-1].casefold() in OUTLET_NAMES
        if short and len(parts) > 1:  # a surname; the Observer for the Orrel Observer
            for alias in (parts[-1].casefold(), f"the {parts[-1].casefold()}"):
                self._surnames.setdefault(alias, speaker.id)
        if name.startswith("The "):
            self._surnames.setdefault(name[4:].casefold(), speaker.id)
        else:
            self._surnames.setdefault(f"the {name.casefold()}", speaker.id)

    def _with_traits(self, speaker: Speaker, words: str, name: str) -> Speaker:
        if words == name:
            return speaker
        heads, traits = heads_in(words, name)
        if heads <= speaker.heads and traits <= speaker.traits:
            return speaker
        updated = attrs.evolve(speaker, heads=speaker.heads | heads, traits=speaker.traits | traits)
        self.all[speaker.id] = updated
        return updated

    def _described(self, words: str, sentence: int) -> Meant:
        heads, traits = heads_in(words, None)
        first = words.split()[0].casefold()
        plural = is_plural(words)
        if first in ("a", "an") and heads & OUTLET_WORDS and not plural:
            known = [
                each
                for each in self.all.values()
                if each.kind == "outlet" and each.id != self.publisher.id and each.traits & traits
            ]
            if len(known) == 1:
                return Meant(known[0], f"“{words}” is taken to mean {_label(known[0])}")
        if first in ("a", "an"):
            called = [self._called[head] for head in heads if head in self._called]
            if called:  # "Dockworker says …" above "a dockworker said …"
                each = self.all[min(called)[1]]
                fuller = attrs.evolve(
                    each,
                    described_as=words[:200],
                    naming=naming_of(words),
                    traits=each.traits | traits,
                )
                self.all[each.id] = fuller
                del self._called[(each.described_as or "").casefold()]
                return Meant(fuller)
        if first not in _NEWNESS:
            for each in self._candidates(sentence):
                if _fits(each, heads, traits, plural, bare=first != "the"):
                    same = each.described_as is not None and (
                        each.described_as.casefold() == words.casefold()
                    )
                    why = None if same else f"“{words}” is taken to mean {_label(each)}"
                    return Meant(each, why)
        kind, naming = kind_of(words, None), naming_of(words)
        speaker = Speaker(
            self._fresh_id(words, unnamed=True),
            None,
            words[:200],
            kind,
            naming,
            heads,
            traits,
            plural=plural,
            last=sentence,
            voices=counted_in(words) if plural and kind in COUNTABLE else 1,
        )
        self._add(speaker)
        return Meant(speaker, fresh=True)

    def _candidates(self, sentence: int) -> Iterator[Speaker]:
        yield from self.latest()
        yield from (
            each
            for each in map(self.all.__getitem__, self._newest())
            if each.id not in self._recent[-NEAREST:] and each.last >= 0
        )

    def _newest(self) -> list[str]:
        """The ids of those who were mentioned last for the first time, in their order."""
        return [*itertools.islice(reversed(self.all), NEAREST)][::-1]

    def _fresh_id(self, words: str, *, unnamed: bool = False) -> str:
        """An id of its own; one that begins with the document where the text gives no name."""
        base = slug(words, 40) or "source"
        base = f"{self.document.id}.{base}" if unnamed else base
        name, number = base, self._numbers.get(base, 1)
        while name in self.all:
            number += 1
            name = f"{base}-{number}"
        self._numbers[base] = number
        return name


_BODIES = frozenset({"outlet", "agency", "organisation", "government", "document", "collective"})
"""Kinds that no person becomes by being named: a ministry is not its spokesman."""
_SHORT_NAME = re.compile(
    r"(?P<name>[A-Z][\w’'.-]*(?:\s(?:(?:of|for|and|the|on|&)\s){0,2}[A-Z][\w’'.-]*){1,7})\s"
    r"\((?:the\s)?(?P<short>[A-Z][A-Za-z&.-]{1,9})\)"
)


def _short_names(text: str) -> dict[str, str]:
    """The short names that a text introduces: the Port Workers' Union (PWU); by themselves."""
    return {
        each["short"]: each["name"].casefold().removeprefix("the ")
        for each in (_SHORT_NAME.finditer(text) if "(" in text else ())
        if sum(map(str.isupper, each["short"])) > 1
    }


def _fits(
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


def _label(speaker: Speaker) -> str:
    return speaker.name or speaker.described_as or speaker.id
