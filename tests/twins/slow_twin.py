"""A slow and obvious twin of the inference: every latent of a story is tried, value by value.

Nothing here is shared with the library but the `Story` it reads. A network is a list of variables
and a list of factors; its total is a sum over every assignment. Numbers that the library gets by
elimination and by differentiating backwards are got here by enumeration, by rerunning, and by a
step in the imaginary direction (a finite difference that loses no digits).
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

import attrs

from provenance.graph import Place
from provenance.scales import Degree
from tests.twins.slow_enumeration import (
    Assignment,
    Factor,
    Network,
    Number,
    Variable,
    link_factor,
    resolution,
    row_factor,
    state_factor,
    tied,
)
from tests.twins.slow_numbers import Numbers, about_skill
from tests.twins.slow_removal import without as story_without

__all__ = ["Impossible", "Twin", "difference", "log2_odds"]

STEP = 1e-30


class Impossible(Exception):
    """The evidence has probability zero."""


@attrs.frozen(slots=False)
class Twin(Numbers):
    """One story under one coupling, summed over everything hidden."""

    def coherence(self, bundle: list[int], relays: bool, without: int | None = None) -> float:
        """K = P(the bundle's statements | their source tracks, nothing else in evidence)."""
        if not bundle:
            return 1.0
        needed = set(bundle)
        for index in range(len(self.story.statements) - 1, -1, -1):
            if index in needed:
                statement = self.story.statements[index]
                needed.update(i for i in (statement.cites, statement.voice) if i is not None)
        network = self.network(
            kept=sorted(needed),
            in_hand=set(bundle),
            potentials=self.fitted_potentials if relays else self.flat_potentials,
            tracking=self.state(bundle[0]),
            without=without,
        )
        blank = self.network([], set(), self.fitted_potentials if relays else self.flat_potentials)
        total, _ = network.marginals()
        scale, _ = blank.marginals()
        return total / scale  # type: ignore[return-value]

    @cached_property
    def k(self) -> dict[object, tuple[float, float]]:
        """K of the origins and of the relays, by state."""
        return {
            state: (self.coherence(origins, False), self.coherence(relays, True))
            for state, (origins, relays) in self.bundles.items()
        }

    # -------- the network

    def network(
        self,
        kept: list[int],
        in_hand: set[int],
        potentials: list[list[Number]] | list[list[float]],
        tracking: object = None,
        ks: Mapping[object, Number] | None = None,
        without: int | None = None,
        shift: Mapping[str, complex] | None = None,
        resolved: tuple[tuple[Place, bool], ...] = (),
    ) -> Network:
        """The story as variables and factors.

        With `tracking`, that state is fixed and there are no bundles: this is the network of a K.
        `without` is a statement whose factor is replaced by a constant.
        """
        story, shift = self.story, shift or {}
        domains: dict[Variable, tuple[object, ...]] = {}
        factors: list[Factor] = []
        for q, question in enumerate(story.questions):
            domains["question", q] = tuple(range(question.size))
            factors.append(((("question", q),), row_factor("question", q, potentials[q])))
        for link in story.links:
            factors.append(tied(link))
        for place, truth in resolved:
            factors.append(resolution(place, truth))

        states: dict[object, list[int]] = defaultdict(list)
        for index in kept:
            states[self.state(index)].append(index)
        bundled: set[int] = set()
        for state, indices in states.items():
            if state == tracking:
                domains["tracks", state] = (True,)
                continue
            domains["tracks", state] = (True, False)
            witness = story.statements[indices[0]].witness
            t = self.trust(witness, self.ratio(indices), shift)
            own = (1.0 - t) * (ks or {}).get(state, 1.0)
            factors.append(((("tracks", state),), state_factor(state, t, own)))
            if ks is not None and len(indices) > 1:
                bundled.update(
                    i for i in indices if i in in_hand and story.statements[i].voice is None
                )

        phantoms = self._phantoms(states, bundled, tracking)
        for state, component in phantoms:
            self._add_phantom(domains, factors, state, component)

        for index in kept:
            statement = story.statements[index]
            size = story.questions[statement.question].size
            domains["said", index] = (
                self.consistent(statement) if index in in_hand else tuple(range(size))
            )
            factors.append(self._said(index, bundled, phantoms, index == without, shift))
        return Network(domains, factors)

    def _phantoms(
        self, states: Mapping[object, list[int]], bundled: set[int], tracking: object
    ) -> set[tuple[object, int]]:
        """The states, by story, whose own story is a made-up copy of the questions."""
        found: set[tuple[object, int]] = set()
        for state, indices in states.items():
            if state == tracking:
                continue
            counts: dict[int, int] = defaultdict(int)
            for index in indices:
                statement = self.story.statements[index]
                if statement.cites is None and index not in bundled:
                    counts[self.component[statement.question]] += 1
            found.update((state, component) for component, n in counts.items() if n >= 2)
        return found

    def _add_phantom(
        self,
        domains: dict[Variable, tuple[object, ...]],
        factors: list[Factor],
        state: object,
        component: int,
    ) -> None:
        """A phantom is one variable whose values are the worlds of its story."""
        questions = [q for q, c in enumerate(self.component) if c == component]
        weights = {}
        for values in itertools.product(*(range(self.story.questions[q].size) for q in questions)):
            world = dict(zip(questions, values, strict=True))
            weight = 1.0
            for q in questions:
                weight *= self.flat_potentials[q][world[q]]
            for link in self.story.links:
                if link.first.question in world:
                    weight *= link_factor(link, world)
            weights[tuple(world.items())] = weight
        total = sum(weights.values())
        variable = ("phantom", state, component)
        domains[variable] = tuple(weights)
        factors.append(((variable,), lambda a: weights[a[variable]] / total))  # type: ignore[index]

    def _said(
        self,
        index: int,
        bundled: set[int],
        phantoms: set[tuple[object, int]],
        blank: bool,
        shift: Mapping[str, complex],
    ) -> Factor:
        """P(what a statement says | what it is about, its source's state, its own story)."""
        statement = self.story.statements[index]
        q, cites, voice = statement.question, statement.cites, statement.voice
        state, me = self.state(index), ("said", index)
        about: Variable = ("question", q) if cites is None else ("said", cites)
        guess = self.f[q] if cites is None else self.m[cites]
        lam = self.lam(index, shift)
        possible = len(self.consistent(statement))
        if blank:
            # What is in hand stays what it says; it only stops being evidence.
            return (me,), lambda a: 1.0 / possible

        phantom: Variable | None = None
        if cites is None and (state, self.component[q]) in phantoms and index not in bundled:
            phantom = ("phantom", state, self.component[q])

        def chance(a: Assignment) -> Number:
            said = a[me]
            if a["tracks", state]:
                p = lam * (said == a[about]) + (1.0 - lam) * guess[said]  # type: ignore[call-overload]
            elif index in bundled:
                p = 1.0 / possible
            elif phantom is not None:
                p = float((q, said) in a[phantom])  # type: ignore[operator]
            else:
                p = guess[said]  # type: ignore[call-overload]
            if voice is not None:
                tau = statement.voice_probability
                p = tau * (said == a["said", voice]) + (1.0 - tau) * p
            return p  # type: ignore[no-any-return]

        scope: list[Variable] = [me, about, ("tracks", state)]
        if phantom is not None:
            scope.append(phantom)
        if voice is not None:
            scope.append(("said", voice))
        return tuple(scope), chance

    # -------- questions put to the network

    def resolutions(self, target: Place) -> tuple[tuple[Place, bool], ...]:
        """What has been found out, but for the target itself."""
        return tuple(each for each in self.story.resolved if each[0] != target)

    def posterior(
        self,
        target: Place,
        without: int | None = None,
        shift: Mapping[str, complex] | None = None,
    ) -> tuple[Number, dict[Variable, dict[object, Number]]]:
        """The probability of the evidence and every marginal beside it; f, m and K unshifted."""
        shift = shift or {}
        ks = {state: pair[0] * pair[1] for state, pair in self.k.items()}
        if without is not None:
            for state, (origins, relays) in self.bundles.items():
                if without in origins:
                    ks[state] = self.coherence(origins, False, without) * self.k[state][1]
                if without in relays:
                    ks[state] = self.k[state][0] * self.coherence(relays, True, without)
        potentials: list[list[Number]] = [list(row) for row in self.fitted_potentials]
        for q, question in enumerate(self.story.questions):
            potentials[q][0] *= cmath.exp(shift.get(f"prior:{question.id}", 0.0)) if shift else 1.0
        statements = self.story.statements
        return self.network(
            kept=list(range(len(statements))),
            in_hand={i for i, statement in enumerate(statements) if statement.in_hand},
            potentials=potentials,
            ks=ks,
            without=without,
            shift=shift,
            resolved=self.resolutions(target),
        ).marginals()

    def parts(self, target: Place, **changes: object) -> tuple[Number, Number]:
        """The weight of the target's being so, and of its not being so."""
        _, marginals = self.posterior(target, **changes)  # type: ignore[arg-type]
        row = marginals["question", target.question]
        return row[target.value], sum(p for v, p in row.items() if v != target.value)

    def probability(self, target: Place) -> float:
        """The score, and nothing else."""
        so, not_so = self.parts(target)
        if so + not_so == 0:
            raise Impossible
        return so / (so + not_so)  # type: ignore[return-value]

    def effective_prior(self, target: Place) -> float:
        """The marginal of the target under stated priors and links."""
        return self.pi[target.question][target.value]

    def statement_bits(self, target: Place, index: int) -> float | None:
        """log2 odds less log2 odds with the statement's factor constant and its K without it."""
        return difference(
            log2_odds(*self.parts(target)), log2_odds(*self.parts(target, without=index))
        )

    def slopes(self, target: Place) -> dict[str, float]:
        """d logit / d theta for every parameter that has a variance; f, m and K held."""
        found = {}
        for about in self.parameters():
            so, not_so = self.parts(target, shift={about: complex(0.0, STEP)})
            slope = (cmath.log(so) - cmath.log(not_so)).imag / STEP
            if about.startswith("prior:"):
                mean = self._stated(about)
                slope /= mean * (1.0 - mean)
            found[about] = slope
        return found

    def _stated(self, about: str) -> float:
        prior = next(q.prior for q in self.story.questions if f"prior:{q.id}" == about)
        assert prior is not None
        return prior[0]

    def parameters(self) -> dict[str, float]:
        """The variance of every parameter that has one."""
        found: dict[str, Degree] = {}
        for witness in self.story.witnesses:
            if witness.reliability is not None:
                found[f"reliability:{witness.id}"] = witness.reliability
            found[f"access:{witness.id}"] = witness.access
        for statement in self.story.statements:
            found[about_skill(statement)] = statement.skill
        for question in self.story.questions:
            if question.prior is not None and question.size == 2:
                found[f"prior:{question.id}"] = Degree(question.prior[0], question.strength)
        return {about: each.variance for about, each in found.items() if each.variance > 0.0}

    def groups(self, target: Place) -> list[tuple[str, ...]]:
        """The sources with an origin in the target's story, joined where origins may be one voice."""
        story = self.story
        here = [
            index
            for index, statement in enumerate(story.statements)
            if statement.cites is None
            and self.component[statement.question] == self.component[target.question]
        ]
        group = {
            story.statements[index].witness: {story.statements[index].witness} for index in here
        }
        for index in here:
            voice = story.statements[index].voice
            if voice in here:
                first = group[story.statements[index].witness]
                joined = first | group[story.statements[voice].witness]
                for witness in joined:
                    group[witness] = joined
        unique = {tuple(sorted(each)) for each in group.values()}
        return [tuple(story.witnesses[w].id for w in each) for each in sorted(unique)]

    def origin_bits(self, target: Place, sources: tuple[str, ...]) -> float | None:
        """log2 odds less log2 odds of the story without these sources' own statements."""
        gone = {
            index
            for index, statement in enumerate(self.story.statements)
            if statement.cites is None
            and self.story.witnesses[statement.witness].id in sources
            and self.component[statement.question] == self.component[target.question]
        }
        rest = Twin(story_without(self.story, gone), self.coupling)
        return difference(log2_odds(*self.parts(target)), log2_odds(*rest.parts(target)))

    def potentials(self, target: Place) -> dict[str, float]:
        """For every unjudged source the score with its reliability exactly one half."""
        found = {}
        for w, witness in enumerate(self.story.witnesses):
            if witness.reliability is None:
                judged = list(self.story.witnesses)
                judged[w] = attrs.evolve(witness, reliability=Degree(0.5))
                other = attrs.evolve(self.story, witnesses=tuple(judged))
                found[witness.id] = Twin(other, self.coupling).probability(target)
        return found


def log2_odds(so: Number, not_so: Number) -> float | None:
    """The odds in bits; `None` where one side is impossible."""
    if so == 0 or not_so == 0:
        return None
    return math.log2(so) - math.log2(not_so)  # type: ignore[arg-type]


def difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
