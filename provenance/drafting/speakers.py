"""Who is meant by a mention: names, roles, pronouns and "the daily", over a whole document."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.articles import SourceDocument, slug
from provenance.drafting.credits import AGENCIES, agency_named
from provenance.drafting.cues import (
    BARE_SOURCES,
    EVENT_NOUNS,
    OUTLET_NAMES,
    OUTLET_WORDS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    REPORT_NOUNS,
)
from provenance.drafting.drafts import DraftSource, Naming
from provenance.drafting.english import AFTER_HEADS, DETERMINERS, PREPOSITIONS, word_set
from provenance.records import SourceKind

__all__ = ["Meant", "Speaker", "Speakers", "initials_of"]

_WORD = re.compile(r"\w+(?:[-’'&‑]\w+)*")
_CLAUSE = re.compile(
    r",\s+(?:led|known|based|[a-z]+ed (?:by|in|to|at|on)|who|whose|which|where|an?|the|one of|his|her|its|their)\b|\s+who\s|,\s+\d",
    re.I,
)
_PARENTHESIS = re.compile(r"\s*\([^()]{0,200}\)")
_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]*|al-[A-Z]\w+|el-[A-Z]\w+)"
    r"(?:\s+(?:(?:de|del|della|der|van|von|bin|ibn|al|el|la|le|of|for|and|the|&)\s+){0,2}"
    r"(?:[A-Z][\w’'.-]*|al-[A-Z]\w+|el-[A-Z]\w+|\d{1,2}\b))*"
)
_PERSONAL = word_set("he she his her him i my me they their them we our us it its")
_MEMBER = re.compile(r"(?:one|another|some|many|several|two|three|both) of (?=them\b|the\b)", re.I)
_ROLE_AND_NAME = re.compile(
    r"(?P<role>(?P<whose>(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[A-Z][^,]{1,40}[’']s?)) "
    r"[^,]{2,60}), "
    r"(?P<name>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3})"
)
_TITLES = word_set(
    """
    retired acting late outgoing mr mrs ms dr prof gen col maj capt lt sgt sen rep gov rev general colonel major captain
    president minister senator representative governor professor doctor king queen prince
    princess secretary judge justice pope sheikh ambassador chancellor lord sir lady dame mayor
    sheriff detective commander admiral lieutenant sergeant inspector officer director former ex
    """
)
_INFORMED = re.compile(
    r"well[- ](?:informed|placed|connected)|senior|knowledge|familiar|close to|insider|briefed|"
    r"direct(?:ly)? involved|inside the",
    re.I,
)
_ORGANISATION = word_set(
    """
    ministry council committee party university institute bank court police army force forces
    union association department agency commission office bureau company corporation group
    foundation authority administration federation league society club hospital school college
    inc corp ltd plc organization organisation board parliament senate house congress coalition
    firm charity airline museum startup retailer inquiry investigation panel tribunal fund coastguard hotline
    movement campaign observatory service guard network centre center laboratory trust port line
    lines
    """
)
_STATES = word_set(
    """
    egypt syria russia china iran iraq israel turkey france germany britain england italy spain
    ukraine poland japan india pakistan lebanon jordan qatar yemen libya sudan cairo damascus
    moscow beijing tehran baghdad ankara paris berlin london washington kyiv kiev riyadh beirut
    amman doha brussels tokyo delhi islamabad canada mexico brazil australia greece athens cuba
    venezuela
    """
)
_SOLDIERS = word_set(
    """
    general officer commander colonel captain soldier lieutenant major
    """
)
_PLURAL_ENDINGS = ("s", "people", "police", "men", "women", "authorities")
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

    @property
    def source(self) -> DraftSource:
        """The speaker as a source of the draft."""
        return DraftSource(
            id=self.id,
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

    def __init__(self, document: SourceDocument) -> None:
        self.document = document
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
        words = _plain(mention)
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
        name = _name_in(words)
        if name is not None:
            return self._named(words, name, sentence)
        return self._described(words, sentence)

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
            for opening in () if found or plural else before:
                name = _opening_name(opening)
                if name is not None:
                    speaker = self._named(name, name, sentence).speaker
                    label = _label(speaker)
                    why = f"“{low}” is taken to mean {label}, with whom a sentence before begins"
                    return Meant(speaker, why)
        return found or self._nobody(low, sentence)

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
        bare = _bare(name)
        key = bare.casefold()
        if _same_outlet(bare, self.document.publisher):
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
        kind: SourceKind = "agency" if key in self._agencies else _kind(words, bare)
        heads, traits = _heads(words, bare)
        described = _described_as(words, bare)
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
        heads, traits = _heads(words, name)
        if heads <= speaker.heads and traits <= speaker.traits:
            return speaker
        updated = attrs.evolve(speaker, heads=speaker.heads | heads, traits=speaker.traits | traits)
        self.all[speaker.id] = updated
        return updated

    def _described(self, words: str, sentence: int) -> Meant:
        heads, traits = _heads(words, None)
        first = words.split()[0].casefold()
        plural = _is_plural(words)
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
                    naming=_naming(words),
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
        kind, naming = _kind(words, None), _naming(words)
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
            voices=_counted(words) if plural and kind in _COUNTABLE else 1,
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


def initials_of(name: str) -> str:
    """The initials of a name of three words or more; none of a shorter one, which many names share.

    >>> initials_of("The International Monetary Fund"), initials_of("Karl Vane")
    ('IMF', '')
    """
    words = [each for each in name.removeprefix("The ").split() if each[0].isupper()]
    return "".join(each[0] for each in words) if len(words) > 2 else ""


def _fits(
    speaker: Speaker, heads: frozenset[str], traits: frozenset[str], plural: bool, *, bare: bool
) -> bool:
    """Whether a later mention such as "the former officer" can mean a speaker."""
    if speaker.plural != plural and speaker.kind != "outlet":
        return False
    if bare:  # "rebels", "officials": the same words mean the same voice
        return heads == speaker.heads and traits <= speaker.traits
    if speaker.heads & heads:
        return (
            not traits
            or bool(traits & speaker.traits)
            or speaker.name is not None
            or (traits <= {"same", "unnamed", "anonymous"})
        )
    if speaker.kind == "outlet" and heads & (OUTLET_WORDS | {"report", "article", "story"}):
        return True
    return bool(heads & _SOLDIERS and speaker.heads & _SOLDIERS)


def _opening_name(sentence: str) -> str | None:
    """The name of a person with which a sentence begins, if it begins with one."""
    found = _NAME.match(sentence)
    if found is None:
        return None
    name = _bare(found[0])
    several = " " in found[0] and _kind(found[0], name) == "person"
    return name if several and name.split()[0].casefold() not in DETERMINERS else None


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def _plain(mention: str) -> str:
    """A mention without its parentheses and without what describes it after a comma."""
    words = _PARENTHESIS.sub("", " ".join(mention.split()))
    words = words.strip(" ,;:.–—-\"“”'’")
    return words.removesuffix("’s").removesuffix("'s")


def _core(words: str) -> str:
    """The noun phrase before any clause or apposition."""
    found = _CLAUSE.search(words)
    return words[: found.start()] if found else words


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def _name_in(words: str) -> str | None:
    """The name in a mention, if it names somebody: its last run of capital words before a comma."""
    role = _ROLE_AND_NAME.fullmatch(words)
    if role is not None and _is_role_of(role):
        return role["name"]
    core = _core(words).split(",")[0]
    first = core.split(" ")[0]
    skip = len(first) + 1 if first.casefold() in DETERMINERS and first != "The" else 0
    if first == "The" or first == "the":
        skip = 4
    runs = list(_NAME.finditer(core, skip))
    if not runs:
        return None
    # "a spokesman for the Port of Velm" names the port, not the one who speaks
    preposition = _first_preposition(core, skip)
    before = [run for run in runs if run.end() <= preposition]
    if not before:
        return None
    last = before[-1]
    after = core[last.end() : preposition].strip()
    if _WORD.search(after):
        return None  # "an Interior Ministry official", "Egyptian officials"
    name = last[0]
    if first == "The" and last.start() == 4 and _is_outlet(name):
        return f"The {name}" if core.startswith("The ") and _is_outlet(name) else name
    if len(name) < 2 or name.casefold() in _TITLES or _is_adjective(name) or _is_common(name):
        return None
    return name


def _is_role_of(found: re.Match[str]) -> bool:
    """Whether a role leads to a name: the harbour master, Maria Ost; Vane's lawyer, Ida Kern."""
    role = found["role"].removeprefix(found["whose"]).split()
    head = _head_of([each.casefold() for each in role])
    if " " not in found["name"] or found["whose"][-1] in "’'s":
        return (head in PERSON_NOUNS or _is_agent(head)) and not _NAME.search(" ".join(role))
    return not _NAME.search(found["role"][1:])


