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

    def rise(self, start: float, voices: float) -> float:
        """The logarithm of start (start + 1) ... for so many voices."""
        return math.lgamma(start + voices) - math.lgamma(start)

    def count(self, claim: int) -> float:
        """The voices on a claim."""
        return sum(v.weight for v in self.table.voices if v.claim == claim)

    def if_true(self, claim: int) -> float:
        """The log probability of what the others say if this claim is true."""
        rest = [self.count(c) for c in self.table.beside(claim)]
        each = sum(self.rise(self.variety / self.among, n) for n in rest)
        return each - self.rise(self.variety, sum(rest))

    def if_none(self, about: int) -> float:
        """The same if nothing stated is true."""
        voices = [self.count(c) for c in self.table.claims[about]]
        each = sum(self.rise(self.variety / self.among, n) for n in voices)
        unheard = 0.0 if self.shared else math.log(MANY)
        return each - self.rise(self.variety, sum(voices)) + unheard

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
            without += odds[c] * (self.variety + max(rest - 1.0, 0.0))
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


def fitted_variety(table: Table, among: float) -> float:
    """The variety that makes what most do not name likeliest."""

    def likely(variety: float) -> float:
        total = 0.0
        for mine in table.claims:
            voices = [sum(v.weight for v in table.voices if v.claim == c) for c in mine]
            off = sorted(voices)[:-1]
            total += sum(
                math.lgamma(variety / among + n) - math.lgamma(variety / among) for n in off
            )
            total -= math.lgamma(variety + sum(off)) - math.lgamma(variety)
        return total

    best = max(likely(v) for v in VARIETIES)
    near = [v for v in VARIETIES if likely(v) >= best - 1e-9 * abs(best) - 1e-6]
    return 1.0 if 1.0 in near else near[0]


def one_coin(
    table: Table,
    *,
    prior: Pair,
    variety: float | None,
    dependence: float,
    rounds: int,
    shared: bool = False,
    party: list[int] | None = None,
    start: list[float] | None = None,
) -> Figures:
    """Credit by the others alone until the sources are settled, then values, then the sources."""
    among = max(1.0, table.labels - 1.0) if shared else MANY
    variety = fitted_variety(table, among) if variety is None else variety
    coins = Coins(table, party or list(range(table.sources)), variety, among, shared)
    spoken, changes = table.spoken(), []

    def counts(credit: list[float]) -> list[float]:
        known = [table.known[v.claim] for v in table.voices]
        given = [c if k is None else k for c, k in zip(credit, known, strict=True)]
        of = {id(v): c for v, c in zip(table.voices, given, strict=True)}
        return table.by_source(lambda v: v.weight * of[id(v)])

    def trusted(believed: list[float]) -> list[float]:
        both = zip(believed, spoken, strict=True)
        return [digamma(prior[0] + b) - digamma(prior[1] + max(s - b, 0.0)) for b, s in both]

    def change(before: list[float], after: list[float]) -> float:
        return max(
            abs(a - b) / (prior[0] + prior[1] + s)
            for a, b, s in zip(after, before, spoken, strict=True)
        )

    first = credits_of_others(table, lambda v: v.weight)
    believed = counts(first if start is None else [start[v.claim] for v in table.voices])
    for _ in range(rounds):
        trust = trusted(believed)
        after = counts([coins.by_others(trust, v) for v in table.voices])
        changes.append(change(believed, after))
        believed = after
    trust = trusted(believed)
    probability, unstated = _coin_values(coins, trust, dependence)
    own = counts([coins.beside_own(trust, trust, v) for v in table.voices])
    for _ in range(8):
        mine = trusted(own)
        credit = [coins.beside_own(trust, mine, v) for v in table.voices]
        settled = change(own, counts(credit)) <= 1e-3
        own = counts(credit)
        if settled:
            break
    possible = [float(table.labels) if shared else len(mine) + 1.0 for mine in table.claims]
    guessed = table.by_source(lambda v: v.weight / possible[v.about])
    return judged(table, credit, prior) | {
        "probability": table.held(probability),
        "unstated": unstated,
        "chance": [g / s for g, s in zip(guessed, spoken, strict=True)],
        "changes": changes,
    }


def _coin_values(
    coins: Coins, trust: list[float], dependence: float
) -> tuple[list[float], list[float]]:
    """Probabilities of claims and of what nobody stated, as sure as correlated voices may be."""
    table, scores = coins.table, coins.scores(lambda v: trust[v.source])
    found, left = [0.0] * len(scores), []
    for o, mine in enumerate(table.claims):
        n = sum(coins.count(c) for c in mine)
        temper = 1.0 / (1.0 + max(0.0, n - 1.0) * dependence)
        more = table.labels - len(mine) if coins.shared else 1
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
