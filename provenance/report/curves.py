"""Curves: the answer over the whole range of a prior, and over the reliability of a source."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

from provenance.assessment import Curve
from provenance.assessment.prose import percent
from provenance.errors import InvalidValue
from provenance.report.axes import Axis, across, up
from provenance.report.drawing import FOR, Picture, clipped, dot, line, picture, text

__all__ = ["Points", "curves_svg", "points_of", "prior_svg"]

Points = Sequence[tuple[float, float]]
"""A curve: pairs of a number in [0, 1] and the probability there."""


def points_of(curve: Curve | Points) -> Points:
    """The points of a curve as pairs."""
    if isinstance(curve, Curve):
        return tuple((point.at, point.probability) for point in curve.points)
    return tuple(curve)


def prior_svg(
    curve: Curve | Points,
    *,
    title: str = "The same evidence on other priors",
    width: float = 420,
    mark: str = "",
) -> Picture:
    """The answer over the prior, both on axes of log-odds, where equal evidence is equally long.

    On the dotted diagonal the evidence adds nothing; how far the curve lies above it is the weight
    of the evidence.

    Args:
        curve: what `over_priors` gives, with a dot for the case itself, or pairs of a prior and
            the probability on it, all above 0 and below 1.

    Raises:
        InvalidValue: a point is not above 0 and below 1, or there is none.

    >>> svg = prior_svg([(0.1, 0.25), (0.5, 0.75), (0.9, 0.96)])
    >>> "The same evidence" in svg
    True
    """
    drawn = _within(points_of(curve))
    side = width - 64.0
    x_axis = Axis(0.01, 0.99, 50.0, 50.0 + side, True)
    ends = [probability for _, probability in drawn]
    low, high = 0.01 if min(ends) >= 0.01 else 0.001, 0.99 if max(ends) <= 0.99 else 0.999
    y_axis = Axis(low, high, 28.0 + 0.8 * side, 28.0, True)
    diagonal = [(x_axis.at(each), y_axis.at(each)) for each in (0.01, 0.99)]
    inside = [
        *across(x_axis, y_axis.start, y_axis.end, "prior"),
        *up(y_axis, x_axis.start, x_axis.end, "probability on the evidence"),
        line(diagonal, opacity=0.55, dashes="2 4"),
        line([(x_axis.at(a), y_axis.at(b)) for a, b in drawn], stroke=FOR, width=2.4),
    ]
    if isinstance(curve, Curve) and curve.here is not None:
        inside.append(dot(x_axis.at(curve.here), y_axis.at(curve.probability)))
    told = "; ".join(f"prior {percent(a)}: {percent(b)}" for a, b in drawn)
    return picture(width, y_axis.start + 42.0, title, f"{told}.", inside, mark)


def curves_svg(
    curves: Mapping[str, Curve | Points],
    *,
    title: str = "The answer over the reliability of each source",
    width: float = 640,
    mark: str = "",
) -> Picture:
    """The answer over the reliability of each of some sources, one small panel for each.

    Args:
        curves: for the name of every source a curve of `sensitivity`, with a dot for the
            reliability it has, or pairs of a reliability in [0, 1] and the probability.

    Raises:
        InvalidValue: a curve has no points, or one that lies outside [0, 1].

    >>> curves_svg({"The pilot": [(0.0, 0.1), (0.5, 0.25), (1.0, 0.8)]}).count("<path")
    5
    """
    per_row = max(1, int((width + 20.0) // 175.0))
    room = (width - 20.0 * (per_row - 1)) / per_row
    inside: list[str] = []
    tall = 152.0
    for number, (name, curve) in enumerate(curves.items()):
        left, top = (number % per_row) * (room + 20.0), (number // per_row) * tall
        at = curve.here if isinstance(curve, Curve) else None
        inside.append(f'<g transform="translate({left:.1f} {top:.1f})">')
        inside += _panel(name, _between(points_of(curve)), at, room)
        inside.append("</g>")
    told = ". ".join(
        f"{name}: " + ", ".join(f"{percent(p)} at {t:.2f}" for t, p in _ends(points_of(curve)))
        for name, curve in curves.items()
    )
    rows = math.ceil(len(curves) / per_row)
    return picture(width, rows * tall or 20.0, title, f"{told}.", inside, mark)


def _panel(name: str, points: Points, now: float | None, room: float) -> list[str]:
    x_axis = Axis(0.0, 1.0, 42.0, room - 10.0)
    y_axis = Axis(0.0, 1.0, 112.0, 28.0)
    found = [
        text(0, 13.0, clipped(name, room, bold=True), weight=600),
        *up(y_axis, x_axis.start, x_axis.end),
        line([(x_axis.start, y_axis.start), (x_axis.end, y_axis.start)], opacity=0.5),
        *(
            text(x_axis.at(t), y_axis.start + 16.0, words, size=11, anchor="middle", faint=True)
            for t, words in ((0.0, "0"), (0.5, ".5"), (1.0, "1"))
        ),
        line([(x_axis.at(t), y_axis.at(p)) for t, p in points], stroke=FOR, width=2.2),
    ]
    if now is not None:
        found.append(dot(x_axis.at(now), y_axis.at(_read(points, now)), 4.0))
    return found


def _read(points: Points, at: float) -> float:
    """The height of a curve between its points."""
    for (left, low), (right, high) in itertools.pairwise(points):
        if left <= at <= right:
            return low + (high - low) * ((at - left) / (right - left) if right > left else 0.0)
    return points[0][1] if at < points[0][0] else points[-1][1]


def _ends(points: Points) -> Points:
    ordered = sorted(points)
    return (ordered[0], ordered[-1])


def _between(points: Points) -> Points:
    if not points:
        raise InvalidValue("expected a curve of at least one point, found none")
    for at, probability in points:
        if not (0.0 <= at <= 1.0 and 0.0 <= probability <= 1.0):
            raise InvalidValue(
                f"expected pairs of numbers between 0 and 1, found {(at, probability)!r}"
            )
    return sorted(points)


def _within(points: Points) -> Points:
    for at, probability in _between(points):
        if not (0.0 < at < 1.0 and 0.0 < probability < 1.0):
            raise InvalidValue(
                f"expected pairs of numbers above 0 and below 1, found {(at, probability)!r}"
            )
    return sorted(points)
