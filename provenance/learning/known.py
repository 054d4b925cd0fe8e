"""Known truths: checked against the assertions they are about, and one temperature fitted to them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import Problem, TableError
from provenance.learning.assertions import Assertions, signatures
from provenance.learning.encoding import (
    Floats,
    encoded,
    family_of,
    is_missing,
    numbers_in,
    opened,
)
from provenance.learning.estimates import Fit, over_object
from provenance.learning.labels import label_names

__all__ = [
    "Truths",
    "all_numbers",
    "at_temperature",
    "fitted_temperature",
    "one_each",
    "same_kind",
    "truth_pairs",
]


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
        if assertions.kind == "numbers":
            all_numbers([value for _, value in pairs], value_name)
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

    def halves(self, assertions: Assertions) -> tuple[Truths, Truths]:
        """The known objects in two halves, told apart by who speaks of them and never by name."""
        claims = signatures(assertions)[0]
        of_object = np.add.reduceat(claims, assertions.first_claim[:-1])
        known = np.zeros(len(of_object), dtype=bool)
        known[assertions.object_of_claim[~np.isnan(self.claims)]] = True
        middle = np.median(of_object[known])
        first = of_object < middle
        return self._only(assertions, first), self._only(assertions, ~first)

    def _only(self, assertions: Assertions, objects: NDArray[np.bool_]) -> Truths:
        kept = objects[assertions.object_of_claim]
        elsewhere = {about: value for about, value in self.elsewhere.items() if objects[about]}
        return Truths(np.where(kept, self.claims, np.nan), elsewhere, 0)


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
    columns.require((object_name, value_name))
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
                raise TableError.of(f"truth.{name}", "mixed-kinds", problem)


def all_numbers(values: list[Any], value_name: str) -> None:
    """Refuse truths that are no numbers."""
    problems = [
        Problem(
            f"truth.{value_name}",
            "not-a-number",
            f"expected a number or a date, found {value!r}",
            "leave the object out where its number is not known",
        )
        for value, number in zip(values, numbers_in(values).tolist(), strict=True)
        if not math.isfinite(number)
    ]
    if problems:
        raise TableError(problems)


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
    distances = np.abs(numbers_in(stated) - numbers_in([true]))
    matches = np.zeros(end - start)
    # A claim gathers numbers within the tolerance, so the nearest one within it is the true one.
    if distances.min() <= assertions.tolerance:
        matches[int(distances.argmin())] = 1.0
    return matches


# One temperature for all probabilities of a fit: how much too sure it is, by what is known.

# How far from 1 a temperature is expected to lie: its logarithm is a Student t around 0. Most
# probabilities are meant as such and nearly so, and a crowd that errs together may be far off.
_SPREAD, _FREEDOM = 0.25, 3.0
_NARROWEST, _WIDEST, _STEP = -3.0, 3.0, 0.25


def at_temperature(assertions: Assertions, fit: Fit, temperature: float) -> Fit:
    """The fit with every probability raised to 1 / temperature and scaled to add up as before.

    No value overtakes another. Certainties stay. Numbers are left as they are.

    >>> told = Assertions.of([("a", "x", 1), ("b", "x", 2)])
    >>> fit = Fit(np.array([0.8, 0.2]), np.ones(2), np.ones(2))
    >>> at_temperature(told, fit, 2.0).probability.round(3).tolist()
    [0.667, 0.333]
    """
    if assertions.kind == "numbers" or temperature == 1.0:
        return fit
    power = 1.0 / temperature
    if assertions.kind == "sets":
        yes, no = fit.probability**power, (1.0 - fit.probability) ** power
        return attrs.evolve(fit, probability=yes / (yes + no))
    if fit.labels is not None:
        raised = fit.labels**power
        table = raised / raised.sum(axis=1, keepdims=True)
        found = table[assertions.object_of_claim, assertions.value_of_claim]
        return attrs.evolve(fit, probability=found, labels=table)
    stated = fit.probability**power
    total = over_object(assertions, stated)[assertions.first_claim[:-1]]
    if fit.unstated is None:
        return attrs.evolve(fit, probability=stated / total[assertions.object_of_claim])
    others = _others(assertions)
    left = others * (fit.unstated / others) ** power
    whole = total + left
    return attrs.evolve(
        fit, probability=stated / whole[assertions.object_of_claim], unstated=left / whole
    )


def _others(assertions: Assertions) -> Floats:
    """For every object among how many values the probability of what nobody stated is divided."""
    names = label_names(assertions)
    if names is None:
        return np.ones(len(assertions.objects))
    return np.maximum(1.0, len(names) - assertions.values_per_object)


def fitted_temperature(assertions: Assertions, foretold: Sequence[tuple[Fit, Truths]]) -> float:
    """The temperature under which known truths are likeliest, each by a fit that does not know it.

    Maximum a posteriori, the logarithm a Student t around 0; golden-section search beside the best
    of a few places, since there may be two peaks.

    Args:
        assertions: Who said what.
        foretold: Fits, and for each the truths that it does not know.
    """

    def loss(logarithm: float) -> float:
        far = math.log1p((logarithm / _SPREAD) ** 2 / _FREEDOM)
        likely = sum(_log_likely(assertions, fit, truths, logarithm) for fit, truths in foretold)
        return float((_FREEDOM + 1.0) / 2.0 * far - likely)

    best = min(np.arange(_NARROWEST, _WIDEST + _STEP / 2.0, _STEP).tolist(), key=loss)
    low, high = max(_NARROWEST, best - _STEP), min(_WIDEST, best + _STEP)
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    while high - low > 1e-4:
        one, other = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, other) if loss(one) <= loss(other) else (one, high)
    return math.exp((low + high) / 2.0)


def _log_likely(assertions: Assertions, fit: Fit, truths: Truths, logarithm: float) -> float:
    """The log-probability that a fit at a temperature gives to truths."""
    true = np.flatnonzero(truths.claims == 1.0)
    elsewhere = np.array(sorted(truths.elsewhere), dtype=np.int64)
    tempered = at_temperature(assertions, fit, math.exp(logarithm))
    stated = over_object(assertions, tempered.probability)[assertions.first_claim[:-1]]
    left = np.maximum(1.0 - stated[elsewhere], 0.0)
    sure = np.concatenate((tempered.probability[true], left))
    return float(np.log(np.maximum(sure, 1e-12)).sum())
