"""The slow twin of one coin for every source: what the others make of each voice, one by one."""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from tests.twins.learning_twin import (
    Figures,
    Pair,
    Table,
    Voice,
    credits_of_others,
    digamma,
    judged,
)

MANY = 1000.0
VARIETIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)


@attrs.frozen
class Coins:
    """What is said of every object, and how likely it is if a claim is true."""

    table: Table
    party: list[int]
    """For every source the party that it belongs to."""
    variety: float
    """The Dirichlet weight of all wrong values."""
    among: float
    """Among how many of them it is spread."""
    shared: bool
    """Whether all objects have the same labels."""

    @property
    def endless(self) -> bool:
        """Whether one unstated value stands for many."""
        return not self.shared and self.among == MANY

    def whole(self, about: int) -> float:
        """The Dirichlet weight of all wrong values of an object."""
        return self.variety / self.among * may_be_wrong(self.table, about, self.among)

    def possible(self, about: int) -> float:
        """How many values an object may have."""
        if self.endless:
            return len(self.table.claims[about]) + 1.0
        return may_be_wrong(self.table, about, self.among) + 1.0

    def rise(self, start: float, voices: float) -> float:
        """The logarithm of start (start + 1) ... for so many voices."""
        return math.lgamma(start + voices) - math.lgamma(start)

    def about(self, claim: int) -> int:
        """The object of a claim."""
        return next(o for o, mine in enumerate(self.table.claims) if claim in mine)

    def count(self, claim: int) -> float:
        """The voices on a claim."""
        return sum(v.weight for v in self.table.voices if v.claim == claim)

    def if_true(self, claim: int) -> float:
        """The log probability of what the others say if this claim is true."""
        rest = [self.count(c) for c in self.table.beside(claim)]
        each = sum(self.rise(self.variety / self.among, n) for n in rest)
        return each - self.rise(self.whole(self.about(claim)), sum(rest))

    def if_none(self, about: int) -> float:
        """The same if nothing stated is true."""
        voices = [self.count(c) for c in self.table.claims[about]]
        each = sum(self.rise(self.variety / self.among, n) for n in voices)
        unheard = math.log(MANY) if self.endless else 0.0
        return each - self.rise(self.whole(about), sum(voices)) + unheard

    def scores(self, trust: Callable[[Voice], float]) -> list[float]:
        """For every claim its score."""
        said = self.table.by_claim(lambda v: v.weight * trust(v))
        return [x + self.if_true(c) for c, x in enumerate(said)]

    def by_others(self, trust: list[float], one: Voice) -> float:
        """The probability of what somebody says by what other parties say.

        A party of more than one voice is taken out of what is said wrongly as one voice.
        """
        odds = self.table.chances(self.scores(lambda v: trust[v.source]))
        own = [
            v
            for v in self.table.voices
            if v.claim == one.claim and self.party[v.source] == self.party[one.source]
        ]
        weight = sum(v.weight for v in own)
        part = min(1.0, weight)
        with_, without = 0.0, 0.0
        for c in self.table.beside(one.claim):
            rest = sum(self.count(d) for d in self.table.beside(c))
            with_ += odds[c]
            without += odds[c] * (self.whole(one.about) + max(rest - 1.0, 0.0))
        if with_ == 0.0:
            return 1.0
        start, voices = self.variety / self.among, self.count(one.claim)
        mine = math.log(odds[one.claim]) - sum(v.weight * trust[v.source] for v in own)
        mine += self.rise(start, voices) - self.rise(start, max(voices - weight, 0.0))
        against = (1.0 - part) * math.log(with_) + part * math.log(without)
        return 1.0 / (1.0 + math.exp(against - mine))

    def beside_own(self, trust: list[float], own: list[float], one: Voice) -> float:
        """The same with its own voice as it is trusted itself."""
        scores = self.scores(lambda v: own[v.source] if v is one else trust[v.source])
        return self.table.chances(scores)[one.claim]


def may_be_wrong(table: Table, about: int, among: float) -> float:
    """How many wrong values an object may have: all but one of those stated at least."""
    return max(among, len(table.claims[about]) - 1.0)


def likely(table: Table, variety: float, among: float) -> float:
    """The log probability of what most do not name."""
    total = 0.0
    for o, mine in enumerate(table.claims):
        voices = [sum(v.weight for v in table.voices if v.claim == c) for c in mine]
        off = sorted(voices)[:-1]
        each, whole = variety / among, variety / among * may_be_wrong(table, o, among)
        total += sum(math.lgamma(each + n) - math.lgamma(each) for n in off)
        total -= math.lgamma(whole + sum(off)) - math.lgamma(whole)
    return total


def fitted_variety(table: Table, among: float) -> float:
    """The variety that makes what most do not name likeliest."""
    best = max(likely(table, v, among) for v in VARIETIES)
    near = [v for v in VARIETIES if likely(table, v, among) >= best - 1e-9 * abs(best) - 1e-6]
    return 1.0 if 1.0 in near else near[0]


def fitted_ways(table: Table) -> Pair:
    """Among how many wrong values sources choose where objects have their own, and the variety."""

    def told(among: float) -> float:
        """The same with which of the values that may be wrong are stated."""
        ways = 0.0
        for o, mine in enumerate(table.claims):
            may = round(may_be_wrong(table, o, among))
            ways += sum(math.log(may - stated) for stated in range(len(mine) - 1))
        return ways + max(likely(table, v, among) for v in VARIETIES)

    stated = [len(mine) for mine in table.claims]
    top = min(n for n in stated if sum(m <= n for m in stated) >= 0.95 * len(stated))
    few = {float(n) for n in (max(1, top - 1), top, 2 * top, 4 * top)}
    best = max(sorted(few), key=told)
    among = best if told(best) > told(MANY) + math.log(20.0) else MANY
    return among, fitted_variety(table, among)


