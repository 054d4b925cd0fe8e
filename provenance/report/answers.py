"""The answer on the line from 0 to 100 %: the probability, its interval, and the prior."""

from __future__ import annotations

from provenance.assessment import Assessment
from provenance.assessment.prose import percent
from provenance.report.axes import Axis, across
from provenance.report.drawing import FOR, Picture, dot, line, picture, rect, text, wide

__all__ = ["answer_svg"]


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
