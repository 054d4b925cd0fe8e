"""Prospects: something to find out, how it may turn out, and what that is expected to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal

import attrs

from provenance.assessment.responses import Response
from provenance.assessment.what_if import expit
from provenance.display import Shown, drawn
from provenance.inference import Evaluation, PartitionSums, Table
from provenance.scales import (
    GRADES,
    Degree,
    counted,
    number_in_words,
    percent,
    sentence,
    share_below,
)

__all__ = [
    "POINT",
    "Lead",
    "LeadKind",
    "LeadOutcome",
    "Leads",
    "Masses",
    "against_rest",
    "by_value",
    "entropy",
    "graded",
    "grades_expected",
    "lead_of",
    "less_in_words",
    "outcomes",
    "two",
]

LeadKind = Literal["obtain", "judge", "ask", "independent", "voices", "lineage", "settle"]
"""Read a hidden original, have a source judged, ask a source, find an independent one, settle
whether two voices are one, find out whether several have it from one another, settle a linked
claim."""
POINT = 0.01
"""Leads that are expected to move the answer by less are told together, in one line."""


@attrs.frozen
class LeadOutcome:
    """One way in which a lead may turn out."""

    text: str
    """What is found, in words."""
    chance: float
    """How likely that is, in [0, 1]; the chances of all outcomes sum to 1."""
    probability: float
    """The probability of the claim then."""


@attrs.frozen(repr=False)
class Lead(Shown):
    """Something to find out, and what that is expected to do to the answer."""

    kind: LeadKind
    """What kind of thing it is."""
    about: tuple[str, ...]
    """The ids of the records it is about."""
    text: str
    """What to do, as a sentence."""
    who: str
    """What it is about by name: sources, or the text of a claim; empty where nobody is known yet."""
    outcomes: tuple[LeadOutcome, ...]
    """Every way in which it may turn out."""
    expected_change: float
    """The expected absolute change of the probability, in [0, 1]."""
    expected_bits: float
    """The expected reduction of the entropy of the claim, in bits; below 0 where more doubt is to
    be expected, as when someone who has had no weight may turn out to be worth hearing."""

    @property
    def best(self) -> LeadOutcome:
        """The outcome that leaves the claim most probable."""
        return max(self.outcomes, key=lambda each: each.probability)

    @property
    def worst(self) -> LeadOutcome:
        """The outcome that leaves the claim least probable."""
        return min(self.outcomes, key=lambda each: each.probability)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "kind": self.kind,
            "about": list(self.about),
            "text": self.text,
            "who": self.who,
            "expected_change": self.expected_change,
            "expected_bits": self.expected_bits,
            "best": attrs.asdict(self.best),
            "worst": attrs.asdict(self.worst),
            "outcomes": [attrs.asdict(each) for each in self.outcomes],
        }

    def __str__(self) -> str:
        best, worst = self.best, self.worst
        return (
            f"{self.text}\n"
            f"    expected to move it by {100.0 * self.expected_change:.1f} points "
            f"({round(self.expected_bits, 3) + 0.0:+.3f} bits); "
            f"at best {percent(best.probability)} ({best.text}), "
            f"at worst {percent(worst.probability)} ({worst.text})"
        )


@attrs.frozen(repr=False)
class Leads(Shown, Sequence[Lead]):
    """What to find out next about a claim, the most promising first."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    probability: float
    """The answer as the case stands."""
    ranked: tuple[Lead, ...]
    """The leads."""
    approximate: bool
    """Whether the answer, and so what is expected of the leads, was simulated."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.claim,
            "text": self.text,
            "probability": self.probability,
            "approximate": self.approximate,
            "leads": [each.data for each in self.ranked],
        }

    @property
    def worth_following(self) -> tuple[Lead, ...]:
        """The leads that are expected to move the answer by a point or more."""
        return tuple(each for each in self.ranked if each.expected_change >= POINT)

    def _repr_svg_(self) -> str:
        return drawn("leads_svg", self)

    def __len__(self) -> int:
        return len(self.ranked)

    def __getitem__(self, place: Any) -> Any:
        return self.ranked[place]

    def __iter__(self) -> Iterator[Lead]:
        return iter(self.ranked)

    def __str__(self) -> str:
        head = [self.text, "", f"It stands at {percent(self.probability)}. To find out next:", ""]
        if not self.ranked:
            return "\n".join([*head[:2], "Nothing that could be found out here would move it."])
        worth = self.worth_following
        listed = [f"{place:2}. {each}" for place, each in enumerate(worth, 1)]
        less = len(self.ranked) - len(worth)
        if less:
            listed += [*([""] if worth else []), less_in_words(less, is_all=not worth)]
        return "\n".join([*head, *listed])


def less_in_words(count: int, *, is_all: bool = False) -> str:
    """The leads that would move it by less than a point, in one line.

    >>> less_in_words(12)
    'Twelve more would each move it by less than a point.'
    >>> less_in_words(1)
    'One more would move it by less than a point.'
    """
    if is_all:
        return f"Nothing would move it by a point; {counted(count, 'lead')} would by less."
    if count == 1:
        return "One more would move it by less than a point."
    return sentence(f"{number_in_words(count)} more would each move it by less than a point")


def entropy(p: float) -> float:
    """The entropy of a yes/no matter in bits, between 0 and 1.

    >>> entropy(0.5), entropy(1.0)
    (1.0, 0.0)
    """
    return math.fsum(-x * math.log2(x) for x in (p, 1.0 - p) if 0.0 < x < 1.0)


def lead_of(
    kind: LeadKind,
    about: Iterable[str],
    text: str,
    who: str,
    outcomes: Iterable[LeadOutcome],
    now: float,
) -> Lead:
    """A lead with what is expected of it, the answer being `now`."""
    kept = tuple(each for each in outcomes if each.chance > 0.0)
    return Lead(
        kind,
        tuple(about),
        text,
        who,
        kept,
        math.fsum(each.chance * abs(each.probability - now) for each in kept),
        entropy(now) - math.fsum(each.chance * entropy(each.probability) for each in kept),
    )


# Outcomes: how something not yet known may turn out, each with its chance and what it would mean.

Masses = Sequence[tuple[float, float]]
"""How likely each outcome is with the claim so, and with it not so, up to a common factor."""


def by_value(
    evaluation: Evaluation, sums: PartitionSums, slot: int, size: int
) -> list[tuple[float, float]]:
    """The masses of every value of the variable on the last axis of a table."""
    table: Table = evaluation.tables[slot]
    p = sums.probability

    def mass(flow: Table, value: int) -> float:
        return math.fsum(table[n] * flow[n] for n in range(value, len(table), size))

    return [
        (p * mass(sums.value_flows[slot], v), (1.0 - p) * mass(sums.rest_flows[slot], v))
        for v in range(size)
    ]


def two(masses: Masses, value: int, yes: str, no: str) -> Iterator[LeadOutcome]:
    """One value against all others."""
    return outcomes((yes, no), against_rest(masses, value))


def against_rest(masses: Masses, value: int) -> Masses:
    others = [each for v, each in enumerate(masses) if v != value]
    rest = (math.fsum(so for so, _ in others), math.fsum(not_so for _, not_so in others))
    return masses[value], rest


def outcomes(texts: Sequence[str], masses: Masses) -> Iterator[LeadOutcome]:
    total = math.fsum(so + not_so for so, not_so in masses)
    for text, (so, not_so) in zip(texts, masses, strict=True):
        if so + not_so > 0.0:
            yield LeadOutcome(text, (so + not_so) / total, so / (so + not_so))


def grades_expected(degree: Degree | None) -> Iterator[tuple[str, Degree, float]]:
    """Every grade and how likely it is before the evidence: by the nearest mean, or all alike."""
    known = sorted(
        ((label, each) for label, each in GRADES.items() if each is not None),
        key=lambda each: each[1].mean,
    )
    means = [each.mean for _, each in known]
    cuts = [0.0, *((a + b) / 2.0 for a, b in pairwise(means)), 1.0]
    for (label, each), (low, high) in zip(known, pairwise(cuts), strict=True):
        if degree is None:
            yield label, each, 1.0 / len(known)
        else:
            yield label, each, max(0.0, share_below(degree, high) - share_below(degree, low))


def graded(found: Sequence[tuple[str, float, Response | None]]) -> Iterator[LeadOutcome]:
    """The outcomes of a judgement, each grade as likely as the evidence leaves it."""
    possible = [(label, chance, each) for label, chance, each in found if each is not None]
    most = max(each.log_total for _, _, each in possible)
    weights = [chance * math.exp(each.log_total - most) for _, chance, each in possible]
    for (label, _, each), weight in zip(possible, weights, strict=True):
        yield LeadOutcome(
            f"it is of grade {label}", weight / math.fsum(weights), expit(each.log_odds)
        )
