"""The public form: a case and its diagram as readers may see them, without judgements of people."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from provenance.assessment import bounded, telling_of, verdict_word, weigh
from provenance.bounds import Cancel
from provenance.casefiles import load_case
from provenance.records import Case, is_unnamed
from provenance.report.lineage_sketch import Sketch

__all__ = ["public_answer", "public_case", "public_sketch"]

_KEPT_INSIDE = frozenset({"note", "refs", "graded_by", "graded_on", "sources_from"})
_EVEN = 0.5  # bits: every line as thick as any other
_TAGS = frozenset({"also an origin", "also relays", "elsewhere too", "every route"})


def public_case(case: Case) -> Case:
    """A case that is weighed like another one, and has no note and no unnamed source's name.

    Grades, interests and conditions are in it, since the answer rests on them: it is to be shown in
    parts, and never as a file.

    >>> from provenance import load_seed
    >>> case = load_seed("egypt-syria-2015")
    >>> [source.name for source in public_case(case).sources if source.kind == "unnamed"]
    ['unnamed source 1', 'unnamed source 2', 'unnamed source 3']
    """
    form: dict[str, Any] = _without_asides(case.written())
    unnamed = [each.id for each in case.sources if is_unnamed(each)]
    for source in form["sources"]:
        if source["id"] in unnamed:
            number = f" {unnamed.index(source['id']) + 1}"
            alone = len(unnamed) == 1
            source["name"] = "an unnamed source" if alone else f"unnamed source{number}"
            source.pop("described_as", None)
    # Where something of theirs can be opened tells who they are.
    for document in form.get("documents", ()):
        if document.get("publisher") in unnamed:
            document.pop("title", None)
            document.pop("url", None)
    for attribution in form["attributions"]:
        if attribution["source"] in unnamed and "locators" in attribution:
            places = [
                {key: value for key, value in each.items() if key != "url"}
                for each in attribution["locators"]
            ]
            attribution["locators"] = [each for each in places if each]
    return load_case(form)


def _without_asides(value: Any) -> Any:
    """A written case without notes, ids in other systems, who graded, and extensions."""
    if isinstance(value, list):
        return [_without_asides(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_asides(each)
        for key, each in value.items()
        if key not in _KEPT_INSIDE and not key.startswith("x-")
    }


def public_sketch(sketch: Sketch) -> Sketch:
    """A diagram without grades, weights, conditions, and voices that may be one.

    Who has it from whom is left, and on which side it speaks.
    """
    return attrs.evolve(
        sketch,
        is_public=True,
        boxes=tuple(
            box
            if box.is_claim
            else attrs.evolve(
                box, judged=True, tags=tuple(each for each in box.tags if each in _TAGS)
            )
            for box in sketch.boxes
        ),
        rows=tuple(
            attrs.evolve(row, gate="", label="said nothing", told="said nothing of this")
            if row.is_silence
            else attrs.evolve(row, gate="")
            for row in sketch.rows
        ),
        strands=tuple(attrs.evolve(each, weight=_EVEN) for each in sketch.strands),
        voices=(),
    )


@bounded
def public_answer(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """An answer as plain data for readers outside: what the public page says, in sentences.

    It has no grades, weights, reasons by source and trust, no advice to those who weigh it, and no
    name of an unnamed source.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: leave out what was said later.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises what `weigh` raises.

    >>> from provenance import load_seed
    >>> answer = public_answer(load_seed("egypt-arms-2015"), "armed")
    >>> answer["verdict"], answer["headline"]
    ('Not established', 'Not established: about 1 in 6 (90 % interval 2 % to 41 %), low confidence.')
    """
    answer = weigh(public_case(case), claim, as_of=as_of)
    told = telling_of(answer)
    return {
        "claim": answer.claim,
        "text": answer.text,
        "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
        "verdict": verdict_word(answer),
        "headline": told.headline,
        "because": told.because,
        "origins": told.origins,
        "probability": answer.probability,
        "interval": [answer.interval.low, answer.interval.high],
        "confidence": answer.confidence.level,
        "independent_origins": answer.independent_origins,
        "opposing_origins": answer.opposing_origins,
    }
