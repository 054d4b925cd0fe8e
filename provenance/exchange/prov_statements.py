"""What W3C PROV can say, as plain values: elements and relations with their attributes."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = [
    "ELEMENTS",
    "KINDS",
    "NAMESPACE",
    "PROV",
    "XSD",
    "Kind",
    "Literal",
    "Name",
    "ProvStatement",
    "Value",
]

PROV = "http://www.w3.org/ns/prov#"
"""The namespace of PROV."""
XSD = "http://www.w3.org/2001/XMLSchema#"
"""The namespace of the types of literals."""
NAMESPACE = "urn:claim-provenance:ns#"
"""The namespace of what PROV has no word for; its prefix is `cp`."""


@attrs.frozen
class Kind:
    """One kind of statement of PROV-DM: how the two notations in JSON call it and its parts."""

    term: str
    """Its name in PROV-JSON and PROV-N: `wasDerivedFrom`."""
    type: str
    """Its name in PROV-JSONLD: `Derivation`."""
    parts: tuple[str, ...]
    """Its formal attributes in order, without the prefix: `generatedEntity`, `usedEntity`, …"""


_TABLE = (
    Kind("entity", "Entity", ()),
    Kind("activity", "Activity", ("startTime", "endTime")),
    Kind("agent", "Agent", ()),
    Kind("wasGeneratedBy", "Generation", ("entity", "activity", "time")),
    Kind("used", "Usage", ("activity", "entity", "time")),
    Kind("wasInformedBy", "Communication", ("informed", "informant")),
    Kind("wasStartedBy", "Start", ("activity", "trigger", "starter", "time")),
    Kind("wasEndedBy", "End", ("activity", "trigger", "ender", "time")),
    Kind("wasInvalidatedBy", "Invalidation", ("entity", "activity", "time")),
    Kind(
        "wasDerivedFrom",
        "Derivation",
        ("generatedEntity", "usedEntity", "activity", "generation", "usage"),
    ),
    Kind("wasAttributedTo", "Attribution", ("entity", "agent")),
    Kind("wasAssociatedWith", "Association", ("activity", "agent", "plan")),
    Kind("actedOnBehalfOf", "Delegation", ("delegate", "responsible", "activity")),
    Kind("wasInfluencedBy", "Influence", ("influencee", "influencer")),
    Kind("specializationOf", "Specialization", ("specificEntity", "generalEntity")),
    Kind("alternateOf", "Alternate", ("alternate1", "alternate2")),
    Kind("hadMember", "Membership", ("collection", "entity")),
    Kind("mentionOf", "Mention", ("specificEntity", "generalEntity", "bundle")),
)
KINDS: Mapping[str, Kind] = {kind.term: kind for kind in _TABLE}
"""Every kind of statement by its name in PROV-JSON."""
ELEMENTS = frozenset({"entity", "activity", "agent"})
"""The kinds that are things; all others relate things."""


@attrs.frozen
class Name:
    """The name of a thing: a prefix, a colon and a local part, or a whole address."""

    text: str
    """The name as it was written."""


@attrs.frozen
class Literal:
    """A value with the type it was written with."""

    text: str
    """The value in its lexical form."""
    type: str = ""
    """The address of its type; "" for plain text."""


Value = Name | Literal
"""What an attribute can hold."""


@attrs.frozen
class ProvStatement:
    """One statement: an element with its name, or a relation with its parts."""

    kind: str
    """Its name in PROV-JSON: `entity`, `wasDerivedFrom`."""
    name: str
    """The name of the element; of a relation a name of its own, or "" for none."""
    parts: Mapping[str, str] = attrs.field(factory=dict)
    """Its formal attributes: names, and times as texts."""
    attributes: tuple[tuple[str, Value], ...] = ()
    """Its other attributes, each with its value; one that has several stands several times."""
    path: str = ""
    """Where it stood in the document that it was read from."""

    def values(self, attribute: str) -> tuple[Value, ...]:
        """The values of one attribute."""
        return tuple(value for key, value in self.attributes if key == attribute)

    def text(self, attribute: str) -> str | None:
        """The first value of an attribute, as text."""
        found = self.values(attribute)
        return found[0].text if found else None
