"""Credits: where a text says from whom it has what it says, as news agencies and papers write them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import attrs

from provenance.drafting.articles import SourceDocument
from provenance.drafting.english import word_set
from provenance.drafting.layout import Layout

__all__ = [
    "AGENCIES",
    "CREDITS",
    "Credit",
    "CreditKind",
    "agencies_credited",
    "agency_named",
    "credits_in",
    "imprint_of",
]

CreditKind = Literal[
    "dateline",
    "byline",
    "source-line",
    "tag",
    "copyright",
    "republished",
    "translated",
    "first-reported",
    "reported",
    "told",
    "contributed",
]
"""How a text credits: for the whole of it, for one sentence, or for a share in it."""

CREDITS: Mapping[CreditKind, tuple[float, bool]] = MappingProxyType(
    {
        "dateline": (0.97, True),
        "republished": (0.97, True),
        "translated": (0.97, True),
        "byline": (0.95, True),
        "source-line": (0.95, True),
        "tag": (0.95, True),
        "copyright": (0.95, True),
        "first-reported": (0.95, False),
        "reported": (0.9, False),
        "told": (0.9, False),
        "contributed": (0.5, True),
    }
)
"""How probable it is that what is credited is from there, and whether a credit is for the whole text.

Judgements: nobody has counted how often a credit covers less than it seems to.
"""

AGENCIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AFP": ("agence france-presse", "agence france presse", "afp.com"),
        "AP": ("associated press", "the associated press", "ap news", "apnews.com", "ap.org"),
        "Reuters": ("thomson reuters", "reuters.com"),
        "dpa": ("deutsche presse-agentur", "dpa.com", "dpa international"),
        "ANSA": ("ansa.it",),
        "EFE": ("agencia efe", "efe.com"),
        "Xinhua": ("xinhuanet.com", "news.cn"),
        "TASS": ("tass.com", "tass.ru", "itar-tass"),
        "Interfax": ("interfax.com", "interfax.ru"),
        "RIA Novosti": ("ria.ru",),
        "Kyodo": ("kyodo news", "kyodonews.net"),
        "PA Media": ("press association", "pa news agency"),
        "UPI": ("united press international", "upi.com"),
        "Bloomberg": ("bloomberg news", "bloomberg.com"),
        "Anadolu": ("anadolu agency", "aa.com.tr"),
        "Yonhap": ("yonhap news agency", "yna.co.kr"),
        "PTI": ("press trust of india", "ptinews.com"),
        "ANI": ("asian news international", "aninews.in"),
        "IANS": ("indo-asian news service", "ians.in"),
        "AAP": ("australian associated press", "aap.com.au"),
        "Canadian Press": ("the canadian press", "thecanadianpress.com"),
        "APA": ("austria presse agentur", "apa.at"),
        "epd": ("evangelischer pressedienst", "epd.de"),
        "KNA": ("kna.de",),
        "Belga": ("belga.be",),
        "ANP": ("anp.nl",),
        "NTB": ("ntb.no",),
        "Ritzau": ("ritzau.dk",),
        "TT": ("tt.se",),
        "PAP": ("pap.pl",),
        "Lusa": ("lusa.pt",),
        "Ukrinform": ("ukrinform.net", "ukrinform.ua"),
        "SANA": ("sana.sy",),
    }
)
"""News agencies by the name that credits use, with their other names and their domains."""

_BY_NAME = {
    each.casefold(): agency for agency, others in AGENCIES.items() for each in (agency, *others)
}


@attrs.frozen
class Credit:
    """A place where a text says from whom it has something."""

    kind: CreditKind
    """How it says so."""
    name: str
    """Whom it names; an agency by the name that credits use."""
    start: int
    """The offset of its first character."""
    end: int
    """The offset just after its last character."""
    text: str
    """The words."""

    @property
    def probability(self) -> float:
        """How probable it is that what it covers is from there, in [0, 1]: a judgement."""
        return CREDITS[self.kind][0]

    @property
    def is_for_all(self) -> bool:
        """Whether it is for the whole text."""
        return CREDITS[self.kind][1]


def agency_named(name: str) -> str | None:
    """The news agency that a name or a domain means, by the name that credits use.

    >>> agency_named("The Associated Press"), agency_named("afp.com"), agency_named("The Gazette")
    ('AP', 'AFP', None)
    """
    return _BY_NAME.get(" ".join(name.casefold().split()))


# A name: up to six words with a capital, which small ones may join; every repetition is bounded, so
# that no text takes more than time in proportion to it.
_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0106\u010c\u0141\u015a\u0160\u017b\u017d]"
_PART = rf"{_CAPITAL}[\w’'&.-]{{0,40}}"
# What is "for" something: an office, a centre, a ministry.
_FOR = "|".join(
    f"(?<={each})"
    for each in (
        *("Office", "Centre", "Center", "Institute", "Department", "Ministry", "Agency", "Council"),
        *("Committee", "Commission", "Foundation", "Society", "Bureau", "Campaign", "Association"),
        *("Alliance", "Network", "Project", "Fund", "School", "Authority"),
    )
)
_SMALL = rf"(?:\s(?:of|de|du|des|di|del|da|al|der|für|and|&)|(?:{_FOR})\sfor)"
_JOINED = rf"(?:{_SMALL}(?:\s(?:the|la))?)?\s{_PART}"
_NAME = rf"(?:{_PART}(?:{_JOINED}){{0,5}}|dpa|epd)"
_THE = r"(?:(?:[Tt]he|[Dd]e[rmns]|[Dd]ie|[Dd]as|[Ll][ea]s?|[Ee]l|[Ll]os|[Ii]l)\s|[Ll]['’])?"
_FROM = rf"{_THE}(?P<name>{_NAME})"
_DASH = r"\s{0,3}[-–—:]"
_PAPER = r"(?:\s(?:newspaper|news agency|magazine|website|daily|weekly|news))?"

_WRITTEN: tuple[tuple[CreditKind, str], ...] = (
    ("dateline", rf"^[^\n()]{{0,60}}\((?P<name>{_NAME})(?:/[^\n()]{{1,20}})?\){_DASH}"),
    ("tag", rf"\((?:via|through|with)\s{_FROM}\)"),
    ("tag", rf"\((?P<name>{_NAME})(?:[/,][^\n()]{{1,20}})?\)\s{{0,3}}$"),
    ("tag", rf"(?:—|–|--|-)\s?(?P<name>{_NAME})\s{{0,3}}$"),
    ("source-line", rf"^\s{{0,3}}(?:Sources?|Quelle|Fuente|Fonte|Bron)\s?:\s{{0,3}}{_FROM}"),
    ("source-line", rf"(?<=[.!?)”\"]\s)(?:Sources?|Quelle|Fuente|Fonte|Bron)\s?:\s{{0,3}}{_FROM}"),
    ("tag", r"^\W{0,3}(?:(?:Credit|From|By):?\s)?(?P<name>[A-Za-z][\w -]{1,40})\W{0,3}$"),
    ("copyright", rf"^\s{{0,3}}(?:©|\([cC]\)|Copyright)(?:\s?©)?(?:\s?\d{{4}})?,?\s{{0,2}}(?:by\s)?{_FROM}"),
    ("republished", (r"(?:[Ff]irst|[Oo]riginally)\s(?:appeared|published|ran)\s"
                    rf"(?:in|on|by|at)\s{_FROM}")),
    ("republished", (r"(?:[Rr]epublished|[Rr]eprinted|[Rr]eproduced)\s(?:with\spermission\s)?"
                    rf"(?:from|of)\s{_FROM}")),
    ("republished", rf"[Zz]uerst\serschienen\s(?:in|bei|auf)\s{_FROM}"),
    ("translated", (r"[Tt]ranslated\sfrom\s(?:the\s)?(?:[A-Z]\w{1,20}\s)?(?:of|by|in)\s"
                   rf"{_FROM}")),
    ("translated", rf"[Tt]ranslation\sof\san?\s\w{{1,20}}\s(?:of|by|in|from)\s{_FROM}"),
    ("first-reported", rf"first\s(?:reported|revealed|told)\s(?:by|in)\s{_FROM}"),
    ("first-reported", (rf"{_FROM}{_PAPER}\s(?:was\s(?:the\s)?)?first\s"
                       r"(?:to\sreport|reported|revealed)")),
    ("first-reported", rf"\b(?:[Hh]/[Tt]|[Hh]at[ -]tip)(?:\sto)?:?\s{_FROM}"),
    # "Per Hansen" is somebody's name.
    ("reported", rf"(?:\bper|\bPer(?=\s[Tt]he\s))\s{_FROM}"),
    ("reported", rf"[Aa]ccording\sto\s(?:an?\s)?{_FROM}"),
    ("reported", (r"[Aa]ccording\sto\s(?:an?|the)\s(?:report|article|story|letter|post)\s"
                 rf"(?:of|in|by|from)\s{_FROM}")),
    ("reported", rf"(?:as\s|was\s|were\s)?reported\s(?:by|in)\s{_FROM}"),
    ("reported", rf"(?:[Cc]iting|[Qq]uoting)\s(?:[^.\n]{{0,60}}?,\s)?{_FROM}"),
    ("reported", (rf"{_FROM}{_PAPER}\s(?:has\s|had\s)?"
                 r"(?:reported|reports|is\sreporting|wrote|writes)\b")),
    ("reported", (r"(?:[Ll]aut|[Uu]nter\sBerufung\sauf|[Nn]ach\sAngaben\s(?:von|der|des))\s"
                 rf"{_FROM}")),
    ("reported", rf"berichtete?n?\s{_FROM}"),
    ("reported", rf"{_FROM}\szufolge"),
    ("reported", rf"(?:[Ss]elon|[Dd]['’]après)\s{_FROM}"),
    ("reported", rf"(?:rapporte|écrit|indique|révèle)\s{_FROM}"),
    ("reported", rf"(?:[Ss]egún|informó|publicó)\s{_FROM}"),
    ("reported", rf"(?:[Ss]econdo|riporta|scrive)\s{_FROM}"),
    ("told", rf"\btold\s{_FROM}"),
    ("contributed", rf"{_FROM}\scontributed\sto\sthis"),
    ("contributed", (r"(?:[Ww]ith|[Aa]dditional)\s(?:reporting|files|material)\s(?:from|by)\s"
                    rf"{_FROM}")),
    ("contributed", rf"[Mm]it\sMaterial\s(?:von|der)\s{_FROM}"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern, re.MULTILINE)) for kind, pattern in _WRITTEN)
# Words with a capital that begin a sentence, and name nobody.
_NOBODY = word_set(
    "a an and as at but by for from he her his i if in it its my no of on or our she so some that "
    "the their there these they this those to we what when who you january february march april "
    "may june july august september october november december monday tuesday wednesday thursday "
    "friday saturday sunday english arabic french german spanish russian chinese reporters "
    "journalists source staff photo image video file editor advertisement"
)
_AT_THE_END = ("tag", "copyright", "source-line")
# Who has pictures and licences everywhere, and owns no page.
_NO_OWNERS = ("getty", "shutterstock", "unsplash", "istock", "alamy", "creative commons", "pixabay",
              "google", "epa")  # fmt: skip
_IMPRINT = re.compile(
    r"^\s{0,3}(?:(?:©|\([cC]\)|Copyright)(?:\s?©)?(?:\s?\d{4})?,?\s{0,2}(?:by\s)?"
    r"|[Pp]ublished\sby\s|[Aa]\spublication\sof\s|[Pp]art\sof\s)"
    rf"{_THE}(?P<name>{_NAME})",
    re.MULTILINE,
)
_IMPRINT_WITHIN = 400


def credits_in(document: SourceDocument) -> tuple[Credit, ...]:
    """Where a document says from whom it has what it says, in the order of the text.

    Datelines, agencies in parentheses, lines of sources, bylines, "as first reported by …", "X
    contributed to this report", translations and reprints, in English and in part in German, French,
    Spanish and Italian. Whoever publishes the document is no credit. A name at the end of a text, in
    parentheses or behind a dash, is one only where it is an agency's.

    Takes time in proportion to the text.

    >>> from provenance.drafting import read_document
    >>> page = read_document(
    ...     "VELM (AFP) - The ship sailed, as first reported by the Coast Herald.",
    ...     publisher="The Gazette",
    ... )
    >>> [(each.kind, each.name) for each in credits_in(page)]
    [('dateline', 'AFP'), ('first-reported', 'Coast Herald')]
    """
    own = plain_name(document.publisher)
    found: dict[tuple[int, str], Credit] = {}
    credited = (each.credit for each in _found(document.text))
    for credit in (*_byline(document), *credited):
        if plain_name(credit.name) != own:
            found.setdefault((credit.end, credit.name), credit)
    kept = sorted(found.values(), key=lambda each: (each.start, each.end, each.name))
    return tuple(kept)


FIRST_PARAGRAPHS = 6
"""In how many of the first paragraphs a dateline is looked for."""


def agencies_credited(text: str, layout: Layout) -> dict[int, tuple[int, int]]:
    """Where the agency is named to which a paragraph is credited, by the number of the paragraph.

    Whoever stands in a dateline is one: "VELM, March 3 (Norda) -". A dateline, a line of its own, or the end of the last paragraph credits the whole text; the end
    of another paragraph that paragraph. "Reuters contributed to this report" credits nothing.

    >>> from provenance.drafting.layout import laid_out
    >>> text = "VELM (Reuters) - The ship sailed, officials said."
    >>> agencies_credited(text, laid_out(text))
    {0: (6, 13)}
    """
    starts = [each.start for each in layout.paragraphs]
    last = len(starts) - 1
    parts: dict[int, tuple[int, int]] = {}
    whole: list[tuple[int, int]] = []
    for credit, name in _found(text, ("dateline", "tag", "source-line")):
        if agency_named(credit.name) is None and credit.kind != "dateline":
            continue
        number = max(0, bisect_right(starts, name[0]) - 1)
        if credit.kind == "dateline":
            if number < FIRST_PARAGRAPHS:
                whole.append(name)
        elif credit.kind == "source-line" or number == last or _fills(credit, layout, number):
            whole.append(name)
        else:
            parts[number] = name
    if not whole:
        return parts
    return {number: parts.get(number, min(whole)) for number in range(last + 1)}


def _fills(credit: Credit, layout: Layout, number: int) -> bool:
    """Whether a credit is a paragraph by itself."""
    paragraph = layout.paragraphs[number]
    return credit.start <= paragraph.start and paragraph.end <= credit.end


def _byline(document: SourceDocument) -> Iterator[Credit]:
    """The agency that stands where the author's name does."""
    author = (document.author or "")[:200]
    for part in re.split(r"\s*(?:,|/|\||;|\band\b)\s*", author):
        agency = agency_named(re.sub(r"\A[Bb]y\s+|\s+(?:[Ss]taff|[Ww]riter)\Z", "", part.strip()))
        if agency is not None:
            yield Credit("byline", agency, 0, 0, author)


