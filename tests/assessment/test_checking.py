"""What a case is checked for beside the caveats of its answers."""

from __future__ import annotations

import sys
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from provenance import check, load_case, weigh
from provenance.assessment import Weakness
from provenance.graph import Graph
from provenance.records import Case
from tests.cases.strategies import cases

SHIP = {"id": "sailed", "text": "The ship sailed", "prior": 0.1}


def case_of(
    *attributions: dict[str, Any], sources: list[dict[str, Any]], claims: Any = (SHIP,)
) -> Case:
    return load_case(
        {
            "version": 1,
            "claims": [*claims],
            "sources": sources,
            "attributions": [*attributions],
        }
    )


def kinds_of(case: Case, kind: str, **how: Any) -> list[Weakness]:
    return [each for each in check(case, **how) if each.kind == kind]


PILOT = {"id": "pilot", "reliability": "C"}
DAILY = {"id": "daily", "kind": "outlet", "reliability": "B"}
POST = {"id": "post", "kind": "outlet", "reliability": "B"}


def said(name: str, source: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "claim": "sailed", **more}


def cites(name: str, source: str, original: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "cites": original, **more}


def test_an_outlet_entered_as_a_witness_is_told_with_what_the_answer_would_be() -> None:
    entered = case_of(said("a", "pilot"), said("b", "daily"), sources=[PILOT, DAILY])
    meant = case_of(
        said("a", "pilot", in_hand=True), cites("b", "daily", "a"), sources=[PILOT, DAILY]
    )

    (found,) = kinds_of(entered, "outlet-as-witness")

    assert found.about == ("b",)
    assert found.claim == "sailed"
    assert found.would_be == pytest.approx(weigh(meant, "sailed").probability)
    assert found.would_be < weigh(entered, "sailed").probability


def test_of_two_outlets_alone_the_second_may_be_an_echo_of_the_first() -> None:
    case = case_of(said("a", "daily"), said("b", "post"), sources=[DAILY, POST])

    assert [each.about for each in kinds_of(case, "outlet-as-witness")] == [("b",)]


@pytest.mark.parametrize("basis", ["firsthand", "own-inquiry"])
def test_an_outlet_that_found_it_out_itself_is_a_witness(basis: str) -> None:
    case = case_of(said("a", "pilot"), said("b", "daily", basis=basis), sources=[PILOT, DAILY])

    assert not kinds_of(case, "outlet-as-witness")


def test_who_is_declared_as_perhaps_one_voice_with_another_is_no_slip() -> None:
    voice = {"same_voice_as": {"attribution": "a", "probability": 0.5}}
    case = case_of(said("a", "daily"), said("b", "post", **voice), sources=[DAILY, POST])

    assert not kinds_of(case, "outlet-as-witness")


def test_outlets_on_both_sides_are_no_echoes_of_one_another() -> None:
    case = case_of(said("a", "daily"), said("b", "post", stance="denies"), sources=[DAILY, POST])

    assert not kinds_of(case, "outlet-as-witness")


def test_a_relay_dated_before_what_it_passes_on_is_told() -> None:
    case = case_of(
        said("a", "pilot", said_on="2015-07-24"),
        cites("b", "daily", "a", said_on="2015-07-22"),
        sources=[PILOT, DAILY],
    )

    assert [each.about for each in kinds_of(case, "relay-before-original")] == [("b", "a")]


@pytest.mark.parametrize(
    ("said_on", "retracted_on", "is_told"),
    [
        ("2015-07-24", "2015-07-23", True),
        ("2015-07-24", "2015-06", True),
        ("2015-07-24", "2015-07-24", False),
        ("2015-07-24", "2015-07", False),
        ("2015-07", "2015-07-03", False),
    ],
)
def test_what_was_withdrawn_before_it_was_said_is_told(
    said_on: str, retracted_on: str, is_told: bool
) -> None:
    case = case_of(said("a", "pilot", said_on=said_on, retracted_on=retracted_on), sources=[PILOT])

    assert [each.about for each in kinds_of(case, "withdrawn-early")] == [("a",)] * is_told


def test_a_date_is_in_the_future_only_of_a_day_that_is_given() -> None:
    case = case_of(said("a", "pilot", said_on="2015-07-24"), sources=[PILOT])

    (found,) = kinds_of(case, "future-date", today=date(2015, 7, 23))

    assert found.about == ("a",)
    assert not kinds_of(case, "future-date", today=date(2015, 7, 24))
    assert not kinds_of(case, "future-date")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Al-Akhbar", "Al Akhbar", True),
        ("Al-Akhbar", "Al-Akhber", True),
        ("Al-Akhbar", "al-akhbarr", True),
        ("Al-Akhbar", "Al-Quds", False),
        ("Witness 1", "Witness 2", False),
        ("Ann", "Anna", False),
    ],
)
def test_names_look_alike_up_to_case_marks_and_one_letter_but_no_digit(
    one: str, other: str, alike: bool
) -> None:
    sources = [{**PILOT, "name": one}, {**DAILY, "name": other}]
    case = case_of(said("a", "pilot"), cites("b", "daily", "a"), sources=sources)

    assert bool(kinds_of(case, "lookalike")) is alike


