"""A structure laid out once for a story, and the numbers that fill it, again and again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from contextvars import Context
from functools import cached_property, lru_cache

import attrs

from provenance.bounds import spend
from provenance.errors import InvalidValue
from provenance.graph import Statement, Story, Witness
from provenance.inference.discounts import Line, discounts_of, gate_chance, lines_of
from provenance.inference.elimination import Table, Tape
from provenance.inference.factors import (
    Coupling,
    State,
    StatementTable,
    interest_of,
    states_of,
    tracking,
)
from provenance.inference.network import (
    Network,
    OriginGroup,
    bundle_network,
    network_of,
    origin_groups,
)
from provenance.inference.orders import Workload, cost_of
from provenance.inference.priors import Priors, components, priors_of
from provenance.inference.sampling import expected_total
from provenance.scales import THETA

__all__ = [
    "Bundle",
    "Chances",
    "Evaluation",
    "Structure",
    "Total",
    "chances_of",
    "evaluate",
    "expected_of",
    "strength_of",
]

_FILLING = 100  # operations for a statement
_SMALL = 200  # statements or links of a story that is laid out once for all of the same shape
_SHAPES = 64  # how many of these are remembered

_ALMOST_ONE = 1.0 - 1e-9


@attrs.frozen
class Bundle:
    """What one source has in hand of its own, or passes on, told as one story."""

    state: int
    """The index of its state among the network's states."""
    statements: tuple[int, ...]
    """Its statements."""
    stated: bool
    """Whether stated priors hold in its own story (relays) or flat ones (origins; model 2.5)."""
    network: Network
    """The network in which its value is computed."""


@attrs.frozen
class Structure:
    """The networks of a story: they depend on who cites whom, not on any number."""

    coupling: Coupling
    """Which statements share a state."""
    question: int
    """The question that is asked."""
    component: tuple[int, ...]
    """For every question, which linked questions it belongs to."""
    network: Network
    """The network of the whole story."""
    bundles: tuple[Bundle, ...]
    """The bundles of all states that have any."""
    shared: frozenset[int]
    """The statements whose state has several."""

    groups: tuple[OriginGroup, ...]
    """The origins that are left out together when their weight is found."""
    users: tuple[tuple[int, ...], ...]
    """For every statement those that cite it or may be the same voice."""

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The network of the whole story, and those of the bundles."""
        return (self.network, *(each.network for each in self.bundles))

    @property
    def is_exact(self) -> bool:
        """Whether none of the networks has to be simulated."""
        return all(each.is_exact for each in self.networks)

    @property
    def is_easy(self) -> bool:
        """Whether all networks are summed in the order that is found first."""
        return all(each.is_easy for each in self.networks)

    @cached_property
    def laying_out(self) -> int:
        """How many operations it takes to plan all sums."""
        return sum(each.plan.operations for each in self.networks)

    @cached_property
    def cost(self) -> Workload:
        """What one evaluation takes, before anything is multiplied: every network, there and back.

        An answer replays it twice for its lines, once for every unjudged source and, at most, once
        for every origin.
        """
        return Workload.together(
            cost_of(each.sizes, each.scopes, each.roots, each.order) for each in self.networks
        )

    @cached_property
    def bundle_of(self) -> dict[int, int]:
        """For every statement in a bundle, the bundle's index."""
        return {
            index: number
            for number, bundle in enumerate(self.bundles)
            for index in bundle.statements
        }

    @cached_property
    def bundle_of_state(self) -> dict[int, int]:
        """For every state that tells a bundle, the bundle's index."""
        return {bundle.state: number for number, bundle in enumerate(self.bundles)}

    @cached_property
    def told_in(self) -> dict[int, list[int]]:
        """For every statement the bundles in whose networks it is."""
        found: dict[int, list[int]] = {}
        for number, bundle in enumerate(self.bundles):
            for term in bundle.network.terms:
                found.setdefault(term.statement, []).append(number)
        return found

    @classmethod
    def of(
        cls,
        story: Story,
        question: int,
        coupling: Coupling = "story",
        *,
        with_reasons: bool = True,
    ) -> Structure:
        """Lay out a story for asking one question of it, and for weighing its origins.

        That of a small story whose sums are easy is remembered for all of the same shape.
        """
        asked = _Asked(story, story.shape, question, coupling, with_reasons)
        if max(len(story.statements), len(story.links)) <= _SMALL:
            # It may be there already, so that what it takes is counted apart from making it.
            found = Context().run(_remembered, asked)
            if found.is_easy:
                spend(found.laying_out, "laying out tables")
                return found
        return _laid_out(asked)


