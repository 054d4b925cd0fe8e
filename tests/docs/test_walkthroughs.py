"""A reader who types what a page says gets what the page shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from provenance import Case, load_case, load_sources
from tests.docs.walkthroughs import FENCE, PAGES, ROOT, fits, walk

FENCES = [
    (page, fence[2], fence[3])
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for fence in FENCE.finditer(page.read_text(encoding="utf-8"))
    if fence[1] == "json"
]
OTHERS = {"mcpServers", "json.schemas"}
"""What stands in fences that are no case and no registry: settings of other tools."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_typed_on_a_page_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    typed = list(walk(page, tmp_path))

    # If this fails: python -m tests.docs.walkthroughs PAGE, and read what changed
    assert [each.command for each in typed if each.failed] == []
    for each in typed:
        assert fits(each.shown, each.printed), (each.command, each.printed)


@pytest.mark.parametrize(
    ("page", "title", "body"),
    FENCES,
    ids=[f"{page.stem}-{n}" for n, (page, *_) in enumerate(FENCES)],
)
def test_json_on_a_page_is_whole_and_loads(page: Path, title: str | None, body: str) -> None:
    found = json.loads(body)

    if "claims" in found:
        registry = load_sources({"version": 1, "sources": [{"id": "site"}, {"id": "daily"}]})
        case = load_case(found, registry=registry if "sources_from" in found else None)
        assert isinstance(case, Case)
    elif "sources" in found:
        assert load_sources(found).sources
    else:
        assert set(found) <= OTHERS


def test_an_ellipsis_stands_for_any_lines_and_nothing_else_does() -> None:
    printed = ("a", "b", "c")

    assert fits(("a", "…"), printed)
    assert fits(("a", "…", "c"), printed)
    assert not fits(("a", "b"), printed)
    assert not fits(("a", "x", "…"), printed)


def test_every_page_that_types_something_has_files_or_seeds_to_type_about() -> None:
    assert len(PAGES) > 5
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"^\$ provenance weigh (\S+)\.json", text, re.MULTILINE):
            assert f'title="{name}.json"' in text or name.startswith("seeds/") or "-o" in text
