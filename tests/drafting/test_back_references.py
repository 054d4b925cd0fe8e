"""What is said of what was said before: denials, confirmations and verdicts without a claim of their own."""

from __future__ import annotations

import pytest
from drafted_texts import content_of, drafted

from provenance.drafting import merge_drafts
from provenance.drafting.back_references import verdict_in

SAID = "The harbour master said the crane had been sold in June. "

DENIED = {
    "it": "A general denied it.",
    "this": "The ministry denied this on Tuesday.",
    "that": "The ministry denied that.",
    "the allegation": "The ministry has denied the allegation.",
    "the reports, dismissed": "The ministry dismissed the reports as nonsense.",
    "that account, rejected": "The union rejected that account.",
    "all claims": "The ministry denies all claims.",
    "both of one noun": "The ministry denied both claims.",
    "whose claim": "The ministry denied the harbour master's claim.",
    "called a lie": "The union called the claim a lie.",
    "called false, in quotation marks": "The union has called the report “false”.",
    "described as": "The union described the allegations as baseless.",
    "a verdict": "Those claims are untrue, the union said.",
    "a verdict in quotation marks": "“That is simply untrue,” the union said.",
    "not true": "The union said it was not true.",
    "called it": "The union called it a lie.",
    "several call it": "Critics describe the allegation as a lie.",
    "it, at the end": "A general denied it",
    "a second verb": "The ministry met on Friday and denied the allegation.",
}


@pytest.mark.parametrize("name", DENIED)
def test_a_denial_of_what_stands_before_denies_the_same_claim(name: str) -> None:
    found = drafted(SAID + DENIED[name])

    assert [each.stance for each in found.statements] == ["affirms", "denies"]
    assert len(found.claims) == 1
    assert content_of(found, 1) == content_of(found, 0)
    assert "taken to mean what The harbour master said" in (
        found.statements[1].speaker.inferred or ""
    )


@pytest.mark.parametrize(
    "end",
    [
        ", a claim the ministry denies.",
        ", which the ministry denied.",
        ", charges the ministry has denied.",
        ", an allegation which the union rejects.",
    ],
)
def test_a_denial_may_hang_on_the_same_sentence(end: str) -> None:
    found = drafted(f"The harbour master said the crane had been sold in June{end}")

    assert [each.stance for each in found.statements] == ["affirms", "denies"]
    assert len(found.claims) == 1


@pytest.mark.parametrize(
    "words", ["A second official confirmed it.", "Norda reported the same on Friday.", "“That is true,” a clerk said.",
              "The ministry confirmed the report."],
)  # fmt: skip
def test_what_stands_before_may_be_confirmed(words: str) -> None:
    found = drafted(SAID + words)

    assert [each.stance for each in found.statements] == ["affirms", "affirms"]
    assert len(found.claims) == 1


@pytest.mark.parametrize(
    "words",
    [
        "The ministry denied the claim of fraud.",
        "The ministry denied wrongdoing.",
        "The judge dismissed the charges.",
        "The ministry could not confirm it.",
        "The ministry would not deny it.",
        "The union called the crane a gift.",
        "The union did not call the claim a lie.",
        "The union called it.",
        "The ministry denied the union's claim.",
        "The ministry, denying it, left.",
        "It was denied.",
        "The harbour master denied it.",
        "The ministry denied the old, long story.",
        "It was grey, denies.",
        "The crane, a gift the ministry denied.",
        "The lie was called the claim a lie.",
        "The crane, which denied.",
        "The ministry denied the very old and long claim.",
        "The ministry denied both",
        "It sank, a claim denies.",
        "It was a lie the union called.",
        "It was a lie that it called.",
        "The crane, a claim which and denies.",
    ],
)
def test_what_only_looks_like_an_answer_is_none(words: str) -> None:
    assert len(drafted(SAID + words).statements) == 1


def test_an_answer_far_from_what_it_means_is_left_out() -> None:
    rain = "Rain fell on the town. "

    assert len(drafted(f"{SAID}\n\n{rain}A general denied it.").statements) == 1
    assert len(drafted(f"{SAID}{rain * 2}A general denied the allegation.").statements) == 2
    assert len(drafted(f"{SAID}{rain * 5}A general denied the allegation.").statements) == 1


