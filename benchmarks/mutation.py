"""Mutation testing: a seeded sample of small faults, put in one by one, and whether a test fails.

    python -m benchmarks.mutation --sample 100 --seed 1
    python -m benchmarks.mutation --rooms learning --sample 40 --seed 1
    python -m benchmarks.mutation --seed 1 --only 3,17

It needs cosmic-ray (`pip install cosmic-ray`), whose session lists every fault it can make in a
module. The sample is drawn over the modules of all rooms that are named, in proportion to their
length. For each fault those of the room's own tests run that reach the faulty statement (see
`benchmarks/reach.py`), docstring examples among them, the quickest first, until one fails: then the
fault is killed. One that no test reaches survives. A test that takes too much processor time with the
fault is left out; where no other one fails, the fault is undecided. The same seed draws the same
faults from the same code; nothing in the checkout is touched.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import gc
import hashlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import types
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import attrs
import hypothesis  # noqa: F401 - imported once, for all forks
import numpy  # noqa: F401
import pydantic  # noqa: F401
import pytest
import sybil  # noqa: F401

from benchmarks.reach import (
    HERE,
    LEFT_OUT,
    Reach,
    Unit,
    as_pytest,
    in_a_fork,
    modules,
    places,
    reach,
    site,
    unit_of,
    users,
)

ROOMS = ("errors", "records", "casefiles", "graph", "inference", "assessment", "exchange")
# Faults in words that people read, in types and in what is only declared are no faults of the arithmetic.
_OPERATORS = ("core/ReplaceBinaryOperator", "core/ReplaceComparisonOperator", "core/ReplaceUnary",
              "core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue", "core/ReplaceAndWithOr",
              "core/ReplaceOrWithAnd", "core/AddNot", "core/NumberReplacer", "core/ReplaceBreak",
              "core/ReplaceContinue", "core/RemoveDecorator", "core/ZeroIterationForLoop")  # fmt: skip
# A test is late where it takes this many times what it takes without the fault, and this many seconds.
_TIMES, _SECONDS = 20, 20.0
HANGING: set[str] = set()
"""Tests that were seen to wait without an end, and are not asked again."""
_ON_IMPORT = 99
"""What a fork ends with where a fault can only be put in before the library is imported; nothing that
pytest ends with, which has 3 for a library that cannot be imported."""


@attrs.frozen
class Fault:
    """A small fault in the code of a room."""

    number: int
    """Its place in the sample."""
    room: str
    module: Path
    line: int
    operator: str
    before: str
    """The code of the module without it."""
    after: str
    """The code of the module with it."""

    @property
    def name(self) -> str:
        """The module, as tests and maps name it."""
        return str(self.module.relative_to(HERE))

    @classmethod
    def of(cls, number: int, room: str, found: Any) -> Fault:
        """A fault out of a session of cosmic-ray."""
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        operator = get_operator(found.operator_name)(**dict(found.operator_args or {}))
        module = Path(found.module_path)
        before = module.read_text("utf-8")
        after = mutate_code(before, operator, found.occurrence)
        name = found.operator_name.removeprefix("core/")
        return cls(number, room, module, found.start_pos[0], name, before, after or before)


@attrs.frozen
class Trial:
    """A fault, and the tests that can tell of it."""

    fault: Fault
    units: tuple[Unit, ...]
    """The first to be asked first."""
    is_on_import: bool
    """Whether its line runs when the library is imported."""


@attrs.frozen
class Verdict:
    """What came of a fault."""

    fault: Fault
    word: str
    """"killed", "survived" or "undecided"."""
    why: str
    """The test that fails, or why none does."""


def session(module: Path, folder: Path) -> list[Any]:
    """Every fault that cosmic-ray can make in a module, in the order of its code.

    A session is kept in the folder for the next run, by what the module says.
    """
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import WorkDB, use_db

    kept_in = folder / f"{hashlib.sha256(bytes(module) + module.read_bytes()).hexdigest()}.sqlite"
    is_new = not kept_in.exists()
    with use_db(str(kept_in), WorkDB.Mode.create if is_new else WorkDB.Mode.open) as found:
        if is_new:
            init([module], found, {})
        mutations = [each for item in found.work_items for each in item.mutations]
    kept = [each for each in mutations if each.operator_name.startswith(_OPERATORS)]
    return sorted(kept, key=lambda each: (each.start_pos, each.operator_name, each.occurrence))


def drawn(rooms: list[str], sample: int, seed: int, folder: Path) -> Iterator[Fault]:
    """The faults to try: a module in proportion to its length, and a fault of it, again and again."""
    chance = random.Random(seed)
    every = [(room, each) for room in rooms for each in modules(room)]
    lengths = [len(each.read_text("utf-8").splitlines()) for _, each in every]
    known: dict[Path, list[Any]] = {}
    count = 0
    while count < sample:
        ((room, module),) = chance.choices(every, lengths)
        if module not in known:
            known[module] = session(module, folder)
        if not known[module]:
            continue
        found = known[module].pop(chance.randrange(len(known[module])))
        fault = Fault.of(count + 1, room, found)
        if _is_one(fault):
            count += 1
            yield fault


def _is_one(fault: Fault) -> bool:
    """Whether a fault is one that a test can tell of: neither in types nor no Python at all.

    Nor is one that the compiler warns of, like `stance is "denies"`: warnings are errors here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SyntaxWarning)
            compile(fault.after, fault.name, "exec")
        return _without_types(fault.before) != _without_types(fault.after)
    except (SyntaxError, SyntaxWarning):
        return False


