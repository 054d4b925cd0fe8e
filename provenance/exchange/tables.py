"""Tables: a case as data frames, rows or CSV, and a spreadsheet of who said what as a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from provenance.assessment import Assessment, as_data
from provenance.bounds import Cancel, check_cancelled
from provenance.errors import CaseError, InvalidValue, Problem, TableError, UnknownName
from provenance.exchange.budgets import reading, size_of, writing, written_within
from provenance.exchange.losses import Export, Import, Loss
from provenance.exchange.sheet_rows import (
    Completed,
    RowEntry,
    SheetReading,
    kind_in,
    place,
    read_sheet,
)
from provenance.exchange.spreadsheets import completed
from provenance.exchange.table_columns import (
    ALWAYS,
    COLUMNS,
    Cell,
    DateOrder,
    Kind,
    cells_of,
    kind_of,
)
from provenance.exchange.table_files import Sheet, TableKind, is_path, opened, table_of
from provenance.exchange.workbooks import is_workbook, tables_of, workbook_of
from provenance.records import Case

__all__ = ["from_assessment_table", "from_tables", "to_assessment_table", "to_tables"]

_SECTIONS = ("claims", "questions", "sources", "documents", "attributions", "links")
_IN_A_SECTION = re.compile(r"\A([a-z]+)\[([0-9]+)\]\.?(.*)\Z", re.DOTALL)
_ELSEWHERE = re.compile(r"\b([a-z]+)\[([0-9]{1,9})\]")
_FIRST_KEY = re.compile(r"\A[^.\[]+")


@written_within
def to_tables(
    case: Case,
    kind: TableKind = "rows",
    *,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """A case as tables, one for every section; nothing is lost, but what a workbook cannot hold.

    The document maps `case` (one row about the case itself), `claims`, `sources`, `attributions`
    and everything else that the case has to a table each. A column is a field of the case format; the
    parts of an object have columns such as `access.mean`, several ids and lists are JSON.

    Args:
        case: the case.
        kind: "rows" (tuples of mappings), "csv" (texts), "pandas", "polars" or "pyarrow"; or
            "xlsx" for one workbook, as bytes, with a sheet for every table.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        InvalidValue: for another kind, or one whose library is not installed.
        MissingExtra: for Polars and Arrow without narwhals.

    >>> from provenance.casefiles import load_seed
    >>> tables = to_tables(load_seed("egypt-arms-2015"), "csv").document
    >>> tables["sources"].splitlines()[0]
    'id,name,kind,described_as,reliability,access.mean,access.strength,interests,note'
    """
    form = case.written()
    sections: dict[str, list[Any]] = {
        "case": [{key: value for key, value in form.items() if key not in _SECTIONS}],
        **{section: form[section] for section in _SECTIONS if section in form},
    }
    cells = {name: [*_rows(name, records)] for name, records in sections.items()}
    if kind == "xlsx":
        return workbook_of({name: (_shape(name, rows), rows) for name, rows in cells.items()})
    return Export({name: _table(name, rows, kind) for name, rows in cells.items()})


def _rows(name: str, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Cell]]:
    for record in records:
        check_cancelled("writing in another format")
        yield cells_of(name, record)


def _table(name: str, rows: Sequence[Mapping[str, Cell]], kind: str) -> Any:
    return table_of(kind, _shape(name, rows), rows)


def _shape(name: str, rows: Sequence[Mapping[str, Cell]]) -> Mapping[str, Kind]:
    """The columns of a table with what they hold: those that are used or are always there."""
    used = dict.fromkeys(column for row in rows for column in row)
    columns: dict[str, Kind] = {}
    for column in (*_ordered(name, used), *used):
        found = kind_of(name, column)
        assert found is not None
        columns.setdefault(column, found)
    return columns


def _ordered(name: str, used: Iterable[str]) -> Iterable[str]:
    """The columns that are used or that are always there, in the order of the format."""
    parts: dict[str, list[str]] = {}
    for column in used:
        if not column.startswith("x-"):
            whole = column.partition(".")[0]
            parts.setdefault("locators" if whole == "locator" else whole, []).append(column)
    for field in COLUMNS[name]:
        if field in ALWAYS[name]:
            yield field
        yield from sorted(parts.get(field, ()), key=lambda column: "." in column)


def from_tables(
    attributions: Any,
    *,
    sources: Any = None,
    claims: Any = None,
    questions: Any = None,
    documents: Any = None,
    links: Any = None,
    case: Any = None,
    columns: Mapping[str, str] | None = None,
    dates: DateOrder | None = None,
    keeps_extra: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from tables, of which one is enough: who said what, citing whom.

    A table is a pandas, Polars or Arrow one (or another that narwhals reads), a list of mappings, a
    mapping from columns to lists, CSV or JSON lines as bytes or as a text with a line break, or the
    path of a file of either or of a workbook (.xlsx), whose sheets may hold the other tables too.
    Its columns are the fields of the case format, in any case and with spaces for `_`. Where there is no table of
    claims, sources or documents, they are made of the cells that name them; rows without an id get
    one, and names are enough where only one record has them; names that differ in capitals alone are
    one. Several ids are a JSON list, or stand between semicolons, and so does the prior of a
    question: "0.5; 0.3". Interests may be written as "loses strongly: claim; claim", and
    `same_voice_as` as "the general @ 0.8". Every row that nobody cites counts as a statement that we
    have.

    Rows of attributions may say how reliable their source is and of what kind (`reliability`,
    `kind`), where all rows of a source say the same. A row may have a claim and cite a source: it
    passes on what that source says of the claim, in a row of its own or, where none has it, in a
    statement that is known only through this one. Its stance is towards the claim: a row that denies what the cited source denies passes
    the denial on; one that denies what the cited source affirms denies it of its own.

    Args:
        attributions: who said what; `source` and one of `claim` and `cites` at least.
        sources: who speaks.
        claims: what may be true.
        questions: which claims are alternatives.
        documents: what was published.
        links: how claims bear on each other.
        case: one row about the case itself: its title, summary and note.
        columns: for headings that are not names of fields, which field they mean.
        dates: how days such as 03/10/2015 are meant, "dmy" or "mdy"; without it they are problems,
            since nothing is guessed.
        keeps_extra: keep columns that are no fields, under `x-` and their heading.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Returns:
        The case, the columns that are no fields as losses, and how every row was read. What
        `to_tables` made gives the same case, exactly, and no losses.

    Raises:
        TableError: with every problem, each with its table, row (the first below the header is row
            1) and column.
        MissingExtra: for a data frame without narwhals.
        UnknownName: for a heading in `columns` that no table has, or a field that is none.
        InvalidValue: for another order of `dates`.

    >>> found = from_tables(
    ...     "source,claim,cites\\n"
    ...     "Al-Akhbar,A ship left Egypt,the general\\n"
    ...     "NOW,A ship left Egypt,Al-Akhbar\\n"
    ... )
    >>> [(each.id, each.source, each.claim or each.cites) for each in found.case.attributions]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('row-1', 'Al-Akhbar', 'row-1-cited'), ('row-2', 'NOW', 'row-1'),
     ('row-1-cited', 'the general', 'A ship left Egypt')]
    >>> print(found.readings[1])
    row 2: NOW relays what Al-Akhbar relays: “A ship left Egypt”
    """
    if dates is not None and dates not in get_args(DateOrder):
        raise InvalidValue(f"expected the order of dates dmy or mdy, found {dates!r:.60}")
    given = {
        "case": case,
        "claims": claims,
        "questions": questions,
        "sources": sources,
        "documents": documents,
        "attributions": attributions,
        "links": links,
    }
    present = {name: table for name, table in given.items() if table is not None}
    present["attributions"] = attributions  # None is no table, and is refused as one
    sizes = [size_of(Path(table) if is_path(table) else table) for table in present.values()]
    with reading(None if None in sizes else sum(filter(None, sizes)), budget, cancel):
        return _imported(present, columns or {}, dates, keeps_extra)


