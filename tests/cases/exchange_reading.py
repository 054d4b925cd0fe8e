"""That a reader of another tool's documents accounts for all of them: it is read, or told as lost."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

from provenance.errors import FormatError
from provenance.exchange import Import

__all__ = ["assert_reading_accounts_for", "values_in"]


def values_in(document: Any, trail: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The keys that lead to every text, number and truth value of a document."""
    if isinstance(document, dict | list):
        entries = document.items() if isinstance(document, dict) else enumerate(document)
        for key, item in entries:
            yield from values_in(item, (*trail, key))
    elif document is not None:
        yield trail


def assert_reading_accounts_for(
    document: Any,
    read: Callable[[Any], Import],
    trail: tuple[Any, ...],
    *,
    silent: str,
    root: str = "",
) -> None:
    """Makes sure that another value at one place makes another case, or that it is told as lost.

    And the other way round: what is told as wholly lost makes no other case.

    Args:
        document: the document, as plain data.
        read: what reads it.
        trail: the keys that lead to the value.
        silent: a pattern of the paths whose values say nothing that a case could have.
        root: what the paths of losses leave out in front.
    """
    path = _path(trail).removeprefix(root)
    whole = read(document)
    try:
        other = read(_changed(document, trail))
    except FormatError:
        return  # with another value it is no such document
    same = other.case.written() == whole.case.written()
    told = [loss for loss in whole.losses if _stands_in(path, loss.path)]
    anew = other.losses != whole.losses  # it contradicts something now
    assert not same or told or anew or re.search(silent, path), f"lost and not told: {path}"
    exact = [loss for loss in told if not loss.partly and "].labels" not in loss.path]
    assert same or not exact or anew, f"told as lost, and it counts: {path}"


def _changed(document: Any, trail: tuple[Any, ...]) -> Any:
    """The document with another value in one place."""
    found = copy.deepcopy(document)
    holder = found
    for key in trail[:-1]:
        holder = holder[key]
    value = holder[trail[-1]]
    match value:
        case bool():
            holder[trail[-1]] = not value
        case int() | float():
            holder[trail[-1]] = value + 1
        case _:
            holder[trail[-1]] = f"x{value}"
    return found


def _path(trail: tuple[Any, ...]) -> str:
    """The path of a value as losses name it."""
    parts = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in trail)
    return "".join(parts).lstrip(".")


def _stands_in(path: str, other: str) -> bool:
    """Whether a place is another one or stands in it; of a list of one the place may be left out."""
    plain = re.sub(r"(?<=[a-zA-Z])\[[0-9]+\]", "", path)
    return any(
        each == other or each.startswith((f"{other}.", f"{other}[")) for each in (path, plain)
    )
