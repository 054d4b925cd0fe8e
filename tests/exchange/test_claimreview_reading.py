"""ClaimReview that comes in: what was claimed by whom, and how it turned out."""

from __future__ import annotations

import contextlib
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import track_record, weigh, weigh_all
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError
from provenance.exchange import (
    RATINGS,
    Import,
    claimreview_reading,
    from_claimreview,
    to_claimreview,
)
from provenance.learning import assertions_of, learn
from tests.cases.exchange_reading import assert_reading_accounts_for, values_in

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://example.org/checks/1",
    "claimReviewed": "The ship sailed",
    "datePublished": "2015-09-10",
    "author": {"@type": "Organization", "name": "The Desk"},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ann Li", "sameAs": "https://example.org/ann"},
        "datePublished": "2015-08-21T10:00:00Z",
        "appearance": {
            "@type": "CreativeWork",
            "url": "https://example.org/posts/7",
            "name": "A post",
            "datePublished": "2015-08-21",
            "inLanguage": "en",
        },
    },
}


def rated(words: str | None, **more: Any) -> dict[str, Any]:
    return REVIEW | {"reviewRating": {"@type": "Rating", "alternateName": words} | more}


def resolved(found: Import) -> bool | None:
    (claim,) = found.case.claims
    return None if claim.resolved is None else claim.resolved.value


def test_a_review_is_a_claim_with_its_outcome_and_who_made_it() -> None:
    written = from_claimreview(REVIEW).case.written()

    assert written == {
        "version": 1,
        "claims": [
            {
                "id": "claim-1",
                "text": "The ship sailed",
                "refs": [{"scheme": "ClaimReview", "id": "https://example.org/checks/1"}],
                "note": "The Desk, 2015-09-10: False",
                "resolved": {"value": False, "on": "2015-09-10", "by": "The Desk"},
            }
        ],
        "sources": [
            {
                "id": "Ann Li",
                "kind": "person",
                "refs": [{"scheme": "url", "id": "https://example.org/ann"}],
            }
        ],
        "documents": [
            {
                "id": "7",
                "title": "A post",
                "url": "https://example.org/posts/7",
                "published_on": "2015-08-21",
                "language": "en",
            }
        ],
        "attributions": [
            {
                "id": "claim-1 by Ann Li",
                "source": "Ann Li",
                "claim": "claim-1",
                "said_on": "2015-08-21",
                "document": "7",
            }
        ],
    }


def test_nothing_of_a_plain_review_is_lost() -> None:
    assert from_claimreview(REVIEW).losses == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("True", True),
        ("  MOSTLY  TRUE. ", True),
        ("Pants on Fire!", False),
        ("False: nothing of the kind was said", False),
        ("“Faux”", False),
        ("❌ FAKE", False),
        ("Half true", None),
        ("Misleading", None),
        ("a word that nobody uses", None),
    ],
)
def test_the_words_of_a_rating_decide(words: str, value: bool | None) -> None:
    assert resolved(from_claimreview(rated(words))) is value


def test_words_that_are_not_in_the_table_are_a_loss_and_words_that_leave_it_open_are_none() -> None:
    assert [loss.path for loss in from_claimreview(rated("whatever")).losses] == ["reviewRating"]
    assert from_claimreview(rated("Half true")).losses == ()


def test_a_table_of_ones_own_replaces_the_one_that_is_there() -> None:
    table = {**RATINGS, "Onbewezen!": None, "half true": True}

    assert resolved(from_claimreview(rated("half true"), ratings=table)) is True
    assert from_claimreview(rated("onbewezen"), ratings=table).losses == ()
    assert resolved(from_claimreview(rated("false"), ratings={"true": True})) is None


