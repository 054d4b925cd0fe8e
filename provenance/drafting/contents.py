"""What is said: before its speaker, after, or around; up to where something else begins."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.drafting.clauses import (
    begins_clause,
    begins_number,
    clause_end,
    is_circumstance,
    is_clause,
    is_introduction,
    is_name,
    is_pause,
    is_quotation,
    next_comma,
    reports,
)
from provenance.drafting.cues import (
    CUES,
    EVENT_NOUNS,
    OCCASIONS,
    OUTLET_NAMES,
    OUTLET_WORDS,
    REPORT_NOUNS,
    Cue,
)
from provenance.drafting.english import (
    ADVERBIAL_PREPOSITIONS,
    AFTER_HEARERS,
    AUXILIARIES,
    BE,
    BEFORE_DAYS,
    CLAUSE_OPENINGS,
    CLAUSE_WORDS,
    CONDITIONS,
    DETERMINERS,
    GOING_ON,
    LEADING,
    MODALS,
    NEGATIONS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    TIME_WORDS,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import is_adverb, is_day
from provenance.drafting.noun_phrases import (
    Stretch,
    begins_verb,
    is_participle,
    without_marks,
)
from provenance.records import MONTHS

__all__ = [
    "after_adverbials",
    "after_aside",
    "from_start",
    "hearer_after",
    "is_closed",
    "said_ahead",
    "said_around",
    "said_behind",
    "without_occasion",
]


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
                _is_programme(atoms, end) or is_name(each.text) or (owned and len(each.text) < 30)
            )
            break
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", "."):
            break
        if each.low in CLAUSE_WORDS or each.low in PRONOUNS or each.low in MODALS - {"to"}:
            break
        if each.low == "there" and end + 1 < len(atoms) and atoms[end + 1].low in AUXILIARIES:
            break  # told reporters there were no plans
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
    if end > at + 1 and end == len(atoms) and atoms[end - 1].low == ".":
        return (at, end - 1), end
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
    if each.kind == "q" and at > begun and is_name(each.text):
        return None  # "said on Coast Radio's “Morning Hour.”"
    if each.kind == "q":
        return _quoted(atoms, at, bare="b" in takes or "t" in takes)
    if each.low == ":":
        return _after_colon(atoms, at + 1)
    if each.low in (",", "—", "–"):
        return _after_pause(atoms, at, takes)
    later = _after_circumstance(atoms, at, takes)
    if later is not None:
        return later
    if each.low == "that" and "t" in takes:
        return _that_clause(atoms, begun, at)
    return _bare_clause(atoms, begun, at, takes)


def _after_pause(atoms: Sequence[Atom], at: int, takes: str) -> Stretch | None:
    """What is said after a comma or an aside in dashes: said, “…”; said — on Friday — that …"""
    mark, after = atoms[at].low, atoms[at + 1].low if at + 1 < len(atoms) else ""
    if mark != ",":
        closing = next((place for place in range(at + 2, min(len(atoms) - 2, at + 14))
                        if atoms[place].low == mark and atoms[place + 1].low == "that"), None)  # fmt: skip
        said = closing is not None and "t" in takes
        return (
            (closing + 1, clause_end(atoms, closing + 1)) if closing is not None and said else None
        )
    if after == "that" and "t" in takes:
        begun = at + 2 < len(atoms) and begins_clause(atoms, at + 2)
        return (at + 1, clause_end(atoms, at + 1)) if begun else None
    if "q" not in takes:
        return None
    if _ends_with_quote(atoms, at + 1):
        return at + 1, clause_end(atoms, at + 1)
    leads = after in PREPOSITIONS or after in LEADING or after in _WHEN or is_adverb(after)
    opened = _quote_after(atoms, at) if leads else None
    if opened is not None:  # told the clerks, to loud applause: “…”
        return opened, clause_end(atoms, opened)
    closing = next_comma(atoms, at + 1)
    quoted = 0 < closing - at <= 20 and _ends_with_quote(atoms, closing + 1)
    return (
        (closing + 1, clause_end(atoms, closing + 1)) if quoted and after in PREPOSITIONS else None
    )


def _after_circumstance(atoms: Sequence[Atom], at: int, takes: str) -> Stretch | None:
    """What is said after when it was said: told him before he left that …; said as he left, “…”"""
    low = atoms[at].low
    if low in _WHEN and "t" in takes:
        that = next((place for place in range(at + 2, min(len(atoms) - 2, at + 14))
                     if atoms[place].low == "that" and begins_clause(atoms, place + 1)), None)  # fmt: skip
        if that is not None and not any(
            one.low in CUES or one.kind == "p" for one in atoms[at:that]
        ):
            return that, clause_end(atoms, that)
    if "q" in takes and (low in _WHEN or low in PREPOSITIONS):
        opened = _quote_after(atoms, at)
        return None if opened is None else (opened, clause_end(atoms, opened))
    return None


def _that_clause(atoms: Sequence[Atom], begun: int, at: int) -> Stretch | None:
    """What is said after "that"; "a memo that was obtained" says nothing."""
    if atoms[begun].low == "to" and any(each.low in REPORT_NOUNS for each in atoms[begun:at]):
        return None  # "responded to claims that": what others claim
    following = atoms[at + 1].low if at + 1 < len(atoms) else ""
    aside = following == "," and (
        next_comma(atoms, at + 2) > 0 or atoms[min(at + 2, len(atoms) - 1)].kind == "q"
    )
    told = following.partition("'")[0] in PRONOUNS | {"there", "that", "here"}
    if at > begun and following in AUXILIARIES and atoms[at + 1].text.islower() and not told:
        return None
    if following in (".", ";", "") or (following == "," and not aside):
        return None
    return at, clause_end(atoms, at)


def _bare_clause(atoms: Sequence[Atom], begun: int, at: int, takes: str) -> Stretch | None:
    """What is said in a clause of its own: said the ship had sailed."""
    if "b" not in takes or atoms[at].kind != "w" or not _begins_clause(atoms, at):
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


def _begins_clause(atoms: Sequence[Atom], at: int) -> bool:
    low = atoms[at].low
    if low in CLAUSE_OPENINGS:  # fmt: skip
        return True
    if low in CLAUSE_WORDS:
        return low in ("while", "although", "if", "when", "because") and len(atoms) - at > 6
    if low in PREPOSITIONS and begins_number(atoms, at):
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
            if low in MONTHS and at < len(atoms) and atoms[at].text.isdigit():
                at += 1  # "said Jan. 12 that"
        elif low in BEFORE_DAYS and (end := _after_days(atoms, at)) > at:
            at = end
        elif low in ADVERBIAL_PREPOSITIONS and not begins_number(atoms, at):  # fmt: skip
            end = _after_prepositional(atoms, at)
            if end == at:
                return at
            at = end
        elif low == "off" and [each.low for each in atoms[at + 1 : at + 3]] == ["the", "record"]:
            at += 3
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
            or _names_occasion(atoms[at + 1 : closing])
            or is_participle(atoms[at + 1])
            or (closing - at <= 3 and atoms[at + 1].text[0].isupper())  # said in Velm, Ost, that
        )
    )


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
        if each.kind == "q" and end > begun and is_name(each.text):
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
        or (each.kind == "q" and is_name(each.text))
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
    if inner[0].low in CONDITIONS and len(inner) > 3 and begins_clause(atoms, at):
        return at, clause_end(atoms, at)  # "If it rains, she said, the fair will close"
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
    if short or (joins and any(reports(each) for each in atoms[at : at + 16])):
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


def _names_occasion(aside: Sequence[Atom]) -> bool:
    """Whether an aside only tells where it was said: , most recently in an interview,"""
    return any(map(_is_occasion, aside)) and not any(map(reports, aside))


def _is_occasion(each: Atom) -> bool:
    """Whether a word names where something is said: “in an interview”, “at a rally”."""
    return each.low in EVENT_NOUNS or each.low in OCCASIONS


def without_occasion(atoms: Sequence[Atom], content: Stretch) -> Stretch:
    """What is denied, or whose fault it is, without where that was said: | in a post on X on Friday."""
    for place in range(content[0] + 2, content[1] - 2):
        if atoms[place].low not in ("in", "on", "at", "during"):
            continue
        if atoms[place + 1].low not in _OCCASIONAL:
            continue
        if any(
            _is_occasion(each) or each.low in _CHANNELS for each in atoms[place + 2 : place + 5]
        ):
            return content[0], place
    return content


_OCCASIONAL = frozenset({"a", "an", "his", "her", "its", "their"})
_CHANNELS = word_set("channel account page feed website app podcast")


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