def test_claims_of_two_years_are_two_claims() -> None:
    claims = [
        {"id": "first", "text": "It rained in 2014"},
        {"id": "second", "text": "It rained in 2015"},
    ]
    case = case_of({"id": "a", "source": "pilot", "claim": "first"}, sources=[PILOT], claims=claims)

    assert not kinds_of(case, "lookalike")


def test_a_source_and_a_claim_that_nothing_is_about_are_unused() -> None:
    claims = [SHIP, {"id": "sank", "text": "The ship sank"}]
    case = case_of(said("a", "pilot"), sources=[PILOT, DAILY], claims=claims)

    assert [each.about for each in kinds_of(case, "unused")] == [("daily",), ("sank",)]


def test_words_that_commit_to_nothing_are_told() -> None:
    case = case_of(said("a", "pilot", wording="could"), sources=[PILOT])

    assert [each.about for each in kinds_of(case, "no-commitment")] == [("a",)]


def test_a_condition_on_what_does_not_count_is_idle() -> None:
    claims = [SHIP, {"id": "open", "text": "The port was open"}]
    case = case_of(
        said("a", "pilot"),
        said("b", "daily", wording="could", only_if="open"),
        sources=[PILOT, DAILY],
        claims=claims,
    )

    assert [each.about for each in kinds_of(case, "idle-gate")] == [("b",)]


def test_a_denial_that_nobody_makes_is_asked_about_without_a_number() -> None:
    claims = (SHIP, {"id": "no", "text": "The ship did not sail", "prior": 0.5})

    (found,) = kinds_of(
        case_of(said("a", "pilot"), sources=[PILOT], claims=claims), "denial-as-claim"
    )

    assert (found.would_be, found.put_right) == (None, "")
    assert found.about == ("no", "sailed")


def test_a_chain_of_two_that_looks_turned_round_is_asked_about_without_a_number() -> None:
    tipster = {"id": "tipster", "kind": "unnamed", "reliability": "C"}
    several = {"id": "c", "source": "tipster", "cites": ["a", "b"]}

    found = kinds_of(
        case_of(said("a", "daily"), said("b", "post"), several, sources=[DAILY, POST, tipster]),
        "backwards",
    )

    assert [each.about for each in found] == [("c", "a"), ("c", "b")]
    assert [each.would_be for each in found] == [None, None]


def test_a_case_without_claims_or_statements_has_nothing_to_weigh() -> None:
    (empty,) = check(case_of(sources=[], claims=()))
    (silent,) = kinds_of(case_of(sources=[]), "empty")

    assert empty.text == "the case has no claim and no statement: there is nothing to weigh"
    assert silent.text == "the case has no statement: there is nobody to hear"


def test_what_was_settled_against_the_certainties_is_told_without_a_culprit() -> None:
    settled = {"value": True}, {"value": False}
    claims = [
        {"id": name, "text": f"that {name}", **({"resolved": how} if how else {})}
        for name, how in zip(("a", "b", "c"), (*settled, None), strict=True)
    ]
    case = load_case(
        {
            "version": 1,
            "claims": claims,
            "sources": [],
            "attributions": [],
            "links": [
                {"kind": "implies", "claim": "a", "implies": "b"},
                {"kind": "implies", "claim": "c", "implies": "b"},
            ],
        }
    )

    (found,) = kinds_of(case, "impossible")

    assert found.text.startswith("how its claims were resolved cannot hold")


def test_claims_that_are_linked_too_densely_are_told_by_their_texts() -> None:
    number = 20
    claims = [{"id": f"c{n}", "text": f"Number {n} is the one"} for n in range(number)]
    pairs = combinations([each["id"] for each in claims], 2)
    links = [{"kind": "contradicts", "claims": [*pair], "strength": 0.5} for pair in pairs]
    case = load_case(
        {"version": 1, "claims": claims, "sources": [], "attributions": [], "links": links}
    )

    (found,) = kinds_of(case, "refused")

    assert found.text.startswith("the links between “Number 0 is the one”, ")
    assert len(found.claims) == number


