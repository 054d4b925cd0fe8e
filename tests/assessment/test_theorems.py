"""What must hold of every case, each under its name: T1 to T24.

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
from tests.cases.worlds import Written, asked, bases, log_odds, one_claim, with_more

FEW = settings(max_examples=settings().max_examples // 3)
SAME = 1e-9
CHANCES = st.sampled_from((0.05, 0.2, 0.5, 0.7, 0.95))
SKILLS = st.sampled_from((0.3, 0.6, 0.88, 1.0))
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
    publisher = {each["id"]: each.get("publisher") for each in written["documents"]}
    attributions = [
        {
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
        if statement.in_hand and statement.id in statement.merged and statement.id.isalnum()
    ]


def unchanged(before: Assessment, after: Assessment) -> bool:
    return math.isclose(before.probability, after.probability, rel_tol=0.0, abs_tol=SAME)


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
    written, claim = data.draw(bases())
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
        )
    ),
)
def test_t5_a_new_source_that_cannot_tell_or_commits_to_nothing_is_irrelevant(
    base: tuple[Written, str], how: tuple[Written, Written]
) -> None:
    written, claim = base
    who, what = how

    after = asked(with_more(written, [{"id": "idle"} | who], says("idle", claim, **what)), claim)

    assert unchanged(asked(written, claim), after)


@FEW
@given(bases(interests=False))
def test_t6_where_nobody_is_reliable_the_prior_stands(base: tuple[Written, str]) -> None:
    written, claim = base
    open_claims = [
        {key: value for key, value in each.items() if key != "resolved"}
        for each in written["claims"]
    ]
    deaf = [each | {"reliability": 0} for each in written["sources"]]

    found = asked(written | {"sources": deaf, "claims": open_claims}, claim)

    assert found.probability == pytest.approx(found.prior, abs=SAME)


# ---------------------------------------------------------------- which way a statement moves


@FEW
@given(bases(), CHANCES, SKILLS, STANCES)
def test_t7_a_new_affirming_source_never_lowers_and_a_denying_one_never_raises(
    base: tuple[Written, str], reliability: float, skill: float, stance: str
) -> None:
    written, claim = base
    before = log_odds(written, claim)

    after = log_odds(
        with_more(
            written,
            [source("voice", reliability)],
            says("voice", claim, competence=skill, stance=stance),
        ),
        claim,
    )

    moved = after - before
    assert moved >= -SAME if stance == "affirms" else moved <= SAME


@FEW
@given(bases(), st.data())
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
@given(bases(), CHANCES, st.sampled_from((0.6, 1.0, 1.7, 3.0)))
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
@given(bases(asks=False), CHANCES, SKILLS)
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
            says("pro", claim, "yes", competence=skill),
            says("contra", claim, "no", competence=skill, stance="denies"),
        ),
        claim,
    )

    assert unchanged(before, after)


@FEW
@given(bases(), CHANCES, CHANCES, STANCES)
def test_t14_independent_new_sources_add_in_log_odds(
    base: tuple[Written, str], one: float, other: float, stance: str
) -> None:
    written, claim = base
    first = ([source("one", one)], says("one", claim, "first"))
    second = ([source("other", other)], says("other", claim, "second", stance=stance))
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
    who = [source("origin", origin), *(source(f"r{n}", t) for n, t in enumerate(links))]
    said = [says("origin", claim, "said", **more)]
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
@given(bases(), CHANCES, st.lists(CHANCES, min_size=1, max_size=2), CHANCES, STANCES)
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
@given(bases(), CHANCES, st.lists(CHANCES, min_size=1, max_size=4))
def test_t16_more_routes_never_lower_and_never_exceed_hearing_the_origin(
    base: tuple[Written, str], origin: float, outlets: list[float]
) -> None:
    written, claim = base
    found = []

    for count in range(1, len(outlets) + 1):
        who = [source("origin", origin), *(source(f"r{n}", outlets[n]) for n in range(count))]
        routes = [relays(f"r{n}", "said", f"by{n}") for n in range(count)]
        found.append(
            log_odds(with_more(written, who, says("origin", claim, "said"), *routes), claim)
        )

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
    attributions: list[Written] = []
    for n, (claim, _) in enumerate(heard):
        attributions.append({"source": f"o{n}", "claim": claim})
        attributions.append({"source": "outlet", "cites": f"a{2 * n}"})
    sources = {"outlet": t} | {f"o{n}": origin for n, (_, origin) in enumerate(heard)}

    found = asked(one_claim(0.3, sources, *attributions) | LINKED)

    assert found.probability <= t + (1 - t) * 0.3 + SAME


@FEW
@given(CHANCES, st.lists(st.tuples(st.sampled_from("xyz"), CHANCES), min_size=1, max_size=4))
def test_t17c_quoting_volume_leaves_an_outlets_credibility_unchanged(
    t: float, heard: list[tuple[str, float]]
) -> None:
    attributions: list[Written] = []
    for n, (claim, _) in enumerate(heard):
        attributions.append({"source": f"o{n}", "claim": claim})
        attributions.append({"source": "outlet", "cites": f"a{2 * n}"})
    sources = {"outlet": t} | {f"o{n}": origin for n, (_, origin) in enumerate(heard)}

    found = asked(one_claim(0.3, sources, *attributions) | LINKED)

    (outlet,) = (each for each in found.sources if each.source == "outlet")
    assert outlet.posterior == pytest.approx(t, abs=SAME)


# ---------------------------------------------------------------- priors, links, symmetry


@FEW
@given(bases(asks=False), st.tuples(st.sampled_from((0.05, 0.2, 0.5)), st.sampled_from((0.1, 0.3))))
def test_t18_an_answer_increases_in_its_prior(
    base: tuple[Written, str], priors: tuple[float, float]
) -> None:
    written, claim = base
    roots = [each for each in written["claims"] if each["id"] == claim and "prior" in each]
    assume(roots)
    low, step = priors

    def at(prior: float) -> float:
        claims = [
            each | {"prior": prior} if each["id"] == claim else each for each in written["claims"]
        ]
        return asked(written | {"claims": claims}, claim).probability

    assert at(low) <= at(low + step) + SAME


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
    case = load_case(written | {"claims": [*fresh, more], "links": [*written["links"], link]})

    found = {each.claim: each.probability for each in weigh_all(case)}

    assert found[claim] <= found["wider"] + SAME


@FEW
@given(bases(asks=True))
def test_t19_exclusive_claims_sum_to_one_at_most(base: tuple[Written, str]) -> None:
    written, _ = base
    claims = [{k: v for k, v in each.items() if k != "resolved"} for each in written["claims"]]
    found = {a.claim: a.probability for a in weigh_all(load_case(written | {"claims": claims}))}

    total = sum(found[claim] for claim in written["questions"][0]["claims"])

    assert total <= 1 + SAME
    assert total == pytest.approx(1.0) or not written["questions"][0]["exhaustive"]


@FEW
@given(bases(interests=False, asks=False, linked=False))
def test_t20_a_claim_and_its_negation_sum_to_one(base: tuple[Written, str]) -> None:
    written, claim = base

    def about(each: Written) -> bool:
        made = each.get("claim", [])
        return claim in ([made] if isinstance(made, str) else made)

    turned = written | {
        "claims": [negated(each) if each["id"] == claim else each for each in written["claims"]],
        "attributions": [
            each | {"stance": "affirms" if each.get("stance") == "denies" else "denies"}
            if about(each)
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
    assert after.interval.low >= before.interval.low - SAME
    assert after.interval.high <= before.interval.high + SAME


@FEW
@given(st.integers(1, 99).map(lambda n: n / 100))
def test_t24_a_perfect_source_that_says_w_of_an_even_claim_is_believed_w(w: float) -> None:
    found = asked(one_claim(0.5, {"s": 1}, {"source": "s", "claim": "x", "wording": w}))

    assert found.probability == pytest.approx(w, abs=SAME)
