"""A slow and obvious way from a case to its stories, one rule after the other, to compare with.

Nothing here is shared with the library's graph but the values it fills: what is said is a mutable
node that points at what it cites, and every rule is a plain loop over all nodes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

import attrs

from provenance.records import (
    Attribution,
    Case,
    Estimate,
    EvidenceLink,
    ImpliesLink,
    Source,
)
from provenance.scales import Degree, commits, confirms, credence, interest_ratio

__all__ = ["Node", "degree_of", "nodes_of"]


CERTAIN = Degree(1.0)


@attrs.define(eq=False)
class Entry:
    """An attribution; one that makes several claims is an entry for each."""

    id: str
    record: Attribution
    claim: str | None
    cites: list[Entry]
    in_hand: bool


@attrs.define(eq=False)
class Node:
    """One source saying one thing."""

    id: str
    source: object
    """The source's id; for an unnamed origin, the source that had it secondhand and what."""
    claim: str
    """The claim that it is about."""
    asserts: bool
    """Whether it says that the claim is so."""
    said: tuple[object, ...]
    """The same as a value of a question: of two alternatives, denying one is asserting the other."""
    cites: Node | None
    in_hand: bool
    skill: Degree
    commitment: float
    interest: float
    competence: Degree = CERTAIN
    """The skill that it would have as an origin."""
    heard: bool = True
    """Whether it commits to anything, is no inference, and does not relay only what is neither."""
    voice: Node | None = None
    tau: float = 0.0


def nodes_of(case: Case, as_of: date | None = None) -> list[Node]:
    """Everything that is said in a case and counts."""
    return _needed(_merged(_joined(_nodes(case, _kept(case, as_of)))))


# ---------------------------------------------------------------- what is kept of the file


def _entries(case: Case) -> list[Entry]:
    entries: dict[str, list[Entry]] = {}
    for record in case.attributions:
        claims = record.claims or (None,)
        several = len(claims) > 1
        entries[record.id] = [
            Entry(f"{record.id}/{claim}" if several else record.id, record, claim, [], False)
            for claim in claims
        ]
    everything = [entry for group in entries.values() for entry in group]
    by_name = {entry.id: [entry] for entry in everything} | entries
    for entry in everything:
        for name in entry.record.cited:
            entry.cites += [each for each in by_name[name] if each not in entry.cites]
    publishers = {document.id: document.publisher for document in case.documents}
    for entry in everything:
        record = entry.record
        heard = any(entry in other.cites for other in everything if other is not entry)
        own = record.document is not None and publishers[record.document] == record.source
        entry.in_hand = (own or not heard) if record.in_hand is None else record.in_hand
    return everything


def _kept(case: Case, as_of: date | None) -> list[Entry]:
    entries = _entries(case)
    published = {document.id: document.published_on for document in case.documents}
    gone = []
    for entry in entries:
        record = entry.record
        said = record.said_on or (published[record.document] if record.document else None)
        if as_of is not None and said is not None and said.first > as_of:
            gone.append(entry)
        withdrawn = record.retracted_on
        if withdrawn is not None and (as_of is None or withdrawn.first <= as_of):
            gone.append(entry)
    entries = _dropped(entries, gone)
    return _without_circles(entries)


def _dropped(entries: list[Entry], gone: Sequence[Entry]) -> list[Entry]:
    """The rest, without citations of what is gone and without what relays only that."""
    rest = [entry for entry in entries if entry not in gone]
    more = []
    for entry in rest:
        if entry.cites:
            entry.cites = [each for each in entry.cites if each not in gone]
            if not entry.cites:
                more.append(entry)
    return _dropped(rest, more) if more else rest


def _reached(entry: Entry) -> list[Entry]:
    found: list[Entry] = []
    waiting = list(entry.cites)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.append(each)
            waiting += each.cites
    return found


