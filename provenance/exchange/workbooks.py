"""Workbooks (.xlsx): their sheets as tables, tables as sheets, and an empty one to fill in."""

from __future__ import annotations

import datetime
import io
import os
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, get_args
from xml.etree.ElementTree import ParseError

from provenance.bounds import spend
from provenance.casefiles import MAX_BYTES
from provenance.errors import MissingExtra, ProvenanceError, TableError
from provenance.exchange.losses import Export, Loss
from provenance.exchange.table_columns import COLUMNS, Cell, Kind, meanings
from provenance.exchange.table_files import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, table_contents
from provenance.records import Attribution, Grade, Record, Source

__all__ = ["empty_workbook", "is_workbook", "tables_of", "workbook_of"]

_TABLES = tuple(name for name in COLUMNS)
_OFFERED_ROWS = 10_000
_NO_DAY = datetime.datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_MAGIC = b"PK\x03\x04"
_MOST_PARTS = 1_000
_OF_A_CHARACTER = 10  # operations
_EXPLAINED = "how to fill this in"
_LONGEST_CELL = 32_767
"""How many characters a cell of a workbook holds."""
# What XML cannot carry, or would not give back: controls, and a return, which becomes a line feed.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
# What spreadsheets would take for the code of a character has its first mark written as a code.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
# All that openpyxl lets through from a damaged or hostile workbook.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, ParseError, SyntaxError, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError, OverflowError, RuntimeError,
    AssertionError,
)  # fmt: skip


def _words(record: type[Record], field: str) -> tuple[str, ...]:
    """The words that a field of a record takes."""
    found: tuple[str, ...] = get_args(record.model_fields[field].annotation)
    return found


def is_workbook(table: Any) -> bool:
    """Whether a table is a workbook: its path, or its bytes."""
    if isinstance(table, bytes | bytearray):
        return bytes(table[:4]) == _MAGIC
    is_path = isinstance(table, os.PathLike) or (isinstance(table, str) and "\n" not in table)
    return is_path and os.fspath(table).lower().endswith((".xlsx", ".xlsm"))


def tables_of(
    workbook: Any, given: Collection[str], main: str = "attributions"
) -> tuple[dict[str, Any], list[Loss]]:
    """The tables of a workbook by their names, and the sheets that are none.

    A sheet is called as the table that it holds; where none is called as the main one, the first
    of another name holds it. Values count, not formulas.

    Args:
        workbook: its path or its bytes.
        given: the tables that are given otherwise, and may not be in it too.
        main: the table that has to be there.
    """
    is_raw = isinstance(workbook, bytes | bytearray)
    raw = bytes(workbook) if is_raw else table_contents(workbook, main)
    openpyxl = _openpyxl()
    try:
        _require_bounds(raw, main)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drop-downs, which hold no cell
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheets = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
        named = _named(sheets, main)
        twice = sorted(set(named) & set(given))
        if twice:
            message = "expected this table once, found it in the workbook too"
            raise TableError.of(twice[0], "said-twice", message, "leave one of them out")
        budget = [MOST_CELLS]
        tables = {name: _rows(sheets[title], name, budget) for name, title in named.items()}
    except ProvenanceError:
        raise
    except _DAMAGED as error:
        raise TableError.of(
            main,
            "not-a-workbook",
            f"expected a workbook that can be read, found a damaged one ({type(error).__name__})",
            "save it again as .xlsx, or as CSV",
        ) from error
    left = [title for title in sheets if title not in named.values() and title != _EXPLAINED]
    why = f"no table of a case is called so; those are {', '.join(_TABLES)}"
    return tables, [Loss(f"sheet {title!r}", "the sheet", why) for title in left]


def _named(sheets: Collection[str], main: str) -> dict[str, str]:
    """For every table the sheet that holds it."""
    found = {title: title for title in sheets if title in _TABLES}
    if main not in found:
        others = [title for title in sheets if title not in found and title != _EXPLAINED]
        if not others:
            message = f"expected a sheet of {main}, found none"
            raise TableError.of(main, "missing-table", message, f"call the sheet {main}")
        found[main] = others[0]
    return found


def _require_bounds(raw: bytes, main: str) -> None:
    """What a workbook unpacks to is counted before anything of it is read."""
    if len(raw) > MAX_BYTES:
        raise TableError.of(main, "too-large", f"expected at most {MAX_BYTES} bytes, found more")
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MAX_BYTES:
            bounds = f"{_MOST_PARTS} parts and {MAX_BYTES} bytes when unpacked"
            raise TableError.of(main, "too-large", f"expected at most {bounds}, found more")
        spend(_OF_A_CHARACTER * sum(part.file_size for part in parts), "unpacking a workbook")
        for part in parts:
            # Read to the size that it states and no further, whatever it really holds.
            with packed.open(part) as file:
                if b"<!DOCTYPE" in file.read(part.file_size + 1).upper():
                    message = (
                        f"expected XML without declarations, found one in {part.filename!r:.80}"
                    )
                    raise TableError.of(main, "not-a-workbook", message, "save it again")