@attrs.frozen
class _Asked:
    """A story of which a question is asked: equal to all that are laid out alike."""

    story: Story = attrs.field(eq=False)
    shape: tuple[object, ...]
    question: int
    coupling: Coupling
    with_reasons: bool


def _laid_out(asked: _Asked) -> Structure:
    story, coupling = asked.story, asked.coupling
    component = components(story)
    network = network_of(story, component, coupling, root=asked.question)
    bundles: list[Bundle] = []
    shared: set[int] = set()
    for number, state in enumerate(network.states):
        if len(state.statements) == 1:
            continue
        shared.update(state.statements)
        members = tuple(index for index in state.statements if network.term_of[index].bundled)
        if members:
            inner = bundle_network(story, component, coupling, members)
            bundles.append(Bundle(number, members, state.relays, inner))
    users: list[list[int]] = [[] for _ in story.statements]
    for index, statement in enumerate(story.statements):
        for each in {statement.cites, statement.voice} - {None}:
            users[each].append(index)  # type: ignore[index]  # `None` is taken out
    return Structure(
        coupling,
        asked.question,
        component,
        network,
        tuple(bundles),
        frozenset(shared),
        origin_groups(story, asked.question) if asked.with_reasons else (),
        tuple(map(tuple, users)),
    )


@lru_cache(maxsize=_SHAPES)
def _remembered(asked: _Asked) -> Structure:
    """How a story is laid out, with the plans of its sums where these are found at once."""
    found = _laid_out(asked)
    if found.is_easy:
        found.laying_out  # noqa: B018  # which makes the plans
    return found


@attrs.frozen(eq=False)
class Evaluation:
    """A structure filled with a story's numbers."""

    structure: Structure
    """What was filled."""
    story: Story
    """The numbers."""
    priors: Priors
    """What was believed before anyone spoke."""
    strengths: tuple[float, ...]
    """For every statement, the chance that a tracking source passes on what it tracks (lam)."""
    lines: tuple[Line, ...]
    """The voices of unrecorded lineage that say the same."""
    discounts: tuple[float, ...]
    """For every statement by how much it counts as a voice of its own."""
    theta: float
    """How soon one more voice of unrecorded lineage is a new one."""
    predictive: tuple[Table, ...]
    """For every statement, what it was expected to say, ignoring what is in hand."""
    bundle_logs: tuple[float, ...]
    """For every bundle, the logarithm of its value."""
    shares: dict[int, float]
    """For every statement in a bundle, its share of the bundle's value: their geometric mean."""
    tables: tuple[Table, ...]
    """The tables of the whole story's network, by slot."""
    trackings: tuple[float, ...]
    """For every state of the network, P(track)."""
    totals: tuple[Total, ...]
    """For every bundle, how its network was summed."""
    seed: int
    """What simulations start from, where a table would exceed the limit."""

    @property
    def is_exact(self) -> bool:
        """Whether nothing had to be simulated."""
        return self.structure.is_exact

    def slope(self, term: StatementTable) -> Table:
        """The derivative of a statement's table by its strength, in the whole story's network."""
        found = self._slopes.get(term.statement)
        if found is None:
            statement = self.story.statements[term.statement]
            guess = self.guess(statement)
            found = term.slope(guess, statement.voice_probability, statement.silence)
            self._slopes[term.statement] = found
        return found

    @cached_property
    def _slopes(self) -> dict[int, Table]:
        """The slopes that have been asked for."""
        return {}

    def guess(self, statement: Statement) -> Table:
        """What the source of a statement says where it does not track."""
        if statement.cites is None:
            return self.priors.flat[statement.question]
        return self.predictive[statement.cites]

    @cached_property
    def tape(self) -> Tape:
        """The finished run of the whole story's network."""
        return self.structure.network.plan.forward(self.tables)

    @cached_property
    def masses(self) -> Table:
        """The relative weight of every value of the question that is asked."""
        return self.tape.result

    @property
    def log_total(self) -> float:
        """The logarithm of the sum over everything; 0 where it is simulated and not known."""
        return self.tape.log_total if self.structure.network.is_exact else 0.0

    @cached_property
    def flows(self) -> Sequence[Table]:
        """d log P(everything in hand) / d entry, by slot: one way back that serves all questions."""
        total = math.fsum(self.masses)
        return self.tape.backward([1.0 / total] * len(self.masses)) if total > 0.0 else ()

    def marginal(self, question: int | None) -> tuple[Table, float]:
        """The weight of every value of a question, and a logarithm to add to those of them.

        Without a question it is the one that was asked for, whose table is summed last.
        """
        if question in (None, self.structure.question) or not self.flows:
            return self.masses, self.tape.log_scale
        slot = next(slot for slot, q in self.structure.network.question_slots if q == question)
        masses = [p * flow for p, flow in zip(self.tables[slot], self.flows[slot], strict=True)]
        return masses, self.tape.log_total


