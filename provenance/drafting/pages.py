"""A list of pages as an agent collects them: what each says of a claim, where, and from whom."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

import attrs
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from provenance.drafting.articles import (
    SourceDocument,
    is_page,
    plain_document,
    read_document,
    slug,
)
from provenance.drafting.claim_words import ClaimWords, side_of_text, side_of_wordings, words_of
from provenance.drafting.credits import plain_name
from provenance.drafting.fake_speakers import fake_after, is_labelled_fake
from provenance.drafting.layout import laid_out
from provenance.drafting.page_voices import HeardPage, PageVoice, heard_on
from provenance.drafting.publishers import publisher_of_domain, web_address
from provenance.errors import CaseError, FormatError, Problem
from provenance.records import Basis, Claim, Record, Span, shown
from provenance.scales import listed, quoted

__all__ = [
    "Page",
    "PageStance",
    "Pages",
    "ReadPages",
    "ReadStance",
    "evidence_schema",
    "lists_results",
    "read_pages",
    "sides_of",
]

MOST_PAGES = 5_000
"""How many pages a list may have."""
MOST_CHARACTERS = 50_000_000
"""How many characters the texts of a list may have altogether."""
LONGEST_TEXT = 1_000_000
"""How many characters the text of one page may have."""
MOST_DRAFTED = 1_500_000
"""How many characters of a list are searched for those who speak."""
LONGEST_DRAFTED = 20_000
"""How many characters of one page are searched for them."""
MOST_CITED = 100
"""How many others a page may name."""
MOST_SENTENCES = 2_000
"""In how many sentences of a page the one is looked for that comes nearest to a claim."""
MOST_CLAIMS = 200
"""How many claims a list may be about."""

PageStance = Literal["affirms", "denies", "neither"]
"""What a page says of its claim: it is true, it is false, or only that it is claimed."""

_STANCES: Mapping[str, PageStance] = {
    **dict.fromkeys(("affirm", "for", "support", "supports", "true", "yes"), "affirms"),
    **dict.fromkeys(
        ("deny", "against", "refute", "refutes", "contradicts", "false", "no"), "denies"
    ),
    **dict.fromkeys(("neutral", "mentions", "unclear", "unknown"), "neither"),
}


def _stance(value: Any) -> Any:
    """The stance that is meant by the words that lists of evidence use."""
    return _STANCES.get(value.strip().casefold(), value) if isinstance(value, str) else value


def _day(value: Any) -> Any:
    """A date; one with a time of day as web pages write it is a minute in UTC, or a day."""
    if not isinstance(value, str) or len(value) < 16 or (value.endswith("Z") and len(value) == 17):
        return value
    try:
        moment = datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        return value  # which says what is wrong with it
    return Span.of(moment.date() if moment.tzinfo is None else moment)


def _several(value: Any) -> Any:
    return (
        (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value
    )


def _entries(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _at_most(most: int, what: str) -> Any:
    """A bound on how many characters or entries a field has, in our words and in the schema."""

    def bounded(value: Any) -> Any:
        if len(value) > most:
            raise PydanticCustomError(
                "too-long",
                "expected at most {most} {what}, found {found}",
                {"most": most, "what": what, "found": len(value), "fix": "hand over less"},
            )
        return value

    return AfterValidator(bounded)


Words = Annotated[str, Field(min_length=1), _at_most(4_000, "characters")]
Name = Annotated[str, Field(min_length=1), _at_most(200, "characters")]
# A least length, even none, makes pydantic look at the characters: half a surrogate pair is no text.
WholeText = Annotated[str, Field(min_length=0), _at_most(LONGEST_TEXT, "characters")]
_CITED = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


class Page(Record, frozen=True):
    """A page, a note or a session, and what it says of a claim."""

    id: Name | None = None
    """A name by which other entries cite it."""
    url: Words | None = None
    """Its address; the publisher is told by its registrable domain. Never fetched."""
    publisher: Name | None = None
    """Who published it: an outlet, a company, a tool, a person; needed where there is no address."""
    title: Words | None = None
    """Its title."""
    author: Words | None = None
    """Who wrote it, where it says so."""
    published: Annotated[Span | None, BeforeValidator(_day)] = None
    """When: a year, a month, a day, or a moment; one without a time zone counts as its day."""
    retracted: Annotated[Span | None, BeforeValidator(_day)] = None
    """When its publisher took it back, where they did: from then on it counts for nothing."""
    says: Words | None = None
    """What it says, in your words."""
    quote: Words | None = None
    """What it says, in its own words."""
    text: WholeText | None = None
    """Its whole text, in which credits and shared passages are looked for."""
    stance: Annotated[PageStance | None, BeforeValidator(_stance)] = None
    """Whether it affirms the claim, denies it, or does neither; without it, what its words show."""
    cites: Annotated[
        tuple[Words, ...],
        BeforeValidator(_several),
        _at_most(MOST_CITED, "others"),
        WithJsonSchema(_CITED),
    ] = ()
    """From whom it has it, if you know: ids or addresses of other entries, or names."""
    claim: Words | None = None
    """Which claim it is about: an id or a text of `claims`; needed where there are several."""
    basis: Basis = "unstated"
    """How it came to it, if that is on record: "firsthand" and "own-inquiry" are its own work."""

    @model_validator(mode="after")
    def _has_a_publisher(self) -> Self:
        if self.publisher is None and not (self.url or "").strip():
            raise PydanticCustomError(
                "no-publisher",
                "expected a url or a publisher, found neither",
                {"fix": "say where it is, or who wrote it"},
            )
        return self

    @property
    def side(self) -> PageStance:
        """The side it takes; one whose stance is not known takes none."""
        return self.stance or "neither"

    @property
    def wordings(self) -> Iterator[str]:
        """Everything by which it says what it says, the most telling first."""
        for each in (self.quote, self.says, self.title):
            if each:
                yield each


class Pages(Record, frozen=True):
    """A list of pages, and the claims that it is about."""

    evidence: Annotated[tuple[Page, ...], BeforeValidator(_entries), Field(min_length=1)]
    """The pages."""
    claims: Annotated[
        tuple[Claim, ...], BeforeValidator(_entries), _at_most(MOST_CLAIMS, "claims")
    ] = ()
    """The claims."""


StanceReason = Literal[
    "given", "no-words", "states", "denies", "divided", "unclear", "perhaps-denied", "both",
    "not-stated", "withdrawn", "other-words", "called-fake", "labelled",
]  # fmt: skip
"""What the side of a page was taken from: what the list says, or what the page states."""


@attrs.frozen
class ReadStance:
    """Which side of its claim a page takes, what tells so, and who it is that says so."""

    stance: PageStance
    """The side; "neither" where the page states none, or none that is plain."""
    reason: StanceReason
    """What it was taken from."""
    text: str = ""
    """The sentence that tells it; where none states the claim, the one that comes nearest."""
    voices: tuple[PageVoice, ...] = ()
    """Who takes that side on it, by places in the text; none where that was not looked for."""
    asked: tuple[str, ...] = ()
    """Sentences that deny something else, and may be meant to deny the claim."""
    missing: tuple[str, ...] = ()
    """The words of the claim that the nearest sentence has not."""
    withdraws: bool = False
    """Whether who publishes the page takes back there what they reported before."""

    @property
    def nearest(self) -> str:
        """What comes nearest to a claim that no sentence states, to be added to a sentence."""
        if not self.text:
            return ", and no word of it is there"
        words = listed([quoted(each, 30) for each in self.missing], 5)
        are = "is" if len(self.missing) == 1 else "are"
        lacking = f", in which {words} {are} missing" if self.missing else ""
        return f"; the nearest is {quoted(self.text, 160)}{lacking}"


@attrs.frozen
class ReadPages:
    """A list of pages that was checked, with what each is about and which side it takes.

    A page on which one affirms the claim and another denies it stands twice, once on either side.
    """

    given: tuple[Page, ...]
    """The list; every page that takes one side, or none, has a stance."""
    pages: Pages
    """The list by sides: those that stand a second time come last."""
    page_of: tuple[int, ...]
    """For every entry of `pages` its place in the list that was given."""
    chosen: tuple[str, ...]
    """For every entry the id of its claim."""
    stances: tuple[ReadStance, ...]
    """For every entry what its stance was taken from."""
    are_claims_found: bool
    """Whether nobody named a claim, so that they were taken from what the pages say."""
    unread: int
    """How many pages were read by their words alone, without looking for those who speak."""

    @property
    def withdrawing(self) -> tuple[int, ...]:
        """The entries in which who publishes them takes back what they reported."""
        return tuple(place for place, each in enumerate(self.stances) if each.withdraws)


def read_pages(evidence: Any, claims: Any = None) -> ReadPages:
    """A list of pages, checked as a whole, and for every page its claim and its side.

    Without claims, those that the pages name are taken; where they name none, what the pages say,
    pages that state the same counting together.

    Raises `CaseError` with everything that is wrong, each with its place.
    """
    entries = list(evidence) if isinstance(evidence, list | tuple) else evidence
    if not isinstance(entries, list):
        message = f"expected a list of pages, found {shown(evidence)}"
        raise CaseError((Problem("evidence", "not-a-list", message, "put them in a list"),))
    if len(entries) > MOST_PAGES:  # before each is looked at
        raise CaseError((_too_large(f"at most {MOST_PAGES} pages", str(len(entries))),))
    plain = list(_plain(entries))
    given = _claims_given(claims)
    found = Pages.model_validate({"evidence": plain, "claims": given}, by_alias=True, by_name=False)
    are_found = not found.claims and not any(page.claim for page in found.evidence)
    about: Mapping[int, str] = {}
    if are_found:
        texts, about = _claims_said(found.evidence)
        found = found.evolve(claims=tuple(_claims_of(texts)))
    elif not found.claims:
        named = dict.fromkeys(page.claim for page in found.evidence if page.claim)
        found = found.evolve(claims=tuple(_claims_of(named)))
    chosen, problems = _checked(found, about)
    if problems:
        raise CaseError(problems)
    return _by_sides(found, chosen, are_found)


def _by_sides(pages: Pages, chosen: Sequence[str], are_claims_found: bool) -> ReadPages:
    """The list with the side of every page, those twice on which both are taken."""
    words = {each.id: ClaimWords(each.text) for each in pages.claims}
    firsts: list[ReadStance] = []
    seconds: dict[int, ReadStance] = {}
    characters, unread = 0, 0
    for place, (page, claim) in enumerate(zip(pages.evidence, chosen, strict=True)):
        length = len(page.text or "")
        is_short = length <= LONGEST_DRAFTED and characters + length <= MOST_DRAFTED
        characters += length if is_short else 0
        unread += not is_short
        found = sides_of(page, words[claim], drafted=is_short)
        firsts.append(found[0])
        if len(found) > 1:
            seconds[place] = found[1]
    entries = [
        page if page.stance is not None else page.evolve(stance=read.stance)
        for page, read in zip(pages.evidence, firsts, strict=True)
    ]
    given = tuple(
        pages.evidence[place] if place in seconds else each for place, each in enumerate(entries)
    )
    entries += [pages.evidence[place].evolve(stance="denies") for place in seconds]
    return ReadPages(
        given,
        pages.evolve(evidence=tuple(entries)),
        (*range(len(given)), *seconds),
        (*chosen, *(chosen[place] for place in seconds)),
        (*firsts, *seconds.values()),
        are_claims_found,
        unread,
    )


def sides_of(page: Page, claim: ClaimWords, *, drafted: bool = True) -> tuple[ReadStance, ...]:
    """Which side of a claim a page takes, or both where one affirms it there and another denies it.

    What the list says stands. Else what the page says in your words or its own affirms, unless it
    plainly denies or doubts the claim. Else its title and its text are read: one that states the
    claim nowhere, that only asks, or that denies something of which words do not tell what, takes
    no side. A page of which the list has no words is taken to affirm.

    Args:
        page: the page.
        claim: the claim.
        drafted: whether to look for those who say it; else the words alone are read.

    >>> page = Page(publisher="The Gazette", text="The dam failed, Ida Kern said. Karl Vane denies it.")
    >>> [each.stance for each in sides_of(page, ClaimWords("The dam failed"))]
    ['affirms', 'denies']
    """
    return tuple(_why(each, page, claim) for each in _sides_of(page, claim, drafted))


def _sides_of(page: Page, claim: ClaimWords, drafted: bool) -> Sequence[ReadStance]:
    own = [each for each in (page.quote, page.says) if each and each.strip()]
    title, text = page.title or "", page.text or ""
    if not own and not title and page.text is None:
        if page.stance is not None:
            return (ReadStance(page.stance, "given"),)
        return (ReadStance("affirms", "no-words"),)
    heard, decides = _heard(page, own, claim) if drafted else (HeardPage(), False)
    if page.stance is not None:
        mine = () if page.stance == "neither" else heard.of(page.stance)
        withdraws = bool(heard.withdrawn) and page.stance != "affirms"
        return (ReadStance(page.stance, "given", voices=mine, withdraws=withdraws),)
    if decides:
        return _as_heard(heard) or (_not_stated(page, claim),)
    read = side_of_wordings(own, claim) if own else side_of_text(title, text, claim)
    if read.side == "affirms" or read.side == "denies":
        reason: StanceReason = "given" if own else "states"
        reason = "denies" if read.side == "denies" else reason
        return (ReadStance(read.side, reason, read.text, heard.of(read.side)),)
    if read.side == "nowhere":
        return (_not_stated(page, claim),)
    return (ReadStance("neither", read.side, read.text),)


def _why(read: ReadStance, page: Page, claim: ClaimWords) -> ReadStance:
    """What the side of a page was taken from, where the page itself calls fake what it quotes."""
    if read.reason != "unclear":
        return read
    whole = "\n\n".join(each for each in (page.title, page.text) if each)
    is_labelled = any(is_labelled_fake(each) for each in (whole, page.text or "", read.text))
    if is_labelled:
        return attrs.evolve(read, reason="labelled")
    is_fake = claim.is_of_fake(read.text) or fake_after(read.text) is not None
    return attrs.evolve(read, reason="called-fake") if is_fake else read


def _as_heard(heard: HeardPage) -> Sequence[ReadStance]:
    """The sides that somebody takes on a page, where they can be told apart; none if nobody does."""
    affirming, denying = heard.of("affirms"), heard.of("denies")
    if heard.withdrawn:
        if not heard.voices:
            return (ReadStance("neither", "withdrawn", heard.withdrawn, withdraws=True),)
        first, side = heard.voices[0], heard.voices[0].side
        return (ReadStance(side, "denies", first.text, heard.of(side), withdraws=True),)
    if not affirming and not denying:
        reason: StanceReason = "perhaps-denied" if heard.is_denial else "unclear"
        if heard.unclear:
            return (ReadStance("neither", reason, heard.unclear),)
        return ()
    if not denying:
        return (ReadStance("affirms", "states", affirming[0].text, affirming, heard.asked),)
    if not affirming:
        return (ReadStance("denies", "denies", denying[0].text, denying),)
    if not any(each.chain for each in heard.voices):
        return (ReadStance("neither", "both", denying[0].text),)
    return (
        ReadStance("affirms", "states", affirming[0].text, affirming),
        ReadStance("denies", "divided", denying[0].text, denying),
    )


def _heard(page: Page, own: Sequence[str], claim: ClaimWords) -> tuple[HeardPage, bool]:
    """Who takes which side on a page, and whether that decides the side of the page.

    What a page is said to say affirms the claim, so that only a denial beside it decides there.
    Places are those in its text, or in its other words where it has none.
    """
    whole = page.text if page.text and page.text.strip() else ""
    if own:
        heard = heard_on(_as_document(page, "\n".join(own)), claim)
        is_told = heard.is_denial or bool(heard.unclear)
        is_told = is_told or len({each.side for each in heard.voices}) == 2
        if is_told or not whole:
            moved = tuple(_moved(heard, None if whole else 0))
            return attrs.evolve(heard, voices=moved), is_told
        return heard_on(_as_document(page, whole), claim), False
    title = page.title or ""
    before = f"{title}\n\n" if title and not whole.startswith(title) else ""
    if not (before + whole).strip():
        return HeardPage(), True
    heard = heard_on(_as_document(page, before + whole), claim)
    return attrs.evolve(heard, voices=tuple(_moved(heard, len(before) if whole else 0))), True


def _moved(heard: HeardPage, shift: int | None) -> Iterator[PageVoice]:
    """Voices by their places in a text that begins further on; nowhere where it is another text."""
    for each in heard.voices:
        start, end = (0, 0) if shift is None else (each.start - shift, each.end - shift)
        yield attrs.evolve(each, start=max(0, start), end=max(0, end))


def _as_document(page: Page, text: str) -> SourceDocument:
    return plain_document(text, publisher=page.publisher or _site_of(page) or "the page")


# How search engines, archives and feeds cut what they list: every entry ends in the middle.
_CUT = re.compile(r"(?:\.\.\.|…)\s*(?:Read more|More|Continue reading)?[^\w\n]*$", re.MULTILINE)
_LEAST_CUT = 3


def lists_results(text: str) -> bool:
    """Whether a text is a list of what others say, every entry of which breaks off.

    >>> lists_results("The ship sailed, it is ...\\nThe mayor denied ...\\nWhat is known of the …")
    True
    """
    return len([*itertools.islice(_CUT.finditer(text), _LEAST_CUT)]) == _LEAST_CUT


def _not_stated(page: Page, claim: ClaimWords) -> ReadStance:
    """A page that states the claim nowhere, with the sentence that has most of its words."""
    text = page.text or ""
    sentences = [page.title] if page.title else []
    sentences += [text[each.start : each.end] for each in laid_out(text).sentences[:MOST_SENTENCES]]
    best, most = "", frozenset[str]()
    for each in sentences:
        shared = claim.keys & {word.key or word.low for word in words_of(each)}
        if len(shared) > len(most):
            best, most = each, shared
    missing = dict.fromkeys(
        word.low for word in claim.words if (word.key or word.low) in claim.keys - most
    )
    nearest = " ".join(best.split())
    return ReadStance("neither", "not-stated", nearest, missing=tuple(missing))


def _plain(entries: Sequence[Any]) -> Iterator[Any]:
    """Entries as plain data; raises `CaseError` with every saved page that cannot be read."""
    problems: list[Problem] = []
    for place, each in enumerate(entries):
        try:
            yield _stated(each.written() if isinstance(each, Page) else each)
        except FormatError as error:
            for found in error.problems:
                path = f"evidence[{place}]{'.' if found.path else ''}{found.path}"
                problems.append(Problem(path, found.code, found.message, found.fix))
    if problems:
        raise CaseError(problems)


def _stated(entry: Any) -> Any:
    """An entry without what is null, which counts as absent; a document as an entry."""
    if isinstance(entry, SourceDocument):
        known = {name: getattr(entry, name) or None for name in ("title", "author", "url", "text")}
        published = str(entry.published_on) if entry.published_on else None
        entry = {**known, "publisher": entry.publisher, "published": published}
    if not isinstance(entry, Mapping):
        return entry
    stated = {key: value for key, value in entry.items() if value is not None}
    for name in ("published", "retracted"):  # as documents and attributions have it
        if f"{name}_on" in stated and name not in stated:
            stated[name] = stated.pop(f"{name}_on")
    return _of_its_page(stated)


def _of_its_page(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry whose text is a saved page, with what that says of itself and without its furniture."""
    whole = entry.get("html", entry.get("text"))
    if not isinstance(whole, str) or not ("html" in entry or is_page(whole)):
        return entry
    given = {key: each for key, each in entry.items() if key not in ("html", "text")}
    document = read_document({"html": whole})
    return {**_stated(document), **given}


