"""Invented pages of news in which somebody affirms a claim and others deny it, with who does which.

What a careful reader takes each page to say was written before any of them was audited. `left_out`
is a page of which words and their order do not tell it: it must be quoted and not counted.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class NewsPage:
    """A page of the Gazette, a claim, and who on that page is behind it and against it."""

    claim: str
    text: str
    affirming: tuple[str, ...] = ()
    """Who says that it is true, by name; "The Gazette" where the page says so of its own."""
    denying: tuple[str, ...] = ()
    """Who says that it is false."""
    left_out: bool = False


BRIBE = "Karl Vane took a bribe"
DAM = "The dam at Orlik failed"
DEAD = "At least 60 people were killed"
TAKEN = "Norda has taken Velm"
SOLD = "Brill sold the land"

NEWS_PAGES = (
    NewsPage(BRIBE, "Karl Vane took a bribe, two detectives said. Vane denies it.",
             ("two detectives",), ("Karl Vane",)),
    NewsPage(BRIBE, "Prosecutors allege that Karl Vane took a bribe from a builder. He has denied it.",
             ("Prosecutors",), ("Karl Vane",)),
    NewsPage(BRIBE, "Karl Vane took a bribe, the Herald reported. Vane called the report a lie.",
             ("the Herald",), ("Karl Vane",)),
    NewsPage(BRIBE, "Ida Kern said that Karl Vane took a bribe. Vane rejected the allegation.",
             ("Ida Kern",), ("Karl Vane",)),
    NewsPage(BRIBE, "Ida Kern told the Herald that Karl Vane took a bribe. “That is untrue,” Vane said.",
             ("Ida Kern",), ("Karl Vane",)),
    NewsPage(BRIBE, "Karl Vane denied that he took a bribe.", (), ("Karl Vane",)),
    NewsPage(BRIBE, "Karl Vane took a bribe, a court heard on Monday. Vane denies corruption.",
             left_out=True),
    NewsPage(BRIBE, "Karl Vane took a bribe, a jury was told on Friday. He pleaded not guilty.",
             left_out=True),
    NewsPage(DAM, "The dam at Orlik failed, the mayor said. The water board denied it.",
             ("the mayor",), ("The water board",)),
    NewsPage(DAM, "The mayor claimed that the dam at Orlik failed. Engineers said the claim was false.",
             ("The mayor",), ("Engineers",)),
    NewsPage(DAM, "A post on a village page says that the dam at Orlik failed. The post is false.",
             (), ("The Gazette",)),
    NewsPage(DAM, "The dam at Orlik failed at dawn, sweeping away a bridge.", ("The Gazette",)),
    NewsPage(DAM, "The dam at Orlik failed at dawn.\n\nThe dam at Orlik failed after a night of rain, "
             "the water board said.", ("the water board",)),
    NewsPage(DAM, "The water board denied that the dam at Orlik failed. The mayor said that the dam at "
             "Orlik did not fail.", (), ("The water board", "The mayor")),
    NewsPage(DAM, "The dam at Orlik failed, the mayor said. The fire chief said the Orlik dam failed at "
             "four.", ("the mayor", "The fire chief")),
    NewsPage(DAM, "Police are asking whether the dam at Orlik failed.", left_out=True),
    NewsPage(DAM, "The dam at Orlik failed, the mayor said. The builder denied that it had been warned.",
             ("the mayor",)),
    NewsPage(DAM, "The dam at Orlik failed, according to Norda Radio, citing two engineers. The water "
             "board said that this was not true.", ("two engineers",), ("The water board",)),
    NewsPage(DEAD, "VELM, March 3 (Reuters) - At least 60 people were killed when a ferry sank off Velm, "
             "the coast guard said on Tuesday.", ("the coast guard",)),
    NewsPage(DEAD, "VELM (AFP) - At least 60 people were killed when a ferry sank, the coast guard said. "
             "The ferry company denied it.", ("the coast guard",), ("The ferry company",)),
    NewsPage(DEAD, "At least 60 people were killed, the governor said. He said the search would go on.",
             ("the governor",)),
    NewsPage(DEAD, "At least 60 people were killed, officials said. The army disputed that.",
             ("officials",), ("The army",)),
    NewsPage(TAKEN, "Norda says it has taken Velm. Morland denies it.", ("Norda",), ("Morland",)),
    NewsPage(TAKEN, "Norda says it has taken Velm; Morland denies the town has fallen.", left_out=True),
    NewsPage(TAKEN, "Norda’s defence ministry said its troops had taken Velm. Morland’s general staff "
             "called the claim a fabrication.", ("Norda’s defence ministry",),
             ("Morland’s general staff",)),
    NewsPage(TAKEN, "Norda has taken Velm, its army says.\n\nMorland’s army has rejected Nordan claims "
             "that Velm has fallen.", left_out=True),
    NewsPage(SOLD, "Brill sold the land in May, the Herald reported, citing a deed. The company denies "
             "it.", ("a deed",), ("The company",)),
    NewsPage(SOLD, "Residents accuse Brill of a secret deal. Brill sold the land in May, they said. The "
             "firm denied the claim.", ("Residents",), ("The firm",)),
    NewsPage(SOLD, "Brill sold the land, said Ida Kern. “I saw the deed,” she told the Gazette.",
             ("Ida Kern",)),
    NewsPage(SOLD, "Brill sold the land, Ida Kern said. Her deputy, Petro Lund, said the claim was "
             "wrong.", ("Ida Kern",), ("Petro Lund",)),
    NewsPage(SOLD, "Brill has denied selling the land.", (), ("Brill",)),
    NewsPage(SOLD, "It is not true that Brill sold the land.", (), ("The Gazette",)),
)  # fmt: skip
