"""Writes the figures of answers about small cases; run it to bring the file up to date.

    python -m tests.inference.figured

The file `figured.txt` beside it is compared by a test. The cases are grown by a seeded chance; what they
come to is held to slow twins elsewhere, and here to what it was.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from provenance import leads, load_case, sensitivity, timeline, weigh
from provenance.assessment import Assessment, Change, over_priors, weigh_all, what_if
from provenance.errors import ProvenanceError
from provenance.records import Case
from tests.cases.grown import grown_cases
from tests.inference.test_sampling import low_limits, mesh

FILE = Path(__file__).with_name("figured.txt")
WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"coupling": "source"},
    {"coupling": "none"},
    {"theta": 0.0},
    {"theta": math.inf},
    {"as_of": "2015-09-12"},
)


def short(figures: Iterable[float | None]) -> str:
    """Figures to four digits, without the noise around 0."""
    return " ".join("none" if each is None else _short(each) for each in figures)


def _short(figure: float) -> str:
    return f"{0.0 if abs(figure) < 1e-7 else figure:.4g}"


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
    """The same where tables would be too large, and what questions about it come to."""
    first, other = case.claims[0].id, case.sources[0].id
    with low_limits(effort=4e4):
        for claim in case.claims:
            found = weigh(case, claim.id, seed=5)
            yield f"{claim.id}, error {short([found.standard_error])}"
            yield from figures(found)
        yield str(leads(case, first, seed=5))
        yield str(sensitivity(case, first, seed=5))
        yield str(timeline(case, first, seed=5))
        yield str(what_if(case, first, Change(f"reliability:{other}", "A"), seed=5))


def written(reliabilities: Sequence[Any], claims: Sequence[Any], **more: Any) -> Case:
    """A case in which each source has seen one of the claims, in turn."""
    sources = [{"id": f"s{n}", "reliability": each} for n, each in enumerate(reliabilities)]
    said = [
        {"id": f"a{n}", "source": f"s{n}", "basis": "firsthand"}
        | {"claim": f"c{n % len(claims)}", "stance": "denies" if n % 3 == 2 else "affirms"}
        for n in range(len(sources))
    ]
    held = [{"id": f"c{n}", "text": f"that {n}"} | each for n, each in enumerate(claims)]
    document = {"version": 1, "claims": held, "sources": sources, "attributions": said}
    return load_case(document | more)


IMPLIES = {"kind": "implies", "claim": "c0", "implies": "c1"}
EITHER = {"kind": "contradicts", "claims": ["c0", "c1", "c2"]}
HALF = {"prior": 0.5}
BY_HAND: dict[str, Case] = {
    "certain, and against each other": written([1, "B", 1, 1, 1], [HALF]),
    "certain, and against what is linked": written(
        [1, "B"], [{"resolved": {"value": True}}, {"resolved": {"value": False}}], links=[IMPLIES]
    ),
    "certain for what is implied": written(["B", 1, 1, "C"], [HALF, HALF], links=[IMPLIES]),
    "priors that do not fit a link": written(
        ["B", "C"], [{"prior": 0.9}, {"prior": 0.1}], links=[IMPLIES]
    ),
    "priors that fit a link": written(
        ["B", "C", "B"], [{"prior": 0.2}, {"prior": 0.4}], links=[IMPLIES]
    ),
    "priors that do not fit together": written(
        ["B", "C"], [{"prior": 0.6}, {"prior": 0.5}, {}], links=[EITHER]
    ),
    "at most one of three": written(
        ["B", "C", "B", "A"], [{"prior": 0.3}, {"prior": 0.3}, {}], links=[EITHER]
    ),
    "at most one of three, weakly": written(
        ["B", "C", "B"], [{"prior": {"mean": 0.3, "strength": 4}}, {}, {}],
        links=[EITHER | {"strength": 0.6}, IMPLIES | {"strength": 0.3}],
    ),
    "one of fifty": written(["B", "B", "C", "A"], [{"alternatives": 50, "prior": 0.02}]),
    "one of fifty, no prior": written(["B", "B"], [{"alternatives": 50}, {}]),
    "a sign that is certain": written(
        ["B", "B", "C"], [{"prior": 0.01}, {}],
        links=[{"kind": "evidence", "claim": "c0", "sign": "c1", "if_true": 1, "if_false": 0}],
    ),
    "near the ends": written([1e-9, 1 - 1e-9, 0.999, 1e-3], [{"prior": 1e-6}]),
}  # fmt: skip


def lines() -> Iterator[str]:
    """What every case comes to."""
    for name, case in {**grown_cases(25), **BY_HAND}.items():
        yield f"=== {name}"
        yield from of_case(case)
        yield ""
    for seed in range(5):
        yield f"=== mesh {seed}, simulated"
        yield from simulated(load_case(mesh(seed, claims=1 + seed % 3)))
        yield ""


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
