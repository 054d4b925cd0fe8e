"""The inference agrees with a twin that tries every combination of everything hidden."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from provenance.assessment import as_day
from provenance.casefiles import load_case
from provenance.graph import Graph, Story
from provenance.inference import Answer, weigh_story
from tests.twins.answer_twin import Asked, ask, probability_of, state_trust
from tests.twins.drawn_cases import Drawn, asked_cases
from tests.twins.network_twin import holding, values_of

CLOSE = 1e-9
MORE = settings(max_examples=2 * settings().max_examples)


def both(drawn: Drawn) -> tuple[Story, Answer, Asked]:
    """The story of a claim with the library's answer, and the case as the twin asks it."""
    graph = Graph.of(load_case(drawn.case), as_day(drawn.as_of))
    join = drawn.coupling == "source"
    story = graph.joined(drawn.claim) if join else graph.story(drawn.claim)
    answer = weigh_story(story, story.places[drawn.claim], drawn.coupling)
    return story, answer, ask(drawn.case, drawn.claim, **drawn.options)


@MORE
@given(asked_cases())
def test_the_score_is_the_sum_over_everything_hidden(drawn: Drawn) -> None:
    _, answer, asked = both(drawn)

    assert answer.probability == pytest.approx(probability_of(asked), abs=CLOSE)


@given(asked_cases())
def test_every_question_has_the_posterior_that_trying_its_values_gives(drawn: Drawn) -> None:
    story, answer, asked = both(drawn)

    for question, mine in zip(story.questions, answer.questions, strict=True):
        if question.id in asked.network.joint.questions:
            theirs = values_of(asked.network, question.id, question.size)
            expected = [each / sum(theirs) for each in theirs]
            assert list(mine) == pytest.approx(expected, abs=CLOSE)


@given(asked_cases(couplings=("story", "source")))
def test_every_state_is_trusted_as_trying_both_gives(drawn: Drawn) -> None:
    story, answer, asked = both(drawn)

    mine = sorted((trust.posterior, trust.prior) for trust in answer.trusts)

    theirs = state_trust(asked)
    expected = sorted((p, asked.network.tracks[key]) for key, p in theirs.items())
    assert [p for p, _ in mine] == pytest.approx([p for p, _ in expected], abs=CLOSE)
    assert sorted(t for _, t in mine) == pytest.approx(sorted(asked.network.tracks.values()))
    assert len(mine) == len({(s.witness, s.is_own) for s in story.statements})


@given(asked_cases(always=("chains",)))
def test_what_hidden_statements_say_is_what_trying_their_words_gives(drawn: Drawn) -> None:
    story, answer, asked = both(drawn)
    hidden = {s.id: s for s in asked.story.statements if not s.in_hand}

    found = {story.statements[index].id: list(row) for index, row in answer.hidden}

    for name in found.keys() & hidden.keys():
        held = [holding(asked.network, name, value) for value in range(len(found[name]))]
        masses = [sum(values_of(each)) for each in held]
        assert found[name] == pytest.approx([m / sum(masses) for m in masses], abs=CLOSE)
