"""One coin per source: how often it is right, with the doubt about that carried through.

Every object has its own values. A source is right with its own probability, Beta distributed; when
wrong it names one of the object's other values, and wrong sources tend to name the same one. The
first part is the Bayesian one-coin model (variational, as in Liu, Peng and Ihler, Variational
inference for crowdsourcing, NIPS 2012); the second integrates the distribution of wrong values out
(a Dirichlet of total weight `variety`), the fully Bayesian form of the popularity of false values in
POPACCU (Dong, Saha and Srivastava, VLDB 2013). How much wrong sources vary is fitted to the table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import PRIOR, others_shares
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    DEPENDENCE,
    Fit,
    Known,
    by_claim,
    by_source,
    digamma,
    held,
    over_object,
    softmax,
    sums_by,
    tempering,
)
from provenance.learning.methods.wrong_values import WrongWays

__all__ = [
    "PRIOR",
    "Block",
    "Judged",
    "blocked",
    "erring_alike",
    "fitted_prior",
    "judged",
    "lineage_weights",
    "one_coin",
    "sweep",
]

# One pass of the one-coin model over all assertions, laid out so that memory is read in order.
#
# Objects on which as many sources made as many claims have one *shape*. A million objects have a few
# dozen shapes, and within a shape everything is a dense table: no sums over ragged runs, no claim
# numbers to read. A pass then reads four bytes per assertion and writes almost nothing.

# Below this the plain pass is quick and exact to the last digit.
_LARGE = 200_000
# Objects of one shape that are worth a table, and how many are worked on while in cache.
_WORTHWHILE, _AT_ONCE = 64, 8_192


Pass = Callable[[Floats, Floats | None], tuple[Floats, Floats]]
"""From the trust in each source to how much of what it says is believed, and the doubt about it.

