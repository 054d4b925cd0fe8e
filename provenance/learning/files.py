"""Assertions from files too large to hold: CSV and Parquet, read piece by piece into codes."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.bounds import Cancel, expect, spend, within
from provenance.errors import MissingExtra, Problem, TableError
from provenance.learning.assertions import Assertions, Kind, one_row_per_member
from provenance.learning.encoding import Encoded, Opened, ranked, refuse_nested
from provenance.learning.progress import watched

__all__ = ["read_assertions", "read_columns"]

_ROWS_AT_ONCE = 100_000
_PLACE = re.compile(r"(.+)\[(\d+)\]")  # of a problem: `value[3]`
_OF_A_ROW = 10  # operations
_BYTES_A_RECORD = 16  # of a file, that stand for a record when its budget is set


def read_assertions(
    path: str | Path,
    *,
    source: str = "source",
    object: str = "object",  # noqa: A002 the word of this library
    value: str = "value",
    time: str | None = None,
    cites: str | None = None,
    kind: Kind = "categories",
    tolerance: float | None = None,
    same: Callable[[Any, Any], bool] | None = None,
    repeats: Literal["once", "count"] = "once",
    progress: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Assertions:
    """Assertions from a CSV file (a header, UTF-8) or a Parquet file, with bounded memory.

    Only codes and the distinct names are held, never the rows: 24 bytes per row while reading. In
    CSV all columns are text, so that `007` stays `007`; an empty field is missing. Parquet needs
    pyarrow. The arguments are those of `Assertions.of`; `progress` shows a bar on stderr (extra
    `cli`). A row takes ten operations of the `budget`, which grows with the bytes of the file, so
    that a Parquet file of a few kilobytes cannot hold millions of rows; `cancel` is asked whether to
    stop.

    Raises:
        TableError: A file that cannot be opened, an unknown column, a row with too few fields, bytes
            that are not UTF-8.
        MissingExtra: Parquet without pyarrow.
        TooCostly: More rows than the budget covers.
        Cancelled: `cancel` was set.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
    ...     _ = file.write("source,object,value\\nann,sky,blue\\nbob,sky,grey\\n")
    ...     file.flush()
    ...     told = read_assertions(file.name)
    >>> told.sources, told.values
    (('ann', 'bob'), ('blue', 'grey'))
    """
    names = [name for name in (source, object, value, time, cites) if name is not None]
    where = Path(path)
    coded = [_Growing() for _ in names]
    rows = 0
    size = where.stat().st_size if where.is_file() else 0
    with (
        within(budget, cancel, records=size // _BYTES_A_RECORD),
        watched(progress, 1.0, f"reading {where.name}") as say,
    ):
        for piece, done in _pieces(where, names):
            piece = _one_row_per_member(piece) if kind == "sets" else piece
            for name, column, entries in zip(names, coded, piece, strict=True):
                column.add(entries, name, rows)
            rows += len(piece[0])
            spend(_OF_A_ROW * len(piece[0]), "reading rows")
            say(f"reading {where.name}", done)
    with _told_by_row(where):
        columns = {name: column.encoded(name) for name, column in zip(names, coded, strict=True)}
        return Assertions.of(
            Opened(columns, "rows", rows),
            source=source,
            object=object,
            value=value,
            time=time,
            cites=cites,
            kind=kind,
            tolerance=tolerance,
            same=same,
            repeats=repeats,
        )


@contextlib.contextmanager
def _told_by_row(path: Path) -> Iterator[None]:
    """Say of a problem in which row of the file it is, as `row 2: value`; blank lines are no rows."""
    before = 1 if path.suffix == ".parquet" else 2  # the header is row 1
    try:
        yield
    except TableError as error:
        places = (_PLACE.fullmatch(problem.path) for problem in error.problems)
        told = (
            attrs.evolve(problem, path=f"row {int(place[2]) + before}: {place[1]}")
            if place
            else problem
            for problem, place in zip(error.problems, places, strict=True)
        )
        raise TableError(told, str(path)) from error


def read_columns(path: Path, names: Sequence[str]) -> dict[str, list[Any]]:
    """Some columns of a CSV or Parquet file as lists, for tables that are small."""
    found: dict[str, list[Any]] = {name: [] for name in names}
    for piece, _ in _pieces(path, list(names)):
        for name, entries in zip(names, piece, strict=True):
            found[name] += entries
    return found


def _pieces(path: Path, names: list[str]) -> Iterator[tuple[list[list[Any]], float]]:
    """Some rows at a time, column by column, and the part of the file that is read by then."""
    return _parquet(path, names) if path.suffix == ".parquet" else _csv(path, names)


def _must_open(path: Path) -> None:
    """Refuse a file that cannot be read, before anything is done with it."""
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        problem = f"expected a file that can be read, found: {reason}"
        raise TableError.of("", "cannot-read", problem, where=str(path)) from error


def _one_row_per_member(piece: list[list[Any]]) -> list[list[Any]]:
    """Rows whose value is a list become a row for each member; the value is the third column."""
    columns = {str(place): column for place, column in enumerate(piece)}
    flat = one_row_per_member(Opened(columns, "rows", len(piece[0])), "2").columns
    return [list(flat[name]) for name in columns]


class _Growing:
    """A column as codes, in the order in which entries appear."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}
        self._codes: list[NDArray[np.int64]] = []

    def add(self, entries: list[Any], name: str, before: int) -> None:
        """Code some more rows of a column, of which so many came before."""
        places = self._places
        refuse_nested(entries, name, before)
        codes = [
            -1 if entry is None else places.setdefault(entry, len(places)) for entry in entries
        ]
        self._codes.append(np.array(codes, dtype=np.int64))

    def encoded(self, name: str) -> Encoded:
        """The whole column, its entries in order."""
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, dtype=np.int64)
        return ranked(codes, list(self._places), name)


