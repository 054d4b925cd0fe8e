"""What a spreadsheet of who said what leaves out: ids, claims and sources of their own, and whom a row cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.errors import Problem, TableError
from provenance.exchange.naming import is_web_address
from provenance.exchange.table_rows import Entry

__all__ = ["Completed", "completed"]

_LONGEST_ID = 200
MOST_CITATIONS = 1_000_000
"""How many citations rows may come to that name a source, where many rows say the same."""


@attrs.define
class Completed:
    """The records of a case, with those that its tables only imply."""

    tables: dict[str, list[Entry]]
    """The records of every section, with where they come from."""
    problems: list[Problem] = attrs.field(factory=list)
    """Cells that could mean several things, or nothing."""

    def add(self, section: str, record: dict[str, Any], because: Entry, column: str) -> None:
        """A record that a cell implies; what is wrong with it is wrong with that cell."""
        headings = dict.fromkeys(
            ("id", "text", "source", "claim"), because.headers.get(column, column)
        )
        self.tables.setdefault(section, []).append(
            Entry(because.table, because.row, record, headings)
        )


def completed(given: Mapping[str, Sequence[Entry]]) -> Completed:
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


def _identify(rows: Iterable[Entry]) -> None:
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


def _by_title(entries: Iterable[Entry], field: str) -> dict[str, str]:
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


def _ids(entries: Iterable[Entry]) -> set[Any]:
    return {entry.record.get("id") for entry in entries}


def _name_claims(case: Completed, rows: Iterable[Entry]) -> None:
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


def _claim_of(text: str, made: dict[str, str], case: Completed, entry: Entry) -> str:
    text = text.strip()
    if text not in made:
        short = len(text) <= _LONGEST_ID and text.isprintable() and text != "all"
        made[text] = text if short else _free(f"claim-{len(made) + 1}", made)
        case.add("claims", {"id": made[text], "text": text}, entry, "claim")
    return made[text]


def _name_sources(case: Completed, rows: Iterable[Entry]) -> None:
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


def _name_documents(case: Completed, rows: Iterable[Entry]) -> None:
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

    def __init__(self, case: Completed, rows: Sequence[Entry]) -> None:
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
        self.by_source: dict[Any, list[Entry]] = {}
        for entry in rows:
            self.by_source.setdefault(entry.record.get("source"), []).append(entry)
        self.about: dict[str, list[Any]] = {}
        self.said: dict[tuple[Any, Any], list[Entry]] = {}
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

    def find_statements(self, entry: Entry) -> None:
        """What a row cites without saying of which claim: statements, or the only one of a source."""
        cited = entry.record["cites"]
        found = [self.statement(entry, name) for name in _several(cited)]
        entry.record["cites"] = found if isinstance(cited, list) else found[0]

    def statement(self, entry: Entry, name: str) -> str:
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

    def pass_on(self, entry: Entry) -> None:
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

    def of_statement(self, entry: Entry, name: str, claims: list[Any]) -> Iterator[str]:
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

    def of_source(self, entry: Entry, source: str, claims: list[Any]) -> Iterator[str]:
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

    def name_of(self, other: Entry, claim: Any) -> str:
        """How to cite what a row says of a claim, and nothing else where it says more."""
        name: str = other.record["id"]
        return f"{name}/{claim}" if f"{name}/{claim}" in self.owner else name

    def imply(self, entry: Entry, source: str, claim: str) -> str:
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

    def refuse(self, entry: Entry, code: str, message: str, fix: str) -> None:
        self.case.problems.append(Problem(entry.path("cites"), code, message, fix))


def _too_many(entry: Entry) -> Problem:
    return Problem(
        entry.path("cites"),
        "too-many-citations",
        f"expected at most {MOST_CITATIONS} citations in all, found more",
        "write the ids of the rows that are cited, instead of their source",
    )


def _claims(entry: Entry) -> list[Any]:
    return list(dict.fromkeys(_several(entry.record["claim"]))) if "claim" in entry.record else []


def _names(entry: Entry) -> list[str]:
    """The names by which a statement can be cited."""
    name, claims = entry.record["id"], _claims(entry)
    return [name, *(f"{name}/{claim}" for claim in claims if len(claims) > 1)]
