"""What is attributed by a noun: denials, pleas, figures, who had it first; and how it is worded."""

from __future__ import annotations

import pytest
from drafted_texts import chain_of, drafted

CLAIMS = {
    "Gerald Munn, 58, denies three counts of bribery.": (
        "Gerald Munn",
        "denies",
        "Gerald Munn is guilty of three counts of bribery",
    ),
    "Vane denies all charges of theft.": (
        "Vane",
        "denies",
        "Vane is guilty of all charges of theft",
    ),
    "Vane denies murder.": ("Vane", "denies", "Vane is guilty of murder"),
    "Prosecutors denied the murder of two men.": (
        "Prosecutors",
        "denies",
        "Prosecutors are guilty of the murder of two men",
    ),
    "The ministry denied responsibility for the fire.": (
        "The ministry",
        "denies",
        "The ministry is responsible for the fire",
    ),
    "Vane denied knowledge of the payments.": ("Vane", "denies", "Vane knew of the payments"),
    "Vane denied any role in the attack.": ("Vane", "denies", "Vane had a role in the attack"),
    "Vane denied any links to the firm.": ("Vane", "denies", "Vane has links to the firm"),
    "Vane denied any interest in the firm.": ("Vane", "denies", "Any interest in the firm"),
    "Ordania has denied attacking Dolna.": ("Ordania", "denies", "Ordania attacking Dolna"),
    "Vane pleaded not guilty to fraud.": ("Vane", "denies", "Vane is guilty of fraud"),
    "Ida Kern, 52, pleaded not guilty.": ("Ida Kern", "denies", "Ida Kern is guilty"),
    "Vane has pleaded guilty to two counts of fraud.": (
        "Vane",
        "affirms",
        "Vane is guilty of two counts of fraud",
    ),
    "Vane left and pleaded guilty to fraud.": ("Vane", "affirms", "Vane is guilty of fraud"),
    "The fire service put the toll at 17.": ("The fire service", "affirms", "The toll is 17"),
    "The ministry has put losses at about $3 million.": (
        "The ministry",
        "affirms",
        "Losses are about $3 million",
    ),
    "Police estimated the crowd at 4,000.": ("Police", "affirms", "The crowd is 4,000"),
    "The death toll was put at 17 by the fire service on Friday.": (
        "the fire service",
        "affirms",
        "The death toll is 17",
    ),
    "The inquiry into the harbour’s accounts was first reported by the Herald on Friday.": (
        "Herald",
        "affirms",
        "The inquiry into the harbour’s accounts",
    ),
    "Vane used to claim that the dam was safe.": ("Vane", "affirms", "The dam was safe"),
    "Police estimated that the fire began at 5.": ("Police", "affirms", "The fire began at 5"),
    "Kestria blamed Ordania for the fire.": (
        "Kestria",
        "affirms",
        "Ordania is to blame for the fire",
    ),
}


@pytest.mark.parametrize("text", CLAIMS)
def test_a_noun_is_worded_as_a_claim(text: str) -> None:
    found = drafted(text)

    statement = found.statements[0]
    assert (chain_of(found), statement.stance, found.claims[0].text) == CLAIMS[text]
    assert len(found.statements) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The judge denied a request for bail.",
        "The ministry denied him a visa.",
        "The court denied access to the files.",
        "The ministry denied wrongdoing.",
        "The ministry denied the",
        "Vane would plead guilty to fraud.",
        "Vane pleaded with the board for more time.",
        "Vane did not plead guilty to fraud.",
        "Pleaded guilty to fraud.",
        "They put the ladder at 5 metres.",
        "The clerk put the keys at the door of the house.",
        "The ministry would put the toll at 17.",
        "The toll was put at 17.",
        "The toll was put at 17 by.",
        "The ladder was put at 17 by the clerk.",
        "The toll was put to the board by the clerk.",
        "The leak was first reported by the Herald.",
        "The inquiry into the accounts was first reported by.",
        "The strike was denied by nobody.",
    ],
)
def test_what_is_refused_or_set_down_is_no_claim(text: str) -> None:
    assert drafted(text).statements == ()


def test_an_accusation_and_its_denial_are_one_claim() -> None:
    found = drafted(
        "Kestria accused Ordania of attacking Dolna. Ordania has denied attacking Dolna."
    )

    assert [each.stance for each in found.statements] == ["affirms", "denies"]
    assert len(found.claims) == 1


def test_what_it_denies_is_not_said_of_nobody() -> None:
    found = drafted("It denied responsibility for the fire.")

    assert found.claims[0].text == "Responsibility for the fire"


def test_a_description_is_left_out_of_what_is_said_of_somebody() -> None:
    found = drafted("A porter who worked nights at the clinic denied stealing the keys.")

    assert found.claims[0].text == "A porter stealing the keys"


ANSWERED = {
    "Vane took the money, the union said. The claim was denied by the ministry.": (
        "the ministry",
        "denies",
    ),
    "Vane took the money, the union said. It was confirmed by the mayor.": ("the mayor", "affirms"),
    "Vane took the money, the union said. The news was first reported by the Herald.": (
        "Herald",
        "affirms",
    ),
    "Vane took the money, according to the union, a claim denied by the ministry.": (
        "the ministry",
        "denies",
    ),
}


@pytest.mark.parametrize("text", ANSWERED)
def test_a_claim_is_answered_by_somebody_in_the_passive(text: str) -> None:
    found = drafted(text)

    assert (chain_of(found, 1), found.statements[1].stance) == ANSWERED[text]
    assert [each.text for each in found.claims] == ["Vane took the money"]


@pytest.mark.parametrize(
    "text",
    [
        "Vane took the money, the union said. The plan was confirmed by the mayor.",
        "Vane took the money, the union said. The claim was denied.",
        "Vane took the money, the union said, a claim denied in court.",
        "Vane took the money, the union said. The claim was denied by.",
    ],
)
def test_what_nobody_answers_stays_as_it_is(text: str) -> None:
    assert [each.stance for each in drafted(text).statements] == ["affirms"]
