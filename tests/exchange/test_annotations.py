"""W3C Web Annotation, out and in: the MUSTs of the model, and places that survive the way there and back."""

from __future__ import annotations

import contextlib
import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError
from provenance.exchange import from_annotations, to_annotations
from provenance.records import Case
from tests.cases.exchange_cases import full_case, rich_cases

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"),
}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_iri(value: Any) -> bool:
    return (
        isinstance(value, str)
        and re.match(r"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z", value) is not None
    )


def check_collection(document: dict[str, Any]) -> None:
    """Web Annotation Data Model, 5.1 and 5.2: what a collection and its pages must be."""
    assert CONTEXT in listed(document["@context"])
    assert is_iri(document["id"])
    assert "AnnotationCollection" in listed(document["type"])
    assert isinstance(document["total"], int)
    assert document["total"] >= 0
    if document["total"] == 0:
        return
    page = document["first"]
    assert is_iri(page["id"])
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == document["id"]
    assert page["startIndex"] == 0
    assert len(page["items"]) == document["total"]
    for item in page["items"]:
        check_annotation(item)


def check_annotation(item: dict[str, Any]) -> None:
    """3.1 to 3.3: one id, the type, at least one target, and never both body and bodyValue."""
    assert is_iri(item["id"])
    assert "Annotation" in listed(item["type"])
    assert not {"body", "bodyValue"} <= set(item)
    assert set(listed(item.get("motivation", []))) <= MOTIVATIONS
    assert listed(item["target"])
    for target in listed(item["target"]):
        check_target(target)
    for body in listed(item["body"]):
        # 3.2.4: a textual body has exactly one value, a text, and may have one purpose or more.
        assert body["type"] == "TextualBody"
        assert isinstance(body["value"], str)
        assert set(listed(body.get("purpose", []))) <= MOTIVATIONS


def check_target(target: Any) -> None:
    if isinstance(target, str):
        assert is_iri(target)
        return
    if "source" not in target:
        check_resource(target)
        return
    assert "SpecificResource" in listed(target["type"])  # 4
    check_resource(target["source"])
    for scope in listed(target.get("scope", [])):
        assert is_iri(scope)
    for selector in listed(target.get("selector", [])):
        check_selector(selector)


def check_resource(resource: Any) -> None:
    if isinstance(resource, str):
        assert is_iri(resource)
        return
    assert is_iri(resource["id"])  # 3.2.1
    for language in listed(resource.get("language", [])):
        assert re.match(r"\A[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z", language)


def check_selector(selector: dict[str, Any]) -> None:
    match selector["type"]:
        case "TextQuoteSelector":  # 4.2.4
            assert isinstance(selector["exact"], str)
            assert all(isinstance(selector.get(key, ""), str) for key in ("prefix", "suffix"))
        case "TextPositionSelector":  # 4.2.5
            assert 0 <= selector["start"] <= selector["end"]
            assert {type(selector[key]) for key in ("start", "end")} == {int}
        case "FragmentSelector":  # 4.2.1
            assert isinstance(selector["value"], str)
            assert is_iri(selector["conformsTo"])
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize("seed", shipped_seeds())
def test_a_seed_is_written_as_the_model_demands(seed: str) -> None:
    check_collection(to_annotations(load_seed(seed)).document)


@settings(max_examples=25)
@given(rich_cases())
def test_any_case_is_written_as_the_model_demands(written: dict[str, Any]) -> None:
    document = to_annotations(load_case(written)).document

    check_collection(json.loads(json.dumps(document)))


@settings(max_examples=25)
@given(rich_cases())
def test_reading_back_into_the_case_changes_nothing(written: dict[str, Any]) -> None:
    case = load_case(written)

    read = from_annotations(json.dumps(to_annotations(case).document), case)

    assert (read.case, read.losses) == (case, ())


@settings(max_examples=20)
@given(rich_cases())
def test_places_are_read_back_into_a_case_that_has_lost_them(written: dict[str, Any]) -> None:
    for attribution in written["attributions"]:
        for locator in attribution.get("locators", ()):
            # What has no selector is no part of this.
            for key in [key for key in locator if key not in ("exact", "start", "end")]:
                del locator[key]
            if len(locator.keys() & {"start", "end"}) == 1:
                locator.clear()
        if "document" not in attribution:
            attribution.pop("locators", None)
    case = load_case(written)
    bare = case.evolve(attributions=[each.evolve(locators=None) for each in case.attributions])

    read = from_annotations(to_annotations(case).document, bare)

    assert [each.locators for each in read.case.attributions] == [
        each.locators for each in case.attributions
    ]


def case_with(*locators: dict[str, Any], **more: Any) -> Case:
    return load_case(
        {
            "version": 1,
            "title": "A ship",
            "claims": [{"id": "sailed", "text": "The ship sailed"}],
            "sources": [{"id": "daily", "name": "The Daily"}],
            "documents": [{"id": "page", "url": "https://example.org/news", "language": "en"}],
            "attributions": [
                {"id": "story", "source": "daily", "claim": "sailed", "document": "page"}
                | {"locators": list(locators)}
                | more
            ],
        }
    )


