"""Every small change of a case, and what it means that a format loses exactly what it says."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

from provenance.casefiles import dump_case, load_case
from provenance.errors import CaseError
from provenance.exchange import Export, Loss
from provenance.records import Basis, Case, RetractedBecause, SourceKind, Stake, Stance

__all__ = ["assert_losses_are_exact", "changes", "without_losses"]

DATES = ("2015-08-22", "2016", "2017-03-04/2017-03-05", "2015-09-05T13:08Z")
NUMBERS = (0.37, 0.61, 7, 3, 11)
WORDS: Mapping[str, tuple[Any, ...]] = {
    "kind": get_args(SourceKind),
    "stance": get_args(Stance),
    "basis": get_args(Basis),
    "stake": get_args(Stake),
    "reliability": tuple("ABCDEF"),
    "passing_on": tuple("ABCDEF"),
    "retracted_because": get_args(RetractedBecause),
    "wording": ("probably", "unlikely", "may"),
    "sha256": ("cd" * 32,),
    "language": ("de",),
    **dict.fromkeys(
        ("said_on", "retracted_on", "published_on", "retrieved_on", "graded_on", "on", "since"),
        DATES,
    ),
}
"""What else a field can hold, by its name; any other text gets a letter more."""
MOST = 2
"""With how many others a value is exchanged where it could be any of many."""
NAMED: Mapping[str, str] = {
    "claims[].id": "claims",
    "sources[].id": "sources",
    "documents[].id": "documents",
    "attributions[].id": "attributions",
}
"""The fields that name records, which every mention follows."""
MENTIONS: Mapping[str, str] = {
    "questions[].claims[]": "claims",
    "sources[].only_if": "claims",
    "attributions[].only_if": "claims",
    "sources[].interests[].claims": "claims",
    "sources[].interests[].claims[]": "claims",
    "documents[].publisher": "sources",
    "attributions[].source": "sources",
    "attributions[].claim": "claims",
    "attributions[].claim[]": "claims",
    "attributions[].cites": "attributions",
    "attributions[].cites[]": "attributions",
    "attributions[].from[]": "attributions",
    "attributions[].same_voice_as.attribution": "attributions",
    "attributions[].document": "documents",
    "links[].claim": "claims",
    "links[].sign": "claims",
    "links[].implies": "claims",
    "links[].claims[]": "claims",
}
"""The fields that mention records, with the section in which these stand."""


def changes(case: Case) -> tuple[tuple[str, bool, Case], ...]:
    """The case with one field away (True) or holding something else, for every field and entry.

    A record that has another id is mentioned by that id. What would be no valid case is left out,
    and so is what means the same.
    """
    return _changes(dump_case(case))


@functools.lru_cache(maxsize=4)
def _changes(text: str) -> tuple[tuple[str, bool, Case], ...]:
    case = load_case(text)
    form = case.written()
    found = []
    for path, trail in _places(form):
        fitting = 0
        for is_away, other in _others(form, path, trail):
            try:
                changed = load_case(other)
            except CaseError:
                continue
            if _meaning(changed) != _meaning(case):
                found.append((path, is_away, changed))
                fitting += not is_away
            if fitting == MOST:
                break
    return tuple(found)


def _meaning(case: Case) -> dict[str, Any]:
    """A written case without what says nothing: defaults, and citations that are there twice."""
    several = {each.id: each.names[1:] for each in case.attributions if len(each.claims) > 1}
    form: dict[str, Any] = case.written(bare=True)
    for record, attribution in zip(form.get("attributions", ()), case.attributions, strict=True):
        if attribution.cited:
            names = (several.get(name, (name,)) for name in attribution.cited)
            record["cites"] = sorted({name for each in names for name in each})
    return form


def _places(
    value: Any, path: str = "", trail: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every field and entry of a written case: its path, and the keys that lead to it."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            place = f"{path}[{position}]"
            yield place, (*trail, position)
            yield from _places(item, place, (*trail, position))
    elif isinstance(value, dict):
        for key, item in value.items():
            place = f"{path}.{key}".lstrip(".")
            yield place, (*trail, key)
            if not key.startswith("x-"):
                yield from _places(item, place, (*trail, key))


def _others(
    form: dict[str, Any], path: str, trail: tuple[Any, ...]
) -> Iterator[tuple[bool, dict[str, Any]]]:
    pattern = re.sub(r"\[[0-9]+\]", "[]", path)
    value = _at(form, trail)
    if pattern in NAMED:
        yield False, _renamed(form, NAMED[pattern], value, f"{value}~")
        return
    without = json.loads(json.dumps(form))
    del _at(without, trail[:-1])[trail[-1]]
    yield True, without
    others = list(_instead(form, pattern, str(trail[-1]), value))
    # It begins elsewhere with every record, so that all values come up somewhere.
    turn = MOST * sum(step for step in trail if isinstance(step, int)) % max(len(others), 1)
    for other in others[turn:] + others[:turn]:
        changed = json.loads(json.dumps(form))
        _at(changed, trail[:-1])[trail[-1]] = other
        yield False, changed


def _at(form: Any, trail: tuple[Any, ...]) -> Any:
    for key in trail:
        form = form[key]
    return form


def _instead(form: dict[str, Any], pattern: str, key: str, value: Any) -> Iterator[Any]:
    """What else could stand in a field."""
    if pattern in MENTIONS:
        yield from (record["id"] for record in form.get(MENTIONS[pattern], ()))
    elif key.startswith("x-"):
        yield "another"
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from NUMBERS
    elif isinstance(value, str):
        yield from WORDS.get("" if pattern.startswith("links[].kind") else key, (f"{value}~",))


def _renamed(form: dict[str, Any], section: str, old: str, new: str) -> dict[str, Any]:
    """The case with a record under another id, wherever it is mentioned."""

    def follow(value: Any, pattern: str) -> Any:
        if isinstance(value, list):
            return [follow(item, f"{pattern}[]") for item in value]
        if isinstance(value, dict):
            return {
                key: item if key.startswith("x-") else follow(item, f"{pattern}.{key}".lstrip("."))
                for key, item in value.items()
            }
        mentioned = MENTIONS.get(pattern, NAMED.get(pattern))
        if mentioned == section and value == old:
            return new
        if mentioned == "attributions" and pattern in MENTIONS and "/" in value:
            whole, _, claim = value.partition("/")
            parts = {"attributions": (new if whole == old else whole, claim)}
            parts["claims"] = (whole, new if claim == old else claim)
            return "/".join(parts.get(section, (whole, claim)))
        return value

    found: dict[str, Any] = follow(form, "")
    return found


def assert_losses_are_exact(case: Case, export: Callable[[Case], Export]) -> None:
    """What is declared lost is missing from the document, and nothing else is.

    Field by field: a field is missing where the document stays the same whatever the field holds.
    Each such field must be declared, itself or with what it stands in; and what is wholly lost may
    change nothing of the document. That a record is lost in part says nothing of its fields: these
    are declared one by one.
    """
    whole = export(case)
    lost = {loss.path: loss for loss in whole.losses}
    values = {path: _at(case.written(), trail) for path, trail in _places(case.written())}
    assert set(lost) <= set(values), f"losses of {sorted(set(lost) - set(values))}, which are not"
    for path, is_away, other in changes(case):
        found = export(other)
        if found.document == whole.document:
            assert _is_declared(lost, path, values[path]), f"{path} is missing, undeclared"
        elif is_away or _is_wholly(found, path):
            assert not _is_wholly(whole, path), f"{path} is declared lost and changes the document"


def without_losses(case: Case, losses: Iterable[Loss]) -> Case:
    """The case without what was wholly lost."""
    form = case.written()
    trails = dict(_places(form))
    gone = [trails[loss.path] for loss in losses if not loss.partly]
    for trail in sorted(
        gone, key=lambda steps: [str(step).zfill(9) for step in steps], reverse=True
    ):
        del _at(form, trail[:-1])[trail[-1]]
    return load_case(form)


def _is_wholly(export: Export, path: str) -> bool:
    lost = {loss.path: loss for loss in export.losses}
    return any(not loss.partly for loss in _told(lost, path))


def _is_declared(lost: Mapping[str, Loss], path: str, value: Any) -> bool:
    """Whether a field is declared lost, or everything that stands in it is, one by one."""
    if _told(lost, path):
        return True
    parts: list[tuple[str, Any]] = []
    if isinstance(value, list):
        parts = [(f"{path}[{position}]", item) for position, item in enumerate(value)]
    elif isinstance(value, dict):
        parts = [(f"{path}.{key}", item) for key, item in value.items()]
    return parts != [] and all(_is_declared(lost, place, item) for place, item in parts)


def _told(lost: Mapping[str, Loss], path: str) -> list[Loss]:
    """The losses that cover a field: its own, and those of what it stands in."""
    return [
        loss
        for start, loss in lost.items()
        if path == start
        or (path.startswith((f"{start}.", f"{start}[")) and not (loss.partly and start[-1] == "]"))
    ]
