"""Which statements say nearly the same, and so are about one claim."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from provenance.drafting.articles import assembled, reassembled
from provenance.drafting.claim_likeness import ComparedClaim
from provenance.drafting.claim_wording import claim_text
from provenance.drafting.drafts import DraftClaim, DraftStatement
from provenance.drafting.layout import carries_content, content_words
from provenance.graph import denials_in, is_negative

__all__ = ["denied_in", "grouped"]

LEAST_ALIKE = 0.6
"""How large a share of their words two contents must have in common to be one claim."""
MOST_STATEMENTS_OF_A_WORD = 300
"""Words of more statements than these tell nothing apart, and are not looked up."""

_NUMBER = re.compile(r"\d[\d.,]*")
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|without|n[’']t)\b|n[’']t\b", re.I)
_PLAIN_WORD = re.compile(r"[a-z0-9]+")


Signs = tuple[frozenset[str], bool]
"""The numbers of a content, and whether it is negated."""


def grouped(
    statements: Sequence[DraftStatement], texts: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[DraftStatement, ...], tuple[DraftClaim, ...]]:
    """The statements under their claims, and the claims, in the order of the statements.

    Two contents are one claim when at least six in ten of their words are the same, one names no
    number that the other lacks, either both are negated or none is, and what they differ by is only
    said besides: "cleared" in the place of "convicted" makes two claims. Each is compared with the
    first of a group, through an index of its words, so that the cost grows with the text and not
    its square.
    `texts` has the claim of a statement, by its id, where somebody has worded it already.
    """
    firsts: list[_First] = []
    claims: list[DraftClaim] = []
    index: dict[str, list[int]] = {}
    placed: list[DraftStatement] = []
    used: dict[str, int] = {}
    for statement in statements:
        text = texts.get(statement.id) or claim_text(statement)
        words = content_words(text)
        read = _First(words, _signs(text), ComparedClaim(text))
        group = _like(read, firsts, index)
        if group is None:
            group = len(firsts)
            firsts.append(read)
            claims.append(assembled(DraftClaim, id=_name(text, used), text=text))
            for word in words:
                index.setdefault(word, []).append(group)
        placed.append(reassembled(statement, claim=claims[group].id))
    return tuple(placed), tuple(claims)


def denied_in(
    placed: Sequence[DraftStatement], claims: Sequence[DraftClaim]
) -> tuple[tuple[DraftStatement, ...], tuple[DraftClaim, ...]]:
    """Statements and claims, where one that only says that another is not so denies that one.

    "Vane did not pay", somebody says: he denies that Vane paid.
    """
    texts = {each.id: each.text for each in claims}
    found = denials_in(texts, {name: name for name in texts})
    denied = {
        name: pairs[0][1]
        for name, pairs in found.items()
        if len(pairs) == 1 and pairs[0][0] == name and is_negative(texts[name])
    }
    turned = {"affirms": "denies", "denies": "affirms"}
    moved = tuple(
        reassembled(each, claim=denied[each.claim], stance=turned[each.stance])
        if each.claim in denied
        else each
        for each in placed
    )
    return moved, tuple(each for each in claims if each.id not in denied)


def _signs(text: str) -> Signs:
    numbers = frozenset(each.strip(".,") for each in _NUMBER.findall(text))
    return numbers, bool(_NEGATION.search(text))


def _same_signs(one: Signs, other: Signs) -> bool:
    """Whether one of two contents names no number that the other lacks, and both are negated alike."""
    return (one[0] <= other[0] or other[0] <= one[0]) and one[1] == other[1]


class _First(NamedTuple):
    """A content as it is compared: its words, its signs, and their order."""

    words: frozenset[str]
    signs: Signs
    wording: ComparedClaim


def _like(read: _First, firsts: list[_First], index: dict[str, list[int]]) -> int | None:
    """The first group whose first content says nearly the same.

    Contents that are alike share so many words that one of the few rarest ones is among them.
    """
    words = read.words
    known = [index.get(word, ()) for word in words]
    telling = [groups for groups in known if len(groups) <= MOST_STATEMENTS_OF_A_WORD]
    rarest = sorted(telling, key=len)[: len(words) - ceil(LEAST_ALIKE * len(words)) + 1]
    best: tuple[float, int] | None = None
    for group in sorted({group for groups in rarest for group in groups}):
        other = firsts[group]
        alike = len(words & other.words) / len(words | other.words)
        if alike < LEAST_ALIKE or (best is not None and alike <= best[0]):
            continue
        if _same_signs(read.signs, other.signs) and read.wording.is_like(other.wording):
            best = (alike, group)
    return best[1] if best else None


def _name(text: str, used: dict[str, int]) -> str:
    """A short id of a claim: its first words that carry content."""
    words = _PLAIN_WORD.finditer(text[:400].casefold())
    telling = (each[0] for each in words if carries_content(each[0]))
    base = "-".join(itertools.islice(telling, 4))[:60] or "claim"
    name, number = base, used.get(base, 1)
    while name in used:
        number += 1
        name = f"{base}-{number}"
    used[base] = number  # where to go on, so that a thousand claims of one name take no longer
    used.setdefault(name, 1)
    return name
