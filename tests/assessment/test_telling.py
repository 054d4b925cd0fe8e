"""What an assessment says: thirty cases word by word, and what holds of every case."""

from __future__ import annotations

import math
import re
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given, settings

from provenance import Assessment, load_case, weigh
from provenance.assessment import (
    ADVICE,
    WEAKNESSES,
    Caveat,
    Fact,
    Names,
    careful_of,
    doubt_in_words,
    is_established,
    telling_of,
    verdict_of,
)
from provenance.assessment.values import CaveatKind
from provenance.errors import ProvenanceError
from provenance.scales import chance_in_words, isolated, percent, points, span_in_words
from tests.assessment.tellings import CASES, FILE, FIRST, case_of, cites, denies, says
from tests.cases.strategies import cases

WRITTEN = dict(
    re.findall(r"^=== (.+)\n\n((?:(?!===).*\n)+)", FILE.read_text("utf-8"), re.MULTILINE)
)


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_told_as_the_file_has_it(name: str) -> None:
    told = str(CASES[name]())

    # If this fails: python -m tests.assessment.tellings, and read what has changed.
    assert WRITTEN[name].strip() == told.strip()


def test_there_are_thirty_cases_and_the_file_has_no_other() -> None:
    assert len(CASES) == 30
    assert list(WRITTEN) == list(CASES)


# ------------------------------------------------------------------ of every case


def weighed(document: dict[str, Any]) -> Assessment | None:
    case = load_case(document)
    try:
        return weigh(case, case.claims[0].id)
    except ProvenanceError:
        return None


@given(cases())
@settings(max_examples=60)
def test_every_answer_is_told_in_whole_sentences(document: dict[str, Any]) -> None:
    found = weighed(document)
    if found is None:
        return

    for audience in ("reader", "analyst", "machine"):
        told = telling_of(found, audience)  # type: ignore[arg-type]

        for each in (told.headline, told.because, told.origins, *told.careful, told.next):
            assert each == "" or re.match(r"[A-Z“\u2068]", each), each
            assert each == "" or each[-1] in ".?!", each
            assert "  " not in each
            assert "{" not in each


@given(cases())
@settings(max_examples=60)
def test_no_answer_is_told_with_a_number_of_three_figures(document: dict[str, Any]) -> None:
    found = weighed(document)
    if found is None:
        return
    told = telling_of(found)

    text = " ".join((told.headline, told.because, told.origins, *told.careful, told.next))

    # Texts of the case are quoted; ids of the strategy's cases hold no numbers of three figures.
    assert not re.search(r"[1-9]\d*\.\d+ %|\d{3,} %(?<!100 %)|\d\.\d{2,}", text), text


@given(cases())
@settings(max_examples=60)
def test_what_the_prior_decides_is_never_given_a_word_of_a_scale(document: dict[str, Any]) -> None:
    found = weighed(document)
    if found is None or found.probability in (0.0, 1.0):
        return

    assert verdict_of(found).startswith("Not established") == (not is_established(found))


# ------------------------------------------------------------------ one thing at a time


def test_the_answer_without_the_source_that_matters_most_is_the_one_weighed_without_it() -> None:
    army = {"id": "army", "name": "The army", "reliability": "C"}
    whole = case_of(says("a", "army"), denies("m", "msf"), sources=[army])
    rest = case_of(says("a", "army"), sources=[army])

    told = telling_of(whole)

    assert f"without that, {chance_in_words(rest.probability)}" in told.because


def test_a_program_finds_the_id_behind_every_name() -> None:
    told = telling_of(CASES["a denial that decides"](), "machine")

    assert "MSF [msf] denied it" in told.because
    assert "the army's spokesman [army]" in told.origins


def test_an_analyst_has_the_weights_and_the_doubts_as_well() -> None:
    told = telling_of(CASES["a denial that decides"](), "analyst")

    assert told.details[0].startswith("Prior 30 % (stated); all the evidence ")
    assert any(re.match(r"  +-\d\.\d\d  MSF \(m\)", line) for line in told.details)
    assert any("the reliability of MSF" in line for line in told.details)
    assert telling_of(CASES["a denial that decides"]()).details == ()


