"""The slow twin of a table with groups: truth and what each group repeats, one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from provenance.learning.copy_rivals import Voices
from provenance.learning.crowd import Told
from tests.twins.copying_twin import claims_of

LOW, HIGH, TURNS = 0.02, 0.995, 14
NOBODY = -1


def bounded(numbers: Sequence[float]) -> list[float]:
    """No number nearer to 0 or 1 than it may be."""
    return [min(max(number, LOW), HIGH) for number in numbers]


class Table:
    """Voices and groups, to be fitted in loops."""

    def __init__(
        self,
        told: Told,
        voices: Voices,
        groups: Sequence[Sequence[int]],
        prior: Sequence[float],
        wrong: float,
    ) -> None:
        self.told, self.prior, self.wrong, self.groups = told, prior, wrong, groups
        said = list(zip(voices.voice.tolist(), voices.claim.tolist(), strict=True))
        self.said = [
            [(v, c) for v, c in said if told.object_of_claim[c] == o] for o in range(told.objects)
        ]
        in_group = {v for group in groups for v in group}
        self.accuracy = [0.8] * voices.count
        self.rate = [0.9 if v in in_group else 0.0 for v in range(voices.count)]
        self.common = [0.8] * len(groups)

    def own(self, voice: int, claim: int, truth: int) -> float:
        """How likely a voice says this of itself."""
        right = self.accuracy[voice]
        return right if claim == truth else (1.0 - right) / self.wrong

    def repeated(self, place: int, about: int, truth: int) -> dict[int, float]:
        """What a group may have in common, and how likely that and all it says is."""
        members = [(v, c) for v, c in self.said[about] if v in self.groups[place]]
        stated = {c for _, c in members}
        common = self.common[place]
        each = (1.0 - common) / self.wrong
        elsewhere = max(self.wrong - len(stated - {truth}), 0.0)
        options = dict.fromkeys(stated, each) | {truth: common, NOBODY - 1: each * elsewhere}
        for claim in options:
            for v, c in members:
                alone = (1.0 - self.rate[v]) * self.own(v, c, truth)
                options[claim] *= alone + (self.rate[v] if c == claim else 0.0)
        return options

    def turn(self) -> float:
        """The log-probability of the table, and on to a better fit."""
        self.accuracy, self.rate, self.common = map(
            bounded, (self.accuracy, self.rate, self.common)
        )
        count, total = len(self.accuracy), 0.0
        hits, own, copies, said = ([0.0] * count for _ in range(4))
        right, spoken = [0.0] * len(self.groups), [0.0] * len(self.groups)
        for about, members in enumerate(self.said):
            claims = claims_of(self.told, about)
            weight = {c: math.exp(self.prior[c]) for c in claims}
            weight[NOBODY] = max(1.0 + self.wrong - len(claims), 0.0)
            alone = [(v, c) for v, c in members if not any(v in g for g in self.groups)]
            shared: dict[int, list[dict[int, float]]] = {}
            for truth in weight:
                for v, c in alone:
                    weight[truth] *= self.own(v, c, truth)
                speaking = [p for p, g in enumerate(self.groups) if any(v in g for v, _ in members)]
                shared[truth] = [self.repeated(place, about, truth) for place in speaking]
                for options in shared[truth]:
                    weight[truth] *= sum(options.values())
            whole = sum(weight.values())
            total += math.log(whole) - math.log1p(self.wrong)
            for place in speaking:
                spoken[place] += 1.0
            for truth, part in weight.items():
                for v, c in alone:
                    hits[v] += part / whole * (c == truth)
                    own[v] += part / whole
                for place, options in zip(speaking, shared[truth], strict=True):
                    for claim, likely in options.items():
                        p = part / whole * likely / sum(options.values())
                        right[place] += p * (claim == truth)
                        for v, c in [m for m in members if m[0] in self.groups[place]]:
                            by_itself = (1.0 - self.rate[v]) * self.own(v, c, truth)
                            copied = self.rate[v] / (self.rate[v] + by_itself) * (c == claim)
                            copies[v] += p * copied
                            said[v] += p
                            own[v] += p * (1.0 - copied)
                            hits[v] += p * (1.0 - copied) * (c == truth)
        self.accuracy = [(h + 1.4) / (n + 2.0) for h, n in zip(hits, own, strict=True)]
        self.common = [(h + 1.4) / (n + 2.0) for h, n in zip(right, spoken, strict=True)]
        for v in range(count):
            if any(v in g for g in self.groups) and said[v]:
                self.rate[v] = (copies[v] + 1.0) / (said[v] + 2.0)
        return total


def table_evidence(
    told: Told,
    voices: Voices,
    groups: Sequence[Sequence[int]],
    prior: Sequence[float],
    wrong: float,
) -> tuple[float, list[float]]:
    """How likely the table is, and how often each voice repeats its group."""
    table = Table(told, voices, groups, prior, wrong)
    totals = [table.turn() for _ in range(TURNS)]
    inside = {v for group in groups for v in group}
    return totals[-1], [r if v in inside else 0.0 for v, r in enumerate(table.rate)]


def voices_of(told: Told, together: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """For every voice, named by its first source, and every object what most of its members say."""
    first = {s: min(group) for group in together for s in group}
    said: dict[tuple[int, int], list[int]] = {}
    for source, claim in zip(told.source.tolist(), told.claim.tolist(), strict=True):
        about = int(told.object_of_claim[claim])
        said.setdefault((first.get(source, source), about), []).append(claim)
    return sorted(
        (voice, min(claims, key=lambda c: (-claims.count(c), c)))
        for (voice, _), claims in said.items()
    )


def siding_against(told: Told, group: Sequence[int]) -> tuple[int, ...]:
    """Who mostly says what most of those outside a group say, where that is something else."""
    rows = list(zip(told.source.tolist(), told.claim.tolist(), strict=True))
    asked, sided = np.zeros(told.sources), np.zeros(told.sources)
    for about in range(told.objects):
        claims = claims_of(told, about)
        ours = {c: sum(d == c and s in group for s, d in rows) for c in claims}
        theirs = {c: sum(d == c and s not in group for s, d in rows) for c in claims}
        own, rival = (max(claims, key=lambda c: (votes[c], -c)) for votes in (ours, theirs))
        if not ours[own] or theirs[rival] < 2 or own == rival:
            continue
        for source, claim in rows:
            if source not in group and claim in claims:
                asked[source] += 1
                sided[source] += claim == rival
    return tuple(s for s in range(told.sources) if sided[s] >= 8 and 2 * sided[s] >= asked[s])
