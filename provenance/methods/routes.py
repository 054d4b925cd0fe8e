"""Routes: by which chain each statement in hand has what it says, and how far each link holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from provenance.display import Shown
from provenance.errors import InvalidValue
from provenance.graph import Link, Place, Story
from provenance.methods.subjective_logic import (
    Discounting,
    discount,
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
)
from provenance.methods.testimony import Reliances, is_evidence, state_of
from provenance.scales import Degree, Opinion

__all__ = [
    "Fusion",
    "Leaning",
    "Route",
    "Shared",
    "SubjectiveReading",
    "leanings_of",
    "read_subjectively",
    "routes_of",
    "shared_by",
    "trusts_of",
]

# How far it speaks for a claim, or against it, that some other value is so, or is not.


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


@attrs.frozen
class Route:
    """One statement in hand that bears on a claim, with the chain behind it."""

    statement: int
    """The statement in hand, an index into the story's statements."""
    origin: int
    """The statement at which its chain begins."""
    length: int
    """How many statements the chain has, both ends included."""
    leaning: float
    """What its being right would say about the claim, from -1, the opposite, to 1, the claim."""
    product: float
    """The chance that every link of the chain holds, were they independent."""
    weakest: float
    """The chance that the weakest link of the chain holds."""

    @property
    def strength(self) -> float:
        """The chain and the leaning together, from -1 to 1."""
        return self.product * self.leaning


def trusts_of(story: Story) -> list[float]:
    """For every statement, the chance that it passes on what it tracks, all by itself."""
    reliances = Reliances.of(story)
    return [
        reliances.tracking[state_of(each)] * through
        for each, through in zip(story.statements, reliances.through, strict=True)
    ]


def routes_of(story: Story, place: Place) -> tuple[Route, ...]:
    """Every statement in hand that says something about a value, in the order of the story.

    Each statement cites at most one, so there is one route to each: linear in the statements.
    """
    leanings = leanings_of(story, place)
    trusts = trusts_of(story)
    chains: list[tuple[int, int, float, float]] = []
    found = []
    for index, statement in enumerate(story.statements):
        trust = trusts[index]
        if statement.cites is None:
            chain = (index, 1, trust, trust)
        else:
            origin, length, product, weakest = chains[statement.cites]
            chain = (origin, length + 1, product * trust, min(weakest, trust))
        chains.append(chain)
        leaning = leanings.get(Place(statement.question, statement.value))
        if (
            statement.in_hand
            and not statement.silence
            and leaning is not None
            and leaning.of(statement.affirms)
        ):
            said = leaning.of(statement.affirms)
            found.append(Route(index, chain[0], chain[1], said, chain[2], chain[3]))
    return tuple(found)


@attrs.frozen
class Shared:
    """A source or a statement through which several routes run."""

    kind: str
    """What it is: "source" or "statement"."""
    id: str
    """Its id."""
    routes: int
    """How many routes run through it, two or more."""


def shared_by(story: Story, routes: Sequence[Route]) -> tuple[Shared, ...]:
    """What several routes share, in the order of the story: sources, then cited statements.

    A method that takes routes for independent counts these more than once.
    Linear in the statements.
    """
    ends = [0] * len(story.statements)
    for route in routes:
        ends[route.statement] += 1
    through = list(ends)
    for index in range(len(story.statements) - 1, -1, -1):
        cited = story.statements[index].cites
        if cited is not None:
            through[cited] += through[index]
    per_source = _routes_per_source(story, through)
    sources = [
        Shared("source", witness.id, count)
        for witness, count in zip(story.witnesses, per_source, strict=True)
        if count > 1
    ]
    statements = [
        Shared("statement", statement.id, through[index])
        for index, statement in enumerate(story.statements)
        if through[index] > 1
    ]
    return (*sources, *statements)


def _routes_per_source(story: Story, through: Sequence[int]) -> list[int]:
    """How many routes run through each source, a source twice on one route counted once."""
    below: list[list[int]] = [[] for _ in story.statements]
    roots: list[int] = []
    for index, statement in enumerate(story.statements):
        (roots if statement.cites is None else below[statement.cites]).append(index)
    counts = [0] * len(story.witnesses)
    open_now = [0] * len(story.witnesses)
    waiting = [(root, True) for root in reversed(roots)]
    while waiting:
        index, entering = waiting.pop()
        witness = story.statements[index].witness
        if not entering:
            open_now[witness] -= 1
            continue
        if not open_now[witness]:
            counts[witness] += through[index]
        open_now[witness] += 1
        waiting.append((index, False))
        waiting.extend((each, True) for each in below[index])
    return counts


# Subjective logic over the chains of a story: every route discounted, and all of them fused.

Fusion = Literal["cumulative", "averaging", "weighted", "constraint", "compromise"]
"""How the routes are put together: see `provenance.methods.subjective_logic`."""

_FUSIONS: Mapping[str, Callable[[Sequence[Opinion]], Opinion]] = {
    "cumulative": fuse_cumulative,
    "averaging": fuse_averaging,
    "weighted": fuse_weighted,
    "constraint": fuse_by_constraint,
    "compromise": fuse_by_compromise,
}


@attrs.frozen(repr=False)
class SubjectiveReading(Shown):
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
