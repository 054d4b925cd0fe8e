"""Telling: what an assessment says, in sentences for a reader, an analyst or a program.

Answer first, in words, with the number beside it; then why, with the source that matters most and
what the answer would be without it; then how few origins there are; what to be careful about; and
what to find out next. People and outlets go by their names, claims by their texts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, Protocol

import attrs

from provenance.assessment.cautions import careful_of
from provenance.assessment.names import Names, doubt_in_words, said_of, unweighed_of
from provenance.assessment.upstream import Upstream
from provenance.assessment.values import (
    AtPrior,
    Caveat,
    Confidence,
    Credibility,
    Doubt,
    Fact,
    Interval,
    Reason,
    StatementWeight,
)
from provenance.components import Groups
from provenance.graph import Graph, Lineage, Origin, Story, Why
from provenance.inference import Answer, log_odds
from provenance.records import Attribution
from provenance.scales import (
    chance_in_words,
    counted,
    listed,
    number_in_words,
    percent,
    quoted,
    scale,
    sentence,
    span_in_words,
)

__all__ = [
    "Answered",
    "Audience",
    "Telling",
    "is_established",
    "telling_of",
    "verdict_of",
    "verdict_word",
]

Audience = Literal["reader", "analyst", "machine"]
"""Whom it is told: a reader has sentences and no bits; an analyst the weights and the doubts as
well; a program finds the id behind every name in square brackets."""


class Answered(Protocol):
    """What must be known of an answer before it can be told; an `Assessment` has all of it."""

    @property
    def claim(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def probability(self) -> float: ...
    @property
    def interval(self) -> Interval: ...
    @property
    def prior(self) -> float: ...
    @property
    def prior_stated(self) -> bool: ...
    @property
    def bits(self) -> float | None: ...
    @property
    def reasons(self) -> tuple[Reason, ...]: ...
    @property
    def statements(self) -> tuple[StatementWeight, ...]: ...
    @property
    def doubts(self) -> tuple[Doubt, ...]: ...
    @property
    def potentials(self) -> Mapping[str, float]: ...
    @property
    def caveats(self) -> tuple[Caveat, ...]: ...
    @property
    def confidence(self) -> Confidence: ...
    @property
    def credibility(self) -> Credibility: ...
    @property
    def lineage(self) -> Lineage: ...
    @property
    def established_origins(self) -> int: ...
    @property
    def at_priors(self) -> tuple[AtPrior, ...]: ...
    @property
    def if_one_voice(self) -> float: ...
    @property
    def if_independent(self) -> float: ...
    @property
    def graph(self) -> Graph: ...
    @property
    def answer(self) -> Answer: ...


@attrs.frozen
class Telling:
    """What an assessment says, sentence by sentence, in the order in which they are read."""

    claim: str
    """The claim in quotation marks: what is asked is no statement of ours."""
    headline: str
    """The verdict in words, with its number, its interval and its confidence; of a claim that turned
    out first that, which the number leaves out."""
    because: str
    """The source that matters most, and what the answer would be without it; where nobody stated a
    prior, what it would be from others."""
    origins: str
    """How many origins there are, at least and at most, and who may be repeating whom."""
    careful: tuple[str, ...]
    """What to be careful about, the reason for the confidence first."""
    next: str
    """What would move it most; empty where nothing in the case is uncertain."""
    details: tuple[str, ...] = ()
    """For an analyst: the prior, the weights in bits, the doubts."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {**attrs.asdict(self), "careful": list(self.careful), "details": list(self.details)}

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.claim
        yield ""
        yield from (self.headline, self.because, self.origins)
        if self.careful:
            yield from ("", "Be careful:", *(f"  - {each}" for each in self.careful))
        if self.next:
            yield from ("", f"Next: {self.next}")
        if self.details:
            yield from ("", *self.details)


