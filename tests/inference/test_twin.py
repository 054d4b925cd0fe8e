"""The inference agrees with a twin that tries every combination of everything hidden."""

from __future__ import annotations

import math
from typing import Any, get_args

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance.errors import ImpossibleEvidence
from provenance.graph import Place, Story
from provenance.inference import Answer, Coupling, Parameter, reasons_of, weigh_story
from provenance.scales import Degree
from tests.cases.story_strategies import places, stories
from tests.twins.slow_answer import Answer as SlowAnswer
from tests.twins.slow_answer import answer
from tests.twins.slow_numbers import about_skill
from tests.twins.slow_twin import Impossible, Twin

CLOSE = 1e-9
CONTRADICTION = 1e-6
"""A bundle less likely than this contradicts itself where its source would be infallible."""


def weighed(story: Story, place: Place, coupling: Coupling = "story") -> Answer:
    """The library's answer; a story that cannot be is none to compare, once both say so."""
    try:
        return weigh_story(story, place, coupling)
    except ImpossibleEvidence:
        with pytest.raises(Impossible):
            Twin(story, coupling).probability(place)
        assume(False)
        raise


def about(story: Story, parameter: Parameter) -> str:
    if parameter.kind in ("reliability", "access"):
        return f"{parameter.kind}:{story.witnesses[parameter.index].id}"
    if parameter.kind == "prior":
        return f"prior:{story.questions[parameter.index].id}"
    return about_skill(story.statements[parameter.index])


def is_well_posed(story: Story, coupling: Coupling) -> bool:
    """Whether no source contradicts itself where it would be infallible.

    Such a bundle is weighed with 1 - 1e-9 in place of 1, of which only seven digits are left.
    """
    judged = attrs.evolve(
        story,
        witnesses=tuple(
            attrs.evolve(each, reliability=each.reliability or Degree(0.5))
            for each in story.witnesses
        ),
    )
    ks = Twin(judged, coupling).k.values()
    return all(k > CONTRADICTION for pair in ks for k in pair)


def compare(fast: Answer, slow: SlowAnswer, story: Story) -> None:
    """Every number of an answer but the weights of its origins."""
    assert fast.probability == pytest.approx(slow.probability, abs=CLOSE)
    assert fast.prior == pytest.approx(slow.prior, abs=CLOSE)
    for mine, theirs in zip(fast.questions, slow.questions, strict=True):
        assert list(mine) == pytest.approx(list(theirs), abs=CLOSE)
    trusts = [trust.posterior for trust in fast.trusts]
    assert trusts == pytest.approx(list(slow.states.values()), abs=CLOSE)
    for index, row in fast.hidden:
        assert list(row) == pytest.approx(list(slow.said[index]), abs=CLOSE)
    assert near(fast.bits, slow.bits)
    assert dict(fast.weights).keys() == slow.statement_bits.keys()
    for index, bits in fast.weights:
        assert near(bits, slow.statement_bits[index]), story.statements[index].id
    slopes = {about(story, slope.parameter): slope.slope for slope in fast.slopes}
    for source, slope in slow.slopes.items():
        assert slopes.get(source, 0.0) == pytest.approx(slope, rel=1e-8, abs=1e-8), source
    potentials = {story.witnesses[w].id: p for w, p in fast.potentials}
    heard = {story.witnesses[each.witness].id for each in story.statements}
    expected = {source: p for source, p in slow.potentials.items() if source in heard}
    assert potentials == pytest.approx(expected, abs=CLOSE)
    assert (fast.low, fast.high) == pytest.approx(slow.interval, abs=CLOSE)
    if sum(slope.contribution for slope in fast.slopes) < 1e-18:
        assert not fast.doubts
        return
    doubts = {about(story, doubt.parameter): doubt.share for doubt in fast.doubts}
    for source in doubts.keys() | slow.doubts.keys():
        assert doubts.get(source, 0.0) == pytest.approx(slow.doubts.get(source, 0.0), abs=1e-7)


def near(mine: float | None, theirs: float | None) -> bool:
    """Whether two weights agree; bits of near-certainties are only as good as their odds."""
    if mine is None or theirs is None:
        return mine is None and theirs is None
    return math.isclose(mine, theirs, rel_tol=1e-7, abs_tol=1e-7)


@given(st.data())
@settings(max_examples=2 * settings().max_examples)
def test_the_score_is_the_sum_over_everything_hidden(data: st.DataObject) -> None:
    coupling: Coupling = data.draw(st.sampled_from(get_args(Coupling)))
    story = data.draw(stories(coupling=coupling))
    place = data.draw(places(story.questions))

    answer = weighed(story, place, coupling)

    assert answer.probability == pytest.approx(Twin(story, coupling).probability(place), abs=CLOSE)


@given(st.data())
def test_every_number_of_an_answer_is_the_twins(data: st.DataObject) -> None:
    coupling: Coupling = data.draw(st.sampled_from(get_args(Coupling)))
    story = data.draw(stories(coupling=coupling, most=5))
    place = data.draw(places(story.questions))
    assume(is_well_posed(story, coupling))

    fast = weighed(story, place, coupling)

    compare(fast, answer(story, place, coupling), story)


@given(st.data())
def test_the_weight_of_an_origin_is_what_rerunning_without_it_takes_away(
    data: st.DataObject,
) -> None:
    coupling: Coupling = data.draw(st.sampled_from(get_args(Coupling)))
    story = data.draw(stories(coupling=coupling, most=5))
    place = data.draw(places(story.questions))
    whole = weighed(story, place, coupling)
    assume(0.0 < whole.probability < 1.0)
    twin = Twin(story, coupling)

    reasons = reasons_of(whole)

    found: dict[Any, float | None] = {
        tuple(story.witnesses[w].id for w in reason.witnesses): reason.bits for reason in reasons
    }
    assert found.keys() == set(twin.groups(place))
    for group, bits in found.items():
        assert near(bits, twin.origin_bits(place, group))
