"""Writes what every method makes of small tables; run it to bring the file up to date.

    python -m tests.learning.methods_told

The file `methods_told.txt` beside it is compared by a test. What methods come to is held to slow twins
elsewhere, and here to what it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.errors import ProvenanceError
from provenance.learning import METHODS, Learned, learn
from tests.learning.tellings import Rows, lines, rows_of, some

FILE = Path(__file__).with_name("methods_told.txt")


FEW: Rows = [
    (name, o, v)
    for name, values in {"a": "xxyx", "b": "xxyy", "c": "yxxy", "d": "yyxy", "g": "xyy"}.items()
    for o, v in enumerate(values)
] + [("e", 4, "x"), ("a", 5, "x"), ("f", 5, "y"), ("g", 5, "y"), ("f", 6, "z")]
# Nobody is tied with anybody: what rounding decides is another thing on another machine.
NUMBERS: Rows = [
    (name, o, 10.0 * o + more)
    for name, more in (("a", 0.0), ("b", 0.5), ("c", -0.25), ("d", 7.0))
    for o in range(5)
] + [("e", 0, 1e12), ("e", 9, 3.0)]
SETS: Rows = [
    (name, o, member)
    for n, name in enumerate("abc")
    for o in range(5)
    for member in "pqr"[: 3 - n or 1]
] + [("d", o, "r") for o in range(5)]
KINDS = ("experts", "hard objects", "lone voices", "many labels")


def tables() -> Iterator[tuple[str, Rows, dict[str, Any]]]:
    """Small tables by what is in them, and how they are to be read."""
    yield "few", FEW, {}
    yield "few, two known", FEW, {"truth": {0: "x", 4: "y"}}
    yield "few, wholly dependent", FEW, {"dependence": 1.0}
    yield "said twice", [*FEW, *FEW[:6]], {"repeats": "count", "dependence": 0.25}
    for kind in KINDS:
        rows, truth = some(kind, "o008", seed=2)
        yield kind, rows, {}
        yield f"{kind}, some known", rows, {"truth": dict(list(truth.items())[:3])}
    yield "numbers", NUMBERS, {"kind": "numbers"}
    yield "numbers, one known", NUMBERS, {"kind": "numbers", "truth": {1: 10.0}}
    yield "numbers, near ones alike", NUMBERS, {"kind": "numbers", "tolerance": 0.6}
    yield "sets", SETS, {"kind": "sets"}


def told(rows: Rows, how: dict[str, Any], method: str) -> Iterator[str]:
    """What one method makes of a table."""
    try:
        found = learn(rows, method=method, **{"copies": False} | how)
    except ProvenanceError as error:
        yield f"  {type(error).__name__}: {error}"
    else:
        yield from (f"  {line}" for line in _figures(found))


def _figures(found: Learned) -> Iterator[str]:
    data = found.data
    for name in ("sources", "values", "unstated", "numbers"):
        yield from lines([[list(each.values()) for each in data.get(name, ())][:15]])
    if found.assertions.kind == "categories":
        yield from lines([rows_of(found.objects_table())[:6]])
    yield from lines([[len(found.log), found.log[-2:], dict(found.facts).get("temperature")]])


def text() -> str:
    """What every method makes of every table that it is for, or says of another."""
    said = []
    for name, rows, how in tables():
        kind = how.get("kind", "categories")
        for method in METHODS.values():
            if kind == (method.values if method.values in ("numbers", "sets") else "categories"):
                said += [f"=== {name}: {method.name}", *told(rows, how, method.name)]
    said += ["=== a method for another kind", *told(NUMBERS, {"kind": "numbers"}, "ltm")]
    return "\n".join([*said, ""])


def main() -> None:
    """Write the file."""
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
