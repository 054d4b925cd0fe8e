"""Records in words, for formats that have only a text where the case has fields."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.records import (
    Attribution,
    ContradictsLink,
    Document,
    EvidenceLink,
    ImpliesLink,
    Link,
    Locator,
    Source,
)

__all__ = ["document_in_words", "link_in_words", "locator_in_words", "statement_in_words"]


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


def _of_statement(attribution: Attribution, source: Source) -> Iterator[str]:
    stance = attribution.stance if "stance" in attribution.model_fields_set else ""
    plainly = "passes it on" if attribution.cites is not None else "says so"
    yield f"{source.title} {attribution.verb or stance or plainly}"
    if attribution.verb and stance:
        yield f"It {stance} what it is about"
    if attribution.wording is not None:
        yield f"Its own words: {attribution.wording}"
    if "basis" in attribution.model_fields_set:
        yield f"Basis: {attribution.basis}"
    if attribution.said_on is not None:
        yield f"Said on {attribution.said_on}"
    if attribution.retracted_on is not None:
        yield f"Withdrawn on {attribution.retracted_on}"
    for locator in attribution.locators:
        yield f"It stands at {locator_in_words(locator) or 'a place without a name'}"


def link_in_words(link: Link) -> str:
    """What a link says of its claims.

    >>> link_in_words(ImpliesLink(claim="a", implies="b"))
    'implies: where a is so, b is so too (strength 1)'
    """
    match link:
        case EvidenceLink():
            return (
                f"evidence: {link.sign} is a sign of {link.claim} (its probability is "
                f"{link.if_true:g} if that is so, {link.if_false:g} if not)"
            )
        case ImpliesLink():
            return (
                f"implies: where {link.claim} is so, {link.implies} is so too "
                f"(strength {link.strength:g})"
            )
        case ContradictsLink():
            named = ", ".join(link.claims)
            return f"contradicts: no two of {named} are so (strength {link.strength:g})"
