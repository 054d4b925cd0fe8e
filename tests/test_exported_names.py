"""The front door: what is exported is listed, sorted, documented with an example, and on a page."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import provenance
from provenance import errors

DOCS = Path(__file__).parent.parent / "docs"
ROOMS = ("scales", "records", "casefiles", "graph", "inference", "assessment", "methods", "learning",
         "report", "exchange", "drafting", "agents")  # fmt: skip
DOORS = ("provenance", *(f"provenance.{room}" for room in ROOMS))
# Pages name doors, so that the inside of a room may move; a page that cannot yet says why here.
NAMES_MODULES = {
    "learning.md",  # results, files and worlds are told module by module
    "learning-calibration.md",
    "learning-copying.md",
    "learning-methods.md",  # the methods are told one by one, each in the module of its paper
}
# A function of its module's name is asked for within the module, or the module would be shown whole.
ON_PAGES = [
    (page.name, re.sub(r"\.(\w+)\.\1$", r".\1", name))
    for page in sorted(DOCS.rglob("*.md"))
    for name in re.findall(r"^::: ([\w.]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("door", DOORS)
def test_a_door_lists_its_names_once_and_has_them_all(door: str) -> None:
    room = importlib.import_module(door)

    names = list(room.__all__)

    assert len(set(names)) == len(names)
    assert all(hasattr(room, name) for name in names)


def test_the_front_door_lists_its_names_in_order() -> None:
    assert list(provenance.__all__) == sorted(provenance.__all__)


@pytest.mark.parametrize("name", provenance.__all__)
def test_a_public_name_says_what_it_is(name: str) -> None:
    documented = getattr(provenance, name)

    assert inspect.getdoc(documented)


@pytest.mark.parametrize(
    ("page", "name"), [each for each in ON_PAGES if each[0] not in NAMES_MODULES]
)
def test_a_page_names_doors_and_what_they_export(page: str, name: str) -> None:
    if name in {*DOORS, "provenance.errors"}:
        return
    door, _, exported = name.rpartition(".")

    assert door in DOORS
    assert exported in importlib.import_module(door).__all__


def test_no_page_shows_a_module_for_the_function_of_its_name() -> None:
    shown = {
        name
        for page in sorted((DOCS / "reference").glob("*.md"))
        if page.name not in NAMES_MODULES
        for name in re.findall(r"^::: ([\w.]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }

    modules = {name for name in shown if (DOCS.parent / f"{name.replace('.', '/')}.py").is_file()}

    assert modules - {"provenance.errors"} == set()


def test_a_name_stands_on_one_page_once() -> None:
    assert len({name for _, name in ON_PAGES}) == len(ON_PAGES)


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "learning"])
def test_every_name_of_a_room_has_a_page(room: str) -> None:
    shown = {name for _, name in ON_PAGES}
    door = importlib.import_module(f"provenance.{room}")

    missing = {
        name
        for name in door.__all__
        if f"provenance.{room}" not in shown and f"provenance.{room}.{name}" not in shown
    }

    assert {name for name in missing if not _is_elsewhere(getattr(door, name), room)} == set()


def _is_elsewhere(exported: object, room: str) -> bool:
    """Whether a room hands on what lives in another room, whose page shows it."""
    module = getattr(exported, "__module__", None) or f"provenance.{room}"
    return module.startswith("provenance.") and module.split(".")[1] != room


@pytest.mark.parametrize(
    "name",
    [name for name in provenance.__all__ if inspect.isfunction(getattr(provenance, name))],
)
def test_a_public_function_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(provenance, name)) or "")


def test_every_error_is_exported() -> None:
    assert set(errors.__all__) <= set(provenance.__all__)


def test_the_other_methods_are_loaded_when_they_are_asked_for() -> None:
    script = (
        "import sys, provenance; before = 'provenance.methods' in sys.modules; "
        "provenance.compare; print(before, 'provenance.methods' in sys.modules)"
    )

    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == ["False", "True"]


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="'provenance' has no attribute 'nothing'"):
        provenance.nothing  # noqa: B018 asked for on purpose


def test_what_is_loaded_late_is_listed_all_the_same() -> None:
    assert set(provenance.__all__) <= set(dir(provenance))
