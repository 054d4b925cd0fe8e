"""The mentions of those who speak: noun phrases, and what describes them."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.drafting.cues import (
    CUES,
    EVENT_NOUNS,
    OCCASIONS,
    OUTLET_WORDS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    REPORT_NOUNS,
    REPORTING_PARTICIPLES,
)
from provenance.drafting.english import (
    AFTER_HEADS,
    AFTER_SPEAKERS,
    AUXILIARIES,
    BEFORE_TIMES,
    CLAUSE_WORDS,
    DESCRIBING,
    DETERMINERS,
    JOINING_MARKS,
    LEADING,
    NOT_DESCRIBING,
    NOT_PARTICIPLES,
    NUMBERS,
    PLURAL_VERBS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import after_time, is_adverb, is_day, without_leading

__all__ = [
    "LONGEST_SUBJECT",
    "RELATIVES",
    "Stretch",
    "begins_verb",
    "head_of",
    "is_mention",
    "is_participle",
    "is_phrase",
    "maker",
    "opening_subject",
    "shared_subject",
    "speaker_ahead",
    "subject_before",
    "subject_from",
    "with_apposition",
    "without_marks",
]

Stretch = tuple[int, int]
"""From one piece of a sentence up to another one, which is left out."""


LONGEST_DESCRIPTION = 45
"""How many pieces a mention of a source may have with what describes it."""
RELATIVES = frozenset({"that", "who", "which", "whom", "whose", "where"})
"""Words with which a relative clause begins."""
LONGEST_SUBJECT = 30
"""How many pieces a mention of a source may have."""


def head_of(atoms: Sequence[Atom], stretch: Stretch) -> str:
    """The head of a noun phrase: its last word before a preposition, a comma or a clause."""
    head = ""
    for each in atoms[stretch[0] : stretch[1]]:
        if each.low in PREPOSITIONS or each.low in CLAUSE_WORDS or each.low == ",":
            break
        if head and (is_participle(each) or each.low in _DONE):
            break  # "people briefed on it", "papers seen by the daily"
        if each.kind == "w" and (not head or each.low not in AFTER_HEADS):
            head = each.low
    return head


def subject_before(atoms: Sequence[Atom], verb: int) -> Stretch | None:
    """The noun phrase before a verb."""
    last = verb - 1
    while last >= 0 and atoms[last].kind == "x":
        last -= 1
    if last < 0:
        return None
    if atoms[last].low in (",", "—", "–"):
        return _with_description(atoms, last)
    if atoms[last].low in ("who", "which"):
        return _antecedent(atoms, last)
    if atoms[last].low == "that" and last and atoms[last - 1].low in EVENT_NOUNS | REPORT_NOUNS:
        return _antecedent(atoms, last)  # "a message that said"
    if atoms[last].kind == "q" and atoms[last].last_mark == ",":
        return _citing_before(atoms, last)
    phrase = _phrase_back(atoms, last)
    if phrase is not None and phrase[0] > 1 and atoms[phrase[0] - 1].low == ",":
        placed = all(each.text.count(".") > 1 for each in atoms[slice(*phrase)])
        return _phrase_back(atoms, phrase[0] - 2) if placed else phrase  # of Marlow, N.J. said
    return phrase


def _citing_before(atoms: Sequence[Atom], quote: int) -> Stretch | None:
    """The noun phrase before "citing “old friends,”" or "calling it “a gift,”"."""
    for at in range(quote - 1, max(0, quote - 12), -1):
        if atoms[at].low == ",":
            doing = atoms[at + 1].low.endswith("ing") and at + 1 < quote
            return _phrase_back(atoms, at - 1) if doing else None
    return None


def shared_subject(atoms: Sequence[Atom], verb: int) -> Stretch | None:
    """The subject of a sentence for its second verb: "he shrugged and said"."""
    joint = _joint_before(atoms, verb)
    if joint < 2:
        return None
    subject = opening_subject(atoms)
    if subject is None or subject[1] >= joint:
        return None
    between = atoms[subject[1] : joint]
    main = next((each for each in between if not is_adverb(each.low)), None)
    if main is not None and main.low in CUES and CUES[main.low].form != "ing":
        return subject  # "he said that she would pay and insisted that it was right"
    if any(each.low in CLAUSE_WORDS - RELATIVES for each in between):
        return None
    return subject


def _joint_before(atoms: Sequence[Atom], verb: int) -> int:
    """Where the "and" stands that joins a verb to one before it, perhaps before a day; else -1."""
    at = verb - 1
    while (
        at > 0
        and verb - at < 5
        and (is_day(atoms[at]) or atoms[at].low in BEFORE_TIMES or is_adverb(atoms[at].low))
    ):
        at -= 1
    return at if at > 0 and atoms[at].low in ("and", "but", "then") else -1


def _with_description(atoms: Sequence[Atom], last: int) -> Stretch | None:
    """A noun phrase with what describes it between commas or dashes: Maria Ost, 52, of Velm,."""
    mark, tried, best = atoms[last].low, 0, None
    for at in range(last - 1, max(0, last - LONGEST_DESCRIPTION) - 1, -1):
        if atoms[at].low != mark or at == 0:
            continue
        tried += 1
        if tried > 6:
            return None  # a list describes nobody
        added = mark != "," and atoms[at + 1].low in ("and", "or")  # "the board — and the mayor —"
        others = added and is_phrase(atoms, at + 2, last)  # "the board — and others —"
        if not others and not _is_apposition(atoms[at + 1 + added : last]):
            continue
        phrase = _phrase_back(atoms, at - 1)
        if phrase is None:
            continue
        inner = atoms[at + 1 : last]
        if (
            inner[0].low.endswith("ing")
            or inner[0].low in PREPOSITIONS - {"of", "from"}
            or inner[0].low in SUBORDINATORS
            or inner[0].low in _LOOKS
            or (is_adverb(inner[0].low) and inner[0].text.islower())
            or all(
                each.low in LEADING or each.low == "though" or is_adverb(each.low) for each in inner
            )
        ):
            return phrase
        best = phrase[0], last
    return best


_LOOKS = frozenset({"clad", "dressed", "flanked", "beset", "born"})


def _is_apposition(inner: Sequence[Atom]) -> bool:
    """Whether what stands between two commas describes the noun before them."""
    first = inner[0] if inner else None
    if first is None or (len(inner) > 25 and first.low not in ("who", "whose")):
        return False
    if all(each.low in LEADING or is_adverb(each.low) or each.low == "though" for each in inner):
        return True  # "The minister, meanwhile, said"
    if is_adverb(first.low) and len(inner) > 1 and first.text.islower():
        return _is_apposition(inner[1:])  # "The minister, also speaking in Velm, said"
    if (
        first.low in SUBORDINATORS
        and len(inner) > 1
        and (is_participle(inner[1]) or inner[1].low.endswith("ing"))
    ):
        return True  # "The board, when asked by the Herald, said"
    if first.low in _LOOKS:
        return True
    if first.low.endswith("ing") and len(first.low) > 5 and first.low not in REPORTING_PARTICIPLES:
        return True  # "The mayor, opening the fair on Saturday, said"
    if first.low in CUES and first.low not in PERSON_NOUNS and first.low not in DESCRIBING:
        return False
    if first.low == "and" and len(inner) > 1 and inner[1].low in ("who", "whose"):
        return True  # "A porter who worked there, and who gave no name, said"
    if first.low in ("led", "known") or (first.low.endswith("ed") and first.text.islower()):
        return len(inner) > 1 and (inner[1].low in PREPOSITIONS or is_day(inner[1]))
    if len(inner) > 1 and first.low in AUXILIARIES and inner[1].low in ("by", "with"):
        return True  # "struck by her story"
    if first.low in DESCRIBING or first.low in ("himself", "herself", "itself", "themselves"):
        return True
    if first.low in DETERMINERS:
        relative = any(each.low in RELATIVES - {"where"} for each in inner) and not any(
            each.low == "," for each in inner
        )
        who = next((at for at, each in enumerate(inner) if each.low in ("who", "whose")), 0)
        if (
            who > 1 and inner[who - 1].low == ","
        ):  # "Jan Moor, a clerk at the port, who saw it, said"
            return not _has_verb(inner[: who - 1])
        return relative or not _has_verb(inner)
    if first.text[0].isdigit():
        return True
    if first.low in LEADING and len(inner) > 2 and inner[1].low == ",":
        return _is_apposition(inner[2:])  # "The mayor, meanwhile, who was there, said"
    if first.low in PREPOSITIONS:  # "The mayor, in a letter to the board that was sold, said"
        stop = next((at for at, each in enumerate(inner) if each.low in RELATIVES), len(inner))
        return not _has_verb(inner[:stop])
    if first.low in NOT_DESCRIBING:
        return False
    return not _has_verb(inner) and (
        first.text[0].isupper()
        or any(each.low.rpartition("-")[2] in PERSON_NOUNS for each in inner)  # co-editor
    )


def _antecedent(atoms: Sequence[Atom], who: int) -> Stretch | None:
    """The noun phrase to which "who" refers."""
    last = who - 1
    if last >= 0 and atoms[last].low in (",", "—", "–", "-"):
        last -= 1
    phrase = (_phrase_back(atoms, last) or _nearest(atoms, last)) if last >= 0 else None
    if phrase is None or atoms[phrase[0]].low in PRONOUNS:
        return None
    return phrase


def _nearest(atoms: Sequence[Atom], last: int) -> Stretch | None:
    """The noun phrase next to "who": A jury found | Karl Vane, who; gave way to | a message that"""
    for at in range(last, max(-1, last - 8), -1):
        each = atoms[at]
        if each.low in DETERMINERS and is_phrase(atoms, at, last + 1):
            return at, last + 1
        if at < last and each.low == "to" and atoms[at + 1].text.islower():
            begun = at + 2  # likely to placate | nervous members, who
            return (
                (begun, last + 1) if begun <= last and is_phrase(atoms, begun, last + 1) else None
            )
        if at < last and (each.low in CUES or is_participle(each)):
            return (at + 1, last + 1) if is_phrase(atoms, at + 1, last + 1) else None
    return None


def _phrase_back(atoms: Sequence[Atom], last: int) -> Stretch | None:
    """The noun phrase that ends at a piece, if what stands there is one."""
    if last < 0 or atoms[last].low in ("and", "or", "but"):
        return None
    if atoms[last].low in PRONOUNS:
        return (last, last + 1) if atoms[last].low != "who" else None
    start = last + 1
    while start > 0 and last - start < LONGEST_SUBJECT:
        each = atoms[start - 1]
        compared = each.low == "than" and start > 1 and atoms[start - 2].low in _COMPARED
        if (_ends_phrase(each) and not compared and not _is_done_by(atoms, start - 1, last)) or (
            each.low in ("after", "before", "until", "since") and start <= last
        ):
            break
        if each.low == "and" and not _joins(atoms, start - 1, last):
            break
        start -= 1
    who = _relative_before(atoms, start, last)
    if who > 0:
        before = _phrase_back(atoms, who - 1)
        return None if before is None else (before[0], last + 1)
    start = without_leading(atoms, start, last)
    if start < last and atoms[start].low == "as" and (
        not start or atoms[start - 1].low in (",", "even", "but", "and", "just")
    ):  # fmt: skip
        start += 1  # "As the mayor said, the fund is empty"
    if start > last or not is_phrase(atoms, start, last + 1):
        return None
    return start, last + 1


def _relative_before(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where the "who" or "that" of a subject stands: a man who ran the agency | said; else -1."""
    for at in range(min(start, last) - 1, max(0, last - LONGEST_SUBJECT), -1):
        each = atoms[at]
        if (each.kind == "p" and each.low not in JOINING_MARKS) or each.last_mark == ",":
            return -1
        if each.low == "who" or (each.low == "that" and atoms[at - 1].low.endswith("s")):
            told = atoms[at - 1].low in CUES and atoms[at - 1].low not in PERSON_NOUNS
            spoken = any(one.low in CUES and CUES[one.low].form in ("past", "third")
                         and one.text.islower() and not CUES[one.low].noun
                         for one in atoms[at + 1 : last])  # fmt: skip
            doing = atoms[at + 1].low in PLURAL_VERBS and at + 1 < last
            verb = doing or _has_verb(atoms[at : last + 1])
            return at if not told and not spoken and verb else -1
    return -1


