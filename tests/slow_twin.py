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
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import attrs
import numpy as np

from provenance.graph import Link, Place, Statement, Story
from provenance.scales import Degree

__all__ = ["Answer", "Impossible", "Network", "Twin", "answer"]

Number = float | complex
Variable = tuple[object, ...]
Assignment = dict[Variable, object]

NEARLY_ONE = 1.0 - 1e-9
STEP = 1e-30


class Impossible(Exception):
    """The evidence has probability zero."""


# ---------------------------------------------------------------- enumeration, and nothing else


@attrs.frozen
class Network:
    """Variables with their values, and factors that multiply."""

    domains: dict[Variable, tuple[object, ...]]
    factors: list[tuple[tuple[Variable, ...], Callable[[Assignment], Number]]]

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


# ---------------------------------------------------------------- the answer of the twin


@attrs.frozen
class Answer:
    """Everything that can be compared with the library, for one target."""

    probability: float
    prior: float
    """The effective prior: links and stated priors, no evidence."""
    questions: tuple[tuple[float, ...], ...]
    states: dict[object, float]
    """P(tracks | evidence), by state."""
    said: dict[int, tuple[float, ...]]
    """The distribution of what every statement says."""
    bits: float | None
    """Weight of all the evidence."""
    statement_bits: dict[int, float | None]
    """By statement in hand."""
    origin_bits: dict[tuple[str, ...], float | None]
    """By group of sources left out together."""
    potentials: dict[str, float]
    slopes: dict[str, float]
    """d logit / d theta by what it is about, for everything with a variance."""
    variances: dict[str, float]
    interval: tuple[float, float]
    doubts: dict[str, float]
    opinion: tuple[float, float, float, float]