def telling_of(
    answered: Answered, audience: Audience = "reader", names: Names | None = None
) -> Telling:
    """What an assessment says, for one of three audiences.

    Args:
        answered: the assessment.
        audience: whom it is told.
        names: what to call sources and claims; by default as the case does.

    >>> from provenance import load_seed, weigh
    >>> telling_of(weigh(load_seed("egypt-arms-2015"), "armed")).headline
    'Not established: about 1 in 6 (90 % interval 2 % to 41 %), low confidence.'
    """
    teller = _Teller(answered, names or Names(answered.graph, with_ids=audience == "machine"))
    everything = audience != "reader"
    return Telling(
        claim=quoted(answered.text, 400),
        headline=f"{_found_out(answered)}{verdict_of(answered)}",
        because=" ".join(filter(None, (teller.because(), teller.elsewhere()))),
        origins=teller.origins(),
        careful=tuple(teller.careful(everything=everything)),
        next=teller.next(),
        details=tuple(teller.details()) if audience == "analyst" else (),
    )


# The verdict: not established before any word of a scale, where it is the prior that decides.


def is_established(answered: Answered) -> bool:
    """Whether the answer rests on the evidence; false where the prior decides it.

    The prior decides where nobody who is judged speaks, where all the evidence weighs less than one bit,
    and where it points away from the prior and weighs less than the prior does.
    """
    bits, prior = answered.bits, answered.prior
    if answered.credibility == "6":
        return False
    if bits is None or not 0.0 < prior < 1.0:
        return True
    # Rounding noise in a difference of logarithms must not decide between two words.
    weight, start = round(bits, 9), round(math.log2(prior / (1.0 - prior)), 9)
    if abs(weight) < 1.0:
        return False
    return weight * start >= 0.0 or abs(weight) >= abs(start)


def verdict_of(answered: Answered) -> str:
    """The verdict in words, with its number, its interval and its confidence."""
    p, level = answered.probability, answered.confidence.level
    span = span_in_words(answered.interval.low, answered.interval.high)
    behind = f"(90 % interval {span}), {level} confidence."
    if _is_certain(answered):
        return f"{verdict_word(answered)}, if the case is right in what it takes for certain."
    word = verdict_word(answered)
    if word in _NEARLY:
        chance = "over 999 in 1,000" if p > 0.5 else "under 1 in 1,000"
        return f"{word}: {chance} {behind[:-1]}{_condition(answered)}."
    return f"{word}: {_chance(p, answered.interval)} {behind}"


_NEARLY = ("Nearly certain", "Nearly ruled out")


def _found_out(answered: Answered) -> str:
    """How the claim itself turned out, as far as the case is seen; the verdict leaves that out."""
    graph, claim = answered.graph, answered.claim
    known = dict(graph.story(claim).resolved)
    if graph.place(claim) not in known:
        return ""
    (how,) = (each.resolved for each in graph.case.claims if each.id == claim)
    by = "" if how is None or how.by is None else f", by {quoted(how.by)}"
    on = "" if how is None or how.on is None else f" on {how.on}"
    turned_out = "true" if known[graph.place(claim)] else "false"
    return f"It turned out to be {turned_out}{on}{by}. By what was said alone: "


def verdict_word(answered: Answered) -> str:
    """The verdict in a word or two: not established, or a word of ICD 203 where it is.

    >>> from provenance import load_seed, weigh
    >>> verdict_word(weigh(load_seed("egypt-arms-2015"), "armed"))
    'Not established'
    """
    p = answered.probability
    if _is_certain(answered):
        return "True" if p else "False"
    if not is_established(answered):
        return "Not established"
    if not 0.001 <= p <= 0.999:
        return _NEARLY[p < 0.5]
    if chance_in_words(p) == "about even":
        return "Undecided"
    # Beyond the ends of the scale its last word, on a line between two the less sure one.
    found = scale("icd203").term_for(min(max(p, 0.01), 0.99))
    word = min(found, key=lambda term: abs(term.span.low - 0.5) if term.span else 1.0).label
    return word[:1].upper() + word[1:]


def _is_certain(answered: Answered) -> bool:
    """Whether the case leaves no doubt; many witnesses alone only come too near to tell from it."""
    settled = answered.bits is None or answered.prior in (0.0, 1.0)
    return settled and answered.probability in (0.0, 1.0)


def _chance(p: float, interval: Interval) -> str:
    """A chance that can be pictured, or a percentage where every such chance is too coarse."""
    words = chance_in_words(p)
    found = re.fullmatch(r"about (\d+) in (\d+)", words)
    if found is None or int(found[1]) / int(found[2]) in interval:
        return words
    return percent(p)


