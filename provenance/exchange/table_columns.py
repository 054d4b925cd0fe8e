"""The columns of tables: which fields they hold, and how a field becomes a cell and a cell a field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args

import attrs

from provenance.casefiles import case_schema, parsed
from provenance.errors import CaseError, Problem
from provenance.records import (
    Attribution,
    Case,
    Claim,
    ContradictsLink,
    Document,
    EvidenceLink,
    ImpliesLink,
    Question,
    Record,
    Source,
    Stake,
    day_in_words,
)

__all__ = [
    "ALWAYS",
    "COLUMNS",
    "Cell",
    "DateOrder",
    "Kind",
    "cells_of",
    "kind_of",
    "meanings",
    "record_of",
    "value_of",
]

Kind = Literal[
    "text", "number", "truth", "words", "ids", "data", "numbers", "interests", "voice", "stance",
    "date", "anything",
]  # fmt: skip
"""What a column holds: `words` are text or a number, `ids` one or several, `data` is JSON.

`numbers`, `interests` and `voice` are JSON too, and have a form that people write.
"""

Cell = str | float | bool | None
"""What stands in a cell; nothing where the field is absent."""

_KINDS: Mapping[str, Mapping[str, Kind]] = {
    "case": {
        "version": "number", "title": "text", "summary": "text", "sources_from": "text",
    },
    "claims": {
        "id": "text", "text": "text", "prior": "words", "alternatives": "number",
        "resolved": "data",
    },
    "questions": {
        "id": "text", "text": "text", "claims": "ids", "prior": "numbers", "exhaustive": "truth",
    },
    "sources": {
        "id": "text", "name": "text", "kind": "text", "described_as": "text",
        "reliability": "words", "passing_on": "words", "access": "words", "interests": "interests",
        "only_if": "text", "graded_by": "text", "graded_on": "date",
    },
    "documents": {
        "id": "text", "publisher": "text", "title": "text", "url": "text",
        "published_on": "date", "retrieved_on": "date", "sha256": "text", "language": "text",
    },
    "attributions": {
        "id": "text", "source": "text", "claim": "ids", "cites": "ids", "stance": "stance",
        "would_speak": "number", "wording": "words", "verb": "text", "basis": "text",
        "from": "ids", "in_hand": "truth", "competence": "words", "fidelity": "words",
        "interest": "number", "only_if": "text", "same_voice_as": "voice", "document": "text",
        "locators": "data", "said_on": "date", "retracted_on": "date",
        "retracted_because": "text",
    },
    "links": {
        "kind": "text", "claim": "text", "sign": "text", "if_true": "number",
        "if_false": "number", "implies": "text", "claims": "ids", "strength": "number",
    },
    "assessments": {
        "claim": "text", "text": "text", "probability": "number", "low": "number",
        "high": "number", "interval_level": "number", "prior": "number", "prior_stated": "truth",
        "bits": "number", "confidence": "text", "confidence_basis": "data", "credibility": "text",
        "independent_origins": "number", "established_origins": "number",
        "opposing_origins": "number", "if_one_voice": "number", "if_independent": "number",
        "theta": "number", "at_priors": "data", "reasons": "data",
        "statements": "data", "doubts": "data", "potentials": "data", "ignored": "data",
        "sources": "data", "opinion": "data", "caveats": "data", "as_of": "text",
        "coupling": "text", "approximate": "truth", "standard_error": "number",
        "case_sha256": "text", "schema": "text", "library": "text",
    },
}  # fmt: skip
_ASIDES: Mapping[str, Kind] = {"note": "text", "refs": "data"}
_OF: Mapping[str, tuple[type[Record], ...]] = {
    "claims": (Claim,),
    "questions": (Question,),
    "sources": (Source,),
    "documents": (Document,),
    "attributions": (Attribution,),
    "links": (EvidenceLink, ImpliesLink, ContradictsLink),
}
"""The records that a row of each table is."""


def _columns(table: str) -> Mapping[str, Kind]:
    """The fields of a table's records, in the order in which people write them."""
    kinds = {**_KINDS[table], **_ASIDES}
    fields = _fields(table)
    ordered = [name for name in kinds if name in fields]
    return {name: kinds.get(name, "anything") for name in dict.fromkeys((*ordered, *fields))}


def _fields(table: str) -> tuple[str, ...]:
    """The fields of a table's records, as a file has them."""
    found = {
        field.serialization_alias or name: None
        for record in _OF.get(table, (Case,))
        for name, field in record.model_fields.items()
    }
    return tuple(name for name in found if table != "case" or name not in _OF)


