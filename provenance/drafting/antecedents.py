"""Whom a pronoun can mean: those with whom the clauses before it begin, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from provenance.drafting.cues import PERSON_NOUNS, PLURAL_NOUNS
from provenance.drafting.english import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    PREPOSITIONS,
    SUBORDINATORS,
    TIME_WORDS,
    word_set,
)
from provenance.drafting.layout import Atom, Layout
from provenance.drafting.leading_words import without_leading
from provenance.drafting.noun_phrases import (
    LONGEST_SUBJECT,
    Stretch,
    begins_verb,
)

__all__ = [
    "AFTER_NAMES",
    "FARTHEST",
    "ORGANISATIONS",
    "PEOPLE",
    "PERSONAL",
    "Before",
    "Gender",
    "Subject",
    "gender_of",
    "gender_of_pronoun",
]

Gender = Literal["he", "she"]
"""The pronoun by which a text calls somebody."""

FARTHEST = 12
"""How many sentences back somebody is looked for whom a pronoun means."""

PERSONAL = frozenset({"he", "she", "they", "it"})
"""Pronouns that can be the subject of a statement."""


@attrs.frozen
class Subject:
    """Those with whom a clause begins."""

    words: str
    """The words by which they are called."""
    opens: bool
    """Whether the sentence itself begins with them, and not only a clause in it."""
    about: str = ""
    """What describes them after a comma."""
    several: bool = False
    """Whether it is one and another: "the mayor and the clerk"."""


@attrs.frozen
class Before:
    """What stands before a mention, as far as a pronoun may look: no further than its block."""

    layout: Layout
    """The text."""
    number: int
    """The sentence in which the mention stands."""
    start: int = 0
    """Where the mention begins; 0 where nothing of its own sentence counts."""

    def sentences(self) -> Iterator[int]:
        """The numbers of the sentences before, the nearest first."""
        sentences = self.layout.sentences
        block = self.layout.block_of(sentences[self.number].paragraph)
        for number in range(self.number - 1, max(-1, self.number - 1 - FARTHEST), -1):
            if self.layout.block_of(sentences[number].paragraph) != block:
                return
            yield number

    def subjects(self, number: int) -> tuple[Subject, ...]:
        """Those with whom the clauses of a sentence begin."""
        return tuple(
            _subjects_in(self.layout.text, self.layout.atoms(self.layout.sentences[number]))
        )

    def text_of(self, number: int) -> str:
        """The words of a sentence."""
        sentence = self.layout.sentences[number]
        return self.layout.text[sentence.start : sentence.end]

    def introduced(self, number: int) -> list[str]:
        """The names that a sentence introduces: Ida Kern, a clerk; Karl Vane, 52."""
        return [each["name"] for each in _INTRODUCED.finditer(self.text_of(number))]

    def relative(self) -> str:
        """What stands in the mention's own sentence before "in which he said"; else nothing."""
        sentence = self.layout.sentences[self.number]
        before = self.layout.text[sentence.start : self.start]
        found = _RELATIVE.search(before)
        return before[: found.start()] if found else ""

    def answers(self, pronoun: str) -> bool:
        """Whether the mention is followed by a verb of answering: she replied."""
        return _ANSWERING.match(self.layout.text, self.start + len(pronoun)) is not None

    def spoken_to(self, number: int) -> str | None:
        """Whom somebody speaks to in a sentence, and who may go on: We spoke to | a nurse."""
        found = _SPOKEN_TO.search(self.text_of(number))
        return found["who"].strip() if found else None

    def tells_somebody(self, pronoun: str) -> bool:
        """Whether the mention tells one who was named before something: she told him."""
        return _TELLS.match(self.layout.text, self.start + len(pronoun)) is not None

    def leading(self) -> tuple[Subject, ...]:
        """The one with whom the mention's own sentence leads in, or begins before ", which he said"."""
        sentence = self.layout.sentences[self.number]
        atoms = self.layout.atoms(sentence)
        before = self.layout.text[sentence.start : self.start]
        if _OF_WHICH.search(before) or _STANDING_BY.search(before):
            opening = [each for each in self.subjects(self.number) if each.opens]
            return tuple(each for each in opening[:1] if each.words in before)
        if len(atoms) < 4 or atoms[0].low not in _LEADING_IN or atoms[1].start >= self.start:
            return ()
        found = _phrase_at(atoms, 1)
        if found is None or atoms[found[1] - 1].end > self.start:
            return ()
        return (Subject(self.layout.text[atoms[1].start : atoms[found[1] - 1].end], opens=True),)


