"""Variations: the same story with a little changed, and only what depends on it worked out again.

Somebody is left out, somebody unjudged is judged, further voices count for more or less. A table is
filled anew only where its numbers moved, a bundle is summed anew only where it hears of it, and a sum
is redone from there to where the changes come together, or to its end.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from operator import mul
from typing import TypeVar

import attrs

from provenance.bounds import spend
from provenance.graph import Place, Story, Witness
from provenance.inference.discounts import Queue, lines_of, side_of, stands_with_others
from provenance.inference.elimination import Pairs, Replay, Table, Tape, dot
from provenance.inference.evaluation import (
    Bundle,
    Evaluation,
    Total,
    evaluate,
    expected_of,
    strength_of,
)
from provenance.inference.factors import StatementTable, interest_of, tracking
from provenance.inference.network import OriginGroup
from provenance.inference.reweighing import Changed, Kept, Reweighed
from provenance.inference.sums import PartitionSums, Side, log_odds_of

__all__ = ["Judgements", "Response", "Sweeps", "Variation"]

K = TypeVar("K")

_EACH = 100  # operations for a table that is filled again
_STANDING = 60  # operations for a statement when all lines are formed again
_FEW = 12  # tables that are looked at from where a run stood at first; more are moved one by one
_EXTREME = 1e-200  # beside which products would lose their digits
_FURTHEST = 600.0  # the logarithm beyond which a bundle's value is no number to work with
_NO_MASKS: Mapping[int, Table] = {}


class _Run:
    """A network's run, and the tables in which it differs from what it was at first."""

    def __init__(
        self, tape: Tape | None, tables: Sequence[Table], masks: Mapping[int, Table] = _NO_MASKS
    ) -> None:
        self.given = tape
        self.masks = masks
        self.tables = [*map(self._masked, range(len(tables)), tables)] if masks else tables
        self.moved: dict[int, Table] = {}
        self.pending: set[int] = set()

    @property
    def tape(self) -> Tape:
        """The run; nothing is read off where there is none, and the answer was simulated."""
        assert self.given is not None
        return self.given

    @cached_property
    def replay(self) -> Replay:
        """The run as it moves."""
        return Replay(self.tape)

    def put(self, slot: int, table: Table) -> None:
        """Put a table in a slot."""
        first = self.tables[slot]
        if self.masks:
            table = self._masked(slot, table)
        if table == self.moved.get(slot, first):
            return
        self.pending.add(slot)
        if table == first:
            del self.moved[slot]
        else:
            self.moved[slot] = table

    def _masked(self, slot: int, table: Table) -> Table:
        """A table with what the run leaves out of it at 0."""
        mask = self.masks.get(slot)
        return table if mask is None else tuple(map(mul, table, mask))

    def changes(
        self, flows: Sequence[Table] | Sequence[Pairs], seeds: Sequence[Table]
    ) -> list[float] | None:
        """By how much the logarithms of a sum, or of two, have changed; `None` where digits are lost.

        Args:
            flows: the first run's flows of the sum, or of both.
            seeds: which entries of the result every sum takes.
        """
        if not self.moved:
            return [0.0] * len(seeds)
        # From where the run stood at first all that has moved is redone; from where it stands now
        # only what has moved since, but up to the end.
        if len(self.moved) <= _FEW:
            slot, table, shift = self.replay.near(self.moved)
            both = dot(flows[slot], table)
            found = [both.real, both.imag][: len(seeds)]
            if not all(_EXTREME < each < 1.0 / _EXTREME for each in found):
                return None
            return [math.log(each) + shift for each in found]
        self._catch_up()
        now = [dot(seed, self.replay.result) for seed in seeds]
        whole = math.fsum(self.replay.result)
        if min(now) <= _EXTREME * whole:
            return None
        before = [dot(seed, self.tape.result) for seed in seeds]
        scale = self.replay.log_scale - self.tape.log_scale
        return [math.log(a) - math.log(b) + scale for a, b in zip(now, before, strict=True)]

    def masses(self, slots: Iterable[int]) -> list[Table]:
        """The relative weight of every entry of some tables."""
        self._catch_up()
        flows = self.replay.stand.backward([1.0] * len(self.replay.result))
        return [list(map(mul, self.replay.values[slot], flows[slot])) for slot in slots]

    def _catch_up(self) -> None:
        """Take the run to its end with what has moved since it was there last."""
        self.replay.move({slot: self.moved.get(slot, self.tables[slot]) for slot in self.pending})
        self.pending.clear()


