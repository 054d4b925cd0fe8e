"""`provenance weigh --jsonl`: many cases, in parallel, taken up again where a run was interrupted."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from provenance.assessment.stream import weigh_stream
from provenance.casefiles.json_text import MAX_BYTES
from provenance.cli.reading import WRONG_USAGE

__all__ = ["weigh_lines"]

_LONGEST = MAX_BYTES + 1


def weigh_lines(
    source: str,
    target: Path | None,
    *,
    as_of: date | None,
    coupling: Any,
    seed: int,
    jobs: int,
) -> None:
    """Weigh a file of case files, a line each, into a file of records, a line each.

    A target that is already there is continued after its last whole record.
    """
    with contextlib.ExitStack() as stack:
        lines = _opened(source, stack)
        done = 0 if target is None else _taken_up(target)
        out = sys.stdout if target is None else stack.enter_context(target.open("a", newline="\n"))
        size = None if source == "-" else Path(source).stat().st_size
        advance = stack.enter_context(_progress(size))
        failed = 0
        counted = _counted(lines, advance)
        records = weigh_stream(
            counted, as_of=as_of, coupling=coupling, seed=seed, jobs=jobs, skip=done
        )
        for record in records:
            out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
            out.flush()
            failed += "error" in record
    if failed:
        noun = "line" if failed == 1 else "lines"
        typer.echo(f"{failed} {noun} could not be weighed; see the error records", err=True)


def _opened(source: str, stack: contextlib.ExitStack) -> IO[bytes]:
    if source == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(source).open("rb"))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        typer.echo(f"expected a file of case files at {source}, found: {reason}", err=True)
        raise typer.Exit(WRONG_USAGE) from None


def _taken_up(target: Path) -> int:
    """The number of the last line whose record is whole; half a record is cut off."""
    if not target.exists():
        return 0
    last, whole = 0, 0
    with target.open("rb") as file:
        for record in file:
            if not record.endswith(b"\n"):
                break
            try:
                last = int(json.loads(record)["line"])
            except (ValueError, KeyError, TypeError):
                typer.echo(
                    f"expected records of an earlier run in {target}, found something else; "
                    "nothing was changed",
                    err=True,
                )
                raise typer.Exit(WRONG_USAGE) from None
            whole += len(record)
    os.truncate(target, whole)
    return last


def _counted(lines: IO[bytes], advance: Any) -> Iterator[bytes]:
    while line := lines.readline(_LONGEST):
        advance(len(line))
        rest = line
        # A line over the limit is cut: it is refused as too large without being held whole.
        while len(rest) == _LONGEST and not rest.endswith(b"\n"):
            rest = lines.readline(_LONGEST)
            advance(len(rest))
        yield line


@contextlib.contextmanager
def _progress(size: int | None) -> Iterator[Any]:
    """A progress bar on standard error, where a person looks at it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda amount: None
        return
    columns = (TextColumn("weighing"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("weighing", total=size)
        yield lambda amount: progress.advance(task, amount)
