"""ClaimReview, held to the shapes of schema.org and to the fields that it cannot be published without."""

from __future__ import annotations

import copy
import datetime
import functools
import html.parser
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh, weigh_all
from provenance.assessment import is_established, verdict_word
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError, InvalidValue, UnknownName
from provenance.exchange import (
    claimreview_pages,
    claimreview_problems,
    claimreview_schema,
    embed_claimreview,
    to_claimreview,
)
from provenance.records import Case

# rdflib reads JSON-LD through a class that it has deprecated itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

AUTHOR = {"author": "The desk", "url": "https://example.org/checks/1"}
GOOD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://example.org/checks/1",
    "claimReviewed": "The ship sailed",
    "datePublished": "2015-09-10",
    "author": {"@type": "Organization", "name": "The desk"},
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "unlikely",
        "ratingValue": 3,
        "bestRating": 7,
        "worstRating": 1,
    },
    "itemReviewed": {"@type": "Claim", "datePublished": "2015-08"},
}


def arms() -> tuple[Case, Any]:
    case = load_seed("egypt-arms-2015")
    return case, weigh(case, "armed")


class Judged:
    """Stands in for an assessment whose outcome does not depend on its case."""

    claim, credibility, probability, text, bits, prior = "c0", "4", 0.3, "that c0", -2.0, 0.5

    def __init__(self, case: Case) -> None:
        self.case = case

    def in_words(self, scale: str) -> str:
        return f"unlikely ({scale})"

    def __str__(self) -> str:
        return "prose"


# ------------------------------------------------------------------ shapes of schema.org


def graph_of(document: dict[str, Any], namespace: str = "http://schema.org/") -> Any:
    """The document as RDF, with a context that is here instead of one that would be fetched."""
    rdflib = pytest.importorskip("rdflib")
    xsd = "http://www.w3.org/2001/XMLSchema#"
    # schema.org's own context types addresses and dates too; a number may be of any kind there.
    context: dict[str, Any] = {"@vocab": namespace}
    context |= {"url": {"@id": f"{namespace}url", "@type": "@id"}}
    context |= {"datePublished": {"@id": f"{namespace}datePublished", "@type": f"{xsd}date"}}
    for name in ("ratingValue", "bestRating", "worstRating"):
        context[name] = {"@id": f"{namespace}{name}", "@type": f"{xsd}float"}
    # A whole number beside a type of fractions would be read as neither.
    text = json.dumps({**document, "@context": context})
    local = json.loads(text, parse_int=lambda digits: f"{digits}.0")
    return rdflib.Graph().parse(data=json.dumps(local), format="json-ld")


@functools.cache
def datashapes() -> Any:
    """The shapes of schema.org that pySHACL ships (those of 2021, by TopQuadrant)."""
    pyshacl = pytest.importorskip("pyshacl")
    rdflib = pytest.importorskip("rdflib")
    path = Path(pyshacl.__file__).parent / "assets" / "schema.ttl"
    return rdflib.Graph().parse(path)


@functools.cache
def vocabulary() -> Any:
    """The classes and properties of a current release of schema.org, from a package of its terms."""
    return pytest.importorskip("schema_org.registry")


# What a literal of each type may be: a context may type it as schema.org's own does, or not.
LITERALS = {
    "Text": "sh:nodeKind sh:Literal ; sh:datatype xsd:string",
    "URL": 'sh:nodeKind sh:IRIOrLiteral ; sh:pattern "^[a-z]+:"',
    "Date": 'sh:nodeKind sh:Literal ; sh:pattern "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"',
    "DateTime": 'sh:nodeKind sh:Literal ; sh:pattern "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"',
    "Number": "sh:nodeKind sh:Literal ; sh:or ([sh:datatype xsd:integer] [sh:datatype xsd:float]"
    " [sh:datatype xsd:double] [sh:datatype xsd:decimal])",
    "Boolean": "sh:datatype xsd:boolean",
}


