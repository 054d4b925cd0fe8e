"""W3C Web Annotation, out: where in its documents every statement of a case stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from provenance.exchange.lines import Said, what_is_said
from provenance.exchange.losses import Dropped, Export, Loss, Rule, in_order, losses_of
from provenance.exchange.naming import Names, is_web_address
from provenance.records import Attribution, Case, Document, Locator

__all__ = ["CONTEXT", "PDF_PAGES", "annotation_name", "to_annotations"]

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
_LOST_OF_CLAIMS = ("prior", "resolved")
_LOST_OF_SOURCES = (
    *("kind", "described_as", "reliability", "access"),
    *("interests", "graded_by", "graded_on"),
)
_LOST_OF_DOCUMENTS = ("publisher", "title", "published_on", "retrieved_on", "sha256")
_LOST_OF_STATEMENTS = (
    *("verb", "basis", "from", "in_hand", "competence", "fidelity"),
    *("interest", "same_voice_as", "said_on", "retracted_on"),
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


def to_annotations(case: Case, *, namespace: str | None = None) -> Export:
    """Where the statements of a case stand, as a collection of web annotations.

    Every statement that names its document is an annotation of it: the claims that it is about as
    bodies that describe, who speaks as one that identifies, its side as a tag, and every locator
    as a target with a TextQuoteSelector, a TextPositionSelector and a FragmentSelector, as far as
    it has them. Offsets count code points, as the model asks.

    Args:
        case: the case.
        namespace: what to derive the names of the annotations from; the case's title if absent.

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


def annotation_name(names: Names, attribution: str) -> str:
    """The name of the annotation that a statement is."""
    return f"urn:uuid:{names.uuid('annotation', attribution)}"


@attrs.frozen
class _Pages:
    """Everything that the annotations of one case have in common."""

    names: Names
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
            Names.of(case, namespace),
            what_is_said(case),
            {claim.id: claim.text for claim in case.claims},
            {source.id: source.name or source.id for source in case.sources},
            {document.id: document for document in case.documents},
        )

    def annotation(self, attribution: Attribution) -> dict[str, Any]:
        said = self.said[attribution.id]
        bodies = [_body(self.titles[attribution.source], "identifying")]
        for side, word in ((True, "affirms"), (False, "denies")):
            claims = [self.texts[each.claim] for each in said if each.affirms == side]
            bodies += [_body(text, "describing") for text in claims]
            bodies += [_body(word, "tagging")] if claims else []
        if not said:  # of a statement that only goes in circles, its own side is all there is
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
        if locator.url is not None and _is_target(locator.url):
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
    for position, each in enumerate(case.attributions):
        path = f"attributions[{position}]"
        if each.document is None:
            yield from _unplaced(path, each)
            continue
        for place, locator in enumerate(each.locators):
            yield from _halves(f"{path}.locators[{place}]", locator)


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
        "claims": {said.claim for each in placed for said in pages.said[each.id]},
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
