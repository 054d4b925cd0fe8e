"""Lookalikes: sources and claims that may be one and the same, going by what they are called.

Sources are one where their names differ in case, marks or one letter; where a person is called with
a title, by the surname or with an apposition; where one name has the other's initials, or is the
other with a word such as "Lab" or "Inc" behind it; or where both have the same words in another
order. It is asked, never taken for granted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, product

import attrs

from provenance.assessment.names import Names
from provenance.assessment.weaknesses import (
    EFFECTS_AT_MOST,
    AsMeant,
    Weakness,
    with_effect,
    with_fields,
)
from provenance.records import Case, Source

__all__ = ["lookalikes_in"]

_CROWD = 50
"""More names than these that one name could stand for are no question of spelling."""


def lookalikes_in(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Sources, and claims, that may be one and the same, and the answer if the sources are one."""
    case = names.case
    number = 0
    for group in _groups(_source_pairs(case)):
        ids = tuple(case.sources[each].id for each in group)
        several = "two sources look" if len(ids) == 2 else "several sources look"
        told = Weakness("lookalike", f"{several} the same: {names.sources(ids, len(ids))}", (), ids)
        shared = _said_by_two(case, ids)
        if not shared or number >= EFFECTS_AT_MOST:
            yield told
            continue
        number += 1
        for claim in shared[:EFFECTS_AT_MOST]:
            one = attrs.evolve(
                told,
                text=f"{told.text}; as one source,",
                claims=(claim,),
                put_right="as one source",
            )
            yield with_effect(names, one, told, partial(_as_one, case, ids), meant)
    for first, second in _near_pairs([each.text for each in case.claims]):
        pair = case.claims[first].id, case.claims[second].id
        text = f"two claims look the same: {names.claim(pair[0])} and {names.claim(pair[1])}"
        yield Weakness("lookalike", text, (), pair)


def _said_by_two(case: Case, sources: Sequence[str]) -> tuple[str, ...]:
    """The claims on which two of some sources and more speak for themselves."""
    speaking: dict[str, set[str]] = {}
    for each in case.attributions:
        if each.source in sources:
            for claim in each.claims:
                speaking.setdefault(claim, set()).add(each.source)
    return tuple(sorted(claim for claim, who in speaking.items() if len(who) > 1))


def _as_one(case: Case, sources: Sequence[str]) -> Case:
    """The case in which what some sources say is said by the first of them."""
    ids = {each.id for each in case.attributions if each.source in sources[1:]}
    return with_fields(case, ids, source=sources[0])


