"""One sentence for every construction, and sentences that only look like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], list[tuple[str, str]]]

HE = "“he”, of whom the text does not show who it is"

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
    "inverted, with a clause about the speaker": (
        "The fund is nine million short, said former clerk Ed Rendel, who serves as chairman.",
        [("Ed Rendel", "The fund is nine million short")],
    ),
    "after, with when it was said": (
        "“I will not pay twice,” the mayor said this month on Coast Radio.",
        [("the mayor", "“I will not pay twice,”")],
    ),
    "after, to hearers at a meeting": (
        "“The gate was open,” the mayor told clerks after a meeting that was held on a boat.",
        [("the mayor", "“The gate was open,”")],
    ),
    "before, after how long ago": (
        "The board announced two days earlier that the silo would be sold.",
        [("The board", "that the silo would be sold")],
    ),
    "before, told to a programme": (
        "Karl Vane told “Morning Hour” on Friday that the ledger was altered.",
        [("Karl Vane", "that the ledger was altered")],
    ),
    "before, on a programme": (
        "On “Morning Hour,” the mayor said the gate was open.",
        [("the mayor", "the gate was open")],
    ),
    "before, with what the speaker was doing": (
        "Karl Vane, speaking to dockers in Velm, said the ledger was altered.",
        [("Karl Vane", "the ledger was altered")],
    ),
    "before, with somebody included": (
        "Several clerks, including Ina Moll, said the vote was unfair.",
        [("Several clerks", "the vote was unfair")],
    ),
    "before, with where it was written": (
        "Ina Moll, in a letter to the board, said the vote was unfair.",
        [("Ina Moll", "the vote was unfair")],
    ),
    "before, with what had struck the speaker": (
        "Ina Moll, struck by the letter, told the board it was true.",
        [("Ina Moll", "it was true")],
    ),
    "before, with a clause about the speaker": (
        "Mara Lind, who runs the depot, said many of the crates were full.",
        [("Mara Lind", "many of the crates were full")],
    ),
    "before, by a report in a clause": (
        "The bank's report, which notes that the fund was empty, was never printed.",
        [("The bank", "that the fund was empty")],
    ),
    "before, with an aside after that": (
        "The mayor said that, in spite of the rain, the fire had spread.",
        [("The mayor", "that, in spite of the rain, the fire had spread")],
    ),
    "before, with an aside after its subject": (
        "Lena Roth said Vane, despite his wealth, is a careful man.",
        [("Lena Roth", "Vane, despite his wealth, is a careful man")],
    ),
    "before, with an adverb first": (
        "Officials said nearly every house on the quay has been sold.",
        [("Officials", "every house on the quay has been sold")],
    ),
    "before, by people described after their noun": (
        "People close to Ina Moll say the fund was full.",
        [("People close to Ina Moll", "the fund was full")],
    ),
    "before, by a name that is a verb as well": (
        "Theresa May said that the bridge would open in June.",
        [("Theresa May", "that the bridge would open in June")],
    ),
    "before, by an outlet in the present": (
        "The Harbour Times reports Ina Moll will leave the board.",
        [("The Harbour Times", "Ina Moll will leave the board")],
    ),
    "before, going on": (
        "The mayor is telling voters that the fund is full.",
        [("The mayor", "that the fund is full")],
    ),
    "before, in a clause that leads in": (
        "When the mayor said on Friday that the fund was empty, both banks closed their doors.",
        [("the mayor", "that the fund was empty")],
    ),
    "before, in a clause of contrast": (
        "While critics argue that the pact was rushed, the council has kept it.",
        [("critics", "that the pact was rushed")],
    ),
    "before, after another verb of saying": (
        "The mayor said that she would pay and insisted that the fund was full.",
        [("The mayor", "that she would pay"), ("The mayor", "that the fund was full")],
    ),
    "before, after the storm": (
        "The storm broke after the mayor said the fire was out.",
        [("the mayor", "the fire was out")],
    ),
    "as somebody said": (
        "As the mayor said on Friday, the fund is empty.",
        [("the mayor", "the fund is empty")],
    ),
    "said first": (
        "Said Ina Moll: “The gate was open all night.”",
        [("Ina Moll", "“The gate was open all night.”")],
    ),
    "around, with an aside": (
        "“Every time we ask,” Ina Moll said, smiling at the clerk, “you lose the file.”",
        [("Ina Moll", "“Every time we ask,” … “you lose the file.”")],
    ),
    "around, with an aside after an inverted speaker": (
        "“Every time we ask,” said Ina Moll, speaking of the board, “you lose the file.”",
        [("Ina Moll", "“Every time we ask,” … “you lose the file.”")],
    ),
    "around, with a verb": (
        "The chief problem, the engineer said, is the roof.",
        [("the engineer", "The chief problem … is the roof")],
    ),
    "around, after a condition": (
        "Even if the deal fails, the mayor said, the bridge will be built.",
        [("the mayor", "Even if the deal fails … the bridge will be built")],
    ),
    "around, with what only goes on": (
        "The wall would stop the flood, the engineer said, but also the wind.",
        [("the engineer", "The wall would stop the flood … but also the wind")],
    ),
    "after, with a contrast of the text": (
        "Though it rained all night, the fire reached the quay, the mayor said.",
        [("the mayor", "the fire reached the quay")],
    ),
    "after, of what was done": (
        "Opening the gate has let the water in, the mayor said.",
        [("the mayor", "Opening the gate has let the water in")],
    ),
    "around, after a sound": (
        "“Hm,” the mayor said, “we will pay for it.”",
        [("the mayor", "“we will pay for it.”")],
    ),
    "according to, after a contrast of the text": (
        "Despite the rain, the fire reached the quay, according to the mayor.",
        [("the mayor", "the fire reached the quay")],
    ),
    "after, a quotation that the text leads up to": (
        "The clerk would not answer her: “Never again,” the mayor said, “shall we pay for it.”",
        [("the mayor", "“Never again,” … “shall we pay for it.”")],
    ),
    "before, told to a programme of a station": (
        "Karl Vane told Coast Radio's “Morning Hour” on Friday that the ledger was altered.",
        [("Karl Vane", "that the ledger was altered")],
    ),
    "before, with a word in quotation marks far ahead": (
        "Amid what some call a “bad week” for the port, the mayor said “it was the best of all.”",
        [("the mayor", "“it was the best of all.”")],
    ),
    "inverted, with a pronoun": (
        "“I will not pay it twice,” said he.",
        [(HE, "“I will not pay it twice,”")],
    ),
    "before, second verb after a description": (
        "Lena Roth, like the mayor, praised the crew and said the fire was out.",
        [("Lena Roth", "the fire was out")],
    ),
    "relative, to the end": (
        "They sold the fund, which the mayor said was empty, dry and lost.",
        [("the mayor", "the fund, which … was empty, dry and lost")],
    ),
    "relative, after a long noun": (
        "It was the old fund of dockers of Velm and Orrel in their year of need that he said was empty.",
        [(HE, "that … was empty")],
    ),
    "around, with an aside that quotes a word": (
        "“We have paid it,” Ina Moll said, smiling at “him”, and left.",
        [("Ina Moll", "“We have paid it,”")],
    ),
    "before, with a bracket that was never opened": (
        "The mayor said a) the fund was full and the roof was new.",
        [("The mayor", "a) the fund was full and the roof was new")],
    ),
    "before, told a day later": (
        "The board said the next day that the silo would be sold.",
        [("The board", "that the silo would be sold")],
    ),
    "relative": (
        "The fund, which the mayor said was empty, is to be closed.",
        [("the mayor", "The fund, which … was empty")],
    ),
    "participle, after by": (
        "The union won over voters by telling them that bread would be cheaper.",
        [("The union", "that bread would be cheaper")],
    ),
    "participle, first": (
        "Noting that the gate was open, the watchman left.",
        [("the watchman", "that the gate was open")],
    ),
    "participle, first after a preposition": (
        "After saying that the bill was paid, the mayor sat down.",
        [("the mayor", "that the bill was paid")],
    ),
    "participle, after what came first": (
        "Two years later, the board reversed itself, telling dockers that the ferry was safe.",
        [("the board", "that the ferry was safe")],
    ),
    "participle, after a quotation": (
        "“The fund is full,” the mayor said, adding later, “and the roof is new.”",
        [("the mayor", "“The fund is full,”"), ("the mayor", "“and the roof is new.”")],
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
        [("the colonel < The drivers", "they believed that the road was mined")],
    ),
    "two in one sentence": (
        "The colonel said the road was mined, while drivers said it was clear.",
        [("The colonel", "the road was mined"), ("drivers", "it was clear")],
    ),
    "after an hour whose full stop ends the sentence": (
        "Two clerks said it shook after 9 p.m. “It was loud,” said Petra Solin, who lives there.",
        [
            ("Two clerks", "it shook after 9 p.m."),
            ("Petra Solin", "“It was loud,”"),
        ],
    ),
    "before, with two clauses of who it is": (
        "A porter who worked nights there, and who gave no name, said that soldiers slept in it.",
        [("A porter who worked nights there, and who gave no name", "that soldiers slept in it")],
    ),
    "before, with a role and a clause of who it is": (
        "Jan Moor, a clerk at the port, who saw the pictures, said the parts were old.",
        [("Jan Moor", "the parts were old")],
    ),
    "before, after some years": (
        "Twelve years later a clerk, Boris Zelen, said that the store was empty.",
        [("Boris Zelen", "that the store was empty")],
    ),
    "before, off the record": (
        "An aide said off the record that he was wrong.",
        [("An aide", "that he was wrong")],
    ),
    "before, with when it was before a quotation": (
        "Vane said in the spring, when the gate broke, “We had no keys to it.”",
        [("Vane", "“We had no keys to it.”")],
    ),
    "before, those from outside": (
        "Outside experts also say the plans are far from enough.",
        [("Outside experts", "the plans are far from enough")],
    ),
    "after, with a number at its beginning": (
        "Nearly one in three clerks sleeps late, a survey found.",
        [("a survey", "Nearly one in three clerks sleeps late")],
    ),
    "a condition before its speaker": (
        "If the fund is empty, he said, the board would have to sell.",
        [(HE, "If the fund is empty … the board would have to sell")],
    ),
    "a condition, and the rest behind the verb": (
        "If the vote is lost, Ida Kern said she might leave the board.",
        [("Ida Kern", "If the vote is lost … she might leave the board")],
    ),
    "a quoted word and what follows the speaker": (
        "It was “probably” a barge, Vane said, but the parts could be of an older type.",
        [("Vane", "It was “probably” a barge … but the parts could be of an older type")],
    ),
    "what is known, which is no verdict": (
        "Vane said it was well known that the gate was open.",
        [("Vane", "it was well known that the gate was open")],
    ),
    "a figure that others call absurd": (
        "Vane claimed that 120 men left, a figure that the board called absurd.",
        [("Vane", "that 120 men left")],
    ),
    "several sentences of which the last one asks": (
        "“It is late,” Karl Vane said. “We know it, and so do they. What should we do?”",
        [
            ("Karl Vane", "“It is late,”"),
            ("Karl Vane", "“We know it, and so do they. What should we do?”"),
        ],
    ),
    "claims to which somebody responds": (
        "Responding to claims by the mayor that the clinic was a store, Vane left.",
        [("the mayor", "that the clinic was a store")],
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
    "Officials have a say at the table.",
    "The fund, which may be empty, is to be closed.",
    "The mayor may be telling voters that the fund is full.",
    "Noting the hour, the watchman left.",
    "As the mayor left, the band played on.",
    "The union won over voters without saying that bread would be cheaper.",
    "On “Morning Hour,” the mayor sang of the sea.",
    "The mayor, in a letter to the board, was praised.",
    "Telling the story took an hour, and nobody slept.",
    "The mayor pointed at the tower.",
    "On Friday, said the mayor.",
    "There were reports by that the ship had sailed.",
    "The ship sailed away reportedly — it rained.",
    "The day that the mayor sang, it rained.",
    "As the mayor said on Friday.",
    "Said the mayor, the gate was open.",
    "It rained, said Vane on Friday two men were lost.",
    "Noting that the gate was open and that it rained.",
    "“We paid for it,” said",
    "The board, it seems, and nobody else, warning that the roof would fall.",
    "Neither the army nor the ministry said that the clinic was hit.",
    "The hospital retracted its statement that the wing had burned.",
    "The paper withdrew the report that the ship sank.",
    "Quill told him of the money. “That’s not true,” Karl Vane said.",
    "If the gate was open, as most of us suspect, then it will show one day.",
    "Asked whether he had seen the pictures, he said he had not.",
    "It neither confirmed nor denied the sale, and Vane said they neither confirmed nor denied it.",
    "Outside the station they say so.",
    "She denied doing so.",
)


@pytest.mark.parametrize("text", NOT_ATTRIBUTED)
def test_what_only_looks_like_an_attribution_is_none(text: str, told: Told) -> None:
    assert told(text) == []


DENIED = {
    "that": ("The ministry denied that the grain was missing.", "that the grain was missing"),
    "a deed": ("The ministry denied selling the grain.", "selling the grain"),
    "a deed in two words": ("The ministry has denied attacking Velm.", "attacking Velm"),
    "without what the one who denies does": (
        "The ministry denied that the wall had cracked, blaming the wind.",
        "that the wall had cracked",
    ),
    "what is called untrue first": (
        "The ministry said it was not true that the bridge fell.",
        "that the bridge fell",
    ),
    "what is called untrue first, with that": (
        "The ministry said that it was false that the bridge fell.",
        "that the bridge fell",
    ),
    "reports": (
        "The ministry dismissed reports that the grain was missing.",
        "that the grain was missing",
    ),
    "any": ("The ministry has denied any role in the sale.", "any role in the sale"),
}


@pytest.mark.parametrize("name", DENIED)
def test_a_denial_is_a_statement_that_denies(name: str) -> None:
    from drafted_texts import chain_of, content_of, drafted

    text, content = DENIED[name]

    found = drafted(text)

    assert [each.stance for each in found.statements] == ["denies"]
    assert (chain_of(found), content_of(found)) == ("The ministry", content)


FINER = {
    "The mayor reportedly told the council that the fund was empty.": [
        (
            "reports of which the text does not say whose they are < The mayor",
            "that the fund was empty",
        )
    ],
    "“The gate was open,” the clerk told the court, adding: “Nobody closed it.”": [
        ("the clerk", "“The gate was open,”"),
        ("the clerk", "“Nobody closed it.”"),
    ],
    "The mayor pledged that the fund would grow, the clerk noted.": [
        ("the clerk < The mayor", "that the fund would grow")
    ],
    "“It was open,” said Mara Lind. “Nobody closed it all night.”": [
        ("Mara Lind", "“It was open,”"),
        ("Mara Lind", "“Nobody closed it all night.”"),
    ],
    "The ferry, according to the harbour master, had left early.": [
        ("the harbour master", "The ferry … had left early")
    ],
    "The ferry left early, according to the captain, who asked not to be named.": [
        ("the captain, who asked not to be named", "The ferry left early")
    ],
    "The ferry left early, according to people familiar with the order that the port gave.": [
        ("people familiar with the order", "The ferry left early")
    ],
    "The daily ran the story, citing a clerk as saying that the gate was open.": [
        ("The daily < a clerk", "that the gate was open")
    ],
    "The mayor defended the plan, saying that the fund was full.": [
        ("The mayor", "that the fund was full")
    ],
    "In a letter to the board, the mayor defended the plan, saying that the fund was full.": [
        ("the mayor", "that the fund was full")
    ],
    "The clerk is said to lie.": [
        ("reports of which the text does not say whose they are", "The clerk … to lie")
    ],
    "It is said that the clerk, when asked, is old.": [
        (
            "reports of which the text does not say whose they are",
            "that the clerk, when asked, is old",
        )
    ],
    "The ministry denied the involvement of its clerks.": [
        ("The ministry", "the involvement of its clerks")
    ],
    "Bread is dear; the patrol reportedly turned back at the river.": [
        (
            "reports of which the text does not say whose they are",
            "the patrol … turned back at the river",
        )
    ],
    "The police report that the gate was open.": [("The police", "that the gate was open")],
    "The inquiry doubts his claim that the gate was open.": [
        ("“his”, of whom the text does not show who it is", "that the gate was open")
    ],
    "The mayor told them that the fund was empty.": [("The mayor", "that the fund was empty")],
    "The mayor told the council “the fund is empty, and everybody in this room knows it”.": [
        ("The mayor", "“the fund is empty, and everybody in this room knows it”")
    ],
    "The mayor told the BBC Smith had left the town.": [
        ("BBC < The mayor", "Smith had left the town")
    ],
    "The mayor told Reuters Karl Vane had left the town.": [
        ("Reuters < The mayor", "Karl Vane had left the town")
    ],
    "The mayor said on Friday “the fund is empty”.": [("The mayor", "“the fund is empty”")],
    "The mayor said, “The fund is empty.”": [("The mayor", "“The fund is empty.”")],
    "The mayor said without the fund the town would starve by winter.": [
        ("The mayor", "without the fund the town would starve by winter")
    ],
    "The mayor said if the fund was empty the town would starve by winter.": [
        ("The mayor", "if the fund was empty the town would starve by winter")
    ],
    "The mayor said in the letter the fund was empty.": [("The mayor", "the fund was empty")],
    "The mayor said under the law the fund was empty in May and the town poor.": [
        ("The mayor", "under the law the fund was empty in May and the town poor")
    ],
    "The mayor said, in a letter to the board, that the fund was empty.": [
        ("The mayor", "that the fund was empty")
    ],
    "The mayor said in (draft) minutes that the fund was empty.": [
        ("The mayor", "that the fund was empty")
    ],
    "The mayor said the fund — his own — was empty.": [
        ("The mayor", "the fund — his own — was empty")
    ],
    "The mayor said the fund was empty — nobody believed him.": [
        ("The mayor", "the fund was empty")
    ],
    "The mayor said the fund was empty and also added that taxes would rise.": [
        ("The mayor", "the fund was empty"),
        ("The mayor", "that taxes would rise"),
    ],
    "The mayor said the fund was empty, which is false.": [("The mayor", "the fund was empty")],
    "The mayor said the fund was empty, with a clerk telling the board that it was full.": [
        ("The mayor", "the fund was empty"),
        ("a clerk", "that it was full"),
    ],
    "The mayor announced the fund was empty.": [("The mayor", "the fund was empty")],
    "The mayor announced he would go.": [("The mayor", "he would go")],
    "VELM — The fund is empty, the mayor said.": [("the mayor", "The fund is empty")],
    "The fund is empty — the mayor said.": [("the mayor", "The fund is empty")],
    "Because the fund was empty, the town starved, the mayor said.": [
        ("the mayor", "Because the fund was empty, the town starved")
    ],
    "“The fund is empty,” the mayor said, and “taxes will rise”.": [
        ("the mayor", "“The fund is empty,” … “taxes will rise”")
    ],
    "“The fund is empty,” the mayor said, leaving the room.": [
        ("the mayor", "“The fund is empty,”")
    ],
    "The fund was empty, the mayor said, leaving the room.": [("the mayor", "The fund was empty")],
    "In May, the mayor said, the fund was empty.": [("the mayor", "In May … the fund was empty")],
    "The mayor said with anger the fund was empty.": [("The mayor", "the fund was empty")],
    "For example, the mayor said, the fund was empty.": [("the mayor", "the fund was empty")],
    "The fund, the mayor said, “is empty.”": [("the mayor", "The fund … “is empty.”")],
    "The mayor did say that the fund was empty.": [("The mayor", "that the fund was empty")],
    "The mayor did once say that the fund was empty.": [("The mayor", "that the fund was empty")],
    "The fund, the mayor said, and its clerks are gone.": [
        ("the mayor", "The fund … and its clerks are gone")
    ],
    "The clerk, who, like others, was there, said the gate was open.": [
        ("The clerk, who, like others, was there", "the gate was open")
    ],
    "The clerk who said the gate was open is ill.": [("The clerk", "the gate was open")],
    "Mara Lind, who said the gate was open, is ill.": [("Mara Lind", "the gate was open")],
    "He shook his head and said the gate was open.": [
        ("“he”, of whom the text does not show who it is", "the gate was open")
    ],
    "Mara Lind, 52, said the gate was open.": [("Mara Lind", "the gate was open")],
    "The mayor and the clerk said the gate was open.": [
        ("The mayor", "the gate was open"),
        ("the clerk", "the gate was open"),
    ],
    "The gate opened and the clerk said it was old.": [("the clerk", "it was old")],
    "Karl Vane and Mara Lind said the gate was open.": [
        ("Karl Vane", "the gate was open"),
        ("Mara Lind", "the gate was open"),
    ],
    "On Friday 6 March the clerk said the gate was open.": [("the clerk", "the gate was open")],
    "“It was open,” said the clerk in a statement on Friday.": [("the clerk", "“It was open,”")],
    "“It was open,” said the clerk on Friday.": [("the clerk", "“It was open,”")],
    "“It was open,” said the clerk Monday.": [("the clerk", "“It was open,”")],
    "“It was open,” said Mara Lind, smiling.": [("Mara Lind", "“It was open,”")],
    "“It was open,” said Mara Lind, a clerk from Velm, Ohio, who left.": [
        ("Mara Lind", "“It was open,”")
    ],
    "“It was open,” said Mara Lind, a clerk but no friend of the port.": [
        ("Mara Lind", "“It was open,”")
    ],
    "“It was open,” said the clerk whose key was lost.": [("the clerk", "“It was open,”")],
    "Its claim that the gate was open is old.": [
        ("“its”, of whom the text does not show who it is", "that the gate was open")
    ],
    "Claims that the gate was open are old.": [
        ("reports of which the text does not say whose they are", "that the gate was open")
    ],
    "The paper claims that the gate was open.": [("The paper", "that the gate was open")],
    "Rebel accounts that the army fled are old.": [("Rebels", "that the army fled")],
    "The Velm Herald cited rebel accounts that the army fled.": [
        ("The Velm Herald < rebels", "that the army fled")
    ],
    "The army fled, according to a report on Friday.": [("a report on Friday", "The army fled")],
    "The army fled, according to police reports.": [("police", "The army fled")],
    "The army fled, a clerk told a paper.": [("a paper < a clerk", "The army fled")],
    "The army fled, a clerk told Friends of Velm.": [("a clerk", "The army fled")],
    "The army fled, according to Coast, a weekly newspaper.": [("Coast", "The army fled")],
    "The army fled, according to Inspector General Pol Anders.": [("Pol Anders", "The army fled")],
    "The army fled, according to the Clerk of the Court.": [
        ("Clerk of the Court", "The army fled")
    ],
    "The army fled, spokesman Pol Anders said.": [("Pol Anders", "The army fled")],
    "Parties said the army fled. The party said it stayed.": [("Parties", "the army fled")],
    "One of the mayors said the army fled.": [("One of the mayors", "the army fled")],
    "It said that the army fled.": [
        ("“it”, of whom the text does not show who it is", "that the army fled")
    ],
    "“The army fled last night,” she said. They said that it stayed.": [
        ("“she”, of whom the text does not show who it is", "“The army fled last night,”"),
        ("“they”, of whom the text does not show who it is", "that it stayed"),
    ],
    "Reuters said the army fled. It said that the town was quiet.": [
        ("Reuters", "the army fled"),
        ("Reuters", "that the town was quiet"),
    ],
    "The army reportedly fled. The town reportedly slept.": [
        ("reports of which the text does not say whose they are", "The army … fled"),
        ("reports of which the text does not say whose they are", "The town … slept"),
    ],
}


@pytest.mark.parametrize("text", FINER)
def test_the_edges_of_a_construction_are_read(text: str, told: Told) -> None:
    assert told(text) == FINER[text]


ALSO_NOT_ATTRIBUTED = (
    "The union described the port as a ruin.",
    "After the fire, the mayor said.",
    "Speaking of the fire, said the mayor, nothing is new.",
    "The word according is rare here.",
    "According to the mayor.",
    "According to the mayor “the gate was open all night”.",
    "Gone, according to the mayor.",
    "The ferry left early, according to “a man of the port whom nobody had ever seen before that night in the town”.",
    "The daily ran the story, citing three clerks.",
    "It rained, accusing nobody.",
    "With the clerk adding two chairs, the room was full.",
    "With a clerk of the port telling nobody, the gate stayed open.",
    "The daily quoted “a man of the port whom nobody had seen in the town before that night” as saying so.",
    "Cited twice, the clerk left.",
    "The daily cited costs, delays and rain.",
    "The daily cited the clerk as saying so.",
    "The clerk is said, by some, to be old.",
    "Was quoted as saying that it rained.",
    "The clerk was quoted in May; that was all.",
    "The clerk was quoted as saying nothing.",
    "The union accused of fraud denied it.",
    "The union accused, in the end, nobody of fraud.",
    "The union accused everybody.",
    "The ministry denied the report.",
    "The ministry denied, in a letter: nothing.",
    "The ministry rejected the plan.",
    "The ministry denied.",
    "Reports that were published in May are long.",
    "Reportedly gone.",
    "The mayor told of floods.",
    "The mayor said that, and left.",
    "The mayor announced the fund that he runs.",
    "The mayor announced under rain.",
    "Gone, said the mayor.",
    "However, the mayor said.",
    "Before leaving the town, the mayor said.",
    "The fund emptied the town said nothing.",
    "“It was open,” said in anger.",
    "“It was open,” said is what he did.",
    "Residents of Velm, meanwhile, tell another story.",
    "“I know that well enough,” I said.",
    "I said that the gate was open.",
)


@pytest.mark.parametrize("text", ALSO_NOT_ATTRIBUTED)
def test_what_is_broken_off_or_taken_back_is_no_attribution(text: str, told: Told) -> None:
    assert told(text) == []


FINEST = {
    "The mayor told the council Velm was empty.": [("The mayor", "Velm was empty")],
    "The mayor answered “it is open” and left.": [("The mayor", "“it is open”")],
    "The mayor said: the fund is empty.": [("The mayor", "the fund is empty")],
    "The mayor announced the company sailed on Monday.": [
        ("The mayor", "the company sailed on Monday")
    ],
    "The fund was empty, the mayor said, the town was poor.": [("the mayor", "The fund was empty")],
    "In May, the clerk is said to have lied.": [
        ("reports of which the text does not say whose they are", "the clerk … to have lied")
    ],
    "Reportedly the ferry left early, the captain said.": [
        ("the captain", "Reportedly the ferry left early")
    ],
    "Later that day, the mayor said: “The fund is empty.”": [("the mayor", "“The fund is empty.”")],
    "“It was open,” said Mara Lind, “and old.”": [("Mara Lind", "“It was open,” … “and old.”")],
    "Rain fell; according to the mayor, the gate was open.": [("the mayor", "the gate was open")],
    "The ferry left early, according to the captain when asked.": [
        ("the captain", "The ferry left early")
    ],
    "well “informed” sources said the gate was old.": [
        ("well “informed” sources", "the gate was old")
    ],
    "The clerk (a young man) said the gate was open.": [("The clerk", "the gate was open")],
    "And the clerk said the gate was old.": [("the clerk", "the gate was old")],
    "“Open” and the clerk said the gate was old.": [("the clerk", "the gate was old")],
    "Velm, Karl and Mara Lind said the gate was old.": [("Karl and Mara Lind", "the gate was old")],
    "That and Mara Lind said the gate was old.": [("Mara Lind", "the gate was old")],
    "(Friday) the clerk said the gate was old.": [("the clerk", "the gate was old")],
    "The told clerks said the gate was old.": [("The told clerks", "the gate was old")],
    "“It was open,” said the clerk": [("the clerk", "“It was open,”")],
    "“It was open,” said the clerk of, who left.": [("the clerk", "“It was open,”")],
    "“It was open,” said Mara Lind, a “keeper of gates and doors and keys and locks of Velm” clerk.": [
        ("Mara Lind", "“It was open,”")
    ],
    "In May the mayor left, adding that the gate was old.": [
        ("the mayor", "that the gate was old")
    ],
    "The Herald reported that the Herald said that the gate was old.": [
        ("The Herald", "that the gate was old")
    ],
    "The clerk told the Newsroom of Velm that the gate was old.": [
        ("The clerk", "that the gate was old")
    ],
    "The gate was old, according to a report by him.": [
        ("“him”, of whom the text does not show who it is", "The gate was old")
    ],
    "The gate was old, according to Mayor Spokesman Pol Anders.": [
        ("Pol Anders", "The gate was old")
    ],
    "The gate was old, according to the old Mayor.": [("the old Mayor", "The gate was old")],
}


@pytest.mark.parametrize("text", FINEST)
def test_the_odd_forms_of_a_construction_are_read(text: str, told: Told) -> None:
    assert told(text) == FINEST[text]


NEVER_ATTRIBUTED = (
    "The mayor told",
    "The mayor told aides had left.",
    "The mayor mentioned, “The fund is empty.”",
    "The mayor said on.",
    "The mayor said:",
    "The mayor announced under the law the fund was empty in May.",
    "The mayor announced big new plans for the old fund of Velm.",
    "Yes, the mayor said.",
    "In a loud voice, the mayor said.",
    "The fund, the mayor said,",
    "The fund is empty, the mayor replied.",
    "The fund is empty, the mayor added two chairs.",
    "It rained, with quickly adding that the gate was old.",
    "Rain, adding that the gate was old.",
    "The daily ran the story, citing a clerk as saying so.",
    "Here, is said to lie.",
    "The clerk was quoted once and again in this and that paper of the town by this and that man of the port for years.",
    "The union accused the port; of fraud nobody spoke.",
    "Quietly and said the gate was open.",
    "He ran when she came and said that the gate was open.",
    "In, Velm, said the gate was old.",
    "The clerk,, said the gate was old.",
    "Velm, said Lind, said the gate was old.",
    "The clerk, but nobody, said the gate was old.",
    "Rain fell, who said the gate was old.",
    "Under the clerk said the gate was old.",
    "“It was open,” said",
    "“It was open,” said the clerk told quickly.",
    "“It was open,” said big old small red grey green men.",
    "In the old town of Velm by the sea under the hills of the north the mayor left, adding that the gate was old.",
    "Rain: fog, adding that the gate was old.",
    "rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain rain and said the gate was old.",
    "A clerk, workers, men, said the gate was old.",
    "The clerk said that Mara Lind said that the clerk said the gate was old.",
    "“Is it old?” the clerk said. “It is.” Rain fell. “So?”",
    "The gate was old, records obtained by said.",
    "The gate was old, a clerk told the Press of Velm Times Square.",
)


@pytest.mark.parametrize("text", NEVER_ATTRIBUTED)
def test_what_is_cut_short_or_garbled_is_no_attribution(text: str, told: Told) -> None:
    assert told(text) == []


MORE = {
    "The clerk, led by nobody, said the gate was old.": [
        ("The clerk, led by nobody", "the gate was old")
    ],
    "The clerk told the Press Council that the gate was old.": [
        ("The clerk", "that the gate was old")
    ],
    "A report published by the ministry said the gate was old.": [
        ("the ministry", "the gate was old")
    ],
    "“The fund is old,” the mayor believes, “and rather poor.”": [
        ("the mayor", "“The fund is old,” … “and rather poor.”")
    ],
    "Karl Vane said the ship sailed at night under two flags and that Mara Lind said it was grey.": [
        (
            "Karl Vane",
            "the ship sailed at night under two flags and that Mara Lind said it was grey",
        ),
        ("Karl Vane < Mara Lind", "it was grey"),
    ],
    "Ann, Ben, Cal, Dan, Eve, Fay, Gil, Hal, said the gate was old.": [],
    "The mayor said in anger": [],
    "Oh yes, the mayor said.": [],
    "Quite quietly and said the gate was old.": [],
    "Rain fell; , according to the clerk.": [],
    "I said that Mara Lind said that the gate was old.": [],
    "It is in the port of the town. The " + "rain " * 34 + "and said the gate was old.": [],
    "The clerks (and (some) men) said the gate was old.": [("The clerks", "the gate was old")],
    "The clerks’ hall is ‘old and grey’, Mara Lind said.": [
        ("Mara Lind", "The clerks’ hall is ‘old and grey’")
    ],
}


@pytest.mark.parametrize("text", MORE)
def test_what_is_rare_is_read_or_left_alone(text: str, told: Told) -> None:
    assert told(text) == MORE[text]


def test_a_sentence_is_read_up_to_a_length_and_no_further(told: Told) -> None:
    long = (
        "The clerk said that the gate was old and "
        + "that it was in the town " * 80
        + "“and poor”."
    )

    assert [who for who, _ in told(long)] == ["The clerk"]


def test_a_gap_of_many_spaces_ends_a_sentence_like_one(told: Told) -> None:
    gap = " " * 500

    assert told(f"The clerk said that the gate was old.{gap}Rain fell on the town.") == [
        ("The clerk", "that the gate was old")
    ]


MORE_CONSTRUCTIONS = {
    "as reported by": (
        "As first reported by the Herald, the ship had sailed.",
        [("Herald", "the ship had sailed")],
    ),
    "as reported by, at the end": (
        "The ship had sailed, as reported by the Velm Herald.",
        [("Velm Herald", "The ship had sailed")],
    ),
    "as somebody said, at the end": (
        "The ship had sailed, as the mayor said on Friday.",
        [("the mayor", "The ship had sailed")],
    ),
    "inverted, in the middle": (
        "The chief problem, said the engineer, is the roof.",
        [("the engineer", "The chief problem … is the roof")],
    ),
    "inverted, in the present": (
        "The gate was open all night, say two residents.",
        [("two residents", "The gate was open all night")],
    ),
    "around, ends in a verb": (
        "It was, the mayor said, one of the last ships.",
        [("the mayor", "It was … one of the last ships")],
    ),
    "around, goes on with that": (
        "There is a risk, the auditors wrote, that the fund is empty.",
        [("the auditors", "There is a risk … that the fund is empty")],
    ),
    "around, goes on with a relative clause": (
        "The fund was empty, she said, which nobody had expected.",
        [("“she”, of whom the text does not show who it is",
          "The fund was empty … which nobody had expected")],
    ),
    "around, goes on with a list": (
        "Two ships had sailed, officials said, the first of them in May.",
        [("officials", "Two ships had sailed … the first of them in May")],
    ),
    "around, goes on with an adverbial": (
        "Shares will trade on Monday, the exchange said, after a break of two weeks.",
        [("the exchange", "Shares will trade on Monday … after a break of two weeks")],
    ),
    "around, a quotation after a clause": (
        "The gate was open, Ina Moll said, “and nobody was there.”",
        [("Ina Moll", "The gate was open … “and nobody was there.”")],
    ),
    "around, only where it was said": (
        "Shares will trade on Monday, the exchange said, in a statement to the press.",
        [("the exchange", "Shares will trade on Monday")],
    ),
    "before, a number of things": (
        "The ministry said at least 40 people were hurt.",
        [("The ministry", "at least 40 people were hurt")],
    ),
    "before, a verb in the plural": (
        "Residents say officers still avoid the gate.",
        [("Residents", "officers still avoid the gate")],
    ),
    "before, a verb after an aside": (
        "Advisers said the use of the fund, mostly in May, would outweigh its cost.",
        [("Advisers", "the use of the fund, mostly in May, would outweigh its cost")],
    ),
    "before, up to a comment": (
        "The mayor said the fund was empty, a claim the board denies.",
        [("The mayor", "the fund was empty"), ("the board", "the fund was empty")],
    ),
    "before, up to what goes on meanwhile": (
        "The mayor said the fund was empty, even as new halls were built.",
        [("The mayor", "the fund was empty")],
    ),
    "before, up to what he did": (
        "The mayor said the fund was empty and urged the board to pay.",
        [("The mayor", "the fund was empty")],
    ),
    "before, up to what she did": (
        "The mayor said the fund was empty, and she also urged the board to pay.",
        [("The mayor", "the fund was empty")],
    ),
    "before, up to a quotation with a speaker": (
        "The mayor said that the town was poor: “The fund is empty,” he added.",
        [("The mayor", "that the town was poor"), ("The mayor", "“The fund is empty,”")],
    ),
    "before, after a description in a quotation": (
        "The mayor, citing the “old friends of Velm,” said the fund was empty.",
        [("The mayor", "the fund was empty")],
    ),
    "before, with another one between dashes": (
        "The board — and the mayor of Velm — said the fund was empty.",
        [("The board", "the fund was empty"), ("the mayor of Velm", "the fund was empty")],
    ),
    "before, a subject with a relative clause": (
        "Groups that have praised him say he was at the quay.",
        [("Groups that have praised him", "he was at the quay")],
    ),
    "before, a name that ends as adverbs do": (
        "Kelly said she had seen the gate open.",
        [("Kelly", "she had seen the gate open")],
    ),
    "before, a share of people": (
        "About 4 in 10 say they want another mayor.",
        [("4 in 10", "they want another mayor")],
    ),
    "before, half of them": (
        "About half of the dockers said they wanted another mayor.",
        [("half of the dockers", "they wanted another mayor")],
    ),
    "before, somebody and he": (
        "“The fund is quite empty,” he and Karl Vane said.",
        [
            ("“he”, of whom the text does not show who it is", "“The fund is quite empty,”"),
            ("Karl Vane", "“The fund is quite empty,”"),
        ],
    ),
    "before, people close to her": (
        "People close to her say she will not run again.",
        [("People close to her", "she will not run again")],
    ),
    "before, a day before a second verb": (
        "The captain left the port but on Friday said the engine had failed.",
        [("The captain", "the engine had failed")],
    ),
    "before, said in view of something": (
        "The mayor said on Friday, in a note to the board, “The fund is quite empty.”",
        [("The mayor", "“The fund is quite empty.”")],
    ),
    "before, said however that": (
        "The mayor said, however, that the fund was empty.",
        [("The mayor", "that the fund was empty")],
    ),
    "after, a quotation and what is told besides": (
        "“The fund is quite empty,” the mayor said twice and left.",
        [("the mayor", "“The fund is quite empty,”")],
    ),
    "told a programme": (
        "“The fund is quite empty,” the mayor told a programme’s “Morning” on Friday.",
        [("the mayor", "“The fund is quite empty,”")],
    ),
    "participle, of some of them": (
        "The talks went on, both sides saying that they had won.",
        [("both sides", "that they had won")],
    ),
    "participle, after but": (
        "The mayor spoke of rain, noting that the roof was new but warning that the gate was old.",
        [("The mayor", "that the roof was new"), ("The mayor", "that the gate was old")],
    ),
    "accused, with a relative clause": (
        "The mayor accused the firm, which ran the port, of hiding two ships.",
        [("The mayor", "the firm, which ran the port, of hiding two ships")],
    ),
    "accused, the second verb": (
        "The mayor left the hall and accused Mr. Vane of hiding two ships.",
        [("The mayor", "Mr. Vane of hiding two ships")],
    ),
    "before, another verb of one who left": (
        "The captain turned as he left and told the crew that the ship was old.",
        [("The captain", "that the ship was old")],
    ),
    "before, and they say": (
        "The mayor said the fund was empty, and they say that the gate was old.",
        [("The mayor", "the fund was empty"),
         ("“they”, of whom the text does not show who it is", "that the gate was old")],
    ),
    "before, broken off after and": (
        "The mayor said the fund was empty and",
        [("The mayor", "the fund was empty and")],
    ),
    "after, behind a mark": (
        "- The gate was open, the mayor said.",
        [("the mayor", "The gate was open")],
    ),
    "accused, before something else": (
        "After Mara Lind accused the board of hiding it, the mayor left.",
        [("Mara Lind", "the board of hiding it")],
    ),
    "participle, after a subject with a noun that is a verb as well": (
        "The lawyer of the state is suing the firm, claiming that the fund is empty.",
        [("The lawyer of the state", "that the fund is empty")],
    ),
    "before, one in five": (
        "One in five said they wanted another mayor.",
        [("One in five", "they wanted another mayor")],
    ),
    "before, though in commas": (
        "The clerk, though, said the gate was open.",
        [("The clerk", "the gate was open")],
    ),
    "after, behind a star": (
        "* The gate was open, the mayor said.",
        [("the mayor", "The gate was open")],
    ),
    "after, and another one did something": (
        "The fund was empty, Ina Moll said, and Karl Vane admitted nothing of it.",
        [("Ina Moll", "The fund was empty")],
    ),
    "before, people with a participle": (
        "People briefed on the plan say the gate was open.",
        [("People briefed on the plan", "the gate was open")],
    ),
    "as somebody said, after a day": (
        "On Friday, as the mayor said, the fund was empty.",
        [("the mayor", "the fund was empty")],
    ),
    "before, after a few minutes": (
        "A few minutes later officials said the gate was open.",
        [("officials", "the gate was open")],
    ),
    "before, a form that is a noun after he": (
        "Karl Vane left. He claims dockers have left.",
        [("Karl Vane", "dockers have left")],
    ),
    "before, a verb in the plural soon after": (
        "The mayor announced trains run late in May.",
        [("The mayor", "trains run late in May")],
    ),
    "before, and reports": (
        "The mayor said the fund was empty and reports were late.",
        [("The mayor", "the fund was empty and reports were late")],
    ),
    "before, and adding": (
        "The mayor said the fund was empty and adding, it seemed.",
        [("The mayor", "the fund was empty and adding, it seemed")],
    ),
    "before, broken off after he": (
        "The mayor said the fund was empty and he.",
        [("The mayor", "the fund was empty and he")],
    ),
    "before, another one says it between": (
        "The captain left as the clerks told us and they said that the ship sank.",
        [("“they”, of whom the text does not show who it is", "that the ship sank")],
    ),
    "after, but": (
        "But it runs on another rule, Ina Moll said.",
        [("Ina Moll", "But it runs on another rule")],
    ),
    "around, goes on with not": (
        "The fund was empty, Ina Moll said, not the purse of the town.",
        [("Ina Moll", "The fund was empty … not the purse of the town")],
    ),
    "around, ends in a quotation of the next sentence": (
        "“The fund is empty,” the mayor said. On the whole, “it was never as full as people say.”",
        [("the mayor", "“The fund is empty,”"),
         ("the mayor", "On the whole, “it was never as full as people say.”")],
    ),
    "a quotation in the next sentence that others go on with": (
        "“The fund is empty,” the mayor said. On the whole, “it was full” of coins.",
        [("the mayor", "“The fund is empty,”")],
    ),
    "reports within what is said": (
        "The mayor said that reports that the fund was empty had spread.",
        [("The mayor", "that reports that the fund was empty had spread")],
    ),
    "a claim within what is said": (
        "The mayor said that the clerk's claim that the fund was empty was old.",
        [("The mayor < the clerk", "that the fund was empty was old")],
    ),
    "according to its reports": (
        "The fund had spent little on it, according to its FEC reports.",
        [("its FEC reports", "The fund had spent little on it")],
    ),
    "a share of people, according to": (
        "Some 62 percent said they wanted a bridge, according to the survey.",
        [("the survey", "Some 62 percent said they wanted a bridge")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MORE_CONSTRUCTIONS)
def test_a_rarer_construction_is_read_as_well(name: str, told: Told) -> None:
    text, expected = MORE_CONSTRUCTIONS[name]

    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "As reported by.",
        "The gate was open, say the mayor.",
        "— , said the mayor.",
        "The mayor said with anger many people of Velm.",
        "Advisers said the use of the fund, mostly in May.",
        "The ship as reported by the Herald sailed.",
        "— , as reported by the Herald.",
        "According to its reports.",
        "The coastal states that have suffered most are poor.",
        "The account that she used was closed.",
        "The finance director spoke of it in a memo that was obtained by the Courier.",
    ],
)
def test_what_only_begins_like_a_rarer_construction_is_none(text: str, told: Told) -> None:
    assert told(text) == []
