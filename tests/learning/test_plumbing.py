"""What goes in and out of learning, entry by entry: numbers, dates, missing ones, names, limits."""

from __future__ import annotations

import datetime
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from provenance.errors import InvalidValue, TableError
from provenance.learning import METHODS, Assertions, calibrate, learn, proposed_voices
from provenance.learning.copying import Copying, CopyingPair
from provenance.learning.encoding import (
    _number,
    _spark_type,
    encoded,
    family_of,
    is_missing,
    is_number,
    numbers_of,
    numbers_together,
    opened,
    ordered,
    table_like,
)
from provenance.learning.labels import Labels, few_and_reused
from provenance.learning.learn import _why_spread
from provenance.learning.learned import _short
from provenance.records import Case
from tests.cases.prices import price

DAY = datetime.date(2020, 1, 31)
NOON = datetime.datetime(2020, 1, 31, 12, tzinfo=datetime.UTC)
# Day 18,292 after the first of January 1970.
ENTRIES: list[tuple[Any, str, bool, float | None]] = [
    ("7", "text", True, 7.0),
    (" 1e3 ", "text", True, 1000.0),
    ("inf", "text", False, math.inf),
    ("2020-01-31", "text", False, 18_292.0),
    ("2020-01-31T12:00", "text", False, 18_292.5),
    ("x", "text", False, None),
    (7, "number", True, 7.0),
    (np.int32(7), "number", True, 7.0),
    (np.float64(1.5), "number", True, 1.5),
    (True, "yes/no", False, None),
    (np.bool_(True), "yes/no", False, None),
    (DAY, "date", False, 18_292.0),
    (NOON, "date", False, 18_292.5),
    (NOON.replace(tzinfo=None), "date", False, 18_292.5),
    (b"x", "bytes", False, None),
]


@pytest.mark.parametrize(("entry", "family", "plain", "number"), ENTRIES)
def test_an_entry_is_of_a_family_and_may_be_a_number(
    entry: Any, family: str, plain: bool, number: float | None
) -> None:
    assert family_of(entry) == family
    assert is_number(entry) is plain
    assert _number(entry) == number
    assert not is_missing(entry)


def test_what_is_not_there_is_missing() -> None:
    class NaTType: ...

    class NAType: ...

    assert all(map(is_missing, (None, math.nan, np.float64("nan"), NaTType(), NAType())))


def test_codes_are_in_the_order_of_the_entries_that_occur() -> None:
    found = encoded(["b", None, "a", "b", None, "c"], "value")

    assert found.entries == ("a", "b", "c")
    assert found.codes.tolist() == [1, -1, 0, 1, -1, 2]
    assert encoded(found, "value") is found
    assert encoded([None, None], "value").codes.tolist() == [-1, -1]


def test_numbers_are_those_of_the_entries_and_missing_ones_are_none() -> None:
    column = encoded(["10", None, "9"], "value")
    days = encoded(["2020-01-31", None], "value")

    numbers = numbers_of(column, "value")
    together = numbers_together(encoded(["10", None, "9", "9.0", "10"], "value"), "value")

    assert numbers.tolist()[0] == 10.0
    assert math.isnan(numbers[1])
    assert numbers.tolist()[2:] == [9.0]
    assert numbers_of(days, "value").tolist()[:1] == [18_292.0]
    assert (together.entries, together.codes.tolist()) == (("9", "10"), [1, -1, 0, 0, 1])


@pytest.mark.parametrize(("odd", "shown", "more"), [(5, 5, ""), (6, 5, "1"), (8, 5, "3")])
def test_five_entries_that_are_no_numbers_are_told_with_how_many_more(
    odd: int, shown: int, more: str
) -> None:
    column = encoded(["1", *(f"x{n}" for n in range(odd)), "x0"], "value")

    with pytest.raises(TableError) as refused:
        numbers_of(column, "value")

    problems = refused.value.problems
    assert [each.path for each in problems] == [f"value[{n + 1}]" for n in range(shown)]
    ends = f"; so are {more} more entries" if more else "found 'x4'"
    assert problems[-1].message.endswith(ends)
    assert problems[0].message.endswith("found 'x0'")


def test_many_texts_are_in_the_order_of_their_code_points() -> None:
    entries = [f"{(n * 7919) % 65_536:x}é" for n in range(50_001)]

    found = ordered(entries, "value")

    assert [entries[at] for at in found.tolist()] == sorted(entries)


def test_what_cannot_be_compared_is_in_the_order_of_what_is_printed() -> None:
    entries = [3j, 1j, 2j]

    assert ordered(entries, "value").tolist() == [1, 2, 0]
    assert ordered([], "value").tolist() == []


