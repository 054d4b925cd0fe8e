"""What exporters and importers say of arguments that do not fit is as the file has it."""

from __future__ import annotations

from tests.exchange.arguments import FILE, lines


def test_arguments_that_do_not_fit_are_refused_as_the_file_has_it() -> None:
    # If this fails: python -m tests.exchange.arguments, and read what has changed.
    assert "\n".join([*lines(), ""]) == FILE.read_text("utf-8")
