"""Tables of other libraries, plain rows and CSV, as rows of cells; and rows of cells as any of them."""

from __future__ import annotations

import datetime
import decimal
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import attrs

from provenance.bounds import spend
from provenance.casefiles import MAX_BYTES, contents, parsed
from provenance.errors import CaseError, InvalidValue, MissingExtra, TableError
from provenance.exchange.table_columns import Cell, Kind

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Sheet",
    "TableKind",
    "is_path",
    "opened",
    "table_contents",
    "table_of",
]

TableKind = Literal["rows", "csv", "pandas", "polars", "pyarrow", "xlsx"]
"""What kind of table to make."""

MOST_ROWS = 1_000_000
"""How many rows a table may have."""
MOST_COLUMNS = 1_000
"""How many columns a table may have."""
MOST_CELLS = 10_000_000
"""How many cells a table of CSV may have, blank ones too."""

# What makes a spreadsheet take a cell for a formula; an apostrophe before it makes it text.
_FORMULA = "=+-@\t\r\n＝＋－＠"
_FIELD = re.compile(
    r'"([^"]*+(?:""[^"]*+)*+)"([^{0}\r\n]*)|([^{0}\r\n"][^{0}\r\n]*)?'.format("{0}")
)
_OF_A_CELL = 20  # operations
_LINE_END = re.compile(r"\r\n|\r|\n")


@attrs.frozen
class Sheet:
    """A table as it was read: its columns, and the cells that are there."""

    name: str
    """What the table is called: `attributions`."""
    columns: tuple[str, ...]
    """The names of its columns, as they were written."""
    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    """Every row that is not blank, with its number; the first below the header is row 1."""


def opened(table: Any, name: str) -> Sheet:
    """A table as rows of cells.

    Reads pandas, Polars (lazy too), Arrow and what else narwhals reads; a mapping from columns to
    sequences; an iterable of mappings; CSV or JSON lines, an object for each row, as text with a
    line break or as bytes; and files of either by their path. Raises `TableError` for anything else,
    and `MissingExtra` for a table that only narwhals could read.
    """
    if is_path(table):
        table = table_contents(table, name)
    if isinstance(table, str | bytes | bytearray):
        text = _decoded(table, name)
        if re.match(r'\s*\{\s*"', text):  # which no heading of CSV does
            return _sheet(name, *_from_rows(_json_lines(text, name), name))
        return _sheet(name, *_from_csv(text, name))
    if isinstance(table, Mapping):
        return _sheet(name, *_from_columns(table, name))
    frame = _narwhal(table, name)
    if frame is not None:
        return _sheet(name, *_from_columns(frame, name))
    return _sheet(name, *_from_rows(table, name))


def is_path(table: Any) -> bool:
    """Whether a table is the path of a file: a text on one line is one."""
    on_one_line = isinstance(table, str) and not _LINE_END.search(table)
    return on_one_line or isinstance(table, os.PathLike)


def _sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Sheet:
    if len(columns) > MOST_COLUMNS:
        raise TableError.of(
            name, "too-large", f"expected at most {MOST_COLUMNS} columns, found more"
        )
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TableError.of(name, "too-large", f"expected at most {MOST_ROWS} rows, found more")
        spend(_OF_A_CELL * len(row), "reading rows")
        cells = {
            column: cell
            for column, value in zip(columns, row, strict=False)
            if (cell := _plain(value)) is not None
        }
        if cells:
            found.append((number, cells))
    used = {column for _, cells in found for column in cells}
    named = [column for column in columns if column.strip() or column in used]
    return Sheet(name, tuple(named), tuple(found))


