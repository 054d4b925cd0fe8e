"""The case: everything that is on record about some claims, in one value."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import FailFast, Field, model_validator

from provenance.errors import CaseError
from provenance.records.attributions import Attribution, Document
from provenance.records.claims import Claim, Question
from provenance.records.fields import Listed, Text
from provenance.records.links import Link
from provenance.records.record import Record
from provenance.records.sources import Source

__all__ = ["Case"]


class Case(Record, frozen=True):
    """Claims, sources, and who is on record as saying what.

    A case that exists holds together: every reference leads somewhere and every rule of the format
    is kept. Otherwise `CaseError` lists all that is wrong with it.
    """

    version: Literal[1] = 1
    """The version of the case format."""
    title: Text | None = None
    """What the case is about, in a few words."""
    summary: Text | None = None
    """What the case is about, in a few sentences."""
    sources_from: Text | None = None
    """A registry of sources that other cases share: a file in the folder of the case or below."""
    claims: Annotated[tuple[Claim, ...], Listed]
    """What may be so."""
    questions: Annotated[tuple[Question, ...], Listed] = ()
    """Which claims are alternatives of each other."""
    sources: Annotated[tuple[Source, ...], Listed]
    """Who speaks."""
    documents: Annotated[tuple[Document, ...], Listed] = ()
    """What was published."""
    attributions: Annotated[tuple[Attribution, ...], Listed]
    """Who is on record as saying what."""
    links: Annotated[tuple[Link, ...], Listed] = ()
    """How the claims bear on each other."""
