"""Mutation testing: a seeded sample of small faults, put in one by one, and whether a test fails.

    python -m benchmarks.mutation --sample 100 --seed 1
    python -m benchmarks.mutation --rooms inference,graph --sample 20 --minutes 15

It needs cosmic-ray (`pip install cosmic-ray`), whose session lists every fault it can make in a
module. The sample is drawn over the modules of all rooms that are named, in proportion to their
length. A fault is put into a copy of the checkout, where those of the room's own tests that name
something of the module are run, and its twins, oracles and theorems. Where one fails that passes
without the fault, the fault is killed; what takes too much processor time is undecided. Nothing is
run twice that passes, so that most faults take seconds. The same seed draws the same faults.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis  # noqa: F401 - imported once, for all forks
import numpy  # noqa: F401
import pydantic  # noqa: F401
import pytest
import sybil  # noqa: F401

ROOMS = ("errors", "records", "casefiles", "graph", "inference", "assessment", "exchange")
HERE = Path(__file__).parent.parent
COPIED = ("provenance", "tests", "seeds", "docs", "conftest.py", "pyproject.toml", "README.md",
          "examples", "mkdocs.yml", "CHANGELOG.md", "benchmarks")  # fmt: skip
# Tests that take a browser, Java or minutes tell little about one fault.
LEFT_OUT = ("browser", "weigh_frame", "simulated", "recovery", "spark")
_IMPORTED_BEFORE = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
ALWAYS = ("twin", "oracle", "theorems", "known_holes")
_CONFIG = """
[cosmic-ray]
module-path = "{path}"
timeout = 100.0
excluded-modules = []
test-command = "true"

[cosmic-ray.distributor]
name = "local"
"""
# Faults in words that people read, in types and in what is only declared are no faults of the arithmetic.
_OPERATORS = ("core/ReplaceBinaryOperator", "core/ReplaceComparisonOperator", "core/ReplaceUnary",
              "core/ReplaceTrueWithFalse", "core/ReplaceFalseWithTrue", "core/ReplaceAndWithOr",
              "core/ReplaceOrWithAnd", "core/AddNot", "core/NumberReplacer", "core/ReplaceBreak",
              "core/ReplaceContinue", "core/RemoveDecorator", "core/ZeroIterationForLoop")  # fmt: skip


def modules(root: Path, room: str) -> list[Path]:
    """The modules of a room that have something to compute."""
    path = root / "provenance" / room
    found = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return [each for each in found if each.name != "__init__.py"]


def faults(module: Path, folder: Path) -> list[Any]:
    """Every fault that cosmic-ray can make in a module, in the order of its code."""
    from cosmic_ray.work_db import WorkDB, use_db

    config, session = folder / f"{module.stem}.toml", folder / f"{module.stem}.sqlite"
    config.write_text(_CONFIG.format(path=module))
    subprocess.run(
        [sys.executable, "-m", "cosmic_ray.cli", "init", str(config), str(session)],
        check=True,
        capture_output=True,
    )
    with use_db(str(session), WorkDB.Mode.open) as found:
        mutations = [each for item in found.work_items for each in item.mutations]
    kept = [each for each in mutations if each.operator_name.startswith(_OPERATORS)]
    return sorted(kept, key=lambda each: (each.start_pos, each.operator_name, each.occurrence))


def mutated(fault: Any) -> tuple[str, str]:
    """The code of a module before and after a fault."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    operator = get_operator(fault.operator_name)(**dict(fault.operator_args or {}))
    code = Path(fault.module_path).read_text("utf-8")
    changed = mutate_code(code, operator, fault.occurrence)
    return code, code if changed is None else changed


def is_an_annotation(code: str, changed: str) -> bool:
    """Whether a fault is in types only: `int | None` is no arithmetic, and no test can tell."""
    return _without_types(code) == _without_types(changed)


def _without_types(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def chosen_tests(root: Path, room: str, module: Path) -> list[str]:
    """The room's own tests that can tell: the module's examples, then those that name it first.

    A file of tests is asked where it names the module, or something that the module is asked for by
    name, and always where it holds the room to a twin, an oracle or a theorem.
    """
    folder = root / "tests" / room
    own = sorted(folder.glob("test_*.py")) or [root / "tests" / f"test_{room}.py"]
    own = [each for each in own if not any(word in each.name for word in LEFT_OUT)]
    tree = ast.parse(module.read_text("utf-8"))
    names = {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    names.add(module.stem)
    asked = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names)))
    found: list[tuple[bool, int, str]] = []
    for each in own:
        text = each.read_text("utf-8")
        count = len(set(asked.findall(text)))
        if count or any(word in each.name for word in ALWAYS):
            is_named = module.stem.rstrip("s") in each.stem
            found.append((not is_named, -count, str(each.relative_to(root))))
    return [str(module.relative_to(root)), *(name for *_, name in sorted(found))]


