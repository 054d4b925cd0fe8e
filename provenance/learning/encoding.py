"""Columns as integer codes: each distinct entry once, in order, and where it stands in every row."""

from __future__ import annotations

import datetime
import decimal
import math
import os
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import MissingExtra, Problem, TableError, UnknownName

__all__ = [
    "Encoded",
    "Floats",
    "Ints",
    "Opened",
    "encoded",
    "family_of",
    "is_missing",
    "is_number",
    "numbers_in",
    "numbers_of",
    "numbers_together",
    "opened",
    "ordered",
    "ranked",
    "refuse_nested",
    "table_like",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@attrs.frozen(eq=False)
class Encoded:
    """A column as codes into its distinct entries."""

    codes: NDArray[np.int64]
    """For every row the position of its entry in `entries`; -1 where it is missing."""
    entries: tuple[Any, ...]
    """The distinct entries, in order; every entry occurs in some row."""


def encoded(column: Any, name: str) -> Encoded:
    """Codes of a narwhals series or of a plain sequence; None and NaN are missing.

    Entries are ordered among themselves (text by code point, numbers by size), so the codes do
    not depend on the order of the rows. A column that mixes kinds (text and numbers, say) is a
    `TableError`, because `1` and `"1"` would silently be two things.
    """
    if isinstance(column, Encoded):
        return column
    return ranked(*_hashed(column, name), name)


def ranked(codes: NDArray[np.int64], entries: list[Any], name: str) -> Encoded:
    """Codes into entries in any order as codes into those that occur, in order."""
    # A dictionary may hold entries that no row uses, and missing ones among its entries.
    used = np.bincount(codes[codes >= 0], minlength=len(entries)) > 0
    if set(map(type, entries)) - {str, int}:
        for position, entry in enumerate(entries):
            if is_missing(entry):
                used[position] = False
    kept = [entry for entry, keep in zip(entries, used.tolist(), strict=True) if keep]
    order = ordered(kept, name)
    rank = np.full(len(entries) + 1, -1, dtype=np.int64)
    rank[np.flatnonzero(used)[order]] = np.arange(len(kept))
    return Encoded(rank[codes], tuple([kept[position] for position in order.tolist()]))


def is_missing(entry: Any) -> bool:
    """Whether an entry is None, NaN or what dataframe libraries put for either."""
    if entry is None or (isinstance(entry, float) and math.isnan(entry)):
        return True
    if isinstance(entry, decimal.Decimal):
        return entry.is_nan()
    # NaT and the missing values of dataframe libraries are not equal to themselves.
    return type(entry).__name__ in ("NaTType", "NAType")


def family_of(entry: Any) -> str:
    """The kind of an entry as a word: text, number, yes/no, date, or the name of its type."""
    match entry:
        case str():
            return "text"
        case bool() | np.bool_():
            return "yes/no"
        case int() | float() | decimal.Decimal() | np.integer() | np.floating():
            return "number"
        case datetime.date():
            return "date"
        case _:
            return type(entry).__name__


def ordered(entries: Sequence[Any], name: str) -> NDArray[np.int64]:
    """The order that sorts distinct entries of one kind."""
    if not entries:
        return np.empty(0, dtype=np.int64)
    families = {kind: family_of(example) for kind, example in _one_of_each_type(entries).items()}
    if len(set(families.values())) > 1:
        raise TableError([_mixed(entries, name)])
    family = next(iter(families.values()))
    if family == "number":
        return np.array(sorted(range(len(entries)), key=entries.__getitem__), dtype=np.int64)
    if family == "text" and len(entries) > 50_000 and (quick := _arrow_order(entries)) is not None:
        return quick
    try:
        return np.array(sorted(range(len(entries)), key=entries.__getitem__), dtype=np.int64)
    except TypeError:
        return np.array(
            sorted(range(len(entries)), key=lambda at: repr(entries[at])),
            dtype=np.int64,
        )


def _one_of_each_type(entries: Sequence[Any]) -> dict[type, Any]:
    kinds = set(map(type, entries))
    return {
        kind: next(entry for entry in entries if type(entry) is kind)
        for kind in sorted(kinds, key=lambda kind: kind.__name__)
    }


def _mixed(entries: Sequence[Any], name: str) -> Problem:
    examples = sorted(
        {family_of(each): repr(each) for each in _one_of_each_type(entries).values()}.items()
    )
    found = " and ".join(f"{family} ({example})" for family, example in examples)
    return Problem(
        name,
        "mixed-kinds",
        f"expected entries of one kind, found {found}",
        "make the column all text or all numbers",
    )


def _arrow_order(entries: Sequence[Any]) -> NDArray[np.int64] | None:
    """The order of many texts by Arrow's sort of UTF-8 bytes, which is the order of code points."""
    try:
        import pyarrow as arrow
        import pyarrow.compute as compute
    except ImportError:
        return None
    order = compute.sort_indices(arrow.array(entries, type=arrow.large_string()))
    return np.asarray(order.to_numpy(), dtype=np.int64)


def _hashed(column: Any, name: str) -> tuple[NDArray[np.int64], list[Any]]:
    """Codes and distinct entries in any order, by the quickest way the column's library has."""
    native = getattr(column, "to_native", lambda: None)()
    library = type(native).__module__.partition(".")[0]
    if library == "polars":
        return _hashed_by_polars(native, name)
    if library == "pyarrow":
        return _hashed_by_arrow(native, name)
    if library == "pandas":
        return _hashed_by_pandas(native, name)
    return _hashed_by_hand(column.to_list() if native is not None else column, name)


def _hashed_by_polars(series: Any, name: str) -> tuple[NDArray[np.int64], list[Any]]:
    import polars

    if isinstance(series.dtype, polars.List | polars.Array | polars.Struct | polars.Object):
        return _hashed_by_hand(series.to_list(), name)
    if isinstance(series.dtype, polars.Categorical | polars.Enum):
        series = series.cast(polars.String)
    if series.dtype == polars.String:
        entries = series.drop_nulls().unique().sort()
        codes = series.cast(polars.Enum(entries)).to_physical().cast(polars.Int64)
        return codes.fill_null(-1).to_numpy(), entries.to_list()
    if series.dtype.is_float():
        series = series.fill_nan(None)
    table = (
        series.rename("entry")
        .to_frame()
        .with_columns(code=polars.col("entry").rank("dense").cast(polars.Int64) - 1)
    )
    return (
        table["code"].fill_null(-1).to_numpy(),
        series.drop_nulls().unique().sort().to_list(),
    )


def _hashed_by_arrow(column: Any, name: str) -> tuple[NDArray[np.int64], list[Any]]:
    import pyarrow as arrow
    import pyarrow.compute as compute

    if arrow.types.is_nested(column.type):
        return _hashed_by_hand(column.to_pylist(), name)
    combined = column.combine_chunks() if isinstance(column, arrow.ChunkedArray) else column
    if isinstance(combined, arrow.ChunkedArray):
        combined = arrow.concat_arrays(combined.chunks) if combined.num_chunks else combined
    if not arrow.types.is_dictionary(column.type):
        combined = combined.dictionary_encode()
    indices = compute.fill_null(combined.indices.cast(arrow.int64()), -1)
    return indices.to_numpy(zero_copy_only=False), combined.dictionary.to_pylist()


def _hashed_by_pandas(series: Any, name: str) -> tuple[NDArray[np.int64], list[Any]]:
    import pandas

    if series.dtype == object:
        return _hashed_by_hand(series.tolist(), name)
    codes, entries = pandas.factorize(series)
    return np.asarray(codes, dtype=np.int64), list(entries.tolist())


def _hashed_by_hand(column: Sequence[Any], name: str) -> tuple[NDArray[np.int64], list[Any]]:
    refuse_nested(column, name)
    places: dict[Hashable, int] = {}
    codes = np.empty(len(column), dtype=np.int64)
    kinds: dict[Hashable, Any] = {}
    for row, entry in enumerate(column):
        # True == 1 for Python; here a yes is not a number.
        key = (entry, isinstance(entry, bool | np.bool_))
        place = places.setdefault(key, len(places))
        codes[row] = place
        kinds.setdefault(place, entry)
    return codes, [kinds[place] for place in range(len(places))]


_NESTED = (list, set, frozenset, tuple, dict, bytearray, np.ndarray)


def refuse_nested(column: Sequence[Any], name: str, before: int = 0) -> None:
    """A `TableError` where an entry is a list or the like; `before` rows came before these."""
    if set(map(type, column)).isdisjoint(_NESTED):
        return
    for row, entry in enumerate(column, start=before):
        if isinstance(entry, _NESTED):
            raise TableError([_nested(name, row, entry)])


def _nested(name: str, row: int, entry: Any) -> Problem:
    return Problem(
        f"{name}[{row}]",
        "nested-value",
        f"expected one value, found {entry!r}",
        'say kind="sets" when an object has several true values',
    )


def numbers_of(column: Encoded, name: str) -> NDArray[np.float64]:
    """The entries of a column as numbers: numbers as they are, dates and times as days.

    Text is read as a number or an ISO date; anything else is a `TableError` naming the entries, and
    so is a bare number among dates: 1871 is no day.
    """
    return np.append(_numbers_of_entries(column, name), np.nan)[column.codes]


def numbers_together(column: Encoded, name: str) -> Encoded:
    """The column with its entries in order of their numbers, those of one number joined.

    Text is in order of its letters, by which 1000 comes before 99, and 5 and 5.0 are two things.

    >>> numbers_together(encoded(["1000", "99", "99.0"], "value"), "value").entries
    ('99', '1000')
    """
    numbers = _numbers_of_entries(column, name)
    _, first, place = np.unique(numbers, return_index=True, return_inverse=True)
    entries = tuple(column.entries[entry] for entry in first.tolist())
    return Encoded(np.append(place, -1)[column.codes], entries)


def numbers_in(entries: Sequence[Any]) -> Floats:
    """Each entry as a number, dates as days; NaN for what is none."""
    return np.array([_number(entry) for entry in entries], dtype=np.float64)


def _numbers_of_entries(column: Encoded, name: str) -> Floats:
    found = [_number(entry) for entry in column.entries]
    days = [
        number is not None and not is_number(entry)
        for entry, number in zip(column.entries, found, strict=True)
    ]
    if any(days) and not all(days):
        found = [number if day else None for number, day in zip(found, days, strict=True)]
    if None in found:
        raise TableError(_no_numbers(column, name, found, among_days=any(days)))
    return np.array(found, dtype=np.float64)


_SHOWN = 5  # entries or rows, of which each is a problem of its own


def _and_more(odd: Sequence[Any], place: Any, noun: str) -> str:
    """After the last one that is shown how many there are beside."""
    last = len(odd) > _SHOWN and place == odd[_SHOWN - 1]
    return f"; so are {len(odd) - _SHOWN:,} more {noun}" if last else ""


def _no_numbers(
    column: Encoded, name: str, found: Sequence[float | None], *, among_days: bool
) -> list[Problem]:
    """The first entries that are no numbers, each with its first row; the last tells how many more."""
    rows = dict(zip(*np.unique(column.codes, return_index=True), strict=True))
    odd = sorted((int(rows[place]), place) for place, each in enumerate(found) if each is None)
    fix = "write 1234.5 for a number, with no other signs, and 2020-01-31 for a date"
    expected = "a number or a date"
    if among_days:
        expected = "a date, as others of the column are"
        fix = (
            "write the day, such as 1871-07-01 for about the middle of 1871, or let values be compared "
            "as words, by another kind than numbers"
        )
    return [
        Problem(
            f"{name}[{row}]",
            "not-a-number",
            f"expected {expected}, found {column.entries[place]!r:.80}"
            + _and_more(odd, (row, place), "entries"),
            fix,
        )
        for row, place in odd[:_SHOWN]
    ]


def _number(entry: Any) -> float | None:
    match entry:
        case bool():
            return None
        case int() | float() | decimal.Decimal() | np.integer() | np.floating():
            return _as_float(entry)
        case datetime.datetime():
            moment = entry if entry.tzinfo else entry.replace(tzinfo=datetime.UTC)
            return moment.timestamp() / 86_400.0
        case datetime.date():
            return float(entry.toordinal() - datetime.date(1970, 1, 1).toordinal())
        case str():
            return _number_in_text(entry)
        case _:
            return None


def is_number(entry: Any) -> bool:
    """Whether an entry is a number, or text that reads as one; dates and yes or no are not.

    >>> is_number("1e3"), is_number("2020-01-31"), is_number(True)
    (True, False, False)
    """
    if isinstance(entry, str):
        try:
            return math.isfinite(float(entry))
        except ValueError:
            return False
    return family_of(entry) == "number"


def _as_float(number: Any) -> float:
    """A number as a float; one beyond all floats is infinite, and left out as such."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _number_in_text(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return _number(datetime.datetime.fromisoformat(text))
    except ValueError:
        return None


# Tables in and out: any frame narwhals reads, or plain rows, and answers in the caller's own
# kind.


@attrs.frozen(eq=False)
class Opened:
    """The columns of a table, as series of its own library or as lists."""

    columns: Mapping[str, Any]
    """Column by name, all of one length."""
    kind: str
    """What the table was: `rows`, or the name of its library (`polars-lazy` for a lazy frame)."""
    rows: int
    """How many rows there are."""

    def require(self, names: Iterable[str]) -> None:
        """A `TableError` with all of the names that are no column, each with the nearest."""
        fix = "name the columns with source=, object=, value=, time= and cites="
        wanted = list(names)
        missing = [name for name in wanted if name not in self.columns]
        if missing == [*wanted[:1], *wanted[2:3]] and len(self.columns) > len(missing):
            fix = (
                "a table with a column for each source is first made long, a row for each assertion "
                f"(pandas melt, Polars unpivot); else {fix}"
            )
        problems = [
            Problem(name, "unknown-column", str(UnknownName("column", name, self.columns)), fix)
            for name in missing
        ]
        if problems:
            raise TableError(problems)

    def column(self, name: str) -> Any:
        """The column of that name, or a `TableError` that offers the nearest names."""
        self.require([name])
        return self.columns[name]


def opened(table: Any, names: Sequence[str]) -> Opened:
    """The columns `names` of a table; rows are tuples in the order of `names`, or mappings.

    Reads pandas, Polars (lazy too), Arrow (tables, batches and readers of batches), DuckDB relations
    and PySpark frames through narwhals, mappings from column names to sequences, numpy arrays with a
    row each or with named fields, and iterables of rows.
    """
    if isinstance(table, Opened):
        return table
    if isinstance(table, Mapping):
        return _opened_mapping(table)
    if type(table).__module__.partition(".")[0] == "numpy" and hasattr(table, "tolist"):
        table = table.tolist()
    frame = _narwhal(_whole(table))
    if frame is None:
        return _opened_rows(table, names)
    kind = frame.implementation.name.lower()  # its value is a number before 1.40
    if hasattr(frame, "collect"):
        known = frame.collect_schema().names()
        wanted = [name for name in names if name in known]
        empty = Opened(dict.fromkeys(known), kind, 0)
        empty.require(names)
        frame = frame.select(*wanted).collect()
        kind = "polars-lazy" if kind == "polars" else kind
    return Opened({name: frame[name] for name in frame.columns}, kind, len(frame))


def _whole(table: Any) -> Any:
    """Arrow's batches as one table; anything else as it is."""
    kind = type(table).__name__
    if type(table).__module__.partition(".")[0] != "pyarrow":
        return table
    import pyarrow as arrow

    if kind == "RecordBatch":
        return arrow.Table.from_batches([table])
    return table.read_all() if kind == "RecordBatchReader" else table


def _narwhal(table: Any) -> Any:
    """The table as a narwhals frame, or None when no dataframe library made it."""
    if isinstance(table, list | tuple) or type(table).__module__ == "builtins":
        return None
    try:
        import narwhals
    except ImportError as error:
        if hasattr(table, "columns"):
            raise MissingExtra("learning", "narwhals") from error
        return None
    try:
        frame = narwhals.from_native(table, pass_through=True)
    except ValueError as error:
        found = " ".join(str(error).split())
        problem = f"expected columns of different names, found: {found:.200}"
        raise TableError.of("", "duplicate-columns", problem) from error
    return frame if isinstance(frame, narwhals.DataFrame | narwhals.LazyFrame) else None


def _opened_mapping(table: Mapping[str, Any]) -> Opened:
    columns = {str(name): list(column) for name, column in table.items()}
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        problem = f"expected columns of one length, found {lengths}"
        raise TableError.of("", "uneven-columns", problem)
    return Opened(columns, "rows", next(iter(lengths.values()), 0))


def _opened_rows(table: Any, names: Sequence[str]) -> Opened:
    if isinstance(table, str | bytes) or not isinstance(table, Iterable):
        problem = f"expected a table or rows of ({', '.join(names)}), found {type(table).__name__}"
        path = isinstance(table, str | os.PathLike)
        fix = "read a file first: learn(read_assertions(path))" if path else ""
        raise TableError.of("", "not-a-table", problem, fix)
    rows = list(table)
    odd = [place for place, row in enumerate(rows) if not _fits(row, names)]
    if odd:
        raise TableError(
            Problem(
                f"[{place}]",
                "bad-row",
                f"expected ({', '.join(names)}), found {rows[place]!r:.80}"
                + _and_more(odd, place, "rows"),
            )
            for place in odd[:_SHOWN]
        )
    return Opened(
        {
            name: [row.get(name) if isinstance(row, Mapping) else row[place] for row in rows]
            for place, name in enumerate(names)
        },
        "rows",
        len(rows),
    )


def _fits(row: Any, names: Sequence[str]) -> bool:
    if isinstance(row, Mapping):
        return all(name in row for name in names[:3])
    return isinstance(row, tuple | list) and len(row) == len(names)


def table_like(kind: str, columns: Mapping[str, Sequence[Any]]) -> Any:
    """A table of the same kind as one that was opened; plain rows become a tuple of tuples."""
    if kind == "rows":
        return tuple(zip(*columns.values(), strict=True))
    if kind in ("polars", "polars-lazy"):
        import polars

        frame = polars.DataFrame(dict(columns), strict=False)
        return frame.lazy() if kind == "polars-lazy" else frame
    if kind in ("pyarrow", "duckdb"):
        return _arrow_table(kind, columns)
    if kind.startswith("pyspark"):
        return _spark_frame(columns)
    if kind == "pandas":
        import pandas

        return pandas.DataFrame(dict(columns))
    import narwhals

    backend: Any = kind
    return narwhals.from_dict(dict(columns), backend=backend).to_native()


def _arrow_table(kind: str, columns: Mapping[str, Sequence[Any]]) -> Any:
    import pyarrow as arrow

    table = arrow.table({name: arrow.array(column) for name, column in columns.items()})
    if kind == "pyarrow":
        return table
    import duckdb

    return duckdb.from_arrow(table)


def _spark_frame(columns: Mapping[str, Sequence[Any]]) -> Any:
    """A PySpark frame whose types are said, because Spark guesses none from missing entries."""
    import pyspark.sql.types as types
    from pyspark.sql import SparkSession

    schema = types.StructType(
        [types.StructField(name, _spark_type(types, column)) for name, column in columns.items()]
    )
    rows = list(zip(*columns.values(), strict=True))
    session = SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()
    return session.createDataFrame(rows, schema)


def _spark_type(types: Any, column: Sequence[Any]) -> Any:
    """The type of the entries of a column; text where there are none."""
    entry = next((entry for entry in column if entry is not None), "")
    if isinstance(entry, bool):
        return types.BooleanType()
    if isinstance(entry, int):
        return types.LongType()
    if isinstance(entry, float):
        return types.DoubleType()
    if isinstance(entry, datetime.datetime):
        return types.TimestampType()
    return types.DateType() if isinstance(entry, datetime.date) else types.StringType()