def _claims_given(claims: Any) -> list[Any]:
    """Claims as records have them: a text alone gets an id."""
    if claims is None:
        return []
    several = list(claims) if isinstance(claims, list | tuple) else [claims]
    taken: set[str] = set()
    found: list[Any] = []
    for each in several:
        if isinstance(each, Claim):
            each = each.written()
        text = (
            each if isinstance(each, str) else each.get("text") if isinstance(each, Mapping) else ""
        )
        if isinstance(each, str):
            each = {"text": each}
        if isinstance(each, Mapping) and each.get("id") is None:
            each = {**each, "id": _claim_id(str(text or ""), taken)}
        if isinstance(each, Mapping):
            taken.add(str(each["id"]))
        found.append(each)
    return found


def _claim_id(text: str, taken: Iterable[str]) -> str:
    words = slug(text, 200).split("-")
    wanted, number = "-".join(words[:6])[:60] or "claim", 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _claims_of(texts: Iterable[str]) -> Iterator[Claim]:
    taken: set[str] = set()
    for text in texts:
        name = _claim_id(text, taken)
        taken.add(name)
        yield Claim(id=name, text=text)


def _first_words(page: Page) -> str:
    """What a page is about, in its own words: its title without the name of the site at its end."""
    words = next(page.wordings, "")
    if words != page.title:
        return words
    head, bar, site = words.rpartition(" | ")
    if not bar:
        head, _, site = re.sub(r"\s[-–—]\s(?=[^–—]*\Z)", "\0", words).rpartition("\0")
        names = {plain_name(each) for each in (page.publisher, _site_of(page)) if each}
        head = head if plain_name(site) in names else ""
    return head.strip() or words


