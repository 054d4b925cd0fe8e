"""The room of learning: its door lists its modules, and each is of a size that can be mapped."""

from __future__ import annotations

import re
from pathlib import Path

import provenance.learning as room

FOLDER = Path(room.__file__).parent


def test_the_door_lists_every_module_with_a_phrase() -> None:
    listed = re.findall(r"^- `(\w+)`: \S.+$", room.__doc__ or "", re.MULTILINE)

    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"} | {"methods"}

    assert sorted(listed) == listed
    assert set(listed) == modules


def test_no_module_is_longer_than_can_be_mapped() -> None:
    for path in FOLDER.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 800


def test_every_name_of_the_door_is_there() -> None:
    assert all(hasattr(room, name) for name in room.__all__)
