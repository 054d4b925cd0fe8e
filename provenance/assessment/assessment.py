"""An assessment: how likely a claim is, how well founded that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

import attrs

from provenance.assessment.caveats import caveats_of
from provenance.assessment.confidence import confidence_of
from provenance.assessment.credibility import Credibility, credibility_of
from provenance.assessment.display import drawn
from provenance.assessment.prose import prose_of
from provenance.assessment.reasons import reasons_in_order
from provenance.assessment.values import (
    Caveat,
    Confidence,
    Doubt,
    Interval,
    Reason,
    SourceTrust,
    StatementWeight,
)
from provenance.graph import Chain, Graph, Ignored, Lineage, Origin
from provenance.inference import Answer
from provenance.records import Case
from provenance.scales import Opinion, in_words
from provenance.scales import scale as scale_named

__all__ = ["Assessment"]


@attrs.frozen(eq=False)
class Assessment:
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
    """P(the claim is so | everything in hand), in [0, 1]."""
    interval: Interval
    """The 90 % interval, stretched to cover what each unjudged source could change."""
    prior: float
    """The effective prior: what the stated priors and the links make of it before anyone speaks."""
    prior_stated: bool
    """Whether the case states a prior for this claim."""
    bits: float | None
    """The weight of all the evidence, log2 odds less log2 prior odds; `None` for certainties."""
    statements: tuple[StatementWeight, ...]
    """What each statement in hand adds, strongest first; these overlap even more."""
    doubts: tuple[Doubt, ...]
    """Where the width of the interval comes from, largest first."""
    potentials: Mapping[str, float]
    """For every unjudged source the probability if its reliability were .5."""
    ignored: tuple[Ignored, ...]
    """What has no weight in the case, and why."""
    sources: tuple[SourceTrust, ...]
    """How far each source is believed to track what is so, before and after."""
    as_of: date | None
    """The day as of which the case was weighed; `None` for everything on record."""
    coupling: str
    """Which statements share a state of their source: "story", "source" or "none"."""
    graph: Graph = attrs.field(repr=False)
    """The case in canonical form."""
    answer: Answer = attrs.field(repr=False)
    """The answer of the inference, with everything that it was read off."""

    @property
    def case(self) -> Case:
        """The case that was weighed."""
        return self.graph.case

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What each origin adds, strongest first; weights overlap and need not add up.

        Worked out when it is first asked for.
        """
        return reasons_in_order(self.answer)

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
        """The paths from origins to what is in hand."""
        return self.graph.chains(self.claim)

    @cached_property
    def confidence(self) -> Confidence:
        """How well founded the answer is: a level with its basis, by the rule of `RULES`."""
        return confidence_of(self.answer, self.lineage, len(self.graph.circles_of(self.claim)))

    @cached_property
    def credibility(self) -> Credibility:
        """The Admiralty credibility "1" to "6", computed."""
        return credibility_of(self.answer, self.lineage)

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
            statement.cites is None and story.witnesses[statement.witness].reliability is not None
            for statement in story.statements
        )

    def in_words(self, scale: str) -> str:
        """The probability in the words of a published scale.

        Where nothing that can be judged bears on the claim, the scale's word for that. Of the
        Admiralty scale, whoever publishes it, it is the word for the computed credibility: no
        probability makes one source "confirmed by other sources".
        Raises `UnknownName` for a scale that is not there.
        """
        found = scale_named(scale)
        if found.kind == "credibility":
            return found.term(self.credibility).label
        judged = self.credibility != "6"
        return in_words(self.probability if judged else None, scale).text

    def at_prior(self, prior: float) -> Assessment:
        """The same evidence on another prior of this claim, known exactly.

        The alternatives of the claim's question keep their proportions, and a claim whose prior
        would follow from a link is given this one instead.
        Raises `InvalidValue` unless the prior is above 0 and below 1, and `IncompatiblePriors`
        where the other priors and the links do not allow it: a sign that follows in three cases
        of ten cannot be likelier than that.
        """
        from provenance.assessment.weighing import reweighed_at

        return reweighed_at(self, prior)

    def __reduce__(self) -> tuple[object, ...]:
        """Packed as what it was read off, for other processes and for copies."""
        from provenance.assessment.weighing import assessed

        return assessed, (self.graph, self.claim, self.answer)

    def _repr_html_(self) -> str:
        return drawn("card_html", self)

    def _repr_svg_(self) -> str:
        return drawn("lineage_svg", self)

    def __float__(self) -> float:
        return self.probability

    def __str__(self) -> str:
        return prose_of(self)
