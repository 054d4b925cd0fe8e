"""Records that are made in Python: what is refused, in which words, and what records say of themselves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from provenance.errors import CaseError, InvalidValue
from provenance.records import Attribution, Called, Case, Claim, Question, Source, Span, validation

REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "expected either a claim or cites, found neither (write the one that it does)"),
    (
        {"claim": "c", "cites": "b"},
        "expected either a claim or cites, found both (write the one that it does)",
    ),
    (
        {"cites": "b", "stance": "denies"},
        (
            "expected a relay that passes on or disowns what it cites, found one that denies it (to report "
            "somebody's denial, leave the stance out; to answer that the claim is false, write claim "
            'instead of cites; to say that it was never said, write "disowns")'
        ),
    ),
    (
        {"cites": "b", "stance": "silent", "would_speak": 0.5},
        "expected a silence about a claim, found one that cites (name the claim in `claim`)",
    ),
    (
        {"claim": "c", "stance": "disowns"},
        (
            "expected what is disowned in `cites`, found a claim (cite the statement that was never made, "
            'or write "denies")'
        ),
    ),
    (
        {"claim": "c", "stance": "silent"},
        (
            "expected would_speak beside a silence, found none (write how likely the source would have "
            "spoken had it known, above 0 and at most 1)"
        ),
    ),
    (
        {"claim": "c", "would_speak": 0.5},
        (
            'expected would_speak only where the stance is "silent" (set stance to "silent", or leave '
            "would_speak out)"
        ),
    ),
    (
        {"claim": "c", "retracted_because": "error"},
        "expected retracted_on beside retracted_because, found none (write when it was withdrawn)",
    ),
    (
        {"claim": "c", "stance": "silent", "would_speak": 0.5, "wording": 0.5, "in_hand": False},
        "expected a silence, which has no wording and no in_hand (leave this out)",
    ),
    (
        {"claim": "c", "wording": 1e-13},
        (
            "wording: expected 0 or a number at least 1e-12 away from it, found 1e-13 (write 0, or what "
            "you can defend)"
        ),
    ),
    (
        {"claim": "c", "wording": 1 - 1e-13},
        (
            "wording: expected 1 or a number at least 1e-12 away from it, found 0.9999999999999 (write 1, "
            "or what you can defend)"
        ),
    ),
    (
        {"claim": "c", "interest": 9e-13},
        "interest: expected a number of at least 1e-12, found 9e-13 (write a larger number)",
    ),
)
ACCEPTED: tuple[dict[str, Any], ...] = (
    {"claim": "c", "stance": "silent", "would_speak": 1, "in_hand": True},
    {"claim": "c", "retracted_on": "2015", "retracted_because": "error"},
    {"cites": "b", "stance": "disowns"},
    {"claim": "c", "wording": 0},
    {"claim": "c", "wording": 1},
    {"claim": "c", "wording": 1e-12},
    {"claim": "c", "interest": 1e-12},
)


@pytest.mark.parametrize(("fields", "said"), REFUSED)
def test_an_attribution_that_does_not_fit_together_is_refused_in_words(
    fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", **fields)

    (problem,) = caught.value.problems
    assert str(problem) == f"{said} [{problem.code}]"


@pytest.mark.parametrize("fields", ACCEPTED)
def test_an_attribution_at_the_edge_of_what_fits_is_taken(fields: dict[str, Any]) -> None:
    written = Attribution(id="a", source="s", **fields).written()

    assert written == {"id": "a", "source": "s", **fields}


def test_an_attribution_tells_silences_what_is_turned_and_work_of_ones_own() -> None:
    more = {"silent": {"would_speak": 0.5}}
    of_claim = {
        stance: Attribution(id="a", source="s", claim="c", stance=stance, **more.get(stance, {}))
        for stance in ("affirms", "denies", "silent")
    }
    relay = Attribution(id="a", source="s", cites="b", stance="disowns")
    bases = ("firsthand", "own-inquiry", "secondhand", "inference", "unstated")

    own = [Attribution(id="a", source="s", claim="c", basis=each).is_own_work for each in bases]

    assert [each.is_silence for each in (*of_claim.values(), relay)] == [False, False, True, False]
    assert [each.turns for each in (*of_claim.values(), relay)] == [False, True, False, True]
    assert own == [True, True, False, False, False]


def test_of_dated_grades_the_last_one_from_on_or_before_a_day_holds() -> None:
    grades = [{"from": "2016", "reliability": "D"}, {"from": "2014", "reliability": "C"}]
    source = Source(id="s", reliability=grades)
    days = [datetime.datetime(*day) for day in ((2013, 12, 31), (2014, 1, 1), (2015, 12, 31))]

    assert [source.reliability_on(day) for day in days] == [None, "C", "C"]
    assert source.reliability_on(datetime.datetime(2016, 1, 1)) == "D"
    assert source.reliability_on() == "D"
    assert Source(id="s", reliability="B").reliability_on(days[0]) == "B"


def test_a_source_is_called_by_its_name_or_as_it_is_described_or_by_its_id() -> None:
    assert Source(id="s", name="Ann", described_as="a sailor").title == "Ann"
    assert Source(id="s", described_as="a sailor").title == "a sailor"
    assert Source(id="s").title == "s"


@pytest.mark.parametrize("count", [1, 2, 5, 6, 7, 9])
def test_a_question_named_as_a_claim_is_told_with_six_of_its_answers(count: int) -> None:
    claims = [Claim(id=f"c{n}", text=f"It was {n}") for n in range(max(2, count))]
    question = Question(id="q", text="Which?", claims=[each.id for each in claims])
    case = Case(claims=claims, questions=[question], sources=[], attributions=[])

    said = Called(case).really("claim", "q")

    shown = [f"'c{n}' (“It was {n}”)" for n in range(min(6, len(claims)))]
    if len(claims) > 6:
        shown.append(f"{len(claims) - 6} more")
    listed = f"{', '.join(shown[:-1])} and {shown[-1]}"
    assert said == f"'q' is a question; its answers are {listed}"


def test_a_name_that_is_another_record_s_is_told_as_that() -> None:
    case = Case(
        claims=[Claim(id="c", text="It sailed")],
        sources=[Source(id="s", name="Ann Li")],
        attributions=[],
    )
    called = Called(case)

    assert called.really("source", "c") == "'c' is the id of a claim"
    assert called.really("claim", "it sailed") == "that is the text of 'c'"
    assert called.really("source", "ann li") == "that is the name of 's'"
    assert called.really("source", "Bo") == ""


def test_a_moment_is_told_in_utc_to_the_minute_and_needs_a_time_zone() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))

    assert (
        str(Span.of(datetime.datetime(2015, 8, 28, 1, 7, 59, tzinfo=zone))) == "2015-08-27T23:07Z"
    )
    assert Span.of(Span("2015")) == Span("2015")
    with pytest.raises(InvalidValue, match=r"a moment with a time zone, found datetime\.datetime"):
        Span.of(datetime.datetime(2015, 8, 28, 13))
    with pytest.raises(InvalidValue, match=r"^expected a date such as 2015, .*, found 7$"):
        Span.of(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "is_taken"), [(3, True), (4, False)])
def test_an_extension_may_hold_so_many_values_and_no_more(
    monkeypatch: pytest.MonkeyPatch, count: int, is_taken: bool
) -> None:
    # The list is a value itself.
    monkeypatch.setattr(validation, "MOST_VALUES", 4)
    fields = {"id": "c", "text": "It sailed", "x-desk": list(range(count))}

    if is_taken:
        assert Claim.model_validate(fields).written() == fields
    else:
        with pytest.raises(CaseError, match="at most 4 values in an extension"):
            Claim.model_validate(fields)
