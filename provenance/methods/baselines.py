"""What people do without a method: counting mentions, counting origins, averaging, weakest link.

They are here to be compared with, each as the probability that it comes to on the same prior.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from provenance.errors import InvalidValue
from provenance.graph import Lineage
from provenance.methods.routes import Route

__all__ = ["Count", "averaged", "count_mentions", "count_origins", "weakest_links"]

WITNESS = 0.5
"""How far each counted voice is taken to track what is so: that of a source of grade C."""


@attrs.frozen
class Count:
    """How many voices are for a claim, and how many against it."""

    supporting: int
    """How many speak for it."""
    opposing: int
    """How many speak against it."""

    def at_prior(self, prior: float, witness: float = WITNESS) -> float:
        """The probability if each were an independent witness who tracks with this probability.

        A witness multiplies the odds by (1 + t) / (1 - t), which is 3 for the default of 1/2.
        Raises `InvalidValue` for a prior outside [0, 1], or a witness that never or always tracks.

        >>> round(Count(supporting=5, opposing=0).at_prior(0.1), 3)
        0.964
        """
        if not 0.0 <= prior <= 1.0:
            raise InvalidValue(f"expected a prior between 0 and 1, found {prior!r}")
        if not 0.0 < witness < 1.0:
            raise InvalidValue(f"expected a witness above 0 and below 1, found {witness!r}")
        return _moved(prior, (self.supporting - self.opposing) * weight_of(witness))

    def __str__(self) -> str:
        return f"{self.supporting} for, {self.opposing} against"


def weight_of(track: float) -> float:
    """The log-likelihood ratio of one yes/no witness who tracks with this probability, in nats.

    >>> round(weight_of(0.5), 3)  # log 3
    1.099
    """
    return 2.0 * math.atanh(max(-_SUREST, min(_SUREST, track)))


_SUREST = 1.0 - 1e-15


def count_mentions(routes: Sequence[Route]) -> Count:
    """Every written statement in hand counts one, whoever has it from whom."""
    return Count(
        sum(route.mentions for route in routes if route.leaning > 0.0),
        sum(route.mentions for route in routes if route.leaning < 0.0),
    )


def count_origins(lineage: Lineage) -> Count:
    """Every group of origins counts one for each side on which it is heard, judged or not."""
    return Count(
        len({origin.group for origin in lineage.origins if origin.supports}),
        len({origin.group for origin in lineage.origins if origin.opposes}),
    )


def averaged(routes: Sequence[Route], prior: float) -> float:
    """The mean of what each statement in hand would make of the prior alone.

    This is the linear opinion pool (Stone, Annals of Mathematical Statistics 32(4), 1961) with
    equal weights; the prior where nothing is in hand.
    """
    alone = [_moved(prior, weight_of(route.strength)) for route in routes]
    return math.fsum(alone) / len(alone) if alone else prior


def weakest_links(routes: Sequence[Route], prior: float) -> float:
    """The probability if a chain were as strong as its weakest link.

    Each origin counts once for each side, by its best chain; origins add up as independent ones.
    """
    best: dict[tuple[int, bool], float] = {}
    for route in routes:
        key = (route.origin, route.leaning > 0.0)
        best[key] = max(best.get(key, 0.0), route.weakest * abs(route.leaning))
    return _moved(
        prior, math.fsum(weight_of(s) if up else -weight_of(s) for (_, up), s in best.items())
    )


def _moved(prior: float, weight: float) -> float:
    """The probability after adding a weight to the log-odds of a prior."""
    if prior in (0.0, 1.0):
        return prior
    log_odds = math.log(prior / (1.0 - prior)) + weight
    if log_odds < -700.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-log_odds))
