"""The constructions by which an English sentence attributes, found one by one.

| construction | an example |
| --- | --- |
| before | The minister said (that) the ship had sailed. |
| after | The ship had sailed, the minister said. |
| inverted | “It sailed,” said the minister. |
| around | The ship, the minister said, had sailed. |
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

from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.english import (
    AUXILIARIES,
    BE,
    CLAUSE_WORDS,
    CUES,
    DETERMINERS,
    EVENT_NOUNS,
    HEARSAY_ADVERBS,
    LEADING,
    MODALS,
    NEGATIONS,
    NOT_PARTICIPLES,
    OUTLET_NAMES,
    OUTLET_WORDS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    REPORT_NOUNS,
    TIME_WORDS,
    Cue,
)
from provenance.drafting.layout import Atom

__all__ = ["Found", "found_in"]

Stretch = tuple[int, int]
"""From one piece of a sentence up to another one, which is left out."""

LONGEST_SUBJECT = 30
"""How many pieces a mention of a source may have."""


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


def found_in(atoms: Sequence[Atom]) -> tuple[Found, ...]:
    """Every attribution of a sentence, in the order of their cues."""
    found: list[Found] = []
    for at, atom in enumerate(atoms):
        if atom.kind != "w":
            continue
        low = atom.low
        one: Found | None = None
        if low in CUES:
            one = _by_verb(atoms, at, CUES[low], found)
        elif low == "according":
            one = _according(atoms, at)
        elif low in HEARSAY_ADVERBS:
            one = _by_adverb(atoms, at)
        if one is None and low in REPORT_NOUNS:
            one = _by_noun(atoms, at)
        if one is not None and one.contents:
            found.append(one)
    return tuple(_kept(atoms, found))


def _kept(atoms: Sequence[Atom], found: list[Found]) -> Iterator[Found]:
    """What was found, without an adverb's where a verb or a phrase attributes the same words."""
    for one in found:
        if one.construction == "adverb" and any(
            other is not one and other.source is not None and _overlap(one, other)
            for other in found
        ):
            continue
        if one.construction == "noun" and any(
            other.construction == "cited"
            and other.cue[0] < one.cue[0] < other.cue[1] + 12
            and _overlap(one, other)
            for other in found
        ):
            continue
        yield one


def _overlap(one: Found, other: Found) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one.contents for b in other.contents)


# --- verbs -------------------------------------------------------------------------------------


@attrs.frozen
class _Group:
    """A reporting verb with its auxiliaries and adverbs."""

    start: int
    end: int
    passive: bool
    hearsay: bool


def _group(atoms: Sequence[Atom], at: int, cue: Cue) -> _Group | None:
    """The group around a verb; None where nothing is reported: "would say", "did not say"."""
    start, passive, hearsay, auxiliary = at, False, False, False
    if cue.form == "base" and [each.low for each in atoms[max(0, at - 3) : at]] in (
        ["went", "on", "to"],
        ["goes", "on", "to"],
    ):
        return _Group(at - 3, at + 1, passive=False, hearsay=False)
    while start > 0:
        low = atoms[start - 1].low
        if low in NEGATIONS or low in MODALS or low.endswith("n't"):
            return None
        if low in HEARSAY_ADVERBS:
            hearsay = True
        elif low in BE:
            passive = passive or cue.form == "past"
            auxiliary = True
        elif low in ("have", "has", "had", "having", "did", "does", "do"):
            auxiliary = True
            if low in ("did", "does", "do") and start < at:
                return None
        elif not (_is_adverb(low) and atoms[start - 1].kind == "w"):
            break
        start -= 1
    if cue.form == "ing" and not auxiliary:
        return _Group(at, at + 1, passive=False, hearsay=hearsay)
    if cue.form == "base" and auxiliary:
        return None
    return _Group(start, at + 1, passive, hearsay)


_ADVERBS = frozenset(
    [
        "also",
        "further",
        "later",
        "again",
        "then",
        "first",
        "once",
        "even",
        "still",
        "already",
        "just",
        "ever",
        "long",
        "since",
        "often",
        "always",
        "once",
        "soon",
        "himself",
        "herself",
        "themselves",
        "itself",
        "both",
        "repeatedly",
    ]
)


_NO_ADVERBS = OUTLET_WORDS | frozenset(
    [
        "family",
        "ally",
        "july",
        "rally",
        "italy",
        "reply",
        "assembly",
        "monopoly",
        "anomaly",
        "bully",
        "supply",
        "elderly",
    ]
)


def _is_adverb(low: str) -> bool:
    return low in _ADVERBS or (low.endswith("ly") and low not in _NO_ADVERBS)


def _by_verb(atoms: Sequence[Atom], at: int, cue: Cue, before: Sequence[Found]) -> Found | None:
    atom = atoms[at]
    if atom.text[0].isupper() and not (at and atoms[at - 1].low in ("“”", ",")) and at:
        return None  # a name: the United States, Hope Hicks
    group = _group(atoms, at, cue)
    if group is None:
        return None
    if "o" in cue.verb.takes:
        if at + 1 >= len(atoms) or atoms[at + 1].low != "out":
            return None
        group = attrs.evolve(group, end=group.end + 1)
    if group.passive:
        return _passive(atoms, at, cue, group)
    if cue.form == "ing" and group.start == at:
        return _participle(atoms, at, cue, group, before)
    if cue.verb.family == "cite":
        return _cited(atoms, at, cue, group)
    if cue.verb.family == "describe":
        return None
    if cue.verb.family == "accuse":
        return _accused(atoms, at, cue, group)
    if cue.verb.family == "deny":
        return _denied(atoms, at, cue, group)
    return _saying(atoms, at, cue, group)


