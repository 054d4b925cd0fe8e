"""Many cases: a stream of case files, one a line, weighed in parallel with bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from provenance.assessment.assessment import as_data
from provenance.assessment.weighing import as_day, checked, weigh_all
from provenance.casefiles import MAX_BYTES, case_digest, load_case
from provenance.errors import CaseError, InvalidValue, ProvenanceError
from provenance.inference import Coupling

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

__all__ = ["weigh_stream"]

_AHEAD = 4  # lines read ahead for every process, so that none waits and few are held

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
) -> Iterator[dict[str, Any]]:
    """Weigh every claim of every case in a stream of case files, one JSON document a line.

    Yields one record per line that is not blank, in order: `{"line", "case_sha256",
    "assessments"}`, or `{"line", "error"}` for a line that cannot be weighed, which never ends the
    run; nor, with two jobs or more, does one on which a process dies. Line numbers count from 1.

    Args:
        lines: the case files.
        as_of: leave out what was said later, as for `weigh`.
        coupling: what stands or falls together, as for `weigh`.
        seed: for the stories that are sampled, as for `weigh`.
        jobs: how many processes to use; at most four lines for each are held at a time.
        skip: leave out the first lines, as when an interrupted run is taken up again.

    Raises:
        InvalidValue: fewer than one job.

    >>> lines = ['{"version": 1, "claims": [{"id": "x", "text": "It is so", "prior": 0.2}], '
    ...          '"sources": [], "attributions": []}', "no JSON"]
    >>> for record in weigh_stream(lines):
    ...     print(record["line"], record.get("error", {}).get("kind", "weighed"))
    1 weighed
    2 CaseError
    """
    if jobs < 1:
        raise InvalidValue(f"expected at least one job, found {jobs}")
    weighed = partial(_weighed, as_of=as_day(as_of), coupling=checked(coupling), seed=seed)
    wanted = (
        (number, line)
        for number, line in enumerate(lines, start=1)
        if number > skip and line.strip()
    )
    return map(weighed, wanted) if jobs == 1 else _in_parallel(weighed, wanted, jobs)


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
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


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
    return []


def _alone(weighed: Callable[[Numbered], Record], line: Numbered) -> Iterator[Record]:
    """Weigh one line in a process of its own."""
    if (yield from _together(weighed, iter([line]), 1)):
        message = "the process that weighed this line died; it may have run out of memory"
        yield {"line": line[0], "error": {"kind": "ProcessDied", "message": message}}


def _weighed(numbered: Numbered, *, as_of: date | None, coupling: Coupling, seed: int) -> Record:
    number, line = numbered
    # Half a surrogate pair is let through, for the loader to refuse as it does in a file.
    content = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    try:
        case = load_case(content, max_bytes=MAX_BYTES)
        digest = case_digest(case)
        found = weigh_all(case, as_of=as_of, coupling=coupling, seed=seed)
    except ProvenanceError as error:
        return {"line": number, "error": _described(error)}
    except MemoryError:
        message = "there is not memory enough to weigh this line"
        return {"line": number, "error": {"kind": "MemoryError", "message": message}}
    return {
        "line": number,
        "case_sha256": digest,
        "assessments": [as_data(each, digest=digest) for each in found],
    }


def _described(error: ProvenanceError) -> Record:
    found: Record = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, CaseError):
        found["problems"] = [
            {"path": each.path, "code": each.code, "message": each.message, "fix": each.fix}
            for each in error.problems
        ]
    return found
