"""The lineage diagram: origins at the left, relays between, what we have at the right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from provenance.assessment import Assessment, telling_of
from provenance.report.drawing import (
    AGAINST,
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
from provenance.report.inert import escaped
from provenance.report.lineage_layout import (
    LINE,
    PAD,
    SMALL,
    Caption,
    Placing,
    bent,
    blocks_of,
    columns_of,
    head_of,
    label_of,
    placed,
    span_of,
    thickness_of,
    thicknesses,
)
from provenance.report.lineage_sketch import MOST_RELAYS, Sketch, Strand, sketched
from provenance.report.public import public_sketch
from provenance.scales import percent

__all__ = [
    "legend_of",
    "lineage_svg",
    "ribbon",
]

# Ribbons: a statement on its way, for the claim or against it, told apart without colour.


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


# The legend of a lineage diagram: what its marks mean, those that are there.


_SAMPLES = {1: "speaks for the claim", -1: "speaks against it", 0: "either way"}


def legend_of(sketch: Sketch, width: float, top: float) -> tuple[list[str], float]:
    """What the marks mean, those that are there, in as many lines as it takes; and its height."""
    signs = {strand.sign for strand in sketch.strands}
    keys: list[tuple[str, str]] = [
        (ribbon([(0, 0), (34, 0)], 4.0, Strand(0, 0, 0.0, sign)), words)
        for sign, words in _SAMPLES.items()
        if sign in signs
    ]
    rows = [row for row in sketch.rows if not sketch.boxes[row.box].is_claim]
    if any(not row.in_hand for row in rows):
        keys.append((_sample(dashed=True), "known only through others"))
    if any(row.in_hand and not row.is_silence for row in rows):
        keys.append((_sample(dashed=False), "we have the document"))
    if any(row.is_silence for row in rows):
        keys.append((_silence(0.5, -7, 33, 14), "said nothing"))
    if any(not box.judged for box in sketch.boxes):
        keys.append((rect(0, -7, 34, 14, fill=f"url(#unjudged-{MARK})"), "not judged"))
    if sketch.voices:
        dots = line([(2, 0), (34, 0)], width=1.8, dashes="1.5 3.5")
        keys.append((dots, "declared as perhaps one voice"))
    if sketch.brackets:
        keys.append((line([(22, -7), (14, -7), (14, 7), (22, 7)], width=1.4), _ranged(sketch)))
    if any(strand.through for strand in sketch.strands):
        keys.append((text(34, 4, "+2", size=11, anchor="end"), "so many relays left out"))
    if signs and not sketch.is_public:
        thick = "".join(
            line([(x, 0), (x + 10, 0)], width=thickness_of(bits, width), opacity=0.45)
            for x, bits in ((0, 0.25), (12, 1.0), (24, 2.0))
        )
        keys.append((thick, "as thick as the weight: ¼, 1 and 2 bits"))
    found, x, y = [], 0.0, top + 8.0
    for sample, words in keys:
        room = 42.0 + 6.3 * len(words) + 18.0
        if x and x + room - 18.0 > width:
            x, y = 0.0, y + 23.0
        found.append(f'<g transform="translate({x:g} {y:g})">{sample}</g>')
        lines = [words] if x + room - 18.0 <= width else wrapped(words, width - 42.0, 3, 11.5)
        for place, part in enumerate(lines):
            found.append(text(x + 42.0, y + 4.0 + LINE * place, part, size=11.5, faint=True))
        x, y = x + room, y + LINE * (len(lines) - 1)
    return found, y - top + 14.0


def _ranged(sketch: Sketch) -> str:
    """What a bracket says, with the answer at both ends of what it leaves open."""
    said = "may have it from one another"
    if sketch.range is None or percent(sketch.range[0]) == percent(sketch.range[1]):
        return said
    one, own = map(percent, sketch.range)
    return f"{said}: {one} as one voice, {own} as strangers"


def _silence(x: float, y: float, width: float, height: float, told: str = "") -> str:
    """A row for what was not said."""
    drawn = rect(x, y, width, height, stroke="currentColor", dashed=True, radius=2.0, inside=told)
    return drawn.replace('stroke-dasharray="4 3"', 'stroke-dasharray="1.5 3"')


def _sample(*, dashed: bool) -> str:
    fill = "none" if dashed else "currentColor"
    return rect(0.5, -7, 33, 14, fill=fill, opacity=0.1, stroke="currentColor", dashed=dashed)


def lineage_svg(
    assessment: Assessment,
    *,
    width: float = 940,
    fold: bool | None = None,
    mark: str = "",
    anchors: Mapping[str, str] | None = None,
    public: bool = False,
) -> Picture:
    """The lineage of a claim as one `<svg>` element: who has it from whom.

    Origins stand at the left, the heaviest first, then who passes it on, then the documents that we
    have, and at the right the claims with their links and the answer; where there is no room for
    them beside the rest they stand below it. A box is a source or a claim, a row in it a statement. A line shows that one statement was passed on to
    the next source; the thicker the line, the more the statement moves the answer. Its thickness
    is the same in every diagram: the weight of its origin in bits, shared out over the documents
    that the statement reaches. What speaks for the claim is one solid line with an arrow, what
    speaks against it a double line with a bar. Rows with a dashed edge are known only through
    others; hatched sources are not judged. Dotted arcs join voices declared as perhaps one,
    brackets those that may have it from one another.

    Args:
        assessment: the assessment.
        width: how wide to draw it, in pixels, at least 280.
        fold: whether to draw all statements of a source in one column as one; by default where
            there are more than 56 statements.
        mark: text that tells two pictures of the same assessment on one page apart.
        anchors: for the id of an attribution an address that its row links to.
        public: leave out grades, weights, conditions and suspicions that two voices are one.

    >>> from provenance import load_seed, weigh
    >>> svg = lineage_svg(weigh(load_seed("egypt-arms-2015"), "armed"))
    >>> svg[:4], "17 %: not established" in svg
    ('<svg', True)
    """
    width = max(width, 280.0)
    relays = 1 if width < 480.0 else 2 if width < 900.0 else MOST_RELAYS
    has_room = width >= 600.0 and bool(assessment.answer.evaluation.story.statements)
    sketch = sketched(assessment, fold, relays, with_claims=has_room)
    sketch = public_sketch(sketch) if public else sketch
    return _Diagram.of(sketch, width, anchors or {}).picture(assessment, mark)


@attrs.frozen
class _Diagram:
    """A sketch with everything about it that is measured."""

    sketch: Sketch
    width: float
    columns: tuple[tuple[float, float], ...]
    """The left edge and the width of every column."""
    heads: tuple[Caption, ...]
    labels: tuple[Caption, ...]
    thickness: tuple[float, ...]
    """Of every strand."""
    placing: Placing
    bends: tuple[tuple[int, ...], ...]
    """For every strand the rows in the columns between, which keep its way clear."""
    anchors: Mapping[str, str]
    """Where the row of an attribution leads to."""

    @classmethod
    def of(cls, sketch: Sketch, width: float, anchors: Mapping[str, str]) -> _Diagram:
        columns = columns_of(sketch, width)
        counts = Counter(row.box for row in sketch.rows)
        # A relay with one statement needs no head: its name stands on the row.
        alone = [counts[n] == 1 and box.layer > 0 for n, box in enumerate(sketch.boxes)]
        heads = tuple(
            Caption((), 3.0) if is_alone else head_of(box, columns[box.layer][1])
            for box, is_alone in zip(sketch.boxes, alone, strict=True)
        )
        thickness = thicknesses(sketch, width)
        labels = tuple(
            label_of(sketch, number, columns, thickness, alone[row.box])
            for number, row in enumerate(sketch.rows)
        )
        heights = [label.height for label in labels]
        blocks = blocks_of(sketch, heads)
        edges: list[tuple[int, int]] = []
        bends = tuple(
            bent(sketch, strand, thick, heights, blocks, edges)
            for strand, thick in zip(sketch.strands, thickness, strict=True)
        )
        placing = placed(blocks, heights, edges, keeps_first=True)
        return cls(sketch, width, columns, heads, labels, thickness, placing, bends, anchors)

    def picture(self, assessment: Assessment, mark: str) -> Picture:
        top = 34.0
        end = top + self.placing.height
        claims, listed = _claims_below(self.sketch, self.width, end)
        legend, room = legend_of(self.sketch, self.width, end + listed + 22.0)
        inside = [
            f"<defs>{hatching('unjudged')}</defs>",
            *_headings(self),
            f'<g transform="translate(0 {top:g})">',
            *(part for number in range(len(self.sketch.boxes)) for part in self._box(number)),
            *self._strands(),
            *(part for number in range(len(self.sketch.rows)) for part in self._row(number)),
            *self._voices(),
            *self._brackets(),
            *self._links(),
            "</g>",
            *claims,
            *legend,
        ]
        height = end + listed + 22.0 + room
        title = f"Who has it from whom: {assessment.text}"
        return picture(self.width, height, title, _told(assessment, self.sketch), inside, mark)

    def _box(self, number: int) -> Iterator[str]:
        box, head = self.sketch.boxes[number], self.heads[number]
        left, room = self.columns[box.layer]
        top = self.placing.tops[number]
        rows = [n for n, row in enumerate(self.sketch.rows) if row.box == number]
        height = head.height + math.fsum(self.labels[n].height for n in rows) + PAD - 3.0
        fill = "currentColor" if box.judged else f"url(#unjudged-{MARK})"
        if not box.is_claim:
            yield rect(left, top, room, height, fill=fill, opacity=0.06 if box.judged else 0.8)
            yield line([(left, top), (left + room, top)], width=2.0 if box.judged else 1.0)
        y = top + 17.0
        for words in head.lines:
            yield text(left + PAD, y, words, size=head.size, weight=600)
            y += LINE
        for words in head.small:
            yield text(left + PAD, y - 0.5, words, size=SMALL, faint=True)
            y += LINE

    def _row(self, number: int) -> Iterator[str]:
        row, label = self.sketch.rows[number], self.labels[number]
        left, room = self.columns[self.sketch.boxes[row.box].layer]
        top = self.placing.rows[number]
        box = self.sketch.boxes[row.box]
        area = (left + 3.0, top + 1.5, room - 6.0, label.height - 3.0)
        address = self.anchors.get(row.behind or "")
        if address is not None:
            yield f'<a href="{escaped(address)}">'
        if row.is_silence:
            yield _silence(*area, told=row.told)
        else:
            drawn = rect(
                *area,
                fill="currentColor" if row.in_hand else "none",
                opacity=0.0 if box.is_claim else 0.07,
                stroke="currentColor",
                dashed=not row.in_hand,
                radius=2.0,
                inside=row.told,
            )
            edge = 'stroke-width="2"' if box.is_asked else 'stroke-opacity=".55"'
            yield drawn.replace('stroke="currentColor"', f'stroke="currentColor" {edge}', 1)
        count = len(label.lines) + len(label.small)
        first = top + (label.height - LINE * count) / 2.0 + 11.5
        for place, words in enumerate((*label.lines, *label.small)):
            y, is_small = first + place * LINE, place >= len(label.lines)
            weight = 600 if label.is_name and not is_small else 400
            size = SMALL if is_small else label.size
            yield text(left + PAD + 1.0, y, words, size=size, weight=weight, faint=is_small)
        if address is not None:
            yield "</a>"

    def _strands(self) -> Iterator[str]:
        out, into = self._ports()
        for number, strand in enumerate(self.sketch.strands):
            points = [out[number]]
            layer = self.sketch.boxes[self.sketch.rows[strand.start].box].layer
            for step, bend in enumerate(self.bends[number], start=layer + 1):
                left, room = self.columns[step]
                y = self.placing.rows[bend] + self.thickness[number] / 2.0 + 2.0
                points += [(left, y), (left + room, y)]
            points.append(into[number])
            yield ribbon(points, self.thickness[number], strand)

    def _ports(self) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
        """Where every strand leaves and where it arrives, beside each other where there are several."""
        strands, rows = self.sketch.strands, self.sketch.rows
        out: list[tuple[float, float]] = [(0.0, 0.0)] * len(strands)
        into = list(out)
        for starts, found in ((True, out), (False, into)):
            at: dict[int, list[int]] = {}
            for number, strand in enumerate(strands):
                at.setdefault(strand.start if starts else strand.end, []).append(number)
            for row, members in at.items():
                left, room = self.columns[self.sketch.boxes[rows[row].box].layer]
                x = left + room - 3.0 if starts else left + 3.0
                members.sort(key=lambda n: self._beyond(n, starts))
                spans = [span_of(self.thickness[n], strands[n].sign) for n in members]
                y = self.placing.rows[row] + self.labels[row].height / 2.0 - math.fsum(spans) / 2.0
                for number, span in zip(members, spans, strict=True):
                    found[number] = (x, y + span / 2.0)
                    y += span
        return out, into

    def _beyond(self, number: int, starts: bool) -> tuple[float, int]:
        """How high the next row along a strand stands."""
        strand, bends = self.sketch.strands[number], self.bends[number]
        if starts:
            row = bends[0] if bends else strand.end
        else:
            row = bends[-1] if bends else strand.start
        return self.placing.rows[row], number

    def _brackets(self) -> Iterator[str]:
        """Brackets at the left of origins that may have it from one another, each a step further out."""
        for number, bracket in enumerate(self.sketch.brackets[:4]):
            x = self.columns[0][0] - 4.0 - 4.5 * number
            middles = [self.placing.rows[n] + self.labels[n].height / 2.0 for n in bracket.rows]
            yield line([(x, min(middles)), (x, max(middles))], width=1.4, opacity=0.7)
            for y in middles:
                yield line([(x, y), (self.columns[0][0] + 2.0, y)], width=1.4, opacity=0.7)

    def _links(self) -> Iterator[str]:
        """A line at the right of two claims that a link joins, each a step further out."""
        for number, pair in enumerate(self.sketch.links):
            left, room = self.columns[-1]
            x = left + room - 3.0
            rows = [n for n, row in enumerate(self.sketch.rows) if row.box in pair]
            ys = [
                self.placing.rows[n] + self.labels[n].height / 2.0 + 3.0 * (number % 3)
                for n in rows
            ]
            out = x + 5.0 + 3.0 * (number % 4)
            way = [(x, ys[0]), (out, ys[0]), (out, ys[-1]), (x, ys[-1])]
            yield line(way, opacity=0.45, dashes="1.5 2.5")

    def _voices(self) -> Iterator[str]:
        for one, other, probability in self.sketch.voices:
            xs, ys = [], []
            for row in (one, other):
                xs.append(self.columns[self.sketch.boxes[self.sketch.rows[row].box].layer][0] + 3.0)
                ys.append(self.placing.rows[row] + self.labels[row].height / 2.0)
            bulge = min(*xs) - 14.0
            yield (
                f'<path d="M{xs[0]:.1f} {ys[0]:.1f}C{bulge:.1f} {ys[0]:.1f} {bulge:.1f} '
                f'{ys[1]:.1f} {xs[1]:.1f} {ys[1]:.1f}" stroke="currentColor" stroke-width="1.8" '
                f'stroke-dasharray="1.5 3.5" stroke-linecap="round"><title>perhaps one voice: '
                f"{percent(probability)}</title></path>"
            )


def _claims_below(sketch: Sketch, width: float, top: float) -> tuple[list[str], float]:
    """The claims with their links and the answer, one below the other, and their height."""
    if not sketch.claims:
        return [], 0.0
    y = top + 12.0
    found = [
        text(0.0, y + 13.0, "Claims", size=12, faint=True),
        line([(0.0, y + 20.0), (width, y + 20.0)], opacity=0.3),
    ]
    y += 28.0
    for box in sketch.claims:
        lines = wrapped(box.name, width - 2 * PAD, 3, 12, bold=box.is_asked)
        together = " · ".join(box.tags)
        tags = (together,) if wide(together, SMALL) <= width - 2 * PAD else box.tags
        small = [part for tag in tags if tag for part in wrapped(tag, width - 2 * PAD, 3, SMALL)]
        tall = LINE * (len(lines) + len(small)) + 8.0
        edge = 'stroke-width="2"' if box.is_asked else 'stroke-opacity=".55"'
        drawn = rect(1.0, y, width - 2.0, tall, stroke="currentColor", radius=2.0)
        found.append(drawn.replace('stroke="currentColor"', f'stroke="currentColor" {edge}', 1))
        for place, words in enumerate((*lines, *small)):
            is_small = place >= len(lines)
            weight = 600 if box.is_asked and not is_small else 400
            size = SMALL if is_small else 12
            below = y + 15.5 + place * LINE
            found.append(text(PAD + 1.0, below, words, size=size, weight=weight, faint=is_small))
        y += tall + 6.0
    return found, y - top


def _headings(diagram: _Diagram) -> Iterator[str]:
    last = diagram.sketch.layers - 1
    names = {0: "Origins"}
    if diagram.sketch.links_room:
        names[last] = "Claims"
        last -= 1
    names.setdefault(last, "Documents")
    for layer, (left, room) in enumerate(diagram.columns):
        words = names.get(layer, "Passed on by")
        yield text(left, 13.0, clipped(words, room + 8.0, 12), size=12, faint=True)
        yield line([(left, 20.0), (left + room, 20.0)], opacity=0.3)


def _told(assessment: Assessment, sketch: Sketch) -> str:
    lineage = assessment.lineage
    counts = f"{telling_of(assessment).origins}"
    titles = assessment.graph.titles
    shared = ", ".join(titles.get(each, each) for each in lineage.shared[:5])
    every = f" Every route passes through {shared}." if shared and len(lineage.mentions) > 1 else ""
    folded = " Statements of one source are drawn as one." if sketch.folded else ""
    if sketch.folded or not sketch.rows:
        return f"{counts}{every}{folded}"
    # Differences that nobody is told do not order them.
    strands = sorted(sketch.strands, key=lambda each: -round(each.weight, 4))
    told = "; ".join(_passing(sketch, each) for each in strands[:40])
    order = "" if sketch.is_public else ", heaviest first"
    return f"{counts}{every} Line by line{order}: {told}."


def _passing(sketch: Sketch, strand: Strand) -> str:
    start, end = sketch.rows[strand.start], sketch.rows[strand.end]
    how = "for" if strand.sign > 0 else "against" if strand.sign < 0 else "either way"
    names = sketch.boxes[start.box].name, sketch.boxes[end.box].name
    held = (
        "a claim"
        if sketch.boxes[end.box].is_claim
        else ("we have the document" if end.in_hand else "known only through others")
    )
    weight = "" if sketch.is_public else f"{strand.weight:.2f} bits "
    return f"{names[0]} to {names[1]} ({held}), {weight}{how}"


# Flows: what every statement says about the claim, and how much of the weight it carries.
