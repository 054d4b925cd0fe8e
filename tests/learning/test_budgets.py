"""Reading, learning and drafting keep within a budget and can be called off."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from provenance.drafting import draft, read_document
from provenance.errors import Cancelled, TableError, TooCostly
from provenance.learning import learn, read_assertions

ROWS = [("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "green")]


def called_off() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def test_learning_within_its_budget_is_learning() -> None:
    assert learn(ROWS, budget=50_000).data == learn(ROWS).data


def test_learning_beyond_its_budget_is_refused() -> None:
    with pytest.raises(TooCostly, match="reading a table"):
        learn(ROWS, budget=100)
    with pytest.raises(TooCostly, match="learning by one-coin"):
        learn(ROWS, method="one-coin", budget=1_000)


def test_learning_is_called_off() -> None:
    with pytest.raises(Cancelled):
        learn(ROWS, cancel=called_off())


def test_a_file_of_more_rows_than_its_budget_covers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_text("source,object,value\n" + "ann,sky,blue\n" * 100)

    with pytest.raises(TooCostly, match="reading rows"):
        read_assertions(file, budget=900)
    with pytest.raises(Cancelled):
        read_assertions(file, cancel=called_off())
    assert read_assertions(file, budget=1_000).size == 1


def test_words_and_missing_entries_of_parquet_are_read_as_they_are(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = tmp_path / "said.parquet"
    columns = {"source": ["ann", "bob", None], "object": ["sky"] * 3, "value": [1.0, 2.0, 3.0]}
    parquet.write_table(pyarrow.table(columns), file)

    read = read_assertions(file)

    assert (read.sources, read.values) == (("ann", "bob"), (1.0, 2.0))


def test_a_file_that_is_no_parquet_is_a_table_error(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    file = tmp_path / "said.parquet"
    file.write_bytes(b"PAR1 and nothing else that would be one")

    with pytest.raises(TableError, match="expected a Parquet file"):
        read_assertions(file)


TEXT = "The ship sailed, a source told the Herald."


def test_drafting_beyond_its_budget_is_refused_and_within_it_is_drafting() -> None:
    page = read_document(TEXT, publisher="The Gazette")

    with pytest.raises(TooCostly, match="reading documents"):
        draft(page, budget=100)
    with pytest.raises(Cancelled):
        draft(page, cancel=called_off())
    assert draft(page, budget=10_000) == draft(page)
