"""What the tests of drafting share: statements of a text, as chains and contents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drafted_texts import chain_of, content_of, drafted

Told = tuple[str, str]


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
