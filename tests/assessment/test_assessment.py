"""Assessments: every part with its meaning on cases small enough to work out by hand."""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, get_args

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance import errors
from provenance.assessment import (
    Assessment,
    Caveat,
    Confidence,
    Doubt,
    Interval,
    Names,
    Reason,
    SourceTrust,
    StatementWeight,
    as_data,
    check,
    kept_within,
    weigh,
    weigh_all,
)
from provenance.assessment.values import CaveatKind
from provenance.casefiles import case_digest, dump_case, load_case, load_seed
from provenance.errors import InvalidValue
from provenance.graph import Chain, Graph, Ignored, Origin, Why
from provenance.inference import Coupling
from provenance.records import Attribution, Case
from provenance.scales import Opinion, quoted, scale_names
from tests.cases.small_cases import case_of, origin, relay
from tests.cases.worlds import bases

FEW = settings(max_examples=settings().max_examples // 3)
SAILED = {"id": "sailed", "text": "The ship sailed", "prior": 0.1}
FIRST = {"basis": "firsthand", "said_on": "2015-08-28"}
EXACT = [{"id": name, "reliability": 0.5} for name in ("s", "t", "u")]
"""Sources whose word has likelihood ratio (1 + .5) / (1 - .5) = 3, known exactly."""


def log() -> Case:
    """A pilot of grade C, Beta(4, 4), says that the ship sailed; the prior is .1.

    The odds are 1/9 times 3, so the probability is .25.
    """
    return case_of(origin("log", "pilot", "sailed", **FIRST), claims=[SAILED])


def about(prior: Any = 0.5, **more: Any) -> dict[str, Any]:
    return {"id": "x", "text": "that x", "prior": prior, **more}


@pytest.fixture(scope="module")
def pilot() -> Assessment:
    return weigh(log(), "sailed")


@pytest.fixture(scope="module")
def mixed() -> Assessment:
    """A pilot for, a company against, both through a paper; a crowd of no grade; a guess."""
    case = case_of(
        origin("log", "pilot", "sailed"),
        origin("denial", "company", "sailed", stance="denies"),
        origin("guess", "company", "sailed", basis="inference"),
        origin("rumour", "crowd", "sailed"),
        relay("report", "paper", ["log", "denial"]),
        sources=[{"id": "pilot", "reliability": "B"}, {"id": "crowd"}],
        claims=[{**SAILED, "prior": {"mean": 0.1, "strength": 10}}],
    )
    return weigh(case, "sailed")


# ------------------------------------------------------------------ what there is


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("claim", str),
        ("probability", float),
        ("interval", Interval),
        ("confidence", Confidence),
        ("prior", float),
        ("prior_stated", bool),
        ("bits", float),
        ("potentials", Mapping),
        ("independent_origins", int),
        ("opposing_origins", int),
        ("opinion", Opinion),
        ("credibility", str),
    ],
)
def test_a_part_has_its_type(mixed: Assessment, name: str, kind: type) -> None:
    assert isinstance(getattr(mixed, name), kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("reasons", Reason),
        ("statements", StatementWeight),
        ("doubts", Doubt),
        ("ignored", Ignored),
        ("chains", Chain),
        ("origins", Origin),
        ("sources", SourceTrust),
        ("caveats", Caveat),
    ],
)
def test_a_list_is_a_tuple_of_one_type(mixed: Assessment, name: str, kind: type) -> None:
    found = getattr(mixed, name)

    assert isinstance(found, tuple)
    assert found
    assert {type(each) for each in found} == {kind}


def test_an_assessment_cannot_be_changed(mixed: Assessment) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        mixed.probability = 0.5  # type: ignore[misc]
    with pytest.raises(TypeError):
        mixed.potentials["crowd"] = 0.5  # type: ignore[index]


def test_it_names_its_claim_and_counts_as_a_number(pilot: Assessment) -> None:
    assert (pilot.claim, pilot.text) == ("sailed", "The ship sailed")
    assert float(pilot) == pilot.probability


# ------------------------------------------------------------------ what the parts mean


def test_one_source_of_grade_c_triples_the_odds(pilot: Assessment) -> None:
    assert pilot.probability == pytest.approx(0.25)
    assert pilot.prior == pytest.approx(0.1)
    assert pilot.bits == pytest.approx(math.log2(3.0))


def test_where_one_number_rules_the_interval_is_exact(pilot: Assessment) -> None:
    """5 % and 95 % of Beta(4, 4) are .2253 and .7747; the odds at r are (1 + r) / (1 - r) / 9."""
    odds = [(1 + r) / (1 - r) / 9 for r in (0.22532, 0.77468)]

    assert pilot.interval.low == pytest.approx(odds[0] / (1 + odds[0]), abs=0.001)
    assert pilot.interval.high == pytest.approx(odds[1] / (1 + odds[1]), abs=0.001)
    assert pilot.probability in pilot.interval


def test_the_only_doubt_is_about_the_one_source(pilot: Assessment) -> None:
    assert pilot.doubts == (Doubt("reliability:pilot", 1.0),)


def test_a_source_that_says_the_unlikely_is_trusted_less(pilot: Assessment) -> None:
    """P(tracks | says so) = .5 * .1 / (.5 * .1 + .5 * .5) = 1/6."""
    (trust,) = pilot.sources

    assert (trust.source, trust.prior) == ("pilot", 0.5)
    assert trust.posterior == pytest.approx(1 / 6)


