"""What a ClaimReview must have so that search engines and readers can use it, as one schema."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from provenance.errors import Problem
from provenance.exchange.foreign import each_of

__all__ = ["claimreview_problems", "claimreview_schema"]

_TEXT = {"type": "string", "pattern": "\\S"}
_ADDRESS = {"type": "string", "pattern": '^https?://[^\\s"<>\\\\^`{|}]+$'}
_DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.Z+-]+)?)?)?$"}
_WHO = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {
        "@type": {"enum": ["Organization", "Person"]},
        "name": _TEXT,
        "url": _ADDRESS,
    },
}
_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A ClaimReview that can be published",
    "type": "object",
    "required": ["@type", "url", "claimReviewed", "author", "reviewRating"],
    "properties": {
        "@context": {
            "enum": [
                "https://schema.org",
                "http://schema.org",
                "https://schema.org/",
                "http://schema.org/",
            ]
        },
        "@type": {"enum": ["ClaimReview"]},
        "url": _ADDRESS,
        "claimReviewed": _TEXT,
        "datePublished": _DATE,
        "author": _WHO,
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "properties": {
                "@type": {"enum": ["Rating"]},
                "alternateName": _TEXT,
                "ratingExplanation": _TEXT,
                "ratingValue": {"type": "number"},
                "bestRating": {"type": "number"},
                "worstRating": {"type": "number"},
            },
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
        },
        "itemReviewed": {
            "type": "object",
            "required": ["@type"],
            "properties": {"@type": {"enum": ["Claim"]}, "datePublished": _DATE},
        },
    },
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (Mapping,),
    "string": (str,),
    "number": (int, float),
}


def claimreview_schema() -> dict[str, Any]:
    """The JSON Schema of one ClaimReview that can be published.

    The shapes of schema.org say what a field may be and never that it must be there. This says
    what must: the address of the page, the claim, who reviewed it, and a rating in words.

    >>> claimreview_schema()["required"]
    ['@type', 'url', 'claimReviewed', 'author', 'reviewRating']
    """
    return copy.deepcopy(_SCHEMA)


def claimreview_problems(document: Any) -> tuple[Problem, ...]:
    """What keeps a ClaimReview, or each of several in a graph, from being published.

    Beyond the schema: a rating in numbers lies between the worst and the best one.

    >>> print(claimreview_problems({"@type": "ClaimReview", "url": "https://example.org/review"})[0])
    claimReviewed: expected this field, found none (add the field) [missing-field]
    """
    entries: Any = document
    start = ""
    if isinstance(document, Mapping) and "@graph" in document:
        entries, start = document["@graph"], "@graph"
    found: list[Problem] = []
    for place, entry in each_of(entries):
        found.extend(_unmet(_SCHEMA, entry, f"{start}{place}"))
        found.extend(_out_of_range(entry, f"{start}{place}"))
    return tuple(found)


def _unmet(schema: Mapping[str, Any], value: Any, path: str) -> Iterator[Problem]:
    """Where a value does not meet a schema, as far as the schema above goes."""
    kind = schema.get("type")
    if kind is not None and (not isinstance(value, _TYPES[kind]) or isinstance(value, bool)):
        yield _problem(path, "wrong-type", f"expected a value of type {kind}", value)
        return
    if "enum" in schema and value not in schema["enum"]:
        yield _problem(path, "not-one-of", f"expected {' or '.join(schema['enum'])}", value)
    if "pattern" in schema and re.search(schema["pattern"], value) is None:
        what = (
            "an address of the web"
            if schema is _ADDRESS
            else "a date"
            if schema is _DATE
            else "text"
        )
        yield _problem(path, "wrong-form", f"expected {what}", value)
    if not isinstance(value, Mapping):
        return
    required = [*schema.get("required", ())]
    for key, others in schema.get("dependentRequired", {}).items():
        required += others if key in value else []
    for key in required:
        if key not in value:
            message = "expected this field, found none"
            yield Problem(_at(path, key), "missing-field", message, "add the field")
    for key, inner in schema.get("properties", {}).items():
        if key in value:
            yield from _unmet(inner, value[key], _at(path, key))


def _problem(path: str, code: str, expected: str, value: Any) -> Problem:
    plain = isinstance(value, str | int | float)
    shown = "none" if value is None else f"{value!r:.60}" if plain else f"a {type(value).__name__}"
    return Problem(path, code, f"{expected}, found {shown}")


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _out_of_range(entry: Any, path: str) -> Iterator[Problem]:
    rating = entry.get("reviewRating") if isinstance(entry, Mapping) else None
    if not isinstance(rating, Mapping):
        return
    numbers = [rating.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
    if all(isinstance(number, int | float) for number in numbers):
        worst, value, best = (float(number) for number in numbers if number is not None)
        if not worst <= value <= best:
            message = f"expected a rating from {worst:g} to {best:g}"
            yield _problem(_at(path, "reviewRating.ratingValue"), "out-of-range", message, value)
