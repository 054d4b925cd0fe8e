"""Cases with everything that a case can hold."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from provenance.casefiles import load_case
from provenance.records import Case, RetractedBecause, SourceKind
from tests.cases.strategies import SPANS, cases

__all__ = ["ORIGIN", "RELAY", "rich_cases", "ship_case"]

TEXTS = (
    "plain",
    "“quoted” & <b>",
    "línea\nnueva",
    "back\\slash",
    "\x07bell",
    "עברית 文",
    "a/b#c?d",
    "]]>",
)
URLS = ("https://example.org/a?b=c", "http://x", "no address", "javascript:alert(1)", "urn:isbn:1")


def _maybe(draw: st.DrawFn, record: dict[str, Any], **fields: Any) -> None:
    for name, values in fields.items():
        if draw(st.integers(0, 2)) == 0:
            record[name] = draw(st.sampled_from(values))


def _asides(draw: st.DrawFn, record: dict[str, Any]) -> None:
    """A note, ids in other systems, and a key of somebody's own, wherever a record may have them."""
    if draw(st.integers(0, 3)) == 0:
        record["note"] = draw(st.sampled_from(TEXTS))
    if draw(st.integers(0, 3)) == 0:
        record["refs"] = [{"scheme": "wikidata", "id": draw(st.sampled_from(TEXTS))}]
        _maybe(draw, record["refs"][0], **{"x-seen": (1, None)})
    if draw(st.integers(0, 4)) == 0:
        record["x-mine"] = draw(st.sampled_from((1, None, "a", {"note": "b"}, [[], 1.5])))


@st.composite
def rich_cases(draw: st.DrawFn, *, most: int = 4) -> dict[str, Any]:
    """A whole valid case, as a mapping, with names, places, notes, ids and extensions."""
    case = draw(cases(most=most))
    _maybe(draw, case, title=TEXTS, summary=TEXTS)
    _asides(draw, case)
    for claim in case["claims"]:
        _asides(draw, claim)
        for part in ("prior", "resolved"):
            if isinstance(claim.get(part), dict):
                _asides(draw, claim[part])
    for source in case["sources"]:
        _maybe(
            draw,
            source,
            name=TEXTS,
            described_as=[f"one {text}" for text in TEXTS],
            graded_by=TEXTS,
            graded_on=SPANS,
            kind=get_args(SourceKind),
            passing_on=("B", 0.5, {"mean": 0.5, "strength": 9}),
            only_if=[claim["id"] for claim in case["claims"]],
            reliability=([{"from": "2014", "reliability": "C"}],),
        )
        for part in (source, *source.get("interests", ())):
            _asides(draw, part)
        if isinstance(source.get("reliability"), dict):
            _asides(draw, source["reliability"])
    for document in case["documents"]:
        _maybe(draw, document, title=TEXTS, url=URLS, retrieved_on=SPANS, sha256=("ab" * 32, "ab"))
        _maybe(draw, document, language=("en", "not a tag"))
        _asides(draw, document)
    names = [claim["id"] for claim in case["claims"]]
    for position, attribution in enumerate(case["attributions"]):
        _maybe(draw, attribution, verb=TEXTS, only_if=names)
        if "cites" in attribution and attribution.get("stance") not in (None, "affirms"):
            attribution["stance"] = "disowns"
        if "retracted_on" in attribution:
            _maybe(draw, attribution, retracted_because=get_args(RetractedBecause))
        if attribution.get("basis") == "inference":
            before = [each["id"] for each in case["attributions"][:position]]
            _maybe(draw, attribution, **{"from": [[name] for name in before]} if before else {})
        _asides(draw, attribution)
        for _ in range(draw(st.integers(0, 2))):
            attribution.setdefault("locators", []).append(draw(_locators()))
    for record in (*case["links"], *case["questions"]):
        _asides(draw, record)
    if draw(st.booleans()):
        case["attributions"].append(
            {"id": "quiet", "source": case["sources"][0]["id"], "claim": names[0]}
            | {"stance": "silent", "would_speak": draw(st.sampled_from((0.2, 1)))}
        )
    return case


