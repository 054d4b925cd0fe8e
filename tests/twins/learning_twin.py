"""The slow twins of the methods of learning: their published updates, a voice at a time, in loops.

Each takes a table of plain numbers and gives back the figures of a fit by name: `probability` of
every claim, `right`, `wrong` and `doubt` of every source, and what else the method tells.
"""

# The functions made in a loop are called before it goes on.
# ruff: noqa: B023

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from provenance.learning import Assertions

Figures = dict[str, Any]
Pair = tuple[float, float]


@attrs.frozen
class Voice:
    """Somebody says something."""

    source: int
    about: int
    claim: int
    weight: float


@attrs.frozen
class Table:
    """Who said what, in plain numbers."""

    voices: list[Voice]
    claims: list[list[int]]
    """For every object its claims."""
    label: list[int]
    """For every claim its value."""
    labels: int
    """How many values there are, two at least."""
    sources: int
    known: list[float | None]
    """For every claim what is known of it."""

    @classmethod
    def of(cls, told: Assertions, known: Any = None) -> Table:
        """The table of some assertions."""
        rows = zip(told.source, told.claim, told.weight, strict=True)
        about = told.object_of_claim.tolist()
        given = [math.nan] * told.claims if known is None else list(known)
        return cls(
            [Voice(int(s), about[int(c)], int(c), float(w)) for s, c, w in rows],
            [[c for c in range(told.claims) if about[c] == o] for o in range(len(told.objects))],
            told.value_of_claim.tolist(),
            max(2, len(told.values)),
            len(told.sources),
            [None if math.isnan(each) else float(each) for each in given],
        )

    @property
    def objects(self) -> int:
        """How many objects there are."""
        return len(self.claims)

    def by_claim(self, amount: Callable[[Voice], float]) -> list[float]:
        """What the voices on each claim add up to."""
        return [sum(amount(v) for v in self.voices if v.claim == c) for c in range(len(self.label))]

    def by_source(self, amount: Callable[[Voice], float]) -> list[float]:
        """What the voices of each source add up to."""
        return [sum(amount(v) for v in self.voices if v.source == s) for s in range(self.sources)]

    def beside(self, claim: int) -> list[int]:
        """The other claims of the same object."""
        mine = next(each for each in self.claims if claim in each)
        return [each for each in mine if each != claim]

    def held(self, probability: Sequence[float]) -> list[float]:
        """Probabilities with what is known put in."""
        return [p if k is None else k for p, k in zip(probability, self.known, strict=True)]

    def shares(self, beliefs: Sequence[float]) -> list[float]:
        """Parts of each object; equal ones where nothing is believed."""
        found = [0.0] * len(beliefs)
        for mine in self.claims:
            total = sum(beliefs[c] for c in mine)
            for c in mine:
                found[c] = beliefs[c] / total if total > 0.0 else 1.0 / len(mine)
        return found

    def chances(self, scores: Sequence[float], unseen: float | None = None) -> list[float]:
        """Exponents of scores, shared out with as many values of score 0 as make up `unseen`."""
        found = [0.0] * len(scores)
        for mine in self.claims:
            left = 0.0 if unseen is None else max(0.0, unseen - len(mine))
            total = sum(math.exp(scores[c]) for c in mine) + left
            for c in mine:
                found[c] = math.exp(scores[c]) / total
        return found

    def spoken(self) -> list[float]:
        """How much each source says."""
        return self.by_source(lambda v: v.weight)


def digamma(x: float) -> float:
    """The derivative of the logarithm of the gamma function: recurrence far up, then its series."""
    found = 0.0
    while x < 40.0:
        found -= 1.0 / x
        x += 1.0
    return found + math.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6)


def credits_of_others(table: Table, counts: Callable[[Voice], float]) -> list[float]:
    """For every voice the part of the other voices on its object that say the same."""
    found = []
    for one in table.voices:
        others = [v for v in table.voices if v.about == one.about and v is not one]
        all_ = sum(counts(v) for v in others)
        alike = sum(counts(v) for v in others if v.claim == one.claim)
        found.append(alike / all_ if all_ > 1e-12 else 0.0)
    return found


