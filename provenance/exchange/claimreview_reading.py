"""ClaimReview that comes in: what fact-checkers found, as claims with outcomes and who made them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from provenance.bounds import Cancel
from provenance.errors import InvalidValue
from provenance.exchange.budgets import read_within
from provenance.exchange.claimreview_pages import scripts_of
from provenance.exchange.documents import (
    NewIds,
    case_of,
    day_of,
    is_web_address,
    json_of,
    refused,
    text_of,
)
from provenance.exchange.losses import Import, Loss
from provenance.records import SourceKind, shown

__all__ = ["RATINGS", "from_claimreview"]

_WHAT = "the ClaimReview"
_REVIEW = "a review"
LONGEST = 512 * 2**20
"""How many bytes a feed may have."""
MOST_PARTS = 10_000_000
"""How many lists and objects it may have."""

_TRUE = (
    *("true", "correct", "accurate", "mostly true", "mostly correct", "mostly accurate"),
    *("right", "confirmed", "verified", "authentic", "real", "legit", "geppetto checkmark"),
    *("correct attribution", "correctly attributed", "largely true", "largely correct"),
    *("verdadero", "cierto", "correcto", "vrai", "exact", "plutôt vrai", "wahr", "richtig"),
    *("stimmt", "größtenteils richtig", "größtenteils wahr", "vero", "verdadeiro", "correto"),
    *("waar", "grotendeels waar", "sant", "doğru", "صحيح", "правда", "सही"),
)
_FALSE = (
    *("false", "incorrect", "inaccurate", "mostly false", "mostly incorrect", "wrong", "untrue"),
    *("not true", "pants on fire", "four pinocchios", "fake", "fake news", "hoax", "fabricated"),
    *("debunked", "bogus", "scam", "doctored", "altered", "manipulated", "digitally altered"),
    *("false and misleading", "misleading and false", "totally false", "completely false"),
    *("largely false", "largely incorrect", "fabricated quote", "ai-generated", "deepfake"),
    *("misattributed", "incorrect attribution", "incorrectly attributed", "wrongly attributed"),
    *("falso", "bulo", "mentira", "manipulado", "faux", "plutôt faux", "infox", "intox"),
    *("falsch", "größtenteils falsch", "überwiegend falsch", "frei erfunden", "manipuliert"),
    *("gefälscht", "bufala", "errado", "onwaar", "niet waar", "grotendeels onwaar", "falskt"),
    *("yanlış", "خطأ", "زائف", "كاذب", "фейк", "ложь", "गलत", "फर्जी", "hoaks", "salah"),
)
_OPEN = (
    *("half true", "mixture", "mixed", "partly true", "partly false", "partially true"),
    *("partially false", "misleading", "missing context", "needs context", "out of context"),
    *("lacks context", "exaggerated", "distorts the facts", "cherry-picks", "miscaptioned"),
    *("unproven", "not established", "unsupported", "unverified", "no evidence", "inconclusive"),
    *("outdated", "unfounded", "imprecise", "flawed reasoning", "understated", "legend"),
    *("one pinocchio", "two pinocchios", "three pinocchios", "research in progress", "opinion"),
    *(
        "engañoso",
        "sin pruebas",
        "trompeur",
        "irreführend",
        "fehlender kontext",
        "teilweise falsch",
    ),
    *("unbelegt", "fuorviante", "enganoso", "impreciso", "misleidend", "مضلل"),
    # What was a joke was no claim: it is not true, and nobody was wrong who made it.
    *("satire", "labeled satire", "labelled satire", "originated as satire", "satira", "parody"),
)
# What a rating may name beside what it found: "altered photo" says what "altered" does.
_OF_WHAT = re.compile(
    r" (?:photo|photograph|image|picture|video|clip|audio|recording|screenshot|content|media)s?$"
)
RATINGS: Mapping[str, bool | None] = MappingProxyType(
    {
        **dict.fromkeys(_TRUE, True),
        **dict.fromkeys(_FALSE, False),
        **dict.fromkeys(_OPEN, None),
    }
)
"""What the words of a rating come to: true, false, or `None` where they leave it open.