def run(root: Path, tests: list[str], limit: float) -> tuple[str, str]:
    """Whether tests pass ("passed", "failed" or "late"), and the first that does not.

    They run in a fork that has imported what the tests need, but nothing of the library. The limit is
    of processor time, so that what else the machine does changes no verdict.
    """
    with tempfile.NamedTemporaryFile("r", dir=root) as told:
        child = os.fork()
        if child == 0:
            _as_pytest(root, tests, limit, told.name)
        _, status, used = os.wait4(child, 0)
        first = told.read()
    if os.WIFSIGNALED(status):
        return "late" if used.ru_utime + used.ru_stime >= limit - 1 else "failed", first
    return "passed" if os.WEXITSTATUS(status) in (0, 5) else "failed", first


class _First:
    """Writes down the first test that fails."""

    def __init__(self, told: str) -> None:
        self.told = Path(told)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and not self.told.read_text():
            self.told.write_text(report.nodeid)

    pytest_collectreport = pytest_runtest_logreport


def _as_pytest(root: Path, tests: list[str], limit: float, told: str) -> None:
    """Runs tests in this process, which ends with it."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    os.chdir(root)
    os.environ |= {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1",
                   "HYPOTHESIS_PROFILE": "brief"}  # fmt: skip
    sys.dont_write_bytecode = True
    sys.path[:] = [str(root), *(each for each in sys.path if each not in ("", str(HERE)))]
    code = 70
    try:
        arguments = ["-x", "-q", "-n0", "-p", "no:cacheprovider", *_IMPORTED_BEFORE, *tests]
        code = int(pytest.main(arguments, plugins=[_First(told)]))
    finally:
        os._exit(code)


def judged(root: Path, room: str, fault: Any, limit: float) -> tuple[str, str]:
    """Whether the tests notice a fault, and which of them."""
    module = Path(fault.module_path)
    code, changed = mutated(fault)
    tests = chosen_tests(root, room, module)
    module.write_text(changed, "utf-8")
    try:
        verdict, first = run(root, tests, limit)
    finally:
        module.write_text(code, "utf-8")
    if verdict == "passed":
        return "survived", ""
    if verdict == "late":
        return "undecided", "not done in time"
    # A test that fails without the fault too tells nothing of it.
    if not first or run(root, [first], limit)[0] != "passed":
        return "undecided", f"{first or 'all'} fails anyway"
    return "killed", first


def drawn(root: Path, rooms: list[str], sample: int, seed: int) -> Iterator[tuple[str, Any]]:
    """The faults to try: a module in proportion to its length, and a fault of it, again and again."""
    chance = random.Random(seed)
    every = [(room, each) for room in rooms for each in modules(root, room)]
    lengths = [len(each.read_text("utf-8").splitlines()) for _, each in every]
    known: dict[Path, list[Any]] = {}
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        while count < sample:
            ((room, module),) = chance.choices(every, lengths)
            if module not in known:
                known[module] = faults(module, Path(folder))
            if not known[module]:
                continue
            fault = known[module].pop(chance.randrange(len(known[module])))
            if not is_an_annotation(*mutated(fault)):
                count += 1
                yield room, fault


def told(root: Path, room: str, fault: Any, verdict: str, why: str) -> Iterator[str]:
    """A fault and what came of it; of a survivor also the line."""
    where = Path(fault.module_path).relative_to(root)
    yield f"{verdict:9} {room:10} {where}:{fault.start_pos[0]} {fault.operator_name} ({why})"
    if verdict != "killed":
        lines = difflib.unified_diff(*(text.splitlines() for text in mutated(fault)), lineterm="",
                                     n=0)  # fmt: skip
        yield from (
            f"    {line}" for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")
        )


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
    parser.add_argument(
        "--limit", type=float, default=120.0, help="processor seconds for one fault"
    )
    parser.add_argument(
        "--minutes", type=float, default=10_000.0, help="begin no fault after these"
    )
    chosen = parser.parse_args()
    until = time.monotonic() + 60 * chosen.minutes
    scores: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = HERE / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / name)
        for room, fault in drawn(copy, chosen.rooms.split(","), chosen.sample, chosen.seed):
            if time.monotonic() > until:
                break
            verdict, why = judged(copy, room, fault, chosen.limit)
            scores[room, verdict] += 1
            print("\n".join(told(copy, room, fault, verdict, why)), flush=True)
    print("\n" + "\n".join(table(scores)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
