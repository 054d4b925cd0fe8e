"""Tables of other libraries, plain rows and CSV, as rows of cells; and rows of cells as any of them."""

from __future__ import annotations

import datetime
import decimal
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import attrs

from provenance.casefiles import MAX_BYTES, parsed
from provenance.errors import CaseError, InvalidValue, MissingExtra, Problem, TableError

__all__ = [
    "ALWAYS",
    "COLUMNS",
    "Cell",
    "Kind",
    "Sheet",
    "TableKind",
    "cells_of",
    "kind_of",
    "opened",
    "record_of",
    "table_of",
    "value_of",
]

# The columns of tables: which fields they hold, and how a field becomes a cell and a cell a
# field.

Kind = Literal["text", "number", "truth", "words", "ids", "data", "anything"]
"""What a column holds: `words` are text or a number, `ids` one or several, `data` is JSON."""

Cell = str | float | bool | None
"""What stands in a cell; nothing where the field is absent."""

_NOTES: Mapping[str, Kind] = {"note": "text", "refs": "data"}

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "case": {
        "version": "number", "title": "text", "summary": "text", "sources_from": "text", **_NOTES,
    },
    "claims": {"id": "text", "text": "text", "prior": "words", "resolved": "data", **_NOTES},
    "questions": {
        "id": "text", "text": "text", "claims": "ids", "prior": "data", "exhaustive": "truth",
        **_NOTES,
    },
    "sources": {
        "id": "text", "name": "text", "kind": "text", "described_as": "text",
        "reliability": "words", "access": "words", "interests": "data", "graded_by": "text",
        "graded_on": "text", **_NOTES,
    },
    "documents": {
        "id": "text", "publisher": "text", "title": "text", "url": "text",
        "published_on": "text", "retrieved_on": "text", "sha256": "text", "language": "text",
        **_NOTES,
    },
    "attributions": {
        "id": "text", "source": "text", "claim": "ids", "cites": "ids", "stance": "text",
        "wording": "words", "verb": "text", "basis": "text", "from": "ids", "in_hand": "truth",
        "competence": "words", "fidelity": "words", "interest": "number",
        "same_voice_as": "data", "document": "text", "locators": "data", "said_on": "text",
        "retracted_on": "text", **_NOTES,
    },
    "links": {
        "kind": "text", "claim": "text", "sign": "text", "if_true": "number",
        "if_false": "number", "implies": "text", "claims": "ids", "strength": "number", **_NOTES,
    },
    "assessments": {
        "claim": "text", "text": "text", "probability": "number", "low": "number",
        "high": "number", "interval_level": "number", "prior": "number", "prior_stated": "truth",
        "bits": "number", "confidence": "text", "confidence_basis": "data", "credibility": "text",
        "independent_origins": "number", "opposing_origins": "number", "reasons": "data",
        "statements": "data", "doubts": "data", "potentials": "data", "ignored": "data",
        "sources": "data", "opinion": "data", "caveats": "data", "as_of": "text",
        "coupling": "text", "approximate": "truth", "standard_error": "number",
        "case_sha256": "text", "schema": "text", "library": "text",
    },
}  # fmt: skip
"""For every table its columns in their order, with what they hold."""

ALWAYS: Mapping[str, tuple[str, ...]] = {
    "case": ("version",),
    "claims": ("id", "text"),
    "questions": ("id", "text", "claims"),
    "sources": ("id", "name", "kind", "reliability"),
    "documents": ("id", "publisher"),
    "attributions": ("id", "source", "claim", "cites"),
    "links": ("kind",),
    "assessments": tuple(COLUMNS["assessments"]),
}
"""The columns that a table has even where they are empty."""

_DEGREE: Mapping[str, Kind] = {"mean": "number", "strength": "number", **_NOTES}
_PARTS: Mapping[str, Mapping[str, Kind]] = {
    "prior": _DEGREE,
    "access": _DEGREE,
    "competence": _DEGREE,
    "fidelity": _DEGREE,
    "reliability": {
        "mean": "number", "strength": "number", "accuracy": "number", "confirmed": "number",
        "refuted": "number", **_NOTES,
    },
    "resolved": {"value": "truth", "on": "text", "by": "text", **_NOTES},
    "same_voice_as": {"attribution": "text", "probability": "number", **_NOTES},
    "locator": {
        "paragraph": "number", "page": "words", "exact": "text", "prefix": "text",
        "suffix": "text", "start": "number", "end": "number", "url": "text", **_NOTES,
    },
}  # fmt: skip
"""The columns of what is itself an object: `access.mean`, `locator.paragraph`."""

