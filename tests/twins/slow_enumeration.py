"""A network is variables with their values and factors that multiply; it is summed assignment by assignment."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import attrs
import numpy as np

from provenance.graph import Link, Place, Story

__all__ = [
    "Assignment",
    "Factor",
    "Network",
    "Number",
    "Variable",
    "components",
    "link_factor",
    "resolution",
    "row_factor",
    "state_factor",
    "tied",
    "worlds",
]

Number = float | complex
Variable = tuple[object, ...]
Assignment = dict[Variable, object]
Factor = tuple[tuple[Variable, ...], Callable[[Assignment], Number]]


@attrs.frozen
class Network:
    """Variables with their values, and factors that multiply."""

    domains: dict[Variable, tuple[object, ...]]
    factors: list[Factor]

    def marginals(self) -> tuple[Number, dict[Variable, dict[object, Number]]]:
        """The total over all assignments, and the part of it in which each variable has each value.

        The joint is one array with an axis for every variable; nothing is left out of it.
        """
        axis = {variable: index for index, variable in enumerate(self.domains)}
        joint = np.ones([len(values) for values in self.domains.values()], dtype=complex)
        for scope, factor in self.factors:
            joint *= self._spread(scope, factor, axis)
        if not joint.imag.any():
            joint = joint.real
        total = joint.sum().item()
        parts = {
            variable: dict(
                zip(
                    values,
                    joint.sum(axis=tuple(i for i in axis.values() if i != axis[variable])).tolist(),
                    strict=True,
                )
            )
            for variable, values in self.domains.items()
        }
        return total, parts

    def _spread(
        self,
        scope: tuple[Variable, ...],
        factor: Callable[[Assignment], Number],
        axis: dict[Variable, int],
    ) -> np.ndarray:
        """A factor as an array that broadcasts over the joint."""
        order = sorted(set(scope), key=axis.__getitem__)
        sizes = [len(self.domains[variable]) for variable in order]
        cells = itertools.product(*(self.domains[variable] for variable in order))
        table = [factor(dict(zip(order, cell, strict=True))) for cell in cells]
        shape = [1] * len(self.domains)
        for variable, size in zip(order, sizes, strict=True):
            shape[axis[variable]] = size
        return np.array(table, dtype=complex).reshape(shape)


def worlds(story: Story) -> list[tuple[int, ...]]:
    """Every combination of values of the questions."""
    return list(itertools.product(*(range(question.size) for question in story.questions)))


def link_factor(link: Link, world: tuple[int, ...] | Mapping[int, int]) -> float:
    """What a link contributes in one world."""
    first = world[link.first.question] == link.first.value
    second = world[link.second.question] == link.second.value
    if first:
        return link.both if second else link.only_first
    return link.only_second if second else link.neither


def components(story: Story) -> tuple[int, ...]:
    """For every question the number of the story, in the narrow sense, that it belongs to."""
    label = list(range(len(story.questions)))
    for _ in story.questions:
        for link in story.links:
            low = min(label[link.first.question], label[link.second.question])
            label[link.first.question] = label[link.second.question] = low
    return tuple(label)


def row_factor(
    kind: str, index: int, potential: list[Number] | list[float]
) -> Callable[[Assignment], Number]:
    return lambda a: potential[a[kind, index]]  # type: ignore[call-overload]


def state_factor(state: object, t: Number, own: Number) -> Callable[[Assignment], Number]:
    return lambda a: t if a["tracks", state] else own


def tied(link: Link) -> Factor:
    first, second = ("question", link.first.question), ("question", link.second.question)

    def factor(a: Assignment) -> float:
        world = {link.first.question: a[first], link.second.question: a[second]}
        return link_factor(link, world)  # type: ignore[arg-type]

    return (first, second), factor


def resolution(place: Place, truth: bool) -> Factor:
    variable = ("question", place.question)
    return (variable,), lambda a: float((a[variable] == place.value) == truth)
