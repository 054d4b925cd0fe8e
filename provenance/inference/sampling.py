"""Answers by simulation, where an exact table would exceed the limit; always with its error.

Blocked Gibbs sampling: some sources' states are drawn together with everything else, exactly, while
the rest are held; then those are drawn given all the rest. Every recorded sum has the free part
summed exactly (Rao-Blackwell), so that only the held states contribute noise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import attrs

from provenance.bounds import affordable, expect, spend
from provenance.errors import TooEntangled
from provenance.inference.elimination import Plan, Table, Tape
from provenance.inference.network import Network
from provenance.inference.orders import LIMIT, order_of

__all__ = ["Simulated", "clamped", "expected_total", "gibbs"]

_COMFORT = 2**8  # entries of a product table that one sweep may have
_EFFORT = 4e6  # entries that all sweeps together may have
_BATCHES = 20
_CHAINS = 4
_DRAWING = 12  # operations for a table: to slice it, and to draw its variables
_PART = 3  # of a budget, that the simulation of a whole answer may take
_FEWEST = 10  # sweeps of a chain without which a simulation tells nothing
_STARTS = 50  # tries to find a first state of everything held that is possible


@attrs.frozen(eq=False)
class Clamped:
    """A network in which some sources' states are held, so that it can be summed."""

    network: Network
    """The whole network."""
    held: tuple[int, ...]
    """The states that are held, as indices into the network's."""
    scopes: tuple[tuple[int, ...], ...]
    """The variables of every table, those of held states left out."""

    @cached_property
    def plan(self) -> Plan:
        """How the clamped network is summed."""
        spend(4 * len(self.scopes), "laying out tables")
        return Plan.of(self.network.sizes, self.scopes, self.network.roots)

    @cached_property
    def operations(self) -> int:
        """What one sum of it costs, with drawing every variable once."""
        return self.plan.operations + _DRAWING * len(self.network.scopes)

    @cached_property
    def own_slots(self) -> dict[int, int]:
        """The slot of every held state's own table."""
        slots = ((state, self.network.state_slots[state]) for state in self.held)
        return {state: slot for state, slot in slots if slot is not None}

    def slices(self, tables: Sequence[Table], values: Mapping[int, int]) -> list[Table]:
        """The tables with every held state at its value."""
        found = list(tables)
        for state in self.held:
            value = values[state]
            for slot in _slots_of(self.network, state):
                half = len(tables[slot]) // 2
                found[slot] = tables[slot][value * half : (value + 1) * half]
        return found

    def widened(
        self, flows: Sequence[Table], values: Mapping[int, int], scale: float
    ) -> list[list[float]]:
        """Flows of the sliced tables as flows of the whole ones, times a scale."""
        found = [[scale * each for each in flow] for flow in flows]
        for state in self.held:
            for slot in _slots_of(self.network, state):
                zeros = [0.0] * len(found[slot])
                found[slot] = zeros + found[slot] if values[state] else found[slot] + zeros
        return found


def _slots_of(network: Network, state: int) -> list[int]:
    """The tables whose first axis is a state's."""
    own = network.state_slots[state]
    return ([] if own is None else [own]) + [
        term.slot for term in network.terms_of[state] if term.branch == "split"
    ]


def clamped(network: Network, free: Collection[int]) -> Clamped:
    """Hold every state of a network that has an axis and is not free."""
    held = tuple(
        number
        for number, slot in enumerate(network.state_slots)
        if slot is not None and number not in free
    )
    scopes = list(network.scopes)
    for state in held:
        for slot in _slots_of(network, state):
            scopes[slot] = scopes[slot][1:]
    return Clamped(network, held, tuple(scopes))


def _entries(network: Network, free: Collection[int]) -> int:
    spend(50 * len(network.scopes), "looking for what to simulate")
    return order_of(network.sizes, clamped(network, free).scopes, network.roots).entries


def _free_sets(network: Network) -> list[frozenset[int]]:
    """Sets of states that can be summed exactly together, covering as many as a few sets can."""
    entries = _entries(network, ())
    if entries > LIMIT:
        raise TooEntangled(network.questions, entries, LIMIT)
    states = sorted(
        (number for number, slot in enumerate(network.state_slots) if slot is not None),
        key=lambda number: (len(network.terms_of[number]), number),
    )
    uncovered = dict.fromkeys(states)
    found: list[frozenset[int]] = []
    tries = 96 if len(network.scopes) < 20_000 else 12
    while uncovered and len(found) < 4:
        order = [*uncovered, *(state for state in states if state not in uncovered)]
        free = _grown(network, order, tries)
        if found and not free.intersection(uncovered):
            break
        found.append(free)
        for state in free:
            uncovered.pop(state, None)
    return found or [frozenset()]