def _first_preposition(core: str, skip: int) -> int:
    for found in _WORD.finditer(core, skip):
        if found[0] in PREPOSITIONS and not _inside_name(core, found.start(), found.end()):
            return found.start()
    return len(core)


def _inside_name(core: str, start: int, end: int) -> bool:
    """Whether a preposition joins two capital words: Ministry of Defence."""
    if core[start:end] not in ("of", "for"):
        return False
    before, after = core[:start].split(), core[end:].split()
    if after and after[0].casefold() == "the":
        after = after[1:]
    capital = bool(before) and bool(after) and before[-1][0].isupper() and after[0][0].isupper()
    return capital and before[-1].casefold() not in _TITLES


def _is_common(name: str) -> bool:
    """Whether a capital word is only the first of its sentence: Residents, Officials."""
    low = name.casefold()
    return low in PLURAL_NOUNS | OUTLET_WORDS | _ANYBODY or _singular(low) in PERSON_NOUNS


_ANYBODY = word_set("somebody someone everybody everyone anybody anyone nobody others another")


def _is_adjective(name: str) -> bool:
    return (
        " " not in name
        and name.casefold().endswith(("ian", "ish", "ese", "-based"))
        and (name.casefold() not in _STATES)
    )


_HEADS_OF_ROLES = word_set(
    "minister secretary chief director spokesman spokeswoman spokesperson commissioner councillor "
    "prosecutor attorney adviser advisor ambassador chairman chairwoman justice detective"
)


