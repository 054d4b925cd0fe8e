"""W3C Web Annotation, out: where in its documents every statement of a case stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from provenance.bounds import Cancel
from provenance.exchange.budgets import read_within, written_within
from provenance.exchange.documents import (
    NameBook,
    case_of,
    each_of,
    is_web_address,
    json_of,
    refused,
    text_of,
)
from provenance.exchange.losses import Dropped, Export, Import, Loss, Rule, in_order, losses_of
from provenance.graph import Said, what_is_said
from provenance.records import Attribution, Case, Document, Locator

__all__ = [
    "CONTEXT",
    "PDF_PAGES",
    "annotation_name",
    "from_annotations",
    "to_annotations",
]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context that every annotation names."""
PDF_PAGES = "http://tools.ietf.org/rfc/rfc3778"
"""The specification of fragments such as `page=3`."""

_LANGUAGE = re.compile(r"\A[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_PLACE = "an annotation says where something stands, not how far it is to be believed"
_SOURCE = "an annotation has the name of who speaks, and nothing else of it"
_TARGET = "the target of an annotation has an address and a language, and nothing else of it"


def _page(page: Any) -> Dropped | None:
    if isinstance(page, int):
        return None
    return Dropped("the label of the page", "fragments name pages by their number")


def _url(url: Any) -> Dropped | None:
    if _is_target(url):
        return None
    return Dropped("the address", "it is no address of the web or urn, as a target needs one")


def _language(language: Any) -> Dropped | None:
    if _LANGUAGE.match(language):
        return None
    return Dropped("the language", "it is no language tag (BCP 47)")


def _is_target(url: str) -> bool:
    return (
        is_web_address(url) or re.match(r"\Aurn:[a-z0-9-]+:[A-Za-z0-9:._~/-]+\Z", url) is not None
    )


_LOST_OF_THE_CASE = ("sources_from", "summary", "questions", "links")
_LOST_OF_CLAIMS = ("prior", "alternatives", "resolved")
_LOST_OF_SOURCES = (
    *("kind", "described_as", "reliability", "passing_on", "access"),
    *("interests", "only_if", "graded_by", "graded_on"),
)
_LOST_OF_DOCUMENTS = ("publisher", "title", "published_on", "retrieved_on", "sha256")
_LOST_OF_STATEMENTS = (
    *("verb", "basis", "from", "in_hand", "competence", "fidelity"),
    *("interest", "only_if", "would_speak", "same_voice_as"),
    *("said_on", "retracted_on", "retracted_because"),
)
_ROUND = Dropped("the wording", "only the side on which it falls is told", partly=True)
_WHOM = "an annotation tells what is said there, and on which side, and not from whom it is"
_DERIVED = "it stands there as a name that is derived from it, and means nothing to another tool"

_RULES: Mapping[str, Rule] = {
    **{key: Dropped(f"the {key}", _PLACE) for key in _LOST_OF_THE_CASE},
    **{f"claims[].{key}": Dropped(f"the {key}", _PLACE) for key in _LOST_OF_CLAIMS},
    **{f"sources[].{key}": Dropped(f"the {key}", _SOURCE) for key in _LOST_OF_SOURCES},
    **{f"documents[].{key}": Dropped(f"the {key}", _TARGET) for key in _LOST_OF_DOCUMENTS},
    **{f"attributions[].{key}": Dropped(f"the {key}", _PLACE) for key in _LOST_OF_STATEMENTS},
    "claims[].id": Dropped("the id", "an annotation has the text of the claim"),
    "documents[].id": Dropped("the id", _DERIVED, partly=True),
    "attributions[].id": Dropped("the id", _DERIVED, partly=True),
    "attributions[].cites": Dropped("from whom it has this", _WHOM, partly=True),
    "attributions[].wording": _ROUND,
    "documents[].url": _url,
    "documents[].language": _language,
    "attributions[].locators[].url": _url,
    "attributions[].locators[].page": _page,
    "attributions[].locators[].paragraph": Dropped(
        "the paragraph", "annotations have no selector for paragraphs"
    ),
}


@written_within
def to_annotations(
    case: Case,
    *,
    namespace: str | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """Where the statements of a case stand, as a collection of web annotations.

    Every statement that names its document is an annotation of it: the claims that it is about as
    bodies that describe, who speaks as one that identifies, its side as a tag, and every locator
    as a target with a TextQuoteSelector, a TextPositionSelector and a FragmentSelector, as far as
    it has them. Offsets count code points, as the model asks.

    Args:
        case: the case.
        namespace: what to derive the names of the annotations from; the case's title if absent.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    >>> from provenance.casefiles import load_seed
    >>> collection = to_annotations(load_seed("egypt-arms-2015")).document
    >>> collection["first"]["items"][0]["target"]["selector"]
    {'type': 'TextPositionSelector', 'start': 2677, 'end': 2761}
    """
    pages = _Pages.of(case, namespace)
    items = [pages.annotation(each) for each in case.attributions if each.document is not None]
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{pages.names.uuid('annotations')}",
        "type": "AnnotationCollection",
        "label": case.title or "A case",
        "total": len(items),
    }
    if items:
        document["first"] = {
            "id": f"urn:uuid:{pages.names.uuid('annotations', 'page')}",
            "type": "AnnotationPage",
            "partOf": document["id"],
            "startIndex": 0,
            "items": items,
        }
    return Export(document, in_order(case, _losses(case, pages)))


def annotation_name(names: NameBook, attribution: str) -> str:
    """The name of the annotation that a statement is."""
    return f"urn:uuid:{names.uuid('annotation', attribution)}"


@attrs.frozen
class _Pages:
    """Everything that the annotations of one case have in common."""

    names: NameBook
    """Where their names come from."""
    said: Mapping[str, tuple[Said, ...]]
    """What every statement says of which claims."""
    texts: Mapping[str, str]
    """The texts of the claims."""
    titles: Mapping[str, str]
    """What the sources are called."""
    documents: Mapping[str, Document]
    """The documents by their ids."""

    @classmethod
    def of(cls, case: Case, namespace: str | None) -> _Pages:
        return cls(
            NameBook.of(case, namespace),
            what_is_said(case),
            {claim.id: claim.text for claim in case.claims},
            {source.id: source.name or source.id for source in case.sources},
            {document.id: document for document in case.documents},
        )

    def annotation(self, attribution: Attribution) -> dict[str, Any]:
        said = self.said[attribution.id]
        bodies = [_body(self.titles[attribution.source], "identifying")]
        for word, claims in _told(attribution, said).items():
            bodies += [_body(self.texts[claim], "describing") for claim in claims]
            bodies += [_body(word, "tagging")] if claims else []
        if (
            not said and not attribution.is_silence
        ):  # of a statement that only goes in circles, its own side is all there is
            bodies.append(_body(attribution.stance, "tagging"))
        if attribution.note is not None:
            bodies.append(_body(attribution.note, "commenting"))
        document = self.documents[attribution.document or ""]
        targets = [self.target(document, locator) for locator in attribution.locators]
        return {
            "id": annotation_name(self.names, attribution.id),
            "type": "Annotation",
            "motivation": "describing",
            "body": bodies,
            "target": _one_or_several(targets) if targets else self.address(document),
        }

    def target(self, document: Document, locator: Locator) -> dict[str, Any]:
        found: dict[str, Any] = {"type": "SpecificResource", "source": self.address(document)}
        if locator.url is not None and _is_own(locator):
            found |= {"source": locator.url, "scope": _name(self.address(document))}
        selectors = list(_selectors(locator))
        if selectors:
            found["selector"] = _one_or_several(selectors)
        return found

    def address(self, document: Document) -> str | dict[str, Any]:
        """The address of a document, or a name where it has none; with its language."""
        found = f"urn:uuid:{self.names.uuid('document', document.id)}"
        if document.url is not None and _is_target(document.url):
            found = document.url
        if document.language is None or not _LANGUAGE.match(document.language):
            return found
        return {"id": found, "type": "Text", "language": document.language}


def _told(attribution: Attribution, said: tuple[Said, ...]) -> dict[str, list[str]]:
    """The claims that a statement is about, by the word for what it does."""
    if attribution.is_silence:
        return {attribution.stance: [*attribution.claims]}
    if attribution.stance == "disowns":
        return {attribution.stance: [*dict.fromkeys(each.claim for each in said)]}
    return {
        word: [each.claim for each in said if each.affirms == (word == "affirms")]
        for word in _SIDES
    }


def _name(address: str | dict[str, Any]) -> str:
    return address if isinstance(address, str) else str(address["id"])


def _one_or_several(found: list[dict[str, Any]]) -> Any:
    return found[0] if len(found) == 1 else found


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _selectors(locator: Locator) -> Iterator[dict[str, Any]]:
    if locator.exact is not None:
        quote = {
            "type": "TextQuoteSelector",
            "exact": locator.exact,
            "prefix": locator.prefix,
            "suffix": locator.suffix,
        }
        yield {key: value for key, value in quote.items() if value is not None}
    if locator.start is not None and locator.end is not None:
        yield {"type": "TextPositionSelector", "start": locator.start, "end": locator.end}
    if isinstance(locator.page, int):
        yield {"type": "FragmentSelector", "conformsTo": PDF_PAGES, "value": f"page={locator.page}"}


def _losses(case: Case, pages: _Pages) -> Iterator[Loss]:
    yield from losses_of(case, _RULES, frozenset({"attributions[].note"}))
    placed = [each for each in case.attributions if each.document is not None]
    yield from _untold(case, placed, pages)
    for position, source in enumerate(case.sources):
        if source.name is not None:
            yield Loss(f"sources[{position}].id", "the id", "it has its name here")
    bare = {
        each.document
        for each in placed
        if not each.locators or not all(map(_is_own, each.locators))
    }
    for position, document in enumerate(case.documents):
        if document.language is not None and document.id not in bare:
            why = "every place in it has an address of its own"
            yield Loss(f"documents[{position}].language", "the language", why)
    for position, each in enumerate(case.attributions):
        path = f"attributions[{position}]"
        if each.document is None:
            yield from _unplaced(path, each)
            continue
        for place, locator in enumerate(each.locators):
            yield from _halves(f"{path}.locators[{place}]", locator)


def _is_own(locator: Locator) -> bool:
    """Whether a place has an address of its own, beside that of its document."""
    return locator.url is not None and _is_target(locator.url)


def _unplaced(path: str, attribution: Attribution) -> Iterator[Loss]:
    """A statement without a document: only those who pass it on tell what it says."""
    why = "it names no document that could be annotated"
    yield Loss(path, "the statement", why, partly=True)
    for key in attribution.written():
        partly = key in ("claim", "cites", "stance", "wording")
        yield Loss(f"{path}.{key}", f"the {key}", why, partly)


def _untold(case: Case, placed: list[Attribution], pages: _Pages) -> Iterator[Loss]:
    """Records that no annotation is about."""
    told: Mapping[str, set[str | None]] = {
        "claims": {
            claim
            for each in placed
            for claims in _told(each, pages.said[each.id]).values()
            for claim in claims
        },
        "sources": {each.source for each in placed},
        "documents": {each.document for each in placed},
    }
    for section, names in told.items():
        for position, record in enumerate(getattr(case, section)):
            if record.id not in names:
                why = "no annotated statement is about it"
                yield Loss(f"{section}[{position}]", f"the {section[:-1]}", why)


def _halves(path: str, locator: Locator) -> Iterator[Loss]:
    """A context without its quote, and a position with one end only."""
    if locator.exact is None:
        for key in ("prefix", "suffix"):
            if getattr(locator, key) is not None:
                why = "a TextQuoteSelector needs the quote itself"
                yield Loss(f"{path}.{key}", f"the {key}", why)
    if (locator.start is None) != (locator.end is None):
        key = "end" if locator.start is None else "start"
        yield Loss(f"{path}.{key}", f"the {key}", "a TextPositionSelector needs both ends")


# W3C Web Annotation, in: annotations as a draft of a case, or as new places in a case that
# exists.

_WHAT = "the web annotations"
_PAGE = re.compile(r"\Apage=([0-9]{1,9})\Z")
_READ = frozenset({"@context", "id", "type", "body", "bodyValue", "target", "motivation"})
_SIDES = ("affirms", "denies")
_UNREAD: Mapping[str, str] = {
    "silent": "a silence needs how likely the source would have spoken",
    "disowns": "an annotation does not say which statement was never made",
}
"""What else `to_annotations` tags, and why it makes no statement on the way in."""
_UNSAID = frozenset(_UNREAD.values())


@read_within
def from_annotations(
    document: str | bytes | Mapping[str, Any] | list[Any],
    case: Case | None = None,
    *,
    namespace: str | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """What web annotations say about the documents that they annotate.

    With a case, the places of its statements are taken from the annotations that `to_annotations`
    wrote of it, by their names; what an annotation cannot hold stays as it is in the case.

    Without one, a draft is made: a target is a document, a body that describes (or else the quoted
    words) a claim, and one that identifies the source; where none does, the source is the unnamed
    one that wrote the document. Nothing is graded. Who made an annotation, and when, is no part of
    a case.

    Args:
        document: an annotation, a list of them, a page or a collection: JSON as text or as data.
        case: the case that the annotations are of.
        namespace: the one that was given to `to_annotations`, if one was.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for anything else. Nothing is fetched: pages that are elsewhere are losses.

    >>> read = from_annotations({
    ...     "type": "Annotation", "motivation": "highlighting",
    ...     "target": {"source": "https://example.org/news",
    ...                "selector": {"type": "TextQuoteSelector", "exact": "A ship left port"}},
    ... })
    >>> read.case.claims[0].text, read.case.attributions[0].locators[0].exact
    ('A ship left port', 'A ship left port')
    """
    losses: list[Loss] = []
    found = list(_annotations(json_of(document, _WHAT), losses))
    if case is not None:
        replaced = _replaced(found, case, NameBook.of(case, namespace), losses)
        # What is not said needs no reading where the case has it.
        return Import(replaced, tuple(each for each in losses if each.why not in _UNSAID))
    draft = _Draft(losses)
    for annotation in found:
        draft.take(annotation)
    return Import(case_of(draft.fields, _WHAT), tuple(losses))


@attrs.frozen
class _Annotation:
    """One annotation, as far as it was understood."""

    path: str
    """Where it stood."""
    name: str | None
    """Its own address."""
    documents: tuple[str, ...]
    """The addresses of the documents that its targets are in, as they come."""
    locators: tuple[Locator, ...]
    """Where in them."""
    claims: Mapping[str, tuple[str, ...]]
    """What it says that is affirmed and denied there."""
    source: str | None
    """Who says so."""
    note: str | None
    """What else it remarks."""


def _annotations(document: Any, losses: list[Loss]) -> Iterator[_Annotation]:
    for path, item in _items(document, losses):
        if not isinstance(item, Mapping) or not _is_a(item, "Annotation"):
            losses.append(Loss(path, "an entry", "it is no annotation"))
            continue
        for key in item:
            if key not in _READ:
                losses.append(
                    Loss(f"{path}.{key}".lstrip("."), f"{key!s:.60}", "a case has no place for it")
                )
        yield _annotation(path, item, losses)


def _items(document: Any, losses: list[Loss]) -> Iterator[tuple[str, Any]]:
    """The annotations of a list, a page or a collection, or the one that stands alone."""
    if isinstance(document, list):
        yield from each_of(document)
        return
    if not isinstance(document, Mapping):
        found = type(document).__name__
        raise refused("", "not-an-object", f"expected an annotation, found {found}", where=_WHAT)
    start, page = "", document
    if _is_a(document, "AnnotationCollection") and isinstance(document.get("first"), Mapping):
        start, page = "first.", document["first"]
    for key in ("first", "next"):
        if isinstance(page.get(key), str):
            losses.append(
                Loss(f"{start}{key}", "a page", "it is elsewhere, and nothing is fetched")
            )
    if _is_a(page, "AnnotationPage"):
        yield from ((f"{start}items{place}", item) for place, item in each_of(page.get("items")))
    elif _is_a(document, "Annotation"):
        yield "", document
    elif not _is_a(document, "AnnotationCollection"):
        found = f"{document.get('type')!r:.60}"
        raise refused(
            "type", "not-an-annotation", f"expected Annotation, found {found}", where=_WHAT
        )


def _is_a(item: Mapping[str, Any], kind: str) -> bool:
    return any(value == kind for _, value in each_of(item.get("type")))


def _annotation(path: str, item: Mapping[str, Any], losses: list[Loss]) -> _Annotation:
    found = [
        _target(f"{path}.target{place}".lstrip("."), target, losses)
        for place, target in each_of(item.get("target"))
    ]
    targets = [target for target in found if target is not None]
    if not targets:
        losses.append(Loss(f"{path}.target".lstrip("."), "the annotation", "it has no target"))
    claims, source, note = _bodies(path, item, losses)
    quotes = [place.exact for _, place in targets if place is not None and place.exact]
    if not any(claims.values()) and quotes and not _is_unread(item):
        claims = {"affirms": (quotes[0],), "denies": ()}
    return _Annotation(
        path,
        text_of(item.get("id")),
        tuple(address for address, _ in targets),
        tuple(locator for _, locator in targets if locator is not None),
        claims,
        source,
        note,
    )


def _target(path: str, target: Any, losses: list[Loss]) -> tuple[str, Locator | None] | None:
    """The address of a document and a place in it; None where there is no address."""
    if isinstance(target, str):
        return (target, None) if text_of(target, 10_000) else None
    if not isinstance(target, Mapping):
        losses.append(Loss(path, "a target", "it is neither an address nor a resource"))
        return None
    source, scope = _address(target.get("source")), _address(target.get("scope"))
    address = scope or source or _address(target.get("id"))
    if address is None:
        losses.append(Loss(path, "a target", "it has no address"))
        return None
    for key in target:
        if key not in ("id", "type", "source", "scope", "selector", "language", "format"):
            losses.append(Loss(f"{path}.{key}", f"{key!s:.60}", "a locator has no place for it"))
    fields: dict[str, Any] = {}
    for place, selector in each_of(target.get("selector")):
        read = _selector(f"{path}.selector{place}", selector, losses)
        for key, value in read.items():
            if fields.setdefault(key, value) != value:
                why = "another selector of the same target says otherwise"
                losses.append(Loss(f"{path}.selector{place}", f"the {key}", why))
    if scope is not None and source is not None:
        fields["url"] = source
    return address, (Locator(**fields) if fields or "source" in target else None)


def _address(value: Any) -> str | None:
    return text_of(value.get("id") if isinstance(value, Mapping) else value, 10_000)


def _selector(path: str, selector: Any, losses: list[Loss]) -> dict[str, Any]:
    fields = selector if isinstance(selector, Mapping) else {}
    kind = fields.get("type")
    found: dict[str, Any] = {}
    if kind == "TextQuoteSelector" and text_of(fields.get("exact")):
        parts = ((key, text_of(fields.get(key))) for key in ("exact", "prefix", "suffix"))
        found = {key: value for key, value in parts if value is not None}
    elif kind == "TextPositionSelector":
        ends: tuple[Any, Any] = (fields.get("start"), fields.get("end"))
        if all(map(_is_offset, ends)) and ends[0] <= ends[1]:
            found = {"start": ends[0], "end": ends[1]}
    elif kind == "FragmentSelector":
        page = _PAGE.match(text_of(fields.get("value"), 100) or "")
        found = {"page": int(page[1])} if page else {}
    if not found:
        losses.append(Loss(path, f"a selector ({kind!s:.60})", "locators have nothing like it"))
    elif "refinedBy" in fields:
        losses.append(Loss(f"{path}.refinedBy", "a refinement", "locators have nothing like it"))
    return found


def _is_offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**15


def _bodies(
    path: str, item: Mapping[str, Any], losses: list[Loss]
) -> tuple[dict[str, tuple[str, ...]], str | None, str | None]:
    """What is affirmed and denied, who says so, and what else is remarked."""
    claims: dict[str, list[str]] = {side: [] for side in _SIDES}
    pending, texts = [], {"identifying": [], "commenting": []}  # type: ignore[var-annotated]
    bodies = [*each_of(item.get("body")), *each_of(item.get("bodyValue"))]
    for place, body in bodies:
        where = f"{path}.body{place}".lstrip(".")
        value, purpose = _textual(body, item)
        if value is None:
            losses.append(Loss(where, "a body", "it is no text that is written in the annotation"))
        elif purpose == "describing":
            pending.append(value)
        elif purpose == "tagging" and value in _SIDES:
            claims[value] += pending
            pending = []
        elif purpose == "tagging" and value in _UNREAD:
            losses.append(Loss(where, f"what it does ({value})", _UNREAD[value]))
            pending = []
        elif purpose == "tagging":
            losses.append(Loss(where, f"the tag {value!r:.60}", "claims have no tags"))
        else:
            texts["identifying" if purpose == "identifying" else "commenting"].append(value)
    claims["affirms"] += pending
    for extra in texts["identifying"][1:]:
        losses.append(Loss(path, f"{extra!r:.60}", "a statement has one source"))
    return (
        {side: tuple(dict.fromkeys(found)) for side, found in claims.items()},
        next(iter(texts["identifying"]), None),
        "\n\n".join(texts["commenting"]) or None,
    )


def _is_unread(item: Mapping[str, Any]) -> bool:
    """Whether an annotation says that something was not said."""
    bodies = (body for _, body in each_of(item.get("body")))
    return any(_textual(body, item)[0] in _UNREAD for body in bodies)


def _textual(body: Any, item: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The text of a body, and what it is there for."""
    motivation = item.get("motivation")
    if isinstance(body, str):
        return (text_of(body) if "bodyValue" in item else None), motivation
    if not isinstance(body, Mapping):
        return None, None
    return text_of(body.get("value")), body.get("purpose", motivation)


def _replaced(
    annotations: list[_Annotation], case: Case, names: NameBook, losses: list[Loss]
) -> Case:
    """The case, with the places of its statements taken from the annotations."""
    known = {annotation_name(names, each.id): each.id for each in case.attributions}
    places: dict[str, tuple[Locator, ...]] = {}
    for annotation in annotations:
        statement = known.get(annotation.name or "")
        if statement is None or statement in places:
            why = (
                "no statement of the case has this name" if statement is None else "it stands twice"
            )
            losses.append(Loss(annotation.path, "the annotation", why))
        else:
            places[statement] = annotation.locators
    changed = [
        each.evolve(locators=_merged(each.locators, places[each.id]))
        if places.get(each.id)
        else each
        for each in case.attributions
    ]
    return case.evolve(attributions=changed)


def _merged(old: tuple[Locator, ...], new: tuple[Locator, ...]) -> tuple[Locator, ...]:
    """The new places; what an annotation cannot hold stays as the old ones have it."""
    kept = [
        before.evolve(**{name: getattr(after, name) for name in after.model_fields_set})
        for before, after in zip(old, new, strict=False)
    ]
    return (*kept, *new[len(old) :])


class _Draft:
    """A case in the making."""

    def __init__(self, losses: list[Loss]) -> None:
        self.losses = losses
        self.fields: dict[str, Any] = {
            "version": 1,
            "claims": [],
            "sources": [],
            "documents": [],
            "attributions": [],
        }
        self.known: dict[tuple[str, ...], str] = {}

    def numbered(self, kind: str, /, *key: str, **fields: Any) -> str:
        """The id of a record of some kind, which is added if there is none for the key yet."""
        if (kind, *key) not in self.known:
            section = self.fields[f"{kind}s"]
            self.known[kind, *key] = f"{kind}-{len(section) + 1}"
            present = {name: value for name, value in fields.items() if value is not None}
            section.append({"id": self.known[kind, *key]} | present)
        return self.known[kind, *key]

    def take(self, annotation: _Annotation) -> None:
        if not annotation.documents:
            return
        address = annotation.documents[0]
        others = len(set(annotation.documents)) - 1
        if others:
            what = f"targets in {others} more documents"
            self.losses.append(Loss(annotation.path, what, "a statement stands in one document"))
        if not any(annotation.claims.values()):
            why = "neither a body nor a quote says what is claimed there"
            self.losses.append(Loss(annotation.path, "the annotation", why))
            return
        document = self.numbered("document", address, url=address)
        if annotation.source is not None:
            source = self.numbered("source", annotation.source, name=annotation.source)
        else:
            described = f"the author of {address}"
            source = self.numbered("source", "", address, kind="unnamed", described_as=described)
        for side, texts in annotation.claims.items():
            if texts:
                self.state(annotation, side, texts, source, document)

    def state(
        self, annotation: _Annotation, side: str, texts: tuple[str, ...], source: str, document: str
    ) -> None:
        claims = [self.numbered("claim", text, text=text) for text in texts]
        self.numbered(
            "attribution",
            annotation.path,
            side,
            source=source,
            claim=claims[0] if len(claims) == 1 else claims,
            stance="denies" if side == "denies" else None,
            document=document,
            locators=[locator.written() for locator in annotation.locators] or None,
            note=annotation.note,
        )
