"""A ClaimReview in a page of HTML: put into its head, and what a page says of itself in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from provenance.errors import FormatError, Problem
from provenance.exchange.claimreview import claimreview_problems
from provenance.exchange.documents import each_of, json_of, refused
from provenance.exchange.losses import Export
from provenance.scales import quoted

__all__ = ["embed_claimreview", "scripts_of"]

_ID = "claim-provenance-claimreview"
_SCRIPT = f'<script type="application/ld+json" id="{_ID}">'
# What is skipped, and where a script may stand: whatever is in a comment or a script is neither.
_PLACES = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title|textarea|noscript)\b.*?(?:</\1\b|\Z)"
    r"|(?P<head></head\s*>)|(?P<body><body\b)|(?P<end></body\s*>|</html\s*>)",
    re.DOTALL | re.IGNORECASE,
)
# Attributes without end are not followed, nor scripts that are never closed: one pass is enough.
_BLOCKS = re.compile(r"<!--|<script\b(?P<attributes>[^>]{0,2000})>", re.IGNORECASE)
_LINKED_DATA = re.compile(r"type\s*=\s*[\"']?application/ld\+json\b", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
LONGEST_PAGE = 50_000_000
"""How many characters a page may have."""


def embed_claimreview(html: str, document: Mapping[str, Any] | Export) -> str:
    """A page with a ClaimReview in its head, where search engines look for it.

    A review of the same claim that was embedded before is replaced, whatever its rating; a page has
    one review of a claim. The texts of the review, hostile ones too, cannot end the script that
    carries them. Without a head the review goes before the body, or to the end of the page.

    Args:
        html: the page.
        document: what `to_claimreview` gave; for a page with several reviews all of them together.

    Raises:
        FormatError: for a review that cannot be published, with all that it lacks; for a page that
            is no text; and for one in which another program put a review of the same claim, or this
            function one of a claim that is not among those given, which would be lost.

    >>> review = {"@context": "https://schema.org", "@type": "ClaimReview",
    ...           "url": "https://example.org/a", "claimReviewed": "A ship sailed",
    ...           "author": {"@type": "Organization", "name": "The desk"},
    ...           "reviewRating": {"@type": "Rating", "alternateName": "unlikely"}}
    >>> print(embed_claimreview("<html><head></head></html>", review)[:60])
    <html><head><script type="application/ld+json" id="claim-pro
    """
    if not isinstance(html, str):
        what = "bytes: decode them first" if isinstance(html, bytes) else type(html).__name__
        raise refused("", "not-a-page", f"expected a page as text, found {what}")
    if len(html) > LONGEST_PAGE:
        raise refused("", "not-a-page", f"expected a page of at most {LONGEST_PAGE} characters")
    review = document.document if isinstance(document, Export) else document
    problems = claimreview_problems(review)
    if problems:
        raise FormatError(problems, "the ClaimReview")
    page = "".join(_without_reviews(html))
    _require_alone(html, page, review)
    text = json.dumps(review, ensure_ascii=False, allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    at = _place(page)
    return f"{page[:at]}{_SCRIPT}{text}</script>\n{page[at:]}"


def _require_alone(html: str, page: str, review: Any) -> None:
    """Makes sure that a page loses no other review, and gets no second one of a claim.

    Args:
        html: the page.
        page: the page without what was embedded before.
        review: what is to be embedded.
    """
    entries = review.get("@graph", review) if isinstance(review, Mapping) else review
    given = {_as_known(each["claimReviewed"]) for _, each in each_of(entries)}
    others = {*_reviewed_in([*scripts_of(page)])}
    lost = [claim for claim in _reviewed_in([*scripts_of(html)]) if claim not in given | others]
    problems = [
        Problem(
            "",
            "other-review",
            f"expected no other review of {quoted(claim, 80)} in the page, found one that "
            "something else put there",
            "let one of the two write it",
        )
        for claim in sorted(given & others)
    ]
    problems += [
        Problem(
            "",
            "other-review",
            f"expected to replace a review of the same claim, found one of {quoted(claim, 80)}",
            "give all reviews of a page together, or begin with the page without reviews",
        )
        for claim in dict.fromkeys(lost)
    ]
    if problems:
        raise FormatError(problems, "the page")


def _as_known(claim: str) -> str:
    """A claim without what does not tell it from another one."""
    return " ".join(claim.split())


def _reviewed_in(scripts: list[Any]) -> Iterator[str]:
    """The claims that are reviewed somewhere in what a page says of itself."""
    waiting = [*scripts]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            if value.get("@type") == "ClaimReview" and isinstance(value.get("claimReviewed"), str):
                yield _as_known(value["claimReviewed"])
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def scripts_of(html: str) -> Iterator[Any]:
    """What a page says of itself in JSON-LD; a script that holds no JSON is passed over.

    >>> [*scripts_of('<script type="application/ld+json">{"@type": "ClaimReview"}</script>')]
    [{'@type': 'ClaimReview'}]
    """
    start = 0
    while (found := _BLOCKS.search(html, start)) is not None:
        if found["attributes"] is None:
            end = html.find("-->", found.end())
        else:
            closing = _SCRIPT_END.search(html, found.end())
            end = -1 if closing is None else closing.start()
        if end < 0:
            return
        start = end
        if found["attributes"] is not None and _LINKED_DATA.search(found["attributes"]):
            try:
                yield json_of(html[found.end() : end], "the page")
            except FormatError:
                continue


def _without_reviews(html: str) -> Iterator[str]:
    """A page without the reviews that were embedded in it, in one pass."""
    start = 0
    while (found := html.find(_SCRIPT, start)) >= 0:
        end = html.find("</script>", found)
        if end < 0:
            break
        yield html[start:found]
        start = end + len("</script>")
        start += html.startswith("\n", start)
    yield html[start:]


def _place(page: str) -> int:
    """Where in a page a script is to stand."""
    found: dict[str, int] = {}
    for match in _PLACES.finditer(page):
        for name in ("head", "body", "end"):
            if match[name] is not None:
                found.setdefault(name, match.start())
    places = (found.get("head"), found.get("body"), found.get("end"))
    return next((place for place in places if place is not None), len(page))
