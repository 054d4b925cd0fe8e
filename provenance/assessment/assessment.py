"""An assessment: how likely a claim is, how well founded that is, and why."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from importlib import metadata
from types import MappingProxyType
from typing import Any

import attrs

from provenance.assessment.caveats import caveats_of
from provenance.assessment.confidence import confidence_of
from provenance.assessment.costs import kept_within, naming
from provenance.assessment.telling import telling_of
from provenance.assessment.values import (
    AtPrior,
    Caveat,
    Confidence,
    Credibility,
    Doubt,
    Interval,
    Reason,
    SourceTrust,
    StatementWeight,
    credibility_of,
    has_judged_evidence,
    reasons_in_order,
    strength,
)
from provenance.casefiles import case_digest
from provenance.display import Shown, drawn
from provenance.errors import InvalidValue, TooCostly
from provenance.graph import Chain, Graph, Ignored, Lineage, Origin, Place, Story
from provenance.inference import (
    Answer,
    Evaluation,
    Parameter,
    Workload,
    answer,
    evaluate,
    log_odds_of,
    reweighted,
)
from provenance.records import Case
from provenance.scales import Opinion, in_words
from provenance.scales import scale as scale_named

__all__ = [
    "SCHEMA",
    "Assessment",
    "as_data",
    "assessed",
    "at_prior",
    "library_version",
    "reweighed_at",
]


@attrs.frozen(repr=False)
class Assessment(Shown):
    """What a case says about one claim.

    `probability` is the likelihood and `confidence` the analytic confidence: two different things,
    never combined. `float(assessment)` is the probability. A notebook shows a card with the answer,
    its lineage and its weights.
    """

    claim: str
    """The claim's id."""
    text: str
    """The claim's text."""
    probability: float
    """P(the claim is true | everything that we have), in [0, 1]."""
    prior: float
    """The effective prior: what the stated priors and the links make of it before anyone speaks."""
    prior_stated: bool
    """Whether the case states a prior for this claim."""
    bits: float | None
    """The weight of all the evidence, log2 odds less log2 prior odds; `None` for certainties."""
    ignored: tuple[Ignored, ...]
    """What has no weight in the case, and why."""
    as_of: date | None
    """The day as of which the case was weighed; `None` for everything on record."""
    coupling: str
    """Which statements share a state of their source: "story", "source" or "none"."""
    theta: float
    """How soon one more voice of unrecorded lineage was taken to be a new one."""
    graph: Graph = attrs.field(repr=False, eq=lambda graph: graph.case, hash=False)
    """The case in canonical form."""
    answer: Answer = attrs.field(repr=False, eq=False)
    """The answer of the inference, with everything that it was read off."""

    @property
    def case(self) -> Case:
        """The case that was weighed."""
        return self.graph.case

    @cached_property
    def interval(self) -> Interval:
        """The 90 % interval, stretched to cover what each unjudged source could change."""
        return Interval(self.answer.low, self.answer.high)

    @cached_property
    def statements(self) -> tuple[StatementWeight, ...]:
        """What each statement that we have adds, all the others counting as they do now; strongest first.

        These overlap even more than the reasons do.
        """
        return _statements(self.answer)

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """Where the width of the interval comes from, largest first."""
        story = self.answer.evaluation.story
        return tuple(
            Doubt(f"{doubt.parameter.kind}:{_name(story, doubt.parameter)}", doubt.share)
            for doubt in self.answer.doubts
        )

    @cached_property
    def potentials(self) -> Mapping[str, float]:
        """For every unjudged source the probability if its reliability were .5."""
        story = self.answer.evaluation.story
        return MappingProxyType(
            {story.witnesses[witness].id: p for witness, p in self.answer.potentials}
        )

    @cached_property
    def sources(self) -> tuple[SourceTrust, ...]:
        """How far each source is believed to track what is so, before and after."""
        return _trusts(self.answer)

    @property
    def cost(self) -> Workload:
        """What summing the case takes: how many entries are worked out, and how wide it is."""
        return self.answer.evaluation.structure.cost

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What each origin adds, strongest first; weights overlap and need not add up.

        Worked out when it is first asked for, within as large a budget as the answer: of a case of very many
        origins, or of a simulated answer, the weightiest.
        """
        with kept_within(self.case, self.answer.budget):
            return reasons_in_order(self.answer)

    @cached_property
    def _heaviest(self) -> tuple[Reason, ...]:
        """The reasons among which the strongest is; of many origins not all are worked out for that.

        Those of a simulated answer are the weightiest anyway.
        """
        evaluation = self.answer.evaluation
        if self.answer.heaviest is evaluation.structure.groups or not evaluation.is_exact:
            return self.reasons
        with kept_within(self.case, self.answer.budget):
            return reasons_in_order(self.answer, heaviest=True)

    @cached_property
    def lineage(self) -> Lineage:
        """Where what is said comes from, and how it has reached us."""
        return self.graph.lineage(self.claim)

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What the reader should know."""
        return caveats_of(self.graph, self.claim, self.answer, self.lineage, self.prior_stated)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Every origin that has reached us."""
        return self.lineage.origins

    @property
    def independent_origins(self) -> int:
        """How many groups of judged origins speak for the claim."""
        return self.lineage.independent_origins

    @property
    def established_origins(self) -> int:
        """How many of them have their independence on record; at least 1 where anybody speaks."""
        return self.lineage.established_origins

    @cached_property
    def at_priors(self) -> tuple[AtPrior, ...]:
        """The same evidence from other priors, where nobody stated one; see `at_prior`.

        None for a sign, which has its prior from its link, where nobody who is judged speaks, where
        the answer is simulated, and where it would take more than the budget.
        """
        story, place = self.answer.evaluation.story, self.answer.place
        is_sign = story.questions[place.question].is_sign
        if self.prior_stated or is_sign or self.approximate or not has_judged_evidence(story):
            return ()
        with contextlib.suppress(TooCostly), kept_within(self.case, self.answer.budget):
            return tuple(_elsewhere(self.answer))
        return ()

    @property
    def if_one_voice(self) -> float:
        """The probability if all voices of unrecorded lineage that say the same were one."""
        return self.answer.if_one_voice

    @property
    def if_independent(self) -> float:
        """The probability if each of them had it of its own."""
        return self.answer.if_independent

    @property
    def opposing_origins(self) -> int:
        """How many groups of judged origins speak against it."""
        return self.lineage.opposing_origins

    @property
    def approximate(self) -> bool:
        """Whether the number was simulated."""
        return not self.answer.evaluation.is_exact

    @property
    def standard_error(self) -> float:
        """The standard error of a simulated probability; 0 when exact."""
        return self.answer.standard_error

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """The paths from origins to the statements that we have."""
        return self.graph.chains(self.claim)

    @cached_property
    def confidence(self) -> Confidence:
        """How well founded the answer is: a level with its basis, by the rule of `RULES`."""
        heaviest = self._heaviest
        with kept_within(self.case, self.answer.budget):
            circles = len(self.graph.circles_of(self.claim))
            return confidence_of(self.answer, self.lineage, circles, heaviest)

    @cached_property
    def credibility(self) -> Credibility:
        """The Admiralty credibility "1" to "6", computed."""
        return credibility_of(self.answer, self.lineage, self._heaviest)

    @cached_property
    def opinion(self) -> Opinion:
        """The answer as an opinion of subjective logic: belief, disbelief, uncertainty, base rate.

        The uncertainty is 2 / (2 + n) with n the number of observations the answer is worth; it is
        1 where no judged origin is heard, and never more than the base rate leaves room for.
        """
        p, prior = self.probability, self.prior
        variance = (p * (1.0 - p)) ** 2 * self.answer.deviation**2
        worth = max(0.0, p * (1.0 - p) / variance - 1.0) if variance > 0.0 else None
        uncertainty = 0.0 if worth is None else 2.0 / (2.0 + worth)
        if not self._hears_judged_origin:
            uncertainty = 1.0
        if prior > 0.0:
            uncertainty = min(uncertainty, p / prior)
        if prior < 1.0:
            uncertainty = min(uncertainty, (1.0 - p) / (1.0 - prior))
        belief = p - prior * uncertainty
        return Opinion(belief, 1.0 - belief - uncertainty, uncertainty, prior)

    @property
    def _hears_judged_origin(self) -> bool:
        story = self.answer.evaluation.story
        return any(
            statement.is_origin and story.witnesses[statement.witness].reliability is not None
            for statement in story.statements
        )

    def in_words(self, scale: str) -> str:
        """The probability in the words of a published scale.

        Where nothing that can be judged bears on the claim, the scale's word for that. Of the
        Admiralty scale, whoever publishes it, it is the word for the computed credibility, with its
        digit: no
        probability makes one source "confirmed by other sources".
        Raises `UnknownName` for a scale that is not there.
        """
        found = scale_named(scale)
        if found.kind == "credibility":
            label = found.term(self.credibility).label
            # A publisher's label may begin with its digit.
            return label if self.credibility in label else f"{label} ({self.credibility})"
        judged = self.credibility != "6"
        wording = in_words(self.probability if judged else None, scale)
        # Beyond the ends of a scale its last word, as the verdict has it.
        return wording.neighbours[0].label if len(wording.neighbours) == 1 else wording.text

    def at_prior(self, prior: float) -> Assessment:
        """The same evidence on another prior of this claim, by Jeffrey's rule (model 4).

        The joint prior is reweighted on this claim alone until that is its effective prior, so that
        a sign or an alternative has an answer too; how well the prior is known stays as it was. At
        the claim's own effective prior it is this answer.
        Raises `InvalidValue` unless the prior is above 0 and below 1, and `IncompatiblePriors`
        where the links make the claim certain.
        """
        with naming(self.case):
            return reweighed_at(self, prior)

    def __reduce__(self) -> tuple[object, ...]:
        """Packed as what it was read off, for other processes and for copies."""
        return assessed, (self.graph, self.claim, self.answer, self.prior_stated)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry: the object that `provenance weigh --json` prints."""
        return as_data(self)

    def __repr__(self) -> str:
        low, high = self.interval.low, self.interval.high
        return (
            f"Assessment({self.claim!r}: {self.probability:.3g} [{low:.2g}, {high:.2g}], "
            f"{self.confidence.level} confidence)"
        )

    def _repr_svg_(self) -> str:
        return drawn("lineage_svg", self)

    def __float__(self) -> float:
        return self.probability

    def __str__(self) -> str:
        return str(telling_of(self))


