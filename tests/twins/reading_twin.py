"""The slow twin of a story that the library has brought to canonical form: the same, in its words.

So that what the library does with a story, one more voice or another grade, can be tried by
enumeration too.
"""

from __future__ import annotations

from provenance.graph import Link as Given
from provenance.graph import Place, StoryQuestion, Witness
from provenance.graph import Statement as Said
from provenance.graph import Story as Told
from provenance.scales import Degree
from tests.twins.answer_twin import Asked
from tests.twins.canonical_twin import Canonical, Statement
from tests.twins.network_twin import network_of
from tests.twins.numbers_twin import Number, Question, Speaker
from tests.twins.priors_twin import Link, joint_of, linked
from tests.twins.story_twin import Story


def asked_of(told: Told, place: Place, coupling: str = "story", theta: float = 1.5) -> Asked:
    """One value of one question of a story, as the twin asks it."""
    questions = {each.id: _question(each) for each in told.questions}
    places = {
        _claim(told, Place(q, value)): (each.id, value)
        for q, each in enumerate(told.questions)
        for value in range(each.size)
    }
    links = tuple(_link(told, each) for each in told.links)
    case = Canonical(
        questions,
        {each.id: _speaker(each) for each in told.witnesses},
        tuple(_statement(told, each) for each in told.statements),
        (),
        {_claim(told, where): truth for where, truth in told.resolved},
        places,
        links,
        False,
    )
    groups = tuple(frozenset(each) for each in linked(questions, links, places))
    story = Story(
        case,
        _claim(told, place),
        tuple(questions),
        case.statements,
        groups,
        {n: joint_of(set(g), questions, links, places, False) for n, g in enumerate(groups)},
        {n: joint_of(set(g), questions, links, places, True) for n, g in enumerate(groups)},
        dict.fromkeys(questions, 0),
        coupling,
        theta,
    )
    return Asked(story, network_of(story))


def _claim(told: Told, place: Place) -> str:
    return f"{told.questions[place.question].id}={place.value}"


def _number(degree: Degree) -> Number:
    return degree.mean, degree.strength


def _question(each: StoryQuestion) -> Question:
    claims = tuple(f"{each.id}={value}" for value in range(each.size))
    return Question(each.id, claims, each.size, each.prior, each.strength, each.flat, each.is_sign)


def _speaker(each: Witness) -> Speaker:
    rho = None if each.reliability is None else _number(each.reliability)
    return Speaker(
        each.id, rho, _number(each.access), _number(each.passing_on), None, each.is_sensor
    )


def _link(told: Told, link: Given) -> Link:
    first, second = _claim(told, link.first), _claim(told, link.second)
    if link.only_second == link.neither == 1.0:
        if link.both == 1.0:
            strength = 1.0 - link.only_first
            return {"kind": "implies", "claim": first, "implies": second, "strength": strength}
        return {"kind": "contradicts", "claims": [first, second], "strength": 1.0 - link.both}
    chances = {"if_true": link.both, "if_false": link.only_second}
    return {"kind": "evidence", "claim": first, "sign": second} | chances


def _statement(told: Told, each: Said) -> Statement:
    size = told.questions[each.question].size
    cited = None if each.cites is None else told.statements[each.cites].id
    voice = None if each.voice is None else told.statements[each.voice].id
    return Statement(
        each.id,
        told.witnesses[each.witness].id,
        cited,
        told.questions[each.question].id,
        frozenset(value for value in range(size) if (value == each.value) == each.affirms),
        each.in_hand,
        _number(each.skill),
        each.commitment,
        each.interest,
        None if voice is None else (voice, each.voice_probability),
        frozenset(_claim(told, gate) for gate in each.gates),
        each.silence or None,
        each.is_established,
        None if each.day is None else each.day.timetuple()[:5],
    )
