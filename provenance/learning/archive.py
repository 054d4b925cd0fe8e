"""From an archive of case files to assertions: what sources said of claims, and how it turned out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from provenance.learning.assertions import Assertions
from provenance.records import Attribution, Case
from provenance.scales import credence

__all__ = ["assertions_of"]


def assertions_of(
    cases: Iterable[Case] | Mapping[str, Case], *, unresolved: bool = False
) -> Assertions:
    """What sources said on their own account of the claims of many cases, with known outcomes.

    An object is a claim of a case, named `case/claim`; its value is True or False, turned by a
    denial and by a wording below one half. Only a source's own word counts: relays, inferences,
    second-hand statements, what was retracted, and wordings that commit to nothing are left out.
    Outcomes of resolved claims come along as `truth`, which `learn` uses.

    Args:
        cases: Cases, or a mapping of names to cases; without names a case goes by its title, or
            by its place (from 1) where it has none or another case has the same.
        unresolved: Whether claims that are still open count too, with what others said of them.

    Raises:
        TableError: Nobody said anything of a (resolved) claim.

    >>> from provenance.records import Case
    >>> case = Case.model_validate({
    ...     "version": 1, "title": "ship", "sources": [{"id": "ann"}],
    ...     "claims": [{"id": "left", "text": "It left", "resolved": {"value": True}}],
    ...     "attributions": [{"id": "a", "source": "ann", "claim": "left"}]})
    >>> archive = assertions_of([case])
    >>> archive.objects, archive.values, dict(archive.truth)
    (('ship/left',), (True,), {'ship/left': True})
    """
    rows: list[tuple[str, str, bool]] = []
    truth: dict[str, bool] = {}
    for name, case in _named(cases):
        outcome = {claim.id: claim.resolved for claim in case.claims}
        for attribution in case.attributions:
            said = _says(attribution)
            if said is None:
                continue
            for claim in attribution.claims:
                resolved = outcome.get(claim)
                if resolved is None and not unresolved:
                    continue
                rows.append((attribution.source, f"{name}/{claim}", said))
                if resolved is not None:
                    truth[f"{name}/{claim}"] = resolved.value
    return attrs.evolve(Assertions.of(rows), truth=truth)


def _named(cases: Iterable[Case] | Mapping[str, Case]) -> Iterator[tuple[str, Case]]:
    if isinstance(cases, Mapping):
        yield from cases.items()
        return
    listed = list(cases)
    titles = [case.title for case in listed]
    for place, case in enumerate(listed, start=1):
        alone = case.title is not None and titles.count(case.title) == 1
        yield str(case.title) if alone else str(place), case


def _says(attribution: Attribution) -> bool | None:
    """Whether the source says, on its own account, that its claims are so; None when it does not."""
    if not attribution.claims or attribution.basis in ("inference", "secondhand"):
        return None
    if attribution.retracted_on is not None:
        return None
    wording = attribution.wording
    sure = 1.0 if wording is None else credence(wording) if isinstance(wording, str) else wording
    if sure is None or sure == 0.5:
        return None
    return (sure > 0.5) != attribution.denies
