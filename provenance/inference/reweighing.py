"""A simulated answer with other numbers: the same sweeps, each counted by how much likelier it is.

Importance sampling over sweeps that were kept: what is held in each has some probability with the
numbers of the case and another one with those that are tried, and the rest is summed with the latter.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import attrs

from provenance.bounds import affordable
from provenance.inference.blocks import Cuts, GibbsBlock, Slices, View
from provenance.inference.elimination import Replay, Table, Tape, dot

__all__ = ["CHAINS", "Changed", "Kept", "Reweighed", "Values", "seed_of"]

CHAINS = 4
"""Chains of a simulation, from which sweeps are kept."""
_FEWEST_LOOKS = 8  # sweeps of all chains that are looked at with other numbers, at least
_ENOUGH = 0.3  # a share of sweeps that has to count with other numbers, as if all counted alike
_LOOKING = 1_500_000  # operations that looking at them may take
_MANY_CHANGES = 40  # changes of which each sweep that is kept is looked at, at most
_FEW_CHANGES = 12  # and of a case so large that more would take longer than the answer
_LOOKED_AT = 60_000  # tables that all of these changes together may have around them

Values = list[int]
"""A value of every variable of a network."""


@attrs.frozen
class Changed:
    """Other numbers for a network that has been simulated."""

    tables: Mapping[int, Table]
    """The tables that differ."""
    state: int | None = None
    """The variable of a state that is possible now and was not; both its values are tried."""


@attrs.frozen
class Reweighed:
    """An answer with other numbers, from the sweeps of a simulation."""

    log_odds: float
    """Its natural log-odds."""
    chains: tuple[float, ...]
    """The same from every chain's sweeps by themselves."""


