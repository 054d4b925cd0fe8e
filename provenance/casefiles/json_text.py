"""JSON as a case file may be written: bounded in size and depth, every key once, every number a number."""

from __future__ import annotations

import codecs
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from provenance.errors import CaseError, Problem
from provenance.records import path_of, shown

__all__ = [
    "KEPT_SCHEMA",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Parsed",
    "Readable",
    "contents",
    "opened",
    "parsed",
    "read_object",
]

Readable = str | os.PathLike[str] | bytes | Mapping[str, Any]
"""What a document of ours is read from: a path, a text, bytes or a mapping."""

MAX_BYTES = 64 * 2**20
"""How large a file may be unless the caller says otherwise."""
MAX_DEPTH = 64
"""How deeply a file may be nested unless the caller says otherwise."""
MOST_VALUES = 8_000_000
"""How many values a file may hold: a small file of empty lists would fill the memory."""
KEPT_SCHEMA = "x-$schema"
"""The key under which a case keeps the `$schema` of its file, which is for editors alone."""
LONGEST_NUMBER = 400
"""How many digits a whole number may have."""

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
# Only a text with one of these can hold a number that is none; else numbers are read the fast way.
_LONG_DIGITS = re.compile(rf"[0-9]{{{LONGEST_NUMBER + 1}}}")
_LARGE_EXPONENT = re.compile(r"[0-9][eE]\+?[0-9]{3}")
# How a file of YAML begins: a key without quotation marks, after comments and the mark of a document.
_YAML = re.compile(r"(?:\s*#[^\n]*\n|\s*---[^\n]*\n|\s*\n)*[A-Za-z_][\w-]*:(?:\s|\Z)")
_FROM_YAML = (
    "this looks like YAML, which is not read: write it as JSON, with "
    "'import json, yaml; json.dumps(yaml.safe_load(text), default=str)' in Python, "
    "or with 'yq -o json' on the command line"
)
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))


@attrs.frozen
class Parsed:
    """A document, and what is wrong with it that its values no longer show."""

    document: Any
    """The value that the text describes."""
    problems: tuple[Problem, ...] = ()
    """Keys that stand twice, and numbers that are none, each with its path."""


@attrs.frozen
class _Unusable:
    """Stands in the document for a number that is none, until its path is known."""

    message: str
    """What was expected and what was found."""


class _Repeating(dict[str, Any]):
    """An object that has a key twice, until its path is known."""

    repeated: tuple[str, ...] = ()


def opened(
    source: Readable,
    noun: str = "a case file",
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
) -> tuple[Path | None, Parsed]:
    """Where a document was read from, if that is a file, and what stands in it.

    Raises `CaseError` for what cannot be read, and as `parsed` does; `noun` says what was
    expected. A text is told from a path by the brace with which it begins.
    """
    if isinstance(source, Mapping):
        return None, Parsed(source)
    if isinstance(source, bytes | bytearray):
        return None, parsed(bytes(source), max_bytes=max_bytes, max_depth=max_depth)
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
        return None, parsed(source, max_bytes=max_bytes, max_depth=max_depth)
    fix = f"give the path of {noun}, or its text, which begins with {{"
    if not isinstance(source, str | os.PathLike):
        message = f"expected a path, text, bytes or a mapping, found {shown(source)}"
        raise CaseError.of("", "cannot-read", message, fix)
    raw = contents(source, fix, max_bytes=max_bytes)
    try:
        return Path(source), parsed(raw, max_bytes=max_bytes, max_depth=max_depth)
    except CaseError as error:
        raise CaseError(error.problems, os.fspath(source)) from error


def read_object(
    source: Readable, noun: str, *, max_bytes: int = MAX_BYTES
) -> tuple[Mapping[str, Any], str]:
    """The object that a document of ours is, and where it was read from.

    Raises `CaseError` as `opened` does, for a document that is none, and for what it lost in
    being read.
    """
    path, found = opened(source, noun, max_bytes=max_bytes)
    where = str(path or "")
    if found.problems:
        raise CaseError(found.problems, where)
    if not isinstance(found.document, Mapping):
        message = f"expected an object, found {shown(found.document)}"
        raise CaseError.of("", "not-an-object", message, "begin it with {", where=where)
    return found.document, where


