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

from collections.abc import Iterator, Sequence

import attrs

from provenance.drafting.contents import (
    after_adverbials,
    after_aside,
    begins_clause,
    clause_end,
    clause_start,
    cut_before_main_verb,
    end_of_lead,
    from_start,
    hearer_after,
    is_closed,
    is_introduction,
    is_pause,
    is_quotation,
    main_clause,
    said_ahead,
    said_around,
    said_behind,
)
from provenance.drafting.english import (
    AUXILIARIES,
    BE,
    CLAUSE_WORDS,
    CONDITIONS,
    CUES,
    DETERMINERS,
    EMERGING,
    HAVE_AND_DO,
    HEARSAY_ADVERBS,
    LEADING,
    MODALS,
    NEGATIONS,
    NO_HEARSAY,
    NO_SOURCES,
    OUTLET_NAMES,
    PLURAL_NOUNS,
    PLURAL_SUBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    REPORT_NOUNS,
    SUBORDINATORS,
    TAKEN_BACK,
    Cue,
)
from provenance.drafting.layout import Atom
from provenance.drafting.noun_phrases import (
    LONGEST_SUBJECT,
    Stretch,
    head_of,
    is_adverb,
    is_mention,
    is_participle,
    is_phrase,
    maker,
    opening_subject,
    shared_subject,
    speaker_ahead,
    subject_before,
    subject_from,
    with_apposition,
    without_marks,
)

__all__ = ["Found", "announced", "found_in"]


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
        low = atom[4]  # by its place: most words are none of these, and names take longer
        if low not in _SIGNS or atom.kind != "w":
            continue
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


_SIGNS = frozenset(CUES) | HEARSAY_ADVERBS | REPORT_NOUNS | {"according"}


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
        if low in MODALS and atoms[start - 1].text[0].isupper() and cue.form in ("past", "third"):
            break  # Theresa May said
        if low in NEGATIONS or low in MODALS or low.endswith("n't"):
            return None
        if low in HEARSAY_ADVERBS:
            hearsay = True
        elif low in BE:
            passive = passive or cue.form == "past"
            auxiliary = True
        elif low in HAVE_AND_DO:
            auxiliary = True
            if low in ("did", "does", "do") and start < at:
                return None
        elif not (is_adverb(low) and atoms[start - 1].kind == "w"):
            break
        start -= 1
    contracted = at > 0 and atoms[at - 1].low.partition("'")[0] in PRONOUNS
    if cue.form == "ing" and not auxiliary and not contracted:
        return _Group(at, at + 1, passive=False, hearsay=hearsay)
    determined = at > 0 and atoms[at - 1].low in DETERMINERS - PLURAL_NOUNS
    if cue.form == "base" and (auxiliary or determined):
        return None  # "a say at the table"
    return _Group(start, at + 1, passive, hearsay)


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
    if cue.form == "ing" and group.start == at and _contracted(atoms, at, cue) is None:
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
    source = (
        subject_before(atoms, group.start)
        or shared_subject(atoms, group.start)
        or _contracted(atoms, group.start, cue)
    )
    if source is None or not _agrees(atoms, source, cue, group) or _is_supposed(atoms, source[0]):
        return None
    relative = _relative(atoms, cue, group, source)
    if relative is not None:
        return relative
    hearer, after = hearer_after(atoms, group.end, cue)
    ahead = said_ahead(atoms, after, cue)
    if ahead is not None and _is_by_the_way(atoms, source, ahead):
        ahead = None
    if ahead is not None and atoms[group.start - 1].low in ("who", "which"):
        ahead = cut_before_main_verb(atoms, ahead)
    if ahead is not None:
        if cue.noun and not _certainly_verb(atoms, at, ahead):
            return None
        if source[0] and atoms[source[0] - 1].low in SUBORDINATORS | {"as"}:
            ahead = end_of_lead(atoms, ahead)
        contents: tuple[Stretch, ...] = (ahead,)
        if is_quotation(atoms, ahead) and source[0] > 0 and atoms[source[0] - 1].kind == "q":
            ahead_of = said_behind(atoms, source[0])
            if ahead_of is not None and is_quotation(atoms, ahead_of):
                contents = (ahead_of, ahead)
        return _found("before", atoms, cue, group, source, contents, hearer)
    if source[0] == 1 and atoms[0].low == "as" and is_closed(atoms, after):
        return _as_said(atoms, cue, group, source, after, hearer)
    behind = said_behind(atoms, source[0])
    if behind is None or (cue.verb.family == "hold" and "b" not in cue.verb.takes):
        return None
    if "b" not in cue.verb.takes and not is_quotation(atoms, behind):
        return None
    if not is_closed(atoms, after):
        return None
    behind = main_clause(atoms, behind)
    rest = said_around(atoms, after, behind)
    leads_in = is_introduction(atoms[behind[0] : behind[1]])
    if rest is None and leads_in:
        return None
    name = "around" if rest is not None else "after"
    aside = PREPOSITIONS | SUBORDINATORS - CONDITIONS
    if rest is not None and leads_in and atoms[behind[0]].low in aside:
        contents = (rest,)  # "In May, the mayor said, the fund was empty"
    else:
        contents = (behind,) if rest is None else (behind, rest)
    return _found(name, atoms, cue, group, source, contents, hearer)


