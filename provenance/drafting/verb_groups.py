"""A reporting verb with its auxiliaries and adverbs, and the attribution that is found by it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.drafting.cues import HEARSAY_ADVERBS, PLURAL_NOUNS, Cue
from provenance.drafting.english import (
    BE,
    DETERMINERS,
    HAVE_AND_DO,
    MODALS,
    NEGATIONS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import is_adverb
from provenance.drafting.noun_phrases import (
    Stretch,
)

__all__ = ["Found", "VerbGroup", "found_by", "group_of"]


@attrs.frozen
class Found:
    """One attribution as a sentence has it; stretches count pieces of the sentence."""

    construction: str
    """Its row in the table of this module."""
    lemma: str
    """The verb or the noun by which it attributes."""
    cue: Stretch
    """The words by which it attributes."""
    source: Stretch | None
    """The mention of the one who says it; None where the sentence names nobody."""
    contents: tuple[Stretch, ...]
    """What is said."""
    hearer: Stretch | None = None
    """The one to whom it was told."""
    through: Stretch | None = None
    """The one who cites or quotes the source."""
    denies: bool = False
    """Whether the source says that the content is not so."""
    hearsay: bool = False
    """Whether an adverb says that the saying itself is known from others only."""
    family: str = "say"
    """The family of the verb."""
    refers: bool = False
    """Whether the content only means what was said before: "it", "the claim"."""
    answers: str = ""
    """The verb of what was said before that it only turns round: Vane said it "was" not."""
    noun: bool = False
    """Whether a few words tell a claim, which its verb makes a sentence of: pleaded not guilty."""
    citing: tuple[Stretch, Stretch] | None = None
    """Where ", citing" stands and whom the source cites, who says it then."""

    def referring(self) -> Found:
        """The same, of whose content only what stands before it tells what it is."""
        return attrs.evolve(self, refers=True)


@attrs.frozen
class VerbGroup:
    """A reporting verb with its auxiliaries and adverbs."""

    start: int
    end: int
    passive: bool
    hearsay: bool
    reveals: bool = False
    """Whether an outlet says that it can tell something: the Herald can reveal."""


def group_of(atoms: Sequence[Atom], at: int, cue: Cue) -> VerbGroup | None:
    """The group around a verb; None where nothing is reported: "would say", "did not say"."""
    start, passive, hearsay, auxiliary = at, False, False, False
    if cue.form == "base" and at > 1 and atoms[at - 1].low == "to":
        begun = at - 1 - (atoms[at - 2].low == "on")
        if (
            begun
            and atoms[begun - 1].low in _BEFORE_TO
            and (begun == at - 1 or atoms[begun - 1].low in ("went", "goes"))
        ):
            return VerbGroup(begun - 1, at + 1, passive=False, hearsay=False)
    while start > 0:
        low = atoms[start - 1].low
        if low in MODALS and atoms[start - 1].text[0].isupper() and cue.form in ("past", "third"):
            break  # Theresa May said
        if low == "can" and cue.form == "base" and cue.verb.lemma in _REVEALING:
            return VerbGroup(start - 1, at + 1, passive=False, hearsay=False, reveals=True)
        if low == "would" and cue.form == "base" and _only(atoms, start, at):
            return VerbGroup(start - 1, at + 1, passive=False, hearsay=False)
        if low in NEGATIONS or low in MODALS or low.endswith("n't"):
            return None
        if low in HEARSAY_ADVERBS:
            hearsay = True
        elif low in BE:
            passive = passive or cue.form == "past"
            auxiliary = True
        elif low in HAVE_AND_DO:
            auxiliary = True
        elif not is_adverb(low) or not atoms[start - 1].text.islower():
            break  # "Kelly said"
        start -= 1
    contracted = at > 0 and atoms[at - 1].low.partition("'")[0] in PRONOUNS
    if cue.form == "ing" and not auxiliary and not contracted:
        return VerbGroup(at, at + 1, passive=False, hearsay=hearsay)
    determined = at > 0 and atoms[at - 1].low in DETERMINERS - PLURAL_NOUNS - NUMBERS
    if determined and at > 1 and atoms[at - 1].low == "her" and atoms[at - 2].low in PREPOSITIONS:
        determined = False  # "people close to her say"
    emphatic = at > start and atoms[start].low in ("did", "does", "do")
    if cue.form == "base" and ((auxiliary and not emphatic) or determined):
        return None  # "a say at the table"; but "he did say that"
    return VerbGroup(start, at + 1, passive, hearsay)


_REVEALING = frozenset({"reveal", "disclose", "report", "confirm", "announce"})
_BEFORE_TO = frozenset({"went", "goes", "continued", "continues", "continue", "proceeded", "used"})


def _only(atoms: Sequence[Atom], start: int, at: int) -> bool:
    """Whether "only" stands so that something is said: would only say that, would say only that."""
    after = atoms[at + 1].low if at + 1 < len(atoms) else ""
    return after == "only" or any(each.low == "only" for each in atoms[start:at])


def found_by(
    construction: str,
    atoms: Sequence[Atom],
    cue: Cue,
    group: VerbGroup,
    source: Stretch | None,
    contents: tuple[Stretch, ...],
    hearer: Stretch | None = None,
    denies: bool = False,
) -> Found:
    return Found(
        construction,
        cue.verb.lemma,
        (group.start, group.end),
        source,
        contents,
        hearer,
        denies=denies,
        hearsay=group.hearsay,
        family="learn" if group.reveals else cue.verb.family,
    )