_RELATIVE = re.compile(r"\b(?:in|to|at|during|after) (?:which|whom)\s\Z|, where\s\Z")
_INTRODUCED = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]*){1,3}),\s(?:\d|an?\s|the\s|who\b|whose\b)"
)
_ANSWERING = re.compile(
    r"\s(?:\w+ly\s)?(?:replie[ds]|answer(?:ed|s)|respond(?:ed|s)|retort(?:ed|s)|(?:shot|hit) back)\b"
)
_OF_WHICH = re.compile(r", (?:which|whom|where) \Z")
_STANDING_BY = re.compile(
    r"\b(?:st(?:ood|ands|and) by|repeat(?:ed|s)|defend(?:ed|s)|reiterate[ds]|renew(?:ed|s)) \Z"
)
_SPOKEN_TO = re.compile(
    r"\b(?:sp(?:oke|oken|eaking)|talk(?:ed|ing)) (?:\w+ly )?(?:to|with) "
    r"(?P<who>(?:an?|one|another|the) (?:(?!who\b|in\b|at\b|on\b|from\b|about\b)[\w’'-]+ ?){1,6}"
    r"|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})"
)
_TELLS = re.compile(r"\s(?:told|tells)\s(?:him|her|me|us|them)\b")
_LEADING_IN = word_set("when after before while as once")
_AFTER_THESE = CLAUSE_WORDS | SUBORDINATORS | {"and", "but"}
_WITHIN = word_set("of for at from in to on with")
_FRONTED = word_set("for to")


def _subjects_in(text: str, atoms: Sequence[Atom]) -> Iterator[Subject]:
    """Those with whom the clauses of a sentence begin, in their order."""
    if not atoms:
        return
    opening = without_leading(atoms, 0, len(atoms) - 1)
    led_in = atoms[0].low in PREPOSITIONS  # "On Friday, in a letter, Vane resigned"
    past = -1
    for at, each in enumerate(atoms):
        first = at == opening or (at == 1 and atoms[0].low in _FRONTED)  # "For Vane it was late"
        if at < past or each.kind != "w" or not (first or (at and _opens_clause(atoms[at - 1]))):
            continue
        found = _phrase_at(atoms, at)
        if found is None and first and (owner := _owner_at(text, atoms, at)) is not None:
            yield owner
        if found is None or not (first or begins_verb(atoms, found[1]) or _is_pronoun(each)):
            continue
        past = found[1]
        words, opens = text[atoms[found[0]].start : atoms[past - 1].end], first or led_in
        led_in = False
        second = _second_of(atoms, past)
        yield Subject(words, opens, _about(text, atoms, past), several=second > past)
        past = second


def _owner_at(text: str, atoms: Sequence[Atom], at: int) -> Subject | None:
    """The one whose thing a sentence is about: Vane's case is that | he was at home."""
    name = atoms[at]
    if not name.low.endswith("'s") or not name.text[0].isupper() or at + 3 >= len(atoms):
        return None
    verb = next((place for place in range(at + 2, min(len(atoms), at + 6))
                 if begins_verb(atoms, place)), None)  # fmt: skip
    told = (
        next((each.low for each in atoms[verb:] if each.low in ("he", "she")), None)
        if verb
        else None
    )
    title = {"he": "Mr", "she": "Ms", None: None}[told]
    return None if title is None else Subject(f"{title} {name.text[:-2]}", opens=True)


def _opens_clause(each: Atom) -> bool:
    return each.low in _AFTER_THESE or (each.kind == "p" and each.low in ",;:—–")


def _is_pronoun(each: Atom) -> bool:
    return each.low.partition("'")[0] in PERSONAL