What is called mostly true counts as true, what is called mostly false as false, and everything in
between is open. So is satire: its claim is not true, and yet who made the joke was not wrong. A desk with words of its own gives its own table, `RATINGS | {"onbewezen": None}`."""


@read_within
def from_claimreview(
    document: str | bytes | Mapping[str, Any] | list[Any],
    *,
    ratings: Mapping[str, bool | None] | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from ClaimReviews: one, a graph or a feed of them, or an answer of a search.

    What was reviewed is a claim, with how it turned out as `resolved` where the words of the rating
    are in the table; its maker is a source that affirms it, on the day and in the document
    that the review tells; who else published it, a relay. Reviews of one claim are one: where
    they contradict each other it stays open. So `track_record` counts what came of what somebody
    said, and `learn` learns from it.

    Read are JSON-LD as pages carry it (types as lists, names as whole addresses, numbers as text,
    references within the document), pages of HTML with such scripts, the feeds of Data Commons, and
    what the Fact Check Tools API answers.

    Args:
        document: one of these, as JSON, HTML or plain data.
        ratings: what the words of a rating come to, instead of `RATINGS`: true, false, or `None`
            for what stays open. Capitals, spaces and punctuation around them do not matter.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for a document in which no ClaimReview is found, or that is too large. Nothing
            that it names is fetched.
        InvalidValue: for ratings that are no such table.

    >>> read = from_claimreview({
    ...     "@type": "ClaimReview", "claimReviewed": "The ship sailed", "datePublished": "2015-09-10",
    ...     "author": {"@type": "Organization", "name": "The Desk"},
    ...     "reviewRating": {"@type": "Rating", "alternateName": "Pants on Fire!"},
    ...     "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ann Li"}}})
    >>> read.case.claims[0].resolved.value, read.case.attributions[0].source
    (False, 'Ann Li')
    """
    table = _table_of(RATINGS if ratings is None else ratings)
    losses: list[Loss] = []
    reviews = [*_reviews(_plain_data(document), losses)]
    if not reviews:
        # A review that says not which claim it is about is a loss beside others; alone it is all.
        unread = [loss for loss in losses if loss.what == _REVIEW]
        if unread:
            message = "expected the claim that is reviewed as claimReviewed, found none"
            raise refused(
                f"{unread[0].path}.claimReviewed".lstrip("."),
                "missing-field",
                message,
                "add the field",
                where=_WHAT,
            )
        message = "expected a ClaimReview, or several, found none"
        raise refused("", "no-review", message, where=_WHAT)
    draft = _ReviewsDraft(table, losses)
    for review in reviews:
        draft.add(review)
    return Import(case_of(draft.fields(), _WHAT), tuple(losses))


def _plain_data(document: Any) -> Any:
    """What a document says: JSON as data, of a page of HTML its scripts of linked data."""
    text = document
    if isinstance(document, bytes | bytearray) and document[:1_000].lstrip()[:1] == b"<":
        text = bytes(document).decode(errors="replace")
    if isinstance(text, str) and text[:1_000].lstrip("\ufeff \t\r\n").startswith("<"):
        found = [*scripts_of(text)]
        if not found:
            message = "expected a page with a script of the type application/ld+json, found none"
            raise refused(
                "", "no-review", message, "give the page that has the review", where=_WHAT
            )
        return found
    return json_of(document, _WHAT, LONGEST)


def _table_of(ratings: Any) -> dict[str, bool | None]:
    """What words of ratings come to, by the words without what does not matter."""
    if not isinstance(ratings, Mapping) or not all(
        isinstance(words, str) and (value is None or isinstance(value, bool))
        for words, value in ratings.items()
    ):
        raise InvalidValue(
            "expected as ratings words with true, false or null for what stays open, such as "
            f'{{"four pinocchios": false, "half true": null}}, found {shown(ratings)}'
        )
    return {_plain(words): value for words, value in ratings.items()}


