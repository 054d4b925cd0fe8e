"""What small cases come to is as the file has it."""

from __future__ import annotations

from tests.inference.figured import FILE, lines


def test_small_cases_come_to_what_the_file_has() -> None:
    # If this fails: python -m tests.inference.figured, and read what has changed.
    assert "\n".join(lines()) == FILE.read_text("utf-8")