Without a second argument by the others alone, the doubt left at zero; with one, each source's own
trust beside what the others make of it.
"""


def sweep(wrong_ways: WrongWays, known: Known) -> Pass:
    """One pass over the assertions: every source is credited by the other voices alone.

    Args:
        wrong_ways: What was said, and how likely it is if a claim is true.
        known: Claims known true or false.

    Large tables of whole voices take the blocked pass, in single precision: probabilities are
    good to about 1e-6.
    """
    assertions = wrong_ways.assertions
    plain = known is not None or assertions.share is not None or assertions.party is not None
    if plain or assertions.size < _LARGE:
        return _plain(wrong_ways, known)
    blocks, rest = blocked(wrong_ways)
    ragged = None if rest is None else _plain(rest, None)
    varied = tuple(block for block in blocks if len(block.voices) > 1)
    # Where all agree, nothing depends on the trust in anybody.
    unanimous = np.zeros(len(assertions.sources))
    for block in blocks:
        if len(block.voices) == 1:
            unanimous += np.bincount(block.source.ravel(), minlength=len(unanimous))
    del blocks

    def swept(trust: Floats, own: Floats | None) -> tuple[Floats, Floats]:
        believed, doubt = unanimous.copy(), np.zeros(len(trust))
        narrow = trust.astype(np.float32)
        odds = np.exp(narrow if own is None else (trust - own).astype(np.float32))
        with np.errstate(divide="ignore"):
            for block in varied:
                block.add_to(believed, doubt, narrow, odds, alone=own is None)
        if ragged is not None:
            more, doubts = ragged(trust, own)
            believed += more
            doubt += doubts
        return believed, doubt

    return swept


def _plain(wrong_ways: WrongWays, known: Known) -> Pass:
    assertions, claim = wrong_ways.assertions, wrong_ways.assertions.claim
    weight, source = assertions.weight, assertions.source
    own = _Own.of(assertions)
    # What the others said is less unlikely where this voice is not among what was said wrongly.
    own_wrong = wrong_ways.each_before(own.weight)
    with np.errstate(divide="ignore"):
        rival = np.log(wrong_ways.room)
    part = np.minimum(own.weight, 1.0)

    def swept(trust: Floats, self_trust: Floats | None) -> tuple[Floats, Floats]:
        voices = weight * trust[source]
        scores = by_claim(assertions, voices) + wrong_ways.if_true
        odds = softmax(assertions, scores)
        others = np.maximum(over_object(assertions, odds) - odds, 0.0)
        lifted = odds * np.exp(rival)
        rivals = np.maximum(over_object(assertions, lifted) - lifted, 0.0)
        with np.errstate(divide="ignore"):
            with_own, without = np.log(others)[claim], np.log(rivals)[claim]
            sure = np.log(odds)[claim]
        if self_trust is None:
            with np.errstate(invalid="ignore"):
                against = with_own + part * (without - with_own)
            against += own.sums(voices) - own_wrong - sure
        else:
            against = with_own - sure + voices - weight * self_trust[source]
        # Nobody says otherwise.
        against = np.where(np.isneginf(with_own), -np.inf, against)
        credit = 1.0 / (1.0 + np.exp(np.clip(against, -700.0, 700.0)))
        if known is not None:
            given = known[claim]
            credit = np.where(np.isnan(given), credit, given)
        believed = by_source(assertions, weight * credit)
        if self_trust is None:
            return believed, np.zeros(len(trust))
        return believed, by_source(assertions, weight * weight * credit * (1.0 - credit))

    return swept


@attrs.frozen(eq=False)
class _Own:
    """For every assertion what counts as its own voice: that of its source, or of its party."""

    weight: Floats
    """How many voices its own party has on its claim."""
    place: NDArray[np.int64] | None
    """Which assertions go together; None where each stands for itself."""

    @classmethod
    def of(cls, assertions: Assertions) -> _Own:
        if assertions.party is None:
            return cls(assertions.weight, None)
        count = int(assertions.party.max()) + 1
        key = assertions.claim.astype(np.int64) * count + assertions.party[assertions.source]
        place = np.unique(key, return_inverse=True)[1]
        return cls(sums_by(place, assertions.weight, int(place.max()) + 1)[place], place)

    def sums(self, voices: Floats) -> Floats:
        """Amounts of assertions added up over those that go together."""
        if self.place is None:
            return voices
        return np.asarray(np.bincount(self.place, voices)[self.place])


@attrs.frozen(eq=False)
class Block:
    """Objects of one shape."""

    source: NDArray[np.int32]
    """Sources, a row for each voice and a column for each object; voices of a claim together."""
    voices: tuple[int, ...]
    """How many voices each claim has, most first."""
    if_true: tuple[float, ...]
    """For each claim the log probability of the other voices, if it is true."""
    room: tuple[float, ...]
    """For each claim what one wrong voice less on another makes of it: `WrongWays.room`."""
    own: tuple[float, ...]
    """For each claim what one wrong voice on it was: `WrongWays.each_before`, not its logarithm."""

    def add_to(
        self,
        believed: Floats,
        doubt: Floats,
        trust: NDArray[np.float32],
        odds: NDArray[np.float32],
        *,
        alone: bool,
    ) -> None:
        """Add how much of what each source says of these objects is believed, and the doubt."""
        for start in range(0, self.source.shape[1], _AT_ONCE):
            source = self.source[:, start : start + _AT_ONCE].astype(np.intp)
            against = self._against(trust.take(source), alone)
            credit = odds.take(source)
            row = 0
            for voices, rest in zip(self.voices, against, strict=True):
                credit[row : row + voices] *= rest
                row += voices
            credit += np.float32(1.0)
            np.reciprocal(credit, out=credit)
            codes = source.ravel()
            believed += np.bincount(codes, credit.ravel(), len(believed))
            if not alone:
                credit -= credit * credit
                doubt += np.bincount(codes, credit.ravel(), len(doubt))

    def _against(self, said: NDArray[np.float32], alone: bool) -> list[NDArray[np.float32]]:
        """For each claim the odds against it, `alone` but for the odds that one of its voices gives."""
        scores, row = [], 0
        for voices, if_true in zip(self.voices, self.if_true, strict=True):
            score = said[row] + np.float32(if_true)
            for place in range(row + 1, row + voices):
                score += said[place]
            scores.append(score)
            row += voices
        peak = scores[0]
        for score in scores[1:]:
            peak = np.maximum(peak, score)
        odds = [np.exp(score - peak) for score in scores]
        room = self.room if alone else (1.0,) * len(odds)
        own = self.own if alone else (1.0,) * len(odds)
        lifted = [part * np.float32(each) for part, each in zip(odds, room, strict=True)]
        return [
            sum(lifted[:place] + lifted[place + 1 :], np.float32(0.0)) / (part * np.float32(each))
            for place, (part, each) in enumerate(zip(odds, own, strict=True))
        ]


def blocked(wrong_ways: WrongWays) -> tuple[tuple[Block, ...], WrongWays | None]:
    """The blocks of all common shapes, and what is left."""
    assertions = wrong_ways.assertions
    voices = np.diff(assertions.first_assertion)
    shape = _shapes(assertions, voices)
    order = np.argsort(shape, kind="stable")
    starts = np.flatnonzero(np.diff(shape[order], prepend=shape[order[0]] ^ np.uint64(1)))
    ends = np.append(starts[1:], len(order))
    common = ends - starts >= _WORTHWHILE
    blocks = tuple(
        _block(wrong_ways, order[start:end], voices)
        for start, end in zip(starts[common].tolist(), ends[common].tolist(), strict=True)
    )
    rare = np.zeros(len(order), dtype=bool)
    for start, end in zip(starts[~common].tolist(), ends[~common].tolist(), strict=True):
        rare[order[start:end]] = True
    return blocks, wrong_ways.only(rare) if rare.any() else None


def _shapes(assertions: Assertions, voices: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for the multiset of voices of each object's claims: equal sets, equal numbers."""
    mixed = (voices.astype(np.uint64) + np.uint64(0x9E3779B9)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(32)
    return np.add.reduceat(mixed, assertions.first_claim[:-1])


def _block(wrong_ways: WrongWays, objects: NDArray[np.int64], voices: NDArray[np.int64]) -> Block:
    assertions = wrong_ways.assertions
    first = assertions.first_claim[objects]
    width = int(assertions.first_claim[objects[0] + 1] - first[0])
    claims = first[:, None] + np.arange(width)
    if width > 1:
        by_size = np.argsort(-voices[claims], axis=1, kind="stable")
        claims = np.take_along_axis(claims, by_size, axis=1)
    sizes = voices[claims[0]].tolist()
    rows = [
        assertions.source[assertions.first_assertion[claims[:, place]] + voice]
        for place, size in enumerate(sizes)
        for voice in range(size)
    ]
    own = [wrong_ways.smallest + size - 1.0 for size in sizes]
    return Block(
        np.stack(rows),
        tuple(sizes),
        tuple(wrong_ways.if_true[claims[0]].tolist()),
        tuple(wrong_ways.room[claims[0]].tolist()),
        tuple(own),
    )


def one_coin(
    assertions: Assertions,
    known: Known = None,
    *,
    prior: tuple[float, float] | None = None,
    variety: float | None = None,
    dependence: float | None = DEPENDENCE,
    rounds: int = 200,
    limit: float = 1e-7,
    start: Floats | None = None,
    lineage: float | None = None,
) -> Fit:
    """Probabilities of values from sources whose accuracy is a Beta distribution, not a number.

    Args:
        assertions: Who said what; `share` discounts voices (several values, copies).
        known: Claims known true or false, which then teach the sources.
        prior: Beta prior of every source's accuracy; None fits it to all sources, from (4, 1).
        variety: Dirichlet weight of all values together that wrong sources of an object may name;
            small when they name the same one, large when each names another; None fits it, and
            among how many values they choose.
        dependence: Correlation of errors within an object, see `estimates.tempering`. It tempers
            the final probabilities, not the fit, so sources are judged as if independent. None
            takes the default as far as voices do not look independent, see `erring_alike`.
        rounds: At most this many iterations.
        limit: Stop when no source's expected accuracy changes by more.
        start: Probabilities to start from, the shares of the other votes by default.
        lineage: How readily a further voice for a value is one of its own (theta of the model of
            weighing, where it is 1.5): the i-th strongest for one value counts theta f /
            (theta f + i), f one over the values; None counts every voice whole.

    A source's accuracy is the one under which its answers are likeliest beside those of the others.
    Values are then weighed by trust that comes from the others alone, each assertion credited by the
    other voices on its object (a step of belief propagation as in Liu, Peng and Ihler, section 3),
    so that nobody vouches for himself. Costs two passes over the assertions per iteration.

    >>> told = Assertions.of([(s, o, o) for s in "abc" for o in "wxyz"] + [("d", "w", "x")])
    >>> one_coin(told).probability[:2].round(2).tolist()
    [0.99, 0.01]
    """
    if lineage is not None:
        same: dict[str, Any] = {"prior": prior, "variety": variety, "dependence": dependence}
        same |= {"rounds": rounds, "limit": limit}
        return _in_line(assertions, lineage, lambda told: one_coin(told, known, **same))
    wrong_ways = WrongWays.of(assertions, variety)
    believed_by = sweep(wrong_ways, known)
    plain = assertions.share is None
    spoken = by_source(assertions, assertions.weight)
    credit = _start(assertions) if start is None else start[assertions.claim]
    if known is not None:
        given = known[assertions.claim]
        credit = np.where(np.isnan(given), credit, given)
    first = by_source(assertions, credit if plain else assertions.weight * credit)
    found = judged(believed_by, first, spoken, prior, rounds, limit)
    # Only at the end: while sources are still being judged, a share of unstated values would let
    # doubt about sources and doubt about values feed each other until nobody is believed.
    voiced = by_claim(assertions, assertions.weight * found.trust[assertions.source])
    if dependence is None:
        together = erring_alike(wrong_ways, found.trust, (found.right, found.wrong), known)
        dependence = together * DEPENDENCE
        probability, unstated = _as_far_as(together, wrong_ways, voiced)
    else:
        probability, unstated = wrong_ways.shares(voiced, dependence)
    return Fit(
        held(probability, known),
        found.right,
        found.wrong,
        found.changes,
        found.changes[-1] <= limit,
        chance=wrong_ways.chance(spoken),
        unstated=_open(assertions, unstated, known),
        doubt=found.doubt,
        dependence=dependence,
    )


def _as_far_as(together: float, wrong_ways: WrongWays, voiced: Floats) -> tuple[Floats, Floats]:
    """The mean of what independent voices and those that err together come to."""
    if together <= _SETTLES:
        return wrong_ways.shares(voiced, 0.0)
    found = wrong_ways.shares(voiced, DEPENDENCE)
    if together >= 1.0 - _SETTLES:
        return found
    alone = wrong_ways.shares(voiced, 0.0)
    claims, unstated = (
        (1.0 - together) * one + together * other for one, other in zip(alone, found, strict=True)
    )
    return claims, unstated


@attrs.frozen(eq=False)
class Judged:
    """What the passes make of the sources."""

    right: Floats
    """For every source the first count of Beta(right, wrong), how often it is right."""
    wrong: Floats
    """For every source the second count."""
    doubt: Floats
    """For every source the doubt about which of its assertions are right."""
    trust: Floats
    """For every source the weight of its voice, by what the others make of it alone."""
    changes: tuple[float, ...]
    """The largest change of a source's expected accuracy in each iteration."""


def judged(
    passed: Pass,
    believed: Floats,
    spoken: Floats,
    prior: tuple[float, float] | None,
    rounds: int,
    limit: float,
) -> Judged:
    """The accuracies that agree with themselves, and the trust that values are weighed by.

    What others say of an object is doubtful itself, so credit by them alone makes everybody look
    worse than he is. Repeated, that ends where nobody knows anything, or past it, where whoever
    agrees with most is counted against. So sources are judged by the accuracy under which their
    answers are likeliest beside what the others make of them, and credit by the others alone is
    taken once, in the end: it is good for caution about values.

    Args:
        passed: One pass, see `sweep`.
        believed: For every source how much of what it says is believed at first.
        spoken: For every source how much it says.
        prior: Beta prior of accuracy; None fits it to all sources.
        rounds: At most this many iterations.
        limit: Stop when no source's expected accuracy changes by more.
    """
    held_prior = prior
    prior, doubt = held_prior or PRIOR, np.zeros(len(spoken))
    changes: list[float] = []
    while True:
        right, wrong = _counts(believed, spoken, prior)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        trust = digamma(right) - digamma(wrong)
        after, doubt = passed(trust, trust)
        prior = held_prior or fitted_prior(after, spoken, doubt, sum(prior))
        changed = _counts(after, spoken, prior)
        before, now = (counts[0] / (counts[0] + counts[1]) for counts in ((right, wrong), changed))
        changes.append(float(np.max(np.abs(now - before))))
        believed = after
    alone, _ = passed(digamma(right) - digamma(wrong), None)
    cautious = _counts(alone, spoken, prior)
    trust = digamma(cautious[0]) - digamma(cautious[1])
    return Judged(right, wrong, doubt, trust, tuple(changes))


def _counts(believed: Floats, spoken: Floats, prior: tuple[float, float]) -> tuple[Floats, Floats]:
    return prior[0] + believed, prior[1] + np.maximum(spoken - believed, 0.0)


_FEWEST, _MOST = sum(PRIOR), 1000.0  # cases that a prior of accuracy is worth


def fitted_prior(
    believed: Floats, spoken: Floats, doubt: Floats, strength: float
) -> tuple[float, float]:
    """The Beta prior of accuracy that fits all sources: their mean, and how little they differ.

    Sources that are alike are hardly told apart by what each says, and then count alike. How much
    they differ is what is left of the variance of their parts right (the doubt about which are
    right included) when that of counting is taken off, by moments, and a standard error more, so that
    few sources of few words are not taken to be alike; sources count by how well they are known.
    Five cases are those of `PRIOR`, what the prior is worth beyond them is of the mean.

    Args:
        believed: For every source how much of what it says is believed.
        spoken: For every source how much it says.
        doubt: For every source the variance of how much of it is right.
        strength: How many cases the prior was worth before.

    >>> said = np.full(4, 100.0)
    >>> alike = fitted_prior(np.array([78.0, 82.0, 79.0, 81.0]), said, np.zeros(4), 5.0)
    >>> apart = fitted_prior(np.array([20.0, 99.0, 98.0, 99.0]), said, np.zeros(4), 5.0)
    >>> round(sum(alike)), round(sum(apart))
    (139, 5)
    """
    mean = float((believed.sum() + PRIOR[0]) / (spoken.sum() + sum(PRIOR)))
    known = spoken * strength / (spoken + strength)
    off = (believed / spoken - mean) ** 2 + doubt / spoken**2
    single = np.minimum(1.0, 1.0 / spoken)
    left = float((known * off).sum()) / (mean * (1.0 - mean)) - float((known / spoken).sum())
    whole = max(float((known * (1.0 - single)).sum()), 1e-9)
    differ = max(left / whole, 0.0)
    unsure = math.sqrt(2.0 * float(((known * (1.0 / spoken + differ)) ** 2).sum())) / whole
    worth = min(_MOST, max(_FEWEST, 1.0 / (differ + unsure) - 1.0))
    more = worth - _FEWEST
    return PRIOR[0] + more * mean, PRIOR[1] + more * (1.0 - mean)


def _start(assertions: Assertions) -> Floats:
    """For every assertion the part that the other voices give to what it says."""
    if assertions.share is not None:
        return others_shares(assertions, assertions.weight)
    # Whole voices are alike within a claim, so one figure for each will do.
    voices = np.diff(assertions.first_assertion).astype(np.float64)
    others = over_object(assertions, voices) - 1.0
    shares = (voices - 1.0) / np.maximum(others, 1.0)
    return np.asarray(shares[assertions.claim])


_LINES = 4


def _in_line(assertions: Assertions, theta: float, fitted: Callable[[Assertions], Fit]) -> Fit:
    """The fit with voices of unknown lineage, ordered by the accuracies found a turn before."""
    fit = fitted(assertions)
    for _ in range(_LINES):
        part = lineage_weights(assertions, fit.accuracy, theta)
        fit = fitted(attrs.evolve(assertions, share=assertions.weight * part))
    return fit


def lineage_weights(assertions: Assertions, strength: Floats, theta: float) -> Floats:
    """For every assertion how much of a voice of its own it is, if who has it from whom is unknown.

    Model 2.9: those who say the same stand in line, strongest first, and with i ahead one is new
    with probability theta f / (theta f + i), f one over the values of the object. Equals share.

    >>> told = Assertions.of([(s, "x", "u") for s in "abc"] + [("d", "x", "v")])
    >>> lineage_weights(told, np.array([0.9, 0.8, 0.8, 0.5]), 1.5).round(2).tolist()
    [1.0, 0.27, 0.27, 1.0]
    """
    own = strength[assertions.source].round(12)
    order = np.lexsort((-own, assertions.claim))
    claim = assertions.claim[order]
    ahead = np.arange(len(order)) - assertions.first_assertion[claim]
    fair = theta / (assertions.values_per_object[assertions.object_of_claim[claim]] + 1.0)
    part = fair / (fair + ahead)
    new = np.concatenate(([True], (np.diff(claim) != 0) | (np.diff(own[order]) != 0.0)))
    run = np.cumsum(new) - 1
    shared = np.bincount(run, part) / np.bincount(run)
    found = np.empty(len(order))
    found[order] = shared[run]
    return found


def _open(assertions: Assertions, unstated: Floats, known: Known) -> Floats:
    """What is left for values nobody stated, where something is known of an object."""
    if known is None:
        return unstated
    true = np.add.reduceat(np.where(known == 1.0, 1.0, 0.0), assertions.first_claim[:-1])
    open_ = np.add.reduceat(np.where(np.isnan(known), 1.0, 0.0), assertions.first_claim[:-1])
    return np.where(true > 0.0, 0.0, np.where(open_ > 0.0, unstated, 1.0))


# Whether voices on one object err together: each is foretold from the others, which count whole or as
# correlated voices do.

# Correlations that are tried, equally probable before looking: a Beta(1, 7) by its mean of an eighth.
_TRIED = 1.0 - (1.0 - (np.arange(12) + 0.5) / 12.0) ** (1.0 / 7.0)
_ENOUGH = 50_000  # assertions that settle it
_SETTLES = 1e-9  # how probable the less probable of the two must be to be heard


def erring_alike(
    wrong_ways: WrongWays, trust: Floats, counts: tuple[Floats, Floats], known: Known
) -> float:
    """How probable it is that voices on an object err together.

    Every whole voice is foretold from the other voices on its object and from how often its source
    is right elsewhere: it says what is true, or one of the wrong values as the others vary among
    them, or something that nobody else says. If voices are independent given the truth the others
    count whole; if they err together, as voices of some correlation do, which is any of twelve. Both
    are equally probable before looking, and the products of the probabilities of all voices are
    compared (the pseudo-Bayes factor of Geisser and Eddy, Journal of the American Statistical
    Association 74, 1979). Of large tables some fifty thousand assertions are looked at, chosen by
    who says how much.

    Args:
        wrong_ways: What was said, and how likely it is if a claim is true.
        trust: For every source what its voice adds to the log-odds.
        counts: For every source its counts of right and of wrong assertions, the prior's included.
        known: What is known; objects of which something is known foretell nothing here.
    """
    some = _some_objects(wrong_ways.assertions)
    if not some.all():
        known = None if known is None else known[some[wrong_ways.assertions.object_of_claim]]
        wrong_ways = wrong_ways.only(some)
    told = wrong_ways.assertions
    own = _Own.of(told)
    tested = (np.abs(own.weight - 1.0) < 1e-9) & (wrong_ways.total[told.object] > 1.0 + 1e-9)
    if known is not None:
        tested &= ~(wrong_ways.total_of((~np.isnan(known)).astype(np.float64)) > 0.0)[told.object]
    rows = np.flatnonzero(tested)
    if not len(rows):
        return 0.5
    said = _Foretold.of(wrong_ways, trust, counts, own, rows)
    gained = np.array([said.likelihood(each) for each in _TRIED.tolist()]) - said.likelihood(0.0)
    peak = max(0.0, float(gained.max()))
    joint = float(np.exp(gained - peak).mean())
    return joint / (joint + math.exp(-peak))


def _some_objects(assertions: Assertions) -> NDArray[np.bool_]:
    """Objects with enough assertions; all of them where there are no more."""
    parts = assertions.size // _ENOUGH
    if parts < 2:
        return np.ones(len(assertions.objects), dtype=bool)
    spoken = np.bincount(assertions.source)[assertions.source].astype(np.uint64)
    mixed = (spoken + np.uint64(0x9E3779B9)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(31)
    first = assertions.first_assertion[assertions.first_claim[:-1]]
    some = np.asarray(np.add.reduceat(mixed, first) >> np.uint64(7)) % np.uint64(parts) == 0
    return np.asarray(some if some.any() else ~some)


@attrs.frozen(eq=False)
class _Foretold:
    """Voices to be foretold, with what the others on their objects say."""

    wrong_ways: WrongWays
    """What was said."""
    scores: Floats
    """For every claim the log-weight of all voices if it is true."""
    rows: NDArray[np.int64]
    """The voices to be foretold, as assertions."""
    own: Floats
    """For each how much its own party adds to the score of its claim."""
    right: Floats
    """For each how often its source is right elsewhere."""

    @classmethod
    def of(
        cls,
        wrong_ways: WrongWays,
        trust: Floats,
        counts: tuple[Floats, Floats],
        own: _Own,
        rows: NDArray[np.int64],
    ) -> _Foretold:
        told = wrong_ways.assertions
        voices = told.weight * trust[told.source]
        voiced = by_claim(told, voices)
        believed, _ = wrong_ways.shares(voiced, 0.0)
        source, weight = told.source[rows], told.weight[rows]
        # This voice is no evidence for its own source.
        hits = counts[0][source] - weight * believed[told.claim[rows]]
        whole = (counts[0] + counts[1])[source] - weight
        return cls(
            wrong_ways,
            voiced + wrong_ways.if_true,
            rows,
            own.sums(voices)[rows],
            np.clip(hits / whole, 1e-9, 1.0 - 1e-9),
        )

    def likelihood(self, dependence: float) -> float:
        """The log-probability of all these voices where the others are correlated so much."""
        ways, rows = self.wrong_ways, self.rows
        told, claim = ways.assertions, ways.assertions.claim[rows]
        about, at = told.object_of_claim, told.object[rows]
        first = told.first_claim[:-1]
        temper = tempering(ways.total - 1.0, dependence)
        # If another claim is true, or none of them, this voice is one that is wrong.
        wrong_room = ways.variety + np.maximum(ways.total - 1.0, 0.0)
        lifted = temper[about] * (self.scores + np.log(ways.room))
        nothing = temper * (ways.if_none + np.log(wrong_room))
        peak = np.maximum(np.maximum.reduceat(lifted, first), nothing)
        each = np.exp(lifted - peak[about])
        by_room = each / ways.room
        others = np.maximum(ways.total_of(each)[at] - each[claim], 0.0)
        drawn = np.maximum(ways.total_of(by_room)[at] - by_room[claim], 0.0)
        alike = by_claim(told, told.weight)[claim] - 1.0
        new = alike < 1e-9
        # What the voices of its claim were drawn from as wrong ones before this one.
        weight = ways.smallest + np.maximum(alike, 0.0)
        scale = weight ** -temper[at]
        unheard = (ways.unheard[at] + np.where(new, ways.per_value, 0.0)) * np.exp(
            (nothing - peak)[at]
        )
        true = np.exp(temper[at] * (self.scores[claim] - self.own) - peak[at])
        true = np.where(new, 0.0, true)
        kinds, may = ways.stated_but(new, at), ways.may[at]
        # Of all that nobody else says, which value it is makes no difference.
        if_other = np.where(new, ways.smallest * (may - kinds + 1.0), weight)
        if_none = np.where(new, ways.smallest * np.maximum(may - kinds, 0.0), weight)
        wrongly = scale * (drawn * if_other + unheard * if_none / wrong_room[at])
        rightly = true + np.where(new, unheard * scale, 0.0)
        whole = true + scale * (others + unheard)
        chance = (self.right * rightly + (1.0 - self.right) * wrongly) / whole
        return float((told.weight[rows] * np.log(np.maximum(chance, 1e-300))).sum())
