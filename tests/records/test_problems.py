"""Whatever is wrong with a field of a case, what is said of it is what the file has."""

from __future__ import annotations

import pytest

from provenance.errors import CaseError
from provenance.records import Case
from tests.records.problems import FILE, problems


def test_what_is_wrong_with_a_field_is_told_as_the_file_has_it() -> None:
    told = [line for name, said in problems() for line in (name, *said)]

    # If this fails: python -m tests.records.problems, and read what has changed.
    assert told == FILE.read_text("utf-8").splitlines()


@pytest.mark.parametrize("document", ["x", ["x"], 5, None, True])
def test_what_is_no_object_is_no_case(document: object) -> None:
    with pytest.raises(CaseError) as refused:
        Case.model_validate(document)

    (problem,) = refused.value.problems
    assert problem.message.startswith("expected an object")
