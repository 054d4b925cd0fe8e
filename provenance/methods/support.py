"""Possible-worlds support: how much of the evidence implies a claim, and how much allows it.

A world says which sources track what is so, which statements came through, and which links work.
In it, what is in hand is followed back along the citations as far as everyone worked; the claim is
supported where that leads to it.  Worlds that contradict themselves are left out.

For independent testimony this is Dempster's rule on simple support functions (Shafer 1976); with
links it is the theory of hints (Kohlas and Monney, A Mathematical Theory of Hints, Springer 1995).
"""

from __future__ import annotations

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.graph import Place, Story
from provenance.inference.answer import asked
from provenance.inference.priors import priors_of
from provenance.methods.testimony import CLASH, literal, worlds_of
from provenance.methods.worlds import ROOM

__all__ = ["Support", "support_of"]


@attrs.frozen
class Support:
    """The interval between what the evidence implies and what it allows.

    No prior goes into belief and plausibility: with nothing in evidence they are 0 and 1.
    """

    belief: float
    """The probability that the evidence implies the claim, in [0, 1]."""
    plausibility: float
    """The probability that it does not imply the opposite, in [belief, 1]."""
    probability: float
    """What they become when the priors of the case count as one more source: a single number."""
    conflict: float
    """The share of worlds left out because they contradict themselves, in [0, 1)."""
    standard_error: float = 0.0
    """0 when every world was counted, else the largest standard error of the three."""

    @property
    def is_exact(self) -> bool:
        """Whether every world was counted, rather than a sample of them."""
        return self.standard_error == 0.0

    def __str__(self) -> str:
        about = "" if self.is_exact else f", give or take {self.standard_error:.1g}"
        return f"between {self.belief:.3f} and {self.plausibility:.3f}{about}"


def support_of(story: Story, place: Place, *, seed: int = 0, room: int = ROOM) -> Support:
    """The possible-worlds support of one value of one question of a story.

    Shared sources and shared statements are one chance each, so that what is heard twice counts
    once.  Exact while the diagrams fit in `room` steps, else over sampled worlds (see
    `Worlds.likelihoods`).  A source that cannot be judged never tracks.

    Raises:
        ImpossibleEvidence: every world contradicts itself.
        IncompatiblePriors: the stated priors cannot hold under the links.
        InvalidValue: every sampled world contradicts itself.
    """
    story = asked(story, place)
    size = story.questions[place.question].size
    ends = [literal(f"so {place.question}", size, place.value, held) for held in (True, False)]
    potentials = priors_of(story).potentials
    try:
        bare = worlds_of(story, place).likelihoods(ends, {CLASH: False}, seed, room)
        full = worlds_of(story, place, potentials).likelihoods(ends, {CLASH: False}, seed, room)
    except ImpossibleEvidence as error:
        in_hand = [statement.id for statement in story.statements if statement.in_hand]
        raise ImpossibleEvidence(in_hand) from error
    belief, against = bare.probabilities
    return Support(
        belief=belief,
        plausibility=max(belief, 1.0 - against),
        probability=full.probabilities[0],
        conflict=1.0 - bare.evidence,
        standard_error=max(bare.standard_error, full.standard_error),
    )
