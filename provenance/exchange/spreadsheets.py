"""What a spreadsheet of who said what leaves out: ids, claims and sources of their own, and whom a row cites."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.errors import Problem, TableError
from provenance.exchange.documents import is_web_address
from provenance.exchange.losses import Loss
from provenance.exchange.table_files import COLUMNS, Kind, Sheet, kind_of, record_of, value_of

__all__ = [
    "Completed",
    "RowEntry",
    "SheetReading",
    "completed",
    "place",
    "read_sheet",
]

# The rows of a sheet as records: columns found under the names people give them, cells read.

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


def read_sheet(sheet: Sheet, renamed: Mapping[str, str]) -> SheetReading:
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
    return SheetReading(entries, tuple(problems[:MOST_PROBLEMS]), tuple(losses))


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


def _entries(
    sheet: Sheet, headings: Mapping[str, str], problems: list[Problem]
) -> Iterator[RowEntry]:
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


_LONGEST_ID = 200
MOST_CITATIONS = 1_000_000
"""How many citations rows may come to that name a source, where many rows say the same."""


@attrs.define
class Completed:
    """The records of a case, with those that its tables only imply."""

    tables: dict[str, list[RowEntry]]
    """The records of every section, with where they come from."""
    problems: list[Problem] = attrs.field(factory=list)
    """Cells that could mean several things, or nothing."""

    def add(self, section: str, record: dict[str, Any], because: RowEntry, column: str) -> None:
        """A record that a cell implies; what is wrong with it is wrong with that cell."""
        headings = dict.fromkeys(
            ("id", "text", "source", "claim"), because.headers.get(column, column)
        )
        self.tables.setdefault(section, []).append(
            RowEntry(because.table, because.row, record, headings)
        )


def completed(given: Mapping[str, Sequence[RowEntry]]) -> Completed:
    """The records of a case from its tables, of which all but `attributions` may be missing.

    Rows without an id get one; claims, sources and documents that have no table are made of the
    cells that name them; a row with a claim that cites a source passes on what that source says of
    the claim, in a row of its own or, where there is none, in one that is known only through it.
    """
    case = Completed({section: list(entries) for section, entries in given.items()})
    rows = case.tables["attributions"]
    _identify(rows)
    _name_claims(case, rows)
    _name_claims_elsewhere(case)
    _name_sources(case, rows)
    _name_documents(case, rows)
    _Citations(case, rows).resolve()
    return case


def _identify(rows: Iterable[RowEntry]) -> None:
    taken = {entry.record["id"] for entry in rows if "id" in entry.record}
    for entry in rows:
        if "id" not in entry.record:
            name = _free(f"row-{entry.row}", taken)
            taken.add(name)
            entry.record["id"] = name


def _free(name: str, taken: Collection[Any]) -> str:
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _split(value: Any, known: Collection[Any]) -> Any:
    """One id, or several between semicolons, unless an id has the semicolon itself."""
    if isinstance(value, str) and ";" in value and value not in known:
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


def _by_title(entries: Iterable[RowEntry], field: str) -> dict[str, str]:
    """The ids of records by their names, where only one record has the name."""
    times = Counter(entry.record.get(field) for entry in entries)
    return {
        entry.record[field]: entry.record["id"]
        for entry in entries
        if times[entry.record.get(field)] == 1 and field in entry.record and "id" in entry.record
    }


def _renamed(value: Any, ids: Collection[Any], titles: Mapping[str, str]) -> Any:
    """A cell's ids, those of them that are names or have spaces around them put right."""
    if isinstance(value, list):
        return [_renamed(item, ids, titles) for item in value]
    if not isinstance(value, str) or value in ids:
        return value
    if value.strip() in ids:
        return value.strip()
    return titles.get(value, titles.get(value.strip(), value))


def _ids(entries: Iterable[RowEntry]) -> set[Any]:
    return {entry.record.get("id") for entry in entries}


def _name_claims(case: Completed, rows: Iterable[RowEntry]) -> None:
    """Claims by their ids or texts; without a table of claims, made of what rows say."""
    if "claims" in case.tables:
        ids, titles = _ids(case.tables["claims"]), _by_title(case.tables["claims"], "text")
        known = ids | set(titles)
        for entry in rows:
            if "claim" in entry.record:
                split = _split(entry.record["claim"], known)
                entry.record["claim"] = _renamed(split, ids, titles)
        return
    case.tables["claims"] = []
    made: dict[str, str] = {}
    for entry in rows:
        if "claim" in entry.record:
            value = entry.record["claim"]
            names = [_claim_of(text, made, case, entry) for text in _several(value)]
            entry.record["claim"] = names if isinstance(value, list) else names[0]


