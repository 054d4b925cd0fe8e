"""Known truths, checked against the assertions they are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from provenance.errors import Problem, TableError
from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats, encoded, family_of, is_missing, opened

__all__ = ["Truths", "one_each", "same_kind", "truth_pairs"]


@attrs.frozen(eq=False)
class Truths:
    """What is known of some objects."""

    claims: Floats
    """For every claim 1 where known true, 0 where known false, NaN where not known."""
    elsewhere: Mapping[int, Any]
    """Objects whose true value nobody stated, with that value."""
    unknown_objects: int
    """Rows about objects of which nobody spoke."""

    @classmethod
    def of(
        cls, truth: Any, assertions: Assertions, *, object_name: str, value_name: str
    ) -> Truths | None:
        """Truths from a mapping of objects to values or a table; None where there are none.

        Raises:
            TableError: One object with two true values (unless objects have sets of values), or
                values of another kind than those stated (numbers for text, say).
        """
        if truth is None:
            return None
        pairs = truth_pairs(truth, object_name, value_name)
        same_kind(pairs, assertions.objects[0], assertions.values[0], value_name)
        places = {name: place for place, name in enumerate(assertions.objects)}
        true: dict[int, set[Any]] = {}
        for about, value in pairs:
            if about in places:
                true.setdefault(places[about], set()).add(value)
        if assertions.kind != "sets":
            one_each({assertions.objects[place]: values for place, values in true.items()})
        claims = np.full(assertions.claims, np.nan)
        elsewhere: dict[int, Any] = {}
        for place, values in true.items():
            start, end = (int(at) for at in assertions.first_claim[place : place + 2])
            matches = _matches(assertions, start, end, values)
            claims[start:end] = matches
            if assertions.kind != "sets" and not matches.any():
                elsewhere[place] = next(iter(values))
        missing = sum(about not in places for about, _ in pairs)
        return cls(claims, elsewhere, missing)

    @property
    def objects(self) -> int:
        """How many claims are known true, or objects known to have none that was stated."""
        return int((self.claims == 1.0).sum()) + len(self.elsewhere)


def truth_pairs(truth: Any, object_name: str, value_name: str) -> list[tuple[Any, Any]]:
    """Objects with their true values, from a mapping, a series or a table; missing ones left out."""
    if not isinstance(truth, Mapping) and getattr(truth, "ndim", 0) == 1:
        truth = dict(truth.items()) if hasattr(truth, "items") else truth
    if isinstance(truth, Mapping) and not _is_columns(truth, object_name, value_name):
        pairs = [
            (about, member)
            for about, value in truth.items()
            for member in (value if isinstance(value, set | frozenset | list | tuple) else [value])
        ]
        return [pair for pair in pairs if not any(map(is_missing, pair))]
    columns = opened(truth, (object_name, value_name))
    about = encoded(columns.column(object_name), object_name)
    value = encoded(columns.column(value_name), value_name)
    return [
        (about.entries[row], value.entries[what])
        for row, what in zip(about.codes.tolist(), value.codes.tolist(), strict=True)
        if row >= 0 and what >= 0
    ]


def _is_columns(truth: Mapping[Any, Any], object_name: str, value_name: str) -> bool:
    return set(truth) == {object_name, value_name} and all(
        not isinstance(column, str) and hasattr(column, "__len__") for column in truth.values()
    )


def same_kind(pairs: list[tuple[Any, Any]], about: Any, value: Any, value_name: str) -> None:
    """Refuse truths of another kind than an object and a value of the assertions."""
    for stated, known, name in (
        (value, [value for _, value in pairs], value_name),
        (about, [about for about, _ in pairs], "object"),
    ):
        for entry in known:
            if family_of(entry) != family_of(stated):
                problem = (
                    f"expected {family_of(stated)} as in the assertions ({stated!r}), "
                    f"found {family_of(entry)} ({entry!r})"
                )
                raise TableError([Problem(f"truth.{name}", "mixed-kinds", problem)])


def one_each(true: Mapping[Any, set[Any]]) -> None:
    """Refuse objects with several true values."""
    problems = [
        Problem(
            f"truth[{about!r}]",
            "contradictory-truth",
            f"expected one true value, found {', '.join(sorted(map(repr, values)))}",
            'say kind="sets" when an object has several true values',
        )
        for about, values in true.items()
        if len(values) > 1
    ]
    if problems:
        raise TableError(problems)


def _matches(assertions: Assertions, start: int, end: int, values: set[Any]) -> Floats:
    stated = [assertions.value(claim) for claim in range(start, end)]
    if assertions.kind != "numbers":
        return np.array([float(value in values) for value in stated])
    (true,) = values
    distances = np.abs(np.array([float(value) for value in stated]) - float(true))
    matches = np.zeros(end - start)
    # A claim gathers numbers within the tolerance, so the nearest one within it is the true one.
    if distances.min() <= assertions.tolerance:
        matches[int(distances.argmin())] = 1.0
    return matches
