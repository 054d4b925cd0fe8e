"""One coin per source: how often it is right, with the doubt about that carried through.

Every object has its own values. A source is right with its own probability, Beta distributed; when
wrong it names one of the object's other values, and wrong sources tend to name the same one. The
first part is the Bayesian one-coin model (variational, as in Liu, Peng and Ihler, Variational
inference for crowdsourcing, NIPS 2012); the second integrates the distribution of wrong values out
(a Dirichlet of total weight `variety`), the fully Bayesian form of the popularity of false values in
POPACCU (Dong, Saha and Srivastava, VLDB 2013). How much wrong sources vary is fitted to the table.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import PRIOR, of_objects, others_shares
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    DEPENDENCE,
    Fit,
    Known,
    by_claim,
    by_source,
    digamma,
    held,
    log_gamma,
    over_object,
    softmax,
    sums_by,
    tempering,
)
from provenance.learning.labels import label_names

__all__ = [
    "MANY",
    "PRIOR",
    "VARIETIES",
    "Block",
    "Heard",
    "Judged",
    "WrongWays",
    "blocked",
    "fitted_prior",
    "fitted_variety",
    "fitted_ways",
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


MANY = 1000.0
"""Among how many wrong values the weight is spread where objects have values of their own.

Any large number does: it is the Dirichlet process, seen through its finite form.
"""

VARIETIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)
"""The varieties of wrong values that are tried: from one popular mistake to all different."""


def one_coin(
    assertions: Assertions,
    known: Known = None,
    *,
    prior: tuple[float, float] | None = None,
    variety: float | None = None,
    dependence: float = DEPENDENCE,
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
        dependence: Correlation of errors within an object, see `dependence.tempering`. It tempers
            the final probabilities, not the fit, so sources are judged as if independent.
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
    [1.0, 0.0]
    """
    if lineage is not None:

        def fitted(told: Assertions) -> Fit:
            return one_coin(
                told,
                known,
                prior=prior,
                variety=variety,
                dependence=dependence,
                rounds=rounds,
                limit=limit,
            )

        return _in_line(assertions, lineage, fitted)
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
    )


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


_FEWEST, _MOST = 5.0, 1000.0  # cases that a prior of accuracy is worth


def fitted_prior(
    believed: Floats, spoken: Floats, doubt: Floats, strength: float
) -> tuple[float, float]:
    """The Beta prior of accuracy that fits all sources: their mean, and how little they differ.

    Sources that are alike are hardly told apart by what each says, and then count alike. How much
    they differ is what is left of the variance of their parts right (the doubt about which are
    right included) when that of counting is taken off, by moments; sources count by how well they
    are known. The mean starts from five cases of `PRIOR`, which five cases at least are worth.

    Args:
        believed: For every source how much of what it says is believed.
        spoken: For every source how much it says.
        doubt: For every source the variance of how much of it is right.
        strength: How many cases the prior was worth before.

    >>> said = np.full(4, 100.0)
    >>> alike = fitted_prior(np.array([78.0, 82.0, 79.0, 81.0]), said, np.zeros(4), 5.0)
    >>> apart = fitted_prior(np.array([20.0, 99.0, 98.0, 99.0]), said, np.zeros(4), 5.0)
    >>> round(sum(alike)), round(sum(apart))
    (1000, 5)
    """
    mean = float((believed.sum() + PRIOR[0]) / (spoken.sum() + sum(PRIOR)))
    known = spoken * strength / (spoken + strength)
    off = (believed / spoken - mean) ** 2 + doubt / spoken**2
    single = np.minimum(1.0, 1.0 / spoken)
    left = float((known * off).sum()) / (mean * (1.0 - mean)) - float((known / spoken).sum())
    differ = left / max(float((known * (1.0 - single)).sum()), 1e-9)
    worth = min(_MOST, max(_FEWEST, 1.0 / max(differ, 1e-9) - 1.0))
    return worth * mean, worth * (1.0 - mean)


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


Counted = tuple[Floats, Floats]
"""Numbers of voices, and how many claims or objects have each."""


