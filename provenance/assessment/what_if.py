"""What if: the same question with some numbers changed, or some records left out or put in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

import attrs

from provenance.assessment.assessment import Assessment, as_data, assessed, at_prior
from provenance.assessment.changes import (
    Add,
    Change,
    Remove,
    as_change,
    changed,
    left_out,
    place_of,
    revised,
)
from provenance.assessment.costs import bounded
from provenance.assessment.names import Names
from provenance.assessment.suppositions import (
    AnyChange,
    doubtful_in_words,
    supposed_in_words,
    unmoved_in_words,
)
from provenance.assessment.values import Interval, Level
from provenance.assessment.weighing import as_claim, as_day, checked, checked_theta
from provenance.bounds import Cancel
from provenance.display import Shown
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, InvalidValue
from provenance.graph import (
    Graph,
    Link,
    Place,
    Statement,
    Story,
    StoryQuestion,
    commitment_of,
    degree_of,
    moment_of,
    witness_of,
)
from provenance.inference import (
    Answer,
    Coupling,
    Evaluation,
    Judgements,
    PartitionSums,
    Priors,
    Structure,
    Sweeps,
    answer,
    asked,
    evaluate,
    evaluated,
    log_odds_of,
)
from provenance.records import Attribution, Case, Claim, EvidenceLink, Source
from provenance.scales import (
    DEFAULT_COMPETENCE,
    DEFAULT_FIDELITY,
    THETA,
    chance_in_words,
    percent,
)

__all__ = [
    "EFFORT",
    "Perhaps",
    "Questioned",
    "WhatIf",
    "questioned",
    "replayed",
    "same_shape",
    "what_if",
]

# Replaying: a graph with other numbers in it, without going through its case again.


def replayed(graph: Graph, changes: Iterable[Change | Remove | Add]) -> Graph | None:
    """The graph with some numbers changed; `None` where it has to be made from the case again.

    The case that it carries is still the old one. Raises `UnknownName` or `CaseError` for a change
    that the case does not allow.
    """
    stories = graph.stories
    records: dict[tuple[str, int], Any] = {}
    for change in changes:
        if not isinstance(change, Change) or change.kind not in _WAYS:
            return None
        section, position = where = place_of(graph.case, change)
        old = records.get(where, getattr(graph.case, section)[position])
        records[where] = record = revised(old, change)
        tried = _WAYS[change.kind](graph, stories, section, position, record)
        if tried is None:
            return None
        stories = tried
    return attrs.evolve(graph, stories=stories)


def same_shape(one: Story, other: Story) -> bool:
    """Whether two stories differ in numbers alone, so that one structure serves both."""
    return (
        [(q.values, q.is_sign) for q in one.questions]
        == [(q.values, q.is_sign) for q in other.questions]
        # Most changes leave the links alone, of which a contradiction among many makes very many.
        and (
            one.links is other.links or list(map(_kind, one.links)) == list(map(_kind, other.links))
        )
        and [w.id for w in one.witnesses] == [w.id for w in other.witnesses]
        and list(map(_bones, one.statements)) == list(map(_bones, other.statements))
    )


def _kind(link: Link) -> tuple[object, ...]:
    counted = link.crowd is not None
    return (link.first, link.second, link.is_conditional, link.crowd, counted and link.is_strict)


def _bones(each: Statement) -> tuple[object, ...]:
    return (
        each.witness,
        each.question,
        each.value,
        each.affirms,
        each.cites,
        each.in_hand,
        each.voice,
        each.gates,
        each.silence > 0.0,
    )


_Stories = tuple[Story, ...]


def _source(
    graph: Graph, stories: _Stories, section: str, position: int, source: Source
) -> _Stories:
    witness = witness_of(source, moment_of(graph.as_of))
    return tuple(
        attrs.evolve(
            story,
            witnesses=tuple(witness if w.id == witness.id else w for w in story.witnesses),
        )
        if any(w.id == witness.id for w in story.witnesses)
        else story
        for story in stories
    )


def _prior(
    graph: Graph, stories: _Stories, section: str, position: int, record: Any
) -> _Stories | None:
    case = graph.case
    if section == "claims":
        in_question = any(record.id in question.claims for question in case.questions)
        is_sign = any(isinstance(k, EvidenceLink) and k.sign == record.id for k in case.links)
        if in_question or is_sign:
            return None
        prior, strength = _plain_prior(record.prior)
    else:
        prior, strength = record.prior, math.inf
        if prior is not None and not record.exhaustive:
            prior = (*prior, 1.0 - sum(prior))

    def evolved(question: StoryQuestion) -> StoryQuestion:
        if question.id != record.id:
            return question
        return attrs.evolve(question, prior=prior, strength=strength)

    return tuple(
        attrs.evolve(story, questions=tuple(map(evolved, story.questions)))
        if any(question.id == record.id for question in story.questions)
        else story
        for story in stories
    )


def _plain_prior(written: Any) -> tuple[tuple[float, ...] | None, float]:
    if written is None:
        return None, math.inf
    degree = degree_of(written, DEFAULT_COMPETENCE)
    return (degree.mean, 1.0 - degree.mean), degree.strength


def _of_statements(
    graph: Graph,
    stories: _Stories,
    position: int,
    change: Callable[[Statement, int], Statement | None],
) -> _Stories | None:
    """The stories with every statement of one attribution changed.

    `None` where one of them stands for several attributions, so that which number counts may change,
    or where `change` gives none.
    """
    names = {name for name, index in graph.written.items() if index == position}
    found: list[Story] = []
    for story in stories:
        statements: list[Statement] = []
        for each in story.statements:
            if names.isdisjoint(each.merged):
                statements.append(each)
                continue
            size = story.questions[each.question].size
            new = change(each, size) if len(each.merged) == 1 else None
            if new is None:
                return None
            statements.append(new)
        found.append(attrs.evolve(story, statements=tuple(statements)))
    return tuple(found)


def _skill(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    if record.basis == "secondhand":
        return None
    names = {name for name, index in graph.written.items() if index == position} | {record.id}
    if any(
        each.source == record.source and not names.isdisjoint(each.cited)
        for each in graph.case.attributions
    ):
        return None  # what its source said again has the skill of what it said first

    def evolved(each: Statement, size: int) -> Statement:
        if each.cites is None:
            skill = degree_of(record.competence, DEFAULT_COMPETENCE)
        else:
            skill = degree_of(record.fidelity, DEFAULT_FIDELITY)
        return attrs.evolve(each, skill=skill)

    return _of_statements(graph, stories, position, evolved)


def _interest(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    ratio = record.interest
    if ratio is None:
        return None
    return _of_statements(
        graph, stories, position, lambda each, size: attrs.evolve(each, interest=ratio)
    )


def _wording(
    graph: Graph, stories: _Stories, section: str, position: int, record: Attribution
) -> _Stories | None:
    old = graph.case.attributions[position].wording
    if any(each.retracted_on and each.source == record.source for each in graph.case.attributions):
        return None  # the words of what its source withdrew may be bounded by these

    def evolved(each: Statement, size: int) -> Statement | None:
        before, after = commitment_of(old, size), commitment_of(record.wording, size)
        if before * after <= 0.0:
            return None
        return attrs.evolve(each, commitment=min(1.0, abs(after) / (size - 1)))

    names = {name for name, index in graph.written.items() if index == position}
    heard = {name for story in stories for each in story.statements for name in each.merged}
    # What had no weight for its words may get some.
    return _of_statements(graph, stories, position, evolved) if names <= heard else None


_WAYS: dict[str, Callable[..., _Stories | None]] = {
    "reliability": _source,
    "access": _source,
    "passing-on": _source,
    "prior": _prior,
    "competence": _skill,
    "fidelity": _skill,
    "interest": _interest,
    "wording": _wording,
}


_LEVELS: tuple[Level, ...] = ("low", "moderate", "high")

EFFORT = 0.25
"""The share of the usual sweeps that each of many simulations takes, where they answer one question."""
_AGAIN = 0.5  # the same of the answer with some changes, beside the one as the case stands


@attrs.frozen
class Perhaps:
    """That some statements are one voice, supposed with a probability, and the answer if they are not.

    It is one event: they all are, or the case is as it stands. What they say tells the two apart: to
    hear the same from one voice is less of a wonder than to hear it from many, so that what is
    supposed with 90 % may be nearly certain once they are heard.
    """

    supposed: float
    """How probable it was supposed to be, before anybody is heard."""
    given: float
    """How probable it is given what we have, by how likely that is either way."""
    otherwise: Assessment
    """The answer if they are not, with all other changes made."""


@attrs.frozen(repr=False)
class WhatIf(Shown):
    """An answer before and after some changes."""

    changes: tuple[AnyChange, ...]
    """What was changed."""
    before: Assessment
    """The answer as the case stands."""
    after: Assessment
    """The answer with the changes made; what was supposed with a probability taken as certain."""
    perhaps: Perhaps | None = None
    """What was supposed with a probability; `None` where all that is supposed is certain."""

    @property
    def probability(self) -> float:
        """The probability after: of `after`, or of what may be so and what may not, both weighed."""
        if self.perhaps is None:
            return self.after.probability
        given = self.perhaps.given
        return given * self.after.probability + (1.0 - given) * self.perhaps.otherwise.probability

    @property
    def interval(self) -> Interval:
        """The 90 % interval after, with all that either may be unless it is below 5 % likely."""
        likely = [each.interval for each in self._likely]
        return Interval(
            min(self.probability, *(each.low for each in likely)),
            max(self.probability, *(each.high for each in likely)),
        )

    @property
    def level(self) -> Level:
        """The analytic confidence after; the lower one of what may be so and what may not."""
        return min((each.confidence.level for each in self._likely), key=_LEVELS.index)

    @property
    def _likely(self) -> list[Assessment]:
        if self.perhaps is None:
            return [self.after]
        both = (self.perhaps.given, self.after), (1.0 - self.perhaps.given, self.perhaps.otherwise)
        return [each for chance, each in both if chance >= 0.05]

    @property
    def change(self) -> float:
        """The probability after less the probability before."""
        return self.probability - self.before.probability

    @property
    def bits(self) -> float | None:
        """log2 odds after less log2 odds before; `None` where either is certain."""
        odds = [_log2_odds(each) for each in (self.before.probability, self.probability)]
        if odds[0] is None or odds[1] is None:
            return None
        return _quiet(odds[1] - odds[0])

    @property
    def why_unmoved(self) -> str:
        """Why the changes leave the answer as it is, as a clause; empty where they move it."""
        if self.before.probability != self.probability and self.bits != 0.0:
            return ""
        return unmoved_in_words(self.changes, self.before, self.after)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.before.claim,
            "changes": [str(each) for each in self.changes],
            "probability_before": self.before.probability,
            "probability_after": self.probability,
            "change": self.change,
            "bits": self.bits,
            "text": self.in_words,
            "perhaps": None
            if self.perhaps is None
            else {
                "supposed": self.perhaps.supposed,
                "given": self.perhaps.given,
                "if_so": self.after.probability,
                "otherwise": self.perhaps.otherwise.probability,
            },
            "before": as_data(self.before),
            "after": as_data(self.after),
        }

    @property
    def in_words(self) -> str:
        """The difference in a sentence."""
        return " ".join(filter(None, (self._moved, self.perhaps_in_words, self.doubts_in_words)))

    @property
    def _moved(self) -> str:
        before, after, bits = self.before.probability, self.probability, self.bits
        if self.why_unmoved:
            return f"It stays {chance_in_words(before)} ({percent(before)}): {self.why_unmoved}."
        direction = "for" if after > before else "against"
        by = "" if bits is None else f": {abs(bits):.2f} bits {direction} it"
        words = chance_in_words(before), chance_in_words(after)
        if words[0] == words[1] or percent(before) == percent(after):
            exactly = [percent(each, tenths=True) for each in (before, after)]
            return f"It stays {words[0]} ({exactly[0]}, now {exactly[1]}){by}."
        return f"It goes from {words[0]} ({percent(before)}) to {words[1]} ({percent(after)}){by}."

    @property
    def doubts_in_words(self) -> str:
        """What speaks against some statements having it from others, as supposed; else empty."""
        return doubtful_in_words(Names(self.before.graph), self.changes)

    @property
    def perhaps_in_words(self) -> str:
        """How probable what was supposed with a probability is once they are heard; else empty."""
        if self.perhaps is None:
            return ""
        so, not_so = percent(self.after.probability), percent(self.perhaps.otherwise.probability)
        return (
            f"What they say makes it {percent(self.perhaps.given)} likely that they are one voice: "
            f"the answer is {so} if they are, and {not_so} if not."
        )

    def __str__(self) -> str:
        # What is put in is in the case after, what is left out in the one before.
        puts_in = any(isinstance(each, Add) for each in self.changes)
        names = Names((self.after if puts_in else self.before).graph)
        supposed = supposed_in_words(names, self.changes) or "with nothing changed"
        lines = [self.before.text, "", f"{supposed[:1].upper()}{supposed[1:]}:", self.in_words]
        levels = self.before.confidence.level, self.level
        if levels[0] != levels[1]:
            lines.append(f"Analytic confidence goes from {levels[0]} to {levels[1]}.")
        return "\n".join(lines)


def _log2_odds(p: float) -> float | None:
    return None if p in (0.0, 1.0) else math.log2(p) - math.log1p(-p) / math.log(2.0)


def _quiet(bits: float) -> float:
    """Rounding noise around nothing is nothing."""
    return bits if abs(bits) > 1e-12 else 0.0


@attrs.frozen(eq=False)
class Questioned:
    """A claim of a case laid out once, to be asked again and again with other numbers.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> asked = questioned(case, "sailed")
    >>> [round(asked.probability(Change("reliability:pilot", grade)), 2) for grade in "ABC"]
    [0.81, 0.44, 0.25]
    """

    case: Case
    """The case."""
    claim: str
    """The id of the claim."""
    graph: Graph = attrs.field(repr=False)
    """The case in canonical form."""
    coupling: Coupling
    """Which statements share a state of their source."""
    seed: int
    """Where simulation starts, if there is any."""
    evaluation: Evaluation = attrs.field(repr=False)
    """The claim's story, laid out and filled with the numbers of the case."""

    @property
    def place(self) -> Place:
        """Where the claim stands in its story."""
        return self.story.places[self.claim]

    @property
    def story(self) -> Story:
        """The claim's story as the case has it."""
        return self.evaluation.story

    @property
    def structure(self) -> Structure:
        """The networks of the story."""
        return self.evaluation.structure

    @cached_property
    def before(self) -> Assessment:
        """The assessment of the case as it stands; the same as `weigh` gives."""
        return assessed(self.graph, self.claim, self.answer)

    @cached_property
    def judgements(self) -> Judgements:
        """The answer asked again with one source judged otherwise; laid out once for all sources."""
        return Judgements(self.evaluation, self.sums, self.place)

    @cached_property
    def answer(self) -> Answer:
        """The answer of the inference as the case stands."""
        return answer(self.evaluation, self.place)

    @cached_property
    def sums(self) -> PartitionSums:
        """The two sums behind the probability as the case stands, with their derivatives."""
        return self.answer.sums

    @cached_property
    def states_of(self) -> dict[int, tuple[int, ...]]:
        """For every witness its states, as indices into those of the network."""
        found: dict[int, list[int]] = {}
        for number, state in enumerate(self.structure.network.states):
            found.setdefault(state.witness, []).append(number)
        return {witness: tuple(numbers) for witness, numbers in found.items()}

    @cached_property
    def relied_on(self) -> frozenset[int]:
        """The statements that others pass on or may be the same voice as."""
        return frozenset(
            index
            for each in self.story.statements
            for index in (each.cites, each.voice)
            if index is not None
        )

    @cached_property
    def in_line(self) -> frozenset[int]:
        """The witnesses that stand in a line of voices of unrecorded lineage."""
        return frozenset(
            self.story.statements[index].witness
            for line in self.evaluation.lines
            for index in line.statements
        )

    @cached_property
    def says_how_it_passes_on(self) -> frozenset[str]:
        """The sources of which it is stated how faithfully they pass on what others say."""
        return frozenset(each.id for each in self.case.sources if each.passing_on is not None)

    def probability(self, *changes: AnyChange) -> float:
        """The probability of the claim with some changes made, and nothing else.

        Changes of numbers replay the tape: one pass over the tables of the story. Others lay out
        the story again.
        """
        return expit(self.log_odds(*changes))

    def log_odds(self, *changes: AnyChange) -> float:
        """The natural log-odds of the claim with some changes made; infinite where certain.

        Raises `ImpossibleEvidence` where what we have cannot all be said any longer.
        """
        chance, changes, otherwise = told_apart(changes)
        evaluation = self.evaluated(self._story_of(self._graph_with(changes)))
        if chance is None:
            return self.log_odds_in(evaluation)
        other = self.evaluated(self._story_of(self._graph_with(otherwise)))
        given = _given(chance, evaluation, other)
        both = (given, evaluation), (1.0 - given, other)
        p = math.fsum(w * expit(self.log_odds_in(each)) for w, each in both if w > 0.0)
        return math.log(p) - math.log1p(-p) if 0.0 < p < 1.0 else math.copysign(math.inf, p - 0.5)

    def what_if(self, *changes: AnyChange) -> WhatIf:
        """Both assessments, with everything that belongs to them."""
        chance, so, otherwise = told_apart(changes)
        if chance is None:
            return WhatIf(changes, self.before, self._after(so))
        other = self._after(otherwise)
        try:
            after = self._after(so)
        except ImpossibleEvidence:
            # One voice that said both: what we have tells that it is not so.
            return WhatIf(changes, self.before, other, Perhaps(chance, 0.0, other))
        given = _given(chance, after.answer.evaluation, other.answer.evaluation)
        return WhatIf(changes, self.before, after, Perhaps(chance, given, other))

    def _after(self, changes: Sequence[AnyChange]) -> Assessment:
        """The answer with some changes made that are certain."""
        case = changed(self.case, changes, self.graph.as_of)
        graph = replayed(self.graph, changes)
        if graph is None:
            graph = _remade(case, self.graph.as_of)
        else:
            graph = attrs.evolve(graph, case=case)
        evaluation = self.evaluated(self._story_of(graph))
        place = evaluation.story.places[self.claim]
        # Where both are simulated, the second one is half as long: one answer is waited for.
        return assessed(graph, self.claim, answer(evaluation, place, effort=_AGAIN))

    def log_odds_at_prior(self, prior: float) -> float:
        """The natural log-odds of the claim on another prior, known exactly.

        Where it takes a simulation, that is of a quarter of the usual length: there are many priors.
        """
        evaluation = at_prior(self.evaluation, self.place, prior)
        return self.log_odds_in(evaluation, effort=EFFORT)

    def swept_at_priors(self, priors: Iterable[float]) -> dict[float, float]:
        """The same by the sweeps of a simulated answer, of the priors with which enough of them count.

        What the answers differ by is then no noise of two simulations, and takes no further ones.
        """
        if self.sums.kept is None:
            return {}
        tried: dict[float, Evaluation] = {}
        for prior in priors:
            with suppress(IncompatiblePriors):
                tried[prior] = at_prior(self.evaluation, self.place, prior)
        found = Sweeps(self.evaluation, self.sums.kept).instead(tried)
        return {prior: each.log_odds for prior, each in found.items()}

    def evaluated(self, story: Story) -> Evaluation:
        """A story filled in: by a replay where its shape is that of the case's own story."""
        structure, priors = self.structure, self._priors_for(story)
        if not same_shape(story, self.story):
            structure = Structure.of(story, story.places[self.claim].question, self.coupling)
        return evaluate(structure, story, priors, self.seed, theta=self.evaluation.theta)

    def log_odds_in(self, evaluation: Evaluation, *, effort: float = 1.0) -> float:
        """The natural log-odds of the claim in an evaluation of one of its stories."""
        place = evaluation.story.places[self.claim]
        found = log_odds_of(evaluation, place.value, effort=effort)
        if found is None:
            answer(evaluation, place)  # raises the error that names the statements
            raise AssertionError("unreachable")
        return found

    def _priors_for(self, story: Story) -> Priors | None:
        same = story.questions == self.story.questions and story.links == self.story.links
        return self.evaluation.priors if same else None

    def _graph_with(self, changes: Sequence[AnyChange]) -> Graph:
        graph = replayed(self.graph, changes)
        if graph is None:
            graph = _remade(changed(self.case, changes, self.graph.as_of), self.graph.as_of)
        return graph

    def _story_of(self, graph: Graph) -> Story:
        story = graph.joined(self.claim) if self.coupling == "source" else graph.story(self.claim)
        return asked(story, story.places[self.claim])


