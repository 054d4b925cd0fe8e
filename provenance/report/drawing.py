"""Drawing: SVG elements as text, how wide words are, and a picture that stands by itself."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs

from provenance.report.inert import SENTENCE, escaped, plain

__all__ = [
    "AGAINST",
    "FOR",
    "Axis",
    "Picture",
    "across",
    "clipped",
    "dot",
    "hatching",
    "line",
    "mark_of",
    "percent_label",
    "picture",
    "rect",
    "text",
    "up",
    "wide",
]

FOR, AGAINST = "#2b79b9", "#c4581c"
"""Blue and vermilion, told apart by every common kind of colour vision, on white and on black."""

MARK = "\x00"
"""Stands where the figure's own mark goes; text from a case never has it."""

_NARROW = frozenset("iljtfrI.,;:'|!()[]{}/\\-` ")
_BROAD = frozenset("mwMWQO@%&—…")


class Picture(str):
    """An `<svg>` element as text, which a notebook shows as the picture it is."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return str(self)


def picture(
    width: float, height: float, title: str, told: str, inside: Iterable[str], mark: str = ""
) -> Picture:
    """One `<svg>` element: drawn in the colour of the text around it, told to screen readers.

    It scales down to the room it has. Its ids carry a mark made from what it shows, so that any
    number of figures fit on one page.

    Args:
        title: what it is, in a few words.
        told: what there is to see, in sentences.
        inside: its elements.
        mark: text that tells two pictures of the same thing on one page apart.
    """
    body = "".join(inside)
    # What is an image has no parts for a screen reader; one with links in it is a group.
    role = "group" if "<a " in body else "img"
    name = mark_of(title, told, body, _n(width), _n(height), mark)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" role="{role}" '
        f'aria-labelledby="title-{name}" aria-describedby="desc-{name}" fill="none" '
        'style="max-width:100%;height:auto" font-family="inherit" font-size="13">'
    )
    return Picture(
        f'{root}<title id="title-{name}">{escaped(title, SENTENCE)}</title>'
        f'<desc id="desc-{name}">{escaped(told, 10_000)}</desc>'
        f"{body.replace(MARK, name)}</svg>"
    )


def mark_of(*parts: str) -> str:
    """Ten letters made from some texts: the same ones for the same texts."""
    told = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.sha256(told).hexdigest()[:10]


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    anchor: str = "start",
    weight: int = 400,
    faint: bool = False,
    italic: bool = False,
) -> str:
    """Words at a place; `anchor` says which part of them stands there."""
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-weight="{weight}"' if weight != 400 else ""
    more += f' font-size="{_n(size)}"' if size != 13 else ""
    more += ' opacity=".72"' if faint else ""
    more += ' font-style="italic"' if italic else ""
    # Read from the right, words keep their end, and an ellipsis, at the left.
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words[:SENTENCE]):
        more += ' style="unicode-bidi:plaintext"'
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" fill="currentColor"{more}>{escaped(words, SENTENCE)}</text>'
    )


def rect(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    opacity: float = 1.0,
    stroke: str = "",
    dashed: bool = False,
    radius: float = 0.0,
    inside: str = "",
) -> str:
    """A rectangle; `opacity` is that of its filling, `inside` the text of its tip."""
    more = f' rx="{_n(radius)}"' if radius else ""
    more += f' fill-opacity="{_n(opacity, 2)}"' if opacity != 1.0 and fill != "none" else ""
    more += f' stroke="{stroke}"' if stroke else ""
    more += ' stroke-dasharray="4 3"' if dashed else ""
    head = (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" '
        f'height="{_n(max(height, 0))}" fill="{fill}"{more}'
    )
    return f"{head}><title>{escaped(inside, SENTENCE)}</title></rect>" if inside else f"{head}/>"


def line(
    points: Sequence[tuple[float, float]],
    *,
    stroke: str = "currentColor",
    width: float = 1.0,
    opacity: float = 1.0,
    dashes: str = "",
) -> str:
    """A line through points."""
    way = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    more = f' stroke-opacity="{_n(opacity, 2)}"' if opacity != 1.0 else ""
    more += f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{way}" stroke="{stroke}" stroke-width="{_n(width)}"{more}/>'


def dot(x: float, y: float, radius: float = 5.0) -> str:
    """A dot that marks an answer."""
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{FOR}" stroke="currentColor" '
        'stroke-width="1.2"/>'
    )


def hatching(name: str, stroke: str = "currentColor", opacity: float = 0.35) -> str:
    """A pattern of slanted lines, to be filled with as `url(#name-MARK)`."""
    return (
        f'<pattern id="{name}-{MARK}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V6" stroke="{stroke}" '
        f'stroke-opacity="{_n(opacity, 2)}" stroke-width="1.2"/></pattern>'
    )


def wide(words: str, size: float = 13, *, bold: bool = False) -> float:
    """How wide words are at most in the fonts that pages use, in pixels."""
    hundredths = sum(_hundredths(letter) for letter in words)
    return hundredths * size * (1.08 if bold else 1.0) / 100


def clipped(words: str, room: float, size: float = 13, *, bold: bool = False) -> str:
    """Words that fit a room, in pixels, cut with an ellipsis where they are too wide.

    >>> clipped("A ship with weapons left Egypt", 100)
    'A ship with…'
    """
    shown = plain(words, 200)
    room += 0.01  # a room that is reckoned from these words may miss their width by a last bit
    if wide(shown, size, bold=bold) <= room:
        return shown
    room -= wide("…", size, bold=bold)
    end = 1
    while wide(shown[:end], size, bold=bold) <= room:
        end += 1
    return shown[: end - 1].rstrip(" ,.;:") + "…"


def _hundredths(letter: str) -> int:
    """The width of a letter in hundredths of the font's size, on the safe side."""
    # Whole numbers, since sums of fractions differ between versions of Python at their last bit,
    # and so would the pictures.
    if letter in _NARROW:
        return 38
    if letter in _BROAD:
        return 94
    if letter.isascii():
        return 70 if letter.isupper() else 60
    if unicodedata.combining(letter):
        return 0
    if letter < "\u0250" or "\u2010" <= letter <= "\u2027":
        return 68
    return 80 if letter < "\u2000" else 105


