"""Layers: blocks of rows in columns, put in an order with few crossings, and set in place.

Layered drawing after Sugiyama, Tagawa and Toda (IEEE Transactions on Systems, Man, and Cybernetics
11, 1981, doi:10.1109/TSMC.1981.4308636): orders by barycentre, sweep after sweep, the best kept.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from provenance.assessment import Assessment
from provenance.graph import Place, Story
from provenance.report.drawing import clipped, wide, wrapped
from provenance.report.inert import SENTENCE, plain
from provenance.report.words import Words

__all__ = [
    "LINE",
    "MOST_ROWS",
    "PAD",
    "SMALL",
    "THICKEST",
    "THINNEST",
    "Band",
    "Box",
    "Caption",
    "Placing",
    "Row",
    "Sketch",
    "Strand",
    "bent",
    "blocks_of",
    "carried",
    "columns_of",
    "crossings",
    "head_of",
    "label_of",
    "origins_of",
    "placed",
    "signs",
    "sketched",
    "span_of",
    "thickest",
    "thicknesses",
]

# What a line carries, and how thick that is.

THICKEST, THINNEST = 15.0, 1.1
"""The thickness of the line that carries most, and of one that carries nothing, in pixels."""


def thickest(width: float) -> float:
    """How thick the heaviest line of a diagram is: on a phone columns stand too close for more."""
    return THICKEST if width >= 480.0 else 8.0


def span_of(thick: float, sign: int) -> float:
    """The room that a strand takes beside others."""
    return max(thick, 4.0 if sign < 0 else 0.0) + 1.5


def origins_of(story: Story) -> list[int]:
    """For every statement, the origin at the far end of its citations."""
    found: list[int] = []
    for index, statement in enumerate(story.statements):
        found.append(index if statement.cites is None else found[statement.cites])
    return found


def signs(assessment: Assessment) -> list[int]:
    """For every statement, +1 if it speaks for the claim, -1 if against it, 0 if neither or both."""
    story = assessment.answer.evaluation.story
    towards = assessment.graph.bearings.towards(assessment.claim)
    places = assessment.graph.bearings.matters.places
    asked = [
        next(places[claim].question for claim in question.values if claim is not None)
        for question in story.questions
    ]
    found = []
    for statement in story.statements:
        sign = sum(towards.get(Place(asked[statement.question], statement.value), ()))
        found.append(sign if statement.affirms else -sign)
    return found


def carried(assessment: Assessment) -> list[float]:
    """For every statement the weight that passes through it, in bits, at or above 0.

    The weight of an origin is shared out over the statements in hand that go back to it, in
    proportion to what each adds by itself, evenly where none adds anything; what is hidden carries
    what reaches us through it. An origin without which the rest is impossible counts as the
    heaviest of the others, or as one bit.
    """
    story = assessment.answer.evaluation.story
    found = _at_the_ends(assessment, story)
    for index in range(len(found) - 1, -1, -1):
        cited = story.statements[index].cites
        if cited is not None:
            found[cited] += found[index]
    return found


def _at_the_ends(assessment: Assessment, story: Story) -> list[float]:
    alone = {each.attribution: each.bits for each in assessment.statements}
    reason_of = {
        statement: number
        for number, reason in enumerate(assessment.reasons)
        for statement in reason.statements
    }
    ends: dict[int | None, list[int]] = {}
    origins = origins_of(story)
    for index, statement in enumerate(story.statements):
        if statement.in_hand:
            reason = reason_of.get(story.statements[origins[index]].id)
            ends.setdefault(reason, []).append(index)
    found = [0.0] * len(story.statements)
    totals = _totals(assessment)
    for number, members in ends.items():
        weights = [alone.get(story.statements[index].id, 0.0) for index in members]
        total = totals[number] if number is not None else 0.0
        for index, share in zip(members, _shares(weights), strict=True):
            found[index] = total * share
    return found


def _totals(assessment: Assessment) -> list[float]:
    known = [abs(reason.bits) for reason in assessment.reasons if reason.bits is not None]
    most = max(known, default=1.0) or 1.0
    return [most if reason.bits is None else abs(reason.bits) for reason in assessment.reasons]


def _shares(weights: Sequence[float | None]) -> list[float]:
    """How a total is shared out in proportion to some weights; `None` outweighs every number."""
    if any(weight is None for weight in weights):
        sizes = [float(weight is None) for weight in weights]
    else:
        sizes = [abs(weight or 0.0) for weight in weights]
    total = math.fsum(sizes)
    if total < 1e-12:
        return [1.0 / len(sizes)] * len(sizes)
    return [size / total for size in sizes]


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
    blocks: Sequence[Band], heights: Sequence[float], edges: Sequence[tuple[int, int]]
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

    def __init__(self, blocks: Sequence[Band], rows: int, edges: Sequence[tuple[int, int]]) -> None:
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


# The sketch of a lineage: which boxes, rows and strands a diagram has, before any are placed.

MOST_ROWS = 56
"""Up to how many statements each is drawn by itself; above that they are folded by source."""
MOST_BOXES = 12
"""How many sources a column of a folded diagram has; the lightest are put together."""
MOST_RELAYS = 3
"""How many relays of one chain are drawn between its origin and what is in hand."""


@attrs.frozen
class Row:
    """A statement, or several that are drawn as one."""

    box: int
    """The box in which it stands."""
    label: str
    """What to write on it."""
    told: str
    """What to say about it in full."""
    in_hand: bool
    """Whether it is in hand; otherwise it is known only through others."""
    sign: int
    """+1 if it speaks for the claim, -1 if against it, 0 if neither or both."""
    is_copy: bool = False
    """Whether it stands a second time, as in hand, for an origin or a relay that does not end here."""


@attrs.frozen
class Box:
    """A source in one column."""

    layer: int
    """The column: 0 for origins, the last for what is in hand."""
    source: str | None
    """The source's id; `None` for several sources put together."""
    name: str
    """What to call it."""
    tags: tuple[str, ...]
    """Its reliability with its weight, and where else it stands, in a few words each."""
    judged: bool
    """Whether its reliability can be judged."""


