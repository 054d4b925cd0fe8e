"""Possible-worlds support: how much of the evidence implies a claim, and how much allows it.

A world says which sources track what is so, which statements came through, and which links work.
In it, what is in hand is followed back along the citations as far as everyone worked; the claim is
supported where that leads to it.  Worlds that contradict themselves are left out.

For independent testimony this is Dempster's rule on simple support functions (Shafer 1976); with
links it is the theory of hints (Kohlas and Monney, A Mathematical Theory of Hints, Springer 1995).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.graph import Place, Story
from provenance.inference import LIMIT, priors_of
from provenance.inference.answer import asked
from provenance.methods.possibilities import possibilities_of
from provenance.methods.testimony import CLASH, literal, worlds_of

__all__ = ["Support", "support_of"]

ROOM = 1 << 17
"""How many steps decision diagrams may take before worlds are sampled."""


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


def support_of(
    story: Story, place: Place, *, seed: int = 0, limit: int = LIMIT, room: int = ROOM
) -> Support:
    """The possible-worlds support of one value of one question of a story.

    Shared sources and shared statements are one chance each, so that what is heard twice counts
    once.  A source that cannot be judged never tracks.

    Where links form a tree and at most four values of a question are spoken of: exact by variable
    elimination while no table exceeds `limit` entries, else with who tracks drawn from the seed.
    Otherwise: exact by decision diagrams that fit in `room` steps, else over sampled worlds; and
    with links in a circle a world implies what follows from one statement at a time.
    Whatever is drawn comes with a standard error.

    Raises:
        ImpossibleEvidence: every world contradicts itself.
        IncompatiblePriors: the stated priors cannot hold under the links.
        InvalidValue: every sampled world contradicts itself.
    """
    story = asked(story, place)
    bare = _shares(story, place, (), seed, limit, room)
    full = _shares(story, place, priors_of(story).potentials, seed, limit, room)
    return Support(
        belief=bare.only,
        plausibility=max(bare.only, bare.among),
        probability=full.only,
        conflict=1.0 - bare.consistent,
        standard_error=max(bare.standard_error, full.standard_error),
    )


@attrs.frozen
class _Shares:
    """What the worlds that hold together say of one value, as shares of them."""

    consistent: float
    only: float
    among: float
    standard_error: float


def _shares(
    story: Story,
    place: Place,
    potentials: Sequence[Sequence[float] | None],
    seed: int,
    limit: int,
    room: int,
) -> _Shares:
    possible = possibilities_of(story, place, potentials, seed, limit)
    if possible is not None:
        if possible.consistent <= 0.0:
            raise _impossible(story)
        only, among = possible.only / possible.consistent, possible.among / possible.consistent
        return _Shares(
            min(1.0, possible.consistent),
            _in_range(only),
            _in_range(among),
            possible.standard_error,
        )
    size = story.questions[place.question].size
    ends = [literal(f"so {place.question}", size, place.value, held) for held in (True, False)]
    try:
        found = worlds_of(story, place, potentials).likelihoods(ends, {CLASH: False}, seed, room)
    except ImpossibleEvidence as error:
        raise _impossible(story) from error
    belief, against = found.probabilities
    return _Shares(found.evidence, belief, 1.0 - against, found.standard_error)


def _in_range(share: float) -> float:
    return min(1.0, max(0.0, share))


def _impossible(story: Story) -> ImpossibleEvidence:
    return ImpossibleEvidence(each.id for each in story.statements if each.in_hand)
