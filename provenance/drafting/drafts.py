"""Drafts: who is taken to say what in some documents, until a person has confirmed it; their cases."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, get_args

from pydantic import BeforeValidator, Field, model_validator

from provenance.casefiles import Readable, read_object, write_whole
from provenance.drafting.articles import Passage, SourceDocument, reassembled, slug
from provenance.errors import CaseError, Problem, UnknownName
from provenance.records import (
    Attribution,
    Basis,
    Case,
    Claim,
    Locator,
    Record,
    Registry,
    Source,
    SourceKind,
    Span,
)
from provenance.scales import ANONYMITY

__all__ = [
    "UNCONFIRMED",
    "Draft",
    "DraftClaim",
    "DraftSource",
    "DraftStatement",
    "Drafter",
    "Hop",
    "Mode",
    "Refusal",
    "RefusalKind",
    "Role",
    "draft_schema",
    "is_statement",
    "load_draft",
    "mode_of",
    "save_draft",
]

State = Literal["draft", "confirmed", "corrected", "rejected"]
Role = Literal["author", "relay", "speaker", "holder"]
Naming = Literal["named", "role named", "well-informed source", "sources say"]
Mode = Literal["direct", "mixed", "indirect"]
RefusalKind = Literal[
    "empty-answer", "broken-json", "wrong-shape", "not-in-text", "invented-source", "no-source",
    "circular-chain", "no-claim", "wrong-offset", "duplicate",
]  # fmt: skip
DraftBasis = Literal["firsthand", "own-inquiry", "secondhand", "unstated"]
Words = Annotated[str, Field(min_length=1)]


def _entries(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Entries = BeforeValidator(_entries)

MOST_BYTES = 200_000_000
"""How large the text of a draft may be."""


class Drafter(Record, frozen=True):
    """Who or what drafted a statement."""

    kind: Literal["rules", "model", "person"]
    """Rules, a model, or a person."""
    name: Words
    """Its name: of the rules, of the model, of the person."""
    version: str | None = None
    """Its version."""

    def __str__(self) -> str:
        return f"{self.name} {self.version}" if self.version else self.name


class DraftSource(Record, frozen=True):
    """Someone who publishes, speaks, is cited or is said to hold something."""

    id: Words
    """The name of the source within the draft."""
    name: str | None = None
    """What people call it; absent where the text does not name it."""
    described_as: str | None = None
    """How the text describes it."""
    kind: SourceKind = "other"
    """What kind of source it seems to be."""
    naming: Naming = "named"
    """How far the text names it, which decides what is proposed for its reliability."""

    @property
    def label(self) -> str:
        """The name to show to people."""
        return self.name or self.described_as or self.id


class DraftClaim(Record, frozen=True):
    """A claim that is proposed: contents that say nearly the same are one."""

    id: Words
    """The name of the claim within the draft."""
    text: Words
    """The claim, in the words of the text."""


class Hop(Record, frozen=True):
    """One step of a chain: who passes the statement on, or makes it, and how the text shows it."""

    source: Words
    """The id of the source."""
    role: Role
    """It wrote the document, passes on what another said, says it, or holds it."""
    mention: Passage | None = None
    """Where the text mentions it for this statement."""
    cue: Passage | None = None
    """The words by which the text attributes it: "said", "according to"."""
    inferred: str | None = None
    """Why this hop is taken to be meant, where the text does not say so itself."""
    hedge: str | None = None
    """The hedge that this speaker uses, in the words of the table of hedges."""
    basis: DraftBasis = "unstated"
    """How the speaker came to it, where the text says so."""
    voices: Annotated[int, Field(ge=1, le=10)] = 1
    """As how many it speaks, where the text counts them: two people familiar with the matter."""

    @property
    def explicit(self) -> bool:
        """Whether the text itself names this hop here."""
        return self.inferred is None


class DraftStatement(Record, frozen=True):
    """A statement found in a document: its content, and the chain of those who have it."""

    id: Words
    """The name of the statement within the draft."""
    document: Words
    """The document that it stands in."""
    claim: Words
    """The claim that it is grouped under."""
    chain: Annotated[tuple[Hop, ...], Field(min_length=1), Entries]
    """Who has it from whom, outermost first: the publisher of the document, then each hop."""
    content: Annotated[tuple[Passage, ...], Field(min_length=1), Entries]
    """What is stated, as the text has it."""
    stance: Literal["affirms", "denies"] = "affirms"
    """Whether the innermost speaker affirms or denies the content."""
    said_on: Span | None = None
    """When it was said, where the text says so."""
    mode: Mode = "indirect"
    """Quoted, partly quoted, or told in the words of the text."""
    repeats: Annotated[tuple[Passage, ...], Entries] = ()
    """Headlines, captions and pull-quotes that repeat it: further places of the same statement."""
    continues: str | None = None
    """The statement of another document that this one passes on, where the drafter takes it so.

    In a case the chain goes on there, from the hop that published it; where that statement is not
    taken into the case the chain stands as it is."""
    state: State = "draft"
    """Whether a person has confirmed, corrected or rejected it."""
    drafted_by: Annotated[tuple[Drafter, ...], Field(min_length=1), Entries]
    """Who or what drafted it; several where they agree."""
    decided_by: str | None = None
    """Who confirmed, corrected or rejected it."""
    as_drafted: DraftStatement | None = None
    """The statement before it was corrected."""
    differs_from: Annotated[tuple[str, ...], Entries] = ()
    """The statements of other drafters on the same words that say something else."""

    @property
    def speaker(self) -> Hop:
        """The innermost hop."""
        return self.chain[-1]

    @property
    def passages(self) -> Iterator[tuple[str, Passage]]:
        """Every passage of the statement, with the name of its field."""
        for name in ("content", "repeats"):
            for place, passage in enumerate(getattr(self, name)):
                yield f"{name}[{place}]", passage
        for place, hop in enumerate(self.chain):
            for name in ("mention", "cue"):
                found = getattr(hop, name)
                if found is not None:
                    yield f"chain[{place}].{name}", found


_QUESTION = re.compile(r"\?[”\"’']*\s*\Z")
_A_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")  # "they're" is two: who, and a verb
_SAID_BEFORE = re.compile(r"\A[^?]{25,}[.!] +[^\W\d_]")
"""A sentence that states something before the one that asks."""
_WHO = r"(?:he|she|it|they|we|I|there)"
_UNSAID = re.compile(
    rf"\W*(?:that )?{_WHO} (?:"
    r"(?:\w+ )?(?:had|has|have|did|does|do|is|was|were|are|will|would|can|could)(?: not|n['’]t)?\W*\Z"
    r"|(?:could |would |can |will )?neither (?:confirm|den))",
    re.I,
)
"""What states nothing by itself: "he had not", "they neither confirmed nor denied it"."""


def mode_of(contents: Sequence[Passage]) -> Mode:
    """Whether contents are quoted, partly quoted, or told in other words."""
    text = " ".join(each.text for each in contents)
    quoted = any(mark in text for mark in '“"«‘') or "''" in text
    if not quoted:
        return "indirect"
    whole = all(each.text[0] in "“\"«‘'" and each.text[-1] in "”\"»’'" for each in contents)
    return "direct" if whole else "mixed"


def is_statement(contents: Sequence[Passage]) -> bool:
    """Whether a content can be true or false: it is no question and not only a word or two."""
    text = " ".join(each.text for each in contents)
    words = [each[0] for each in itertools.islice(_A_WORD.finditer(text), 3)]
    if len(words) < 3 and not (len(words) == 2 and words[0].endswith("ing")):
        return False
    if _UNSAID.match(text) is not None:
        return False
    asked = "?" in text[-40:] and _QUESTION.search(text[-40:])
    return not asked or _SAID_BEFORE.search(text) is not None


class Refusal(Record, frozen=True):
    """Something of a model's answer that is not used, and why.

    >>> print(Refusal(document="page", kind="broken-json", message="expected JSON, found prose"))
    page: expected JSON, found prose [broken-json]
    """

    document: Words
    """The document that the model was asked about."""
    kind: RefusalKind
    """What was wrong."""
    message: Words
    """What was expected and what was found, on one line."""

    def __str__(self) -> str:
        return f"{self.document}: {self.message} [{self.kind}]"


class Draft(Record, frozen=True):
    """Documents and the statements found in them, each with its chain and its state.

    Making a draft checks it: every reference must lead somewhere, every passage must have the words
    it points to, and no source may stand twice in a chain. Otherwise `CaseError` lists all that is
    wrong.
    """

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Literal[1] = 1
    """The version of the format of drafts."""
    title: str | None = None
    """What the draft is about."""
    documents: Annotated[tuple[SourceDocument, ...], Entries]
    """The documents, with their texts."""
    sources: Annotated[tuple[DraftSource, ...], Entries] = ()
    """Who publishes and speaks."""
    claims: Annotated[tuple[DraftClaim, ...], Entries] = ()
    """What is claimed, as far as the contents show."""
    statements: Annotated[tuple[DraftStatement, ...], Entries] = ()
    """Who has what from whom."""
    refused: Annotated[tuple[Refusal, ...], Entries] = ()
    """What a model answered and is not used: each with its reason, whole or not at all."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = tuple(_problems(self))
        if found:
            raise CaseError(found, "the draft")
        return self

    def statement(self, name: str) -> DraftStatement:
        """The statement of that id; raises `UnknownName` if there is none."""
        return _named("statement", name, self.statements)

    def source(self, name: str) -> DraftSource:
        """The source of that id; raises `UnknownName` if there is none."""
        return _named("source", name, self.sources)

    def document(self, name: str) -> SourceDocument:
        """The document of that id; raises `UnknownName` if there is none."""
        return _named("document", name, self.documents)

    @property
    def waiting(self) -> tuple[DraftStatement, ...]:
        """The statements that nobody has decided on yet."""
        return tuple(each for each in self.statements if each.state == "draft")

    def to_json(self) -> str:
        """The draft as the text of a file."""
        return json.dumps(self.written(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def case(self, *, unconfirmed: bool = False, registry: Registry | None = None) -> Case:
        """The case that the confirmed and corrected statements make.

        Args:
            unconfirmed: take the statements that nobody has decided on too. Each of their
                attributions then carries `x-draft`, and assessments say how many there are.
            registry: sources with their grades, which replace those of the same id.
        """
        return _case_of(self, unconfirmed=unconfirmed, registry=registry)


Named = TypeVar("Named", DraftStatement, DraftSource, SourceDocument)


def _named(kind: str, name: str, among: tuple[Named, ...]) -> Named:
    for each in among:
        if each.id == name:
            return each
    raise UnknownName(kind, name, [each.id for each in among])


def load_draft(source: Readable) -> Draft:
    """A draft, checked as a whole, from a path, a JSON text, bytes or a mapping.

    Raises `CaseError` when it cannot be read, and with every problem of it.

    >>> load_draft('{"version": 1, "documents": []}').statements
    ()
    """
    found, _ = read_object(source, "a draft", max_bytes=MOST_BYTES)
    if "attributions" in found and "statements" not in found:
        message = "expected a draft, found a case, which needs no review"
        raise CaseError.of("", "is-a-case", message, "provenance weigh CASE answers it")
    return Draft.model_validate(found, by_alias=True, by_name=False)


def save_draft(draft: Draft, path: str | os.PathLike[str]) -> None:
    """Writes a draft to a file; what stood there is replaced at once, or not at all.

    >>> import tempfile
    >>> draft = load_draft('{"version": 1, "documents": []}')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_draft(draft, f"{folder}/draft.json")
    ...     load_draft(f"{folder}/draft.json") == draft
    True
    """
    write_whole(path, draft.to_json())


def draft_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a draft.

    >>> sorted(draft_schema()["required"])
    ['documents', 'version']
    """
    schema = Draft.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["required"] = sorted({*schema.get("required", ()), "version"})
    return schema


def _problems(draft: Draft) -> Iterator[Problem]:
    """What does not hold together: ids, references, passages and chains."""
    for section in ("documents", "sources", "claims", "statements"):
        seen: set[str] = set()
        for place, each in enumerate(getattr(draft, section)):
            if each.id in seen:
                yield Problem(
                    f"{section}[{place}].id", "duplicate-id", f"found {each.id!r} a second time"
                )
            seen.add(each.id)
    documents = {each.id: each for each in draft.documents}
    known = {
        "source": {each.id for each in draft.sources},
        "claim": {each.id for each in draft.claims},
        "statement": {each.id for each in draft.statements},
    }
    for place, refusal in enumerate(draft.refused):
        if refusal.document not in documents:
            yield _dangling(f"refused[{place}].document", "document", refusal.document)
    for place, document in enumerate(draft.documents):
        if draft.statements and document.publisher_id not in known["source"]:
            yield _dangling(f"documents[{place}].publisher_id", "source", document.publisher_id)
    for place, statement in enumerate(draft.statements):
        for path, problem in _faults(statement, documents, known):
            yield Problem(f"statements[{place}].{path}", problem.code, problem.message, problem.fix)


def _faults(
    statement: DraftStatement,
    documents: Mapping[str, SourceDocument],
    known: Mapping[str, set[str]],
) -> Iterator[tuple[str, Problem]]:
    """What is wrong with one statement, each with its path within the statement."""
    document = documents.get(statement.document)
    if document is None:
        yield "document", _dangling("", "document", statement.document)
        return
    if statement.claim not in known["claim"]:
        yield "claim", _dangling("", "claim", statement.claim)
    for name, wanted in (
        ("continues", (statement.continues,)),
        ("differs_from", statement.differs_from),
    ):
        for each in wanted:
            if each is not None and each not in known["statement"]:
                yield name, _dangling("", "statement", each)
    for path, passage in () if _all_said(statement, document) else statement.passages:
        if not document.says(passage):
            there = document.text[passage.start : passage.end][:60]
            message = f"expected {passage.text[:60]!r} at {passage.start}, found {there!r}"
            yield path, Problem("", "wrong-passage", message, "correct the offsets")
    sources = [hop.source for hop in statement.chain]
    for place, source in enumerate(sources):
        if source not in known["source"]:
            yield f"chain[{place}].source", _dangling("", "source", source)
    if sources[0] != document.publisher_id or statement.chain[0].role != "author":
        message = (
            f"expected the publisher of the document, {document.publisher_id!r}, as its author"
        )
        yield "chain[0]", Problem("", "chain-without-its-publisher", message)
    if len(set(sources)) < len(sources):
        message = "expected every source once in a chain, found one twice"
        yield "chain", Problem("", "circular-chain", message, "leave out one of the two hops")


def _all_said(statement: DraftStatement, document: SourceDocument) -> bool:
    """Whether the document has the words of every passage; where one is wrong it is looked for by name."""
    text = document.text
    passages = [*statement.content, *statement.repeats]
    for hop in statement.chain:
        passages += [each for each in (hop.mention, hop.cue) if each is not None]
    return all(text.startswith(each.text, each.start) for each in passages)


def _dangling(path: str, kind: str, name: str) -> Problem:
    return Problem(path, "dangling-reference", f"expected the id of a {kind}, found {name!r}")


# --- from a draft to a case --------------------------------------------------------------------

UNCONFIRMED = "x-draft"
"""The key that an attribution carries while nobody has confirmed it."""


def _case_of(draft: Draft, *, unconfirmed: bool = False, registry: Registry | None = None) -> Case:
    """The case that a draft makes: an origin and its relays for every chain."""
    wanted = ("draft", "confirmed", "corrected") if unconfirmed else ("confirmed", "corrected")
    kept = [each for each in draft.statements if each.state in wanted]
    taken = {each.id: each.chain[0].source for each in kept}
    attributions = tuple(
        attribution for each in kept for attribution in _attributions(draft, each, taken)
    )
    claims = {each.claim for each in kept}
    spoken = {each.source for each in attributions}
    counted = {
        hop.source: max(hop.voices, 1) for each in kept for hop in each.chain if hop.voices > 1
    }
    documents = tuple(
        each.record() for each in draft.documents if each.id in {one.document for one in kept}
    )
    spoken |= {each.publisher for each in documents if each.publisher}
    graded: dict[str, Source] = {}
    for known in registry.sources if registry else ():
        for name in (known.title, known.id):
            graded[_name_key(name)] = known
    return Case(
        claims=tuple(
            Claim(id=each.id, text=each.text) for each in draft.claims if each.id in claims
        ),
        sources=tuple(
            source
            for each in draft.sources
            if each.id in spoken
            for source in _voices_of(_source(each, graded), counted.get(each.id, 1))
        ),
        documents=documents,
        attributions=attributions,
        title=draft.title or None,
    )


_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip


def _voices_of(source: Source, voices: int) -> Iterator[Source]:
    """A source for each of those whom the text counts: the first of two people, the second."""
    described = source.described_as
    for place in range(voices):
        changes: dict[str, Any] = {"id": _voice(source.id, place)}
        if voices > 1 and described is not None:
            words = described[:1].lower() + described[1:]
            changes["described_as"] = f"the {_ORDINALS[place]} of {words}"
        yield source.evolve(**changes) if voices > 1 else source


def _voice(name: str, place: int) -> str:
    """The id of one of several that speak alike."""
    return f"{name}.{place + 1}" if place else name


def _name_key(name: str) -> str:
    return slug(name).removeprefix("the-")


def _source(source: DraftSource, graded: Mapping[str, Source]) -> Source:
    """A source of the case; what is proposed for one that the text does not name, it says."""
    called = (source.id, source.name, source.described_as)
    known = next(
        (graded[key] for key in map(_name_key, filter(None, called)) if key in graded), None
    )
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
    draft: Draft, statement: DraftStatement, taken: Mapping[str, str]
) -> Iterator[Attribution]:
    """The attributions of a chain, the origin first, then who passes it on."""
    below: tuple[str, ...] = ()
    chain = statement.chain
    if statement.continues is not None and statement.continues in taken:
        # From the hop that published the other document on, that document's own chain is cited.
        publisher = taken[statement.continues]
        below = (statement.continues,)
        chain = chain[: next(at for at, hop in enumerate(chain) if hop.source == publisher)]
    naming = {each.id: each.naming for each in draft.sources}
    for place in range(len(chain) - 1, -1, -1):
        hop = chain[place]
        first = statement.id if not place else f"{statement.id}.{hop.source}"
        names = tuple(_voice(first, number) for number in range(hop.voices))
        for number, name in enumerate(names):
            alike = ANONYMITY[naming[hop.source]].same_voice if number and not below else 0.0
            yield _attribution(
                draft,
                statement,
                reassembled(hop, source=_voice(hop.source, number)),
                name,
                below,
                outermost=not place,
                same_voice={"attribution": first, "probability": alike} if alike else None,
            )
        below = names


def _attribution(
    draft: Draft,
    statement: DraftStatement,
    hop: Hop,
    name: str,
    cites: tuple[str, ...],
    *,
    outermost: bool,
    same_voice: dict[str, Any] | None = None,
) -> Attribution:
    fields: dict[str, Any] = {"id": name, "source": hop.source}
    if same_voice is not None:
        fields["same_voice_as"] = same_voice
    if not cites:
        fields["claim"] = statement.claim
        if statement.stance == "denies":
            fields["stance"] = "denies"
        if statement.said_on is not None:
            fields["said_on"] = statement.said_on
    else:
        fields["cites"] = cites[0] if len(cites) == 1 else cites
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
        fields[UNCONFIRMED] = {
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