def without_own(table: Table, probability: Sequence[float], own: Sequence[float]) -> list[float]:
    """For every voice the probability of its claim with so much taken off its log-odds."""
    found = []
    for v, each in zip(table.voices, own, strict=True):
        p = probability[v.claim]
        odds = math.inf if p >= 1.0 else p / (1.0 - p) * math.exp(-each)
        found.append(1.0 if odds == math.inf else odds / (1.0 + odds))
    return found


def judged(table: Table, credit: Sequence[float], prior: Pair = (1.0, 1.0)) -> Figures:
    """What sources are worth by a credit for each voice, known truths put in."""
    of = {
        id(v): c if table.known[v.claim] is None else float(table.known[v.claim] or 0.0)
        for v, c in zip(table.voices, credit, strict=True)
    }
    return {
        "right": [prior[0] + x for x in table.by_source(lambda v: v.weight * of[id(v)])],
        "wrong": [prior[1] + x for x in table.by_source(lambda v: v.weight * (1.0 - of[id(v)]))],
        "doubt": table.by_source(lambda v: v.weight**2 * of[id(v)] * (1.0 - of[id(v)])),
    }


def _changed(before: Sequence[float], after: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(before, after, strict=True))


# Counting.


def majority(table: Table) -> Figures:
    """The share of voices."""
    shares = table.shares(table.by_claim(lambda v: v.weight))
    credit = credits_of_others(table, lambda v: v.weight)
    return {"probability": table.held(shares)} | judged(table, credit)


def leading(table: Table, shares: Sequence[float]) -> list[float]:
    """The part of every claim in leading its object."""
    found = [0.0] * len(shares)
    for mine in table.claims:
        top = [c for c in mine if shares[c] >= max(shares[c] for c in mine) - 1e-12]
        for c in top:
            found[c] = 1.0 / len(top)
    return found


def weighted(table: Table) -> Figures:
    """Voices weighed by how often they are with the leading value."""
    shares = table.held(table.shares(table.by_claim(lambda v: v.weight)))
    leads, spoken = leading(table, shares), table.spoken()
    agreed = table.by_source(lambda v: v.weight * leads[v.claim])
    weight = [a / s for a, s in zip(agreed, spoken, strict=True)]
    found = table.shares(table.by_claim(lambda v: v.weight * weight[v.source]))
    credit = credits_of_others(table, lambda v: v.weight * weight[v.source])
    return {"probability": table.held(found)} | judged(table, credit)


# Trust passed back and forth.


def _scaled(amounts: Sequence[float]) -> list[float]:
    return [each / max(amounts) if max(amounts) > 0.0 else each for each in amounts]


def _trusted(table: Table, beliefs: list[float], trust: list[float]) -> Figures:
    credit = credits_of_others(table, lambda v: v.weight * trust[v.source])
    return {"probability": table.held(table.shares(beliefs))} | judged(table, credit)


def passed(table: Table, trust_of: Callable[[float, float], float], rounds: int) -> Figures:
    """Beliefs from trust and trust from beliefs, each scaled to at most one."""
    spoken = table.spoken()

    def trust() -> list[float]:
        believed = table.by_source(lambda v: v.weight * beliefs[v.claim])
        return _scaled([trust_of(b, s) for b, s in zip(believed, spoken, strict=True)])

    beliefs = _scaled(table.by_claim(lambda v: v.weight))
    changes = []
    for _ in range(rounds):
        trusted = trust()
        after = table.held(_scaled(table.by_claim(lambda v: v.weight * trusted[v.source])))
        changes.append(_changed(beliefs, after))
        beliefs = after
    return _trusted(table, beliefs, trust()) | {"changes": changes}


def sums(table: Table, *, rounds: int) -> Figures:
    """Trust is the sum of beliefs."""
    return passed(table, lambda believed, spoken: believed, rounds)


def average_log(table: Table, *, rounds: int) -> Figures:
    """Trust is their mean times the logarithm of how many there are."""
    return passed(
        table, lambda believed, spoken: math.log(max(1.0, spoken)) * believed / spoken, rounds
    )


