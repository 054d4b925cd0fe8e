"""The slow twin of unrecorded lineage: who stands in line behind whom (model 2.9)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tests.twins.canonical_twin import Statement
from tests.twins.numbers_twin import Moment
from tests.twins.story_twin import Story, given_of, state_of, tracks_of, upstream_first


def gate_chance(story: Story, gates: Iterable[str], first: bool = True) -> float:
    """Prior chance that every gate is true; a resolved one is 0 or 1, several multiply."""
    chance = 1.0
    for gate in sorted(gates):
        question, value = story.case.places[gate]
        if (question, value) in {(q, v) for q, v, _ in given_of(story)}:
            chance *= float(story.case.resolved[gate])
        else:
            n = story.group(question)
            joint = (story.first or story.stated)[n]
            chance *= joint.marginal(question, story.case.questions[question].size)[value]
    return chance


def strengths(story: Story) -> dict[str, float]:
    """How strongly each statement reaches us, to 12 places."""
    tracks = tracks_of(story, story.statements)
    size = {s.id: s.skill[0] * s.force for s in story.statements}
    arrives: dict[str, float] = {}
    for s in reversed(upstream_first(story.statements)):
        relays = [r for r in story.statements if r.cites == s.id]
        arrives[s.id] = (
            1.0
            if s.in_hand
            else max(
                (
                    tracks[state_of(r, story.coupling)]
                    * size[r.id]
                    * gate_chance(story, r.gates)
                    * arrives[r.id]
                    for r in relays
                ),
                default=0.0,
            )
        )
    return {
        s.id: round(
            tracks[state_of(s, story.coupling)]
            * size[s.id]
            * arrives[s.id]
            * gate_chance(story, s.gates),
            12,
        )
        for s in story.statements
    }


NEVER: Moment = (10_000, 0, 0, 0, 0)


def discounts(story: Story) -> dict[str, float]:
    """Model 2.9: g of every origin that stands in a line behind somebody."""
    found = {s.id: 1.0 for s in story.statements}
    if math.isinf(story.theta):
        return found  # everybody is independent
    strength = strengths(story)

    def place(s: Statement) -> tuple[float, bool, Moment, int, str]:
        spoken = sum(
            other.source == s.source and story.stories[other.question] == story.stories[s.question]
            for other in story.statements
        )
        return -strength[s.id], bool(s.gates), s.date or NEVER, spoken, s.id

    sets: dict[tuple[str, frozenset[int]], list[Statement]] = {}
    for s in story.statements:
        speaker = story.case.speakers[s.source]
        if s.cites is None and s.would_speak is None and speaker.rho and not speaker.sensor:
            sets.setdefault((s.question, s.says), []).append(s)
    for (question, says), origins in sets.items():
        head = min(
            (s for s in origins if s.established and not s.same_voice), key=place, default=None
        )
        line = behind_their_voices(
            sorted((s for s in origins if not s.established or s is head), key=place)
        )
        sources = list(dict.fromkeys(s.source for s in line))
        if len(sources) < 2:
            continue
        share = story.theta * sum(story.f(question)[v] for v in says)
        ahead = 0.0
        for source in sources:
            guests = []
            for s in (s for s in line if s.source == source):
                if s.same_voice:
                    guests.append(guest(s.same_voice[1], story.theta, ahead))
                else:
                    found[s.id] = discount(share, ahead)
                    guests.append(1.0)
            ahead += max(guests)
    return found


def behind_their_voices(line: list[Statement]) -> list[Statement]:
    """Always the first whose declared voice is not itself still to come."""
    found: list[Statement] = []
    while line:
        coming = {s.id for s in line}
        found.append(next(s for s in line if not s.same_voice or s.same_voice[0] not in coming))
        line = [s for s in line if s is not found[-1]]
    return found


def discount(share: float, ahead: float) -> float:
    """theta*f / (theta*f + n); nobody ahead counts whole, even where theta is 0 (model 2.9)."""
    return share / (share + ahead) if ahead else 1.0


def guest(tau: float, theta: float, ahead: float) -> float:
    """How much of a guest somebody is who declared a same voice."""
    if theta == 0:
        return 1 - tau if ahead == 0 else float(tau < 1)
    return min(1.0, (1 - tau) * (1 + ahead / theta))
