"""Claims that may be answers of one question, going by their words, and claims that are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import load_case
from provenance.graph import Graph, is_negative
from provenance.graph.quantities import is_coarser, outline_of, stated_in
from provenance.graph.rivals import differing_in


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
        # days of what is done again and again
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The population of Porvel is 48,213", "The population of Porvel is 482,130"),
        ("Mount Ostra is 2,614.3 m high", "Mount Ostra is 2,640 m high"),
        ("Ana Okun was born on 14 March 1871", "Ana Okun was born on 26 March 1871"),
        ("Ana Okun was born in 1871", "Ana Okun was born in 1872"),
        ("Ilko Marenz is the head of state", "Dora Savić is the head of state"),
        ("Ilko Marenz is the head of state of Kestria", "Dora Savić is the head of state of Kestria"),
        ("The treaty was signed on 3 May 1912", "The treaty was signed on 5 May 1912"),
        ("Porvel hat 48.213 Einwohner", "Porvel hat 51.900 Einwohner"),
        ("Ana Okun wurde am 14. März 1871 geboren", "Ana Okun wurde am 26. März 1871 geboren"),
        ("Ilko Marenz ist der Staatschef", "Dora Savić ist der Staatschef"),
        ("Ana Okun est née le 14 mars 1871", "Ana Okun est née le 26 mars 1871"),
        ("Ilko Marenz est le chef de l'État", "Dora Savić est le chef de l'État"),
        ("Ana Okun nació en 1871", "Ana Okun nació en 1881"),
        ("La población de Porvel es de 48.213 habitantes", "La población de Porvel es de 51.000 habitantes"),
        ("Ilko Marenz es el presidente", "Dora Savić es el presidente"),
        ("The bridge cost 14 million euros", "The bridge cost 19 million euros"),
        ("The ferry sank at 23:40 on 2 June", "The ferry sank at 23:40 on 3 June"),
        ("The mill was founded in 1871", "The mill was founded in 1817"),
        ("Dora Savić died on 1 January 1950", "Dora Savić died on 2 January 1950"),
        ("The capital of Kestria is Velm", "The capital of Kestria is Porvel"),
        ("The author of the letter is Ilko Marenz", "The author of the letter is Dora Savić"),
        ("The river Ost is 312 km long", "The river Ost is 412 km long"),
        ("At least 17 people died in the fire", "At least 24 people died in the fire"),
        ("The turnout was 61 %", "The turnout was 43 %"),
        ("Население Порвела составляет 48 213 человек", "Население Порвела составляет 51 900 человек"),
        ("Анна Окун родилась в 1871 году", "Анна Окун родилась в 1872 году"),
        ("The first director of the museum was Ilko Marenz", "The first director of the museum was Dora Savić"),
        ("The church was built by Ilko Marenz", "The church was built by Dora Savić"),
        ("Ana Okun was born on March 14, 1871", "Ana Okun was born on March 26, 1871"),
        ("Frost burst the main", "A digger broke the main"),
        ("Forty people died in the market", "Sixty people died in the market"),
        ("Forty people died in the market", "Forty-two people died in the market"),
        ("The ferry left at 23:40", "The ferry left at 23:55"),
        ("The toll rose to 17", "The toll rose to 19"),
        ("17 people died in the fire", "19 people died in the fire"),
        ("In May 12,000 trees fell", "In May 13,100 trees fell"),
        ("The blast killed 12 in the market", "The blast killed 14 in the market"),
        ("The mine closed on 1950-01-02", "The mine closed on 1950-01-03"),
        ("The mine closed on the 2nd of January 1950", "The mine closed on the 2nd of January 1951"),
        ("In 1871 the mill was founded", "In March 1872 the mill was founded"),
        ("About 3 thousand marched", "About 5 thousand marched"),
        ("The tunnel is 0.213 km long", "The tunnel is 0.413 km long"),
        ("Il costo era di 1.234.567 lire", "Il costo era di 1.334.567 lire"),
    ],
)  # fmt: skip
def test_claims_of_which_one_value_can_be_right_are_rivals(one: str, other: str) -> None:
    assert rivals(one, other)
    assert rivals(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilko Marenz is a member of the council", "Dora Savić is a member of the council"),
        ("Ilko Marenz visited the school in Velm", "Dora Savić visited the school in Velm"),
        ("Ilko Marenz has a brother named Ali", "Ilko Marenz has a brother named Omar"),
        ("Ilko Marenz visited Velm on 3 May", "Ilko Marenz visited Velm on 9 May"),
        ("Kestria shelled Kest on 3 May 1912", "Kestria shelled Kest on 9 May 1912"),
        ("Shaft 5 of the mine burned", "Shaft 6 of the mine burned"),
        ("Flight 17 was late", "Flight 18 was late"),
        ("Article 5 was changed by the court", "Article 7 was changed by the court"),
        ("Ilko Marenz ist ein Mitglied des Rates", "Dora Savić ist ein Mitglied des Rates"),
        ("Ilko Marenz est un membre du conseil", "Dora Savić est un membre du conseil"),
        ("Ilko Marenz speaks French at home", "Ilko Marenz speaks German at home"),
        ("The population of Porvel was 41,000 in 1990", "The population of Porvel was 43,000 in 1991"),
        ("The population of Porvel was 41,000 in 1990", "The population of Kest was 41,000 in 1990"),
        ("Ilko Marenz won the race in 1990", "Ilko Marenz won the race in 1994"),
        ("Ilko Marenz is one of the owners of the mill", "Dora Savić is one of the owners of the mill"),
        ("The museum is open on 3 May", "The museum is open on 4 May"),
        ("Ilko Marenz lived in Velm", "Dora Savić lived in Velm"),
        ("Ilko Marenz was a witness of the fire", "Dora Savić was a witness of the fire"),
        ("Resolution 242 was adopted by the council", "Resolution 338 was adopted by the council"),
        ("Velm is a town in Kestria", "Porvel is a town in Kestria"),
        ("It rained in Porvel on 3 May", "It rained in Porvel on 4 May"),
        ("The council met in Velm on 3 May", "The council met in Velm on 7 May"),
        ("Ilko Marenz owns the mill in Velm", "Ilko Marenz owns the inn in Velm"),
        ("Room 12 was searched", "Room 14 was searched"),
        ("The ship called at Velm in 1871", "The ship called at Velm in 1873"),
        ("Ilko Marenz wrote to Dora Savić on 3 May", "Ilko Marenz wrote to Dora Savić on 8 May"),
        ("Version 2.1 has the fault", "Version 2.4 has the fault"),
        ("Ilko Marenz played for Velm in 1990", "Ilko Marenz played for Velm in 1992"),
        ("Ilko Marenz is the brother of Ali", "Ilko Marenz is the brother of Omar"),
        ("Two guards saw the fire on page 4", "Two guards saw the fire on page 9"),
        ("Porvel had 41,000 people in 1990", "Porvel had 41,000 people in 1995"),
        ("About 48,000 people live in Porvel", "48,000 people live in Porvel"),
        ("Ilko Marenz opened the new mill in Velm at last", "Savić wrote nine long letters home"),
        ("The shop is open on 3 May", "The shop is open on 9 May"),
        ("The 2nd shaft burned", "The 3rd shaft burned"),
        ("The fire began in reactor 4", "The fire began in reactor 3"),
        ("In camp 4 was a fire", "In camp 3 was a fire"),
        ("Item 1111111111111111111111111111111 was lost", "Item 2222222222222222222222222222222 was lost"),
        ("Porvel has 48,213 people", "Porvel has not 48,000 people"),
        ("The hospital was hit", "The hospital was empty"),
        ("48", "49"),
        ("It is page 7", "It is page 7."),
    ],
)  # fmt: skip
def test_claims_that_hold_of_several_are_no_rivals(one: str, other: str) -> None:
    assert not rivals(one, other)
    assert not rivals(other, one)


@pytest.mark.parametrize(
    ("finer", "coarser"),
    [
        ("The population of Porvel is 48,213", "The population of Porvel is 48,000"),
        ("Ana Okun was born on 14 March 1871", "Ana Okun was born in 1871"),
        ("Ana Okun was born on 14 March 1871", "Ana Okun was born in March 1871"),
        ("Mount Ostra is 2,614.3 m high", "Mount Ostra is 2,614 m high"),
        ("About 48,213 people live in Porvel", "About 48,000 people live in Porvel"),
        ("The mine closed on 14 March 1871", "The mine closed on 14 March"),
        ("It cost 1,960,000 euros", "It cost 2.0 million euros"),
        ("Kestria bombed the hospital on 3 May 1912", "Kestria bombed the hospital in May 1912"),
    ],
)
def test_a_claim_with_a_rounder_value_is_implied_and_no_rival(finer: str, coarser: str) -> None:
    texts, apart = {"fine": finer, "round": coarser}, {"fine": 0, "round": 1}

    found = differing_in(texts, apart)

    assert not found.rivals
    assert found.coarser == {"fine": ("round",)}
    assert differing_in(dict(reversed(texts.items())), apart).coarser == found.coarser
    assert not differing_in({**texts, "x": "Else"}, {"fine": 0, "round": 0, "x": 1}).coarser


def test_of_claims_that_are_ever_rounder_each_implies_the_next() -> None:
    days = {"y": "Okun died in 1871", "d": "Okun died on 3 May 1871", "m": "Okun died in May 1871"}

    assert differing_in(days, {name: name for name in days}).coarser == {
        "d": ("m",),
        "m": ("y",),
    }


def test_a_list_of_many_figures_of_a_kind_is_no_question() -> None:
    figures = {f"c{n}": f"Porvel has {n} inns" for n in range(2, 23)}
    few = dict([*figures.items()][1:])

    assert not differing_in(figures, {name: name for name in figures}).rivals
    assert len(differing_in(few, {name: name for name in few}).rivals) == 20


def test_a_graph_tells_both_claims_that_one_says_the_other_more_exactly() -> None:
    claims = [
        {"id": "y", "text": "Okun died in 1871"},
        {"id": "m", "text": "Okun died in May 1871"},
    ]
    case = {"version": 1, "claims": claims, "sources": [], "attributions": []}

    assert Graph.of(load_case(case)).coarser == {"y": (("m", "y"),), "m": (("m", "y"),)}


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_a_number_is_coarser_where_the_other_one_rounds_to_it(one: int, other: int) -> None:
    def told_to(number: int) -> int:
        zeros = len(str(number)) - len(str(number).rstrip("0"))
        return int(10 ** max(0, min(zeros, len(str(number)) - 2)))

    first, second = (next(stated_in(f"Porvel has {n:,} trees")).quantity for n in (one, other))

    nearest = abs(one - other) <= told_to(one) / 2
    assert is_coarser(first, second) == (told_to(one) > told_to(other) and nearest)


PIECES = (
    "On",
    "3",
    "May",
    "of",
    "1871",
    "48,213",
    "2.5",
    "million",
    "Okun",
    "has",
    "7:30",
    "the",
    "%",
)


@given(st.lists(st.sampled_from(PIECES)), st.lists(st.sampled_from(PIECES)))
def test_texts_that_differ_in_a_quantity_have_one_outline(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    rests = [{each.rest for each in stated_in(text)} for text in (first, second)]

    if not rests[0].isdisjoint(rests[1]):
        assert outline_of(first) == outline_of(second)


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

    assert differing_in(texts, dict(zip(texts, range(2_000), strict=True))).rivals
    assert not differing_in(
        texts | {"more": ""}, dict(zip([*texts, "more"], range(2_001), strict=True))
    ).rivals


def test_of_a_table_it_is_asked_which_number_is_right_until_it_has_very_many_claims() -> None:
    texts = {"a": "Porvel has 12 inns", "b": "Porvel has 14 inns"}
    few = texts | {f"c{n}": "" for n in range(2_000)}
    many = texts | {f"c{n}": "" for n in range(50_000)}

    assert differing_in(few, {name: name for name in few}).rivals == {"a": ("b",), "b": ("a",)}
    assert not differing_in(many, {name: name for name in many}).rivals


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