def _plain(words: str) -> str:
    """Words of a rating without what does not matter: capitals, punctuation around, spaces."""
    return re.sub(r"\s+", " ", re.sub(r"^\W+|\W+$", "", words)).casefold()


# What stands in a document, whatever its notation: reviews, in order.


@attrs.frozen
class _Who:
    """A person or an organisation, as a review names them."""

    name: str
    kind: SourceKind = "other"
    address: str | None = None


@attrs.frozen
class _Work:
    """Where a claim appeared."""

    url: str | None = None
    title: str | None = None
    published_on: str | None = None
    language: str | None = None
    publisher: _Who | None = None


@attrs.frozen
class _Review:
    """A review of one claim."""

    path: str
    """Where it stands."""
    text: str
    """The claim."""
    claimants: tuple[_Who, ...] = ()
    """Who made it."""
    said_on: str | None = None
    """When."""
    works: tuple[_Work, ...] = ()
    """Where it appeared."""
    reviewer: str | None = None
    """Who reviewed it."""
    reviewed_on: str | None = None
    """When."""
    url: str | None = None
    """Where the review stands."""
    rating: str | None = None
    """Its rating, in words."""
    numbers: tuple[float, float, float] | None = None
    """Its rating in numbers: worst, value, best."""

    @property
    def told(self) -> str:
        """Who found what, and when, in words."""
        who = ", ".join(filter(None, (self.reviewer or "A review", self.reviewed_on)))
        numbers = ""
        if self.numbers is not None:
            worst, value, best = self.numbers
            numbers = f"{value:g} on a scale from {worst:g} to {best:g}"
        ratings = " (".join(filter(None, (self.rating, numbers)))
        return f"{who}: {ratings or 'no rating'}{')' if self.rating and numbers else ''}"


_UNREAD = "a case has who made a claim, when and where, and how it turned out"
_REVIEW_KEYS = frozenset(
    {"url", "claimReviewed", "author", "datePublished", "reviewRating", "itemReviewed"}
)
_ITEM_KEYS = frozenset({"text", "name", "author", "datePublished", "appearance", "firstAppearance"})
_RATING_KEYS = frozenset({"alternateName", "name", "ratingValue", "bestRating", "worstRating"})
_NUMBERS: Mapping[str, str | None] = {"worstRating": "1", "ratingValue": None, "bestRating": "5"}
_REVIEWER_KEYS = frozenset({"name"})
_ADDRESSES = ("sameAs", "url")
_WHO_KEYS = frozenset({"name", "sameAs", "url"})
_WORK_KEYS = frozenset({"url", "name", "headline", "datePublished", "inLanguage", "publisher"})


def _reviews(document: Any, losses: list[Loss]) -> Iterator[_Review]:
    """Every review in a document, in its order; what it is wrapped in does not matter."""
    nodes: dict[str, Mapping[str, Any]] = {}
    places: list[tuple[str, Any]] = []
    waiting: list[tuple[str, Any]] = [("", document)]
    seen: set[int] = set()
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, list | Mapping) or id(value) in seen:  # plain data may go round
            continue
        seen.add(id(value))
        if len(seen) > MOST_PARTS:
            message = f"expected at most {MOST_PARTS} lists and objects, found more"
            raise refused(path[:300], "too-many", message, "split the feed", where=_WHAT)
        if isinstance(value, list):
            waiting += [(f"{path}[{n}]", each) for n, each in reversed([*enumerate(value)])]
        else:
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                nodes.setdefault(name, value)
            if _is_review(value):
                places.append((path, value))
            else:
                start = f"{path}." if path else ""
                inner = [(f"{start}{key}"[:1_000], each) for key, each in value.items()]
                waiting += reversed(inner)
    for path, value in places:
        yield from _Reader(nodes, losses).reviews(value, path)


