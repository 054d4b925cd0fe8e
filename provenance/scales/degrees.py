"""Degrees of belief: a number in [0, 1] together with how well it is known."""

from __future__ import annotations

import math

import attrs

from provenance.errors import InvalidValue

__all__ = [
    "Degree",
    "share_below",
]

# From this many observations on p is taken as normal, where the series would need ever more terms:
# off by less than a millionth, more only where the reliability is itself below a millionth.
_MANY = 1e6


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

        A source that tracks the truth with probability rho and else guesses is right with
        p = (1 + rho) / 2, so rho = max(0, 2p - 1). Its mean and variance are computed and matched
        by a Beta. A track record of c confirmed and r refuted statements is (c + 1, r + 1).
        Raises `InvalidValue` unless both counts are above 0 and finite.

        >>> degree = Degree.from_accuracy(9.0, 1.0)
        >>> round(degree.mean, 4), round(degree.strength, 2)
        (0.8002, 3.94)
        """
        if not (right > 0.0 and wrong > 0.0 and math.isfinite(right + wrong)):
            raise InvalidValue(
                f"expected two counts above 0 and finite, found {right!r} and {wrong!r}"
            )
        total = right + wrong
        if right <= wrong:
            mean, ratio = _excess(right, wrong)
            variance_by_mean = ratio - mean
        else:
            # For a good source 2p - 1 is almost always positive, so what is left out below 0 is
            # small and everything below is a sum or a difference of unlike terms; the moments of
            # rho themselves agree to nearly every digit and their difference would be noise.
            below, ratio = _excess(wrong, right)
            tilt = (right - wrong) / total
            mean = tilt + below
            spread = 4.0 * (right / total) * (wrong / total) / (total + 1.0)
            variance_by_mean = (spread - below * (ratio + below + 2.0 * tilt)) / mean
        if mean <= 0.0 or variance_by_mean <= 0.0:
            return cls(max(0.0, min(1.0, mean)))
        strength = (1.0 - mean) / variance_by_mean - 1.0
        return cls(mean, strength) if strength > 0.0 else cls(mean, 1e-9)


def _excess(right: float, wrong: float) -> tuple[float, float]:
    """The mean of max(0, 2p - 1), and its mean square over its mean, for right <= wrong.

    With u = 2p - 1 the j-th moment is a constant times the integral over [0, 1] of
    u^j (1 + u)^(right - 1) (1 - u)^(wrong - 1), a hypergeometric function; Pfaff's transformation
    (DLMF 15.8.1) turns it into a series of positive terms, so nothing cancels however rarely the
    source is right. Terms needed: a few times the square root of the counts, at most.
    """
    total = right + wrong
    if total > _MANY:
        return _excess_of_many((right - wrong) / total, right / total, wrong / total, total)
    first = _positive_series(total + 1.0, 2.0, wrong + 2.0)
    second = _positive_series(total + 2.0, 3.0, wrong + 3.0)
    scale = math.exp(
        math.lgamma(total) - math.lgamma(right) - math.lgamma(wrong) - (total + 1.0) * math.log(2.0)
    )
    mean = scale * first / (wrong * (wrong + 1.0))
    return mean, second / first / (wrong + 2.0)


def _positive_series(a: float, b: float, c: float) -> float:
    """Gauss's hypergeometric series 2F1(a, b; c; 1/2), for positive arguments."""
    term = value = 1.0
    n = 0
    while term > value * 1e-19:
        term *= 0.5 * (a + n) * (b + n) / ((c + n) * (n + 1.0))
        value += term
        n += 1
    return value


def _excess_of_many(tilt: float, right: float, wrong: float, total: float) -> tuple[float, float]:
    """The same for so many observations that 2p - 1 is normal, from its mean and the two shares."""
    deviation = math.sqrt(4.0 * right * wrong / (total + 1.0))
    if tilt < -30.0 * deviation:
        return 0.0, 0.0
    z = tilt / deviation
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    above = 0.5 * math.erfc(-z / math.sqrt(2.0))
    mean = deviation * (density + z * above)
    square = deviation * deviation * ((1.0 + z * z) * above + z * density)
    return mean, square / mean


# The Beta distribution: how much of it lies below a point.

_TINY = 1e-300
_CLOSE = 1e-14
# From so many observations on the Beta is all but normal, and the logarithms of its Gamma functions
# are so large that their difference is mostly rounding.
_NEARLY_NORMAL = 1e8


def share_below(degree: Degree, x: float) -> float:
    """The probability that a number known as a degree is below x.

    The regularised incomplete Beta function by its continued fraction (DLMF 8.17.22), evaluated by
    Lentz's method from the side on which it converges fast; above 1e8 observations the normal
    distribution, which is then off by less than 1e-4.

    >>> round(share_below(Degree(0.5, 8.0), 0.5), 12), share_below(Degree(0.3), 0.2)
    (0.5, 0.0)
    """
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if math.isinf(degree.strength) or degree.mean in (0.0, 1.0):
        return float(degree.mean < x)
    if degree.strength > _NEARLY_NORMAL:
        deviations = (degree.mean - x) / math.sqrt(degree.variance)
        return 0.5 * math.erfc(deviations / math.sqrt(2.0))
    a, b = degree.mean * degree.strength, (1.0 - degree.mean) * degree.strength
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _lower(b, a, 1.0 - x)
    return _lower(a, b, x)


def _lower(a: float, b: float, x: float) -> float:
    log_front = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    fraction, c, d = 1.0, 1.0, 0.0
    step, factor = 0, 0.0
    while abs(factor - 1.0) > _CLOSE:
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d = 1.0 / _away_from_0(1.0 + term * d)
        c = _away_from_0(1.0 + term / c)
        # The first factor is 1 + 1/d - 1, and 1 only by chance; it must not end the fraction.
        factor = c * d if step else 0.0
        fraction *= c * d
        step += 1
    return math.exp(log_front) / a * (fraction - 1.0)


def _away_from_0(x: float) -> float:
    return x if abs(x) > _TINY else _TINY