def _ends_phrase(each: Atom) -> bool:
    if each.kind == "p":
        return each.low not in JOINING_MARKS
    if each.kind == "q":
        return each.last_mark in (",", ".", "?", "!", "…") or len(each.text.split()) > 5
    low = each.low
    return low in CLAUSE_WORDS or (low in AUXILIARIES and each.text.islower())


_COMPARED = frozenset({"more", "less", "fewer"})


def _is_done_by(atoms: Sequence[Atom], at: int, last: int) -> bool:
    """Whether a participle describes the noun before it: documents seen by the daily."""
    done = atoms[at].low in _DONE and at < last and atoms[at + 1].low == "by"
    return done and at > 0 and atoms[at - 1].low not in AUXILIARIES


_DONE = frozenset({"seen", "held", "kept", "sent", "led", "taken", "made", "written", "brought"})


def _joins(atoms: Sequence[Atom], at: int, last: int) -> bool:
    """Whether "and" joins two parts of a noun phrase and not two clauses."""
    if at == 0 or atoms[at - 1].kind == "p":
        return False
    if atoms[at - 1].low in ("he", "she", "they") and (at < 2 or atoms[at - 2].kind != "w"):
        return True
    for place in range(at - 1, max(0, at - 12) - 1, -1):
        each = atoms[place]
        if each.kind == "q":
            return each.last_mark in (",", ".", "?", "!", "…")
        if each.kind == "p":
            return True
        noun = atoms[place - 1].low if place else ""
        described = noun in PERSON_NOUNS or noun in EVENT_NOUNS or noun in REPORT_NOUNS
        if described and is_participle(each) and atoms[place + 1].low in PREPOSITIONS:
            continue  # "a person briefed on the matter and a second official"
        if each.low in EVENT_NOUNS | REPORT_NOUNS and noun in DETERMINERS:
            continue  # "a report posted on the site and shared by others"
        if each.low in AUXILIARIES or each.low in CUES or is_participle(each):
            return False
        if not place and each.low in LEADING:
            return True  # "But Ost and Vane say"
        if each.low in CLAUSE_WORDS or each.low in PRONOUNS:
            return False
    return True