def test_the_opinion_counts_the_observations_that_the_answer_is_worth(pilot: Assessment) -> None:
    """sd^2 is that of log((1 + r) / (1 - r)) under Beta(4, 4), .2474 by summing its density."""
    opinion = pilot.opinion

    u = 2 / (1 / (0.1875 * 0.2474) + 1)
    assert opinion.uncertainty == pytest.approx(u, rel=0.01)
    assert opinion.belief == pytest.approx(0.25 - 0.1 * opinion.uncertainty)
    assert opinion.belief + opinion.disbelief + opinion.uncertainty == pytest.approx(1.0)
    assert opinion.base_rate == pytest.approx(0.1)
    assert opinion.probability == pytest.approx(pilot.probability)


def test_an_opinion_on_nothing_judged_is_vacuous() -> None:
    assert weigh(case_of(claims=[SAILED]), "sailed").opinion.uncertainty == 1.0
    assert weigh(case_of(origin("a", "s"), sources=[{"id": "s"}]), "x").opinion == Opinion.vacuous()


def test_an_opinion_on_what_is_known_exactly_has_no_uncertainty() -> None:
    opinion = weigh(case_of(origin("a", "s"), sources=EXACT, claims=[about()]), "x").opinion

    assert (opinion.belief, opinion.uncertainty) == (pytest.approx(0.75), 0.0)


def test_uncertainty_never_exceeds_what_the_base_rate_leaves_room_for() -> None:
    """Odds of 1.98 / .02 give .99, worth one observation, as hardly anything is known of it.

    u = 2 / 3 would leave belief .66 and disbelief -.32; (1 - .99) / (1 - .5) is the most.
    """
    hardly = {"mean": 0.98, "strength": 0.01}
    case = case_of(origin("a", "s"), sources=[{"id": "s", "reliability": hardly}], claims=[about()])

    opinion = weigh(case, "x").opinion

    assert opinion.uncertainty == pytest.approx(0.02)
    assert opinion.belief == pytest.approx(0.98)
    assert opinion.disbelief == pytest.approx(0.0, abs=1e-12)


def test_a_prior_that_follows_from_a_link_is_effective_and_not_stated() -> None:
    """.3 * .8 + .7 * .1 = .31."""
    case = case_of(
        claims=[about(0.3), {"id": "sign", "text": "that sign"}],
        links=[{"kind": "evidence", "claim": "x", "sign": "sign", "if_true": 0.8, "if_false": 0.1}],
    )

    sign = weigh(case, "sign")

    assert (sign.prior, sign.prior_stated) == (pytest.approx(0.31), False)
    assert weigh(case, "x").prior_stated is True


def test_a_claim_alone_without_a_prior_is_even() -> None:
    assert weigh(case_of(origin("a", "s")), "x").prior == 0.5


def test_reasons_are_by_origin_and_strongest_first() -> None:
    """Unlinked even claim, likelihood ratios 3 for and 1/7 against: odds 3/7."""
    case = case_of(
        origin("a", "s"),
        origin("b", "t", stance="denies"),
        sources=[{"id": "s", "reliability": 0.5}, {"id": "t", "reliability": 0.75}],
        claims=[about()],
    )

    found = weigh(case, "x")

    assert found.probability == pytest.approx(0.3)
    assert [(each.source, each.statements) for each in found.reasons] == [
        ("t", ("b",)),
        ("s", ("a",)),
    ]
    assert [each.bits for each in found.reasons] == pytest.approx([-math.log2(7), math.log2(3)])
    assert [each.attribution for each in found.statements] == ["b", "a"]


def test_what_one_source_says_for_itself_is_one_reason() -> None:
    case = case_of(
        origin("a", "s", ["x", "y"]), origin("b", "s", "y", stance="denies"), claims=[about()]
    )

    (reason,) = weigh(case, "y").reasons

    assert reason.statements == ("a/y", "b")


def test_origins_that_may_be_one_voice_are_one_reason() -> None:
    voice = {"same_voice_as": {"attribution": "a", "probability": 0.5}}

    (reason,) = weigh(case_of(origin("a", "s"), origin("b", "t", **voice)), "x").reasons

    assert (reason.source, reason.sources) == ("s + t", ("s", "t"))


def test_a_certainty_has_no_weights_no_doubts_and_no_width() -> None:
    sure = [{"id": name, "reliability": 1.0} for name in ("s", "t")]
    case = case_of(origin("a", "s"), origin("b", "t"), sources=sure, claims=[about()])

    found = weigh(case, "x")

    assert (found.probability, found.bits) == (1.0, None)
    assert [each.bits for each in found.reasons] == [None, None]
    assert found.interval == Interval(1.0, 1.0)
    assert found.doubts == ()


def test_a_citation_of_several_is_a_statement_each(mixed: Assessment) -> None:
    assert {each.attribution for each in mixed.statements} == {
        "report>log",
        "report>denial",
        "rumour",
    }


def test_shares_of_doubt_add_up_and_are_largest_first(mixed: Assessment) -> None:
    shares = [each.share for each in mixed.doubts]

    assert math.fsum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert {each.about.partition(":")[0] for each in mixed.doubts} == {
        "prior",
        "reliability",
        "passing-on",
    }


