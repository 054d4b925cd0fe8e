"""What the sources say taken together, so that any two of them can be left out again."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.encoding import Floats, Ints

__all__ = [
    "Consensus",
    "Overlap",
    "Pairs",
    "Peers",
    "Popularity",
    "Told",
    "candidate_pairs",
    "consensus",
    "overlaps",
    "popularity",
]


# How strongly a source may follow the majority: 0 not at all, 1 in proportion, 4 almost always.
CONFORMITIES = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0])
# What a value weighs that nobody else has stated, in votes.
UNHEARD = 0.5
ROUNDS = 10
LEAST_VOTE = 0.2
# Groups of ability; how many assertions the mean ability of all is worth; how many peers everybody.
ABILITIES, _FEW, _EVERYBODY = 3, 2.0, 4.0


@attrs.frozen(eq=False)
class Told:
    """Assertions sorted by source, then claim; a claim is one value of one object."""

    source: Ints
    """For every assertion its source."""
    claim: Ints
    """For every assertion its claim; rises within a source."""
    object: Ints
    """For every assertion its object."""
    object_of_claim: Ints
    """For every claim its object; never falls."""
    value_of_claim: Ints
    """For every claim its value; the same value may occur with many objects."""
    first_claim: Ints
    """For every object its first claim, and at the end the number of claims."""
    first_of_source: Ints
    """For every source its first assertion, and at the end the number of assertions."""
    row: Ints
    """For every assertion the row it came from."""

    @classmethod
    def of(cls, source: Ints, about: Ints, value: Ints, sources: int) -> Told:
        """Sort rows of codes; equal rows are kept once, and any integers may stand for objects."""
        order = np.lexsort((source, value, about))
        about, what, who = about[order], value[order], source[order]
        new_object = _changes(about)
        new_claim = new_object | _changes(what)
        fresh = new_claim | _changes(who)
        claim = np.cumsum(new_claim)[fresh] - 1
        place = np.cumsum(new_object)[fresh] - 1
        rows, who = order[fresh], who[fresh].astype(np.int64)
        object_of_claim = (np.cumsum(new_object) - 1)[new_claim]
        by_source = np.argsort(who, kind="stable")
        who = who[by_source]
        objects = int(object_of_claim[-1]) + 1 if len(object_of_claim) else 0
        return cls(
            source=who,
            claim=claim[by_source],
            object=place[by_source],
            object_of_claim=object_of_claim,
            value_of_claim=what[new_claim],
            first_claim=np.searchsorted(object_of_claim, np.arange(objects + 1)),
            first_of_source=np.searchsorted(who, np.arange(sources + 1)),
            row=rows[by_source],
        )

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return len(self.first_of_source) - 1

    @property
    def objects(self) -> int:
        """How many objects there are."""
        return len(self.first_claim) - 1

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return len(self.object_of_claim)

    def per_claim(self, weight: Floats | None = None) -> Floats:
        """The assertions of every claim, counted or weighed."""
        return np.bincount(self.claim, weight, self.claims).astype(np.float64)

    def per_object(self, of_claim: Floats) -> Floats:
        """Figures of claims added up by object."""
        return np.bincount(self.object_of_claim, of_claim, self.objects).astype(np.float64)

    def per_source(self, of_assertion: Floats) -> Floats:
        """Figures of assertions added up by source."""
        return np.bincount(self.source, of_assertion, self.sources).astype(np.float64)


def _changes(codes: Ints) -> NDArray[np.bool_]:
    changed = np.ones(len(codes), dtype=bool)
    np.not_equal(codes[1:], codes[:-1], out=changed[1:])
    return changed


@attrs.frozen(eq=False)
class Popularity:
    """How many sources stand behind every claim, and how closely each source follows them."""

    votes: Floats
    """For every claim the voices behind it."""
    totals: Floats
    """For every conformity and object the votes, each raised to that power, added up."""
    conformity: Ints
    """For every source the place of its conformity among `CONFORMITIES`."""
    habit: Floats
    """For every assertion how often its source says this value of objects that look alike."""
    peers: Peers | None = None
    """What sources of like ability say, where objects share labels; None where not asked for."""

    def chance(self, source: Ints, told: Told, claim: Ints, left_out: Floats) -> Floats:
        """How likely each source is to state a claim because it is popular with the others."""
        place = self.conformity[source]
        power = CONFORMITIES[place]
        own = (np.maximum(self.votes[claim] - left_out, 0.0) + UNHEARD) ** power
        all_votes = self.totals[place, told.object_of_claim[claim]]
        rivals = np.maximum(all_votes - (self.votes[claim] + UNHEARD) ** power, 0.0)
        return np.asarray(own / (own + rivals))


@attrs.frozen(eq=False)
class Peers:
    """What sources of like ability say of every object, so that hard objects excuse joint errors.

    Able people take the same hard object for the same wrong thing, and poor ones guess; neither
    copies. How likely two able sources agree is told by the other able ones.
    """

    group: Ints
    """For every source its group of ability."""
    votes: Floats
    """For every group and claim the voices behind it."""
    totals: Floats
    """For every group and object its voices."""

    @classmethod
    def of(cls, told: Told, weight: Floats) -> Peers:
        """Groups by how often each source agrees with the others, equals together."""
        votes = told.per_claim(weight)
        totals = told.per_object(votes)
        others = np.maximum(totals[told.object] - weight, 1e-12)
        agreed = np.clip((votes[told.claim] - weight) / others, 0.0, 1.0)
        said = told.per_source(weight)
        ability = (told.per_source(weight * agreed) + _FEW * agreed.mean()) / (said + _FEW)
        edges = np.quantile(ability[said > 0.0], np.arange(1, ABILITIES) / ABILITIES)
        group = np.searchsorted(edges, ability - 1e-9)
        by_claim = [told.per_claim(weight * (group[told.source] == g)) for g in range(ABILITIES)]
        by_object = [told.per_object(each) for each in by_claim]
        return cls(group, np.stack(by_claim), np.stack(by_object))

    def chance(
        self, told: Told, weight: Floats, judged: Ints, with_: Ints, popular: Floats
    ) -> Floats:
        """How likely the source of an assertion says so, going by its peers, both left out.

        Few peers tell little: what is popular with everybody counts as so many more.
        """
        group, claim = self.group[told.source[judged]], told.claim[judged]
        alike = self.group[told.source[with_]] == group
        left_out = weight[judged] + np.where(alike, weight[with_], 0.0)
        behind = np.maximum(self.votes[group, claim] - left_out, 0.0)
        all_ = np.maximum(self.totals[group, told.object[judged]] - left_out, 0.0)
        return np.asarray((behind + _EVERYBODY * popular) / (all_ + _EVERYBODY))


def popularity(told: Told, weight: Floats, *, peers: bool = False) -> Popularity:
    """Count the voices behind every claim and fit each source's conformity, itself left out."""
    votes = told.per_claim(weight)
    behind = votes[told.claim]
    totals = np.empty((len(CONFORMITIES), told.objects))
    fit = np.empty((len(CONFORMITIES), told.sources))
    for place, power in enumerate(CONFORMITIES):
        raised = (votes + UNHEARD) ** power
        totals[place] = told.per_object(raised)
        own = (np.maximum(behind - weight, 0.0) + UNHEARD) ** power
        rivals = np.maximum(totals[place, told.object] - raised[told.claim], 0.0)
        fit[place] = told.per_source(np.log(own / (own + rivals)))
    alike = Peers.of(told, weight) if peers else None
    return Popularity(votes, totals, fit.argmax(axis=0), habits(told, votes), alike)


