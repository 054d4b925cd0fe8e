"""The search for copying: suspicion first, acquittal of those who are merely right after."""

from __future__ import annotations

import math

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.copy_rivals import rivals_of, voices_of
from provenance.learning.crowd import (
    Consensus,
    Overlap,
    Pairs,
    Popularity,
    Told,
    candidate_pairs,
    consensus,
    effective_wrong_values,
    overlaps,
    popularity,
)
from provenance.learning.encoding import Floats, Ints
from provenance.learning.estimates import log_gamma, sums_by

__all__ = [
    "SHARES",
    "CopyEvidence",
    "Search",
    "Verdicts",
    "chance_of_agreement",
    "evidence",
    "later_source",
    "linked_groups",
    "reviewed",
    "searched",
    "verdicts",
]

# How strongly what two sources share speaks for copying, for every rate of copying.


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
class CopyEvidence:
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

    The largest of the explanations: the value is popular (each source follows the others as
    closely as it does elsewhere), or it is with their peers; it is a habit of the source to say so;
    or it is true, and both are right as often as they are elsewhere. Of both sources the likelier is taken, so the doubt is always in favour of independence.
    """
    one, other = overlap.one, overlap.other
    claim = told.claim[one]
    left_out = weight[one] + weight[other]
    chance = np.maximum(
        popular.chance(told.source[one], told, claim, left_out),
        popular.chance(told.source[other], told, claim, left_out),
    )
    if popular.peers is not None:
        peers = popular.peers
        likest = np.maximum(
            peers.chance(told, weight, one, other, chance),
            peers.chance(told, weight, other, one, chance),
        )
        chance = np.maximum(chance, likest)
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
) -> CopyEvidence:
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
    return CopyEvidence(likelihood, objects, agreements)


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


# Groups of sources that share an origin, each tested against what everybody else says.

_COPY_RATES = (0.3, 0.5, 0.7, 0.85, 0.95, 0.995)
_ROUNDS = 12


def linked_groups(
    pairs: Pairs, probability: Floats, sources: int, threshold: float
) -> tuple[tuple[int, ...], ...]:
    """Average linkage over the likely pairs: groups join while their mean probability holds.

    One bridge between two groups therefore does not make them one. Pairs that were never compared
    do not count. Cost: the compared pairs, times the logarithm of their number.
    """
    near: list[dict[int, tuple[float, int]]] = [{} for _ in range(sources)]
    for a, b, p in zip(
        pairs.first.tolist(), pairs.second.tolist(), probability.tolist(), strict=True
    ):
        near[a][b] = near[b][a] = (p, 1)
    label = list(range(sources))
    members = {source: [source] for source in range(sources)}
    low, high = np.minimum(pairs.first, pairs.second), np.maximum(pairs.first, pairs.second)
    order = np.lexsort((high, low, -probability))
    for place in order[probability[order] >= threshold].tolist():
        one, other = label[low[place]], label[high[place]]
        if one == other:
            continue
        total, count = near[one][other]
        if total / count >= threshold:
            _join(one, other, near, label, members)
    return tuple(sorted(tuple(sorted(group)) for group in members.values() if len(group) > 1))


def _join(
    one: int,
    other: int,
    near: list[dict[int, tuple[float, int]]],
    label: list[int],
    members: dict[int, list[int]],
) -> None:
    """Make two groups one, adding up what is known of their distance from every third."""
    if len(near[one]) < len(near[other]):
        one, other = other, one
    for third, (total, count) in near[other].items():
        del near[third][other]
        if third == one:
            continue
        before = near[one].get(third, (0.0, 0))
        near[one][third] = near[third][one] = (before[0] + total, before[1] + count)
    near[other] = {}
    for source in members[other]:
        label[source] = one
    members[one] += members.pop(other)


def reviewed(
    told: Told, true: Consensus, pairs: Pairs, probability: Floats, threshold: float
) -> Floats:
    """The probabilities of pairs, lowered where their group may as well just be right.

    Experts who know what the crowd does not agree on rare values too. So every group is judged
    by what all others say: do its members look like independent people with accuracies of their
    own, or like one voice repeated?
    """
    lowered = probability.copy()
    for group in linked_groups(pairs, probability, told.sources, threshold):
        inside = np.zeros(told.sources, dtype=bool)
        inside[list(group)] = True
        weight = group_evidence(told, true, group) + np.log(PRIOR_ODDS)
        within = inside[pairs.first] & inside[pairs.second]
        lowered[within] *= 1.0 / (1.0 + np.exp(-np.clip(weight, -500.0, 500.0)))
    return lowered


def group_evidence(told: Told, true: Consensus, group: tuple[int, ...]) -> float:
    """The log Bayes factor of one voice repeated against independent members."""
    seen = _Seen.of(told, true, group)
    alone = seen.independent()
    copied = np.array([seen.repeated(rate) for rate in _COPY_RATES])
    most = copied.max()
    return float(most - alone + np.log(np.exp(copied - most).mean()))


def reading_evidence(
    told: Told,
    prior: Floats,
    accuracy: Floats | None,
    groups: tuple[tuple[int, ...], ...],
    wrong_values: float,
) -> float:
    """The log-probability of all that is said, and that these groups are one voice each.

    Those in no group speak independently, each group repeats one voice, and every member but one is
    a copier, of odds as before looking. Groups are independent of each other given the truth.
    """
    # Of a source that only relays nothing of its own is left here.
    alone = np.diff(told.first_of_source) > 0
    copiers = 0
    for group in groups:
        alone[list(group)] = False
        copiers += len(group) - 1
    voices = alone[told.source].astype(np.float64)
    true = consensus(told, voices, prior, accuracy, wrong_values)
    total = copiers * math.log(PRIOR_ODDS)
    if alone.any():
        total += _Seen.of(told, true, tuple(np.flatnonzero(alone).tolist())).independent(
            integrated=True
        )
    for group in groups:
        seen = _Seen.of(told, true, group)
        copied = np.array([seen.repeated(rate, integrated=True) for rate in _COPY_RATES])
        total += float(copied.max() + np.log(np.exp(copied - copied.max()).mean()))
    return total


@attrs.frozen(eq=False)
class _Seen:
    """The claims of one group, with what everybody outside it makes of their objects."""

    member: Ints
    """For every assertion of the group its source, counted from 0."""
    claim: Ints
    """Its claim, counted from 0 over the objects that the group speaks of."""
    place: Ints
    """For every claim its object, counted from 0."""
    outside: Floats
    """For every claim its log-probability to outsiders."""
    unheard: Floats
    """For every object the log-probability to outsiders of a value nobody stated."""
    first: Ints
    """For every object its first claim."""
    leading: Ints
    """For every object the claim that most members make."""
    wrong_values: float
    """How many wrong values an object has, in effect."""

    @classmethod
    def of(cls, told: Told, true: Consensus, group: tuple[int, ...]) -> _Seen:
        spans = [
            np.arange(told.first_of_source[source], told.first_of_source[source + 1])
            for source in group
        ]
        rows = np.concatenate(spans)
        member = np.repeat(np.arange(len(group)), [len(span) for span in spans])
        objects = np.unique(told.object[rows])
        begin, length = told.first_claim[objects], np.diff(told.first_claim)[objects]
        first = np.cumsum(length) - length
        place = np.repeat(np.arange(len(objects)), length)
        all_claims = np.arange(len(place)) - first[place] + begin[place]
        where = np.searchsorted(objects, told.object[rows])
        claim = told.claim[rows] - begin[where] + first[where]
        held = np.bincount(claim, true.given[rows], len(place))
        unheard = np.log(np.maximum(true.unheard[objects], 1e-3))
        score = true.score[all_claims] - held
        total = _log_total(score, unheard, place, first)
        outside = score - total[place]
        backers = np.bincount(claim, minlength=len(place))
        # Among equals the claim that outsiders find likelier leads.
        order = np.lexsort((-outside, -backers, place))
        return cls(
            member, claim, place, outside, unheard - total, first, order[first], true.wrong_values
        )

    def independent(self, *, integrated: bool = False) -> float:
        """The log-likelihood when every member speaks for itself, its accuracy fitted or integrated."""
        accuracy = np.full(self.member.max() + 1, 0.7)
        for _ in range(_ROUNDS):
            right, wrong = self._own(accuracy)
            _, believed = self._weigh(np.log(right), np.log(wrong), None)
            accuracy = self._learned(believed[self.claim], np.ones(len(self.claim)))
        right, wrong = self._own(accuracy)
        fit, believed = self._weigh(np.log(right), np.log(wrong), None)
        if not integrated:
            return float(fit.sum())
        held = believed[self.claim]
        return float(fit.sum()) + self._instead_of_fitted(held, np.ones(len(held)), accuracy)

    def repeated(self, rate: float, *, integrated: bool = False) -> float:
        """The log-likelihood when members repeat one voice at a rate, and else speak for themselves.

        The voice may be that of a member or of somebody unseen; what most members say is taken
        for what it said.
        """
        accuracy = np.full(self.member.max() + 1, 0.7)
        leader = 0.7
        repeats = self.claim == self.leading[self.place[self.claim]]
        for turn in range(_ROUNDS + 1):
            right, wrong = ((1.0 - rate) * own for own in self._own(accuracy))
            if_right, if_wrong = rate * repeats + right, rate * repeats + wrong
            terms = np.log(if_right), np.log(if_wrong)
            fit, believed = self._weigh(*terms, leader)
            held = believed[self.claim]
            good = held * right / if_right
            bad = (1.0 - held) * wrong / if_wrong
            if turn == _ROUNDS:
                more = self._instead_of_fitted(good, good + bad, accuracy) if integrated else 0.0
                return float(fit.sum()) + more
            accuracy = self._learned(good, good + bad)
            leader = (believed[self.leading].sum() + 1.4) / (len(self.first) + 2.0)
            leader = min(max(leader, 0.02), 0.995)
        raise AssertionError

    def _own(self, accuracy: Floats) -> tuple[Floats, Floats]:
        own = accuracy[self.member]
        return own, (1.0 - own) / self.wrong_values

    def _learned(self, right: Floats, all_: Floats) -> Floats:
        found = (np.bincount(self.member, right) + 1.4) / (np.bincount(self.member, all_) + 2.0)
        return np.asarray(found.clip(0.02, 0.995))

    def _instead_of_fitted(self, right: Floats, all_: Floats, accuracy: Floats) -> float:
        """What integrating accuracies over their prior changes of a likelihood that fits them.

        A source that is never wrong is less plausible than one that always repeats another.
        """
        hits = sums_by(self.member, right, len(accuracy))
        misses = sums_by(self.member, all_, len(accuracy)) - hits
        # What is fitted is the mode under a Beta(2.4, 1.6) prior.
        unseen = np.zeros(1)
        whole = _log_beta(hits, misses) - _log_beta(unseen, unseen)
        fitted = hits * np.log(accuracy) + misses * np.log1p(-accuracy)
        return float((whole - fitted).sum())

    def _weigh(
        self, if_right: Floats, if_wrong: Floats, leader: float | None
    ) -> tuple[Floats, Floats]:
        """The log-likelihood of every object, and how likely every claim then is."""
        at = self.place[self.claim]
        nobody = np.bincount(at, if_wrong, len(self.first))
        gain = np.bincount(self.claim, if_right - if_wrong, len(self.place))
        score = self.outside + nobody[self.place] + gain
        unheard = self.unheard + nobody
        if leader is not None:
            wrong = np.log((1.0 - leader) / self.wrong_values)
            unheard = unheard + wrong
            score = score + wrong
            score[self.leading] += np.log(leader) - wrong
        total = _log_total(score, unheard, self.place, self.first)
        return total, np.exp(score - total[self.place])


def _log_beta(hits: Floats, misses: Floats) -> Floats:
    """The logarithm of the beta function of counts with those of the prior, (2.4, 1.6), added."""
    right, wrong = np.asarray(hits + 2.4), np.asarray(misses + 1.6)
    return log_gamma(right) + log_gamma(wrong) - log_gamma(right + wrong)


def _log_total(score: Floats, unheard: Floats, place: Ints, first: Ints) -> Floats:
    """For every object the logarithm of its exponents added up, without overflow."""
    peak = np.maximum(np.maximum.reduceat(score, first), unheard)
    total = np.bincount(place, np.exp(score - peak[place]), len(first))
    return np.asarray(peak + np.log(total + np.exp(unheard - peak)))


# Suspicion by popularity alone first, so that a large group of copies cannot vouch for itself.
SUSPICIONS, REVIEWS = 3, 2
# Of how many groups it is asked whether the table is likelier with them left alone.
_TURNED = 2
_LEADING = 1.0 / 3.0
# Sources that copy so much of what they share are one voice beyond doubt.
_NEARLY = 0.95
# How many groups beside the fullest are looked into while its rivals are asked.
_OTHERS = 4
# How often a source is taken to be right of which nothing is known.
UNJUDGED = 0.7


@attrs.frozen(eq=False)
class Search:
    """Where the search ended."""

    told: Told
    """The assertions that were searched."""
    pairs: Pairs
    """The pairs that were compared."""
    found: CopyEvidence
    """What was found for each."""
    probability: Floats
    """For every pair how likely it is not independent."""
    share: Floats
    """For every pair the part that is copied, if any."""
    rate: float
    """The fitted part of pairs that copy."""
    weight: Floats
    """For every assertion how much of an independent voice it is."""
    accuracy: Floats
    """For every source how often it is right."""
    later: tuple[Ints, Ints]
    """For every pair the surprising agreements that its second, and its first, source made later."""


def searched(
    told: Told,
    prior: Floats,
    accuracy: Floats | None,
    threshold: float,
    time: Floats | None,
    *,
    peers: bool = False,
) -> Search:
    """Look for copying, and take the likelier of two readings where suspicion could be turned round.

    Honest sources agree because they are right, copies because they are copies, and once the one are
    discounted the other are believed. Which of them copy is not in any single pair: it is asked of
    the whole table. So the search is made again with the fullest groups held to speak for
    themselves, and the reading stands under which all that was said is likeliest, every copier being
    as improbable as before looking.

    With `peers` what sources of like ability say excuses those who agree.
    """
    if not len(told.source):
        return _nothing(told, accuracy)
    pairs = candidate_pairs(told)

    def found(some: Pairs) -> Search:
        return _found(told, some, prior, accuracy, threshold, time, peers=peers)

    best = found(pairs)
    leading = [group for group in _fullest(best, threshold) if _leads(told, group)]
    for group in leading[:_TURNED]:
        other = found(_apart(pairs, group, told.sources))
        # Copies make errors look alike, so the reading that finds more ways to err is nearer.
        wrong = max(effective_wrong_values(told, each.weight) for each in (best, other))
        likely = [
            reading_evidence(told, prior, accuracy, _origins(each, threshold), wrong)
            for each in (best, other)
        ]
        best = other if likely[1] > likely[0] else best
    return _with_rivals(best, prior, accuracy, threshold, time, peers=peers)


def _with_rivals(
    found: Search,
    prior: Floats,
    accuracy: Floats | None,
    threshold: float,
    time: Floats | None,
    *,
    peers: bool,
) -> Search:
    """The same, with those who contradict the fullest group as a group too, where that is likelier."""
    told, weight, groups = found.told, found.weight, _fullest(found, threshold)
    leading = next((group for group in groups if _leads(told, group)), None)
    if leading is None:
        return found
    others = [group for group in groups if group != leading]
    voices = voices_of(told, _nearly_one(found, others[_OTHERS:], threshold))
    wrong = effective_wrong_values(told, weight)
    asked = tuple(others[:_OTHERS])
    rivals = rivals_of(told, voices, leading, asked, prior, wrong, PRIOR_ODDS)
    if rivals is None:
        return found
    likely = 1.0 / (1.0 + math.exp(-rivals.gain))
    together = rivals.rate[found.pairs.first] * rivals.rate[found.pairs.second]
    both = together > 0.0
    probability = np.where(both, np.maximum(found.probability, likely), found.probability)
    share = np.where(both, np.maximum(found.share, together), found.share)
    popular = popularity(told, weight, peers=peers)
    true = consensus(told, weight, prior, accuracy)
    judged = Verdicts(probability, share, found.rate)
    later = _later(told, found.pairs, probability >= threshold, popular, true, weight, time)
    weight = discounted(told, found.pairs, judged, popular, true, weight, threshold)
    right = consensus(told, weight, prior, accuracy).accuracy
    return attrs.evolve(
        found, probability=probability, share=share, weight=weight, accuracy=right, later=later
    )


def _nearly_one(
    found: Search, groups: list[tuple[int, ...]], threshold: float
) -> tuple[tuple[int, ...], ...]:
    """Sources that copy nearly all of what they share, and these groups, as one voice each."""
    company = np.full(found.told.sources, -1)
    for place, group in enumerate(groups):
        company[list(group)] = place
    one, other = company[found.pairs.first], company[found.pairs.second]
    near = (found.share >= _NEARLY) | ((one == other) & (one >= 0))
    likely = np.where(near, found.probability, 0.0)
    return linked_groups(found.pairs, likely, found.told.sources, threshold)


def _fullest(search: Search, threshold: float) -> list[tuple[int, ...]]:
    """The groups, those first who say most."""
    said = np.diff(search.told.first_of_source)
    groups = _origins(search, threshold)
    return sorted(groups, key=lambda group: (-int(said[list(group)].sum()), group))


def _leads(told: Told, group: tuple[int, ...]) -> bool:
    """Whether a group has a third or more of the voices where it speaks, so that it may lead there."""
    inside = np.zeros(told.sources, dtype=bool)
    inside[list(group)] = True
    own = told.per_object(told.per_claim(inside[told.source].astype(np.float64)))
    every = told.per_object(told.per_claim())
    return float(own.sum()) >= _LEADING * float(every[own > 0.0].sum())


def _origins(search: Search, threshold: float) -> tuple[tuple[int, ...], ...]:
    return linked_groups(search.pairs, search.probability, search.told.sources, threshold)


def _apart(pairs: Pairs, group: tuple[int, ...], sources: int) -> Pairs:
    """The pairs that are not both of a group."""
    inside = np.zeros(sources, dtype=bool)
    inside[list(group)] = True
    apart = ~(inside[pairs.first] & inside[pairs.second])
    return Pairs(pairs.first[apart], pairs.second[apart])


def _found(
    told: Told,
    pairs: Pairs,
    prior: Floats,
    accuracy: Floats | None,
    threshold: float,
    time: Floats | None,
    *,
    peers: bool,
) -> Search:
    """Copying among some pairs, in rounds, each with the copies found by the one before discounted."""
    weight = np.ones(len(told.source))
    for turn in range(SUSPICIONS + REVIEWS):
        popular = popularity(told, weight, peers=peers)
        review = turn >= SUSPICIONS
        true = consensus(told, weight, prior, accuracy) if review else None
        found = evidence(told, pairs, popular, true, weight)
        judged = verdicts(found.likelihood)
        before = weight
        # Nobody is suspected, and a review only ever clears.
        if not (judged.probability >= threshold).any():
            weight = np.ones(len(told.source))
            break
        weight = discounted(told, pairs, judged, popular, true, before, threshold)
        if review:
            believed = consensus(told, weight, prior, accuracy)
            cleared = reviewed(told, believed, pairs, judged.probability, threshold)
            judged = attrs.evolve(judged, probability=cleared)
            weight = discounted(told, pairs, judged, popular, true, before, threshold)
    probability = judged.probability
    later = _later(told, pairs, probability >= threshold, popular, true, before, time)
    believed = consensus(told, weight, prior, accuracy)
    return Search(
        told, pairs, found, probability, judged.share, judged.rate, weight, believed.accuracy, later
    )


def _nothing(told: Told, accuracy: Floats | None) -> Search:
    """The search where every assertion is taken from another on record, so none may be guessed."""
    none, whole = np.zeros(0), np.zeros(0, np.int64)
    right = np.full(told.sources, UNJUDGED) if accuracy is None else accuracy
    found = CopyEvidence(none.reshape(0, 0), whole, whole)
    pairs = Pairs(whole, whole)
    return Search(told, pairs, found, none, none, 0.0, none, right, (whole, whole))


def discounted(
    told: Told,
    pairs: Pairs,
    judged: Verdicts,
    popular: Popularity,
    true: Consensus | None,
    weight: Floats,
    threshold: float,
) -> Floats:
    """For every assertion one over the voices it stands among, itself counted as one.

    Two assertions stand together as far as one is a copy: the pair's probability times
    share / (share + (1 - share) * chance), so a popular value may have been found twice.
    """
    chosen = np.flatnonzero(judged.probability >= threshold)
    some = Pairs(pairs.first[chosen], pairs.second[chosen])
    probability, share = judged.probability[chosen], judged.share[chosen]
    company = np.ones(len(told.source))
    for overlap in overlaps(told, some):
        chance = chance_of_agreement(told, popular, true, weight, overlap)
        copied = share[overlap.pair]
        together = probability[overlap.pair] * copied / (copied + (1.0 - copied) * chance)
        company += np.bincount(overlap.one, together, len(company))
        company += np.bincount(overlap.other, together, len(company))
    return np.asarray(1.0 / company)


def _later(
    told: Told,
    pairs: Pairs,
    likely: NDArray[np.bool_],
    popular: Popularity,
    true: Consensus | None,
    weight: Floats,
    time: Floats | None,
) -> tuple[Ints, Ints]:
    """Who was later on the values that two independent sources would hardly share."""
    second, first = np.zeros(len(pairs), np.int64), np.zeros(len(pairs), np.int64)
    chosen = np.flatnonzero(likely)
    if time is None or not len(chosen):
        return second, first
    some = Pairs(pairs.first[chosen], pairs.second[chosen])
    for overlap in overlaps(told, some):
        chance = chance_of_agreement(told, popular, true, weight, overlap)
        gap = time[overlap.other] - time[overlap.one]
        at = chosen[overlap.pair]
        second += np.bincount(at, (gap > 0) & (chance < 0.5), len(pairs)).astype(np.int64)
        first += np.bincount(at, (gap < 0) & (chance < 0.5), len(pairs)).astype(np.int64)
    return second, first


def later_source(later: int, earlier: int) -> float:
    """How likely it is that a source is later more often than not, from counts, on even priors.

    >>> round(later_source(9, 1), 3)
    0.994
    """
    total = later + earlier
    if total > 1000:
        return 0.5 * math.erfc(-(later - earlier) / math.sqrt(2.0 * (total + 3.0)))
    # Beta(later + 1, earlier + 1) above 1/2 is a binomial tail.
    below: int = sum(math.comb(total + 1, k) for k in range(later + 1))
    return float(below / 2 ** (total + 1))
