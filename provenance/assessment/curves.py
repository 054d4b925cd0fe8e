"""Curves: how an answer moves as one number goes through its whole range."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import attrs

from provenance.assessment.prose import percent
from provenance.assessment.what_if import Questioned, expit, questioned
from provenance.errors import IncompatiblePriors, InvalidValue
from provenance.inference import Coupling
from provenance.records import Case

__all__ = ["PRIORS", "Curve", "Point", "crossing", "curve_of", "logit", "over_priors", "priors_in"]

PRIORS: tuple[float, ...] = (
    0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99,
)  # fmt: skip
"""The priors at which the evidence is weighed unless others are asked for."""


@attrs.frozen
class Point:
    """One point of a curve."""

    at: float
    """The number that was put in, in [0, 1]."""
    probability: float
    """The probability of the claim with it."""


@attrs.frozen
class Curve:
    """The answer as a function of one number."""

    about: str
    """The number, as doubts name it: `prior:ID` or `reliability:ID`."""
    here: float | None
    """What it is in the case; `None` where it cannot be judged."""
    probability: float
    """The answer as the case stands."""
    points: tuple[Point, ...]
    """The points, in ascending order; values that the rest of the case rules out are left out."""
    even: float | None
    """Where the answer crosses 1/2, of several places the one nearest to `here`; `None` if nowhere."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "about": self.about,
            "here": self.here,
            "probability": self.probability,
            "points": [[point.at, point.probability] for point in self.points],
            "even": self.even,
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        kind = self.about.partition(":")[0]
        yield f"{self.about}"
        yield ""
        yield f"{kind:>11}  answer"
        for point in self.points:
            yield f"{point.at:>11.2f}  {percent(point.probability)}"
        yield ""
        here = "not judged" if self.here is None else f"{self.here:.2g}"
        yield f"In the case it is {here}, and the answer {percent(self.probability)}."
        if self.even is None:
            yield "The answer crosses 1/2 nowhere in this range."
        else:
            yield f"The answer crosses 1/2 at {self.even:.2f}."


Function = Callable[[float], float | None]
"""The log-odds of the answer for a value of the number; `None` where the rest rules it out."""


def curve_of(
    about: str, here: float | None, probability: float, function: Function, at: Sequence[float]
) -> Curve:
    """A curve through some values of a number."""
    found = [(x, y) for x in sorted(set(at)) if (y := function(x)) is not None]
    return Curve(
        about=about,
        here=here,
        probability=probability,
        points=tuple(Point(x, expit(y)) for x, y in found),
        even=crossing(function, found, 0.0, here),
    )


def crossing(
    function: Function, points: Sequence[tuple[float, float]], goal: float, here: float | None
) -> float | None:
    """Where a function reaches a goal, of several places the one nearest to `here`.

    Found between points of which one is above the goal and one below, to 1e-9, by false position
    with halving (the Illinois method); `None` where no two neighbouring points enclose the goal.
    """
    found = [
        _enclosed(function, goal, *pair)
        for pair in pairwise(points)
        if min(pair[0][1], pair[1][1]) <= goal <= max(pair[0][1], pair[1][1])
        and pair[0][1] != pair[1][1]
    ]
    return min(found, key=lambda x: abs(x - (here or 0.0)), default=None)


def _enclosed(
    function: Function, goal: float, low: tuple[float, float], high: tuple[float, float]
) -> float:
    (a, fa), (b, fb) = (low[0], low[1] - goal), (high[0], high[1] - goal)
    for _ in range(100):
        if math.isinf(fa) or math.isinf(fb):
            x = 0.5 * (a + b)
        else:
            x = b - fb * (b - a) / (fb - fa)
        y = function(x)
        assert y is not None  # what the case rules out is at an end of the range
        fx = y - goal
        if abs(fx) < 1e-12:
            return x
        if (fx < 0.0) != (fb < 0.0):
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = x, fx
    return b


def logit(p: float) -> float:
    """The natural log-odds of a probability above 0 and below 1."""
    return math.log(p) - math.log1p(-p)


def over_priors(
    case: Case,
    claim: str,
    priors: Sequence[float] = PRIORS,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
) -> Curve:
    """The same evidence on every prior of a claim, each known exactly.

    Every point is the probability of `weigh(case, claim).at_prior(prior)`. Priors that the stated
    priors of other claims and the links between them rule out are left out. Cost: one replay of the
    story per prior.

    Args:
        case: what is on record.
        claim: the id of the claim.
        priors: the priors to try, each above 0 and below 1.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> print(over_priors(case, "sailed", (0.1, 0.25, 0.5, 0.75)))
    prior:sailed
    <BLANKLINE>
          prior  answer
           0.10  25 %
           0.25  50 %
           0.50  75 %
           0.75  90 %
    <BLANKLINE>
    In the case it is 0.1, and the answer 25 %.
    The answer crosses 1/2 at 0.25.
    """
    outside = [prior for prior in priors if not 0.0 < prior < 1.0]
    if outside:
        raise InvalidValue(f"expected priors above 0 and below 1, found {outside[0]!r}")
    return priors_in(questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed), priors)


def priors_in(asked: Questioned, priors: Sequence[float] = PRIORS) -> Curve:
    """The same for a claim that is laid out already; see `over_priors`."""
    prior = asked.evaluation.priors.stated[asked.place.question][asked.place.value]
    return curve_of(
        f"prior:{asked.claim}", prior, asked.sums.probability, lambda x: _at_prior(asked, x), priors
    )


def _at_prior(asked: Questioned, prior: float) -> float | None:
    try:
        return asked.log_odds_at_prior(prior)
    except IncompatiblePriors:
        return None
