"""One sentence for every construction, and sentences that only look like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]

ATTRIBUTED = {
    "before, with that": (
        "The harbour master said on Friday that the ferry had left early.",
        [("The harbour master", "that the ferry had left early")],
    ),
    "before, without that": (
        "Residents said the water smelled of oil.",
        [("Residents", "the water smelled of oil")],
    ),
    "before, with a quotation": (
        "Karl Vane wrote: “The ledger was altered in June.”",
        [("Karl Vane", "“The ledger was altered in June.”")],
    ),
    "before, in perfect": (
        "Lena Roth has repeatedly insisted that the vote was fair.",
        [("Lena Roth", "that the vote was fair")],
    ),
    "before, after what came first": (
        "Last week, two officials said the bridge was unsafe.",
        [("two officials", "the bridge was unsafe")],
    ),
    "before, with a description in commas": (
        "Karl Vane, a retired accountant from Velm, said the ledger had been altered.",
        [("Karl Vane", "the ledger had been altered")],
    ),
    "before, with an adverb in commas": (
        "The ministry, meanwhile, insisted that no grain was missing.",
        [("The ministry", "that no grain was missing")],
    ),
    "before, with a relative clause": (
        "A man who ran the depot said the gate was open.",
        [("A man who ran the depot", "the gate was open")],
    ),
    "before, second verb of one subject": (
        "The captain shook his head and said the engine had failed.",
        [("The captain", "the engine had failed")],
    ),
    "went on to": (
        "The magazine went on to claim that the tests were faked.",
        [("The magazine", "that the tests were faked")],
    ),
    "pointed out": (
        "The auditor pointed out that two invoices carried one number.",
        [("The auditor", "that two invoices carried one number")],
    ),
    "after": (
        "The ferry had left early, the harbour master said.",
        [("the harbour master", "The ferry had left early")],
    ),
    "after, a quotation": (
        "“The gate was open all night,” the watchman said on Monday.",
        [("the watchman", "“The gate was open all night,”")],
    ),
    "inverted": (
        "“The gate was open all night,” said Mara Lind, a clerk at the depot.",
        [("Mara Lind", "“The gate was open all night,”")],
    ),
    "inverted, without a quotation": (
        "The gate was open all night, said former mayor Pol Anders.",
        [("Pol Anders", "The gate was open all night")],
    ),
    "around": (
        "The ferry, the harbour master said, had left early.",
        [("the harbour master", "The ferry … had left early")],
    ),
    "around, two quotations": (
        "“The gate was open,” Mara Lind said, “and nobody closed it.”",
        [("Mara Lind", "“The gate was open,” … “and nobody closed it.”")],
    ),
    "according to, first": (
        "According to the harbour master, the ferry had left early.",
        [("the harbour master", "the ferry had left early")],
    ),
    "according to, last": (
        "The ferry had left early, according to two dockworkers.",
        [("two dockworkers", "The ferry had left early")],
    ),
    "according to a report in an outlet": (
        "The ferry had left early, according to a report in the Velm Herald.",
        [("Velm Herald", "The ferry had left early")],
    ),
    "according to somebody who is described": (
        "The ferry had left early, according to a person who saw the log.",
        [("a person who saw the log", "The ferry had left early")],
    ),
    "told an outlet": (
        "A customs official told the Velm Herald that the seals were broken.",
        [("Velm Herald < A customs official", "that the seals were broken")],
    ),
    "told somebody else": (
        "The mayor told the council that the fund was empty.",
        [("The mayor", "that the fund was empty")],
    ),
    "told reporters": (
        "The mayor told reporters on Tuesday the fund was empty.",
        [("The mayor", "the fund was empty")],
    ),
    "with telling": (
        "The search went on quietly, with a diver telling the Velm Herald that the hull was intact.",
        [("Velm Herald < a diver", "that the hull was intact")],
    ),
    "participle": (
        "The mayor said the fund was empty, adding that taxes would rise.",
        [("The mayor", "the fund was empty"), ("The mayor", "that taxes would rise")],
    ),
    "cited as saying": (
        "The Velm Herald cited a senior officer as saying that the patrol had turned back.",
        [("The Velm Herald < a senior officer", "that the patrol had turned back")],
    ),
    "cited accounts": (
        "The Velm Herald also cited villagers’ accounts that the patrol had turned back.",
        [("The Velm Herald < villagers", "that the patrol had turned back")],
    ),
    "quoted as saying": (
        "The general was quoted by the Velm Herald as saying that the patrol had turned back.",
        [("Velm Herald < The general", "that the patrol had turned back")],
    ),
    "accused of": (
        "The union accused the port authority of hiding two reports.",
        [("The union", "the port authority of hiding two reports")],
    ),
    "blamed for": (
        "The union blamed the port authority for the fire.",
        [("The union", "the port authority for the fire")],
    ),
    "noun of somebody": (
        "The inquiry looked into the general’s claim that the patrol had turned back.",
        [("the general", "that the patrol had turned back")],
    ),
    "noun by somebody": (
        "An inquiry follows allegations by the union that two reports were hidden.",
        [("the union", "that two reports were hidden")],
    ),
    "noun of nobody": (
        "Reports have emerged that the patrol turned back.",
        [("reports of which the text does not say whose they are", "that the patrol turned back")],
    ),
    "passive": (
        "The patrol is said to have turned back at the river.",
        [
            (
                "reports of which the text does not say whose they are",
                "The patrol … to have turned back at the river",
            )
        ],
    ),
    "passive with it": (
        "It was alleged that the patrol had turned back.",
        [
            (
                "reports of which the text does not say whose they are",
                "that the patrol had turned back",
            )
        ],
    ),
    "adverb": (
        "The patrol reportedly turned back at the river.",
        [
            (
                "reports of which the text does not say whose they are",
                "The patrol … turned back at the river",
            )
        ],
    ),
    "inside another one": (
        "The drivers said they believed that the road was mined, according to the colonel.",
        [("the colonel < The drivers", "that the road was mined")],
    ),
    "two in one sentence": (
        "The colonel said the road was mined, while drivers said it was clear.",
        [("The colonel", "the road was mined"), ("drivers", "it was clear")],
    ),
    "documents somebody has seen": (
        "The patrol turned back twice, according to records reviewed by the Velm Herald.",
        [("Velm Herald < records", "The patrol turned back twice")],
    ),
    "a holder": (
        "Analysts believe that the patrol turned back.",
        [("Analysts", "that the patrol turned back")],
    ),
    "a number that looks like a quotation": (
        "“It is 5 o’clock,” said Mara Lind.",
        [("Mara Lind", "“It is 5 o’clock,”")],
    ),
}


@pytest.mark.parametrize("name", ATTRIBUTED)
def test_a_construction_is_read_with_its_chain_and_its_content(name: str, told: Told) -> None:
    text, expected = ATTRIBUTED[name]

    assert told(text) == expected


NOT_ATTRIBUTED = (
    "His claims were never tested.",
    "The United States has fifty states.",
    "Hope Hicks left the building in March.",
    "The report was published in June.",
    "The mayor did not say that the fund was empty.",
    "The mayor would not say whether the fund was empty.",
    "The mayor declined to say that the fund was empty.",
    "The mayor is expected to say that the fund is empty.",
    "Nobody said that the fund was empty.",
    "If the mayor says that the fund is empty, taxes will rise.",
    "It is not known whether the mayor said so.",
    "The mayor could tell that the fund was empty.",
    "There were no reports that the fund was empty.",
    "The states of the north note the hour by bells.",
    "Fear spread along the coast.",
    "She told the children a story.",
    "The firm reported a loss of two million.",
    "The court found him in his office.",
    "Charges were added to the bill.",
    "The accused man was told of the charge.",
    "The council added two members to the board.",
    "The work went on according to plan.",
    "“What time is it?” asked the clerk.",
    "“Is the gate open?” Mara Lind said.",
    "The allegedly stolen car stood in the yard.",
    "The point of the tower shows from the sea.",
    "He wrote three novels and a play.",
    "The doubts of the board remain.",
    "We say what we mean.",
    "Shell claims adjusters arrived on Monday.",
)


@pytest.mark.parametrize("text", NOT_ATTRIBUTED)
def test_what_only_looks_like_an_attribution_is_none(text: str, told: Told) -> None:
    assert told(text) == []


DENIED = {
    "that": ("The ministry denied that the grain was missing.", "that the grain was missing"),
    "a deed": ("The ministry denied selling the grain.", "selling the grain"),
    "reports": (
        "The ministry dismissed reports that the grain was missing.",
        "that the grain was missing",
    ),
    "any": ("The ministry has denied any role in the sale.", "any role in the sale"),
}


@pytest.mark.parametrize("name", DENIED)
def test_a_denial_is_a_statement_that_denies(name: str) -> None:
    from conftest import chain_of, content_of, drafted

    text, content = DENIED[name]

    found = drafted(text)

    assert [each.stance for each in found.statements] == ["denies"]
    assert (chain_of(found), content_of(found)) == ("The ministry", content)
