"""How English attributes: reporting verbs, nouns and adverbs as one table each, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import attrs

from provenance.drafting.english import word_set

__all__ = [
    "BARE_SOURCES",
    "COMMENTS",
    "CONTRADICTING",
    "CUES",
    "EMERGING",
    "EVENT_NOUNS",
    "FALSE_WORDS",
    "HEARSAY_ADVERBS",
    "LABELS",
    "NO_HEARSAY",
    "NO_OUTLETS",
    "NO_SOURCES",
    "OCCASIONS",
    "OUTLET_NAMES",
    "OUTLET_WORDS",
    "OWN_HEDGES",
    "PERSON_NOUNS",
    "PLURAL_NOUNS",
    "REPORTING_PARTICIPLES",
    "REPORTING_VERBS",
    "REPORT_NOUNS",
    "SPEECH_ACTS",
    "TAKEN_BACK",
    "WEAK_CUES",
    "Cue",
    "ReportingVerb",
    "basis_in",
    "hedge_in",
]


@attrs.frozen
class ReportingVerb:
    """One row of the table of reporting verbs: its forms, its family and what may follow it."""

    lemma: str
    """The verb: "say"."""
    past: tuple[str, ...]
    """Its past forms: "said"."""
    third: str
    """Its form after he or she: "says"."""
    participle: str
    """Its form with -ing: "saying"."""
    family: str
    """say, tell (takes a hearer), hold (a thought), accuse, deny, cite, describe, or learn: what an
    outlet has learned it says, what anybody else has learned nobody says."""
    takes: str
    """t: that-clause, b: bare clause, q: quotation, i: stands before its speaker too, n: its present
    forms are nouns as well, o: needs "out" after it,
    s: a bare clause only where its own verb follows soon."""


def _verb(row: str) -> ReportingVerb:
    lemma, family, takes, *irregular = row.split()
    stem = lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        regular, third = f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"
    else:
        regular = f"{stem}ed"
        third = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x")) else f"{lemma}s"
    past = tuple(irregular[0].split("/")) if irregular else (regular,)
    participle = irregular[1] if len(irregular) > 1 else f"{stem}ing"
    return ReportingVerb(lemma, past, third, participle, family, takes)


# verb, family, what it takes, past forms and -ing form where they are irregular
REPORTING_VERBS: tuple[ReportingVerb, ...] = tuple(
    _verb(row)
    for row in """
    say say tbqi said
    tell tell tbq told
    report say tbqins
    write say tbqis wrote/written writing
    add say tbqis
    claim say tbqin
    allege say tbqs
    assert say tbqi
    maintain say tbqs
    insist say tbqi
    contend say tbqi
    argue say tbqi
    state say tbqins
    announce say tbqis
    declare say tbqis
    confirm say tbqis
    acknowledge say tbqis
    admit say tbqis admitted admitting
    concede say tbqis
    reveal say tbqis
    disclose say tbq
    note say tbqins
    explain say tbqis
    warn tell tbqis
    caution tell tqin
    suggest say tbqi
    predict say tbqis
    estimate say tbns
    complain say tqi
    testify say tbqis
    recall say tqin
    reply say tqin
    read say qi read
    respond say tqi
    answer say qin
    tweet say tbqins
    post say tqin
    stress say tqn
    emphasize say tq
    emphasise say tq
    observe say tqi
    remark say tqin
    comment say qin
    joke say tqin
    charge say tqn
    swear say tbq swore/sworn
    vow say tqn
    pledge say tqn
    promise tell tqn
    agree say tq agreed agreeing
    mention say t
    point say tqon
    hint say tn
    imply say t
    signal say tn signaled/signalled
    boast say tqin
    lament say tqin
    continue say qi
    reiterate say tq
    repeat say tqn
    speculate say tq
    assure tell tbq
    inform tell tq
    remind tell tq
    recount say tqn
    exclaim say qi
    counter say tqn
    retort say tq
    proclaim say tq
    reckon say tbq
    attest say tq
    quip say qi quipped quipping
    conclude say tqi
    assess say t
    accept say t
    rule say tn
    find say tn found
    show say tn showed/shown
    indicate say t
    believe hold tb
    think hold tb thought
    suspect hold tn
    fear hold tbns
    hope hold tbns hoped
    doubt hold tn
    expect hold t
    learn learn tb learned/learnt
    understand learn tb understood
    feel hold tn felt
    worry hold tqn
    deny deny tbq
    dismiss deny r
    reject deny r
    dispute deny trn
    refute deny r
    rebut deny r rebutted rebutting
    accuse accuse -
    blame accuse n
    cite cite -
    quote cite n
    describe describe -
    """.strip().splitlines()
)
"""Every verb by which a text attributes, once."""


@attrs.frozen
class Cue:
    """A form of a reporting verb."""

    verb: ReportingVerb
    """The verb."""
    form: str
    """past, third, base or ing."""
    noun: bool
    """Whether the same form is a noun as well: "claims", "report"."""


def _cues() -> Iterator[tuple[str, Cue]]:
    for verb in REPORTING_VERBS:
        nominal = "n" in verb.takes
        yield verb.lemma, Cue(verb, "base", nominal)
        yield verb.third, Cue(verb, "third", nominal)
        yield verb.participle, Cue(verb, "ing", noun=False)
        for past in verb.past:
            yield past, Cue(verb, "past", noun=False)


CUES: Mapping[str, Cue] = MappingProxyType(dict(_cues()))
"""Every form of a reporting verb."""

WEAK_CUES: frozenset[str] = frozenset(
    form
    for form, cue in CUES.items()
    if cue.noun
    and cue.form in ("base", "third")
    and cue.verb.lemma
    in word_set(
        "state tweet post point remark comment rule promise pledge signal charge joke answer vow"
    )
)
"""Forms that are nouns far more often than verbs: they attribute only with "that" or a quotation."""

REPORT_NOUNS: frozenset[str] = word_set(
    """
    report reports account accounts claim claims allegation allegations accusation accusations
    rumour rumours rumor rumors assertion assertions suggestion suggestions statement statements
    warning warnings complaint complaints charge charges speculation contention insistence
    announcement testimony
    """
)
"""Nouns that stand for what somebody says, where "that" and a clause follow."""

SPEECH_ACTS: frozenset[str] = word_set(
    """
    called urged accused blamed criticized criticised mocked praised vowed pledged denounced blasted
    dismissed demanded railed declined refused thanked apologized apologised
    """
)
"""Verbs, after "and", by which a speaker does something else than to go on with what he says."""

EVENT_NOUNS: frozenset[str] = word_set(
    """
    report reports article articles story stories statement statements interview interviews letter
    letters email emails e-mail account accounts post posts tweet tweets message messages document
    documents memo memos study studies survey surveys poll polls analysis review release transcript
    transcripts filing filings affidavit complaint record records data figures estimate estimates
    broadcast editorial column dispatch cable briefing edition editions speech book file files paper papers
    indictment indictments judgment judgement ruling verdict lawsuit suit audit notice bulletin diary invoice
    invoices contract contracts ledger log logs footage photographs minutes
    """
)
"""Things that speak for the one who made them: a report by the ministry."""

HEARSAY_ADVERBS: frozenset[str] = frozenset(
    {"reportedly", "allegedly", "purportedly", "supposedly"}
)
"""Adverbs that say of a statement that others made it."""

OUTLET_WORDS: frozenset[str] = word_set(
    """
    newspaper newspapers daily weekly paper magazine outlet outlets agency broadcaster network
    channel website site publication tabloid journal station programme program media press television
    radio tv
    """
)
"""What an outlet is called where it is not named."""

OUTLET_NAMES: frozenset[str] = word_set(
    """
    times post journal herald gazette tribune news daily press reuters afp ap bbc cnn nbc abc cbs
    msnbc npr telegraph guardian observer chronicle courier register standard mail mirror sun
    magazine weekly today politico bloomberg breitbart radio tv television globe dispatch echo
    examiner inquirer bulletin ledger messenger review economist spectator interfax tass xinhua
    anadolu jazeera
    """
)
"""Words in the names of outlets."""

LABELS: frozenset[str] = word_set(
    """
    analysis review story article letter transcript document opinion editorial column comment
    """
)
"""Words before a colon that say what a text is and not who speaks."""

PERSON_NOUNS: frozenset[str] = word_set(
    """
    source official minister spokesman spokeswoman spokesperson general officer commander colonel
    captain soldier president chairman chairwoman chair director leader chief head secretary
    ambassador diplomat senator congressman congresswoman lawmaker legislator mayor governor
    judge lawyer attorney prosecutor professor expert analyst scientist researcher economist doctor
    witness resident neighbour neighbor villager fisherman farmer worker teacher student journalist
    reporter editor author activist opponent critic supporter aide adviser advisor strategist
    candidate nominee politician businessman businesswoman executive manager owner founder
    investigator detective sheriff sergeant lieutenant inspector inspector-general accountant
    engineer pilot driver merchant trader dealer insider whistleblower informant representative
    delegate envoy negotiator member coach player pastor priest bishop imam pollster consultant
    organizer organiser operative host mother father wife husband son daughter brother sister
    friend relative woman man boy girl person counsel clerk dockworker harbourmaster harbormaster
    passenger tenant patient survivor victim inmate shopkeeper barrister solicitor magistrate trainee
    councillor pal veteran firefighter paramedic skipper mechanic nurse democrat republican auditor regulator archivist historian biologist
    government ministry army police company council committee court party team campaign union
    group organisation organization authority department agency embassy office administration bank
    firm university hospital commission foundation association board family crowd majority
    statement report study survey poll document letter memo filing email review analysis article
    paper daily newspaper magazine weekly outlet broadcaster network channel website story
    complaint affidavit indictment judgment ruling bureau institute centre center lawsuit transcript
    medic mp mep msp
    """
)
"""Nouns of those who speak, in the singular."""

PLURAL_NOUNS: frozenset[str] = word_set(
    """
    people police media men women others many some several most both all few authorities critics
    staff crew residents sources officials rebels witnesses experts analysts lawyers supporters
    """
)
"""Words that stand for several who speak, without an article."""

COMMENTS: frozenset[str] = word_set(
    "move step claim charge allegation accusation assertion suggestion reference figure"
)
"""Nouns by which a text, after ", a", says something of what was said."""

CONTRADICTING: frozenset[str] = word_set(
    """
    false untrue wrong denies denied deny disputes disputed called calls dismissed dismisses rejected
    rejects
    """
)
"""Words by which a text, after ", which", contradicts what was said."""

REPORTING_PARTICIPLES: frozenset[str] = word_set(
    """
    according adding saying citing claiming noting quoting telling insisting arguing suggesting
    warning stating alleging referring explaining pointing
    """
)
"""Participles after a comma with which another attribution begins."""

OCCASIONS: frozenset[str] = word_set(
    """
    conference twitter facebook rally tweet remarks television meeting debate
    """
)
"""Where something is said, beside what is written."""

NO_SOURCES: frozenset[str] = word_set(
    """
    plan schedule custom law size taste need tradition whether how what which age type
    """
)
"""What follows "according to" and is no source."""

NO_HEARSAY: frozenset[str] = word_set(
    """
    expect write find show rule feel add hope fear agree post continue signal conclude worry
    """
)
"""Verbs whose passive says nothing of what others say."""

EMERGING: frozenset[str] = word_set(
    """
    have has had also emerged surfaced circulated spread are were circulating emerging
    """
)
"""Words between "reports" and "that"."""

TAKEN_BACK: frozenset[str] = word_set(
    """
    no if any deny denied denies false dismissed rejected disputed rebutted denying retracted
    retracts retract withdrew withdrawn withdraws withdraw recanted retracting withdrawing
    disown disowns disowned rescinds rescinded deletes deleted apologise apologises apologised apologize
    apologizes apologized regrets regretted took taken walked backtracked
    """
)
"""Words before a report that take it back."""

BARE_SOURCES: frozenset[str] = word_set(
    """
    source sources reports rumours rumors insiders people
    """
)
"""Words for those of whom nothing is told."""

NO_OUTLETS: frozenset[str] = word_set(
    """
    reporters journalists me us him her them it you
    """
)
"""Hearers that pass nothing on."""

FALSE_WORDS = (
    r"(?:false|untrue|not\strue|not\sthe\scase|wrong|incorrect|fake|faked|fabricated|baseless|bogus"
    r"|unfounded|groundless|(?:an?\s)?(?:\w+\s)?(?:fantasy|fiction|hoax|lies?|myth|fabrications?|fake|invention|smear)"
    r"|made[\s-]up|debunked|nonsense|rubbish)"
)
"""Words that call a claim false, as a pattern."""

# --- how sure somebody is, and how he came to it

OWN_HEDGES = ("believe", "think", "suspect", "doubt", "expect", "suggest", "imply", "hint")
_HEDGES = re.compile(
    r"\b(almost certainly|very likely|highly likely|most likely|probably|unlikely|likely|possibly|"
    r"perhaps|maybe|may have|might have|could have|may be|might be|could be|may|might)\b",
    re.I,
)
_HEDGING = ("likely", "certain", "probab", "possib", "perhaps", "may", "might", "could")
_SAW = re.compile(
    r"\b(?:I|we) (?:\w+ )?(?:saw|witnessed|watched|was there|were there|heard)\b", re.I
)
_WITNESS = re.compile(r"\b(?:eye-?witness\w*|witness\w*|who saw|who watched|who was there)\b", re.I)
_TOLD = re.compile(
    r"\b(?:told by|briefed (?:on|by)|heard (?:it )?from|according to people)\b", re.I
)
_HEARD = re.compile(
    r"(?:that )?(?:he|she|they|it) (?:(?:was|were|had been|has been|have been) (?:told|informed|assured)"
    r"|(?:had |has |have )?heard)\b",
    re.I,
)


def hedge_in(lemma: str, content: str) -> str | None:
    """The hedge that a speaker uses: the verb that says so, or a word near the beginning."""
    if lemma in OWN_HEDGES:
        return lemma
    opening = content[:70]
    low = opening.lower()
    hedge = _HEDGES.search(opening) if any(each in low for each in _HEDGING) else None
    if hedge is None or (hedge[0] == "May" and hedge.start()):
        return None
    return hedge[0].casefold()


def basis_in(
    contents: Sequence[str], mention: str
) -> Literal["firsthand", "secondhand", "unstated"]:
    """How a speaker came to what he says, where he, or what he is called, tells it."""
    if any(each[0] in "“\"‘'«" and _SAW.search(each) for each in contents):
        return "firsthand"
    if _HEARD.match(contents[0]) or _TOLD.search(mention):
        return "secondhand"
    return "firsthand" if _WITNESS.search(mention) else "unstated"
