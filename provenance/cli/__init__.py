"""The `provenance` command.

- `answering`: `weigh`, for one case or a stream of them
- `app`: the command itself, by its parts
- `asking`: `what-if`, `leads`, `timeline`, `compare`, `report` and more: an answer questioned
- `drafting`: `draft`, `copies` and `audit`: from documents and lists of pages to a case
- `exchanging`: `export`, `import`, `mcp`: other tools' formats, and a server for agents
- `inspecting`: `check`, `chains`, `schema` and `new`: a case before any number
- `learning`: `learn` and `calibrate`
- `reading`: what commands share: a case from a path or standard input, a claim by its name
- `reviewing`: `review`, in the terminal and by the decisions of a page
- `showing`: how an answer stands in a terminal
"""

from __future__ import annotations

import io
import os
import sys

from provenance.errors import MissingExtra

__all__ = ["main"]


def main() -> None:
    """Run the command; its parts need the extra `cli`."""
    try:
        import rich
        import typer
    except ImportError as error:
        print(MissingExtra("cli", error.name or "typer"), file=sys.stderr)
        raise SystemExit(2) from None
    del rich, typer
    if sys.stdout is None:
        print("expected an open standard output, found it closed", file=sys.stderr)
        raise SystemExit(2)
    try:
        _run()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        what = (error.strerror or str(error)).lower()
        print(f"expected to read and write everything, found: {where}{what}", file=sys.stderr)
        # Else Python tries once more to write the rest on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


def _run() -> None:
    from provenance.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # show as an escape what the encoding lacks
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="provenance")
    finally:
        sys.stdout.flush()
