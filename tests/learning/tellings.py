"""Writes what learning says of a dozen tables; run it to bring the file up to date.

    python -m tests.learning.tellings

The file `tellings.txt` beside it is read line by line by people, and compared by a test.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import attrs

from provenance.learning import (
    METHODS,
    Learned,
    calibrate,
    calibration_report,
    copying_between,
    cost_of_copying,
    into_case,
    learn,
    proposed_voices,
    read_outcomes,
    troubled,
)
from provenance.learning.calibration import calibration, reliability_diagram
from provenance.learning.recalibration import Method
from provenance.records import Case

FILE = Path(__file__).with_name("tellings.txt")
Rows = list[tuple[Any, ...]]


def some(kind: str, below: str, seed: int = 1) -> tuple[Rows, dict[str, Any]]:
    """The rows of a planted world about its first objects, and the truth of these."""
    world = troubled(kind, seed)
    truth = {about: value for about, value in world.truth.items() if about < below}
    return [row for row in world.rows if row[1] < below], truth


def figures(found: Any) -> Any:
    """Numbers to four digits, so that no rounding of another machine shows."""
    if isinstance(found, float):
        return float(f"{round(found, 9):.4g}")
    if isinstance(found, dict):
        return {name: figures(each) for name, each in found.items()}
    return [figures(each) for each in found] if isinstance(found, list | tuple) else found


def lines(rows: Iterable[Any], first: int = 6) -> Iterator[str]:
    """A line of JSON for each of the first, and how many more there are."""
    every = list(rows)
    for each in every[:first]:
        each = list(each.values()) if isinstance(each, dict) and len(each) < 8 else each
        yield json.dumps(figures(each), ensure_ascii=False, default=str)
    if len(every) > first:
        yield f"and {len(every) - first} more"


def rows_of(table: Any) -> list[Any]:
    """The rows of a table, whichever kind it is."""
    return list(zip(*table.values(), strict=True)) if isinstance(table, dict) else list(table)


def shown(learned: Learned) -> Iterator[str]:
    """All that a learned table says: its text, its data, and its tables."""
    data = learned.data
    yield str(learned)
    for name in ("sources", "values", "unstated", "numbers"):
        yield f"-- {name}"
        yield from lines(data.pop(name, ()))
    assert data.pop("copying") == [attrs.asdict(each) for each in learned.copying()]
    yield from lines([data])
    yield "-- what was measured"
    yield from lines([learned.facts])
    yield "-- how it came to rest"
    yield from lines([[len(learned.log), learned.log[-3:]]])
    if learned.assertions.kind != "sets":
        yield "-- objects"
        yield from lines(rows_of(learned.objects_table()))
        yield from lines([[left for _, left in rows_of(learned.unstated_table())]])
    yield "-- copying"
    yield from lines(rows_of(learned.copying_table()))
    yield str(cost_of_copying(learned.assertions))
    yield from lines(learned.shared_origins())
    yield "-- a registry"
    registry = learned.sources().model_dump(mode="json", exclude_none=True)
    yield from lines([registry.pop("sources")[:2], registry])


def _sky() -> Learned:
    return learn([("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "green")])


def _copiers() -> Learned:
    return learn(some("copiers", "o025")[0])


def _labels() -> Learned:
    rows, truth = some("spammers", "o060")
    return learn(rows, dict(list(truth.items())[:24]))


def _few_known() -> Learned:
    rows, truth = some("experts", "o025")
    return learn([*rows, ("alone", "o900", "v1")], {"o003": truth["o003"], "o901": "v0"})


def _camps() -> Learned:
    """Six and four; of each camp one errs on every seventh object."""
    rows = [
        (f"{camp}{s}", o, "yes" if (o % 2 == 0) ^ (camp == "a") ^ (s == 0 and o % 7 == 0) else "no")
        for camp, size in (("a", 6), ("b", 4))
        for s in range(size)
        for o in range(40)
    ]
    return learn(rows, copies=False)


def _numbers() -> Learned:
    return learn(some("absurd numbers", "o020")[0], kind="numbers")


def _near_numbers() -> Learned:
    rows = [(s, o, 10.0 * o + 0.4 * (n % 3)) for n, s in enumerate("abcde") for o in range(4)]
    return learn(rows, kind="numbers", tolerance=0.5)


def _sets() -> Learned:
    rows = [(s, o, v) for s in "abc" for o in range(6) for v in "pq"]
    rows += [("d", o, v) for o in range(6) for v in ("p", f"only {o}")]
    return learn(rows, kind="sets")


def _cited() -> Learned:
    columns: dict[str, list[Any]] = {"source": [], "object": [], "value": [], "on": [], "from": []}
    for n, (s, cited) in enumerate([("wire", None), ("daily", "wire"), ("gazette", "daily")]):
        for o in range(12):
            columns["source"].append(s)
            columns["object"].append(o)
            columns["value"].append("x" if (o + n // 3) % 4 else "y")
            columns["on"].append(float(n))
            columns["from"].append(cited if o % 3 else None)
    for o in range(12):
        for name, each in zip(columns, ("other", o, "x", 5.0, None), strict=True):
            columns[name].append(each)
    return learn(columns, time="on", cites="from", copies=True)


def _asked_for() -> Learned:
    return learn(some("many labels", "o020")[0], method="averaged-ibcc", dependence=0.1)


def _told_twice() -> Learned:
    rows = [(f"  Ann {n % 2}", "sky", "blue") for n in range(3)] + [("Ann 0", "sky", "grey")]
    return learn([*rows, ("x" * 90, "sky", "blue"), ("bob", None, "x")], repeats="count")


LEARNED: dict[str, Callable[[], Learned]] = {
    "three people and the sky": _sky,
    "one of many is copied": _copiers,
    "labels, and some are known": _labels,
    "little is known": _few_known,
    "two camps": _camps,
    "absurd numbers": _numbers,
    "numbers that are nearly the same": _near_numbers,
    "several values are true": _sets,
    "citations and times": _cited,
    "a method that was asked for": _asked_for,
    "names that look alike": _told_twice,
}


def _case() -> Iterator[str]:
    """What is written into a case by what was learned."""
    rows, _ = some("copiers", "o040")
    found = copying_between(rows)
    case = Case.model_validate(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}, {"id": "d", "text": "It was so"}],
            "sources": [{"id": f"s{n:02d}"} for n in (0, 1, 2, 20)],
            "attributions": [
                {
                    "id": f"{claim}{n:02d}",
                    "source": f"s{n:02d}",
                    "claim": claim,
                    "said_on": f"2015-0{5 - n % 4}",
                }
                for n in (0, 1, 2, 20)
                for claim in "cd"
            ],
        }
    )
    for each in proposed_voices(case, found):
        yield f"{each.attribution} <- {each.same_voice_as.attribution}: {each.why}"
        yield from lines([each.same_voice_as.probability])
    graded = into_case(case, learn(rows)).model_dump(mode="json", exclude_none=True)
    yield from lines(graded["sources"])
    yield from lines(graded["attributions"])
    data = found.data
    yield from lines(data.pop("pairs"), 3)
    yield from lines([data])


def _settings() -> Iterator[str]:
    """What each method takes where nothing else is said."""
    for name, method in METHODS.items():
        parameters = inspect.signature(method.run).parameters.values()
        given = {
            each.name: each.default
            for each in parameters
            if isinstance(each.default, int | float | tuple | None) and each.name != "known"
        }
        yield from lines([[name, *given.items()]])


SCORED: tuple[Method | Literal["auto"] | None, ...] = (None, "auto", "beta", "isotonic")
MENDED: tuple[Method, ...] = ("temperature", "beta", "isotonic")


def _calibration() -> Iterator[str]:
    """How good made-up probabilities are, and what mends them."""
    stated = [(n * 37 % 100) / 100.0 for n in range(120)]
    rows = [
        f"{p:.2f},{int((n * 53 % 97) / 97 < 0.5 + (p - 0.5) / 2)}" for n, p in enumerate(stated)
    ]
    read = read_outcomes(["probability,outcome", *rows])
    for method in SCORED:
        report = calibration_report(read, method)
        yield from lines([json.loads(report.to_json())])
    for each in MENDED:
        yield from lines(
            [calibrate(read.probability, read.truth, each)([0.01, 0.3, 0.99]).tolist()]
        )
    bins = calibration(read.probability, read.truth).bins
    yield reliability_diagram(bins, title="Made up").replace("><", ">\n<")


TOLD: dict[str, Callable[[], Iterator[str]]] = {
    **{name: lambda of=of: shown(of()) for name, of in LEARNED.items()},  # type: ignore[misc]
    "what is written into a case": _case,
    "what methods take where nothing is said": _settings,
    "how probabilities are scored and mended": _calibration,
}


def tellings() -> Iterator[str]:
    """What is said of every table."""
    for name, told in TOLD.items():
        yield f"=== {name}\n\n" + "\n".join(told()) + "\n"


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(tellings()), encoding="utf-8")


if __name__ == "__main__":
    main()