def test_doubts_name_the_number_and_the_record() -> None:
    """Every kind of number that is known only roughly, once."""
    rough = {"mean": 0.6, "strength": 5}
    case = case_of(
        origin("a", "s", competence=rough),
        relay("b", "t", "a", fidelity=rough),
        sources=[
            {"id": "s", "reliability": rough, "access": rough},
            {"id": "t", "reliability": 0.9},
        ],
        claims=[about(rough)],
    )

    assert {each.about for each in weigh(case, "x").doubts} == {
        "reliability:s",
        "access:s",
        "competence:a",
        "fidelity:b",
        "prior:x",
    }


def test_nothing_uncertain_leaves_no_doubt_and_no_width() -> None:
    found = weigh(case_of(origin("a", "s"), sources=EXACT, claims=[about()]), "x")

    assert found.doubts == ()
    assert found.interval == Interval(found.probability, found.probability)


def test_an_unjudged_source_has_a_potential_and_no_weight() -> None:
    """Its word at reliability .5 would triple the odds of 1/9: .25, to which the interval goes."""
    case = case_of(origin("a", "s", "sailed"), sources=[{"id": "s"}], claims=[SAILED])

    found = weigh(case, "sailed")

    assert found.probability == pytest.approx(0.1)
    assert dict(found.potentials) == {"s": pytest.approx(0.25)}
    assert found.interval.low == pytest.approx(0.1)
    assert found.interval.high == pytest.approx(0.25)
    assert [each.bits for each in found.statements] == [pytest.approx(0.0, abs=1e-12)]


def test_what_is_ignored_is_listed_with_its_reason(mixed: Assessment) -> None:
    assert mixed.ignored == (Ignored("guess", Why.INFERENCE),)


def test_chains_lead_from_every_origin_to_what_is_in_hand(mixed: Assessment) -> None:
    assert [each.ids for each in mixed.chains] == [
        ("rumour",),
        ("log", "report>log"),
        ("denial", "report>denial"),
    ]


def test_judged_origins_are_counted_for_and_against(mixed: Assessment) -> None:
    assert [each.source for each in mixed.origins] == ["pilot", "company", "crowd"]
    assert (mixed.independent_origins, mixed.opposing_origins) == (1, 1)


# ------------------------------------------------------------------ credibility


def worded(probability: float, **fields: Any) -> Case:
    """Two firsthand sources that carry no weight, so that the prior is the answer."""
    grades = [{"id": name, "reliability": 0.0} for name in ("s", "t")]
    said = [origin(f"a{n}", each["id"], **FIRST | fields) for n, each in enumerate(grades)]
    return case_of(*said, sources=grades, claims=[about(probability)])


@pytest.mark.parametrize(
    ("probability", "credibility"),
    [
        (0.95, "1"),
        (0.8, "1"),
        (0.8 - 1e-12, "1"),
        (0.799, "2"),
        (0.6, "2"),
        (0.6 - 1e-12, "2"),
        (0.599, "3"),
        (0.4, "3"),
        (0.4 - 1e-12, "3"),
        (0.399, "4"),
        (0.2, "4"),
        (0.2 - 1e-12, "4"),
        (0.199, "5"),
        (0.001, "5"),
    ],
)
def test_credibility_is_cut_at_fifths_after_rounding(probability: float, credibility: str) -> None:
    assert weigh(worded(probability), "x").credibility == credibility


def test_confirmed_needs_two_origins_for_the_claim_of_known_lineage() -> None:
    assert weigh(worded(0.95, basis="unstated"), "x").credibility == "2"
    assert weigh(worded(0.95, stance="denies"), "x").credibility == "2"
    assert weigh(case_of(origin("a", "s", **FIRST), claims=[about(0.95)]), "x").credibility == "2"


def test_confirmed_needs_routes_that_share_no_source() -> None:
    case = case_of(
        origin("a", "s", **FIRST),
        origin("b", "t", **FIRST),
        relay("c", "paper", ["a", "b"]),
        claims=[about(0.95)],
    )

    assert weigh(case, "x").credibility == "2"


@pytest.mark.parametrize(
    "case",
    [
        case_of(claims=[about(0.95)]),
        case_of(origin("a", "s"), sources=[{"id": "s"}], claims=[about(0.95)]),
        case_of(
            origin("a", "s"), relay("b", "t", "a"), sources=[{"id": "s"}], claims=[about(0.95)]
        ),
    ],
    ids=["nobody", "nobody judged", "a judged relay of what is not judged"],
)
def test_without_judged_evidence_it_cannot_be_judged(case: Case) -> None:
    assert weigh(case, "x").credibility == "6"


def test_a_linked_claim_that_turned_out_is_judged_evidence() -> None:
    outcome = {"resolved": {"value": True, "on": "2015", "by": "the court"}}
    case = case_of(
        claims=[about(0.3), {"id": "sign", "text": "that sign", **outcome}],
        links=[{"kind": "evidence", "claim": "x", "sign": "sign", "if_true": 0.8, "if_false": 0.2}],
    )

    # .3 * .8 against .7 * .2.
    assert weigh(case, "x").probability == pytest.approx(0.24 / 0.38)
    assert weigh(case, "x").credibility == "2"
    # Its own weighing ignores how it turned out.
    assert weigh(case, "sign").credibility == "6"


# ------------------------------------------------------------------ words


