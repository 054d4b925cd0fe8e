"""The constructions by which an English sentence attributes, found one by one.

| construction | an example |
| --- | --- |
| before | The minister said (that) the ship had sailed. |
| after | The ship had sailed, the minister said. |
| inverted | “It sailed,” said the minister. |
| around | The ship, the minister said, had sailed. |
| relative | The ship, which the minister said had sailed |
| according | According to the minister, the ship had sailed. |
| with | It went quietly, with a source telling the daily that it sailed at night. |
| participle | He denied it, adding that the ship had sailed. |
| cited | The daily cited a source as saying that the ship had sailed. |
| quoted | The minister was quoted by the daily as saying that the ship had sailed. |
| accused | The general accused Cairo of arming the regime. |
| noun | The general's claim that the ship had sailed; reports that it sailed. |
| passive | The ship is said to have sailed; it was reported that it had sailed. |
| adverb | The ship reportedly sailed. |
| headline | Minister: ship has sailed |
| alone | “It sailed.” (after words of the same speaker) |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.back_references import (
    CALLING,
    answered,
    answered_before,
    answered_by,
    called_before,
    called_false,
    disagrees,
    turned_round_in,
    verdict_in,
)
from provenance.drafting.clauses import (
    begins_clause,
    clause_end,
    cut_before_main_verb,
    end_of_lead,
    is_circumstance,
    is_clause,
    is_condition,
    is_introduction,
    is_pause,
    is_quotation,
    joins_sentences,
    main_clause,
    within_relative,
)
from provenance.drafting.contents import (
    after_adverbials,
    after_aside,
    from_start,
    hearer_after,
    is_closed,
    said_ahead,
    said_around,
    said_behind,
)
from provenance.drafting.cues import (
    CUES,
    EVENT_NOUNS,
    HEARSAY_ADVERBS,
    OCCASIONS,
    OUTLET_NAMES,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    REPORT_NOUNS,
    WEAK_CUES,
    Cue,
)
from provenance.drafting.english import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    HAVE_AND_DO,
    MODALS,
    NEGATIONS,
    NUMBERS,
    PLURAL_SUBJECTS,
    PRONOUNS,
    SUBORDINATORS,
    word_set,
)
from provenance.drafting.hearsay import (
    according,
    accused,
    as_reported,
    before_hearers,
    by_adverb,
    by_noun,
    cited,
    cited_by,
    citing,
    heard,
    learned_from,
    passive,
    put_to,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import is_adverb
from provenance.drafting.noun_contents import (
    PLEADING,
    PUTTING,
    counted,
    denied,
    owned,
    pleaded,
    put_at,
    reported_by,
)
from provenance.drafting.noun_phrases import (
    Stretch,
    head_of,
    is_participle,
    is_phrase,
    opening_subject,
    shared_subject,
    speaker_ahead,
    subject_before,
    subject_from,
)
from provenance.drafting.verb_groups import Found, VerbGroup, found_by, group_of

__all__ = ["announced", "found_in", "may_attribute"]


def found_in(atoms: Sequence[Atom]) -> tuple[Found, ...]:
    """Every attribution of a sentence, in the order of their cues."""
    found: list[Found] = []
    for at, atom in enumerate(atoms):
        low = atom[4]  # by its place: most words are none of these, and names take longer
        if low not in _SIGNS or atom.kind != "w":
            continue
        one: Found | None = None
        if low in _LEARNING and (told := learned_from(atoms, at)) is not None:
            one = told
        elif low in CUES:
            one = _by_verb(atoms, at, CUES[low], found)
        elif low in ("according", "per"):
            one = according(atoms, at, found)
        elif low == "heard":
            one = heard(atoms, at)
        elif low in CALLING:
            one = called_false(atoms, at) or called_before(atoms, at)
        elif low in HEARSAY_ADVERBS:
            one = by_adverb(atoms, at)
        elif low in ("disagreed", "disagrees"):
            one = disagrees(atoms, at)
        elif low in PLEADING:
            one = pleaded(atoms, at)
        if one is None and low in PUTTING:
            one = put_at(atoms, at) or put_to(atoms, at)
        if one is None and low in REPORT_NOUNS:
            one = by_noun(atoms, at)
        if one is not None and one.contents:
            found.append(_as_meant(atoms, one))
    if not found and (one := _by_colon(atoms)) is not None:
        found.append(one)
    return tuple(_kept(atoms, found))


def _by_colon(atoms: Sequence[Atom]) -> Found | None:
    """A friend of the player hit back: “That is not so.” No verb says it, the colon does."""
    quote = len(atoms) - 1 - (len(atoms) > 1 and atoms[-1].low == ".")
    if quote < 3 or atoms[quote - 1].low != ":" or not is_quotation(atoms, (quote, quote + 1)):
        return None
    source = opening_subject(atoms)
    if source is None or source[1] >= quote - 1 or quote - source[1] > 12:
        return None
    person = atoms[source[0]].low in ("he", "she") or head_of(atoms, source) in PERSON_NOUNS
    between = atoms[source[1] : quote - 1]
    spoken = not any(
        each.kind == "p" or each.low in CLAUSE_WORDS or each.low in CUES for each in between
    )
    if not person or not spoken or any(each.low in NEGATIONS | MODALS for each in between):
        return None
    cue = (source[1], quote)
    return Found("before", ":", cue, source, ((quote, quote + 1),))


# "I have it from an official that": the word before "from".
_LEARNING = frozenset({"it", "learned", "learnt", "understand"})
_SIGNS = (
    _LEARNING | frozenset(CUES) | HEARSAY_ADVERBS | REPORT_NOUNS | CALLING | PLEADING | PUTTING
    | {"according", "per", "heard", "disagreed", "disagrees"}
)  # fmt: skip


def _as_meant(atoms: Sequence[Atom], one: Found) -> Found:
    """An attribution with whom its source cites, and whether it only answers what was said before."""
    if one.refers or one.construction in ("noun", "adverb", "cited", "quoted"):
        return one
    citing_whom = cited_by(atoms, one)
    if citing_whom is not None:
        one = attrs.evolve(one, citing=citing_whom)
    if len(one.contents) == 1 and not one.denies:
        stretch = atoms[one.contents[0][0] : one.contents[0][1]]
        verdict = verdict_in(" ".join(each.text for each in stretch)) if len(stretch) < 14 else None
        if verdict is not None:
            return attrs.evolve(one, denies=not verdict, refers=True)
        verb = turned_round_in(" ".join(each.text for each in stretch)) if len(stretch) < 6 else ""
        if verb:
            return attrs.evolve(one, denies=True, refers=True, answers=verb)
        return _without_verdict(atoms, one)
    return one


def _without_verdict(atoms: Sequence[Atom], one: Found) -> Found:
    """What is denied where it is called untrue first: It is not true that | the bridge fell."""
    start, end = one.contents[0]
    begun = start + (atoms[start].low == "that")
    opening = [each.low for each in atoms[begun : begun + 8]]
    that = opening.index("that") if "that" in opening[3:6] else 0
    if opening[:1] != ["it"] or not that or begun + that + 3 > end:
        return one
    verdict = verdict_in(" ".join(opening[:that]))
    if verdict is None:
        return one
    return attrs.evolve(one, contents=((begun + that, end),), denies=not verdict)


def _kept(atoms: Sequence[Atom], found: list[Found]) -> Iterator[Found]:
    """What was found, without an adverb's where a verb or a phrase attributes the same words."""
    for one in found:
        if one.construction == "adverb" and any(
            other is not one and other.source is not None and _overlap(one, other)
            for other in found
        ):
            continue
        if one.construction == "noun" and any(
            other.construction == "back" and other.contents[0] == one.cue for other in found
        ):
            continue  # "an allegation that the clerk called false" has one voice, the clerk's
        if one.construction == "noun" and any(
            (other.construction == "cited" or other.contents == one.contents)
            and other.cue[0] < one.cue[0] < other.cue[1] + 12
            and _overlap(one, other)
            for other in found
        ):
            continue  # "said in a statement that" attributes once
        yield one


