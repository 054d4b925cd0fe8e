"""Documents that others wrote: read with bounds, looked at without trust, refused in our own words."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator, Mapping
from itertools import chain, count
from typing import Any

from provenance.bounds import check_cancelled
from provenance.casefiles import MAX_BYTES, parsed
from provenance.errors import CaseError, FormatError, InvalidValue
from provenance.records import (
    Attribution,
    Case,
    ContradictsLink,
    Document,
    EvidenceLink,
    ImpliesLink,
    Link,
    Locator,
    Source,
    Span,
)

__all__ = [
    "EPOCH",
    "MOST_ENTRIES",
    "NAMESPACE",
    "NameBook",
    "NewIds",
    "case_of",
    "day_of",
    "document_in_words",
    "each_of",
    "first_moment",
    "grade_of",
    "has_scheme",
    "is_web_address",
    "json_of",
    "latest_day",
    "link_in_words",
    "local_name",
    "locator_in_words",
    "moment",
    "refused",
    "stamp",
    "statement_in_words",
    "text_of",
]

MOST_ENTRIES = 1_000_000
"""How many entries a list of somebody else's may have."""
_READING = "reading another tool's document"


def refused(
    path: str, code: str, message: str, fix: str = "give a document of this format", where: str = ""
) -> FormatError:
    """The error for a document that is not what it claims to be."""
    return FormatError.of(path, code, message, fix, where=where)


def json_of(document: Any, what: str, max_bytes: int = MAX_BYTES) -> Any:
    """A document as plain data: what JSON text or bytes describe, or data as it is.

    Raises `FormatError` for a text that is not JSON, or is too large or too deep.
    """
    check_cancelled(_READING)
    if not isinstance(document, str | bytes | bytearray):
        return document
    try:
        text = document if isinstance(document, str) else bytes(document)
        found = parsed(text, max_bytes=max_bytes)
    except CaseError as error:
        raise FormatError(error.problems, what) from error
    if found.problems:
        raise FormatError(found.problems, what)
    return found.document


def each_of(value: Any) -> Iterator[tuple[str, Any]]:
    """The entries of a list with their places, `[0]` on; one value that stands alone has none."""
    check_cancelled(_READING)
    if isinstance(value, list | tuple):
        if len(value) > MOST_ENTRIES:
            raise refused("", "too-many", f"expected at most {MOST_ENTRIES} entries, found more")
        for position, entry in enumerate(value):
            check_cancelled(_READING)
            yield f"[{position}]", entry
    elif value is not None:
        yield "", value


def text_of(value: Any, most: int = 1_000_000) -> str | None:
    """A text that says something, or None for anything else."""
    return value if isinstance(value, str) and value.strip() and len(value) <= most else None


def case_of(fields: Mapping[str, Any], what: str) -> Case:
    """The case that was read, checked like any other.

    Raises `FormatError` where what was read cannot be a case: broken characters, for instance.
    """
    try:
        return Case.model_validate(dict(fields), by_alias=True, by_name=False)
    except CaseError as error:
        raise FormatError(error.problems, what) from error


