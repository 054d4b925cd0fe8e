"""W3C PROV: a case as a graph of who said what from whom, in all of its notations."""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from itertools import count
from typing import Any, Literal, get_args

import attrs

from provenance.assessment import Assessment
from provenance.bounds import Cancel, spend
from provenance.errors import FormatError, InvalidValue, MissingExtra, UnknownName
from provenance.exchange.budgets import read_within, written_within
from provenance.exchange.documents import NameBook, case_of, has_scheme, json_of, refused
from provenance.exchange.losses import Export, Import, Loss, require_same_case
from provenance.exchange.prov_json import (
    ELEMENTS,
    NAMESPACE,
    PROV,
    ProvStatement,
    as_prov_json,
    as_prov_jsonld,
    statements_of,
)
from provenance.exchange.prov_writing import SECTIONS, written_case
from provenance.records import Case, Span

__all__ = [
    "ProvFormat",
    "from_prov",
    "others_case",
    "prov_shapes",
    "prov_vocabulary",
    "read_case",
    "require_bounds",
    "to_prov",
]

# PROV that others wrote as text: what a parser would make of it, bounded before it is parsed.

LONGEST_TEXT = 16 * 2**20
"""How many characters a document may have that is not JSON; these take much more to read."""
MOST_NAMES = 1_000_000
"""How many names, and how many nodes without a name, it may have."""
MOST_BUNDLES = 1_000
"""How many bundles it may have, which are not read."""
MOST_GROWTH = 500_000_000
"""How many characters its names may have when their prefixes are written out."""
SHORT = 1_000
"""An address of so many characters is no attack, however often it stands there."""

_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([^\"']{0,40})")
# Strings as one word each, so that what stands in them is not counted; possessive, so that the time
# goes with the length. The groups are strings that do not end.
_WORD = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|(\Z))|"(?:[^"\\\n]|\\.)*+(?:"|((?=\n)|\Z))'
    r'|<[^\s<>]*+>?|[\[({]|[^\s<>"\[\](){},;]++',
    re.DOTALL,
)
_ADDRESS = re.compile(r"<([^\s<>]*+)")
_NAMESPACE = re.compile(r"""(?<=\s)xmlns[:\w.-]*+\s*+=\s*+["']([^"'<>]*+)""")
_UTF = ("utf-8", "utf8", "us-ascii", "ascii")


def require_bounds(text: str, notation: str, what: str) -> None:
    """Makes sure that a text in TriG, PROV-N or XML can be read in bounded time and memory.

    Raises `FormatError` for one that is too long, that has too many names, whose prefixes would
    make these too long, or that has a document type: it could make entities that grow without
    bounds, or that fetch.
    """
    if len(text) > LONGEST_TEXT:
        message = f"expected at most {LONGEST_TEXT} characters, found {len(text)}"
        raise _refused("too-large", message, "write it as PROV-JSON", what)
    if notation == "xml":
        _require_plain_xml(text, what)
        names, longest = text.count("<") + text.count("="), _longest(_NAMESPACE, text)
        bundles = text.count("bundleContent")
    else:
        names, bundles = _counted(text, what)
        longest = _longest(_ADDRESS, text)
    if bundles > MOST_BUNDLES:
        message = f"expected at most {MOST_BUNDLES} bundles, found about {bundles}"
        raise _refused("too-large", message, "leave them out: they are not read", what)
    if names > MOST_NAMES:
        message = f"expected at most {MOST_NAMES} names and nodes, found about {names}"
        raise _refused("too-large", message, "write it as PROV-JSON, or split it", what)
    if longest > SHORT and names * longest > MOST_GROWTH:
        message = f"expected short prefixes, found an address of {longest} characters"
        raise _refused("too-large", message, "shorten the prefixes", what)