def _imported(
    present: Mapping[str, Any],
    columns: Mapping[str, str],
    dates: DateOrder | None,
    keeps_extra: bool,
) -> Import:
    left: list[Loss] = []
    attributions = present["attributions"]
    if is_workbook(attributions):
        sheets_of_it, left = tables_of(attributions, set(present) - {"attributions"})
        present = {**present, **sheets_of_it}
    sheets = [opened(table, name) for name, table in present.items()]
    readings = _read(sheets, columns, dates, keeps_extra)
    unread = [problem for reading in readings.values() for problem in reading.problems]
    if not all(reading.is_named for reading in readings.values()):
        raise TableError(unread)
    top = _about_the_case(readings.pop("case", SheetReading()))
    case_tables = completed({name: reading.entries for name, reading in readings.items()})
    losses = [loss for reading in (*readings.values(), top) for loss in reading.losses]
    if not any(reading.entries for reading in (*readings.values(), top)):
        losses.append(
            Loss("attributions", "the table", "it has no rows, and the case nothing in it")
        )
    built = _built(case_tables, top.entries, unread)
    return Import(built, (*losses, *left), tuple(case_tables.readings))


def _read(
    sheets: Sequence[Sheet],
    renamed: Mapping[str, str],
    dates: DateOrder | None,
    keeps_extra: bool,
) -> dict[str, SheetReading]:
    headings = {column for sheet in sheets for column in sheet.columns}
    for heading in renamed:
        if heading not in headings:
            raise UnknownName("column", heading, sorted(headings))
    for field in renamed.values():
        if not any(kind_in(sheet.name, field) for sheet in sheets):
            known = {name for sheet in sheets for name in COLUMNS[sheet.name]}
            raise UnknownName("field", field, sorted(known))
    return {sheet.name: read_sheet(sheet, renamed, dates, keeps_extra) for sheet in sheets}


