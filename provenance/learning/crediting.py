"""Credit from the others: what a source says counts for it only where somebody else spoke too.

A source that is judged by answers to which its own vote contributed looks better than it is, most
of all where nobody else spoke: an object with one voice would prove its source right. So every
method is fitted to the objects that two sources speak of, or whose truth is known, and there every
assertion is credited from the other voices on its object alone. What was said where nobody checks
is given the probability that its source has earned elsewhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    Fit,
    Known,
    by_claim,
    by_source,
    over_object,
    sums_by,
)

__all__ = [
    "PRIOR",
    "checked_objects",
    "fitted_where_checked",
    "left_out",
    "of_objects",
    "others_shares",
    "with_credits",
]

PRIOR = (4.0, 1.0)
"""Beta prior of every source's accuracy: right in four cases of five, worth five cases."""


def others_shares(assertions: Assertions, voices: Floats) -> Floats:
    """For every assertion the part that the other voices on its object give to what it says.

    Args:
        assertions: Who said what.
        voices: For every assertion how much it counts.

    0 where there are no other voices.

    >>> told = Assertions.of([("a", "x", 1), ("b", "x", 1), ("c", "x", 2)])
    >>> others_shares(told, np.ones(3)).tolist()
    [0.5, 0.5, 0.0]
    """
    of_claim = by_claim(assertions, voices)
    of_object = over_object(assertions, of_claim)
    alike = np.maximum(of_claim[assertions.claim] - voices, 0.0)
    all_ = np.maximum(of_object[assertions.claim] - voices, 0.0)
    return np.asarray(alike / np.where(all_ > 1e-12, all_, 1.0))


def left_out(assertions: Assertions, probability: Floats, own: Floats) -> Floats:
    """For every assertion the probability of its claim without its own vote.

    Args:
        assertions: Who said what.
        probability: For every claim its probability, of which the log-odds add up over votes.
        own: For every assertion what it adds to the log-odds.

    >>> told = Assertions.of([("a", "x", 1), ("b", "x", 2)])
    >>> left_out(told, np.array([0.8, 0.2]), np.log([4.0, 1.0])).round(2).tolist()
    [0.5, 0.2]
    """
    sure = probability[assertions.claim]
    rest = sure * np.exp(-np.clip(own, -500.0, 500.0))
    return np.asarray(rest / np.maximum(rest + (1.0 - sure), 1e-300))


def with_credits(
    assertions: Assertions,
    fit: Fit,
    credit: Floats,
    known: Known,
    prior: tuple[float, float] = (1.0, 1.0),
) -> Fit:
    """The fit with its sources judged by a credit for every assertion, known truths put in."""
    if known is not None:
        given = known[assertions.claim]
        credit = np.where(np.isnan(given), credit, given)
    weight = assertions.weight
    right = by_source(assertions, weight * credit)
    wrong = np.maximum(by_source(assertions, weight) - right, 0.0)
    doubt = by_source(assertions, weight**2 * credit * (1.0 - credit))
    return attrs.evolve(fit, right=prior[0] + right, wrong=prior[1] + wrong, doubt=doubt)


# Which objects anybody checks, and the assertions about these alone.


def checked_objects(assertions: Assertions, known: Known) -> NDArray[np.bool_]:
    """For every object whether two sources speak of it, or its truth is known.

    Sources that are one party (they copy each other) are one voice.
    """
    party = assertions.source if assertions.party is None else assertions.party[assertions.source]
    first = assertions.first_assertion[assertions.first_claim[:-1]]
    checked = np.minimum.reduceat(party, first) != np.maximum.reduceat(party, first)
    if known is not None:
        checked[assertions.object_of_claim[~np.isnan(known)]] = True
    return np.asarray(checked)


