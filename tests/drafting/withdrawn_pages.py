"""Sentences that take a report back or call it false, and some that only look so, each with its side.

They were written, and what a careful reader takes each to say was decided, before the audit was run
on any of them. "withdrawn" is the outlet's own report taken back without a word on whether it was
false; "against" a denial, by whoever is named or by the page; "out" what a reader cannot decide or
what another outlet is said to have taken back; "for" a page that affirms the claim all the same.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["WITHDRAWN", "WithdrawnPage"]

Outcome = Literal["withdrawn", "against", "out", "for"]


class WithdrawnPage(NamedTuple):
    """A page, its claim, and what it should be counted as."""

    publisher: str
    claim: str
    text: str
    best: Outcome


_GAS = ("Norda", "Chlorine escaped from the Orlik works")
_MAYOR = ("Velm Gazette", "The mayor of Velm took a bribe")
_BRIDGE = ("Tarn Courier", "The bridge at Tarn collapsed")
_ENGINES = ("Trade Wire", "Kestrel sold faulty engines to the navy")
_KERN = ("Daily Post", "Ida Kern resigned")

_ROWS: tuple[tuple[tuple[str, str], str, Outcome], ...] = (
    # the outlet takes its report back
    (_GAS, "Norda withdraws its report of 12 March that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "We retract our report that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "Norda apologises for reporting that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "Norda has recalled its dispatch saying that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "Norda took back its claim that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "Norda no longer stands by its report that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "The agency withdrew on Friday a dispatch in which it had said that chlorine escaped from the Orlik works.", "withdrawn"),
    (_GAS, "Norda regrets having reported that chlorine escaped from the Orlik works.", "withdrawn"),
    (_MAYOR, "The Velm Gazette has retracted an article that said the mayor of Velm took a bribe.", "withdrawn"),
    (_MAYOR, "We apologise to the mayor of Velm for our story that he took a bribe.", "withdrawn"),
    (_MAYOR, "This newspaper unreservedly withdraws the allegation that the mayor of Velm took a bribe.", "withdrawn"),
    (_MAYOR, "The Gazette accepts that it should not have reported that the mayor of Velm took a bribe.", "withdrawn"),
    (_MAYOR, "Our report that the mayor of Velm took a bribe has been withdrawn.", "withdrawn"),
    (_MAYOR, "An article saying that the mayor of Velm took a bribe was removed from this site because it did not meet our standards.", "withdrawn"),
    (_MAYOR, "We have deleted a post claiming that the mayor of Velm took a bribe.", "withdrawn"),
    (_MAYOR, "The Velm Gazette disowned its front page of Monday, which said that the mayor of Velm took a bribe.", "withdrawn"),
    (_BRIDGE, "The Tarn Courier pulled its story that the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "Editor's note: we can no longer stand behind our report that the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "The Courier walked back its report that the bridge at Tarn had collapsed.", "withdrawn"),
    (_BRIDGE, "The Courier backtracked on Tuesday on its report that the bridge at Tarn had collapsed.", "withdrawn"),
    (_BRIDGE, "We were wrong to report that the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "We erroneously reported on Monday that the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "Due to an editing error, an earlier version of this article stated that the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "Our live blog wrongly said that the bridge at Tarn collapsed. We are sorry for the mistake.", "withdrawn"),
    (_BRIDGE, "CORRECTION: An item on Monday incorrectly said the bridge at Tarn collapsed.", "withdrawn"),
    (_BRIDGE, "Correction\n\nOn Monday we said that the bridge at Tarn collapsed. This was based on a message that we can no longer verify.", "withdrawn"),
    (_ENGINES, "Retraction: “Kestrel sold faulty engines to the navy”, published on 3 May.", "withdrawn"),
    (_ENGINES, "KILL KILL KILL: Trade Wire kills its story headed Kestrel sold faulty engines to the navy.", "withdrawn"),
    (_ENGINES, "Clarification: the report that Kestrel sold faulty engines to the navy could not be substantiated and is withdrawn.", "withdrawn"),
    (_ENGINES, "Trade Wire acknowledges that its claim that Kestrel sold faulty engines to the navy was made in error.", "withdrawn"),
    (_ENGINES, "Trade Wire has taken down its report that Kestrel sold faulty engines to the navy.", "withdrawn"),
    (_ENGINES, "Trade Wire rescinded the bulletin in which it announced that Kestrel sold faulty engines to the navy.", "withdrawn"),
    (_KERN, "The Daily Post has corrected its report that Ida Kern resigned.", "withdrawn"),
    (_KERN, "The Post apologised on Sunday for having told its readers that Ida Kern had resigned.", "withdrawn"),
    (_KERN, "“We should never have published that Ida Kern resigned,” the editor of the Daily Post said.", "withdrawn"),
    (_KERN, "The Daily Post recants: its item that Ida Kern resigned is void.", "withdrawn"),
    # the outlet takes it back and denies it
    (_GAS, "Correction: chlorine did not escape from the Orlik works.", "against"),
    (_GAS, "CORRECTION: Norda withdraws its report that chlorine escaped from the Orlik works. No chlorine escaped from the Orlik works.", "against"),
    (_GAS, "Norda reported on Monday that chlorine escaped from the Orlik works. That was wrong.", "against"),
    (_BRIDGE, "An earlier version of this article said that the bridge at Tarn collapsed. It did not.", "against"),
    (_BRIDGE, "An earlier version of this article said that the bridge at Tarn collapsed. In fact, the bridge at Tarn has not collapsed.", "against"),
    (_KERN, "Correction: Ida Kern has not resigned, as we reported on Friday.", "against"),
    (_KERN, "The Daily Post retracts its report that Ida Kern resigned. The report was false.", "against"),
    (_MAYOR, "We withdraw our claim that the mayor of Velm took a bribe. It is untrue.", "against"),
    # another outlet, or a witness, is said to have taken it back
    (_GAS, "The Herald has retracted its story that chlorine escaped from the Orlik works.", "out"),
    (_MAYOR, "The broadcaster Tele-9 withdrew its report that the mayor of Velm took a bribe, and paid damages.", "out"),
    (_MAYOR, "The witness recanted his testimony that the mayor of Velm took a bribe.", "out"),
    (_MAYOR, "Prosecutors dropped the charge that the mayor of Velm took a bribe.", "out"),
    (_MAYOR, "The judge threw out the allegation that the mayor of Velm took a bribe.", "out"),
    (_BRIDGE, "The ministry has taken back its statement that the bridge at Tarn collapsed.", "out"),
    (_BRIDGE, "The bridge at Tarn collapsed, a driver had said, but he has since withdrawn the account.", "out"),
    (_ENGINES, "The navy has disavowed its earlier finding that Kestrel sold faulty engines to the navy.", "out"),
    (_ENGINES, "Two engineers retreated from their claim that Kestrel sold faulty engines to the navy.", "out"),
    (_KERN, "The party has deleted a message that said Ida Kern resigned.", "out"),
    (_KERN, "Norda has recalled a flash that Ida Kern had resigned.", "out"),
    # verdicts
    (_GAS, "The rumour that chlorine escaped from the Orlik works is unfounded.", "against"),
    (_GAS, "Tests ruled out that chlorine escaped from the Orlik works.", "against"),
    (_GAS, "Reports that chlorine escaped from the Orlik works were a hoax, police said.", "against"),
    (_GAS, "It is a myth that chlorine escaped from the Orlik works.", "against"),
    (_GAS, "There is no truth in the story that chlorine escaped from the Orlik works, the fire chief said.", "against"),
    (_GAS, "Claims that chlorine escaped from the Orlik works have been debunked by the safety institute.", "against"),
    (_GAS, "Inspectors excluded that chlorine escaped from the Orlik works.", "against"),
    (_GAS, "The notion that chlorine escaped from the Orlik works is nonsense, said a firefighter.", "against"),
    (_GAS, "Measurements disproved that chlorine escaped from the Orlik works.", "against"),
    (_MAYOR, "The accusation that the mayor of Velm took a bribe was pure invention, the court found.", "against"),
    (_MAYOR, "The story that the mayor of Velm took a bribe was made up by a rival.", "against"),
    (_MAYOR, "The inquiry cleared the mayor of Velm of the charge that he took a bribe.", "against"),
    (_MAYOR, "The claim that the mayor of Velm took a bribe has proved groundless.", "against"),
    (_MAYOR, "The mayor of Velm took a bribe? No, say the auditors.", "out"),
    (_MAYOR, "The video in which the mayor of Velm took a bribe is a fake, experts say.", "against"),
    (_BRIDGE, "Rumours that the bridge at Tarn collapsed are baseless, the road office said.", "against"),
    (_BRIDGE, "The road office called reports that the bridge at Tarn collapsed a fabrication.", "against"),
    (_BRIDGE, "Fact check: the bridge at Tarn collapsed. Verdict: false.", "against"),
    (_BRIDGE, "The bridge at Tarn never collapsed.", "against"),
    (_BRIDGE, "The collapse of the bridge at Tarn never happened.", "against"),
    (_BRIDGE, "It is not the case that the bridge at Tarn collapsed, an engineer said.", "against"),
    (_BRIDGE, "The tale that the bridge at Tarn collapsed turned out to be a prank.", "against"),
    (_ENGINES, "The allegation that Kestrel sold faulty engines to the navy is without foundation.", "against"),
    (_ENGINES, "Auditors found no basis for the claim that Kestrel sold faulty engines to the navy.", "against"),
    (_ENGINES, "The defence ministry refuted the report that Kestrel sold faulty engines to the navy.", "against"),
    (_ENGINES, "The commission discredited the claim that Kestrel sold faulty engines to the navy.", "against"),
    (_KERN, "The report that Ida Kern resigned was mistaken, her office said.", "against"),
    (_KERN, "News that Ida Kern resigned is premature, her office said.", "out"),
    (_KERN, "Word that Ida Kern resigned proved to be wrong.", "against"),
    (_KERN, "Ida Kern laughed off reports that she, Ida Kern, had resigned.", "out"),
    (_KERN, "Nothing supports the rumour that Ida Kern resigned.", "out"),
    (_KERN, "The post saying that Ida Kern resigned came from a hacked account.", "out"),
    # these only look so
    (_GAS, "Norda stands by its report that chlorine escaped from the Orlik works.", "for"),
    (_GAS, "The company apologised to residents after chlorine escaped from the Orlik works.", "for"),
    (_GAS, "The owner regrets that chlorine escaped from the Orlik works.", "for"),
    (_GAS, "Correction: chlorine escaped from the Orlik works at 22:40, not at 23:40 as we said.", "for"),
    (_GAS, "Chlorine escaped from the Orlik works because of an error in a valve, firefighters said.", "for"),
    (_MAYOR, "The mayor of Velm took a bribe, a court found, and his party withdrew its support.", "for"),
    (_MAYOR, "The mayor of Velm took a bribe and later apologised, two clerks said.", "for"),
    (_BRIDGE, "The bridge at Tarn collapsed. The road office withdrew its engineers.", "for"),
    (_BRIDGE, "The bridge at Tarn collapsed, police said. A correction of the river bed is to follow.", "for"),
    (_ENGINES, "Kestrel sold faulty engines to the navy, auditors found. The firm has recalled them.", "for"),
    (_KERN, "Ida Kern resigned over mistakes in her report, the Herald reported.", "for"),
    (_KERN, "Ida Kern resigned, her office confirmed, correcting an earlier report that she would stay.", "for"),
)  # fmt: skip

WITHDRAWN = tuple(WithdrawnPage(*about, text, best) for about, text, best in _ROWS)
"""Ninety-nine pages."""