def is_participle(each: Atom) -> bool:
    low = each.low
    return (
        low.endswith("ed") and len(low) > 4 and each.text.islower() and low not in NOT_PARTICIPLES
    )


def is_phrase(atoms: Sequence[Atom], start: int, end: int) -> bool:
    """Whether a stretch is a noun phrase that can speak."""
    first, final = atoms[start], atoms[end - 1]
    if end - start > LONGEST_SUBJECT or first.kind == "p" or final.kind == "p":
        return False
    if first.kind == "q" and first.last_mark in (",", ".", "?", "!"):
        return False
    if final.low in PREPOSITIONS:
        return False
    if final.low in NUMBERS and end - start > 2 and atoms[end - 2].low in ("in", "all"):
        return True  # "one in five", "majorities in all five"
    if final.low in NUMBERS and end - start == 2 and first.low == "the":
        return True  # "the two"
    if final.low in DETERMINERS and end - start > 1:
        close = final.low == "her" and atoms[end - 2].low in PREPOSITIONS
        return close and is_phrase(atoms, start, end - 2)  # "people close to her"
    if final.low.endswith(("'s", "s'")):
        return False
    if first.low in ("he", "she", "they") and end - start > 2 and atoms[start + 1].low == "and":
        return is_phrase(atoms, start + 2, end)
    outside = first.low in ("outside", "inside") and _is_nounish(final) and end - start == 2
    preposition = first.low in PREPOSITIONS and not outside  # "Outside experts say"
    if preposition or first.low in CLAUSE_WORDS or first.low in PRONOUNS:
        return False
    if _has_verb(atoms[start:end]):
        return False
    if first.low in DETERMINERS:
        alone = first.low in PLURAL_NOUNS or first.low in (
            "this",
            "those",
            "both",
            "one",
            "another",
        )
        return end - start > 1 or alone
    if first.low.endswith(("'s", "s'")) or first.text[0].isupper():
        return True
    head = head_of(atoms, (start, end))
    return (
        head == "percent"
        or head in PERSON_NOUNS
        or head in PLURAL_NOUNS
        or head in OUTLET_WORDS
        or final.text[0].isdigit()
        or first.low == "half"
        or (head.endswith("s") and not head.endswith("ss"))
        or final.text[0].isupper()
    )


