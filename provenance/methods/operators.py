"""Operators on opinions: both, at least one, one of two exclusive claims, and what follows from one.

Source: Josang, Subjective Logic, Springer 2016, doi:10.1007/978-3-319-42337-1.
"""

from __future__ import annotations

from provenance.errors import InvalidValue
from provenance.scales import Opinion

__all__ = ["add", "comultiply", "deduce", "multiply"]


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