class _Telling:
    """A bundle's value: what its source would say by itself, with some statements gone."""

    def __init__(self, story: Story, bundle: Bundle, total: Total, log: float, tape: Tape) -> None:
        self.story = story
        self.bundle = bundle
        self.network = bundle.network
        self.total = total
        self.first = log
        self.log: float | None = log
        self.run = _Run(tape, total.tables)

    @cached_property
    def even(self) -> list[float | None]:
        """For every state P(track), where that does not hang on which of its statements are kept."""
        found: list[float | None] = []
        for state in self.network.states:
            interests = {self.story.statements[index].interest for index in state.statements}
            witness = self.story.witnesses[state.witness]
            even = len(interests) == 1
            found.append(tracking(witness, state.relays, *interests) if even else None)
        return found

    def sum(self) -> None:
        """Work the value out again."""
        found = self.run.changes(self.total.flows, [(1.0,)])
        self.log = None if found is None else self.first + found[0]


@attrs.frozen
class Response:
    """What the answer is with another judgement, and how likely what is in hand is then."""

    log_odds: float
    """The natural log-odds of the answer."""
    log_total: float
    """The logarithm of the chance of all that is in hand, less what it is as the case stands; 0
    where it is simulated and not known."""


@attrs.frozen(eq=False)
class Judgements:
    """An answer that is asked again and again, each time with another judgement of one source."""

    evaluation: Evaluation
    """The answer as the case stands."""
    sums: PartitionSums
    """The two sums behind it."""
    place: Place
    """The question, and the value of it, that is asked about."""
    effort: float = 1.0
    """The share of the usual sweeps that a simulation takes."""

    @cached_property
    def variation(self) -> Variation | None:
        """Where the judgements are followed; `None` where the sums were not read off one run."""
        return Variation(self.evaluation, self.sums) if self.sums.can_follow else None

    def judged(self, index: int, witness: Witness) -> Response | None:
        """The answer with a witness in the place of one of the story's; `None` if it is impossible.

        Only what hangs on that source is worked out again, where no digits are lost by that.
        """
        found = None if self.variation is None else self.variation.judged(index, witness)
        return found or self.anew(index, witness)

    def anew(self, index: int, witness: Witness) -> Response | None:
        """The same with the whole story evaluated again."""
        old, place = self.evaluation, self.place
        story = _with({index: witness}, old.story)
        tried = evaluate(old.structure, story, old.priors, old.seed, theta=old.theta)
        found = log_odds_of(tried, place.value, question=place.question, effort=self.effort)
        return None if found is None else Response(found, tried.log_total - old.log_total)


@attrs.frozen(eq=False)
class Sweeps:
    """A simulated answer with a little changed, by the sweeps that it has.

    What two answers differ by is then no noise of two simulations: both come from the same sweeps.
    """

    evaluation: Evaluation
    """The answer as the case stands."""
    kept: Kept
    """The sweeps."""

    @property
    def can_vary(self) -> bool:
        """Whether what bundles are worth can be followed: none of them was simulated itself."""
        return all(total.tape is not None for total in self.evaluation.totals)

    def judged(self, witnesses: Mapping[int, Witness]) -> dict[int, Reweighed]:
        """The answer with each of some witnesses in its place, where enough sweeps count."""
        variation = Variation(self.evaluation)
        network = self.evaluation.structure.network
        changes: dict[int, Changed] = {}
        for index, witness in witnesses.items():
            if self.can_vary and variation.judges(index, witness):
                slots = [network.state_slots[number] for number in network.states_of.get(index, ())]
                # Who is judged may track now who could not before.
                woken = [
                    slot
                    for slot in slots
                    if slot is not None and self.evaluation.tables[slot][0] <= 0.0
                ]
                state = network.scopes[woken[0]][0] if woken else None
                changes[index] = Changed(variation.tables, state)
        return self._looked_at(changes)

    def without(self, groups: Iterable[OriginGroup]) -> dict[OriginGroup, Reweighed]:
        """The answer without each of some groups of origins, where enough sweeps count."""
        variation = Variation(self.evaluation)
        changes: dict[OriginGroup, Changed] = {}
        for group in variation.in_line(groups):
            if self.can_vary and variation.leaves_out(group):
                changes[group] = Changed(variation.tables)
        return self._looked_at(changes)

    def instead(self, evaluations: Mapping[K, Evaluation]) -> dict[K, Reweighed]:
        """The answer of each of some evaluations of the same structure, where enough sweeps count."""
        return self._looked_at(
            {
                key: Changed(
                    {slot: table for slot, table in enumerate(tried.tables)
                     if table != self.evaluation.tables[slot]}
                )
                for key, tried in evaluations.items()
            }
        )  # fmt: skip

    def _looked_at(self, changes: Mapping[K, Changed]) -> dict[K, Reweighed]:
        found = self.kept.with_other_numbers(list(changes.values()))
        return {key: each for key, each in zip(changes, found, strict=True) if each is not None}