def _has_verb(stretch: Sequence[Atom]) -> bool:
    """Whether a clause, not only a noun phrase, stands there."""
    for place, each in enumerate(stretch):
        if each.kind != "w" or not each.text[0].islower():
            continue
        low = each.low
        if (
            low in _DONE
            and place
            and stretch[place + 1 : place + 2]
            and stretch[place + 1].low == "by"
        ):
            continue
        if low in AUXILIARIES or (low in PRONOUNS and low != "who"):
            return True
        if is_participle(each) and place and stretch[place - 1].low not in DETERMINERS:
            following = stretch[place + 1].low if place + 1 < len(stretch) else ""
            if following == "more" and stretch[place - 1].low in EVENT_NOUNS | REPORT_NOUNS:
                continue  # "a post shared more than 3,000 times"
            if following not in PREPOSITIONS | TIME_WORDS and not (place + 1 < len(stretch)
                                                      and _is_nounish(stretch[place + 1])):  # fmt: skip
                return True
        cue = CUES.get(low)
        following = stretch[place + 1].low if place + 1 < len(stretch) else ""
        if (
            cue is not None
            and cue.form == "past"
            and place
            and following in PREPOSITIONS
            and (stretch[place - 1].low in EVENT_NOUNS or stretch[place - 1].low in REPORT_NOUNS)
        ):
            continue  # "a statement posted on its page"
        if cue is not None and cue.verb.family == "cite" and place and following == "by":
            continue  # "officials cited by the daily"
        plainly = cue is not None and not cue.noun and cue.form != "ing"
        if plainly and low not in PERSON_NOUNS:
            determined = place > 0 and stretch[place - 1].low in DETERMINERS
            if not determined:
                return True
    return False


