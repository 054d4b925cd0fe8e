"""One call: from a table of assertions to what can be learned from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

import numpy as np

from provenance.errors import InvalidValue
from provenance.learning.assertions import Assertions, Kind
from provenance.learning.catalogue import Method, method_named
from provenance.learning.choice import Choice, chosen, measured
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.independence import discounted
from provenance.learning.known import Truths
from provenance.learning.learned import Learned
from provenance.learning.spark import COLLECTED, is_spark_frame, learn_on_spark
from provenance.learning.watching import watched

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
        assertions: A table narwhals reads (pandas, Polars, Arrow, a DuckDB relation, a PySpark
            frame), a mapping of columns, rows (source, object, value), or `Assertions`. On a
            PySpark frame `one-coin` runs as group-bys, and so does `auto` above five million
            assertions; everything else takes up to so many to one machine.
        truth: Known truths: a mapping of objects to values, or a table with the same columns.
        method: `auto`, or a name of `METHODS`.
        source: The column of sources; `object`, `value`, `time` and `cites` likewise.
        time: The column of times, if any; tells who copies whom.
        cites: The column of cited sources, if any; known dependence instead of guessed.
        kind: `categories`, `numbers` (also when a tolerance is given) or `sets`; by default what
            the method needs.
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
    options: dict[str, Any] = {"time": time, "cites": cites, "kind": kind, "tolerance": tolerance}
    options |= {"same": same, "repeats": repeats}
    if is_spark_frame(assertions) and (why := _why_spread(assertions, wanted, options)):
        names = source, object, value
        with watched(progress, 1, "learning on Spark"):
            return _learned_on_spark(assertions, truth, names, dependence, why, settings or {})
    kind = _kind(kind, tolerance, wanted)
    with watched(progress, 4, "reading the table") as say:
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
        say(f"choosing a method for {told.size:,} assertions", 1)
        if wanted is None:
            choice = chosen(told, truths, dependence, copies=copies)
        else:
            used = DEPENDENCE if dependence is None else dependence
            choice = Choice(wanted, "asked for", measured(told), used, None)
        say(f"{choice.method.name} on {told.size:,} assertions", 3)
        return _learned(told, truths, choice, dict(settings or {}))


def _learned_on_spark(
    frame: Any,
    truth: Any,
    names: tuple[str, str, str],
    dependence: float | None,
    why: str,
    settings: Mapping[str, Any],
) -> Learned:
    used = DEPENDENCE if dependence is None else dependence
    source, about, value = names
    try:
        spread = learn_on_spark(
            frame,
            truth,
            source=source,
            object=about,
            value=value,
            **{"dependence": used, "reason": why, **settings},
        )
    except TypeError as error:
        raise InvalidValue(f"one-coin on Spark does not take these settings: {error}") from error
    # It answers the same questions; users of other frames should not have to tell them apart.
    return cast("Learned", spread)


def _why_spread(frame: Any, wanted: Method | None, options: Mapping[str, Any]) -> str:
    """Why a PySpark frame is worked on where it lies; empty where one machine takes it whole."""
    asked = [name for name in ("cites", "tolerance", "same") if options[name] is not None]
    asked += ["kind"] if options["kind"] not in (None, "categories") else []
    asked += ["repeats"] if options["repeats"] != "once" else []
    if wanted is not None and wanted.name == "one-coin" and not asked:
        return "asked for"
    count = frame.count()
    if count <= COLLECTED:
        return ""
    if wanted is None and not asked:
        return (
            f"{count:,} assertions are more than one machine takes whole, so being right or wrong "
            "is modelled where they lie, and copying is looked for only when asked about"
        )
    what = "method " + wanted.name if wanted is not None and wanted.name != "one-coin" else asked[0]
    raise InvalidValue(
        f"{what} needs all assertions on one machine, which takes {COLLECTED:,}, found {count:,}; "
        "on a PySpark frame of that size one-coin runs, on categories"
    )


def _kind(kind: Kind | None, tolerance: float | None, wanted: Method | None) -> Kind:
    """What the values are: as the caller says, else as a tolerance or the method asked for needs."""
    needed = "" if wanted is None else wanted.values
    if kind is None:
        if tolerance is not None or needed == "numbers":
            return "numbers"
        return "sets" if needed == "sets" else "categories"
    if wanted is not None and needed == "sets" and kind != "sets":
        raise InvalidValue(f"{wanted.name} decides about each value by itself: say kind='sets'")
    return kind


def _learned(
    told: Assertions, truths: Truths | None, choice: Choice, settings: dict[str, Any]
) -> Learned:
    if choice.method.tempered:
        settings.setdefault("dependence", choice.dependence)
    known = None if truths is None or np.isnan(truths.claims).all() else truths.claims
    voiced = discounted(told, choice.copies)
    try:
        # Settings out of range end in the error below, not in warnings on the way.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            estimate = choice.method.run(voiced, known, **settings)
    except TypeError as error:
        raise InvalidValue(f"{choice.method.name} does not take these settings: {error}") from error
    if not np.isfinite(estimate.probability).all():
        given = f" with settings {settings}" if settings else ""
        raise InvalidValue(f"{choice.method.name} came to no finite probabilities{given}")
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
