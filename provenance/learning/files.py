"""Assertions from files too large to hold: CSV and Parquet, read piece by piece into codes."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from provenance.errors import MissingExtra, Problem, TableError
from provenance.learning.assertions import Assertions, Kind
from provenance.learning.encoding import Encoded, ranked
from provenance.learning.tables import Opened

__all__ = ["read_assertions"]

_ROWS_AT_ONCE = 100_000


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
) -> Assertions:
    """Assertions from a CSV file (a header, UTF-8) or a Parquet file, with bounded memory.

    Only codes and the distinct names are held, never the rows: 24 bytes per row while reading. In
    CSV all columns are text, so that `007` stays `007`; an empty field is missing. Parquet needs
    pyarrow. The arguments are those of `Assertions.of`.

    Raises:
        TableError: An unknown column, a row with too few fields, bytes that are not UTF-8.
        MissingExtra: Parquet without pyarrow.
    """
    names = [name for name in (source, object, value, time, cites) if name is not None]
    where = Path(path)
    pieces = _parquet(where, names) if where.suffix == ".parquet" else _csv(where, names)
    coded = [_Growing() for _ in names]
    rows = 0
    for piece in pieces:
        for column, entries in zip(coded, piece, strict=True):
            column.add(entries)
        rows += len(piece[0])
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


class _Growing:
    """A column as codes, in the order in which entries appear."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}
        self._codes: list[NDArray[np.int64]] = []

    def add(self, entries: list[Any]) -> None:
        """Code some more rows."""
        places = self._places
        codes = [
            -1 if entry is None else places.setdefault(entry, len(places)) for entry in entries
        ]
        self._codes.append(np.array(codes, dtype=np.int64))

    def encoded(self, name: str) -> Encoded:
        """The whole column, its entries in order."""
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, dtype=np.int64)
        return ranked(codes, list(self._places), name)


def _csv(path: Path, names: list[str]) -> Iterator[list[list[Any]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines)
            header = next(reader, [])
            empty = Opened(dict.fromkeys(header), "rows", 0)
            for name in names:
                empty.column(name)
            places = [header.index(name) for name in names]
            while rows := list(itertools.islice(reader, _ROWS_AT_ONCE)):
                rows = [row for row in rows if row]
                _all_fields(rows, header, reader.line_num)
                yield [[row[place] or None for row in rows] for place in places]
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, found the byte {error.object[error.start]:#04x}"
        raise TableError([Problem("", "not-utf-8", problem)], str(path)) from error
    except csv.Error as error:
        raise TableError([Problem("", "not-csv", str(error))], str(path)) from error


def _all_fields(rows: list[list[str]], header: list[str], line: int) -> None:
    short = next((row for row in rows if len(row) != len(header)), None)
    if short is not None:
        problem = f"expected {len(header)} fields in each row, found {len(short)}: {short!r:.80}"
        raise TableError([Problem(f"up to line {line}", "uneven-row", problem)])


def _parquet(path: Path, names: list[str]) -> Iterator[list[list[Any]]]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("parquet", "pyarrow") from error
    with parquet.ParquetFile(path) as file:
        empty = Opened(dict.fromkeys(file.schema_arrow.names), "rows", 0)
        for name in names:
            empty.column(name)
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, columns=names):
            yield [batch.column(name).to_pylist() for name in names]
