"""Cases with everything that a case can hold, and what it means that something is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st
from strategies import SPANS, cases

from provenance.casefiles import case_digest, load_case
from provenance.errors import CaseError
from provenance.exchange import Export, Loss
from provenance.records import Case

__all__ = ["ORIGIN", "RELAY", "assert_losses_are_exact", "rich_cases", "ship_case"]

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
        )
        for part in (source, *source.get("interests", ())):
            _asides(draw, part)
        if isinstance(source.get("reliability"), dict):
            _asides(draw, source["reliability"])
    for document in case["documents"]:
        _maybe(draw, document, title=TEXTS, url=URLS, retrieved_on=SPANS, sha256=("ab" * 32, "ab"))
        _maybe(draw, document, language=("en", "not a tag"))
        _asides(draw, document)
    for attribution in case["attributions"]:
        _maybe(draw, attribution, verb=TEXTS)
        _asides(draw, attribution)
        for _ in range(draw(st.integers(0, 2))):
            attribution.setdefault("locators", []).append(draw(_locators()))
    for record in (*case["links"], *case["questions"]):
        _asides(draw, record)
    return case


@st.composite
def _locators(draw: st.DrawFn) -> dict[str, Any]:
    found: dict[str, Any] = {}
    _maybe(draw, found, paragraph=(0, 3), exact=TEXTS, prefix=TEXTS, suffix=TEXTS, url=URLS)
    _maybe(draw, found, start=(0, 5), end=(5, 9), page=(3, "iv"))
    _asides(draw, found)
    return found


def _places(
    value: Any, path: str = "", trail: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every field of a written case: its path, and the keys that lead to it."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _places(item, f"{path}[{position}]", (*trail, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            place = f"{path}.{key}".lstrip(".")
            yield place, (*trail, key)
            if not key.startswith("x-"):
                yield from _places(item, place, (*trail, key))


def _without(form: dict[str, Any], trail: tuple[Any, ...]) -> Case | None:
    """The case without one field; None where it cannot be without it, or means the same."""
    changed = copy.deepcopy(form)
    holder = changed
    for key in trail[:-1]:
        holder = holder[key]
    del holder[trail[-1]]
    try:
        return load_case(changed)
    except CaseError:
        return None


def assert_losses_are_exact(case: Case, export: Callable[[Case], Export]) -> None:
    """What is declared lost is missing from the document, and nothing else is.

    A field is missing when the document is the same without it. Of what is partly lost, nothing is
    asked: some of it is still there.
    """
    whole = export(case)
    lost = {loss.path: loss for loss in whole.losses}
    for path, trail in _places(case.written()):
        other = _without(case.written(), trail)
        if other is None or case_digest(other) == case_digest(case):
            continue
        told = _told(lost, path)
        same = export(other).document == whole.document
        assert told != [] or not same or _emptied(lost, path), f"{path} is missing, undeclared"
        whole_losses = [loss for loss in told if not loss.partly]
        assert whole_losses == [] or same, f"{path} is declared lost and changes the document"
    known = {path for path, _ in _places(case.written())}
    records = {f"{place}[{n}]" for place in known for n in range(100)}
    assert set(lost) <= known | records


def _emptied(lost: dict[str, Loss], path: str) -> bool:
    """Whether all that a list holds is declared lost, one by one."""
    return f"{path}[0]" in lost


def _told(lost: dict[str, Loss], path: str) -> list[Loss]:
    """The losses that cover a field: its own, and those of the records that it stands in."""
    return [
        loss
        for start, loss in lost.items()
        if path == start or path.startswith((f"{start}.", f"{start}["))
    ]


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
