"""Whatever is wrong with a field of a case, what is said of it is what the file has."""

from __future__ import annotations

from tests.records.problems import FILE, problems


def test_what_is_wrong_with_a_field_is_told_as_the_file_has_it() -> None:
    told = [line for name, said in problems() for line in (name, *said)]

    # If this fails: python -m tests.records.problems, and read what has changed.
    assert told == FILE.read_text("utf-8").splitlines()