def invested(table: Table, *, growth: float, rounds: int, pooled: bool) -> Figures:
    """Sources stake their trust evenly, and are paid what a claim is believed, by their stakes."""
    spoken = table.spoken()
    trust = [1.0] * table.sources
    beliefs = table.shares(table.by_claim(lambda v: v.weight))
    changes = []
    for _ in range(rounds):
        stake = [v.weight * trust[v.source] / spoken[v.source] for v in table.voices]
        paid = [0.0] * table.sources
        for v, s in zip(table.voices, stake, strict=True):
            pot = sum(
                each for w, each in zip(table.voices, stake, strict=True) if w.claim == v.claim
            )
            paid[v.source] += s * beliefs[v.claim] / pot if pot > 0.0 else 0.0
        trust = _scaled(paid)
        put = table.by_claim(lambda v: v.weight * trust[v.source] / spoken[v.source])
        grown = [each**growth for each in put]
        if pooled:
            grown = [
                put[c] * grown[c] / total if total > 0.0 else 0.0
                for mine in table.claims
                for total in [sum(grown[c] for c in mine)]
                for c in mine
            ]
        after = table.held(_scaled(grown))
        changes.append(_changed(beliefs, after))
        beliefs = after
    return _trusted(table, beliefs, trust) | {"changes": changes}


def truth_finder(
    table: Table,
    *,
    influence: float,
    dampening: float,
    start: float,
    implies: Callable[[int, int], float],
    rounds: int,
) -> Figures:
    """A claim is false when all who make it are wrong, and others of its object lend it theirs."""

    def confidence(trust: list[float], but: Voice | None = None) -> list[float]:
        def score(c: int) -> float:
            return sum(
                -v.weight * math.log(1.0 - min(trust[v.source], 1.0 - 1e-12))
                for v in table.voices
                if v.claim == c
            )

        def own(c: int) -> float:
            lent = sum(implies(table.label[d], table.label[c]) * score(d) for d in table.beside(c))
            less = 0.0
            if but is not None and but.claim == c:
                less = -but.weight * math.log(1.0 - min(trust[but.source], 1.0 - 1e-12))
            return dampening * (score(c) - less + influence * lent)

        bare = [1.0 / (1.0 + math.exp(-own(c))) for c in range(len(table.label))]
        return table.held(bare)

    spoken, trust, changes = table.spoken(), [start] * table.sources, []
    for _ in range(rounds):
        sure = confidence(trust)
        right = table.by_source(lambda v: v.weight * sure[v.claim])
        after = [r / s for r, s in zip(right, spoken, strict=True)]
        changes.append(_changed(trust, after))
        trust = after
    sure = confidence(trust)
    credit = []
    for v in table.voices:
        rivals = sum(sure[c] for c in table.beside(v.claim))
        alone = sum(w.weight for w in table.voices if w.claim == v.claim and w is not v) <= 1e-12
        rest = 0.0 if alone else confidence(trust, v)[v.claim]
        credit.append(rest / (rest + rivals) if rest > 0.0 else 0.0)
    found = {"probability": table.held(table.shares(sure)), "changes": changes}
    return found | judged(table, credit)


def estimates(table: Table, *, smoothing: float, rounds: int, hardness: bool) -> Figures:
    """Votes for the claim a source makes, and against the others of the object, each one counted."""
    votes = [
        (v.source, c, c == v.claim, v.weight)
        for v in table.voices
        for c in [v.claim, *table.beside(v.claim)]
    ]
    claims = len(table.label)

    def mean(of: Callable[[int, int, bool], float], at: Callable[[int, int], bool]) -> float:
        some = [(s, c, is_for, w) for s, c, is_for, w in votes if at(s, c)]
        return sum(w * of(s, c, f) for s, c, f, w in some) / sum(w for *_, w in some)

    def rescaled(each: list[float]) -> list[float]:
        low, high = min(each), max(each)
        if high - low < 1e-12:
            return [min(max(x, 0.0), 1.0) for x in each]
        stretched = [(x - low) / (high - low) for x in each]
        return [smoothing * x + (1.0 - smoothing) * round(x) for x in stretched]

    error, hard = [0.4] * table.sources, [0.5 if hardness else 1.0] * claims

    def truths() -> list[float]:
        def of(s: int, c: int, is_for: bool) -> float:
            return 1.0 - error[s] * hard[c] if is_for else error[s] * hard[c]

        return [mean(of, lambda s, c, at=at: c == at) for at in range(claims)]  # type: ignore[misc]

    truth, changes = table.held(truths()), []
    for _ in range(rounds):

        def off(c: int, is_for: bool) -> float:
            return 1.0 - truth[c] if is_for else truth[c]

        if hardness:
            hard = rescaled(
                [
                    mean(
                        lambda s, c, f: off(c, f) / max(error[s], 0.05),
                        lambda s, c, at=at: c == at,  # type: ignore[misc]
                    )
                    for at in range(claims)
                ]
            )
        error = rescaled(
            [
                mean(
                    lambda s, c, f: off(c, f) / max(hard[c], 0.05),
                    lambda s, c, at=at: s == at,  # type: ignore[misc]
                )
                for at in range(table.sources)
            ]
        )
        after = table.held(rescaled(truths()))
        changes.append(_changed(truth, after))
        truth = after
    return _trusted(table, truth, [1.0 - e for e in error]) | {"changes": changes}