_NUMBER = re.compile(r"\A-?(0|[1-9][0-9]*|(?=\.))(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_LONGEST_NUMBER = 100
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False, "yes": True, "no": False}


def kind_of(table: str, column: str) -> Kind | None:
    """What a column of a table holds; `None` for a column that is none of the format.

    >>> kind_of("sources", "access.mean"), kind_of("sources", "x-mine"), kind_of("sources", "mood")
    ('number', 'anything', None)
    """
    if column.startswith("x-"):
        return "anything"
    found = COLUMNS[table].get(column)
    if found is not None:
        return found
    whole, _, part = column.partition(".")
    if not part or not _is_object(table, whole):
        return None
    return "anything" if part.startswith("x-") else _PARTS[whole].get(part)


def _is_object(table: str, whole: str) -> bool:
    owner = "locators" if whole == "locator" else whole
    plain = table == "questions" and whole == "prior"
    return whole in _PARTS and owner in COLUMNS[table] and not plain and table != "assessments"


def cells_of(table: str, record: Mapping[str, Any]) -> dict[str, Cell]:
    """A record as cells, by the names of their columns; every cell can be read back exactly."""
    found: dict[str, Cell] = {}
    for column, value in _columns_of(table, record):
        kind = kind_of(table, column)
        assert kind is not None
        found[column] = _cell(kind, value)
    return found


