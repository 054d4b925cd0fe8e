"""Text from a case is made harmless, and what it says is kept."""

from __future__ import annotations

import html
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.report.inert import address, escaped, exact, plain
from tests.cases.hostile_case import ADDRESSES, PAYLOADS

TEXTS = st.text(max_size=60)
TROUBLE = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(TEXTS)
def test_nothing_is_left_that_draws_outside_of_its_line(text: str) -> None:
    shown = plain(text)

    categories = {unicodedata.category(letter) for letter in shown}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(shown) & TROUBLE


@given(TEXTS)
def test_made_harmless_twice_is_made_harmless_once(text: str) -> None:
    assert plain(plain(text, 500), 500) == plain(text, 500)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=100))
def test_plain_words_are_kept_as_they_are(text: str) -> None:
    assert plain(text, 100) == text.translate({0xAD: None})


@given(TEXTS)
def test_escaped_text_reads_as_the_plain_text_and_has_no_character_of_markup(text: str) -> None:
    safe = escaped(text)

    assert not set(safe) & set("<>\"'")
    assert html.unescape(safe) == plain(text)


@given(st.integers(0, 3000), st.integers(1, 100))
def test_a_long_text_is_cut_and_says_by_how_much(length: int, most: int) -> None:
    shown = plain("x" * length, most)

    cut = length - most
    assert shown == ("x" * length if cut <= 0 else f"{'x' * most}… ({cut:,} more characters)")


def test_a_letter_keeps_six_accents_and_no_more() -> None:
    assert plain("e" + "\u0301" * 100) == "e" + "\u0301" * 6


@given(st.dictionaries(st.text(max_size=20), st.text(st.characters(), max_size=40), max_size=4))
def test_the_exact_form_of_json_reads_the_same_and_has_no_trouble_in_it(
    value: dict[str, str],
) -> None:
    written = json.dumps(value, ensure_ascii=False)

    safe = exact(written)

    assert json.loads(safe) == value
    assert not set(safe) & TROUBLE
    safe.encode()  # halves of surrogate pairs would not pass


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_could_do_more_than_lead_somewhere_is_no_link(url: str) -> None:
    assert address(url) is None


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_payload_is_an_address(payload: str) -> None:
    assert address(payload) is None


@pytest.mark.parametrize(
    "url",
    ["https://example.org/", "http://example.org:8080/a/b.html?c=d&e=%20#f", "https://[::1]/x"],
)
def test_a_plain_address_of_the_web_is_a_link(url: str) -> None:
    assert address(url) == url


def test_a_broken_address_is_no_link() -> None:
    assert address("https://[::1/x") is None
    assert address("https://" + "a" * 3000) is None
    assert address("https:///x") is None
