"""PROV-O: statements of PROV as triples, in any notation of RDF, and triples of others as ours."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

import attrs

from provenance.errors import MissingExtra
from provenance.exchange.documents import refused
from provenance.exchange.losses import Loss
from provenance.exchange.prov_json import (
    DERIVED,
    KINDS,
    NAMESPACE,
    OTHER_PREFIXES,
    PROV,
    XSD,
    Literal,
    Name,
    ProvStatement,
    Value,
)

__all__ = [
    "PARSERS",
    "PLAIN",
    "RdfDocument",
    "Said",
    "Triples",
    "as_rdf",
    "parsed_rdf",
    "said_in",
    "statements_of_rdf",
    "triples_of",
]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_BASE = "https://document.invalid/"
"""What relative addresses are taken to begin with, where a document does not say."""
_SAME: Mapping[str, str] = {
    f"{RDF}type": f"{PROV}type",
    f"{RDFS}label": f"{PROV}label",
    f"{RDF}value": f"{PROV}value",
    f"{PROV}atLocation": f"{PROV}location",
}
"""What RDF calls otherwise than PROV does."""
_WRITTEN: Mapping[str, str] = {
    "prov:type": f"{RDF}type",
    "prov:label": f"{RDFS}label",
    "prov:location": f"{PROV}atLocation",
}


@attrs.frozen
class PlainTerm:
    """A property of PROV-O as a relation of PROV-DM."""

    kind: str
    """The relation, by its name in PROV-JSON."""
    subject: str
    """Which of its parts the subject is."""
    object: str
    """Which of its parts the object is."""
    type: str = ""
    """What kind of derivation it is."""


def _plain_table() -> dict[str, PlainTerm]:
    found = {
        kind.term: PlainTerm(kind.term, kind.parts[0], kind.parts[1])
        for kind in KINDS.values()
        if kind.term not in ("entity", "activity", "agent")
    }
    derived = ("wasDerivedFrom", "generatedEntity", "usedEntity")
    found |= {term: PlainTerm(*derived, name) for term, name in DERIVED.items()}
    found |= {
        "generatedAtTime": PlainTerm("wasGeneratedBy", "entity", "time"),
        "invalidatedAtTime": PlainTerm("wasInvalidatedBy", "entity", "time"),
        "startedAtTime": PlainTerm("activity", "", "startTime"),
        "endedAtTime": PlainTerm("activity", "", "endTime"),
    }
    inverses = {
        "generated": "wasGeneratedBy",
        "invalidated": "wasInvalidatedBy",
        "influenced": "wasInfluencedBy",
        "contributed": "wasAttributedTo",
        "hadDerivation": "wasDerivedFrom",
        "quotedAs": "wasQuotedFrom",
        "wasPrimarySourceOf": "hadPrimarySource",
        "hadRevision": "wasRevisionOf",
        "generalizationOf": "specializationOf",
        "wasMemberOf": "hadMember",
    }
    for term, other in inverses.items():
        known = found[other]
        found[term] = PlainTerm(known.kind, known.object, known.subject, known.type)
    return found


PLAIN: Mapping[str, PlainTerm] = _plain_table()
"""The properties of PROV-O that relate two things, or a thing and a time, by their local names.

