"""Loading a case: from a path, a text, bytes or a mapping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from provenance.casefiles.json_text import MAX_BYTES, MAX_DEPTH, Parsed, parsed
from provenance.casefiles.sharing import registry_path, with_shared_sources
from provenance.errors import CaseError, Problem
from provenance.records import Case, Registry
from provenance.records.faults import shown

__all__ = ["load_case", "load_sources"]

Whole = TypeVar("Whole", Case, Registry)
Readable = str | os.PathLike[str] | bytes | Mapping[str, Any]


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
    where, found = _document(source, max_bytes, max_depth)
    fields, problems = _fields(found, where)
    named = fields.get("sources_from")
    if registry is not None and not isinstance(registry, Registry):
        registry = load_sources(registry, max_bytes=max_bytes, max_depth=max_depth)
    if registry is None and isinstance(named, str) and named.strip():
        registry, more = _registry_beside(where, fields, named, max_bytes, max_depth)
        problems += more
    if registry is not None:
        fields, more = with_shared_sources(fields, registry)
        problems += more
    return _built(Case, fields, problems, str(where or ""))


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
    where, found = _document(source, max_bytes, max_depth)
    fields, problems = _fields(found, where)
    return _built(Registry, fields, problems, str(where or ""))


def _document(source: Readable, max_bytes: int, max_depth: int) -> tuple[Path | None, Parsed]:
    """Where the source was read from, if it is a file, and what stands in it."""
    if isinstance(source, Mapping):
        return None, Parsed(source)
    if isinstance(source, bytes | bytearray):
        return None, parsed(bytes(source), max_bytes=max_bytes, max_depth=max_depth)
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        return None, parsed(source, max_bytes=max_bytes, max_depth=max_depth)
    if not isinstance(source, str | os.PathLike):
        raise _unreadable(f"expected a path, text, bytes or a mapping, found {shown(source)}")
    path, raw = _contents(source, max_bytes)
    try:
        return path, parsed(raw, max_bytes=max_bytes, max_depth=max_depth)
    except CaseError as error:
        raise CaseError(error.problems, str(path)) from error


def _contents(source: str | os.PathLike[str], max_bytes: int) -> tuple[Path, bytes]:
    try:
        path = Path(source)
        with path.open("rb") as file:
            return path, file.read(max(max_bytes, 0) + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _unreadable(
            f"expected a file that can be read, found {shown(os.fspath(source))}: {reason.lower()}"
        ) from error


def _unreadable(message: str) -> CaseError:
    fix = "give the path of a case file, or its text, which begins with {"
    return CaseError((Problem("", "cannot-read", message, fix),))


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
    return dict(found.document), problems


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
    kind: type[Whole], fields: Mapping[str, Any], problems: list[Problem], where: str
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
        raise CaseError((*problems, *rest), where) from error
    if problems:
        raise CaseError(problems, where)
    return record


def _misses_a_source(problem: Problem) -> bool:
    """Whether a source is missing, perhaps only because the registry could not be read."""
    return problem.code == "dangling-reference" and problem.path.endswith((".source", ".publisher"))