def test_every_word_of_the_table_is_found_as_it_is_written() -> None:
    for words, value in RATINGS.items():
        found = from_claimreview(rated(words))
        assert (resolved(found), found.losses) == (value, ())


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Altered", False),
        ("Altered photo", False),
        ("Doctored video.", False),
        ("Misattributed", False),
        ("False and misleading", False),
        ("Größtenteils falsch", False),
        ("Correct Attribution", True),
        ("Größtenteils richtig", True),
        ("Labeled Satire", None),
        ("Originated as Satire", None),
        ("Photo", None),
    ],
)
def test_words_that_fact_checkers_publish_are_known(words: str, value: bool | None) -> None:
    read = from_claimreview(rated(words))

    assert resolved(read) is value
    assert [loss.path for loss in read.losses] == (["reviewRating"] if words == "Photo" else [])


def test_a_page_of_html_is_read_by_its_scripts() -> None:
    other = {"@type": "WebSite", "name": "The Desk"}
    page = "".join(
        f'<script type="application/ld+json">{text}</script>'
        for text in (json.dumps(other), "no JSON", json.dumps(REVIEW))
    )

    read = from_claimreview(f"<!doctype html><html><head>{page}</head><body></body></html>")

    assert read.case == from_claimreview(REVIEW).case
    assert from_claimreview(f"\n<html>{page}".encode()).case == read.case


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>ClaimReview</body></html>",
        f"<html><!-- <script type='application/ld+json'>{json.dumps(REVIEW)}</script> --></html>",
        f'<html><script type="application/ld+json">{json.dumps(REVIEW)}',
        f"<html><script>{json.dumps(REVIEW)}</script></html>",
        "<html><!-- <script",
    ],
)
def test_a_page_without_linked_data_is_refused_as_that(page: str) -> None:
    with pytest.raises(FormatError, match="expected a page with a script of the type"):
        from_claimreview(page)


def test_a_review_that_names_no_claim_is_refused_by_its_field() -> None:
    entry = {"@type": "ClaimReview", "reviewRating": {"alternateName": "False"}}

    with pytest.raises(FormatError) as refused:
        from_claimreview({"@graph": [entry]})

    assert [(each.path, each.code) for each in refused.value.problems] == [
        ("@graph[0].claimReviewed", "missing-field")
    ]


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        (("1", "1", "5"), False),
        ((1, 5, 5), True),
        (("1", "3,5", "5"), None),
        ((5, 1, 1), True),
        ((5, 5, 1), False),
        ((5, 6, 1), None),
        ((None, 1, 0), None),
        (("one", 1, 5), None),
        ((1, 1, 1), None),
    ],
)
def test_without_words_a_number_at_either_end_decides(numbers: Any, value: bool | None) -> None:
    worst, given_, best = numbers
    rating = {"ratingValue": given_, "worstRating": worst, "bestRating": best}
    review = REVIEW | {"reviewRating": {"@type": "Rating", **rating}}

    assert resolved(from_claimreview(review)) is value


def test_the_number_of_a_rating_stands_beside_its_words() -> None:
    both = rated("Half true", ratingValue="3", worstRating=1, bestRating=5)
    number = {"@type": "Rating", "ratingValue": 3, "worstRating": 1, "bestRating": 5}

    notes = [
        from_claimreview(review).case.claims[0].note
        for review in (both, REVIEW | {"reviewRating": number}, REVIEW | {"reviewRating": []})
    ]

    assert notes == [
        "The Desk, 2015-09-10: Half true (3 on a scale from 1 to 5)",
        "The Desk, 2015-09-10: 3 on a scale from 1 to 5",
        "The Desk, 2015-09-10: no rating",
    ]


def test_one_document_with_two_names_has_the_first() -> None:
    item = REVIEW["itemReviewed"]
    named = [item["appearance"], item["appearance"] | {"name": "Another name"}]

    found = from_claimreview(REVIEW | {"itemReviewed": item | {"appearance": named}})

    assert [each.title for each in found.case.documents] == ["A post"]
    assert [loss.what for loss in found.losses] == ["the title 'Another name'"]


