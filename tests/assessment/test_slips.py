"""What people get wrong in writing a case down is told, with what it changes; nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import check, load_case, load_seed, weigh
from provenance.assessment import Weakness, telling_of
from provenance.errors import CaseError
from tests.assessment.test_suppositions import cases_of_one_claim_each, with_relay
from tests.cases.slips import (
    AFP,
    CLINIC,
    DAILY,
    GUARD,
    HELD,
    HIDDEN,
    HIT,
    LATER,
    MAY,
    OTHER,
    REUTERS,
    SEEN,
    SLIPS,
    WELL_MADE,
    WORD,
    cites,
    says,
    source,
    written,
)

TODAY = date(2026, 1, 1)


def told(document: dict[str, Any], kind: str) -> list[str]:
    """The sentences by which a weakness of a kind, or a problem of a code, is told."""
    try:
        case = load_case(document)
    except CaseError as error:
        return [f"{each.message}; {each.fix}" for each in error.problems if each.code == kind]
    return [
        f"{each} {' '.join(each.subjects)}"
        for each in check(case, today=TODAY)
        if each.kind == kind
    ]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told(name: str) -> None:
    slip = SLIPS[name]

    found = told(slip.entered, slip.kind)

    assert found != []
    assert any(all(each in sentence for each in slip.names) for sentence in found), found


@pytest.mark.parametrize("name", SLIPS)
def test_what_was_meant_is_not_told(name: str) -> None:
    slip = SLIPS[name]

    assert told(slip.meant, slip.kind) == []
    assert load_case(slip.meant)


def test_there_are_thirty_slips_and_more() -> None:
    assert len(SLIPS) >= 30


# ---------------------------------------------------------------- what a check says it would be


def as_meant(document: dict[str, Any], weakness: Weakness) -> dict[str, Any]:
    """The case file as somebody would write it who meant what the weakness supposes."""
    about = set(weakness.about)
    if weakness.kind == "hidden-by-default":
        fields: dict[str, Any] = {"in_hand": True}
    elif weakness.kind == "no-commitment":
        fields = {"wording": 1.0}
    elif weakness.kind == "misplaced-hedge":
        fields = {"wording": "probably"}
    elif weakness.kind == "denial-of-negation":
        fields = {"stance": "affirms"}
    elif weakness.kind == "backwards":
        return turned_round(document, *weakness.about)
    elif weakness.kind == "lookalike":
        one, *others = weakness.about
        about = {each["id"] for each in document["attributions"] if each["source"] in others}
        fields = {"source": one}
    else:
        origins = [
            each["id"]
            for each in document["attributions"]
            if each.get("claim") == weakness.claim
            and each["id"] not in about
            and each.get("stance", "affirms") == stance_of(document, weakness.about[0])
        ]
        for name in weakness.about:
            document = with_relay(document, name, origins[0])
        return document
    return document | {
        "attributions": [
            each | fields if each["id"] in about else each for each in document["attributions"]
        ]
    }


def turned_round(document: dict[str, Any], teller: str, press: str) -> dict[str, Any]:
    """The case file in which the press passes on what somebody told it."""
    (original,) = (each for each in document["attributions"] if each["id"] == press)
    told = {"claim": original["claim"], "stance": original.get("stance", "affirms")}

    def meant(each: dict[str, Any]) -> dict[str, Any]:
        if each["id"] == teller:
            return {key: value for key, value in each.items() if key != "cites"} | told
        kept = ("id", "source", "wording", "said_on")
        return {key: each[key] for key in kept if key in each} | {"cites": teller}

    return document | {
        "attributions": [
            meant(each) if each["id"] in (teller, press) else each
            for each in document["attributions"]
        ]
    }


def stance_of(document: dict[str, Any], name: str) -> str:
    (found,) = (each for each in document["attributions"] if each["id"] == name)
    return str(found.get("stance", "affirms"))


@st.composite
def careless_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Some people and papers on one claim or two, with slips of the kinds whose effect is told."""
    kinds = st.sampled_from(("person", "outlet", "agency"))
    names = ("Al-Akhbar", "al akhbar", "The Daily", "The daily.")
    number = draw(st.integers(2, 4))
    sources = [
        {"id": f"s{n}", "name": draw(st.sampled_from(names)), "kind": draw(kinds),
         "reliability": draw(st.sampled_from("ABCDF"))}
        for n in range(number)
    ]  # fmt: skip
    attributions: list[dict[str, Any]] = []
    for n in range(draw(st.integers(1, 5))):
        each: dict[str, Any] = {"id": f"a{n}", "source": f"s{draw(st.integers(0, number - 1))}"}
        earlier = [other["id"] for other in attributions]
        if earlier and draw(st.integers(0, 2)) == 0:
            each["cites"] = draw(st.sampled_from(earlier))
        else:
            each["claim"] = draw(st.sampled_from(("hit", "hit", "fire")))
            each |= draw(st.sampled_from(({}, {}, {"stance": "denies"}, {"basis": "firsthand"})))
            each |= draw(st.sampled_from(({}, {}, {"wording": "may"}, {"wording": "probably"})))
            each |= draw(st.sampled_from(({}, {}, {"verb": "says it was probably"})))
        attributions.append(each)
    link = {"kind": "evidence", "claim": "hit", "sign": "fire", "if_true": 0.8, "if_false": 0.1}
    fire = {key: OTHER[key] for key in ("id", "text")}
    return written(sources, attributions, [HIT, fire], links=[link])