# Sources with an accuracy.


def accu(table: Table, *, false_values: int, start: float, rounds: int) -> Figures:
    """Votes of log(n a / (1 - a)), and values nobody stated."""

    def vote(a: float) -> float:
        return math.log(false_values * a / (1.0 - a))

    return _accurate(table, start, rounds, vote, [0.0] * len(table.label), false_values + 1.0)


def popaccu(table: Table, *, start: float, rounds: int) -> Figures:
    """Votes of log(a / (1 - a)), and the others as often wrong as each value is popular."""
    voices = table.by_claim(lambda v: v.weight)
    popular = []
    for c in range(len(table.label)):
        beside = table.beside(c)
        rest = sum(voices[d] for d in beside)
        popular.append(sum(voices[d] * math.log(voices[d] / rest) for d in beside))
    return _accurate(table, start, rounds, lambda a: math.log(a / (1.0 - a)), popular, None)


def _accurate(
    table: Table,
    start: float,
    rounds: int,
    vote: Callable[[float], float],
    popular: list[float],
    unseen: float | None,
) -> Figures:
    spoken, trust, changes = table.spoken(), [start] * table.sources, []

    def votes() -> list[float]:
        return [vote(min(max(t, 1e-4), 1.0 - 1e-4)) for t in trust]

    def believed() -> list[float]:
        each = votes()
        said = table.by_claim(lambda v: v.weight * each[v.source])
        return table.held(
            table.chances([a + b for a, b in zip(said, popular, strict=True)], unseen)
        )

    for _ in range(rounds):
        sure = believed()
        right = table.by_source(lambda v: v.weight * sure[v.claim])
        after = [r / s for r, s in zip(right, spoken, strict=True)]
        changes.append(_changed(trust, after))
        trust = after
    sure, each = believed(), votes()
    own = [v.weight * each[v.source] for v in table.voices]
    left = [max(0.0, 1.0 - sum(sure[c] for c in mine)) for mine in table.claims]
    found: Figures = {"probability": sure, "changes": changes}
    if max(left) > 1e-9:
        found["unstated"] = left
    return found | judged(table, without_own(table, sure, own))


def resolved(
    table: Table, weigh: Callable[[list[float], list[float]], list[float]], *, rounds: int
) -> Figures:
    """CRH and CATD for categories: voices weighed by how often they are off the leading value."""
    spoken = table.spoken()
    shares = table.held(table.shares(table.by_claim(lambda v: v.weight)))
    changes, weight = [], spoken
    for _ in range(rounds):
        leads = leading(table, shares)
        loss = table.by_source(lambda v: v.weight * (1.0 - leads[v.claim]))
        weight = weigh(loss, spoken)
        after = table.held(table.shares(table.by_claim(lambda v: v.weight * weight[v.source])))
        changes.append(_changed(shares, after))
        shares = after
    credit = credits_of_others(table, lambda v: v.weight * weight[v.source])
    return {"probability": shares, "changes": changes} | judged(table, credit)


def crh_weights(loss: list[float], spoken: list[float]) -> list[float]:
    """-log(loss / all losses), of means that are never zero."""
    mean = [each / said + 1e-9 for each, said in zip(loss, spoken, strict=True)]
    return [-math.log(each / sum(mean)) for each in mean]


