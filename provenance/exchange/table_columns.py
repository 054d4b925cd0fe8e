"""The columns of tables: which fields they hold, and how a field becomes a cell and a cell a field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from provenance.casefiles.json_text import parsed
from provenance.errors import CaseError, Problem

__all__ = ["ALWAYS", "COLUMNS", "Cell", "Kind", "cells_of", "kind_of", "record_of", "value_of"]

Kind = Literal["text", "number", "truth", "words", "ids", "data", "anything"]
"""What a column holds: `words` are text or a number, `ids` one or several, `data` is JSON."""

Cell = str | float | bool | None
"""What stands in a cell; nothing where the field is absent."""

_NOTES: Mapping[str, Kind] = {"note": "text", "refs": "data"}

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "case": {
        "version": "number", "title": "text", "summary": "text", "sources_from": "text", **_NOTES,
    },
    "claims": {"id": "text", "text": "text", "prior": "words", "resolved": "data", **_NOTES},
    "questions": {
        "id": "text", "text": "text", "claims": "ids", "prior": "data", "exhaustive": "truth",
        **_NOTES,
    },
    "sources": {
        "id": "text", "name": "text", "kind": "text", "described_as": "text",
        "reliability": "words", "access": "words", "interests": "data", "graded_by": "text",
        "graded_on": "text", **_NOTES,
    },
    "documents": {
        "id": "text", "publisher": "text", "title": "text", "url": "text",
        "published_on": "text", "retrieved_on": "text", "sha256": "text", "language": "text",
        **_NOTES,
    },
    "attributions": {
        "id": "text", "source": "text", "claim": "ids", "cites": "ids", "stance": "text",
        "wording": "words", "verb": "text", "basis": "text", "from": "ids", "in_hand": "truth",
        "competence": "words", "fidelity": "words", "interest": "number",
        "same_voice_as": "data", "document": "text", "locators": "data", "said_on": "text",
        "retracted_on": "text", **_NOTES,
    },
    "links": {
        "kind": "text", "claim": "text", "sign": "text", "if_true": "number",
        "if_false": "number", "implies": "text", "claims": "ids", "strength": "number", **_NOTES,
    },
    "assessments": {
        "claim": "text", "text": "text", "probability": "number", "low": "number",
        "high": "number", "interval_level": "number", "prior": "number", "prior_stated": "truth",
        "bits": "number", "confidence": "text", "confidence_basis": "data", "credibility": "text",
        "independent_origins": "number", "opposing_origins": "number", "reasons": "data",
        "statements": "data", "doubts": "data", "potentials": "data", "ignored": "data",
        "sources": "data", "opinion": "data", "caveats": "data", "as_of": "text",
        "coupling": "text", "approximate": "truth", "standard_error": "number",
        "case_sha256": "text", "schema": "text", "library": "text",
    },
}  # fmt: skip
"""For every table its columns in their order, with what they hold."""

ALWAYS: Mapping[str, tuple[str, ...]] = {
    "case": ("version",),
    "claims": ("id", "text"),
    "questions": ("id", "text", "claims"),
    "sources": ("id", "name", "kind", "reliability"),
    "documents": ("id", "publisher"),
    "attributions": ("id", "source", "claim", "cites"),
    "links": ("kind",),
    "assessments": tuple(COLUMNS["assessments"]),
}
"""The columns that a table has even where they are empty."""

_DEGREE: Mapping[str, Kind] = {"mean": "number", "strength": "number", **_NOTES}
_PARTS: Mapping[str, Mapping[str, Kind]] = {
    "prior": _DEGREE,
    "access": _DEGREE,
    "competence": _DEGREE,
    "fidelity": _DEGREE,
    "reliability": {
        "mean": "number", "strength": "number", "accuracy": "number", "confirmed": "number",
        "refuted": "number", **_NOTES,
    },
    "resolved": {"value": "truth", "on": "text", "by": "text", **_NOTES},
    "same_voice_as": {"attribution": "text", "probability": "number", **_NOTES},
    "locator": {
        "paragraph": "number", "page": "words", "exact": "text", "prefix": "text",
        "suffix": "text", "start": "number", "end": "number", "url": "text", **_NOTES,
    },
}  # fmt: skip
"""The columns of what is itself an object: `access.mean`, `locator.paragraph`."""

_NUMBER = re.compile(r"\A-?(0|[1-9][0-9]*|(?=\.))(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_LONGEST_NUMBER = 100
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False, "yes": True, "no": False}


def kind_of(table: str, column: str) -> Kind | None:
    """What a column of a table holds; `None` for a column that is none of the format.

    >>> kind_of("sources", "access.mean"), kind_of("sources", "x-mine"), kind_of("sources", "mood")
    ('number', 'anything', None)
    """
    if column.startswith("x-"):
        return "anything"
    found = COLUMNS[table].get(column)
    if found is not None:
        return found
    whole, _, part = column.partition(".")
    if not part or not _is_object(table, whole):
        return None
    return "anything" if part.startswith("x-") else _PARTS[whole].get(part)


def _is_object(table: str, whole: str) -> bool:
    owner = "locators" if whole == "locator" else whole
    plain = table == "questions" and whole == "prior"
    return whole in _PARTS and owner in COLUMNS[table] and not plain and table != "assessments"


def cells_of(table: str, record: Mapping[str, Any]) -> dict[str, Cell]:
    """A record as cells, by the names of their columns; every cell can be read back exactly."""
    found: dict[str, Cell] = {}
    for column, value in _columns_of(table, record):
        kind = kind_of(table, column)
        assert kind is not None
        found[column] = _cell(kind, value)
    return found


def _columns_of(table: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field, value in record.items():
        whole = field
        if field == "locators" and len(value) == 1 and value[0]:
            whole, value = "locator", value[0]
        if isinstance(value, Mapping) and _is_object(table, whole) and not field.startswith("x-"):
            yield from ((f"{whole}.{part}", item) for part, item in value.items())
        else:
            yield field, value


def _cell(kind: Kind, value: Any) -> Cell:
    if kind in ("text", "number", "truth"):
        return value  # type: ignore[no-any-return]
    if kind in ("words", "ids") and isinstance(value, str) and _stands_for_itself(kind, value):
        return value
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _stands_for_itself(kind: Kind, text: str) -> bool:
    return not text.startswith(('"', "[", "{")) and (kind == "ids" or not _NUMBER.match(text))


def record_of(cells: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The record that the values of some columns make, the parts of its objects put together."""
    found: dict[str, Any] = {}
    for column, value in cells:
        whole, _, part = column.partition(".")
        if column.startswith("x-") or not part:
            found[column] = value
        elif whole == "locator":
            found.setdefault("locators", [{}])[0][part] = value
        else:
            found.setdefault(whole, {})[part] = value
    return found


