"""Opinions of subjective logic: belief, disbelief and uncertainty, which sum to one.

Source: Josang, Subjective Logic, Springer 2016, doi:10.1007/978-3-319-42337-1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from provenance.errors import InvalidValue
from provenance.scales.degrees import Degree

__all__ = ["PRIOR_WEIGHT", "MultinomialOpinion", "Opinion"]

PRIOR_WEIGHT = 2.0
"""What the base rate is worth in observations: Josang's non-informative prior weight W."""

_SLACK = 1e-9


def _settled(name: str, value: float) -> float:
    """A value in [0, 1], with rounding errors of size 1e-9 at the ends taken away."""
    if not -_SLACK <= value <= 1.0 + _SLACK:
        raise InvalidValue(f"expected {name} between 0 and 1, found {value!r}")
    return min(1.0, max(0.0, value))


def _belief(value: float) -> float:
    return _settled("belief", value)


def _disbelief(value: float) -> float:
    return _settled("disbelief", value)


def _uncertainty(value: float) -> float:
    return _settled("uncertainty", value)


def _base_rate(value: float) -> float:
    return _settled("base rate", value)


def _summing_to_one(what: str, values: Sequence[float]) -> None:
    total = math.fsum(values)
    if abs(total - 1.0) > 1e-6:
        raise InvalidValue(f"expected {what} to sum to 1, found {total!r}")


@attrs.frozen
class Opinion:
    """How far one party believes a yes/no claim, disbelieves it, and does not know.

    The first three numbers sum to 1; the base rate says where the uncertain part would go.
    Raises `InvalidValue` when a number is outside [0, 1] or the three do not sum to 1.
    Josang 2016, chapter 3.

    >>> opinion = Opinion(0.6, 0.1, 0.3)
    >>> opinion.probability
    0.75
    >>> opinion.negated
    Opinion(belief=0.1, disbelief=0.6, uncertainty=0.3, base_rate=0.5)
    """

    belief: float = attrs.field(converter=_belief)
    """The part of the mass that is for the claim."""
    disbelief: float = attrs.field(converter=_disbelief)
    """The part that is against it."""
    uncertainty: float = attrs.field(converter=_uncertainty)
    """The part that is uncommitted."""
    base_rate: float = attrs.field(default=0.5, converter=_base_rate)
    """The probability of the claim with no evidence at all."""

    def __attrs_post_init__(self) -> None:
        _summing_to_one(
            "belief, disbelief and uncertainty",
            (self.belief, self.disbelief, self.uncertainty),
        )

    @property
    def probability(self) -> float:
        """The projected probability: belief + base rate * uncertainty."""
        return min(1.0, self.belief + self.base_rate * self.uncertainty)

    @property
    def negated(self) -> Opinion:
        """The same party's opinion on the opposite claim."""
        return Opinion(self.disbelief, self.belief, self.uncertainty, 1.0 - self.base_rate)

    @property
    def beliefs(self) -> tuple[float, ...]:
        """The masses for "so" and "not so"."""
        return (self.belief, self.disbelief)

    @property
    def base_rates(self) -> tuple[float, ...]:
        """The base rates of "so" and "not so"."""
        return (self.base_rate, 1.0 - self.base_rate)

    def with_masses(
        self, beliefs: Sequence[float], uncertainty: float, base_rates: Sequence[float]
    ) -> Opinion:
        """An opinion of the same kind with other numbers."""
        return Opinion(beliefs[0], beliefs[1], uncertainty, base_rates[0])

    @classmethod
    def vacuous(cls, base_rate: float = 0.5) -> Opinion:
        """The opinion of one who has no evidence.

        >>> Opinion.vacuous(0.2).probability
        0.2
        """
        return cls(0.0, 0.0, 1.0, base_rate)

    @classmethod
    def from_counts(cls, positive: float, negative: float, base_rate: float = 0.5) -> Opinion:
        """The opinion that so many observations for and against amount to.

        Each count is at least 0; the base rate is worth two observations (Josang 2016, chapter 3).

        >>> Opinion.from_counts(8, 0)
        Opinion(belief=0.8, disbelief=0.0, uncertainty=0.2, base_rate=0.5)
        """
        if not (positive >= 0.0 and negative >= 0.0 and math.isfinite(positive + negative)):
            raise InvalidValue(
                f"expected two finite counts of at least 0, found {positive!r} and {negative!r}"
            )
        total = positive + negative + PRIOR_WEIGHT
        return cls(positive / total, negative / total, PRIOR_WEIGHT / total, base_rate)

    @classmethod
    def from_degree(cls, degree: Degree, base_rate: float | None = None) -> Opinion:
        """The opinion with a degree's mean and strength.

        The projected probability is the mean; the uncertainty is 2 / (2 + strength), less where the
        mean leaves no room for so much at this base rate (the mean itself if absent).

        >>> print(Opinion.from_degree(Degree(0.5, 8)))
        belief 0.400, disbelief 0.400, uncertainty 0.200, base rate 0.500
        """
        rate = degree.mean if base_rate is None else base_rate
        uncertainty = PRIOR_WEIGHT / (PRIOR_WEIGHT + degree.strength)
        if rate > 0.0:
            uncertainty = min(uncertainty, degree.mean / rate)
        if rate < 1.0:
            uncertainty = min(uncertainty, (1.0 - degree.mean) / (1.0 - rate))
        belief = degree.mean - rate * uncertainty
        return cls(belief, 1.0 - belief - uncertainty, uncertainty, rate)

    def __str__(self) -> str:
        return (
            f"belief {self.belief:.3f}, disbelief {self.disbelief:.3f}, "
            f"uncertainty {self.uncertainty:.3f}, base rate {self.base_rate:.3f}"
        )


