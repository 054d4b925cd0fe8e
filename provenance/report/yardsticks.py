"""Yardsticks: a published scale drawn as it was published, gaps and overlaps included."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.errors import InvalidValue
from provenance.report.axes import Axis, across
from provenance.report.drawing import (
    FOR,
    MARK,
    Picture,
    clipped,
    hatching,
    line,
    picture,
    rect,
    text,
    wide,
    wrapped,
)
from provenance.scales import Scale, Term

__all__ = ["scale_svg"]

_ROW = 24.0


def scale_svg(
    scale: Scale, *, at: float | None = None, width: float = 640, mark: str = ""
) -> Picture:
    """A scale as a yardstick: every term in order, over the stretch of 0 to 100 % it stands for.

    One term a row, so that nested terms stand above each other and narrow ones can be read; bars
    with soft ends are approximate, a dot is a point with its give and take, and stretches that no
    term covers are hatched in the row below. A scale without ranges is drawn as its steps, on no
    line at all, and the term for what cannot be judged stands apart.

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
        y += _ROW
    if scale.gaps:
        inside += _gaps(scale, axis, y)
        y += _ROW
    inside += across(axis, y + 4.0, 4.0)
    if at is not None:
        x = axis.at(at)
        inside.append(line([(x, 2.0), (x, y + 4.0)], width=1.6, dashes="4 3"))
    y += 26.0
    if scale.unjudged is not None:
        inside += _unjudged(scale.unjudged, y, room)
        y += _ROW
    return picture(width, y + 6.0, scale.title, _told(scale), inside, mark)


def _label(term: Term) -> str:
    return f"{term.code}  {term.label}" if term.code and term.code != term.label else term.label


def _band(term: Term, axis: Axis, y: float, room: float, *, is_meant: bool) -> Iterator[str]:
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


def _unjudged(term: Term, y: float, room: float) -> Iterator[str]:
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