def _types(value: Mapping[str, Any]) -> set[str]:
    """The types of a thing, without what comes before their names."""
    given = value.get("@type", value.get("type"))
    listed = given if isinstance(given, list) else [given]
    return {re.split(r"[/#:]", each)[-1] for each in listed if isinstance(each, str)}


def _is_review(value: Mapping[str, Any]) -> bool:
    searched = isinstance(value.get("claimReview"), list) and text_of(value.get("text")) is not None
    listed = isinstance(value.get("claimReviewMarkups"), list)
    return "ClaimReview" in _types(value) or searched or listed


_KINDS: Mapping[str, SourceKind] = {
    "Person": "person",
    "NewsMediaOrganization": "outlet",
    "GovernmentOrganization": "government",
    "Organization": "organisation",
}


@attrs.frozen
class _Reader:
    """Reads things of one document, and lists what it does not read."""

    nodes: Mapping[str, Mapping[str, Any]]
    """The things that have a name in the document."""
    losses: list[Loss]
    """What was not read."""

    def reviews(self, value: Mapping[str, Any], path: str) -> Iterator[_Review]:
        if "ClaimReview" in _types(value):
            found = self.marked_up(value, path)
        elif "claimReviewMarkups" in value:
            yield from self.page(value, path)
            return
        else:
            yield from self.searched(value, path)
            return
        if found is not None:
            yield found

    # As JSON-LD: pages, graphs, feeds.

    def all(self, value: Mapping[str, Any], key: str) -> list[Any]:
        """The values of a property, by its short name or by its whole address."""
        for name in (key, f"schema:{key}", f"http://schema.org/{key}", f"https://schema.org/{key}"):
            if name in value:
                found = value[name]
                listed = found if isinstance(found, list) else [found]
                return [self.node(each) for each in listed]
        return []

    def node(self, value: Any) -> Any:
        """A thing, for a reference to it within the document."""
        if isinstance(value, Mapping) and [*value] == ["@id"]:
            return self.nodes.get(str(value["@id"]), value)
        return value

    def text(self, value: Mapping[str, Any], key: str) -> str | None:
        """The first text of a property; numbers are texts too."""
        for each in self.all(value, key):
            inner = each.get("@value", each.get("@id")) if isinstance(each, Mapping) else each
            if isinstance(inner, int | float) and not isinstance(inner, bool):
                return repr(inner)
            if (found := text_of(inner, 20_000)) is not None:
                return found.strip()
        return None

    def things(self, value: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """The things of a property; a text stands for what has it as its name, or its address."""
        found: list[Mapping[str, Any]] = []
        for each in self.all(value, key):
            if isinstance(each, Mapping) and "@value" not in each:
                found.append(each)
                continue
            text = text_of(each.get("@value") if isinstance(each, Mapping) else each, 4_096)
            if text is not None:
                found.append({"url" if is_web_address(text) else "name": text})
        return found

    def tell_unread(
        self,
        value: Mapping[str, Any],
        read: frozenset[str],
        path: str,
        several: frozenset[str] = frozenset(),
    ) -> None:
        """Properties that are not read, and all but the first value where one is.

        Args:
            value: the thing.
            read: the properties that are read.
            path: where it stands.
            several: those of them of which every value is read.
        """
        for key, entry in value.items():
            local = re.split(r"[/#:]", str(key))[-1]
            place = f"{path}.{key}".lstrip(".")[:300]
            if str(key).startswith("@") or key == "type":
                continue
            if local not in read:
                self.losses.append(Loss(place, f"the {local}"[:100], _UNREAD))
            elif local not in several and isinstance(entry, list) and len(entry) > 1:
                what, why = f"all but the first {local}"[:100], "there is one of it here"
                self.losses.append(Loss(place, what, why, True))

    def day(self, value: Mapping[str, Any], key: str, path: str) -> str | None:
        """The day that a property has; a text that is none is a loss."""
        text = self.text(value, key)
        found = day_of(text)
        if text is not None and found is None:
            place = f"{path}.{key}".lstrip(".")
            self.losses.append(Loss(place, f"the day {text[:60]!r}", "it is no date"))
        return found

    def numbers(self, rating: Mapping[str, Any], path: str) -> tuple[float, float, float] | None:
        """The worst, the given and the best rating, where these are numbers and it lies between.

        Where the ends are not given they are 1 and 5, as schema.org has it.
        """
        given = {key: self.text(rating, key) for key in _NUMBERS}
        try:
            texts = (given[key] or default for key, default in _NUMBERS.items())
            worst, value, best = (float(str(each).replace(",", ".")) for each in texts)
            # On some scales the best is the lowest number; then both ends have to be there.
            is_turned = worst > best and None not in given.values()
            fits = worst <= value <= best if worst < best else is_turned and best <= value <= worst
        except ValueError:
            fits = False
        for key, text in given.items():
            if text is not None and not fits:
                why = "there is no rating in numbers between two ends"
                place = f"{path}.{key}".lstrip(".")
                self.losses.append(Loss(place, f"the {key} {text[:60]!r}", why))
        return (worst, value, best) if fits else None

    def marked_up(self, value: Mapping[str, Any], path: str) -> _Review | None:
        self.tell_unread(value, _REVIEW_KEYS, path)
        items, ratings = self.things(value, "itemReviewed"), self.things(value, "reviewRating")
        item: Mapping[str, Any] = items[0] if items else {}
        rating: Mapping[str, Any] = ratings[0] if ratings else {}
        place = f"{path}.itemReviewed".lstrip(".")
        self.tell_unread(item, _ITEM_KEYS, place, _ITEM_KEYS - {"text", "name", "datePublished"})
        self.tell_unread(rating, _RATING_KEYS, f"{path}.reviewRating".lstrip("."))
        texts = (
            self.text(value, "claimReviewed"),
            self.text(item, "text"),
            self.text(item, "name"),
        )
        known = dict.fromkeys(each for each in texts if each is not None)
        if not known:
            self.losses.append(Loss(path, _REVIEW, "it does not say which claim it is about"))
            return None
        text, *others = known
        if others:
            why = "a claim has one wording: what is said to be reviewed"
            self.losses.append(Loss(place, "what else it is called", why, True))
        return _Review(
            path,
            text,
            tuple(self.authors(item, "author", place)),
            self.day(item, "datePublished", place),
            tuple(self.works(item, ("firstAppearance", "appearance"), place)),
            self.reviewer(value, "author", path),
            self.day(value, "datePublished", path),
            self.text(value, "url"),
            self.first(rating, ("alternateName", "name"), f"{path}.reviewRating".lstrip(".")),
            self.numbers(rating, f"{path}.reviewRating".lstrip(".")),
        )

    def placed(
        self, value: Mapping[str, Any], key: str, path: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The things of a property, each with where it stands."""
        found = self.things(value, key)
        place = f"{path}.{key}".lstrip(".")
        for number, each in enumerate(found):
            yield (f"{place}[{number}]" if len(found) > 1 else place), each

    def first(self, value: Mapping[str, Any], keys: tuple[str, ...], path: str) -> str | None:
        """The text of the first of some properties that is there; other texts are losses."""
        texts = {key: text for key in keys if (text := self.text(value, key)) is not None}
        found = next(iter(texts.values()), None)
        for key, text in texts.items():
            if text != found:
                place = f"{path}.{key}".lstrip(".")
                self.losses.append(Loss(place, f"the {key}", f"the {next(iter(texts))} is kept"))
        return found

    def reviewer(self, value: Mapping[str, Any], key: str, path: str) -> str | None:
        """The name of who reviewed it; of what else is said of them nothing is kept."""
        found = self.things(value, key)[:1]
        for each in found:
            self.tell_unread(each, _REVIEWER_KEYS, f"{path}.{key}".lstrip("."))
        return next((who.name for who in map(self.who, found) if who is not None), None)

    def authors(self, value: Mapping[str, Any], key: str, path: str) -> Iterator[_Who]:
        """The persons and organisations that a property names."""
        for place, each in self.placed(value, key, path):
            found = self.who(each)
            if found is None:
                self.losses.append(Loss(place, "who made the claim", "there is no name"))
                continue
            self.tell_unread(each, _WHO_KEYS, place)
            self.first(each, _ADDRESSES, place)
            yield found

    def who(self, value: Mapping[str, Any]) -> _Who | None:
        name = self.text(value, "name")
        if name is None:
            return None
        types = _types(value)
        kinds: Iterator[SourceKind] = (_KINDS[each] for each in _KINDS if each in types)
        kind: SourceKind = next(kinds, "other")
        addresses = (self.text(value, key) for key in _ADDRESSES)
        return _Who(name, kind, next((each for each in addresses if each is not None), None))

    def works(self, value: Mapping[str, Any], keys: tuple[str, ...], path: str) -> Iterator[_Work]:
        """Where a claim appeared."""
        for key in keys:
            for place, each in self.placed(value, key, path):
                found = self.work(each, place)
                self.tell_unread(each, _WORK_KEYS, place)
                if found is not None:
                    yield found
                elif {*each} - {"@type", "type"}:
                    why = "it has no name, no address and no publisher"
                    self.losses.append(Loss(place, "an appearance", why))

    def work(self, value: Mapping[str, Any], path: str) -> _Work | None:
        publishers = [*self.authors(value, "publisher", path)]
        url = self.text(value, "url") or text_of(value.get("@id"), 4_096)
        title = self.first(value, ("name", "headline"), path)
        if url is None and title is None and not publishers:
            return None
        return _Work(
            url,
            title,
            self.day(value, "datePublished", path),
            self.text(value, "inLanguage"),
            publishers[0] if publishers else None,
        )

    # As the Fact Check Tools API has it.

    def searched(self, value: Mapping[str, Any], path: str) -> Iterator[_Review]:
        """A claim that was searched for, with its reviews."""
        self.tell_unread(
            value,
            frozenset({"text", "claimant", "claimDate", "claimReview"}),
            path,
            frozenset({"claimReview"}),
        )
        keys = frozenset({"publisher", "url", "reviewDate", "textualRating"})
        claimant = self.text(value, "claimant")
        for position, each in enumerate(value["claimReview"]):
            place = f"{path}.claimReview[{position}]".lstrip(".")
            if not isinstance(each, Mapping):
                self.losses.append(Loss(place, "an entry", "it is no object"))
                continue
            self.tell_unread(each, keys, place)
            publishers = self.things(each, "publisher")
            named: Mapping[str, Any] = publishers[0] if publishers else {}
            site = frozenset() if "name" in named else frozenset({"site"})
            self.tell_unread(named, site | {"name"}, f"{place}.publisher")
            yield _Review(
                place,
                value["text"],
                () if claimant is None else (_Who(claimant),),
                self.day(value, "claimDate", path),
                (),
                self.text(named, "name") or self.text(named, "site"),
                self.day(each, "reviewDate", place),
                self.text(each, "url"),
                self.text(each, "textualRating"),
            )

    def page(self, value: Mapping[str, Any], path: str) -> Iterator[_Review]:
        """A page with reviews in it, as its publisher manages them."""
        keys = frozenset({"pageUrl", "publishDate", "claimReviewAuthor", "claimReviewMarkups"})
        self.tell_unread(value, keys, path, frozenset({"claimReviewMarkups"}))
        authors = self.things(value, "claimReviewAuthor")
        named: Mapping[str, Any] = authors[0] if authors else {}
        self.tell_unread(named, _REVIEWER_KEYS, f"{path}.claimReviewAuthor".lstrip("."))
        for position, each in enumerate(value["claimReviewMarkups"]):
            place = f"{path}.claimReviewMarkups[{position}]".lstrip(".")
            text = self.text(each, "claimReviewed") if isinstance(each, Mapping) else None
            if text is None:
                why = "it does not say which claim it is about"
                self.losses.append(Loss(place, _REVIEW, why))
                continue
            self.tell_unread(each, _MARKUP_KEYS, place, frozenset({"claimAuthor", *_APPEARANCES}))
            ratings = self.things(each, "rating")
            rating: Mapping[str, Any] = ratings[0] if ratings else {}
            self.tell_unread(rating, _RATING_KEYS | {"textualRating"}, f"{place}.rating")
            yield _Review(
                place,
                text,
                tuple(self.authors(each, "claimAuthor", place)),
                self.day(each, "claimDate", place),
                tuple(self.works(each, _APPEARANCES, place)),
                self.text(named, "name"),
                self.day(value, "publishDate", path),
                self.text(each, "url") or self.text(value, "pageUrl"),
                self.text(rating, "textualRating"),
                self.numbers(rating, f"{place}.rating"),
            )


_MARKUP_KEYS = frozenset(
    {"url", "claimReviewed", "claimDate", "claimAuthor", "rating"}
    | {"claimFirstAppearance", "claimAppearances"}
)
_APPEARANCES = ("claimFirstAppearance", "claimAppearances")


# The case that the reviews make.


@attrs.define
class _ReviewsDraft:
    """A case in the making."""

    table: Mapping[str, bool | None]
    """What the words of a rating come to."""
    losses: list[Loss]
    """What was not understood."""
    ids: NewIds = attrs.field(factory=NewIds)
    """The ids that things have been given."""
    claims: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    """The claims, by their text."""
    sources: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    """The sources, by their ids."""
    documents: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    """The documents, by their ids."""
    statements: dict[tuple[str, str], dict[str, Any]] = attrs.field(factory=dict)
    """The statements, by the claim and the source."""
    outcomes: dict[str, list[tuple[bool, _Review]]] = attrs.field(factory=dict)
    """What reviews found, by the claim."""

    def add(self, review: _Review) -> None:
        """One review: its claim, who made it, where it appeared, and what came of it."""
        key = " ".join(review.text.split()).casefold()
        claim = self.ids.of("claims", key)
        record = self.claims.setdefault(key, {"id": claim, "text": review.text})
        if review.url is not None:
            ref = {"scheme": "ClaimReview", "id": review.url[:4_000]}
            if ref not in record.setdefault("refs", []):
                record["refs"].append(ref)
        told = review.told
        if told not in record.get("note", "").split("\n"):
            record["note"] = f"{record['note']}\n{told}" if "note" in record else told
        found = self.outcome(review)
        if found is not None:
            self.outcomes.setdefault(key, []).append((found, review))
        self.appear(review, claim)

    def outcome(self, review: _Review) -> bool | None:
        """What the rating comes to: by its words, or where there are none, at either end."""
        if review.rating is not None:
            whole = _plain(review.rating)
            first = _plain(re.split(r"[.:;,(–—|!]", review.rating.strip(), maxsplit=1)[0])
            tried = (whole, first, _OF_WHAT.sub("", whole))
            known = next((words for words in tried if words in self.table), None)
            if known is not None:
                self.compare(review, self.table[known])
                return self.table[known]
            why = "its words are not in the table of ratings, so that the claim stays open"
            what = f"what the rating {review.rating[:60]!r} comes to"
            self.losses.append(Loss(f"{review.path}.reviewRating".lstrip("."), what, why, True))
            return None
        if review.numbers is None:
            return None
        worst, value, best = review.numbers
        return True if value == best else False if value == worst else None

    def compare(self, review: _Review, value: bool | None) -> None:
        """Tells of a number at the one end beside words that say the contrary."""
        if value is None or review.numbers is None:
            return
        worst, number, best = review.numbers
        if number == (worst if value else best):
            place = f"{review.path}.reviewRating".lstrip(".")
            why = "its words say the contrary, and words decide"
            self.losses.append(Loss(place, f"what the number {number:g} comes to", why, True))

    def appear(self, review: _Review, claim: str) -> None:
        """Who made the claim, and who passed it on."""
        makers = [self.source(each) for each in review.claimants]
        if not makers:
            makers = [self.ids.of("sources", f"the speaker of {claim}", f"the speaker of {claim}")]
            self.sources.setdefault(makers[0], {"id": makers[0], "kind": "unnamed"})
        for maker in makers:
            self.state(claim, maker, {"claim": claim}, review.said_on)
        origin = self.statements[claim, makers[0]]
        for work in review.works:
            publisher = self.source(work.publisher) if work.publisher is not None else None
            place = f"{review.path}.itemReviewed".lstrip(".")
            document = self.document(work, publisher, place)
            if publisher is None or publisher in makers:
                mine = self.statements[claim, publisher or makers[0]]
                if mine.setdefault("document", document) != document:
                    why = "a statement stands in one document: the first"
                    self.losses.append(Loss(place, f"the appearance {document!r}", why, True))
                continue
            relay = self.state(claim, publisher, {"cites": origin["id"]}, None)
            relay.setdefault("document", document)

    def state(
        self, claim: str, source: str, about: dict[str, str], day: str | None
    ) -> dict[str, Any]:
        """What a source says of a claim: once, at the earliest day that is known."""
        found = self.statements.get((claim, source))
        if found is None:
            name = self.ids.of("attributions", f"{claim} {source}", f"{claim} by {source}")
            found = self.statements[claim, source] = {"id": name, "source": source} | about
        if day is not None and day < found.get("said_on", "9999"):
            found["said_on"] = day
        return found

    def source(self, who: _Who) -> str:
        key = " ".join(who.name.split()).casefold()
        found = self.ids.of("sources", key, " ".join(who.name.split()))
        record = self.sources.setdefault(
            found, {"id": found} | ({"name": who.name} if found != who.name else {})
        )
        if who.kind != "other":
            record.setdefault("kind", who.kind)
        if who.address is not None:
            record.setdefault("refs", [{"scheme": "url", "id": who.address[:4_000]}])
        return found

    def document(self, work: _Work, publisher: str | None, path: str) -> str:
        key = work.url or f"{work.title} {publisher}"
        record = {
            "id": self.ids.of("documents", key, (work.url or "").rpartition("/")[2], work.title),
            "publisher": publisher,
            "title": work.title,
            "url": work.url,
            "published_on": work.published_on,
            "language": work.language,
        }
        plain = {name: value for name, value in record.items() if value is not None}
        known = self.documents.setdefault(str(record["id"]), plain)
        for name, value in plain.items():
            if known.setdefault(name, value) != value:
                why = "the same document has another one in another place"
                self.losses.append(Loss(path, f"the {name} {str(value)[:60]!r}", why, True))
        return str(record["id"])

    def fields(self) -> dict[str, Any]:
        """The fields of the case, with the outcomes on which the reviews agree."""
        for key, found in self.outcomes.items():
            if len({value for value, _ in found}) > 1:
                who = ", ".join(review.reviewer or "somebody" for _, review in found)
                why = f"reviews contradict each other ({who[:200]}), so that it stays open"
                self.losses.append(Loss(found[0][1].path, "how the claim turned out", why))
                continue
            dated = sorted(found, key=lambda each: each[1].reviewed_on or "9999")
            value, first = dated[0]
            settled = {"value": value, "on": first.reviewed_on, "by": first.reviewer}
            self.claims[key]["resolved"] = {
                name: item for name, item in settled.items() if item is not None
            }
        return {
            "version": 1,
            "claims": [*self.claims.values()],
            "sources": [*self.sources.values()],
            "documents": [*self.documents.values()],
            "attributions": [*self.statements.values()],
        }