def test_a_number_at_the_other_end_than_the_words_is_told() -> None:
    contrary = rated("Four Pinocchios", ratingValue=5, worstRating=1, bestRating=5)
    fitting = rated("Four Pinocchios", ratingValue=1, worstRating=1, bestRating=5)

    assert resolved(from_claimreview(contrary)) is False
    assert [loss.what for loss in from_claimreview(contrary).losses] == [
        "what the number 5 comes to"
    ]
    assert not from_claimreview(fitting).losses
    assert not from_claimreview(rated("Half true", ratingValue=5)).losses


def test_a_review_without_a_rating_leaves_its_claim_open() -> None:
    review = {key: value for key, value in REVIEW.items() if key != "reviewRating"}

    assert resolved(from_claimreview(review)) is None


# ------------------------------------------------------------------ however it is written


def expanded(value: Any) -> Any:
    """A review with whole addresses as names, as a processor of JSON-LD gives it."""
    if isinstance(value, dict):
        return [
            {
                key if key.startswith("@") else f"http://schema.org/{key}": (
                    [f"http://schema.org/{item}"] if key == "@type" else expanded(item)
                )
                for key, item in value.items()
                if key != "@context"
            }
        ]
    return [{"@value": value}]


def test_lists_of_types_whole_addresses_and_values_as_objects_are_read() -> None:
    assert from_claimreview(expanded(REVIEW)).case == from_claimreview(REVIEW).case
    assert from_claimreview(REVIEW | {"@type": ["Review", "ClaimReview"]}) == from_claimreview(
        REVIEW
    )


