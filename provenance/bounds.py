"""How much work an answer may take, counted in operations, and how it is called off.

Work is counted, never timed, so that the same input is answered, simulated or refused alike on every
machine. An operation is about one entry of one table: some ten million of them take two seconds on one
core of an ordinary machine, half of that on a fast one.

The budget that holds where none is stated is what a person waits for. Who asks about a small case
expects an answer at once, and waits five seconds before taking the command for hung; who asks about
hundreds of attributions has spent days on writing them down, and waits ten. So there is a part that
every question has, and a part for every record: with it a case of 400 attributions by 80 sources on ten
linked claims, most of them relays, which is far too interwoven for an exact answer, is simulated with a
standard error below a hundredth, and one of 2,000 attributions by 200 sources on 50 linked claims is
answered too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import attrs

from provenance.errors import Cancelled, InvalidValue, TooCostly

__all__ = [
    "OPERATIONS",
    "OPERATIONS_EACH",
    "TOLD",
    "TOLD_EACH",
    "Cancel",
    "affordable",
    "allowed",
    "called_off_by",
    "check_cancelled",
    "expect",
    "spend",
    "within",
]

OPERATIONS = 25_000_000
"""The budget of one question where none is stated: some five seconds."""
OPERATIONS_EACH = 10_000
"""What every record of a case adds to it, so that large cases that hang together simply are answered."""

TOLD = 4_000_000
"""What may be told of all the answers of a case together, where no budget is stated."""
TOLD_EACH = 1_000
"""What every record of a case adds to it."""


class Cancel(Protocol):
    """What long work asks, now and then, whether to stop: a `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether the work is to stop."""


@attrs.define(eq=False)
class _Meter:
    """What may still be spent, and who may call the work off."""

    budget: int
    left: int
    cancel: Cancel | None
    outer: _Meter | None


_METER: ContextVar[_Meter | None] = ContextVar("_METER", default=None)
_CALLING_OFF: ContextVar[Cancel | None] = ContextVar("_CALLING_OFF", default=None)


@contextmanager
def within(budget: int | None, cancel: Cancel | None = None, *, records: int = 0) -> Iterator[None]:
    """Keep the work of a block within a budget; a block inside another one spends of both.

    Without a budget of its own a block has what is left of the one around it, or else the usual one
    for so many records.

    Raises:
        InvalidValue: the budget is no whole number above 0, or `cancel` cannot be asked.
        TooCostly: the work takes more, from wherever in the block that is found.
        Cancelled: `cancel` was set.

    >>> with within(1000):
    ...     spend(600, "adding up")
    ...     affordable()
    400
    """
    _require_is_set(cancel)
    outer = _METER.get()
    whole = _budget(budget, records, outer)
    calling_off = cancel if cancel is not None or outer is None else outer.cancel
    meter = _Meter(whole, whole, calling_off, outer)
    token = _METER.set(meter)
    try:
        check_cancelled()
        yield
    finally:
        _METER.reset(token)
        if outer is not None:
            outer.left -= whole - meter.left


@contextmanager
def called_off_by(cancel: Cancel | None) -> Iterator[None]:
    """Ask `cancel` too, whatever is done in a block; what it may take is as it would be without.

    Raises:
        InvalidValue: `cancel` cannot be asked.
        Cancelled: `cancel` was set.

    >>> from threading import Event
    >>> with called_off_by(Event()):
    ...     spend(600, "adding up")
    """
    _require_is_set(cancel)
    token = _CALLING_OFF.set(_CALLING_OFF.get() if cancel is None else cancel)
    try:
        check_cancelled()
        yield
    finally:
        _CALLING_OFF.reset(token)


def _require_is_set(cancel: object) -> None:
    if cancel is not None and not hasattr(cancel, "is_set"):
        raise InvalidValue(f"expected as cancel what has is_set(), found {cancel!r:.80}")


def _budget(budget: int | None, records: int, outer: _Meter | None) -> int:
    if budget is None:
        return OPERATIONS + OPERATIONS_EACH * records if outer is None else outer.left
    if isinstance(budget, bool) or not isinstance(budget, int) or budget < 1:
        raise InvalidValue(f"expected a budget in operations, 1 or above, found {budget!r}")
    return budget if outer is None else min(budget, outer.left)


def spend(operations: int, doing: str) -> None:
    """Count work that is about to be done; nothing is counted outside of every block.

    Raises `TooCostly` where the budget does not cover it, and `Cancelled`.
    """
    calling_off = _CALLING_OFF.get()
    if calling_off is not None and calling_off.is_set():
        raise Cancelled(doing)
    meter = _METER.get()
    if meter is None:
        return
    if meter.cancel is not None and meter.cancel.is_set():
        raise Cancelled(doing)
    if operations > meter.left:
        raise TooCostly(doing, meter.budget - meter.left + operations, meter.budget)
    meter.left -= operations


def expect(operations: int, doing: str) -> None:
    """Refuse work that will take more than is left, before it begins; nothing is spent yet."""
    meter = _METER.get()
    if meter is not None and operations > meter.left:
        raise TooCostly(doing, meter.budget - meter.left + operations, meter.budget)


def affordable() -> int | None:
    """How many operations are left; `None` where nobody counts."""
    meter = _METER.get()
    return None if meter is None else meter.left


def allowed() -> int | None:
    """How many operations there were in all; `None` where nobody counts."""
    meter = _METER.get()
    return None if meter is None else meter.budget


def check_cancelled(doing: str = "the work") -> None:
    """Stop here where the work was called off."""
    spend(0, doing)
