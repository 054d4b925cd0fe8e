"""Who tracks what is so: one state per source and story, and how likely it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from provenance.graph.story import Story, Witness

__all__ = ["Coupling", "State", "interest_of", "states_of", "tracking", "tracking_slope"]

Coupling = Literal["story", "source", "none"]


@attrs.frozen
class State:
    """Whether one source tracks what is so, over all of its statements in a network."""

    witness: int
    """The source, as an index into the story's witnesses."""
    component: int | None
    """The linked questions it is about; `None` when it spans several."""
    statements: tuple[int, ...]
    """Its statements, as indices into the story's."""


def states_of(
    story: Story, component: Sequence[int], members: Iterable[int], coupling: Coupling
) -> tuple[State, ...]:
    """Group statements by the state that they share, in the order of first statements.

    `coupling` is "story" for one state per source and set of linked questions, "source" for one
    over all of them, "none" for one per statement.
    """
    grouped: dict[tuple[int, int], list[int]] = {}
    for index in members:
        statement = story.statements[index]
        where = component[statement.question]
        key = {
            "story": (statement.witness, where),
            "source": (statement.witness, -1),
            "none": (index, -1),
        }[coupling]
        grouped.setdefault(key, []).append(index)
    return tuple(
        State(
            story.statements[indices[0]].witness,
            None if coupling == "source" else component[story.statements[indices[0]].question],
            tuple(indices),
        )
        for indices in grouped.values()
    )


def interest_of(story: Story, statements: Sequence[int]) -> float:
    """The interest ratio of a state: its statement's own, or max(1, largest) min(1, smallest)."""
    ratios = [story.statements[index].interest for index in statements]
    if len(ratios) == 1:
        return ratios[0]
    return max(1.0, *ratios) * min(1.0, *ratios)


def tracking(witness: Witness, interest: float) -> float:
    """P(track) = r / (r + (1 - r) beta), with r = reliability times access; 0 when unjudged."""
    if witness.reliability is None:
        return 0.0
    r = witness.reliability.mean * witness.access.mean
    return r / (r + (1.0 - r) * interest) if r > 0.0 else 0.0


def tracking_slope(witness: Witness, interest: float) -> float:
    """The derivative of P(track) by r: beta / (r + (1 - r) beta)^2."""
    r = witness.reliability.mean * witness.access.mean if witness.reliability is not None else 0.0
    either = r + (1.0 - r) * interest
    return interest / either / either  # whose square may be too small for a number
