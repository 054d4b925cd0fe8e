"""Sentences as newsrooms write them, with whom they let say what, and what they say nothing of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from drafted_texts import chain_of, drafted

from provenance.drafting import draft, read_document

Told = list[tuple[str, str, str]]

CHAINS: dict[str, list[tuple[str, str, str]]] = {
    # who is cited first
    "Citing two officials, Reuters reported that the bridge had fallen.": [
        ("Reuters < two officials", "affirms", "The bridge had fallen")
    ],
    "Quoting a judicial source, Le Sport reported that police had searched the hotel.": [
        ("Le Sport < a judicial source", "affirms", "Police had searched the hotel")
    ],
    "Citing a lack of money, the mayor said that the fair was off.": [
        ("the mayor", "affirms", "The fair was off")
    ],
    # when it came out
    "According to a poll released Wednesday by Carver State University, most were against it.": [
        ("Carver State University", "affirms", "Most were against it")
    ],
    "According to a report published Monday by the World Bank, poverty has fallen by a third.": [
        ("World Bank", "affirms", "Poverty has fallen by a third")
    ],
    "A report released Wednesday said that the wall was weak.": [
        ("A report released Wednesday", "affirms", "The wall was weak")
    ],
    # how often it was shared
    "A report shared more than a dozen times asserts that the dead voted.": [
        ("A report shared more than a dozen times", "affirms", "The dead voted")
    ],
    "A post shared more than 3,000 times claims that the mayor has died.": [
        ("A post shared more than 3,000 times", "affirms", "The mayor has died")
    ],
    # verdicts
    "Hobart claimed that ballots were forged, an allegation that the clerk called “flatly false.”": [
        ("Hobart", "affirms", "Ballots were forged"),
        ("the clerk", "denies", "Ballots were forged"),
    ],
    "Hobart claimed that ballots were forged, an allegation the clerk called “flatly false.”": [
        ("Hobart", "affirms", "Ballots were forged"),
        ("the clerk", "denies", "Ballots were forged"),
    ],
    "Hobart claimed that 12,000 ballots were forged, which the clerk has called a lie.": [
        ("Hobart", "affirms", "12,000 ballots were forged"),
        ("the clerk", "denies", "12,000 ballots were forged"),
    ],
    "Hobart claimed that ballots were forged, something the clerk denies.": [
        ("Hobart", "affirms", "Ballots were forged"),
        ("the clerk", "denies", "Ballots were forged"),
    ],
    "Hobart claimed that ballots were forged, a plan the clerk called a lie.": [
        ("Hobart", "affirms", "Ballots were forged, a plan the clerk called a lie")
    ],
    "The Courier said that Aurel bribed a clerk. Aurel has called the Courier’s story “fiction.”": [
        ("The Courier", "affirms", "Aurel bribed a clerk"),
        ("Aurel", "denies", "Aurel bribed a clerk"),
    ],
    "Roth said that Halden hid the data. Halden disputed that account.": [
        ("Roth", "affirms", "Halden hid the data"),
        ("Halden", "denies", "Halden hid the data"),
    ],
    "Hobart said ballots were forged. “It didn’t happen,” Hank Dorsey said.": [
        ("Hobart", "affirms", "Ballots were forged"),
        ("Hank Dorsey", "denies", "Ballots were forged"),
    ],
    # questions in court
    "Mr Tolland put it to Mr Foulds that he had told police that he heard nobody.": [
        ("Tolland < Foulds", "affirms", "He heard nobody")
    ],
    "Counsel put it to the witness that the car had been sold.": [
        ("Counsel", "affirms", "The car had been sold")
    ],
    "The court was told by prosecutor Eleanor Vance that the van was registered to Askew.": [
        ("Eleanor Vance", "affirms", "The van was registered to Askew")
    ],
    "Peake said he had been assured by the chief constable that patrols would be stepped up.": [
        ("Peake < the chief constable", "affirms", "Patrols would be stepped up")
    ],
    # names with marks
    "Mayor Bob Hill of Marlow, N.J. said that the mine was closed.": [
        ("Bob Hill", "affirms", "The mine was closed")
    ],
    "Acme Inc. said the mine was closed.": [("Acme Inc", "affirms", "The mine was closed")],
    "The mine was closed, Acme Inc. said.": [("Acme Inc", "affirms", "The mine was closed")],
    "Halden Corp. denied that it had sold the drug.": [
        ("Halden Corp", "denies", "It had sold the drug")
    ],
    "Analysts at Brill & Co. said that the mine was closed.": [
        ("Analysts at Brill & Co", "affirms", "The mine was closed")
    ],
    "Smith said Jan. 12 that the mine was closed.": [("Smith", "affirms", "The mine was closed")],
    "Gordon Pike told investors on Aug. 3 that the drug has not left the laboratory.": [
        ("Gordon Pike", "affirms", "The drug has not left the laboratory")
    ],
    # figures and admissions
    "The Seismological Institute gave the magnitude as 7.1.": [
        ("Seismological Institute", "affirms", "The magnitude is 7.1")
    ],
    "Officials confirmed 240 deaths.": [("Officials", "affirms", "240 deaths")],
    "Hryb has since revised the toll to nine.": [("Hryb", "affirms", "The toll is nine")],
    "Smith denies murder, but admits manslaughter.": [
        ("Smith", "denies", "Smith is guilty of murder"),
        ("Smith", "affirms", "Smith is guilty of manslaughter"),
    ],
    "Smith admitted stealing the keys.": [("Smith", "affirms", "Smith stealing the keys")],
    "Askew, who has pleaded guilty to conspiracy, is expected to speak.": [
        ("Askew", "affirms", "Askew is guilty of conspiracy")
    ],
    "Dunmore denies arson being reckless as to whether life was endangered.": [
        (
            "Dunmore",
            "denies",
            "Dunmore is guilty of arson being reckless as to whether life was endangered",
        )
    ],
    "Hryb revised the toll to nine on her Telegram channel on Friday.": [
        ("Hryb", "affirms", "The toll is nine")
    ],
    "Kestria blamed Ordania for the fire in a statement on Friday.": [
        ("Kestria", "affirms", "Ordania is to blame for the fire")
    ],
    "Ida Kern denied selling the crane in a letter to the board.": [
        ("Ida Kern", "denies", "Ida Kern selling the crane")
    ],
    # several voices in one sentence
    "Nolan said that the clinic had bought paper but insisted none of it had been used.": [
        ("Nolan", "affirms", "The clinic had bought paper"),
        ("Nolan", "affirms", "None of it had been used"),
    ],
    "Solheim said that the team had no spare, something Zhang says would settle the matter.": [
        ("Solheim", "affirms", "The team had no spare")
    ],
    "The doctor, Luc Ferrand, is said by friends to be quite ill.": [
        ("friends", "affirms", "The doctor, Luc Ferrand, is quite ill")
    ],
    "A report posted on a website and shared by Hobart asserts that the dead voted.": [
        ("A report posted on a website and shared by Hobart", "affirms", "The dead voted")
    ],
    "Police said one ran. Another, student Jess Cartwright, 20, said she saw only one.": [
        ("Jess Cartwright", "affirms", "[Jess Cartwright] saw only one")
    ],
    "Prof Helen Marsh of Durham University said the drug would be found.": [
        ("Helen Marsh", "affirms", "The drug would be found")
    ],
    "The union accused the firm of hiding the leak. Ann Lee said the leak was real. "
    "The firm denied the accusation.": [
        ("The union", "affirms", "The firm hiding the leak"),
        ("Ann Lee", "affirms", "The leak was real"),
        ("The firm", "denies", "The firm hiding the leak"),
    ],
    "Two sources said the test was positive. “I have never doped,” Vell said. "
    "His team went further, describing the allegations as “fiction from start to finish”.": [
        ("Two sources", "affirms", "The test was positive"),
        ("Vell", "affirms", "[Vell] has never doped"),
        ("His team", "denies", "The test was positive"),
    ],
    # several authorities in one sentence
    "The toll was 187, according to the health office, and 240, according to the Red Crescent.": [
        ("the health office", "affirms", "The toll was 187"),
        ("Red Crescent", "affirms", "The toll was 240"),
    ],
    "The road was shut, according to police, and the bridge was open, according to the mayor.": [
        ("police", "affirms", "The road was shut"),
        ("the mayor", "affirms", "The bridge was open"),
    ],
    "The road was shut, according to police, and very wet, according to the mayor.": [
        ("police", "affirms", "The road was shut"),
    ],
    "The bridge was closed on Friday, the mayor said, and reopened on Saturday, according to police.": [
        ("the mayor", "affirms", "The bridge was closed on Friday"),
        ("police", "affirms", "Reopened on Saturday"),
    ],
    "Officials said 187 had died, but the Red Crescent put the figure at 240.": [
        ("Red Crescent", "affirms", "The figure is 240")
    ],
    # hearsay
    "Kern said she had heard from a neighbour that the gate was open.": [
        ("Kern < a neighbour", "affirms", "The gate was open")
    ],
    "The Herald stood by its report that the ship had sailed.": [
        ("The Herald", "affirms", "The ship had sailed")
    ],
    # what only turns round what was said
    "Kern said the mine was unsafe. Vane said it was not.": [
        ("Kern", "affirms", "The mine was unsafe"),
        ("Vane", "denies", "The mine was unsafe"),
    ],
    "“The mine is unsafe,” said Kern. “It is not,” said Vane.": [
        ("Kern", "affirms", "The mine is unsafe"),
        ("Vane", "denies", "The mine is unsafe"),
    ],
    "Kern said Vane met the clerk at noon. Vane said he did not.": [
        ("Kern", "affirms", "Vane met the clerk at noon"),
        ("Vane", "denies", "Vane met the clerk at noon"),
    ],
    "Kern said the mine was unsafe; Vane disagreed.": [
        ("Kern", "affirms", "The mine was unsafe"),
        ("Vane", "denies", "The mine was unsafe"),
    ],
    "Kern said the mine was unsafe. Vane said he had not.": [
        ("Kern", "affirms", "The mine was unsafe")
    ],
    "Kern said the mine was unsafe. Rain fell. It fell on. Vane said it was not.": [
        ("Kern", "affirms", "The mine was unsafe")
    ],
    "Asked whether he had met Ferrand, Vell said he had not.": [],
    "Kern said the mine was unsafe. Vane disagreed with the plan.": [
        ("Kern", "affirms", "The mine was unsafe")
    ],
    # what stands around its speaker, and other verbs
    "The company, Ida Kern said, had warned the ministry.": [
        ("Ida Kern", "affirms", "The company had warned the ministry")
    ],
    "The institute assesses that the army controls most of the town.": [
        ("The institute", "affirms", "The army controls most of the town")
    ],
    "The minister told reporters there were no plans to close the mine.": [
        ("The minister", "affirms", "There were no plans to close the mine")
    ],
    "Dr Sesay said petrol had been poured there. She accepted that it could not be excluded.": [
        ("Sesay", "affirms", "Petrol had been poured there"),
        ("Sesay", "affirms", "It could not be excluded"),
    ],
}


@pytest.mark.parametrize("text", CHAINS)
def test_a_sentence_of_the_news_is_read(text: str) -> None:
    found = drafted(text)

    claims = {each.id: each.text for each in found.claims}
    assert [
        (chain_of(found, place), each.stance, claims[each.claim])
        for place, each in enumerate(found.statements)
    ] == CHAINS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Justice Okafor told the jury to ignore anything they might read online.",
        "Police told residents to report anything they might have seen.",
        "Karl Vane denied nothing of it at all.",
        "The clerk put it to the vote of the board.",
        "The clerk put it to good use, and the fair began.",
        "The court was told by a clerk.",
        "The shop confirmed two orders of grain.",
        "The board raised the price to 12 euros.",
        "Officials did not confirm 240 deaths.",
    ],
)
def test_what_only_sounds_like_the_news_says_nothing(text: str) -> None:
    assert drafted(text).statements == ()


MEANT = {
    "the one who was spoken to": (
        "Our reporter spoke to a nurse who left the town. She told him that the hospital was hit.",
        "a nurse",
    ),
    "the one who was spoken to, and is not heard": (
        "Ann Lee spoke to a nurse who left the town. She told her that the hospital was hit.",
        "a nurse",
    ),
    "the one who was spoken to, of a kind that is no word for people": (
        "I have just spoken to a dowser from Varnik. She told me that the hospital was hit by bombs.",
        "a dowser",
    ),
    "the only one who can be he": (
        "Karl Vane spoke to women of the town. He said the hospital was hit.",
        "Karl Vane",
    ),
    "the one whose case it is": (
        (
            "“I was in shock,” the witness answered.\n\nDunmore’s case is that he was at home. "
            "In a statement read to the court, he said: “I had nothing to do with the fire.”"
        ),
        "Dunmore",
    ),
    "the one with whom the sentence begins": (
        (
            "Roy Peake said patrols would be stepped up. The MP, Fiona Garrick, called for lamps to be "
            "restored in Mill Street, which she said had been switched off since April."
        ),
        "Fiona Garrick",
    ),
    "the chief, and not the agency": (
        (
            "At least 214 people were killed, the national disaster agency said. “We believe it will "
            "rise,” disaster agency chief Osman Kelebi said. He said 1,300 people had been injured."
        ),
        "Osman Kelebi",
    ),
}


@pytest.mark.parametrize("name", MEANT)
def test_a_pronoun_means_the_one_who_is_nearest_in_the_story(name: str) -> None:
    text, who = MEANT[name]

    found = drafted(text)

    assert chain_of(found, len(found.statements) - 1) == who


def test_she_may_be_one_who_speaks_or_one_who_is_spoken_to() -> None:
    found = drafted("Ann Lee spoke to a nurse in the town. She said that the hospital was hit.")

    assert "could mean Ann Lee or a nurse" in (found.statements[0].speaker.inferred or "")


def test_who_was_told_has_it_secondhand() -> None:
    found = drafted("Kern said she was told the gate was open.")

    assert found.statements[0].speaker.basis == "secondhand"


def test_a_spokesperson_of_nobody_else_speaks_for_the_body_that_spoke() -> None:
    found = drafted(
        "The Space Agency said that the probe was late. A spokesman said the fault was found."
    )

    assert [chain_of(found, place) for place in (0, 1)] == ["Space Agency"] * 2
    assert "speak for" in (found.statements[1].speaker.inferred or "")


def test_a_spokesperson_after_a_person_is_somebody_else() -> None:
    found = drafted("The clerk said that it was late. A spokesman said the port was shut.")

    assert chain_of(found, 1) == "A spokesman"


def test_what_an_outlet_reveals_and_its_sources_say_is_theirs() -> None:
    found = drafted(
        "The Gazette can reveal that Karl Vane sold the harbour crane in May. "
        "Two sources said that Karl Vane sold the harbour crane in May."
    )

    assert [chain_of(found, place) for place in range(len(found.statements))] == ["Two sources"]
    assert [each.text for each in found.statements[0].repeats] == [
        "that Karl Vane sold the harbour crane in May"
    ]


def test_what_an_outlet_found_out_itself_stays_beside_what_others_say() -> None:
    found = drafted(
        "An investigation by the Gazette has found that Karl Vane sold the harbour crane in May. "
        "Two sources said that Karl Vane sold the harbour crane in May."
    )

    assert len(found.statements) == 2


NAMED = {
    "Ida Kern said she had seen the fire.": "[Ida Kern] had seen the fire",
    "Ida Kern said he had seen the fire.": "He had seen the fire",
    "“I have seen the fire,” Ida Kern said.": "[Ida Kern] has seen the fire",
    "“I like the old town,” Ida Kern said.": "I like the old town",
    "“I have seen the fire,” the ministry said.": "I have seen the fire",
    "Two residents said they had seen the fire.": "[Two residents] had seen the fire",
    "The ministry said it had seen the fire.": "It had seen the fire",
    "Ida Kern told Ann Lee she had seen the fire.": "She had seen the fire",
    "A porter of the old town hall in Velm by the river said he had seen it.": "He had seen it",
}


@pytest.mark.parametrize("text", NAMED)
def test_a_claim_says_of_whom_it_is_where_he_speaks_of_himself(text: str) -> None:
    assert drafted(text).claims[0].text == NAMED[text]


def test_him_to_whom_something_is_put_is_not_the_one_who_puts_it() -> None:
    found = drafted(
        "Derek Foulds said he had been woken by a bang. "
        "Mr Tolland put it to him that he had told police that he heard nobody."
    )

    assert chain_of(found, 1) == "Tolland < Derek Foulds"


def test_a_surname_that_two_bear_is_neither_of_them() -> None:
    found = drafted(
        "Marcus Dunmore left with Carol Dunmore. Dunmore said the house was shut. "
        "Carol Dunmore said that it was late."
    )

    assert [chain_of(found, place) for place in (0, 1)] == ["Dunmore", "Carol Dunmore"]


def test_an_agency_of_disasters_and_its_chief_are_two() -> None:
    found = drafted(
        "At least 214 people were killed, the national disaster agency said. “We believe it will "
        "rise,” disaster agency chief Osman Kelebi said."
    )

    assert [chain_of(found, place) for place in (0, 1)] == [
        "the national disaster agency",
        "Osman Kelebi",
    ]


KINDS = {
    "two after But": (
        "But Mr. Grassley and Mr. Leahy say other changes are needed.",
        [("Grassley", "other changes are needed"), ("Leahy", "other changes are needed")],
    ),
    "a description between dashes": (
        "Kall -- co-editor of a book on debates -- said the gate was open.",
        [("Kall -- co-editor of a book on debates", "the gate was open")],
    ),
    "who, after what is likely to be done": (
        "The change is likely to placate nervous members on Capitol Hill, who have argued that it helps.",
        [("nervous members on Capitol Hill", "that it helps")],
    ),
    "as stated in": (
        "As stated in the ministry’s report, the gate was open.",
        [("the ministry", "the gate was open")],
    ),
    "where it was said, between commas": (
        (
            "Ida Kern continues to insist, most recently in a long interview with the Herald, that the "
            "gate was open."
        ),
        [("Ida Kern", "that the gate was open")],
    ),
    "a concession around its speaker": (
        "Though the move was seamless, Ida Kern said, replacing the gate would be dear.",
        [("Ida Kern", "Though the move was seamless … replacing the gate would be dear")],
    ),
    "a clause after a lead": (
        "In addition, the campaign plans to make more records available soon, a spokesman said.",
        [("a spokesman", "In addition, the campaign plans to make more records available soon")],
    ),
    "a paragraph set apart": (
        "Ida Kern added:\n\nThe gate was open. Nobody had closed it.\n\nRain fell.",
        [("Ida Kern", "The gate was open. Nobody had closed it.")],
    ),
    "a paragraph set apart that says too little": (
        "Ida Kern added:\n\nNo.\n\nRain fell.",
        [],
    ),
    "a paragraph set apart that is too long": (
        "Ida Kern added:\n\n" + "The gate was open all night long. " * 60 + "\n\nRain fell.",
        [],
    ),
    "at an occasion": (
        "“We will go on,” Ida Kern said at a news conference announcing that the gate was open.",
        [("Ida Kern", "“We will go on,”"), ("Ida Kern", "that the gate was open")],
    ),
    "after Meanwhile": (
        "Meanwhile, the board attacked Vane, saying he had left the gate open.",
        [("the board", "he had left the gate open")],
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_that_is_easily_missed_is_read(
    name: str, told: Callable[[str], list[tuple[str, str]]]
) -> None:
    text, expected = KINDS[name]

    assert told(text) == expected


ODD: dict[str, list[str]] = {
    "Hobart claimed that ballots were forged, an allegation called a lie.": ["Hobart"],
    "Everybody there in the end called “flatly false.”": [],
    "Police estimated the fire began at 5.": ["Police"],
    "The clerk heard from a neighbour in May.": [],
    "Police put the toll at more than about just under.": [],
    "Some of the residents said the gate was open.": ["the residents"],
    "Karl Vane spoke to an airline in May. He said the dam held well.": ["Karl Vane"],
}


@pytest.mark.parametrize("text", ODD)
def test_an_odd_sentence_is_read_or_left_alone(text: str) -> None:
    found = drafted(text)

    assert [chain_of(found, place) for place in range(len(found.statements))] == ODD[text]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I have it from an official, who asked not to be named: the dam at Orlik failed.",
         "an official, who asked not to be named"),
        ("We had it from Ida Kern, a nurse, that the dam at Orlik failed.", "Ida Kern"),
        ("We learned from a clerk that the dam at Orlik failed.", "a clerk"),
        ("We have it on good authority that the dam at Orlik failed.",
         "reports of which the text does not say whose they are"),
    ],
)  # fmt: skip
def test_who_is_had_from_says_it_and_not_who_has_it(text: str, who: str) -> None:
    found = draft(read_document(text, publisher="Harbour Notes"))

    assert [found.source(hop.source).label for hop in found.statements[0].chain] == [
        "Harbour Notes", who,
    ]  # fmt: skip
    assert found.claims[0].text == "The dam at Orlik failed"


@pytest.mark.parametrize(
    "text",
    ["I do not have it from him that he left.", "He took it from the shelf.", "It is from Ost."],
)
def test_what_nobody_is_had_from_is_said_by_nobody(text: str) -> None:
    assert draft(read_document(text, publisher="Harbour Notes")).statements == ()


def test_an_agency_that_speaks_of_the_agency_means_itself() -> None:
    text = (
        "VELM, 15 March 2026 (Norda) - Two clerks have told the agency that they smelled ammonia."
    )

    found = draft(read_document(text, publisher="Harbour Notes"))

    assert [found.source(hop.source).label for hop in found.statements[0].chain] == [
        "Harbour Notes", "Norda", "Two clerks",
    ]  # fmt: skip


def test_a_dateline_is_no_part_of_what_is_claimed() -> None:
    text = "VELM, 12 March (Norda) - A blast at the works released chlorine, two clerks said."

    found = draft(read_document(text, publisher="Harbour Notes"))

    assert found.claims[0].text == "A blast at the works released chlorine"
