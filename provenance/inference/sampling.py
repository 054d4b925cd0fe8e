"""Answers by simulation, where an exact table would exceed the limit; always with their error.

Blocked Gibbs sampling: some variables are held, so that all the others can be drawn together, exactly;
then others are held. Where statements are held, states are held by turns in their place and drawn one by
one while every statement is summed, so that no chain sticks to what a statement was drawn as saying.
Every recorded sum has the free part summed exactly (Rao-Blackwell), so that only the held variables
contribute noise. What else is asked of an answer is read off the same sweeps, each counted by how much
likelier it is with other numbers (importance sampling).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import add, attrgetter, mul
from typing import TypeVar

import attrs

from provenance.bounds import affordable, expect, spend
from provenance.inference.blocks import (
    DRAWING,
    GibbsBlock,
    Key,
    Slices,
    View,
    beforehand,
    blocks_of,
)
from provenance.inference.elimination import Pairs, Plan, Replay, Table, Tape, dot
from provenance.inference.network import Network
from provenance.inference.reweighing import CHAINS, Kept, Values, seed_of

__all__ = [
    "Averages",
    "Simulated",
    "expect_to_simulate",
    "expected_total",
    "gibbs",
]

_EFFORT = 6_000_000  # operations that all sweeps together may take
_SWEEPS = 2_000
_BATCHES = 20
_BESIDE = 2  # blocks that every sweep draws beside the first one
_WAYS = 3  # runs of a block that its flows take: there, and back
_PART = 3  # of a budget, that the simulation of a whole answer may take
_FEWEST = 6  # sweeps of a chain without which a simulation tells nothing
_FEWEST_DRAWS = 60  # draws of what a source tells, at least
_SWEEPS_AT_LEAST = 40  # of all chains, with what goes before those that are recorded
_OF_A_TABLE = 60  # operations for a table in a sweep and in its flows, at least
_PLAIN = 1e-10  # an entry from which on products of a few need no scale
_SETTLING = 4  # sweeps of a chain at least before any is recorded, or a fifth of all that are
_STARTS = 50  # sweeps that a chain may take to find a state that is possible
_SOFTER = 0.5  # how fast what is impossible becomes so, while such a state is sought
_KEPT = 120  # sweeps that are kept to be looked at with other numbers

T = TypeVar("T", float, complex)


# Sweeps: one block after the other, and single variables between them.


@attrs.frozen(eq=False)
class _Site:
    """A variable that is drawn by itself, given everything else."""

    variable: int
    """The variable."""
    size: int
    """Its number of values."""
    tables: tuple[tuple[list[float], int, tuple[tuple[int, int], ...]], ...]
    """The logarithms of every table it is in, its stride there, and those of the others."""

    def draw(self, values: Values, chance: random.Random) -> None:
        """Put a value in its place."""
        logs = [0.0] * self.size
        for table, stride, others in self.tables:
            start = sum(values[each] * by for each, by in others)
            for option in range(self.size):
                logs[option] += table[start + option * stride]
        top = max(logs)
        # Rounding may leave nothing possible; then it stays as it is.
        if top > -math.inf:
            weights = [math.exp(each - top) for each in logs]
            values[self.variable] = chance.choices(range(self.size), weights)[0]


class _Walk:
    """A chain's way through the states of a network, some tables being given."""

    def __init__(self, blocks: Sequence[GibbsBlock], tables: Sequence[Table]) -> None:
        self.blocks = blocks
        self.network = blocks[0].network
        self.tables = tables
        self.slices = [Slices(block, tables) for block in blocks]
        never = frozenset.intersection(*(block.held for block in blocks))
        states = {
            self.network.scopes[slot][0] for slot in self.network.state_slots if slot is not None
        }
        sites = {each.variable: each for each in self._sites(never | states)}
        # Sources' states are drawn by themselves too wherever they are held: that costs little.
        self.between = [
            [sites[v] for v in sorted((states & block.held) | never)] for block in blocks
        ]
        self.turn = 0

    @cached_property
    def priors(self) -> _Priors:
        """What is believed before anybody is heard."""
        return _Priors.of(self.network, self.tables, range(len(self.network.sizes)))

    def _sites(self, variables: Iterable[int]) -> Iterator[_Site]:
        network = self.network
        wanted = set(variables)
        tables: dict[int, list[tuple[list[float], int, tuple[tuple[int, int], ...]]]] = {
            variable: [] for variable in sorted(wanted)
        }
        for slot, scope in enumerate(network.scopes):
            if wanted.isdisjoint(scope):
                continue
            strides = View.of(scope, network.sizes, frozenset(scope)).held
            logs = [math.log(each) if each > 0.0 else -math.inf for each in self.tables[slot]]
            for variable, stride in strides:
                if variable in wanted:
                    others = tuple(each for each in strides if each[0] != variable)
                    tables[variable].append((logs, stride, others))
        for variable, found in tables.items():
            yield _Site(variable, network.sizes[variable], tuple(found))

    def sweep(self, values: Values, chance: random.Random) -> Iterator[tuple[GibbsBlock, Tape]]:
        """Draw the first block anew, what collapsed ones hold, and some of the others in turn.

        Gives each one's sum before its variables are drawn.
        """
        often = [n for n, block in enumerate(self.blocks) if n == 0 or block.collapsed]
        others = [n for n in range(len(self.blocks)) if n not in often]
        places = range(_BESIDE * self.turn, _BESIDE * self.turn + min(_BESIDE, len(others)))
        for number in (*often, *(others[place % len(others)] for place in places)):
            slices = self.slices[number]
            block, tape = slices.block, slices.run(values)
            spend(DRAWING * len(block.bunches), "a simulation of the answer")
            if block.collapsed:
                tape = self._held_drawn(slices, tape, values, chance)
            yield block, tape
            for variable, value in tape.sample(self.network.sizes, chance).items():
                values[variable] = value
            for site in self.between[number]:
                site.draw(values, chance)
        self.turn += 1

    def _held_drawn(
        self, slices: Slices, tape: Tape, values: Values, chance: random.Random
    ) -> Tape:
        """The sum of a block after each of what it holds was drawn, given the rest of that.

        What is summed is not at a value then, so that nobody is tied to what he was just drawn as
        saying (collapsed Gibbs sampling; Liu, The collapsed Gibbs sampler, JASA 1994). Where that
        would take longer than some sums, only so many are drawn, the others in the next sweeps.
        """
        replay = Replay(tape)
        turns = slices.block.turns
        turn = turns[self.turn % len(turns)]
        spend(turn.operations, "a simulation of the answer")
        for variable in turn.variables:
            stands = now = values[variable]
            logs = [-math.inf] * self.network.sizes[variable]
            logs[now] = slices.fixed_log(variable, values) + replay.log_total
            for option in range(len(logs)):
                values[variable] = option
                fixed = slices.fixed_log(variable, values) if option != now else -math.inf
                if fixed > -math.inf:
                    replay.move(slices.around(variable, values))
                    stands = option
                    logs[option] = fixed + replay.log_total
            top = max(logs)
            # Rounding may leave nothing possible; then it stays as it is.
            weights = [math.exp(each - top) for each in logs] if top > -math.inf else [0.0]
            values[variable] = (
                now if top == -math.inf else chance.choices(range(len(logs)), weights)[0]
            )
            if values[variable] != stands:
                replay.move(slices.around(variable, values))
        return replay.stand


