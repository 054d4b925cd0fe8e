"""Cells that begin like a formula, and sheets at the edge of what is read."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from provenance.errors import TableError
from provenance.exchange import from_tables, to_tables, workbooks
from provenance.exchange.table_files import _guarded, _unguarded

openpyxl = pytest.importorskip("openpyxl")


@pytest.mark.parametrize("text", ["", "'", "''", "'=", "=", "=1", "'a", "a", "+", "-1", "@x", "\t"])
def test_what_is_guarded_is_the_same_again_without_its_guard(text: str) -> None:
    assert _unguarded(_guarded(text)) == text
    assert _guarded(text) == (f"'{text}" if text and text[0] in "'=+-@\t\r" else text)


@pytest.mark.parametrize("text", ["'", "'a", "a'"])
def test_an_apostrophe_that_guards_nothing_stays(text: str) -> None:
    assert _unguarded(text) == text


def sheet(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


@pytest.mark.parametrize(
    ("limit", "value", "is_read"),
    [("MOST_COLUMNS", 3, True), ("MOST_COLUMNS", 2, False), ("MOST_CELLS", 12, True),
     ("MOST_CELLS", 11, False), ("MOST_ROWS", 2, True), ("MOST_ROWS", 1, False)],
)  # fmt: skip
def test_a_sheet_is_read_up_to_its_limits_and_no_further(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, limit: str, value: int, is_read: bool
) -> None:
    # Three rows of three cells with the header; a row counts as a cell of its own.
    path = tmp_path / "said.xlsx"
    path.write_bytes(sheet([["source", "claim", "verb"], ["Ann", "It sailed", "said"], ["Bo"] * 3]))
    monkeypatch.setattr(workbooks, limit, value)

    if is_read:
        assert len(from_tables(path).case.attributions) == 2
    else:
        with pytest.raises(TableError) as caught:
            from_tables(path)
        assert [each.code for each in caught.value.problems] == ["too-large"]


def test_what_begins_like_a_formula_comes_back_from_csv() -> None:
    rows = [{"source": "=Ann", "claim": "'It sailed", "verb": "'"}]

    case = from_tables(rows).case
    tables = to_tables(case, "csv").document
    back = from_tables(
        tables["attributions"], **{name: tables[name] for name in tables if name != "attributions"}
    ).case

    assert back == case


def test_a_workbook_says_no_hour_at_which_it_was_made() -> None:
    case = from_tables(
        [{"source": "Ann", "claim": "<dcterms:modified>2020</dcterms:modified>"}]
    ).case

    with zipfile.ZipFile(io.BytesIO(to_tables(case, "xlsx").document)) as packed:
        said = packed.read("docProps/core.xml").decode()
        times = {each.date_time for each in packed.infolist()}

    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", said)) == {"2000-01-01T00:00:00Z"}
    assert times == {(1980, 1, 1, 0, 0, 0)}