FORMS: dict[str, Any] = {
    "a list": [REVIEW],
    "a graph": {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
    "a feed of Data Commons": {
        "@type": "DataFeed",
        "dataFeedElement": [
            {"@type": "DataFeedItem", "dateCreated": "2016", "item": [REVIEW], "url": "u"},
            {"@type": "DataFeedItem", "item": None},
        ],
    },
    "JSON": json.dumps(REVIEW),
    "bytes": json.dumps(REVIEW).encode(),
    "references in the document": {
        "@graph": [
            REVIEW | {"author": {"@id": "#desk"}, "itemReviewed": {"@id": "#claim"}},
            {"@id": "#desk", **REVIEW["author"]},
            {"@id": "#claim", **REVIEW["itemReviewed"]},
        ]
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_what_a_review_is_wrapped_in_does_not_matter(form: str) -> None:
    assert from_claimreview(FORMS[form]).case == from_claimreview(REVIEW).case


def test_what_goes_round_in_plain_data_is_read_once() -> None:
    feed: dict[str, Any] = {"item": [REVIEW]}
    feed["self"] = [feed]

    assert from_claimreview(feed).case == from_claimreview(REVIEW).case


SEARCHED: dict[str, Any] = {
    "claims": [
        {
            "text": "The ship sailed",
            "claimant": "Ann Li",
            "claimDate": "2015-08-21T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "The Desk", "site": "example.org"},
                    "url": "https://example.org/checks/1",
                    "title": "Did it sail?",
                    "reviewDate": "2015-09-10T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                },
                7,
            ],
        }
    ],
    "nextPageToken": "x",
}


def test_what_the_fact_check_tools_api_answers_is_read() -> None:
    found = from_claimreview(SEARCHED)

    (claim,) = found.case.claims
    assert claim.resolved is not None
    assert claim.resolved.written() == {"value": False, "on": "2015-09-10", "by": "The Desk"}
    assert found.case.attributions[0].written() == {
        "id": "claim-1 by Ann Li",
        "source": "Ann Li",
        "claim": "claim-1",
        "said_on": "2015-08-21",
    }
    assert [loss.path for loss in found.losses] == [
        "claims[0].claimReview[0].title",
        "claims[0].claimReview[0].languageCode",
        "claims[0].claimReview[0].publisher.site",
        "claims[0].claimReview[1]",
    ]


def test_a_claim_without_a_claimant_is_of_an_unnamed_source() -> None:
    found = from_claimreview(
        {
            "text": "It sailed",
            "claimReview": [{"publisher": {"site": "a.org"}, "textualRating": "true"}],
        }
    )

    assert [(each.id, each.kind) for each in found.case.sources] == [
        ("the speaker of claim-1", "unnamed")
    ]
    assert found.case.claims[0].resolved is not None
    assert found.case.claims[0].resolved.by == "a.org"


def test_a_page_of_the_fact_check_tools_is_read() -> None:
    found = from_claimreview(
        {
            "pageUrl": "https://example.org/checks/1",
            "publishDate": "2015-09-10",
            "claimReviewAuthor": {"name": "The Desk"},
            "claimReviewMarkups": [
                {
                    "claimReviewed": "The ship sailed",
                    "claimDate": "2015-08-21",
                    "claimAuthor": {"name": "Ann Li", "jobTitle": "pilot"},
                    "claimFirstAppearance": "https://example.org/posts/7",
                    "claimLocation": "Port Said",
                    "rating": {"textualRating": "False", "imageUrl": "x"},
                },
                {"claimDate": "2015"},
                None,
            ],
            "versionId": "3",
        }
    )

    assert found.case.claims[0].resolved is not None
    assert found.case.attributions[0].said_on is not None
    assert found.case.documents[0].url == "https://example.org/posts/7"
    assert [loss.path for loss in found.losses] == [
        "versionId",
        "claimReviewMarkups[0].claimLocation",
        "claimReviewMarkups[0].rating.imageUrl",
        "claimReviewMarkups[0].claimAuthor.jobTitle",
        "claimReviewMarkups[1]",
        "claimReviewMarkups[2]",
    ]


# ------------------------------------------------------------------ several, and who else


def test_reviews_that_agree_make_one_claim_settled_by_the_first() -> None:
    other = rated("Fake") | {"datePublished": "2015-09-01", "author": {"name": "Another Desk"}}

    found = from_claimreview([REVIEW, other, REVIEW])

    (claim,) = found.case.claims
    assert claim.resolved is not None
    assert claim.resolved.by == "Another Desk"
    assert claim.note == "The Desk, 2015-09-10: False\nAnother Desk, 2015-09-01: Fake"
    assert len(found.case.attributions) == 1


def test_reviews_that_contradict_each_other_leave_it_open() -> None:
    found = from_claimreview([REVIEW, rated("True") | {"author": []}])

    assert resolved(found) is None
    assert [loss.what for loss in found.losses] == ["how the claim turned out"]


def test_of_several_days_the_first_is_when_it_was_said() -> None:
    earlier = REVIEW | {"itemReviewed": REVIEW["itemReviewed"] | {"datePublished": "2015-08-01"}}

    for order in ([REVIEW, earlier], [earlier, REVIEW]):
        (said,) = from_claimreview(order).case.attributions
        assert str(said.said_on) == "2015-08-01"


def test_who_published_a_claim_and_did_not_make_it_passed_it_on() -> None:
    daily = {"@type": "NewsMediaOrganization", "name": "The Daily"}
    item = REVIEW["itemReviewed"] | {
        "appearance": [
            {"url": "https://example.org/a", "publisher": daily},
            {"url": "https://example.org/b", "publisher": daily},
            {"publisher": {"@type": "Person", "name": "Ann Li"}, "headline": "Mine"},
            "https://example.org/c",
            {"@type": "CreativeWork"},
        ]
    }

    found = from_claimreview(REVIEW | {"itemReviewed": item})

    origin, relay = found.case.attributions
    assert (relay.source, relay.cites, relay.document) == ("The Daily", origin.id, "a")
    assert found.case.sources[1].kind == "outlet"
    assert origin.document == "Mine"
    assert [loss.what for loss in found.losses] == ["the appearance 'c'"]


def test_names_are_one_whatever_their_spaces_and_capitals() -> None:
    second = REVIEW | {
        "claimReviewed": "It came back",
        "itemReviewed": {"author": [{"name": "ann  LI"}, {"name": "Bo/Co"}, {"@type": "Person"}]},
    }

    found = from_claimreview([REVIEW, second])

    assert [(each.id, each.name) for each in found.case.sources] == [
        ("Ann Li", None),
        ("source-1", "Bo/Co"),
    ]
    assert len(found.case.attributions) == 3


def test_the_claim_may_stand_in_the_item_alone_and_a_review_without_one_is_a_loss() -> None:
    inside = {key: value for key, value in REVIEW.items() if key != "claimReviewed"}
    nowhere = inside | {"itemReviewed": {"@type": "Claim"}}

    assert from_claimreview(inside | {"itemReviewed": {"name": "It sailed"}}).case.claims[
        0
    ].text == ("It sailed")
    assert [loss.path for loss in from_claimreview([REVIEW, nowhere]).losses] == ["[1]"]


RICH = REVIEW | {
    "headline": "Did it sail?",
    "reviewRating": {"alternateName": "so so", "ratingExplanation": "why", "ratingValue": 2},
    "itemReviewed": REVIEW["itemReviewed"] | {"keywords": "ships"},
}


def test_whatever_a_review_says_is_in_the_case_or_among_the_losses() -> None:
    whole = from_claimreview(RICH)
    lost = {loss.path for loss in whole.losses}

    assert lost == {
        "headline",
        "reviewRating",
        "reviewRating.ratingExplanation",
        "itemReviewed.keywords",
    }
    for key in RICH.keys() - {"@context", "@type", "headline", "claimReviewed"}:
        others = {name: value for name, value in RICH.items() if name != key}
        assert from_claimreview(others).case != whole.case, key


TEXTS = st.sampled_from(("The ship sailed", "the  ship sailed", "It came back", "Ann Li", "Bo"))
DAYS = st.sampled_from(("2015-08-21", "2015-08-22T10:00:00Z", "2016", "last week"))
ADDRESSES = st.sampled_from(("https://example.org/a", "https://example.org/b", "#a"))
NUMBERS = st.sampled_from((1, 3, 5, "1", "5", "2,5", "n/a"))


def things(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A thing with any of its properties, and one that nobody reads."""
    return st.fixed_dictionaries({}, optional=fields | {"keywords": TEXTS})


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One value, or a list of some."""
    return values | st.lists(values, max_size=2)


PEOPLE = things(
    **{"@type": st.sampled_from(("Person", "Organization"))},
    name=TEXTS,
    sameAs=some(ADDRESSES),
    url=ADDRESSES,
    jobTitle=TEXTS,
)
WORKS = things(
    name=TEXTS,
    headline=TEXTS,
    url=ADDRESSES,
    datePublished=DAYS,
    inLanguage=st.sampled_from(("en", "de")),
    publisher=some(PEOPLE),
)
RATING_THINGS = things(
    alternateName=st.sampled_from(("False", "True", "so so")),
    name=TEXTS,
    ratingValue=NUMBERS,
    bestRating=NUMBERS,
    worstRating=NUMBERS,
)
ITEMS = things(
    text=TEXTS,
    name=TEXTS,
    author=some(PEOPLE),
    datePublished=DAYS,
    appearance=some(WORKS | ADDRESSES),
    firstAppearance=WORKS,
)
REVIEWS = things(
    url=ADDRESSES,
    author=some(PEOPLE),
    datePublished=DAYS,
    reviewRating=some(RATING_THINGS),
    itemReviewed=some(ITEMS),
).map(lambda review: {"@type": "ClaimReview", "claimReviewed": "The ship sailed", **review})
# A feed says of its reviews how they are wrapped, and of each of what type it is.
SILENT = r"(^|\.)(@context|@type)$"


@settings(max_examples=25)
@given(st.lists(REVIEWS, min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_whatever_reviews_of_others_say_is_in_the_case_or_among_the_losses(
    reviews: list[dict[str, Any]], generator: random.Random
) -> None:
    trail = generator.choice([*values_in(reviews)])

    assert_reading_accounts_for(reviews, from_claimreview, trail, silent=SILENT)


@pytest.mark.parametrize("seed", shipped_seeds())
def test_whatever_our_own_reviews_say_is_in_the_case_or_among_the_losses(seed: str) -> None:
    case = load_seed(seed)
    review = to_claimreview(
        case, [weigh(case, case.claims[0].id)], author="The desk", url="https://example.org/1"
    ).document

    for trail in values_in(review):
        assert_reading_accounts_for(review, from_claimreview, trail, silent=SILENT)


# ------------------------------------------------------------------ what it is good for


def feed() -> list[dict[str, Any]]:
    """Ann was wrong twice and right once; Bo was right twice."""
    found = []
    for number, (name, words) in enumerate(
        [("Ann", "False"), ("Ann", "Fake"), ("Ann", "True"), ("Bo", "Correct"), ("Bo", "True")]
    ):
        item = {"author": {"@type": "Person", "name": name}, "datePublished": "2015-08-21"}
        found.append(rated(words) | {"claimReviewed": f"claim {number}", "itemReviewed": item})
    return found


def test_a_track_record_counts_what_was_reviewed() -> None:
    case = from_claimreview(feed()).case

    ann, bo = (track_record([case], name) for name in ("Ann", "Bo"))

    assert (ann.confirmed, ann.refuted) == (1, 2)
    assert (bo.confirmed, bo.refuted) == (2, 0)


def test_reliability_is_learned_from_what_was_reviewed() -> None:
    pytest.importorskip("numpy")

    learned = learn(assertions_of([from_claimreview(feed()).case]))

    worth = {name: degree.mean for name, degree in learned.reliabilities.items()}
    assert worth["Bo"] > worth["Ann"]


@pytest.mark.parametrize("seed", shipped_seeds())
def test_our_own_reviews_are_read(seed: str) -> None:
    case = load_seed(seed)
    document = to_claimreview(
        case, weigh_all(case), author="The Desk", url="https://example.org/checks/1"
    ).document

    found = from_claimreview(document)

    assert {each.text for each in found.case.claims} == {each.text for each in case.claims}
    assert weigh(found.case, found.case.claims[0].id).probability > 0


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    "document", [{}, [], {"@type": "Review"}, "{", "3", None, {"claimReview": [], "text": " "}]
)
def test_what_has_no_review_is_refused(document: Any) -> None:
    with pytest.raises(FormatError):
        from_claimreview(document)


def test_more_parts_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claimreview_reading, "MOST_PARTS", 3)

    with pytest.raises(FormatError, match="at most 3"):
        from_claimreview([[[[REVIEW]]]])


KEYS = (
    *(*REVIEW, "text", "name", "claimReview", "claimReviewMarkups", "appearance", "publisher"),
    *("alternateName", "ratingValue", "@id", "@value", "item", "rating", "textualRating"),
)


@settings(max_examples=100)
@given(
    st.recursive(
        st.one_of(
            st.none(),
            st.integers(),
            st.text(max_size=4),
            st.sampled_from(("ClaimReview", "false", "https://example.org", "#a", "2015")),
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
        ),
        max_leaves=15,
    )
)
def test_anything_beside_a_review_is_read_or_refused_in_our_own_words(extra: Any) -> None:
    fields = extra if isinstance(extra, dict) else {"itemReviewed": extra, "author": extra}
    with contextlib.suppress(FormatError):
        assert from_claimreview([REVIEW | fields, extra]).case.claims


@pytest.mark.parametrize("first", ["the review", "what it refers to"])
def test_somebody_may_be_referred_to_whose_name_stands_elsewhere(first: str) -> None:
    review = REVIEW | {"author": {"@id": "#desk"}}
    desk = {"@id": "#desk", "name": "The Desk of Norda"}
    graph = [review, desk] if first == "the review" else [desk, review]

    found = from_claimreview(json.dumps({"@graph": graph}))

    (claim,) = found.case.claims
    assert claim.resolved is not None
    assert claim.resolved.by == "The Desk of Norda"