def _without_circles(entries: list[Entry]) -> list[Entry]:
    reached = {entry.id: _reached(entry) for entry in entries}
    circles = {
        entry.id: [
            other for other in entries if other in reached[entry.id] and entry in reached[other.id]
        ]
        for entry in entries
        if entry in reached[entry.id]
    }
    held = {}
    for entry in entries:
        if entry.id in circles:
            circle = circles[entry.id]
            outside = [other for other in entries if other not in circle]
            heard = any(member in other.cites for other in outside for member in circle)
            held[entry.id] = any(member.in_hand for member in circle) or not heard
    for entry in entries:
        if entry.id in circles:
            entry.cites = [each for each in entry.cites if each not in circles[entry.id]]
            entry.in_hand = held[entry.id]
    return _dropped(entries, [e for e in entries if e.id in circles and not e.cites])


# ---------------------------------------------------------------- who says what


def _nodes(case: Case, entries: list[Entry]) -> list[Node]:
    """One node for every pair of an attribution and what it cites, those cited first."""
    sources = {source.id: source for source in case.sources}
    sizes = {claim.id: 2 for claim in case.claims}
    for question in case.questions:
        sizes |= dict.fromkeys(question.claims, question.size)

    def said(claim: str, asserts: bool) -> tuple[object, ...]:
        for question in case.questions:
            if claim in question.claims:
                value = question.claims.index(claim)
                if question.size == 2 and not asserts:
                    return (question.id, 1 - value, True)
                return (question.id, value, asserts)
        return (claim, 0 if asserts else 1, True)

    of: dict[str, list[Node]] = {}
    nodes: list[Node] = []
    unnamed: dict[object, Node] = {}
    while len(of) < len(entries):
        for entry in entries:
            if entry.id in of or any(cited.id not in of for cited in entry.cites):
                continue
            of[entry.id] = []
            cited: list[Node | None] = [n for each in entry.cites for n in of[each.id]]
            for node in cited if entry.cites else [None]:
                claim = node.claim if node is not None else entry.claim
                assert claim is not None
                made = _node(case, sources[entry.record.source], entry, claim, node, sizes[claim])
                made.said = said(claim, made.asserts)
                if made.heard and made.cites is None and entry.record.basis == "secondhand":
                    _send_back(made, unnamed, nodes)
                nodes.append(made)
                of[entry.id].append(made)
                wording = entry.record.wording
                if (
                    entry.cites
                    and isinstance(wording, str)
                    and confirms(wording)
                    and entry.record.basis != "inference"
                ):
                    own = Node(
                        f"{made.id} confirms",
                        made.source,
                        made.claim,
                        made.asserts,
                        made.said,
                        None,
                        made.in_hand,
                        made.competence,
                        1.0,
                        made.interest,
                    )
                    nodes.append(own)
    _declare_voices(entries, of)
    return [node for node in nodes if node.heard]


def _node(case: Case, source: Source, entry: Entry, claim: str, cited: Node | None, k: int) -> Node:
    record = entry.record
    if isinstance(record.wording, str):
        w = credence(record.wording) if commits(record.wording) else 1.0 / k
    else:
        w = 1.0 if record.wording is None else record.wording
    silent = abs(k * w - 1.0) < 1e-12
    asserts = cited.asserts if cited is not None else True
    if record.denies:
        asserts = not asserts
    if w < 1.0 / k and not silent:
        asserts = not asserts
    if cited is None:
        skill = degree_of(record.competence, Degree(1.0))
    else:
        skill = degree_of(record.fidelity, Degree(0.88, 30.0))
    return Node(
        id=entry.id if cited is None or len(record.cited) < 2 else f"{entry.id}>{cited.id}",
        source=source.id,
        claim=claim,
        asserts=asserts,
        said=(),
        cites=cited,
        in_hand=entry.in_hand,
        skill=skill,
        commitment=abs(k * w - 1.0) / (k - 1),
        interest=record.interest or _interest(case, source, claim, asserts),
        competence=degree_of(record.competence, Degree(1.0)),
        heard=not silent and record.basis != "inference" and (cited is None or cited.heard),
    )


