"""Processes that work on calls: estimated, bounded in time and memory, ended when nobody waits for them."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any

import attrs

from provenance.agents.case_folder import Folder
from provenance.agents.tools import (
    MOST_BYTES,
    TOOLS,
    ToolAnswer,
    call_tool,
    case_within_bounds,
    in_bounds,
)
from provenance.assessment import as_day
from provenance.casefiles import load_case, parsed
from provenance.errors import Cancelled, CaseError, InvalidValue, ProvenanceError
from provenance.graph import Graph
from provenance.inference import Structure
from provenance.records import Case

__all__ = ["Bench", "Cost", "Desk", "case_reader", "cost_of", "work"]

LONGEST_CALL = 20.0
"""After how many seconds the process of a call is ended."""
LONGEST_QUICK_CALL = 1.5
"""After how many seconds a call counts as a long one, whatever was expected of it."""
LONGEST_START = 30.0
"""How many seconds a process may take until it can work."""
LONGEST_WAIT = 0.8
"""How many seconds a call waits for a place before it is told that the server is busy."""
MOST_WAITING = 32
"""How many calls may wait for a place at the same time."""
LARGEST_QUICK_CALL = 200_000
"""How many bytes a call may have that is tried at once."""
MOST_MEMORY = 2 * 2**30
"""How much memory, in bytes, a process may take."""

_SHARE_OF_TIME = 0.9  # of what a call may take, after which it is called off

_LENGTH = struct.Struct(">I")


# What a call will cost, before anything is computed.

QUICK_OPERATIONS = 60_000
"""How many operations, of some ten microseconds each, a call may take that is answered at once."""
MOST_OPERATIONS = 2_000_000
"""How many operations a call may take at all."""

# How often a tool weighs, and the operations of one statement.
_WEIGHINGS = {"check": 1, "weigh": 1, "chains": 1, "what_if": 2, "compare": 4, "leads": 6}
_OF_A_STATEMENT = 400
_OF_A_SIMULATED_STATEMENT = 20_000


@attrs.frozen
class Cost:
    """What a call is expected to take."""

    operations: int = 0
    """How many operations."""
    statements: int = 0
    """How many statements are weighed together, every citation of several and every claim counted."""
    entries: int = 0
    """How many entries the largest table has."""

    is_simulated: bool = False
    """Whether tables would be so large that the answer is simulated."""

    @property
    def reason(self) -> str:
        """Where the cost comes from, in words."""
        words = f"{self.statements} statements are weighed together"
        if self.is_simulated:
            words += (
                f", so interwoven that a table of {self.entries} entries is needed, and simulated"
            )
        elif self.entries:
            words += f", in tables of up to {self.entries} entries"
        return words

    def is_too_much(self, quick: bool) -> bool:
        """Whether it is more than may be, at once or at all."""
        return self.operations > (QUICK_OPERATIONS if quick else MOST_OPERATIONS)

    def require(self, quick: bool) -> None:
        """Raises `InvalidValue` where it is more than may be."""
        if self.is_too_much(quick):
            raise InvalidValue(
                f"expected a case that is weighed in good time, found one in which {self.reason}; "
                "ask for one claim, split the case, or weigh it from Python"
            )


def cost_of(case: Case, tool: str, claim: Any = None, as_of: Any = None) -> Cost:
    """What a tool is expected to take for a case.

    What is wrong with the arguments costs nothing here: the tool says so.

    >>> from provenance import load_seed
    >>> cost = cost_of(load_seed("egypt-arms-2015"), "weigh", "armed")
    >>> cost.is_too_much(quick=False)
    False
    """
    try:
        graph = Graph.of(case, as_day(as_of))
        wanted = [each.id for each in case.claims if claim is None or each.id == claim]
        found = [_of_claim(graph, each) for each in wanted]
    except ProvenanceError:
        return Cost()
    times = _WEIGHINGS.get(tool, 1)
    return Cost(
        times * sum(each.operations for each in found),
        sum(each.statements for each in found),
        max((each.entries for each in found), default=0),
        any(each.is_simulated for each in found),
    )


def _of_claim(graph: Graph, claim: str) -> Cost:
    story = graph.story(claim)
    structure = Structure.of(story, story.places[claim].question, with_reasons=False)
    work, statements = structure.cost, len(story.statements)
    sums = work.operations if structure.is_exact else _OF_A_SIMULATED_STATEMENT * statements
    operations = _OF_A_STATEMENT * statements + sums
    return Cost(operations, statements, round(2.0**work.width), not structure.is_exact)


# One process


def _begin(folder: Folder | None) -> subprocess.Popen[bytes]:
    """A process that waits for work, with the same modules as this one."""
    where = None if folder is None else str(folder.path)
    script = (
        f"import sys; sys.path[:] = {sys.path!r}; "
        f"from provenance.agents import workers; workers.work({where!r})"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=-1,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was still to be written goes nowhere
                continue


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; `None` where there is none any more."""
    head = pipe.read(_LENGTH.size)
    return pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