def _n(number: float, places: int = 1) -> str:
    """A number in as few characters as it takes."""
    shown = f"{number:.{places}f}".rstrip("0").rstrip(".") if places else f"{number:.0f}"
    return "0" if shown in ("-0", "") else shown


def wrapped(
    words: str, room: float, most: int, size: float = 13, *, bold: bool = False
) -> list[str]:
    """Words in at most so many lines that fit a room, in pixels; the last is cut where it must be.

    >>> wrapped("A ship with weapons left Egypt", 120, 2)
    ['A ship with', 'weapons left E…']
    """
    rest = plain(words, 400).replace(" %", "\u00a0%").replace("¶ ", "¶\u00a0").split(" ")
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        count = len(rest)
        while count > 1 and wide(" ".join(rest[:count]), size, bold=bold) > room:
            count -= 1
        lines.append(clipped(" ".join(rest[:count]), room, size, bold=bold))
        rest = rest[count:]
    return [*lines, clipped(" ".join(rest), room, size, bold=bold)] if rest else lines


# Axes: where a probability or a weight stands on a drawn line, with its ticks.

_TICKS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)


@attrs.frozen
class Axis:
    """A drawn line from one number to another.

    >>> axis = Axis(0.0, 1.0, 40.0, 240.0)
    >>> axis.at(0.25)
    90.0
    """

    low: float
    """The number at its start."""
    high: float
    """The number at its end."""
    start: float
    """Where it starts, in pixels."""
    end: float
    """Where it ends, in pixels."""
    is_log_odds: bool = False
    """Whether distances are differences of log-odds, so that equal evidence is equally long."""

    def at(self, number: float) -> float:
        """Where a number stands; what lies beyond an end stands at that end."""
        low, high = self._measure(self.low), self._measure(self.high)
        share = (self._measure(min(max(number, self.low), self.high)) - low) / (high - low)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Numbers to write beside it, far enough apart to be read."""
        if self.is_log_odds:
            return _apart([t for t in _TICKS if self.low <= t <= self.high], self)
        step = 0.25 if abs(self.end - self.start) >= 200 else 0.5
        count = round((self.high - self.low) / step)
        return tuple(self.low + step * number for number in range(count + 1))

    def _measure(self, number: float) -> float:
        return math.log(number / (1.0 - number)) if self.is_log_odds else number


def _apart(ticks: Sequence[float], axis: Axis) -> tuple[float, ...]:
    """The ticks from the middle outwards that stand at least 36 pixels apart."""
    kept: list[float] = []
    for tick in sorted(ticks, key=lambda t: (abs(t - 0.5), t)):
        if all(abs(axis.at(tick) - axis.at(other)) >= 36.0 for other in kept):
            kept.append(tick)
    return tuple(sorted(kept))


def percent_label(probability: float) -> str:
    """A tick of probability, in percent.

    >>> percent_label(0.05), percent_label(0.999)
    ('5 %', '99.9 %')
    """
    return f"{100.0 * probability:.3g} %"


def across(axis: Axis, y: float, top: float, name: str = "") -> Iterator[str]:
    """A horizontal axis of probability at a height, with faint lines up to `top`."""
    yield line([(axis.start, y), (axis.end, y)], opacity=0.5)
    for tick in axis.ticks:
        x = axis.at(tick)
        if top < y:
            yield line([(x, top), (x, y)], opacity=0.12)
        yield line([(x, y), (x, y + 4.0)], opacity=0.5)
        anchor = "middle"
        yield text(x, y + 17.0, percent_label(tick), size=11, anchor=anchor, faint=True)
    if name:
        yield text(axis.end, y + 33.0, name, size=11.5, anchor="end", faint=True)


def up(axis: Axis, x: float, right: float, name: str = "") -> Iterator[str]:
    """A vertical axis of probability at a place, with faint lines to `right`; its name on top."""
    for tick in axis.ticks:
        y = axis.at(tick)
        yield line([(x, y), (right, y)], opacity=0.12)
        yield text(x - 6.0, y + 4.0, percent_label(tick), size=11, anchor="end", faint=True)
    if name:
        yield text(x, axis.end - 10.0, name, size=11.5, faint=True)