def _send_back(node: Node, unnamed: dict[object, Node], nodes: list[Node]) -> None:
    """Make a secondhand origin the relay of one whom nobody names."""
    key = ("unnamed", node.source, node.said)
    if key not in unnamed:
        unnamed[key] = Node(
            f"{node.id} unnamed",
            key,
            node.claim,
            node.asserts,
            node.said,
            None,
            False,
            Degree(1.0),
            1.0,
            1.0,
        )
        nodes.append(unnamed[key])
    node.cites = unnamed[key]
    node.skill = Degree(0.88, 30.0)


def _declare_voices(entries: list[Entry], of: dict[str, list[Node]]) -> None:
    for entry in entries:
        declared = entry.record.same_voice_as
        if declared is None:
            continue
        for node in of[entry.id]:
            others = [
                other
                for each in entries
                if declared.attribution in (each.id, each.record.id)
                for other in of[each.id]
            ]
            for other in others:
                if other.heard and (other.claim == node.claim or len(others) == 1):
                    node.voice, node.tau = other, declared.probability


def degree_of(written: float | Estimate | None, absent: Degree) -> Degree:
    if written is None:
        return absent
    if isinstance(written, Estimate):
        return Degree(written.mean, written.strength)
    return Degree(written)


def _interest(case: Case, source: Source, claim: str, asserts: bool) -> float:
    """max(1, largest) min(1, smallest) of all ratios that touch a claim through a chain of links."""
    touched = {(claim, True)}
    while True:
        more = set(touched)
        for known, way in touched:
            for link in case.links:
                if isinstance(link, ImpliesLink) and link.claim == known:
                    more.add((link.implies, way))
                if isinstance(link, EvidenceLink) and link.sign == known:
                    if link.if_true > link.if_false:
                        more.add((link.claim, way))
                    if link.if_true < link.if_false:
                        more.add((link.claim, not way))
        if more == touched:
            break
        touched = more
    ratios = [1.0]
    for interest in source.interests:
        for known, way in touched:
            if interest.everything or known in interest.touched:
                ratios.append(interest_ratio(interest.stake, denies=way != asserts))
    return max(ratios) * min(ratios)


# ---------------------------------------------------------------- one node for what is one


def _joined(nodes: list[Node]) -> list[Node]:
    """A source that cites itself either repeats itself or takes something back."""
    for node in nodes:
        cited = node.cites
        if cited is None or cited.source != node.source:
            continue
        if cited.said != node.said:
            node.cites = cited.cites
            if node.cites is None:
                node.skill = node.competence
            return _joined(nodes)
        cited.in_hand = cited.in_hand or node.in_hand
        cited.commitment = max(cited.commitment, node.commitment)
        cited.interest = min(cited.interest, node.interest)
        return _joined(_redirected(nodes, node, cited))
    return nodes


def _redirected(nodes: list[Node], gone: Node, to: Node) -> list[Node]:
    rest = [node for node in nodes if node is not gone]
    for node in rest:
        if node.cites is gone:
            node.cites = to
        if node.voice is gone:
            node.voice = to
    return rest


def _merged(nodes: list[Node]) -> list[Node]:
    for one, other in itertools.combinations(nodes, 2):
        if (
            (one.source, one.said) == (other.source, other.said)
            and one.cites is other.cites
            and one.voice is other.voice
            and one.tau == other.tau
        ):
            one.in_hand = one.in_hand or other.in_hand
            one.commitment = max(one.commitment, other.commitment)
            one.interest = min(one.interest, other.interest)
            one.skill = max(one.skill, other.skill, key=lambda each: (each.mean, each.strength))
            return _merged(_redirected(nodes, other, one))
    return nodes


def _needed(nodes: list[Node]) -> list[Node]:
    found = [node for node in nodes if node.in_hand]
    for node in found:
        found += [
            each for each in (node.cites, node.voice) if each is not None and each not in found
        ]
    return [node for node in nodes if node in found]
