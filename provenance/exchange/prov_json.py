"""PROV-JSON and PROV-JSONLD: statements of PROV written in either, and read from either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from provenance.exchange.documents import MOST_ENTRIES, each_of, refused, text_of
from provenance.exchange.losses import Loss

__all__ = [
    "DERIVED",
    "ELEMENTS",
    "KINDS",
    "NAMESPACE",
    "OTHER_PREFIXES",
    "PROV",
    "XSD",
    "Literal",
    "Name",
    "ProvKind",
    "ProvStatement",
    "Value",
    "as_prov_json",
    "as_prov_jsonld",
    "is_linked_data",
    "statements_of",
]

# What W3C PROV can say, as plain values: elements and relations with their attributes.

PROV = "http://www.w3.org/ns/prov#"
"""The namespace of PROV."""
XSD = "http://www.w3.org/2001/XMLSchema#"
"""The namespace of the types of literals."""
NAMESPACE = "urn:claim-provenance:ns#"
"""The namespace of what PROV has no word for; its prefix is `cp`."""


@attrs.frozen
class ProvKind:
    """One kind of statement of PROV-DM: how the two notations in JSON call it and its parts."""

    term: str
    """Its name in PROV-JSON and PROV-N: `wasDerivedFrom`."""
    type: str
    """Its name in PROV-JSONLD: `Derivation`."""
    parts: tuple[str, ...]
    """Its formal attributes in order, without the prefix: `generatedEntity`, `usedEntity`, …"""


_TABLE = (
    ProvKind("entity", "Entity", ()),
    ProvKind("activity", "Activity", ("startTime", "endTime")),
    ProvKind("agent", "Agent", ()),
    ProvKind("wasGeneratedBy", "Generation", ("entity", "activity", "time")),
    ProvKind("used", "Usage", ("activity", "entity", "time")),
    ProvKind("wasInformedBy", "Communication", ("informed", "informant")),
    ProvKind("wasStartedBy", "Start", ("activity", "trigger", "starter", "time")),
    ProvKind("wasEndedBy", "End", ("activity", "trigger", "ender", "time")),
    ProvKind("wasInvalidatedBy", "Invalidation", ("entity", "activity", "time")),
    ProvKind(
        "wasDerivedFrom",
        "Derivation",
        ("generatedEntity", "usedEntity", "activity", "generation", "usage"),
    ),
    ProvKind("wasAttributedTo", "Attribution", ("entity", "agent")),
    ProvKind("wasAssociatedWith", "Association", ("activity", "agent", "plan")),
    ProvKind("actedOnBehalfOf", "Delegation", ("delegate", "responsible", "activity")),
    ProvKind("wasInfluencedBy", "Influence", ("influencee", "influencer")),
    ProvKind("specializationOf", "Specialization", ("specificEntity", "generalEntity")),
    ProvKind("alternateOf", "Alternate", ("alternate1", "alternate2")),
    ProvKind("hadMember", "Membership", ("collection", "entity")),
    ProvKind("mentionOf", "Mention", ("specificEntity", "generalEntity", "bundle")),
)
KINDS: Mapping[str, ProvKind] = {kind.term: kind for kind in _TABLE}
"""Every kind of statement by its name in PROV-JSON."""
DERIVED: Mapping[str, str] = {
    "wasQuotedFrom": "Quotation",
    "hadPrimarySource": "PrimarySource",
    "wasRevisionOf": "Revision",
}
"""The kinds of derivation that PROV-O and PROV-XML have a relation of its own for."""
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
    language: str = ""
    """The tag of the language it is in; "" where it does not say."""


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


JSONLD_CONTEXT = "https://openprovenance.org/prov-jsonld/context.jsonld"
"""The context of the W3C member submission, which readers know."""
_QUALIFIED = "prov:QUALIFIED_NAME"
_NAME_TYPES = frozenset({_QUALIFIED, "xsd:QName", f"{XSD}QName", f"{PROV}QUALIFIED_NAME"})
# Names of PROV-JSONLD for what PROV-JSON keeps under its prefix.
_SHORT = {
    "prov:type": "type",
    "prov:label": "label",
    "prov:role": "role",
    "prov:value": "value",
    "prov:location": "location",
}
_LONG = {short: long for long, short in _SHORT.items()}
_BARE = frozenset({"type", "role", "location"})
_TYPES = {kind.type: kind.term for kind in KINDS.values()}
_PROV_CLASSES = frozenset({"prov:Entity", "prov:Activity", "prov:Agent"})
_DERIVED_TYPES = {name: name for name in DERIVED.values()}


OTHER_PREFIXES: Mapping[str, str] = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
}
"""The prefixes of what other vocabularies have words for: ids in other systems."""


def _prefixes(base: str, statements: Sequence[ProvStatement]) -> dict[str, str]:
    used = {key.partition(":")[0] for each in statements for key, _ in each.attributes}
    others = {name: address for name, address in OTHER_PREFIXES.items() if name in used}
    return {"case": base, "cp": NAMESPACE, **others}


def as_prov_json(statements: Sequence[ProvStatement], base: str) -> dict[str, Any]:
    """The statements as PROV-JSON (W3C member submission of 24 April 2013)."""
    found: dict[str, Any] = {"prefix": _prefixes(base, statements)}
    for position, statement in enumerate(statements):
        written: dict[str, Any] = {f"prov:{key}": part for key, part in statement.parts.items()}
        for key, values in _grouped(statement).items():
            listed = [_json_value(value) for value in values]
            written[key] = listed[0] if len(listed) == 1 else listed
        name = statement.name or f"_:r{position}"
        found.setdefault(statement.kind, {})[name] = written
    return found


def _grouped(statement: ProvStatement) -> Mapping[str, list[Value]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for key, value in statement.attributes:
        found[key].append(value)
    return found


def _json_value(value: Value) -> Any:
    if isinstance(value, Name):
        return {"$": value.text, "type": _QUALIFIED}
    if not value.type:
        return value.text
    return {"$": value.text, "type": value.type.replace(XSD, "xsd:")}


def as_prov_jsonld(statements: Sequence[ProvStatement], base: str) -> dict[str, Any]:
    """The statements as PROV-JSONLD (W3C member submission of 25 August 2024)."""
    graph = []
    for statement in statements:
        written: dict[str, Any] = {"@type": KINDS[statement.kind].type}
        if statement.name:
            written["@id"] = statement.name
        written |= statement.parts
        for key, values in _grouped(statement).items():
            # `value` is a word of entities alone.
            known = key in _SHORT and (key != "prov:value" or statement.kind == "entity")
            term = _SHORT[key] if known else key
            written[term] = [_jsonld_value(value, term) for value in values]
        graph.append(written)
    return {"@context": [_prefixes(base, statements), JSONLD_CONTEXT], "@graph": graph}


def _jsonld_value(value: Value, term: str) -> Any:
    if isinstance(value, Name):
        return value.text if term in _BARE else {"@value": value.text, "@type": "xsd:QName"}
    return {"@value": value.text} | (
        {"@type": value.type.replace(XSD, "xsd:")} if value.type else {}
    )


def is_linked_data(document: Any) -> bool:
    """Whether plain data is JSON-LD in general, expanded or with contexts of its own.

    PROV-JSONLD has the context of its submission, or words of it for the types of its entries.
    """
    if isinstance(document, list | tuple):
        return bool(document) and all(isinstance(each, Mapping) for each in document)
    if not isinstance(document, Mapping) or not {"@context", "@graph", "@id"} & set(document):
        return False
    if any(each == JSONLD_CONTEXT for _, each in each_of(document.get("@context"))):
        return False
    entries = each_of(document.get("@graph", [document]))
    kinds = (each.get("@type") for _, each in entries if isinstance(each, Mapping))
    relations = {*_TYPES, *_DERIVED_TYPES, *(f"prov:{name}" for name in _TYPES)} - _PROV_CLASSES
    return not any(isinstance(kind, str) and kind in relations for kind in kinds)


def statements_of(document: Any, losses: list[Loss], what: str) -> list[ProvStatement]:
    """The statements of a document in PROV-JSON or PROV-JSONLD, with names under the same prefixes.

    Attributes come with their whole addresses. What is no statement is added to the losses.
    Raises `FormatError` for a document that is neither.
    """
    if not isinstance(document, Mapping):
        found = type(document).__name__
        raise refused("", "not-an-object", f"expected a PROV document, found {found}", where=what)
    if "@graph" in document or "@context" in document:
        return list(_from_jsonld(document, losses, what))
    if not any(key in document for key in (*KINDS, "prefix", "bundle")):
        message = "expected statements of PROV such as entity or wasDerivedFrom, found none"
        raise refused("", "not-prov", message, where=what)
    return list(_from_json(document, losses, what))


def _from_json(
    document: Mapping[str, Any], losses: list[Loss], what: str
) -> Iterator[ProvStatement]:
    addresses = _Addresses.of((document.get("prefix"),), what)
    count = 0
    for kind, entries in document.items():
        if kind == "prefix":
            continue
        if not (kind in KINDS or kind in DERIVED) or not isinstance(entries, Mapping):
            why = (
                "statements within bundles are not read"
                if kind == "bundle"
                else "it is no kind of statement of PROV"
            )
            losses.append(Loss(str(kind)[:100], f"{str(kind)[:60]}", why))
            continue
        count += len(entries)
        if count > MOST_ENTRIES:
            message = f"expected at most {MOST_ENTRIES} statements, found more"
            raise refused(kind, "too-many", message, "split the document", where=what)
        for name, written in entries.items():
            for place, each in each_of(written):
                path = f"{kind}.{str(name)[:200]}{place}"
                if not isinstance(each, Mapping):
                    losses.append(Loss(path, "a statement", "its attributes are no object"))
                    continue
                yield _json_statement(kind, str(name), each, addresses, path, losses)


def _json_statement(
    term: str,
    name: str,
    written: Mapping[str, Any],
    addresses: _Addresses,
    path: str,
    losses: list[Loss],
) -> ProvStatement:
    kind, attributes = _of_kind(term, DERIVED)
    parts: dict[str, str] = {}
    for key, value in written.items():
        address = addresses(str(key))
        part = address.removeprefix(PROV)
        known = _known(value, partial(_json_read, addresses=addresses), f"{path}.{key}", losses)
        if part in KINDS[kind].parts and address.startswith(PROV):
            _take_part(parts, part, known, f"{path}.{key}", losses)
        else:
            attributes += [(address, each) for each in known]
    anonymous = name.startswith("_:") and kind not in ELEMENTS
    return ProvStatement(kind, "" if anonymous else name, parts, tuple(attributes), path)


def _of_kind(term: str, derived: Mapping[str, str]) -> tuple[str, list[tuple[str, Value]]]:
    """The kind of a statement, and its type where its name says of what kind a derivation is."""
    if term not in derived:
        return term, []
    return "wasDerivedFrom", [(f"{PROV}type", Name(f"prov:{derived[term]}"))]


def _known(
    value: Any, read: Callable[[Any], Value | None], path: str, losses: list[Loss]
) -> list[Value]:
    """The values of one attribute; what is none is added to the losses."""
    found: list[Value] = []
    for place, each in each_of(value):
        known = read(each)
        if known is None:
            why = "its value is neither a text nor a number nor a name"
            losses.append(Loss(f"{path}{place}"[:300], "an attribute", why))
        else:
            found.append(known)
    return found


def _take_part(
    parts: dict[str, str], part: str, known: Sequence[Value], path: str, losses: list[Loss]
) -> None:
    """One formal attribute of a relation, which relates two things and no more."""
    if known:
        parts[part] = known[0].text
    for each in known[1:]:
        what = f"a further {part}: {each.text!r:.60}"
        losses.append(Loss(path[:300], what, "a relation has one; write another relation for it"))


def _json_read(value: Any, addresses: _Addresses) -> Value | None:
    if isinstance(value, Mapping):
        inner, kind = value.get("$"), value.get("type")
        if not isinstance(inner, str | int | float):
            return None
        if _is_name(kind):
            return Name(str(inner))
        type_ = addresses(kind) if isinstance(kind, str) else ""
        return Literal(_plain(inner), type_, text_of(value.get("lang")) or "")
    if isinstance(value, str | int | float):
        return Literal(_plain(value))
    return None


def _is_name(kind: Any) -> bool:
    return isinstance(kind, str) and kind in _NAME_TYPES


def _plain(value: str | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _from_jsonld(
    document: Mapping[str, Any], losses: list[Loss], what: str
) -> Iterator[ProvStatement]:
    addresses = _Addresses.of((entry for _, entry in each_of(document.get("@context"))), what)
    graph = document.get("@graph")
    for place, each in each_of(graph if graph is not None else [document]):
        path = f"@graph{place}"
        kind = each.get("@type") if isinstance(each, Mapping) else None
        term = kind.removeprefix("prov:") if isinstance(kind, str) else ""
        if not (term in _TYPES or term in _DERIVED_TYPES):
            why = (
                "statements within bundles are not read"
                if kind == "Bundle"
                else "it is no statement of PROV"
            )
            losses.append(Loss(path, "an entry", why))
            continue
        yield _jsonld_statement(_TYPES.get(term, term), each, addresses, path, losses)


def _jsonld_statement(
    term: str,
    written: Mapping[str, Any],
    addresses: _Addresses,
    path: str,
    losses: list[Loss],
) -> ProvStatement:
    kind, attributes = _of_kind(term, _DERIVED_TYPES)
    parts: dict[str, str] = {}
    name = written.get("@id")
    for key, value in written.items():
        if str(key).startswith("@"):
            continue
        is_part = key in KINDS[kind].parts
        read = partial(_jsonld_read, bare=is_part or key in _BARE, addresses=addresses)
        known = _known(value, read, f"{path}.{key}", losses)
        if is_part:
            _take_part(parts, key, known, f"{path}.{key}", losses)
        else:
            address = addresses(_LONG.get(str(key), str(key)))
            attributes += [(address, each) for each in known]
    return ProvStatement(
        kind, name if isinstance(name, str) else "", parts, tuple(attributes), path
    )


def _jsonld_read(value: Any, bare: bool, addresses: _Addresses) -> Value | None:
    if isinstance(value, Mapping):
        inner, kind = value.get("@value", value.get("@id")), value.get("@type")
        if not isinstance(inner, str | int | float):
            return None
        if _is_name(kind) or "@id" in value:
            return Name(str(inner))
        type_ = addresses(kind) if isinstance(kind, str) else ""
        return Literal(_plain(inner), type_, text_of(value.get("@language")) or "")
    if isinstance(value, str | int | float):
        return Name(str(value)) if bare else Literal(_plain(value))
    return None


MOST_GROWTH = 100_000_000
"""How many characters the names of a document may have when their prefixes are written out."""


@attrs.frozen
class _Addresses:
    """Whole addresses of names: their prefixes written out, where they are known.

    A long prefix and many names could fill any memory, so that there is an end to what they make.
    """

    prefixes: dict[str, str]
    """What every prefix stands for."""
    what: str
    """What is read, for errors."""
    known: dict[str, str] = attrs.field(factory=dict)
    """The names that were written out before."""
    growth: list[int] = attrs.field(factory=lambda: [0])
    """How many characters these have."""

    @classmethod
    def of(cls, contexts: Iterable[Any], what: str) -> _Addresses:
        found = {"prov": PROV, "xsd": XSD}
        for written in contexts:
            if isinstance(written, Mapping):
                texts = {
                    str(key): value for key, value in written.items() if isinstance(value, str)
                }
                found |= texts
        return cls(found, what)

    def __call__(self, name: str) -> str:
        if name not in self.known:
            found = self.whole(name)
            self.growth[0] += len(found)
            if self.growth[0] > MOST_GROWTH:
                message = f"expected names of at most {MOST_GROWTH} characters in all, found more"
                raise refused(
                    "prefix", "too-large", message, "shorten the prefixes", where=self.what
                )
            self.known[name] = found
        return self.known[name]

    def whole(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        if colon and prefix in self.prefixes:
            return f"{self.prefixes[prefix]}{local}"
        if not colon:
            return f"{self.prefixes.get('default', self.prefixes.get('@vocab', ''))}{name}"
        return name
