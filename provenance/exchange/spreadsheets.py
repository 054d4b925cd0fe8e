"""What a spreadsheet of who said what leaves out: ids, and claims, sources and documents of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from provenance.exchange.documents import is_web_address
from provenance.exchange.sheet_citations import RowCitations
from provenance.exchange.sheet_rows import Completed, RowEntry, RowNames, free, several, split

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
    for entry in rows:
        if "claim" in entry.record:
            value = entry.record["claim"]
            found = [_claim_of(text, made, case, entry) for text in several(value)]
            entry.record["claim"] = found if isinstance(value, list) else found[0]
    return RowNames.of(case.tables["claims"], "text")


def _claim_of(text: str, made: dict[str, str], case: Completed, entry: RowEntry) -> str:
    text = text.strip()
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
            for interest in entry.record.get("interests") or ():
                if isinstance(interest, dict) and interest.get("claims", "all") != "all":
                    interest["claims"] = names.meant(split(interest["claims"], names))


def _name_sources(case: Completed, rows: Iterable[RowEntry]) -> None:
    """Sources by their ids or names; without a table of sources, made of what cells name."""
    documents = [(entry, "publisher") for entry in case.tables.get("documents", ())]
    naming = [*((entry, "source") for entry in rows), *documents]
    _name(case, "sources", "name", naming, lambda name: {"id": name})


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
    made: set[str] = set()
    for entry, field in naming:
        if field in entry.record:
            name = entry.record[field] = entry.record[field].strip()
            if name not in made:
                made.add(name)
                case.add(section, make(name), entry, field)
