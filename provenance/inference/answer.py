"""The whole answer about one value of one question: score, interval, weights, doubts, posteriors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from operator import mul
from statistics import variance

import attrs

from provenance.bounds import affordable, allowed, within
from provenance.errors import TooCostly
from provenance.graph import Place, Story, Witness
from provenance.inference.discounts import Line
from provenance.inference.elimination import Table
from provenance.inference.evaluation import Evaluation, Structure, evaluate
from provenance.inference.factors import Coupling
from provenance.inference.intervals import Parameter, Shift, ends_of, rounded
from provenance.inference.network import OriginGroup
from provenance.inference.reweighing import Reweighed
from provenance.inference.sampling import expect_to_simulate
from provenance.inference.sums import (
    PartitionSums,
    log_odds_of,
    shifts_of,
    statement_weight,
    sums_of,
    track_probability,
)
from provenance.inference.variations import Judgements, Sweeps, Variation
from provenance.scales import THETA, Degree

__all__ = [
    "Answer",
    "DoubtShare",
    "OriginWeight",
    "Trust",
    "answer",
    "aside",
    "asked",
    "evaluated",
    "log_odds",
    "reasons_of",
    "weigh_places",
    "weigh_story",
]

_ASIDE = 1.0  # how many whole simulations all that is weighed beside an answer may take together
_NEAR = 6  # steps of a sum there and back that take what following a change from one question takes
_ALL_AT_ONCE = 40_000  # operations of all that is followed for all questions at once
_RULED_OUT = 1e-200
_NOISE = 1e-18  # a variance of the log-odds, or a share of it, below this is rounding, not doubt
_ALMOST_ONE = 1.0 - 2.0**-53  # the number below 1
HALF = Degree(0.5)


@attrs.frozen
class DoubtShare:
    """The share of one uncertain number in the width of the interval."""

    parameter: Parameter
    """The number."""
    share: float
    """Its share of the variance of the log-odds, in [0, 1]; all shares sum to 1."""


@attrs.frozen
class Trust:
    """How far one source's state is believed to track, everything being heard."""

    witness: int
    """The source."""
    relays: bool
    """Whether it is about what the source passes on, not about what it says of its own."""
    prior: float
    """P(tracks) before anyone is heard."""
    posterior: float
    """P(tracks | everything in hand)."""


@attrs.frozen(eq=False)
class Together:
    """What answers about several questions of one story have in common, worked out once for all.

    Leaving somebody out, or judging somebody otherwise, is then followed there and back once, and
    not from each of the questions.
    """

    evaluation: Evaluation
    """What the answers are read off."""
    answers: int = 1
    """How many there are."""

    @cached_property
    def is_shared(self) -> bool:
        """Whether what is left out or judged is followed once for all: where that is less work."""
        plan, groups = self.evaluation.structure.network.plan, self.evaluation.structure.groups
        tries = len(groups) + len(_unjudged(self.evaluation.story))
        return (
            len(plan.steps) <= _NEAR * (self.answers - 1)
            and tries * plan.operations <= _ALL_AT_ONCE
        )

    @cached_property
    def without(self) -> Mapping[OriginGroup, Sequence[Table]]:
        """The weight of every value of every question without each origin that can be followed."""
        variation = Variation(self.evaluation)
        groups = variation.in_line(self.evaluation.structure.groups)
        return {group: variation.masses() for group in groups if variation.leaves_out(group)}

    @cached_property
    def judged(self) -> Mapping[int, Sequence[Table]]:
        """The same with each unjudged source as reliable as not."""
        variation, story = Variation(self.evaluation), self.evaluation.story
        return {
            index: variation.masses()
            for index in _unjudged(story)
            if variation.judges(index, _even(story.witnesses[index]))
        }

    @cached_property
    def at_theta(self) -> Mapping[float, Sequence[Table]]:
        """The same if all voices of unrecorded lineage that say the same were one, or each its own."""
        found: dict[float, Sequence[Table]] = {}
        for theta in (0.0, math.inf):
            tried = _at_theta(self.evaluation, theta)
            flows = tried.tape.backward([1.0] * len(tried.masses))
            slots = tried.structure.network.question_slots
            found[theta] = [list(map(mul, tried.tables[slot], flows[slot])) for slot, _ in slots]
        return found

    @cached_property
    def trusts(self) -> tuple[Trust, ...]:
        """Every source's state."""
        return _trusts(self.evaluation, self.evaluation.flows.__getitem__)

    @cached_property
    def questions(self) -> tuple[Table, ...]:
        """The posterior of every question of the story."""
        return _questions(self.evaluation, self.evaluation.flows.__getitem__)

    @cached_property
    def hidden(self) -> tuple[tuple[int, Table], ...]:
        """(statement, posterior over what it says) of every statement that is not known."""
        return _hidden(self.evaluation, self.evaluation.flows.__getitem__)


