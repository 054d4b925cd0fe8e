"""The answer on the line from 0 to 100 %: the probability, its interval, and the prior."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from provenance.assessment import Assessment, Curve, Reason
from provenance.errors import InvalidValue
from provenance.report.drawing import (
    AGAINST,
    FOR,
    MARK,
    Axis,
    Picture,
    across,
    clipped,
    dot,
    hatching,
    line,
    picture,
    rect,
    text,
    up,
    wide,
    wrapped,
)
from provenance.report.inert import plain
from provenance.report.words import bits_in_words
from provenance.scales import Label, Scale, percent

__all__ = [
    "Points",
    "answer_svg",
    "curves_svg",
    "points_of",
    "prior_svg",
    "scale_svg",
    "weights_svg",
]


def answer_svg(assessment: Assessment, *, width: float = 640, mark: str = "") -> Picture:
    """The answer on the line from 0 to 100 %: a dot in its 90 % interval, and where it started.

    The bar is the interval, the dot the probability, the open mark above the line the prior.

    >>> from provenance import load_case, weigh
    >>> svg = answer_svg(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> svg.count("<circle")
    1
    """
    axis = Axis(0.0, 1.0, 18.0, width - 22.0)
    p, interval, y = assessment.probability, assessment.interval, 40.0
    low, high, prior = axis.at(interval.low), axis.at(interval.high), axis.at(assessment.prior)
    inside = [
        *across(axis, y + 16.0, y + 16.0),
        rect(low, y - 5.0, max(high - low, 2.0), 10.0, fill=FOR, opacity=0.32, radius=2.0),
        line([(low, y - 8.0), (low, y + 8.0)], stroke=FOR, width=2.0),
        line([(high, y - 8.0), (high, y + 8.0)], stroke=FOR, width=2.0),
        dot(axis.at(p), y, 6.5),
        f'<path d="M{prior:.1f} {y - 12:g}l-5 -9h10Z" stroke="currentColor" stroke-width="1.4"/>',
        _beside(prior, y - 13.0, f"prior {percent(assessment.prior)}", width),
    ]
    told = (
        f"{percent(p)}, 90 % interval {percent(interval.low)} to {percent(interval.high)}; "
        f"the prior is {percent(assessment.prior)}."
    )
    return picture(width, 80.0, f"How likely: {assessment.text}", told, inside, mark)


def _beside(x: float, y: float, words: str, width: float) -> str:
    fits = x + 10.0 + wide(words, 11.5) < width
    at, anchor = (x + 10.0, "start") if fits else (x - 10.0, "end")
    return text(at, y, words, size=11.5, anchor=anchor, faint=True)


# The weights: what every origin adds to the answer, in bits, for it and against it.

_MOST = 12
_ROW = 26.0


def weights_svg(assessment: Assessment, *, width: float = 640, mark: str = "") -> Picture:
    """What every origin adds, in bits, as bars to the right (for) and to the left (against).

    The axis is the same for most cases: ×2 marks one bit, which doubles the odds, ×8 three. Bars
    against the claim are hatched, so that the two are told apart without colour. Weights
    overlap and need not add up; that of all the evidence stands below a line. At most twelve
    origins are drawn, the strongest.

    >>> from provenance import load_case, weigh
    >>> svg = weights_svg(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> svg.count("<rect")
    4
    """
    shown = assessment.reasons[:_MOST]
    names = [_name(assessment, reason) for reason in shown]
    total = assessment.bits
    known = [bits for bits in (*(each.bits for each in shown), total) if bits is not None]
    room = min(260.0, 0.4 * width)
    axis = _axis(known, room, width)
    zero, scale = axis.at(0.0), (axis.end - axis.start) / (axis.high - axis.low)
    inside = [f"<defs>{hatching('against', AGAINST, 1.0)}</defs>"]
    y = 26.0
    for reason, name in zip(shown, names, strict=True):
        lines = wrapped(name, room, 2)
        y += 7.0 * (len(lines) - 1)
        inside += _bar(lines, reason.bits, y, zero, scale, bold=False)
        y += _ROW + 7.0 * (len(lines) - 1)
    if len(assessment.reasons) > _MOST:
        more = f"… and {len(assessment.reasons) - _MOST} weaker ones"
        inside.append(text(0, y + 15.0, more, size=12, faint=True))
        y += _ROW
    inside += _ticks(axis, y + _ROW + 8.0)
    inside.append(line([(zero, 16.0), (zero, y + _ROW + 8.0)], opacity=0.6))
    inside.append(line([(0, y + 3.0), (width, y + 3.0)], opacity=0.3))
    inside += _bar(["All the evidence"], total, y + 7.0, zero, scale, bold=True)
    told = "; ".join(
        f"{name} {bits_in_words(reason.bits)}" for name, reason in zip(names, shown, strict=True)
    )
    return picture(
        width,
        y + _ROW + 14.0,
        f"What each origin adds, in bits: {assessment.text}",
        f"{told}. All the evidence {bits_in_words(total)}. The weights overlap and need not add up.",
        inside,
        mark,
    )


def _name(assessment: Assessment, reason: Reason) -> str:
    titles = assessment.graph.titles
    return " + ".join(plain(titles.get(source, source)) for source in reason.sources)


_TICKS = (-9, -6, -3, -1, 0, 1, 3, 6, 9)


def _axis(bits: Sequence[float], room: float, width: float) -> Axis:
    """The axis of bits, the same for most cases: three to either side, more only where it must."""
    end = 3.0
    while end < max(map(abs, bits), default=0.0):
        end *= 2.0
    return Axis(-end, end, room + 44.0, width - 44.0)


def _ticks(axis: Axis, bottom: float) -> Iterator[str]:
    """What a weight does to the odds, above the bars: ×2 for one bit, ×8 for three."""
    for tick in _TICKS:
        if abs(tick) > axis.high or (axis.high > 6.0 and abs(tick) in (1, 3)):
            continue
        x = axis.at(tick)
        times = "" if tick == 0 else f"{'×' if tick > 0 else '÷'}{2 ** abs(tick)}"
        if tick:
            yield line([(x, 16.0), (x, bottom)], opacity=0.14)
        yield text(x, 11.0, times, size=11, anchor="middle", faint=True)


def _bar(
    names: Sequence[str], bits: float | None, y: float, zero: float, scale: float, *, bold: bool
) -> list[str]:
    weight = 600 if bold else 400
    first = y + 14.0 - 7.5 * (len(names) - 1)
    found = [text(0, first + 15.0 * n, name, weight=weight) for n, name in enumerate(names)]
    if bits is None:
        found.append(text(zero + 6.0, y + 14.0, "decides", size=12, italic=True))
        return found
    long = max(abs(bits) * scale, 1.0)
    if bits < 0:
        left, fill, at, anchor = zero - long, f"url(#against-{MARK})", zero - long - 5.0, "end"
        stroke = AGAINST
    else:
        left, fill, at, anchor = zero, FOR, zero + long + 5.0, "start"
        stroke = FOR
    found.append(rect(left, y + 3.0, long, 14.0, fill=fill, stroke=stroke))
    found.append(text(at, y + 14.0, bits_in_words(bits), size=12, anchor=anchor, weight=weight))
    return found


# Curves: the answer over the whole range of a prior, and over the reliability of a source.

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


# Yardsticks: a published scale drawn as it was published, gaps and overlaps included.

_SCALE_ROW = 24.0


def scale_svg(
    scale: Scale, *, at: float | None = None, width: float = 640, mark: str = ""
) -> Picture:
    """A scale as a yardstick: every term in order, over the stretch of 0 to 100 % it stands for.

    One term a row, so that nested terms stand above each other and narrow ones can be read; bars
    with soft ends are approximate, a dot is a point with its give and take, and stretches that no
    term covers are hatched in the row below. A scale without ranges is drawn as its steps, on no
    line at all, and the term for "not judged" stands apart.

    Args:
        scale: the scale.
        at: a probability to mark on it; terms that stand for it are set in bold.

    Raises:
        InvalidValue: `at` is outside [0, 1].

    >>> from provenance.scales import scale
    >>> svg = scale_svg(scale("phia"), at=0.38)
    >>> "no term" in svg, "realistic possibility" in svg
    (True, True)
    """
    if at is not None and not 0.0 <= at <= 1.0:
        raise InvalidValue(f"expected a probability between 0 and 1, found {at!r}")
    if not scale.bands:
        return _steps(scale, width, mark)
    labels = max(wide(_label(term), 13, bold=True) for term in scale.terms)
    room = min(labels + 14.0, 0.5 * width)
    axis = Axis(0.0, 1.0, room, width - 24.0)
    meant = set() if at is None else {id(term) for term in scale.term_for(at)}
    inside = [f"<defs>{hatching('gap', opacity=0.6)}</defs>"]
    y = 6.0
    for term in scale.bands:
        inside += _band(term, axis, y, room, is_meant=id(term) in meant)
        y += _SCALE_ROW
    if scale.gaps:
        inside += _gaps(scale, axis, y)
        y += _SCALE_ROW
    inside += across(axis, y + 4.0, 4.0)
    if at is not None:
        x = axis.at(at)
        inside.append(line([(x, 2.0), (x, y + 4.0)], width=1.6, dashes="4 3"))
    y += 26.0
    if scale.unjudged is not None:
        inside += _unjudged(scale.unjudged, y, room)
        y += _SCALE_ROW
    return picture(width, y + 6.0, scale.title, _told(scale), inside, mark)


def _label(term: Label) -> str:
    return f"{term.code}  {term.label}" if term.code and term.code != term.label else term.label


def _band(term: Label, axis: Axis, y: float, room: float, *, is_meant: bool) -> Iterator[str]:
    span = term.span
    assert span is not None  # only terms with a span are bands
    weight = 600 if is_meant else 400
    name = clipped(_label(term), room - 12.0, bold=is_meant)
    yield text(room - 12.0, y + 15.0, name, anchor="end", weight=weight)
    left, right = axis.at(span.low), axis.at(span.high)
    told = f"{term.label}: {term.stands_for}"
    middle = y + 11.0
    opacity = 0.85 if is_meant else 0.5
    wide_ = max(right - left, 2.0)
    # A pixel less at either end keeps neighbours that share a boundary apart.
    yield rect(left + 0.5, y + 4.0, wide_ - 1.0, 14.0, fill=FOR, opacity=opacity, inside=told)
    if term.approximate:
        for x in (left, right):
            yield line([(x, y + 2.0), (x, y + 20.0)], width=1.4, dashes="2 2")
    if term.value is not None and span.width < 0.3 and not term.code:
        x = axis.at(term.value / 100.0)
        yield f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="4.5" fill="currentColor"/>'


def _gaps(scale: Scale, axis: Axis, y: float) -> Iterator[str]:
    yield text(axis.start - 12.0, y + 15.0, "no term", anchor="end", faint=True, italic=True)
    for gap in scale.gaps:
        left, right = axis.at(gap.low), axis.at(gap.high)
        yield rect(
            left,
            y + 4.0,
            max(right - left, 1.5),
            14.0,
            fill=f"url(#gap-{MARK})",
            stroke="currentColor",
            inside=f"no term: {gap}",
        ).replace('stroke="currentColor"', 'stroke="currentColor" stroke-opacity=".4"')


def _unjudged(term: Label, y: float, room: float) -> Iterator[str]:
    name = clipped(_label(term), room - 12.0)
    yield text(room - 12.0, y + 15.0, name, anchor="end")
    yield rect(room, y + 3.0, 116.0, 16.0, stroke="currentColor", dashed=True)
    yield text(room + 8.0, y + 15.0, "stands for no number", size=11, faint=True)


def _steps(scale: Scale, width: float, mark: str) -> Picture:
    """A scale without ranges: its terms one under the other, the unjudged one apart."""
    inside: list[str] = []
    codes = max((wide(term.code, 13, bold=True) for term in scale.terms), default=0.0)
    left = min(codes + 22.0, 0.35 * width)
    y = 6.0
    for term in scale.terms:
        if term.unjudged:
            y += 10.0
        words = wrapped(term.label + (f": {term.meaning}" if term.meaning else ""),
                        width - left - 10.0, 3)  # fmt: skip
        tall = 16.0 * len(words) + 8.0
        code = clipped(term.code or "–", left - 12.0, bold=True)
        inside.append(rect(0.5, y, left - 9.0, tall - 3.0, stroke="currentColor", fill="currentColor",
                           opacity=0.0 if term.unjudged else 0.06, dashed=term.unjudged))  # fmt: skip
        middle = (left - 8.0) / 2.0
        inside.append(text(middle, y + tall / 2.0 + 3.0, code, anchor="middle", weight=600))
        inside += (text(left, y + 15.0 + 16.0 * n, each) for n, each in enumerate(words))
        y += tall
    return picture(width, y + 4.0, scale.title, _told(scale), inside, mark)


def _told(scale: Scale) -> str:
    terms = "; ".join(
        f"{_label(term)}{': ' + term.stands_for if term.stands_for else ''}" for term in scale.terms
    )
    gaps = f" No term covers {', '.join(map(str, scale.gaps))}." if scale.gaps else ""
    return f"From the lowest to the highest: {terms}.{gaps}"