def _as_said(
    atoms: Sequence[Atom],
    cue: Cue,
    group: _Group,
    source: Stretch,
    after: int,
    hearer: Stretch | None,
) -> Found | None:
    """As the minister said, the ship had sailed."""
    at = after_adverbials(atoms, after)
    if at + 3 >= len(atoms) or atoms[at].low != ",":
        return None
    content = (at + 1, clause_end(atoms, at + 1))
    return _found("before", atoms, cue, group, source, (content,), hearer)


def _relative(atoms: Sequence[Atom], cue: Cue, group: _Group, source: Stretch) -> Found | None:
    """The fund, which he said was empty"""
    before, end = source[0] - 1, group.end
    if before < 1 or atoms[before].low not in ("which", "that", "who") or end + 1 >= len(atoms):
        return None
    if atoms[end].low not in AUXILIARIES - NEGATIONS or not atoms[end].text.islower():
        return None
    noun = subject_before(atoms, before - (atoms[before - 1].low == ","))
    start = noun[0] if noun is not None and before - noun[0] <= LONGEST_NOUN else before
    stop = clause_end(atoms, end)
    for place in range(end + 2, stop - 1):
        if atoms[place].low == "," and atoms[place + 1].low in AUXILIARIES:
            stop = place  # "The fund, which he said was empty, is to be closed"
            break
    contents = ((start, before + 1), (end, stop))
    return _found("relative", atoms, cue, group, source, contents)


LONGEST_NOUN = 8
"""How many pieces the noun may have of which a relative clause says something."""


def _is_by_the_way(atoms: Sequence[Atom], source: Stretch, ahead: Stretch) -> bool:
    """Whether a quotation before the speaker is what is said: “No,” he said after a “hm”."""
    behind = said_behind(atoms, source[0]) if source[0] else None
    if behind is None or atoms[source[0] - 1].kind != "q" or not is_quotation(atoms, behind):
        return False
    before = atoms[ahead[0] - 1]
    return atoms[ahead[0]].kind != "q" or not (before.low in (",", ":") or before.low in CUES)


def _contracted(atoms: Sequence[Atom], at: int, cue: Cue) -> Stretch | None:
    """The subject that has its verb within itself: "he's claiming"."""
    subject, mark, _ = atoms[at - 1].low.partition("'") if at else ("", "", "")
    return (at - 1, at) if cue.form == "ing" and mark and subject in PRONOUNS else None


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
    denies: bool = False,
) -> Found:
    return Found(
        construction,
        cue.verb.lemma,
        (group.start, group.end),
        source,
        contents,
        hearer,
        denies=denies,
        hearsay=group.hearsay,
        family=cue.verb.family,
    )


def _agrees(atoms: Sequence[Atom], source: Stretch, cue: Cue, group: _Group) -> bool:
    """Whether a verb fits its subject: "the reports say", "he says", but not "nobody said"."""
    if atoms[source[0]].low in ("nobody", "none", "no", "neither", "nothing", "few"):
        return False
    if cue.form in ("past", "ing") or atoms[group.start].low in ("went", "goes"):
        return True
    first, last = atoms[source[0]].low, atoms[source[1] - 1].low
    if cue.form == "third":
        return first not in ("they", "we", "i", "you")
    plural = first in PLURAL_SUBJECTS
    joined = any(each.low == "and" for each in atoms[source[0] : source[1]])
    head = head_of(atoms, source)
    return plural or joined or head.endswith("s") or head in PLURAL_NOUNS or last.endswith("s")