def _plain(value: Any) -> Any:
    """A cell of any library as a plain value; nothing where it is missing or blank."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, bool | int | Mapping | list | tuple):
        return value
    if isinstance(value, decimal.Decimal):
        return _plain(float(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()  # spreadsheets have no day without an hour
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # a number or an array of numpy
        return _plain(value.tolist())
    return value


def table_contents(path: str | os.PathLike[str], name: str) -> bytes:
    """What a file holds, a byte more than is allowed at most; raises `TableError`."""
    fix = "give the path of a file, or CSV as a text with its header on a line of its own"
    try:
        return contents(path, fix)
    except CaseError as error:
        raise TableError(attrs.evolve(each, path=name) for each in error.problems) from error


def _decoded(table: str | bytes | bytearray, name: str) -> str:
    if len(table) > MAX_BYTES:
        raise TableError.of(name, "too-large", f"expected at most {MAX_BYTES} bytes, found more")
    if isinstance(table, str):
        return table.removeprefix("\ufeff")
    try:
        return bytes(table).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError.of(
            name,
            "not-utf-8",
            f"expected UTF-8, found byte {error.object[error.start]:#04x} at {error.start}",
            "save the table as CSV in UTF-8",
        ) from error


def _json_lines(text: str, name: str) -> Iterator[Any]:
    """The rows of JSON lines; blank lines are none."""
    for number, line in enumerate(filter(str.strip, text.split("\n")), start=1):
        spend(len(line), "reading rows")
        try:
            found = parsed(line)
            problems = found.problems
        except CaseError as error:
            problems = error.problems
        if problems:
            where = f"{name}, row {number}"
            raise TableError(attrs.evolve(each, path=where) for each in problems)
        yield found.document


def _from_csv(text: str, name: str) -> tuple[list[str], Iterator[list[str]]]:
    """The header and the rows of a CSV text, its separator taken from the header."""
    head = _LINE_END.split(text, maxsplit=1)[0]
    separator = max(",;\t", key=head.count)
    lines = _csv_lines(text, separator, name)
    columns = next(lines, [])
    return columns, _even(lines, len(columns), name)


def _even(lines: Iterator[list[str]], width: int, name: str) -> Iterator[list[str]]:
    for number, fields in enumerate(lines, start=1):
        if len(fields) > width and any(field.strip() for field in fields[width:]):
            raise TableError.of(
                f"{name}, row {number}",
                "uneven-row",
                f"expected at most {width} fields, found {len(fields)}",
                "quote fields that hold the separator",
            )
        yield fields


def _csv_lines(text: str, separator: str, name: str) -> Iterator[list[str]]:
    """RFC 4180, in one pass; any line ending, and a last line with or without one."""
    field = re.compile(_FIELD.pattern.replace("{0}", re.escape(separator)))
    position, count, fields = 0, 0, list[str]()
    while position < len(text) or fields:
        count += 1
        if count > MOST_CELLS or len(fields) > MOST_COLUMNS:
            bounds = f"{MOST_COLUMNS} columns and {MOST_CELLS} cells"
            raise TableError.of(name, "too-large", f"expected at most {bounds}, found more")
        match = field.match(text, position)
        assert match is not None
        position = match.end()
        if text.startswith('"', position):
            line = len(_LINE_END.findall(text, 0, position)) + 1
            raise TableError.of(name, "not-csv", f"expected a quotation that ends, at line {line}")
        quoted, rest, plain = match.groups()
        whole = plain or "" if quoted is None else quoted.replace('""', '"') + rest
        fields.append(_unguarded(whole))
        if text.startswith(separator, position):
            position += 1
            continue
        ending = _LINE_END.match(text, position)
        position = ending.end() if ending is not None else position
        yield fields
        fields = []


def _unguarded(text: str) -> str:
    guarded = len(text) > 1 and text[0] == "'" and text[1] in f"'{_FORMULA}"
    return text[1:] if guarded else text


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in f"'{_FORMULA}" and text else text


def _from_columns(table: Any, name: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of a mapping or of a frame."""
    named = table.columns if hasattr(table, "columns") else list(table)
    columns = [str(column) for column in named]
    if len(columns) > MOST_COLUMNS:
        raise TableError.of(
            name, "too-large", f"expected at most {MOST_COLUMNS} columns, found more"
        )
    listed = []
    for column in named:
        values = table[column]
        if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
            raise TableError.of(
                f"{name}, column {str(column)!r}",
                "not-a-table",
                f"expected a sequence of cells, found {type(values).__name__}",
            )
        listed.append(values.to_list() if hasattr(values, "to_list") else list(values))
    if len({len(values) for values in listed}) > 1:
        lengths = {column: len(values) for column, values in zip(columns, listed, strict=True)}
        found = f"{lengths}"[:200]
        raise TableError.of(
            name, "uneven-columns", f"expected columns of one length, found {found}"
        )
    return columns, iter(zip(*listed, strict=True))


