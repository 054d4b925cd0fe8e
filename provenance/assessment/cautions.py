"""Cautions: what to be careful about, and what to do about it, one sentence and one advice a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from provenance.assessment.caveats import NO_OUTLETS, are_declared, withdrawn_as
from provenance.assessment.names import Names
from provenance.scales import listed, sentence

__all__ = ["ADVICE", "Noted", "careful_of"]


class Noted(Protocol):
    """What there has to be known of a caveat, or of a weakness, for it to be told."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def about(self) -> tuple[str, ...]: ...


_SENTENCES: Mapping[str, str] = {
    "approximate": "",
    "backwards": "{first} is entered as passing on what {rest} said: more likely it is the other way round.",
    "circular": "These rest on each other in a circle, so none of them is where it comes from: {who}.",
    "coarser-claim": (
        "{first} says what {rest} says, only more exactly, and nothing connects the two: what is said "
        "of the one does not count for the other."
    ),
    "denial-as-claim": (
        "{first} looks like the denial of {rest}, entered as a claim of its own: nothing connects the "
        "two, so each is weighed as if the other had not been said."
    ),
    "denial-of-negation": (
        "This is worded as a denial itself, and {who} is entered as denying it: check whether it is "
        "meant that it happened after all."
    ),
    "draft": "",
    "empty": "",
    "echo": "It is mentioned far more often than it has origins.",
    "future-date": "What {who} said is dated in the future.",
    "withdrawn-early": "By the dates, what {who} said was withdrawn before it was said.",
    "gate": "What {rest} said counts only if this is true: {first}.",
    "void-gate": "What {rest} said does not count, since this is false: {first}.",
    "hidden-by-default": "Nothing says that we have what {who} said: we take it to be known only through others.",
    "idle-gate": "The condition set on {who} touches nothing that is said.",
    "idle-interest": "The interest recorded for {who} touches nothing that they say.",
    "idle-silence": "The silence of {who} weighs nothing.",
    "impossible": "What is said cannot all be true under the certainties of the case.",
    "independence-assumed": (
        "The answer is this strong only if {who} are really independent of each other."
    ),
    "lookalike": "These may be one and the same, going by their words: {who}.",
    "many-voices": "",
    "misplaced-hedge": (
        "What {who} said is hedged in a place where no hedge is read: it counts as said outright."
    ),
    "no-commitment": "The words of {who} commit to nothing, so they weigh nothing.",
    "no-judged-evidence": "No source that is judged speaks on it: the number is where it started.",
    "one-outlet": "We have all of it from one outlet, {who}.",
    "outlet-as-witness": "We take {who} at their own word, though outlets mostly pass on what others say.",
    "prior-decides": "The evidence points away from the start and does not outweigh it.",
    "prior-not-stated": "",
    "rare-prior": "It is rare to begin with and no number of alternatives is stated, so each source counts for less than it might.",
    "refused": "This claim cannot be weighed.",
    "relay-before-original": "By the dates, {first} passed on what {rest} said before it was said.",
    "reporters-word": (
        "The wording of what {who} said is a reporter's word, such as “allegedly”: it says nothing of "
        "how sure anybody is, and changes nothing."
    ),
    "retracted": "What {who} said was withdrawn and has no weight.",
    "rival-claims": (
        "{who} look like different answers to one question, and nothing connects them: each is "
        "weighed as if the rest could be true beside it."
    ),
    "self-contradiction": "The same source said it and said the contrary: {first}.",
    "single-origin": "All that is said goes back to one origin, {who}.",
    "undated": "No date is known for what {who} said, so it counts from the start.",
    "unheard": "Nothing that we have bears on it.",
    "unjudged": (
        "Nobody has judged {who}: what they say weighs nothing, and the interval allows for what it "
        "could change."
    ),
    "unjudged-relay": "Nobody has judged {who}: little of what they pass on counts.",
    "unknown-lineage": "Nobody recorded whether these have it from one another: {who}.",
    "unused": "Nothing in the case uses {who}.",
}
"""One sentence for every kind of caveat and of weakness; `{who}` are the records it concerns.

Empty where the text of the caveat has a number that only its finder knows.
"""

