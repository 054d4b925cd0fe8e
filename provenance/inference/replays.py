"""The answer with one source judged otherwise: only what hangs on that source is worked out again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from provenance.bounds import spend
from provenance.graph import Place, Story, Witness
from provenance.inference.elimination import Replay, Table, dot
from provenance.inference.evaluation import Evaluation, evaluate, expected_of
from provenance.inference.factors import interest_of, tracking
from provenance.inference.sums import PartitionSums, log_odds_of

__all__ = ["Judged", "Replays"]

_RULED_OUT = 1e-200
_EACH = 100  # operations for a table that is filled again


@attrs.frozen
class Judged:
    """An answer under other numbers, and how likely what is in hand is under them."""

    log_odds: float | None
    """The natural log-odds of the value; `None` where what is in hand is impossible."""
    log_total: float
    """The logarithm of the sum over everything; 0 where it is simulated and not known."""


@attrs.frozen(eq=False)
class Replays:
    """An evaluation that is asked again and again, each time with another judgement of one source.

    Where the source stands in no line of voices and in no bundle, only the tables of what it says
    and of what passes that on have new numbers, and only the products on their way are taken again;
    elsewhere the whole story is evaluated anew. Both give the same.
    """

    evaluation: Evaluation
    """The answer as the case stands."""
    sums: PartitionSums
    """The two sums behind it."""
    place: Place
    """The question, and the value of it, that is asked about."""

    def judged(self, index: int, witness: Witness, *, effort: float = 1.0) -> Judged:
        """The answer with a witness in the place of one of the story's."""
        return self.nearby(index, witness) or self.anew(index, witness, effort)

    def nearby(self, index: int, witness: Witness) -> Judged | None:
        """The same where only a few tables change; `None` where the story has to be told anew."""
        changed = self._changed(index, witness)
        if changed is None:
            return None
        slot, table, shift = self._replay.near(changed)
        mine, rest = (
            dot(flows[slot], table) for flows in (self.sums.value_flows, self.sums.rest_flows)
        )
        if not all(_RULED_OUT < each < 1.0 / _RULED_OUT for each in (mine, rest)):
            return None
        p = self.sums.probability
        return Judged(
            self.sums.log_odds + math.log(mine) - math.log(rest),
            self._log_mass + shift + math.log(p * mine + (1.0 - p) * rest),
        )

    @cached_property
    def _replay(self) -> Replay:
        return Replay(self.evaluation.tape)

    @cached_property
    def _log_mass(self) -> float:
        return math.log(math.fsum(self.evaluation.masses)) + self.evaluation.tape.log_scale

    def anew(self, index: int, witness: Witness, effort: float = 1.0) -> Judged:
        """The same with the whole story told again."""
        old = self.evaluation
        tried = evaluate(
            old.structure, _with(old.story, index, witness), old.priors, old.seed, theta=old.theta
        )
        place = self.place
        found = log_odds_of(tried, place.value, question=place.question, effort=effort)
        if found is None or not tried.structure.network.is_exact:
            return Judged(found, 0.0)
        return Judged(found, math.log(math.fsum(tried.masses)) + tried.tape.log_scale)

    def _changed(self, index: int, witness: Witness) -> dict[int, Table] | None:
        """The tables with new numbers, by slot; `None` where more than tables would change."""
        old = self.evaluation
        if not self.sums.can_vary or self._stands_in_line(index, witness):
            return None
        network, story = old.structure.network, old.story
        trackings: dict[int, float] = {}
        found: dict[int, Table] = {}
        for number in self._states[index]:
            state = network.states[number]
            t = tracking(witness, state.relays, interest_of(story, state.statements))
            trackings[number] = t
            slot = network.state_slots[number]
            if slot is not None:
                found[slot] = (t, 1.0 - t)
        expected = self._expected(index, witness)
        touched = {each for number in trackings for each in network.states[number].statements}
        touched.update(each for cited in expected for each in story.listeners[cited])
        if not self._in_bundles.isdisjoint(touched):
            return None
        spend(_EACH * len(touched), "filling tables with numbers")
        for each in sorted(touched):
            term = network.term_of[each]
            statement = story.statements[each]
            cited = statement.cites
            guess = (
                old.priors.flat[statement.question]
                if cited is None
                else expected.get(cited, old.predictive[cited])
            )
            found[term.slot] = term.table(
                trackings.get(term.state, old.trackings[term.state]),
                old.strengths[each],
                guess,
                statement.voice_probability if statement.voice is not None else 0.0,
                old.shares.get(each, 1.0),
                statement.silence,
            )
        return found

    def _expected(self, index: int, witness: Witness) -> Mapping[int, Table]:
        """What was expected of statements, where that moves with how a source is judged."""
        story, old = self.evaluation.story, self.evaluation
        moved: dict[int, Table] = {}
        waiting = sorted(
            each
            for number in self._states[index]
            for each in old.structure.network.states[number].statements
            if story.statements[each].cites is None
        )
        queued = set(waiting)
        while waiting:
            each = waiting.pop(0)
            statement = story.statements[each]
            own = statement.witness == index
            moved[each] = expected_of(
                statement,
                witness if own else story.witnesses[statement.witness],
                old.priors,
                old.strengths[each],
                _Over(old.predictive, moved),
            )
            if _same(moved[each], old.predictive[each]):
                del moved[each]
                continue
            after = {*story.listeners[each], *self._voiced.get(each, ())} - queued
            queued |= after
            waiting = sorted([*waiting, *after])
        return moved

    def _stands_in_line(self, index: int, witness: Witness) -> bool:
        """Whether a line of voices, or its order, may be another one with the new judgement."""
        story = self.evaluation.story
        lines = self.evaluation.lines
        if any(story.statements[i].witness == index for line in lines for i in line.statements):
            return True
        states = self.evaluation.structure.network.states
        if lines and any(states[number].relays for number in self._states[index]):
            return True
        was, is_now = (each.reliability is not None for each in (story.witnesses[index], witness))
        if was == is_now or witness.is_sensor:
            return False
        return any(
            not self._judged_voices.get(_said(story, each), frozenset()) <= {index}
            for number in self._states[index]
            for each in states[number].statements
            if story.statements[each].is_origin
        )

    @cached_property
    def _states(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, state in enumerate(self.evaluation.structure.network.states):
            found.setdefault(state.witness, []).append(number)
        return found

    @cached_property
    def _in_bundles(self) -> frozenset[int]:
        """The statements that are part of some source's own story."""
        return frozenset(
            term.statement
            for bundle in self.evaluation.structure.bundles
            for term in bundle.network.terms
        )

    @cached_property
    def _voiced(self) -> dict[int, list[int]]:
        """For every statement, those that may be the same voice as it."""
        found: dict[int, list[int]] = {}
        for index, statement in enumerate(self.evaluation.story.statements):
            if statement.voice is not None:
                found.setdefault(statement.voice, []).append(index)
        return found

    @cached_property
    def _judged_voices(self) -> dict[tuple[int, int, bool], set[int]]:
        """The judged sources of origins, by what they say."""
        story = self.evaluation.story
        found: dict[tuple[int, int, bool], set[int]] = {}
        for index, statement in enumerate(story.statements):
            witness = story.witnesses[statement.witness]
            if statement.is_origin and witness.reliability is not None and not witness.is_sensor:
                found.setdefault(_said(story, index), set()).add(statement.witness)
        return found


class _Over(Sequence[Table]):
    """Tables of which some are replaced."""

    def __init__(self, tables: Sequence[Table], own: Mapping[int, Table]) -> None:
        self.tables = tables
        self.own = own

    def __len__(self) -> int:
        return len(self.tables)

    def __getitem__(self, place: int) -> Table:  # type: ignore[override]
        return self.own[place] if place in self.own else self.tables[place]


def _said(story: Story, index: int) -> tuple[int, int, bool]:
    statement = story.statements[index]
    return statement.question, statement.value, statement.affirms


def _same(one: Table, other: Table) -> bool:
    return all(a == b for a, b in zip(one, other, strict=True))


def _with(story: Story, index: int, witness: Witness) -> Story:
    witnesses = list(story.witnesses)
    witnesses[index] = witness
    return attrs.evolve(story, witnesses=tuple(witnesses))
