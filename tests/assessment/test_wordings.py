"""Hedges in the wrong place, words that change nothing, and denials of what is denied already."""

from __future__ import annotations

from typing import Any

import pytest

from provenance import check, load_case
from provenance.assessment import Weakness, careful_of
from provenance.assessment.names import Names
from provenance.graph import Graph
from provenance.records import Case

HIT = "The hospital was hit"
SOURCES = [
    {"id": "doc", "name": "Dr Maran", "kind": "person", "reliability": "B"},
    {"id": "wire", "name": "Continental Press", "kind": "agency", "reliability": "B"},
]


def case_of(*said: dict[str, Any], text: str = HIT, sources: Any = SOURCES, **more: Any) -> Case:
    claims = [{"id": "hit", "text": text, "prior": 0.3}]
    return load_case(
        {"version": 1, "claims": claims, "sources": sources, "attributions": [*said], **more}
    )


def says(name: str = "d", source: str = "doc", **more: Any) -> dict[str, Any]:
    return {"id": name, "source": source, "claim": "hit", **more}


def kinds_of(case: Case, kind: str) -> list[Weakness]:
    return [each for each in check(case) if each.kind == kind]


@pytest.mark.parametrize(
    ("verb", "hedge"),
    [
        ("says it was probably", "probably"),
        ("said it was highly likely that", "highly likely"),
        ("said it may have been", "may have"),
        ("said in May", None),
        ("said", None),
        ("believes", None),
        ("told the paper", None),
    ],
)
def test_a_hedge_in_the_verb_is_told_where_it_is_no_verb_itself(
    verb: str, hedge: str | None
) -> None:
    told = kinds_of(case_of(says(verb=verb)), "misplaced-hedge")

    assert [f"“{hedge}”" in each.text for each in told] == ([] if hedge is None else [True])
    assert not kinds_of(case_of(says(verb=verb, wording="likely")), "misplaced-hedge")


def test_a_relay_is_hedged_by_its_wording_too() -> None:
    relay = {"id": "w", "source": "wire", "cites": "d", "verb": "says it was probably"}

    (told,) = kinds_of(case_of(says(in_hand=False), relay), "misplaced-hedge")

    assert (told.claim, told.about) == ("hit", ("w",))
    assert told.put_right == "with “probably” as the wording"
    assert told.would_be is not None


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The hospital was probably hit", True),
        ("Aircraft may have hit the hospital", True),
        ("The hospital was allegedly hit", True),
        ("The minister said that the hospital was probably hit", False),
        ("Rain is likely to fall on the hospital", False),
        ("The hospital was hit in May", False),
    ],
)
def test_a_hedge_in_a_claim_is_told_where_the_claim_is_not_about_it(
    text: str, is_told: bool
) -> None:
    assert bool(kinds_of(case_of(says(), text=text), "misplaced-hedge")) is is_told


def test_a_hedge_that_has_no_number_of_its_own_has_no_effect() -> None:
    reporters = kinds_of(case_of(says(), text="The hospital was allegedly hit"), "misplaced-hedge")
    unsaid = kinds_of(
        case_of(says(stance="denies"), text="The hospital was probably hit"), "misplaced-hedge"
    )

    assert [(each.would_be, each.put_right) for each in (*reporters, *unsaid)] == [(None, "")] * 2


def test_of_a_hedge_in_a_claim_the_sentence_speaks_of_the_claim() -> None:
    case = case_of(says(), text="The hospital was probably hit")
    (told,) = kinds_of(case, "misplaced-hedge")

    said = careful_of(Names(Graph.of(case)), told)

    assert said == "The claim itself is hedged: those who say it count as saying it outright."


@pytest.mark.parametrize(
    ("wording", "is_told"),
    [("allegedly", True), ("reportedly", True), ("claims", True),
     ("said", False), ("probably", False), (0.7, False), (None, False)],
)  # fmt: skip
def test_a_reporters_word_is_told_to_change_nothing(wording: Any, is_told: bool) -> None:
    said = says() if wording is None else says(wording=wording)

    assert bool(kinds_of(case_of(said), "reporters-word")) is is_told


def test_a_denial_of_a_negative_claim_is_asked_about_once_for_all_who_deny_it() -> None:
    text = "Aircraft did not hit the hospital"
    both = [says(stance="denies"), says("w", "wire", stance="denies")]

    (told,) = kinds_of(case_of(*both, text=text), "denial-of-negation")

    assert told.about == ("d", "w")
    assert not kinds_of(case_of(says(), text=text), "denial-of-negation")
    assert not kinds_of(case_of(*both), "denial-of-negation")


def test_of_many_the_effect_of_the_first_is_told() -> None:
    claims = [{"id": f"c{n}", "text": f"Shell {n} did not probably hit"} for n in range(31)]
    said = [says(f"a{n}", claim=f"c{n}", stance="denies") for n in range(31)]

    case = case_of(*said, claims=claims)

    told = kinds_of(case, "denial-of-negation")
    assert [each.would_be is not None for each in told] == [True] * 30 + [False]


