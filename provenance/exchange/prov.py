"""W3C PROV: a case as a graph of who said what from whom, in all of its notations."""

from __future__ import annotations

import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal, get_args

from provenance.assessment import Assessment
from provenance.bounds import Cancel, spend
from provenance.errors import FormatError, InvalidValue, MissingExtra, UnknownName
from provenance.exchange.budgets import read_within, written_within
from provenance.exchange.documents import NameBook, case_of, each_of, has_scheme, json_of, refused
from provenance.exchange.losses import Export, Import, Loss, require_same_case
from provenance.exchange.prov_json import (
    ELEMENTS,
    NAMESPACE,
    OTHER_PREFIXES,
    PROV,
    ProvStatement,
    as_prov_json,
    as_prov_jsonld,
    is_linked_data,
    statements_of,
)
from provenance.exchange.prov_json import Literal as ProvLiteral
from provenance.exchange.prov_rdf import (
    PARSERS,
    RdfDocument,
    Said,
    as_rdf,
    parsed_rdf,
    said_in,
    statements_of_rdf,
    triples_of,
)
from provenance.exchange.prov_reading import others_case
from provenance.exchange.prov_writing import SECTIONS, written_case
from provenance.records import Case
from provenance.scales import quoted

__all__ = ["ProvFormat", "ProvNotation", "from_prov", "prov_shapes", "prov_vocabulary", "to_prov"]

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
_CONTEXT = re.compile(r'"((?:[^"\\\n]|\\.)*+)"')
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
    if notation in ("xml", "rdfxml"):
        _require_plain_xml(text, what)
        names, longest = text.count("<") + text.count("="), _longest(_NAMESPACE, text)
        bundles = text.count("bundleContent")
    else:
        names, bundles = _counted(text, what)
        longest = _longest(_CONTEXT if notation == "jsonld" else _ADDRESS, text)
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


# A case read back from W3C PROV: exactly where we wrote it, as far as can be known where others
# did.

_WHAT_READING = "the PROV document"
_RECORD = f"{NAMESPACE}record"
_PROV_TYPE = f"{PROV}type"
_MOST_GAPS = 1_000
_WIKIBASE = "http://wikiba.se/ontology#Statement"


def _read_case(statements: Sequence[ProvStatement], losses: list[Loss]) -> Import:
    """The case that some statements tell of.

    Where elements carry records of ours, the records are the case, and statements that do not
    follow from them are losses. Otherwise a draft is made of what others wrote.
    """
    if any(statement.values(_RECORD) for statement in statements):
        case = _recorded(statements, losses)
        losses += _changed(statements, case)
        return Import(case, tuple(losses))
    return Import(others_case(statements, losses), tuple(losses))


def _read_graph(text: str, notation: str) -> Import:
    """The same of a text in a notation of RDF, whose triples are compared one by one."""
    losses: list[Loss] = []
    document = parsed_rdf(text, notation, losses, _WHAT)
    if any(str(thing) == _WIKIBASE for _, _, thing in document.triples):
        why = "in RDF its values are no words of PROV: import its JSON as wikidata"
        losses.append(Loss("", "what a Wikibase says", why))
    told: list[Loss] = []
    statements = statements_of_rdf(document, told)
    if any(statement.values(_RECORD) for statement in statements):
        case = _recorded(statements, losses)
        losses += _changed_triples(document, case)
        return Import(case, tuple(losses))
    case = others_case(statements, told)
    return Import(case, (*losses, *told))


def _recorded(statements: Sequence[ProvStatement], losses: list[Loss]) -> Case:
    """The case that the records make, each in its place; a place that is empty is a loss."""
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
            places = sections[section]
            last = min(max(places, default=-1), len(places) + _MOST_GAPS)
            for gap in (place for place in range(last) if place not in places):
                why = "its element was taken out of the document, and its record with it"
                losses.append(Loss(f"{section}[{gap}]", "the record that stood there", why))
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


# What was changed since in a document of ours: what is there that the records do not say, and what
# they say that is not there.

_NOT_SAID = "the records of the case do not say it"
_RESULT = "an assessment is a result, and no part of a case"
_OURS = "case:"
_WRITTEN_WITH = {"cp": NAMESPACE, "prov": PROV, **OTHER_PREFIXES}


_NO_CASE = Loss(
    "document",
    "what was added to it or edited since it was written",
    "the entity of the case is gone, with whose name all others are written",
)


