"""What a text tells of the names in it: whose full name is meant, and of what kind it is."""

from __future__ import annotations

import functools
import re

import attrs

from provenance.drafting.antecedents import Gender, gender_of, people_in
from provenance.drafting.mentions import bare_name, bodies_in, is_no_first_name, kind_of
from provenance.records import SourceKind

__all__ = ["ToldNames"]

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