@attrs.frozen(eq=False)
class Total:
    """A network summed over everything, exactly or by simulation."""

    log: float
    """The logarithm of the total."""
    tape: Tape | None
    """The finished run, when it is exact."""
    estimated: list[list[float]]
    """The flows, when it is not."""
    tables: Sequence[Table]
    """The tables that were summed."""

    @cached_property
    def flows(self) -> Sequence[Table]:
        """d log total / d entry, by slot."""
        if self.tape is None:
            return self.estimated
        return self.tape.flows((1.0 / self.tape.result[0],))

    @classmethod
    def of(cls, network: Network, tables: Sequence[Table], seed: int) -> Total:
        """Sum a network over everything."""
        if network.is_exact:
            tape = network.plan.forward(tables)
            return cls(tape.log_total, tape, [], tables)
        log, flows = expected_total(network, tables, seed)
        return cls(log, None, flows, tables)


def evaluate(
    structure: Structure,
    story: Story,
    priors: Priors | None = None,
    seed: int = 0,
    *,
    theta: float = THETA,
    lines: tuple[Line, ...] | None = None,
    discounts: tuple[float, ...] | None = None,
) -> Evaluation:
    """Fill a structure with the numbers of a story of the same shape.

    `lines` and `discounts` are kept where they are given, and otherwise follow from how strongly
    each voice reaches us (model 2.9). Raises `InvalidValue` for a seed that is no whole number.
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise InvalidValue(f"expected a whole number as the seed, found {seed!r:.80}")
    spend(_FILLING * len(story.statements), "filling tables with numbers")
    priors = priors_of(story) if priors is None else priors
    trackings = _trackings(structure.network.states, story)
    if lines is None:
        by_statement = _by_statement(structure.network.states, trackings, story)
        lines = lines_of(story, priors.stated, by_statement)
    if discounts is None:
        discounts = discounts_of(story, lines, priors.flat, theta)
    strengths = tuple(
        strength_of(statement, discounts[index], index in structure.shared)
        for index, statement in enumerate(story.statements)
    )
    predictive: list[Table] = []
    for statement, strength in zip(story.statements, strengths, strict=True):
        witness = story.witnesses[statement.witness]
        predictive.append(expected_of(statement, witness, priors, strength, predictive))
    filling = _Filling(story, priors, strengths, predictive)
    totals: list[Total] = []
    logs: list[float] = []
    for bundle in structure.bundles:
        told = _trackings(bundle.network.states, story)
        tables = filling.tables(bundle.network, told, bundle.stated, {})
        totals.append(Total.of(bundle.network, tables, seed))
        logs.append(totals[-1].log - filling.log_total(bundle.network, bundle.stated))
    shares = {
        index: math.exp(log / len(bundle.statements))
        for bundle, log in zip(structure.bundles, logs, strict=True)
        for index in bundle.statements
    }
    tables = filling.tables(structure.network, trackings, True, shares)
    filling.resolve(structure.network, tables)
    return Evaluation(
        structure,
        story,
        priors,
        strengths,
        lines,
        discounts,
        theta,
        tuple(predictive),
        tuple(logs),
        shares,
        tuple(tables),
        tuple(trackings),
        tuple(totals),
        seed,
    )


@attrs.frozen
class Chances:
    """How far every statement may be relied on by itself: what other calculi take as given."""

    trackings: tuple[float, ...]
    """For every statement, P(its source tracks), by its state."""
    strengths: tuple[float, ...]
    """For every statement, the chance that a tracking source passes on what it tracks, every gate
    counted by its prior chance; 0 for a silence, which those calculi do not know."""


def chances_of(story: Story, *, theta: float = THETA) -> Chances:
    """Who tracks, and who passes on what it tracks, before anyone is heard (model 2.2, 2.3, 2.9)."""
    priors = priors_of(story)
    states = states_of(story, range(len(story.statements)), "story")
    trackings = _by_statement(states, _trackings(states, story), story)
    lines = lines_of(story, priors.stated, trackings)
    discounts = discounts_of(story, lines, priors.flat, theta)
    strengths = []
    for statement, discount in zip(story.statements, discounts, strict=True):
        open_chance = gate_chance(story, priors.stated, statement.gates)
        lam = statement.skill.mean * statement.commitment * discount * open_chance
        strengths.append(0.0 if statement.silence else lam)
    return Chances(tuple(trackings), tuple(strengths))


def _trackings(states: Iterable[State], story: Story) -> list[float]:
    """For every state P(track)."""
    return [
        tracking(story.witnesses[state.witness], state.relays, interest_of(story, state.statements))
        for state in states
    ]


def _by_statement(states: Sequence[State], trackings: Sequence[float], story: Story) -> list[float]:
    """For every statement, P(its source tracks), by its state."""
    found = [0.0] * len(story.statements)
    for state, t in zip(states, trackings, strict=True):
        for index in state.statements:
            found[index] = t
    return found


def strength_of(statement: Statement, discount: float, shared: bool) -> float:
    """lam: skill, commitment and discount together (model 2.3); 1 for a silence, which has none.

    `shared` says whether its state has other statements: a source that contradicts itself is then
    weighed, not an error.
    """
    if statement.silence:
        return 1.0
    strength = statement.skill.mean * statement.commitment * discount
    return min(strength, _ALMOST_ONE) if shared else strength


def expected_of(
    statement: Statement,
    witness: Witness,
    priors: Priors,
    strength: float,
    earlier: Sequence[Table],
) -> Table:
    """What a statement was expected to say with nothing in hand: its m (model 2.4).

    `earlier` has the same of what it cites and of what may be the same voice.
    """
    if statement.cites is not None:
        expected = earlier[statement.cites]
    else:
        a = tracking(witness, False, statement.interest) * strength
        stated, flat = priors.stated[statement.question], priors.flat[statement.question]
        expected = [a * p + (1.0 - a) * f for p, f in zip(stated, flat, strict=True)]
    if statement.voice is None:
        return expected
    tau, other = statement.voice_probability, earlier[statement.voice]
    return [tau * o + (1.0 - tau) * e for o, e in zip(other, expected, strict=True)]


@attrs.frozen
class _Filling:
    """The numbers of a story, ready to be laid into any of its networks."""

    story: Story
    priors: Priors
    strengths: Sequence[float]
    predictive: Sequence[Table]

    def log_total(self, network: Network, stated: bool) -> float:
        """The logarithm of what a network sums to with nothing heard."""
        logs = self.priors.stated_logs if stated else self.priors.flat_logs
        return math.fsum(
            [logs[number] for number in network.components]
            + [self.priors.flat_logs[phantom.component] for phantom in network.phantoms]
        )

    @cached_property
    def guesses(self) -> list[Table]:
        """For every statement what its source says where it does not track."""
        flat, predictive = self.priors.flat, self.predictive
        return [
            flat[each.question] if each.cites is None else predictive[each.cites]
            for each in self.story.statements
        ]

    def tables(
        self,
        network: Network,
        trackings: Sequence[float],
        stated: bool,
        shares: Mapping[int, float],
    ) -> list[Table]:
        """All tables of a network, from P(track) of every state."""
        story, flat = self.story, self.priors.flat_potentials
        found: list[Table] = [()] * len(network.scopes)
        potentials = self.priors.potentials if stated else flat
        for slot, q in network.question_slots:
            found[slot] = potentials[q] or (1.0,) * story.questions[q].size
        for slot, q in network.phantom_slots:
            found[slot] = flat[q] or (1.0,) * story.questions[q].size
        for slot, part in network.link_slots:
            found[slot] = part.table(story.links[part.link], story.questions)
        for t, own in zip(trackings, network.state_slots, strict=True):
            if own is not None:
                found[own] = (t, 1.0 - t)
        statements, strengths, guesses = story.statements, self.strengths, self.guesses
        for term in network.terms:
            index = term.statement
            statement = statements[index]
            found[term.slot] = term.table(
                trackings[term.state],
                strengths[index],
                guesses[index],
                statement.voice_probability,
                shares.get(index, 1.0),
                statement.silence,
            )
        return found

    def resolve(self, network: Network, tables: list[Table]) -> None:
        """Condition the tables on what has been found out."""
        slots = {q: slot for slot, q in network.question_slots}
        for place, holds in self.story.resolved:
            slot = slots[place.question]
            tables[slot] = [
                p if (value == place.value) == holds else 0.0
                for value, p in enumerate(tables[slot])
            ]