def _counted(text: str, what: str) -> tuple[int, int]:
    """How many words there are in a text, and how many of them begin or are bundles."""
    words = bundles = 0
    for word in _WORD.finditer(text):
        words += 1
        bundles += word[0] in ("{", "bundle")
        if word.lastindex is not None:
            message = f"expected a string that ends, found one that does not, at {word.start()}"
            raise _refused("not-prov", message, "give a whole document", what)
    return words, bundles


def _longest(pattern: re.Pattern[str], text: str) -> int:
    return max((len(found[1]) for found in pattern.finditer(text)), default=0)


def _require_plain_xml(text: str, what: str) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "expected XML without a document type, found one"
        raise _refused("document-type", message, "remove the document type", what)
    declared = _DECLARED.match(text.lstrip("\ufeff \t\r\n"))
    if declared is not None and declared[1].lower() not in _UTF:
        # In another encoding a document type could stand there in other letters.
        message = f"expected XML in UTF-8, found {declared[1]!r}"
        raise _refused("not-utf-8", message, "write it in UTF-8", what)


def _refused(code: str, message: str, fix: str, what: str) -> FormatError:
    return refused("", code, message, fix, where=what)


# PROV that others wrote, as a draft of a case: what is attributed, what it derives from, what is
# not told.

_WHAT_OTHERS = "the PROV document"
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
        return case_of({"version": 1, **self.records}, _WHAT_OTHERS)

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
        key = agent if agent is not None else f"the maker of {entity}"
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


# A case read back from W3C PROV: exactly where we wrote it, as far as can be known where others
# did.

_WHAT_READING = "the PROV document"
_RECORD = f"{NAMESPACE}record"
_PROV_TYPE = f"{PROV}type"


def read_case(statements: Sequence[ProvStatement], losses: list[Loss]) -> Import:
    """The case that some statements tell of.

    Where elements carry records of ours, the records are the case, and statements that do not
    follow from them are losses. Otherwise a draft is made of what others wrote.
    """
    if any(statement.values(_RECORD) for statement in statements):
        case = _recorded(statements)
        losses += _added(statements, case)
        return Import(case, tuple(losses))
    return Import(others_case(statements, losses), tuple(losses))


def _recorded(statements: Sequence[ProvStatement]) -> Case:
    """The case that the records make, each in its place."""
    sections: dict[str, dict[int, Any]] = {section: {} for section in ("case", *SECTIONS)}
    for statement in statements:
        for value in statement.values(_RECORD):
            section, position, record = _read(value.text, statement.path)
            there = sections[section].setdefault(position, record)
            if there != record:
                message = f"expected one record at {section}[{position}], found two"
                raise refused(statement.path, "two-records", message, where=_WHAT_READING)
    if not sections["case"]:
        message = "expected an element that carries the case itself, found only records of it"
        raise refused("", "no-case", message, where=_WHAT_READING)
    whole = sections["case"][0]
    present = whole.get("sections") if isinstance(whole, Mapping) else None
    rest = whole.get("case") if isinstance(whole, Mapping) else None
    if not isinstance(present, list) or not isinstance(rest, dict):
        raise refused(
            "", "not-a-record", "expected the record of a case, found another", where=_WHAT_READING
        )
    fields = dict(rest)
    for section in SECTIONS:
        if section in present or sections[section]:
            fields[section] = [record for _, record in sorted(sections[section].items())]
    return case_of(fields, _WHAT_READING)


def _read(text: str, path: str) -> tuple[str, int, Any]:
    """The section, the place and the record that one element carries."""
    found = json_of(text, f"{_WHAT_READING}, {path}"[:300])
    fields = found if isinstance(found, Mapping) else {}
    section, position = fields.get("section"), fields.get("position")
    known = section == "case" or (isinstance(section, str) and section in SECTIONS)
    place = isinstance(position, int) and not isinstance(position, bool) and position >= 0
    if not known or not place or "record" not in fields:
        message = "expected a record with its section and its position, found something else"
        raise refused(path, "not-a-record", message, where=_WHAT_READING)
    return str(section), int(position or 0), fields["record"]