@attrs.frozen(eq=False)
class Answer:
    """What a story says about one value of one question.

    The two sums are there from the beginning; what is read off them is when it is first asked for.
    """

    place: Place
    """The value asked about."""
    sums: PartitionSums
    """The two sums behind the probability, and their derivatives."""
    evaluation: Evaluation
    """What the answer was read off, to be replayed with other numbers."""
    effort: float = 1.0
    """The share of the usual sweeps that simulations take."""
    together: Together = attrs.field(
        default=attrs.Factory(lambda self: Together(self.evaluation), takes_self=True)
    )
    """What it has in common with other answers of the same story."""
    budget: int | None = attrs.field(factory=allowed)
    """The operations that it was asked within; what is read off it later has as many again."""

    @property
    def probability(self) -> float:
        """P(value | everything in hand)."""
        return self.sums.probability

    @property
    def standard_error(self) -> float:
        """The standard error of the probability from sampling; 0 when exact."""
        return self.sums.standard_error

    @property
    def prior(self) -> float:
        """The effective prior: what links and other priors make of it before anyone is heard."""
        return self.evaluation.priors.stated[self.place.question][self.place.value]

    @property
    def bits(self) -> float | None:
        """log2 odds of the probability less log2 odds of the prior; `None` for certainties."""
        certain = self.sums.is_certain
        return None if certain else _bits(self.sums.log_odds - _logit(self.prior))

    @property
    def low(self) -> float:
        """The lower end of the 90 % interval."""
        return self.interval[0]

    @property
    def high(self) -> float:
        """The upper end of the 90 % interval."""
        return self.interval[1]

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval."""
        return _interval(self.sums, self.shifts, [p for _, p in self.potentials])

    @cached_property
    def interval_error(self) -> tuple[float, float]:
        """The standard errors of the interval's ends, by how far chains differ; 0 when exact."""
        chains = self.sums.chains
        if not chains:
            return 0.0, 0.0
        ends = [
            _interval(
                sums,
                () if sums.is_certain else shifts_of(self.evaluation, sums),
                [_expit(each.chains[number]) for each in self.reweighed.values()],
            )
            for number, sums in enumerate(chains)
        ]
        low, high = (math.sqrt(variance(side) / len(ends)) for side in zip(*ends, strict=True))
        return low, high

    @cached_property
    def reweighed(self) -> Mapping[int, Reweighed]:
        """For unjudged sources the answer if each were judged even, by the sweeps of a simulation."""
        story, kept = self.evaluation.story, self.sums.kept
        unjudged = _unjudged(story)
        if kept is None or not unjudged:
            return {}
        even = {index: _even(story.witnesses[index]) for index in unjudged}
        return Sweeps(self.evaluation, kept).judged(even)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """How the log-odds respond to every uncertain number."""
        return () if self.sums.is_certain else shifts_of(self.evaluation, self.sums)

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of the log-odds; 0 when nothing is uncertain."""
        return math.sqrt(math.fsum(move.variance for move in self.shifts))

    @cached_property
    def weights(self) -> tuple[tuple[int, float | None], ...]:
        """(statement, bits) of every statement in hand."""
        certain = self.sums.is_certain
        return tuple(
            (index, None if certain else statement_weight(self.evaluation, self.sums, index))
            for index, statement in enumerate(self.evaluation.story.statements)
            if statement.in_hand
        )

    @cached_property
    def heaviest(self) -> tuple[OriginGroup, ...]:
        """The few origins whose statements weigh most; all where there are few."""
        groups = self.evaluation.structure.groups
        if len(groups) <= _FEW:
            return groups
        heaviest = set(_weightiest(self, groups, _FEW)[:_FEW])
        return tuple(group for group in groups if group in heaviest)

    @cached_property
    def without_heaviest(self) -> Mapping[OriginGroup, float | None]:
        """The log-odds without each of these, where changes can be followed in the two sums."""
        return _followed(self, self.heaviest)

    @cached_property
    def doubts(self) -> tuple[DoubtShare, ...]:
        """What the width of the interval comes from, largest first."""
        return _doubts(self.shifts)

    @cached_property
    def potentials(self) -> tuple[tuple[int, float], ...]:
        """(witness, probability) for every unjudged source: the score if its reliability were .5
        (model 2.10)."""
        with self._within_budget:
            return _potentials(self)

    @cached_property
    def trusts(self) -> tuple[Trust, ...]:
        """Every source's state."""
        if self._is_beside_others:
            return self.together.trusts
        return _trusts(self.evaluation, self.sums.total_flow)

    @cached_property
    def questions(self) -> tuple[Table, ...]:
        """The posterior of every question of the story."""
        if self._is_beside_others:
            return self.together.questions
        return _questions(self.evaluation, self.sums.total_flow)

    @cached_property
    def hidden(self) -> tuple[tuple[int, Table], ...]:
        """(statement, posterior over what it says) of every statement that is not known."""
        if self._is_beside_others:
            return self.together.hidden
        return _hidden(self.evaluation, self.sums.total_flow)

    @property
    def _is_beside_others(self) -> bool:
        """Whether the sum was made for another question, so that its way back serves this one too."""
        return self.place.question != self.evaluation.structure.question

    @property
    def shares_trials(self) -> bool:
        """Whether leaving somebody out, or judging somebody, is followed for all questions at once."""
        return self._is_beside_others and self.sums.can_vary and self.together.is_shared

    @property
    def lines(self) -> tuple[Line, ...]:
        """The voices of unrecorded lineage that say the same."""
        return self.evaluation.lines

    @cached_property
    def if_one_voice(self) -> float:
        """The probability if all voices of unrecorded lineage that say the same were one."""
        with self._within_budget:
            return self._at_theta(0.0)

    @cached_property
    def if_independent(self) -> float:
        """The probability if each of them had it of its own."""
        with self._within_budget:
            return self._at_theta(math.inf)

    @property
    def _within_budget(self) -> AbstractContextManager[None]:
        """What is worked out only when it is asked for has as much again, or what is left of that."""
        return within(self.budget, records=len(self.evaluation.story.statements))

    def _at_theta(self, theta: float) -> float:
        if not self.lines:
            return self.probability
        value = None
        if self._is_beside_others:
            value = _log_odds_in(self.together.at_theta[theta], self.place)
        if theta in self._reweighed_at_theta:
            value = self._reweighed_at_theta[theta].log_odds
        if value is None:
            value = self.log_odds_of(_at_theta(self.evaluation, theta), aside(2))
        return self.probability if value is None else _expit(value)

    @cached_property
    def _reweighed_at_theta(self) -> Mapping[float, Reweighed]:
        """The same by the sweeps of a simulation, where enough of them count."""
        if self.sums.kept is None:
            return {}
        return Sweeps(self.evaluation, self.sums.kept).instead(
            {theta: _at_theta(self.evaluation, theta) for theta in (0.0, math.inf)}
        )

    def log_odds_of(self, tried: Evaluation, effort: float) -> float | None:
        """The log-odds of the same value in another evaluation of the same structure."""
        place = self.place
        return log_odds_of(tried, place.value, question=place.question, effort=effort)


