"""Many cases: a stream of case files, one a line, weighed in parallel with bounded memory."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import date
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any

from provenance.assessment.assessment import as_data, unread
from provenance.assessment.costs import told_within
from provenance.assessment.weighing import as_day, checked, weigh_all
from provenance.bounds import Cancel
from provenance.casefiles import MAX_BYTES, case_digest, load_case
from provenance.errors import Cancelled, CaseError, InvalidValue, ProvenanceError, UnknownName
from provenance.inference import Coupling
from provenance.records import Registry

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

__all__ = ["record_text", "weigh_frame", "weigh_stream"]

_AHEAD = 4  # lines read ahead for every process, so that none waits and few are held

# Whatever goes wrong on a line is that line's record: what is listed here beside our own errors
# would be a fault of the library, and should not cost anybody the other lines.
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

Numbered = tuple[int, str | bytes]
Record = dict[str, Any]


def weigh_stream(
    lines: Iterable[str | bytes],
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    jobs: int = 1,
    skip: int = 0,
    budget: int | None = None,
    registry: Registry | None = None,
    cancel: Cancel | None = None,
) -> Iterator[dict[str, Any]]:
    """Weigh every claim of every case in a stream of case files, one JSON document a line.

    Yields one record per line that is not blank, in order: `{"line", "case_sha256",
    "assessments"}`, or `{"line", "error"}` for a line that cannot be weighed, which never ends the
    run; nor, with two jobs or more, does one on which a process dies. Line numbers count from 1. The
    records are the same for any number of jobs, and processes end with the one that started them.

    Args:
        lines: the case files.
        as_of: leave out what was said later, as for `weigh`.
        coupling: what stands or falls together, as for `weigh`.
        seed: for the stories that are sampled, as for `weigh`.
        jobs: how many processes to use; at most four lines for each are held at a time.
        skip: leave out the first lines, as when an interrupted run is taken up again.
        budget: how many operations each line may take, as for `weigh`.
        registry: the sources that `sources_from` of the cases means, as for `load_case`.
        cancel: asked before every line whether to stop.

    Raises:
        InvalidValue: fewer than one job, or what is given is not lines of text.
        Cancelled: `cancel` was set.

    >>> lines = ['{"version": 1, "claims": [{"id": "x", "text": "It is so", "prior": 0.2}], '
    ...          '"sources": [], "attributions": []}', "no JSON"]
    >>> for record in weigh_stream(lines):
    ...     print(record["line"], record.get("error", {}).get("kind", "weighed"))
    1 weighed
    2 CaseError
    """
    if jobs < 1:
        raise InvalidValue(f"expected at least one job, found {jobs}")
    if isinstance(lines, str | bytes | os.PathLike):
        raise InvalidValue(
            "expected lines, one case file each, found one text; open the file first"
        )
    weighed = _weigher(as_of, coupling, seed, budget, registry)
    wanted = (
        (number, line)
        for number, line in enumerate(_asking(lines, cancel), start=1)
        if number > skip and line.strip()
    )
    return map(weighed, wanted) if jobs == 1 else _in_parallel(weighed, wanted, jobs)


def _asking(lines: Iterable[str | bytes], cancel: Cancel | None) -> Iterator[str | bytes]:
    for line in lines:
        if cancel is not None and cancel.is_set():
            raise Cancelled("weighing a stream of cases")
        if not isinstance(line, str | bytes):
            raise InvalidValue(
                f"expected a case file as text, found {type(line).__name__}; dump_case writes a case"
            )
        yield line


def record_text(record: Record) -> str:
    """A record as one line of JSON, the same wherever it is written.

    Letters stand as they are; half a surrogate pair, which no encoding has, stands as its escape.

    >>> record_text({"line": 1, "error": {"kind": "CaseError", "message": "é \\ud800"}})
    '{"line": 1, "error": {"kind": "CaseError", "message": "é \\\\ud800"}}'
    """
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode()


def weigh_frame(
    frame: Any,
    *,
    case: str = "case",
    line: str = "line",
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    registry: Registry | None = None,
) -> Any:
    """Weigh every claim of every case of a Spark frame, where the rows are.

    The answer is a frame of two columns: `line`, and `record`, the text that `weigh_stream` gives
    for that line as `record_text` writes it, byte for byte. Rows are weighed a batch at a time by
    `mapInPandas`; nothing is moved between partitions, and a blank case has no record.

    Args:
        frame: a PySpark frame with a column of case files, as text, and one of line numbers.
        case: the column of case files.
        line: the column of line numbers, or of any whole numbers that tell the rows apart.
        as_of: leave out what was said later, as for `weigh`.
        coupling: what stands or falls together, as for `weigh`.
        seed: for the stories that are sampled, as for `weigh`.
        budget: how many operations each case may take, as for `weigh`.
        registry: the sources that `sources_from` of the cases means, as for `load_case`.

    Raises:
        UnknownName: the frame has no such column.

    >>> class Frame:
    ...     columns = ["line", "text"]
    >>> try:
    ...     weigh_frame(Frame())
    ... except UnknownName as error:
    ...     print(error)
    no column 'case'; did you mean 'line', 'text'?
    """
    for name in (line, case):
        if name not in frame.columns:
            raise UnknownName("column", name, frame.columns)
    weighed = _weigher(as_of, coupling, seed, budget, registry)
    return frame.select(line, case).mapInPandas(
        partial(_pieces, weighed=weighed), "line long, record string"
    )


def _pieces(batches: Iterable[Any], *, weighed: Callable[[Numbered], Record]) -> Iterator[Any]:
    """Batches of (line, case) as batches of (line, record): what each part of a frame goes through."""
    from pandas import DataFrame

    for batch in batches:
        numbers, texts = (batch.iloc[:, place] for place in (0, 1))
        found = [
            (int(number), record_text(weighed((int(number), text))))
            for number, text in zip(numbers, texts, strict=True)
            if isinstance(text, str) and text.strip()
        ]
        yield DataFrame(found, columns=["line", "record"])


def _in_parallel(
    weighed: Callable[[Numbered], Record], wanted: Iterator[Numbered], jobs: int
) -> Iterator[Record]:
    """Weigh lines in several processes, in order, whatever happens to one of them."""
    lost = yield from _together(weighed, wanted, jobs)
    while lost:
        # One of these killed its process, and the others with it; by itself each shows which.
        for each in lost:
            yield from _alone(weighed, each)
        lost = yield from _together(weighed, wanted, jobs)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Imported here, because hardly anybody who imports the library starts processes.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork of a process with threads can deadlock.
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_ending_with_parent
    )


def _ending_with_parent() -> None:
    """Lets a process end when the one that started it does, however that ended; and not by Ctrl-C.

    Ctrl-C reaches every process of a terminal; what becomes of these is up to the first one.
    """
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _together(
    weighed: Callable[[Numbered], Record], wanted: Iterator[Numbered], jobs: int
) -> Generator[Record, None, list[Numbered]]:
    """Weigh lines in parallel; if a process dies, stop and return those that are not done."""
    from concurrent.futures.process import BrokenProcessPool

    lines: deque[Numbered] = deque()
    waiting: deque[Future[Record]] = deque()
    with _pool(jobs) as pool:
        try:
            for each in wanted:
                lines.append(each)
                waiting.append(pool.submit(weighed, each))
                if len(waiting) >= _AHEAD * jobs:
                    record = waiting.popleft().result()
                    lines.popleft()
                    yield record
            while waiting:
                record = waiting.popleft().result()
                lines.popleft()
                yield record
        except BrokenProcessPool:
            return list(lines)
        finally:
            # What was not begun when somebody stopped is not begun any more.
            pool.shutdown(wait=False, cancel_futures=True)
    return []


def _alone(weighed: Callable[[Numbered], Record], line: Numbered) -> Iterator[Record]:
    """Weigh one line in a process of its own."""
    if (yield from _together(weighed, iter([line]), 1)):
        message = "the process that weighed this line died; it may have run out of memory"
        yield {"line": line[0], "error": {"kind": "ProcessDied", "message": message}}


def _weigher(
    as_of: date | str | None,
    coupling: Coupling,
    seed: int,
    budget: int | None,
    registry: Registry | None,
) -> Callable[[Numbered], Record]:
    """What weighs a numbered line with these options, which are checked once."""
    day, linked = as_day(as_of), checked(coupling)
    return partial(
        _weighed, as_of=day, coupling=linked, seed=seed, budget=budget, registry=registry
    )


def _weighed(
    numbered: Numbered,
    *,
    as_of: date | None,
    coupling: Coupling,
    seed: int,
    budget: int | None,
    registry: Registry | None,
) -> Record:
    number, line = numbered
    # Half a surrogate pair is let through, for the loader to refuse as it does in a file.
    content = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    try:
        case = load_case(content, max_bytes=MAX_BYTES, registry=registry)
        digest = case_digest(case)
        found = weigh_all(case, as_of=as_of, coupling=coupling, seed=seed, budget=budget)
        with told_within(case, budget):
            told = [as_data(unread(each), digest=digest) for each in found]
        record = {"line": number, "case_sha256": digest, "assessments": told}
        # What JSON cannot carry shows here, where it is still known from which line it comes.
        record_text(record)
    except ProvenanceError as error:
        return {"line": number, "error": _described(error)}
    except MemoryError:
        message = "there is not memory enough to weigh this line"
        return {"line": number, "error": {"kind": "MemoryError", "message": message}}
    except _FAULTS as error:
        message = f"a fault of the library, which should be reported: {error}"
        return {"line": number, "error": {"kind": type(error).__name__, "message": message}}
    return record


def _described(error: ProvenanceError) -> Record:
    found: Record = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, CaseError):
        found["problems"] = [
            {"path": each.path, "code": each.code, "message": each.message, "fix": each.fix}
            for each in error.problems
        ]
    return found
