"""More invented pages of news, by which nothing was put right: see `news_pages`."""

from __future__ import annotations

from tests.drafting.news_pages import NewsPage

POISON = "Tarn Water poisoned the river"
FORGED = "The ballots were forged"
QUIT = "Ola Brandt has resigned"
SHOT = "Police shot a protester"
TOLL = "At least 31 miners died"
HACKED = "Lorn hacked the Velmish grid"

FRESH_NEWS_PAGES = (
    NewsPage(POISON, "Tarn Water poisoned the river, residents say. Tarn Water denies the claim.",
             ("residents",), ("Tarn Water",)),
    NewsPage(POISON, "An inspector, Lena Ost, told the Courier that Tarn Water poisoned the river for "
             "years. The company rejected the accusation as absurd.", ("Lena Ost",), ("The company",)),
    NewsPage(POISON, "Tarn Water poisoned the river, according to a report by the ministry. Tarn Water’s "
             "director, Jon Abel, said that was not true.", ("the ministry",), ("Jon Abel",)),
    NewsPage(POISON, "Tarn Water did not poison the river, a laboratory said on Tuesday.", (),
             ("a laboratory",)),
    NewsPage(FORGED, "The ballots were forged, Dale Rusk said on Thursday. Election officials said there "
             "was no evidence of that. They called it a lie.", ("Dale Rusk",), ("Election officials",)),
    NewsPage(FORGED, "The ballots were forged, Dale Rusk told supporters. “It is false,” said the clerk, "
             "Ana Moral.", ("Dale Rusk",), ("Ana Moral",)),
    NewsPage(FORGED, "FACT CHECK: No, the ballots were not forged.\n\nPosts shared widely this week claim "
             "that the ballots were forged. This is false.", (), ("The Gazette",)),
    NewsPage(FORGED, "Dale Rusk has repeatedly claimed that the ballots were forged. Courts have rejected "
             "the claim.", ("Dale Rusk",), ("Courts",)),
    NewsPage(QUIT, "Ola Brandt has resigned, her office said.", ("her office",)),
    NewsPage(QUIT, "Ola Brandt has resigned, two ministers told Radio Velm. Her spokesman denied it.",
             ("two ministers",), ("Her spokesman",)),
    NewsPage(QUIT, "VELM, May 4 (AP) - Ola Brandt has resigned, state television reported on Monday.",
             ("state television",)),
    NewsPage(QUIT, "Has Ola Brandt resigned? Her office did not answer.", left_out=True),
    NewsPage(SHOT, "Police shot a protester in the leg, witnesses said. Police denied that they had fired.",
             left_out=True),
    NewsPage(SHOT, "Police shot a protester, two doctors told Reuters. The interior minister said the "
             "report was untrue.", ("two doctors",), ("The interior minister",)),
    NewsPage(SHOT, "A protester was shot by police on Friday night. Her brother, Petro Lund, said she was "
             "in hospital.", ("The Gazette",)),
    NewsPage(SHOT, "Police said officers had shot a protester. Interior minister Karl Vane confirmed it.",
             ("Police", "Karl Vane")),
    NewsPage(TOLL, "At least 31 miners died, the mining ministry said. The union said it had counted 44.",
             ("the mining ministry",)),
    NewsPage(TOLL, "ORSK, June 2 (AFP) - At least 31 miners died in a blast, the regional governor, Ida "
             "Kern, told reporters.", ("Ida Kern",)),
    NewsPage(TOLL, "At least 31 miners died in a blast at Orsk.\n\n“We have counted 31 dead miners,” said "
             "the chief of the rescue brigade, Olaf Ruud.", ("Olaf Ruud",)),
    NewsPage(HACKED, "Lorn hacked the Velmish grid, Velm’s security service says. Lorn has dismissed the "
             "allegation.", ("Velm’s security service",), ("Lorn",)),
    NewsPage(HACKED, "Velm accuses Lorn of hacking its grid. It denies the charge.", left_out=True),
    NewsPage(HACKED, "Three officials briefed on the matter said Lorn hacked the Velmish grid. A "
             "spokeswoman for Lorn called the claim nonsense.", ("Three officials briefed on the matter",),
             ("A spokeswoman for Lorn",)),
    NewsPage(HACKED, "Lorn hacked the Velmish grid, the Times reported. The Post said the report was "
             "false.", ("the Times",), ("The Post",)),
    NewsPage(HACKED, "There is no truth in reports that Lorn hacked the Velmish grid, the energy minister "
             "said.", (), ("the energy minister",)),
)  # fmt: skip
