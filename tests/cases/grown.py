"""Cases grown by a seeded chance, the same for ever: people, papers and what they have from each other."""

from __future__ import annotations

import random
from typing import Any

from provenance.casefiles import load_case
from provenance.errors import CaseError
from provenance.records import Case

__all__ = ["grown", "grown_cases"]

_KINDS = ("person", "person", "outlet", "outlet", "agency", "collective", "unnamed", "sensor")
_GRADES: tuple[Any, ...] = (
    "A", "B", "C", "D", "F", 0.45, {"mean": 0.6, "strength": 8}, {"accuracy": 0.8, "strength": 10},
    {"confirmed": 7, "refuted": 2}, {"mean": 0.3, "strength": 40},
)  # fmt: skip
_BASES = ("firsthand", "firsthand", "own-inquiry", "unstated", "unstated", "secondhand")
_WORDINGS: tuple[Any, ...] = ("probably", "may", "unlikely", 0.7, 0.35)
_STAKES = ("gains", "gains strongly", "loses", "loses strongly", "says so whatever is true")


def grown_cases(count: int, *, most: int = 9) -> dict[str, Case]:
    """The first cases that are valid, by the seeds they are grown from."""
    found: dict[str, Case] = {}
    seed = 0
    while len(found) < count:
        seed += 1
        try:
            found[f"grown from {seed}"] = load_case(grown(seed, most=most))
        except CaseError:
            continue
    return found


def grown(seed: int, *, most: int = 9) -> dict[str, Any]:
    """A case as it is written, valid or not.

    >>> grown(3)["claims"][0]["id"]
    'c0'
    """
    chance = random.Random(seed)
    claims = [_claim(chance, f"c{n}") for n in range(chance.randint(1, 3))]
    names = [each["id"] for each in claims]
    sources = [_source(chance, f"s{n}", names) for n in range(chance.randint(2, 5))]
    said: list[dict[str, Any]] = []
    for number in range(chance.randint(2, most)):
        said.append(_attribution(chance, f"a{number}", said, names, sources))
    if len(said) > 2 and chance.random() < 0.2:
        _in_a_circle(said)
    if chance.random() < 0.3:
        said += _taken_back(chance, sources[0]["id"], names[0])
    document = {"version": 1, "claims": claims, "sources": sources, "attributions": said}
    asked = _questions(chance, claims)
    links = {} if asked else {"links": _links(chance, names)}
    return document | asked | links | _documents(chance, said, sources)


def _claim(chance: random.Random, name: str) -> dict[str, Any]:
    claim: dict[str, Any] = {"id": name, "text": f"The {name} thing happened"}
    if chance.random() < 0.7:
        claim["prior"] = chance.choice((0.05, 0.2, 0.5, {"mean": 0.3, "strength": 6}))
    if chance.random() < 0.15:
        claim["resolved"] = {"value": chance.random() < 0.5, "on": "2015-09"}
    return claim


def _source(chance: random.Random, name: str, claims: list[str]) -> dict[str, Any]:
    source: dict[str, Any] = {"id": name, "name": f"Source {name}", "kind": chance.choice(_KINDS)}
    if chance.random() < 0.85:
        source["reliability"] = chance.choice(_GRADES)
    if chance.random() < 0.2:
        source["access"] = chance.choice((0.5, {"mean": 0.7, "strength": 5}))
    if chance.random() < 0.2:
        source["passing_on"] = chance.choice(("A", "D", 0.8))
    if chance.random() < 0.3:
        touched = chance.choice(([chance.choice(claims)], "all"))
        source["interests"] = [{"claims": touched, "stake": chance.choice(_STAKES)}]
    if chance.random() < 0.1:
        source["only_if"] = chance.choice(claims)
    return source


