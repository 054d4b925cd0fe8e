"""A page has the answer, everything behind it and the case itself, and lets no text of it act."""

from __future__ import annotations

import base64
import html
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from provenance import compare, leads, load_case, timeline, weigh
from provenance.assessment import telling_of
from provenance.casefiles import case_digest
from provenance.errors import InvalidValue, ProvenanceError, UnknownName
from provenance.records import Case
from provenance.report import (
    Report,
    card_html,
    interactive_html,
    lineage_svg,
    page_html,
    public_answer,
    report_html,
)
from provenance.report.page import POLICY
from tests.cases.hostile_case import ADDRESSES, PAYLOADS, claim_of, hostile_case
from tests.cases.strategies import cases
from tests.report.page_reader import PageReader

SEEDS = Path(__file__).parents[2] / "seeds"
ARMS = load_case(SEEDS / "egypt-arms-2015.json")
PAGE = report_html(ARMS, "armed", brief=False)
READ = PageReader(PAGE)


def test_the_title_and_the_heading_say_the_verdict_with_the_claim_in_quotation_marks() -> None:
    claim = "“Egypt supplied weapons to the Syrian army in 2015”"
    heading = re.search(r"<h1>(.*?)</h1>", PAGE)

    assert f"<title>Not established: {claim}</title>" in PAGE
    assert heading is not None
    assert re.sub("<[^>]*>", "", heading[1]) == f"Not established {claim}"


def test_the_answer_and_its_reason_come_before_any_index() -> None:
    telling = telling_of(weigh(ARMS, "armed"))

    before = html.unescape(PAGE[: PAGE.index("<nav")]).replace("\xa0", " ")

    assert telling.headline.removeprefix("Not established: a") in before
    assert telling.because in before
    assert telling.origins in before


def test_what_nothing_judged_bears_on_is_not_given_as_a_finding() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
            "sources": [{"id": "s"}],
            "attributions": [{"id": "a", "source": "s", "claim": "c"}],
        }
    )

    page = report_html(case, "c", brief=False)

    assert "Not established" in page
    assert "Nobody who is judged speaks on it" in page
    assert "not judged" in page
    assert "0 % before anybody" not in page.replace("\xa0", " ").replace("30 % before", "")


@pytest.mark.parametrize(("reliability", "is_open"), [("A", True), ("E", False)])
def test_a_word_of_a_scale_stands_open_only_where_the_evidence_decides(
    reliability: str, is_open: bool
) -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.5}],
            "sources": [{"id": "s", "reliability": reliability}],
            "attributions": [{"id": "a", "source": "s", "claim": "c", "basis": "firsthand"}],
        }
    )

    shown, _, under = report_html(case, "c").partition("On other scales, and in bits")

    assert ("In the words of ICD 203" in shown) == is_open
    assert ("In the words of ICD 203" in under) != is_open
    assert ("they are no verdict" in under) != is_open


def test_the_day_of_weighing_is_on_the_page_where_it_is_given() -> None:
    dated = report_html(ARMS, "armed", weighed_on=date(2026, 3, 1))

    assert 'Weighed on <time datetime="2026-03-01">1 March 2026</time> with' in dated
    assert "Weighed with" in PAGE


def test_a_brief_page_has_the_statements_and_the_diagram_leads_to_them() -> None:
    page = report_html(ARMS, "armed")
    read = PageReader(page)

    leading = {attrs["href"] for attrs in read.all("a") if attrs["href"].startswith("#statement-")}

    assert leading
    assert {each[1:] for each in leading} <= set(read.ids)
    assert page.index('href="#statement-') < page.index('id="statement-')


def test_every_section_is_in_the_table_of_contents_and_leads_somewhere() -> None:
    named = [attrs["id"] for attrs in READ.all("section")]
    links = [attrs["href"][1:] for attrs in READ.all("a") if attrs["href"].startswith("#")]

    assert named == [
        "answer",
        "lineage",
        "reasons",
        "doubts",
        "leads",
        "sensitivity",
        "priors",
        "timeline",
        "methods",
        "claims",
        "sources",
        "statements",
        "ignored",
        "case-file",
    ]
    assert set(named) - {"answer"} <= set(links)
    assert set(links) <= set(READ.ids)


def test_no_id_occurs_twice() -> None:
    assert len(READ.ids) == len(set(READ.ids))


def test_a_page_is_well_nested() -> None:
    assert READ.misnested == []
    assert READ.open == []


