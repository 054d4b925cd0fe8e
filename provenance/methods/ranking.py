"""Argument ranking: how strong each argument stands after what supports and attacks it.

Sources: DF-QuAD, Rago, Toni, Aurisicchio and Baroni, KR 2016; quadratic energy, Potyka, KR 2018;
Euler-based, Amgoud and Ben-Naim, IJCAI 2017.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

import attrs

from provenance.errors import InvalidValue, UnknownName
from provenance.graph import Place, Story
from provenance.methods.dependence import in_order
from provenance.methods.routes import Leaning, leanings_of, trusts_of

__all__ = [
    "CLAIM",
    "ArgumentGraph",
    "Semantics",
    "arguments_of",
    "joint_strength",
    "rank",
]

Semantics = Literal["df-quad", "quadratic energy", "euler"]
"""How supports and attacks are put together: see `rank`."""

LARGEST_WORK = 20_000_000
"""How many edges the integration of a circle may look at before it gives up."""


@attrs.frozen
class ArgumentGraph:
    """Arguments with the strength they have by themselves, and who supports or attacks whom.

    Raises `InvalidValue` for a strength outside [0, 1], `UnknownName` for an edge to nowhere.

    >>> graph = ArgumentGraph.of({"plan": 0.5, "pro": 0.7}, supports=[("pro", "plan")])
    >>> rank(graph)["plan"]
    0.85
    """

    bases: tuple[tuple[str, float], ...]
    """Each argument and its strength before anything is said about it, in [0, 1]."""
    attacks: tuple[tuple[str, str], ...] = ()
    """Pairs of an argument and the one that it attacks."""
    supports: tuple[tuple[str, str], ...] = ()
    """Pairs of an argument and the one that it supports."""

    def __attrs_post_init__(self) -> None:
        for name, base in self.bases:
            if not 0.0 <= base <= 1.0:
                raise InvalidValue(
                    f"expected a strength between 0 and 1 for {name!r}, found {base!r}"
                )
        known = dict(self.bases)
        if len(known) < len(self.bases):
            raise InvalidValue("expected each argument once, found one more than once")
        for name in (name for edge in (*self.attacks, *self.supports) for name in edge):
            if name not in known:
                raise UnknownName("argument", name, known)

    @classmethod
    def of(
        cls,
        bases: Mapping[str, float],
        attacks: Iterable[tuple[str, str]] = (),
        supports: Iterable[tuple[str, str]] = (),
    ) -> ArgumentGraph:
        """A graph from a mapping of strengths and two lists of pairs."""
        return cls(tuple(bases.items()), tuple(attacks), tuple(supports))

    @cached_property
    def attackers(self) -> Mapping[str, tuple[str, ...]]:
        """Who attacks each argument, in the order given."""
        return _by_target(self.bases, self.attacks)

    @cached_property
    def supporters(self) -> Mapping[str, tuple[str, ...]]:
        """Who supports each argument, in the order given."""
        return _by_target(self.bases, self.supports)

    @cached_property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """The arguments in groups, each after what bears on it; circles form one group."""
        return in_order(
            [name for name, _ in self.bases],
            lambda name: [*self.attackers[name], *self.supporters[name]],
        )


def rank(graph: ArgumentGraph, semantics: Semantics = "df-quad") -> dict[str, float]:
    """The strength of every argument, in [0, 1], in the order of the graph.

    - `df-quad`: attackers and supporters each add up as 1 - product(1 - strength); the difference
      moves the base that share of the way to 0 or 1.
    - `quadratic energy`: the sum of supporters less that of attackers, E, moves the base
      E^2 / (1 + E^2) of the way.
    - `euler`: 1 - (1 - w^2) / (1 + w exp(E)).

    Without circles one pass in order, linear in the edges.  A circle is integrated as a continuous
    model, ds/dt = new(s) - s, by Runge-Kutta steps until nothing moves by more than 1e-12
    (Potyka, KR 2018).

    Raises:
        InvalidValue: an unknown semantics, or a circle that does not come to rest in 20 million
            looks at an edge.

    >>> graph = ArgumentGraph.of({"a": 0.5, "b": 0.6, "c": 0.5}, supports=[("b", "a"), ("c", "a")])
    >>> round(rank(graph)["a"], 6), round(rank(graph, "quadratic energy")["a"], 6)
    (0.9, 0.773756)
    """
    if semantics not in _STRENGTHS:
        known = ", ".join(map(repr, _STRENGTHS))
        raise InvalidValue(f"expected a semantics out of {known}, found {semantics!r}")
    strength = _STRENGTHS[semantics]
    bases = dict(graph.bases)
    found = dict(bases)

    def renewed(name: str, now: Mapping[str, float]) -> float:
        return strength(
            bases[name],
            [now[each] for each in graph.attackers[name]],
            [now[each] for each in graph.supporters[name]],
        )

    for names in graph.order:
        bearing = (*graph.attackers[names[0]], *graph.supporters[names[0]])
        if len(names) == 1 and names[0] not in bearing:
            found[names[0]] = renewed(names[0], found)
        else:
            edges = sum(len(graph.attackers[each]) + len(graph.supporters[each]) for each in names)
            found.update(_settled(names, edges, found, renewed))
    return found


def _settled(
    names: Sequence[str],
    edges: int,
    found: Mapping[str, float],
    renewed: Callable[[str, Mapping[str, float]], float],
) -> dict[str, float]:
    """Where the arguments of a circle come to rest."""
    step, now = 0.5, {name: found[name] for name in names}
    around = dict(found)

    def slope(at: Mapping[str, float]) -> dict[str, float]:
        around.update(at)
        return {name: renewed(name, around) - at[name] for name in names}

    def moved(by: Mapping[str, float], how_far: float) -> dict[str, float]:
        return {name: now[name] + how_far * by[name] for name in names}

    for _ in range(max(1, LARGEST_WORK // (4 * (edges + 1)))):
        first = slope(now)
        if max(map(abs, first.values())) <= 1e-12:
            return now
        second = slope(moved(first, step / 2))
        third = slope(moved(second, step / 2))
        fourth = slope(moved(third, step))
        mean = {
            name: (first[name] + 2 * second[name] + 2 * third[name] + fourth[name]) / 6
            for name in names
        }
        now = {name: min(1.0, max(0.0, value)) for name, value in moved(mean, step).items()}
    raise InvalidValue(
        f"expected arguments that come to rest, found a circle of {len(names)} that does not: "
        f"{', '.join(map(repr, names[:5]))}"
    )


def _df_quad(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    force = joint_strength(supporters) - joint_strength(attackers)
    return base + force * (1.0 - base if force > 0.0 else base)


def joint_strength(strengths: Sequence[float]) -> float:
    """What several arguments on one side amount to in DF-QuAD: 1 - product(1 - strength).

    >>> joint_strength([0.6, 0.5])
    0.8
    """
    return 1.0 - math.prod(1.0 - each for each in strengths)


def _quadratic(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    energy = math.fsum(supporters) - math.fsum(attackers)
    impact = energy * energy / (1.0 + energy * energy)
    return base + impact * (1.0 - base) if energy > 0.0 else base - impact * base


def _euler(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    energy = math.fsum(supporters) - math.fsum(attackers)
    if energy > 700.0:  # exp would overflow, and base 0 stays 0 whatever supports it
        return 1.0 if base > 0.0 else 0.0
    return 1.0 - (1.0 - base * base) / (1.0 + base * math.exp(energy))


_STRENGTHS: Mapping[str, Callable[[float, Sequence[float], Sequence[float]], float]] = {
    "df-quad": _df_quad,
    "quadratic energy": _quadratic,
    "euler": _euler,
}


def _by_target(
    bases: Sequence[tuple[str, float]], edges: Sequence[tuple[str, str]]
) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name, _ in bases}
    for bearer, target in edges:
        found[target].append(bearer)
    return {name: tuple(names) for name, names in found.items()}


# A story as arguments: statements support and attack a claim, and hearsay is held against them.

CLAIM = "the claim"
"""The name of the argument that stands for the claim."""

NO_LEANING = Leaning(0.0, 0.0)
"""What a value says that has nothing to do with the claim."""


def arguments_of(story: Story, place: Place, prior: float) -> ArgumentGraph:
    """The arguments about one value of one question of a story, without circles.

    - The claim has its prior as its own strength; a statement has the chance that it passes on what
      it tracks.  An origin supports the claim or attacks it.
    - A hidden statement is attacked by the doubt whether it was made, of strength 1; a source that relays
      it attacks that doubt, and one that denies it attacks the statement.  A relay of what is in
      hand adds nothing.
    - A statement about a linked claim works through an argument with the strength of the link,
      attacked by the doubt whether the statement is right.

    So a chain counts as the product of its links under DF-QuAD.  Linear in the statements.
    """
    bases = {CLAIM: prior}
    attacks: list[tuple[str, str]] = []
    supports: list[tuple[str, str]] = []
    leanings = leanings_of(story, place)
    for index, trust in enumerate(trusts_of(story)):
        statement = story.statements[index]
        name = f"statement {statement.id}"
        bases[name] = trust
        if not statement.in_hand:
            bases[_doubt(name)] = 1.0
            attacks.append((_doubt(name), name))
        if statement.cites is not None:
            cited = story.statements[statement.cites]
            says_so = (cited.value, cited.affirms) == (statement.value, statement.affirms)
            target = f"statement {cited.id}"
            if not cited.in_hand:
                attacks.append((name, _doubt(target) if says_so else target))
            continue
        leaning = leanings.get(Place(statement.question, statement.value), NO_LEANING)
        strength = leaning.of(statement.affirms)
        if strength == 0.0:
            continue
        if abs(strength) < 1.0:
            link = f"link of {name}"
            bases |= {link: abs(strength), _doubt(link): 1.0}
            attacks += [(name, _doubt(link)), (_doubt(link), link)]
            name = link
        (supports if strength > 0.0 else attacks).append((name, CLAIM))
    return ArgumentGraph.of(bases, attacks, supports)


def _doubt(name: str) -> str:
    return f"doubt about {name}"
