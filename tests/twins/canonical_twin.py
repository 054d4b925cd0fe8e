"""The slow twin of the canonical form: model 3, step by step and in its order.

In: a case as a plain dict (DESIGN 2) and a day. Out: plain statements and what was ignored, why.
Every choice where the text is open is numbered in the docstring of `network_twin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from numbers_twin import (
    Case,
    Moment,
    Number,
    Question,
    Speaker,
    first_moment,
    force,
    interest_of,
    last_moment,
    number,
    places_of,
    questions_of,
    speakers_of,
    turns,
)

OWN = ("firsthand", "own-inquiry")
EXACT: Number = (1.0, float("inf"))


@dataclass(frozen=True)
class Record:
    """An attribution as written: still one node, whatever it cites (model 3, steps 1, 2 and 4)."""

    id: str
    source: str
    claim: str | None
    cites: tuple[str, ...]
    turned: bool
    wording: Any
    in_hand: bool
    skill: Number
    written: dict[str, Any]
    date: Moment | None
    gates: frozenset[str]
    basis: str
    would_speak: float | None
    same_voice: tuple[str, float] | None
    cap: float = 1.0
    says: frozenset[int] | None = None  # told outright by an own word that comes with a relay


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


# ---------------------------------------------------------------- 3.1


def expanded(case: Case) -> list[Record]:
    """One record for each claim an attribution names; a plain id cites them all (DESIGN 2)."""
    documents = {document["id"]: document for document in case.get("documents", ())}
    sources = {source["id"]: source for source in case["sources"]}
    several: dict[str, tuple[str, ...]] = {}
    for written in case["attributions"]:
        if isinstance(written.get("claim"), list):
            several[written["id"]] = tuple(f"{written['id']}/{c}" for c in written["claim"])
    found = []
    for written in case["attributions"]:
        document = documents.get(written.get("document"), {})
        on = written.get("said_on", document.get("published_on"))
        gates = {written.get("only_if"), sources[written["source"]].get("only_if")} - {None}
        voice = written.get("same_voice_as")
        cites = written.get("cites", ())
        cites = (cites,) if isinstance(cites, str) else tuple(cites)
        named = written.get("claim")
        for claim in named if isinstance(named, list) else [named]:
            stance = written.get("stance", "affirms")
            found.append(
                Record(
                    f"{written['id']}/{claim}" if isinstance(named, list) else written["id"],
                    written["source"],
                    claim,
                    tuple(dict.fromkeys(n for c in cites for n in several.get(c, (c,)))),
                    stance in ("denies", "disowns"),
                    written.get("wording"),
                    written.get("in_hand", False),
                    number(written.get("fidelity" if cites else "competence", 1)),
                    written,
                    None if on is None else first_moment(on),
                    frozenset(gates),
                    written.get("basis", "unstated"),
                    written["would_speak"] if stance == "silent" else None,
                    (voice["attribution"], voice["probability"]) if voice else None,
                )
            )
    return found


def in_hand_by_default(case: Case, records: list[Record]) -> list[Record]:
    """Model 3.1; a silence is always in hand (model 2.8)."""
    publishers = {d["id"]: d.get("publisher") for d in case.get("documents", ())}
    found = []
    for record in records:
        if record.would_speak is not None:
            found.append(replace(record, in_hand=True))
        elif "in_hand" in record.written:
            found.append(record)
        else:
            ours = publishers.get(record.written.get("document")) == record.source
            cited = any(
                record.id in other.cites
                for other in records
                if other.written["id"] != record.written["id"]
            )
            found.append(replace(record, in_hand=ours or not cited))
    return found


def own_words(
    records: list[Record], questions: dict[str, Question], places: dict[str, tuple[str, int]]
) -> list[Record]:
    """Model 3, "confirms": a relay with a basis of its own adds an established origin."""
    by_id = {record.id: record for record in records}
    found = []
    for record in records:
        if not record.cites or record.basis not in OWN:
            continue
        said = sorted(
            {(c, tuple(sorted(s))) for c, s in said_by(record, by_id, questions, places, ())}
        )
        for n, (claim, says) in enumerate(said):
            found.append(
                replace(
                    record,
                    id=f"{record.id}/own" if n == 0 else f"{record.id}/own{n + 1}",
                    claim=claim,
                    cites=(),
                    says=frozenset(says),
                    skill=number(record.written.get("competence", 1)),
                    same_voice=None,
                )
            )
    return found


def said_by(
    record: Record,
    by_id: dict[str, Record],
    questions: dict[str, Question],
    places: dict[str, tuple[str, int]],
    seen: tuple[str, ...],
) -> list[tuple[str, frozenset[int]]]:
    """What an attribution says, of which claim: turned by stance and wording (model 1)."""
    if record.claim is not None:
        value = places[record.claim][1]
        said = [(record.claim, frozenset({value}))]
        if record.says is not None:
            return [(record.claim, record.says)]
    else:
        said = [
            told
            for cited in record.cites
            if cited not in seen and cited != record.id
            for told in said_by(by_id[cited], by_id, questions, places, (*seen, record.id))
        ]
    found = []
    for claim, says in said:
        k = questions[places[claim][0]].size
        if record.turned != turns(record.wording, k):
            says = frozenset(range(k)) - says
        found.append((claim, says))
    return found


# ---------------------------------------------------------------- 3.2


def dropped(
    records: list[Record], gone: dict[str, str], ignored: list[tuple[str, str]]
) -> list[Record]:
    """Without those that go and whatever relays only them; lost same voices vanish (model 2.6)."""
    gone = dict(gone)
    kept = list(records)
    while True:
        kept = [record for record in kept if record.id not in gone]
        kept = [
            replace(record, cites=tuple(c for c in record.cites if c not in gone))
            if record.cites
            else record
            for record in kept
        ]
        orphans = [record for record in kept if not record.cites and record.claim is None]
        if not orphans:
            break
        for orphan in orphans:
            gone[orphan.id] = "it relays only what is ignored"
    ignored.extend(gone.items())
    return [
        replace(record, same_voice=None)
        if record.same_voice and record.same_voice[0] in gone
        else record
        for record in kept
    ]


def known_by(
    records: list[Record], as_of: str | None, ignored: list[tuple[str, str]]
) -> list[Record]:
    """Model 3.2: what was said later than the day asked about is dropped."""
    if as_of is None:
        return records
    end = last_moment(as_of)
    late = {r.id: "it was said later" for r in records if r.date is not None and r.date > end}
    return dropped(records, late, ignored)


def standing(
    records: list[Record],
    questions: dict[str, Question],
    places: dict[str, tuple[str, int]],
    as_of: str | None,
    ignored: list[tuple[str, str]],
) -> list[Record]:
    """Model 3.2: withdrawals for error, under pressure, and for reasons unknown."""
    by_id = {record.id: record for record in records}

    def withdrawn(record: Record) -> str | None:
        on = record.written.get("retracted_on")
        if on is None or (as_of is not None and first_moment(on) > last_moment(as_of)):
            return None
        return str(record.written.get("retracted_because", "unknown"))

    def sides(record: Record) -> set[tuple[str, frozenset[int]]]:
        said = said_by(record, by_id, questions, places, ())
        return {(places[claim][0], says) for claim, says in said}

    def contrary(record: Record, word: Record) -> bool:
        """A later word of the same source, of its own, that says the contrary."""
        if word.source != record.source or word.claim is None or word.would_speak is not None:
            return False
        if record.would_speak is not None or word.basis == "inference":
            return False
        if record.date is None or word.date is None or word.date <= record.date:
            return False
        k = questions[places[word.claim][0]].size
        if force(word.wording, k) == 0:
            return False
        return any(
            question == other and says == frozenset(range(k)) - denied
            for question, says in sides(word)
            for other, denied in sides(record)
        )

    gone: dict[str, str] = {}
    for record in records:
        if withdrawn(record) == "error":
            gone[record.id] = "it was withdrawn as an error"
    dated = sorted(records, key=lambda r: (r.date is not None, r.date or (), r.id))
    for record in dated:
        if withdrawn(record) == "pressure" and record.id not in gone:
            for word in records:
                if word.id not in gone and contrary(record, word):
                    gone[word.id] = "it was said under pressure"
    kept = {record.id: record for record in records}
    for record in reversed(dated):
        if withdrawn(record) != "unknown" or record.id in gone:
            continue
        words = [w for w in records if w.id not in gone and contrary(record, w)]
        if not words:
            gone[record.id] = "it was withdrawn"
            continue
        cap = max(min(kept[w.id].cap, force_of(w, questions, places)) for w in words)
        kept[record.id] = replace(record, cap=cap)
    return dropped([kept[record.id] for record in records], gone, ignored)


def force_of(
    record: Record, questions: dict[str, Question], places: dict[str, tuple[str, int]]
) -> float:
    assert record.claim is not None
    return force(record.wording, questions[places[record.claim][0]].size)


# ---------------------------------------------------------------- 3.3 and 3.4


def reachable(records: dict[str, Record], start: str) -> set[str]:
    """Whatever can be reached by one citation or more."""
    found: set[str] = set()
    waiting = list(records[start].cites)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(records[here].cites)
    return found


def without_circles(
    records: list[Record], ignored: list[tuple[str, str]]
) -> tuple[list[Record], bool]:
    """Model 3.4: citations inside a circle are removed."""
    by_id = {record.id: record for record in records}
    below = {record.id: reachable(by_id, record.id) for record in records}
    circles = {
        frozenset(other for other in below[record.id] if record.id in below[other])
        for record in records
        if record.id in below[record.id]
    }
    gone: dict[str, str] = {}
    for circle in circles:
        members = [record for record in records if record.id in circle]
        in_hand = any(member.in_hand for member in members) or not any(
            cited in circle
            for record in records
            if record.id not in circle
            for cited in record.cites
        )
        for member in members:
            left = tuple(cited for cited in member.cites if cited not in circle)
            if left:
                by_id[member.id] = replace(member, cites=left, in_hand=in_hand)
            else:
                gone[member.id] = "circular"
    kept = [by_id[record.id] for record in records]
    return dropped(kept, gone, ignored), bool(circles)


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
            gone[statement.id] = "it relays only what is ignored"
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
        one = replace(
            cited,
            in_hand=cited.in_hand or citing.in_hand,
            force=max(cited.force, citing.force),
            beta=min(cited.beta, citing.beta),
            date=earliest(cited.date, citing.date),
            gates=cited.gates if cited.in_hand else cited.gates | citing.gates,
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