class _Found(NamedTuple):
    credit: Credit
    name: tuple[int, int]
    """Where the name stands."""


def _found(text: str, kinds: Container[str] = CREDITS) -> Iterator[_Found]:
    stops = [*(each.end() for each in re.finditer(r"\n\s*\n", text)), len(text)]
    for kind, pattern in _PATTERNS:
        if kind not in kinds or (
            kind == "source-line" and not any(map(text.__contains__, _SOURCE))
        ):
            continue
        for match in pattern.finditer(text):
            name = _named(match["name"])
            if name is None:
                continue
            agency = agency_named(name)
            if kind in ("tag", "copyright") and agency is None and "via" not in match.group():
                continue
            if kind == "dateline" and agency is None and not match.group()[:3].isupper():
                continue
            if kind in _AT_THE_END and not _ends(text, match.end(), stops):
                continue
            at = match.start("name") + match["name"].index(name)
            credit = Credit(kind, agency or name, match.start(), match.end(), match.group().strip())
            yield _Found(credit, (at, at + len(name)))


_SOURCE = ("Source", "Quelle", "Fuente", "Fonte", "Bron")


def _ends(text: str, end: int, stops: list[int]) -> bool:
    """Whether a place is near the end of a paragraph: what stands there is a credit."""
    at = bisect_left(stops, end)
    return at < len(stops) and len(text[end : stops[at]].strip()) <= 40


