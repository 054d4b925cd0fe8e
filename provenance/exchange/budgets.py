"""What an exchange may cost: estimated before it begins, kept within a budget, called off.

What is written is counted in records and citations, what is read in characters. Either takes time in
proportion to that, so that a budget that is not stated always covers it; what multiplies on the way,
such as claims that pass through many relays, is counted where it does.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from provenance.assessment import Assessment, kept_within
from provenance.bounds import (
    OPERATIONS,
    OPERATIONS_EACH,
    TOLD,
    TOLD_EACH,
    Cancel,
    allowed,
    spend,
    within,
)
from provenance.errors import TooCostly
from provenance.records import Case

__all__ = ["read_within", "reading", "size_of", "writing", "written_within"]

P = ParamSpec("P")
R = TypeVar("R")

_OF_A_RECORD = 1_000  # operations to write one
_OF_A_CITATION = 250
_OF_AN_ASSESSMENT = 1_000
_OF_A_CHARACTER = 10  # operations to read one
_CHARACTERS_A_RECORD = 16  # that stand for a record where no budget is stated
_CHARACTERS_A_VALUE = 16  # that stand for a value of plain data
_MOST_VALUES = 1_000_000  # that are counted: plain data may go round


@contextmanager
def writing(
    case: Case | None,
    assessments: Iterable[Assessment],
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Iterator[None]:
    """Write a case, assessments or both within a budget.

    What is told of answers may be worked out only when it is written: all of them together bring
    along what may be told of their cases, and a single one the usual budget.

    >>> from provenance import load_seed
    >>> try:
    ...     with writing(load_seed("egypt-arms-2015"), (), budget=1_000):
    ...         raise AssertionError("not reached")
    ... except TooCostly as error:
    ...     print(error.doing)
    writing in another format
    """
    answered = [each.case for each in assessments]
    written = [] if case is None else [case]
    citations = sum(len(each.cited) for one in written for each in one.attributions)
    estimate = _OF_A_RECORD * sum(map(_records, written)) + _OF_A_CITATION * citations
    estimate += _OF_AN_ASSESSMENT * len(answered)
    if budget is None and allowed() is None:
        told = {id(each): each for each in (*written, *answered)}.values()
        many, each = (OPERATIONS, OPERATIONS_EACH) if len(answered) == 1 else (TOLD, TOLD_EACH)
        budget = 2 * estimate + many + each * sum(map(_records, told))
    with kept_within(case, budget, cancel):
        spend(estimate, "writing in another format")
        yield


def _records(case: Case) -> int:
    sections = (case.claims, case.sources, case.documents, case.attributions, case.links)
    return sum(map(len, sections))


def written_within(exporter: Callable[P, R]) -> Callable[P, R]:
    """An exporter of a case and assessments of it that works `writing`."""

    names = tuple(signature(exporter).parameters)

    @wraps(exporter)
    def within_budget(*args: P.args, **kwargs: P.kwargs) -> R:
        given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
        budget, cancel = given.get("budget"), given.get("cancel")
        answers = given.get("assessments", ())
        answers = (answers,) if isinstance(answers, Assessment) else answers
        with writing(given["case"], answers, budget, cancel):
            return exporter(*args, **kwargs)

    return within_budget


@contextmanager
def reading(
    size: int | None, budget: int | None = None, cancel: Cancel | None = None
) -> Iterator[None]:
    """Read a document of so many characters within a budget; `None` where it does not say how many.

    >>> try:
    ...     with reading(2_000_000, budget=1_000):
    ...         raise AssertionError("not reached")
    ... except TooCostly as error:
    ...     print(error.cause)
    it is a document of some 2,000,000 characters
    """
    most = _CHARACTERS_A_VALUE * _MOST_VALUES if size is None else size
    try:
        with within(budget, cancel, records=most // _CHARACTERS_A_RECORD):
            spend(_OF_A_CHARACTER * (size or 0), "reading another tool's document")
            yield
    except TooCostly as error:
        if error.cause:
            raise
        many = "without end" if size is None else f"of some {size:,} characters"
        cause = f"it is a document {many}"
        raise TooCostly(error.doing, error.operations, error.budget, cause) from None


def read_within(importer: Callable[P, R]) -> Callable[P, R]:
    """An importer of a document that works `reading`."""

    names = tuple(signature(importer).parameters)

    @wraps(importer)
    def within_budget(*args: P.args, **kwargs: P.kwargs) -> R:
        given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
        with reading(size_of(given["document"]), given.get("budget"), given.get("cancel")):
            return importer(*args, **kwargs)

    return within_budget


def size_of(document: Any) -> int | None:
    """How many characters a document has, or comes to: a value of plain data counts as sixteen.

    `None` for what only tells when it is read, such as a lazy frame.

    >>> size_of("{}"), size_of({"type": "bundle", "objects": [1, 2]}), size_of(iter(()))
    (2, 80, None)
    """
    if isinstance(document, str | bytes | bytearray):
        return len(document)
    if isinstance(document, os.PathLike):
        try:
            return Path(document).stat().st_size
        except (OSError, ValueError):  # which whoever opens it tells
            return 0
    if isinstance(document, Mapping | list | tuple):
        return _CHARACTERS_A_VALUE * _values(document)
    shape = getattr(document, "shape", ())
    return _CHARACTERS_A_VALUE * int(math.prod(shape)) if len(shape) == 2 else None


def _values(data: Mapping[Any, Any] | list[Any] | tuple[Any, ...]) -> int:
    count, waiting = 1, [data]
    while waiting and count < _MOST_VALUES:
        holder = waiting.pop()
        inner = holder.values() if isinstance(holder, Mapping) else holder
        count += len(holder)
        waiting += [each for each in inner if isinstance(each, Mapping | list | tuple)]
    return min(count, _MOST_VALUES)