def _started(walk: _Walk, chain: int, chance: random.Random) -> Values | None:
    """Where a chain starts: all tracking, nobody, or at random; `None` if nothing was possible.

    Each as far as it is possible: who is not judged tracks nothing, and who is perfect has no story
    of its own. From a place that is not possible a chain walks on with what is impossible only
    unlikely, and more and more so, until it comes to one that is.
    """
    network, tables = walk.network, walk.tables
    values = walk.priors.draw(chance)
    for slot in network.state_slots:
        if slot is None:
            continue
        known = [option for option in (0, 1) if tables[slot][option] > 0.0]
        if not known:
            return None
        wished = chain if chain < 2 else int(chance.random() >= 0.5)
        values[network.scopes[slot][0]] = wished if wished in known else known[0]
    first, softness = walk.slices[0], _SOFTER
    for _ in range(_STARTS):
        if first.are_possible(values):
            return values
        soft = _Walk(walk.blocks, [_softened(table, softness) for table in tables])
        for _ in soft.sweep(values, chance):
            pass
        softness *= _SOFTER
    return values if first.are_possible(values) else None


def _softened(table: Table, softness: float) -> Table:
    if min(table) > 0.0:
        return table
    least = softness * (max(table) or 1.0)
    return [each if each > 0.0 else least for each in table]