def weigh_story(
    story: Story,
    place: Place,
    coupling: Coupling = "story",
    *,
    seed: int = 0,
    effort: float = 1.0,
    theta: float = THETA,
    times: int = 1,
) -> Answer:
    """Weigh one value of one question of a story, the first of so many.

    Everything but the weights of origins, which `reasons_of` gives.
    Raises `ImpossibleEvidence`, `IncompatiblePriors` or `TooEntangled`. Cost: one elimination of
    the story's network and one of every bundle's, plus one replay per unjudged source; `seed`
    and `effort`, the share of the usual sweeps, are used only where a table would exceed the limit.
    """
    evaluation = evaluated(story, place, coupling, seed=seed, theta=theta, times=times)
    return answer(evaluation, place, effort=effort)


def evaluated(
    story: Story,
    place: Place,
    coupling: Coupling = "story",
    *,
    seed: int = 0,
    theta: float = THETA,
    times: int = 1,
) -> Evaluation:
    """A story laid out for one value of one question, and filled with its numbers.

    Raises `TooCostly` where an answer, or so many of them, would have to be simulated and that is
    known to be too dear, before anything else is simulated on the way to it.
    """
    story = asked(story, place)
    structure = Structure.of(story, place.question, coupling)
    if not structure.network.is_exact:
        told = (bundle.network for bundle in structure.bundles if not bundle.network.is_exact)
        expect_to_simulate(structure.network, times, told)
    return evaluate(structure, story, seed=seed, theta=theta)