def _named(words: str) -> str | None:
    """The name without what does not belong to it, or `None` where it names nobody."""
    name = re.split(r"[.!?]\s", words, maxsplit=1)[0].strip(" .,-’'&")
    name = re.sub(r"(?:'s|’s)\Z", "", name)
    parts = name.split()
    while parts and parts[0].casefold() in _NOBODY:
        parts.pop(0)
    return " ".join(parts) or None


def plain_name(name: str) -> str:
    """A name by its letters and digits alone, without an article before it.

    >>> plain_name("The Velm Gazette"), plain_name("velm-gazette")
    ('velmgazette', 'velmgazette')
    """
    bare = re.sub(r"\A(?:the|die|der|das|le|la|les|el)\s+", "", name.casefold())
    return re.sub(r"[\W_]+", "", bare)


def imprint_of(text: str) -> str | None:
    """Who owns a page, by the line at its end that says so.

    >>> imprint_of("The ship sailed.\\n\\n© 2026 Northline Media Ltd. All rights reserved.")
    'Northline Media Ltd'
    """
    end = text[-_IMPRINT_WITHIN:]
    for match in reversed([*_IMPRINT.finditer(end)]):
        name = _named(match["name"])
        if name is None or agency_named(name) or name.casefold().startswith(_NO_OWNERS):
            continue
        return name
    return None
