"""What makes a case costly, in words, and the budget that every question of a case is asked within."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from provenance.bounds import TOLD, TOLD_EACH, Cancel, allowed, within
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled
from provenance.graph import upstream_first
from provenance.records import Called, Case
from provenance.scales import counted

__all__ = ["bounded", "kept_within", "naming", "told_within", "why_costly"]

P = ParamSpec("P")
R = TypeVar("R")

_MANY = 4  # routes for an attribution from which on they are what costs
_ROUTES_COUNTED = 10**12


@contextmanager
def kept_within(case: object, budget: int | None, cancel: Cancel | None = None) -> Iterator[None]:
    """Work on a case within a budget; what takes more is refused with what makes it costly.

    >>> from provenance import load_seed
    >>> from provenance.bounds import spend
    >>> case = load_seed("egypt-arms-2015")
    >>> try:
    ...     with kept_within(case, 100):
    ...         spend(1000, "adding up")
    ... except TooCostly as error:
    ...     print(error.cause)
    14 attributions by five sources bear on seven claims
    """
    if not isinstance(case, Case):
        with within(budget, cancel):
            yield
        return
    try:
        with within(budget, cancel, records=_records(case)), naming(case):
            yield
    except TooCostly as error:
        if error.cause:
            raise
        cause = why_costly(case)
        raise TooCostly(error.doing, error.operations, error.budget, cause) from None


@contextmanager
def told_within(
    case: Case, budget: int | None = None, cancel: Cancel | None = None
) -> Iterator[None]:
    """Tell of every answer of a case, one after the other, within a budget for all of them together.

    Each has as much again as weighing it, and a case of hundreds of claims that hang together would
    take that hundreds of times.

    >>> from provenance import load_seed
    >>> from provenance.bounds import affordable
    >>> with told_within(load_seed("egypt-arms-2015")):
    ...     affordable()
    4032000
    """
    # One answer has what it would have by itself.
    if budget is None and allowed() is None and len(case.claims) > 1:
        budget = TOLD + TOLD_EACH * _records(case)
    with kept_within(case, budget, cancel):
        yield


@contextmanager
def naming(case: Case) -> Iterator[None]:
    """Work on a case of which errors call sources by their names, and claims by their texts.

    >>> from provenance import load_seed
    >>> with naming(load_seed("egypt-arms-2015")):
    ...     raise IncompatiblePriors(["sailed"], 0.5)
    Traceback (most recent call last):
    ...
    provenance.errors.IncompatiblePriors: the stated priors of “A ship with weapons left Egypt for the Syrian regime on 22 July 2015” (id 'sailed') cannot hold together under their links (the closest fit misses one of these priors by 0.5); change a prior, leave one unstated, or weaken a link; claims of which just one is true are better written as the answers of a question
    """
    try:
        yield
    except ImpossibleEvidence as error:
        called = Called(case)
        names = {each: called.statement(each) for each in error.statements}
        raise error.calling(names) from None
    except (IncompatiblePriors, TooEntangled) as error:
        called = Called(case)
        raise error.calling({each: called.claim(each) for each in error.records}) from None


def bounded(verb: Callable[P, R]) -> Callable[P, R]:
    """A verb of a case that keeps its work within its `budget` and asks its `cancel`."""

    @wraps(verb)
    def within_budget(*args: P.args, **kwargs: P.kwargs) -> R:
        case = args[0] if args else kwargs.get("case")
        budget, cancel = kwargs.get("budget"), kwargs.get("cancel")
        with kept_within(case, budget, cancel):  # type: ignore[arg-type]
            return verb(*args, **kwargs)

    return within_budget


def _records(case: Case) -> int:
    return len(case.attributions) + len(case.claims) + len(case.links) + len(case.sources)


def why_costly(case: Case) -> str:
    """What about a case makes questions about it costly, by counting what is written.

    >>> from provenance import load_case
    >>> why_costly(load_case({
    ...     "version": 1, "claims": [{"id": "x", "text": "It is so"}], "sources": [{"id": "s"}],
    ...     "attributions": [{"id": "a", "source": "s", "claim": "x"}],
    ... }))
    'one attribution by one source bear on one claim'
    """
    written = len(case.attributions)
    routes = _routes(case)
    if routes > _MANY * written:
        many = f"{routes:,}" if routes < _ROUTES_COUNTED else "countless"
        return (
            f"{counted(written, 'attribution')} come to {many} routes, because lists of citations "
            "cite lists of citations; cite the single attributions that are passed on"
        )
    if len(case.links) > len(case.claims):
        return (
            f"{counted(len(case.claims), 'claim')} are joined by {counted(len(case.links), 'link')}"
        )
    passing = {each.source for each in case.attributions if each.cited}
    heard = {name for each in case.attributions for name in each.cited}
    if len(heard) > 1 and len(passing) > 1:
        relays = sum(len(each.cited) for each in case.attributions)
        if relays > 2 * len(heard):
            return (
                f"{counted(len(passing), 'source')} pass on what {len(heard)} statements say, "
                f"{relays} times in all"
            )
    return (
        f"{counted(written, 'attribution')} by {counted(len(case.sources), 'source')} bear on "
        f"{counted(len(case.claims), 'claim')}"
    )


def _routes(case: Case) -> int:
    """How many statements the attributions of a case come to, counted without listing them.

    Circles are cut where they close.
    """
    owner = {name: each for each in case.attributions for name in each.names}
    routes: dict[str, int] = {}
    for each in upstream_first(case):
        count = len(each.claims) + sum(routes.get(owner[name].id, 0) for name in each.cited)
        routes[each.id] = min(count, _ROUTES_COUNTED)
    return min(sum(routes.values()), _ROUTES_COUNTED)