def _name_claims_elsewhere(case: Completed) -> None:
    """The claims of questions and links, by their ids or texts too."""
    ids, titles = _ids(case.tables["claims"]), _by_title(case.tables["claims"], "text")
    known = ids | set(titles)
    for entry in (*case.tables.get("questions", ()), *case.tables.get("links", ())):
        for field in ("claim", "sign", "implies"):
            if field in entry.record:
                entry.record[field] = _renamed(entry.record[field], ids, titles)
        if "claims" in entry.record:
            split = _several(_split(entry.record["claims"], known))
            entry.record["claims"] = _renamed(split, ids, titles)


def _claim_of(text: str, made: dict[str, str], case: Completed, entry: RowEntry) -> str:
    text = text.strip()
    if text not in made:
        short = len(text) <= _LONGEST_ID and text.isprintable() and text != "all"
        made[text] = text if short else _free(f"claim-{len(made) + 1}", made)
        case.add("claims", {"id": made[text], "text": text}, entry, "claim")
    return made[text]


def _name_sources(case: Completed, rows: Iterable[RowEntry]) -> None:
    """Sources by their ids or names; without a table of sources, made of what cells name."""
    documents = [(entry, "publisher") for entry in case.tables.get("documents", ())]
    naming = [*((entry, "source") for entry in rows), *documents]
    if "sources" in case.tables:
        ids, titles = _ids(case.tables["sources"]), _by_title(case.tables["sources"], "name")
        for entry, field in naming:
            if field in entry.record:
                entry.record[field] = _renamed(entry.record[field], ids, titles)
        return
    case.tables["sources"] = []
    made: set[str] = set()
    for entry, field in naming:
        if field in entry.record:
            name = entry.record[field] = entry.record[field].strip()
            if name not in made:
                made.add(name)
                case.add("sources", {"id": name}, entry, field)


def _name_documents(case: Completed, rows: Iterable[RowEntry]) -> None:
    if "documents" in case.tables:
        ids, titles = _ids(case.tables["documents"]), _by_title(case.tables["documents"], "title")
        for entry in rows:
            if "document" in entry.record:
                entry.record["document"] = _renamed(entry.record["document"], ids, titles)
        return
    made: set[str] = set()
    for entry in rows:
        if "document" in entry.record:
            name = entry.record["document"] = entry.record["document"].strip()
            if name not in made:
                made.add(name)
                address = {"url": name} if is_web_address(name) else {}
                case.add("documents", {"id": name, **address}, entry, "document")


