"""The layout of a lineage diagram: how thick lines are, how wide columns, and where rows stand.

Layered drawing after Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man, and Cybernetics
11, 1981, doi:10.1109/TSMC.1981.4308636): orders by barycentre, sweep after sweep, the best kept.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

import attrs

from provenance.report.drawing import wide, wrapped
from provenance.report.lineage_sketch import Box, Sketch, Strand
from provenance.scales import at_the_start

__all__ = [
    "LINE",
    "PAD",
    "PER_BIT",
    "SMALL",
    "THINNEST",
    "Band",
    "Caption",
    "Placing",
    "bent",
    "blocks_of",
    "columns_of",
    "crossings",
    "head_of",
    "label_of",
    "placed",
    "span_of",
    "thickest",
    "thickness_of",
    "thicknesses",
]

# How thick a line is: the same for the same weight in every diagram.

PER_BIT, THINNEST = 4.0, 1.0
"""How thick one bit is, and a quarter of a bit or less, in pixels."""


def thickest(width: float) -> float:
    """How thick a line may be: on a phone columns stand too close for much."""
    return 18.0 if width >= 480.0 else 8.0


def thickness_of(bits: float, width: float) -> float:
    """How thick the line of a weight is, in a diagram of that width.

    >>> thickness_of(0.1, 940), thickness_of(1.0, 940), thickness_of(3.0, 940)
    (1.0, 4.0, 12.0)
    """
    return min(max(THINNEST, PER_BIT * abs(bits)), thickest(width))


def span_of(thick: float, sign: int) -> float:
    """The room that a strand takes beside others."""
    return max(thick, 4.0 if sign < 0 else 0.0) + 1.5


_SWEEPS = 12


@attrs.frozen
class Band:
    """Rows that stand one under the other in one column."""

    layer: int
    """Its column, from 0."""
    rows: tuple[int, ...]
    """Its rows: indices into the heights."""
    head: float = 0.0
    """The room above its first row."""
    gap: float = 18.0
    """The room it wants below itself."""


@attrs.frozen
class Placing:
    """Where blocks and rows stand."""

    tops: tuple[float, ...]
    """The upper edge of every block."""
    rows: tuple[float, ...]
    """The upper edge of every row."""
    height: float
    """The height of it all."""


def placed(
    blocks: Sequence[Band],
    heights: Sequence[float],
    edges: Sequence[tuple[int, int]],
    *,
    keeps_first: bool = False,
) -> Placing:
    """Order blocks and rows so that few edges cross, then set them where their edges run level.

    Args:
        keeps_first: whether the blocks of the first layer keep the order in which they are given.
        heights: the height of every row.
        edges: pairs of rows, each from one layer to the next.
    """
    order = _Order(blocks, len(heights), edges, keeps_first)
    order.improve()
    return _settled(order, blocks, heights)


def crossings(edges: Sequence[tuple[int, int]], position: Sequence[int]) -> int:
    """How many pairs of edges between two layers cross, given where each row stands.

    >>> crossings([(0, 3), (1, 2)], [0, 1, 0, 1])
    1
    """
    ends: list[int] = []
    found = 0
    for _, other in sorted((position[one], position[other]) for one, other in edges):
        found += len(ends) - bisect_right(ends, other)
        insort(ends, other)
    return found


class _Order:
    """An order of blocks in layers and of rows in blocks, improved in place."""

    def __init__(
        self,
        blocks: Sequence[Band],
        rows: int,
        edges: Sequence[tuple[int, int]],
        keeps_first: bool,
    ) -> None:
        self.keeps_first = keeps_first
        self.layers: list[list[int]] = [
            [] for _ in range(max((b.layer for b in blocks), default=-1) + 1)
        ]
        for number, block in enumerate(blocks):
            self.layers[block.layer].append(number)
        self.rows = [list(block.rows) for block in blocks]
        self.before: list[list[int]] = [[] for _ in range(rows)]
        self.after: list[list[int]] = [[] for _ in range(rows)]
        layer_of = {row: block.layer for block in blocks for row in block.rows}
        self.between: list[list[tuple[int, int]]] = [[] for _ in self.layers]
        for one, other in edges:
            self.after[one].append(other)
            self.before[other].append(one)
            self.between[layer_of[one]].append((one, other))
        self.position = [0] * rows
        self._number()

    def improve(self) -> None:
        """Sweep to and fro, and keep the order with the fewest crossings, the first of equals."""
        best = (self._crossings(), self._copy())
        for sweep in range(_SWEEPS):
            forth = sweep % 2 == 0
            numbers = range(len(self.layers)) if forth else range(len(self.layers) - 1, -1, -1)
            for number in numbers:
                self._sort(number, self.before if forth else self.after)
            count = self._crossings()
            if count < best[0]:
                best = (count, self._copy())
        self.layers, self.rows = best[1]
        self._number()

    def _sort(self, number: int, beside: Sequence[Sequence[int]]) -> None:
        """Every row to the mean of what it is joined to, blocks to the mean of their rows."""
        aims: dict[int, float] = {}
        for block in self.layers[number]:
            for row in self.rows[block]:
                joined = beside[row]
                aims[row] = (
                    sum(self.position[other] for other in joined) / len(joined)
                    if joined
                    else float(self.position[row])
                )
            self.rows[block].sort(key=aims.__getitem__)
        if number == 0 and self.keeps_first:
            self._number_layer(number)
            return
        self.layers[number].sort(
            key=lambda block: (
                math.fsum(aims[row] for row in self.rows[block]) / len(self.rows[block])
            )
        )
        self._number_layer(number)

    def _crossings(self) -> int:
        return sum(crossings(edges, self.position) for edges in self.between)

    def _copy(self) -> tuple[list[list[int]], list[list[int]]]:
        return [list(layer) for layer in self.layers], [list(rows) for rows in self.rows]

    def _number(self) -> None:
        for number in range(len(self.layers)):
            self._number_layer(number)

    def _number_layer(self, number: int) -> None:
        rows = (row for block in self.layers[number] for row in self.rows[block])
        for place, row in enumerate(rows):
            self.position[row] = place


def _settled(order: _Order, blocks: Sequence[Band], heights: Sequence[float]) -> Placing:
    """Set every block as near as it can be to where its edges would run level."""
    middle = [0.0] * len(heights)
    tops = [0.0] * len(blocks)
    inner: list[dict[int, float]] = []
    for number, block in enumerate(blocks):
        offset, offsets = block.head, {}
        for row in order.rows[number]:
            offsets[row] = offset + heights[row] / 2.0
            offset += heights[row]
        inner.append(offsets)
    sizes = [
        block.head + math.fsum(heights[row] for row in block.rows) + block.gap for block in blocks
    ]

    def move(layer: Sequence[int], beside: Sequence[Sequence[Sequence[int]]]) -> None:
        aims = []
        for block in layer:
            pulls = [
                middle[other] - offset
                for row, offset in inner[block].items()
                for joined in beside
                for other in joined[row]
            ]
            aims.append(
                (math.fsum(pulls) / len(pulls), len(pulls)) if pulls else (tops[block], 0.01)
            )
        for block, top in zip(layer, _apart(aims, [sizes[b] for b in layer]), strict=True):
            tops[block] = top
            for row, offset in inner[block].items():
                middle[row] = top + offset

    for layer in order.layers:
        move(layer, ())
    for _ in range(6):
        for layer in order.layers[1:]:
            move(layer, (order.before,))
        for layer in reversed(order.layers[:-1]):
            move(layer, (order.after,))
    bottoms = [tops[n] + sizes[n] - block.gap for n, block in enumerate(blocks)]
    risen = _closed_up(tops, [top + size for top, size in zip(tops, sizes, strict=True)])
    above = {row: rise for block, rise in zip(blocks, risen, strict=True) for row in block.rows}
    least = min(tops, default=0.0)
    return Placing(
        tops=tuple(top - rise - least for top, rise in zip(tops, risen, strict=True)),
        rows=tuple(
            middle[row] - heights[row] / 2.0 - above.get(row, 0.0) - least
            for row in range(len(heights))
        ),
        height=max((low - up for low, up in zip(bottoms, risen, strict=True)), default=0.0) - least,
    )


_EMPTY = 12.0
"""How much higher than the room below a block a strip may be in which nothing stands."""


def _closed_up(tops: Sequence[float], ends: Sequence[float]) -> list[float]:
    """How far every block rises so that no strip across all columns is empty for long.

    Else what hangs together by a link alone would look like pictures of several things.
    """
    risen = [0.0] * len(tops)
    rise, lowest = 0.0, math.inf
    for block in sorted(range(len(tops)), key=tops.__getitem__):
        rise += max(0.0, tops[block] - lowest - _EMPTY)
        risen[block] = rise
        lowest = ends[block] if lowest == math.inf else max(lowest, ends[block])
    return risen


def _apart(aims: Sequence[tuple[float, float]], sizes: Sequence[float]) -> list[float]:
    """The places nearest to some aims, by least squares, at which sizes in a row do not overlap.

    With what stands above taken off it is isotonic regression, by pooling adjacent violators.
    """
    above = [0.0]
    for size in sizes:
        above.append(above[-1] + size)
    pools: list[tuple[float, float, int]] = []
    for (aim, weight), shift in zip(aims, above, strict=False):
        pool = ((aim - shift) * weight, weight, 1)
        while pools and pools[-1][0] / pools[-1][1] >= pool[0] / pool[1]:
            last = pools.pop()
            pool = (last[0] + pool[0], last[1] + pool[1], last[2] + pool[2])
        pools.append(pool)
    level = [total / weight for total, weight, count in pools for _ in range(count)]
    return [each + shift for each, shift in zip(level, above, strict=False)]


# Fitting a lineage diagram: how wide columns are, how tall boxes and rows, how thick lines.

LINE, SMALL, PAD = 15.0, 11.5, 6.0
"""The height of a line of text, the size of small print, and the room at the edge of a box."""


@attrs.frozen
class Caption:
    """A box or a row in the lines that fit it."""

    lines: tuple[str, ...]
    height: float
    small: tuple[str, ...] = ()
    is_name: bool = False
    size: float = 12.0
    """Of the letters of its lines."""


def columns_of(sketch: Sketch, width: float) -> tuple[tuple[float, float], ...]:
    """The columns: those of origins and of claims wider, because they are quoted in them."""
    count, margin = sketch.layers, 20.0 if sketch.voices or sketch.brackets else 0.0
    # On a phone every column needs what a word or two take.
    gap = 22.0 if width < 600 else 62.0 if count < 5 else 46.0 if width >= 900 else 32.0
    lead = 1.3 if width < 600 else 1.75 if width >= 900 or count < 5 else 1.45
    shares = [lead] + [1.0] * (count - 1)
    if sketch.links_room:
        shares[-1] = 1.55
    right = 14.0 if sketch.links_room else 0.0
    share = (width - margin - right - gap * (count - 1)) / math.fsum(shares)
    rooms = [min(share * part, 330.0 if part > 1.0 else 190.0) for part in shares]
    gap = (width - margin - right - math.fsum(rooms)) / max(count - 1, 1)
    left, found = margin, []
    for room in rooms:
        found.append((left, room))
        left += room + gap
    return tuple(found)


def head_of(box: Box, room: float) -> Caption:
    """The name of a source, and what there is to say about it."""
    room -= 2 * PAD
    names, letters = _named(box.name, room, 13.0)
    together = " · ".join(box.tags)
    small = [together] if wide(together, SMALL) <= room else box.tags
    tags = tuple(part for tag in small if tag for part in wrapped(tag, room, 2, SMALL))
    return Caption(names, LINE * (len(names) + len(tags)) + 9.0, tags, size=letters)


_NAME, _QUOTED = 5, 5
"""In how many lines a name may stand, and what a claim or a row says."""
_SMALLEST = 10.0
"""The smallest letters of a name; a word that is too long even for these is cut."""


def _named(name: str, room: float, size: float) -> tuple[tuple[str, ...], float]:
    """A name in lines, and the size of its letters.

    It goes without its article where it takes more than one line: "Survey Group". Letters are smaller
    where a word would not fit else.
    """
    name = at_the_start(name)
    if wide(name, size, bold=True) > room and name.startswith("The "):
        name = f"{name[4:5].upper()}{name[5:]}"
    longest = max(wide(word, size, bold=True) for word in name.split(" "))
    letters = size * room / longest if longest > room else size
    if letters < _SMALLEST:
        letters = size
    return tuple(wrapped(name, room, _NAME, letters, bold=True)), letters


def label_of(
    sketch: Sketch,
    number: int,
    columns: Sequence[tuple[float, float]],
    thickness: Sequence[float],
    is_alone: bool,
) -> Caption:
    row = sketch.rows[number]
    box = sketch.boxes[row.box]
    layer = box.layer
    room = columns[layer][1] - 2 * PAD - 2.0
    small: tuple[str, ...] = ()
    letters = 12.0
    lines: Sequence[str]
    if box.is_claim:
        lines = wrapped(box.name, room, _QUOTED + 1, 12, bold=box.is_asked)
        small = tuple(part for tag in box.tags for part in wrapped(tag, room, 3, SMALL))
    elif is_alone:
        lines, letters = _named(box.name, room, 12.0)
        parts = (row.label,) if row.is_copy else (*box.tags, row.label)
        together = " · ".join(part for part in parts if part != "relays it")
        small = tuple(wrapped(together, room, 3, SMALL)) if together else ()
    else:
        lines = wrapped(row.label, room, 2 if layer else _QUOTED, 12)
        small = tuple(wrapped(row.gate, room, 3, SMALL)) if row.gate else ()
    spans = [0.0, 0.0]
    for strand, thick in zip(sketch.strands, thickness, strict=True):
        spans[0] += span_of(thick, strand.sign) * (strand.start == number)
        spans[1] += span_of(thick, strand.sign) * (strand.end == number)
    tall = LINE * (len(lines) + len(small)) + 8.0
    return Caption(
        tuple(lines),
        max(tall, max(spans) + 6.0),
        small,
        (is_alone and not box.is_claim) or box.is_asked,
        letters,
    )


def thicknesses(sketch: Sketch, width: float) -> tuple[float, ...]:
    """How thick every strand is."""
    return tuple(thickness_of(strand.weight, width) for strand in sketch.strands)


def blocks_of(sketch: Sketch, heads: Sequence[Caption]) -> list[Band]:
    members: list[list[int]] = [[] for _ in sketch.boxes]
    for number, row in enumerate(sketch.rows):
        members[row.box].append(number)
    return [
        Band(box.layer, tuple(rows), head.height, 22.0 if head.lines else 15.0)
        for box, rows, head in zip(sketch.boxes, members, heads, strict=True)
    ]


def bent(
    sketch: Sketch,
    strand: Strand,
    thick: float,
    heights: list[float],
    blocks: list[Band],
    edges: list[tuple[int, int]],
) -> tuple[int, ...]:
    """A row in every column that a strand crosses; the rows, blocks and edges are added."""
    start = sketch.boxes[sketch.rows[strand.start].box].layer
    end = sketch.boxes[sketch.rows[strand.end].box].layer
    found: list[int] = []
    for layer in range(start + 1, end):
        found.append(len(heights))
        blocks.append(Band(layer, (len(heights),), 0.0, 4.0))
        heights.append(thick + 4.0)
    way = [strand.start, *found, strand.end]
    edges += pairwise(way)
    return tuple(found)
