"""Whom to trust, learned from who said what and how it turned out."""

from provenance.errors import MissingExtra

try:
    import numpy as _numpy  # noqa: F401 everything here stands on it
except ImportError as error:  # pragma: no cover - the tests install it
    raise MissingExtra("learning", "numpy") from error

from provenance.learning.archive import assertions_of
from provenance.learning.assertions import Assertions
from provenance.learning.catalogue import METHODS, Method, method_named
from provenance.learning.copying import Copying, CopyingPair, copying_between
from provenance.learning.estimates import Estimate
from provenance.learning.files import read_assertions
from provenance.learning.learned import CopyFound, Learned
from provenance.learning.study import learn

__all__ = [
    "METHODS",
    "Assertions",
    "CopyFound",
    "Copying",
    "CopyingPair",
    "Estimate",
    "Learned",
    "Method",
    "assertions_of",
    "copying_between",
    "learn",
    "method_named",
    "read_assertions",
]