class _Citations:
    """Whom and what rows cite."""

    def __init__(self, case: Completed, rows: Sequence[RowEntry]) -> None:
        self.case = case
        self.rows = tuple(rows)
        sources = case.tables["sources"]
        self.sources = _ids(sources)
        self.titles = _by_title(sources, "name")
        # Where there is a table of sources, one that is not in it is a mistake.
        self.is_closed = all(entry.table == "sources" for entry in sources)
        self.owner = {name: entry for entry in rows for name in _names(entry)}
        self.names = set(self.owner)
        self.implied: dict[tuple[str, str], str] = {}
        self.by_source: dict[Any, list[RowEntry]] = {}
        for entry in rows:
            self.by_source.setdefault(entry.record.get("source"), []).append(entry)
        self.about: dict[str, list[Any]] = {}
        self.said: dict[tuple[Any, Any], list[RowEntry]] = {}
        self.citations = 0

    def resolve(self) -> None:
        sources = self.names | self.sources | set(self.titles)
        for entry in self.rows:
            known = sources if "claim" in entry.record else self.names
            for field in ("cites", "from"):
                if field in entry.record:
                    split = _split(entry.record[field], known)
                    entry.record[field] = _renamed(split, self.names, {})
        for entry in self.rows:
            if "cites" in entry.record and "claim" not in entry.record:
                self.find_statements(entry)
        self.about = self.what_rows_are_about()
        for entry in self.rows:
            for claim in self.about[entry.record["id"]]:
                self.said.setdefault((entry.record.get("source"), claim), []).append(entry)
        for entry in self.rows:
            if "cites" in entry.record and "claim" in entry.record:
                self.pass_on(entry)

    def find_statements(self, entry: RowEntry) -> None:
        """What a row cites without saying of which claim: statements, or the only one of a source."""
        cited = entry.record["cites"]
        found = [self.statement(entry, name) for name in _several(cited)]
        entry.record["cites"] = found if isinstance(cited, list) else found[0]

    def statement(self, entry: RowEntry, name: str) -> str:
        if name in self.names:
            return name
        spoken = self.by_source.get(_renamed(name, self.sources, self.titles), [])
        if len(spoken) > 1:
            self.refuse(
                entry,
                "ambiguous-citation",
                f"expected one statement of {name!r} to cite, found {len(spoken)}",
                "write the id of the statement, or say in this row which claim is meant",
            )
        return spoken[0].record["id"] if spoken else name

    def what_rows_are_about(self) -> dict[str, list[Any]]:
        """The claims of every row: its own, or those of all that it passes on."""
        about = {entry.record["id"]: _claims(entry) for entry in self.rows}
        hearers: dict[str, list[str]] = {}
        for entry in self.rows:
            if "claim" not in entry.record:
                for name in _several(entry.record.get("cites", [])):
                    hearers.setdefault(name, []).append(entry.record["id"])
        waiting = [(name, claim) for name, claims in about.items() for claim in claims]
        while waiting:
            name, claim = waiting.pop()
            for hearer in (*hearers.get(name, ()), *hearers.get(f"{name}/{claim}", ())):
                if claim not in about[hearer]:
                    about[hearer].append(claim)
                    waiting.append((hearer, claim))
        return about

    def pass_on(self, entry: RowEntry) -> None:
        """A row that says of a claim whom it has it from: a relay of what is said there."""
        claims = _claims(entry)
        found: list[str] = []
        for name in _several(entry.record["cites"]):
            if name in self.names:
                found += self.of_statement(entry, name, claims)
            else:
                source = _renamed(name, self.sources, self.titles)
                found += self.of_source(entry, source, claims)
        found = list(dict.fromkeys(found))
        del entry.record["claim"]
        entry.record["cites"] = found[0] if len(found) == 1 else found

    def of_statement(self, entry: RowEntry, name: str, claims: list[Any]) -> Iterator[str]:
        """A cited statement, if it is about what the row says."""
        owner = self.owner[name]
        about = self.about[owner.record["id"]]
        if name != owner.record["id"]:
            about = [claim for claim in about if name == f"{owner.record['id']}/{claim}"]
        missing = [claim for claim in claims if claim not in about]
        if missing:
            self.refuse(
                entry,
                "cites-another-claim",
                f"expected {name!r} to be about {missing[0]!r}, found that it is not",
                "correct the claim or what is cited, or leave the claim of this row out",
            )
        elif name != owner.record["id"]:
            yield name
        else:
            yield from (self.name_of(owner, claim) for claim in claims)

    def of_source(self, entry: RowEntry, source: str, claims: list[Any]) -> Iterator[str]:
        """What a source says of the claims of a row, made up where no row has it."""
        if source not in self.sources and self.is_closed:
            self.refuse(
                entry,
                "dangling-reference",
                f"expected the id of an attribution or of a source, found {source!r}",
                "add it to its table, or correct the id",
            )
            return
        for claim in claims:
            spoken = self.said.get((source, claim), ())
            self.citations += len(spoken)
            if self.citations > MOST_CITATIONS:
                raise TableError([_too_many(entry)])
            others = [each for each in spoken if each is not entry]
            if others:
                yield from (self.name_of(other, claim) for other in others)
            elif source == entry.record.get("source"):
                self.refuse(
                    entry,
                    "cites-itself",
                    f"expected another source or statement, found {source!r} itself",
                    "leave it empty where a source speaks for itself",
                )
            else:
                yield self.imply(entry, source, claim)

    def name_of(self, other: RowEntry, claim: Any) -> str:
        """How to cite what a row says of a claim, and nothing else where it says more."""
        name: str = other.record["id"]
        return f"{name}/{claim}" if f"{name}/{claim}" in self.owner else name

    def imply(self, entry: RowEntry, source: str, claim: str) -> str:
        """The statement of a source that only those who cite it tell of."""
        key = (source, claim)
        if key not in self.implied:
            name = _free(f"{entry.record['id']}-cited", self.names)
            self.names.add(name)
            self.implied[key] = name
            record = {"id": name, "source": source, "claim": claim}
            self.case.add("attributions", record, entry, "cites")
            if source not in self.sources:
                self.sources.add(source)
                self.case.add("sources", {"id": source}, entry, "cites")
        return self.implied[key]

    def refuse(self, entry: RowEntry, code: str, message: str, fix: str) -> None:
        self.case.problems.append(Problem(entry.path("cites"), code, message, fix))


def _too_many(entry: RowEntry) -> Problem:
    return Problem(
        entry.path("cites"),
        "too-many-citations",
        f"expected at most {MOST_CITATIONS} citations in all, found more",
        "write the ids of the rows that are cited, instead of their source",
    )


def _claims(entry: RowEntry) -> list[Any]:
    return list(dict.fromkeys(_several(entry.record["claim"]))) if "claim" in entry.record else []


def _names(entry: RowEntry) -> list[str]:
    """The names by which a statement can be cited."""
    name, claims = entry.record["id"], _claims(entry)
    return [name, *(f"{name}/{claim}" for claim in claims if len(claims) > 1)]