@attrs.frozen
class Strand:
    """A statement on its way from one row to another."""

    start: int
    """The row that is passed on."""
    end: int
    """The row that passes it on, or in which it is in hand."""
    weight: float
    """The weight that passes, in bits."""
    sign: int
    """The sign of what is passed on."""
    through: int = 0
    """How many relays between the two are left out."""


@attrs.frozen
class Sketch:
    """Boxes, rows and strands."""

    boxes: tuple[Box, ...]
    """The boxes."""
    rows: tuple[Row, ...]
    """The rows."""
    strands: tuple[Strand, ...]
    """The strands."""
    voices: tuple[tuple[int, int, float], ...]
    """Pairs of rows that may be one voice, and how probably."""
    layers: int
    """How many columns there are."""
    folded: bool
    """Whether statements of one source are drawn as one."""


@attrs.frozen
class _Stop:
    """Where a statement is drawn."""

    statement: int
    layer: int
    is_copy: bool
    """Whether it is drawn once more, as being in hand, in the last column."""


@attrs.frozen
class _Way:
    start: int
    end: int
    through: int
    statement: int
    """The statement whose weight and sign it has."""


def sketched(assessment: Assessment, fold: bool | None = None, relays: int = MOST_RELAYS) -> Sketch:
    """The boxes, rows and strands of an assessment's lineage.

    Args:
        fold: whether to draw all statements of a source in one column as one; by default, where
            there are more than 56 statements.
        relays: how many relays of one chain to draw between its origin and what is in hand.
    """
    story = assessment.answer.evaluation.story
    folded = len(story.statements) > MOST_ROWS if fold is None else fold
    stops, ways = _route(assessment, relays)
    keys = _keys(assessment, stops, folded)
    return _gathered(assessment, stops, ways, keys, folded)


