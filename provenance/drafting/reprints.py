"""Statements of a text that has the words of another one: reprints, and what leads on elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence

from provenance.drafting.articles import SourceDocument, assembled, reassembled
from provenance.drafting.drafts import DraftSource, DraftStatement, Hop
from provenance.drafting.layout import content_words
from provenance.drafting.reuse import SharedPassage, SharedText, shared_texts
from provenance.scales import percent

__all__ = ["continued", "led_on"]

LEAST_SHARED = 0.5
"""How much of a text must stand in another one for it to be a reprint of that; a judgement."""
LEAST_LIKELY = 0.9
"""How probable it must be that what they share goes back to one of them; a judgement."""


def continued(
    statements: Sequence[DraftStatement],
    sources: Sequence[DraftSource],
    documents: Sequence[SourceDocument],
) -> Iterator[DraftStatement]:
    """The statements, each that rests on another document of the draft leading on to it.

    Where somebody in the chain is the publisher of a document that is here too, that document has
    the same claim, and whoever has it there may be the one who has it here, that is where it comes
    from. Two whom the texts do not name may be one. What is rejected leads nowhere.
    """
    published: dict[str, list[str]] = defaultdict(list)
    for each in documents:
        published[each.publisher_id].append(each.id)
    first: dict[tuple[str, str], list[DraftStatement]] = defaultdict(list)
    for statement in statements:
        if statement.state != "rejected":
            first[statement.document, statement.claim].append(statement)
    named = {each.id for each in sources if each.name is not None}
    for statement in statements:
        there = (
            found
            for hop in statement.chain[1:]
            for name in published.get(hop.source, ())
            if name != statement.document
            for found in first.get((name, statement.claim), ())
        )
        leads = next((each.id for each in there if _may_be_of(statement, each, named)), None)
        is_known = leads == statement.continues
        yield statement if is_known else reassembled(statement, continues=leads)


def _may_be_of(statement: DraftStatement, found: DraftStatement, named: Container[str]) -> bool:
    """Whether a statement may come from another one, of a publisher in its chain."""
    publisher = found.chain[0].source
    if found.stance != statement.stance or any(
        hop.source == statement.chain[0].source for hop in found.chain[1:]
    ):
        return False  # two that each name the other would go round in a circle
    if statement.speaker.source in (publisher, found.speaker.source):
        return True
    return statement.speaker.source not in named and found.speaker.source not in named


def led_on(
    statements: Sequence[DraftStatement],
    sources: Sequence[DraftSource],
    documents: Sequence[SourceDocument],
) -> tuple[DraftStatement, ...]:
    """The statements, those that come from another document of the draft leading on to it.

    A document is a reprint where at least half of it stands in an earlier one: by its date, else by
    its place in the list. A paper that prints the report of another one has its officials from
    there and has asked nobody itself, which is inferred and said. What both only quote proves
    nothing, since both may have heard it. Whom the texts do not name, and describe alike, is one in
    both. Takes time in proportion to the texts.
    """
    if len(documents) < 2:
        return tuple(statements)
    reprints = _reprints(statements, documents)
    owners = {each.id: each for each in documents}
    relayed = [
        _from_there(each, owners[reprints[each.id].first], reprints[each.id])
        if each.id in reprints
        else each
        for each in statements
    ]
    led = tuple(continued(relayed, sources, documents))
    there = {each.id: each for each in led}
    unnamed = {each.id: each for each in sources if each.name is None}
    same: dict[str, str] = {}
    for each in led:
        if each.continues is not None:
            _join(each.speaker, there[each.continues].speaker, unnamed, same)
    return tuple(_with_sources(each, same) for each in led) if same else led


def _reprints(
    statements: Sequence[DraftStatement], documents: Sequence[SourceDocument]
) -> dict[str, SharedText]:
    """For every statement of a reprint that stands in the earlier document too, what both share."""
    there: dict[tuple[str, str], list[DraftStatement]] = defaultdict(list)
    here: dict[str, list[DraftStatement]] = defaultdict(list)
    for each in statements:
        there[each.document, each.claim].append(each)
        here[each.document].append(each)
    found: dict[str, SharedText] = {}
    for shared in shared_texts(documents):
        if shared.of_other < LEAST_SHARED or shared.probability < LEAST_LIKELY:
            continue
        told = [each for each in shared.passages if not each.quoted]
        for each in here[shared.other]:
            if any(
                other.stance == each.stance and _in_one_passage(each, other, told)
                for other in there[shared.first, each.claim]
            ):
                found.setdefault(each.id, shared)
    return found


def _in_one_passage(
    one: DraftStatement, other: DraftStatement, passages: Sequence[SharedPassage]
) -> bool:
    """Whether most of both contents is in one passage that the two documents share."""
    return any(
        _mostly_in(one, each.other_start, each.other_end)
        and _mostly_in(other, each.start, each.end)
        for each in passages
    )


def _mostly_in(statement: DraftStatement, start: int, end: int) -> bool:
    whole = sum(each.end - each.start for each in statement.content)
    inside = sum(max(0, min(each.end, end) - max(each.start, start)) for each in statement.content)
    return 2 * inside > whole


def _from_there(
    statement: DraftStatement, paper: SourceDocument, shared: SharedText
) -> DraftStatement:
    """A statement of a reprint that credits nobody, with the paper whose words it has in its chain."""
    first, *others = statement.chain
    if len(others) != 1 or paper.publisher_id in (first.source, others[0].source):
        return statement
    why = (
        f"the words are those of {paper.publisher}, where {percent(shared.of_other)} of this text "
        "is found"
    )
    relay = assembled(Hop, source=paper.publisher_id, role="relay", inferred=why)
    return reassembled(statement, chain=(first, relay, *others))


def _join(one: Hop, other: Hop, unnamed: Mapping[str, DraftSource], same: dict[str, str]) -> None:
    """Note that two whom the texts do not name are one, where they are described alike."""
    mine, theirs = unnamed.get(one.source), unnamed.get(other.source)
    if mine is None or theirs is None or mine.id == theirs.id:
        return
    if content_words(mine.label) == content_words(theirs.label):
        same.setdefault(mine.id, same.get(theirs.id, theirs.id))


def _with_sources(statement: DraftStatement, same: Mapping[str, str]) -> DraftStatement:
    if all(hop.source not in same for hop in statement.chain):
        return statement
    chain = tuple(
        reassembled(hop, source=same.get(hop.source, hop.source)) for hop in statement.chain
    )
    return reassembled(statement, chain=chain)
