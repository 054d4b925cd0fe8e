"""Tables as strangers bring them: what is wrong is said with what was expected, found, and where."""

from __future__ import annotations

import decimal
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

from provenance import load_sources
from provenance.errors import CaseError, InvalidValue, TableError
from provenance.learning import learn, read_assertions

ROWS = [("a", "x", "1"), ("b", "x", "1"), ("c", "x", "2"), ("a", "y", "3")]
FRAME = pandas.DataFrame(ROWS, columns=["source", "object", "value"])


def problems(error: pytest.ExceptionInfo[Any]) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in error.value.problems]


def test_a_frame_with_a_column_twice_is_refused_by_name() -> None:
    twice = pandas.concat([FRAME, FRAME[["value"]]], axis=1)

    with pytest.raises(TableError, match=r"columns of different names, found: .*'value'") as error:
        learn(twice)

    assert problems(error) == [("", "duplicate-columns")]


def test_a_wide_table_is_told_to_be_made_long() -> None:
    wide = FRAME.pivot(index="object", columns="source", values="value").reset_index()

    with pytest.raises(TableError) as error:
        learn(wide)

    assert problems(error) == [("source", "unknown-column"), ("value", "unknown-column")]
    assert all("made long" in each.fix for each in error.value.problems)


def test_other_names_of_columns_are_no_wide_table() -> None:
    with pytest.raises(TableError) as error:
        learn(FRAME.rename(columns=str.title))

    assert all("made long" not in each.fix for each in error.value.problems)
    assert "did you mean 'Source'?" in str(error.value)


def test_of_many_rows_that_do_not_fit_the_first_are_shown_and_the_rest_counted() -> None:
    with pytest.raises(TableError) as error:
        learn([*ROWS, *([("a", "x")] * 30)])

    assert [each.path for each in error.value.problems] == ["[4]", "[5]", "[6]", "[7]", "[8]"]
    assert error.value.problems[-1].message.endswith("so are 25 more rows")
    assert "more rows" not in error.value.problems[0].message


def test_a_path_is_told_how_it_is_read() -> None:
    with pytest.raises(TableError, match=r"found .*Path.* \(read a file first"):
        learn(Path("told.csv"))


def test_decimals_are_numbers() -> None:
    told = [(s, "x", decimal.Decimal(v)) for s, v in zip("abc", ("1.5", "1.5", "NaN"), strict=True)]

    learned = learn(told, kind="numbers")

    assert learned.number_of("x")[0] == pytest.approx(1.5)
    assert learned.assertions.dropped == 1


