"""The seeds hold together, say only what their article says, and keep to their readings."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from provenance.assessment import weigh, weigh_all
from provenance.casefiles import load_case
from provenance.graph import Graph
from provenance.records import Case, Locator

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = "7d7bc60028bc21fc8ef389edffb01bf3fae2bb59df7a7de2e8e3d883d1125319"
LENGTH = 4662  # characters of the article
PARAGRAPHS = 29  # its non-empty lines
HEADINGS = {10, 18}  # section headings: they name a subject and state nothing

ARMS = load_case(SEEDS / "egypt-arms-2015.json")
WHOLE = load_case(SEEDS / "egypt-syria-2015.json")
both = pytest.mark.parametrize("case", [ARMS, WHOLE], ids=["arms", "whole"])


def locators(case: Case) -> list[Locator]:
    return [each for attribution in case.attributions for each in attribution.locators]


def spans(case: Case) -> list[tuple[int, int, int]]:
    """(paragraph, start, end) of every passage; -1 where one is missing."""
    missing = -1
    return [
        (
            missing if each.paragraph is None else each.paragraph,
            missing if each.start is None else each.start,
            missing if each.end is None else each.end,
        )
        for each in locators(case)
    ]


def sources_upstream(case: Case, source: str) -> set[str]:
    """Every source that a source passes on, directly or through others."""
    named = {name: each for each in case.attributions for name in each.names}
    open_, found = [each for each in case.attributions if each.source == source], set()
    while open_:
        for cited in open_.pop().cited:
            found.add(named[cited].source)
            open_.append(named[cited])
    return found


# ------------------------------------------------------------------ what stands in the files


@both
def test_a_seed_names_its_article_by_outlet_date_and_digest(case: Case) -> None:
    (document,) = case.documents

    assert document.sha256 == ARTICLE
    assert document.publisher == "now"
    assert str(document.published_on) == "2015-09-04"


@both
def test_every_statement_in_hand_is_the_outlets_and_says_where_it_stands(case: Case) -> None:
    for attribution in case.attributions:
        assert (attribution.source == "now") == bool(attribution.document)
        assert bool(attribution.document) == bool(attribution.locators)


@both
def test_every_locator_lies_within_the_article(case: Case) -> None:
    for paragraph, start, end in spans(case):
        assert 1 <= paragraph <= PARAGRAPHS
        assert 0 <= start < end <= LENGTH


@both
def test_offsets_run_in_the_order_of_the_paragraphs(case: Case) -> None:
    passages = spans(case)

    for before, after in itertools.product(passages, passages):
        assert before[0] >= after[0] or before[2] < after[1]


@both
def test_no_words_of_the_article_are_quoted_in_locators(case: Case) -> None:
    assert not any(each.exact or each.prefix or each.suffix for each in locators(case))


def test_every_paragraph_that_states_something_is_covered_by_the_whole_case() -> None:
    covered = {each.paragraph for each in locators(WHOLE)}

    assert covered == set(range(1, PARAGRAPHS + 1)) - HEADINGS


@both
def test_every_grade_prior_and_link_has_its_reason_beside_it(case: Case) -> None:
    assert all(source.note for source in case.sources)
    assert all(claim.note for claim in case.claims if claim.prior is not None)
    assert all(link.note for link in case.links)
    assert all(interest.note for source in case.sources for interest in source.interests)


@both
def test_every_claim_has_a_prior_or_takes_it_from_a_link(case: Case) -> None:
    signs = {link.sign for link in case.links if link.kind == "evidence"}

    assert all((claim.prior is None) == (claim.id in signs) for claim in case.claims)


# ------------------------------------------------------------------ only what the article says


def test_the_whole_case_holds_more_than_thirty_attributed_statements() -> None:
    statements = [
        claim for each in WHOLE.attributions if each.source != "now" for claim in each.claims
    ]

    assert len(statements) > 30


@both
def test_the_article_reports_no_denial_and_no_hedge(case: Case) -> None:
    assert not any(each.denies for each in case.attributions)
    assert not any(each.wording is not None for each in case.attributions)


def test_al_akhbar_relays_neither_the_general_nor_the_rebels() -> None:
    assert sources_upstream(WHOLE, "akhbar") == {"insider", "second-source", "officials"}


@both
def test_nobody_unnamed_speaks_about_the_weapons(case: Case) -> None:
    unnamed = {source.id for source in case.sources if source.kind == "unnamed"}
    weapons = {claim.id for claim in ARMS.claims}

    assert not [
        each
        for each in case.attributions
        if each.source in unnamed and weapons.intersection(each.claims)
    ]


@both
def test_no_interest_is_idle(case: Case) -> None:
    assert Graph.of(case).idle_interests == ()


@both
def test_only_the_readings_of_newspapers_are_without_weight(case: Case) -> None:
    inferences = {each.id for each in case.attributions if each.basis == "inference"}
    ignored = {each.attribution.split(">")[0].split("/")[0] for each in Graph.of(case).ignored}
    relays = {each.id for each in case.attributions if inferences.intersection(each.cited)}

    assert ignored == inferences | relays


def test_the_arms_seed_is_the_arms_story_of_the_whole_case() -> None:
    shared = {each.id: each for each in WHOLE.attributions}

    assert all(shared[each.id] == each for each in ARMS.attributions)
    assert set(ARMS.claims) <= set(WHOLE.claims)
    assert set(ARMS.links) <= set(WHOLE.links)


# ------------------------------------------------------------------ the reading


READING = re.compile(
    r"^(?P<claim>[\w-]+) +\S+ -> (?P<probability>\S+)  \[(?P<low>\S+), (?P<high>\S+)\]"
    r"  \S+ bits  (?P<confidence>\w+) +(?P<credibility>\d)$",
    re.MULTILINE,
)
PAGE = (SEEDS.parent / "docs" / "explanation" / "seeds.md").read_text(encoding="utf-8")
SMALL, LARGE = PAGE.split("## The reading of the whole article")


@pytest.mark.parametrize(("case", "page"), [(ARMS, SMALL), (WHOLE, LARGE)], ids=["arms", "whole"])
def test_every_claim_keeps_to_the_reading_on_its_page(case: Case, page: str) -> None:
    printed = {row["claim"]: row.groupdict() for row in READING.finditer(page)}

    found = {
        each.claim: {
            "claim": each.claim,
            "probability": f"{each.probability:.2f}",
            "low": f"{each.interval.low:.2f}",
            "high": f"{each.interval.high:.2f}",
            "confidence": each.confidence.level,
            "credibility": each.credibility,
        }
        for each in weigh_all(case)
    }

    assert found == printed


def test_the_weapons_are_about_one_in_six_and_mostly_the_prior() -> None:
    armed = weigh(ARMS, "armed")

    assert round(armed.probability, 3) == 0.174
    assert round(armed.bits or 0.0, 1) == 0.3
    assert (armed.confidence.level, armed.credibility) == ("low", "5")
    assert armed.confidence.prior_share > 0.95


def test_six_passages_two_origins_for_one_against_and_one_outlet() -> None:
    armed = weigh(ARMS, "armed")
    passages = {each.attribution.split(">")[0] for each in armed.statements}

    assert len(passages) == 6
    assert armed.independent_origins == 2
    assert armed.opposing_origins == 1
    assert "one-outlet" in {caveat.kind for caveat in armed.caveats}


def test_the_generals_four_statements_are_one_reason() -> None:
    (general,) = [each for each in weigh(ARMS, "armed").reasons if each.source == "general"]

    assert general.statements == ("accusation", "tweet", "orders/ordered", "orders/coordinated")


def test_both_seeds_give_the_same_answer_about_the_weapons() -> None:
    for claim in ARMS.claims:
        small, large = weigh(ARMS, claim.id), weigh(WHOLE, claim.id)

        assert small.probability == pytest.approx(large.probability, abs=1e-12)
        assert small.interval.high == pytest.approx(large.interval.high, abs=1e-12)


def test_no_detail_of_the_visit_is_likelier_than_the_visit() -> None:
    visit = weigh(WHOLE, "visited").probability
    details = [
        link.sign for link in WHOLE.links if link.kind == "evidence" and link.claim == "visited"
    ]

    assert all(weigh(WHOLE, detail).probability <= visit for detail in details)


def test_what_only_the_undescribed_source_says_cannot_be_judged() -> None:
    enemy = weigh(WHOLE, "common-enemy")

    assert enemy.credibility == "6"
    assert enemy.probability == pytest.approx(enemy.prior)
    assert enemy.interval.high == pytest.approx(enemy.potentials["second-source"])


def test_another_outlet_that_repeats_the_article_changes_nothing() -> None:
    written = json.loads((SEEDS / "egypt-arms-2015.json").read_text(encoding="utf-8"))
    written["sources"].append({"id": "echo", "reliability": "B"})
    written["attributions"].append({"id": "again", "source": "echo", "cites": "now-rebels"})

    echoed = weigh(load_case(written), "armed")

    assert echoed.probability == pytest.approx(weigh(ARMS, "armed").probability, abs=1e-12)
    assert echoed.independent_origins == 2
