"""The reliability diagram: how often statements of each probability came true, as SVG."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from html import escape

from provenance.learning.calibration import Bin

__all__ = ["reliability_diagram"]

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
