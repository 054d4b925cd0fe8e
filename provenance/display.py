"""How answers show themselves: as plain data, as JSON, in one line, and in a notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from importlib import import_module
from typing import Any, TypeVar

import attrs

__all__ = ["Answers", "Shown", "drawn", "plain"]

T_co = TypeVar("T_co", covariant=True)

_LINE = 100


def drawn(how: str, what: object) -> str:
    """What a function of `provenance.report`, by its name, makes of an answer.

    The room of reports stands on all others; it is loaded only when something is shown.

    >>> from provenance import load_seed, weigh
    >>> drawn("lineage_svg", weigh(load_seed("egypt-arms-2015"), "armed"))[:4]
    '<svg'
    """
    picture = getattr(import_module("provenance.report"), how)(what)
    return str(picture)


def plain(value: object) -> Any:
    """A value as plain data that JSON can carry: objects by their fields, sequences as lists.

    >>> from provenance import Interval
    >>> plain({"interval": Interval(0.1, 0.3), "as_of": date(2015, 9, 4)})
    {'interval': {'low': 0.1, 'high': 0.3}, 'as_of': '2015-09-04'}
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Shown) and type(value).data is not Shown.data:
        return value.data
    if attrs.has(type(value)):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [plain(each) for each in value]
    if isinstance(value, AbstractSet):
        return sorted((plain(each) for each in value), key=str)
    return str(value)


def _fields(value: Any) -> dict[str, Any]:
    names = [field.name for field in attrs.fields(type(value))]
    return {name: plain(getattr(value, name)) for name in names}


class Shown:
    """A computed answer that can be shown: every one of them has these."""

    __slots__ = ()

    @property
    def data(self) -> Any:
        """Plain data that JSON can carry."""
        return _fields(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The plain data as JSON text."""
        return json.dumps(self.data, ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        said = next((line for line in str(self).split("\n") if line.strip()), "")
        room = _LINE - len(type(self).__name__) - 2
        short = said if len(said) <= room else f"{said[: room - 1]}…"
        return f"{type(self).__name__}({short})"

    def _repr_html_(self) -> str:
        return drawn("card_html", self)


class Answers(tuple[T_co, ...]):
    """Several answers in their order: a tuple that can be shown as each of them can.

    >>> from provenance import load_seed, weigh_all
    >>> weigh_all(load_seed("egypt-arms-2015"))
    Answers(7 of type Assessment)
    """

    __slots__ = ()

    @property
    def data(self) -> list[Any]:
        """Plain data that JSON can carry: a list."""
        return [plain(each) for each in self]

    def to_json(self, *, indent: int | None = None) -> str:
        """The plain data as JSON text."""
        return json.dumps(self.data, ensure_ascii=False, indent=indent)

    def __repr__(self) -> str:
        kinds = ", ".join(dict.fromkeys(type(each).__name__ for each in self))
        return f"Answers({len(self)} of type {kinds})" if self else "Answers()"

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_html_(self) -> str:
        return drawn("card_html", self)
