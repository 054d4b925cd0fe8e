"""The front door: what is exported is listed, sorted, documented with an example, and on a page."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

import provenance
from provenance import errors

DOCS = Path(__file__).parent.parent / "docs"
DOORS = ("provenance", "provenance.methods", "provenance.learning", "provenance.report",
         "provenance.exchange", "provenance.drafting")  # fmt: skip
ROOMS_ON_PAGES = {
    match
    for page in DOCS.rglob("*.md")
    for match in re.findall(r"^::: ([\w.]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
}


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


@pytest.mark.parametrize("name", provenance.__all__)
def test_a_public_name_has_a_page(name: str) -> None:
    documented = getattr(provenance, name)

    module = documented.__module__
    places = {module, f"{module}.{name}", f"provenance.{name}"}
    while "." in module:
        module = module.rpartition(".")[0]
        places |= {module, f"{module}.{name}"}

    assert places & (ROOMS_ON_PAGES - {"provenance"})


@pytest.mark.parametrize(
    "name",
    [name for name in provenance.__all__ if inspect.isfunction(getattr(provenance, name))],
)
def test_a_public_function_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(provenance, name)) or "")


def test_every_error_is_exported() -> None:
    assert set(errors.__all__) <= set(provenance.__all__)
