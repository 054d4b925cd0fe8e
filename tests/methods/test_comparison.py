"""Other methods over one case: chains, subjective logic, arguments, baselines, and all side by side."""

from __future__ import annotations

import math
from datetime import date
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

from provenance.assessment import mentions_of, weigh
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, InvalidValue, UnknownName
from provenance.graph import Graph, Place, Story
from provenance.inference.answer import weigh_story
from provenance.methods import (
    Comparison,
    Count,
    Opinion,
    compare,
    discount_path,
    fuse_cumulative,
    rank_arguments,
    weigh_possible_worlds,
    weigh_subjective,
)
from provenance.methods.comparison import averaged, count_mentions, weakest_links
from provenance.methods.ranking import CLAIM, arguments_of, rank
from provenance.methods.routes import read_subjectively, routes_of, shared_by, trusts_of
from provenance.methods.support import support_of
from provenance.records import Case
from tests.cases.strategies import cases, stories

METHODS = (
    "testimony network",
    "subjective logic, cumulative",
    "subjective logic, averaging",
    "possible worlds",
    "argument ranking, DF-QuAD",
    "argument ranking, quadratic energy",
    "count of mentions",
    "count of origins",
    "averaging",
    "weakest link",
)


def case_of(
    attributions: list[dict[str, Any]], prior: float = 0.1, **reliabilities: object
) -> Case:
    sources = [{"id": name, "reliability": grade} for name, grade in reliabilities.items()]
    claims = [{"id": "x", "text": "that x", "prior": prior}]
    return Case(claims=claims, sources=sources, attributions=attributions)


def echo(outlets: int) -> Case:
    """One source of grade C, relayed by so many outlets of grade B."""
    names = [f"outlet{i}" for i in range(outlets)]
    relays = [{"id": f"by-{name}", "source": name, "cites": "rumour"} for name in names]
    return case_of(
        [{"id": "rumour", "source": "voice", "claim": "x"}, *relays],
        voice="C",
        **dict.fromkeys(names, "B"),
    )


def independent(*grades: object) -> Case:
    """So many sources who each saw it for themselves."""
    names = {f"s{i}": grade for i, grade in enumerate(grades)}
    said = [{"id": f"by-{n}", "source": n, "claim": "x", "basis": "firsthand"} for n in names]
    return case_of(said, **names)


# ---------------------------------------------------------------- all of them


@settings(max_examples=40, deadline=None)
@given(cases())
def test_every_valid_case_can_be_compared_on_every_claim(data: dict[str, Any]) -> None:
    case = load_case(data)

    for claim in case.claims:
        try:
            found = compare(case, claim.id)
        except (ImpossibleEvidence, IncompatiblePriors):
            continue
        assert tuple(row.method for row in found.rows) == METHODS
        for row in found.rows:
            assert row.probability is not None
            assert -1e-9 <= row.probability <= 1 + 1e-9
            assert row.why.endswith(".")
            assert row.low is None or row.high is None or row.low <= row.high + 1e-9
        assert str(found).count("\n") > len(METHODS)


@settings(max_examples=60, deadline=None)
@given(stories(most=5))
def test_a_story_in_which_nobody_can_be_relied_on_leaves_the_prior(story: Story) -> None:
    nobody = tuple(attrs.evolve(each, reliability=None) for each in story.witnesses)
    story = attrs.evolve(story, witnesses=nobody, resolved=())
    place, prior = Place(0, 0), 0.3

    routes = routes_of(story, place)

    assert read_subjectively(story, place, prior).probability == pytest.approx(prior)
    assert rank(arguments_of(story, place, prior))[CLAIM] == pytest.approx(prior)
    assert averaged(routes, prior) == pytest.approx(prior)
    assert weakest_links(routes, prior) == pytest.approx(prior)


