"""Where a clause begins and ends, and whether words are one: the edges of what is said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from provenance.drafting.cues import (
    COMMENTS,
    CONTRADICTING,
    CUES,
    PLURAL_NOUNS,
    REPORTING_PARTICIPLES,
    SPEECH_ACTS,
)
from provenance.drafting.english import (
    AUXILIARIES,
    BE,
    BEFORE_CLAUSES,
    CLAUSE_WORDS,
    CONTRASTS,
    DETERMINERS,
    GOING_ON,
    HAVE_AND_DO,
    JOINING_PHRASES,
    LEADING,
    MODALS,
    NEGATIONS,
    PLURAL_VERBS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import ROUGHLY, is_adverb
from provenance.drafting.noun_phrases import (
    Stretch,
    begins_verb,
    is_participle,
    is_phrase,
    speaker_ahead,
    subject_from,
    without_marks,
)

__all__ = [
    "begins_clause",
    "begins_number",
    "clause_end",
    "clause_start",
    "cut_before_main_verb",
    "end_of_lead",
    "is_circumstance",
    "is_clause",
    "is_condition",
    "is_introduction",
    "is_name",
    "is_pause",
    "is_quotation",
    "joins_sentences",
    "main_clause",
    "next_comma",
    "reports",
    "within_relative",
]


def is_quotation(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    """Whether somebody's words stand in a stretch, and not only a title in quotation marks."""
    return any(
        each.kind == "q" and len(each.text) > 9 and " " in each.text and not is_name(each.text)
        for each in atoms[stretch[0] : stretch[1]]
    )


def is_name(quoted: str) -> bool:
    """Whether two to five words in quotation marks are a title: “Morning Hour,”."""
    words = _QUOTED_WORD.findall(quoted[:80])
    return 2 <= len(words) <= 5 and all(each[0].isupper() for each in words)


_QUOTED_WORD = re.compile(r"\w+(?:['’-]\w+)*")


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


def begins_number(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a number of things begins here: at least 40 people, about 40, over 40."""
    following = atoms[at + 1] if at + 1 < len(atoms) else atoms[at]
    if atoms[at].low == "at":
        return following.low in ("least", "most")
    return atoms[at].low in ("about", "over", "around") and following.text[0].isdigit()


_UNCHANGING = word_set("hit cut put set let shut cost hurt split spread quit burst cast")


def _has_unchanging_verb(stretch: Sequence[Atom]) -> bool:
    """Whether a verb stands there whose past is its present: the strike hit a depot."""
    return any(
        each.low in _UNCHANGING
        and (before.low not in DETERMINERS | PREPOSITIONS)
        and (after.low in DETERMINERS | PREPOSITIONS or after.text[0].isdigit())
        for before, each, after in zip(stretch, stretch[1:], stretch[2:], strict=False)
    )


def _has_plural_verb(stretch: Sequence[Atom]) -> bool:
    """Whether a verb stands after a noun in the plural: the trains run, officers still watch."""
    return _has_unchanging_verb(stretch) or any(
        each.low in PLURAL_VERBS
        and (before.low.endswith("s") or is_adverb(before.low) or before.low in PLURAL_NOUNS)
        for before, each in itertools.pairwise(stretch)
    )


def next_comma(atoms: Sequence[Atom], at: int) -> int:
    for place in range(at, min(len(atoms), at + 30)):
        if atoms[place].low == ",":
            return place
    return -2


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
            and (
                _goes_on_reporting(atoms, place)
                or _breaks_parallel(atoms, at, place)
                or (low == "but" and _is_denied(atoms, place))
            )
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
    if following.low == "that" or following.kind == "q" or cue.verb.lemma in ("say", "tell"):
        return True
    return atoms[at].low == "but" and "i" in cue.verb.takes and begins_clause(atoms, place + 1)


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
    if first.low in PREPOSITIONS and not begins_number(atoms, at):
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
    if low == "something":
        return any(reports(each) for each in rest[1:6])  # ", something the union says is new"
    if low == "which":
        return any(each.low in CONTRADICTING for each in rest[:8])
    if low in ("and", "but") and at + 1 < len(atoms) and atoms[at + 1].text == "I":
        return True  # "critics say it is dear, and I agree"
    if low in ("while", "but", "whereas", "though", "although", "and"):
        if any(each.low in ("put", "puts") for each in rest) and any(
            each.low == "at" for each in rest
        ):
            return True  # "but the Red Crescent put the figure at 240"
        return any(reports(each) or _report_many(before, each)
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


def _is_denied(atoms: Sequence[Atom], at: int) -> bool:
    """Whether somebody else denies what is said: "but his office denied it"."""
    return any(
        before.low in CONTRADICTING and each.low in ("it", "this", "that", "the")
        for before, each in itertools.pairwise(atoms[at + 2 : at + 10])
    )


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
    if first in ROUGHLY and (stretch[1].text[0].isdigit() or stretch[1].low in DETERMINERS):
        return not is_clause(stretch)  # "Nearly one in three sleeps late"
    if first in LEADING and len(stretch) > 3 and stretch[1].kind == "w":
        return not is_clause(stretch[1:])  # "But it runs on another rule"
    after = _after_first_comma(stretch)
    if first in PREPOSITIONS and len(after) > 4 and is_clause(after):
        return False  # "In addition, the campaign plans to publish its records soon"
    if first in PREPOSITIONS or is_adverb(first) or first in LEADING or first.endswith("ing"):
        return not any(each.low in AUXILIARIES or is_participle(each) for each in stretch)
    return not is_clause(stretch)


def is_condition(stretch: Sequence[Atom]) -> bool:
    """Whether words before a speaker are a condition of what is said: “If it rains,”."""
    return stretch[0].low in ("if", "unless") and len(stretch) > 3


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
        joined = atoms[place - 1].low in BE | HAVE_AND_DO | MODALS | {"and", "or", "who", "which"}
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


def reports(each: Atom) -> bool:
    """Whether a word is a verb by which somebody else, or the same one, says something more."""
    cue = CUES.get(each.low)
    return cue is not None and cue.form in ("past", "third") and each.text.islower() and not (
        cue.noun and cue.form == "third"
    )  # fmt: skip


def clause_start(atoms: Sequence[Atom], at: int) -> int:
    """Where the clause begins that has its verb here."""
    for place in range(at - 1, -1, -1):
        if atoms[place].low in (",", ";", ":", "—", "–") or atoms[place].low in BEFORE_CLAUSES:  # fmt: skip
            return place + 1
    return 0
