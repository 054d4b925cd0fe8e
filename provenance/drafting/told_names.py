"""What a text tells of the names in it: whose full name is meant, and of what kind it is."""

from __future__ import annotations

import functools
import re

import attrs

from provenance.drafting.antecedents import AFTER_NAMES, Gender, gender_of
from provenance.drafting.english import word_set
from provenance.drafting.mentions import bare_name, is_no_first_name, kind_of
from provenance.records import SourceKind

__all__ = ["ToldNames", "bodies_in", "people_in"]

MOST_ADJECTIVES = 200
"""How many adjectives such as "Norlandish" of one text are looked at."""
_ADJECTIVE = re.compile(r"\b[A-Z][a-z]{2,20}(?:ian|an|ish|ese)\b")
_IN_PLACE = re.compile(
    r"\b(?:in|near|outside|across|into|around|towards?)\s"
    r"(?P<name>[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){1,3})"
)


@attrs.frozen(slots=False)  # what is derived is kept
class ToldNames:
    """The names of one text, and what the text tells of them; each looked up when asked for.

    >>> ToldNames("Joan Pike left. Velmia slept; a Velmian clerk rang.").told_of("Pike", "Pike")
    ('person', 'Joan Pike')
    """

    text: str
    """The text."""

    def told_of(self, words: str, name: str) -> tuple[SourceKind, str]:
        """What the text tells of a name that could be a person's: the kind, and the fullest name."""
        full = name if " " in name else self._full_name(name, words)
        if gender_of(words, full) is not None:
            return "person", full
        state: SourceKind = "government" if self._is_state(full) else "person"
        return self._bodies.get(full.casefold(), state), full

    def gender_of_surname(self, name: str | None) -> Gender | None:
        """Whether those of a surname are "he" or "she" in the text, where they are of one kind."""
        known = self._people.get(name.casefold(), ()) if name else ()
        genders = {gender for gender, _ in known if gender is not None}
        return min(genders) if len(genders) == 1 else None

    def _full_name(self, surname: str, words: str) -> str:
        """The one longer name that the text has for a surname; the surname where it has none."""
        found = self._people.get(surname.casefold(), ())
        told = {gender for gender, _ in found if gender is not None}
        called = gender_of(words.replace(surname, "").strip() or surname)
        if called is not None:
            told &= {called}
        if len(told) > 1:
            return surname  # "Vane" may be one or the other
        names = {bare_name(name) for gender, name in found if gender in (None, *told)}
        whole = [each for each in names if _is_full_name(each)]
        if len({each.split()[0] for each in whole}) == 1:
            return min(whole, key=lambda each: (len(each), each))
        return surname

    def _is_state(self, name: str) -> bool:
        """Whether the text has the adjective of a name: Norland, Norlandish; Velmia, Velmian."""
        low = name.casefold()
        if " " in name or low in self._people or len(name) < 4:
            return False
        stem = low.rstrip("aeiouy")
        return any(
            each.startswith(stem) and low != each and len(each) <= len(name) + 3
            for each in self._adjectives
        )

    @functools.cached_property
    def _people(self) -> dict[str, frozenset[tuple[Gender | None, str]]]:
        return people_in(self.text)

    @functools.cached_property
    def _bodies(self) -> dict[str, SourceKind]:
        return bodies_in(self.text)

    @functools.cached_property
    def _adjectives(self) -> tuple[str, ...]:
        found = _ADJECTIVE.findall(self.text)
        return tuple(sorted({each.casefold() for each in found}))[:MOST_ADJECTIVES]

    @functools.cached_property
    def places(self) -> frozenset[str]:
        """The names of which the text says that something is in them or near them."""
        return frozenset(each["name"].casefold() for each in _IN_PLACE.finditer(self.text))


def _is_full_name(name: str) -> bool:
    before = name.split()[:-1]
    person = bool(before) and kind_of(name, name) == "person"
    return person and not any(map(is_no_first_name, before))


_WORD_OF_NAME = r"(?:[A-Z]\.|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|Rep|Col)\.|[A-Z][\w’'-]*)"
_RUN = re.compile(rf"{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{1,5}}")