def _overlap(one: Found, other: Found) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one.contents for b in other.contents)


def _by_verb(atoms: Sequence[Atom], at: int, cue: Cue, before: Sequence[Found]) -> Found | None:
    atom = atoms[at]
    if atom.text[0].isupper() and not (at and atoms[at - 1].low in ("“”", ",")) and at:
        return None  # a name: the United States, Hope Hicks
    if cue.form == "past":
        reported = as_reported(atoms, at, cue)
        if reported is not None:
            return reported
    group = group_of(atoms, at, cue)
    if group is None:
        return None
    if "o" in cue.verb.takes:
        if at + 1 >= len(atoms) or atoms[at + 1].low != "out":
            return None
        group = attrs.evolve(group, end=group.end + 1)
    if group.passive:
        return (
            passive(atoms, at, cue, group)
            or answered_by(atoms, cue, group)
            or reported_by(atoms, cue, group)
        )
    if cue.form == "ing" and group.start == at and _contracted(atoms, at, cue) is None:
        return _participle(atoms, at, cue, group, before)
    if cue.verb.family == "cite":
        return cited(atoms, at, cue, group)
    if cue.verb.family == "describe":
        return called_false(atoms, at) or called_before(atoms, at)
    if cue.verb.family == "accuse":
        return accused(atoms, at, cue, group)
    if cue.verb.family == "deny":
        return (
            denied(atoms, at, cue, group)
            or answered(atoms, cue, group)
            or answered_before(atoms, cue, group)
        )
    return (
        _saying(atoms, at, cue, group, before)
        or answered(atoms, cue, group)
        or owned(atoms, cue, group)
        or counted(atoms, cue, group)
    )


