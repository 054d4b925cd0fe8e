"""Drafts as values: they hold together, go round as JSON, and are described by a schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from drafted_texts import drafted

from provenance.drafting import Draft, draft_schema, load_draft, save_draft
from provenance.errors import CaseError, FormatError, UnknownName

TEXT = "The ship sailed at night, a source told the Velm Herald. Maria Ost denied that it sailed."


def test_a_draft_comes_back_from_its_json() -> None:
    found = drafted(TEXT)

    assert load_draft(found.to_json()) == found
    assert load_draft(found.to_json().encode()) == found
    assert load_draft(json.loads(found.to_json())) == found


def test_a_draft_comes_back_from_a_file(tmp_path: Path) -> None:
    found = drafted(TEXT)

    save_draft(found, tmp_path / "draft.json")

    assert load_draft(tmp_path / "draft.json") == found
    assert load_draft(str(tmp_path / "draft.json")) == found


def test_a_draft_is_what_its_schema_says() -> None:
    schema = draft_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(drafted(TEXT).to_json()))


def test_a_draft_has_its_parts_by_name() -> None:
    found = drafted(TEXT)

    assert found.statement("the-gazette-1").speaker.source == "the-gazette.a-source"
    assert found.source("velm-herald").label == "Velm Herald"
    assert found.document("the-gazette").text == TEXT
    with pytest.raises(UnknownName, match="no statement 'none'"):
        found.statement("none")


def broken(change: dict[str, Any]) -> Draft:
    """The draft of the text with something changed, by its path."""
    data = json.loads(drafted(TEXT).to_json())
    for path, value in change.items():
        *way, last = [int(each) if each.isdigit() else each for each in path.split(".")]
        target = data
        for step in way:
            target = target[step]
        target[last] = value
    return load_draft(data)


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"statements.0.claim": "none"}, "statements[0].claim", "dangling-reference"),
        ({"statements.0.document": "none"}, "statements[0].document", "dangling-reference"),
        ({"statements.0.continues": "none"}, "statements[0].continues", "dangling-reference"),
        (
            {"statements.0.differs_from": ["none"]},
            "statements[0].differs_from",
            "dangling-reference",
        ),
        (
            {"statements.0.chain.1.source": "x"},
            "statements[0].chain[1].source",
            "dangling-reference",
        ),
        ({"documents.0.publisher_id": "x"}, "documents[0].publisher_id", "dangling-reference"),
        ({"statements.1.id": "the-gazette-1"}, "statements[1].id", "duplicate-id"),
        (
            {"statements.0.content.0.text": "The ship sailed at dusk."},
            "statements[0].content[0]",
            "wrong-passage",
        ),
        (
            {"statements.0.chain.0.role": "relay"},
            "statements[0].chain[0]",
            "chain-without-its-publisher",
        ),
        (
            {"statements.0.chain.2.source": "velm-herald"},
            "statements[0].chain",
            "circular-chain",
        ),
    ],
)
def test_a_draft_that_does_not_hold_together_is_refused_with_the_place(
    change: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(CaseError) as caught:
        broken(change)

    assert (path, code) in [(each.path, each.code) for each in caught.value.problems]


def test_all_problems_of_a_draft_are_told_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        broken({"statements.0.claim": "none", "statements.1.claim": "none"})

    assert len(caught.value.problems) == 2


def test_an_unknown_field_of_a_draft_is_refused_and_an_extension_is_kept() -> None:
    with pytest.raises(CaseError, match="unknown-field"):
        broken({"colour": "red"})

    assert broken({"x-desk": "night"}).extensions == {"x-desk": "night"}


@pytest.mark.parametrize("text", ["[]", "", "{", '{"version": 1, "version": 1, "documents": []}'])
def test_what_is_no_draft_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text(text, encoding="utf-8")

    with pytest.raises((FormatError, CaseError)):
        load_draft(tmp_path / "draft.json")


def test_a_draft_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no such file"):
        load_draft(tmp_path / "none.json")


def test_a_frozen_draft_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        drafted(TEXT).title = "another"  # type: ignore[misc]
