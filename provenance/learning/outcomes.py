"""Probabilities with what came of them, read from a table, scored and mended."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue, Problem, TableError
from provenance.learning.calibration import (
    Calibration,
    ValueCalibration,
    calibration,
    calibration_of_values,
)
from provenance.learning.recalibration import Calibrator, Method, calibrate

__all__ = ["CalibrationReport", "StatedOutcomes", "calibration_report", "read_outcomes"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_YES = frozenset({"1", "1.0", "true", "yes"})
_NO = frozenset({"0", "0.0", "false", "no"})


@attrs.frozen(eq=False)
class StatedOutcomes:
    """Stated probabilities with what came of them.

    >>> read = read_outcomes(["probability,outcome", "0.9,1", "0.3,0", "0.5,"])
    >>> read.probability.tolist(), read.truth.tolist(), read.skipped
    ([0.9, 0.3], [1, 0], 1)
    """

    probability: Floats
    """Stated probabilities; with objects, those of one object one after another."""
    truth: Ints
    """1 or 0 for each; with objects, for each the place of its true value, -1 none of them."""
    first: Ints | None = None
    """For every object the place of its first value, and at the end their number."""
    skipped: int = 0
    """Rows left out because their outcome is not known."""


@attrs.frozen
class CalibrationReport:
    """How good probabilities were, and how good they are once mended.

    >>> rows = ["probability,outcome", *["0.9,1", "0.9,1", "0.9,0", "0.2,0"] * 5]
    >>> report = calibration_report(read_outcomes(rows), "temperature")
    >>> report.mended.count, report.calibrator.method
    (20, 'temperature')
    """

    stated: Calibration | ValueCalibration
    """The scores of the probabilities as they are."""
    mended: Calibration | ValueCalibration | None = None
    """The scores when every case is mended by the others; None where nothing was to be mended."""
    calibrator: Calibrator | None = None
    """The calibrator fitted on all cases, to be used on new ones."""
    skipped: int = 0
    """Rows left out because their outcome is not known."""

    def to_json(self) -> str:
        """Everything as one JSON object; a score that is infinite is null."""
        fields = {
            "schema": "provenance-calibration-1",
            "stated": _plain(attrs.asdict(self.stated)),
            "mended": None if self.mended is None else _plain(attrs.asdict(self.mended)),
            "calibrator": None
            if self.calibrator is None
            else json.loads(self.calibrator.to_json()),
            "skipped": self.skipped,
        }
        return json.dumps(fields, allow_nan=False)


def read_outcomes(
    lines: Iterable[str],
    *,
    form: Literal["csv", "jsonl"] = "csv",
    probability: str = "probability",
    outcome: str = "outcome",
    group: str | None = None,
) -> StatedOutcomes:
    """Read rows of a probability and what came of it, from CSV with a header or JSON lines.

    Args:
        lines: The lines of the file.
        form: `csv` or `jsonl`.
        probability: The column of probabilities, in [0, 1].
        outcome: The column of outcomes: 1, 0, true, false, yes or no; empty where not known.
        group: For many-valued objects the column that names the object; its rows are its values.

    Raises:
        TableError: Every row that cannot be read, by row and column; or a missing column.

    >>> read_outcomes(["probability,outcome", "0.9,1", "0.4,no"]).truth.tolist()
    [1, 0]
    """
    if form not in ("csv", "jsonl"):
        raise InvalidValue(f"expected form csv or jsonl, found {form!r}")
    wanted = [probability, outcome] + ([] if group is None else [group])
    problems: list[Problem] = []
    stated: list[float] = []
    came: list[int] = []
    groups: list[Any] = []
    skipped = 0
    for number, row in _rows(lines, form, wanted, problems):
        p = _probability(row[probability], f"row {number}, {probability}", problems)
        y = _outcome(row[outcome], f"row {number}, {outcome}", problems)
        if y is None and group is None:
            skipped += 1
            continue
        stated.append(p)
        came.append(-1 if y is None else y)
        groups.append(None if group is None else str(row[group]))
    if not problems and not stated:
        problems.append(Problem("", "empty", "expected at least one row with an outcome"))
    if problems:
        raise TableError(problems)
    if group is None:
        return StatedOutcomes(np.array(stated), np.array(came), skipped=skipped)
    return _grouped(stated, came, groups)


def calibration_report(
    outcomes: StatedOutcomes,
    method: Method | Literal["auto"] | None = None,
    *,
    bins: int = 10,
    folds: int = 5,
    seed: int = 0,
) -> CalibrationReport:
    """Score probabilities and, if a method is named, fit a calibrator and score what it mends.

    The mended scores are honest: every case is mended by a calibrator fitted on other cases.

    Args:
        outcomes: What `read_outcomes` returned.
        method: A method of `calibrate`; None to score only.
        bins: How many bins.
        folds: Into how many parts the cases are split, at least 2.
        seed: The seed of the split and of the intervals.

    >>> rows = ["probability,outcome"] + ["0.99,1", "0.99,0", "0.01,0", "0.01,1"] * 20
    >>> report = calibration_report(read_outcomes(rows), "temperature")
    >>> report.stated.ece > 0.4, report.mended.ece < 0.1
    (True, True)
    """
    stated = _scored(outcomes, outcomes.probability, bins, seed)
    if method is None:
        return CalibrationReport(stated, skipped=outcomes.skipped)
    if folds < 2:
        raise InvalidValue(f"expected at least 2 folds, found {folds!r}")
    fitted = calibrate(
        outcomes.probability, outcomes.truth, method, first=outcomes.first, folds=folds, seed=seed
    )
    mended = _mended_by_others(outcomes, method, folds, seed)
    return CalibrationReport(
        stated, _scored(outcomes, mended, bins, seed), fitted, outcomes.skipped
    )


def _scored(
    outcomes: StatedOutcomes, probability: Floats, bins: int, seed: int
) -> Calibration | ValueCalibration:
    if outcomes.first is None:
        return calibration(probability, outcomes.truth, bins=bins, seed=seed)
    return calibration_of_values(probability, outcomes.first, outcomes.truth, bins=bins, seed=seed)


def _mended_by_others(
    outcomes: StatedOutcomes, method: Method | Literal["auto"], folds: int, seed: int
) -> Floats:
    """Every probability mended by a calibrator that never saw its case."""
    count = len(outcomes.truth)
    start = np.arange(count + 1) if outcomes.first is None else outcomes.first
    owner = np.repeat(np.arange(count), np.diff(start))
    fold = np.random.default_rng(seed).permutation(np.arange(count) % folds)
    mended = outcomes.probability.copy()
    for turn in range(min(folds, count)):
        rest = fold != turn
        known = rest if outcomes.first is None else rest & (outcomes.truth >= 0)
        if not known.any():
            continue
        inner = None if outcomes.first is None else _offsets(np.diff(start)[rest])
        fitted = calibrate(
            outcomes.probability[rest[owner]],
            outcomes.truth[rest],
            method,
            first=inner,
            folds=folds,
            seed=seed,
        )
        out = ~rest[owner]
        outer = None if outcomes.first is None else _offsets(np.diff(start)[~rest])
        mended[out] = fitted(outcomes.probability[out], outer)
    return mended


def _offsets(lengths: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(lengths)))


def _rows(
    lines: Iterable[str], form: str, wanted: list[str], problems: list[Problem]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Rows with their numbers, the header of a CSV being row 1; unreadable ones are problems."""
    if form == "csv":
        reader = csv.DictReader(lines)
        header = list(reader.fieldnames or [])
        missing = [name for name in wanted if name not in header]
        if missing:
            found = f"found {', '.join(header) or 'none'}"
            problems.extend(
                Problem("row 1", "unknown-column", f"expected a column {name!r}, {found}")
                for name in missing
            )
            return
        yield from ((number, row) for number, row in enumerate(reader, start=2))
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or any(name not in row for name in wanted):
            named = ", ".join(wanted)
            problems.append(
                Problem(f"row {number}", "not-a-row", f"expected a JSON object with {named}")
            )
            continue
        yield number, row


