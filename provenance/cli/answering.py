"""`provenance weigh`: one claim, or all of a case."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from provenance.assessment import (
    Assessment,
    as_data,
    checked,
    library_version,
    record_text,
    telling_of,
    told_within,
    unread,
    verdict_word,
    weigh_all,
    weigh_stream,
    why_costly,
)
from provenance.assessment import weigh as weighed
from provenance.casefiles import MAX_BYTES, case_digest, load_case, load_sources, write_whole
from provenance.cli.reading import (
    WRONG_USAGE,
    Budget,
    asked_of,
    complain,
    day,
    one_claim,
    print_json,
    read_case,
    stated_errors,
)
from provenance.cli.showing import Column, patience, show_lines, show_table, telling_lines
from provenance.errors import CaseError, TooCostly
from provenance.records import Case, Question
from provenance.scales import counted, in_words, percent, quoted, scale, span_in_words

__all__ = [
    "AsJson",
    "CaseFile",
    "ClaimName",
    "completed",
    "weigh",
    "weigh_lines",
]

# `provenance weigh --jsonl`: many cases, in parallel, taken up again where a run was interrupted.

_LONGEST = MAX_BYTES + 1


def weigh_lines(
    source: str,
    target: Path | None,
    *,
    as_of: str | None,
    coupling: Any,
    seed: int,
    jobs: int,
    budget: int | None = None,
    sources: str | None = None,
) -> None:
    """Weigh a file of case files, a line each, into a file of records, a line each.

    A target that is already there is continued after its last whole record, if the input, the
    options and the library are those with which it was begun; nobody else writes to it meanwhile.
    """
    registry = load_sources(sources) if sources else None
    with contextlib.ExitStack() as stack:
        lines = _opened(source, stack)
        out, done, failed = sys.stdout.buffer, 0, 0
        if target is not None:
            out = stack.enter_context(_held(target))
            options: dict[str, Any] = {"as_of": as_of}
            options |= {"coupling": coupling, "seed": seed, "budget": budget}
            options |= {"sources": _digest(sources) if sources else None}
            done, failed = _taken_up(target)
            _same_run(target, done, {**options, "input": _digest(source)})
        size = None if source == "-" else Path(source).stat().st_size
        advance = stack.enter_context(_progress(size))
        counted = _counted(lines, advance)
        records = weigh_stream(
            counted,
            as_of=as_of,
            coupling=coupling,
            seed=seed,
            jobs=jobs,
            skip=done,
            budget=budget,
            registry=registry,
        )
        for record in records:
            out.write(record_text(record).encode() + b"\n")
            out.flush()
            failed += "error" in record
    if failed:
        noun = "line" if failed == 1 else "lines"
        complain(f"{failed} {noun} could not be weighed; see the error records")
        raise typer.Exit(1)


def _opened(source: str, stack: contextlib.ExitStack) -> IO[bytes]:
    if source == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(source).open("rb"))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        complain(f"expected a file of case files at {source}, found: {reason}")
        raise typer.Exit(WRONG_USAGE) from None


@contextlib.contextmanager
def _held(target: Path) -> Iterator[IO[bytes]]:
    """A file of records, opened to be continued, and locked against other runs where that can be."""
    with target.open("ab") as file:
        try:
            import fcntl
        except ImportError:  # pragma: no cover - not on the machines of the tests
            yield file
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            _refused(f"expected {target} to be free, found another run that writes to it")
        yield file


def _digest(source: str) -> str | None:
    """What an input is told by: the digest of its bytes; nothing for standard input."""
    if source == "-":
        return None
    with Path(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same_run(target: Path, done: int, options: dict[str, Any]) -> None:
    """See that records that are there were written with the same input, options and library."""
    beside = target.with_name(target.name + ".run")
    run = {**options, "library": library_version()}
    if done:
        begun: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            begun = dict(json.loads(beside.read_bytes()))
        other = [name for name, value in run.items() if begun.get(name, "unknown") != value]
        if other:
            named = [name.replace("_", "-") for name in other]
            found = (
                f"another {', another '.join(named)}" if begun else f"no {beside.name} beside it"
            )
            _refused(
                f"expected the run that {target} was begun with, found {found}; nothing was "
                f"changed: name another output, or remove {target} and {beside.name}"
            )
    write_whole(beside, json.dumps(run, indent=2) + "\n")


def _refused(message: str) -> NoReturn:
    complain(message)
    raise typer.Exit(WRONG_USAGE)


def _taken_up(target: Path) -> tuple[int, int]:
    """The number of the last line whose record is whole, and how many of the whole are errors.

    Half a record is cut off.
    """
    last, failed, whole = 0, 0, 0
    with target.open("rb") as file:
        for record in file:
            if not record.endswith(b"\n"):
                break
            try:
                found = json.loads(record)
                last = int(found["line"])
                failed += "error" in found
            except (ValueError, KeyError, TypeError):
                complain(
                    f"expected records of an earlier run in {target}, found something else; "
                    "nothing was changed"
                )
                raise typer.Exit(WRONG_USAGE) from None
            whole += len(record)
    os.truncate(target, whole)
    return last, failed


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


_CASE = "A case file, - for standard input, or the name of a shipped case."
CaseFile = Annotated[str, typer.Argument(metavar="CASE", help=_CASE)]


def completed(context: typer.Context, incomplete: str) -> list[str]:
    """The claims of the case on the command line, for a shell to complete one."""
    try:
        case = load_case(Path(context.params.get("case") or ""))
    except CaseError:
        return []
    return [each.id for each in case.claims if each.id.startswith(incomplete)]


ClaimName = Annotated[
    str | None,
    typer.Argument(
        metavar="CLAIM", help="A claim's id, or a beginning of it.", autocompletion=completed
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SharedSources = Annotated[
    str | None,
    typer.Option(metavar="REGISTRY", help="What sources_from means in the cases of --jsonl."),
]


def weigh(
    case: Annotated[str | None, typer.Argument(metavar="CASE", help=_CASE)] = None,
    claim: ClaimName = None,
    as_json: AsJson = False,
    details: Annotated[
        bool, typer.Option("--details", help="Also the weights in bits and the doubts.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out what was said after this day.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(metavar="SCALE", help="Also say it in the words of this scale.")
    ] = None,
    coupling: Annotated[
        str,
        typer.Option(
            help="Which statements of a source stand or fall together: story, source, none."
        ),
    ] = "story",
    seed: Annotated[
        int, typer.Option(help="Seed of the random numbers, where an answer is simulated.")
    ] = 0,
    jsonl: Annotated[
        str | None,
        typer.Option(metavar="IN", help="Weigh many cases: one case file a line; - for stdin."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Where --jsonl writes, a line a case."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes --jsonl uses.")] = 1,
    sources: SharedSources = None,
    budget: Budget = None,
) -> None:
    """Weigh one claim of a case, a question, every claim, or every claim of many cases."""
    with stated_errors(None if jsonl else budget):
        checked(coupling)  # type: ignore[arg-type]
        if jsonl is not None:
            day(as_of)  # refused before a file is written
            stated: Any = {"as_of": as_of, "coupling": coupling, "seed": seed, "sources": sources}
            weigh_lines(jsonl, output, **stated, jobs=jobs, budget=budget)
            return
        read = _one_case(case, sources)
        asked = None if claim is None else asked_of(read, claim)
        if claim is None or asked is not None:
            with patience("weighing"):
                every = weigh_all(read, as_of=as_of, coupling=coupling, seed=seed)  # type: ignore[arg-type]
            if asked is None:
                _print_all(every, as_json, words)
            else:
                _print_question(asked, every, as_json, words, details)
            return
        name = one_claim(read, claim)
        with patience("weighing"):
            one = weighed(read, name, as_of=as_of, coupling=coupling, seed=seed)  # type: ignore[arg-type]
        _print_one(one, as_json, words, details)


def _one_case(case: str | None, sources: str | None) -> Case:
    """The case on the command line, which names its sources itself."""
    wrong = None
    if case is None:
        wrong = "expected a case file, or --jsonl with many; found neither"
    elif sources is not None:
        wrong = "expected --jsonl with --sources, found a case, which names its sources itself"
    if case is None or wrong is not None:
        complain(str(wrong))
        raise typer.Exit(WRONG_USAGE)
    return read_case(case)


def _print_one(one: Assessment, as_json: bool, words: str | None, details: bool) -> None:
    worded = _worded(one, words)  # or says that there is no such scale
    if as_json:
        print_json({**as_data(one), **worded})
        return
    show_lines(telling_lines(telling_of(one, "analyst" if details else "reader")))
    if worded:
        title = scale(str(words)).title
        show_lines(["", f"On the scale “{title}”: {worded['words']}."])


def _worded(assessment: Assessment, words: str | None) -> dict[str, str]:
    return {} if words is None else {"words": assessment.in_words(words)}


def _print_all(found: tuple[Assessment, ...], as_json: bool, words: str | None) -> None:
    if not found:
        print_json([]) if as_json else show_table(_columns("claim", words), [])
        return
    case = found[0].case
    with told_within(case):
        if as_json:
            digest = case_digest(case)
            copies = map(unread, found)
            print_json([{**as_data(one, digest=digest), **_worded(one, words)} for one in copies])
            return
        rows, left_out = _rows(found, words)
    show_table(_columns("claim", words), rows)
    if left_out:
        complain(
            f"of {counted(left_out, 'claim')} only the probability, because all the rest would "
            f"take too long: {why_costly(case)}; ask about one of them, or allow more with --budget"
        )


def _rows(found: Sequence[Assessment], words: str | None) -> tuple[list[list[str]], int]:
    """A row for every answer, and how many of them have only their probability."""
    rows: list[list[str]] = []
    try:
        for one in found:
            rows.append(_row(unread(one), words))
    except TooCostly:
        left = found[len(rows) :]
        rows += [[one.text, "", percent(one.probability), "", ""] for one in left]
        return rows, len(left)
    return rows, 0


def _columns(what: str, words: str | None) -> list[Column]:
    verdict = Column("verdict") if words is None else Column(words, wraps=True)
    return [Column(what, wraps=True), verdict, Column("about", right=True),
            Column("90 % interval"), Column("confidence")]  # fmt: skip


_NONE = "none of these"


def _print_question(
    question: Question,
    every: tuple[Assessment, ...],
    as_json: bool,
    words: str | None,
    details: bool,
) -> None:
    """The answers of a question together, and what is left for none of them: one in all."""
    of = {one.claim: one for one in every}
    found = tuple(of[each] for each in question.claims)
    left = max(0.0, 1.0 - sum(one.probability for one in found)) if not question.exhaustive else 0.0
    if as_json:
        digest = case_digest(found[0].case)
        answers = [{**as_data(one, digest=digest), **_worded(one, words)} for one in found]
        worded = {} if words is None else {"words": in_words(left, words).text}
        print_json([*answers, {"claim": None, "text": _NONE, "probability": left, **worded}])
        return
    show_lines([quoted(question.text, 400), ""])
    rest = "" if words is None else in_words(left, words).text
    rows = [_row(one, words) for one in found]
    show_table(_columns("answer", words), [*rows, [_NONE, rest, percent(left), "", ""]])
    for one in found if details else ():
        show_lines(["", *telling_lines(telling_of(one, "analyst"))])


def _row(one: Assessment, words: str | None) -> list[str]:
    return [
        one.text,
        verdict_word(one).lower() if words is None else one.in_words(words).partition(" (this")[0],
        percent(one.probability),
        span_in_words(one.interval.low, one.interval.high),
        one.confidence.level,
    ]
