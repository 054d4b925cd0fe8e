"""What a mention of somebody says: a name, a role, a number of people, and of what kind they are."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from provenance.drafting.antecedents import AFTER_NAMES, ORGANISATIONS, PEOPLE, gender_of
from provenance.drafting.credits import agency_named
from provenance.drafting.cues import (
    BARE_SOURCES,
    EVENT_NOUNS,
    OUTLET_NAMES,
    OUTLET_WORDS,
    PERSON_NOUNS,
    PLURAL_NOUNS,
    REPORT_NOUNS,
)
from provenance.drafting.drafts import Naming
from provenance.drafting.english import (
    AFTER_HEADS,
    CLAUSE_WORDS,
    DAYS,
    DETERMINERS,
    LEADING,
    PREPOSITIONS,
    PRONOUNS,
    TIME_WORDS,
    word_set,
)
from provenance.records import MONTHS, SourceKind

__all__ = [
    "COUNTABLE",
    "bare_name",
    "counted_in",
    "description_in",
    "each_in",
    "heads_in",
    "initials_of",
    "is_agent",
    "is_no_first_name",
    "is_plural",
    "kind_of",
    "may_be_outlet",
    "name_in",
    "names_in",
    "naming_of",
    "plain_words",
    "report_of",
    "same_outlet",
]
_WORD = re.compile(r"\w+(?:[-’'&‑]\w+)*")
_CLAUSE = re.compile(
    r",\s+(?:led|known|based|[a-z]+ed (?:by|in|to|at|on)|who|whose|which|where|an?|the|one of|his|her|its|their)\b|\s+who\s|,\s+\d",
    re.I,
)
_PARENTHESIS = re.compile(r"\s*\([^()]{0,200}\)")
_NAME = re.compile(
    r"(?:[A-Z][\w’'.-]*|al-[A-Z]\w+|el-[A-Z]\w+)"
    r"(?:\s+(?:(?:de|del|della|der|van|von|bin|ibn|al|el|la|le|of|for|and|the|&)\s+){0,2}"
    r"(?:[A-Z][\w’'.-]*|al-[A-Z]\w+|el-[A-Z]\w+|\d{1,2}\b))*"
)
_ROLE_AND_NAME = re.compile(
    r"(?P<role>(?P<whose>(?:[Tt]he|[Aa]n?|[Aa]nother|[Oo]ur|[Mm]y|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[A-Z][^,]{1,40}[’']s?)) "
    r"[^,]{2,60}), "
    r"(?P<name>[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3})"
)
_TITLES = word_set(
    """
    retired acting late outgoing sens reps mr mrs ms dr prof gen col maj capt lt sgt sen rep gov rev general colonel major captain
    president minister senator representative governor professor doctor king queen prince
    princess secretary judge justice pope sheikh ambassador chancellor lord sir lady dame mayor
    sheriff detective commander admiral lieutenant sergeant inspector officer director former ex
    """
)
_INFORMED = re.compile(
    r"well[- ](?:informed|placed|connected)|senior|knowledge|familiar|close to|insider|briefed|"
    r"direct(?:ly)? involved|inside the",
    re.I,
)
_STATES = word_set(
    """
    egypt syria russia china iran iraq israel turkey france germany britain england italy spain
    ukraine poland japan india pakistan lebanon jordan qatar yemen libya sudan cairo damascus
    moscow beijing tehran baghdad ankara paris berlin london washington kyiv kiev riyadh beirut
    amman doha brussels tokyo delhi islamabad canada mexico brazil australia greece athens cuba
    venezuela
    """
)
_PLURAL_ENDINGS = ("s", "people", "police", "men", "women", "authorities")


def initials_of(name: str) -> str:
    """The initials of a name of three words or more; none of a shorter one, which many names share.

    >>> initials_of("The International Monetary Fund"), initials_of("Karl Vane")
    ('IMF', '')
    """
    words = [each for each in name.removeprefix("The ").split() if each[0].isupper()]
    return "".join(each[0] for each in words) if len(words) > 2 else ""


def names_in(words: str) -> list[str]:
    """The names that stand in some words, without titles.

    >>> names_in("Rain fell on Mr Vane and on Velm")
    ['Rain', 'Vane', 'Velm']
    """
    found = (re.split("[’']s ", each[0])[0] for each in _NAME.finditer(words))
    return [bare_name(each) for each in found]


def is_no_first_name(word: str) -> bool:
    """Whether a capital word before a surname is another word: Republican Vane, On Vane."""
    low = word.casefold().strip(".")
    other = DETERMINERS | PREPOSITIONS | CLAUSE_WORDS | LEADING | TIME_WORDS | PERSON_NOUNS
    return low in other or low in _TITLES or _is_adjective(word) or low.endswith("s'")


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def plain_words(mention: str) -> str:
    """A mention without its parentheses and without what describes it after a comma."""
    words = _PARENTHESIS.sub("", " ".join(mention.split()))
    words = words.strip(" ,;:.–—-\"“”'’")
    return words.removesuffix("’s").removesuffix("'s")


def _core(words: str) -> str:
    """The noun phrase before any clause or apposition."""
    found = _CLAUSE.search(words)
    return words[: found.start()] if found else words


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def name_in(words: str) -> str | None:
    """The name in a mention, if it names somebody: its last run of capital words before a comma."""
    role = _ROLE_AND_NAME.fullmatch(words)
    if role is not None and _is_role_of(role):
        return role["name"]
    counted = _COUNTED_OFF.match(words)
    if counted is not None:
        return name_in(words[counted.end() :])  # "Another, student Jess Hill, 20"
    core = _core(words).split(",")[0]
    first = core.split(" ")[0]
    skip = len(first) + 1 if first.casefold() in DETERMINERS and first != "The" else 0
    if first == "The" or first == "the":
        skip = 4
    runs = list(_NAME.finditer(core, skip))
    if not runs:
        return None
    # "a spokesman for the Port of Velm" names the port, not the one who speaks
    preposition = _first_preposition(core, skip)
    before = [run for run in runs if run.end() <= preposition]
    if not before:
        return None
    last = before[-1]
    after = core[last.end() : preposition].strip()
    outlet = first in ("The", "the") and after in _OUTLETS_AFTER and not _is_adjective(last[0])
    if _WORD.search(after) and not outlet:
        return None  # "an Interior Ministry official", "Egyptian officials"
    name = last[0]
    if " of " in name and gender_of("", bare_name(name)) is not None:
        name = name.partition(" of ")[0]  # Helen Marsh of Durham University
    if first == "The" and last.start() == 4 and _is_outlet(name):
        return f"The {name}" if core.startswith("The ") and _is_outlet(name) else name
    determined = core[: last.start()].strip().casefold() in DETERMINERS
    adjective = determined and _is_adjective(name)  # "an Egyptian"; but "the agency Meridian"
    if len(name) < 2 or name.casefold() in _TITLES or adjective or _is_common(name):
        return None
    return name


_COUNTED_OFF = re.compile(
    r"(?:[Aa]nother|[Oo]ne|[Aa] (?:second|third|fourth)), (?=[a-z]+ [A-Z]|[A-Z])"
)
_OUTLETS_AFTER = frozenset({"agency", "news agency", "newspaper", "daily", "website"})
"""Words after the name of an outlet: the Merid news agency."""


def _is_role_of(found: re.Match[str]) -> bool:
    """Whether a role leads to a name: the harbour master, Maria Ost; a UN spokesman, Jan Moor."""
    role = found["role"].removeprefix(found["whose"]).split()
    role = role[1:] if role[:1] == ["of"] else role  # "one of the town's lawyers, Ida Kern"
    low = [each.casefold() for each in role]
    head = _head_of(low)
    if head not in low or (_singular(head) not in PERSON_NOUNS | PEOPLE and not is_agent(head)):
        return " " in found["name"] and not _NAME.search(found["role"][1:])
    if " " not in found["name"]:
        return not _NAME.search(" ".join(role))
    placed = _NAME.search(" ".join(role[low.index(head) + 1 :]))
    return placed is None or gender_of(found["name"]) is not None  # no resident of Velm, Low Moor


def _first_preposition(core: str, skip: int) -> int:
    for found in _WORD.finditer(core, skip):
        if found[0] in PREPOSITIONS and not _inside_name(core, found.start(), found.end()):
            return found.start()
    return len(core)


def _inside_name(core: str, start: int, end: int) -> bool:
    """Whether a preposition joins two capital words: Ministry of Defence."""
    if core[start:end] not in ("of", "for"):
        return False
    before, after = core[:start].split(), core[end:].split()
    if after and after[0].casefold() == "the":
        after = after[1:]
    capital = bool(before) and bool(after) and before[-1][0].isupper() and after[0][0].isupper()
    return capital and before[-1].casefold() not in _TITLES


def _is_common(name: str) -> bool:
    """Whether a capital word is only the first of its sentence: Residents, Officials."""
    low = name.casefold()
    common = PLURAL_NOUNS | OUTLET_WORDS | _ANYBODY | frozenset(DAYS)
    return low in common or _singular(low) in PERSON_NOUNS


_ANYBODY = word_set("somebody someone everybody everyone anybody anyone nobody others another")


def _is_adjective(name: str) -> bool:
    return (
        " " not in name
        and name.casefold().endswith(("ian", "ish", "ese", "-based"))
        and (name.casefold() not in _STATES)
    )


_HEADS_OF_ROLES = word_set(
    "minister secretary chief director spokesman spokeswoman spokesperson commissioner councillor "
    "prosecutor attorney adviser advisor ambassador chairman chairwoman justice detective"
)


_RANKS = word_set("leader speaker whip mayor governor coach gov sen rep gen lt sgt supt")


def bare_name(name: str) -> str:
    """A name without titles before it and letters after it."""
    parts = name.split()
    while len(parts) > 2 and parts[-1].strip(",.") in AFTER_NAMES:
        parts = parts[:-1]
    while len(parts) > 1 and parts[0].casefold().strip(".") in _TITLES and (
        parts[1].casefold() not in ORGANISATIONS
    ):  # fmt: skip
        parts = parts[1:]  # "General Ost", but not "General Staff"
    roles = [
        at
        for at, part in enumerate(parts[:-1])
        if part.casefold() in _HEADS_OF_ROLES or (at and part.casefold().strip(".") in _RANKS)
    ]
    if roles and parts[-1].casefold() not in ORGANISATIONS | OUTLET_NAMES:
        parts = parts[roles[-1] + 1 :]  # "Transport Minister Karl Vane"
    joins = len(parts) > 1 and parts[1].casefold() in PREPOSITIONS
    if len(parts) > 2 and parts[0].casefold().strip(".") in PERSON_NOUNS and not joins:
        parts = parts[1:]
    joined = " ".join(parts)
    for ending in ("’s", "'s", "’", "'"):
        joined = joined.removesuffix(ending)
    return joined


def same_outlet(name: str, publisher: str) -> bool:
    """Whether a name is that of the publisher, or its last word: the Gazette, the Velm Gazette."""
    short, whole = (
        each.casefold().replace("-", " ").removeprefix("the ") for each in (name, publisher)
    )
    agency = agency_named(name)
    return (
        short == whole
        or (agency is not None and agency == agency_named(publisher))
        or (short in OUTLET_NAMES and whole.endswith(f" {short}"))
    )


def _is_outlet(name: str) -> bool:
    parts = [part.casefold().strip(".’'") for part in re.split(r"[\s-]+", name)]
    return (
        parts[-1] in OUTLET_NAMES
        or parts[0] in ("reuters", "bbc", "cnn", "afp", "ap")
        or (name.isupper() and name.casefold() in OUTLET_NAMES)
    )


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def kind_of(words: str, name: str | None) -> SourceKind:
    """What kind of source a mention seems to be."""
    low = [each.casefold() for each in _WORD.findall(_core(words))]
    head = _head_of(low)
    if name is not None:
        last = name.casefold().split()[-1]
        before = set(low) - set(name.casefold().split())
        if _singular(_last_before(words, name)) in PERSON_NOUNS - OUTLET_WORDS:
            before = set()  # "disaster agency chief Osman Kelebi"
        if last == "agency" and not {"news", "press"} & set(low):
            return "outlet" if before & OUTLET_WORDS - {"agency"} else "organisation"
        if _is_outlet(name) or before & (OUTLET_WORDS - {"press", "media"}) or last in OUTLET_WORDS:
            return "agency" if "agency" in low and "news" in low else "outlet"
        described = words[len(_core(words)) :].casefold()
        if re.search(
            r"\b(?:newspaper|daily|weekly|magazine|broadcaster|news agency|website)\b",
            described[:60],
        ):
            return "outlet"
        parts = set(name.casefold().split())
        if parts & {"ministry", "government", "parliament", "embassy"}:
            return "government"
        if (
            last in ORGANISATIONS
            or parts & {"ministry", "department", "bank", "university"}
            or (name.isupper() and len(name) <= 6)
        ):
            return "organisation"
        if name.casefold() in _STATES:
            return "government"
        if words.casefold() == f"the {name.casefold().removeprefix('the ')}":
            return "organisation"  # "the Hill", "the Kremlin"
        if re.fullmatch(r"Al-\w+(?: al-\w+)?", name):
            return "outlet"  # papers and channels; people are written with another name before it
        return "person"
    if head == "agency" and len(low) > 2 and not {"news", "press", "wire"} & set(low):
        described = words.removeprefix("The ").removeprefix("the ")
        return "outlet" if described[:1].isupper() else "organisation"  # the disaster agency
    if head in OUTLET_WORDS:
        return "outlet"
    if head in ("government", "ministry", "parliament", "administration", "embassy"):
        return "government"
    if head in EVENT_NOUNS or head in REPORT_NOUNS:
        return "document"
    if head in ORGANISATIONS:
        return "organisation"
    if head in ("source", "sources", "insider", "informant"):
        return "unnamed"
    if head in _CROWDS or is_plural(words):
        return "collective"
    return "person" if head in PERSON_NOUNS | PEOPLE or is_agent(head) else "unnamed"


def _last_before(words: str, name: str) -> str:
    """The last word before a name, where it describes the one who bears it."""
    told = _WORD.findall(words.partition(name)[0].casefold())
    return told[-1] if told else ""


_CROWDS = word_set("family crowd majority crew couple pair jury team")
"""Words for several people that are in the singular."""


def is_agent(head: str) -> bool:
    """Whether a noun is made as those of people are: a baker, a pathologist, an alderman."""
    return len(head) > 4 and head.endswith(("er", "or", "ist", "ian", "man", "woman"))


COUNTABLE = ("unnamed", "collective", "person")
_COUNT = re.compile(
    r"(?:(?:at least|about|the|these|those|all|another|other) )*"
    r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|both|[2-9]|10)\b(?! (?:in|out of|percent)\b)",
    re.I,
)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=2
    )
} | {"both": 2}


def counted_in(words: str) -> int:
    """How many voices a mention counts: two people familiar with the matter."""
    found = _COUNT.match(words)
    if found is None:
        return 2 if _is_pair(words) else 1
    count = found["count"].casefold()
    return _NUMBERS.get(count) or int(count)


_PAIR = re.compile(
    r"(?:an?|the|his|her|their|another) (?P<one>[a-z][\w -]{2,30}) and "
    r"(?:an?|the|his|her|their|another) (?P<other>[a-z][\w -]{2,30})",
    re.I,
)


def _is_pair(words: str) -> bool:
    """Whether two people of whom the text gives no names speak: a doctor and a nurse."""
    found = _PAIR.fullmatch(words)
    return found is not None and all(
        _head_of(found[each].casefold().split()) in PERSON_NOUNS for each in ("one", "other")
    )


# --- who speaks together


def each_in(words: str, known: Callable[[str], bool]) -> tuple[tuple[int, int], ...]:
    """Where each one stands of those whom a mention joins; nothing where it is one, or a crowd.

    >>> def never(name): return False
    >>> [words[a:b] for words in ["Ida Kern and Karl Vane"] for a, b in each_in(words, never)]
    ['Ida Kern', 'Karl Vane']
    >>> each_in("the Department of Health and Human Services", never)
    ()
    """
    if " and " not in words:
        return ()
    for pattern in (_LISTED, _JOINT):
        parts = tuple(_parted(words, pattern))
        told = [words[a:b] for a, b in parts]
        if pattern is _LISTED:
            described = len(parts) > 2 and any(map(_describes, told[1:-1]))
        else:  # Ida Kern, the mayor and a friend of the bank; but "Ida Kern, the mayor, and a friend"
            described = "," in told[0] and words[parts[0][1]] != ","
        if len(parts) > 1 and not described and _all_stand(told, known):
            return parts
    for found in itertools.islice(_JOINT.finditer(words), _MOST_JOINED):
        parts = (0, found.start()), (found.end(), len(words))
        if "," not in words and _all_stand([words[a:b] for a, b in parts], known):
            return parts  # Ida Kern | Karl Vane of the Institute for Science and Safety
    return ()


def _describes(part: str) -> bool:
    """Whether what stands between commas may describe the one before it: Ida Kern, | the mayor,"""
    return not part[:1].isupper() or part.split()[0].casefold() in DETERMINERS


_LISTED = re.compile(r"\s*,?\s+and\s+|\s*,\s+")
_JOINT = re.compile(r"(?:,|\s[—–-])?\s+and\s+")
_MOST_JOINED = 5


def _parted(words: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = 5 if words[:5].casefold() == "both " else 0
    for found in itertools.islice(pattern.finditer(words), _MOST_JOINED):
        yield at, found.start()
        at = found.end()
    yield at, len(words)


def _all_stand(parts: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether each of some mentions is of one who can speak, and they are not parts of one name."""
    stands = [_stand(each, known) for each in parts]
    if None in stands or set(stands) == {"crowd"}:
        return False
    named = [part for part, stand in zip(parts, stands, strict=True) if stand == "name"]
    apart = parts[-1].split()[0].casefold() in DETERMINERS
    if not apart and any(" " not in each for each in named):
        return False  # Trade | Industry; but "Norda and the Herald" are two
    before = parts[0].casefold()
    article = before.split()[0] in DETERMINERS and name_in(parts[0]) is not None
    if parts[-1] in named and (article or " of " in before):
        return False  # the Department of Health | Human Services
    bodies = {each.split()[-1].casefold() in ORGANISATIONS for each in named}
    return len(bodies) < 2  # Homeland Security | Governmental Affairs Committee