def test_words_are_those_of_the_scale(pilot: Assessment) -> None:
    assert pilot.in_words("icd203") == "unlikely"
    assert pilot.in_words("admiralty-credibility") == "Doubtful (4)"


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("admiralty-credibility", "Probably true (2)"),
        ("stix-admiralty-credibility", "2 - Probably True"),
        ("misp-information-credibility", "Probably true (2)"),
    ],
)
def test_however_likely_one_source_is_not_confirmed_by_others(scale: str, words: str) -> None:
    sure = [{"id": "s", "reliability": 0.999}]

    found = weigh(case_of(origin("a", "s", **FIRST), sources=sure, claims=[about()]), "x")

    assert found.probability > 0.99
    assert found.in_words(scale) == words


def test_beyond_the_ends_of_a_scale_its_last_word_is_taken_as_in_the_verdict() -> None:
    sure = weigh(case_of(*CLEAN, origin("c", "u", **FIRST), claims=[about(0.9)]), "x")
    unsure = weigh(case_of(origin("a", "s", stance="denies"), claims=[about(0.009)]), "x")

    assert sure.probability > 0.99
    assert sure.in_words("icd203") == "almost certain"
    assert unsure.in_words("icd203") == "almost no chance"


def test_however_many_speak_for_it_nothing_that_is_said_makes_it_certain() -> None:
    case = case_of(
        *(origin(f"v{n}", f"w{n}", **FIRST) for n in range(80)),
        sources=[{"id": f"w{n}", "reliability": "B"} for n in range(80)],
        claims=[about()],
    )

    found = weigh(case, "x")

    assert 0.999 < found.probability < 1.0
    assert found.if_independent < 1.0
    assert "certain." not in str(found).replace("Nearly certain", "")


def test_fifteen_voices_are_more_than_were_measured_and_fourteen_are_not() -> None:
    many, _ = CAVEATS["many-voices"]
    fewer = many.evolve(attributions=many.attributions[:14])

    (told,) = (each for each in weigh(many, "x").caveats if each.kind == "many-voices")

    assert told.text.startswith("15 voices of unknown lineage say the same")
    assert "as good as w0, they would make it" in told.text
    assert "many-voices" not in {each.kind for each in weigh(fewer, "x").caveats}


@pytest.mark.parametrize("scale", scale_names())
def test_every_scale_has_something_to_say(pilot: Assessment, scale: str) -> None:
    assert pilot.in_words(scale)


def test_what_cannot_be_judged_has_no_likelihood_in_words() -> None:
    nobody = weigh(case_of(claims=[about(0.95)]), "x")

    assert nobody.in_words("icd203") == "not judged (this scale has no term for that)"
    assert nobody.in_words("admiralty-credibility") == "Truth cannot be judged (6)"


def test_a_scale_that_is_not_there_is_an_error(pilot: Assessment) -> None:
    with pytest.raises(errors.UnknownName):
        pilot.in_words("icd 302")


# ------------------------------------------------------------------ caveats

CLEAN = [origin("a", "s", **FIRST), origin("b", "t", **FIRST)]
HELD = [each | {"in_hand": False} for each in CLEAN]
CAVEATS: dict[str, tuple[Case, tuple[str, ...]]] = {
    "no-judged-evidence": (case_of(claims=[about()]), ()),
    "unjudged": (
        case_of(*CLEAN, origin("c", "u", **FIRST), sources=[{"id": "u"}], claims=[about()]),
        ("u",),
    ),
    "single-origin": (
        case_of(HELD[0], relay("c", "u", "a", said_on="2015-09"), claims=[about()]),
        ("s",),
    ),
    "one-outlet": (
        case_of(*HELD, relay("c", "u", ["a", "b"], said_on="2015-09"), claims=[about()]),
        ("u",),
    ),
    "circular": (
        case_of(
            *CLEAN,
            relay("c", "u", "d", said_on="2015"),
            relay("d", "v", "c", said_on="2015"),
            claims=[about()],
        ),
        ("c", "d"),
    ),
    "unknown-lineage": (
        case_of(*CLEAN, origin("c", "u", said_on="2015"), claims=[about()]),
        ("a", "c"),
    ),
    "undated": (
        case_of(*CLEAN, origin("c", "u", basis="firsthand"), claims=[about()]),
        ("c",),
    ),
    "retracted": (
        case_of(*CLEAN, origin("c", "u", retracted_on="2016", **FIRST), claims=[about()]),
        ("c",),
    ),
    "prior-not-stated": (case_of(*CLEAN), ("x",)),
    "many-voices": (
        case_of(
            *(origin(f"v{n}", f"w{n}", said_on="2015") for n in range(15)),
            sources=[{"id": f"w{n}", "reliability": "C"} for n in range(15)],
            claims=[about()],
        ),
        tuple(f"v{n}" for n in range(15)),
    ),
}
"""For every kind a case of which it is the only caveat but those that come with it, and its ids."""
OF_THE_CASE = {
    "coarser-claim",
    "backwards",
    "denial-as-claim",
    "denial-of-negation",
    "draft",
    "echo",
    "empty",
    "future-date",
    "withdrawn-early",
    "gate",
    "hidden-by-default",
    "idle-gate",
    "idle-interest",
    "idle-silence",
    "impossible",
    "independence-assumed",
    "lookalike",
    "misplaced-hedge",
    "no-commitment",
    "outlet-as-witness",
    "prior-decides",
    "rare-prior",
    "refused",
    "relay-before-original",
    "reporters-word",
    "rival-claims",
    "self-contradiction",
    "unheard",
    "unjudged-relay",
    "unused",
    "void-gate",
}
"""Kinds whose tests are those of `check`, beside their mended twins."""
COMES_WITH = {"single-origin": {"one-outlet"}, "many-voices": {"unknown-lineage"}}


