"""Whom or what a page itself calls fake: a doctored screenshot, a parody account, a hoax.

What such a one says nobody says. The page tells that it is going round, and is no witness of it.

| row | an example |
| --- | --- |
| it speaks | A fake screenshot of National Radio says that P; P, a parody account wrote |
| it is told | P, according to a fabricated press release; “P,” says a caption on a phoney photograph |
| where it stands | In a deepfake video, the mayor says that P |
| as what | As an April Fools' joke, the Herald wrote that P |
| label | Satire. P, her piano said |
| afterwards | Posts say that P. The account is a parody. |

The words for what is fake count only beside a word for what can speak, so that "a false alarm" and
"fake fur" say nothing of who speaks, and not as a name: "The Fake Gazette".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["can_speak", "fake_after", "fake_speaker", "is_labelled_fake"]

_LONGEST = 4_000  # characters of a sentence
_LONGEST_LABEL = 120  # characters

# What nobody can be by being named: these are of persons too.
_UNREAL = (
    r"(?:fakes?|faked|fictitious|fictional|phone?y|bogus|sham|spoof|parody|parodic|satiric(?:al)?|satire|comedy|mock|copycat|look-?alike"
    r"|deep-?fake[ds]?|hoax|prank|joke|made-up|imaginary|impost[eo]r|counterfeit"
    r"|(?:ai|computer|machine|bot)[\s-](?:generated|written|made|created)|synthetic)"
)
# What can be done to a text or to a picture.
_MADE = (
    r"(?:false|falsified|doctored|forged|fabricated|altered|manipulated|photo-?shopped|tampered|invented"
    r"|concocted|misattributed|cloned|spoofed|conspiracy|clickbait)"
)
_THING = (
    r"(?:screen-?shots?|screen-?grabs?|posts?|postings?|tweets?|messages?|videos?|clips?|footage|recordings?|tapes?|audios?"
    r"|images?|photo(?:graph)?s?|pictures?|memes?|letters?|memos?|memorand(?:um|a)|documents?|papers?|files?|e-?mails?"
    r"|(?:news|press|media)?\s?releases?|statements?|announcements?|bulletins?|reports?|articles?|stor(?:y|ies)|items?"
    r"|headlines?|front\spages?|pages?|covers?|newspapers?|magazines?|(?:web)?sites?|blogs?|portals?|channels?|forums?|outlets?"
    r"|shows?|sketch(?:es)?|programmes?|podcasts?|broadcasts?|accounts?|profiles?|handles?|quot(?:e|ation)s?|interviews?"
    r"|notices?|leaflets?|flyers?|posters?|signs?|captions?|graphics?|charts?|maps?|calls?|voices?|news|claims?|rumou?rs?"
    r"|transcripts?|certificates?|verdicts?|orders?|alerts?|texts?|columns?|pieces?|columnists?|comments?|columns?"
    r"|threads?|stud(?:y|ies)|invoices?|reviews?|dossiers?|theor(?:y|ies)|copy|copies|versions?)"
)
_PERSON = (
    r"(?:persons?|people|m[ae]n|wom[ae]n|users?|doctors?|nurses?|officers?|polic(?:eman|ewoman|e)|witness(?:es)?|ministers?"
    r"|mayors?|presidents?|reporters?|journalists?|experts?|officials?|spokes(?:man|woman|person|people)|agents?|bots?|agenc(?:y|ies)"
    r"|soldiers?|lawyers?|scientists?|professors?|engineers?|newsreaders?|anchors?|caller|callers|bankers?|companies|company)"
)
# What is fake by its noun alone.
_HEAD = (
    r"(?:hoax(?:es)?|spoofs?|parod(?:y|ies)|satires?|deep-?fakes?|forger(?:y|ies)|fakes?|pranks?|fabrications?|photomontages?"
    r"|impost[eo]rs?|impersonators?|pranksters?|hoaxers?|conspiracy\stheor(?:y|ies|ists?)|practical\sjokes?|april\sfools?)"
)
_THE = r"(?:an?|the|this|that|these|those|one|some|several|many|two|three|another|yet\sanother|its|his|her|their)"
# So plainly fake that whatever is called so and speaks is no witness, thing or person.
_PLAINLY = (
    r"(?:fakes?|faked|phone?y|bogus|sham|spoof|parody|satirical|deep-?fake[ds]?|hoax|prank|counterfeit|forged|doctored"
    r"|fabricated|falsified|photo-?shopped|(?:ai|computer|machine)[\s-](?:generated|written|made))"
)
_HOW = r"(?:(?:\w+(?:ly|ed|al)|new|old|crude|clever|popular|second|first|online|so-called|amateur),?\s(?:and\s|or\s)?){0,3}?"
_MORE = r"(?:[\w’'-]+\s){0,3}?"
# "fake police officer", and no name: "the Fake Gazette".
_MEDIUM = rf"{_HOW}(?:{_UNREAL}|{_MADE})\s{_MORE}{_THING}\b"
_ANY = (
    rf"(?:{_MEDIUM}|{_HOW}{_UNREAL}\s{_MORE}{_PERSON}\b|{_HOW}{_PLAINLY}\s[\w’'-]+"
    rf"|{_HOW}{_HEAD}(?=[\s,]+(?:of|by|from|on|about|in|that|which|shared|posted|circulating|spread|appear\w*|seem\w*"
    r"|now|also|then|\w+ly|\w+s|\w+ed|said|told|wrote|ha[sd]|have)\b|\W*\Z|\W*[.,;”\"]))"
)
_SAYS = (
    r"(?:sa(?:ys?|id|ying)|claim(?:s|ed|ing)?|stat(?:es?|ed|ing)|report(?:s|ed|ing)?|writes?|wrote|writing|announc(?:es?|ed|ing)"
    r"|tweet(?:s|ed|ing)?|post(?:s|ed|ing)|t(?:ells?|old|elling)|show(?:s|ed|ing)?|declar(?:es?|ed|ing)|insist(?:s|ed|ing)?"
    r"|assert(?:s|ed|ing)?|alleg(?:es?|ed|ing)|admit(?:s|ted|ting)?|confirm(?:s|ed|ing)?|suggest(?:s|ed|ing)?|add(?:s|ed)"
    r"|publish(?:es|ed|ing)?|broadcast(?:s|ing)?|reads?|reading|reveal(?:s|ed|ing)?|warn(?:s|ed|ing)?|impl(?:y|ies|ied)"
    r"|quot(?:es?|ed|ing)|appear(?:s|ed)?\sto|seem(?:s|ed)?\sto|purport(?:s|ed)?|depict(?:s|ed|ing)?|complain(?:s|ed)?)"
)
# "a video generated by AI", "a man posing as an engineer".
_BY_WHAT_FOLLOWS = (
    rf"(?:{_THING}|{_PERSON}|some(?:body|one)|callers?)(?:\s[\w’'-]+){{0,4}}?,?\s(?:(?:that|which|who)\s)?"
    rf"(?:(?:is|was|were)\s(?:an?\s)?(?:\w+ly\s)?(?:{_UNREAL}|{_MADE})(?=,|\s{_SAYS})"
    r"|(?:(?:is|was|were|had\sbeen|has\sbeen|had|ha[sd])\s)?(?:\w+ly\s)?(?:(?:generated|made|created|produced|written|cloned)\s"
    r"(?:by|with|using)\s(?:an?\s|the\s)?(?:ai|artificial\sintelligence|chatbot|language\smodel|deep-?fake\w*)"
    r"|(?:doctored|photo-?shopped|faked|forged|fabricated|falsified|manipulated|digitally\saltered|tampered\swith)"
    rf"(?=,|\s(?:by|with|to|in|using|from|{_SAYS})\b))"
    r"|impersonat(?:ing|es?|ed)|pos(?:ing|es|ed)\sas|pretend(?:ing|s|ed)?\sto|purporting\sto|masquerading\sas)\b"
)
# A copy of what is fake is no better than it: "a screenshot of a forged letter".
_COPY = (
    r"(?:(?:screen-?shots?|screen-?grabs?|posts?|tweets?|messages?|videos?|clips?|recordings?|images?|photo(?:graph)?s?|pictures?"
    r"|cop(?:y|ies)|scans?|captions?|comments?|excerpts?|memes?|lines?|words?|entr(?:y|ies)|notices?|links?|items?|quot(?:e|ation)s?)"
    r"\s(?:of|from|on|in|by|to|under|at|with)\s(?:(?:an?|the|this)\s)?)"
)
_BETWEEN = r"[^,;:.!?\n]{0,80}?(?:,[^,;:.!?\n]{0,80},)?[^,;:.!?\n]{0,60}?"
_NEW_CLAUSE = re.compile(r"\b(?:and|but|while|when|after|before|because|until|as|since)\s", re.I)
_STARTS = (
    r"(?:(?:\A|[;:—–“”\"\n,])[\s“”\"’‘]*(?:(?:that|but|now|yesterday|today|meanwhile|then)\s)?)"
)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_SPEAKS = _pattern(
    rf"{_STARTS}(?:{_THE}\s)?{_COPY}?(?P<what>{_ANY}|{_BY_WHAT_FOLLOWS})"
    rf"(?P<between>{_BETWEEN})(?:(?<!\bwas)(?<!\bwere)(?<!\bbeen)(?<!\bis)(?<!\bare)(?<!\bto)\s(?P<says>{_SAYS})|\sthat)\b"
)
_TOLD = _pattern(
    rf"(?:\baccording\sto|\bbeliev(?:es?|ing)|[,”\"’]\s(?:says?|said|writes?|wrote|claim(?:s|ed)|announced|reports?|reported(?:\sby)?))"
    rf"\s(?:{_THE}\s)?{_COPY}?(?:{_THE}\s)?(?P<what>{_ANY}|{_BY_WHAT_FOLLOWS})"
)
_STANDS = _pattern(
    rf"\b(?:in|on|from|via|through|citing|quoting)\s(?:an?|the|this|that)\s{_COPY}?(?P<what>{_MEDIUM}|deep-?fake|spoof|forgery)\b"
)
# "thousands shared a phoney alert that said"
_WHICH_SAYS = _pattern(
    rf"\b(?P<what>{_HOW}(?:{_UNREAL}|{_MADE})\s{_MORE}{_THING}|{_HEAD})\s(?:(?:that|which)\s(?:\w+ly\s)?{_SAYS}"
    r"|saying|claiming|stating|reading|showing|alleging|announcing|reporting|according\sto\swhich|(?:in|by)\swhich)\b"
)
_AS_WHAT = _pattern(
    r"\b(?P<what>as\s(?:(?:an?|part\sof\san?|the)\s)?(?:(?:april\sfools?[’']?s?|practical|elaborate|cruel|silly)\s){0,2}"
    r"(?:joke|prank|hoax|parody|spoof|satire)s?|in\sjest|jokingly|tongue\sin\scheek)\b"
)
# "The account is a parody", after what it says.
_SAID_AFTER = _pattern(
    r"(?:\b(?:the|this|that|its|both|these|those|all)\s(?:\w+\s){0,2}?(?:screen-?shots?|posts?|tweets?|messages?|videos?|clips?|recordings?"
    r"|images?|photo(?:graph)?s?|pictures?|memes?|accounts?|profiles?|(?:web)?sites?|pages?|blogs?|channels?|quot(?:e|ation)s?|calls?|letters?"
    r"|articles?|stor(?:y|ies)|announcements?)|\A\W*(?:it|this|that))\s(?:(?:is|was|are|were|had\sbeen|ha[sd]\sbeen|turn(?:s|ed)\sout\sto\sbe"
    r"|(?:call|describe)(?:s|ed|d)?\s(?:itself|themselves)(?:\sas)?)\s(?:(?:\w+ly|in\sfact|of\scourse|itself|labelled|marked|known|meant|as)\s)*)"
    rf"(?P<what>(?:an?\s)?(?:{_UNREAL}|{_HEAD}|satire|doctored|forged|fabricated|falsified|manipulated|photo-?shopped|invented|misattributed"
    r"|(?:made|generated|created|produced)\s(?:by|with|using)\s(?:ai|artificial\sintelligence)))\b"
)
_SPEAKING = _pattern(rf"{_THING}|{_HEAD}")
_NAME = re.compile(r"[A-Z][a-z]")
_LABEL = _pattern(
    r"\A\W*(?:(?:this|that|it|the\sfollowing)\s(?:article\s|post\s|page\s|story\s)?(?:is|was)\s(?:all\s|only\s|just\s|pure\s)?)?"
    r"(?:an?\s)?(?:satire|satirical|parody|spoof|joke|humou?r|prank|fiction|hoax"
    r"|fake|deep-?fake|ai[\s-]generated|april\sfools?(?:[’']s?)?(?:\s(?:day|joke))?)(?:\s(?:news|article|post|page|story|piece))?"
    r"\s?(?:[:.!\])|\n—–]|-\s|\Z)"
)
_LABEL_AT_END = _pattern(
    r"(?:[(\[#]\s?(?:satire|parody|spoof|joke)|\bthis\s(?:\w+\s)?(?:is|was)\s(?:an?\s)?(?:satire|satirical|parody|spoof|joke"
    r"|work\sof\s(?:satire|fiction)))\W*\Z"
)


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether the words for what is fake are part of a name: "the Fake Gazette", not "An AI video"."""
    start = found.start("what")
    first = _NAME.match(text, start)
    if first is None:
        return False
    is_first = not text[:start].strip(" “”\"'‘’")
    return not is_first or all(_NAME.match(each) for each in found["what"].split()[:2])


