"""Fusion of opinions: several parties on one claim, put together in five ways, and taken apart.

Which one fits is a question about the parties, not about the numbers:

- cumulative: independent evidence, which adds up;
- averaging: dependent evidence, the same looked at twice;
- weighted: dependent evidence, where the better informed count for more;
- constraint: a choice that all must be able to live with, and none may be overruled;
- consensus and compromise: what all share is kept, and what they do not becomes uncertainty.

Sources: Josang, Subjective Logic, 2016, chapters 12 and 13; the forms for many parties are those of
van der Heijden, Kopp and Kargl, FUSION 2018, arXiv:1805.01388.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from provenance.errors import InvalidValue
from provenance.scales import MultinomialOpinion, Opinion

__all__ = [
    "fuse_averaging",
    "fuse_by_compromise",
    "fuse_by_constraint",
    "fuse_cumulative",
    "fuse_weighted",
    "unfuse",
]

AnyOpinion = TypeVar("AnyOpinion", Opinion, MultinomialOpinion)


def fuse_cumulative(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    """Independent evidence, added up.

    The order does not matter, and a vacuous opinion adds nothing.
    Where some have no uncertainty at all, they alone count, each as much as the others.
    Base rates are weighted by evidence, (1 - u) / u.

    >>> print(fuse_cumulative([Opinion(0.4, 0, 0.6), Opinion(0.7, 0, 0.3)]))
    belief 0.750, disbelief 0.000, uncertainty 0.250, base rate 0.500
    """
    first = _first_of(opinions)
    certain = [each for each in opinions if each.uncertainty <= 0.0]
    if certain:
        return _average(certain, [1.0] * len(certain))
    shares = [1.0 / each.uncertainty for each in opinions]
    total = math.fsum(shares) - (len(opinions) - 1)
    evidence = [(1.0 - each.uncertainty) / each.uncertainty for each in opinions]
    return first.with_masses(
        [mass / total for mass in _summed([each.beliefs for each in opinions], shares)],
        1.0 / total,
        _mean([each.base_rates for each in opinions], evidence),
    )


def fuse_averaging(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    """Dependent evidence, averaged; a vacuous opinion dilutes the others.

    Where some have no uncertainty at all, they alone count.  Base rates are averaged.

    >>> print(fuse_averaging([Opinion(0.6, 0.3, 0.1), Opinion.vacuous()]))
    belief 0.545, disbelief 0.273, uncertainty 0.182, base rate 0.500
    """
    first = _first_of(opinions)
    rates = _mean([each.base_rates for each in opinions], [1.0] * len(opinions))
    certain = [each for each in opinions if each.uncertainty <= 0.0]
    if certain:
        mean = _average(certain, [1.0] * len(certain))
        return first.with_masses(mean.beliefs, 0.0, rates)
    shares = [1.0 / each.uncertainty for each in opinions]
    total = math.fsum(shares)
    masses = [mass / total for mass in _summed([each.beliefs for each in opinions], shares)]
    return first.with_masses(masses, len(opinions) / total, rates)


def fuse_weighted(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    """Dependent evidence, averaged with each opinion weighted by its confidence 1 - u.

    A vacuous opinion adds nothing, and fusing an opinion with itself changes nothing.
    Where some have no uncertainty at all, they alone count.  Base rates are weighted by confidence.

    >>> print(fuse_weighted([Opinion(0.1, 0.3, 0.6), Opinion(0.4, 0.2, 0.4), Opinion(0.7, 0.1, 0.2)]))
    belief 0.562, disbelief 0.146, uncertainty 0.292, base rate 0.500
    """
    first = _first_of(opinions)
    confidence = [1.0 - each.uncertainty for each in opinions]
    rates = _mean([each.base_rates for each in opinions], confidence)
    certain = [each for each in opinions if each.uncertainty <= 0.0]
    if certain:
        mean = _average(certain, [1.0] * len(certain))
        return first.with_masses(mean.beliefs, 0.0, rates)
    if not any(confidence):
        return first.with_masses([0.0] * len(first.beliefs), 1.0, rates)
    shares = [(1.0 - each.uncertainty) / each.uncertainty for each in opinions]
    total = math.fsum(shares)
    masses = [mass / total for mass in _summed([each.beliefs for each in opinions], shares)]
    return first.with_masses(masses, math.fsum(confidence) / total, rates)


def fuse_by_constraint(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    """What all parties could live with: conflicting mass is thrown away and the rest scaled up.

    The order does not matter.  For yes/no opinions this is Dempster's rule of combination.
    Base rates are weighted by confidence.  Raises `InvalidValue` when the parties contradict each
    other with certainty, so that nothing is left.

    >>> print(fuse_by_constraint([Opinion(0.6, 0.3, 0.1), Opinion(0.5, 0.0, 0.5)]))
    belief 0.765, disbelief 0.176, uncertainty 0.059, base rate 0.500
    """
    first = _first_of(opinions)
    masses, uncertainty = list(first.beliefs), first.uncertainty
    for each in opinions[1:]:
        masses = [
            mine * other + mine * each.uncertainty + uncertainty * other
            for mine, other in zip(masses, each.beliefs, strict=True)
        ]
        uncertainty *= each.uncertainty
        kept = math.fsum(masses) + uncertainty
        if kept <= 0.0:
            raise InvalidValue(
                "expected opinions that leave something possible, found certain ones that "
                "contradict each other"
            )
        # Scaled at every step, or the product of many uncertainties would vanish.
        masses = [mass / kept for mass in masses]
        uncertainty /= kept
    confidence = [1.0 - each.uncertainty for each in opinions]
    rates = _mean([each.base_rates for each in opinions], confidence)
    return first.with_masses(masses, uncertainty, rates)


def fuse_by_compromise(opinions: Sequence[Opinion]) -> Opinion:
    """What all share is kept; what they do not is settled where one knows and others do not, and
    becomes uncertainty where they disagree.

    Fusing an opinion with itself changes nothing.  Base rates are averaged.
    Van der Heijden et al. 2018, definition 5, for yes/no claims.

    >>> print(fuse_by_compromise([Opinion(1, 0, 0), Opinion(0, 1, 0)]))
    belief 0.000, disbelief 0.000, uncertainty 1.000, base rate 0.500
    """
    _first_of(opinions)
    shared = [min(each.beliefs[side] for each in opinions) for side in (0, 1)]
    residues = [(each.belief - shared[0], each.disbelief - shared[1]) for each in opinions]
    undecided = math.prod(each.uncertainty for each in opinions)
    others = _products_of_others([each.uncertainty for each in opinions])
    settled = [
        math.fsum(residue[side] * other for residue, other in zip(residues, others, strict=True))
        + math.prod(residue[side] for residue in residues)
        for side in (0, 1)
    ]
    either = (
        math.prod(yes + no for yes, no in residues)
        - math.prod(yes for yes, _ in residues)
        - math.prod(no for _, no in residues)
    )
    total = settled[0] + settled[1] + either
    scale = (1.0 - shared[0] - shared[1] - undecided) / total if total > 0.0 else 0.0
    belief, disbelief = (shared[side] + scale * settled[side] for side in (0, 1))
    rate = math.fsum(each.base_rate for each in opinions) / len(opinions)
    return Opinion(belief, disbelief, 1.0 - belief - disbelief, rate)


def unfuse(fused: Opinion, part: Opinion) -> Opinion:
    """What the others thought, when a cumulative fusion and one of its parts are known.

    Raises `InvalidValue` when the part cannot have gone into the fusion: it is surer than the
    whole, or there is nothing left of a side that it holds.  Josang 2016, chapter 13.

    >>> print(unfuse(Opinion(0.9, 0.05, 0.05), Opinion(0.7, 0.1, 0.2)))
    belief 0.906, disbelief 0.031, uncertainty 0.062, base rate 0.500
    """
    whole, mine = fused.uncertainty, part.uncertainty
    if not 0.0 < whole <= mine + 1e-9:
        raise InvalidValue(
            "expected a fused opinion surer than its part but not certain, "
            f"found uncertainties {whole!r} and {mine!r}"
        )
    total = mine - whole + mine * whole
    belief = (fused.belief * mine - part.belief * whole) / total
    uncertainty = mine * whole / total
    if not -1e-9 <= belief <= 1.0 - uncertainty + 1e-9:
        raise InvalidValue(
            f"expected a part of the fused opinion, found ({part}), which cannot have gone into "
            f"({fused})"
        )
    evidence, known = (1.0 - whole) / whole, (1.0 - mine) / mine
    rate = fused.base_rate
    if evidence > known:
        rate = (fused.base_rate * evidence - part.base_rate * known) / (evidence - known)
    return Opinion(belief, 1.0 - belief - uncertainty, uncertainty, rate)


def _products_of_others(values: Sequence[float]) -> list[float]:
    """For every value the product of all others, without dividing: a value may be 0."""
    before = list(accumulate(values, operator.mul, initial=1.0))
    after = list(accumulate(reversed(values), operator.mul, initial=1.0))
    size = len(values)
    return [before[index] * after[size - 1 - index] for index in range(size)]


def _first_of(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    if not opinions:
        raise InvalidValue("expected one opinion or more, found none")
    sizes = sorted({len(each.beliefs) for each in opinions})
    if len(sizes) > 1:
        raise InvalidValue(f"expected opinions on one question, found {sizes} answers")
    return opinions[0]


def _summed(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    return [
        math.fsum(weight * row[column] for row, weight in zip(rows, weights, strict=True))
        for column in range(len(rows[0]))
    ]


def _mean(rows: Sequence[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """The weighted mean of rows; the plain mean where no weight is above 0."""
    total = math.fsum(weights)
    if total <= 0.0:
        weights, total = [1.0] * len(rows), float(len(rows))
    return [value / total for value in _summed(rows, weights)]


def _average(opinions: Sequence[AnyOpinion], weights: Sequence[float]) -> AnyOpinion:
    """The mean of opinions without uncertainty."""
    beliefs = _mean([each.beliefs for each in opinions], weights)
    return opinions[0].with_masses(
        beliefs, 0.0, _mean([each.base_rates for each in opinions], weights)
    )
