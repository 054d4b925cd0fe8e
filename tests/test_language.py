"""The language that readers meet: plain words, names for ids, and two figures at most."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import provenance
from provenance import load_seed
from provenance.cli.app import app

PACKAGE = Path(provenance.__file__).parent

BANNED = {
    r"\bwhatever\b(?! is true)": "name the thing",  # the stake of that name is part of the format
    r"\bnot so\b|\bis so\b|\bbe so\b": "true, or false",
    r"\bin hand\b": "we have the document",
    r"\bmend(ed|ing|s)?\b": "put right, repair",
    r"\bwhoever\b": "you, or a name",
    r"\bhitherto\b|\bthereof\b|\bwherein\b|\btheretofore\b": "plain words",
    r"\babove 99|\bbelow 0\.": "over 99 %, under 0.1 %",
    r"\ball but 1 in\b": "about 59 in 60",
    r"\bcannot be judged\b": "not judged",
}
"""Words and forms that no reader meets, and what to say instead."""

CLEAN = ("assessment/telling.py", "report", "cli/answering.py", "cli/app.py", "cli/asking.py",
         "cli/reading.py", "cli/showing.py", "scales/phrases.py")  # fmt: skip
"""The modules whose every string is held to it; the others are joined as they are gone through."""


ROOT = PACKAGE.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
DEFINE_IN_HAND = {"model.md", "theorems.md", "graph.md", "glossary.md"}
"""Pages that carry the word of the format and of the mathematics for what we have a document of."""
WORST = (
    "weighs contested claims by who has them from whom",
    "Weigh contested claims by who has them from whom",
    "A line is a statement on its way",
    "the lowest level that any fact",
    "What is expected of an original is what follows",
    "Where it bends, the evidence",
    "is taken to say this whatever is so",
    "summed and squashed",
    "is a ratio of two l",
    "that exists holds together",
    "Which parts need what",
)
"""Sentences that nobody understood, and that are not to come back, in pages, code or messages."""


def modules() -> list[Path]:
    found: list[Path] = []
    for name in CLEAN:
        path = PACKAGE / name
        found += sorted(path.glob("*.py")) if path.is_dir() else [path]
    return found


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no docstrings: what may be shown to somebody."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_string_that_is_shown_has_a_banned_word(path: Path) -> None:
    found = [
        (line, text, better)
        for line, text in spoken(path)
        for pattern, better in BANNED.items()
        if re.search(pattern, text)
    ]

    assert found == []


@pytest.mark.parametrize(
    "command",
    [
        "weigh egypt-arms-2015", "weigh egypt-arms-2015 sailed --details",
        "weigh egypt-syria-2015 partition", "check egypt-arms-2015", "check egypt-syria-2015",
        "leads egypt-arms-2015 armed --all", "chains egypt-arms-2015",
        "timeline egypt-arms-2015 armed", "compare egypt-arms-2015 armed",
        "sensitivity egypt-arms-2015 armed", "priors egypt-arms-2015 armed",
    ],
)  # fmt: skip
def test_what_a_command_prints_is_plain(command: str) -> None:
    said = CliRunner().invoke(app, command.split()).stdout
    own = re.sub("“[^”]*”", "", said)
    for claim in load_seed(command.split()[1]).claims:  # the texts of a case are not ours
        own = own.replace(claim.text, "")

    assert said
    assert [pattern for pattern in BANNED if re.search(pattern, own)] == []
    assert not re.search(r"\d\.\d+ %(?<!0\.\d %)|\d{3,} %(?<!100 %)", own)


def running_text(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page that are read as sentences: no fences, no code, no addresses."""
    text = page.read_text(encoding="utf-8")
    asides = r"^```.*?^```$|`[^`\n]*`|!\[[^\]]*\]|\]\([^)]*\)|<[^>]*>"
    plain = re.sub(asides, lambda found: "\n" * found[0].count("\n"), text, flags=re.M | re.S)
    yield from enumerate(plain.splitlines(), start=1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_has_a_banned_word(page: Path) -> None:
    banned = {pattern: better for pattern, better in BANNED.items() if "99" not in pattern}
    if page.name in DEFINE_IN_HAND:
        del banned[r"\bin hand\b"]

    found = [
        (line, text, better)
        for line, text in running_text(page)
        for pattern, better in banned.items()
        if re.search(pattern, text)
    ]

    assert found == []


@pytest.mark.parametrize("sentence", WORST)
def test_a_sentence_that_nobody_understood_is_gone(sentence: str) -> None:
    words = r"\s+".join(re.escape(word) for word in sentence.split())
    files = (*PAGES, *PACKAGE.rglob("*.py"), ROOT / "mkdocs.yml", ROOT / "pyproject.toml")

    found = [path.name for path in files if re.search(words, path.read_text(encoding="utf-8"))]

    assert found == []