def test_a_denial_entered_as_a_claim_is_told_of_both_claims() -> None:
    texts = [{"id": "x", "text": "The ship sailed", "prior": 0.3},
             {"id": "no", "text": "The ship did not sail", "prior": 0.3}]  # fmt: skip
    case = case_of(*CLEAN, {**origin("c", "u", **FIRST), "claim": "no"}, claims=texts)

    found = [each for claim in ("x", "no") for each in weigh(case, claim).caveats]

    assert [(each.kind, each.about) for each in found] == [("denial-as-claim", ("no", "x"))] * 2
    assert "“The ship did not sail” looks like the denial of “The ship sailed”" in found[0].text


def test_a_relay_dated_before_its_original_is_told_beside_the_answer() -> None:
    day = {"said_on": "2015-01-01"}
    early = case_of(*CLEAN, relay("c", "u", "a", **day), claims=[about()])
    late = case_of(*CLEAN, relay("c", "u", "a", said_on="2016"), claims=[about()])

    told = [each for each in weigh(early, "x").caveats if each.kind == "relay-before-original"]

    assert [each.about for each in told] == [("c", "a")]
    assert "dated 2015-01-01" in told[0].text
    assert "relay-before-original" not in {each.kind for each in weigh(late, "x").caveats}


@pytest.mark.parametrize(
    ("who", "press", "more", "is_told"),
    [
        ("unnamed", "agency", {}, True),
        ("unnamed", "outlet", {"said_on": "2016"}, True),
        ("person", "agency", {}, True),
        ("person", "agency", {"said_on": "2016"}, False),
        ("person", "agency", {"said_on": "2015-01-01"}, False),
        ("outlet", "agency", {}, False),
        ("unnamed", "person", {}, False),
    ],
)
def test_somebody_who_tells_the_press_is_not_heard_from_it(
    who: str, press: str, more: dict[str, Any], is_told: bool
) -> None:
    case = case_of(
        origin("a", "s", in_hand=True, **FIRST),
        relay("c", "u", "a", **more),
        sources=[{"id": "s", "kind": press, "reliability": "B"},
                 {"id": "u", "kind": who, "reliability": "B"}],
        claims=[about()],
    )  # fmt: skip
    passed_on = case.evolve(
        attributions=(*case.attributions, Attribution(id="d", source="s", cites="c"))
    )

    kinds = {each.kind for each in weigh(case, "x").caveats}

    assert ("backwards" in kinds) == is_told == ("backwards" in {w.kind for w in check(case)})
    assert "backwards" not in {each.kind for each in weigh(passed_on, "x").caveats}


# ------------------------------------------------------------------ no prior


def test_without_a_stated_prior_the_answer_is_shown_from_others() -> None:
    found = weigh(case_of(*CLEAN), "x")

    assert [each.prior for each in found.at_priors] == [0.2, 0.05]
    for each in found.at_priors:
        assert each.probability == pytest.approx(found.at_prior(each.prior).probability)
    assert found.data["at_priors"][0]["prior"] == 0.2
    assert "It starts at 50 %, since no prior is stated; from 20 % it would be " in str(found)


