"""Feeds commands with spoiled inputs for as long as one likes, and takes up where it left off.

    python -m benchmarks.fuzz --minutes 30
    python -m benchmarks.fuzz --minutes 30 --state fuzz-state --budget 3000000

Inputs are those of `benchmarks.fuzz_inputs`, spoiled: bytes changed, values of JSON that change places,
numbers at the edge, lists repeated, parts of archives. Each goes through one command, within a budget in
operations. Anything but an answer or our own refusal is a finding: it is kept in the folder of the
state, with the command that did it, and the run goes on. Input n of a seed is always the same, and the
state says which n comes next and how much processor time has gone, so that a run can be stopped and
taken up at any time; the minutes are those of the processor, in all.
What is found and mended belongs into `tests/cases/found_by_fuzzing.py`.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.fuzz_inputs import Input, inputs
from benchmarks.hostile_corpus import filled, run

LONGEST = 30_000
"""Inputs of more bytes are cut to something smaller before they are spoiled: many small ones find more."""
EDGES: tuple[Any, ...] = (
    0, 1, -1, 0.5, 1e-12, 1 - 2**-53, 1e308, 5e-324, 2**63, "", " ", "c", "A", "F", None, True, [], {},
    "2015-02-30", "2015-08/2015-07", {"mean": 0.5, "strength": 1e-12}, {"confirmed": 0, "refuted": 0},
    "\u202e\u0000", "a" * 5_000, ["c", "c"],
)  # fmt: skip


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """An input with some of it changed: as JSON where it is that, as bytes otherwise."""
    if content[:4] == b"PK\3\4" and chance.random() < 0.8:
        return _archive_changed(content, chance)
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


def _archive_changed(content: bytes, chance: random.Random) -> bytes:
    """An archive with one of its parts changed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(whole, "w") as new:
        chosen = chance.choice(old.namelist())
        for each in old.infolist():
            part = b"" if each.file_size > 10**6 else old.read(each)
            if each.filename == chosen:
                part = _bytes_changed(part, chance)
            # Without a date of its own a part would have today's.
            new.writestr(zipfile.ZipInfo(each.filename), part)
    return whole.getvalue()


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
    # A copy: what is put into a list of the edges would be in every input after it, and in itself.
    return json.loads(json.dumps(chance.choice(EDGES)))


def drawn(number: int, seed: int, corpus: list[Input]) -> tuple[Input, bytes, list[str]]:
    """Input `number` of a seed: what is spoiled, what became of it, and the command."""
    chance = random.Random(f"{seed}:{number}")
    sound = chance.choice(corpus)
    return sound, spoiled(sound.content, chance), list(chance.choice(sound.commands))


def claim_in(content: bytes) -> str:
    """The id of the first claim of a case, as far as it has any."""
    try:
        found = json.loads(content)["claims"][0]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return "c"
    # A command line holds no zeros, and nothing that is no text.
    usable = isinstance(found, str) and "\0" not in found and found.isprintable()
    return found if usable else "c"


def tried(
    sound: Input, content: bytes, command: list[str], scratch: Path, budget: int
) -> tuple[str, str]:
    """Runs a command on a spoiled input: the command, and what is wrong ("" for nothing)."""
    for name, other in sound.beside.items():
        (scratch / name).write_bytes(other)
    file = scratch / f"input.{sound.ending}"
    file.write_bytes(content)
    arguments = filled(tuple(command), file, claim_in(content), scratch / "out")
    arguments = [each.replace("{folder}", str(scratch)) for each in arguments]
    answers = None
    if "<" in arguments:
        answers, arguments = file, arguments[: arguments.index("<")]
    if sound.takes_budget and command[0] not in ("chains", "export"):
        arguments += ["--budget", str(budget)]
    return " ".join(command), run(arguments, scratch, answers)[2]


def used() -> float:
    """Processor time of this process and of those that it has waited for, in seconds."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in found)


def main() -> int:
    """Runs until the time is over; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10, help="of processor time, in all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--budget", type=int, default=3_000_000)
    parser.add_argument("--state", type=Path, default=Path("fuzz-state"))
    chosen = parser.parse_args()
    chosen.state.mkdir(exist_ok=True)
    kept = chosen.state / f"next-{chosen.seed}.json"
    state = json.loads(kept.read_text()) if kept.exists() else {"next": 0, "seconds": 0.0}
    before, corpus = state["seconds"] - used(), inputs()
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        while state["seconds"] < 60 * chosen.minutes:
            number = state["next"]
            sound, content, command = drawn(number, chosen.seed, corpus)
            told, wrong = tried(sound, content, command, Path(folder), chosen.budget)
            found["wrong" if wrong else "right"] += 1
            if wrong:
                name = chosen.state / f"found-{chosen.seed}-{number}.{sound.ending}"
                name.write_bytes(content)
                print(f"{name}: {told}: {wrong}", flush=True)
            state = {"next": number + 1, "seconds": before + used()}
            kept.write_text(json.dumps(state))
    print(
        f"{sum(found.values())} inputs, {found['wrong']} findings; {state['seconds'] / 60:.1f} minutes "
        f"of processor time in all; the next is number {state['next']}"
    )
    return 1 if found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
