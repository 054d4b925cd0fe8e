"""Markup: the few HTML elements of which pages are made, with text from a case made inert."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import attrs

from provenance.report.drawing import Picture
from provenance.report.inert import LABEL, SENTENCE, address, escaped

__all__ = ["Section", "case_text", "figure", "folded", "linked", "nowrapped", "paragraph", "table",
           "tag"]  # fmt: skip

_UNIT = re.compile(r"(?<=\d) (?=%|bits)")
WIDE, NARROW = 940.0, 340.0
"""How wide figures are drawn for a desk and for a phone."""


@attrs.frozen
class Section:
    """A part of a page."""

    name: str
    """Its name in addresses: `#name`."""
    heading: str
    """Its heading."""
    body: str
    """Its HTML; a section without any is left out."""

    @property
    def html(self) -> str:
        """The section as HTML."""
        head = f'<h2 id="{self.name}-heading">{escaped(self.heading)}</h2>'
        return (
            f'<section id="{self.name}" aria-labelledby="{self.name}-heading">{head}'
            f"<div>{self.body}</div></section>"
        )


def case_text(text: str, most: int = SENTENCE) -> str:
    """Text from a case between tags, set apart so that its direction stays its own."""
    return f'<bdi dir="auto">{escaped(text, most)}</bdi>'


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of the library's own words, which may name things of the case.

    >>> paragraph("1 < 2", "small")
    '<p class="small">1 &lt; 2</p>'
    """
    marked = f' class="{kind}"' if kind else ""
    return f"<p{marked}>{nowrapped(text, 4000)}</p>"


def nowrapped(text: str, most: int = SENTENCE) -> str:
    """Words of the library's own, in which no number is parted from its unit.

    >>> nowrapped("5 % to 10 %")
    '5\xa0% to 10\xa0%'
    """
    return _UNIT.sub("\xa0", escaped(text, most))


def tag(text: str, kind: str = "") -> str:
    """A small label in a frame."""
    marked = f" {kind}" if kind else ""
    return f'<span class="tag{marked}">{escaped(text, LABEL)}</span>'


def linked(url: str, text: str = "") -> str:
    """A link where the address may be one, and the address as text where it may not."""
    safe = address(url)
    if safe is None:
        return case_text(url)
    return (
        f'<a href="{escaped(safe, 2000)}" rel="noopener noreferrer nofollow" '
        f'referrerpolicy="no-referrer">{case_text(text or safe)}</a>'
    )


def figure(drawn: Callable[[float, str], Picture], caption: str = "", wide: float = 640.0) -> str:
    """A picture drawn twice, for a desk and for a phone; one of the two is shown.

    Args:
        drawn: draws it, given its width and a mark that tells the two apart.
        caption: what to write under it.
        wide: how wide it is on a desk, in pixels.
    """
    both = "".join(
        f'<div class="{name}">{drawn(width, name)}</div>'
        for name, width in (("wide", wide), ("narrow", NARROW))
    )
    below = f"<figcaption>{escaped(caption, 2000)}</figcaption>" if caption else ""
    return f"<figure>{both}{below}</figure>"


def table(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()
) -> str:
    """A table that scrolls by itself where it is too wide; cells are HTML already.

    Args:
        name: what it is, for screen readers.
        heads: the heads of its columns.
        rows: its cells; the first of each row names it.
        numbers: which columns are numbers, set flush right.
    """
    right = set(numbers)

    def marked(column: int) -> str:
        return ' class="number"' if column in right else ""

    head = "".join(
        f'<th scope="col"{marked(n)}>{escaped(each)}</th>' for n, each in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{marked(n)}>{cell}</th>' if n == 0 else f"<td{marked(n)}>{cell}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escaped(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, body: str, name: str = "") -> str:
    """Something that opens when asked for, by key or by hand."""
    mark = f' id="{name}"' if name else ""
    return f"<details{mark}><summary>{escaped(summary)}</summary>{body}</details>"