class Worker:
    """A process that does one thing at a time."""

    def __init__(self, folder: Folder | None) -> None:
        self.process = _begin(folder)
        self.is_warm = False
        # Whatever becomes of the server, its processes end with it.
        self.end: Callable[[], Any] = weakref.finalize(self, _end, self.process)

    def warm(self) -> bool:
        """Waits until the process can work; whether it can. Blocks."""
        self.is_warm = self.is_warm or self._heard() is not None
        return self.is_warm

    def ask(self, message: bytes) -> bytes | None:
        """The answer to a message; `None` where the process ended over it. Blocks."""
        assert self.process.stdin is not None
        try:
            _send(self.process.stdin, message)
        except (OSError, ValueError):  # ended meanwhile, or closed
            return None
        return self._heard()

    def _heard(self) -> bytes | None:
        assert self.process.stdout is not None
        try:
            return _receive(self.process.stdout)
        except (OSError, ValueError):
            return None


# What a process does


def work(folder: str | None) -> None:
    """Answers calls from standard input until there are no more; the main program of a process."""
    _bound_memory()
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers goes where answers go
    answer_all(
        sys.stdin.buffer, outgoing, case_reader(None if folder is None else Folder.at(folder))
    )


def answer_all(incoming: IO[bytes], outgoing: IO[bytes], read_case: Callable[[Any], Case]) -> None:
    """Answers the calls that come in, one after the other, until there are no more."""
    _send(outgoing, b"ready")
    while (message := _receive(incoming)) is not None:
        if hasattr(signal, "alarm"):  # should whoever asked be gone, and nobody end this
            signal.alarm(int(LONGEST_CALL) + 5)
        answer = done(json.loads(message), read_case)
        _send(outgoing, json.dumps(answer).encode())
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # on systems without it
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.nice(5)  # who listens to clients goes first


