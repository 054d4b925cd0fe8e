"""Suppositions: changes to a case as a sentence supposes them, and why some move nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from provenance.assessment.assessment import Assessment
from provenance.assessment.caveats import before_original_in_words
from provenance.assessment.changes import (
    CHANGEABLE,
    REMOVABLE,
    Add,
    Change,
    Remove,
    link_names,
    spoken_value,
)
from provenance.assessment.names import Names
from provenance.graph import Said, Sayings
from provenance.records import Attribution, Source
from provenance.scales import counted, percent

__all__ = ["AnyChange", "doubtful_in_words", "supposed_in_words", "unmoved_in_words"]

AnyChange = Change | Remove | Add


def supposed_in_words(names: Names, changes: Iterable[AnyChange]) -> str:
    """Some changes as a supposition, with sources by their names and claims by their texts.

    >>> from provenance import load_seed
    >>> from provenance.graph import Graph
    >>> names = Names(Graph.of(load_seed("egypt-arms-2015")))
    >>> supposed_in_words(names, [Change("cites:now-rebels", "now-tweet"), Remove("source:quds")])
    'if NOW had it from NOW and without Al-Quds al-Arabi'
    """
    told = [_supposed_of(names, same) for same in _alike(changes)]
    if len(told) > _TOLD:
        told = [*told[:_TOLD], f"with {counted(len(told) - _TOLD, 'more change')}"]
    return " and ".join(told)


_TOLD = 6
"""How many changes are told one by one."""


def _alike(changes: Iterable[AnyChange]) -> Iterable[list[AnyChange]]:
    """The changes in their order, with those that suppose the same of several statements together."""
    found: dict[object, list[AnyChange]] = {}
    for number, each in enumerate(changes):
        key: object = number
        if isinstance(each, Change) and each.kind in _OF_SEVERAL:
            key = each.kind, str(each.value)
        found.setdefault(key, []).append(each)
    return found.values()


def _supposed_of(names: Names, changes: Sequence[AnyChange]) -> str:
    """One change, or several of one kind and value."""
    first = changes[0]
    if isinstance(first, Change) and first.kind in _OF_SEVERAL:
        who = names.statements([each.record for each in changes if isinstance(each, Change)])
        return _OF_SEVERAL[first.kind](names, first, who)
    return _supposed(names, first)


def _supposed(names: Names, change: AnyChange) -> str:
    if isinstance(change, Remove):
        if change.kind == "link":
            return f"without {_link_in_words(names, change.record)}"
        if change.kind == "source":
            return f"without {names.source(change.record)}"
        who = names.speaker(change.record)
        speaker = names.graph.speakers.get(change.record)
        others = sum(each.source == speaker for each in names.case.attributions)
        return f"without {'one statement of' if others > 1 else 'what'} {who}{'' if others > 1 else ' said'}"
    if isinstance(change, Add):
        return f"with {_record(names, change.record)}"
    if change.kind in _SUPPOSED:
        return _SUPPOSED[change.kind](names, change)
    return f"with {change.kind.replace('_', ' ')} {spoken_value(change.value)} for {_whose(names, change)}"


def _record(names: Names, record: Any) -> str:
    """A record that is put in."""
    if isinstance(record, Attribution):
        return f"what {names.source(record.source)} {'' if record.cited else 'itself '}says"
    if isinstance(record, Source):
        return names.source(record.id)
    return str(Add(record)).removeprefix("with ")


def _whose(names: Names, change: Change) -> str:
    section = CHANGEABLE[change.kind][0]
    if section == "links":
        return _link_in_words(names, change.record)
    if section == "claims":
        return names.claim(change.record)
    if section == "sources":
        return names.source(change.record)
    return f"what {names.statements([change.record])} said"


def _link_in_words(names: Names, record: str) -> str:
    """A link by the texts of its claims, or as it is called where the case has it no longer."""
    places = link_names(names.case).get(record)
    if places is None:
        return f"the link {record}"
    return f"the link between {names.claims(names.case.links[places[0]].touches)}"


def _had_it_from(names: Names, change: Change, who: str) -> str:
    if change.value is None:
        return f"if {who} had it from nobody here"
    cited = (change.value,) if isinstance(change.value, str) else change.value
    return f"if {who} had it from {names.statements(cited)}"


def _knew(names: Names, change: Change, who: str) -> str:
    how = {
        "firsthand": "saw it",
        "own-inquiry": "established it by work of their own",
        "secondhand": "had it from somebody who is not named",
        "inference": "only inferred it",
    }
    return f"if {who} {how.get(str(change.value), 'did not say how they know')}"


def _withdrew(names: Names, change: Change, who: str) -> str:
    if change.value is None:
        return f"if {who} had not withdrawn it"
    return f"if {who} withdrew it on {change.value}"


def _because(names: Names, change: Change, who: str) -> str:
    why = {"error": "as an error", "pressure": "under pressure"}
    return f"if {who} withdrew it {why.get(str(change.value), 'for a reason that is not known')}"


def _conditional(names: Names, change: Change) -> str:
    is_source = change.record in names.by_id and change.record not in names.graph.speakers
    who = names.source(change.record) if is_source else names.speaker(change.record)
    if change.value is None:
        return f"if what {who} said counted in any case"
    return f"if what {who} said counted only where {names.claim(change.value)} is true"


def _one_voice(names: Names, change: Change) -> str:
    voices, probability = change.voices
    chance = "" if probability == 1.0 else f" with a probability of {percent(probability)}"
    return f"if {names.statements(voices)} were one voice{chance}"


_OF_SEVERAL: Mapping[str, Callable[[Names, Change, str], str]] = {
    "cites": _had_it_from,
    "basis": _knew,
    "retracted_on": _withdrew,
    "retracted_because": _because,
}
_SUPPOSED: Mapping[str, Callable[[Names, Change], str]] = {
    "only_if": _conditional,
    "one_voice": _one_voice,
}


def doubtful_in_words(names: Names, changes: Iterable[AnyChange]) -> str:
    """What speaks against some statements having it from others, in sentences; empty where nothing.

    That they say something else, or that they were made before.

    >>> from provenance import load_seed
    >>> from provenance.graph import Graph
    >>> names = Names(Graph.of(load_seed("egypt-arms-2015")))
    >>> doubtful_in_words(names, [Change("cites:now-rebels", "now-tweet")])[:37]
    'But NOW says that “The Syrian army fi'
    """
    sayings = Sayings(names.case)
    number = {name: n for n, each in enumerate(names.case.attributions) for name in each.names}
    found: list[str] = []
    for change in changes:
        if not isinstance(change, Change) or change.kind != "cites" or change.record not in number:
            continue
        cited = (change.value,) if isinstance(change.value, str) else change.value or ()
        for original in (each for each in cited if each in number):
            found += _doubtful(names, sayings, number, change.record, original)
    told = list(dict.fromkeys(found))
    if len(told) > _TOLD:
        told = [*told[:_TOLD], f"So it is {counted(len(told) - _TOLD, 'more time')}."]
    return " ".join(told)


def _doubtful(
    names: Names, sayings: Sayings, number: Mapping[str, int], relay: str, original: str
) -> Iterator[str]:
    """What speaks against one statement having it from another."""
    teller, told = names.speaker(relay), names.speaker(original)
    own, heard = ({*sayings.said[sayings.by_name[name].id]} for name in (relay, original))
    if own and heard and own.isdisjoint(heard):
        yield (
            f"But {teller} says {_said_in_words(names, own)}, and {told} says "
            f"{_said_in_words(names, heard)}: so supposed, {teller} only passes on the latter."
        )
    before = before_original_in_words(names, number[relay], number[original])
    if before:
        yield f"By the dates that cannot be: {before}."


def _said_in_words(names: Names, said: Iterable[Said]) -> str:
    """What a statement says, as a clause."""
    each, *more = sorted(said)
    that = f"that {names.claim(each.claim)} is {'true' if each.affirms else 'false'}"
    return f"{that}, and more" if more else that


def unmoved_in_words(changes: Sequence[AnyChange], before: Assessment, after: Assessment) -> str:
    """Why some changes that leave an answer as it is do so, as a clause.

    >>> from provenance import load_seed, weigh
    >>> answer = weigh(load_seed("egypt-arms-2015"), "armed")
    >>> unmoved_in_words([Change("reliability:now", "B")], answer, answer)
    'the case has it so already'
    """
    if not changes:
        return "nothing is supposed"
    if after.case == before.case:
        return "the case has it so already"
    return " and ".join(dict.fromkeys(_unmoved(before, each) for each in changes))


def _unmoved(before: Assessment, change: AnyChange) -> str:
    names = Names(before.graph)
    if isinstance(change, Add):
        return "nothing that is weighed hangs on it"
    story = before.answer.evaluation.story
    if _section_of(change) == "attributions":
        heard = [
            index
            for index, each in enumerate(story.statements)
            if any(before.graph.attribution_of.get(n) == change.record for n in each.merged)
        ]
        why = next((i.why for i in before.ignored if _is_of(i.attribution, change.record)), None)
        if not heard:
            who = names.speaker(change.record)
            reason = "it does not bear on the claim" if why is None else why.sentence
            return f"what {who} said has no weight ({reason})"
        if isinstance(change, Change) and change.value in ("firsthand", "own-inquiry"):
            return _first_of_its_line(names.speaker(change.record), before, heard)
    return "nothing that is weighed hangs on it"


def _section_of(change: Change | Remove) -> str:
    """The section of the record that a change concerns."""
    known = CHANGEABLE[change.kind][0] if isinstance(change, Change) else REMOVABLE[change.kind]
    return known if change.kind != "one_voice" else ""


def _is_of(ignored: str, record: str) -> bool:
    """Whether what is ignored is an attribution, or a part of it."""
    return ignored == record or ignored.startswith((f"{record}/", f"{record}>"))


def _first_of_its_line(who: str, before: Assessment, heard: Sequence[int]) -> str:
    """Why it changes nothing that a source found out what it says (model 2.9)."""
    for line in before.answer.lines:
        if not set(heard).isdisjoint(line.voices[0]):
            return (
                f"{who} reaches us most strongly of those who say the same, and the first of them "
                "counts whole as it is"
            )
        if not set(heard).isdisjoint(line.statements):
            return f"those who say the same may still have it from {who}"
    return f"nobody else says the same, so that what {who} said counts whole as it is"