def _without_types(code: str) -> str:
    """The code without its types: `int | None` is no arithmetic, and no test can tell of it."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def trial(fault: Fault, known: Reach) -> Trial:
    """The tests that can tell of a fault, the quickest first.

    What a declaration changes shows wherever it is used: those tests come first that reach a function
    which names it, then those that run no line and so look at declarations alone, then all that
    reach the module. Last come the others of the same files, since what one test has made may be
    looked at by the next.
    """
    where = site(fault.before, fault.line)
    is_on_import = any(line in where.lines for line in known.imported.get(fault.name, ()))
    if where.is_declared or is_on_import:
        using = [unit for lines in users(fault.before, where.names)
                 for unit in known.at(fault.name, lines)]  # fmt: skip
        using.sort(key=lambda each: each.seconds)
        looking = [each for each in known.units if not each.lines]
        reaching = [*using, *looking, *(known.at(fault.name) or known.units)]
    else:
        reaching = known.at(fault.name, where.lines)
    files = {each.file for each in reaching}
    beside = [each for each in known.units if each.file in files]
    return Trial(fault, tuple(dict.fromkeys((*reaching, *beside))), is_on_import)


def is_put_in(fault: Fault) -> bool:
    """Puts a fault into this process: into the functions of its module, or into its import to come.

    False where the module is imported, and what the fault changes has run.
    """
    path = str(fault.module)
    after = compile(fault.after, path, "exec", dont_inherit=True)
    if not any(getattr(each, "__file__", None) == path for each in list(sys.modules.values())):
        _import_with(path, after)
        return True
    changed: dict[types.CodeType, types.CodeType] = {}
    if not _pairs(compile(fault.before, path, "exec", dont_inherit=True), after, changed):
        return False
    held = [each for each in gc.get_objects() if isinstance(each, types.FunctionType)
            and each.__code__.co_filename == path and each.__code__ in changed]  # fmt: skip
    if any(each.__code__.co_freevars != changed[each.__code__].co_freevars for each in held):
        return False
    for each in held:
        each.__code__ = changed[each.__code__]
    return bool(held)


def _import_with(path: str, code: types.CodeType) -> None:
    as_written = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, name: str) -> types.CodeType | None:
        return code if loader.path == path else as_written(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def _pairs(
    before: types.CodeType, after: types.CodeType, found: dict[types.CodeType, types.CodeType]
) -> bool:
    """Finds the functions that differ; false where something differs that is no function."""
    if before == after:
        return True
    is_function = bool(before.co_flags & 1)
    if is_function:
        found[before] = after
    nested = [[each for each in code.co_consts if isinstance(each, types.CodeType)]
              for code in (before, after)]  # fmt: skip
    is_alike = len(nested[0]) == len(nested[1])
    for old, new in zip(*nested, strict=True) if is_alike else ():
        is_alike = _pairs(old, new, found) and is_alike
    if is_function:
        return True
    rest = [(code.co_code, code.co_names, [repr(each) for each in code.co_consts
                                           if not isinstance(each, types.CodeType)])
            for code in (before, after)]  # fmt: skip
    return is_alike and rest[0] == rest[1]


class Asking:
    """Runs chosen tests where pytest would run all, and ends the process at the first that fails."""

    def __init__(self, units: tuple[Unit, ...], limit: float, told: Path) -> None:
        self.units = units
        self.limit = limit
        self.told = told
        self.is_failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.is_failed = self.is_failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.ask(session.items)
        return True

    def ask(self, items: list[pytest.Item]) -> None:
        """Asks one test after the other; the file says which one runs."""
        by_unit: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in items:
            by_unit[unit_of(item)].append(item)
        chosen = [(unit, item) for unit in self.units for item in by_unit[unit.name]]
        bounded(self.limit)
        for (unit, item), after in zip(chosen, [*chosen[1:], (None, None)], strict=True):
            self.told.write_text(unit.name)
            seconds = max(_SECONDS, _TIMES * unit.seconds)
            signal.setitimer(signal.ITIMER_PROF, seconds)
            signal.alarm(int(3 * seconds))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after[1])
            if self.is_failed:
                os._exit(1)
        os._exit(0)


def bounded(limit: float) -> None:
    """Bounds the processor time and the memory of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))


