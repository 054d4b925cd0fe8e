"""What a spreadsheet of who said what leaves out: ids, and claims, sources and documents of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from provenance.exchange.documents import is_web_address
from provenance.exchange.sheet_citations import RowCitations
from provenance.exchange.sheet_rows import (
    OF_THE_SOURCE,
    Completed,
    RowEntry,
    RowNames,
    folded,
    free,
    several,
    split,
)
from provenance.scales import listed

__all__ = ["completed"]

_LONGEST_ID = 200


def completed(given: Mapping[str, Sequence[RowEntry]]) -> Completed:
    """The records of a case from its tables, of which all but `attributions` may be missing.

    Rows without an id get one; claims, sources and documents that have no table are made of the
    cells that name them; a row with a claim that cites a source passes on what that source says of
    the claim, in a row of its own or, where there is none, in one that is known only through it.
    """
    case = Completed({section: list(entries) for section, entries in given.items()})
    _identify(case)
    rows = case.tables["attributions"]
    claims = _name_claims(case, rows)
    _name_claims_elsewhere(case, claims)
    _name_sources(case, rows)
    _judge_sources(case, rows)
    _name_documents(case, rows)
    RowCitations(case).resolve()
    return case


_CALLED: Mapping[str, tuple[str, ...]] = {
    "claims": ("text",),
    "questions": ("text",),
    "sources": ("name",),
    "documents": ("title", "url"),
}
"""What stands for the id of a record that has none, where it is fit to be one."""


def _identify(case: Completed) -> None:
    """Ids for records that have none: what they are called, or their row."""
    for section, entries in case.tables.items():
        if section != "links":
            case.tables[section] = list(_identified(section, entries))


def _identified(section: str, entries: Sequence[RowEntry]) -> Iterable[RowEntry]:
    taken = {entry.record["id"] for entry in entries if "id" in entry.record}
    for entry in entries:
        if "id" in entry.record:
            yield entry
            continue
        called = [name for name in _CALLED.get(section, ()) if _is_fit(entry.record.get(name))]
        if called:
            name = entry.record[called[0]].strip()
            headers = {**entry.headers, "id": entry.headers[called[0]]}
        else:
            kind = "row" if section == "attributions" else section.removesuffix("s")
            name, headers = free(f"{kind}-{entry.row}", taken), dict(entry.headers)
        taken.add(name)
        yield attrs.evolve(entry, record={"id": name, **entry.record}, headers=headers)


def _is_fit(name: Any) -> bool:
    """Whether what something is called can be its id."""
    return (
        isinstance(name, str) and len(name) <= _LONGEST_ID and name.isprintable() and name != "all"
    )


def _name_claims(case: Completed, rows: Iterable[RowEntry]) -> RowNames:
    """Claims by their ids or texts; without a table of claims, made of what rows say."""
    if "claims" in case.tables:
        names = RowNames.of(case.tables["claims"], "text")
        for entry in rows:
            if "claim" in entry.record:
                entry.record["claim"] = split(entry.record["claim"], names)
                names.replace(case, entry, "claim")
        return names
    case.tables["claims"] = []
    made: dict[str, str] = {}
    first: dict[str, str] = {}
    for entry in rows:
        if "claim" in entry.record:
            value = entry.record["claim"]
            found = [_claim_of(text, first, made, case, entry) for text in several(value)]
            entry.record["claim"] = found if isinstance(value, list) else found[0]
    return RowNames.of(case.tables["claims"], "text")


def _claim_of(
    text: str, first: dict[str, str], made: dict[str, str], case: Completed, entry: RowEntry
) -> str:
    """The claim of a text; texts that differ in capitals or in the last full stop are one."""
    text = first.setdefault(folded(text).rstrip(". "), text.strip())
    if text not in made:
        made[text] = text if _is_fit(text) else free(f"claim-{len(made) + 1}", made)
        case.add("claims", {"id": made[text], "text": text}, entry, "claim")
    return made[text]


def _name_claims_elsewhere(case: Completed, names: RowNames) -> None:
    """The claims of questions, links, gates and interests, by their ids or texts too."""
    for section in ("questions", "links", "sources", "attributions"):
        for entry in case.tables.get(section, ()):
            if section == "links":
                for field in ("claim", "sign", "implies"):
                    names.replace(case, entry, field)
            if section in ("questions", "links") and "claims" in entry.record:
                entry.record["claims"] = several(split(entry.record["claims"], names))
                names.replace(case, entry, "claims")
            names.replace(case, entry, "only_if")
            stakes = entry.record.get("interests")
            for interest in stakes if isinstance(stakes, list) else ():
                if isinstance(interest, dict) and interest.get("claims", "all") != "all":
                    interest["claims"] = names.meant(split(interest["claims"], names))


def _name_sources(case: Completed, rows: Iterable[RowEntry]) -> None:
    """Sources by their ids or names; without a table of sources, made of what cells name."""
    documents = [(entry, "publisher") for entry in case.tables.get("documents", ())]
    naming = [*((entry, "source") for entry in rows), *documents]
    _name(case, "sources", "name", naming, lambda name: {"id": name})


def _judge_sources(case: Completed, rows: Iterable[RowEntry]) -> None:
    """What rows say of their sources, their reliability and kind, which all of them have to agree on."""
    for field in OF_THE_SOURCE:
        said: dict[Any, list[tuple[Any, RowEntry]]] = {}
        for entry in rows:
            if field in entry.record:
                value = entry.record.pop(field)
                said.setdefault(entry.record.get("source"), []).append((value, entry))
        for place, source in enumerate(case.tables["sources"]):
            found = said.get(source.record.get("id"), [])
            if field in source.record:
                found = [(source.record[field], source), *found]
            values = [value for value, _ in found]
            if any(value != values[0] for value in values):
                _disagree(case, field, found)
            elif found and field not in source.record:
                source.record[field] = values[0]
                if source.table == "attributions":  # what is wrong with it, is where it stands
                    row, headers = found[0][1].row, {**source.headers, **found[0][1].headers}
                    evolved = attrs.evolve(source, row=row, headers=headers)
                    case.tables["sources"][place] = evolved


def _disagree(case: Completed, field: str, found: Sequence[tuple[Any, RowEntry]]) -> None:
    """A source of which rows say different things."""
    first: dict[str, RowEntry] = {}
    for value, entry in found:
        first.setdefault(f"{value!r:.60}", entry)
    told = [f"{value} in {entry.path()}" for value, entry in first.items()]
    _, here = found[-1]
    who = here.record.get("source", "")
    case.refuse(
        next(entry for value, entry in found if value != found[0][0]),
        field,
        "source-judged-twice",
        f"expected one {field} for {who!r:.80}, found {listed(told)}",
        "write the same in every row of the source, or give the sources a table of their own",
    )


def _name_documents(case: Completed, rows: Iterable[RowEntry]) -> None:
    """Documents by their ids or titles; without a table of them, made of what cells name."""

    def document(name: str) -> dict[str, Any]:
        return {"id": name, **({"url": name} if is_web_address(name) else {})}

    _name(case, "documents", "title", [(entry, "document") for entry in rows], document)


def _name(
    case: Completed,
    section: str,
    called: str,
    naming: Iterable[tuple[RowEntry, str]],
    make: Callable[[str], dict[str, Any]],
) -> None:
    if section in case.tables:
        names = RowNames.of(case.tables[section], called)
        for entry, field in naming:
            names.replace(case, entry, field)
        return
    if section == "sources":
        case.tables[section] = []  # which a case must have
    made: dict[str, str] = {}
    for entry, field in naming:
        if field in entry.record:
            written = entry.record[field].strip()
            if folded(written) not in made:
                made[folded(written)] = written
                case.add(section, make(written), entry, field)
            entry.record[field] = made[folded(written)]
