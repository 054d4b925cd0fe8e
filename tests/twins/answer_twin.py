"""The slow twin of the answer: model 4, by asking again with one thing changed.

Independent reruns and plain recomputation stand where the engine may differentiate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tests.twins.canonical_twin import (
    Canonical,
    Statement,
    canonical,
    leading_to_something_in_hand,
    merged,
    without,
)
from tests.twins.network_twin import Network, network_of, values_of, worlds
from tests.twins.numbers_twin import Case
from tests.twins.story_twin import StateKey, Story, story_of


class Impossible(ValueError):
    """The statements cannot all be true."""


@dataclass(frozen=True)
class Asked:
    """One claim of a case, with its network: what every answer below starts from."""

    story: Story
    network: Network

    @property
    def place(self) -> tuple[str, int]:
        return self.story.case.places[self.story.asked]

    @property
    def size(self) -> int:
        return self.story.case.questions[self.place[0]].size


def ask(
    case: Case | Canonical,
    claim: str,
    as_of: str | None = None,
    coupling: str = "story",
    theta: float = 1.5,
    only: tuple[Statement, ...] | None = None,
) -> Asked:
    found = case if isinstance(case, Canonical) else canonical(case, as_of)
    story = story_of(found, claim, coupling, theta, only)
    return Asked(story, network_of(story))


def for_and_against(asked: Asked, network: Network | None = None) -> tuple[float, float]:
    """P(E, the claim) and P(E, not the claim)."""
    question, value = asked.place
    found = values_of(network or asked.network, question, asked.size)
    return found[value], sum(found) - found[value]


def probability_of(asked: Asked, network: Network | None = None) -> float:
    so, not_so = for_and_against(asked, network)
    if so + not_so <= 0:
        raise Impossible
    return so / (so + not_so)


def probability(
    case: Case,
    claim: str,
    as_of: str | None = None,
    coupling: str = "story",
    theta: float = 1.5,
) -> float:
    """P(claim | everything in hand)."""
    return probability_of(ask(case, claim, as_of, coupling, theta))


def effective_prior(asked: Asked) -> float:
    """The claim's share of the fitted joint, resolutions ignored."""
    question, value = asked.place
    return asked.story.prior(question)[value]


def log_odds(p: float) -> float | None:
    return math.log2(p / (1 - p)) if 0 < p < 1 else None


def difference(p: float, q: float) -> float | None:
    """Bits from q to p; none where either is certain."""
    a, b = log_odds(p), log_odds(q)
    return None if a is None or b is None else a - b


def bits(asked: Asked) -> float | None:
    """The weight of all the evidence (model 4)."""
    return difference(probability_of(asked), effective_prior(asked))


# ---------------------------------------------------------------- weights


def statement_bits(asked: Asked) -> dict[str, float | None]:
    """Each statement in hand: its factor replaced by ones, K by the bundle network's value without
    it; betas, discounts and structure stay (model 4)."""
    p = probability_of(asked)
    found = {}
    for node in asked.network.nodes:
        s = node.statement
        if not s.in_hand:
            continue
        rest = replace(
            asked.network,
            nodes=tuple(
                replace(other, off=True) if other is node else other
                for other in asked.network.nodes
            ),
        )
        if node.bundled:
            bundle = asked.network.bundles[node.state]
            unheard = replace(
                bundle,
                nodes=tuple(
                    replace(other, statement=replace(other.statement, in_hand=False))
                    if other.statement.id == s.id
                    else other
                    for other in bundle.nodes
                ),
            )
            k = sum(values_of(unheard))
            rest = replace(rest, own_story=rest.own_story | {node.state: k})
        found[s.id] = difference(p, probability_of(asked, rest))
    return found


def is_judged(story: Story, s: Statement) -> bool:
    return story.case.speakers[s.source].rho is not None


def is_origin(s: Statement) -> bool:
    """Speaks for itself and does speak: a silence is none (model 2.8)."""
    return s.cites is None and s.would_speak is None


def in_the_story(story: Story) -> list[Statement]:
    """Those of the asked claim's own story; coupling "source" weighs others with them."""
    mine = story.stories[story.case.places[story.asked][0]]
    return [s for s in story.statements if story.stories[s.question] == mine]


def voices(story: Story) -> list[frozenset[str]]:
    """Sources, joined where a same-voice declaration joins their origins (model 4)."""
    by_id = {s.id: s for s in story.statements}
    groups = [{s.source} for s in in_the_story(story) if s.cites is None]
    for s in in_the_story(story):
        if s.same_voice and is_origin(s) and is_origin(by_id[s.same_voice[0]]):
            groups.append({s.source, by_id[s.same_voice[0]].source})
    found: list[set[str]] = []
    for group in groups:
        touched = [other for other in found if other & group]
        found = [other for other in found if not other & group] + [group.union(*touched)]
    return sorted((frozenset(group) for group in found), key=sorted)


