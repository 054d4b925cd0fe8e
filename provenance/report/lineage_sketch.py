"""The sketch of a lineage: which boxes, rows and lines a diagram has, and what each line carries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from provenance.assessment import Assessment, said_of, verdict_word
from provenance.graph import Place, Story
from provenance.records import ContradictsLink, EvidenceLink, Link
from provenance.report.inert import SENTENCE, plain
from provenance.report.words import Words
from provenance.scales import listed, percent

__all__ = [
    "MOST_BOXES",
    "MOST_CLAIMS",
    "MOST_RELAYS",
    "MOST_ROWS",
    "Box",
    "Bracket",
    "Row",
    "Sketch",
    "Strand",
    "carried",
    "origins_of",
    "signs",
    "sketched",
]

# What a line carries.


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
        # Who would have said it and kept silent speaks against it.
        found.append(sign if statement.affirms != bool(statement.silence) else -sign)
    return found


def carried(assessment: Assessment) -> list[float]:
    """For every statement the weight that passes through it, in bits, at or above 0.

    The weight of an origin is shared out over the statements that we have that go back to it, in
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


# The sketch of a lineage: which boxes, rows and strands a diagram has, before any are placed.

MOST_ROWS = 56
"""Up to how many statements each is drawn by itself; above that they are folded by source."""
MOST_BOXES = 12
"""How many sources a column of a folded diagram has; the lightest are put together."""
MOST_RELAYS = 3
"""How many relays of one chain are drawn between its origin and what we have."""


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
    gate: str = ""
    """The condition under which it counts, in words."""
    is_silence: bool = False
    """Whether its source said nothing, where it would have spoken."""
    behind: str | None = None
    """The id of the attribution behind it; `None` for several."""


@attrs.frozen
class Box:
    """A source in one column."""

    layer: int
    """The column: 0 for origins, the last for what we have."""
    source: str | None
    """The source's id; `None` for several sources put together."""
    name: str
    """What to call it."""
    tags: tuple[str, ...]
    """Its reliability with its weight, and where else it stands, in a few words each."""
    judged: bool
    """Whether its reliability can be judged."""
    is_claim: bool = False
    """Whether it is a claim, in the last column."""
    is_asked: bool = False
    """Whether it is the claim that is asked for."""


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
class Bracket:
    """Origins that may have it from one another, since nobody recorded where they have it from."""

    rows: tuple[int, ...]
    """Their rows."""


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
    brackets: tuple[Bracket, ...] = ()
    """Which origins may have it from one another."""
    links: tuple[tuple[int, int], ...] = ()
    """Pairs of boxes of claims that a link joins."""
    claims: tuple[Box, ...] = ()
    """The claims, where they have no column and are listed below: the one that is asked for first."""
    range: tuple[float, float] | None = None
    """The answer if all of unrecorded lineage were one voice, and if each were its own."""
    is_public: bool = False
    """Whether it is for readers outside, who see no grades and no weights."""

    @property
    def links_room(self) -> bool:
        """Whether there is a column of claims, with room for their links beside it."""
        return any(box.is_claim for box in self.boxes)


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


def sketched(
    assessment: Assessment,
    fold: bool | None = None,
    relays: int = MOST_RELAYS,
    *,
    with_claims: bool = False,
) -> Sketch:
    """The boxes, rows and strands of an assessment's lineage.

    Args:
        fold: whether to draw all statements of a source in one column as one; by default, where
            there are more than 56 statements.
        relays: how many relays of one chain to draw between its origin and what we have.
        with_claims: whether there is a last column with the claims, their links and the answer;
            else they are to be listed below.
    """
    story = assessment.answer.evaluation.story
    folded = len(story.statements) > MOST_ROWS if fold is None else fold
    stops, ways = _route(assessment, relays)
    keys = _keys(assessment, stops, folded)
    found = _gathered(assessment, stops, ways, keys, folded)
    whole = _with_claims(assessment, found, stops, keys)
    if with_claims or not story.statements:
        return whole if with_claims else found
    return attrs.evolve(found, claims=tuple(box for box in whole.boxes if box.is_claim))


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
            found.sort(key=lambda box: (-round(totals[box][0], 4), -totals[box][1], box[1] or 0))
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
    in_box = _by_weight(in_box, [weight[stop.statement] for stop in stops])
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
        brackets=_brackets(assessment, stops, row_of),
        range=(assessment.if_one_voice, assessment.if_independent),
        layers=max((box.layer for box in boxes), default=0) + 1,
        folded=folded,
    )


