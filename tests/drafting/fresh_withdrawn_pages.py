"""More sentences that take a report back or call it false; some were missed when first read.

They were written, and labelled as in `withdrawn_pages`, once the rules stood and before the audit was
run on any of them; other verbs, other people, longer pages.
"""

from __future__ import annotations

from tests.drafting.withdrawn_pages import Outcome, WithdrawnPage

__all__ = ["FRESH_WITHDRAWN"]

_SHIP = ("Coast Herald", "The freighter Alma carried shells")
_WELL = ("Brae Echo", "The wells of Brae are poisoned")
_VOSS = ("Agence Lund", "Anna Voss sold state secrets")
_DAM = ("Orlik Times", "The Orlik dam is about to burst")
_DRUG = ("Medical Weekly", "Serotax causes liver damage")

_ROWS: tuple[tuple[tuple[str, str], str, Outcome], ...] = (
    (_SHIP, "The Coast Herald is retracting a front-page article that alleged the freighter Alma carried shells.", "withdrawn"),
    (_SHIP, "Readers were told on Sunday that the freighter Alma carried shells. The Herald no longer has confidence in that report.", "withdrawn"),
    (_SHIP, "We have since established that we had no grounds for saying that the freighter Alma carried shells, and we withdraw it.", "withdrawn"),
    (_SHIP, "It was our mistake to print that the freighter Alma carried shells.", "withdrawn"),
    (_SHIP, "The Coast Herald expresses regret for its suggestion that the freighter Alma carried shells.", "withdrawn"),
    (_SHIP, "Last week's report, according to which the freighter Alma carried shells, has been pulled by the Herald.", "withdrawn"),
    (_SHIP, "In yesterday's edition we misreported that the freighter Alma carried shells.", "withdrawn"),
    (_SHIP, "CLARIFICATION\n\nOur report of 4 May that the freighter Alma carried shells relied on a document since shown to be forged.", "withdrawn"),
    (_SHIP, "The captain of the Alma has taken back what he said, namely that the freighter Alma carried shells.", "out"),
    (_SHIP, "Lloyd's struck from its records the entry stating that the freighter Alma carried shells.", "out"),
    (_SHIP, "A customs officer who swore that the freighter Alma carried shells has changed his story.", "out"),
    (_SHIP, "Customs dispelled the rumour that the freighter Alma carried shells.", "against"),
    (_SHIP, "The theory that the freighter Alma carried shells does not hold water, divers said.", "against"),
    (_SHIP, "The freighter Alma carried shells, the Herald wrote. The paper has now retracted that article.", "withdrawn"),
    (_SHIP, "The freighter Alma carried shells, the Post wrote. The Post has now retracted that article.", "out"),
    (_SHIP, "The freighter Alma carried shells, customs said, and the owner has apologised to the port.", "for"),
    (_WELL, "The Echo wishes to make clear that its article claiming the wells of Brae are poisoned was based on a misreading of the figures.", "withdrawn"),
    (_WELL, "The Brae Echo unreservedly apologises for the distress caused by its story that the wells of Brae are poisoned.", "withdrawn"),
    (_WELL, "RETRACTED: The wells of Brae are poisoned", "withdrawn"),
    (_WELL, "Editor's note: The article “The wells of Brae are poisoned” has been removed at the request of the author.", "withdrawn"),
    (_WELL, "Contrary to what we reported, the wells of Brae are not poisoned.", "against"),
    (_WELL, "Contrary to our report that the wells of Brae are poisoned, the water is safe.", "against"),
    (_WELL, "There is nothing to the talk that the wells of Brae are poisoned, the mayor said.", "against"),
    (_WELL, "The water board gave the lie to claims that the wells of Brae are poisoned.", "against"),
    (_WELL, "It is simply untrue that the wells of Brae are poisoned, said the chemist.", "against"),
    (_WELL, "A pamphlet that told people the wells of Brae are poisoned has been exposed as a forgery.", "against"),
    (_WELL, "Laboratory analysis shows no sign that the wells of Brae are poisoned.", "out"),
    (_WELL, "The council could not rule out that the wells of Brae are poisoned.", "out"),
    (_WELL, "The council urged the Echo to withdraw its report that the wells of Brae are poisoned.", "out"),
    (_WELL, "The Echo has refused to withdraw its report that the wells of Brae are poisoned.", "for"),
    (_WELL, "The wells of Brae are poisoned, chemists said. The council withdrew the permit of the smelter.", "for"),
    (_VOSS, "AGENCE LUND - ANNULATION/KILL - Please disregard our alert of 10:42 saying that Anna Voss sold state secrets.", "withdrawn"),
    (_VOSS, "Agence Lund cancels its alert that Anna Voss sold state secrets. A corrected version will follow.", "withdrawn"),
    (_VOSS, "Agence Lund said it was wrong in reporting that Anna Voss sold state secrets.", "withdrawn"),
    (_VOSS, "Agence Lund has conceded that its exclusive, which accused the minister - Anna Voss sold state secrets, it said - cannot be upheld.", "withdrawn"),
    (_VOSS, "Agence Lund settled with Anna Voss and withdrew all suggestion that Anna Voss sold state secrets.", "withdrawn"),
    (_VOSS, "The prosecutor abandoned the case that Anna Voss sold state secrets.", "out"),
    (_VOSS, "The jury acquitted Anna Voss: the charge that Anna Voss sold state secrets was not made out.", "out"),
    (_VOSS, "The tribunal exonerated Anna Voss of the accusation that Anna Voss sold state secrets.", "against"),
    (_VOSS, "Two colleagues rubbished the suggestion that Anna Voss sold state secrets.", "against"),
    (_VOSS, "The dossier saying that Anna Voss sold state secrets was concocted, a judge found.", "against"),
    (_VOSS, "Anna Voss sold state secrets, or so the tale went; it was a fabrication from start to finish.", "against"),
    (_VOSS, "The informer has disowned the affidavit in which he swore that Anna Voss sold state secrets.", "out"),
    (_VOSS, "Anna Voss sold state secrets, the tribunal found, and the ministry recalled its ambassador.", "for"),
    (_VOSS, "The tribunal upheld the finding that Anna Voss sold state secrets.", "for"),
    (_DAM, "The Times has scrubbed from its site a live blog that said the Orlik dam is about to burst.", "withdrawn"),
    (_DAM, "Our push notification saying that the Orlik dam is about to burst went out by mistake.", "withdrawn"),
    (_DAM, "Please ignore our message that the Orlik dam is about to burst. It was a test.", "withdrawn"),
    (_DAM, "The Orlik Times jumped the gun on Monday when it said that the Orlik dam is about to burst.", "withdrawn"),
    (_DAM, "The alarm that the Orlik dam is about to burst was false, the water office said.", "against"),
    (_DAM, "Engineers gave the all-clear: the warning that the Orlik dam is about to burst was lifted.", "out"),
    (_DAM, "The prophecy that the Orlik dam is about to burst is moonshine.", "against"),
    (_DAM, "The minister said the reports that the Orlik dam is about to burst had no basis in fact.", "against"),
    (_DAM, "The engineer stood by his warning that the Orlik dam is about to burst.", "for"),
    (_DRUG, "The journal retracted the paper which found that Serotax causes liver damage.", "out"),
    (_DRUG, "Medical Weekly has issued an expression of concern about the study that said Serotax causes liver damage.", "withdrawn"),
    (_DRUG, "The authors have asked to retract their finding that Serotax causes liver damage.", "out"),
    (_DRUG, "A larger trial overturned the finding that Serotax causes liver damage.", "against"),
    (_DRUG, "A new study undercuts the claim that Serotax causes liver damage.", "out"),
    (_DRUG, "Erratum: in the abstract, “Serotax causes liver damage” should read “Serotax may cause liver damage”.", "withdrawn"),
)  # fmt: skip

FRESH_WITHDRAWN = tuple(WithdrawnPage(*about, text, best) for about, text, best in _ROWS)
"""Sixty pages."""