def test_every_source_claim_and_note_of_the_claims_story_is_on_the_page() -> None:
    flat = " ".join(READ.text.split())

    for source in ARMS.sources:
        assert source.title in flat
        assert " ".join((source.note or "").split()) in flat
    for claim in ARMS.claims:
        assert claim.text in flat
    for link in ARMS.links:
        assert (link.note or "") in flat


def test_every_attribution_is_there_with_its_place_in_the_document() -> None:
    flat = READ.text

    for each in ARMS.attributions:
        assert each.id in flat
        for locator in each.locators:
            assert re.search(rf"¶ [\d, ]*\b{locator.paragraph}\b", flat)


def test_every_quote_is_there_with_what_stands_around_it() -> None:
    document = hostile_case("the mark", "https://example.org/article")
    document["attributions"][2]["locators"] = [
        {"paragraph": 3, "exact": "he said so", "prefix": "Then", "suffix": "twice",
         "url": "https://example.org/article#p3"},
    ]  # fmt: skip
    read = PageReader(report_html(load_case(document), claim_of(document), brief=False))

    assert "he said so" in read.text
    assert {"https://example.org/article", "https://example.org/article#p3"} <= {
        attrs["href"] for attrs in read.all("a")
    }
    assert all(
        attrs["rel"] == "noopener noreferrer nofollow"
        for attrs in read.all("a")
        if attrs["href"].startswith("http")
    )


def test_what_is_ignored_is_listed_with_the_reason() -> None:
    assessment = weigh(ARMS, "armed")

    assert assessment.ignored
    for each in assessment.ignored:
        assert each.attribution in READ.text
        assert each.why.sentence.replace("'", "&#x27;") in PAGE


def test_what_to_be_careful_about_is_on_the_page_with_sources_by_their_names() -> None:
    for each in telling_of(weigh(ARMS, "armed")).careful:
        assert each in READ.text
    assert "all through NOW" in READ.text


def test_a_lead_is_named_by_the_texts_of_its_claims() -> None:
    assert "Find out whether this is true: “A ship with weapons left Egypt" in READ.text
    assert "Find a source of grade B that has it from nobody here" in READ.text


def embedded(page: str) -> Case:
    """The case that a page carries as a file to take away."""
    (link,) = [attrs for attrs in PageReader(page).all("a") if "download" in attrs]
    head, _, data = link["href"].partition(",")
    assert head == "data:application/json;base64"
    return load_case(base64.b64decode(data))


def test_the_page_can_be_made_again_from_the_case_that_it_carries() -> None:
    case = embedded(PAGE)

    assert case_digest(case) == case_digest(ARMS)
    assert report_html(case, "armed", brief=False) == PAGE


def test_the_text_of_the_case_can_be_read_off_the_page() -> None:
    text = "".join(data for inside, data in READ.texts if inside == "pre")

    assert load_case(text) == ARMS


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_case_is_carried_exactly_whatever_it_says(payload: str) -> None:
    document = hostile_case(payload)
    case = load_case(document)

    assert embedded(page_html(Report(weigh(case, claim_of(document))))) == case


def test_a_page_as_of_a_minute_says_so_with_its_time_zone() -> None:
    page = report_html(ARMS, "armed", as_of="2015-08-31T10:05+02:00", brief=False)

    assert "--as-of 2015-08-31T08:05Z<" in page


def test_a_page_as_of_a_day_says_so_in_the_command_that_makes_it_again() -> None:
    page = report_html(ARMS, "armed", as_of="2015-08-31", brief=False)

    assert "--as-of 2015-08-31" in page
    assert "2015-09-04" not in PageReader(page).text.split("The claims")[0]


def test_a_page_runs_nothing_and_fetches_nothing() -> None:
    policy = next(attrs for attrs in READ.all("meta") if "http-equiv" in attrs)

    assert policy == {"http-equiv": "Content-Security-Policy", "content": POLICY}
    assert "default-src 'none'" in POLICY
    assert "script" not in POLICY
    assert {tag for tag, _ in READ.elements}.isdisjoint(
        {"script", "iframe", "object", "embed", "img", "base", "form", "audio", "video", "image"}
    )
    assert [attrs["href"] for attrs in READ.all("link")] == ["data:,"]
    assert not re.search(r"url\((?!#)|@import|expression\(", PAGE)


