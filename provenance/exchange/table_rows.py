"""The rows of a sheet as records: columns found under the names people give them, cells read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from provenance.errors import Problem
from provenance.exchange.losses import Loss
from provenance.exchange.table_columns import COLUMNS, Kind, kind_of, record_of, value_of
from provenance.exchange.table_files import Sheet

__all__ = ["Entry", "Reading", "place", "read_sheet"]

_MUST: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "claims": (("id",), ("text",)),
    "questions": (("id",), ("text",), ("claims",)),
    "sources": (("id",),),
    "documents": (("id",),),
    "attributions": (("source",), ("claim", "cites")),
    "links": (("kind",),),
}
"""The columns without which a table says nothing, or one of them where there are several."""

MOST_PROBLEMS = 1_000
"""How many problems of a table are listed."""


def place(table: str, row: int | None = None, column: str | None = None) -> str:
    """Where something stands in a table.

    >>> place("attributions", 3, "cites")
    "attributions, row 3, column 'cites'"
    """
    parts = (
        table,
        None if row is None else f"row {row}",
        None if column is None else f"column {column!r}",
    )
    return ", ".join(part for part in parts if part is not None)


@attrs.frozen
class Entry:
    """A record and where in its table it stands."""

    table: str
    """The table."""
    row: int
    """The row; the first below the header is row 1."""
    record: dict[str, Any]
    """The record, as a case file would have it."""
    headers: Mapping[str, str]
    """For every column of the format how it is headed in the table."""

    def path(self, column: str | None = None) -> str:
        """Where one of its cells stands, under the name that the column has in the table."""
        if column is None:
            return place(self.table, self.row)
        heading = self.headers.get(column)
        if heading is None and column == "locators":
            heading = next(
                (text for name, text in self.headers.items() if name.startswith("locator.")), None
            )
        return place(self.table, self.row, heading or column)


@attrs.frozen
class Reading:
    """All that was read from a table."""

    entries: tuple[Entry, ...] = ()
    """The records in their order."""
    problems: tuple[Problem, ...] = ()
    """Cells and columns that cannot be read."""
    losses: tuple[Loss, ...] = ()
    """Columns that are none of the format."""


def read_sheet(sheet: Sheet, renamed: Mapping[str, str]) -> Reading:
    """The records of a sheet.

    Args:
        sheet: the sheet.
        renamed: for headings that are not the names of fields, which field they mean.
    """
    problems: list[Problem] = []
    losses: list[Loss] = []
    headings: dict[str, str] = {}
    for heading in sheet.columns:
        field = _field(heading, renamed)
        if kind_of(sheet.name, field) is None:
            problem = _near_miss(sheet, heading, field, renamed)
            if problem is not None:
                problems.append(problem)
            else:
                losses.append(_unknown(sheet.name, heading))
        elif field in headings:
            problems.append(_twice(sheet.name, heading, headings[field], field))
        else:
            headings[field] = heading
    if not problems:
        problems += _missing(sheet, headings)
    entries = () if problems else tuple(_entries(sheet, headings, problems))
    return Reading(entries, tuple(problems[:MOST_PROBLEMS]), tuple(losses))


def _field(heading: str, renamed: Mapping[str, str]) -> str:
    if heading in renamed:
        return renamed[heading]
    if heading.startswith("x-"):
        return heading
    whole, dot, part = heading.strip().partition(".")
    whole = whole.casefold().replace(" ", "_")
    return f"{whole}{dot}{part if part.startswith('x-') else part.casefold()}"


def _near_miss(
    sheet: Sheet, heading: str, field: str, renamed: Mapping[str, str]
) -> Problem | None:
    """A column that is probably a misspelt one, and would otherwise be left out."""
    present = {_field(other, renamed) for other in sheet.columns}
    absent = [name for name in COLUMNS[sheet.name] if name not in present]
    near = difflib.get_close_matches(field[:100], absent, n=1, cutoff=0.8)
    if not near:
        return None
    return Problem(
        place(sheet.name, None, heading),
        "unknown-column",
        f"expected a field of the format, found {heading[:60]!r}",
        f"did you mean {near[0]!r}? say so with columns=, or give it another name",
    )


def _unknown(table: str, heading: str) -> Loss:
    return Loss(
        place(table, None, heading),
        "a column",
        "it is no field of the case format; name the field with columns=, or begin it with x-",
    )


def _missing(sheet: Sheet, headings: Mapping[str, str]) -> Iterator[Problem]:
    for columns in _MUST.get(sheet.name, ()):
        if sheet.rows and not any(column in headings for column in columns):
            named = " or ".join(map(repr, columns))
            yield Problem(
                sheet.name,
                "missing-column",
                f"expected a column {named}, found {', '.join(map(repr, sheet.columns))[:200]}",
                "name the columns in the first row, or say which are meant with columns=",
            )


def _twice(table: str, heading: str, first: str, field: str) -> Problem:
    return Problem(
        place(table, None, heading),
        "duplicate-column",
        f"expected every field once, found {field!r} here and in column {first!r}",
        "keep one of them",
    )


def _entries(sheet: Sheet, headings: Mapping[str, str], problems: list[Problem]) -> Iterator[Entry]:
    kinds: dict[str, tuple[str, Kind]] = {}
    for field, heading in headings.items():
        kind = kind_of(sheet.name, field)
        assert kind is not None
        kinds[field] = (heading, kind)
    parts = {field: whole for field in kinds if (whole := _whole(field)) in kinds}
    for row, cells in sheet.rows:
        values: dict[str, Any] = {}
        for field, (heading, kind) in kinds.items():
            if heading not in cells:
                continue
            value = value_of(kind, cells[heading])
            if isinstance(value, Problem):
                path = place(sheet.name, row, heading)
                problems.append(attrs.evolve(value, path=path))
            elif value is not None or kind == "anything":
                values[field] = value
        for field, whole in parts.items():
            if field in values and whole in values:
                problems.append(_said_twice(place(sheet.name, row, headings[field]), whole))
                del values[field]
        if values and len(problems) < MOST_PROBLEMS:
            yield Entry(sheet.name, row, record_of(values.items()), headings)


def _said_twice(path: str, whole: str | None) -> Problem:
    """A cell for a part, `access.mean`, of what has a cell as a whole, `access`."""
    return Problem(
        path,
        "said-twice",
        f"expected either {whole!r} or its parts, found both",
        "keep one of them",
    )


def _whole(field: str) -> str | None:
    whole, dot, _ = field.partition(".")
    if not dot or field.startswith("x-"):
        return None
    return "locators" if whole == "locator" else whole
