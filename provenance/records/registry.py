"""A registry: sources that several cases share, with who graded them, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import FailFast, ValidationError, model_validator

from provenance.errors import CaseError, Problem
from provenance.records.diagnosis import bounded, case_problems
from provenance.records.faults import came_last, problems_of
from provenance.records.fields import Entries, Text, Version
from provenance.records.record import Record
from provenance.records.sources import Source

__all__ = ["Registry"]


class Registry(Record, frozen=True):
    """Sources that several cases share; each says in its fields who graded it, when and why."""

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Version = 1
    """The version of the format."""
    title: Text | None = None
    """What the registry is, in a few words."""
    sources: Annotated[tuple[Source, ...], FailFast(), Entries]
    """The sources, with `graded_by`, `graded_on` and the reason in `note`."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = bounded(_shared_problems(self.sources))
        if found:
            raise CaseError(found)
        return self

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        entries = fields.get("sources") if isinstance(fields, Mapping) else None
        if not isinstance(entries, list | tuple) or came_last(error):
            return problems_of(error)
        at_the_top: tuple[Problem, ...] = ()
        try:
            cls.__pydantic_validator__.validate_python({**fields, "sources": ()}, by_name=by_name)
        except ValidationError as rest:
            at_the_top = problems_of(rest)
        listed = {"sources": entries, "claims": None}  # claims are not looked for in a registry
        return bounded(case_problems(listed, at_the_top, by_name)) or problems_of(error)


def _shared_problems(sources: tuple[Source, ...]) -> Iterator[Problem]:
    yield from case_problems({"sources": sources, "claims": None}, ())
    for position, source in enumerate(sources):
        for place, interest in enumerate(source.interests):
            if not interest.everything:
                yield Problem(
                    f"sources[{position}].interests[{place}].claims",
                    "interest-in-a-registry",
                    'expected "all", since a registry knows no claims, '
                    f"found {', '.join(map(repr, interest.touched[:3]))}",
                    "state this interest in the case",
                )