def test_a_number_beyond_all_floats_is_left_out() -> None:
    learned = learn([("a", "x", 10**400), ("b", "x", 1), ("c", "x", 2)], kind="numbers")

    assert learned.assertions.values == (1, 2)
    assert "1 row without a source, an object or a value left out" in learned.notes


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({"dependence": "much"}, "between 0 and 1, found 'much'"),
        ({"dependence": "0.3"}, "between 0 and 1, found '0.3'"),
        ({"dependence": True}, "between 0 and 1, found True"),
        ({"tolerance": "some"}, "tolerance of 0 or more"),
        ({"tolerance": "0.3"}, "tolerance of 0 or more"),
        ({"tolerance": True}, "tolerance of 0 or more"),
    ],
)
def test_arguments_of_another_kind_are_refused(arguments: dict[str, Any], found: str) -> None:
    with pytest.raises(InvalidValue, match=found):
        learn(ROWS, **arguments)


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("source,object,value,value\na,x,1,2\n", "value", "duplicate-columns"),
        ('source,object,value\na,x,"1\nb,x,2\n', "", "not-csv"),
        ("source,object,value\na,x,1\n\nb,x\n", "row 3", "uneven-row"),
        ("object,ann,bob\nx,1,2\n", "source", "unknown-column"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(
    text: str, path: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "told.csv").write_text(text, encoding="utf-8")

    with pytest.raises(TableError) as error:
        read_assertions(tmp_path / "told.csv")

    assert (error.value.problems[0].path, error.value.problems[0].code) == (path, code)
    assert error.value.where == str(tmp_path / "told.csv")


@pytest.mark.parametrize("year", ["1871", "12.5"])
def test_a_bare_year_among_days_is_told_and_never_read_as_a_number(year: str) -> None:
    rows = [("a", "x", "1871-03-14"), ("b", "x", year), ("c", "x", "1871-03-26")]

    with pytest.raises(TableError, match="a date, as others of the column are") as error:
        learn(rows, kind="numbers")

    assert problems(error) == [("value[1]", "not-a-number")]
    assert learn([("a", "x", "1871"), ("b", "x", "1872")], kind="numbers").number_of("x")[0] > 1870


def test_what_is_no_number_in_a_file_is_told_by_its_row(tmp_path: Path) -> None:
    columns = {"source": ["a", "b"], "object": ["x", "x"], "value": ["12", "10 km"]}
    pandas.DataFrame(columns).to_csv(tmp_path / "told.csv", index=False)
    pandas.DataFrame(columns).to_parquet(tmp_path / "told.parquet")

    for name, row in (("told.csv", "row 3: value"), ("told.parquet", "row 2: value")):
        with pytest.raises(TableError) as error:
            read_assertions(tmp_path / name, kind="numbers")
        assert problems(error) == [(row, "not-a-number")]


def test_problems_of_a_whole_file_keep_their_place(tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text("source,object,value\n", encoding="utf-8")

    with pytest.raises(TableError) as error:
        read_assertions(tmp_path / "told.csv")

    assert problems(error) == [("", "empty-table")]
    assert error.value.where == str(tmp_path / "told.csv")


def test_names_that_are_no_ids_are_told_together() -> None:
    learned = learn([("a\nb", 1, "x"), ("z" * 300, 1, "x"), ("ann", 1, "x")])

    with pytest.raises(CaseError) as error:
        learned.sources()

    assert [each.code for each in error.value.problems] == ["bad-id", "bad-id"]
    assert error.value.problems[0].path == r"source 'a\nb'"


def test_one_assertion_is_counted_as_one() -> None:
    registry = learn([("ann", 1, "x"), ("bob", 1, "x")]).sources()

    assert registry.title == "Learned by one-coin from 2 assertions"
    assert registry.sources[0].note == "learned from 1 assertion that others or outcomes check"
    assert load_sources(json.dumps(registry.written())) == registry


def test_sources_that_are_surely_useless_are_no_infinity_in_json() -> None:
    rows = [(f"a{s}", o, "yes" if o % 2 else "no") for s in range(6) for o in range(400)]
    rows += [(f"b{s}", o, "no" if o % 2 else "yes") for s in range(4) for o in range(400)]

    learned = learn(rows, copies=False)

    assert learned.reliability_of("b0").mean < 1e-6
    assert np.isfinite([row["strength"] for row in learned.data["sources"]]).all()
    assert "Infinity" not in learned.to_json()


def test_what_is_left_for_unstated_values_stands_in_the_data() -> None:
    learned = learn(ROWS)

    assert [(row["object"], row["unstated"]) for row in learned.data["unstated"]] == list(
        learned.unstated_table()
    )
    assert "unstated" not in learn(ROWS, method="majority").data


@pytest.mark.parametrize(
    ("values", "noted"),
    [
        (("1,000 km", "1,020 km", "998 km"), True),
        (("$ 12.50", "13.10", "€9,99"), True),
        (("12 %", "13%", "11.5 %"), True),
        (("12A", "14B", "7C"), False),
        (("10:25", "10:31", "10:40"), False),
        (("B12", "C3", "D1"), False),
    ],
)
def test_numbers_with_units_or_separators_are_noted_and_gates_are_not(
    values: tuple[str, ...], noted: bool
) -> None:
    rows = [(source, "x", value) for source, value in zip("abc", values, strict=True)]

    notes = learn(rows).notes

    assert any("without units and separators of thousands" in note for note in notes) == noted


def test_plain_numbers_compared_as_words_are_not_told_of_units() -> None:
    notes = learn([("a", "x", "1"), ("b", "x", "2"), ("c", "x", "3")]).notes

    assert any("compared as words: say kind" in note for note in notes)