def _site_of(page: Page) -> str | None:
    """What a site is called by its domain, or an account by its name."""
    address = web_address(page.url) if page.url else None
    if address is None or address.publisher is None:
        return None
    return address.account or publisher_of_domain(address.domain)


def _claims_said(pages: Sequence[Page]) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """What pages say that name no claim, in the order of the list, and which page says which.

    What has fewer words comes first, so that what says more than a claim is found to state it.
    """
    said = {place: words for place, page in enumerate(pages) if (words := _first_words(page))}
    read = {place: ClaimWords(words) for place, words in said.items()}
    order = sorted(said, key=lambda place: (len(read[place].keys), place))
    firsts: list[int] = []
    about: dict[int, str] = {}
    for place in order:
        stated = [each for each in firsts if read[each].side(said[place]) is not None]
        if not stated:
            firsts.append(place)
        about[place] = said[max(stated, key=lambda each: len(read[each].keys), default=place)]
        if len(firsts) > MOST_CLAIMS:
            break  # which is refused
    claims = tuple(dict.fromkeys(said[place] for place in sorted(firsts)))
    for place, page in enumerate(pages):
        if place not in said and page.text:
            found = (
                each for each in firsts if side_of_text("", page.text, read[each]).side != "nowhere"
            )
            first = next(found, None)
            if first is not None:
                about[place] = said[first]
    if not claims:
        message = (
            "expected what the pages are about, because none says it in `says`, `quote` or `title`; "
            "found none"
        )
        fix = "give `claims`, a text or a list of them"
        raise CaseError((Problem("claims", "which-claim", message, fix),))
    return claims, about


