"""What the attributions of one sentence are to each other: one within another, or only a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from provenance.drafting.back_references import verdict_in
from provenance.drafting.cues import (
    EVENT_NOUNS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
)
from provenance.drafting.drafts import (
    Hop,
)
from provenance.drafting.english import DETERMINERS, PRONOUNS, word_set
from provenance.drafting.layout import Atom
from provenance.drafting.noun_phrases import head_of
from provenance.drafting.verb_groups import Found

__all__ = [
    "apart_of",
    "depth_of",
    "is_only_a_frame",
    "is_own",
    "judged",
    "nesting_of",
]


def judged(atoms: Sequence[Atom], found: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions, where one only says of another that it is false: his claim that it sank is false.

    It then denies what the other one claims, and the other one stands for itself.
    """
    judged = [_of_the_accused(atoms, found, one) for one in found]
    for index, one in enumerate(found):
        if len(one.contents) != 1 or one.refers:
            continue
        start, end = one.contents[0]
        for inner in found:
            held = inner.contents[-1]
            if inner.construction != "noun" or not start <= inner.cue[0] < held[1] < end:
                continue
            rest = " ".join(each.text for each in atoms[held[1] : end])
            verdict = verdict_in(f"it {rest}")
            if verdict is not None:
                judged[index] = attrs.evolve(one, contents=inner.contents, denies=not verdict)
    return tuple(judged)


def apart_of(
    atoms: Sequence[Atom], one: Found, several: Sequence[tuple[int, int]]
) -> tuple[Found, ...]:
    """An attribution for each of those who say it together, who stand so far into the mention."""
    if one.source is None or not several:
        return (one,)
    places, start = range(*one.source), atoms[one.source[0]].start
    return tuple(
        attrs.evolve(
            one,
            source=(
                next(at for at in places if atoms[at].end > start + first),
                next(at + 1 for at in places if atoms[at].end >= start + last),
            ),
        )
        for first, last in several
    )


def nesting_of(found: Sequence[Found]) -> list[int | None]:
    """For each attribution, the one in whose content it stands, the innermost of several."""
    outer: list[int | None] = []
    for index, one in enumerate(found):
        best: tuple[int, int] | None = None
        for other, above in enumerate(found):
            if other == index:
                continue
            for start, end in above.contents:
                inside = start <= one.cue[0] and one.cue[1] <= end and not _within(above, one)
                if inside and (best is None or end - start < best[0]):
                    best = (end - start, other)
        outer.append(best[1] if best else None)
    return outer


def _within(one: Found, other: Found) -> bool:
    """Whether the cue of one stands in the content of the other."""
    return any(start <= one.cue[0] and one.cue[1] <= end for start, end in other.contents) and (
        one.construction == "adverb"
    )


def depth_of(outer: Sequence[int | None], index: int) -> int:
    depth, at = 0, outer[index]
    while at is not None and depth <= len(outer):
        depth, at = depth + 1, outer[at]
    return depth


def is_own(
    atoms: Sequence[Atom],
    found: Sequence[Found],
    outer: Sequence[int | None],
    chains: Mapping[int, tuple[Hop, ...]],
    index: int,
) -> bool:
    """Whether an attribution is a part of what is said, and no other voice.

    "She said she believed that …" has one voice; a share of people who said something, according
    to a survey, is what the survey found.
    """
    above, source = outer[index], found[index].source
    if above is None or found[above].lemma == "put":
        return False  # "put it to Ost that he had said that …" has two voices
    if found[index].lemma in _SIGNALS and source is not None:
        head = head_of(atoms, source)
        if head not in PERSON_NOUNS | EVENT_NOUNS | PLURAL_NOUNS and atoms[
            source[0]
        ].text.islower() | (atoms[source[0]].low in DETERMINERS):
            return True  # "The vote signals a turn, said Ost": the vote says nothing
    if source is None:
        return found[index].construction == "noun"
    lows = [each.low for each in atoms[source[0] : source[1]]]
    if found[index].construction == "noun":
        return False
    if len(lows) == 1 and lows[0] in PRONOUNS:
        first = found[above].contents[0][0]
        many = found[above].source
        several = many is not None and any(
            each.text[0].isdigit() or each.low.endswith("s") for each in atoms[slice(*many)]
        )
        if source[0] - first <= (atoms[first].low == "that") and (several or lows[0] != "they"):
            return True
        return [each.source for each in chains[index]] == [each.source for each in chains[above]]
    return not _SHARES.isdisjoint(lows)


_SIGNALS = word_set("signal show suggest indicate hint imply promise find")
_SHARES = word_set("percent % respondents")


def is_only_a_frame(atoms: Sequence[Atom], found: Found, one: Found) -> bool:
    """Whether an attribution holds nothing but another one: said that the mayor had said that …"""
    taken = set(range(*one.cue))
    for stretch in (*one.contents, *(each for each in (one.source, one.hearer) if each)):
        taken |= set(range(*stretch))
    rest = [
        place
        for stretch in found.contents
        for place in range(*stretch)
        if place not in taken and atoms[place].kind in "wq" and atoms[place].low != "that"
    ]
    return len(rest) <= 3


def _of_the_accused(atoms: Sequence[Atom], found: Sequence[Found], one: Found) -> Found:
    """A denial by "he" in the sentence that accuses him: accused Ost of theft, a charge he denies."""
    pronoun = one.refers and one.source is not None and atoms[one.source[0]].low in PRONOUNS
    for other in found if pronoun else ():
        start, end = other.contents[0]
        of = next((at for at in range(start, end) if atoms[at].low in ("of", "for")), start)
        if other.family == "accuse" and start < of and end <= one.cue[0]:
            return attrs.evolve(one, source=(start, of))
    return one
