"""The reference page of the graph says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

from provenance.graph import Why
from provenance.graph.statements import STATEMENTS_AT_MOST

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "graph.md").read_text("utf-8")


def test_the_page_lists_every_reason_with_its_sentence() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \|$", PAGE, flags=re.MULTILINE)

    assert rows == [(why.value, why.sentence) for why in Why]


def test_the_page_says_how_many_statements_a_case_may_come_to() -> None:
    assert f"{STATEMENTS_AT_MOST:,}" in PAGE