def _about_the_case(reading: SheetReading) -> SheetReading:
    if len(reading.entries) > 1:
        message = f"expected one row about the case, found {len(reading.entries)}"
        raise TableError.of("case", "too-many-rows", message, "keep one of them")
    return reading


def _built(tables: Completed, top: Sequence[RowEntry], unread: Sequence[Problem]) -> Case:
    """The case, or everything that is wrong with it, by the rows of its tables.

    Of a row with a cell that cannot be read only the other cells are told: the rest may follow.
    """
    fields: dict[str, Any] = {
        name: [entry.record for entry in entries] for name, entries in tables.tables.items()
    }
    for entry in top:
        fields = {**entry.record, **fields}
    try:
        case = Case.model_validate(fields, by_alias=True, by_name=False)
    except CaseError as error:
        found = [_in_the_table(problem, tables, top) for problem in error.problems]
        known = {problem.path for problem in tables.problems}
        rest = [problem for problem in found if problem.path not in known]
        raise TableError(_told(unread, [*tables.problems, *rest])) from error
    if unread or tables.problems:
        raise TableError(_told(unread, tables.problems))
    return case


_OF_ONE_CELL = ("not-one-of", "not-a-number", "out-of-range", "unknown-hedge", "impossible-date")
"""What is wrong with a cell whatever the others of its row hold."""


def _told(unread: Sequence[Problem], found: Iterable[Problem]) -> Iterable[Problem]:
    rows = {_row_at(problem.path) for problem in unread}
    rest = [
        problem
        for problem in found
        if problem.code in _OF_ONE_CELL or _row_at(problem.path) not in rows
    ]
    return dict.fromkeys([*unread, *rest])


def _row_at(path: str) -> str:
    return path.partition(", column ")[0]


def _in_the_table(problem: Problem, tables: Completed, top: Sequence[RowEntry]) -> Problem:
    """A problem of a case, said of the cell that it comes from."""
    match = _IN_A_SECTION.match(problem.path)
    entries = tables.tables.get(match[1], []) if match is not None else []
    if match is not None and int(match[2]) < len(entries):
        key = _FIRST_KEY.match(match[3])
        path = entries[int(match[2])].path(key[0] if key else None)
    else:
        key = _FIRST_KEY.match(problem.path)
        path = top[0].path(key[0]) if top and key else problem.path
    message = problem.message
    if problem.code in ("duplicate-id", "ambiguous-id"):
        message = _ELSEWHERE.sub(lambda found: _row_of(found, tables), message)
    return Problem(path, problem.code, message, problem.fix)


