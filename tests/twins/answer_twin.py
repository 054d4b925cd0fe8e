"""The slow twin of the answer: model 4, by asking again and again."""

from __future__ import annotations

from canonical_twin import canonical
from network_twin import Network, Story, network_of, story_of, values_of
from numbers_twin import Case


class Impossible(ValueError):
    """The statements cannot all be true."""


def score(story: Story, network: Network) -> float:
    question, value = story.case.places[story.asked]
    found = values_of(network, question, story.case.questions[question].size)
    if sum(found) <= 0:
        raise Impossible
    return found[value] / sum(found)


def probability(
    case: Case,
    claim: str,
    as_of: str | None = None,
    coupling: str = "story",
    theta: float = 1.5,
) -> float:
    """P(claim | everything in hand)."""
    story = story_of(canonical(case, as_of), claim, coupling, theta)
    return score(story, network_of(story))