def weigh_places(
    story: Story,
    places: Sequence[Place],
    coupling: Coupling = "story",
    *,
    seed: int = 0,
    theta: float = THETA,
) -> Iterator[Answer]:
    """Weigh several values of a story, from one sum there and back where that is exact.

    Otherwise, and for a value that has been found out, which is weighed as if it had not, each has
    a sum of its own.
    """
    together: Together | None = None
    for number, place in enumerate(places):
        if together is not None and asked(story, place) is story:
            yield _beside(together, place)
            continue
        left = len(places) - number
        found = weigh_story(story, place, coupling, seed=seed, theta=theta, times=left)
        if found.evaluation.is_exact and found.evaluation.story is story:
            together = Together(found.evaluation, len(places))
            found = attrs.evolve(found, together=together)
        yield found


def asked(story: Story, place: Place) -> Story:
    """The story without the resolution of the very value that is asked about."""
    resolved = tuple(each for each in story.resolved if each[0] != place)
    return story if resolved == story.resolved else attrs.evolve(story, resolved=resolved)


def answer(evaluation: Evaluation, place: Place, *, effort: float = 1.0) -> Answer:
    """Read the answer off a finished evaluation.

    The place may be of any question, where the evaluation is exact; otherwise it must be of the one
    that was asked for. Raises `ImpossibleEvidence`.
    """
    sums = sums_of(evaluation, place.value, question=place.question, effort=effort)
    return Answer(place, sums, evaluation, effort)


def _beside(together: Together, place: Place) -> Answer:
    """An answer that is read off what others have been read off."""
    evaluation = together.evaluation
    sums = sums_of(evaluation, place.value, question=place.question)
    return Answer(place, sums, evaluation, together=together)


def log_odds(
    story: Story,
    place: Place,
    coupling: Coupling = "story",
    *,
    seed: int = 0,
    effort: float = 1.0,
    theta: float = THETA,
) -> float | None:
    """The natural log-odds of a value, and nothing else; `None` where the story is impossible."""
    story = asked(story, place)
    structure = Structure.of(story, place.question, coupling, with_reasons=False)
    evaluation = evaluate(structure, story, seed=seed, theta=theta)
    return log_odds_of(evaluation, place.value, effort=effort)


def aside(number: int) -> float:
    """The effort of each of so many simulations beside an answer, so that all together are bounded."""
    return min(1.0, _ASIDE / max(1, number))


def _bits(nats: float) -> float:
    """Natural units as bits; rounding noise around nothing is nothing."""
    return nats / math.log(2.0) if abs(nats) > 1e-12 else 0.0


def _logit(p: float) -> float:
    # What is almost certain may have been rounded to certain.
    return math.log(max(p, 5e-324)) - math.log1p(-min(p, _ALMOST_ONE))


def _expit(x: float) -> float:
    if x > 36.0:
        return 1.0 if math.isinf(x) else 1.0 - 2.0**-53  # which alone is certain
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0.0 else math.exp(x) / (1.0 + math.exp(x))


def _interval(
    sums: PartitionSums, shifts: Sequence[Shift], potentials: Iterable[float]
) -> tuple[float, float]:
    """The 90 % interval, with the score in it and stretched by potentials (model 4)."""
    p = sums.probability
    if sums.is_certain:
        return p, p
    low, high = ends_of(shifts)
    ends = [p, *potentials]
    if low < 0.0 or high > 0.0:
        ends += [_expit(sums.log_odds + low), _expit(sums.log_odds + high)]
    return min(ends), max(ends)


