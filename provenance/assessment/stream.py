"""Many cases: a stream of case files, one a line, weighed in parallel with bounded memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import partial
from typing import Any

from provenance.assessment.weighing import as_day, checked, weigh_all
from provenance.assessment.writing import as_data
from provenance.casefiles import case_digest, load_case
from provenance.errors import CaseError, InvalidValue, ProvenanceError
from provenance.inference import Coupling

__all__ = ["weigh_stream"]

_AHEAD = 4  # lines read ahead for every process, so that none waits and few are held
_LONGEST = 64 * 2**20


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
    run. A line number counts from 1.

    Args:
        lines: the case files.
        as_of, coupling, seed: as for `weigh`.
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
    if jobs == 1:
        yield from map(weighed, wanted)
        return
    # Spawned, not forked: a fork of a process with threads can deadlock.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: deque[Future[dict[str, Any]]] = deque()
        for each in wanted:
            waiting.append(pool.submit(weighed, each))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _weighed(
    numbered: tuple[int, str | bytes], *, as_of: date | None, coupling: Coupling, seed: int
) -> dict[str, Any]:
    number, line = numbered
    try:
        case = load_case(line.encode() if isinstance(line, str) else line, max_bytes=_LONGEST)
        digest = case_digest(case)
        found = weigh_all(case, as_of=as_of, coupling=coupling, seed=seed)
    except ProvenanceError as error:
        return {"line": number, "error": _described(error)}
    return {
        "line": number,
        "case_sha256": digest,
        "assessments": [as_data(each, digest=digest) for each in found],
    }


def _described(error: ProvenanceError) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": type(error).__name__, "message": str(error)}
    if isinstance(error, CaseError):
        found["problems"] = [
            {"path": each.path, "code": each.code, "message": each.message, "fix": each.fix}
            for each in error.problems
        ]
    return found