@attrs.frozen(eq=False)
class Kept:
    """Some sweeps of a simulation."""

    block: GibbsBlock
    """What was held, and what was summed."""
    tables: Sequence[Table]
    """The tables."""
    value: int
    """The value that was asked about."""
    sweeps: tuple[tuple[int, Values], ...]
    """(chain, values of what was held)."""

    def with_other_numbers(self, changes: Sequence[Changed]) -> list[Reweighed | None]:
        """The answer with each of some changes.

        A sweep counts by how much likelier its held values are with the change (importance
        sampling). `None` where too few of them count.
        """
        logs: list[list[tuple[float, float]]] = [[] for _ in changes]
        chains: list[int] = []
        slices = Slices(self.block, self.tables)
        differing = [_Difference.of(self, change) for change in changes]
        left = affordable()
        most = len(self.sweeps)
        for chain, values in self.mixed:
            if len(chains) >= most:
                break
            look = _Look(self, slices, values)
            for found, change in zip(logs, differing, strict=True):
                found.append(look.at(change))
            now = affordable()
            if not chains and left is not None and now is not None:
                # The first one tells what the others will take.
                most = max(_FEWEST_LOOKS, min(_LOOKING, left // 2) // max(1, left - now))
            chains.append(chain)
        return [_reweighed(found, chains) for found in logs]

    @property
    def changes(self) -> int:
        """How many changes are looked at, at most: of a large case each of them takes long."""
        return max(_FEW_CHANGES, min(_MANY_CHANGES, _LOOKED_AT // len(self.block.network.scopes)))

    @cached_property
    def mixed(self) -> list[tuple[int, Values]]:
        """The sweeps in an order in which the first so many are from all chains, and far apart."""
        found = [*self.sweeps]
        random.Random(0).shuffle(found)
        return found


@attrs.frozen(eq=False)
class _Difference:
    """A change by what of it is summed and what is held, with every cut of a table made once."""

    summed: list[tuple[int, Cuts]]
    """(place among what is summed, what is left of it)."""
    fixed: list[tuple[View, Table, Table]]
    """(how it lies, table, the table before) of what is held whole."""
    flipped: tuple[int, _Difference] | None = None
    """A state that is held and of which both values are tried, and what differs at its other one."""

    @classmethod
    def of(cls, kept: Kept, change: Changed) -> _Difference:
        """What differs with a change from what was simulated."""
        found = cls._among(kept, change.tables)
        if change.state is None or change.state not in kept.block.held:
            return found
        # A state that is held at its other value moves all the tables that it is in.
        moving = {slot: kept.tables[slot] for slot in kept.block.holding[change.state]}
        other = cls._among(kept, moving | dict(change.tables), moving)
        return attrs.evolve(found, flipped=(change.state, other))

    @classmethod
    def _among(
        cls, kept: Kept, tables: Mapping[int, Table], moving: Collection[int] = ()
    ) -> _Difference:
        block, fixed = kept.block, []
        places: set[int] = set()
        for slot in sorted(tables):
            new, old = tables[slot], kept.tables[slot]
            if new == old and slot not in moving:
                continue
            if slot in block.place:
                places.add(block.place[slot])
            else:
                fixed.append((block.views[slot], new, old))
        summed: list[tuple[int, Cuts]] = []
        for place in sorted(places):
            bunch = block.bunches[place]
            new_ones = [tables.get(slot, kept.tables[slot]) for slot in bunch.slots]
            summed.append((place, Cuts(bunch, new_ones)))
        return cls(summed, fixed)


class _Look:
    """One sweep, looked at with other numbers."""

    def __init__(self, kept: Kept, slices: Slices, values: Values) -> None:
        self.sizes = kept.block.network.sizes
        self.values = values
        tape = slices.run(values)
        self.replay = Replay(tape)
        seed = seed_of(tape, kept.value)
        self.share = dot(seed, tape.result)
        self.flows = tape.flows(seed)

    def at(self, change: _Difference) -> tuple[float, float]:
        """The logarithms of how likely it is that the value holds, and that it does not."""
        if change.flipped is None:
            return self._at(change, self.values)
        both, (state, other) = [], change.flipped
        for option in range(self.sizes[state]):
            values = [*self.values]
            values[state] = option
            both.append(self._at(change if values == self.values else other, values))
        return _log_sum([each for each, _ in both]), _log_sum([each for _, each in both])

    def _at(self, change: _Difference, values: Values) -> tuple[float, float]:
        log = 0.0
        for view, new, old in change.fixed:
            entry = new[view.start(values)]
            if entry <= 0.0:
                return -math.inf, -math.inf
            log += math.log(entry) - math.log(old[view.start(self.values)])
        if not change.summed:
            return _plus(self.share.real, log), _plus(self.share.imag, log)
        moved = {place: cuts.at(values) for place, cuts in change.summed}
        slot, table, shift = self.replay.near(moved)
        both = dot(self.flows[slot], table)
        return _plus(both.real, log + shift), _plus(both.imag, log + shift)


def _plus(weight: float, log: float) -> float:
    return math.log(weight) + log if weight > 0.0 else -math.inf


def _log_sum(logs: Sequence[float]) -> float:
    top = max(logs)
    if top == -math.inf:
        return top
    return top + math.log(math.fsum(math.exp(each - top) for each in logs))


def _reweighed(logs: Sequence[tuple[float, float]], chains: Sequence[int]) -> Reweighed | None:
    """The share of the value in all sweeps, and in every chain's where it has any that count."""
    top = max(max(each) for each in logs)
    if top == -math.inf:
        return None
    weights = [(math.exp(value - top), math.exp(rest - top)) for value, rest in logs]
    sums = [value + rest for value, rest in weights]
    count = math.fsum(sums) ** 2 / math.fsum(each * each for each in sums)
    if count < _ENOUGH * len(sums):
        return None
    parts = [
        _log_odds([each for each, own in zip(weights, chains, strict=True) if own == chain])
        for chain in range(CHAINS)
    ]
    whole = _log_odds(weights)
    return Reweighed(whole, tuple(whole if math.isnan(each) else each for each in parts))


def _log_odds(weights: Sequence[tuple[float, float]]) -> float:
    """The log-odds of the value over the rest; not a number where nothing counts."""
    mine, rest = math.fsum(a for a, _ in weights), math.fsum(b for _, b in weights)
    if mine <= 0.0 and rest <= 0.0:
        return math.nan
    return _plus(mine, 0.0) - _plus(rest, 0.0)


def seed_of(tape: Tape, value: int) -> list[complex]:
    """What the entries of a result count in the share of a value, and times i in that of the others."""
    total = math.fsum(tape.result)
    return [1.0 / total if place == value else 1j / total for place in range(len(tape.result))]
