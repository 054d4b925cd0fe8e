"""Ribbons: a statement on its way, for the claim or against it, told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.report.drawing import AGAINST, FOR, line, text
from provenance.report.sketch import Strand

__all__ = ["THICKEST", "THINNEST", "ribbon", "span_of", "thickest"]

THICKEST, THINNEST = 15.0, 1.1
"""The thickness of the line that carries most, and of one that carries nothing, in pixels."""


def thickest(width: float) -> float:
    """How thick the heaviest line of a diagram is: on a phone columns stand too close for more."""
    return THICKEST if width >= 480.0 else 8.0


def span_of(thick: float, sign: int) -> float:
    """The room that a strand takes beside others."""
    return max(thick, 4.0 if sign < 0 else 0.0) + 1.5


def ribbon(points: Sequence[tuple[float, float]], thick: float, strand: Strand) -> str:
    """A strand: solid with an arrow, double with a bar, or dotted; its end just before the row."""
    colour = FOR if strand.sign > 0 else AGAINST if strand.sign < 0 else "currentColor"
    *rest, (x, y) = points
    stop = 5.0 + thick / 3.0 if strand.sign > 0 else 2.0
    way = [*rest, (x - stop, y)]
    if strand.sign < 0:
        half = max(thick, 4.0) / 2.0
        lines = "".join(
            f'<path d="{_curve(way, shift)}" stroke="{colour}" stroke-width="1.3"/>'
            for shift in (-half, half)
        )
        body = (
            f'<path d="{_curve(way, 0.0)}" stroke="{colour}" stroke-width="{2 * half:.1f}" '
            f'stroke-opacity=".14"/>{lines}'
        )
        end = line([(x - 2.0, y - half - 4.0), (x - 2.0, y + half + 4.0)], stroke=colour, width=2.6)
    elif strand.sign > 0:
        body = f'<path d="{_curve(way, 0.0)}" stroke="{colour}" stroke-width="{thick:.1f}"/>'
        half = 3.2 + thick / 2.0
        end = (
            f'<path d="M{x:.1f} {y:.1f}L{x - stop - 1:.1f} {y - half:.1f}V{y + half:.1f}Z" '
            f'fill="{colour}"/>'
        )
    else:
        body = (
            f'<path d="{_curve(way, 0.0)}" stroke="{colour}" stroke-opacity=".7" '
            f'stroke-width="{max(thick, 1.6):.1f}" stroke-dasharray="2 4"/>'
        )
        end = ""
    return body + end + _left_out(points, strand.through)


def _left_out(points: Sequence[tuple[float, float]], through: int) -> str:
    if not through:
        return ""
    x, y = points[-1]
    return text(x - 9.0, y - 5.0, f"+{through}", size=11, anchor="end")


def _curve(points: Sequence[tuple[float, float]], shift: float) -> str:
    """A smooth way that leaves and arrives level; between bends it runs straight."""
    (x, y), *rest = points
    found = [f"M{x:.1f} {y + shift:.1f}"]
    for step, (across, beyond) in enumerate(rest):
        if step % 2:
            found.append(f"H{across:.1f}")
        else:
            middle = (x + across) / 2.0
            found.append(
                f"C{middle:.1f} {y + shift:.1f} {middle:.1f} {beyond + shift:.1f} "
                f"{across:.1f} {beyond + shift:.1f}"
            )
        x, y = across, beyond
    return "".join(found)
