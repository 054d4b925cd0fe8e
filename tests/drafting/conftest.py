"""What the tests of drafting share: statements of a text, in a form that is easy to read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from provenance.drafting import Draft, draft, read_document

Told = tuple[str, str]


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


@pytest.fixture
def told() -> Callable[[str], list[Told]]:
    """Every statement of a text as its chain and its content."""

    def statements(text: str) -> list[Told]:
        found = drafted(text)
        return [
            (chain_of(found, place), content_of(found, place))
            for place in range(len(found.statements))
        ]

    return statements
