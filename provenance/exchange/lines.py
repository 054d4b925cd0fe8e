"""What every statement of a case comes down to: which claims it is about, and on which side."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

import attrs

from provenance.records import Attribution, Case
from provenance.scales import credence

__all__ = ["Said", "cited_statements", "spoken_credence", "what_is_said"]


@attrs.frozen(order=True)
class Said:
    """One claim that a statement is about, and whether it speaks for it."""

    claim: str
    """The id of the claim."""
    affirms: bool
    """Whether the statement speaks for the claim, through everything it passes on."""


def spoken_credence(attribution: Attribution) -> float:
    """How sure the wording sounds that what is claimed or cited is so, in [0, 1]; 1 if unhedged.

    >>> spoken_credence(Attribution(id="a", source="s", claim="c", wording="probably", stance="denies"))
    0.28300000000000003
    """
    wording = attribution.wording
    said = 1.0 if wording is None else credence(wording) if isinstance(wording, str) else wording
    return 1.0 - said if attribution.denies else said


def cited_statements(case: Case) -> Mapping[str, tuple[str, ...]]:
    """For every relay the ids of the attributions that it passes on, each once, in order."""
    owners = {name: each.id for each in case.attributions for name in each.names}
    return {
        each.id: tuple(dict.fromkeys(owners[name] for name in each.cited))
        for each in case.attributions
        if each.cited
    }


def what_is_said(case: Case) -> Mapping[str, tuple[Said, ...]]:
    """For every attribution what it says of which claims; nothing for one that only goes in circles.

    A statement is turned round by a denial and by a wording below 1/2, as often as these stand on
    its way. A relay of several statements can speak for one claim and against another.
    Takes time in proportion to the citations times the claims that pass along them.
    """
    found: dict[str, set[Said]] = defaultdict(set)
    hearers: dict[str, list[Attribution]] = defaultdict(list)
    for each in case.attributions:
        for cited in each.cited:
            hearers[cited].append(each)
    waiting: deque[tuple[Attribution, Said]] = deque()
    for each in case.attributions:
        waiting.extend((each, Said(claim, True)) for claim in each.claims)
    while waiting:
        attribution, heard = waiting.popleft()
        said = Said(heard.claim, heard.affirms == (spoken_credence(attribution) >= 0.5))
        if said in found[attribution.id]:
            continue
        found[attribution.id].add(said)
        for name in _heard_as(attribution, said):
            waiting.extend((hearer, said) for hearer in hearers[name])
    return {each.id: tuple(sorted(found[each.id])) for each in case.attributions}


def _heard_as(attribution: Attribution, said: Said) -> Iterable[str]:
    """The names under which a statement is cited by those who pass it on."""
    yield attribution.id
    if len(attribution.claims) > 1:
        yield f"{attribution.id}/{said.claim}"