@attrs.frozen
class TimeLimit:
    """What calls a call off when its time is over, so that its process is spared.

    Work asks it between one sum and the next. What asks nobody for longer than that is ended with its
    process; so is what its client cancels.
    """

    until: float
    """The second of the system's clock at which it is over."""

    @classmethod
    def of(cls, seconds: float) -> TimeLimit:
        """From now on, a little less than so many seconds: there must be time to say so."""
        return cls(time.monotonic() + _SHARE_OF_TIME * seconds)

    def is_set(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self.until


def done(asked: Mapping[str, Any], read_case: Callable[[Any], Case]) -> dict[str, Any]:
    """The answer to a call as plain data, or what it would cost where that is too much at once."""
    name, arguments = asked["name"], asked["arguments"]
    expected: list[Cost] = []

    def read(given: Any) -> Case:
        case = read_case(given)
        cost = cost_of(case, name, arguments.get("claim"), arguments.get("as_of"))
        expected.append(cost)
        cost.require(asked["quick"])
        return case

    limit = TimeLimit.of(asked["seconds"])
    try:
        answer = call_tool(name, arguments, read_case=read, cancel=limit)
    except MemoryError:
        answer = _told(
            f"expected a case that fits in {MOST_MEMORY} bytes of memory, found a larger"
        )
    is_overdue = answer.is_error and answer.data.get("error") == Cancelled.__name__
    if answer.is_error and expected and expected[0].is_too_much(asked["quick"]) and asked["quick"]:
        return {"later": expected[0].reason}
    if is_overdue and asked["quick"]:
        return {"later": answer.data["message"]}
    if is_overdue:
        why = expected[0].reason if expected else answer.data["message"]
        answer = _overdue(asked["seconds"], why)
    return attrs.asdict(answer)


def case_reader(folder: Folder | None) -> Callable[[Any], Case]:
    """Makes a case of what a client hands over: the case, or the name of a file of the folder."""

    def read(given: Any) -> Case:
        if not isinstance(given, str) or given.lstrip().startswith("{"):
            return case_within_bounds(given)
        if folder is None:
            message = "expected a case, found the name of a file and no folder"
            fix = "hand over the case itself as an object"
            raise CaseError.of("case", "no-folder", message, fix)
        return in_bounds(_loaded(folder, given))

    return read


def _loaded(folder: Folder, name: str) -> Case:
    """A case file of the folder, with its registry if that is in the folder too."""
    raw = folder.read(name, MOST_BYTES)
    read = parsed(raw, max_bytes=MOST_BYTES)
    if read.problems or not isinstance(read.document, Mapping):
        return load_case(raw)  # which says what is wrong
    named = read.document.get("sources_from")
    registry: bytes | None = None
    if isinstance(named, str) and named.strip():
        try:
            registry = folder.read((PurePosixPath(name).parent / named).as_posix(), MOST_BYTES)
        except CaseError as error:
            if error.problems[0].code != "cannot-read":
                raise
    return load_case(read.document, registry=registry)


def _overdue(seconds: float, why: str) -> ToolAnswer:
    return _told(
        f"expected an answer within {seconds:g} seconds, found none ({why}); "
        "ask for one claim, split the case, or weigh it from Python"
    )


def _told(message: str) -> ToolAnswer:
    return ToolAnswer({"error": "InvalidValue", "message": message}, message, is_error=True)


# Where calls wait for a process


@attrs.define(eq=False)
class _Waiting:
    """A call that waits for a place."""

    client: object
    """Who makes it."""
    called: Any
    """An event, set when there is a place."""
    worker: Worker | None = None
    """The process that it was given."""


class Bench:
    """Some processes, which clients share fairly.

    The client with fewest calls at work goes first. No client has all places while there are several,
    so that another one always finds one sooner or later.
    """

    def __init__(self, folder: Folder | None, places: int, longest: float) -> None:
        self.folder = folder
        self.places = places
        self.longest = longest
        self.free: list[Worker] = []
        self.at_work: dict[object, int] = {}
        self.until: list[float] = []
        self.waiting: list[_Waiting] = []
        self.share = max(1, places - 1)

    def warm(self) -> None:
        """Starts the processes and one more, so that nobody waits for that after one has ended."""
        self._start(self.places + 1)

    def _start(self, wanted: int) -> None:
        while len(self.free) + self.busy < min(wanted, self.places + 1):
            self.free.insert(0, Worker(self.folder))

    @property
    def busy(self) -> int:
        """How many calls are at work."""
        return sum(self.at_work.values())

    def close(self) -> None:
        """Ends the processes that are idle; those at work end with their calls."""
        while self.free:
            self.free.pop().end()

    def seconds_to_wait(self) -> int:
        """After how long a place is free for certain."""
        return max(1, round(min(self.until, default=0.0) - time.monotonic()) + 1)

    async def ask(self, client: object, message: bytes) -> bytes | int | None:
        """The answer; `None` where it took too long; how long to wait where there is no place."""
        import anyio

        worker = await self._place(client)
        if worker is None:
            return self.seconds_to_wait()
        until = time.monotonic() + self.longest
        self.until.append(until)
        answer: bytes | None = None
        try:
            with anyio.move_on_after(LONGEST_START):
                await _in_a_thread(worker.warm)
            with anyio.move_on_after(self.longest):
                answer = await _in_a_thread(partial(worker.ask, message))
        finally:
            # Cancelled or overdue, the process ends with the call, and its place is free at once.
            self.until.remove(until)
            self._leave(client, worker, is_well=answer is not None)
        return answer

    async def _place(self, client: object) -> Worker | None:
        import anyio

        if len(self.waiting) >= MOST_WAITING:
            return None
        mine = _Waiting(client, anyio.Event())
        self.waiting.append(mine)
        self._call()
        try:
            with anyio.move_on_after(LONGEST_WAIT):
                await mine.called.wait()
        except BaseException:
            if mine.worker is not None:
                self._leave(client, mine.worker, is_well=True)
            raise
        finally:
            if mine in self.waiting:
                self.waiting.remove(mine)
        return mine.worker

    def _call(self) -> None:
        """Gives free places to those who wait for one."""
        self._start(self.busy + len(self.waiting) + 1)
        while self.free and self.busy < self.places:
            able = [each for each in self.waiting if self.at_work.get(each.client, 0) < self.share]
            if not able:
                return
            first = min(able, key=lambda each: self.at_work.get(each.client, 0))
            self.waiting.remove(first)
            first.worker = self.free.pop()
            self.at_work[first.client] = self.at_work.get(first.client, 0) + 1
            first.called.set()

    def _leave(self, client: object, worker: Worker, *, is_well: bool) -> None:
        self.at_work[client] -= 1
        if not self.at_work[client]:
            del self.at_work[client]
        if is_well:
            self.free.append(worker)
        else:
            worker.end()
        self._call()


async def _in_a_thread(work: Callable[[], Any]) -> Any:
    """What blocks, in a thread of its own: it waits for one process, which ends in any case."""
    import anyio

    return await anyio.to_thread.run_sync(
        work, abandon_on_cancel=True, limiter=anyio.CapacityLimiter(1)
    )


class Desk:
    """Where calls are answered: quick ones on a bench of their own, long ones on another."""

    def __init__(self, folder: Folder | None = None, places: int | None = None) -> None:
        found = max(2, min(4, os.cpu_count() or 2)) if places is None else places
        self.folder = folder
        self.quick = Bench(folder, 2, LONGEST_QUICK_CALL)
        self.long = Bench(folder, found, LONGEST_CALL)

    def warm(self) -> None:
        """Starts the processes of quick calls; those of long ones start with the first of them."""
        self.quick.warm()

    def close(self) -> None:
        """Ends all processes that are idle."""
        self.quick.close()
        self.long.close()

    async def answer(self, client: object, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
        """The answer to a call, or that the server is busy, or that it took too long."""
        if name not in TOOLS:
            return call_tool(name, {})  # which says which there are
        try:
            call = {"name": name, "arguments": dict(arguments)}
            quick, long = (
                json.dumps(
                    {**call, "quick": bench is self.quick, "seconds": bench.longest}
                ).encode()
                for bench in (self.quick, self.long)
            )
        except (TypeError, ValueError, RecursionError):
            return _told("expected arguments of JSON values, not nested too deeply, found others")
        why = "the call is a large one"
        if len(quick) <= LARGEST_QUICK_CALL:
            found = await self.quick.ask(client, quick)
            if isinstance(found, int):
                return _busy(found)
            if found is not None and b'{"later": ' not in found[:12]:
                return ToolAnswer(**json.loads(found))
            if found is not None:
                why = json.loads(found)["later"]
        found = await self.long.ask(client, long)
        if isinstance(found, int):
            return _busy(found)
        if found is None:
            return _overdue(self.long.longest, why)
        return ToolAnswer(**json.loads(found))


def _busy(seconds: int) -> ToolAnswer:
    message = f"the server is busy with other calls; try again in {seconds} s"
    return ToolAnswer(
        {"error": "Busy", "message": message, "retry_after": seconds}, message, is_error=True
    )
