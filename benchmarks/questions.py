"""Times questions about an answer: a changed number replayed against weighing anew, and leads.

    python -m benchmarks.questions

Times are processor time, the best of several runs in one process on this machine; only the ratios
and the growth travel.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.inference_peers import news_like, tree_like
from provenance import Case, load_case, weigh
from provenance.assessment import Change, leads, questioned
from provenance.assessment.changes import changed
from provenance.assessment.responses import is_linear, response_of

SEED = "seeds/egypt-arms-2015.json"


def best(function: Callable[[], object], runs: int = 5, least: float = 0.05) -> float:
    """Seconds per call, the best of several rounds."""
    times: list[float] = []
    for _ in range(runs):
        count, start = 0, time.process_time()
        while count == 0 or time.process_time() - start < least / runs:
            function()
            count += 1
        times.append((time.process_time() - start) / count)
    return min(times)


def what_if(name: str, case: Case, claim: str) -> None:
    """One source's reliability set anew: read off or replayed, and the same from the case on."""
    asked = questioned(case, claim)
    number = len(asked.story.witnesses) - 1
    change = Change(f"reliability:{asked.story.witnesses[number].id}", 0.6)
    response = response_of(asked, number)
    curve = best(lambda: response(0.6))
    replay = best(lambda: asked.probability(change))
    anew = best(lambda: questioned(changed(case, [change]), claim).probability())
    whole = best(lambda: weigh(changed(case, [change]), claim), runs=3)
    way = "read off" if is_linear(asked, number) else "replayed"
    print(
        f"{name:<12} {1e6 * curve:9.0f} ({way}) {1e6 * replay:9.0f} {1e6 * anew:9.0f} "
        f"{1e6 * whole:9.0f} {anew / replay:7.1f} {whole / replay:7.1f}"
    )


def main() -> None:
    print("what if, microseconds: point of a curve, changed probability, anew, whole answer anew;")
    print("ratios of the last two to the second")
    arms = load_case(SEED)
    what_if("arms", arms, "armed")
    for size in (20, 100):
        what_if(f"news {size}", news_like(size), "x")
        what_if(f"tree {size}", tree_like(size), "x")
    print("\nleads, milliseconds, and how many")
    print(f"{'arms':<12} {1e3 * best(lambda: leads(arms, 'armed'), runs=3):9.0f}")
    for kind, make in (("news", news_like), ("tree", tree_like)):
        times: list[float] = []
        for size in (20, 100):
            case = make(size)
            times.append(best(lambda case=case: leads(case, "x"), runs=3))  # type: ignore[misc]
            print(f"{kind} {size:<7} {1e3 * times[-1]:9.0f} {len(leads(case, 'x')):5}")
        print(f"{kind}: five times the attributions take {times[1] / times[0]:.1f} times as long")


if __name__ == "__main__":
    main()
