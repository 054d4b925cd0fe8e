"""What is no case is told as what it is, wherever it stands."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from provenance import dump_case, load_case
from provenance.casefiles import case_digest, merge_cases
from provenance.casefiles.json_text import read_object
from provenance.errors import CaseError, InvalidValue

DRAFT = {"version": 1, "statements": [], "sources": []}


def test_a_draft_is_told_as_a_draft_with_what_to_do_with_it(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(DRAFT))

    for given, name in ((DRAFT, "DRAFT"), (path, str(path))):
        with pytest.raises(CaseError) as caught:
            load_case(given)
        (problem,) = caught.value.problems
        assert str(problem) == (
            "expected a case, found a draft, whose statements a person has to confirm first "
            f"(provenance review {name}, then with --case case.json for its case) [is-a-draft]"
        )
        assert str(path) not in str(caught.value).splitlines()[0] or given == path


def test_a_document_with_attributions_too_is_no_draft() -> None:
    with pytest.raises(CaseError) as caught:
        load_case(DRAFT | {"attributions": [], "claims": []})

    assert [each.code for each in caught.value.problems] == ["unknown-field"]


def test_an_object_is_read_from_a_path_a_text_or_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}')

    assert read_object(path, "document") == ({"a": 1}, str(path))
    assert read_object('{"a": 1}', "document") == ({"a": 1}, "")
    assert read_object({"a": 1}, "document") == ({"a": 1}, "")


def test_what_is_no_object_or_loses_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[1]")

    with pytest.raises(CaseError) as caught:
        read_object(path, "document")
    assert [str(each) for each in caught.value.problems] == [
        "expected an object, found a list (begin it with {) [not-an-object]"
    ]
    assert str(path) in str(caught.value)

    with pytest.raises(CaseError) as caught:
        read_object('{"a": 1, "a": 2}', "document")
    assert [each.code for each in caught.value.problems] == ["duplicate-key"]


@pytest.mark.parametrize("given", [[None], ["case"], 7, None])
def test_what_is_no_case_is_not_merged(given: Any) -> None:
    said = "^expected cases to merge, found something else among them$"

    with pytest.raises(InvalidValue, match=said):
        merge_cases(given)


def test_what_is_no_case_is_not_written() -> None:
    said = (
        "^expected a Case, found dict; load_case reads one from a path, a text, bytes or a mapping$"
    )

    with pytest.raises(InvalidValue, match=said):
        dump_case({})  # type: ignore[arg-type]


def test_the_digest_of_a_case_is_that_of_its_canonical_text_in_utf_8() -> None:
    case = load_case(
        '{"version": 1, "sources": [], "attributions": [], "title": "أسلحة",'
        ' "claims": [{"text": "Égypte", "id": "c", "note": "a: b, c"}]}'
    )
    canonical = (
        '{"attributions":[],"claims":[{"id":"c","note":"a: b, c","text":"Égypte"}],"sources":[],'
        '"title":"أسلحة","version":1}'
    )

    assert case_digest(case) == hashlib.sha256(canonical.encode("utf-8")).hexdigest()
