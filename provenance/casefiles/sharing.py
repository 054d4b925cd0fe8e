"""Sources that several cases share: where their registry is, and how a case takes from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from provenance.errors import CaseError, Problem
from provenance.records import Registry, Source

__all__ = ["registry_path", "with_shared_sources"]

_JUDGEMENT = ("reliability", "access", "graded_by", "graded_on", "note")
_ELSEWHERE = re.compile(r"\A[/\\~]|:|\\|(\A|/)\.\.(/|\Z)")


def registry_path(where: Path | None, fields: Mapping[str, Any], named: str) -> Path | None:
    """The file that `sources_from` names, or None where it is absent and nothing is missing.

    Raises `CaseError` when it is not a file inside the folder of the case.
    """
    needed = _missing_sources(fields)
    if where is None:
        if not needed:
            return None
        raise _misplaced(
            f"expected the registry {named!r}, found a case that comes from no folder",
            "pass it as registry, or load the case from its path",
        )
    folder = where.parent.resolve()
    if _ELSEWHERE.search(named) or "\0" in named:
        raise _misplaced(
            f"expected a file in the folder of the case or below it, found {named[:80]!r}",
            "put the registry beside the case and name it relative to the case",
        )
    path = (folder / named).resolve()
    if not path.is_relative_to(folder):
        raise _misplaced(
            f"expected a file in the folder of the case or below it, found {named[:80]!r}, "
            "which leads out of it",
            "put the registry itself beside the case, not a link to it",
        )
    return path if needed or path.exists() else None


def _misplaced(message: str, fix: str) -> CaseError:
    return CaseError((Problem("", "no-registry", message, fix),))


def with_shared_sources(
    fields: dict[str, Any], registry: Registry
) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a case with the sources that it takes from a registry, and the conflicts.

    A source that the case has itself is extended by what the registry says of it. Both may not
    say different things, except that a case which names its own `graded_by` judges for itself.
    """
    own = fields.get("sources", ())
    if not isinstance(own, list | tuple):
        return fields, []
    shared = {source.id: source for source in registry.sources}
    problems: list[Problem] = []
    joined: list[Any] = []
    for position, entry in enumerate(own):
        source = entry.written() if isinstance(entry, Source) else entry
        name = source.get("id") if isinstance(source, Mapping) else None
        if isinstance(name, str) and name in shared:
            problems.extend(_conflicts(f"sources[{position}]", source, shared[name].written()))
            entry = _extended(source, shared[name].written())
        joined.append(entry)
    needed = _missing_sources(fields)
    joined.extend(source.written() for source in registry.sources if source.id in needed)
    return {**fields, "sources": joined}, problems


def _conflicts(path: str, own: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Problem]:
    judged_here = "graded_by" in own
    for field, value in own.items():
        if field not in shared or value == shared[field]:
            continue
        if field in ("interests", "refs", "note") or (judged_here and field in _JUDGEMENT):
            continue
        yield Problem(
            f"{path}.{field}",
            "registry-conflict",
            f"expected {shared[field]!r}, as the registry says, found {value!r}"[:300],
            "leave it out; to judge the source anew here, say in graded_by who does"
            if field in _JUDGEMENT
            else "leave it out, or use another id",
        )


def _extended(own: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(shared)
    if "graded_by" in own and own["graded_by"] != shared.get("graded_by"):
        kept = {key: value for key, value in shared.items() if key not in ("graded_on", "note")}
    both = {**kept, **own}
    for field in ("interests", "refs"):
        mine = own.get(field)
        if field in kept and isinstance(mine, list | tuple):
            both[field] = [*kept[field], *(item for item in mine if item not in kept[field])]
    return both


def _missing_sources(fields: Mapping[str, Any]) -> frozenset[str]:
    """The sources that a case, not yet checked, speaks of and does not have."""
    spoken = {
        _field(entry, field)
        for section, field in (("attributions", "source"), ("documents", "publisher"))
        for entry in _entries(fields, section)
    }
    own = {_field(entry, "id") for entry in _entries(fields, "sources")}
    return frozenset(name for name in spoken - own if name is not None)


def _entries(fields: Mapping[str, Any], section: str) -> list[Any] | tuple[Any, ...]:
    entries = fields.get(section)
    return entries if isinstance(entries, list | tuple) else ()


def _field(entry: Any, field: str) -> str | None:
    value = entry.get(field) if isinstance(entry, Mapping) else getattr(entry, field, None)
    return value if isinstance(value, str) else None