def _groups(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Pairs as the sets of which every two are a pair, in order; what joins no such set, by itself."""
    known = set(pairs)
    near: dict[int, set[int]] = {}
    for one, other in known:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    told: set[tuple[int, int]] = set()
    for one, other in sorted(known):
        if (one, other) in told:
            continue
        group = [one, other]
        for third in sorted(near[one] & near[other]):
            if all(third in near[each] for each in group):
                group.append(third)
        group.sort()
        told |= set(combinations(group, 2))
        yield tuple(group)


def _source_pairs(case: Case) -> set[tuple[int, int]]:
    """Pairs of sources that may be one, by their positions."""
    sources = case.sources
    titles = [each.name or each.described_as or each.id for each in sources]
    return {*_near_pairs(titles), *_telling_apart(case, _variants(sources))}


def _telling_apart(case: Case, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs but for those of which the case knows that they are two: one has it from another."""
    speaker = {name: each.source for each in case.attributions for name in each.names}
    known: set[frozenset[str]] = set()
    for each in case.attributions:
        known |= {frozenset((each.source, speaker[name])) for name in each.cited}
        if each.same_voice_as is not None:
            known.add(frozenset((each.source, speaker[each.same_voice_as.attribution])))
    for one, other in pairs:
        if frozenset((case.sources[one].id, case.sources[other].id)) not in known:
            yield one, other


def _variants(sources: Sequence[Source]) -> Iterator[tuple[int, int]]:
    """Pairs of sources of which one may be another's name in other words."""
    keys: dict[object, list[int]] = {}
    initials: dict[_Key, list[int]] = {}
    written_out: dict[_Key, list[int]] = {}
    people: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, source in enumerate(sources):
        name = source.name or source.id
        if source.name is None and source.described_as is not None:
            continue
        if source.kind in ("person", "other"):
            words = _person_in(name)
            if words:
                people.setdefault(words[-1], []).append((number, words))
                keys.setdefault(("person", frozenset(words), len(words)), []).append(number)
        if source.kind not in ("person", "unnamed"):
            stems, short, long = _keys_of(name)
            keys.setdefault(("firm", _without_forms(name)), []).append(number)
            if len(stems) > 1:
                keys.setdefault(stems, []).append(number)
            for key in short:
                initials.setdefault(key, []).append(number)
            for key in long:
                written_out.setdefault(key, []).append(number)
    for numbers in keys.values():
        if len(numbers) <= _CROWD:
            yield from combinations(numbers, 2)
    for key, numbers in initials.items():
        spelt = written_out.get(key, [])
        if len(numbers) * len(spelt) <= _CROWD:
            yield from ((min(pair), max(pair)) for pair in product(numbers, spelt))
    for found in people.values():
        if len(found) <= _CROWD:
            for (one, words), (other, others) in combinations(found, 2):
                kinds = {sources[one].kind, sources[other].kind}
                if "person" in kinds and _is_contained(words, others):
                    yield one, other


_WORDS = re.compile(r"[^\W_]+")
_APPOSITION = re.compile(r"\s*[,(;:/–—]|\s-\s|\s(?:of|from|at|in)\s")
_TITLES = frozenset({
    "dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "lord", "lady",
    "dame", "captain", "capt", "col", "colonel", "gen", "general", "maj", "major", "lt",
    "lieutenant", "sgt", "sergeant", "admiral", "president", "minister", "ambassador",
    "senator", "judge", "rev", "father", "sister", "nurse", "sheikh",
})  # fmt: skip
_ROLES = frozenset({
    "witness", "source", "official", "officer", "guard", "nurse", "driver", "doctor",
    "surgeon", "spokesman", "spokeswoman", "spokesperson", "neighbour", "neighbor", "resident",
    "soldier", "reporter", "editor", "journalist", "survivor", "mayor", "clerk", "police",
    "pilot", "mother", "father", "brother", "sister", "wife", "husband", "son", "daughter",
    "friend", "aide", "lawyer", "jr", "sr", "ii", "iii", "junior", "senior", "younger",
    "elder", "former", "deputy",
})  # fmt: skip
"""Words by which somebody is described, or told from somebody of the same name."""


def _person_in(name: str) -> tuple[str, ...]:
    """The words of a person's name, without titles and appositions; none where it is a description."""
    front = _APPOSITION.split(name[:200], maxsplit=1)[0]
    found = _WORDS.findall(front)
    words = [_letters(word) for word in found]
    while words and words[0] in _TITLES:
        words, found = words[1:], found[1:]
    is_name = all(word[0].isupper() and word.isalpha() for word in found) and found
    if not is_name or not _ROLES.isdisjoint(words) or len(words[-1]) < 3 or len(words) > 5:
        return ()
    return tuple(words)


def _is_contained(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name of a surname has no word that the other has not, initials included."""
    short, long = sorted((one[:-1], other[:-1]), key=len)
    left = list(long)
    for word in short:
        fit = next(
            (each for each in left if each == word or each[:1] == word or each == word[:1]), None
        )
        if fit is None:
            return False
        left.remove(fit)
    return True


_LITTLE = frozenset({
    "the", "a", "an", "of", "for", "and", "in", "on", "to", "at", "de", "la", "le", "les",
    "du", "des", "et", "der", "die", "das", "und",
})  # fmt: skip
_ENDINGS = ("ians", "ian", "ia", "ish", "ese", "an", "n", "a", "i", "e")
_TURNED = 12
"""Of how many words a name may be for its initials to be read."""


_Key = tuple[str, tuple[str, ...]]
"""Initials, and the words beside them."""


def _keys_of(name: str) -> tuple[tuple[str, ...], set[_Key], set[_Key]]:
    """An organisation's name by its words, by the initials in it, and by those it could have."""
    found = _WORDS.findall(name[:200])[:_TURNED]
    words = [_letters(word) for word in found]
    stems = [_stem(word) for word in words]
    big = [place for place, word in enumerate(words) if word not in _LITTLE]

    def beside(first: int, last: int) -> tuple[str, ...]:
        return tuple(sorted(stems[place] for place in big if not first <= place <= last))

    short = {
        (words[place], beside(place, place))
        for place in big
        if sum(map(str.isupper, found[place])) > 1 and len(found[place]) <= 6
    }
    long: set[_Key] = set()
    for first, last in combinations(big, 2):
        every = "".join(word[0] for word in words[first : last + 1])
        large = "".join(words[place][0] for place in big if first <= place <= last)
        long |= {(every, beside(first, last)), (large, beside(first, last))}
    return tuple(sorted(stems[place] for place in big)), short, long


_FORMS = frozenset({
    "inc", "ltd", "llc", "llp", "plc", "corp", "corporation", "co", "company", "limited", "gmbh",
    "ag", "sa", "bv", "group", "holding", "holdings", "lab", "labs", "laboratory", "laboratories",
})  # fmt: skip
"""Words behind the name of a firm that people leave out."""


def _without_forms(name: str) -> tuple[str, ...]:
    """The words of a name without those behind it that say what kind of firm it is."""
    words = [_letters(word) for word in _WORDS.findall(name[:200])]
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return tuple(words)


def _letters(word: str) -> str:
    """A word in small letters without accents."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter)) or word


def _stem(word: str) -> str:
    """A word as its country has it too: "Kestrian" and "Kestria" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


_ARTICLE = re.compile(r"\s*(?:the|an?)\s+(?=\S)", re.IGNORECASE)


def _plain(text: str) -> str:
    """A text without spaces, punctuation, case and the article before it."""
    article = _ARTICLE.match(text)
    return re.sub(r"[\W_]+", "", text[article.end() if article else 0 :]).casefold()


_MARKS = re.compile(r"\d+|\b[A-Z]\b|(?<=[a-z])[A-Z]\b|(?<![^\W_])[^\W\d_]\Z")


def _marks(text: str) -> list[str]:
    """Numbers and letters that number: of "Witness A", "feedB" and "source c"."""
    return _MARKS.findall(text)


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or another makes them the same; for words of five and more."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5:
        return False
    short, long = sorted((one, other), key=len)
    for place, (a, b) in enumerate(zip(short, long, strict=False)):
        if a != b:
            rest = short[place + (len(short) == len(long)) :]
            return rest == long[place + 1 :]
    return True


def _near_pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in all but one letter, found by what is left without each letter."""
    seen: dict[str, list[int]] = {}
    plain = [_plain(text) for text in texts]
    for number, text in enumerate(plain):
        short = text[:200]
        for key in {short, *(short[:n] + short[n + 1 :] for n in range(len(short)))}:
            seen.setdefault(key, []).append(number)
    pairs = {
        pair for numbers in seen.values() if len(numbers) < 50 for pair in combinations(numbers, 2)
    }
    for one, other in sorted(pairs):
        if plain[one] == plain[other] or (
            _marks(texts[one]) == _marks(texts[other]) and _one_edit_apart(plain[one], plain[other])
        ):
            yield one, other
