"""An assessment as a person would read it out: rounded, with its reasons, and never in one breath.

Likelihood and analytic confidence stand in sentences of their own (ICD 203, D.6.e(2)(b)).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.assessment.assessment import Assessment

__all__ = ["chance_in_words", "error_in_words", "percent", "prose_of"]

_CHANCES = (
    (1, 20),
    (1, 10),
    (1, 6),
    (1, 5),
    (1, 4),
    (1, 3),
    (2, 5),
    (1, 2),
    (3, 5),
    (2, 3),
    (3, 4),
    (4, 5),
    (5, 6),
    (9, 10),
    (19, 20),
)
_SHOWN = 6


def chance_in_words(probability: float) -> str:
    """A probability as a chance that can be pictured, rounded as far as judgement allows.

    >>> chance_in_words(0.21), chance_in_words(0.003), chance_in_words(0.5)
    ('about 1 in 5', 'about 1 in 300', 'about even')
    """
    if probability in (0.0, 1.0):
        return "certain" if probability else "impossible"
    if probability < 0.04:
        return f"about 1 in {_rounded(1.0 / probability):,}"
    if probability > 0.96:
        return f"all but 1 in {_rounded(1.0 / (1.0 - probability)):,}"
    odds = math.log(probability / (1.0 - probability))
    part, whole = min(_CHANCES, key=lambda c: abs(math.log(c[0] / (c[1] - c[0])) - odds))
    return "about even" if (part, whole) == (1, 2) else f"about {part} in {whole}"


def _rounded(number: float) -> int:
    """One significant digit; beyond all bounds, the largest number there is."""
    number = min(number, sys.float_info.max)
    scale: int = 10 ** math.floor(math.log10(number))
    return round(number / scale) * scale


def percent(probability: float) -> str:
    """A probability in percent, in as many digits as judgement has.

    >>> percent(0.214), percent(0.0042), percent(0.995)
    ('21 %', '0.4 %', '99.5 %')
    """
    if 0.01 <= probability <= 0.99 or probability in (0.0, 1.0):
        return f"{100.0 * probability:.0f} %"
    if probability < 0.001 or probability > 0.999:
        return "below 0.1 %" if probability < 0.5 else "above 99.9 %"
    return f"{100.0 * probability:.1f} %"


def prose_of(assessment: Assessment) -> str:
    """The whole assessment in plain text."""
    return "\n".join(_lines(assessment))


def _lines(assessment: Assessment) -> Iterator[str]:
    yield assessment.text
    yield ""
    yield _likelihood(assessment)
    yield _confidence(assessment)
    yield _weight(assessment)
    yield from _reasons(assessment)
    yield from _doubts(assessment)
    yield from _caveats(assessment)


def _likelihood(assessment: Assessment) -> str:
    interval = assessment.interval
    chance = chance_in_words(assessment.probability)
    ends = f"{percent(interval.low)} to {percent(interval.high)}"
    if assessment.credibility == "6":
        return f"Cannot be judged: the {percent(assessment.probability)} is the prior ({ends})."
    return f"{chance[0].upper()}{chance[1:]} (90 % interval: {ends})."


def _confidence(assessment: Assessment) -> str:
    confidence = assessment.confidence
    limits = "; ".join(fact.text for fact in confidence.limits)
    because = f", because {limits}" if limits else ""
    return f"Analytic confidence is {confidence.level}{because}."


def error_in_words(error: float) -> str:
    """A standard error of a probability, to three places.

    >>> error_in_words(0.0123), error_in_words(8e-6)
    ('0.012', 'less than 0.001')
    """
    return f"{error:.3f}" if error >= 0.0005 else "less than 0.001"


def _weight(assessment: Assessment) -> str:
    stated = "stated" if assessment.prior_stated else "not stated"
    prior = f"a prior of {percent(assessment.prior)} ({stated})"
    if assessment.bits is None:
        return f"The evidence settles it, against {prior}."
    if abs(assessment.bits) < 0.005:
        return f"The evidence adds nothing to {prior}."
    direction = "for" if assessment.bits > 0 else "against"
    mostly = "; the answer is mostly the prior" if abs(assessment.bits) < 1.0 else ""
    return (
        f"The evidence weighs {abs(assessment.bits):.2f} bits {direction} it, on {prior}{mostly}."
    )


def _reasons(assessment: Assessment) -> Iterator[str]:
    if not assessment.reasons:
        return
    yield ""
    yield "By origin, in bits (they overlap and need not add up):"
    width = max(len(reason.source) for reason in assessment.reasons[:_SHOWN])
    for reason in assessment.reasons[:_SHOWN]:
        # Rounded first: a weight of -1e-16 is nothing, and nothing has no minus.
        bits = "   ?" if reason.bits is None else f"{round(reason.bits, 2) + 0.0:+.2f}"
        said = ", ".join(reason.statements[:_SHOWN])
        yield f"  {bits}  {reason.source:<{width}}  {said}"
    yield from _more(len(assessment.reasons))


def _doubts(assessment: Assessment) -> Iterator[str]:
    large = [doubt for doubt in assessment.doubts if doubt.share >= 0.05]
    if not large:
        return
    yield ""
    yield "The width of the interval comes from:"
    for doubt in large[:_SHOWN]:
        yield f"  {doubt.share:4.0%}  {doubt.about}"


def _caveats(assessment: Assessment) -> Iterator[str]:
    if not assessment.caveats:
        return
    yield ""
    yield "Caveats:"
    for caveat in assessment.caveats:
        yield f"  - {caveat.text}"


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  … and {count - _SHOWN} more"
