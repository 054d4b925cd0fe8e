"""The case: everything that is on record about some claims, in one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import FailFast, ValidationError, model_validator

from provenance.errors import CaseError, Problem
from provenance.records.attributions import Attribution, Document
from provenance.records.claims import Claim, Question
from provenance.records.diagnosis import SECTIONS, bounded, case_problems, together
from provenance.records.faults import came_last, problems_of
from provenance.records.fields import Entries, Text, Version
from provenance.records.links import Link
from provenance.records.record import Record
from provenance.records.sections import Sections
from provenance.records.sources import Source
from provenance.records.written import MOST_FIELDS

__all__ = ["Case"]


class Case(Record, frozen=True):
    """Claims, sources, and who is on record as saying what.

    A case that exists holds together: every reference leads somewhere and every rule of the format
    is kept. Otherwise `CaseError` lists all that is wrong with it.
    """

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Version = 1
    """The version of the case format."""
    title: Text | None = None
    """What the case is about, in a few words."""
    summary: Text | None = None
    """What the case is about, in a few sentences."""
    sources_from: Text | None = None
    """A registry of sources that other cases share: a file in the folder of the case or below."""
    claims: Annotated[tuple[Claim, ...], FailFast(), Entries]
    """What may be so."""
    questions: Annotated[tuple[Question, ...], FailFast(), Entries] = ()
    """Which claims are alternatives of each other."""
    sources: Annotated[tuple[Source, ...], FailFast(), Entries]
    """Who speaks."""
    documents: Annotated[tuple[Document, ...], FailFast(), Entries] = ()
    """What was published."""
    attributions: Annotated[tuple[Attribution, ...], FailFast(), Entries]
    """Who is on record as saying what."""
    links: Annotated[tuple[Link, ...], FailFast(), Entries] = ()
    """How the claims bear on each other."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = bounded(together(Sections(**{name: getattr(self, name) for name in SECTIONS})))
        if found:
            raise CaseError(found)
        return self

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        # The quick way stops at the first wrong record of a section; this one finds them all.
        if not isinstance(fields, Mapping) or len(fields) > MOST_FIELDS or came_last(error):
            return problems_of(error)
        top = {
            name: () if name in SECTIONS and isinstance(value, list | tuple) else value
            for name, value in fields.items()
        }
        at_the_top: tuple[Problem, ...] = ()
        try:
            cls.__pydantic_validator__.validate_python(top, by_name=by_name)
        except ValidationError as rest:
            at_the_top = problems_of(rest)
        return bounded(case_problems(fields, at_the_top, by_name))
