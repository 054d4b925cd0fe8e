"""Documents as they were read: their text, what is known of them, and who published them."""

from __future__ import annotations

import difflib
import functools
import hashlib
import os
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from provenance.casefiles import contents, opened
from provenance.drafting.publishers import domain_of, publisher_told
from provenance.errors import CaseError, FormatError, InvalidValue, MissingExtra, Problem
from provenance.records import Document, Record, Registry, Source, Span, shown

__all__ = [
    "Passage",
    "SourceDocument",
    "assembled",
    "is_page",
    "plain_document",
    "read_document",
    "read_documents",
    "reassembled",
    "slug",
]

MOST_CHARACTERS = 5_000_000
"""How many characters a document may have."""
MOST_BYTES = 200_000_000
"""How large a file of documents may be."""
KNOWN = (
    "id",
    "publisher",
    "publisher_id",
    "title",
    "author",
    "url",
    "published_on",
    "retrieved_on",
    "language",
)
DATES = ("published_on", "published", "retrieved_on")
MEANT = {
    "date": "published_on",
    "published_at": "published_on",
    "outlet": "publisher",
    "source": "publisher",
    "site": "publisher",
    "link": "url",
    "body": "text",
    "content": "text",
    "headline": "title",
}
"""What other lists of articles call a field."""

Offset = Annotated[int, Field(ge=0)]
Words = Annotated[str, Field(min_length=1)]