# An assessment as plain data: the object that `provenance weigh --json` prints.

SCHEMA = "claim-provenance/assessment/1"


def library_version() -> str:
    """The version of the installed distribution."""
    try:
        return metadata.version("claim-provenance")
    except metadata.PackageNotFoundError:
        return "unknown"


def unread(assessment: Assessment) -> Assessment:
    """The same answer with nothing read off it yet.

    What is read off one of many answers is kept with it; read off a copy, it goes with that.

    >>> from provenance import load_seed, weigh
    >>> weighed = weigh(load_seed("egypt-arms-2015"), "armed")
    >>> unread(weighed) == weighed
    True
    """
    answer = assessment.answer
    value, rest = attrs.evolve(answer.sums.value), attrs.evolve(answer.sums.rest)
    sums = attrs.evolve(answer.sums, value=value, rest=rest)
    return attrs.evolve(assessment, answer=attrs.evolve(answer, sums=sums))


def as_data(assessment: Assessment, *, digest: str | None = None) -> dict[str, Any]:
    """An assessment as plain data that JSON can carry.

    Args:
        assessment: the assessment.
        digest: the digest of its case, where that has been worked out before.

    >>> from provenance import load_case, weigh
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [], "attributions": [],
    ... })
    >>> as_data(weigh(case, "sailed"))["interval"]
    [0.1, 0.1]
    """
    return {
        "schema": SCHEMA,
        "library": library_version(),
        "case_sha256": digest or case_digest(assessment.case),
        "as_of": None if assessment.as_of is None else assessment.as_of.isoformat(),
        "claim": assessment.claim,
        "text": assessment.text,
        "probability": assessment.probability,
        "interval": [assessment.interval.low, assessment.interval.high],
        "interval_level": 0.9,
        "prior": assessment.prior,
        "prior_stated": assessment.prior_stated,
        "at_priors": [attrs.asdict(each) for each in assessment.at_priors],
        "bits": assessment.bits,
        "confidence": assessment.confidence.level,
        "confidence_basis": [
            {
                "fact": fact.name,
                "value": _finite(fact.value),
                "allows": fact.allows,
                "text": fact.text,
            }
            for fact in assessment.confidence.basis
        ],
        "credibility": assessment.credibility,
        "independent_origins": assessment.independent_origins,
        "established_origins": assessment.established_origins,
        "opposing_origins": assessment.opposing_origins,
        "if_one_voice": assessment.if_one_voice,
        "if_independent": assessment.if_independent,
        "theta": assessment.theta,
        "reasons": [
            {"source": each.source, "bits": each.bits, "statements": list(each.statements)}
            for each in assessment.reasons
        ],
        "statements": [
            {"attribution": each.attribution, "bits": each.bits} for each in assessment.statements
        ],
        "doubts": [{"about": each.about, "share": each.share} for each in assessment.doubts],
        "potentials": dict(assessment.potentials),
        "ignored": [
            {"attribution": each.attribution, "why": each.why.value} for each in assessment.ignored
        ],
        "sources": [
            {"source": each.source, "prior": each.prior, "posterior": each.posterior}
            for each in assessment.sources
        ],
        "opinion": {
            "belief": assessment.opinion.belief,
            "disbelief": assessment.opinion.disbelief,
            "uncertainty": assessment.opinion.uncertainty,
            "base_rate": assessment.opinion.base_rate,
        },
        "caveats": [{"kind": each.kind, "text": each.text} for each in assessment.caveats],
        "coupling": assessment.coupling,
        "approximate": assessment.approximate,
        "standard_error": assessment.standard_error,
    }