def _about(text: str, atoms: Sequence[Atom], at: int) -> str:
    """What describes a subject after a comma: Ida Kern, | a spokeswoman for the port, | left."""
    if at + 1 >= len(atoms) or atoms[at].low != ",":
        return ""
    end = at + 1
    while end < len(atoms) and end - at < LONGEST_SUBJECT and atoms[end].kind == "w":
        end += 1
    return text[atoms[at].start : atoms[end - 1].end]


def _second_of(atoms: Sequence[Atom], at: int) -> int:
    """Where the second of a subject ends that "and" joins: Karl Vane | and Ida Kern | left."""
    if at + 1 >= len(atoms) or atoms[at].low != "and" or _is_pronoun(atoms[at + 1]):
        return at
    found = _phrase_at(atoms, at + 1)
    return at if found is None else found[1]


def _phrase_at(atoms: Sequence[Atom], at: int) -> Stretch | None:
    """The subject that begins at a piece: a pronoun, a name, or one who can speak."""
    first = atoms[at]
    if _is_pronoun(first):
        return at, at + 1
    begins = first.text[0].isupper() or first.low in DETERMINERS or first.low in PLURAL_NOUNS
    if first.kind != "w" or not begins or first.low in _NO_SUBJECTS:
        return None
    end, speaks = _head_end(atoms, at)
    shouted = end - at > 2 and all(each.text.isupper() for each in atoms[at:end])
    if end >= len(atoms) or atoms[end].low in ".!?:" or shouted:
        return None
    placed = _after_place(atoms, end)
    name = _name_after(atoms, placed)
    if not speaks:  # "Her counterpart, Karl Vane, left"
        return (at, name) if name is not None and name - placed > 2 else None
    if name is None:
        return at, end
    return (at, name) if atoms[name].low == "," else (placed + 1, name)


_NO_SUBJECTS = TIME_WORDS | PREPOSITIONS | _AFTER_THESE


def _head_end(atoms: Sequence[Atom], at: int) -> tuple[int, bool]:
    """Where a noun phrase ends with its head, and whether that head is one who can speak."""
    end, speaks, bare = at, False, True
    while end < len(atoms) and end - at < LONGEST_SUBJECT:
        each = atoms[end]
        low, capital = each.low, each.text[0].isupper()
        if each.kind != "w":
            if each.kind != "x" and low not in ("-", "&"):
                break
        elif low in DETERMINERS and end == at:
            pass
        elif capital and low not in _TIMES:
            speaks = (bare or speaks) and not low.endswith(("'s", "s'"))
        elif low in PREPOSITIONS or low in AUXILIARIES or low in _AFTER_THESE or capital:
            break
        elif low in PERSON_NOUNS or (_is_of_people(low) and not _is_verb_after(atoms, end, at)):
            speaks = True
        elif speaks:
            break  # the verb
        else:
            bare = False  # "the president's Pacific roots"
        end += 1
    return end, speaks


def _is_verb_after(atoms: Sequence[Atom], at: int, start: int) -> bool:
    """Whether a word in -er stands after a plural, as a verb does: the rules empower."""
    before = atoms[at - 1].low if at > start else ""
    plural = before.endswith("s") and not before.endswith(("'s", "ss"))
    return plural and atoms[at].low.endswith("er")


_TIMES = TIME_WORDS - {"may", "summer", "spring"}


def _is_of_people(low: str) -> bool:
    """Whether a noun is one of people who are several, or is made as those of people are."""
    if low in PLURAL_NOUNS or low.removesuffix("s") in PERSON_NOUNS:
        return low not in DETERMINERS
    if low in PEOPLE or low in ORGANISATIONS:
        return True
    return len(low) > 4 and low.endswith(("er", "ers", "ist", "ists", "woman", "women"))


def _after_place(atoms: Sequence[Atom], at: int) -> int:
    """Where "of the region" after a head ends; the same place where nothing like that stands."""
    if at >= len(atoms) or atoms[at].low not in _WITHIN:
        return at
    end = at + 1
    while end < len(atoms) and end - at < 10 and atoms[end].kind == "w":
        if begins_verb(atoms, end):
            return at
        end += 1
    return end


