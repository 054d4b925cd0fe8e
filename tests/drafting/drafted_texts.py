"""Drafts of single texts, and their statements in a form that is easy to read."""

from __future__ import annotations

from provenance.drafting import Draft, draft, read_document


def drafted(
    text: str, publisher: str = "The Gazette", published: str | None = "2026-03-09"
) -> Draft:
    """A draft of one text."""
    return draft(read_document(text, publisher=publisher, published_on=published))


def chain_of(found: Draft, place: int = 0) -> str:
    """The chain of a statement after its publisher, by the names that the text has."""
    statement = found.statements[place]
    return " < ".join(found.source(hop.source).label for hop in statement.chain[1:])


def content_of(found: Draft, place: int = 0) -> str:
    """The content of a statement."""
    return " … ".join(each.text for each in found.statements[place].content)