def test_an_analyst_reads_the_weights_last() -> None:
    told = telling_of(CASES["one witness"](), "analyst")

    assert str(told).splitlines()[-1] == "    100 %  the reliability of MSF"


def test_an_answer_in_the_middle_that_evidence_made_is_undecided() -> None:
    found = case_of(
        says("m", "msf", **FIRST), sources=[{"id": "msf", "reliability": 0.75}], prior=0.125
    )

    assert round(found.probability, 3) == 0.5
    assert verdict_of(found).startswith("Undecided: about even (90 % interval 50 % throughout)")


def test_near_certainty_from_one_source_rests_on_what_the_case_says_of_it() -> None:
    found = case_of(says("log", "log"), sources=[{"id": "log", "reliability": 0.9999}])

    assert verdict_of(found).endswith(", if the case is right about the one origin for it.")


def test_near_certainty_without_an_origin_rests_on_nothing_that_could_be_named() -> None:
    found = case_of(
        claims=[{"id": "crater", "text": "There is a crater", "resolved": {"value": True}}],
        links=[{"kind": "evidence", "claim": "hit", "sign": "crater", "if_true": 0.9, "if_false": 1e-5}],
    )  # fmt: skip

    assert verdict_of(found).startswith("Nearly certain: over 999 in 1,000 (90 % interval")
    assert verdict_of(found).endswith(" confidence.")


@pytest.mark.parametrize(
    ("resolved", "told"),
    [
        ({"value": True}, "It turned out to be true."),
        ({"value": False, "on": "2026-05-03"}, "It turned out to be false on 2026-05-03."),
        ({"value": True, "by": "the count"}, "It turned out to be true, by “the count”."),
    ],
)
def test_what_turned_out_is_told_before_what_was_said_of_it(
    resolved: dict[str, Any], told: str
) -> None:
    said = says("m", "msf", **FIRST)

    headline = telling_of(case_of(said, resolved=resolved)).headline

    assert headline == f"{told} By what was said alone: {telling_of(case_of(said)).headline}"


def test_what_turned_out_later_is_not_told_of_an_earlier_day() -> None:
    turned_out = {"value": True, "on": "2026-05-03"}
    case = case_of(says("m", "msf", **FIRST), resolved=turned_out).graph.case

    assert "turned out" in telling_of(weigh(case, "hit")).headline
    assert "turned out" not in telling_of(weigh(case, "hit", as_of="2026-05-02")).headline


def test_who_may_have_it_from_whom_is_asked_by_name_where_they_are_few() -> None:
    names = ["a", "b", "c", "d"]
    found = case_of(
        *(says(name, name, **FIRST) for name in names),
        sources=[{"id": name, "reliability": 0.99} for name in names],
    )

    assert telling_of(found).next.startswith(
        "Find out whether any of a, b, c and d has it from another: "
    )


def test_a_judgement_that_moves_a_sure_answer_is_told_in_per_cent() -> None:
    # From 46 % to 54 %, both about even.
    found = case_of(
        says("a", "insider", wording=0.67, **FIRST),
        says("m", "msf", **FIRST),
        sources=[{"id": "msf", "reliability": 0.545}, {"id": "insider"}],
    )

    assert (
        telling_of(found).next == "Have insider judged: with a grade of C the answer would be 54 %."
    )


def test_a_prior_that_rounds_to_certain_is_moved_by_nothing() -> None:
    found = attrs.evolve(CASES["one witness"](), probability=1.0, prior=1.0)

    assert telling_of(found).because.startswith("Nothing that is said moves it: the case gives it")


def test_what_settles_it_is_established() -> None:
    assert is_established(CASES["certain"]())


def test_an_analyst_is_told_the_prior_where_nobody_speaks() -> None:
    details = telling_of(CASES["nobody heard"](), "analyst").details

    assert details == ("Prior 20 % (stated); all the evidence 0.00 bits.",)


def test_what_hardly_says_anything_hardly_moves_it() -> None:
    found = case_of(says("m", "msf"), sources=[{"id": "msf", "reliability": 0.001}])

    assert telling_of(found).because.startswith("What is said hardly moves it: the case gives it")


