"""Whether those who together contradict a group of copies are one voice as well."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.crowd import Told
from provenance.learning.encoding import Floats, Ints
from provenance.learning.estimates import sums_by

__all__ = ["Rivals", "Voices", "rivals_of", "siding_against", "table_evidence", "voices_of"]

# How often fitted; the numbers that start it; how many objects it takes to be somebody's rival.
_TURNS, _FIRST_RATE, _FIRST_ACCURACY, _LEAST = 14, 0.9, 0.8, 8
# What is fitted stays within this, so that nothing is certain.
_BOUNDS = (0.02, 0.995)
_TINY = 1e-300


@attrs.frozen(eq=False)
class Voices:
    """What is said, by voices: sources that repeat one another nearly always are one."""

    of_source: Ints
    """For every source its voice."""
    voice: Ints
    """For every assertion that is left its voice; a voice says one thing of an object."""
    claim: Ints
    """Its claim."""

    @property
    def count(self) -> int:
        """How many voices there are."""
        return int(self.of_source.max(initial=-1)) + 1

    def of_group(self, group: tuple[int, ...]) -> set[int]:
        """The voices of some sources."""
        return set(self.of_source[list(group)].tolist())


def voices_of(told: Told, together: tuple[tuple[int, ...], ...]) -> Voices:
    """Every group as one voice, which says of each object what most of its members say.

    Args:
        told: The assertions.
        together: Groups of sources that do not overlap.
    """
    first = np.arange(told.sources)
    for group in together:
        first[list(group)] = group[0]
    of_source = np.unique(first, return_inverse=True)[1]
    key, count = np.unique(of_source[told.source] * told.claims + told.claim, return_counts=True)
    voice, claim = key // told.claims, key % told.claims
    about = told.object_of_claim[claim]
    # Most members first, and among equals the first claim.
    order = np.lexsort((claim, -count, about, voice))
    voice, claim, about = voice[order], claim[order], about[order]
    fresh = np.ones(len(voice), dtype=bool)
    fresh[1:] = (voice[1:] != voice[:-1]) | (about[1:] != about[:-1])
    return Voices(of_source, voice[fresh], claim[fresh])


def siding_against(told: Told, group: tuple[int, ...]) -> tuple[int, ...]:
    """The sources outside a group that, where others contradict it, mostly say what most of them say.

    A contradiction is what two or more of the others say; it takes eight to side against the group.
    """
    inside = np.zeros(told.sources, dtype=bool)
    inside[list(group)] = True
    within = inside[told.source]
    ours, theirs = (told.per_claim(side.astype(np.float64)) for side in (within, ~within))
    claim, rival = _leading(told, ours), _leading(told, theirs)
    contested = (ours[claim] > 0.0) & (theirs[rival] > 1.0) & (claim != rival)
    asked = contested[told.object] & ~within
    sides = asked & (told.claim == rival[told.object])
    said = np.bincount(told.source[asked], minlength=told.sources)
    sided = np.bincount(told.source[sides], minlength=told.sources)
    return tuple(np.flatnonzero((sided >= _LEAST) & (2 * sided >= said)).tolist())


def _leading(told: Told, votes: Floats) -> Ints:
    """For every object its first claim with most votes."""
    start = told.first_claim[:-1]
    most = np.maximum.reduceat(votes, start)[told.object_of_claim]
    place = np.where(votes >= most, np.arange(told.claims), told.claims)
    return np.minimum.reduceat(place, start)


@attrs.frozen(eq=False)
class Rivals:
    """Those who contradict a group of copies, where they are likelier one voice than many."""

    gain: float
    """How much likelier the whole table is if they are, in nats; above 0."""
    rate: Floats
    """For every source how often it repeats what they have in common; 0 for those who do not."""


def rivals_of(
    told: Told,
    voices: Voices,
    group: tuple[int, ...],
    others: tuple[tuple[int, ...], ...],
    prior: Floats,
    wrong_values: float,
    odds: float,
) -> Rivals | None:
    """The rivals of a group of copies; None where they are likelier to speak for themselves.

    What a large group says is rare no more, so that it passes for popular or for true where two of
    its members are asked; what a smaller one says stays suspicious. So of two camps that are as much
    at one, only the smaller is found by comparing pairs. Here the whole table is asked instead:
    whether it is likelier with the rivals as a group of their own.

    Args:
        told: The assertions.
        voices: The same with what is said twice counted once.
        group: The sources of the group.
        others: Other groups that were found.
        prior: For every claim a log-odds known beforehand.
        wrong_values: How many wrong values an object has, in effect.
        odds: How likely a source is to copy, before looking.
    """
    first = voices.of_group(group)
    rivals = voices.of_group(siding_against(told, group)) - first
    if len(rivals) < 2:
        return None
    rest = [voices.of_group(each) for each in others]
    found, with_rivals = _disjoint([first, *rest]), _disjoint([first, rivals, *rest])
    before, _ = table_evidence(told, voices, found, prior, wrong_values)
    after, rate = table_evidence(told, voices, with_rivals, prior, wrong_values)
    gain = after - before + (_copiers(with_rivals) - _copiers(found)) * float(np.log(odds))
    if gain <= 0.0:
        return None
    of_one = np.zeros(voices.count)
    members = _of_one_origin(rate, rivals)
    of_one[members] = rate[members]
    return Rivals(gain, of_one[voices.of_source]) if members else None


def _of_one_origin(rate: Floats, rivals: set[int]) -> list[int]:
    """The rivals who on average repeat it in more of what two of them share than not.

    Where objects are hard all repeat a little, and nobody is left.
    """
    ranked = sorted(rivals, key=lambda voice: (-rate[voice], voice))
    most, total, pairs, products = 0, 0.0, 0, 0.0
    for place, voice in enumerate(ranked):
        products += float(rate[voice]) * total
        pairs += place
        total += float(rate[voice])
        if place and 2.0 * products >= pairs:
            most = place + 1
    # Those who repeat it as often are treated alike.
    return [voice for voice in ranked if most and rate[voice] >= rate[ranked[most - 1]] - 1e-9]


def _disjoint(groups: list[set[int]]) -> tuple[tuple[int, ...], ...]:
    """The groups of two and more, each without those of the ones before."""
    taken: set[int] = set()
    kept = []
    for group in groups:
        rest = group - taken
        taken |= rest
        if len(rest) > 1:
            kept.append(tuple(sorted(rest)))
    return tuple(kept)


def _copiers(groups: tuple[tuple[int, ...], ...]) -> int:
    """How many copy, if of every group one does not."""
    return sum(len(group) - 1 for group in groups)


# How likely a whole table is, if some voices repeat what their group has in common.


def table_evidence(
    told: Told,
    voices: Voices,
    groups: tuple[tuple[int, ...], ...],
    prior: Floats,
    wrong_values: float,
) -> tuple[float, Floats]:
    """The log-probability of all that the voices say, and how often each repeats its group.

    In every group there is something in common, true with one probability. A member repeats it at a
    rate of its own, and else speaks for itself, right with an accuracy of its own; those in no group
    always speak for themselves. Wrong values are equally likely. The truth and what every group has
    in common are summed over; rates and accuracies are fitted (expectation maximisation, of a
    mixture as in Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x). Groups are
    independent of each other given the truth. Cost: fourteen turns, in each the assertions, and the
    claims once for every group.

    Args:
        told: The objects and their claims.
        voices: Who says what.
        groups: Groups of voices, which do not overlap.
        prior: For every claim a log-odds known beforehand.
        wrong_values: How many wrong values an object has, in effect.
    """
    table = _Table.of(told, voices, groups, prior, wrong_values)
    grouped = np.isin(np.arange(voices.count), [voice for group in groups for voice in group])
    fit = _Fit(
        accuracy=np.full(voices.count, _FIRST_ACCURACY),
        rate=np.where(grouped, _FIRST_RATE, 0.0),
        common=np.full(len(groups), _FIRST_ACCURACY),
    )
    for _ in range(_TURNS):
        total, fit = table.turn(fit)
    return total, np.where(grouped, fit.rate, 0.0)


@attrs.frozen(eq=False)
class _Fit:
    """What is fitted."""

    accuracy: Floats
    """For every voice how often it is right when it speaks for itself."""
    rate: Floats
    """For every voice how often it repeats its group."""
    common: Floats
    """For every group how often what it has in common is true."""

    def bounded(self) -> _Fit:
        """The same, with nothing certain."""
        return _Fit(*(part.clip(*_BOUNDS) for part in (self.accuracy, self.rate, self.common)))


@attrs.frozen(eq=False)
class _Group:
    """What the members of one group say."""

    voice: Ints
    """For every assertion of a member its voice."""
    claim: Ints
    """Its claim."""
    stated: NDArray[np.bool_]
    """For every claim whether a member makes it."""
    speaks: NDArray[np.bool_]
    """For every object whether a member speaks of it."""
    others: Floats
    """For every claim how many wrong values no member states, in effect, if it is true."""
    unstated: Floats
    """For every object the same if the truth is a value that no source states."""

    @classmethod
    def of(cls, told: Told, voice: Ints, claim: Ints, wrong_values: float) -> _Group:
        stated = np.bincount(claim, minlength=told.claims) > 0
        count = told.per_object(stated.astype(np.float64))
        others = wrong_values - count[told.object_of_claim] + stated
        return cls(
            voice,
            claim,
            stated,
            count > 0.0,
            np.maximum(others, 0.0),
            np.maximum(wrong_values - count, 0.0),
        )


@attrs.frozen(eq=False)
class _Repeated:
    """How much likelier what a group says is for having something in common.

    Relative to all members speaking for themselves, and by the exponent that is taken off.
    """

    if_true: Floats
    """For every claim, if it is true and what they have in common."""
    if_false: Floats
    """For every claim, if it is false and what they have in common; 0 where no member makes it."""
    all_: Floats
    """For every claim, if it is true, whatever they have in common; 1 where all are silent."""
    silent: Floats
    """For every object, if the truth is stated by no source and is what they have in common."""
    unheard: Floats
    """For every object, if the truth is stated by no source; 1 where all are silent."""
    peak: Floats
    """For every object the exponent that is taken off."""

    @classmethod
    def of(
        cls, told: Told, group: _Group, fit: _Fit, common: float, wrong_values: float
    ) -> _Repeated:
        odds, about = fit.rate / (1.0 - fit.rate), told.object_of_claim
        true = np.log1p(odds / fit.accuracy)[group.voice]
        false = np.log1p(odds * wrong_values / (1.0 - fit.accuracy))[group.voice]
        true, false = (sums_by(group.claim, part, told.claims) for part in (true, false))
        # Of a large group the exponents would overflow.
        peak = np.maximum.reduceat(np.maximum(true, false), told.first_claim[:-1])
        rest, each = np.exp(-peak), (1.0 - common) / wrong_values
        if_true = common * np.exp(true - peak[about])
        if_false = np.where(group.stated, each * np.exp(false - peak[about]), 0.0)
        all_ = if_true + _others(told, if_false) + each * group.others * rest[about]
        unheard = common * rest + told.per_object(if_false) + each * group.unstated * rest
        return cls(
            if_true,
            if_false,
            np.where(group.speaks[about], np.maximum(all_, _TINY), 1.0),
            common * rest,
            np.where(group.speaks, np.maximum(unheard, _TINY), 1.0),
            peak,
        )


def _others(told: Told, amounts: Floats) -> Floats:
    """For every claim the amounts of the other claims of its object added up."""
    whole, top = told.per_object(amounts), _leading(told, amounts)
    without = amounts.copy()
    without[top] = 0.0
    others = whole[told.object_of_claim] - amounts
    # Taken off the sum, the largest would leave what was rounded away.
    others[top] = told.per_object(without)
    return np.asarray(others)


@attrs.frozen(eq=False)
class _Table:
    """Voices and groups, ready to be fitted."""

    told: Told
    voice: Ints
    """For every assertion of those in no group its voice."""
    claim: Ints
    """Its claim."""
    groups: tuple[_Group, ...]
    prior: Floats
    unheard: Floats
    """For every object how many values no source states, in effect."""
    wrong: float

    @classmethod
    def of(
        cls,
        told: Told,
        voices: Voices,
        groups: tuple[tuple[int, ...], ...],
        prior: Floats,
        wrong: float,
    ) -> _Table:
        of_voice = np.full(voices.count, -1)
        for place, group in enumerate(groups):
            of_voice[list(group)] = place
        at = of_voice[voices.voice]
        rows = [np.flatnonzero(at == place) for place in range(-1, len(groups))]
        said = [(voices.voice[each], voices.claim[each]) for each in rows]
        unheard = np.maximum(1.0 + wrong - np.diff(told.first_claim), 0.0)
        members = tuple(_Group.of(told, voice, claim, wrong) for voice, claim in said[1:])
        return cls(told, *said[0], members, prior, unheard, wrong)

    def turn(self, fit: _Fit) -> tuple[float, _Fit]:
        """The log-probability of the table under a fit, and a better fit."""
        told, about, fit = self.told, self.told.object_of_claim, fit.bounded()
        heard = [
            _Repeated.of(told, group, fit, common, self.wrong)
            for group, common in zip(self.groups, fit.common.tolist(), strict=True)
        ]
        base, score = self._alone(fit)
        unheard = np.zeros(told.objects)
        for each in heard:
            base, score = base + each.peak, score + np.log(each.all_)
            unheard = unheard + np.log(each.unheard)
        peak = np.maximum(np.maximum.reduceat(score, told.first_claim[:-1]), unheard)
        believed, nobody = np.exp(score - peak[about]), self.unheard * np.exp(unheard - peak)
        whole = told.per_object(believed) + nobody
        total = float((base + peak + np.log(whole) - np.log1p(self.wrong)).sum())
        return total, self._fitted(fit, heard, believed / whole[about], nobody / whole)

    def _alone(self, fit: _Fit) -> tuple[Floats, Floats]:
        """What all say if none repeats: for every object if wrong, for every claim what it gains."""
        told, about = self.told, self.told.object_of_claim
        wrong = np.log((1.0 - fit.accuracy) / self.wrong)
        gain = np.log(fit.accuracy) - wrong
        base = sums_by(about[self.claim], wrong[self.voice], told.objects)
        score = self.prior + sums_by(self.claim, gain[self.voice], told.claims)
        for group in self.groups:
            alone = (wrong + np.log1p(-fit.rate))[group.voice]
            base = base + sums_by(about[group.claim], alone, told.objects)
            score = score + sums_by(group.claim, gain[group.voice], told.claims)
        return base, score

    def _fitted(self, fit: _Fit, heard: list[_Repeated], believed: Floats, nobody: Floats) -> _Fit:
        """The fit that what is believed of every claim, and of values nobody states, speaks for."""
        count, about = len(fit.accuracy), self.told.object_of_claim
        hits = sums_by(self.voice, believed[self.claim], count)
        own = np.bincount(self.voice, minlength=count).astype(np.float64)
        rate, common = fit.rate.copy(), fit.common.copy()
        for place, (group, each) in enumerate(zip(self.groups, heard, strict=True)):
            part, unsaid = believed / each.all_, nobody / each.unheard
            true = part * each.if_true
            false = each.if_false * (_others(self.told, part) + unsaid[about])
            repeats, accuracy = fit.rate[group.voice], fit.accuracy[group.voice]
            by_itself = (1.0 - repeats) * accuracy, (1.0 - repeats) * (1.0 - accuracy) / self.wrong
            copied = [repeats / (repeats + alone) for alone in by_itself]
            taken = true[group.claim] * copied[0]
            copies = taken + false[group.claim] * copied[1]
            said = np.bincount(group.voice, minlength=count)
            members = said > 0
            rate[members] = ((sums_by(group.voice, copies, count) + 1.0) / (said + 2.0))[members]
            hits += sums_by(group.voice, believed[group.claim] - taken, count)
            own += sums_by(group.voice, 1.0 - copies, count)
            right = true[group.speaks[about]].sum() + (unsaid * each.silent)[group.speaks].sum()
            common[place] = (right + 1.4) / (group.speaks.sum() + 2.0)
        return _Fit((hits + 1.4) / (own + 2.0), rate, common)