def _from_rows(table: Any, name: str) -> tuple[list[str], Iterator[list[Any]]]:
    if not isinstance(table, Iterable):
        raise TableError.of(
            name,
            "not-a-table",
            f"expected a table, rows, CSV or its path, found {type(table).__name__}",
            "give a data frame, a list of mappings, or CSV",
        )
    rows: list[Mapping[Any, Any]] = []
    for number, row in enumerate(table, start=1):
        spend(_OF_A_CELL, "reading rows")
        if not isinstance(row, Mapping):
            raise TableError.of(
                f"{name}, row {number}",
                "bad-row",
                f"expected a mapping from columns to cells, found {type(row).__name__}",
            )
        if number > MOST_ROWS:
            raise TableError.of(name, "too-large", f"expected at most {MOST_ROWS} rows, found more")
        rows.append(row)
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return [str(key) for key in keys], ([row.get(key) for key in keys] for row in rows)


def _narwhal(table: Any, name: str) -> Any:
    """The table as a narwhals frame, or None when no dataframe library made it."""
    if type(table).__module__ == "builtins":
        return None
    try:
        import narwhals
    except ImportError as error:
        if hasattr(table, "columns"):
            raise MissingExtra("tables", "narwhals") from error
        return None
    try:
        frame = narwhals.from_native(table, pass_through=True)
        if isinstance(frame, narwhals.LazyFrame):
            return frame.head(MOST_ROWS + 1).collect()
    except narwhals.exceptions.NarwhalsError as error:
        message = " ".join(str(error).split())[:200]
        raise TableError.of(
            name, "not-a-table", f"expected a table that can be read: {message}"
        ) from error
    return frame if isinstance(frame, narwhals.DataFrame) else None


def table_of(kind: str, columns: Mapping[str, Kind], rows: Sequence[Mapping[str, Cell]]) -> Any:
    """Rows of cells as a table of some kind, with these columns.

    Raises `InvalidValue` for a kind that is not there or whose library is not installed.
    """
    if kind not in get_args(TableKind):
        known = ", ".join(get_args(TableKind))
        raise InvalidValue(f"expected a kind of table out of {known}, found {kind!r}")
    if kind == "rows":
        return tuple({name: row[name] for name in columns if name in row} for row in rows)
    if kind == "csv":
        return "".join(_csv_text(columns, rows))
    cells = {name: [_typed(held, row.get(name)) for row in rows] for name, held in columns.items()}
    try:
        return _pandas(columns, cells) if kind == "pandas" else _frame(kind, columns, cells)
    except ModuleNotFoundError as error:
        raise InvalidValue(
            f"expected a library that is installed, found {kind!r}, which is not: pip install {kind}"
        ) from error


def _typed(kind: Kind, cell: Cell) -> Cell:
    return float(cell) if kind == "number" and isinstance(cell, int | float) else cell


def _csv_text(columns: Mapping[str, Kind], rows: Iterable[Mapping[str, Cell]]) -> Iterator[str]:
    yield ",".join(_csv_field(column) for column in columns) + "\r\n"
    for row in rows:
        yield ",".join(_csv_field(row.get(column)) for column in columns) + "\r\n"


def _csv_field(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return "" if cell is None else repr(cell)
    text = _guarded(cell)
    quotes = any(mark in text for mark in ',;\t"\r\n') or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if quotes else text


def _frame(kind: str, columns: Mapping[str, Kind], cells: Mapping[str, list[Cell]]) -> Any:
    try:
        import narwhals
    except ImportError as error:
        raise MissingExtra("tables", "narwhals") from error
    held = {"number": narwhals.Float64(), "truth": narwhals.Boolean()}
    schema = {column: held.get(each, narwhals.String()) for column, each in columns.items()}
    backend: Any = kind
    return narwhals.from_dict(dict(cells), schema=schema, backend=backend).to_native()


def _pandas(columns: Mapping[str, Kind], cells: Mapping[str, list[Cell]]) -> Any:
    """With types that know what is missing: else an absent truth would read as false."""
    import pandas

    held = {"number": "Float64", "truth": "boolean"}
    array: Any = pandas.array
    return pandas.DataFrame(
        {
            column: array(values, dtype=held.get(columns[column], "string"))
            for column, values in cells.items()
        }
    )
