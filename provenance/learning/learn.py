"""One call: from a table of assertions to what can be learned from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Literal, cast

import attrs
import numpy as np

from provenance.bounds import Cancel, check_cancelled, spend, within
from provenance.errors import InvalidValue, UnknownName
from provenance.learning.assertions import Assertions, Kind
from provenance.learning.copying import Copying, copies_in, discounted
from provenance.learning.crediting import checked_objects, fitted_where_checked, of_objects
from provenance.learning.encoding import Floats, family_of
from provenance.learning.estimates import DEPENDENCE, Fit
from provenance.learning.known import Truths, at_temperature, fitted_temperature
from provenance.learning.labels import labels_are_shared
from provenance.learning.learned import ASKED_FOR, Learned
from provenance.learning.methods import (
    accu,
    blend,
    crh,
    dawid_skene,
    ebcc,
    glad,
    ltm,
    mace,
    one_coin,
    robust,
    voting,
)
from provenance.learning.progress import watched
from provenance.learning.spark import COLLECTED, is_spark_frame, learn_on_spark

__all__ = [
    "METHODS",
    "Choice",
    "Method",
    "chosen",
    "learn",
    "measured",
    "method_named",
]

_OF_AN_ASSERTION = 100  # operations to read one, and to look for copies of it
_OF_A_FIT = 1000  # operations that a method takes for an assertion, all its rounds together

# Every method by name: what it is for, what it can use, and where it comes from.


@attrs.frozen
class Method:
    """A method and what to know before choosing it.

    >>> method = METHODS["dawid-skene"]
    >>> method.source, method.values, method.calibrated
    ('Dawid and Skene 1979', 'shared labels', False)
    """

    name: str
    """The name by which `learn` takes it."""
    run: Callable[..., Fit]
    """The function from assertions (and known claims) to an estimate."""
    source: str
    """The paper, short."""
    values: Literal["own", "shared labels", "numbers", "sets"] = "own"
    """What it needs: objects with values of their own, shared labels, numbers, or sets."""
    calibrated: bool = False
    """Whether its probabilities are meant as such; the others are shares or scores."""
    tempered: bool = False
    """Whether it takes `dependence`."""
    finds_dependence: bool = False
    """Whether it finds the dependence itself unless one is given."""
    shares: bool = False
    """Whether it divides every object among what was stated, so that a lone voice has it all."""


METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method("majority", voting.majority_vote, "plain voting", shares=True),
        Method(
            "weighted-vote",
            voting.weighted_vote,
            "worker agreement with the vote (Wawa)",
            shares=True,
        ),
        Method("sums", voting.sums, "Pasternack and Roth 2010", shares=True),
        Method("average-log", voting.average_log, "Pasternack and Roth 2010", shares=True),
        Method("investment", voting.investment, "Pasternack and Roth 2010", shares=True),
        Method(
            "pooled-investment", voting.pooled_investment, "Pasternack and Roth 2010", shares=True
        ),
        Method("truthfinder", voting.truth_finder, "Yin, Han and Yu 2007", shares=True),
        Method("2-estimates", voting.two_estimates, "Galland et al. 2010", shares=True),
        Method("3-estimates", voting.three_estimates, "Galland et al. 2010", shares=True),
        Method("accu", accu.accu, "Dong, Berti-Equille and Srivastava 2009"),
        Method("popaccu", accu.popaccu, "Dong, Saha and Srivastava 2012"),
        Method("accucopy", accu.accu_copy, "Dong, Berti-Equille and Srivastava 2009"),
        Method("crh", crh.crh, "Li et al. 2014 (SIGMOD)", shares=True),
        Method("catd", crh.catd, "Li et al. 2014 (VLDB)", shares=True),
        Method("glad", glad.glad, "Whitehill et al. 2009", shares=True),
        Method(
            "one-coin",
            one_coin.one_coin,
            "Liu, Peng and Ihler 2012; wrong values as in Dong, Saha and Srivastava 2012",
            calibrated=True,
            tempered=True,
        ),
        Method("dawid-skene", dawid_skene.dawid_skene, "Dawid and Skene 1979", "shared labels"),
        Method(
            "ibcc",
            dawid_skene.ibcc,
            "Kim and Ghahramani 2012",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "pooled-ibcc",
            dawid_skene.pooled_ibcc,
            "Kim and Ghahramani 2012, prior fitted to all sources",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "coin-tables",
            dawid_skene.coin_tables,
            "Liu, Peng and Ihler 2012, with frequencies of labels",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "averaged-ibcc",
            dawid_skene.averaged_ibcc,
            "ibcc, pooled-ibcc and coin-tables, weighed as in Yao et al. 2018",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "ebcc",
            ebcc.ebcc,
            "Li, Rubinstein and Cohn 2019",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "blend",
            blend.blend,
            "the equal mean of three views, after Clemen 1989",
            "shared labels",
            calibrated=True,
            tempered=True,
            finds_dependence=True,
        ),
        Method("mace", mace.mace, "Hovy et al. 2013", "shared labels"),
        Method("gtm", crh.gaussian_truth, "Zhao and Han 2012", "numbers", calibrated=True),
        Method(
            "robust",
            robust.robust,
            "Student t errors, as in Lange, Little and Taylor 1989",
            "numbers",
            calibrated=True,
        ),
        Method("ltm", ltm.latent_truth, "Zhao et al. 2012", "sets", calibrated=True),
    )
}
"""The methods, in the order of the reference page."""


def method_named(name: str) -> Method:
    """The method of that name; `UnknownName` offers the nearest.

    >>> method_named("one-coin").calibrated
    True
    """
    if name not in METHODS:
        raise UnknownName("method", str(name), ("auto", *METHODS))
    return METHODS[name]


# Which method fits, from what can be measured on the assertions.

ENOUGH_TRUTHS = 20
"""Known truths from which on a temperature is fitted to them."""

FAR_TOO_SURE = 2.0
"""A temperature from which on it is fitted again, with half of the truths in sight."""


@attrs.frozen(eq=False)
class Choice:
    """What `auto` decided, and the facts it went by."""

    method: Method
    """The method."""
    reason: str
    """Why, as a sentence."""
    facts: tuple[tuple[str, float], ...]
    """What was measured, by name."""
    dependence: float | None
    """The correlation of errors within an object that is assumed; None: the method finds it."""
    copies: Copying | None
    """Copying found between sources; None where it was not looked for."""


def measured(assertions: Assertions) -> tuple[tuple[str, float], ...]:
    """What can be measured before anything is learned.

    >>> told = Assertions.of([("a", 1, "x"), ("b", 1, "y"), ("a", 2, "x")])
    >>> dict(measured(told))["values per object"]
    1.5
    """
    voices = np.bincount(assertions.object, minlength=len(assertions.objects))
    said = np.bincount(assertions.source, minlength=len(assertions.sources))
    several = checked_objects(assertions, None)
    return (
        ("sources", float(len(assertions.sources))),
        ("objects", float(len(assertions.objects))),
        ("assertions", float(assertions.size)),
        ("distinct values", float(len(assertions.values))),
        ("values per object", round(assertions.claims / len(assertions.objects), 4)),
        ("voices per object", round(assertions.size / len(assertions.objects), 4)),
        ("assertions on objects with three voices", float((voices >= 3)[assertions.object].mean())),
        ("assertions that somebody checks", float(several[assertions.object].mean())),
        ("assertions of the busiest source", float(said.max() / assertions.size)),
    )


def chosen(
    assertions: Assertions,
    truths: Truths | None,
    dependence: float | None,
    *,
    copies: bool | None,
) -> Choice:
    """The method for these assertions.

    Sets go to `ltm`, numbers without a tolerance to `robust`. Objects that share labels go to
    `blend`, everything else to `one-coin`. Copies are discounted wherever they are found beyond
    doubt. What nobody checks has no say in this.
    """
    facts = measured(assertions)
    if assertions.kind == "sets":
        reason = "objects have sets of values, so each value is true or false by itself"
        return Choice(METHODS["ltm"], reason, facts, 0.0, None)
    if assertions.kind == "numbers" and assertions.tolerance == 0.0:
        reason = "values are numbers and no tolerance says which of them are the same"
        return Choice(METHODS["robust"], reason, facts, 0.0, None)
    found = None
    if copies is not False and len(assertions.sources) > 1:
        known = None if truths is None else truths.claims
        found = copies_in(assertions, known, review_labels=copies is None)
    facts = (*facts, ("pairs that copy", float(len(found.pairs) if found else 0)))
    checked = _checked(assertions, truths)
    if labels_are_shared(checked):
        reason = (
            f"objects share {len(checked.values)} labels, so several models of what sources "
            "confuse can be averaged"
        )
        name = "blend"
    else:
        reason = "each object has values of its own, so only being right or wrong is modelled"
        name = "one-coin"
    # Both find the dependence themselves, unless it is given.
    return Choice(METHODS[name], reason, facts, dependence, found)


def _copies(assertions: Assertions, truths: Truths | None) -> Copying | None:
    """Every pair that copies, where it was asked for; None where values are numbers or sets."""
    if assertions.kind == "sets" or len(assertions.sources) < 2:
        return None
    if assertions.kind == "numbers" and assertions.tolerance == 0.0:
        return None
    known = None if truths is None else truths.claims
    return copies_in(assertions, known, review_labels=False)


def _assumed(method: Method, dependence: float | None) -> float | None:
    """The dependence that is asked for, or the default; None where the method finds its own."""
    return DEPENDENCE if dependence is None and not method.finds_dependence else dependence


def _checked(assertions: Assertions, truths: Truths | None) -> Assertions:
    """The assertions on objects of which two sources speak, or whose truth is known."""
    checked = checked_objects(assertions, None if truths is None else truths.claims)
    return of_objects(assertions, checked) if checked.any() else assertions


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
    copies: bool | None = None,
    settings: Mapping[str, Any] | None = None,
    progress: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Learned:
    """How reliable each source is and how probable each value, from who said what.

    Args:
        assertions: A table narwhals reads (pandas, Polars, Arrow, a DuckDB relation, a PySpark
            frame), a mapping of columns, rows (source, object, value), or `Assertions`. On a
            PySpark frame `one-coin` runs as group-bys, and so does `auto` above five million
            assertions; everything else takes up to so many to one machine.
        truth: Known truths: a mapping of objects to values, or a table with the same columns. With
            20 or more `auto` fits one temperature to them, foretold without them.
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
            discounted, in [0, 1]; None takes the default, a quarter, which `auto` holds against the
            voices only as far as they do not look independent.
        copies: Whether copying is looked for and discounted: False not at all, True wherever it is
            found, by any method. By default `auto` looks for it, and only tells it where all objects
            share labels and people who find the same ones hard would look alike; a method asked for
            by name does not.
        settings: Further arguments of the method.
        progress: Show on stderr what is being done; needs rich (extra `cli`).
        budget: How many operations it may take; if absent, 25 million and ten thousand for every
            assertion, which covers every method.
        cancel: What to ask now and then whether to stop, such as a `threading.Event`.

    Raises:
        TableError: The table has problems.
        UnknownName: There is no such method.
        InvalidValue: A method that does not fit the values, or an argument out of range.
        TooCostly, Cancelled: As for `weigh`.

    The result depends neither on the order of the rows nor on any name.

    >>> learned = learn([("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "green")])
    >>> learned.most_likely("sky"), learned.method
    ('blue', 'one-coin')
    """
    if dependence is not None and not (
        family_of(dependence) == "number" and 0.0 <= dependence <= 1.0
    ):
        raise InvalidValue(f"expected a dependence between 0 and 1, found {dependence!r}")
    wanted = None if method == "auto" else method_named(method)
    options: dict[str, Any] = {"time": time, "cites": cites, "kind": kind, "tolerance": tolerance}
    options |= {"same": same, "repeats": repeats}
    if is_spark_frame(assertions) and (why := _why_spread(assertions, wanted, options)):
        names = source, object, value
        with watched(progress, 1, "learning on Spark"):
            return _learned_on_spark(assertions, truth, names, dependence, why, settings or {})
    kind = _kind(kind, tolerance, wanted)
    with ExitStack() as stack, watched(progress, 4, "reading the table") as say:
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
        stack.enter_context(within(budget, cancel, records=told.size))
        spend(_OF_AN_ASSERTION * told.size, "reading a table")
        truths = Truths.of(truth, told, object_name=object, value_name=value)
        say(f"choosing a method for {told.size:,} assertions", 1)
        if wanted is None:
            choice = chosen(told, truths, dependence, copies=copies)
        else:
            used = _assumed(wanted, dependence)
            found = _copies(told, truths) if copies else None
            choice = Choice(wanted, ASKED_FOR, measured(told), used, found)
        say(f"{choice.method.name} on {told.size:,} assertions", 3)
        check_cancelled("learning")
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
    fit = _fit(voiced, known, choice.method, settings)
    temperature = 1.0
    enough = truths is not None and truths.objects >= ENOUGH_TRUTHS
    if truths is not None and enough and choice.reason != ASKED_FOR and told.kind != "numbers":
        temperature = _temperature(voiced, truths, choice.method, settings)
        fit = at_temperature(voiced, fit, temperature)
    return Learned(
        assertions=told,
        estimate=fit,
        method=choice.method.name,
        reason=choice.reason,
        facts=choice.facts,
        dependence=_used(choice, fit),
        temperature=temperature,
        truths=truths,
        copies=choice.copies,
    )


def _temperature(
    voiced: Assertions, truths: Truths, method: Method, settings: Mapping[str, Any]
) -> float:
    """How much too sure the method is, by known truths that it does not see.

    Where it is far too sure without any of them, as against a crowd that errs together, they may
    well set it right: then each half is foretold with the other half in sight.
    """
    blind = fitted_temperature(voiced, [(_fit(voiced, None, method, settings), truths)])
    if blind < FAR_TOO_SURE:
        return blind
    halves = truths.halves(voiced)
    if not all(half.objects for half in halves):
        return blind
    fits = [
        (_fit(voiced, other.claims, method, settings), half)
        for half, other in (halves, halves[::-1])
    ]
    return min(blind, fitted_temperature(voiced, fits))


def _used(choice: Choice, fit: Fit) -> float:
    """The dependence behind a fit: none, the one given, or the one that the method found."""
    if not choice.method.tempered:
        return 0.0
    return choice.dependence or 0.0 if fit.dependence is None else fit.dependence


def _fit(
    voiced: Assertions, known: Floats | None, method: Method, settings: Mapping[str, Any]
) -> Fit:
    spend(_OF_A_FIT * voiced.size, f"learning by {method.name}")
    try:
        # Settings out of range end in the error below, not in warnings on the way.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            found = fitted_where_checked(
                voiced,
                known,
                lambda some, of_some: method.run(some, of_some, **settings),
                open_minded=not method.shares,
            )
    except TypeError as error:
        raise InvalidValue(f"{method.name} does not take these settings: {error}") from error
    if not np.isfinite(found.probability).all():
        given = f" with settings {settings}" if settings else ""
        raise InvalidValue(f"{method.name} came to no finite probabilities{given}")
    return found
