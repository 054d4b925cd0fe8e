"""Headlines, captions and pull-quotes that only repeat what a text attributes elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from provenance.drafting.articles import Passage, SourceDocument, reassembled
from provenance.drafting.drafts import DraftStatement
from provenance.drafting.layout import Layout, content_words

__all__ = ["with_repeats"]


def with_repeats(
    document: SourceDocument, layout: Layout, statements: Sequence[DraftStatement]
) -> Iterator[DraftStatement]:
    """The statements, with the headlines, captions and pull-quotes that only repeat them.

    A paragraph that attributes nothing repeats the statement that holds three quarters of its
    words; a headline that does attribute, such as "Ship gone, official says", repeats the one in
    the body and is no statement of its own.
    """
    index = _Wordings(statements)
    places = [layout.paragraph_at(each.content[0].start) - 1 for each in statements]
    repeats: dict[int, list[Passage]] = {}
    dropped: set[int] = set()
    for number, place in enumerate(places):
        if _is_headline(layout, place):
            words = content_words(" ".join(each.text for each in statements[number].content))
            others = {each for each, there in enumerate(places) if there == place}
            best = index.holding(words, others)
            if best is not None:
                repeats.setdefault(best, []).extend(statements[number].content)
                dropped.add(number)
    spoken = {
        layout.paragraph_at(passage.start) - 1
        for statement in statements
        for passage in statement.content
    }
    for place, paragraph in enumerate(layout.paragraphs):
        text = document.text[paragraph.start : paragraph.end]
        if place in spoken or len(text) > 400:
            continue
        best = index.holding(content_words(text), dropped)
        if best is not None:
            repeats.setdefault(best, []).append(document.passage(paragraph.start, paragraph.end))
    for number, statement in enumerate(statements):
        if number not in dropped:
            found = sorted(repeats.get(number, ()), key=lambda each: each.start)
            yield reassembled(statement, repeats=tuple(found)) if found else statement


def _is_headline(layout: Layout, place: int) -> bool:
    """Whether a paragraph is one of the first three and no full stop ends it."""
    paragraph = layout.paragraphs[place]
    return (
        place < 3
        and len(layout.paragraphs) > 3
        and (layout.text[paragraph.end - 1] not in '.!?”"’')
    )


class _Wordings:
    """The words of every statement, to be looked up by a word."""

    def __init__(self, statements: Sequence[DraftStatement]) -> None:
        self.index: dict[str, list[int]] = {}
        for number, statement in enumerate(statements):
            for word in content_words(" ".join(each.text for each in statement.content)):
                self.index.setdefault(word, []).append(number)

    def holding(self, words: frozenset[str], but: set[int]) -> int | None:
        """The first statement that holds three quarters of some words, and most of them."""
        if len(words) < 4 or 4 * len(words & self.index.keys()) < 3 * len(words):
            return None
        shared: Counter[int] = Counter()
        for word in words:
            shared.update(each for each in self.index.get(word, ())[:200] if each not in but)
        best, count = max(shared.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
        return best if 4 * count >= 3 * len(words) else None
