"""Parts of a MISP event: what stands in an attribute or an object, and what its words say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import attrs

from provenance.exchange.documents import each_of, text_of
from provenance.records import SourceKind

__all__ = [
    "SILENT",
    "EventPart",
    "cited_in",
    "credence_of",
    "is_labelled",
    "is_told_disowned",
    "is_told_inferred",
    "parts_of",
    "summarised",
    "told_chance",
    "told_side",
    "words_after",
]

SILENT = "says nothing"
"""How our own events call a silence."""


@attrs.frozen
class EventPart:
    """An attribute or an object of an event."""

    path: str
    """Where it stands."""
    written: Mapping[str, Any]
    """What stands there."""

    def text(self, key: str) -> str | None:
        return text_of(self.written.get(key))

    @property
    def uuid(self) -> str:
        return text_of(self.written.get("uuid"), 200) or self.path

    @property
    def attributes(self) -> list[EventPart]:
        found = parts_of(f"{self.path}.Attribute", self.written.get("Attribute"))
        return [each for each in found if each.written.get("deleted") not in (True, 1, "1")]

    @property
    def references(self) -> list[EventPart]:
        """What an object refers to."""
        return [*parts_of(f"{self.path}.ObjectReference", self.written.get("ObjectReference"))]

    def values(self, relation: str) -> list[str]:
        """The values of the attributes of an object that stand in one relation."""
        found = (
            each.text("value")
            for each in self.attributes
            if each.written.get("object_relation") == relation
        )
        return [value for value in found if value is not None]

    def value(self, *relations: str) -> str | None:
        return next((value for each in relations for value in self.values(each)), None)


def parts_of(path: str, value: Any) -> Iterator[EventPart]:
    """The parts that stand in a list."""
    for place, each in each_of(value if isinstance(value, list) else None):
        if isinstance(each, Mapping):
            yield EventPart(f"{path}{place}".lstrip("."), each)


def told_side(part: EventPart, claim: str) -> str:
    """The side of an assessment whose references do not tell it: what its words say, if ours."""
    for words in part.values("evaluation"):
        if "denies what it is about" in words:
            return "denies"
        if SILENT in words:
            return SILENT
        against = re.search(r" Against (.+)\.\Z", words, re.DOTALL)
        if against is not None and claim in against[1].split(", "):
            return "denies"
    return "affirms"


def told_chance(part: EventPart) -> float | None:
    """How likely who says nothing would have spoken, where its words are ours."""
    pattern = r"it would have said so with probability ([0-9.e-]+)(?=[. ])"
    found = (re.search(pattern, words) for words in part.values("evaluation"))
    try:
        chance = next((float(each[1].rstrip(".")) for each in found if each), 0.0)
    except ValueError:
        return None
    return chance if 0.0 < chance <= 1.0 else None


def is_told_inferred(record: Mapping[str, Any]) -> bool:
    """Whether the words of a statement say that it is inferred, where its references do not."""
    return "Basis: inference" in record.get("note", "")


def is_told_disowned(part: EventPart) -> bool:
    """Whether the words of a statement say that something was never said."""
    return any("says that this was never said" in each for each in part.values("evaluation"))


def summarised(summary: str, name: str) -> dict[str, Any]:
    """What the summary of a source says; ours says how it is described, and its kind."""
    found: dict[str, Any] = {}
    rest = []
    for part in summary.split("; "):
        kind = re.match(r"kind ([a-z]+)\Z", part)
        if kind is not None and kind[1] in get_args(SourceKind):
            found["kind"] = kind[1]
        elif part.startswith("described as "):
            found["described_as"] = part.removeprefix("described as ")
        else:
            rest.append(part)
    if rest and "; ".join(rest) != name:
        found["name"] = "; ".join(rest)
    return found


def cited_in(source: Mapping[str, Any], words: str) -> list[str]:
    """What is passed on of a statement: all of it, or what it says of some claims."""
    part = re.search(r" what it says of (.+)\Z", words, re.DOTALL)
    claims = source.get("claim")
    named = part[1].split(", ") if part is not None and isinstance(claims, list) else []
    found = [f"{source['id']}/{claim}" for claim in named if claim in (claims or ())]
    return found or [str(source["id"])]


def is_labelled(report: str) -> bool:
    return report.startswith(("statement ", "document "))


def words_after(lead: str, reports: list[str]) -> str | None:
    return next((each.removeprefix(lead) for each in reports if each.startswith(lead)), None)


def credence_of(value: Any) -> float | None:
    """An opinion from 0 to 100 as a credence."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 101
    return found / 100 if found <= 100 else None
