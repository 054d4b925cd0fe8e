"""Documents that others wrote: read with bounds, looked at without trust, refused in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provenance.casefiles.json_text import MAX_BYTES, parsed
from provenance.errors import CaseError, FormatError, Problem
from provenance.records import Case

__all__ = ["MOST_ENTRIES", "case_of", "each_of", "json_of", "refused", "text_of"]

MOST_ENTRIES = 1_000_000
"""How many entries a list of somebody else's may have."""


def refused(
    path: str, code: str, message: str, fix: str = "give a document of this format", where: str = ""
) -> FormatError:
    """The error for a document that is not what it claims to be."""
    return FormatError((Problem(path, code, message, fix),), where)


def json_of(document: Any, what: str, max_bytes: int = MAX_BYTES) -> Any:
    """A document as plain data: what JSON text or bytes describe, or data as it is.

    Raises `FormatError` for a text that is not JSON, or is too large or too deep.
    """
    if not isinstance(document, str | bytes | bytearray):
        return document
    try:
        text = document if isinstance(document, str) else bytes(document)
        found = parsed(text, max_bytes=max_bytes)
    except CaseError as error:
        raise FormatError(error.problems, what) from error
    if found.problems:
        raise FormatError(found.problems, what)
    return found.document


def each_of(value: Any) -> Iterator[tuple[str, Any]]:
    """The entries of a list with their places, `[0]` on; one value that stands alone has none."""
    if isinstance(value, list | tuple):
        if len(value) > MOST_ENTRIES:
            raise refused("", "too-many", f"expected at most {MOST_ENTRIES} entries, found more")
        yield from ((f"[{position}]", entry) for position, entry in enumerate(value))
    elif value is not None:
        yield "", value


def text_of(value: Any, most: int = 1_000_000) -> str | None:
    """A text that says something, or None for anything else."""
    return value if isinstance(value, str) and value.strip() and len(value) <= most else None


def case_of(fields: Mapping[str, Any], what: str) -> Case:
    """The case that was read, checked like any other.

    Raises `FormatError` where what was read cannot be a case: broken characters, for instance.
    """
    try:
        return Case.model_validate(dict(fields), by_alias=True, by_name=False)
    except CaseError as error:
        raise FormatError(error.problems, what) from error
