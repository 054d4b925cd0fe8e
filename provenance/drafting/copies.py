"""Who copied whom, from the texts: proposed relays and same-voice declarations, with their passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.display import Shown
from provenance.drafting.articles import SourceDocument
from provenance.drafting.credits import Credit, agency_named, credits_in, plain_name
from provenance.drafting.publishers import publisher_of_domain, web_address
from provenance.drafting.reuse import SharedText, shared_texts
from provenance.errors import InvalidValue
from provenance.scales import counted, isolated, percent, quoted, sentence

__all__ = ["Copies", "ProposedLink", "copies"]

MOST_TOLD = 5
"""How many passages are told of one link."""
LEAST_LIKELY = 0.3
"""How probable a link must be to be proposed."""
_LONGEST_PASSAGE = 300


@attrs.frozen
class ProposedLink:
    """That a document has something from elsewhere: a relay, or one voice with another document."""

    document: str
    """The id of the document."""
    source: str
    """Who it has it from, by name."""
    other: str | None
    """The document of the list that it has it from, where it is one."""
    probability: float
    """How probable that is, in [0, 1]."""
    same_voice: bool = False
    """Whether nothing tells which of the two was first: they are proposed as one voice."""
    shared: SharedText | None = None
    """What the two have in common, where that tells it."""
    credit: Credit | None = None
    """The credit, where that tells it."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        shared, credit = self.shared, self.credit
        data: dict[str, Any] = {
            "document": self.document,
            "relation": "same-voice" if self.same_voice else "relay",
            "from": self.source,
            "from_document": self.other,
            "probability": round(self.probability, 3),
            "credit": None,
            "found_in_the_other": None,
            "of_the_other_found": None,
            "passages": [],
        }
        if credit is not None:
            data["credit"] = {"kind": credit.kind, "text": credit.text, "start": credit.start,
                              "end": credit.end}  # fmt: skip
        if shared is not None:
            data["found_in_the_other"] = round(shared.of_other, 3)
            data["of_the_other_found"] = round(shared.of_first, 3)
            longest = sorted(shared.passages, key=lambda each: -each.words)[:MOST_TOLD]
            data["passages"] = [
                {
                    "text": isolated(each.other_text, _LONGEST_PASSAGE),
                    "start": each.other_start,
                    "end": each.other_end,
                    "other_start": each.start,
                    "other_end": each.end,
                    "exact": each.exact,
                    "quoted": each.quoted,
                }
                for each in longest
            ]
        return data

    def __str__(self) -> str:
        who = isolated(self.source, 60)
        where = f"{who} ({self.other})" if self.other is not None else who
        if self.credit is not None:
            return (
                f"{self.document} credits {where}: {quoted(self.credit.text, 100)} "
                f"({percent(self.probability)})"
            )
        assert self.shared is not None  # which one of the two always is
        words = "has the words of" if not self.same_voice else "has words in common with"
        longest = max(self.shared.passages, key=lambda each: each.words)
        return (
            f"{self.document} {words} {where}: {percent(self.shared.of_other)} of it is found "
            f"there, for one {quoted(longest.other_text, 100)} ({percent(self.probability)})"
        )


@attrs.frozen(repr=False)
class Copies(Shown):
    """Who copied whom in some documents, as far as their texts show it.

    That is a lower bound: a report that was told again in other words, without a name, shares no
    passage with its source.
    """

    documents: tuple[str, ...]
    """The ids of the documents."""
    links: tuple[ProposedLink, ...]
    """What is proposed, document by document, the most probable first."""

    @property
    def relays(self) -> tuple[ProposedLink, ...]:
        """Documents that have it from an earlier one, or from whom they credit."""
        return tuple(each for each in self.links if not each.same_voice)

    @property
    def same_voices(self) -> tuple[ProposedLink, ...]:
        """Documents that share passages, and of which no date tells which was first."""
        return tuple(each for each in self.links if each.same_voice)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "documents": list(self.documents),
            "links": [each.data for each in self.links],
            "reading": READING,
        }

    def __str__(self) -> str:
        alone = len(self.documents) - len({each.document for each in self.links})
        head = (
            f"{counted(len(self.documents), 'document')}, {counted(len(self.links), 'link')} "
            f"between them or to others; {counted(alone, 'document')} without one."
        )
        return "\n".join([sentence(head), *map(str, self.links), READING])


