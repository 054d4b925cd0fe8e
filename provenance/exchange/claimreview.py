"""schema.org ClaimReview: an assessed claim as search engines and readers of fact-checks know it."""

from __future__ import annotations

import copy
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.assessment import Assessment, is_established, verdict_word
from provenance.bounds import Cancel
from provenance.errors import InvalidValue, Problem, UnknownName
from provenance.exchange.budgets import written_within
from provenance.exchange.documents import each_of, is_web_address, text_of
from provenance.exchange.losses import (
    Dropped,
    Export,
    Loss,
    Rule,
    in_order,
    losses_of,
    require_same_case,
)
from provenance.exchange.withholding import (
    Explanation,
    Withheld,
    explanations_of,
    told_to_readers,
    withheld,
)
from provenance.graph import what_is_said
from provenance.records import Attribution, Case, Document, Source, Span, is_unnamed, shown
from provenance.scales import Scale, in_words, quoted
from provenance.scales import scale as scale_named

__all__ = [
    "claimreview_problems",
    "claimreview_schema",
    "to_claimreview",
]

# What a ClaimReview must have so that search engines and readers can use it, as one schema.

_TEXT = {"type": "string", "pattern": "\\S"}
_ADDRESS = {"type": "string", "pattern": '^https?://[^\\s"<>\\\\^`{|}]+$'}
_DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.Z+-]+)?)?)?$"}
_WHO = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {
        "@type": {"enum": ["Organization", "Person"]},
        "name": _TEXT,
        "url": _ADDRESS,
    },
}
_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A ClaimReview that can be published",
    "type": "object",
    "required": ["@type", "url", "claimReviewed", "author", "reviewRating"],
    "properties": {
        "@context": {
            "enum": [
                "https://schema.org",
                "http://schema.org",
                "https://schema.org/",
                "http://schema.org/",
            ]
        },
        "@type": {"enum": ["ClaimReview"]},
        "url": _ADDRESS,
        "claimReviewed": _TEXT,
        "datePublished": _DATE,
        "author": _WHO,
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "properties": {
                "@type": {"enum": ["Rating"]},
                "alternateName": _TEXT,
                "ratingExplanation": _TEXT,
                "ratingValue": {"type": "number"},
                "bestRating": {"type": "number"},
                "worstRating": {"type": "number"},
            },
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
        },
        "itemReviewed": {
            "type": "object",
            "required": ["@type"],
            "properties": {"@type": {"enum": ["Claim"]}, "datePublished": _DATE},
        },
    },
}
_RULE_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (Mapping,),
    "string": (str,),
    "number": (int, float),
}


def claimreview_schema() -> dict[str, Any]:
    """The JSON Schema of one ClaimReview that can be published.

    The shapes of schema.org say what a field may be and never that it must be there. This says
    what must: the address of the page, the claim, who reviewed it, and a rating in words.

    >>> claimreview_schema()["required"]
    ['@type', 'url', 'claimReviewed', 'author', 'reviewRating']
    """
    return copy.deepcopy(_SCHEMA)


def claimreview_problems(document: Any) -> tuple[Problem, ...]:
    """What keeps a ClaimReview, or each of several in a graph, from being published.

    Beyond the schema: a rating in numbers lies between the worst and the best one.

    >>> print(claimreview_problems({"@type": "ClaimReview", "url": "https://example.org/review"})[0])
    claimReviewed: expected this field, found none (add the field) [missing-field]
    """
    entries: Any = document
    start = ""
    if isinstance(document, Mapping) and "@graph" in document:
        entries, start = document["@graph"], "@graph"
    found: list[Problem] = []
    for place, entry in each_of(entries):
        found.extend(_unmet(_SCHEMA, entry, f"{start}{place}"))
        found.extend(_out_of_range(entry, f"{start}{place}"))
    return tuple(found)


