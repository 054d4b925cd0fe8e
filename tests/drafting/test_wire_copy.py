"""Sentences as agencies, papers and courts write them, each with what is drafted of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drafted_texts import drafted

from provenance.drafting import DraftStatement

Told = Callable[[str], list[tuple[str, str]]]

NOBODY = "reports of which the text does not say whose they are"

WIRE = {
    "records show, at the end": (
        "The dam had leaked since March, court documents show.",
        [("court documents", "The dam had leaked since March")],
    ),
    "a study found, at the end": (
        "The fields had lost their carbon, a study found.",
        [("a study", "The fields had lost their carbon")],
    ),
    "figures, without when they came": (
        "Figures published by the water board on Monday showed that the level had fallen.",
        [("the water board", "that the level had fallen")],
    ),
    "said in a statement that": (
        "The company said in a statement that it had found no leak.",
        [("The company", "that it had found no leak")],
    ),
    "was quoted as saying, at the end": (
        "“The dam will hold,” the mayor was quoted as saying.",
        [("the mayor", "“The dam will hold,”")],
    ),
    "believed to, after a description": (
        "Stern, 51, is believed to have left the country.",
        [(NOBODY, "Stern, 51, … to have left the country")],
    ),
    "is accused of": (
        "Vane is accused of moving the money through three banks.",
        [(NOBODY, "Vane … of moving the money through three banks")],
    ),
    "accused by somebody": (
        "The firm has been accused by unions of hiding the leak.",
        [("unions", "The firm … of hiding the leak")],
    ),
    "a participle that accuses": (
        "The mayor called it grey, accusing the board of hiding the wall.",
        [("The mayor", "the board of hiding the wall")],
    ),
    "a court heard that": (
        "The jury heard that Vane had moved the money.",
        [(NOBODY, "that Vane had moved the money")],
    ),
    "a court heard, at the end": (
        "A clerk stole two million crowns, a court heard on Monday.",
        [(NOBODY, "A clerk stole two million crowns")],
    ),
    "a court was told": (
        "The court was told that the money had been moved.",
        [(NOBODY, "that the money had been moved")],
    ),
    "court told": (
        "Clerk stole two million crowns to pay for his house, court told",
        [(NOBODY, "Clerk stole two million crowns to pay for his house")],
    ),
    "a statement read": (
        "A statement from the firm read: “We will appeal the ruling.”",
        [("the firm", "“We will appeal the ruling.”")],
    ),
    "read a statement": (
        "“We will appeal it,” read a statement from the firm.",
        [("the firm", "“We will appeal it,”")],
    ),
    "per": (
        "Per the report, the dam had leaked since March.",
        [("the report", "the dam had leaked since March")],
    ),
    "per, at the end": (
        "The dam had leaked since March, per the police report.",
        [("police", "The dam had leaked since March")],
    ),
    "according to a list": (
        "The sale was fixed, according to contracts, emails and bank records.",
        [("contracts, emails and bank records", "The sale was fixed")],
    ),
    "according to a list, first": (
        "According to interviews with more than ten of his friends, aides and allies, he will go.",
        [("more than ten of his friends, aides and allies", "he will go")],
    ),
    "according to somebody, then somebody described": (
        "According to a summary of the inquiry, Ina Moll, a clerk, sent the letter in May.",
        [("a summary of the inquiry", "Ina Moll, a clerk, sent the letter in May")],
    ),
    "according to somebody described": (
        "According to Ina Moll, a clerk, the letter was sent in May.",
        [("Ina Moll", "the letter was sent in May")],
    ),
    "but as somebody noted": (
        "But as the Velm Herald noted, the clerks will give it a second look.",
        [("Velm Herald", "the clerks will give it a second look")],
    ),
    "would only say": (
        "The mayor would only say that the plan was weak.",
        [("The mayor", "that the plan was weak")],
    ),
    "would say only": (
        "The mayor would say only that the plan was weak.",
        [("The mayor", "that the plan was weak")],
    ),
    "continued to say": (
        "The mayor continued to say that the plan was weak.",
        [("The mayor", "that the plan was weak")],
    ),
    "a relative clause that ends": (
        "The mayor, who has denied any role in the sale, will appear in court.",
        [("The mayor", "any role in the sale")],
    ),
    "a relative clause after a verb": (
        "A jury found Karl Vane, who alleged that the clerk hit him, guilty.",
        [("Karl Vane", "that the clerk hit him, guilty")],
    ),
    "a message that said": (
        "The page gave way to a message that said “the file you want is gone.”",
        [("a message", "“the file you want is gone.”")],
    ),
    "one in five": (
        "One in five say they would stay at home.",
        [("One in five", "they would stay at home")],
    ),
    "at least so many": (
        "At least a dozen clerks said the seat was empty.",
        [("a dozen clerks", "the seat was empty")],
    ),
    "half of them": (
        "In each of the five towns, about half of voters say they prefer the mayor.",
        [("half of voters", "they prefer the mayor")],
    ),
    "the two": (
        "“You seem to have picked a rule out of the air,” the two write.",
        [("the two", "“You seem to have picked a rule out of the air,”")],
    ),
    "two names and where they are from": (
        "“It would be of use,” Karl Vane and Ina Moll of the Institute for Science and Safety wrote.",
        [("Karl Vane", "“It would be of use,”"), ("Ina Moll", "“It would be of use,”")],
    ),
    "in the year": (
        "Ina Moll said in ‘08 that the votes were wrong.",
        [("Ina Moll", "that the votes were wrong")],
    ),
    "in his book that he'd": (
        "Karl Vane wrote in his 1990 book that he'd been named the best of the class.",
        [("Karl Vane", "that he'd been named the best of the class")],
    ),
    "in one of several": (
        "Karl Vane said in one of a series of messages that the truck was full.",
        [("Karl Vane", "that the truck was full")],
    ),
    "an aside in dashes": (
        "Karl Vane said — on Coast Radio, of all places — that the fund was full.",
        [("Karl Vane", "that the fund was full")],
    ),
    "an aside in dashes that never ends": ("Karl Vane said — that the fund was full.", []),
    "a comma before that": (
        "Karl Vane added, that the fund was full.",
        [("Karl Vane", "that the fund was full")],
    ),
    "told before something, that": (
        "Karl Vane told the Velm Herald before he left the board that the fund was full.",
        [("Velm Herald < Karl Vane", "that the fund was full")],
    ),
    "told a host": (
        "Karl Vane told radio host Ina Moll the fund was full.",
        [("Karl Vane", "the fund was full")],
    ),
    "told, to applause": (
        "Karl Vane told the clerks, to loud applause: “There has never been a better port.”",
        [("Karl Vane", "“There has never been a better port.”")],
    ),
    "said as something else was done": (
        "Karl Vane said as he closed the gate, “There has never been a better port.”",
        [("Karl Vane", "“There has never been a better port.”")],
    ),
    "a colon lets somebody speak": (
        "A friend of the player hit back: “He was at the hospital with her.”",
        [("A friend of the player", "“He was at the hospital with her.”")],
    ),
    "a colon after a thing": ("The sign was clear: “Nobody may come in here.”", []),
    "a colon after what was not done": ("The mayor would not write: “Nobody may come in.”", []),
    "a colon after a clause": ("The mayor wept when it rained: “Nobody may come in.”", []),
    "a quotation goes on after an aside": (
        "“I have no idea,” she said of those who had left, “but I know they were clerks.”",
        [("“she”, of whom the text does not show who it is",
          "“I have no idea,” … “but I know they were clerks.”")],
    ),
    "a quotation goes on without marks": (
        "“We are gravely worried,” the members wrote, that the port may sink.",
        [("the members", "“We are gravely worried,” … that the port may sink")],
    ),
    "a quotation goes on in that": (
        "The papers show, the mayor said in a letter, that “the port will sink.”",
        [("the mayor", "The papers show … that “the port will sink.”")],
    ),
    "a quotation of its own after a lead": (
        "Asked what he thought of it, “It is a bad thing for the port,” Karl Vane said.",
        [("Karl Vane", "“It is a bad thing for the port,”")],
    ),
    "a quotation that begins with its verb": (
        "Judging it by its roof, Karl Vane said, “is a bad thing for the port.”",
        [("Karl Vane", "Judging it by its roof … “is a bad thing for the port.”")],
    ),
    "a subject of doing, around": (
        "Bringing the show back three years later, he said, feels right at a time of change.",
        [("“he”, of whom the text does not show who it is",
          "Bringing the show back three years later … feels right at a time of change")],
    ),
    "a second verb after a quotation": (
        "“I hate the word,” Ina Moll said, but added that the port was full.",
        [("Ina Moll", "“I hate the word,”"), ("Ina Moll", "that the port was full")],
    ),
    "a second verb and a quotation": (
        "Ina Moll said it was too early to rejoice but added, “I think you know of it.”",
        [("Ina Moll", "it was too early to rejoice"), ("Ina Moll", "“I think you know of it.”")],
    ),
    "a second verb that is no part of what is said": (
        "The bank said it would miss the deadline and requested another month.",
        [("The bank", "it would miss the deadline")],
    ),
    "a verb that goes on with what is said": (
        "The bank said it would be closed and rented by June.",
        [("The bank", "it would be closed and rented by June")],
    ),
    "set against something else": (
        "The clerk said the port was full, while the mayor's party counts on the vote.",
        [("The clerk", "the port was full")],
    ),
    "set against what several say": (
        "The clerk said no ship was lost, but two captains say otherwise.",
        [("The clerk", "no ship was lost")],
    ),
    "and I": (
        "Critics say the money was lost, and I tend to agree.",
        [("Critics", "the money was lost")],
    ),
    "that, while": (
        "They and their friends argue that, while the tax may fall, workers won't see it.",
        [("They and their friends", "that, while the tax may fall, workers won't see it")],
    ),
    "a story claiming that": (
        "The Velm Herald ran a story last week claiming that the bridge was paid for.",
        [("The Velm Herald", "that the bridge was paid for")],
    ),
    "an outlet can reveal what somebody told": (
        "Milo Brandt has told his friends he will leave the club, the Velm Herald can now reveal.",
        [("Velm Herald < Milo Brandt", "he will leave the club")],
    ),
    "his false claim": (
        "Despite his false claims that the fund is full, the board met.",
        [("“his”, of whom the text does not show who it is", "that the fund is full")],
    ),
    "my neighbour": (
        "My neighbour reckons the old bridge will be closed by autumn.",
        [("My neighbour", "the old bridge will be closed by autumn")],
    ),
    "somebody": (
        "Somebody claims the mayor owns land on the other bank.",
        [("Somebody", "the mayor owns land on the other bank")],
    ),
    "as many as": (
        "As many as forty people were on board, police said, though it was dark.",
        [("police", "As many as forty people were on board")],
    ),
    "a verb that says nothing within what is said": (
        "The vote signals a turn for the port, said Karl Vane, head of the union.",
        [("Karl Vane", "The vote signals a turn for the port")],
    ),
    "where it was said, in quotation marks": (
        "The clerk was for the bridge, he said Wednesday on Coast Radio's “Morning Joe.”",
        [("“he”, of whom the text does not show who it is", "The clerk was for the bridge")],
    ),
    "his spokesman, by name": (
        "“We have sold nothing at all,” said its spokesman, Jan Moor.",
        [("Jan Moor", "“We have sold nothing at all,”")],
    ),
    "a lawyer of somebody, by name": (
        "Mr Vane's lawyer, Ida Kern, said that her client was innocent.",
        [("Ida Kern", "that her client was innocent")],
    ),
    "a second verb that joins nothing": (
        "“No, never,” Ina Moll said, but added nothing.", [],
    ),
    "they go on": (
        "The mayor said the fund was empty and they say that it is full.",
        [("The mayor", "the fund was empty"),
         ("“they”, of whom the text does not show who it is", "that it is full")],
    ),
    "a second verb with an adverb": (
        "The bank said it would miss the deadline and quickly requested another month.",
        [("The bank", "it would miss the deadline")],
    ),
    "one who says what another one noted": (
        "Ina Moll noted that the fund was empty, said Karl Vane.",
        [("Karl Vane < Ina Moll", "that the fund was empty")],
    ),
    "a name that is a verb": (
        "The mayor met Hope Hicks and said that the fund was empty.",
        [("The mayor", "that the fund was empty")],
    ),
    "a programme right after the day": (
        "The ship sank in the storm, the mayor said Wednesday “Morning Hour.”",
        [("the mayor", "The ship sank in the storm")],
    ),
    "having": (
        "Karl Vane said having the bridge would be a gain for the port.",
        [("Karl Vane", "having the bridge would be a gain for the port")],
    ),
    "a credit by the way": (
        "The gate was open, the mayor said. (via Norda)",
        [("the mayor", "The gate was open")],
    ),
    "a list that is none": (
        "The sale was fixed, according to contracts, long old yellow paper letters.",
        [("contracts", "The sale was fixed")],
    ),
    "allegations that first surfaced": (
        "Allegations that the mine was unsafe first surfaced in June.",
        [(NOBODY, "that the mine was unsafe")],
    ),
    "what a vote shows, somebody says": (
        "The vote shows that the port is full, Karl Vane said.",
        [("Karl Vane", "The vote shows that the port is full")],
    ),
    "what a study shows, somebody says": (
        "The study shows that the port is full, Karl Vane said.",
        [("Karl Vane < The study", "that the port is full")],
    ),
    "an aside with an adverb": (
        "Ina Moll, also campaigning in Orrel, said Vane is to blame.",
        [("Ina Moll", "Vane is to blame")],
    ),
    "an aside that tells when": (
        "The board, when contacted by the Herald, said the clerk had left.",
        [("The board", "the clerk had left")],
    ),
    "an aside that tells how one looks": (
        "Ina Moll, clad in a red cape, said the meeting was a failure.",
        [("Ina Moll", "the meeting was a failure")],
    ),
    "two asides": (
        "Ina Moll, meanwhile, who sits on the board, said the fund was empty.",
        [("Ina Moll", "the fund was empty")],
    ),
    "a statement posted somewhere": (
        "A statement posted on the page said the fund was empty.",
        [("A statement posted on the page", "the fund was empty")],
    ),
    "a verb that does not change": (
        "Two officials said the strike hit a depot.",
        [("Two officials", "the strike hit a depot")],
    ),
    "a memoir, published last year": (
        "Moll wrote in her memoir, published last year, that she never met him.",
        [("Moll", "that she never met him")],
    ),
    "according to a ministry with a clause": (
        "According to the Interior Ministry, which runs the police, three officers were hurt.",
        [("Interior Ministry", "three officers were hurt")],
    ),
    "an inquest heard": (
        "The inquest heard Mr Moll had complained of his chest.",
        [(NOBODY, "Mr Moll had complained of his chest")],
    ),
    "an agency of a dateline": (
        "VELM, March 3 (Norda) - The gate was open, the mayor said.",
        [("Norda < the mayor", "The gate was open")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WIRE)
def test_a_sentence_of_wire_copy_is_read(name: str, told: Told) -> None:
    text, expected = WIRE[name]

    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The firm declined to comment on Monday.",
        "The firm did not respond to a request for comment.",
        "A spokesman declined to say whether the mine was unsafe.",
        "The firm refused to confirm that the mine was unsafe.",
        "The firm neither confirmed nor denied that the mine was unsafe.",
        "Reuters could not verify the report that was published.",
        "The mayor read the letter that was sent to her.",
        "The clerk read: “We will appeal.”",
        "“We will appeal,” read the mayor.",
        "The choir heard that bread was dear.",
        "The mayor was told that bread was dear.",
        "He is accused of fraud.",
        "He was accused by of hiding it.",
        "He was accused by the union.",
        "He was blamed for hiding the leak.",
        "Accusing the board of it, she left.",
        "It costs two crowns per the week.",
        "Bread is dear, per.",
        "In more diverse, battleground states that voted.",
        "The two battleground states, however.",
        "A court heard it.",
    ],
)
def test_what_wire_copy_says_of_nobody_is_not_drafted(text: str) -> None:
    assert drafted(text).statements == ()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Vane is said to have left the port.", "Vane has left the port"),
        ("The clerks are said to be in Velm.", "The clerks are in Velm"),
        ("Jonas Roth, 47, of Velm, is accused of making it.", "Jonas Roth making it"),
        ("The ship is said to sail at noon.", "The ship to sail at noon"),
    ],
)
def test_a_claim_in_two_pieces_is_a_sentence(text: str, claim: str) -> None:
    assert drafted(text).claims[0].text == claim


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Transport Minister Karl Vane", "Karl Vane"),
        ("The Hill", "Hill"),
        ("Jan Moor", "Jan Moor"),
        ("The Sunday Times", "The Sunday Times"),
    ],
)
def test_a_name_is_without_its_titles(who: str, name: str) -> None:
    assert drafted(f"{who} reported that the gate was open.").sources[-1].name == name


def test_a_contrast_in_which_somebody_denies_it_is_no_part_of_what_is_said() -> None:
    found = drafted("Officials said the mayor had resigned but his office denied it.")

    assert [(each.stance, text_of(each)) for each in found.statements] == [
        ("affirms", "the mayor had resigned"),
        ("denies", "the mayor had resigned"),
    ]


def text_of(statement: DraftStatement) -> str:
    return " ".join(each.text for each in statement.content)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("State television, quoting rescuers, says that children died.", 2),
        ("State television, quoting safety factors, says that children died.", 1),
        ("Officials said the mayor was ill but the office stayed open.", 1),
    ],
)
def test_those_who_are_named_for_what_they_do_can_be_cited(text: str, speakers: int) -> None:
    (statement,) = drafted(text).statements

    assert len(statement.chain) == 1 + speakers