@cache  # the schema is the same every time, and takes a while
def meanings(table: str) -> Mapping[str, str]:
    """What the columns of a table of records mean, as the schema of a case says it."""
    shared = case_schema()["$defs"]
    found: dict[str, str] = {}
    for record in _OF[table]:
        for name, field in shared[record.__name__]["properties"].items():
            whole = shared.get(field.get("$ref", "").removeprefix("#/$defs/"), {})
            found[name] = field.get("description") or whole["description"]
    return found


COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    **{table: _columns(table) for table in ("case", *_OF)},
    "assessments": _KINDS["assessments"],
}
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

_DEGREE: Mapping[str, Kind] = {"mean": "number", "strength": "number", **_ASIDES}
_PARTS: Mapping[str, Mapping[str, Kind]] = {
    "prior": _DEGREE,
    "access": _DEGREE,
    "passing_on": _DEGREE,
    "competence": _DEGREE,
    "fidelity": _DEGREE,
    "reliability": {
        "mean": "number", "strength": "number", "accuracy": "number", "confirmed": "number",
        "refuted": "number", **_ASIDES,
    },
    "resolved": {"value": "truth", "on": "text", "by": "text", **_ASIDES},
    "same_voice_as": {"attribution": "text", "probability": "number", **_ASIDES},
    "locator": {
        "paragraph": "number", "page": "words", "exact": "text", "prefix": "text",
        "suffix": "text", "start": "number", "end": "number", "url": "text", **_ASIDES,
    },
}  # fmt: skip
"""The columns of what is itself an object: `access.mean`, `locator.paragraph`."""

_NUMBER = re.compile(r"\A-?(0|[1-9][0-9]*|(?=\.))(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
_LONGEST_NUMBER = 100
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False, "yes": True, "no": False}
_FOR = (
    "affirm", "affirmed", "yes", "y", "for", "pro", "true", "supports", "says so", "agrees",
)  # fmt: skip
_AGAINST = (
    "deny", "denied", "no", "n", "against", "con", "contra", "false", "disputes", "rejects",
    "refutes",
)  # fmt: skip
_DISOWNS = ("disowns", "never said", "never said that")
_STANCES: Mapping[str, str] = {
    **dict.fromkeys(_FOR, "affirms"),
    **dict.fromkeys(_AGAINST, "denies"),
    **dict.fromkeys(_DISOWNS, "disowns"),
}
"""The stances by the words that people write for them."""


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
    if kind in ("text", "number", "truth", "stance", "date"):
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
    """How to put it right."""


def value_of(kind: Kind, cell: Any, dates: DateOrder | None = None) -> Any:
    """The value that a cell stands for, or the `Problem` that it is, whose path is yet to be said."""
    try:
        return _date(cell, dates) if kind == "date" else _READERS[kind](cell)
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
        return _json(cell) if cell.startswith(("{", "[", '"')) else cell
    return _plain_cell(cell) if isinstance(cell, Mapping | list | tuple) else _number(cell)