def _saying(
    atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup, before: Sequence[Found]
) -> Found | None:
    """before, after, inverted and around: a verb of saying with its speaker."""
    inverted = _inverted(atoms, at, cue, group)
    if inverted is not None:
        return inverted if cue.verb.lemma != "read" or _is_read(atoms, inverted) else None
    source = (
        subject_before(atoms, group.start)
        or shared_subject(atoms, group.start)
        or _contracted(atoms, group.start, cue)
    )
    if source is None:
        return _second(atoms, cue, group, before)
    if any(each.low == "according" for each in atoms[slice(*source)]):
        return None  # "according to its reports"
    if not _agrees(atoms, source, cue, group) or _is_supposed(atoms, source[0]):
        return None
    if cue.verb.lemma == "tell" and cue.form == "past":
        told = before_hearers(atoms, source, group.end)
        if told is not None:  # headlines: "Clerk took the money, court told"
            return found_by("passive", atoms, cue, group, None, (told,))
    relative = _relative(atoms, cue, group, source)
    if relative is not None:
        return relative
    hearer, after = hearer_after(atoms, group.end, cue)
    if hearer is not None and after < len(atoms) and atoms[after].low == "to":
        return None  # "told the jury to ignore anything they might read": an order
    ahead = _ahead(atoms, cue, group, source, after)
    if cue.verb.lemma == "read" and (
        ahead is None or not _is_record(atoms, source) or not is_quotation(atoms, ahead)
    ):
        return None  # only what is written reads: “We will appeal.”
    if ahead is not None:
        if cue.noun and not _certainly_verb(atoms, at, ahead):
            return None
        if source[0] and atoms[source[0] - 1].low in SUBORDINATORS | {"as"}:
            ahead = end_of_lead(atoms, ahead)
        contents = _with_beginning(atoms, source, ahead, after)
        return found_by("before", atoms, cue, group, source, contents, hearer)
    return _said_before(atoms, cue, group, source, hearer, after)


