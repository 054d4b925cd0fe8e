"""What a page says in words: of certainties, of simulated answers, of places, links and interests."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest

from provenance import Assessment, load_case, weigh
from provenance.assessment import Curve, Names, Point, leads
from provenance.graph import Graph
from provenance.methods import Comparison, MethodReading, compare
from provenance.records import (
    Case,
    ContradictsLink,
    EvidenceLink,
    ImpliesLink,
    Interest,
    Locator,
    Source,
)
from provenance.report import (
    Report,
    card_html,
    curves_svg,
    interactive_html,
    methods_svg,
    page_html,
    report_html,
)
from provenance.report.words import (
    Words,
    access_in_words,
    evidence_in_words,
    interest_in_words,
    link_in_words,
    places_of,
    reliability_in_words,
)


def weighed(reliability: object = "C", prior: float = 0.2, **more: Any) -> Assessment:
    return weigh(
        load_case(
            {
                "version": 1,
                "claims": [{"id": "sailed", "text": "The ship sailed", "prior": prior}],
                "sources": [{"id": "pilot", "reliability": reliability}],
                "attributions": [{"id": "log", "source": "pilot", "claim": "sailed", **more}],
            }
        ),
        "sailed",
    )


def names() -> Names:
    return Names(
        Graph.of(
            Case(
                claims=[{"id": each, "text": f"It is {each}"} for each in "abc"],
                sources=[],
                attributions=[],
            )
        )
    )


@pytest.mark.parametrize(
    ("assessment", "said"),
    [
        (weighed(), "up by a factor of 3"),
        (weighed(stance="denies"), "down by a factor of 3"),
        (weighed(1), "The evidence settles it"),
        (weighed("F"), "The evidence moves nothing"),
        (weighed(0.9999), "by a factor of more than 99"),
    ],
)
def test_the_weight_of_all_the_evidence_is_said_in_words(assessment: Assessment, said: str) -> None:
    assert said in evidence_in_words(assessment)


def test_a_simulated_answer_says_so_and_its_page_has_every_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("provenance.inference.network.LIMIT", 1)

    page = report_html(weighed().case, "sailed", brief=False)

    assert "Simulated, give or take" in page
    assert "What to find out next" in page


def test_pages_and_offsets_are_places_too() -> None:
    places = [
        Locator(page=4),
        Locator(start=10, end=20),
        Locator(start=30),
        Locator(paragraph=2),
        Locator(exact="words"),
    ]

    assert places_of(places) == "¶ 2 · p. 4 · characters 10–20, 30"


def test_links_are_said_with_their_strength() -> None:
    assert (
        link_in_words(names(), ImpliesLink(claim="a", implies="b")) == "“It is a” implies “It is b”"
    )
    sign = EvidenceLink(claim="a", sign="b", if_true=0.3, if_false=0)
    assert (
        link_in_words(names(), sign)
        == "“It is b” is a sign of “It is a”: 30 % if that is true, 0 % if it is false"
    )
    assert (
        link_in_words(names(), ContradictsLink(claims=("a", "b", "c"), strength=0.5))
        == "“It is a”, “It is b” and “It is c” exclude each other, with strength 0.5"
    )


def test_interests_are_said_as_what_is_gained_or_lost() -> None:
    assert (
        interest_in_words(names(), Interest(claims=("a", "b"), stake="loses strongly"))
        == "loses strongly if “It is a” and “It is b” are believed"
    )
    assert (
        interest_in_words(names(), Interest(claims="all", stake="says so whatever is true"))
        == "says so, true or not, of every claim"
    )


def test_reliability_and_access_are_said_as_they_were_written() -> None:
    accuracy = Source(id="s", reliability={"accuracy": 0.8, "strength": 10})
    estimate = Source(id="s", reliability={"mean": 0.6, "strength": 4}, access=0.5)

    assert reliability_in_words(accuracy) == "right 80 % of the time, worth 10 cases"
    assert reliability_in_words(estimate) == "about 0.6, worth 4 cases"
    assert reliability_in_words(Source(id="s", reliability=0.25)) == "0.25"
    assert reliability_in_words(Source(id="s")) == "not judged"
    assert access_in_words(estimate) == "0.5"


def questioned(denied: bool = False) -> Assessment:
    stance = {"stance": "denies"} if denied else {}
    return weigh(
        load_case(
            {
                "version": 1,
                "claims": [{"id": "north", "text": "It sailed north"},
                           {"id": "south", "text": "It sailed south"}],
                "questions": [{"id": "where", "text": "Where to?", "claims": ["north", "south"],
                               "prior": [0.3, 0.3], "exhaustive": False}],
                "sources": [{"id": "pilot", "reliability": "C"}, {"id": "daily"}],
                "attributions": [
                    {"id": "log", "source": "pilot", "claim": "south", **stance},
                    {"id": "story", "source": "daily", "cites": "log", "stance": "disowns"},
                ],
            }
        ),
        "north",
    )  # fmt: skip


def test_what_is_said_is_said_in_the_words_of_its_claim() -> None:
    affirmed, denied = Words(questioned()), Words(questioned(denied=True))

    assert affirmed.says(0) == "It sailed south"
    assert denied.says(0) == "false: It sailed south"
    assert affirmed.denies(1)
    assert "disowning" in affirmed.told(1)
    assert affirmed.label(1) == "disowns it"
    assert affirmed.label(1, is_copy=True) == "relays it"


def test_a_citation_of_what_is_about_another_claim_is_named_without_a_link() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "One thing"}, {"id": "b", "text": "Another"}],
            "sources": [{"id": "s", "reliability": "C"}, {"id": "p", "reliability": "B"}],
            "attributions": [
                {"id": "one", "source": "s", "claim": "a"},
                {"id": "other", "source": "s", "claim": "b"},
                {"id": "both", "source": "p", "cites": ["one", "other"]},
            ],
        }
    )

    page = report_html(case, "a", brief=False)

    assert re.search(r'<a href="#statement-0"><bdi dir="auto">s</bdi></a>', page)
    assert '<bdi dir="auto">other</bdi>' in page


def test_a_statement_without_a_place_and_a_document_without_an_address_are_named() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}],
            "sources": [{"id": "s", "reliability": "C"}],
            "documents": [{"id": "letter"}],
            "attributions": [
                {"id": "a", "source": "s", "claim": "c", "document": "letter",
                 "wording": "probably", "retracted_on": "2020"},
                {"id": "b", "source": "s", "claim": "c", "locators": [{"paragraph": 7}]},
            ],
        }
    )  # fmt: skip

    page = page_html(Report(weigh(case, "c")))

    assert "letter" in page
    assert "¶ 7" in page
    assert "worded probably" in page
    assert "withdrawn 2020" in page


def test_a_resolved_claim_says_how_it_turned_out() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "resolved": {"value": False}}],
            "sources": [],
            "attributions": [],
        }
    )

    assert "turned out false" in page_html(Report(weigh(case, "c")))


def test_the_dot_of_a_reliability_beyond_its_curve_stands_at_the_nearer_end() -> None:
    points = (Point(0.4, 0.5), Point(0.6, 0.7))

    low = curves_svg({"s": Curve("reliability:s", 0.1, 0.5, points, None)})
    high = curves_svg({"s": Curve("reliability:s", 0.9, 0.7, points, None)})

    # On an axis of 84 pixels from 112 up to 28.
    assert 'cy="70"' in low
    assert 'cy="53.2"' in high


def test_a_method_without_an_answer_is_drawn_as_such() -> None:
    comparison = compare(weighed().case, "sailed")
    silent = MethodReading("possible worlds", None, None, None, "no answer", "it has none")
    rows = tuple(silent if row.method == silent.method else row for row in comparison.rows)

    svg = methods_svg(
        Comparison("sailed", "The ship sailed", comparison.prior, rows, ("a warning",))
    )

    assert ">no answer<" in svg
    assert "no answer" in page_html(
        Report(weighed(), comparison=attrs.evolve(comparison, rows=rows))
    )


def test_who_is_behind_an_unnamed_origin_is_found_out_by_who_passed_it_on() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
            "sources": [{"id": "daily", "name": "The Daily", "reliability": "B"}],
            "attributions": [{"id": "a", "source": "daily", "claim": "c", "basis": "secondhand"}],
        }
    )

    found = leads(case, "c")

    said = [each.text for each in found]
    assert "Find out who is behind what the Daily passed on" in said


def test_a_slider_of_a_source_that_is_not_judged_says_so() -> None:
    page = interactive_html(weighed("F").case, "sailed")

    assert "<output>not judged</output>" in page


def test_a_case_and_any_other_answer_have_a_card_too() -> None:
    case = weighed().case

    assert "one claim, one source, one attribution" in card_html(case)
    assert card_html(leads(case, "sailed")).startswith("<pre")