def habits(told: Told, votes: Floats) -> Floats:
    """How often every assertion's source says that value where the others prefer the same one.

    Somebody who calls every second picture a duck agrees with others who do, without copying.
    The assertion itself is left out, and few cases count for little.
    """
    most = np.maximum.reduceat(votes, told.first_claim[:-1])
    leads = votes >= most[told.object_of_claim] - 1e-9
    alone = told.per_object(leads.astype(np.float64)) == 1.0
    label = np.unique(told.value_of_claim, return_inverse=True)[1] + 1
    # Objects without one favourite are alike in that.
    favourite = np.zeros(told.objects, np.int64)
    first = leads & alone[told.object_of_claim]
    favourite[told.object_of_claim[first]] = label[first]
    labels = int(label.max()) + 1
    setting = told.source * labels + favourite[told.object]
    _, place, size = np.unique(setting, return_inverse=True, return_counts=True)
    key = place * labels + label[told.claim]
    _, where, times = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray((times[where] - 1.0) / (size[place] + 1.0))


@attrs.frozen(eq=False)
class Consensus:
    """How likely every claim is to be true, from weighted votes, each source's own left out."""

    accuracy: Floats
    """For every source how often it is right."""
    vote: Floats
    """For every source its full weight in nats."""
    given: Floats
    """For every assertion the weight with which it was counted."""
    score: Floats
    """For every claim the weight behind it."""
    peak: Floats
    """For every object the largest score, taken off before exponents are."""
    total: Floats
    """For every object the exponents of its scores added up, unheard values included."""
    unheard: Floats
    """For every object how many wrong values nobody stated, in effect."""
    wrong_values: float
    """How many wrong values an object has, in effect."""

    def share(self, told: Told, claim: Ints, rest: Floats) -> Floats:
        """The probability of a claim when its own score is `rest` instead."""
        about = told.object_of_claim[claim]
        own = np.exp(np.minimum(rest - self.peak[about], 50.0))
        rivals = np.maximum(self.total[about] - np.exp(self.score[claim] - self.peak[about]), 0.0)
        return np.asarray(own / np.maximum(own + rivals, 1e-300))