def _condition(answered: Answered) -> str:
    """On what near certainty rests: that the origins on its side are as many as they seem."""
    count, side = _behind(answered), "for" if answered.probability > 0.5 else "against"
    if count < 2:
        return f", if the case is right about the one origin {side} it" if count else ""
    return f", if the {counted(count, 'origin')} {side} it are really independent"


def _behind(answered: Answered) -> int:
    """How many origins there are at most on the side that the answer takes."""
    lineage, likely = answered.lineage, answered.probability > 0.5
    return lineage.independent_origins if likely else lineage.opposing_origins


# Why, from how many, what to be careful about, and what next.

_TOLD = frozenset(
    (
        "echo",
        "no-judged-evidence",
        "one-outlet",
        "prior-decides",
        "single-origin",
        "unknown-lineage",
    )
)
"""Caveats that the other sentences tell already."""
_THE_SAME = "without that, much the same"
_SMALL = 0.005
"""Bits that nobody would notice."""
_MOST_TURNED_OUT = 4
"""How many claims that turned out are named."""


@attrs.frozen
class _Teller:
    """Says the parts of one answer."""

    it: Answered
    names: Names

    @property
    def story(self) -> Story:
        return self.it.answer.evaluation.story

    @property
    def upstream(self) -> Upstream:
        """Where those who say it had it from, as far as that is not recorded."""
        it = self.it
        return Upstream(it.answer, it.lineage, self.names, it.if_one_voice, it.if_independent)

    @property
    def start(self) -> str:
        """Where the case starts, before anybody is heard."""
        given = "gives it" if self.it.prior_stated else "leaves it at"
        return f"the case {given} {percent(self.it.prior)} before anybody is heard"

    # -- why ----------------------------------------------------------------

    def because(self) -> str:
        bits = self.it.bits
        if self.it.credibility == "6":
            who = (
                "Nobody whose word counts speaks on" if self._unweighed_why else "Nobody speaks on"
            )
            if self.story.statements:
                who = "Nobody who is judged speaks on"
            if any(each.is_judged for each in self.it.lineage.origins) and bits:
                moved = percent(self.it.probability)
                return (
                    "All that is said has come through somebody who is not judged: "
                    f"{self.start}, and what is left of it makes that {moved}."
                )
            return f"{who} it: {self.start}, and that stands."
        if not self.it.reasons:
            return (
                f"Nobody speaks on it, but claims that it is linked with are settled: {self.start}."
            )
        top = self.it.reasons[0]
        if bits is None and self._is_settled_unheard():
            return f"It is settled by what turned out: {self._turned_out()}."
        if bits is None or top.bits is None:
            return f"It is settled: {self._did(top)}."
        if _is_certain(self.it):
            return f"Nothing that is said moves it: {self.start}."
        if max(abs(bits), abs(top.bits)) < _SMALL:
            return sentence(f"What is said hardly moves it: {self.start}")
        if abs(bits) < 1.0 and self._cancels(bits):
            return (
                "What is said for it and what is said against it cancel out, so that it stays about "
                f"where it starts: {self.start}. What weighs most is that {self._did(top)}: {self._without(top)}."
            )
        if abs(bits) < 1.0:
            return f"{self._mostly_prior(top)}{self._silent_against(top)}"
        if bits * top.bits < 0.0:
            return (
                f"What weighs most is that {self._did(top)}, but the others together outweigh "
                f"it: {self._without(top)}."
            )
        because = f"Mostly because {self._did(top)}: {self._without(top)}."
        if self._without(top) == _THE_SAME or abs(top.bits) < abs(bits) / 3.0:
            because = (
                "No one source decides it. "
                f"What weighs most is that {self._did(top)}: {self._without(top)}."
            )
        if not is_established(self.it):
            return f"{because} Still, all that is said does not outweigh the start: {self.start}."
        return because

    def _is_settled_unheard(self) -> bool:
        """Whether the claims of its story that turned out leave no doubt, whatever anybody said."""
        if not self.story.resolved:
            return False
        unheard = self.story.without(range(len(self.story.statements)))
        odds = log_odds(unheard, self.it.answer.place)
        return odds is not None and math.isinf(odds)

    def _turned_out(self) -> str:
        """How the claims of its story turned out that are known."""
        found = []
        for each, holds in self.story.resolved[:_MOST_TURNED_OUT]:
            claim = self.story.questions[each.question].values[each.value]
            found.append(f"{self.names.claim(str(claim))} is {'true' if holds else 'false'}")
        return listed(found)

    def elsewhere(self) -> str:
        """Where it starts, and what it would be from elsewhere, where nobody stated a prior."""
        told = [
            f"from {percent(each.prior)} it would be {percent(each.probability)}"
            for each in self.it.at_priors
        ]
        if not told:
            return ""
        return (
            f"It starts at {percent(self.it.prior)}, since no prior is stated; {', '.join(told)}."
        )

    def _mostly_prior(self, top: Reason) -> str:
        moved = percent(self.it.probability)
        now = "leaves it there" if moved == percent(self.it.prior) else f"makes that {moved}"
        return (
            f"Mostly the starting point: {self.start}, and all that is said {now}. "
            f"What weighs most is that {self._did(top)}: {self._without(top)}."
        )

    def _cancels(self, bits: float) -> bool:
        """Whether what is said for it and against it leaves it where it was: each weighs much more."""
        spoken = [
            each.bits
            for each in self.it.reasons
            if each.bits is not None and not self._silent(each)
        ]
        least = min(
            math.fsum(each for each in spoken if each > 0.0),
            -math.fsum(each for each in spoken if each < 0.0),
        )
        moved = abs(self.it.probability - self.it.prior)
        return least >= 1.0 and abs(bits) <= least / 2.0 and moved < 0.05

    def _silent(self, reason: Reason) -> bool:
        """Whether what an origin did is that it said nothing."""
        known = {each.id: each for each in self.story.statements}
        return any(known[name].silence for name in reason.statements)

    def _silent_against(self, top: Reason) -> str:
        """The silence that takes back most of what weighs most."""
        assert top.bits is not None
        for each in self.it.reasons:
            bits = each.bits or 0.0
            if self._silent(each) and abs(bits) >= 1.0 and bits * top.bits < 0.0:
                return f" {'For' if bits > 0.0 else 'Against'} it counts that {self._did(each)}."
        return ""

    def _without(self, reason: Reason) -> str:
        """What the answer would be without an origin; its weight says so exactly."""
        p, prior, bits = self.it.probability, self.it.prior, self.it.bits
        # Else it settles the answer, and that is said instead.
        assert bits is not None
        assert reason.bits is not None
        odds = math.log2(prior / (1.0 - prior)) + bits - reason.bits
        # Rounded, very likely would be certain.
        rest = min(1.0 / (1.0 + 2.0 ** min(-odds, 1000.0)), 1.0 - 2.0**-53)
        if chance_in_words(rest) != chance_in_words(p):
            return f"without that, {chance_in_words(rest)}"
        if percent(rest) != percent(p):
            return f"without that, {percent(rest)}"
        return _THE_SAME

    def _did(self, reason: Reason) -> str:
        """What an origin did, as a clause: "MSF denied it"."""
        who = listed([self.names.source(each) for each in reason.sources])
        if len(reason.sources) > 1:
            who += ", who may be one voice,"
        known = {each.id: each for each in self.story.statements}
        said = [said_of(self.story, known[name]) for name in reason.statements]
        if self._silent(reason):
            return f"{who} said nothing, though expected to speak"
        own = frozenset(denied for claim, denied in said if claim == self.it.claim)
        if own:
            did = {frozenset({False}): "said so", frozenset({True}): "denied it"}
            bits = reason.bits or 0.0
            hedged = self._hedge(reason, self.it.claim)
            # What may be a copy of others can take more from them than it adds.
            turned = len(own) == 1 and (bits > 0.0 if True in own else bits < 0.0)
            side = "for" if bits > 0.0 else "against"
            counts = f", which here counts {side} it" if turned else ""
            both = "both said so and denied it"
            graph = self.names.graph
            if any(
                graph.attribution_of.get(name, name) in graph.disowning
                for name in reason.statements
            ):
                both = "disowned what is passed on as its word"
            return f"{who} {did.get(own, both)}{hedged}{counts}"
        others = dict.fromkeys(said)
        (claim, denied), *rest = sorted(others, key=lambda each: -self._heard_of(reason, each[0]))
        side = "against" if (reason.bits or 0.0) < 0.0 else "for"
        verb = "denied" if denied else "affirmed"
        more = ", among other things" if rest else ""
        about = f"{self.names.claim(claim)}{self._hedge(reason, claim)}"
        return f"{who} {verb} {about}{more}, which counts {side} it"

    def _hedge(self, reason: Reason, claim: str) -> str:
        """How an origin hedged what it said of a claim, where it said it nowhere flatly."""
        known = {each.id: each for each in self.story.statements}
        spoken: dict[int, bool] = {}
        for each in (known[name] for name in reason.statements):
            about, denied = said_of(self.story, each)
            if about == claim:
                names = {each.id, *each.merged} & self.names.graph.written.keys()
                spoken.update((self.names.graph.written[name], denied) for name in names)
        attributions = self.names.case.attributions
        hedges = dict.fromkeys(
            _worded(attributions[position], denied=spoken[position]) for position in sorted(spoken)
        )
        return "" if "" in hedges or not hedges else f" ({listed([*hedges])})"

    def _heard_of(self, reason: Reason, claim: str) -> float:
        """How much what is in hand of a source on one claim weighs, to name the heaviest first."""
        weights = {each.attribution: each.bits for each in self.it.statements}
        sources = set(reason.sources)
        return math.fsum(
            abs(weights.get(each.id) or 0.0)
            for index, each in enumerate(self.story.statements)
            if said_of(self.story, each)[0] == claim
            and self.story.witnesses[self.story.statements[self._origin(index)].witness].id
            in sources
        )

    def _origin(self, index: int) -> int:
        while (cited := self.story.statements[index].cites) is not None:
            index = cited
        return index

    # -- from how many ------------------------------------------------------

    def origins(self) -> str:
        lineage = self.it.lineage
        judged = [each for each in lineage.origins if each.is_judged]
        if not self.story.statements:
            why = self._unweighed_why
            return f"No origin counts{self._unweighed()}." if why else "No origin is on record."
        if not lineage.origins:
            if any(each.silence for each in self.story.statements):
                return "Nobody speaks on it; what counts is who said nothing."
            return "Nobody speaks on the claim itself; what is said bears on it through links."
        elsewhere = self._is_said_of_others
        speak = "count" if elsewhere else "speak"
        found: list[str] = []
        for side, origins in (
            ("for", [each for each in judged if each.supports]),
            ("against", [each for each in judged if each.opposes]),
        ):
            most = len({each.group for each in origins})
            if most:
                verb = "" if found else f" {speak}s" if most == 1 else f" {speak}"
                found.append(f"{_count(self._at_least(origins), most)}{verb} {side} it")
        unjudged = len({each.group for each in lineage.origins if not each.is_judged})
        if found and unjudged:
            who = f"{number_in_words(unjudged)} more {'is' if unjudged == 1 else 'are'} not judged"
            found.append(who)
        mentions = len(lineage.mentions)
        heard = f"{'they are' if elsewhere else self._mentioned} mentioned {_times(mentions)}"
        if lineage.one_outlet is not None and mentions > 1:
            each = "both times" if mentions == 2 else "all"
            heard += f", {each} through {self.names.source(lineage.one_outlet)}"
        first = f"{listed(found) or 'no origin of it is judged'}; {heard}{self._unweighed()}"
        if elsewhere:
            first = f"nobody speaks on it itself; by what is said of the other answers, {first}"
        first = sentence(first)
        return " ".join(filter(None, (first, self.upstream.told())))

    @property
    def _mentioned(self) -> str:
        """What the mentions are of: the claim, or what bears on it as well."""
        graph, story, counted = self.names.graph, self.story, {*self.it.lineage.mentions}
        about = {
            said_of(story, each)
            for each in story.statements
            if any(graph.attribution_of[name] in counted for name in each.merged)
        }
        others = {claim for claim, _ in about} - {self.it.claim}
        if not others:
            return "it is"
        rivals = story.questions[graph.place(self.it.claim).question].values
        return (
            "it and the other answers are" if others <= {*rivals} else "it and what bears on it are"
        )

    @property
    def _is_said_of_others(self) -> bool:
        """Whether all that is said is about other claims, and some of it about rival answers."""
        said = [self.story.statements[each.statement] for each in self.it.lineage.origins]
        about = {said_of(self.story, each)[0] for each in said}
        if self.it.claim in about:
            return False
        return any(self.it.claim in self.story.questions[each.question].values for each in said)

    def _at_least(self, origins: Sequence[Origin]) -> int:
        """How many groups some origins are if all who may have it from one another are one voice.

        This is the case of which `if_one_voice` is the answer (model 2.9): of a line only one voice
        is left, and what a declaration says of the others stands. Where nobody stands in a line, it
        is how many have their independence on record.
        """
        if not self.upstream.lines:
            return max(1, len({each.group for each in origins if each.lineage_known}))
        groups = Groups(len(self.story.statements))
        for each in origins:
            groups.join(each.statement, each.group)
        known = {each.statement for each in origins}
        for line in self.upstream.lines:
            free = [
                i for i in line.statements if i in known and self.story.statements[i].voice is None
            ]
            for one, other in pairwise(free):
                groups.join(one, other)
        return len({groups.lowest(each.statement) for each in origins})

    @property
    def _unweighed_why(self) -> Mapping[str, Why]:
        return unweighed_of(self.names.graph, self.it.lineage)

    def _unweighed(self) -> str:
        """What is said besides and has no weight, so that all counts agree."""
        why, mentions = self._unweighed_why, self.it.lineage.mentions
        if not why:
            return ""
        if len(why) == 1:
            ((name, reason),) = why.items()
            by = f"by {self.names.speaker(name)} without weight: {reason.sentence}"
            return f", and once more {by}" if mentions else f"; it is mentioned once, {by}"
        times = _times(len(why))
        return (
            f", and {times} more without weight"
            if mentions
            else f"; it is mentioned {times} without weight"
        )

    # -- careful ------------------------------------------------------------

    def careful(self, *, everything: bool) -> Iterator[str]:
        limits = self.it.confidence.limits
        if limits and self.it.credibility != "6":
            because = listed([_limit(each) for each in limits[:3]])
            yield sentence(f"confidence is {self.it.confidence.level} because {because}")
        told = _TOLD
        if verdict_word(self.it) in _NEARLY:
            told |= {"independence-assumed"}
        if self.it.at_priors or self.it.credibility == "6":
            told |= {"prior-not-stated"}
        if self.names.graph.as_of is None:
            told |= {"undated"}  # nothing is left out for its date
        if len(self._unweighed_why) == 1:
            told |= {"retracted"}  # and told among the mentions
        alike = Counter(
            careful_of(self.names, each, self.it.claim)
            for each in self.it.caveats
            if everything or each.kind not in told
        )
        for words, count in alike.items():
            yield words if count == 1 else f"{words.removesuffix('.')} ({_times(count)})."

    # -- next ---------------------------------------------------------------

    def next(self) -> str:
        """What would move it most, as far as the answer itself tells."""
        p = self.it.probability
        moved = {source: abs(other - p) for source, other in self.it.potentials.items()}
        source = max(moved, key=lambda each: (moved[each], each), default="")
        if moved.get(source, 0.0) >= 0.05:
            then = chance_in_words(self.it.potentials[source])
            if then == chance_in_words(p):
                then = percent(self.it.potentials[source])
            who = self.names.source(source)
            return sentence(f"have {who} judged: with a grade of C the answer would be {then}")
        if not self.story.statements:
            whom = "has it from nobody here" if self._unweighed_why else "speaks on it"
            return f"Find a source that {whom}."
        count = _behind(self.it)
        if verdict_word(self.it) in _NEARLY and count > 1:
            likely = self.it.probability > 0.5
            sides = ((each.source, each.supports, each.opposes) for each in self.it.lineage.origins)
            asked = dict.fromkeys(name for name, pro, con in sides if (pro if likely else con))
            few = len(asked) <= 4
            whom = self.names.sources(asked) if few else f"the {counted(count, 'origin')}"
            return (
                f"Find out whether any of {whom} has it from another: the answer is this strong "
                "only if none has."
            )
        if not self.it.doubts:
            return ""
        top = self.it.doubts[0]
        share = "all" if top.share >= 0.995 else percent(top.share)
        if not is_established(self.it) and abs(self.it.bits or 0.0) < 1.0:
            doubt = ""
            if top.about.startswith("prior:") and top.share >= 0.5:
                about = doubt_in_words(self.names, top.about, self.it.claim)
                doubt = f"; {share} of the width of the interval comes from doubt about {about}"
            return f"Find a source that has it from nobody here{doubt}."
        doubt = doubt_in_words(self.names, top.about, self.it.claim)
        about = "" if doubt.startswith(("whether ", "how ")) else "more about "
        aim = f"to narrow the interval, find out {about}{doubt}"
        return sentence(f"{aim}: {share} of its width comes from that")

    # -- details ------------------------------------------------------------

    def details(self) -> Iterator[str]:
        it = self.it
        stated = "stated" if it.prior_stated else "not stated"
        bits = "decides" if it.bits is None else f"{_signed(it.bits)} bits"
        yield f"Prior {percent(it.prior)} ({stated}); all the evidence {bits}."
        if it.reasons:
            yield "By origin, in bits (weights overlap and need not add up):"
        for reason in it.reasons[:12]:
            who = " + ".join(self.names.source(each) for each in reason.sources)
            weight = "decides" if reason.bits is None else _signed(reason.bits)
            yield f"  {weight:>7}  {who} ({', '.join(reason.statements[:6])})"
        if len(it.reasons) > 12:
            yield f"  … and {len(it.reasons) - 12} more"
        large = [each for each in it.doubts if each.share >= 0.05][:6]
        if large:
            yield "The width of the interval comes from:"
        for doubt in large:
            yield f"  {percent(doubt.share):>7}  {doubt_in_words(self.names, doubt.about, self.it.claim)}"


