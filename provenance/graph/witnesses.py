"""Sources as witnesses: grades, track records and estimates resolved into degrees."""

from __future__ import annotations

from provenance.graph.drafts import degree_of
from provenance.graph.story import Witness
from provenance.records import Accuracy, Estimate, Outcomes, Source
from provenance.scales import DEFAULT_ACCESS, Degree, grade

__all__ = ["reliability_of", "unnamed_witness", "witness_of"]


def reliability_of(source: Source) -> Degree | None:
    """How reliably a source tracks what is so, in whatever form it was written.

    `None` when the source cannot be judged: grade F, or nothing written.

    >>> reliability_of(Source(id="now", reliability="B"))
    Degree(mean=0.75, strength=12.0)
    >>> reliability_of(Source(id="someone")) is None
    True
    """
    written = source.reliability
    if written is None:
        return None
    if isinstance(written, str):
        return grade(written)
    if isinstance(written, Accuracy):
        if written.accuracy in (0.0, 1.0):
            return Degree(written.accuracy)
        right, wrong = written.accuracy, 1.0 - written.accuracy
        return Degree.from_accuracy(right * written.strength, wrong * written.strength)
    if isinstance(written, Outcomes):
        return Degree.from_accuracy(written.confirmed + 1.0, written.refuted + 1.0)
    if isinstance(written, Estimate):
        return Degree(written.mean, written.strength)
    return Degree(written)


def witness_of(source: Source) -> Witness:
    """A source with its reliability and its access as degrees.

    >>> witness_of(Source(id="now", reliability=0.9)).access
    Degree(mean=1.0, strength=inf)
    """
    return Witness(source.id, reliability_of(source), degree_of(source.access, DEFAULT_ACCESS))


def unnamed_witness(name: str) -> Witness:
    """The someone behind a secondhand statement, who cannot be judged."""
    return Witness(name, None, DEFAULT_ACCESS)
