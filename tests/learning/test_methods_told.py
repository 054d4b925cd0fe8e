"""What every method makes of small tables is as the file has it."""

from __future__ import annotations

from tests.learning.methods_told import FILE, text


def test_methods_make_of_small_tables_what_the_file_has() -> None:
    # If this fails: python -m tests.learning.methods_told, and read what has changed.
    assert text() == FILE.read_text("utf-8")
