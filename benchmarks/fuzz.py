"""Feeds commands with spoiled inputs for as long as one likes, and takes up where it left off.

    python -m benchmarks.fuzz --minutes 30
    python -m benchmarks.fuzz --minutes 30 --state fuzz-state --budget 3000000

Inputs are the hostile corpus and the shipped seeds, spoiled: bytes changed, values of JSON that change
places, numbers at the edge, lists repeated. Each goes through one command, within a budget in
operations. Anything but an answer or our own refusal is a finding: it is kept in the folder of the
state, with the command that did it, and the run goes on. Input n of a seed is always the same, and the
state says which n comes next, so that a run can be stopped and taken up at any time.
What is found and mended belongs into `tests/cases/found_by_fuzzing.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.hostile_corpus import claim_of, commands, filled, run
from provenance import dump_case, load_seed, shipped_seeds
from tests.cases.hostile_corpus import HOSTILE

LONGEST = 30_000
"""Inputs of more bytes are cut to something smaller before they are spoiled: many small ones find more."""
EDGES: tuple[Any, ...] = (
    0, 1, -1, 0.5, 1e-12, 1 - 2**-53, 1e308, 5e-324, 2**63, "", " ", "c", "A", "F", None, True, [], {},
    "2015-02-30", "2015-08/2015-07", {"mean": 0.5, "strength": 1e-12}, {"confirmed": 0, "refuted": 0},
    "\u202e\u0000", "a" * 5_000, ["c", "c"],
)  # fmt: skip


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """An input with some of it changed: as JSON where it is that, as bytes otherwise."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _bytes_changed(content[:LONGEST], chance)
    if chance.random() < 0.15:
        return _bytes_changed(content[:LONGEST], chance)
    document = _smaller(document, chance)
    for _ in range(1 + int(chance.expovariate(0.5))):
        places = _places(document)
        if places:
            put, value = chance.choice(places)
            put(_other(value, chance.choice(places)[1], chance))
    return json.dumps(document).encode()


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(1 + int(chance.expovariate(0.3))):
        at = chance.randrange(len(found) + 1)
        found[at : at + chance.randrange(6)] = chance.randbytes(chance.randrange(4))
    return bytes(found)


def _smaller(document: Any, chance: random.Random) -> Any:
    """A document whose long lists are cut, each to a length of its own."""
    if isinstance(document, dict):
        return {key: _smaller(value, chance) for key, value in document.items()}
    if isinstance(document, list):
        kept = document if len(document) < 12 else document[: chance.randrange(2, 30)]
        return [_smaller(each, chance) for each in kept]
    return document


def _places(document: Any) -> list[tuple[Callable[[Any], None], Any]]:
    """Every value of a document, and how another one is put in its place."""
    found: list[tuple[Callable[[Any], None], Any]] = []
    waiting = [document]
    while waiting:
        holder = waiting.pop()
        items = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in items:
            found.append((lambda new, at=holder, key=key: at.__setitem__(key, new), value))  # type: ignore[misc]
            if isinstance(value, dict | list):
                waiting.append(value)
    return found


def _other(value: Any, elsewhere: Any, chance: random.Random) -> Any:
    """Another value: from elsewhere, from the edges, or the same again and again."""
    kind = chance.random()
    if kind < 0.45:
        return json.loads(json.dumps(elsewhere))
    if kind < 0.55 and isinstance(value, list):
        return json.loads(json.dumps(value * 3))
    if isinstance(value, float) and kind < 0.8:
        # By hand, since a power beyond what a double holds is an error and a product is not.
        return chance.choice((value * 1e-9, 1.0 - value, value * value * value, 0.0, 1.0))
    return chance.choice(EDGES)


def drawn(number: int, seed: int, corpus: list[tuple[str, bytes]]) -> tuple[str, bytes, list[str]]:
    """Input `number` of a seed, as (kind, content, command)."""
    chance = random.Random(f"{seed}:{number}")
    kind, content = chance.choice(corpus)
    return kind, spoiled(content, chance), list(chance.choice(commands(kind)))


def main() -> int:
    """Runs until the time is over; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--budget", type=int, default=3_000_000)
    parser.add_argument("--state", type=Path, default=Path("fuzz-state"))
    chosen = parser.parse_args()
    chosen.state.mkdir(exist_ok=True)
    kept = chosen.state / f"next-{chosen.seed}"
    number = int(kept.read_text()) if kept.exists() else 0
    corpus = [("case", dump_case(load_seed(name)).encode()) for name in shipped_seeds()] * 8
    corpus += [(each.kind, each.made()) for each in HOSTILE.values() if each.kind != "parquet"]
    found: Counter[str] = Counter()
    until = time.monotonic() + 60 * chosen.minutes
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        while time.monotonic() < until:
            kind, content, command = drawn(number, chosen.seed, corpus)
            ending = {"case": "json", "text": "txt"}.get(kind, kind if len(kind) < 5 else "json")
            file = scratch / f"input.{ending}"
            file.write_bytes(content)
            arguments = filled(tuple(command), file, claim_of(content), scratch / "out")
            if kind == "case" and command[0] not in ("chains", "export"):
                arguments += ["--budget", str(chosen.budget)]
            wrong = run(arguments, scratch)[2]
            found["wrong" if wrong else "right"] += 1
            if wrong:
                name = chosen.state / f"found-{chosen.seed}-{number}.{ending}"
                name.write_bytes(content)
                print(f"{name}: {' '.join(command)}: {wrong}", flush=True)
            number += 1
            kept.write_text(str(number))
    print(f"{sum(found.values())} inputs, {found['wrong']} findings; the next is number {number}")
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