def of_objects(assertions: Assertions, objects: NDArray[np.bool_]) -> Assertions:
    """The assertions about some objects; all names and codes of sources are kept."""
    claims = objects[assertions.object_of_claim]
    rows = claims[assertions.claim]
    moved = np.cumsum(claims) - 1
    values, value_of_claim = _used(assertions.values, assertions.value_of_claim[claims])
    return attrs.evolve(
        assertions,
        objects=_chosen(assertions.objects, objects),
        values=values,
        source=assertions.source[rows],
        claim=moved[assertions.claim[rows]].astype(np.int32),
        value_of_claim=value_of_claim,
        first_claim=np.concatenate(([0], np.cumsum(assertions.values_per_object[objects]))),
        share=None if assertions.share is None else assertions.share[rows],
        number=None if assertions.number is None else assertions.number[rows],
        time=None if assertions.time is None else assertions.time[rows],
        cited=None if assertions.cited is None else assertions.cited[rows],
    )


def _chosen(names: tuple[Any, ...], keep: NDArray[np.bool_]) -> tuple[Any, ...]:
    return tuple(itertools.compress(names, keep.tolist()))


def _used(
    names: tuple[Any, ...], codes: NDArray[np.int32]
) -> tuple[tuple[Any, ...], NDArray[np.int32]]:
    """The names still in use, and the codes into them."""
    used = np.bincount(codes, minlength=len(names)) > 0
    moved = (np.cumsum(used) - 1).astype(np.int32)
    return _chosen(names, used), moved[codes]


def _without_silent(assertions: Assertions) -> tuple[Assertions, NDArray[np.int64]]:
    """The assertions with only the sources that make any, and the old code of each."""
    spoken = np.bincount(assertions.source, minlength=len(assertions.sources)) > 0
    kept = np.flatnonzero(spoken)
    moved = (np.cumsum(spoken) - 1).astype(np.int32)
    cited = assertions.cited
    if cited is not None:
        there = (cited >= 0) & spoken[cited]
        cited = np.where(there, moved[cited], np.int32(-1))
    party = None if assertions.party is None else assertions.party[kept]
    return (
        attrs.evolve(
            assertions,
            sources=_chosen(assertions.sources, spoken),
            source=moved[assertions.source],
            cited=cited,
            party=party,
        ),
        kept,
    )


def fitted_where_checked(
    assertions: Assertions,
    known: Known,
    run: Callable[[Assertions, Known], Fit],
    *,
    open_minded: bool,
) -> Fit:
    """The fit of a method to what is checked, carried over to what nobody checks.

    Args:
        assertions: Who said what.
        known: Claims known true or false.
        run: The method.
        open_minded: Whether a lone voice leaves room for doubt; else it has the whole share, as
            in methods that divide an object among the values stated.
    """
    if assertions.kind == "numbers":
        # Their methods tell for themselves what is checked, because scales are shared.
        return _with_chance(assertions, run(assertions, known))
    checked = checked_objects(assertions, known)
    if checked.all():
        return _with_chance(assertions, run(assertions, known))
    if not checked.any():
        return _carried(assertions, checked, None, np.zeros(0, np.int64), open_minded)
    some, kept = _without_silent(of_objects(assertions, checked))
    some_known = None if known is None else known[checked[assertions.object_of_claim]]
    fit = _with_chance(some, run(some, some_known))
    return _carried(assertions, checked, fit, kept, open_minded, some.values)


def _with_chance(assertions: Assertions, fit: Fit) -> Fit:
    """The fit with how often each source would be right by guessing among what was stated."""
    if fit.chance is not None:
        return fit
    possible = np.maximum(assertions.values_per_object, 2)[assertions.object]
    guessed = by_source(assertions, assertions.weight / possible)
    return attrs.evolve(fit, chance=guessed / by_source(assertions, assertions.weight))