def test_tables_are_opened_with_their_rows() -> None:
    assert (opened({}, ()).rows, opened({"a": [1, 2]}, ("a",)).rows) == (0, 2)
    assert opened([], ("a", "b", "c")).rows == 0
    held = opened([{"a": 1, "b": 2, "c": 3}, (4, 5, 6, 7)], ("a", "b", "c", "d"))
    assert held.columns == {"a": [1, 4], "b": [2, 5], "c": [3, 6], "d": [None, 7]}
    with pytest.raises(TableError, match=r"\[1\]: expected \(a, b, c\), found \(1, 2\)"):
        opened([(1, 2, 3), (1, 2)], ("a", "b", "c"))
    with pytest.raises(TableError, match="expected columns of one length"):
        opened({"a": [1], "b": []}, ("a",))


@pytest.mark.parametrize("kind", ["rows", "pandas", "pyarrow", "polars"])
def test_answers_are_of_the_kind_of_the_question(kind: str) -> None:
    if kind != "rows":
        pytest.importorskip(kind)

    made = table_like(kind, {"a": [1, 2], "b": ["x", "y"]})

    assert type(made).__module__.partition(".")[0] == {"rows": "builtins"}.get(kind, kind)
    if kind == "rows":
        assert made == ((1, "x"), (2, "y"))
    else:
        assert list(made["b"]) == ["x", "y"] or made["b"].to_pylist() == ["x", "y"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([None, True], "BooleanType"),
        ([None, 7, 1.5], "LongType"),
        ([1.5], "DoubleType"),
        ([NOON], "TimestampType"),
        ([DAY], "DateType"),
        (["x"], "StringType"),
        ([None], "StringType"),
        ([], "StringType"),
    ],
)
def test_a_column_for_spark_has_the_type_of_its_first_entry(
    column: list[Any], expected: str
) -> None:
    names = ("BooleanType", "LongType", "DoubleType", "TimestampType", "DateType", "StringType")
    types = SimpleNamespace(**{name: lambda name=name: name for name in names})

    assert _spark_type(types, column) == expected


PLAIN = dict.fromkeys(("time", "cites", "kind", "tolerance", "same")) | {"repeats": "once"}


@pytest.mark.parametrize(
    ("method", "more", "rows", "expected"),
    [
        ("one-coin", {}, 10, "asked for"),
        ("one-coin", {"kind": "categories"}, 10, "asked for"),
        ("one-coin", {"kind": "numbers"}, 10, ""),
        ("one-coin", {"cites": "from"}, 10, ""),
        ("ibcc", {}, 10, ""),
        (None, {}, 10, ""),
        (None, {}, 5_000_000, ""),
        (None, {}, 5_000_001, "5,000,001 assertions are more than one machine takes whole"),
        (None, {"repeats": "count"}, 5_000_001, "repeats needs all assertions on one machine"),
        (None, {"same": max}, 5_000_001, "same needs all assertions on one machine"),
        ("ibcc", {}, 5_000_001, "method ibcc needs all assertions on one machine"),
        ("one-coin", {"tolerance": 0.5}, 5_000_001, "tolerance needs all assertions"),
    ],
)
def test_a_frame_of_spark_is_worked_on_where_it_lies_or_it_is_said_why_not(
    method: str | None, more: dict[str, Any], rows: int, expected: str
) -> None:
    frame = SimpleNamespace(count=lambda: rows)
    wanted = None if method is None else METHODS[method]

    if "needs" in expected:
        with pytest.raises(InvalidValue, match=expected):
            _why_spread(frame, wanted, PLAIN | more)
    else:
        why = _why_spread(frame, wanted, PLAIN | more)
        assert why.startswith(expected)
        assert bool(why) is bool(expected)


# Limits in words.


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a" * 40, "a" * 40), ("a" * 41, "a" * 39 + "…"), (" a \n b ", "a b")],
)
def test_a_name_is_cut_at_forty_letters(name: str, expected: str) -> None:
    assert _short(name) == expected