def test_what_would_make_a_case_impossible_is_said_to_do_so() -> None:
    sure = [{"id": name, "reliability": 1} for name in ("log", "radar")]
    case = case_of(
        said("a", "log"), said("b", "radar", stance="denies", wording="may"), sources=sure
    )

    (found,) = kinds_of(case, "no-commitment")

    assert found.would_be is None
    assert found.text.endswith("; said outright, it could not be weighed")


def test_in_an_impossible_case_nobody_says_what_the_answer_would_be() -> None:
    sure = [{"id": name, "name": "The log", "reliability": 1} for name in ("log", "radar")]
    case = case_of(said("a", "log"), said("b", "radar", stance="denies"), sources=sure)

    (found,) = kinds_of(case, "lookalike")

    assert (found.would_be, found.claims) == (None, ())


def test_of_many_empty_words_the_effect_of_the_first_is_told() -> None:
    sources = [{"id": f"s{n}", "name": str(n), "reliability": "C"} for n in range(33)]
    many = [said(f"a{n}", f"s{n}", wording="may") for n in range(33)]

    found = kinds_of(case_of(*many, sources=sources), "no-commitment")

    assert [each.would_be is not None for each in found] == [True] * 30 + [False] * 3


def test_empty_words_on_two_claims_have_no_one_effect() -> None:
    claims = [SHIP, {"id": "sank", "text": "The ship sank"}]
    both = {"id": "a", "source": "pilot", "claim": ["sailed", "sank"], "wording": "may"}

    found = kinds_of(case_of(both, sources=[PILOT], claims=claims), "no-commitment")

    assert [each.would_be for each in found] == [None] * len(found)
    assert found != []


@given(cases())
def test_any_case_can_be_checked_and_every_weakness_is_told(written: dict[str, Any]) -> None:
    case = load_case(written)

    for each in check(case, today=date(2015, 1, 1)):
        assert each.text
        assert each.advice
        assert set(each.claims) <= {claim.id for claim in case.claims}


def claims_of_their_own(count: int, **fields: Any) -> Case:
    """Each claim with an origin that only an outlet tells of, and an outlet entered as a witness."""
    said: list[dict[str, Any]] = []
    for n in range(count):
        said += [
            {"id": f"o{n}", "source": "eye", "claim": f"c{n}"},
            {"id": f"r{n}", "source": "daily", "cites": f"o{n}"},
            {"id": f"w{n}", "source": "weekly", "claim": f"c{n}", **fields},
            {"id": f"z{n}", "source": "eve", "claim": f"c{n}", "basis": "firsthand"},
        ]
    return load_case({
        "version": 1,
        "claims": [{"id": f"c{n}", "text": f"that {n}", "prior": 0.2 + n / 100}
                   for n in range(count)],
        "sources": [
            {"id": "eye", "reliability": "C"},
            {"id": "eve", "reliability": "D"},
            {"id": "daily", "kind": "outlet", "reliability": "B"},
            {"id": "weekly", "kind": "outlet", "reliability": "C"},
        ],
        "attributions": said,
    })  # fmt: skip


def alone(case: Case, claim: str) -> Case:
    """The case with nothing but one of its claims."""
    number = claim[1:]
    form = case.written()
    return load_case({
        **form,
        "claims": [each for each in form["claims"] if each["id"] == claim],
        "attributions": [each for each in form["attributions"] if each["id"][1:] == number],
    })  # fmt: skip


@pytest.mark.parametrize("gate", [{}, {"only_if": "c0"}])
def test_what_slips_come_to_does_not_hang_on_claims_of_other_stories(gate: dict[str, Any]) -> None:
    case = claims_of_their_own(4, **gate)

    told = [each for each in check(case) if each.would_be is not None]

    kinds = {each.kind for each in told}
    assert kinds == {"hidden-by-default", "outlet-as-witness"}
    for each in told:
        if not gate:
            by_itself = [one for one in check(alone(case, each.claims[0])) if one.kind == each.kind]
            assert [one.would_be for one in by_itself] == pytest.approx([each.would_be])


def test_a_case_is_brought_to_canonical_form_as_often_whatever_the_claims(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[None] = []
    of = Graph.of.__func__  # type: ignore[attr-defined]

    def counted(cls: type[Graph], case: Case, as_of: date | None = None) -> Graph:
        made.append(None)
        return of(cls, case, as_of)  # type: ignore[no-any-return]

    monkeypatch.setattr(Graph, "of", classmethod(counted))
    counts = []
    for claims in (2, 6):
        made.clear()
        check(claims_of_their_own(claims))
        counts.append(len(made))

    # As it is, with everything in hand, and with the outlets as echoes.
    assert counts == [3, 3]


def test_what_a_slip_comes_to_is_left_out_where_the_budget_does_not_cover_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules["provenance.assessment.weaknesses"], "_REBUILDING", 10**9)

    told = [each for each in check(claims_of_their_own(1)) if each.kind == "hidden-by-default"]

    assert told[0].would_be is None
    assert "the answer would take more to work out than the budget has left" in told[0].text


