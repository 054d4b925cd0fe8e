"""What takes a report back or calls it false, around the words that state a claim.

"Norda withdraws its report that P", "we apologise for reporting that P", "the rumour that P is
unfounded", "tests ruled out that P": each states P word by word, and says the contrary or nothing.

| row | an example | how |
| --- | --- | --- |
| verb and report | Norda withdraws, recalls, no longer stands by its report that P | withdrawn |
| regret | Norda apologises for reporting that P; regrets its story that P | withdrawn |
| error | We wrongly reported that P; it should not have said that P | withdrawn |
| version | An earlier version of this article said that P | withdrawn |
| passive | Our report that P has been deleted, was made in error | withdrawn |
| back | P, the Herald wrote. It has since withdrawn the article. | withdrawn |
| predicate | The rumour that P is unfounded, proved to be a hoax | denied |
| no truth | There is no truth in the story that P | denied |
| refuting | Tests ruled out that P; the board debunked the claim that P | denied |
| cleared | The inquiry cleared Vane of the charge that P | denied |
| never | P never happened | denied |
| doubt | The mayor laughed off reports that P; nothing supports the rumour that P | doubted |
| embedded | A report that P, or "that P", of which something is said that is in no row above | doubted |
| near | P, and a word of doubt by a report of which nothing tells what it is of | doubted |
| fake | A doctored screenshot says that P; P, a parody account wrote | fake |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import attrs

from provenance.drafting.cues import CUES
from provenance.drafting.fake_speakers import fake_speaker

__all__ = [
    "Heading",
    "TakenBack",
    "back_reference",
    "heading_of",
    "is_of_publisher",
    "reports_again",
    "taken_back",
]

How = Literal["withdrawn", "denied", "doubted", "fake"]
"""Withdrawn by whose report it is; denied by whoever says so; or doubted, so that nothing counts.