def _certainly_verb(atoms: Sequence[Atom], at: int, ahead: Stretch) -> bool:
    """Whether a form that is a noun as well is the verb here."""
    following = atoms[at + 1].low if at + 1 < len(atoms) else ""
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
            group = _group(atoms, at, cue)
            source = subject_before(atoms, group.start) if group is not None else None
            if group is None or source is None or group.passive:
                return None
            return _found("before", atoms, cue, group, source, ((len(atoms) - 1, len(atoms)),))
    return None


def _opening(atoms: Sequence[Atom], cue: Cue, group: _Group) -> Found | None:
    """Said the minister: “…”"""
    end = speaker_ahead(atoms, group.end)
    pause = end is not None and end + 1 < len(atoms) and atoms[end].low in (",", ":")
    if end is None or not pause or atoms[end + 1].kind != "q" or cue.form != "past":
        return None
    content = (end + 1, clause_end(atoms, end + 1))
    return _found("inverted", atoms, cue, group, (group.end, end), (content,))


def _inverted(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """“…,” said the minister."""
    if "i" in cue.verb.takes and not at:
        return _opening(atoms, cue, group)
    if "i" not in cue.verb.takes or cue.form not in ("past", "third") or group.start < 1:
        return None
    before = atoms[group.start - 1]
    quote = before.kind == "q" and len(before.text) > 4
    if not quote and (before.low != "," or subject_before(atoms, group.start) is not None):
        return None  # "Mara Lind, who runs the depot, said many of the crates were full"
    end = speaker_ahead(atoms, group.end)
    if end is None:
        return None
    source = (group.end, end)
    rest = after_adverbials(atoms, end)
    closed = rest >= len(atoms) or atoms[rest].kind == "p" or atoms[rest].low in CLAUSE_WORDS
    if not quote and not closed:
        return None
    content = from_start(atoms, group.start - (0 if quote else 1))
    if content is None or (not quote and is_introduction(atoms[content[0] : content[1]])):
        return None
    contents: tuple[Stretch, ...] = (content,)
    following = rest
    while following < len(atoms) and atoms[following].low in (",", ":", "."):
        following += 1
    if following < len(atoms) and following > rest and quote:
        following = after_aside(atoms, following)
    if following < len(atoms) and following > rest and atoms[following].kind == "q":
        contents = (content, (following, clause_end(atoms, following)))
    return _found("inverted", atoms, cue, group, source, contents)


def _according(atoms: Sequence[Atom], at: int) -> Found | None:
    """According to the minister, …; …, according to the minister."""
    if at + 2 >= len(atoms) or atoms[at + 1].low != "to":
        return None
    begun = at + 2
    first = atoms[begun]
    if first.low in NO_SOURCES:  # fmt: skip
        return None
    opens = _opens(atoms, at) or atoms[at - 1].low == ";"
    end = _source_end(atoms, begun, opens)
    if end == begun:
        return None
    source = (begun, end)
    cue = (at, at + 2)
    if opens:
        start = end + 1 if end < len(atoms) and atoms[end].low == "," else end
        if start >= len(atoms) or (start == end and atoms[end].kind != "q"):
            return None
        content = (start, clause_end(atoms, start))
        return Found("according", "according to", cue, source, (content,))
    stop = at - 1 if atoms[at - 1].low == "," else at
    content_before = from_start(atoms, stop)
    if content_before is None:
        return None
    content_before = main_clause(atoms, content_before)
    contents: tuple[Stretch, ...] = (content_before,)
    inner = atoms[content_before[0] : content_before[1]]
    if (
        end + 1 < len(atoms)
        and atoms[end].low == ","
        and not any(
            each.low in AUXILIARIES or is_participle(each) or each.kind == "q" for each in inner
        )
    ):
        contents = (content_before, (end + 1, clause_end(atoms, end + 1)))
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
    end = without_marks(atoms, at, end)
    described = with_apposition(atoms, end)
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
    """…, adding that …; by telling them that …; with a source telling the daily that …"""
    if cue.verb.family in ("cite", "accuse", "describe", "deny", "hold"):
        return _citing(atoms, at, cue) if cue.verb.family == "cite" else None
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
         if atoms[place].low == "with" or is_pause(atoms[place]) or atoms[place].low == ";"), None
    )  # fmt: skip
    if opened is not None and atoms[opened].low == "with" and opened + 1 < at:
        source = (opened + 1, at)
        if is_phrase(atoms, *source):
            return _found("with", atoms, cue, group, source, (ahead,), hearer)
        return None
    joined = opened is not None and (
        opened == group.start - 1 or _only_conjunction(atoms, opened, at)
    )
    if not joined and atoms[at - 1].low not in ("by", "after", "while", "before", "and"):
        return None
    last = next((one for one in reversed(before) if one.source and one.source[1] <= at), None)
    if last is not None:
        return _found("participle", atoms, cue, group, last.source, (ahead,), hearer)
    subject = opening_subject(atoms)
    if subject is None or subject[1] > at:
        return None
    return _found("participle", atoms, cue, group, subject, (ahead,), hearer)


