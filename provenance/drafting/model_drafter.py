"""Drafting by a model that anybody may bring: what it answers is looked up in the text, or refused."""

from __future__ import annotations

import hashlib
import json
import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args

import attrs

from provenance.drafting.alignment import FoldedText, Place, aligned, folded, places_of
from provenance.drafting.articles import SourceDocument
from provenance.drafting.cues import CUES
from provenance.drafting.drafts import (
    DraftBasis,
    Drafter,
    DraftStatement,
    Hop,
    Refusal,
    RefusalKind,
    is_statement,
    mode_of,
)
from provenance.drafting.layout import Layout, laid_out
from provenance.drafting.model_answers import (
    AnswerStatement,
    AnswerStep,
    filled,
    model_prompt,
    model_schema,
    read,
)
from provenance.drafting.repeats import with_repeats
from provenance.drafting.rules import Drafted
from provenance.drafting.said_dates import said_on
from provenance.drafting.speakers import Speakers
from provenance.errors import FormatError, InvalidValue, MissingExtra

__all__ = ["Complete", "draft_by_model", "pydantic_ai_complete"]

Complete = Callable[[str, dict[str, Any]], str]
"""Anything that answers a prompt by a text that should follow a JSON Schema."""

WINDOW = 12_000
"""How many characters of a document a model reads at once."""
OVERLAP = 1_500
"""How many characters two neighbouring pieces have in common, about."""
MOST_KNOWN = 60
"""How many names of earlier pieces a prompt tells."""
MOST_LIKENESS = 30
"""How many times in one piece words are looked for by likeness, which takes longest."""
MOST_WAYS = 20
"""At how many places of the same words it is looked which of them is meant."""
NEAR = 2
"""How many paragraphs away from what is said a mention or a cue may stand."""


def pydantic_ai_complete(model: Any) -> Complete:
    """`complete` for `draft`, by a model of Pydantic AI: its name, or one that is set up already.

    Needs the extra `llm`. The model is asked when a document is drafted, and only then.

    >>> from pydantic_ai.models.test import TestModel
    >>> ask = pydantic_ai_complete(TestModel(custom_output_args={"statements": []}))
    >>> ask("What is said here?", model_schema())
    '{"statements": []}'
    """
    import asyncio  # which takes longer to load than all of this room

    try:
        from pydantic_ai import Agent, StructuredDict
        from pydantic_ai.exceptions import AgentRunError, UserError
    except ImportError as error:
        raise MissingExtra("llm", "pydantic-ai-slim") from error

    # One event loop for all calls, since connections that are kept open belong to theirs.
    runner = asyncio.Runner()

    def complete(prompt: str, schema: dict[str, Any]) -> str:
        try:
            agent = Agent(model, output_type=StructuredDict(schema, name="statements"))
            return json.dumps(runner.run(agent.run(prompt)).output)
        except (AgentRunError, UserError, ImportError, ValueError) as error:
            found = " ".join(str(error).split())[:300]
            message = f"expected an answer of the model {model}, found: {found}"
            raise FormatError.of("", "no-answer", message) from error

    weakref.finalize(complete, runner.close)
    return complete


def draft_by_model(
    document: SourceDocument,
    complete: Complete,
    *,
    model: str = "a model",
    prompt: str | None = None,
    window: int = WINDOW,
) -> Drafted:
    """The statements that a model finds in one document, as far as its text bears them out.

    A long document is read in pieces that overlap; where two pieces have a statement, the one with
    more of the text around it counts. Every content, source, mention and cue has to stand in the
    text, else the statement is refused, and the refusal says why.

    Raises `InvalidValue` for a prompt without `$text`, or pieces that are too short.
    """
    if window < 1_000:
        raise InvalidValue(f"expected pieces of at least 1000 characters, found {window}")
    wording = model_prompt() if prompt is None else prompt
    version = f"prompt {hashlib.sha256(wording.encode()).hexdigest()[:8]}"
    reading = _Reading(document, Drafter(kind="model", name=model, version=version))
    pieces = tuple(_pieces(reading.layout, window))
    for number, piece in enumerate(pieces, start=1):
        blanks = {
            "text": document.text[piece[0] : piece[1]],
            "publisher": document.publisher,
            "known": "; ".join(list(reading.names)[-MOST_KNOWN:]) or "nobody",
            "piece": str(number),
            "pieces": str(len(pieces)),
        }
        answer = complete(filled(wording, blanks), model_schema())
        reading.take(answer, piece, f"answer {number} of {len(pieces)}")
    return reading.drafted(pieces)


