"""Deciding on a draft: statements are confirmed, corrected or rejected, and any of it undone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field

from provenance.casefiles import Readable, read_object
from provenance.drafting.articles import slug
from provenance.drafting.drafts import Draft, DraftClaim, DraftSource, DraftStatement, Hop
from provenance.drafting.reprints import continued
from provenance.errors import CaseError, InvalidValue, Problem, ProvenanceError, UnknownName
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
    "reword",
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
    """The corrected chain after the publisher, outermost first: ids or names of sources.

    "new: Karl Vane" makes a new source, also where one that is there is called nearly so."""
    claim: str | None = None
    """The corrected claim: the id or the text of one that is there, or the text of a new one.

    "new: The ship sank" makes a new claim, also where one that is there is worded nearly so."""
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

    Raises `CaseError` with every decision that cannot be: on a statement that is not there, with a
    chain that has one source twice, a hedge that is not in the table, a name that is nearly that of
    a source or claim that is there.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> after = decide(found, [Decision(statement=found.statements[0].id, action="confirm")])
    >>> after.statements[0].state
    'confirmed'
    """
    problems: list[Problem] = []
    for place, decision in enumerate(decisions):
        try:
            draft = _after(draft, decision)
        except ProvenanceError as error:
            what = f"on the statement {decision.statement!r}: {error}"
            problems.append(Problem(f"decisions[{place}]", "cannot-be-decided", what))
    if problems:
        raise CaseError(problems)
    return draft


def _after(draft: Draft, decision: Decision) -> Draft:
    """The draft after one decision."""
    if decision.action == "confirm":
        return confirm(draft, decision.statement, by=decision.by)
    if decision.action == "reject":
        return reject(draft, decision.statement, by=decision.by)
    if decision.action == "undo":
        return undo(draft, decision.statement)
    return correct(
        draft,
        decision.statement,
        chain=decision.chain,
        claim=decision.claim,
        stance=decision.stance,
        hedge=decision.hedge,
        by=decision.by,
    )


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
            names of sources that are there, or names of new ones. "new: Karl Vane" is a new one
            for certain.
        claim: the id or the text of a claim that is there, or the text of a new one; "new: The ship
            sank" is a new one for certain.
        stance: whether the innermost speaker affirms or denies it.
        hedge: the speaker's hedge, in the words of the table; an empty text takes it away.
        by: who corrects it.

    Raises:
        UnknownName: for a statement that is not there, a hedge that is not in the table, and a
            source or claim that is not there and is called nearly as one that is.
        InvalidValue: for a chain that is empty or has one source twice, a name that several
            sources have, or a stance that is neither of the two.

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
        changes["claim"] = _claim(claim, claims, before.claim)
    if stance is not None:
        changes["stance"] = _stance_named(stance)
    whole = draft.evolve(sources=tuple(sources), claims=tuple(claims))
    return _tidied(_with(whole, before.evolve(**changes)))


def reword(draft: Draft, claim: str, text: str) -> Draft:
    """The draft with a claim in other words, for every statement under it.

    For a claim that says more than its statements do. It is no decision on any of them: what was
    waiting still waits.

    Args:
        draft: the draft.
        claim: the id or the text of a claim that is there.
        text: its new wording.

    Raises:
        UnknownName: for a claim that is not there.
        InvalidValue: for an empty wording, and for one that another claim has.

    >>> from provenance.drafting import draft, read_document
    >>> found = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> reword(found, found.claims[0].id, "The Alma sailed").claims[0].text
    'The Alma sailed'
    """
    wanted = " ".join(text.split())
    if not wanted:
        raise InvalidValue("expected a claim, found an empty text")
    meant = _claim_called(claim, draft.claims)
    if meant is None:
        raise UnknownName("claim", claim, [each.id for each in draft.claims])
    other = _claim_called(wanted, [each for each in draft.claims if each.id != meant])
    if other is not None:
        raise InvalidValue(f"expected words of its own, found those of the claim {other!r}")
    return draft.evolve(
        claims=tuple(
            each.evolve(text=wanted) if each.id == meant else each for each in draft.claims
        )
    )


_MEANT: Mapping[str, Literal["affirms", "denies"]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("yes", "y", "true", "says", "confirms", "supports", "agrees", "for"), "affirms"
        ),
        **dict.fromkeys(
            ("no", "n", "not", "false", "rejects", "refutes", "disputes", "contradicts",
             "dismisses", "against"), "denies"
        ),
    }
)  # fmt: skip
"""What people type for a stance that is not its name: asked about, since it turns an answer round."""


def _stance_named(words: str) -> Literal["affirms", "denies"]:
    """The stance of that name, or of which it is a form: "deny", "denied", "d".

    Raises `InvalidValue`, with the stance that may be meant, for every other word.
    """
    low = words.strip().casefold()
    forms: dict[Literal["affirms", "denies"], tuple[str, ...]] = {
        "affirms": ("affirms", "affirmed", "affirming"),
        "denies": ("denies", "deny", "denied", "denying"),
    }
    for stance, several in forms.items():
        if low and any(each.startswith(low) for each in several):
            return stance
    near = difflib.get_close_matches(low[:40], [*forms, *_MEANT], n=1, cutoff=0.75)
    meant = _MEANT.get(near[0], near[0]) if near else None
    hint = f"; did you mean {meant!r}?" if meant else ""
    raise InvalidValue(f"expected 'affirms' or 'denies', found {words.strip()[:60]!r}{hint}")


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
    found = _source_called(name, draft.sources)
    if found is None:
        raise UnknownName("source", name, [each.label for each in draft.sources])
    return found


