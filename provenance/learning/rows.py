"""Rows of a table as integer codes, checked, before they are sorted into assertions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import Problem, TableError
from provenance.learning.encoding import Encoded, encoded, numbers_of
from provenance.learning.tables import Opened

__all__ = ["Rows", "coded_rows", "one_row_per_member"]


@attrs.frozen(eq=False)
class Rows:
    """One entry per row in every array; names in order."""

    sources: tuple[Any, ...]
    """Names of the sources."""
    objects: tuple[Any, ...]
    """Names of the objects."""
    values: tuple[Any, ...]
    """Distinct values."""
    source: NDArray[np.int64]
    """The source of each row."""
    object: NDArray[np.int64]
    """The object of each row."""
    value: NDArray[np.int64]
    """The value of each row."""
    number: NDArray[np.float64] | None
    """The number each row states, for numbers."""
    time: NDArray[np.float64] | None
    """When each row was said, in days; NaN where not known."""
    cited: NDArray[np.int64] | None
    """The source each row cites; -1 where none."""
    dropped: int
    """Rows of the table left out for a missing source, object or value."""


def coded_rows(
    columns: Opened,
    names: tuple[str, str, str],
    time: str | None,
    cites: str | None,
    numeric: bool,
) -> Rows:
    """The rows that have a source, an object and a value; a `TableError` when there are none."""
    if not columns.rows:
        raise TableError([Problem("", "empty-table", "expected assertions, found no rows")])
    said, about, what = (encoded(columns.column(name), name) for name in names)
    for name, column in zip(names, (said, about, what), strict=True):
        if not column.entries:
            problem = "expected at least one entry, found only missing ones"
            raise TableError([Problem(name, "nothing-there", problem)])
    number = numbers_of(what, names[2]) if numeric else None
    timed = None if time is None else numbers_of(encoded(columns.column(time), time), time)
    cited = None if cites is None else _cited(encoded(columns.column(cites), cites), said)
    present = (said.codes >= 0) & (about.codes >= 0) & (what.codes >= 0)
    if number is not None:
        present &= np.isfinite(number)
    if not present.any():
        problem = "expected a row with a source, an object and a value, found none"
        raise TableError([Problem("", "nothing-there", problem)])
    rows = Rows(
        sources=said.entries,
        objects=about.entries,
        values=what.entries,
        source=said.codes,
        object=about.codes,
        value=what.codes,
        number=number,
        time=timed,
        cited=cited,
        dropped=len(present) - int(present.sum()),
    )
    return rows if present.all() else _only(rows, present)


def _cited(cites: Encoded, source: Encoded) -> NDArray[np.int64]:
    """Citations as codes of sources; whoever says nothing in the table cannot be copied here."""
    places = {name: place for place, name in enumerate(source.entries)}
    codes = np.array([*(places.get(name, -1) for name in cites.entries), -1], dtype=np.int64)
    return codes[cites.codes]


def _only(rows: Rows, present: NDArray[np.bool_]) -> Rows:
    """The rows that are present, without the names that only absent rows used."""
    sources, source, moved = _used(rows.sources, rows.source[present])
    objects, object_, _ = _used(rows.objects, rows.object[present])
    values, value, _ = _used(rows.values, rows.value[present])
    return Rows(
        sources=sources,
        objects=objects,
        values=values,
        source=source,
        object=object_,
        value=value,
        number=None if rows.number is None else rows.number[present],
        time=None if rows.time is None else rows.time[present],
        cited=None if rows.cited is None else moved[rows.cited[present]],
        dropped=rows.dropped,
    )


def _used(
    names: tuple[Any, ...], codes: NDArray[np.int64]
) -> tuple[tuple[Any, ...], NDArray[np.int64], NDArray[np.int64]]:
    """Names still in use, codes into them, and old code to new (-1 stays -1)."""
    used = np.bincount(codes, minlength=len(names)) > 0
    moved = np.full(len(names) + 1, -1, dtype=np.int64)
    moved[:-1][used] = np.arange(int(used.sum()))
    kept = tuple(name for name, keep in zip(names, used.tolist(), strict=True) if keep)
    return kept, moved[codes], moved


def one_row_per_member(columns: Opened, value: str) -> Opened:
    """Rows whose value is a list, a tuple or a set become a row for each member."""
    if isinstance(columns.column(value), Encoded):
        return columns
    listed = _as_list(columns.column(value))
    members = [
        sorted(entry, key=repr) if isinstance(entry, list | tuple | set | frozenset) else [entry]
        for entry in listed
    ]
    rows = np.repeat(np.arange(len(listed)), [len(entry) for entry in members]).tolist()
    others: Mapping[str, list[Any]] = {
        name: _as_list(column) for name, column in columns.columns.items() if name != value
    }
    rest = {name: [column[row] for row in rows] for name, column in others.items()}
    flat = [member for entry in members for member in entry]
    return Opened({**rest, value: flat}, columns.kind, len(flat))


def _as_list(column: Any) -> list[Any]:
    return column.to_list() if hasattr(column, "to_list") else list(column)