ADVICE: Mapping[str, str] = {
    "approximate": "Take the number as a rough one, or leave out links that do not matter.",
    "backwards": "Let the paper cite the person who told it, and that person state the claim.",
    "circular": "Find out which of them had it first, or leave the citations out.",
    "coarser-claim": (
        'Link them: {"kind": "implies", "claim": …, "implies": …}, the more exact one first.'
    ),
    "denial-of-negation": (
        'Write "stance": "affirms" for those who repeat it; better, say in the claim what happened.'
    ),
    "draft": "Review the draft and confirm it.",
    "denial-as-claim": (
        'A denial is a stance: write the claim that it denies as its "claim", and "stance": "denies".'
    ),
    "echo": "Count origins, not mentions.",
    "empty": "State a claim, and who speaks on it.",
    "gate": "See to the condition first.",
    "void-gate": "Look for somebody who has it from elsewhere.",
    "future-date": "Check the date.",
    "withdrawn-early": "Check the two dates.",
    "hidden-by-default": "Name the document, or set in_hand.",
    "idle-gate": "Take the condition away, or name the right claim.",
    "idle-interest": "Name the claims that are meant, or take the interest away.",
    "idle-silence": "Take it away, or say on what the source would have spoken.",
    "impossible": "Look at the certainties: reliability 1, links of 0 or 1.",
    "independence-assumed": "Look for a common upstream before you rely on it.",
    "lookalike": "Give one thing one id.",
    "many-voices": "Find out whom the first of them had it from, and enter the others as its echoes.",
    "misplaced-hedge": (
        'Write the hedge as the "wording" of the statement; the claim says plainly what may have been.'
    ),
    "no-commitment": "Leave it out, or record what was said more exactly.",
    "no-judged-evidence": "Grade one of the sources.",
    "one-outlet": "Look for the same thing elsewhere: an error made there would be in all of it.",
    "outlet-as-witness": "Record whom the outlet has it from, or give a basis; give every outlet its kind.",
    "prior-decides": "State the prior with the reason for it: the answer rests on it.",
    "prior-not-stated": "Say how likely it is before anybody is heard, and why.",
    "rare-prior": "Say how many alternatives there are.",
    "refused": "Simplify the links between claims.",
    "relay-before-original": "Check the two dates.",
    "reporters-word": (
        "Leave it out; where the speaker says that others said so, record whom it is from."
    ),
    "retracted": "Say why it was withdrawn, where that is not on record.",
    "rival-claims": (
        "If only one of them can be true, make them answers of a question: "
        'an entry of "questions" that names them as its "claims", with "exhaustive": false where it '
        "may be none of them."
    ),
    "self-contradiction": "Check whether both are meant of the same thing.",
    "single-origin": "Look for a second source that has it from nobody here.",
    "undated": "Find out when it was said.",
    "unheard": "Find a source, or leave the claim out.",
    "unjudged": "Grade the source, if you can.",
    "unjudged-relay": "Grade how faithfully it passes on what others say.",
    "unknown-lineage": "Ask how they know, and record the basis.",
    "unused": "Take it out, or connect it.",
}
"""What to do about each kind of weakness, in one sentence."""


def careful_of(names: Names, caveat: Noted, claim: str | None = None) -> str:
    """A caveat as a sentence, with sources by their names and statements by whose they are.

    Args:
        claim: the claim that is told of anyway, which is then "it".

    >>> from provenance import load_seed
    >>> from provenance.graph import Graph
    >>> from provenance.assessment import Caveat
    >>> names = Names(Graph.of(load_seed("egypt-arms-2015")))
    >>> careful_of(names, Caveat("one-outlet", "all comes from one outlet, 'now'", ("now",)))
    'We have all of it from one outlet, NOW.'
    """
    template = _template(names, caveat)
    if not template:
        return sentence(caveat.text)
    # Of a weakness that names claims beside other records, those stand elsewhere.
    records = [name for name in caveat.about if name not in names.graph.texts]
    who = names.all(records or caveat.about)
    if caveat.about in ((), (claim,)):
        who = "it"
    elif caveat.kind == "rival-claims" and claim is not None:
        who = listed(["this", *map(names.claim, caveat.about[1:])], 4)
    first, rest = names.all(caveat.about[:1]), names.all(caveat.about[1:])
    return sentence(template.format(who=who, first=first, rest=rest))


def _template(names: Names, caveat: Noted) -> str:
    """The sentence of a kind, for what the case has on record of it."""
    kind, about = caveat.kind, caveat.about
    if kind == "single-origin" and len(about) > 1:
        return "All that is said goes back to {who}, who may be one voice."
    if kind == "one-outlet" and names.graph.kinds.get(about[0]) in NO_OUTLETS:
        return "We have all of it through {who} alone."
    if kind == "unknown-lineage" and are_declared(names.graph, about):
        return (
            "These may be one voice, and if they are not, nobody recorded how each of them knows: "
            "{who}."
        )
    if kind == "self-contradiction" and _is_disowned(names, about):
        return (
            "{first} disowns what is passed on as its word. That weighs as a denial of the claim, the "
            "more the less those are trusted who pass it on; of a post that may be forged say instead "
            "that it must be genuine (only_if)."
        )
    if kind == "misplaced-hedge" and about and about[0] in names.graph.texts:
        return "The claim itself is hedged: those who say it count as saying it outright."
    if kind == "retracted":
        return _SENTENCES[kind].replace("withdrawn", f"withdrawn{withdrawn_as(names.graph, about)}")
    if kind == "outlet-as-witness" and _kindless(names, about):
        return (
            "Going by the name, though no kind says so, {who} is an outlet entered as a witness: "
            "outlets mostly pass on what others say."
        )
    return _SENTENCES.get(kind, "")


def _is_disowned(names: Names, about: Sequence[str]) -> bool:
    """Whether the contrary of what a source is said to have said is that it never said so."""
    attribution_of = names.graph.attribution_of
    return any(attribution_of.get(name, name) in names.graph.disowning for name in about)


def _kindless(names: Names, statements: Sequence[str]) -> bool:
    """Whether nothing but its name tells that a source of some statements is an outlet."""
    speakers = (names.graph.speakers.get(name, name) for name in statements)
    return any(names.graph.kinds.get(each) == "other" for each in speakers)