def _worded(attribution: Attribution, *, denied: bool) -> str:
    """How sure the words of a statement are, a number turned round with it; empty where they are flat."""
    wording = attribution.wording
    if isinstance(wording, str):
        return quoted(wording)
    sure = 1.0 if wording is None else wording
    if attribution.turns != denied:
        sure = 1.0 - sure
    return "" if sure == 1.0 else percent(sure)


def _count(least: int, most: int) -> str:
    """How many independent origins there are: at least and at most."""
    if least == most:
        return counted(most, "origin")
    return f"at least {counted(least, 'origin')} and at most {number_in_words(most)}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, counted(count, "time"))


def _signed(bits: float) -> str:
    """A weight with its sign; nothing has none."""
    rounded = round(bits, 2) + 0.0
    return f"{rounded:+.2f}" if rounded else "0.00"


_LIMITS: Mapping[str, Callable[[int], str]] = {
    "weight": lambda _: "the evidence weighs little",
    "origins": lambda count: (
        f"only {counted(count, 'origin')} {'stands' if count == 1 else 'stand'} behind the answer"
        if count
        else "no judged origin stands behind the answer"
    ),
    "width": lambda _: "the interval is wide",
    "span": lambda _: "much hangs on who may be repeating whom",
    "potentials": lambda count: (
        "a source that is heard is not judged"
        if count == 1
        else f"{counted(count, 'source')} that are heard are not judged"
    ),
    "circles": lambda _: "reports rest on each other in a circle",
    "separate": lambda _: (
        "no two origins that are known to be independent have reached us by separate routes"
    ),
    "besides": lambda _: "nearly all of the evidence hangs on one origin",
    "against_prior": lambda _: "the evidence does not outweigh the start",
}
"""What holds confidence down, by the name of the fact and its number."""


def _limit(fact: Fact) -> str:
    if fact.name not in _LIMITS:
        return fact.text
    # The weight of certainty is no number that could be counted.
    return _LIMITS[fact.name](int(min(fact.value, 1e9)))
