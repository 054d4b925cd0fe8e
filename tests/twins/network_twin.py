"""The slow twin of the network: model 2, every joint state tried one by one.

Nothing is eliminated and nothing is shared with the library. What the text of the model leaves
open is decided as listed here, in the way that never lets an echo count twice where one of the
ways would. Each choice quotes the words that leave it open.

Canonical form (`records_twin`, `canonical_twin`)

1.  3.1 "no other attribution of the whole file cites it": the plain id of an attribution of
    several claims cites each of them, `id/claim` only that one.
2.  3 "`ID/own` ... says what the relay says": what it says in the whole file, before anything is
    dropped; a relay that says several things adds one own word for each (`ID/own`, `ID/own2`), one
    that reaches no claim adds none. Its same voice is not carried over; a withdrawal of the record
    withdraws the own word too.
3.  3.2 "`as_of` drops later ones": those that begin after the last minute of that day, month, year.
4.  3.2 "the last one from on or before `as_of`": if all grades are later, nobody can judge it.
5.  3.2 "later contrary word of its own on the same claim": an origin of that source, of a strictly
    later first moment, both dated, which says the complement of what the withdrawn one says (for
    two exclusive claims, affirming the other one too). Inferences and words that commit to nothing
    are no words, nor are statements ignored for an error or as said under pressure. First errors,
    then pressure from the earliest statement on, then the unknown from the latest on.
6.  3.2 "no stronger wording than the later one": than the strongest of several.
7.  3.2 "every later contrary word of the source is ignored from that day": all that are later than
    the statement, those before the withdrawal too.
8.  3.4 "if nothing outside the circle cites a member": of what 3.2 left. The others of 3.1 keep
    the default that the whole file gave them.
9.  3.5 "one per source and what is said, its wording's side included": the unnamed origin says what
    is finally said, the relay passes it on unturned, with its credence as before and fidelity 1.
10. 3.6 "is merged into it where it says the same": with other gates it is not merged but becomes
    another word of the source beside it, with its skill and same voice, as 3.7 keeps such words
    apart. Merging regardless would either lift a gate or let the order of merging matter.
11. 3.6 "where it disowns it": where it says anything else than what it cites.
12. 3.7 "the first id": the smallest by characters; 3.6 keeps the id of what is cited.

States and stories (`story_twin`)

13. 2.2 "one each over all stories": the stories that a state joins are weighed as one network, and
    what is resolved in any of them is given; but "its story" keeps its meaning for the count in the
    ties of 2.9, for an origin's weight and for the counts of origins.
14. 2.2 "a state with several kept attributions": silences are attributions of their state.
15. 2 (interests) "a sign likelier when the claim is false counts the other way": and one equally
    likely does not count; "all" means the claim itself and all that it touches.

Lineage (`lineage_twin`)

16. 2.9 "the prior chance of its own gates (a resolved one 0 or 1; several multiply)": the same for
    the gates of relays; several multiply as marginals; the resolution of the asked claim is ignored
    here too; at another prior the chances stay.
17. 2.9 "the earlier date": by first moment, an unknown date last.
18. 2.9 "each source has one place, its strongest statement's, which its others share" and
    "everybody is one guest, but a member with a same-voice declaration": a place is as much of a
    guest as the most of its statements, so that a declared copy hides no undeclared word.
19. 2.9 "the other established ones stand outside it": they are neither discounted nor guests.
    An established one inside is discounted like anybody, if a stronger one is ahead of it.
20. 2.9 theta -> 0: whoever declared a same voice is a whole guest if somebody is ahead and tau < 1,
    1 - tau of one at the head.

Own stories (this module)

21. 2.3 "lam is at most 1 - 1e-9" and "states ... are formed from that network's attributions": in a
    bundle's network lam and m are those of the whole case, t and phantoms its own.
22. 2.5 "a cited in-hand "not v" is ... uniform over the other values": whether cited or not, which
    makes no difference where it is not.
23. 2.5 "two or more non-bundle origins on linked questions": on the same question too; each group
    of linked questions has its own phantom.

Answers (`answer_twin`, `interval_twin`)

24. 4 "u's factor replaced by ones": what it said stays known to its relays, as before.
25. 4 "K by the bundle network's value without u": in the network of the whole bundle, u hidden.
26. 4 "all of that source's own statements": its silences too; a source of silences alone has a
    weight. What is left is merged and pruned again (3.7, 3.8).
27. 2.10 "every such potential": those of the unnamed origins of 3.5 as well.
28. 4 lineage "to first order": the log odds are linear in log theta, whose spread is normal; 4 "for
    a fitted prior to first order in its mean": P(E, x) is linear in the mean.
29. 4, coupling "none": one reliability moves several states, and P(E, x) is not linear in it; the
    twin gives no interval there.
30. 4 opinion, "without a kept judged origin": a silence is none.
31. Counts of origins, "the claim, its signs and what implies it": through any chain of links; what
    contradicts the claim itself one step only; an origin that says a set of values of the claim's
    own question is for it if the set holds its value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tests.twins.canonical_twin import Statement
from tests.twins.lineage_twin import discounts
from tests.twins.priors_twin import Joint
from tests.twins.story_twin import (
    StateKey,
    Story,
    given_of,
    members_of,
    state_of,
    tracking,
    tracks_of,
    trust,
    upstream_first,
)

CAP = 1 - 1e-9


@dataclass(frozen=True)
class Node:
    """A statement with its numbers."""

    statement: Statement
    state: StateKey
    lam: float
    discount: float
    f: tuple[float, ...]
    base: tuple[float, ...]  # f of an origin, the cited statement's m of a relay
    m: tuple[float, ...]
    gates: tuple[tuple[str, int], ...]
    bundled: bool = False
    phantom: tuple[StateKey, int] | None = None
    off: bool = False  # its factor is replaced by ones (model 4)


@dataclass(frozen=True)
class Network:
    """All that an enumeration needs; only numbers change when an answer is asked again."""

    joint: Joint
    tracks: dict[StateKey, float]
    own_story: dict[StateKey, float]
    nodes: tuple[Node, ...]
    phantoms: dict[tuple[StateKey, int], Joint]
    given: tuple[tuple[str, int, bool], ...] = ()
    bundles: dict[StateKey, Network] = field(default_factory=dict)


# ---------------------------------------------------------------- nodes (2.3, 2.4)


def nodes_of(story: Story) -> dict[str, Node]:
    """lam, f and m of every statement; m ignores what is in hand and leaves gates out."""
    g = discounts(story)
    several = {key: len(m) > 1 for key, m in members_of(story, story.statements).items()}
    found: dict[str, Node] = {}
    for s in upstream_first(story.statements):
        state = state_of(s, story.coupling)
        lam = s.skill[0] * s.force * g[s.id]
        if several[state]:
            lam = min(lam, CAP)
        f = story.f(s.question)
        if s.cites is None:
            a = tracking(trust(story, s), s.beta) * lam
            base = f
            m = tuple(a * p + (1 - a) * q for p, q in zip(story.prior(s.question), f, strict=True))
        else:
            base = m = found[s.cites].m
        if s.same_voice:
            voice, tau = s.same_voice
            m = tuple(tau * v + (1 - tau) * o for v, o in zip(found[voice].m, m, strict=True))
        gates = tuple(story.case.places[gate] for gate in sorted(s.gates))
        found[s.id] = Node(s, state, lam, g[s.id], f, base, m, gates)
    return found


# ---------------------------------------------------------------- own stories (2.5)


def network_of(story: Story) -> Network:
    """The network of a story, with a bundle's K where a state has several statements."""
    nodes = nodes_of(story)
    several = {key for key, m in members_of(story, story.statements).items() if len(m) > 1}
    bundled = {
        s.id
        for s in story.statements
        if s.in_hand
        and s.same_voice is None
        and s.would_speak is None
        and state_of(s, story.coupling) in several
    }
    bundles = {}
    for key in sorted({nodes[i].state for i in bundled}):
        members = frozenset(i for i in bundled if nodes[i].state == key)
        bundles[key] = bundle_network(story, nodes, key, members)
    own = {key: sum(values_of(network)) for key, network in bundles.items()}
    built = assembled(story, nodes, story.statements, bundled, story.stated)
    return replace(built, own_story=own, bundles=bundles, given=given_of(story))