def _is_nounish(each: Atom) -> bool:
    return each.low in PERSON_NOUNS or each.low in PLURAL_NOUNS or each.low in OUTLET_WORDS


def without_marks(atoms: Sequence[Atom], start: int, end: int) -> int:
    while end > start + 1 and atoms[end - 1].kind == "p" and atoms[end - 1].low in ".,;:!?—–-…'":
        end -= 1
    return end


def speaker_ahead(atoms: Sequence[Atom], at: int) -> int | None:
    """Where the noun phrase that begins here ends, with what describes it."""
    if at >= len(atoms):
        return None
    first = atoms[at]
    if first.low in ("he", "she", "they"):
        return at + 1
    starts = (
        first.low in DETERMINERS
        or (first.kind == "w" and first.text[0].isupper())
        or _leads_to_name(atoms, at)
    )
    if not starts and not _is_nounish(first) and not first.low.endswith("s"):
        return None
    if first.low in TIME_WORDS or first.low in PRONOUNS or first.low in ("that", "this", "these"):
        return None
    end = at
    while end < len(atoms) and end - at < LONGEST_SUBJECT:
        each = atoms[end]
        if each.low in CLAUSE_WORDS or (each.kind == "q" and len(each.text) > 40):
            break
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", "."):
            break
        if each.low == "." and end + 1 >= len(atoms):
            break
        if each.low in AUXILIARIES and each.text.islower():
            return None
        if (
            each.low in AFTER_SPEAKERS
            and end > at
            and (after_time(atoms, end, len(atoms) - 1) > end or _is_event(atoms, end))
        ):
            break
        if is_day(each) and end > at:
            break
        end += 1
    while end > at and (atoms[end - 1].kind == "p" or atoms[end - 1].low in PREPOSITIONS):
        end -= 1
    if end == at or _has_verb(atoms[at:end]):
        return None
    return with_apposition(atoms, end, at)