Those for which PROV-O only recommends a name for the other direction are among them.
"""


@attrs.frozen
class _Qualified:
    """A property of PROV-O that leads to a node with what more there is to say of a relation."""

    kind: str
    subject: str
    parts: Mapping[str, str]
    """Which part of the relation each property of that node is."""
    type: str = ""


def _qualified_table() -> dict[str, _Qualified]:
    time, entity = {"atTime": "time"}, {"entity": "usedEntity"}
    derivation = entity | {
        "hadActivity": "activity",
        "hadGeneration": "generation",
        "hadUsage": "usage",
    }
    made = time | {"activity": "activity"}
    started = time | {"entity": "trigger"}
    influence = dict.fromkeys(("influencer", "entity", "agent", "activity"), "influencer")
    known = {
        "wasDerivedFrom": derivation,
        "wasAttributedTo": {"agent": "agent"},
        "wasGeneratedBy": made,
        "wasInvalidatedBy": made,
        "used": time | {"entity": "entity"},
        "wasInformedBy": {"activity": "informant"},
        "wasStartedBy": started | {"hadActivity": "starter"},
        "wasEndedBy": started | {"hadActivity": "ender"},
        "wasAssociatedWith": {"agent": "agent", "hadPlan": "plan"},
        "actedOnBehalfOf": {"agent": "responsible", "hadActivity": "activity"},
        "wasInfluencedBy": influence,
    }
    found = {
        f"qualified{KINDS[kind].type}": _Qualified(kind, KINDS[kind].parts[0], parts)
        for kind, parts in known.items()
    }
    for name in DERIVED.values():
        found[f"qualified{name}"] = _Qualified(
            "wasDerivedFrom", "generatedEntity", derivation, name
        )
    return found


_QUALIFIED: Mapping[str, _Qualified] = _qualified_table()
_AGENT_PARTS = frozenset({"agent", "responsible", "delegate"})
_ACTIVITY_PARTS = frozenset({"activity", "informed", "informant", "starter", "ender"})
_AGENTS = frozenset({"Agent", "Person", "Organization", "SoftwareAgent"})
_ENTITIES = frozenset({"Entity", "Collection", "EmptyCollection", "Bundle", "Plan"})
_BARE = frozenset({"Entity", "Activity", "Agent"})
_RELATIONS = frozenset({kind.type for kind in KINDS.values()} | set(DERIVED.values())) - _BARE


# In: triples of others.

Triples = Sequence[tuple[Any, Any, Any]]
"""Triples as rdflib has them."""

_READERS: Mapping[str, str] = {
    "trig": "trig",
    "turtle": "trig",  # any Turtle is TriG
    "nquads": "nquads",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}


@attrs.frozen
class RdfDocument:
    """A document in RDF: its triples, and what its names are called for short."""

    triples: Triples
    """The triples that are read: those of no graph, or where these tell nothing, of all."""
    prefixes: tuple[tuple[str, str], ...]
    """The addresses that names begin with, longest first, and what stands for each."""

    def name(self, node: Any) -> str:
        """The name of a node, with its prefix where the document has one for it."""
        text = str(node)
        if not text.startswith(("http", "urn", "file", "_:")) and ":" not in text:
            return f"_:{text}"
        for address, prefix in self.prefixes:
            if text.startswith(address):
                local = text.removeprefix(address)
                return f"{prefix}:{local}" if prefix else local
        return text


def parsed_rdf(text: str, notation: str, losses: list[Loss], what: str) -> RdfDocument:
    """The triples of a text in a notation of RDF; nothing that it names is fetched.

    Where the triples of no graph tell of PROV, named graphs are bundles, and are losses. Otherwise
    a store has put them there, and all are read together.

    Raises `FormatError` for a text in another notation, and `MissingExtra` without `rdflib`.
    """
    try:
        from rdflib import Dataset
        from rdflib.exceptions import Error as RdfError
        from rdflib.namespace import NamespaceManager
    except ImportError as error:
        raise MissingExtra("prov", "rdflib") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = Dataset()
            found.namespace_manager = NamespaceManager(found, bind_namespaces="none")
            found.parse(data=text, format=_READERS[notation], publicID=_BASE)
            quads = [*found.quads()]
        except (RdfError, *PARSERS) as error:
            reason = f"{type(error).__name__}: {error}"[:200]
            message = f"expected PROV in the notation {notation!r}, found something else ({reason})"
            raise refused("", "not-prov", message, where=what) from error
        bound = {str(address): str(prefix) for prefix, address in found.namespaces()}
    bound = {address: prefix for address, prefix in bound.items() if address and prefix}
    prefixes = sorted({**bound, _BASE: ""}.items(), key=lambda pair: (-len(pair[0]), pair))
    plain = [(s, p, o) for s, p, o, where in quads if _is_default(where)]
    named: dict[str, list[tuple[Any, Any, Any]]] = defaultdict(list)
    for s, p, o, where in quads:
        if not _is_default(where):
            named[str(where)].append((s, p, o))
    document = RdfDocument(plain, tuple(prefixes))
    if not _tells_of_prov(plain):
        return attrs.evolve(
            document, triples=[*plain, *(t for each in named.values() for t in each)]
        )
    for graph in sorted(named):
        why = "statements within bundles are not read"
        losses.append(Loss(document.name(graph)[:300], "the named graph", why))
    return document


def _is_default(graph: Any) -> bool:
    return graph is None or str(graph) == "urn:x-rdflib:default"


def _tells_of_prov(triples: Triples) -> bool:
    return any(
        str(verb).startswith(PROV) or (str(verb) == f"{RDF}type" and str(thing).startswith(PROV))
        for _, verb, thing in triples
    )


def statements_of_rdf(document: RdfDocument, losses: list[Loss]) -> list[ProvStatement]:
    """The statements that triples make, in the order of their names.

    What is a thing of PROV comes as an element, with all that is said of it as attributes; the
    qualified relations come as relations of their own. What is said of anything else is lost.
    """
    return _Reading(document, losses).statements()


@attrs.define
class _Reading:
    """Triples on the way to statements."""

    document: RdfDocument
    losses: list[Loss]
    about: dict[Any, list[tuple[str, Any]]] = attrs.field(factory=lambda: defaultdict(list))
    names: dict[Any, str] = attrs.field(factory=dict)
    roles: dict[Any, set[str]] = attrs.field(factory=lambda: defaultdict(set))

    def statements(self) -> list[ProvStatement]:
        for subject, verb, thing in self.document.triples:
            self.about[subject].append((str(verb), thing))
        self.names = _steady_names(self.document)
        qualified, nodes = self.qualified()
        self.learn_roles(qualified)
        found: list[ProvStatement] = []
        for subject in sorted(self.about, key=self.name):
            if subject in nodes:
                continue
            if subject not in self.roles:
                self.lose(subject)
                continue
            found.append(self.element(subject))
        return [*found, *qualified]

    def name(self, node: Any) -> str:
        return self.names.get(node) or self.document.name(node)

    def qualified(self) -> tuple[list[ProvStatement], set[Any]]:
        """The qualified relations, and the nodes that they stand in."""
        found: list[ProvStatement] = []
        nodes: set[Any] = set()
        for subject in sorted(self.about, key=self.name):
            for verb, node in sorted(self.about[subject], key=lambda each: self.key(*each)):
                known = _QUALIFIED.get(verb.removeprefix(PROV)) if verb.startswith(PROV) else None
                if known is not None:
                    nodes.add(node)
                    found.append(self.relation(subject, known, node))
        return found, nodes

    def key(self, verb: str, thing: Any) -> tuple[str, bool, str, str]:
        """What values are put in order by: those without a language, and English ones, first."""
        language = getattr(thing, "language", None) or ""
        later = language not in ("", "en") and not language.startswith("en-")
        return verb, later, language, self.name(thing)

    def relation(self, subject: Any, known: _Qualified, node: Any) -> ProvStatement:
        parts = {known.subject: self.name(subject)}
        types = [known.type] if known.type else []
        attributes: list[tuple[str, Value]] = []
        path = f"{self.name(subject)} {known.kind}"[:300]
        for verb, thing in sorted(self.about[node], key=lambda each: self.key(*each)):
            part = known.parts.get(verb.removeprefix(PROV)) if verb.startswith(PROV) else None
            local = str(thing).removeprefix(PROV) if verb == f"{RDF}type" else ""
            if part is not None and part not in parts:
                parts[part] = self.name(thing)
            elif local in DERIVED.values():
                types += [local] if local not in types else []
            elif local not in _RELATIONS and local not in ("EntityInfluence", "AgentInfluence"):
                attributes.append((_SAME.get(verb, verb), self.value(thing)))
        typed = tuple((f"{PROV}type", Name(f"prov:{each}")) for each in types)
        return ProvStatement(known.kind, "", parts, (*typed, *attributes), path)

    def learn_roles(self, qualified: Sequence[ProvStatement]) -> None:
        """Which nodes are things of PROV, by their types and by what stands between them."""
        for subject, said in self.about.items():
            for verb, thing in said:
                local = verb.removeprefix(PROV)
                if verb == f"{RDF}type" and str(thing).startswith(PROV):
                    role = _role_of(str(thing).removeprefix(PROV))
                    if role is not None:
                        self.roles[subject].add(role)
                elif verb.startswith(PROV) and local in PLAIN:
                    term = PLAIN[local]
                    self.roles[subject].add(_role_in(term.subject or "activity"))
                    if term.object != "time" and not term.object.endswith("Time"):
                        self.roles[thing].add(_role_in(term.object))
        nodes = {name: node for node in self.about if (name := self.name(node))}
        for each in qualified:
            for part, name in each.parts.items():
                if part != "time" and name in nodes:
                    self.roles[nodes[name]].add(_role_in(part))

    def element(self, subject: Any) -> ProvStatement:
        roles = self.roles[subject]
        kind = next(each for each in ("agent", "activity", "entity") if each in roles)
        attributes: list[tuple[str, Value]] = []
        parts: dict[str, str] = {}
        for verb, thing in sorted(self.about[subject], key=lambda each: self.key(*each)):
            term = PLAIN.get(verb.removeprefix(PROV)) if verb.startswith(PROV) else None
            if verb.removeprefix(PROV) in _QUALIFIED and verb.startswith(PROV):
                continue
            if verb == f"{RDF}type" and str(thing).removeprefix(PROV) in _BARE:
                continue
            if term is not None and term.kind == "activity":
                parts[term.object] = self.name(thing)
            else:
                attributes.append((_SAME.get(verb, verb), self.value(thing)))
        name = self.name(subject)
        return ProvStatement(kind, name, parts, tuple(attributes), name[:300])

    def value(self, thing: Any) -> Value:
        if hasattr(thing, "datatype"):
            kind = "" if thing.datatype is None else str(thing.datatype)
            return Literal(str(thing), kind, thing.language or "")
        return Name(self.name(thing))

    def lose(self, subject: Any) -> None:
        """What is said of something that is no thing of PROV."""
        verbs = dict.fromkeys(self.document.name(verb) for verb, _ in sorted(
            self.about[subject], key=lambda each: self.key(*each)))  # fmt: skip
        said = ", ".join(verbs)
        what = f"what is said of it: {said:.200}"
        why = "no relation of PROV leads to it or from it"
        self.losses.append(Loss(self.name(subject)[:300], what, why))


def _role_of(kind: str) -> str | None:
    """What a class of PROV-O is a kind of; of relations, which are nodes there, nothing."""
    if kind in _AGENTS:
        return "agent"
    return "entity" if kind in _ENTITIES else "activity" if kind == "Activity" else None


def _role_in(part: str) -> str:
    if part in _AGENT_PARTS:
        return "agent"
    return "activity" if part in _ACTIVITY_PARTS else "entity"


def _steady_names(document: RdfDocument) -> dict[Any, str]:
    """Names for the nodes without one, by what is said of them: as they are read they are random.

    A name is refined by the names around it a few times; nodes that are still alike differ in
    nothing near them, so that it does not matter which of them comes first.
    """
    lines: dict[Any, list[tuple[str, Any]]] = defaultdict(list)
    for subject, verb, thing in document.triples:
        if _is_blank(subject):
            lines[subject].append((f"{verb} ", thing))
        if _is_blank(thing):
            lines[thing].append((f" {verb} it", subject))
    known = dict.fromkeys(lines, "")
    for _ in range(3 if known else 0):
        known = {
            node: _digest(f"{text}{known.get(other) or ('' if _is_blank(other) else other.n3())}"
                          for text, other in said)
            for node, said in lines.items()
        }  # fmt: skip
    places: dict[str, int] = defaultdict(int)
    found: dict[Any, str] = {}
    for node in sorted(known, key=lambda each: (known[each], str(each))):
        places[known[node]] += 1
        again = f"-{places[known[node]]}" if places[known[node]] > 1 else ""
        found[node] = f"_:b{known[node][:12]}{again}"
    return found


def _is_blank(node: Any) -> bool:
    return type(node).__name__ == "BNode"


def _digest(lines: Iterable[str]) -> str:
    return sha256("\n".join(sorted(lines)).encode("utf-8", "replace")).hexdigest()


Said = Mapping[str, Sequence[str]]
"""What is said of one thing: texts and names, by the address of the property."""


_LONGEST_NODE = 10_000


def said_in(triples: Triples, document: RdfDocument) -> dict[str, Said]:
    """What triples say of every thing that has a name, by that name; of the types of literals nothing.

    A node without a name stands as what is said of it.
    """
    about: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
    for subject, verb, thing in triples:
        about[subject].append((verb, thing))

    @cache
    def told(node: Any, depth: int = 4) -> str:
        if not _is_blank(node):
            return str(node) if hasattr(node, "datatype") else document.name(node)
        inner = about.get(node, ()) if depth else ()
        lines = [f"{document.name(verb)} {told(each, depth - 1)}" for verb, each in inner]
        whole = f"[{'; '.join(sorted(lines))}]"
        # Nodes that lead to many others would make texts that grow without bounds.
        return whole if len(whole) <= _LONGEST_NODE else f"{whole[:200]}… {_digest(lines)}]"

    found: dict[str, Said] = {}
    for subject in sorted((each for each in about if not _is_blank(each)), key=str):
        said: dict[str, list[str]] = defaultdict(list)
        for verb, thing in about[subject]:
            said[_SAME.get(str(verb), str(verb))].append(told(thing))
        found[document.name(subject)] = {verb: sorted(said[verb]) for verb in sorted(said)}
    return found


# Out: our statements as triples.


def triples_of(statements: Sequence[ProvStatement], base: str) -> Triples:
    """Statements of ours as triples of PROV-O, the plain terms beside the qualified ones.

    Nodes without a name of their own are called by what they say, so that a document is the same
    whenever it is written. Needs `rdflib`.
    """
    try:
        import rdflib
    except ImportError as error:
        raise MissingExtra("prov", "rdflib") from error
    return [*_Writing(rdflib, base).triples(statements)]


@attrs.frozen
class _Writing:
    """Statements on the way to triples."""

    rdflib: Any
    base: str

    def triples(self, statements: Sequence[ProvStatement]) -> Iterator[tuple[Any, Any, Any]]:
        for each in statements:
            if each.name:
                node = self.iri(each.name)
                yield node, self.term(RDF, "type"), self.term(PROV, KINDS[each.kind].type)
                for key, value in each.attributes:
                    yield node, self.verb(key), self.thing(value)
            elif each.attributes or len(each.parts) > 2 or "time" in each.parts:
                yield from self.qualified(each)
            else:
                subject, thing = each.parts.values()
                yield self.iri(subject), self.term(PROV, each.kind), self.iri(thing)

    def qualified(self, each: ProvStatement) -> Iterator[tuple[Any, Any, Any]]:
        """A relation with a node of its own, and what follows from it plainly."""
        types = [_local(value.text) for _, value in each.attributes]
        derived = [name for name in types if name in DERIVED.values()]
        kind = derived[0] if derived else KINDS[each.kind].type
        known = _QUALIFIED[f"qualified{kind}"]
        (_, first), *rest = each.parts.items()
        subject = self.iri(first)
        said = [(self.term(RDF, "type"), self.term(PROV, kind))]
        said += [
            (self.verb(key), self.thing(value))
            for key, value in each.attributes
            if _local(value.text) not in derived
        ]
        names = {part: verb for verb, part in reversed([*known.parts.items()])}
        said += [(self.term(PROV, names[part]), self.part(part, name)) for part, name in rest]
        yield from self.node(subject, self.term(PROV, f"qualified{kind}"), said)
        for part, name in rest:
            for term in _follows(kind, each.kind, part):
                yield subject, self.term(PROV, term), self.part(part, name)

    def node(
        self, subject: Any, verb: Any, said: Sequence[tuple[Any, Any]]
    ) -> Iterator[tuple[Any, Any, Any]]:
        lines = [f"{key.n3()} {thing.n3()}" for key, thing in said]
        lines.append(f"{subject.n3()} {verb.n3()} it")
        node = self.rdflib.BNode(f"r{_digest(lines)[:24]}")
        yield subject, verb, node
        yield from ((node, key, thing) for key, thing in said)

    def part(self, part: str, name: str) -> Any:
        if part == "time":
            return self.rdflib.Literal(name, datatype=self.rdflib.XSD.dateTime)
        return self.iri(name)

    def iri(self, name: str) -> Any:
        prefix, _, local = name.partition(":")
        addresses = {"case": self.base, "cp": NAMESPACE, "prov": PROV, **OTHER_PREFIXES}
        return self.rdflib.URIRef(f"{addresses[prefix]}{local}")

    def term(self, namespace: str, local: str) -> Any:
        return self.rdflib.URIRef(f"{namespace}{local}")

    def verb(self, key: str) -> Any:
        return self.rdflib.URIRef(_WRITTEN[key]) if key in _WRITTEN else self.iri(key)

    def thing(self, value: Value) -> Any:
        if isinstance(value, Name):
            return self.iri(value.text)
        if value.type == f"{XSD}anyURI":
            return self.rdflib.URIRef(value.text)
        return self.rdflib.Literal(value.text, datatype=value.type or None)


def _follows(kind: str, relation: str, part: str) -> tuple[str, ...]:
    """The plain terms for what a part of a qualified relation is to its subject."""
    if part == "time":
        return tuple(
            term
            for term in ("generatedAtTime", "invalidatedAtTime")
            if PLAIN[term].kind == relation
        )
    kinds = tuple(term for term, name in DERIVED.items() if name == kind)
    return (*kinds, relation) if part == KINDS[relation].parts[1] else ()


def _local(name: str) -> str:
    return re.split("[:#]", name)[-1]


def as_rdf(statements: Sequence[ProvStatement], base: str, notation: str) -> str:
    """Statements of ours as a text in TriG or Turtle."""
    triples = triples_of(statements, base)
    import rdflib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = rdflib.Dataset()
        named = {"case": base, "cp": NAMESPACE, "prov": PROV, "rdfs": RDFS, **OTHER_PREFIXES}
        for prefix, address in (*named.items(), ("xsd", str(rdflib.XSD))):
            dataset.bind(prefix, address, override=True, replace=True)
        for triple in triples:
            dataset.default_graph.add(triple)
        graph = dataset.default_graph if notation == "turtle" else dataset
        return str(graph.serialize(format=notation))


# What the parsers let through of their own accidents.
PARSERS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