def _rows(sheet: Any, name: str, budget: list[int]) -> list[dict[str, Any]]:
    """The rows of a sheet below its header, blank ones too, so that they are counted as people do."""
    sheet.reset_dimensions()  # which may be said to be any size
    rows = sheet.iter_rows(values_only=True)
    header = [None if cell is None else str(cell) for cell in _cells(next(rows, ()), name, budget)]
    repeated = {heading for heading in header if heading and header.count(heading) > 1}
    if repeated:
        message = f"expected every column once, found {min(repeated)!r:.80} twice"
        raise TableError.of(name, "duplicate-column", message, "keep one of them")
    found = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TableError.of(name, "too-large", f"expected at most {MOST_ROWS} rows, found more")
        cells = _cells(row, name, budget)
        if any(cell is not None for cell in cells[len(header) :]):
            raise TableError.of(
                f"{name}, row {number}",
                "uneven-row",
                f"expected at most {len(header)} cells, found more",
                "write a heading over every column",
            )
        pairs = zip(header, cells, strict=False)
        found.append({heading: cell for heading, cell in pairs if heading is not None})
    return found or [dict.fromkeys(heading for heading in header if heading)]


def _cells(row: Sequence[Any], name: str, budget: list[int]) -> Sequence[Any]:
    budget[0] -= len(row) + 1
    if len(row) > MOST_COLUMNS or budget[0] < 0:
        bounds = f"{MOST_COLUMNS} columns and {MOST_CELLS} cells"
        raise TableError.of(name, "too-large", f"expected at most {bounds}, found more")
    return [_ESCAPED.sub("_", cell) if isinstance(cell, str) else cell for cell in row]


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra("tables", "openpyxl") from error
    return openpyxl


# Tables as the sheets of a workbook.


def workbook_of(
    tables: Mapping[str, tuple[Mapping[str, Kind], Sequence[Mapping[str, Cell]]]],
) -> Export:
    """A workbook, as bytes, with a sheet for every table, given as its columns and its rows.

    What no cell of a workbook holds is a loss: control characters, and text beyond 32,767
    characters. No text becomes a formula.
    """
    book = _openpyxl().Workbook()
    book.remove(book.active)
    losses: list[Loss] = []
    for name, (columns, rows) in tables.items():
        sheet = book.create_sheet(name)
        for position, column in enumerate(columns, start=1):
            _put(sheet, 1, position, column)
        for number, row in enumerate(rows, start=1):
            for position, column in enumerate(columns, start=1):
                value = row.get(column)
                if isinstance(value, str):
                    losses += _unwritten(name, number, column, value)
                _put(sheet, number + 1, position, value)
    return Export(_saved(book), tuple(losses))


def _put(sheet: Any, row: int, column: int, value: Cell) -> None:
    if value is None:
        return
    if isinstance(value, float) and float(f"{value:.16g}") != value:
        value = repr(value)  # a cell with a number would lose its last digit
    cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return
    held = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    cell.value = _ESCAPE.sub("_x005F_", held)[:_LONGEST_CELL]
    cell.data_type = "s"  # whatever it looks like: a formula, an error


def _unwritten(table: str, row: int, column: str, text: str) -> Iterator[Loss]:
    path = f"{table}, row {row}, column {column!r}"
    if _UNWRITABLE.search(text):
        why = "a workbook cannot hold them; each became U+FFFD"
        yield Loss(path, "control characters", why, partly=True)
    if len(_ESCAPE.sub("_x005F_", text)) > _LONGEST_CELL:
        why = f"a cell of a workbook holds {_LONGEST_CELL} characters"
        yield Loss(path, "the end of the text", why, partly=True)


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.properties.created = book.properties.modified = _NO_DAY  # nothing asks a clock
    book.save(out)
    return _without_times(out.getvalue())


