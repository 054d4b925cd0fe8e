"""How the cost of a page and of a lineage diagram grows with the case, beside that of weighing.

    python benchmarks/report.py

Times are processor time, the best of several runs in one process on this machine; only the ratios
and the growth travel.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from provenance import Case, load_case, weigh
from provenance.report import Report, lineage_svg, page_html, report_html

SIZES = (10, 20, 40, 80)
RUNS = 2


def news_like(size: int, seed: int = 1) -> Case:
    """A few origins and many relays of them through some outlets: attributions are `size`."""
    chance = random.Random(seed)
    origins, outlets = max(2, size // 5), max(2, min(6, size // 8))
    attributions: list[dict[str, Any]] = [
        {"id": f"o{n}", "source": f"origin{n}", "claim": "x",
         "stance": chance.choice(("affirms", "affirms", "denies"))}
        for n in range(origins)
    ]  # fmt: skip
    attributions += [
        {"id": f"r{n}", "source": f"outlet{n % outlets}", "cites": f"o{chance.randrange(origins)}",
         "document": f"d{n % outlets}", "locators": [{"paragraph": n + 1, "exact": "so they say"}]}
        for n in range(size - origins)
    ]  # fmt: skip
    sources = [{"id": f"origin{n}", "reliability": chance.choice("BCDF")} for n in range(origins)]
    sources += [{"id": f"outlet{n}", "reliability": chance.choice("BC")} for n in range(outlets)]
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "The ship sailed", "prior": 0.2}],
            "sources": sources,
            "documents": [
                {
                    "id": f"d{n}",
                    "publisher": f"outlet{n}",
                    "published_on": f"2015-09-{n % 28 + 1:02}",
                }
                for n in range(outlets)
            ],
            "attributions": attributions,
        }
    )


def best(work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds of processor time."""
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print one line for every size: each part as a multiple of one weighing."""
    print(
        f"{'attributions':>12} {'weigh':>9} {'diagram':>8} {'short page':>10} {'full page':>9} {'size':>8}"
    )
    for size in SIZES:
        case = news_like(size)
        assessment = weigh(case, "x")
        alone = best(lambda case=case: weigh(case, "x"))  # type: ignore[misc]
        diagram = best(lambda known=assessment: lineage_svg(known))  # type: ignore[misc]
        short = best(lambda known=assessment: page_html(Report(known)))  # type: ignore[misc]
        full = best(lambda case=case: report_html(case, "x"))  # type: ignore[misc]
        length = len(report_html(case, "x"))
        print(
            f"{size:>12} {1000 * alone:>6.1f} ms {diagram / alone:>7.1f}x {short / alone:>9.1f}x "
            f"{full / alone:>8.1f}x {length / 1024:>5.0f} KB"
        )


if __name__ == "__main__":
    main()
