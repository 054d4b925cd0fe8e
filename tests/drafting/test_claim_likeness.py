"""Two wordings are one claim only where neither says something else in the same place."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting import draft, read_document
from provenance.drafting.claim_likeness import ComparedClaim

APART = [
    (
        "The yard made a profit of 3m crowns last year",
        "The yard made a loss of 3m crowns last year",
    ),
    ("Norda attacked Velm on Tuesday night", "Velm attacked Norda on Tuesday night"),
    ("Norda sold shells to Velm", "Velm sold shells to Norda"),
    ("Norda was attacked by Velm", "Norda attacked Velm"),
    ("The dog bit the man", "The man bit the dog"),
    ("The ferry Alma left the harbour before dawn", "The ferry Bela left the harbour before dawn"),
    ("The lift is out of service since Sunday", "The lift is out of service until Sunday"),
    ("More than 100 boats were held", "Fewer than 100 boats were held"),
    ("Trains stopped because of the quake", "Trains stopped because of the sabotage"),
    ("The mill burned before midnight", "The mill burned after midnight"),
    ("The bank lent the port 4 million crowns", "The bank lent the port 4 billion crowns"),
    ("The court cleared the mayor of fraud", "The court convicted the mayor of fraud"),
    ("Prices rose to 3.1 percent", "Prices fell to 3.1 percent"),
    ("Prices went up in May", "Prices went down in May"),
    ("The council voted for the law", "The council voted against the law"),
    ("The plane flew to Orlik", "The plane flew from Orlik"),
    ("The mill burned on Monday", "The mill burned on Tuesday"),
    ("The ship nearly sank", "The ship sank"),
    ("The mayor knew of the raid", "The mayor's aide knew of the raid"),
    ("Only one ship sailed", "One ship sailed"),
    ("The mayor will resign", "The mayor has resigned"),
    ("The mayor met the envoy", "The mayor may have met the envoy"),
    ("Six people died in the fire", "Five people died in the fire"),
]
ALIKE = [
    ("The missile was a Gorn-4 fired from the plateau", "The missile was a Nordan Gorn-4"),
    ("The mill was shelled by the army", "The army shelled the mill"),
    ("Norda was attacked by Velm", "Velm attacked Norda"),
    ("On Tuesday the mill in Orlik burned", "The Orlik mill burned on Tuesday"),
    ("Eleven people died in the blast", "Eleven people were killed in the explosion"),
    ("Norda and Velm signed the accord", "Velm and Norda signed the accord"),
    ("The bridge fell, killing five people", "Five people were killed when the bridge fell"),
    ("The mayor resigned", "The mayor resigned on Friday"),
    ("An attack on Norda by Velm", "Velm attacked Norda"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_in_one_place_is_two_claims(one: str, other: str) -> None:
    assert not ComparedClaim(one).is_like(ComparedClaim(other))
    assert not ComparedClaim(other).is_like(ComparedClaim(one))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_only_says_more_or_in_another_order_is_one_claim(one: str, other: str) -> None:
    assert ComparedClaim(one).is_like(ComparedClaim(other))
    assert ComparedClaim(other).is_like(ComparedClaim(one))


@given(st.text(string.ascii_letters + " .,'-0123456789", max_size=80))
def test_a_wording_is_like_itself(text: str) -> None:
    assert ComparedClaim(text).is_like(ComparedClaim(text))


@given(*[st.text(string.ascii_letters + " .,'-0123456789", max_size=60)] * 2)
def test_being_like_is_mutual(one: str, other: str) -> None:
    assert ComparedClaim(one).is_like(ComparedClaim(other)) == ComparedClaim(other).is_like(
        ComparedClaim(one)
    )


def test_who_says_the_contrary_is_no_second_witness() -> None:
    text = (
        "The court cleared the mayor of fraud on Monday, the clerk said. "
        "The court convicted the mayor of fraud on Monday, the warden said."
    )
    found = draft(read_document(text, publisher="The Gazette"))
    first, second = found.statements
    assert first.claim != second.claim


def test_a_long_wording_is_compared_in_bounded_time() -> None:
    one = ComparedClaim(" ".join(f"Ost{n} met Brand{n}" for n in range(300)))
    other = ComparedClaim(" ".join(f"Ost{n} met Brand{n}" for n in range(299, -1, -1)))
    assert not one.is_like(other)


def test_of_many_names_those_side_by_side_are_looked_at() -> None:
    names = [f"Ost{chr(97 + n)}" for n in range(15)]
    one = ComparedClaim("They saw " + ", ".join(names))
    turned = ComparedClaim("They saw " + ", ".join([names[1], names[0], *names[2:]]) + " there")

    assert one.is_like(ComparedClaim(f"{one.text} on the old quay"))
    assert not one.is_like(turned)