@attrs.frozen(eq=False)
class Heard:
    """How the voices of a table are spread, all that the fit of wrong values needs."""

    claims: Counted
    """The voices of claims, and how many claims have so many."""
    most: Counted
    """The voices of the most named claim of objects, likewise."""
    rest: Floats
    """The other voices of objects, for each kind of object."""
    stated: Floats
    """The values stated of objects, for each kind."""
    objects: Floats
    """How many objects there are of each kind."""

    @classmethod
    def of(cls, voices: Floats, most: Floats, rest: Floats, stated: Floats) -> Heard:
        """From the voices of every claim, and of every object the three figures."""
        width = float(stated.max()) + 1.0
        key = rest * width + stated
        if not np.array_equal(np.floor(rest), rest) or key.max() > 4.0 * len(key) + 65_536.0:
            kinds, times = np.unique(np.stack([rest, stated]), axis=1, return_counts=True)
            rest, stated, objects = kinds[0], kinds[1], times.astype(np.float64)
        else:
            # Whole voices as one number, which is counted without sorting.
            both, objects = _counted(key)
            rest, stated = both // width, both % width
        return cls(_counted(voices), _counted(most), rest, stated, objects)


def fitted_variety(heard: Heard, among: float) -> float:
    """The variety of `VARIETIES` under which the values that most voices do not name are likeliest.

    Maximum marginal likelihood, with the most named value of each object taken for true.

    Args:
        heard: How the voices are spread.
        among: How many wrong values there may be.

    >>> one, two, three = np.ones(1), np.array([5.0]), np.array([3.0])
    >>> alike = Heard.of(np.array([5.0, 3.0]), two, three, np.array([2.0]))
    >>> fitted_variety(alike, MANY)
    0.1
    >>> fitted_variety(Heard.of(np.array([5.0, 1.0, 1.0, 1.0]), two, three, np.array([4.0])), MANY)
    1000.0
    """
    return _likeliest(heard, among)[0]


def _likeliest(heard: Heard, among: float) -> tuple[float, float]:
    """The variety, and the log probability of the wrong values under it."""
    whole = _may_be_wrong(among, heard.stated) / among

    def rises(start: float, counted: Counted) -> float:
        return float((_log_rise(start, counted[0]) * counted[1]).sum())

    likely = {
        variety: rises(variety / among, heard.claims)
        - rises(variety / among, heard.most)
        - float((_log_rise(variety * whole, heard.rest) * heard.objects).sum())
        for variety in VARIETIES
    }
    # Where the table does not tell (nobody is wrong, two labels), rounding must not decide.
    best = max(likely.values())
    near = [v for v, each in likely.items() if each >= best - 1e-9 * abs(best) - 1e-6]
    return 1.0 if 1.0 in near else near[0], best


def _may_be_wrong(among: float, stated: Floats) -> Floats:
    """For every object how many wrong values it may have: so many, or all but one of those stated."""
    return np.maximum(among, stated - 1.0)


# A few wrong values must explain the table twenty times as well as endlessly many.
_CLEARLY = float(np.log(20.0))
_MOST_OBJECTS = 0.95


def fitted_ways(heard: Heard) -> tuple[float, float]:
    """Among how many wrong values sources choose, and their variety, where objects have their own.

    `MANY`, unless a number near the most values that objects have (all but one in twenty) is clearly
    likelier: where each object has a few possible answers, those who are wrong meet by chance. To
    take that for their liking the same wrong value would make agreement look like error.

    >>> voices, eight = np.tile([8.0, 4.0, 4.0, 4.0], 50), np.full(50, 8.0)
    >>> fitted_ways(Heard.of(voices, eight, np.full(50, 12.0), np.full(50, 4.0)))
    (3.0, 1000.0)
    """
    order = np.argsort(heard.stated, kind="stable")
    upto = np.cumsum(heard.objects[order])
    top = float(heard.stated[order][np.searchsorted(upto, _MOST_OBJECTS * upto[-1])])
    variety, likely = _likeliest(heard, MANY)
    best = likely + _ways(heard, MANY) + _CLEARLY
    found = MANY, variety
    for among in sorted({max(1.0, top - 1.0), top, 2.0 * top, 4.0 * top}):
        variety, likely = _likeliest(heard, among)
        if among < MANY and likely + _ways(heard, among) > best:
            found, best = (among, variety), likely + _ways(heard, among)
    return found


def _ways(heard: Heard, among: float) -> float:
    """The log number of ways in which the wrong values stated are some of those there may be."""
    may = _may_be_wrong(among, heard.stated)
    ways = log_gamma(may + 1.0) - log_gamma(may + 2.0 - heard.stated)
    return float((ways * heard.objects).sum())


def _counted(voices: Floats) -> Counted:
    whole = voices.astype(np.int64)
    if np.array_equal(whole, voices):
        # Whole voices are counted in one pass, without sorting millions of claims.
        times = np.bincount(whole)
        present = np.flatnonzero(times)
        return present.astype(np.float64), times[present].astype(np.float64)
    found, times = np.unique(voices, return_counts=True)
    return found, times.astype(np.float64)