def test_having_a_document_that_changes_nothing_is_not_told_as_if_it_did() -> None:
    hidden = {"id": "a", "source": "pilot", "claim": "sailed"}
    unjudged = case_of(
        hidden, cites("b", "daily", "a"), sources=[{"id": "pilot"}, DAILY], claims=(SHIP,)
    )
    judged = case_of(
        hidden, cites("b", "daily", "a"), sources=[PILOT, DAILY | {"reliability": "D"}]
    )

    (nothing,), (something,) = (kinds_of(each, "hidden-by-default") for each in (unjudged, judged))

    assert (nothing.would_be, nothing.put_right) == (None, "")
    assert "if we have it" not in nothing.text
    assert something.would_be is not None


def test_of_rivals_those_that_exclude_each_other_are_answers_of_one_question() -> None:
    """The year is no rival of the day in it, and both are rivals of another year."""
    texts = {"a": "on 3 May 1871", "b": "in 1871", "c": "in 1872"}
    claims = [{"id": name, "text": f"The mill was founded {text}"} for name, text in texts.items()]
    case = case_of(said("x", "pilot") | {"claim": "c"}, sources=[PILOT], claims=claims)
    meant = case.evolve(
        questions=({"id": "which", "text": "When?", "claims": ("c", "a"), "exhaustive": False},)
    )

    (found,) = (each for each in kinds_of(case, "rival-claims") if each.claim == "c")

    assert found.about == ("c", "a", "b")
    assert found.would_be == pytest.approx(weigh(meant, "c").probability)


def test_of_very_many_pairs_of_an_exact_and_a_round_claim_the_first_are_weighed_anew() -> None:
    words = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}mill" for n in range(31)]
    claims = [
        {"id": f"{word}{year}", "text": f"The {word} was founded {day}in 1871"}
        for word in words
        for year, day in (("y", ""), ("m", "in May 1871, and not later than "))
    ]
    for each in claims:
        each["text"] = each["text"].replace(
            "in May 1871, and not later than in 1871", "in May 1871"
        )
    case = case_of(said("x", "pilot") | {"claim": claims[0]["id"]}, sources=[PILOT], claims=claims)

    found = kinds_of(case, "coarser-claim")

    assert [each.would_be is not None for each in found] == [True] * 30 + [False]


def test_where_links_move_an_unstated_prior_it_is_told_what_they_rule_out() -> None:
    """Even chances over what is left: of three worlds the exact claim is true in one."""
    claims = [{"id": "fine", "text": "It was 48,213"}, {"id": "round", "text": "It was 48,000"},
              {"id": "far", "text": "It was 70,000"}]  # fmt: skip
    case = case_of(said("x", "pilot") | {"claim": "fine"}, sources=[PILOT], claims=claims).evolve(
        links=(
            {"kind": "implies", "claim": "fine", "implies": "round"},
            {"kind": "contradicts", "claims": ("round", "far")},
        )
    )

    told = {each.claim: each.text for each in kinds_of(case, "prior-not-stated")}

    assert told["fine"].endswith(
        "starts at 25 %: at even chances, less what its links rule out (it cannot be true unless "
        "“It was 48,000” is)"
    )
    assert told["far"].endswith("(it cannot be true beside “It was 48,000”)")
    assert told["round"].endswith("starts at 50 %")


def test_what_another_claim_implies_starts_above_even_and_it_is_told_why() -> None:
    claims = [{"id": "fine", "text": "It was 48,213"}, {"id": "round", "text": "It was 48,000"}]
    case = case_of(said("x", "pilot") | {"claim": "fine"}, sources=[PILOT], claims=claims).evolve(
        links=({"kind": "implies", "claim": "fine", "implies": "round"},)
    )

    (told,) = (each for each in kinds_of(case, "prior-not-stated") if each.claim == "round")

    assert "starts at 67 %" in told.text
    assert told.text.endswith("(it is true wherever “It was 48,213” is)")


def test_of_rivals_that_are_settled_it_is_not_told_what_a_question_would_do() -> None:
    claims = [{"id": "a", "text": "Porvel has 12 inns", "resolved": {"value": True}},
              {"id": "b", "text": "Porvel has 14 inns"}]  # fmt: skip
    case = case_of(said("x", "pilot") | {"claim": "b"}, sources=[PILOT], claims=claims)

    assert [each.would_be for each in kinds_of(case, "rival-claims")] == [None, None]
