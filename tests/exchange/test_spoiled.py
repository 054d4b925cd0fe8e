"""What readers make of documents in which one thing is wrong is as the files have it."""

from __future__ import annotations

import pytest

from tests.exchange.spoiled import DOCUMENTS, FOLDER, told


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_with_one_thing_wrong_is_read_as_the_file_has_it(name: str) -> None:
    made = "\n".join([*told(name), ""])

    # If this fails: python -m tests.exchange.spoiled, and read what has changed.
    assert made == (FOLDER / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_with_nothing_wrong_is_read(name: str) -> None:
    whole = DOCUMENTS[name]

    found = whole.read(whole.document)

    assert found == () or found.case.attributions


def test_there_is_no_other_file_of_spoiled_documents() -> None:
    assert sorted(each.stem for each in FOLDER.iterdir()) == sorted(DOCUMENTS)