def one_coin(
    table: Table,
    *,
    prior: Pair | None,
    variety: float | None,
    dependence: float,
    rounds: int,
    shared: bool = False,
    party: list[int] | None = None,
    start: list[float] | None = None,
) -> Figures:
    """Credit beside what the others make of a voice until the sources are settled, then by these alone.

    Sources are those of the first, values are weighed by the trust of the second.
    """
    among = max(1.0, table.labels - 1.0) if shared else MANY
    if variety is None and not shared:
        among, variety = fitted_ways(table)
    elif variety is None:
        variety = fitted_variety(table, among)
    coins = Coins(table, party or list(range(table.sources)), variety, among, shared)
    spoken, changes = table.spoken(), []
    worth = prior or (4.0, 1.0)

    def counts(credit: list[float]) -> list[float]:
        known = [table.known[v.claim] for v in table.voices]
        given = [c if k is None else k for c, k in zip(credit, known, strict=True)]
        of = {id(v): c for v, c in zip(table.voices, given, strict=True)}
        return table.by_source(lambda v: v.weight * of[id(v)])

    def both(believed: list[float]) -> list[Pair]:
        pairs = zip(believed, spoken, strict=True)
        return [(worth[0] + b, worth[1] + max(s - b, 0.0)) for b, s in pairs]

    def trusted(believed: list[float]) -> list[float]:
        return [digamma(right) - digamma(wrong) for right, wrong in both(believed)]

    credit = credits_of_others(table, lambda v: v.weight)
    believed = counts(credit if start is None else [start[v.claim] for v in table.voices])
    for _ in range(rounds):
        trust = trusted(believed)
        before = [right / (right + wrong) for right, wrong in both(believed)]
        credit = [coins.beside_own(trust, trust, v) for v in table.voices]
        believed = counts(credit)
        if prior is None:
            worth = fitted_prior(table, credit, sum(worth))
        after = [right / (right + wrong) for right, wrong in both(believed)]
        changes.append(max(abs(x - y) for x, y in zip(after, before, strict=True)))
    trust = trusted(believed)
    alone = trusted(counts([coins.by_others(trust, v) for v in table.voices]))
    probability, unstated = _coin_values(coins, alone, dependence)
    guessed = table.by_source(lambda v: v.weight / coins.possible(v.about))
    return judged(table, credit, worth) | {
        "probability": table.held(probability),
        "unstated": unstated,
        "chance": [g / s for g, s in zip(guessed, spoken, strict=True)],
        "changes": changes,
    }


def fitted_prior(table: Table, credit: list[float], worth: float) -> Pair:
    """The mean of all sources and how little they differ, from what is believed of each voice."""
    found = judged(table, credit, (0.0, 0.0))
    spoken, sources = table.spoken(), range(table.sources)
    mean = (sum(found["right"]) + 4.0) / (sum(spoken) + 5.0)
    left, whole = 0.0, 0.0
    for s in sources:
        n = spoken[s]
        known = n * worth / (n + worth)
        off = (found["right"][s] / n - mean) ** 2 + found["doubt"][s] / n**2
        left += known * (off / (mean * (1.0 - mean)) - 1.0 / n)
        whole += known * (1.0 - min(1.0, 1.0 / n))
    differ = max(left / max(whole, 1e-9), 0.0)
    errors = [n * worth / (n + worth) * (1.0 / n + differ) for n in spoken]
    unsure = math.sqrt(2.0 * sum(x * x for x in errors)) / max(whole, 1e-9)
    cases = min(1000.0, max(5.0, 1.0 / (differ + unsure) - 1.0))
    return 4.0 + (cases - 5.0) * mean, 1.0 + (cases - 5.0) * (1.0 - mean)


def _coin_values(
    coins: Coins, trust: list[float], dependence: float
) -> tuple[list[float], list[float]]:
    """Probabilities of claims and of what nobody stated, as sure as correlated voices may be."""
    table, scores = coins.table, coins.scores(lambda v: trust[v.source])
    found, left = [0.0] * len(scores), []
    for o, mine in enumerate(table.claims):
        n = sum(coins.count(c) for c in mine)
        temper = 1.0 / (1.0 + max(0.0, n - 1.0) * dependence)
        more = coins.possible(o) - len(mine)
        each = [math.exp(temper * scores[c]) for c in mine]
        none = more * math.exp(temper * coins.if_none(o))
        for c, x in zip(mine, each, strict=True):
            found[c] = x / (sum(each) + none)
        known = [table.known[c] for c in mine]
        open_ = none / (sum(each) + none) if None in known else 1.0
        left.append(0.0 if 1.0 in known else open_)
    return found, left


def in_line(table: Table, strength: list[float], theta: float) -> list[float]:
    """For every voice the part of its own, by how many stronger ones say the same (model 2.9)."""
    found = []
    for one in table.voices:
        same = [round(strength[v.source], 12) for v in table.voices if v.claim == one.claim]
        mine = round(strength[one.source], 12)
        fair = theta / (len(table.claims[one.about]) + 1.0)
        ahead = sum(x > mine for x in same)
        places = [fair / (fair + ahead + i) for i in range(same.count(mine))]
        found.append(sum(places) / len(places))
    return found