def bundle_network(
    story: Story, nodes: dict[str, Node], key: StateKey, members: frozenset[str]
) -> Network:
    """The bundle and all that it cites or may be the same voice as; only the bundle is in hand, its
    state tracks throughout, and there are no further Ks (model 2.5)."""
    needed, waiting = set(), list(members)
    while waiting:
        here = waiting.pop()
        if here not in needed:
            needed.add(here)
            s = nodes[here].statement
            waiting.extend(n for n in (s.cites, s.same_voice and s.same_voice[0]) if n)
    inside = [replace(s, in_hand=s.id in members) for s in story.statements if s.id in needed]
    priors = story.flat if key[1] == "witness" else story.stated
    built = assembled(story, nodes, inside, set(), priors)
    return replace(built, tracks=built.tracks | {key: 1.0})


def assembled(
    story: Story,
    numbers: dict[str, Node],
    statements: Iterable[Statement],
    bundled: set[str],
    priors: dict[int, Joint],
) -> Network:
    """States, phantoms and priors formed from just these statements."""
    statements = list(statements)
    phantoms: dict[tuple[StateKey, int], Joint] = {}
    follows: dict[str, tuple[StateKey, int]] = {}
    for key, members in members_of(story, statements).items():
        loose = [
            s for s in members if s.cites is None and s.would_speak is None and s.id not in bundled
        ]
        for n in sorted({story.group(s.question) for s in loose}):
            here = [s for s in loose if story.group(s.question) == n]
            if len(here) >= 2:
                phantoms[key, n] = story.flat[n].over({s.question for s in here})
                follows |= {s.id: (key, n) for s in here}
    nodes = tuple(
        replace(numbers[s.id], statement=s, bundled=s.id in bundled, phantom=follows.get(s.id))
        for s in upstream_first(statements)
    )
    used = {s.question for s in statements} | {q for node in nodes for q, _ in node.gates}
    used |= {story.case.places[story.asked][0]} | {q for q, _, _ in given_of(story)}
    joint = Joint((), {(): 1.0})
    for n, group in enumerate(story.groups):
        if group & used:
            joint = joint.times(priors[n].over(used))
    return Network(joint, tracks_of(story, statements), {}, nodes, phantoms)


