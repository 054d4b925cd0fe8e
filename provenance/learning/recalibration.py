"""Correcting probabilities that are too sure or not sure enough, from cases where the truth is known."""

from __future__ import annotations

import csv
import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, Self, get_args

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray

from provenance.errors import InvalidValue, Problem, TableError
from provenance.learning.calibration import (
    Calibration,
    ValueCalibration,
    calibration,
    calibration_of_values,
    checked_rows,
    checked_truth,
)
from provenance.learning.encoding import Floats, Ints

__all__ = [
    "CalibrationReport",
    "Calibrator",
    "Levels",
    "StatedOutcomes",
    "calibrate",
    "calibration_report",
    "pooled_levels",
    "read_outcomes",
]

# The rising step function closest to what happened.


@attrs.frozen(eq=False)
class Levels:
    """Steps that rise from left to right."""

    low: Floats
    """For every step where it begins."""
    high: Floats
    """Where it ends; between steps nothing was seen."""
    mean: Floats
    """Its height: the mean outcome on it."""
    count: Floats
    """How many outcomes it rests on."""


def pooled_levels(stated: Floats, came: Floats) -> Levels:
    """Pool adjacent violators: join neighbours until no step falls.

    The result has the least squared error of all functions that never fall (Ayer et al. 1955,
    doi:10.1214/aoms/1177728423). Cost: sorting, then one pass.
    """
    places, owner = np.unique(stated, return_inverse=True)
    count = np.bincount(owner).astype(np.float64)
    total = np.bincount(owner, came)
    steps: list[tuple[int, int, float, float]] = []
    for place, (n, s) in enumerate(zip(count.tolist(), total.tolist(), strict=True)):
        begin = place
        while steps and steps[-1][3] * n >= s * steps[-1][2]:
            begin, _, more, sum_ = steps.pop()
            n, s = n + more, s + sum_
        steps.append((begin, place, n, s))
    first, last, held, sums = (np.array(column) for column in zip(*steps, strict=True))
    return Levels(places[first], places[last], sums / held, held)


Method = Literal["none", "temperature", "beta", "isotonic"]

METHODS: tuple[Method, ...] = get_args(Method)
# Logits beyond this are as good as certain: exp(-36) is the smallest step below 1.
_SURE = 36.0
_SCHEMA = "provenance-calibrator-1"