def _row_of(found: re.Match[str], tables: Completed) -> str:
    """A position in a case as the row of its table."""
    entries = tables.tables.get(found[1], [])
    return entries[int(found[2])].path() if int(found[2]) < len(entries) else found[0]


def to_assessment_table(
    assessments: Iterable[Assessment],
    kind: TableKind = "rows",
    *,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """Assessments as a table, one row each; nothing that `as_data` tells of them is lost.

    The likelihood stands between its interval (`low`, `high`) and the analytic confidence with its
    basis; reasons, doubts and caveats are JSON.

    Args:
        assessments: the assessments.
        kind: as for `to_tables`.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    >>> from provenance import load_seed, weigh_all
    >>> table = to_assessment_table(weigh_all(load_seed("egypt-arms-2015"))).document
    >>> table[0]["claim"], table[0]["confidence"]
    ('armed', 'low')
    """
    found = tuple(assessments)
    with writing(None, found, budget, cancel):
        rows = [_row_of_answer(each) for each in found]
    if kind == "xlsx":
        return workbook_of({"assessments": (_shape("assessments", rows), rows)})
    return Export(_table("assessments", rows, kind))


def _row_of_answer(assessment: Assessment) -> Mapping[str, Cell]:
    check_cancelled("writing in another format")
    data = as_data(assessment)
    data["low"], data["high"] = data.pop("interval")
    return cells_of("assessments", {key: each for key, each in data.items() if each is not None})


def from_assessment_table(
    table: Any, *, budget: int | None = None, cancel: Cancel | None = None
) -> tuple[dict[str, Any], ...]:
    """The assessments of a table as plain data, as `as_data` gave them.

    An assessment itself cannot be read back, because it is computed from its case; this is for
    comparing answers of different days or of different people.
    Raises `TableError` by row and column for what is not such a table.

    >>> from provenance import load_seed, weigh
    >>> from provenance.assessment import as_data
    >>> assessment = weigh(load_seed("egypt-arms-2015"), "armed")
    >>> table = to_assessment_table([assessment], "csv").document
    >>> from_assessment_table(table) == (as_data(assessment),)
    True
    """
    with reading(size_of(Path(table) if is_path(table) else table), budget, cancel):
        if is_workbook(table):
            table = tables_of(table, (), "assessments")[0]["assessments"]
        found = read_sheet(opened(table, "assessments"), {})
    problems = list(found.problems)
    for entry in found.entries:
        problems += _of_assessment(entry)
    problems += [
        Problem(loss.path, "unknown-column", "expected a column of assessments, found another")
        for loss in found.losses
    ]
    if problems:
        raise TableError(problems)
    return tuple(_assessed(entry.record) for entry in found.entries)


_MAY_BE_ABSENT = frozenset({"bits", "as_of"})
_PROBABILITIES = ("probability", "low", "high", "prior", "if_one_voice", "if_independent")


def _of_assessment(entry: RowEntry) -> Iterable[Problem]:
    for column in COLUMNS["assessments"]:
        if column not in entry.record and column not in _MAY_BE_ABSENT:
            yield Problem(
                place(entry.table, entry.row, column),
                "missing-field",
                "expected this field, found none",
                "write the table with to_assessment_table",
            )
    for column in _PROBABILITIES:
        value = entry.record.get(column, 0)
        if not 0 <= value <= 1:
            yield Problem(
                entry.path(column),
                "out-of-range",
                f"expected a number in [0, 1], found {value:g}",
            )


def _assessed(record: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in COLUMNS["assessments"]:
        if column == "low":
            found["interval"] = [record["low"], record["high"]]
        elif column != "high":
            found[column] = record.get(column)
    return found