def only_item(case: Case) -> dict[str, Any]:
    (item,) = to_annotations(case).document["first"]["items"]
    assert isinstance(item, dict)
    return item


def test_a_locator_is_a_quote_and_a_position() -> None:
    locator = {"exact": "sailed", "prefix": "ship ", "suffix": ".", "start": 9, "end": 15}

    target = only_item(case_with(locator))["target"]

    assert target["source"] == {"id": "https://example.org/news", "type": "Text", "language": "en"}
    assert target["selector"] == [
        {"type": "TextQuoteSelector", "exact": "sailed", "prefix": "ship ", "suffix": "."},
        {"type": "TextPositionSelector", "start": 9, "end": 15},
    ]


def test_headline_and_paragraph_are_two_targets_of_one_annotation() -> None:
    item = only_item(case_with({"exact": "a"}, {"exact": "b"}))

    assert [target["selector"]["exact"] for target in item["target"]] == ["a", "b"]


def test_a_denial_is_tagged_and_read_as_one() -> None:
    document = to_annotations(case_with({"exact": "no"}, stance="denies")).document

    (statement,) = from_annotations(document).case.attributions

    assert statement.denies


def test_a_draft_has_the_documents_places_claims_and_sources_of_the_annotations() -> None:
    case = case_with({"exact": "sailed", "start": 9, "end": 15, "page": 3})

    draft = from_annotations(to_annotations(case).document).case

    (statement,) = draft.attributions
    assert statement.locators == case.attributions[0].locators
    assert draft.documents[0].url == "https://example.org/news"
    assert draft.claims[0].text == "The ship sailed"
    assert draft.sources[0].name == "The Daily"


HIGHLIGHT = {
    "@context": CONTEXT,
    "id": "https://example.org/annotations/1",
    "type": "Annotation",
    "created": "2015-09-04T10:00:00Z",
    "creator": {"id": "https://example.org/people/7", "type": "Person"},
    "body": {"type": "TextualBody", "value": "check this", "purpose": "commenting"},
    "target": {
        "source": "https://example.org/news",
        "selector": [
            {"type": "RangeSelector", "startSelector": {}, "endSelector": {}},
            {"type": "TextQuoteSelector", "exact": "the ship sailed"},
        ],
    },
}


def test_a_highlight_of_others_becomes_a_claim_of_an_unnamed_source() -> None:
    read = from_annotations(HIGHLIGHT)

    (statement,) = read.case.attributions
    assert read.case.claims[0].text == "the ship sailed"
    assert read.case.sources[0].kind == "unnamed"
    assert statement.note == "check this"
    assert {loss.path for loss in read.losses} == {"created", "creator", "target.selector[0]"}


def test_an_annotation_without_a_quote_or_a_body_is_a_loss() -> None:
    read = from_annotations({"type": "Annotation", "target": "https://example.org/"})

    assert read.case.attributions == ()
    assert [loss.what for loss in read.losses] == ["the annotation"]


def test_annotations_of_nothing_in_the_case_are_losses() -> None:
    case = case_with({"exact": "sailed"})

    read = from_annotations([HIGHLIGHT | {"created": None}], case)

    assert read.case == case
    assert "no statement of the case has this name" in {loss.why for loss in read.losses}


def test_a_place_that_was_mended_elsewhere_comes_back_and_the_paragraph_stays() -> None:
    case = case_with({"exact": "sailed", "paragraph": 4})
    document = copy.deepcopy(to_annotations(case).document)
    target = document["first"]["items"][0]["target"]
    target["selector"] = {"type": "TextQuoteSelector", "exact": "had sailed"}

    (statement,) = from_annotations(document, case).case.attributions

    assert [(place.exact, place.paragraph) for place in statement.locators] == [("had sailed", 4)]


@pytest.mark.parametrize("document", ["[", "{}", "null", "7", {"type": "Note"}, None, 3.5, b"\xff"])
def test_what_is_no_annotation_is_refused(document: Any) -> None:
    with pytest.raises(FormatError):
        from_annotations(document)