def test_an_answer_to_nothing_is_no_statement() -> None:
    assert drafted("A general denied it.").statements == ()
    assert drafted("Ina Moll said it was not true.").statements == ()
    assert content_of(drafted("Ina Moll said it was true.")) == "it was true"


def test_the_same_answer_twice_is_one() -> None:
    found = drafted(SAID + "A general rejected the claim. “That is untrue,” the general said.")

    assert len(found.statements) == 2


def test_an_answer_to_an_accusation_is_on_the_same_claim() -> None:
    found = drafted("The union accused Karl Vane of hiding the ledger. Vane denied the accusation.")

    assert [each.text for each in found.claims] == ["Karl Vane hiding the ledger"]


def test_who_denies_in_the_sentence_that_accuses_him_is_the_accused() -> None:
    found = drafted("The union accused Karl Vane of hiding the ledger, a charge he denies.")

    assert [found.source(each.speaker.source).label for each in found.statements] == [
        "The union", "Karl Vane",
    ]  # fmt: skip


def test_a_claim_that_is_called_false_in_one_sentence_has_two_voices() -> None:
    found = drafted("The ministry's claim that the crane was sold is false, the union said.")

    assert [each.stance for each in found.statements] == ["affirms", "denies"]
    assert [found.source(each.speaker.source).label for each in found.statements] == [
        "The ministry", "the union",
    ]  # fmt: skip


def test_a_claim_of_which_something_else_is_said_stands_within_the_words_of_its_teller() -> None:
    found = drafted("The ministry's claim that the crane was sold came late, the union said.")

    assert [each.stance for each in found.statements] == ["affirms"]


def test_when_the_claim_was_made_is_not_when_it_was_denied() -> None:
    found = drafted(SAID + "The ministry denied the allegation, which first appeared in May.")

    assert found.statements[1].said_on is None


def test_an_answer_in_a_headline_is_no_repeat() -> None:
    found = drafted(
        "Crane sold in June, harbour master says\n\n"
        + SAID.strip()
        + " The ministry denied it.\n\n"
        "It rained.\n\nIt rained more."
    )

    assert sorted(each.stance for each in found.statements) == ["affirms", "denies"]


def test_a_claim_and_its_denial_do_not_differ_when_drafts_are_merged() -> None:
    found = drafted(SAID + "A general denied it.")

    assert merge_drafts([found, found]) == found
    assert all(each.differs_from == () for each in merge_drafts([found]).statements)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("it is a lie", False),
        ("“The story is false and misleading.”", False),
        ("they're all lies", False),
        ("the report was accurate", True),
        ("that is not correct", False),
        ("it is not a lie", None),
        ("it is false that the crane was sold", None),
        ("the crane is a fake one", None),
    ],
)
def test_a_verdict_is_the_whole_of_what_is_said(words: str, verdict: bool | None) -> None:
    assert verdict_in(words) is verdict


@pytest.mark.parametrize(
    "answer",
    [
        "The board rejected the communique as “fantasy”.",
        "The board disputed the figures.",
        "The board called the claim “a lie told about the dead”.",
    ],
)
def test_a_figure_or_a_communique_is_denied_as_a_claim_is(answer: str) -> None:
    found = drafted(f"The ministry said 120 men were hit. {answer}")

    assert [each.stance for each in found.statements] == ["affirms", "denies"]
    assert len(found.claims) == 1


def test_a_figure_of_something_else_is_left_alone() -> None:
    found = drafted(
        "The ministry said 120 men were hit. The board disputed the figures of the bank."
    )

    assert len(found.statements) == 1


def test_an_account_that_is_dismissed_is_of_what_was_seen_and_not_of_what_was_not() -> None:
    found = drafted(
        "A porter said that soldiers had slept in the cellar. He had not seen guns, he added. "
        "Colonel Karl Vane dismissed the porter's account."
    )

    denied = [each for each in found.statements if each.stance == "denies"]
    assert [each.claim for each in denied] == [found.statements[0].claim]
