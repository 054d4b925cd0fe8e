"""The sketch of a lineage: which boxes, rows and strands a diagram has, before any are placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from provenance.assessment import Assessment
from provenance.report.flows import carried, signs
from provenance.report.inert import SENTENCE, plain
from provenance.report.words import Words

__all__ = ["MOST_ROWS", "Box", "Row", "Sketch", "Strand", "sketched"]

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
