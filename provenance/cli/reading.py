"""What commands have in common: a case from a path or standard input, a claim by name or prefix."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import attrs
import typer
from rich.console import Console
from rich.text import Text

from provenance.assessment import as_day
from provenance.bounds import within
from provenance.casefiles import (
    MAX_BYTES,
    contents,
    load_case,
    load_seed,
    shipped_seeds,
    write_whole,
)
from provenance.errors import (
    CaseError,
    FormatError,
    InvalidValue,
    MissingExtra,
    ProvenanceError,
    TableError,
    UnknownName,
)
from provenance.exchange import Loss
from provenance.records import Called, Case, Question

__all__ = [
    "CALLED_OFF",
    "Budget",
    "asked_of",
    "complain",
    "console",
    "day",
    "harmless",
    "json_text",
    "one_claim",
    "print_hanging",
    "print_json",
    "put",
    "read_bytes",
    "read_case",
    "read_text",
    "stated_errors",
    "tell",
]

FAILED = 1
WRONG_USAGE = 2
CALLED_OFF = 130
"""What shells show for a program that was stopped by Ctrl-C."""


Budget = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="OPERATIONS", help="How much work it may take: some million a second."
    ),
]


@contextmanager
def stated_errors(budget: int | None = None) -> Iterator[None]:
    """Turn this library's errors into a message on standard error and an exit code.

    What is done inside keeps within a budget, where one is given. Ctrl-C is no traceback, and leaves
    nothing half written: files are written whole.
    """
    try:
        with nullcontext() if budget is None else within(budget):
            yield
    except KeyboardInterrupt:
        complain("called off")
        raise typer.Exit(CALLED_OFF) from None
    except (CaseError, FormatError, TableError) as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    except (UnknownName, InvalidValue, MissingExtra) as error:
        complain(str(error))
        raise typer.Exit(WRONG_USAGE) from None
    except ProvenanceError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None


def read_case(path: str) -> Case:
    """A case from a path, from standard input for `-`, or one that is shipped by its name."""
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
        shipped = shipped_seeds()
        if path in shipped:
            return load_seed(path)
        _refuse(f"{first.message}; cases that are shipped: {', '.join(shipped)}")


def _refuse(message: str) -> NoReturn:
    complain(message)
    raise typer.Exit(WRONG_USAGE)


def complain(message: str, hang: str = "") -> None:
    """A message on standard error; what it quotes cannot steer the terminal.

    Args:
        message: what to say.
        hang: what stands in front where it goes on, where it is one of several.
    """
    out = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if not out.is_terminal:
        typer.echo(harmless(message), err=True)
        return
    for line in harmless(message).split("\n"):
        lead = line[: len(line) - len(line.lstrip())]
        # A line of a list goes on below its words, and a message that stands alone at its margin.
        print_hanging(out, line[len(lead) :], lead, f"{lead}    " if lead else hang)


_UNIT = re.compile(r"(?<=\d) (?=%|bits|points?\b)")
_TIED = "\ue000"  # no space to break a line at, and as wide as one


def print_hanging(out: Console, words: str, lead: str, hang: str, style: str = "") -> None:
    """Words as wide as a terminal is, which hang where they wrap; no number is parted from its unit.

    Args:
        out: the terminal.
        words: what to print; a word is broken only where it is longer than a line.
        lead: what stands in front of it.
        hang: what stands in front where it goes on.
        style: how it stands out.
    """
    room = max(out.width - max(len(lead), len(hang)), 20)
    wrapped = Text(_UNIT.sub(_TIED, words), style=style).wrap(out, room) or [Text()]
    for number, part in enumerate(wrapped):
        part.rstrip()
        part.plain = part.plain.replace(_TIED, " ")
        out.print(Text(hang if number else lead) + part, no_wrap=True, soft_wrap=True)


def one_claim(case: Case, name: str) -> str:
    """The claim of that id, or the only one whose id begins so, or else whose text does."""
    ids = [claim.id for claim in case.claims]
    if name in ids:
        return name
    starting = [each for each in ids if each.startswith(name)]
    words = name.casefold().strip(' “”"')
    if not starting and words:
        starting = [each.id for each in case.claims if each.text.casefold().startswith(words)]
    if len(starting) == 1:
        return starting[0]
    raise Called(case).unknown("claim", name, starting or ids)


def asked_of(case: Case, name: str) -> Question | None:
    """The question that a name is the id of, or the beginning of no other id; no claim's."""
    ids = [*(each.id for each in case.claims), *(each.id for each in case.questions)]
    starting = [each for each in ids if each.startswith(name)]
    meant = name if name in ids or len(starting) != 1 else starting[0]
    if any(each.id == meant for each in case.claims):
        return None
    return next((each for each in case.questions if each.id == meant), None)


def day(text: str | None) -> date | None:
    """A day given on the command line."""
    with stated_errors():
        return as_day(text)


# What commands print: text for people, JSON for programs.

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
# What sets a name apart that is read from right to left; terminals do not know it.
_ISOLATES = re.compile("[\u2068\u2069]")
_UNPRINTED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def console() -> Console:
    """Standard output; plain when it is not a terminal."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    # Where letters beyond ASCII cannot be printed, JSON has escapes for them.
    text = json.dumps(data, ensure_ascii=not _is_unicode(), indent=2, allow_nan=False)
    sys.stdout.write(_UNPRINTED.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n")


def _is_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "").startswith("utf")


def harmless(text: str) -> str:
    """The text without what would steer a terminal or turn its lines; a case may hold anything.

    >>> harmless("red\\x1b[31m\\n"), harmless("ab\\u202ecd")
    ('red�[31m\\n', 'ab�cd')
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", _ISOLATES.sub("", text))


# Other tools' documents on the command line: read within bounds, written whole, their losses
# told.


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
        return contents(file)
    except CaseError as error:
        raise InvalidValue(error.problems[0].message) from error


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


def expect_apart(output: Path | None, *inputs: Path | str | None) -> None:
    """Refuse to write over a file that is read."""
    for each in inputs:
        if output is not None and each is not None and output.resolve() == Path(each).resolve():
            name = harmless(str(output))
            complain(f"expected another file to write to, found {name}, which is read from")
            raise typer.Exit(WRONG_USAGE)


def tell(losses: Iterable[Loss], where: Path | None, strict: bool) -> None:
    """Losses on standard error, and in a file as JSON; any is a failure where none is allowed."""
    found = list(losses)
    if Console(stderr=True).is_terminal:
        _tell_kinds(found)
    else:
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
        complain(f"expected no loss, found {len(found)} {noun}; the document was not written")
        raise typer.Exit(FAILED)


_PLACE = re.compile(r"\[\d+\]")


def _tell_kinds(losses: Sequence[Loss]) -> None:
    """Losses for somebody who looks: what every record of a section loses, told once."""
    alike: dict[Loss, int] = {}
    for loss in losses:
        kind = attrs.evolve(loss, path=_PLACE.sub("", loss.path))
        alike[kind] = alike.get(kind, 0) + 1
    for kind, times in alike.items():
        complain(f"{kind}{f', {times} times' if times > 1 else ''}", hang="    ")
    if len(alike) < len(losses):
        complain(f"{len(losses)} losses of {len(alike)} kinds; --losses FILE has every one")