def _with(judged: Mapping[int, Witness], story: Story) -> Story:
    """A story with some of its witnesses replaced."""
    witnesses = (judged.get(index, witness) for index, witness in enumerate(story.witnesses))
    return attrs.evolve(story, witnesses=tuple(witnesses))


def _log_plus(one: float, other: float) -> float:
    """The logarithm of the sum of what two numbers are the logarithms of."""
    return max(one, other) + math.log1p(math.exp(-abs(one - other)))


class Variation:
    """An evaluation in which statements go and come back and numbers move, one after the other.

    Either somebody is left out of it, time and again, or somebody is judged otherwise. What comes of
    it is read off for the value that some sums are about, or for all questions where there are none.
    """

    def __init__(self, evaluation: Evaluation, sums: PartitionSums | None = None) -> None:
        self.evaluation = evaluation
        self.story = evaluation.story
        self.structure = evaluation.structure
        self.network = evaluation.structure.network
        self.sums = sums
        self.discounts = list(evaluation.discounts)
        self.strengths = list(evaluation.strengths)
        self.predictive = list(evaluation.predictive)
        self.trackings = list(evaluation.trackings)
        self.judgement: dict[int, Witness] = {}
        self.gone: frozenset[int] = frozenset()
        self.kept = [len(state.statements) for state in self.network.states]
        self.told = [len(bundle.statements) for bundle in self.structure.bundles]
        self.stale: set[int] = set()
        self.stale_states: set[int] = set()
        self.runs: list[tuple[_Run, tuple[Side, ...]]]
        sides = () if sums is None else (sums.value, sums.rest)
        if not self.network.is_exact:
            self.runs = [(_Run(None, evaluation.tables), ())]
        elif len({id(side.tape) for side in sides}) == 2:
            self.runs = [
                (_Run(side.tape, evaluation.tables, side.masks), (side,)) for side in sides
            ]
        else:
            self.runs = [(_Run(evaluation.tape, evaluation.tables), sides)]
        self.loose: set[int] = set()
        self.stands_as_before = True

    @cached_property
    def queues(self) -> list[Queue]:
        """The lines, from which voices go."""
        evaluation = self.evaluation
        return [
            Queue(self.story, line, evaluation.priors.flat, evaluation.theta)
            for line in evaluation.lines
        ]

    @cached_property
    def standing(self) -> dict[int, tuple[Queue, int]]:
        """Where every statement that stands in a line does so."""
        return {
            index: (queue, place)
            for queue in self.queues
            for place, voice in enumerate(queue.line.voices)
            for index in voice
        }

    @cached_property
    def standing_sources(self) -> frozenset[int]:
        """The sources that stand in a line."""
        return frozenset(self.story.statements[index].witness for index in self.standing)

    @cached_property
    def judged_voices(self) -> dict[tuple[int, frozenset[int]], set[int]]:
        """The judged sources of origins that could stand in a line, by what they say."""
        story = self.story
        found: dict[tuple[int, frozenset[int]], set[int]] = {}
        for statement in story.statements:
            if statement.is_origin and stands_with_others(story.witnesses[statement.witness]):
                found.setdefault(side_of(story, statement), set()).add(statement.witness)
        return found

    @cached_property
    def tellings(self) -> list[_Telling]:
        """The values of the bundles."""
        evaluation = self.evaluation
        return [
            _Telling(self.story, bundle, total, log, total.tape)
            for bundle, total, log in zip(
                evaluation.structure.bundles,
                evaluation.totals,
                evaluation.bundle_logs,
                strict=True,
            )
            if total.tape is not None
        ]

    @cached_property
    def mixed(self) -> frozenset[int]:
        """The states whose statements differ in interest, so that it hangs on which are kept."""
        statements = self.story.statements
        return frozenset(
            number
            for number, state in enumerate(self.network.states)
            if len({statements[index].interest for index in state.statements}) > 1
        )

    def in_line(self, groups: Iterable[OriginGroup]) -> list[OriginGroup]:
        """Groups in the order in which they stand in line, those that stand in none first."""
        number = {id(queue): place for place, queue in enumerate(self.queues)}

        def first(group: OriginGroup) -> tuple[int, int]:
            stands = [self.standing[index] for index in group.statements if index in self.standing]
            return min(((number[id(queue)], place) for queue, place in stands), default=(-1, 0))

        return sorted(groups, key=first)

    def without(self, group: OriginGroup) -> float | None:
        """The log-odds without a group of origins; `None` where it must be weighed again."""
        assert self.sums is not None
        changes = self._changes() if self.leaves_out(group) else None
        return None if changes is None else self.sums.log_odds + changes[0] - changes[1]

    def judged(self, index: int, witness: Witness) -> Response | None:
        """The answer with another witness in the place of one; `None` as above."""
        assert self.sums is not None
        changes = self._changes() if self.judges(index, witness) else None
        if changes is None:
            return None
        before, (value, rest) = self.sums.log_odds, changes
        # In logarithms: of what is nearly certain the rest may come to be nearly all.
        total = _log_plus(value - _log_plus(0.0, -before), rest - _log_plus(0.0, before))
        return Response(before + value - rest, total)

    def masses(self) -> list[Table]:
        """The relative weight of every value of every question."""
        ((run, _),) = self.runs
        return run.masses(slot for slot, _ in self.network.question_slots)

    @property
    def tables(self) -> Mapping[int, Table]:
        """The tables that differ from what they were at first."""
        ((run, _),) = self.runs
        return dict(run.moved)

    def leaves_out(self, group: OriginGroup) -> bool:
        """Leave out a group of origins; whether that can be followed."""
        gone = frozenset(group.dropped)
        if not self._is_clean(gone):
            return False
        self._leave_out(gone)
        return self._follows()

    def judges(self, index: int, witness: Witness) -> bool:
        """Put another witness in the place of one; whether that can be followed."""
        moved = {*self.judgement, index}
        self.judgement = {index: witness}
        for number in (number for each in moved for number in self.network.states_of.get(each, ())):
            before = self.trackings[number]
            self._track(number)
            if self.trackings[number] != before:
                self.stale.update(self.network.states[number].statements)
        self._stand_judged(index, witness)
        spend(_EACH * len(self.stale), "filling tables with numbers")
        return self._follows()

    def _is_clean(self, gone: frozenset[int]) -> bool:
        """Whether a voice, or a source of which something stays, reaches over the border."""
        statements, states = self.story.statements, self.network.states
        for index in gone:
            voice = statements[index].voice
            if voice is not None and voice not in gone:
                return False
            if any(each not in gone for each in self.structure.users[index]):
                return False
            state = states[self.network.term_of[index].state]
            if not state.relays and any(each not in gone for each in state.statements):
                return False
        return True

    # ------------------------------------------------------------ what moves

    def _leave_out(self, gone: frozenset[int]) -> None:
        before = self.gone
        changed = gone ^ before
        self.gone = gone
        self.stale |= changed
        states: dict[int, int] = {}
        term_of, bundle_of = self.network.term_of, self.structure.bundle_of
        for index in changed:
            by = 1 if index in before else -1
            number = term_of[index].state
            states[number] = states.get(number, 0) + by
            if index in bundle_of:
                self.told[bundle_of[index]] += by
        for number, by in states.items():
            was_shared = self.kept[number] > 1
            self.kept[number] += by
            self.stale_states.add(number)
            if was_shared != (self.kept[number] > 1):
                self._refill(number)
            if number in self.mixed:
                self._track(number)
        self._stand(gone, before)

    def _refill(self, number: int) -> None:
        """A state that has come to have one statement, or several again: no bundle, no cap."""
        for index in self.network.states[number].statements:
            self.strengths[index] = self._strength(index)
            self.stale.add(index)

    def _track(self, number: int) -> None:
        """P(track) of a state by what is kept of it."""
        state = self.network.states[number]
        self.trackings[number] = self._tracking(state.witness, state.relays, state.statements)
        self.stale_states.add(number)

    def _tracking(self, index: int, relays: bool, statements: Sequence[int]) -> float:
        witness = self.judgement.get(index) or self.story.witnesses[index]
        kept = [each for each in statements if each not in self.gone] or statements
        return tracking(witness, relays, interest_of(self.story, kept))

    def _strength(self, index: int) -> float:
        shared = self.kept[self.network.term_of[index].state] > 1
        return strength_of(self.story.statements[index], self.discounts[index], shared)

    def _discount(self, index: int, discount: float) -> None:
        if discount != self.discounts[index]:
            self.discounts[index] = discount
            self.strengths[index] = self._strength(index)
            self.stale.add(index)

    def _stand(self, gone: frozenset[int], before: frozenset[int]) -> None:
        """The lines without those who are gone."""
        if not self.queues:
            return
        self._loosen()
        if self._moves_the_order(gone):
            for queue in self.queues:
                queue.forget()
            self._stand_anew(self.story)
            return
        places: dict[int, set[int]] = {id(queue): set() for queue in self.queues if queue.is_moved}
        for index in gone | before:
            if index in self.standing:
                queue, place = self.standing[index]
                found = places.setdefault(id(queue), set())
                if index in gone:
                    found.add(place)
        for queue in self.queues:
            if id(queue) in places:
                for index, discount in queue.discounts(frozenset(places[id(queue)])):
                    self._discount(index, discount)

    def _moves_the_order(self, gone: frozenset[int]) -> bool:
        """Whether those who stay may stand in another order: strength, how much each says."""
        statements = self.story.statements
        for index in gone:
            each = statements[index]
            if each.gates or (each.is_established and index in self.standing):
                return True
            if each.cites is not None and each.witness in self.standing_sources:
                return True
            number = self.network.term_of[index].state
            if self.trackings[number] != self.evaluation.trackings[number]:
                return True
        return False

    def _stand_judged(self, index: int, witness: Witness) -> None:
        """The lines with another judgement of one source."""
        self._loosen()
        if self._moves_the_lines(index, witness):
            spend(_STANDING * len(self.story.statements), "judging a source otherwise")
            self._stand_anew(_with(self.judgement, self.story))
        elif not self.stands_as_before:
            for each in self.standing:
                self._discount(each, self.evaluation.discounts[each])
            self.stands_as_before = True

    def _moves_the_lines(self, index: int, witness: Witness) -> bool:
        """Whether a line, or its order, may be another one with the new judgement."""
        old = self.story.witnesses[index]
        states = [self.network.states[number] for number in self.network.states_of.get(index, ())]
        if index in self.standing_sources:
            return True
        if self.queues and witness.passing_on != old.passing_on and any(s.relays for s in states):
            return True
        if (old.reliability is None) == (witness.reliability is None) or witness.is_sensor:
            return False
        return any(
            not self.judged_voices.get(side_of(self.story, statement), frozenset()) <= {index}
            for state in states
            for statement in map(self.story.statements.__getitem__, state.statements)
            if statement.is_origin
        )

    def _loosen(self) -> None:
        """Those who have come to stand in a line stand in none again."""
        for index in self.loose:
            self._discount(index, self.evaluation.discounts[index])
        self.loose = set()

    def _stand_anew(self, story: Story) -> None:
        evaluation = self.evaluation
        trackings = [0.0] * len(story.statements)
        for state, t in zip(self.network.states, self.trackings, strict=True):
            for index in state.statements:
                trackings[index] = t
        lines = lines_of(story, evaluation.priors.stated, trackings, self.gone)
        found: dict[int, float] = {}
        for line in lines:
            queue = Queue(story, line, evaluation.priors.flat, evaluation.theta)
            found.update(queue.discounts())
        for index in found.keys() | self.standing.keys():
            self._discount(index, found.get(index, 1.0))
        self.loose = found.keys() - self.standing.keys()
        self.stands_as_before = False

    # ------------------------------------------------------------ what follows

    def _changes(self) -> list[float] | None:
        """By how much the logarithms of both sums have changed; `None` where digits are lost."""
        assert self.sums is not None
        found: list[float] = []
        for run, sides in self.runs:
            flows = self.sums.pairs if len(sides) > 1 else sides[0].flows
            changes = run.changes(flows, [each.seed for each in sides])
            if changes is None:
                return None
            found += changes
        return found

    def _follows(self) -> bool:
        """Fill what hangs on what has moved; whether all of it has a value to be worked with."""
        touched = self._expect()
        tellings: dict[int, list[int]] = {}
        for index in touched:
            for number in self.structure.told_in.get(index, ()):
                tellings.setdefault(number, []).append(index)
        for number, indices in tellings.items():
            self._tell(self.tellings[number], indices)
        for index in touched:
            self._fill(self.network.term_of[index])
        for number in self.stale_states:
            if not self._fill_state(number):
                return False
        self.stale.clear()
        self.stale_states.clear()
        return True

    def _expect(self) -> list[int]:
        """What statements were expected to say, and all that hang on what has moved, in order."""
        waiting = sorted(self.stale)
        seen = set(waiting)
        touched: list[int] = []
        while waiting:
            index = heapq.heappop(waiting)
            touched.append(index)
            users = self.structure.users[index]
            if not users or index in self.gone:
                continue
            statement = self.story.statements[index]
            witness = (
                self.judgement.get(statement.witness) or self.story.witnesses[statement.witness]
            )
            expected = expected_of(
                statement, witness, self.evaluation.priors, self.strengths[index], self.predictive
            )
            if expected != self.predictive[index]:
                self.predictive[index] = expected
                for user in users:
                    if user not in seen:
                        seen.add(user)
                        heapq.heappush(waiting, user)
        return touched

    def _table(self, term: StatementTable, t: float, strength: float, share: float) -> Table:
        statement = self.story.statements[term.statement]
        return term.table(
            t,
            strength,
            self.evaluation.priors.flat[statement.question]
            if statement.cites is None
            else self.predictive[statement.cites],
            statement.voice_probability,
            share,
            statement.silence,
        )

    def _tell(self, telling: _Telling, indices: Collection[int]) -> None:
        """A bundle's value, some of the statements in its network having moved."""
        network, run = telling.network, telling.run
        trackings: dict[int, float] = {}
        for index in indices:
            term = network.term_of[index]
            number = term.state
            if number not in trackings:
                trackings[number] = t = self._told_tracking(telling, number)
                slot = network.state_slots[number]
                if slot is not None:
                    run.put(slot, (t, 1.0 - t))
            if index in self.gone:
                run.put(term.slot, term.unheard())
            else:
                table = self._table(term, trackings[number], self.strengths[index], 1.0)
                run.put(term.slot, table)
        telling.sum()
        self.stale_states.add(telling.bundle.state)

    def _told_tracking(self, telling: _Telling, number: int) -> float:
        state = telling.network.states[number]
        if state.witness not in self.judgement and (t := telling.even[number]) is not None:
            return t
        return self._tracking(state.witness, state.relays, state.statements)

    def _fill(self, term: StatementTable) -> None:
        index, number = term.statement, term.state
        if index in self.gone:
            self._put(term.slot, term.unheard())
            return
        if term.bundled and self.kept[number] == 1:
            term = term._replace(bundled=False)
        share = self.evaluation.shares.get(index, 1.0)
        table = self._table(term, self.trackings[number], self.strengths[index], share)
        self._put(term.slot, table)

    def _put(self, slot: int, table: Table) -> None:
        for run, _ in self.runs:
            run.put(slot, table)

    def _fill_state(self, number: int) -> bool:
        """A state's own table; whether its bundle has a value that can be worked with."""
        slot = self.network.state_slots[number]
        if slot is None:
            return True
        t, own = self.trackings[number], 1.0 - self.trackings[number]
        place = self.structure.bundle_of_state.get(number)
        if place is not None and self.kept[number] > 1:
            telling = self.tellings[place]
            members, kept = len(telling.bundle.statements), self.told[place]
            if telling.log is None or math.isinf(telling.first):
                return False
            # Every member's table has its share of what the bundle was worth at first.
            log = telling.log - telling.first * kept / members if kept else 0.0
            if abs(log) > _FURTHEST:
                return False
            own *= math.exp(log)
        self._put(slot, (t, own))
        return True
