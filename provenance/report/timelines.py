"""The timeline picture: how the answer grew, date by date, with what arrived on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from provenance.assessment import Timeline
from provenance.assessment.prose import percent
from provenance.report.axes import Axis, up
from provenance.report.drawing import FOR, Picture, dot, line, picture, rect, text, wide

__all__ = ["Moment", "timeline_svg"]


@attrs.frozen
class Moment:
    """The answer as of one day, and what had become known on it."""

    on: date | None
    """The day; `None` for what was there from the start, undated."""
    probability: float
    """The probability as of that day, in [0, 1]."""
    low: float
    """The lower end of its interval."""
    high: float
    """The upper end of its interval."""
    arrived: tuple[str, ...] = ()
    """What became known, each in a few words."""


def timeline_svg(
    moments: Timeline | Sequence[Moment],
    *,
    title: str = "How the answer grew",
    width: float = 640,
    mark: str = "",
) -> Picture:
    """The answer as of each day, as steps, in the band of its interval; days are numbered.

    Days stand where they fall in time. What has no date stands at the left edge, as it counts from
    the start. The numbers above the line are those of the list that belongs beside the picture.

    Args:
        moments: what `timeline` gives, or the answers in the order of time.

    >>> from datetime import date
    >>> svg = timeline_svg([
    ...     Moment(None, 0.15, 0.04, 0.4),
    ...     Moment(date(2015, 8, 21), 0.2, 0.06, 0.5, ("the general: it is so",)),
    ... ])
    >>> svg.count("<circle")
    2
    """
    moments = _moments(moments)
    y_axis = Axis(0.0, 1.0, 200.0, 34.0)
    left, right = 50.0, width - 12.0
    places = _places(moments, left, right)
    inside = [
        *up(y_axis, left, right, ""),
        line([(left, y_axis.start), (right, y_axis.start)], opacity=0.5),
        *_bands(moments, places, right, y_axis),
        *_steps(moments, places, right, y_axis),
        *_days(moments, places, right, y_axis),
        *_numbers(moments, places, y_axis),
    ]
    told = "; ".join(
        f"{'undated' if each.on is None else each.on.isoformat()}: {percent(each.probability)}"
        for each in moments
    )
    return picture(width, 240.0, title, f"{told}.", inside, mark)


def _moments(timeline: Timeline | Sequence[Moment]) -> Sequence[Moment]:
    if not isinstance(timeline, Timeline):
        return timeline
    return tuple(
        Moment(
            entry.on,
            entry.probability,
            entry.interval.low,
            entry.interval.high,
            (*entry.arrived, *entry.withdrawn, *entry.settled),
        )
        for entry in timeline.entries
    )


def _places(moments: Sequence[Moment], left: float, right: float) -> list[float]:
    """Where each day stands across."""
    days = [each.on for each in moments if each.on is not None]
    if not days:
        return [left] * len(moments)
    first, last = min(days), max(days)
    start = left + (34.0 if len(days) < len(moments) else 12.0)
    length = max((last - first).days, 1)
    # Some room is left after the last day, where the answer stands as it is now.
    reach = (right - start) * 0.86
    if first == last:
        return [left if each.on is None else start + reach / 2.0 for each in moments]
    return [
        left if each.on is None else start + reach * (each.on - first).days / length
        for each in moments
    ]


def _bands(
    moments: Sequence[Moment], places: Sequence[float], right: float, axis: Axis
) -> list[str]:
    ends = [*places[1:], right][: len(places)]
    return [
        rect(x, axis.at(each.high), end - x, axis.at(each.low) - axis.at(each.high), fill=FOR,
             opacity=0.16)
        for each, x, end in zip(moments, places, ends, strict=True)
        if end > x
    ]  # fmt: skip


def _steps(
    moments: Sequence[Moment], places: Sequence[float], right: float, axis: Axis
) -> list[str]:
    points: list[tuple[float, float]] = []
    for each, x, end in zip(moments, places, [*places[1:], right], strict=False):
        points += [(x, axis.at(each.probability)), (end, axis.at(each.probability))]
    dots = (dot(x, axis.at(each.probability), 4.0) for each, x in zip(moments, places, strict=True))
    return [line(points, stroke=FOR, width=2.2), *dots] if points else []


def _days(
    moments: Sequence[Moment], places: Sequence[float], right: float, axis: Axis
) -> list[str]:
    """The first and the last day under the line, and those between for which there is room."""
    dated = [(x, each.on) for each, x in zip(moments, places, strict=True) if each.on is not None]
    found: list[str] = []
    reached = -1e9
    for number, (x, day) in enumerate(dated):
        found.append(line([(x, axis.start), (x, axis.start + 5.0)], opacity=0.6))
        words = _day(day, number > 0 and day.year == dated[number - 1][1].year)
        half = wide(words, 11) / 2.0
        at = min(max(x, half), right - half)
        if at - half > reached + 8.0:
            found.append(text(at, axis.start + 19.0, words, size=11, anchor="middle", faint=True))
            reached = at + half
    return found


def _day(day: date, is_same_year: bool) -> str:
    months = [
        "Jan",
        "Feb",
        "March",
        "April",
        "May",
        "June",
        "July",
        "Aug",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
    ]
    return f"{day.day} {months[day.month - 1]}" + ("" if is_same_year else f" {day.year}")


def _numbers(moments: Sequence[Moment], places: Sequence[float], axis: Axis) -> list[str]:
    """The number of every day in the list, above the line, where there is room."""
    found: list[str] = []
    reached = -1e9
    for number, x in enumerate(places, start=1):
        if x - reached < 17.0:
            continue
        reached = x
        found.append(line([(x, axis.end - 8.0), (x, axis.start)], opacity=0.25, dashes="2 3"))
        found.append(text(x, axis.end - 13.0, str(number), size=11.5, anchor="middle", weight=600))
    return found