def _entries(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Kind = TypeVar("Kind", bound=Record)


def assembled(kind: type[Kind], /, **fields: Any) -> Kind:
    """A record of fields that are right as they are made, which are not checked one by one.

    A draft checks its parts against its documents once it is whole; to check each of them before as
    well would take a good part of the time that drafting takes.
    """
    record: Kind = _new(kind)
    _set(record, "__dict__", _defaults(kind) | fields)
    _set(record, "__pydantic_extra__", {})
    _set(record, "__pydantic_fields_set__", set(fields))
    _set(record, "__pydantic_private__", None)
    return record


def reassembled(record: Kind, /, **changes: Any) -> Kind:
    """A record with some fields changed to what is right for them."""
    stated = {name: record.__dict__[name] for name in record.model_fields_set}
    return assembled(type(record), **(stated | changes))


_new = object.__new__
_set = object.__setattr__


@functools.cache
def _defaults(kind: type[Record]) -> dict[str, Any]:
    return {
        name: None if field.is_required() else field.default
        for name, field in kind.model_fields.items()
    }


class Passage(Record, frozen=True):
    """A stretch of a document, with the words that stand there.

    >>> Passage(start=4, end=8, text="ship")
    Passage(start=4, end=8, text='ship')
    """

    start: Offset
    """The offset of its first character in the text, in code points."""
    end: Offset
    """The offset just after its last character."""
    text: Words
    """The words that stand there."""

    @model_validator(mode="after")
    def _as_long_as_its_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise CaseError.of(
                "",
                "wrong-passage",
                f"expected {len(self.text)} characters, as its text has, "
                f"found {self.start} to {self.end}",
                "give the offsets in code points of the text as it was read",
            )
        return self


class SourceDocument(Record, frozen=True):
    """A document as it was read: its text, its digest, and what is known of it."""

    id: Words
    """The name of the document within the draft."""
    text: str
    """Its text; every offset counts code points of it."""
    sha256: Words
    """The SHA-256 of the text in UTF-8, in hexadecimal."""
    publisher: Words
    """Who published it, as people call it."""
    publisher_id: Words
    """The id of the source that published it: that of the registry where it is known."""
    title: str | None = None
    """Its title."""
    author: str | None = None
    """Who wrote it, where it says so."""
    url: str | None = None
    """Its address, the canonical one where the page names it; never fetched."""
    published_on: Span | None = None
    """When it was published."""
    retrieved_on: Span | None = None
    """When it was retrieved."""
    language: str | None = None
    """Its language, as a tag: `en`, `ar`."""
    remarks: Annotated[tuple[str, ...], BeforeValidator(_entries)] = ()
    """What a reader of the draft should know: that it is in another language, for one."""
    is_publisher_known: bool = True
    """Whether it is known who published it; else `publisher` says of what that is the publisher."""

    @model_validator(mode="after")
    def _has_its_digest(self) -> Self:
        found = _digest(self.text)
        if self.sha256 != found:
            raise CaseError.of(
                "sha256",
                "wrong-digest",
                f"expected the digest of the text, {found}, found {self.sha256[:64]!r}",
                "read the document again: its text has changed",
            )
        return self

    def passage(self, start: int, end: int) -> Passage:
        """The passage between two offsets."""
        return Passage(start=start, end=end, text=self.text[start:end])

    def says(self, passage: Passage) -> bool:
        """Whether the words of a passage stand at its place."""
        return self.text[passage.start : passage.end] == passage.text

    def record(self) -> Document:
        """The document as a record of a case, without its text."""
        return Document(
            id=self.id,
            publisher=self.publisher_id,
            title=self.title or None,
            url=self.url or None,
            published_on=self.published_on,
            retrieved_on=self.retrieved_on,
            sha256=self.sha256,
            language=self.language or None,
        )


def read_document(
    source: str | os.PathLike[str] | Mapping[str, Any],
    *,
    registry: Registry | None = None,
    **known: Any,
) -> SourceDocument:
    """A document from its text, from a file, from a saved page or from a mapping.

    Args:
        source: the text itself, or the text of a saved HTML page; a path (`pathlib.Path`) of a
            file with either; or a mapping with `text` or `html` and what is known of it.
        registry: sources that are known; the publisher is looked up in it by id, name and domain.
        known: what is known of it and overrides what the page says: `id`, `publisher`, `title`,
            `author`, `url`, `published_on`, `retrieved_on`, `language`.

    Who published it, where that is not given, is taken from the address and from what the text says
    of its own ("the Courier can reveal", a byline, a dateline), and `remarks` says so. Where nothing
    tells, `is_publisher_known` is false.

    Raises:
        FormatError: when the file cannot be read or holds no text, and for what is wrong with the
            fields of a mapping.
        InvalidValue: for what is known of it under a name that is not one of those above.
        MissingExtra: when a saved page is read without the extra `web`, or a domain is to be
            told apart without the extra `drafting`.

    Nothing is fetched. Time is in proportion to the text.

    >>> page = read_document("The ship sailed, the minister said.", publisher="The Gazette")
    >>> page.publisher_id, page.id
    ('the-gazette', 'the-gazette')
    >>> page.passage(4, 8).text
    'ship'
    """
    given, where = _given(source)
    unknown = sorted({*known} - {*KNOWN})
    if unknown:
        raise InvalidValue(f"expected only {', '.join(KNOWN)}, found {', '.join(unknown)}")
    problems = tuple(_problems(given, known))
    if problems:
        raise FormatError(problems, where)
    return _made(given, known, where, registry)


def _made(
    given: dict[str, Any], known: Mapping[str, Any], where: str, registry: Registry | None
) -> SourceDocument:
    """The document of fields that are right."""
    if "published" in given and given.get("published_on") is None:
        given["published_on"] = given.pop("published")
    text = given.pop("text", None)
    if text is not None and is_page(text):
        given["html"], text = text, None
    html = given.pop("html", None)
    if text is None and html is None:
        raise _unreadable(where, "expected `text` or `html`, found neither")
    if text is None:
        text, told = _of_page(str(html), where)
        given = {**told, **given}
    facts = {key: value for key, value in {**given, **known}.items() if value is not None}
    return _document(str(text), facts, where, registry)


def plain_document(text: str, **known: Any) -> SourceDocument:
    """A document of a text that is no saved page, with whatever it begins.

    >>> plain_document("<html> is a tag, she said.", publisher="The Gazette").text
    '<html> is a tag, she said.'
    """
    return _document(text, {key: each for key, each in known.items() if each is not None}, "", None)


def read_documents(
    path: str | os.PathLike[str],
    *,
    registry: Registry | None = None,
    taken: Iterable[str] = (),
    **known: Any,
) -> tuple[SourceDocument, ...]:
    """The documents of a file: of a text, of a saved page, or of a list of both as JSON.

    Args:
        path: the file. One that ends in `.json` holds a mapping as `read_document` takes it, or a
            list of mappings.
        registry: as for `read_document`.
        taken: the ids of documents that were read before; none of these gets one of them.
        known: as for `read_document`; it overrides what the file says of every document.

    Raises:
        FormatError: with everything that is wrong with the file, each with its place.
        CaseError: for a file that is no JSON.

    >>> import json, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "pages.json"
    ...     texts = ["It sailed, Ost said.", "It sank, Ost said."]
    ...     _ = file.write_text(json.dumps([{"text": each, "publisher": "Echo"} for each in texts]))
    ...     [each.id for each in read_documents(file)]
    ['echo', 'echo-2']
    """
    where, gone = Path(path), {*taken}
    if where.suffix.lower() != ".json" or not where.is_file():
        document = read_document(where, registry=registry, **known)  # or says what is wrong
        return (_named_apart(document, gone),)
    _, read = opened(where, "a list of documents", max_bytes=MOST_BYTES)
    if read.problems:
        raise CaseError(read.problems, str(where))
    several = isinstance(read.document, list)
    problems: list[Problem] = []
    found: list[SourceDocument] = []
    for place, entry in enumerate(read.document if several else [read.document]):
        try:
            document = _of_entry(entry, known, registry)
        except FormatError as error:
            problems += [_within(f"[{place}]" if several else "", each) for each in error.problems]
            continue
        found.append(_named_apart(document, gone))
        gone.add(found[-1].id)
    if problems:
        raise FormatError(problems, str(where))
    return tuple(found)


def _of_entry(entry: Any, known: Mapping[str, Any], registry: Registry | None) -> SourceDocument:
    if not isinstance(entry, Mapping):
        message = f"expected an object with `text` or `html`, found {shown(entry)}"
        raise FormatError.of("", "not-an-object", message)
    for section, what in (("statements", "a draft"), ("attributions", "a case")):
        if section in entry and "text" not in entry:
            command = "review" if what == "a draft" else "weigh"
            message = f"expected documents, found {what}"
            raise FormatError.of("", "no-document", message, f"provenance {command} reads it")
    return read_document(entry, registry=registry, **known)


def _within(place: str, problem: Problem) -> Problem:
    joint = "." if place and problem.path else ""
    return Problem(f"{place}{joint}{problem.path}", problem.code, problem.message, problem.fix)


def _named_apart(document: SourceDocument, taken: Container[str]) -> SourceDocument:
    """A document under an id that no other has; publishers who are not known are apart too."""
    name, number = document.id, 1
    while name in taken:
        number += 1
        name = f"{document.id}-{number}"
    if name == document.id:
        return document
    if document.is_publisher_known:
        return document.evolve(id=name)
    return document.evolve(id=name, publisher_id=f"publisher-of-{name}", publisher=_nobody(name))


def _nobody(name: str) -> str:
    """What somebody is called of whom nothing is known but what was published."""
    return f"the publisher of {name}, which was not given"


def _problems(given: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the fields that are known of a document."""
    fields = ("text", "html", *KNOWN)
    for name in given:
        if name not in (*fields, "published"):
            alike = difflib.get_close_matches(str(name)[:40].casefold(), fields, n=1)
            meant = [MEANT[name]] if name in MEANT else alike
            fix = f"did you mean {' or '.join(map(repr, meant))}?" if meant else "leave it out"
            message = f"expected one of the fields {', '.join(fields)}, found {str(name)[:60]!r}"
            yield Problem(str(name)[:60], "unknown-field", message, fix)
    for name, value in (*given.items(), *known.items()):
        if value is None:
            continue
        if name in DATES:
            try:
                Span.of(value)
            except InvalidValue as error:
                yield Problem(name, "not-a-date", str(error))
        elif name in fields and not isinstance(value, str):
            message = f"expected a text, found {shown(value)}"
            yield Problem(name, "not-text", message, "write it in quotation marks")


def slug(name: str, longest: int = 60) -> str:
    """A name as an id: small letters, digits and hyphens.

    >>> slug("Al-Quds al-Arabi"), slug("Zürcher Tagblatt")
    ('al-quds-al-arabi', 'zurcher-tagblatt')
    """
    plain = unicodedata.normalize("NFKD", name[: 4 * longest])
    letters = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return re.sub(r"[^\w]+|_", "-", letters).strip("-")[:longest].strip("-")


def _given(source: Any) -> tuple[dict[str, Any], str]:
    """What was handed over, as a mapping, and where it was read from."""
    if isinstance(source, Mapping):
        return dict(source), ""
    if isinstance(source, str):
        if _LIKE_A_PATH.fullmatch(source):
            message = f"expected the text of a document, found what looks like a path: {source}"
            raise FormatError.of("", "not-a-text", message, "give a path as pathlib.Path")
        return ({"html": source} if is_page(source) else {"text": source}), ""
    if not isinstance(source, os.PathLike):
        raise _unreadable("", f"expected a path, a text or a mapping, found {type(source)}")
    path = Path(source)
    try:
        raw = contents(path, max_bytes=4 * MOST_CHARACTERS)
        if raw.startswith((b"%PDF-", b"PK\x03\x04")):
            kind = "a PDF" if raw.startswith(b"%") else "a packed file, such as a .docx"
            raise FormatError.of(
                "",
                "cannot-read",
                f"expected a text or a saved page, found {kind}",
                "save its text as a .txt file and give that",
                where=str(path),
            )
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"expected text in UTF-8, found byte {raw[error.start]:#x} at {error.start}"
        raise _unreadable(str(path), message) from error
    except CaseError as error:
        raise FormatError(error.problems, str(path)) from error
    page = path.suffix.lower() in (".html", ".htm", ".xhtml") or is_page(text)
    return {"html" if page else "text": text}, str(path)


_LIKE_A_PATH = re.compile(
    r"\s*[^\s<>]{1,400}\.(?:txt|html?|xhtml|md|json|pdf|docx?)\s*", re.IGNORECASE
)


def is_page(text: str) -> bool:
    """Whether a text is that of a saved HTML page."""
    start = text[:200].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html"))


def _of_page(html: str, where: str) -> tuple[str, dict[str, Any]]:
    """The text of a saved page, and what it says of itself."""
    if len(html) > 4 * MOST_CHARACTERS:
        raise _unreadable(
            where, f"expected at most {4 * MOST_CHARACTERS} characters, found {len(html)}"
        )
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra("web", "trafilatura") from error
    text = trafilatura.extract(html, include_comments=False, favor_recall=True)
    if not text:
        raise _unreadable(where, "expected a page with a text, found none")
    # Only dates that the page gives as its own: a year in its imprint is none, nor is that of another
    # text which it lists.
    dates = {"extensive_search": False, "original_date": True}
    told = trafilatura.extract_metadata(html, date_config=dates)
    found = {
        "title": told.title,
        "author": told.author,
        "url": told.url,
        "publisher": told.sitename,
        "published_on": told.date,
        "language": told.language or _declared_language(html),
    }
    return text, {name: value for name, value in found.items() if value}


def _declared_language(html: str) -> str | None:
    found = re.search(
        r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,20})", html[:5_000], re.I
    )
    return found[1].lower() if found else None


def _document(
    text: str, facts: dict[str, Any], where: str, registry: Registry | None
) -> SourceDocument:
    if len(text) > MOST_CHARACTERS:
        raise _unreadable(
            where, f"expected at most {MOST_CHARACTERS} characters, found {len(text)}"
        )
    if not text.strip():
        raise _unreadable(where, "expected a text, found none")
    if not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text):
        raise _unreadable(where, "expected whole characters, found half of a surrogate pair")
    url = facts.get("url")
    given = facts.get("publisher")
    if given and url and given.casefold() == (urlsplit(url).hostname or "").removeprefix("www."):
        given = None  # a saved page that only has its address
    stem = Path(where).stem if where else None
    named = facts.get("id") or stem
    known = _registered(
        str(given or (domain_of(url) if url else None) or stem or ""), url, registry
    )
    told = None if given or known else publisher_told(text, url, stem)
    remark = None
    if told is not None:
        known = _registered(told.name, None, registry)
        remark = told.remark
    elif known is not None and not given and not url:
        remark = f"its publisher was not given: taken to be {known.title}, as its file is called"
    elif known is None and not given:
        remark = "its publisher was not given, and nothing in it tells who it is"
    publisher = (known.name or known.id) if known else given or (told.name if told else None)
    identity = facts.get("publisher_id") or (known.id if known else slug(publisher or ""))
    name = named or (identity if publisher else None) or "the-document"
    return SourceDocument(
        id=str(name),
        text=text,
        sha256=_digest(text),
        publisher=publisher or _nobody(Path(where).name if where else str(name)),
        publisher_id=identity or f"publisher-of-{name if publisher is None else 'it'}",
        title=_text(facts.get("title")),
        author=_text(facts.get("author")),
        url=_text(url),
        published_on=_date(facts.get("published_on")),
        retrieved_on=_date(facts.get("retrieved_on")),
        language=_text(facts.get("language")),
        remarks=(remark,) if remark else (),
        is_publisher_known=publisher is not None,
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _date(value: Any) -> Span | None:
    return None if value is None else Span.of(value)


def _registered(publisher: str, url: str | None, registry: Registry | None) -> Source | None:
    """The source of the registry that is meant: by id, by name, or by its domain."""
    if registry is None:
        return None
    wanted = {slug(publisher), slug(publisher.removeprefix("The "))} - {""}
    for source in registry.sources:
        if {slug(source.id), slug(source.title), slug(source.title.removeprefix("The "))} & wanted:
            return source
    domain = domain_of(url) if url else None
    for source in registry.sources if domain else ():
        for reference in source.refs:
            if reference.scheme in ("domain", "url") and domain_of(reference.id) == domain:
                return source
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _unreadable(where: str, message: str) -> FormatError:
    fix = "give a text, a saved page or a mapping with `text`"
    return FormatError.of("", "cannot-read", message, fix, where=where)
