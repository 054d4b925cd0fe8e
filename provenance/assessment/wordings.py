"""Wordings: hedges that change nothing, that stand where nobody reads them, and turned denials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

import attrs

from provenance.assessment.names import Names
from provenance.assessment.weaknesses import (
    EFFECTS_AT_MOST,
    AsMeant,
    Weakness,
    with_effect,
    with_fields,
)
from provenance.graph import Sayings, Why, is_negative
from provenance.records import Attribution, Stance
from provenance.scales import is_reporters_word, quoted

__all__ = ["wordings_in"]


def wordings_in(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """What is weak about the words of a case, and what the answer would be in other words."""
    yield from _uncommitted(names, meant)
    yield from _misplaced(names, meant)
    yield from _reporters_words(names)
    yield from _negations(names, meant)


def _uncommitted(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Words that commit to nothing, and what the answer would be if they had been said outright."""
    known = {each.id: each for each in names.case.attributions}
    empty = [each.attribution for each in names.graph.ignored if each.why is Why.NO_COMMITMENT]
    for number, name in enumerate(empty):
        text = f"the words of {names.speaker(name)} commit to nothing and have no weight"
        record = known.get(name)
        if record is None or len(record.claims) != 1 or number >= EFFECTS_AT_MOST:
            yield Weakness("no-commitment", text, (), (name,))
            continue
        yield with_effect(
            names,
            Weakness(
                "no-commitment",
                f"{text}; said outright,",
                record.claims,
                (name,),
                put_right="said outright",
            ),
            Weakness("no-commitment", text, (), (name,)),
            partial(with_fields, names.case, (name,), wording=None),
            meant,
        )


_HEDGES = (
    "almost certainly", "very probably", "very likely", "most likely", "highly likely",
    "highly unlikely", "very unlikely", "more likely than not", "probably not", "probably",
    "probable", "likely", "unlikely", "possibly", "possible", "perhaps", "maybe", "presumably",
    "apparently", "seemingly", "plausibly", "conceivably", "may have", "might have", "could have",
    "may be", "might be", "could be", "might", "could",
)  # fmt: skip
"""Hedges that are no verbs of saying, the longer ones first; of verbs nobody can say what is meant."""
_OF_VERBS = re.compile(rf"\b(?i:{'|'.join(_HEDGES)})\b|\bmay\b")  # and not the month
_OF_CLAIMS = re.compile(
    r"\b(?:almost certainly|very probably|probably|(?:very |most |highly )?likely|possibly|perhaps|"
    r"maybe|presumably|apparently|(?:may|might) have|allegedly|reportedly|supposedly|purportedly)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|tells?|wrote|writes?|claim(?:s|ed)|report(?:s|ed)|announce[sd]?|"
    r"stat(?:es|ed)|warn(?:s|ed)|argue[sd]?|conclude[sd]?|believe[sd]?|thought|thinks?|"
    r"than|whether|if|as likely|likely to|unlikely)\b|[“”\"]",
    re.IGNORECASE,
)
"""Words by which a claim is about what somebody said or about a chance: its hedge belongs to it."""
_LONGEST = 2_000


def _misplaced(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Hedges in the verb of a statement or in the text of a claim, and the answer if they are read."""
    number = 0
    sayings = Sayings(names.case)
    for each in names.case.attributions:
        hedge = None if each.verb is None or each.wording is not None else _hedge_in(each.verb)
        if hedge is None:
            continue
        number += 1
        told = Weakness(
            "misplaced-hedge",
            f"the verb of what {names.speaker(each.id)} said has {quoted(hedge)} in it, which is "
            "not read there",
            (),
            (each.id,),
        )
        if number > EFFECTS_AT_MOST:
            yield told
            continue
        # The statement says something of a claim itself, or through what it cites.
        claims = {said.claim for said in sayings.said.get(each.id, ())}
        yield from _as_worded(names, told, tuple(claims), {each.id: hedge}, meant)
    affirmed = _by_claim(names, "affirms")
    for claim in names.case.claims:
        found = _OF_CLAIMS.search(claim.text[:_LONGEST])
        if found is None or _REPORTED.search(claim.text[:_LONGEST]):
            continue
        number += 1
        hedge = found[0].casefold()
        told = Weakness(
            "misplaced-hedge",
            f"{names.claim(claim.id)} has {quoted(hedge)} in it: the statement of those who say "
            "it counts as one without it",
            (claim.id,),
            (claim.id,),
        )
        plain = {each.id: hedge for each in affirmed.get(claim.id, ()) if each.wording is None}
        if number > EFFECTS_AT_MOST:
            yield told
            continue
        yield from _as_worded(names, told, (claim.id,), plain, meant)


def _hedge_in(verb: str) -> str | None:
    found = _OF_VERBS.search(verb[:_LONGEST])
    return None if found is None else found[0].casefold()


def _as_worded(
    names: Names,
    told: Weakness,
    claims: tuple[str, ...],
    wordings: Mapping[str, str],
    meant: AsMeant,
) -> Iterator[Weakness]:
    """A weakness with the answer if the statements are worded so, where they are on one claim."""
    hedge = next(iter(wordings.values()), "")
    if len(claims) != 1 or not hedge or is_reporters_word(hedge):
        yield told
        return
    right = f"with {quoted(hedge)} as the wording"
    yield with_effect(
        names,
        attrs.evolve(told, text=f"{told.text}; {right},", claims=claims, put_right=right),
        told,
        partial(with_fields, names.case, tuple(wordings), wording=hedge),
        meant,
    )


def _by_claim(names: Names, stance: Stance) -> Mapping[str, list[Attribution]]:
    """The attributions of some stance on one claim alone, by that claim."""
    found: dict[str, list[Attribution]] = {}
    for each in names.case.attributions:
        if len(each.claims) == 1 and each.stance == stance:
            found.setdefault(each.claims[0], []).append(each)
    return found


def _reporters_words(names: Names) -> Iterator[Weakness]:
    """Words such as "allegedly", which are not the speaker's."""
    for each in names.case.attributions:
        if isinstance(each.wording, str) and is_reporters_word(each.wording):
            text = (
                f"{quoted(each.wording)} is a reporter's word for what {names.speaker(each.id)} "
                "said, which says nothing of how sure that is: it changes nothing"
            )
            yield Weakness("reporters-word", text, (), (each.id,))


def _negations(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Denials of a claim that is worded as a denial itself, and the answer if they affirm it."""
    number = 0
    denied = _by_claim(names, "denies")
    for claim in names.case.claims:
        ids = tuple(each.id for each in denied.get(claim.id, ()))
        if not ids or not is_negative(claim.text):
            continue
        number += 1
        who = names.statements(ids)
        text = (
            f"{names.claim(claim.id)} is worded as a denial itself, and {who} is entered as denying "
            "it: is it meant that it happened after all?"
        )
        told = Weakness("denial-of-negation", text, (claim.id,), ids)
        if number > EFFECTS_AT_MOST:
            yield told
            continue
        right = f"if {who} only repeats it"
        yield with_effect(
            names,
            attrs.evolve(told, text=f"{text} {right[0].upper()}{right[1:]},", put_right=right),
            told,
            partial(with_fields, names.case, ids, stance="affirms"),
            meant,
        )
