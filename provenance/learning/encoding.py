"""Columns as integer codes: each distinct entry once, in order, and where it stands in every row."""

from __future__ import annotations

import datetime
import math
from collections.abc import Hashable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import Problem, TableError

__all__ = [
    "Encoded",
    "encoded",
    "family_of",
    "is_missing",
    "numbers_of",
    "ordered",
    "ranked",
    "refuse_nested",
]


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
    # NaT and the missing values of dataframe libraries are not equal to themselves.
    return type(entry).__name__ in ("NaTType", "NAType")


def family_of(entry: Any) -> str:
    """The kind of an entry as a word: text, number, yes/no, date, or the name of its type."""
    match entry:
        case str():
            return "text"
        case bool() | np.bool_():
            return "yes/no"
        case int() | float() | np.integer() | np.floating():
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

    Text is read as a number or an ISO date; anything else is a `TableError` naming the entry.
    """
    numbers = np.empty(len(column.entries) + 1)
    numbers[-1] = np.nan
    for place, entry in enumerate(column.entries):
        number = _number(entry)
        if number is None:
            problem = f"expected a number or a date, found {entry!r}"
            raise TableError([Problem(name, "not-a-number", problem)])
        numbers[place] = number
    return numbers[column.codes]


def _number(entry: Any) -> float | None:
    match entry:
        case bool():
            return None
        case int() | float() | np.integer() | np.floating():
            return float(entry)
        case datetime.datetime():
            moment = entry if entry.tzinfo else entry.replace(tzinfo=datetime.UTC)
            return moment.timestamp() / 86_400.0
        case datetime.date():
            return float(entry.toordinal() - datetime.date(1970, 1, 1).toordinal())
        case str():
            return _number_in_text(entry)
        case _:
            return None


def _number_in_text(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return _number(datetime.datetime.fromisoformat(text))
    except ValueError:
        return None
