"""Workbooks: tables go out as sheets and come back, and a damaged or hostile one is refused in words."""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, load_seed, weigh
from provenance.assessment import as_data
from provenance.errors import MissingExtra, TableError
from provenance.exchange import (
    empty_workbook,
    from_assessment_table,
    from_tables,
    table_files,
    to_assessment_table,
    to_tables,
    workbooks,
)
from provenance.records import Source
from tests.cases.exchange_cases import rich_cases

ROWS = [("source", "claim", "cites"), ("NOW", "it rains", "the general")]


def workbook(**sheets: list[tuple[Any, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WHOLE = workbook(a=ROWS)


def changed(raw: bytes, **parts: bytes) -> bytes:
    """A workbook with some of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            key = name.rsplit("/", 1)[-1].split(".")[0]
            new.writestr(name, parts.get(key, old.read(name)))
    return out.getvalue()


def problem(table: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(TableError) as caught:
        from_tables(table, **more)
    (found,) = caught.value.problems
    return found.path, found.code


# There and back


@pytest.mark.parametrize("seed", ["egypt-arms-2015", "egypt-syria-2015"])
def test_a_seed_comes_back_from_a_workbook_as_it_was(seed: str) -> None:
    case = load_seed(seed)

    export = to_tables(case, "xlsx")
    found = from_tables(export.document)

    assert found.case.written() == case.written()
    assert export.losses == found.losses == ()


@settings(max_examples=25)
@given(rich_cases())
def test_any_case_comes_back_from_a_workbook_but_for_what_is_told(written: dict[str, Any]) -> None:
    case = load_case(written)

    export = to_tables(case, "xlsx")
    found = from_tables(export.document)

    assert found.losses == ()
    if not export.losses:
        assert found.case.written() == case.written()
    assert {loss.what for loss in export.losses} <= {"control characters"}


def test_the_same_case_gives_the_same_bytes() -> None:
    case = load_seed("egypt-arms-2015")

    assert to_tables(case, "xlsx").document == to_tables(case, "xlsx").document


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "@SUM(A1)",
        "#REF!",
        "_x0041_",
        "_x005F_x0041_",
        " a ",
        "0.5",
        "true",
        "2015-01-01",
        "a\nb",
    ],
)
def test_a_text_comes_back_as_it_was_and_is_no_formula(text: str) -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": text, "x-own": text}],
            "sources": [],
            "attributions": [],
        }
    )

    export = to_tables(case, "xlsx")
    cells = openpyxl.load_workbook(io.BytesIO(export.document))["claims"]

    assert export.losses == ()
    assert cells.cell(2, 2).data_type == "s"
    tables, _ = workbooks.tables_of(export.document, ())
    assert tables["claims"][0]["text"] == text


def test_what_a_workbook_cannot_hold_is_told() -> None:
    claims = [{"id": "c", "text": "bell\x07"}, {"id": "d", "text": "t" * 40_000}]
    case = load_case({"version": 1, "claims": claims, "sources": [], "attributions": []})

    losses = to_tables(case, "xlsx").losses

    assert [(loss.path, loss.what, loss.partly) for loss in losses] == [
        ("claims, row 1, column 'text'", "control characters", True),
        ("claims, row 2, column 'text'", "the end of the text", True),
    ]


def test_assessments_come_back_from_a_workbook_too() -> None:
    assessment = weigh(load_seed("egypt-arms-2015"), "armed")

    table = to_assessment_table([assessment], "xlsx").document

    assert from_assessment_table(table) == (as_data(assessment),)


# What people save


def test_a_workbook_of_one_sheet_holds_the_attributions_whatever_it_is_called(
    tmp_path: Path,
) -> None:
    path = tmp_path / "said.xlsx"
    path.write_bytes(workbook(Sheet1=ROWS))

    for table in (path, str(path), path.read_bytes(), bytearray(path.read_bytes())):
        assert from_tables(table).case.attributions[0].source == "NOW"


def test_other_sheets_are_the_other_tables_or_are_told() -> None:
    raw = workbook(
        Said=ROWS,
        Sources=[("id", "reliability"), ("NOW", "B"), ("the general", 0.5)],
        Notes=[("a",)],
    )

    found = from_tables(raw)

    assert found.case.sources[1].reliability == 0.5
    assert [loss.path for loss in found.losses] == ["sheet 'notes'"]


def test_days_truths_and_blank_rows_of_a_workbook_are_understood() -> None:
    import datetime

    raw = workbook(
        said=[
            ("source", "claim", "said on", "stance", None, "in hand"),
            (None, None, None, None, None, None),
            ("A", "x", datetime.datetime(2015, 10, 3), False, None, "yes"),
        ]
    )

    found = from_tables(raw)

    (said,) = found.case.attributions
    assert (said.id, str(said.said_on), said.stance, said.in_hand) == (
        "row-2",
        "2015-10-03",
        "denies",
        True,
    )


def test_a_table_that_is_given_twice_is_asked_about() -> None:
    raw = workbook(attributions=ROWS, sources=[("id",), ("NOW",)])

    assert problem(raw, sources="id\nNOW\n") == ("sources", "said-twice")


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"sources": [("id",)]}, ("attributions", "missing-table")),
        ({"a": [("source", "source")]}, ("attributions", "duplicate-column")),
        ({"a": [("source", "claim"), ("A", "x", "y")]}, ("attributions, row 1", "uneven-row")),
        ({"a": [tuple(range(1_001))]}, ("attributions", "too-large")),
    ],
)
def test_a_workbook_that_is_not_such_a_table_is_refused(
    sheets: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problem(workbook(**sheets)) == expected


def test_an_empty_sheet_is_a_table_without_rows() -> None:
    assert from_tables(workbook(attributions=[("source", "claim")])).case.attributions == ()


# What is damaged or hostile


def test_a_workbook_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook(a=[*ROWS, *ROWS[1:]])

    monkeypatch.setattr(workbooks, "MOST_ROWS", 1)
    assert problem(raw) == ("attributions", "too-large")
    monkeypatch.setattr(workbooks, "MAX_BYTES", 5_000)  # packed it is less
    assert problem(raw) == ("attributions", "too-large")
    monkeypatch.setattr(workbooks, "MAX_BYTES", 100)
    assert problem(raw) == ("attributions", "too-large")


def test_a_declaration_in_a_workbook_is_refused() -> None:
    entity = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><sheetData/></worksheet>'

    assert problem(changed(workbook(a=ROWS), sheet1=entity)) == ("attributions", "not-a-workbook")


def test_a_sheet_that_says_it_is_boundless_is_read_as_what_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(a=ROWS))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    boundless = sheet.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')
    assert boundless != sheet

    assert from_tables(changed(workbook(a=ROWS), sheet1=boundless)).readings


def test_one_cell_far_away_does_not_fill_the_memory() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>source</t></is></c>'
        b'<c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
    )

    assert problem(changed(workbook(a=ROWS), sheet1=far)) == ("attributions", "too-large")


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_workbook_ends_in_a_case_or_in_our_error(data: st.DataObject) -> None:
    raw = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(TableError):
        assert load_case(from_tables(bytes(raw)).case.written())


@settings(max_examples=40)
@given(st.sampled_from(("sheet1", "workbook", "styles", "sharedStrings")), st.binary(max_size=60))
def test_a_workbook_with_another_part_ends_in_a_case_or_in_our_error(
    part: str, content: bytes
) -> None:
    whole = b"<a>" + content.replace(b"<", b"").replace(b"&", b"") + b"</a>"

    for replaced in (content, whole):
        with contextlib.suppress(TableError):
            assert from_tables(changed(workbook(a=ROWS), **{part: replaced})).case


def test_a_workbook_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(MissingExtra, match=r"claim-provenance\[tables\]"):
        from_tables(b"PK\x03\x04")


# An empty one to fill in


def test_an_empty_workbook_explains_its_columns_and_offers_their_words() -> None:
    book = openpyxl.load_workbook(io.BytesIO(empty_workbook()))

    said, sources = book["attributions"], book["sources"]
    lists = {each.formula1: str(each.sqref) for each in said.data_validations.dataValidation}
    kinds = [each.formula1 for each in sources.data_validations.dataValidation]
    assert [cell.value for cell in said[1]][:4] == ["source", "claim", "cites", "stance"]
    assert "affirms" in said["D1"].comment.text
    assert next(area for words, area in lists.items() if "denies" in words) == "D2:D10000"
    assert any("government" in words for words in kinds)
    explained = list(book["how to fill this in"].iter_rows(values_only=True))
    assert all(row[2] for row in explained)
    assert {row[1] for row in explained if row[0] == "attributions"} == {
        cell.value for cell in said[1]
    }


def test_every_kind_of_source_is_offered_within_what_a_list_may_hold() -> None:
    words = ",".join(Source.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]

    assert len(words) <= 255


def test_an_empty_workbook_filled_in_is_a_case() -> None:
    book = openpyxl.load_workbook(io.BytesIO(empty_workbook()))
    book["attributions"].append(["MSF", "it was hit", None, "denies"])
    book["attributions"].append(["AFP", "it was hit", "MSF", "denies"])
    book["sources"].append(["MSF", "organisation", "B"])
    book["sources"].append(["AFP", "agency", "B"])
    book["claims"].append(["it was hit", 0.4])
    book["claims"].append(["it burned", None])
    book["links"].append(["evidence", "it was hit", "it burned", 0.8, 0.2])
    out = io.BytesIO()
    book.save(out)

    found = from_tables(out.getvalue())

    assert found.losses == ()
    assert found.readings[1] == "row 2: AFP relays what MSF denies: “it was hit”"
    assert weigh(found.case, "it was hit").probability < 0.4
    assert [(each.claim, each.sign) for each in found.case.links] == [("it was hit", "it burned")]
    assert table_files.MOST_ROWS > workbooks._OFFERED_ROWS
