"""The weights: what every origin adds to the answer, in bits, for it and against it."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.assessment import Assessment, Reason
from provenance.report.drawing import (
    AGAINST,
    FOR,
    MARK,
    Picture,
    hatching,
    line,
    picture,
    rect,
    text,
    wrapped,
)
from provenance.report.inert import plain
from provenance.report.words import bits_in_words

__all__ = ["weights_svg"]

_MOST = 12
_ROW = 26.0


def weights_svg(assessment: Assessment, *, width: float = 640, mark: str = "") -> Picture:
    """What every origin adds, in bits, as bars to the right (for) and to the left (against).

    Bars against the claim are hatched, so that the two are told apart without colour. Weights
    overlap and need not add up; that of all the evidence stands below a line. At most twelve
    origins are drawn, the strongest.

    >>> from provenance import load_case, weigh
    >>> svg = weights_svg(weigh(load_case("seeds/egypt-arms-2015.json"), "armed"))
    >>> svg.count("<rect")
    4
    """
    shown = assessment.reasons[:_MOST]
    names = [_name(assessment, reason) for reason in shown]
    known = [abs(each.bits) for each in shown if each.bits is not None]
    total = assessment.bits
    most = max([*known, abs(total or 0.0), 0.01])
    room = min(260.0, 0.4 * width)
    zero, reach = _axis(shown, total, room, width)
    inside = [f"<defs>{hatching('against', AGAINST, 1.0)}</defs>"]
    y = 8.0
    for reason, name in zip(shown, names, strict=True):
        lines = wrapped(name, room, 2)
        y += 7.0 * (len(lines) - 1)
        inside += _bar(lines, reason.bits, y, zero, reach / most, bold=False)
        y += _ROW + 7.0 * (len(lines) - 1)
    if len(assessment.reasons) > _MOST:
        more = f"… and {len(assessment.reasons) - _MOST} weaker ones"
        inside.append(text(0, y + 15.0, more, size=12, faint=True))
        y += _ROW
    inside.append(line([(zero, 4.0), (zero, y + _ROW + 8.0)], opacity=0.6))
    inside.append(line([(0, y + 3.0), (width, y + 3.0)], opacity=0.3))
    inside += _bar(["All the evidence"], total, y + 7.0, zero, reach / most, bold=True)
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


def _axis(
    shown: Sequence[Reason], total: float | None, room: float, width: float
) -> tuple[float, float]:
    """Where nought stands, and how long the longest bar is, room for its number left."""
    bits = [each.bits for each in shown] + [total]
    left = any(each is not None and each < -0.005 for each in bits)
    right = any(each is None or each > 0.005 for each in bits)
    whole = width - room - 12.0
    if left and right:
        return room + 12.0 + whole / 2.0, whole / 2.0 - 48.0
    return (room + 16.0, whole - 56.0) if right or not left else (width - 4.0, whole - 56.0)


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