def _without_times(raw: bytes) -> bytes:
    """The same archive with no hour in it, so that equal tables give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(out, "w") as again:
        for part in packed.infolist():
            text = packed.read(part)
            if part.filename == "docProps/core.xml":
                text = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", text)
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, text)
    return out.getvalue()


# An empty workbook to fill in.

_SHEETS: Mapping[str, tuple[str, ...]] = {
    "attributions": (
        "source", "claim", "cites", "stance", "wording", "verb", "basis", "said_on", "document",
        "in_hand", "retracted_on", "only_if", "same_voice_as", "note",
    ),
    "sources": (
        "name", "kind", "reliability", "described_as", "interests", "only_if", "note",
    ),
    "claims": ("text", "prior", "note"),
    "questions": ("text", "claims", "prior", "exhaustive", "note"),
    "documents": ("title", "publisher", "url", "published_on", "note"),
    "links": (
        "kind", "claim", "sign", "if_true", "if_false", "implies", "claims", "strength", "note",
    ),
}  # fmt: skip
_IN_A_SHEET: Mapping[tuple[str, str], str] = {
    ("attributions", "source"): "Who says it, by name.",
    (
        "attributions",
        "claim",
    ): "What is said to be true, in a sentence; the same words in every row that is about it.",
    (
        "attributions",
        "cites",
    ): "Whom the source has it from, by name; empty where it speaks for itself. Several stand between semicolons.",
    (
        "attributions",
        "stance",
    ): "Whether the source affirms or denies the claim. Empty: it affirms, or passes on what is said there.",
    (
        "attributions",
        "wording",
    ): "How sure the speaker's own words are: probably, unlikely, or a number from 0 to 1. Empty: plainly said.",
    ("attributions", "said_on"): "When it was said: 2015, 2015-08, 2015-08-28, or 28 August 2015.",
    ("attributions", "document"): "Where it stands: the title or the address of the document.",
    (
        "attributions",
        "retracted_on",
    ): "When the source took it back, written as said_on is. Empty: it stands.",
    (
        "attributions",
        "only_if",
    ): "A claim, in its words: the statement counts only if that is true, such as that a paper is genuine.",
    (
        "attributions",
        "same_voice_as",
    ): "Whose statement of the same claim this may only repeat, and how probable that is: The general @ 0.8.",
    (
        "sources",
        "interests",
    ): "What it gains or loses when claims are believed: loses strongly: CLAIM; CLAIM. Or gains: all.",
    (
        "sources",
        "only_if",
    ): "A claim, in its words: all that the source says counts only if that is true.",
    ("questions", "text"): "The question, such as: Who did it?",
    (
        "questions",
        "claims",
    ): "The claims that are its answers, in their words, between semicolons. Their own priors stay empty.",
    (
        "questions",
        "prior",
    ): "How likely each answer was before anybody spoke, in their order: 0.5; 0.3; 0.1. Empty: all alike.",
    ("questions", "exhaustive"): "Whether one of the answers must be true. Empty: yes.",
    ("sources", "name"): "What the source is called, as in the sheet of attributions.",
    (
        "sources",
        "reliability",
    ): "A to E, how far it can be trusted; F or empty: not judged. A number from 0 to 1 is taken too.",
    ("claims", "text"): "The claim, in the words of the sheet of attributions.",
    (
        "claims",
        "prior",
    ): "How likely it was before anybody spoke, between 0 and 1. Empty: not stated.",
    ("links", "kind"): "How two claims hang together: evidence, implies or contradicts.",
    ("links", "claim"): "Evidence: the claim that the sign speaks for or against, in its words.",
    ("links", "sign"): "Evidence: the claim that is the sign, in its words.",
    ("links", "if_true"): "Evidence: how likely the sign is if the claim is true, between 0 and 1.",
    ("links", "if_false"): "Evidence: how likely the sign is if the claim is false.",
    ("links", "implies"): "Implies: what follows from the claim, in its words.",
    ("links", "claims"): "Contradicts: the claims that cannot all be true, between semicolons.",
}
_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("attributions", "stance"): _words(Attribution, "stance"),
    ("attributions", "basis"): _words(Attribution, "basis"),
    ("attributions", "in_hand"): ("yes", "no"),
    ("questions", "exhaustive"): ("yes", "no"),
    ("sources", "kind"): _words(Source, "kind"),
    ("sources", "reliability"): get_args(Grade),
    ("links", "kind"): ("evidence", "implies", "contradicts"),
}
"""The words that a column takes, which its cells offer."""


_LONG = ("claim", "text", "note", "sign", "implies", "claims", "interests")
"""The columns that hold sentences."""


def empty_workbook() -> bytes:
    """A workbook to fill in: its columns explained, with lists of the words that they take.

    >>> tables, unread = tables_of(empty_workbook(), ())
    >>> list(tables), unread
    (['attributions', 'sources', 'claims', 'questions', 'documents', 'links'], [])
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, columns in _SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for position, column in enumerate(columns, start=1):
            _head(openpyxl, sheet, position, name, column)
    explained = book.create_sheet(_EXPLAINED)
    for position, width in enumerate((16, 16, 90, 60), start=1):
        explained.column_dimensions[_letter(openpyxl, position)].width = width
    explained.append(("sheet", "column", "what it means", "words that it takes"))
    for name, columns in _SHEETS.items():
        for column in columns:
            words = ", ".join(_WORDS.get((name, column), ()))
            explained.append((name, column, _meaning(name, column), words))
    return _saved(book)


def _head(openpyxl: Any, sheet: Any, position: int, table: str, column: str) -> None:
    """The heading of a column, with what it means, and a list of its words below it."""
    letter = _letter(openpyxl, position)
    cell = sheet.cell(1, position, column)
    cell.font = openpyxl.styles.Font(bold=True)
    cell.comment = openpyxl.comments.Comment(_meaning(table, column), "provenance")
    sheet.column_dimensions[letter].width = 40 if column in _LONG else 18
    words = _WORDS.get((table, column))
    if words:
        kind = openpyxl.worksheet.datavalidation.DataValidation
        offered = kind(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        # A grade may be a number, so that other values are let in there.
        offered.showErrorMessage = column != "reliability"
        offered.add(f"{letter}2:{letter}{_OFFERED_ROWS}")
        sheet.add_data_validation(offered)


def _letter(openpyxl: Any, position: int) -> str:
    letter: str = openpyxl.utils.get_column_letter(position)
    return letter


def _meaning(table: str, column: str) -> str:
    return _IN_A_SHEET.get((table, column)) or meanings(table)[column]