def test_hedges_in_many_verbs_are_looked_at_in_proportion() -> None:
    claims = [{"id": f"c{n}", "text": f"Shell {n} hit"} for n in range(100)]
    said = [says(f"a{n}", claim=f"c{n}", verb="says it probably did") for n in range(100)]

    told = check(case_of(*said, claims=claims), budget=300_000)

    assert [each.kind for each in told].count("misplaced-hedge") == 100


# ---------------------------------------------------------------- told by what the case has


def test_who_is_no_outlet_is_not_called_one() -> None:
    relay = {"id": "w", "source": "doc", "cites": "d"}
    case = case_of(says(source="wire", in_hand=False), relay)
    (told,) = kinds_of(case, "one-outlet")

    assert told.text == "we have all of it through Dr Maran alone"
    assert careful_of(Names(Graph.of(case)), told) == "We have all of it through Dr Maran alone."


VOICE = {"same_voice_as": {"attribution": "d", "probability": 0.6}}


def test_of_declared_voices_it_is_not_said_that_nobody_recorded_it() -> None:
    other = {**SOURCES[0], "id": "eve", "name": "Nadia Zahir"}
    case = case_of(says(), says("e", "eve", **VOICE), sources=[SOURCES[0], other])
    (told,) = kinds_of(case, "unknown-lineage")

    said = careful_of(Names(Graph.of(case)), told)

    assert told.text.startswith(
        "Dr Maran and Nadia Zahir may be one voice, and nobody recorded how"
    )
    assert said.startswith("These may be one voice, and if they are not, nobody recorded how")


def test_of_three_voices_of_which_two_are_declared_nobody_recorded_the_third() -> None:
    others = [
        {**SOURCES[0], "id": name, "name": name.title()} for name in ("zora", "quentin", "bo")
    ]
    case = case_of(
        says(),
        says("e", "zora", **VOICE),
        says("f", "quentin"),
        # Of somebody else's voice nothing follows for these.
        says("g", "bo", stance="denies"),
        says("h", "bo", stance="denies", same_voice_as={"attribution": "g", "probability": 0.5}),
        sources=[SOURCES[0], *others],
    )

    told = [each for each in kinds_of(case, "unknown-lineage") if "d" in each.about]

    assert [each.text.startswith("nobody recorded whether") for each in told] == [True] * len(told)
    assert told


@pytest.mark.parametrize(
    ("because", "words"), [("error", "withdrawn as an error"), (None, "n and")]
)
def test_why_it_was_withdrawn_is_told_where_it_is_on_record(
    because: str | None, words: str
) -> None:
    gone = {"retracted_on": "2016"} | ({} if because is None else {"retracted_because": because})
    case = case_of(says(said_on="2015", **gone), says("w", "wire"))
    (told,) = kinds_of(case, "retracted")

    assert words in told.text
    assert words in careful_of(Names(Graph.of(case)), told)


def test_a_circle_that_goes_back_to_no_claim_leaves_none_unused() -> None:
    circle = [
        {"id": "a", "source": "doc", "cites": "b"},
        {"id": "b", "source": "wire", "cites": "a"},
    ]

    kinds = {each.kind for each in check(case_of(*circle))}

    assert "circular" in kinds
    assert "unused" not in kinds
    assert kinds_of(case_of(), "unused")


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("Continental Press", True),
        ("Kest News Agency", True),
        ("Daily Star", True),
        ("WarMap Telegram channel", True),
        ("Leyla Maran", False),
        ("Environment Agency", False),
        ("Ministry press office", False),
        ("a Times reporter", False),
        ("command post", False),
    ],
)
def test_an_outlet_is_known_by_its_name_where_nothing_says_its_kind(
    name: str, is_asked: bool
) -> None:
    other = {"id": "eve", "name": name, "reliability": "B"}
    case = case_of(says(), says("e", "eve"), sources=[SOURCES[0], other])

    told = kinds_of(case, "outlet-as-witness")

    assert ["no kind says so" in each.text for each in told] == ([True] if is_asked else [])
    for each in told:
        assert "though no kind says so" in careful_of(Names(Graph.of(case)), each)


def test_a_kind_goes_before_a_name() -> None:
    other = {"id": "eve", "name": "Daily Star", "kind": "organisation", "reliability": "B"}
    case = case_of(says(), says("e", "eve"), sources=[SOURCES[0], other])

    assert not kinds_of(case, "outlet-as-witness")


def test_rivals_that_have_an_outcome_are_asked_about_without_a_number() -> None:
    claims = [{"id": "k", "text": "Kestria bombed the hospital", "resolved": {"value": True}},
              {"id": "v", "text": "Vardania bombed the hospital"}]  # fmt: skip
    open_ = [{key: each[key] for key in ("id", "text")} for each in claims]
    said = says(claim="v")

    told = [kinds_of(case_of(said, claims=each), "rival-claims") for each in (claims, open_)]
    names = Names(Graph.of(case_of(said, claims=open_)))

    assert careful_of(names, told[1][0], "k").startswith(
        "This and “Vardania bombed the hospital” look"
    )
    assert careful_of(names, told[1][0]).startswith("“Kestria bombed the hospital” and “Vardania")

    assert [[each.would_be is None for each in found] for found in told] == [
        [True] * 2,
        [False] * 2,
    ]
