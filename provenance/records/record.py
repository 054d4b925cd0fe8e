"""A record: something written down that may carry a note and its ids in other systems."""

from __future__ import annotations

from typing import Annotated

from provenance.records.fields import Listed, Text
from provenance.records.written import Written

__all__ = ["Record", "Reference"]


class Reference(Written, frozen=True):
    """The id of a record in another system."""

    scheme: Text
    """The other system: `wikidata`, `doi`, `misp`."""
    id: Text
    """The id there."""


class Record(Written, frozen=True):
    """A record of the case format; every record may carry a note and references."""

    note: Text | None = None
    """Why the record says what it says, for people."""
    refs: Annotated[tuple[Reference, ...], Listed] = ()
    """The ids of the record in other systems."""
