"""Degrees of belief: a number in [0, 1] together with how well it is known."""

from __future__ import annotations

import math

import attrs

from provenance.errors import InvalidValue

__all__ = ["Degree"]


@attrs.frozen
class Degree:
    """A number in [0, 1] and how well it is known, as Beta(mean * strength, (1 - mean) * strength).

    An infinite strength means that the number is known exactly.
    Raises `InvalidValue` when the mean is outside [0, 1] or the strength is not positive.

    >>> Degree(0.5, 8).variance
    0.027777777777777776
    >>> Degree(0.3).variance
    0.0
    """

    mean: float
    """The mean, in [0, 1]."""
    strength: float = math.inf
    """How many observations the mean is worth, above 0; infinite when known exactly."""

    def __attrs_post_init__(self) -> None:
        if not 0.0 <= self.mean <= 1.0:
            raise InvalidValue(f"expected a mean between 0 and 1, found {self.mean!r}")
        if not self.strength > 0.0:
            raise InvalidValue(f"expected a strength above 0, found {self.strength!r}")

    @property
    def variance(self) -> float:
        """The variance of the Beta distribution: mean (1 - mean) / (strength + 1)."""
        if math.isinf(self.strength):
            return 0.0
        return self.mean * (1.0 - self.mean) / (self.strength + 1.0)

    @classmethod
    def from_accuracy(cls, right: float, wrong: float) -> Degree:
        """The reliability of a source that is right with p ~ Beta(right, wrong) on yes/no matters.

        A source that tracks with probability rho and else guesses is right with p = (1 + rho) / 2,
        so rho = max(0, 2p - 1); its mean and variance are computed in closed form from incomplete
        beta functions and matched by a Beta.

        >>> degree = Degree.from_accuracy(9.0, 1.0)
        >>> round(degree.mean, 4), round(degree.strength, 2)
        (0.8002, 3.94)
        """
        if not (right > 0.0 and wrong > 0.0 and math.isfinite(right + wrong)):
            raise InvalidValue(
                f"expected two counts above 0 and finite, found {right!r} and {wrong!r}"
            )
        # Moments of the distance above 1/2, by parts rather than by differences of large terms:
        # for hopeless sources the plain formula would subtract numbers that agree to every digit.
        mean, second = _moments_above_half(right, wrong)
        variance = max(0.0, second - mean * mean)
        if mean <= 0.0 or mean >= 1.0 or variance <= 0.0:
            return cls(min(1.0, max(0.0, mean)))
        strength = mean * (1.0 - mean) / variance - 1.0
        return cls(mean, max(strength, 1e-9))


def _moments_above_half(right: float, wrong: float) -> tuple[float, float]:
    """First and second moment of max(0, 2p - 1) for p ~ Beta(right, wrong)."""
    total = right + wrong
    upper = _upper_tail(right, wrong)
    upper_1 = _upper_tail(right + 1.0, wrong)
    upper_2 = _upper_tail(right + 2.0, wrong)
    first = right / total
    second = first * (right + 1.0) / (total + 1.0)
    mean = 2.0 * first * upper_1 - upper
    square = 4.0 * second * upper_2 - 4.0 * first * upper_1 + upper
    return max(0.0, mean), max(0.0, square)


def _upper_tail(a: float, b: float) -> float:
    """P(p > 1/2) for p ~ Beta(a, b)."""
    return _incomplete_beta(b, a)


def _incomplete_beta(a: float, b: float) -> float:
    """I_{1/2}(a, b), by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if 0.5 > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _incomplete_beta(b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + (a + b) * math.log(0.5))
    return front * _continued_fraction(a, b) / a


def _continued_fraction(a: float, b: float, x: float = 0.5) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 2000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + numerator * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + numerator / c
            c = c if abs(c) > tiny else tiny
            value *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return value