def _csv(path: Path, names: list[str]) -> Iterator[tuple[list[list[Any]], float]]:
    _must_open(path)
    size = max(1, path.stat().st_size)
    try:
        with path.open("rb") as raw:
            lines = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            # Strict, or a quotation mark that is never closed swallows the rest of the file.
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            _separated(header, names, path)
            _all_there(header, names, path)
            places = [header.index(name) for name in names]
            before = 1
            while rows := list(itertools.islice(reader, _ROWS_AT_ONCE)):
                rows = [row for row in rows if row]
                _all_fields(rows, header, before, path)
                before += len(rows)
                done = raw.tell() / size
                yield [[row[place] or None for row in rows] for place in places], done
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, found the byte {error.object[error.start]:#04x}"
        raise TableError.of("", "not-utf-8", problem, where=str(path)) from error
    except csv.Error as error:
        problem = f"expected CSV, found: {error}"
        fix = "close every quotation mark, and double it within a field"
        raise TableError.of("", "not-csv", problem, fix, where=str(path)) from error


def _all_there(header: list[str], names: list[str], path: Path) -> None:
    """Refuse a file that lacks a column, or has one that is asked for twice."""
    try:
        Opened(dict.fromkeys(header), "rows", 0).require(names)
    except TableError as error:
        raise TableError(error.problems, str(path)) from None
    twice = [name for name in names if header.count(name) > 1]
    if twice:
        raise TableError(
            (
                Problem(
                    name,
                    "duplicate-columns",
                    f"expected one column {name!r}, found {header.count(name)}",
                    "give every column a name of its own",
                )
                for name in twice
            ),
            str(path),
        )


def _separated(header: list[str], names: list[str], path: Path) -> None:
    """Refuse a header of one field that holds all names, with something else between them."""
    for mark, said in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and set(names) <= set(header[0].split(mark)):
            problem = f"expected commas between fields, found {said}: {header[0]!r:.80}"
            fix = (
                "save it with commas, or read it with a dataframe library and give learn the frame"
            )
            raise TableError.of("line 1", "not-commas", problem, fix, where=str(path))


def _all_fields(rows: list[list[str]], header: list[str], before: int, path: Path) -> None:
    short = next((place for place, row in enumerate(rows) if len(row) != len(header)), None)
    if short is not None:
        found = rows[short]
        problem = f"expected {len(header)} fields in each row, found {len(found)}: {found!r:.80}"
        row = f"row {before + short + 1}"
        raise TableError.of(row, "uneven-row", problem, where=str(path))


def _words_in(schema: Any, names: list[str]) -> list[str]:
    """The columns of words: lists of them cannot be read as a dictionary."""
    from pyarrow import types

    plain = (types.is_string, types.is_large_string)
    return [
        name
        for name in names
        if name in schema.names and any(is_plain(schema.field(name).type) for is_plain in plain)
    ]


def _parquet(path: Path, names: list[str]) -> Iterator[tuple[list[list[Any]], float]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("parquet", "pyarrow") from error
    from pyarrow import ArrowException

    _must_open(path)

    try:
        # Words that are told again and again are held once, however often they are told.
        file = parquet.ParquetFile(
            path, read_dictionary=_words_in(parquet.read_schema(path), names)
        )
    except ArrowException as error:
        problem = f"expected a Parquet file, found: {str(error).splitlines()[0]:.200}"
        raise TableError.of("", "not-parquet", problem, where=str(path)) from error
    with file:
        _all_there(list(file.schema_arrow.names), names, path)
        rows, read = max(1, file.metadata.num_rows), 0
        expect(_OF_A_ROW * rows, f"reading {rows:,} rows")
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=names):
            read += batch.num_rows
            yield [_entries(batch.column(name)) for name in names], read / rows


def _entries(column: Any) -> list[Any]:
    """A column of Parquet as a list, in which equal words are one object."""
    if not hasattr(column, "dictionary"):
        return list(column.to_pylist())
    words = column.dictionary.to_pylist()
    return [None if code is None else words[code] for code in column.indices.to_pylist()]
