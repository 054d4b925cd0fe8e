"""How English attributes: reporting verbs and nouns as one table each, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from provenance.records import MONTHS

__all__ = [
    "ABBREVIATIONS",
    "ADVERBIAL_PREPOSITIONS",
    "AFTER_HEADS",
    "AFTER_HEARERS",
    "AFTER_SPEAKERS",
    "AUXILIARIES",
    "BARE_SOURCES",
    "BE",
    "BEFORE_CLAUSES",
    "BEFORE_DAYS",
    "BEFORE_TIMES",
    "CLAUSE_OPENINGS",
    "CLAUSE_WORDS",
    "COMMENTS",
    "CONDITIONS",
    "CONTRADICTING",
    "CONTRASTS",
    "CUES",
    "DAYS",
    "DESCRIBING",
    "DETERMINERS",
    "EMERGING",
    "EVENT_NOUNS",
    "GOING_ON",
    "HAVE_AND_DO",
    "HEARSAY_ADVERBS",
    "JOINING_MARKS",
    "JOINING_PHRASES",
    "LABELS",
    "LEADING",
    "MODALS",
    "NEGATIONS",
    "NOT_DESCRIBING",
    "NOT_PARTICIPLES",
    "NO_HEARSAY",
    "NO_OUTLETS",
    "NO_SOURCES",
    "NUMBERS",
    "OBJECTS",
    "OCCASIONS",
    "OUTLET_NAMES",
    "OUTLET_WORDS",
    "PERSON_NOUNS",
    "PLURAL_NOUNS",
    "PLURAL_SUBJECTS",
    "PLURAL_VERBS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "PRONOUNS",
    "REPORTING_PARTICIPLES",
    "REPORTING_VERBS",
    "REPORT_NOUNS",
    "SPEECH_ACTS",
    "STOPWORDS",
    "SUBORDINATORS",
    "TAKEN_BACK",
    "TIME_WORDS",
    "UNSURE_TIMES",
    "Cue",
    "ReportingVerb",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
    """say, tell (takes a hearer), hold (a thought), accuse, deny, cite or describe."""
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
    feel hold tn felt
    worry hold tqn
    deny deny tbq
    dismiss deny r
    reject deny r
    dispute deny trn
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

REPORT_NOUNS: frozenset[str] = word_set(
    """
    report reports account accounts claim claims allegation allegations accusation accusations
    rumour rumours rumor rumors assertion assertions suggestion suggestions statement statements
    warning warnings complaint complaints charge charges speculation contention insistence
    announcement testimony
    """
)
"""Nouns that stand for what somebody says, where "that" and a clause follow."""

PLURAL_VERBS: frozenset[str] = word_set(
    """
    accept act affect agree allow appeal argue arrive assume attack avoid belong blame block boost
    break bring build buy call care carry cause change choose close collect come commit compare
    compete consider contain contribute control cost count cover create cut deal decide defend
    deliver demand depend deserve destroy determine develop die disagree discuss draw drive drop
    earn eat enable encourage end enjoy enter exist expand expect explain face fail fall favor
    favour fear feel fight fill find fit follow force forget form gain get give go grow handle
    happen hate hear help hide hit hold hope hurt identify ignore improve increase intend involve
    join keep kill know lack last lead learn leave lie like live look lose love make mean meet miss
    move need occur offer oppose outweigh overstate own pass pay pose prefer prevent produce prove
    provide push put reach read receive recognize reduce reflect refuse relate rely remain remember
    remove represent require resist respect respond rise risk run scrutinize see seem sell send
    serve share show sit speak spend spread stand start stay stop struggle succeed suffer suggest
    support survive take talk tend threaten touch treat trust try turn understand undermine
    underestimate use value violate vote wait walk want waste wear win wish work worry
    """
)
"""Common verbs as they stand after a subject in the plural."""

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
    channel website site publication tabloid journal station programme program media press
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
    skipper mechanic nurse auditor regulator archivist historian biologist
    government ministry army police company council committee court party team campaign union
    group organisation organization authority department agency embassy office administration bank
    firm university hospital commission foundation association board family crowd majority
    statement report study survey poll document letter memo filing email review analysis article
    paper daily newspaper magazine weekly outlet broadcaster network channel website story
    complaint affidavit indictment judgment ruling bureau institute centre center lawsuit transcript
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

PRONOUNS: frozenset[str] = frozenset({"he", "she", "they", "it", "i", "we", "you", "who"})
"""Pronouns that can be the subject of a clause."""

NUMBERS: frozenset[str] = word_set("two three four five six seven eight nine ten")
"""Numbers that stand for several who speak: majorities in all five say."""

POSSESSIVES: frozenset[str] = frozenset(
    {"his", "her", "their", "its", "our", "my", "your", "whose"}
)
"""Possessive determiners."""

DETERMINERS: frozenset[str] = (
    word_set(
        """
    the a an this that these those another other each every some any no one two three four five six
    seven eight nine ten several many most both all few more either neither
    """
    )
    | POSSESSIVES
)
"""Words that begin a noun phrase."""

PREPOSITIONS: frozenset[str] = word_set(
    """
    of in on at to for from by with about against over under into onto through during before after
    since between among around near via upon within without despite amid across along behind beyond
    aboard as per including like toward towards outside inside
    """
)
"""Prepositions."""

CLAUSE_WORDS: frozenset[str] = word_set(
    """
    that because when while if whether although though since until unless who which whom where but
    so than then how why what whereas once whose lest
    """
)
"""Words before which a noun phrase has ended."""

BE: frozenset[str] = frozenset(
    {"is", "was", "are", "were", "be", "been", "being", "am", "get", "got"}
)
"""Forms of to be, and of to get, which make a passive."""

MODALS: frozenset[str] = word_set(
    "to would could should might may must can will shall cannot 'll let lets if whether"
)
"""Words after which nothing has been said yet."""

NEGATIONS: frozenset[str] = word_set(
    """
    not never n't hardly cannot neither nor don't doesn't didn't hasn't haven't hadn't won't isn't
    wasn't aren't weren't wouldn't couldn't shouldn't can't
    """
)
"""Words that take a report back."""

AUXILIARIES: frozenset[str] = (
    BE
    | NEGATIONS
    | word_set(
        """
        has have had having do does did will would can could may might must shall should
        that's it's he's she's they're we're i'm they've we've i've he'd she'd they'd he'll she'll
        they'll there's here's what's
        sued died lied tied owed went goes go came comes come took takes made makes gave gives got gets held holds kept keeps
        left leaves met meets paid put puts ran runs sent sends set sets sold stood stands took
        won wins lost loses began begins became becomes brought broke built bought caught chose
        drew drove fell fought flew knew knows led leads rose saw sees seen sought spent spoke struck
        taught wants want needs need remains remain seems seem appears appear includes include
        called calls asked asks says said used uses tried tries helped continues
        fled shook sat sang drank wore threw hid rode swung slept ate lay laid blew bit bent bled burnt
        clung crept dealt dug fed flung forgot forgave froze hung lent lit meant overcame rang shot
        shrank slid spun split sprang stole stuck struck swam swept tore understood withdrew woke
        wound heard felt grew threw turned stood nodded shrugged smiled laughed sighed
        """
    )
)
"""Words that show that a clause, and not only a noun phrase, stands there."""

NOT_PARTICIPLES: frozenset[str] = word_set(
    """
    united armed retired so-called unnamed named hundred red bed feed speed breed need seed deed
    indeed wicked sacred naked aged unidentified well-informed informed experienced detailed
    embed shed led bred fed sped united-nations ted fred ned ahmed mohammed muhammed hamed saeed
    elected appointed alleged accused purported reported declassified leaked limited advanced related
    unreleased unconfirmed disgraced embattled registered sealed redacted undecided licensed
    self-described respected celebrated renewed combined disputed proposed seasoned hooded masked
    trusted convicted jailed exiled ousted wounded injured affected based divided unpublished signed
    london-based state-owned left-leaning right-leaning
    """
)
"""Words that end as past participles do and yet belong to a noun phrase."""

DAYS: tuple[str, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
"""The days of the week, from Monday."""

TIME_WORDS: frozenset[str] = (
    frozenset(MONTHS)
    | frozenset(DAYS)
    | word_set(
        """
    today yesterday tonight minute minutes moments week weeks month months year years morning afternoon evening night
    spring summer autumn fall winter day days hour hours earlier later late early mid last next
    recent recently decade quarter end beginning time weekend ago then a.m p.m am pm
    """
    )
)
"""Words of which expressions of time are made."""

LEADING: frozenset[str] = word_set(
    """
    meanwhile however also still yet later earlier now then instead but and or so yesterday today
    nevertheless nonetheless moreover furthermore additionally separately similarly indeed again
    tonight thus therefore hence besides too recently previously initially finally eventually even
    only just once subsequently sometimes often already nor for otherwise likewise perhaps plus
    """
) | frozenset(DAYS)
"""Words before a subject that do not belong to it."""

ABBREVIATIONS: frozenset[str] = word_set(
    """
    mr mrs ms dr prof gen col maj capt lt sgt sen rep gov rev hon st jr sr inc ltd co corp vs etc
    no nos fig jan feb mar apr jun jul aug sept sep oct nov dec e.g i.e u.s u.k u.n a.m p.m d.c
    adm cmdr pres supt det insp dept est approx vol
    """
)
"""Words whose full stop ends no sentence."""

HAVE_AND_DO: frozenset[str] = word_set(
    """
    have has had having did does do
    """
)
"""Auxiliaries that leave a report a report."""

PLURAL_SUBJECTS: frozenset[str] = word_set(
    """
    they we i you those some many several both all
    """
)
"""Words that begin a subject in the plural."""

DESCRIBING: frozenset[str] = word_set(
    """
    who whose which of from speaking appearing citing now including then formerly once
    """
)
"""Words with which a description between commas begins."""

NOT_DESCRIBING: frozenset[str] = word_set(
    """
    he she it they we i but and on in at
    """
)
"""Words with which no description begins."""

JOINING_MARKS: frozenset[str] = word_set(
    """
    - ' ’ & / . $ % # @
    """
)
"""Marks that may stand inside a noun phrase."""

BEFORE_TIMES: frozenset[str] = word_set(
    """
    on in at by during since late early earlier last this mid after
    """
)
"""Words before an expression of time."""

BEFORE_DAYS: frozenset[str] = word_set(
    """
    this last next earlier later late early the a two three four five six several few
    """
)
"""Words with which "this month" or "two days earlier" begins."""

JOINING_PHRASES: frozenset[tuple[str, ...]] = frozenset(
    tuple(phrase.split())
    for phrase in (
        "for example",
        "for instance",
        "in addition",
        "in response",
        "in turn",
        "in short",
        "in other words",
        "in a statement",
        "in an interview",
        "at the same time",
        "at the time",
        "on the other hand",
        "on the contrary",
        "after that",
        "even so",
        "even then",
        "as a result",
        "of course",
    )
)
"""Phrases before a speaker that join one sentence to another and say nothing."""

COMMENTS: frozenset[str] = word_set(
    "move step claim charge allegation accusation assertion suggestion reference"
)
"""Nouns by which a text, after ", a", says something of what was said."""

CONTRADICTING: frozenset[str] = word_set("false untrue wrong denies denied deny disputes disputed")
"""Words by which a text, after ", which", contradicts what was said."""

CONDITIONS: frozenset[str] = word_set("if although though because unless even while since despite")
"""Words with which a condition begins that belongs to what is said."""

CONTRASTS: frozenset[str] = frozenset({"while", "though", "although", "despite", "amid", "whereas"})
"""Words with which a text sets what is said against something else."""

GOING_ON: frozenset[str] = word_set(
    """
    including because until unless or nor not especially particularly mostly for since from than
    like against despite without
    """
)
"""Words after a speaker with which only what was said before goes on."""

OBJECTS: frozenset[str] = word_set(
    """
    me us him her them you it
    """
)
"""Pronouns that can only be told something."""

AFTER_HEARERS: frozenset[str] = word_set(
    """
    on in at during by via after before to how earlier late last over through as for
    """
)
"""Words that begin something else after the one who was told."""

UNSURE_TIMES: frozenset[str] = word_set(
    """
    may fall then am end mid time late early later
    """
)
"""Words of time that are other words as well."""

CLAUSE_OPENINGS: frozenset[str] = word_set(
    """
    it's he's she's they're there there's no what neither
    """
)
"""Words that are auxiliaries or particles and yet may begin a clause."""

ADVERBIAL_PREPOSITIONS: frozenset[str] = word_set(
    """
    on in at to during by via through from after before for over with of into about
    """
)
"""Prepositions between a verb and what is said: "on Friday", "in a letter"."""

REPORTING_PARTICIPLES: frozenset[str] = word_set(
    """
    according adding saying citing claiming noting quoting telling insisting arguing suggesting
    warning stating alleging referring explaining pointing
    """
)
"""Participles after a comma with which another attribution begins."""

AFTER_HEADS: frozenset[str] = word_set(
    "close familiar opposed loyal critical present involved privy"
)
"""Adjectives that stand after their noun: people close to the mayor."""

AFTER_SPEAKERS: frozenset[str] = word_set(
    """
    on in at during after via before
    """
)
"""Prepositions after a speaker that may begin when and where it was said."""

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

BEFORE_CLAUSES: frozenset[str] = word_set(
    """
    but because although while that who which
    """
)
"""Words after which a clause begins."""

EMERGING: frozenset[str] = word_set(
    """
    have has had also emerged surfaced circulated spread are were circulating emerging
    """
)
"""Words between "reports" and "that"."""

TAKEN_BACK: frozenset[str] = word_set(
    """
    no if any deny denied denies false dismissed rejected disputed rebutted denying
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

