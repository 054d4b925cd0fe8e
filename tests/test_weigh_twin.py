"""From the case to the answer: `weigh` agrees with two slow twins, one for the rules, one for the sums."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from slow_stories import stories_of
from slow_twin import Twin
from story_strategies import LARGEST, worlds_to_try
from strategies import cases

from provenance.assessment import weigh
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence


@given(st.data())
def test_the_whole_way_from_a_case_to_a_probability_is_the_twins(data: st.DataObject) -> None:
    written: dict[str, Any] = data.draw(cases())
    case = load_case(written)
    claim = data.draw(st.sampled_from([each.id for each in case.claims]))
    story = next(story for story in stories_of(case) if claim in story.places)
    assume(worlds_to_try(story) <= LARGEST and Twin(story).sweeps < 200)

    try:
        found = weigh(case, claim)
    except ImpossibleEvidence:
        assume(False)

    place = story.places[claim]
    assert found.probability == pytest.approx(Twin(story).probability(place), abs=1e-9)
    assert found.prior == pytest.approx(Twin(story).effective_prior(place), abs=1e-9)
