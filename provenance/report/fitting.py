"""Fitting a lineage diagram: how wide columns are, how tall boxes and rows, how thick lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from provenance.report.drawing import clipped, wide, wrapped
from provenance.report.layers import Block
from provenance.report.ribbons import THINNEST, span_of, thickest
from provenance.report.sketch import Box, Sketch, Strand

__all__ = [
    "LINE",
    "PAD",
    "SMALL",
    "Label",
    "bent",
    "blocks_of",
    "columns_of",
    "head_of",
    "label_of",
    "thicknesses",
]

LINE, SMALL, PAD = 15.0, 11.5, 6.0
"""The height of a line of text, the size of small print, and the room at the edge of a box."""


@attrs.frozen
class Label:
    """A box or a row in the lines that fit it."""

    lines: tuple[str, ...]
    height: float
    small: tuple[str, ...] = ()
    is_name: bool = False


def columns_of(sketch: Sketch, width: float) -> tuple[tuple[float, float], ...]:
    """The columns: the first one wider, because origins are quoted."""
    count, margin = sketch.layers, 12.0 if sketch.voices else 0.0
    # On a phone every column needs what a word or two take.
    gap, lead = (62.0, 1.75) if width >= 600 else (22.0, 1.3)
    share = (width - margin - gap * (count - 1)) / (count - 1 + lead)
    share = min(share, 190.0)
    first = min(share * lead, 330.0)
    rooms = [first] + [share] * (count - 1)
    gap = (width - margin - sum(rooms)) / max(count - 1, 1)
    left, found = margin, []
    for room in rooms:
        found.append((left, room))
        left += room + gap
    return tuple(found)


def head_of(box: Box, room: float) -> Label:
    room -= 2 * PAD
    names = tuple(wrapped(box.name, room, 1 if room > 150 else 2, bold=True))
    together = " · ".join(box.tags)
    small = [together] if wide(together, SMALL) <= room else box.tags
    tags = tuple(clipped(tag, room, SMALL) for tag in small if tag)
    return Label(names, LINE * (len(names) + len(tags)) + 9.0, tags)


def label_of(
    sketch: Sketch,
    number: int,
    columns: Sequence[tuple[float, float]],
    thickness: Sequence[float],
    is_alone: bool,
) -> Label:
    row = sketch.rows[number]
    box = sketch.boxes[row.box]
    layer = box.layer
    room = columns[layer][1] - 2 * PAD - 2.0
    small: tuple[str, ...] = ()
    if is_alone:
        lines = wrapped(box.name, room, 1 if room > 130 else 2, 12, bold=True)
        parts = (row.label,) if row.is_copy else (*box.tags, row.label)
        together = " · ".join(part for part in parts if part != "relays it")
        small = tuple(wrapped(together, room, 1 if room > 130 else 2, SMALL)) if together else ()
    else:
        lines = wrapped(row.label, room, 1 if layer else 2 if room > 200 else 3, 12)
    spans = [0.0, 0.0]
    for strand, thick in zip(sketch.strands, thickness, strict=True):
        spans[0] += span_of(thick, strand.sign) * (strand.start == number)
        spans[1] += span_of(thick, strand.sign) * (strand.end == number)
    tall = LINE * (len(lines) + len(small)) + 8.0
    return Label(tuple(lines), max(tall, max(spans) + 6.0), small, is_alone)


def thicknesses(sketch: Sketch, width: float) -> tuple[float, tuple[float, ...]]:
    most = max((strand.weight for strand in sketch.strands), default=0.0)
    if most < 1e-9:
        return 0.0, (THINNEST,) * len(sketch.strands)
    scale = thickest(width) / most
    return most, tuple(max(THINNEST, scale * strand.weight) for strand in sketch.strands)


def blocks_of(sketch: Sketch, heads: Sequence[Label]) -> list[Block]:
    members: list[list[int]] = [[] for _ in sketch.boxes]
    for number, row in enumerate(sketch.rows):
        members[row.box].append(number)
    return [
        Block(box.layer, tuple(rows), head.height, 22.0 if head.lines else 15.0)
        for box, rows, head in zip(sketch.boxes, members, heads, strict=True)
    ]


def bent(
    sketch: Sketch,
    strand: Strand,
    thick: float,
    heights: list[float],
    blocks: list[Block],
    edges: list[tuple[int, int]],
) -> tuple[int, ...]:
    """A row in every column that a strand crosses; the rows, blocks and edges are added."""
    start = sketch.boxes[sketch.rows[strand.start].box].layer
    end = sketch.boxes[sketch.rows[strand.end].box].layer
    found: list[int] = []
    for layer in range(start + 1, end):
        found.append(len(heights))
        blocks.append(Block(layer, (len(heights),), 0.0, 4.0))
        heights.append(thick + 4.0)
    way = [strand.start, *found, strand.end]
    edges += pairwise(way)
    return tuple(found)