def _route(assessment: Assessment, relays: int) -> tuple[list[_Stop], list[_Way]]:
    """Where every statement stops, and the ways between stops."""
    story = assessment.answer.evaluation.story
    depth: list[int] = []
    for each in story.statements:
        depth.append(0 if each.cites is None else depth[each.cites] + 1)
    last = [
        each.in_hand and each.cites is not None and not story.listeners[index]
        for index, each in enumerate(story.statements)
    ]
    between = [d for d, is_last in zip(depth, last, strict=True) if not is_last]
    final = min(max(between, default=0), relays) + 1
    stops: list[_Stop] = []
    ways: list[_Way] = []
    # For every statement the stop from which it goes on, and how many relays are left out there.
    anchor: list[tuple[int, int]] = []
    for index, each in enumerate(story.statements):
        is_drawn = last[index] or depth[index] <= relays
        came = None if each.cites is None else (*anchor[each.cites], each.cites)
        if is_drawn:
            here = len(stops)
            stops.append(_Stop(index, final if last[index] else depth[index], False))
            if came is not None:
                ways.append(_Way(came[0], here, came[1], came[2]))
            anchor.append((here, 0))
        else:
            assert came is not None  # only relays are so deep
            anchor.append((came[0], came[1] + 1))
        if each.in_hand and not last[index]:
            ways.append(_Way(anchor[index][0], len(stops), anchor[index][1], index))
            stops.append(_Stop(index, final, True))
    return stops, ways


def _keys(
    assessment: Assessment, stops: Sequence[_Stop], folded: bool
) -> list[tuple[tuple[int, int | None], object]]:
    """For every stop its box and its row."""
    story = assessment.answer.evaluation.story
    sign = signs(assessment)
    boxes: list[tuple[int, int | None]] = [
        (stop.layer, story.statements[stop.statement].witness) for stop in stops
    ]
    if not folded:
        return [(box, number) for number, box in enumerate(boxes)]
    kept = _heaviest(assessment, stops, boxes)
    return [
        (
            box if box in kept else (box[0], None),
            (sign[stop.statement], story.statements[stop.statement].in_hand),
        )
        for stop, box in zip(stops, boxes, strict=True)
    ]


def _heaviest(
    assessment: Assessment, stops: Sequence[_Stop], boxes: Sequence[tuple[int, int | None]]
) -> set[tuple[int, int | None]]:
    """The boxes that a folded diagram shows by themselves."""
    weight = carried(assessment)
    totals: dict[tuple[int, int | None], list[float]] = {}
    for stop, box in zip(stops, boxes, strict=True):
        total = totals.setdefault(box, [0.0, 0.0])
        total[0] += weight[stop.statement]
        total[1] += 1.0
    kept: set[tuple[int, int | None]] = set()
    for layer in {layer for layer, _ in totals}:
        found = [box for box in totals if box[0] == layer]
        if len(found) > MOST_BOXES:
            found.sort(key=lambda box: (-round(totals[box][0], 9), -totals[box][1], box[1] or 0))
            found = found[: MOST_BOXES - 1]
        kept.update(found)
    return kept


