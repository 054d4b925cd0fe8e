"""Ten more lists of pages, invented once the rules of the audit stood, of kinds that those had not met.

They were written with their true origins before the audit was run on any of them.
"""

from __future__ import annotations

from tests.drafting.page_lists import PageList, page

__all__ = ["FRESH"]

RAISE = "Tarnwell Foods will close its Brae plant"
RELEASE = (
    "Tarnwell Foods today informed its employees that production at the Brae plant will end in the "
    "last quarter of the year. The decision affects three hundred and ten positions. Affected "
    "colleagues will be offered transfers to the sites at Lund and Orsk where that is possible. The "
    "company thanks the people of Brae for forty years of partnership."
)
embargoed_release = PageList(
    "a press release that four papers print at one hour, none saying so",
    RAISE,
    tuple(
        page(f"{host}.example", host, "Tarnwell Foods", published="2026-09-01", text=text)
        for host, text in (
            ("braeecho", f"Brae plant to close\n\n{RELEASE}"),
            ("tradefood", RELEASE),
            ("orskdaily", f"{RELEASE} Shares fell by two percent."),
            ("northstar", f"Bad news for Brae. {RELEASE.partition(' The company thanks')[0]}"),
        )
    ),
)
newswire_release = PageList(
    "a statement on a company's site, on a wire for statements, and from its head",
    RAISE,
    (
        page("tarnwell.example", "Tarnwell Foods", "Tarnwell Foods", publisher="Tarnwell Foods", published="2026-09-01", text=RELEASE),
        page("prwire.example", "prwire", "Tarnwell Foods", published="2026-09-01", text=f"{RELEASE}\n\nSOURCE Tarnwell Foods"),
        page("markets.example", "markets", "Tarnwell Foods", published="2026-09-02", text="The Brae plant will close at the end of the year, Tarnwell Foods said in a statement. Analysts had expected it."),
    ),
)  # fmt: skip

LEAD = "The wells of Brae hold too much lead"
citogenesis = PageList(
    "an encyclopedia, a paper that has it from there unsaid, and a page that cites the paper",
    LEAD,
    (
        page("openpedia.example", "openpedia", "openpedia", "Brae", published="2026-01-10", text="Brae is a town on the river Tarn. The water of its wells holds eleven times as much lead as the law allows, a burden left behind by the smelting works that stood beside the mill until the second war."),
        page("braeecho.example", "braeecho", "openpedia", published="2026-02-02", text="A summer walk through Brae. The water of its wells holds eleven times as much lead as the law allows, a burden left behind by the smelting works that stood beside the mill. The cakes are very good."),
        page("waterwatch.example", "waterwatch", "openpedia", published="2026-02-20", text="Lead in the wells of Brae is eleven times the limit, the Brae Echo reported.", cites=["https://braeecho.example/a"]),
    ),
)  # fmt: skip
study = PageList(
    "a preprint, the journal, the university's release and a paper about it",
    LEAD,
    (
        page("arxiv.org", "arxiv", "Hanne Roos", "abs/2601.00001", author="Hanne Roos", published="2026-01-05", text="We took samples of forty wells in Brae over two winters. Every one of them exceeds the limit for lead, in the median by a factor of eleven. Isotopes point to the slag of the former smelter."),
        page("journalofwater.example", "journalofwater", "Hanne Roos", author="Hanne Roos", published="2026-05-01", text="We took samples of forty wells in Brae over two winters. Every one of them exceeds the limit for lead, in the median by a factor of eleven. Isotopes point to the slag of the former smelter."),
        page("univelm.example", "univelm", "Hanne Roos", published="2026-05-02", text="The wells of Brae hold too much lead, according to a study by Hanne Roos. Every one of forty wells is above the limit."),
        page("northstar.example", "northstar", "Hanne Roos", published="2026-05-03", text="Do not drink from the wells of Brae: they hold too much lead, Hanne Roos found. Her team took samples for two winters."),
    ),
)  # fmt: skip
statistics = PageList(
    "three papers that read one table of an office",
    LEAD,
    (
        page("braeecho.example", "braeecho", "Office for Water", published="2026-06-01", text="The wells of Brae hold too much lead, according to figures from the Office for Water. The town will hand out bottles."),
        page("northstar.example", "northstar", "Office for Water", published="2026-06-02", text="Lead in the wells of Brae is far above the limit, the Office for Water said."),
        page("orskdaily.example", "orskdaily", "Office for Water", published="2026-06-02", text="Eleven wells, eleven times the limit: the wells of Brae hold too much lead.\n\nSource: Office for Water"),
    ),
)  # fmt: skip

