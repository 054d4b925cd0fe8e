"""What must hold of every case, each under its name: T1 to T29.

A new source is one with no other attribution in the case.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance.assessment import Assessment, weigh_all
from provenance.casefiles import load_case
from tests.cases.worlds import (
    SECOND_WORDS,
    Written,
    asked,
    bases,
    log_odds,
    on_record,
    one_claim,
    with_more,
)

FEW = settings(max_examples=settings().max_examples // 3)
SAME = 1e-9
CHANCES = st.sampled_from((0.05, 0.2, 0.5, 0.7, 0.95))
SKILLS = st.sampled_from((0.3, 0.6, 0.88, 1.0))
BASES = st.sampled_from(("unstated", "firsthand"))
STANCES = st.sampled_from(("affirms", "denies"))


def source(name: str, reliability: object, **more: Any) -> Written:
    return {"id": name, "reliability": reliability} | more


def says(who: str, claim: str, name: str = "new", **more: Any) -> Written:
    return {"id": name, "source": who, "claim": claim} | more


def relays(who: str, cited: str, name: str = "new", **more: Any) -> Written:
    return {"id": name, "source": who, "cites": cited} | more


def pinned(written: Written) -> Written:
    """The case with every attribution marked as in hand or not, so that additions change none."""
    cited = {
        name.partition("/")[0]
        for each in written["attributions"]
        for name in (
            [each["cites"]] if isinstance(each.get("cites"), str) else each.get("cites", [])
        )
    }
    publisher = {each["id"]: each.get("publisher") for each in written.get("documents", ())}
    attributions = [
        each
        if each.get("stance") == "silent"
        else {
            "in_hand": each["id"] not in cited
            or publisher.get(each.get("document")) == each["source"]
        }
        | each
        for each in written["attributions"]
    ]
    return written | {"attributions": attributions}


def heard_in_hand(assessment: Assessment) -> list[str]:
    """Attributions that stand for one statement in hand, to be repeated or passed on."""
    story = assessment.answer.evaluation.story
    return [
        statement.id
        for statement in story.statements
        if statement.in_hand
        and not statement.silence
        and statement.id in statement.merged
        and statement.id.isalnum()
    ]


def unchanged(before: Assessment, after: Assessment) -> bool:
    return math.isclose(before.probability, after.probability, rel_tol=0.0, abs_tol=SAME)


UNGATED = ("gates", "source gates")
HIDING = (
    "in hand", "relays", "chains", "circles", "disowns", "lists", "own words", "quoted",
    "second hand",
)  # fmt: skip
PLAIN = (
    *UNGATED, *HIDING, "wordings", "silences", "withdrawals", "dated grades", "resolved",
    "inferences", "same voices",
)  # fmt: skip
LINKS = ("evidence", "implies", "contradicts")
QUESTIONS = ("questions", "open question")


def each_by_another(written: Written) -> Written:
    """The same words, each from a source of its own."""
    sources = {each["id"]: each for each in written["sources"]}
    return written | {
        "sources": [
            *written["sources"],
            *(
                sources[each["source"]] | {"id": f"p{n}"}
                for n, each in enumerate(written["attributions"])
            ),
        ],
        "attributions": [
            each | {"source": f"p{n}"} for n, each in enumerate(written["attributions"])
        ],
    }


def saying_one_thing() -> st.SearchStrategy[tuple[Written, str]]:
    """Cases in which every source says one thing, ungated, and all that is said is in hand.

    Of a source that says several things one may be discounted, and the others then weigh more.
    """
    return bases(never=(*UNGATED, *HIDING, "withdrawals", "same voices")).map(
        lambda base: (each_by_another(base[0]), base[1])
    )


def recorded(*, never: tuple[str, ...] = ()) -> st.SearchStrategy[tuple[Written, str]]:
    """Cases in which every lineage is on record."""
    return bases(never=(*never, *SECOND_WORDS)).map(lambda base: (on_record(base[0]), base[1]))


# ---------------------------------------------------------------- what is irrelevant


@FEW
@given(bases(), st.randoms(use_true_random=False))
def test_t1_the_order_of_attributions_is_irrelevant(base: tuple[Written, str], random: Any) -> None:
    written, claim = base
    shuffled = list(written["attributions"])
    random.shuffle(shuffled)

    after = asked(written | {"attributions": shuffled}, claim)

    assert unchanged(asked(written, claim), after)


@FEW
@given(st.data())
def test_t2_a_restatement_is_irrelevant(data: st.DataObject) -> None:
    written, claim = data.draw(bases(never=("circles", "withdrawals")))
    written = pinned(written)
    repeated = dict(data.draw(st.sampled_from(written["attributions"])), id="again")

    after = asked(with_more(written, [], repeated), claim)

    assert unchanged(asked(written, claim), after)


@FEW
@given(st.data())
def test_t3_a_relay_by_a_new_source_of_a_statement_in_hand_is_irrelevant(
    data: st.DataObject,
) -> None:
    written, claim = data.draw(bases())
    written = pinned(written)
    before = asked(written, claim)
    heard = heard_in_hand(before)
    assume(heard)
    passed_on = relays("echo", data.draw(st.sampled_from(heard)))

    after = asked(with_more(written, [source("echo", data.draw(CHANCES))], passed_on), claim)

    assert unchanged(before, after)


@FEW
@given(st.data())
def test_t4_a_certain_copy_is_irrelevant(data: st.DataObject) -> None:
    written, claim = data.draw(bases())
    written = pinned(with_more(written, [source("first", "C")], says("first", claim, "said")))
    same = {"attribution": "said", "probability": 1}

    after = asked(
        with_more(
            written, [source("copy", data.draw(CHANCES))], says("copy", claim, same_voice_as=same)
        ),
        claim,
    )

    assert unchanged(asked(written, claim), after)


@FEW
@given(
    bases(),
    st.sampled_from(
        (
            ({"reliability": 0}, {}),
            ({"reliability": "A"}, {"competence": 0}),
            ({"reliability": "F"}, {}),
            ({}, {}),
            ({"reliability": "A"}, {"wording": "might"}),
            ({"reliability": "A"}, {"basis": "inference"}),
            ({"reliability": "A"}, {"basis": "secondhand"}),
            ({"reliability": "A"}, {"only_if": "never"}),
        )
    ),
)
def test_t5_a_new_source_that_cannot_tell_or_commits_to_nothing_is_irrelevant(
    base: tuple[Written, str], how: tuple[Written, Written]
) -> None:
    written, claim = base
    who, what = how
    written = with_settled(written, "never", False)

    after = asked(with_more(written, [{"id": "idle"} | who], says("idle", claim, **what)), claim)

    assert unchanged(asked(written, claim), after)


@FEW
@given(bases(never=("resolved",)))
def test_t6_where_nobody_is_reliable_the_prior_stands(base: tuple[Written, str]) -> None:
    written, claim = base
    deaf = [each | {"reliability": 0} for each in written["sources"]]

    found = asked(written | {"sources": deaf}, claim)

    assert found.probability == pytest.approx(found.prior, abs=SAME)


# ---------------------------------------------------------------- which way a statement moves


@FEW
@given(saying_one_thing(), CHANCES, SKILLS, STANCES, BASES)
def test_t7_a_new_affirming_source_never_lowers_and_a_denying_one_never_raises(
    base: tuple[Written, str], reliability: float, skill: float, stance: str, basis: str
) -> None:
    written, claim = base
    before = log_odds(written, claim)

    after = log_odds(
        with_more(
            written,
            [source("voice", reliability)],
            says("voice", claim, competence=skill, stance=stance, basis=basis),
        ),
        claim,
    )

    moved = after - before
    assert moved >= -SAME if stance == "affirms" else moved <= SAME


@FEW
@given(saying_one_thing(), st.data())
def test_t8_to_t11_its_weight_grows_with_what_makes_it_credible_and_shrinks_with_interest(
    base: tuple[Written, str], data: st.DataObject
) -> None:
    written, claim = base
    low = {"reliability": 0.4, "access": 0.6, "competence": 0.5, "wording": 0.9, "interest": 1.7}
    dimension = data.draw(st.sampled_from(sorted(low)))
    better = {"reliability": 0.7, "access": 0.9, "competence": 0.8, "wording": 1.0, "interest": 1.0}

    def weight(of: dict[str, float]) -> float:
        who = source("voice", of["reliability"], access=of["access"])
        what: Written = {name: of[name] for name in ("competence", "wording", "interest")}
        return log_odds(with_more(written, [who], says("voice", claim, **what)), claim)

    assert weight(low | {dimension: better[dimension]}) >= weight(low) - SAME


@FEW
@given(saying_one_thing(), CHANCES, st.sampled_from((0.6, 1.0, 1.7, 3.0)))
def test_t12_its_weight_is_at_most_that_of_one_who_would_otherwise_guess(
    base: tuple[Written, str], reliability: float, interest: float
) -> None:
    written, claim = base
    t = reliability / (reliability + (1 - reliability) * interest)

    after = asked(
        with_more(written, [source("voice", reliability)], says("voice", claim, interest=interest)),
        claim,
    )

    story, place = after.answer.evaluation.story, after.answer.place
    f = after.answer.evaluation.priors.flat[place.question][place.value]
    assert story.places[claim] == place
    bound = math.log(1 + t / ((1 - t) * f))
    moved = log_odds_of(after) - log_odds(written, claim)
    assert moved <= bound + SAME


def log_odds_of(assessment: Assessment) -> float:
    p = assessment.probability
    return math.log(p) - math.log1p(-p)


@FEW
@given(recorded(never=QUESTIONS), CHANCES, SKILLS)
def test_t13_equal_opposites_cancel_on_an_even_question(
    base: tuple[Written, str], reliability: float, skill: float
) -> None:
    written, claim = base
    before = asked(written, claim)
    flat = before.answer.evaluation.priors.flat[before.answer.place.question]
    assume(len(flat) == 2 and abs(flat[0] - 0.5) < 1e-12)

    after = asked(
        with_more(
            written,
            [source("pro", reliability), source("contra", reliability)],
            says("pro", claim, "yes", competence=skill, basis="firsthand"),
            says("contra", claim, "no", competence=skill, basis="firsthand", stance="denies"),
        ),
        claim,
    )

    assert unchanged(before, after)


@FEW
@given(recorded(), CHANCES, CHANCES, STANCES)
def test_t14_established_new_sources_add_in_log_odds(
    base: tuple[Written, str], one: float, other: float, stance: str
) -> None:
    written, claim = base
    seen = {"basis": "firsthand"}
    first = ([source("one", one)], says("one", claim, "first", **seen))
    second = ([source("other", other)], says("other", claim, "second", stance=stance, **seen))
    before = log_odds(written, claim)

    together = log_odds(with_more(with_more(written, *first), *second), claim)

    alone = log_odds(with_more(written, *first), claim) + log_odds(
        with_more(written, *second), claim
    )
    assert together - before == pytest.approx(alone - 2 * before, abs=1e-7)


# ---------------------------------------------------------------- hearsay


def silenced(written: Written) -> Written:
    """The case before anyone speaks and before anything turned out."""
    claims = [{k: v for k, v in each.items() if k != "resolved"} for each in written["claims"]]
    return written | {"attributions": [], "claims": claims}


def chain(written: Written, claim: str, origin: float, links: list[float], **more: Any) -> Written:
    """The case with a new origin heard through new relays, one behind the other."""
    who = [
        source("origin", origin),
        *(source(f"r{n}", "F", passing_on=t) for n, t in enumerate(links)),
    ]
    said = [says("origin", claim, "said", basis="firsthand", **more)]
    for n in range(len(links)):
        said.append(relays(f"r{n}", f"by{n - 1}" if n else "said", f"by{n}", fidelity=0.9))
    return with_more(written, who, *said)


@FEW
@given(bases(), CHANCES, st.lists(CHANCES, min_size=1, max_size=3), STANCES)
def test_t15_hearsay_is_a_mixture_of_hearing_the_origin_and_hearing_nothing(
    base: tuple[Written, str], origin: float, links: list[float], stance: str
) -> None:
    written, claim = silenced(base[0]), base[1]
    r = math.prod(0.9 * t for t in links)

    heard = asked(chain(written, claim, origin, links, stance=stance), claim).probability

    direct = asked(chain(written, claim, origin, [], stance=stance), claim).probability
    assert heard == pytest.approx(r * direct + (1 - r) * asked(written, claim).prior, abs=SAME)


@FEW
@given(recorded(), CHANCES, st.lists(CHANCES, min_size=1, max_size=2), CHANCES, STANCES)
def test_t15b_lengthening_a_chain_never_strengthens_and_never_flips_it(
    base: tuple[Written, str], origin: float, links: list[float], more: float, stance: str
) -> None:
    written, claim = base
    before = log_odds(written, claim)

    shorter = log_odds(chain(written, claim, origin, links, stance=stance), claim) - before
    longer = log_odds(chain(written, claim, origin, [*links, more], stance=stance), claim) - before

    assert shorter * longer >= -SAME
    assert abs(longer) <= abs(shorter) + SAME


@FEW
@given(recorded(), CHANCES, st.lists(CHANCES, min_size=1, max_size=4))
def test_t16_more_routes_never_lower_and_never_exceed_hearing_the_origin(
    base: tuple[Written, str], origin: float, outlets: list[float]
) -> None:
    written, claim = base
    found = []

    for count in range(1, len(outlets) + 1):
        who = [
            source("origin", origin),
            *(source(f"r{n}", "F", passing_on=outlets[n]) for n in range(count)),
        ]
        routes = [relays(f"r{n}", "said", f"by{n}") for n in range(count)]
        said = says("origin", claim, "said", basis="firsthand")
        found.append(log_odds(with_more(written, who, said, *routes), claim))

    assert all(later >= earlier - SAME for earlier, later in itertools.pairwise(found))
    assert found[-1] <= log_odds(chain(written, claim, origin, []), claim) + SAME


# ---------------------------------------------------------------- caps


LINKED: Written = {
    "claims": [
        {"id": "x", "text": "that x", "prior": 0.3},
        {"id": "y", "text": "that y"},
        {"id": "z", "text": "that z"},
    ],
    "links": [
        {"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.9, "if_false": 0.1},
        {"kind": "evidence", "claim": "x", "sign": "z", "if_true": 0.7, "if_false": 0.2},
    ],
}


def through_an_outlet(t: float, heard: list[tuple[str, float]]) -> Written:
    """What several sources say, each known only through one outlet, which passes on so well."""
    attributions: list[Written] = []
    for n, (claim, _) in enumerate(heard):
        attributions.append({"source": f"o{n}", "claim": claim})
        attributions.append({"source": "outlet", "cites": f"a{2 * n}"})
    sources: dict[str, object] = {f"o{n}": origin for n, (_, origin) in enumerate(heard)}
    written = one_claim(0.3, sources, *attributions) | LINKED
    return with_more(written, [source("outlet", "F", passing_on=t)])


@FEW
@given(CHANCES, st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True), STANCES)
def test_t17_all_that_one_source_says_moves_a_root_claim_by_at_most_its_own_cap(
    t: float, claims: list[str], stance: str
) -> None:
    written = one_claim(
        0.3, {"s": t}, *({"source": "s", "claim": each, "stance": stance} for each in claims)
    )

    moved = log_odds(written | LINKED) - math.log(0.3 / 0.7)

    assert abs(moved) <= math.log((1 + t) / (1 - t)) + SAME


@FEW
@given(CHANCES, st.lists(st.tuples(st.sampled_from("xyz"), CHANCES), min_size=1, max_size=4))
def test_t17_all_that_is_heard_through_one_outlet_is_capped_by_the_outlet(
    t: float, heard: list[tuple[str, float]]
) -> None:
    found = asked(through_an_outlet(t, heard))

    assert found.probability <= t + (1 - t) * 0.3 + SAME


@FEW
@given(CHANCES, st.lists(st.tuples(st.sampled_from("xyz"), CHANCES), min_size=1, max_size=4))
def test_t17c_quoting_volume_leaves_an_outlets_credibility_unchanged(
    t: float, heard: list[tuple[str, float]]
) -> None:
    found = asked(through_an_outlet(t, heard))

    (outlet,) = (each for each in found.sources if each.source == "outlet")
    assert outlet.posterior == pytest.approx(t, abs=SAME)


# ---------------------------------------------------------------- priors, links, symmetry


@FEW
@given(bases(never=("resolved",)), st.sampled_from((0.05, 0.2, 0.5)), st.sampled_from((0.1, 0.3)))
def test_t18_an_answer_increases_in_its_prior(
    base: tuple[Written, str], low: float, step: float
) -> None:
    found = asked(*base)
    assume(0 < found.prior < 1)

    assert found.at_prior(low).probability <= found.at_prior(low + step).probability + SAME


@FEW
@given(bases(never=("resolved", *LINKS, *QUESTIONS, *UNGATED)), CHANCES)
def test_another_prior_of_an_unlinked_claim_is_the_case_with_that_prior(
    base: tuple[Written, str], prior: float
) -> None:
    written, claim = base
    claims = [
        each | {"prior": prior} if each["id"] == claim else each for each in written["claims"]
    ]

    after = asked(written | {"claims": claims}, claim)

    assert unchanged(asked(written, claim).at_prior(prior), after)


@FEW
@given(bases())
def test_t19_what_implies_is_no_likelier_than_what_is_implied(base: tuple[Written, str]) -> None:
    written, claim = base
    fresh = [
        {k: v for k, v in each.items() if k not in ("resolved", "prior")}
        for each in written["claims"]
    ]
    more = {"id": "wider", "text": "what the claim implies"}
    link = {"kind": "implies", "claim": claim, "implies": "wider"}
    case = load_case(
        written | {"claims": [*fresh, more], "links": [*written.get("links", ()), link]}
    )

    found = {each.claim: each.probability for each in weigh_all(case)}

    assert found[claim] <= found["wider"] + SAME


@FEW
@given(bases(always=("questions",)))
def test_t19_exclusive_claims_sum_to_one_at_most(base: tuple[Written, str]) -> None:
    written, _ = base
    claims = [{k: v for k, v in each.items() if k != "resolved"} for each in written["claims"]]
    found = {a.claim: a.probability for a in weigh_all(load_case(written | {"claims": claims}))}

    total = sum(found[claim] for claim in written["questions"][0]["claims"])

    assert total <= 1 + SAME
    assert total == pytest.approx(1.0) or not written["questions"][0].get("exhaustive", True)


@FEW
@given(
    bases(
        never=(
            "resolved",
            "silences",
            "interests",
            "alternatives",
            "lists",
            "withdrawals",
            *LINKS,
            *QUESTIONS,
            *UNGATED,
        )
    )
)
def test_t20_a_claim_and_its_negation_sum_to_one(base: tuple[Written, str]) -> None:
    written, claim = base

    turned = written | {
        "claims": [negated(each) if each["id"] == claim else each for each in written["claims"]],
        "attributions": [
            each | {"stance": "affirms" if each.get("stance") == "denies" else "denies"}
            if each.get("claim") == claim
            else each
            for each in written["attributions"]
        ],
    }

    assert asked(turned, claim).probability == pytest.approx(
        1 - asked(written, claim).probability, abs=SAME
    )


def negated(claim: Written) -> Written:
    """The claim that it is not so."""
    prior = claim.get("prior")
    if prior is None:
        return claim
    if isinstance(prior, dict):
        return claim | {"prior": prior | {"mean": 1 - prior["mean"]}}
    return claim | {"prior": 1 - prior}


# ---------------------------------------------------------------- uncertainty


@FEW
@given(bases())
def test_t21_the_interval_contains_the_score(base: tuple[Written, str]) -> None:
    found = asked(*base)

    assert 0 <= found.interval.low <= found.probability <= found.interval.high <= 1


@FEW
@given(bases())
def test_t22_the_shares_of_doubt_sum_to_one_where_there_are_any(base: tuple[Written, str]) -> None:
    doubts = asked(*base).doubts

    assert not doubts or math.fsum(doubt.share for doubt in doubts) == pytest.approx(1.0)


@FEW
@given(bases(), st.sampled_from((2.0, 10.0)))
def test_t23_better_known_sources_narrow_the_interval_and_leave_the_score(
    base: tuple[Written, str], factor: float
) -> None:
    written, claim = base

    def known(times: float) -> Assessment:
        sources = []
        for each in written["sources"]:
            degree = each.get("reliability")
            if isinstance(degree, dict) and "mean" in degree:
                each = each | {"reliability": degree | {"strength": degree["strength"] * times}}
            sources.append(each)
        return asked(written | {"sources": sources}, claim)

    before, after = known(1.0), known(factor)

    assert unchanged(before, after)
    # Either end is laid out to .003.
    assert after.interval.width <= before.interval.width + 0.006


@FEW
@given(st.integers(1, 99).map(lambda n: n / 100))
def test_t24_a_perfect_source_that_says_w_of_an_even_claim_is_believed_w(w: float) -> None:
    found = asked(one_claim(0.5, {"s": 1}, {"source": "s", "claim": "x", "wording": w}))

    assert found.probability == pytest.approx(w, abs=SAME)


# ---------------------------------------------------------------- lineage, gates, silence


@FEW
@given(bases(always=("crowds",), never=(*PLAIN, *LINKS, "denials", *QUESTIONS)))
def test_t25_unrecorded_lineage_lies_between_one_voice_and_independent(
    base: tuple[Written, str],
) -> None:
    found = asked(*base)
    told = {(each.question, each.value) for each in found.answer.evaluation.story.statements}
    assume(told == {(found.answer.place.question, found.answer.place.value)})

    assert found.if_one_voice - SAME <= found.probability <= found.if_independent + SAME


@FEW
@given(
    bases(always=("crowds",), never=PLAIN),
    st.data(),
    st.sampled_from(({"basis": "firsthand"}, {"reliability": 1.0})),
)
def test_t25_a_lineage_on_record_or_a_better_source_never_lowers_what_it_says(
    base: tuple[Written, str], data: st.DataObject, better: Written
) -> None:
    written, claim = each_by_another(base[0]), base[1]
    mine = [
        each
        for each in written["attributions"]
        if each.get("claim") == claim and each.get("basis", "unstated") == "unstated"
    ]
    assume(mine)
    chosen = data.draw(st.sampled_from(mine))
    # 1 and F would be impossible, or would not be judged.
    more = {"reliability": 0.99} if "reliability" in better else {}
    sources = [
        each | more if each["id"] == chosen["source"] and _judged(each) else each
        for each in written["sources"]
    ]
    attributions = [
        each | {"basis": better.get("basis", "unstated")} if each is chosen else each
        for each in written["attributions"]
    ]

    after = log_odds(written | {"sources": sources, "attributions": attributions}, claim)

    way = -1 if chosen.get("stance") == "denies" else 1
    assert way * after >= way * log_odds(written, claim) - SAME


def _judged(each: Written) -> bool:
    """Whether a source is known to track at most nearly always."""
    return each.get("reliability", "F") not in ("F", 1)


@FEW
@given(bases(), CHANCES, STANCES)
def test_t26_a_gate_that_is_certainly_true_is_irrelevant(
    base: tuple[Written, str], reliability: float, stance: str
) -> None:
    written, claim = with_settled(base[0], "always", True), base[1]
    who = source("voice", reliability)

    open_ = asked(with_more(written, [who], says("voice", claim, stance=stance)), claim)
    gated = asked(
        with_more(written, [who], says("voice", claim, stance=stance, only_if="always")), claim
    )

    assert unchanged(open_, gated)


def with_settled(written: Written, name: str, truth: bool) -> Written:
    """The case with one more claim, of which it is known whether it is true."""
    known = {"id": name, "text": "what is known", "prior": 0.5, "resolved": {"value": truth}}
    return written | {"claims": [*written["claims"], known]}


@FEW
@given(bases(), CHANCES, st.sampled_from((0.2, 0.7)))
def test_t27_silence_never_raises_and_lowers_the_more_the_likelier_a_word_was(
    base: tuple[Written, str], reliability: float, chance: float
) -> None:
    written, claim = base
    before = log_odds(written, claim)

    def quiet(rho: float, s: float) -> float:
        silence = says("mute", claim, stance="silent", would_speak=s)
        return log_odds(with_more(written, [source("mute", rho)], silence), claim)

    once = quiet(reliability * 0.9, chance)
    assert once <= before + SAME
    assert quiet(reliability * 0.9, chance + 0.2) <= once + SAME
    assert quiet(reliability, chance) <= once + SAME


@FEW
@given(bases(), CHANCES, st.sampled_from(("confirms", "verified")))
def test_t28_an_echo_written_as_confirms_is_an_echo(
    base: tuple[Written, str], reliability: float, wording: str
) -> None:
    written, claim = base
    who = [source("origin", "B"), source("echo", reliability)]
    said = says("origin", claim, "said")

    plain = asked(with_more(written, who, said, relays("echo", "said")), claim)
    confirmed = asked(with_more(written, who, said, relays("echo", "said", wording=wording)), claim)

    assert unchanged(plain, confirmed)


@FEW
@given(
    bases(always=("crowds",), never=(*PLAIN, *LINKS, "denials", *QUESTIONS)),
    st.data(),
    st.sampled_from((0.5, 1.0)),
)
def test_t29_a_declared_echo_never_raises(
    base: tuple[Written, str], data: st.DataObject, more: float
) -> None:
    written, claim = each_by_another(base[0]), base[1]
    found = asked(written, claim)
    judged = [
        each
        for each in found.answer.evaluation.story.statements
        if found.answer.evaluation.story.witnesses[each.witness].reliability is not None
    ]
    assume(len(judged) > 1)
    first, second = data.draw(st.permutations(judged))[:2]
    statements = found.answer.evaluation.story.statements
    g = found.answer.evaluation.discounts[statements.index(second)]
    # At least the probability that was assumed without the declaration.
    tau = 1 - g * (1 - more)
    assume(0 < tau <= 1)

    def rewritten(**new: Any) -> float:
        attributions = [
            each | new if each["id"] == second.id else each for each in written["attributions"]
        ]
        return log_odds(written | {"attributions": attributions}, claim)

    voice = {"attribution": first.id, "probability": tau}
    assert rewritten(same_voice_as=voice) <= log_odds(written, claim) + SAME


@given(st.permutations(("a", "b")), CHANCES, CHANCES, CHANCES)
def test_more_of_a_copy_is_less_support_whichever_of_two_declares_it(
    order: list[str], prior: float, one: float, other: float
) -> None:
    def answer(tau: float) -> float:
        voice = {order[1]: {"same_voice_as": {"attribution": order[0], "probability": tau}}}
        said = [says(who, "x", who, **voice.get(who, {})) for who in ("a", "b")]
        return log_odds(one_claim(prior, {"a": one, "b": other}, *said))

    answers = [answer(tau) for tau in (0.0, 0.3, 0.5, 0.9, 1.0)]

    assert all(more >= less - SAME for more, less in itertools.pairwise(answers))
