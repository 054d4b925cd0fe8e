"""Writes what the library says of thirty cases; run it to bring the file up to date.

    python -m tests.assessment.tellings

The file `tellings.txt` beside it is read line by line by people, and compared by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from provenance import Assessment, load_case, weigh

FILE = Path(__file__).with_name("tellings.txt")
SEEDS = Path(__file__).parents[2] / "seeds"
FIRST = {"basis": "firsthand"}


def case_of(*attributions: dict[str, Any], prior: float | None = 0.2, **more: Any) -> Assessment:
    """A claim of a hospital hit, with some attributions; sources of grade B unless stated."""
    stated = more.pop("sources", [])
    names = {each["id"] for each in stated}
    others = dict.fromkeys(each["source"] for each in attributions if each["source"] not in names)
    claim: dict[str, Any] = {"id": "hit", "text": "The hospital was hit by an air strike"}
    if "resolved" in more:
        claim |= {"resolved": more.pop("resolved")}
    document = {
        "version": 1,
        "claims": [claim | ({} if prior is None else {"prior": prior}), *more.pop("claims", [])],
        "sources": [*stated, *({"id": name, "reliability": "B"} for name in others)],
        "attributions": list(attributions),
        **more,
    }
    return weigh(load_case(document), "hit")


def says(name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "claim": "hit", "said_on": "2015-10-03", **more}


def cites(name: str, source: str, cited: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "cites": cited, "said_on": "2015-10-04", **more}


def denies(name: str, source: str, **more: Any) -> dict[str, Any]:
    return says(name, source, stance="denies", **more)


MSF = {"id": "msf", "name": "MSF", "reliability": "B"}
ARMY = {"id": "army", "name": "The army's spokesman", "reliability": "C"}
WIRE = {"id": "wire", "name": "The wire", "kind": "agency", "reliability": "B"}
UNNAMED = {"id": "insider", "kind": "unnamed", "described_as": "a senior official"}


def _denied() -> Assessment:
    return case_of(says("a", "army"), denies("m", "msf", **FIRST), sources=[MSF, ARMY], prior=0.3)


def _sixty() -> Assessment:
    relays = [cites(f"r{n}", f"paper{n}", f"o{n % 3}") for n in range(57)]
    return case_of(*(says(f"o{n}", ("msf", "army", "wire")[n]) for n in range(3)), *relays,
                   sources=[MSF, ARMY, WIRE])  # fmt: skip


def _simulated() -> Assessment:
    with mock.patch("provenance.inference.network.LIMIT", 1):
        found = case_of(says("m", "msf"), says("w", "wire"), sources=[MSF, WIRE])
        assert found.approximate  # what is told is worked out here, within the limit
        str(found)
    return found


def _linked() -> Assessment:
    return case_of(
        {"id": "w", "source": "wire", "claim": "crater"},
        sources=[WIRE],
        claims=[{"id": "crater", "text": "There is a bomb crater in the yard"}],
        links=[{"kind": "evidence", "claim": "hit", "sign": "crater", "if_true": 0.9, "if_false": 0.02}],
    )  # fmt: skip


CASES: dict[str, Callable[[], Assessment]] = {
    **{
        f"arms, {claim}": lambda claim=claim: weigh(
            load_case(SEEDS / "egypt-arms-2015.json"), claim
        )  # type: ignore[misc]
        for claim in ("armed", "sailed", "ordered", "rockets", "policy")
    },
    **{
        f"article, {claim}": lambda claim=claim: weigh(
            load_case(SEEDS / "egypt-syria-2015.json"), claim
        )  # type: ignore[misc]
        for claim in ("rapprochement", "visited", "common-enemy", "office", "arms-of-thaw")
    },
    "one witness": lambda: case_of(says("m", "msf", **FIRST), sources=[MSF]),
    "a denial that decides": _denied,
    "denied by the only one heard": lambda: case_of(denies("m", "msf", **FIRST), sources=[MSF]),
    "near certain": lambda: case_of(
        *(says(f"a{n}", f"witness {n}", **FIRST) for n in range(10)), prior=0.5
    ),
    "near ruled out": lambda: case_of(
        *(denies(f"a{n}", f"witness {n}", **FIRST) for n in range(10)), prior=0.5
    ),
    "certain": lambda: case_of(says("a", "log"), sources=[{"id": "log", "reliability": 1}]),
    "ruled out": lambda: case_of(denies("a", "log"), sources=[{"id": "log", "reliability": 1}]),
    "nobody heard": lambda: case_of(),
    "nobody heard, no prior": lambda: case_of(prior=None),
    "nobody judged": lambda: case_of(says("a", "insider"), sources=[UNNAMED]),
    "an unjudged voice beside a judged one": lambda: case_of(
        says("a", "insider"), says("m", "msf", **FIRST), sources=[MSF, UNNAMED]
    ),
    "a circle": lambda: case_of(
        cites("a", "wire", "b"),
        cites("b", "army", "a"),
        says("m", "msf"),
        sources=[MSF, ARMY, WIRE],
    ),
    "three of unknown lineage": lambda: case_of(
        says("m", "msf"), says("a", "army"), says("w", "wire"), sources=[MSF, ARMY, WIRE]
    ),
    "for and against": lambda: case_of(
        says("m", "msf", **FIRST), denies("w", "wire", **FIRST), sources=[MSF, WIRE], prior=0.5
    ),
    "sixty attributions": _sixty,
    "Arabic and Chinese names": lambda: case_of(
        says("q", "quds"),
        cites("x", "xinhua", "q"),
        sources=[
            {"id": "quds", "name": "القدس العربي", "reliability": "C"},
            {"id": "xinhua", "name": "新华社", "reliability": "B"},
        ],
    ),
    "simulated": _simulated,
    "one sign": _linked,
    "perhaps one voice": lambda: case_of(
        says("m", "msf"),
        says("a", "army", same_voice_as={"attribution": "m", "probability": 0.6}),
        sources=[MSF, ARMY],
    ),
    "withdrawn and undated": lambda: case_of(
        says("m", "msf", retracted_on="2015-10-05"),
        {"id": "w", "source": "wire", "claim": "hit"},
        sources=[MSF, WIRE],
    ),
}
"""Thirty cases by what they are about."""


def tellings() -> Iterator[str]:
    """What is said of every case."""
    for name, weighed in CASES.items():
        yield f"=== {name}\n\n{weighed()}\n"


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(tellings()), encoding="utf-8")


if __name__ == "__main__":
    main()