def _probability(found: Any, path: str, problems: list[Problem]) -> float:
    try:
        number = math.nan if isinstance(found, bool) or found is None else float(found)
    except (TypeError, ValueError):
        number = math.nan
    if not 0.0 <= number <= 1.0:
        message = f"expected a number between 0 and 1, found {found!r}"
        problems.append(Problem(path, "not-a-probability", message))
        return 0.0
    return number


def _outcome(found: Any, path: str, problems: list[Problem]) -> int | None:
    said = "" if found is None else str(found).strip().lower()
    if said == "":
        return None
    if said in _YES:
        return 1
    if said not in _NO:
        message = f"expected 1, 0, true, false, yes, no or nothing, found {found!r}"
        problems.append(Problem(path, "not-an-outcome", message))
    return 0


def _grouped(stated: list[float], came: list[int], groups: list[str]) -> StatedOutcomes:
    """Rows of one object brought together, objects in the order of their first rows."""
    place: dict[str, int] = {}
    owner = np.array([place.setdefault(group, len(place)) for group in groups])
    order = np.argsort(owner, kind="stable")
    true = np.array(came)[order]
    start = _offsets(np.bincount(owner))
    problems: list[Problem] = []
    truth = np.full(len(place), -1)
    for name, at in place.items():
        rows = true[start[at] : start[at + 1]]
        right = np.flatnonzero(rows == 1)
        if len(right) > 1:
            message = f"expected at most one true value, found {len(right)}"
            problems.append(Problem(f"object {name!r}", "contradictory-truth", message))
        elif len(right):
            truth[at] = right[0]
        elif (rows < 0).any():
            truth[at] = -2
    total = np.add.reduceat(np.array(stated)[order], start[:-1])
    problems += [
        Problem(
            f"object {name!r}",
            "too-much-probability",
            f"expected probabilities that add up to at most 1, found {total[at]:.6g}",
        )
        for name, at in place.items()
        if total[at] > 1.0 + 1e-6
    ]
    if not problems and (truth == -2).all():
        problems.append(Problem("", "empty", "expected at least one object with an outcome"))
    if problems:
        raise TableError(problems)
    return StatedOutcomes(np.array(stated)[order], truth, start, int((truth == -2).sum()))


def _plain(found: Any) -> Any:
    """A figure that JSON can hold: infinity is null."""
    if isinstance(found, dict):
        return {name: _plain(value) for name, value in found.items()}
    if isinstance(found, list | tuple):
        return [_plain(value) for value in found]
    if isinstance(found, float) and not math.isfinite(found):
        return None
    return found
