"""How much of each assertion is its source's own: copies, common origins and citations discounted."""

from __future__ import annotations

from provenance.learning.assertions import Assertions
from provenance.learning.copying import copying
from provenance.learning.estimates import Floats

__all__ = ["own_part"]


def own_part(assertions: Assertions, probability: Floats, accuracy: Floats) -> Floats:
    """For every assertion the part of an independent voice it is, in (0, 1]."""
    return copying(assertions).weights
