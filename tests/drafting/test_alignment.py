"""Copied words found again in their text: whole, in parts, in other spelling, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting.alignment import aligned, folded, places_of

TEXT = (
    "The barge “Odile” — the last one — left at  dawn with forty crates. "
    "The ﬁrst ship to Zürich took them to a cafe\u0301. "
    "Nobody’s crate was opened, which is why the customs officers organised a search."
)


def found(words: str, text: str = TEXT) -> list[str]:
    """The parts of the first way to read some words, as the text has them."""
    ways = aligned(words, folded(text))
    return [text[start:end] for start, end in ways[0]] if ways else []


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("left at dawn", ["left at  dawn"]),
        ('The barge "Odile"', ["The barge “Odile"]),
        ("the barge", ["The barge"]),
        ("the last one -- left", ["the last one — left"]),
        ("took them to a café", ["took them to a cafe\u0301"]),
        ("Nobody's crate", ["Nobody’s crate"]),
        ("''left at dawn''", ["left at  dawn"]),
        ("The barge ... left at dawn", ["The barge", "left at  dawn"]),
        ("The barge […] left at dawn…", ["The barge", "left at  dawn"]),
        ("the last one left at dawn", ["the last one", "left at  dawn"]),
        ("first ship to Zu\u0308rich", ["ﬁrst ship to Zürich"]),
        ("the customs officers organized a search", ["the customs officers organised a search"]),
    ],
)
def test_what_differs_in_marks_spaces_and_spelling_is_found(words: str, there: list[str]) -> None:
    assert found(words) == there


@pytest.mark.parametrize(
    "words",
    [
        "left at dusk with forty crates",
        "left at dawn with fourty-one crates",
        "left at dawn with 40 crates",
        "a search … The barge",
        "… …",
        "the crates the crates the crates",
        "forty crates was opened by nobody at all",
        "a … b … c … d … e … f … g … h",
        "arge",
        "",
        "?!",
        "officers organized",
    ],
)
def test_what_the_text_does_not_say_is_not_found(words: str) -> None:
    assert found(words) == []


def test_of_several_places_all_are_named() -> None:
    assert places_of("quay", folded("The quay, a quay, the quays")) == ((4, 8), (12, 16))


def test_parts_are_taken_where_they_stand_nearest_together() -> None:
    text = "The ship was grey. The ship was loaded at the quay."

    assert found("The ship ... loaded at the quay", text) == ["The ship", "loaded at the quay"]
    assert aligned("The ship ... loaded at the quay", folded(text))[0][0] == (19, 27)


def test_a_place_between_similar_ones_is_not_guessed() -> None:
    text = "The harbour clerk left early. The harbour clerk left earli."

    assert aligned("The harbour clerk left earlz", folded(text)) == ()


pieces = st.lists(
    st.sampled_from(
        [
            "ship",
            "Ship",
            "“",
            "”",
            "’",
            " ",
            "  ",
            "\n",
            "…",
            "...",
            "—",
            " – ",
            "-",
            ",",
            "é",
            "e\u0301",
            "ﬁ",
            "\u00ad",
            "نص",
            "7",
            "''",
            "\ufeff",
        ]
    ),
    max_size=30,
).map("".join)


@given(pieces | st.text(max_size=40))
def test_every_offset_leads_back_into_the_text_in_its_order(text: str) -> None:
    form = folded(text)

    ends = [form.back(at, at + 1) for at in range(len(form.text))]

    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert [start for start, _ in ends] == sorted(start for start, _ in ends)


@given(pieces, st.integers(0, 40), st.integers(0, 40))
def test_words_cut_from_a_text_are_found_in_it_as_they_were_folded(
    text: str, start: int, length: int
) -> None:
    form = folded(text)
    words = folded(text[start : start + length]).text

    ways = aligned(words, form)

    for way in ways:
        for place in way:
            assert folded(text[slice(*place)]).text.strip().casefold() in form.text.casefold()


@given(st.lists(st.sampled_from(["ship", "quay", "crate", "and"]), min_size=1, max_size=12))
def test_a_run_of_whole_words_is_always_found(run: list[str]) -> None:
    text = "A word before, " + "  ".join(run) + ", a word after."

    assert found(" ".join(run), text)[:1] == ["  ".join(run)]
