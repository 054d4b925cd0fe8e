"""How answers look on a terminal: lines that hang where they wrap, and tables that fit."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import attrs
from rich.console import Console
from rich.table import Table
from rich.text import Text

from provenance.assessment import Telling
from provenance.cli.reading import console, harmless, print_hanging

__all__ = [
    "AGAINST",
    "FAINT",
    "FOR",
    "STRONG",
    "Column",
    "TextLine",
    "patience",
    "print_text",
    "show_lines",
    "show_table",
    "telling_lines",
]

STRONG, FAINT, FOR, AGAINST = "bold", "dim", "cyan", "yellow"
"""The few styles there are; a sign or a word always says the same."""


@attrs.frozen
class TextLine:
    """Words that hang under themselves where they wrap."""

    words: str
    """What it says."""
    lead: str = ""
    """What stands in front of it: an indent, a bullet, the joints of a tree."""
    style: str = ""
    """How it stands out on a terminal."""
    hang: str | None = None
    """What stands in front where it goes on; by default as many spaces as `lead` is wide."""


@attrs.frozen
class Column:
    """A column of a table."""

    name: str
    """Its head."""
    right: bool = False
    """Whether it is flush right, as numbers are."""
    wraps: bool = False
    """Whether it is of sentences, which may wrap."""
    style: str = ""
    """How its cells stand out on a terminal."""


def show_lines(lines: Iterable[TextLine | str]) -> None:
    """Lines as wide as the terminal is; whole where nobody looks.

    No word is ever broken but one that is longer than a line.
    """
    out = console()
    for each in lines:
        line = each if isinstance(each, TextLine) else TextLine(each)
        words, lead = harmless(line.words), harmless(line.lead)
        if not out.is_terminal:
            sys.stdout.write(f"{lead}{words}".rstrip() + "\n")
            continue
        hang = " " * len(lead) if line.hang is None else line.hang
        print_hanging(out, words, lead, hang, line.style)


def print_text(text: str) -> None:
    """Text line by line, the first one standing out; lines hang under themselves where they wrap."""
    first, *rest = text.split("\n")
    show_lines([TextLine(first, style=STRONG), *map(_hanging, rest)])


def _hanging(line: str) -> TextLine:
    """A line that hangs below its first word: behind its indent and its bullet."""
    lead = line[: len(line) - len(line.lstrip())]
    if line.startswith("- ", len(lead)):
        lead += "- "
    return TextLine(line[len(lead) :], lead)


def show_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Rows in columns that fit the terminal; tab-separated where nobody looks."""
    out = console()
    cells = [[harmless(cell) for cell in row] for row in rows]
    if not out.is_terminal:
        for row in ([column.name for column in columns], *cells):
            sys.stdout.write("\t".join(cell.replace("\t", " ") for cell in row) + "\n")
        return
    table = Table(box=None, pad_edge=False, header_style=FAINT, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(
            column.name,
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            overflow="fold",  # words without spaces between them, as in Chinese, go on below
            style=column.style,
            min_width=18 if column.wraps else None,
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False, markup=False, emoji=False).print(table)


def telling_lines(telling: Telling) -> Iterator[TextLine]:
    """A telling, the verdict standing out."""
    yield TextLine(telling.claim)
    yield TextLine("")
    yield TextLine(telling.headline, style=STRONG)
    yield from map(TextLine, (telling.because, telling.origins))
    if telling.careful:
        yield from (TextLine(""), TextLine("Be careful:"))
        yield from (TextLine(each, "  - ") for each in telling.careful)
    if telling.next:
        yield from (TextLine(""), TextLine(telling.next, "Next: "))
    if telling.details:
        yield TextLine("")
    for each in telling.details:
        inner = each.lstrip()
        yield TextLine(inner, each[: len(each) - len(inner)], hang=" " * 11)


@contextmanager
def patience(what: str, after: float = 2.0) -> Iterator[None]:
    """Says on standard error what is going on, once it has taken a while and if somebody looks."""
    out = Console(stderr=True, markup=False, emoji=False)
    if not out.is_terminal:
        yield
        return
    status = out.status(f"{what} …")
    timer = threading.Timer(after, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()