def _leads_to_name(atoms: Sequence[Atom], at: int) -> bool:
    """Whether words such as "former mayor" lead to a name: said former mayor Karl Vane."""
    for each in atoms[at : at + 6]:
        if each.kind != "w" or each.low in CLAUSE_WORDS | PREPOSITIONS | AUXILIARIES:
            return False
        if each.text[0].isupper():
            return each.low not in TIME_WORDS
    return False


def _is_event(atoms: Sequence[Atom], at: int) -> bool:
    """Whether "in a statement" or the like begins here."""
    return any(
        each.low in EVENT_NOUNS or each.low in OCCASIONS
        for each in atoms[at + 1 : at + 5]
    )  # fmt: skip


def with_apposition(atoms: Sequence[Atom], end: int, start: int | None = None) -> int:
    """The end of a description in commas after a name, if there is one."""
    if end + 2 >= len(atoms) or atoms[end].low != ",":
        return end
    first = atoms[end + 1]
    if any(each.low in REPORT_NOUNS for each in atoms[end + 2 : end + 4]):
        return end  # ", a claim denied by the union"
    describes = (
        first.low in DETERMINERS - {"this", "that"}
        or first.low == "who"
        or (
            first.text[0].isdigit()
            or first.low in PERSON_NOUNS
            or _is_named(atoms, end, start)
            or (
                first.text[0].isupper()
                and any(each.low in PERSON_NOUNS for each in atoms[end + 1 : end + 8])
            )
        )
    )
    if not describes:
        return end
    at = end + 1
    while at < len(atoms):
        each = atoms[at]
        if each.kind == "q" and len(each.text) > 40:
            break
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", "."):
            if (
                each.low == ","
                and at + 1 < len(atoms)
                and atoms[at + 1].text[0].isupper()
                and (at + 2 < len(atoms) and atoms[at + 2].low in (",", "."))
            ):
                at += 2
                continue
            break
        ends = ("but", "while", "when", "after", "as") if first.low != "who" else ("but", "while")
        if at > end + 1 and each.low in ends:
            break
        at += 1
    return without_marks(atoms, end + 1, at)


def _is_named(atoms: Sequence[Atom], comma: int, start: int | None) -> bool:
    """Whether a name, and nothing else, stands after a role and a comma: its spokesman, Jan Moor."""
    head = "" if start is None else head_of(atoms, (start, comma))
    if not comma or PERSON_NOUNS.isdisjoint((head, atoms[comma - 1].low)):
        return False
    at = comma + 1
    while at < len(atoms) and atoms[at].kind == "w" and atoms[at].text[0].isupper():
        at += 1
    return 1 <= at - comma - 1 <= 4 and (at >= len(atoms) or atoms[at].kind == "p")


MOST_COMMAS = 4
"""After how many commas the subject of a sentence is looked for."""