def told_apart(
    changes: Sequence[AnyChange],
) -> tuple[float | None, tuple[AnyChange, ...], tuple[AnyChange, ...]]:
    """The chance with which some statements are supposed to be one voice, and the changes either way.

    There is no chance where all that is supposed is certain.
    """
    open_ones = [
        (number, each)
        for number, each in enumerate(changes)
        if isinstance(each, Change) and each.kind == "one_voice" and 0.0 <= each.voices[1] < 1.0
    ]
    if not open_ones:
        return None, tuple(changes), tuple(changes)
    if len(open_ones) > 1:
        raise InvalidValue(
            f"expected one supposition with a probability, found {len(open_ones)}: suppose the others "
            "for certain, or ask one after the other"
        )
    ((number, change),) = open_ones
    names, chance = change.voices
    before, behind = changes[:number], changes[number + 1 :]
    return chance, (*before, Change("one_voice", names), *behind), (*before, *behind)


def _given(chance: float, so: Evaluation, otherwise: Evaluation) -> float:
    """The chance of one of two ways to read a case, by how likely what we have is under each."""
    if not (so.is_exact and otherwise.is_exact):
        raise InvalidValue(
            "expected a case that is summed exactly, to weigh a supposition with a probability, found "
            "one that is simulated: suppose it for certain"
        )
    if chance == 0.0:
        return 0.0
    logs = so.log_total, otherwise.log_total
    return expit(math.log(chance) - math.log1p(-chance) + logs[0] - logs[1])