def contents(
    path: str | os.PathLike[str],
    fix: str = "give the path of a file",
    *,
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """What a file holds, a byte more than is allowed at most, so that a larger one is seen as such.

    Raises `CaseError` for a file that cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(max(max_bytes, 0) + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        message = f"expected a file that can be read, found {os.fspath(path)[:200]!r}: {reason}"
        raise CaseError.of("", "cannot-read", message, fix) from error


def parsed(text: bytes | str, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Parsed:
    """The document that a JSON text describes.

    Takes time and memory in proportion to the text, at most.
    Raises `CaseError` when it is too large, too deep, not UTF-8 or not JSON.
    """
    raw = _encoded(text, max_bytes)
    if len(raw) > max_bytes:
        raise _too_large(max_bytes)
    characters = _decoded(raw)
    if not characters.strip():
        raise CaseError.of(
            "", "not-json", "expected JSON, found an empty text", "write a case into it"
        )
    _refuse_bombs(raw, max_depth)
    try:
        document, marked = _read(characters)
        return _cleared(document) if marked else Parsed(document)
    except json.JSONDecodeError as error:
        raise CaseError.of(
            "",
            "not-json",
            f"expected JSON, found something else at line {error.lineno}, "
            f"column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}",
            _FROM_YAML if _YAML.match(characters) else "correct the text there",
        ) from error
    except RecursionError as error:
        raise _too_deep(max_depth) from error


def _too_large(max_bytes: int) -> CaseError:
    return CaseError.of(
        "",
        "too-large",
        f"expected at most {max_bytes} bytes, found more",
        "split the case, or raise max_bytes",
    )


def _too_deep(max_depth: int) -> CaseError:
    return CaseError.of(
        "",
        "too-deep",
        f"expected at most {max_depth} levels of nesting, found more",
        "flatten the document, or raise max_depth",
    )


def _encoded(text: bytes | str, max_bytes: int) -> bytes:
    if isinstance(text, bytes):
        return text
    if len(text) > max_bytes:  # before a copy of it is made
        raise _too_large(max_bytes)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CaseError.of(
            "",
            "broken-text",
            f"expected whole characters, found half of a surrogate pair at {error.start}",
            "write the character itself, or its whole escape",
        ) from error


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CaseError.of(
            "", "not-utf-8", "expected UTF-8, found UTF-16 or UTF-32", "save the file as UTF-8"
        )
    try:
        # Editors on Windows put a mark before UTF-8 that says what it is.
        return raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CaseError.of(
            "",
            "not-utf-8",
            f"expected UTF-8, found byte {raw[error.start]:#04x} at offset {error.start}, "
            f"line {line}",
            "save the file as UTF-8",
        ) from error


def _refuse_bombs(raw: bytes, max_depth: int) -> None:
    """Nesting and numbers of values are counted before any value is made."""
    opening = raw.count(b"[") + raw.count(b"{")
    if opening + raw.count(b",") > MOST_VALUES:
        raise CaseError.of(
            "",
            "too-large",
            f"expected at most {MOST_VALUES} values, found more",
            "split the case",
        )
    if opening <= max_depth:
        return
    outside = _ESCAPED.sub(b"", raw) if b"\\" in raw else raw
    depth = 0
    for piece in outside.split(b'"')[::2]:  # what stands outside of strings
        for bracket in piece.translate(None, _NO_BRACKETS):
            depth += 1 if bracket in b"[{" else -1
            if depth > max_depth:
                raise _too_deep(max_depth)


def _read(characters: str) -> tuple[Any, bool]:
    """The document, and whether anything in it is marked as unusable or repeating."""
    marked = False

    def unusable(message: str) -> _Unusable:
        nonlocal marked
        marked = True
        return _Unusable(message)

    def constant(name: str) -> Any:
        return unusable(f"expected a finite number, found {name}")

    def whole(digits: str) -> Any:
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        return unusable(f"expected a number of at most {LONGEST_NUMBER} digits, found more")

    def fraction(digits: str) -> Any:
        value = float(digits)
        if math.isfinite(value):
            return value
        return unusable(f"expected a finite number, found {digits[:40]}")

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal marked
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        marked = True
        repeating = _Repeating(found)
        times = Counter(key for key, _ in pairs)
        repeating.repeated = tuple(key for key, count in times.items() if count > 1)
        return repeating

    long = _LONG_DIGITS.search(characters) is not None
    large = long or _LARGE_EXPONENT.search(characters) is not None
    document = json.loads(
        characters,
        object_pairs_hook=fields,
        parse_constant=constant,
        parse_int=whole if long else None,
        parse_float=fraction if large else None,
    )
    return document, marked


def _cleared(document: Any) -> Parsed:
    """The document without its marks, which become problems with their paths."""
    problems: list[Problem] = []

    def clear(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, _Unusable):
            problems.append(
                Problem(path_of(path), "not-finite", value.message, "write a number that is one")
            )
            return None
        if isinstance(value, list):
            return [clear(item, (*path, position)) for position, item in enumerate(value)]
        if isinstance(value, dict):
            problems.extend(_repeated(value, path))
            return {key: clear(item, (*path, key)) for key, item in value.items()}
        return value

    return Parsed(clear(document, ()), tuple(problems))


def _repeated(fields: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Problem]:
    for key in fields.repeated if isinstance(fields, _Repeating) else ():
        yield Problem(
            path_of((*path, key)),
            "duplicate-key",
            "expected every key once, found it again in the same object",
            "keep one of them",
        )
