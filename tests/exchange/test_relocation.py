"""A quote is found again in a changed copy, or it is said that it is not."""

from __future__ import annotations

import sys

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.errors import InvalidValue, MissingExtra
from provenance.exchange import relocate
from provenance.records import Locator

TEXT = "On Monday a ship left port. On Tuesday a ship came back. Nobody saw the cargo."
WORDS = ("ship", "port", "cargo", "rebels", "general", "Monday", "a", "the", "left", "said")


@st.composite
def texts(draw: st.DrawFn) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)))


@given(texts(), texts(), texts())
def test_a_place_that_is_named_holds_the_words_that_are_named(
    before: str, quote: str, after: str
) -> None:
    text = f"{before} {quote} {after}"

    found = relocate(Locator(exact=quote, prefix=before), text)

    if found.found:
        assert found.locator is not None
        assert text[found.start : found.end] == found.locator.exact
        assert (found.locator.start, found.locator.end) == (found.start, found.end)


@given(texts(), st.integers(0, 200), st.integers(1, 60))
def test_in_an_unchanged_text_every_quote_is_found_where_it_was(
    text: str, start: int, length: int
) -> None:
    quote = text[start : start + length]
    assume(quote.strip())
    end = start + len(quote)
    locator = Locator(exact=quote, start=start, end=end)

    found = relocate(locator, text)

    assert (found.start, found.how, found.locator) == (start, "same-place", locator)


@given(texts(), texts(), texts())
def test_words_put_before_move_a_unique_quote_and_nothing_else(
    put: str, text: str, quote: str
) -> None:
    whole = f"{put} {text} <{quote}>"
    assume(whole.count(f"<{quote}>") == 1)

    found = relocate(Locator(exact=f"<{quote}>", start=0, end=len(quote) + 2), whole)

    assert (found.how, found.start) == ("exact", len(put) + len(text) + 2)


def test_the_words_around_decide_between_two_places() -> None:
    found = relocate(Locator(exact="a ship", prefix="Tuesday "), TEXT)

    assert (found.how, found.start) == ("context", TEXT.rindex("a ship"))


@pytest.mark.parametrize("suffix", [" came", " came back. Nobody saw the cargo and", " c"])
def test_the_words_after_decide_between_two_places_too(suffix: str) -> None:
    found = relocate(Locator(exact="a ship", suffix=suffix), TEXT)

    assert (found.how, found.start) == ("context", TEXT.rindex("a ship"))


def test_where_nothing_decides_no_place_is_named() -> None:
    found = relocate(Locator(exact="a ship"), TEXT)

    assert (found.how, found.found, found.locator) == ("ambiguous", False, None)
    assert found.places == ((10, 16), (39, 45))


def test_the_old_place_decides_where_the_words_around_do_not() -> None:
    found = relocate(Locator(exact="a ship", start=39, end=45), TEXT)

    assert (found.how, found.start) == ("same-place", 39)


def test_changed_words_between_the_same_ones_are_found() -> None:
    locator = Locator(exact="the ships came home", prefix="On Tuesday ", suffix=". Nobody")

    found = relocate(locator, TEXT, least_similarity=0.5)

    assert (found.how, found.locator and found.locator.exact) == ("context", "a ship came back")


def test_wholly_other_words_between_the_same_ones_are_not_the_quote() -> None:
    locator = Locator(exact="zzzz qqqq xxxx", prefix="On Tuesday ", suffix=". Nobody")

    assert relocate(locator, TEXT).how == "not-found"


def test_a_quote_with_a_slip_is_found_by_likeness_and_says_so() -> None:
    found = relocate(Locator(exact="Nobody saw the cargoes"), TEXT)

    assert (found.how, found.locator and found.locator.exact) == ("similar", "Nobody saw the cargo")
    # Twice the 20 characters in common, by 22 and 20: 40/42.
    assert found.similarity == pytest.approx(40 / 42)


def test_two_places_that_are_as_like_are_ambiguous() -> None:
    text = "The ship left port on Monday. " * 2

    found = relocate(Locator(exact="The ships left port on Monday"), text)

    assert found.how == "ambiguous"
    assert len(found.places) == 2


def test_what_is_not_there_is_not_found() -> None:
    found = relocate(Locator(exact="the minister resigned yesterday"), TEXT)

    assert (found.how, str(found)) == (
        "not-found",
        "neither the words nor any that are at least 80% alike stand there",
    )


def test_an_empty_text_holds_no_quote() -> None:
    assert relocate(Locator(exact="ship"), "").how == "not-found"


def test_a_locator_without_words_cannot_be_found() -> None:
    assert relocate(Locator(start=3, end=9), TEXT).how == "not-found"


def test_the_new_locator_drops_what_may_have_changed_with_the_place() -> None:
    locator = Locator(
        exact="Nobody saw", prefix="x", paragraph=3, page=2, url="https://example.org/"
    )

    found = relocate(locator, TEXT).locator

    assert found is not None
    assert (found.paragraph, found.page, found.prefix) == (None, None, None)
    assert found.url == "https://example.org/"


def test_a_search_that_would_take_too_long_is_not_begun() -> None:
    found = relocate(Locator(exact="q" * 9_999), "x " * 500_000)

    assert found.how == "not-found"
    assert "too long" in found.why


def test_a_text_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(InvalidValue, match="at most"):
        relocate(Locator(exact="q"), "x" * 20_000_001)


@pytest.mark.parametrize("least", [0.0, 1.5, float("nan"), -1.0])
def test_a_similarity_outside_its_range_is_refused(least: float) -> None:
    with pytest.raises(InvalidValue, match="similarity"):
        relocate(Locator(exact="q"), TEXT, least_similarity=least)


def test_a_thousand_copies_of_the_words_are_listed_only_in_part() -> None:
    found = relocate(Locator(exact="ab"), "ab " * 20_000)

    assert found.how == "ambiguous"
    assert len(found.places) == 100


def test_without_its_package_a_search_by_likeness_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)

    assert relocate(Locator(exact="left port"), TEXT).how == "exact"
    with pytest.raises(MissingExtra, match="annotation"):
        relocate(Locator(exact="leaves port"), TEXT)


def test_words_before_and_after_that_stand_far_apart_enclose_nothing() -> None:
    text = f"On Tuesday {'x ' * 400}. Nobody saw the cargo."
    locator = Locator(exact="a ship came back", prefix="On Tuesday ", suffix=". Nobody")

    assert relocate(locator, text).how == "not-found"


def test_where_words_have_no_spaces_between_them_a_place_is_found_too() -> None:
    text = (
        "上週有一艘滿載武器的船離開了港口開往敘利亞沿海的一個小城市當地居民都看見了它並且告訴了記者"
    )

    found = relocate(Locator(exact="滿載武器的船已離開了港口開往敘利亞"), text)

    assert found.how == "similar"
    assert found.locator is not None
    assert "離開了港口開往敘利亞" in (found.locator.exact or "")