@functools.cache
def vocabulary_shapes() -> Any:
    """Shapes made of the ranges that the vocabulary gives to the properties of what we write."""
    rdflib = pytest.importorskip("rdflib")
    terms = vocabulary()
    lines = ["@prefix s: <http://schema.org/> .", "@prefix sh: <http://www.w3.org/ns/shacl#> ."]
    lines += ["@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."]
    lines += ["@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."]
    for name, parents in terms.PARENTS.items():
        lines += [f"<http://schema.org/{name}> rdfs:subClassOf s:{above} ." for above in parents]
    for name in {each for written in WRITTEN for each in (written, *terms.ancestry(written))}:
        for key in terms.CLASS_METADATA[name].properties:
            ranges = terms.PROPERTY_BY_SCHEMA[key].ranges
            either = " ".join(
                f"[ {LITERALS[each]} ]"
                if each in LITERALS
                else f"[ sh:class <http://schema.org/{each}> ]"
                for each in ranges
            )
            shape = f"[ sh:path s:{key} ; sh:or ( {either} ) ]"
            lines.append(f"[] a sh:NodeShape ; sh:targetClass s:{name} ; sh:property {shape} .")
    return rdflib.Graph().parse(data="\n".join(lines), format="turtle")


WRITTEN = ("ClaimReview", "Rating", "Claim", "CreativeWork", "Organization", "Person")
"""The types of what a review consists of."""


