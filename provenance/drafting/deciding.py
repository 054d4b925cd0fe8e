"""Deciding on a draft: statements are confirmed, corrected or rejected, and any of it undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from provenance.casefiles import Readable, read_object
from provenance.drafting.articles import slug
from provenance.drafting.drafts import Draft, DraftClaim, DraftSource, DraftStatement, Hop
from provenance.drafting.reprints import continued
from provenance.errors import InvalidValue
from provenance.records import Record
from provenance.scales import credence

__all__ = [
    "Decision",
    "Decisions",
    "confirm",
    "correct",
    "decide",
    "join_sources",
    "load_decisions",
    "reject",
    "undo",
]


def _entries(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Decision(Record, frozen=True):
    """What somebody decided on one statement of a draft."""

    statement: Annotated[str, Field(min_length=1)]
    """The id of the statement."""
    action: Literal["confirm", "correct", "reject", "undo"]
    """What was decided."""
    chain: Annotated[tuple[str, ...], BeforeValidator(_entries)] | None = None
    """The corrected chain after the publisher, outermost first: ids or names of sources."""
    claim: str | None = None
    """The corrected claim: the id of one that is there, or the text of a new one."""
    stance: Literal["affirms", "denies"] | None = None
    """The corrected stance."""
    hedge: str | None = None
    """The corrected hedge of the speaker; an empty text takes it away."""
    by: str | None = None
    """Who decided."""


class Decisions(Record, frozen=True):
    """The decisions of one review, in their order."""

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Literal[1] = 1
    """The version of the format."""
    decisions: Annotated[tuple[Decision, ...], BeforeValidator(_entries)] = ()
    """What was decided, in this order."""


def load_decisions(source: Readable) -> Decisions:
    """Decisions that a page of `provenance review --html` saved, from a path, a text or a mapping.

    >>> load_decisions('{"version": 1, "decisions": []}').decisions
    ()
    """
    found, _ = read_object(source, "a file of decisions")
    return Decisions.model_validate(found, by_alias=True, by_name=False)


def decide(draft: Draft, decisions: Iterable[Decision]) -> Draft:
    """The draft after some decisions, one after the other.

    Raises `UnknownName` for a statement that is not there, and `InvalidValue` for a correction
    that cannot be: a chain with one source twice, a hedge that is not in the table.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> after = decide(found, [Decision(statement=found.statements[0].id, action="confirm")])
    >>> after.statements[0].state
    'confirmed'
    """
    for decision in decisions:
        if decision.action == "confirm":
            draft = confirm(draft, decision.statement, by=decision.by)
        elif decision.action == "reject":
            draft = reject(draft, decision.statement, by=decision.by)
        elif decision.action == "undo":
            draft = undo(draft, decision.statement)
        else:
            draft = correct(
                draft,
                decision.statement,
                chain=decision.chain,
                claim=decision.claim,
                stance=decision.stance,
                hedge=decision.hedge,
                by=decision.by,
            )
    return draft


def confirm(draft: Draft, statement: str, *, by: str | None = None) -> Draft:
    """The draft with a statement confirmed as it stands; a corrected one stays corrected.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> confirm(found, found.statements[0].id).waiting
    ()
    """
    before = draft.statement(statement)
    state = "corrected" if before.as_drafted is not None else "confirmed"
    return _with(draft, before.evolve(state=state, decided_by=by))


def reject(draft: Draft, statement: str, *, by: str | None = None) -> Draft:
    """The draft with a statement rejected: it stays in the draft, and in no case.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> reject(found, found.statements[0].id).case().attributions
    ()
    """
    return _with(draft, draft.statement(statement).evolve(state="rejected", decided_by=by))


def undo(draft: Draft, statement: str) -> Draft:
    """The draft with a statement as it was drafted, undecided.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> undo(reject(found, found.statements[0].id), found.statements[0].id) == found
    True
    """
    before = draft.statement(statement)
    original = before.as_drafted or before.evolve(state="draft", decided_by=None)
    return _tidied(_with(draft, original))


def correct(
    draft: Draft,
    statement: str,
    *,
    chain: Iterable[str] | None = None,
    claim: str | None = None,
    stance: Literal["affirms", "denies"] | None = None,
    hedge: str | None = None,
    by: str | None = None,
) -> Draft:
    """The draft with a statement corrected; how it was drafted stays with it.

    Args:
        draft: the draft.
        statement: the id of the statement.
        chain: who has it from whom after the publisher of the document, outermost first: ids or
            names of sources that are there, or names of new ones.
        claim: the id of a claim that is there, or the text of a new one.
        stance: whether the innermost speaker affirms or denies it.
        hedge: the speaker's hedge, in the words of the table; an empty text takes it away.
        by: who corrects it.

    Raises:
        UnknownName: for a statement that is not there, or a hedge that is not in the table.
        InvalidValue: for a chain that is empty or has one source twice.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> after = correct(found, found.statements[0].id, chain=["The Herald", "Maria Ost"])
    >>> [hop.source for hop in after.statements[0].chain]
    ['the-gazette', 'the-herald', 'maria-ost']
    """
    before = draft.statement(statement)
    sources, claims = list(draft.sources), list(draft.claims)
    changes: dict[str, Any] = {
        "state": "corrected",
        "decided_by": by,
        "as_drafted": before.as_drafted or before.evolve(state="draft", decided_by=None),
    }
    if chain is not None:
        changes["chain"] = _chain(before, tuple(chain), sources)
    if hedge is not None:
        if hedge:
            credence(hedge)  # raises where the table does not have it
        hops = changes.get("chain", before.chain)
        changes["chain"] = (*hops[:-1], hops[-1].evolve(hedge=hedge or None))
    if claim is not None:
        changes["claim"] = _claim(claim, claims)
    if stance is not None:
        changes["stance"] = stance
    whole = draft.evolve(sources=tuple(sources), claims=tuple(claims))
    return _tidied(_with(whole, before.evolve(**changes)))


def join_sources(draft: Draft, source: str, into: str) -> Draft:
    """The draft with one source taken for another one, in every statement.

    For somebody whom the text calls by two names, "the regional governor" and "Milan Reth". A hop
    that then stands twice in a chain is there once. It is no decision on any statement: what was
    waiting still waits.

    Args:
        draft: the draft.
        source: the id or name of the source that is another one.
        into: the id or name of that one, which stays.

    Raises:
        UnknownName: for a source that is not there.
        InvalidValue: for the publisher of a document, which cannot be somebody else.

    >>> from provenance.drafting import draft, read_document
    >>> text = "The ship sailed, the mayor said. It had no crew, Maria Ost said."
    >>> found = draft(read_document(text, publisher="The Gazette"))
    >>> after = join_sources(found, "the mayor", "Maria Ost")
    >>> {each.speaker.source for each in after.statements}
    {'maria-ost'}
    """
    gone, stays = _known(draft, source), _known(draft, into)
    if gone == stays:
        return draft
    if any(each.publisher_id == gone for each in draft.documents):
        raise InvalidValue(
            f"expected a source that publishes none of the documents, found {source!r}; name it "
            "second, as the one that stays"
        )
    statements = []
    for each in draft.statements:
        drafted = each.as_drafted and _joined(each.as_drafted, gone, stays)
        statements.append(_joined(each, gone, stays).evolve(as_drafted=drafted))
    documents, sources = draft.documents, draft.sources
    return _tidied(draft.evolve(statements=tuple(continued(statements, sources, documents))))


def _joined(statement: DraftStatement, gone: str, stays: str) -> DraftStatement:
    hops: list[Hop] = []
    for hop in statement.chain:
        source = stays if hop.source == gone else hop.source
        if all(each.source != source for each in hops):
            hops.append(hop if source == hop.source else hop.evolve(source=source))
    return statement.evolve(chain=tuple(hops))


def _known(draft: Draft, name: str) -> str:
    """The id of a source that is there, by its id, its name or how it is described."""
    found = _named(name, draft.sources)
    return found or draft.source(name).id  # which raises, and says which there are


def _chain(
    before: DraftStatement, names: tuple[str, ...], sources: list[DraftSource]
) -> tuple[Hop, ...]:
    """A chain from names: hops that were there keep their mentions, new ones have none."""
    if not names:
        raise InvalidValue("expected at least one source after the publisher, found none")
    ids = [_source(name, sources) for name in names]
    whole = (before.chain[0].source, *ids)
    if len(set(whole)) < len(whole):
        twice = next(each for each in whole if whole.count(each) > 1)
        raise InvalidValue(f"expected every source once in a chain, found {twice!r} twice")
    known = {hop.source: hop for hop in before.chain}
    last = before.chain[-1]
    hops = [before.chain[0]]
    for place, name in enumerate(ids):
        role = last.role if place == len(ids) - 1 else "relay"
        hop = known.get(name)
        if hop is not None:
            hops.append(hop.evolve(role=role, inferred=None))
        elif place == len(ids) - 1:
            hops.append(last.evolve(source=name, inferred=None, mention=None))
        else:
            hops.append(Hop(source=name, role="relay"))
    return tuple(hops)


def _source(name: str, sources: list[DraftSource]) -> str:
    """The id of a source by its id or name; a new one where there is none."""
    wanted = name.strip()
    if not wanted:
        raise InvalidValue("expected the name of a source, found an empty text")
    found = _named(wanted, sources)
    if found is not None:
        return found
    taken = {each.id for each in sources}
    base = slug(wanted) or "source"
    fresh, number = base, 1
    while fresh in taken:
        number += 1
        fresh = f"{base}-{number}"
    sources.append(DraftSource(id=fresh, name=wanted))
    return fresh


def _named(name: str, sources: Iterable[DraftSource]) -> str | None:
    """The id of the first source of that id, or that is called or described so."""
    low = name.casefold()
    for each in sources:
        called = (each.name, each.described_as)
        if name == each.id or any(other and low == other.casefold() for other in called):
            return each.id
    return None


def _claim(claim: str, claims: list[DraftClaim]) -> str:
    """The id of a claim by its id or text; a new one where there is none."""
    wanted = claim.strip()
    if not wanted:
        raise InvalidValue("expected a claim, found an empty text")
    for each in claims:
        if wanted in (each.id, each.text):
            return each.id
    taken = {each.id for each in claims}
    base = slug(wanted, 40) or "claim"
    fresh, number = base, 1
    while fresh in taken:
        number += 1
        fresh = f"{base}-{number}"
    claims.append(DraftClaim(id=fresh, text=wanted))
    return fresh


def _with(draft: Draft, statement: DraftStatement) -> Draft:
    """The draft with a statement in the place of the one of its id, and what leads on elsewhere."""
    places = [statement if each.id == statement.id else each for each in draft.statements]
    return draft.evolve(statements=tuple(continued(places, draft.sources, draft.documents)))


def _tidied(draft: Draft) -> Draft:
    """The draft without sources and claims that corrections brought and nothing needs any more."""
    statements = [
        *draft.statements,
        *(each.as_drafted for each in draft.statements if each.as_drafted),
    ]
    spoken = {hop.source for each in statements for hop in each.chain}
    spoken |= {each.publisher_id for each in draft.documents}
    claimed = {each.claim for each in statements}
    return draft.evolve(
        sources=tuple(each for each in draft.sources if each.id in spoken),
        claims=tuple(each for each in draft.claims if each.id in claimed),
    )