def _finite(value: float | bool) -> float | bool | None:
    """JSON has no infinity: a certainty's weight of evidence is written as null."""
    return None if value == float("inf") else value


# An answer of the inference in the terms of the case.


def assessed(
    graph: Graph, claim: str, answer: Answer, prior_stated: bool | None = None
) -> Assessment:
    """An answer of the inference in the terms of the case."""
    story = answer.evaluation.story
    question = story.questions[answer.place.question]
    return Assessment(
        claim=claim,
        text=graph.texts[claim],
        probability=answer.probability,
        prior=answer.prior,
        prior_stated=question.prior is not None if prior_stated is None else prior_stated,
        bits=answer.bits,
        ignored=graph.ignored,
        as_of=graph.as_of,
        coupling=answer.evaluation.structure.coupling,
        theta=answer.evaluation.theta,
        graph=graph,
        answer=answer,
    )


def _statements(answer: Answer) -> tuple[StatementWeight, ...]:
    story = answer.evaluation.story
    found = [StatementWeight(story.statements[index].id, bits) for index, bits in answer.weights]
    return tuple(sorted(found, key=lambda each: (-strength(each.bits), each.attribution)))


def _name(story: Story, parameter: Parameter) -> str:
    if parameter.kind in ("reliability", "access", "passing-on"):
        return story.witnesses[parameter.index].id
    if parameter.kind in ("prior", "lineage"):
        return story.questions[parameter.index].id
    return story.statements[parameter.index].id