def _changed(statements: Sequence[ProvStatement], case: Case) -> Iterator[Loss]:
    whole = next((each.name for each in statements if _is_case(each)), None)
    if whole is None:
        yield _NO_CASE
        return
    base = whole.removesuffix("case")
    ours = written_case(case).statements
    expected = {_key(each, _OURS): each for each in ours}
    results = {each.name for each in statements if _is_result(each)}
    there: set[tuple[str, ...]] = set()
    for statement in statements:
        key = _key(statement, base)
        there.add(key)
        if key not in expected:
            result = bool({statement.name, *statement.parts.values()} & results)
            yield Loss(statement.path, statement.kind, _RESULT if result else _NOT_SAID)
        elif statement.kind in ELEMENTS:
            found, known = _said(statement, base), _said(expected[key], _OURS)
            yield from _edits(statement.path, found, known)
    for key, each in expected.items():
        if key not in there:
            parts = " and ".join(part.removeprefix(_OURS) for part in each.parts.values())
            what = f"that the {each.kind} of {parts} was taken out"
            yield Loss(each.kind, what[:300], "the records of the case still say it")


def _changed_triples(document: RdfDocument, case: Case) -> Iterator[Loss]:
    """Triple by triple, since each can be edited, and plain terms stand beside qualified ones."""
    marked = f"{NAMESPACE}Case"
    whole = next((str(s) for s, _, o in document.triples if str(o) == marked), None)
    if whole is None:
        yield _NO_CASE
        return
    base = whole.removesuffix("case")
    expected = said_in(triples_of(written_case(case).statements, base), document)
    for name, found in said_in(document.triples, document).items():
        known = expected.pop(name, None)
        if known is not None:
            yield from _edits(name, found, known)
            continue
        kinds = {_local_part(text) for text in found.get(f"{PROV}type", ())}
        result = _is_ours(name, kinds)
        verbs = ", ".join(_local_part(verb) for verb in found)
        yield Loss(
            name[:300], f"what is said of it: {verbs:.200}", _RESULT if result else _NOT_SAID
        )


def _edits(path: str, found: Said, known: Said) -> Iterator[Loss]:
    """What is said of one thing and not of it in the records, and the other way round."""
    for verb in dict.fromkeys((*known, *found)):
        more = [text for text in found.get(verb, ()) if text not in known.get(verb, ())]
        less = [text for text in known.get(verb, ()) if text not in found.get(verb, ())]
        place = f"{path}.{verb}"[:300]
        if len(more) == len(less) == 1:
            why = f"the record of the case still says {quoted(less[0], 80)}"
            yield Loss(place, f"the edit to {quoted(more[0], 80)}", why)
            continue
        for text in more:
            yield Loss(place, f"the attribute {quoted(text, 80)}", _NOT_SAID)
        for text in less:
            why = "the records of the case still say it"
            yield Loss(place, f"that {quoted(text, 80)} was taken out", why)


