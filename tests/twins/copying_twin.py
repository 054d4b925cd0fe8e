"""The slow twins of the search for copying: everything counted voice by voice, in loops."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence

import attrs
import numpy as np

from provenance.learning.crowd import Consensus, Told

CONFORMITIES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
RATES = (0.3, 0.5, 0.7, 0.85, 0.95, 0.995)
SHARES = (0.0, 0.005, 0.01, 0.02, 0.03, *(i / 20.0 for i in range(1, 20)), 0.97, 0.985, 0.995)


def claims_of(told: Told, about: int) -> list[int]:
    """The claims of an object."""
    return [c for c in range(told.claims) if told.object_of_claim[c] == about]


def rows_of(told: Told, *, claim: int | None = None, source: int | None = None) -> list[int]:
    """The assertions of a claim, of a source, or of both."""
    return [
        i
        for i in range(len(told.source))
        if claim in (None, told.claim[i]) and source in (None, told.source[i])
    ]


def log_mean(numbers: Sequence[float]) -> float:
    """The logarithm of the mean of exponents."""
    top = max(numbers)
    return top + math.log(sum(math.exp(x - top) for x in numbers) / len(numbers))


def log_total(numbers: Sequence[float]) -> float:
    """The logarithm of exponents added up."""
    return log_mean(numbers) + math.log(len(numbers))


def surprises(told: Told, most_listed: int = 10**9) -> dict[tuple[int, int], float]:
    """How surprising it is what each pair shares, of the rarest contested claims so many pairs."""
    behind = [[int(told.source[i]) for i in rows_of(told, claim=c)] for c in range(told.claims)]
    found: dict[tuple[int, int], float] = {}
    listed = 0
    for c in sorted(range(told.claims), key=lambda c: len(behind[c])):
        size = len(behind[c])
        voices = sum(len(behind[d]) for d in claims_of(told, int(told.object_of_claim[c])))
        if size < 2 or size == voices:
            continue
        listed += size * (size - 1) // 2
        if listed > most_listed:
            break
        for pair in itertools.combinations(sorted(behind[c]), 2):
            surprise = math.log(max(voices - 1.0, 0.5) / max(size - 1.5, 0.5))
            found[pair] = found.get(pair, 0.0) + surprise
    return found


def candidates(
    told: Told, most_listed: int = 10**9, most_pairs: int = 10**9, most_compared: int = 10**9
) -> set[tuple[int, int]]:
    """The pairs that share enough, the most surprising first, as far as the bounds go."""
    found = surprises(told, most_listed)
    said = [len(rows_of(told, source=s)) for s in range(told.sources)]
    chosen, compared = set(), 0
    order = sorted((-x, pair) for pair, x in found.items() if x >= 3.9)
    for _, (one, other) in order[:most_pairs]:
        compared += min(said[one], said[other])
        if compared > most_compared:
            break
        chosen.add((one, other))
    return chosen


def conformity(told: Told, weight: Sequence[float], source: int) -> int:
    """The place of the power with which a source follows the others most closely."""
    likely = []
    for power in CONFORMITIES:
        total = 0.0
        for i in rows_of(told, source=source):
            raised = {
                c: (sum(weight[k] for k in rows_of(told, claim=c) if k != i) + 0.5) ** power
                for c in claims_of(told, int(told.object[i]))
            }
            total += math.log(raised[int(told.claim[i])] / sum(raised.values()))
        likely.append(total)
    return likely.index(max(likely))


def habit(told: Told, votes: Sequence[float], row: int) -> float:
    """How often a source says so of objects of which the others prefer the same, this one left out."""

    def favourite(about: int) -> int | None:
        mine = claims_of(told, about)
        top = [c for c in mine if votes[c] >= max(votes[d] for d in mine) - 1e-9]
        return int(told.value_of_claim[top[0]]) if len(top) == 1 else None

    alike = [
        i
        for i in rows_of(told, source=int(told.source[row]))
        if favourite(int(told.object[i])) == favourite(int(told.object[row]))
    ]
    same = [
        i
        for i in alike
        if told.value_of_claim[told.claim[i]] == told.value_of_claim[told.claim[row]]
    ]
    return (len(same) - 1.0) / (len(alike) + 1.0)


def abilities(told: Told, weight: Sequence[float]) -> list[int]:
    """The third of all sources to which each belongs, by how often it agrees with the others."""
    agreed = []
    for i in range(len(told.source)):
        about = int(told.object[i])
        here = [k for k in range(len(told.source)) if told.object[k] == about and k != i]
        same = sum(weight[k] for k in here if told.claim[k] == told.claim[i])
        all_ = sum(weight[k] for k in here)
        agreed.append(min(1.0, same / all_) if all_ > 1e-12 else 0.0)
    usual = sum(agreed) / len(agreed)
    ability, heard = [], []
    for s in range(told.sources):
        mine = rows_of(told, source=s)
        said = sum(weight[i] for i in mine)
        ability.append((sum(weight[i] * agreed[i] for i in mine) + 2.0 * usual) / (said + 2.0))
        heard.append(said > 0.0)
    some = sorted(a for a, h in zip(ability, heard, strict=True) if h)
    edges = [_quantile(some, part) for part in (1 / 3, 2 / 3)]
    return [sum(a - 1e-9 > edge for edge in edges) for a in ability]


def _quantile(some: list[float], part: float) -> float:
    place = part * (len(some) - 1)
    low = math.floor(place)
    return some[low] + (place - low) * (some[min(low + 1, len(some) - 1)] - some[low])


def by_peers(told: Told, weight: Sequence[float], row: int, other: int, popular: float) -> float:
    """How likely the source of a row says so, going by those of its ability, both left out."""
    group = abilities(told, weight)
    mine = group[int(told.source[row])]
    peers = [
        k
        for k in range(len(told.source))
        if group[int(told.source[k])] == mine
        and told.object[k] == told.object[row]
        and k not in (row, other)
    ]
    same = sum(weight[k] for k in peers if told.claim[k] == told.claim[row])
    return (same + 4.0 * popular) / (sum(weight[k] for k in peers) + 4.0)


def consensus(
    told: Told,
    weight: Sequence[float],
    prior: Sequence[float],
    accuracy: Sequence[float] | None,
    wrong: float,
) -> tuple[list[float], list[float]]:
    """How often each source is right, and for every claim how likely it is, by all."""

    def vote(source: int, least: float) -> float:
        a = min(max(learned[source], 0.02), 0.99)
        return max(math.log(a * wrong / (1.0 - a)), least)

    def chance(claim: int, least: float, but: int | None = None) -> float:
        mine = claims_of(told, int(told.object_of_claim[claim]))
        mass = {}
        for c in mine:
            heard = [i for i in rows_of(told, claim=c) if i != but]
            said = sum(weight[i] * vote(int(told.source[i]), least) for i in heard)
            mass[c] = math.exp(said + prior[c])
        return mass[claim] / (sum(mass.values()) + max(1.0 + wrong - len(mine), 0.0))

    learned = [0.7] * told.sources if accuracy is None else list(accuracy)
    for _ in range(0 if accuracy is not None else 10):
        after = []
        for s in range(told.sources):
            mine = rows_of(told, source=s)
            right = sum(chance(int(told.claim[i]), 0.2, i) for i in mine)
            after.append((right + 1.4) / (len(mine) + 2.0))
        learned = after
    sure = [chance(c, 0.0) for c in range(told.claims)]
    return [min(max(a, 0.02), 0.99) for a in learned], sure


# Groups that share an origin.


@attrs.frozen(eq=False)
class Group:
    """What some sources say, and what everybody else makes of it."""

    told: Told
    true: Consensus
    members: tuple[int, ...]

    @functools.cached_property
    def of(self) -> dict[int, list[int]]:
        """What they say of every object of which they speak."""
        rows = [i for s in self.members for i in rows_of(self.told, source=s)]
        about = sorted({int(self.told.object[i]) for i in rows})
        return {o: [i for i in rows if self.told.object[i] == o] for o in about}

    @functools.cached_property
    def others(self) -> dict[int, dict[int | None, float]]:
        """What outsiders make of every object."""
        return {about: self.outside(about) for about in self.of}

    @functools.cached_property
    def most(self) -> dict[int, int]:
        """What most of them say of every object."""
        return {about: self.leading(about) for about in self.of}

    def outside(self, about: int) -> dict[int | None, float]:
        """For every claim its log-probability to outsiders, None for what nobody states."""
        found: dict[int | None, float] = {
            None: math.log(max(float(self.true.unheard[about]), 1e-3))
        }
        for c in claims_of(self.told, about):
            given = sum(
                float(self.true.given[i]) for i in self.of[about] if self.told.claim[i] == c
            )
            found[c] = float(self.true.score[c]) - given
        whole = log_total(list(found.values()))
        return {c: x - whole for c, x in found.items()}

    def leading(self, about: int) -> int:
        """What most of them say; of equals what outsiders find likelier, then the first."""
        outside = self.others[about]
        return max(
            claims_of(self.told, about),
            key=lambda c: (
                sum(self.told.claim[i] == c for i in self.of[about]),
                outside[c],
                -c,
            ),
        )

    def likelihood(self, rate: float | None, *, integrated: bool = False) -> float:
        """The log-likelihood of what they say, repeating one voice at a rate, or None never."""
        accuracy, leader = dict.fromkeys(self.members, 0.7), 0.7
        for _ in range(12):
            hits, misses, led, _ = self._weighed(rate, accuracy, leader)
            accuracy = {
                s: min(max((hits[s] + 1.4) / (hits[s] + misses[s] + 2.0), 0.02), 0.995)
                for s in self.members
            }
            leader = min(max((led + 1.4) / (len(self.of) + 2.0), 0.02), 0.995)
        hits, misses, _, fit = self._weighed(rate, accuracy, leader)
        if integrated:
            for s, a in accuracy.items():
                fit += log_beta(hits[s] + 2.4, misses[s] + 1.6) - log_beta(2.4, 1.6)
                fit -= hits[s] * math.log(a) + misses[s] * math.log(1.0 - a)
        return fit

    def _weighed(
        self, rate: float | None, accuracy: dict[int, float], leader: float
    ) -> tuple[dict[int, float], dict[int, float], float, float]:
        """For every member its own hits and misses, how often what most say is right, and the fit."""
        hits, misses = dict.fromkeys(self.members, 0.0), dict.fromkeys(self.members, 0.0)
        wrong, led, fit, r = self.true.wrong_values, 0.0, 0.0, rate or 0.0
        for about in self.of:
            most = self.most[about]

            def says(i: int, truth: int | None, most: int = most) -> tuple[float, float]:
                """How likely a member says so of its own accord, and in all."""
                a, claim = accuracy[int(self.told.source[i])], self.told.claim[i]
                own = (1.0 - r) * (a if claim == truth else (1.0 - a) / wrong)
                return own, own + (r if claim == most else 0.0)

            logs = {}
            for truth, outside in self.others[about].items():
                logs[truth] = outside + sum(math.log(says(i, truth)[1]) for i in self.of[about])
                if rate is not None:
                    logs[truth] += math.log(leader if truth == most else (1.0 - leader) / wrong)
            whole = log_total(list(logs.values()))
            fit += whole
            led += math.exp(logs[most] - whole)
            for i in self.of[about]:
                s, claim = int(self.told.source[i]), int(self.told.claim[i])
                for truth, x in logs.items():
                    own, all_ = says(i, truth)
                    to = hits if truth == claim else misses
                    to[s] += math.exp(x - whole) * own / all_
        return hits, misses, led, fit


def log_beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def group_evidence(group: Group) -> float:
    """The log Bayes factor of one voice repeated, at any rate, against independent members."""
    return log_mean([group.likelihood(rate) for rate in RATES]) - group.likelihood(None)


# All pairs together.


def verdicts(likelihood: Sequence[Sequence[float]]) -> tuple[list[float], list[float], float]:
    """For every pair how probably it copies and how much, and the part of all pairs that does."""
    edges = [0.0, *((a + b) / 2.0 for a, b in itertools.pairwise(SHARES)), 1.0]
    widths = [b - a for a, b in itertools.pairwise(edges)]

    def shape(a: float, b: float) -> list[float]:
        middle = [s if s > 0.0 else 0.0025 for s in SHARES]
        bare = [
            m ** (a - 1.0) * (1.0 - m) ** (b - 1.0) * w for m, w in zip(middle, widths, strict=True)
        ]
        return [x / sum(bare) for x in bare]

    def mean(row: Sequence[float], density: Sequence[float]) -> float:
        return sum(math.exp(x) * d for x, d in zip(row, density, strict=True))

    nothing = [1.0] + [0.0] * (len(SHARES) - 1)
    alone = [nothing, *(shape(1.0, b) for b in (200.0, 100.0, 50.0, 25.0, 15.0, 10.0, 7.0))]
    best: tuple[float, float, list[float], list[float], list[float]] | None = None
    for a, b in ((2.0, 1.0), (1.5, 1.5), (4.0, 1.0), (2.0, 2.0)):
        density = shape(a, b)
        copied = [mean(row, density) for row in likelihood]
        for other in alone:
            without = [mean(row, other) for row in likelihood]
            rate = _likeliest(copied, without)
            fit = _fit(copied, without, rate)
            if best is None or fit > best[0] + 1e-9:
                best = (fit, rate, copied, without, density)
    assert best is not None
    _, rate, copied, without, density = best
    probability = [
        rate * c / (rate * c + (1.0 - rate) * w) for c, w in zip(copied, without, strict=True)
    ]
    share = [
        sum(s * math.exp(x) * d for s, x, d in zip(SHARES, row, density, strict=True))
        / mean(row, density)
        for row in likelihood
    ]
    return probability, share, rate


def _fit(copied: list[float], without: list[float], rate: float) -> float:
    fit = sum(math.log(rate * c + (1.0 - rate) * w) for c, w in zip(copied, without, strict=True))
    # One pair in fifty beforehand, known as firmly as by fifty.
    return fit + math.log(rate) + 49.0 * math.log(1.0 - rate)


def _likeliest(copied: list[float], without: list[float]) -> float:
    """The rate with the largest fit, which has one peak, by thirds."""
    low, high = 1e-9, 1.0 - 1e-9
    while high - low > 1e-9:
        one, other = low + (high - low) / 3.0, high - (high - low) / 3.0
        if _fit(copied, without, one) < _fit(copied, without, other):
            low = one
        else:
            high = other
    return (low + high) / 2.0


def weights(told: Told, together: dict[tuple[int, int], float]) -> list[float]:
    """For every assertion one over the voices among which it stands, itself counted as one."""
    company = np.ones(len(told.source))
    for (i, j), part in together.items():
        company[i] += part
        company[j] += part
    return [1.0 / x for x in company.tolist()]