def fake_speaker(text: str, hits: Sequence[int]) -> tuple[int, int] | None:
    """Where a sentence calls fake who or what says the claim in it; nowhere where it does not.

    Args:
        text: the sentence.
        hits: where the words of the claim stand in it.

    >>> text = "A doctored screenshot says that the dam failed."
    >>> found = fake_speaker(text, [text.index("dam"), text.index("failed")])
    >>> text[slice(*found)]
    'doctored screenshot'
    >>> text = "After a false alarm the dam failed, the mayor said."
    >>> fake_speaker(text, [text.index("dam"), text.index("failed")]) is None
    True
    """
    text = text[:_LONGEST]
    for found in _SPEAKS.finditer(text):
        end = found.start("says") if found["says"] else found.end()
        inside = sum(at >= end for at in hits), sum(at < found.start("what") for at in hits)
        if 2 * max(inside) < len(hits) or _NEW_CLAUSE.search(found["between"]) is not None:
            continue
        if not _is_name(text, found):
            return found.span("what")
    for pattern in (_WHICH_SAYS, _TOLD, _STANDS, _AS_WHAT):
        for found in pattern.finditer(text):
            is_beside = found.end() <= hits[0] or found.start() >= hits[-1]
            if pattern is _WHICH_SAYS:
                is_beside = 2 * sum(at >= found.end() for at in hits) >= len(hits)
            if is_beside and (pattern is _AS_WHAT or not _is_name(text, found)):
                return found.span("what")
    return None


def can_speak(word: str) -> bool:
    """Whether a word is one for a text, a picture or the like, which says something.

    >>> can_speak("screenshots"), can_speak("fur")
    (True, False)
    """
    return _SPEAKING.fullmatch(word) is not None


def fake_after(text: str) -> tuple[int, int] | None:
    """Where a sentence calls fake what was told before it; nowhere where it does not.

    >>> text = "The account is a parody."
    >>> text[slice(*fake_after(text))]
    'a parody'
    >>> fake_after("The account is no parody.") is None
    True
    """
    found = _SAID_AFTER.search(text[:_LONGEST])
    return None if found is None else found.span("what")


def is_labelled_fake(text: str) -> bool:
    """Whether a text is labelled as no report: it opens with "Satire." or ends with "This is a parody.".

    >>> is_labelled_fake("Satire. The dam failed."), is_labelled_fake("No joke: the dam failed.")
    (True, False)
    """
    text = text.strip()
    return (
        _LABEL.match(text[:_LONGEST_LABEL]) is not None
        or _LABEL_AT_END.search(text[-_LONGEST_LABEL:]) is not None
    )
