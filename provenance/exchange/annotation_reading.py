"""W3C Web Annotation, in: annotations as a draft of a case, or as new places in a case that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from provenance.exchange.annotations import annotation_name
from provenance.exchange.foreign import case_of, each_of, json_of, refused, text_of
from provenance.exchange.losses import Import, Loss
from provenance.exchange.naming import Names
from provenance.records import Case, Locator

__all__ = ["from_annotations"]

_WHAT = "the web annotations"
_PAGE = re.compile(r"\Apage=([0-9]{1,9})\Z")
_READ = frozenset({"@context", "id", "type", "body", "bodyValue", "target", "motivation"})
_SIDES = ("affirms", "denies")


def from_annotations(
    document: str | bytes | Mapping[str, Any] | list[Any],
    case: Case | None = None,
    *,
    namespace: str | None = None,
) -> Import:
    """What web annotations say about the documents that they annotate.

    With a case, the places of its statements are taken from the annotations that `to_annotations`
    wrote of it, by their names; whatever an annotation cannot hold stays as it is in the case.

    Without one, a draft is made: a target is a document, a body that describes (or else the quoted
    words) a claim, and one that identifies the source; where none does, the source is the unnamed
    one that wrote the document. Nothing is graded. Who made an annotation, and when, is no part of
    a case.

    Args:
        document: an annotation, a list of them, a page or a collection: JSON as text or as data.
        case: the case that the annotations are of.
        namespace: the one that was given to `to_annotations`, if one was.

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
        return Import(_replaced(found, case, Names.of(case, namespace), losses), tuple(losses))
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
    if not any(claims.values()) and quotes:
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


def _textual(body: Any, item: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The text of a body, and what it is there for."""
    motivation = item.get("motivation")
    if isinstance(body, str):
        return (text_of(body) if "bodyValue" in item else None), motivation
    if not isinstance(body, Mapping):
        return None, None
    return text_of(body.get("value")), body.get("purpose", motivation)


def _replaced(annotations: list[_Annotation], case: Case, names: Names, losses: list[Loss]) -> Case:
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
            described = f"whoever wrote {address}"
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
