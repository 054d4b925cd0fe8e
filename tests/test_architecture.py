"""Data walks one way: a room imports only from rooms that come before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ORDER = (
    {"errors", "scales"},
    {"records"},
    {"casefiles"},
    {"graph"},
    {"inference"},
    {"assessment"},
    {"methods", "learning"},
    {"report", "exchange"},
    {"drafting"},
    {"cli"},
    {"__main__"},
)
PACKAGE = Path(__file__).parent.parent / "provenance"
FLOOR = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
PYDANTIC_ROOMS = {"records", "casefiles", "drafting"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_rooms_already_walked_through(path: Path) -> None:
    here = room_of(path)

    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("provenance.")}

    beyond = {room for room in rooms - {here} if FLOOR[room] >= FLOOR[here]}
    # `scales` raises errors, the one thing that even the first room stands on.
    assert beyond - ({"errors"} if here == "scales" else set()) == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_pydantic_stays_at_the_border(path: Path) -> None:
    names = {name.split(".")[0] for name in imported(path)}

    assert room_of(path) in PYDANTIC_ROOMS or not names & {"pydantic", "pydantic_core"}


def test_every_room_is_in_the_order() -> None:
    rooms = {room_of(path) for path in MODULES}

    assert rooms <= set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_first_what_lives_in_it(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring is not None
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 800


def test_importing_the_library_loads_only_what_the_base_install_has() -> None:
    script = (
        "import sys, provenance; "
        "extras = {'numpy', 'narwhals', 'typer', 'rich', 'prov', 'stix2', 'pymisp', 'mcp'}; "
        "print(sorted(extras & set(sys.modules)))"
    )

    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"
