"""The small words of English, by what they do in a sentence: those that stand around an attribution."""

from __future__ import annotations

from provenance.records import MONTHS

__all__ = [
    "ABBREVIATIONS",
    "ADVERBIAL_PREPOSITIONS",
    "AFTER_HEADS",
    "AFTER_HEARERS",
    "AFTER_SPEAKERS",
    "AUXILIARIES",
    "BE",
    "BEFORE_CLAUSES",
    "BEFORE_DAYS",
    "BEFORE_TIMES",
    "CLAUSE_OPENINGS",
    "CLAUSE_WORDS",
    "CONDITIONS",
    "CONTRASTS",
    "DAYS",
    "DESCRIBING",
    "DETERMINERS",
    "GOING_ON",
    "HAVE_AND_DO",
    "JOINING_MARKS",
    "JOINING_PHRASES",
    "LEADING",
    "MODALS",
    "NEGATIONS",
    "NOT_DESCRIBING",
    "NOT_PARTICIPLES",
    "NUMBERS",
    "OBJECTS",
    "PLURAL_SUBJECTS",
    "PLURAL_VERBS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "PRONOUNS",
    "SUBORDINATORS",
    "TIME_WORDS",
    "UNSURE_TIMES",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
        sank sunk bore tore
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
    back meanwhile however also still yet later earlier now then instead but and or so yesterday today
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
    who whose which of from speaking appearing citing quoting now including then formerly once
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

BEFORE_CLAUSES: frozenset[str] = word_set(
    """
    but because although while that who which
    """
)
"""Words after which a clause begins."""

SUBORDINATORS: frozenset[str] = word_set(
    """
    when while after before as if although though since because asked speaking once until despite
    """
)
"""Words with which a clause that only leads in begins."""