@attrs.frozen
class Calibrator:
    """A function from stated probabilities to ones that mean what they say.

    It never turns two values round. Written by `to_json`, read back by `from_json`.

    >>> Calibrator("temperature", (2.0,))([0.9, 0.5]).round(3).tolist()
    [0.75, 0.5]
    """

    method: Method
    """How it was fitted; `none` leaves everything as it is."""
    parameters: tuple[float, ...] = ()
    """Temperature: the temperature. Beta: a, b and c. Isotonic: stated, then corrected, knots."""
    losses: tuple[tuple[str, float], ...] = ()
    """Where `auto` chose: every method with its cross-validated log score, in nats."""

    def __call__(self, probabilities: ArrayLike, first: ArrayLike | None = None) -> Floats:
        """The corrected probabilities.

        Args:
            probabilities: Stated ones, in [0, 1].
            first: For many-valued objects the place of each one's first value and at the end
                their number; the values of an object add up to what they did before.
        """
        if first is not None:
            stated, start = checked_rows(probabilities, first)
            return self._rows(stated, start)
        stated = np.asarray(probabilities, dtype=np.float64)
        if not ((stated >= 0.0) & (stated <= 1.0)).all():
            raise InvalidValue("expected probabilities between 0 and 1")
        return self._each(stated)

    def _each(self, stated: Floats) -> Floats:
        if self.method == "none":
            return stated.copy()
        if self.method == "isotonic":
            half = len(self.parameters) // 2
            return np.interp(stated, self.parameters[:half], self.parameters[half:])
        if self.method == "temperature":
            return _expit(_logit(stated) / self.parameters[0])
        a, b, c = self.parameters
        yes, no = _logs(stated)
        return _expit(a * yes - b * no + c)

    def _rows(self, stated: Floats, start: Ints) -> Floats:
        if self.method == "none":
            return stated.copy()
        owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
        before = np.bincount(owner, stated, len(start) - 1)
        if self.method == "temperature":
            peak = np.full(len(before), -np.inf)
            logs = np.log(np.maximum(stated, 1e-300))
            np.maximum.at(peak, owner, logs)
            mended = np.exp((logs - peak[owner]) / self.parameters[0])
        else:
            mended = self._each(stated)
        after = np.bincount(owner, mended, len(before))[owner]
        kept = np.divide(mended, after, out=np.zeros_like(mended), where=after > 0.0)
        return np.asarray(kept * before[owner])

    def to_json(self) -> str:
        """The calibrator as one JSON object."""
        fields = attrs.asdict(self)
        return json.dumps({"schema": _SCHEMA, **fields, "losses": dict(self.losses)})

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote.

        Raises:
            InvalidValue: It is something else.

        >>> Calibrator.from_json(Calibrator("temperature", (2.0,)).to_json()).parameters
        (2.0,)
        """
        try:
            read = json.loads(text)
        except ValueError as problem:
            raise InvalidValue(f"expected a calibrator as JSON: {problem}") from None
        if not isinstance(read, dict) or read.get("schema") != _SCHEMA:
            raise InvalidValue(f"expected a calibrator with schema {_SCHEMA!r}")
        made = cls(
            method=str(read.get("method")),  # type: ignore[arg-type]
            parameters=_numbers(read.get("parameters")),
            losses=tuple(dict(read.get("losses") or {}).items()),
        )
        _check(made)
        return made


def calibrate(
    probabilities: ArrayLike,
    truth: ArrayLike,
    method: Method | Literal["auto"] = "auto",
    *,
    first: ArrayLike | None = None,
    folds: int = 5,
    seed: int = 0,
) -> Calibrator:
    """Fit a calibrator on cases whose truth is known; use it on others.

    Temperature scaling (Guo et al. 2017, arXiv:1706.04599) has one figure to fit and needs the
    fewest cases; beta calibration (Kull, Silva Filho and Flach 2017, doi:10.1214/17-EJS1338SI)
    has three; isotonic regression (Zadrozny and Elkan 2002, doi:10.1145/775047.775151) as many
    as it takes, and wants a thousand or more. `auto` takes the one with the best cross-validated
    log score, and of those within one standard error of it the simplest, doing nothing first.

    Args:
        probabilities: Stated probabilities of yes/no matters; or, with `first`, for every value
            of every object.
        truth: 1 or 0 for each; or, with `first`, for every object the place of its true value
            among its own, -1 for none of them, -2 for not known.
        method: `none`, `temperature`, `beta`, `isotonic` or `auto`.
        first: For every object the place of its first value, and at the end their number.
        folds: For `auto`, into how many parts the cases are split, at least 2.
        seed: For `auto`, the seed of the split.

    Raises:
        InvalidValue: No case with known truth, figures outside their range, an unknown method.

    >>> stated, came = [0.99] * 10 + [0.01] * 10, [1] * 8 + [0] * 2 + [1] * 2 + [0] * 8
    >>> calibrate(stated, came, "temperature")([0.99]).round(2).tolist()
    [0.8]
    """
    if method != "auto" and method not in METHODS:
        raise InvalidValue(f"expected method auto or one of {', '.join(METHODS)}, found {method!r}")
    cases = _Cases.of(probabilities, truth, first)
    if method != "auto":
        return _FITS[method](cases)
    if folds < 2:
        raise InvalidValue(f"expected at least 2 folds, found {folds!r}")
    return _chosen(cases, folds, seed)


@attrs.frozen(eq=False)
class _Cases:
    """Cases with known truth; yes/no matters are objects with the two values no and yes."""

    stated: Floats
    start: Ints
    truth: Ints
    plain: bool

    @classmethod
    def of(cls, probabilities: ArrayLike, truth: ArrayLike, first: ArrayLike | None) -> _Cases:
        if first is None:
            yes = np.asarray(probabilities, dtype=np.float64)
            came = np.asarray(truth, dtype=np.float64)
            if yes.ndim != 1 or yes.shape != came.shape:
                raise InvalidValue(
                    f"expected as many truths as probabilities, found {came.shape}, {yes.shape}"
                )
            if not ((yes >= 0.0) & (yes <= 1.0)).all() or not np.isin(came, (0.0, 1.0)).all():
                raise InvalidValue("expected probabilities between 0 and 1 and truths of 0 or 1")
            made = cls(
                np.column_stack((1.0 - yes, yes)).ravel(),
                np.arange(len(yes) + 1) * 2,
                came.astype(np.int64),
                True,
            )
        else:
            stated, start = checked_rows(probabilities, first)
            which = checked_truth(truth, start)
            # Where the truth is none of the values, the values cannot be set right among them.
            made = cls(stated, start, which, False).kept(which >= 0)
        if not len(made.truth):
            raise InvalidValue("expected at least one case with known truth, found none")
        return made

    def kept(self, which: NDArray[np.bool_]) -> _Cases:
        """Some of the cases."""
        owner = np.repeat(np.arange(len(self.truth)), np.diff(self.start))
        length = np.diff(self.start)[which]
        start = np.concatenate(([0], np.cumsum(length)))
        return _Cases(self.stated[which[owner]], start, self.truth[which], self.plain)

    def pairs(self) -> tuple[Floats, Floats]:
        """Every stated probability with whether it came true; of yes/no matters only yes."""
        if self.plain:
            return self.stated[1::2], self.truth.astype(np.float64)
        owner = np.repeat(np.arange(len(self.truth)), np.diff(self.start))
        place = np.arange(len(self.stated)) - self.start[owner]
        return self.stated, (place == self.truth[owner]).astype(np.float64)

    def losses(self, calibrator: Calibrator) -> Floats:
        """For every case -log of the corrected probability of the truth."""
        if self.plain:
            yes, came = self.pairs()
            mended = calibrator(yes)
            held = np.where(came > 0.0, mended, 1.0 - mended)
        else:
            held = calibrator(self.stated, self.start)[self.start[:-1] + self.truth]
        return np.asarray(-np.log(np.maximum(held, math.exp(-_SURE))))


def _chosen(cases: _Cases, folds: int, seed: int) -> Calibrator:
    """The simplest method within a standard error of the best, by cross-validation."""
    count = len(cases.truth)
    fold = np.random.default_rng(seed).permutation(np.arange(count) % folds)
    losses = {method: np.zeros(count) for method in METHODS}
    for turn in range(min(folds, count)):
        out = fold == turn
        if out.all():
            continue
        rest, held_out = cases.kept(~out), cases.kept(out)
        for method in METHODS:
            losses[method][out] = held_out.losses(_FITS[method](rest))
    means = {method: float(loss.mean()) for method, loss in losses.items()}
    best = min(METHODS, key=lambda method: means[method])
    for method in METHODS:
        gap = losses[method] - losses[best]
        error = float(gap.std()) / math.sqrt(count)
        if method == best or means[method] - means[best] <= error:
            return attrs.evolve(_FITS[method](cases), losses=tuple(means.items()))
    raise AssertionError


def _temperature(cases: _Cases) -> Calibrator:
    """Golden-section search for the logarithm of the temperature, which has one best place."""

    def loss(log_temperature: float) -> float:
        sure = Calibrator("temperature", (math.exp(log_temperature),))
        # A weak pull towards doing nothing, worth a hundredth of a case.
        return float(cases.losses(sure).sum()) + 0.01 * log_temperature**2

    low, high = -3.0, 4.0
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    one, other = high - golden * (high - low), low + golden * (high - low)
    at_one, at_other = loss(one), loss(other)
    while high - low > 1e-7:
        if at_one <= at_other:
            high, other, at_other = other, one, at_one
            one = high - golden * (high - low)
            at_one = loss(one)
        else:
            low, one, at_one = one, other, at_other
            other = low + golden * (high - low)
            at_other = loss(other)
    return Calibrator("temperature", (math.exp((low + high) / 2.0),))


def _beta(cases: _Cases) -> Calibrator:
    """Logistic regression on log p and -log(1 - p); what has a slope below 0 is left out by turns.

    What is left is fitted anew each time, in the end the level alone.
    """
    stated, came = cases.pairs()
    yes, no = _logs(stated)
    columns = np.column_stack((yes, -no, np.ones(len(stated))))
    towards, keep = np.array([1.0, 1.0, 0.0]), np.ones(3, dtype=bool)
    found = _logistic(columns, came, towards)
    while found[:2].min() < 0.0:
        keep[int(np.argmin(found[:2]))] = False
        found = np.zeros(3)
        found[keep] = _logistic(columns[:, keep], came, towards[keep])
    return Calibrator("beta", tuple(found.tolist()))


def _logistic(columns: Floats, came: Floats, towards: Floats) -> Floats:
    """Newton's method, with a weak pull that keeps separable cases finite."""
    pull = 0.01

    def loss(weight: Floats) -> float:
        line = columns @ weight
        misfit = np.logaddexp(0.0, line) - came * line
        return float(misfit.sum() + 0.5 * pull * ((weight - towards) ** 2).sum())

    weight, best = towards.copy(), loss(towards)
    for _ in range(100):
        chance = _expit(columns @ weight)
        slope = columns.T @ (chance - came) + pull * (weight - towards)
        curve = (columns.T * (chance * (1.0 - chance))) @ columns + pull * np.eye(len(weight))
        step = np.linalg.solve(curve, slope)
        # Far from the optimum a whole step may overshoot.
        while loss(weight - step) > best and float(np.abs(step).max()) > 1e-12:
            step = step / 2.0
        weight = weight - step
        best = loss(weight)
        if float(np.abs(step).max()) < 1e-10:
            break
    return weight