@functools.lru_cache(maxsize=4)  # of one text several names are asked for
def people_in(text: str) -> dict[str, frozenset[tuple[Gender | None, str]]]:
    """Whether those of a surname are he or she, where the text tells, and the longer names they have.

    >>> people_in("Mr Ost left. Judge Ida Kern stayed.")
    {'ost': frozenset({('he', 'Mr Ost')}), 'kern': frozenset({('she', 'Ida Kern')})}
    """
    found: dict[str, set[tuple[Gender | None, str]]] = {}
    for run in _RUN.finditer(text):
        words = run[0].replace("’", "'").removesuffix("'s").removesuffix("'").split()
        if len(words) > 2 and words[-1].strip(".") in AFTER_NAMES:
            words = words[:-1]
        gender, begun = None, 0
        for at, word in enumerate(words[:-1]):
            gender = gender_of(word.strip("."))
            if gender is not None:
                begun = at
                break
        if gender is None and not _WITHIN_SENTENCE.match(text, max(0, run.start() - 2)):
            continue  # "Unlike Vane": the first word of a sentence is not sure to be a name
        found.setdefault(words[-1].casefold(), set()).add((gender, " ".join(words[begun:])))
    return {surname: frozenset(each) for surname, each in found.items()}


_WITHIN_SENTENCE = re.compile(r"[\w,]\s")


# --- what a text tells of a name: the daily Novy Mir; Dormo, which makes beds

_BODY_NOUNS: dict[str, SourceKind] = {
    **dict.fromkeys(("news agency", "agency"), "agency"),
    **dict.fromkeys(
        word_set("newspaper daily weekly magazine broadcaster channel station website outlet"),
        "outlet",
    ),
    **dict.fromkeys(
        word_set(
            """
            charity company firm union club party bank startup retailer airline watchdog
            manufacturer maker supplier insurer publisher organisation organization hospital museum
            """
        ),
        "organisation",
    ),
}
_A_BODY = "|".join(sorted(_BODY_NOUNS, key=len, reverse=True))
_RUN_OF_NAMES = r"[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,3}"
_BODY_BEFORE = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|its|their)\s(?:[\w’'-]+\s){{0,2}}?(?P<noun>{_A_BODY})\s(?P<name>{_RUN_OF_NAMES})"
)
_BODY_AFTER = re.compile(
    rf"(?P<name>{_RUN_OF_NAMES}),\s(?:(?P<which>which)\s|"
    rf"(?:the|an?)\s(?:[\w’'-]+\s){{0,3}}?(?P<noun>{_A_BODY})\b(?=[,.]|\s(?:that|which|of|in|behind|based|for)\b))"
)
_BODY_IS = re.compile(
    rf"(?P<name>{_RUN_OF_NAMES})\s(?:is|was)\san?\s(?:[\w’'-]+\s){{0,3}}?(?P<noun>{_A_BODY})\b"
)
_STATE = re.compile(
    r"(?P<name>[A-Z][\w-]+)[’']s\s(?:\w+\s)?(?:ministry|ministries|government|army|parliament|"
    r"foreign minister|prime minister|armed forces|air force|embassy)\b"
)
_LEGAL_FORM = re.compile(
    rf"(?P<name>{_RUN_OF_NAMES}?)\s(?:Ltd|Inc|Corp|plc|PLC|LLC|AG|GmbH|SE|SA|NV|Co)\b"
)


def bodies_in(text: str) -> dict[str, SourceKind]:
    """The names of which a text says that they are those of bodies, and of what kind.

    >>> bodies_in("The news agency Merid rang. Dormo, which makes beds, paid Lift Ltd.")
    {'merid': 'agency', 'dormo': 'organisation', 'lift': 'organisation'}
    """
    found: dict[str, SourceKind] = {}
    for pattern in (_BODY_BEFORE, _BODY_AFTER, _BODY_IS, _LEGAL_FORM, _STATE):
        otherwise: SourceKind = "government" if pattern is _STATE else "organisation"
        for each in pattern.finditer(text):
            kind = _BODY_NOUNS.get(each.groupdict().get("noun") or "", otherwise)
            found.setdefault(each["name"].casefold().removeprefix("the "), kind)
    return found
