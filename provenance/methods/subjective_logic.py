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
from typing import Literal, TypeVar, get_args

import attrs

from provenance.errors import InvalidValue
from provenance.scales import MultinomialOpinion, Opinion

__all__ = [
    "Discounting",
    "TrustRevision",
    "add",
    "comultiply",
    "conflict",
    "deduce",
    "discount",
    "discount_path",
    "fuse_averaging",
    "fuse_by_compromise",
    "fuse_by_constraint",
    "fuse_cumulative",
    "fuse_weighted",
    "multiply",
    "revise_trust",
    "unfuse",
]

AnyOpinion = TypeVar("AnyOpinion", Opinion, MultinomialOpinion)


def fuse_cumulative(opinions: Sequence[AnyOpinion]) -> AnyOpinion:
    """Fuse opinions that rest on independent evidence: the evidence is added up.

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
    """Fuse opinions that rest on the same evidence by averaging; a vacuous one dilutes the others.

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
    """Fuse opinions that rest on the same evidence, each weighted by its confidence 1 - u.

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
    """Fuse opinions into what all could accept: conflicting mass is dropped, the rest scaled up.

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
    """Fuse opinions by consensus and compromise: what all share is kept.

    What they do not share is settled by those who know it where others do not, and becomes
    uncertainty where they disagree.
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


# Operators on opinions: both, at least one, one of two exclusive claims, and what follows from one.
#
# Source: Josang, Subjective Logic, Springer 2016, doi:10.1007/978-3-319-42337-1.


def multiply(first: Opinion, second: Opinion) -> Opinion:
    """The opinion that two independent claims both hold (Josang 2016, chapter 7).

    >>> print(multiply(Opinion(0.75, 0.15, 0.1), Opinion(0.1, 0.0, 0.9, 0.2)))
    belief 0.154, disbelief 0.150, uncertainty 0.696, base rate 0.100
    """
    left, right = _shares(1.0 - first.base_rate, 1.0 - second.base_rate)
    # left = (1 - a1) a2 / (1 - a1 a2) and right = a1 (1 - a2) / (1 - a1 a2), limits included
    left, right = left * second.base_rate, right * first.base_rate
    belief = (
        first.belief * second.belief
        + left * first.belief * second.uncertainty
        + right * first.uncertainty * second.belief
    )
    disbelief = first.disbelief + second.disbelief - first.disbelief * second.disbelief
    rate = first.base_rate * second.base_rate
    return Opinion(belief, disbelief, 1.0 - belief - disbelief, rate)


def comultiply(first: Opinion, second: Opinion) -> Opinion:
    """The opinion that at least one of two independent claims holds (Josang 2016, chapter 7).

    >>> print(comultiply(Opinion(0.6, 0.3, 0.1), Opinion(0.5, 0.5, 0.0)))
    belief 0.800, disbelief 0.167, uncertainty 0.033, base rate 0.750
    """
    return multiply(first.negated, second.negated).negated


def _shares(first: float, second: float) -> tuple[float, float]:
    """x / (x + y - xy) and y / (x + y - xy); one half each where both are 0, by symmetry."""
    both = first + second - first * second
    return (first / both, second / both) if both > 0.0 else (0.5, 0.5)


def add(first: Opinion, second: Opinion) -> Opinion:
    """The opinion that one of two exclusive claims holds (Josang 2016, chapter 6).

    Raises `InvalidValue` when the beliefs, or the base rates, sum to more than 1.

    >>> print(add(Opinion(0.2, 0.4, 0.4, 0.25), Opinion(0.1, 0.5, 0.4, 0.5)))
    belief 0.300, disbelief 0.300, uncertainty 0.400, base rate 0.750
    """
    rate = first.base_rate + second.base_rate
    share = first.base_rate / rate if rate > 0.0 else 0.5
    belief = first.belief + second.belief
    uncertainty = share * first.uncertainty + (1.0 - share) * second.uncertainty
    return Opinion(belief, 1.0 - belief - uncertainty, uncertainty, rate)


def deduce(claim: Opinion, if_true: Opinion, if_false: Opinion) -> Opinion:
    """The opinion on a consequence, from one on a claim and the two conditional ones.

    The two conditional opinions share one base rate, that of the consequence, or `InvalidValue` is
    raised.  Projected probabilities obey the law of total probability; the uncertainty is as large
    as the conditionals allow with a vacuous claim, and shrinks as the claim is known better.
    Josang 2016, section 9.5.

    >>> print(deduce(Opinion(0.0, 0.4, 0.6), Opinion(0.55, 0.3, 0.15, 0.38),
    ...              Opinion(0.1, 0.75, 0.15, 0.38)))
    belief 0.152, disbelief 0.480, uncertainty 0.368, base rate 0.380
    """
    if abs(if_true.base_rate - if_false.base_rate) > 1e-9:
        raise InvalidValue(
            "expected one base rate for the consequence, "
            f"found {if_true.base_rate!r} and {if_false.base_rate!r}"
        )
    rate = if_true.base_rate
    unknown = claim.base_rate * if_true.probability + (1.0 - claim.base_rate) * if_false.probability
    room = [1.0]
    if rate > 0.0:
        room.append((unknown - min(if_true.belief, if_false.belief)) / rate)
    if rate < 1.0:
        least = min(if_true.disbelief, if_false.disbelief)
        room.append((1.0 - unknown - least) / (1.0 - rate))
    widest = min(room)
    uncertainty = (
        widest
        - (widest - if_true.uncertainty) * claim.belief
        - (widest - if_false.uncertainty) * claim.disbelief
    )
    likely = (
        claim.probability * if_true.probability + (1.0 - claim.probability) * if_false.probability
    )
    belief = likely - rate * uncertainty
    return Opinion(belief, 1.0 - belief - uncertainty, uncertainty, rate)


# Trust: an opinion heard through others is discounted, and trust is revised where they conflict.

Discounting = Literal["base-rate", "uncertainty", "opposite-belief"]
"""What is made of a source that is not believed: see `discount`."""


def discount(trust: Opinion, opinion: Opinion, form: Discounting = "base-rate") -> Opinion:
    """An opinion as it stands after hearing it from a source trusted so far.

    Three forms differ in what is made of a source that is distrusted, or not known:

    - `base-rate`: the opinion counts by the projected probability of trust, so that an unknown
      source counts by its base rate; everything else is uncertainty (Josang 2016, def. 14.6, also
      called probability-sensitive);
    - `uncertainty`: it counts by the belief in the source alone, so that distrusted and unknown
      sources say nothing;
    - `opposite-belief`: a distrusted source is taken to mean the opposite (this form and the one
      before: Josang, Marsh and Pope, iTrust 2006).

    The base rate of the opinion stays.  Raises `InvalidValue` for an unknown form.

    >>> print(discount(Opinion(0.2, 0.4, 0.4, 0.75), Opinion(0.45, 0.35, 0.2, 0.25)))
    belief 0.225, disbelief 0.175, uncertainty 0.600, base rate 0.250
    >>> print(discount(Opinion(0, 1, 0), Opinion(1, 0, 0), "opposite-belief"))
    belief 0.000, disbelief 1.000, uncertainty 0.000, base rate 0.500
    """
    if form not in get_args(Discounting):
        known = ", ".join(map(repr, get_args(Discounting)))
        raise InvalidValue(f"expected a form of discounting out of {known}, found {form!r}")
    kept = trust.probability if form == "base-rate" else trust.belief
    belief, disbelief = kept * opinion.belief, kept * opinion.disbelief
    if form == "opposite-belief":
        belief += trust.disbelief * opinion.disbelief
        disbelief += trust.disbelief * opinion.belief
    return Opinion(belief, disbelief, 1.0 - belief - disbelief, opinion.base_rate)


def discount_path(trusts: Sequence[Opinion], opinion: Opinion) -> Opinion:
    """An opinion heard through a row of sources, each trusting the next.

    It counts by the product of the projected probabilities (Josang 2016, chapter 14).

    >>> often = Opinion(0.2, 0.1, 0.7, 0.8)
    >>> print(discount_path([often, often, often], Opinion(0.8, 0.2, 0, 0.1)))
    belief 0.351, disbelief 0.088, uncertainty 0.561, base rate 0.100
    """
    kept = math.prod(trust.probability for trust in trusts)
    belief, disbelief = kept * opinion.belief, kept * opinion.disbelief
    return Opinion(belief, disbelief, 1.0 - belief - disbelief, opinion.base_rate)


def conflict(first: Opinion, second: Opinion) -> float:
    """How far two opinions disagree, in [0, 1]: |P - P'| (1 - u) (1 - u') (Josang 2016, chapter 4).

    >>> conflict(Opinion(1, 0, 0), Opinion(0, 1, 0))
    1.0
    """
    sure = (1.0 - first.uncertainty) * (1.0 - second.uncertainty)
    return abs(first.probability - second.probability) * sure


@attrs.frozen
class TrustRevision:
    """Two sources that contradict each other, each trusted less for it."""

    conflict: float
    """How far the two discounted opinions disagree, in [0, 1]."""
    first_factor: float
    """How much of the belief in the first source is taken away, in [0, 1]."""
    second_factor: float
    """How much of the belief in the second source is taken away, in [0, 1]."""
    first: Opinion
    """The revised trust in the first source."""
    second: Opinion
    """The revised trust in the second source."""


def revise_trust(
    first_trust: Opinion,
    first_said: Opinion,
    second_trust: Opinion,
    second_said: Opinion,
) -> TrustRevision:
    """Trust in two sources after they are found to contradict each other.

    The conflict of the discounted opinions is shared out in proportion to the uncertainty of the
    two trusts (in halves where neither is uncertain): the one that was known less is blamed more.
    Josang 2016, section 14.5.

    >>> revised = revise_trust(Opinion(0, 0, 1, 0.9), Opinion(0.95, 0, 0.05, 0.2),
    ...                        Opinion(0.9, 0, 0.1, 0.9), Opinion(0.1, 0.8, 0.1, 0.2))
    >>> round(revised.conflict, 3), round(revised.first_factor, 3), round(revised.second_factor, 3)
    (0.581, 0.529, 0.053)
    """
    found = conflict(discount(first_trust, first_said), discount(second_trust, second_said))
    unsure = first_trust.uncertainty + second_trust.uncertainty
    share = first_trust.uncertainty / unsure if unsure > 0.0 else 0.5
    first_factor, second_factor = found * share, found * (1.0 - share)
    return TrustRevision(
        conflict=found,
        first_factor=first_factor,
        second_factor=second_factor,
        first=_lowered(first_trust, first_factor),
        second=_lowered(second_trust, second_factor),
    )


def _lowered(trust: Opinion, factor: float) -> Opinion:
    belief, uncertainty = (
        trust.belief * (1.0 - factor),
        trust.uncertainty * (1.0 - factor),
    )
    return Opinion(belief, 1.0 - belief - uncertainty, uncertainty, trust.base_rate)