def _ahead(
    atoms: Sequence[Atom], cue: Cue, group: VerbGroup, source: Stretch, after: int
) -> Stretch | None:
    """What is said after its verb, unless it only goes on with what is said before its speaker."""
    ahead = said_ahead(atoms, after, cue)
    if ahead is None or _is_by_the_way(atoms, source, ahead):
        return None
    before = ahead[0] - 1
    told = before >= group.end and CUES.get(atoms[before].low)
    if (
        told
        and atoms[ahead[0]].low == "that"
        and told.form == "third"
        and atoms[before].text.islower()
    ):
        return None  # "A report posted on a site asserts that": what is asserted
    goes_on = atoms[ahead[0]].low == "that" and atoms[ahead[0] - 1].low == ","
    if goes_on and source[0] and atoms[source[0] - 1].low == ",":
        return None  # "There is a risk, the mayor said, that it is empty"
    if atoms[group.start - 1].low in ("who", "which"):
        return cut_before_main_verb(atoms, within_relative(atoms, source, group.start, ahead))
    return ahead


def _said_before(
    atoms: Sequence[Atom],
    cue: Cue,
    group: VerbGroup,
    source: Stretch,
    hearer: Stretch | None,
    after: int,
) -> Found | None:
    """after and around: what is said stands before its speaker, or on both sides."""
    begun = source[0]
    if begun and atoms[begun - 1].low == "as" and is_closed(atoms, after):
        if begun > 1 and is_pause(atoms[begun - 2]):
            behind = said_behind(atoms, begun - 1)
            closed = behind is not None and not is_introduction(atoms[slice(*behind)])
            if behind is not None and closed:
                return found_by("after", atoms, cue, group, source, (behind,), hearer)
        return _as_said(atoms, cue, group, source, after, hearer)
    behind = said_behind(atoms, source[0])
    if behind is None or (cue.verb.family == "hold" and "b" not in cue.verb.takes):
        return None
    if "b" not in cue.verb.takes and not is_quotation(atoms, behind):
        shown = cue.verb.lemma in _SHOWING and _is_record(atoms, source)
        if not shown or not is_clause(atoms[behind[0] : behind[1]]):
            return None
    quoted = atoms[source[0] - 1].kind == "q" and atoms[source[0] - 1].last_mark in ",.!?…"
    if not is_closed(atoms, after) and not quoted:
        return None
    behind = main_clause(atoms, behind)
    rest = said_around(atoms, after, behind)
    if rest is not None and atoms[rest[0] - 1].low == "," and _is_of_another(atoms, rest):
        rest = None
    leads_in = is_introduction(atoms[behind[0] : behind[1]])
    if rest is None and leads_in:
        return None
    name = "around" if rest is not None else "after"
    contents: tuple[Stretch, ...]
    if rest is not None and leads_in and joins_sentences(atoms, behind):
        contents = (rest,)  # "For example, the mayor said, the fund was empty"
    else:
        contents = (behind,) if rest is None else (behind, rest)
    return found_by(name, atoms, cue, group, source, contents, hearer)


def _is_of_another(atoms: Sequence[Atom], rest: Stretch) -> bool:
    """Whether what goes on has another speaker: and reopened on Saturday, according to the police."""
    after = [each.low for each in atoms[rest[1] : rest[1] + 3]]
    return atoms[rest[0]].low in ("and", "but") and after == [",", "according", "to"]


_SHOWING = frozenset({"show", "find", "suggest", "indicate", "conclude"})


def _is_record(atoms: Sequence[Atom], source: Stretch) -> bool:
    """Whether what speaks is a record: court documents show, a study found."""
    head = head_of(atoms, source)
    return head in EVENT_NOUNS or head in REPORT_NOUNS


def _is_read(atoms: Sequence[Atom], one: Found) -> bool:
    """Whether a record reads what is said: “We will appeal,” read a statement from the firm."""
    return one.source is not None and _is_record(atoms, one.source)


