"""From documents to one draft: each is drafted alone, then sources and claims are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from provenance.bounds import Cancel, spend, within
from provenance.drafting.antecedents import gender_of
from provenance.drafting.articles import Passage, SourceDocument, reassembled
from provenance.drafting.claim_groups import denied_in, grouped
from provenance.drafting.claim_wording import claim_text
from provenance.drafting.credits import agency_named
from provenance.drafting.drafts import Draft, DraftSource, DraftStatement, Hop
from provenance.drafting.mentions import initials_of
from provenance.drafting.model_drafter import WINDOW, Complete, draft_by_model
from provenance.drafting.reprints import continued, led_on
from provenance.drafting.rules import Drafted, draft_by_rules
from provenance.drafting.told_names import people_in
from provenance.errors import InvalidValue
from provenance.scales import in_a_sentence

__all__ = ["draft", "merge_drafts"]


_OF_A_CHARACTER = 20  # operations
_CHARACTERS_A_RECORD = 100  # that stand for a record when a budget is set


def draft(
    documents: SourceDocument | Iterable[SourceDocument],
    complete: Complete | None = None,
    *,
    title: str | None = None,
    model: str = "a model",
    prompt: str | None = None,
    window: int = WINDOW,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Draft:
    """A draft of who says what in some documents, by the rules for English or by a model.

    Nothing in it counts until somebody confirms it: `confirm`, or `provenance review`.

    Args:
        documents: a document, or several.
        complete: answers a prompt, given a JSON Schema, by a text; a model that you call, or
            `pydantic_ai_complete`. Without it the rules draft.
        title: what the draft is about.
        model: what the model is called; every statement says who drafted it.
        prompt: what the model is told instead of `model_prompt()`, with a blank `$text`.
        window: how many characters of a document the model reads at once; longer documents are
            read in pieces that overlap.
        budget: how many operations it may take by rules; a character takes twenty.
        cancel: what to ask before every document whether to stop, such as a `threading.Event`.

    Raises:
        InvalidValue: when two documents have the same id, for a prompt without `$text`, or for
            pieces that are too short.
        TooCostly, Cancelled: as for `weigh`.

    What a model answers is looked up in the text. What does not stand there is not used, and
    `refused` of the draft says why.

    The rules take time in proportion to the text, and give the same draft for the same documents.

    >>> from provenance.drafting import read_document
    >>> page = read_document("The ship sailed, a source told the Herald.", publisher="The Gazette")
    >>> found = draft(page).statements[0]
    >>> [hop.source for hop in found.chain], found.content[0].text
    (['the-gazette', 'herald', 'the-gazette.a-source'], 'The ship sailed')
    """
    several = (documents,) if isinstance(documents, SourceDocument) else tuple(documents)
    for each in several:
        if not isinstance(each, SourceDocument):
            raise InvalidValue(
                f"expected documents, found {type(each).__name__}; read_document makes one of a text"
            )
    _each_once([each.id for each in several])
    length = sum(len(each.text) for each in several)
    outlets = frozenset(each.publisher for each in several)
    parts: list[Drafted] = []
    with within(budget, cancel, records=length // _CHARACTERS_A_RECORD):
        for each in several:
            spend(_OF_A_CHARACTER * len(each.text), "reading documents")
            parts.append(
                draft_by_rules(each, outlets)
                if complete is None
                else draft_by_model(each, complete, model=model, prompt=prompt, window=window)
            )
    return joined(tuple(parts), title)


def _each_once(names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidValue(f"expected every document once, found the id {twice!r} twice")


def joined(parts: Sequence[Drafted], title: str | None = None) -> Draft:
    """What was drafted from each document, as one draft."""
    sources, renamed = _sources(parts)
    statements = [
        _renamed(statement, renamed[place])
        for place, part in enumerate(parts)
        for statement in part.statements
    ]
    kept = [each for each in statements if each is not None]
    placed, claims = grouped(kept, _worded(kept, parts, sources))
    placed, claims = denied_in(_without_leads(placed), claims)
    documents = tuple(part.document for part in parts)
    led = led_on(placed, sources, documents)
    spoken = {hop.source for each in led for hop in each.chain}
    spoken |= {each.publisher_id for each in documents}
    return Draft(
        documents=documents,
        sources=told_apart([each for each in sources if each.id in spoken], led, documents),
        claims=claims,
        statements=led,
        title=title or None,
        refused=tuple(each for part in parts for each in part.refused),
    )


def told_apart(
    sources: Sequence[DraftSource],
    statements: Iterable[DraftStatement],
    documents: Sequence[SourceDocument],
) -> tuple[DraftSource, ...]:
    """The sources, those that texts describe alike told apart by the paper that speaks of them.

    "A senior official" of three papers may be three people. Where one paper speaks of two, by the
    days of its texts, or by the names of those. Only what is described alike is changed.
    """
    texts = {each.id: each for each in documents}
    first: dict[str, SourceDocument] = {}
    for statement in statements:
        for hop in statement.chain:
            first.setdefault(hop.source, texts[statement.document])
    alike: dict[str, list[DraftSource]] = {}
    for each in sources:
        if each.name is None and each.described_as is not None and each.id in first:
            alike.setdefault(each.described_as.casefold(), []).append(each)
    changed: dict[str, DraftSource] = {}
    for group in alike.values():
        if len(group) > 1:
            places = _places([first[each.id] for each in group])
            for each, place in zip(group, places, strict=True):
                described = in_a_sentence(str(each.described_as))
                changed[each.id] = each.evolve(described_as=f"{described}, in {place}")
    return tuple(changed.get(each.id, each) for each in sources)


def _places(documents: Sequence[SourceDocument]) -> list[str]:
    """What tells documents apart in words: their papers, with the days, or with their names."""
    papers = [in_a_sentence(each.publisher) for each in documents]
    with_days = [
        f"{paper} of {each.published_on}" if each.published_on else paper
        for paper, each in zip(papers, documents, strict=True)
    ]
    for told in (papers, with_days):
        if len(set(told)) == len(told):
            return told
    return [f"{paper}, {each.id}" for paper, each in zip(papers, documents, strict=True)]


def _without_leads(placed: Sequence[DraftStatement]) -> list[DraftStatement]:
    """The statements without a lead in which the outlet reveals what somebody tells it further on.

    That its sources say so below is where it has it from; the lead is a further place of that.
    """
    told = {
        (each.document, each.claim): each.id
        for each in reversed(placed)
        if len(each.chain) > 1 and each.stance == "affirms"
    }
    leads: dict[str, list[Passage]] = {}
    kept = []
    for each in placed:
        name = told.get((each.document, each.claim))
        cue = each.chain[0].cue if len(each.chain) == 1 else None
        if name is None or cue is None or cue.text.split()[-1] not in _REVEALING:
            kept.append(each)
        else:
            leads.setdefault(name, []).extend(each.content)
    return [
        reassembled(each, repeats=(*each.repeats, *leads[each.id])) if each.id in leads else each
        for each in kept
    ]


_REVEALING = frozenset({"reveal", "disclose", "report", "confirm", "learned", "understands"})


def _worded(
    kept: Sequence[DraftStatement], parts: Sequence[Drafted], sources: Sequence[DraftSource]
) -> dict[str, str]:
    """The claim of every statement, by its id; what only answers is on the claim before it."""
    called = {each.id: (_short(each.label), _pronouns(each)) for each in sources}
    texts = {each.id: claim_text(each, *called[each.speaker.source]) for each in kept}
    drafted = {each.id: each for part in parts for each in part.statements}
    for each in kept:
        answered = drafted[each.id].claim
        if answered != each.id and answered in drafted:
            texts[each.id] = texts.get(answered) or claim_text(drafted[answered])
    return texts


def _pronouns(source: DraftSource) -> tuple[str, ...]:
    """The pronouns by which a source may be called in its own words."""
    if source.kind == "collective":
        return ("they",)
    if source.kind != "person":
        return ()
    gender = gender_of(source.label, source.name)
    return ("he", "she") if gender is None else (gender,)


def _short(label: str) -> str | None:
    """What somebody is called, without what describes him: A porter | who worked nights.

    Nothing of “it”, of which the text does not show who it is.
    """
    if label.startswith("“"):
        return None
    return re.split(r",| who | which | that | of which ", label, maxsplit=1)[0].strip() or label


def _sources(parts: Sequence[Drafted]) -> tuple[list[DraftSource], list[dict[str, str]]]:
    """Every source once, and for each document how its speakers are called in the draft."""
    known: dict[str, str] = {}
    sources: dict[str, DraftSource] = {}
    for part in parts:
        document = part.document
        known.setdefault(_key(document.publisher), document.publisher_id)
        sources.setdefault(
            document.publisher_id,
            DraftSource(id=document.publisher_id, name=document.publisher, kind="outlet")
            if document.is_publisher_known
            else DraftSource(
                id=document.publisher_id, described_as=document.publisher, kind="outlet"
            ),
        )
    surnames, shortened = _surnames(parts), _shortened(parts)
    renamed: list[dict[str, str]] = []
    for part in parts:
        names: dict[str, str] = {part.document.publisher_id: part.document.publisher_id}
        for speaker in part.speakers:
            if speaker.id in names:
                continue
            if speaker.name is None:
                name = speaker.id
            else:
                key = _key(speaker.name)
                full = surnames.get(key)
                if full is not None and len(_bearers(part.document.text, key)) > 1:
                    full = None  # of two who bear the surname the text means one or the other
                key = full or shortened.get(speaker.name.removeprefix("The ")) or key
                name = known.setdefault(key, _free(speaker.id, sources))
            names[speaker.id] = name
            if name not in sources:
                sources[name] = speaker.source(name)
        renamed.append(names)
    return list(sources.values()), renamed


def _free(name: str, taken: Mapping[str, DraftSource]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _key(name: str) -> str:
    agency = agency_named(name)
    return (agency or name).casefold().removeprefix("the ").replace("’", "'")


def _shortened(parts: Sequence[Drafted]) -> dict[str, str]:
    """The full name for initials that one document uses alone: the IMF, where only one name fits."""
    full: dict[str, set[str]] = {}
    for part in parts:
        for speaker in part.speakers:
            if speaker.name and speaker.kind != "person":
                full.setdefault(initials_of(speaker.name), set()).add(_key(speaker.name))
    return {short: min(names) for short, names in full.items() if short and len(names) == 1}


def _surnames(parts: Sequence[Drafted]) -> dict[str, str]:
    """The full name for a surname that one document uses alone, where only one person bears it."""
    full: dict[str, set[str]] = {}
    for part in parts:
        for speaker in part.speakers:
            if speaker.name and speaker.kind == "person" and " " in speaker.name:
                full.setdefault(_key(speaker.name.split()[-1]), set()).add(_key(speaker.name))
    return {surname: min(names) for surname, names in full.items() if len(names) == 1}


def _bearers(text: str, surname: str) -> set[str]:
    """The full names that a text has for a surname; where it has two, the surname tells neither."""
    return {_key(name) for _, name in people_in(text).get(surname, ()) if " " in name}


def _renamed(statement: DraftStatement, names: Mapping[str, str]) -> DraftStatement | None:
    """A statement with the ids of the draft; None where it says that an outlet quotes itself."""
    if all(names[hop.source] == hop.source for hop in statement.chain):
        return statement
    hops: list[Hop] = []
    for hop in statement.chain:
        source = names[hop.source]
        if all(each.source != source for each in hops):
            hops.append(reassembled(hop, source=source))
    if len(hops) < min(2, len(statement.chain)):
        return None
    return reassembled(statement, chain=tuple(hops))


def merge_drafts(drafts: Iterable[Draft]) -> Draft:
    """Several drafts as one: of other documents, or of the same by other drafters.

    Statements of two drafters on the same words of a document that agree on the chain and on the
    stance become one, drafted by both. Those that disagree both stay, and each names the other in
    `differs_from`.

    Raises `InvalidValue` when two drafts have different texts under the id of one document.

    >>> from provenance.drafting import read_document
    >>> one = draft(read_document("The ship sailed, Maria Ost said.", publisher="The Gazette"))
    >>> merge_drafts([one, one]) == one
    True
    """
    parts = tuple(drafts)
    documents: dict[str, SourceDocument] = {}
    sources: dict[str, DraftSource] = {}
    statements: list[DraftStatement] = []
    texts: dict[str, str] = {}
    for part in parts:
        claimed = {each.id: each.text for each in part.claims}
        for document in part.documents:
            if documents.setdefault(document.id, document).sha256 != document.sha256:
                raise InvalidValue(f"expected one text of the document {document.id!r}, found two")
        for source in part.sources:
            sources.setdefault(source.id, source)
        for statement in part.statements:
            name = _add(statements, statement)
            texts.setdefault(name, claimed[statement.claim])
    placed, claims = grouped(statements, texts)
    whole = tuple(documents.values())
    title = next((part.title for part in parts if part.title), None)
    return Draft(
        documents=whole,
        sources=told_apart(list(sources.values()), placed, whole),
        claims=claims,
        statements=tuple(continued(placed, tuple(sources.values()), whole)),
        title=title or None,
        refused=tuple(dict.fromkeys(each for part in parts for each in part.refused)),
    )


def _add(statements: list[DraftStatement], statement: DraftStatement) -> str:
    """Add a statement, or note that another drafter has it too, or otherwise; gives its id."""
    taken = {each.id for each in statements}
    differs: list[str] = []
    for place, other in enumerate(statements):
        if other.document != statement.document or not _same_words(other, statement):
            continue
        if other.stance != statement.stance and _said_elsewhere(other, statement):
            continue  # one says it, and another one denies it
        if _agree(other, statement):
            both = tuple(dict.fromkeys((*other.drafted_by, *statement.drafted_by)))
            statements[place] = other.evolve(drafted_by=both)
            return other.id
        differs.append(other.id)
    name, number = statement.id, 1
    while name in taken:
        number += 1
        name = f"{statement.id}-{number}"
    for place, other in enumerate(statements):
        if other.id in differs:
            statements[place] = other.evolve(differs_from=(*other.differs_from, name))
    statements.append(statement.evolve(id=name, differs_from=tuple(differs)))
    return name


def _same_words(one: DraftStatement, other: DraftStatement) -> bool:
    """Whether at least half of the content of both is the same stretch of text."""
    shared = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.content
        for b in other.content
    )
    longest = max(
        sum(each.end - each.start for each in one.content),
        sum(each.end - each.start for each in other.content),
    )
    return 2 * shared > longest


def _said_elsewhere(one: DraftStatement, other: DraftStatement) -> bool:
    """Whether two statements of the same words are attributed by different words of the text."""
    first, second = one.speaker.cue, other.speaker.cue
    return (
        first is not None
        and second is not None
        and (first.end <= second.start or second.end <= first.start)
    )


def _agree(one: DraftStatement, other: DraftStatement) -> bool:
    chains = [tuple(hop.source for hop in each.chain) for each in (one, other)]
    return chains[0] == chains[1] and one.stance == other.stance