@pytest.mark.parametrize(("sources", "ends"), [(12, ""), (13, "  and 1 more")])
def test_the_twelve_busiest_sources_are_shown(sources: int, ends: str) -> None:
    told = str(learn([(f"s{n:02d}", o, "x") for n in range(sources) for o in range(1 + n // 6)]))

    rows = [line for line in told.splitlines() if line.startswith("  ")]
    assert len(rows) == 13 + bool(ends)
    assert rows[-1].startswith(ends or "  s05")


@pytest.mark.parametrize(("unknown", "is_told"), [(9, False), (10, True)])
def test_known_truths_are_swamped_by_more_than_ten_times_as_much(
    unknown: int, is_told: bool
) -> None:
    rows = [(s, o, "x") for s in "ab" for o in range(1 + unknown)]

    notes = learn(rows, {0: "x"}).notes

    assert any("most say decides" in note for note in notes) is is_told


@pytest.mark.parametrize(
    ("values", "objects", "claims", "expected"),
    [
        (2, 10, 4, True), (2, 9, 4, False), (2, 10, 3, False), (1, 10, 4, False),
        (3, 12, 6, True), (3, 11, 6, False), (4, 16, 8, True), (5, 24, 10, False),
        (5, 25, 10, True), (30, 900, 60, True), (31, 2_000, 62, False),
    ],
)  # fmt: skip
def test_labels_are_few_and_each_is_used_again(
    values: int, objects: int, claims: int, expected: bool
) -> None:
    assert few_and_reused(values, objects, claims) is expected


@pytest.mark.parametrize(("labels", "is_taken"), [(64, True), (65, False)])
def test_at_most_sixty_four_labels_are_compared(labels: int, is_taken: bool) -> None:
    told = Assertions.of([(s, o, o % labels) for s in "ab" for o in range(2 * labels)])

    if is_taken:
        assert Labels.of(told, "test").count == labels
    else:
        with pytest.raises(InvalidValue, match="at most 64"):
            Labels.of(told, "test")


def test_what_is_known_of_an_object_is_held_and_the_rest_keeps_its_proportions() -> None:
    told = Assertions.of([(s, o, v) for o in range(3) for s, v in zip("abc", "xyz", strict=True)])
    labels = Labels.of(told, "test")
    table = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.5, 0.3, 0.2]])
    known = np.array([np.nan, 0.0, np.nan, 1.0, np.nan, np.nan, np.nan, np.nan, np.nan])

    held = labels.held(table, known)

    # Of the first y is ruled out and 5 : 2 stays; of the second x is known; of the third nothing.
    assert held[0] == pytest.approx([5 / 7, 0.0, 2 / 7])
    assert held[1].tolist() == [1.0, 0.0, 0.0]
    assert held[2].tolist() == [0.5, 0.3, 0.2]
    assert labels.known_objects(known).tolist() == [False, True, False]


# Into a case.

EARLY, LATE = "2020-01", "2020-02"


def copies(probability: float = 0.8, share: float = 0.5) -> Copying:
    pair = CopyingPair(
        first=0,
        second=1,
        probability=probability,
        share=share,
        objects=20,
        agreements=18,
        copier=None,
        copier_probability=None,
        cited=0,
    )
    return Copying((pair,), ((0, 1),), np.zeros(0), 1, 0.1, np.zeros(2), names=("ann", "bob"))


def case_of(ann: str | None, bob: str | None) -> Case:
    said = [
        {"id": name[0], "source": name, "claim": "c"} | ({} if day is None else {"said_on": day})
        for name, day in (("ann", ann), ("bob", bob))
    ]
    return Case.model_validate(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}],
            "sources": [{"id": "ann"}, {"id": "bob"}],
            "attributions": said,
        }
    )


@pytest.mark.parametrize(
    ("ann", "bob", "carrier"),
    [
        (None, None, "b"),
        (EARLY, None, "b"),
        (None, LATE, "b"),
        (EARLY, LATE, "b"),
        (EARLY, EARLY, "b"),
        (LATE, EARLY, "a"),
    ],
)
def test_who_spoke_later_carries_the_declaration_where_both_days_are_known(
    ann: str | None, bob: str | None, carrier: str
) -> None:
    (proposal,) = proposed_voices(case_of(ann, bob), copies())

    assert proposal.attribution == carrier
    assert proposal.same_voice_as.probability == 0.4
    assert proposal.why == (
        f"{'ann' if carrier == 'a' else 'bob'} and {'bob' if carrier == 'a' else 'ann'} make the "
        "same claim 18 times in 20, more than independent sources would; about 50% of what they "
        "share is copied"
    )


def test_a_proposal_may_be_as_improbable_as_the_least() -> None:
    case = case_of(None, None)

    assert len(proposed_voices(case, copies(), least=0.4)) == 1
    assert len(proposed_voices(case, copies(), least=0.41)) == 0
    assert len(proposed_voices(case, copies(0.5, 0.1))) == 1
    assert len(proposed_voices(case, copies(0.5, 0.09))) == 0


def test_where_both_slopes_are_turned_round_alike_both_are_left_out() -> None:
    # What is said to be likely fails, and the other way round, evenly on both sides.
    stated = np.array([0.2, 0.8, 0.3, 0.7])

    mended = calibrate(stated, np.array([1, 0, 1, 0]), "beta")

    assert mended.parameters[:2] == (0.0, 0.0)
    assert mended([0.2, 0.9]) == pytest.approx([0.5, 0.5], abs=1e-6)


def test_learning_costs_what_it_did() -> None:
    rows = [(s, o, o % 2) for s in "abc" for o in range(20)]

    found = [price(lambda how=how: learn(rows, method=how)) for how in ("auto", "majority")]  # type: ignore[misc]

    assert found == [66_000, 66_000]
