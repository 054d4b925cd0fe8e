"""The limits, defaults and arguments of the room are those of its file."""

from __future__ import annotations

from tests.cases.declared import declared, file_of


def test_what_the_room_declares_is_as_the_file_has_it() -> None:
    # If this fails: python -m tests.cases.declared, and read what has changed.
    assert declared("learning") == file_of("learning").read_text("utf-8")