@given(careless_cases())
def test_what_a_check_says_it_would_be_is_what_weighing_the_mended_case_gives(
    document: dict[str, Any],
) -> None:
    case = load_case(document)

    for weakness in check(case):
        if weakness.would_be is not None:
            assert weakness.claim is not None
            meant = weigh(load_case(as_meant(document, weakness)), weakness.claim)
            assert weakness.would_be == pytest.approx(meant.probability, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("rival claims that nothing connects", ("k", "v")),
        ("a year beside the day that nothing connects", ("year",)),
        ("a hedge in the verb", ("hit",)),
        ("a hedge in the claim", ("hit",)),
        ("a denial of a negative claim that is meant as its repetition", ("hit",)),
        ("one doctor under three names", ("hit",)),
        ("a doctor entered as citing the agency that quotes her", ("hit",)),
    ],
)
def test_what_is_put_right_is_what_weighing_the_mended_slip_gives(
    name: str, claims: tuple[str, ...]
) -> None:
    slip = SLIPS[name]
    meant = load_case(slip.meant)

    found = [each for each in check(load_case(slip.entered)) if each.kind == slip.kind]

    would_be = {each.claim: each.would_be for each in found}
    assert all(each.put_right for each in found)
    for claim in claims:
        assert would_be[claim] == pytest.approx(weigh(meant, claim).probability)


def test_what_a_denial_entered_as_a_claim_would_do_is_what_weighing_it_as_a_denial_gives() -> None:
    (found,) = (
        each
        for each in check(load_case(SLIPS["a denial entered as a claim of its own"].entered))
        if each.kind == "denial-as-claim"
    )

    meant = load_case(SLIPS["a denial entered as a claim of its own"].meant)

    assert found.would_be == pytest.approx(weigh(meant, "hit").probability)


@given(st.data())
def test_in_any_case_what_would_be_is_a_number_between_0_and_1(data: st.DataObject) -> None:
    case = load_case(cases_of_one_claim_each(data))

    for weakness in check(case):
        assert weakness.would_be is None or 0.0 <= weakness.would_be <= 1.0


# ---------------------------------------------------------------- no false alarms


@pytest.mark.parametrize("name", WELL_MADE)
def test_a_well_made_case_raises_no_alarm_that_its_author_would_switch_off(name: str) -> None:
    document, expected = WELL_MADE[name]

    found = {each.kind for each in check(load_case(document), today=TODAY)}

    assert found == expected


SEEDS: dict[str, Mapping[str, int]] = {
    # Three origins, one article, no dates for what it only mentions; priors that nothing outweighs.
    "egypt-arms-2015": {
        "single-origin": 3,
        "echo": 1,
        "one-outlet": 1,
        "prior-decides": 1,
        "undated": 1,
    },
    # The same, of a whole article, with sources that it does not name and nobody can grade.
    "egypt-syria-2015": {
        "no-judged-evidence": 1,
        "unheard": 1,
        "single-origin": 8,
        "echo": 3,
        "one-outlet": 1,
        "unjudged": 2,
        "unjudged-relay": 1,
        "prior-decides": 1,
        "undated": 1,
    },
}


@pytest.mark.parametrize("name", SEEDS)
def test_of_a_seed_that_is_told_which_its_notes_admit(name: str) -> None:
    found = Counter(each.kind for each in check(load_seed(name), today=TODAY))

    assert found == SEEDS[name]


