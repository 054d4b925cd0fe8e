"""Tables in and out: any frame narwhals reads, or plain rows, and answers in the caller's own kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from provenance.errors import MissingExtra, Problem, TableError, UnknownName

__all__ = ["Opened", "opened", "table_like"]


@attrs.frozen(eq=False)
class Opened:
    """The columns of a table, as series of its own library or as lists."""

    columns: Mapping[str, Any]
    """Column by name, all of one length."""
    kind: str
    """What the table was: `rows`, or the name of its library (`polars-lazy` for a lazy frame)."""
    rows: int
    """How many rows there are."""

    def column(self, name: str) -> Any:
        """The column of that name, or a `TableError` that offers the nearest names."""
        if name not in self.columns:
            missing = UnknownName("column", name, self.columns)
            fix = "name the columns with source=, object=, value=, time= and cites="
            raise TableError([Problem(name, "unknown-column", str(missing), fix)])
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
    kind = frame.implementation.value
    if hasattr(frame, "collect"):
        known = frame.collect_schema().names()
        wanted = [name for name in names if name in known]
        empty = Opened(dict.fromkeys(known), kind, 0)
        for name in names:
            empty.column(name)
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
    frame = narwhals.from_native(table, pass_through=True)
    return frame if isinstance(frame, narwhals.DataFrame | narwhals.LazyFrame) else None


def _opened_mapping(table: Mapping[str, Any]) -> Opened:
    columns = {str(name): list(column) for name, column in table.items()}
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        problem = f"expected columns of one length, found {lengths}"
        raise TableError([Problem("", "uneven-columns", problem)])
    return Opened(columns, "rows", next(iter(lengths.values()), 0))


def _opened_rows(table: Any, names: Sequence[str]) -> Opened:
    if isinstance(table, str | bytes) or not isinstance(table, Iterable):
        problem = f"expected a table or rows of ({', '.join(names)}), found {type(table).__name__}"
        raise TableError([Problem("", "not-a-table", problem)])
    rows = list(table)
    problems = [
        Problem(f"[{place}]", "bad-row", f"expected ({', '.join(names)}), found {row!r:.80}")
        for place, row in enumerate(rows)
        if not _fits(row, names)
    ]
    if problems:
        raise TableError(problems)
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
