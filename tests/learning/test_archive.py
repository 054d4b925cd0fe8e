"""From cases to assertions: an archive is read exactly as a track record reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from provenance.assessment import track_record
from provenance.casefiles import load_case
from provenance.errors import TableError
from provenance.learning import Assertions, assertions_of
from provenance.records import Case
from tests.cases.strategies import cases

Row = tuple[str, str, bool]


def rows_of(told: Assertions) -> set[Row]:
    """Who said what of which claim, by name."""
    return {
        (
            told.sources[told.source[at]],
            told.objects[told.object[at]],
            told.value(int(told.claim[at])),
        )
        for at in range(told.size)
    }


def read(case: Case, *, unresolved: bool = False) -> tuple[set[Row], dict[str, bool]]:
    """The rows and outcomes of one case; nothing where nobody said anything that counts."""
    try:
        told = assertions_of({"it": case}, unresolved=unresolved)
    except TableError:
        return set(), {}
    return rows_of(told), dict(told.truth or {})


def of_track_records(case: Case) -> set[Row]:
    """The same from the track record of every source."""
    return {
        (source.id, f"it/{outcome.claim}", outcome.affirmed)
        for source in case.sources
        for outcome in track_record([case], source.id).outcomes
        if outcome.uncounted is None
    }


def one(*attributions: dict[str, Any], resolved: Any = True, **more: Any) -> Case:
    claim: dict[str, Any] = {"id": "sailed", "text": "The ship sailed"}
    if resolved is not None:
        claim["resolved"] = {"value": resolved, "on": "2015-09"}
    return load_case(
        {
            "version": 1,
            "claims": [claim],
            "sources": [{"id": "pilot"}, {"id": "daily"}],
            "attributions": [{"id": f"a{n}", **each} for n, each in enumerate(attributions)],
            **more,
        }
    )


@settings(max_examples=150)
@given(cases())
def test_what_counts_is_what_a_track_record_counts(written: dict[str, Any]) -> None:
    case = load_case(written)

    rows, truth = read(case)

    assert rows == of_track_records(case)
    assert set(truth) == {about for _, about, _ in rows}


@settings(max_examples=50)
@given(cases())
def test_open_claims_only_add_to_what_counts(written: dict[str, Any]) -> None:
    case = load_case(written)

    rows, truth = read(case)
    more, same = read(case, unresolved=True)

    assert rows <= more
    assert same == truth
    assert {row for row in more if row[1] in truth} == rows


def test_words_are_turned_at_one_over_the_answers_of_the_question() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "red", "text": "It was red", "resolved": {"value": True}},
                {"id": "blue", "text": "It was blue"},
                {"id": "grey", "text": "It was grey"},
            ],
            "questions": [{"id": "which", "text": "Which?", "claims": ["red", "blue", "grey"]}],
            "sources": [{"id": "ann"}],
            "attributions": [{"id": "a", "source": "ann", "claim": "red", "wording": 0.4}],
        }
    )

    assert read(case) == ({("ann", "it/red", True)}, {"it/red": True})


def test_a_true_answer_settles_its_alternatives() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "red", "text": "It was red", "resolved": {"value": True}},
                {"id": "blue", "text": "It was blue"},
            ],
            "questions": [{"id": "which", "text": "Which?", "claims": ["red", "blue"]}],
            "sources": [{"id": "ann"}],
            "attributions": [{"id": "a", "source": "ann", "claim": "blue"}],
        }
    )

    assert read(case) == ({("ann", "it/blue", True)}, {"it/blue": False})


@pytest.mark.parametrize(
    "more",
    [
        {"said_on": "2015-10"},
        {"retracted_on": "2015-08"},
        {"basis": "inference"},
        {"basis": "secondhand"},
        {"wording": "may"},
    ],
)
def test_what_shows_nothing_of_a_source_is_left_out(more: dict[str, Any]) -> None:
    with pytest.raises(TableError, match="no rows"):
        assertions_of([one({"source": "pilot", "claim": "sailed", **more})])


def test_what_was_taken_back_once_the_outcome_was_known_counts() -> None:
    case = one({"source": "pilot", "claim": "sailed", "retracted_on": "2015-10"}, resolved=False)

    assert read(case) == ({("pilot", "it/sailed", True)}, {"it/sailed": False})


def test_who_says_it_twice_has_one_voice() -> None:
    case = one(
        {"source": "pilot", "claim": "sailed"},
        {"source": "pilot", "claim": "sailed", "wording": "probably"},
    )

    assert assertions_of([case]).size == 1