def _attribution(
    chance: random.Random,
    name: str,
    before: list[dict[str, Any]],
    claims: list[str],
    sources: list[dict[str, Any]],
) -> dict[str, Any]:
    said: dict[str, Any] = {"id": name, "source": chance.choice(sources)["id"]}
    if before and chance.random() < 0.5:
        cited = [each["id"] for each in before if isinstance(each.get("claim", ""), str)] or ["a0"]
        several = chance.random() < 0.2
        said["cites"] = cited[-2:] if several else chance.choice(cited)
        if chance.random() < 0.15:
            said["stance"] = "disowns"
        if chance.random() < 0.2:
            said["fidelity"] = chance.choice((0.6, {"mean": 0.8, "strength": 5}))
    else:
        said["claim"] = chance.choice((*claims, claims[:2]))
        said["stance"] = chance.choice(("affirms", "affirms", "affirms", "denies"))
        if chance.random() < 0.1:
            said |= {"stance": "silent", "would_speak": 0.6}
        elif chance.random() < 0.3:
            said["wording"] = chance.choice(_WORDINGS)
    if said.get("stance") != "silent" and chance.random() < 0.7:
        said["basis"] = chance.choice(_BASES)
    if chance.random() < 0.75:
        said["said_on"] = f"2015-08-{chance.randint(10, 28)}"
    if chance.random() < 0.12:
        said["retracted_on"] = f"2015-09-{chance.randint(10, 28)}"
    if chance.random() < 0.2:
        said["in_hand"] = chance.random() < 0.5
    if before and chance.random() < 0.12:
        voice = chance.choice(before)["id"]
        said["same_voice_as"] = {"attribution": voice, "probability": chance.choice((0.4, 1))}
    if chance.random() < 0.1:
        said["only_if"] = chance.choice(claims)
    return said


def _taken_back(chance: random.Random, source: str, claim: str) -> list[dict[str, Any]]:
    """Something withdrawn, whose source says the contrary later, more or less surely."""
    first: dict[str, Any] = {"id": "first", "source": source, "claim": claim}
    first |= {"said_on": "2015-08-01", "retracted_on": "2015-09-20"}
    if chance.random() < 0.5:
        first["retracted_because"] = chance.choice(("error", "unknown", "pressure"))
    later = {"id": "later", "source": source, "claim": claim, "stance": "denies"}
    later |= {"said_on": "2015-09-25", "wording": chance.choice(("probably", "may", 1, 0.6))}
    return [first, later]


def _questions(chance: random.Random, claims: list[dict[str, Any]]) -> dict[str, Any]:
    """All claims as the answers of one question, some of the time."""
    if len(claims) < 2 or chance.random() < 0.65:
        return {}
    for each in claims:
        each.pop("prior", None)
    names = [each["id"] for each in claims]
    question: dict[str, Any] = {"id": "which", "text": "Which of them?", "claims": names}
    if chance.random() < 0.5:
        question |= {"exhaustive": False, "prior": [0.3, 0.2, 0.1][: len(names)]}
    return {"questions": [question]}


def _in_a_circle(said: list[dict[str, Any]]) -> None:
    """Two attributions that each have it from the other."""
    for one, other in ((0, 1), (1, 0)):
        said[one] = {key: said[one][key] for key in ("id", "source")} | {"cites": f"a{other}"}


def _links(chance: random.Random, names: list[str]) -> list[dict[str, Any]]:
    if len(names) < 2 or chance.random() < 0.3:
        return []
    kinds: list[dict[str, Any]] = [
        {"kind": "implies", "claim": names[0], "implies": names[1], "strength": 0.8},
        {"kind": "contradicts", "claims": names},
        {"kind": "evidence", "claim": names[0], "sign": names[1], "if_true": 0.7, "if_false": 0.1},
    ]
    return [chance.choice(kinds)]


def _documents(
    chance: random.Random, said: list[dict[str, Any]], sources: list[dict[str, Any]]
) -> dict[str, Any]:
    if chance.random() < 0.5:
        return {}
    page = {"id": "page", "publisher": chance.choice(sources)["id"], "published_on": "2015-09-01"}
    for each in said:
        if chance.random() < 0.3:
            each["document"] = "page"
    return {"documents": [page]}
