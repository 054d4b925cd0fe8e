"""PROV that others wrote, as a draft of a case: who says what, what derives from what, what is lost."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import attrs

from provenance.errors import InvalidValue
from provenance.exchange.documents import case_of
from provenance.exchange.losses import Loss
from provenance.exchange.prov_json import DERIVED, ELEMENTS, KINDS, PROV, Name, ProvStatement, Value
from provenance.exchange.prov_rdf import PLAIN
from provenance.records import Case, Span
from provenance.scales import quoted

__all__ = ["others_case", "same_words"]

_WHAT = "the PROV document"
_TYPE, _LABEL, _VALUE = f"{PROV}type", f"{PROV}label", f"{PROV}value"
_NAMES = (
    _LABEL,
    "http://xmlns.com/foaf/0.1/name",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://purl.org/dc/terms/title",
)
"""What a thing is called, in PROV and in the vocabularies that stand beside it."""
_TEXTS = (_VALUE, "http://schema.org/text", "https://schema.org/text")
"""What an entity says."""
_KINDS: Mapping[str, str] = {
    "Person": "person",
    "Organization": "organisation",
    "SoftwareAgent": "model",
}
_UNUSED = "a case has who said what, from whom; what was done, and how, has no place in it"
_UNKNOWN = "its meaning is not known here"


def others_case(statements: Sequence[ProvStatement], losses: list[Loss]) -> Case:
    """A draft of a case from what others wrote.

    An entity that is attributed to an agent, derives from another one, or is derived from, is a
    statement. It is a relay of what it derives from if it has no words of its own, or the same
    ones; where its words are others it is a statement of its own, and that it derives is lost. The
    claim of a statement of its own is what it specialises, or what its value or label says, or, if
    it has neither, the words of what derives from it; equal words are one claim. A statement that
    nobody is named for has an unnamed source. Nothing is graded. Everything else is added to the
    losses.
    """
    return _Others(losses).of(unfolded(statements))


def unfolded(statements: Sequence[ProvStatement]) -> list[ProvStatement]:
    """Statements with the properties of PROV-O among their attributes as relations.

    What is said plainly of a relation that is there with more about it is not said twice.
    """
    known: set[tuple[str, ...]] = set()
    for each in statements:
        if each.kind not in ELEMENTS:
            known |= set(_plainly(each))
    found: list[ProvStatement] = []
    added: list[ProvStatement] = []
    for each in statements:
        kept: list[tuple[str, Value]] = []
        for key, value in each.attributes:
            term = PLAIN.get(key.removeprefix(PROV)) if key.startswith(PROV) else None
            if each.kind in ELEMENTS and term is not None and term.subject:
                parts = {term.subject: each.name, term.object: value.text}
                types = ((_TYPE, Name(f"prov:{term.type}")),) if term.type else ()
                path = f"{each.path}.{key.removeprefix(PROV)}"[:300]
                added.append(ProvStatement(term.kind, "", parts, types, path))
            else:
                kept.append((key, value))
        found.append(attrs.evolve(each, attributes=tuple(kept)))
    # A kind of derivation tells more than that there is one, and stands for it.
    for each in sorted(added, key=lambda relation: not relation.attributes):
        said = [*_plainly(each)]
        if said[0] not in known:
            found.append(each)
            known |= set(said)
    return found


def _plainly(each: ProvStatement) -> Iterator[tuple[str, ...]]:
    """What a relation says, with its type first, and without."""
    first = KINDS[each.kind].parts[0]
    subject = each.parts.get(first, "")
    others = [(part, thing) for part, thing in each.parts.items() if part != first]
    for part, thing in others or [("", "")]:
        value = _day(thing) if part == "time" else thing
        for kind in (*_types_of(each), ""):
            yield (each.kind, kind, subject, part, value)


def _day(moment: str) -> str:
    return moment[:10]


def same_words(text: str) -> str:
    """A text for comparing: without case, spaces and marks that change nothing.

    Signs before figures and points within them stay, and so does what makes a question.

    >>> same_words("The ship SAILED.") == same_words("the ship sailed")
    True
    >>> same_words("It rose by 2.5 %") == same_words("It rose by 25 %")
    False
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = re.sub(r"(?<=\d)[.,:](?=\d)|(?<![^\W_])[-−+](?=\d)|[?%]", lambda m: f"\0{m[0]}\0", plain)
    pieces = kept.split("\0")
    for place in range(0, len(pieces), 2):
        pieces[place] = "".join(
            " " if unicodedata.category(letter)[0] in "PZC" else letter for letter in pieces[place]
        )
    return " ".join("".join(pieces).split()) or " ".join(plain.split())


