"""The slow twin of the priors: a joint table over linked questions, every cell of it (model 2.1)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.twins.numbers_twin import Question

Cell = tuple[int, ...]
Link = dict[str, Any]
Places = dict[str, tuple[str, int]]


class Unfittable(ValueError):
    """The stated priors cannot all be kept (model 3)."""


@dataclass(frozen=True)
class Joint:
    """Weights over the values of some questions; they sum to one."""

    questions: tuple[str, ...]
    cells: dict[Cell, float]

    def marginal(self, question: str, size: int) -> tuple[float, ...]:
        at = self.questions.index(question)
        found = [0.0] * size
        for cell, weight in self.cells.items():
            found[cell[at]] += weight
        return tuple(found)

    def over(self, questions: Iterable[str]) -> Joint:
        """Summed down to some of its questions."""
        kept = tuple(q for q in self.questions if q in set(questions))
        at = [self.questions.index(q) for q in kept]
        cells: dict[Cell, float] = {}
        for cell, weight in self.cells.items():
            key = tuple(cell[i] for i in at)
            cells[key] = cells.get(key, 0.0) + weight
        return Joint(kept, cells)

    def times(self, other: Joint) -> Joint:
        return Joint(
            self.questions + other.questions,
            {
                a + b: v * w
                for (a, v), (b, w) in itertools.product(self.cells.items(), other.cells.items())
            },
        )

    def reweighted(self, question: str, value: int, to: float) -> Joint:
        """Jeffrey's rule: that value has chance `to`, the rest keeps its proportions (model 4)."""
        at = self.questions.index(question)
        now = sum(weight for cell, weight in self.cells.items() if cell[at] == value)
        return Joint(
            self.questions,
            {
                cell: weight * (to / now if cell[at] == value else (1 - to) / (1 - now))
                for cell, weight in self.cells.items()
            },
        )


def linked(questions: dict[str, Question], links: Iterable[Link], places: Places) -> list[set[str]]:
    """Groups of questions that links connect (model 0, story, without its gates)."""
    groups = [{q} for q in questions]
    for link in links:
        joined = {places[c][0] for c in claims_of(link)}
        touched = [group for group in groups if group & joined]
        groups = [group for group in groups if not group & joined] + [set().union(*touched)]
    return groups


def claims_of(link: Link) -> list[str]:
    if link["kind"] == "evidence":
        return [link["claim"], link["sign"]]
    if link["kind"] == "implies":
        return [link["claim"], link["implies"]]
    return list(link["claims"])


def table(link: Link, cell: dict[str, int], places: Places) -> float:
    """A link's number at the values of its questions (model 1)."""
    so = [cell[places[c][0]] == places[c][1] for c in claims_of(link)]
    if link["kind"] == "evidence":
        chance = link["if_true"] if so[0] else link["if_false"]
        return float(chance if so[1] else 1 - chance)
    strength = link.get("strength", 1)
    if link["kind"] == "implies":
        return float(1 - strength if so[0] and not so[1] else 1)
    # More than two claims that contradict each other: every pair.
    return float((1 - strength) ** (sum(so) * (sum(so) - 1) // 2))


def product_of(
    questions: list[Question], potentials: dict[str, list[float]], links: list[Link], places: Places
) -> Joint:
    cells = {}
    for cell in itertools.product(*(range(q.size) for q in questions)):
        values = {q.id: value for q, value in zip(questions, cell, strict=True)}
        weight = 1.0
        for q, value in values.items():
            weight *= potentials[q][value]
        for link in links:
            weight *= table(link, values, places)
        cells[cell] = weight
    total = sum(cells.values())
    if total <= 0:
        raise Unfittable("the links cannot all hold")
    return Joint(tuple(q.id for q in questions), {c: w / total for c, w in cells.items()})


def flat_joint(questions: list[Question], links: list[Link], places: Places) -> Joint:
    """Model 2.1, flat: link tables kept, nothing fitted. A sign has its link, no prior."""
    potentials = {q.id: [1.0, 1.0] if q.is_sign else list(q.flat) for q in questions}
    return product_of(questions, potentials, links, places)


def stated_joint(questions: list[Question], links: list[Link], places: Places) -> Joint:
    """Model 3: stated priors are kept by iterative proportional fitting."""
    potentials = {
        q.id: [1.0, 1.0] if q.is_sign else list(q.prior or [1 / q.size] * q.size) for q in questions
    }
    stated = [q for q in questions if q.prior is not None]
    worst = 0.0
    for _ in range(20_000):
        worst = 0.0
        for q in stated:
            assert q.prior is not None
            now = product_of(questions, potentials, links, places).marginal(q.id, q.size)
            for value, (is_, should) in enumerate(zip(now, q.prior, strict=True)):
                if is_ == 0 and should > 0:
                    raise Unfittable(f"{q.id} cannot have its prior")
                worst = max(worst, abs(is_ - should))
                if is_ > 0:
                    potentials[q.id][value] *= should / is_
        if worst < 1e-14:
            break
    if worst > 1e-6:
        raise Unfittable(", ".join(q.id for q in stated))
    return product_of(questions, potentials, links, places)


def joint_of(
    names: set[str],
    questions: dict[str, Question],
    links: Iterable[Link],
    places: Places,
    flat: bool,
) -> Joint:
    """The prior of some linked questions, stated or flat; each group for itself."""
    links = [link for link in links if places[claims_of(link)[0]][0] in names]
    ordered = [q for q in questions.values() if q.id in names]
    return (flat_joint if flat else stated_joint)(ordered, links, places)