def consensus(
    told: Told,
    weight: Floats,
    prior: Floats,
    accuracy: Floats | None,
    wrong_values: float | None = None,
) -> Consensus:
    """One-coin expectation maximisation in which no source is judged by its own vote.

    Args:
        told: The assertions.
        weight: For every assertion how much of a voice of its own it is.
        prior: For every claim a log-odds known beforehand, 0 where nothing is known.
        accuracy: For every source how often it is right, where known; None to learn it.
        wrong_values: How many wrong values an object has, in effect; None to count them.
    """
    wrong = effective_wrong_values(told) if wrong_values is None else wrong_values
    unheard = np.maximum(1.0 + wrong - np.diff(told.first_claim), 0.0)
    counts = np.bincount(told.source, minlength=told.sources)
    learned = np.full(told.sources, 0.7) if accuracy is None else accuracy
    for _ in range(ROUNDS if accuracy is None else 0):
        # The floor keeps a poor crowd from talking itself into knowing nothing at all.
        state = _state(told, weight, prior, learned, unheard, wrong, LEAST_VOTE)
        others = state.score[told.claim] - state.given
        right = told.per_source(state.share(told, told.claim, others))
        learned = (right + 1.4) / (counts + 2.0)
    return _state(told, weight, prior, learned, unheard, wrong, 0.0)


def _state(
    told: Told,
    weight: Floats,
    prior: Floats,
    accuracy: Floats,
    unheard: Floats,
    wrong: float,
    least: float,
) -> Consensus:
    accuracy = accuracy.clip(0.02, 0.99)
    # A source that is wrong more often than chance says nothing: inverting it is not modelled.
    vote = np.maximum(np.log(accuracy * wrong / (1.0 - accuracy)), least)
    given = weight * vote[told.source]
    score = told.per_claim(given) + prior
    peak = np.maximum(np.maximum.reduceat(score, told.first_claim[:-1]), 0.0)
    total = told.per_object(np.exp(score - peak[told.object_of_claim])) + unheard * np.exp(-peak)
    return Consensus(accuracy, vote, given, score, peak, total, unheard, wrong)


def effective_wrong_values(told: Told, weight: Floats | None = None) -> float:
    """One over the chance that two votes off the most popular value agree (at least 1).

    Args:
        told: The assertions.
        weight: For every assertion how much of a voice of its own it is; None where all are.
    """
    voices = np.ones(len(told.source)) if weight is None else weight
    votes, squares = told.per_claim(voices), told.per_claim(voices * voices)
    leads = np.maximum.reduceat(votes, told.first_claim[:-1])[told.object_of_claim] == votes
    # Of several that lead one is left out.
    place = np.where(leads, np.arange(told.claims), told.claims)
    aside = np.minimum.reduceat(place, told.first_claim[:-1])
    votes[aside], squares[aside] = 0.0, 0.0
    off = told.per_object(votes)
    pairs = float((off * off - told.per_object(squares)).sum())
    same = float((votes * votes - squares).sum())
    return max(1.0, (pairs + 1.0) / (same + 1.0))


# The pairs of sources worth comparing, and the claims that they share.

# Bounds on work and memory, far above what a thousand sources need.
MOST_LISTED = 8_000_000
MOST_PAIRS = 200_000
MOST_COMPARED = 30_000_000
ROWS_AT_ONCE = 2_000_000
# With less, no evidence could outweigh the prior odds of a pair, about one in fifty.
LEAST_SURPRISE = 3.9


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of sources to compare: the one with more assertions first, ties by code."""

    first: Ints
    """The source with more assertions."""
    second: Ints
    """The other one."""

    def __len__(self) -> int:
        return len(self.first)


@attrs.frozen(eq=False)
class Overlap:
    """What some of the pairs share."""

    pair: Ints
    """For every shared claim the pair that shares it."""
    one: Ints
    """The assertion of the pair's first source."""
    other: Ints
    """The assertion of the pair's second source."""
    compared: Ints
    """The pairs treated here."""
    objects: Ints
    """For each of them the objects of which both speak."""