# ---------------------------------------------------------------- every joint state


@dataclass
class World:
    """One joint value of everything that is no statement, and what has been said so far in it."""

    x: dict[str, int]
    tracks: dict[StateKey, bool]
    ghosts: dict[tuple[StateKey, int], dict[str, int]]
    said: dict[str, int] = field(default_factory=dict)


def factor(node: Node, m: int, world: World) -> float:
    """P(M = m | everything else): model 2.4 to 2.6."""
    s = node.statement
    if node.off:
        return 1.0
    if world.tracks[node.state]:
        found = node.base[m]
        if all(world.x[q] == v for q, v in node.gates):
            truth = world.x[s.question] if s.cites is None else world.said[s.cites]
            found = node.lam * (m == truth) + (1 - node.lam) * found
    elif node.bundled:
        found = 1 / len(s.says)
    elif node.phantom is not None:
        found = float(world.ghosts[node.phantom][s.question] == m)
    else:
        found = node.base[m]
    if s.same_voice:
        voice, tau = s.same_voice
        found = tau * (world.said[voice] == m) + (1 - tau) * found
    return found


def silence(node: Node, world: World) -> float:
    """Model 2.8."""
    s = node.statement
    assert s.would_speak is not None
    (value,) = s.says
    if node.off:
        return 1.0
    if world.tracks[node.state] and all(world.x[q] == v for q, v in node.gates):
        return 1 - s.would_speak * (world.x[s.question] == value)
    return 1 - s.would_speak * node.f[value]


def told(nodes: tuple[Node, ...], n: int, world: World) -> float:
    """The sum over everything that the statements from the n-th on may say, one by one."""
    if n == len(nodes):
        return 1.0
    node = nodes[n]
    s = node.statement
    if s.would_speak is not None:
        return silence(node, world) * told(nodes, n + 1, world)
    total = 0.0
    for m in sorted(s.says) if s.in_hand else range(len(node.f)):
        chance = factor(node, m, world)
        if chance:
            world.said[s.id] = m
            total += chance * told(nodes, n + 1, world)
    return total


def ghost_worlds(
    network: Network, tracks: dict[StateKey, bool]
) -> Iterator[tuple[float, dict[tuple[StateKey, int], dict[str, int]]]]:
    """Every value of every phantom of a source that does not track."""
    keys = [key for key in network.phantoms if not tracks[key[0]]]
    for cells in itertools.product(*(network.phantoms[key].cells.items() for key in keys)):
        yield (
            math.prod(weight for _, weight in cells),
            {
                key: dict(zip(network.phantoms[key].questions, cell, strict=True))
                for key, (cell, _) in zip(keys, cells, strict=True)
            },
        )


def worlds(network: Network) -> Iterator[tuple[float, World]]:
    """Every joint value of questions, states and phantoms, with P(it and the evidence)."""
    states = sorted(network.tracks)
    for cell, prior in network.joint.cells.items():
        x = dict(zip(network.joint.questions, cell, strict=True))
        if prior == 0 or any((x[q] == v) != so for q, v, so in network.given):
            continue
        for on in itertools.product((True, False), repeat=len(states)):
            tracks = dict(zip(states, on, strict=True))
            weight = prior
            for key, so in tracks.items():
                t = network.tracks[key]
                weight *= t if so else (1 - t) * network.own_story.get(key, 1.0)
            if weight:
                for chance, ghosts in ghost_worlds(network, tracks):
                    world = World(x, tracks, ghosts)
                    yield weight * chance * told(network.nodes, 0, world), world


def values_of(network: Network, question: str | None = None, size: int = 1) -> list[float]:
    """P(evidence, value of the question); without a question P(evidence) alone."""
    totals = [0.0] * size
    for weight, world in worlds(network):
        totals[world.x[question] if question is not None else 0] += weight
    return totals


def holding(network: Network, name: str, value: int) -> Network:
    """The network where a statement that we have not says a given value."""
    nodes = tuple(
        replace(node, statement=replace(node.statement, in_hand=True, says=frozenset({value})))
        if node.statement.id == name
        else node
        for node in network.nodes
    )
    return replace(network, nodes=nodes)
