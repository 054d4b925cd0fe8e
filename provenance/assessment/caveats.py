"""Caveats: what the reader of an answer should know about the case behind it.

One list of finders: an answer carries what they find about its claim, and `check` tells the same of
every claim, beside what concerns the case alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import itemgetter

import attrs

from provenance.assessment.confidence import prior_decides
from provenance.assessment.names import Names
from provenance.assessment.values import Caveat, has_judged_evidence
from provenance.bounds import spend
from provenance.display import Shown
from provenance.graph import Graph, Lineage, Place, Statement, Story
from provenance.inference import Answer, Line, log_odds
from provenance.records import ContradictsLink, ImpliesLink, Source
from provenance.scales import (
    chance_in_words,
    counted,
    day_in_words,
    error_in_words,
    listed,
    number_in_words,
    percent,
)

__all__ = [
    "NO_OUTLETS",
    "Mentions",
    "are_declared",
    "backwards_in_words",
    "before_original_in_words",
    "caveats_of",
    "coarser_in_words",
    "denial_in_words",
    "is_outlet",
    "looks_backwards",
    "mentions_in",
    "one_origin_in_words",
    "rivals_in_words",
    "strongest_in_words",
    "undated_in_words",
    "withdrawn_as",
]

MANY_BITS = 7.0
"""From this weight on an answer hangs on whether its voices are really independent."""
MANY_VOICES = 14
"""Beyond twice the seven voices that theta was measured on at most (model 2.9)."""
RARE = 0.02
"""A prior below this wants a number of alternatives, or nobody can make the claim credible."""
_TELLING = 30  # operations for a voice of which it is told that it may be another's


@attrs.frozen(repr=False)
class Mentions(Shown):
    """How often a claim is mentioned, and from how few it comes.

    >>> print(Mentions("sailed", 5, 2, 1))
    five mentions, two origins, one outlet
    """

    claim: str
    """The claim."""
    mentions: int
    """How many attributions bear on it."""
    origins: int
    """How many groups of origins they go back to."""
    outlets: int
    """How many sources published what we have."""

    def __str__(self) -> str:
        return ", ".join(
            (
                counted(self.mentions, "mention"),
                counted(self.origins, "origin"),
                counted(self.outlets, "outlet"),
            )
        )


def mentions_in(lineage: Lineage) -> Mentions:
    """How often a claim is mentioned, read off where what is said of it comes from."""
    return Mentions(lineage.claim, len(lineage.mentions), lineage.groups, len(lineage.outlets))


def caveats_of(
    graph: Graph, claim: str, answer: Answer, lineage: Lineage, prior_stated: bool
) -> tuple[Caveat, ...]:
    """All caveats of a claim's answer, in a fixed order of kinds."""
    found = _Finders(graph, claim, answer, lineage, prior_stated)
    return tuple(each for finder in _FINDERS for each in finder(found))