def _chain(
    before: DraftStatement, names: tuple[str, ...], sources: list[DraftSource]
) -> tuple[Hop, ...]:
    """A chain from names: hops that were there keep their mentions, new ones have none."""
    if not names:
        raise InvalidValue("expected at least one source after the publisher, found none")
    here = [hop.source for hop in before.chain]
    ids = [_source(name, sources, here) for name in names]
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


_NEW = re.compile(r"\s*new\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_DESCRIPTION = re.compile(r"(?:an?|the|two|three|four|five|several|some)\s", re.ASCII)
"""With what a description begins, in small letters: "a second official" is nobody's name."""
_LIKE_A_NAME = 0.8
_LIKE_A_CLAIM = 0.85
"""How much alike what was typed must be to what is there for it to be asked about."""
_LONGEST_COMPARED = 300


def _source(name: str, sources: list[DraftSource], here: Sequence[str]) -> str:
    """The id of a source by its id or name; a new one where none is called so, nor nearly so."""
    fresh = _NEW.fullmatch(name)
    wanted = (fresh[1] if fresh else name).strip()
    if not wanted:
        raise InvalidValue("expected the name of a source, found an empty text")
    if fresh is None:
        found = _source_called(wanted, sources, here)
        if found is not None:
            return found
        near = _nearly_called(wanted, [each.label for each in sources])
        if near:
            raise _asked("source", wanted, near)
    identity = _free(slug(wanted) or "source", {each.id for each in sources})
    is_described = _DESCRIPTION.match(wanted) is not None
    sources.append(
        DraftSource(id=identity, described_as=wanted)
        if is_described
        else DraftSource(id=identity, name=wanted)
    )
    return identity


def _source_called(
    name: str, sources: Iterable[DraftSource], here: Sequence[str] = ()
) -> str | None:
    """The id of the source of that id, or that is called or described so; `None` if none is.

    Args:
        name: an id, a name or a description.
        sources: the sources.
        here: the ids of those that come first where several are called so.

    Raises `InvalidValue` where several are called so and none of them comes first.
    """
    key = _key(name)
    called: list[DraftSource] = []
    for each in sources:
        if name == each.id:
            return each.id
        if any(other and _key(other) == key for other in (each.name, each.described_as)):
            called.append(each)
    first = [each for each in called if each.id in here] or called
    if len(first) > 1:
        ids = ", ".join(repr(each.id) for each in first[:6])
        raise InvalidValue(
            f"expected one source, found {name!r}, as {len(first)} are called; give its id: {ids}"
        )
    return first[0].id if first else None


def _key(name: str) -> str:
    """A name without what people leave out or write otherwise: "the", capitals, curved marks."""
    plain = name.casefold().translate({0x2019: "'", 0x2018: "'"})
    return " ".join(plain.split()).removeprefix("the ")


def _nearly_called(name: str, labels: Iterable[str]) -> list[str]:
    """Names that are like one, or that have all of its words: "Karl Vane" of "Vane"."""
    keys = {_key(each): each for each in labels}
    key = _key(name)[:_LONGEST_COMPARED]
    near = difflib.get_close_matches(key, keys, n=3, cutoff=_LIKE_A_NAME)
    words = set(key.split())
    near += [each for each in keys if words <= set(each.split()) and each not in near]
    return [keys[each] for each in near[:3]]


def _asked(kind: str, wanted: str, near: Sequence[str]) -> UnknownName:
    """The question whether one that is there is meant, before a new one is made."""
    meant = " or ".join(repr(each) for each in near)
    hint = f"did you mean {meant}? to make a new one, write 'new: {wanted[:80]}'"
    return UnknownName(kind, wanted, near, hint=hint)


def _claim(claim: str, claims: list[DraftClaim], own: str) -> str:
    """The id of a claim by its id or text; a new one where none is worded so, nor nearly so.

    What is like the claim that the statement has is that one in better words, and no mistake.
    """
    fresh = _NEW.fullmatch(claim)
    wanted = (fresh[1] if fresh else claim).strip()
    if not wanted:
        raise InvalidValue("expected a claim, found an empty text")
    if fresh is None:
        found = _claim_called(wanted, claims)
        if found is not None:
            return found
        near = _nearly_worded(wanted, [each for each in claims if each.id != own], claims)
        if near:
            raise _asked("claim", wanted, near)
        if len(wanted.split()) < 2:
            raise InvalidValue(
                f"expected a claim, a sentence of several words, found {wanted[:60]!r}; to make a "
                f"claim of one word, write 'new: {wanted[:60]}'"
            )
    identity = _free(slug(wanted, 40) or "claim", {each.id for each in claims})
    claims.append(DraftClaim(id=identity, text=wanted))
    return identity


def _claim_called(name: str, claims: Iterable[DraftClaim]) -> str | None:
    """The id of the claim of that id, or of that text but for its case and its full stop."""
    key = _worded(name)
    by_text: dict[str, str] = {}
    for each in claims:
        if name == each.id:
            return each.id
        by_text.setdefault(_worded(each.text), each.id)
    return by_text.get(key)


def _worded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .“”\"'")


def _nearly_worded(
    wanted: str, others: Sequence[DraftClaim], claims: Sequence[DraftClaim]
) -> list[str]:
    """The texts or ids of claims that may be meant."""
    ids = difflib.get_close_matches(
        wanted[:_LONGEST_COMPARED], [each.id for each in claims], n=2, cutoff=_LIKE_A_NAME
    )
    texts = {_worded(each.text)[:_LONGEST_COMPARED]: each.text for each in others}
    key = _worded(wanted)[:_LONGEST_COMPARED]
    near = difflib.get_close_matches(key, texts, n=2, cutoff=_LIKE_A_CLAIM)
    return [*ids, *(texts[each] for each in near)]


def _free(base: str, taken: set[str]) -> str:
    fresh, number = base, 1
    while fresh in taken:
        number += 1
        fresh = f"{base}-{number}"
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
