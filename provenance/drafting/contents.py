"""What is said: before its speaker, after, or around; up to where something else begins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from provenance.drafting.cues import (
    COMMENTS,
    CONTRADICTING,
    CUES,
    EVENT_NOUNS,
    OCCASIONS,
    OUTLET_NAMES,
    OUTLET_WORDS,
    PLURAL_NOUNS,
    REPORTING_PARTICIPLES,
    SPEECH_ACTS,
    Cue,
)
from provenance.drafting.english import (
    ADVERBIAL_PREPOSITIONS,
    AFTER_HEARERS,
    AUXILIARIES,
    BE,
    BEFORE_CLAUSES,
    BEFORE_DAYS,
    CLAUSE_OPENINGS,
    CLAUSE_WORDS,
    CONTRASTS,
    DETERMINERS,
    GOING_ON,
    HAVE_AND_DO,
    JOINING_PHRASES,
    LEADING,
    MODALS,
    NEGATIONS,
    OBJECTS,
    PLURAL_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.drafting.noun_phrases import (
    Stretch,
    begins_verb,
    is_adverb,
    is_day,
    is_participle,
    is_phrase,
    speaker_ahead,
    subject_from,
    without_marks,
)

__all__ = [
    "after_adverbials",
    "after_aside",
    "begins_clause",
    "clause_end",
    "clause_start",
    "cut_before_main_verb",
    "end_of_lead",
    "from_start",
    "hearer_after",
    "is_circumstance",
    "is_clause",
    "is_closed",
    "is_introduction",
    "is_pause",
    "is_quotation",
    "joins_sentences",
    "main_clause",
    "next_comma",
    "said_ahead",
    "said_around",
    "said_behind",
    "within_relative",
]


def is_quotation(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    """Whether somebody's words stand in a stretch, and not only a title in quotation marks."""
    return any(
        each.kind == "q" and len(each.text) > 9 and not _is_name(each.text)
        for each in atoms[stretch[0] : stretch[1]]
    )


def _is_name(quoted: str) -> bool:
    """Whether two to five words in quotation marks are a title: “Morning Hour,”."""
    words = _QUOTED_WORD.findall(quoted[:80])
    return 2 <= len(words) <= 5 and all(each[0].isupper() for each in words)


_QUOTED_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def hearer_after(atoms: Sequence[Atom], at: int, cue: Cue) -> tuple[Stretch | None, int]:
    """The one to whom something is told, and where the sentence goes on after it."""
    if cue.verb.family != "tell":
        # "said to reporters", "wrote to the ministry"
        return None, at
    if at >= len(atoms):
        return None, at
    first = atoms[at]
    if first.low in OBJECTS or _is_programme(atoms, at):
        return (at, at + 1), at + 1
    if first.low in ("that", "of", "about", ",", ":", "“”"):
        return None, at
    end = at
    while end < len(atoms) and end - at < 14:
        each = atoms[end]
        if each.kind == "q" and end > at:
            owned = atoms[end - 1].low.endswith(("'s", "s'")) or atoms[end - 1].low in OUTLET_WORDS
            end += (
                _is_programme(atoms, end) or _is_name(each.text) or (owned and len(each.text) < 30)
            )
            break
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", "."):
            break
        if each.low in CLAUSE_WORDS or each.low in PRONOUNS or each.low in MODALS - {"to"}:
            break
        if each.low in AUXILIARIES and each.text.islower():
            break
        if (
            end > at
            and each.low in DETERMINERS
            and atoms[end - 1].low not in PREPOSITIONS
            and not (each.text[0].isupper() and atoms[end - 1].low.endswith("'s"))
        ):
            break
        if each.low in AFTER_HEARERS or (is_day(each) and not _is_capital(atoms, end)):  # fmt: skip
            break
        if end > at and _is_outlet_alone(atoms, end):
            break
        if (
            end > at
            and each.text[0].isupper()
            and atoms[end - 1].text.islower()
            and (
                atoms[end - 1].low not in PREPOSITIONS
                and atoms[end - 1].low not in DETERMINERS
                and atoms[end - 1].low not in OUTLET_WORDS
                and atoms[end - 1].low not in _HOSTS  # "told host Karl Vane"
            )
        ):
            break
        end += 1
    return ((at, end), end) if end > at else (None, at)


_HOSTS = word_set("host anchor presenter reporter journalist correspondent editor columnist mayor")


