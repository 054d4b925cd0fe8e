"""Track records: what a source said of its own, and only what has been settled, counts."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.assessment import TrackRecord, graded, track_record, weigh
from provenance.casefiles import load_case
from provenance.errors import CaseError, InvalidValue, UnknownName
from provenance.records import Case, Outcomes
from provenance.scales import Degree


def case_of(*attributions: dict[str, Any], resolved: Any = True, **more: Any) -> Case:
    """One claim about a ship, settled in September 2015 unless said otherwise."""
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


def says(**more: Any) -> dict[str, Any]:
    return {"source": "pilot", "claim": "sailed", **more}


def counts(*cases: Case, source: str = "pilot") -> tuple[int, int]:
    record = track_record(cases, source)
    return record.confirmed, record.refuted


def why(case: Case) -> str | None:
    (outcome,) = track_record([case], "pilot").outcomes
    return outcome.uncounted


@pytest.mark.parametrize(
    ("stance", "resolved", "expected"),
    [
        ("affirms", True, (1, 0)),
        ("affirms", False, (0, 1)),
        ("denies", True, (0, 1)),
        ("denies", False, (1, 0)),
    ],
)
def test_what_it_affirmed_or_denied_is_held_against_how_it_turned_out(
    stance: str, resolved: bool, expected: tuple[int, int]
) -> None:
    assert counts(case_of(says(stance=stance), resolved=resolved)) == expected


def test_cases_add_up() -> None:
    right, wrong = case_of(says()), case_of(says(), resolved=False)

    record = track_record([right, wrong, right], "pilot")

    assert record.counts == {"confirmed": 2, "refuted": 1}
    assert [each.case for each in record.outcomes] == [0, 1, 2]
    assert record.reliability == Degree.from_accuracy(3.0, 2.0)


def test_accusations_that_nobody_has_settled_count_for_nothing() -> None:
    record = track_record([case_of(says(), resolved=None)] * 20, "pilot")

    assert (record.confirmed, record.refuted, record.unsettled) == (0, 0, 20)
    assert record.reliability is None
    assert "count for nothing" in str(record)


def test_saying_the_same_twice_counts_once() -> None:
    assert counts(case_of(says(), says(verb="repeated"))) == (1, 0)


def test_saying_both_counts_as_both() -> None:
    assert counts(case_of(says(), says(stance="denies"))) == (1, 1)


def test_a_repetition_that_counts_stands_for_one_that_does_not() -> None:
    assert counts(case_of(says(said_on="2016"), says(said_on="2015-08"))) == (1, 0)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"said_on": "2015-10"}, "hindsight"),
        ({"said_on": "2015-08"}, None),
        ({"wording": "may"}, "hedged"),
        ({"wording": "probably"}, None),
        ({"basis": "inference"}, "inference"),
        ({"basis": "secondhand"}, "hearsay"),
        ({"retracted_on": "2015-08"}, "withdrawn"),
        ({"retracted_on": "2015-10"}, None),
    ],
)
def test_what_shows_nothing_is_listed_and_not_counted(
    how: dict[str, Any], expected: str | None
) -> None:
    case = case_of(says(**how))

    assert why(case) == expected
    assert counts(case) == ((1, 0) if expected is None else (0, 0))


def test_words_that_turn_what_is_said_count_as_a_denial() -> None:
    assert counts(case_of(says(wording=0.1))) == (0, 1)


def test_what_it_merely_passed_on_is_no_track_record() -> None:
    relay = {"source": "daily", "cites": "a0"}

    record = track_record([case_of(says(), relay)], "daily")

    assert record.counts == {"confirmed": 0, "refuted": 0}
    assert [each.cited for each in record.passed_on] == ["a0"]
    assert record.passed_on[0].faithful is None


@pytest.mark.parametrize(("stance", "faithful"), [("affirms", (1, 0)), ("disowns", (0, 1))])
def test_a_relay_is_compared_with_an_original_in_hand(
    stance: str, faithful: tuple[int, int]
) -> None:
    relay = {"source": "daily", "cites": "a0", "stance": stance}

    record = track_record([case_of(says(in_hand=True), relay)], "daily")

    assert (record.faithful, record.unfaithful) == faithful
    # An unknown hand passes on .40, which is worth two observations; here is one more.
    assert record.passing_on.strength == 3.0
    assert record.passing_on.mean == pytest.approx((0.4 * 2 + faithful[0]) / 3)


def test_who_found_out_what_is_passed_on_stands_for_it() -> None:
    relay = {"source": "daily", "cites": "a0", "basis": "own-inquiry"}

    assert counts(case_of(says(), relay), source="daily") == (1, 0)


def test_a_relay_of_a_denial_is_one() -> None:
    relay = {"source": "daily", "cites": "a0", "basis": "own-inquiry"}

    assert counts(case_of(says(stance="denies"), relay), source="daily") == (0, 1)


def test_a_true_answer_settles_its_alternatives() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "red", "text": "Red", "resolved": {"value": True}},
                {"id": "blue", "text": "Blue"},
            ],
            "questions": [{"id": "q", "text": "Which?", "claims": ["red", "blue"]}],
            "sources": [{"id": "pilot"}],
            "attributions": [{"id": "a", "source": "pilot", "claim": "blue"}],
        }
    )

    assert counts(case) == (0, 1)


def test_a_circle_of_relays_says_what_it_comes_back_to() -> None:
    case = case_of(
        {"source": "daily", "cites": ["a1", "a2"], "basis": "own-inquiry"},
        {"source": "pilot", "cites": "a0"},
        says(),
    )

    assert counts(case, source="daily") == (1, 0)


def test_a_source_that_no_case_has_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName):
        track_record([case_of(says())], "polit")


def test_the_list_behind_the_counts_reads_as_text_and_is_plain_data() -> None:
    record = track_record([case_of(says(), says(stance="denies", wording="may"))], "pilot")

    assert str(record).splitlines()[:2] == [
        "pilot: 1 confirmed, 0 refuted",
        "  confirmed: affirmed 'The ship sailed' [case 0, a0]",
    ]
    assert record.data["outcomes"][0]["confirmed"] is True


def test_what_it_passed_on_is_told_with_how_much_could_be_compared() -> None:
    relay = {"source": "daily", "cites": "a0"}

    text = str(track_record([case_of(says(in_hand=True), relay)], "daily"))

    assert "passed on 1: 1 could be compared with the original, 1 agreed" in text


def test_citing_itself_is_not_passing_on() -> None:
    again = {"source": "pilot", "cites": "a0"}

    assert track_record([case_of(says(), again)], "pilot").passed_on == ()


# ---------------------------------------------------------------- grading a case by records


def test_a_case_is_graded_by_its_track_records() -> None:
    record = track_record([case_of(says())] * 8, "pilot")
    new = case_of(says(), resolved=None)

    found = graded(new, [record])

    assert found.sources[0].reliability == Outcomes(confirmed=8, refuted=0)
    assert weigh(found, "sailed").probability > 0.8
    assert found.sources[1] == new.sources[1]


def test_a_record_in_which_nothing_counted_leaves_the_source_as_it_was() -> None:
    new = case_of(says(), resolved=None)
    empty = TrackRecord("pilot", (), (), 12)

    assert graded(new, [empty]) == new


@pytest.mark.parametrize("form", [Degree(0.8, 12.0), Degree(0.8), "B", 0.8])
def test_a_case_is_graded_by_learned_reliabilities_in_any_form(form: Any) -> None:
    found = graded(case_of(says(), resolved=None), {"pilot": form, "somebody else": form})

    assert weigh(found, "sailed").probability > 0.85


def test_records_of_nobody_in_the_case_are_an_unknown_name() -> None:
    with pytest.raises(UnknownName, match="polit"):
        graded(case_of(says()), {"polit": "B"})


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(InvalidValue, match="track record"):
        graded(case_of(says()), ["pilot"])  # type: ignore[list-item]
    with pytest.raises(CaseError):
        graded(case_of(says()), {"pilot": 7})