@attrs.frozen
class _Refused(Exception):
    """A cell that does not hold what its column holds."""

    code: str
    """The kind of problem."""
    message: str
    """What was expected and what was found."""
    fix: str
    """How to mend it."""


def value_of(kind: Kind, cell: Any) -> Any:
    """The value that a cell stands for, or the `Problem` that it is, whose path is yet to be said."""
    try:
        return _READERS[kind](cell)
    except _Refused as refused:
        return Problem("", refused.code, refused.message, refused.fix)


def _shown(cell: Any) -> str:
    text = repr(cell)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(_whole(cell))
    raise _Refused("not-text", f"expected text, found {_shown(cell)}", "write it as text")


def _whole(number: int | float) -> int | float:
    """A table has one kind of number, so that years and paragraphs may come as 2015.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _number(cell: Any) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _whole(cell)
    if isinstance(cell, str) and (found := _as_number(cell.strip())) is not None:
        return found
    raise _Refused(
        "not-a-number", f"expected a number, found {_shown(cell)}", "write it as 0.25 or 30"
    )


def _as_number(text: str) -> int | float | None:
    if len(text) > _LONGEST_NUMBER or not _NUMBER.match(text):
        return None
    return _whole(float(text))


def _truth(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.strip().casefold() in _TRUTHS:
        return _TRUTHS[cell.strip().casefold()]
    if isinstance(cell, int | float) and cell in (0, 1):
        return bool(cell)
    raise _Refused(
        "not-true-or-false",
        f"expected true or false, found {_shown(cell)}",
        "write true or false, or leave it empty",
    )


def _words(cell: Any) -> Any:
    if isinstance(cell, str):
        number = _as_number(cell.strip())
        if number is not None:
            return number
        return _json(cell) if cell.startswith(("{", '"')) else cell
    return cell if isinstance(cell, Mapping) else _number(cell)


def _ids(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(("[", '"')):
        try:
            cell = _json(cell)
        except _Refused:
            return cell  # a claim may begin with a quotation
    return [_text(item) for item in cell] if isinstance(cell, list | tuple) else _text(cell)


def _data(cell: Any) -> Any:
    return _json(cell) if isinstance(cell, str) else _plain(cell)


def _anything(cell: Any) -> Any:
    try:
        return _data(cell)
    except _Refused:
        return cell


def _plain(value: Any) -> Any:
    """Nested values of frames, in which an absent field of an object stands as nothing."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _whole(value) if isinstance(value, float) else value


def _json(text: str) -> Any:
    try:
        found = parsed(text)
    except CaseError as error:
        problem = error.problems[0]
        raise _Refused(problem.code, problem.message, problem.fix) from error
    for problem in found.problems:
        raise _Refused(problem.code, problem.message, problem.fix)
    return found.document


_READERS: Mapping[Kind, Any] = {
    "text": _text,
    "number": _number,
    "truth": _truth,
    "words": _words,
    "ids": _ids,
    "data": _data,
    "anything": _anything,
}
