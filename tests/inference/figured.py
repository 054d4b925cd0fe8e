"""Writes the figures of answers about small cases; run it to bring the file up to date.

    python -m tests.inference.figured

The file `figured.txt` beside it is compared by a test. The cases are grown by a seeded chance; what they
come to is held to slow twins elsewhere, and here to what it was.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from provenance import weigh
from provenance.assessment import Assessment, over_priors, sensitivity, weigh_all
from provenance.errors import ProvenanceError
from provenance.records import Case
from tests.cases.grown import grown_cases
from tests.inference.test_sampling import low_limits

FILE = Path(__file__).with_name("figured.txt")
WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"coupling": "source"},
    {"coupling": "none"},
    {"theta": 0.0},
    {"theta": math.inf},
    {"as_of": "2015-09-12"},
)


def short(figures: Iterable[float]) -> str:
    """Figures to four digits, without the noise around 0."""
    return " ".join(f"{0.0 if abs(each) < 1e-7 else each:.4g}" for each in figures)


def figures(found: Assessment) -> Iterator[str]:
    """An answer, a line for each of its parts."""
    interval = found.interval
    answer = (found.probability, interval.low, interval.high, found.prior, found.bits)
    yield f"answer {short((*answer, found.if_one_voice, found.if_independent))}"
    for reason in found.reasons:
        yield f"  {reason.source} {short([reason.bits])} {' '.join(reason.statements)}"
    yield "  " + ", ".join(f"{each.attribution} {short([each.bits])}" for each in found.statements)
    yield "  " + ", ".join(f"{each.about} {short([each.share])}" for each in found.doubts)
    for each in found.sources:
        of = f" of {each.attribution}" if each.attribution else ""
        yield f"  {each.source}{of} {short([each.prior, each.posterior])}"


def of_case(case: Case) -> Iterator[str]:
    """What a case comes to in every way, alike ways together, and how it hangs on its numbers."""
    for claim in case.claims:
        found: dict[str, list[str]] = defaultdict(list)
        for way in WAYS:
            said = answered(lambda: "\n".join(figures(weigh(case, claim.id, **way))))  # noqa: B023
            found[said].append(" ".join(f"{name}={value}" for name, value in way.items()))
        for said, ways in found.items():
            yield f"- {claim.id}: {'; '.join(ways)}\n{said}"
    first = case.claims[0].id
    yield answered(lambda: f"together {short(each.probability for each in weigh_all(case))}")
    yield answered(lambda: f"hangs on\n{sensitivity(case, first)}")
    yield answered(lambda: f"from\n{over_priors(case, first, (0.01, 0.3, 0.9))}")


def answered(ask: Callable[[], str]) -> str:
    """An answer, or what is said instead."""
    try:
        return ask()
    except ProvenanceError as error:
        return f"{type(error).__name__}: {error}"


def simulated(case: Case) -> Iterator[str]:
    """The same where tables would be too large; nothing where they are not."""

    def said(claim: str) -> str:
        found = weigh(case, claim, seed=5)
        told = (f"simulated {claim}, {short([found.standard_error])}", *figures(found))
        return "\n".join(told) if found.approximate else ""

    with low_limits():
        yield from (answered(lambda: said(claim.id)) for claim in case.claims)  # noqa: B023


def lines() -> Iterator[str]:
    """What every case comes to."""
    for name, case in grown_cases(25).items():
        yield f"=== {name}"
        yield from of_case(case)
        yield ""
    for name, case in grown_cases(6, most=40).items():
        yield f"=== {name}, simulated"
        yield from simulated(case)
        yield ""


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
