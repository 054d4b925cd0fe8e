"""Caveats: what the reader of an answer should know about the case behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from provenance.assessment.credibility import has_judged_evidence
from provenance.assessment.prose import error_in_words
from provenance.assessment.values import Caveat
from provenance.graph import Graph, Lineage
from provenance.inference import Answer

__all__ = ["caveats_of", "named"]


def named(ids: Sequence[str], most: int = 4) -> str:
    """Some ids as a phrase, the rest counted.

    >>> named(["a", "b"])
    "'a' and 'b'"
    >>> named(list("abcdef"), most=2)
    "'a', 'b' and 4 more"
    """
    shown = [repr(each) for each in ids[:most]]
    if len(ids) > most:
        shown.append(f"{len(ids) - most} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def caveats_of(
    graph: Graph, claim: str, answer: Answer, lineage: Lineage, prior_stated: bool
) -> tuple[Caveat, ...]:
    """All caveats of a claim's answer, in a fixed order of kinds."""
    return (
        *_of_evidence(answer, lineage),
        *_of_routes(graph, claim, lineage),
        *_of_records(graph, claim, lineage),
        *_of_method(answer, claim, prior_stated),
    )


def _of_evidence(answer: Answer, lineage: Lineage) -> Iterator[Caveat]:
    story = answer.evaluation.story
    if not has_judged_evidence(story):
        yield Caveat(
            "no-judged-evidence",
            "nothing that can be judged bears on this claim: the number is the prior",
        )
    heard = {statement.witness for statement in story.statements}
    unjudged = [
        witness.id
        for index, witness in enumerate(story.witnesses)
        if index in heard and witness.reliability is None
    ]
    if unjudged:
        yield Caveat(
            "unjudged",
            f"{named(unjudged)} cannot be judged and {_has(unjudged)} no weight in the number; "
            "the interval covers what each could change",
            tuple(unjudged),
        )
    if lineage.groups == 1 and len(lineage.mentions) > 1:
        origins = tuple(dict.fromkeys(origin.source for origin in lineage.origins))
        yield Caveat(
            "single-origin",
            f"{len(lineage.mentions)} mentions go back to one origin, {named(origins)}",
            origins,
        )


def _has(ids: Collection[str]) -> str:
    return "has" if len(ids) == 1 else "have"


def _of_routes(graph: Graph, claim: str, lineage: Lineage) -> Iterator[Caveat]:
    if lineage.one_outlet is not None and len(lineage.mentions) > 1:
        yield Caveat(
            "one-outlet",
            f"everything in hand comes from one outlet, '{lineage.one_outlet}'",
            (lineage.one_outlet,),
        )
    for circle in graph.circles_of(claim):
        yield Caveat(
            "circular",
            f"circular reporting: {named(circle.members)} rest on each other",
            circle.members,
        )


def _of_records(graph: Graph, claim: str, lineage: Lineage) -> Iterator[Caveat]:
    if lineage.unknown_lineage:
        yield _listed(
            "unknown-lineage",
            "it is not recorded whether {} saw for themselves or have it from somebody",
            lineage.unknown_lineage,
        )
    undated = graph.undated(claim)
    if undated:
        yield _listed("undated", "no date is known for {}: counted from the start", undated)
    if graph.retracted:
        was = "was" if len(graph.retracted) == 1 else "were"
        text = f"{{}} {was} withdrawn and {_has(graph.retracted)} no weight"
        yield _listed("retracted", text, graph.retracted)


def _listed(kind: str, text: str, ids: Iterable[str]) -> Caveat:
    found = tuple(ids)
    return Caveat(kind, text.format(named(found)), found)  # type: ignore[arg-type]


def _of_method(answer: Answer, claim: str, prior_stated: bool) -> Iterator[Caveat]:
    if not prior_stated:
        yield Caveat(
            "prior-not-stated",
            f"no prior was stated for this claim; {answer.prior:.2g} follows from the rest "
            "of the case",
            (claim,),
        )
    if not answer.evaluation.is_exact:
        yield Caveat(
            "approximate",
            "the case is too interwoven for an exact answer: it was simulated, "
            f"with a standard error of {error_in_words(answer.standard_error)}",
        )
