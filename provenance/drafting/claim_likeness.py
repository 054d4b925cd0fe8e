"""Whether two wordings are of one claim: each may say more, but nothing else in the same place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import attrs

from provenance.drafting.claim_words import ClaimWords, words_of
from provenance.drafting.english import DAYS, word_set
from provenance.records import MONTHS

__all__ = ["ComparedClaim"]

# Small words that tell what a word next to them has to do with the rest.
_RELATIONS = word_set(
    "to from in on at by of for with into onto over under up down out off about than as and or"
)
_OPPOSITE = frozenset(
    frozenset(pair.split())
    for pair in ("to from", "in out", "on off", "up down", "over under", "into from")
)
# Words of place and time that turn a claim where another small word stands: "for", "against".
_TURNING = word_set(
    "against without before after since until till unless except despite above below within beyond "
    "instead inside outside"
)
_TOGETHER = word_set("and or with")
_TIMES = frozenset((*DAYS, *MONTHS)) | word_set(
    "yesterday today tomorrow tonight morning afternoon evening night week month year"
)
# Words that change what is said by being added to it.
_CHANGING = word_set("only former formerly ex alleged attempted would-be half")
_NAME = re.compile(r"[^\W\d_]*[A-Z]|\d")
_OWNING = ("'s", "s'")
_FEW = 4  # words of which every order tells something
_MOST_PAIRED = 12
# What two wordings may differ by without being two claims.
_LOOSE = word_set(
    "very really just also already still then now indeed both own "
    "mr mrs ms dr sir president minister governor general colonel professor"
)


class _Token(NamedTuple):
    """A word that carries content, or a small one that tells what it has to do with the rest."""

    key: str
    is_small: bool
    is_name: bool
    """Whether it is a name or a number: what a claim is about."""
    is_owner: bool
    """Whether what follows is its own: "the minister's aide"."""


@attrs.frozen(slots=False)
class ComparedClaim:
    """A claim as somebody words it, to be held against others.

    >>> one = ComparedClaim("The court cleared the mayor of fraud")
    >>> one.is_like(ComparedClaim("The court cleared the mayor of fraud on Monday"))
    True
    >>> one.is_like(ComparedClaim("The court convicted the mayor of fraud"))
    False
    """

    text: str
    """The claim."""

    @cached_property
    def claim(self) -> ClaimWords:
        """What a sentence must have to state it or to deny it."""
        return ClaimWords(self.text)

    @cached_property
    def tokens(self) -> Sequence[_Token]:
        """Its words in order: those that carry content, and the small ones that relate them."""
        found = []
        for word in words_of(self.text):
            if word.low in _LOOSE or not (word.key or word.low in _RELATIONS):
                continue
            is_name = _NAME.match(self.text, word.at) is not None and word.at > 0
            is_owner = word.low.endswith(_OWNING)
            found.append(_Token(word.key or word.low, not word.key, is_name, is_owner))
        return found

    @cached_property
    def keys(self) -> Sequence[str]:
        """The words in order, as they are compared."""
        return [each.key for each in self.tokens]

    @cached_property
    def marks(self) -> tuple[frozenset[str], bool, frozenset[str]]:
        """What must be the same in both: words that change a claim, its time, who owns something."""
        changing = frozenset(each.low for each in self.claim.words if each.low in _CHANGING)
        owners = frozenset(each.key for each in self.tokens if each.is_owner)
        return changing, self.claim.is_of_the_future, owners

    @cached_property
    def contents(self) -> frozenset[str]:
        """The words that carry content."""
        return frozenset(each.key for each in self.tokens if not each.is_small)

    def is_like(self, other: ComparedClaim) -> bool:
        """Whether both may be the same claim.

        Either may say more than the other, in any place. They are two claims where one has other
        words in the place of the other's ("cleared", "convicted"), where two that it names have
        changed their places ("Ost sued Brand", "Brand sued Ost"), and where one says what denies
        or doubts the other.
        """
        if self.marks != other.marks:
            return False
        if self.keys == other.keys and self.claim.turns == other.claim.turns:
            return True
        sides = {self.claim.side(other.text), other.claim.side(self.text)}
        return sides <= {"affirms", None} and not _replaces(self, other) and not _swaps(self, other)


def _replaces(one: ComparedClaim, other: ComparedClaim) -> bool:
    """Whether one has words in a place where the other has others."""
    matcher = SequenceMatcher(None, one.keys, other.keys, autojunk=False)
    for kind, start, end, there, until in matcher.get_opcodes():
        if kind == "equal":
            continue
        mine, theirs = one.tokens[start:end], other.tokens[there:until]
        if _is_turned(mine, theirs):
            return True
        left = [
            [each for each in tokens if not each.is_small and each.key not in known]
            for tokens, known in ((mine, other.contents), (theirs, one.contents))
        ]
        if all(left) and not _begin_apart(mine, theirs):
            return True
    return False


def _is_turned(mine: Sequence[_Token], theirs: Sequence[_Token]) -> bool:
    """Whether small words of one have their opposite in the other: "to Lund", "from Lund"."""
    ours, others = ({each.key for each in tokens} for tokens in (mine, theirs))
    for some, rest in ((ours, others), (others, ours)):
        if not _TURNING.isdisjoint(some) and any(each in _RELATIONS for each in rest):
            return True
    return any(
        frozenset((a, b)) in _OPPOSITE for a in ours & _RELATIONS for b in others & _RELATIONS
    )


def _begin_apart(mine: Sequence[_Token], theirs: Sequence[_Token]) -> bool:
    """Whether two phrases say something of another kind: "on Monday", "in the harbour"."""
    first, second = mine[0], theirs[0]
    return first.is_small and second.is_small and first.key != second.key


def _swaps(one: ComparedClaim, other: ComparedClaim) -> bool:
    """Whether two words have changed their places: who did it, and to whom.

    Names and numbers are looked at; all words are where both wordings are of the same few ones, and
    where one says by whom something was done.
    """
    mine, theirs = (dict(_placed(each.tokens)) for each in (one, other))
    shared = [key for key in mine if key in theirs]
    named = {each.key for tokens in (one.tokens, other.tokens) for each in tokens if each.is_name}
    is_passive = ("by" in one.keys) != ("by" in other.keys)
    are_few = sorted(mine) == sorted(theirs) and len(mine) <= _FEW
    looked_at = shared if is_passive or are_few else [key for key in shared if key in named]
    for first, second in _pairs(looked_at):
        (at, before), (to, beyond) = ((mine[key][1], theirs[key][1]) for key in (first, second))
        is_turned = (theirs[first][0] < theirs[second][0]) != (mine[first][0] < mine[second][0])
        if is_turned:
            if at == beyond and before == to and not is_passive and not {at, to} & _TOGETHER:
                return True
        elif _is_agent(at, before) or _is_agent(to, beyond):
            return True
    return False


def _is_agent(relation: str, there: str) -> bool:
    """Whether somebody who acts in one wording is acted upon in the other: "hit by", "hit"."""
    return "by" in (relation, there) and "" in (relation, there)


def _placed(tokens: Sequence[_Token]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Every word once, with its place and the small word before it; words of time stand anywhere."""
    before = ""
    seen: set[str] = set()
    for place, each in enumerate(tokens):
        if not each.is_small and each.key not in seen and each.key not in _TIME_KEYS:
            seen.add(each.key)
            yield each.key, (place, before)
        before = each.key if each.is_small else ""


_TIME_KEYS = frozenset(each.key for word in _TIMES for each in words_of(word))


def _pairs(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Words side by side, and every other pair of a few."""
    if len(keys) > _MOST_PAIRED:
        return pairwise(keys)
    return ((a, b) for place, a in enumerate(keys) for b in keys[place + 1 :])