def _by_weight(
    in_box: Mapping[tuple[int, int | None], list[int]], weights: Sequence[float]
) -> dict[tuple[int, int | None], list[int]]:
    """The boxes with the heaviest first, what is put together last."""

    def rank(box: tuple[int, int | None]) -> tuple[bool, float]:
        total = math.fsum(weights[stop] for stop in in_box[box])
        return box[1] is None, -round(total, 4)  # what can be seen

    return {box: in_box[box] for box in sorted(in_box, key=rank)}


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
    statement = words.story.statements[first.statement]
    behind = None
    if len(stops) == 1:
        label = words.label(first.statement, is_copy=first.is_copy)
        told = plain(words.told(first.statement), SENTENCE)
        behind = words.behind(first.statement)[0].id if words.behind(first.statement) else None
    else:
        label, told = _folded(words, stops)
    return Row(
        box,
        label,
        told,
        words.is_in_hand(first.statement),
        sign[first.statement],
        first.is_copy,
        gate=words.gate(first.statement) if len(stops) == 1 and not first.is_copy else "",
        is_silence=bool(statement.silence),
        behind=behind,
    )


def _folded(words: Words, stops: Sequence[_Stop]) -> tuple[str, str]:
    """Which statements are drawn as one row: those of origins by what they say, relays by whom."""
    story = words.story
    cited = [story.statements[stop.statement].cites for stop in stops]
    if None in cited or stops[0].is_copy:
        what, of = "statements", [words.says(stop.statement) for stop in stops]
    else:
        names = [words.name(story.statements[each].witness) for each in cited if each is not None]
        what, of = "relays of", names
    kinds = [plain(each) for each in dict.fromkeys(of)]
    joint = " " if what == "relays of" else ": "
    return (
        f"{len(stops)} {what}{joint}{listed(kinds, 2)}",
        plain(f"{len(stops)} {what}{joint}{listed(kinds, 12)}", SENTENCE),
    )


def _brackets(
    assessment: Assessment, stops: Sequence[_Stop], row_of: Sequence[int]
) -> tuple[Bracket, ...]:
    """Which rows of origins may have it from one another; where all are one row there is nothing."""
    place = {stop.statement: row_of[n] for n, stop in enumerate(stops) if not stop.is_copy}
    found = (
        tuple(dict.fromkeys(place[index] for index in line.statements if index in place))
        for line in assessment.answer.evaluation.lines
    )
    return tuple(Bracket(rows) for rows in found if len(rows) > 1)


# The last column: the claims, how they bear on the one that is asked for, and the answer.

MOST_CLAIMS = 9
"""How many claims beside the one that is asked for have a box; the lightest are put together."""