def _grown(network: Network, order: Sequence[int], tries: int) -> frozenset[int]:
    """Add states in order, in chunks that shrink when a chunk makes the tables too large."""
    free: set[int] = set()
    position, chunk = 0, max(1, len(order) // 2)
    while position < len(order) and tries > 0:
        tries -= 1
        piece = order[position : position + chunk]
        if _entries(network, free.union(piece)) <= _COMFORT:
            free.update(piece)
            position += len(piece)
        elif chunk > 1:
            chunk = max(1, chunk // 2)
        else:
            position += 1
    return frozenset(free)


@attrs.frozen(eq=False)
class Simulated:
    """What a simulation found for one value of the question that is asked."""

    probability: float
    """The mean of the exact probabilities given the held states."""
    rest: float
    """The same of all other values, which may be too small to be seen as 1 - probability."""
    standard_error: float
    """Its standard error: from batch means or from how far chains differ, whichever is larger."""
    value_flows: list[list[float]]
    """The expected flows of the sum in which the value holds; empty unless asked for."""
    rest_flows: list[list[float]]
    """The expected flows of the sum in which it does not."""


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
    The number of sweeps is set by the size of the network and by `effort`, 1 for a whole answer, so
    that the time is bounded.
    `None` where what is in hand seems impossible: no state of what is held was found that is not.
    """
    chance = random.Random(seed)
    blocks = [clamped(network, free) for free in _free_sets(network)]
    cost = sum(block.plan.entries + len(network.scopes) for block in blocks)
    wanted = int(max(60, effort * min(2000, _EFFORT / cost))) // _CHAINS
    sweeps = _affordable(blocks, wanted, with_flows)
    record = _Record(network, tables, value, with_flows)
    for chain in range(_CHAINS):
        values = _start(blocks[0], tables, chain, chance)
        if values is None:
            return None
        for sweep in range(-(sweeps // 5), sweeps):
            for number, block in enumerate(blocks):
                tape = block.plan.forward(block.slices(tables, values))
                if sweep >= 0:
                    record.add(block, tape, values, last=number == len(blocks) - 1)
                spend(_DRAWING * len(network.scopes), "a simulation of the answer")
                drawn = tape.sample(network.sizes, chance)
                _redraw(network, tables, drawn, values, chance)
            if sweep >= 0:
                record.close()
    return record.estimate()


def _affordable(blocks: Sequence[Clamped], wanted: int, with_flows: bool) -> int:
    """How many sweeps of a chain are wanted and within a part of what is left of the budget.

    Raises `TooCostly` where that is not enough to tell anything.
    """
    sweep = sum(block.operations for block in blocks)
    sweep += 6 * blocks[-1].operations if with_flows else 0
    each = math.ceil(1.2 * _CHAINS * sweep)
    left = affordable()
    if left is None:
        return wanted
    fewest = min(wanted, _FEWEST)
    expect(each * fewest, "a simulation of the answer")
    # What is asked beside the answer is simulated too, and needs its part.
    return max(fewest, min(wanted, left // (each * (_PART if with_flows else 2 * _PART))))


def _start(
    block: Clamped, tables: Sequence[Table], chain: int, chance: random.Random
) -> dict[int, int] | None:
    """Where a chain starts: all tracking, nobody, or at random; `None` if none is possible.

    Each as far as it is possible: who is not judged tracks nothing, and who is perfect has no story
    of its own. Where nothing else is, a chain starts with nobody tracking who need not.
    """
    options = {
        number: [option for option in (0, 1) if tables[slot][option] > 0.0]
        for number, slot in enumerate(block.network.state_slots)
        if slot is not None
    }
    if not all(options.values()):
        return None

    for attempt in range(_STARTS + 1):
        values = {number: int(chance.random() >= 0.5) for number in options}
        if chain < 2 and attempt == 0:
            values = dict.fromkeys(options, chain)
        if attempt == _STARTS:
            values = dict.fromkeys(options, 1)
        values = {
            number: values[number] if values[number] in known else known[0]
            for number, known in options.items()
        }
        if block.plan.forward(block.slices(tables, values)).log_total > -math.inf:
            return values
    return None


def _redraw(
    network: Network,
    tables: Sequence[Table],
    drawn: Mapping[int, int],
    values: dict[int, int],
    chance: random.Random,
) -> None:
    """Take over the free states as drawn, and draw every held one given all the rest."""
    for state, slot in enumerate(network.state_slots):
        if slot is None:
            continue
        axis = network.scopes[slot][0]
        if axis in drawn:
            values[state] = drawn[axis]
            continue
        logs = [0.0, 0.0]
        for each in _slots_of(network, state):
            table, half, start = tables[each], len(tables[each]) // 2, 0
            for variable in network.scopes[each][1:]:
                start = start * network.sizes[variable] + drawn[variable]
            for option in (0, 1):
                entry = table[option * half + start]
                logs[option] += math.log(entry) if entry > 0.0 else -math.inf
        if logs[0] == -math.inf:
            values[state] = 1
        else:
            values[state] = int(
                chance.random() >= 1.0 / (1.0 + math.exp(min(700.0, logs[1] - logs[0])))
            )


class _Record:
    """What the sweeps have found so far."""

    def __init__(
        self, network: Network, tables: Sequence[Table], value: int, with_flows: bool
    ) -> None:
        self.network = network
        self.tables = tables
        self.value = value
        self.with_flows = with_flows
        self.current: list[tuple[float, float]] = []
        self.sweeps: list[tuple[float, float]] = []
        self.flows: tuple[list[list[float]], list[list[float]]] = ([], [])
        self.weights = [0.0, 0.0]

    def add(self, block: Clamped, tape: Tape, values: Mapping[int, int], *, last: bool) -> None:
        masses = tape.result
        total = math.fsum(masses)
        others = math.fsum(mass for v, mass in enumerate(masses) if v != self.value)
        shares = (masses[self.value] / total, others / total)
        self.current.append(shares)
        if not (last and self.with_flows):
            return
        seeds = (
            [float(v == self.value) / total for v in range(len(masses))],
            [float(v != self.value) / total for v in range(len(masses))],
        )
        spend(2 * block.operations, "a simulation of the answer")
        for side, seed in enumerate(seeds):
            flows = block.widened(tape.backward(seed), values, 1.0)
            self.weights[side] += shares[side]
            kept = self.flows[side]
            if not kept:
                kept.extend(flows)
                continue
            for old, new in zip(kept, flows, strict=True):
                for place, each in enumerate(new):
                    old[place] += each

    def close(self) -> None:
        self.sweeps.append(
            (_mean([mine for mine, _ in self.current]), _mean([rest for _, rest in self.current]))
        )
        self.current = []

    def estimate(self) -> Simulated:
        found = [mine for mine, _ in self.sweeps]
        scaled = [
            [[each / weight if weight > 0.0 else 0.0 for each in flow] for flow in flows]
            for flows, weight in zip(self.flows, self.weights, strict=True)
        ]
        return Simulated(
            _mean(found),
            _mean([rest for _, rest in self.sweeps]),
            max(_error_of_mean(found, _BATCHES), _error_of_mean(found, _CHAINS)),
            scaled[0],
            scaled[1],
        )


def _mean(found: Sequence[float]) -> float:
    return math.fsum(found) / len(found)


def _error_of_mean(found: Sequence[float], parts: int) -> float:
    """The standard error of a mean from the means of so many stretches of equal length."""
    size = len(found) // parts
    means = [_mean(found[start : start + size]) for start in range(0, size * parts, size)]
    middle = _mean(means)
    spread = math.fsum((each - middle) ** 2 for each in means) / (parts - 1)
    return math.sqrt(spread / parts)


def expected_total(
    network: Network, tables: Sequence[Table], seed: int
) -> tuple[float, list[list[float]]]:
    """The logarithm of a network's total, with its states drawn beforehand, and its flows.

    An average of exact totals over states drawn from their priors (Rao-Blackwellised simple Monte
    Carlo); the flows are d log total / d entry, and 0 for a state that was never drawn.
    """
    chance = random.Random(seed)
    block = clamped(network, _free_sets(network)[0])
    cost = block.plan.entries + len(network.scopes)
    draws = int(max(60, min(2000, _EFFORT / cost)))
    expect(60 * block.operations, "a simulation of what a source tells")
    left = affordable()
    if left is not None:
        draws = min(draws, max(60, left // (8 * block.operations)))
    runs: list[tuple[float, dict[int, int]]] = []
    for _ in range(draws):
        values = {
            state: int(chance.random() >= tables[slot][0])
            for state, slot in block.own_slots.items()
        }
        sliced = _without_priors(block, tables, values)
        runs.append((block.plan.forward(sliced).log_total, values))
    top = max(log for log, _ in runs)
    if top == -math.inf:
        return top, []
    weights = [math.exp(log - top) for log, _ in runs]
    whole = math.fsum(weights)
    flows: list[list[float]] = []
    for weight, (_, values) in zip(weights, runs, strict=True):
        # A draw that carries next to nothing moves no digit of the average.
        if weight < 1e-6 * whole / draws:
            continue
        spend(2 * block.operations, "a simulation of what a source tells")
        tape = block.plan.forward(_without_priors(block, tables, values))
        new = block.widened(tape.backward((1.0 / tape.result[0],)), values, weight / whole)
        for state, slot in block.own_slots.items():
            # Drawn from its own table, a state counts as often as the entry is large.
            new[slot][values[state]] /= tables[slot][values[state]]
        if not flows:
            flows = new
            continue
        for old, each in zip(flows, new, strict=True):
            for place, entry in enumerate(each):
                old[place] += entry
    return top + math.log(whole / draws), flows


def _without_priors(
    block: Clamped, tables: Sequence[Table], values: Mapping[int, int]
) -> list[Table]:
    """The sliced tables, the held states' own ones at 1: they were drawn from them."""
    sliced = block.slices(tables, values)
    for slot in block.own_slots.values():
        sliced[slot] = (1.0,)
    return sliced