def glad(table: Table, *, rounds: int) -> Figures:
    """Ability and ease climb in turn by one Newton step of each, three times a round."""
    ability, ease = [1.0] * table.sources, [0.0] * table.objects
    p = table.held(table.shares(table.by_claim(lambda v: v.weight)))
    changes = []

    def right(v: Voice) -> float:
        lifted = ability[v.source] * math.exp(ease[v.about])
        return 1.0 / (1.0 + math.exp(-min(max(lifted, -30.0), 30.0)))

    def step(some: list[Voice], lift: Callable[[Voice], float], pull: float) -> float:
        slope = sum(v.weight * (p[v.claim] - right(v)) * lift(v) for v in some) - pull
        curve = sum(v.weight * right(v) * (1.0 - right(v)) * lift(v) ** 2 for v in some) + 1.0
        return min(max(slope / curve, -1.0), 1.0)

    def own(v: Voice) -> float:
        others = max(2, len(table.claims[v.about])) - 1.0
        return v.weight * (ability[v.source] * math.exp(ease[v.about]) + math.log(others))

    for _ in range(rounds):
        for _ in range(3):
            ability = [
                a
                + step(
                    [v for v in table.voices if v.source == s],
                    lambda v: math.exp(ease[v.about]),
                    a - 1.0,
                )
                for s, a in enumerate(ability)
            ]
            moved = [
                step(
                    [v for v in table.voices if v.about == o],
                    lambda v: ability[v.source] * math.exp(ease[v.about]),
                    e,
                )
                for o, e in enumerate(ease)
            ]
            ease = [min(max(e + m, -3.0), 3.0) for e, m in zip(ease, moved, strict=True)]
        after = table.held(table.chances(table.by_claim(own)))
        changes.append(_changed(p, after))
        p = after
    credit = without_own(table, p, [own(v) for v in table.voices])
    return {"probability": p, "changes": changes} | judged(table, credit)


def latent_truth(table: Table, *, invents: Pair, finds: Pair, true: Pair, rounds: int) -> Figures:
    """Every claim by itself: a source that speaks of an object and leaves it out denies it."""
    said = {(v.source, v.claim) for v in table.voices}
    spoke = {(v.source, v.about) for v in table.voices}
    about = {c: o for o, mine in enumerate(table.claims) for c in mine}
    left = {(s, c) for s, o in spoke for c in table.claims[o] if (s, c) not in said}
    claims = range(len(table.label))
    speakers = [sum(o == about[c] for _, o in spoke) for c in claims]
    shares = [sum(v.claim == c for v in table.voices) / speakers[c] for c in claims]
    p = table.held([min(max(x, 0.05), 0.95) for x in shares])
    credit = [p[v.claim] for v in table.voices]
    changes = []
    for _ in range(rounds):
        found, invented = [], []
        for s in range(table.sources):
            mine = [c for v, c in zip(table.voices, credit, strict=True) if v.source == s]
            denied = [p[c] for who, c in left if who == s]
            found.append((finds[0] + sum(mine), finds[1] + sum(denied)))
            invented.append(
                (invents[0] + len(mine) - sum(mine), invents[1] + len(denied) - sum(denied))
            )
        # The expected logarithm of a Beta probability is digamma(a) - digamma(a + b).
        if_said = [
            digamma(a) - digamma(a + b) - digamma(x) + digamma(x + y)
            for (a, b), (x, y) in zip(found, invented, strict=True)
        ]
        if_left = [
            digamma(b) - digamma(a + b) - digamma(y) + digamma(x + y)
            for (a, b), (x, y) in zip(found, invented, strict=True)
        ]
        base = digamma(true[0] + sum(p)) - digamma(true[1] + len(p) - sum(p))
        scores = [
            base
            + sum(if_said[v.source] for v in table.voices if v.claim == c)
            + sum(if_left[s] for s, d in left if d == c)
            for c in claims
        ]
        after = table.held([1.0 / (1.0 + math.exp(-x)) for x in scores])
        # What has been said is either said or left out: only the first part is the source's own.
        credit = without_own(table, after, [if_said[v.source] for v in table.voices])
        changes.append(_changed(p, after))
        p = after
    return {"probability": p, "changes": changes} | judged(table, credit)
