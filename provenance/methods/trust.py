"""Trust: an opinion heard through others is discounted, and trust is revised where they conflict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

import attrs

from provenance.errors import InvalidValue
from provenance.scales import Opinion

__all__ = [
    "Discounting",
    "TrustRevision",
    "conflict",
    "discount",
    "discount_path",
    "revise_trust",
]

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