def expit(x: float) -> float:
    """The probability that has these natural log-odds; 1 only where they are infinite."""
    if x > 36.0:
        return 1.0 if math.isinf(x) else 1.0 - 2.0**-53
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0.0 else math.exp(x) / (1.0 + math.exp(x))


def _remade(case: Case, as_of: date | None) -> Graph:
    """The graph of a changed case; what was left out by a change is not listed as withdrawn."""
    graph = Graph.of(case, as_of)
    out = left_out(case)
    if not out:
        return graph
    listed = (each for each in graph.ignored if each.attribution not in out)
    return attrs.evolve(graph, ignored=tuple(listed))


def questioned(
    case: Case,
    claim: str | Claim,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    theta: float = THETA,
    seed: int = 0,
) -> Questioned:
    """Lay out a claim once, to ask it again with other numbers; keywords as for `weigh`.

    Raises `UnknownName`, `IncompatiblePriors` or `TooEntangled`, as `weigh` does.

    >>> from provenance import load_seed
    >>> asked = questioned(load_seed("egypt-arms-2015"), "armed")
    >>> round(asked.probability(Change("reliability:general", "B")), 2)
    0.2
    """
    graph = Graph.kept(case, as_day(as_of))
    claim = as_claim(claim)
    checked(coupling)
    story = graph.joined(claim) if coupling == "source" else graph.story(claim)
    place = story.places[claim]
    evaluation = evaluated(story, place, coupling, seed=seed, theta=checked_theta(theta))
    return Questioned(case, claim, graph, coupling, seed, evaluation)