def _columns_of(table: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field, value in record.items():
        whole = field
        if field == "locators" and len(value) == 1 and value[0]:
            whole, value = "locator", value[0]
        if isinstance(value, Mapping) and _is_object(table, whole) and not field.startswith("x-"):
            yield from ((f"{whole}.{part}", item) for part, item in value.items())
        else:
            yield field, value


def _cell(kind: Kind, value: Any) -> Cell:
    if kind in ("text", "number", "truth"):
        return value  # type: ignore[no-any-return]
    if kind in ("words", "ids") and isinstance(value, str) and _stands_for_itself(kind, value):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _stands_for_itself(kind: Kind, text: str) -> bool:
    return not text.startswith(('"', "[", "{")) and (kind == "ids" or not _NUMBER.match(text))


def record_of(cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The record that the values of some columns make, the parts of its objects put together."""
    found: dict[str, Any] = {}
    for column, value in cells:
        whole, _, part = column.partition(".")
        if column.startswith("x-") or not part:
            found[column] = value
        elif whole == "locator":
            found.setdefault("locators", [{}])[0][part] = value
        else:
            found.setdefault(whole, {})[part] = value
    return found


@attrs.frozen
class _Refused(Exception):
    """A cell that does not hold what its column holds."""

    code: str
    """The kind of problem."""
    message: str
    """What was expected and what was found."""
    fix: str
    """How to mend it."""


def value_of(kind: Kind, cell: Any) -> Any:
    """The value that a cell stands for, or the `Problem` that it is, whose path is yet to be said."""
    try:
        return _READERS[kind](cell)
    except _Refused as refused:
        return Problem("", refused.code, refused.message, refused.fix)


def _shown(cell: Any) -> str:
    text = repr(cell)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(_whole(cell))
    raise _Refused("not-text", f"expected text, found {_shown(cell)}", "write it as text")


def _whole(number: int | float) -> int | float:
    """A table has one kind of number, so that years and paragraphs may come as 2015.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _number(cell: Any) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _whole(cell)
    if isinstance(cell, str) and (found := _as_number(cell.strip())) is not None:
        return found
    raise _Refused(
        "not-a-number", f"expected a number, found {_shown(cell)}", "write it as 0.25 or 30"
    )


def _as_number(text: str) -> int | float | None:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.match(text):
        return None
    return _whole(float(text))


def _truth(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.strip().casefold() in _TRUTHS:
        return _TRUTHS[cell.strip().casefold()]
    if isinstance(cell, int | float) and cell in (0, 1):
        return bool(cell)
    raise _Refused(
        "not-true-or-false",
        f"expected true or false, found {_shown(cell)}",
        "write true or false, or leave it empty",
    )


def _words(cell: Any) -> Any:
    if isinstance(cell, str):
        number = _as_number(cell.strip())
        if number is not None:
            return number
        return _json(cell) if cell.startswith(("{", '"')) else cell
    return cell if isinstance(cell, Mapping) else _number(cell)


def _ids(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(("[", '"')):
        try:
            cell = _json(cell)
        except _Refused:
            return cell  # a claim may begin with a quotation
    return [_text(item) for item in cell] if isinstance(cell, list | tuple) else _text(cell)


def _data(cell: Any) -> Any:
    return _json(cell) if isinstance(cell, str) else _plain_cell(cell)


def _anything(cell: Any) -> Any:
    try:
        return _data(cell)
    except _Refused:
        return cell


def _plain_cell(value: Any) -> Any:
    """Nested values of frames, in which an absent field of an object stands as nothing."""
    if isinstance(value, Mapping):
        return {str(key): _plain_cell(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain_cell(item) for item in value]
    return _whole(value) if isinstance(value, float) else value


def _json(text: str) -> Any:
    try:
        found = parsed(text)
    except CaseError as error:
        problem = error.problems[0]
        raise _Refused(problem.code, problem.message, problem.fix) from error
    for problem in found.problems:
        raise _Refused(problem.code, problem.message, problem.fix)
    return found.document


_READERS: Mapping[Kind, Any] = {
    "text": _text,
    "number": _number,
    "truth": _truth,
    "words": _words,
    "ids": _ids,
    "data": _data,
    "anything": _anything,
}


TableKind = Literal["rows", "csv", "pandas", "polars", "pyarrow"]
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
    sequences; an iterable of mappings; CSV as text with a line break or as bytes; and CSV files by
    their path. Raises `TableError` for anything else, and `MissingExtra` for a table that only
    narwhals could read.
    """
    if isinstance(table, os.PathLike) or (isinstance(table, str) and not _LINE_END.search(table)):
        table = _contents(table, name)
    if isinstance(table, str | bytes | bytearray):
        return _sheet(name, *_from_csv(_decoded(table, name), name))
    if isinstance(table, Mapping):
        return _sheet(name, *_from_columns(table, name))
    frame = _narwhal(table, name)
    if frame is not None:
        return _sheet(name, *_from_columns(frame, name))
    return _sheet(name, *_from_rows(table, name))


def refused(name: str, code: str, message: str, fix: str = "") -> TableError:
    return TableError((Problem(name, code, message, fix),))


def _sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Sheet:
    if len(columns) > MOST_COLUMNS:
        raise refused(name, "too-large", f"expected at most {MOST_COLUMNS} columns, found more")
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise refused(name, "too-large", f"expected at most {MOST_ROWS} rows, found more")
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


def _contents(path: str | os.PathLike[str], name: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        raise refused(
            name,
            "cannot-read",
            f"expected a CSV file that can be read, found {os.fspath(path)[:200]!r}: {reason}",
            "give the path of a file, or CSV as a text with its header on a line of its own",
        ) from error


def _decoded(table: str | bytes | bytearray, name: str) -> str:
    if len(table) > MAX_BYTES:
        raise refused(name, "too-large", f"expected at most {MAX_BYTES} bytes, found more")
    if isinstance(table, str):
        return table.removeprefix("\ufeff")
    try:
        return bytes(table).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(
            name,
            "not-utf-8",
            f"expected UTF-8, found byte {error.object[error.start]:#04x} at {error.start}",
            "save the table as CSV in UTF-8",
        ) from error


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
            raise refused(
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
            raise refused(name, "too-large", f"expected at most {bounds}, found more")
        match = field.match(text, position)
        assert match is not None
        position = match.end()
        if text.startswith('"', position):
            line = len(_LINE_END.findall(text, 0, position)) + 1
            raise refused(name, "not-csv", f"expected a quotation that ends, at line {line}")
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
        raise refused(name, "too-large", f"expected at most {MOST_COLUMNS} columns, found more")
    listed = []
    for column in named:
        values = table[column]
        if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
            raise refused(
                f"{name}, column {str(column)!r}",
                "not-a-table",
                f"expected a sequence of cells, found {type(values).__name__}",
            )
        listed.append(values.to_list() if hasattr(values, "to_list") else list(values))
    if len({len(values) for values in listed}) > 1:
        lengths = {column: len(values) for column, values in zip(columns, listed, strict=True)}
        found = f"{lengths}"[:200]
        raise refused(name, "uneven-columns", f"expected columns of one length, found {found}")
    return columns, iter(zip(*listed, strict=True))


def _from_rows(table: Any, name: str) -> tuple[list[str], Iterator[list[Any]]]:
    if not isinstance(table, Iterable):
        raise refused(
            name,
            "not-a-table",
            f"expected a table, rows, CSV or its path, found {type(table).__name__}",
            "give a data frame, a list of mappings, or CSV",
        )
    rows: list[Mapping[Any, Any]] = []
    for number, row in enumerate(table, start=1):
        if not isinstance(row, Mapping):
            raise refused(
                f"{name}, row {number}",
                "bad-row",
                f"expected a mapping from columns to cells, found {type(row).__name__}",
            )
        if number > MOST_ROWS:
            raise refused(name, "too-large", f"expected at most {MOST_ROWS} rows, found more")
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
        raise refused(
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