def test_a_stated_prior_a_sign_and_an_unheard_claim_are_shown_from_no_other() -> None:
    link = {"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.9, "if_false": 0.1}
    signed = case_of(
        {**origin("a", "s", **FIRST), "claim": "y"},
        claims=[about(), {"id": "y", "text": "y"}],
        links=[link],
    )

    assert weigh(signed, "x").at_priors == weigh(signed, "y").at_priors == ()
    assert weigh(case_of(claims=[{"id": "x", "text": "that x"}]), "x").at_priors == ()


def test_beyond_the_budget_the_answer_is_shown_from_no_other_prior() -> None:
    case = case_of(*CLEAN)
    found = weigh(case, "x")

    with kept_within(case, 1):
        assert found.at_priors == ()


def test_a_statement_leaves_the_others_their_discount_and_a_reason_does_not() -> None:
    """Grade C is 1.585 bits alone, and the second of two that say the same counts three in five."""
    alone = weigh(case_of(origin("b", "t"), claims=[about(0.2)]), "x")
    both = weigh(case_of(origin("a", "s"), origin("b", "t"), claims=[about(0.2)]), "x")
    assert both.bits is not None
    assert alone.bits is not None

    weights = {each.attribution: each.bits for each in both.statements}
    reasons = {each.source: each.bits for each in both.reasons}

    assert weights["a"] == pytest.approx(math.log2(3))
    assert reasons["s"] == pytest.approx(both.bits - alone.bits)
    assert reasons["s"] == pytest.approx(weights["b"])


def test_what_the_links_make_impossible_is_shown_from_no_other_prior() -> None:
    links = [{"kind": "implies", "claim": "x", "implies": "y"},
             {"kind": "contradicts", "claims": ["x", "y"]}]  # fmt: skip
    case = case_of(
        *({**each, "claim": "y"} for each in CLEAN), claims=[{"id": "x", "text": "x"}], links=links
    )

    assert weigh(case, "x").at_priors == ()


def test_who_is_not_judged_weighs_exactly_nothing() -> None:
    case = case_of(*CLEAN, origin("c", "u", **FIRST), sources=[{"id": "u"}], claims=[about()])

    assert [each.bits for each in weigh(case, "x").reasons if each.source == "u"] == [0.0]


def test_a_case_that_leaves_nothing_open_has_no_caveats() -> None:
    assert weigh(case_of(*CLEAN, claims=[about()]), "x").caveats == ()


@pytest.mark.parametrize("kind", CAVEATS)
def test_a_caveat_is_raised_by_what_it_names(kind: str) -> None:
    case, ids = CAVEATS[kind]

    found = {each.kind: each for each in weigh(case, "x").caveats}

    assert set(found) - COMES_WITH.get(kind, set()) == {kind}
    assert sorted(found[kind].about) == sorted(ids)  # type: ignore[index]
    for name in ids if kind not in ("prior-not-stated", "unknown-lineage", "many-voices") else ():
        # A statement is told by whose it is, any other record by its name.
        assert Names(Graph.of(case)).all([name]) in str(found[kind])  # type: ignore[index]


def test_a_caveat_reads_as_a_sentence_and_ends_without_a_stop() -> None:
    for kind, (case, _) in CAVEATS.items():
        (text,) = [str(each) for each in weigh(case, "x").caveats if each.kind == kind]
        assert len(text.split()) > 5
        assert not text.endswith(".")


def test_every_kind_of_caveat_is_tested() -> None:
    """An approximate answer needs a table over the limit: it is tested with simulations; what
    concerns the case alone is tested with `check`."""
    assert {*CAVEATS, "approximate"} | OF_THE_CASE == set(get_args(CaveatKind))


def test_a_circle_about_another_story_is_no_caveat() -> None:
    elsewhere = [
        origin("y0", "v", "y", **FIRST),
        relay("c", "u", ["d", "y0"], said_on="2015"),
        relay("d", "v", "c", said_on="2015"),
    ]
    case = case_of(*CLEAN, *elsewhere, claims=[about(), {"id": "y", "text": "y", "prior": 0.5}])

    assert "circular" not in [each.kind for each in weigh(case, "x").caveats]
    assert "circular" in [each.kind for each in weigh(case, "y").caveats]


# ------------------------------------------------------------------ at another prior


@pytest.mark.parametrize("prior", [0.001, 0.1, 0.5, 0.9])
def test_another_prior_moves_the_odds_and_not_the_weight(pilot: Assessment, prior: float) -> None:
    moved = pilot.at_prior(prior)

    assert moved.prior == pytest.approx(prior)
    assert moved.probability == pytest.approx(3 * prior / (3 * prior + 1 - prior))
    assert moved.bits == pytest.approx(math.log2(3.0))


def test_the_stated_prior_gives_the_same_answer_again(pilot: Assessment) -> None:
    assert as_data(pilot.at_prior(0.1)) == as_data(pilot)


def test_another_prior_is_known_as_well_as_the_stated_one() -> None:
    case = case_of(origin("a", "s"), claims=[about({"mean": 0.5, "strength": 3})])

    found = weigh(case, "x")

    assert found.at_prior(0.5) is found
    assert found.at_prior(0.3).confidence.prior_share > 0.0


def test_alternatives_keep_their_proportions_at_another_prior() -> None:
    """Priors .5, .3 and .2; at .2 the others share .8 as 3 to 2. Nobody speaks."""
    names = ("p", "q", "r")
    case = case_of(
        claims=[{"id": name, "text": name} for name in names],
        questions=[{"id": "k", "text": "k", "claims": list(names), "prior": [0.5, 0.3, 0.2]}],
    )

    moved = weigh(case, "p").at_prior(0.2)

    assert moved.probability == pytest.approx(0.2)
    assert list(moved.answer.questions[0]) == pytest.approx([0.2, 0.48, 0.32])


def test_a_claim_whose_prior_follows_from_a_link_can_be_given_one() -> None:
    case = case_of(
        origin("a", "s", "sign"),
        sources=EXACT,
        claims=[about(0.3), {"id": "sign", "text": "that sign"}],
        links=[{"kind": "evidence", "claim": "x", "sign": "sign", "if_true": 0.8, "if_false": 0.1}],
    )

    assert weigh(case, "sign").at_prior(0.6).prior == pytest.approx(0.6)


@pytest.mark.parametrize("prior", [0.0, 1.0, -0.1, math.nan])
def test_a_prior_that_leaves_no_doubt_is_an_error(pilot: Assessment, prior: float) -> None:
    with pytest.raises(errors.InvalidValue):
        pilot.at_prior(prior)


@FEW
@given(bases(never=("questions", "open question")), st.sampled_from((0.05, 0.3, 0.8)))
def test_another_prior_is_what_stating_it_in_the_case_gives(
    base: tuple[dict[str, Any], str], prior: float
) -> None:
    written, claim = base
    signs = {each["sign"] for each in written.get("links", ()) if each["kind"] == "evidence"}
    assume(claim not in signs)
    claims = [
        each | ({"prior": prior} if each["id"] == claim else {}) for each in written["claims"]
    ]

    try:
        stated = weigh(load_case(written | {"claims": claims}), claim)
    except errors.IncompatiblePriors:
        assume(False)
        raise
    moved = weigh(load_case(written), claim).at_prior(prior)

    # By links the other stated priors would be fitted anew; alone both are the same (model 4).
    if not written.get("links"):
        assert moved.probability == pytest.approx(stated.probability, abs=1e-9)
    assert moved.prior == pytest.approx(prior, abs=1e-6)


# ------------------------------------------------------------------ how it is asked


def test_all_claims_are_weighed_in_the_order_of_the_case() -> None:
    case = load_seed("egypt-arms-2015")

    found = weigh_all(case)

    assert [each.claim for each in found] == [claim.id for claim in case.claims]
    # All are read off one sum, so that the last digits may differ.
    one_by_one = [as_data(weigh(case, claim.id)) for claim in case.claims]
    assert [to_digits(as_data(each)) for each in found] == list(map(to_digits, one_by_one))


def to_digits(value: Any) -> Any:
    """Plain data with every number rounded to nine places."""
    if isinstance(value, dict):
        return {key: to_digits(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(to_digits, value))
    return round(value, 9) if isinstance(value, float) else value


def test_all_claims_of_a_case_have_the_answers_that_they_have_one_by_one() -> None:
    """With a claim found out, one that an all but certain sign rules out, and one without links."""
    certain = {"mean": 1.0 - 1e-11, "strength": 1e6}
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "a", "text": "A", "prior": 0.3},
                {"id": "b", "text": "B", "resolved": {"value": True, "by": "a court"}},
                {"id": "c", "text": "C"},
                {"id": "d", "text": "D", "prior": 0.2},
            ],
            "links": [
                {"kind": "evidence", "claim": "a", "sign": "b", "if_true": 0.7, "if_false": 0.2},
                {"kind": "evidence", "claim": "a", "sign": "c", "if_true": 0.6, "if_false": 0.1},
            ],
            "sources": [{"id": f"s{n}", "reliability": certain} for n in range(22)]
            + [{"id": "paper", "reliability": "B"}, {"id": "nobody"}],
            "attributions": [
                *(
                    {"id": f"n{n}", "source": f"s{n}", "claim": "c", "stance": "denies",
                     "basis": "firsthand"}
                    for n in range(22)
                ),
                {"id": "p", "source": "paper", "claim": "a"},
                {"id": "q", "source": "nobody", "claim": "a"},
                {"id": "r", "source": "paper", "claim": "d"},
            ],
        }
    )  # fmt: skip

    found = weigh_all(case)

    # How far a number that is all but certain is doubted is known to a few digits only.
    fields = ("probability", "interval", "prior", "bits", "reasons", "statements", "potentials")
    for each, claim in zip(found, case.claims, strict=True):
        alone = as_data(weigh(case, claim.id))
        assert to_digits([as_data(each)[field] for field in fields]) == to_digits(
            [alone[field] for field in fields]
        )