"fake" is doubted as well, since what is said to say it is called fake."""

Heading = Literal["correction", "retraction"]
"""How a text begins that corrects another, or takes it back whole."""


@attrs.frozen
class TakenBack:
    """That words around a claim take it back, call it false, or doubt it."""

    how: How
    """Which of them."""
    start: int
    """The offset of the words that tell so."""
    end: int
    """The offset just after them."""
    who: str = ""
    """Who does, in the words of the text; nobody where it names none."""


# Words


_REPORT = (
    r"(?:reports?|stor(?:y|ies)|articles?|claims?|dispatch(?:es)?|statements?|bulletins?|flash(?:es)?"
    r"|items?|posts?|tweets?|messages?|accounts?|allegations?|accusations?|charges?|testimony"
    r"|findings?|assertions?|headlines?|front\spages?|broadcasts?|pieces?|columns?|coverage|versions?"
    r"|videos?|clips?|images?|photos?|alerts?|announcements?|suggestions?|rumou?rs?|tales?|notions?|ideas?"
    r"|news|word|theor(?:y|ies)|publications?|stud(?:y|ies)|papers?|notes?|threads?|captions?|segments?"
    r"|contentions?|conclusions?|insinuations?|speculation|talk|gossip|whispers?|reporting|confessions?"
    r"|warnings?|cables?|entr(?:y|ies)|editorials?|interviews?|podcasts?|releases?|briefings?"
    r"|information|belief|hypothes[ie]s|legend|assessments?|estimates?|evidence|narratives?"
    r"|exclusives?|dossiers?|pamphlets?|leaflets?|affidavits?|editions?|notifications?|blogs?|alarms?|prophec(?:y|ies)"
    r"|predictions?|forecasts?|views?|opinions?|positions?|passages?|remarks?|comments?|impressions?|convictions?|cases?|verdicts?|letters?|memos?|emails?|files?|listings?|profiles?|scoops?|splash|wording|lines?"
    r"|what\s\w+\s(?:had\s|has\s|have\s)?(?:said|reported|wrote|written|claimed|told\s\w+))"
)
_SAYING = (
    r"(?:report(?:s|ed|ing)?|say(?:s|ing)?|said|tell(?:s|ing)?|told|publish(?:es|ed|ing)?|print(?:s|ed|ing)?"
    r"|stat(?:es?|ed|ing)|claim(?:s|ed|ing)?|suggest(?:s|ed|ing)?|writ(?:es?|ing|ten)|wrote|broadcast(?:s|ing)?"
    r"|r[ua]n(?:ning)?|air(?:ed|ing)|post(?:ed|ing)|alleg(?:es?|ed|ing)|announc(?:es?|ed|ing)|assert(?:s|ed|ing)?"
    r"|mis(?:report|stat|quot|represent|identif)\w+|carr(?:y|ied|ying)|impl(?:y|ied|ying)|indicat(?:es?|ed|ing)|name[ds]?|identif(?:y|ied|ying)|put(?:ting)?)"
)
# Verbs that take a report back; most of them take something else back as often, so that a report
# must be what they take back.
_TAKES = (
    r"(?:withdr(?:aws?|ew|awn|awing)|retract(?:s|ed|ing)?|recant(?:s|ed|ing)?|disown(?:s|ed|ing)?"
    r"|disavow(?:s|ed|ing)?|repudiat(?:es?|ed|ing)|rescind(?:s|ed|ing)?|revok(?:es?|ed|ing)"
    r"|unpublish(?:es|ed|ing)?|recall(?:s|ed|ing)?|pull(?:s|ed|ing)?|kill(?:s|ed|ing)?|spik(?:es?|ed|ing)"
    r"|scrap(?:s|ped|ping)?|delet(?:es?|ed|ing)|remov(?:es?|ed|ing)|correct(?:s|ed|ing)?|amend(?:s|ed|ing)?"
    r"|dropp?(?:s|ed|ing)?|abandon(?:s|ed|ing)?|renounc(?:es?|ed|ing)|revers(?:es?|ed|ing)|annul(?:s|led|ling)?"
    r"|void(?:s|ed|ing)?|cancel(?:s|led|ed|ling)?|eras(?:es?|ed|ing)|struck|strik(?:es?|ing)|nix(?:es|ed)?"
    r"|backtrack(?:s|ed|ing)?|backpedal(?:s|led|ling)?|retreat(?:s|ed|ing)?"
    r"|(?:walk|row|roll|claw|dial|scal|back)(?:e?s|ed|ing)?\s(?:back|away|down|off|out|tracked|pedalled)"
    r"|climb(?:s|ed|ing)?\sdown|distanc(?:es?|ed|ing)\s(?:it|him|her|them|our)sel(?:f|ves)"
    r"|(?:go|goes|went|gone|going)\sback\son|eat(?:s|ing)?|ate|swallow(?:s|ed)?"
    r"|t(?:ak(?:es?|en|ing)|ook)\s(?:back|down|offline)|t(?:hrew|hrown|hrows?|oss(?:es|ed))\s(?:out|away)"
    r"|no\slonger\s(?:\w+\s){0,2}?(?:stands?|standing|stood|backs?|vouch(?:es)?|supports?|maintains?|holds?)"
    r"|(?:can(?:not)?|could|does|do|did|would|will)\s?(?:not|n['’]t|no\slonger)\s(?:\w+\s){0,2}?"
    r"(?:stand|vouch|support|maintain|substantiate|verify|back))"
)
_PARTED = (
    r"(?:t(?:ak(?:es?|en|ing)|ook)|pull(?:s|ed)?|walk(?:s|ed)?|tak(?:es?|en))"  # "took it back"
)
_TAKEN = (
    r"(?:withdrawn|retracted|recalled|rescinded|revoked|recanted|deleted|removed|pulled|killed|spiked|scrapped"
    r"|disowned|disavowed|repudiated|unpublished|corrected|amended|dropped|void(?:ed)?|null|annulled"
    r"|cancelled|taken\s(?:down|back|offline|off)|thrown\sout|struck\sout|walked\sback|rolled\sback"
    r"|(?:made|published|issued|sent|posted|run|printed|released|aired|based)\s(?:out\s)?(?:in\serror|by\smistake|by\saccident"
    r"|on\san?\s(?:error|mistake|misunderstanding)|mistakenly|erroneously)|(?:in\serror|an?\s(?:\w+\s)?(?:error|mistake)))"
)
_FALSE = (
    r"(?:false|untrue|unfounded|baseless|groundless|bogus|mistaken|wrong|incorrect|erroneous|inaccurate|fictitious"
    r"|fake[ds]?|fabricat(?:ed|ions?)|inven(?:ted|tions?)|made[\s-]up|hoax(?:es)?|lies?|myths?|pranks?|falsehoods?"
    r"|forger(?:y|ies)|forged|fictions?|fantas(?:y|ies)|nonsense|rubbish|bunk(?:um)?|tosh|drivel|canards?|hot\sair"
    r"|urban\slegends?|fairy\stales?|smears?|debunked|refuted|disprove[dn]|discredited|dispelled|ruled\sout|excluded"
    r"|fals[ei]fied|photoshopped|doctored|staged|not\s(?:\w+\s)?(?:true|correct|accurate|right|so|the\scase)"
    r"|without\s(?:any\s|a\s\w+\sof\s)?(?:foundation|basis|substance|merit|truth)"
    r"|no\s(?:\w+\s)?(?:foundation|basis|substance|merit|truth))"
)
_DOUBTFUL = (
    r"(?:premature|exaggerated|overstated|overblown|unsupported|unconfirmed|unsubstantiated|unproven|unverified"
    r"|doubtful|dubious|disputed|questionable|misleading|implausible|not\s(?:\w+\s){0,2}?"
    r"(?:confirmed|substantiated|verified|proven|proved|supported|stood\sup|established))"
)
_IS = r"(?:is|was|are|were|be|been|being|has|have|had|prove[sdn]?|turn(?:s|ed)\sout|remain(?:s|ed)?|seem(?:s|ed)?|look(?:s|ed)?|appear(?:s|ed)?)"
_REFUTES = (
    r"(?:rul(?:es?|ed|ing)\sout|exclud(?:es?|ed|ing)|disprov(?:es?|ed|en|ing)|refut(?:es?|ed|ing)|debunk(?:s|ed|ing)?"
    r"|discredit(?:s|ed|ing)?|dispel(?:s|led|ling)?|quash(?:es|ed|ing)?|scotch(?:es|ed|ing)?|rubbish(?:es|ed|ing)"
    r"|demolish(?:es|ed|ing)?|(?:knock|shot|shoot)(?:s|ed|ing)?\sdown|squash(?:es|ed)?|g(?:ave|ives?)\sthe\slie\sto"
    r"|put(?:s)?\spaid\sto|invalidat(?:es?|ed)|rebut(?:s|ted)?|falsif(?:y|ies|ied))"
)
_MOCKS = (
    r"(?:(?:laugh|brush|shrug|wav)(?:e?s|e?d|ged)?\s(?:off|aside|away)|scoff(?:s|ed|ing)?\sat|pour(?:s|ed)?\s\w+(?:\swater)?\son"
    r"|casts?\s(?:\w+\s)?doubts?\son|question(?:s|ed)|challeng(?:es?|ed)|dismiss(?:es|ed)?|reject(?:s|ed)?|disput(?:es?|ed)"
    r"|play(?:s|ed)?\sdown|contest(?:s|ed)|undermin(?:es?|ed)|contradict(?:s|ed)?|mock(?:s|ed)?|ridicul(?:es?|ed)"
    r"|threw\sout|belie[sd]?|call(?:s|ed)\sinto\squestion|(?:nothing|nobody|no\sone|none|little)\s(?:\w+\s){0,3}?\w+)"
)
_SOME = r"(?:[\s,“\"‘(]+[\w’'.-]+){0,%d}?[\s“\"‘,]+"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_VERB_AND_REPORT = _pattern(rf"\b(?P<tells>{_TAKES})\b{_SOME % 8}(?P<of>{_REPORT})\b")
_PARTED_AND_REPORT = _pattern(
    rf"\b(?P<tells>{_PARTED})\b{_SOME % 5}(?P<of>{_REPORT})\s(?:back|down|offline)\b"
)
# "expresses regret for its suggestion", "apologises for the distress caused by its story"
_REGRET = _pattern(
    r"\b(?P<tells>apolog(?:i[sz](?:es?|ed|ing)|y|ies)|sorry|regret(?:s|ted|ting|table)?|wrong|mistaken|mistake|erred|error|fault)\b"
    rf"[^;!?\n]{{0,60}}?\b(?:(?:for|having|to|in|by|when)\s(?:(?:having|have|ever|first|once|\w+ly)\s){{0,2}}?(?P<of>{_SAYING})"
    rf"|(?:for|regrets?|regretted|over|about|by)\s(?:[\w’'-]+\s){{0,4}}?(?P<noun>{_REPORT}))\b"
    rf"|\b(?P<tells2>regret(?:s|ted)?)\s(?:[\w’'-]+\s){{0,4}}?(?P<noun2>{_REPORT})\b"
)
_SHOULD = _pattern(
    r"\b(?P<tells>(?:should|ought)\s?(?:not|never|n['’]t)\s(?:[\w]+\s){0,2}?(?:have|to\shave)\s(?:\w+\s){0,2}?"
    rf"(?P<of>{_SAYING}))\b"
)
_WRONGLY = r"(?:wrongly|erroneously|mistakenly|incorrectly|falsely|inaccurately|in\serror|by\smistake|prematurely)"
_ERROR = _pattern(
    rf"\b(?P<tells>{_WRONGLY})\s(?:\w+\s){{0,2}}?(?P<of>{_SAYING})\b"
    rf"|\b(?P<of2>{_SAYING})\s(?P<tells2>{_WRONGLY})\b"
    r"|\b(?P<tells3>mis(?:report|stat|quot|represent|identif)(?:s|e[sd]?|ed|ied)?)(?P<of3>)\b"
)
_VERSION = _pattern(
    r"\b(?P<tells>(?:earlier|previous|prior|first|original|initial|older)\s(?:version|edition|form)s?\sof\s"
    rf"(?:this|the|our|that)\s(?:\w+\s)?(?P<of>{_REPORT}|page))\b"
)
_HAS_BEEN_TAKEN = _pattern(rf"\b{_IS}\b(?:\s[\w’'-]+){{0,6}}?\s(?P<tells>{_TAKEN})(?!\w)")
_HAS_BEEN_FALSE = _pattern(rf"\b{_IS}\b(?:\s[\w’'-]+){{0,5}}?\s(?P<tells>{_FALSE})(?!\w)")
_HAS_BEEN_DOUBTED = _pattern(rf"\b{_IS}\b(?:\s[\w’'-]+){{0,5}}?\s(?P<tells>{_DOUBTFUL})(?!\w)")
_NO_TRUTH = _pattern(
    r"\b(?:no|without|little|not\s(?:an?\s\w+\sof|any))\s(?:\w+\s){0,2}?(?P<tells>truth|substance|foundation|basis|merit|validity)\b"
    rf"(?:\s\w+){{0,2}}?\s(?:in|to|for|behind|of)\b{_SOME % 3}(?P<of>{_REPORT})\b"
)
_REFUTED = _pattern(
    rf"\b(?P<tells>{_REFUTES})\b(?:{_SOME % 5}(?P<of>{_REPORT})\b|\s(?P<that>that)\b)"
)
_CONTRARY = _pattern(rf"\b(?P<tells>contrary\sto)\b{_SOME % 4}(?P<of>{_REPORT})\b")
_CLEARED = _pattern(
    r"\b(?P<tells>clear(?:s|ed|ing)?|exonerat(?:es?|ed|ing)|acquit(?:s|ted|ting)?|absolv(?:es?|ed|ing))\b"
    rf"[^;!?\n]{{0,60}}?\b(?:of|from)\s(?:\w+\s){{0,2}}?(?:(?P<of>{_REPORT})|(?P<deed>\w+ing))\b"
)
_NEVER = _pattern(
    r"\b(?P<tells>never\s(?:\w+\s)?(?:happen|occur|exist|t[oa]ok\splace|take\splace)\w*"
    r"|(?:did|has|have|was|does)\s?(?:not|n['’]t)\s(?:\w+\s)?(?:happen|occur|exist|tak)\w*)\b"
)
_DOUBT = _pattern(rf"\b(?P<tells>{_MOCKS})\b{_SOME % 4}(?P<of>{_REPORT})\b")
# What somebody does with a report who means what it says, and what is said of one that is true.
_KEEPS = _pattern(
    r"\b(?:ha(?:s|d|ve)\s(?:(?:an?|no|the|some|seen|heard|had)\s)?\Z|(?:in|from|by|per|there|put|run)\b|st[ao]nds?\s(?:\w+\s)?by|stood|repeat|confirm|reiterat|uph[eo]ld|back|support|publish|issu|mad|mak|releas|print|post|air"
    r"|broadcast|carr|r[ua]n|renew|echo|cit|quot|present|deliver|hear|receiv|prov|corroborat|verif|substantiat|endors"
    r"|maintain|defend|bear|bore|reveal|leak|obtain|see|saw|read|deliver|sign|file|sent|send|g[ai]v|broke|break|cite|according"
    r"|say|said|report|tell|told|add|wrote|writ|stat|accept|acknowledg|admit|concede|agree|bring|brought"
    r"|heard|know|knew|learn|announc|declar|stick|stuck|reaffirm|insist|spread|circulat|shar|relay|pass)\w{0,4}(?!\w)"
)
_TRUE = _pattern(
    r"[\s,]*(?:\Z|[,.”\"]|(?:and|but|while|when|as|after|before|because|on|in|at|last|this|earlier|yesterday|today|according|to)\b"
    r"|(?:(?:has|have|had)\s(?:\w+\s)?)?(?:is|was|are|were|been|prove[dn]?|turn(?:s|ed)\sout)\s(?:\w+\s){0,3}?(?:true|correct|accurate|right"
    r"|confirmed|verified|borne\sout|corroborated|established|genuine|well[\s-]founded|upheld|published|reported|proven|proved)"
    r"|(?:emerg|surfac|circulat|appear)\w+|spread|broke|(?:first|also|then|later)\s\w+ed)"
)
_HAS_VERB = _pattern(
    r"\b(?:\w{2,}(?:ed|ing)|is|was|are|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must"
    r"|threw|took|gave|went|made|saw|found|lost|cast|put|set|cut|left|got|came|fell|held|kept|stood|brought|shook"
    r"|(?<!’)(?<!')\w{3,}[^s’']s(?=\s(?:a|an|the|his|her|its|their|our|all|any|this|that|these|those|up|off|out|down|on)\b))\b"
)
_LINKS = _pattern(
    r"[\s,“”\"]+(?:[\w’'-]+[\s,]+){0,6}?(?:that|saying|claiming|alleging|suggesting|showing|stating|reading|headed|titled|namely|said"
    r"|(?:in|according\sto|under)\swhich|which\s\w+)\b|[\s,:]*[“\"]"
)
# Words of doubt: where one stands by a report, and nothing above tells what it does, a reader is asked.
_NEAR = _pattern(
    r"\b(?:(?:retract|withdr|recant|disown|disavow|apolog|regret|mistak|erron|incorrect|correct(?:s|ed|ing|ion)|misle|misr|misu|misst"
    r"|inaccur|unfound|baseless|groundless|debunk|discredit|disprov|refut|delet|remov|scrub|annul|cancel|disregard|overturn"
    r"|undercut|undermin|expos|concoct|fabricat|invent|forge|untru|unsubstantiat|unverif|backtrack|overstat|exaggerat|embarrass"
    r"|disput|revers|revok|rescind|repudiat|rebut|reject|dismiss|challeng|doubt|hoax|fals)\w*"
    r"|errors?|wrong|sorry|fakes?|faked|pulled|killed|ignore|void|no\slonger|contrary|expression\sof\sconcern|changed\s\w+\s(?:story|account|mind|tune)"
    r"|injunctions?|(?:against|from|stop\w*|bann?\w*|barr?\w*|forb\w+)\s(?:\w+\s){0,2}?(?:repeat|say|claim|publish|alleg|assert)\w*"
    r"|jumped\sthe\sgun|lost\s(?:confidence|faith)|(?:no|not|without)\s(?:\w+\s)?(?:basis|grounds?|evidence|sign|foundation|confidence|proof)"
    r"|(?:can|could)(?:\s?not|n['’]t)\s(?:be\s)?(?:upheld|confirmed|verified|substantiated|sustained|supported))\b"
)
_BEFORE_OTHERS = re.compile(
    r"\s(?:that|of|about|on|into|saying|which|in\swhich|claiming)\b", re.IGNORECASE
)
_THE = r"(?:the|this|that|these|those|its|his|her|their|our|my|all|both)"
_BACK = _pattern(
    rf"\b(?P<tells>{_TAKES})\b(?:\s\w+ly)?\s(?:(?:back|from|by|behind|for|on)\s)?(?P<of>{_THE}\s(?:\w+\s){{0,2}}?{_REPORT})\b"
    r"|\b(?P<tells2>(?:retract|recant|withdr|disown|disavow|rescind|delet)\w*)\s(?P<of2>it|them|this|that)\b(?!\s\w+s\b)"
    rf"|\b(?P<of3>it|{_THE}\s(?:\w+\s){{0,2}}?{_REPORT})\s(?:has|have|had|was|were|is|are)\s(?:\w+\s){{0,3}}?(?P<tells3>{_TAKEN})(?!\w)"
    r"|\b(?P<tells5>we\s(?:\w+\s)?(?:apologi[sz]e|regret|are\s(?:\w+\s)?sorry)(?:\s(?:unreservedly|\w+\s(?:error|mistake)s?"
    r"|for\s\w+\s(?:\w+\s)?(?:errors?|mistakes?|confusion|distress|harm)))?)(?=\W*\Z|,?\sto\s)"
    r"|\b(?P<tells4>recant(?:s|ed)|(?:correct|contradict|revers)(?:s|ed)\s(?:it|him|her|them)sel(?:f|ves)"
    r"|chang(?:es?|ed)\s(?:his|her|its|their)\s(?:story|account|mind|tune|version|testimony)|(?:goes|went|gone)\sback\son|backtracked|backpedalled|(?:stands?|stood)\scorrected"
    r"|(?:issu|publish|print|r[ua]n)\w*\s(?:an?|the)\s(?:\w+\s)?(?:correction|retraction|apology)"
    r"|(?:took|taken|takes)\s(?:it|that|this|his\swords|her\swords)\sback)\b"
)
_HEADING = re.compile(
    r"\A\W*(?:(?:an?|the|with)\s)?(?:(?P<taken>retractions?|withdrawals?|(?:mandatory\s|advisory\s|bulletin\s)?kill(?:\skill)*"
    r"|notice\sof\s(?:retraction|withdrawal))"
    r"|(?:corrections?|clarifications?|erratum|errata|corrigend(?:um|a)|apolog(?:y|ies)|corrected))\b"
    r"(?=\W*(?:\Z|[:—–\n(]|-\s|,\s?\d|and\s(?:clarification|correction|apolog)))",
    re.IGNORECASE,
)  # fmt: skip
_NOT = re.compile(
    r"(?:\b(?:can)?not|n['’]t|\bnever|\bnobody|\bno\sone|\bnone|\brefus\w+\sto|\bdeclin\w+\sto|\bno\s(?:plans?|reason|intention)\sto|\bwithout)\s(?:[\w]+\s){0,2}\Z",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:to|must|should|would|could|may|might|will|can|shall|if)\s(?:\w+\s){0,1}\Z", re.IGNORECASE
)


# Who


_CLAUSE_STARTS = re.compile(
    r"[;:—–“\"\n]|\s[-–—]\s|,\s(?:but|and|though)\s|\b(?:that|but|because|after|while|when|although)\s",
    re.IGNORECASE,
)
_AROUND_VERBS = re.compile(
    r"(?:[\s,]+(?:has|have|had|is|was|were|are|been|being|later|now|since|also|then|today|yesterday|did|do|does"
    r"|will|would|must|can|could|cannot|no|longer|it|found|find|finds|[a-z]+ly|(?:on|in)\s\w+))+[\s,]*\Z"
)
_BY = re.compile(
    r"\s*by\s(?P<who>[\w’'.-]+(?:\s[\w’'.-]+){0,7}?)(?=[,.;:!?]|\s(?:on|in|after|before|and|when|who|which)\b|\Z)"
)


def _subject(text: str, at: int) -> str:
    """Who does what a verb says: the words before it in its clause."""
    before = text[:at]
    starts = [each.end() for each in _CLAUSE_STARTS.finditer(before)]
    clause = f" {before[starts[-1] if starts else 0 :].strip()} "
    who = _AROUND_VERBS.sub("", clause).strip(" ,“”\"'.")
    return "" if who.casefold() in ("there", "it is", "that") else who


# The rows


Row = Callable[[str, Sequence[int]], Iterator[TakenBack]]


def _group(found: re.Match[str], name: str) -> int:
    """Where a part of a pattern begins, whichever of its forms was met; -1 where none was."""
    places = [found.start(key) for key in found.re.groupindex if key.rstrip("2345") == name]
    return max(places, default=-1)


def _by_pattern(pattern: re.Pattern[str], how: How) -> Row:
    """A row of words that stand before what they take back."""

    def row(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
        for found in pattern.finditer(text):
            tells = _group(found, "tells")
            of = max(_group(found, name) for name in ("of", "noun", "that", "deed"))
            if tells in hits or hits[-1] <= of or (of in hits and of != _group(found, "deed")):
                continue
            yield from _unless_negated(text, tells, found.end(), how, _subject(text, tells))

    return row


def _unless_negated(text: str, start: int, end: int, how: How, who: str) -> Iterator[TakenBack]:
    before = text[max(0, start - 40) : start]
    if _NOT.search(before) is not None:
        if how == "denied":
            yield TakenBack("doubted", start, end)  # "could not rule out that"
        return
    yield TakenBack("doubted" if _SUPPOSED.search(before) else how, start, end, who)


def _after(pattern: re.Pattern[str], how: How) -> Row:
    """A row of predicates that stand behind a report and what it states."""

    def row(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
        noun = _noun_before(text, hits)
        found = pattern.search(text, hits[-1])
        if noun is None or found is None:
            return
        between = _LAST_WORD.sub("", text[hits[-1] : found.start()])
        if ";" in between or _HAS_VERB.search(between) is not None:
            return  # "relied on a paper that is a fake"
        if found.start("tells") in hits:
            return
        by = _BY.match(text, found.end())
        who = "" if how != "withdrawn" else _subject(text, noun.end())
        if by is not None and (how == "withdrawn" or _DONE.fullmatch(found["tells"])):
            who = by["who"].strip(" .")
        yield TakenBack(how, found.start("tells"), found.end(), who)

    return row


# "made up by a rival": who makes a thing up does not deny it.
_DONE = _pattern(r"debunked|refuted|disprove[dn]|discredited|dispelled|ruled\sout|excluded")
_NOUN = _pattern(
    rf"\b{_REPORT}\b(?=[\s,]+(?:[\w’'-]+[\s,]+){{0,5}}?[“\"‘]?(?:that|saying|claiming|alleging|suggesting|showing|said|which|in|of|about|headed)\b)"
)


def _noun_before(text: str, hits: Sequence[int]) -> re.Match[str] | None:
    """The report of which the words of the claim tell what it says."""
    last = text[: hits[-1]]
    return next((each for each in _NOUN.finditer(text, 0, hits[-1] + 1)
                 if each.start() not in hits and each.end() < len(last)), None)  # fmt: skip


def _never(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """P never happened."""
    found = _NEVER.search(text, hits[-1])
    if found is not None and len(text[hits[-1] : found.start()].split()) <= 3:
        yield TakenBack("denied", found.start(), found.end())


def _embedded(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """A report that states the claim, of which something is said or done that is not understood."""
    for noun in _NOUNS.finditer(text, 0, hits[-1]):
        link = _LINKS.match(text, noun.end())
        inner = [at for at in hits if link is not None and at >= link.end() - 1]
        if noun.start() in hits or 2 * len(inner) < len(hits):
            continue
        if not _is_kept(text, noun.start(), hits[-1]):
            yield TakenBack("doubted", noun.start(), noun.end())


_NOUNS = _pattern(rf"\b{_REPORT}\b")
_LAST_WORD = re.compile(r"\A[\w’'-]*[”\"]?")


def _is_kept(text: str, noun: int, last: int) -> bool:
    """Whether a report is made, repeated or confirmed, or nothing is said of it."""
    before = text[:noun]
    starts = [each.end() for each in _CLAUSE_STARTS.finditer(before)]
    clause = before[starts[-1] if starts else 0 :]
    if _HAS_VERB.search(clause) is not None:
        return _KEEPS.search(clause) is not None
    rest = _LAST_WORD.sub("", text[last:])
    return _TRUE.match(rest) is not None or _HAS_VERB.search(rest) is None


def _doubt_near(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """A word of doubt beside a report, of which nothing shows what it is of."""
    taken = set(hits)
    nouns = [each for each in _NOUNS.finditer(text) if each.start() not in taken]
    nouns = nouns[:_MOST_NEAR]
    doubts = [each for each in _NEAR.finditer(text) if each.start() not in taken]
    pairs = [(one, noun) for one in doubts[:_MOST_NEAR] for noun in nouns
             if one.start() >= noun.end() or one.end() <= noun.start()]  # fmt: skip
    # "correcting a report that she would stay": of something else
    ahead = [pair for pair in pairs if pair[1].start() < hits[-1]]
    if ahead or (pairs and not _BEFORE_OTHERS.match(text, pairs[-1][1].end())):
        yield TakenBack("doubted", pairs[0][0].start(), pairs[0][0].end())


# Before "that", beside words for reports and verbs of reporting: what somebody knows, or what moves him.
_BEFORE_THAT = _pattern(
    r"(?:know|knew|aware|clear|true|certain|sure|evident|obvious|plain|fact|regret|glad|sorry|angr|shock|proud|reali[sz]|discover"
    r"|notic|see|saw|hear|heard|prove|proof|mean|meant|likely|so|such|now|given|provided|convinced|satisf|guilty|agree|upheld|uphold"
    r"|recogni[sz]|alarm|worr|afraid|surpris|establish|determin|remember|emerg|transpir|turn|out|record|word|news|sign|evidence)\w{0,3}"
)
# Not "the blast that shook the works": what follows begins with whom or what it is about.
_THAT = re.compile(
    r"(?:\A\W*|\s)that\s(?=[“\"]?(?:(?-i:[A-Z\d])|(?:an?|the|this|these|those|its|his|her|their|our|my|it|he|she|they|we|there|no|all|some|any)\b))",
    re.IGNORECASE,
)


def _beside_that(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """What follows a "that" before which nobody says or knows anything: against repeating that P."""
    for that in _THAT.finditer(text, 0, hits[-1]):
        inner = [at for at in hits if at >= that.end()]
        if 2 * len(inner) < len(hits) or len(text[that.end() : inner[0]].split()) > _NEXT_TO_THAT:
            continue
        words = re.findall(r"[\w’'-]+", text[max(0, that.start() - 120) : that.start()].casefold())
        words = words[-_BEHIND_THAT:]
        if not words:
            rest = _LAST_WORD.sub("", text[hits[-1] :])
            if _HAS_VERB.match(rest.lstrip()) is not None and _TRUE.match(rest) is None:
                yield TakenBack("doubted", that.start(), that.end())  # "That P is a tale"
        elif not any(
            each in CUES or _NOUNS.fullmatch(each) or _BEFORE_THAT.fullmatch(each) for each in words
        ):
            yield TakenBack("doubted", that.start(), that.end())


_LONGEST = 4_000  # characters of a sentence
_MOST_NEAR = 30
_NEXT_TO_THAT = 4  # words
_BEHIND_THAT = 8  # words


def _cleared(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """The inquiry cleared Vane of taking a bribe; Vane was cleared of it."""
    for each in _by_pattern(_CLEARED, "denied")(text, hits):
        between = any(each.start < at < each.end for at in hits)
        if between or re.search(r"\b(?:was|were|been|is|are)\s(?:\w+\s)?\Z", text[: each.start]):
            yield each


def _quoted_version(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """An earlier version of this article said that P."""
    for found in _VERSION.finditer(text):
        if found.end() < hits[-1]:
            yield TakenBack("withdrawn", found.start("tells"), found.end(), "this article")


def _of_fake(text: str, hits: Sequence[int]) -> Iterator[TakenBack]:
    """A doctored screenshot says that P."""
    found = fake_speaker(text, hits)
    if found is not None:
        yield TakenBack("fake", *found)


_ROWS: tuple[Row, ...] = (
    _by_pattern(_VERB_AND_REPORT, "withdrawn"),
    _by_pattern(_PARTED_AND_REPORT, "withdrawn"),
    _by_pattern(_REGRET, "withdrawn"),
    _by_pattern(_SHOULD, "withdrawn"),
    _by_pattern(_ERROR, "withdrawn"),
    _quoted_version,
    _after(_HAS_BEEN_TAKEN, "withdrawn"),
    _by_pattern(_NO_TRUTH, "denied"),
    _by_pattern(_REFUTED, "denied"),
    _by_pattern(_CONTRARY, "denied"),
    _cleared,
    _after(_HAS_BEEN_DOUBTED, "doubted"),
    _after(_HAS_BEEN_FALSE, "denied"),
    _never,
    _of_fake,
    _by_pattern(_DOUBT, "doubted"),
    _embedded,
    _beside_that,
)


def taken_back(text: str, hits: Sequence[int]) -> TakenBack | None:
    """Whether a sentence that has the words of a claim takes it back, calls it false or doubts it.

    Args:
        text: the sentence.
        hits: where the words of the claim stand in it.

    >>> text = "Norda withdraws its report that the dam failed."
    >>> found = taken_back(text, [text.index("dam"), text.index("failed")])
    >>> found.how, found.who
    ('withdrawn', 'Norda')
    """
    text = text[:_LONGEST]
    found = next((each for row in _ROWS for each in row(text, hits)), None)
    return found or back_reference(text, hits[-1]) or next(_doubt_near(text, hits), None)


def back_reference(text: str, start: int = 0) -> TakenBack | None:
    """Whether a sentence takes back what was reported before it: it has since withdrawn the article.

    >>> back_reference("The Herald has since withdrawn the article.").who
    'The Herald'
    >>> back_reference("The Herald has withdrawn the article on fish.") is None
    True
    """
    text = text[:_LONGEST]
    for found in _BACK.finditer(text, start):
        tells, end = _group(found, "tells"), found.end()
        if (
            _BEFORE_OTHERS.match(text, end) is None
            and _NOT.search(text[max(0, tells - 40) : tells]) is None
        ):
            by = _BY.match(text, end)
            return TakenBack(
                "withdrawn", tells, end, by["who"].strip() if by else _subject(text, tells)
            )
    noun = _THE_REPORT.search(text, start)
    doubt = _NEAR.search(text, start)
    if noun is None or doubt is None or _BEFORE_OTHERS.match(text, noun.end()) is not None:
        return None
    own = _FIRST_PERSON.search(text, start)
    return TakenBack("withdrawn", doubt.start(), doubt.end(), "" if own is None else own.group())


_THE_REPORT = _pattern(rf"\b(?:{_THE}\s(?:\w+\s){{0,2}}?{_REPORT}|for\sthe\s(?:error|mistake))\b")
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|i|my)\b", re.IGNORECASE)
_ITSELF = _pattern(
    r"the\s(?:\w+\s)?(?:newspaper|paper|agency|site|website|newsroom|editors?|desk)"
    r"|(?:this|our)\s(?:\w+\s)?(?:newspaper|paper|agency|site|website|broadcaster|channel|station|outlet|magazine"
    rf"|network|publication|journal|bulletin|blog|newsroom|editors?|desk|page|{_REPORT})"
)
_PLAIN = frozenset(
    {"the", "a", "an", "of", "at", "this", "for", "editor", "editors", "agency", "newspaper", "paper",
     "website", "site", "broadcaster", "magazine", "news", "outlet", "management", "publisher", "its",
     "it", "own"}
)  # fmt: skip


def is_of_publisher(who: str, publisher: str) -> bool:
    """Whether words for somebody mean who publishes the page that they stand on.

    >>> is_of_publisher("The Gazette", "Velm Gazette"), is_of_publisher("this newspaper", "Velm Gazette")
    (True, True)
    >>> is_of_publisher("The Herald", "Velm Gazette"), is_of_publisher("It", "Velm Gazette")
    (False, False)
    """
    if _FIRST_PERSON.search(who) is not None or _ITSELF.fullmatch(who) is not None:
        return True
    named = set(re.findall(r"[^\W_]+", who.casefold().replace("’s", "").replace("'s", ""))) - _PLAIN
    return bool(named) and named <= set(re.findall(r"[^\W_]+", publisher.casefold()))


_REPORTS = _pattern(
    rf"\b(?:we|it|this\s\w+|the\s(?:{_REPORT}|paper|agency)|an?\s(?:\w+\s)?(?:{_REPORT})|our\s(?:\w+\s)?{_REPORT}|[A-Z]\w+)"
    rf"(?:\s(?:had|has|have|was|were|\w+ly|on\s\w+))*\s{_SAYING}\b"
)


def reports_again(text: str) -> bool:
    """Whether a sentence tells what was reported, instead of telling it: on Monday we said that …

    >>> reports_again("On Monday we said that the dam failed."), reports_again("The dam failed at nine.")
    (True, False)
    """
    return _REPORTS.search(text) is not None


def heading_of(text: str) -> Heading | None:
    """Whether a text begins as a correction or as a retraction does.

    >>> heading_of("Correction: the dam held."), heading_of("RETRACTION (Norda)"), heading_of("The dam")
    ('correction', 'retraction', None)
    """
    found = _HEADING.match(text[:80])
    return None if found is None else "retraction" if found["taken"] else "correction"
