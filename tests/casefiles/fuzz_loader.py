"""Feeds the loader with spoiled files for as long as one likes; run it by hand.

    python tests/fuzz_loader.py --minutes 10 --seed 1

Anything but a case or our own error ends the run with the input that did it, and so does a peak of
memory above the bound. The same seed gives the same inputs in the same order.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from provenance.casefiles import case_schema, dump_case, load_case, load_sources, shipped_seeds
from provenance.casefiles import load_seed as seed_case
from provenance.errors import CaseError

TOKENS = (
    b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\\u", b"\\ud800", b"null", b"true", b"NaN",
    b"-", b"1e999", b"9" * 500, b"0.3", b'"0.3"', b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\0",
    b'"x-a":', b'"2015-02-30"', b"[" * 100, b'{"a":' * 100, b'{"a":1,"a":1}', b"1,", b"[],",
)  # fmt: skip
MOST_MEGABYTES = 1_500


def main() -> int:
    """Runs until the time is over; 0 when nothing but cases and our errors came out."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--keep", type=Path, default=Path("fuzz-failure.json"))
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    corpus = [dump_case(seed_case(name)).encode() for name in shipped_seeds()]
    words = tuple(_words(case_schema()))
    seen: Counter[str] = Counter()
    until = time.monotonic() + 60 * chosen.minutes
    while time.monotonic() < until:
        raw = _spoiled(chance, corpus, words)
        try:
            seen[_outcome(raw)] += 1
        except BaseException:
            chosen.keep.write_bytes(raw)
            print(f"the input is kept in {chosen.keep}", file=sys.stderr)
            raise
        if sum(seen.values()) % 5_000 == 0:
            print(_summary(seen), flush=True)
    print(_summary(seen))
    return 0


def _words(schema: object) -> list[bytes]:
    """The names and words of the format, so that spoiling gets past the first check."""
    if isinstance(schema, dict):
        found = [json.dumps(key).encode() for key in schema.get("properties", {})]
        found += [json.dumps(word).encode() for word in schema.get("enum", ())]
        return found + [word for inner in schema.values() for word in _words(inner)]
    return [word for inner in schema for word in _words(inner)] if isinstance(schema, list) else []


def _spoiled(chance: random.Random, corpus: list[bytes], words: tuple[bytes, ...]) -> bytes:
    raw = bytearray(chance.choice(corpus))
    if chance.random() < 0.3:  # a small piece, which is quick
        raw = raw[: chance.randrange(len(raw))]
    if chance.random() < 0.6:
        return bytes(_spoiled_tree(chance, bytes(chance.choice(corpus)), words))
    for _ in range(1 + int(chance.expovariate(0.3))):
        at, length = chance.randrange(len(raw) + 1), chance.randrange(1, 12)
        piece = chance.choice((chance.choice(TOKENS), chance.choice(words), chance.randbytes(3)))
        if chance.random() < 0.05:
            piece *= 2_000
        if chance.random() < 0.5:
            raw[at : at + length] = piece
        else:
            raw[at:at] = piece
    return bytes(raw)


def _spoiled_tree(chance: random.Random, raw: bytes, words: tuple[bytes, ...]) -> bytes:
    """Well-formed JSON in which some values have changed places."""
    document = json.loads(raw)
    places: list[tuple[Callable[[object], None], object]] = []

    def collect(value: object) -> None:
        items = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
        for key, inner in items:
            places.append((lambda new, at=value, key=key: at.__setitem__(key, new), inner))  # type: ignore[misc]
            if isinstance(inner, dict | list):
                collect(inner)

    collect(document)
    for _ in range(1 + int(chance.expovariate(0.5))):
        put, _ = chance.choice(places)
        _, value = chance.choice(places)
        new: object = chance.choice((json.loads(json.dumps(value)), json.loads(chance.choice(words)),
                             chance.choice((None, True, -1, 0, 1, 2, 1e300, "", " ", [], {}))))  # fmt: skip
        put(new)
    return json.dumps(document).encode()


def _outcome(raw: bytes) -> str:
    """The code of the first problem, or that it was a case; any other error is let through."""
    found = ""
    for source in (raw, raw.decode("utf-8", "surrogateescape")):
        try:
            case = load_case(source)
        except CaseError as error:
            found = found or error.problems[0].code
            if str(error).count("\n") > 30:
                raise AssertionError("the message is longer than a screen") from error
        else:
            found = found or "a case"
            if load_case(dump_case(case)) != case:
                raise AssertionError("the case changed on its way through a file")
    with contextlib.suppress(CaseError):
        load_sources(raw)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if peak > MOST_MEGABYTES:
        raise AssertionError(f"expected at most {MOST_MEGABYTES} MB, found {peak:.0f}")
    return found


def _summary(seen: Counter[str]) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kinds = ", ".join(f"{kind} {count}" for kind, count in seen.most_common(12))
    return f"{sum(seen.values())} inputs, {peak:.0f} MB at most: {kinds}"


if __name__ == "__main__":
    sys.exit(main())
