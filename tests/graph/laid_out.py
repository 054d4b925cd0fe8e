"""Writes how small cases are laid out: who has it from whom, and the numbers that inference takes.

    python -m tests.graph.laid_out

The file `laid_out.txt` beside it is read by people, and compared by a test. The cases are the slips that
people make in writing a case down, those that are well made, one with everything, and some grown by
chance.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs

from provenance import load_seed
from provenance.assessment import as_day
from provenance.casefiles import load_case
from provenance.errors import CaseError
from provenance.graph import Graph, Sayings, Story
from provenance.records import Case
from tests.cases.exchange_cases import FULL
from tests.cases.grown import grown_cases
from tests.cases.slips import SLIPS, WELL_MADE

FILE = Path(__file__).with_name("laid_out.txt")


def cases() -> Iterator[tuple[str, Case, str | None]]:
    """Cases by their names, and as of when."""
    documents = {name: slip.entered for name, slip in SLIPS.items()}
    documents |= {f"{name}, as meant": slip.meant for name, slip in SLIPS.items()}
    documents |= {name: document for name, (document, _) in WELL_MADE.items()}
    for name, document in documents.items():
        try:
            yield name, load_case(document), None
        except CaseError:
            continue
    for day in (None, "2015-08", "2015-09-04", "2015-09-05T13:00Z"):
        yield f"everything that a case can hold, as of {day}", load_case(FULL), day
    for name, case in grown_cases(40).items():
        yield name, case, None
    for seed in ("egypt-arms-2015", "marathon-winner-1980"):
        yield seed, load_seed(seed), None


def plain(value: Any) -> str:
    """A value in short: of what the library works out only the fields that say something."""
    match value:
        case enum.Enum():
            return str(value.value)
        case bool() | int() | str() | None:
            return str(value)
        case float():
            return f"{value:.6g}"
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return "{" + ", ".join(f"{plain(k)}: {plain(v)}" for k, v in value.items()) + "}"
        case frozenset() | set():
            return "{" + ", ".join(sorted(map(plain, value))) + "}"
        case tuple() | list():
            return "[" + ", ".join(map(plain, value)) + "]"
    fields = [(each.name, getattr(value, each.name)) for each in attrs.fields(type(value))]
    told = [f"{name} {plain(held)}" for name, held in fields if not _says_nothing(held)]
    return f"({', '.join(told)})"


def _says_nothing(held: Any) -> bool:
    """Whether a field is false, not known or empty; a zero is a number."""
    return held is False or held is None or (not held and not isinstance(held, int | float))


def of_story(number: int, story: Story) -> Iterator[str]:
    """A story as numbers, a line for each of its parts."""
    yield f"story {number}, resolved {plain(story.resolved)}"
    for part in ("questions", "links", "witnesses", "statements"):
        yield from (f"  {part[:-1]} {plain(each)}" for each in getattr(story, part))


def of_claim(graph: Graph, claim: str) -> Iterator[str]:
    """How one claim reached us."""
    lineage, story = graph.lineage(claim), graph.story(claim)
    yield f"claim {claim}, mentions {plain(graph.mentions(claim))}"
    yield f"  lineage {plain(lineage)}"
    left = [len(graph.story(claim).without([n]).statements) for n in range(len(story.statements))]
    yield f"  without each of its statements {plain(left)}, joined {len(graph.joined(claim).statements)}"
    counts = ("independent_origins", "established_origins", "opposing_origins", "unknown_lineage")
    yield "  " + ", ".join(f"{name} {plain(getattr(lineage, name))}" for name in counts)
    yield from (f"  chain {plain(each)}" for each in graph.chains(claim))
    for name in ("circles_of", "undated"):
        yield f"  {name} {plain(getattr(graph, name)(claim))}"


def lines() -> Iterator[str]:
    """How every case is laid out."""
    for name, case, day in cases():
        graph = Graph.of(case, None if day is None else as_day(day))
        yield f"=== {name}"
        for number, story in enumerate(graph.stories):
            yield from of_story(number, story)
        for claim in case.claims:
            yield from of_claim(graph, claim.id)
        for part in ("ignored", "circles", "idle_interests", "hidden_by_default", "hidden_in",
                     "withdrawn_in", "drafts_in", "denials", "rivals", "is_dated", "retracted",
                     "declared_voices", "passing_on_stated", "speakers"):  # fmt: skip
            if found := getattr(graph, part):
                yield f"{part} {plain(found)}"
        yield f"called {plain({name: graph.called(name) for name in graph.titles})}"
        yield f"said {plain(Sayings(case).said)}"
        yield ""


def main() -> None:
    """Write the file."""
    FILE.write_text("\n".join(lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