def _doubts(shifts: Sequence[Shift]) -> tuple[DoubtShare, ...]:
    variance = math.fsum(each.variance for each in shifts)
    if variance < _NOISE:
        return ()
    doubts = [DoubtShare(each.parameter, each.variance / variance) for each in shifts]
    return tuple(
        sorted(
            (doubt for doubt in doubts if doubt.share > _NOISE),
            key=lambda doubt: (-rounded(doubt.share), doubt.parameter),
        )
    )


def _at_theta(old: Evaluation, theta: float) -> Evaluation:
    return evaluate(old.structure, old.story, old.priors, old.seed, theta=theta, lines=old.lines)


def _unjudged(story: Story) -> list[int]:
    """The sources that speak for themselves and that nobody has judged."""
    heard = {statement.witness for statement in story.statements if statement.is_own}
    return sorted(index for index in heard if story.witnesses[index].reliability is None)


def _even(witness: Witness) -> Witness:
    """A source that is as reliable as not."""
    return attrs.evolve(witness, reliability=HALF)


def _potentials(answer: Answer) -> tuple[tuple[int, float], ...]:
    """What each unjudged source could change: the score if its reliability were .5 (model 2.10)."""
    story = answer.evaluation.story
    unjudged = _unjudged(story)
    effort = answer.effort * aside(len(unjudged))
    judgements = Judgements(answer.evaluation, answer.sums, answer.place, effort)
    known = answer.together.judged if unjudged and answer.shares_trials else {}
    swept = answer.reweighed
    found: list[tuple[int, float]] = []
    for index in unjudged:
        value = swept[index].log_odds if index in swept else None
        if index in known:
            value = _log_odds_in(known[index], answer.place)
        if value is None:
            response = judgements.judged(index, _even(story.witnesses[index]))
            value = None if response is None else response.log_odds
        if value is not None:
            found.append((index, _expit(value)))
    return tuple(found)


def _log_odds_in(masses: Sequence[Table], place: Place) -> float | None:
    """The log-odds of a value by the weights of all; `None` where digits are lost."""
    weights = masses[place.question]
    mine, whole = weights[place.value], math.fsum(weights)
    rest = math.fsum(each for value, each in enumerate(weights) if value != place.value)
    if min(mine, rest) <= _RULED_OUT * whole:
        return None
    return math.log(mine) - math.log(rest)


def _trusts(evaluation: Evaluation, flow_of: Callable[[int], Table]) -> tuple[Trust, ...]:
    network = evaluation.structure.network
    return tuple(
        Trust(
            state.witness,
            state.relays,
            evaluation.trackings[number],
            track_probability(evaluation, flow_of, number),
        )
        for number, state in enumerate(network.states)
    )


def _questions(evaluation: Evaluation, flow_of: Callable[[int], Table]) -> tuple[Table, ...]:
    return tuple(
        _shares(list(map(mul, evaluation.tables[slot], flow_of(slot))))
        for slot, _ in evaluation.structure.network.question_slots
    )


def _hidden(
    evaluation: Evaluation, flow_of: Callable[[int], Table]
) -> tuple[tuple[int, Table], ...]:
    """The posterior of every statement that is a variable, read off its own table's flow."""
    network = evaluation.structure.network
    found: list[tuple[int, Table]] = []
    for index in network.variables:
        term = network.term_of[index]
        masses = list(map(mul, evaluation.tables[term.slot], flow_of(term.slot)))
        size = len(term.said)
        found.append((index, _shares([math.fsum(masses[place::size]) for place in range(size)])))
    return tuple(found)


def _shares(masses: Table) -> Table:
    whole = math.fsum(masses)
    return tuple(mass / whole for mass in masses)


# The weight of every origin: how far the answer moves when all that one source says is left out.

_FEW = 40  # origins among which the heaviest one is sought
_MOST_AGAIN = 12  # origins for whose weight there is a simulation each
_AGAIN = 4_000_000  # operations that all of these may take