class NewIds:
    """The ids that things of others get in a case: a name of theirs, or else a number.

    >>> ids = NewIds()
    >>> ids.of("sources", "a", "Ann"), ids.of("sources", "b", "Ann"), ids.of("sources", "a", "Ann")
    ('Ann', 'source-1', 'Ann')
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], str] = {}
        self.taken: set[tuple[str, str]] = set()

    def of(self, section: str, key: str, *wanted: Any) -> str:
        """The id of the thing with this key: the one it has, else the first wanted that is free."""
        if (section, key) not in self.known:
            check_cancelled(_READING)
            tries = chain(filter(_can_be_id, wanted), (f"{section[:-1]}-{n}" for n in count(1)))
            found = next(name for name in tries if (section, name) not in self.taken)
            self.taken.add((section, found))
            self.known[section, key] = found
        return self.known[section, key]


def _can_be_id(name: Any) -> bool:
    fits = isinstance(name, str) and 0 < len(name) <= 200 and name.isprintable()
    return fits and name == name.strip() and name != "all" and not set("/>") & set(name)


# Names that stay the same from one export to the next: UUIDs, addresses and names that XML takes.

NAMESPACE = uuid.UUID("6a0f4b0c-7d0e-5b51-9a3c-2f3f1d1f7c0e")
"""The namespace under which the names of all cases stand."""

_PLAIN = re.compile(r"[^A-Za-z0-9-]")
# What RFC 3986 lets stand in an address; a space or a quotation mark would break other tools.
_WEB = re.compile(
    r"\Ahttps?://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._~-]+)(:[0-9]{1,5})?"
    r"([/?#]([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?\Z"
)


class NameBook:
    """The UUIDs of the records of one case.

    They depend on the case's title (or the name that is given instead), the kind of the record and
    its id, and on nothing else: exporting a case again, after an edit too, gives the same ones.
    Cases of one title need names of their own.

    >>> names = NameBook("Arms for Damascus")
    >>> names.uuid("claim", "armed") == NameBook("Arms for Damascus").uuid("claim", "armed")
    True
    """

    def __init__(self, name: str) -> None:
        self.case = uuid.uuid5(NAMESPACE, name)

    @classmethod
    def of(cls, case: Case, namespace: str | None = None) -> NameBook:
        """The names of a case: under the name given, else its title, else its first claim."""
        first = case.claims[0].text if case.claims else ""
        return cls(namespace or case.title or first)

    def uuid(self, kind: str, *parts: str) -> uuid.UUID:
        """The UUID of a record of some kind by its id, or by several parts."""
        return uuid.uuid5(self.case, "\x00".join((kind, *parts)))


def local_name(kind: str, name: str) -> str:
    """An id as a name that every notation takes, XML's too; different ids stay different.

    >>> local_name("claim", "armed"), local_name("statement", "posts/armed")
    ('claim.armed', 'statement.posts_2f_armed')
    """
    return f"{kind}.{_PLAIN.sub(lambda found: f'_{ord(found[0]):x}_', name)}"


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a browser could open, fit for tools that check addresses.

    >>> is_web_address("https://example.org/a?b=1"), is_web_address("page 3"), is_web_address("http://")
    (True, False, False)
    """
    return len(text) <= 4096 and _WEB.match(text) is not None


def has_scheme(text: str) -> bool:
    """Whether a text is an identifier of the web: a scheme, a colon, and no space or bracket.

    >>> has_scheme("urn:isbn:0451450523"), has_scheme("armed")
    (True, False)
    """
    return re.match(r"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z", text) is not None


# Days and moments as other formats write them, taken from the case alone: nothing asks a clock.

EPOCH = datetime.date(1970, 1, 1)
"""The day that stands for none, where a format insists on one."""


def latest_day(case: Case) -> datetime.date:
    """The last day that a case names: of what was said, withdrawn, published or retrieved."""
    spans = [
        *(span for each in case.attributions for span in (each.said_on, each.retracted_on)),
        *(span for each in case.documents for span in (each.published_on, each.retrieved_on)),
    ]
    return max((span.last for span in spans if span is not None), default=EPOCH)


def stamp(day: datetime.date) -> str:
    """The first moment of a day, to the millisecond, in UTC.

    >>> stamp(datetime.date(2015, 9, 4))
    '2015-09-04T00:00:00.000Z'
    """
    return f"{day.isoformat()}T00:00:00.000Z"


def day_of(value: Any) -> str | None:
    """The day, the month or the year that a date or a moment of others begins with, if any.

    >>> day_of("2015-08-22T10:00:00Z"), day_of("2015-08"), day_of("yesterday")
    ('2015-08-22', '2015-08', None)
    """
    if not isinstance(value, str):
        return None
    try:
        return Span(value.strip()[:10].partition("T")[0]).text
    except InvalidValue:
        return None


def first_moment(span: Span) -> str:
    """The first moment of a span, to the minute where it says so, in UTC.

    >>> first_moment(Span("2015-08-28T13:07Z")), first_moment(Span("2015-09"))
    ('2015-08-28T13:07:00.000Z', '2015-09-01T00:00:00.000Z')
    """
    return moment(span.begins.replace(tzinfo=datetime.UTC))