@functools.cache
def released_shapes() -> Any:
    """The shapes of a release of schema.org, with its text and number shapes taking literals."""
    rdflib = pytest.importorskip("rdflib")
    shapes = rdflib.Graph().parse(RELEASE, format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    names = ("Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean")
    for name in names:
        # As published these ask for a node, so that every plain literal would be refused.
        shape = rdflib.URIRef(f"http://schema.org/validation#ValidSchema{name}")
        if (shape, sh.nodeKind, None) in shapes:
            shapes.set((shape, sh.nodeKind, sh.IRIOrLiteral))
    return shapes


RELEASE = os.environ.get("SCHEMAORG_SHAPES")
SHAPES = {"datashapes": datashapes, "vocabulary": vocabulary_shapes}
if RELEASE:
    SHAPES["release"] = released_shapes


def conforms(graph: Any, shapes: Any) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl")
    found, _, text = pyshacl.validate(
        graph, shacl_graph=shapes, ont_graph=shapes, inference="none", advanced=False
    )
    return found, text


@pytest.mark.parametrize("release", SHAPES)
def test_the_shapes_of_schema_org_accept_a_review_and_see_it(release: str) -> None:
    shapes = SHAPES[release]()
    case, assessment = arms()
    document = to_claimreview(case, [assessment], **AUTHOR).document  # type: ignore[arg-type]

    found, text = conforms(graph_of(document), shapes)

    assert found, text
    # Shapes that find nothing to look at accept anything: so they must refuse what is wrong.
    wrong = copy.deepcopy(document)
    wrong["claimReviewed"] = {"@type": "Person", "name": "no text"}
    assert not conforms(graph_of(wrong), shapes)[0]


WRONG: dict[str, dict[str, Any]] = {
    "a person as the claim": {"claimReviewed": {"@type": "Person", "name": "no text"}},
    "text as the rating": {"reviewRating": "false"},
    "text as the author": {"author": "The desk"},
    "a rating as the author": {"author": {"@type": "Rating", "ratingValue": 1.0}},
    "a day in words": {"datePublished": "yesterday"},
    "a rating without a number": {
        "reviewRating": {"@type": "Rating", "ratingValue": {"@type": "Person"}}
    },
    "a place as where it appeared": {
        "itemReviewed": {"@type": "Claim", "appearance": {"@type": "Place", "name": "here"}}
    },
}


def test_the_shapes_of_the_vocabulary_accept_what_is_right() -> None:
    assert conforms(graph_of(GOOD), vocabulary_shapes())[0]


@pytest.mark.parametrize("name", WRONG)
def test_the_shapes_of_the_vocabulary_refuse_what_is_wrong(name: str) -> None:
    assert not conforms(graph_of(GOOD | WRONG[name]), vocabulary_shapes())[0]


@functools.cache
def reviews_of(seed: str) -> Any:
    """A review of every claim of a seed."""
    case = load_seed(seed)
    return to_claimreview(case, weigh_all(case), **AUTHOR).document  # type: ignore[arg-type]


def form_of(value: Any) -> Any:
    """What stands where in a document, without the words."""
    if isinstance(value, dict):
        return {key: each if key == "@type" else form_of(each) for key, each in value.items()}
    return [form_of(each) for each in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("seed", shipped_seeds())
def test_the_shapes_of_the_vocabulary_accept_every_kind_of_review_of_a_seed(seed: str) -> None:
    # Shapes see what stands where, and not which words: one review of each form is enough.
    document = reviews_of(seed)
    of_each_form = {json.dumps(form_of(each)): each for each in document["@graph"]}
    some = document | {"@graph": [*of_each_form.values()]}

    found, text = conforms(graph_of(some), vocabulary_shapes())

    assert found, text


@pytest.mark.parametrize("seed", shipped_seeds())
def test_every_field_is_one_that_the_vocabulary_has_for_its_type(seed: str) -> None:
    terms = vocabulary()

    for part in parts_of(reviews_of(seed)):
        if "@type" in part:
            kinds = (part["@type"], *terms.ancestry(part["@type"]))
            known = {key for kind in kinds for key in terms.CLASS_METADATA[kind].properties}
            assert {key for key in part if not key.startswith("@")} <= known


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for item in inner:
        yield from parts_of(item)


def test_plain_text_is_text_as_a_context_reads_it() -> None:
    """The shapes of a release ask for a node where text stands; plain text has to pass."""
    rdflib = pytest.importorskip("rdflib")
    text = rdflib.URIRef("http://schema.org/claimReviewed")

    (found,) = graph_of(GOOD).objects(None, text)

    assert isinstance(found, rdflib.Literal)
    assert conforms(graph_of(GOOD), vocabulary_shapes())[0]


@pytest.mark.parametrize("release", SHAPES)
def test_data_under_the_https_prefix_would_pass_unseen(release: str) -> None:
    wrong = copy.deepcopy(GOOD) | {"claimReviewed": {"@type": "Person", "name": "no text"}}
    shapes = SHAPES[release]()

    assert conforms(graph_of(wrong, "https://schema.org/"), shapes)[0]
    assert not conforms(graph_of(wrong), shapes)[0]


@pytest.mark.parametrize("release", SHAPES)
def test_the_shapes_do_not_miss_what_is_not_there(release: str) -> None:
    empty = {"@context": "https://schema.org", "@type": "ClaimReview"}

    assert conforms(graph_of(empty), SHAPES[release]())[0]
    assert len(claimreview_problems(empty)) == 4


# ------------------------------------------------------------------ required fields


def broken() -> Iterator[tuple[str, dict[str, Any]]]:
    for key in ("@type", "url", "claimReviewed", "author", "reviewRating"):
        yield f"without {key}", {name: value for name, value in GOOD.items() if name != key}
    rating = GOOD["reviewRating"]
    for name, change in {
        "blank claim": {"claimReviewed": "  "},
        "relative url": {"url": "/checks/1"},
        "script as url": {"url": "javascript:alert(1)"},
        "author as text": {"author": "The desk"},
        "nameless author": {"author": {"@type": "Organization"}},
        "author of another type": {"author": {"@type": "Thing", "name": "The desk"}},
        "rating as number": {"reviewRating": 3},
        "rating without words": {"reviewRating": {"@type": "Rating", "ratingValue": 3}},
        "value without its range": {
            "reviewRating": {key: rating[key] for key in ("@type", "alternateName", "ratingValue")}
        },
        "quoted number": {"reviewRating": rating | {"ratingValue": "3"}},
        "true as number": {"reviewRating": rating | {"ratingValue": True}},
        "date in words": {"datePublished": "yesterday"},
        "review of a review": {"itemReviewed": {"@type": "ClaimReview"}},
        "another type": {"@type": "Review"},
        "another context": {"@context": "https://example.org"},
    }.items():
        yield name, GOOD | change


BROKEN = dict(broken())


def test_a_good_example_has_no_problems() -> None:
    jsonschema = pytest.importorskip("jsonschema")

    assert claimreview_problems(GOOD) == ()
    jsonschema.validate(GOOD, claimreview_schema())


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_example_is_refused_by_the_schema_and_by_the_library(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(claimreview_schema())

    assert not validator.is_valid(BROKEN[name])
    assert claimreview_problems(BROKEN[name])


def test_the_schema_is_one() -> None:
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.Draft202012Validator.check_schema(claimreview_schema())


def test_a_rating_outside_its_range_is_a_problem() -> None:
    (problem,) = claimreview_problems(
        GOOD | {"reviewRating": GOOD["reviewRating"] | {"ratingValue": 8}}
    )

    assert (problem.path, problem.code) == ("reviewRating.ratingValue", "out-of-range")


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=3)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from([*sorted(GOOD), "name", "@graph"]), inner),
        ),
        max_leaves=9,
    )
)
def test_whatever_is_checked_problems_are_returned(document: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    single = not isinstance(document, list | None) and "@graph" not in (
        document if isinstance(document, dict) else {}
    )

    problems = claimreview_problems(document)

    if single:
        valid = jsonschema.Draft202012Validator(claimreview_schema()).is_valid(document)
        assert valid == (problems == ())


# ------------------------------------------------------------------ from a case


def test_every_review_of_a_seed_can_be_published() -> None:
    case = load_seed("egypt-syria-2015")

    export = to_claimreview(case, weigh_all(case), **AUTHOR)  # type: ignore[arg-type]

    assert claimreview_problems(export.document) == ()
    assert len(export.document["@graph"]) == len(case.claims)


def test_the_rating_is_a_phrase_first_and_inside_the_assessment_explains_it() -> None:
    case, assessment = arms()

    rating = to_claimreview(case, [assessment], with_ids=True).document["reviewRating"]

    assert list(rating)[:2] == ["@type", "alternateName"]
    assert rating["alternateName"] == verdict_word(assessment)
    assert rating["ratingExplanation"] == str(assessment)


def spoken(prior: float, voices: int, *, stance: str = "affirms") -> Any:
    """An answer to what so many witnesses of grade B saw, and its case."""
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "It sailed", "prior": prior}],
            "sources": [{"id": f"s{n}", "reliability": "B"} for n in range(voices)],
            "attributions": [
                {"id": f"a{n}", "source": f"s{n}", "claim": "x", "basis": "firsthand"}
                | {"stance": stance}
                for n in range(voices)
            ],
        }
    )
    return case, weigh(case, "x")


