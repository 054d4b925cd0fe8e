"""Groups of sources that share an origin, each tested against what everybody else says."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.copy_evidence import PRIOR_ODDS
from provenance.learning.crowd import Consensus, Told
from provenance.learning.overlaps import Pairs

__all__ = ["linked_groups", "reviewed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_COPY_RATES = (0.3, 0.5, 0.7, 0.85, 0.95)
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

    def independent(self) -> float:
        """The log-likelihood when every member speaks for itself, its accuracy fitted."""
        accuracy = np.full(self.member.max() + 1, 0.7)
        for _ in range(_ROUNDS):
            right, wrong = self._own(accuracy)
            _, believed = self._weigh(np.log(right), np.log(wrong), None)
            accuracy = self._learned(believed[self.claim], np.ones(len(self.claim)))
        right, wrong = self._own(accuracy)
        return float(self._weigh(np.log(right), np.log(wrong), None)[0].sum())

    def repeated(self, rate: float) -> float:
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
            if turn == _ROUNDS:
                return float(fit.sum())
            held = believed[self.claim]
            good = held * right / if_right
            bad = (1.0 - held) * wrong / if_wrong
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


def _log_total(score: Floats, unheard: Floats, place: Ints, first: Ints) -> Floats:
    """For every object the logarithm of its exponents added up, without overflow."""
    peak = np.maximum(np.maximum.reduceat(score, first), unheard)
    total = np.bincount(place, np.exp(score - peak[place]), len(first))
    return np.asarray(peak + np.log(total + np.exp(unheard - peak)))