@attrs.frozen(eq=False)
class _Priors:
    """What is believed of questions, and of what sources make up, before anybody is heard."""

    network: Network
    """The network they are in."""
    slots: tuple[int, ...]
    """Their tables."""
    tape: Tape | None
    """The sum over them; `None` where there are none."""

    @classmethod
    def of(cls, network: Network, tables: Sequence[Table], variables: Collection[int]) -> _Priors:
        """Of some of the variables, whole questions with all that is linked to them."""
        wanted = set(variables)
        slots = tuple(
            slot
            for kind in (network.question_slots, network.phantom_slots, network.link_slots)
            for slot, _ in kind
            if wanted.issuperset(network.scopes[slot])
        )
        if not slots:
            return cls(network, slots, None)
        plan = Plan.of(network.sizes, [network.scopes[slot] for slot in slots])
        return cls(network, slots, plan.forward([tables[slot] for slot in slots]))

    @property
    def log(self) -> float:
        """The logarithm of what they come to by themselves."""
        return 0.0 if self.tape is None else self.tape.log_total

    def draw(self, chance: random.Random) -> Values:
        """A value of every variable, 0 where they say nothing of it."""
        values = [0] * len(self.network.sizes)
        if self.tape is not None:
            for variable, value in self.tape.sample(self.network.sizes, chance).items():
                values[variable] = value
        return values


# What is found.


@attrs.frozen(eq=False)
class Averages:
    """What some sweeps have found."""

    probability: float
    """The mean of the exact probabilities given what was held."""
    rest: float
    """The same of all other values, which may be too small to be seen as 1 - probability."""
    value_flows: list[list[float]]
    """The expected flows of the sum in which the value holds; empty unless asked for."""
    rest_flows: list[list[float]]
    """The expected flows of the sum in which it does not."""


@attrs.frozen(eq=False)
class Simulated(Averages):
    """What a simulation found for one value of the question that is asked."""

    standard_error: float
    """Its standard error: from batch means or from how far chains differ, whichever is larger."""
    chains: tuple[Averages, ...]
    """What every chain found by itself; none unless flows were asked for."""
    kept: Kept | None
    """Some of the sweeps, to be looked at with other numbers."""


def expect_to_simulate(network: Network, times: int = 1, told: Iterable[Network] = ()) -> None:
    """Refuse what not even the fewest sweeps fit into, before anything is laid out.

    So is what would take several simulations. Where what sources tell is simulated before it, all of
    that is laid out once, to see whether the answer can still be simulated after it.
    """
    each = _SWEEPS_AT_LEAST * _OF_A_TABLE * len(network.scopes)
    doing = "a simulation of the answer" if times == 1 else f"{times:,} simulations of answers"
    expect(times * each, doing)
    before = sum(_FEWEST_DRAWS * beforehand(each).operations for each in told)
    if before:
        expect(before + _FEWEST * _sweep_cost(blocks_of(network), with_flows=True), doing)


