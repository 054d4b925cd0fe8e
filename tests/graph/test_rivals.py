"""Claims that may be answers of one question, going by their words, and claims that are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import load_case
from provenance.graph import Graph, is_negative
from provenance.graph.rivals import rivals_in


def rivals(one: str, other: str, **more: Any) -> bool:
    claims = [{"id": "one", "text": one}, {"id": "other", "text": other}]
    case = {"version": 1, "claims": claims, "sources": [], "attributions": [], **more}
    return "one" in Graph.of(load_case(case)).rivals


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kestria bombed St Anne's hospital", "Vardania bombed St Anne's hospital"),
        ("Kestria bombed the hospital", "A Vardanian missile fell on the hospital"),
        ("The hospital was bombed by Kestria", "The hospital was bombed by a local militia"),
        ("The president is hiding in Rome with his family",
         "The president is hiding in Paris with his family"),
        ("The painter Ahmed Said forged the bonds of the bank",
         "The painter Omar Hassan forged the bonds of the bank"),
    ],
)  # fmt: skip
def test_claims_of_the_same_words_but_for_who_or_where_are_rivals(one: str, other: str) -> None:
    assert rivals(one, other)
    assert rivals(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # one word of the two is the same
        ("The depot was hit", "The hospital was hit"),
        ("Ali left Cairo", "Omar left Cairo"),
        # several may do it, or it may be done to several
        ("Ali attended the secret meeting in Prague", "Omar attended the secret meeting in Prague"),
        ("Kestria bombed the hospital in Kest", "Kestria bombed the school in Kest"),
        # numbers and days
        ("Forty people died in the market", "Sixty people died in the market"),
        ("Kestria bombed the hospital in May", "Kestria bombed the hospital in June"),
        ("In 2014 Kestria bombed the hospital", "In 2015 Kestria bombed the hospital"),
        # one says more than the other, or denies it
        ("Kestria bombed the hospital", "Kestria bombed the hospital at night"),
        ("Kestria bombed the hospital", "Vardania did not bomb the hospital"),
        ("Nurses left St Anne's hospital", "Kestria bombed St Anne's hospital"),
    ],
)
def test_claims_that_can_well_be_true_together_are_none(one: str, other: str) -> None:
    assert not rivals(one, other)


K, V = "Kestria bombed the hospital", "Vardania bombed the hospital"


def test_claims_of_one_question_or_of_one_link_are_no_rivals_any_more() -> None:
    asked = {"id": "q", "text": "Who?", "claims": ["one", "other"]}

    assert rivals(K, V)
    assert not rivals(K, V, questions=[asked])
    assert not rivals(K, V, links=[{"kind": "contradicts", "claims": ["one", "other"]}])


def test_who_says_both_takes_them_for_no_rivals() -> None:
    said = [{"id": n, "source": "s", "claim": n} for n in ("one", "other")]
    denied = [said[0], {**said[1], "stance": "denies"}]

    assert not rivals(K, V, sources=[{"id": "s"}], attributions=said)
    assert rivals(K, V, sources=[{"id": "s"}], attributions=denied)


def test_a_list_of_many_of_a_kind_is_no_question() -> None:
    claims = [{"id": f"c{n}", "text": f"{'X' * (n + 1)} bombed the hospital"} for n in range(21)]
    case = {"version": 1, "claims": claims, "sources": [], "attributions": []}

    assert not Graph.of(load_case(case)).rivals
    assert len(Graph.of(load_case(case | {"claims": claims[:20]})).rivals) == 20


def test_of_a_table_of_claims_nobody_asks() -> None:
    texts = {"k": K, "v": V} | {f"c{n}": "" for n in range(1_998)}

    assert rivals_in(texts, dict(zip(texts, range(2_000), strict=True)))
    assert not rivals_in(
        texts | {"more": ""}, dict(zip([*texts, "more"], range(2_001), strict=True))
    )


def test_of_a_long_text_the_beginning_is_read() -> None:
    tail = " ".join(f"then{n:03}x" for n in range(50))

    assert rivals(f"{K} {tail}", f"{V} {tail} and more")


WORDS = ("Kestria", "Vardania", "bombed", "by", "the", "hospital", "of", "St", "Anne", "7")


@given(st.lists(st.sampled_from(WORDS)))
def test_a_text_is_no_rival_of_itself_and_rivals_are_mutual(words: list[str]) -> None:
    text = " ".join(words) or "nothing"

    assert not rivals(text, text)
    assert rivals(text, K) == rivals(K, text)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Aircraft did not bomb the hospital", True),
        ("The ship didn't sail", True),
        ("The ship carried no weapons", True),
        ("Shaft no 5 burned", False),
        ("It was not until noon that it sailed", False),
        ("The ship no longer sails", False),
        ("The message came from the agency and not from somebody else", False),
        ("The campaign kept cash that it did not report", False),
        ("The ministry denied the strike", False),
    ],
)
def test_a_text_is_negative_where_its_first_clause_is(text: str, is_so: bool) -> None:
    assert is_negative(text) is is_so