@settings(max_examples=60)
@given(
    st.floats(0.001, 0.999),
    st.integers(0, 4),
    st.sampled_from(["affirms", "denies"]),
    st.sampled_from(["icd203", "phia", "nato", "ipcc", "efsa", "kent"]),
)
def test_a_rating_says_what_the_verdict_says(
    prior: float, voices: int, stance: str, scale: str
) -> None:
    case, answer = spoken(prior, voices, stance=stance)

    rating = to_claimreview(case, answer, scale=scale).document["reviewRating"]

    if is_established(answer):
        assert "below" not in rating["alternateName"]
        assert "above" not in rating["alternateName"]
    else:
        assert rating["alternateName"] == "Not established"
        assert rating["ratingExplanation"].startswith("Not established")
        assert "ratingValue" not in rating


@pytest.mark.parametrize(
    ("stance", "words", "place"),
    [("affirms", "almost certain", 7), ("denies", "almost no chance", 1)],
)
def test_the_surest_answers_have_the_last_word_of_the_scale_and_its_number(
    stance: str, words: str, place: int
) -> None:
    case, answer = spoken(0.5, 6, stance=stance)

    rating = to_claimreview(case, answer).document["reviewRating"]

    assert not 0.01 <= answer.probability <= 0.99
    assert (rating["alternateName"], rating["ratingValue"]) == (words, place)


def test_where_the_scale_has_no_term_there_is_no_number() -> None:
    # PHIA leaves a gap between .20 and .25, and one denial of grade B ends in it.
    case, assessment = spoken(0.65, 1, stance="denies")

    rating = to_claimreview(case, [assessment], scale="phia").document["reviewRating"]

    assert "between" in rating["alternateName"]
    assert "ratingValue" not in rating


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ({"kind": "implies", "claim": "y", "implies": "x"}, "true"),
        ({"kind": "contradicts", "claims": ["x", "y"]}, "false"),
    ],
)
def test_what_is_settled_is_rated_in_plain_words(link: dict[str, Any], words: str) -> None:
    known = {"id": "y", "text": "It sank", "resolved": {"value": True}}
    claims = [{"id": "x", "text": "It sailed"}, known]
    case = load_case(
        {"version": 1, "claims": claims, "sources": [], "attributions": [], "links": [link]}
    )

    rating = to_claimreview(case, [weigh(case, "x")]).document["reviewRating"]

    assert rating["alternateName"] == words
    assert rating["ratingValue"] == (7 if words == "true" else 1)