def _isotonic(cases: _Cases) -> Calibrator:
    """Pooled levels, no level surer than its number of cases allows."""
    levels = pooled_levels(*cases.pairs())
    room = 1.0 / (levels.count + 2.0)
    mended = np.maximum.accumulate(np.clip(levels.mean, room, 1.0 - room))
    knots = np.column_stack((levels.low, levels.high)).ravel()
    heights = np.repeat(mended, 2)
    single = np.concatenate(([True], np.diff(knots) > 0.0))
    return Calibrator("isotonic", (*knots[single].tolist(), *heights[single].tolist()))


_FITS: dict[str, Callable[[_Cases], Calibrator]] = {
    "none": lambda cases: Calibrator("none"),
    "temperature": _temperature,
    "beta": _beta,
    "isotonic": _isotonic,
}


def _expit(x: Floats) -> Floats:
    # One of the two forms overflows for large |x|; tanh never does.
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * np.asarray(x)))


def _logs(stated: Floats) -> tuple[Floats, Floats]:
    """log p and log(1 - p), kept finite."""
    least = math.exp(-_SURE)
    return np.log(np.maximum(stated, least)), np.log(np.maximum(1.0 - stated, least))


def _logit(stated: Floats) -> Floats:
    yes, no = _logs(stated)
    return yes - no