def _unmet(schema: Mapping[str, Any], value: Any, path: str) -> Iterator[Problem]:
    """Where a value does not meet a schema, as far as the schema above goes."""
    kind = schema.get("type")
    if kind is not None and (not isinstance(value, _RULE_TYPES[kind]) or isinstance(value, bool)):
        yield _problem(path, "wrong-type", f"expected a value of type {kind}", value)
        return
    if "enum" in schema and value not in schema["enum"]:
        yield _problem(path, "not-one-of", f"expected {' or '.join(schema['enum'])}", value)
    if "pattern" in schema and re.search(schema["pattern"], value) is None:
        what = (
            "an address of the web"
            if schema is _ADDRESS
            else "a date"
            if schema is _DATE
            else "text"
        )
        yield _problem(path, "wrong-form", f"expected {what}", value)
    if not isinstance(value, Mapping):
        return
    required = [*schema.get("required", ())]
    for key, others in schema.get("dependentRequired", {}).items():
        required += others if key in value else []
    for key in required:
        if key not in value:
            message = "expected this field, found none"
            yield Problem(_at(path, key), "missing-field", message, "add the field")
    for key, inner in schema.get("properties", {}).items():
        if key in value:
            yield from _unmet(inner, value[key], _at(path, key))


def _problem(path: str, code: str, expected: str, value: Any) -> Problem:
    plain = isinstance(value, str | int | float)
    shown = "none" if value is None else f"{value!r:.60}" if plain else f"a {type(value).__name__}"
    return Problem(path, code, f"{expected}, found {shown}")


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _out_of_range(entry: Any, path: str) -> Iterator[Problem]:
    rating = entry.get("reviewRating") if isinstance(entry, Mapping) else None
    if not isinstance(rating, Mapping):
        return
    numbers = [rating.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
    if all(isinstance(number, int | float) for number in numbers):
        worst, value, best = (float(number) for number in numbers if number is not None)
        if not worst <= value <= best:
            message = f"expected a rating from {worst:g} to {best:g}"
            yield _problem(_at(path, "reviewRating.ratingValue"), "out-of-range", message, value)


_TYPES: Mapping[str, str] = {
    "person": "Person",
    **dict.fromkeys(
        ("outlet", "agency", "organisation", "government", "collective"), "Organization"
    ),
}
_JUDGED = "it is in the assessment, and the rating tells what that comes to"
_REVIEW = "a review shows who made a claim and where, and nothing else of it"
_NAMED = "a review has names and texts, and no ids of a case"
_MADE = "it decides only whether somebody is named as having made the claim"


def _url(url: Any) -> Dropped | None:
    return None if is_web_address(url) else Dropped("the address", "it is no address of the web")


def _date(date: Any) -> Dropped | None:
    return Dropped("the last day", "a date is one day here", True) if "/" in date else None


_RULES: Mapping[str, Rule] = {
    **{key: Dropped(f"the {key}", _REVIEW) for key in ("sources_from", "title", "summary")},
    **{key: Dropped(f"the {key}", _JUDGED) for key in ("questions", "links")},
    **{f"{section}[].id": Dropped("the id", _NAMED) for section in ("claims", "attributions")},
    **{f"claims[].{key}": Dropped(f"the {key}", _JUDGED) for key in ("prior", "alternatives")},
    "claims[].resolved": Dropped("the resolved", "the rating is how it turned out", True),
    **{
        f"sources[].{key}": Dropped(f"the {key}", _JUDGED)
        for key in (
            *("reliability", "passing_on", "access", "interests"),
            *("graded_by", "graded_on"),
        )
    },
    "sources[].only_if": Dropped("the only_if", _MADE, True),
    "sources[].kind": Dropped("the kind", "it is a person or an organisation here", True),
    "sources[].described_as": Dropped("how it is described", "it has its name here", True),
    "documents[].url": _url,
    "documents[].published_on": _date,
    **{f"documents[].{key}": Dropped(f"the {key}", _REVIEW) for key in ("retrieved_on", "sha256")},
    **{
        f"attributions[].{key}": Dropped(f"the {key}", _JUDGED)
        for key in (
            *("basis", "from", "in_hand", "competence", "fidelity", "interest", "would_speak"),
        )
    },
    **{
        f"attributions[].{key}": Dropped(f"the {key}", _REVIEW)
        for key in ("verb", "same_voice_as", "locators", "retracted_because")
    },
    **{
        f"attributions[].{key}": Dropped(f"the {key}", _MADE, True)
        for key in ("only_if", "retracted_on")
    },
    **{
        f"attributions[].{key}": Dropped(f"the {key}", _REVIEW, True)
        for key in ("source", "stance", "wording", "claim", "cites", "document", "said_on")
    },
}


@written_within
def to_claimreview(
    case: Case,
    assessments: Assessment | Sequence[Assessment] = (),
    *,
    author: str | None = None,
    author_url: str | None = None,
    url: str | None = None,
    published_on: datetime.date | str | None = None,
    scale: str = "icd203",
    ratings: Mapping[str, str] | None = None,
    explanation: Explanation = None,
    with_ids: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """The assessed claims of a case as ClaimReview, in JSON-LD.

    The rating is a phrase first: the newsroom's own, or the words of a published scale, with the
    answer in a few sentences as its explanation. Where the starting point decides and not what was
    said, the rating is "Not established", without a number. A claim that turned out is rated by
    that, "true" or "false". Otherwise a number stands beside the
    words where the scale has exactly one term for the probability; beyond its ends that is its
    last one.
    Who made the claim, and where it appeared, comes from the statements that speak for it. Not
    named are those who denied or withdrew it, those of whom it is disputed that they said so, and
    satire.

    Args:
        case: the case.
        assessments: the assessment of the claim that is reviewed, which gives one ClaimReview, or
            several of them, which give a `@graph`.
        author: the name of the organisation that reviews. It and `url` are no part of a case; a
            review without them is written and cannot be published: `losses` says so.
        author_url: the address of that organisation.
        url: the address of the page that the review stands on.
        published_on: the day on which the review appears, as a date or as "2015-09-10".
        scale: the scale of the words: see `provenance.scales.scale_names`.
        ratings: the newsroom's own ratings, as texts, by the ids of their claims.
        explanation: the newsroom's own explanation of the rating: one text, or texts by the ids
            of their claims.
        with_ids: for readers inside: who has no name under its id, and the whole assessment, with
            bits and ids, as the explanation.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        InvalidValue: for an assessment of another case, an address or a day that is none, an author
            or a rating that is no text, or a scale that is not about likelihood.
        UnknownName: for a scale that is not there, or a rating or an explanation of a claim that is
            not assessed.

    >>> from provenance import weigh
    >>> from provenance.casefiles import load_seed
    >>> case = load_seed("egypt-arms-2015")
    >>> review = to_claimreview(case, weigh(case, "armed"), author="The desk",
    ...                         url="https://example.org/checks/arms").document
    >>> review["reviewRating"]["alternateName"]
    'Not established'
    >>> [who["name"] for who in review["itemReviewed"]["author"]]
    ['Al-Quds al-Arabi', 'Samy Hassan']
    """
    if isinstance(assessments, Assessment):
        assessments = (assessments,)
    require_same_case(case, assessments)
    words = _texts_of(ratings)
    for name in words:
        if name not in {each.claim for each in assessments}:
            known = {each.claim: quoted(each.text, 80) for each in assessments}
            raise UnknownName("assessed claim", name, known, called=known)
    own = explanations_of(explanation, assessments)
    common = _common(author, author_url, url, published_on)
    kept = Withheld(case, ()) if with_ids else withheld(case)
    desk = _Reviewer.of(kept.case, with_ids)
    reviews = [
        {
            "@type": "ClaimReview",
            **common,
            **desk.review(
                each, kept.claim(each.claim), scale, words.get(each.claim), own.get(each.claim)
            ),
        }
        for each in assessments
    ]
    # That an id still shows in another one is no whole loss, whatever else becomes of it.
    shown = {loss.path for loss in kept.losses if loss.partly}
    lost = (
        *losses_of(case, _RULES),
        *desk.unshown({kept.claim(each.claim) for each in assessments}),
        *desk.unnamed(),
    )
    lost = (*kept.losses, *(loss for loss in lost if loss.path not in shown))
    losses = (*in_order(case, lost), *_incomplete(author, url, assessments))
    if len(reviews) == 1:
        return Export({"@context": "https://schema.org", **reviews[0]}, losses)
    return Export({"@context": "https://schema.org", "@graph": reviews}, losses)


def _texts_of(ratings: Mapping[str, str] | None) -> dict[str, str]:
    """The newsroom's own ratings, each of which says something."""
    if ratings is not None and not isinstance(ratings, Mapping):
        raise InvalidValue(
            f"expected as ratings texts by the ids of their claims, found {shown(ratings)}"
        )
    for name, words in (ratings or {}).items():
        if text_of(words) is None:
            raise InvalidValue(f"expected a text as the rating of {name!r}, found {shown(words)}")
    return {**(ratings or {})}


def _common(
    author: str | None,
    author_url: str | None,
    url: str | None,
    published_on: datetime.date | str | None,
) -> dict[str, Any]:
    for address in (author_url, url):
        if address is not None and not (isinstance(address, str) and is_web_address(address)):
            raise InvalidValue(f"expected an address of the web, found {shown(address)}")
    if author is not None and text_of(author) is None:
        raise InvalidValue(f"expected as author the name of who reviews, found {shown(author)}")
    who = None
    if author is not None:
        who = {"@type": "Organization", "name": author} | (
            {"url": author_url} if author_url else {}
        )
    found = {"url": url, "author": who, "datePublished": _day_of(published_on)}
    return {key: value for key, value in found.items() if value is not None}


def _day_of(published_on: datetime.date | str | None) -> str | None:
    if published_on is None or isinstance(published_on, datetime.date):
        return None if published_on is None else published_on.isoformat()[:10]
    try:
        return datetime.datetime.fromisoformat(published_on).date().isoformat()
    except (TypeError, ValueError):
        raise InvalidValue(
            f"expected as published_on a day such as 2015-09-10, found {shown(published_on)}"
        ) from None


def _incomplete(
    author: str | None, url: str | None, assessments: Sequence[Assessment]
) -> Iterator[Loss]:
    if not assessments:
        return
    for key, value in (("author", author), ("url", url)):
        if value is None:
            why = "it is no part of a case, and without it the review cannot be published: give it"
            yield Loss(key, f"the {key} of the review", why)


def _affirming(case: Case) -> dict[str, tuple[Attribution, ...]]:
    """The statements that speak for each claim."""
    said = what_is_said(case)
    found: dict[str, list[Attribution]] = {}
    for each in case.attributions:
        if each.stance != "disowns":
            for claim in dict.fromkeys(one.claim for one in said[each.id] if one.affirms):
                found.setdefault(claim, []).append(each)
    return {claim: tuple(each) for claim, each in found.items()}


_SATIRE = re.compile(r"\b(?:satir|parod)", re.IGNORECASE)


@attrs.frozen
class _Makers:
    """Of whom it may be said that they made a claim: a false one would be pinned on them."""

    backed_out: frozenset[tuple[str, str]]
    """Claims with sources that denied them, withdrew them, or are said never to have said so."""
    doubted: frozenset[str]
    """The conditions that nobody has settled as true."""
    conditions: Mapping[str, str | None]
    """The condition under which all that a source says counts."""
    satire: frozenset[str]
    """Sources that the case calls satire: what was a joke there was no claim."""

    @classmethod
    def of(cls, case: Case) -> _Makers:
        disowned = {
            name for each in case.attributions if each.stance == "disowns" for name in each.cited
        }
        return cls(
            frozenset(
                (claim, each.source)
                for each in case.attributions
                for claim in each.claims
                if disowned & {each.id, *each.names} or _went_back_on_it(each)
            ),
            frozenset(
                claim.id
                for claim in case.claims
                if claim.resolved is None or not claim.resolved.value
            ),
            {source.id: source.only_if for source in case.sources},
            frozenset(
                source.id
                for source in case.sources
                if _SATIRE.search(f"{source.name} {source.described_as}")
            ),
        )

    def stands_by(self, each: Attribution, claim: str) -> bool:
        """Whether who says it is known to have said it, meant it, and not gone back on it."""
        conditions = {each.only_if, self.conditions.get(each.source)}
        return (
            each.retracted_on is None
            and (claim, each.source) not in self.backed_out
            and each.source not in self.satire
            and not conditions & self.doubted
        )


def _went_back_on_it(each: Attribution) -> bool:
    """Whether a source denies a claim, and stands by that, or withdrew that it is true."""
    return each.denies if each.retracted_on is None else not each.denies


@attrs.frozen
class _Reviewer:
    """Everything that the reviews of one case have in common."""

    case: Case
    """The case."""
    sources: Mapping[str, Source]
    """The sources by their ids."""
    documents: Mapping[str, Document]
    """The documents by their ids."""
    affirming: Mapping[str, tuple[Attribution, ...]]
    """The statements that speak for each claim that anybody speaks for."""
    makers: _Makers
    """Of whom it may be said that they made a claim."""
    with_ids: bool
    """Whether those who read it may see ids."""

    @classmethod
    def of(cls, case: Case, with_ids: bool) -> _Reviewer:
        return cls(
            case,
            {source.id: source for source in case.sources},
            {document.id: document for document in case.documents},
            _affirming(case),
            _Makers.of(case),
            with_ids,
        )

    def standing(self, claim: str) -> list[Attribution]:
        """The statements for a claim that may be told of those who made them."""
        return [
            each for each in self.affirming.get(claim, ()) if self.makers.stands_by(each, claim)
        ]

    def origins(self, claim: str) -> list[Attribution]:
        return [each for each in self.standing(claim) if claim in each.claims]

    def appeared_in(self, claim: str) -> list[Document]:
        names = dict.fromkeys(each.document for each in self.standing(claim) if each.document)
        return [self.documents[name] for name in names]

    def review(
        self, assessment: Assessment, claim: str, scale: str, own: str | None, explained: str | None
    ) -> dict[str, Any]:
        told = explained or (
            str(assessment) if self.with_ids else told_to_readers(assessment, self.case)
        )
        authors = dict.fromkeys(each.source for each in self.origins(claim))
        days = [each.said_on.first for each in self.origins(claim) if each.said_on is not None]
        item = {
            "@type": "Claim",
            "text": assessment.text,
            "author": [*filter(None, (self.who(name) for name in authors))],
            "datePublished": min(days).isoformat() if days else None,
            "appearance": [*map(self.work, self.appeared_in(claim))],
        }
        return {
            "claimReviewed": assessment.text,
            "reviewRating": _rating(assessment, scale, own, told),
            "itemReviewed": {key: value for key, value in item.items() if value},
        }

    def who(self, name: str | None) -> dict[str, str] | None:
        """A source as a person or an organisation; None where it is neither or has no name."""
        source = self.sources.get(name or "")
        if source is None or source.kind not in _TYPES:
            return None
        if not self.with_ids and is_unnamed(source) and source.described_as is None:
            return None
        return {"@type": _TYPES[source.kind], "name": source.title}

    def work(self, document: Document) -> dict[str, Any]:
        found = {
            "@type": "CreativeWork",
            "url": document.url if document.url and is_web_address(document.url) else None,
            "name": document.title or (document.id if self.with_ids else None),
            "datePublished": _day(document.published_on),
            "inLanguage": document.language,
            "publisher": self.who(document.publisher),
        }
        return {key: value for key, value in found.items() if value is not None}

    def unshown(self, claims: set[str]) -> Iterator[Loss]:
        """Records that no review of some claims shows."""
        works = {work.id: work for claim in claims for work in self.appeared_in(claim)}
        speakers = {each.source for claim in claims for each in self.origins(claim)}
        speakers |= {work.publisher for work in works.values() if work.publisher is not None}
        shown = {name for name in speakers if self.who(name) is not None}
        heard = {each.id for claim in claims for each in self.standing(claim)}
        sections: tuple[tuple[str, Iterable[str], str, bool], ...] = (
            ("claims", claims, "no assessment of it was given", False),
            (
                "sources",
                shown,
                "it made no reviewed claim and published none, or has no name",
                False,
            ),
            ("documents", works, "no statement for a reviewed claim stands in it", False),
            (
                "attributions",
                heard,
                "it does not speak for a reviewed claim, or nobody stands by it",
                True,
            ),
        )
        for section, names, why, partly in sections:
            for position, record in enumerate(getattr(self.case, section)):
                if record.id not in names:
                    yield Loss(f"{section}[{position}]", f"the {section[:-1]}", why, partly)
        for position, document in enumerate(self.case.documents):
            if document.publisher is not None and document.publisher not in shown:
                why = "it is neither a person nor an organisation"
                yield Loss(f"documents[{position}].publisher", "the publisher", why, True)

    def unnamed(self) -> Iterator[Loss]:
        """The ids of records that have another name."""
        for section, field in (
            ("sources", "name"),
            ("sources", "described_as"),
            ("documents", "title"),
        ):
            for position, record in enumerate(getattr(self.case, section)):
                unseen = section == "documents" and not self.with_ids
                if unseen or getattr(record, field) is not None:
                    yield Loss(f"{section}[{position}].id", "the id", _NAMED)


def _rating(assessment: Assessment, scale: str, own: str | None, told: str) -> dict[str, Any]:
    """A rating in words first; in numbers where the answer decides and one term is its place."""
    published = scale_named(scale)
    if published.kind != "likelihood":
        raise InvalidValue(f"expected a scale of likelihood, found {scale!r}, of {published.kind}")
    words, place = _rated(assessment, published)
    found: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": own or words,
        "ratingExplanation": told,
    }
    if own is None and place is not None:
        found |= {"ratingValue": place, "bestRating": len(published.bands), "worstRating": 1}
    return found


def _rated(assessment: Assessment, published: Scale) -> tuple[str, int | None]:
    """The words of a rating, and their place on a scale; never words that the verdict is not."""
    outcomes = {each.id: each.resolved for each in assessment.case.claims}
    outcome = outcomes.get(assessment.claim)
    p, verdict = assessment.probability, verdict_word(assessment)
    if outcome is not None:
        p, verdict = float(outcome.value), str(outcome.value)
    is_settled = verdict in ("True", "False")
    if not is_settled and not is_established(assessment):
        return verdict, None
    # Beyond the ends of a scale there is no word, and the surest answers need one: its last.
    spans = [term.span for term in published.bands if term.span is not None]
    edge = 0.0 if is_settled else 1e-9  # many witnesses come too near to 1 to tell it from there
    lowest = max(edge, min(span.low for span in spans))
    highest = min(1.0 - edge, max(span.high for span in spans))
    at = min(max(p, lowest), highest)
    terms = published.term_for(at)
    words = verdict.lower() if is_settled else in_words(at, published.name).text
    return words, published.bands.index(terms[0]) + 1 if len(terms) == 1 else None


def _day(span: Span | None) -> str | None:
    """A date as schema.org takes it: reduced to what is known, and of a span its first day."""
    if span is None:
        return None
    return span.first.isoformat() if "/" in span.text else span.text