BENIGN = PageReader(report_html(load_case(hostile_case("a plain id")), "c a plain id", brief=False))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_text_of_a_case_adds_an_element_or_an_attribute(payload: str) -> None:
    document = hostile_case(payload)

    read = PageReader(report_html(load_case(document), claim_of(document), brief=False))

    # Labels may wrap onto more or fewer lines; everything else is as with plain words.
    wrapping = {"text"}
    # So may a name that is read from the right be set apart, which is what `bdi` is for.
    added = set(read.shape) - set(BENIGN.shape) - {("bdi", ())}
    assert {pair for pair in added if pair[0] not in wrapping} == set()
    assert read.misnested == []
    assert {name for _, attrs in read.elements for name in attrs if name.startswith("on")} == set()
    style = "".join(data for inside, data in read.texts if inside == "style")
    assert style == "".join(data for inside, data in BENIGN.texts if inside == "style")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_attribute_but_those_that_are_told_holds_text_of_a_case(payload: str) -> None:
    document = hostile_case(payload)

    read = PageReader(report_html(load_case(document), claim_of(document), brief=False))

    for tag, attrs in read.elements:
        for name, value in attrs.items():
            if name in ("style", "id", "class", "fill", "stroke", "d", "href", "aria-labelledby"):
                assert "pwned" not in value, tag
                assert "example.org" not in value, tag


@pytest.mark.parametrize("url", ADDRESSES)
def test_no_address_of_a_case_becomes_a_link_that_could_act(url: str) -> None:
    document = hostile_case("plain", url)

    read = PageReader(report_html(load_case(document), claim_of(document), brief=False))

    for attrs in read.all("a"):
        assert attrs["href"].startswith(("#", "data:application/json;base64,"))


@given(cases())
@settings(max_examples=20)
def test_any_case_makes_a_page(document: dict[str, Any]) -> None:
    case = load_case(document)
    claim = case.claims[-1].id
    try:
        page = report_html(case, claim, brief=False)
    except ProvenanceError:
        return

    read = PageReader(page)

    assert read.misnested == []
    assert len(read.ids) == len(set(read.ids))
    assert {attrs["href"][1:] for attrs in read.all("a") if attrs["href"][0] == "#"} <= set(
        read.ids
    )
    assert embedded(page) == case


def test_a_part_that_is_absent_leaves_its_section_out() -> None:
    page = page_html(Report(weigh(ARMS, "armed")))

    named = [attrs["id"] for attrs in PageReader(page).all("section")]
    assert "timeline" not in named
    assert "methods" not in named
    assert "lineage" in named


def test_a_brief_page_has_the_answer_and_its_reasons_and_the_case() -> None:
    named = [attrs["id"] for attrs in PageReader(report_html(ARMS, "armed")).all("section")]

    assert named == ["answer", "lineage", "reasons", "statements", "case-file"]


def test_a_claim_that_is_not_there_is_an_error_of_its_name() -> None:
    with pytest.raises(UnknownName):
        report_html(ARMS, "arms")


def test_a_claim_on_which_nobody_is_heard_has_a_page() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}],
            "sources": [],
            "attributions": [],
        }
    )

    assert "Nobody is heard on this" in report_html(case, "c")


def test_a_notebook_card_has_the_answer_and_the_diagram_and_its_text_is_inert() -> None:
    document = hostile_case(PAYLOADS["an attribute"])
    assessment = weigh(load_case(document), claim_of(document))

    read = PageReader(assessment._repr_html_())

    assert read.misnested == []
    assert {name for _, attrs in read.elements for name in attrs if name.startswith("on")} == set()
    assert len(read.all("svg")) == 3
    assert assessment._repr_html_() == card_html(assessment)
    assert assessment._repr_svg_() == lineage_svg(assessment)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (timeline(ARMS, "armed"), "How the answer grew"),
        (leads(ARMS, "armed"), "What to find out next"),
        (compare(ARMS, "armed"), "The same case read by other methods"),
    ],
)
def test_what_is_found_shows_itself_as_a_picture(found: Any, title: str) -> None:
    shown = found._repr_svg_()

    assert shown.startswith("<svg")
    assert title in shown


# ------------------------------------------------------------------ for the public