def gibbs(
    network: Network,
    tables: Sequence[Table],
    value: int,
    seed: int,
    *,
    with_flows: bool = True,
    effort: float = 1.0,
) -> Simulated | None:
    """Estimate the answer of a network whose exact tables would exceed the limit.

    Several chains start far apart, with everyone held tracking, with nobody, and in between: where
    they do not come together, the standard error says so. The same seed gives the same answer.
    The number of sweeps is set by the size of the network, by `effort`, 1 for a whole answer, and by
    what is left of the budget, so that the time is bounded.
    `None` where what is in hand seems impossible: no state of what is held was found that is not.
    """
    chance = random.Random(seed)
    dormant = [network.scopes[slot][0] for slot in _dormant(network, tables)]
    blocks = blocks_of(network, dormant, bunched=_are_plain(tables))
    sweeps = _affordable(blocks, effort, with_flows)
    walk = _Walk(blocks, tables)
    records = [_Record(walk.slices[0], value, with_flows) for _ in range(CHAINS)]
    kept: list[tuple[int, Values]] = []
    for chain, record in enumerate(records):
        values = _started(walk, chain, chance)
        if values is None:
            return None
        for sweep in range(-max(_SETTLING, sweeps // 5), sweeps):
            if sweep >= 0 and with_flows and sweep % -(-CHAINS * sweeps // _KEPT) == 0:
                kept.append((chain, [*values]))
            for block, tape in walk.sweep(values, chance):
                if sweep >= 0 and block.has_root and not block.collapsed:
                    record.add(tape, values, is_first=block is blocks[0])
            if sweep >= 0:
                record.close()
    return _together(records, Kept(blocks[0], tables, value, tuple(kept)) if with_flows else None)


def _dormant(network: Network, tables: Sequence[Table]) -> list[int]:
    return [slot for slot in network.state_slots if slot is not None and tables[slot][0] <= 0.0]


def _are_plain(tables: Sequence[Table]) -> bool:
    """Whether some dozens of entries can be multiplied without coming near what a double holds."""
    return all(_PLAIN <= each <= 1.0 / _PLAIN for table in tables for each in table if each > 0.0)


def _affordable(blocks: Sequence[GibbsBlock], effort: float, with_flows: bool) -> int:
    """How many sweeps of a chain are worth while and within a part of what is left of the budget.

    Raises `TooCostly` where that is not enough to tell anything.
    """
    each = _sweep_cost(blocks, with_flows)
    wanted = max(_FEWEST, min(_SWEEPS // CHAINS, int(effort * _EFFORT / each)))
    expect(each * _FEWEST, "a simulation of the answer")
    left = affordable()
    if left is None:
        return wanted
    # What is asked beside the answer is simulated too, and needs its part.
    return max(_FEWEST, min(wanted, left // (each * (_PART if with_flows else 2 * _PART))))


def _sweep_cost(blocks: Sequence[GibbsBlock], with_flows: bool) -> int:
    """What a sweep of every chain takes, with its part of the sweeps that go before."""
    sweep = blocks[0].operations
    sweep += sum(
        block.operations + block.turns[0].operations for block in blocks if block.collapsed
    )
    others = [block.operations for block in blocks[1:] if not block.collapsed]
    sweep += min(_BESIDE, len(others)) * sum(others) // len(others) if others else 0
    sweep += _WAYS * blocks[0].plan.operations if with_flows else 0
    return math.ceil(1.2 * CHAINS * sweep)


class _Record:
    """What the sweeps of one chain have found so far."""

    def __init__(self, slices: Slices, value: int, with_flows: bool) -> None:
        self.slices = slices
        self.block = block = slices.block
        self.tables = slices.tables
        self.value = value
        self.with_flows = with_flows
        self.current: list[tuple[float, float]] = []
        self.sweeps: list[tuple[float, float]] = []
        self.weight = 0j
        # Of every bunch of tables the flows of what is left of it with what is held at some values,
        # and of what is held whole the flow of the entry that counts.
        self.flows: list[dict[Key, Pairs]] = [{} for _ in block.bunches]
        self.fixed: list[dict[int, complex]] = [{} for _ in block.fixed]

    def add(self, tape: Tape, values: Values, *, is_first: bool) -> None:
        """Take note of a sum."""
        seed = seed_of(tape, self.value)
        share = dot(seed, tape.result)
        self.current.append((share.real, share.imag))
        if not (is_first and self.with_flows):
            return
        self.weight += share
        block = self.block
        for cuts, known, flow in zip(
            self.slices.cuts, self.flows, tape.backward(seed), strict=True
        ):
            key = cuts.key(values)
            before = known.get(key)
            known[key] = flow if before is None else list(map(add, before, flow))
        for slot, entries in zip(block.fixed, self.fixed, strict=True):
            start = block.views[slot].start(values)
            entries[start] = entries.get(start, 0j) + share / self.tables[slot][start]

    def close(self) -> None:
        """End a sweep."""
        self.sweeps.append(
            (_mean([mine for mine, _ in self.current]), _mean([rest for _, rest in self.current]))
        )
        self.current = []

    def found(self) -> Averages:
        """What it comes to."""
        flows: list[list[complex]] = []
        if self.with_flows:
            flows = _scattered(self.block, self._by_table())
        return Averages(
            _mean([mine for mine, _ in self.sweeps]),
            _mean([rest for _, rest in self.sweeps]),
            _parted(flows, self.weight.real, _REAL),
            _parted(flows, self.weight.imag, _IMAG),
        )

    def _by_table(self) -> list[dict[int, Pairs]]:
        """The flows of what is left of every table by itself, by where it starts."""
        found: list[dict[int, Pairs]] = [{} for _ in self.block.network.scopes]
        for cuts, known in zip(self.slices.cuts, self.flows, strict=True):
            for key, flow in known.items():
                for slot, start, part in cuts.flows(key, flow):
                    before = found[slot].get(start)
                    found[slot][start] = part if before is None else list(map(add, before, part))
        for slot, entries in zip(self.block.fixed, self.fixed, strict=True):
            found[slot] = {start: (flow,) for start, flow in entries.items()}
        return found


_REAL, _IMAG = attrgetter("real"), attrgetter("imag")


def _parted(
    flows: Sequence[Pairs], weight: float, part: Callable[[complex], float]
) -> list[list[float]]:
    """One part of flows of two sums, over what it weighs."""
    if weight <= 0.0:
        return [[0.0] * len(each) for each in flows]
    return [[part(entry) / weight for entry in each] for each in flows]


def _scattered(
    block: GibbsBlock, kept: Sequence[Mapping[int, Sequence[T]]]
) -> list[list[T | float]]:
    """Flows of what is left of every table as flows of the whole ones."""
    found: list[list[T | float]] = []
    for slot, scope in enumerate(block.network.scopes):
        flows: list[T | float] = [0.0] * math.prod(map(block.network.sizes.__getitem__, scope))
        entries = block.views[slot].entries
        for start, flow in kept[slot].items():
            for place, each in zip(entries, flow, strict=True):
                flows[start + place] = each
        found.append(flows)
    return found


def _together(records: Sequence[_Record], kept: Kept | None) -> Simulated:
    """What all chains have found."""
    chains = tuple(record.found() for record in records)
    sweeps = [mine for record in records for mine, _ in record.sweeps]
    return Simulated(
        _mean([each.probability for each in chains]),
        _mean([each.rest for each in chains]),
        _averaged([each.value_flows for each in chains], [each.weight.real for each in records]),
        _averaged([each.rest_flows for each in chains], [each.weight.imag for each in records]),
        max(_error_of_mean(sweeps, _BATCHES), _error_of_mean(sweeps, CHAINS)),
        chains if kept else (),
        kept,
    )


def _averaged(flows: Sequence[list[list[float]]], weights: Sequence[float]) -> list[list[float]]:
    whole = math.fsum(weights) or 1.0
    shares = [each / whole for each in weights]
    return [
        [math.fsum(map(mul, shares, entries)) for entries in zip(*tables, strict=True)]
        for tables in zip(*flows, strict=True)
    ]


def _mean(found: Sequence[float]) -> float:
    return math.fsum(found) / len(found)


def _error_of_mean(found: Sequence[float], parts: int) -> float:
    """The standard error of a mean from the means of so many stretches of equal length."""
    size = len(found) // parts
    means = [_mean(found[start : start + size]) for start in range(0, size * parts, size)]
    middle = _mean(means)
    spread = math.fsum((each - middle) ** 2 for each in means) / (parts - 1)
    return math.sqrt(spread / parts)


# The total of a network, which is what a source's bundle is worth.


def expected_total(
    network: Network, tables: Sequence[Table], seed: int
) -> tuple[float, list[list[float]]]:
    """The logarithm of a network's total, with what is held drawn beforehand, and its flows.

    An average of exact totals over states drawn from their priors, and questions from theirs
    (Rao-Blackwellised simple Monte Carlo); the flows are d log total / d entry, and 0 for what was
    never drawn.
    Raises `TooEntangled` where statements that may be one voice each hang together too densely.
    """
    draws = _Draws.of(network, tables)
    sweeps = _drawn_often(draws.block)
    chance = random.Random(seed)
    runs = []
    for _ in range(sweeps):
        values = draws.draw(chance)
        runs.append((draws.log_of(values), values))
    top = max(log for log, _ in runs)
    if top == -math.inf:
        return top, []
    weights = [math.exp(log - top) for log, _ in runs]
    whole = math.fsum(weights)
    kept: list[dict[int, Table]] = [{} for _ in network.scopes]
    for weight, (_, values) in zip(weights, runs, strict=True):
        # A draw that carries next to nothing moves no digit of the average.
        if weight >= 1e-6 * whole / sweeps:
            draws.note(values, weight / whole, kept)
    return top + draws.priors.log + math.log(whole / sweeps), _scattered(draws.block, kept)


def _drawn_often(block: GibbsBlock) -> int:
    """How many draws are worth while, and within a part of what is left of the budget."""
    draws = int(max(_FEWEST_DRAWS, min(_SWEEPS, _EFFORT / (4 * block.operations))))
    expect(_FEWEST_DRAWS * block.operations, "a simulation of what a source tells")
    left = affordable()
    return draws if left is None else min(draws, max(_FEWEST_DRAWS, left // (8 * block.operations)))


@attrs.frozen(eq=False)
class _Draws:
    """States and questions, drawn from what is believed of them before anybody is heard."""

    block: GibbsBlock
    """What is drawn beforehand, and what is summed."""
    tables: Sequence[Table]
    """The tables of the network."""
    slices: Slices
    """The tables, what is drawn from at 1."""
    priors: _Priors
    """What questions are drawn from."""
    states: tuple[int, ...]
    """The tables that states are drawn from."""

    @classmethod
    def of(cls, network: Network, tables: Sequence[Table]) -> _Draws:
        """For a network."""
        block = beforehand(network)
        held = block.held
        priors = _Priors.of(network, tables, held)
        states = tuple(
            slot
            for slot in network.state_slots
            if slot is not None and held.issuperset(network.scopes[slot])
        )
        ones = list(tables)
        for slot in (*priors.slots, *states):
            ones[slot] = (1.0,) * len(tables[slot])
        return cls(block, tables, Slices(block, ones), priors, states)

    def log_of(self, values: Values) -> float:
        """The logarithm of everything else, with what is held at some values."""
        views, tables = self.block.views, self.slices.tables
        entries = [tables[slot][views[slot].start(values)] for slot in self.block.fixed]
        if min(entries, default=1.0) <= 0.0:
            return -math.inf
        return math.fsum(map(math.log, entries)) + self.slices.run(values).log_total

    def draw(self, chance: random.Random) -> Values:
        """A value of everything that is held."""
        network = self.block.network
        values = self.priors.draw(chance)
        for slot in self.states:
            values[network.scopes[slot][0]] = int(chance.random() >= self.tables[slot][0])
        return values

    def note(self, values: Values, weight: float, kept: list[dict[int, Table]]) -> None:
        """Add the flows of one draw, times its weight."""
        block = self.block
        spend(2 * block.operations, "a simulation of what a source tells")
        tape = self.slices.run(values)
        flows = tape.backward((weight / tape.result[0],))
        starts = [view.start(values) for view in block.views.values()]
        for slot, flow in zip(block.slots, flows, strict=True):
            before = kept[slot].get(starts[slot])
            kept[slot][starts[slot]] = flow if before is None else list(map(add, before, flow))
        for slot in block.fixed:
            # Drawn from its own table, a value counts as often as the entry is large.
            start = starts[slot]
            before = kept[slot].get(start, (0.0,))
            kept[slot][start] = (before[0] + weight / self.tables[slot][start],)