def test_a_settled_claim_moves_a_linked_one_without_a_source() -> None:
    found = case_of(
        claims=[{"id": "crater", "text": "There is a crater", "resolved": {"value": True}}],
        links=[{"kind": "evidence", "claim": "hit", "sign": "crater", "if_true": 0.9, "if_false": 0.1}],
    )  # fmt: skip

    assert telling_of(found).because == (
        "Nobody speaks on it, but claims that it is linked with are settled: "
        "the case gives it 20 % before anybody is heard."
    )


@pytest.mark.parametrize("reliability", ["B", None])
@pytest.mark.parametrize(
    ("link", "stance"),
    [
        ({"kind": "implies", "claim": "sold", "implies": "x"}, "denies"),
        ({"kind": "implies", "claim": "sold", "implies": "x"}, "affirms"),
        ({"kind": "contradicts", "claims": ["sold", "x"]}, "affirms"),
    ],
)
def test_what_a_settled_claim_settles_is_not_put_down_to_who_spoke(
    link: dict[str, Any], stance: str, reliability: str | None
) -> None:
    source = {"id": "a", "name": "Ann"} | ({"reliability": reliability} if reliability else {})
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "x", "text": "It leaks", "prior": 0.2},
                {"id": "sold", "text": "It is sold", "resolved": {"value": True}},
            ],
            "links": [link],
            "sources": [source],
            "attributions": [{"id": "1", "source": "a", "claim": "x", "stance": stance}],
        }
    )

    told = str(weigh(case, "x"))

    assert "It is settled by what turned out: “It is sold” is true." in told
    assert "Ann said" not in told
    assert "Ann denied" not in told


def test_an_analyst_has_twelve_origins_and_a_count_of_the_rest() -> None:
    crowd = case_of(*(says(f"a{n}", f"witness {n}") for n in range(15)))

    details = telling_of(crowd, "analyst").details

    assert "  … and 3 more" in details


def test_what_settles_it_has_no_weight_in_bits() -> None:
    details = telling_of(CASES["certain"](), "analyst").details

    assert details[0].endswith("all the evidence decides.")
    assert "  decides  log (a)" in details


def test_a_weight_of_nothing_has_no_sign() -> None:
    details = telling_of(CASES["nobody judged"](), "analyst").details

    assert details[0].endswith("all the evidence 0.00 bits.")


def test_an_analyst_is_told_every_caveat_and_a_reader_what_no_other_sentence_says() -> None:
    found = CASES["article, visited"]()

    reader, analyst = telling_of(found).careful, telling_of(found, "analyst").careful

    assert set(reader) < set(analyst)
    assert "We have all of it from one outlet, NOW." in analyst
    assert "all through NOW" in telling_of(found).origins


def test_the_parts_of_a_telling_are_plain_data() -> None:
    told = telling_of(CASES["one witness"]())

    assert told.data["headline"] == told.headline
    assert set(told.data) == {each.name for each in attrs.fields(type(told))}


def test_who_kept_silent_is_said_to_have() -> None:
    silent = {"stance": "silent", "would_speak": 0.9}
    found = case_of(
        says("w", "wire", **silent),
        sources=[{"id": "wire", "name": "The wire", "reliability": "A"}],
    )

    assert "because the wire said nothing, though expected to speak" in telling_of(found).because


def test_an_answer_that_hangs_on_who_repeats_whom_is_told_for_both_ends() -> None:
    told = telling_of(CASES["three of unknown lineage"]())

    assert (
        "As one voice, as good as MSF, they would make it about 2 in 3, as strangers about 39 in 40."
        in told.origins
    )


def test_who_contradicts_itself_is_said_to() -> None:
    both = case_of(says("a", "msf"), denies("b", "msf"), says("w", "wire"))
    told = telling_of(both, "analyst")

    assert any("msf (a, b)" in line for line in told.details)


def test_the_strongest_against_the_rest_is_named_with_what_outweighs_it() -> None:
    found = case_of(
        denies("a", "army"), *(says(f"m{n}", f"paper {n}", basis="firsthand") for n in range(4)),
        sources=[{"id": "army", "reliability": "A"}, *({"id": f"paper {n}", "reliability": "C"} for n in range(4))],
        prior=0.5,
    )  # fmt: skip
    stronger = case_of(
        denies("a", "army"), *(says(f"m{n}", f"paper {n}", basis="firsthand") for n in range(6)),
        sources=[{"id": "army", "reliability": 0.8}, *({"id": f"paper {n}", "reliability": 0.6} for n in range(6))],
        prior=0.5,
    )  # fmt: skip

    assert "What weighs most is that army denied it" in telling_of(found).because
    assert "but the others together outweigh it" in telling_of(stronger).because


