"""Where a page names who publishes another page of its list: by address, by name, by what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import Literal

import attrs

from provenance.drafting.credits import plain_name
from provenance.drafting.page_owners import Owners
from provenance.drafting.publishers import web_address

__all__ = ["Mention", "MentionKind", "introduces_its_own", "mentions_in", "owners_named"]

MOST_ADDRESSES = 200
"""How many addresses of a text are looked at."""
MOST_NAMED = 500
"""How many names of publishers of the list are looked at in a text."""
LONGEST_READ = 200_000
"""How many characters of a text are searched for names."""
_LINKED, _NAMED, _ROLE, _ROLE_OUTSIDE, _ROLE_ONLY = 0.9, 0.9, 0.9, 0.85, 0.8
_OPEN = 0.79

MentionKind = Literal["linked", "named", "role"]
"""By what somebody is mentioned: an address, a name, or what they are, such as "the company"."""


@attrs.frozen
class Mention:
    """A place where a text says from whom it has something."""

    kind: MentionKind
    """By what."""
    start: int
    """The offset of its first character."""
    end: int
    """The offset just after its last character."""
    text: str
    """The words."""
    probability: float
    """How probable it is that what stands beside it is from there, in [0, 1]: a judgement."""
    owner: int | None = None
    """Which publisher of the list; `None` where it is none."""
    page: int | None = None
    """The page of the list, where the address is one."""
    outsider: str = ""
    """Of somebody who publishes no page of the list, the name."""


# Addresses


_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”|\\^`{}]{3,2000}"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}/[^\s<>\"“”|\\^`{}]{1,500}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’)]*_"
_POINTS = re.compile(
    r"\b(?:per|via|from|sources?|according to|reported (?:by|in|at|on)|announced|h/t|hat tip)\b"
    r"[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)


def _linked(text: str, owners: Owners, others: Set[int]) -> Iterator[Mention]:
    """The addresses in a text that are pages of the list, or of those who publish them."""
    for found in islice(_ADDRESS.finditer(text), MOST_ADDRESSES):
        written = found.group().rstrip(_TRAILING)
        address = web_address(written)
        if address is None:
            continue
        span = found.start(), found.start() + len(written), written
        page = owners.by_address.get(address.plain)
        if page is not None:
            if owners.of_page[page] in others:
                yield Mention("linked", *span, _LINKED, owners.of_page[page], page)
            continue
        is_pointed_at = _POINTS.search(text[max(0, found.start() - 60) : found.start()])
        if address.publisher is None or is_pointed_at is None:
            continue
        owner = owners.by_publisher.get(address.publisher)
        if owner is None:
            yield Mention("linked", *span, _LINKED, outsider=address.publisher)
        elif owner in others:
            yield Mention("linked", *span, _LINKED, owner)


# Names


_SAYS = (
    r"(?:said|says|say|announced|announces|announcing|claims|claimed|reports|reported|wrote|writes"
    r"|confirmed|confirms|posted|posts|stated|states|revealed|reveals|disclosed|tweeted|declared"
    r"|declares|insists|insisted|maintains|maintained|boasts|boasted|estimates|estimated|puts"
    r"|warned|warns|argues|argued|tells|told|notes|noted|explained|added)"
)
_BRINGS = r"(?:unveiled|unveils|introduced|introduces|launched|launches|released|releases|published|presented)"
_BETWEEN = (
    r"(?:\s?\([^()\n]{1,40}\))?(?:,[^,.\n]{1,60},)?\s"
    r"(?:(?:today|yesterday|now|also|first|earlier|itself|has|have|had|on\s\w{3,9}day|this\s\w+|\w{2,12}ly)\s){0,2}"
)
_WORK = (
    r"(?:blog|post|posts|statement|report|press\srelease|release|announcement|website|site|account"
    r"|figures|data|paper|study|newsletter|launch|letter|spokes\w{3,6}|own)"
)
_AFTER_NAME = re.compile(
    rf"{_BETWEEN}{_SAYS}\b|['’]s?\s(?:\w{{1,15}}\s){{0,2}}?{_WORK}\b|\s{_WORK}\b"
)
_BEFORE_NAME = re.compile(
    r"\b(?:according\sto|per|via|citing|quoting|credits?(?:\sto|:)?|h/t:?|hat\stip(?:\sto)?"
    rf"|sources?:|{_WORK}\s(?:by|from|of|on)|(?:as|was|were)\s(?:announced|reported|stated)\sby"
    rf"|{_SAYS}(?:,|:))\s(?:the\s|a\s|an\s)?\Z",
    re.IGNORECASE,
)
# "Two people said so before the company announced it" has it from two people.
_NOT_YET = re.compile(r"\b(?:before|until|than)\s\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w’'&.-]*")
_MOST_WORDS = 5


def _names(text: str, owners: Owners, others: Set[int]) -> Iterator[tuple[int, int, int]]:
    """Where a text names publishers of the list: the publisher, the start and the end."""
    words = [each.span() for each in _WORD.finditer(text, 0, LONGEST_READ)]
    at = 0
    while at < len(words):
        start = words[at][0]
        found = None
        is_name = text[start].isupper() or text[start].isdigit() or text[max(0, start - 1)] == "@"
        if is_name and plain_name(text[start : start + 4])[:2] in owners.beginnings:
            found = _longest(text, words, at, owners)
        if found is None:
            at += 1
            continue
        number, past, end = found
        if number in others:
            yield number, start, end
        at = past


def _longest(
    text: str, words: Sequence[tuple[int, int]], at: int, owners: Owners
) -> tuple[int, int, int] | None:
    """The longest name of a publisher that begins with a word."""
    start = words[at][0]
    for past in range(min(len(words), at + _MOST_WORDS), at, -1):
        end = words[past - 1][1]
        if end - start > 120 or "\n" in text[start:end]:
            continue
        name = text[start:end].rstrip(".-'’&")
        for each in (name, re.sub(r"['’]s?\Z", "", name)):
            if len(each) > 2 and (number := owners.named(each)) is not None:
                return number, past, start + len(each)
    return None


def _named(text: str, found: Sequence[tuple[int, int, int]]) -> Iterator[Mention]:
    for owner, start, end in found:
        before = _BEFORE_NAME.search(text[max(0, start - 60) : start])
        after = _AFTER_NAME.match(text, end)
        is_none = before is None and after is None
        if is_none or _NOT_YET.search(text[max(0, start - 12) : start]):
            continue
        first = start - len(before.group()) if before is not None else start
        last = end if after is None else after.end()
        yield Mention("named", first, last, text[first:last], _NAMED, owner)


# What they are


_MAKES = (
    r"(?:company|firm|start-?up|(?:\w{0,12}-?)maker|manufacturer|developers?|creators?|vendor"
    r"|provider|lab|laboratory|business|corporation|retailer|supplier|insurer|airline|operator"
    r"|studio|publisher)"
)
_PRINTS = r"(?:newspaper|paper|magazine|journal|broadcaster|website|outlet|news\ssite)"
_IS = (
    r"(?:agency|police|ministry|university|institute|government|department|council|bank|group"
    r"|organi[sz]ation|charity|foundation|hospital|brigade|service|office|army|navy|club|union"
    r"|railway|utility|authority|watchdog|regulator|court|party|embassy|church|school|museum"
    r"|college|institution|force|laboratory)"
)
_WHAT = rf"(?:{_MAKES}|{_PRINTS}|{_IS})"
_THAT = r"(?:the|its|their|this|that)\s(?:[\w-]{2,20}\s){0,2}?"
_ROLE_PATTERN = re.compile(
    rf"\b(?:according\sto|per|citing|quoting)\s{_THAT}(?P<one>{_WHAT})\b"
    rf"|(?<![\w-]){_THAT}(?P<two>{_WHAT})(?:{_BETWEEN}{_SAYS}\b|['’]s?\s(?:\w{{1,15}}\s)?{_WORK}\b)"
    rf"|\b{_SAYS}\s{_THAT}(?P<three>{_WHAT})(?=[.,;\n]|\Z)"
    rf"|(?<![\w-])(?P<four>police){_BETWEEN}{_SAYS}\b",
    re.IGNORECASE,
)
_NAMED_ALONE = re.compile(rf"(?:{_MAKES}|{_PRINTS})\Z", re.IGNORECASE)
_ONE_THAT_MAKES = re.compile(rf"{_MAKES}\Z", re.IGNORECASE)
_CAPITAL = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][\w’'&.-]{1,40}"
_NAME = rf"{_CAPITAL}(?:\s{_CAPITAL}){{0,4}}"
_OUTSIDER = re.compile(
    rf"(?P<one>{_NAME}){_BETWEEN}(?:{_SAYS}|{_BRINGS})\b|\b{_WHAT}\s(?P<two>{_NAME})"
    rf"|(?P<three>{_NAME}),\s(?:a|an)\s(?:[\w-]{{2,20}}\s){{0,3}}?{_WHAT}\b"
)
_NO_NAME = re.compile(r"(?:This|That|It|He|She|They|We|I|In|On|At|But|And|A|An|Its|Their)\b")
_BRINGS_OWN = re.compile(
    r"\b[Ww]e(?:['’]re|['’]ve)?\b[^.!?\n]{0,60}\b(?:introduc|announc|launch|releas|present|unveil"
    r"|publish|shipp)\w*|\b[Oo]ur\s(?:(?:very\s)?(?:new|newest|latest|most|first|next)\b)"
)


def introduces_its_own(text: str) -> bool:
    """Whether a text announces something as the work of those who speak.

    >>> introduces_its_own("Today we are introducing Kestrel."), introduces_its_own("We saw it.")
    (True, False)
    """
    return _BRINGS_OWN.search(text, 0, LONGEST_READ) is not None


def _roles(
    text: str, owners: Owners, others: Set[int], named: Sequence[int], alone: int | None
) -> Iterator[Mention]:
    """Where a text has it from "the company" or "its maker", and who is meant.

    That is who publishes another page and is called so; else, of a company or a paper, who does so
    and is named in the text; else the only one whom the text names as speaking; else, of a company,
    the only one on the list who announces something of their own.
    """
    for found in islice(_ROLE_PATTERN.finditer(text, 0, LONGEST_READ), 20):
        if _NOT_YET.search(text[max(0, found.start() - 12) : found.start()]):
            continue
        what = next(each for each in found.groups() if each)
        span = found.start(), found.end(), found.group()
        called = [each for each in owners.called(what) if each in others]
        named_alone = named if _NAMED_ALONE.match(what) else ()
        meant = [each for each in called if each in named] or list(named_alone) or called
        if meant:
            yield Mention("role", *span, _ROLE if len(meant) == 1 else _OPEN, meant[0])
            continue
        names = [
            name
            for name in _outsiders(text, owners)
            if _NAMED_ALONE.match(what) or what.casefold() in name.casefold()
        ]
        if len(names) == 1:
            yield Mention("role", *span, _ROLE_OUTSIDE, outsider=names[0])
        elif not names and alone in others and _ONE_THAT_MAKES.match(what):
            yield Mention("role", *span, _ROLE_ONLY, alone)


def _outsiders(text: str, owners: Owners) -> Sequence[str]:
    """Those whom a text names as speaking, or as a company or the like, by name."""
    found: dict[str, str] = {}
    for each in islice(_OUTSIDER.finditer(text, 0, LONGEST_READ), 20):
        name = next(name for name in each.groups() if name).strip(" .,'’")
        name = re.sub(r"\A(?:The|A|An)\s", "", name)
        if _NO_NAME.match(name) is None and owners.named(name) is None:
            found.setdefault(plain_name(name), name)
    return list(found.values())


def owners_named(text: str, owners: Owners, others: Set[int]) -> frozenset[int]:
    """Which of some publishers of a list a text names."""
    return frozenset(each for each, _, _ in islice(_names(text, owners, others), MOST_NAMED))


def mentions_in(
    text: str, owners: Owners, others: Set[int], alone: int | None = None
) -> tuple[Mention, ...]:
    """Where a text says that it has something from those who publish other pages of its list.

    Takes time in proportion to the text.

    Args:
        text: the text of a page.
        owners: the publishers of the list.
        others: which of them publish a page that says the same and is not their own.
        alone: the only one of them whose page announces something of its own, if there is one.
    """
    names = list(islice(_names(text, owners, others), MOST_NAMED))
    named = list(dict.fromkeys(owner for owner, _, _ in names))
    return (
        *_linked(text, owners, others),
        *_named(text, names),
        *_roles(text, owners, others, named, alone),
    )
