"""What the sources say taken together, so that any two of them can be left out again."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

__all__ = ["Consensus", "Popularity", "Told", "consensus", "popularity"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# How strongly a source may follow the majority: 0 not at all, 1 in proportion, 4 almost always.
CONFORMITIES = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0])
# What a value weighs that nobody else has stated, in votes.
UNHEARD = 0.5
ROUNDS = 10
LEAST_VOTE = 0.2


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

    def chance(self, source: Ints, told: Told, claim: Ints, left_out: Floats) -> Floats:
        """How likely each source is to state a claim because it is popular with the others."""
        place = self.conformity[source]
        power = CONFORMITIES[place]
        own = (np.maximum(self.votes[claim] - left_out, 0.0) + UNHEARD) ** power
        all_votes = self.totals[place, told.object_of_claim[claim]]
        rivals = np.maximum(all_votes - (self.votes[claim] + UNHEARD) ** power, 0.0)
        return np.asarray(own / (own + rivals))


def popularity(told: Told, weight: Floats) -> Popularity:
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
    return Popularity(votes, totals, fit.argmax(axis=0), habits(told, votes))


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


def consensus(told: Told, weight: Floats, prior: Floats, accuracy: Floats | None) -> Consensus:
    """One-coin expectation maximisation in which no source is judged by its own vote.

    Args:
        told: The assertions.
        weight: For every assertion how much of a voice of its own it is.
        prior: For every claim a log-odds known beforehand, 0 where nothing is known.
        accuracy: For every source how often it is right, where known; None to learn it.
    """
    wrong = effective_wrong_values(told)
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


def effective_wrong_values(told: Told) -> float:
    """One over the chance that two votes off the most popular value agree (at least 1)."""
    votes = told.per_claim()
    most = np.maximum.reduceat(votes, told.first_claim[:-1])
    off = told.per_object(votes) - most
    same = told.per_object(votes * (votes - 1.0)) - most * (most - 1.0)
    return max(1.0, float(((off * (off - 1.0)).sum() + 1.0) / (same.sum() + 1.0)))