KEYS = (
    *("type", "id", "body", "target", "source", "selector", "exact", "first", "items", "value"),
    *("purpose", "start", "end", "prefix", "bodyValue", "motivation", "scope"),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(
    (
        *("Annotation", "AnnotationPage", "AnnotationCollection", "TextQuoteSelector"),
        *("TextPositionSelector", "FragmentSelector", "SpecificResource", "TextualBody"),
    )
)


@st.composite
def hostile(draw: st.DrawFn) -> Any:
    """An annotation with any part of it replaced by something else."""
    document = copy.deepcopy(
        draw(st.sampled_from((HIGHLIGHT, {"type": "AnnotationPage", "items": [HIGHLIGHT]})))
    )
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = document
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and draw(st.booleans()):
                holder = holder[key]
                continue
            holder[key] = draw(st.one_of(JSON, KINDS))
            break
    return document


@settings(max_examples=60)
@given(st.one_of(JSON, hostile()))
def test_hostile_documents_are_read_or_refused(document: Any) -> None:
    with contextlib.suppress(FormatError):
        from_annotations(document)


def test_broken_characters_are_refused() -> None:
    with pytest.raises(FormatError, match="surrogate"):
        from_annotations(
            {
                "type": "Annotation",
                "bodyValue": "\ud800",
                "motivation": "describing",
                "target": "u:x",
            }
        )


def test_pages_elsewhere_are_losses_and_nothing_is_fetched() -> None:
    read = from_annotations({"type": "AnnotationCollection", "first": "https://example.org/1"})

    assert [(loss.path, loss.why) for loss in read.losses] == [
        ("first", "it is elsewhere, and nothing is fetched")
    ]


def annotation(**parts: Any) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": "the ship sailed"}
    plain = {"type": "Annotation", "target": {"source": "https://example.org/", "selector": quote}}
    return plain | parts


def body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


NOT_UNDERSTOOD: dict[str, tuple[dict[str, Any], str]] = {
    "a target that is a number": ({"target": [7, "https://example.org/"]}, "target[0]"),
    "a target without an address": ({"target": {"type": "Text"}}, "target"),
    "a state": ({"target": {"source": "https://example.org/", "state": {}}}, "target.state"),
    "a second quote": (
        {
            "target": {
                "source": "https://example.org/",
                "selector": [{"type": "TextQuoteSelector", "exact": word} for word in "ab"],
            }
        },
        "target.selector[1]",
    ),
    "a position that ends before it starts": (
        {
            "target": {
                "source": "https://example.org/",
                "selector": {"type": "TextPositionSelector", "start": 3, "end": 2},
            }
        },
        "target.selector",
    ),
    "a fragment that is no page": (
        {
            "target": {
                "source": "https://example.org/",
                "selector": {"type": "FragmentSelector", "value": "xywh=1,2,3,4"},
            }
        },
        "target.selector",
    ),
    "a refinement": (
        {
            "target": {
                "source": "https://example.org/",
                "selector": {"type": "TextQuoteSelector", "exact": "a", "refinedBy": {}},
            }
        },
        "target.selector.refinedBy",
    ),
    "a body that is elsewhere": ({"body": "https://example.org/note"}, "body"),
    "a body that is a number": ({"body": 7}, "body"),
    "a tag": ({"body": body("weapons", "tagging")}, "body"),
    "two sources": ({"body": [body(name, "identifying") for name in "ab"]}, ""),
    "a second document": ({"target": ["https://example.org/1", "https://example.org/2"]}, ""),
}


@pytest.mark.parametrize("name", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_a_loss_at_its_place(name: str) -> None:
    parts, path = NOT_UNDERSTOOD[name]

    losses = from_annotations(annotation(**parts)).losses

    assert path in {loss.path for loss in losses}


def test_an_entry_of_a_page_that_is_no_annotation_is_a_loss() -> None:
    read = from_annotations({"type": "AnnotationPage", "items": [7, {"type": "Note"}]})

    assert [loss.path for loss in read.losses] == ["items[0]", "items[1]"]


def test_a_text_that_stands_for_a_body_is_read_by_its_motivation() -> None:
    read = from_annotations(annotation(bodyValue="A ship sailed", motivation="describing"))

    assert read.case.claims[0].text == "A ship sailed"


def test_two_annotations_of_one_document_and_source_share_them() -> None:
    case = from_annotations([annotation(), annotation()]).case

    assert (len(case.documents), len(case.sources), len(case.claims)) == (1, 1, 1)
    assert len(case.attributions) == 2


def test_the_same_annotation_twice_counts_once() -> None:
    case = case_with({"exact": "sailed"})
    item = only_item(case)

    read = from_annotations([item, item], case)

    assert read.case == case
    assert [loss.why for loss in read.losses] == ["it stands twice"]


@pytest.mark.parametrize("text", ['{"type": "Annotation", "type": "Annotation"}', '{"a": NaN}'])
def test_json_that_says_two_things_or_no_number_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        from_annotations(text)


def test_more_entries_than_the_bound_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.exchange.documents.MOST_ENTRIES", 1)

    with pytest.raises(FormatError, match="at most 1 entries"):
        from_annotations([annotation(), annotation()])


def test_a_silence_and_a_disowning_are_tagged_and_make_no_statement_on_the_way_in() -> None:
    case = full_case()

    document = to_annotations(case).document
    found = from_annotations(document)

    tags = [
        body["value"]
        for item in document["first"]["items"]
        for body in item["body"]
        if body["purpose"] == "tagging"
    ]
    assert {"silent", "disowns"} <= set(tags)
    whys = [loss.why for loss in found.losses]
    assert "a silence needs how likely the source would have spoken" in whys
    assert "an annotation does not say which statement was never made" in whys
    assert "silent" not in str(found.case.written())


def test_a_quote_of_what_was_disowned_is_no_claim() -> None:
    case = load_case(
        full_case().written()
        | {
            "attributions": [
                {"id": "log", "source": "general", "claim": "armed"},
                {
                    "id": "never",
                    "source": "daily",
                    "cites": "log",
                    "stance": "disowns",
                    "document": "daily-1",
                    "locators": [{"exact": "never said"}],
                },
            ]
        }
    )

    assert from_annotations(to_annotations(case).document).case.claims == ()
