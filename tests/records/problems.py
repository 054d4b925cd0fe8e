"""Writes what is said of every field of a case that holds something wrong; run it to bring it up to date.

    python -m tests.records.problems

The file `problems.txt` beside it is read by people, and compared by a test.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.errors import CaseError
from provenance.records import Case
from tests.cases.exchange_cases import FULL

FILE = Path(__file__).with_name("problems.txt")
Trail = tuple[str | int, ...]
LONG = "a" * 201
WRONG: tuple[Any, ...] = (
    None, "", "75 %", "seventy", LONG, "line\nline", 0, 2, 75, 101, -0.5, 1.5, True, [], ["x"],
    [None], {}, {"odd": 1},
)  # fmt: skip
ELSEWHERE = ("nobody", "armed", ["armed", "armed"])
"""What may be right by itself, and is not with the other records."""


def trails(value: Any, at: Trail = ()) -> Iterator[Trail]:
    """Where something stands in a document."""
    if at:
        yield at
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield from trails(each, (*at, key))


def fields() -> dict[str, Trail]:
    """Where every field of the format stands first, by its name without places."""
    found: dict[str, Trail] = {}
    for trail in trails(FULL):
        name = ".".join("#" if isinstance(each, int) else each for each in trail)
        if "x-" not in name:
            found.setdefault(name, trail)
    return found


def spoiled(trail: Trail, value: Any, document: Any) -> dict[str, Any]:
    """A document with something else in one place."""
    document = copy.deepcopy(document)
    inside: Any = document
    for key in trail[:-1]:
        inside = inside[key]
    inside[trail[-1]] = value
    return dict(document)


def told(document: dict[str, Any], beginning: str) -> list[str]:
    """What is said of it that concerns one place, without the value that was found."""
    try:
        Case.model_validate(document)
    except CaseError as error:
        about = [each for each in error.problems if each.path.startswith(beginning)]
        return [re.sub(r", found (?!no |at )[^(]*", ", found … ", str(each)) for each in about]
    return []


def path_of(trail: Trail) -> str:
    """A place as problems name it."""
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in trail).strip(
        "."
    )


def alone(trail: Trail) -> tuple[Trail, dict[str, Any]]:
    """The same place in a case that has nothing but this record, since most is wrong by itself."""
    if len(trail) < 2:
        return trail, FULL
    section, number, *rest = trail
    return (section, 0, *rest), {"version": 1, str(section): [FULL[str(section)][number]]}


def problems() -> Iterator[tuple[str, list[str]]]:
    """For every field what is said of each wrong value."""
    for name, trail in fields().items():
        found: dict[str, list[str]] = {}
        here, document = alone(trail)
        for value in WRONG:
            for said in told(spoiled(here, value, document), path_of(here)):
                found.setdefault(said, []).append("aa…" if value == LONG else repr(value))
        for value in ELSEWHERE if len(trail) > 2 else ():
            for said in told(spoiled(trail, value, FULL), ""):
                found.setdefault(said, []).append(repr(value))
        yield (
            name,
            [f"  {', '.join(dict.fromkeys(values))}: {said}" for said, values in found.items()],
        )


def main() -> None:
    """Write the file."""
    lines = [line for name, said in problems() for line in (name, *said)]
    FILE.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