@pytest.mark.parametrize(("value", "words", "place"), [(True, "true", 7), (False, "false", 1)])
def test_what_turned_out_is_rated_by_that(value: bool, words: str, place: int) -> None:
    claim = {"id": "x", "text": "She was elected", "prior": 0.5, "resolved": {"value": value}}
    case = load_case({"version": 1, "claims": [claim], "sources": [], "attributions": []})

    rating = to_claimreview(case, weigh(case, "x")).document["reviewRating"]

    assert (rating["alternateName"], rating["ratingValue"]) == (words, place)
    assert rating["ratingExplanation"].startswith(f"It turned out to be {words}. By what was said")


def test_what_cannot_be_judged_is_not_rated_in_numbers() -> None:
    case = load_case(
        {"version": 1, "claims": [{"id": "a", "text": "A"}], "sources": [], "attributions": []}
    )

    rating = to_claimreview(case, [weigh(case, "a")]).document["reviewRating"]

    assert rating["alternateName"] == "Not established"
    assert "ratingValue" not in rating


def test_the_words_of_the_newsroom_stand_instead_of_those_of_a_scale() -> None:
    case, assessment = arms()

    rating = to_claimreview(case, [assessment], ratings={"armed": "Unproven"}).document[
        "reviewRating"
    ]

    assert rating["alternateName"] == "Unproven"
    assert "ratingValue" not in rating


def test_a_person_without_a_name_or_a_description_is_named_inside_only() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "A"}],
            "sources": [{"id": "hariri", "kind": "person"}],
            "attributions": [{"id": "said", "source": "hariri", "claim": "a"}],
        }
    )
    answers = [weigh(case, "a")]

    outside, inside = (
        to_claimreview(case, answers, with_ids=ids).document["itemReviewed"]
        for ids in (False, True)
    )

    assert "author" not in outside
    assert inside["author"] == [{"@type": "Person", "name": "hariri"}]


def test_those_who_made_the_claim_and_where_it_appeared_are_named() -> None:
    case, assessment = arms()

    item = to_claimreview(case, [assessment]).document["itemReviewed"]

    assert {"@type": "Person", "name": "Samy Hassan"} in item["author"]
    assert item["datePublished"] == "2015-08-21"
    assert [work["publisher"]["name"] for work in item["appearance"]] == ["NOW"]


def test_what_the_publisher_has_to_give_is_listed_when_it_is_not_given() -> None:
    case, assessment = arms()

    losses = to_claimreview(case, [assessment], published_on=datetime.date(2015, 9, 10)).losses

    assert [loss.path for loss in losses[-2:]] == ["author", "url"]


@pytest.mark.parametrize(
    "day",
    ["2015-09-10", "2015-09-10T12:00:00Z", datetime.date(2015, 9, 10)],
)
def test_the_day_of_a_review_may_be_a_text(day: Any) -> None:
    case, assessment = arms()

    assert to_claimreview(case, assessment, published_on=day).document["datePublished"] == (
        "2015-09-10"
    )


def test_one_assessment_is_as_good_as_a_list_of_one() -> None:
    case, assessment = arms()

    assert to_claimreview(case, assessment) == to_claimreview(case, [assessment])


def disputed(**more: Any) -> Any:
    """What a review says of a claim's makers: a fake post of an outlet, passed on by another."""
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "x", "text": "She died"},
                {"id": "genuine", "text": "The post is genuine"} | more.pop("genuine", {}),
            ],
            "sources": [
                {"id": "radio", "kind": "outlet", "reliability": "A"} | more.pop("radio", {}),
                {"id": "user", "name": "@user", "kind": "person", "reliability": "D"},
            ],
            "documents": [
                {"id": "page", "publisher": "radio", "title": "The post"},
                {"id": "tweet", "publisher": "user", "title": "The tweet"},
            ],
            "attributions": [
                {"id": "post", "source": "radio", "claim": "x", "said_on": "2026-05-05"}
                | {"document": "page"}
                | more.pop("post", {}),
                {"id": "shared", "source": "user", "cites": "post", "document": "tweet"},
                *more.pop("others", ()),
            ],
        }
    )
    item = to_claimreview(case, weigh(case, "x")).document["itemReviewed"]
    return (
        [each["name"] for each in item.get("author", ())],
        item.get("datePublished"),
        [each["name"] for each in item.get("appearance", ())],
    )


