"""What is learned of copying becomes same-voice declarations that a case accepts."""

import pytest

from provenance.errors import InvalidValue, UnknownName
from provenance.learning.assertions import Assertions
from provenance.learning.cases import VoiceProposal, proposed_voices, with_voices
from provenance.learning.copying import copying, copying_between
from provenance.learning.planted import planted
from provenance.records import Case, SameVoice

WORLD = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
NAMES = {code: "ann" if WORLD.original[code] >= 0 else "bob" for code in WORLD.groups[0]}
ROWS = [
    (NAMES.get(who, f"s{who}"), about, value, time)
    for who, about, value, time in zip(
        WORLD.source.tolist(), WORLD.object.tolist(), WORLD.value.tolist(), WORLD.time, strict=True
    )
]
COPIES = copying_between([row[:3] for row in ROWS])


def case(*attributions: dict[str, object]) -> Case:
    return Case.model_validate(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so"}, {"id": "d", "text": "So is this"}],
            "sources": [{"id": who} for who in ("ann", "bob", "cy")],
            "attributions": list(attributions),
        }
    )


ANN = {"id": "a", "source": "ann", "claim": "c"}
BOB = {"id": "b", "source": "bob", "claim": "c"}


def test_those_who_copy_each_other_and_say_the_same_may_be_one_voice() -> None:
    (proposal,) = proposed_voices(case(ANN, BOB, {"id": "e", "source": "cy", "claim": "c"}), COPIES)

    pair = COPIES.pairs[0]
    assert (proposal.attribution, proposal.same_voice_as.attribution) == ("b", "a")
    assert proposal.same_voice_as.probability == pytest.approx(pair.probability * pair.share)
    assert f"{pair.agreements} times in {pair.objects}" in proposal.why


@pytest.mark.parametrize(
    "bob",
    [
        {**BOB, "claim": "d"},
        {**BOB, "stance": "denies"},
        {**BOB, "claim": ["c", "d"]},
        {**BOB, "basis": "inference"},
        {"id": "b", "source": "bob", "cites": "a"},
        {**BOB, "same_voice_as": {"attribution": "a", "probability": 0.5}},
    ],
)
def test_nothing_is_proposed_where_they_do_not_say_the_same(bob: dict[str, object]) -> None:
    assert proposed_voices(case(ANN, bob), COPIES) == ()


def test_the_later_statement_carries_the_declaration() -> None:
    later, earlier = {**ANN, "said_on": "2020-02"}, {**BOB, "said_on": "2020-01"}

    (proposal,) = proposed_voices(case(later, earlier), COPIES)

    assert (proposal.attribution, proposal.same_voice_as.attribution) == ("a", "b")


def test_a_known_copier_carries_the_declaration() -> None:
    copies = copying_between(Assertions.of(ROWS, time="time"))

    (proposal,) = proposed_voices(case(ANN, BOB), copies)

    assert proposal.attribution == "a"


def test_no_circle_arises() -> None:
    relay = {"id": "r", "source": "cy", "cites": "b"}
    ann = {**ANN, "said_on": "2020-02", "same_voice_as": {"attribution": "b", "probability": 0.5}}

    assert proposed_voices(case(ann, {**BOB, "said_on": "2020-03"}, relay), COPIES) == ()


def test_the_case_accepts_what_is_proposed() -> None:
    before = case(ANN, BOB)

    after = with_voices(before, proposed_voices(before, COPIES))

    assert before.attributions[1].same_voice_as is None
    assert after.attributions[1].same_voice_as.attribution == "a"
    assert proposed_voices(after, COPIES) == ()


def test_a_proposal_for_nobody_is_refused() -> None:
    proposal = VoiceProposal("x", SameVoice(attribution="a", probability=0.5), "")

    with pytest.raises(UnknownName, match="'x'"):
        with_voices(case(ANN), [proposal])


def test_improbable_proposals_are_left_out() -> None:
    assert proposed_voices(case(ANN, BOB), COPIES, least=0.999) == ()


def test_codes_without_names_are_refused() -> None:
    codes = copying(WORLD.source, WORLD.object, WORLD.value)

    with pytest.raises(InvalidValue, match="by name"):
        proposed_voices(case(ANN, BOB), codes)
