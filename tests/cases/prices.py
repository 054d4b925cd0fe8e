"""What work costs, counted in operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from provenance.bounds import affordable, within

_ENOUGH = 10**15


def price(work: Callable[[], Any]) -> int:
    """How many operations some work takes."""
    with within(_ENOUGH):
        work()
        return _ENOUGH - (affordable() or 0)