def test_who_made_a_claim_and_stands_by_it_is_named() -> None:
    assert disputed() == (["radio"], "2026-05-05", ["The post", "The tweet"])


@pytest.mark.parametrize(
    "more",
    [
        {"others": [{"id": "no", "source": "radio", "cites": "post", "stance": "disowns"}]},
        {"others": [{"id": "no", "source": "user", "cites": "post", "stance": "disowns"}]},
        {"others": [{"id": "no", "source": "radio", "claim": "x", "stance": "denies"}]},
        {"post": {"retracted_on": "2026-05-06"}},
        {"post": {"only_if": "genuine"}},
        {"radio": {"only_if": "genuine"}},
        {"radio": {"only_if": "genuine"}, "genuine": {"resolved": {"value": False}}},
        {"radio": {"name": "The Turnip (satire)"}},
        {"radio": {"described_as": "a parody account"}},
    ],
    ids=lambda more: json.dumps(more)[:60],
)
def test_a_claim_is_not_pinned_on_who_denied_or_withdrew_it_or_never_said_so(more: Any) -> None:
    assert disputed(**more) == ([], None, ["The tweet"])


def test_a_denial_that_was_withdrawn_and_a_condition_that_is_settled_change_nothing() -> None:
    withdrawn = {"id": "no", "source": "radio", "claim": "x", "stance": "denies"}
    withdrawn |= {"retracted_on": "2026-05-06"}
    settled = {"resolved": {"value": True}}

    assert disputed(others=[withdrawn]) == disputed()
    assert disputed(post={"only_if": "genuine"}, genuine=settled) == disputed()


def test_claims_that_were_not_assessed_are_lost() -> None:
    case = load_seed("egypt-arms-2015")

    export = to_claimreview(case)

    assert export.document["@graph"] == []
    assert {"claims[0]", "sources[4]", "documents[0]"} <= {loss.path for loss in export.losses}


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"url": "checks/1"}, InvalidValue),
        ({"author_url": "javascript:alert(1)"}, InvalidValue),
        ({"scale": "admiralty-reliability"}, InvalidValue),
        ({"scale": "nobody"}, UnknownName),
        ({"ratings": {"sailed": "false"}}, UnknownName),
        ({"ratings": {"armed": ""}}, InvalidValue),
        ({"ratings": {"armed": {"alternateName": "false"}}}, InvalidValue),
        ({"ratings": ["false"]}, InvalidValue),
        ({"author": ""}, InvalidValue),
        ({"author": {"name": "The desk"}}, InvalidValue),
        ({"url": 5}, InvalidValue),
        ({"published_on": "yesterday"}, InvalidValue),
        ({"published_on": 5}, InvalidValue),
    ],
)
def test_what_makes_no_sense_is_refused(options: dict[str, Any], error: type[Exception]) -> None:
    case, assessment = arms()

    with pytest.raises(error):
        to_claimreview(case, [assessment], **options)


# ------------------------------------------------------------------ in a page


