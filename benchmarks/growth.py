"""How weighing grows: many claims in stories of their own, and many attributions of one claim.

    python -m benchmarks.growth

Times are processor time of one run each; what should stay the same down a table is the time per
item. The memory is the highest of the process so far.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks.inference_peers import everything, tree_like
from provenance import Case, load_case, weigh, weigh_all

CLAIMS = (1_250, 2_500, 5_000, 10_000)
ATTRIBUTIONS = (1_000, 10_000, 100_000)
SOURCES = 50


def separate(claims: int) -> Case:
    """Claims with an origin and a relay each, from a few sources that stand in every story."""
    attributions: list[dict[str, Any]] = []
    for n in range(claims):
        attributions += [
            {"id": f"a{n}", "source": f"s{n % SOURCES}", "claim": f"c{n}"},
            {"id": f"b{n}", "source": f"s{(n + 7) % SOURCES}", "cites": f"a{n}"},
        ]
    return load_case(
        {
            "version": 1,
            "claims": [{"id": f"c{n}", "text": "so", "prior": 0.2} for n in range(claims)],
            "sources": [{"id": f"s{n}", "reliability": "B"} for n in range(SOURCES)],
            "attributions": attributions,
        }
    )


def row(items: int, run: Callable[[], object]) -> str:
    """One row: how many items, the time, the time per item, and the memory."""
    start = time.process_time()
    run()
    taken = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"| {items:,} | {taken:.2f} | {taken / items * 1e3:.3f} | {memory} |"


def table(what: str, sizes: tuple[int, ...], made: Callable[[int], Callable[[], object]]) -> None:
    """A table over sizes."""
    print(f"\n| {what} | s | ms each | peak MiB |\n| --- | --- | --- | --- |")
    for size in sizes:
        print(row(size, made(size)), flush=True)


def main() -> None:
    """Print both tables."""

    def all_of(claims: int) -> Callable[[], object]:
        case = separate(claims)
        return lambda: [everything(each) for each in weigh_all(case)]

    def one_of(attributions: int) -> Callable[[], object]:
        case = tree_like(attributions)
        return lambda: everything(weigh(case, "x"))

    table("claims in separate stories", CLAIMS, all_of)
    table("attributions of one claim", ATTRIBUTIONS, one_of)


if __name__ == "__main__":
    main()
