"""How a claim is worded that somebody is said to make: what he says, as a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from provenance.drafting.articles import Passage
from provenance.drafting.cues import PERSON_NOUNS, PLURAL_NOUNS
from provenance.drafting.drafts import DraftStatement
from provenance.drafting.english import AUXILIARIES
from provenance.drafting.noun_contents import PUTTING

__all__ = ["ACCUSING", "claim_text"]

_QUOTES = str.maketrans("", "", '“”"«»')


def claim_text(
    statement: DraftStatement, who: str | None = None, called: Collection[str] = ()
) -> str:
    """A content as a claim: without "that", quotation marks and what only joins its parts.

    Args:
        statement: the statement.
        who: what its speaker is called; what he did is then said of him: "denies two counts of
            fraud" is a denial that he is guilty of them.
        called: the pronouns by which he is called, in the place of which his name stands in the
            claim: [Ida Kern] was told.
    """
    text = " ".join(each.text for each in statement.content)
    text = text.translate(_QUOTES).replace("''", "").replace("``", "")
    text = " ".join(text.split()).strip(" ,;:.–—-")
    text = _JOINING.sub("", text)
    if len(statement.content) == 2:
        text = _finite(statement.content, text)
        text = _accused(statement.content, text)
    text = _OWN_BELIEF.sub("", text)
    cue = statement.speaker.cue
    verb = cue.text.split()[-1].casefold() if cue is not None else ""
    if who is not None and verb not in _TO_SOMEBODY:
        text = _named(text, " ".join(who.split()), called)
    if verb in _TELLING and not statement.content[0].text.lower().startswith("that "):
        text = _by_verb(verb, text, who, denies=statement.stance == "denies")
    text = text[:1_000].strip(" ,;:–—-")
    return text[:1].upper() + text[1:] if text else "…"


_FIRST = re.compile(r"(?P<who>he|she|they|I) (?P<verb>[a-z]+)\b", re.I)
_OF_I = {"am": "is", "have": "has", "do": "does"}
_PLAIN = frozenset(
    {"was", "had", "did", "will", "would", "could", "can", "saw", "heard", "never", "knew"}
)
"""Words after "I" that stand after a name as well."""


def _named(text: str, who: str, called: Collection[str]) -> str:
    """What somebody says of himself, with his name in the place of the pronoun it begins with."""
    found = _FIRST.match(text)
    if found is None or len(who.split()) > _LONGEST_NAME:
        return text
    pronoun, verb = found["who"], found["verb"]
    who = who[:1].upper() + who[1:]
    if pronoun == "I" and "he" not in called and "she" not in called:
        return text
    if pronoun == "I":
        if verb not in _OF_I and verb not in _PLAIN:
            return text
        rest = text[found.end() :].replace(" myself", "", 1)
        return f"[{who}] {_OF_I.get(verb, verb)}{rest}"
    if pronoun.casefold() not in called:
        return text
    return f"[{who}] {text[found.start('verb') :]}"


_LONGEST_NAME = 7
_TO_SOMEBODY = frozenset(
    {"told", "tells", "telling", "assured", "reminded", "warned", "informed", "to"}
)
"""Verbs after which "he" may be the one who is told as well as the one who tells."""
_JOINING = re.compile(r"\A(?:that|but|and)\s+", re.I)
_OWN_BELIEF = re.compile(
    r"\A(?:he|she|they|we|it) (?:\w+ly |also |still |now )?(?:believed?s?|thinks?|thought|suspect(?:ed|s)?)"
    r" (?:that )?(?=\w+ \w+ )"
)
"""What is no part of the claim: he believed that."""


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


# --- verbs that make a sentence of a noun

_ACCUSED = re.compile(r"(?P<who>[^,]{1,120}?) (?:of|for) (?P<what>\w+ing\b.*)\Z", re.S)
_BLAMED = re.compile(r"(?P<who>[^,]{1,80}?) for (?P<what>.+)\Z", re.S)
_FIGURE = re.compile(r"(?P<what>.{1,120}?) (?:at|as|to) (?P<number>\S.*)\Z", re.S)
ACCUSING = frozenset({"accused", "accuses", "accuse", "accusing", "blamed", "blames", "blame"})
_DENYING = frozenset({"denied", "denies", "deny", "denying"})
_ADMITTING = frozenset({"admit", "admits", "admitted"})
_PLEADING = frozenset({"pleaded", "pleads", "plead", "pled", "not"})
_TELLING = ACCUSING | _DENYING | PUTTING | _PLEADING | _ADMITTING
_DONE = re.compile(r"\w{3,}ing\b")
_OF_HIS = (
    (re.compile(r"(?:any |the |all )?(?:responsibility|liability) for ", re.I), "{be} responsible for "),
    (re.compile(r"(?:any |the |all )?knowledge of ", re.I), "knew of "),
    (re.compile(r"(?:any |the |all |a )?(?P<noun>role|part|hand|involvement) in ", re.I), "had a {noun} in "),
    (re.compile(r"(?:any |the |all )?(?P<noun>links|link|ties) (?P<to>to|with) ", re.I), "has {noun} {to} "),
)  # fmt: skip
"""What somebody denies by a noun, and how it is said of him."""


def _by_verb(verb: str, text: str, who: str | None, *, denies: bool) -> str:
    """What is accused, denied, pleaded or put at a number, as a sentence."""
    if verb in ACCUSING:
        accused = _ACCUSED.match(text)
        if accused is not None:
            return f"{accused['who']} {accused['what']}"
        blamed = _BLAMED.match(text)
        return text if blamed is None else f"{blamed['who']} is to blame for {blamed['what']}"
    if verb in PUTTING:
        figure = _FIGURE.match(text)
        if figure is None or any(map(_is_verb, figure["what"].casefold().split())):
            return text  # "estimated the fire began at 5"
        return f"{figure['what']} {_be(figure['what'])} {figure['number']}"
    if who is None or (verb in _DENYING and not denies):
        return text
    return _said_of(text, " ".join(who.split()))


def _said_of(text: str, who: str) -> str:
    """What somebody denies, or owns, said of him: fraud: Vane is guilty of fraud."""
    if re.match(r"guilty\b", text, re.I):
        return f"{who} {_be(who)} guilty{text[6:]}".replace(" guilty to ", " guilty of ", 1)
    for pattern, wording in _OF_HIS:
        found = pattern.match(text)
        if found is not None:
            words = {"be": _be(who), **found.groupdict()}
            return f"{who} {wording.format(**words)}{text[found.end() :]}"
    if _DONE.match(text):
        return f"{who} {text[:1].lower()}{text[1:]}"
    if _OFFENCE.match(text):
        return f"{who} {_be(who)} guilty of {text[:1].lower()}{text[1:]}"
    return text


_OFFENCE = re.compile(
    r"(?:(?:\w+ )?(?:counts?|charges?) of|(?:any |the )?(?:abuse|arson|assaults?|blackmail|bribery|collusion|"
    r"complicity|conspiracy|corruption|discrimination|espionage|extortion|fraud|harassment|killings?|"
    r"manslaughter|misconduct|murders?|negligence|offences?|perjury|plagiarism|rape|smuggling|spying|"
    r"theft|torture|treason|trespass|wrongdoing))\b",
    re.I,
)


def _is_verb(low: str) -> bool:
    return low in AUXILIARIES or low.endswith("ed")


def _be(who: str) -> str:
    """The verb that somebody or something takes: Vane is, the losses are."""
    last = who.split()[-1]
    low = last.casefold()
    several = last.islower() and low.endswith("s") and not low.endswith("ss")
    people = low in PLURAL_NOUNS or (low.endswith("s") and low[:-1] in PERSON_NOUNS)
    return "are" if several or people else "is"
