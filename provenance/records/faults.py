"""What is wrong with a record, in our words: pydantic's findings as problems with a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from provenance.errors import CaseError, Problem
from provenance.records.spelling import advice, fields_at

__all__ = ["came_last", "path_of", "problems_of", "shown"]

_SUGGESTED = 50
"""For how many problems of a record near names are looked for, which is slow."""
_QUOTED = re.compile("'([^']*)'")

# pydantic's type of a finding -> our code, what was expected, how to mend it
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "missing": ("missing-field", "expected this field, found none", "add the field"),
    "unknown-field": (
        "unknown-field",
        "expected a field of the case format",
        "correct the name, remove it, or begin it with x-",
    ),
    "invalid_key": (
        "unknown-field",
        "expected text as the name of a field",
        "quote the name",
    ),
    "string_type": ("not-text", "expected text", "write it between quotes"),
    "float_type": (
        "not-a-number",
        "expected a number",
        "write a plain number, without quotes",
    ),
    "int_type": (
        "not-a-number",
        "expected a whole number",
        "write a whole number, without quotes",
    ),
    "bool_type": (
        "not-true-or-false",
        "expected true or false",
        "write true or false, unquoted",
    ),
    "finite_number": (
        "not-finite",
        "expected a finite number",
        "write a number or leave it out",
    ),
    "not-finite": (
        "not-finite",
        "expected a finite number",
        "write a number or leave it out",
    ),
    "tuple_type": ("not-a-list", "expected a list", "put it between [ and ]"),
    "model_type": (
        "not-an-object",
        "expected an object",
        "write it as {…} with named fields",
    ),
    "impossible-date": (
        "impossible-date",
        "",
        "write the year, the month or the day it was",
    ),
    "string_unicode": (
        "broken-text",
        "expected whole characters",
        "write the character itself, or its whole escape",
    ),
    "broken-text": (
        "broken-text",
        "",
        "write the character itself, or its whole escape",
    ),
}
_RANGES: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def problems_of(error: ValidationError, prefix: tuple[str | int, ...] = ()) -> tuple[Problem, ...]:
    """Every finding of a pydantic error as a problem, in the order of the fields."""
    found: list[Problem] = []
    for finding in error.errors(include_url=False):
        ours = finding.get("ctx", {}).get("error")
        if isinstance(ours, CaseError):
            found.extend(ours.problems)
            continue
        location = (*prefix, *finding["loc"])
        code, message, fix = _in_our_words(finding)
        if code == "unknown-field" and len(found) < _SUGGESTED:
            fix = _with_advice(location, error.title, fix)
        found.append(Problem(path_of(location), code, message, fix))
    return tuple(found)


def _with_advice(location: tuple[str | int, ...], title: str, fix: str) -> str:
    """How to mend an unknown field, after what may have been meant by it."""
    *record, name = location
    meant = advice(str(name), fields_at(record, title))
    return f"{meant} otherwise {fix.partition(', ')[2]}" if meant else fix


def came_last(error: ValidationError) -> bool:
    """Whether every record was well-formed by itself, and only together they are not."""
    return any(
        isinstance(finding.get("ctx", {}).get("error"), CaseError)
        for finding in error.errors(include_url=False, include_input=False)
    )


def _in_our_words(finding: Mapping[str, Any]) -> tuple[str, str, str]:
    kind, context = finding["type"], finding.get("ctx", {})
    if kind in _RANGES:
        name, words = _RANGES[kind]
        bound = f"{context[name]:g}"
        return (
            "out-of-range",
            f"expected a number {words} {bound}, found {shown(finding['input'])}",
            f"write a number {words} {bound}",
        )
    if kind == "too_short":
        least = context["min_length"]
        entries = "entry" if least == 1 else "entries"
        return (
            "too-short",
            f"expected at least {least} {entries}, found {context['actual_length']}",
            "add one, or leave the field out",
        )
    if kind == "literal_error":
        expected, found = context["expected"], finding["input"]
        known = _QUOTED.findall(expected)
        fix = "use one of these words" if known else f"write {expected}"
        if isinstance(found, str):
            fix = advice(found, known) or fix
        return "not-one-of", f"expected {expected}, found {shown(found)}", fix
    if kind == "not-one-of":  # a link, whose kind says which fields it has
        return (kind, *_of_no_kind(finding["msg"], finding["input"], context["fix"]))
    if kind not in _WORDS:
        return kind, finding["msg"], context.get("fix", "")
    code, expected, fix = _WORDS[kind]
    if not expected:
        return code, finding["msg"], fix
    if kind == "missing":
        return code, expected, fix
    if kind == "unknown-field":
        return code, f"{expected}, found {shown(finding['loc'][-1])}", fix
    return code, f"{expected}, found {shown(finding['input'])}", fix


def _of_no_kind(expected: str, link: Any, fix: str) -> tuple[str, str]:
    if not isinstance(link, Mapping):
        return f"{expected}, found {shown(link)}", fix
    if "kind" not in link:
        return f"{expected}, found none", fix
    kind = link["kind"]
    words = expected.replace(",", "").split()
    meant = advice(kind, words[words.index("kind") + 1 :]) if isinstance(kind, str) else ""
    return f"{expected}, found {shown(kind)}", meant or fix


def shown(value: object) -> str:
    """A value in a message: short, on one line, and named by its kind where it is long.

    >>> shown("0.3"), shown(True), shown([1, 2]), shown("x" * 100)[:24]
    ("'0.3'", 'true', 'a list', "'xxxxxxxxxxxxxxxxxxxxxxx")
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 10**20:
        return "a number of more than 20 digits"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        short = value if len(value) <= 60 else f"{value[:59]}…"
        return (
            repr(short).encode("ascii", "backslashreplace").decode() if _odd(short) else repr(short)
        )
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else f"a value of {type(value).__name__}"


def _odd(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def path_of(location: Iterable[str | int]) -> str:
    """Where something stands in the document, as a path.

    The forms of a union, which pydantic names in between, are left out: they begin with `=`.

    >>> path_of(("attributions", 3, "cites", "=several", 0))
    'attributions[3].cites[0]'
    """
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not step.startswith("="):
            path += f".{_short(step)}" if path else _short(step)
    return path


def _short(key: str) -> str:
    plain = key.encode("utf-8", "backslashreplace").decode()
    return plain if len(plain) <= 80 else f"{plain[:79]}…"