def _gathered(
    assessment: Assessment,
    stops: Sequence[_Stop],
    ways: Sequence[_Way],
    keys: Sequence[tuple[tuple[int, int | None], object]],
    folded: bool,
) -> Sketch:
    story = assessment.answer.evaluation.story
    words = Words(assessment)
    weight, sign = carried(assessment), signs(assessment)
    in_box: dict[tuple[int, int | None], list[int]] = {}
    in_row: dict[object, list[int]] = {}
    row_of: list[int] = []
    numbers: dict[object, int] = {}
    for number, key in enumerate(keys):
        in_box.setdefault(key[0], []).append(number)
        in_row.setdefault(key, []).append(number)
        row_of.append(numbers.setdefault(key, len(numbers)))
    box_numbers = {box: number for number, box in enumerate(in_box)}
    speaking = [
        box for box, members in in_box.items() if not all(stops[n].is_copy for n in members)
    ]
    boxes = tuple(
        _box(words, box, [story.statements[stops[n].statement].witness for n in members], speaking)
        for box, members in in_box.items()
    )
    rows = tuple(
        _row(words, box_numbers[key[0]], [stops[n] for n in members], sign)  # type: ignore[index]
        for key, members in in_row.items()
    )
    strands: dict[tuple[int, int, int, int], float] = {}
    for way in ways:
        told = (row_of[way.start], row_of[way.end], sign[way.statement], way.through)
        passing = weight[stops[way.end].statement]
        if stops[way.end].is_copy:
            passing -= sum(weight[other] for other in story.listeners[way.statement])
        strands[told] = strands.get(told, 0.0) + max(passing, 0.0)
    return Sketch(
        boxes=boxes,
        rows=rows,
        strands=tuple(Strand(a, b, w, s, k) for (a, b, s, k), w in strands.items()),
        voices=_voices(assessment, stops, row_of) if not folded else (),
        layers=max((box.layer for box in boxes), default=0) + 1,
        folded=folded,
    )


def _box(
    words: Words,
    key: tuple[int, int | None],
    witnesses: Iterable[int],
    boxes: Iterable[tuple[int, int | None]],
) -> Box:
    layer, witness = key
    if witness is None:
        count = len(set(witnesses))
        return Box(layer, None, f"{count} more sources", (), True)
    tags = words.tags(witness, with_weight=layer == 0)
    others = {other for other, same in boxes if same == witness and other != layer}
    if 0 in others:
        tags.append("also an origin")
    elif others:
        tags.append("elsewhere too" if layer else "also relays")
    if words.witness(witness).id in words.assessment.lineage.shared and layer:
        tags.append("every route")
    return Box(
        layer,
        words.witness(witness).id,
        plain(words.name(witness)),
        tuple(tags),
        words.witness(witness).reliability is not None,
    )


def _row(words: Words, box: int, stops: Sequence[_Stop], sign: Sequence[int]) -> Row:
    first = stops[0]
    if len(stops) == 1:
        label = words.label(first.statement, is_copy=first.is_copy)
        told = plain(words.told(first.statement), SENTENCE)
    else:
        cited = [words.story.statements[stop.statement].cites for stop in stops]
        what = "statements" if None in cited or first.is_copy else "relays"
        label = told = f"{len(stops)} {what}"
    return Row(
        box, label, told, words.is_in_hand(first.statement), sign[first.statement], first.is_copy
    )


def _voices(
    assessment: Assessment, stops: Sequence[_Stop], row_of: Sequence[int]
) -> tuple[tuple[int, int, float], ...]:
    place = {stop.statement: row_of[n] for n, stop in enumerate(stops) if not stop.is_copy}
    return tuple(
        (place[index], place[each.voice], each.voice_probability)
        for index, each in enumerate(assessment.answer.evaluation.story.statements)
        if each.voice is not None and index in place and each.voice in place
    )


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


def head_of(box: Box, room: float) -> Caption:
    room -= 2 * PAD
    names = tuple(wrapped(box.name, room, 1 if room > 150 else 2, bold=True))
    together = " · ".join(box.tags)
    small = [together] if wide(together, SMALL) <= room else box.tags
    tags = tuple(clipped(tag, room, SMALL) for tag in small if tag)
    return Caption(names, LINE * (len(names) + len(tags)) + 9.0, tags)


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
    return Caption(tuple(lines), max(tall, max(spans) + 6.0), small, is_alone)


def thicknesses(sketch: Sketch, width: float) -> tuple[float, tuple[float, ...]]:
    most = max((strand.weight for strand in sketch.strands), default=0.0)
    if most < 1e-9:
        return 0.0, (THINNEST,) * len(sketch.strands)
    scale = thickest(width) / most
    return most, tuple(max(THINNEST, scale * strand.weight) for strand in sketch.strands)


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