def _added(statements: Sequence[ProvStatement], case: Case) -> Iterator[Loss]:
    """Statements that do not follow from the records: added since, or about assessments."""
    ours = {_key(statement) for statement in written_case(case).statements}
    names = {_local_part(statement.name) for statement in statements if _is_result(statement)}
    for statement in statements:
        if _key(statement) in ours:
            continue
        about = {_local_part(part) for part in (statement.name, *statement.parts.values())}
        result = bool(about & names)
        why = (
            "an assessment is a result, and no part of a case"
            if result
            else "the records of the case do not say it"
        )
        yield Loss(statement.path, f"{statement.kind}", why)


def _is_result(statement: ProvStatement) -> bool:
    if statement.kind not in ELEMENTS:
        return False
    kinds = {_local_part(value.text) for value in statement.values(_PROV_TYPE)}
    return (
        bool(kinds & {"Assessment", "Weighing"})
        or _local_part(statement.name) == "claim-provenance"
    )


def _key(statement: ProvStatement) -> tuple[str, ...]:
    """What a statement says, whatever its prefixes are called."""
    parts = sorted(
        (key, part[:10] if key == "time" else _local_part(part))
        for key, part in statement.parts.items()
    )
    return (statement.kind, _local_part(statement.name), *(text for pair in parts for text in pair))


def _local_part(name: str) -> str:
    return name.rpartition("#")[2].rpartition(":")[2]


ProvFormat = Literal["json", "jsonld", "provn", "trig", "turtle", "xml"]
"""The notations of PROV: PROV-JSON, PROV-JSONLD, PROV-N, PROV-O as TriG and Turtle, and PROV-XML."""

LONGEST = 64 * 2**20
"""How many bytes a document may have."""
_OF_A_KEY = 300  # operations to write it in another notation than JSON
_WHAT = "the PROV document"


