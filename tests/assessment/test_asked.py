"""What is said of small cases, whatever is asked, is as the files have it."""

from __future__ import annotations

import pytest

from tests.assessment.asked import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_what_is_said_of_small_cases_is_as_the_file_has_it(name: str) -> None:
    made = FILES[name]()

    # If this fails: python -m tests.assessment.asked, and read what has changed.
    assert made == (FOLDER / name).read_text("utf-8")


def test_there_is_no_other_file_of_answers() -> None:
    assert sorted(each.name for each in FOLDER.iterdir()) == sorted(FILES)
