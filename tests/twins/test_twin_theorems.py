"""The slow twin is held to the theorems of model 6, on cases drawn at random."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.twins.answer_twin import (
    Asked,
    Impossible,
    ask,
    at_prior,
    bits,
    effective_prior,
    for_and_against,
    if_independent,
    if_one_voice,
    potentials,
    probability,
    probability_of,
    state_trust,
    statement_bits,
)
from tests.twins.drawn_cases import MOST_WORLDS, Drawn, asked_cases, size_of
from tests.twins.interval_twin import doubts_of, interval, opinion, shares
from tests.twins.records_twin import expanded, in_hand_by_default

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(MANY, max_examples=40)

UNGATED = ("gates", "source gates")
HIDING = (
    "in hand",
    "relays",
    "chains",
    "circles",
    "disowns",
    "lists",
    "own words",
    "quoted",
    "second hand",
)


def asked_of(drawn: Drawn) -> Asked:
    return ask(drawn.case, drawn.claim, **drawn.options)


def weighed(drawn: Drawn, case: Any = None) -> float:
    try:
        return probability(case or drawn.case, drawn.claim, **drawn.options)
    except Impossible:
        assume(False)
        raise


def with_voice(drawn: Drawn, reliability: Any, **said: Any) -> Any:
    """The same case and one new source that says one thing."""
    case = copy.deepcopy(drawn.case)
    case["sources"].append({"id": "new", "reliability": reliability})
    case["attributions"].append({"id": "new", "source": "new", "in_hand": True, **said})
    return case


def statements_in_hand(drawn: Drawn) -> list[Any]:
    """Attributions that were not split, and which we have as they were written."""
    had = {r.id for r in in_hand_by_default(drawn.case, expanded(drawn.case)) if r.in_hand}
    kept = {s.id: s for s in asked_of(drawn).story.statements if s.id in had}
    return [
        a
        for a in drawn.case["attributions"]
        if a["id"] in kept and kept[a["id"]].would_speak is None
    ]


@MANY
@given(asked_cases(), st.randoms(use_true_random=False))
def test_t1_the_order_of_what_is_written_is_irrelevant(drawn: Drawn, mix: Any) -> None:
    case = copy.deepcopy(drawn.case)
    for part in ("attributions", "sources", "links", "documents"):
        mix.shuffle(case.get(part, []))

    assert weighed(drawn, case) == pytest.approx(drawn.probability, abs=1e-11)


@MANY
@given(asked_cases(never=("circles", "lists", "documents")), st.data())
def test_t2_a_restatement_is_irrelevant(drawn: Drawn, data: Any) -> None:
    stated = data.draw(st.sampled_from(drawn.case["attributions"]))
    in_hand = {s.id: s.in_hand for s in asked_of(drawn).story.case.statements}
    assume(stated["id"] in in_hand and stated.get("basis") not in ("firsthand", "own-inquiry"))
    again = copy.deepcopy(stated) | {"id": "zz"}
    if stated.get("stance") != "silent":
        again["in_hand"] = in_hand[stated["id"]]
    case = copy.deepcopy(drawn.case)
    case["attributions"].append(again)

    assert weighed(drawn, case) == pytest.approx(drawn.probability, abs=1e-11)


@MANY
@given(asked_cases(), st.data())
def test_t3_a_relay_of_what_we_have_is_irrelevant(drawn: Drawn, data: Any) -> None:
    had = [a["id"] for a in statements_in_hand(drawn)]
    assume(had)
    cited = data.draw(st.sampled_from(had))

    case = with_voice(drawn, "B", cites=cited)
    for attribution in case["attributions"]:
        if attribution["id"] == cited:
            attribution["in_hand"] = True

    assert weighed(drawn, case) == pytest.approx(drawn.probability, abs=1e-11)


@MANY
@given(asked_cases(), st.data())
def test_t4_a_certain_copy_is_irrelevant(drawn: Drawn, data: Any) -> None:
    had = [a for a in statements_in_hand(drawn) if isinstance(a.get("claim"), str)]
    had = [a for a in had if a.get("basis") != "secondhand" and "wording" not in a]
    assume(had)
    copied = data.draw(st.sampled_from(had))

    case = with_voice(
        drawn,
        "A",
        claim=copied["claim"],
        stance=copied.get("stance", "affirms"),
        same_voice_as={"attribution": copied["id"], "probability": 1},
    )
    for attribution in case["attributions"]:
        if attribution["id"] == copied["id"]:
            attribution["in_hand"] = True

    assert weighed(drawn, case) == pytest.approx(drawn.probability, abs=1e-11)


@MANY
@given(
    asked_cases(),
    st.sampled_from(
        [
            (0, {}),
            ("F", {}),
            ("A", {"competence": 0}),
            ("A", {"wording": "may"}),
            ("A", {"basis": "inference"}),
        ]
    ),
    st.sampled_from(("affirms", "denies")),
)
def test_t5_what_nobody_can_build_on_is_irrelevant(drawn: Drawn, how: Any, stance: str) -> None:
    reliability, said = how

    case = with_voice(drawn, reliability, claim=drawn.claim, stance=stance, **said)

    assert weighed(drawn, case) == pytest.approx(drawn.probability, abs=1e-11)


@MANY
@given(asked_cases(never=("resolved", "dated grades")))
def test_t6_where_nobody_can_know_the_prior_stands(drawn: Drawn) -> None:
    case = copy.deepcopy(drawn.case)
    for source in case["sources"]:
        source["reliability"] = 0

    asked = ask(case, drawn.claim, **drawn.options)

    assert probability_of(asked) == pytest.approx(effective_prior(asked), abs=1e-10)


@MANY
@given(
    asked_cases(never=(*UNGATED, *HIDING), couplings=("story",)),
    st.sampled_from(("A", "C", "E", 0.6)),
    st.sampled_from(("unstated", "firsthand")),
)
def test_t7_a_new_source_moves_the_claim_its_own_way(drawn: Drawn, grade: Any, basis: str) -> None:
    """Of a source that says several things one may be discounted, and the others then weigh more:
    so each source says one thing."""
    said = [s.source for s in asked_of(drawn).story.statements]
    assume(len(set(said)) == len(said))
    before = drawn.probability

    up = weighed(drawn, with_voice(drawn, grade, claim=drawn.claim, basis=basis))
    down = weighed(drawn, with_voice(drawn, grade, claim=drawn.claim, basis=basis, stance="denies"))

    assert down - 1e-11 <= before <= up + 1e-11


@MANY
@given(
    asked_cases(
        always=("relays",),
        never=("resolved", "silences", "own words", "same voices", *UNGATED),
        couplings=("story",),
    )
)
def test_t17c_quoting_leaves_an_outlet_as_credible_as_before(drawn: Drawn) -> None:
    """All that we have is one outlet, which cites others."""
    case = copy.deepcopy(drawn.case)
    case["sources"].append({"id": "outlet", "reliability": "C"})
    for attribution in case["attributions"]:
        attribution["in_hand"] = "cites" in attribution
        if "cites" in attribution:
            attribution["source"] = "outlet"
    asked = ask(case, drawn.claim, **drawn.options)
    outlet = "outlet", "relay"
    assume(outlet in asked.network.tracks)

    try:
        trust = state_trust(asked)
    except Impossible:
        assume(False)
        raise

    assert trust[outlet] == pytest.approx(asked.network.tracks[outlet], abs=1e-10)


@FEW
@given(
    asked_cases(
        always=("crowds",),
        never=(*UNGATED, *HIDING, "denials", "wordings", "silences"),
        couplings=("story",),
    )
)
def test_t25_the_answer_lies_between_one_voice_and_independent(drawn: Drawn) -> None:
    asked = asked_of(drawn)
    assume(len({s.question for s in asked.story.statements}) == 1)
    assume(all(s.says == {asked.place[1]} for s in asked.story.statements))

    assert if_one_voice(asked) - 1e-11 <= probability_of(asked) <= if_independent(asked) + 1e-11


@MANY
@given(asked_cases(couplings=("story",)), st.sampled_from((0.2, 0.7, 1)))
def test_t27_silence_never_raises(drawn: Drawn, chance: float) -> None:
    case = with_voice(drawn, "B", claim=drawn.claim, stance="silent", would_speak=chance)
    del case["attributions"][-1]["in_hand"]

    assert weighed(drawn, case) <= drawn.probability + 1e-11


@MANY
@given(asked_cases())
def test_at_its_own_prior_an_answer_is_itself(drawn: Drawn) -> None:
    asked = asked_of(drawn)
    prior = effective_prior(asked)
    assume(1e-9 < prior < 1 - 1e-9)

    assert at_prior(asked, prior) == pytest.approx(probability_of(asked), abs=1e-11)


@MANY
@given(asked_cases(never=("resolved",)), st.sampled_from((0.02, 0.3, 0.8)))
def test_t18_the_answer_grows_with_the_prior(drawn: Drawn, p: float) -> None:
    asked = asked_of(drawn)
    prior = effective_prior(asked)
    assume(1e-9 < prior < 1 - 1e-9)

    low, high = sorted((p, prior))

    assert at_prior(asked, low) <= at_prior(asked, high) + 1e-9


@MANY
@given(asked_cases(never=("resolved",)))
def test_a_lone_statement_in_hand_weighs_all_the_evidence(drawn: Drawn) -> None:
    asked = asked_of(drawn)
    had = [s for s in asked.story.statements if s.in_hand]
    assume(len(had) == 1)

    assert statement_bits(asked)[had[0].id] == pytest.approx(bits(asked), abs=1e-9)


@FEW
@given(asked_cases(couplings=("story", "source")))
def test_t21_and_t22_the_interval_holds_the_score_and_the_shares_are_whole(drawn: Drawn) -> None:
    asked = asked_of(drawn)
    p = probability_of(asked)
    doubts = doubts_of(asked)

    low, high = interval(asked, doubts)

    assert 0 <= low <= p <= high <= 1
    assert all(low <= other <= high for other in potentials(asked).values()) or p in (0, 1)
    assert not shares(doubts) or sum(shares(doubts).values()) == pytest.approx(1)
    b, d, u, a = opinion(asked, doubts)
    assert min(b, d, u) >= -1e-9
    assert b + d + u == pytest.approx(1)
    assert b + a * u == pytest.approx(p)


# ---------------------------------------------------------------- crowds and links

PLAIN = (
    *UNGATED,
    *HIDING,
    "wordings",
    "silences",
    "withdrawals",
    "dated grades",
    "resolved",
    "inferences",
    "same voices",
)
UNTURNED = ("resolved", "silences", "interests", "alternatives", "lists", "withdrawals")
ONE_CLAIM = ("denials", "questions", "open question", "evidence", "implies", "contradicts")


def each_says_one_thing(drawn: Drawn) -> Drawn:
    """The same words, each from somebody else."""
    case = copy.deepcopy(drawn.case)
    sources = {source["id"]: source for source in case["sources"]}
    case["sources"] = []
    for n, attribution in enumerate(case["attributions"]):
        case["sources"].append(sources[attribution["source"]] | {"id": f"p{n}"})
        attribution["source"] = f"p{n}"
    changed = replace(drawn, case=case)
    assume(size_of(asked_of(changed).network) <= MOST_WORLDS)
    return replace(changed, probability=weighed(changed))


def rewritten(drawn: Drawn, name: str, **new: Any) -> Any:
    case = copy.deepcopy(drawn.case)
    for attribution in case["attributions"]:
        if attribution["id"] == name:
            attribution.update(new)
    return case


@MANY
@given(asked_cases(always=("implies",), never=("resolved", "evidence", "contradicts", "priors")))
def test_t19_what_is_implied_is_at_least_as_likely(drawn: Drawn) -> None:
    case = copy.deepcopy(drawn.case)
    links = [link for link in case.get("links", ()) if link["kind"] == "implies"]
    assume(links)
    links[0]["strength"] = 1
    asked = ask(case, links[0]["claim"], **drawn.options)
    assume(sum(for_and_against(asked)) > 0)

    implied = probability(case, links[0]["implies"], **drawn.options)

    assert probability_of(asked) <= implied + 1e-11


@MANY
@given(asked_cases(never=(*UNTURNED, *ONE_CLAIM[1:], *UNGATED)))
def test_t20_a_claim_turned_over_is_answered_turned_over(drawn: Drawn) -> None:
    case = copy.deepcopy(drawn.case)
    for claim in case["claims"]:
        if claim["id"] == drawn.claim and isinstance(claim.get("prior"), dict):
            claim["prior"]["mean"] = 1 - claim["prior"]["mean"]
        elif claim["id"] == drawn.claim and "prior" in claim:
            claim["prior"] = 1 - claim["prior"]
    for attribution in case["attributions"]:
        if attribution.get("claim") == drawn.claim:
            denies = attribution.get("stance") == "denies"
            attribution["stance"] = "affirms" if denies else "denies"

    assert weighed(drawn, case) == pytest.approx(1 - drawn.probability, abs=1e-11)


@MANY
@given(asked_cases(always=("crowds",), never=PLAIN, couplings=("story",)), st.data())
def test_t25_a_lineage_on_record_never_lowers_what_is_said(drawn: Drawn, data: Any) -> None:
    drawn = each_says_one_thing(drawn)
    asked = asked_of(drawn)
    had = [s for s in asked.story.statements if s.question == asked.place[0] and not s.established]
    assume(had)
    s = data.draw(st.sampled_from(had))

    after = weighed(drawn, rewritten(drawn, s.id, basis="firsthand"))

    way = 1 if asked.place[1] in s.says else -1
    assert way * after >= way * drawn.probability - 1e-11


@MANY
@given(asked_cases(always=("crowds",), never=(*PLAIN, *ONE_CLAIM), couplings=("story",)), st.data())
def test_t29_a_declared_echo_never_raises(drawn: Drawn, data: Any) -> None:
    drawn = each_says_one_thing(drawn)
    asked = asked_of(drawn)
    g = {n.statement.id: n.discount for n in asked.network.nodes}
    speakers = asked.story.case.speakers
    had = [s for s in asked.story.statements if speakers[s.source].rho is not None]
    assume(len(had) > 1)
    first, second = data.draw(st.permutations(had))[:2]
    tau = data.draw(st.sampled_from((1 - g[second.id], 1 - g[second.id] / 2, 1)))
    assume(tau > 0)

    voice = {"attribution": first.id, "probability": tau}
    joined = weighed(drawn, rewritten(drawn, second.id, same_voice_as=voice))

    assert joined <= drawn.probability + 1e-11