def _with_claims(
    assessment: Assessment,
    sketch: Sketch,
    stops: Sequence[_Stop],
    keys: Sequence[tuple[tuple[int, int | None], object]],
) -> Sketch:
    story = assessment.answer.evaluation.story
    weight, sign = carried(assessment), signs(assessment)
    row_of: list[int] = []
    numbers: dict[object, int] = {}
    for key in keys:
        row_of.append(numbers.setdefault(key, len(numbers)))
    ends: dict[str, list[tuple[int, float, int]]] = {assessment.claim: []}
    for number, stop in enumerate(stops):
        each = story.statements[stop.statement]
        if stop.is_copy or (
            each.in_hand and not story.listeners[stop.statement] and each.cites is not None
        ):
            passing = weight[stop.statement]
            if stop.is_copy:
                passing -= math.fsum(weight[other] for other in story.listeners[stop.statement])
            claim, _ = said_of(story, each)
            ends.setdefault(claim, []).append(
                (row_of[number], max(passing, 0.0), sign[stop.statement])
            )
    others = [claim for claim in ends if claim != assessment.claim]
    others.sort(key=lambda claim: -round(math.fsum(each[1] for each in ends[claim]), 4))
    box_of = {assessment.claim: len(sketch.boxes)}
    for claim in others:
        box_of[claim] = len(sketch.boxes) + min(len(box_of), MOST_CLAIMS + 1)
    boxes = [_claim_box(assessment, sketch.layers, assessment.claim)]
    boxes += [_claim_box(assessment, sketch.layers, claim) for claim in others[:MOST_CLAIMS]]
    if len(others) > MOST_CLAIMS:
        more = f"{len(others) - MOST_CLAIMS} more linked claims"
        boxes.append(Box(sketch.layers, None, more, (), True, is_claim=True))
    first = len(sketch.rows)
    rows = tuple(
        Row(len(sketch.boxes) + number, "", each.name, True, 0) for number, each in enumerate(boxes)
    )
    strands: dict[tuple[int, int, int], float] = {}
    for claim, found in ends.items():
        for row, passing, side in found:
            end = (row, first + box_of[claim] - len(sketch.boxes), side)
            strands[end] = strands.get(end, 0.0) + passing
    return attrs.evolve(
        sketch,
        boxes=(*sketch.boxes, *boxes),
        rows=(*sketch.rows, *rows),
        strands=(*sketch.strands, *(Strand(a, b, w, side) for (a, b, side), w in strands.items())),
        layers=sketch.layers + 1,
        links=tuple(
            dict.fromkeys(
                (box_of[one], box_of[other])
                for link in assessment.case.links
                for one, other in zip(link.touches, link.touches[1:], strict=False)
                if one in box_of and other in box_of and box_of[one] != box_of[other]
            )
        ),
    )


def _claim_box(assessment: Assessment, layer: int, claim: str) -> Box:
    text = plain(assessment.graph.texts[claim])
    if claim == assessment.claim:
        answer = f"{percent(assessment.probability)}: {verdict_word(assessment).lower()}"
        return Box(layer, None, text, (answer,), True, is_claim=True, is_asked=True)
    found = [
        words
        for link in assessment.case.links
        if claim in link.touches
        for words in _linked(assessment, claim, link)
    ]
    return Box(layer, None, text, tuple(found[:3]), True, is_claim=True)


def _linked(assessment: Assessment, claim: str, link: Link) -> Sequence[str]:
    """How a claim bears on another one, in a few words; nothing where the other one has it."""
    other = next(each for each in link.touches if each != claim)
    text = plain(assessment.graph.texts[other])
    that = "the claim" if other == assessment.claim else f"“{text[:24].rstrip()}…”"
    if isinstance(link, EvidenceLink):
        if claim != link.sign:
            return ()
        return (
            f"if {that} is true: {percent(link.if_true)}",
            f"if it is false: {percent(link.if_false)}",
        )
    if isinstance(link, ContradictsLink):
        return (f"excludes {that}",)
    return (f"implies {that}" if claim == link.claim else f"follows from {that}",)


def _voices(
    assessment: Assessment, stops: Sequence[_Stop], row_of: Sequence[int]
) -> tuple[tuple[int, int, float], ...]:
    place = {stop.statement: row_of[n] for n, stop in enumerate(stops) if not stop.is_copy}
    return tuple(
        (place[index], place[each.voice], each.voice_probability)
        for index, each in enumerate(assessment.answer.evaluation.story.statements)
        if each.voice is not None and index in place and each.voice in place
    )
