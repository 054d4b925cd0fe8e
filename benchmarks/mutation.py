"""Mutation testing: a seeded sample of small faults, put in one by one, and whether a test fails.

    python -m benchmarks.mutation --sample 100 --seed 1
    python -m benchmarks.mutation --rooms inference,graph --sample 20 --limit 120

It needs cosmic-ray (`pip install cosmic-ray`), whose session lists every fault it can make in a
module. The sample is drawn over the modules of all rooms that are named, in proportion to their
length. A fault is put into a copy of the checkout, where the room's own tests are run with a time limit: those of the
module's name first, then the room's others. Where a test fails it is killed; what is not done in
time is undecided. The same seed draws the same faults.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOMS = ("errors", "records", "casefiles", "graph", "inference", "assessment", "exchange")
HERE = Path(__file__).parent.parent
COPIED = ("provenance", "tests", "seeds", "docs", "conftest.py", "pyproject.toml", "README.md",
          "examples", "mkdocs.yml", "CHANGELOG.md", "benchmarks")  # fmt: skip
# Tests that take a browser, Java or minutes tell little about one fault.
LEFT_OUT = ("browser", "weigh_frame", "simulated", "recovery", "spark")
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
    """Whether a fault is in a type only: `int | None` is no arithmetic, and no test can tell."""
    lines = [line[1:] for line in difflib.ndiff(code.splitlines(), changed.splitlines())
             if line.startswith("+ ")]  # fmt: skip
    return any("None" in line and (":" in line or "->" in line) for line in lines)


def test_files(room: str, module: str) -> list[list[str]]:
    """The room's own tests, in two parts: those named after the module, and the others."""
    own = sorted(str(each.relative_to(HERE)) for each in (HERE / "tests" / room).glob("test_*.py"))
    own += ["tests/test_errors.py"] if room == "errors" else []
    own = [each for each in own if not any(word in each for word in LEFT_OUT)]
    stem = module.rstrip("s")
    first = [each for each in own if stem in each]
    source = f"provenance/{room}/{module}.py" if room != "errors" else "provenance/errors.py"
    rest = [each for each in own if each not in first]
    return [[source, *first], rest]


def judged(copy: Path, room: str, module: str, limit: float) -> str:
    """Whether the tests notice a fault that stands in a copy."""
    until = time.monotonic() + limit
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    for files in test_files(room, module):
        if not files:
            continue
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(
                [*command, *files],
                cwd=copy,
                env=env,
                capture_output=True,
                timeout=max(1.0, until - time.monotonic()),
            )
        except subprocess.TimeoutExpired:
            return "undecided"
        if done.returncode not in (0, 5):
            return "killed"
    return "survived"


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


def told(root: Path, room: str, fault: Any, verdict: str) -> Iterator[str]:
    """A fault and what came of it; of a survivor also the line."""
    where = Path(fault.module_path).relative_to(root)
    yield f"{verdict:9} {room:10} {where}:{fault.start_pos[0]} {fault.operator_name}"
    if verdict != "killed":
        lines = difflib.unified_diff(*(text.splitlines() for text in mutated(fault)), lineterm="",
                                     n=0)  # fmt: skip
        yield from (
            f"    {line}" for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")
        )


def main() -> int:
    """Draws faults, tries each, and prints the score by room."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", default=",".join(ROOMS))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds for one fault")
    chosen = parser.parse_args()
    scores: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            source = HERE / name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / name)
        sound: dict[Path, str] = {}
        rooms = chosen.rooms.split(",")
        for room, fault in drawn(copy, rooms, chosen.sample, chosen.seed):
            where = Path(fault.module_path)
            if where not in sound:
                sound[where] = judged(copy, room, where.stem, chosen.limit)
            # A fault tells nothing where the tests fail, or are not done in time, without it.
            verdict = "undecided"
            code, changed = mutated(fault)
            if sound[where] == "survived":
                where.write_text(changed, "utf-8")
                verdict = judged(copy, room, where.stem, chosen.limit)
                where.write_text(code, "utf-8")
            lines = list(told(copy, room, fault, verdict))
            scores[room, verdict] += 1
            print("\n".join(lines), flush=True)
    print("\n| room | killed | survived | undecided | score |\n| --- | --- | --- | --- | --- |")
    for room in [*dict.fromkeys(room for room, _ in scores), "all"]:
        counts = [sum(n for (r, v), n in scores.items() if v == verdict and room in (r, "all"))
                  for verdict in ("killed", "survived", "undecided")]  # fmt: skip
        decided = counts[0] + counts[1]
        share = f"{100 * counts[0] / decided:.0f} %" if decided else "–"
        print(f"| {room} | {counts[0]} | {counts[1]} | {counts[2]} | {share} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