def _carried(
    assertions: Assertions,
    checked: NDArray[np.bool_],
    fit: Fit | None,
    kept: NDArray[np.int64],
    open_minded: bool,
    values: tuple[Any, ...] = (),
) -> Fit:
    """A fit to the checked objects, of the sources that were kept, as one to everything."""
    sources = len(assertions.sources)
    prior = PRIOR if open_minded else (1.0, 1.0)

    def of_sources(found: Floats | None, else_: float) -> Floats:
        whole = np.full(sources, else_)
        if found is not None:
            whole[kept] = found
        return whole

    right = of_sources(None if fit is None else fit.right, prior[0])
    wrong = of_sources(None if fit is None else fit.wrong, prior[1])
    even = 0.5 if fit is None or fit.chance is None else float(fit.chance.mean())
    chance = of_sources(None if fit is None else fit.chance, even)
    whole = Fit(
        _with_lone(assertions, checked, fit, right, wrong, open_minded),
        right,
        wrong,
        changes=() if fit is None else fit.changes,
        converged=fit is None or fit.converged,
        chance=chance,
        doubt=of_sources(None if fit is None else fit.doubt, 0.0),
        dependence=None if fit is None else fit.dependence,
    )
    if fit is None or fit.labels is None:
        stated = over_object(assertions, whole.probability)[assertions.first_claim[:-1]]
        left = np.maximum(1.0 - stated, 0.0)
        if fit is not None and fit.unstated is not None:
            left[checked] = fit.unstated
        elif not open_minded:
            return whole
        return attrs.evolve(whole, unstated=left)
    return _with_labels(assertions, checked, fit, kept, values, whole)


def _with_lone(
    assertions: Assertions,
    checked: NDArray[np.bool_],
    fit: Fit | None,
    right: Floats,
    wrong: Floats,
    open_minded: bool,
) -> Floats:
    """Probabilities of claims: of lone voices how often their source is right, or all of it."""
    voices = assertions.weight
    if open_minded:
        voices = voices * (right / (right + wrong))[assertions.source]
    heard = sums_by(assertions.claim, assertions.weight, assertions.claims)
    part = by_claim(assertions, voices)
    if assertions.kind == "sets":
        found = part / heard
    else:
        found = part / over_object(assertions, heard)
    if fit is not None:
        found[checked[assertions.object_of_claim]] = fit.probability
    return np.asarray(found)


def _with_labels(
    assertions: Assertions,
    checked: NDArray[np.bool_],
    fit: Fit,
    kept: NDArray[np.int64],
    values: tuple[Any, ...],
    whole: Fit,
) -> Fit:
    """The same where objects share labels: a lone voice by what its source confuses."""
    assert fit.labels is not None
    assert fit.confusions is not None
    assert fit.confusion is not None
    assert fit.classes is not None
    count = fit.labels.shape[1]
    pooled = fit.confusion.mean(axis=0)
    confusion = np.broadcast_to(pooled, (len(assertions.sources), count, count)).copy()
    confusion[kept] = fit.confusion
    counts = np.broadcast_to(pooled * 1e-9, confusion.shape).copy()
    counts[kept] = fit.confusions
    place = {value: at for at, value in enumerate(values)}
    code = np.array([place.get(value, -1) for value in assertions.values], dtype=np.int64)
    said = code[assertions.value_of_claim[assertions.claim]]
    lone = ~checked[assertions.object]
    table = np.tile(np.asarray(fit.classes, dtype=np.float64), (len(checked), 1))
    rows = np.flatnonzero(lone & (said >= 0))
    voice = assertions.weight[rows][:, None]
    likely = np.log(np.maximum(confusion[assertions.source[rows], :, said[rows]], 1e-300)) * voice
    gained = np.zeros_like(table)
    np.add.at(gained, assertions.object[rows], likely)
    table = table * np.exp(gained - gained.max(axis=1, keepdims=True))
    table /= table.sum(axis=1, keepdims=True)
    table[checked] = fit.labels
    probability = whole.probability.copy()
    at = code[assertions.value_of_claim]
    inside = at >= 0
    probability[inside] = table[assertions.object_of_claim[inside], at[inside]]
    fitted = checked[assertions.object_of_claim]
    probability[fitted] = fit.probability
    found = attrs.evolve(whole, probability=probability, confusions=counts, classes=fit.classes)
    if len(assertions.values) == len(values):
        return attrs.evolve(found, labels=table)
    # Somebody alone used a word that is no label of the others: there is no common table.
    left = 1.0 - over_object(assertions, probability)[assertions.first_claim[:-1]]
    return attrs.evolve(found, unstated=np.clip(left, 0.0, 1.0), confusions=None, classes=None)