def _numbers(found: Any) -> tuple[float, ...]:
    if not isinstance(found, list) or not all(
        isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) for x in found
    ):
        raise InvalidValue("expected the parameters of a calibrator as a list of numbers")
    return tuple(float(x) for x in found)


def _check(made: Calibrator) -> None:
    """Whether the parameters are such as the method has."""
    values = made.parameters
    half = len(values) // 2
    knots, heights = values[:half], values[half:]
    fits = {
        "none": values == (),
        "temperature": len(values) == 1 and min(values, default=0.0) > 0.0,
        "beta": len(values) == 3 and min(values[:2], default=-1.0) >= 0.0,
        "isotonic": len(values) % 2 == 0
        and half > 0
        and all(a < b for a, b in itertools.pairwise(knots))
        and all(a <= b for a, b in itertools.pairwise(heights))
        and all(0.0 <= x <= 1.0 for x in values),
    }
    if not fits.get(made.method, False):
        raise InvalidValue(f"expected parameters of the method {made.method!r}, found {values}")


# Probabilities with what came of them, read from a table, scored and mended.

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
    """How good probabilities were, and how good they are once corrected.

    >>> rows = ["probability,outcome", *["0.9,1", "0.9,1", "0.9,0", "0.2,0"] * 5]
    >>> report = calibration_report(read_outcomes(rows), "temperature")
    >>> report.mended.count, report.calibrator.method
    (20, 'temperature')
    """

    stated: Calibration | ValueCalibration
    """The scores of the probabilities as they are."""
    mended: Calibration | ValueCalibration | None = None
    """The scores when every case is corrected by the others; None where nothing was to be corrected."""
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
    """Score probabilities and, if a method is named, fit a calibrator and score what it corrects.

    The corrected scores are honest: every case is corrected by a calibrator fitted on other cases.

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
    """Every probability corrected by a calibrator that never saw its case."""
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