class Scripts(html.parser.HTMLParser):
    """The JSON-LD of a page, as a browser would find it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def scripts(page: str) -> list[Any]:
    parser = Scripts()
    parser.feed(page)
    parser.close()
    return [json.loads(text) for text in parser.found]


PAGES = (
    "<!doctype html><html><head><title>a</title></head><body><p>b</p></body></html>",
    "<HTML><HEAD></HEAD ><BODY></BODY></HTML>",
    "<html><body>no head</body></html>",
    "<p>a fragment",
    "",
    "<html><head><!-- </head> --><script>'</head>'</script></head><body></body></html>",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_review_is_found_in_the_page_and_the_page_is_otherwise_the_same(page: str) -> None:
    embedded = embed_claimreview(page, GOOD)

    assert scripts(embedded) == [GOOD]
    assert len(embedded) > len(page)
    start = next(
        n for n, pair in enumerate(zip(embedded, page + "\0", strict=False)) if pair[0] != pair[1]
    )
    assert page[:start] + page[start:] == page
    assert embedded.endswith(page[start:])


@pytest.mark.parametrize("page", PAGES)
def test_embedding_again_replaces_the_review(page: str) -> None:
    once = embed_claimreview(page, GOOD)
    other = GOOD | {"reviewRating": {"@type": "Rating", "alternateName": "likely"}}

    assert embed_claimreview(once, GOOD) == once
    assert embed_claimreview(embed_claimreview(page, other), GOOD) == once


@pytest.mark.parametrize("page", PAGES)
def test_a_review_of_another_claim_is_not_replaced_without_a_word(page: str) -> None:
    other = GOOD | {"claimReviewed": "The ship did not sail"}
    once = embed_claimreview(page, other)
    both = {"@context": "https://schema.org", "@graph": [other, GOOD]}

    with pytest.raises(FormatError, match=r"found one of “.*The ship did not sail"):
        embed_claimreview(once, GOOD)

    assert scripts(embed_claimreview(once, both)) == [both]
    assert scripts(embed_claimreview(once, [other, GOOD])) == [[other, GOOD]]  # type: ignore[arg-type]


def test_a_second_review_of_a_claim_is_not_put_beside_that_of_another_program() -> None:
    theirs = json.dumps({"@graph": [{"@type": "WebSite"}, GOOD | {"url": "https://other.org/"}]})
    page = f'<html><head><script type="application/ld+json">{theirs}</script></head></html>'
    elsewhere = GOOD | {"claimReviewed": "The ship did not sail"}

    with pytest.raises(FormatError, match="that something else put there"):
        embed_claimreview(page, GOOD)

    assert len(scripts(embed_claimreview(page, elsewhere))) == 2


def test_a_review_goes_into_the_head_and_not_into_a_comment() -> None:
    embedded = embed_claimreview(PAGES[-1], GOOD)

    assert embedded.endswith("</script>\n</head><body></body></html>")


@given(st.text(alphabet="<>/!-scriptSCRIPT &\u2028é\"'\\", max_size=40))
def test_no_text_can_end_the_script_that_carries_it(text: str) -> None:
    review = GOOD | {"claimReviewed": f"x{text}</script><!--"}

    assert scripts(embed_claimreview(PAGES[0], review)) == [review]


@pytest.mark.parametrize("name", BROKEN)
def test_a_review_that_cannot_be_published_is_not_embedded(name: str) -> None:
    with pytest.raises(FormatError):
        embed_claimreview(PAGES[0], BROKEN[name])


def test_a_page_that_is_no_text_is_refused() -> None:
    for page, found in ((b"<html>", "found bytes: decode them first"), (None, "found NoneType")):
        with pytest.raises(FormatError, match=f"expected a page as text, {found}"):
            embed_claimreview(page, GOOD)  # type: ignore[arg-type]


def test_a_review_whose_script_is_never_closed_is_left_as_it_is() -> None:
    once = embed_claimreview(PAGES[0], GOOD)
    cut = once[: once.index("</script>")]

    assert embed_claimreview(cut, GOOD).startswith(cut)


def test_a_page_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claimreview_pages, "LONGEST_PAGE", 10)

    with pytest.raises(FormatError, match="at most 10 characters"):
        embed_claimreview("<html></html>", GOOD)


def test_what_to_claimreview_gives_can_be_embedded_as_it_is() -> None:
    case, assessment = arms()
    export = to_claimreview(case, [assessment], **AUTHOR)  # type: ignore[arg-type]

    assert scripts(embed_claimreview(PAGES[0], export)) == [export.document]


def test_of_a_long_claim_eighty_letters_are_offered() -> None:
    claims = [
        {"id": name, "text": "A" * length, "prior": 0.1}
        for name, length in (("short", 80), ("long", 81))
    ]
    case = load_case({"version": 1, "claims": claims, "sources": [], "attributions": []})
    both = [weigh(case, each.id) for each in case.claims]

    with pytest.raises(UnknownName) as refused:
        to_claimreview(case, both, ratings={"other": "false"})

    called = refused.value.called
    assert called["short"] == f"“{'A' * 80}”"
    assert called["long"] == f"“{'A' * 80}…”"