def _bare(name: str) -> str:
    """A name without titles before it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold().strip(".") in _TITLES:
        parts = parts[1:]
    roles = [at for at, part in enumerate(parts[:-1]) if part.casefold() in _HEADS_OF_ROLES]
    if roles and parts[-1].casefold() not in _ORGANISATION | OUTLET_NAMES:
        parts = parts[roles[-1] + 1 :]  # "Transport Minister Karl Vane"
    joins = len(parts) > 1 and parts[1].casefold() in PREPOSITIONS
    if len(parts) > 2 and parts[0].casefold().strip(".") in PERSON_NOUNS and not joins:
        parts = parts[1:]
    joined = " ".join(parts)
    for ending in ("’s", "'s", "’", "'"):
        joined = joined.removesuffix(ending)
    return joined


def _same_outlet(name: str, publisher: str) -> bool:
    """Whether a name is that of the publisher, or its last word: the Gazette, the Velm Gazette."""
    short, whole = (each.casefold().removeprefix("the ") for each in (name, publisher))
    agency = agency_named(name)
    return (
        short == whole
        or (agency is not None and agency == agency_named(publisher))
        or (short in OUTLET_NAMES and whole.endswith(f" {short}"))
    )


def _is_outlet(name: str) -> bool:
    parts = [part.casefold().strip(".’'") for part in re.split(r"[\s-]+", name)]
    return (
        parts[-1] in OUTLET_NAMES
        or parts[0] in ("reuters", "bbc", "cnn", "afp", "ap")
        or (name.isupper() and name.casefold() in OUTLET_NAMES)
    )


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def _kind(words: str, name: str | None) -> SourceKind:
    """What kind of source a mention seems to be."""
    low = [each.casefold() for each in _WORD.findall(_core(words))]
    head = _head_of(low)
    if name is not None:
        last = name.casefold().split()[-1]
        before = set(low) - set(name.casefold().split())
        if _is_outlet(name) or before & (OUTLET_WORDS - {"press", "media"}) or last in OUTLET_WORDS:
            return "agency" if "agency" in low and "news" in low else "outlet"
        described = words[len(_core(words)) :].casefold()
        if re.search(
            r"\b(?:newspaper|daily|weekly|magazine|broadcaster|news agency|website)\b",
            described[:60],
        ):
            return "outlet"
        parts = set(name.casefold().split())
        if parts & {"ministry", "government", "parliament", "embassy"}:
            return "government"
        if (
            last in _ORGANISATION
            or parts & {"ministry", "department", "bank", "university"}
            or (name.isupper() and len(name) <= 6)
        ):
            return "organisation"
        if name.casefold() in _STATES:
            return "government"
        if words.casefold() == f"the {name.casefold().removeprefix('the ')}":
            return "organisation"  # "the Hill", "the Kremlin"
        if re.fullmatch(r"Al-\w+(?: al-\w+)?", name):
            return "outlet"  # papers and channels; people are written with another name before it
        return "person"
    if head in OUTLET_WORDS:
        return "outlet"
    if head in ("government", "ministry", "parliament", "administration", "embassy"):
        return "government"
    if head in EVENT_NOUNS or head in REPORT_NOUNS:
        return "document"
    if head in _ORGANISATION:
        return "organisation"
    if head in ("source", "sources", "insider", "informant"):
        return "unnamed"
    if _is_plural(words):
        return "collective"
    return "person" if head in PERSON_NOUNS or _is_agent(head) else "unnamed"


def _is_agent(head: str) -> bool:
    """Whether a noun is made as those of people are: a baker, a pathologist, an alderman."""
    return len(head) > 4 and head.endswith(("er", "or", "ist", "ian", "man", "woman"))


_COUNTABLE = ("unnamed", "collective", "person")
_COUNT = re.compile(
    r"(?:(?:at least|about|the|these|those|all|another|other) )*"
    r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|both|[2-9]|10)\b(?! (?:in|out of|percent)\b)",
    re.I,
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=2
    )
} | {"both": 2}


def _counted(words: str) -> int:
    """How many voices a mention counts: two people familiar with the matter."""
    found = _COUNT.match(words)
    if found is None:
        return 1
    count = found["count"].casefold()
    return _NUMBERS.get(count) or int(count)


def _naming(words: str) -> Naming:
    low = words.casefold()
    if _INFORMED.search(low):
        return "well-informed source"
    head = _head_of([each.casefold() for each in _WORD.findall(_core(words))])
    if head in BARE_SOURCES:
        return "sources say"
    return "role named"


def _head_of(low: list[str]) -> str:
    head = ""
    for word in low:
        if word in PREPOSITIONS or word in ("who", "that", "which"):
            break
        after = word in AFTER_HEADS or word.endswith("ed") or word == "speaking"
        if after and (_singular(head) in PERSON_NOUNS or head in PLURAL_NOUNS):
            break  # "people familiar with the matter", "officials briefed on it"
        head = word
    return head


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def _heads(words: str, name: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns by which a mention calls somebody, and the other words that describe it."""
    without = words.replace(name, " ") if name else words
    core = _core(without) if not name else without
    low = [each.casefold() for each in _WORD.findall(core)]
    nouns = {
        _singular(each)
        for each in low
        if each in PERSON_NOUNS or each in OUTLET_WORDS or _singular(each) in PERSON_NOUNS
    }
    described = low
    if name is not None:  # "Maria Ost, the harbour master": what describes her has a head too
        rest = words.partition(name)[2].lstrip(" ,")
        described = [each.casefold() for each in _WORD.findall(_core(rest.split(",")[0]))]
    nouns |= {_singular(_head_of(described))} - {""}
    for part in name.casefold().split() if name is not None else ():  # the Ministry of Supply
        nouns |= {part} & (PERSON_NOUNS | OUTLET_WORDS)
    traits = {
        each
        for each in low
        if len(each) > 3 and _singular(each) not in nouns and each not in DETERMINERS
        and each not in PREPOSITIONS
    }  # fmt: skip
    return frozenset(nouns), frozenset(traits)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _is_plural(words: str) -> bool:
    head = _head_of([each.casefold() for each in _WORD.findall(_core(words))])
    return head.endswith(_PLURAL_ENDINGS) and not head.endswith(("ss", "us", "is"))


def _described_as(words: str, name: str) -> str | None:
    rest = " ".join(words.replace(name, " ", 1).split()).strip(" ,;")
    return rest[:200] if _WORD.search(rest) and rest.casefold() not in ("the", "mr", "ms") else None


def _label(speaker: Speaker) -> str:
    return speaker.name or speaker.described_as or speaker.id
