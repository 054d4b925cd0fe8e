"""Axes: where a probability or a weight stands on a drawn line, with its ticks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import attrs

from provenance.report.drawing import line, text

__all__ = ["Axis", "across", "percent_label", "up"]

_TICKS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)


@attrs.frozen
class Axis:
    """A drawn line from one number to another.

    >>> axis = Axis(0.0, 1.0, 40.0, 240.0)
    >>> axis.at(0.25)
    90.0
    """

    low: float
    """The number at its start."""
    high: float
    """The number at its end."""
    start: float
    """Where it starts, in pixels."""
    end: float
    """Where it ends, in pixels."""
    is_log_odds: bool = False
    """Whether distances are differences of log-odds, so that equal evidence is equally long."""

    def at(self, number: float) -> float:
        """Where a number stands; what lies beyond an end stands at that end."""
        low, high = self._measure(self.low), self._measure(self.high)
        share = (self._measure(min(max(number, self.low), self.high)) - low) / (high - low)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Numbers to write beside it, far enough apart to be read."""
        if self.is_log_odds:
            return _apart([t for t in _TICKS if self.low <= t <= self.high], self)
        step = 0.25 if abs(self.end - self.start) >= 200 else 0.5
        count = round((self.high - self.low) / step)
        return tuple(self.low + step * number for number in range(count + 1))

    def _measure(self, number: float) -> float:
        return math.log(number / (1.0 - number)) if self.is_log_odds else number


def _apart(ticks: Sequence[float], axis: Axis) -> tuple[float, ...]:
    """The ticks from the middle outwards that stand at least 36 pixels apart."""
    kept: list[float] = []
    for tick in sorted(ticks, key=lambda t: (abs(t - 0.5), t)):
        if all(abs(axis.at(tick) - axis.at(other)) >= 36.0 for other in kept):
            kept.append(tick)
    return tuple(sorted(kept))


def percent_label(probability: float) -> str:
    """A tick of probability, in percent.

    >>> percent_label(0.05), percent_label(0.999)
    ('5 %', '99.9 %')
    """
    return f"{100.0 * probability:.3g} %"


def across(axis: Axis, y: float, top: float, name: str = "") -> Iterator[str]:
    """A horizontal axis of probability at a height, with faint lines up to `top`."""
    yield line([(axis.start, y), (axis.end, y)], opacity=0.5)
    for tick in axis.ticks:
        x = axis.at(tick)
        if top < y:
            yield line([(x, top), (x, y)], opacity=0.12)
        yield line([(x, y), (x, y + 4.0)], opacity=0.5)
        anchor = "middle"
        yield text(x, y + 17.0, percent_label(tick), size=11, anchor=anchor, faint=True)
    if name:
        yield text(axis.end, y + 33.0, name, size=11.5, anchor="end", faint=True)


def up(axis: Axis, x: float, right: float, name: str = "") -> Iterator[str]:
    """A vertical axis of probability at a place, with faint lines to `right`; its name on top."""
    for tick in axis.ticks:
        y = axis.at(tick)
        yield line([(x, y), (right, y)], opacity=0.12)
        yield text(x - 6.0, y + 4.0, percent_label(tick), size=11, anchor="end", faint=True)
    if name:
        yield text(x, axis.end - 10.0, name, size=11.5, faint=True)
