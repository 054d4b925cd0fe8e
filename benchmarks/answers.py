"""One answer against reading its case, all answers of a case against one, and how wide a case may be.

    python -m benchmarks.answers

Times are processor time, the best of several runs in one process on this machine; only the ratios
travel.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.inference_peers import best, everything
from provenance import Case, load_case, weigh, weigh_all

SEEDS = ("egypt-arms-2015", "egypt-syria-2015")
FOLDER = Path(__file__).parents[1] / "seeds"
RUNS = 15


def voices(count: int, unrecorded: int) -> Case:
    """Sources that say the same, some of them of unrecorded lineage."""
    first = {"basis": "firsthand"}
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": 0.3}],
            "sources": [{"id": f"s{n}", "reliability": "CBD"[n % 3]} for n in range(count)],
            "attributions": [
                {"id": f"a{n}", "source": f"s{n}", "claim": "x"}
                | (first if n >= unrecorded else {})
                for n in range(count)
            ],
        }
    )


def mesh(statements: int, outlets: int, origins: int, seed: int) -> Case:
    """Outlets that speak for themselves and quote each other, in any order."""
    chance = random.Random(seed)
    said: list[dict[str, Any]] = []
    for n in range(statements):
        each: dict[str, Any] = {"id": f"a{n}", "source": f"o{chance.randrange(outlets)}"}
        if n < origins:
            each |= {"claim": "x", "stance": chance.choice(("affirms", "affirms", "denies"))}
        else:
            each["cites"] = f"a{chance.randrange(n)}"
        said.append(each)
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "x", "prior": 0.3}],
            "sources": [{"id": f"o{n}", "reliability": "BCD"[n % 3]} for n in range(outlets)],
            "attributions": said,
        }
    )


def once(run: Callable[[], object]) -> float:
    """Seconds of processor time of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    """Print the tables."""
    print(
        "| seed | load_case (ms) | one answer, everything read (ms) | answer / load_case |", end=""
    )
    print(
        " asked again (ms) | claims | all probabilities / one answer | everything of all / one answer |"
    )
    print("|" + " --- |" * 8)
    for name in SEEDS:
        text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
        case = load_case(text)
        claim = case.claims[0].id
        loading = best(lambda text=text: load_case(text), RUNS)  # type: ignore[misc]
        # Of a copy nothing is kept that was worked out for the case before.
        one = best(lambda: everything(weigh(case.model_copy(), claim)), RUNS)  # noqa: B023
        again = best(lambda: everything(weigh(case, claim)), RUNS)  # noqa: B023
        many = best(lambda case=case: weigh_all(case), RUNS)  # type: ignore[misc]
        whole = best(lambda case=case: [everything(each) for each in weigh_all(case)], 3)  # type: ignore[misc]
        print(
            f"| {name} | {loading * 1e3:.2f} | {one * 1e3:.2f} | {one / loading:.1f} | "
            f"{again * 1e3:.2f} | {len(case.claims)} | {many / one:.1f} | {whole / one:.1f} |",
            flush=True,
        )
    case = voices(200, 50)
    bare = best(lambda: weigh(case.model_copy(), "x").probability, 3)
    origins = best(lambda: weigh(case.model_copy(), "x").reasons, 3)
    print(f"\n200 voices, 50 unrecorded: {bare * 1e3:.1f} ms, {origins / bare:.1f} x with reasons")
    print("\n| statements | outlets | origins | exact | width | operations | s |")
    print("|" + " --- |" * 7)
    for origins_, seed in ((40, 2), (10, 1), (10, 2)):
        case = mesh(160, 27, origins_, seed)
        found = weigh(case, "x")
        taken = once(lambda: everything(weigh(case.model_copy(), "x")))  # noqa: B023
        exact = "no" if found.approximate else "yes"
        print(
            f"| 160 | 27 | {origins_} | {exact} | {found.cost.width:.0f} | "
            f"{found.cost.operations:.1e} | {taken:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