# ------------------------------------------------------------------ from how many


def origins_of(*attributions: dict[str, Any], **more: Any) -> str:
    return telling_of(case_of(*attributions, **more)).origins


def test_only_those_who_say_the_same_may_be_repeating_each_other() -> None:
    told = origins_of(says("a", "witness"), denies("b", "guard"), denies("c", "ministry"))

    assert "where guard and ministry, who speak against it, had it from: they may be" in told
    assert "Nor where witness, who speaks for it, had it from. As one voice" in told
    assert "One origin speaks for it and at least one origin and at most two against it" in told


def test_two_sides_that_may_each_be_repeating_one_another_are_told_in_one_sentence() -> None:
    told = origins_of(
        says("a", "witness"), says("d", "clerk"), denies("b", "guard"), denies("c", "ministry")
    )

    assert (
        "where witness and clerk, who speak for it, had it from, nor where guard and ministry, "
        "who speak against it, had it from: within each side they may be repeating each other."
    ) in told


def test_one_who_may_have_it_from_one_who_saw_it_is_told_so() -> None:
    told = origins_of(says("a", "nurse", **FIRST), says("b", "daily"))

    assert "At least one origin and at most two speak for it" in told
    assert "where daily had it from: that source may be repeating nurse." in told


def test_at_least_as_many_origins_are_told_as_the_answer_of_one_voice_counts() -> None:
    """Two that saw it, of whom the stronger may be behind the rest, and two that may be one."""
    told = origins_of(
        says("a", "nurse", **FIRST), says("b", "driver", **FIRST), says("c", "daily"), says("d", "wire")
    )  # fmt: skip
    link = {"kind": "evidence", "claim": "hit", "sign": "fire", "if_true": 0.8, "if_false": 0.1}
    apart = origins_of(
        says("a", "daily"), says("b", "wire"), {**says("c", "nurse", **FIRST), "claim": "fire"},
        claims=[{"id": "fire", "text": "The ward burned"}], links=[link],
    )  # fmt: skip

    assert "At least two origins and at most four speak for it" in told
    assert "At least two origins and at most three speak for it" in apart


def test_what_has_no_weight_is_counted_beside_what_is_mentioned() -> None:
    guess = {"basis": "inference"}

    once = origins_of(says("a", "nurse", **FIRST), says("b", "daily", **guess))
    twice = origins_of(
        says("a", "nurse", **FIRST), says("b", "daily", **guess), says("c", "wire", **guess)
    )

    assert "mentioned once, and once more by daily without weight: it is its source's own" in once
    assert "mentioned once, and twice more without weight." in twice


def test_a_relay_that_is_withdrawn_is_counted_once_with_its_own_word() -> None:
    withdrawn = cites("b", "daily", "a", basis="firsthand", retracted_on="2016")

    told = origins_of(says("a", "nurse", in_hand=True, **FIRST), withdrawn)

    assert "mentioned once, and once more by daily without weight: it was withdrawn." in told


@pytest.mark.parametrize("kind", sorted({*get_args(CaveatKind), *WEAKNESSES}))
def test_every_kind_of_caveat_and_weakness_has_a_sentence(kind: str) -> None:
    names = Names(CASES["one witness"]().graph)

    said = careful_of(names, Caveat(kind, "as it stands", ("msf",)))  # type: ignore[arg-type]

    assert said[0].isupper()
    assert said.endswith(".")
    assert (said == "As it stands.") == (
        kind in ("approximate", "draft", "empty", "many-voices", "prior-not-stated")
    )


@pytest.mark.parametrize("kind", WEAKNESSES)
def test_every_kind_of_weakness_has_advice(kind: str) -> None:
    assert ADVICE[kind].endswith(".")


def test_statements_are_named_by_whose_they_are_and_claims_by_their_text() -> None:
    names = Names(case_of(says("a", "msf"), says("b", "msf"), says("c", "wire")).graph)

    assert names.all(["a", "b", "wire", "hit"]) == (
        "msf (two statements), wire and “The hospital was hit by an air strike”"
    )
    assert names.all(["nobody"]) == "nobody"