READING = (
    "Shared passages show the least that is copied: a report told again in other words shares none."
)


def copies(documents: Iterable[SourceDocument]) -> Copies:
    """Who has it from whom in some documents: by shared passages, credits and dates.

    A document that shares passages with an earlier one has them from there; where no date tells
    which was first, the two are one voice. Where it shares the same passage with several, the one
    is named with which it shares most. A credit names somebody else, who may have published another
    of the documents. Documents of one publisher, by name or domain, are not compared.

    Raises `InvalidValue` when two documents have the same id. Time and memory grow with the length
    of the texts; addresses need the extra `drafting`.

    >>> from provenance.drafting import read_document
    >>> told = "Forty crates of shells were loaded into the rusty freighter before sunrise."
    >>> pages = [
    ...     read_document(told, publisher="The Gazette", published_on="2026-03-01"),
    ...     read_document(f"Listen. {told}", publisher="The Echo", published_on="2026-03-02"),
    ... ]
    >>> link = copies(pages).relays[0]
    >>> link.document, link.other, link.shared.of_first == 1.0
    ('the-echo', 'the-gazette', True)
    """
    several = list(documents)
    known = {each.id: each for each in several}
    if len(known) < len(several):
        raise InvalidValue("expected every document once, found one id twice")
    firsts = _firsts(several)
    found: dict[str, list[ProposedLink]] = defaultdict(list)
    for document in several:
        found[document.id].extend(_by_credit(document, firsts, known))
    shared: dict[str, list[SharedText]] = defaultdict(list)
    for each in shared_texts(several):
        shared[each.other].append(each)
    for name, texts in shared.items():
        found[name].extend(_by_words(texts, known))
    return Copies(
        tuple(known),
        tuple(
            link
            for name in known
            for link in sorted(found[name], key=lambda each: -each.probability)
        ),
    )


def _firsts(documents: Sequence[SourceDocument]) -> Mapping[str, str]:
    """The first document of every publisher, by all names that may mean it."""
    found: dict[str, str] = {}
    dated = sorted(documents, key=lambda each: _day(each) or "9")
    for document in dated:
        names = {document.publisher, document.publisher_id}
        address = web_address(document.url) if document.url else None
        if address is not None and not address.of_many:
            names |= {publisher_of_domain(address.domain), address.domain}
        for name in names:
            found.setdefault(plain_name(agency_named(name) or name), document.id)
    return found


def _day(document: SourceDocument) -> str | None:
    day = document.published_on
    return None if day is None else day.begins.isoformat()


def _by_credit(
    document: SourceDocument, firsts: Mapping[str, str], known: Mapping[str, SourceDocument]
) -> Iterator[ProposedLink]:
    best: dict[str, Credit] = {}
    for credit in credits_in(document):
        strongest = best.setdefault(plain_name(credit.name), credit)
        if credit.probability > strongest.probability:
            best[plain_name(credit.name)] = credit
    for name, credit in best.items():
        other = firsts.get(name)
        if other is not None and known[other].publisher_id == document.publisher_id:
            continue
        source = credit.name if other is None else known[other].publisher
        yield ProposedLink(document.id, source, other, credit.probability, credit=credit)


def _by_words(
    texts: Sequence[SharedText], known: Mapping[str, SourceDocument]
) -> Iterator[ProposedLink]:
    """The documents that one has passages from: for every passage the one that shares most."""
    taken: list[tuple[int, int]] = []
    for shared in sorted(texts, key=lambda each: (-each.words, each.first)):
        spans = [(each.other_start, each.other_end) for each in shared.passages]
        length = sum(end - start for start, end in spans)
        known_already = sum(
            max(0, min(end, b) - max(start, a)) for start, end in spans for a, b in taken
        )
        if shared.probability < LEAST_LIKELY or 2 * known_already > length:
            continue
        taken += spans
        first, other = known[shared.first], known[shared.other]
        dates = first.published_on, other.published_on
        in_order = None not in dates and dates[0].ends < dates[1].begins  # type: ignore[union-attr]
        yield ProposedLink(
            other.id, first.publisher, first.id, shared.probability, not in_order, shared
        )