def _log_rise(start: float | Floats, voices: Floats) -> Floats:
    """The logarithm of start (start + 1) ... (start + voices - 1), for any number of voices."""
    return np.asarray(log_gamma(start + voices) - log_gamma(np.atleast_1d(start)))


@attrs.frozen(eq=False)
class WrongWays:
    """How likely what was said of each object is, if a claim is true and the others are wrong."""

    assertions: Assertions
    """Who said what."""
    total: Floats
    """For every object its voices."""
    if_true: Floats
    """For every claim the log probability of what the others said, given that it is true."""
    if_none: Floats
    """For every object the same, given that nothing stated is true."""
    possible: Floats
    """For every object how many values it may have."""
    room: Floats
    """For every claim the weight that one wrong voice fewer is drawn from, if it is true."""
    smallest: float
    """The Dirichlet weight of one wrong value."""

    @classmethod
    def of(cls, assertions: Assertions, variety: float | None = None) -> WrongWays:
        """One unstated value besides those stated, or as many values as every object may have."""
        voices = by_claim(assertions, assertions.weight)
        first, about = assertions.first_claim[:-1], assertions.object_of_claim
        total = np.add.reduceat(voices, first)
        stated = assertions.values_per_object.astype(np.float64)
        labels = label_names(assertions)
        among = MANY if labels is None else max(1.0, len(labels) - 1.0)
        if variety is None:
            most = np.maximum.reduceat(voices, first)
            rest = np.maximum(total - most, 0.0)
            heard = Heard.of(voices, most, rest, stated)
            if labels is None:
                among, variety = fitted_ways(heard)
            else:
                variety = fitted_variety(heard, among)
        endless = labels is None and among == MANY
        may = _may_be_wrong(among, stated)
        possible = stated + 1.0 if endless else may + 1.0
        # One figure for all objects spares a logarithm for each.
        whole = variety if may.max() == among else variety / among * may
        each = _log_rise(variety / among, voices)
        all_wrong = np.add.reduceat(each, first)
        # The one unstated value stands for as many as there may be.
        unheard = np.log(MANY) if endless else 0.0
        if_none = all_wrong - _log_rise(whole, total) + unheard
        others = np.maximum(total[about] - voices, 0.0)
        of_claim = whole if np.ndim(whole) == 0 else np.asarray(whole)[about]
        if_true = all_wrong[about] - each - _log_rise(of_claim, others)
        room = of_claim + np.maximum(others - 1.0, 0.0)
        return cls(assertions, total, if_true, if_none, possible, room, variety / among)

    def only(self, objects: NDArray[np.bool_]) -> WrongWays:
        """The same of some objects."""
        claims = objects[self.assertions.object_of_claim]
        return attrs.evolve(
            self,
            assertions=of_objects(self.assertions, objects),
            total=self.total[objects],
            if_true=self.if_true[claims],
            if_none=self.if_none[objects],
            possible=self.possible[objects],
            room=self.room[claims],
        )

    def each_before(self, own: Floats) -> Floats:
        """For every assertion the log weight by which its own voices raise their claim as wrong.

        Worked out from the voices of the claim, those of its own party (`own`) taken out.
        """
        told = self.assertions
        voices = by_claim(told, told.weight)[told.claim]
        if told.share is None and told.party is None:
            # Gamma rises by its argument over a whole voice.
            return np.asarray(np.log(self.smallest + voices - 1.0))
        return log_gamma(self.smallest + voices) - log_gamma(
            self.smallest + np.maximum(voices - own, 0.0)
        )

    def shares(self, trust: Floats, dependence: float) -> tuple[Floats, Floats]:
        """Probabilities of claims, and for every object that of all that nobody stated."""
        first, about = self.assertions.first_claim[:-1], self.assertions.object_of_claim
        temper = tempering(self.total, dependence)
        scores = temper[about] * (trust + self.if_true)
        none = temper * self.if_none
        peaks = np.maximum(np.maximum.reduceat(scores, first), none)
        weights = np.exp(scores - peaks[about])
        unheard = (self.possible - self.assertions.values_per_object) * np.exp(none - peaks)
        totals = np.add.reduceat(weights, first) + unheard
        return weights / totals[about], unheard / totals

    def chance(self, spoken: Floats) -> Floats:
        """For every source the mean over its assertions of one over the possible values.

        Args:
            spoken: For every source how much it says.
        """
        told = self.assertions
        by_chance = (1.0 / self.possible)[told.object_of_claim][told.claim]
        if told.share is not None:
            by_chance = by_chance * told.share
        return by_source(told, by_chance) / spoken
