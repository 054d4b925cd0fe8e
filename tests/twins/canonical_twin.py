"""The slow twin of the canonical form: model 3, step by step and in its order.

In: a case as a plain dict and a day. Out: plain statements and what was ignored, why.
Steps 3.1 to 3.4 are in `records_twin`. Every choice where the text is open is numbered in the
docstring of `network_twin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.twins.numbers_twin import (
    Case,
    Moment,
    Number,
    Question,
    Speaker,
    first_moment,
    force,
    interest_of,
    last_moment,
    places_of,
    questions_of,
    speakers_of,
    turns,
)
from tests.twins.records_twin import (
    OWN,
    Record,
    expanded,
    in_hand_by_default,
    known_by,
    own_words,
    standing,
    without_circles,
)

EXACT: Number = (1.0, float("inf"))


@dataclass(frozen=True)
class Statement:
    """One source, one thing said of one question: a node of the network."""

    id: str
    source: str
    cites: str | None
    question: str
    says: frozenset[int]
    in_hand: bool
    skill: Number
    force: float
    beta: float
    same_voice: tuple[str, float] | None
    gates: frozenset[str]
    would_speak: float | None
    established: bool
    date: Moment | None
    basis: str = "unstated"


@dataclass(frozen=True)
class Canonical:
    """The case as it is weighed."""

    questions: dict[str, Question]
    speakers: dict[str, Speaker]
    statements: tuple[Statement, ...]
    ignored: tuple[tuple[str, str], ...]
    resolved: dict[str, bool]
    places: dict[str, tuple[str, int]]
    links: tuple[dict[str, Any], ...]
    circular: bool


def canonical(case: Case, as_of: str | None = None) -> Canonical:
    """Model 3, from the file to the statements that are weighed."""
    questions = questions_of(case)
    places = places_of(questions)
    speakers = speakers_of(case, as_of)
    ignored: list[tuple[str, str]] = []
    records = in_hand_by_default(case, expanded(case))
    records = [*records, *own_words(records, questions, places)]
    records = known_by(records, as_of, ignored)
    records = standing(records, questions, places, as_of, ignored)
    records, circular = without_circles(records, ignored)
    statements = paired(case, records, questions, places)
    statements = without_inferences(statements, ignored)
    statements = second_hand(statements, speakers)
    statements = not_citing_oneself(statements, ignored)
    statements = merged(statements, ignored)
    statements = leading_to_something_in_hand(statements, ignored)
    return Canonical(
        questions,
        speakers,
        tuple(statements),
        tuple(ignored),
        resolved_by(case, as_of),
        places,
        tuple(case.get("links", ())),
        circular,
    )


def resolved_by(case: Case, as_of: str | None) -> dict[str, bool]:
    """Model 3.2: a resolution holds from its date."""
    found = {}
    for claim in case["claims"]:
        outcome = claim.get("resolved")
        if outcome is None:
            continue
        on = outcome.get("on")
        if as_of is None or on is None or first_moment(on) <= last_moment(as_of):
            found[claim["id"]] = bool(outcome["value"])
    return found


# ---------------------------------------------------------------- 3.3


def paired(
    case: Case,
    records: list[Record],
    questions: dict[str, Question],
    places: dict[str, tuple[str, int]],
) -> list[Statement]:
    """Model 3.3: one relay for each statement that is cited; first what is cited, then who cites."""
    sources = {source["id"]: source for source in case["sources"]}
    made: dict[str, list[tuple[str, Statement]]] = {}
    waiting = list(records)
    while waiting:
        record = next(r for r in waiting if all(cited in made for cited in r.cites))
        waiting.remove(record)
        about: list[tuple[str, str | None, frozenset[int]]]
        if record.claim is not None:
            value = places[record.claim][1]
            about = [(record.claim, None, record.says or frozenset({value}))]
        else:
            about = [
                (claim, cited.id, cited.says) for c in record.cites for claim, cited in made[c]
            ]
        made[record.id] = []
        for claim, cites, says in about:
            question = questions[places[claim][0]]
            turned = record.turned != turns(record.wording, question.size)
            if turned and record.says is None:
                says = frozenset(range(question.size)) - says
            affirms = places[claim][1] in says and record.would_speak is None
            beta = interest_of(case, sources[record.source], record.written, claim, affirms)
            several = len(about) > 1
            statement = Statement(
                f"{record.id}>{cites}" if several else record.id,
                record.source,
                cites,
                question.id,
                says,
                record.in_hand,
                record.skill,
                1.0
                if record.would_speak is not None
                else min(force(record.wording, question.size), record.cap),
                beta,
                record.same_voice,
                record.gates,
                record.would_speak,
                cites is None and record.basis in OWN and record.would_speak is None,
                record.date,
                record.basis,
            )
            made[record.id].append((claim, statement))
    found = [statement for record in records for _, statement in made[record.id]]
    alone = {record.id: made[record.id][0][1].id for record in records}
    return [
        replace(s, same_voice=(alone.get(s.same_voice[0], s.same_voice[0]), s.same_voice[1]))
        if s.same_voice
        else s
        for s in found
    ]


# ---------------------------------------------------------------- 3.5


def without(
    statements: Iterable[Statement], gone: dict[str, str], ignored: list[tuple[str, str]]
) -> list[Statement]:
    """Without those that go and what relays them; lost same voices vanish (model 2.6)."""
    gone = dict(gone)
    kept = list(statements)
    while True:
        more = [s for s in kept if s.cites in gone and s.id not in gone]
        if not more:
            break
        for statement in more:
            gone[statement.id] = "it only passes on what has no weight"
    ignored.extend(gone.items())
    return [
        replace(s, same_voice=None) if s.same_voice and s.same_voice[0] in gone else s
        for s in kept
        if s.id not in gone
    ]


def without_inferences(
    statements: list[Statement], ignored: list[tuple[str, str]]
) -> list[Statement]:
    """Model 3.5, its first sentence."""
    gone = {s.id: "inference" for s in statements if s.basis == "inference"}
    gone |= {s.id: "its words commit to nothing" for s in statements if s.force == 0}
    return without(statements, gone, ignored)


def second_hand(statements: list[Statement], speakers: dict[str, Speaker]) -> list[Statement]:
    """Model 3.5: a word at second hand relays an unnamed origin whom nobody can judge."""
    found: list[Statement] = []
    unnamed: dict[tuple[str, str, frozenset[int]], Statement] = {}
    for s in statements:
        if s.basis != "secondhand" or s.cites is not None or s.would_speak is not None:
            found.append(s)
            continue
        key = (s.source, s.question, s.says)
        if key not in unnamed:
            values = ",".join(map(str, sorted(s.says)))
            name = f"unnamed:{s.source}:{s.question}:{values}"
            speakers[name] = Speaker(name, None, EXACT, EXACT)
            unnamed[key] = Statement(
                name,
                name,
                None,
                s.question,
                s.says,
                False,
                EXACT,
                1.0,
                1.0,
                None,
                frozenset(),
                None,
                False,
                None,
            )
            found.append(unnamed[key])
        found.append(replace(s, cites=unnamed[key].id, skill=EXACT, established=False))
    return found


# ---------------------------------------------------------------- 3.6 to 3.8


def renamed(statements: list[Statement], old: str, new: str) -> list[Statement]:
    return [
        replace(
            s,
            cites=new if s.cites == old else s.cites,
            same_voice=(new, s.same_voice[1])
            if s.same_voice and s.same_voice[0] == old
            else s.same_voice,
        )
        for s in statements
    ]


def earliest(*dates: Moment | None) -> Moment | None:
    return min((date for date in dates if date is not None), default=None)


def not_citing_oneself(
    statements: list[Statement], ignored: list[tuple[str, str]]
) -> list[Statement]:
    """Model 3.6."""
    while True:
        by_id = {s.id: s for s in statements}
        pairs = [
            (s, by_id[s.cites])
            for s in statements
            if s.cites is not None and by_id[s.cites].source == s.source
        ]
        # What is cited further up is settled first.
        pair = next(((s, c) for s, c in pairs if c.id not in {p.id for p, _ in pairs}), None)
        if pair is None:
            return statements
        citing, cited = pair
        if citing.says != cited.says:
            attached = replace(citing, cites=cited.cites, skill=cited.skill, established=False)
            statements = [attached if s.id == citing.id else s for s in statements]
            continue
        if citing.gates != cited.gates:
            # Under other gates it is another word of the source, as in 3.7.
            beside = replace(cited, id=citing.id, in_hand=citing.in_hand, gates=citing.gates)
            beside = replace(
                beside,
                force=citing.force,
                beta=citing.beta,
                date=citing.date,
                established=False,
            )
            statements = [beside if s.id == citing.id else s for s in statements]
            continue
        one = replace(
            cited,
            in_hand=cited.in_hand or citing.in_hand,
            force=max(cited.force, citing.force),
            beta=min(cited.beta, citing.beta),
            date=earliest(cited.date, citing.date),
        )
        statements = [one if s.id == cited.id else s for s in statements if s.id != citing.id]
        statements = renamed(statements, citing.id, cited.id)
        ignored.append((citing.id, "it repeats the source's own word"))


def merged(statements: list[Statement], ignored: list[tuple[str, str]]) -> list[Statement]:
    """Model 3.7."""
    while True:
        seen: dict[Any, Statement] = {}
        pair = None
        for s in statements:
            key = (s.source, s.cites, s.question, s.says, s.same_voice, s.gates, s.would_speak)
            if key in seen:
                pair = seen[key], s
                break
            seen[key] = s
        if pair is None:
            return statements
        first, second = sorted(pair, key=lambda s: s.id)
        one = replace(
            first,
            in_hand=first.in_hand or second.in_hand,
            force=max(first.force, second.force),
            skill=max(first.skill, second.skill),
            beta=min(first.beta, second.beta),
            date=earliest(first.date, second.date),
            established=first.established or second.established,
        )
        statements = [one if s.id == first.id else s for s in statements if s.id != second.id]
        statements = renamed(statements, second.id, first.id)
        ignored.append((second.id, "it repeats the source's own word"))


def leading_to_something_in_hand(
    statements: list[Statement], ignored: list[tuple[str, str]]
) -> list[Statement]:
    """Model 3.8."""
    by_id = {s.id: s for s in statements}
    needed: set[str] = set()
    waiting = [s.id for s in statements if s.in_hand]
    while waiting:
        here = waiting.pop()
        if here in needed:
            continue
        needed.add(here)
        if by_id[here].cites is not None:
            waiting.append(str(by_id[here].cites))
        if by_id[here].same_voice:
            waiting.append(by_id[here].same_voice[0])  # type: ignore[index]
    gone = {s.id: "nothing that we have depends on it" for s in statements if s.id not in needed}
    return without(statements, gone, ignored)
