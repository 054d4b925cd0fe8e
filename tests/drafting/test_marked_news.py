"""Invented news in which every attribution is marked: how much of it the rules draft right."""

from __future__ import annotations

import pytest

from benchmarks.drafted_attributions import INVENTED, invented, marked_up, rates, words_of


def test_marks_are_taken_out_of_a_text_and_kept_as_places() -> None:
    text, marked = marked_up("{s1 The mayor} {c1 said} {k1 the fund was empty}.")

    assert text == "The mayor said the fund was empty."
    assert marked[0].content == words_of(text, [(15, 33)])
    assert marked[0].claim


def test_who_says_it_may_be_left_out_where_it_is_the_same() -> None:
    _, marked = marked_up("{s1 Ost} {c1 said} {k1 it sailed} and {h2 hoped} {k2 it sank}.")

    assert marked[1].source == marked[0].source
    assert not marked[1].claim


@pytest.mark.parametrize(("name", "least"), [("first", 0.94), ("second", 0.9), ("third", 0.89)])
def test_of_marked_news_most_claims_are_drafted_whole(name: str, least: float) -> None:
    found = rates(invented(INVENTED / f"{name}.txt"), 0.8)

    assert found.f1 >= least
    assert found.attributions >= 0.95
