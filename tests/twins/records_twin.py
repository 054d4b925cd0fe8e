"""The slow twin of the canonical form, first half: attributions as written (model 3.1 to 3.4).

What is in hand, what was known on a day, what was withdrawn, and which citations go in circles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.twins.numbers_twin import (
    Case,
    Moment,
    Number,
    Question,
    first_moment,
    force,
    last_moment,
    number,
    turns,
)

OWN = ("firsthand", "own-inquiry")


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


# ---------------------------------------------------------------- 3.1


def expanded(case: Case) -> list[Record]:
    """One record for each claim an attribution names; a plain id cites them all."""
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
            gone[orphan.id] = "it only passes on what has no weight"
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