STRIKE = "The pilots of Norrair will strike on Friday"
REUTERS = (
    "The pilots of Norrair will strike on Friday for the first time in nine years, their union said "
    "after a night of talks in a hotel at the airport. It asks for longer rests between flights to "
    "the islands. Some two hundred flights are likely to be cancelled."
)
AP = (
    "Travellers face a hard weekend. Norrair's cockpit crews voted by four to one to stop work this "
    "Friday, a ballot paper seen by a reporter shows. Management learned of the vote from the "
    "notice board in the crew room at Port Velm."
)
two_wires = PageList(
    "two agencies that reported each for itself, with two prints of each",
    STRIKE,
    (
        page("coastherald.example", "coastherald", "Reuters", published="2026-07-01", text=f"PORT VELM (Reuters) - {REUTERS}"),
        page("inlandpost.example", "inlandpost", "Reuters", published="2026-07-01", text=f"PORT VELM (Reuters) - {REUTERS}"),
        page("isletimes.example", "isletimes", "AP", published="2026-07-01", stance="affirms", text=f"PORT VELM (AP) - {AP}"),
        page("velmgazette.example", "velmgazette", "AP", published="2026-07-01", stance="affirms", text=f"PORT VELM (AP) - {AP}"),
    ),
)  # fmt: skip
hat_tips = PageList(
    "a scoop behind a paywall, and short nods to it",
    STRIKE,
    (
        page("theledger.example", "The Ledger", "The Ledger", publisher="The Ledger", published="2026-07-01", text=AP),
        page("skyblog.example", "skyblog", "The Ledger", published="2026-07-02", text="Norrair pilots out on Friday. h/t The Ledger"),
        page("islandfm.example", "islandfm", "The Ledger", published="2026-07-02", text="Per The Ledger, the pilots of Norrair will strike on Friday."),
        page("travelmail.example", "travelmail", "The Ledger", published="2026-07-02", text="Rebook now: the pilots of Norrair will strike on Friday, The Ledger reports."),
    ),
)  # fmt: skip
withdrawn = PageList(
    "a report with an echo, and the paper that takes it back",
    STRIKE,
    (
        page("coastherald.example", "Coast Herald", "Coast Herald", publisher="Coast Herald", published="2026-07-01", text=REUTERS),
        page("inlandpost.example", "inlandpost", "Coast Herald", published="2026-07-01", text=f"{REUTERS} Coast Herald"),
        page("coastherald.example", "Coast Herald", "Coast Herald", "correction", publisher="Coast Herald", published="2026-07-03", stance="denies", text="Correction: there is no strike of the pilots on Friday. We mistook an old circular for a new one, and regret it."),
    ),
)  # fmt: skip

FLOOD = "The dam at Ister has cracked"
forum = PageList(
    "a witness in a forum, those who repeat him there, and another witness",
    FLOOD,
    (
        page("reddit.com", "mira", "mira", "r/ister/comments/1", author="u/mira", id="mira", says="I stood below it: water comes out of a crack as long as a bus", basis="firsthand"),
        page("reddit.com", "@joss", "mira", "r/ister/comments/2", author="u/joss", cites=["mira"], says="as mira says, the dam has a crack"),
        page("reddit.com", "@pell", "mira", "r/ister/comments/3", author="u/pell", cites=["mira"], says="Dam is cracked, see the post of mira"),
        page("isternews.example", "isternews", "isternews", published="2026-08-01", stance="affirms", basis="own-inquiry", text="Our photographer climbed the north bank at six and saw the crack herself: it runs from the crest to the sluice, and water is coming through."),
    ),
)  # fmt: skip
untold_translation = PageList(
    "a report, and a translation that does not say so",
    FLOOD,
    (
        page("isternews.example", "isternews", "isternews", published="2026-08-01", text="The dam at Ister has cracked. Water is coming through between the crest and the sluice, and the army has closed the road to the valley."),
        page("talbote.example", "talbote", "isternews", published="2026-08-02", text="Die Staumauer von Ister hat einen Riss. Zwischen Krone und Schleuse tritt Wasser aus, und die Armee hat die Straße ins Tal gesperrt."),
    ),
)  # fmt: skip

FRESH = (
    *(embargoed_release, newswire_release, citogenesis, study, statistics),
    *(two_wires, hat_tips, withdrawn, forum, untold_translation),
)
"""The ten lists."""