class Loop:
    """Tries faults one by one where pytest would run its tests, each in a fork of what it collected."""

    def __init__(self, trials: list[Trial], limit: float, made: Path) -> None:
        self.trials = trials
        self.limit = limit
        self.made = made

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        def asked(fault: Fault | None, units: tuple[Unit, ...], told: Path) -> int:
            if fault and not is_put_in(fault):
                return _ON_IMPORT
            asking = Asking(units, self.limit, told)
            session.config.pluginmanager.register(asking)
            asking.ask(session.items)
            return 0

        with self.made.open("a") as made:
            for each in self.trials:
                word, why = judged(each, asked)
                made.write(json.dumps([each.fault.number, word, why]) + "\n")
                made.flush()
        return True


Ask = Callable[[Fault | None, tuple[Unit, ...], Path], int]


def judged(found: Trial, ask: Ask) -> tuple[str, str]:
    """What becomes of a fault: its tests run in a fork, and again without one that is late."""
    units, late = tuple(each for each in found.units if each.name not in HANGING), ""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        for _ in range(4):
            told.write_text("import")
            status = in_a_fork(lambda: ask(found.fault, units, told))  # noqa: B023
            name = told.read_text()
            if not os.WIFSIGNALED(status):
                break
            if os.WTERMSIG(status) not in (signal.SIGPROF, signal.SIGXCPU, signal.SIGALRM):
                return "killed", f"{name} ends by signal {os.WTERMSIG(status)}"
            late = f"{name} is late"
            units = tuple(each for each in units if each.name != name)
            if os.WTERMSIG(status) == signal.SIGALRM:
                # It waits without working, as what has threads does in a fork.
                HANGING.add(name)
            if os.WTERMSIG(status) == signal.SIGXCPU:
                return "undecided", late
        else:
            return "undecided", late
        code = os.WEXITSTATUS(status)
        if code == _ON_IMPORT:
            return "on import", ""
        if code == 0:
            return ("undecided", late) if late else ("survived", f"{len(units)} tests pass")
        # A test that fails without the fault too tells nothing of it.
        culprit = tuple(each for each in units if each.name == name)
        if culprit and in_a_fork(lambda: ask(None, culprit, told)):
            return "undecided", f"{name} fails anyway"
        return "killed", name