def _saying(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """before, after, inverted and around: a verb of saying with its speaker."""
    inverted = _inverted(atoms, at, cue, group)
    if inverted is not None:
        return inverted
    source = _subject(atoms, group.start) or _shared_subject(atoms, group.start)
    if source is None or not _agrees(atoms, source, cue, group) or _is_supposed(atoms, source[0]):
        return None
    hearer, after = _hearer(atoms, group.end, cue)
    ahead = _ahead(atoms, after, cue)
    if ahead is not None:
        if cue.noun and not _certainly_verb(atoms, at, ahead):
            return None
        contents = (ahead,)
        if _is_quotation(atoms, ahead) and source[0] > 0:
            ahead_of = _behind(atoms, source[0])
            if ahead_of is not None and _is_quotation(atoms, ahead_of):
                contents = (ahead_of, ahead)
        return _found("before", atoms, cue, group, source, contents, hearer)
    behind = _behind(atoms, source[0])
    if behind is None or (cue.verb.family == "hold" and "b" not in cue.verb.takes):
        return None
    if "b" not in cue.verb.takes and not _is_quotation(atoms, behind):
        return None
    if not _is_closed(atoms, after):
        return None
    rest = _around(atoms, after, behind)
    if rest is None and _is_introduction(atoms[behind[0] : behind[1]]):
        return None
    name = "around" if rest is not None else "after"
    contents = (behind,) if rest is None else (behind, rest)
    return _found(name, atoms, cue, group, source, contents, hearer)


def _is_supposed(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the clause that begins here is only supposed: "if he says", "whether he said"."""
    return at > 0 and atoms[at - 1].low in ("if", "whether", "unless", "what", "how", "why")


def _found(
    construction: str,
    atoms: Sequence[Atom],
    cue: Cue,
    group: _Group,
    source: Stretch | None,
    contents: tuple[Stretch, ...],
    hearer: Stretch | None = None,
    **more: object,
) -> Found:
    return Found(
        construction,
        cue.verb.lemma,
        (group.start, group.end),
        source,
        contents,
        hearer,
        hearsay=group.hearsay,
        family=cue.verb.family,
        **more,  # type: ignore[arg-type]
    )


def _agrees(atoms: Sequence[Atom], source: Stretch, cue: Cue, group: _Group) -> bool:
    """Whether a verb fits its subject: "the reports say", "he says", but not "nobody said"."""
    if atoms[source[0]].low in ("nobody", "none", "no", "neither", "nothing", "few"):
        return False
    if cue.form == "past" or atoms[group.start].low in ("went", "goes"):
        return True
    first, last = atoms[source[0]].low, atoms[source[1] - 1].low
    if cue.form == "third":
        return first not in ("they", "we", "i", "you")
    plural = first in ("they", "we", "i", "you", "those", "some", "many", "several", "both", "all")
    joined = any(each.low == "and" for each in atoms[source[0] : source[1]])
    head = _head(atoms, source)
    return plural or joined or head.endswith("s") or head in PLURAL_NOUNS or last.endswith("s")


def _head(atoms: Sequence[Atom], stretch: Stretch) -> str:
    """The head of a noun phrase: its last word before a preposition, a comma or a clause."""
    head = ""
    for each in atoms[stretch[0] : stretch[1]]:
        if each.low in PREPOSITIONS or each.low in CLAUSE_WORDS or each.low == ",":
            if head:
                break
            continue
        if each.kind == "w":
            head = each.low
    return head


def _certainly_verb(atoms: Sequence[Atom], at: int, ahead: Stretch) -> bool:
    """Whether a form that is a noun as well is the verb here."""
    form = CUES[atoms[at].low].form
    if form == "past":
        return True
    following = atoms[at + 1].low if at + 1 < len(atoms) else ""
    return following == "that" or _is_quotation(atoms, ahead) or atoms[at - 1].low in PRONOUNS


def _is_quotation(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    return any(each.kind == "q" and len(each.text) > 9 for each in atoms[stretch[0] : stretch[1]])


# --- subjects ----------------------------------------------------------------------------------


def _subject(atoms: Sequence[Atom], verb: int) -> Stretch | None:
    """The noun phrase before a verb."""
    last = verb - 1
    while last >= 0 and atoms[last].kind == "x":
        last -= 1
    if last < 0:
        return None
    if atoms[last].low in (",", "—", "–"):
        return _with_description(atoms, last)
    if atoms[last].low == "who":
        return _antecedent(atoms, last)
    return _phrase_back(atoms, last)


def _shared_subject(atoms: Sequence[Atom], verb: int) -> Stretch | None:
    """The subject of a sentence for its second verb: "he shrugged and said"."""
    before = atoms[verb - 1].low if verb else ""
    if before not in ("and", "but") or verb < 3:
        return None
    subject = _opening_subject(atoms)
    if subject is None or subject[1] >= verb - 1:
        return None
    between = atoms[subject[1] : verb - 1]
    if any(each.low in CLAUSE_WORDS or each.low in PRONOUNS for each in between):
        return None
    return subject


def _with_description(atoms: Sequence[Atom], last: int) -> Stretch | None:
    """A noun phrase with what describes it between commas or dashes: Maria Ost, 52, of Velm,."""
    mark, tried, best = atoms[last].low, 0, None
    for at in range(last - 1, max(0, last - LONGEST_SUBJECT) - 1, -1):
        if atoms[at].low != mark or at == 0:
            continue
        tried += 1
        if tried > 3:
            break
        if not _is_apposition(atoms[at + 1 : last]):
            continue
        phrase = _phrase_back(atoms, at - 1)
        if phrase is None:
            continue
        named = atoms[at - 1].text[0].isupper() or atoms[phrase[0]].low in DETERMINERS
        if all(each.low in LEADING or _is_adverb(each.low) for each in atoms[at + 1 : last]):
            return phrase
        if best is None or named:
            best = phrase[0], last
    return best


def _is_apposition(inner: Sequence[Atom]) -> bool:
    """Whether what stands between two commas describes the noun before them."""
    if not inner or len(inner) > 25:
        return False
    first = inner[0]
    if all(each.low in LEADING or _is_adverb(each.low) for each in inner):
        return True  # "The minister, meanwhile, said"
    if first.low in CUES and first.low not in PERSON_NOUNS:
        return False
    if first.low in ("led", "known") or (first.low.endswith("ed") and first.text.islower()):
        return len(inner) > 1 and inner[1].low in PREPOSITIONS
    if first.low in ("who", "whose", "which", "of", "from", "speaking", "appearing", "citing"):
        return True
    if first.low in DETERMINERS:
        relative = any(each.low in ("who", "which", "that", "whom", "whose") for each in inner)
        return relative or not _has_verb(inner)
    if first.text[0].isdigit():
        return True
    if first.low in ("he", "she", "it", "they", "we", "i", "but", "and", "on", "in", "at"):
        return False
    return not _has_verb(inner) and (
        first.text[0].isupper() or any(each.low in PERSON_NOUNS for each in inner)
    )


def _antecedent(atoms: Sequence[Atom], who: int) -> Stretch | None:
    """The noun phrase to which "who" refers."""
    last = who - 1
    if last >= 0 and atoms[last].low == ",":
        last -= 1
    phrase = _phrase_back(atoms, last) if last >= 0 else None
    if phrase is None or atoms[phrase[0]].low in PRONOUNS:
        return None
    return phrase


def _phrase_back(atoms: Sequence[Atom], last: int) -> Stretch | None:
    """The noun phrase that ends at a piece, if what stands there is one."""
    if last < 0 or atoms[last].low in ("and", "or", "but"):
        return None
    if atoms[last].low in PRONOUNS:
        return (last, last + 1) if atoms[last].low != "who" else None
    start = last + 1
    while start > 0 and last - start < LONGEST_SUBJECT:
        each = atoms[start - 1]
        if _ends_phrase(each):
            break
        if each.low == "and" and not _joins(atoms, start - 1, last):
            break
        start -= 1
    who = next((at for at in range(start - 1, max(-1, start - 8), -1) if atoms[at].low == "who"
                or atoms[at].kind != "w"), -1)  # fmt: skip
    if who > 0 and atoms[who].low == "who" and _has_verb(atoms[who : last + 1]):
        # "a man who ran the agency said"
        before = _phrase_back(atoms, who - 1)
        return None if before is None else (before[0], last + 1)
    start = _without_leading(atoms, start, last)
    if start > last or not _is_phrase(atoms, start, last + 1):
        return None
    return start, last + 1


def _ends_phrase(each: Atom) -> bool:
    if each.kind == "p":
        return each.low not in ("-", "'", "’", "&", "/", ".", "$", "%", "#", "@")
    if each.kind == "q":
        return len(each.text) > 40 or each.text[-2:-1] in (",", ".", "?", "!")
    low = each.low
    return low in CLAUSE_WORDS or (low in AUXILIARIES and each.text.islower())


def _joins(atoms: Sequence[Atom], at: int, last: int) -> bool:
    """Whether "and" joins two parts of a noun phrase and not two clauses."""
    if at == 0 or atoms[at - 1].kind == "p":
        return False
    stop = max(0, at - 12)
    for each in reversed(atoms[stop:at]):
        if each.kind in "pq":
            return True
        if each.low in AUXILIARIES or each.low in CUES or _is_participle(each):
            return False
        if each.low in CLAUSE_WORDS or each.low in PRONOUNS:
            return False
    return True


def _is_participle(each: Atom) -> bool:
    low = each.low
    return (
        low.endswith("ed") and len(low) > 4 and each.text.islower() and low not in NOT_PARTICIPLES
    )


def _without_leading(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where a noun phrase begins once "On Friday" or "Meanwhile" before it is left out."""
    while start <= last:
        low = atoms[start].low
        after_time = _after_time(atoms, start, last)
        if after_time > start:
            start = after_time
        elif (
            low in LEADING
            or (_is_adverb(low) and low not in DETERMINERS)
            or low in ("-", "'")
            or atoms[start].kind == "x"
        ):
            start += 1
        else:
            break
    return start


def _after_time(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where an expression of time that begins here ends; the same place if there is none."""
    at = start
    while at <= last and atoms[at].low in ("on", "in", "at", "by", "during", "since", "late",
                                           "early", "earlier", "last", "this", "mid", "after"):  # fmt: skip
        at += 1
    if at == start and atoms[at].low not in TIME_WORDS:
        return start
    begun = at
    while at <= last and (
        atoms[at].low in TIME_WORDS
        or atoms[at].text[0].isdigit()
        or (atoms[at].low in ("the", "of", "a", "last", "this") and _time_follows(atoms, at, last))
    ):
        at += 1
    named = any(each.low in TIME_WORDS or each.text[0].isdigit() for each in atoms[start:at])
    return at if at > begun and named and at <= last else start


def _time_follows(atoms: Sequence[Atom], at: int, last: int) -> bool:
    following = [each for each in atoms[at + 1 : at + 3] if each.low not in ("the", "of")]
    return (
        bool(following)
        and (following[0].low in TIME_WORDS or following[0].text[0].isdigit())
        and at + 1 <= last
    )


def _is_phrase(atoms: Sequence[Atom], start: int, end: int) -> bool:
    """Whether a stretch is a noun phrase that can speak."""
    first, final = atoms[start], atoms[end - 1]
    if end - start > LONGEST_SUBJECT or first.kind == "p" or final.kind == "p":
        return False
    if final.low in PREPOSITIONS or (final.low in DETERMINERS and end - start > 1):
        return False
    if final.low.endswith(("'s", "s'")):
        return False
    if first.low in PREPOSITIONS or first.low in CLAUSE_WORDS or first.low in PRONOUNS:
        return False
    if _has_verb(atoms[start:end]):
        return False
    if first.low in DETERMINERS:
        return end - start > 1 or first.low in PLURAL_NOUNS or first.low in ("this", "both", "one")
    if first.low.endswith(("'s", "s'")) or first.text[0].isupper():
        return True
    head = _head(atoms, (start, end))
    return (
        head == "percent"
        or head in PERSON_NOUNS
        or head in PLURAL_NOUNS
        or head in OUTLET_WORDS
        or (head.endswith("s") and not head.endswith("ss"))
        or final.text[0].isupper()
    )


def _has_verb(stretch: Sequence[Atom]) -> bool:
    """Whether a clause, not only a noun phrase, stands there."""
    for place, each in enumerate(stretch):
        if each.kind != "w" or not each.text[0].islower():
            continue
        low = each.low
        if low in AUXILIARIES or (low in PRONOUNS and low != "who"):
            return True
        if _is_participle(each) and place and stretch[place - 1].low not in DETERMINERS:
            following = stretch[place + 1].low if place + 1 < len(stretch) else ""
            if following not in PREPOSITIONS | TIME_WORDS and not (place + 1 < len(stretch)
                                                      and _is_nounish(stretch[place + 1])):  # fmt: skip
                return True
            if following in DETERMINERS or following in POSSESSIVES:
                return True
        cue = CUES.get(low)
        if cue is not None and not cue.noun and cue.form != "ing" and low not in PERSON_NOUNS:
            if not (place and stretch[place - 1].low in DETERMINERS):
                return True
    return False


def _is_nounish(each: Atom) -> bool:
    return each.low in PERSON_NOUNS or each.low in PLURAL_NOUNS or each.low in OUTLET_WORDS


# --- what follows a verb -----------------------------------------------------------------------


def _hearer(atoms: Sequence[Atom], at: int, cue: Cue) -> tuple[Stretch | None, int]:
    """The one to whom something is told, and where the sentence goes on after it."""
    if cue.verb.family != "tell":
        # "said to reporters", "wrote to the ministry"
        return None, at
    if at >= len(atoms):
        return None, at
    first = atoms[at]
    if first.low in ("me", "us", "him", "her", "them", "you", "it"):
        return (at, at + 1), at + 1
    if first.low in ("that", "of", "about", ",", ":", "“”"):
        return None, at
    end = at
    while end < len(atoms) and end - at < 14:
        each = atoms[end]
        if each.kind == "q" and end > at:
            break
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", "."):
            break
        if each.low in CLAUSE_WORDS or each.low in PRONOUNS or each.low in MODALS - {"to"}:
            break
        if each.low in AUXILIARIES and each.text.islower():
            break
        if end > at and each.low in DETERMINERS and atoms[end - 1].low not in PREPOSITIONS:
            break
        if each.low in ("on", "in", "at", "during", "by", "via", "after", "before", "to", "how",
                        "earlier", "late", "last", "over", "through") or _is_day(each):  # fmt: skip
            break
        if end > at and _is_outlet_alone(atoms, at, end):
            break
        if (
            end > at
            and each.text[0].isupper()
            and atoms[end - 1].text.islower()
            and (
                atoms[end - 1].low not in PREPOSITIONS
                and atoms[end - 1].low not in DETERMINERS
                and atoms[end - 1].low not in OUTLET_WORDS
            )
        ):
            break
        end += 1
    if end < len(atoms) and atoms[end].low in AUXILIARIES and end - at > 1:
        end -= 1  # "told the BBC Smith had": the last word begins the clause
    return ((at, end), end) if end > at else (None, at)


def _is_outlet_alone(atoms: Sequence[Atom], start: int, end: int) -> bool:
    """Whether the words so far are a whole name of an outlet: told Reuters | Smith …"""
    last = atoms[end - 1]
    return (
        (
            last.low in OUTLET_NAMES
            or last.low in OUTLET_WORDS
            or last.low in ("reporters", "journalists")
        )
        and atoms[end].low not in OUTLET_NAMES
        and atoms[end].low not in PREPOSITIONS
        and (
            atoms[end].text[0].isupper()
            and last.text[0].isupper()
            and end - start >= 1
            and atoms[end].low not in OUTLET_WORDS
        )
    )


def _is_day(each: Atom) -> bool:
    return each.low in TIME_WORDS and each.low not in ("may", "fall", "then", "am", "end", "mid",
                                                       "time", "late", "early", "later")  # fmt: skip


def _ahead(atoms: Sequence[Atom], at: int, cue: Cue) -> Stretch | None:
    """What is said, where it stands after the verb."""
    takes = cue.verb.takes
    begun = at
    at = _after_adverbials(atoms, at)
    if at >= len(atoms):
        return None
    each = atoms[at]
    if each.kind == "q":
        return _quoted(atoms, at, bare="b" in takes or "t" in takes)
    if each.low == ":":
        return _after_colon(atoms, at + 1)
    if each.low == "," and at + 1 < len(atoms) and atoms[at + 1].kind == "q":
        if "q" in takes and _ends_with_quote(atoms, at + 1):
            return at + 1, _clause_end(atoms, at + 1)
        return None
    if each.low == "that" and "t" in takes:
        following = atoms[at + 1].low if at + 1 < len(atoms) else ""
        if following in (".", ",", ";", ""):
            return None
        return at, _clause_end(atoms, at)
    if "b" not in takes or each.kind != "w" or not _begins_clause(atoms, at):
        return None
    if at > begun and not _only_time(atoms, begun, at):
        return None
    end = _clause_end(atoms, at)
    if end - at < 3 or not _is_clause(_before_comma(atoms[at:end])):
        return None
    if "s" in takes and not _new_clause(atoms, at):
        return None
    return at, end


def _before_comma(stretch: Sequence[Atom]) -> Sequence[Atom]:
    """A clause up to its first comma; all of it where an expression of time comes first."""
    for place, each in enumerate(stretch):
        if each.low == "," and place > 2 and stretch[0].low not in PREPOSITIONS | CLAUSE_WORDS:
            return stretch[:place]
    return stretch


def _only_time(atoms: Sequence[Atom], start: int, end: int) -> bool:
    return all(
        each.low in TIME_WORDS or each.low in PREPOSITIONS or each.low in DETERMINERS
        or each.text[0].isdigit() or each.text[0].isupper() or each.low in EVENT_NOUNS
        or each.kind == "x"
        for each in atoms[start:end]
    )  # fmt: skip


def _is_clause(stretch: Sequence[Atom]) -> bool:
    """Whether a verb stands in it, or a quotation that may hold one."""
    return any(
        each.kind == "q"
        or each.low in AUXILIARIES
        or each.low in CUES
        or each.low.endswith(("ed", "'s", "'d", "'re", "'ll", "'ve"))
        or (each.text.islower() and each.low.endswith("s") and len(each.low) > 3)
        for each in stretch[1:]
    )


def _begins_clause(atoms: Sequence[Atom], at: int) -> bool:
    low = atoms[at].low
    if low in ("so", "goodbye", "hello", "yes", "no", "it's", "he's", "she's", "they're", "there",
               "there's", "what"):  # fmt: skip
        return low not in ("so", "goodbye", "hello", "yes")
    if low in CLAUSE_WORDS:
        return low in ("while", "although", "if", "when", "because") and len(atoms) - at > 6
    if low in PREPOSITIONS:
        return (
            low in ("under", "despite", "without", "with", "of")
            and len(atoms) - at > 6
            and low != "of"
        )
    return low not in AUXILIARIES or low == "need" or ("'" in low and not low.endswith("n't"))


def _after_adverbials(atoms: Sequence[Atom], at: int) -> int:
    """Where a sentence goes on after "on Friday", "in a statement", "to reporters"."""
    while at < len(atoms):
        each = atoms[at]
        low = each.low
        if (
            each.kind == "x"
            or (_is_adverb(low) and each.text.islower())
            or _is_day(each)
            or low in ("late", "early")
        ):
            at += 1
        elif low in ("on", "in", "at", "to", "during", "by", "via", "through", "from", "after",
                     "before", "for", "over", "with", "of", "into", "about"):  # fmt: skip
            end = _after_prepositional(atoms, at)
            if end == at:
                return at
            at = end
        elif low == "," and _is_aside(atoms, at):
            at = _next_comma(atoms, at + 1) + 1
        else:
            return at
    return at


def _is_aside(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a short aside in commas comes before "that": said, in a letter, that …"""
    closing = _next_comma(atoms, at + 1)
    return (
        0 < closing - at <= 14
        and closing + 1 < len(atoms)
        and atoms[closing + 1].low == "that"
        and (atoms[at + 1].low in PREPOSITIONS or atoms[at + 1].low in ("citing", "quoting"))
    )


def _next_comma(atoms: Sequence[Atom], at: int) -> int:
    for place in range(at, min(len(atoms), at + 30)):
        if atoms[place].low == ",":
            return place
    return -2


def _after_prepositional(atoms: Sequence[Atom], at: int) -> int:
    """Where a prepositional phrase that begins here ends."""
    end = at + 1
    if end < len(atoms) and atoms[end].low in DETERMINERS:
        end += 1
    begun = end
    while end < len(atoms) and end - begun < 8:
        each = atoms[end]
        if each.kind == "x":
            end += 1
            continue
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
    return at, _clause_end(atoms, at)


def _after_colon(atoms: Sequence[Atom], at: int) -> Stretch | None:
    if at >= len(atoms):
        return None
    if atoms[at].kind == "q":
        return at, at + 1
    return at, _trimmed(atoms, at, len(atoms))


def _clause_end(atoms: Sequence[Atom], at: int) -> int:
    """Where what is said ends: at the end of the sentence, or where another attribution begins."""
    end = len(atoms)
    place = at + 1
    while place < end:
        low = atoms[place].low
        if low == ";" or low in ("—", "–"):
            if low == ";" or not any(each.low == low for each in atoms[place + 1 : place + 25]):
                end = place
            else:
                closing = next(
                    spot for spot in range(place + 1, len(atoms)) if atoms[spot].low == low
                )
                place = closing
        elif (
            (low == "," and place + 1 < len(atoms) and _closes(atoms, place + 1))
            or (low in ("and", "but") and _goes_on_reporting(atoms, place))
            or (low == "according" and place + 1 < len(atoms) and atoms[place + 1].low == "to")
        ):
            end = place
        place += 1
    return _trimmed(atoms, at, end)


def _goes_on_reporting(atoms: Sequence[Atom], at: int) -> bool:
    """Whether the same speaker says something else from here: "and added that"."""
    place = at + 1
    while place < len(atoms) and _is_adverb(atoms[place].low):
        place += 1
    cue = CUES.get(atoms[place].low) if place + 1 < len(atoms) else None
    if cue is None or cue.form not in ("past", "third") or (cue.noun and cue.form != "past"):
        return False
    following = atoms[place + 1]
    return following.low == "that" or following.kind == "q" or cue.verb.lemma in ("say", "tell")


def _new_clause(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a clause with a subject of its own begins here."""
    if at >= len(atoms):
        return False
    first = atoms[at]
    if first.kind != "w" or first.low in PREPOSITIONS or first.low in CLAUSE_WORDS:
        return False
    for place in range(at, min(len(atoms), at + 9)):
        each = atoms[place]
        if each.kind == "p" and each.low not in ("-", "'", "’"):
            return False
        if each.low in AUXILIARIES and each.low not in ("not", "never", "no"):
            return place > at or "'" in each.low
        cue = CUES.get(each.low)
        if place > at and (
            _is_participle(each)
            or (cue is not None and cue.form in ("past", "third") and not cue.noun)
        ):
            return True
    return False


def _closes(atoms: Sequence[Atom], at: int) -> bool:
    """Whether another attribution, or a contrast to this one, begins here."""
    low = atoms[at].low
    if low in ("according", "adding", "saying", "citing", "claiming", "noting", "quoting",
               "telling", "insisting", "arguing", "suggesting", "warning", "stating",
               "alleging", "referring", "explaining", "pointing"):  # fmt: skip
        return True
    if low in ("which", "who", "where"):
        return True
    rest = atoms[at : at + 14]
    if low in ("while", "but", "whereas", "though", "although", "and"):
        return any(each.low in CUES and CUES[each.low].form in ("past", "third")
                   and each.text.islower() for each in rest)  # fmt: skip
    if low == "with":
        return any(each.low in CUES and CUES[each.low].form == "ing" for each in rest)
    # ", the minister said" at the end, or before another comma
    for place in range(at, min(len(atoms), at + 10)):
        cue = CUES.get(atoms[place].low)
        if atoms[place].low in (",", ";") and place > at:
            return False
        if cue is not None and cue.form != "ing" and place > at and "q" in cue.verb.takes:
            rest_is_over = (
                place + 1 >= len(atoms)
                or atoms[place + 1].low in (".", ",")
                or (atoms[place + 1].low in ("in", "on", "to", "at", "during"))
            )
            return rest_is_over and _is_phrase(atoms, at, place)
    return False


def _trimmed(atoms: Sequence[Atom], start: int, end: int) -> int:
    while end > start + 1 and atoms[end - 1].kind == "p" and atoms[end - 1].low in ".,;:!?—–-…'":
        end -= 1
    return end


def _ends_with_quote(atoms: Sequence[Atom], at: int) -> bool:
    return at < len(atoms) and atoms[at].kind == "q" and len(atoms[at].text) > 4


# --- what stands before a speaker --------------------------------------------------------------


def _behind(atoms: Sequence[Atom], source: int) -> Stretch | None:
    """What is said, where it stands before the speaker."""
    if source < 1:
        return None
    last = source - 1
    if atoms[last].low in ("-", "—", "–") and last:
        return 0, last
    if atoms[last].kind == "q":
        return _from_start(atoms, last + 1)
    if atoms[last].low != "," or last < 2:
        return None
    return _from_start(atoms, last)


def _from_start(atoms: Sequence[Atom], end: int) -> Stretch | None:
    start = 0
    for place in range(end - 1, -1, -1):
        if atoms[place].low == ";":
            start = place + 1
            break
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


def _is_introduction(stretch: Sequence[Atom]) -> bool:
    """Whether words before a comma only lead in: "On Friday", "Asked about it", "However"."""
    if any(each.kind == "q" and len(each.text) > 6 for each in stretch):
        return False
    first = stretch[0].low
    if len(stretch) < 3:
        return True
    first = stretch[0].low
    if len(stretch) < 3:
        return True
    if first in SUBORDINATORS:
        rest = _after_first_comma(stretch)
        return not rest or not _is_clause(rest)
    if first in PREPOSITIONS or _is_adverb(first) or first in LEADING or first.endswith("ing"):
        return not any(each.low in AUXILIARIES or _is_participle(each) for each in stretch)
    return not _is_clause(stretch)


SUBORDINATORS = frozenset(
    "when while after before as if although though since because asked speaking once until "
    "despite".split()
)
"""Words with which a clause that only leads in begins."""


def _after_first_comma(stretch: Sequence[Atom]) -> Sequence[Atom]:
    for place, each in enumerate(stretch):
        if each.low == ",":
            return stretch[place + 1 :]
    return ()


def _is_closed(atoms: Sequence[Atom], at: int) -> bool:
    """Whether nothing that could be said follows a verb: the sentence ends, pauses or adds when."""
    at = _after_adverbials(atoms, at)
    if at >= len(atoms):
        return True
    each = atoms[at]
    return (
        each.kind == "p"
        or each.low in CLAUSE_WORDS - {"that"}
        or each.low in ("as", "after", "before", "and")
        or each.low.endswith("ing")
        or each.low in PREPOSITIONS
    )


def _around(atoms: Sequence[Atom], after: int, behind: Stretch) -> Stretch | None:
    """What is said further on, after the speaker has been named in the middle."""
    at = _after_adverbials(atoms, after)
    if at >= len(atoms) or atoms[at].low not in (",", ":"):
        return None
    at += 1
    if at >= len(atoms):
        return None
    quotation = _is_quotation(atoms, behind)
    if atoms[at].kind == "q":
        return (at, _clause_end(atoms, at)) if quotation else None
    if atoms[at].low in ("and", "but") and at + 1 < len(atoms) and atoms[at + 1].kind == "q":
        return at + 1, at + 2
    if quotation or atoms[at].low in CLAUSE_WORDS or atoms[at].low.endswith("ing"):
        return None
    inner = atoms[behind[0] : behind[1]]
    if any(each.low in AUXILIARIES or _is_participle(each) for each in inner):
        return None
    if inner[0].low in LEADING or inner[0].low in PREPOSITIONS or _is_adverb(inner[0].low):
        return None
    end = _clause_end(atoms, at)
    return (at, end) if end - at >= 2 and _is_clause(atoms[at - 1 : end]) else None


def _inverted(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """“…,” said the minister."""
    if "i" not in cue.verb.takes or cue.form not in ("past", "third") or group.start < 1:
        return None
    before = atoms[group.start - 1]
    quote = before.kind == "q" and len(before.text) > 4
    if not quote and before.low != ",":
        return None
    end = _speaker_ahead(atoms, group.end)
    if end is None:
        return None
    source = (group.end, end)
    rest = _after_adverbials(atoms, end)
    closed = rest >= len(atoms) or atoms[rest].kind == "p" or atoms[rest].low in CLAUSE_WORDS
    if not quote and not closed:
        return None
    content = _from_start(atoms, group.start - (0 if quote else 1))
    if content is None or (not quote and _is_introduction(atoms[content[0] : content[1]])):
        return None
    contents: tuple[Stretch, ...] = (content,)
    following = rest
    while following < len(atoms) and atoms[following].low in (",", ":", "."):
        following += 1
    if following < len(atoms) and following > rest and atoms[following].kind == "q":
        contents = (content, (following, _clause_end(atoms, following)))
    return _found("inverted", atoms, cue, group, source, contents)


def _speaker_ahead(atoms: Sequence[Atom], at: int) -> int | None:
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
            each.low in ("on", "in", "at", "during", "after", "via", "before")
            and end > at
            and (_after_time(atoms, end, len(atoms) - 1) > end or _is_event(atoms, end))
        ):
            break
        if _is_day(each) and end > at:
            break
        end += 1
    while end > at and (atoms[end - 1].kind == "p" or atoms[end - 1].low in PREPOSITIONS):
        end -= 1
    if end == at or _has_verb(atoms[at:end]):
        return None
    return _with_apposition(atoms, end)


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
        each.low in EVENT_NOUNS or each.low in ("conference", "twitter", "facebook", "rally", "tweet",
                                                "remarks", "television", "meeting", "debate")
        for each in atoms[at + 1 : at + 5]
    )  # fmt: skip


def _with_apposition(atoms: Sequence[Atom], end: int) -> int:
    """The end of a description in commas after a name, if there is one."""
    if end + 2 >= len(atoms) or atoms[end].low != ",":
        return end
    first = atoms[end + 1]
    describes = (
        first.low in DETERMINERS - {"this", "that"}
        or first.low == "who"
        or (
            first.text[0].isdigit()
            or first.low in PERSON_NOUNS
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
        if at > end + 1 and each.low in ("but", "while", "when", "after", "as"):
            break
        at += 1
    return _trimmed(atoms, end + 1, at)


# --- other constructions -----------------------------------------------------------------------


def _according(atoms: Sequence[Atom], at: int) -> Found | None:
    """According to the minister, …; …, according to the minister."""
    if at + 2 >= len(atoms) or atoms[at + 1].low != "to":
        return None
    begun = at + 2
    first = atoms[begun]
    if first.low in ("plan", "schedule", "custom", "law", "size", "taste", "need", "tradition",
                     "whether", "how", "what", "which", "age", "type"):  # fmt: skip
        return None
    opens = _opens(atoms, at)
    end = _source_end(atoms, begun, opens)
    if end == begun:
        return None
    source = (begun, end)
    cue = (at, at + 2)
    if opens:
        start = end + 1 if end < len(atoms) and atoms[end].low == "," else end
        if start >= len(atoms) or (start == end and atoms[end].kind != "q"):
            return None
        content = (start, _clause_end(atoms, start))
        return Found("according", "according to", cue, source, (content,))
    stop = at - 1 if atoms[at - 1].low == "," else at
    content_before = _from_start(atoms, stop)
    if content_before is None or (len(atoms[content_before[0] : content_before[1]]) < 3):
        return None
    contents: tuple[Stretch, ...] = (content_before,)
    inner = atoms[content_before[0] : content_before[1]]
    if (
        end + 1 < len(atoms)
        and atoms[end].low == ","
        and not any(
            each.low in AUXILIARIES or _is_participle(each) or each.kind == "q" for each in inner
        )
    ):
        contents = (content_before, (end + 1, _clause_end(atoms, end + 1)))
    return Found("according", "according to", cue, source, contents)


def _opens(atoms: Sequence[Atom], at: int) -> bool:
    """Whether nothing but a word such as "but" stands before."""
    return all(
        each.low in LEADING or each.kind == "p" or each.low in ("still", "and")
        for each in atoms[:at]
    )


def _source_end(atoms: Sequence[Atom], at: int, opens: bool) -> int:
    """Where a mention of a source after "according to" ends."""
    end = at
    while end < len(atoms) and end - at < LONGEST_SUBJECT:
        each = atoms[end]
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", ".", "/"):
            break
        if each.low == "." and (end + 1 >= len(atoms)):
            break
        if each.kind == "q" and len(each.text) > 50:
            break
        if end > at and each.low in CLAUSE_WORDS - {"that"}:
            if each.low == "who":
                end = _relative_end(atoms, end)
            break
        if end > at and each.low == "that":
            break
        end += 1
    end = _trimmed(atoms, at, end)
    described = _with_apposition(atoms, end)
    if opens and not (described < len(atoms) and atoms[described].low == ","):
        return end  # "According to the minister, the ship sailed": that is no description
    return described


def _relative_end(atoms: Sequence[Atom], at: int) -> int:
    while at < len(atoms) and not (atoms[at].kind == "p" and atoms[at].low in ",.;:"):
        at += 1
    return at


def _participle(
    atoms: Sequence[Atom], at: int, cue: Cue, group: _Group, before: Sequence[Found]
) -> Found | None:
    """…, adding that …; with a source telling the daily that …"""
    opened = next(
        (place for place in range(at - 1, max(-1, at - 22), -1)
         if atoms[place].low == "with" or atoms[place].low in (",", ";")), None
    )  # fmt: skip
    if cue.verb.family in ("cite", "accuse", "describe", "deny", "hold"):
        return _citing(atoms, at, cue) if cue.verb.family == "cite" else None
    hearer, after = _hearer(atoms, group.end, cue)
    ahead = _ahead(atoms, after, cue)
    if ahead is None or (
        "b" not in cue.verb.takes
        and not (atoms[ahead[0]].low == "that" or _is_quotation(atoms, ahead))
    ):
        return None
    if opened is not None and atoms[opened].low == "with" and opened + 1 < at:
        source = (opened + 1, at)
        if _is_phrase(atoms, *source):
            return _found("with", atoms, cue, group, source, (ahead,), hearer)
        return None
    if opened is None or (opened != group.start - 1 and not _only_conjunction(atoms, opened, at)):
        return None
    last = next((one for one in reversed(before) if one.source and one.source[1] <= at), None)
    if last is not None:
        return _found("participle", atoms, cue, group, last.source, (ahead,), hearer)
    subject = _opening_subject(atoms)
    if subject is None or subject[1] > opened:
        return None
    return _found("participle", atoms, cue, group, subject, (ahead,), hearer)


def _only_conjunction(atoms: Sequence[Atom], opened: int, at: int) -> bool:
    return all(each.low in ("and", "also", "but") or _is_adverb(each.low)
               for each in atoms[opened + 1 : at])  # fmt: skip


def _opening_subject(atoms: Sequence[Atom]) -> Stretch | None:
    """The subject with which a sentence begins."""
    start = _without_leading(atoms, 0, len(atoms) - 1)
    for place in range(start, min(len(atoms), start + LONGEST_SUBJECT)):
        each = atoms[place]
        if place == start and each.low in PRONOUNS:
            return start, start + 1
        if each.kind == "p" and each.low not in ("-", "’", "'", "."):
            return None
        if (
            each.kind == "w"
            and each.text.islower()
            and (each.low in AUXILIARIES or each.low in CUES or _is_participle(each))
        ):
            return (start, place) if place > start and _is_phrase(atoms, start, place) else None
    return None


def _citing(atoms: Sequence[Atom], at: int, cue: Cue) -> Found | None:
    """…, citing a source as saying that …"""
    split = _as_saying(atoms, at + 1)
    subject = _opening_subject(atoms)
    if split is None or subject is None:
        return None
    source, _after, end = split
    ahead = _ahead(atoms, end, _SAY)
    if ahead is None:
        return None
    return Found("cited", cue.verb.lemma, (at, end), source, (ahead,), through=subject)


_SAY = CUES["say"]


def _as_saying(atoms: Sequence[Atom], at: int) -> tuple[Stretch, int, int] | None:
    """The mention before "as saying", where "as" stands, and where the words end."""
    for place in range(at, min(len(atoms) - 1, at + LONGEST_SUBJECT)):
        cue = CUES.get(atoms[place + 1].low)
        if atoms[place].low == "as" and cue is not None and cue.form == "ing":
            return ((at, place), place, place + 2) if place > at else None
        if atoms[place].kind == "q" and len(atoms[place].text) > 40:
            return None
    return None


def _cited(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """The daily cited a source as saying that …; cited accounts that …"""
    subject = _subject(atoms, group.start)
    if subject is None:
        return None
    split = _as_saying(atoms, at + 1)
    if split is not None:
        source, _, end = split
        ahead = _ahead(atoms, end, _SAY)
        if ahead is None or not _is_mention(atoms, source):
            return None
        return Found("cited", cue.verb.lemma, (group.start, group.end), source, (ahead,),
                     through=subject, hearsay=group.hearsay)  # fmt: skip
    for place in range(at + 1, min(len(atoms) - 1, at + 15)):
        if atoms[place].low in REPORT_NOUNS and atoms[place + 1].low == "that":
            ahead = (place + 1, _clause_end(atoms, place + 1))
            return Found("cited", cue.verb.lemma, (group.start, group.end), (at + 1, place + 1),
                         (ahead,), through=subject, hearsay=group.hearsay)  # fmt: skip
        if atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'"):
            return None
    return None


def _is_mention(atoms: Sequence[Atom], stretch: Stretch) -> bool:
    inner = atoms[stretch[0] : stretch[1]]
    return not _has_verb(inner) and any(each.kind == "w" for each in inner)


def _passive(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """The ship is said to have sailed; it was reported that …; was quoted by … as saying that …"""
    if cue.verb.family == "cite":
        return _was_quoted(atoms, at, group)
    if cue.verb.family not in ("say", "hold") or group.end >= len(atoms):
        return None
    if cue.verb.lemma in ("expect", "write", "find", "show", "rule", "feel", "add", "hope", "fear",
                          "agree", "post", "continue", "signal", "conclude", "worry"):  # fmt: skip
        return None
    subject = group.start - 1
    following = atoms[group.end].low
    if subject >= 0 and atoms[subject].low == "it" and following == "that":
        content = (group.end, _clause_end(atoms, group.end))
        return _found("passive", atoms, cue, group, None, (content,))
    if following != "to" or group.end + 2 >= len(atoms):
        return None
    start = _clause_start(atoms, group.start)
    end = _clause_end(atoms, group.end)
    if start >= group.start or end <= group.end + 1:
        return None
    return _found("passive", atoms, cue, group, None, ((start, group.start), (group.end, end)))


def _clause_start(atoms: Sequence[Atom], at: int) -> int:
    """Where the clause begins that has its verb here."""
    for place in range(at - 1, -1, -1):
        if atoms[place].low in (",", ";", ":", "—", "–") or atoms[place].low in (
            "but", "because", "although", "while", "that", "who", "which"
        ):  # fmt: skip
            return place + 1
    return 0


def _was_quoted(atoms: Sequence[Atom], at: int, group: _Group) -> Found | None:
    """The minister was quoted by the daily as saying that …"""
    source = _subject(atoms, group.start)
    if source is None:
        return None
    for place in range(at + 1, min(len(atoms) - 1, at + 16)):
        cue = CUES.get(atoms[place + 1].low)
        if atoms[place].low == "as" and cue is not None and cue.form == "ing":
            ahead = _ahead(atoms, place + 2, _SAY)
            if ahead is None:
                return None
            through = (
                (at + 2, place) if at + 2 < place and atoms[at + 1].low in ("by", "in") else None
            )
            return Found("quoted", "quote", (group.start, group.end), source, (ahead,),
                         through=through, hearsay=group.hearsay)  # fmt: skip
        if atoms[place].kind == "p":
            return None
    return None


def _accused(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """The general accused Cairo of arming the regime."""
    wanted = "of" if cue.verb.lemma == "accuse" else "for"
    source = _subject(atoms, group.start)
    if source is None or (cue.noun and cue.form != "past"):
        return None
    begun = group.end
    for place in range(begun, min(len(atoms) - 1, begun + 20)):
        low = atoms[place].low
        if low == wanted:
            if place == begun:
                return None
            end = _clause_end(atoms, place)
            return _found("accused", atoms, cue, group, source, ((begun, end),))
        if (
            low in CLAUSE_WORDS
            or low in AUXILIARIES
            or (atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'", ","))
        ):
            return None
    return None


def _denied(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """The minister denied that …, denied sending …, dismissed reports that …"""
    source = _subject(atoms, group.start)
    if source is None or group.end >= len(atoms):
        return None
    start = _after_adverbials(atoms, group.end)
    for place in range(start, min(len(atoms) - 1, start + 12)):
        if atoms[place].low == "that" and (
            (place == start and "t" in cue.verb.takes) or atoms[place - 1].low in REPORT_NOUNS
        ):
            content = (place, _clause_end(atoms, place))
            return _found("before", atoms, cue, group, source, (content,), denies=True)
        if atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'"):
            break
    if cue.verb.lemma != "deny" or start >= len(atoms):
        return None
    first = atoms[start]
    if first.low.endswith("ing") and first.text.islower() and len(first.low) > 5:
        return _found("before", atoms, cue, group, source, ((start, _clause_end(atoms, start)),),
                      denies=True)  # fmt: skip
    if first.low == "any" or (
        first.low == "the"
        and any(
            each.low in ("involvement", "role", "knowledge", "link", "links", "wrongdoing")
            for each in atoms[start + 1 : start + 3]
        )
    ):
        return _found("before", atoms, cue, group, source, ((start, _clause_end(atoms, start)),),
                      denies=True)  # fmt: skip
    return None


def _by_noun(atoms: Sequence[Atom], at: int) -> Found | None:
    """The general's claim that …; rebel accounts that …; reports by the daily that …"""
    after, source = at + 1, None
    if after < len(atoms) and atoms[after].low in ("by", "from"):
        end = after + 1
        while (
            end < len(atoms)
            and end - after < 12
            and atoms[end].low != "that"
            and (atoms[end].kind == "w" and atoms[end].low not in AUXILIARIES)
        ):
            end += 1
        source, after = (after + 1, end), end
    emerged = after
    while emerged < len(atoms) and emerged - after < 4 and atoms[emerged].low in (
        "have", "has", "had", "also", "emerged", "surfaced", "circulated", "spread", "are", "were",
        "circulating", "emerging"
    ):  # fmt: skip
        emerged += 1
    if emerged + 3 >= len(atoms) or atoms[emerged].low != "that":
        return None
    if emerged == after and atoms[emerged + 1].low in AUXILIARIES:
        return None  # "reports that were published" tells of the reports
    first = atoms[emerged + 1]
    if first.kind != "w" or (first.low in CUES and first.low not in DETERMINERS):
        return None
    before = atoms[max(0, at - 12) : at]
    if any(each.low in NEGATIONS or each.low in ("no", "if", "any", "deny", "denied", "denies",
                                                 "false", "dismissed", "rejected", "disputed",
                                                 "rebutted", "denying")
           for each in before):  # fmt: skip
        return None
    content = (emerged, _clause_end(atoms, emerged))
    if source is None:
        source = _maker(atoms, at)
    return Found("noun", atoms[at].low, (at, at + 1), source, (content,))


def _maker(atoms: Sequence[Atom], at: int) -> Stretch | None:
    """Whose report it is: "the general's claim", "his claim", "rebel accounts"."""
    if at and atoms[at - 1].low in POSSESSIVES:
        return at - 1, at
    for place in range(at - 1, max(-1, at - 6), -1):
        each = atoms[place]
        if each.low.endswith(("'s", "s'")) and each.kind == "w":
            start = place
            while (
                start > 0
                and place - start < 8
                and (
                    atoms[start - 1].text[0].isupper()
                    or atoms[start - 1].low in DETERMINERS
                    or _is_nounish(atoms[start - 1])
                )
            ):
                start -= 1
            return start, place + 1
        if each.kind != "w" or each.low in PREPOSITIONS or each.low in DETERMINERS:
            break
    if at and (_is_nounish(atoms[at - 1]) or atoms[at - 1].low in OUTLET_WORDS):
        return at - 1, at
    return None


def _by_adverb(atoms: Sequence[Atom], at: int) -> Found | None:
    """The ship reportedly sailed."""
    start = 0
    for place in range(at - 1, -1, -1):
        if atoms[place].low in (";", "—", "–"):
            start = place + 1
            break
    end = _clause_end(atoms, max(start, at))
    if end - start < 4 or at + 1 >= len(atoms):
        return None
    if not any(each.low in AUXILIARIES or _is_participle(each) or each.low.endswith("s")
               for each in atoms[at + 1 : at + 5]) and not (
        at and atoms[at - 1].low in AUXILIARIES
    ):  # fmt: skip
        return None
    if at and atoms[at - 1].low in DETERMINERS:
        return None  # "an allegedly stolen car" says little of the whole sentence
    contents: tuple[Stretch, ...] = ((start, at), (at + 1, end)) if at > start else ((at + 1, end),)
    return Found("adverb", atoms[at].low, (at, at + 1), None, contents)
