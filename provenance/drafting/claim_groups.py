"""Which statements say nearly the same, and so are about one claim."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType

import attrs

from provenance.drafting.articles import Passage, assembled, reassembled
from provenance.drafting.claim_words import contraries_of, keys_in, names_in
from provenance.drafting.drafts import DraftClaim, DraftStatement
from provenance.drafting.layout import carries_content, content_words

__all__ = ["claim_text", "grouped"]

LEAST_ALIKE = 0.6
"""How large a share of their words two contents must have in common to be one claim."""
MOST_STATEMENTS_OF_A_WORD = 300
"""Words of more statements than these tell nothing apart, and are not looked up."""

_NUMBER = re.compile(r"\d[\d.,]*")
_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|without|n[’']t)\b|n[’']t\b", re.I)
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_QUOTES = str.maketrans("", "", '“”"«»')


_MAGNITUDE = re.compile(r"\b(hundred|thousand|million|billion|trillion)s?\b")
_CAUSE = re.compile(r"\b(?:because of|due to|caused by|thanks to) (?:the |an? )?(?P<what>\w+)")
_FIRST = re.compile(r"(?:the )?(?P<name>\w+)")
_OPPOSED = {
    word: other
    for pair in ("before after", "since until", "more fewer", "profit loss", "clear convict")
    for word, other in (pair.split(), pair.split()[::-1])
}
"""Pairs of words of which one is not the other, beside the contraries by which pages are read."""


@attrs.frozen(slots=False)  # what is derived is kept, and only where two contents are alike
class _Signs:
    """What tells a content from another one that has nearly all of its words."""

    text: str

    @functools.cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(each.strip(".,") for each in _NUMBER.findall(self.text))

    @functools.cached_property
    def is_negated(self) -> bool:
        return _NEGATION.search(self.text) is not None

    @functools.cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_PLAIN_WORD.findall(self.text.casefold())) | keys_in(self.text)

    @functools.cached_property
    def contraries(self) -> frozenset[str]:
        """What would say the contrary in the place of one of its words."""
        opposed = frozenset(_OPPOSED[each] for each in self.words & _OPPOSED.keys())
        return contraries_of(self.words) | opposed

    @functools.cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        parted = (frozenset(_PLAIN_WORD.findall(" ".join(each))) for each in names_in(self.text))
        return tuple(each for each in parted if each)

    @functools.cached_property
    def magnitudes(self) -> frozenset[str]:
        return frozenset(_MAGNITUDE.findall(self.text.casefold()))

    @functools.cached_property
    def cause(self) -> str | None:
        found = _CAUSE.search(self.text.casefold())
        return found["what"] if found else None

    @functools.cached_property
    def actor(self) -> str | None:
        """The word with which it begins, where that is who does it."""
        low = self.text.casefold()
        found = None if " by " in low or " and " in low else _FIRST.match(low)
        return found["name"] if found else None

    def fits(self, other: _Signs) -> bool:
        """Whether nothing shows that two contents that are nearly alike say different things."""
        if not (self.numbers <= other.numbers or other.numbers <= self.numbers):
            return False
        if self.is_negated != other.is_negated or _differ(self.magnitudes, other.magnitudes):
            return False
        if self.cause is not None and other.cause is not None and self.cause != other.cause:
            return False
        contrary = self.contraries & (other.words - self.words)
        if contrary and other.contraries & (self.words - other.words):
            return False
        return not self._is_turned(other) and not (self._has_more(other) and other._has_more(self))

    def _has_more(self, other: _Signs) -> bool:
        """Whether it names somebody whom the other one does not name."""
        return any(name.isdisjoint(other.words) for name in self.names)

    def _is_turned(self, other: _Signs) -> bool:
        """Whether the other one exchanges the two: Velm attacked Orrel, Orrel attacked Velm."""
        one, two = self.actor, other.actor
        if one is None or two is None or one == two:
            return False
        return any(two in name for name in self.names) and any(one in name for name in other.names)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one != other


def grouped(
    statements: Sequence[DraftStatement], texts: Mapping[str, str] = MappingProxyType({})
) -> tuple[tuple[DraftStatement, ...], tuple[DraftClaim, ...]]:
    """The statements under their claims, and the claims, in the order of the statements.

    Two contents are one claim when at least six in ten of their words are the same, one names no
    number that the other lacks, either both are negated or none is, and they do not tell of other
    names, causes or magnitudes, or contrary things. Each is compared with the first of a group,
    through an index of its words, so that the cost grows with the text and not its square.
    `texts` has the claim of a statement, by its id, where somebody has worded it already.
    """
    firsts: list[tuple[frozenset[str], _Signs]] = []
    claims: list[DraftClaim] = []
    index: dict[str, list[int]] = {}
    placed: list[DraftStatement] = []
    used: dict[str, int] = {}
    for statement in statements:
        text = texts.get(statement.id) or claim_text(statement)
        words, signs = content_words(text), _Signs(text)
        group = _like(words, signs, firsts, index)
        if group is None:
            group = len(firsts)
            firsts.append((words, signs))
            claims.append(assembled(DraftClaim, id=_name(text, used), text=text))
            for word in words:
                index.setdefault(word, []).append(group)
        placed.append(reassembled(statement, claim=claims[group].id))
    return tuple(placed), tuple(claims)


def claim_text(statement: DraftStatement) -> str:
    """A content as a claim: without "that", quotation marks and what only joins its parts."""
    text = " ".join(each.text for each in statement.content)
    text = text.translate(_QUOTES).replace("''", "").replace("``", "")
    text = " ".join(text.split()).strip(" ,;:.–—-")
    text = _JOINING.sub("", text)
    if len(statement.content) == 2:
        text = _finite(statement.content, text)
        text = _accused(statement.content, text)
    text = _OWN_BELIEF.sub("", text)
    cue = statement.speaker.cue
    if cue is not None and cue.text.split()[-1] in _ACCUSING:
        accused = _ACCUSED.match(text)
        if accused is not None:
            text = f"{accused['who']} {accused['what']}"
        elif (blamed := _BLAMED.match(text)) is not None:
            text = f"{blamed['who']} is to blame for {blamed['what']}"
    text = text[:1_000].strip(" ,;:–—-")
    return text[:1].upper() + text[1:] if text else "…"


_JOINING = re.compile(r"\A(?:that|but|and)\s+", re.I)
_ACCUSED = re.compile(r"(?P<who>[^,]{1,120}?) (?:of|for) (?P<what>\w+ing\b.*)\Z", re.S)
_BLAMED = re.compile(r"(?P<who>[^,]{1,80}?) for (?P<what>.+)\Z", re.S)
_OWN_BELIEF = re.compile(
    r"\A(?:he|she|they|we|it) (?:\w+ly |also |still |now )?(?:believed?s?|thinks?|thought|suspect(?:ed|s)?)"
    r" (?:that )?(?=\w+ \w+ )"
)
"""What is no part of the claim: he believed that."""
_ACCUSING = frozenset({"accused", "accuses", "accuse", "accusing", "blamed", "blames", "blame"})


_INFINITE = re.compile(r"\Ato (?P<verb>have|be)\b", re.I)


def _finite(content: Sequence[Passage], text: str) -> str:
    """A claim in two pieces with a verb: The engineer (is said) to have left: has left."""
    subject, rest = (" ".join(each.text.split()) for each in content)
    found = _INFINITE.match(rest)
    if found is None:
        return text
    several = subject.endswith("s") and not subject.endswith("ss")
    verb = {"have": ("has", "have"), "be": ("is", "are")}[found["verb"].lower()][several]
    return f"{subject} {verb}{rest[found.end() :]}"


def _accused(content: Sequence[Passage], text: str) -> str:
    """A claim in two pieces of somebody accused: Ost, 47, (is accused) of making it: Ost making it."""
    whom, deed = (" ".join(each.text.split()) for each in content)
    if not re.match(r"of \w+ing\b", deed):
        return text
    return f"{whom.split(',')[0]} {deed.removeprefix('of ')}"


def _like(
    words: frozenset[str],
    signs: _Signs,
    firsts: list[tuple[frozenset[str], _Signs]],
    index: dict[str, list[int]],
) -> int | None:
    """The first group whose first content says nearly the same.

    Contents that are alike share so many words that one of the few rarest ones is among them.
    """
    known = [index.get(word, ()) for word in words]
    telling = [groups for groups in known if len(groups) <= MOST_STATEMENTS_OF_A_WORD]
    rarest = sorted(telling, key=len)[: len(words) - ceil(LEAST_ALIKE * len(words)) + 1]
    best: tuple[float, int] | None = None
    for group in sorted({group for groups in rarest for group in groups}):
        other, others_signs = firsts[group]
        alike = len(words & other) / len(words | other)
        nearer = alike >= LEAST_ALIKE and (best is None or alike > best[0])
        if nearer and signs.fits(others_signs):
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