def _said(statement: ProvStatement, base: str) -> Said:
    """The attributes of an element by their addresses, with names of ours as we write them."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in statement.attributes:
        prefix, _, local = key.partition(":")
        address = f"{_WRITTEN_WITH[prefix]}{local}" if prefix in _WRITTEN_WITH else key
        text = value.text if isinstance(value, ProvLiteral) else _own(value.text, base)
        found[address].append(text)
    return found


def _is_case(statement: ProvStatement) -> bool:
    return any(_local_part(value.text) == "Case" for value in statement.values(_PROV_TYPE))


def _is_result(statement: ProvStatement) -> bool:
    kinds = {_local_part(value.text) for value in statement.values(_PROV_TYPE)}
    return statement.kind in ELEMENTS and _is_ours(statement.name, kinds)


def _is_ours(name: str, kinds: Iterable[str]) -> bool:
    """Whether a thing is an assessment, what it was made by, or this library."""
    return bool({*kinds} & {"Assessment", "Weighing"}) or (_local_part(name) == "claim-provenance")


def _key(statement: ProvStatement, base: str) -> tuple[str, ...]:
    """What a statement says, whatever its prefixes are called."""
    parts = sorted(
        (key, part[:10] if key == "time" else _own(part, base))
        for key, part in statement.parts.items()
    )
    kinds = () if statement.kind in ELEMENTS else _types_in(statement)
    name = _own(statement.name, base) if statement.kind in ELEMENTS else ""
    return (statement.kind, name, *kinds, *(text for pair in parts for text in pair))


def _types_in(statement: ProvStatement) -> list[str]:
    keys = ("prov:type", _PROV_TYPE)
    return sorted(_local_part(value.text) for key, value in statement.attributes if key in keys)


def _own(name: str, base: str) -> str:
    """A name of ours without its prefix, or the local part of a word of PROV; another whole."""
    return f"{_OURS}{name.removeprefix(base)}" if base and name.startswith(base) else name


def _local_part(name: str) -> str:
    return name.rpartition("#")[2].rpartition(":")[2]


ProvFormat = Literal["json", "jsonld", "provn", "trig", "turtle", "xml"]
"""The notations that PROV is written in: PROV-JSON, PROV-JSONLD, PROV-N, PROV-O as TriG and Turtle, and PROV-XML."""

ProvNotation = Literal["json", "jsonld", "provn", "trig", "turtle", "xml", "nquads", "rdfxml"]
"""The notations that PROV is read in: N-Quads and RDF/XML too, as stores write them."""

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
    if format in ("trig", "turtle"):
        values = sum(len(each.attributes) + len(each.parts) for each in written.statements)
        spend(_OF_A_KEY * values, f"writing PROV as {format}")
        return Export(as_rdf(written.statements, base, format), written.losses)
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
    document: str | bytes | Mapping[str, Any] | Sequence[Any],
    *,
    format: ProvNotation | None = None,  # noqa: A002 - as in to_prov
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from a document in W3C PROV.

    What `to_prov` wrote gives the same case, exactly: the records that its elements carry are the
    case, and what was added to the document, edited in it or taken out since is listed as losses.
    What others wrote gives a draft with what can be known, and the list of what was not understood.

    Args:
        document: plain data in PROV-JSON, PROV-JSONLD or other JSON-LD, or a text in any notation.
        format: the notation of a text; if absent it is told by how the text begins: JSON by a
            brace, or a bracket before one, XML and RDF/XML by their first element, PROV-N by the
            word document, N-Quads by its lines; any other is read as TriG, which Turtle and
            N-Triples are parts of.
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
    if format is not None and format not in get_args(ProvNotation):
        raise UnknownName("format of PROV", str(format)[:100], get_args(ProvNotation))
    if isinstance(document, str | bytes | bytearray):
        text = _text(document)
        if not text.strip():
            raise refused("", "not-prov", "expected a PROV document, found nothing", where=_WHAT)
        notation = format or _notation(text)
        if notation not in ("json", "jsonld"):
            require_bounds(text, notation, _WHAT)
            if notation not in ("provn", "xml"):
                return _read_graph(text, notation)
            text = _through_prov(text, notation, "json")
        document = json_of(text, _WHAT, LONGEST)
    if is_linked_data(document):
        _require_own_contexts(document)
        text = json.dumps(document)
        require_bounds(text, "jsonld", _WHAT)
        return _read_graph(text, "jsonld")
    losses: list[Loss] = []
    return _read_case(statements_of(document, losses, _WHAT), losses)


def _require_own_contexts(document: Any) -> None:
    """Makes sure that JSON-LD names no context that would have to be fetched."""
    waiting = [document]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, Mapping):
            contexts = [each for _, each in each_of(holder.get("@context"))]
            named = [each for each in (*contexts, holder.get("@import")) if isinstance(each, str)]
            if named:
                message = f"expected JSON-LD with its contexts in it, found {named[0]!r:.100}"
                fix = "expand it first, or write it as Turtle or N-Quads: nothing is fetched"
                raise _refused("outside-context", message, fix, _WHAT)
            waiting += holder.values()
        elif isinstance(holder, list | tuple):
            waiting += holder


def _text(document: str | bytes | bytearray) -> str:
    if len(document) > LONGEST:
        raise refused("", "too-large", f"expected at most {LONGEST} bytes, found more", where=_WHAT)
    if isinstance(document, str):
        return document
    try:
        return bytes(document).decode()
    except UnicodeDecodeError as error:
        raise refused("", "not-utf-8", "expected UTF-8, found other bytes", where=_WHAT) from error


_RDF_ROOT = re.compile(r"<(?:[\w.-]{1,50}:)?RDF[\s>]")
_QUAD = re.compile(
    r"(?:<[^<>\s]*+>|_:\S++)\s++<[^<>\s]*+>\s++"
    r'(?:<[^<>\s]*+>|_:\S++|"(?:[^"\\]|\\.)*+"(?:@\S++|\^\^<[^<>\s]*+>)?)'
    r"\s++(?:<[^<>\s]*+>|_:\S++)\s*+\."
)
_FIRST_LINES = 20


def _notation(text: str) -> ProvNotation:
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{") or re.match(r"\[\s*+[\[{\]]", start):
        return "json"
    if start.startswith("<") and _RDF_ROOT.search(start, 0, 4096):
        return "rdfxml"
    if start.startswith(("<?", "<prov:", "<document")):
        return "xml"
    if start.startswith("document"):
        return "provn"
    lines = start.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return "nquads" if any(_QUAD.match(line.strip()) for line in lines) else "trig"


def _through_prov(text: str, given: str, wanted: str) -> str:
    """A document in another notation, by the `prov` package."""
    try:
        import prov
        from prov.model import ProvDocument
    except ImportError as error:
        raise MissingExtra("prov", "prov") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = ProvDocument.deserialize(content=text, format=given)
            return str(found.serialize(format=wanted))
        except (prov.Error, *PARSERS) as error:
            reason = f"{type(error).__name__}: {error}"[:200]
            message = f"expected PROV in the notation {given!r}, found something else ({reason})"
            raise refused("", "not-prov", message, where=_WHAT) from error