@attrs.frozen(slots=False)
class Twin:
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
        factors: list[tuple[tuple[Variable, ...], Callable[[Assignment], Number]]] = []
        for q, question in enumerate(story.questions):
            domains["question", q] = tuple(range(question.size))
            factors.append(((("question", q),), _row("question", q, potentials[q])))
        for link in story.links:
            factors.append(_link_factor(link))
        for place, truth in resolved:
            factors.append(_resolution(place, truth))

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
            factors.append(((("tracks", state),), _state(state, t, own)))
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
        factors: list[tuple[tuple[Variable, ...], Callable[[Assignment], Number]]],
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
    ) -> tuple[tuple[Variable, ...], Callable[[Assignment], Number]]:
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
        return _difference(
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
        rest = Twin(without(self.story, gone), self.coupling)
        return _difference(log2_odds(*self.parts(target)), log2_odds(*rest.parts(target)))

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


# ---------------------------------------------------------------- small parts of the network


def _row(
    kind: str, index: int, potential: list[Number] | list[float]
) -> Callable[[Assignment], Number]:
    return lambda a: potential[a[kind, index]]  # type: ignore[call-overload]


def _state(state: object, t: Number, own: Number) -> Callable[[Assignment], Number]:
    return lambda a: t if a["tracks", state] else own


def _link_factor(link: Link) -> tuple[tuple[Variable, ...], Callable[[Assignment], Number]]:
    first, second = ("question", link.first.question), ("question", link.second.question)

    def factor(a: Assignment) -> float:
        world = {link.first.question: a[first], link.second.question: a[second]}
        return link_factor(link, world)  # type: ignore[arg-type]

    return (first, second), factor


def _resolution(
    place: Place, truth: bool
) -> tuple[tuple[Variable, ...], Callable[[Assignment], Number]]:
    variable = ("question", place.question)
    return (variable,), lambda a: float((a[variable] == place.value) == truth)


def about_skill(statement: Statement) -> str:
    """What a doubt about a statement's skill is about."""
    return f"{'competence' if statement.cites is None else 'fidelity'}:{statement.id}"


def without(story: Story, gone: set[int]) -> Story:
    """A story without some statements, without what relays only them, and without loose ends."""
    gone = set(gone)
    for index, statement in enumerate(story.statements):
        if statement.cites in gone:
            gone.add(index)
    while True:
        useful: set[int | None] = set()
        for index, statement in enumerate(story.statements):
            if index not in gone:
                useful.update((statement.cites, statement.voice))
        loose = {
            index
            for index, statement in enumerate(story.statements)
            if index not in gone and not statement.in_hand and index not in useful
        }
        if not loose:
            break
        gone |= loose
    kept = [index for index in range(len(story.statements)) if index not in gone]
    position = {old: new for new, old in enumerate(kept)}
    statements = []
    for old in kept:
        statement = story.statements[old]
        voice = position.get(statement.voice) if statement.voice is not None else None
        statements.append(
            attrs.evolve(
                statement,
                cites=None if statement.cites is None else position[statement.cites],
                voice=voice,
                voice_probability=0.0 if voice is None else statement.voice_probability,
            )
        )
    return attrs.evolve(story, statements=merged(statements))


def merged(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Equal statements of one source as one: a voided same-voice declaration can make them equal."""
    found = list(statements)
    for one, other in itertools.combinations(range(len(found)), 2):
        if _told(found[one]) != _told(found[other]):
            continue
        first, second = found[one], found[other]
        found[one] = attrs.evolve(
            first,
            in_hand=first.in_hand or second.in_hand,
            commitment=max(first.commitment, second.commitment),
            skill=max(first.skill, second.skill, key=lambda each: (each.mean, each.strength)),
            interest=min(first.interest, second.interest),
        )
        del found[other]
        moved = {index: index - (index > other) for index in range(len(statements))} | {other: one}
        return merged(
            [
                attrs.evolve(
                    each,
                    cites=None if each.cites is None else moved[each.cites],
                    voice=None if each.voice is None else moved[each.voice],
                )
                for each in found
            ]
        )
    return tuple(found)


def _told(statement: Statement) -> tuple[object, ...]:
    what = (statement.witness, statement.question, statement.value, statement.affirms)
    return (*what, statement.cites, statement.voice, statement.voice_probability)


def log2_odds(so: Number, not_so: Number) -> float | None:
    """The odds in bits; `None` where one side is impossible."""
    if so == 0 or not_so == 0:
        return None
    return math.log2(so) - math.log2(not_so)  # type: ignore[arg-type]


def _difference(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


# ---------------------------------------------------------------- everything at once


def answer(story: Story, target: Place, coupling: str = "story") -> Answer:
    """Everything that the twin knows about one target."""
    twin = Twin(story, coupling)
    total, marginals = twin.posterior(target)
    if total == 0:
        raise Impossible
    so, not_so = twin.parts(target)
    p: float = so / total  # type: ignore[assignment]
    prior = twin.effective_prior(target)
    certain = so == 0 or not_so == 0
    slopes = {} if certain else twin.slopes(target)
    variances = twin.parameters()
    variance = sum(slopes[about] ** 2 * variances[about] for about in slopes)
    potentials = twin.potentials(target)
    return Answer(
        probability=p,
        prior=prior,
        questions=tuple(
            tuple(part / total for part in marginals["question", q].values())  # type: ignore[misc]
            for q in range(len(story.questions))
        ),
        states={
            variable[1]: row[True] / total  # type: ignore[misc]
            for variable, row in marginals.items()
            if variable[0] == "tracks"
        },
        said={
            index: tuple(
                marginals["said", index].get(v, 0.0) / total  # type: ignore[misc]
                for v in range(story.questions[statement.question].size)
            )
            for index, statement in enumerate(story.statements)
        },
        bits=_difference(log2_odds(so, not_so), log2_odds(prior, 1.0 - prior)),
        statement_bits={
            index: None if certain else twin.statement_bits(target, index)
            for index, statement in enumerate(story.statements)
            if statement.in_hand
        },
        origin_bits={
            group: None if certain else twin.origin_bits(target, group)
            for group in twin.groups(target)
        },
        potentials=potentials,
        slopes=slopes,
        variances=variances,
        interval=_interval(p, variance, potentials.values(), certain),
        doubts={about: slope**2 * variances[about] / variance for about, slope in slopes.items()}
        if variance > 0.0
        else {},
        opinion=_opinion(p, prior, variance, twin, target),
    )


def _interval(
    p: float, variance: float, potentials: Iterable[float], certain: bool
) -> tuple[float, float]:
    if certain:
        return (p, p)
    centre, reach = math.log(p) - math.log1p(-p), 1.645 * math.sqrt(variance)
    ends = [expit(centre - reach), expit(centre + reach), *potentials]
    return (min(ends), max(ends))


def _opinion(
    p: float, prior: float, variance: float, twin: Twin, target: Place
) -> tuple[float, float, float, float]:
    """(b, d, u, a); the story's origins count as kept where their source is judged."""
    judged = any(
        statement.cites is None
        and twin.component[statement.question] == twin.component[target.question]
        and twin.story.witnesses[statement.witness].reliability is not None
        for statement in twin.story.statements
    )
    v = (p * (1.0 - p)) ** 2 * variance
    ess = math.inf if v == 0.0 else max(0.0, p * (1.0 - p) / v - 1.0)
    vague = 2.0 / (2.0 + ess) if judged else 1.0
    u = min(
        vague,
        math.inf if prior == 0.0 else p / prior,
        math.inf if prior == 1.0 else (1.0 - p) / (1.0 - prior),
    )
    b = p - prior * u
    return (b, 1.0 - b - u, u, prior)
