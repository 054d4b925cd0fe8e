"""How the cost of an answer grows with twenty kinds of input: operations, seconds, and the exponent.

    python -m benchmarks.growth_kinds

Each kind is weighed at three sizes, each twice the one before, and everything read that is told of
it. The exponent is how often the operations double when the size does, from the second size to the
third: 1 is in proportion. Operations are counted and the same everywhere; the seconds are processor
time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from provenance import Case, load_case, timeline, weigh, weigh_all
from provenance.assessment import as_data
from provenance.bounds import affordable, within
from provenance.casefiles import case_digest
from provenance.errors import ProvenanceError

Entry = dict[str, Any]
_PLENTY = 10**12


def case_of(
    sources: list[Entry], said: list[Entry], claims: int = 1, prior: float = 0.3, **more: Any
) -> Case:
    """A case of so many claims."""
    listed = [{"id": f"c{n}", "text": f"that {n}", "prior": prior} for n in range(claims)]
    whole = {"version": 1, "claims": listed, "sources": sources, "attributions": said}
    return load_case(whole | more)


def sources(count: int, **fields: Any) -> list[Entry]:
    """So many sources."""
    return [{"id": f"s{n}", "reliability": "C"} | fields for n in range(count)]


def origins(count: int, **fields: Any) -> list[Entry]:
    """A statement of each of so many sources."""
    return [{"id": f"a{n}", "source": f"s{n}", "claim": "c0"} | fields for n in range(count)]


def unjudged(count: int) -> Case:
    """Nobody can judge them."""
    return case_of([{"id": f"s{n}"} for n in range(count)], origins(count))


def half_judged(count: int) -> Case:
    """Every other source cannot be judged."""
    found = sources(count)
    for each in found[::2]:
        del each["reliability"]
    return case_of(found, origins(count))


def relays(count: int, cites: Callable[[int], str]) -> Case:
    """One origin, and relays that cite what a function says."""
    said: list[Entry] = [{"id": "a0", "source": "s0", "claim": "c0"}]
    said += [{"id": f"a{n}", "source": f"s{n}", "cites": cites(n)} for n in range(1, count)]
    return case_of(sources(count), said)


def grid(origins_: int, outlets: int) -> Case:
    """Origins that all of some outlets relay."""
    said = [{"id": f"a{n}", "source": f"s{n}", "claim": "c0"} for n in range(origins_)]
    said += [
        {"id": f"b{n}-{m}", "source": f"r{m}", "cites": f"a{n}"}
        for n in range(origins_)
        for m in range(outlets)
    ]
    return case_of(sources(origins_) + [{"id": f"r{m}", "reliability": "B"} for m in range(outlets)],
                   said)  # fmt: skip


def voices(count: int) -> Case:
    """Each may be the voice before it."""
    said = origins(count)
    for n in range(1, count):
        said[n]["same_voice_as"] = {"attribution": f"a{n - 1}", "probability": 0.5}
    return case_of(sources(count), said)


def days(count: int) -> Case:
    """One statement a day."""
    said = origins(count, basis="firsthand")
    for n, each in enumerate(said):
        each["said_on"] = (date(2015, 1, 1) + timedelta(days=n)).isoformat()
    return case_of(sources(count), said)


def linked(count: int, kind: str) -> Case:
    """A chain of claims, each linked to the next, with one statement on each."""
    links: list[Entry] = []
    for n in range(count - 1):
        if kind == "evidence":
            ends = {"claim": f"c{n}", "sign": f"c{n + 1}", "if_true": 0.8, "if_false": 0.2}
        elif kind == "implies":
            ends = {"claim": f"c{n}", "implies": f"c{n + 1}", "strength": 0.9}
        else:
            ends = {"claims": [f"c{n}", f"c{n + 1}"], "strength": 0.9}
        links.append({"kind": kind} | ends)
    said = [{"id": f"a{n}", "source": f"s{n}", "claim": f"c{n}"} for n in range(count)]
    found = [{"id": f"c{n}", "text": f"that {n}"} for n in range(count)]
    return load_case({"version": 1, "claims": found, "sources": sources(count),
                      "attributions": said, "links": links})  # fmt: skip


def crowd(count: int) -> Case:
    """One strict contradiction among all claims."""
    said = [{"id": f"a{n}", "source": f"s{n}", "claim": f"c{n}"} for n in range(count)]
    link = {"kind": "contradicts", "claims": [f"c{n}" for n in range(count)]}
    return case_of(sources(count), said, count, 0.5 / count, links=[link])


def question(count: int) -> Case:
    """One question of so many answers."""
    found = [{"id": f"c{n}", "text": f"that {n}"} for n in range(count)]
    asked = {"id": "q", "text": "which", "claims": [each["id"] for each in found]}
    said = [{"id": f"a{n}", "source": f"s{n}", "claim": f"c{n}"} for n in range(count)]
    return load_case({"version": 1, "claims": found, "questions": [asked],
                      "sources": sources(count), "attributions": said})  # fmt: skip


def everything(case: Case) -> object:
    """All that is told of every claim, as JSON has it."""
    digest = case_digest(case)
    return [as_data(each, digest=digest) for each in weigh_all(case)]


def of_the_first(case: Case) -> object:
    """All that is told of one claim of several."""
    return weigh(case, "c0").data


KINDS: dict[str, tuple[int, Callable[[int], Case], Callable[[Case], object]]] = {
    "witnesses": (200, lambda n: case_of(sources(n), origins(n, basis="firsthand")), everything),
    "voices of unknown lineage": (200, lambda n: case_of(sources(n), origins(n)), everything),
    "voices, with their weights": (100, lambda n: case_of(sources(n), origins(n)),
                                   lambda case: weigh(case, "c0").reasons),
    "hearsay": (200, lambda n: case_of(sources(n), origins(n, basis="secondhand")), everything),
    "unjudged sources": (200, unjudged, everything),
    "unjudged among the judged": (100, half_judged, everything),
    "silences": (200, lambda n: case_of(sources(n), origins(n, stance="silent", would_speak=0.5)),
                 everything),
    "denials": (200, lambda n: case_of(sources(n), origins(n, stance="denies")), everything),
    "one source again and again": (100, lambda n: case_of(sources(1), [
        {"id": f"a{k}", "source": "s0", "claim": "c0"} for k in range(n)]), everything),
    "a fan of relays": (200, lambda n: relays(n, lambda k: "a0"), everything),
    "a chain of relays": (200, lambda n: relays(n, lambda k: f"a{k - 1}"), everything),
    "a tree of relays": (200, lambda n: relays(n, lambda k: f"a{(k - 1) // 2}"), everything),
    "origins relayed by four": (25, lambda n: grid(n, 4), everything),
    "four origins relayed by many": (25, lambda n: grid(4, n), everything),
    "voices that may be the one before": (100, voices, everything),
    "claims of their own": (100, lambda n: case_of(
        sources(9), [{"id": f"a{k}", "source": f"s{k % 9}", "claim": f"c{k}"} for k in range(n)], n),
        everything),
    "a ladder of signs": (50, lambda n: linked(n, "evidence"), of_the_first),
    "a ladder of implications": (50, lambda n: linked(n, "implies"), of_the_first),
    "a ladder of contradictions": (50, lambda n: linked(n, "contradicts"),
                                   of_the_first),
    "one contradiction": (25, crowd, of_the_first),
    "answers of one question": (25, question, of_the_first),
    "days of a timeline": (25, days, lambda case: timeline(case, "c0")),
}  # fmt: skip
"""For every kind its first size, how it is made, and what is asked of it."""


def cost(case: Case, asked: Callable[[Case], object]) -> tuple[int, float]:
    """The operations and the seconds of a question."""
    start = time.process_time()
    with within(_PLENTY):
        asked(case)
        left = affordable()
    assert left is not None
    return _PLENTY - left, time.process_time() - start


def main() -> None:
    """Print a row for every kind."""
    print("| kind | sizes | thousand operations | s | exponent |\n| --- | --- | --- | --- | --- |")
    for name, (first, made, asked) in KINDS.items():
        sizes = [first, 2 * first, 4 * first]
        try:
            found = [cost(made(size), asked) for size in sizes]
        except ProvenanceError as error:
            print(f"| {name} | {', '.join(map(str, sizes))} | refused: {str(error)[:80]} | | |")
            continue
        thousands = ", ".join(f"{operations / 1e3:,.0f}" for operations, _ in found)
        seconds = ", ".join(f"{taken:.2f}" for _, taken in found)
        exponent = math.log2(found[2][0] / found[1][0])
        print(f"| {name} | {', '.join(map(str, sizes))} | {thousands} | {seconds} | {exponent:.2f} |",
              flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
