"""Other tools' documents on the command line: read within bounds, written whole, their losses told."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from provenance.casefiles.json_text import MAX_BYTES
from provenance.casefiles.writing import write_whole
from provenance.cli.printing import harmless
from provenance.cli.reading import FAILED
from provenance.errors import InvalidValue
from provenance.exchange import Loss

__all__ = ["json_text", "put", "read_bytes", "read_text", "tell"]


def json_text(document: Any) -> str:
    """Plain data as JSON, for people to read too."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def read_bytes(file: Path) -> bytes:
    """What a file holds, or standard input for `-`; a little more than is allowed at most.

    Raises `InvalidValue` for a file that cannot be read.
    """
    if str(file) == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "not a path").lower()
        raise InvalidValue(f"expected a file at {file}, found nothing to read: {reason}") from error


def read_text(file: Path) -> str:
    """What a file of text holds; raises `InvalidValue` for one that is not UTF-8."""
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(f"expected UTF-8 in {file}, found other bytes") from error


def put(text: str, output: Path | None) -> None:
    """Writes a document to a file, or to standard output, in UTF-8."""
    if output is not None:
        write_whole(output, text)
    else:
        typer.echo((text if text.endswith("\n") else text + "\n").encode(), nl=False)


def tell(losses: Iterable[Loss], where: Path | None, strict: bool) -> None:
    """Losses on standard error, and in a file as JSON; any is a failure where none is allowed."""
    found = list(losses)
    for loss in found:
        typer.echo(harmless(str(loss)), err=True)
    if where is not None:
        listed = [
            {"path": each.path, "what": each.what, "why": each.why, "partly": each.partly}
            for each in found
        ]
        write_whole(where, json_text(listed))
    if strict and found:
        noun = "loss" if len(found) == 1 else "losses"
        typer.echo(
            f"expected no loss, found {len(found)} {noun}; the document was not written", err=True
        )
        raise typer.Exit(FAILED)