@bounded
def what_if(
    case: Case,
    claim: str | Claim,
    *changes: AnyChange | str,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    theta: float = THETA,
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> WhatIf:
    """Weigh a claim as the case stands, and again with some changes made.

    A change of a number replays the computation with the new number in it; the answer is the same
    as if the case had been written so from the start. Taking something out takes out what relays
    only that, and leaves hidden what was hidden; putting in a relay hides nothing that we have.
    For many questions about one claim, lay it out once with `questioned`.

    Args:
        case: what is on record.
        claim: the id of the claim, or the claim.
        changes: `Change`, `Remove` and `Add`, made one after the other, or a text for a change such as
            "reliability:ID=B"; `cites:ID`, `basis:ID`, `only_if:ID` and `one_voice` ask who has it
            from whom. Of `one_voice` with a probability both answers are weighed (see `Perhaps`).
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        theta: how soon one more voice of unrecorded lineage is a new one, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        UnknownName: a change is about something that is not there.
        CaseError: a value is not one that the case format allows.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> print(what_if(case, "sailed", Change("reliability:pilot", "B")))
    The ship sailed
    <BLANKLINE>
    With reliability B for pilot:
    It goes from about 1 in 4 (25 %) to about 2 in 5 (44 %): 1.22 bits for it.
    """
    asked_once = questioned(case, claim, as_of=as_of, coupling=coupling, theta=theta, seed=seed)
    return asked_once.what_if(*map(as_change, changes))