def _name_after(atoms: Sequence[Atom], comma: int) -> int | None:
    """Where a name ends after a role: the governor, | Milan Reth, | left; A lawyer, | Vane | left."""
    if comma + 1 >= len(atoms) or atoms[comma].low != ",":
        return None
    end = comma + 1
    while end < len(atoms) and atoms[end].kind == "w" and atoms[end].text[0].isupper():
        end += 1
    if end >= len(atoms) or not 1 <= end - comma - 1 <= 4 or atoms[comma + 1].low in _NO_SUBJECTS:
        return None
    closed = atoms[end].low == "," and end - comma > 2
    return end if closed or begins_verb(atoms, end) else None


ORGANISATIONS = word_set(
    """
    ministry council committee party university institute bank court police army force forces
    union association department agency commission office bureau company corporation group
    foundation authority administration federation league society club hospital school college
    inc corp ltd plc organization organisation board parliament senate house congress coalition
    firm charity airline museum startup retailer inquiry investigation panel tribunal fund coastguard hotline
    movement campaign observatory staff assembly service guard network centre center laboratory trust port line
    lines prosecution defence defense
    """
)
"""Nouns of bodies, as they end the names of some."""


# --- he or she ---------------------------------------------------------------------------------

PEOPLE = word_set(
    """
    widow widower aunt uncle niece nephew grandmother grandfather bride groom lady gentleman king
    queen prince princess duke duchess baroness actress actor waitress waiter nun monk lad
    deputy colleague boss guard cousin guest client child partner surgeon defendant correspondent
    seamstress chef cook thief pupil adult parent guardian spouse hostage refugee migrant employee
    nominee trustee claimant complainant applicant attendant assistant lieutenant sergeant
    """
)
"""Nouns of people beside those who speak for others."""
_HERS = word_set(
    """
    mrs ms miss dame baroness madam lady queen princess duchess countess woman girl mother wife
    daughter sister widow aunt niece grandmother bride actress waitress nun heroine
    spokeswoman chairwoman congresswoman businesswoman policewoman councilwoman saleswoman
    """
)
_HIS = word_set(
    """
    mr sir lord king prince duke count man boy father husband son brother widower uncle nephew
    grandfather groom actor waiter monk lad gentleman imam
    spokesman congressman businessman policeman fisherman councilman salesman
    """
)
_WOMEN = word_set(
    """
    abigail adele agnes aisha alexandra alice alicia alison amanda amelia amina amira amy ana
    anastasia angela angelika anita ann anna anne annika anya astrid barbara beatrice beatriz berta
    bianca birgit brenda brigitte camilla carla carmen carol caroline catherine cecilia celia
    charlotte chiara christina christine clara claire claudia constance cristina daniela deborah
    denise diana diane dolores donna dora doris dorothy edith ekaterina elaine elena eleanor elisa
    elisabeth elizabeth ella ellen elsa emily emma erica erika esther eva eve fatima fiona florence
    frances francesca ivanka michelle freya gabriela georgina gertrude gina giulia gloria greta hanna hannah harriet
    heather heidi helen helena helga henrietta hillary ida ilse ina ines inga ingrid irena irene iris
    irina isabel isabella ivana jacqueline jane janet janice jennifer jessica joan joanna johanna
    josephine joyce judith julia juliet karen karin katarina kate katherine kathleen katja khadija
    kirsten kristin lara larissa laura layla leila lena leonie lidia lily linda lisa louise lucia
    lucy ludmila luisa lydia magda magdalena maja margaret margarita maria marianne marie marina
    martha marta mary matilda maya megan melanie melissa mia michelle mira miriam monica monika
    nadia nancy naomi natalia natalie natasha nina nora olga olivia pamela patricia paula pauline
    petra phoebe priya rachel rebecca renata rita rosa rose ruth sabine sally sandra sara sarah
    sheila silvia simone sofia sonia sophia sophie stella stephanie susan susanna svetlana sylvia
    tamara tanya tatiana teresa theresa tina ulrike ursula valentina valerie vanessa vera veronica
    victoria viktoria virginia wendy yasmin yvonne zainab zara zoe
    """
)
_MEN = word_set(
    """
    aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alberto alejandro aleksandr
    alexander alfred allan andre andreas andrei andrew antoine anton antonio arnold arthur axel
    barack benedict benjamin bernard bernd bernie bill bob boris brendan brett brian bruce bruno
    carlos charles christian christopher claude clive colin craig daniel david dean dennis derek
    diego dieter dimitri dmitri dmitry dominic donald douglas duncan edgar eduardo edward edwin emil
    emilio enrique eric erik ernest ernst eugene fabian felix ferdinand fernando filip francisco
    francois frank franz fred frederick friedrich gareth gary geoffrey georg george gerald gerard
    giorgio giovanni goran graham gregory guido gustav hamid hans harold harry hassan hector heinrich
    henri henrik henry herbert hermann howard hugh hugo hussein ian ibrahim igor isaac ivan jack
    jacob jacques jakob james javier jeff jeffrey jens jeremy jim joachim joe johan johann johannes john jon
    jonathan jorge jose josef joseph juan julian karl keith kenneth kevin khalid klaus konrad
    konstantin kurt lars laurence lawrence leo leon leonard leonid lorenzo louis luca lucas ludwig
    luigi luis lukas magnus mahmoud manuel marcel marco marcus mario mark markus martin matteo
    matthew maurice max maximilian michael miguel mike mitch nick steve mikhail milan milos mohamed mohammad mohammed
    mustafa nathan neil nicholas nicolas nigel nikolai nikos niklas norman oleg oliver omar oscar
    oskar otto pablo patrick paul pavel pedro peter philip philippe pierre piotr rafael ralph ramon
    raymond rene ricardo richard robert roberto roger roland roman ronald roy rudolf rupert salvador
    samuel scott sean sebastian sergei sergey sergio simon stefan stephen steven stuart sven tariq
    ted theodore thomas tim timothy tom tomas tony ulrich uwe vasily victor viktor vincent vladimir
    walter werner wilhelm william wolfgang youssef yuri yusuf zoran
    """
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WITHIN_WHO = re.compile(r"\bwho\b(?P<rest>.*)", re.S)
_THEMSELVES = re.compile(r"\b(he|she|himself|herself)\b")


AFTER_NAMES = frozenset(
    {"KC", "QC", "MP", "MSP", "MD", "Jr", "Sr", "II", "III", "OBE", "CBE", "PhD"}
)
"""Letters after the names of people: KC, MP."""


def gender_of(words: str, name: str | None = None) -> Gender | None:
    """Whether a text calls somebody "he" or "she"; None where the words do not tell.

    >>> gender_of("Velm's mayor, Ida Kern", "Ida Kern"), gender_of("his widow")
    ('she', 'she')
    >>> gender_of("a clerk who said he was ill"), gender_of("a clerk"), gender_of("Robin Ost")
    ('he', None, None)
    """
    first = (name or words).split(" ")[0].casefold()
    if first in _WOMEN or first in _MEN:
        return "she" if first in _WOMEN else "he"
    told = _WITHIN_WHO.search(words)
    called = _WORD.findall(words[: told.start()] if told else words)
    low = [each.casefold() for each in called]
    hers, his = (next((at for at, each in enumerate(low) if each in known), len(low))
                 for known in (_HERS, _HIS))  # fmt: skip
    within = next((at for at, each in enumerate(low) if each in PREPOSITIONS), len(low))
    if min(hers, his) < within:  # "the lawyer for his widow" tells nothing of the lawyer
        return "she" if hers < his else "he"
    own = _THEMSELVES.search(told["rest"]) if told else None
    return None if own is None else "he" if own[0].startswith("hi") or own[0] == "he" else "she"


def gender_of_pronoun(low: str) -> Gender | None:
    """The gender that a pronoun asks for; None where it asks for none.

    >>> gender_of_pronoun("her"), gender_of_pronoun("they")
    ('she', None)
    """
    return "he" if low in ("he", "him", "his") else "she" if low in ("she", "her") else None
