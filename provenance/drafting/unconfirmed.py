"""What a draft would answer, and what it would answer without what nobody has confirmed."""

from __future__ import annotations

from typing import Any

import attrs

from provenance.assessment import Assessment, as_data, weigh_all
from provenance.drafting.drafts import UNCONFIRMED, Draft
from provenance.records import Case, Registry

__all__ = [
    "DraftAnswer",
    "answers_of",
    "draft_answers",
    "draft_caveat",
    "unconfirmed_in",
    "without_unconfirmed",
]


@attrs.frozen
class DraftAnswer:
    """The answer for one claim of a draft, with what nobody has confirmed and without it."""

    assessment: Assessment
    """The answer with everything that is not rejected."""
    without: Assessment
    """The answer without what nobody has confirmed."""
    unconfirmed: int
    """How many attributions of the case nobody has confirmed."""
    attributions: int
    """How many attributions the case has."""

    @property
    def caveat(self) -> str:
        """The caveat in a sentence, as every assessment of such a case carries it."""
        return draft_caveat(self.unconfirmed, self.attributions, self.without)

    @property
    def data(self) -> dict[str, Any]:
        """The answer as plain data: that of the assessment, and the key `draft`."""
        told = {
            "unconfirmed": self.unconfirmed,
            "attributions": self.attributions,
            "probability_without": self.without.probability,
            "caveat": self.caveat,
        }
        return {**as_data(self.assessment), "draft": told}

    def __str__(self) -> str:
        text = next(
            each.text for each in self.assessment.case.claims if each.id == self.assessment.claim
        )
        found, low, high = (
            f"{100 * each:.0f} %"
            for each in (
                self.assessment.probability,
                self.assessment.interval.low,
                self.assessment.interval.high,
            )
        )
        if self.assessment.credibility == "6":
            answer = "not judged: no source that was judged bears on it"
        else:
            origins = self.assessment.independent_origins
            noun = "origin" if origins == 1 else "origins"
            answer = (
                f"{found} (90 % interval {low} to {high}), "
                f"{self.assessment.confidence.level} confidence, {origins} {noun}"
            )
        if not self.unconfirmed:
            return f"confirmed  “{text}”: {answer}"
        return f"unconfirmed  “{text}”: {answer}; {self._otherwise}"

    @property
    def _otherwise(self) -> str:
        if self.without.credibility == "6":
            return "without what nobody confirmed: not judged"
        return f"without what nobody confirmed: {100 * self.without.probability:.0f} %"


def draft_answers(draft: Draft, *, registry: Registry | None = None) -> tuple[DraftAnswer, ...]:
    """The answer for every claim of a draft, unconfirmed statements included, which it says.

    Args:
        draft: the draft.
        registry: the sources with their grades.

    >>> from provenance.drafting import draft, read_document
    >>> text = "The ship sailed, a well-informed source told the Herald."
    >>> answer = draft_answers(draft(read_document(text, publisher="The Gazette")))[0]
    >>> answer.unconfirmed, answer.without.probability
    (3, 0.5)
    """
    case = draft.case(unconfirmed=True, registry=registry)
    return answers_of(case)


def answers_of(case: Case) -> tuple[DraftAnswer, ...]:
    """The answer for every claim of a case that was drafted, each with and without."""
    count = len(unconfirmed_in(case))
    found = weigh_all(case)
    less = without_unconfirmed(case)
    without = weigh_all(less) if count else found
    return tuple(
        DraftAnswer(one, other, count, len(case.attributions))
        for one, other in zip(found, without, strict=True)
    )


def draft_caveat(unconfirmed: int, attributions: int, without: Assessment) -> str:
    """The caveat of kind `draft`: how much nobody has confirmed, and the answer without it."""
    if not unconfirmed:
        return "every attribution has been confirmed by a person"
    have = "attribution has" if unconfirmed == 1 else "attributions have"
    if without.credibility == "6":
        rest = "without them nothing that can be judged bears on the claim"
    else:
        rest = f"without them the answer would be {100 * without.probability:.0f} %"
    return f"{unconfirmed} of {attributions} {have} been confirmed by nobody; {rest}"


def unconfirmed_in(case: Case) -> tuple[str, ...]:
    """The ids of the attributions of a case that nobody has confirmed.

    >>> from provenance import load_case
    >>> unconfirmed_in(load_case("seeds/egypt-arms-2015.json"))
    ()
    """
    return tuple(each.id for each in case.attributions if UNCONFIRMED in each.extensions)


def without_unconfirmed(case: Case) -> Case:
    """The case without what nobody has confirmed, and without what only passes that on.

    Sources, claims and documents stay, so that every claim can still be weighed.

    >>> from provenance import load_case
    >>> case = load_case("seeds/egypt-arms-2015.json")
    >>> without_unconfirmed(case) == case
    True
    """
    gone = set(unconfirmed_in(case))
    if not gone:
        return case
    names = {name: each.id for each in case.attributions for name in each.names}
    rest = [each for each in case.attributions if each.id not in gone]
    while True:
        kept = []
        for each in rest:
            cited = [name for name in each.cited if names[name] not in gone]
            if each.cited and not cited:
                gone.add(each.id)
                continue
            kept.append(each if len(cited) == len(each.cited) else each.evolve(cites=tuple(cited)))
        if len(kept) == len(rest):
            break
        rest = kept
    alone = [
        each.evolve(same_voice_as=None)
        if each.same_voice_as is not None and names[each.same_voice_as.attribution] in gone
        else each
        for each in kept
    ]
    return case.evolve(attributions=tuple(alone))
