"""Which field or word may have been meant by one that the case format does not know."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

__all__ = ["advice", "fields_at", "near"]


def near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that are like one, at most three, the most alike first.

    >>> near("Priors", ["id", "text", "prior"])
    ('prior',)
    """
    names = {each.casefold(): each for each in known if each != name}
    found = difflib.get_close_matches(name[:100].casefold(), names, n=3, cutoff=0.6)
    return tuple(names[each] for each in found)


def advice(name: str, known: Iterable[str]) -> str:
    """A question after what may have been meant by a name that is not known, or nothing.

    >>> advice("priors", ["id", "text", "prior"])
    "did you mean 'prior'?"
    """
    found = near(name, known)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else ""


def fields_at(location: Iterable[str | int], title: str) -> tuple[str, ...]:
    """The fields that a record takes, which stands at a place of a document.

    Args:
        location: the place of the record: names of fields, positions, forms of a union.
        title: the name of the record that was read, for a record that stands for itself.
    """
    named = [step for step in location if isinstance(step, str) and not step.startswith("=")]
    holders = _holders()
    records = holders.get(named[-1], ()) if named else holders.get(title, ())
    fields: dict[str, None] = {}
    for record in records:
        for name, field in record.model_fields.items():
            fields[field.serialization_alias or name] = None
    return tuple(fields)


@cache
def _holders() -> Mapping[str, tuple[type[BaseModel], ...]]:
    """For every field that holds records, and for every kind of record by its name: which."""
    from provenance.records.written import Written  # which itself reports what it does not know

    found: dict[str, dict[type[BaseModel], None]] = {}
    for record in _kinds(Written):
        found.setdefault(record.__name__, {})[record] = None
        for name, field in record.model_fields.items():
            held = [each for each in _within(field.annotation) if issubclass(each, Written)]
            found.setdefault(field.serialization_alias or name, {}).update(dict.fromkeys(held))
    return {name: tuple(records) for name, records in found.items()}


def _kinds(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _within(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _within(part)
