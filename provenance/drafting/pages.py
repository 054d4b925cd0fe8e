"""A list of pages as an agent collects them: what each says of a claim, where, and from whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from provenance.drafting.articles import slug
from provenance.errors import CaseError, Problem
from provenance.records import Basis, Claim, Record, Span, shown

__all__ = ["Page", "PageStance", "Pages", "evidence_schema", "read_pages"]

MOST_PAGES = 5_000
"""How many pages a list may have."""
MOST_CHARACTERS = 50_000_000
"""How many characters the texts of a list may have altogether."""
LONGEST_TEXT = 1_000_000
"""How many characters the text of one page may have."""
MOST_CITED = 100
"""How many others a page may name."""
MOST_CLAIMS = 200
"""How many claims a list may be about."""

PageStance = Literal["affirms", "denies", "neither"]
"""What a page says of its claim: it is true, it is false, or only that it is claimed."""

_STANCES: Mapping[str, PageStance] = {
    **dict.fromkeys(("affirm", "for", "support", "supports", "true", "yes"), "affirms"),
    **dict.fromkeys(
        ("deny", "against", "refute", "refutes", "contradicts", "false", "no"), "denies"
    ),
    **dict.fromkeys(("neutral", "mentions", "unclear", "unknown"), "neither"),
}


def _stance(value: Any) -> Any:
    """The stance that is meant by the words that lists of evidence use."""
    return _STANCES.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    """A date; one with a time of day as web pages write it is a minute in UTC, or a day."""
    if not isinstance(value, str) or len(value) < 16 or (value.endswith("Z") and len(value) == 17):
        return value
    try:
        moment = datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        return value  # which says what is wrong with it
    return Span.of(moment.date() if moment.tzinfo is None else moment)


def _several(value: Any) -> Any:
    return (
        (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value
    )


def _entries(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _at_most(most: int, what: str) -> Any:
    """A bound on how many characters or entries a field has, in our words and in the schema."""

    def bounded(value: Any) -> Any:
        if len(value) > most:
            raise PydanticCustomError(
                "too-long",
                "expected at most {most} {what}, found {found}",
                {"most": most, "what": what, "found": len(value), "fix": "hand over less"},
            )
        return value

    return AfterValidator(bounded)


Words = Annotated[str, Field(min_length=1), _at_most(4_000, "characters")]
Name = Annotated[str, Field(min_length=1), _at_most(200, "characters")]
# A least length, even none, makes pydantic look at the characters: half a surrogate pair is no text.
WholeText = Annotated[str, Field(min_length=0), _at_most(LONGEST_TEXT, "characters")]
_CITED = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


class Page(Record, frozen=True):
    """A page, a note or a session, and what it says of a claim."""

    id: Name | None = None
    """A name by which other entries cite it."""
    url: Words | None = None
    """Its address; the publisher is told by its registrable domain. Never fetched."""
    publisher: Name | None = None
    """Who published it: an outlet, a company, a tool, a person; needed where there is no address."""
    title: Words | None = None
    """Its title."""
    author: Words | None = None
    """Who wrote it, where it says so."""
    published: Annotated[Span | None, BeforeValidator(_day)] = None
    """When it was published: a year, a month, a day, or a moment with its time zone."""
    says: Words | None = None
    """What it says, in your words."""
    quote: Words | None = None
    """What it says, in its own words."""
    text: WholeText | None = None
    """Its whole text, in which credits and shared passages are looked for."""
    stance: Annotated[PageStance, BeforeValidator(_stance)] = "affirms"
    """Whether it affirms the claim, denies it, or does neither."""
    cites: Annotated[
        tuple[Words, ...],
        BeforeValidator(_several),
        _at_most(MOST_CITED, "others"),
        WithJsonSchema(_CITED),
    ] = ()
    """From whom it has it, if you know: ids or addresses of other entries, or names."""
    claim: Words | None = None
    """Which claim it is about: an id or a text of `claims`; needed where there are several."""
    basis: Basis = "unstated"
    """How it came to it, if that is on record: "firsthand" and "own-inquiry" are its own work."""

    @model_validator(mode="after")
    def _has_a_publisher(self) -> Self:
        if self.publisher is None and not (self.url or "").strip():
            raise PydanticCustomError(
                "no-publisher",
                "expected a url or a publisher, found neither",
                {"fix": "say where it is, or who wrote it"},
            )
        return self

    @property
    def wordings(self) -> Iterator[str]:
        """Everything by which it says what it says, the most telling first."""
        for each in (self.quote, self.says, self.title):
            if each:
                yield each


class Pages(Record, frozen=True):
    """A list of pages, and the claims that it is about."""

    evidence: Annotated[tuple[Page, ...], BeforeValidator(_entries), Field(min_length=1)]
    """The pages."""
    claims: Annotated[
        tuple[Claim, ...], BeforeValidator(_entries), _at_most(MOST_CLAIMS, "claims")
    ] = ()
    """The claims."""


def read_pages(evidence: Any, claims: Any = None) -> tuple[Pages, tuple[str, ...]]:
    """A list of pages, checked as a whole, and for every page the id of its claim.

    Without claims, those that the pages name are taken; where they name none, the list is about
    one, which is worded as the first page puts it.

    Raises `CaseError` with everything that is wrong, each with its place.
    """
    if isinstance(evidence, Mapping) and "evidence" in evidence and claims is None:
        unknown = sorted(set(map(str, evidence)) - {"evidence", "claims"})
        if unknown:
            message = f"expected only evidence and claims, found {shown(unknown[0])}"
            raise CaseError((Problem("", "unknown-field", message, "take it out"),))
        evidence, claims = evidence["evidence"], evidence.get("claims")
    entries = list(evidence) if isinstance(evidence, list | tuple) else evidence
    if not isinstance(entries, list):
        message = f"expected a list of pages, found {shown(evidence)}"
        raise CaseError((Problem("evidence", "not-a-list", message, "put them in a list"),))
    if len(entries) > MOST_PAGES:  # before each is looked at
        raise CaseError((_too_large(f"at most {MOST_PAGES} pages", str(len(entries))),))
    plain = [each.written() if isinstance(each, Page) else _stated(each) for each in entries]
    given = _claims_given(claims)
    found = Pages.model_validate({"evidence": plain, "claims": given}, by_alias=True, by_name=False)
    if not found.claims:
        found = found.evolve(claims=tuple(_claims_named(found.evidence)))
    chosen, problems = _checked(found)
    if problems:
        raise CaseError(problems)
    return found, chosen


def _stated(entry: Any) -> Any:
    """An entry without what is null, which counts as absent."""
    if not isinstance(entry, Mapping):
        return entry
    return {key: value for key, value in entry.items() if value is not None}


def _claims_given(claims: Any) -> list[Any]:
    """Claims as records have them: a text alone gets an id."""
    if claims is None:
        return []
    several = list(claims) if isinstance(claims, list | tuple) else [claims]
    taken: set[str] = set()
    found: list[Any] = []
    for each in several:
        if isinstance(each, Claim):
            each = each.written()
        text = (
            each if isinstance(each, str) else each.get("text") if isinstance(each, Mapping) else ""
        )
        if isinstance(each, str):
            each = {"text": each}
        if isinstance(each, Mapping) and each.get("id") is None:
            each = {**each, "id": _claim_id(str(text or ""), taken)}
        if isinstance(each, Mapping):
            taken.add(str(each["id"]))
        found.append(each)
    return found


def _claim_id(text: str, taken: Iterable[str]) -> str:
    words = slug(text, 200).split("-")
    wanted, number = "-".join(words[:6])[:60] or "claim", 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _claims_named(pages: Sequence[Page]) -> Iterator[Claim]:
    """The claims that pages name; where none does, one in the words of the first page."""
    named = list(dict.fromkeys(page.claim for page in pages if page.claim))
    if not named:
        wordings = (each for page in pages for each in page.wordings)
        named = [next(wordings, "What the pages say is true")]
    taken: set[str] = set()
    for text in named:
        name = _claim_id(text, taken)
        taken.add(name)
        yield Claim(id=name, text=text)


def _checked(pages: Pages) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """For every page the id of its claim, and what is wrong between the entries."""
    problems: list[Problem] = []
    ids: set[str] = set()
    known = {each.id: each.id for each in pages.claims}
    known |= {_key(each.text): each.id for each in pages.claims}
    if len({each.id for each in pages.claims}) < len(pages.claims):
        problems.append(
            Problem("claims", "duplicate-id", "expected every claim once", "rename one")
        )
    characters = sum(len(page.text or "") for page in pages.evidence)
    if characters > MOST_CHARACTERS:
        problems.append(_too_large(f"at most {MOST_CHARACTERS} characters", str(characters)))
    chosen: list[str] = []
    for place, page in enumerate(pages.evidence):
        path = f"evidence[{place}]"
        if page.id is not None and page.id in ids:
            message = f"found {page.id!r} a second time"
            problems.append(Problem(f"{path}.id", "duplicate-id", message, "rename one"))
        ids.add(page.id or "")
        found = known.get(page.claim or "") or known.get(_key(page.claim or ""))
        if page.claim is None and len(pages.claims) == 1:
            found = pages.claims[0].id
        if found is None:
            problems.append(_no_claim(path, page, pages.claims))
        chosen.append(found or "")
    return tuple(chosen), tuple(problems)


def _no_claim(path: str, page: Page, claims: Sequence[Claim]) -> Problem:
    listed = ", ".join(repr(each.id) for each in claims[:5])
    found = "none" if page.claim is None else shown(page.claim)
    message = f"expected one of the claims, {listed}, found {found}"
    return Problem(f"{path}.claim", "which-claim", message, "name it by its id or its text")


def _too_large(expected: str, found: str) -> Problem:
    message = f"expected {expected}, found {found}"
    return Problem("evidence", "too-large", message, "split the list")


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def evidence_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a list of pages with its claims, as `audit` takes them.

    >>> sorted(evidence_schema()["required"])
    ['evidence']
    """
    schema = Pages.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
