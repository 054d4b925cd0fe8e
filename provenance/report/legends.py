"""The legend of a lineage diagram: what its marks mean, those that are there."""

from __future__ import annotations

from provenance.report.drawing import MARK, line, rect, text
from provenance.report.ribbons import ribbon, thickest
from provenance.report.sketch import Sketch, Strand

__all__ = ["legend_of"]


def legend_of(sketch: Sketch, width: float, most: float, top: float) -> tuple[list[str], float]:
    """What the marks mean, those that are there, in as many lines as it takes; and its height."""
    signs = {strand.sign for strand in sketch.strands}
    keys: list[tuple[str, str]] = []
    samples = {1: "speaks for the claim", -1: "speaks against it", 0: "either way"}
    for sign, words in samples.items():
        if sign in signs:
            keys.append((ribbon([(0, 0), (34, 0)], 4.0, Strand(0, 0, 0.0, sign)), words))
    rows = sketch.rows
    if any(not row.in_hand for row in rows):
        keys.append((_sample(dashed=True), "hidden: known only through others"))
    if any(row.in_hand for row in rows):
        keys.append((_sample(dashed=False), "in hand"))
    if any(not box.judged for box in sketch.boxes):
        keys.append((rect(0, -7, 34, 14, fill=f"url(#unjudged-{MARK})"), "cannot be judged"))
    if sketch.voices:
        dots = line([(2, 0), (34, 0)], width=1.8, dashes="1.5 3.5")
        keys.append((dots, "may be one voice"))
    if any(strand.through for strand in sketch.strands):
        keys.append((text(34, 4, "+2", size=11, anchor="end"), "so many relays left out"))
    if most:
        thick = line([(0, 0), (34, 0)], width=thickest(width), opacity=0.45)
        keys.append((thick, f"as thick as its weight: this is {most:.2g} bits"))
    found, x, y = [], 0.0, top + 8.0
    for sample, words in keys:
        room = 42.0 + 6.3 * len(words) + 18.0
        if x and x + room - 18.0 > width:
            x, y = 0.0, y + 23.0
        found.append(f'<g transform="translate({x:g} {y:g})">{sample}</g>')
        found.append(text(x + 42.0, y + 4.0, words, size=11.5, faint=True))
        x += room
    return found, y - top + 14.0


def _sample(*, dashed: bool) -> str:
    fill = "none" if dashed else "currentColor"
    return rect(0.5, -7, 33, 14, fill=fill, opacity=0.1, stroke="currentColor", dashed=dashed)