def _tuple_of_masses(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(_settled("a mass", value) for value in values)


def _uniform(opinion: MultinomialOpinion) -> tuple[float, ...]:
    size = len(opinion.beliefs)
    return (1.0 / size,) * size if size else ()


@attrs.frozen
class MultinomialOpinion:
    """An opinion on a question with several exclusive answers.

    The beliefs and the uncertainty sum to 1, and so do the base rates (uniform if absent).
    Raises `InvalidValue` when they do not, or when the lengths differ.
    Josang 2016, chapter 3.

    >>> MultinomialOpinion((0.2, 0.2, 0.0), 0.6).probabilities
    (0.4, 0.4, 0.19999999999999998)
    """

    beliefs: tuple[float, ...] = attrs.field(converter=_tuple_of_masses)
    """The mass committed to each answer."""
    uncertainty: float = attrs.field(converter=_uncertainty)
    """The mass that is uncommitted."""
    base_rates: tuple[float, ...] = attrs.field(
        default=attrs.Factory(_uniform, takes_self=True),
        converter=_tuple_of_masses,
    )
    """The probability of each answer with no evidence."""

    def __attrs_post_init__(self) -> None:
        if len(self.beliefs) < 2:
            raise InvalidValue(f"expected two or more answers, found {len(self.beliefs)}")
        if len(self.base_rates) != len(self.beliefs):
            raise InvalidValue(
                f"expected one base rate for each of {len(self.beliefs)} answers, "
                f"found {len(self.base_rates)}"
            )
        _summing_to_one("beliefs and uncertainty", (*self.beliefs, self.uncertainty))
        _summing_to_one("base rates", self.base_rates)

    @property
    def probabilities(self) -> tuple[float, ...]:
        """The projected probability of each answer."""
        return tuple(
            belief + rate * self.uncertainty
            for belief, rate in zip(self.beliefs, self.base_rates, strict=True)
        )

    def with_masses(
        self, beliefs: Sequence[float], uncertainty: float, base_rates: Sequence[float]
    ) -> MultinomialOpinion:
        """An opinion of the same kind with other numbers."""
        return MultinomialOpinion(tuple(beliefs), uncertainty, tuple(base_rates))
