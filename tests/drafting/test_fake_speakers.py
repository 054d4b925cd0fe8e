"""Whom a page calls fake: tables of sentences, labels, what comes after, and any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import audit
from provenance.drafting import AuditedClaim
from provenance.drafting.english import word_set
from provenance.drafting.fake_speakers import fake_after, fake_speaker, is_labelled_fake
from tests.drafting.called_fake_pages import (
    CALLED_FAKE,
    FRESH_CALLED_FAKE,
    LAST_CALLED_FAKE,
    MISSED,
    Rows,
)

DAM = "The dam at Karlow broke"
TABLES = (CALLED_FAKE, FRESH_CALLED_FAKE, LAST_CALLED_FAKE)


def audited(claim: str = DAM, **page: str) -> AuditedClaim:
    return audit([{"publisher": "Velm Gazette", **page}], claim).claims[0]


def outcome(claim: str, text: str) -> str:
    found = audited(claim, text=text)
    sides = sorted({group.side for group in found.groups})
    told = " ".join(each.text for each in found.check if each.kind == "unclear")
    if sides:
        return "/".join(sides)
    return "called fake" if "calls fake" in told or "its own label" in told else "asked about"


@pytest.mark.parametrize("rows", TABLES)
def test_what_a_page_calls_fake_is_not_counted_for(rows: Rows) -> None:
    found = {text: outcome(claim, text) for claim, text, best in rows if best != "for"}

    assert {text for text, side in found.items() if "for" in side} == MISSED & found.keys()


@pytest.mark.parametrize("rows", TABLES)
def test_words_for_what_is_fake_call_no_other_speaker_so(rows: Rows) -> None:
    found = {text: outcome(claim, text) for claim, text, best in rows if best == "for"}

    assert {text for text, side in found.items() if side == "called fake"} == set()
    assert {text for text, side in found.items() if "against" in side} == set()


def test_the_page_tells_how_often_that_is_right() -> None:
    page = Path(__file__, "../../../docs/how-to/audit-pages.md").resolve().read_text("utf-8")

    for rows in TABLES:
        marked = [(claim, text) for claim, text, best in rows if best != "for"]
        plain = [(claim, text) for claim, text, best in rows if best == "for"]
        missed = sum("for" in outcome(*each) for each in marked)
        right = sum(outcome(*each) == "for" for each in plain)
        assert f"| {len(marked)} | {missed} | {len(plain)} | {right} |" in page


def test_check_says_that_the_page_itself_calls_it_fake() -> None:
    found = audited(text=f"A parody account wrote that {DAM}.")

    assert found.uncounted == (0,)
    assert found.check[0].kind == "unclear"
    assert "the page itself calls fake who or what says so" in found.check[0].text


@pytest.mark.parametrize("name", ["says", "quote", "text", "title"])
def test_what_is_called_fake_is_no_witness_in_any_field(name: str) -> None:
    found = audited(**{name: f"A doctored screenshot says that {DAM}."})

    assert found.uncounted == (0,)


def test_a_denial_beside_what_is_called_fake_counts() -> None:
    plain = audited(text=f"A hoax says that {DAM}. The dam at Karlow did not break, a guard said.")
    of_it = audited(text=f"A hoax says that {DAM}. The water board denied it.")
    verdict = audited(text=f"A hoax says that {DAM}. The report is false.")

    for found, who in ((plain, "a guard (Velm Gazette)"), (of_it, "The water board"),
                       (verdict, "Velm Gazette")):  # fmt: skip
        assert [(each.origin, each.side) for each in found.groups] == [(who, "against")]


def test_a_stance_of_the_list_stands_over_what_the_page_calls_fake() -> None:
    found = audited(text=f"A hoax says that {DAM}.", stance="affirms")

    assert found.uncounted == ()


@pytest.mark.parametrize(
    "page",
    [
        {"text": f"Satire. {DAM}, her piano said."},
        {"text": f"[Parody] {DAM}."},
        {"text": f"{DAM}, a duck said. This is satire."},
        {"text": f"It was only a joke: {DAM}, the post said."},
        {"title": "Satire: water everywhere", "text": f"{DAM}, a duck said."},
        {"says": f"Satire: {DAM}"},
        {"text": f"Satire. {DAM}, a duck said. " + "Soup with leeks. " * 1_300},
        {"title": "Satire: water", "text": f"{DAM}, a duck said. " + "Soup with leeks. " * 1_300},
    ],
)
def test_a_text_that_is_labelled_as_no_report_counts_for_nothing(page: dict[str, str]) -> None:
    found = audited(**page)

    assert found.uncounted == (0,)
    assert "its own label says that it is no report" in found.check[0].text


def test_who_denies_in_a_text_that_is_labelled_as_no_report_is_heard() -> None:
    text = f"Satire. {DAM}, a duck said. The dam at Karlow did not break, the water board said."

    found = audited(text=text)

    assert [(each.origin, each.side) for each in found.groups] == [("the water board", "against")]


def test_a_label_on_what_states_no_claim_changes_nothing() -> None:
    found = audited(text="Satire. Soup with leeks.")

    assert [each.kind for each in found.check][:1] == ["not-stated"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("SATIRE\nThe dam broke.", True), ("April Fool! The dam broke.", True),
        ("This article is satire. The dam broke.", True), ("The dam broke. (Satire)", True),
        ("Satire is dead, the dam broke.", False), ("This is not satire: the dam broke.", False),
        ("No joke: the dam broke.", False), ("", False),
    ],
)  # fmt: skip
def test_labels_are_told_from_sentences(text: str, is_one: bool) -> None:
    assert is_labelled_fake(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The account is a parody.", True), ("The site describes itself as satirical.", True),
        ("The video was made with AI.", True), ("It was an elaborate joke.", False),
        ("The account is no parody.", False), ("The fur is fake.", False),
    ],
)  # fmt: skip
def test_what_was_told_may_be_called_fake_afterwards(text: str, is_one: bool) -> None:
    found = audited(text=f"Posts say that {DAM}. {text}")

    assert (fake_after(text) is not None) is is_one
    assert (found.uncounted == (0,)) is is_one


def test_a_name_is_no_word_for_what_is_fake() -> None:
    for text in ("The Fake Gazette says", "In the Parody Show, a guest says"):
        whole = f"{text} that the dam broke."

        assert fake_speaker(whole, [whole.index("dam"), whole.index("broke")]) is None


WORDS = sorted(
    word_set(
        "a the fake doctored screenshot account hoax parody , . says that in on of as joke it is dam "
        "broke shared by AI which posing"
    )
)


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_are_read_and_what_is_found_is_in_them(words: list[str]) -> None:
    text = " ".join(["dam", *words, "broke"])

    found = fake_speaker(text, [0, text.rindex("broke")])

    assert found is None or 0 <= found[0] < found[1] <= len(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    is_labelled_fake(text)
    found = fake_after(text)

    assert found is None or text[slice(*found)].strip()
