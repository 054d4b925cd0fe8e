"""Which side of its claim a page takes: what its sentences state, deny, doubt or leave out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import audit
from provenance.drafting.claim_words import ClaimWords, side_of_text, side_of_wordings
from tests.drafting.page_lists import LISTS, PageList

# One of a kind each: the claim, a text that affirms it, and texts that do not. They are unlike one
# another on purpose; none of them was among those that the rules were tried with first.
AFFIRMING = [
    ("The mill burned down", "The mill burned down on Friday, said the chief."),
    ("The mill burned down", "No one was hurt when the mill burned down."),
    ("The mill burned down", "In May 2024 the mill burned down. Bread was dear that summer."),
    ("The mill burned down", "Not only has the mill burned down, the barn is gone too."),
    ("The mill burned down", "The mill burned down, the owner says, who denied any guilt."),
    ("The mill burned down", "Even if nobody saw it, the mill burned down."),
    ("The river rose by 40 centimetres", "The river rose by forty centimetres overnight."),
    ("Turnout was 61.0 per cent", "Turnout reached 61 %, the board said. It was 61 per cent."),
    ("The lake lost 1,200 tonnes of fish", "The lake has lost 1200 tonnes of fish."),
    ("Maria Ost resigned", "Maria Ost has resigned as chair, the club said."),
    ("The ferry sank off Tarn", "A ferry is sinking off Tarn."),
    ("The ship sailed with shells", "The ship, which nobody had inspected, sailed with shells."),
    ("The ship sailed with shells", "It was late. Shells lay below. The ship sailed at night."),
    ("Halden Bank will buy Orsk Savings", "Halden Bank is about to buy Orsk Savings."),
    ("The dam at Orlik did not fail", "The dam at Orlik has not failed."),
    ("The dam at Orlik did not fail", "A post says that the Orlik dam failed. The post is false."),
    ("No one died in the fire", "Nobody died in the fire."),
    ("Is the bridge safe?", "The bridge is safe."),
    ("The bridge may close", "The bridge may close."),
    ("It is so", "It is so."),
    ("Two people died in the crash", "The collision killed two people."),
    (
        "The Marigold sailed with ammunition",
        "The freighter Marigold left with forty crates of shells.",
    ),
    ("Northline buys Orsk Daily", "Northline has acquired the Orsk Daily for a song."),
]
DENYING = [
    ("The mill burned down", "The mill did not burn down, the fire chief said."),
    ("The mill burned down", "The mill hasn’t burned down."),
    ("The mill burned down", "It is not true that the mill burned down."),
    ("The mill burned down", "Reports that the mill burned down are a hoax."),
    ("The mill burned down", "Rumours that the mill burned down are false, the mayor said."),
    ("The mill burned down", "The mill burned down, you read. That is not true. Come and see."),
    ("The dam at Orlik failed", "The dam at Orlik did not fail. The report is false."),
    ("The dam at Orlik failed", "Fact check: no, the Orlik dam has not failed."),
    ("The dam at Orlik failed", "A post says the dam at Orlik failed.\n\nVerdict: false"),
    ("The dam at Orlik did not fail", "The dam at Orlik failed on Sunday."),
    ("The mayor was shot", "Nobody in the town shot the mayor."),
    ("The mayor resigned", "The mayor of Orsk refused to resign."),
    ("Maria Ost resigned", "Maria Ost denied that she had resigned."),
    ("Maria Ost resigned", "Did Maria Ost resign? No, Maria Ost resigned is a lie that spread."),
    ("The ship sailed with shells", "The ship sailed with grain, not with shells."),
    ("The ship sailed with shells", "The ship sailed without shells."),
    ("No one died in the fire", "Two people died in the fire."),
    ("Bramble tea cures river fever", "There is no evidence that bramble tea cures river fever."),
    ("Halden Bank will buy Orsk Savings", "Halden Bank has no plan to buy Orsk Savings."),
    ("Die Bank verkauft die Filiale", "Die Bank verkauft die Filiale nicht."),
    ("大坝溃决了", "大坝没有溃决。"),
]
LEFT_OUT = [
    ("The mill burned down", "Recipes for soup with leeks and cream."),
    ("The mill burned down", ""),
    ("The mill burned down", "…"),
    ("The mill burned down", "The mill has been sold to a baker."),
    ("The mill burned down", "Did the mill burn down?"),
    ("The mill burned down", "Police are investigating whether the mill burned down."),
    ("The mill burned down", "Nobody denies that the mill burned down."),
    ("The mill burned down", "The mill nearly burned down."),
    ("The mill burned down", "That the mill burned down is unconfirmed."),
    ("The man burned down the mill", "The man tried to burn down the mill."),
    ("The mayor resigned", "Calls for the mayor to resign grew."),
    ("The mayor resigned", "The mayor should resign, the paper says."),
    ("The mill fire was set on purpose", "Police do not believe the mill fire was set on purpose."),
    ("The court convicted Karl Vane", "The court acquitted Karl Vane."),
    ("The bridge at Orsk failed its inspection", "The Orsk bridge did not pass its inspection."),
    ("The dam at Orlik failed", "The dam at Kestro failed."),
    ("Kestrel scores 92 percent on Orrin", "Kestrel scores 71 percent on Orrin."),
    ("Maria Ost resigned", "Maria Ost denied wrongdoing after Karl Vane resigned."),
    ("The mill burned down", "Firefighters put out the mill fire by dawn."),
    ("The ship sailed with shells", "The ship sailed with grain."),
    (
        "Halden Bank will buy Orsk Savings",
        "No such plan exists, Halden Bank said of a report that it will buy Orsk Savings.",
    ),
    ("The plant leaked oil", "The plant leaked oil, a diver says. The plant leaked no oil."),
]


@pytest.mark.parametrize(("claim", "text"), AFFIRMING)
def test_a_text_that_states_the_claim_affirms_it(claim: str, text: str) -> None:
    assert side_of_text("", text, ClaimWords(claim)).side == "affirms"


@pytest.mark.parametrize(("claim", "text"), DENYING)
def test_a_text_that_negates_the_claim_or_calls_it_false_denies_it(claim: str, text: str) -> None:
    read = side_of_text("", text, ClaimWords(claim))

    assert read.side == "denies"
    assert read.text in text


@pytest.mark.parametrize(("claim", "text"), LEFT_OUT)
def test_a_text_that_says_neither_plainly_takes_no_side(claim: str, text: str) -> None:
    assert side_of_text("", text, ClaimWords(claim)).side in ("nowhere", "unclear", "both")


def test_a_title_states_a_claim_as_a_sentence_does() -> None:
    claim = ClaimWords("The mill burned down")

    assert side_of_text("Mill burns", "Flames were seen.", claim).side == "affirms"
    assert side_of_text("Did the mill burn down?", "The mill burned down.", claim).side == "affirms"
    assert side_of_text("Fact check: false", "The mill burned down, a post says.", claim).side == "denies"  # fmt: skip


def test_a_report_that_is_called_false_far_away_is_another_one() -> None:
    text = (
        "The mill burned down. " + "Bread is dear. " * 5 + "The report about the bridge is false."
    )

    assert side_of_text("", text, ClaimWords("The mill burned down")).side == "affirms"


@pytest.mark.parametrize(
    ("says", "side"),
    [
        ("The inspection went badly", "affirms"),
        ("Yes, that is so", "affirms"),
        ("I saw the flames", "other-words"),
        ("The Orsk bridge is open to lorries", "affirms"),
        ("Die Brücke hat die Prüfung bestanden", "other-words"),
        ("We retract our report that the bridge at Orsk failed its inspection", "unclear"),
        ("The Orsk bridge did not pass its inspection", "affirms"),
        ("False", "denies"),
        ("No.", "denies"),
        ("This is a complete hoax", "denies"),
        ("The bridge at Orsk has not failed its inspection", "denies"),
        ("Whether the bridge at Orsk failed its inspection is open", "unclear"),
    ],
)
def test_what_a_page_is_said_to_say_affirms_unless_its_words_do_not(says: str, side: str) -> None:
    claim = ClaimWords("The bridge at Orsk failed its inspection")

    assert side_of_wordings([says], claim).side == side


@pytest.mark.parametrize("pages", LISTS, ids=lambda each: each.name)
def test_no_page_of_the_lists_is_read_as_taking_the_other_side(pages: PageList) -> None:
    for entry in pages.evidence:
        text = f"{entry.get('text') or entry.get('says')}"

        read = side_of_text("", text, ClaimWords(pages.claim)).side

        other = "affirms" if entry.get("stance") == "denies" else "denies"
        assert read != other


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=200))
def test_any_texts_are_read(claim: str, text: str) -> None:
    read = side_of_text(claim[:10], text, ClaimWords(claim))

    assert read.side in ("affirms", "denies", "unclear", "both", "nowhere")


# What an audit makes of it


CLAIM = "The dam at Orlik failed"


def kinds(*pages: dict[str, str]) -> list[tuple[str, tuple[int, ...]]]:
    found = audit([{"publisher": f"p{n}", **each} for n, each in enumerate(pages)], CLAIM)
    return [
        (each.kind, each.pages)
        for each in found.claims[0].check
        if each.kind in ("not-stated", "unclear", "read-as-denial", "no-words")
    ]


def test_what_a_page_was_taken_to_say_is_told_page_by_page() -> None:
    told = kinds(
        {"text": "Soup with leeks."},
        {"text": "Did the dam at Orlik fail?"},
        {"text": "The dam at Orlik has not failed."},
        {},
        {"text": "The dam at Orlik failed."},
        {"text": "Soup with leeks.", "stance": "affirms"},
        {"text": "The dam at Orlik failed. The Orlik dam never failed."},
    )

    assert told == [
        ("not-stated", (0,)),
        ("unclear", (1,)),
        ("unclear", (6,)),
        ("read-as-denial", (2,)),
        ("no-words", (3,)),
    ]


def test_two_denials_are_no_confirmations() -> None:
    found = audit(
        [
            {"publisher": "a", "text": "The dam at Orlik did not fail. The report is false."},
            {"publisher": "b", "text": "Fact check: no, the Orlik dam has not failed."},
        ],
        CLAIM,
    )

    claim = found.claims[0]
    assert (claim.origins, claim.origins_against) == ((0, 0), (1, 2))
    assert claim.assessment.probability < 0.25


def test_pages_on_another_subject_leave_the_claim_as_it_was() -> None:
    pages = [{"publisher": f"p{n}", "text": "Football results from Saturday."} for n in range(8)]

    found = audit(pages, [{"id": "failed", "text": CLAIM, "prior": 0.3}])

    claim = found.claims[0]
    assert claim.assessment.probability == pytest.approx(0.3)
    assert claim.uncounted == tuple(range(8))
    assert [each.pages for each in claim.check if each.kind == "not-stated"] == [
        (0,), (1,), (2,), (3,), (4,), (5, 6, 7),
    ]  # fmt: skip
    assert "3 more pages" in str(found) or "three more pages" in str(found)
    assert found.assumed == ()