# ---------------------------------------------------------------- the natural entries of model 2


def test_three_outlets_that_repeat_a_hospital_are_asked_from_whom_they_have_it() -> None:
    outlets = [says(f"o{n}", who, **LATER) for n, who in enumerate(("afp", "reuters", "daily"))]
    case = load_case(written([CLINIC, AFP, REUTERS, DAILY], [WORD, *outlets]))

    (asked,) = (each for each in check(case) if each.kind == "outlet-as-witness")

    assert weigh(case, "hit").probability == pytest.approx(0.875, abs=0.001)
    assert asked.would_be == pytest.approx(7 / 11)  # odds 1/4 * 7


def test_five_passages_of_unknown_lineage_do_not_outweigh_a_good_one_in_silence() -> None:
    """Five of grade C for the wrong of two, one of grade B for the right one, priors .4 each."""
    passages = [source(f"p{n}", reliability="C") for n in range(5)]
    document = written(
        [*passages, GUARD],
        [
            *({"id": f"p{n}", "source": f"p{n}", "claim": "wrong", **MAY} for n in range(5)),
            {"id": "g", "source": "guard", "claim": "right", **SEEN},
        ],
        [{"id": name, "text": f"It was the {name} one"} for name in ("wrong", "right")],
        questions=[
            {"id": "q", "text": "Which?", "claims": ["wrong", "right"],
             "exhaustive": False, "prior": [0.4, 0.4]}
        ],
    )  # fmt: skip
    case = load_case(document)

    found = [each for each in check(case) if each.kind == "unknown-lineage"]

    assert weigh(case, "wrong").probability == pytest.approx(0.541, abs=0.001)
    assert any("one origin or five" in each.text for each in found)


def test_recording_that_a_blog_quotes_what_we_hold_is_told_with_what_it_costs() -> None:
    blog = source("blog", "outlet", "D")
    before = load_case(written([CLINIC], [WORD]))
    after = load_case(written([CLINIC, blog], [WORD, cites("b", "blog", "word", **LATER)]))

    (asked,) = (each for each in check(after) if each.kind == "hidden-by-default")

    assert asked.would_be == pytest.approx(weigh(before, "hit").probability)
    assert weigh(after, "hit").probability < 0.4
    assert "the answer would be 64 %, not" in asked.text


def test_a_relay_that_confirms_is_an_echo() -> None:
    plain = [HELD, cites("d", "daily", "word", **LATER)]
    confirming = [plain[0], {**plain[1], "verb": "confirms"}]

    one, other = (
        weigh(load_case(written([CLINIC, DAILY], each)), "hit") for each in (plain, confirming)
    )

    assert one.probability == other.probability == pytest.approx(7 / 11)


def test_an_announcement_of_something_rare_is_asked_about() -> None:
    case = load_case(written([CLINIC], [WORD], [{**HIT, "prior": 0.001}]))

    assert "rare-prior" in {each.kind for each in check(case)}


def test_sixty_attributions_give_no_odds_of_millions() -> None:
    sources = [source(f"s{n}") for n in range(60)]
    case = load_case(written(sources, [says(f"a{n}", f"s{n}", **SEEN) for n in range(60)]))

    telling = telling_of(weigh(case, "hit"))

    assert telling.headline.startswith("Nearly certain: over 999 in 1,000 (90 % interval")
    assert telling.headline.endswith(", if the 60 origins for it are really independent.")
    assert telling.because == (
        "No one source decides it. What weighs most is that S0 said so: without that, much the same."
    )


def test_papers_proved_forged_take_the_support_away_and_no_more() -> None:
    document, _ = WELL_MADE["a paper that must be genuine"]
    denial = {**document["attributions"][1], "stance": "denies"}
    case = load_case(document | {"attributions": [document["attributions"][0], denial]})

    assert 0.2 <= weigh(case, "hit").probability < weigh(load_case(document), "hit").probability


def test_a_good_outlet_passes_on_nearly_all_that_it_quotes() -> None:
    case = load_case(written([CLINIC, DAILY], [HIDDEN, cites("d", "daily", "word", **LATER)]))

    # .97 of a witness of grade B on .2: between 7/11 and .97 of the way to it from .2.
    assert weigh(case, "hit").probability == pytest.approx(0.97 * 7 / 11 + 0.03 * 0.2, abs=0.02)