@attrs.frozen
class OriginWeight:
    """What all own statements of one source, or of voices that may be one, add together."""

    witnesses: tuple[int, ...]
    """The sources left out together."""
    statements: tuple[int, ...]
    """Their origin statements."""
    bits: float | None
    """log2 odds of the answer less log2 odds without them; `None` where the rest is impossible."""


def reasons_of(answer: Answer, *, heaviest: bool = False) -> tuple[OriginWeight, ...]:
    """The weight of every origin: log2 odds of the answer less log2 odds of the story without it.

    Weights of origins overlap and need not add up. Leaving an origin out moves the voices behind it
    in line and the sources that relay it; origins are left out in the order in which they stand in
    line, so that from one to the next only two voices move, and only what depends on these is worked
    out again. Of a simulated answer the weightiest origins only are weighed, by the sweeps it has, and
    of one that must be weighed again those that the budget covers; the rest are left out.

    Args:
        heaviest: leave out all but the few whose statements weigh most, too.
    """
    groups = answer.heaviest if heaviest else answer.evaluation.structure.groups
    sums = answer.sums
    found: dict[OriginGroup, float | None] = {}
    if answer.shares_trials:
        tried = answer.together.without.items()
        found.update((group, _log_odds_in(masses, answer.place)) for group, masses in tried)
    elif sums.can_follow:
        # In the same order whichever are asked for first, so that they round alike.
        found.update(answer.without_heaviest)
        found.update(_followed(answer, [group for group in groups if group not in found]))
    elif sums.kept is not None:
        weightiest = _weightiest(answer, groups, sums.kept.changes)
        swept = Sweeps(answer.evaluation, sums.kept).without(weightiest)
        found.update((group, each.log_odds) for group, each in swept.items())
    found = {group: rest for group, rest in found.items() if rest is not None}
    if any(group not in found for group in groups) and not sums.is_certain:
        weightiest = _weightiest(answer, groups, _MOST_AGAIN)
        with within(None if answer.evaluation.is_exact else _AGAIN):
            again = [group for group in weightiest if group not in found]
            found.update(_within_budget(answer, again))
    return tuple(
        OriginWeight(group.witnesses, group.statements, _weight(sums.log_odds, found.get(group)))
        for group in groups
        if sums.is_certain or group in found
    )


def _followed(answer: Answer, groups: Sequence[OriginGroup]) -> dict[OriginGroup, float | None]:
    """The log-odds without each of some groups, in the order in which they stand in line."""
    if not groups:
        return {}
    variation = Variation(answer.evaluation, answer.sums)
    return {group: variation.without(group) for group in variation.in_line(groups)}


def _weight(log_odds: float, rest: float | None) -> float | None:
    change = math.nan if rest is None else log_odds - rest
    return change / math.log(2.0) if math.isfinite(change) else None


def _weightiest(answer: Answer, groups: Sequence[OriginGroup], most: int) -> list[OriginGroup]:
    """The groups that are weighed one by one, the weightiest first; so many in a simulation."""
    bits = {index: each for index, each in answer.weights if each is not None}
    found = sorted(
        groups, key=lambda group: -abs(math.fsum(bits.get(index, 0.0) for index in group.dropped))
    )
    return found if answer.evaluation.is_exact else found[:most]


def _within_budget(
    answer: Answer, groups: Sequence[OriginGroup]
) -> Iterator[tuple[OriginGroup, float | None]]:
    """What weighing again without each group gives, for as many as the budget covers."""
    dearest = 0
    for group in groups:
        before = affordable()
        # As long as the next one may cost what the dearest one did.
        if before is not None and before < 2 * dearest:
            return
        try:
            rest = _again_without(answer, group)
        except TooCostly:
            return
        yield group, rest
        after = affordable()
        if before is not None and after is not None:
            dearest = max(dearest, before - after)


def _again_without(answer: Answer, group: OriginGroup) -> float | None:
    evaluation = answer.evaluation
    return log_odds(
        evaluation.story.without(group.statements),
        answer.place,
        evaluation.structure.coupling,
        seed=evaluation.seed,
        theta=evaluation.theta,
        effort=aside(min(_MOST_AGAIN, len(evaluation.structure.groups))),
    )
