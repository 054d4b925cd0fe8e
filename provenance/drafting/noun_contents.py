"""What is attributed by a noun and no clause: a thing denied, a plea, a figure, who had it first."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.drafting.back_references import doer
from provenance.drafting.clauses import clause_end, within_relative
from provenance.drafting.contents import after_adverbials, is_closed, without_occasion
from provenance.drafting.cues import REPORT_NOUNS, Cue
from provenance.drafting.english import (
    BE,
    DETERMINERS,
    HAVE_AND_DO,
    MODALS,
    NEGATIONS,
    NUMBERS,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import ROUGHLY, is_adverb
from provenance.drafting.noun_phrases import (
    Stretch,
    head_of,
    is_mention,
    shared_subject,
    subject_before,
)
from provenance.drafting.verb_groups import Found, VerbGroup, found_by

__all__ = ["PLEADING", "PUTTING", "denied", "pleaded", "put_at", "reported_by"]

PLEADING = word_set("plead pleads pleaded pled")
"""Verbs by which somebody who is charged answers."""
PUTTING = word_set(
    "put puts estimate estimates estimated give gives gave revise revises revised raise raises raised"
)
"""Verbs by which somebody gives a figure."""
_TOLLS = word_set("toll count estimate figure")
"""What is only said to be another where somebody raises or revises it, and does not become it."""
_VICTIMS = word_set(
    "deaths dead fatalities injuries injured wounded casualties cases arrests missing"
)

_DEEDS = word_set("involvement role part knowledge link links wrongdoing")
_CRIMES = word_set(
    """
    abuse arson assault assaults attack attacks blackmail bribery collusion complicity conspiracy corruption
    discrimination espionage extortion fraud guilt harassment involvement killing killings knowledge
    liability links manslaughter misconduct murder murders negligence offence offences perjury
    plagiarism rape responsibility smuggling spying theft ties torture treason trespass
    """
)
"""What somebody denies by its name, and what nobody refuses: a request, bail, a visa."""
_COUNTS = word_set("count counts charge charges")
_MANY = NUMBERS | word_set("all several both eleven twelve dozens a one")
_FIGURES = word_set(
    """
    age bill budget cost costs count crowd damage damages dead debt deficit figure injured loss losses magnitude
    number price share size sum toll total turnout value wounded
    """
)
"""What somebody puts at a number."""
_TELLING = word_set("report reveal disclose announce confirm")


def denied(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
    """The minister denied that …, denied sending …, denies two counts of …, dismissed reports that …"""
    source = subject_before(atoms, group.start) or shared_subject(atoms, group.start)
    if source is None or group.end >= len(atoms):
        return None
    start = after_adverbials(atoms, group.end)
    begun = _denied_from(atoms, start, cue)
    if begun is None:
        return None
    content = within_relative(atoms, source, group.start, (begun, clause_end(atoms, begun)))
    content = without_occasion(atoms, _without_deed(atoms, content))
    found = found_by("before", atoms, cue, group, source, (content,), denies=True)
    return attrs.evolve(found, noun=_names_deed(atoms, begun))


def _without_deed(atoms: Sequence[Atom], content: Stretch) -> Stretch:
    """What is denied, without what the one who denies does: that it fell | , blaming the wind."""
    for place in range(content[0] + 2, content[1] - 1):
        low = atoms[place + 1].low
        if atoms[place].low == "," and low.endswith("ing") and len(low) > 5:
            return content[0], place
    return content


def _denied_from(atoms: Sequence[Atom], start: int, cue: Cue) -> int | None:
    """Where begins what is denied: "that …", "sending …", "any role", "two counts of fraud"."""
    for place in range(start, min(len(atoms) - 1, start + 12)):
        named = place + 1 < len(atoms) and atoms[place + 1].low in REPORT_NOUNS
        if (
            atoms[place].low == "that"
            and not (named and is_closed(atoms, place + 2))
            and (
                (place == start and "t" in cue.verb.takes and place + 2 < len(atoms))
                or atoms[place - 1].low in REPORT_NOUNS
            )
        ):
            return place
        if atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'"):
            break
    if cue.verb.lemma != "deny" or start >= len(atoms):
        return None
    first = atoms[start]
    if _is_doing(first):
        after = atoms[start + 1].low if start + 1 < len(atoms) else ""
        return None if after in ("so", "it") else start
    named = first.low == "any" or (
        first.low == "the" and any(each.low in _DEEDS for each in atoms[start + 1 : start + 3])
    )
    return start if named or _names_deed(atoms, start) else None


def _is_doing(each: Atom) -> bool:
    """Whether a word tells what somebody did: denied | selling the grain."""
    low = each.low
    return low.endswith("ing") and each.text.islower() and len(low) > 5 and low not in _THINGS


_THINGS = word_set(
    """
    nothing something anything everything building ceiling evening filing finding hearing meeting
    morning warning wedding wrongdoing
    """
)


def _names_deed(atoms: Sequence[Atom], start: int) -> bool:
    """Whether a deed begins here by its name: responsibility for it; three counts of bribery; murder."""
    begun = start + (atoms[start].low in DETERMINERS or atoms[start].text[0].isdigit())
    if begun >= len(atoms):
        return False
    following = atoms[begun + 1] if begun + 1 < len(atoms) else None
    if atoms[begun].low in _COUNTS and following is not None and following.low == "of":
        return begun == start or atoms[start].low in _MANY or atoms[start].text[0].isdigit()
    ends = following is None or following.kind == "p" or following.low in _AFTER_DEEDS
    return ends and atoms[begun].low in _CRIMES


_AFTER_DEEDS = word_set("of for in with to and by at on being")


def owned(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """Smith denies murder but admits manslaughter; he admitted stealing the keys."""
    if cue.verb.lemma != "admit" or cue.form == "ing" or group.end >= len(atoms):
        return None
    first = atoms[group.end]
    deed = _names_deed(atoms, group.end)
    source = _speaking(atoms, group.start) if deed or _is_doing(first) else None
    if source is None:
        return None
    content = (group.end, clause_end(atoms, group.end))
    return attrs.evolve(found_by("before", atoms, cue, group, source, (content,)), noun=deed)


def counted(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """Officials confirmed 240 deaths."""
    at = group.end
    if cue.verb.lemma not in ("confirm", "report", "announce") or at + 1 >= len(atoms):
        return None
    source = _speaking(atoms, group.start) if _is_number(atoms, at) else None
    nouns = [place for place in range(at, min(len(atoms), at + 6)) if atoms[place].low in _VICTIMS]
    if source is None or not nouns or not is_mention(atoms, (at, nouns[0] + 1)):
        return None
    content = (at, clause_end(atoms, nouns[0]))
    return attrs.evolve(found_by("before", atoms, cue, group, source, (content,)), noun=True)


def pleaded(atoms: Sequence[Atom], at: int) -> Found | None:
    """Vane pleaded not guilty to three counts of fraud."""
    negated = at + 1 < len(atoms) and atoms[at + 1].low == "not"
    guilty = at + 1 + negated
    if guilty >= len(atoms) or atoms[guilty].low != "guilty":
        return None
    start = _verb_start(atoms, at)
    source = None if start is None else _speaking(atoms, start)
    if source is None or start is None:
        return None
    to = guilty + 2 < len(atoms) and atoms[guilty + 1].low == "to"
    content = (guilty, clause_end(atoms, guilty) if to else guilty + 1)
    content = within_relative(atoms, source, start, content)
    return Found("before", "plead", (start, guilty), source, (content,), denies=negated, noun=True)


def put_at(atoms: Sequence[Atom], at: int) -> Found | None:
    """The fire service put the toll at 17; the toll was put at 17 by the fire service."""
    start = _verb_start(atoms, at)
    if start is None:
        return None
    if any(each.low in BE for each in atoms[start:at]):
        return _was_put_at(atoms, start, at)
    source = _speaking(atoms, start)
    joint = "as" if atoms[at].low.startswith("g") else "to" if atoms[at].low[0] == "r" else "at"
    near = range(at + 2, min(len(atoms) - 1, at + 12))
    end = next((place for place in near if atoms[place].low == joint), None)
    if source is None or end is None or not _is_number(atoms, end + 1):
        return None
    figure = (at + 1, end)
    heads = _TOLLS if joint == "to" else _FIGURES
    if not is_mention(atoms, figure) or head_of(atoms, figure) not in heads:
        return None
    content = without_occasion(atoms, (at + 1, clause_end(atoms, end)))
    return Found("before", atoms[at].low, (start, at + 1), source, (content,), noun=True)


def _was_put_at(atoms: Sequence[Atom], start: int, at: int) -> Found | None:
    figure = subject_before(atoms, start)
    placed = at + 2 < len(atoms) and atoms[at + 1].low == "at" and _is_number(atoms, at + 2)
    if figure is None or not placed or head_of(atoms, figure) not in _FIGURES:
        return None
    by = next(
        (
            place
            for place in range(at + 3, min(len(atoms) - 1, at + 10))
            if atoms[place].low == "by"
        ),
        None,
    )
    if by is None:
        return None
    source = doer(atoms, by)
    if source is None:
        return None
    contents = (figure, (at + 1, by))
    return Found("passive", atoms[at].low, (start, at + 1), source, contents, noun=True)


def _is_number(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a number begins here, perhaps after "about" or "more than"."""
    for each in atoms[at : at + 4]:
        if each.text[0].isdigit() or each.low.partition("-")[0] in NUMBERS:
            return True
        if each.low not in ROUGHLY and each.low not in _ABOUT:
            return False
    return False


_ABOUT = word_set("at least most more than fewer less up to some just under $ £ €")


def _verb_start(atoms: Sequence[Atom], at: int) -> int | None:
    """Where the verb begins that ends here; None where nothing is said: "would put", "did not plead"."""
    start = at
    while start > 0:
        low = atoms[start - 1].low
        if low in NEGATIONS or low in MODALS or low.endswith("n't"):
            return None
        if low not in HAVE_AND_DO and low not in BE and not is_adverb(low):
            break
        start -= 1
    return start


def _speaking(atoms: Sequence[Atom], start: int) -> Stretch | None:
    return subject_before(atoms, start) or shared_subject(atoms, start)


def reported_by(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """The inquiry into the harbour's accounts was first reported by the Herald."""
    subject = subject_before(atoms, group.start) if cue.verb.lemma in _TELLING else None
    source = doer(atoms, group.end) if subject is not None else None
    if subject is None or source is None:
        return None
    return found_by("passive", atoms, cue, group, source, (subject,))
