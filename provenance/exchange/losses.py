"""What comes out of an exchange: a document or a case, and the list of what was dropped, with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.bounds import check_cancelled
from provenance.errors import InvalidValue
from provenance.records import Case

__all__ = [
    "Dropped",
    "Export",
    "Import",
    "Loss",
    "Rule",
    "carried_of",
    "in_order",
    "losses_of",
    "require_same_case",
]


@attrs.frozen
class Loss:
    """One thing that did not survive an exchange.

    >>> print(Loss("sources[0].access", "whether it could know", "there is no place for it"))
    sources[0].access: lost: whether it could know (there is no place for it)
    """

    path: str
    """Where it stood in what was read: `sources[2].reliability`, `entity.ex:report`."""
    what: str
    """What it is, in words."""
    why: str
    """Why it was dropped."""
    partly: bool = False
    """Whether something of it is still there: the first day of a span of dates, for instance."""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{'partly ' if self.partly else ''}lost: {self.what} ({self.why})"


@attrs.frozen
class Export:
    """A document for another tool, and what of the case it does not carry."""

    document: Any = attrs.field(repr=False)
    """The document: plain data that JSON can carry, or a text where the format is a text."""
    losses: tuple[Loss, ...] = ()
    """What was dropped, in the order of the case."""


@attrs.frozen
class Import:
    """A case read from another tool's document, and what of the document it does not carry."""

    case: Case = attrs.field(repr=False)
    """The case."""
    losses: tuple[Loss, ...] = ()
    """What was not understood or has no place in a case, in the order of the document."""
    readings: tuple[str, ...] = ()
    """How every row of a table was read, in words: "row 7: Reuters relays what MSF denies"; of a
    bundle of STIX or an event of MISP in which nothing is read as a claim, that this is so."""


@attrs.frozen
class Dropped:
    """What a format does with one field of a case that it does not carry."""

    what: str
    """What the field is, in words."""
    why: str
    """Why it is dropped."""
    partly: bool = False
    """Whether something of it is carried."""


Rule = Dropped | Callable[[Any], Dropped | None]
"""What becomes of a field: always the same, or by its value, with None where it is carried."""

_EXTENSION = Dropped("an extension", "a key that begins with x- means nothing to another tool")
_NOTE = Dropped("a note", "the format has no place for a note here")
_REFS = Dropped("its ids in other systems", "the format has no place for such ids here")


def losses_of(
    case: Case, rules: Mapping[str, Rule], noted: frozenset[str] = frozenset()
) -> Iterator[Loss]:
    """What a format drops of a case, in the order of the case.

    Args:
        case: the case.
        rules: what becomes of a field, by its path without numbers: `claims[].prior`. A field
            without a rule is carried, and so is all that stands in it, except as follows.
        noted: the paths of the notes and of the ids in other systems that are carried. All others
            are dropped, as is every `x-` key.
    """
    yield from _dropped(case.written(), "", "", rules, noted)


def _dropped(
    value: Any, path: str, pattern: str, rules: Mapping[str, Rule], noted: frozenset[str]
) -> Iterator[Loss]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            check_cancelled("writing in another format")
            yield from _dropped(item, f"{path}[{position}]", f"{pattern}[]", rules, noted)
    elif isinstance(value, dict):
        for key, item in value.items():
            place, kind = f"{path}.{key}".lstrip("."), f"{pattern}.{key}".lstrip(".")
            found = _rule(key, kind, item, rules, noted)
            if found is not None:
                yield Loss(place, found.what, found.why, found.partly)
            if found is None or found.partly:
                yield from _dropped(item, place, kind, rules, noted)


def carried_of(
    case: Case, rules: Mapping[str, Rule], noted: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The written case without what a format drops wholly, by the rules of `losses_of`.

    What is left is a case again, as long as no rule drops what a record cannot be without.
    """
    found: dict[str, Any] = _carried(case.written(), "", rules, noted)
    return found


def _carried(value: Any, pattern: str, rules: Mapping[str, Rule], noted: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_carried(item, f"{pattern}[]", rules, noted) for item in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, item in value.items():
        kind = f"{pattern}.{key}".lstrip(".")
        rule = _rule(key, kind, item, rules, noted)
        if rule is None or rule.partly:
            found[key] = _carried(item, kind, rules, noted)
    return found


def _rule(
    key: str, kind: str, value: Any, rules: Mapping[str, Rule], noted: frozenset[str]
) -> Dropped | None:
    if key.startswith("x-"):
        return _EXTENSION
    rule = rules.get(kind)
    if rule is not None:
        return rule if isinstance(rule, Dropped) else rule(value)
    if key in ("note", "refs") and kind not in noted:
        return _NOTE if key == "note" else _REFS
    return None


_STEP = re.compile(r"\.?[^.\[]+|\[[0-9]+\]")


def in_order(case: Case, losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Losses in the order of the case, without what stands in something that is wholly lost.

    Of two at one place the whole one stays, else the first. Those that are not about the case stand
    at the end.
    """
    found: dict[str, Loss] = {}
    for loss in losses:
        known = found.get(loss.path)
        if known is None or (known.partly and not loss.partly):
            found[loss.path] = loss
    kept = [loss for loss in found.values() if not any(_wholly(found, loss.path))]
    places = {path: number for number, path in enumerate(_places(case.written()))}
    return tuple(sorted(kept, key=lambda loss: places.get(loss.path, len(places))))


def _wholly(found: Mapping[str, Loss], path: str) -> Iterator[bool]:
    """Whether each of the things is wholly lost that something stands in."""
    above = ""
    for step in _STEP.findall(path)[:-1]:
        above += step
        yield above in found and not found[above].partly


def _places(value: Any, path: str = "") -> Iterator[str]:
    """The paths of everything in a written case, what stands in something after it."""
    if isinstance(value, list):
        parts = [(f"{path}[{position}]", item) for position, item in enumerate(value)]
    elif isinstance(value, dict):
        parts = [(f"{path}.{key}".lstrip("."), item) for key, item in value.items()]
    else:
        return
    for place, item in parts:
        yield place
        yield from _places(item, place)


def require_same_case(case: Case, assessments: Sequence[Assessment]) -> None:
    """Makes sure that every assessment is one of this case, and no two are of one claim.

    Raises `InvalidValue` for one of another case, of which the claims may only share their names,
    and for a second one of a claim.
    """
    if len({assessment.claim for assessment in assessments}) < len(assessments):
        raise InvalidValue("expected one assessment of each claim, found several of one")
    for position, assessment in enumerate(assessments):
        if assessment.case is not case and assessment.case != case:
            raise InvalidValue(
                "expected assessments of the case that is written, found one of another case, "
                f"of its claim {assessment.claim!r}, at position {position}"
            )
