"""Writes what readers make of documents in which one thing is wrong; run it to bring the files up to date.

    python -m tests.exchange.spoiled

The files in `spoiled/` beside it are read by people who know the formats, and compared by a test. For
every place of a document they say what becomes of the case, and of what is told as lost, with each of
some values there: nothing at all, or what people and other tools write by mistake.
"""

from __future__ import annotations

import copy
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import attrs

from provenance import dump_case
from provenance.errors import Problem, ProvenanceError
from provenance.exchange import (
    Import,
    claimreview_problems,
    from_annotations,
    from_claimreview,
    from_misp,
    from_prov,
    from_stix,
    from_tables,
    to_annotations,
    to_misp,
    to_prov,
    to_stix,
)
from tests.cases.exchange_cases import ORIGIN, RELAY, ship_case
from tests.exchange import test_claimreview_reading as reviews
from tests.exchange import test_misp_reading as events
from tests.exchange import test_stix_reading as bundles
from tests.exchange.test_annotations import HIGHLIGHT
from tests.exchange.test_claimreview import GOOD
from tests.exchange.test_prov_reading import OTHERS

FOLDER = Path(__file__).with_name("spoiled")
LEFT_OUT = object()
LONG = "".join(chr(ord("a") + n % 26) for n in range(300))
WRONG: dict[str, Any] = {
    "left out": LEFT_OUT,
    "null": None,
    "odd": "odd",
    "aa…": LONG,
    "70": 70,
    "{}": {},
}
OF_KIND: dict[type, dict[str, Any]] = {list: {"[]": [], "[odd]": ["odd"]}, dict: {"[]": []}}
"""What else is put in the place of a list or of an object."""
Trail = tuple[str | int, ...]


@attrs.frozen
class Whole:
    """A document with nothing wrong, and what reads it."""

    document: Any
    read: Callable[[Any], Import | tuple[Problem, ...]]
    """Gives a case, or what keeps a document from being published."""


SHIP = ship_case(ORIGIN | {"document": "page", "basis": "firsthand"}, RELAY | {"wording": "may"})
SHEETS: dict[str, list[dict[str, Any]]] = {
    "attributions": [
        {"id": "one", "source": "Ann", "claim": "It sailed", "said_on": "2015-08-21",
         "wording": "probably", "same_voice_as": "three @ 0.8", "locator.page": "3"},
        {"id": "two", "source": "The Daily", "cites": "Ann", "claim": "It sailed", "stance": "affirms",
         "document": "https://example.org/a", "in_hand": "yes", "basis": "secondhand"},
        {"id": "three", "source": "Bo", "claim": "it sailed", "stance": "denies"},
    ],
    "sources": [
        {"id": "Ann", "reliability": "B", "kind": "person", "interests": "gains: It sailed"},
        {"id": "The Daily", "reliability": '{"mean": 0.5, "strength": 4}', "passing_on": 0.9},
        {"id": "Bo"},
    ],
    "claims": [
        {"id": "k", "text": "It sailed"},
        {"id": "v", "text": "It sank"},
        {"id": "w", "text": "It was blue", "prior": "0.3"},
    ],
    "questions": [{"id": "q", "text": "Did it?", "claims": "k; v", "prior": "0.5; 0.3", "exhaustive": "no"}],
    "links": [{"kind": "implies", "claim": "k", "implies": "v", "strength": 0.5}],
}  # fmt: skip


def read_sheets(tables: dict[str, Any]) -> Import:
    """The case of some tables by their names."""
    others = {name: each for name, each in tables.items() if name != "attributions"}
    return from_tables(tables.get("attributions"), **others)


DOCUMENTS: dict[str, Whole] = {
    "annotations": Whole(to_annotations(SHIP).document, from_annotations),
    "annotations-of-others": Whole(HIGHLIGHT, from_annotations),
    "claimreview": Whole(reviews.RICH, from_claimreview),
    "claimreview-to-publish": Whole(GOOD, claimreview_problems),
    "claimreview-found": Whole(reviews.SEARCHED, from_claimreview),
    "misp": Whole(to_misp(SHIP, with_ids=True).document, from_misp),
    "misp-of-others": Whole({"Event": events.RICH}, from_misp),
    "prov": Whole(to_prov(SHIP).document, lambda said: from_prov(json.dumps(said))),
    "prov-of-others": Whole(OTHERS, lambda said: from_prov(json.dumps(said))),
    "stix": Whole(to_stix(SHIP, with_ids=True).document, from_stix),
    "stix-of-others": Whole({"type": "bundle", "objects": [*bundles.RICH]}, from_stix),
    "tables": Whole(SHEETS, read_sheets),
}


def places(document: Any) -> dict[str, Trail]:
    """Where something stands in a document: of entries of one kind in the first."""
    found: dict[str, Trail] = {}
    for name, trail in _trails(document, "", ()):
        found.setdefault(name.lstrip("."), trail)
    return found


def _trails(value: Any, name: str, at: Trail) -> Iterator[tuple[str, Trail]]:
    if at:
        yield name, at
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _trails(each, f"{name}.{key}", (*at, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _trails(each, f"{name}[{_kind(each)}]", (*at, number))


def _kind(entry: Any) -> str:
    """What an entry of a list is called in the format."""
    named = ("object_relation", "relationship_type", "type", "kind")
    held = entry if isinstance(entry, dict) else {}
    return next((held[each] for each in named if isinstance(held.get(each), str)), "")


def spoiled(document: Any, trail: Trail, value: Any) -> Any:
    """A document with something else in one place."""
    document = copy.deepcopy(document)
    inside = document
    for key in trail[:-1]:
        inside = inside[key]
    if value is LEFT_OUT:
        del inside[trail[-1]]
    else:
        inside[trail[-1]] = value
    return document


def outcome(whole: Whole, document: Any) -> list[str]:
    """The case and the losses, or what is refused."""
    try:
        found = whole.read(document)
    except ProvenanceError as error:
        return [f"{type(error).__name__}: {line}" for line in str(error).splitlines()]
    if isinstance(found, tuple):
        return ["", *map(str, found)]
    return [*dump_case(found.case).splitlines(), *(f"- {each}" for each in found.losses)]


def beyond(lines: list[str], others: list[str]) -> Iterator[str]:
    """Lines that there are more often here than there."""
    left = Counter(others)
    for line in lines:
        left[line] -= 1
        if left[line] < 0:
            yield line


def told(name: str) -> Iterator[str]:
    """What becomes of each place of a document."""
    whole = DOCUMENTS[name]
    usual = outcome(whole, whole.document)
    for place, trail in places(whole.document).items():
        if name == "tables" and len(trail) == 1:
            continue  # a text may be the path of a file
        found: dict[str, list[str]] = defaultdict(list)
        there = reduce(lambda inside, key: inside[key], trail, whole.document)
        for called, value in (WRONG | OF_KIND.get(type(there), {})).items():
            other = outcome(whole, spoiled(whole.document, trail, value))
            if other[0] == usual[0]:
                other = [f"-{line}" for line in beyond(usual, other)] + [
                    f"+{line}" for line in beyond(other, usual)
                ]
            found["\n".join(f"    {line}" for line in other)].append(called)
        yield place
        for said, values in found.items():
            yield f"  {', '.join(values)}:\n{said or '    the same'}"


def main() -> None:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        (FOLDER / f"{name}.txt").write_text("\n".join([*told(name), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
