"""What is said of what was said just before: a denial of it, a confirmation, a verdict on it.

"A general denied it", "a claim the ministry denies", "the union called the report a lie", "“That is
untrue,” she said": the words name nothing, and mean the claim that stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.drafting.clauses import is_pause
from provenance.drafting.contents import after_adverbials, is_closed
from provenance.drafting.cues import (
    COMMENTS,
    FALSE_WORDS,
    REPORT_NOUNS,
    Cue,
)
from provenance.drafting.english import BE, DETERMINERS, MODALS, NEGATIONS, PREPOSITIONS, word_set
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import is_adverb
from provenance.drafting.noun_phrases import (
    Stretch,
    is_mention,
    is_phrase,
    shared_subject,
    speaker_ahead,
    subject_before,
)
from provenance.drafting.verb_groups import Found, VerbGroup, found_by

__all__ = [
    "CALLING",
    "Verdict",
    "answered",
    "answered_before",
    "answered_by",
    "called_before",
    "called_false",
    "disagrees",
    "doer",
    "is_turned",
    "turned_round_in",
    "verdict_in",
]

_THIS = frozenset({"it", "this", "that", "them"})
CALLING = word_set(
    "call called calls calling brand branded brands describe described describes describing labelled labeled"
)
# What is denied, confirmed or called a lie; a court also dismisses charges and complaints.
_SAID_NOUNS = REPORT_NOUNS - {"warning", "warnings", "complaint", "complaints", "announcement"}
_DENIED_NOUNS = _SAID_NOUNS | word_set(
    "story stories version finding findings communique communiqué figure figures"
)
_COURT_NOUNS = word_set("charge charges testimony")
_SHORTEST_LEMMAS = ("deny", "dispute", "reject", "dismiss", "rebut", "refute", "confirm")

Verdict = bool
"""Whether a claim is said to be true."""


def answered(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """A general denied it; the ministry rejected the allegation; a second official confirmed this."""
    lemma = cue.verb.lemma
    if lemma in ("say", "report"):
        return _the_same(atoms, cue, group)
    if lemma not in _SHORTEST_LEMMAS or cue.form == "ing" or group.passive:
        return None
    meant = _meant(atoms, after_adverbials(atoms, group.end), lemma)
    if meant is None:
        return None
    source = subject_before(atoms, group.start) or shared_subject(atoms, group.start)
    if source is None or source[1] > meant[0]:
        return None
    found = found_by("back", atoms, cue, group, source, (meant,), denies=lemma != "confirm")
    return found.referring()


def answered_by(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """The allegation was denied by the ministry; it was first reported by the Herald."""
    lemma = cue.verb.lemma
    told = lemma in _TELLING
    if lemma not in _SHORTEST_LEMMAS and not told:
        return None
    source = doer(atoms, group.end)
    subject = subject_before(atoms, group.start)
    if source is None or subject is None or subject[1] - subject[0] > 4:
        return None
    last = atoms[subject[1] - 1].low
    alone = subject[1] - subject[0] == 1 and last in _THIS
    noun = last in _DENIED_NOUNS or (told and last in _NEWS)
    if not alone and not (noun and atoms[subject[0]].low in DETERMINERS):
        return None
    denies = not told and lemma != "confirm"
    return found_by("back", atoms, cue, group, source, (subject,), denies=denies).referring()


_TELLING = frozenset({"report", "reveal", "disclose", "announce"})
_NEWS = frozenset({"news", "story", "stories", "details", "detail", "figure", "figures", "finding"})


def doer(atoms: Sequence[Atom], at: int) -> Stretch | None:
    """By whom something was done: denied | by the ministry."""
    if at + 1 >= len(atoms) or atoms[at].low != "by":
        return None
    end = speaker_ahead(atoms, at + 1)
    return None if end is None else (at + 1, end)


def _the_same(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """Norda reported the same on Friday."""
    at = group.end
    same = [each.low for each in atoms[at : at + 2]] == ["the", "same"]
    source = subject_before(atoms, group.start) if same else None
    if source is None or not _ends_object(atoms, at + 2):
        return None
    return found_by("back", atoms, cue, group, source, ((at, at + 2),)).referring()


def _meant(atoms: Sequence[Atom], at: int, lemma: str) -> Stretch | None:
    """The words that mean what was said before: "it", "the allegation", "all these claims"."""
    begun = at
    if at < len(atoms) and atoms[at].low in ("both", "all"):
        at += 1
    counted = atoms[at - 1].low in ("both", "all") and at < len(atoms)
    if counted and atoms[at].low in _DENIED_NOUNS and _ends_object(atoms, at + 1):
        return begun, at + 1  # "denies all charges"
    if at >= len(atoms):
        return None
    if atoms[at].low in _THIS and _ends_object(atoms, at + 1):
        alone = lemma in ("deny", "confirm", "call", "dispute")
        return (begun, at + 1) if alone else None
    if atoms[at].low not in DETERMINERS and not atoms[at].low.endswith(("'s", "s'")):
        return None
    plain = lemma in ("deny", "call", "confirm")
    nouns = _DENIED_NOUNS if plain else _DENIED_NOUNS - _COURT_NOUNS
    for place in range(at + 1, min(len(atoms), at + 4)):
        if atoms[place].low in nouns:
            return (begun, place + 1) if _ends_object(atoms, place + 1) else None
        if atoms[place].kind != "w" or atoms[place].low in PREPOSITIONS:
            return None
    return None


def _ends_object(atoms: Sequence[Atom], at: int) -> bool:
    """Whether nothing tells what "it" or "the claim" is: the claim of fraud, the report that …"""
    if at >= len(atoms):
        return True
    low = atoms[at].low
    if low in ("that", "of", "about", "against", "by", "from", "to", "was", "is"):
        return False
    return is_closed(atoms, at) or low in _AFTER_OBJECTS or is_adverb(low) or atoms[at].kind == "q"


_AFTER_OBJECTS = word_set("a an as false nonsense false untrue too either yesterday today lies")


def answered_before(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """…, a claim the ministry denies; …, a claim denied by it; …, which the ministry denied."""
    noun = atoms[group.start - 1].low if group.start > 1 else ""
    if noun in COMMENTS or noun in _DENIED_NOUNS:
        source = doer(atoms, group.end)
        if source is None:
            return None
        meant = (group.start - 1, group.start)
        return found_by("back", atoms, cue, group, source, (meant,), denies=True).referring()
    if not is_closed(atoms, group.end):
        return None
    for at in range(group.start - 2, max(0, group.start - 14), -1):
        if atoms[at].low == "which" and at and is_pause(atoms[at - 1]):
            return _by(atoms, at, at + 1, cue, group)
        if is_pause(atoms[at]):
            return _after_comment(atoms, at + 1, cue, group)
    return None


def _after_comment(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
    if atoms[at].low not in _COMMENTING:
        return None
    for place in range(at, min(group.start - 1, at + 4)):
        noun = atoms[place].low
        if (
            noun in COMMENTS
            or noun == "something"
            or (noun in _DENIED_NOUNS and noun.endswith("s"))
        ):
            begun = place + 1 + (atoms[place + 1].low in ("that", "which"))
            return _by(atoms, place, begun, cue, group)
    return None


def _by(
    atoms: Sequence[Atom], object_at: int, begun: int, cue: Cue, group: VerbGroup
) -> Found | None:
    source = (begun, group.start)
    if begun >= group.start or not _is_speaker(atoms, source):
        return None
    meant = (object_at, object_at + 1)
    return found_by("back", atoms, cue, group, source, (meant,), denies=True).referring()


def _is_speaker(atoms: Sequence[Atom], source: Stretch) -> bool:
    pronoun = source[1] - source[0] == 1 and atoms[source[0]].low in ("he", "she", "they", "it")
    return pronoun or (is_phrase(atoms, *source) and is_mention(atoms, source))


def called_false(atoms: Sequence[Atom], at: int, opening: Stretch | None = None) -> Found | None:
    """The union called the claim a lie; Aurel went further, describing the claim as fiction."""
    if at + 2 >= len(atoms):
        return None
    start = at
    while start and (is_adverb(atoms[start - 1].low) or atoms[start - 1].low in ("has", "have")):
        start -= 1
    if start and atoms[start - 1].low in NEGATIONS | MODALS:
        return None
    meant = _meant(atoms, at + 1, "call")
    if meant is None or verdict_in(f"it is {_text(atoms[meant[1] : meant[1] + 7])}") is not False:
        return None
    source = opening or subject_before(atoms, start) or shared_subject(atoms, start)
    if source is None:
        return None
    return Found("back", "call", (start, at + 1), source, (meant,), denies=True, refers=True)


def called_before(atoms: Sequence[Atom], at: int) -> Found | None:
    """…, an allegation that the clerk called “flatly false”; …, which the clerk called a lie."""
    start = at - (at > 0 and atoms[at - 1].low in ("has", "have", "had"))
    if verdict_in(f"it is {_text(atoms[at + 1 : at + 7])}") is not False:
        return None
    for begun in range(start - 2, max(0, start - 14), -1):
        if atoms[begun].low == "which" and is_pause(atoms[begun - 1]):
            meant, who = (begun, begun + 1), begun + 1
        elif is_pause(atoms[begun]):
            noun = next((place for place in range(begun + 1, min(start, begun + 5))
                         if atoms[place].low in COMMENTS or atoms[place].low in _DENIED_NOUNS), None)  # fmt: skip
            if noun is None or atoms[begun + 1].low not in _COMMENTING:
                return None
            meant, who = (noun, noun + 1), noun + 1 + (atoms[noun + 1].low in ("that", "which"))
        else:
            continue
        source = (who, start)
        if who >= start or not _is_speaker(atoms, source):
            return None
        return Found("back", "call", (start, at + 1), source, (meant,), denies=True, refers=True)
    return None


_COMMENTING = frozenset({"a", "an", "claims", "allegations", "charges", "accusations", "something"})


def _text(atoms: Sequence[Atom]) -> str:
    """The words up to a mark that is no quotation; "as" before them is left out."""
    words = []
    for each in atoms:
        if each.kind == "p" and each.low not in ("-", "'"):
            break
        words.append(each.text.strip("“”\"'‘’.,") if each.kind == "q" else each.text)
    return " ".join(words).removeprefix("as ")


_OBJECT = (
    r"(?:it|this|that|they|these|those"
    r"|(?:the|this|that|these|those|all|his|her|their|its|such|both)\s(?:\w+\s){0,2}?"
    r"(?:claims?|reports?|allegations?|accusations?|story|stories|rumou?rs?|accounts?|suggestions?"
    r"|assertions?|charges?))"
)
_NEVER = re.compile(
    r"(?:it|this|that|none of (?:it|this|that))\s(?:did\s?(?:not|n['’]t)\s|never\s|simply\s|just\s){1,3}"
    r"happen(?:ed)?",
    re.I,
)
_VERDICT = re.compile(
    rf"(?:that\s)?{_OBJECT}(?:['’]s|['’]re|\s(?:is|are|was|were|has\sbeen|had\sbeen|have\sbeen))"
    r"(?:\s(?:all|just|simply|only|\w+ly|an?|the|pure|complete|total|outright|utter|patently))*"
    rf"\s(?:(?P<not>not\s(?:\w+ly\s)?)?(?P<true>true|correct|accurate|the\scase|the\struth)"
    rf"|(?P<false>{FALSE_WORDS}))",
    re.I,
)
_LATER = re.compile(
    r"(?:\sfrom\s(?:start|beginning)\sto\s(?:finish|end)|(?:,|\sand|\sor)\s(?:\w+\s?){1,3}|\s(?:told|spread|invented|put\sabout)\b[^.;]{0,80})?",
    re.I,
)


_MARKS = re.compile(r"[“”\"«»‘]|’(?!\w)|'(?!\w)")


_TURNED = re.compile(
    r"(?:that\s)?(?:it|this|that|he|she|they)\s"
    r"(?P<verb>was|is|were|are|had|has|have|did|does|do|would|will|could|can)(?:\snot|n['’]t)",
    re.I,
)


def turned_round_in(text: str) -> str:
    """The verb of a content that only turns round what was said before it; nothing where it does more.

    >>> turned_round_in("“It is not,”"), turned_round_in("that he had not"), turned_round_in("it sank")
    ('is', 'had', '')
    """
    found = _TURNED.fullmatch(_MARKS.sub("", text).strip(" .,!;—–"))
    return found["verb"].lower() if found else ""


def is_turned(content: str, verb: str) -> bool:
    """Whether "it was not" can turn round what somebody said: the mine was unsafe; he met her, for "did".

    >>> is_turned("the mine was unsafe", "was"), is_turned("he met her", "did")
    (True, True)
    """
    words = re.findall(r"[^\W\d_]+", content.casefold())
    if verb in ("did", "does", "do"):
        return BE.isdisjoint(words) and MODALS.isdisjoint(words[1:]) and "had" not in words
    return verb in words


def disagrees(atoms: Sequence[Atom], at: int) -> Found | None:
    """Kern said the mine was unsafe; Vane disagreed."""
    source = subject_before(atoms, at) if at else None
    ends = at + 1 >= len(atoms) or atoms[at + 1].kind == "p"
    if source is None or not ends:
        return None
    return Found(
        "back", "disagree", (at, at + 1), source, ((at, at + 1),), denies=True, refers=True
    )


def verdict_in(text: str) -> Verdict | None:
    """Whether words say of a claim before them that it is true, or false; None where they do neither.

    >>> verdict_in("“That is a lie,”"), verdict_in("the report was accurate"), verdict_in("it sank")
    (False, True, None)
    """
    plain = _MARKS.sub("", text).strip(" .,!;—–")
    if _NEVER.fullmatch(plain):
        return False
    found = _VERDICT.match(plain)
    if found is None or _LATER.fullmatch(plain, found.end()) is None:
        return None
    return found["true"] is not None and found["not"] is None