def _ids(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(("[", '"')):
        try:
            cell = _json(cell)
        except _Refused:
            return cell  # a claim may begin with a quotation
    return [_text(item) for item in cell] if isinstance(cell, list | tuple) else _text(cell)


def _data(cell: Any) -> Any:
    return _json(cell) if isinstance(cell, str) else _plain_cell(cell)


def _in_json(cell: Any) -> bool:
    return not isinstance(cell, str) or cell.lstrip().startswith(("[", "{", '"'))


def _numbers(cell: Any) -> Any:
    """Several numbers between semicolons, or JSON; what is no number is left to the case's rules."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [_whole(cell)]
    if _in_json(cell):
        return _data(cell)
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    read = [_as_number(part) for part in parts]
    if len(parts) == 1 and read[0] is None and "," in cell:
        raise _Refused(
            "not-a-list", f"expected numbers between semicolons, found {_shown(cell)}",
            'write them as "0.5; 0.3; 0.1"',
        )  # fmt: skip
    return [part if number is None else number for part, number in zip(parts, read, strict=True)]


_STAKES = ", ".join(get_args(Stake))
_STAKE = re.compile(r"(.{1,40}?)(?: if |:)\s*(.+)", re.DOTALL)


def _interests(cell: Any) -> Any:
    """What a source gains or loses, such as "gains: claim; claim", each on a line; or JSON."""
    if _in_json(cell):
        return _data(cell)
    found = []
    for part in re.split(r"[|\n]", cell):
        match = _STAKE.fullmatch(" ".join(part.split()))
        stake = "" if match is None else match[1].strip().casefold()
        if match is None or stake not in get_args(Stake):
            raise _Refused(
                "not-an-interest",
                f"expected a stake and the claims that it is in, found {_shown(part)}",
                f'write it as "loses strongly: CLAIM; CLAIM", with one of {_STAKES}, '
                'and "all" for every claim; several stand on lines of their own, or between |',
            )
        claims = [each.strip() for each in match[2].split(";") if each.strip()]
        named: Any = claims[0] if len(claims) == 1 else claims
        found.append({"claims": named if named == "all" else claims, "stake": stake})
    return found


def _voice(cell: Any) -> Any:
    """Whose voice a statement may be, such as "the general @ 0.8"; or JSON."""
    if _in_json(cell):
        return _data(cell)
    name, _, chance = cell.rpartition("@")
    probability = _as_number(chance.strip())
    if not name.strip() or probability is None:
        raise _Refused(
            "not-a-voice",
            f"expected whose voice it may be and how probable that is, found {_shown(cell)}",
            'write it as "the general @ 0.8", or @ 1 where that is certain',
        )
    return {"attribution": name.strip(), "probability": probability}


def _anything(cell: Any) -> Any:
    try:
        return _data(cell)
    except _Refused:
        return cell


def _plain_cell(value: Any) -> Any:
    """Nested values of frames, in which an absent field of an object stands as nothing."""
    if isinstance(value, Mapping):
        return {str(key): _plain_cell(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain_cell(item) for item in value]
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


def _stance(cell: Any) -> str:
    """A stance as people write it: towards the claim, for or against it."""
    if isinstance(cell, bool):
        return "affirms" if cell else "denies"
    words = " ".join(_text(cell).casefold().split())
    return _STANCES.get(words, words)


# Days as people write them. What can be read in two ways is never guessed.

DateOrder = Literal["dmy", "mdy"]
"""How days such as 03/10/2015 are meant: the day first, or the month first."""

_FIGURES = re.compile(r"\A([0-9]{1,4})([/.-])([0-9]{1,2})(?:\2([0-9]{1,4}))?\Z")
_MONTH_AND_YEAR = re.compile(r"\A([0-9]{1,2})[/.]([0-9]{4})\Z")
_SPAN = re.compile(r" ?[–—] ?| to | - ")
_LONGEST_DATE = 80


def _date(cell: Any, order: DateOrder | None) -> str:
    """A day, a month, a year or a span of them, in the form of the case format.

    What is in no form that people write is left to the case's own rules.
    """
    text = " ".join(_text(cell).split())
    if len(text) > _LONGEST_DATE:
        return text
    return "/".join(_day(part, order) for part in _SPAN.split(text))


def _day(text: str, order: DateOrder | None) -> str:
    figures = _FIGURES.match(text)
    if figures is not None:
        return _in_figures(text, order, *figures.groups())
    month_and_year = _MONTH_AND_YEAR.match(text)
    if month_and_year is not None:
        return f"{month_and_year[2]}-{month_and_year[1].zfill(2)}"
    return day_in_words(text) or text


def _in_figures(
    text: str, order: DateOrder | None, first: str, between: str, second: str, third: str | None
) -> str:
    if len(first) == 4:  # the year first: there is one way to read it
        if between == "-" or (between == "/" and third is None):
            return text  # as the case format has it
        return "-".join((first, second.zfill(2), *((third.zfill(2),) if third else ())))
    if third is None:
        return text
    if len(third) != 4:
        raise _Refused(
            "short-year", f"expected a year of four digits, found {_shown(text)}", "write it out"
        )
    if order is None:
        raise _Refused(
            "ambiguous-date",
            f"expected a day that can be read in one way, such as 2015-10-03, found {_shown(text)}",
            "say how days are written: dates='dmy' or 'mdy' (--dates dmy, --dates mdy)",
        )
    day, month = (first, second) if order == "dmy" else (second, first)
    return f"{third}-{month.zfill(2)}-{day.zfill(2)}"


_READERS: Mapping[Kind, Any] = {
    "stance": _stance,
    "text": _text,
    "number": _number,
    "truth": _truth,
    "words": _words,
    "ids": _ids,
    "data": _data,
    "numbers": _numbers,
    "interests": _interests,
    "voice": _voice,
    "anything": _anything,
}
