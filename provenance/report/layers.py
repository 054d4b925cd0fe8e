"""Layers: blocks of rows in columns, put in an order with few crossings, and set in place.

Layered drawing after Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man, and Cybernetics
11, 1981, doi:10.1109/TSMC.1981.4308636): orders by barycentre, sweep after sweep, the best kept.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

import attrs

__all__ = ["Block", "Placing", "crossings", "placed"]

_SWEEPS = 12


@attrs.frozen
class Block:
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
    blocks: Sequence[Block], heights: Sequence[float], edges: Sequence[tuple[int, int]]
) -> Placing:
    """Order blocks and rows so that few edges cross, then set them where their edges run level.

    Args:
        heights: the height of every row.
        edges: pairs of rows, each from one layer to the next.
    """
    order = _Order(blocks, len(heights), edges)
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
        self, blocks: Sequence[Block], rows: int, edges: Sequence[tuple[int, int]]
    ) -> None:
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
        self.layers[number].sort(
            key=lambda block: sum(aims[row] for row in self.rows[block]) / len(self.rows[block])
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


def _settled(order: _Order, blocks: Sequence[Block], heights: Sequence[float]) -> Placing:
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
    sizes = [block.head + sum(heights[row] for row in block.rows) + block.gap for block in blocks]

    def move(layer: Sequence[int], beside: Sequence[Sequence[Sequence[int]]]) -> None:
        aims = []
        for block in layer:
            pulls = [
                middle[other] - offset
                for row, offset in inner[block].items()
                for joined in beside
                for other in joined[row]
            ]
            aims.append((sum(pulls) / len(pulls), len(pulls)) if pulls else (tops[block], 0.01))
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
    least = min(tops, default=0.0)
    lowest = max((tops[n] + sizes[n] - block.gap for n, block in enumerate(blocks)), default=0.0)
    return Placing(
        tops=tuple(top - least for top in tops),
        rows=tuple(middle[row] - heights[row] / 2.0 - least for row in range(len(heights))),
        height=lowest - least,
    )


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