def _stand(part: str, known: Callable[[str], bool]) -> Literal["one", "crowd", "name"] | None:
    """How a mention stands by itself: as one who speaks, as a crowd, or as what may be a name."""
    if part.casefold() in ("he", "she"):
        return "one"
    low = [each.casefold() for each in _WORD.findall(_core(part))]
    name = name_in(part)
    bare = bare_name(name) if name is not None else ""
    if not low or low[0] in PRONOUNS:
        return None
    if bare and (known(bare) or agency_named(bare) is not None or _is_outlet(bare)):
        return "one"
    if " " in bare and (gender_of(part, bare) is not None or part[:1].islower() or name != bare):
        return "one"
    head = _head_of(low)
    speaks = _singular(head) in PERSON_NOUNS | PEOPLE | OUTLET_WORDS | ORGANISATIONS
    speaks = speaks or head in PLURAL_NOUNS or is_agent(_singular(head))
    if low[0] in DETERMINERS or low[0].endswith("'s"):
        return "one" if speaks or bare else None
    if speaks and not bare and is_plural(part):
        return "crowd"
    return "name" if bare else None


def naming_of(words: str) -> Naming:
    low = words.casefold()
    if not _POSTING.isdisjoint(_WORD.findall(low)):
        return "sources say"
    if _INFORMED.search(low):
        return "well-informed source"
    head = _head_of([each.casefold() for each in _WORD.findall(_core(words))])
    if head in BARE_SOURCES:
        return "sources say"
    return "role named"


