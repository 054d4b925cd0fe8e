"""Readings: what several methods make of one claim, side by side."""

from __future__ import annotations

from provenance.methods import Comparison, Reading
from provenance.report.axes import Axis, across
from provenance.report.drawing import FOR, Picture, clipped, line, picture, rect, text

__all__ = ["methods_svg"]

_ROW = 26.0


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
    step = _ROW + 14.0 if is_narrow else _ROW
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
    row: Reading, axis: Axis, y: float, room: float, is_narrow: bool, *, is_first: bool
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
