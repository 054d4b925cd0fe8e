"""Weaknesses: what `check` finds, and what the answer would be in the case as it is probably meant."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from typing import Any, get_args

import attrs

from provenance.assessment.assessment import Assessment
from provenance.assessment.cautions import ADVICE
from provenance.assessment.caveats import is_outlet
from provenance.assessment.changes import retold
from provenance.assessment.names import Names
from provenance.assessment.values import CaveatKind
from provenance.assessment.weighing import weighed
from provenance.bounds import affordable, spend
from provenance.display import Shown
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled
from provenance.graph import Graph
from provenance.records import Attribution, Case
from provenance.scales import listed, percent

__all__ = ["EFFECTS_AT_MOST", "WEAKNESSES", "AsMeant", "Weakness", "with_effect", "with_fields"]

_REBUILDING = (
    300  # operations an attribution, a claim or a link, to bring a case to canonical form anew
)
_TOO_COSTLY = " the answer would take more to work out than the budget has left"

WEAKNESSES: tuple[CaveatKind, ...] = get_args(CaveatKind)
"""Every kind of weakness, in the order in which they are listed."""


EFFECTS_AT_MOST = 30
"""Of how many records of one kind it is told what the answer would be; each takes weighing anew."""


@attrs.frozen(repr=False)
class Weakness(Shown):
    """One weakness of a case."""

    kind: CaveatKind
    """A stable name."""
    text: str
    """What it is, as a sentence."""
    claims: tuple[str, ...] = ()
    """The claims it concerns; none for the whole case."""
    about: tuple[str, ...] = ()
    """The ids of the records it concerns."""
    would_be: float | None = None
    """The probability of the claim in the case as it is probably meant, where the sentence tells it."""
    put_right: str = ""
    """How it is meant there, as the beginning of a sentence: "As one source"."""
    subjects: tuple[str, ...] = attrs.field(default=(), eq=False)
    """The texts of the claims, in quotation marks."""

    @property
    def claim(self) -> str | None:
        """The claim it concerns; `None` where it concerns several, or the whole case."""
        return self.claims[0] if len(self.claims) == 1 else None

    @property
    def advice(self) -> str:
        """What to do about it, in one sentence."""
        return ADVICE.get(self.kind, "")

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "kind": self.kind,
            "claim": self.claim,
            "claims": list(self.claims),
            "text": self.text,
            "about": list(self.about),
            "advice": self.advice,
            "would_be": self.would_be,
            "put_right": self.put_right,
        }

    def __str__(self) -> str:
        if not self.claims:
            return self.text
        return f"{listed(self.subjects, 3)}: {self.text}"


def with_fields(case: Case, ids: Container[str], **fields: Any) -> Case:
    """The case with some fields of some attributions set anew."""
    return case.evolve(
        attributions=tuple(
            each.evolve(**fields) if each.id in ids else each for each in case.attributions
        )
    )


class AsMeant:
    """The case as it is probably meant, brought to canonical form as seldom as it can be.

    Nothing but gates joins stories, so that what is guessed of several stories is told in one case.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        case = graph.case
        gates = {each.only_if for each in case.sources} | {
            each.only_if for each in case.attributions
        }
        self.is_gated = gates != {None}
        self.made: dict[object, Graph] = {}
        outlets = _outlets_beside_others(case)
        self.bases: dict[str, list[tuple[Attribution, list[Attribution]]]] = {
            claim.id: [] for claim in case.claims
        }
        # Where the budget ends nothing more is guessed.
        with suppress(TooCostly):
            for claim, heard in outlets.items():
                self.bases[claim] = [*_echoes_of(graph, claim, heard)]
        # Of a story one guess at a time: the next one of it goes to the next case.
        self.rounds: list[dict[str, str]] = []
        self.round_of: dict[tuple[str, str], int] = {}
        known: dict[int, int] = {}
        for claim, found in self.bases.items():
            story = 0 if self.is_gated else graph.story_of[claim]
            for base, echoes in found:
                number = known[story] = known.get(story, -1) + 1
                self.rounds += [{}] if number == len(self.rounds) else []
                self.rounds[number] |= {each.id: base.id for each in echoes}
                self.round_of[claim, base.id] = number

    def heard(self, assessment: Assessment, about: tuple[str, ...]) -> tuple[str, float | None]:
        """The answer if we have what a caveat is about, in words, and its number."""
        ids = frozenset(about if self.is_gated else self.graph.hidden_by_default)
        return self.effect(assessment, lambda: with_fields(assessment.case, ids, in_hand=True), ids)

    def echoing(self, assessment: Assessment, base: Attribution) -> tuple[str, float | None]:
        """The answer if outlets pass on what a statement says, in words, and its number."""
        number = self.round_of[assessment.claim, base.id]
        return self.effect(assessment, lambda: retold(assessment.case, self.rounds[number]), number)

    def effect(
        self, assessment: Assessment, case: Callable[[], Case], key: object = None
    ) -> tuple[str, float | None]:
        """What the answer would be in another case, in words, and that number; none where it cannot be.

        A case with a key is made once.
        """
        written = assessment.case
        cost = _REBUILDING * (len(written.attributions) + len(written.claims) + len(written.links))
        try:
            graph = None if key is None else self.made.get(key)
            if graph is None:
                if (affordable() or 0) < cost:
                    return _TOO_COSTLY, None
                spend(cost, "telling what a slip comes to")
                graph = self.made[key] = Graph.of(case(), assessment.graph.as_of)
            would_be = weighed(graph, assessment.claim, "story", 0).probability
        except (ImpossibleEvidence, TooEntangled):
            return " it could not be weighed", None
        except TooCostly:
            return _TOO_COSTLY, None
        before, after = percent(assessment.probability), percent(would_be)
        if before == after:
            return f" the answer would stay at {before}", would_be
        return f" the answer would be {after}, not {before}", would_be