def _leads_in(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a participle begins its sentence: "Noting that …, the mayor", "After saying …, he"."""
    return at == 0 or (at == 1 and atoms[0].low in ("after", "while", "in", "by"))


def _leading(
    atoms: Sequence[Atom], cue: Cue, group: _Group, ahead: Stretch, hearer: Stretch | None
) -> Found | None:
    """Noting that the gate was open, the mayor left."""
    content = end_of_lead(atoms, (ahead[0], len(atoms)))
    begun = content[1] + (content[1] < len(atoms) and atoms[content[1]].low == ",")
    subject = subject_from(atoms, begun) if begun < len(atoms) else None
    if subject is None:
        return None
    return _found("participle", atoms, cue, group, subject, (content,), hearer)


def _only_conjunction(atoms: Sequence[Atom], opened: int, at: int) -> bool:
    return all(each.low in ("and", "also", "but") or is_adverb(each.low)
               for each in atoms[opened + 1 : at])  # fmt: skip


def _citing(atoms: Sequence[Atom], at: int, cue: Cue) -> Found | None:
    """…, citing a source as saying that …"""
    split = _as_saying(atoms, at + 1)
    subject = opening_subject(atoms)
    if split is None or subject is None:
        return None
    source, _after, end = split
    ahead = said_ahead(atoms, end, _SAY)
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
    subject = subject_before(atoms, group.start)
    if subject is None:
        return None
    split = _as_saying(atoms, at + 1)
    if split is not None:
        source, _, end = split
        ahead = said_ahead(atoms, end, _SAY)
        if ahead is None or not is_mention(atoms, source):
            return None
        return Found("cited", cue.verb.lemma, (group.start, group.end), source, (ahead,),
                     through=subject, hearsay=group.hearsay)  # fmt: skip
    for place in range(at + 1, min(len(atoms) - 1, at + 15)):
        if atoms[place].low in REPORT_NOUNS and atoms[place + 1].low == "that":
            ahead = (place + 1, clause_end(atoms, place + 1))
            return Found("cited", cue.verb.lemma, (group.start, group.end), (at + 1, place + 1),
                         (ahead,), through=subject, hearsay=group.hearsay)  # fmt: skip
        if atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'"):
            return None
    return None


def _passive(atoms: Sequence[Atom], at: int, cue: Cue, group: _Group) -> Found | None:
    """The ship is said to have sailed; it was reported that …; was quoted by … as saying that …"""
    if cue.verb.family == "cite":
        return _was_quoted(atoms, at, group)
    if cue.verb.family not in ("say", "hold") or group.end >= len(atoms):
        return None
    if cue.verb.lemma in NO_HEARSAY:  # fmt: skip
        return None
    subject = group.start - 1
    following = atoms[group.end].low
    if subject >= 0 and atoms[subject].low == "it" and following == "that":
        content = (group.end, clause_end(atoms, group.end))
        return _found("passive", atoms, cue, group, None, (content,))
    if following != "to" or group.end + 2 >= len(atoms):
        return None
    start = clause_start(atoms, group.start)
    end = clause_end(atoms, group.end)
    if start >= group.start or end <= group.end + 1:
        return None
    return _found("passive", atoms, cue, group, None, ((start, group.start), (group.end, end)))


def _was_quoted(atoms: Sequence[Atom], at: int, group: _Group) -> Found | None:
    """The minister was quoted by the daily as saying that …"""
    source = subject_before(atoms, group.start)
    if source is None:
        return None
    for place in range(at + 1, min(len(atoms) - 1, at + 16)):
        cue = CUES.get(atoms[place + 1].low)
        if atoms[place].low == "as" and cue is not None and cue.form == "ing":
            ahead = said_ahead(atoms, place + 2, _SAY)
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
    source = subject_before(atoms, group.start)
    if source is None or (cue.noun and cue.form != "past"):
        return None
    begun = group.end
    for place in range(begun, min(len(atoms) - 1, begun + 20)):
        low = atoms[place].low
        if place == begun and atoms[place].kind == "p":
            return None
        if low == wanted:
            if place == begun:
                return None
            end = clause_end(atoms, place)
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
    source = subject_before(atoms, group.start)
    if source is None or group.end >= len(atoms):
        return None
    start = after_adverbials(atoms, group.end)
    for place in range(start, min(len(atoms) - 1, start + 12)):
        if atoms[place].low == "that" and (
            (place == start and "t" in cue.verb.takes) or atoms[place - 1].low in REPORT_NOUNS
        ):
            content = (place, clause_end(atoms, place))
            return _found("before", atoms, cue, group, source, (content,), denies=True)
        if atoms[place].kind == "p" and atoms[place].low not in ("-", "’", "'"):
            break
    if cue.verb.lemma != "deny" or start >= len(atoms):
        return None
    first = atoms[start]
    if first.low.endswith("ing") and first.text.islower() and len(first.low) > 5:
        return _found("before", atoms, cue, group, source, ((start, clause_end(atoms, start)),),
                      denies=True)  # fmt: skip
    if first.low == "any" or (
        first.low == "the"
        and any(
            each.low in ("involvement", "role", "knowledge", "link", "links", "wrongdoing")
            for each in atoms[start + 1 : start + 3]
        )
    ):
        return _found("before", atoms, cue, group, source, ((start, clause_end(atoms, start)),),
                      denies=True)  # fmt: skip
    return None


def _by_noun(atoms: Sequence[Atom], at: int) -> Found | None:
    """The general's claim that …; rebel accounts that …; reports by the daily that …"""
    after, source = at + 1, None
    if atoms[at].low.endswith("ing") and at and is_pause(atoms[at - 1]):
        return None  # ", warning that": a participle whose subject nothing shows
    if after < len(atoms) and atoms[after].low in ("by", "from"):
        end = after + 1
        while (
            end < len(atoms)
            and end - after < 12
            and atoms[end].low != "that"
            and (atoms[end].kind == "w" and atoms[end].low not in AUXILIARIES)
        ):
            end += 1
        if end == after + 1:
            return None
        source, after = (after + 1, end), end
    emerged = after
    while emerged < len(atoms) and emerged - after < 4 and atoms[emerged].low in EMERGING:  # fmt: skip
        emerged += 1
    if emerged + 3 >= len(atoms) or atoms[emerged].low != "that":
        return None
    if emerged == after and atoms[emerged + 1].low in AUXILIARIES:
        return None  # "reports that were published" tells of the reports
    first = atoms[emerged + 1]
    if first.kind != "w" or (first.low in CUES and first.low not in DETERMINERS):
        return None
    before = atoms[max(0, at - 12) : at]
    if any(each.low in NEGATIONS or each.low in TAKEN_BACK
           for each in before):  # fmt: skip
        return None
    content = (emerged, clause_end(atoms, emerged))
    if not any(each.low in AUXILIARIES or is_participle(each) for each in atoms[:at]):
        content = cut_before_main_verb(atoms, content)
    if source is None:
        source = maker(atoms, at)
    return Found("noun", atoms[at].low, (at, at + 1), source, (content,))


def _by_adverb(atoms: Sequence[Atom], at: int) -> Found | None:
    """The ship reportedly sailed."""
    start = 0
    for place in range(at - 1, -1, -1):
        if atoms[place].low in (";", "—", "–"):
            start = place + 1
            break
    end = clause_end(atoms, max(start, at))
    if end - start < 4 or end <= at + 1:
        return None
    if not any(each.low in AUXILIARIES or is_participle(each) or each.low.endswith("s")
               for each in atoms[at + 1 : at + 5]) and not (
        at and atoms[at - 1].low in AUXILIARIES
    ):  # fmt: skip
        return None
    if at and atoms[at - 1].low in DETERMINERS:
        return None  # "an allegedly stolen car" says little of the whole sentence
    contents: tuple[Stretch, ...] = ((start, at), (at + 1, end)) if at > start else ((at + 1, end),)
    return Found("adverb", atoms[at].low, (at, at + 1), None, contents)
