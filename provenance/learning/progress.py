"""A bar on stderr while a person waits, and nothing otherwise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from provenance.errors import MissingExtra

__all__ = [
    "watched",
]


@contextlib.contextmanager
def watched(shown: bool, total: float, text: str) -> Iterator[Callable[[str, float], None]]:
    """A function that tells what is being done now, and how much of `total` is done.

    Raises:
        MissingExtra: A bar is wanted and rich (extra `cli`) is not installed.
    """
    if not shown:
        yield lambda text, done: None
        return
    try:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    except ImportError as error:
        raise MissingExtra("cli", "rich") from error
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    # It goes away when all is done, but where nothing can be taken back, in a log.
    with Progress(*columns, console=console, transient=console.is_terminal) as bar:
        task = bar.add_task(text, total=total)
        yield lambda text, done: bar.update(task, description=text, completed=done)
        bar.update(task, completed=total)