def test_every_kind_of_doubt_has_words() -> None:
    names = Names(CASES["one witness"]().graph)
    kinds = ("reliability", "access", "passing-on", "competence", "fidelity", "prior", "lineage")

    said = {kind: doubt_in_words(names, f"{kind}:msf") for kind in kinds}

    assert len(set(said.values())) == len(kinds)
    assert all("MSF" in each or "msf" in each for kind, each in said.items() if kind != "lineage")
    assert doubt_in_words(names, "something else") == "something else"


def test_confidence_is_explained_in_the_words_of_its_facts_where_there_are_no_others() -> None:
    found = CASES["one witness"]()
    other = Fact("a new fact", 1.0, found.confidence.level, "the sky is green")
    changed = attrs.evolve(found.confidence, basis=(other,))

    class Changed:
        def __getattr__(self, name: str) -> Any:
            return changed if name == "confidence" else getattr(found, name)

    assert "because the sky is green." in telling_of(Changed()).careful[0]  # type: ignore[arg-type]


# ------------------------------------------------------------------ numbers and names


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "impossible"),
        (1.0, "certain"),
        (0.5, "about even"),
        (0.2, "about 1 in 5"),
        (0.3, "about 3 in 10"),
        (1 / 3, "about 1 in 3"),
        (0.75, "about 3 in 4"),
        (0.039, "about 1 in 30"),
        (0.04, "about 1 in 25"),
        (0.065, "about 1 in 15"),
        (0.92, "about 11 in 12"),
        (0.933, "about 14 in 15"),
        (0.935, "about 14 in 15"),
        (0.95, "about 19 in 20"),
        (0.96, "about 24 in 25"),
        (0.98, "about 49 in 50"),
        (0.995, "more than 99 in 100"),
        (0.999, "more than 99 in 100"),
        (0.9991, "nearly certain"),
        (0.0009, "nearly ruled out"),
        (5e-324, "nearly ruled out"),
        (math.nextafter(1.0, 0.0), "nearly certain"),
    ],
)
def test_a_chance_is_said_as_one_can_picture_it(probability: float, words: str) -> None:
    assert chance_in_words(probability) == words


@pytest.mark.parametrize("thousandths", range(900, 1000))
def test_no_strong_answer_is_said_to_be_surer_by_more_than_a_point(thousandths: int) -> None:
    p = thousandths / 1000.0

    part, whole = map(int, re.findall(r"\d+", chance_in_words(p)))
    doubted = chance_in_words(1.0 - p)

    assert part / whole <= p + 0.01
    assert p >= 0.99 or doubted == f"about {whole - part} in {whole}"


def test_a_chance_that_its_own_interval_excludes_is_said_in_per_cent() -> None:
    known = {"id": "log", "reliability": 0.08}
    found = case_of(says("a", "log"), sources=[known], prior=0.2)

    assert round(found.probability, 3) == 0.227
    assert verdict_of(found).startswith("Not established: 23 % ")


def test_a_span_that_is_one_number_is_said_once() -> None:
    assert span_in_words(0.2, 0.2) == "20 % throughout"
    assert points(0.0) == "0 points"


def test_text_that_is_read_from_the_right_is_set_apart_and_nothing_else_turns_a_line() -> None:
    assert isolated("\u202eevil\u2066 name") == "evil name"
    assert isolated("القدس") == "\u2068القدس\u2069"
    assert isolated("red\x1b[31m") == "red\N{REPLACEMENT CHARACTER}[31m"


def test_one_origin_of_several_sources_may_be_one() -> None:
    names = Names(case_of(says("a", "msf"), says("b", "wire")).graph)

    said = careful_of(names, Caveat("single-origin", "as it stands", ("msf", "wire")))

    assert said == "All that is said goes back to msf and wire, who may be one voice."


def test_whom_a_source_does_not_name_is_its_unnamed_source() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "the ship sailed", "prior": 0.3}],
            "sources": [{"id": "o", "name": "The Daily", "kind": "outlet", "reliability": "B"}],
            "attributions": [{"id": "a", "source": "o", "claim": "c", "basis": "secondhand"}],
        }
    )

    assert "Nobody has judged the unnamed source of The Daily" in str(weigh(case, "c"))