@attrs.frozen
class _Finders:
    """An answer and the case behind it, asked for what its reader should know."""

    graph: Graph
    claim: str
    answer: Answer
    lineage: Lineage
    prior_stated: bool

    @property
    def story(self) -> Story:
        return self.answer.evaluation.story

    @cached_property
    def names(self) -> Names:
        """What to call the records of the case."""
        return Names(self.graph)

    def approximate(self) -> Iterator[Caveat]:
        if not self.answer.evaluation.is_exact:
            error = error_in_words(self.answer.standard_error)
            low, high = map(error_in_words, self.answer.interval_error)
            ends = f"{low} at either end" if low == high else f"{low} and {high} at the two ends"
            yield Caveat(
                "approximate",
                "the case is too interwoven for an exact answer: it was simulated, "
                f"with a standard error of {error}, and of {ends} of the interval",
            )

    def draft(self) -> Iterator[Caveat]:
        """What nobody has confirmed yet, and the answer without it."""
        names = self._of_story(self.graph.drafts_in)
        if names:
            inside = set(names)
            dropped = [
                index
                for index, each in enumerate(self.story.statements)
                if any(self.graph.attribution_of.get(name) in inside for name in each.merged)
            ]
            without = self._probability_without(dropped)
            words = "cannot be worked out" if without is None else f"would be {percent(without)}"
            number = counted(len(names), "statement")
            verb = "has" if len(names) == 1 else "have"
            yield Caveat(
                "draft",
                f"{number} {verb} not been confirmed by anybody; without them the answer {words}",
                names,
            )

    def _probability_without(self, dropped: Collection[int]) -> float | None:
        evaluation = self.answer.evaluation
        found = log_odds(
            self.story.without(dropped),
            self.answer.place,
            evaluation.structure.coupling,
            seed=evaluation.seed,
            theta=evaluation.theta,
        )
        return None if found is None else 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, found))))

    def no_judged_evidence(self) -> Iterator[Caveat]:
        if not has_judged_evidence(self.story):
            yield Caveat(
                "no-judged-evidence",
                "nobody who is judged speaks on this claim: the number is the prior",
            )

    def circular(self) -> Iterator[Caveat]:
        for circle in self.graph.circles_of(self.claim):
            yield Caveat(
                "circular",
                f"circular reporting: what {self.names.statements(circle.members)} said rests on "
                "each other",
                circle.members,
            )

    def self_contradiction(self) -> Iterator[Caveat]:
        """A source that says of its own both that a value is so and that it is not."""
        sides: dict[tuple[int, int, int], set[bool]] = {}
        ids: dict[tuple[int, int, int], list[str]] = {}
        for each in self.story.statements:
            if not each.is_origin:
                continue
            size = self.story.questions[each.question].size
            value = 0 if size == 2 else each.value
            key = each.witness, each.question, value
            sides.setdefault(key, set()).add(each.affirms == (each.value == value))
            ids.setdefault(key, []).append(each.id)
        for key, said in sides.items():
            if len(said) > 1:
                source = self.story.witnesses[key[0]].id
                about = tuple(ids[key])
                who = self.names.source(source)
                text = f"{who} says both one thing and its contrary"
                if not self.graph.disowning.isdisjoint(map(self._attribution, about)):
                    text = f"{who} disowns what is passed on as its word"
                yield Caveat("self-contradiction", text, (source, *about))

    def _attribution(self, statement: str) -> str:
        return self.graph.attribution_of.get(statement, statement)

    def denial_as_claim(self) -> Iterator[Caveat]:
        """A claim that reads like another one's denial, where nothing connects the two."""
        for pair in self.graph.denials.get(self.claim, ()):
            yield Caveat("denial-as-claim", denial_in_words(self.names, *pair), pair)

    def rival_claims(self) -> Iterator[Caveat]:
        """Claims that may be other answers to the same question, where nothing connects them."""
        rivals = self.graph.rivals.get(self.claim, ())
        if rivals:
            text = rivals_in_words(self.names, self.claim, rivals)
            yield Caveat("rival-claims", text, (self.claim, *rivals))

    def coarser_claim(self) -> Iterator[Caveat]:
        """A claim that says the same with a rounder number or date, where nothing connects them."""
        for pair in self.graph.coarser.get(self.claim, ()):
            yield Caveat("coarser-claim", coarser_in_words(self.names, *pair), pair)

    def backwards(self) -> Iterator[Caveat]:
        """Chains that may have been entered the wrong way round."""
        if OUTLETS.isdisjoint(self.graph.kinds.values()):
            return
        listeners = self.story.listeners
        for index, relay, original in self._relayed:
            is_last = self.story.statements[index].in_hand and not listeners[index]
            if is_last and looks_backwards(self.graph, relay, original):
                names = self._id(relay), self._id(original)
                yield Caveat("backwards", backwards_in_words(self.names, *names), names)

    def relay_before_original(self) -> Iterator[Caveat]:
        for _, relay, original in self._relayed if self.graph.is_dated else ():
            text = before_original_in_words(self.names, relay, original)
            if text:
                names = self._id(relay), self._id(original)
                yield Caveat("relay-before-original", text, names)

    def _id(self, number: int) -> str:
        return self.graph.case.attributions[number].id

    @cached_property
    def _relayed(self) -> list[tuple[int, int, int]]:
        """Every relay, with the positions of an attribution behind it and of one that this cites."""
        statements, written, cited = self.story.statements, self.graph.written, self.graph.cited
        return [
            (index, number, original)
            for index, relay in enumerate(statements)
            if relay.cites is not None
            for number in dict.fromkeys(map(written.__getitem__, relay.merged))
            for original in dict.fromkeys(map(written.__getitem__, statements[relay.cites].merged))
            if original in cited[number]
        ]

    def single_origin(self) -> Iterator[Caveat]:
        if self.lineage.groups == 1 and len(self.lineage.mentions) > 1:
            origins = tuple(dict.fromkeys(origin.source for origin in self.lineage.origins))
            yield Caveat(
                "single-origin",
                one_origin_in_words(self.names, origins, len(self.lineage.mentions)),
                origins,
            )

    def echo(self) -> Iterator[Caveat]:
        counts = mentions_in(self.lineage)
        if counts.origins > 1 and counts.mentions > 2 * counts.origins:
            origins = tuple(dict.fromkeys(origin.source for origin in self.lineage.origins))
            unjudged = len({each.group for each in self.lineage.origins if not each.is_judged})
            judged = f" ({number_in_words(unjudged)} not judged)" if unjudged else ""
            yield Caveat("echo", f"much of it is repeated: {counts}{judged}", origins)

    def one_outlet(self) -> Iterator[Caveat]:
        outlet = self.lineage.one_outlet
        if outlet is not None and len(self.lineage.mentions) > 1:
            who = self.names.source(outlet)
            text = f"we have all of it from one outlet, {who}"
            if self.graph.kinds[outlet] in NO_OUTLETS:
                text = f"we have all of it through {who} alone"
            yield Caveat("one-outlet", text, (outlet,))

    @cached_property
    def _best(self) -> str:
        """Whose word those of unknown lineage count as, if they are one voice."""
        return strongest_in_words(self.names, self.story, self.answer.lines)

    def unknown_lineage(self) -> Iterator[Caveat]:
        """Voices that say the same, and nobody recorded from whom they have it (model 2.9)."""
        for line in self.answer.lines:
            spend(_TELLING * (2 + len(line.statements)), "telling who may be one voice")
            yield self._of_line(line)

    def _of_line(self, line: Line) -> Caveat:
        sources = tuple(
            self.story.witnesses[self.story.statements[voice[0]].witness].id
            for voice in line.voices
        )
        ids = tuple(self.story.statements[index].id for index in line.statements)
        low, high = percent(self.answer.if_one_voice), percent(self.answer.if_independent)
        span = f"; the answer would be {low} if they are one voice, {self._best}, and {high} if each has its own"
        who = self.names.sources(sources)
        asked = f"nobody recorded whether {who} have it from one another"
        if are_declared(self.graph, ids):
            asked = f"{who} may be one voice, and nobody recorded how each of them knows, if not"
        return Caveat(
            "unknown-lineage",
            f"{asked}: they may be one origin or {number_in_words(len(sources))}"
            + (span if low != high else ""),
            ids,
        )

    def many_voices(self) -> Iterator[Caveat]:
        """More voices of unknown lineage than any that the measured number was measured on."""
        count, line = max(
            ((len(each.voices), each) for each in self.answer.lines),
            default=(0, None),
            key=itemgetter(0),
        )
        one, now = percent(self.answer.if_one_voice), percent(self.answer.probability)
        if line is not None and count > MANY_VOICES and one != now:
            yield Caveat(
                "many-voices",
                f"{number_in_words(count)} voices of unknown lineage say the same: how many are really "
                f"one was measured on up to seven; as one voice, {self._best}, they would make it {one}",
                tuple(self.story.statements[index].id for index in line.statements),
            )

    def independence_assumed(self) -> Iterator[Caveat]:
        bits = self.answer.bits
        supports = bits is not None and bits > 0.0
        groups = self.lineage.independent_origins if supports else self.lineage.opposing_origins
        if bits is not None and abs(bits) > MANY_BITS and groups > 1:
            yield Caveat(
                "independence-assumed",
                f"the evidence is as strong as {abs(bits):.0f} bits only if "
                f"{counted(groups, 'origin')} are really independent",
                tuple(dict.fromkeys(origin.source for origin in self.lineage.origins)),
            )

    def hidden_by_default(self) -> Iterator[Caveat]:
        """What is taken to be known only through others, because somebody cites it (model 3.1)."""
        names = self._of_story(self.graph.hidden_in)
        if names:
            yield Caveat(
                "hidden-by-default",
                f"what {self.names.statements(names)} said is taken to be known only through others: "
                "nothing says that we have it",
                names,
            )

    def unjudged(self) -> Iterator[Caveat]:
        unjudged = self._unjudged(lambda each: each.is_own)
        if unjudged:
            yield Caveat(
                "unjudged",
                f"nobody has judged {self.names.sources(unjudged)}: what they say has no weight in the "
                "number, and the interval covers what each could change",
                unjudged,
            )

    def unjudged_relay(self) -> Iterator[Caveat]:
        stated = self.graph.passing_on_stated
        found = self._unjudged(lambda each: not each.is_own and not each.in_hand)
        relays = tuple(name for name in found if name not in stated)
        if relays:
            yield Caveat(
                "unjudged-relay",
                f"nobody has judged {self.names.sources(relays)}, through whom it came: taken as an "
                "unknown hand, which loses most of it",
                relays,
            )

    def _unjudged(self, wanted: Callable[[Statement], bool]) -> tuple[str, ...]:
        heard = {each.witness for each in self.story.statements if wanted(each)}
        return tuple(
            witness.id
            for index, witness in enumerate(self.story.witnesses)
            if index in heard and witness.reliability is None
        )

    def prior_not_stated(self) -> Iterator[Caveat]:
        """A prior that could have been stated; a sign has its own from the link."""
        question = self.story.questions[self.answer.place.question]
        if not self.prior_stated and not question.is_sign:
            yield Caveat(
                "prior-not-stated",
                not_stated_in_words(self.answer.prior, 1.0 / question.size, self._linked),
                (self.claim,),
            )

    @property
    def _linked(self) -> str:
        """What the links of the claim rule out, which moves where it starts."""
        found: list[str] = []
        for link in self.graph.case.links:
            if isinstance(link, ImpliesLink) and link.claim == self.claim:
                found.append(f"it cannot be true unless {self.names.claim(link.implies)} is")
            elif isinstance(link, ImpliesLink) and link.implies == self.claim:
                found.append(f"it is true wherever {self.names.claim(link.claim)} is")
            elif isinstance(link, ContradictsLink) and self.claim in link.claims:
                others = [each for each in link.claims if each != self.claim]
                found.append(f"it cannot be true beside {self.names.claims(others)}")
        return listed(found, 3)

    def prior_decides(self) -> Iterator[Caveat]:
        if prior_decides(self.answer):
            yield Caveat(
                "prior-decides",
                "the evidence points away from the prior and weighs less than it: the answer "
                f"rests on the prior of {percent(self.answer.prior)}",
                (self.claim,),
            )

    def rare_prior(self) -> Iterator[Caveat]:
        """A rare claim that somebody affirms, with no number of alternatives (model 2.7)."""
        place = self.answer.place
        question = self.story.questions[place.question]
        if question.is_sign or question.size != 2 or question.prior is None:
            return
        affirmed = any(
            each.is_origin and each.question == place.question and each.value == place.value
            for each in self.story.statements
        )
        if self.answer.prior < RARE and question.alternatives is None and affirmed:
            yield Caveat(
                "rare-prior",
                f"the claim is rare ({chance_in_words(self.answer.prior)}) and no number of "
                "alternatives is stated, so that hardly anybody can make it credible",
                (self.claim,),
            )

    def gate(self) -> Iterator[Caveat]:
        gates: dict[Place, list[str]] = {}
        for each in self.story.statements:
            for place in each.gates:
                gates.setdefault(place, []).append(each.id)
        resolved = dict(self.story.resolved)
        for place, ids in gates.items():
            claim = str(self.story.questions[place.question].values[place.value])
            who, condition = self.names.statements(ids), self.names.claim(claim)
            if place not in resolved:
                text = f"what {who} said counts only if this is true: {condition}"
                yield Caveat("gate", text, (claim, *ids))
            elif not resolved[place]:
                text = f"what {who} said does not count, since this is false: {condition}"
                yield Caveat("void-gate", text, (claim, *ids))

    def retracted(self) -> Iterator[Caveat]:
        """What was withdrawn, or said under pressure, of the claims of this story."""
        names = self._of_story(self.graph.withdrawn_in)
        if names:
            because = withdrawn_as(self.graph, names)
            text = (
                f"what {self.names.statements(names)} said was withdrawn{because} and has no weight"
            )
            yield Caveat("retracted", text, names)

    def undated(self) -> Iterator[Caveat]:
        names = self.graph.undated(self.claim)
        if names:
            yield Caveat("undated", undated_in_words(self.names, names), names)

    def _of_story(self, found: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
        """What was found of the claims of this story."""
        return found.get(self.graph.story_of[self.claim], ())


_FINDERS = (
    _Finders.approximate,
    _Finders.draft,
    _Finders.no_judged_evidence,
    _Finders.circular,
    _Finders.self_contradiction,
    _Finders.denial_as_claim,
    _Finders.rival_claims,
    _Finders.coarser_claim,
    _Finders.backwards,
    _Finders.single_origin,
    _Finders.echo,
    _Finders.one_outlet,
    _Finders.unknown_lineage,
    _Finders.many_voices,
    _Finders.independence_assumed,
    _Finders.hidden_by_default,
    _Finders.unjudged,
    _Finders.unjudged_relay,
    _Finders.prior_not_stated,
    _Finders.prior_decides,
    _Finders.rare_prior,
    _Finders.gate,
    _Finders.retracted,
    _Finders.undated,
    _Finders.relay_before_original,
)


def strongest_in_words(names: Names, story: Story, lines: Sequence[Line]) -> str:
    """Whose word those of unknown lineage count as, if they are one voice: that of the strongest."""
    first = dict.fromkeys(
        story.witnesses[story.statements[line.voices[0][0]].witness].id for line in lines
    )
    if len(first) > 1:
        return "each time as good as the strongest of them"
    return f"as good as {names.sources(first)}"


def one_origin_in_words(names: Names, origins: Sequence[str], mentions: int | None = None) -> str:
    """That all mentions of a claim go back to one origin, or to several that may be one voice."""
    said = "all that is said goes" if mentions is None else f"{counted(mentions, 'mention')} go"
    who = names.sources(origins)
    if len(origins) > 1:
        return f"{said} back to {who}, who may be one voice"
    return f"{said} back to one origin, {who}"


def not_stated_in_words(prior: float, flat: float, linked: str) -> str:
    """Where a claim starts of which no prior is stated: as any would, or elsewhere by its links.

    Args:
        linked: what its links rule out, as a clause; empty where others move it.
    """
    where = ", where the rest of the case puts it"
    if math.isclose(prior, flat):
        where = ""
    elif linked:
        where = f": at even chances, less what its links rule out ({linked})"
    return f"no prior is stated, so that it starts at {percent(prior)}{where}"


def denial_in_words(names: Names, denial: str, denied: str) -> str:
    """That a claim reads like another one's denial."""
    return (
        f"{names.claim(denial)} looks like the denial of {names.claim(denied)}, entered as a claim of "
        "its own: nothing connects the two, so each is weighed as if the other had not been said"
    )


def rivals_in_words(names: Names, claim: str, rivals: Sequence[str]) -> str:
    """That a claim and others may be answers of one question."""
    return (
        f"{names.claims((claim, *rivals))} look like different answers to one question, and nothing "
        "connects them: each is weighed as if the rest could be true beside it"
    )


def coarser_in_words(names: Names, finer: str, coarser: str) -> str:
    """That a claim says what another says, more exactly."""
    return (
        f"{names.claim(finer)} says what {names.claim(coarser)} says, only more exactly, and nothing "
        "connects the two: what is said of the one does not count for the other"
    )


def withdrawn_as(graph: Graph, statements: Sequence[str]) -> str:
    """Why some statements were withdrawn, as a phrase, where it is on record that all are errors."""
    because = {each.id: each.retracted_because for each in graph.case.attributions}
    written = {graph.attribution_of.get(name, name) for name in statements}
    return " as an error" if {because.get(name) for name in written} == {"error"} else ""


def are_declared(graph: Graph, ids: Sequence[str]) -> bool:
    """Whether it is on record of all these statements that they may be one voice."""
    sources = [graph.speakers.get(name) for name in ids]
    tied = {name: {name} for name in sources}
    for one, other in graph.declared_voices:
        if one in tied and other in tied:
            joined = tied[one] | tied[other]
            tied |= dict.fromkeys(joined, joined)
    return all(len(each) == len(tied) for each in tied.values())


OUTLETS = frozenset(("outlet", "agency"))
"""The kinds of source that pass on what others say, unless it is on record that they found it out."""
NO_OUTLETS = ("person", "unnamed", "government", "organisation", "sensor")
"""The kinds of source that nobody would call an outlet."""
_CALLED_OUTLET = re.compile(
    r"(?i:\b(?:news(?:wire|papers?|room|paper)?|times|daily|herald|tribune|gazette|broadcasting|"
    r"magazine|newsletter|tv|television|radio|(?:press|wire) (?:agency|association|service)|"
    r"(?:telegram|youtube|tv|news|whatsapp) (?:channel|group|account)|blog)\b)"
    r"|\S\s+(?i:press|post|telegraph|wire|media)\s*$"
)
_SOMEBODY_THERE = re.compile(
    r"\b(?:office|officer|secretary|spokes\w+|editor|reporter|journalist|correspondent|presenter|"
    r"photographer|operator|owner|viewer|reader|message|order|council|ministry|minister|directorate|"
    r"authority|regulator|union|conference|release|statement|times of|command|guard|border|check)\b",
    re.IGNORECASE,
)


def is_outlet(source: Source) -> bool:
    """Whether a source is an outlet or an agency: by its kind, or where it has none by its name.

    >>> is_outlet(Source(id="w", name="Continental Press")), is_outlet(Source(id="o", name="Maran"))
    (True, False)
    """
    if source.kind != "other":
        return source.kind in OUTLETS
    name = (source.name or "")[:200]
    return bool(_CALLED_OUTLET.search(name)) and not _SOMEBODY_THERE.search(name)


def looks_backwards(graph: Graph, relay: int, original: int) -> bool:
    """Whether somebody who tells the press is entered as passing on what the press said.

    So it looks where a source that is not named passes on what an agency or an outlet said, and
    where a person does on no day that is known, or on the same day, at no later minute, as a press
    of which nobody recorded how it knows. Of a post that may not be genuine, or is disowned, it is
    known that somebody shows it.

    Args:
        relay: the position of what is passed on, and
        original: that of what it cites.
    """
    record, cited = graph.case.attributions[relay], graph.case.attributions[original]
    if graph.kinds[cited.source] not in OUTLETS:
        return False
    if cited.only_if is not None or cited.id in graph.disowned:
        return False
    if graph.kinds[record.source] != "person":
        return graph.kinds[record.source] == "unnamed"
    day, before = graph.said[relay], graph.said[original]
    if record.document is not None or day is None:
        return record.document is None
    if before is None or day.date() != before.date() or _is_later(day, before):
        return False
    return cited.basis == "unstated"


def _is_later(day: datetime, before: datetime) -> bool:
    """Whether one minute is known to be after another."""
    return _has_minute(day) and _has_minute(before) and day > before


def _has_minute(day: datetime) -> bool:
    return bool(day.hour or day.minute)


def backwards_in_words(names: Names, relay: str, original: str) -> str:
    """That a chain looks as if it was entered the wrong way round."""
    return (
        f"{names.speaker(relay)} is entered as passing on what {names.speaker(original)} said: more "
        "likely it is the other way round"
    )


def before_original_in_words(names: Names, relay: int, original: int) -> str:
    """That a relay is dated before what it passes on, by their positions; nothing where it is not."""
    said = names.graph.said
    day, before = said[relay], said[original]
    if day is None or before is None:
        return ""
    if day.date() >= before.date() and not (day.date() == before.date() and _is_later(before, day)):
        return ""
    teller, told = (names.case.attributions[each].id for each in (relay, original))
    return (
        f"{names.speaker(teller)} is dated {day_in_words(day)} and passes on what "
        f"{names.speaker(told)} said on {day_in_words(before)}"
    )


def undated_in_words(names: Names, ids: Sequence[str]) -> str:
    """That of some attributions no date is known."""
    return f"no date is known for what {names.statements(ids)} said: it counts from the start"
