"""What stands above a text: headlines with a colon or in capital words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from provenance.drafting.clauses import is_clause, is_quotation
from provenance.drafting.cues import (
    CUES,
    LABELS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
)
from provenance.drafting.english import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
)
from provenance.drafting.layout import Atom, Layout
from provenance.drafting.noun_phrases import Stretch, head_of
from provenance.drafting.verb_groups import Found

__all__ = ["as_sentence", "headline", "is_title"]


def is_title(atoms: Sequence[Atom]) -> bool:
    """Whether a line has capital letters for most words, as headlines may have."""
    if not atoms or atoms[-1].kind == "q":
        return False
    stopped = atoms[-1].kind == "p"  # most sentences end with a stop, and few headlines
    small = capital = 0
    for each in atoms:
        if each[0] == "w" and len(each[3]) > 3:
            if each[3][0].isupper():
                capital += 1
            else:
                small += 1
                if stopped and 9 * small > capital + 9:
                    return False
    words = small + capital
    if stopped:
        return words > 4 and 9 * small <= capital
    return words > 2 and 4 * capital >= 3 * words


def as_sentence(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """A line of capital words with small letters where a sentence would have them."""
    return tuple(
        each._replace(text=each.low) if place and each.kind == "w" and each.low in _SMALL else each
        for place, each in enumerate(atoms)
    )


_SMALL = (
    AUXILIARIES | MODALS | PREPOSITIONS | CLAUSE_WORDS | DETERMINERS | PRONOUNS | NEGATIONS
    | frozenset(CUES)
)  # fmt: skip


FIRST_LINES = 5
"""In how many of the first sentences of a text a headline with a colon is looked for."""
LONGEST_HEADLINE = 200
"""How many characters a headline may have."""


def headline(layout: Layout, number: int) -> tuple[Found, tuple[Atom, ...]] | None:
    """Minister: ship has sailed; Ship has sailed: minister.

    Who is only named, and not called a minister or the like, has to be somebody whom the text lets
    speak further on: "Egypt: twenty hurt" attributes nothing.

    Args:
        layout: the text.
        number: which of its sentences the line is.
    """
    text, line = layout.text, layout.sentences[number]
    paragraph = layout.paragraphs[line.paragraph]
    alone = (paragraph.start, paragraph.end) == (line.start, line.end)
    short = line.end - line.start <= LONGEST_HEADLINE and text[line.end - 1] not in ".!?"
    if number >= FIRST_LINES or not alone or not short:
        return None
    atoms = layout.atoms(line)
    found = _attributed(as_sentence(atoms) if is_title(atoms) else atoms)
    if found is None or found.source is None:
        return None
    name = atoms[found.source[1] - 1].text
    return (found, atoms) if found.family != "named" or _speaks(name, text) else None


def _speaks(name: str, text: str) -> bool:
    """Whether a text lets somebody of that name speak anywhere."""
    for found in itertools.islice(re.finditer(rf"\b{re.escape(name)}\b", text), 1, 50):
        around = text[max(0, found.start() - 60) : found.end() + 60].lower()
        if any(each in CUES for each in re.findall("[a-z]+", around)):
            return True
    return False


def _attributed(atoms: Sequence[Atom]) -> Found | None:
    """Who says a headline, before or after its colon; a name alone is of the family "named"."""
    colons = [place for place, each in enumerate(atoms) if each.low == ":"]
    dashes = [place for place, each in enumerate(atoms) if each.low in ("—", "–")][-1:]
    for at in (*colons[:1], *dashes):
        first = _headline(atoms, at, (0, at), (at + 1, len(atoms))) if at in colons else None
        found = first or _headline(atoms, at, (at + 1, len(atoms)), (0, at))
        if found is not None:
            return found
    return None


LONGEST_SPEAKER = 6
"""How many pieces the speaker of a headline may have."""


def _headline(atoms: Sequence[Atom], at: int, who: Stretch, what: Stretch) -> Found | None:
    if not 1 <= who[1] - who[0] <= LONGEST_SPEAKER:
        return None
    said = CUES.get(atoms[who[1] - 1].low)  # "A statement from the firm read:" has its verb
    speaks = all(each.kind == "w" for each in atoms[who[0] : who[1]]) and (
        said is None or said.noun
    )
    clause = what[1] - what[0] > 2 and is_clause(atoms[what[0] : what[1]])
    if not speaks or not (clause or is_quotation(atoms, what)):
        return None
    head = head_of(atoms, who)
    known = head in PERSON_NOUNS | PLURAL_NOUNS or head.removesuffix("s") in PERSON_NOUNS
    if known and head not in LABELS:
        return Found("headline", ":", (at, at + 1), who, (what,))
    named = who[1] - who[0] <= 3 and all(each.text[0].isupper() for each in atoms[who[0] : who[1]])
    if named and who[0] == 0 and not known:
        return Found("headline", ":", (at, at + 1), who, (what,), family="named")
    return None
