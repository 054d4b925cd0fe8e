"""What commands print: prose and tables for people, JSON for programs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

__all__ = ["console", "harmless", "print_json", "print_table", "print_text"]

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def console() -> Console:
    """Standard output; plain when it is not a terminal."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    # Where letters beyond ASCII cannot be printed, JSON has escapes for them.
    json.dump(data, sys.stdout, ensure_ascii=not _is_unicode(), indent=2, allow_nan=False)
    sys.stdout.write("\n")


def _is_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def harmless(text: str) -> str:
    """The text without what would steer a terminal; a case may hold anything.

    >>> harmless("red\\x1b[31m\\n")
    'red�[31m\\n'
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def print_text(text: str) -> None:
    """Text as it stands; the first line stands out on a terminal."""
    out = console()
    first, _, rest = harmless(text).partition("\n")
    out.print(first, style="bold" if out.is_terminal else "")
    if rest:
        out.print(rest)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows in columns; tab-separated when standard output is not a terminal."""
    out = console()
    rows = [[harmless(cell) for cell in row] for row in rows]
    if not out.is_terminal:
        for row in (columns, *rows):
            sys.stdout.write("\t".join(row) + "\n")
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False, emoji=False).print(table)
