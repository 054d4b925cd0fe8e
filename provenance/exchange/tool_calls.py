"""Calls of tools: what an argument may be, a case that is handed over, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs

from provenance.casefiles import load_case
from provenance.casefiles.json_text import parsed
from provenance.errors import CaseError, InvalidValue, Problem, UnknownName
from provenance.exchange.answers import quoted
from provenance.records import Case

__all__ = [
    "MOST_LISTED",
    "AgentTool",
    "Arguments",
    "Parameter",
    "ToolAnswer",
    "case_within_bounds",
    "in_bounds",
    "plain_case",
    "without_nulls",
]

MOST_BYTES = 1_000_000
"""How large a case may be that an agent hands over, as JSON in UTF-8."""
MOST_STATEMENTS = 5_000
"""How many attributions such a case may have."""
MOST_LISTED = 200
"""How many chains or leads an agent may ask for."""
LONGEST_NAME = 400
"""How many characters an argument that is a name may have."""
_DEPTH = 64

Arguments = Mapping[str, Any]


@attrs.frozen
class ToolAnswer:
    """What a tool says: as data for programs, and the same in words for the model."""

    data: dict[str, Any]
    """Plain data that JSON can carry."""
    text: str
    """The same in words."""
    is_error: bool = False
    """Whether the call failed; the text then says what was wrong and how to mend it."""

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class Parameter:
    """An argument of a tool."""

    name: str
    """Its name."""
    kind: Literal["case", "text", "count"]
    """What it is: a case, a name or a day, or a number of entries."""
    description: str
    """What it is for, in a sentence."""
    required: bool = False
    """Whether a call must have it."""

    def schema(self) -> dict[str, Any]:
        """Its JSON Schema; that of a case is filled in by those who know where cases come from."""
        if self.kind == "count":
            bounds = {"type": "integer", "minimum": 1, "maximum": MOST_LISTED}
            return {**bounds, "description": self.description}
        return {"type": "string", "maxLength": LONGEST_NAME, "description": self.description}

    def problem(self, value: Any) -> str | None:
        """What is wrong with a value, if anything is."""
        if self.kind == "case":
            return None
        if self.kind == "count":
            if (
                isinstance(value, bool)
                or not isinstance(value, int)
                or not 1 <= value <= MOST_LISTED
            ):
                return f"a whole number from 1 to {MOST_LISTED}, found {_shown(value)}"
            return None
        if not isinstance(value, str) or len(value) > LONGEST_NAME:
            return f"text of at most {LONGEST_NAME} characters, found {_shown(value)}"
        return None


def _shown(value: Any) -> str:
    text = (
        repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    )
    return text if len(text) <= 80 else f"{text[:79]}…"


@attrs.frozen
class AgentTool:
    """Something that an agent can ask for."""

    name: str
    """Its name."""
    title: str
    """Its name for people."""
    description: str
    """What it does and when to use it, for the model."""
    parameters: tuple[Parameter, ...]
    """Its arguments."""
    run: Callable[[Case, Arguments], ToolAnswer] = attrs.field(repr=False)
    """Answers for a case, the other arguments being checked."""

    def checked(self, arguments: Arguments) -> Arguments:
        """The arguments, if all of them are there and in bounds; nothing counts as absent."""
        known = {each.name: each for each in self.parameters}
        for name in arguments:
            if name not in known:
                raise UnknownName(f"argument of {self.name}", quoted(str(name)), known)
        found = {name: value for name, value in arguments.items() if value is not None}
        for each in self.parameters:
            if each.required and each.name not in found:
                raise InvalidValue(
                    f"expected the argument {each.name!r} of {self.name}, found none"
                )
            wrong = each.problem(found[each.name]) if each.name in found else None
            if wrong is not None:
                raise InvalidValue(f"expected as {each.name!r} of {self.name} {wrong}")
        return found


def case_within_bounds(case: Any) -> Case:
    """A case that an agent hands over, as an object or as JSON text.

    Raises `CaseError` with everything that is wrong with it, and for one that is too large.
    """
    return in_bounds(load_case(plain_case(case)))


def plain_case(case: Any) -> Mapping[str, Any]:
    """The object that an agent hands over, if it is one, of JSON values, and not too large."""
    if isinstance(case, Mapping):
        try:
            case = json.dumps(case)
        except (TypeError, ValueError, RecursionError) as error:
            message, fix = "expected an object of JSON values", "hand over plain data"
            raise _refused("not-json", message, fix) from error
    if not isinstance(case, str) or not case.lstrip().startswith("{"):
        message = f"expected a case as an object, found {_shown(case)}"
        raise _refused("not-an-object", message, "hand over the case itself, as JSON")
    read = parsed(case, max_bytes=MOST_BYTES, max_depth=_DEPTH)
    if read.problems:
        raise CaseError(read.problems)
    found: Mapping[str, Any] = read.document
    return found


def without_nulls(value: Any) -> Any:
    """Plain data without what is null, except under the keys that are the writer's own."""
    if isinstance(value, Mapping):
        return {
            key: item if key.startswith("x-") else without_nulls(item)
            for key, item in value.items()
            if item is not None or key.startswith("x-")
        }
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def in_bounds(case: Case) -> Case:
    """The case, unless it has too many statements for an answer in good time."""
    if len(case.attributions) > MOST_STATEMENTS:
        message = f"expected at most {MOST_STATEMENTS} attributions, found {len(case.attributions)}"
        raise _refused("too-large", message, "split the case, or weigh it from Python")
    return case


def _refused(code: str, message: str, fix: str) -> CaseError:
    return CaseError((Problem("case", code, message, fix),))
