"""The graph brings a case to the same stories as a slow reading of the rules, one after the other."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.assessment import as_day
from provenance.casefiles import load_case
from provenance.graph import Graph, Statement, Story
from provenance.scales import Degree
from tests.cases.strategies import cases
from tests.twins.canonical_twin import Canonical, canonical
from tests.twins.canonical_twin import Statement as SlowStatement
from tests.twins.drawn_cases import DAYS, drawn_cases
from tests.twins.numbers_twin import Number

AS_OF = st.sampled_from((None, None, *DAYS, "2015-08-08", "2016"))


def number(degree: Degree) -> Number:
    return degree.mean, degree.strength


def says(story: Story, statement: Statement) -> frozenset[int]:
    size = story.questions[statement.question].size
    return frozenset(
        value for value in range(size) if (value == statement.value) == statement.affirms
    )


def described(story: Story, statement: Statement) -> dict[str, Any]:
    """A statement of the library by what decides its weight, whatever unnamed sources are called."""
    cited = None if statement.cites is None else story.statements[statement.cites]
    voice = None if statement.voice is None else story.statements[statement.voice]
    return {
        "id": _plain(statement.id),
        "source": _plain(story.witnesses[statement.witness].id),
        "question": story.questions[statement.question].id,
        "says": says(story, statement),
        "cites": None if cited is None else _plain(cited.id),
        "in hand": statement.in_hand,
        "skill": number(statement.skill),
        "gates": sorted(
            story.questions[each.question].values[each.value] or "" for each in statement.gates
        ),
        "voice": None if voice is None else (_plain(voice.id), statement.voice_probability),
        "established": statement.is_established,
        "silence": statement.silence,
        "day": None if statement.day is None else statement.day.timetuple()[:5],
    }


def slowly(case: Canonical, statement: SlowStatement) -> dict[str, Any]:
    """The same of a statement of the twin."""
    voice = statement.same_voice
    return {
        "id": _plain(statement.id),
        "source": _plain(statement.source),
        "question": statement.question,
        "says": statement.says,
        "cites": None if statement.cites is None else _plain(statement.cites),
        "in hand": statement.in_hand,
        "skill": statement.skill,
        "gates": sorted(statement.gates),
        "voice": None if voice is None else (_plain(voice[0]), voice[1]),
        "established": statement.established,
        "silence": statement.would_speak or 0.0,
        "day": statement.date,
    }


def _plain(name: str) -> str:
    """Two unnamed origins differ in what cites them, and are called what either calls them."""
    return "unnamed" if "unnamed" in name else name


@settings(max_examples=3 * settings().max_examples)
@given(drawn_cases(), AS_OF)
def test_a_case_has_the_statements_that_the_rules_give_it(
    written: dict[str, Any], as_of: str | None
) -> None:
    slow = canonical(written, as_of)

    stories = Graph.of(load_case(written), as_day(as_of)).stories

    found = [described(story, each) for story in stories for each in story.statements]
    expected = [slowly(slow, each) for each in slow.statements]
    assert sorted(found, key=repr) == sorted(expected, key=repr)


@given(drawn_cases(), AS_OF)
def test_its_words_and_interests_are_the_numbers_that_the_rules_give_them(
    written: dict[str, Any], as_of: str | None
) -> None:
    slow = {each.id: each for each in canonical(written, as_of).statements}

    stories = Graph.of(load_case(written), as_day(as_of)).stories

    for each in (each for story in stories for each in story.statements if each.id in slow):
        # A silence has no words.
        assert each.silence or math.isclose(each.commitment, slow[each.id].force, abs_tol=1e-12)
        assert math.isclose(each.interest, slow[each.id].beta, rel_tol=1e-12)


@given(drawn_cases(), AS_OF)
def test_its_sources_are_the_numbers_that_the_rules_give_them(
    written: dict[str, Any], as_of: str | None
) -> None:
    slow = canonical(written, as_of)

    stories = Graph.of(load_case(written), as_day(as_of)).stories

    for each in (each for story in stories for each in story.witnesses if each.id in slow.speakers):
        speaker = slow.speakers[each.id]
        assert (each.reliability is None) == (speaker.rho is None)
        if each.reliability is not None and speaker.rho is not None:
            assert number(each.reliability) == pytest.approx(speaker.rho, rel=1e-6)
        assert number(each.access) == speaker.access
        assert number(each.passing_on) == pytest.approx(speaker.passing_on, rel=1e-6)
        assert each.is_sensor == speaker.sensor


@given(cases(), AS_OF)
def test_every_attribution_is_heard_or_ignored_for_a_reason(
    written: dict[str, Any], as_of: str | None
) -> None:
    case = load_case(written)

    graph = Graph.of(case, as_day(as_of))

    heard = {
        graph.attribution_of[name]
        for story in graph.stories
        for statement in story.statements
        for name in statement.merged
    }
    ignored = {each.attribution.partition(">")[0].partition("/")[0] for each in graph.ignored}
    assert heard | ignored == {attribution.id for attribution in case.attributions}