SUBORDINATORS: frozenset[str] = word_set(
    """
    when while after before as if although though since because asked speaking once until despite
    """
)
"""Words with which a clause that only leads in begins."""

STOPWORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "English": word_set(
            "the of and to in that is was for on with as it by at from be this have are an had not "
            "were has but or which their they he she his her who will would"
        ),
        "German": word_set(
            "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch "
            "es an werden aus er hat dass sie nach wird bei einer um am sind noch wie"
        ),
        "French": word_set(
            "le la les de des et en un une du que est pour qui dans par plus pas au sur ne se il ce "
            "avec sont aux son ont été elle cette mais ses"
        ),
        "Spanish": word_set(
            "el la los las de que y en un una por con no se del su para al lo es como más pero sus "
            "le ha este sobre entre fue son"
        ),
        "Italian": word_set(
            "il la di che e un una per non del della in con si da dei le al sono più ha lo nel come "
            "gli alla anche ma dal delle"
        ),
        "Portuguese": word_set(
            "o os de que e do da em um uma para com não no na se por mais as dos como mas ao das à "
            "foi ele ela são sua seu"
        ),
        "Dutch": word_set(
            "de het een en van in is dat op te zijn met voor niet aan er om ook als bij dan maar "
            "door over hij ze werd naar uit wordt"
        ),
        "Swedish": word_set(
            "och i att det som en på är av för med till den har de inte om ett han var men sig från "
            "vi så kan hon när"
        ),
        "Polish": word_set(
            "i w nie na z do się że to jest o jak po co za od ale przez przy jego dla tym był oraz "
            "są które"
        ),
        "Turkish": word_set(
            "ve bir bu da de için ile çok olarak daha ne kadar sonra olan gibi ancak her olduğu en "
            "ise"
        ),
    }
)
"""The most frequent words of some languages that share the Latin script."""
