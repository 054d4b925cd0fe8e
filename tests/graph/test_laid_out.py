"""How small cases are laid out is as the file has it."""

from __future__ import annotations

from tests.graph import worded
from tests.graph.laid_out import FILE, lines


def test_small_cases_are_laid_out_as_the_file_has_it() -> None:
    # If this fails: python -m tests.graph.laid_out, and read what has changed.
    assert "\n".join(lines()) == FILE.read_text("utf-8")


def test_claims_look_like_rivals_and_denials_as_the_file_has_it() -> None:
    # If this fails: python -m tests.graph.worded, and read what has changed.
    assert "\n".join(worded.lines()) == worded.FILE.read_text("utf-8")
