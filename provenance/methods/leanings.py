"""How far it speaks for a claim, or against it, that some other value is so, or is not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import attrs

from provenance.graph import Link, Place, Story
from provenance.methods.testimony import is_evidence

__all__ = ["Leaning", "leanings_of"]


@attrs.frozen
class Leaning:
    """What a value says about a claim through links: from -1, the opposite, to 1, the claim."""

    if_so: float
    """What its being so says."""
    if_not: float
    """What its not being so says."""

    def of(self, so: bool) -> float:
        """What follows from its being so, or not."""
        return self.if_so if so else self.if_not

    def after(self, if_so: float, if_not: float) -> Leaning:
        """The leaning of a further value, by what its being so, or not, says about this one."""
        return Leaning(self._through(if_so), self._through(if_not))

    def _through(self, strength: float) -> float:
        return abs(strength) * self.of(strength > 0.0)


def leanings_of(story: Story, place: Place) -> dict[Place, Leaning]:
    """The leaning of every value of a story that bears on one, along the shortest chain of links.

    A sign that is found speaks for its claim with (t - f) / t, one that is missing against it with
    (t - f) / (1 - f), where t and f are its probabilities with and without the claim: the share of
    the cases in which the link is why.  An implication or a contradiction speaks with its strength,
    and the other values of a question rule one another out.  Linear in links and values.
    """
    links: dict[Place, list[Link]] = {}
    for link in story.links:
        links.setdefault(link.first, []).append(link)
        links.setdefault(link.second, []).append(link)
    found = {place: Leaning(1.0, -1.0)}
    spread: set[int] = set()
    waiting = deque([place])
    while waiting:
        here = waiting.popleft()
        leaning = found[here]
        steps = [_step(link, here) for link in links.get(here, ())]
        if here.question not in spread:
            spread.add(here.question)
            steps += _alternatives(here, story.questions[here.question].size)
        for other, if_so, if_not in steps:
            if other not in found:
                found[other] = leaning.after(if_so, if_not)
                waiting.append(other)
    return found


def _alternatives(here: Place, size: int) -> Iterator[tuple[Place, float, float]]:
    """The other values of a question: each excludes this one; of two, one must hold."""
    for value in range(size):
        if value != here.value:
            yield Place(here.question, value), -1.0, 1.0 if size == 2 else 0.0


def _step(link: Link, here: Place) -> tuple[Place, float, float]:
    """The other end of a link, and what its being so, or not, says about this end."""
    forward = here == link.first  # from the second end to the first
    other = link.second if forward else link.first
    if is_evidence(link):
        moved = link.both - link.only_second
        if not forward:
            return other, moved, -moved
        return (
            other,
            _share(moved, link.both, link.only_second),
            -_share(moved, link.only_first, link.neither),
        )
    if link.both < link.only_first:
        return other, -(1.0 - link.both), 0.0
    strength = 1.0 - link.only_first
    return (other, 0.0, -strength) if forward else (other, strength, 0.0)


def _share(moved: float, one: float, other: float) -> float:
    """The share of the larger of two probabilities that makes their difference, with its sign."""
    largest = max(one, other)
    return moved / largest if largest > 0.0 else 0.0