@st.composite
def _locators(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {}
    _maybe(draw, found, paragraph=(0, 3), exact=TEXTS, prefix=TEXTS, suffix=TEXTS, url=URLS)
    _maybe(draw, found, start=(0, 5), end=(5, 9), page=(3, "iv"))
    _asides(draw, found)
    return found


def ship_case(*attributions: dict[str, Any], **more: Any) -> Case:
    """A ship that a pilot, a newspaper and an insider speak of."""
    return load_case(
        {
            "version": 1,
            "title": "A ship",
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
            "sources": [
                {"id": "pilot", "kind": "person", "reliability": "C"},
                {"id": "daily", "kind": "outlet", "reliability": "B"},
                {"id": "insider", "kind": "unnamed", "described_as": "a source"},
            ],
            "documents": [{"id": "page", "publisher": "daily", "published_on": "2015-09-04"}],
            "attributions": list(attributions),
        }
        | more
    )


ORIGIN = {"id": "log", "source": "pilot", "claim": "sailed", "said_on": "2015-08-21/2015-08-31"}
RELAY = {"id": "story", "source": "daily", "cites": "log", "document": "page"}


def full_case(**more: Any) -> Case:
    """A case in which every field of the format stands at least once, in every form that it takes."""
    return load_case(FULL | more)


FULL: dict[str, Any] = {
    "version": 1,
    "title": "Waffen für Damaskus — أسلحة «2015»",
    "summary": "Who says that a ship sailed, \U0001f6a2 and from whom",
    "note": "of the case",
    "refs": [{"scheme": "wikidata", "id": "Q1"}],
    "x-desk": {"colour": "red", "list": [1, None, "two"]},
    "claims": [
        {
            "id": "armed",
            "text": "Egypt armed Syria",
            "prior": 0.15,
            "alternatives": 20,
            "note": "by hand",
            "x-c": 1,
        },
        {
            "id": "sailed",
            "text": 'A ship <sailed> & "arrived"\nin July',
            "refs": [{"scheme": "doi", "id": "10/x"}],
        },
        {"id": "known", "text": "They met", "prior": {"mean": 0.3, "strength": 5}},
        {
            "id": "settled",
            "text": "They denied it",
            "resolved": {"value": True, "on": "2016-01", "by": "the court", "note": "final"},
        },
        {"id": "monday", "text": "On Monday"},
        {"id": "tuesday", "text": "On Tuesday"},
    ],
    "questions": [
        {
            "id": "when",
            "text": "When did it sail?",
            "claims": ["monday", "tuesday"],
            "prior": [0.5, 0.3],
            "exhaustive": False,
            "note": "or later",
            "refs": [{"scheme": "desk", "id": "7"}],
            "x-q": True,
        }
    ],
    "sources": [
        {
            "id": "general",
            "name": "The general",
            "kind": "person",
            "described_as": "a retired officer",
            "reliability": "D",
            "access": {"mean": 0.4, "strength": 4},
            "interests": [
                {"claims": ["armed"], "stake": "gains strongly", "note": "why"},
                {"claims": "all", "stake": "loses"},
            ],
            "graded_by": "the desk",
            "graded_on": "2015-09",
            "note": "of the general",
            "refs": [{"scheme": "viaf", "id": "1"}],
            "x-s": "kept",
        },
        {
            "id": "insider",
            "kind": "unnamed",
            "described_as": "well-informed source",
            "access": 0.5,
            "only_if": "known",
        },
        {
            "id": "daily",
            "name": "The Daily",
            "kind": "outlet",
            "reliability": "B",
            "passing_on": "A",
        },
        {
            "id": "wire",
            "kind": "agency",
            "reliability": {"confirmed": 7, "refuted": 2},
            "passing_on": {"mean": 0.9, "strength": 20},
        },
        {"id": "firm", "kind": "organisation", "reliability": {"accuracy": 0.8, "strength": 10}},
        {"id": "cairo", "kind": "government", "reliability": {"mean": 0.6, "strength": 12}},
        {"id": "rebels", "kind": "collective", "reliability": 0.4},
        {"id": "memo", "kind": "document"},
        {"id": "radar", "kind": "sensor", "reliability": 1},
        {"id": "estimator", "kind": "model", "reliability": "F"},
        {
            "id": "voice",
            "kind": "other",
            "passing_on": 0.7,
            "reliability": [
                {"from": "2014", "reliability": "C", "note": "by the desk"},
                {"from": "2015-06", "reliability": "E"},
            ],
        },
        {
            "id": "clerk",
            "name": "The clerk",
            "kind": "person",
            "reliability": [
                {"from": "2014", "reliability": "C"},
                {"from": "2015", "reliability": {"mean": 0.5, "strength": 4}},
            ],
        },
    ],
    "documents": [
        {
            "id": "daily-1",
            "publisher": "daily",
            "title": "Ship left",
            "url": "https://example.org/a?b=c#d",
            "published_on": "2015-09-04",
            "retrieved_on": "2015-09-05",
            "sha256": "ab" * 32,
            "language": "en",
            "note": "front page",
            "refs": [{"scheme": "archive", "id": "x"}],
            "x-d": None,
        },
        {"id": "memo-1", "publisher": "memo", "url": "not an address", "language": "not a tag"},
    ],
    "attributions": [
        {
            "id": "log",
            "source": "general",
            "claim": ["sailed", "armed"],
            "basis": "firsthand",
            "wording": "probably",
            "verb": "claimed",
            "competence": {"mean": 0.9, "strength": 20},
            "said_on": "2015-08-21/2015-08-31",
            "retracted_on": "2015-10",
            "retracted_because": "pressure",
            "note": "of the log",
            "refs": [{"scheme": "tweet", "id": "99"}],
            "x-a": [1],
        },
        {
            "id": "story",
            "source": "daily",
            "cites": "log/sailed",
            "stance": "affirms",
            "wording": 0.9,
            "verb": "told the paper",
            "fidelity": 0.8,
            "in_hand": True,
            "interest": 1.7,
            "document": "daily-1",
            "locators": [
                {
                    "paragraph": 3,
                    "exact": "a ship “left”",
                    "prefix": "that ",
                    "suffix": " port",
                    "start": 5,
                    "end": 18,
                    "page": 2,
                    "url": "https://example.org/a/2",
                    "note": "headline",
                    "refs": [{"scheme": "line", "id": "4"}],
                    "x-l": 1,
                },
                {"page": "iv"},
                {},
            ],
            "said_on": "2015-09-04",
        },
        {
            "id": "hint",
            "source": "insider",
            "claim": "sailed",
            "basis": "unstated",
            "in_hand": False,
        },
        {
            "id": "guess",
            "source": "cairo",
            "claim": "known",
            "basis": "inference",
            "from": ["hint", "log/armed"],
            "competence": 0.7,
            "stance": "affirms",
            "wording": "unlikely",
        },
        {
            "id": "copy",
            "source": "wire",
            "cites": ["hint", "story"],
            "basis": "secondhand",
            "document": "memo-1",
            "locators": [{"exact": "only words"}],
        },
        {
            "id": "echo",
            "source": "firm",
            "claim": "sailed",
            "same_voice_as": {"attribution": "hint", "probability": 0.5, "note": "same style"},
        },
        {"id": "again", "source": "wire", "cites": "copy", "said_on": "2015-09-05T13:07Z"},
        {
            "id": "never",
            "source": "general",
            "cites": "story",
            "stance": "disowns",
            "document": "daily-1",
            "only_if": "armed",
        },
        {
            "id": "quiet",
            "source": "cairo",
            "claim": ["sailed", "known"],
            "stance": "silent",
            "would_speak": 0.6,
            "document": "daily-1",
        },
        {"id": "round", "source": "rebels", "cites": "trip"},
        {"id": "trip", "source": "voice", "cites": "round", "document": "daily-1"},
        {"id": "blip", "source": "radar", "claim": "monday", "document": "memo-1"},
        {"id": "run", "source": "estimator", "claim": "tuesday", "wording": 0.2},
    ],
    "links": [
        {
            "kind": "evidence",
            "claim": "armed",
            "sign": "sailed",
            "if_true": 0.3,
            "if_false": 0,
            "note": "of the link",
            "x-k": 2,
        },
        {"kind": "implies", "claim": "known", "implies": "settled", "strength": 0.8},
        {"kind": "contradicts", "claims": ["known", "armed"], "strength": 0.3},
    ],
}