def test_what_came_through_nobody_judged_is_not_said_to_change_nothing() -> None:
    answer = case_of(
        {"id": "word", "source": "msf", "claim": "hit", **FIRST, "in_hand": False},
        {"id": "passed", "source": "hand", "cites": "word", "in_hand": False},
        {"id": "column", "source": "wire", "cites": "passed"},
        sources=[{"id": "hand", "kind": "unnamed"}],
    )

    told = telling_of(answer).because

    assert answer.credibility == "6"
    assert "through somebody who is not judged" in told
    assert told.endswith(f"makes that {percent(answer.probability)}.")


def test_of_a_claim_on_which_somebody_only_kept_silent_no_links_are_told() -> None:
    answer = case_of(
        {"id": "none", "source": "msf", "claim": "hit", "stance": "silent", "would_speak": 0.8}
    )

    assert telling_of(answer).origins == "Nobody speaks on it; what counts is who said nothing."


# ------------------------------------------------------------------ who may be repeating whom


def signs_told(count: int, **of_nurse: Any) -> str:
    """Signs of the claim, each seen by a nurse and told by a paper of its own, both on one side."""
    names = [f"sign {n}" for n in range(count)]
    return origins_of(
        *({**says(f"n{n}", f"nurse {n}", **FIRST, **of_nurse), "claim": n} for n in names),
        *({**says(f"p{n}", f"paper {n}"), "claim": n} for n in names),
        claims=[{"id": n, "text": n.capitalize()} for n in names],
        links=[
            {"kind": "evidence", "claim": "hit", "sign": n, "if_true": 0.6, "if_false": 0.3}
            for n in names
        ],
    )


def test_however_many_may_be_repeating_others_they_are_told_in_one_sentence() -> None:
    told = signs_told(6)

    assert (
        "It is not recorded where paper sign 0, paper sign 1, paper sign 2, paper sign 3 and 2 more "
        "had it from: some may be repeating nurse sign 0, nurse sign 1, nurse sign 2, nurse sign 3 "
        "or 2 more. As one voice, each time as good as the strongest of them, they would"
    ) in told
    assert told.count("had it from") == 1


def test_who_spoke_later_is_the_one_that_may_be_repeating() -> None:
    later = {"said_on": "2015-10-05"}

    alone = origins_of(says("a", "nurse", **FIRST) | later, says("b", "daily"))
    two = origins_of(says("a", "nurse", **FIRST) | later, says("b", "daily"), says("c", "wire"))
    some = signs_told(2, **later)

    assert "had it from: nurse, who spoke later, may be repeating that source." in alone
    assert "had it from: they may be repeating each other, and nurse, who spoke later, may" in two
    assert "may be repeating them." in two
    assert "nurse sign 0 and nurse sign 1, who spoke later, may be repeating some of them." in some


@pytest.mark.parametrize("day", ["2015-10-03", "2015-10-03T20:00Z", "2015-10-01"])
def test_who_spoke_no_later_may_be_whom_the_others_repeat(day: str) -> None:
    told = origins_of(says("a", "nurse", **FIRST) | {"said_on": day}, says("b", "daily"))

    assert "had it from: that source may be repeating nurse." in told


def test_who_spoke_on_no_known_day_may_be_whom_the_others_repeat() -> None:
    undated = says("a", "nurse", **FIRST)
    del undated["said_on"]

    assert "that source may be repeating nurse." in origins_of(undated, says("b", "daily"))


def test_who_is_reported_both_ways_speaks_for_neither_side() -> None:
    told = origins_of(
        says("a", "aide", in_hand=False),
        cites("b", "daily", "a"),
        cites("c", "wire", "a", stance="disowns"),
        denies("d", "guard", **FIRST),
    )

    assert "It is not recorded where aide had it from." in told


def test_who_is_reported_both_ways_may_be_repeating_others_all_the_same() -> None:
    told = origins_of(
        says("a", "aide", in_hand=False),
        cites("b", "daily", "a"),
        cites("c", "wire", "a", stance="disowns"),
        says("e", "clerk"),
        denies("d", "guard", **FIRST),
    )

    assert told.count("had it from") == 1