def _checked(pages: Pages, about: Mapping[int, str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """For every page the id of its claim, and what is wrong between the entries."""
    problems: list[Problem] = []
    ids: set[str] = set()
    known = {each.id: each.id for each in pages.claims}
    known |= {_key(each.text): each.id for each in pages.claims}
    if len({each.id for each in pages.claims}) < len(pages.claims):
        problems.append(
            Problem("claims", "duplicate-id", "expected every claim once", "rename one")
        )
    characters = sum(len(page.text or "") for page in pages.evidence)
    if characters > MOST_CHARACTERS:
        problems.append(_too_large(f"at most {MOST_CHARACTERS} characters", str(characters)))
    chosen: list[str] = []
    for place, page in enumerate(pages.evidence):
        path = f"evidence[{place}]"
        if page.id is not None and page.id in ids:
            message = f"found {page.id!r} a second time"
            problems.append(Problem(f"{path}.id", "duplicate-id", message, "rename one"))
        ids.add(page.id or "")
        found = known.get(page.claim or "") or known.get(_key(page.claim or ""))
        if page.claim is None and place in about:
            found = known[_key(about[place])]
        elif page.claim is None and len(pages.claims) == 1 and not about:
            found = pages.claims[0].id
        if found is None:
            problems.append(_no_claim(path, page, pages.claims))
        chosen.append(found or "")
    return tuple(chosen), tuple(problems)


def _no_claim(path: str, page: Page, claims: Sequence[Claim]) -> Problem:
    listed = ", ".join(repr(each.id) for each in claims[:5])
    found = "none" if page.claim is None else shown(page.claim)
    message = f"expected one of the claims, {listed}, found {found}"
    return Problem(f"{path}.claim", "which-claim", message, "name it by its id or its text")


def _too_large(expected: str, found: str) -> Problem:
    message = f"expected {expected}, found {found}"
    return Problem("evidence", "too-large", message, "split the list")


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def evidence_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a list of pages with its claims, as `audit` takes them.

    >>> sorted(evidence_schema()["required"])
    ['evidence']
    """
    schema = Pages.model_json_schema(by_alias=True)
    schema["properties"]["sources"] = {
        "type": "array",
        "items": {"type": "object", "required": ["id"]},
        "description": "Sources with their grades, each in the form that it has in a case.",
    }
    fields = schema["$defs"]["Page"]["properties"]
    fields["html"] = {
        "type": "string",
        "description": "A saved HTML page instead of `text`; it says itself who published it, and when.",
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
