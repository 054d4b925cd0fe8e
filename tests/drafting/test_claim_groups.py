"""Which contents are one claim: those that say nearly the same, and none that say the contrary."""

from __future__ import annotations

import pytest
from drafted_texts import drafted
from hypothesis import given
from hypothesis import strategies as st

APART = (
    (
        "The firm made a profit of 3m crowns last year",
        "The firm made a loss of 3m crowns last year",
    ),
    ("Orrel attacked Velm on Tuesday night", "Velm attacked Orrel on Tuesday night"),
    ("The ferry Alma left the harbour early", "The ferry Bela left the harbour early"),
    ("The crane has been idle since Sunday", "The crane has been idle until Sunday"),
    ("More than 100 ships lay in the port", "Fewer than 100 ships lay in the port"),
    ("The wall fell because of the flood", "The wall fell because of the sabotage"),
    ("The depot burned before midnight", "The depot burned after midnight"),
    ("The bank lent the port 4 million crowns", "The bank lent the port 4 billion crowns"),
    ("The court cleared the mayor of fraud", "The court convicted the mayor of fraud"),
    ("Inflation rose to 3.1 percent in May", "Inflation fell to 3.1 percent in May"),
)
TOGETHER = (
    ("General Vane armed the old guard", "Vane armed the old guard"),
    ("The missile was a Grom-4", "The missile was a Grom-4"),
    ("The bank lent 4 million crowns to the port", "The bank lent the port 4 million crowns"),
    ("Orrel attacked the town of Velm", "The town of Velm was attacked by Orrel"),
    ("The wall fell because of the flood", "The wall fell at night because of the flood"),
    ("The ferry left Port Velm before dawn", "The ferry left Port Velm in May before dawn"),
)


@pytest.mark.parametrize(("one", "other"), APART)
def test_contents_that_cannot_both_be_true_are_two_claims(one: str, other: str) -> None:
    found = drafted(f"{one}, the mayor said. {other}, the police said.")

    assert [each.text for each in found.claims] == [one, other]


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_contents_that_say_the_same_are_one_claim(one: str, other: str) -> None:
    found = drafted(f"{one}, the mayor said. {other}, the police said.")

    assert [each.text for each in found.claims] == [one]


def test_what_is_only_said_not_to_be_so_is_denied() -> None:
    found = drafted(
        "Karl Vane paid a clerk for the fire, the prosecution said. "
        "Vane did not pay for the fire, his lawyer told the jury."
    )

    assert [each.text for each in found.claims] == ["Karl Vane paid a clerk for the fire"]
    assert [each.stance for each in found.statements] == ["affirms", "denies"]


@pytest.mark.parametrize(
    "text",
    [
        "The guard did not fire, the mayor said.",
        "The guard fired at dawn, the mayor said. The clerk did not fire, the police said.",
        (
            "The guard fired at Vane, the mayor said. The guard fired at Kern, the clerk said. "
            "The guard did not fire, the police said."
        ),
    ],
)
def test_what_denies_nothing_or_more_than_one_claim_stays_a_claim(text: str) -> None:
    assert {each.stance for each in drafted(text).statements} == {"affirms"}


@given(st.sampled_from([*APART, *TOGETHER]))
def test_whether_two_contents_are_one_claim_does_not_depend_on_their_order(
    pair: tuple[str, str],
) -> None:
    first, second = (
        drafted(f"{one}, the mayor said. {other}, the police said.")
        for one, other in (pair, pair[::-1])
    )

    assert len(first.claims) == len(second.claims)


def test_who_is_blamed_for_a_thing_is_a_claim_that_can_be_read() -> None:
    found = drafted("The premier has blamed Orrel for the attack on the port.")

    assert [each.text for each in found.claims] == ["Orrel is to blame for the attack on the port"]
