"""What the rules make of a story before anything hidden is summed over: priors, trust, bundles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from provenance.graph import Statement, Story
from tests.twins.slow_enumeration import Number, components, link_factor, worlds

__all__ = ["Numbers", "about_skill"]

NEARLY_ONE = 1.0 - 1e-9


@attrs.frozen(slots=False)
class Numbers:
    """One story under one coupling."""

    story: Story
    coupling: str = "story"

    # -------- questions alone

    @cached_property
    def component(self) -> tuple[int, ...]:
        return components(self.story)

    @cached_property
    def flat_potentials(self) -> list[list[float]]:
        """1/k for every question with a root prior; a sign has none."""
        return [
            [1.0 if question.is_sign else 1.0 / question.size] * question.size
            for question in self.story.questions
        ]

    @cached_property
    def sweeps(self) -> int:
        """How many sweeps of the fitting were needed."""
        return self._fit[1]

    @cached_property
    def fitted_potentials(self) -> list[list[float]]:
        """One potential per question such that the stated priors are the marginals."""
        return self._fit[0]

    @cached_property
    def _fit(self) -> tuple[list[list[float]], int]:
        potentials = [list(row) for row in self.flat_potentials]
        sweep = 0
        while sweep < 2000:
            sweep += 1
            for q, question in enumerate(self.story.questions):
                if question.prior is None:
                    continue
                marginal = self.marginal(potentials)[q]
                for v, stated in enumerate(question.prior):
                    if stated == 0.0:
                        potentials[q][v] = 0.0
                    else:
                        potentials[q][v] *= stated / marginal[v]
            now = self.marginal(potentials)
            gap = max(
                (
                    abs(now[q][v] - stated)
                    for q, question in enumerate(self.story.questions)
                    if question.prior is not None
                    for v, stated in enumerate(question.prior)
                ),
                default=0.0,
            )
            if gap < 1e-14:
                break
        return potentials, sweep

    def marginal(self, potentials: list[list[float]]) -> list[list[float]]:
        """The marginal of every question, evidence apart."""
        parts = [[0.0] * question.size for question in self.story.questions]
        total = 0.0
        for world in worlds(self.story):
            weight = 1.0
            for q, value in enumerate(world):
                weight *= potentials[q][value]
            for link in self.story.links:
                weight *= link_factor(link, world)
            total += weight
            for q, value in enumerate(world):
                parts[q][value] += weight
        return [[part / total for part in row] for row in parts]

    @cached_property
    def f(self) -> list[list[float]]:
        """The flat marginal of every question."""
        return self.marginal(self.flat_potentials)

    @cached_property
    def pi(self) -> list[list[float]]:
        """The marginal of every question under stated priors."""
        return self.marginal(self.fitted_potentials)

    # -------- sources and statements alone

    def state(self, index: int) -> object:
        """The state that a statement belongs to."""
        statement = self.story.statements[index]
        if self.coupling == "source":
            return statement.witness
        if self.coupling == "none":
            return ("statement", index)
        return (statement.witness, self.component[statement.question])

    @cached_property
    def members(self) -> dict[object, list[int]]:
        """The kept statements of every state."""
        found: dict[object, list[int]] = defaultdict(list)
        for index in range(len(self.story.statements)):
            found[self.state(index)].append(index)
        return dict(found)

    def trust(self, witness: int, beta: float, shift: Mapping[str, complex]) -> Number:
        """t = rho alpha / (rho alpha + (1 - rho alpha) beta)."""
        source = self.story.witnesses[witness]
        if source.reliability is None:
            return 0.0
        reliability = source.reliability.mean + shift.get(f"reliability:{source.id}", 0.0)
        access = source.access.mean + shift.get(f"access:{source.id}", 0.0)
        product = reliability * access
        return product / (product + (1.0 - product) * beta)

    def ratio(self, indices: Iterable[int]) -> float:
        """The interest ratio of a state with these statements."""
        betas = [self.story.statements[index].interest for index in indices]
        return max(1.0, max(betas)) * min(1.0, min(betas))

    def lam(self, index: int, shift: Mapping[str, complex]) -> Number:
        """How closely a tracking source keeps to what is so."""
        statement = self.story.statements[index]
        value = (statement.skill.mean + shift.get(about_skill(statement), 0.0)) * (
            statement.commitment
        )
        several = len(self.members[self.state(index)]) > 1
        if several and complex(value).real > NEARLY_ONE:
            return NEARLY_ONE
        return value

    @cached_property
    def m(self) -> list[list[float]]:
        """The prior predictive of what every statement says, whatever is in hand."""
        found: list[list[float]] = []
        for index, statement in enumerate(self.story.statements):
            if statement.cites is None:
                a: float = self.trust(statement.witness, statement.interest, {}) * self.lam(
                    index, {}
                )  # type: ignore[assignment]
                q = statement.question
                row = [a * pi + (1.0 - a) * f for pi, f in zip(self.pi[q], self.f[q], strict=True)]
            else:
                row = list(found[statement.cites])
            if statement.voice is not None:
                tau = statement.voice_probability
                row = [
                    tau * other + (1.0 - tau) * own
                    for other, own in zip(found[statement.voice], row, strict=True)
                ]
            found.append(row)
        return found

    def consistent(self, statement: Statement) -> tuple[int, ...]:
        """The values that a statement may have, given what it says."""
        size = self.story.questions[statement.question].size
        return tuple(v for v in range(size) if (v == statement.value) == statement.affirms)

    # -------- bundles

    @cached_property
    def bundles(self) -> dict[object, tuple[list[int], list[int]]]:
        """The origins and the relays in the bundles of every state with several statements."""
        found = {}
        for state, indices in self.members.items():
            if len(indices) > 1:
                free = [
                    index
                    for index in indices
                    if self.story.statements[index].in_hand
                    and self.story.statements[index].voice is None
                ]
                found[state] = (
                    [i for i in free if self.story.statements[i].cites is None],
                    [i for i in free if self.story.statements[i].cites is not None],
                )
        return found


def about_skill(statement: Statement) -> str:
    """What a doubt about a statement's skill is about."""
    return f"{'competence' if statement.cites is None else 'fidelity'}:{statement.id}"