@settings(max_examples=60, deadline=None)
@given(stories(most=5))
def test_a_chain_is_never_stronger_than_its_weakest_link(story: Story) -> None:
    trusts = trusts_of(story)

    for route in routes_of(story, Place(0, 0)):
        chain = [route.statement]
        while (cited := story.statements[chain[-1]].cites) is not None:
            chain.append(cited)
        assert route.origin == chain[-1]
        assert route.length == len(chain)
        assert route.product == pytest.approx(math.prod(trusts[each] for each in chain))
        assert route.weakest == min(trusts[each] for each in chain)
        assert 0.0 < abs(route.leaning) <= 1.0


@settings(max_examples=60, deadline=None)
@given(stories(most=6))
def test_what_routes_share_is_what_stands_on_two_of_them(story: Story) -> None:
    routes = routes_of(story, Place(0, 0))
    expected: dict[tuple[str, str], int] = {}
    for route in routes:
        chain = [route.statement]
        while (cited := story.statements[chain[-1]].cites) is not None:
            chain.append(cited)
        named = {("statement", story.statements[each].id) for each in chain}
        named |= {("source", story.witnesses[story.statements[i].witness].id) for i in chain}
        for each in named:
            expected[each] = expected.get(each, 0) + 1

    found = {(each.kind, each.id): each.routes for each in shared_by(story, routes)}

    assert found == {each: count for each, count in expected.items() if count > 1}


def test_the_testimony_network_comes_first_with_its_own_numbers() -> None:
    case = echo(3)
    graph = Graph.of(case)
    weighed = weigh_story(graph.story("x"), graph.place("x"))

    row = compare(case, "x").rows[0]

    assert (row.probability, row.low, row.high) == (weighed.probability, weighed.low, weighed.high)


def test_a_comparison_prints_every_method_with_its_reason() -> None:
    found = compare(echo(2), "x")

    text = str(found)

    assert text.startswith("“that x”, on a prior of 0.100")
    for row in found.rows:
        assert row.method in text
        assert row.why.split()[0] in text
    assert "voice (2) and what\nvoice said (2)" in text


def test_a_row_is_found_by_its_method_and_a_misspelt_one_is_offered_the_nearest() -> None:
    found = compare(echo(1), "x")

    assert found.row("weakest link").method == "weakest link"
    with pytest.raises(UnknownName, match="'weakest link'"):
        found.row("weakest")


def test_an_unknown_claim_is_said_so_by_every_method() -> None:
    for ask in (compare, weigh_subjective, weigh_possible_worlds, rank_arguments):
        with pytest.raises(UnknownName, match="no claim 'y'"):
            ask(echo(1), "y")


def test_what_was_said_later_is_left_out() -> None:
    case = case_of([{"id": "a", "source": "s", "claim": "x", "said_on": "2015-09-04"}], s="A")

    found = compare(case, "x", as_of=date(2015, 9, 3))

    for row in found.rows:
        assert row.probability == pytest.approx(0.1)


def test_with_nothing_said_every_method_gives_the_prior() -> None:
    found = compare(case_of([], prior=0.3), "x")

    for row in found.rows:
        assert row.probability == pytest.approx(0.3)
    assert found.warnings == ()


def test_certain_priors_stay_certain() -> None:
    case = Case(
        claims=[
            {"id": "x", "text": "that x", "prior": 0.5},
            {"id": "y", "text": "that y"},
        ],
        sources=[{"id": "s", "reliability": "C"}],
        attributions=[{"id": "a", "source": "s", "claim": "y"}],
        links=[{"kind": "evidence", "claim": "x", "sign": "y", "if_true": 1, "if_false": 1}],
    )

    found: Comparison = compare(case, "y")

    assert found.prior == 1.0
    assert found.row("count of mentions").probability == 1.0


def test_testimony_that_nearly_always_contradicts_itself_gets_no_answer_from_sampling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("provenance.methods.comparison.support_of", partial(support_of, room=1))
    answers = [f"x{i}" for i in range(6)]
    case = Case(
        claims=[{"id": each, "text": f"that {each}"} for each in answers],
        questions=[{"id": "which", "text": "which one", "claims": answers}],
        sources=[{"id": f"s{i}", "reliability": 0.9} for i in range(40)],
        attributions=[
            {"id": f"a{i}", "source": f"s{i}", "claim": answers[i % 6]} for i in range(40)
        ],
    )

    row = compare(case, "x0").row("possible worlds")

    assert row.probability is None
    assert row.finding == "no answer"
    assert str(row) == "possible worlds: –, no answer"


