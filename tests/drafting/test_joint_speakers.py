"""Two who say something together: each is a source of its own."""

from __future__ import annotations

import itertools

import pytest
from drafted_texts import chain_of, content_of, drafted
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting.mentions import each_in

TOGETHER = {
    "Ida Kern and Karl Vane said the port was shut.": ["Ida Kern", "Karl Vane"],
    "The port was shut, Ida Kern and Karl Vane said.": ["Ida Kern", "Karl Vane"],
    "“The port is shut,” said Ida Kern and Karl Vane.": ["Ida Kern", "Karl Vane"],
    "Mayor Ida Kern and bishop Karl Vane said the port was shut.": ["Ida Kern", "Karl Vane"],
    "The mayor and the bishop said the port was shut.": ["The mayor", "the bishop"],
    "Both the mayor and the bishop said the port was shut.": ["the mayor", "the bishop"],
    "Norda and the Herald reported that the port was shut.": ["Norda", "Herald"],
    "According to Reuters and the Associated Press, the port was shut.": [
        "Reuters",
        "Associated Press",
    ],
    "Sava Kruml and Oskar Lind said the port was shut.": ["Sava Kruml", "Oskar Lind"],
    "Police and the mayor said the port was shut.": ["Police", "the mayor"],
    "Ida Kern, the mayor, and Karl Vane, the clerk, said that the port was shut.": [
        "Ida Kern",
        "Karl Vane",
    ],
    "According to Ida Kern, Karl Vane and Jan Moor, the port was shut.": [
        "Ida Kern",
        "Karl Vane",
        "Jan Moor",
    ],
    "A person briefed on the matter and a second official said the port was shut.": [
        "A person briefed on the matter",
        "a second official",
    ],
    "A doctor and a nurse said the port was shut.": ["A doctor", "a nurse"],
}


@pytest.mark.parametrize("text", TOGETHER)
def test_two_who_speak_together_are_a_statement_each(text: str) -> None:
    found = drafted(text)

    assert [chain_of(found, place) for place in range(len(found.statements))] == TOGETHER[text]
    assert len({each.claim for each in found.statements}) == 1
    assert len({each.content for each in found.statements}) == 1


ONE = {
    "The Department of Health and Human Services said the port was shut.": (
        "Department of Health and Human Services"
    ),
    "The Food and Drug Administration said the port was shut.": "Food and Drug Administration",
    "The Bill and Melinda Gates Foundation said the port was shut.": (
        "Bill and Melinda Gates Foundation"
    ),
    "The Homeland Security and Governmental Affairs Committee said the port was shut.": (
        "Homeland Security and Governmental Affairs Committee"
    ),
    "Trinidad and Tobago said the port was shut.": "Trinidad and Tobago",
    "The president and chief executive said the port was shut.": "The president and chief executive",
    "Residents and officials said the port was shut.": "Residents and officials",
    "Trade and industry officials said the port was shut.": "Trade and industry officials",
    "Ida Kern, the mayor of Velm and a friend of the bank, said the port was shut.": "Ida Kern",
}


@pytest.mark.parametrize("text", ONE)
def test_a_name_with_and_in_it_and_a_crowd_are_one(text: str) -> None:
    found = drafted(text)

    assert [chain_of(found, place) for place in range(len(found.statements))] == [ONE[text]]


def test_they_are_those_who_spoke_together_before() -> None:
    found = drafted(
        "Ida Kern and Karl Vane said the port was shut. They said it was cold at night."
    )

    assert [chain_of(found, place) for place in (2, 3)] == ["Ida Kern", "Karl Vane"]
    assert "spoke together" in (found.statements[2].speaker.inferred or "")


def test_they_are_others_where_others_spoke_since() -> None:
    found = drafted(
        "Ida Kern and Karl Vane said the port was shut. Officials said it had been shut since May. "
        "They said it was cold at night."
    )

    assert chain_of(found, 3) == "Officials"


def test_she_is_neither_of_two_women_who_spoke_together() -> None:
    found = drafted("Ida Kern and Ann Lee said the port was shut. She said it was cold at night.")

    assert "could mean Ida Kern or Ann Lee" in (found.statements[2].speaker.inferred or "")


def test_a_case_has_both_of_two_as_sources() -> None:
    case = drafted("Ida Kern and Karl Vane said the port was shut.").case(unconfirmed=True)

    origins = [each.source for each in case.attributions if each.claims]
    assert origins == ["ida-kern", "karl-vane"]


def test_surnames_are_two_where_both_have_been_named() -> None:
    found = drafted(
        "Ida Kern said the port was shut. Karl Vane said it was open again. "
        "Kern and Vane said the toll was paid."
    )

    assert [chain_of(found, place) for place in (2, 3)] == ["Ida Kern", "Karl Vane"]


REACHED = {
    "Kestrian sources cited by the daily Novy Den said that the battery fired.": (
        "Novy Den < Kestrian sources"
    ),
    "Three witnesses quoted by the Herald said the port was shut.": "Herald < Three witnesses",
    "Two dockers interviewed by the Herald said the port was shut.": "Herald < Two dockers",
    "The port was shut, according to an official cited by AFP.": "AFP < an official",
    "Two dockers interviewed by police said the port was shut.": "Two dockers",
    "Two dockers interviewed by the Gazette said the port was shut.": "Two dockers",
}


@pytest.mark.parametrize("text", REACHED)
def test_those_whom_a_paper_cites_speak_through_it(text: str) -> None:
    assert chain_of(drafted(text)) == REACHED[text]


@given(st.text("Ab, adn—'the", max_size=60) | st.sampled_from([*TOGETHER, *ONE]))
def test_each_of_several_stands_in_the_mention_in_order(words: str) -> None:
    found = each_in(words, lambda name: len(name) > 2)

    assert all(0 <= start < end <= len(words) for start, end in found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    assert len(found) != 1


def test_what_a_named_source_says_later_does_not_go_through_the_paper_it_told_before() -> None:
    found = drafted(
        "Ida Kern told the Herald that the port was shut. She said it was cold at night. "
        "The mayor said the toll was paid. Kern left early. She said the gate was open."
    )

    assert [chain_of(found, place) for place in (0, 1, 3)] == [
        "Herald < Ida Kern",
        "Herald < Ida Kern",
        "Ida Kern",
    ]


def test_what_a_source_without_a_name_says_later_goes_through_the_paper_that_has_it() -> None:
    found = drafted(
        "A well-informed source told the Herald that the port was shut. "
        "The mayor said the toll was paid. The source added that it was cold at night."
    )

    assert chain_of(found, 2) == "Herald < A well-informed source"


def test_contents_of_two_who_speak_together_are_one_passage() -> None:
    found = drafted("The port was shut, Ida Kern and Karl Vane said.")

    assert [content_of(found, place) for place in (0, 1)] == ["The port was shut"] * 2
