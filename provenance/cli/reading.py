"""What commands have in common: a case from a path or standard input, a claim by name or prefix."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import typer

from provenance.assessment.weighing import as_day
from provenance.casefiles import load_case
from provenance.casefiles.json_text import MAX_BYTES
from provenance.errors import (
    CaseError,
    FormatError,
    InvalidValue,
    MissingExtra,
    ProvenanceError,
    TableError,
    UnknownName,
)
from provenance.records import Case

__all__ = ["day", "one_claim", "read_case", "stated_errors"]

FAILED = 1
WRONG_USAGE = 2


@contextmanager
def stated_errors() -> Iterator[None]:
    """Turn this library's errors into a message on standard error and an exit code."""
    try:
        yield
    except (CaseError, FormatError, TableError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None
    except (UnknownName, InvalidValue, MissingExtra) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG_USAGE) from None
    except ProvenanceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from None


def read_case(path: str) -> Case:
    """A case from a path, or from standard input for `-`."""
    if path == "-":
        if sys.stdin is None:
            _refuse("expected a case file on standard input, found it closed")
        return load_case(sys.stdin.buffer.read(MAX_BYTES + 1))
    try:
        return load_case(Path(path))
    except CaseError as error:
        first = error.problems[0]
        if first.path or first.code != "cannot-read":
            raise
        _refuse(first.message)


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONG_USAGE)


def one_claim(case: Case, name: str) -> str:
    """The claim of that id, or the only one whose id begins so."""
    ids = [claim.id for claim in case.claims]
    if name in ids:
        return name
    starting = [each for each in ids if each.startswith(name)]
    if len(starting) == 1:
        return starting[0]
    raise UnknownName("claim", name, starting or ids)


def day(text: str | None) -> date | None:
    """A day given on the command line."""
    with stated_errors():
        return as_day(text)