SECRET: dict[str, Any] = {
    "version": 1,
    "title": "The memo",
    "note": "a secret note",
    "claims": [
        {"id": "x", "text": "They close it", "prior": 0.2, "note": "a secret note"},
        {"id": "genuine", "text": "The memo is genuine", "prior": 0.6},
        {"id": "plan", "text": "There is a plan"},
    ],
    "sources": [
        {
            "id": "secret-id",
            "name": "Secret Name",
            "kind": "unnamed",
            "described_as": "a secret man",
        }
        | {"reliability": "B", "graded_by": "secret desk", "note": "a secret note"},
        {"id": "secret-other", "kind": "person", "reliability": "C"},
        {"id": "memo", "name": "The memo", "kind": "document", "reliability": "B"}
        | {"only_if": "genuine"},
        {"id": "min", "name": "The ministry", "kind": "government", "reliability": "B"}
        | {"interests": [{"claims": "x", "stake": "loses strongly"}]},
        {"id": "paper", "name": "The Courier", "kind": "outlet", "reliability": "A"},
        {"id": "gone", "described_as": "The Post", "kind": "outlet", "reliability": "A"},
    ],
    "documents": [
        {"id": "secret-tweet", "publisher": "secret-id", "title": "Secret Name on it"}
        | {"url": "https://example.org/secret"},
        {"id": "article", "publisher": "paper", "title": "They close it, paper says"}
        | {"url": "https://example.org/article"},
        {"id": "untitled", "publisher": "paper", "url": "https://example.org/untitled"},
        {"id": "bare", "publisher": "paper"},
    ],
    "attributions": [
        {"id": "secret-said", "source": "secret-id", "claim": "x", "document": "secret-tweet"}
        | {"locators": [{"exact": "it closes", "url": "https://example.org/secret-place"}]},
        {"id": "other-said", "source": "secret-other", "claim": "x", "wording": 0.37}
        | {"locators": [{"url": "https://example.org/secret-place"}]}
        | {"same_voice_as": {"attribution": "secret-said", "probability": 0.4}},
        {"id": "memo-said", "source": "memo", "claim": "x", "basis": "firsthand"},
        {
            "id": "min-silent",
            "source": "min",
            "claim": "x",
            "stance": "silent",
            "would_speak": 0.21,
        },
        {"id": "paper-passes", "source": "paper", "cites": "memo-said", "document": "article"},
        {"id": "paper-own", "source": "paper", "claim": "plan", "document": "untitled"}
        | {"wording": "probably"},
        {"id": "paper-bare", "source": "paper", "claim": "x", "document": "bare"},
        {"id": "post-said", "source": "gone", "claim": "x", "retracted_on": "2026-05-04"},
        {"id": "never", "source": "memo", "cites": "memo-said", "stance": "disowns"},
    ],
    "links": [{"kind": "implies", "claim": "x", "implies": "plan", "note": "a secret note"}],
    "x-secret": "secret",
}


def test_a_page_for_the_public_holds_no_judgement_of_anybody_and_no_unnamed_name() -> None:
    case = load_case(SECRET)

    inside = report_html(case, "x")
    public = report_html(case, "x", public=True)

    for words in ("grade B", "secret", "Secret Name", "21 %", "only if true", "0.37", "bits"):
        assert words in inside, words
        assert words not in public, words
    for words in ("perhaps one voice", "Be careful", "Next:", "What moves it", "case.json"):
        assert words in inside, words
        assert words not in public, words


def test_a_page_for_the_public_has_the_answer_and_who_has_it_from_whom() -> None:
    case = load_case(SECRET)

    public = report_html(case, "x", public=True)

    read = PageReader(public)
    told = telling_of(weigh(case, "x"))
    assert told.because in read.text
    for words in (
        "unnamed source 1",
        "unnamed source 2",
        "said nothing",
        "They close it, paper says",
        "https://example.org/untitled",
        "it closes",
        "worded probably",
        "The Post",
        "withdrawn 2026-05-04",
        "disowns",
        "The Courier",
    ):
        assert words in read.text, words
    assert read.misnested == []


def test_a_public_answer_is_what_the_public_page_says() -> None:
    case = load_case(SECRET)

    answer = public_answer(case, "x", as_of="2026-05-05")

    page = PageReader(report_html(case, "x", as_of="2026-05-05", public=True)).text
    assert answer["because"] in page
    assert answer["verdict"] in page
    assert answer["as_of"] == "2026-05-05"
    assert public_answer(case, "x")["as_of"] is None
    assert "secret" not in json.dumps(answer)


