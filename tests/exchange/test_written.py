"""What every format makes of a full case, and what is read back of it, is as the files have it."""

from __future__ import annotations

import pytest

from tests.exchange.written import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_a_full_case_is_written_and_read_as_the_file_has_it(name: str) -> None:
    made = FILES[name]()

    # If this fails: python -m tests.exchange.written, and read what has changed.
    assert made == (FOLDER / name).read_bytes().decode()


def test_there_is_no_other_file() -> None:
    assert sorted(each.name for each in FOLDER.iterdir()) == sorted(FILES)
