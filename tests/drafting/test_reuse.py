"""Shared passages: found where they are, told with their words, and none where there are none."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting import SourceDocument, read_document, shared_texts
from provenance.drafting.reuse import EARLIEST, reuse_probability
from tests.drafting.planted_rewrites import collection, report, rewritten, written

TOLD = "Forty wooden crates of shells were loaded into the rusty freighter before the sun came up."


def page(text: str, name: str, **known: Any) -> SourceDocument:
    return read_document(text, id=name, **{"publisher": f"Paper {name}", **known})


def own_report(seed: int, matter: int = 1) -> str:
    return written(report(random.Random(seed), matter))


def longest_common_run(one: str, other: str) -> int:
    """The slow and obvious twin: how many words in a row two texts have in common at most."""
    a, b = one.casefold().split(), other.casefold().split()
    best, before = 0, [0] * (len(b) + 1)
    for word in a:
        now = [0] * (len(b) + 1)
        for place, each in enumerate(b, 1):
            now[place] = before[place - 1] + 1 if word == each else 0
            best = max(best, now[place])
        before = now
    return best


def test_a_copied_passage_is_found_word_for_word_with_its_place() -> None:
    first, other = page(TOLD, "a"), page(f"Friends, listen to this. {TOLD} Good night.", "b")

    shared = shared_texts([first, other])[0]

    passage = shared.passages[0]
    assert (shared.first, shared.other) == ("a", "b")
    assert passage.exact
    assert first.text[passage.start : passage.end] == passage.text
    assert other.text[passage.other_start : passage.other_end] == passage.other_text
    assert "wooden crates of shells were loaded into the rusty freighter" in passage.text


def test_a_passage_with_some_words_exchanged_is_found_as_near() -> None:
    changed = TOLD.replace("shells were loaded", "shells were then quickly loaded")

    passage = shared_texts([page(TOLD, "a"), page(changed, "b")])[0].passages[0]

    assert not passage.exact
    assert "shells were then quickly loaded into" in passage.other_text


def test_how_much_is_found_is_told_of_both_sides() -> None:
    # Half of what "b" says is the whole of "a"; the other half is a report of its own.
    own = own_report(7)

    shared = shared_texts([page(TOLD, "a"), page(f"{TOLD} {own}", "b")])[0]

    assert shared.of_first == 1.0
    assert 0.0 < shared.of_other < 0.5


def test_the_earlier_document_comes_first_in_whichever_order_they_are_given() -> None:
    earlier = page(TOLD, "late-in-the-list", published_on="2026-01-01")
    later = page(TOLD, "first-in-the-list", published_on="2026-01-02")
    undated = page(TOLD, "undated")

    found = shared_texts([undated, later, earlier])

    assert {(each.first, each.other) for each in found} == {
        ("late-in-the-list", "first-in-the-list"),
        ("late-in-the-list", "undated"),
        ("first-in-the-list", "undated"),
    }


def test_pages_of_one_publisher_are_not_compared() -> None:
    pages = [page(TOLD, name, publisher="The Gazette") for name in "ab"]

    assert shared_texts(pages) == ()


def test_what_both_quote_is_told_as_quoted_and_is_no_reuse() -> None:
    said = "“We loaded forty crates of heavy shells into the rusty freighter before sunrise”"
    pages = [page(f"He came late. {said}, he said.", "a"), page(f"It rained hard. {said}.", "b")]

    shared = shared_texts(pages)[0]

    assert shared.passages[0].quoted
    assert shared.words == 0.0
    assert shared.probability == 0.0


def test_names_and_numbers_count_half_because_honest_reports_share_them() -> None:
    names = "they met Maria Theresa Ost, Gen. Karl Vane and Petro Lund in Port Velm on 12 May 2026"
    plain = "they loaded forty heavy crates into rusty freighters while sleepy guards drank coffee"

    of_names = shared_texts([page(names, "a"), page(f"So {names}", "b")])
    of_words = shared_texts([page(plain, "a"), page(f"So {plain}", "b")])

    assert of_names[0].words <= 0.75 * of_words[0].words


@pytest.mark.parametrize("seed", range(5))
def test_own_reports_on_one_matter_share_nothing(seed: int) -> None:
    pages = [page(own_report(10 * seed + n), str(n)) for n in range(6)]

    assert shared_texts(pages) == ()


@given(st.integers(0, 10_000), st.integers(0, 17), st.integers(3, 8))
def test_a_run_of_whole_sentences_is_always_found(seed: int, start: int, count: int) -> None:
    generator = random.Random(seed)
    sentences = report(generator, 1)
    taken = sentences[start : start + count]
    copy = report(generator, 2, 6) + taken + report(generator, 2, 6)
    one, other = written(sentences), written(copy)

    found = shared_texts([page(one, "a"), page(other, "b")])

    # A sentence has nine words at least, of which some four in ten say nothing.
    run = longest_common_run(one, other)
    assert bool(found) or run < 30
    for each in found:
        for passage in each.passages:
            assert passage.words >= 5


def test_many_copies_are_compared_with_the_first_ones_and_not_with_all() -> None:
    pages = [page(f"{TOLD} Page {n}.", f"{n:03}") for n in range(40)]

    found = shared_texts(pages)

    assert {each.other for each in found} == {f"{n:03}" for n in range(1, 40)}
    assert {each.first for each in found} == {f"{n:03}" for n in range(EARLIEST)}


def test_a_text_without_spaces_between_its_words_is_read_letter_by_letter() -> None:
    told = "货轮黎明前离开港口甲板下装着四十箱炮弹两名领航员这样说"

    shared = shared_texts([page(told, "a"), page(f"各位读者请注意{told}晚安", "b")])

    assert shared[0].of_first == 1.0


@pytest.mark.parametrize(
    "text", ["word " * 3_000, "a", "12 12 12 12", "??!", "“" * 500, "Aa " * 500 + "“x"]
)
def test_strange_texts_share_at_most_themselves(text: str) -> None:
    for each in shared_texts([page(text, "a"), page(text, "b"), page(TOLD, "c")]):
        assert {each.first, each.other} == {"a", "b"}
        assert 0.0 <= each.probability <= 0.99


def test_documents_are_read_to_a_bound() -> None:
    long = " ".join(f"word{n}" for n in range(60_000))

    shared = shared_texts([page(f"{long} {TOLD}", "a"), page(TOLD, "b")])

    assert shared == ()


def test_more_shared_words_are_never_less_probable_and_never_certain() -> None:
    likely = [reuse_probability(words) for words in range(60)]

    assert likely == sorted(likely)
    assert likely[0] == 0.0
    assert likely[-1] == 0.99


# Planted rewrites, 200 documents of which every fourth is one: what is found, and what is found that
# is not there. Pairs of rewrites of one report are reuse too.


@pytest.mark.parametrize(
    ("how", "share", "least_recall"),
    [
        ("sentences", 0.1, 1.0), ("sentences", 0.5, 1.0), ("sentences", 0.9, 0.9),
        ("words", 0.1, 1.0), ("words", 0.3, 0.95), ("words", 0.5, 0.4), ("words", 0.9, 0.0),
    ],
)  # fmt: skip
def test_planted_rewrites_are_found_and_nothing_else(
    how: Any, share: float, least_recall: float
) -> None:
    documents, true = collection(200, share, how)
    original = {rewrite: first for first, rewrite in true}

    found = {
        (each.first, each.other) for each in shared_texts(documents) if each.probability >= 0.8
    }

    family = {pair for pair in found if len({original.get(name, name) for name in pair}) == 1}
    assert found == family  # a precision of 1
    assert len(found & true) / len(true) >= least_recall


def test_words_exchanged_at_ninety_percent_leave_nothing_to_find() -> None:
    generator = random.Random(3)
    sentences = report(generator, 1)
    anew = rewritten(generator, sentences, 1, 0.9, "words")

    assert shared_texts([page(written(sentences), "a"), page(written(anew), "b")]) == ()
