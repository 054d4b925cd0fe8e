"""One call: from a table of assertions to what can be learned from it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, cast

import numpy as np

from provenance.errors import InvalidValue, MissingExtra
from provenance.learning.assertions import Assertions, Kind
from provenance.learning.catalogue import Method, method_named
from provenance.learning.choice import Choice, chosen, measured
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.independence import discounted
from provenance.learning.known import Truths
from provenance.learning.learned import Learned
from provenance.learning.spark import LearnedOnSpark, is_spark_frame, learn_on_spark

__all__ = ["learn"]


def learn(
    assertions: Any,
    truth: Any = None,
    method: str = "auto",
    *,
    source: str = "source",
    object: str = "object",  # noqa: A002 the word of this library
    value: str = "value",
    time: str | None = None,
    cites: str | None = None,
    kind: Kind | None = None,
    tolerance: float | None = None,
    same: Callable[[Any, Any], bool] | None = None,
    repeats: Literal["once", "count"] = "once",
    dependence: float | None = None,
    copies: bool = True,
    settings: Mapping[str, Any] | None = None,
    seed: int = 0,
    progress: bool = False,
) -> Learned:
    """How reliable each source is and how probable each value, from who said what.

    Args:
        assertions: A table narwhals reads (pandas, Polars, Arrow, a DuckDB relation), a mapping of
            columns, rows (source, object, value), or `Assertions`. On a PySpark frame the
            one-coin model runs as group-bys, without truth, copying or kinds of values.
        truth: Known truths: a mapping of objects to values, or a table with the same columns.
        method: `auto`, or a name of `METHODS`.
        source: The column of sources; `object`, `value`, `time` and `cites` likewise.
        time: The column of times, if any; tells who copies whom.
        cites: The column of cited sources, if any; known dependence instead of guessed.
        kind: `categories`, `numbers` (also when a tolerance is given) or `sets`.
        tolerance: How far apart numbers may lie that are the same, in their own unit.
        same: Whether two values of one object say the same thing, for free text.
        repeats: `once`, or `count` where a repeated row is a judgement made again.
        dependence: Correlation of errors within an object that is left after copies are
            discounted, in [0, 1]; None takes the default, or fits it to 20 known truths or more.
        copies: Whether `auto` looks for copying and discounts it.
        settings: Further arguments of the method.
        seed: Kept for methods that draw at random; none does at present.
        progress: Show on stderr what is being done; needs rich (extra `cli`).

    Raises:
        TableError: The table has problems.
        UnknownName: There is no such method.
        InvalidValue: A method that does not fit the values, or an argument out of range.

    The result depends neither on the order of the rows nor on any name.

    >>> learned = learn([("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "green")])
    >>> learned.most_likely("sky"), learned.method
    ('blue', 'one-coin')
    """
    if dependence is not None and not 0.0 <= dependence <= 1.0:
        raise InvalidValue(f"expected a dependence between 0 and 1, found {dependence!r}")
    wanted = None if method == "auto" else method_named(method)
    if is_spark_frame(assertions):
        spread = _learned_on_spark(assertions, wanted, source, object, value, dependence, settings)
        # It answers the same questions; users of other frames should not have to tell them apart.
        return cast("Learned", spread)
    if kind is None:
        kind = "numbers" if tolerance is not None or _for_numbers(wanted) else "categories"
    told = Assertions.of(
        assertions,
        source=source,
        object=object,
        value=value,
        time=time,
        cites=cites,
        kind=kind,
        tolerance=tolerance,
        same=same,
        repeats=repeats,
    )
    truth = told.truth if truth is None else truth
    truths = Truths.of(truth, told, object_name=object, value_name=value)
    with _watched(progress, f"learning from {told.size:,} assertions") as say:
        if wanted is None:
            choice = chosen(told, truths, dependence, copies=copies)
        else:
            used = DEPENDENCE if dependence is None else dependence
            choice = Choice(wanted, "asked for", measured(told), used, None)
        say(f"{choice.method.name} on {told.size:,} assertions")
        return _learned(told, truths, choice, dict(settings or {}))


@contextlib.contextmanager
def _watched(progress: bool, text: str) -> Iterator[Callable[[str], None]]:
    """A line on stderr that moves while a person waits; nothing otherwise."""
    if not progress:
        yield lambda text: None
        return
    try:
        from rich.console import Console
    except ImportError as error:
        raise MissingExtra("cli", "rich") from error
    with Console(stderr=True).status(text) as status:
        yield status.update


def _learned_on_spark(
    frame: Any,
    wanted: Method | None,
    source: str,
    about: str,
    value: str,
    dependence: float | None,
    settings: Mapping[str, Any] | None,
) -> LearnedOnSpark:
    if wanted is not None and wanted.name != "one-coin":
        raise InvalidValue(
            f"on a PySpark frame only one-coin runs, not {wanted.name}; collect the frame first"
        )
    used = DEPENDENCE if dependence is None else dependence
    return learn_on_spark(
        frame, source=source, object=about, value=value, dependence=used, **(settings or {})
    )


def _for_numbers(wanted: Method | None) -> bool:
    return wanted is not None and wanted.values == "numbers"


def _learned(
    told: Assertions, truths: Truths | None, choice: Choice, settings: dict[str, Any]
) -> Learned:
    if choice.method.tempered:
        settings.setdefault("dependence", choice.dependence)
    known = None if truths is None or np.isnan(truths.claims).all() else truths.claims
    voiced = discounted(told, choice.copies)
    try:
        estimate = choice.method.run(voiced, known, **settings)
    except TypeError as error:
        raise InvalidValue(f"{choice.method.name} does not take these settings: {error}") from error
    return Learned(
        assertions=told,
        estimate=estimate,
        method=choice.method.name,
        reason=choice.reason,
        facts=choice.facts,
        dependence=choice.dependence if choice.method.tempered else 0.0,
        truths=truths,
        copies=choice.copies,
    )