@attrs.define
class _Others:
    """A draft in the making, with what is known of every entity."""

    losses: list[Loss]
    elements: dict[str, ProvStatement] = attrs.field(factory=dict)
    speakers: dict[str, str] = attrs.field(factory=dict)
    upstream: dict[str, dict[str, list[ProvStatement]]] = attrs.field(
        factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    general: dict[str, dict[str, None]] = attrs.field(factory=lambda: defaultdict(dict))
    said_on: dict[str, str] = attrs.field(factory=dict)
    retracted_on: dict[str, str] = attrs.field(factory=dict)
    relays: dict[str, dict[str, None]] = attrs.field(factory=dict)
    given: dict[str, dict[str, tuple[str, str]]] = attrs.field(factory=lambda: defaultdict(dict))
    """What derives from an entity without words, and the words that it has, by how they compare."""
    ids: dict[tuple[str, str], str] = attrs.field(factory=dict)
    taken: set[tuple[str, str]] = attrs.field(factory=set)
    claims: dict[str, str] = attrs.field(factory=dict)
    """The ids of the claims, by how their words compare."""
    called: dict[str, str] = attrs.field(factory=dict)
    """What the agents are called that are sources."""
    records: dict[str, list[dict[str, Any]]] = attrs.field(
        factory=lambda: {"claims": [], "sources": [], "attributions": []}
    )

    def of(self, statements: Sequence[ProvStatement]) -> Case:
        for statement in statements:
            if statement.kind in ("entity", "agent"):
                self.elements.setdefault(statement.name, statement)
        for statement in statements:
            self.learn(statement)
        spoken = {*self.speakers, *self.upstream}
        spoken |= {origin for origins in self.upstream.values() for origin in origins}
        # What others specialise is a claim, unless somebody says it too.
        told = [name for name in self.elements if name in spoken]
        told += sorted(spoken - set(told))
        for name in told:
            self.relays[name] = self.relayed(name)
        for name in told:
            self.state(name)
        about = ((name, claim) for name in told for claim in self.general.get(name, ()))
        for name, claim in about:
            if same_words(self.told(claim, _TEXTS)) not in self.claims:
                why = "a relay is about what it passes on"
                what = f"that it specialises {claim!r:.60}"
                self.losses.append(Loss(self.path(name), what, why))
        self.forget(statements, spoken)
        return case_of({"version": 1, **self.records}, _WHAT)

    def learn(self, statement: ProvStatement) -> None:
        """What one relation says of an entity."""
        parts = statement.parts
        if statement.kind not in ("entity", "agent"):
            self.lose_attributes(statement)
        match statement.kind:
            case "wasAttributedTo" if {"entity", "agent"} <= set(parts):
                if self.speakers.setdefault(parts["entity"], parts["agent"]) != parts["agent"]:
                    self.lose(statement, "another agent", "a statement has one source")
            case "wasDerivedFrom" if {"generatedEntity", "usedEntity"} <= set(parts):
                if parts["generatedEntity"] == parts["usedEntity"]:
                    self.lose(statement, "a derivation from itself", "it says nothing")
                else:
                    self.upstream[parts["generatedEntity"]][parts["usedEntity"]].append(statement)
                    self.lose_rest(statement, ("generatedEntity", "usedEntity"))
            case "specializationOf" if {"specificEntity", "generalEntity"} <= set(parts):
                self.general[parts["specificEntity"]][parts["generalEntity"]] = None
            case "wasGeneratedBy" if "entity" in parts and "time" in parts:
                self.date(statement, self.said_on)
            case "wasInvalidatedBy" if "entity" in parts:
                self.date(statement, self.retracted_on)
            case "entity" | "agent":
                pass
            case _:
                self.lose(statement, statement.kind, _UNUSED)

    def lose_attributes(self, statement: ProvStatement) -> None:
        """Attributes of a relation; that a derivation quotes or revises is said by its relay."""
        for key, value in statement.attributes:
            if key != _TYPE or _local(value.text) not in DERIVED.values():
                path = f"{statement.path}.{key}"[:300]
                self.losses.append(Loss(path, "an attribute", _UNKNOWN))

    def date(self, statement: ProvStatement, into: dict[str, str]) -> None:
        written = statement.parts.get("time", "")
        try:
            day = Span(_day(written)).text
        except InvalidValue:
            self.lose(statement, statement.kind, "it has no date that could be read")
            return
        if into.setdefault(statement.parts["entity"], day) != day:
            self.lose(statement, f"another day: {day}", "a statement has one")
        self.lose_rest(statement, ("entity", "time"))

    def lose(self, statement: ProvStatement, what: str, why: str) -> None:
        self.losses.append(Loss(statement.path, what, why))

    def lose_rest(self, statement: ProvStatement, used: tuple[str, ...]) -> None:
        """The parts of a statement that are not used, such as the activity behind it."""
        for key in statement.parts:
            if key not in used:
                self.losses.append(Loss(f"{statement.path}.{key}", f"the {key}", _UNUSED))

    # What derives, and what it says.

    def relayed(self, name: str) -> dict[str, None]:
        """What an entity passes on: of what it derives from that which says the same."""
        own = self.meaning(name)
        found: dict[str, None] = {}
        for origin, statements in self.upstream.get(name, {}).items():
            passes = {f"prov:{kind}" for each in statements for kind in _types_of(each)}
            cited = self.agreeing(origin, own, "prov:Quotation" in passes, {name})
            found |= dict.fromkeys(cited)
            for each in statements if not cited else ():
                says = f"{quoted(self.told(name, _TEXTS), 60)} is not {self.says(origin)}"
                what = f"that {name:.60} derives from {origin:.60}"
                why = f"{says}: a statement of its own, which may still be from there"
                self.lose(each, what, why)
        words = self.words(name)
        for origin in found:
            if words and not self.upstream.get(origin) and not self.meaning(origin):
                self.given[origin].setdefault(same_words(words[0]), (name, words[0]))
        return found

    def says(self, origin: str) -> str:
        words = self.words(origin) or [self.told(g, _TEXTS) for g in self.general.get(origin, ())]
        return quoted(words[0], 60) if words else f"what {origin:.60} passes on"

    def agreeing(self, origin: str, own: set[str], quotes: bool, above: set[str]) -> list[str]:
        """What is passed on by who has these words from an entity: it, or some that it relays."""
        theirs = self.meaning(origin)
        if not own or (theirs and _agree(own, theirs, quotes)):
            return [origin]
        before = [each for each in self.upstream.get(origin, ()) if each not in above]
        if theirs or not before:
            return [] if theirs else [origin]
        each_of = [self.agreeing(each, own, quotes, above | {origin}) for each in before]
        return [origin] if all(each_of) else [name for found in each_of for name in found]

    def meaning(self, name: str) -> set[str]:
        """What an entity says, for comparing: the claims that it specialises, or else its words."""
        claims = self.general.get(name, ())
        if claims:
            return {same_words(self.told(each, _TEXTS)) for each in claims}
        return {same_words(text) for text in self.words(name)}

    def words(self, name: str) -> list[str]:
        """The words of an entity itself: its values, or else its labels, in any language."""
        element = self.elements.get(name)
        if element is None:
            return []
        for keys in (_TEXTS, _NAMES):
            found = [value.text for value in _among(element, keys) if value.text.strip()]
            if found:
                return found
        return []

    # The records.

    def id(self, kind: str, name: str) -> str:
        """An id for a thing: its own name, if that can be one, or the end of it, or a number."""
        if (kind, name) not in self.ids:
            wanted = [each for each in (name, re.split("[/#]", name)[-1]) if _can_be_id(each)]
            own = wanted[0] if wanted else f"{kind}-{len(self.ids) + 1}"
            tries = (own if n == 1 else f"{own}-{n}" for n in count(1))
            found = next(each for each in tries if (kind, each) not in self.taken)
            self.taken.add((kind, found))
            self.ids[kind, name] = found
        return self.ids[kind, name]

    def state(self, name: str) -> None:
        """One entity as a statement of its source."""
        record: dict[str, Any] = {"id": self.id("statement", name), "source": self.source(name)}
        cited = [self.cited(name, origin) for origin in self.relays[name]]
        if cited:
            record["cites"] = cited[0] if len(cited) == 1 else cited
        else:
            claims = list(dict.fromkeys(self.claims_of(name)))
            record["claim"] = claims[0] if len(claims) == 1 else claims
        record |= {
            key: days[name]
            for key, days in (("said_on", self.said_on), ("retracted_on", self.retracted_on))
            if name in days
        }
        self.records["attributions"].append(record)

    def cited(self, name: str, origin: str) -> str:
        """What a relay cites: a statement, or the part of it that has the same words."""
        found = self.id("statement", origin)
        words = self.words(name)
        if len(self.given.get(origin, ())) < 2 or not words:
            return found
        return f"{found}/{self.claim(*self.given[origin][same_words(words[0])])}"

    def claims_of(self, name: str) -> Iterator[str]:
        if self.general.get(name):
            yield from (self.claim(each) for each in self.general[name])
        elif self.given.get(name):
            yield from (self.claim(*given) for given in self.given[name].values())
        else:
            yield self.claim(name)

    def source(self, entity: str) -> str:
        agent = self.speakers.get(entity)
        key = agent if agent is not None else f"the maker of {entity}"
        fresh = ("source", key) not in self.ids
        found = self.id("source", key)
        if fresh and agent is None:
            unnamed = {"id": found, "kind": "unnamed", "described_as": key[:500]}
            self.records["sources"].append(unnamed)
        elif fresh:
            name = self.called[key] = self.told(key, ())
            self.records["sources"].append({"id": found, "name": name, "kind": self.kind(key)})
        return found

    def claim(self, name: str, text: str | None = None) -> str:
        """The claim of these words, or of those of an entity: one for all that say the same."""
        text = self.told(name, _TEXTS) if text is None else text
        key = same_words(text)
        if key not in self.claims:
            self.claims[key] = self.id("claim", name)
            self.records["claims"].append({"id": self.claims[key], "text": text})
        return self.claims[key]

    def kind(self, agent: str) -> str:
        element = self.elements.get(agent)
        types = [] if element is None else element.values(_TYPE)
        local = (_local(value.text) for value in types)
        return next((_KINDS[name] for name in local if name in _KINDS), "other")

    def told(self, name: str, first: Sequence[str]) -> str:
        """What a thing is called: its value or its label, or else its name."""
        element = self.elements.get(name)
        known = [] if element is None else [*_among(element, first), *_among(element, _NAMES)]
        return (
            next((value.text for value in known if value.text.strip()), None) or name or "unknown"
        )

    def path(self, name: str) -> str:
        return self.elements[name].path if name in self.elements else name[:200]

    # What is left.

    def forget(self, statements: Sequence[ProvStatement], spoken: set[str]) -> None:
        """What stands in the document and in no part of the case."""
        used = spoken | {claim for name in spoken for claim in self.general.get(name, ())}
        used |= set(self.speakers.values())
        for statement in statements:
            if statement.kind not in ("entity", "agent"):
                continue
            if statement.name not in used:
                why = "no statement is attributed to it or made of it"
                self.lose(statement, f"the {statement.kind}", why)
                continue
            for key in dict.fromkeys(key for key, _ in statement.attributes):
                path = f"{statement.path}.{key}"[:300]
                if key in _NAMES or key in _TEXTS:
                    self.losses += self.unsaid(statement, key, path)
                elif key != _TYPE or not _is_kind(statement):
                    self.losses.append(Loss(path, "an attribute", _UNKNOWN))

    def unsaid(self, statement: ProvStatement, key: str, path: str) -> Iterator[Loss]:
        """The words of a thing beside those that the case has: in other languages, for instance."""
        called = self.called.get(statement.name)
        for value in statement.values(key):
            same = value.text == called or same_words(value.text) in self.claims
            if value.text.strip() and not same:
                language = getattr(value, "language", "")
                tongue = f", in the language {language:.20}" if language else ""
                what = f"its words {quoted(value.text, 60)}{tongue}"
                yield Loss(
                    path, what, "no claim of the case has these words, and no source this name"
                )


def _among(element: ProvStatement, keys: Sequence[str]) -> list[Value]:
    return [value for key in keys for value in element.values(key)]


def _types_of(statement: ProvStatement) -> list[str]:
    return [_local(value.text) for value in statement.values(_TYPE)]


def _is_kind(statement: ProvStatement) -> bool:
    """Whether the types of an agent say what kind of source it is, and nothing else."""
    if statement.kind != "agent":
        return False
    return all(kind in _KINDS or kind == "Agent" for kind in _types_of(statement))


def _agree(own: set[str], theirs: set[str], quotes: bool) -> bool:
    """Whether two say the same: in the same words, or one in a part of the other's as a quote."""
    if own & theirs:
        return True
    pairs = ((part, whole) for part in own if part.count(" ") >= 2 for whole in theirs)
    return quotes and any(f" {part} " in f" {whole} " for part, whole in pairs)


def _can_be_id(name: str) -> bool:
    fits = 0 < len(name) <= 150 and name.isprintable() and name.strip() == name and name != "all"
    return fits and "/" not in name and ">" not in name


def _local(name: str) -> str:
    return name.rpartition(":")[2].rpartition("#")[2]
