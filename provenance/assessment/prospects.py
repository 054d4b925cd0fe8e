"""Prospects: something to find out, how it may turn out, and what that is expected to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import attrs

from provenance.assessment.display import drawn
from provenance.assessment.prose import percent

__all__ = ["Lead", "LeadKind", "LeadOutcome", "Leads", "entropy", "lead_of"]

LeadKind = Literal["obtain", "judge", "ask", "independent", "voices", "settle"]
"""Read a hidden original, have a source judged, ask a source, find an independent one, settle
whether two voices are one, settle a linked claim."""


@attrs.frozen
class LeadOutcome:
    """One way in which a lead may turn out."""

    text: str
    """What is found, in words."""
    chance: float
    """How likely that is, in [0, 1]; the chances of all outcomes sum to 1."""
    probability: float
    """The probability of the claim then."""


@attrs.frozen
class Lead:
    """Something to find out, and what that is expected to do to the answer."""

    kind: LeadKind
    """What kind of thing it is."""
    about: tuple[str, ...]
    """The ids of the records it is about."""
    text: str
    """What to do, as a sentence."""
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


@attrs.frozen
class Leads(Sequence[Lead]):
    """What to find out next about a claim, what is expected to move the answer most first."""

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
        listed = [f"{place:2}. {each}" for place, each in enumerate(self.ranked, 1)]
        return "\n".join([*head, *listed])


def entropy(p: float) -> float:
    """The entropy of a yes/no matter in bits, between 0 and 1.

    >>> entropy(0.5), entropy(1.0)
    (1.0, 0.0)
    """
    return math.fsum(-x * math.log2(x) for x in (p, 1.0 - p) if 0.0 < x < 1.0)


def lead_of(
    kind: LeadKind, about: Iterable[str], text: str, outcomes: Iterable[LeadOutcome], now: float
) -> Lead:
    """A lead with what is expected of it, the answer being `now`."""
    kept = tuple(each for each in outcomes if each.chance > 0.0)
    return Lead(
        kind,
        tuple(about),
        text,
        kept,
        math.fsum(each.chance * abs(each.probability - now) for each in kept),
        entropy(now) - math.fsum(each.chance * entropy(each.probability) for each in kept),
    )