def _is_programme(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a name in quotation marks is told something: told “Morning Hour” that …"""
    if atoms[at].kind != "q" or len(atoms[at].text) > 30:
        return False
    after = after_adverbials(atoms, at + 1)
    return after < len(atoms) and atoms[after].low == "that"


def _is_capital(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a word is part of a name: the Evening Ledger."""
    named = atoms[at].text[0].isupper()
    return named and at + 1 < len(atoms) and atoms[at + 1].text[0].isupper()


def _is_outlet_alone(atoms: Sequence[Atom], end: int) -> bool:
    """Whether the words so far are a whole name of an outlet: told Reuters | Smith …"""
    last, following = atoms[end - 1], atoms[end]
    whole = last.low in OUTLET_NAMES - OUTLET_WORDS and last.text[0].isupper()
    return whole and following.text[0].isupper() and following.low not in OUTLET_NAMES


def said_ahead(atoms: Sequence[Atom], at: int, cue: Cue) -> Stretch | None:
    """What is said, where it stands after the verb."""
    takes = cue.verb.takes
    begun = at
    at = after_adverbials(atoms, at)
    if at >= len(atoms):
        return None
    each = atoms[at]
    if each.kind == "q" and at > begun and _is_name(each.text):
        return None  # "said on Coast Radio's “Morning Hour.”"
    if each.kind == "q":
        return _quoted(atoms, at, bare="b" in takes or "t" in takes)
    if each.low == ":":
        return _after_colon(atoms, at + 1)
    if each.low == "," and atoms[at + 1 : at + 2] and atoms[at + 1].low == "that" and "t" in takes:
        begun = at + 2 < len(atoms) and begins_clause(atoms, at + 2)
        return (at + 1, clause_end(atoms, at + 1)) if begun else None
    if each.low in _WHEN and "t" in takes:
        that = next((place for place in range(at + 2, min(len(atoms) - 2, at + 14))
                     if atoms[place].low == "that" and begins_clause(atoms, place + 1)), None)  # fmt: skip
        if that is not None and not any(
            one.low in CUES or one.kind == "p" for one in atoms[at:that]
        ):
            return that, clause_end(atoms, that)
    if each.low == "," and at + 1 < len(atoms) and atoms[at + 1].kind == "q":
        if "q" in takes and _ends_with_quote(atoms, at + 1):
            return at + 1, clause_end(atoms, at + 1)
        return None
    if each.low == "," and "q" in takes:
        closing = next_comma(atoms, at + 1)
        quoted = 0 < closing - at <= 20 and _ends_with_quote(atoms, closing + 1)
        after = atoms[at + 1].low if at + 1 < len(atoms) else ""
        leads = after in PREPOSITIONS or after in LEADING or is_adverb(after)
        opened = _quote_after(atoms, at) if leads else None
        if opened is not None:  # told the clerks, to loud applause: “…”
            return opened, clause_end(atoms, opened)
        if quoted and atoms[at + 1].low in PREPOSITIONS:  # said, in view of it, “…”
            return closing + 1, clause_end(atoms, closing + 1)
        return None
    if each.low in ("—", "–") and "t" in takes:
        closing = next((place for place in range(at + 2, min(len(atoms) - 2, at + 14))
                        if atoms[place].low == each.low), at)  # fmt: skip
        said = closing > at and atoms[closing + 1].low == "that"
        return (closing + 1, clause_end(atoms, closing + 1)) if said else None
    if "q" in takes and (each.low in _WHEN or each.low in PREPOSITIONS):
        opened = _quote_after(atoms, at)
        if opened is not None:
            return opened, clause_end(atoms, opened)
    if each.low == "that" and "t" in takes:
        following = atoms[at + 1].low if at + 1 < len(atoms) else ""
        aside = following == "," and (
            next_comma(atoms, at + 2) > 0 or atoms[min(at + 2, len(atoms) - 1)].kind == "q"
        )
        told = following.partition("'")[0] in PRONOUNS | {"there", "that", "here"}
        if at > begun and following in AUXILIARIES and atoms[at + 1].text.islower() and not told:
            return None  # "in a memo that was obtained by the daily"
        if following in (".", ";", "") or (following == "," and not aside):
            return None
        return at, clause_end(atoms, at)
    if "b" not in takes or each.kind != "w" or not _begins_clause(atoms, at):
        return None
    certain = atoms[at].low.partition("'")[0] in PRONOUNS
    told_first = at > begun and not certain and not _only_time(atoms, begun, at)
    if told_first and not begins_clause(atoms, at):
        return None
    end = clause_end(atoms, at)
    certain = certain and end - at > 1
    long = end - at >= 3 or is_quotation(atoms, (at, end))
    if not certain and (not long or not is_clause(_before_comma(atoms[at:end]))):
        return None
    if "s" in takes and not begins_clause(atoms, at):
        return None
    return at, end


_WHEN = frozenset({"who", "as", "while", "when", "after", "before", "during"})


def _quote_after(atoms: Sequence[Atom], at: int) -> int | None:
    """Where a quotation begins after when it was said: Ost said as he closed the gate, “…”"""
    for place in range(at + 1, min(len(atoms) - 1, at + 22)):
        low = atoms[place].low
        if low in (",", ":") and is_quotation(atoms, (place + 1, place + 2)):
            return place + 1
        if low in (";", "—", "–", ":", "that") or atoms[place].kind == "q" or low in CUES:
            return None
    return None


def _before_comma(stretch: Sequence[Atom]) -> Sequence[Atom]:
    """A clause up to its first comma; all of it where an expression of time comes first."""
    for place, each in enumerate(stretch):
        if each.low == "," and place > 2 and stretch[0].low not in PREPOSITIONS | CLAUSE_WORDS:
            following = stretch[place + 1] if place + 1 < len(stretch) else each
            listed = (
                following.text[0].isupper()
                or following.low in PREPOSITIONS
                or following.low in AUXILIARIES
                or is_participle(following)
            )
            if not is_clause(stretch[:place]) and (listed or _verb_after_aside(stretch, place)):
                return stretch
            return stretch[:place]
    return stretch


def _verb_after_aside(stretch: Sequence[Atom], opened: int) -> bool:
    """Whether a verb comes after an aside in commas: the gate, she had heard, | was open."""
    closing = next_comma(stretch, opened + 1)
    if closing < 0 or closing + 1 >= len(stretch):
        return False
    each = stretch[closing + 1]
    return each.text.islower() and (each.low in AUXILIARIES or is_participle(each))


def _only_time(atoms: Sequence[Atom], start: int, end: int) -> bool:
    return all(
        each.low in TIME_WORDS or each.low in PREPOSITIONS or each.low in DETERMINERS
        or is_adverb(each.low)
        or each.text[0].isdigit() or each.text[0].isupper() or each.low in EVENT_NOUNS
        or each.kind == "x"
        for each in atoms[start:end]
    )  # fmt: skip


def is_clause(stretch: Sequence[Atom]) -> bool:
    """Whether a verb stands in it, or a quotation that may hold one."""
    return any(
        each.kind == "q"
        or each.low in AUXILIARIES
        or each.low in CUES
        or each.low.endswith(("ed", "'s", "'d", "'re", "'ll", "'ve"))
        or (each.text.islower() and each.low.endswith("s") and len(each.low) > 3)
        for each in stretch[1:]
    ) or _has_plural_verb(stretch)


def _begins_number(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a number of things begins here: at least 40 people, about 40, over 40."""
    following = atoms[at + 1] if at + 1 < len(atoms) else atoms[at]
    if atoms[at].low == "at":
        return following.low in ("least", "most")
    return atoms[at].low in ("about", "over", "around") and following.text[0].isdigit()


def _has_plural_verb(stretch: Sequence[Atom]) -> bool:
    """Whether a verb stands after a noun in the plural: the trains run, officers still watch."""
    return any(
        each.low in PLURAL_VERBS
        and (before.low.endswith("s") or is_adverb(before.low) or before.low in PLURAL_NOUNS)
        for before, each in itertools.pairwise(stretch)
    )


def _begins_clause(atoms: Sequence[Atom], at: int) -> bool:
    low = atoms[at].low
    if low in CLAUSE_OPENINGS:  # fmt: skip
        return True
    if low in CLAUSE_WORDS:
        return low in ("while", "although", "if", "when", "because") and len(atoms) - at > 6
    if low in PREPOSITIONS and _begins_number(atoms, at):
        return True
    if low in PREPOSITIONS:
        return (
            low in ("under", "despite", "without", "with", "of")
            and len(atoms) - at > 6
            and low != "of"
        )
    if low in ("having", "being", "doing"):
        return True  # "said having a bridge was a gain"
    return low not in AUXILIARIES or low == "need" or ("'" in low and not low.endswith("n't"))


def after_adverbials(atoms: Sequence[Atom], at: int) -> int:
    """Where a sentence goes on after "on Friday", "in a statement", "to reporters"."""
    while at < len(atoms):
        each = atoms[at]
        low = each.low
        if (
            each.kind == "x"
            or (is_adverb(low) and each.text.islower())
            or is_day(each)
            or low in ("late", "early")
        ):
            at += 1
        elif low in BEFORE_DAYS and (end := _after_days(atoms, at)) > at:
            at = end
        elif low in ADVERBIAL_PREPOSITIONS and not _begins_number(atoms, at):  # fmt: skip
            end = _after_prepositional(atoms, at)
            if end == at:
                return at
            at = end
        elif low == "," and _is_aside(atoms, at):
            at = next_comma(atoms, at + 1) + 1
        else:
            return at
    return at


def _after_days(atoms: Sequence[Atom], at: int) -> int:
    """Where "this month" or "two days earlier" ends; the same place where none begins."""
    end = at + 1
    while end < len(atoms) and (atoms[end].low in BEFORE_DAYS or is_day(atoms[end])):
        end += 1
    named = any(is_day(each) for each in atoms[at:end])
    if atoms[at].low in ("the", "a") and atoms[at + 1 : at + 2] and (
        atoms[at + 1].low not in BEFORE_DAYS
    ):  # fmt: skip
        return at  # "the day that it rained"
    return end if named else at


def _is_aside(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a short aside in commas comes before "that": said, in a letter, that …"""
    closing = next_comma(atoms, at + 1)
    return (
        0 < closing - at <= 20
        and closing + 1 < len(atoms)
        and atoms[closing + 1].low == "that"
        and (
            atoms[at + 1].low in PREPOSITIONS
            or atoms[at + 1].low in ("where", "when", "who", "which", "as")
            or all(each.low in LEADING or is_adverb(each.low) for each in atoms[at + 1 : closing])
            or atoms[at + 1].low.endswith("ing")
            or (closing - at <= 3 and atoms[at + 1].text[0].isupper())  # said in Velm, Ost, that
        )
    )


def next_comma(atoms: Sequence[Atom], at: int) -> int:
    for place in range(at, min(len(atoms), at + 30)):
        if atoms[place].low == ",":
            return place
    return -2


def _after_prepositional(atoms: Sequence[Atom], at: int) -> int:
    """Where a prepositional phrase that begins here ends."""
    end = at + 1
    if end < len(atoms) and atoms[end].low in DETERMINERS:
        end += 1
        if end < len(atoms) and atoms[end].low == "of":
            return _after_prepositional(atoms, end)  # "in one of a series of messages"
    begun = end
    while end < len(atoms) and end - begun < 8:
        each = atoms[end]
        if each.kind == "x":
            end += 1
            continue
        if each.kind == "q" and end > begun and _is_name(each.text):
            end += 1  # "on Coast Radio's “Morning Hour”"
            break
        if each.kind != "w" or each.low in CLAUSE_WORDS or each.low in PRONOUNS:
            break
        if each.low in DETERMINERS and not each.text[0].isdigit():
            break
        if each.low in PREPOSITIONS or (each.low in AUXILIARIES and each.text.islower()):
            break
        end += 1
    if end == begun:
        return at
    return end


def _quoted(atoms: Sequence[Atom], at: int, *, bare: bool) -> Stretch:
    """A quotation, and what goes on after it where it is only a part of a clause."""
    text = atoms[at].text
    whole = text[-2:-1] in (",", ".", "?", "!", "…") or text[-1:] not in '”"’»'
    if whole or at + 1 >= len(atoms) or not bare:
        return at, at + 1
    return at, clause_end(atoms, at)


def _after_colon(atoms: Sequence[Atom], at: int) -> Stretch | None:
    if at >= len(atoms):
        return None
    if atoms[at].kind == "q":
        return at, at + 1
    return at, without_marks(atoms, at, len(atoms))


def clause_end(atoms: Sequence[Atom], at: int) -> int:
    """Where what is said ends: at the end of the sentence, or where another attribution begins."""
    end = len(atoms)
    place = at + 1
    while place < end:
        low = atoms[place].low
        if low == ";" or (low in ("—", "–") and not _quotation_follows(atoms, place)):
            if low == ";" or not any(each.low == low for each in atoms[place + 1 : place + 25]):
                end = end if low != ";" and _only_adds(atoms, place + 1) else place
            else:
                closing = next(
                    spot for spot in range(place + 1, len(atoms)) if atoms[spot].low == low
                )
                place = closing
        elif low == ":" and _quotation_follows(atoms, place) and is_pause(atoms[place + 1]):
            end = place  # that quotation has a speaker of its own
        elif (
            is_pause(atoms[place])
            and place + 1 < end
            and (place > at + 1 or atoms[at].low != "that")  # "that, while it rained, …"
            and _closes(atoms, place + 1)
        ):
            end = place + (atoms[place].kind == "q")
        elif (
            low in ("and", "but")
            and (_goes_on_reporting(atoms, place) or _breaks_parallel(atoms, at, place))
        ) or (low == "according" and place + 1 < len(atoms) and atoms[place + 1].low == "to"):
            end = place
        place += 1
    return without_marks(atoms, at, end)


def _only_adds(atoms: Sequence[Atom], at: int) -> bool:
    """Whether words after a dash only add to the clause before it: — before the fire was out."""
    low = atoms[at].low if at < len(atoms) else ""
    return low in GOING_ON or low in PREPOSITIONS or low in ("if", "whether", "before", "possibly")


def _quotation_follows(atoms: Sequence[Atom], at: int) -> bool:
    return at + 1 < len(atoms) and atoms[at + 1].kind == "q"


def end_of_lead(atoms: Sequence[Atom], content: Stretch) -> Stretch:
    """What is said in a clause that only leads in: "While he said that it sailed | , she left"."""
    for place in range(content[0] + 2, min(content[1], len(atoms) - 2)):
        if is_pause(atoms[place]) and subject_from(atoms, place + 1) is not None:
            return content[0], place + (atoms[place].kind == "q")
    return content


def is_pause(each: Atom) -> bool:
    """Whether a comma stands here, alone or as the last mark of a quotation."""
    return each.low == "," or (each.kind == "q" and each.last_mark == ",")


def _goes_on_reporting(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the same speaker says something else from here: "and added that"."""
    place = at + 1
    while place < len(atoms) and is_adverb(atoms[place].low):
        place += 1
    they = place < len(atoms) and atoms[place].low == "they"
    if place + 2 < len(atoms) and (they or atoms[place].low in ("he", "she")):
        place += 1  # "and he urged the board to resign"
        while place + 1 < len(atoms) and is_adverb(atoms[place].low):
            place += 1
    if place + 1 >= len(atoms):
        return False
    if atoms[place].low in SPEECH_ACTS:
        return True
    cue = CUES.get(atoms[place].low)
    if cue is None:
        return False
    following = atoms[place + 1]
    if following.low in (",", ":") and place + 2 < len(atoms) and atoms[place + 2].kind == "q":
        following = atoms[place + 2]
    if cue.form == "ing" and atoms[place].low in REPORTING_PARTICIPLES:
        return following.low == "that" or following.kind == "q" or begins_clause(atoms, place + 1)
    if they and cue.form == "base":
        return following.low == "that"
    if cue.form not in ("past", "third") or (cue.noun and cue.form != "past"):
        return False
    return following.low == "that" or following.kind == "q" or cue.verb.lemma in ("say", "tell")


def _opens_with_verb(quoted: str) -> bool:
    """Whether a quotation begins with a verb: said the clerk “makes you laugh.”"""
    first = quoted.lstrip("“\"'‘«").split(" ")[0].lower()
    return first in AUXILIARIES or (first.endswith("s") and first[:-1] in PLURAL_VERBS)


def _breaks_parallel(atoms: Sequence[Atom], at: int, joint: int) -> bool:
    """Whether a verb after "and" cannot go on with "would miss": said it would miss it and asked for more."""
    after = joint + 1
    while after < len(atoms) - 1 and is_adverb(atoms[after].low):
        after += 1
    if after + 1 >= len(atoms):
        return False
    each, following = atoms[after], atoms[after + 1]
    if not each.text.islower() or not (is_participle(each) or each.low in ("did", "said", "was")):
        return False
    if is_participle(each) and (following.low in ("by", "and") or following.kind == "p"):
        return False
    verbs = [one for one in atoms[at:joint] if one.kind == "w" and one.text.islower()]
    modal = [place for place, one in enumerate(verbs) if one.low in _BEFORE_BASE]
    if not modal or any(
        is_participle(one) or one.low in BE | HAVE_AND_DO for one in verbs[modal[0] :]
    ):
        return False
    return not any(one.low in CLAUSE_WORDS for one in verbs[modal[0] :])


_BEFORE_BASE = frozenset({"would", "will", "could", "can", "should", "must", "may", "might"})


def begins_clause(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a clause with a subject of its own begins here."""
    first = atoms[at]
    if first.kind != "w" or first.low in CLAUSE_WORDS:
        return False
    if first.low in PREPOSITIONS and not _begins_number(atoms, at):
        return False
    for place in range(at, min(len(atoms), at + 9)):
        each = atoms[place]
        initial = each.low == "." and place > at and len(atoms[place - 1].text) == 1
        if each.low in CLAUSE_WORDS or (
            each.kind == "p" and each.low not in ("-", "'", "’") and not initial
        ):
            return False
        named = each.text[0].isupper() and place > at  # "the first in May"
        if each.low in AUXILIARIES and each.low not in ("not", "never", "no") and not named:
            return place > at or "'" in each.low
        if place > at and each.low in PLURAL_VERBS and atoms[place - 1].low.endswith("s"):
            return True
        cue = CUES.get(each.low)
        if each.kind == "q" and place > at and _opens_with_verb(each.text):
            return True
        if place > at and (
            is_participle(each)
            or (cue is not None and cue.form in ("past", "third") and not cue.noun)
        ):
            return True
    return False


def _closes(atoms: Sequence[Atom], at: int) -> bool:
    """Whether another attribution, or a contrast to this one, begins here."""
    low = atoms[at].low
    if low in REPORTING_PARTICIPLES:  # fmt: skip
        return True
    rest = atoms[at : at + 14]
    if low in ("a", "an") and any(each.low in COMMENTS for each in atoms[at + 1 : at + 4]):
        return True  # "he said the fund was empty, a claim the board denies"
    if low == "even" and at + 1 < len(atoms) and atoms[at + 1].low == "as":
        return True
    if low == "which":
        return any(each.low in CONTRADICTING for each in rest[:8])
    if low in ("and", "but") and at + 1 < len(atoms) and atoms[at + 1].text == "I":
        return True  # "critics say it is dear, and I agree"
    if low in ("while", "but", "whereas", "though", "although", "and"):
        return any(_reports(each) or _report_many(before, each)
                   for before, each in itertools.pairwise(rest)) or _is_set_against(atoms, at)  # fmt: skip
    if low == "with":
        return any(each.low in CUES and CUES[each.low].form == "ing" for each in rest)
    first = CUES.get(low)
    if first is not None and first.form in ("past", "third") and "i" in first.verb.takes:
        return speaker_ahead(atoms, at + 1) is not None  # ", said the minister"
    # ", the minister said" at the end, or before another comma
    for place in range(at, min(len(atoms), at + 10)):
        cue = CUES.get(atoms[place].low)
        if atoms[place].low in (",", ";") and place > at:
            return False
        says = cue is not None and ("q" in cue.verb.takes or cue.verb.family == "learn")
        if cue is not None and cue.form != "ing" and place > at and says:
            rest_is_over = (
                place + 1 >= len(atoms)
                or atoms[place + 1].low in (".", ",")
                or (atoms[place + 1].low in ("in", "on", "to", "at", "during"))
            )
            verb = place
            while verb > at and (
                atoms[verb - 1].low in HAVE_AND_DO | {"can"} or is_adverb(atoms[verb - 1].low)
            ):
                verb -= 1  # ", the Herald can exclusively reveal"
            return rest_is_over and verb > at and is_phrase(atoms, at, verb)
    return False


def _report_many(before: Atom, each: Atom) -> bool:
    """Whether several report something else: but two captains say otherwise."""
    cue = CUES.get(each.low)
    plural = before.low in ("they", "others", "some") or before.low.endswith("s")
    return (
        plural and cue is not None and cue.form == "base" and not cue.noun and each.text.islower()
    )


def _is_set_against(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the text sets another matter against what is said: , while the other bank paid."""
    if atoms[at].low not in ("while", "whereas") or at + 2 >= len(atoms):
        return False
    subject = subject_from(atoms, at + 1)
    return subject is not None and atoms[subject[0]].low not in PRONOUNS


def _ends_with_quote(atoms: Sequence[Atom], at: int) -> bool:
    return at < len(atoms) and atoms[at].kind == "q" and len(atoms[at].text) > 4


def said_behind(atoms: Sequence[Atom], source: int) -> Stretch | None:
    """What is said, where it stands before the speaker."""
    if source < 1:
        return None
    last = source - 1
    if atoms[last].low in ("-", "—", "–") and last:
        return 0, last
    if atoms[last].kind == "q":
        return from_start(atoms, last + 1)
    if atoms[last].low != ",":
        return None
    return from_start(atoms, last)


def from_start(atoms: Sequence[Atom], end: int) -> Stretch | None:
    start = 0
    for place in range(end - 1, -1, -1):
        if atoms[place].low == ";":
            start = place + 1
            break
    if end - 2 > start and atoms[end - 1].kind == "q" and atoms[end - 2].low in (":", "—", "–"):
        return end - 1, end  # "She scolded him: “Never again,” she said"
    if end - 2 > start and _begins_anew(atoms, start, end - 1):
        return end - 1, end  # "Asked about it, “We were asleep,” he said"
    # a place name before a dash begins a report: "BEIRUT - "
    for place in range(start, min(end, start + 6)):
        if atoms[place].low in ("-", "—", "–") and all(
            each.text.isupper() or each.kind in "px" for each in atoms[start:place]
        ):
            start = place + 1
            break
    while start < end and atoms[start].kind == "p":
        start += 1
    return (start, end) if end > start else None


def _begins_anew(atoms: Sequence[Atom], start: int, quote: int) -> bool:
    """Whether a quotation is a sentence of its own, to which the words before it only lead."""
    words = atoms[quote].text.lstrip("“\"'‘«")
    whole = atoms[quote].kind == "q" and words[:1].isupper() and atoms[quote - 1].low == ","
    leads = is_circumstance(atoms, (start, quote)) and not is_quotation(atoms, (start, quote))
    return whole and leads and is_quotation(atoms, (quote, quote + 1))


def main_clause(atoms: Sequence[Atom], stretch: Stretch) -> Stretch:
    """What is said before its speaker, without a contrast that the text puts before it.

    Of "Though it rained, the fire had spread, she said" it is "the fire had spread"; a condition stays.
    """
    first = atoms[stretch[0]].low
    if first not in CONTRASTS and not (first.endswith("ing") and len(first) > 5):
        return stretch
    for place in range(stretch[0] + 1, stretch[1] - 2):
        if atoms[place].low == "," and subject_from(atoms, place + 1) is not None:
            return place + 1, stretch[1]
    return stretch


def is_introduction(stretch: Sequence[Atom]) -> bool:
    """Whether words before a comma only lead in: "On Friday", "Asked about it", "However"."""
    if any(each.kind == "q" and len(each.text) > 6 for each in stretch):
        return False
    if stretch[0].low == "even" and len(stretch) > 2:
        stretch = stretch[1:]
    first = stretch[0].low
    if len(stretch) < 3:
        return True
    if first in SUBORDINATORS and not _is_amount(stretch):
        rest = _after_first_comma(stretch)
        return not rest or not is_clause(rest)
    if first in LEADING and len(stretch) > 3 and stretch[1].kind == "w":
        return not is_clause(stretch[1:])  # "But it runs on another rule"
    if first in PREPOSITIONS or is_adverb(first) or first in LEADING or first.endswith("ing"):
        return not any(each.low in AUXILIARIES or is_participle(each) for each in stretch)
    return not is_clause(stretch)


def _is_amount(stretch: Sequence[Atom]) -> bool:
    """Whether "as" begins an amount: as many as forty people."""
    return stretch[0].low == "as" and stretch[2].low == "as"


def joins_sentences(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    """Whether words before a speaker only join his words to what stands before: “For example”."""
    words = tuple(each.low for each in atoms[stretch[0] : stretch[1]])
    return words in JOINING_PHRASES or all(low in LEADING or low == "," for low in words)


def is_circumstance(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    """Whether words before a speaker only tell when and how: “On Friday”, “Asked about it”."""
    first = atoms[stretch[0]]
    low = first.low
    return (
        low in PREPOSITIONS
        or low in SUBORDINATORS
        or low in LEADING
        or low in TIME_WORDS
        or is_adverb(low)
        or low.endswith(("ing", "ed"))
    )


def _after_first_comma(stretch: Sequence[Atom]) -> Sequence[Atom]:
    for place, each in enumerate(stretch):
        if each.low == ",":
            return stretch[place + 1 :]
    return ()


def cut_before_main_verb(atoms: Sequence[Atom], stretch: Stretch) -> Stretch:
    """A clause inside of a subject, without the verb of that subject: that it sailed | is new."""
    verbs = 0
    for place in range(stretch[0] + 1, stretch[1]):
        each = atoms[place]
        if each.kind != "w" or not each.text.islower():
            continue
        joined = atoms[place - 1].low in BE | HAVE_AND_DO | MODALS | {"and", "or"}
        if (each.low in AUXILIARIES - NEGATIONS or is_participle(each)) and not joined:
            verbs += 1
            if verbs == 2:
                return stretch[0], without_marks(atoms, stretch[0], place)
    return stretch


def within_relative(atoms: Sequence[Atom], source: Stretch, verb: int, content: Stretch) -> Stretch:
    """What is said in a relative clause: The mayor, who denied any role in it, | will appear."""
    if source[1] >= verb or not any(
        each.low in ("who", "which") for each in atoms[source[1] : verb]
    ):
        return content
    for place in range(content[0] + 1, content[1] - 1):
        if atoms[place].low == "," and begins_verb(atoms, place + 1):
            return content[0], place
    return content


def is_closed(atoms: Sequence[Atom], at: int) -> bool:
    """Whether nothing that could be said follows a verb: the sentence ends, pauses or adds when."""
    if at < len(atoms) and (atoms[at].low in PREPOSITIONS or atoms[at].low in ("here", "there")):
        return True
    at = after_adverbials(atoms, at)
    if at >= len(atoms):
        return True
    each = atoms[at]
    return (
        each.kind == "p"
        or (each.kind == "q" and _is_name(each.text))
        or each.low in CLAUSE_WORDS - {"that"}
        or each.low in ("as", "after", "before", "and")
        or each.low.endswith("ing")
        or each.low in PREPOSITIONS
    )


def said_around(atoms: Sequence[Atom], after: int, behind: Stretch) -> Stretch | None:
    """What is said further on, after the speaker has been named in the middle."""
    quotation = is_quotation(atoms, behind)
    at = after_adverbials(atoms, after)
    if quotation and (opened := _quote_further_on(atoms, at)) is not None:
        return opened, clause_end(atoms, opened)
    if at >= len(atoms) or atoms[at].low not in (",", ":"):
        return None
    at += 1
    gerund = atoms[behind[0]].low.endswith("ing") and begins_verb(atoms, at)
    if at >= len(atoms) or (atoms[at].low in CUES and not gerund and not begins_clause(atoms, at)):
        return None
    if quotation and atoms[at].low == "that" and len(atoms) - at > 3:
        return at, clause_end(atoms, at)  # “We are worried,” they wrote, that it may sink
    if quotation and atoms[at].kind != "q":
        at = after_aside(atoms, at)
    if atoms[at].kind == "q":
        return (at, clause_end(atoms, at)) if quotation else None
    if atoms[at].low in ("and", "but") and at + 1 < len(atoms) and atoms[at + 1].kind == "q":
        return at + 1, at + 2
    if not quotation and _only_goes_on(atoms, at):
        return at, clause_end(atoms, at)
    leads_in = is_introduction(atoms[behind[0] : behind[1]])
    joins = atoms[at].low in CLAUSE_WORDS or atoms[at].low.endswith("ing")
    if gerund and leads_in and not quotation and len(atoms) - at > 2:
        return at, clause_end(atoms, at)  # "Bringing it back, he said, feels right"
    if quotation or (joins and not leads_in):
        return None
    inner = atoms[behind[0] : behind[1]]
    if inner[-1].low in BE and len(atoms) - at > 2:
        return at, clause_end(atoms, at)  # "It was, he said, one of the last"
    if inner[0].low not in PREPOSITIONS and any(
        (each.low in AUXILIARIES and each.text.islower()) or is_participle(each) for each in inner
    ):
        return None
    end = clause_end(atoms, at)
    return (at, end) if end - at >= 2 and is_clause(atoms[at - 1 : end]) else None


def _quote_further_on(atoms: Sequence[Atom], at: int) -> int | None:
    """Where a quotation goes on after a longer aside: “We go,” she said of those who left, “but …”"""
    for place in range(at, min(len(atoms) - 1, at + 26)):
        each = atoms[place]
        if is_pause(each) and is_quotation(atoms, (place + 1, place + 2)):
            return place + 1 if place > at else None
        if each.kind == "q" or each.low in (";", "—", "–", ":", "and") or each.low in CUES:
            return None
    return None


def _only_goes_on(atoms: Sequence[Atom], at: int) -> bool:
    """Whether words only go on with what was said before: ", she said, but also the barge"."""
    pair = [each.low for each in atoms[at : at + 2]]
    joins = pair[0] in ("and", "but", "while")
    short = len(atoms) - at < 4 and not is_quotation(atoms, (at, len(atoms)))
    if short or (joins and any(_reports(each) for each in atoms[at : at + 16])):
        return False  # "he said, and added", "Ost said, but Vane said"
    if pair[0] in ("that", "which", "with", "by", "down", "up", "and", "but", "compared", "rather"):
        return True
    listed = pair[0] in ("the", "most", "some", "many", "both") or atoms[at].text[0].isdigit()
    if listed and not begins_clause(atoms, at):
        return True  # "the fund was empty, she said, the first in years"
    if pair[0] in PREPOSITIONS and pair[0] != "to":
        return not any(_is_occasion(each) for each in atoms[at : at + 6])
    if pair[0] in AUXILIARIES - NEGATIONS and atoms[at].text.islower():
        return True  # "The main problem, she said, is the roof"
    if pair[0] in GOING_ON or " ".join(pair) in ("but also", "but not", "as well", "such as"):
        return len(atoms) - at > 2
    return pair[0] == "to" and len(pair) > 1 and pair[1] not in DETERMINERS


def _is_occasion(each: Atom) -> bool:
    """Whether a word names where something is said: “in an interview”, “at a rally”."""
    return each.low in EVENT_NOUNS or each.low in OCCASIONS


def _reports(each: Atom) -> bool:
    """Whether a word is a verb by which somebody else, or the same one, says something more."""
    cue = CUES.get(each.low)
    return cue is not None and cue.form in ("past", "third") and each.text.islower() and not (
        cue.noun and cue.form == "third"
    )  # fmt: skip


def after_aside(atoms: Sequence[Atom], at: int) -> int:
    """Where a quotation goes on after "smiling," or "referring to the fire,"; else the same place."""
    low = atoms[at].low
    if low in CUES or not (low.endswith("ing") or low in PREPOSITIONS):
        return at
    for place in range(at + 1, min(len(atoms) - 1, at + 16)):
        each = atoms[place]
        if each.low == "," and atoms[place + 1].kind == "q" and len(atoms[place + 1].text) > 9:
            return place + 1
        if each.kind == "q" or (each.low in CUES and CUES[each.low].form == "past"):
            break
    return at


def clause_start(atoms: Sequence[Atom], at: int) -> int:
    """Where the clause begins that has its verb here."""
    for place in range(at - 1, -1, -1):
        if atoms[place].low in (",", ";", ":", "—", "–") or atoms[place].low in BEFORE_CLAUSES:  # fmt: skip
            return place + 1
    return 0