def test_the_cost_of_a_sum_is_told_with_the_answer() -> None:
    found = weigh(load_seed("egypt-arms-2015"), "armed")

    assert found.cost.operations > 0
    assert 0.0 < found.cost.width < 18.0


def test_a_claim_that_is_not_there_is_an_error() -> None:
    with pytest.raises(errors.UnknownName) as caught:
        weigh(log(), "sialed")

    assert "sailed" in str(caught.value)


@pytest.mark.parametrize("as_of", ["2015-08-27", date(2015, 8, 27)])
def test_what_was_said_later_is_left_out(as_of: Any) -> None:
    found = weigh(log(), "sailed", as_of=as_of)

    assert found.probability == pytest.approx(0.1)
    assert found.ignored == (Ignored("log", Why.LATER),)
    assert found.as_of == date(2015, 8, 27)


@pytest.mark.parametrize("as_of", ["2015-08-28", "2015-08", "2015", date(2016, 1, 1)])
def test_what_was_said_on_the_day_counts(as_of: Any) -> None:
    assert weigh(log(), "sailed", as_of=as_of).probability == pytest.approx(0.25)


def twice(*, linked: bool) -> Case:
    """A source says x and y, each even; y is in hand through a witness who is known exactly."""
    links = [{"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.9, "if_false": 0.1}]
    return case_of(
        origin("a", "s", "x"),
        origin("b", "s", "y"),
        origin("c", "t", "y"),
        sources=EXACT[:2],
        claims=[about(), {"id": "y", "text": "y"} | ({} if linked else {"prior": 0.5})],
        links=links if linked else [],
    )


def test_a_source_stands_or_falls_with_its_story_or_everywhere_or_word_by_word() -> None:
    """Where t confirms what s says of y, s is believed more of x: at once if "source" holds."""
    found = {each: weigh(twice(linked=False), "x", coupling=each) for each in get_args(Coupling)}

    assert {name: each.coupling for name, each in found.items()} == {name: name for name in found}
    assert found["story"].probability == pytest.approx(0.75)
    assert found["none"].probability == pytest.approx(0.75)
    assert found["source"].probability > 0.76
    assert [each.source for each in found["source"].sources] == ["s", "t"]


def test_where_every_word_stands_alone_trust_is_about_one_statement() -> None:
    alone, by_story = (weigh(twice(linked=True), "x", coupling=each) for each in ("none", "story"))

    assert [(each.source, each.attribution) for each in alone.sources] == [
        ("s", "a"),
        ("s", "b"),
        ("t", "c"),
    ]
    assert [(each.source, each.attribution) for each in by_story.sources] == [
        ("s", None),
        ("t", None),
    ]


@pytest.mark.parametrize("ask", [lambda: weigh(log(), "sailed", coupling="sources"),  # type: ignore[arg-type]
                                 lambda: weigh_all(log(), coupling="sources")])  # type: ignore[arg-type]  # fmt: skip
def test_a_coupling_that_is_not_there_is_an_error(ask: Any) -> None:
    with pytest.raises(errors.InvalidValue):
        ask()


def test_weighing_leaves_the_case_as_it_was() -> None:
    case, again = log(), log()

    weigh(case, "sailed").at_prior(0.5)

    assert case == again


def test_many_threads_get_the_same_answers() -> None:
    case = load_seed("egypt-arms-2015")
    alone = as_data(weigh(case, "armed"))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: as_data(weigh(case, "armed")), range(8)))

    assert all(each == alone for each in found)


