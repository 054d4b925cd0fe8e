"""The kinds of values that fields of a record take: ids, text, numbers, one or several."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from provenance.records.faults import shown
from provenance.records.written import whole

__all__ = [
    "Count",
    "Entries",
    "Fraction",
    "Id",
    "Listed",
    "OneOrSeveral",
    "Position",
    "Positive",
    "Text",
    "Version",
    "WithinFraction",
    "as_tuple",
]

LONGEST_ID = 200
"""How many characters an id may have."""
LONGEST_LIST = 100_000
"""How many entries a list inside a record may have."""
LARGEST = 1e15
"""The largest number that a field takes."""

# One rule for the loader and for validators of JSON Schema, which have no common word for space.
_SPACES = "\\u0000-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
_VISIBLE = f"[^{_SPACES}]"
_CONTROL = "[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]"
_has_visible = re.compile(_VISIBLE).search
_has_control = re.compile(_CONTROL).search


def _text(value: str) -> str:
    if not _has_visible(whole(value)):
        raise PydanticCustomError(
            "empty-text",
            "expected text, found none",
            {"fix": "write something or leave it out"},
        )
    return value


def _id(value: str) -> str:
    if value.isascii() and value.isprintable() and len(value) <= LONGEST_ID and value.strip():
        return value  # nearly every id, and a case has hundreds of thousands
    if len(value) > LONGEST_ID:
        raise PydanticCustomError(
            "bad-id",
            "expected an id of at most {longest} characters, found {length}",
            {"longest": LONGEST_ID, "length": len(value), "fix": "shorten the id"},
        )
    if _has_control(value):
        raise PydanticCustomError(
            "bad-id",
            "expected an id without control characters, found {found}",
            {
                "found": shown(value),
                "fix": "write the id on one line of plain characters",
            },
        )
    return _text(value)


def _entries(value: Any) -> Any:
    """A list as a tuple; sets and generators have no order of their own and are refused."""
    if not isinstance(value, list | tuple):
        raise PydanticCustomError(
            "not-a-list",
            "expected a list, found {found}",
            {"found": shown(value), "fix": "put it between [ and ]"},
        )
    return tuple(value)


def _listed(value: Any) -> Any:
    entries = _entries(value)
    if len(entries) > LONGEST_LIST:
        raise PydanticCustomError(
            "too-long",
            "expected at most {longest} entries, found {length}",
            {"longest": LONGEST_LIST, "length": len(entries), "fix": "split the record"},
        )
    return entries


def _whole_number(value: Any) -> Any:
    """JSON has one kind of number, so 3.0 is a whole number too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _one_or_several(value: Any) -> str:
    return "=several" if isinstance(value, list | tuple) else "=one"


def as_tuple(written: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """One id or several as a tuple, each once, in the order in which they were written.

    >>> as_tuple("tweet"), as_tuple(("tweet", "post", "tweet")), as_tuple(None)
    (('tweet',), ('tweet', 'post'), ())
    """
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(dict.fromkeys(written))


Text = Annotated[
    str, AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": _VISIBLE})
]
"""Text that is not blank."""

Id = Annotated[
    str,
    AfterValidator(_id),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": LONGEST_ID,
            "pattern": _VISIBLE,
            "not": {"pattern": _CONTROL},
        }
    ),
]
"""The name of a record within its case: not blank, at most 200 characters, no control character."""

Entries = BeforeValidator(_entries)
"""Makes a tuple of a list."""

Listed = BeforeValidator(_listed)
"""Makes a tuple of a list inside a record, with a bound on its length."""

OneOrSeveral = Annotated[
    Annotated[Id, Tag("=one")]
    | Annotated[tuple[Id, ...], Field(min_length=1), Listed, Tag("=several")],
    Discriminator(_one_or_several),
]
"""An id, or a list of them, kept as it was written."""

Fraction = Annotated[float, Field(ge=0, le=1)]
"""A number in [0, 1]."""

WithinFraction = Annotated[float, Field(gt=0, lt=1)]
"""A number in (0, 1), both ends left out."""

Positive = Annotated[float, Field(gt=0, le=LARGEST)]
"""A number above 0."""

Count = Annotated[float, Field(ge=0, le=LARGEST)]
"""A number of times, 0 or more."""


def _version(value: Any) -> Any:
    if isinstance(value, bool):  # which equals 1 or 0 in Python, but is no number in JSON
        raise PydanticCustomError(
            "not-one-of", "expected 1, found {found}", {"found": shown(value), "fix": "write 1"}
        )
    return value


Version = Annotated[Literal[1], BeforeValidator(_version)]
"""The version of the format, of which there is one."""

Position = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, le=int(LARGEST))]
"""A whole number, 0 or more."""
