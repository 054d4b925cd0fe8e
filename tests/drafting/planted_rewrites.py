"""Invented reports on a few matters, and rewrites of some of them, in a known share."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from provenance.drafting import SourceDocument, read_document

__all__ = ["How", "collection", "report", "rewritten", "written"]

How = Literal["sentences", "words"]
"""What is written anew: whole sentences, or words here and there."""

_EVERYDAY = (
    "the", "of", "a", "to", "in", "and", "was", "for", "on", "that", "with", "by", "at", "from",
    "were", "it", "which", "had", "as", "but", "after", "who", "this", "when", "his", "their",
)  # fmt: skip


def _vocabulary(seed: int, size: int) -> list[str]:
    generator = random.Random(seed)
    syllables = ["ba", "dor", "el", "fin", "gra", "hos", "im", "kel", "lun", "mar", "nor", "ost",
                 "pel", "qui", "ras", "sten", "tor", "ulm", "ven", "wir", "yor", "zan"]  # fmt: skip
    return ["".join(generator.choices(syllables, k=generator.randint(2, 4))) for _ in range(size)]


_WORDS = _vocabulary(1, 4_000)
_WEIGHTS = [1.0 / (rank + 10) for rank in range(len(_WORDS))]


def _topic(matter: int) -> list[str]:
    """The words and names that every report on a matter uses."""
    generator = random.Random(matter)
    words = generator.sample(_WORDS, 40)
    return words[:30] + [word.capitalize() for word in words[30:]]


def _sentence(generator: random.Random, topic: Sequence[str]) -> list[str]:
    words: list[str] = []
    for _ in range(generator.randint(9, 22)):
        draw = generator.random()
        if draw < 0.45:
            words.append(generator.choice(_EVERYDAY))
        elif draw < 0.65:
            words.append(generator.choice(topic))
        else:
            words.append(generator.choices(_WORDS, _WEIGHTS)[0])
    return words


def written(sentences: Sequence[Sequence[str]]) -> str:
    """Sentences as a text."""
    told = [" ".join(words) for words in sentences]
    return " ".join(f"{each[:1].upper()}{each[1:]}." for each in told)


def report(generator: random.Random, matter: int, sentences: int = 18) -> list[list[str]]:
    """A report of its own on a matter."""
    topic = _topic(matter)
    return [_sentence(generator, topic) for _ in range(sentences)]


def rewritten(
    generator: random.Random,
    sentences: Sequence[Sequence[str]],
    matter: int,
    share: float,
    how: How,
) -> list[list[str]]:
    """A report of which a share is written anew."""
    topic = _topic(matter)
    if how == "sentences":
        count = len(sentences)
        anew = set(generator.sample(range(count), round(share * count)))
        return [
            _sentence(generator, topic) if place in anew else list(words)
            for place, words in enumerate(sentences)
        ]
    return [
        [
            generator.choices(_WORDS, _WEIGHTS)[0] if generator.random() < share else word
            for word in words
        ]
        for words in sentences
    ]


def collection(
    size: int, share: float, how: How, *, matters: int = 5, seed: int = 0
) -> tuple[list[SourceDocument], set[tuple[str, str]]]:
    """Documents of which every fourth is a rewrite of an earlier one, and which are of which."""
    generator = random.Random(f"{seed}:{share}:{how}:{size}")
    documents: list[SourceDocument] = []
    reports: list[tuple[str, int, list[list[str]]]] = []
    true: set[tuple[str, str]] = set()
    for number in range(size):
        name = f"d{number:05d}"
        if number % 4 == 3:
            original, matter, sentences = generator.choice(reports[-400:])
            text = written(rewritten(generator, sentences, matter, share, how))
            true.add((original, name))
        else:
            matter = generator.randrange(matters)
            sentences = report(generator, matter)
            reports.append((name, matter, sentences))
            text = written(sentences)
        day = f"{2020 + number // 336}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
        documents.append(
            read_document(text, id=name, publisher=f"Paper {number}", published_on=day)
        )
    return documents, true
