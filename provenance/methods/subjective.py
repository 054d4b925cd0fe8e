"""Subjective logic over the chains of a story: every route discounted, and all of them fused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import attrs

from provenance.errors import InvalidValue
from provenance.graph import Place, Story
from provenance.methods.fusion import (
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
)
from provenance.methods.routes import Route, Shared, routes_of, shared_by, trusts_of
from provenance.methods.trust import Discounting, discount
from provenance.scales import Degree, Opinion

__all__ = ["Fusion", "SubjectiveReading", "read_subjectively"]

Fusion = Literal["cumulative", "averaging", "weighted", "constraint", "compromise"]
"""How the routes are put together: see `provenance.methods.fusion`."""

_FUSIONS: Mapping[str, Callable[[Sequence[Opinion]], Opinion]] = {
    "cumulative": fuse_cumulative,
    "averaging": fuse_averaging,
    "weighted": fuse_weighted,
    "constraint": fuse_by_constraint,
    "compromise": fuse_by_compromise,
}


@attrs.frozen
class SubjectiveReading:
    """What subjective logic makes of the chains behind a claim."""

    opinion: Opinion
    """The fused opinion, with the prior of the claim as its base rate."""
    routes: tuple[tuple[str, Opinion], ...]
    """Each statement in hand, and the opinion that its chain amounts to."""
    shared: tuple[Shared, ...]
    """Sources and statements on several routes, which the fusion counts once for each."""

    @property
    def probability(self) -> float:
        """The projected probability of the fused opinion."""
        return self.opinion.probability

    @property
    def warning(self) -> str:
        """What is counted more than once, as a sentence; empty when nothing is."""
        if not self.shared:
            return ""
        named = ", ".join(f"{each.kind} {each.id!r} ({each.routes})" for each in self.shared[:5])
        more = f" and {len(self.shared) - 5} more" if len(self.shared) > 5 else ""
        return (
            "routes share nodes, so that this fusion counts the same evidence more than once: "
            f"{named}{more}"
        )


def read_subjectively(
    story: Story,
    place: Place,
    prior: float,
    *,
    discounting: Discounting = "base-rate",
    fusion: Fusion = "cumulative",
) -> SubjectiveReading:
    """Subjective logic's reading of one value of one question of a story.

    The origin of a chain holds an opinion without uncertainty; everyone on the way is trusted as
    far as the story says (reliability, access, interest, skill and commitment), with the strength
    of the source's reliability; what reaches us of each chain is fused.  Trust in a source that
    cannot be judged is vacuous with base rate 0.  What is said about linked claims is discounted by
    how far the link speaks for the claim.  Linear in the statements.

    Raises `InvalidValue` for an unknown form or fusion, and where a constraint fusion meets
    certain opinions that contradict each other.
    """
    if fusion not in _FUSIONS:
        known = ", ".join(map(repr, _FUSIONS))
        raise InvalidValue(f"expected a fusion out of {known}, found {fusion!r}")
    routes = routes_of(story, place)
    heard = _heard(story, routes, prior, discounting)
    opinions = [opinion for _, opinion in heard] or [Opinion.vacuous(prior)]
    return SubjectiveReading(_FUSIONS[fusion](opinions), heard, shared_by(story, routes))


def _heard(
    story: Story, routes: Sequence[Route], prior: float, discounting: Discounting
) -> tuple[tuple[str, Opinion], ...]:
    """The opinion that each route amounts to, every chain followed from its origin outwards."""
    so: list[Opinion] = []
    for trust, statement in zip(_trust_opinions(story), story.statements, strict=True):
        said = Opinion(1.0, 0.0, 0.0) if statement.cites is None else so[statement.cites]
        so.append(discount(trust, said, discounting))
    found = []
    for route in routes:
        chain = so[route.statement]
        strength = abs(route.leaning)
        right, wrong = strength * chain.belief, strength * chain.disbelief
        belief, disbelief = (right, wrong) if route.leaning > 0.0 else (wrong, right)
        opinion = Opinion(belief, disbelief, 1.0 - belief - disbelief, prior)
        found.append((story.statements[route.statement].id, opinion))
    return tuple(found)


def _trust_opinions(story: Story) -> list[Opinion]:
    """For every statement, the trust in it as an opinion."""
    found = []
    for mean, statement in zip(trusts_of(story), story.statements, strict=True):
        reliability = story.witnesses[statement.witness].reliability
        if reliability is None:
            found.append(Opinion.vacuous(0.0))
        else:
            found.append(Opinion.from_degree(Degree(mean, reliability.strength)))
    return found