def opening_subject(atoms: Sequence[Atom]) -> Stretch | None:
    """The subject with which a sentence begins, after what only leads in to it.

    "On Sunday", "In a letter to the board,", "When asked about it," lead in.
    """
    start = without_leading(atoms, 0, len(atoms) - 1)
    first = atoms[0].low
    found = None if first in SUBORDINATORS else subject_from(atoms, start)
    if found is not None:
        return found
    commas = [
        place
        for place, each in enumerate(atoms[:40])
        if each.low == "," or (each.kind == "q" and place and each.last_mark == ",")
    ]
    timed = bool(commas) and any(is_day(each) or each.low == "later" for each in atoms[: commas[0]])
    leads = first in PREPOSITIONS or first in SUBORDINATORS or first in LEADING
    if timed or leads or first.endswith(("ing", "ed")):
        for place in commas[:MOST_COMMAS]:
            begun = without_leading(atoms, place + 1, len(atoms) - 1)
            found = subject_from(atoms, begun)
            if found is not None:
                return found
    return None


def subject_from(atoms: Sequence[Atom], start: int) -> Stretch | None:
    """The subject that begins at a piece, if a verb follows it, after a description in commas."""
    place = start
    while place < min(len(atoms), start + LONGEST_SUBJECT):
        each = atoms[place]
        if place == start and each.low.partition("'")[0] in PRONOUNS:
            return start, start + 1
        if each.low == "," and place > start:
            closing = _closing_comma(atoms, place)
            described = is_phrase(atoms, start, place) and begins_verb(atoms, closing + 1)
            return (start, place) if closing > place and described else None
        if each.kind == "p" and each.low not in ("-", "’", "'", "."):
            return None
        if begins_verb(atoms, place):
            if place > start and is_phrase(atoms, start, place):
                return start, place
            cue = CUES.get(each.low)
            noun = each.low in PLURAL_VERBS or (cue is not None and cue.noun)
            if not noun or place == start:
                return None  # but "the head of the state is": no verb yet
        place += 1
    return None


def begins_verb(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a verb stands here, perhaps after an adverb."""
    while at < len(atoms) and is_adverb(atoms[at].low):
        at += 1
    each = atoms[at] if at < len(atoms) else None
    return (
        each is not None
        and each.kind == "w"
        and each.text.islower()
        and (
            each.low in AUXILIARIES
            or each.low in CUES
            or is_participle(each)
            or each.low in PLURAL_VERBS
            or (each.low.endswith("s") and each.low[:-1] in PLURAL_VERBS)
        )
    )


def _closing_comma(atoms: Sequence[Atom], opening: int) -> int:
    """The comma that closes a description; the opening one where there is none."""
    for place in range(opening + 2, min(len(atoms), opening + 22)):
        if atoms[place].low == "," and _is_apposition(atoms[opening + 1 : place]):
            return place
    return opening


def is_mention(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    inner = atoms[stretch[0] : stretch[1]]
    return not _has_verb(inner) and any(each.kind == "w" for each in inner)


def maker(atoms: Sequence[Atom], at: int) -> Stretch | None:
    """Whose report it is: "the general's claim", "his claim", "rebel accounts"."""
    if at and atoms[at - 1].low in POSSESSIVES:
        return at - 1, at
    if at > 1 and atoms[at - 2].low in POSSESSIVES and atoms[at - 1].text.islower():
        return at - 2, at - 1  # "his false claim"
    for place in range(at - 1, max(-1, at - 6), -1):
        each = atoms[place]
        if each.low.endswith(("'s", "s'")) and each.kind == "w":
            start = place
            while (
                start > 0
                and place - start < 8
                and (
                    atoms[start - 1].text[0].isupper()
                    or atoms[start - 1].low in DETERMINERS - {"that"}
                    or _is_nounish(atoms[start - 1])
                )
            ):
                start -= 1
            return start, place + 1
        if each.kind != "w" or each.low in PREPOSITIONS or each.low in DETERMINERS:
            break
    before = atoms[at - 1].low if at else ""
    if at and (
        _is_nounish(atoms[at - 1]) or f"{before}s" in PLURAL_NOUNS or before in OUTLET_WORDS
    ):
        return at - 1, at
    return None