# ---------------------------------------------------------------- echoes, which all but three get wrong


def test_counting_and_cumulative_fusion_grow_without_end_on_an_echo() -> None:
    few, many = compare(echo(3), "x"), compare(echo(30), "x")

    for method in ("count of mentions", "subjective logic, cumulative"):
        assert many.row(method).probability > 0.9 > few.row(method).probability
    for method in ("testimony network", "possible worlds", "count of origins"):
        assert many.row(method).probability < 0.3


def test_an_echo_shares_its_origin_and_says_so() -> None:
    reading = weigh_subjective(echo(3), "x")

    assert [(each.kind, each.id, each.routes) for each in reading.shared] == [
        ("source", "voice", 3),
        ("statement", "rumour", 3),
    ]
    assert "statement 'rumour' (3)" in reading.warning


def test_independent_voices_share_nothing() -> None:
    assert weigh_subjective(independent("B", "C"), "x").warning == ""


# ---------------------------------------------------------------- each by itself


def test_subjective_logic_discounts_each_chain_and_adds_up() -> None:
    # Grade C tracks with .5, and grade B passes on .97 of what it quotes.
    said = Opinion(1, 0, 0, 0.1)
    voice, outlet = Opinion(0.5, 0.5, 0), Opinion(0.97, 0.03, 0)
    chain = discount_path([outlet, voice], said)

    found = weigh_subjective(echo(2), "x")

    assert found.routes[0][1].belief == pytest.approx(0.485)
    assert found.routes[0][1].belief == pytest.approx(chain.belief)
    assert found.opinion.belief == pytest.approx(fuse_cumulative([chain, chain]).belief)


def test_a_source_that_cannot_be_judged_says_nothing_in_subjective_logic() -> None:
    assert weigh_subjective(independent("F"), "x").opinion == Opinion.vacuous(0.1)


def test_a_distrusted_source_may_be_taken_to_mean_the_opposite() -> None:
    case = independent({"mean": 0.25, "strength": 10})

    plain, turned = (
        weigh_subjective(case, "x", discounting=form) for form in ("base-rate", "opposite-belief")
    )

    assert plain.opinion.disbelief == 0.0
    assert turned.opinion.disbelief > turned.opinion.belief


def test_every_fusion_can_be_asked_for() -> None:
    case = independent("B", "C", "D")
    found = {
        fusion: weigh_subjective(case, "x", fusion=fusion).opinion.belief
        for fusion in ("cumulative", "averaging", "weighted", "constraint", "compromise")
    }

    # Constraint fusion is Dempster's rule: 1 - .25 * .5 * .75
    assert found["constraint"] == pytest.approx(1 - 0.25 * 0.5 * 0.75)
    assert found["averaging"] < found["weighted"] < found["cumulative"]
    with pytest.raises(InvalidValue, match="'votes'"):
        weigh_subjective(case, "x", fusion="votes")


