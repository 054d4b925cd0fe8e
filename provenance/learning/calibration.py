"""Do probabilities mean what they say: scores of stated probabilities against what happened."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from html import escape
from typing import Literal

import attrs
import numpy as np
from numpy.typing import ArrayLike

from provenance.errors import InvalidValue
from provenance.learning.encoding import Floats, Ints

__all__ = [
    "Bin",
    "Calibration",
    "ValueCalibration",
    "calibration",
    "calibration_of_values",
    "checked_rows",
    "checked_truth",
    "reliability_diagram",
]

Binning = Literal["width", "mass"]


@attrs.frozen
class Bin:
    """Statements of about one probability, and how often they came true.

    >>> (last,) = calibration([0.9, 0.9, 0.9, 0.9], [1, 1, 1, 0]).bins
    >>> last.count, round(last.stated, 2), last.happened
    (4, 0.9, 0.75)
    """

    low: float
    """Where the bin begins, in [0, 1]."""
    high: float
    """Where it ends; the last bin includes its end."""
    count: int
    """How many statements fall into it, at least 1."""
    stated: float
    """Their mean probability."""
    happened: float
    """The part of them that came true."""
    band: tuple[float, float]
    """Where `happened` would fall, at the level of the scores, if the probabilities were right."""


@attrs.frozen
class Calibration:
    """How good a set of stated probabilities was.

    >>> score = calibration([0.9, 0.9, 0.2, 0.2], [1, 1, 0, 1])
    >>> round(score.brier, 3), round(score.ece, 3)
    (0.175, 0.2)
    """

    count: int
    """How many statements were scored."""
    brier: float
    """The mean squared error, in [0, 1]; smaller is better."""
    reliability: float
    """The part of the Brier score due to miscalibration between bins; smaller is better."""
    resolution: float
    """The part saved by telling likely from unlikely; larger is better."""
    uncertainty: float
    """The part that is in the matter: base rate times one minus base rate."""
    within_bins: float
    """What binning hides: variance less twice the covariance with outcomes, inside the bins."""
    log_score: float
    """The mean of -log(probability of what happened), in nats; infinite if a certainty failed."""
    ece: float
    """Expected calibration error: mean distance of stated and happened over the bins, in [0, 1]."""
    ece_interval: tuple[float, float]
    """Its confidence interval at `level`, by bootstrap. Few statements make the raw figure too
    large; the interval takes that off, so it may lie below the raw figure."""
    ece_by_chance: float
    """The error that right probabilities would stay below, at `level`, with so few statements."""
    level: float
    """The level of intervals and bands, in (0, 1)."""
    bins: tuple[Bin, ...]
    """The bins that hold statements, in order."""


def calibration(
    probabilities: ArrayLike,
    outcomes: ArrayLike,
    *,
    bins: int = 10,
    binning: Binning = "width",
    level: float = 0.9,
    resamples: int = 500,
    seed: int = 0,
) -> Calibration:
    """Score probabilities of yes/no matters against what happened.

    The Brier score is `reliability - resolution + uncertainty + within_bins`: Murphy 1973
    (doi:10.1175/1520-0450(1973)012<0595:ANVPOT>2.0.CO;2), with the term for what happens inside
    bins from Stephenson, Coelho and Jolliffe 2008 (doi:10.1175/2007WAF2006116.1). The interval of
    the calibration error holds every true error from which the found one is not too far, by
    parametric bootstrap of the bins with their gaps shrunk and stretched: the raw figure is too
    large where statements are few. Bands are consistency bars (Broecker and Smith 2007,
    doi:10.1175/WAF993.1). Cost: one pass over the statements, and `resamples` draws per bin.

    Args:
        probabilities: Stated probabilities, in [0, 1].
        outcomes: 1 or true where it came true, 0 or false where not.
        bins: How many bins, at least 1.
        binning: Bins of equal width, or of about equal mass (equal probabilities stay together).
        level: The level of intervals and bands, in (0, 1).
        resamples: How many draws for intervals and bands.
        seed: The seed of the bootstrap; the same seed gives the same figures.

    Raises:
        InvalidValue: Nothing to score, lengths that differ, or figures outside their range.

    >>> score = calibration([0.9, 0.8, 0.3, 0.1], [1, 1, 0, 0])
    >>> round(score.brier, 4), round(score.ece, 4)
    (0.0375, 0.175)
    """
    stated, came = _checked(probabilities, outcomes)
    if bins < 1 or not 0.0 < level < 1.0 or resamples < 1:
        raise InvalidValue(
            "expected at least one bin and one draw, and a level between 0 and 1, "
            f"found bins={bins!r}, resamples={resamples!r}, level={level!r}"
        )
    rng = np.random.default_rng(seed)
    edges = _edges(stated, bins, binning)
    place = np.clip(np.searchsorted(edges, stated, side="right") - 1, 0, len(edges) - 2)
    tally = _tally(place, stated, came, len(edges) - 1)
    ece = _error(*tally)
    draws = _by_chance(rng, tally, resamples)
    tail = (1.0 - level) / 2.0
    return Calibration(
        count=len(stated),
        brier=float(((stated - came) ** 2).mean()),
        **_decomposed(place, stated, came, tally),
        log_score=_log_score(np.where(came > 0.0, stated, 1.0 - stated)),
        ece=ece,
        ece_interval=_error_interval(rng, tally, ece, tail, resamples),
        ece_by_chance=float(np.quantile(_errors(draws, tally), level)),
        level=level,
        bins=_bins(edges, tally, draws, tail),
    )


@attrs.frozen
class ValueCalibration:
    """How good the probabilities of many-valued objects were.

    >>> score = calibration_of_values([0.7, 0.3, 0.6, 0.4], [0, 2, 4], [0, 1])
    >>> score.objects, score.accuracy, round(score.brier, 2)
    (2, 0.5, 0.45)
    """

    objects: int
    """How many objects with known truth were scored."""
    accuracy: float
    """How often the most likely value is the true one; ties count in parts."""
    brier: float
    """Squared error summed over the values of an object, mean over objects, in [0, 2]."""
    log_score: float
    """The mean of -log(probability of the true value), in nats."""
    most_likely: Calibration
    """The probability of the most likely value (of each, where several tie), against the truth."""
    every_value: Calibration
    """The probabilities of all values, each against whether it is true."""


def calibration_of_values(
    probabilities: ArrayLike,
    first: ArrayLike,
    truth: ArrayLike,
    *,
    bins: int = 10,
    binning: Binning = "width",
    level: float = 0.9,
    resamples: int = 500,
    seed: int = 0,
) -> ValueCalibration:
    """Score objects that each have values of their own.

    Args:
        probabilities: For every value of every object, one object after another; those of one
            object add up to at most 1, the rest being for values nobody named.
        first: For every object the place of its first value, and at the end their number.
        truth: For every object the place of its true value among its own (0 the first), -1 where
            it is none of them, -2 where the truth is not known.
        bins: As for `calibration`, and so are the others.

    >>> score = calibration_of_values([0.7, 0.3, 0.2, 0.5, 0.3], [0, 2, 5], [0, 2])
    >>> score.accuracy, round(score.log_score, 4)
    (0.5, 0.7803)
    """
    stated, start = checked_rows(probabilities, first)
    which = checked_truth(truth, start)
    known = np.flatnonzero((which > -2) & (np.diff(start) > 0))
    if not len(known):
        raise InvalidValue("expected at least one object with known truth, found none")
    owner = np.repeat(np.arange(len(which)), np.diff(start))
    right = np.arange(len(stated)) - start[owner] == which[owner]
    total = np.bincount(owner, stated, len(which))
    held = np.bincount(owner, stated * right, len(which))
    unnamed = np.clip(1.0 - total, 0.0, 1.0)
    squared = np.bincount(owner, (stated - right) ** 2, len(which))
    squared += np.where(which == -1, (1.0 - unnamed) ** 2, unnamed**2)
    peak = np.zeros(len(which))
    np.maximum.at(peak, owner, stated)
    best = stated >= peak[owner] - 1e-12
    hits = np.bincount(owner, best & right, len(which)) / np.bincount(owner, best, len(which)).clip(
        1
    )
    scored = np.isin(owner, known)
    settings = {
        "bins": bins, "binning": binning, "level": level, "resamples": resamples, "seed": seed,
    }  # fmt: skip
    return ValueCalibration(
        objects=len(known),
        accuracy=float(hits[known].mean()),
        brier=float(squared[known].mean()),
        log_score=_log_score(np.where(which == -1, unnamed, held)[known]),
        most_likely=calibration(stated[scored & best], right[scored & best], **settings),  # type: ignore[arg-type]
        every_value=calibration(stated[scored], right[scored], **settings),  # type: ignore[arg-type]
    )


def checked_rows(probabilities: ArrayLike, first: ArrayLike) -> tuple[Floats, Ints]:
    """Probabilities and offsets, or the error that names what is wrong with them."""
    stated = np.asarray(probabilities, dtype=np.float64)
    start = np.asarray(first)
    if stated.ndim != 1 or not ((stated >= 0.0) & (stated <= 1.0)).all():
        raise InvalidValue("expected one row of probabilities between 0 and 1")
    if start.ndim != 1 or start.dtype.kind not in "iu" or len(start) < 1:
        raise InvalidValue("expected first as one row of whole numbers")
    start = start.astype(np.int64)
    if start[0] != 0 or start[-1] != len(stated) or (np.diff(start) < 0).any():
        raise InvalidValue(f"expected first to rise from 0 to {len(stated)}, the number of values")
    owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
    total = np.bincount(owner, stated, len(start) - 1)
    if (total > 1.0 + 1e-6).any():
        worst = int(total.argmax())
        raise InvalidValue(
            "expected the probabilities of an object to add up to at most 1, "
            f"found {total[worst]:.6g} for object {worst}"
        )
    return stated, start


def checked_truth(truth: ArrayLike, start: Ints) -> Ints:
    """Places of true values, or the error that names the object whose place is impossible."""
    which = np.asarray(truth)
    if which.shape != (len(start) - 1,) or which.dtype.kind not in "iu":
        raise InvalidValue(f"expected truth as {len(start) - 1} whole numbers, one per object")
    which = which.astype(np.int64)
    wrong = np.flatnonzero((which < -2) | (which >= np.diff(start)))
    if len(wrong):
        raise InvalidValue(
            f"expected the true value of object {wrong[0]} to be one of its "
            f"{np.diff(start)[wrong[0]]} values, found {which[wrong[0]]}"
        )
    return which


def _checked(probabilities: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Floats]:
    stated = np.asarray(probabilities, dtype=np.float64)
    came = np.asarray(outcomes, dtype=np.float64)
    if stated.ndim != 1 or stated.shape != came.shape or not len(stated):
        raise InvalidValue(
            "expected as many outcomes as probabilities, and at least one, "
            f"found shapes {came.shape} and {stated.shape}"
        )
    if not ((stated >= 0.0) & (stated <= 1.0)).all():
        raise InvalidValue("expected probabilities between 0 and 1")
    if not ((came == 0.0) | (came == 1.0)).all():
        raise InvalidValue("expected outcomes to be 0 or 1")
    return stated, came


def _edges(stated: Floats, bins: int, binning: Binning) -> Floats:
    if binning == "width":
        return np.linspace(0.0, 1.0, bins + 1)
    if binning != "mass":
        raise InvalidValue(f"expected binning width or mass, found {binning!r}")
    inner = np.quantile(stated, np.linspace(0.0, 1.0, bins + 1)[1:-1], method="lower")
    return np.unique(np.concatenate(([0.0], inner, [1.0])))


Tally = tuple[Floats, Floats, Floats]


def _tally(place: Ints, stated: Floats, came: Floats, bins: int) -> Tally:
    """For every bin how many statements, the sum of their probabilities, how many came true."""
    count = np.bincount(place, minlength=bins).astype(np.float64)
    sums = [np.bincount(place, figures, bins).astype(np.float64) for figures in (stated, came)]
    return count, sums[0], sums[1]


def _error(count: Floats, stated: Floats, came: Floats) -> float:
    return float(np.abs(stated - came).sum() / count.sum())


def _by_chance(rng: np.random.Generator, tally: Tally, resamples: int) -> Floats:
    """How many would come true in every bin if the probabilities were right, drawn again."""
    count, stated, _ = tally
    mean = np.clip(stated / np.maximum(count, 1.0), 0.0, 1.0)
    return rng.binomial(count.astype(np.int64), mean, (resamples, len(count))).astype(np.float64)


def _errors(draws: Floats, tally: Tally) -> Floats:
    count, stated, _ = tally
    return np.asarray(np.abs(stated - draws).sum(axis=1) / count.sum())


def _error_interval(
    rng: np.random.Generator, tally: Tally, ece: float, tail: float, resamples: int
) -> tuple[float, float]:
    """The true errors under which the found one lies between its lower and upper tail."""
    count, total, came = tally
    some = np.maximum(count, 1.0)
    stated = np.clip(total / some, 0.0, 1.0)
    gap = came / some - stated
    # A bin without a visible gap may still have one, as large as chance would hide.
    hidden = np.hypot(gap, np.sqrt(stated * (1.0 - stated) / some)) * np.where(gap < 0.0, -1.0, 1.0)
    errors, lows, highs = [], [], []
    for stretch in np.linspace(0.0, 2.0, 21):
        true = np.clip(stated + stretch * hidden, 0.0, 1.0)
        # How many statements fall into each bin is chance as well.
        fallen = rng.multinomial(int(count.sum()), count / count.sum(), resamples)
        misses = np.abs(fallen * stated - rng.binomial(fallen, true)).sum(axis=1) / count.sum()
        low, high = np.quantile(misses, (tail, 1.0 - tail))
        errors.append(float((count * np.abs(true - stated)).sum() / count.sum()))
        lows.append(float(low))
        highs.append(float(high))
    # The draws are noisy, the true tails rise with the error.
    least = np.interp(ece, np.maximum.accumulate(highs), errors, left=0.0)
    most = np.interp(ece, np.maximum.accumulate(lows), errors)
    return float(least), float(most)


def _decomposed(place: Ints, stated: Floats, came: Floats, tally: Tally) -> dict[str, float]:
    count, total, true = tally
    some = np.maximum(count, 1.0)
    mean, share, base = total / some, true / some, came.mean()
    away = stated - mean[place]
    return {
        "reliability": float((count * (mean - share) ** 2).sum() / len(stated)),
        "resolution": float((count * (share - base) ** 2).sum() / len(stated)),
        "uncertainty": float(base * (1.0 - base)),
        "within_bins": float((away**2 - 2.0 * away * (came - share[place])).mean()),
    }


def _bins(edges: Floats, tally: Tally, draws: Floats, tail: float) -> tuple[Bin, ...]:
    count, stated, came = tally
    low, high = np.quantile(draws, (tail, 1.0 - tail), axis=0)
    return tuple(
        Bin(
            low=float(edges[k]),
            high=float(edges[k + 1]),
            count=int(count[k]),
            stated=float(stated[k] / count[k]),
            happened=float(came[k] / count[k]),
            band=(float(low[k] / count[k]), float(high[k] / count[k])),
        )
        for k in np.flatnonzero(count)
    )


def _log_score(held: Floats) -> float:
    if (held <= 0.0).any():
        return float("inf")
    return float(-np.log(held).mean()) + 0.0


# The reliability diagram: how often statements of each probability came true, as SVG.

_SIDE, _LEFT, _TOP, _BARS = 320.0, 56.0, 16.0, 56.0
_WIDTH = _LEFT + _SIDE + 20.0
_HEIGHT = _TOP + _SIDE + 44.0 + _BARS + 24.0
_FLOOR = _TOP + _SIDE + 44.0 + _BARS


def reliability_diagram(
    bins: Sequence[Bin],
    *,
    title: str = "Reliability diagram",
    across: str = "stated probability",
    up: str = "came true",
    below: str = "number of statements",
) -> str:
    """Draw bins as one `<svg>` element, to be put into a page as it is.

    Dots on the diagonal mean what they say; below it they were too sure. The bar through each dot
    shows where it would fall by chance if the probabilities were right, and the columns underneath
    how many statements there are. It is drawn in the colour of the text around it, has a title and
    a description for screen readers, and holds no scripts and nothing from elsewhere.

    Args:
        bins: The bins of a `Calibration`.
        title: What a screen reader says first.
        across: What the horizontal axis shows.
        up: What the vertical axis shows.
        below: What the columns count.

    >>> from provenance.learning.calibration import calibration
    >>> svg = reliability_diagram(calibration([0.8, 0.8, 0.2], [1, 1, 0]).bins)
    >>> svg[:4], svg.count("<circle")
    ('<svg', 2)
    """
    inside = [
        _frame(across, up, below),
        *(_bar(part) for part in bins),
        _line(bins),
        *(_dot(part, across, up) for part in bins),
        *_columns(bins),
    ]
    told = _described(bins, across, up)
    # Several diagrams may stand on one page, and the same one must always look the same.
    mark = format(zlib.crc32("".join((title, told, *inside)).encode()), "08x")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'width="{_WIDTH:g}" height="{_HEIGHT:g}" role="img" '
        f'aria-labelledby="title-{mark} desc-{mark}" fill="none" stroke="currentColor" '
        'style="max-width:100%;height:auto" font-family="inherit" font-size="12">'
        f'<title id="title-{mark}">{escape(title)}</title>'
        f'<desc id="desc-{mark}">{escape(told)}</desc>'
        f"{''.join(inside)}</svg>"
    )


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float) -> float:
    return _TOP + (1.0 - share) * _SIDE


def _text(x: float, y: float, said: str, anchor: str = "middle", turn: str = "") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor" '
        f'stroke="none"{turn}>{escape(said)}</text>'
    )


def _frame(across: str, up: str, below: str) -> str:
    square = f'x="{_LEFT:g}" y="{_TOP:g}" width="{_SIDE:g}" height="{_SIDE:g}"'
    diagonal = f'd="M{_x(0):g} {_y(0):g}L{_x(1):g} {_y(1):g}"'
    parts = [
        f'<rect {square} stroke-opacity="0.4"/>',
        f'<path {diagonal} stroke-dasharray="4 4" stroke-opacity="0.6"/>',
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10.0
        parts.append(
            f'<path d="M{_x(share):g} {_y(0):g}v4M{_x(0):g} {_y(share):g}h-4" '
            'stroke-opacity="0.4"/>'
        )
        parts.append(_text(_x(share), _y(0) + 16.0, f"{share:g}"))
        parts.append(_text(_x(0) - 8.0, _y(share) + 4.0, f"{share:g}", "end"))
    middle = _y(0.5)
    parts.append(_text(_x(0.5), _y(0) + 34.0, across))
    parts.append(_text(16.0, middle, up, turn=f' transform="rotate(-90 16 {middle:g})"'))
    parts.append(
        f'<path d="M{_x(0):g} {_FLOOR:g}H{_x(1):g}" stroke-opacity="0.4"/>'
        + _text(_x(0.5), _FLOOR + 18.0, below)
    )
    return "".join(parts)


def _bar(part: Bin) -> str:
    x, low, high = _x(part.stated), _y(part.band[0]), _y(part.band[1])
    return (
        f'<path d="M{x:.2f} {low:.2f}V{high:.2f}M{x - 5:.2f} {low:.2f}h10M{x - 5:.2f} '
        f'{high:.2f}h10" stroke-width="1.5" stroke-opacity="0.55"/>'
    )


def _line(bins: Sequence[Bin]) -> str:
    if len(bins) < 2:
        return ""
    points = " ".join(f"{_x(part.stated):.2f},{_y(part.happened):.2f}" for part in bins)
    return f'<polyline points="{points}" stroke-width="1.5"/>'


def _dot(part: Bin, across: str, up: str) -> str:
    tip = f"{across} {part.stated:.3f}, {up} {part.happened:.3f}, of {part.count}"
    return (
        f'<circle cx="{_x(part.stated):.2f}" cy="{_y(part.happened):.2f}" r="4" '
        f'fill="currentColor"><title>{escape(tip)}</title></circle>'
    )


def _columns(bins: Sequence[Bin]) -> list[str]:
    most = max((part.count for part in bins), default=1)
    columns = []
    for part in bins:
        tall = max(1.0, _BARS * part.count / most)
        left, right = _x(part.low), _x(part.high)
        columns.append(
            f'<rect x="{left + 1:.2f}" y="{_FLOOR - tall:.2f}" '
            f'width="{max(1.0, right - left - 2):.2f}" height="{tall:.2f}" '
            'fill="currentColor" fill-opacity="0.35" stroke="none"/>'
        )
    if bins:
        columns.append(_text(_LEFT - 8.0, _FLOOR - _BARS + 8.0, f"{most:,}", "end"))
    return columns


def _described(bins: Sequence[Bin], across: str, up: str) -> str:
    if not bins:
        return "There is nothing to show."
    rows = "; ".join(
        f"{across} {part.stated:.2f}: {up} {part.happened:.2f} of {part.count}" for part in bins
    )
    outside = sum(not part.band[0] <= part.happened <= part.band[1] for part in bins)
    return (
        f"{rows}. {outside} of {len(bins)} dots lie outside the bar that chance allows "
        "if the probabilities are right."
    )