def _with_beginning(
    atoms: Sequence[Atom], source: Stretch, ahead: Stretch, after: int
) -> tuple[Stretch, ...]:
    """A quotation after its speaker, with what is said before: The gate, she said, “was open.”"""
    before = said_behind(atoms, source[0]) if source[0] else None
    if before is not None and is_condition(atoms[slice(*before)]):
        return before, ahead  # "If it rains, he said he would stay"
    if before is None or not is_quotation(atoms, ahead):
        return (ahead,)
    if atoms[source[0] - 1].kind == "q":
        return (before, ahead) if is_quotation(atoms, before) else (ahead,)
    pause = after_adverbials(atoms, after)
    paused = atoms[source[0] - 1].low == "," and pause < len(atoms) and atoms[pause].low == ","
    first = atoms[ahead[0]].text.lstrip("“\"'‘«").split(" ")[0].lower()
    subject = first in AUXILIARIES - NEGATIONS and not is_adverb(atoms[before[0]].low)
    if not paused or (is_circumstance(atoms, before) and not subject):
        return (ahead,)
    return before, ahead


def _as_said(
    atoms: Sequence[Atom],
    cue: Cue,
    group: VerbGroup,
    source: Stretch,
    after: int,
    hearer: Stretch | None,
) -> Found | None:
    """As the minister said, the ship had sailed."""
    at = after_adverbials(atoms, after)
    before = atoms[: source[0] - 1]
    leads = not before or is_introduction(before[:-1] if before[-1].low == "," else before)
    leads = leads and not (before and before[0].low in ("if", "unless"))  # that is what is said
    if at + 3 >= len(atoms) or atoms[at].low != "," or not leads:
        return None
    content = (at + 1, clause_end(atoms, at + 1))
    return found_by("before", atoms, cue, group, source, (content,), hearer)


def _relative(atoms: Sequence[Atom], cue: Cue, group: VerbGroup, source: Stretch) -> Found | None:
    """The fund, which he said was empty"""
    before, end = source[0] - 1, group.end
    if before < 1 or atoms[before].low not in ("which", "that", "who") or end + 1 >= len(atoms):
        return None
    if atoms[end].low not in AUXILIARIES - NEGATIONS or not atoms[end].text.islower():
        return None
    noun = subject_before(atoms, before - (atoms[before - 1].low == ","))
    if noun is not None and is_participle(atoms[noun[0]]):
        noun = None  # "to be restored in Mill Street, which she said": of which, nothing shows
    start = noun[0] if noun is not None and before - noun[0] <= LONGEST_NOUN else before
    stop = clause_end(atoms, end)
    for place in range(end + 2, stop - 1):
        if atoms[place].low == "," and atoms[place + 1].low in AUXILIARIES:
            stop = place  # "The fund, which he said was empty, is to be closed"
            break
    contents = ((start, before + 1), (end, stop))
    return found_by("relative", atoms, cue, group, source, contents)


LONGEST_NOUN = 8
"""How many pieces the noun may have of which a relative clause says something."""


def _is_by_the_way(atoms: Sequence[Atom], source: Stretch, ahead: Stretch) -> bool:
    """Whether a quotation before the speaker is what is said: “No,” he said after a “hm”."""
    behind = said_behind(atoms, source[0]) if source[0] else None
    if behind is None or atoms[source[0] - 1].kind != "q" or not is_quotation(atoms, behind):
        return False
    before = atoms[ahead[0] - 1]
    return atoms[ahead[0]].kind != "q" or not (before.low in (",", ":") or before.low in CUES)


def _second(
    atoms: Sequence[Atom], cue: Cue, group: VerbGroup, before: Sequence[Found]
) -> Found | None:
    """A second verb of the one who spoke before: “No,” she said, but added that …"""
    joined = group.start > 1 and atoms[group.start - 1].low in ("but", "and")
    if not joined or not before or cue.form not in ("past", "third") or cue.noun:
        return None
    last = before[-1]
    spoken = last.construction in ("before", "after", "around", "inverted") and not last.refers
    whole = not any(each.low in (";", "—", "–") for each in atoms[last.cue[1] : group.start - 1])
    hearer, after = hearer_after(atoms, group.end, cue)
    ahead = said_ahead(atoms, after, cue) if spoken and whole else None
    if ahead is None:
        return None
    return found_by("before", atoms, cue, group, last.source, (ahead,), hearer)


