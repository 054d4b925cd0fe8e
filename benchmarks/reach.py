"""Which test of a room reaches which line of it, and how long it takes: the map of mutation testing.

A map is made by running the tests of a room once, each watched by coverage in a context of its own. It
is kept in a file outside the checkout; tests are watched again where their own file has changed, and
all of them where the room has. The examples of a module's docstrings count as one test, since later
ones use the names of earlier ones. A test that fails or is skipped without a fault is left out.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import coverage
import pytest

HERE = Path(__file__).parent.parent
# Tests that take a browser or Java tell little about one fault, and much of the machine.
LEFT_OUT = ("browser", "weigh_frame", "spark")
# Polars has threads from the first table on, and waits for them for ever in a fork.
LEFT_OUT_TESTS = ("polars", "[lazy]")
_IMPORT = "import"


@attrs.frozen(eq=False)
class Unit:
    """A test, or the examples of one module."""

    name: str
    """As pytest names it; the path of the module for examples."""
    seconds: float
    """Processor time, watched."""
    lines: dict[str, tuple[int, ...]]
    """The lines of each module that it reaches."""

    @property
    def file(self) -> str:
        """The file that holds it."""
        return self.name.split("::")[0]


@attrs.frozen
class Reach:
    """What the tests of a room reach."""

    imported: dict[str, tuple[int, ...]]
    """Lines that run when the room is imported."""
    units: tuple[Unit, ...]
    """The quickest first."""

    def at(self, module: str, lines: range | None = None) -> list[Unit]:
        """The tests that reach some of these lines of a module, the quickest first."""
        return [
            each
            for each in self.units
            if any(lines is None or line in lines for line in each.lines.get(module, ()))
        ]


def places(room: str) -> tuple[Path, list[Path]]:
    """The code of a room, and the files that hold its own tests."""
    code = HERE / "provenance" / room
    if not code.is_dir():
        return code.with_suffix(".py"), [HERE / "tests" / f"test_{room}.py"]
    own = sorted((HERE / "tests" / room).glob("test_*.py"))
    return code, [each for each in own if not any(word in each.name for word in LEFT_OUT)]


def modules(room: str) -> list[Path]:
    """The modules of a room that have something to compute."""
    code, _ = places(room)
    found = sorted(code.rglob("*.py")) if code.is_dir() else [code]
    return [each for each in found if each.name != "__init__.py"]


def unit_of(item: pytest.Item) -> str:
    """The test that an item belongs to."""
    return item.nodeid.split("::")[0] if item.nodeid.startswith("provenance/") else item.nodeid


def reach(room: str, folder: Path, anew: bool) -> Reach:
    """What the tests of a room reach: out of the file in the folder as far as that still holds."""
    kept = folder / f"{room}.json"
    known: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() and not anew else {}
    code, tests = places(room)
    of_room = _digest(*modules(room))
    if known.get("room") != of_room:
        known = {"room": of_room, "files": {}}
    now = {str(each.relative_to(HERE)): _digest(each) for each in [*tests, *modules(room)]}
    files = {name: held for name, held in known["files"].items() if now.get(name) == held["digest"]}
    stale = sorted(set(now) - set(files))
    if stale:
        made = folder / f"{room}.new.json"
        in_a_fork(lambda: _watch(code, stale, made))
        watched = json.loads(made.read_text())
        made.unlink()
        known["imported"] = watched["imported"]
        for name in stale:
            files[name] = {"digest": now[name], "units": watched["files"].get(name, [])}
    kept.write_text(json.dumps(known | {"files": files}))
    every = [Unit(**each) for held in files.values() for each in held["units"]]
    found = [each for each in every if not any(word in each.name for word in LEFT_OUT_TESTS)]
    return Reach(known["imported"], tuple(sorted(found, key=lambda each: each.seconds)))


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()


def in_a_fork(work: Any) -> int:
    """Does something in a fork, which has imported what the tests need but nothing of the library.

    Returns the status of its end, as `os.waitpid` gives it.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work() or 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def as_pytest(tests: list[str], plugin: Any) -> int:
    """Runs tests in this process, which has nothing else to do."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    os.chdir(HERE)
    os.environ |= {"PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1",
                   "HYPOTHESIS_PROFILE": "brief"}  # fmt: skip
    sys.dont_write_bytecode = True
    sys.path[:] = [str(HERE), *(each for each in sys.path if each not in ("", str(HERE)))]
    # pytest would import what it is given in a way of its own, past a fault that is put in.
    arguments = ["-q", "-n0", "-p", "no:cacheprovider", "--assert=plain", *tests]
    return int(pytest.main(arguments, plugins=[plugin]))


class _Watched:
    """Gives every test a context of its own, and takes its time."""

    def __init__(self, watching: coverage.Coverage) -> None:
        self.watching = watching
        self.seconds: dict[str, float] = defaultdict(float)
        self.unfit: set[str] = set()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.watching.switch_context(unit_of(item))
        begun = time.process_time()
        yield
        self.seconds[unit_of(item)] += time.process_time() - begun
        self.watching.switch_context("between")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            name = report.nodeid
            self.unfit.add(name.split("::")[0] if name.startswith("provenance/") else name)


def _watch(code: Path, tests: list[str], made: Path) -> None:
    watching = coverage.Coverage(
        data_file=None, config_file=False, include=[str(code), str(code / "*")], context=None
    )
    watching.start()
    watching.switch_context(_IMPORT)
    plugin = _Watched(watching)
    as_pytest(tests, plugin)
    watching.stop()
    data = watching.get_data()
    reached: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for file in data.measured_files():
        module = str(Path(file).relative_to(HERE))
        for line, contexts in data.contexts_by_lineno(file).items():
            for context in contexts:
                reached[context][module].append(line)
    files: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, seconds in plugin.seconds.items():
        if name not in plugin.unfit:
            files[name.split("::")[0]].append(
                {"name": name, "seconds": round(seconds, 4), "lines": reached[name]}
            )
    made.write_text(json.dumps({"imported": reached[_IMPORT], "files": files}))


@attrs.frozen
class Site:
    """Where in a module a line stands."""

    lines: range
    """The lines of its statement; of a compound statement those of its head."""
    is_declared: bool
    """Whether it runs once, when the module is imported, or its function keeps what it returned."""
    names: frozenset[str]
    """What a declaration gives names to."""


def site(code: str, line: int) -> Site:
    """The statement that holds a line, and whether that is a declaration.

    >>> site("A = 1\\n\\ndef f(x):\\n    return (\\n        x + 1\\n    )\\n", 5)
    Site(lines=range(4, 7), is_declared=False, names=frozenset({'f'}))
    >>> site("A = (\\n    1\\n)\\n", 2).is_declared
    True
    """
    around = [each for each in _statements(ast.parse(code)) if line in _whole(each)]
    statement = min(around, key=lambda each: len(_whole(each)))
    functions = [each for each in around if isinstance(each, ast.FunctionDef)]
    inside = [each for each in functions if line >= each.body[0].lineno]
    keeps = [each for each in inside if any("cache" in _last(d) for d in each.decorator_list)]
    outermost = max(around, key=lambda each: len(_whole(each)))
    return Site(_head(statement), not inside or bool(keeps), frozenset(_named(outermost, inside)))


def _statements(tree: ast.AST) -> Iterator[ast.stmt]:
    return (each for each in ast.walk(tree) if isinstance(each, ast.stmt))


def _whole(statement: ast.stmt) -> range:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)])
    return range(first, (statement.end_lineno or statement.lineno) + 1)


def _head(statement: ast.stmt) -> range:
    whole, body = _whole(statement), getattr(statement, "body", None)
    return range(whole.start, max(body[0].lineno, whole.start + 1)) if body else whole


def _last(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = ast.unparse(called).split(".")[-1]
    # A property that is kept belongs to one value, so that each test makes it anew.
    return "" if name == "cached_property" else name


def _named(outermost: ast.stmt, inside: list[ast.FunctionDef]) -> Iterator[str]:
    for each in [outermost, *inside]:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            yield each.name
        for target in getattr(each, "targets", [getattr(each, "target", None)]):
            if isinstance(target, ast.Name):
                yield target.id


def users(code: str, names: frozenset[str]) -> list[range]:
    """The functions of a module that name something of a declaration."""
    functions = [each for each in ast.walk(ast.parse(code)) if isinstance(each, ast.FunctionDef)]
    return [
        _whole(each)
        for each in functions
        if any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(each))
    ]
