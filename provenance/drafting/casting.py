"""From a draft to a case: chains become attributions, and what nobody confirmed is marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from provenance.drafting.documents import slug
from provenance.drafting.drafts import Draft, DraftSource, DraftStatement, Hop
from provenance.records import Attribution, Basis, Case, Claim, Locator, Registry, Source
from provenance.scales import ANONYMITY

__all__ = ["case_of", "unconfirmed_in", "without_unconfirmed"]

KEY = "x-draft"
"""The key that an attribution carries while nobody has confirmed it."""


def case_of(draft: Draft, *, unconfirmed: bool = False, registry: Registry | None = None) -> Case:
    """The case that a draft makes: `Draft.case` says how."""
    wanted = ("draft", "confirmed", "corrected") if unconfirmed else ("confirmed", "corrected")
    kept = [each for each in draft.statements if each.state in wanted]
    taken = {each.id for each in kept}
    attributions = tuple(
        attribution for each in kept for attribution in _attributions(draft, each, taken)
    )
    claims = {each.claim for each in kept}
    spoken = {each.source for each in attributions}
    documents = tuple(
        each.record() for each in draft.documents if each.id in {one.document for one in kept}
    )
    spoken |= {each.publisher for each in documents if each.publisher}
    graded: dict[str, Source] = {}
    for known in registry.sources if registry else ():
        for name in (known.title, known.id):
            graded[_key(name)] = known
    return Case(
        claims=tuple(
            Claim(id=each.id, text=each.text) for each in draft.claims if each.id in claims
        ),
        sources=tuple(_source(each, graded) for each in draft.sources if each.id in spoken),
        documents=documents,
        attributions=attributions,
        title=draft.title or None,
    )


def _key(name: str) -> str:
    return slug(name).removeprefix("the-")


def _source(source: DraftSource, graded: Mapping[str, Source]) -> Source:
    """A source of the case; what is proposed for one that the text does not name, it says."""
    known = graded.get(_key(source.id)) or (graded.get(_key(source.name)) if source.name else None)
    if known is not None:
        return known.evolve(id=source.id)
    fields: dict[str, Any] = {"id": source.id, "kind": source.kind}
    if source.name:
        fields["name"] = source.name
    if source.described_as:
        fields["described_as"] = source.described_as
    proposal = ANONYMITY[source.naming]
    if source.naming == "named" or source.kind == "document":
        return Source(**fields)
    if isinstance(proposal.reliability, str):
        fields["reliability"] = proposal.reliability
    elif proposal.reliability is not None:
        fields["reliability"] = _degree(proposal.reliability)
    if proposal.access is not None:
        fields["access"] = _degree(proposal.access)
    fields["note"] = f"Proposed for a source that the text gives as “{source.naming}”: a judgement."
    return Source(**fields)


def _degree(degree: Any) -> dict[str, float]:
    return {"mean": degree.mean, "strength": degree.strength}


def _attributions(
    draft: Draft, statement: DraftStatement, taken: Iterable[str]
) -> Iterator[Attribution]:
    """The attributions of a chain, the origin first, then who passes it on."""
    below: str | None = None
    chain = statement.chain
    if statement.continues is not None and statement.continues in set(taken):
        # The last one is the publisher of a document that is here: its own relay is cited.
        below = statement.continues
        chain = chain[:-1]
    for place in range(len(chain) - 1, -1, -1):
        hop = chain[place]
        name = statement.id if not place else f"{statement.id}.{hop.source}"
        yield _attribution(draft, statement, hop, name, below, outermost=not place)
        below = name


def _attribution(
    draft: Draft,
    statement: DraftStatement,
    hop: Hop,
    name: str,
    cites: str | None,
    *,
    outermost: bool,
) -> Attribution:
    fields: dict[str, Any] = {"id": name, "source": hop.source}
    if cites is None:
        fields["claim"] = statement.claim
        if statement.stance == "denies":
            fields["stance"] = "denies"
        if statement.said_on is not None:
            fields["said_on"] = statement.said_on
    else:
        fields["cites"] = cites
    if hop.cue is not None:
        fields["verb"] = hop.cue.text
    if hop.hedge is not None:
        fields["wording"] = hop.hedge
    if hop.basis in get_args(Basis) and hop.basis != "unstated":
        fields["basis"] = hop.basis
    if hop.inferred is not None:
        fields["note"] = f"Inferred: {hop.inferred}."
    if outermost:
        fields["document"] = statement.document
        fields["locators"] = tuple(_locators(draft, statement))
    if statement.state == "draft":
        fields[KEY] = {
            "statement": statement.id,
            "by": [str(each) for each in statement.drafted_by],
        }
    return Attribution.model_validate(fields)


def _locators(draft: Draft, statement: DraftStatement) -> Iterator[Locator]:
    """Where the statement stands, headlines and pull-quotes that repeat it included."""
    text = draft.document(statement.document).text
    for passage in (*statement.content, *statement.repeats):
        before = text[max(0, passage.start - 32) : passage.start]
        after = text[passage.end : passage.end + 32]
        yield Locator(
            start=passage.start,
            end=passage.end,
            exact=passage.text,
            prefix=before if before.strip() else None,
            suffix=after if after.strip() else None,
        )


def unconfirmed_in(case: Case) -> tuple[str, ...]:
    """The ids of the attributions of a case that nobody has confirmed.

    >>> from provenance import load_case
    >>> unconfirmed_in(load_case("seeds/egypt-arms-2015.json"))
    ()
    """
    return tuple(each.id for each in case.attributions if KEY in each.extensions)


def without_unconfirmed(case: Case) -> Case:
    """The case without what nobody has confirmed, and without what only passes that on.

    Sources, claims and documents stay, so that every claim can still be weighed.

    >>> from provenance import load_case
    >>> case = load_case("seeds/egypt-arms-2015.json")
    >>> without_unconfirmed(case) == case
    True
    """
    gone = set(unconfirmed_in(case))
    if not gone:
        return case
    names = {name: each.id for each in case.attributions for name in each.names}
    rest = [each for each in case.attributions if each.id not in gone]
    while True:
        kept = []
        for each in rest:
            cited = [name for name in each.cited if names[name] not in gone]
            if each.cited and not cited:
                gone.add(each.id)
                continue
            kept.append(each if len(cited) == len(each.cited) else each.evolve(cites=tuple(cited)))
        if len(kept) == len(rest):
            break
        rest = kept
    alone = [
        each.evolve(same_voice_as=None)
        if each.same_voice_as is not None and names[each.same_voice_as.attribution] in gone
        else each
        for each in kept
    ]
    return case.evolve(attributions=tuple(alone))