def _contracted(atoms: Sequence[Atom], at: int, cue: Cue) -> Stretch | None:
    """The subject that has its verb within itself: "he's claiming"."""
    subject, mark, _ = atoms[at - 1].low.partition("'") if at else ("", "", "")
    return (at - 1, at) if cue.form == "ing" and mark and subject in PRONOUNS else None


def _is_supposed(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the clause that begins here is only supposed: "if he says", "whether he said"."""
    return at > 0 and atoms[at - 1].low in ("if", "whether", "unless", "what", "how", "why")


def _agrees(atoms: Sequence[Atom], source: Stretch, cue: Cue, group: VerbGroup) -> bool:
    """Whether a verb fits its subject: "the reports say", "he says", but not "nobody said"."""
    if atoms[source[0]].low in _NOBODY or _is_neither(atoms, source):
        return False
    first_word = atoms[group.start].low
    own = first_word in CUES and CUES[first_word].verb is cue.verb
    if cue.form in ("past", "ing") or not (own or is_adverb(first_word)):
        return True  # "did say", "went on to say", "can reveal"
    first, last = atoms[source[0]].low, atoms[source[1] - 1].low
    if cue.form == "third":
        return first not in ("they", "we", "i", "you") and not (
            cue.noun and _is_several(atoms, source)
        )
    plural = first in PLURAL_SUBJECTS or any(
        each.text[0].isdigit() or each.low in NUMBERS or each.low in ("half", "majority")
        for each in atoms[slice(*source)]
    )
    joined = any(each.low == "and" for each in atoms[source[0] : source[1]])
    head = head_of(atoms, source)
    return plural or joined or head.endswith("s") or head in PLURAL_NOUNS or last.endswith("s")


_NOBODY = frozenset({"nobody", "none", "no", "neither", "nothing", "few"})


def _is_neither(atoms: Sequence[Atom], source: Stretch) -> bool:
    """Whether a subject is the second of two who do not speak: neither the army nor the ministry."""
    before = [each.low for each in atoms[max(0, source[0] - LONGEST_NOUN) : source[0]]]
    return before[-1:] == ["nor"] and "neither" in before


def _is_several(atoms: Sequence[Atom], source: Stretch) -> bool:
    """Whether a number or the like makes a form in -s a noun: the two battleground states."""
    first = source[0] + (atoms[source[0]].low == "the")
    low = atoms[min(first, source[1] - 1)].low
    return low in NUMBERS or low in (
        "all",
        "more",
        "these",
        "those",
        "many",
        "several",
        "both",
        "other",
    )


def _certainly_verb(atoms: Sequence[Atom], at: int, ahead: Stretch) -> bool:
    """Whether a form that is a noun as well is the verb here."""
    following = atoms[at + 1].low if at + 1 < len(atoms) else ""
    if following == "that" and at + 2 < len(atoms) and atoms[at + 2].low in AUXILIARIES:
        return False  # "the coastal states that have suffered"
    if following.partition("'")[0] in DETERMINERS | PRONOUNS:
        return True  # no noun stands before "the": Ost notes the gate was open
    if following == "that" or is_quotation(atoms, ahead) or atoms[at - 1].low in PRONOUNS:
        return True
    outlet = atoms[at - 1].low in OUTLET_NAMES and atoms[at - 1].text[0].isupper()
    return outlet and CUES[atoms[at].low].form == "third" and begins_clause(atoms, ahead[0])


def announced(atoms: Sequence[Atom]) -> Found | None:
    """The mayor said: (with a quotation in the next paragraph)"""
    if len(atoms) < 3 or atoms[-1].low not in (":", ","):
        return None
    for at in range(len(atoms) - 2, max(0, len(atoms) - 8), -1):
        cue = CUES.get(atoms[at].low)
        if cue is not None and cue.form in ("past", "third") and "q" in cue.verb.takes:
            group = group_of(atoms, at, cue)
            source = subject_before(atoms, group.start) if group is not None else None
            if group is None or source is None or group.passive:
                return None
            return found_by("before", atoms, cue, group, source, ((len(atoms) - 1, len(atoms)),))
    return None


def _opening(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """Said the minister: “…”"""
    end = speaker_ahead(atoms, group.end)
    pause = end is not None and end + 1 < len(atoms) and atoms[end].low in (",", ":")
    if end is None or not pause or atoms[end + 1].kind != "q" or cue.form != "past":
        return None
    content = (end + 1, clause_end(atoms, end + 1))
    return found_by("inverted", atoms, cue, group, (group.end, end), (content,))


def _inverted(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
    """“…,” said the minister."""
    if "i" in cue.verb.takes and not at:
        return _opening(atoms, cue, group)
    if "i" not in cue.verb.takes or cue.form == "ing" or group.start < 1:
        return None
    before = atoms[group.start - 1]
    quote = before.kind == "q" and len(before.text) > 4
    if not quote and atoms[group.start].low in HAVE_AND_DO:
        return None  # "His team, he said, had warned the ministry"
    if not quote and (before.low != "," or subject_before(atoms, group.start) is not None):
        return None  # "Mara Lind, who runs the depot, said many of the crates were full"
    end = speaker_ahead(atoms, group.end)
    if end is None:
        return None
    source = (group.end, end)
    if cue.form == "base" and not _agrees(atoms, source, cue, group):
        return None
    rest = after_adverbials(atoms, end)
    closed = rest >= len(atoms) or atoms[rest].kind == "p" or atoms[rest].low in CLAUSE_WORDS
    if not quote and not closed:
        return None
    content = from_start(atoms, group.start - (0 if quote else 1))
    if content is None:
        return None
    contents: tuple[Stretch, ...] = (content,)
    if not quote:
        more = None if atoms[content[0]].low.endswith("ing") else said_around(atoms, end, content)
        if more is not None:
            contents = (content, more)
        elif is_introduction(atoms[content[0] : content[1]]):
            return None
        return found_by("inverted", atoms, cue, group, source, contents)
    following = rest
    while following < len(atoms) and atoms[following].low in (",", ":", "."):
        following += 1
    if following < len(atoms) and following > rest and quote:
        following = after_aside(atoms, following)
    if following < len(atoms) and following > rest and atoms[following].kind == "q":
        contents = (content, (following, clause_end(atoms, following)))
    return found_by("inverted", atoms, cue, group, source, contents)


def _participle(
    atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup, before: Sequence[Found]
) -> Found | None:
    """…, adding that …; by telling them that …; with a source telling the daily that …"""
    if cue.verb.family == "accuse":
        return _accusing(atoms, at, cue, group, before)
    if cue.verb.family in ("cite", "describe", "deny", "hold", "learn"):
        if cue.verb.family == "describe":
            return called_false(atoms, at, opening_subject(atoms))
        return citing(atoms, at, cue) if cue.verb.family == "cite" else None
    hearer, after = hearer_after(atoms, group.end, cue)
    ahead = said_ahead(atoms, after, cue)
    if ahead is None or (
        "b" not in cue.verb.takes
        and not (atoms[ahead[0]].low == "that" or is_quotation(atoms, ahead))
    ):
        return None
    if _leads_in(atoms, at):
        return _leading(atoms, cue, group, ahead, hearer)
    opened = next(
        (place for place in range(at - 1, max(-1, at - 22), -1)
         if atoms[place].low == "with" or is_pause(atoms[place]) or atoms[place].low in (";", "—", "–")), None
    )  # fmt: skip
    if opened is not None and atoms[opened].low == "with" and opened + 1 < at:
        source = (opened + 1, at)
        if is_phrase(atoms, *source):
            return found_by("with", atoms, cue, group, source, (ahead,), hearer)
        return None
    if opened is not None and is_pause(atoms[opened]) and opened + 1 < at:
        source = (opened + 1, at)
        if atoms[opened + 1].low in ("both", "some", "many", "most", "others", "several") and (
            is_phrase(atoms, *source)
        ):  # fmt: skip
            return found_by("participle", atoms, cue, group, source, (ahead,), hearer)
    joined = opened is not None and (
        opened == group.start - 1 or _only_conjunction(atoms, opened, at)
    )
    told = any(each.low in EVENT_NOUNS | OCCASIONS for each in atoms[max(0, at - 4) : at])
    joined = joined or (told and atoms[at - 1].low != "as")  # "ran a story last week saying that"
    if not joined and atoms[at - 1].low not in ("by", "after", "while", "before", "and", "but"):
        return None
    last = next((one for one in reversed(before) if one.source and one.source[1] <= at), None)
    if last is not None:
        return found_by("participle", atoms, cue, group, last.source, (ahead,), hearer)
    subject = opening_subject(atoms)
    if subject is None or subject[1] > at:
        return None
    return found_by("participle", atoms, cue, group, subject, (ahead,), hearer)


def _accusing(
    atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup, before: Sequence[Found]
) -> Found | None:
    """…, accusing the board of hiding the wall."""
    if (
        cue.verb.lemma != "accuse"
        or not at
        or not (is_pause(atoms[at - 1]) or _only_conjunction(atoms, at - 2, at))
    ):
        return None
    of = next((place for place in range(at + 2, min(len(atoms) - 1, at + 16))
               if atoms[place].low == "of" and atoms[place + 1].low.endswith("ing")), None)  # fmt: skip
    last = next((one for one in reversed(before) if one.source and one.source[1] <= at), None)
    source = last.source if last is not None else opening_subject(atoms)
    if of is None or source is None or source[1] > at:
        return None
    content = (at + 1, clause_end(atoms, of))
    return found_by("participle", atoms, cue, group, source, (content,))


def _leads_in(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a participle begins its sentence: "Noting that …, the mayor", "After saying …, he"."""
    return at == 0 or (at == 1 and atoms[0].low in ("after", "while", "in", "by"))


def _leading(
    atoms: Sequence[Atom], cue: Cue, group: VerbGroup, ahead: Stretch, hearer: Stretch | None
) -> Found | None:
    """Noting that the gate was open, the mayor left."""
    content = end_of_lead(atoms, (ahead[0], len(atoms)))
    begun = content[1] + (content[1] < len(atoms) and atoms[content[1]].low == ",")
    subject = subject_from(atoms, begun) if begun < len(atoms) else None
    if subject is None:
        return None
    return found_by("participle", atoms, cue, group, subject, (content,), hearer)


def _only_conjunction(atoms: Sequence[Atom], opened: int, at: int) -> bool:
    return all(each.low in ("and", "also", "but") or is_adverb(each.low)
               for each in atoms[opened + 1 : at])  # fmt: skip


# --- what no construction can be found in

_LETTERS = re.compile(r"[a-z]+")
_STRONG = (
    frozenset(CUES)
    | HEARSAY_ADVERBS
    | PLEADING
    | PUTTING
    | {"according", "per", "heard", "disagreed", "disagrees"}
) - WEAK_CUES


def may_attribute(text: str) -> bool:
    """Whether any word of a sentence could attribute; most nouns do so only before "that".

    All other sentences are left alone at once: to cut every one into words takes most of the time.
    """
    low = text.lower()
    words = _LETTERS.findall(low)
    if not _STRONG.isdisjoint(words) or " it from " in low or " it on good authority" in low:
        return True
    if not WEAK_CUES.isdisjoint(words):
        return "that" in words or "out" in words or any(mark in text for mark in _QUOTES)
    if "that" in words and not REPORT_NOUNS.isdisjoint(words):
        return True
    if not CALLING.isdisjoint(words) and not _CALLED_SO.isdisjoint(words):
        return True
    return text[-1] in "”\"'.»" and _COLON.search(text) is not None


_COLON = re.compile(r":\s[“\"«]")
_QUOTES = ("“", '"', "''", "‘", "«")
_CALLED_SO = word_set(
    "false untrue wrong incorrect fake fabricated baseless bogus unfounded groundless hoax lie lies myth "
    "fabrication invention smear debunked nonsense rubbish made fiction fantasy"
)
