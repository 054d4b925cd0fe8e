"""Loading a case: from a path, a text, bytes or a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import attrs

from provenance.casefiles.json_text import (
    KEPT_SCHEMA,
    MAX_BYTES,
    MAX_DEPTH,
    Parsed,
    Readable,
    opened,
)
from provenance.errors import CaseError, Problem, UnknownName
from provenance.records import Case, Registry, Source, shown

__all__ = [
    "load_case",
    "load_seed",
    "load_sources",
    "registry_path",
    "shipped_seeds",
    "with_shared_sources",
]

# Sources that several cases share: where their registry is, and how a case takes from it.

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
    return CaseError.of("", "no-registry", message, fix)


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


Whole = TypeVar("Whole", Case, Registry)


def load_case(
    source: Readable | Case,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    registry: Readable | Registry | None = None,
) -> Case:
    """A case, checked as a whole.

    Args:
        source: a path; JSON as text (which begins with a brace) or as bytes; or a mapping.
        max_bytes: how large the text may be.
        max_depth: how deeply it may be nested; the value of an `x-` key at most 64 levels.
        registry: the registry of sources that `sources_from` means. If it is not given, the file
            that `sources_from` names is read, which needs a case that itself comes from a path.

    Raises:
        CaseError: with every problem of the file, each with its path.

    Time and memory are in proportion to the text. Nothing in a case is run or fetched.

    >>> case = load_case(
    ...     '{"version": 1, "claims": [{"id": "armed", "text": "Egypt supplied weapons"}],'
    ...     ' "sources": [], "attributions": []}'
    ... )
    >>> case.claims[0].text
    'Egypt supplied weapons'
    """
    if isinstance(source, Case):
        return source
    where, found = opened(source, max_bytes=max_bytes, max_depth=max_depth)
    fields, problems = _fields(found, where)
    if "statements" in fields and "attributions" not in fields:
        raise CaseError((_is_a_draft(where),), str(where or ""))
    named = fields.get("sources_from")
    if registry is not None and not isinstance(registry, Registry):
        registry = load_sources(registry, max_bytes=max_bytes, max_depth=max_depth)
    if registry is None and isinstance(named, str) and named.strip():
        registry, more = _registry_beside(where, fields, named, max_bytes, max_depth)
        problems += more
    if registry is not None:
        fields, more = with_shared_sources(fields, registry)
        problems += more
    return _built(Case, fields, problems, str(where or ""), registry)


def load_sources(
    source: Readable, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> Registry:
    """A registry of sources that several cases share, from a path, a text, bytes or a mapping.

    Raises `CaseError` with every problem of the file.

    >>> registry = load_sources(
    ...     '{"version": 1, "sources": [{"id": "now", "reliability": "B", "graded_by": "the desk",'
    ...     ' "graded_on": "2015-09", "note": "corrects its errors"}]}'
    ... )
    >>> registry.sources[0].graded_by
    'the desk'
    """
    where, found = opened(source, max_bytes=max_bytes, max_depth=max_depth)
    fields, problems = _fields(found, where)
    return _built(Registry, fields, problems, str(where or ""))


def _fields(found: Parsed, where: Path | None) -> tuple[dict[str, Any], list[Problem]]:
    """The fields at the top of a document, with what is wrong with them so far."""
    if not isinstance(found.document, Mapping):
        message = f"expected an object, found {shown(found.document)}"
        problem = Problem("", "not-an-object", message, "begin the document with {")
        raise CaseError((problem,), str(where or ""))
    problems = list(found.problems)
    if "version" not in found.document:
        problems.append(
            Problem("version", "missing-field", "expected this field, found none", "add the field")
        )
    kept = {KEPT_SCHEMA if key == "$schema" else key: each for key, each in found.document.items()}
    return kept, problems


def _is_a_draft(where: Path | None) -> Problem:
    """The problem of a draft that is read as the case that it may become."""
    message = "expected a case, found a draft, whose statements a person has to confirm first"
    fix = f"provenance review {where or 'DRAFT'}, then with --case case.json for its case"
    return Problem("", "is-a-draft", message, fix)


def _registry_beside(
    where: Path | None, fields: Mapping[str, Any], named: str, max_bytes: int, max_depth: int
) -> tuple[Registry | None, list[Problem]]:
    try:
        path = registry_path(where, fields, named)
        if path is None:
            return None, []
        return load_sources(path, max_bytes=max_bytes, max_depth=max_depth), []
    except CaseError as error:
        return None, [
            Problem(
                f"sources_from{'.' if problem.path else ''}{problem.path}",
                problem.code,
                problem.message,
                problem.fix,
            )
            for problem in error.problems
        ]


def _built(
    kind: type[Whole],
    fields: Mapping[str, Any],
    problems: list[Problem],
    where: str,
    registry: Registry | None = None,
) -> Whole:
    """The record, unless anything is wrong; then all of it at once."""
    try:
        record = kind.model_validate(fields, by_alias=True, by_name=False)
    except CaseError as error:
        told = {problem.path for problem in problems}
        unread = any(path.startswith("sources_from") for path in told)
        rest: list[Problem] = [
            problem
            for problem in error.problems
            if problem.path not in told and not (unread and _misses_a_source(problem))
        ]
        shared: tuple[Source, ...] = () if registry is None else registry.sources
        raise CaseError((*problems, *_offering(rest, fields, shared)), where) from error
    if problems:
        raise CaseError(problems, where)
    return record


def _misses_a_source(problem: Problem) -> bool:
    """Whether a source is missing, perhaps only because the registry could not be read."""
    return problem.code == "dangling-reference" and problem.path.endswith((".source", ".publisher"))


_SEARCHED = 2_000  # sources of a registry, when one is missing
_SUGGESTED = 5  # missing sources for which they are searched, which is slow


def _offering(
    problems: Iterable[Problem], fields: Mapping[str, Any], sources: Sequence[Source]
) -> Iterator[Problem]:
    """Problems, those of a missing source with what the registry has that is nearly called so."""
    shared = {each.id.casefold(): each.id for each in sources[:_SEARCHED]}
    searched = 0
    for each in problems:
        found = _OF_A_SOURCE.match(each.path)
        is_without = _misses_a_source(each) and "did you mean" not in each.fix
        if found is not None and is_without and searched < _SUGGESTED:
            searched += 1
            name = (_field(fields[found[1]][int(found[2])], found[3]) or "")[:100].casefold()
            near = [shared[key] for key in get_close_matches(name, shared, n=3, cutoff=0.6)]
            if near:
                named = " or ".join(map(repr, near))
                each = attrs.evolve(each, fix=f"did you mean {named}, as the registry has it?")
        yield each


_OF_A_SOURCE = re.compile(r"(attributions|documents)\[([0-9]+)\]\.(source|publisher)\Z")


# The seeds: example cases that come with the library.


def shipped_seeds() -> tuple[str, ...]:
    """The names of the example cases that come with the library, sorted.

    >>> "egypt-arms-2015" in shipped_seeds()
    True
    """
    return tuple(sorted(_seeds()))


def load_seed(name: str) -> Case:
    """An example case by its name.

    Raises `UnknownName` when there is none of that name.

    >>> load_seed("egypt-arms-2015").version
    1
    """
    known = _seeds()
    if name not in known:
        raise UnknownName("seed", name, sorted(known))
    return load_case(known[name].read_bytes())


def _seeds() -> dict[str, Traversable]:
    package = files("provenance")
    # In a wheel they are part of the package, in a checkout they stand beside it.
    places: tuple[Traversable, ...] = (package / "seeds", Path(str(package)).parent / "seeds")
    folder = next((place for place in places if place.is_dir()), places[0])
    return {
        entry.name.removesuffix(".json"): entry
        for entry in folder.iterdir()
        if entry.name.endswith(".json")
    }
