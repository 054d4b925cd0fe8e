"""PROV that others wrote, as a draft of a case: what is attributed, what it derives from, what is not told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import attrs

from provenance.errors import InvalidValue
from provenance.exchange.foreign import case_of
from provenance.exchange.losses import Loss
from provenance.exchange.prov_statements import PROV, ProvStatement
from provenance.records import Case, Span

__all__ = ["others_case"]

_WHAT = "the PROV document"
_TYPE, _LABEL, _VALUE = f"{PROV}type", f"{PROV}label", f"{PROV}value"
_KINDS: Mapping[str, str] = {
    "Person": "person",
    "Organization": "organisation",
    "SoftwareAgent": "model",
}
_DERIVED = frozenset({"Quotation", "PrimarySource", "Revision"})
_UNUSED = "a case has who said what, from whom; what was done, and how, has no place in it"


def others_case(statements: Sequence[ProvStatement], losses: list[Loss]) -> Case:
    """A draft of a case from what others wrote.

    An entity that is attributed to an agent, derives from another one, or is derived from, is a
    statement: a relay of what it derives from, else an origin whose claim is what it specialises,
    or what its value or label says. One that nobody is named for has an unnamed source. Nothing is
    graded. Everything else is added to the losses.
    """
    return _Others(losses).of(statements)


@attrs.define
class _Others:
    """A draft in the making, with what is known of every entity."""

    losses: list[Loss]
    elements: dict[str, ProvStatement] = attrs.field(factory=dict)
    speakers: dict[str, str] = attrs.field(factory=dict)
    upstream: dict[str, dict[str, None]] = attrs.field(factory=lambda: defaultdict(dict))
    general: dict[str, dict[str, None]] = attrs.field(factory=lambda: defaultdict(dict))
    said_on: dict[str, str] = attrs.field(factory=dict)
    retracted_on: dict[str, str] = attrs.field(factory=dict)
    ids: dict[tuple[str, str], str] = attrs.field(factory=dict)
    taken: set[tuple[str, str]] = attrs.field(factory=set)
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
            self.state(name)
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
                    self.upstream[parts["generatedEntity"]][parts["usedEntity"]] = None
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
            if key != _TYPE or _local(value.text) not in _DERIVED:
                path = f"{statement.path}.{key}"[:300]
                self.losses.append(Loss(path, "an attribute", "its meaning is not known here"))

    def date(self, statement: ProvStatement, into: dict[str, str]) -> None:
        day = statement.parts.get("time", "")[:10]
        try:
            into.setdefault(statement.parts["entity"], Span(day).text)
        except InvalidValue:
            self.lose(statement, statement.kind, "it has no date that could be read")
        else:
            self.lose_rest(statement, ("entity", "time"))

    def lose(self, statement: ProvStatement, what: str, why: str) -> None:
        self.losses.append(Loss(statement.path, what, why))

    def lose_rest(self, statement: ProvStatement, used: tuple[str, ...]) -> None:
        """The parts of a statement that are not used, such as the activity behind it."""
        for key in statement.parts:
            if key not in used:
                self.losses.append(Loss(f"{statement.path}.{key}", f"the {key}", _UNUSED))

    def id(self, kind: str, name: str) -> str:
        """An id for a thing: its own name, if that can be one, or else a number."""
        if (kind, name) not in self.ids:
            fits = len(name) <= 150 and name.isprintable() and name.strip() and name != "all"
            plain = fits and "/" not in name and ">" not in name
            own = name if plain else f"{kind}-{len(self.ids) + 1}"
            tries = (own if n == 1 else f"{own}-{n}" for n in count(1))
            found = next(each for each in tries if (kind, each) not in self.taken)
            self.taken.add((kind, found))
            self.ids[kind, name] = found
        return self.ids[kind, name]

    def state(self, name: str) -> None:
        """One entity as a statement of its source."""
        record: dict[str, Any] = {"id": self.id("statement", name), "source": self.source(name)}
        cited = [self.id("statement", origin) for origin in self.upstream.get(name, ())]
        if cited:
            record["cites"] = cited[0] if len(cited) == 1 else cited
            for claim in self.general.get(name, ()):
                why = "a relay is about what it passes on"
                self.losses.append(Loss(self.path(name), f"that it specialises {claim!r:.60}", why))
        else:
            claims = [self.claim(each) for each in self.general.get(name, ())] or [self.claim(name)]
            record["claim"] = claims[0] if len(claims) == 1 else claims
        record |= {
            key: days[name]
            for key, days in (("said_on", self.said_on), ("retracted_on", self.retracted_on))
            if name in days
        }
        self.records["attributions"].append(record)

    def source(self, entity: str) -> str:
        agent = self.speakers.get(entity)
        key = agent if agent is not None else f"whoever made {entity}"
        fresh = ("source", key) not in self.ids
        found = self.id("source", key)
        if fresh:
            self.records["sources"].append(
                {"id": found, "kind": "unnamed", "described_as": self.told(key)[:500]}
                if agent is None
                else {"id": found, "name": self.told(agent), "kind": self.kind(agent)}
            )
        return found

    def claim(self, name: str) -> str:
        fresh = ("claim", name) not in self.ids
        found = self.id("claim", name)
        if fresh:
            self.records["claims"].append({"id": found, "text": self.told(name, _VALUE)})
        return found

    def kind(self, agent: str) -> str:
        element = self.elements.get(agent)
        types = [] if element is None else element.values(_TYPE)
        local = (_local(value.text) for value in types)
        return next((_KINDS[name] for name in local if name in _KINDS), "other")

    def told(self, name: str, first: str = _LABEL) -> str:
        """What a thing is called: its value or its label, or else its name."""
        element = self.elements.get(name)
        texts = [] if element is None else [element.text(first), element.text(_LABEL)]
        return next((text for text in texts if text and text.strip()), None) or name or "unknown"

    def path(self, name: str) -> str:
        return self.elements[name].path if name in self.elements else name[:200]

    def forget(self, statements: Sequence[ProvStatement], spoken: set[str]) -> None:
        """What stands in the document and in no part of the case."""
        used = spoken | {claim for name in spoken for claim in self.general.get(name, ())}
        used |= set(self.speakers.values())
        for statement in statements:
            if statement.kind in ("entity", "agent") and statement.name not in used:
                self.lose(
                    statement,
                    f"the {statement.kind}",
                    "no statement is attributed to it or made of it",
                )
                continue
            if statement.kind not in ("entity", "agent"):
                continue
            for key in dict.fromkeys(key for key, _ in statement.attributes):
                if key not in (_LABEL, _VALUE) and (key, statement.kind) != (_TYPE, "agent"):
                    path = f"{statement.path}.{key}"[:300]
                    self.losses.append(Loss(path, "an attribute", "its meaning is not known here"))


def _local(name: str) -> str:
    return name.rpartition(":")[2].rpartition("#")[2]