def test_the_evidence_for_a_sign_reaches_the_claim_through_its_link() -> None:
    # The sign is found only under the claim, so that to believe the sign is to believe the claim.
    case = Case(
        claims=[{"id": "x", "text": "that x", "prior": 0.2}, {"id": "y", "text": "that y"}],
        sources=[{"id": "s", "reliability": 0.5}],
        attributions=[{"id": "a", "source": "s", "claim": "y"}],
        links=[{"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.3, "if_false": 0}],
    )

    assert weigh_subjective(case, "x").opinion.belief == pytest.approx(0.5)
    # .5 of the worlds are left where the source does not track, .3 of those where it does.
    assert weigh_possible_worlds(case, "x").belief == pytest.approx(0.15 / 0.65)
    assert rank_arguments(case, "x").strength == pytest.approx(0.2 + 0.8 * 0.5)


def test_an_argument_chain_counts_as_the_product_of_its_links() -> None:
    found = rank_arguments(echo(1), "x")

    # .5 * .75 * .88 = .33 moves .1 by .33 of the rest
    assert found.strength == pytest.approx(0.1 + 0.9 * 0.485)
    assert found.arguments["statement rumour"] == pytest.approx(0.485)
    assert found.prior == pytest.approx(0.1)


def test_a_relay_of_what_is_in_hand_adds_nothing_to_an_argument() -> None:
    said = [
        {"id": "a", "source": "s", "claim": "x", "in_hand": True},
        {"id": "b", "source": "t", "cites": "a"},
    ]
    alone, relayed = (case_of(said[:count], s="C", t="B") for count in (1, 2))

    assert rank_arguments(alone, "x").strength == pytest.approx(
        rank_arguments(relayed, "x").strength
    )


def test_disowning_a_hidden_statement_attacks_it() -> None:
    said = [
        {"id": "a", "source": "s", "claim": "x"},
        {"id": "b", "source": "t", "cites": "a"},
        {"id": "c", "source": "u", "cites": "a", "stance": "disowns"},
    ]
    heard, contested = (case_of(said[:count], s="A", t="B", u="B") for count in (2, 3))

    assert rank_arguments(contested, "x").strength < rank_arguments(heard, "x").strength


def test_five_mentions_taken_for_five_witnesses_are_the_textbook_error() -> None:
    # Odds 1 to 9, times 3 for each of five: 243 to 9.
    assert Count(5, 0).at_prior(0.1) == pytest.approx(243 / 252)
    assert str(Count(5, 1)) == "5 for, 1 against"


def test_mentions_count_what_was_written_twice_and_origins_do_not() -> None:
    said = [
        {"id": "a", "source": "s", "claim": "x"},
        {"id": "again", "source": "s", "claim": "x"},
        {"id": "no", "source": "t", "claim": "x", "stance": "denies"},
    ]
    case = case_of(said, s="C", t="C")

    mentions = count_mentions(Graph.of(case).lineage("x"))

    assert mentions == Count(2, 1)
    assert compare(case, "x").row("count of origins").finding == "1 for, 1 against"


def test_a_mention_is_what_an_assessment_and_a_check_call_one() -> None:
    """An original known through two hands, and a denial: three mentions for it, one against."""
    said = [
        {"id": "a", "source": "s", "claim": "x", "in_hand": False},
        {"id": "b", "source": "t", "cites": "a", "in_hand": False},
        {"id": "c", "source": "u", "cites": "b"},
        {"id": "no", "source": "v", "claim": "x", "stance": "denies"},
    ]
    case = case_of(said, s="C", t="C", u="C", v="C")

    found = compare(case, "x").row("count of mentions")

    assert found.finding == "3 for, 1 against"
    assert found.why.startswith("4 mentions taken for so many")
    assert "it is mentioned four times" in str(weigh(case, "x"))
    assert str(mentions_of(case)[0]) == "four mentions, two origins, two outlets"


def test_averaging_never_leaves_the_range_of_its_parts() -> None:
    alone = [compare(independent(grade), "x").rows[0].probability for grade in "ABCDE"]

    mean = compare(independent(*"ABCDE"), "x").row("averaging").probability

    assert mean == pytest.approx(sum(alone) / len(alone))


def test_counts_need_a_prior_and_a_witness_in_range() -> None:
    with pytest.raises(InvalidValue, match="prior"):
        Count(1, 0).at_prior(1.5)
    with pytest.raises(InvalidValue, match="witness"):
        Count(1, 0).at_prior(0.5, witness=1.0)
    assert Count(3, 3).at_prior(0.4) == pytest.approx(0.4)
    assert Count(0, 2_000).at_prior(0.4) == 0.0


def test_hundreds_of_outlets_are_compared_exactly() -> None:
    found = compare(echo(300), "x")

    assert found.row("possible worlds").finding.endswith("plausibility 1.000")