def test_the_only_unnamed_source_of_a_public_page_has_no_number() -> None:
    written = SECRET | {"sources": [*SECRET["sources"][:1], *SECRET["sources"][2:]]}
    written |= {"attributions": [SECRET["attributions"][0], *SECRET["attributions"][2:]]}

    public = report_html(load_case(written), "x", public=True)

    assert "an unnamed source" in public
    assert "unnamed source 1" not in public


@settings(max_examples=25)
@given(cases())
def test_a_public_case_is_weighed_like_the_case_it_was_made_of(document: dict[str, Any]) -> None:
    case = load_case(document)
    claim = case.claims[0].id

    try:
        expected = weigh(case, claim).probability
    except ProvenanceError as error:
        with pytest.raises(type(error)):
            report_html(case, claim, public=True)
        return

    assert Report.of(case, claim, brief=True, public=True).assessment.probability == pytest.approx(
        expected, rel=1e-12, abs=1e-15
    )


def test_a_page_for_the_public_is_brief() -> None:
    with pytest.raises(InvalidValue, match="brief"):
        report_html(ARMS, "armed", public=True, brief=False)


def test_a_page_describes_itself_to_those_who_share_it() -> None:
    about = {
        attrs.get("name") or attrs.get("property"): attrs["content"]
        for attrs in READ.all("meta")
        if "name" in attrs or "property" in attrs
    }

    assert about["og:title"].startswith("Not established: “Egypt supplied weapons")
    assert about["description"] == about["og:description"]
    assert about["description"].startswith("Not established: about 1 in 6")
    assert "\ufffd" not in about["description"]


def test_where_the_scale_has_no_word_the_page_gives_none() -> None:
    sources = [{"id": f"s{n}", "reliability": "A"} for n in range(4)]
    said = [
        {"id": f"a{n}", "source": f"s{n}", "claim": "x", "stance": "denies", "basis": "firsthand"}
        for n in range(4)
    ]
    claim = {"id": "x", "text": "It broke", "prior": 0.1}
    case = load_case({"version": 1, "claims": [claim], "sources": sources, "attributions": said})

    assert "In the words of ICD 203" not in report_html(case, "x")
    assert "In the words of ICD 203" in PAGE


def test_who_disowns_a_statement_does_not_pass_it_on() -> None:
    page = PageReader(report_html(load_case(SECRET), "x")).text

    assert re.search(r"The memo\s+disowns\s+The memo", page)
    assert "The memo: the claim itself, which is disowned" in page
    assert "the claim itself, disowned" in page


def test_somebody_whom_no_record_names_is_called_by_who_had_it_from_them() -> None:
    sources = [{"id": "wa", "name": "The message", "reliability": "B"}]
    said = [{"id": "a", "source": "wa", "claim": "x", "basis": "secondhand"}]
    claim = {"id": "x", "text": "It broke"}
    case = load_case({"version": 1, "claims": [claim], "sources": sources, "attributions": said})

    drawn = lineage_svg(weigh(case, "x"))

    assert "the unnamed source of the message" in drawn
    assert "&gt;unnamed" not in drawn


def test_of_the_drawings_of_a_figure_one_is_shown_without_any_style() -> None:
    figures = re.findall(r"<figure>(.*?)</figure>", PAGE, re.DOTALL)

    shown = [re.findall(r'<div class="(\w+)"( hidden)?>', each) for each in figures]

    assert shown
    for drawings in shown:
        assert [name for name, hidden in drawings if not hidden] == ["narrow"]


def test_sliders_are_drawn_by_the_script_alone() -> None:
    page = interactive_html(ARMS, "armed")

    before, moving = page.split('<div id="moving" hidden>')
    assert 'type="range"' not in before
    assert moving.split("</section>")[0].count('type="range"') == 6
    assert '<p id="still">' in before


def test_sliders_that_move_nothing_are_folded() -> None:
    sources = [{"id": name, "reliability": "B"} for name in ("pilot", "daily", "post")]
    relays = [{"id": f"{name}-said", "source": name, "cites": "saw"} for name in ("daily", "post")]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.2}],
            "sources": sources,
            "attributions": [
                {"id": "saw", "source": "pilot", "claim": "sailed", "in_hand": True},
                *relays,
            ],
        }
    )

    page = interactive_html(case, "sailed")
    before, _, folded = page.partition("Sources that would move it by less than a point")

    assert (before.count('type="range"'), folded.count('type="range"')) == (2, 2)
    assert "less than a point" not in interactive_html(
        case.evolve(attributions=case.attributions[:1], sources=case.sources[:1]), "sailed"
    )