def _trusts(answer: Answer) -> tuple[SourceTrust, ...]:
    story = answer.evaluation.story
    single = answer.evaluation.structure.coupling == "none"
    states = answer.evaluation.structure.network.states
    return tuple(
        SourceTrust(
            story.witnesses[trust.witness].id,
            trust.prior,
            trust.posterior,
            story.statements[state.statements[0]].id if single else None,
        )
        for trust, state in zip(answer.trusts, states, strict=True)
    )


_ELSEWHERE = (0.2, 0.05, 0.5)
"""From where an answer is shown besides if nobody stated a prior: two of these, not too near its own."""


def _elsewhere(answer: Answer) -> Iterator[AtPrior]:
    """The answer from other priors; none where the links leave no choice."""
    evaluation, place, start = answer.evaluation, answer.place, answer.prior
    if start in (0.0, 1.0):
        return
    for prior in [each for each in _ELSEWHERE if not each / 1.5 <= start <= each * 1.5][:2]:
        again = at_prior(evaluation, place, prior)
        odds = log_odds_of(again, place.value, question=place.question)
        assert odds is not None  # what is possible from one prior is so from another
        yield AtPrior(prior, 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, odds)))))


def reweighed_at(assessment: Assessment, prior: float) -> Assessment:
    """The same evidence on another prior; see `Assessment.at_prior`."""
    evaluation = at_prior(assessment.answer.evaluation, assessment.answer.place, prior)
    if evaluation is assessment.answer.evaluation:
        return assessment
    again = answer(evaluation, assessment.answer.place)
    return assessed(assessment.graph, assessment.claim, again, True)


def at_prior(evaluation: Evaluation, place: Place, prior: float) -> Evaluation:
    """An evaluation on another effective prior of one value, by Jeffrey's rule (model 4).

    m and K follow; f, the discounts and what they rest on stay.
    """
    if isinstance(prior, bool) or not isinstance(prior, int | float) or not 0.0 < prior < 1.0:
        raise InvalidValue(f"expected a prior above 0 and below 1, found {prior!r}")
    if prior == evaluation.priors.stated[place.question][place.value]:
        return evaluation
    story = evaluation.story
    priors = reweighted(story, evaluation.priors, place, prior)
    question = story.questions[place.question]
    if question.prior is not None:
        questions = list(story.questions)
        questions[place.question] = attrs.evolve(
            question, prior=tuple(priors.stated[place.question])
        )
        story = attrs.evolve(story, questions=tuple(questions))
    return evaluate(
        evaluation.structure,
        story,
        priors,
        evaluation.seed,
        theta=evaluation.theta,
        discounts=evaluation.discounts,
    )
