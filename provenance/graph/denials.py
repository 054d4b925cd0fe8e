"""Denials: which claims say, by their words, that another claim of the case is false.

A denial is a stance on a claim. Entered as a claim of its own and linked with nothing, it is weighed
as if it were another matter, and both may come out likely. Words are compared, not meanings: English
texts, one with "not" or its like and one without, of the same words in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from provenance.records import MONTHS

__all__ = ["IRREGULAR_VERBS", "denials_in", "is_negative", "stem_of", "turns_round_in"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NEGATION = re.compile(
    r"(?:not|no|never|cannot|false|untrue|den(?:y|ies|ied|ying|ial)|[^\W_]+n['’]t)"
)
_TRACE = re.compile(r"not|never|false|untrue|den[yi]|n['’]t|(?<![^\W_])no(?![^\W_])")
"""What a text has wherever it has such a word; most have none, and need not be read."""
_DENYING = ("den", "false", "untrue")
"""How the words begin before which, or behind which, somebody may stand who denies it."""
_FRAME = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "done",
        "has",
        "have",
        "had",
        "having",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "and",
        "or",
        "there",
        "ever",
        "any",
        "some",
        "claim",
        "claims",
        "claimed",
        "story",
        "report",
        "reports",
    ]
)
"""Words that the same thing may be said with or without."""
IRREGULAR_VERBS: Mapping[str, str] = MappingProxyType(
    {
        form: forms.split()[0]
        for forms in (
            "become became", "begin began begun", "break broke broken", "bring brought",
            "build built", "burn burnt", "buy bought", "catch caught", "choose chose chosen",
            "come came", "cut cut", "draw drew drawn", "drive drove driven", "fall fell fallen",
            "fight fought", "find found", "flee fled", "fly flew flown", "freeze froze frozen",
            "get got", "give gave given", "go went gone", "grow grew grown", "hide hid hidden",
            "hold held", "keep kept", "know knew known", "lead led", "leave left", "lose lost",
            "make made", "meet met", "pay paid", "rise rose risen", "run ran", "say said",
            "see saw seen", "sell sold", "send sent", "shoot shot", "sink sank sunk",
            "speak spoke spoken", "spend spent", "stand stood", "steal stole stolen",
            "strike struck", "take took taken", "teach taught", "tell told", "throw threw thrown",
            "win won", "write wrote written",
        )
        for form in forms.split()
    }
)  # fmt: skip
"""Every form of some verbs of the news, by the form that "did not" takes."""
_LEAST = 2
"""How many words a denial must share with what it denies."""
_COMPARED = 50
"""With how many claims a denial is compared, of those that share its rarest word."""
_LONGEST = 2_000
"""How many characters of a text are read."""


@attrs.frozen
class _Read:
    """A text read for its words, without those of the frame."""

    words: tuple[str, ...]
    """The stems of its words, in their order."""
    rest: tuple[str, ...]
    """Those behind the first word that denies, where somebody is said to deny something."""
    denies: bool
    """Whether it has a word that turns it round."""


def denials_in(
    texts: Mapping[str, str], apart: Mapping[str, object]
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For every claim the pairs in which it looks like a denial, or like what is denied.

    In every pair the denial comes first. Claims that the case connects are left out: what they have
    to do with each other is on record. Linear in the texts, but for the claims that share a word.

    Args:
        texts: the text of every claim.
        apart: for every claim its story; two claims of one story are connected.

    >>> texts = {"shot": "The guard fired", "no": "The guard did not fire"}
    >>> denials_in(texts, {"shot": 0, "no": 1})["shot"]
    (('no', 'shot'),)
    """
    if len(set(apart.values())) < 2:
        return {}
    if not any(_TRACE.search(text[:_LONGEST].casefold()) for text in texts.values()):
        return {}
    read = {name: _read(text) for name, text in texts.items()}
    having: dict[str, list[str]] = {}
    for name, each in read.items():
        if not each.denies:
            for word in dict.fromkeys(each.words):
                having.setdefault(word, []).append(name)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, each in read.items():
        if each.denies:
            for other in _alike(each, having, read):
                if apart[name] != apart[other]:
                    for claim in (name, other):
                        found[claim] = (*found.get(claim, ()), (name, other))
    return found


def turns_round_in(text: str) -> bool:
    """Whether a text has a word that denies something.

    >>> turns_round_in("The ministry denied the strike"), turns_round_in("Shaft no 5 burned")
    (True, False)
    """
    return _TRACE.search(text[:_LONGEST].casefold()) is not None and _read(text).denies


_NOT = re.compile(
    r"\b(?:(?:not|never|cannot)\b(?!\s+(?:only|until|just|merely|least)\b)"
    r"|[^\W_]+n['’]t\b|no\b(?!\s*\.?\s*\d|\s+(?:longer|later|fewer|less|more|sooner|doubt)\b))",
    re.IGNORECASE,
)


_CLAUSE = re.compile(
    r"[,;:]|\b(?:and|but|or|that|which|who|whom|whose|what|where|because|if|when|while|than)\b",
    re.IGNORECASE,
)


def is_negative(text: str) -> bool:
    """Whether a text says that something is not so, or did not happen, in its first clause.

    >>> is_negative("The ship did not sail"), is_negative("It was not until noon that it sailed")
    (True, False)
    """
    found = _NOT.search(text[:_LONGEST])
    return found is not None and _CLAUSE.search(text, 0, found.start()) is None


def _read(text: str) -> _Read:
    words: list[str] = []
    behind = 0
    denies = False
    tokens = _WORD.findall(text[:_LONGEST].casefold())
    for place, word in enumerate(tokens):
        numbered = word == "no" and place + 1 < len(tokens) and tokens[place + 1].isdigit()
        if _NEGATION.fullmatch(word) and not numbered:
            denies = True
            if word.startswith(_DENYING):
                behind = len(words)
        elif word not in _FRAME:
            words.append(word if word in MONTHS else stem_of(word))
    return _Read(tuple(words), tuple(words[behind:]), denies)


@lru_cache(maxsize=4096)
def stem_of(word: str) -> str:
    """A word without its ending: crude, but the same for "fired", "firing" and "fire"."""
    word = IRREGULAR_VERBS.get(word, word.removesuffix("'s").removesuffix("’s"))
    for ending in ("ying", "ied", "ies", "ing", "ed", "es", "e", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _alike(
    each: _Read, having: Mapping[str, list[str]], read: Mapping[str, _Read]
) -> Iterator[str]:
    """The claims that a denial may mean: they say all of its words in its order, and little else."""
    for words in dict.fromkeys((each.words, each.rest)):
        if len(set(words)) < _LEAST:
            continue
        rarest = min((having.get(word, []) for word in words), key=len)
        found = [name for name in rarest[:_COMPARED] if _says(read[name].words, words)]
        if found:
            yield from found
            return


def _says(whole: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a text has some words in their order, and, dates aside, as few others."""
    left = iter(whole)
    if not all(word in left for word in words):
        return False
    others = [word for word in whole if not word.isdigit() and word not in MONTHS]
    return len(others) <= 2 * len(words)
