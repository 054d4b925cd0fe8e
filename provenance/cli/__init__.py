"""The `provenance` command."""

from __future__ import annotations

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
    from provenance.cli.app import app

    app(prog_name="provenance")