def origin_weights(asked: Asked) -> dict[frozenset[str], float | None]:
    """Each source's own statements in the story left out, with what relays only them, by rerunning
    (model 4); null where the rest is impossible."""
    story = asked.story
    p = probability_of(asked)
    found = {}
    for group in voices(story):
        gone = {
            s.id: "left out" for s in in_the_story(story) if s.source in group and s.cites is None
        }
        rest = without(story.case.statements, gone, [])
        rest = leading_to_something_in_hand(merged(rest, []), [])
        other = ask(story.case, story.asked, None, story.coupling, story.theta, only=tuple(rest))
        try:
            found[group] = difference(p, probability_of(other))
        except Impossible:
            found[group] = None
    return found


def potentials(asked: Asked) -> dict[str, float]:
    """The score with one unjudged source's reliability exactly .5 (model 2.10)."""
    story = asked.story
    found = {}
    for source in sorted({s.source for s in story.statements if s.cites is None}):
        speaker = story.case.speakers[source]
        if speaker.rho is None:
            judged = replace(
                story.case,
                speakers=story.case.speakers | {source: replace(speaker, rho=(0.5, math.inf))},
            )
            found[source] = probability_of(
                ask(judged, story.asked, None, story.coupling, story.theta)
            )
    return found


def if_one_voice(asked: Asked) -> float:
    """Model 2.9, theta -> 0."""
    return _at_theta(asked, 0.0)


def if_independent(asked: Asked) -> float:
    """Model 2.9, theta -> infinity."""
    return _at_theta(asked, math.inf)


def _at_theta(asked: Asked, theta: float) -> float:
    story = asked.story
    return probability_of(ask(story.case, story.asked, None, story.coupling, theta))


def at_prior(asked: Asked, p: float) -> float:
    """The same evidence on another prior, by Jeffrey's rule (model 4): m and K follow, f and the
    chances of the gates stay."""
    question, value = asked.place
    story = asked.story
    n = story.group(question)
    moved = story.stated | {n: story.stated[n].reweighted(question, value, p)}
    other = replace(story, stated=moved, first=story.stated)
    return probability_of(Asked(other, network_of(other)))


def state_trust(asked: Asked) -> dict[StateKey, float]:
    """Posterior chance that each state tracks."""
    found = dict.fromkeys(asked.network.tracks, 0.0)
    total = 0.0
    for weight, world in worlds(asked.network):
        total += weight
        for key, so in world.tracks.items():
            found[key] += weight * so
    if total <= 0:
        raise Impossible
    return {key: weight / total for key, weight in found.items()}


# ---------------------------------------------------------------- counts


def leanings(story: Story) -> dict[str, set[int]]:
    """Claims whose affirmation speaks for (+1) or against (-1) the asked one: its signs
    and what implies it, through any chain; what contradicts it itself, the other way."""
    found = {(story.asked, 1)}
    waiting = [(story.asked, 1)]
    while waiting:
        here, way = waiting.pop()
        for link in story.case.links:
            step = None
            if link["kind"] == "evidence" and link["claim"] == here:
                lean = link["if_true"] - link["if_false"]
                if lean:
                    step = (link["sign"], way if lean > 0 else -way)
            elif link["kind"] == "implies" and link["implies"] == here:
                step = (link["claim"], way)
            if step is not None and step not in found:
                found.add(step)
                waiting.append(step)
    for link in story.case.links:
        if link["kind"] == "contradicts" and story.asked in link["claims"]:
            found |= {(claim, -1) for claim in link["claims"] if claim != story.asked}
    ways: dict[str, set[int]] = {}
    for claim, way in found:
        ways.setdefault(claim, set()).add(way)
    return ways


def side(story: Story, s: Statement, ways: dict[str, set[int]]) -> set[int]:
    """For (+1) or against (-1) the asked claim, or both, or neither."""
    question, value = story.case.places[story.asked]
    if s.question == question:
        return {1 if value in s.says else -1}
    found: set[int] = set()
    size = story.case.questions[s.question].size
    for claim, directions in ways.items():
        about, place = story.case.places[claim]
        if about == s.question and s.says == {place}:
            found |= directions
        elif about == s.question and s.says == frozenset(range(size)) - {place}:
            found |= {-way for way in directions}
    return found


def counts(asked: Asked) -> tuple[int, int, int]:
    """Independent, established and opposing origins, in groups."""
    story = asked.story
    ways = leanings(story)
    judged = [s for s in in_the_story(story) if is_origin(s) and is_judged(story, s)]
    sides = {s.id: side(story, s, ways) for s in judged}
    groups = [[s for s in judged if s.source in group] for group in voices(story)]
    speaking = sum(any(1 in sides[s.id] for s in group) for group in groups)
    opposing = sum(any(-1 in sides[s.id] for s in group) for group in groups)
    on_record = sum(any(1 in sides[s.id] and s.established for s in group) for group in groups)
    return speaking, max(on_record, min(1, speaking)), opposing


def has_judged_origin(asked: Asked) -> bool:
    return any(is_origin(s) and is_judged(asked.story, s) for s in in_the_story(asked.story))
