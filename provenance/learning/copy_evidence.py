"""How strongly what two sources share speaks for copying, for every rate of copying."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.crowd import Consensus, Popularity, Told
from provenance.learning.overlaps import Overlap, Pairs, overlaps

__all__ = ["SHARES", "Evidence", "Verdicts", "chance_of_agreement", "evidence", "verdicts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHARES = np.concatenate(
    [[0.0, 0.005, 0.01, 0.02, 0.03], np.arange(1, 20) / 20.0, [0.97, 0.985, 0.995]]
)
"""Rates of copying at which the evidence is kept."""

# Agreements are counted by log((1 - chance) / chance), in steps of a tenth.
_SURPRISES = np.arange(-120, 141) / 10.0
_GAIN = np.log1p(np.exp(_SURPRISES)[:, None] * SHARES[None, :])
_LOSS = np.log1p(-SHARES)

# Before looking: one pair in fifty copies, known as firmly as if fifty had been seen.
PRIOR_ODDS = 1.0 / 49.0
_PSEUDO_COPIES, _PSEUDO_INDEPENDENT = 1.0, 49.0
# Sources that only share hard questions may agree this little beyond chance, and no more.
_INDEPENDENT_SHAPES = (200.0, 100.0, 50.0, 25.0, 15.0, 10.0, 7.0)
_COPYING_SHAPES = ((2.0, 1.0), (1.5, 1.5), (4.0, 1.0), (2.0, 2.0))


@attrs.frozen(eq=False)
class Evidence:
    """What was found for every pair."""

    likelihood: Floats
    """For every pair and rate of copying the log-likelihood, 0 for independent sources."""
    objects: Ints
    """For every pair the objects of which both speak."""
    agreements: Ints
    """For every pair the claims that both make."""


def chance_of_agreement(
    told: Told, popular: Popularity, true: Consensus | None, weight: Floats, overlap: Overlap
) -> Floats:
    """How likely the agreement of two independent sources is, given all the others.

    The largest of three explanations: the value is popular (each source follows the others as
    closely as it does elsewhere); it is a habit of the source to say so; or it is true, and both
    are right as often as they are elsewhere. Of both sources the likelier is taken, so the doubt is always in favour of independence.
    """
    one, other = overlap.one, overlap.other
    claim = told.claim[one]
    left_out = weight[one] + weight[other]
    chance = np.maximum(
        popular.chance(told.source[one], told, claim, left_out),
        popular.chance(told.source[other], told, claim, left_out),
    )
    if true is not None:
        chance = np.maximum(chance, np.maximum(popular.habit[one], popular.habit[other]))
        rest = true.score[claim] - true.given[one] - true.given[other]
        for witness, judged in ((one, other), (other, one)):
            holds = true.share(told, claim, rest + true.vote[told.source[witness]])
            right = true.accuracy[told.source[judged]]
            both = holds * right + (1.0 - holds) * (1.0 - right) / true.wrong_values
            chance = np.maximum(chance, both)
    return chance.clip(1e-7, 1.0 - 1e-6)


def evidence(
    told: Told, pairs: Pairs, popular: Popularity, true: Consensus | None, weight: Floats
) -> Evidence:
    """The log-likelihood of every rate of copying, from agreements and disagreements.

    Where both state one value the ratio is 1 + share * (1 / chance - 1), where they differ it is
    1 - share: Dong, Berti-Equille and Srivastava 2009 (doi:10.14778/1687627.1687690), with the
    chance of agreement taken from the other sources instead of a constant.
    """
    likelihood = np.zeros((len(pairs), len(SHARES)))
    objects = np.zeros(len(pairs), np.int64)
    agreements = np.zeros(len(pairs), np.int64)
    for overlap in overlaps(told, pairs):
        chance = chance_of_agreement(told, popular, true, weight, overlap)
        odds = np.log1p(-chance) - np.log(chance)
        step = np.clip(np.rint((odds - _SURPRISES[0]) * 10.0), 0, len(_SURPRISES) - 1)
        base = int(overlap.compared[0])
        cell = (overlap.pair - base) * len(_SURPRISES) + step.astype(np.int64)
        shape = (len(overlap.compared), len(_SURPRISES))
        counts = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
        agreed = counts.sum(axis=1)
        differed = np.maximum(overlap.objects - agreed, 0)
        likelihood[overlap.compared] = counts @ _GAIN + differed[:, None] * _LOSS
        objects[overlap.compared], agreements[overlap.compared] = overlap.objects, agreed
    return Evidence(likelihood, objects, agreements)


@attrs.frozen(eq=False)
class Verdicts:
    """What the evidence comes to once all pairs are seen together."""

    probability: Floats
    """For every pair the probability that one copies the other or both copy a third."""
    share: Floats
    """For every pair the part of what they share that is copied, if it is."""
    rate: float
    """The fitted part of the pairs that copy."""


def verdicts(likelihood: Floats) -> Verdicts:
    """Empirical Bayes over all pairs: independent ones near 0, copying ones spread out.

    Two Beta shapes for the rate of copying (how far independent sources stray from 0 together,
    because they share hard questions; how much copiers copy) and the part of pairs that copy are
    chosen by marginal likelihood (Efron 2010, Large-Scale Inference, ch. 5-6).
    """
    if not len(likelihood):
        return Verdicts(np.zeros(0), np.zeros(0), 0.0)
    peak = likelihood.max(axis=1, keepdims=True)
    relative = np.exp(likelihood - peak)
    independent = [relative[:, 0]] + [relative @ _beta(1.0, b) for b in _INDEPENDENT_SHAPES]
    best: tuple[float, Floats, float, Floats] | None = None
    for shape in _COPYING_SHAPES:
        density = _beta(*shape)
        copied = relative @ density
        for alone in independent:
            rate = _rate(copied, alone)
            mixed = rate * copied + (1.0 - rate) * alone
            fit = float(np.log(mixed).sum()) + _log_prior(rate)
            if best is None or fit > best[0] + 1e-9:
                best = (fit, rate * copied / mixed, rate, density)
    assert best is not None
    posterior = relative * best[3]
    share = posterior @ SHARES / posterior.sum(axis=1)
    return Verdicts(best[1], share, best[2])


def _rate(copied: Floats, alone: Floats) -> float:
    """The likeliest part of pairs that copy; its slope only falls, so halving finds it."""
    low, high = 1e-9, 1.0 - 1e-9
    gain = copied - alone
    while high - low > 1e-7:
        rate = 0.5 * (low + high)
        slope = float((gain / (rate * gain + alone)).sum())
        slope += _PSEUDO_COPIES / rate - _PSEUDO_INDEPENDENT / (1.0 - rate)
        low, high = (rate, high) if slope > 0.0 else (low, rate)
    return 0.5 * (low + high)


def _log_prior(rate: float) -> float:
    return float(_PSEUDO_COPIES * np.log(rate) + _PSEUDO_INDEPENDENT * np.log1p(-rate))


def _beta(a: float, b: float) -> Floats:
    """A Beta density on the grid of shares, adding up to 1."""
    edges = np.concatenate(([0.0], (SHARES[1:] + SHARES[:-1]) / 2.0, [1.0]))
    middle = np.where(SHARES > 0.0, SHARES, 0.0025)
    density = middle ** (a - 1.0) * (1.0 - middle) ** (b - 1.0) * np.diff(edges)
    return np.asarray(density / density.sum())