def test_of_an_answer_on_which_nobody_speaks_the_others_are_told() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": name, "text": f"{name} did it"} for name in ("K", "V", "M")],
            "questions": [
                {"id": "who", "text": "Who?", "claims": ["K", "V", "M"], "prior": [0.5, 0.3, 0.2]}
            ],
            "attributions": [
                says("a", "staff") | {"claim": "V"},
                says("b", "ministry") | {"claim": "K"},
                denies("c", "staff") | {"claim": "K"},
            ],
            "sources": [{"id": name, "reliability": "C"} for name in ("staff", "ministry")],
        }
    )

    unsaid, said = (telling_of(weigh(case, name)).origins for name in "MV")

    assert unsaid.startswith(
        "Nobody speaks on it itself; by what is said of the other answers, one origin counts for "
        "it and at least one origin and at most two against it; they are mentioned three times."
    )
    assert said.startswith("One origin speaks for it")


# ------------------------------------------------------------------ as sure as they said it


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"wording": "likely"}, "msf said so (“likely”):"),
        ({"wording": 0.7}, "msf said so (70 %):"),
        ({"wording": 0.1}, "msf denied it (90 %):"),
        ({"wording": 0.7, "stance": "denies"}, "msf denied it (70 %):"),
        ({"wording": 1}, "msf said so:"),
        ({}, "msf said so:"),
    ],
)
def test_a_hedge_is_told_with_what_it_hedges_whatever_else_was_said(
    said: dict[str, Any], told: str
) -> None:
    crater = {"id": "crater", "text": "There is a crater"}
    link = {"kind": "evidence", "claim": "hit", "sign": "crater", "if_true": 0.6, "if_false": 0.5}
    found = case_of(
        says("m", "msf", **FIRST, **said),
        {**says("c", "msf", **FIRST), "claim": "crater"},
        claims=[crater],
        links=[link],
    )

    assert told in telling_of(found).because


def test_what_was_said_flatly_once_is_not_told_as_hedged() -> None:
    both = case_of(says("a", "msf", wording="likely"), says("b", "msf", in_hand=True))

    assert "msf said so:" in telling_of(both).because


def test_a_hedge_on_a_sign_is_told_with_the_sign() -> None:
    found = case_of(
        {**says("c", "msf", wording="probably"), "claim": "crater"},
        claims=[{"id": "crater", "text": "There is a crater"}],
        links=[{"kind": "evidence", "claim": "hit", "sign": "crater", "if_true": 0.9, "if_false": 0.1}],
    )  # fmt: skip

    assert "affirmed “There is a crater” (“probably”), which counts for it" in str(found)


# ------------------------------------------------------------------ which way it counts


def test_only_two_sides_that_leave_it_where_it_was_cancel_out() -> None:
    def why(reliability: float) -> str:
        wire = {"id": "wire", "reliability": reliability}
        sides = says("m", "msf", **FIRST), denies("w", "wire", **FIRST)
        return telling_of(case_of(*sides, sources=[wire], prior=0.5)).because

    assert why(0.72).startswith(
        "What is said for it and what is said against it cancel out, so that it stays about where it "
        "starts: the case gives it 50 % before anybody is heard."
    )
    assert why(0.6).startswith("Mostly the starting point: the case gives it 50 % before anybody")


@pytest.mark.parametrize(
    ("claim", "said", "told"),
    [
        ("hit", says, "Against it counts that mayor said nothing, though expected to speak."),
        ("calm", denies, "For it counts that mayor said nothing, though expected to speak."),
    ],
)
def test_the_silence_that_takes_back_what_was_said_is_named(
    claim: str, said: Any, told: str
) -> None:
    mayor = {
        "id": "mayor",
        "reliability": "A",
        "interests": [{"claims": claim, "stake": "gains strongly"}],
    }
    silent = says("s", "mayor", stance="silent", would_speak=0.82) | {"claim": claim}
    link = {"kind": "evidence", "claim": "hit", "sign": "calm", "if_true": 0.01, "if_false": 0.95}
    found = case_of(
        said("w", "wire", **FIRST), silent,
        claims=[{"id": "calm", "text": "The town was calm"}], links=[link], sources=[mayor],
        prior=0.4,
    )  # fmt: skip

    assert telling_of(found).because.endswith(told)
    assert "cancel out" not in telling_of(found).because