_POSTING = word_set("channel channels account accounts blog blogs blogger bloggers page pages")
"""Where anybody may write, however close to somebody: Telegram channels close to the army."""


def _head_of(low: list[str]) -> str:
    head = ""
    for word in low:
        if word in PREPOSITIONS or word in ("who", "that", "which"):
            break
        after = word in AFTER_HEADS or word.endswith("ed") or word == "speaking"
        if after and (_singular(head) in PERSON_NOUNS or head in PLURAL_NOUNS):
            break  # "people familiar with the matter", "officials briefed on it"
        head = word
    return head


@functools.lru_cache(maxsize=4_096)  # the same names come again and again
def heads_in(words: str, name: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns by which a mention calls somebody, and the other words that describe it."""
    without = words.replace(name, " ") if name else words
    core = _core(without) if not name else without
    low = [each.casefold() for each in _WORD.findall(core)]
    nouns = {
        _singular(each)
        for each in low
        if each in PERSON_NOUNS or each in OUTLET_WORDS or _singular(each) in PERSON_NOUNS
    }
    described = low
    if name is not None:  # "Maria Ost, the harbour master": what describes her has a head too
        rest = words.partition(name)[2].lstrip(" ,")
        described = [each.casefold() for each in _WORD.findall(_core(rest.split(",")[0]))]
    nouns |= {_singular(_head_of(described))} - {""}
    for part in name.casefold().split() if name is not None else ():  # the Ministry of Supply
        nouns |= {part} & (PERSON_NOUNS | OUTLET_WORDS)
    traits = {
        each
        for each in low
        if len(each) > 3 and _singular(each) not in nouns and each not in DETERMINERS
        and each not in PREPOSITIONS
    }  # fmt: skip
    return frozenset(nouns), frozenset(traits)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def is_plural(words: str) -> bool:
    if _is_pair(words):
        return True
    head = _head_of([each.casefold() for each in _WORD.findall(_core(words))])
    return head.endswith(_PLURAL_ENDINGS) and not head.endswith(("ss", "us", "is"))


def description_in(words: str, name: str) -> str | None:
    rest = " ".join(words.replace(name, " ", 1).split()).strip(" ,;")
    return rest[:200] if _WORD.search(rest) and rest.casefold() not in ("the", "mr", "ms") else None


# --- whose word a report is: "a report by the ministry" is the word of the ministry

_LETTERS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_WITHIN = re.compile(
    r"\b(?:in|by|from|on|to|with|published in|published by|carried by|issued by)\s+(?P<who>.+)",
    re.I | re.S,
)
_ISSUED = re.compile(
    rf"\s(?:(?:released|published|issued|conducted|commissioned|made|posted|written|aired|filed)\s)?"
    rf"(?:(?:on|in|last|early|late|this)\s)?(?:{'|'.join(DAYS)}|week|month|year)?\s?(?=by\s|in\s|from\s)",
    re.I,
)
"""When a report came out, before whose it is: a poll released Wednesday | by the university."""
_REPORTS = EVENT_NOUNS | REPORT_NOUNS | word_set("investigation inquiry probe")


@functools.lru_cache(maxsize=4_096)
def report_of(text: str) -> tuple[int, int] | None:
    """Where the one stands whose report it is: "a report in the Herald" is the Herald's word."""
    words = _LETTERS.findall(text[:120])
    head = next((each for each in words[:6] if each.casefold() in _REPORTS), None)
    if head is None:
        return None
    before, after = text[: text.find(head)], text.find(head) + len(head)
    if any(mark in before for mark in (",", "--", "—", "–")):
        return None  # "Kall -- co-editor of a book on debates"
    issued = _ISSUED.match(text, after)
    found = _WITHIN.match(text, issued.end() if issued else after + 1)
    if found is not None:
        who = found["who"].split()[0].strip(",.").casefold()
        if not who[:1].isdigit() and not who.endswith("day") and who not in _NOBODYS:
            start, end = found.span("who")
            dated = _DATED.search(text, start, end)
            return start, dated.start() if dated else end
        return None
    owner = _OWNER.match(before)
    if owner is not None:
        return owner.span("who")
    maker = _MAKER.search(before)
    filed = head.casefold() in _FILED
    if maker is not None and _is_maker(maker["who"]) and not filed:
        return maker.span("who")
    return None


_NOBODYS = word_set("which whom his her their its twitter facebook telegram x")
_DATED = re.compile(
    r",?\s(?:on|in|late|early|earlier|last|this)\s(?:the\s)?"
    rf"(?:{'|'.join(DAYS)}|{'|'.join(MONTHS)}|week|month|year|\d{{4}})\b.*\Z",
    re.I | re.S,
)
_FILED = word_set("document documents record records papers filing filings files file")
"""What lies with a court or a company and is not its word."""
_OWNER = re.compile(r"(?P<who>.+)[’']s?\s+(?:\S+\s+){0,3}\Z", re.S)
_MAKER = re.compile(r"(?P<who>[a-z]+)\s+\Z")


def _is_maker(word: str) -> bool:
    """Whether a word before a noun says whose it is: rebel accounts, police reports."""
    return word in PLURAL_NOUNS or f"{word}s" in PLURAL_NOUNS or word in PERSON_NOUNS


@functools.lru_cache(maxsize=4_096)
def may_be_outlet(text: str) -> bool:
    words = [each.casefold() for each in re.split(r"[\s-]+", text)]
    if any(each in PERSON_NOUNS - OUTLET_WORDS - PLURAL_NOUNS for each in words[:-1]):
        return False  # "radio host Karl Vane"
    if any(each.strip(",.’'") in OUTLET_WORDS for each in words):
        return True
    if any(each.strip(",.’'") in OUTLET_NAMES for each in words) and text[0].isupper() | (
        words[0] == "the"
    ):
        return True
    return text[0].isupper() and (words[0] == "al" or text.isupper())