def _pieces(layout: Layout, window: int) -> Iterator[Place]:
    """The pieces in which a text is read: whole sentences, the last of each in the next one too.

    A sentence that is longer than a piece is cut.
    """
    overlap = min(OVERLAP, window // 4)
    ends = [each.end for each in layout.sentences]
    starts = [each.start for each in layout.sentences]
    start, last = starts[0], ends[-1]
    while last - start > window:
        at = bisect_right(ends, start + window) - 1
        end = ends[at] if at >= 0 and ends[at] > start + window // 2 else start + window
        yield start, end
        at = bisect_right(starts, end - overlap) - 1
        start = starts[at] if starts[at] > end - 2 * overlap else end - overlap
    yield start, last


@attrs.frozen
class _Aligned:
    """A statement of an answer with its places in the document."""

    said: AnswerStatement
    """The statement as the model answered."""
    piece: Place
    """The piece of the document that the model read."""
    where: str
    """Which answer and statement it is, for a refusal."""
    content: tuple[Place, ...]
    """Where its content stands."""
    mentions: tuple[Place | None, ...]
    """Where each source of its chain is mentioned."""
    cues: tuple[Place | None, ...]
    """Where each is introduced by a verb or the like."""

    @property
    def chain(self) -> tuple[str, ...]:
        """Who has it from whom, in the words of the model."""
        return tuple(_key(step.who) for step in self.said.chain)


class _Refused(Exception):
    """A statement cannot be used."""

    def __init__(self, kind: RefusalKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class _Reading:
    """What the answers to the pieces of one document amount to."""

    def __init__(self, document: SourceDocument, drafter: Drafter) -> None:
        self.document = document
        self.drafter = drafter
        self.layout = laid_out(document.text)
        self.refused: list[Refusal] = []
        self.names: dict[str, None] = {}
        self._whole = folded(document.text)
        self._found: list[_Aligned] = []
        self._in_text: dict[str, bool] = {}

    # --- one answer

    def take(self, answer: Any, piece: Place, where: str) -> None:
        """Look up every statement of an answer in the piece of the text that it is about."""
        view = _View(self.document.text, self.layout, piece)
        mine: list[_Aligned] = []
        for said in read(answer, self.document.id, where):
            if isinstance(said, Refusal):
                self.refused.append(said)
                continue
            which = f"{where}, statement {said.number}"
            try:
                mine.append(self._looked_up(said, view, which, mine))
            except _Refused as error:
                self._refuse(error, which)
        for each in mine:
            self.names.update(dict.fromkeys(step.who for step in each.said.chain))
        self._found += mine

    def _refuse(self, error: _Refused, where: str) -> None:
        message = f"{where}: {error}"
        self.refused.append(Refusal(document=self.document.id, kind=error.kind, message=message))

    def _looked_up(
        self, said: AnswerStatement, view: _View, where: str, taken: Sequence[_Aligned]
    ) -> _Aligned:
        """A statement with its places; raises what speaks against it."""
        for step in said.chain:
            if not self._stands(step.who):
                message = f"expected a source that the text names, found {_cut(step.who)}"
                raise _Refused("invented-source", message)
        ways = view.ways(said.content)
        if not ways:
            missing = next((each for each in said.content if not view.ways([each])), None)
            what = "in this order" if missing is None else _cut(missing)
            raise _Refused("not-in-text", f"expected words of the text, found {what}")
        if said.offsets is not None:
            ways = [way for way in ways if _points_to(said.offsets, way, view.piece[0])]
            if not ways:
                start, end = said.offsets
                message = f"expected offsets of the content, found {start} to {end}"
                raise _Refused("wrong-offset", message)
        chain = tuple(_key(step.who) for step in said.chain)
        same = {each.content for each in taken if each.chain == chain}
        free = [way for way in ways if tuple(way) not in same]
        if not free:
            message = f"found {_cut(said.content[0])} by the same sources a second time"
            raise _Refused("duplicate", message)
        placed = [(view.steps(said, way), way) for way in free[:MOST_WAYS]]
        (mentions, cues), content = min(
            placed, key=lambda each: (_missing(each[0]), each[1][-1][1] - each[1][0][0], each[1])
        )
        for step, mention, cue in zip(said.chain, mentions, cues, strict=True):
            for words, place in ((step.mention, mention), (step.cue, cue)):
                if words is not None and place is None:
                    raise _Refused("not-in-text", f"expected {_cut(words)} near what is said")
        for words in (said.when, said.hedge, said.basis_words):
            if words is not None and view.nearest(words, content) is None:
                raise _Refused("not-in-text", f"expected {_cut(words)} near what is said")
        return _Aligned(said, view.piece, where, tuple(content), mentions, cues)

    def _stands(self, who: str) -> bool:
        """Whether a name or a description stands anywhere in the document, or on its head."""
        key = _key(who)
        if key not in self._in_text:
            known = {_key(each) for each in (self.document.publisher, self.document.author or "")}
            self._in_text[key] = key in known or bool(places_of(who, self._whole))
        return self._in_text[key]

    # --- all answers

    def drafted(self, pieces: Sequence[Place]) -> Drafted:
        """What was found, in the order of the text, each statement once."""
        kept = sorted(self._once(pieces), key=lambda each: (each.content, each.chain))
        speaking = _Speaking(self.document, self.layout)
        statements: list[DraftStatement] = []
        for each in kept:
            try:
                statements.append(self._statement(each, speaking, len(statements) + 1))
            except _Refused as error:
                self._refuse(error, each.where)
        told = tuple(with_repeats(self.document, self.layout, statements))
        speakers = tuple(speaking.speakers.all.values())
        return Drafted(self.document, told, speakers, tuple(self.refused))

    def _once(self, pieces: Sequence[Place]) -> Iterator[_Aligned]:
        """The statements, without those that a piece has which shows more of the text around."""
        by_piece: dict[Place, list[_Aligned]] = {piece: [] for piece in pieces}
        for each in self._found:
            by_piece[each.piece].append(each)
        starts = [piece[0] for piece in pieces]
        for each in self._found:
            at = bisect_right(starts, each.content[0][0])
            owner = max(
                pieces[max(0, at - 2) : at],
                key=lambda piece: _depth(piece, each.content, pieces),
            )
            if owner == each.piece or not any(
                _overlap(each.content, other.content) for other in by_piece[owner]
            ):
                yield each

    def _statement(self, found: _Aligned, speaking: _Speaking, number: int) -> DraftStatement:
        document, said = self.document, found.said
        content = tuple(
            document.passage(*_with_marks(each, document.text)) for each in found.content
        )
        if not is_statement(content):
            words = _cut(" … ".join(each.text for each in content))
            raise _Refused(
                "no-claim", f"expected a statement of three words or more, found {words}"
            )
        chain = speaking.chain(found)
        changes: dict[str, Any] = {"hedge": said.hedge.casefold() if said.hedge else None}
        if said.basis is not None:
            changes["basis"] = next(each for each in get_args(DraftBasis) if each == said.basis)
        name = f"{document.id}-{number}"
        return DraftStatement(
            id=name,
            document=document.id,
            claim=name,
            chain=(*chain[:-1], chain[-1].evolve(**changes)),
            content=content,
            stance="denies" if said.denies else "affirms",
            said_on=said_on(said.when, document.published_on) if said.when else None,
            mode=mode_of(content),
            drafted_by=(self.drafter,),
        )


class _View:
    """A piece of a document in which words are looked up, with offsets of the whole."""

    def __init__(self, text: str, layout: Layout, piece: Place) -> None:
        self.piece = piece
        self._folded: FoldedText = folded(text[piece[0] : piece[1]])
        self._ways: dict[str, tuple[tuple[Place, ...], ...]] = {}
        self._places: dict[str, tuple[Place, ...]] = {}
        self._failed = 0
        self._paragraphs = [each.start for each in layout.paragraphs]

    def ways(self, content: Sequence[str]) -> list[list[Place]]:
        """Every way to read a content, its parts one after the other."""
        first, *rest = (self._aligned(each) for each in content)
        found: list[list[Place]] = []
        for way in first:
            places = list(way)
            for more in rest:
                after = next((one for one in more if one[0][0] >= places[-1][1]), None)
                if after is None:
                    break
                places += after
            else:
                found.append([self._moved(each) for each in places])
        return found

    def _aligned(self, words: str) -> tuple[tuple[Place, ...], ...]:
        """The ways to read some words, looked for once."""
        if words not in self._ways:
            likeness = self._failed < MOST_LIKENESS
            self._ways[words] = aligned(words, self._folded, likeness=likeness)
            self._failed += not self._ways[words]
        return self._ways[words]

    def steps(
        self, said: AnswerStatement, content: Sequence[Place]
    ) -> tuple[tuple[Place | None, ...], tuple[Place | None, ...]]:
        """Where the sources of a chain and their cues stand, the nearest to what is said."""
        mentions, cues = [], []
        for step in said.chain:
            mention = self.nearest(step.mention, content)
            mentions.append(mention)
            cues.append(self.nearest(step.cue, [mention] if mention else content, content))
        return tuple(mentions), tuple(cues)

    def nearest(
        self, words: str | None, to: Sequence[Place], outside: Sequence[Place] = ()
    ) -> Place | None:
        """The nearest place of some words, rather outside of what is said than within."""
        if words is None:
            return None
        if words not in self._places:
            places = places_of(words, self._folded)
            self._places[words] = tuple(self._moved(each) for each in places)
        found = self._places[words]
        near = [each for each in found if self._paragraphs_apart(each, to) <= NEAR]
        content = outside or to
        return min(
            near,
            key=lambda each: (_within(each, content), _gap(each, to), each),
            default=None,
        )

    def _moved(self, place: Place) -> Place:
        return place[0] + self.piece[0], place[1] + self.piece[0]

    def _paragraphs_apart(self, place: Place, to: Sequence[Place]) -> int:
        at = bisect_right(self._paragraphs, place[0])
        return min(abs(at - bisect_right(self._paragraphs, each[0])) for each in to)


class _Speaking:
    """Who the sources of the answers are, as the drafter by rules would name them."""

    def __init__(self, document: SourceDocument, layout: Layout) -> None:
        self.document = document
        self.speakers = Speakers(document)
        self._sentences = [each.start for each in layout.sentences]
        self._meant: dict[str, tuple[str, str | None]] = {}

    def chain(self, found: _Aligned) -> tuple[Hop, ...]:
        """The chain of a statement, from the publisher in."""
        document = self.document
        hops = [Hop(source=document.publisher_id, role="author")]
        number = bisect_right(self._sentences, found.content[0][0]) - 1
        steps = zip(found.said.chain, found.mentions, found.cues, strict=True)
        for place, (step, mention, cue) in enumerate(steps):
            source, why = self._source(step, number)
            if source == document.publisher_id and not place:
                continue
            if any(hop.source == source for hop in hops):
                raise _Refused("circular-chain", f"found {_cut(step.who)} twice in one chain")
            hops.append(
                Hop(
                    source=source,
                    role="relay",
                    mention=document.passage(*mention) if mention else None,
                    cue=document.passage(*cue) if cue else None,
                    inferred=_inferred(step) or why,
                )
            )
        if len(hops) == 1:
            raise _Refused("no-source", "expected a source beside the publisher, found none")
        last = hops[-1].cue
        family = CUES[last.text.casefold()].verb.family if last and (
            last.text.casefold() in CUES) else ""  # fmt: skip
        hops[-1] = hops[-1].evolve(role="holder" if family == "hold" else "speaker")
        return tuple(hops)

    def _source(self, step: AnswerStep, number: int) -> tuple[str, str | None]:
        """The id of a source, and why it is taken to be meant; the same words mean the same one."""
        key = _key(step.who)
        if key not in self._meant:
            meant = self.speakers.meant(step.who, number)
            self.speakers.touch(meant.speaker, number, ())
            self._meant[key] = meant.speaker.id, meant.inferred
        return self._meant[key]


def _inferred(step: AnswerStep) -> str | None:
    """Why a hop is taken to be meant, where the words of the passage are not those of its name."""
    if step.mention is None:
        return f"the model takes it to be {step.who}, whom these words do not mention"
    if _key(step.mention) in _key(step.who) or _key(step.who) in _key(step.mention):
        return None
    return f"“{step.mention}” is taken by the model to mean {step.who}"


def _key(words: str) -> str:
    return folded(words).text.strip(" .,;:\"'").casefold()


def _cut(words: str) -> str:
    short = " ".join(words.split())
    return f"“{short[:60]}…”" if len(short) > 60 else f"“{short}”"


def _points_to(offsets: tuple[int, int], way: Sequence[Place], begun: int) -> bool:
    """Whether offsets, of the piece or of the document, are those of a content, marks aside."""
    first, last = way[0][0], way[-1][1]
    return any(
        abs(offsets[0] + shift - first) <= 1 and abs(offsets[1] + shift - last) <= 2
        for shift in (0, begun)
    )


def _missing(steps: tuple[tuple[Place | None, ...], tuple[Place | None, ...]]) -> int:
    return sum(place is None for places in steps for place in places)


def _gap(place: Place, to: Sequence[Place]) -> int:
    return min(max(0, each[0] - place[1], place[0] - each[1]) for each in to)


def _within(place: Place, content: Sequence[Place]) -> bool:
    return any(each[0] <= place[0] and place[1] <= each[1] for each in content)


def _overlap(one: Sequence[Place], other: Sequence[Place]) -> bool:
    """Whether two contents have more than half of the longer one in common."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    longest = max(sum(each[1] - each[0] for each in places) for places in (one, other))
    return 2 * shared > longest


def _depth(piece: Place, content: Sequence[Place], pieces: Sequence[Place]) -> int:
    """How much of the text a piece shows around a content; below 0 where it does not hold it."""
    before = content[0][0] - piece[0]
    after = piece[1] - content[-1][1]
    if min(before, after) < 0:
        return min(before, after)
    sides = [before] if piece != pieces[0] else []
    sides += [after] if piece != pieces[-1] else []
    return min(sides, default=len(pieces))


_OPENING, _CLOSING = '“"«„‘', '”"»“’'


def _with_marks(place: Place, text: str) -> Place:
    """A place with the quotation marks that stand right around it."""
    start, end = place
    after = end + (text[end : end + 1] in tuple(",.!?"))
    marks = text[max(0, start - 1) : start], text[after : after + 1]
    quoted = all(marks) and marks[0] in _OPENING and marks[1] in _CLOSING
    return (start - 1, after + 1) if quoted else place