# ------------------------------------------------------------------ as data


DOCUMENTED = {
    "schema", "library", "case_sha256", "as_of", "claim", "text", "probability", "interval",
    "interval_level", "prior", "prior_stated", "bits", "confidence", "confidence_basis",
    "credibility", "independent_origins", "opposing_origins", "reasons", "statements", "doubts",
    "potentials", "ignored", "caveats", "approximate",
}  # fmt: skip


def test_the_data_has_every_documented_key(mixed: Assessment) -> None:
    assert set(as_data(mixed)) >= DOCUMENTED


def test_the_data_is_what_the_assessment_says(mixed: Assessment) -> None:
    data = as_data(mixed)

    assert (data["claim"], data["text"]) == (mixed.claim, mixed.text)
    assert data["probability"] == mixed.probability
    assert data["interval"] == [mixed.interval.low, mixed.interval.high]
    assert data["interval_level"] == 0.9
    assert (data["prior"], data["prior_stated"]) == (mixed.prior, mixed.prior_stated)
    assert data["bits"] == mixed.bits
    assert data["confidence"] == mixed.confidence.level
    assert [each["fact"] for each in data["confidence_basis"]] == [
        each.name for each in mixed.confidence.basis
    ]
    assert data["credibility"] == mixed.credibility
    assert (data["independent_origins"], data["opposing_origins"]) == (1, 1)
    assert data["reasons"] == [
        {"source": each.source, "bits": each.bits, "statements": list(each.statements)}
        for each in mixed.reasons
    ]
    assert data["statements"] == [
        {"attribution": each.attribution, "bits": each.bits} for each in mixed.statements
    ]
    assert data["doubts"] == [{"about": each.about, "share": each.share} for each in mixed.doubts]
    assert data["potentials"] == dict(mixed.potentials)
    assert data["ignored"] == [{"attribution": "guess", "why": "inference"}]
    assert data["caveats"] == [{"kind": each.kind, "text": each.text} for each in mixed.caveats]
    assert data["approximate"] is False
    assert data["as_of"] is None


@FEW
@given(bases())
def test_an_assessment_of_any_case_agrees_with_itself(base: tuple[dict[str, Any], str]) -> None:
    written, claim = base

    found = weigh(load_case(written), claim)

    odds, before = (math.log2(p / (1 - p)) for p in (found.probability, found.prior))
    assert found.bits == pytest.approx(odds - before, abs=1e-6)
    assert found.probability in found.interval
    assert all(each in found.interval for each in found.potentials.values())
    shares = [each.share for each in found.doubts]
    assert shares == sorted(shares, reverse=True)
    assert math.fsum(shares) == pytest.approx(1.0 if shares else 0.0)
    opinion = found.opinion
    assert opinion.probability == pytest.approx(found.probability)
    assert min(opinion.belief, opinion.disbelief, opinion.uncertainty) >= 0.0
    for weights in (found.reasons, found.statements):
        sizes = [math.inf if each.bits is None else abs(round(each.bits, 12)) for each in weights]
        assert sizes == sorted(sizes, reverse=True)
    assert (found.credibility == "6") == (
        "no-judged-evidence" in [each.kind for each in found.caveats]
    )
    assert str(found).startswith(quoted(found.text, 400))
    data = as_data(found)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_the_data_survives_json_to_the_last_digit(mixed: Assessment) -> None:
    data = as_data(mixed)

    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_a_certainty_is_data_without_infinities() -> None:
    case = case_of(origin("a", "s"), sources=[{"id": "s", "reliability": 1.0}], claims=[about()])

    data = as_data(weigh(case, "x"))

    assert data["bits"] is None
    assert data["reasons"][0]["bits"] is None
    assert data["confidence_basis"][0]["value"] is None
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_the_data_names_the_case_by_its_digest_and_the_day() -> None:
    case = log()

    data = as_data(weigh(case, "sailed", as_of="2015-08-30"))

    assert data["case_sha256"] == case_digest(case)
    assert data["as_of"] == "2015-08-30"
    assert case_digest(load_case(dump_case(case))) == data["case_sha256"]


# ---------------------------------------------------------------- packed and copied


@pytest.mark.parametrize("again", [lambda each: pickle.loads(pickle.dumps(each)), copy.deepcopy])
def test_an_assessment_sent_to_another_process_says_the_same(
    again: Callable[[Assessment], Assessment],
) -> None:
    found = weigh(load_seed("egypt-arms-2015"), "armed")

    assert as_data(again(found)) == as_data(found)


def test_weighing_what_is_no_case_says_what_to_do() -> None:
    with pytest.raises(InvalidValue, match="expected a Case, found str; load_case reads one"):
        weigh("seeds/egypt-arms-2015.json", "armed")  # type: ignore[arg-type]
