"""What is attributed by other words than a verb of saying with its speaker before or after it.

"According to", citing and quoting, accusing and denying, the passive, nouns and adverbs.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.drafting.clauses import (
    begins_clause,
    clause_end,
    clause_start,
    cut_before_main_verb,
    end_of_lead,
    is_pause,
    main_clause,
    next_comma,
    within_relative,
)
from provenance.drafting.contents import (
    from_start,
    is_closed,
    said_ahead,
    said_behind,
    without_occasion,
)
from provenance.drafting.cues import (
    CUES,
    EMERGING,
    EVENT_NOUNS,
    NO_HEARSAY,
    NO_SOURCES,
    OUTLET_WORDS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    REPORT_NOUNS,
    TAKEN_BACK,
    Cue,
)
from provenance.drafting.english import (
    AUXILIARIES,
    CLAUSE_WORDS,
    DETERMINERS,
    LEADING,
    NEGATIONS,
    PREPOSITIONS,
    SUBORDINATORS,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.drafting.leading_words import is_adverb
from provenance.drafting.mentions import is_agent
from provenance.drafting.noun_phrases import (
    LONGEST_SUBJECT,
    RELATIVES,
    Stretch,
    head_of,
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
from provenance.drafting.verb_groups import Found, VerbGroup, found_by

__all__ = [
    "according",
    "accused",
    "as_reported",
    "before_hearers",
    "by_adverb",
    "by_noun",
    "cited",
    "cited_by",
    "citing",
    "heard",
    "learned_from",
    "passive",
    "put_to",
    "source_end",
]


def according(atoms: Sequence[Atom], at: int, before: Sequence[Found] = ()) -> Found | None:
    """According to the minister, …; …, according to the minister; per the report, …

    Where another one was named in the sentence before, what he says is over there.
    """
    begun = at + 1 + (atoms[at].low == "according")
    if begun >= len(atoms) or (begun == at + 2 and atoms[at + 1].low != "to"):
        return None
    first = atoms[begun]
    if atoms[at].low == "per" and not _is_by_name(atoms, at):
        return None
    if first.low in NO_SOURCES:  # fmt: skip
        return None
    opens = _opens(atoms, at) or atoms[at - 1].low == ";"
    end = source_end(atoms, begun, opens)
    if end == begun:
        return None
    source = (begun, end)
    cue = (at, begun)
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
    told = _told_until(atoms, before, stop)
    if told:
        content_before = (told, stop)
    if told and stop - told <= 3 and (asked := _before_number(atoms, before)) is not None:
        pieces = (asked, (told, stop))  # "187, according to the ministry, and 240, according to"
        return Found("according", "according to", cue, source, pieces)
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


def _told_until(atoms: Sequence[Atom], before: Sequence[Found], stop: int) -> int:
    """Where another speaker of the sentence ends: 187, according to the ministry, and | 240, according to"""
    ends = [
        one.source[1]
        for one in before
        if one.source is not None and one.construction in ("according", "after") and one.source[1] < stop
        and all(end <= one.cue[0] for _, end in one.contents)
    ]  # fmt: skip
    at = max((max(end, max(one.cue[1] for one in before)) for end in ends), default=0)
    joined = (
        0 < at + 2 < stop and atoms[at].low == "," and atoms[at + 1].low in ("and", "but", "while")
    )
    return at + 2 if joined else 0


def _before_number(atoms: Sequence[Atom], before: Sequence[Found]) -> Stretch | None:
    """What stands before the number that another one gave: The toll was | 187, according to …"""
    start, end = before[-1].contents[0]
    at = next((place for place in range(start + 1, end) if atoms[place].text[0].isdigit()), None)
    return None if at is None else (start, at)


def _is_by_name(atoms: Sequence[Atom], at: int) -> bool:
    """Whether "per" says from whom something is, and not for each of what: per the police report."""
    paused = not at or is_pause(atoms[at - 1])
    return paused and atoms[at].text.islower() is bool(at) and atoms[at + 1].low == "the"


def _opens(atoms: Sequence[Atom], at: int) -> bool:
    """Whether nothing but a word such as "but" stands before."""
    return all(
        each.low in LEADING or each.kind == "p" or each.low in ("still", "and")
        for each in atoms[:at]
    )


def source_end(atoms: Sequence[Atom], at: int, opens: bool) -> int:
    """Where a mention of a source after "according to" ends."""
    end = at
    while end < len(atoms) and end - at < LONGEST_SUBJECT:
        each = atoms[end]
        listed = each.low == "," and not opens and end > at and _lists_on(atoms, end)
        if each.kind == "p" and each.low not in ("-", "’", "'", "&", ".", "/") and not listed:
            break
        if each.low == "." and (end + 1 >= len(atoms)):
            break
        if each.kind == "q" and len(each.text) > 50:
            break
        compared = each.low == "than" and atoms[end - 1].low in ("more", "less", "fewer")
        if end > at and each.low in CLAUSE_WORDS - {"that"} and not compared:
            if each.low == "who":
                end = _relative_end(atoms, end)
            break
        if end > at and each.low == "that":
            break
        end += 1
    end = without_marks(atoms, at, end)
    described = with_apposition(atoms, end, at)
    if opens and (whole := _after_list(atoms, end)) > end:
        return whole
    if opens and (told := _after_relative(atoms, end)) > end:
        return told
    if opens and not _is_description(atoms, end, described):
        return end  # "According to the minister, the ship sailed": that is no description
    return described


def _lists_on(atoms: Sequence[Atom], comma: int) -> bool:
    """Whether a comma parts a list of sources: according to contracts, letters and bank records."""
    for place in range(comma + 1, min(len(atoms), comma + 5)):
        each = atoms[place]
        if each.low == "and":
            return place > comma + 1 and place + 1 < len(atoms)
        if each.kind != "w" or each.low in AUXILIARIES or each.low in CLAUSE_WORDS:
            return False
        if each.low in DETERMINERS or each.low in PREPOSITIONS:
            return False
    return False


def _after_relative(atoms: Sequence[Atom], end: int) -> int:
    """Where a clause about a source ends: according to the ministry, which runs it, | two fell."""
    if end + 2 >= len(atoms) or atoms[end].low != "," or atoms[end + 1].low not in RELATIVES:
        return end
    closing = next_comma(atoms, end + 2)
    return closing if closing > 0 and subject_from(atoms, closing + 1) is not None else end


def _after_list(atoms: Sequence[Atom], end: int) -> int:
    """Where a list of sources ends: according to his friends, aides and allies, | he will go."""
    closing = next_comma(atoms, end + 1) if end < len(atoms) and atoms[end].low == "," else -1
    inner = atoms[end + 1 : closing] if closing > 0 else ()
    joined = any(each.low == "and" for each in inner[1:-1])
    if not joined or subject_from(atoms, closing + 1) is None:
        return end
    return closing if is_mention(atoms, (end + 1, closing)) else end


def _is_description(atoms: Sequence[Atom], start: int, end: int) -> bool:
    """Whether what stands between two commas describes a source, and the sentence begins after it."""
    if end <= start or end + 1 >= len(atoms) or atoms[end].low != ",":
        return False
    clause = subject_from(atoms, end + 1) is not None or begins_clause(atoms, end + 1)
    return clause and not begins_clause(atoms, start + 1)


def _relative_end(atoms: Sequence[Atom], at: int) -> int:
    while at < len(atoms) and not (atoms[at].kind == "p" and atoms[at].low in ",.;:"):
        at += 1
    return at


def citing(atoms: Sequence[Atom], at: int, cue: Cue) -> Found | None:
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


def cited_by(atoms: Sequence[Atom], one: Found) -> tuple[Stretch, Stretch] | None:
    """Whom somebody cites for what he says: The daily reported, citing two officials, that …"""
    if one.source is None:
        return None
    if atoms[0].low in _CITING and atoms[one.source[0] - 1].low == ",":
        first = (1, one.source[0] - 1)  # "Citing two officials, the daily reported that"
        return ((0, 1), first) if first[0] < first[1] and _can_be_cited(atoms, first) else None
    taken = [place for stretch in one.contents for place in range(*stretch)]
    for at in range(one.source[1], len(atoms) - 1):
        if atoms[at].low not in _CITING or at in taken or not is_pause(atoms[at - 1]):
            continue
        between = atoms[one.source[1] : at]
        if any(each.low in (";", "—", "–") for each in between) or _as_saying(atoms, at + 1):
            return None
        end = source_end(atoms, at + 1, opens=True)
        source = (at + 1, end)
        if end > at + 1 and is_mention(atoms, source) and _can_be_cited(atoms, source):
            return (at, at + 1), source
        return None
    return None


_CITING = frozenset({"citing", "quoting"})


def _can_be_cited(atoms: Sequence[Atom], source: Stretch) -> bool:
    """Whether those cited can say anything: an official, a memo, but no lack of money."""
    head = head_of(atoms, source)
    single = head.removesuffix("s")
    people = PERSON_NOUNS | EVENT_NOUNS | OUTLET_WORDS
    if head in people | PLURAL_NOUNS or single in people:
        return True
    if head != single and is_agent(single) and single not in _NO_AGENTS:
        return True  # rescuers, lawyers
    first, last = atoms[source[0]], atoms[source[1] - 1]
    several = all(each.text[0].isupper() for each in (first, last))
    return several and first.low not in DETERMINERS and source[1] - source[0] <= 4


_NO_AGENTS = word_set("number matter factor error order border weather computer power cover fear")

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


def cited(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
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


def passive(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
    """The ship is said to have sailed; it was reported that …; was quoted by … as saying that …"""
    if cue.verb.family == "cite":
        return _was_quoted(atoms, at, group)
    if cue.verb.family == "accuse":
        return _was_accused(atoms, cue, group)
    if cue.verb.family == "tell" and group.end < len(atoms):
        return _was_told(atoms, cue, group)
    if cue.verb.family not in ("say", "hold", "learn") or group.end >= len(atoms):
        return None
    if cue.verb.lemma in NO_HEARSAY:  # fmt: skip
        return None
    subject = group.start - 1
    following = atoms[group.end].low
    if subject >= 0 and atoms[subject].low == "it" and following == "that":
        content = (group.end, clause_end(atoms, group.end))
        return found_by("passive", atoms, cue, group, None, (content,))
    at, source = group.end, None
    if following == "by":
        near = range(at + 2, min(len(atoms), at + 10))
        to = next((place for place in near if atoms[place].low == "to"), None)
        if to is not None and is_phrase(atoms, at + 1, to):
            at, source = to, (at + 1, to)  # "is said by friends to be ill"
    if at + 2 >= len(atoms) or atoms[at].low != "to":
        return None
    start = clause_start(atoms, group.start)
    if start >= group.start and (described := subject_before(atoms, group.start)) is not None:
        start = described[0]  # "Stern, 51, is believed to have left"
    end = clause_end(atoms, at)
    if start >= group.start or end <= at + 1:
        return None
    return found_by("passive", atoms, cue, group, source, ((start, group.start), (at, end)))


def as_reported(atoms: Sequence[Atom], at: int, cue: Cue) -> Found | None:
    """As reported by the daily, the ship had sailed; …, as reported by the daily."""
    begun = at - 1 if at and atoms[at - 1].low == "first" else at
    if (
        not begun
        or atoms[begun - 1].low != "as"
        or [each.low for each in atoms[at + 1 : at + 2]] not in (["by"], ["in"])
    ):
        return None
    end = source_end(atoms, at + 2, opens=True)
    if end == at + 2:
        return None
    if begun == 1 and end + 2 < len(atoms) and atoms[end].low == ",":
        contents = ((end + 1, clause_end(atoms, end + 1)),)
    elif begun > 2 and is_pause(atoms[begun - 2]):
        before = from_start(atoms, begun - 2)
        if before is None:
            return None
        contents = (before,)
    else:
        return None
    return Found("according", cue.verb.lemma, (begun - 1, at + 2), (at + 2, end), contents)


def _was_quoted(atoms: Sequence[Atom], at: int, group: VerbGroup) -> Found | None:
    """The minister was quoted by the daily as saying that …"""
    source = subject_before(atoms, group.start)
    if source is None:
        return None
    for place in range(at + 1, min(len(atoms) - 1, at + 16)):
        cue = CUES.get(atoms[place + 1].low)
        if atoms[place].low == "as" and cue is not None and cue.form == "ing":
            ahead = said_ahead(atoms, place + 2, _SAY)
            if ahead is None and place + 3 >= len(atoms) and source[0]:
                ahead = said_behind(atoms, source[0])  # “It sailed,” he was quoted as saying
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


def _was_accused(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """The firm has been accused by unions of hiding the leak; Vane is accused of fraud."""
    wanted = "of" if cue.verb.lemma == "accuse" else "for"
    whom = subject_before(atoms, group.start) or shared_subject(atoms, group.start)
    if whom is None or cue.verb.lemma != "accuse" or group.end >= len(atoms):
        return None
    source, at = None, group.end
    if atoms[at].low == "by":
        at = next((place for place in range(at + 1, min(len(atoms), at + 16))
                   if atoms[place].low == wanted or atoms[place].low in CLAUSE_WORDS), at)  # fmt: skip
        source = (group.end + 1, at)
        if at == group.end or not is_phrase(atoms, *source):
            return None
    if at + 1 >= len(atoms) or atoms[at].low != wanted or not atoms[at + 1].low.endswith("ing"):
        return None
    content = within_relative(atoms, whom, group.start, (at, clause_end(atoms, at)))
    return found_by("accused", atoms, cue, group, source, (whom, content))


def _was_told(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    """The court was told that the money had been moved; he was told by the clerk that it had."""
    if atoms[group.end].low == "by":
        return _was_told_by(atoms, cue, group)
    hearer = subject_before(atoms, group.start)
    if hearer is None or atoms[group.end].low not in ("that", "how"):
        return None
    if cue.verb.lemma != "tell" or head_of(atoms, hearer) not in _COURTS:
        return None
    content = (group.end, clause_end(atoms, group.end))
    return found_by("passive", atoms, cue, group, None, (content,))


def _was_told_by(atoms: Sequence[Atom], cue: Cue, group: VerbGroup) -> Found | None:
    end = speaker_ahead(atoms, group.end + 1)
    if end is None or end + 3 >= len(atoms) or atoms[end].low != "that":
        return None
    content = (end, clause_end(atoms, end))
    return found_by("before", atoms, cue, group, (group.end + 1, end), (content,))


_COURTS = word_set("court jury inquest tribunal inquiry jurors hearing trial panel magistrates")


def heard(atoms: Sequence[Atom], at: int) -> Found | None:
    """The jury heard that the money had been moved."""
    start = at - (atoms[at - 1].low in ("has", "had", "also")) if at else at
    if at + 1 < len(atoms) and atoms[at + 1].low == "from":
        return _heard_from(atoms, start, at)
    hearer = subject_before(atoms, start)
    if hearer is None or head_of(atoms, hearer) not in _COURTS:
        return None
    if at + 3 < len(atoms) and atoms[at + 1].low in ("that", "how"):
        content: Stretch | None = (at + 1, clause_end(atoms, at + 1))
    elif at + 3 < len(atoms) and begins_clause(atoms, at + 1):
        content = (at + 1, clause_end(atoms, at + 1))  # "The inquest heard he had been ill"
    else:
        content = before_hearers(atoms, hearer, at + 1)
    return None if content is None else Found("passive", "hear", (start, at + 1), None, (content,))


def _heard_from(atoms: Sequence[Atom], start: int, at: int) -> Found | None:
    """She had heard from a neighbour that the gate was open."""
    return _had_from(atoms, "hear", start, at + 2)


def learned_from(atoms: Sequence[Atom], at: int) -> Found | None:
    """We learned from a clerk that …; I have it from an official, who asked not to be named: …

    Whoever tells it is who says it, and not the one who was told.
    """
    if at + 3 >= len(atoms) or atoms[at + 1].low not in ("from", "on"):
        return None
    start = at - (atoms[at].low == "it")
    if atoms[at].low == "it" and (not at or atoms[start].low not in ("have", "has", "had")):
        return None
    if any(each.low in NEGATIONS for each in atoms[max(0, start - 2) : start]):
        return None
    return _had_from(atoms, "hear", start, at + 2)


def _had_from(atoms: Sequence[Atom], lemma: str, start: int, begun: int) -> Found | None:
    """Who is named after "from", and what they said after "that" or a colon."""
    end = speaker_ahead(atoms, begun)
    near = range(begun + 1, min(len(atoms) - 2, begun + _LONGEST_NAMED))
    said = next((at for at in near if atoms[at].low in ("that", ":")), None)
    if said is not None and atoms[said - 1].low in ("authority", "sources"):
        content = (said, clause_end(atoms, said))  # "on good authority": of nobody who is named
        return Found("passive", lemma, (start, said), None, (content,))
    if end is None or said is None or said < end:
        return None
    if said > end and not (is_pause(atoms[end]) or atoms[end].low in PREPOSITIONS | RELATIVES):
        return None
    first = said + (atoms[said].low == ":")
    content = (first, clause_end(atoms, first))
    source = (begun, end)
    return Found("before", lemma, (start, begun), source, (content,))


_LONGEST_NAMED = 18  # pieces, with what is told of them


def put_to(atoms: Sequence[Atom], at: int) -> Found | None:
    """Counsel put it to the witness that he had been paid."""
    if [each.low for each in atoms[at + 1 : at + 3]] != ["it", "to"]:
        return None
    that = next((place for place in range(at + 4, min(len(atoms) - 2, at + 16))
                 if atoms[place].low == "that"), None)  # fmt: skip
    source = subject_before(atoms, at) or shared_subject(atoms, at)
    if that is None or source is None or not is_mention(atoms, (at + 3, that)):
        return None
    content = (that, clause_end(atoms, that))
    return Found("before", "put", (at, at + 3), source, (content,), hearer=(at + 3, that))


def before_hearers(atoms: Sequence[Atom], hearer: Stretch, after: int) -> Stretch | None:
    """What a court was told, where it stands before it: He moved the money, a court heard."""
    if head_of(atoms, hearer) not in _COURTS or not is_closed(atoms, after):
        return None
    return said_behind(atoms, hearer[0]) if hearer[0] else None


def accused(atoms: Sequence[Atom], at: int, cue: Cue, group: VerbGroup) -> Found | None:
    """The general accused Cairo of arming the regime."""
    wanted = "of" if cue.verb.lemma == "accuse" else "for"
    source = subject_before(atoms, group.start) or shared_subject(atoms, group.start)
    if source is None or (cue.noun and cue.form != "past"):
        return None
    begun = group.end
    aside = -1
    for place in range(begun, min(len(atoms) - 1, begun + 35)):
        low = atoms[place].low
        if place <= aside:
            continue
        if low == "," and place > begun and atoms[place + 1].low in RELATIVES:
            aside = next_comma(atoms, place + 1)  # "accused the firm, which runs the port, of"
            continue
        if place == begun and atoms[place].kind == "p":
            return None
        if low == wanted:
            if place == begun:
                return None
            content = (begun, clause_end(atoms, place))
            if source[0] and atoms[source[0] - 1].low in SUBORDINATORS:
                content = end_of_lead(atoms, content)  # "After he accused her of it, she said"
            content = within_relative(atoms, source, group.start, content)
            content = without_occasion(atoms, content)
            return found_by("accused", atoms, cue, group, source, (content,))
        if (
            low in CLAUSE_WORDS
            or low in AUXILIARIES
            or (
                atoms[place].kind == "p"
                and atoms[place].low not in ("-", "’", "'", ",", ".", "$", "&")
            )
        ):
            return None
    return None


def by_noun(atoms: Sequence[Atom], at: int) -> Found | None:
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
    if atoms[at].low in ("account", "statement", "charge", "report") and source is None and (
        at == 0 or (maker(atoms, at) is None and atoms[at - 1].low != "a")
    ):  # fmt: skip
        return None  # "the account that she used"
    first = atoms[emerged + 1]
    if first.kind != "w" or (first.low in CUES and first.low not in DETERMINERS):
        return None
    before = atoms[max(0, at - 12) : at]
    whose = maker(atoms, at) if source is None else source
    if any(each.low in NEGATIONS or (each.low in TAKEN_BACK and not (each.low == "false" and whose))
           for each in before):  # fmt: skip
        return None
    content = (emerged, clause_end(atoms, emerged))
    leads = atoms[0].low in SUBORDINATORS or atoms[0].low in PREPOSITIONS
    if leads or (atoms[0].low.endswith("ing") and atoms[0].text != atoms[0].low):
        content = end_of_lead(atoms, content)  # "Despite his claims that it sank, she left"
    if not any(each.low in AUXILIARIES or is_participle(each) for each in atoms[:at]):
        content = cut_before_main_verb(atoms, content)
        while content[1] - content[0] > 3 and is_adverb(atoms[content[1] - 1].low):
            content = content[0], content[1] - 1  # "reports that it sank first | emerged"
    if source is None:
        source = maker(atoms, at)
    return Found("noun", atoms[at].low, (at, at + 1), source, (content,))


def by_adverb(atoms: Sequence[Atom], at: int) -> Found | None:
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