def moment(at: datetime.date) -> str:
    """A day or a moment, to the millisecond, in UTC; raises `InvalidValue` without a zone."""
    if not isinstance(at, datetime.datetime):
        return stamp(at)
    if at.tzinfo is None:
        raise InvalidValue("expected a time with its zone, found one without")
    text = at.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"{text}Z"


# Records in words, for formats that have only a text where the case has fields.


def document_in_words(document: Document, publisher: Source | None) -> str:
    """Who published a document, when, and what else the case says about it."""
    parts = (
        ("", document.title),
        ("published by ", _named(publisher) if publisher is not None else None),
        ("published on ", document.published_on),
        ("at ", document.url),
        ("retrieved on ", document.retrieved_on),
        ("in the language ", document.language),
        ("SHA-256 ", document.sha256),
    )
    return "; ".join(f"{lead}{value}" for lead, value in parts if value is not None)


def _named(source: Source) -> str:
    """What a source is called, with its id, since two can be called the same."""
    return source.title if source.title == source.id else f"{source.title} ({source.id})"


def grade_of(source: Source) -> str | None:
    """The Admiralty grade of a source; of grades that changed the last one; `None` for a number."""
    held = source.reliability_on()
    return held if isinstance(held, str) else None


def locator_in_words(locator: Locator) -> str:
    """Where in its document something stands.

    >>> locator_in_words(Locator(paragraph=25, start=3756, end=3972))
    'paragraph 25, from character 3756, to character 3972'
    """
    parts = (
        ("page ", locator.page),
        ("paragraph ", locator.paragraph),
        ("from character ", locator.start),
        ("to character ", locator.end),
        ("at ", locator.url),
        ("the words ", _quoted(locator.exact)),
        ("after ", _quoted(locator.prefix)),
        ("before ", _quoted(locator.suffix)),
    )
    return ", ".join(f"{lead}{value}" for lead, value in parts if value is not None)


def _quoted(text: str | None) -> str | None:
    return None if text is None else f"“{text}”"


def statement_in_words(attribution: Attribution, source: Source) -> str:
    """How a source came to say something, how sure it sounds, and where that stands.

    >>> statement_in_words(Attribution(id="a", source="s", claim="c", verb="claimed"), Source(id="s"))
    's claimed.'
    """
    return ". ".join(_of_statement(attribution, source)) + "."


_STANCES: Mapping[str, str] = {
    "affirms": "affirms what it is about",
    "denies": "denies what it is about",
    "silent": "says nothing",
    "disowns": "says that this was never said",
}


def _of_statement(attribution: Attribution, source: Source) -> Iterator[str]:
    stance = _STANCES[attribution.stance] if "stance" in attribution.model_fields_set else ""
    plainly = "passes it on" if attribution.cites is not None else "says so"
    yield f"{source.title} {attribution.verb or stance or plainly}"
    if attribution.verb and stance:
        yield f"It {stance}"
    if attribution.would_speak is not None:
        chance = repr(attribution.would_speak).removesuffix(".0")  # all of it: it is read back
        yield f"Had it known, it would have said so with probability {chance}"
    if attribution.wording is not None:
        yield f"Its own words: {attribution.wording}"
    if "basis" in attribution.model_fields_set:
        yield f"Basis: {attribution.basis}"
    if attribution.said_on is not None:
        yield f"Said on {attribution.said_on}"
    if attribution.retracted_on is not None:
        because = attribution.retracted_because
        why = "" if because is None else f", the reason being {because}"
        yield f"Withdrawn on {attribution.retracted_on}{why}"
    for locator in attribution.locators:
        yield f"It stands at {locator_in_words(locator) or 'a place without a name'}"


def link_in_words(link: Link) -> str:
    """What a link says of its claims.

    >>> link_in_words(ImpliesLink(claim="a", implies="b"))
    'implies: where a is true, b is true too (strength 1)'
    """
    match link:
        case EvidenceLink():
            return (
                f"evidence: {link.sign} is a sign of {link.claim} (its probability is "
                f"{link.if_true:g} if that is true, {link.if_false:g} if not)"
            )
        case ImpliesLink():
            return (
                f"implies: where {link.claim} is true, {link.implies} is true too "
                f"(strength {link.strength:g})"
            )
        case ContradictsLink():
            named = ", ".join(link.claims)
            return f"contradicts: no two of {named} are so (strength {link.strength:g})"