@written_within
def to_prov(
    case: Case,
    assessments: Sequence[Assessment] = (),
    *,
    format: ProvFormat = "json",  # noqa: A002 - what every tool that reads PROV calls it
    namespace: str | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """A case in W3C PROV.

    Claims, documents and statements are entities, sources agents (an unnamed one is an agent of its
    own). A statement is attributed to its source and derived from what it passes on; one that
    affirms a claim is a specialisation of it, while `cp:denies` and `cp:silentOn` lead to what others
    are about. A derivation is of its kind: as a quotation where there is a quote, from a primary source where the origin
    is named, as a revision where a source comes back to what it said itself. To disown is no
    derivation, and no more than an influence. In RDF the plain terms stand beside the qualified ones. A retraction is an
    invalidation. An assessment is generated by an activity that used the case and is associated
    with this library, by its version. Every record stands beside it whole, as `cp:record`, so that
    `from_prov` gives the same case back.

    Args:
        case: the case.
        assessments: assessments of its claims, at most one for each.
        format: "json" and "jsonld" give plain data; "provn", "trig", "turtle" and "xml" a text, and
            need the extra `prov`.
        namespace: the address that names of records begin with, or a word to derive it from; the
            case's title if absent. Two cases of one title need two.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Derivations that go in circles are left out, since PROV rules them out, and are losses in part:
    the records still have them.

    Raises:
        InvalidValue: for an assessment of another case, or a second one of the same claim.
        UnknownName: for another format.
        MissingExtra: for a format that needs the `prov` package where it is not installed.

    >>> from provenance.casefiles import load_seed
    >>> document = to_prov(load_seed("egypt-arms-2015")).document
    >>> document["entity"]["case:claim.armed"]["prov:label"]
    'Egypt supplied weapons to the Syrian army in 2015'
    """
    if format not in get_args(ProvFormat):
        raise UnknownName("format of PROV", str(format)[:100], get_args(ProvFormat))
    require_same_case(case, assessments)
    written = written_case(case, assessments)
    base = _base(case, namespace)
    if format == "jsonld":
        return Export(as_prov_jsonld(written.statements, base), written.losses)
    document = as_prov_json(written.statements, base)
    if format == "json":
        return Export(document, written.losses)
    text = json.dumps(document)
    spend(_OF_A_KEY * text.count('": '), f"writing PROV as {format}")
    return Export(_through_prov(text, "json", format), written.losses)


def _base(case: Case, namespace: str | None) -> str:
    if namespace is not None and has_scheme(namespace):
        if not namespace.endswith(("#", "/", ":")):
            raise InvalidValue(
                f"expected an address that ends with # or /, found {namespace!r:.100}"
            )
        return namespace
    return f"urn:uuid:{NameBook.of(case, namespace).case}#"


def prov_vocabulary() -> str:
    """What PROV has no word for, under the prefix `cp`: classes and properties, in RDFS as Turtle.

    >>> "cp:Claim a rdfs:Class" in prov_vocabulary()
    True
    """
    return _shipped("vocabulary.ttl")


def prov_shapes() -> str:
    """The shapes that every document of `to_prov` satisfies, in SHACL as Turtle.

    >>> "sh:targetClass cp:Statement" in prov_shapes()
    True
    """
    return _shipped("shapes.ttl")


def _shipped(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


@read_within
def from_prov(
    document: str | bytes | Mapping[str, Any],
    *,
    format: ProvFormat | None = None,  # noqa: A002 - as in to_prov
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from a document in W3C PROV.

    What `to_prov` wrote gives the same case, exactly: the records that its elements carry are the
    case, and what was added to the document since is listed as losses. What others
    wrote gives a draft with what can be known, and the list of what was not understood.

    Args:
        document: plain data in PROV-JSON or PROV-JSONLD, or a text in any notation.
        format: the notation of a text; if absent a text that begins with a brace is JSON, one that
            begins with `<` XML, one that begins with the word document PROV-N, and any other TriG.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for a document that is not PROV, or whose records are no case, or that is more
            than 64 MiB in JSON or 16 MiB in another notation. Nothing that it names is fetched.
        UnknownName: for another format.
        MissingExtra: for a notation that needs the `prov` package where it is not installed.

    >>> from provenance.casefiles import load_seed
    >>> case = load_seed("egypt-arms-2015")
    >>> from_prov(to_prov(case).document).case == case
    True
    """
    if format is not None and format not in get_args(ProvFormat):
        raise UnknownName("format of PROV", str(format)[:100], get_args(ProvFormat))
    losses: list[Loss] = []
    if isinstance(document, str | bytes | bytearray):
        text = _text(document)
        if not text.strip():
            raise refused("", "not-prov", "expected a PROV document, found nothing", where=_WHAT)
        notation = format or _notation(text)
        if notation not in ("json", "jsonld"):
            require_bounds(text, notation, _WHAT)
            text = _through_prov(text, notation, "json")
        document = json_of(text, _WHAT, LONGEST)
    return read_case(statements_of(document, losses, _WHAT), losses)


def _text(document: str | bytes | bytearray) -> str:
    if len(document) > LONGEST:
        raise refused("", "too-large", f"expected at most {LONGEST} bytes, found more", where=_WHAT)
    if isinstance(document, str):
        return document
    try:
        return bytes(document).decode()
    except UnicodeDecodeError as error:
        raise refused("", "not-utf-8", "expected UTF-8, found other bytes", where=_WHAT) from error


def _notation(text: str) -> ProvFormat:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return "json"
    if start.startswith(("<?", "<prov:", "<document")):
        return "xml"
    return "provn" if start.startswith("document") else "trig"


_NAMES: Mapping[str, dict[str, str]] = {
    "json": {"format": "json"},
    "jsonld": {"format": "jsonld"},
    "provn": {"format": "provn"},
    "trig": {"format": "rdf", "rdf_format": "trig"},
    "turtle": {"format": "rdf", "rdf_format": "trig"},  # any Turtle is TriG
    "xml": {"format": "xml"},
}


def _through_prov(text: str, given: str, wanted: str) -> str:
    """A document in another notation, by the `prov` package."""
    try:
        import prov
        from prov.model import ProvDocument
        from rdflib.exceptions import Error as RdfError
    except ImportError as error:
        raise MissingExtra("prov", "prov") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = ProvDocument.deserialize(content=text, **_NAMES[given])
            text = str(found.serialize(**_NAMES[wanted]))
            return _as_rdf(text, wanted) if wanted in ("trig", "turtle") else text
        except (prov.Error, RdfError, *_PARSERS) as error:
            reason = f"{type(error).__name__}: {error}"[:200]
            message = f"expected PROV in the notation {given!r}, found something else ({reason})"
            raise refused("", "not-prov", message, where=_WHAT) from error


def _as_rdf(text: str, notation: str) -> str:
    """PROV-O in TriG or Turtle, its blank nodes called by what they say, with the plain terms too.

    As it is written their names are random; and it has only the qualified term for a derivation of
    some kind and for a time, which a plain question does not find.
    """
    from rdflib import BNode, Dataset

    read, steady = Dataset(), Dataset()
    read.parse(data=text, format="trig")
    quads: list[Any] = [*read.quads()]
    said: dict[Any, list[str]] = {}
    for subject, verb, thing, _ in quads:
        if isinstance(subject, BNode):
            said.setdefault(subject, []).append(f"{verb.n3()} {thing.n3()}")
        if isinstance(thing, BNode):
            said.setdefault(thing, []).append(f"{subject.n3()} {verb.n3()} it")
    digests = {node: sha256("\n".join(sorted(lines)).encode()) for node, lines in said.items()}
    names = {node: BNode(f"r{digest.hexdigest()[:24]}") for node, digest in digests.items()}
    for prefix, address in read.namespaces():
        steady.bind(prefix, address, override=True, replace=True)
    for subject, verb, thing, where in (*quads, *_plain_terms(quads)):
        steady.add((names.get(subject, subject), verb, names.get(thing, thing), where))
    graph = steady.default_graph if notation == "turtle" else steady
    return str(graph.serialize(format=notation))


# What PROV-O says plainly of a qualified relation: of what it leads to, and by which of its parts.
_PLAIN_TERMS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "qualifiedQuotation": (("wasQuotedFrom", "wasDerivedFrom"), "entity"),
    "qualifiedPrimarySource": (("hadPrimarySource", "wasDerivedFrom"), "entity"),
    "qualifiedRevision": (("wasRevisionOf", "wasDerivedFrom"), "entity"),
    "qualifiedDerivation": (("wasDerivedFrom",), "entity"),
    "qualifiedInfluence": (("wasInfluencedBy",), "influencer"),
    "qualifiedGeneration": (("generatedAtTime",), "atTime"),
    "qualifiedInvalidation": (("invalidatedAtTime",), "atTime"),
}


def _plain_terms(quads: Sequence[Any]) -> Iterator[tuple[Any, Any, Any, Any]]:
    """The plain statements that follow from the qualified ones."""
    from rdflib import URIRef

    parts: dict[Any, list[tuple[str, Any]]] = defaultdict(list)
    for subject, verb, thing, _ in quads:
        parts[subject].append((str(verb), thing))
    for subject, verb, node, where in quads:
        terms, part = _PLAIN_TERMS.get(str(verb).removeprefix(PROV), ((), ""))
        for key, thing in parts[node] if terms else ():
            if key == f"{PROV}{part}":
                yield from ((subject, URIRef(f"{PROV}{term}"), thing, where) for term in terms)


# What the parsers of five notations let through of their own accidents.
_PARSERS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
