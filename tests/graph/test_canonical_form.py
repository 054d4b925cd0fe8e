"""The rules by which a case is brought to canonical form, one by one and in their order."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.casefiles import load_case
from provenance.errors import CaseError, TooEntangled
from provenance.graph import Graph, Place
from provenance.records import Case
from provenance.scales import Degree
from tests.cases.small_cases import case_of, kept, only, origin, relay, why
from tests.cases.strategies import cases

PAPER = {"id": "issue", "publisher": "paper", "published_on": "2015-09-04"}
THREE = {"id": "who", "text": "Who sent it?", "claims": ["a", "b", "c"]}
TWO = {"id": "which", "text": "Which one?", "claims": ["a", "b"]}


# ---------------------------------------------------------------- what is in hand by default


def test_what_nothing_cites_is_in_hand() -> None:
    graph = Graph.of(case_of(origin("tweet", "general"), relay("story", "paper", "tweet")))

    assert [each.in_hand for each in kept(graph).values()] == [False, True]


def test_what_its_own_source_published_is_in_hand_though_it_is_cited() -> None:
    graph = Graph.of(
        case_of(
            origin("leader", "paper", document="issue"),
            relay("story", "daily", "leader"),
            documents=[PAPER],
        )
    )

    assert kept(graph)["leader"].in_hand


def test_what_another_source_published_is_hidden_where_it_is_cited() -> None:
    graph = Graph.of(
        case_of(
            origin("remark", "general", document="issue"),
            relay("story", "paper", "remark", document="issue"),
            documents=[PAPER],
        )
    )

    assert not kept(graph)["remark"].in_hand


def test_one_of_several_claims_that_nobody_cites_is_in_hand() -> None:
    graph = Graph.of(
        case_of(origin("speech", "general", ["x", "y"]), relay("story", "paper", "speech/x"))
    )

    assert not kept(graph)["speech/x"].in_hand
    assert kept(graph)["speech/y"].in_hand


def test_a_declaration_of_the_same_voice_is_no_citation() -> None:
    graph = Graph.of(
        case_of(
            origin("one", "insider"),
            origin("other", "official", same_voice_as={"attribution": "one", "probability": 0.3}),
        )
    )

    assert kept(graph)["one"].in_hand


def test_the_default_is_read_from_the_whole_file_whatever_the_date() -> None:
    case = case_of(
        origin("tweet", "general", said_on="2015-08"),
        relay("story", "paper", "tweet", said_on="2015-09-04"),
    )

    graph = Graph.of(case, date(2015, 9, 1))

    assert not kept(graph)
    assert why(graph) == {"tweet": "not-in-hand", "story": "later"}


# ---------------------------------------------------------------- dates


def test_what_was_said_later_is_ignored() -> None:
    case = case_of(
        origin("early", "general", said_on="2014"), origin("late", "paper", said_on="2016")
    )

    assert why(Graph.of(case, date(2015, 1, 1))) == {"late": "later"}


def test_without_a_date_nothing_is_later() -> None:
    assert why(Graph.of(case_of(origin("late", "paper", said_on="2999")))) == {}


def test_a_span_counts_from_its_first_day() -> None:
    case = case_of(origin("tweet", "general", said_on="2015-08-21/2015-08-31"))

    assert why(Graph.of(case, date(2015, 8, 21))) == {}
    assert why(Graph.of(case, date(2015, 8, 20))) == {"tweet": "later"}


def test_what_has_no_date_has_that_of_its_document() -> None:
    case = case_of(origin("leader", "paper", document="issue"), documents=[PAPER])

    assert why(Graph.of(case, date(2015, 9, 3))) == {"leader": "later"}


def test_its_own_date_comes_before_that_of_its_document() -> None:
    case = case_of(
        origin("leader", "paper", document="issue", said_on="2015-08"), documents=[PAPER]
    )

    assert why(Graph.of(case, date(2015, 9, 3))) == {}


def test_what_has_no_date_at_all_is_kept_and_listed() -> None:
    graph = Graph.of(
        case_of(origin("leader", "paper"), origin("tweet", "general", said_on="2014")),
        date(2015, 1, 1),
    )

    assert "leader" in kept(graph)
    assert graph.undated("x") == ("leader",)


def test_what_relays_only_what_is_later_is_ignored() -> None:
    case = case_of(
        origin("tweet", "general", said_on="2016"),
        relay("story", "paper", "tweet", said_on="2014"),
        relay("echo", "daily", "story", said_on="2014"),
    )

    assert why(Graph.of(case, date(2015, 1, 1))) == {
        "tweet": "later",
        "story": "relays-only-ignored",
        "echo": "relays-only-ignored",
    }


def test_what_also_relays_something_else_is_kept_for_that() -> None:
    case = case_of(
        origin("tweet", "general", said_on="2016"),
        origin("word", "pilot", said_on="2014"),
        relay("story", "paper", ["tweet", "word"], said_on="2014"),
    )

    graph = Graph.of(case, date(2015, 1, 1))

    assert set(kept(graph)) == {"word", "story>word"}
    assert why(graph)["story>tweet"] == "relays-only-ignored"


def test_what_was_withdrawn_is_always_ignored_with_what_relays_only_it() -> None:
    graph = Graph.of(
        case_of(
            origin("tweet", "general", retracted_on="2015-09"),
            relay("story", "paper", "tweet"),
        )
    )

    assert why(graph) == {"tweet": "retracted", "story": "relays-only-ignored"}
    assert graph.retracted == ("tweet",)


@pytest.mark.parametrize(("day", "ignored"), [(31, False), (1, True)])
def test_a_retraction_counts_from_its_first_day(day: int, ignored: bool) -> None:
    case = case_of(origin("tweet", "general", retracted_on="2015-09"))

    graph = Graph.of(case, date(2015, 8 if day == 31 else 9, day))

    assert bool(graph.ignored) is ignored


def test_a_claim_is_resolved_from_the_day_on_which_it_became_known() -> None:
    case = case_of(
        origin("tweet", "general"),
        claims=[{"id": "x", "text": "that x", "resolved": {"value": False, "on": "2015-09"}}],
    )

    assert Graph.of(case, date(2015, 8, 31)).stories[0].resolved == ()
    assert Graph.of(case, date(2015, 9, 1)).stories[0].resolved[0][1] is False
    assert Graph.of(case).stories[0].resolved[0][1] is False


# ---------------------------------------------------------------- several citations


def test_several_citations_are_one_relay_each() -> None:
    graph = Graph.of(
        case_of(
            origin("tweet", "general"),
            origin("word", "pilot"),
            relay("story", "paper", ["tweet", "word"]),
        )
    )

    assert set(kept(graph)) == {"tweet", "word", "story>tweet", "story>word"}


def test_one_citation_keeps_the_plain_id() -> None:
    graph = Graph.of(case_of(origin("tweet", "general"), relay("story", "paper", ["tweet"])))

    assert "story" in kept(graph)


def test_citing_the_plain_id_of_several_claims_cites_them_all() -> None:
    graph = Graph.of(
        case_of(origin("speech", "general", ["x", "y"]), relay("story", "paper", "speech"))
    )

    assert {"story>speech/x", "story>speech/y"} <= set(kept(graph))


def test_citing_what_cites_several_passes_on_each_of_them() -> None:
    graph = Graph.of(
        case_of(
            origin("tweet", "general"),
            origin("word", "pilot"),
            relay("story", "paper", ["tweet", "word"]),
            relay("echo", "daily", "story"),
        )
    )

    assert {"echo>story>tweet", "echo>story>word"} <= set(kept(graph))


def test_names_do_not_depend_on_the_date() -> None:
    case = case_of(
        origin("tweet", "general", said_on="2016"),
        origin("word", "pilot"),
        relay("story", "paper", ["tweet", "word"]),
        relay("echo", "daily", "story"),
    )

    assert "echo>story>word" in kept(Graph.of(case, date(2015, 1, 1)))


def test_routes_that_multiply_without_end_are_refused() -> None:
    layers = [origin("l0", "s", "x"), origin("r0", "t", "x")]
    for n in range(1, 20):
        layers += [
            relay(f"{side}{n}", f"{side}{n}", [f"l{n - 1}", f"r{n - 1}"]) for side in ("l", "r")
        ]

    with pytest.raises(CaseError, match="routes multiply") as refusal:
        Graph.of(case_of(*layers))

    assert refusal.value.problems[0].code == "too-many-routes"


@pytest.mark.parametrize(("most", "is_refused"), [(3, False), (2, True)])
def test_as_many_statements_as_may_be_are_listed_and_not_one_more(
    monkeypatch: pytest.MonkeyPatch, most: int, is_refused: bool
) -> None:
    module = sys.modules["provenance.graph.statements"]
    monkeypatch.setattr(module, "STATEMENTS_AT_MOST", most)
    monkeypatch.setattr(module, "STATEMENTS_EACH", 0)
    case = case_of(origin("one", "s"), origin("two", "t"), relay("echo", "u", "one"))

    if is_refused:
        with pytest.raises(CaseError, match="expected at most 2 statements"):
            Graph.of(case)
    else:
        assert len(kept(Graph.of(case))) == 3


@given(cases(), st.integers(-1, 0))
def test_routes_are_counted_as_they_would_be_listed(written: dict[str, Any], more: int) -> None:
    case = load_case(written)
    module = sys.modules["provenance.graph.statements"]
    listed: list[int] = []
    made = module.RawStatements.made

    def counted(self: Any) -> Any:
        found = made(self)
        listed.append(len(found))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.RawStatements, "made", counted)
        Graph.of(case)
        patch.setattr(module, "STATEMENTS_AT_MOST", listed[0] + more)
        patch.setattr(module, "STATEMENTS_EACH", 0)
        if more and listed[0]:
            with pytest.raises(CaseError, match="routes multiply"):
                Graph.of(case)
        else:
            Graph.of(case)

    assert set(listed) == {listed[0]}


# ---------------------------------------------------------------- circles


def circle(
    *more: dict[str, Any], other: dict[str, Any] | None = None, digest: dict[str, Any] | None = None
) -> Case:
    """One cites the other and the other cites one, and a digest outside cites one."""
    return case_of(
        origin("word", "pilot"),
        relay("one", "paper", ["word", "other"]),
        relay("other", "daily", "one", **(other or {})),
        relay("digest", "weekly", "one", **(digest or {})),
        *more,
    )


def test_citations_inside_a_circle_are_removed() -> None:
    graph = Graph.of(circle())

    assert set(kept(graph)) == {"word", "one>word", "digest>one>word"}
    assert why(graph)["one>other"] == "circular"


def test_members_of_a_circle_that_cite_nothing_else_are_ignored_as_circular() -> None:
    assert why(Graph.of(circle()))["other"] == "circular"


def test_what_relays_only_a_circle_is_ignored() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("one", "paper", "other"),
            relay("other", "daily", "one"),
            relay("digest", "weekly", "one"),
        )
    )

    assert why(graph)["digest"] == "relays-only-ignored"


def test_the_rest_of_a_circle_that_is_cited_from_outside_stays_hidden() -> None:
    assert not kept(Graph.of(circle()))["one>word"].in_hand


def test_the_rest_of_a_circle_is_in_hand_if_any_member_was() -> None:
    assert kept(Graph.of(circle(other={"in_hand": True})))["one>word"].in_hand


def test_the_rest_of_a_circle_is_in_hand_if_nothing_outside_cites_it() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("one", "paper", ["word", "other"]),
            relay("other", "daily", "one"),
        )
    )

    assert kept(graph)["one>word"].in_hand


def test_a_citation_from_outside_that_is_withdrawn_puts_no_circle_in_hand() -> None:
    assert "one>word" not in kept(Graph.of(circle(digest={"retracted_on": "2015"})))


def test_an_attribution_that_cites_itself_is_a_circle() -> None:
    graph = Graph.of(case_of(origin("word", "pilot"), relay("one", "paper", ["one", "word"])))

    assert graph.circles[0].members == ("one",)
    assert kept(graph)["one>word"].in_hand


def test_a_source_that_returns_higher_up_a_chain_is_no_circle() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word"),
            relay("recall", "pilot", "story"),
        )
    )

    assert graph.circles == ()
    assert len(kept(graph)) == 3


def test_a_circle_that_a_date_takes_apart_is_none() -> None:
    case = case_of(
        origin("word", "pilot"),
        relay("one", "paper", ["word", "other"]),
        relay("other", "daily", "one", said_on="2016"),
    )

    assert Graph.of(case, date(2015, 1, 1)).circles == ()


def test_a_circle_concerns_the_stories_that_its_members_reach() -> None:
    graph = Graph.of(circle(origin("aside", "clerk", "y")))

    assert graph.circles[0].claims == ("x",)
    assert graph.circles_of("x") == graph.circles
    assert graph.circles_of("y") == ()


def test_a_circle_that_reaches_no_claim_concerns_every_claim() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"), relay("one", "paper", "other"), relay("other", "daily", "one")
        )
    )

    assert graph.circles[0].claims == ()
    assert graph.circles_of("x") == graph.circles


# ---------------------------------------------------------------- what is no testimony


def test_inferences_are_ignored_with_what_relays_only_them() -> None:
    graph = Graph.of(
        case_of(origin("guess", "paper", basis="inference"), relay("echo", "daily", "guess"))
    )

    assert why(graph) == {"guess": "inference", "echo": "relays-only-ignored"}


@pytest.mark.parametrize("wording", ["may", "could have", 0.5, "suspect"])
def test_words_that_commit_to_nothing_are_ignored(wording: str | float) -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot", wording=wording), relay("echo", "daily", "word"))
    )

    assert why(graph) == {"word": "no-commitment", "echo": "relays-only-ignored"}


@pytest.mark.parametrize("wording", ["may", 1 / 3])
def test_of_three_values_one_third_commits_to_nothing(wording: str | float) -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot", ["a"], wording=wording), claims=_three(), questions=[THREE])
    )

    assert why(graph) == {"word": "no-commitment"}


def _three() -> list[dict[str, str]]:
    return [{"id": name, "text": f"that {name}"} for name in "abc"]


def test_hearsay_becomes_a_relay_of_someone_unnamed_who_cannot_be_judged() -> None:
    graph = Graph.of(case_of(origin("word", "pilot", basis="secondhand", competence=0.5)))

    (story,) = graph.stories
    unnamed, word = story.statements
    assert story.witnesses[unnamed.witness].reliability is None
    assert (unnamed.cites, unnamed.in_hand, unnamed.skill) == (None, False, Degree(1.0))
    assert (word.cites, word.in_hand, word.skill) == (0, True, Degree(1.0))


def test_hearsay_of_one_statement_by_one_source_goes_back_to_one_unnamed_origin() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", basis="secondhand"),
            origin("word again", "pilot", basis="secondhand"),
            origin("denial", "pilot", basis="secondhand", stance="denies"),
            origin("other", "clerk", basis="secondhand"),
        )
    )

    origins = [each for each in kept(graph).values() if each.cites is None]
    assert len(origins) == 3


def test_the_unnamed_origin_said_it_outright_and_the_hedge_stays_with_the_relay() -> None:
    graph = Graph.of(case_of(origin("word", "pilot", basis="secondhand", wording=0.2)))

    unnamed, word = graph.stories[0].statements
    assert (unnamed.value, unnamed.commitment) == (1, 1.0)
    assert word.value == 1
    assert word.commitment == pytest.approx(0.6)


# ---------------------------------------------------------------- what is said


def test_a_denial_says_the_other_value() -> None:
    _, statement = only(Graph.of(case_of(origin("word", "pilot", stance="denies"))))

    assert (statement.value, statement.affirms) == (1, True)


def test_a_relay_of_a_denial_is_a_denial() -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot", stance="denies"), relay("story", "paper", "word"))
    )

    assert kept(graph)["story"].value == 1


def test_a_relay_that_disowns_a_denial_affirms() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", stance="denies"),
            relay("story", "paper", "word", stance="disowns"),
        )
    )

    assert kept(graph)["story"].value == 0


def test_words_below_an_even_chance_turn_what_is_said() -> None:
    _, statement = only(Graph.of(case_of(origin("word", "pilot", wording="unlikely"))))

    # "unlikely" is .187, and |2 * .187 - 1| = .626.
    assert statement.value == 1
    assert statement.commitment == pytest.approx(0.626)


def test_a_doubtful_denial_affirms() -> None:
    _, statement = only(Graph.of(case_of(origin("word", "pilot", wording=0.1, stance="denies"))))

    assert statement.value == 0
    assert statement.commitment == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("wording", "affirms", "commitment"),
    # |3 w - 1| / 2, turned below 1/3.
    [(1.0, True, 1.0), (0.4, True, 0.1), (0.2, False, 0.2), (0.0, False, 0.5)],
)
def test_of_three_values_words_turn_below_one_third(
    wording: float, affirms: bool, commitment: float
) -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot", "b", wording=wording), claims=_three(), questions=[THREE])
    )

    _, statement = only(graph)
    assert (statement.value, statement.affirms) == (1, affirms)
    assert statement.commitment == pytest.approx(commitment)


def test_of_two_alternatives_denying_one_is_asserting_the_other() -> None:
    graph = Graph.of(
        case_of(
            origin("denial", "pilot", "a", stance="denies"),
            origin("word", "pilot", "b"),
            questions=[TWO],
        )
    )

    _, statement = only(graph)
    assert (statement.value, statement.affirms) == (1, True)
    assert statement.merged == ("denial", "word")


def test_a_distancing_verb_has_no_weight() -> None:
    plain = Graph.of(case_of(origin("word", "pilot")))
    distanced = Graph.of(case_of(origin("word", "pilot", verb="alleged")))

    assert plain.stories == distanced.stories


@pytest.mark.parametrize("basis", ["firsthand", "own-inquiry"])
def test_a_relay_on_a_basis_of_its_own_adds_a_word_of_its_own(basis: str) -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", stance="denies"),
            relay("story", "paper", "word", basis=basis, competence=0.6, interest=2.0),
        )
    )

    own = kept(graph)["story/own"]
    assert (own.cites, own.value, own.in_hand, own.skill) == (None, 1, True, Degree(0.6))
    assert (own.is_established, own.interest) == (True, 2.0)
    assert graph.attribution_of["story/own"] == "story"


@pytest.mark.parametrize("wording", ["confirms", "verified"])
def test_a_relay_that_confirms_without_a_basis_of_its_own_is_a_relay(wording: str) -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot"), relay("story", "paper", "word", wording=wording))
    )

    assert set(kept(graph)) == {"word", "story"}


def test_an_own_word_stays_where_what_its_relay_cites_was_withdrawn() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", retracted_on="2015"),
            relay("story", "paper", "word", basis="firsthand"),
        )
    )

    assert set(kept(graph)) == {"story/own"}
    assert why(graph) == {"word": "retracted", "story": "relays-only-ignored"}


def test_a_hedge_that_only_one_of_two_relays_reports_stands_on_that_relay() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word", wording=0.75),
            relay("echo", "daily", "word"),
        )
    )

    commitments = {name: each.commitment for name, each in kept(graph).items()}
    assert commitments == {"word": 1.0, "story": 0.5, "echo": 1.0}


# ---------------------------------------------------------------- citing oneself


def test_a_source_that_cites_itself_and_says_the_same_is_merged_into_what_it_cites() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", wording=0.75, competence=0.6, interest=2.0),
            relay("again", "pilot", "word", fidelity=0.9, interest=1.5),
            relay("story", "paper", "again"),
        )
    )

    word = kept(graph)["word"]
    assert word.merged == ("again", "word")
    # The strongest wording and the lowest interest ratio; the skill of what is cited stays.
    assert (word.commitment, word.interest, word.skill) == (1.0, 1.5, Degree(0.6))
    assert graph.stories[0].statements[1].cites == 0


def test_a_source_that_cites_itself_in_a_document_in_hand_puts_what_it_cites_in_hand() -> None:
    graph = Graph.of(case_of(origin("word", "pilot"), relay("again", "pilot", "word")))

    assert kept(graph)["word"].in_hand


def test_a_source_that_disowns_its_own_word_denies_what_that_is_about() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", in_hand=True, competence=0.7),
            relay("denial", "pilot", "word", stance="disowns"),
        )
    )

    denial = kept(graph)["denial"]
    assert (denial.cites, denial.value, denial.skill) == (None, 1, Degree(0.7))


def test_a_source_that_disowns_its_own_relay_disowns_what_that_passes_on() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word", in_hand=True, fidelity=0.8),
            relay("correction", "paper", "story", stance="disowns"),
        )
    )

    correction = kept(graph)["correction"]
    assert graph.stories[0].statements[correction.cites or 0].id == "word"
    assert (correction.value, correction.skill) == (1, Degree(0.8))


def test_a_source_that_cites_itself_again_and_again_says_it_once() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            relay("b", "pilot", "a"),
            relay("c", "pilot", "b", in_hand=True),
            relay("d", "pilot", "c", stance="disowns"),
        )
    )

    assert {name: each.merged for name, each in kept(graph).items()} == {
        "a": ("a", "b", "c"),
        "d": ("d",),
    }
    assert kept(graph)["d"].cites is None


# ---------------------------------------------------------------- merging


def test_equal_statements_are_one_with_the_best_of_each() -> None:
    graph = Graph.of(
        case_of(
            origin(
                "b", "pilot", wording=0.75, competence={"mean": 0.6, "strength": 8}, interest=3.0
            ),
            origin(
                "a", "pilot", competence={"mean": 0.6, "strength": 9}, interest=2.0, in_hand=False
            ),
        )
    )

    _, statement = only(graph)
    assert statement.id == "a"
    assert statement.merged == ("a", "b")
    assert (statement.commitment, statement.interest) == (1.0, 2.0)
    assert statement.skill == Degree(0.6, 9.0)
    assert statement.in_hand


def test_relays_of_equal_statements_are_equal_too() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            origin("b", "pilot"),
            relay("of a", "paper", "a"),
            relay("of b", "paper", "b"),
        )
    )

    assert set(kept(graph)) == {"a", "of a"}


def test_a_merged_statement_has_the_first_id_and_the_earliest_date() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot", said_on="2015"),
            origin("b", "pilot", said_on="2014"),
            origin("c", "pilot", said_on="2013", in_hand=False),
        )
    )

    _, statement = only(graph)
    assert statement.id == "a"
    assert statement.merged == ("c", "b", "a")
    assert statement.day == datetime(2013, 1, 1)


def test_statements_that_may_be_different_voices_are_not_equal() -> None:
    graph = Graph.of(
        case_of(
            origin("one", "insider"),
            origin("a", "pilot"),
            origin("b", "pilot", same_voice_as={"attribution": "one", "probability": 0.2}),
            origin("c", "pilot", same_voice_as={"attribution": "one", "probability": 0.3}),
        )
    )

    assert len(kept(graph)) == 4


def test_equal_voices_of_equal_voices_are_equal() -> None:
    voice = {"attribution": "one", "probability": 0.2}
    graph = Graph.of(
        case_of(
            origin("one", "insider"),
            origin("two", "insider"),
            origin("a", "pilot", same_voice_as=voice),
            origin("b", "pilot", same_voice_as={**voice, "attribution": "two"}),
        )
    )

    assert len(kept(graph)) == 2


def test_a_declaration_about_what_is_ignored_is_void() -> None:
    graph = Graph.of(
        case_of(
            origin("guess", "insider", basis="inference"),
            origin("word", "pilot", same_voice_as={"attribution": "guess", "probability": 0.2}),
        )
    )

    assert kept(graph)["word"].voice is None


def test_of_several_claims_each_may_be_the_same_voice_on_its_own_question() -> None:
    graph = Graph.of(
        case_of(
            origin("one", "insider", ["x", "y"]),
            origin("word", "pilot", "y", same_voice_as={"attribution": "one", "probability": 0.2}),
        )
    )

    assert graph.story("y").statements[kept(graph)["word"].voice or 0].id == "one/y"


# ---------------------------------------------------------------- what nothing in hand needs


def test_a_hidden_statement_on_which_nothing_in_hand_depends_is_dropped() -> None:
    graph = Graph.of(case_of(origin("rumour", "pilot", in_hand=False), origin("word", "clerk")))

    assert why(graph) == {"rumour": "not-in-hand"}
    assert [each.id for each in graph.stories[0].witnesses] == ["clerk"]


def test_a_hidden_statement_that_may_be_the_voice_of_one_in_hand_is_kept() -> None:
    graph = Graph.of(
        case_of(
            origin("rumour", "pilot", in_hand=False),
            origin("word", "clerk", same_voice_as={"attribution": "rumour", "probability": 0.2}),
        )
    )

    assert not kept(graph)["rumour"].in_hand


# ---------------------------------------------------------------- numbers


def test_what_is_not_written_has_its_default() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word"),
            sources=[{"id": "pilot"}, {"id": "paper", "reliability": "F"}],
        )
    )

    story = graph.stories[0]
    assert [each.reliability for each in story.witnesses] == [None, None]
    assert [each.access for each in story.witnesses] == [Degree(1.0), Degree(1.0)]
    assert [each.passing_on for each in story.witnesses] == [Degree(0.4, 2.0), Degree(0.4, 2.0)]
    assert [each.skill for each in story.statements] == [Degree(1.0), Degree(1.0)]
    assert [each.interest for each in story.statements] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("B", Degree(0.75, 12.0)),
        (0.3, Degree(0.3)),
        ({"mean": 0.3, "strength": 5}, Degree(0.3, 5.0)),
        ({"confirmed": 8, "refuted": 0}, Degree.from_accuracy(9.0, 1.0)),
        ({"accuracy": 0.75, "strength": 8}, Degree.from_accuracy(6.0, 2.0)),
        ({"accuracy": 1, "strength": 8}, Degree(1.0)),
        ({"accuracy": 0, "strength": 8}, Degree(0.0)),
    ],
)
def test_a_reliability_is_read_in_every_form(written: object, expected: Degree) -> None:
    graph = Graph.of(
        case_of(origin("word", "pilot"), sources=[{"id": "pilot", "reliability": written}])
    )

    assert graph.stories[0].witnesses[0].reliability == expected


# ---------------------------------------------------------------- names and bounds


def test_names_that_are_made_up_never_meet_a_written_one() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot"),
            relay("story", "paper", "word", basis="firsthand"),
            origin("story/own", "clerk"),
        )
    )

    assert {"story/own", "story/own'"} <= set(kept(graph))


def test_a_declaration_about_what_was_withdrawn_is_void() -> None:
    graph = Graph.of(
        case_of(
            origin("rumour", "insider", retracted_on="2015"),
            origin("word", "pilot", same_voice_as={"attribution": "rumour", "probability": 0.2}),
        )
    )

    assert kept(graph)["word"].voice is None


@pytest.mark.parametrize(
    ("because", "other_day", "falls"),
    [
        # Where its source said the contrary later, both stand; an earlier word and one of the same
        # day are not later, so that the withdrawn one falls.
        ("unknown", "2015-09-05", {}),
        ("unknown", "2015-09-03", {"first": "retracted"}),
        ("unknown", "2015-09-01", {"first": "retracted"}),
        # Taken back under pressure, it stands, and only a later word to the contrary falls.
        ("pressure", "2015-09-05", {"second": "pressure"}),
        ("pressure", "2015-09-03", {}),
        ("pressure", "2015-09-01", {}),
        ("error", "2015-09-05", {"first": "retracted"}),
    ],
)
def test_why_a_word_was_withdrawn_says_what_falls(
    because: str, other_day: str, falls: dict[str, str]
) -> None:
    withdrawn = {"retracted_on": "2015-09-10", "retracted_because": because}
    graph = Graph.of(
        case_of(
            origin("first", "pilot", said_on="2015-09-03", **withdrawn),
            origin("second", "pilot", said_on=other_day, stance="denies"),
        )
    )

    assert why(graph) == falls


def test_a_contradiction_between_very_many_claims_is_refused() -> None:
    names = [f"c{n}" for n in range(1_100)]
    case = case_of(
        origin("word", "pilot", "c0"),
        claims=[{"id": name, "text": name} for name in names],
        links=[{"kind": "contradicts", "claims": names}],
    )

    with pytest.raises(TooEntangled):
        Graph.of(case)


def test_a_claim_has_a_place_in_its_story() -> None:
    graph = Graph.of(case_of(origin("word", "pilot", "b"), claims=_three(), questions=[THREE]))

    assert graph.place("b") == Place(0, 1)


def test_linked_questions_are_one_story_and_others_are_their_own() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "x"),
            origin("2", "pilot", "y"),
            origin("3", "pilot", "z"),
            links=[{"kind": "implies", "claim": "z", "implies": "x", "strength": 0.9}],
        )
    )

    assert [list(story.places) for story in graph.stories] == [["x", "z"], ["y"]]
    assert graph.story_of == {"x": 0, "y": 1, "z": 0}


def test_links_are_tables_over_two_claims() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", ["a", "b", "c"]),
            links=[
                {"kind": "evidence", "claim": "a", "sign": "b", "if_true": 0.75, "if_false": 0.25},
                {"kind": "implies", "claim": "c", "implies": "a", "strength": 0.75},
                {"kind": "contradicts", "claims": ["b", "c", "a"], "strength": 0.75},
            ],
        )
    )

    (story,) = graph.stories
    tables = [(each.both, each.only_first, each.only_second, each.neither) for each in story.links]
    assert tables == [
        (0.75, 0.25, 0.25, 0.75),
        (1.0, 0.25, 1.0, 1.0),
        *[(0.25, 1.0, 1.0, 1.0)] * 3,
    ]
    ends = [(each.first.question, each.second.question) for each in story.links]
    assert ends == [(0, 1), (2, 0), (1, 2), (1, 0), (2, 0)]


def test_none_of_these_takes_the_rest_of_the_prior() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", "b"),
            claims=_three(),
            questions=[{**THREE, "prior": [0.25, 0.25, 0.25], "exhaustive": False}],
        )
    )

    (question,) = graph.stories[0].questions
    assert question.values == ("a", "b", "c", None)
    assert question.prior == (0.25, 0.25, 0.25, 0.25)


def test_a_prior_that_is_not_stated_is_none() -> None:
    graph = Graph.of(case_of(origin("word", "pilot")))

    assert graph.stories[0].questions[0].prior is None


def test_what_is_ignored_as_a_whole_and_alike_is_told_once() -> None:
    two = {"claim": ["sailed", "sank"], "source": "pilot"}
    claims = [{"id": "sailed", "text": "It sailed"}, {"id": "sank", "text": "It sank"}]
    graph = Graph.of(
        Case.model_validate(
            {
                "version": 1,
                "claims": claims,
                "sources": [{"id": "pilot", "reliability": "B"}],
                "attributions": [{"id": "a", "wording": "may", **two}, {"id": "b", **two}],
            }
        )
    )

    assert why(graph) == {"a": "no-commitment"}