@pytest.mark.parametrize(
    ("one", "other", "prior", "told"),
    [
        (says, denies, 0.3, "doctor said so, which here counts against it: without that"),
        (denies, says, 0.7, "doctor denied it, which here counts for it: without that"),
    ],
)
def test_a_word_that_counts_the_other_way_is_said_to(
    one: Any, other: Any, prior: float, told: str
) -> None:
    """Some say both; the doctor, who may have it from them, makes one side of that doubtful."""
    papers = ("daily", "wire")
    found = case_of(
        one("u", "mission", **FIRST, wording="likely"),
        one("d", "doctor"),
        *(one(f"one {each}", each) for each in papers),
        *(other(f"other {each}", each) for each in papers),
        other("k", "staff"),
        sources=[{"id": "mission", "reliability": "A"}, {"id": "staff", "reliability": "C"}],
        prior=prior,
    )

    assert told in telling_of(found).because


def test_what_is_told_in_the_same_words_of_several_is_told_once_with_how_often() -> None:
    people = [{"id": f"u{n}", "kind": "unnamed", "described_as": "a user"} for n in range(3)]
    case = load_case({
        "version": 1,
        "claims": [{"id": "it", "text": "It is so", "prior": 0.3}],
        "sources": [{"id": "radio", "kind": "outlet", "reliability": "B"}, *people],
        "attributions": [
            {"id": "r", "source": "radio", "claim": "it", "in_hand": True},
            *({"id": f"a{n}", "source": f"u{n}", "cites": "r"} for n in range(3)),
        ],
    })  # fmt: skip

    told = [each for each in telling_of(weigh(case, "it")).careful if "other way round" in each]

    assert len(told) == 1
    assert told[0].endswith("it is the other way round (three times).")


def shown_post(*more: dict[str, Any], **of_the_post: Any) -> Assessment:
    """A post of a station that an account shows, and what the station says of it."""
    claims = [{"id": "it", "text": "The singer has died", "prior": 0.05},
              {"id": "genuine", "text": "The post is the station's", "prior": 0.3}]  # fmt: skip
    case = load_case({
        "version": 1,
        "claims": claims,
        "sources": [
            {"id": "radio", "name": "National Radio", "kind": "outlet", "reliability": "A"},
            {"id": "account", "name": "@popleaks", "kind": "unnamed"},
        ],
        "attributions": [
            {"id": "post", "source": "radio", "claim": "it", "in_hand": False, **of_the_post},
            {"id": "shown", "source": "account", "cites": "post"},
            *more,
        ],
    })  # fmt: skip
    return weigh(case, "it")


def test_who_disowns_what_is_passed_on_as_its_word_has_not_said_both() -> None:
    found = shown_post({"id": "never", "source": "radio", "cites": "post", "stance": "disowns"})

    told = telling_of(found)

    assert told.because.startswith(
        "Mostly because National Radio disowned what is passed on as its word: "
    )
    assert any(
        each.startswith(
            "National Radio disowns what is passed on as its word. That weighs as a denial"
        )
        for each in told.careful
    )
    assert [each.text for each in found.caveats if each.kind == "self-contradiction"] == [
        "National Radio disowns what is passed on as its word"
    ]


def test_who_says_both_of_its_own_is_told_to_say_the_contrary() -> None:
    found = case_of(says("m", "msf", **FIRST), denies("n", "msf", **FIRST))

    assert [each.text for each in found.caveats if each.kind == "self-contradiction"] == [
        "msf says both one thing and its contrary"
    ]
    assert "The same source said it and said the contrary: msf." in telling_of(found).careful


@pytest.mark.parametrize(
    ("of_the_post", "more", "asked"),
    [
        ({}, (), True),
        ({"only_if": "genuine"}, (), False),
        ({}, ({"id": "never", "source": "radio", "cites": "post", "stance": "disowns"},), False),
    ],
)
def test_who_shows_a_post_that_may_be_forged_is_not_asked_whether_it_was_the_other_way_round(
    of_the_post: dict[str, Any], more: tuple[dict[str, Any], ...], asked: bool
) -> None:
    kinds = [each.kind for each in shown_post(*more, **of_the_post).caveats]

    assert ("backwards" in kinds) == asked