def _on_import(limit: float) -> Ask:
    """Asks tests in a process that imports the library with the fault."""

    def ask(fault: Fault | None, units: tuple[Unit, ...], told: Path) -> int:
        if fault:
            _import_with(str(fault.module), compile(fault.after, str(fault.module), "exec"))
        files = list(dict.fromkeys(each.name.split("::")[0] for each in units))
        return as_pytest(files, Asking(units, limit, told))

    return ask


def unreached(fault: Fault) -> tuple[str, str]:
    """What becomes of a fault that no test reaches."""
    if any(word in fault.name for word in LEFT_OUT):
        return "undecided", "its tests are left out"
    return "survived", "no test reaches it"


def verdicts(room: str, faults: list[Fault], known: Reach, limit: float) -> Iterator[Verdict]:
    """What comes of each fault of a room."""
    trials = {each.number: trial(each, known) for each in faults}
    words: dict[int, tuple[str, str]] = {
        number: ("on import", "") if each.is_on_import else unreached(each.fault)
        for number, each in trials.items()
        if each.is_on_import or not each.units
    }
    rest = [each for number, each in trials.items() if number not in words]
    code, tests = places(room)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.touch()
        files = [str(each.relative_to(HERE)) for each in (*tests, code)]
        in_a_fork(lambda: as_pytest(files, Loop(rest, limit, made)))
        for line in made.read_text().splitlines():
            number, word, why = json.loads(line)
            words[number] = (word, why)
    for fault in faults:
        word, why = words.get(fault.number, ("undecided", "was not tried"))
        if word == "on import":
            word, why = judged(trials[fault.number], _on_import(limit))
        yield Verdict(fault, word, why)


def told(verdict: Verdict) -> Iterator[str]:
    """A fault and what came of it; of one that was not killed also the line."""
    fault = verdict.fault
    where = f"{fault.name}:{fault.line} {fault.operator}"
    yield f"{fault.number:3} {verdict.word:9} {where} ({verdict.why})"
    if verdict.word != "killed":
        lines = difflib.unified_diff(
            fault.before.splitlines(), fault.after.splitlines(), lineterm="", n=0
        )
        yield from (f"    {line}" for line in list(lines)[2:] if line[:1] in "+-")


def table(scores: Counter[tuple[str, str]]) -> Iterator[str]:
    """The score by room."""
    yield "| room | killed | survived | undecided | score |\n| --- | --- | --- | --- | --- |"
    for room in [*dict.fromkeys(room for room, _ in scores), "all"]:
        counts = [sum(n for (r, v), n in scores.items() if v == verdict and room in (r, "all"))
                  for verdict in ("killed", "survived", "undecided")]  # fmt: skip
        decided = counts[0] + counts[1]
        share = f"{100 * counts[0] / decided:.0f} %" if decided else "–"
        yield f"| {room} | {counts[0]} | {counts[1]} | {counts[2]} | {share} |"


def main() -> int:
    """Draws faults, tries each, and prints the score by room."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", default=",".join(ROOMS))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="of the sample only these numbers")
    parser.add_argument("--limit", type=float, default=120.0, help="processor seconds for a fault")
    parser.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "mutation-map",
                        help="the folder that keeps which test reaches what")  # fmt: skip
    parser.add_argument("--anew", action="store_true", help="make the maps anew")
    chosen = parser.parse_args()
    chosen.map.mkdir(parents=True, exist_ok=True)
    only = {int(each) for each in chosen.only.split(",") if each}
    by_room: dict[str, list[Fault]] = {room: [] for room in chosen.rooms.split(",")}
    for fault in drawn(list(by_room), chosen.sample, chosen.seed, chosen.map):
        if not only or fault.number in only:
            by_room[fault.room].append(fault)
    scores: Counter[tuple[str, str]] = Counter()
    begun = time.monotonic()
    for room, faults in by_room.items():
        if faults:
            known = reach(room, chosen.map, chosen.anew)
            for verdict in verdicts(room, faults, known, chosen.limit):
                scores[room, verdict.word] += 1
                print("\n".join(told(verdict)), flush=True)
    print("\n" + "\n".join(table(scores)))
    print(f"\n{(time.monotonic() - begun) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
