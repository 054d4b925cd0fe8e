"""Assertions from tables of every kind, and what is wrong with a table."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import InvalidValue, MissingExtra, TableError
from provenance.learning import Assertions, read_assertions

ROWS = [
    ("ann", "sky", "blue"),
    ("bob", "sky", "green"),
    ("bob", "sea", "blue"),
    ("cid", "sky", "blue"),
]
COLUMNS = {
    name: [row[place] for row in ROWS] for place, name in enumerate(("source", "object", "value"))
}


def as_rows(told: Assertions) -> list[tuple[Any, Any, Any]]:
    """The assertions written out again."""
    return [
        (told.sources[source], told.objects[told.object_of_claim[claim]], told.value(claim))
        for source, claim in zip(told.source.tolist(), told.claim.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    "table",
    [
        ROWS,
        [dict(zip(COLUMNS, row, strict=True)) for row in ROWS],
        COLUMNS,
        pandas.DataFrame(COLUMNS),
        polars.DataFrame(COLUMNS),
        polars.DataFrame(COLUMNS).lazy(),
        polars.DataFrame(COLUMNS, schema=dict.fromkeys(COLUMNS, polars.Categorical)),
        pyarrow.table(COLUMNS),
        iter(ROWS),
    ],
    ids=[
        "tuples",
        "mappings",
        "columns",
        "pandas",
        "polars",
        "lazy",
        "categorical",
        "arrow",
        "iterator",
    ],
)
def test_every_kind_of_table_gives_the_same_assertions(table: Any) -> None:
    told = Assertions.of(table)

    assert sorted(as_rows(told)) == sorted(ROWS)
    assert told.sources == ("ann", "bob", "cid")
    assert told.objects == ("sea", "sky")


def test_a_duckdb_relation_is_a_table() -> None:
    duckdb = pytest.importorskip("duckdb")

    told = Assertions.of(duckdb.from_arrow(pyarrow.table(COLUMNS)))

    assert sorted(as_rows(told)) == sorted(ROWS)


@pytest.mark.parametrize(
    "table",
    [
        pyarrow.table(COLUMNS).to_batches()[0],
        pyarrow.table(COLUMNS).to_reader(),
        np.array(ROWS),
        pandas.DataFrame(COLUMNS).to_records(index=False),
    ],
    ids=["batch", "reader of batches", "numpy rows", "numpy records"],
)
def test_batches_and_arrays_are_tables_too(table: Any) -> None:
    assert sorted(as_rows(Assertions.of(table))) == sorted(ROWS)


names = st.text(min_size=1, max_size=3)
tables = st.lists(st.tuples(names, names, names), min_size=1, max_size=40)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, str, str]], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))

    first, second = Assertions.of(rows), Assertions.of(shuffled)

    assert (
        as_rows(first)
        == as_rows(second)
        == sorted(set(rows), key=lambda row: (row[1], row[2], row[0]))
    )
    assert first.sources == second.sources


@given(tables)
def test_arrays_agree_with_each_other(rows: list[tuple[str, str, str]]) -> None:
    told = Assertions.of(rows)

    assert (np.diff(told.claim) >= 0).all()
    assert told.first_claim[0] == 0
    assert told.first_claim[-1] == told.claims
    assert (np.diff(told.first_claim) >= 1).all()
    assert told.first_assertion[-1] == told.size
    assert (np.bincount(told.claim) == np.diff(told.first_assertion)).all()


def test_each_object_has_values_of_its_own() -> None:
    told = Assertions.of([("a", 1, "x"), ("a", 2, "x"), ("a", 3, "y")])

    assert told.claims == 3
    assert told.values_per_object.tolist() == [1, 1, 1]


def test_repeated_rows_count_once_and_are_reported() -> None:
    told = Assertions.of([*ROWS, *ROWS])

    assert told.size == 4
    assert told.repeated == 4
    assert "4 repeated rows counted once" in told.notes


def test_repeated_rows_count_as_often_as_they_are_made_when_asked() -> None:
    told = Assertions.of([("a", 1, "x"), ("a", 1, "x"), ("b", 1, "y")], repeats="count")

    assert told.weight.tolist() == [2.0, 1.0]


def test_missing_entries_are_left_out_and_counted() -> None:
    rows = [*ROWS, (None, "sky", "blue"), ("dan", None, "blue"), ("eve", "sky", float("nan"))]

    told = Assertions.of(rows)

    assert told.dropped == 3
    assert told.size == 4
    assert "dan" not in told.sources


def test_missing_entries_of_frames_are_left_out() -> None:
    frame = pandas.DataFrame(
        {"source": ["a", None, "b"], "object": [1.0, 2.0, np.nan], "value": ["x", "y", "z"]}
    )

    told = Assertions.of(frame)

    assert told.size == 1
    assert told.dropped == 2


def test_a_source_that_names_two_values_shares_its_voice() -> None:
    told = Assertions.of([("a", 1, "x"), ("a", 1, "y"), ("b", 1, "x")])

    assert told.weight.tolist() == [0.5, 1.0, 0.5]


def test_look_alikes_stay_apart_and_are_noted() -> None:
    told = Assertions.of([("Reuters", 1, "x"), ("R\u0435uters", 1, "y")])

    assert len(told.sources) == 2
    assert any("look alike" in note for note in told.notes)


def test_composed_and_decomposed_letters_stay_apart_and_are_noted() -> None:
    told = Assertions.of([("a", 1, "caf\u00e9"), ("b", 1, "cafe\u0301")])

    assert told.claims == 2
    assert any("look alike" in note for note in told.notes)


def test_a_huge_space_of_ids_takes_memory_for_what_is_there_only() -> None:
    told = Assertions.of([(10**9 + source, source * 10**15, source % 2) for source in range(100)])

    assert told.claims == 100
    assert told.sources[0] == 10**9


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ([], "no rows"),
        (pandas.DataFrame({"source": [], "object": [], "value": []}), "no rows"),
        (pandas.DataFrame({"source": ["a"], "object": [1], "value": [np.nan]}), "only missing"),
        (
            polars.DataFrame({"source": ["a"], "object": [1], "values": ["x"]}),
            "did you mean 'values'",
        ),
        (polars.DataFrame({"source": ["a"], "object": [1]}).lazy(), "no column 'value'"),
        ([("a", 1)], "bad-row"),
        ([{"source": "a", "object": 1}], "bad-row"),
        ("source,object,value", "not-a-table"),
        (7, "not-a-table"),
        ([("a", 1, "1"), ("b", 1, 1)], "text ('1')"),
        ({"source": ["a", "b"], "object": [1], "value": ["x"]}, "one length"),
        ([("a", 1, ["x", "y"])], 'kind="sets"'),
        ([("a", None, "x"), (None, 1, "y")], "found none"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(table: Any, word: str) -> None:
    with pytest.raises(TableError, match=r".*") as caught:
        Assertions.of(table)

    assert word in str(caught.value)


def test_columns_can_be_named() -> None:
    told = Assertions.of(
        pandas.DataFrame({"who": ["a"], "what": [1], "says": ["x"]}),
        source="who",
        object="what",
        value="says",
    )

    assert as_rows(told) == [("a", 1, "x")]


def test_one_column_cannot_play_two_roles() -> None:
    with pytest.raises(InvalidValue, match="column of its own"):
        Assertions.of(ROWS, source="value")


def test_yes_and_one_are_not_the_same_value() -> None:
    with pytest.raises(TableError, match="yes/no"):
        Assertions.of([("a", 1, True), ("b", 1, 1)])


def test_numbers_within_the_tolerance_are_one_claim() -> None:
    rows = [("a", 1, 10.0), ("b", 1, 10.4), ("c", 1, 10.0), ("d", 1, 12.0), ("e", 1, 9.7)]

    told = Assertions.of(rows, kind="numbers", tolerance=0.5)

    assert [told.value(claim) for claim in range(told.claims)] == [10.0, 12.0]
    assert np.bincount(told.claim).tolist() == [4, 1]


def test_infinite_numbers_are_missing() -> None:
    told = Assertions.of([("a", 1, 1.5), ("b", 1, float("inf"))], kind="numbers")

    assert told.size == told.dropped == 1


def test_text_is_no_number() -> None:
    with pytest.raises(TableError, match="expected a number"):
        Assertions.of([("a", 1, "tall")], kind="numbers")


def test_a_tolerance_needs_numbers() -> None:
    with pytest.raises(InvalidValue, match="tolerance"):
        Assertions.of(ROWS, tolerance=1.0)


def test_free_text_goes_together_where_the_caller_says_so() -> None:
    rows = [
        ("a", 1, "Paris"),
        ("b", 1, "paris!"),
        ("c", 1, "PARIS"),
        ("d", 1, "Rome"),
        ("e", 1, "PARIS"),
    ]

    told = Assertions.of(
        rows, same=lambda one, other: one.strip("!").lower() == other.strip("!").lower()
    )

    assert [told.value(claim) for claim in range(told.claims)] == ["PARIS", "Rome"]


def test_two_numbers_of_an_object_go_together_too() -> None:
    told = [("a", 1, 10.0), ("b", 1, 10.4), ("a", 2, 10.0), ("b", 2, 11.0)]

    joined = Assertions.of(told, kind="numbers", tolerance=0.5)

    assert joined.values_per_object.tolist() == [1, 2]


def test_sets_may_be_lists_or_several_rows() -> None:
    listed = Assertions.of([("a", 1, ["x", "y"]), ("b", 1, {"y"})], kind="sets")
    several = Assertions.of([("a", 1, "x"), ("a", 1, "y"), ("b", 1, "y")], kind="sets")

    assert as_rows(listed) == as_rows(several)
    assert listed.weight.tolist() == [1.0, 1.0, 1.0]


def test_times_may_be_dates_numbers_or_text() -> None:
    day = datetime.date(2020, 1, 2)
    rows = [("a", 1, "x", day), ("b", 1, "x", None)]

    dated = Assertions.of(rows, time="when").time
    written = Assertions.of([("a", 1, "x", "2020-01-02")], time="when").time

    assert dated is not None
    assert written is not None
    assert dated[0] == written[0] == 18263.0
    assert np.isnan(dated[1])


def test_of_equal_assertions_the_earliest_is_kept() -> None:
    told = Assertions.of([("a", 1, "x", 5.0), ("a", 1, "x", 3.0)], time="when")

    assert told.time is not None
    assert told.time.tolist() == [3.0]


def test_citations_name_sources_of_the_table() -> None:
    told = Assertions.of(
        [("a", 1, "x", None), ("b", 1, "x", "a"), ("c", 1, "x", "stranger")], cites="cites"
    )

    assert told.cited is not None
    assert told.cited.tolist() == [-1, 0, -1]


def test_files_give_what_frames_give(tmp_path: Path) -> None:
    frame = polars.DataFrame(COLUMNS)
    frame.write_csv(tmp_path / "told.csv")
    frame.write_parquet(tmp_path / "told.parquet")

    for name in ("told.csv", "told.parquet"):
        assert as_rows(read_assertions(tmp_path / name)) == as_rows(Assertions.of(frame))


def test_sets_in_files_may_be_lists_or_several_rows(tmp_path: Path) -> None:
    rows = [("ann", "x", ["p", "q"]), ("bob", "x", ["p"])]
    flat = "source,object,value\nann,x,p\nann,x,q\nbob,x,p\n"
    (tmp_path / "flat.csv").write_text(flat, encoding="utf-8")
    pandas.DataFrame(rows, columns=["source", "object", "value"]).to_parquet(tmp_path / "a.parquet")

    from_csv = read_assertions(tmp_path / "flat.csv", kind="sets")
    from_parquet = read_assertions(tmp_path / "a.parquet", kind="sets")

    assert as_rows(from_csv) == as_rows(from_parquet) == as_rows(Assertions.of(rows, kind="sets"))
    with pytest.raises(TableError, match=r"value\[0\]: expected one value"):
        read_assertions(tmp_path / "a.parquet")


def test_a_person_who_waits_for_a_file_sees_a_bar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "told.csv").write_text("source,object,value\nann,x,p\n", encoding="utf-8")

    read_assertions(tmp_path / "told.csv", progress=True)

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "reading told.csv" in shown.err


def test_ids_in_csv_stay_text(tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text("source,object,value\n007,1,x\n,2,y\n", encoding="utf-8")

    told = read_assertions(tmp_path / "told.csv")

    assert told.sources == ("007",)
    assert told.dropped == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"source,object\na,1\n", "no column 'value'"),
        (b"source,object,value\na,1\n", "3 fields"),
        (b"source,object,value\na,1,\xff\n", "UTF-8"),
        (b"source;object;value\na;1;x\n", "expected commas between fields, found semicolons"),
        (b"source\tobject\tvalue\na\t1\tx\n", "found tabs"),
        (b"", "no column 'source'"),
        (b"source,object,value\n", "no rows"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: bytes, word: str) -> None:
    (tmp_path / "told.csv").write_bytes(text)

    with pytest.raises(TableError) as caught:
        read_assertions(tmp_path / "told.csv")

    assert word in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere.parquet", "", "a\0b.csv"])
def test_a_file_that_cannot_be_read_is_a_problem_of_the_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError, match="cannot-read"):
        read_assertions(tmp_path / name)


def test_a_path_in_place_of_a_table_is_told_how_to_read_it() -> None:
    with pytest.raises(TableError, match="read_assertions"):
        Assertions.of("told.csv")


def test_parquet_without_pyarrow_names_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    with pytest.raises(MissingExtra, match="pyarrow"):
        read_assertions(tmp_path / "told.parquet")


def test_all_columns_that_are_missing_are_told_at_once() -> None:
    table = {"worker": ["ann"], "item": ["sky"], "label": ["blue"]}

    with pytest.raises(TableError) as caught:
        Assertions.of(table, time="when")

    assert [problem.path for problem in caught.value.problems] == [
        "source",
        "object",
        "value",
        "when",
    ]


def test_entries_that_are_no_numbers_are_told_with_their_rows() -> None:
    stated = ["1,2", 1.5, *(f"{n} m" for n in range(9))]
    rows = [("a", place, str(entry)) for place, entry in enumerate(stated)]

    with pytest.raises(TableError) as caught:
        Assertions.of(rows, kind="numbers")

    problems = caught.value.problems
    assert [problem.path for problem in problems] == [f"value[{row}]" for row in (0, 2, 3, 4, 5)]
    assert problems[0].message == "expected a number or a date, found '1,2'"
    assert problems[-1].message.endswith("found '3 m'; so are 5 more entries")


def of_cities(*numbers: Any) -> Assertions:
    return Assertions.of([(f"s{n}", "city", number) for n, number in enumerate(numbers)])


@pytest.mark.parametrize("numbers", [("104", "99.5", "1e2"), (104, 99, 100)])
def test_numbers_that_nobody_repeats_are_noted_as_meant_to_be_estimated(
    numbers: tuple[Any, ...],
) -> None:
    told = of_cities(*numbers)

    assert any('kind="numbers"' in note for note in told.notes)


def test_labels_that_are_numbers_are_labels() -> None:
    told = Assertions.of([(s, o, (o + n) % 2) for n, s in enumerate("ab") for o in range(8)])

    assert told.notes == ()


@pytest.mark.parametrize(
    "numbers",
    [("104", "99", "99", "99"), ("104", "99", "north"), ("104", "nan"), (True, False), ("104",)],
)
def test_words_and_numbers_that_are_repeated_are_taken_as_they_are(
    numbers: tuple[Any, ...],
) -> None:
    told = of_cities(*numbers)

    assert not any('kind="numbers"' in note for note in told.notes)
