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

CLEAN = ("assessment", "report", "methods", "cli/answering.py", "cli/app.py", "cli/asking.py",
         "cli/reading.py", "cli/showing.py", "scales/phrases.py")  # fmt: skip
"""The modules whose every string is held to it; the others are joined as they are gone through."""


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