def with_effect(
    names: Names, told: Weakness, otherwise: Weakness, case: Callable[[], Case], meant: AsMeant
) -> Weakness:
    """A weakness with what the answer would be in another case; `otherwise` where it has none."""
    try:
        before = weighed(names.graph, told.claims[0], "story", 0)
    except (ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled):
        return otherwise
    effect, would_be = meant.effect(before, case)
    return attrs.evolve(
        told,
        text=f"{told.text}{effect}",
        would_be=would_be,
        put_right="" if would_be is None else told.put_right,
    )


def _outlets_beside_others(case: Case) -> dict[str, set[str]]:
    """For every claim of which several speak, outlets among them, who these are."""
    outlets = {source.id for source in case.sources if is_outlet(source)}
    speaking: dict[str, list[str]] = {}
    for each in case.attributions:
        if len(each.claims) == 1:
            speaking.setdefault(each.claims[0], []).append(each.source)
    return {
        claim: outlets.intersection(speakers)
        for claim, speakers in speaking.items()
        if len(speakers) > 1 and not outlets.isdisjoint(speakers)
    }


def _echoes_of(
    graph: Graph, claim: str, outlets_of: Container[str]
) -> Iterator[tuple[Attribution, list[Attribution]]]:
    """On each side of a claim somebody who says so, and the outlets that may have it from there."""
    case = graph.case
    sides: dict[bool, list[Attribution]] = {}
    for origin in graph.lineage(claim).origins:
        if not origin.is_judged:  # nor written, where somebody unnamed is behind it
            continue
        record = case.attributions[graph.written[origin.id]]
        if record.claims == (claim,):
            sides.setdefault(origin.supports, []).append(record)
    declared = {
        each.same_voice_as.attribution.partition("/")[0]
        for each in case.attributions
        if each.same_voice_as is not None
    }
    for records in sides.values():
        # Of who may be one voice with another it is on record what they have to do with each other.
        free = [each for each in records if each.same_voice_as is None and each.id not in declared]
        outlets = [each for each in free if each.source in outlets_of and each.basis == "unstated"]
        others = [each for each in free if each not in outlets]
        base = next(iter([*others, *outlets]), None)
        echoes = [each for each in outlets if each is not base]
        if base is not None and echoes:
            yield base, echoes
