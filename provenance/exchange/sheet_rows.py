"""The rows of a sheet as records: columns found under the names people give them, cells read."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.errors import Problem
from provenance.exchange.losses import Loss
from provenance.exchange.table_columns import (
    COLUMNS,
    DateOrder,
    Kind,
    kind_of,
    record_of,
    value_of,
)
from provenance.exchange.table_files import Sheet

__all__ = [
    "OF_THE_SOURCE",
    "Completed",
    "RowEntry",
    "RowNames",
    "SheetReading",
    "folded",
    "free",
    "kind_in",
    "place",
    "read_sheet",
    "several",
    "split",
]

_MUST: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "claims": (("text",),),
    "questions": (("text",), ("claims",)),
    "sources": (("id", "name"),),
    "documents": (("id", "title", "url"),),
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
class RowEntry:
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
class SheetReading:
    """All that was read from a table."""

    entries: tuple[RowEntry, ...] = ()
    """The records in their order."""
    problems: tuple[Problem, ...] = ()
    """Cells and columns that cannot be read."""
    losses: tuple[Loss, ...] = ()
    """Columns that are none of the format."""
    is_named: bool = True
    """Whether every cell that names a record could be read, so that the rest can be checked."""


def read_sheet(
    sheet: Sheet,
    renamed: Mapping[str, str],
    dates: DateOrder | None = None,
    keeps_extra: bool = False,
) -> SheetReading:
    """The records of a sheet.

    Args:
        sheet: the sheet.
        renamed: for headings that are not the names of fields, which field they mean.
        dates: how days such as 03/10/2015 are meant; without it they are problems.
        keeps_extra: whether columns that are no fields are kept, under `x-` and their heading.
    """
    problems: list[Problem] = []
    losses: list[Loss] = []
    headings: dict[str, str] = {}
    for heading in sheet.columns:
        field = _field(heading, renamed)
        is_field = kind_in(sheet.name, field) is not None
        if not is_field and keeps_extra:
            field = f"x-{heading.strip()}"
        if not is_field and not keeps_extra:
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
    if problems:
        return SheetReading((), tuple(problems[:MOST_PROBLEMS]), tuple(losses), is_named=False)
    unread: set[str] = set()
    entries = tuple(_entries(sheet, headings, problems, dates, unread))
    naming = {field for field in unread if kind_in(sheet.name, field) in ("text", "ids")}
    is_named = not naming and len(problems) < MOST_PROBLEMS
    return SheetReading(entries, tuple(problems[:MOST_PROBLEMS]), tuple(losses), is_named)


OF_THE_SOURCE = ("kind", "reliability")
"""What a row of attributions may say of its source: the columns of the table of sources."""


def kind_in(table: str, column: str) -> Kind | None:
    """What a column of a sheet holds, where a row may also say what its source is."""
    found = kind_of(table, column)
    if found is None and table == "attributions" and column in OF_THE_SOURCE:
        return kind_of("sources", column)
    return found


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
        "it is no field of the case format; name the field with columns=, or keep it under x-",
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


def _entries(
    sheet: Sheet,
    headings: Mapping[str, str],
    problems: list[Problem],
    dates: DateOrder | None,
    unread: set[str],
) -> Iterator[RowEntry]:
    kinds: dict[str, tuple[str, Kind]] = {}
    for field, heading in headings.items():
        kind = kind_in(sheet.name, field)
        assert kind is not None
        kinds[field] = (heading, kind)
    parts = {field: whole for field in kinds if (whole := _whole(field)) in kinds}
    for row, cells in sheet.rows:
        values: dict[str, Any] = {}
        for field, (heading, kind) in kinds.items():
            if heading not in cells:
                continue
            value = value_of(kind, cells[heading], dates)
            if isinstance(value, Problem):
                path = place(sheet.name, row, heading)
                problems.append(attrs.evolve(value, path=path))
                unread.add(field)
            elif value is not None or kind == "anything":
                values[field] = value
        for field, whole in parts.items():
            if field in values and whole in values:
                problems.append(_said_twice(place(sheet.name, row, headings[field]), whole))
                del values[field]
        if values and len(problems) < MOST_PROBLEMS:
            yield RowEntry(sheet.name, row, record_of(values.items()), headings)


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


@attrs.define
class Completed:
    """The records of a case, with those that its tables only imply."""

    tables: dict[str, list[RowEntry]]
    """The records of every section, with where they come from."""
    problems: list[Problem] = attrs.field(factory=list)
    """Cells that could mean several things, or nothing."""
    readings: list[str] = attrs.field(factory=list)
    """How every row that says something was read, in words."""

    def add(self, section: str, record: dict[str, Any], because: RowEntry, column: str) -> None:
        """A record that a cell implies; what is wrong with it is wrong with that cell."""
        headings = dict.fromkeys(
            ("id", "text", "source", "claim"), because.headers.get(column, column)
        )
        self.tables.setdefault(section, []).append(
            RowEntry(because.table, because.row, record, headings)
        )

    def refuse(self, entry: RowEntry, column: str, code: str, message: str, fix: str) -> None:
        """A cell that cannot be understood."""
        self.problems.append(Problem(entry.path(column), code, message, fix))


@attrs.frozen
class RowNames:
    """By what the records of a table can be meant: their ids, and names that only one of them has."""

    ids: Collection[Any]
    """The ids."""
    titles: Mapping[str, str]
    """The id of the record that has a name."""
    shared: Collection[Any] = ()
    """The names of several records."""

    folded: Mapping[str, str] = {}
    """The id of the only record whose id or name is that, however its letters are."""

    @classmethod
    def of(cls, entries: Sequence[RowEntry], field: str) -> RowNames:
        """The names of some records, with the field that holds what people call them."""
        times = Counter(entry.record.get(field) for entry in entries)
        titles = {
            entry.record[field]: entry.record["id"]
            for entry in entries
            if times[entry.record.get(field)] == 1
            and field in entry.record
            and "id" in entry.record
        }
        shared = {name for name, count in times.items() if count > 1 and name is not None}
        alike: dict[str, set[str]] = {}
        for entry in entries:
            for name in {entry.record.get("id"), entry.record.get(field)}:
                if isinstance(name, str) and isinstance(entry.record.get("id"), str):
                    alike.setdefault(folded(name), set()).add(entry.record["id"])
        alone = {name: next(iter(ids)) for name, ids in alike.items() if len(ids) == 1}
        return cls({entry.record.get("id") for entry in entries}, titles, shared, alone)

    def __contains__(self, name: object) -> bool:
        return name in self.ids or name in self.titles or folded(f"{name}") in self.folded

    def meant(self, value: Any) -> Any:
        """A cell's ids, those of them that are names or have spaces around them put right."""
        if isinstance(value, list):
            return [self.meant(item) for item in value]
        if not isinstance(value, str) or value in self.ids:
            return value
        if value.strip() in self.ids:
            return value.strip()
        found = self.titles.get(value, self.titles.get(value.strip()))
        return self.folded.get(folded(value), value) if found is None else found

    def replace(self, case: Completed, entry: RowEntry, field: str) -> None:
        """Puts ids where a record has names; a name that several records have is a problem."""
        if field not in entry.record:
            return
        for name in several(entry.record[field]):
            if name not in self.ids and name in self.shared:
                case.refuse(
                    entry,
                    field,
                    "ambiguous-name",
                    f"expected a name that one record has, found {name!r:.80}, which several have",
                    "write its id",
                )
        entry.record[field] = self.meant(entry.record[field])


def folded(name: str) -> str:
    """A name for comparing: "Continental  press" is "Continental Press".

    >>> folded(" Continental  Press")
    'continental press'
    """
    return " ".join(name.casefold().split())


def several(value: Any) -> list[Any]:
    """One or several as a list."""
    return value if isinstance(value, list) else [value]


def split(value: Any, known: Container[Any]) -> Any:
    """One id, or several between semicolons, unless an id has the semicolon itself."""
    if isinstance(value, str) and ";" in value and value not in known:
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


def free(name: str, taken: Container[Any]) -> str:
    """A name that nothing has yet, like the one given."""
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found
