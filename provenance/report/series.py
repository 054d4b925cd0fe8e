"""The timeline picture: how the answer grew, date by date, with what arrived on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from provenance.assessment import Lead, Leads, Timeline, became_known
from provenance.methods import Comparison, MethodReading
from provenance.report.drawing import (
    FOR,
    Axis,
    Picture,
    across,
    clipped,
    dot,
    line,
    picture,
    rect,
    text,
    up,
    wide,
)
from provenance.scales import day_in_words, percent

__all__ = [
    "Moment",
    "leads_svg",
    "methods_svg",
    "timeline_svg",
]


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
        f"{'undated' if each.on is None else day_in_words(each.on)}: {percent(each.probability)}"
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
            became_known(entry),
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


# The leads picture: how far each thing that one could find out would move the answer.

_ROW = 26.0
_KINDS = {
    "obtain": "read:",
    "judge": "judge:",
    "ask": "ask:",
    "independent": "an independent source",
    "voices": "one voice?",
    "lineage": "from one another?",
    "settle": "true?",
}


def leads_svg(leads: Leads, *, most: int = 8, width: float = 640, mark: str = "") -> Picture:
    """What one could find out, numbered as ranked: a bar from its lowest outcome to its highest.

    Every outcome is a dot, the larger the more likely; the dashed line is the answer as it stands.

    Args:
        leads: what `leads` gives.
        most: how many of them to draw.

    >>> from provenance import load_case
    >>> from provenance.assessment import leads
    >>> svg = leads_svg(leads(load_case("seeds/egypt-arms-2015.json"), "armed"), most=3)
    >>> svg.count("<rect")
    3
    """
    shown = leads.ranked[:most]
    is_narrow = width < 480.0
    room = 24.0 if is_narrow else 190.0
    axis = Axis(0.0, 1.0, room + 8.0, width - 20.0)
    bottom = 8.0 + _ROW * len(shown)
    inside = [*across(axis, bottom + 4.0, 4.0)]
    for number, each in enumerate(shown):
        y = 8.0 + _ROW * number
        kind = "" if is_narrow else f"{_KINDS[each.kind]} {each.who}"
        inside.append(text(0, y + 15.0, str(number + 1), weight=600))
        inside.append(text(22.0, y + 15.0, clipped(kind, room - 22.0), size=12, faint=True))
        inside += _outcomes(each, axis, y)
    now = axis.at(leads.probability)
    inside.append(line([(now, 4.0), (now, bottom + 4.0)], stroke=FOR, width=1.4, dashes="5 3"))
    told = "; ".join(
        f"{number}: {each.text}, from {percent(each.worst.probability)} to "
        f"{percent(each.best.probability)}"
        for number, each in enumerate(shown, start=1)
    )
    told = f"It stands at {percent(leads.probability)}. {told}."
    return picture(width, bottom + 26.0, "What to find out next", told, inside, mark)


def _outcomes(lead: Lead, axis: Axis, y: float) -> list[str]:
    ends = [outcome.probability for outcome in lead.outcomes]
    left, right = axis.at(min(ends)), axis.at(max(ends))
    bar = rect(left, y + 7.5, max(right - left, 1.5), 6.0, fill=FOR, opacity=0.3, radius=1.0)
    dots = (
        f'<circle cx="{axis.at(outcome.probability):.1f}" cy="{y + 10.5:.1f}" '
        f'r="{2.0 + 4.5 * outcome.chance**0.5:.1f}" fill="{FOR}"/>'
        for outcome in lead.outcomes
    )
    return [bar, *dots]


# Readings: what several methods make of one claim, side by side.

_READING_ROW = 26.0


def methods_svg(comparison: Comparison, *, width: float = 640, mark: str = "") -> Picture:
    """Several methods on one claim: a dot for each answer, a bar for its range where it has one.

    The dashed line is the answer of the testimony network, the dotted one the prior that all of
    them were given.

    >>> from provenance import load_case
    >>> from provenance.methods import compare
    >>> svg = methods_svg(compare(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> svg.count("<circle")
    10
    """
    is_narrow = width < 480.0
    room = width if is_narrow else min(250.0, 0.44 * width)
    axis = Axis(0.0, 1.0, 16.0 if is_narrow else room + 6.0, width - 20.0)
    step = _READING_ROW + 14.0 if is_narrow else _READING_ROW
    bottom = 8.0 + step * len(comparison.rows)
    inside = [*across(axis, bottom + 4.0, bottom if is_narrow else 4.0)]
    # On a phone the names stand over the bars, and the lines are broken so as not to cross them.
    spans = [(4.0, bottom + 4.0)]
    if is_narrow:
        spans = [(25.0 + step * n, 44.0 + step * n) for n in range(len(comparison.rows))]
    network = comparison.rows[0].probability
    assert network is not None  # of all methods this one always has an answer
    for top, end in spans:
        for number, stroke, dashes in (
            (comparison.prior, "currentColor", "1.5 3.5"),
            (network, FOR, "5 3"),
        ):
            x = axis.at(number)
            inside.append(line([(x, top), (x, end)], stroke=stroke, width=1.4, dashes=dashes))
    for number, row in enumerate(comparison.rows):
        y = 8.0 + step * number
        inside += _row(row, axis, y, room, is_narrow, is_first=number == 0)
    told = "; ".join(
        f"{row.method} {'no answer' if row.probability is None else f'{row.probability:.2f}'}"
        for row in comparison.rows
    )
    told = f"On a prior of {comparison.prior:.2f}: {told}."
    return picture(width, bottom + 26.0, "The same case read by other methods", told, inside, mark)


def _row(
    row: MethodReading, axis: Axis, y: float, room: float, is_narrow: bool, *, is_first: bool
) -> list[str]:
    name = clipped(row.method[:1].upper() + row.method[1:], room - 6.0, bold=is_first)
    found = [text(0, y + 15.0, name, weight=600 if is_first else 400)]
    y += 15.0 if is_narrow else 0.0
    if row.low is not None and row.high is not None:
        left, right = axis.at(row.low), axis.at(row.high)
        found.append(
            rect(left, y + 7.0, max(right - left, 2.0), 7.0, fill=FOR, opacity=0.3, radius=1.0)
        )
    if row.probability is not None:
        fill = FOR if is_first else "currentColor"
        found.append(
            f'<circle cx="{axis.at(row.probability):.1f}" cy="{y + 10.5:.1f}" r="5" fill="{fill}"/>'
        )
    else:
        found.append(text(axis.start + 4.0, y + 15.0, "no answer", size=12, italic=True))
    return found