def candidate_pairs(told: Told) -> Pairs:
    """Pairs that share contested values, found from the rarest values upwards.

    A value is contested when somebody says otherwise. Listing starts with the values that fewest
    sources share and stops at a bound, so the cost never grows with sources times objects.
    """
    sizes = np.bincount(told.claim, minlength=told.claims)
    voices = told.per_object(sizes.astype(np.float64))[told.object_of_claim]
    contested = np.flatnonzero((sizes >= 2) & (sizes < voices))
    contested = contested[np.argsort(sizes[contested], kind="stable")]
    listed = np.cumsum(sizes[contested] * (sizes[contested] - 1) // 2)
    contested = contested[listed <= MOST_LISTED]
    # How surprising it is that two sources agree on a value, given the others' votes.
    surprise = np.log(np.maximum(voices - 1.0, 0.5) / np.maximum(sizes - 1.5, 0.5))
    low, high, weight = _listed(told, sizes, contested, surprise)
    keys, place = np.unique(low * told.sources + high, return_inverse=True)
    total = np.bincount(place, weight, len(keys)).astype(np.float64)
    keep = total >= LEAST_SURPRISE
    keys, total = keys[keep], total[keep]
    return _most_surprising(told, keys, total)


def _listed(told: Told, sizes: Ints, claims: Ints, surprise: Floats) -> tuple[Ints, Ints, Floats]:
    """Every pair of sources behind each of some claims, the smaller code first."""
    order = np.argsort(told.claim, kind="stable")
    start = np.concatenate(([0], np.cumsum(sizes)))
    lows, highs, weights = [], [], []
    for size in np.unique(sizes[claims]):
        alike = claims[sizes[claims] == size]
        members = told.source[order[start[alike][:, None] + np.arange(size)]]
        one, other = np.triu_indices(int(size), 1)
        lows.append(np.minimum(members[:, one], members[:, other]).ravel())
        highs.append(np.maximum(members[:, one], members[:, other]).ravel())
        weights.append(np.repeat(surprise[alike], len(one)))
    if not lows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    return np.concatenate(lows), np.concatenate(highs), np.concatenate(weights)


def _most_surprising(told: Told, keys: Ints, total: Floats) -> Pairs:
    """The pairs with most surprise between them, as many as the bounds allow."""
    said = np.diff(told.first_of_source)
    low, high = keys // told.sources, keys % told.sources
    order = np.argsort(-total, kind="stable")[:MOST_PAIRS]
    cost = np.cumsum(np.minimum(said[low[order]], said[high[order]]))
    chosen = np.sort(order[cost <= MOST_COMPARED])
    low, high = low[chosen], high[chosen]
    swap = said[high] > said[low]
    first, second = np.where(swap, high, low), np.where(swap, low, high)
    by_first = np.lexsort((second, first))
    return Pairs(first[by_first], second[by_first])


def overlaps(told: Told, pairs: Pairs) -> Iterator[Overlap]:
    """What each pair shares, a bounded number of rows at a time.

    Cost: for every pair the assertions of its smaller source.
    """
    at_claim = np.full(told.claims, -1)
    speaks = np.zeros(told.objects, dtype=bool)
    said = np.diff(told.first_of_source)
    leading = _first_of_object(told)
    for source, begin, end in _blocks(pairs, said):
        own = np.arange(told.first_of_source[source], told.first_of_source[source + 1])
        at_claim[told.claim[own]], speaks[told.object[own]] = own, True
        chosen = np.arange(begin, end)
        partner = pairs.second[chosen]
        rows, lane = _ranges(told.first_of_source[partner], said[partner])
        both = np.bincount(lane, speaks[told.object[rows]] & leading[rows], len(chosen))
        one = at_claim[told.claim[rows]]
        shared = one >= 0
        yield Overlap(
            pair=chosen[lane[shared]],
            one=one[shared],
            other=rows[shared],
            compared=chosen,
            objects=both.astype(np.int64),
        )
        at_claim[told.claim[own]], speaks[told.object[own]] = -1, False


def _blocks(pairs: Pairs, said: Ints) -> Iterator[tuple[int, int, int]]:
    """Runs of pairs with one first source, each within the bound on rows."""
    begin = 0
    cost = np.cumsum(said[pairs.second])
    while begin < len(pairs):
        source = pairs.first[begin]
        end = int(np.searchsorted(pairs.first, source, side="right"))
        paid = cost[begin - 1] if begin else 0
        fits = int(np.searchsorted(cost, paid + ROWS_AT_ONCE, side="right"))
        end = min(end, max(fits, begin + 1))
        yield int(source), begin, end
        begin = end


def _ranges(start: Ints, length: Ints) -> tuple[Ints, Ints]:
    """The numbers of several ranges one after another, and the range each belongs to."""
    lane = np.repeat(np.arange(len(start)), length)
    offset = np.cumsum(length) - length
    return np.arange(len(lane)) - offset[lane] + start[lane], lane


def _first_of_object(told: Told) -> NDArray[np.bool_]:
    """Whether an assertion is the first of its source about its object."""
    first = np.ones(len(told.source), dtype=bool)
    first[1:] = (told.source[1:] != told.source[:-1]) | (told.object[1:] != told.object[:-1])
    return first
