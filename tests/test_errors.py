"""What errors say of what went wrong."""

from __future__ import annotations

import pickle

import pytest

from provenance import Case, Claim, ImpliesLink, ImpossibleEvidence, weigh
from provenance.errors import (
    Cancelled,
    CaseError,
    FormatError,
    IncompatiblePriors,
    InvalidValue,
    MissingExtra,
    Problem,
    ProvenanceError,
    TableError,
    TooCostly,
    TooEntangled,
    UnknownName,
)
from tests.cases.declared import declared, file_of


def test_resolutions_that_contradict_each_other_are_named_as_the_cause() -> None:
    case = Case(
        claims=[
            Claim(id="left", text="It left", resolved={"value": True}),
            Claim(id="sailed", text="It sailed", resolved={"value": False}),
            Claim(id="seen", text="It was seen"),
        ],
        sources=[],
        attributions=[],
        links=[
            ImpliesLink(claim="left", implies="sailed"),
            ImpliesLink(claim="left", implies="seen"),
        ],
    )

    with pytest.raises(ImpossibleEvidence, match="how its claims were resolved"):
        weigh(case, "seen")


def problems(count: int) -> list[Problem]:
    return [Problem(f"claims.{n}", "empty", "expected some text", "say it") for n in range(count)]


NINE = [f"a{n}" for n in range(9)]
TOLD: list[tuple[ProvenanceError, str]] = [
    (CaseError(problems(1)), "1 problem\n  claims.0: expected some text (say it) [empty]"),
    (
        FormatError(problems(2), "it.json"),
        (
            "2 problems in it.json\n"
            "  claims.0: expected some text (say it) [empty]\n"
            "  claims.1: expected some text (say it) [empty]"
        ),
    ),
    (TableError(()), "0 problems"),
    (UnknownName("claim", "left"), "no claim 'left'"),
    (
        UnknownName("claim", "lefd", ("right", "left", "leftmost")),
        "no claim 'lefd'; did you mean 'left', 'leftmost'?",
    ),
    (
        UnknownName("claim", "zz", ("one", "two", "three", "four", "five", "six")),
        "no claim 'zz'; did you mean 'one', 'two', 'three', 'four', 'five'?",
    ),
    (
        UnknownName("claim", "lefd", ("left", "lead"), "a source", {"left": "it left"}),
        "no claim 'lefd', which is a source; did you mean 'left' (it left), 'lead'?",
    ),
    (
        UnknownName("claim", "lefd", ("left",), hint="look at the file"),
        "no claim 'lefd'; look at the file",
    ),
    (
        ImpossibleEvidence(["a"]),
        (
            "these cannot all be true under the certainties of the case: 'a'; lower a reliability, a "
            "skill or a link strength that is exactly 0 or 1, or correct a resolution"
        ),
    ),
    (
        ImpossibleEvidence(NINE, {"a0": "what Ann said"}),
        (
            "these cannot all be true under the certainties of the case: what Ann said, 'a1', 'a2', "
            "'a3', 'a4', 'a5', 'a6', 'a7' and 1 more; lower a reliability, a skill or a link strength "
            "that is exactly 0 or 1, or correct a resolution"
        ),
    ),
    (
        ImpossibleEvidence(NINE[:8]),
        (
            "these cannot all be true under the certainties of the case: 'a0', 'a1', 'a2', 'a3', 'a4', "
            "'a5', 'a6' and 'a7'; lower a reliability, a skill or a link strength that is exactly 0 "
            "or 1, or correct a resolution"
        ),
    ),
    (
        IncompatiblePriors(["a", "b"], 0.0123),
        (
            "the stated priors of 'a' and 'b' cannot hold together under their links (the closest fit "
            "misses one of these priors by 0.012); change a prior, leave one unstated, or weaken a "
            "link; claims of which just one is true are better written as the answers of a question"
        ),
    ),
    (
        IncompatiblePriors(["a", "b"], 1.0),
        (
            "the stated priors of 'a' and 'b' cannot hold together under their links (no probabilities "
            "keep to both); change a prior, leave one unstated, or weaken a link; claims of which just "
            "one is true are better written as the answers of a question"
        ),
    ),
    (
        TooEntangled(["q", "r"], 40_000, 16_384, {"r": "who it was"}),
        (
            "the links between 'q' and who it was need a table of 40,000 entries, over the limit of "
            "16,384; write exclusive claims as alternatives of one question, or drop weak links"
        ),
    ),
    (
        TooCostly("weighing", 2_000, 1_000),
        (
            "expected to stay within 1,000 operations, found at least 2,000 for weighing; allow more "
            "with a larger budget, or ask less of the case"
        ),
    ),
    (
        TooCostly("weighing", 2_000, 1_000, "many relays"),
        (
            "expected to stay within 1,000 operations, found at least 2,000 for weighing: many relays; "
            "allow more with a larger budget, or ask less of the case"
        ),
    ),
    (Cancelled("weighing"), "called off during weighing"),
    (InvalidValue("expected a number"), "expected a number"),
    (
        MissingExtra("stix", "stix2"),
        "this needs 'stix2', which the extra 'stix' installs: pip install 'claim-provenance[stix]'",
    ),
]


@pytest.mark.parametrize(("error", "text"), TOLD)
def test_an_error_says_what_it_says(error: ProvenanceError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in TOLD], ids=lambda each: str(each)[:40])
def test_an_error_comes_back_from_another_process_with_its_facts(error: ProvenanceError) -> None:
    back = pickle.loads(pickle.dumps(error))

    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)


def test_twenty_problems_are_shown_and_the_rest_counted() -> None:
    twenty, more = str(CaseError(problems(20))), str(CaseError(problems(23)))

    assert len(twenty.splitlines()) == 21
    assert more.splitlines()[:21] == ["23 problems", *twenty.splitlines()[1:]]
    assert more.splitlines()[21].startswith("  … and 3 more: `problems` of the error has all")
    assert len(CaseError(problems(23)).problems) == 23


def test_a_name_is_compared_with_the_first_ten_thousand() -> None:
    names = [f"{n:05d}" for n in range(9_999)]

    assert UnknownName("claim", "saild", (*names, "sailed")).nearest == ("sailed",)
    assert UnknownName("claim", "saild", (*names, "00000", "sailed")).nearest == ()


def test_records_are_called_by_the_names_of_those_that_are_told() -> None:
    names = {each: each.upper() for each in NINE} | {"other": "another"}

    called = ImpossibleEvidence(NINE).calling(names)

    assert called.called == {each: each.upper() for each in NINE[:8]}
    assert "A0, A1, A2, A3, A4, A5, A6, A7 and 1 more" in str(called)
    assert called.records == tuple(NINE)


def test_what_errors_declare_is_as_the_file_has_it() -> None:
    # If this fails: python -m tests.cases.declared, and read what has changed.
    assert declared("errors") == file_of("errors").read_text("utf-8")


@pytest.mark.parametrize("count", range(19, 30))
def test_of_many_problems_it_is_said_how_many_more_there_are(count: int) -> None:
    said = str(CaseError(problems(count))).splitlines()

    assert len(said) == 1 + min(count, 20) + (count > 20)
    assert count <= 20 or said[-1].startswith(f"  … and {count - 20} more: ")
